"""Sentences by rule on priorities, demands and need: said only as far as papers and intervals allow.

No sentence names an area, and none ranks them: what comes first are services.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelearn.language import number, percent, sentence, t, tn, words


def first_choices(sets: Sequence[frozenset[str]]) -> str:
    """Whether groups share a first choice; `sets` holds, by group, what cannot be told apart from its first."""
    if len(sets) == 1:
        return t("One group has voted in numbers that may be shown")
    if frozenset.intersection(*sets):
        return t("At least one option may be the first choice of every group")
    if all(len(chosen) == 1 for chosen in sets) and len(set(sets)) == len(sets):
        return t("Every group puts something else first")
    return t("No option is among the first choices of all groups")


def agreement(clear: bool, distance: float, groups: int) -> str:
    """Whether groups differ beyond chance, and in how many pairs of options."""
    share = percent(distance, 0)
    if clear and groups == 2:
        return t(
            "The two groups differ clearly: they order {share} of all pairs of options differently",
            share=share,
        )
    if clear:
        return t(
            "Groups differ clearly: two of them order {share} of all pairs of options differently on average",
            share=share,
        )
    return t("What groups put first cannot be told apart from chance")


def strength(w: float) -> str:
    """Kendall's W in words."""
    if w < 0.1:
        return t("hardly any common order")
    if w < 0.3:
        return t("a weak common order")
    if w < 0.5:
        return t("some common order")
    if w < 0.7:
        return t("a good deal of agreement")
    return t("strong agreement")


def places_apart(apart: int, compared: int, districts: bool) -> str:
    """In how many areas or districts groups differ; never which."""
    if compared == 0:
        return t("In no place have two groups voted in numbers that may be shown")
    total = number(compared)
    if apart == 0 and districts:
        return t("In none of {total} districts can groups be told apart", total=total)
    if apart == 0:
        return t("In none of {total} areas can groups be told apart", total=total)
    if districts:
        return sentence(
            t(
                "In {n} of {total} districts groups clearly differ in what they put first",
                n=words(apart),
                total=total,
            )
        )
    return sentence(
        t(
            "In {n} of {total} areas groups clearly differ in what they put first",
            n=words(apart),
            total=total,
        )
    )


def answered(share: float, median_days: float) -> str:
    """What becomes of demands."""
    if median_days != median_days:
        return t(
            "{share} of demands were answered; more than half still wait",
            share=percent(share),
        )
    return t(
        "{share} of demands were answered; half of all wait {days} days or longer",
        share=percent(share),
        days=number(median_days),
    )


def need(first: int, unclear: int, placed: int) -> str:
    """In how many areas services are needed first."""
    total = number(placed)
    if first == 0:
        return t(
            "No area can be said with confidence to need services before the others"
        )
    if unclear == 0:
        return sentence(tn(
            "In {number} of {total} areas services are needed first",
            "In {number} of {total} areas services are needed first",
            first, number=words(first), total=total,
        ))  # fmt: skip
    return sentence(tn(
        "In {number} of {total} areas services are needed first; {unclear} cannot be told apart",
        "In {number} of {total} areas services are needed first; {unclear} cannot be told apart",
        first, number=words(first), total=total, unclear=words(unclear),
    ))  # fmt: skip


def kinds(count: int, between: int) -> str:
    """How many kinds of areas there are."""
    if between == 0:
        return sentence(tn(
            "All areas are of one kind, by the services that would fit them",
            "Areas are of {number} kinds, by the services that would fit them",
            count, number=words(count),
        ))  # fmt: skip
    return sentence(t(
        "Areas are of {number} kinds, by the services that would fit them; {between} lie between",
        number=words(count), between=words(between),
    ))  # fmt: skip


def reach(verdict: str, first: float, other: float) -> str:
    """Whether those who need most are heard as much as others; `verdict` is of `strategy.demands.compare_reach`."""
    values = {"first": number(first, 1), "other": number(other, 1)}
    if verdict == "less":
        return t(
            "Where services are needed first, residents are heard less: {first} demands per 1,000, against {other} "
            "where need is as elsewhere",
            **values,
        )
    if verdict == "more":
        return t(
            "Where services are needed first, residents are heard more: {first} demands per 1,000, against {other} "
            "where need is as elsewhere",
            **values,
        )
    return t(
        "Demands a head cannot be told apart between areas that need services first and others"
    )
