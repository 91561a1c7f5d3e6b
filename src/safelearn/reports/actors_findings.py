"""Sentences by rule on who acts, who takes part and who is missing, said only as far as the registers allow.

No sentence calls an organisation powerful, opposed or in conflict: those judgements stay inside. Organisations are
named only where they do not object; groups are named because their absence is the finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelearn.language import (
    listing,
    lower_first,
    mark,
    number,
    percent,
    sentence,
    t,
    tn,
    words,
)

#: The kinds of partner of draft:24(e), as a sentence names them.
PARTNER_NAMES = {
    "civil_society": mark("civil society"),
    "women": mark("women's organisations"),
    "youth": mark("youth organisations"),
    "business": mark("business"),
    "professions": mark("professions and research"),
    "residents": mark("residents and their associations"),
    "media": mark("the press"),
}
#: What is found of a group in the inclusion audit.
FOUND_NAMES = {
    "no_record": mark("nobody on record"),
    "no_share": mark("not known how many live here"),
    "fewer": mark("clearly fewer"),
    "perhaps_fewer": mark("perhaps fewer"),
    "as_many": mark("as many or more"),
}
#: From this share of the draws on, one organisation stands in the middle.
_FIRM = 0.5


def inclusion(missing: Sequence[str], fewer: Sequence[str], uncounted: int = 0) -> str:
    """The title of the audit: groups that live here and are on no record, then those of whom clearly fewer came.

    Parameters
    ----------
    missing, fewer : sequence of str
        Names of groups whose size is known.
    uncounted : int
        Groups that the Guidelines name, of whom nobody is on record and nobody knows how many live here.
    """
    if missing:
        return t(
            "Nobody is on record in any meeting who counts as one of these, though they live here: {groups}",
            groups=listing([lower_first(name) for name in missing]),
        )
    if fewer:
        return t(
            "Clearly fewer take part than live here: {groups}",
            groups=listing([lower_first(name) for name in fewer]),
        )
    if uncounted:
        return tn(
            "Of {n} group that the Guidelines name, nobody is on record in any meeting",
            "Of {n} groups that the Guidelines name, nobody is on record in any meeting",
            uncounted,
        )
    return t("No group whose size is known takes part clearly less than it lives here")


def seats(missing: Sequence[str]) -> str:
    """Groups without a seat."""
    if not missing:
        return t("Every group whose size is known has a seat on the committee.")
    return t(
        "On the committee nobody sits who counts as one of these: {groups}.",
        groups=listing([lower_first(name) for name in missing]),
    )


def partners(lacking: Sequence[str]) -> str:
    """Kinds of partner that the register does not hold."""
    if not lacking:
        return t("Every kind of partner that the Guidelines name is in the register.")
    return t(
        "Of these kinds of partner, which the Guidelines name, the register holds nobody: {kinds}.",
        kinds=listing([t(PARTNER_NAMES[kind]) for kind in lacking]),
    )


def broker(names: Sequence[str], share: float) -> str:
    """Who stands between others, as firmly as a list of ties with gaps can say it."""
    if not names:
        return t("Nobody stands between others in these ties.")
    if share >= _FIRM:
        return t(
            "Most of the shortest ways between two organisations lead through one: {name}. With a tenth of the ties "
            "left out by lot, that stays so in {share} of the draws. What it knows and whom it reaches should not hang "
            "on it alone.",
            name=names[0],
            share=percent(share),
        )
    return t(
        "Who stands between the others cannot be told from these ties; it may be one of these: {names}.",
        names=listing(list(names)),
    )


def alone(names: Sequence[str]) -> str:
    """Organisations without any tie."""
    if not names:
        return t("Every organisation has a tie to another.")
    return tn(
        "Nobody reports a tie to or from this organisation: {names}.",
        "Nobody reports a tie to or from these organisations: {names}.",
        len(names),
        names=listing(list(names)),
    )


def departments(silent: int, pairs: int, apart: Sequence[str]) -> str:
    """How departments work together."""
    said = t(
        "Of {pairs} pairs of departments, {silent} exchange nothing but orders or money, or nothing at all.",
        pairs=number(pairs),
        silent=number(silent),
    )
    if not apart:
        return said
    more = tn(
        "This department works with no other: {names}.",
        "These departments work with no other: {names}.",
        len(apart),
        names=listing(list(apart)),
    )
    return f"{said} {more}"


def security(share: float, lower: float, upper: float, community: int) -> str:
    """Whether police and justice have partners among residents (the indicator of draft:26(e).0)."""
    if share == 0:
        return t(
            "None of the {n} organisations of residents in the register works with an office of police or justice "
            "(0%, 95% interval to {upper}).",
            n=number(community),
            upper=percent(upper),
        )
    return t(
        "{share} of the {n} organisations of residents in the register work with an office of police or justice (95% "
        "interval {lower} to {upper}).",
        share=percent(share),
        n=number(community),
        lower=percent(lower),
        upper=percent(upper),
    )


def young(phases_without: Sequence[str], proposals: int, taken_up: int) -> str:
    """Young people through the phases, and what became of what they proposed."""
    if phases_without:
        there = tn(
            "Young people were missing from this phase: {phases}.",
            "Young people were missing from these phases: {phases}.",
            len(phases_without),
            phases=listing([lower_first(name) for name in phases_without]),
        )
    else:
        there = t("Young people were there in every phase.")
    if not proposals:
        return t("{there} No proposal of theirs is on record.", there=there)
    made = tn(
        "Of the {n} proposal that they made, {taken} changed something.",
        "Of the {n} proposals that they made, {taken} changed something.",
        proposals,
        taken=words(taken_up),
    )
    return f"{there} {made}"


def promises(unsupported: int, rows: int) -> str:
    """Whether parts that people are said to have had left a trace."""
    if not unsupported:
        return t("Every part that a group is said to have had left a trace in proposals or decisions.")  # fmt: skip
    return tn(
        "{n} time of {rows}, a group is said to have shaped something, and neither a proposal taken up nor a decision "
        "bears it out: there it counts as consulted.",
        "{n} times of {rows}, a group is said to have shaped something, and neither a proposal taken up nor a decision "
        "bears it out: there it counts as consulted.",
        unsupported,
        rows=number(rows),
    )


def decisions(n: int, share: float, lower: float, upper: float) -> str:
    """How many decisions residents shaped."""
    return tn(
        "{n} decision is in the log; residents shaped {share} (95% interval {lower} to {upper}).",
        "{n} decisions are in the log; residents shaped {share} of them (95% interval {lower} to {upper}).",
        n,
        share=percent(share),
        lower=percent(lower),
        upper=percent(upper),
    )


def assets(least: int, most: int, without: int) -> str:
    """What areas have to build on: never which has least."""
    if without:
        return tn(
            "In {n} area nobody has written down yet what works there",
            "In {n} areas nobody has written down yet what works there",
            without,
        )
    return t(
        "Every area has something to build on: {least} to {most} places, groups and services each",
        least=number(least),
        most=number(most),
    )


def grants(share: float, lower: float, upper: float) -> str:
    """Of the initiatives that asked for money, how many got some."""
    if share != share:
        return t("No initiative is known to have asked for money.")
    return t(
        "Of those that asked for money, {share} got some (95% interval {lower} to {upper}).",
        share=percent(share),
        lower=percent(lower),
        upper=percent(upper),
    )


def group_names(names: Sequence[str]) -> str:
    """Groups at the beginning of a sentence."""
    return sentence(listing([lower_first(name) for name in names]))
