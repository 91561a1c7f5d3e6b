"""Did everybody send their records all the time? In: events by month. Out: months, areas and offences that lack them.

A station that stopped sending looks like a safe neighbourhood. A run of months without a row is named where it is
improbable under what the same unit sends otherwise: its own mean of the months beside the run, with its own spread,
moved along with the rest of the city. Sexual offences are not looked at by area: so few are recorded that nothing
could be told, and nothing finer than the district may be said of them.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safelearn.city.checks.monthly import Monthly

#: A unit is judged by so many months on each side of a run, and needs at least so many.
_SIDE, _LEAST = 12, 6
#: Chance, over all units and months together, of naming a run that is only chance.
_CHANCE = 0.001
#: A month at an end with less than this part of the months beside it is not covered whole.
_PART_OF_MONTH = 0.6


@dataclass(frozen=True)
class Silence:
    """Months in which a unit sent nothing.

    Attributes
    ----------
    kind : {"district", "area", "offence", "area and offence"}
    unit : str
        Code of the area, name of the district; empty for an offence in the whole city.
    offence : str
        Label; empty for all.
    first, last : str
        Months.
    months : int
    expected : float
        Events a month that the unit sends beside the run.
    open : bool
        Whether the run reaches the end (or begins with the start) of the records.
    """

    kind: str
    unit: str
    offence: str
    first: str
    last: str
    months: int
    expected: float
    open: bool = False


@dataclass(frozen=True)
class Completeness:
    """What did not come.

    Attributes
    ----------
    empty : tuple of str
        Months without any row, where this is no chance.
    part : tuple of str
        The first or the last month, where it is not covered whole.
    silences : tuple of Silence
        Each is said once: an area is not named where its whole district is silent.
    """

    empty: tuple[str, ...]
    part: tuple[str, ...]
    silences: tuple[Silence, ...]

    def whole(self, months: Sequence[str]) -> list[str]:
        """The months of the records that are covered whole, from the first to the last of them."""
        return [m for m in months if m not in self.part]


def completeness(
    counts: Monthly,
    parents: Mapping[str, str] | None = None,
    *,
    by_area: Sequence[bool] | None = None,
) -> Completeness:
    """Find what did not come.

    Parameters
    ----------
    counts : Monthly
    parents : mapping of str to str, optional
        Area -> its district.
    by_area : sequence of bool, optional
        Whether each offence may be looked at by area.

    Notes
    -----
    The chance of a run of months without a row is that of negative binomial counts of the unit's dispersion
    (variance / mean, at least 1), and of a mean as uncertain as the months beside the run leave it. A run is
    named below 0.001 over all units and months (Bonferroni). Of two sides the quieter counts, so that a slow
    decline is no silence.
    """
    months = counts.months
    part = _part_months(counts)
    empty = _empty(counts)
    inside = np.array([m not in part and m not in empty for m in months])
    found: list[Silence] = []
    t = len(months)
    if inside.sum() < 2 * _LEAST:
        return Completeness(empty, part, ())
    city = counts.total
    units = _districts(counts, parents or {})
    both = counts.by_both
    # The chance of a false alarm is shared out evenly among the kinds of units, so that the many combinations
    # of area and offence do not hide a silent area.
    looks = {
        "district": len(units),
        "area": len(counts.areas),
        "offence": len(counts.offences),
        "area and offence": both.shape[0] * both.shape[1] if both is not None else 0,
    }
    said: dict[str, list[Silence]] = {}

    def look(kind: str, unit: str, offence: str, series: np.ndarray, over: list[str]):
        tests = looks[kind] * len(looks) * t
        for run in silent_runs(series, city - series, inside, tests):
            a, b = run.start, run.stop
            one = Silence(
                kind,
                unit,
                offence,
                months[a],
                months[b - 1],
                b - a,
                run.expected,
                a == 0 or b == t,
            )
            known = [s for key in over for s in said.get(key, [])]
            if any(s.first <= one.last and one.first <= s.last for s in known):
                continue
            said.setdefault(f"{unit}|{offence}", []).append(one)
            found.append(one)

    for name, series in units.items():
        look("district", name, "", series, [])
    district = parents or {}
    for code, series in zip(counts.areas, counts.by_area, strict=True):
        look("area", code, "", series, [f"{district.get(code, '')}|"])
    for label, series in zip(counts.offences, counts.by_offence, strict=True):
        look("offence", "", label, series, [])
    if both is not None:
        allowed = np.ones(len(counts.offences), bool) if by_area is None else by_area
        for i, o in np.argwhere(both.sum(axis=2) >= 2 * _LEAST):
            if not allowed[o]:
                continue
            code, label = counts.areas[i], counts.offences[o]
            over = [f"{code}|", f"|{label}", f"{district.get(code, '')}|"]
            look("area and offence", code, label, both[i, o], over)
    return Completeness(empty, part, tuple(found))


@dataclass(frozen=True)
class Run:
    """A run of months without an event, ``start`` to ``stop`` (not included), and events a month beside it."""

    start: int
    stop: int
    expected: float


def silent_runs(
    series: np.ndarray, rest: np.ndarray, inside: np.ndarray, tests: int
) -> list[Run]:
    """The runs of zeros in a unit's months that are no chance.

    Parameters
    ----------
    series, rest : ndarray
        Events by month, of the unit and of the rest of the city.
    inside : ndarray of bool
        Months that are covered whole and in which anything came at all.
    tests : int
        How many months of units are looked at together.
    """
    if not series.any():
        return []
    limit = np.log(_CHANCE / max(tests, 1))
    high = series.max()
    zero = (series == 0) | ~inside
    edges = np.flatnonzero(np.diff(zero, prepend=False, append=False))
    starts, stops = edges[::2], edges[1::2]
    # No mean beside a run is above the highest month: most runs are settled by that.
    possible = (stops - starts) * high >= -limit
    found = []
    for a, b in zip(starts[possible], stops[possible], strict=True):
        days = np.arange(a, b)[inside[a:b]]
        if not len(days):
            continue
        sides = [
            side
            for side in (
                np.flatnonzero(inside[:a])[-_SIDE:],
                b + np.flatnonzero(inside[b:])[:_SIDE],
            )
            if len(side) >= _LEAST
        ]
        if not sides:
            continue
        quiet = min(sides, key=lambda side: series[side].mean())
        mean = series[quiet].mean()
        # What the whole city did in these months, the unit is expected to have done too.
        beside = rest[quiet].mean()
        level = rest[days].mean() / beside if beside > 0 else 1.0
        spread = max(1.0, *(_dispersion(series[side]) for side in sides))
        # The mean is itself an estimate, from `quiet` months: the chance of none is that of the next months
        # under all means that could have given those (gamma), which is larger than under the mean itself.
        events = series[quiet].sum() * -_log_none(1.0, spread)
        if -events * np.log1p(len(days) * min(level, 1.0) / len(quiet)) < limit:
            found.append(Run(int(days[0]), int(days[-1]) + 1, float(mean)))
    return found


def _dispersion(values: np.ndarray) -> float:
    mean = values.mean()
    return float(values.var(ddof=1) / mean) if mean > 0 else 1.0


def _log_none(mean: float, spread: float) -> float:
    """Log of the chance of a month without an event."""
    if spread <= 1.0 + 1e-9:
        return -mean
    return -mean * np.log(spread) / (spread - 1)


def _empty(counts: Monthly) -> tuple[str, ...]:
    there = counts.total[counts.total > 0]
    if len(there) < _LEAST:
        return ()
    none = _log_none(float(there.mean()), max(1.0, _dispersion(there)))
    if none > np.log(_CHANCE / len(counts.months)):
        return ()
    return tuple(m for m, n in zip(counts.months, counts.total, strict=True) if n == 0)


def _part_months(counts: Monthly) -> tuple[str, ...]:
    """The first and the last month, where days at the outer end are lacking or the month is far too small."""
    t = len(counts.months)
    if t < 4:
        return ()
    found = []
    for end, day in ((0, counts.first_day), (t - 1, counts.last_day)):
        beside = counts.total[1:13] if end == 0 else counts.total[-13:-1]
        beside = beside[beside > 0]
        mean = float(beside.mean()) if len(beside) else 0.0
        spread = max(1.0, _dispersion(beside)) if len(beside) > 2 else 1.0
        year, month = (int(x) for x in counts.months[end].split("-"))
        length = calendar.monthrange(year, month)[1]
        lacking = (day - 1 if end == 0 else length - day) if day else 0
        no_days = _log_none(mean * lacking / length, spread) < np.log(_CHANCE)
        # Far below its neighbours: more than three standard deviations, and less than 60 %.
        small = counts.total[end] < min(
            _PART_OF_MONTH * mean, mean - 3 * np.sqrt(spread * mean)
        )
        if (lacking and no_days) or small:
            found.append(counts.months[end])
    return tuple(found)


def _districts(counts: Monthly, parents: Mapping[str, str]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for code, series in zip(counts.areas, counts.by_area, strict=True):
        name = parents.get(code)
        if name:
            found[name] = found.get(name, 0) + series
    return found if len(found) > 1 else {}
