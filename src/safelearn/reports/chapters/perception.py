"""The chapter "How safe people feel": safety after dark, what people avoid, fear beside harm, and trust.

Serves draft:5.1, draft:11 and draft:25(d).4.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.perception import CITY, ITEMS
from safelearn.language import listing, lower_first, number, t
from safelearn.reports.chapters.fear import fear_beside_harm
from safelearn.reports.chapters.survey_parts import (
    by_sex,
    group_names,
    survey_line,
)
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, marks, tables


def perception(evidence: Evidence) -> Markup:
    """The section "How safe people feel"; empty without a survey."""
    lead = t(
        "Safety has two sides: what happens to people, and what they fear. Fear keeps people at home too, and it has "
        "its own causes and remedies."
    )
    if not evidence.has.get("survey"):
        return Markup()
    if "perceptions" not in evidence.tables:
        return heading("perception", lead) + marks.refusal(
            t("How safe people feel."), evidence.refused("perceptions")
        )
    parts = [
        heading("perception", lead),
        _after_dark(evidence),
        _by_sex(evidence, "safety", evidence.sentences.get("day_dark", "")),
        _reasons(evidence),
        fear_beside_harm(evidence),
        _by_sex(evidence, "avoidance", evidence.sentences.get("avoidance", "")),
        _by_sex(evidence, "worry", t("What women and men worry about")),
        _by_sex(evidence, "trust", evidence.sentences.get("trust", "")),
        prose(*_missing(evidence)),
    ]
    return Markup().join(parts)


def _after_dark(evidence: Evidence) -> Markup:
    """SDG 16.1.4 for the city and each group."""
    table = evidence.tables["perceptions"].where(measure="safe_dark")
    if table.frame["value"].isna().all():
        return marks.refusal(t("Too few people were asked how safe they feel."))
    table = table.labelled("group_name", "group", group_names(evidence))
    city = table.where(breakdown=CITY).frame["value"].iloc[0]
    columns = [
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Feel safe"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]
    return figure(
        evidence,
        charts.ranges(
            table.where(mark=["", "few answers"]),
            unit=t("Adults who feel safe or very safe walking alone after dark"),
            label="group_name",
            value="value",
            lower="lower",
            upper="upper",
            mark=None,
            reference=(float(city), t("city")),
            share=True,
            top=1.0,
        ),
        title=evidence.sentences.get("safe_dark", t("How safe people feel after dark")),
        source="survey",
        unit=t(
            "Adults who feel safe or very safe walking alone in their area after dark, of all who were asked, with 95% "
            "intervals (SDG 16.1.4). People who never go out or do not know are not counted as safe."
        ),
        **survey_line(evidence, table),
        denominator=t("all adults who were asked"),
        numbers=tables.table(
            table, columns, caption=t("Adults who feel safe after dark, by group")
        ),
    )


def _by_sex(evidence: Evidence, subject: str, title: str) -> Markup:
    """The questions on one subject, women and men side by side."""
    items = {i.measure: t(i.title) for i in ITEMS if i.subject == subject}
    table = evidence.tables["perceptions"].where(measure=list(items))
    table = table.labelled("item_name", "measure", items)
    if table.frame["value"].isna().all():
        return Markup()
    titles = {
        "safety": t("How safe people feel, by day and after dark"),
        "avoidance": t("What people avoid to be safe"),
        "worry": t("What people worry about"),
        "trust": t("Whom people trust"),
    }
    units = {
        "safety": t("Adults who feel safe or very safe, of those to whom the question applies, with 95% intervals."),
        "avoidance": t("Adults who say so, with 95% intervals. Avoided: because of safety, in the last 12 months."),
        "worry": t("Adults who are very or fairly worried, with 95% intervals."),
        "trust": t("Adults who trust them a lot or to some degree, with 95% intervals."),
    }  # fmt: skip
    return by_sex(
        evidence,
        table,
        title=title or titles[subject],
        unit=units[subject],
        axis=t("Share of adults"),
        caption=titles[subject],
        denominator=t("adults who were asked and to whom it applies"),
    )


def _reasons(evidence: Evidence) -> Markup:
    table = evidence.tables.get("unsafe_reasons")
    if table is None or table.where(breakdown=CITY).frame["value"].isna().all():
        return Markup()
    words = {
        "crime": t("Crime"),
        "harassment": t("Harassment"),
        "lighting": t("Poor lighting"),
        "empty_streets": t("Empty streets"),
        "people_loitering": t("People standing about"),
        "alcohol_or_drugs": t("Alcohol or drugs"),
        "traffic": t("Traffic"),
        "animals": t("Animals"),
        "police": t("The police"),
        "other": t("Something else"),
    }
    return by_sex(
        evidence,
        table.labelled("answer_name", "answer", words),
        label="answer_name",
        title=t("What people give as the main reason for feeling unsafe after dark"),
        unit=t("Main reason of adults who feel unsafe, not read out to them, with 95% intervals."),
        axis=t("Share of adults who feel unsafe"),
        caption=t("Main reasons for feeling unsafe after dark, by sex"),
        denominator=t("adults who feel unsafe and gave a reason"),
    )  # fmt: skip


def _missing(evidence: Evidence) -> list[str]:
    """Which groups no figure can speak of, and why: named, never silently dropped."""
    names = group_names(evidence)
    few = [names.get(g, g) for _, g in evidence.results.get("too_few_answers", [])]
    cuts = {
        "sex": t("sex"),
        "age_group": t("age"),
        "disability": t("disability"),
    }
    lines = []
    if few:
        lines.append(
            t("Too few answers to say anything of: {groups}.", groups=listing([lower_first(n) for n in few]))
        )  # fmt: skip
    absent = [cuts[c] for c in evidence.results.get("not_asked_of", [])]
    if absent:
        lines.append(
            t("Nothing can be said by {cuts}, because people were not asked.", cuts=listing(absent))
        )  # fmt: skip
    lines.append(
        t(
            "{n} adults in private homes answered. Children, people without a home and people in institutions are not "
            "in these figures.",
            n=number(evidence.results["survey_answers"]),
        )
    )
    return lines
