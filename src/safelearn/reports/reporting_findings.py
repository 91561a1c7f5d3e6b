"""Sentences by rule on what police never hear, and on what stands beside a change in records."""

from __future__ import annotations

from safelearn.language import number, percent, span, t, tn

Difference = tuple[float, float, float]


def told(share: float, by_sex: Difference | None) -> str:
    """How few victims of violence told the police."""
    said = percent(share, 0)
    if by_sex is not None and by_sex[2] < 0:
        return t(
            "{share} of victims of violence told the police, women less often than men",
            share=said,
        )
    if by_sex is not None and by_sex[1] > 0:
        return t(
            "{share} of victims of violence told the police, men less often than women",
            share=said,
        )
    return t("{share} of victims of violence told the police", share=said)


def recorded(clearly_under_half: int, kinds: int) -> str:
    """Of how many kinds of harm the records hold less than half."""
    if kinds == 0:
        return t("Recorded offences beside those that the survey estimates")
    if clearly_under_half == 0:
        return t(
            "For no kind of harm is it clear that the records hold less than half of what the survey finds"
        )
    return tn(
        "For {n} of {total} kinds of harm the records hold less than half of what the survey finds",
        "For {n} of {total} kinds of harm the records hold less than half of what the survey finds",
        clearly_under_half,
        total=number(kinds),
    )


def reporting_unknown() -> str:
    """What must stand beside a change where nobody has asked victims."""
    return t(
        "Whether people report as much as before is not known: no survey says so, and fewer records can mean less "
        "trust as well as less harm."
    )


def reporting_once(share: float, lower: float, upper: float) -> str:
    """What must stand beside a change where victims were asked once."""
    return t(
        "In the survey {share} of victims of violence ({interval}) had told the police. Whether that has changed is "
        "not known until people are asked again, so a change in records is not yet a change in harm.",
        share=percent(share, 0),
        interval=span(percent(lower, 0), percent(upper, 0)),
    )


def title_of_change() -> str:
    """The title of the table behind `reporting_changed`."""
    return t("Change in the share of victims of violence who told the police")


def reporting_changed(before: int, after: int, lower: float, upper: float) -> str:
    """What must stand beside a change where victims were asked in two years."""
    years = {"before": str(before), "after": str(after)}
    if lower > 0:
        return t(
            "From {before} to {after} more victims of violence told the police: records can rise without more harm.",
            **years,
        )
    if upper < 0:
        return t(
            "From {before} to {after} fewer victims of violence told the police: records can fall without less harm.",
            **years,
        )
    return t(
        "From {before} to {after} there is no clear change in how many victims of violence told the police.",
        **years,
    )


def complaints(before: float, after: float, year_before: str, year_after: str) -> str:
    """Complaints beside a change in records."""
    return t(
        "Complaints about the police: {before} in {year_before}, {after} in {year_after}.",
        before=number(before),
        after=number(after),
        year_before=year_before,
        year_after=year_after,
    )
