"""Which events lie near each other, in space, in time and in both? In: coordinates and times. Out: numbers and pairs.

Only pairs near in both are ever listed, found in a tree over space and time together, block after block of time; of
all others only the number of neighbours of each event is kept. So memory grows with the pairs that are asked for and
not with all that are near in space: 300,000 events fit an ordinary laptop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from safelearn.errors import SafelearnError
from safelearn.language import t

NEEDS = frozenset({"time:day", "place:exact"})
_METRICS = {"euclidean": 2.0, "manhattan": 1.0}
#: Events whose pairs are listed at once.
_BLOCK = 8_000
#: Metres and days are held to this part (a micrometre, a tenth of a second), so that sums and differences of them are
#: exact: an event at the very end of a band is on the same side of it however it is looked up.
STEP = 2.0**-20


def whole_steps(values: NDArray) -> NDArray[np.float64]:
    """Metres or days, rounded to `STEP`."""
    return np.round(np.asarray(values, dtype=float) / STEP) * STEP


def neighbours_in_space(
    x: NDArray, y: NDArray, ends: Sequence[float], metric: str = "euclidean"
) -> NDArray[np.int64]:
    """How many events lie in each band of distance around each event.

    Parameters
    ----------
    x, y : ndarray
        Coordinates, 1-D.
    ends : sequence of float
        Rising ends of half-open bands, from 0.
    metric : {"euclidean", "manhattan"}

    Returns
    -------
    ndarray of int, shape (events, bands + 1)
        The last column counts the events beyond the last band. No event is its own neighbour.
    """
    from scipy.spatial import cKDTree

    points, power = _points(x, y), _power(metric)
    # Equal points are looked up once: thousands may stand on one.
    points, where, many = np.unique(
        points, axis=0, return_inverse=True, return_counts=True
    )
    where = where.ravel()
    tree = cKDTree(points)
    single = len(points) == len(x)
    within = np.zeros((len(points), len(ends)), dtype=np.int64)
    for k, end in enumerate(ends[1:], start=1):
        # The tree's radius is closed, the band is open at its end.
        radius = np.nextafter(end, 0)
        if single:
            within[:, k] = tree.query_ball_point(
                points, radius, p=power, return_length=True
            )
        else:
            within[:, k] = _weighted(tree, points, many, radius, power)
    within = within[where]
    within[:, 1:] -= 1
    counts = np.diff(within, axis=1)
    beyond = len(x) - 1 - within[:, -1]
    return np.column_stack([counts, beyond])


def neighbours_in_time(days: NDArray, ends: Sequence[float]) -> NDArray[np.int64]:
    """How many events lie in each band of time before or after each event: as `neighbours_in_space`."""
    days = whole_steps(days)
    ordered = np.sort(days)
    within = np.zeros((len(days), len(ends)), dtype=np.int64)
    for k, end in enumerate(ends[1:], start=1):
        later, earlier = _reached(ordered, days, end)
        within[:, k] = later - earlier - 1
    counts = np.diff(within, axis=1)
    beyond = len(days) - 1 - within[:, -1]
    return np.column_stack([counts, beyond])


def close_pairs(
    x: NDArray,
    y: NDArray,
    days: NDArray,
    metres: float,
    period: float,
    metric: str = "euclidean",
) -> Iterator[tuple[NDArray, NDArray]]:
    """Every pair less than `metres` and less than `period` apart, block after block.

    Yields
    ------
    tuple of ndarray
        The distance between the two events of each pair and the days from the first to the second.
    """
    from scipy.spatial import cKDTree

    order = np.argsort(days, kind="stable")
    points, time = _points(x, y)[order], whole_steps(days)[order]
    power = _power(metric)
    for start in range(0, len(time), _BLOCK):
        stop = min(start + _BLOCK, len(time))
        end = int(np.searchsorted(time, time[stop - 1] + period, side="right"))
        part = slice(start, end)
        # A box as wide as what is near in space and in time: one distance serves both.
        box = np.column_stack([points[part] / metres, time[part] / period])
        pairs = cKDTree(box).query_pairs(1.0, p=np.inf, output_type="ndarray")
        pairs = pairs[pairs[:, 0] < stop - start] + start
        first, second = pairs.T
        far = np.abs(points[first] - points[second])
        far = far.sum(axis=1) if power == 1 else np.hypot(far[:, 0], far[:, 1])
        later = time[second] - time[first]
        kept = (far < metres) & (later < period)
        yield far[kept], later[kept]


def _reached(ordered: NDArray, days: NDArray, end: float) -> tuple[NDArray, NDArray]:
    """Positions between which the events lie that are less than `end` from each."""
    later = np.searchsorted(ordered, days + end, side="left")
    earlier = np.searchsorted(ordered, days - end, side="right")
    return later, earlier


def _weighted(tree, points, many, radius, power) -> NDArray[np.int64]:
    """As `query_ball_point(return_length=True)`, where a point stands for several events."""
    found = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BLOCK):
        part = slice(start, start + _BLOCK)
        lists = tree.query_ball_point(points[part], radius, p=power)
        sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        flat = np.concatenate([np.asarray(one, dtype=np.int64) for one in lists])
        ends = np.cumsum(sizes)
        total = np.concatenate([[0], np.cumsum(many[flat])])
        found[part] = total[ends] - total[ends - sizes]
    return found


def _points(x: NDArray, y: NDArray) -> NDArray[np.float64]:
    return whole_steps(np.column_stack([x, y]))


def _power(metric: str) -> float:
    if metric not in _METRICS:
        raise SafelearnError(
            t(
                "Distance is measured as euclidean or as manhattan, not as {metric}.",
                metric=metric,
            )
        )
    return _METRICS[metric]
