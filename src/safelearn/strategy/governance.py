"""How open and accountable is the city's work for safety? (draft:8)

The city's own registers go in; out comes a scorecard of shares that anybody can count again: tasks for which one
organisation answers, decisions that record who was involved and who disagreed, residents who got an answer, money that
is accounted for, systems one can complain about, reviews done when they were due. Each is a full count with its
denominator, so none has an interval, and they are not added up: a sum would hide which door is shut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from safelearn.strategy.roles import ACCOUNTABLE, raci

NEEDS = frozenset({"table:mandates"})
#: Levels of involvement from which a group was asked before the decision.
ASKED = frozenset({"consult", "involve", "collaborate", "empower"})
ITEMS = (
    "tasks_answered_for",
    "decisions_with_people",
    "decisions_with_change",
    "residents_answered",
    "money_accounted_for",
    "systems_with_redress",
    "reviews_on_time",
    "targets_with_owner",
)


def scorecard(tables: Mapping[str, pd.DataFrame | None], *, on: date) -> pd.DataFrame:
    """Count what the registers say on openness and accountability. Serves draft:8.

    Parameters
    ----------
    tables : mapping of str to DataFrame or None
        Any of ``mandates``, ``decisions``, ``feedback``, ``budget``, ``technology``, ``reviews``, ``targets``.
    on : date
        The day of asking: reviews that were not due by then are left out.

    Returns
    -------
    DataFrame
        One row for each of `ITEMS`: `item`, `table` (that it is counted from), `n` (how many do), `of` (how many there
        are), `share`; NaN and 0 where the table is missing or holds nothing to count.

    Notes
    -----
    Tasks with exactly one accountable organisation; decisions in which a group was asked, at least, and those that say
    what changed because of it; feedback that has an answer; budget lines with what was spent; systems with a way to
    complain; reviews done by the day they were due; targets with an owner.
    """
    lines = []
    for item, (name, count) in _COUNTS.items():
        table = tables.get(name)
        n, of = (0, 0) if table is None or table.empty else count(table, on)
        share = n / of if of else float("nan")
        lines.append({"item": item, "table": name, "n": n, "of": of, "share": share})
    return pd.DataFrame(lines)


def _tasks(mandates: pd.DataFrame, on: date) -> tuple[int, int]:
    found = raci(mandates)
    return int((found[ACCOUNTABLE] == 1).sum()), len(found)


def _with_people(decisions: pd.DataFrame, on: date) -> tuple[int, int]:
    return int(_column(decisions, "influence").isin(ASKED).sum()), len(decisions)


def _owned(targets: pd.DataFrame, on: date) -> tuple[int, int]:
    return _filled(targets, "owner"), len(targets)


def _on_time(reviews: pd.DataFrame, on: date) -> tuple[int, int]:
    due = pd.to_datetime(_column(reviews, "due_on"))
    done = pd.to_datetime(_column(reviews, "done_on"))
    # A review that is done counts by its own day, also if it was not due yet.
    counted = due.notna() & ((due < pd.Timestamp(on)) | done.notna())
    return int((done[counted] <= due[counted]).sum()), int(counted.sum())


def _holding(column: str) -> Callable[[pd.DataFrame, date], tuple[int, int]]:
    return lambda table, on: (_filled(table, column), len(table))


def _filled(table: pd.DataFrame, column: str) -> int:
    held = _column(table, column)
    return int((held.notna() & held.astype("str").ne("")).sum())


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    return table.reindex(columns=[name])[name]


_COUNTS: dict[str, tuple[str, Callable[[pd.DataFrame, date], tuple[int, int]]]] = {
    "tasks_answered_for": ("mandates", _tasks),
    "decisions_with_people": ("decisions", _with_people),
    "decisions_with_change": ("decisions", _holding("changed")),
    "residents_answered": ("feedback", _holding("answer")),
    "money_accounted_for": ("budget", _holding("spent")),
    "systems_with_redress": ("technology", _holding("redress")),
    "reviews_on_time": ("reviews", _on_time),
    "targets_with_owner": ("targets", _owned),
}
