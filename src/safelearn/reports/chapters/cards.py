"""The data card of each table that the report reads, as a table of its own, and what the data can and cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from safelearn.language import NONE, number, t
from safelearn.reports.page import fold
from safelearn.views import tables

if TYPE_CHECKING:
    from safelearn.city.checks.cards import Card
    from safelearn.reports.evidence import Evidence


def data_cards(evidence: Evidence, names: tuple[str, ...]) -> Markup:
    """The cards of some tables, one below the other."""
    found = [evidence.cards[name] for name in names if name in evidence.cards]
    return Markup().join(_card(evidence, card) for card in found)


def say_table(evidence: Evidence) -> Markup:
    """Every part of the report: can the data carry it, because of what not, and what would help."""
    rows = [
        [line.title, line.verdict, line.reason or NONE, line.remedy or NONE]
        for line in evidence.parts
    ]
    table = tables.text_table(
        [t("Question"), t("Can these data answer it?"), t("Why"), t("What would help")],
        rows,
        caption=t("What these data can and cannot say"),
        label=evidence.next_table(),
    )
    verdicts = [line.verdict for line in evidence.parts]
    counts = [
        t("{verdict} {n}", verdict=verdict, n=number(verdicts.count(verdict)))
        for verdict in dict.fromkeys(verdicts)
    ]
    title = t(
        "What these data can and cannot say: {n} questions ({counts})",
        n=number(len(rows)),
        counts=", ".join(counts),
    )
    return fold(title, table)


def _card(evidence: Evidence, card: Card) -> Markup:
    # Assumptions and problems of all tables stand together in lists of their own.
    listed = (t("Assumed"), t("Problems"))
    rows = [
        [head, Markup("<br>").join(said)]
        for head, said in card.lines()
        if head not in listed
    ]
    return tables.text_table(
        [t("Data card"), card.title],
        rows,
        caption=t("Data card: {table}", table=card.title),
        label=evidence.next_table(),
    )
