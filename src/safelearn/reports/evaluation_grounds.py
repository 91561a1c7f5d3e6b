"""How sure is a finding of an evaluation, in sentences by rule: what could have been seen, how areas were chosen.

Every sentence names a reason to believe less, or says that it was looked for and not found.
"""

from __future__ import annotations

from safelearn.language import lower_first, number, percent, t, tn
from safelearn.reports.evaluation_findings import Change
from safelearn.reports.measuring.evaluated import Evaluated


def level(made: Evaluated) -> str:
    """What a design like this can show, on a named scale."""
    grade = made.found.grade
    return t(
        "Level {n} of 5 ({scale}): {name}. {reason} To know more: {next}",
        n=number(grade.level),
        scale=grade.scale,
        name=grade.name,
        reason=grade.reason,
        next=lower_first(grade.raised_by),
    )


def mix(made: Evaluated) -> str:
    """The mix of other areas, and how often nothing looks like as much."""
    found = made.found.mix
    if found is None:
        return ""
    return t(
        "Against the mix of other areas that ran alike before: {value}. Of {n} groups of areas drawn where nothing was "
        "begun, {others} show a gap as large.",
        value=Change(found.ratio, found.lower, found.upper).value,
        n=number(found.placebos),
        # The treated areas are counted among the placebos in the p value.
        others=number(round(found.p_value * (found.placebos + 1)) - 1),
    )


def seen(made: Evaluated) -> str:
    """What the comparison could have seen."""
    weakest = made.found.detectable
    if weakest is None:
        return ""
    if weakest <= 0:
        return t(
            "With so few cases, not even the end of all of them would surely have been seen."
        )
    return t(
        "With these counts, a fall by {share} or more would have been seen four times in five; a weaker one would "
        "mostly have been missed.",
        share=percent(1 - weakest),
    )


def chosen(made: Evaluated) -> str:
    """How the areas were chosen, and what a peak before the start would mean."""
    one, found = made.intervention, made.found
    how = {
        "by_lot": t("The areas were drawn by lot."),
        "matched": t("The areas compared with were matched to those of the programme."),
        "by_need": t("The areas were chosen because they needed it most."),
        "by_chance": t("The areas came about by chance, not by a choice of the city."),
    }.get(one.assignment, t("Nobody wrote down how the areas were chosen."))
    fall = found.alone_by_chance
    if fall is not None and fall.matters:
        how += " " + t(
            "They stood high among the city's areas: by chance alone, a fall by {share} was to be expected of them.",
            share=percent(1 - fall.ratio),
        )
    if found.peak is None:
        return how
    if found.at_a_peak:
        return (
            how
            + " "
            + t(
                "In the year before the start they stood out against the time before it: such a peak falls by itself, "
                "and a part of the change is that."
            )
        )
    return (
        how
        + " "
        + t(
            "In the year before the start they did not stand out clearly against the time before it."
        )
    )


def parallel(made: Evaluated) -> str:
    """Whether treated and compared areas ran parallel before."""
    found = made.found.parallel
    if found is None:
        refused = made.found.refused.get("parallel")
        return refused.what if refused else ""
    if found.parallel:
        return t(
            "Before the start, both groups of areas ran parallel as far as can be seen, which is no proof that they "
            "would have gone on so."
        )
    return t(
        "Before the start, the two groups of areas did not run parallel: the comparison may take their own course for "
        "an effect."
    )


def areas_alone(made: Evaluated) -> str:
    """What is left when each area is one fact."""
    found = made.found.clustered
    if found is None:
        refused = made.found.refused.get("clustered")
        return refused.what if refused else ""
    shown = Change(found.estimate, found.lower, found.upper)
    return tn(
        "With each area taken as one fact, {n} against {others}: {value} (95% interval {interval}).",
        "With each area taken as one fact, {n} against {others}: {value} (95% interval {interval}).",
        found.treated_areas,
        others=number(found.control_areas),
        value=shown.value,
        interval=shown.interval,
    )


def delivered(made: Evaluated) -> str:
    """How much of the planned work was done."""
    one = made.intervention
    if not one.planned or one.delivered is None:
        return t("Nobody wrote down how much of the planned work was done.")
    unit = one.unit or t("units")
    return t(
        "{done} of {planned} {unit} were delivered ({share}).",
        done=number(one.delivered),
        planned=number(one.planned),
        unit=unit,
        share=percent(one.delivered / one.planned),
    )
