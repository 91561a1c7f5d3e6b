"""Sentences by rule on indicators, goals and targets: no verdict goes further than its interval."""

from __future__ import annotations

from safelearn.indicators import targets
from safelearn.language import listing, mark, number, t, tn

#: Where a target stands, as the table says it.
PROGRESS = {
    targets.REACHED: mark("Reached"),
    targets.ON: mark("On course"),
    targets.OFF: mark("Off course"),
    targets.MISSED: mark("Not reached in time"),
    targets.CANNOT_TELL: mark("Cannot be told yet"),
}
#: What a target lacks.
FLAGS = {
    targets.NO_BASELINE: mark("no baseline"),
    targets.NO_TARGET: mark("no target"),
    targets.NO_DATE: mark("no date"),
    targets.NO_OWNER: mark("nobody answers for it"),
    targets.NO_BUDGET: mark("no money is named"),
    targets.NO_STEP: mark("asks for no more than the baseline"),
    targets.TOO_SMALL: mark("asks for a change too small for this figure to show"),
    targets.NOT_MEASURED: mark("no figure for this group"),
    targets.UNKNOWN: mark("the indicator is not in the catalogue"),
    targets.NOT_SINCE: mark("not measured again since the baseline"),
    targets.FROM_RECORDS: mark("counts records, which also fall when trust falls"),
}
#: What the owner of a target says of it.
STATED = {
    "not_started": mark("not started"),
    "on_course": mark("on course"),
    "behind": mark("behind"),
    "reached": mark("reached"),
    "dropped": mark("dropped"),
}


def goals(measured: int, partly: int, total: int, empty: list[str]) -> str:
    """How much of the global goals the city measures, and for which goals it measures nothing."""
    if not measured and not partly:
        return t("No indicator of the global goals is measured yet")
    if empty:
        return t(
            "The city measures {n} of {total} indicators of the global goals, and none on {goals}",
            n=number(measured + partly),
            total=number(total),
            goals=listing(empty),
        )
    if measured + partly == total:
        return t("Every indicator of the global goals on the list is measured")
    return t(
        "The city measures {n} of {total} indicators of the global goals, and at least one for each goal",
        n=number(measured + partly),
        total=number(total),
    )


def standing(statuses: list[str]) -> str:
    """How many targets stand where."""
    total = len(statuses)
    if not any(s != targets.CANNOT_TELL for s in statuses):
        return tn(
            "Whether the target is being reached cannot be told yet",
            "For none of the {n} targets can it be told yet whether the city is on course",
            total,
        )
    n = {s: sum(x == s for x in statuses) for s in PROGRESS}
    parts = [
        tn("{n} is reached", "{n} are reached", n[targets.REACHED]),
        tn("{n} is on course", "{n} are on course", n[targets.ON]),
        tn("{n} is off course", "{n} are off course", n[targets.OFF]),
        tn("{n} was missed", "{n} were missed", n[targets.MISSED]),
        tn(
            "of {n} it cannot be told yet",
            "of {n} it cannot be told yet",
            n[targets.CANNOT_TELL],
        ),
    ]
    there = [part for part, s in zip(parts, PROGRESS, strict=True) if n[s]]
    return t("Of {n} targets, {parts}", n=number(total), parts=listing(there))


def priorities(total: int, without: list[str]) -> str:
    """Whether each priority has an outcome indicator that is measured."""
    if not without:
        return tn(
            "The priority has an outcome indicator that is measured.",
            "Each of the {n} priorities has at least one outcome indicator that is measured.",
            total,
        )
    return tn(
        "{n} priority has no outcome indicator that is measured: {names}.",
        "{n} priorities have no outcome indicator that is measured: {names}.",
        len(without),
        names=listing(without),
    )
