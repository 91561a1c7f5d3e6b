"""The section "Money": accounts by year, what each function lives on, where it goes, and what residents voted on.

Serves draft:21, draft:23(d), draft:26(f)(ii).11, draft:26(f)(iii).2 and draft:26(f)(iii).5.
"""

from __future__ import annotations

import math

from markupsafe import Markup

from safelearn.city.contracts import labels
from safelearn.indicators.themes import group_words
from safelearn.language import day, listing, number, percent, t
from safelearn.reports import response_findings as findings
from safelearn.reports.chapters.responses import money
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.accounts import (
    BALLOT,
    FUNCTIONS,
    TRACKER,
    TURNOUT,
    YEARS,
)
from safelearn.reports.page import heading, prose
from safelearn.views import marks, tables
from safelearn.views.tables import Column

#: Shares of the money that are followed (`evaluation.budget.funding_tracker`).
_LASTING = 0.5


def accounts(evidence: Evidence) -> Markup:
    """The section "Money for safety"; empty without a budget or a ballot on money."""
    if YEARS not in evidence.tables and BALLOT not in evidence.tables:
        return Markup()
    lead = t("What was approved, what was spent, what is missing, and who had a say.")
    parts = [heading("accounts", lead)]
    if YEARS in evidence.tables:
        parts += [
            money(evidence),
            _training(evidence),
            _years(evidence),
            _functions(evidence),
            _tracker(evidence),
        ]
    return Markup().join([*parts, _ballot(evidence)])


def worth(evidence: Evidence) -> Markup:
    """Part of "At what cost": benefits over costs, with how far they can be believed (draft:26(f)(iii).6)."""
    parts = []
    for one in evidence.results.get("worth", ()):
        if one.refused is not None:
            said = f"{one.refused.what} {one.refused.remedy}"
            parts.append(
                marks.refusal(t("What {name} averted, in money.", name=one.name), said)
            )
        else:
            parts.append(prose(*findings.worth(one), " ".join(one.notes)))
    return Markup().join(parts)


def _currency(evidence: Evidence) -> str:
    return evidence.results.get("accounts", {}).get("currency", "")


def _training(evidence: Evidence) -> Markup:
    held = evidence.results.get("accounts", {})
    cost = held.get("training_cost", math.nan)
    if math.isnan(cost):
        return Markup()
    return prose(findings.practitioner(findings.amount(cost, held["currency"])))


def _years(evidence: Evidence) -> Markup:
    columns = [
        Column(t("Year"), "year"),
        Column(t("Needed"), "required", "count"),
        Column(t("Approved"), "approved", "count"),
        Column(t("Spent"), "spent", "count"),
        Column(t("Spent of what was approved"), "executed", "share"),
        Column(t("Missing"), "unfunded", "count"),
        Column(t("Missing so far"), "unfunded_so_far", "count"),
    ]
    return tables.table(
        evidence.tables[YEARS],
        columns,
        caption=_captioned(t("Money for safety, year by year"), _currency(evidence)),
        label=evidence.next_table(),
        note=t(
            "Each year in its own prices. Missing: what lines needed and did not get; what one line has too much does "
            "not fill another."
        ),
        stack=False,
    )


def _functions(evidence: Evidence) -> Markup:
    table = evidence.tables[FUNCTIONS]
    names = {c: t(n) for c, n in labels("budget", "purpose").items()}
    sources = labels("budget", "funding")
    held = [c for c in table.frame if c.startswith("from_")]
    columns = [
        Column(t("Function"), "purpose", words=names),
        Column(t("Approved"), "total", "count"),
        Column(t("Comes back each year"), "lasting", "share"),
        *(Column(t(sources.get(c[5:], "Not stated")), c, "count") for c in held),
    ]
    frame = table.frame
    ending = [
        names.get(p, p) for p in frame.loc[frame["lasting"] < _LASTING, "purpose"]
    ]
    said = (
        prose(
            t(
                "More than half of the money for these functions ends with a grant, a loan or a donation: {names}.",
                names=listing([n[0].lower() + n[1:] for n in ending]),
            )
        )
        if ending
        else Markup()
    )
    return said + tables.table(
        table,
        columns,
        caption=_captioned(t("What each function lives on"), _currency(evidence)),
        label=evidence.next_table(),
        note=t("Own revenue and transfers come back each year by law; the rest ends."),
        stack=False,
    )


def _tracker(evidence: Evidence) -> Markup:
    names = {
        "safe spaces": t("Safe public spaces and their light"),
        "named area": t("Lines that name an area"),
        "named space": t("Lines that name a public space"),
        "named group": t("Lines for one group of residents"),
        "capital from loans": t("Money from loans"),
    }
    columns = [
        Column(t("What it is for"), "tag", words=names),
        Column(t("Approved"), "approved", "count"),
        Column(t("Spent"), "spent", "count"),
        Column(t("Share of all money"), "share", "share"),
    ]
    return tables.table(
        evidence.tables[TRACKER],
        columns,
        caption=_captioned(t("Where the money goes"), _currency(evidence)),
        label=evidence.next_table(),
        note=t("A line can be in several rows: they are not added up."),
    )


def _ballot(evidence: Evidence) -> Markup:
    table = evidence.tables.get(BALLOT)
    if table is None:
        return Markup()
    held = evidence.results["participatory_budget"]
    yes = {"yes": t("yes"), "no": t("no"), "": t("not stated")}
    columns = [
        Column(t("Option"), "option"),
        Column(t("Votes"), "votes", "count"),
        Column(t("Share of votes"), "share", "share"),
        Column(t("Cost"), "cost", "count"),
        Column(t("Money reaches to it"), "by_votes", words=yes),
        Column(t("Got the money"), "funded", words=yes),
    ]
    said = [*_turnout(evidence)]
    if held["unlike"]:
        said.append(
            t(
                "What got money does not follow the votes: {names}. Say why.",
                names=listing(held["unlike"]),
            )
        )
    head = Markup('<div class="prose"><h3>{}</h3>{}</div>').format(
        t("What residents voted on"),
        Markup().join(Markup("<p>{}</p>").format(line) for line in said),
    )
    return head + tables.table(
        table,
        columns,
        caption=_captioned(
            t("The ballot of {date}", date=day(_date(held["held_on"]))),
            held["currency"],
        ),
        label=evidence.next_table(),
        note=t("Options are taken in order of votes as long as the money reaches."),
    )


def _turnout(evidence: Evidence) -> list[str]:
    table = evidence.tables.get(TURNOUT)
    if table is None:
        return [
            t(
                "How many could have voted is not known, or too few voted to be counted by group."
            )
        ]
    said = []
    groups = []
    for row in table.frame.itertuples():
        if row.group == "everyone":
            said.append(
                t(
                    "{voters} votes were given for {eligible} people who could vote: a turnout of at most {share}.",
                    voters=number(row.voters),
                    eligible=number(row.eligible),
                    share=percent(row.turnout),
                )
            )
        else:
            groups.append(
                t(
                    "{group} {share}",
                    group=group_words(row.group),
                    share=percent(row.turnout),
                )
            )
    if groups:
        said.append(t("By group: {parts}.", parts=listing(groups)))
    else:
        said.append(t("The ballot does not say which groups voted."))
    return said


def _captioned(caption: str, currency: str) -> str:
    return f"{caption} ({currency})" if currency else caption


def _date(text: str):
    from datetime import date

    return date.fromisoformat(text)
