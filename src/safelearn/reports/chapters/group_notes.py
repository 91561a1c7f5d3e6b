"""What is missing on each group, and on whose terms data about indigenous peoples are shown.

A gap is a result: each line says what was not heard and the least that would change it.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from safelearn.diagnosis.groups import GROUPS, Group
from safelearn.language import listing, lower_first, number, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.group_items import BY_KEY
from safelearn.reports.measuring.groups import (
    NO_AGREEMENT,
    NO_SURVEY,
    NOBODY,
    NOT_ASKED,
)
from safelearn.reports.page import prose
from safelearn.views import tables

_ADULT = 18


def missing(evidence: Evidence, group: Group, too_few: list[str], shown: int) -> Markup:
    """What is not known about a group, as a list; nothing if all was asked and heard.

    Parameters
    ----------
    too_few : list of str
        Keys of the items with too few answers.
    shown : int
        How many items are shown.
    """
    lines = [*_figures(evidence, group, too_few, shown), *_reach(evidence, group)]
    lines += _heard(evidence, group)
    if not lines:
        return Markup()
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<div class="prose"><p><b>{}</b></p><ul>{}</ul></div>').format(
        t("What is missing"), items
    )


def _figures(evidence, group, too_few, shown) -> list[str]:
    status = evidence.results["groups"]["status"][group.key]
    if status == NO_SURVEY:
        return [t("There is no survey of residents that tells this group apart.")]
    if status == NOT_ASKED:
        return [
            t(
                "The survey did not ask who belongs, or not with all of its questions. Add them, with consent."
            )
        ]
    if status == NOBODY or not shown:
        return [
            t(
                "Fewer than {n} people of this group answered, so nothing is shown. Speak with organisations of the "
                "group, and draw more of its members next time.",
                n=number(30),
            )
        ]
    if not too_few:
        return []
    names = [lower_first(t(BY_KEY[key].label)) for key in too_few]
    return [t("Too few answers for: {items}.", items=listing(names))]


def _reach(evidence: Evidence, group: Group) -> list[str]:
    """Whom a survey of households does not reach, by group."""
    if group.key == "young":
        youngest = evidence.results["groups"].get("youngest")
        if youngest is None or youngest < _ADULT - 2:
            return []
        return [
            t(
                "Nobody under {age} was asked. Children are heard in their own ways: walks, drawings, school "
                "assemblies, with consent made for them.",
                age=number(youngest),
            )
        ]
    lines = {
        "disability": t(
            "The six questions miss some people, those with psychosocial conditions above all; people who live in "
            "institutions are not in a survey of households."
        ),
        "displaced": t(
            "People without an address, or who fear to be found, are not in a survey of households."
        ),
        "older": t(
            "People who live in homes for older persons are not in a survey of households."
        ),
    }
    return [lines[group.key]] if group.key in lines else []


def _heard(evidence: Evidence, group: Group) -> list[str]:
    """Who has not walked and not spoken; where nobody has, the chapter says so once."""
    lines = []
    walks, quotes = evidence.tables.get("walks_by_group"), evidence.tables.get("quotes")
    walked = walks is None or group.key in set(walks.frame["group"])
    heard = quotes is None or quotes.frame["group"].isin(group.voices).any()
    if not walked and group.key != "gender":
        lines.append(
            t("Nobody of this group has walked the city's places with the audit form.")
        )
    if not heard:
        lines.append(t("No quote of this group may be shown yet."))
    return lines


def unasked(evidence: Evidence) -> Markup:
    """The groups that a survey of households does not tell apart: what there is of them, and the least to do."""
    rows = []
    quotes = evidence.tables.get("quotes")
    walks = evidence.tables.get("walks_by_group")
    for group in GROUPS:
        if group.columns:
            continue
        said = quotes.frame["group"] if quotes is not None else pd.Series(dtype=str)
        count = int(said.isin(group.voices).sum())
        walked = walks is not None and group.key in set(walks.frame["group"])
        rows.append(
            (
                t(group.title),
                number(count) if count else t("none"),
                t("yes") if walked else t("no"),
                _how(group.key),
            )
        )
    heads = [
        t("Group"),
        t("Quotes shown"),
        t("Walked with the audit form"),
        t("How to hear them"),
    ]
    head = Markup('<div class="prose"><h3>{}</h3></div>').format(
        t("Groups that a survey of households does not tell apart")
    )
    return (
        head
        + prose(
            t(
                "Of these groups there are no figures, and none are guessed. Absence from this report says nothing "
                "about how safe they are."
            )
        )
        + tables.text_table(
            heads,
            rows,
            caption=t("Groups without figures, and how to hear them"),
            label=evidence.next_table(),
        )
    )


def _how(key: str) -> str:
    return {
        "mental_health": t(
            "Through services and self-help groups, by people whom they trust."
        ),
        "addiction": t(
            "Through harm-reduction services, on days and at hours they choose."
        ),
        "homeless": t(
            "Where people are, at night counts and in shelters, with those who support them."
        ),
        "traders": t("Through their associations, at the stalls, before opening."),
        "communities": t("In the assemblies that the community calls itself."),
    }[key]


def care_note(evidence: Evidence) -> Markup:
    """On whose terms data about indigenous peoples are used: agreement, and the four CARE principles.

    Notes
    -----
    CARE Principles for Indigenous Data Governance, Global Indigenous Data Alliance (2019); Carroll, S. R. et al.
    (2020), Data Science Journal 19:43. In our own words.
    """
    agreed = evidence.settings.consent.indigenous.strip()
    if agreed:
        first = t("Shown with the agreement of: {who}.", who=agreed.rstrip("."))
    elif evidence.results["groups"]["status"]["indigenous"] == NO_AGREEMENT:
        first = t(
            "Nothing about indigenous peoples is shown: no agreement of their communities is recorded. Whether there "
            "are answers, quotes or walks of theirs is not said either. The agreement is theirs to give in the way "
            "they decide, in an assembly or through a council, and to take back; the city writes who agreed and when "
            "into its settings (`consent.indigenous`)."
        ).replace("`", "")
    principles = (
        (
            t("Collective benefit"),
            t(
                "What is asked serves the community, which sees the results first and gains from them."
            ),
        ),
        (
            t("Authority to control"),
            t(
                "The community decides what is asked, kept and shown, by its own rules, and may change its mind."
            ),
        ),
        (
            t("Responsibility"),
            t(
                "Whoever holds the data answers to the community for how they are used, in its language."
            ),
        ),
        (
            t("Ethics"),
            t(
                "Harm and benefit, today and for those who come after, are weighed by the people concerned."
            ),
        ),
    )
    items = Markup().join(
        Markup("<li><b>{}.</b> {}</li>").format(name, words)
        for name, words in principles
    )
    note = t(
        "Data about indigenous peoples follow the CARE principles (Global Indigenous Data Alliance, 2019):"
    )
    return Markup('<div class="prose"><p>{}</p><p>{}</p><ul>{}</ul></div>').format(
        first, note, items
    )
