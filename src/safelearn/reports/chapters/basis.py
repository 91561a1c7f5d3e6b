"""What the report rests on: which files, what became of every row, what the data can and cannot say."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.city.contracts import contract
from safelearn.disclosure.approval import Approved
from safelearn.language import NONE, listing, number, t, tn
from safelearn.reports.chapters.cards import data_cards, say_table
from safelearn.reports.chapters.grounds import maturity_table, tasks
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, fold, heading, prose
from safelearn.views import charts, tables

#: The tables that this version of the report reads; the cards of the first stand open.
OPEN = ("areas", "population", "incidents", "survey")
READ = (
    *OPEN, "statistics", "audits", "quotes", "spaces", "streets", "services", "assets", "ballots", "demands",
    "justice", "targets", "measures", "harms", "technology", "reviews", "feedback", "decisions", "mandates",
    "stakeholders", "programmes", "budget",
)  # fmt: skip


def basis(evidence: Evidence) -> Markup:
    """The section "What this rests on"."""
    parts = [
        heading(
            "basis",
            t(
                "Every row that was read is either used or set aside with a reason. Nothing is "
                "dropped in silence."
            ),
        ),
        _inventory(evidence),
        _set_aside(evidence),
        _missing(evidence),
        say_table(evidence),
        fold(
            t("How mature the data are, table by table"), maturity_table(evidence, READ)
        ),
        tasks(evidence),
        fold(
            t(
                "Data cards of the main tables: source, licence, gaps, good and bad uses"
            ),
            data_cards(evidence, OPEN),
        ),
        _more_cards(evidence),
        _assumptions(evidence),
    ]
    return Markup().join(parts)


def _inventory(evidence: Evidence) -> Markup:
    rows = []
    for line in evidence.inventory:
        if line.table not in READ:
            continue
        aside = sum(line.set_aside.values())
        rows.append(
            [
                t(contract(line.table)["title"]),
                line.source or NONE,
                line.period or NONE,
                number(line.rows_read),
                number(line.rows_used),
                number(aside),
            ]
        )
    heads = [
        t("Data"),
        t("Source"),
        t("Period"),
        t("Rows read"),
        t("Used"),
        t("Set aside"),
    ]
    return tables.text_table(
        heads,
        rows,
        caption=t("Data used and set aside"),
        label=evidence.next_table(),
        note=_waiting(evidence),
        numeric=heads[3:],
    )


def _more_cards(evidence: Evidence) -> Markup:
    """The cards of the other tables, folded."""
    others = [name for name in READ if name not in OPEN]
    cards = data_cards(evidence, tuple(others))
    if not cards:
        return Markup()
    title = t("Data cards of the other tables")
    return Markup('<details class="numbers"><summary>{}</summary>{}</details>').format(
        title, cards
    )


def _waiting(evidence: Evidence) -> str:
    held = [
        t(contract(line.table)["title"])
        for line in evidence.inventory
        if line.table not in READ
    ]
    if not held:
        return ""
    return tn(
        "{n} further table is in the folder and waits for later versions of this report: {names}.",
        "{n} further tables are in the folder and wait for later versions of this report: {names}.",
        len(held),
        names=listing(held),
    )


def _set_aside(evidence: Evidence) -> Markup:
    rows = [
        [t(contract(line.table)["title"]), t(reason), number(n)]
        for line in evidence.inventory
        for reason, n in line.set_aside.items()
        if n
    ]
    if not rows:
        return prose(t("No row had to be set aside."))
    heads = [t("Data"), t("Reason"), t("Rows")]
    return tables.text_table(
        heads,
        rows,
        caption=t("Why rows were set aside"),
        label=evidence.next_table(),
        note=t("A row is set aside only if no figure could use it."),
        numeric=heads[2:],
    )


def _missing(evidence: Evidence) -> Markup:
    """What is not known of the records that are used, by offence: where gaps are not chance."""
    approved = evidence.tables.get("missingness_by_offence")
    if approved is None:
        return Markup()
    columns = [
        tables.Column(t("Offence"), "offence_name"),
        tables.Column(t("Records"), "n", "count"),
        tables.Column(t("Without coordinates"), "no_coordinates", "count"),
        tables.Column(t("Without an hour"), "not_timed", "count"),
        tables.Column(t("Victim's sex not known"), "sex_unknown", "count"),
        tables.Column(t("Victim's age not known"), "age_unknown", "count"),
    ]
    caption = t("What is not known of the records, by offence")
    title = evidence.sentences["missing"]
    never, gaps = _gaps(approved)
    said = (
        prose(t("Of no record is known: {things}.", things=listing(never)))
        if never
        else Markup()
    )
    if not gaps:
        return said
    return said + figure(
        evidence,
        charts.missingness(approved, gaps),
        title=title,
        unit=t(
            "Share of the records of each offence of which something is not known. Records without "
            "a place stay in every total."
        ),
        period=evidence.period.name(),
        n=t("all records of {period}", period=evidence.period.name()),
        denominator=t("records of each offence"),
        numbers=tables.table(approved, columns, caption=caption),
        how_to_read=t(
            "Look for an offence whose mark lies far to the right of the others: its gap is no chance, "
            "and a map of points leaves it out."
        ),
    )


def _gaps(approved: Approved) -> tuple[list[str], list[charts.Gap]]:
    """What is known of no record at all, which a sentence says, and what differs by offence."""
    words = {
        "no_coordinates": (t("Without coordinates"), t("where exactly it happened")),
        "not_timed": (t("Without an hour"), t("at which hour")),
        "sex_unknown": (t("Victim's sex not known"), t("the victim's sex")),
    }
    never, gaps = [], []
    for column, (title, thing) in words.items():
        share = approved.frame[f"{column}_share"].dropna()
        if len(share) and (share == 1).all():
            never.append(thing)
        else:
            names = (f"{column}_{part}" for part in ("share", "lower", "upper"))
            gaps.append(charts.Gap(title, *names))
    return never, gaps


def _assumptions(evidence: Evidence) -> Markup:
    shown = Markup()
    if evidence.problems:
        shown += _list(t("What to keep in mind"), evidence.problems)
    if evidence.assumptions:
        title = t("What import assumed")
        shown += fold(title, _list(title, evidence.assumptions))
    return shown


def _list(title: str, lines: list[str]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<div class="prose"><h3>{}</h3><ul>{}</ul></div>').format(
        title, items
    )
