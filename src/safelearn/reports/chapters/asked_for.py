"""What residents ask for, through which channels, and what becomes of it: part of the chapter on priorities."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import between, day, number, percent, sentence, t, tn
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, prose
from safelearn.strategy.need import WORDS
from safelearn.views import charts, tables


def asked_for(evidence: Evidence) -> Markup:
    """Demands by topic, channel and district; nothing without a register (serves draft:25(d).3)."""
    if "demands_by_topic" not in evidence.tables:
        return Markup()
    return Markup().join(
        [_topics(evidence), _channels(evidence), _reach(evidence), _districts(evidence)]
    )


def _topics(evidence: Evidence) -> Markup:
    table = evidence.tables["demands_by_topic"].labelled(
        "topic_name", "topic", words("demands", "topic")
    )
    held = evidence.results["demands"]
    columns = [
        tables.Column(t("Topic"), "topic_name"),
        tables.Column(t("Demands"), "n", "count"),
        tables.Column(t("People behind them"), "supporters", "count"),
        tables.Column(t("Answered"), "answered_share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Days until half are answered"), "median_days", "count"),
    ]
    return figure(
        evidence,
        charts.bars(
            table,
            unit=t("Share answered"),
            label="topic_name",
            value="answered_share",
            share=True,
        ),
        title=evidence.sentences["demands"],
        unit=t(
            "Share of the demands of each topic that were answered, a refusal counts as an answer; black lines: 95% "
            "intervals."
        ),
        source="demands",
        period=between(_day(held["first"]), _day(held["last"])),
        n=t("{n} demands", n=number(held["n"])),
        denominator=t("demands of each topic"),
        numbers=tables.table(
            table, columns, caption=t("What residents ask for"), stack=False
        ),
        keep_table=True,
        how_to_read=t(
            "A register holds what reached the city. It shows what is asked for and by whom, and not how common a "
            "problem is."
        ),
    )


def _channels(evidence: Evidence) -> Markup:
    table = evidence.tables["demands_by_channel"].labelled(
        "channel_name", "channel", words("demands", "channel")
    )
    columns = [
        tables.Column(t("Came in by"), "channel_name"),
        tables.Column(t("Demands"), "n", "count"),
        tables.Column(t("Answered"), "answered_share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
    ]
    return tables.table(
        table, columns, caption=t("How demands came in"), label=evidence.next_table(),
        note=t(
            "An app reaches those who have a telephone, data and time. Compare what it brings with assemblies and "
            "walks before reading it as what everybody wants."
        ),
    )  # fmt: skip


def _reach(evidence: Evidence) -> Markup:
    """Who is heard: demands a head by need, and areas from which nothing came."""
    parts = []
    if "demands_by_need" in evidence.tables:
        table = evidence.tables["demands_by_need"]
        columns = [
            tables.Column(
                t("Need for services"),
                "kind",
                words={k: sentence(t(v)) for k, v in WORDS.items()},
            ),
            tables.Column(t("Areas"), "areas", "count"),
            tables.Column(t("Demands"), "n", "count"),
            tables.Column(t("Per 1,000 residents"), "per_1000", "ratio"),
            tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
        ]
        caption = evidence.sentences.get(
            "reach", t("Demands a head, by need for services")
        )
        parts.append(
            tables.table(table, columns, caption=caption, label=evidence.next_table())
        )
    silent = evidence.results["silent_areas"]
    if silent:
        parts.append(
            prose(
                tn(
                    "From {n} area no demand is on record. Silence is not content: ask there.",
                    "From {n} areas no demand is on record. Silence is not content: ask there.",
                    silent,
                )
            )
        )
    return Markup().join(parts)


def _districts(evidence: Evidence) -> Markup:
    table = evidence.tables.get("demands_by_district")
    if table is None:
        return Markup()
    themes = {
        "harm": t("Harm, at home apart"),
        "places": t("Light and public places"),
        "journeys": t("Transport and traffic"),
        "services": t("Services, youth and housing"),
        "policing": t("Policing"),
        "other": t("Other"),
    }
    columns = [
        tables.Column(t("District"), "parent", words={"": t("Without a place")}),
        tables.Column(t("Theme"), "theme", words=themes),
        tables.Column(t("Demands"), "n", "count"),
    ]
    shown = tables.table(
        table, columns, caption=t("Demands by district and theme"), stack=False
    )
    share = evidence.tables["demands_by_factor"].frame.set_index("factor")["n"]
    said = Markup()
    if {"protective", "risk"} <= set(share.index) and share.notna().all():
        said = prose(
            t(
                "{share} of the demands that name a cause ask for something that protects, the others name a risk.",
                share=percent(float(share["protective"] / share.sum())),
            )
        )
    folded = Markup(
        '<details class="numbers"><summary>{}</summary>{}</details>'
    ).format(t("Demands by district and theme"), shown)
    return said + folded


def _day(text: str) -> str:
    from datetime import date

    return day(date.fromisoformat(text))
