"""What does a published rate, share, map class or smoothed rate say about the hidden count it came from?

An approved table goes in; clues come out: sums of counts (often a single one) with the smallest and largest
value that a reader can work out for them. A table in which everything derived from a hidden count is hidden
too gives none, unless the smoothed rates of the others were made with the hidden counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from safelearn.disclosure.approval import Approved
from safelearn.disclosure.equations import Name, counted, key_columns
from safelearn.disclosure.slices import NO_AREA
from safelearn.language import mark

#: How close an inverted figure must be to a whole number to be taken for one.
CLOSE = 0.05


@dataclass(frozen=True)
class Clue:
    """The counts in `parts` add up to something between `low` and `high`."""

    parts: tuple[Name, ...]
    low: float
    high: float


@dataclass(frozen=True)
class _View:
    """What a reader sees of one table: its cells' names, and its columns as numbers, NaN where hidden."""

    table: Approved
    names: list[Name]
    frame: pd.DataFrame

    def numbers(self, *columns: str) -> np.ndarray | None:
        """The first of these columns that the table has, as numbers."""
        for column in columns:
            if column in self.frame:
                values = pd.to_numeric(self.frame[column], errors="coerce")
                return values.to_numpy(dtype=float, na_value=np.nan)
        return None


def clues_of(table: Approved) -> dict[str, list[Clue]]:
    """Everything that can be worked out from derived figures, by how it is done.

    Returns
    -------
    dict
        Keys are marked sentences; kinds without a clue are left out.
    """
    if "n" not in table.counts:
        return {}
    frame = table.frame.mask(table.hidden)
    every = {name for name, _, _ in counted(table, "n")}
    view = _View(table, _names(table), frame)
    found = {
        how: [c for c in find(view) if set(c.parts) <= every]
        for how, find in _KINDS.items()
    }
    return {how: clues for how, clues in found.items() if clues}


def _names(table: Approved) -> list[Name]:
    """One name a row (`counted` leaves out rows that hold no whole number)."""
    universe = table.universe or f"only {table.name}"
    keys = key_columns(table)
    rows = table.frame[keys].itertuples(index=False, name=None)
    return [
        (
            universe,
            "n",
            tuple(
                sorted(
                    (k, str(v))
                    for k, v in zip(keys, row, strict=True)
                    if str(v) != "all"
                )
            ),
        )
        for row in rows
    ]


def _per(view: _View) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Counts, rates and exposures, the unit of the rates being worked out from the rows that show both."""
    n, rate = view.numbers("n"), view.numbers("rate")
    people = view.numbers("population", "exposure")
    if n is None or rate is None or people is None:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = rate * people / n
    unit = unit[np.isfinite(unit) & (unit > 0)]
    if unit.size == 0:
        return None
    return n, rate, np.where(people > 0, people, np.nan) / np.median(unit)


def _rate_times_population(view: _View) -> Iterator[Clue]:
    seen = _per(view)
    if seen is None:
        return
    n, rate, exposure = seen
    for k in np.flatnonzero(np.isnan(n) & ~np.isnan(rate * exposure)):
        yield _single(view, k, rate[k] * exposure[k])


def _byar_inverted(view: _View) -> Iterator[Clue]:
    from safelearn.estimates.intervals import byar_interval

    seen = _per(view)
    if seen is None:
        return
    n, _, exposure = seen
    possible = np.arange(0, 1000)
    limits = byar_interval(possible, np.ones(possible.size), 1)
    for column, curve in (("lower", limits.lower), ("upper", limits.upper)):
        shown = view.numbers(column)
        if shown is None:
            continue
        for k in np.flatnonzero(np.isnan(n) & ~np.isnan(shown * exposure)):
            best = int(np.abs(np.asarray(curve) - shown[k] * exposure[k]).argmin())
            yield _single(view, k, possible[best])


def _smoothing_inverted(view: _View) -> Iterator[Clue]:
    seen, eb = _per(view), view.numbers("eb")
    if seen is None or eb is None:
        return
    n, rate, exposure = seen
    for rows in _by_offence(view):
        prior = _prior(rate[rows], eb[rows], exposure[rows])
        if prior is None or not np.isfinite(prior[1]):
            continue
        mean, pull = prior
        for k in rows:
            if np.isnan(n[k]) and not np.isnan(eb[k] * exposure[k]):
                raw = eb[k] + pull * (eb[k] - mean) / exposure[k]
                yield _single(view, k, raw * exposure[k])


def _prior_inverted(view: _View) -> Iterator[Clue]:
    """The mean and the spread behind the smoothed rates, if hidden counts went into them."""
    seen, eb = _per(view), view.numbers("eb")
    if seen is None or eb is None:
        return
    n, rate, exposure = seen
    for rows in _by_offence(view):
        e, b, r = n[rows], exposure[rows], rate[rows]
        used = ~np.isnan(b)
        gone = rows[used & np.isnan(e)]
        shown = used & ~np.isnan(e)
        prior = _prior(r, eb[rows], b)
        if prior is None or gone.size == 0 or not shown.any():
            continue
        mean, pull = prior
        if abs(mean - e[shown].sum() / b[shown].sum()) <= 1e-7 * mean:
            continue
        rest = mean * b[used].sum() - e[shown].sum()
        if abs(rest - round(rest)) > CLOSE or rest < 0:
            continue
        names = tuple(view.names[k] for k in gone)
        yield Clue(names, round(rest), round(rest))
        if not np.isfinite(pull) or pull <= 0:
            continue
        variance = mean / pull
        weighed = b * (r - mean) ** 2
        alone = weighed[shown].sum() / b[shown].sum() - mean / b[shown].mean()
        if abs(alone - variance) <= 1e-6 * variance:
            continue
        spread = (variance + mean / b[used].mean()) * b[used].sum() - weighed[
            shown
        ].sum()
        yield from _split(names, round(rest), b[used & np.isnan(e)], mean, spread)


def _split(
    names: tuple[Name, ...],
    total: int,
    exposure: np.ndarray,
    mean: float,
    spread: float,
) -> Iterator[Clue]:
    """The ways to share out `total` that also give the spread, for up to three hidden counts."""
    if not 2 <= len(names) <= 3 or total > 300:
        return
    ways = []
    for part in product(range(total + 1), repeat=len(names) - 1):
        if sum(part) <= total:
            counts = np.array([*part, total - sum(part)])
            got = np.sum(exposure * (counts / exposure - mean) ** 2)
            if abs(got - spread) <= 1e-5 * abs(spread) + 1e-12:
                ways.append(counts)
    if ways:
        for name, low, high in zip(
            names, np.min(ways, axis=0), np.max(ways, axis=0), strict=True
        ):
            yield Clue((name,), int(low), int(high))


def _prior(
    rate: np.ndarray, eb: np.ndarray, exposure: np.ndarray
) -> tuple[float, float] | None:
    """Mean and pull (mean / variance) of the prior, from rows that show both rates.

    exposure x (eb - rate) = pull x (mean - eb), a straight line through the shown rows.
    """
    seen = ~np.isnan(rate * eb * exposure)
    x, y = eb[seen], (exposure * (eb - rate))[seen]
    if seen.sum() < 2:
        return None
    if np.ptp(x) <= 1e-9 * abs(x).max(initial=1e-300):
        return float(x.mean()), np.inf
    slope, start = np.polyfit(x, y, 1)
    if slope >= 0 or not np.allclose(
        start + slope * x, y, rtol=1e-5, atol=1e-6 * np.abs(y).max()
    ):
        return None
    return float(-start / slope), float(-slope)


def _shares(view: _View) -> Iterator[Clue]:
    n, share = view.numbers("n"), view.numbers("share")
    if n is None or share is None:
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where((n > 0) & (share > 0), n / share, np.nan)
    keys = key_columns(view.table)
    for line in [(), *((key,) for key in keys)]:
        groups = (
            view.frame[list(line)].astype("str").agg("|".join, axis=1) if line else None
        )
        codes = (
            np.zeros(len(n), dtype=int) if groups is None else pd.factorize(groups)[0]
        )
        wholes = [whole[codes == c] for c in range(codes.max(initial=-1) + 1)]
        known = [w[~np.isnan(w)] for w in wholes]
        if not any(len(w) for w in known) or any(
            len(w) and np.ptp(w) > 0.5 for w in known
        ):
            continue
        for code, w in enumerate(known):
            if not len(w):
                continue
            rows = np.flatnonzero(codes == code)
            total = float(np.median(w))
            for k in rows:
                if np.isnan(n[k]) and not np.isnan(share[k]):
                    yield _single(view, k, share[k] * total)
            if np.isnan(n[rows]).any() and len(set(known[code])) >= 1:
                hidden = rows[np.isnan(n[rows])]
                rest = total - np.nansum(n[rows])
                if abs(rest - round(rest)) <= CLOSE and rest >= 0:
                    yield Clue(
                        tuple(view.names[k] for k in hidden), round(rest), round(rest)
                    )
        return


def _classes(view: _View) -> Iterator[Clue]:
    """A hidden area's colour says between which of the shown rates its own lies."""
    column = next((c for c in ("class", "map_class") if c in view.frame), None)
    n = view.numbers("n")
    if column is None or n is None:
        return
    seen = _per(view)
    rate, exposure = (seen[1], seen[2]) if seen is not None else (n, np.ones(n.size))
    colour = view.frame[column].astype("str").where(view.frame[column].notna(), "")
    for k in np.flatnonzero(
        np.isnan(n) & (colour != "").to_numpy() & ~np.isnan(exposure)
    ):
        same = rate[(colour == colour[k]).to_numpy() & ~np.isnan(rate)]
        others = rate[(colour != colour[k]).to_numpy() & ~np.isnan(rate)]
        if same.size == 0:
            continue
        below = others[others < same.min()].max(initial=0.0)
        above = others[others > same.max()].min(initial=np.inf)
        high = np.floor(above * exposure[k]) if np.isfinite(above) else 1e9
        yield Clue((view.names[k],), float(np.ceil(below * exposure[k])), float(high))


def _marks(view: _View) -> Iterator[Clue]:
    n = view.numbers("n")
    if n is None or "mark" not in view.frame:
        return
    shown = view.frame["mark"].fillna("hidden")
    for k in np.flatnonzero(np.isnan(n)):
        if shown[k] == "":
            yield Clue((view.names[k],), 16, 1e9)


def _single(view: _View, row: int, value: float) -> Clue:
    whole = round(value)
    if abs(value - whole) <= CLOSE:
        return Clue((view.names[row],), whole, whole)
    return Clue((view.names[row],), max(0.0, np.floor(value)), np.ceil(value))


def _by_offence(view: _View) -> list[np.ndarray]:
    """Rows that were smoothed together: the areas of one offence."""
    keys = [k for k in key_columns(view.table) if k != "area_id"]
    places = np.ones(len(view.frame), dtype=bool)
    if "area_id" in view.frame:
        places = ~view.frame["area_id"].astype("str").isin(NO_AREA).to_numpy()
    if not keys:
        return [np.flatnonzero(places)]
    codes = view.frame[keys].astype("str").agg("|".join, axis=1)
    return [np.flatnonzero((codes == c).to_numpy() & places) for c in codes.unique()]


_KINDS: dict[str, Callable[[_View], Iterator[Clue]]] = {
    mark("its rate times the population"): _rate_times_population,
    mark("the limits of its interval"): _byar_inverted,
    mark("its smoothed rate"): _smoothing_inverted,
    mark("the smoothed rates of other areas"): _prior_inverted,
    mark("shares of a total"): _shares,
    mark("its class on the map"): _classes,
    mark("its mark"): _marks,
}
