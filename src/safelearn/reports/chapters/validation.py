"""Who checked this report, who disagreed, and what residents' answers changed."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from safelearn.language import NONE, day, number, percent, t, tn
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import fold, heading, prose
from safelearn.views import marks, tables


def validation(evidence: Evidence) -> Markup:
    """The section "Who checked this report" (serves draft:15.2)."""
    lead = t(
        "A diagnosis can be wrong. Those whom it concerns see the findings before they are used, their answers are "
        "written down, and what changed because of them is said here."
    )
    parts = [_feedback(evidence), _decisions(evidence), _reviews(evidence)]
    return heading("validation", lead) + Markup().join(parts)


def _feedback(evidence: Evidence) -> Markup:
    table = evidence.tables.get("feedback")
    if table is None:
        return marks.cards(
            [
                marks.not_measured(
                    t("What residents say of these findings"),
                    t("Those who live there know what figures leave out."),
                    t(
                        "Show five findings in each district, in the open and in small groups; write down each answer "
                        "without a name, and answer it within a month."
                    ),
                    t(
                        "How many answers came, what they changed, and what was not changed and why."
                    ),
                    t("Sheet `{table}` of city.xlsx", table="feedback").replace(
                        "`", ""
                    ),
                    t("Guidelines {clause}", clause="draft:15.2"),
                )
            ]
        )
    changed = table.frame.set_index("changed")["n"]
    total = evidence.results["feedback_answers"]
    moved = int(changed.reindex(["yes", "partly"]).fillna(0).sum())
    said = tn(
        "{n} answer of residents is on record; {share} changed something.",
        "{n} answers of residents are on record; {share} of them changed something.",
        total,
        share=percent(moved / total, 0),
    )
    names = words("feedback", "changed")
    columns = [
        tables.Column(t("Was something changed?"), "changed", words=names),
        tables.Column(t("Answers"), "n", "count"),
    ]
    shown = tables.table(
        table, columns, caption=t("What became of residents' answers"), label=evidence.next_table(),
        note=t("The words of the answers stay with the city."),
    )  # fmt: skip
    return prose(said) + shown


def _decisions(evidence: Evidence) -> Markup:
    table = evidence.tables.get("decisions")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Decision"), "decision"),
        tables.Column(t("By"), "decided_by"),
        tables.Column(
            t("With"), "group_involved", words=words("decisions", "group_involved")
        ),
        tables.Column(
            t("Their part"), "influence", words=words("decisions", "influence")
        ),
        tables.Column(t("What changed because of them"), "changed", words={"": NONE}),
        tables.Column(t("What those who disagreed said"), "dissent", words={"": NONE}),
    ]
    dissent = int((table.frame["dissent"] != "").sum())
    said = tn(
        "On {n} decision somebody disagreed, and it is written down.",
        "On {n} decisions somebody disagreed, and it is written down.",
        dissent,
    )
    shown = tables.table(
        table, columns, caption=t("Decisions, who shaped them, and who disagreed"), label=evidence.next_table(),
        stack=True,
    )  # fmt: skip
    title = tn(
        "{n} decision, who shaped it, and who disagreed",
        "{n} decisions, who shaped them, and who disagreed",
        len(table.frame),
    )
    return (prose(said) if dissent else Markup()) + fold(title, shown)


def _reviews(evidence: Evidence) -> Markup:
    table = evidence.tables.get("reviews")
    if table is None:
        return marks.cards(
            [
                marks.not_measured(
                    t("Who reviewed the city's safety work"),
                    t("What nobody looks at again grows old unseen."),
                    t(
                        "List what must be reviewed, by which office and when; write down what was found."
                    ),
                    t("What was reviewed, what is met, and what is due."),
                    t("Sheet `{table}` of city.xlsx", table="reviews").replace("`", ""),
                    t("Guidelines {clause}", clause="draft:30"),
                )
            ]
        )
    frame = table.frame
    done, met = (
        int((frame["done_on"] != "").sum()),
        int((frame["status"] == "met").sum()),
    )
    said = t(
        "{done} of {all} reviews are done; {met} found their subject met.",
        done=number(done),
        all=number(len(frame)),
        met=number(met),
    )
    columns = [
        tables.Column(t("Review"), "title"),
        tables.Column(t("By"), "owner"),
        tables.Column(t("Due"), "due_on", words=_days(frame["due_on"])),
        tables.Column(t("Done"), "done_on", words=_days(frame["done_on"])),
        tables.Column(t("Status"), "status", words=words("reviews", "status")),
        tables.Column(t("Finding"), "finding", words={"": NONE}),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Reviews, done and due"),
        label=evidence.next_table(),
        stack=True,
    )
    return prose(said) + fold(
        t("Each review: by whom, when it is due, what it found"), shown
    )


def _days(texts: pd.Series) -> dict[str, str]:
    """Dates as a reader writes them."""
    return {x: day(date.fromisoformat(x), style="medium") if x else NONE for x in texts}
