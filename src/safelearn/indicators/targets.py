"""Where does the city stand against its own targets? (draft:22, draft:25(g))

The table ``targets`` and the figures go in; for each target comes out where it stands, judged by the interval and not
by the point: on course only if even the less favourable end of the interval keeps to the straight way from the baseline
to the target, off course only if even the better end does not. What a target lacks is named: a baseline, a date, an
owner, or a difference that this indicator can show at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from safelearn.guidelines.catalogue import Direction, indicators
from safelearn.indicators.change import ALWAYS_KNOWN, Value, from_one
from safelearn.indicators.figures import EVERYONE, FULL_COUNT, Figure

NEEDS = frozenset({"table:targets"})
REACHED, ON, OFF = "reached", "on course", "off course"
MISSED, CANNOT_TELL = "not reached in time", "cannot be told"
#: What a target can lack, in the words of the table.
NO_BASELINE, NO_TARGET, NO_DATE = "no baseline", "no target", "no date"
NO_OWNER, NO_BUDGET = "no owner", "no budget"
NO_STEP = "no better than the baseline"
TOO_SMALL = "smaller than the interval"
NOT_MEASURED, UNKNOWN = "not measured", "not in the catalogue"
NOT_SINCE = "not measured since the baseline"
#: Fewer records can mean that fewer people go to the police.
FROM_RECORDS = "counted from records only"


@dataclass(frozen=True)
class Progress:
    """Where one target stands.

    Attributes
    ----------
    target_id, indicator_id, group, objective : str
    baseline, target, value, lower, upper : float
    expected : float
        What the straight way from baseline to target asks for at the time of the figure.
    due : str
        A date, or empty.
    owner : str
    status : str
        `REACHED`, `ON`, `OFF`, `MISSED` or `CANNOT_TELL`.
    stated : str
        What the owner says of it.
    flags : tuple of str
        What it lacks.
    """

    target_id: str
    indicator_id: str
    group: str
    objective: str
    baseline: float
    target: float
    value: float
    lower: float
    upper: float
    expected: float
    due: str
    owner: str
    status: str
    stated: str
    flags: tuple[str, ...]


def progress(targets: pd.DataFrame | None, figures: Iterable[Figure]) -> list[Progress]:
    """Where each target stands.

    Parameters
    ----------
    targets : DataFrame or None
        The table ``targets``. Targets of one area are left out: figures are for the city and its groups.
    figures : iterable of Figure
        What was measured.

    Notes
    -----
    Between baseline and target the way is taken as straight in time; a figure from a period that ended before the
    baseline's says nothing on progress. A target that its indicator cannot tell from the baseline (their difference is
    smaller than the half-width of the interval) is flagged: only luck would show it reached.
    """
    if targets is None:
        return []
    found = {(f.indicator_id, f.group): f for f in figures}
    whole = targets
    if "area_id" in targets:
        whole = targets[targets["area_id"].isna()]
    return [_one(row, found) for row in whole.to_dict("records")]


def aimed(row: Progress) -> bool:
    """Whether a target has what is needed to compare with it: baseline, target and date."""
    return not {NO_BASELINE, NO_TARGET, NO_DATE} & set(row.flags)


def end_of(period: object) -> date | None:
    """The last day of a period written as ``2025``, ``2024-2025``, ``2025-06``, ``2025-01/2025-12`` or a date.

    Examples
    --------
    >>> end_of("2025"), end_of("2024-01/2024-06"), end_of("2025-02")
    (datetime.date(2025, 12, 31), datetime.date(2024, 6, 30), datetime.date(2025, 2, 28))
    """
    if period is None or (isinstance(period, float) and math.isnan(period)):
        return None
    last = str(period).strip().split("/")[-1]
    if len(last) == 9 and last[4] == "-":
        last = last[5:]
    if last.endswith(".0"):
        last = last[:-2]
    try:
        if len(last) == 4:
            return date(int(last), 12, 31)
        if len(last) == 7:
            year, month = int(last[:4]), int(last[5:])
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date.fromisoformat(last[:10])
    except ValueError:
        return None


def _one(row: dict, found: dict[tuple[str, str], Figure]) -> Progress:
    name, group = str(row["indicator_id"]), _text(row.get("group")) or EVERYONE
    known = {i.id: i for i in indicators()}
    figure = found.get((name, group))
    baseline, target = (_number(row.get(c)) for c in ("baseline", "target"))
    due = end_of(row.get("due_on")) if _text(row.get("due_on")) else None
    flags = _lacks(row, baseline, target, due)
    value = Value(math.nan, math.nan, math.nan)
    if name not in known:
        flags.append(UNKNOWN)
    elif figure is None or not figure.measured:
        flags.append(NOT_MEASURED)
    else:
        value = _value(figure)
        if figure.source == "incidents" and name not in ALWAYS_KNOWN:
            flags.append(FROM_RECORDS)
    status, expected = CANNOT_TELL, math.nan
    if name in known and not math.isnan(value.value) and not math.isnan(target):
        direction = known[name].direction
        better = _sense(direction, baseline, target)
        if not math.isnan(baseline):
            flags += _step(direction, baseline, target, value)
        started, measured = end_of(row.get("baseline_period")), end_of(figure.period)
        way = _Way(baseline, target, started, due)
        status, expected = _judge(way, value, measured, better, direction)
        if status == CANNOT_TELL and started and measured and measured <= started:
            flags.append(NOT_SINCE)
    return Progress(
        target_id=str(row["target_id"]),
        indicator_id=name,
        group=group,
        objective=_text(row.get("objective")),
        baseline=baseline,
        target=target,
        value=value.value,
        lower=value.lower,
        upper=value.upper,
        expected=expected,
        due=due.isoformat() if due else "",
        owner=_text(row.get("owner")),
        status=status,
        stated=_text(row.get("status")),
        flags=tuple(flags),
    )


@dataclass(frozen=True)
class _Way:
    baseline: float
    target: float
    started: date | None
    due: date | None

    def at(self, when: date) -> float:
        """What the straight way asks for on a day."""
        if self.started is None or self.due is None or math.isnan(self.baseline):
            return math.nan
        whole = (self.due - self.started).days
        done = (when - self.started).days
        share = 1.0 if whole <= 0 else min(max(done / whole, 0.0), 1.0)
        return self.baseline + share * (self.target - self.baseline)


def _judge(
    way: _Way, value: Value, measured: date | None, better: int, direction: Direction
) -> tuple[str, float]:
    expected = math.nan if measured is None else way.at(measured)
    if not value.known or better == 0:
        return CANNOT_TELL, expected
    aim, asked, seen = way.target, expected, value
    if direction == Direction.TOWARDS_ONE:
        aim, asked, seen = abs(way.target - 1), abs(expected - 1), from_one(value)
    bad, good = (seen.lower, seen.upper)[::better]
    if better * (bad - aim) >= 0:
        return REACHED, expected
    if measured and way.started and measured <= way.started:
        return CANNOT_TELL, expected
    if measured and way.due and measured >= way.due:
        return (MISSED if better * (good - aim) < 0 else CANNOT_TELL), expected
    if math.isnan(asked):
        return CANNOT_TELL, expected
    if better * (bad - asked) >= 0:
        return ON, expected
    return (OFF if better * (good - asked) < 0 else CANNOT_TELL), expected


def _sense(direction: Direction, baseline: float, target: float) -> int:
    """+1 if more is better, -1 if less is; the target itself says so where the catalogue does not."""
    if direction == Direction.MORE_IS_BETTER:
        return 1
    if direction in (Direction.LESS_IS_BETTER, Direction.TOWARDS_ONE):
        return -1
    if direction == Direction.NEEDS_SURVEY or math.isnan(baseline):
        return 0
    return (target > baseline) - (target < baseline)


def _step(
    direction: Direction, baseline: float, target: float, value: Value
) -> list[str]:
    better = _sense(direction, baseline, target)
    step = better * (target - baseline)
    if direction == Direction.TOWARDS_ONE:
        step = abs(baseline - 1) - abs(target - 1)
    if step <= 0:
        return [NO_STEP]
    half = (value.upper - value.lower) / 2
    return [TOO_SMALL] if step < half else []


def _lacks(row: dict, baseline: float, target: float, due: date | None) -> list[str]:
    checks = (
        (math.isnan(baseline), NO_BASELINE),
        (math.isnan(target), NO_TARGET),
        (due is None, NO_DATE),
        (not _text(row.get("owner")), NO_OWNER),
        (math.isnan(_number(row.get("budget"))), NO_BUDGET),
    )
    return [flag for lacking, flag in checks if lacking]


def _value(figure: Figure) -> Value:
    if figure.precision == FULL_COUNT:
        return Value(figure.value, figure.value, figure.value)
    return Value(figure.value, figure.lower, figure.upper)


def _number(value: object) -> float:
    return math.nan if value is None or pd.isna(value) else float(value)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
