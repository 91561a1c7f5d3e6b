"""Sentences by rule on hot spots, repeats and likeness of neighbours: said only as far as the numbers allow.

No sentence names a place, ranks one, or says who did anything: they say how many, how long, how far, and for what use.
"""

from __future__ import annotations

from safelearn.language import between, number, percent, sentence, t, tn, words


def gather(spots: int, stay: int | None, first: str, last: str) -> str:
    """In how many small places offences gather, and how many of them stay.

    Parameters
    ----------
    spots : int
        Hot spots of all kinds that may be shown.
    stay : int or None
        Those that were clear in nearly every year; None where the years are too few.
    first, last : str
        The years that were looked at.
    """
    years = first if first == last else between(first, last)
    if spots == 0:
        return t(
            "No small place stands out from the ground around it, {years}", years=years
        )
    if stay is None:
        return tn(
            "Records gather in {n} small place, {years}",
            "Records gather in {n} small places, {years}",
            spots,
            years=years,
        )
    if stay == 0:
        return tn(
            "Records gather in {n} small place, {years}, but not in every year",
            "Records gather in {n} small places, {years}, and in none of them in every year",
            spots,
            years=years,
        )
    return tn(
        "Records gather in {n} small place, {years}, and in {stay} of them nearly every year",
        "Records gather in {n} small places, {years}, and in {stay} of them nearly every year",
        spots,
        years=years,
        stay=words(stay),
    )


def forecast(least: float, most: float, year: str) -> str:
    """What maps of earlier years would have told of the year that was held out."""
    if most < 1.5:
        return t(
            "Maps of earlier years told little of where records fell in {year}",
            year=year,
        )
    if round(least, 1) == round(most, 1):
        return t(
            "Places marked from earlier years held {times} times their share of the records of {year}",
            times=number(most, 1),
            year=year,
        )
    return t(
        "Places marked from earlier years held {least} to {most} times their share of the records of {year}",
        least=number(least, 1),
        most=number(most, 1),
        year=year,
    )


def repeats(offence: str, metres: float, days: float, ratio: float) -> str:
    """How far from an offence, and for how long, others follow."""
    if metres:
        return t(
            "{offence}: within {metres} m of one, {times} times the usual number follow for {days} days",
            offence=offence,
            metres=number(metres),
            times=number(ratio, 1),
            days=number(days),
        )
    if days:
        return t(
            "{offence}: the same places are struck again for {days} days, their neighbours are not",
            offence=offence,
            days=number(days),
        )
    return t("{offence}: none is clearly followed by others nearby", offence=offence)


def any_repeats(kinds: int) -> str:
    """Where no kind of offence repeats nearby."""
    return tn(
        "For the {n} kind of offence that could be tested, none is clearly followed by others nearby",
        "For none of {n} kinds of offence is one clearly followed by others nearby",
        kinds,
    )


def alike(i: float, clear: bool, together: int) -> str:
    """Whether rates of neighbouring areas are alike."""
    if not clear:
        return t("Whether neighbouring areas are alike cannot be told from chance")
    if i < 0:
        return t("Neighbouring areas differ more than chance would have it")
    if together == 0:
        return t("Neighbouring areas have rates more alike than chance would have it")
    return sentence(
        tn(
            "Neighbouring areas have rates more alike than chance would have it: {n} lies in a group that stands out",
            "Neighbouring areas have rates more alike than chance would have it: {n} lie in groups that stand out",
            together,
        )
    )


def share_on_ground(events: float, ground: float) -> str:
    """A part of the records on a part of the ground."""
    return t(
        "{events} of the records on {ground} of the ground",
        events=percent(events),
        ground=percent(ground, 1),
    )
