"""Sentences by rule: what a figure shows, said only as far as its interval allows.

Each function takes numbers and gives one sentence; a figure's title and a finding of the summary are the same
sentence. Where an interval contains no change, the sentence says that nothing is clear; where the data cannot carry
a verdict, it says what is recorded and not what happened. No sentence ranks areas or names one as the worst.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelearn.language import (
    between,
    listing,
    months,
    number,
    percent,
    sentence,
    t,
    tn,
    words,
)


def change(
    verdict: str,
    ratio: float,
    offence: str,
    before: str,
    after: str,
    *,
    by_police: bool,
) -> str:
    """Whether records rose or fell from one period to another.

    Parameters
    ----------
    verdict : {"up", "down", "no clear change", "recording changed"}
        From `diagnosis.trends.change`; the last where the city has marked that recording changed in between.
    ratio : float
        After divided by before.
    offence, before, after : str
        What is recorded and the two periods, in words.
    by_police : bool
        Whether the number follows what police look for (drugs, weapons, stops): then no verdict is given.
    """
    size = percent(abs(ratio - 1))
    if by_police:
        return t(
            "Records of {offence} follow what police look for: they say nothing on whether it "
            "became more or less common",
            offence=offence,
        )
    if verdict == "recording changed":
        return t(
            "Recorded {offence}: {before} and {after} do not compare, because recording changed in between",
            offence=offence,
            after=after,
            before=before,
        )
    if verdict == "up":
        return t(
            "Recorded {offence}: {size} more in {after} than in {before}",
            offence=offence,
            size=size,
            after=after,
            before=before,
        )
    if verdict == "down":
        return t(
            "Recorded {offence}: {size} fewer in {after} than in {before}",
            offence=offence,
            size=size,
            after=after,
            before=before,
        )
    return t(
        "Recorded {offence}: no clear change from {before} to {after}",
        offence=offence,
        after=after,
        before=before,
    )


def areas_apart(above: int, below: int, same: int, unit: str) -> str:
    """How many areas differ clearly from the city's rate; never which is first or last."""
    total = above + below + same
    if total == 0:
        return t("No area has a rate that can be compared with the city's")
    if above + below == 0:
        return t("No area can be told apart from the city's rate")
    if same == 0:
        return sentence(
            t(
                "{above} areas lie clearly above the city's rate and {below} clearly below",
                above=words(above),
                below=words(below),
            )
        )
    if above == 0:
        return sentence(
            t(
                "{below} of {total} areas lie clearly below the city's rate; the others cannot be "
                "told apart from it",
                below=words(below),
                total=number(total),
            )
        )
    if below == 0:
        return sentence(
            t(
                "{above} of {total} areas lie clearly above the city's rate; the others cannot be "
                "told apart from it",
                above=words(above),
                total=number(total),
            )
        )
    return sentence(
        t(
            "{same} of {total} areas cannot be told apart from the city's rate: {above} lie clearly "
            "above it and {below} clearly below",
            same=words(same),
            total=number(total),
            above=words(above),
            below=words(below),
        )
    )


def season(clear: bool, high: Sequence[int], low: Sequence[int]) -> str:
    """Whether the year has a season, by one test of all months together.

    Parameters
    ----------
    clear : bool
        Whether the joint test says so.
    high, low : sequence of int
        Months (1 to 12) that lie clearly above and below an average month.
    """
    if not clear:
        return t("No season can be told from chance")
    more, fewer = listing(_runs(high)), listing(_runs(low))
    if high and low:
        return t(
            "Records have a season: more in {high}; fewer in {low}",
            high=more,
            low=fewer,
        )
    if high:
        return t("Records have a season: more in {high}", high=more)
    if low:
        return t("Records have a season: fewer in {low}", low=fewer)
    return t("Records have a season, but no single month stands out")


def _runs(chosen: Sequence[int]) -> list[str]:
    """Neighbouring months as one: "December to March", across the turn of the year too."""
    names = months("wide")
    inside = {m - 1 for m in chosen}
    if len(inside) in (0, 12):
        return [names[m] for m in sorted(inside)]
    starts = [m for m in range(12) if m in inside and (m - 1) % 12 not in inside]
    runs = []
    for start in starts:
        length = 1
        while (start + length) % 12 in inside:
            length += 1
        last = (start + length - 1) % 12
        runs.append(names[start] if length == 1 else between(names[start], names[last]))
    return runs


def kinds_changed(more: int, fewer: int, total: int, before: str, after: str) -> str:
    """For how many kinds of offence the number of records changed clearly."""
    values = {"before": before, "after": after, "total": number(total)}
    values |= {"more": words(more), "fewer": words(fewer)}
    if more and fewer:
        return t(
            "From {before} to {after}, records of {more} of {total} kinds of offence rose clearly and of "
            "{fewer} fell",
            **values,
        )
    if more:
        return t(
            "From {before} to {after}, records of {more} of {total} kinds of offence rose clearly",
            **values,
        )
    if fewer:
        return t(
            "From {before} to {after}, records of {fewer} of {total} kinds of offence fell clearly",
            **values,
        )
    return t(
        "For no kind of offence did the number of records change clearly from {before} to {after}",
        **values,
    )


def risk(apart: bool) -> str:
    """Whether recorded risk differs between groups of sex and age."""
    if apart:
        return t("Recorded risk differs clearly between groups of sex and age")
    return t("Recorded risk cannot be told apart between groups of sex and age")


def hours(peak_from: int, peak_to: int, peak_share: float) -> str:
    """At which hours records gather: the six hours in a row that hold most."""
    if (
        peak_share < 0.30
    ):  # six of twenty-four hours hold a quarter where nothing gathers
        return t("Offences are spread over the day: no part of it stands out")
    return t(
        "{share} of offences with a known hour fall between {first} and {last}",
        share=percent(peak_share),
        first=clock(peak_from),
        last=clock(peak_to),
    )


def clock(hour: int) -> str:
    """An hour of the day as a clock shows it."""
    return f"{hour % 24:02d}:00"


def concentration(
    places: int, total: int, share_of_places: float, generalised: float
) -> str:
    """In how few areas half of the events lie."""
    if generalised < 0.15:
        return t("Recorded offences are spread almost evenly over the areas")
    return tn(
        "Half of the recorded offences lie in {n} of {total} areas",
        "Half of the recorded offences lie in {n} of {total} areas",
        places,
        total=number(total),
        share=percent(share_of_places),
    )


def victims(share_women: float, lower: float, upper: float, top: str) -> str:
    """Who is recorded as a victim: the share of women, and the largest age group."""
    if lower > 0.5:
        head = t(
            "{share} of recorded victims are women or girls", share=percent(share_women)
        )
    elif upper < 0.5:
        head = t(
            "{share} of recorded victims are men or boys",
            share=percent(1 - share_women),
        )
    else:
        head = t("Women and men are recorded as victims about equally often")
    if not top:
        return head
    return t("{head}; the largest group is {group}", head=head, group=top)


def located(share: float) -> str:
    """How much of the records has a place."""
    if share >= 0.995:
        return t("Nearly every record has a place")
    return t("{share} of the records have a place", share=percent(share))


def repeats(least: float, most: float) -> str:
    """Which part of the records is at an address hit more than once, over the offences shown."""
    if most != most:
        return t("How often the same address is hit again is hidden to protect people")
    low, high = percent(least), percent(most)
    if low == high:
        return t(
            "{share} of the records are at an address that was hit more than once in the year",
            share=high,
        )
    return t(
        "Between {low} and {high} of the records of an offence are at an address that was hit more than once in the "
        "year",
        low=low,
        high=high,
    )


def repeat_victims(share: float, lower: float, upper: float) -> str:
    """Which part of those attacked were attacked more than once, by their own answers."""
    return t(
        "Of the residents attacked in the last 12 months, {share} were attacked more than once ({interval}, by the "
        "survey).",
        share=percent(share),
        interval=between(percent(lower), percent(upper)),
    )
