"""Sentences by rule on the strategy: what it leaves out, what it costs, and what nobody answers for."""

from __future__ import annotations

from collections.abc import Sequence

from safelearn.language import listing, mark, number, percent, sentence, t, tn, words
from safelearn.strategy import evaluation_plan as plan
from safelearn.strategy import roles, smart
from safelearn.strategy import theory_of_change as way

#: What is said of a box of the drawing that is empty.
ABSENT = {
    "cause": mark("no cause named"),
    "name": mark("no name"),
    "mechanism": mark("not said how it works"),
    "objective": mark("no aim named"),
}
BREAKS = {
    way.NO_CAUSE: mark("no cause named"),
    way.NO_MECHANISM: mark("not said how it works"),
    way.NO_INDICATOR: mark("no indicator"),
    way.NO_TARGET: mark("no target for its indicator"),
}
DESIGNS = {
    plan.COMPARISON: mark("areas that wait"),
    plan.SERIES: mark("monthly records"),
    plan.SURVEY: mark("two surveys"),
    plan.AUDIT: mark("two walks"),
    plan.DELIVERY: mark("only outputs"),
    plan.NONE: mark("no indicator"),
}
SEEN = {
    plan.YES: mark("yes"),
    plan.NO: mark("no, too small"),
    plan.CANNOT_TELL: mark("not known"),
}
FAULTS = {
    roles.NOBODY_ANSWERS: mark("nobody answers for it"),
    roles.SEVERAL_ANSWER: mark("several answer for it"),
    roles.NOBODY_DOES: mark("nobody does it"),
    roles.NO_LAW: mark("no law behind it"),
    roles.UNFUNDED: mark("a duty without money"),
    roles.PASSED_DOWN: mark("passed down without all of the money"),
    roles.SEVERAL_LEVELS: mark("done at several levels"),
    roles.TOO_MANY_ASKED: mark("too many are asked or told"),
}
#: Two kinds that no table has a code for.
KINDS = {
    "restorative_justice": mark("Restorative justice"),
    "reintegration": mark("Reintegration after prison"),
}
LETTERS = {
    "specific": mark("Specific"),
    "measurable": mark("Measurable"),
    "achievable": mark("Achievable"),
    "relevant": mark("Relevant"),
    "time_bound": mark("Bound to a time"),
}
VERDICTS = {
    smart.YES: mark("yes"),
    smart.NO: mark("no"),
    smart.CANNOT_TELL: mark("cannot be told"),
}


def reaching(measures: int, broken: int) -> str:
    """How many measures lead to an aim."""
    if broken == 0:
        return tn(
            "The measure leads to an aim that somebody measures",
            "All {n} measures lead to an aim that somebody measures",
            measures,
        )
    return sentence(
        tn(
            "For {number} of {total} measures the way to an aim breaks off",
            "For {number} of {total} measures the way to an aim breaks off",
            broken,
            number=words(broken),
            total=number(measures),
        )
    )


def judged(rows: Sequence[str]) -> str:
    """Of how many measures the change aimed at could be seen at all; `rows` holds the column `seen`."""
    known = [r for r in rows if r != plan.CANNOT_TELL]
    total = number(len(rows))
    if not known:
        return t(
            "For none of {total} measures can it be told yet whether the change aimed at could be seen",
            total=total,
        )
    n = sum(r == plan.YES for r in known)
    return sentence(
        tn(
            "For {number} of {total} measures the change aimed at is large enough to be seen",
            "For {number} of {total} measures the change aimed at is large enough to be seen",
            n,
            number=words(n),
            total=total,
        )
    )


def money(cost: float, currency: str, share: float, unfunded: int) -> str:
    """What the strategy costs and what is secured."""
    said = t(
        "The measures shown here cost {cost} {currency} in all their years, and {share} of that is secured.",
        cost=number(cost),
        currency=currency,
        share=percent(share, 0),
    )
    if not unfunded:
        return said
    return f"{said} " + tn(
        "{n} measure has no money at all.",
        "{n} measures have no money at all.",
        unfunded,
    )


def left_out(kinds: Sequence[str]) -> str:
    """Kinds of answers that neither a measure nor a running programme gives."""
    if not kinds:
        return t("Measures and programmes give every kind of answer that was asked for.")  # fmt: skip
    return t(
        "No measure and no running programme is of these kinds: {kinds}. Is that meant?",
        kinds=listing(list(kinds)),
    )


def idle_aims(aims: Sequence[str]) -> str:
    """Aims that no measure works towards."""
    return tn(
        "No measure works towards this aim: {aims}.",
        "No measure works towards these {n} aims: {aims}.",
        len(aims),
        aims="; ".join(aims),
    )


def idle_departments(names: Sequence[str]) -> str:
    """Departments that have no part in any measure."""
    return t("These departments have no part in any measure: {names}.", names=listing(list(names)))  # fmt: skip


def nobody_answers(tasks: Sequence[str], total: int) -> str:
    """Tasks for which nobody answers."""
    if not tasks:
        return t("One office answers for each of the {total} tasks.", total=number(total))  # fmt: skip
    return tn(
        "Of {total} tasks, nobody answers for {n}: {tasks}.",
        "Of {total} tasks, nobody answers for {n}: {tasks}.",
        len(tasks),
        total=number(total),
        tasks=listing(list(tasks)),
    )


def passing(passed: int, total: int) -> str:
    """How many targets pass all five checks."""
    return tn(
        "Of {total} targets, {n} is specific, measurable, achievable, relevant and bound to a time.",
        "Of {total} targets, {n} are specific, measurable, achievable, relevant and bound to a time.",
        passed,
        total=number(total),
    )
