"""Hot spots, repeats and densities beside esda, pointpats and KDEpy: each job returns its seconds and its answer.

The data are drawn here, the same for both. Both sides are given what they need ready made (neighbours, arrays), and
are called once on a little before the clock starts, so that nobody's imports are timed.
"""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import numpy as np

ROWS, COLUMNS = 170, 180
EVENTS, METRES, DAYS, PERMUTATIONS = 100_000, 200.0, 14.0, 99
POINTS, CELLS, SIZE, BANDWIDTH = 1_000_000, 200, 50.0, 300.0


def _cells() -> np.ndarray:
    rng = np.random.default_rng(1)
    rate = rng.gamma(0.5, 4, (ROWS, COLUMNS))
    return rng.poisson(rate).astype(float)


def gi_star_ours(folder: Path):
    from safelearn.diagnosis.hotspots import gi_star

    counts = _cells()
    gi_star(counts[:9, :9])
    start = time.perf_counter()
    score = gi_star(counts)
    return time.perf_counter() - start, np.round(score.ravel(), 6).tolist()


def gi_star_peer(folder: Path):
    import libpysal
    from esda import G_Local

    counts = _cells().ravel()
    near = libpysal.weights.lat2W(ROWS, COLUMNS, rook=False)
    few = libpysal.weights.lat2W(9, 9, rook=False)
    G_Local(counts[:81], few, transform="B", star=True, permutations=0)
    start = time.perf_counter()
    found = G_Local(counts, near, transform="B", star=True, permutations=0)
    return time.perf_counter() - start, np.round(found.Zs, 6).tolist()


def _events() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places and days that have nothing to do with each other: the right p is that of chance."""
    rng = np.random.default_rng(0)
    x, y = rng.random((2, EVENTS)) * 10_000
    return x, y, rng.integers(0, 1826, EVENTS).astype(float)


def knox_ours(folder: Path):
    from safelearn.diagnosis.knox import knox

    x, y, days = _events()
    knox(x[:200], y[:200], days[:200], metres=METRES, period=DAYS)
    start = time.perf_counter()
    found = knox(x, y, days, metres=METRES, period=DAYS)
    seconds = time.perf_counter() - start
    _right(found.p, found.observed, x, y, days)
    return seconds, found.observed


def knox_peer(folder: Path):
    from pointpats import knox

    warnings.simplefilter("ignore")
    x, y, days = _events()
    places, times = np.column_stack([x, y]), days[:, None]
    np.random.seed(1)
    knox(places[:200], times[:200].copy(), METRES, DAYS, permutations=9)
    start = time.perf_counter()
    found = knox(places, times, METRES, DAYS, permutations=PERMUTATIONS)
    return time.perf_counter() - start, int(found["stat"])


def _right(p: float, observed: int, x, y, days) -> None:
    """Stop unless permutations, counted plainly, give the same probability."""
    from scipy.spatial import cKDTree

    pairs = cKDTree(np.column_stack([x, y])).query_pairs(METRES, output_type="ndarray")
    rng = np.random.default_rng(2)
    as_many = 0
    for _ in range(PERMUTATIONS):
        order = rng.permutation(days)
        soon = np.abs(order[pairs[:, 0]] - order[pairs[:, 1]]) <= DAYS
        as_many += soon.sum() >= observed
    drawn = (1 + as_many) / (1 + PERMUTATIONS)
    if abs(p - drawn) > 3 * np.sqrt(0.25 / PERMUTATIONS):
        raise SystemExit(f"p is {p:.3f}, and {drawn:.3f} by permutation")


def _points() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    middles = rng.random((2, 40)) * 7000 + 1500
    of = rng.integers(0, 40, POINTS)
    x, y = middles[:, of] + rng.normal(0, 600, (2, POINTS))
    return np.clip(x, 1, 9999), np.clip(y, 1, 9999)


def kde_ours(folder: Path):
    from safelearn.diagnosis.density import density
    from safelearn.diagnosis.grid import Grid

    x, y = _points()
    grid = Grid(SIZE, 0.0, 0.0, np.ones((CELLS, CELLS)), "")
    density(x[:99], y[:99], grid, BANDWIDTH)
    start = time.perf_counter()
    found = density(x, y, grid, BANDWIDTH)
    seconds = time.perf_counter() - start
    middle = (np.arange(CELLS) + 0.5) * SIZE
    return seconds, _exact(x, y, middle, found / 1e6 / POINTS)


def kde_peer(folder: Path):
    from KDEpy import FFTKDE

    x, y = _points()
    # In kilometres: in metres it cuts its kernel short, and is wrong by a twenty-fifth. Its grid must hold all points,
    # which run along the second axis first.
    middle = np.linspace(0, CELLS * SIZE, CELLS)
    grid = np.stack(np.meshgrid(middle, middle, indexing="ij"), axis=-1).reshape(-1, 2)
    points, grid = np.column_stack([x, y]) / 1000, grid / 1000
    width = BANDWIDTH / 1000
    FFTKDE(kernel="gaussian", bw=width).fit(points[:99]).evaluate(grid)
    start = time.perf_counter()
    found = FFTKDE(kernel="gaussian", bw=width).fit(points).evaluate(grid)
    seconds = time.perf_counter() - start
    found = found.reshape(CELLS, CELLS).T / 1e6
    return seconds, _exact(x, y, middle, found)


def _exact(x, y, middle: np.ndarray, found: np.ndarray) -> bool:
    """Whether the density is right to a hundredth of its peak, at places that are summed up point by point."""
    for k in range(5, CELLS, 40):
        for j in range(5, CELLS, 40):
            away = ((x - middle[j]) ** 2 + (y - middle[k]) ** 2) / BANDWIDTH**2
            true = np.exp(-away / 2).mean() / (2 * np.pi * BANDWIDTH**2)
            if abs(found[k, j] - true) > 0.01 * found.max():
                raise SystemExit(
                    f"the density is {found[k, j]:.3g}, and {true:.3g} exactly"
                )
    return True
