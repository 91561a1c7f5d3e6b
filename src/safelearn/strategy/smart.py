"""Is each target specific, measurable, achievable, relevant and bound to a time? (draft:24(c))

The table ``targets`` goes in, with what the judgement of progress found lacking (`indicators.targets`, which knows the
figures), the measures that should reach the targets, and the indicators that stand for what people put first. Out come
five verdicts for each target with the reasons. "Cannot be told" is a verdict: nobody has written down what it takes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from safelearn.guidelines.catalogue import indicators

NEEDS = frozenset({"table:targets"})
YES, NO, CANNOT_TELL = "yes", "no", "cannot be told"
LETTERS = ("specific", "measurable", "achievable", "relevant", "time_bound")
#: Reasons that this module finds itself.
NO_OBJECTIVE, NO_GROUP, NO_UNIT = "no objective", "no group", "no unit"
NOT_IN_CATALOGUE = "not in the catalogue"
NO_MEASURE, NO_BUDGET = "no measure works towards it", "no budget"
MONEY_MISSING = "less than half of the money is secured"
NOT_ASKED_FOR = "stands for no priority"
NO_DATE, PAST, TOO_EARLY = "no date", "the date has passed", "measures end later"
NO_OWNER = "no owner"
#: Words of `indicators.targets` that say a target cannot be measured as it is written.
UNMEASURABLE = frozenset(
    {
        "no baseline",
        "no target",
        "no better than the baseline",
        "smaller than the interval",
        "not measured",
        "not in the catalogue",
        "counted from records only",
    }
)


def smart(
    targets: pd.DataFrame,
    lacks: Mapping[str, Collection[str]] | None = None,
    measures: pd.DataFrame | None = None,
    wanted: Collection[str] | None = None,
    *,
    on: date | None = None,
) -> pd.DataFrame:
    """Five verdicts for each target. Serves draft:24(c).

    Parameters
    ----------
    targets : DataFrame
        The table ``targets``.
    lacks : mapping of target code to words, optional
        The `flags` of `indicators.targets.progress`; without them ``measurable`` cannot be told.
    measures : DataFrame, optional
        The table ``measures``: `indicator_id`, `cost`, `funded`, `ends_on`.
    wanted : collection of str, optional
        Indicators that stand for residents' priorities; without them ``relevant`` cannot be told.
    on : date, optional
        The day of asking, for dates that have passed.

    Returns
    -------
    DataFrame
        One row a target: `target_id`, `objective`, a column for each of `LETTERS` (``yes``, ``no``,
        ``cannot be told``), `why` (tuple of reasons, in the order of the letters), `score` (how many are ``yes``).

    Notes
    -----
    Achievable asks for what can be seen on paper: a budget, an owner, a measure that works towards the target, and at
    least half of the cost of these measures secured. It is no forecast. Doran (1981), Management Review 70(11):35, has
    the acronym.
    """
    known = {i.id for i in indicators()}
    lines = []
    for row in targets.to_dict("records"):
        code, name = str(row["target_id"]), _text(row.get("indicator_id"))
        flags = None if lacks is None else tuple(lacks.get(code, ()))
        serving = _serving(measures, name)
        found = (
            _specific(row, name in known),
            _measurable(flags),
            _achievable(row, serving),
            _relevant(name, wanted),
            _time_bound(row, serving, on),
        )
        verdicts = dict(zip(LETTERS, [verdict for verdict, _ in found], strict=True))
        lines.append(
            {
                "target_id": code,
                "objective": _text(row.get("objective")),
                **verdicts,
                "why": tuple(dict.fromkeys(r for _, reasons in found for r in reasons)),
                "score": sum(v == YES for v in verdicts.values()),
            }
        )
    return pd.DataFrame(
        lines, columns=["target_id", "objective", *LETTERS, "why", "score"]
    )


def _specific(row: dict, known: bool) -> tuple[str, list[str]]:
    return _judged(
        [
            (not _text(row.get("objective")), NO_OBJECTIVE),
            (not _text(row.get("group")), NO_GROUP),
            (not _text(row.get("unit")), NO_UNIT),
            (not known, NOT_IN_CATALOGUE),
        ]
    )


def _measurable(flags: tuple[str, ...] | None) -> tuple[str, list[str]]:
    if flags is None:
        return CANNOT_TELL, []
    return _judged([(flag in UNMEASURABLE, flag) for flag in flags])


def _achievable(row: dict, serving: pd.DataFrame | None) -> tuple[str, list[str]]:
    checks = [
        (_missing(row.get("budget")), NO_BUDGET),
        (not _text(row.get("owner")), NO_OWNER),
    ]
    if serving is not None:
        checks.append((serving.empty, NO_MEASURE))
        cost = serving["cost"].sum()
        secured = serving["funded"].fillna(0).clip(upper=serving["cost"]).sum()
        checks.append((cost > 0 and secured < cost / 2, MONEY_MISSING))
    verdict, reasons = _judged(checks)
    if verdict == YES and serving is None:
        return CANNOT_TELL, reasons
    return verdict, reasons


def _relevant(name: str, wanted: Collection[str] | None) -> tuple[str, list[str]]:
    if wanted is None:
        return CANNOT_TELL, []
    return _judged([(name not in wanted, NOT_ASKED_FOR)])


def _time_bound(
    row: dict, serving: pd.DataFrame | None, on: date | None
) -> tuple[str, list[str]]:
    if _missing(row.get("due_on")):
        return NO, [NO_DATE]
    due = pd.Timestamp(row["due_on"])
    late = False
    if serving is not None and len(serving):
        ends = serving["ends_on"].dropna()
        late = len(ends) == len(serving) and bool((ends > due).all())
    return _judged([(on is not None and due.date() < on, PAST), (late, TOO_EARLY)])


def _serving(measures: pd.DataFrame | None, name: str) -> pd.DataFrame | None:
    if measures is None:
        return None
    plan = measures.reindex(
        columns=["indicator_id", "cost", "funded", "ends_on", "status"]
    )
    return plan[(plan["indicator_id"] == name) & (plan["status"] != "stopped")]


def _judged(checks: list[tuple[bool, str]]) -> tuple[str, list[str]]:
    reasons = [reason for wrong, reason in checks if wrong]
    return (NO if reasons else YES), reasons


def _missing(value: object) -> bool:
    return value is None or bool(pd.isna(value))


def _text(value: object) -> str:
    return "" if _missing(value) else str(value)
