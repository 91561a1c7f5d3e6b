"""Sentences by rule for the chapter on groups: said only as far as the intervals allow, and never as blame.

A difference is named only if it is clear once all differences of the group are judged together; what is the same is
said as well. Sentences tell what people live through and what they do, never what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safelearn.language import between, listing, number, percent, sentence, t, tn


@dataclass(frozen=True)
class Line:
    """One figure of a group beside everyone else: the item, both shares, and how the difference was judged."""

    item: str
    share: float
    others: float
    difference: float
    clear: bool


def apart(group: str, line: Line) -> str:
    """A clear difference, as the title of a group's figure."""
    values = {
        "share": percent(line.share),
        "others": percent(line.others),
        "group": group,
    }
    sentences = {
        "safe_after_dark": t(
            "{share} of {group} feel safe walking alone after dark, against {others} of everyone else",
            **values,
        ),
        "attacked": t(
            "{share} of {group} were attacked or robbed in a year, against {others} of everyone else",
            **values,
        ),
        "harassed": t(
            "{share} of {group} were harassed in a year, against {others} of everyone else",
            **values,
        ),
        "avoided": t(
            "{share} of {group} stayed away from places or hours for safety, against {others} of everyone else",
            **values,
        ),
        "told": t(
            "{share} of {group} who were harmed told an authority, against {others} of everyone else",
            **values,
        ),
        "trusts_police": t(
            "{share} of {group} trust the police, against {others} of everyone else",
            **values,
        ),
        "trusts_neighbours": t(
            "{share} of {group} trust their neighbours, against {others} of everyone else",
            **values,
        ),
        "discriminated": t(
            "{share} of {group} were treated worse for who they are, against {others} of everyone else",
            **values,
        ),
        "has_say": t(
            "{share} of {group} say that they have a say, against {others} of everyone else",
            **values,
        ),
        "took_part": t(
            "{share} of {group} took part in work on safety, against {others} of everyone else",
            **values,
        ),
    }
    return sentences[line.item]


def title(group: str, lines: Sequence[Line]) -> str:
    """What a group's figure shows: its largest clear difference, or that there is none.

    Parameters
    ----------
    group : str
        As it stands in a sentence, translated.
    lines : sequence of Line
        The figures that are shown; none at all where too few answered.
    """
    if not lines:
        return t("Too few {group} answered to say anything", group=group)
    clear = _clear(lines)
    if not clear:
        return sentence(
            t(
                "{group} and everyone else: no clear difference in what was asked",
                group=group,
            )
        )
    return apart(group, clear[0])


def also(group: str, lines: Sequence[Line]) -> str:
    """The other clear differences, and on how many figures there is none."""
    clear = _clear(lines)
    parts = [f"{apart(group, line)}." for line in clear[1:]]
    same = len(lines) - len(clear)
    if clear and same:
        parts.append(
            tn(
                "On the other figure no difference is clear.",
                "On the other {n} figures no difference is clear.",
                same,
            )
        )
    return " ".join(parts)


def size(group: str, share: float, lower: float, upper: float) -> str:
    """Which part of the adults asked belong to a group."""
    return sentence(
        t(
            "{group}: {share} of the adults who said whether they belong ({interval}).",
            share=percent(share),
            group=group,
            interval=between(percent(lower), percent(upper)),
        )
    )


def overlaps(more: Sequence[str], shown: int, hidden: int) -> str:
    """Where two groups meet: who is harassed more often than adults as a whole, as the figure's title.

    Parameters
    ----------
    more : sequence of str
        The overlapping groups whose interval lies above that of everybody, as they stand in a sentence.
    shown, hidden : int
        How many overlaps have enough answers, and how many do not.
    """
    if not shown:
        return t("Where groups overlap, too few answered to say anything")
    if not more:
        return t(
            "Where groups overlap, no one is clearly harassed more often than adults as a whole"
        )
    return sentence(
        t(
            "{groups} were harassed clearly more often than adults as a whole",
            groups=listing(list(more)),
        )
    )


def functioning(some: float, a_lot: float, lower: float, upper: float) -> str:
    """How many adults live with a disability, at the Washington Group's cut-off and at the milder one."""
    return t(
        "By the six questions of the Washington Group, {a_lot} of adults live with a disability ({interval}): a lot "
        "of difficulty in seeing, hearing, walking, remembering, self-care or communicating, or more. "
        "{some} have at least some difficulty.",
        a_lot=percent(a_lot),
        interval=between(percent(lower), percent(upper)),
        some=percent(some),
    )


def walks(
    visits: int, places: int, score: float, apart: float, low: float, high: float
) -> str:
    """What raters of a group saw on their walks, beside others at the same places; NaN where it is not known."""
    head = tn(
        "Raters of this group filled in the audit form {n} time, at {places} places.",
        "Raters of this group filled in the audit form {n} times, at {places} places.",
        visits,
        places=number(places),
    )
    parts = [head]
    if score == score:
        parts.append(
            t("Their mean score was {score} of 3.", score=number(score, 1)),
        )
    if apart == apart:
        ends = sorted((abs(low), abs(high)))
        values = {"size": number(abs(apart), 1)}
        values |= {"interval": between(*(number(end, 1) for end in ends))}
        if high < 0:
            parts.append(
                t(
                    "At the same place and in the same light they scored lower than others, by {size} "
                    "({interval}): they see there what others do not.",
                    **values,
                )
            )
        elif low > 0:
            parts.append(
                t(
                    "At the same place and in the same light they scored higher than others, by {size} ({interval}).",
                    **values,
                )
            )
        else:
            parts.append(
                t("At the same places they and other raters scored about alike.")
            )
    return " ".join(parts)


def norms(share: float, lower: float, upper: float, women: bool | None) -> str:
    """How common the refusal of violence by a partner is, as the title of the figure on norms.

    Parameters
    ----------
    share, lower, upper : float
        Of adults who disagree that there are times when a partner deserves to be hit.
    women : bool or None
        Whether women refuse it more often (True) or men do (False); None if that is not clear.
    """
    head = t(
        "{share} of adults say that nobody deserves to be hit by a partner",
        share=percent(share),
    )
    if women is None:
        return head
    if women:
        return t("{head}; women say so more often than men", head=head)
    return t("{head}; men say so more often than women", head=head)


def bribery(share: float, lower: float, upper: float) -> str:
    """Who met a bribe, of those who dealt with an official."""
    return t(
        "Of adults who dealt with a public official in the last 12 months, {share} paid a bribe or were asked for "
        "one ({interval}).",
        share=percent(share),
        interval=between(percent(lower), percent(upper)),
    )


def agreement(kappa: float, lower: float, upper: float, agreed: float, n: int) -> str:
    """How far two coders read the same in the quotes."""
    words = t("little better than chance")
    if lower > 0:
        words = t("better than chance")
    if lower > 0.6:
        words = t("far better than chance")
    return t(
        "Two people coded {n} quotes without seeing each other's codes. They agree on {agreed}, {words}: Cohen's "
        "kappa {kappa} ({interval}).",
        n=number(n),
        agreed=percent(agreed),
        words=words,
        kappa=number(kappa, 2),
        interval=between(number(lower, 2), number(upper, 2)),
    )


def _clear(lines: Sequence[Line]) -> list[Line]:
    """The clear differences, the largest first."""
    return sorted(
        (line for line in lines if line.clear), key=lambda line: -abs(line.difference)
    )
