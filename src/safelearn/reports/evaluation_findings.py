"""Sentences by rule on what a programme changed: said only as far as its comparison allows.

Records that fell are never called safety, a fall without comparison is never called an effect, and what cannot be told
is said with the range that would fit the counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.evaluation.assessment import FEWER, MORE, MOVED, SPREAD, UNCLEAR
from safelearn.language import day, listing, number, percent, span, t
from safelearn.reports.measuring.evaluated import Evaluated
from safelearn.views import marks
from safelearn.views.marks import Finding

#: Level on the Maryland scale from which a comparison carries a verdict.
LEAST_LEVEL = 3


@dataclass(frozen=True)
class Change:
    """A ratio and its interval as the reader knows them: so many percent fewer or more."""

    ratio: float
    lower: float
    upper: float

    @property
    def value(self) -> str:
        return _change(self.ratio)

    @property
    def interval(self) -> str:
        return span(_change(self.lower), _change(self.upper))


def _change(ratio: float) -> str:
    return percent(ratio - 1, sign=True)


def finding(made: Evaluated) -> Finding:
    """The row of the first page: what changed, and how sure that is."""
    one = made.intervention
    if made.found is None:
        return Finding(
            t("What {name} changed is not known", name=one.name),
            t("none"),
            t("recorded cases"),
            level=marks.CANNOT_SAY,
            reason=made.refused.what.rstrip(".") if made.refused else "",
            link="sure",
        )
    level, reason = certainty(made)
    main = made.found.main
    shown = Change(main.ratio, main.lower, main.upper)
    unit = (
        t("recorded cases, against the areas compared with")
        if made.found.controlled
        else t("recorded cases, after against before")
    )
    return Finding(
        answer(made),
        shown.value,
        unit,
        shown.interval,
        level,
        reason,
        link="change",
    )


def answer(made: Evaluated) -> str:
    """Whether it worked, in one sentence."""
    one, found = made.intervention, made.found
    if found.controlled is None:
        return t(
            "What {name} changed cannot be told: there is nothing to compare it with",
            name=one.name,
        )
    said = {
        FEWER: t(
            "Where {name} took place, fewer cases were recorded than the areas compared with led to expect",
            name=one.name,
        ),
        MORE: t(
            "Where {name} took place, more cases were recorded than the areas compared with led to expect",
            name=one.name,
        ),
        UNCLEAR: t(
            "Whether {name} changed what is recorded cannot be told", name=one.name
        ),
    }
    return said[found.verdict]


def certainty(made: Evaluated) -> tuple[int, str]:
    """How sure the answer is, and the weakest thing about it.

    Records can be moved by reporting, so they are fair evidence at best; each doubt takes a step.
    """
    found = made.found
    if found is None or found.controlled is None:
        return marks.CANNOT_SAY, t("no areas to compare with")
    if found.verdict == UNCLEAR:
        return marks.THIN, t("the interval holds no change")
    doubts = []
    if found.at_a_peak:
        doubts.append(t("it began after a peak, which falls by itself"))
    if found.contradicted:
        doubts.append(t("too few areas: taken as one fact each, they leave it open"))
    if found.parallel is not None and not found.parallel.parallel:
        doubts.append(t("the areas did not run parallel before"))
    if found.grade.level < LEAST_LEVEL:
        doubts.append(t("the comparison is weak: level {n} of 5", n=found.grade.level))
    if doubts:
        return marks.THIN, doubts[0]
    return marks.FAIR, t("records depend on who reports")


def neighbours(made: Evaluated) -> str:
    """Whether harm moved next door, in one sentence."""
    found = made.found
    if not found.neighbours:
        if made.without_neighbours:
            return t("The neighbouring areas hold too few cases to be shown.")
        return t(
            "No neighbouring areas were counted, so nobody can tell whether harm moved there."
        )
    d = found.difference
    ends = d.displaced_lower, d.displaced_upper
    if found.neighbours == SPREAD:
        ends = -d.displaced_upper, -d.displaced_lower
    values = {
        "n": number(abs(d.displaced)),
        "interval": span(*(number(end) for end in ends)),
    }
    said = {
        MOVED: t(
            "Next to the programme, {n} cases more were recorded than expected ({interval}): harm moved there.",
            **values,
        ),
        SPREAD: t(
            "Next to the programme, {n} cases fewer were recorded than expected ({interval}): the benefit spread.",
            **values,
        ),
        UNCLEAR: t(
            "Whether harm moved next door cannot be told: any change of {interval} cases fits the counts.",
            **values,
        ),
    }
    return said[found.neighbours]


def together(made: Evaluated) -> str:
    """What is left of it with the neighbours counted."""
    found = made.found.difference
    if found is None or not found.has_buffer:
        return ""
    return t(
        "With the neighbouring areas counted, the change is {n} recorded cases (95% interval {interval}); a negative "
        "number is fewer.",
        n=number(found.estimate),
        interval=span(number(found.lower), number(found.upper)),
    )


def quotient(made: Evaluated) -> str:
    """The displacement quotient, or why it has none."""
    found = made.found
    if found.quotient is None:
        refused = found.refused.get("quotient")
        return refused.what if refused else ""
    q = found.quotient
    ends = [q.lower, q.upper]
    if not all(abs(end) < float("inf") for end in ends):
        return t(
            "The displacement quotient is {value}; the fall itself is not clear enough to give it an interval.",
            value=number(q.quotient, 1),
        )
    said = t(
        "The displacement quotient is {value} (95% interval {interval}): below 0 harm moved, above 0 the benefit "
        "spread, below −1 more moved than was gained.",
        value=number(q.quotient, 1),
        interval=span(number(q.lower, 1), number(q.upper, 1)),
    )
    if q.reading == found.neighbours:
        return said
    return (
        said
        + " "
        + t(
            "It does not say the same as the difference, because it compares the neighbours with other areas: neither "
            "is certain."
        )
    )


def cost(made: Evaluated) -> list[str]:
    """What a recorded case fewer cost."""
    spent = made.spent
    if spent is None:
        return [
            t(
                "The cost of {name} in the months compared is not in the table of the budget.",
                name=made.intervention.name,
            )
        ]
    years = listing([str(year) for year in spent.years])
    said = [
        t(
            "{amount} {currency} were spent in {years}.",
            amount=number(spent.amount),
            currency=spent.currency,
            years=years,
        )
    ]
    refused = made.found.refused.get("cost")
    if spent.a_case is None:
        return [*said, refused.what] if refused else said
    case = spent.a_case
    values = {
        "cost": number(_rounded(case.cost)),
        "lower": number(_rounded(case.lower)),
        "currency": spent.currency,
    }
    if case.upper == float("inf"):
        said.append(
            t(
                "That is {cost} {currency} for each recorded case fewer, {lower} at the least and without an upper "
                "limit: perhaps no case was averted at all.",
                **values,
            )
        )
    else:
        said.append(
            t(
                "That is {cost} {currency} for each recorded case fewer (95% interval {interval}).",
                interval=span(values["lower"], number(_rounded(case.upper))),
                **values,
            )
        )
    net = made.found.averted_with_neighbours
    if net is not None and net[1] <= 0:
        said.append(
            t(
                "With the neighbouring areas counted, it is not certain that there were fewer cases at all, so this "
                "cost is no basis for a decision on its own."
            )
        )
    said.append(
        t(
            "Many cases are never reported: a case that happened costs less than a case that was recorded."
        )
    )
    return said


def _rounded(value: float) -> float:
    """Two digits: an amount that rests on an interval has no more."""
    return float(f"{value:.2g}")


def counted(made: Evaluated, names: dict[str, str]) -> str:
    """Which offences and which months were counted."""
    compared = made.found.compared
    from_to = {
        "before": _months(compared.before),
        "after": _months(compared.after),
        "day": day(made.intervention.starts_on.date()),
    }
    if made.named:
        said = t(
            "Counted: {offences}, {before} against {after}; the start was on {day}.",
            offences=listing([names[code] for code in made.offences]),
            **from_to,
        )
    else:
        said = t(
            "The table names no offence, so all are counted that the police do not find by looking for them, {before} "
            "against {after}; the start was on {day}. A change in one of them is thinned out by the others.",
            **from_to,
        )
    if made.changed:
        said += " " + t(
            "Left out, because recording changed in between: {offences}.",
            offences=listing([names[code] for code in made.changed]),
        )
    return said


def _months(months: tuple[str, ...]) -> str:
    from safelearn.reports.period import in_words

    return in_words(months)
