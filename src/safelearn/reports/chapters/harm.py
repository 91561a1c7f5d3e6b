"""Harm that safety work itself can do, the systems that watch, and the models behind this report's figures."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import NONE, number, t, tn
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import fold, heading, prose
from safelearn.views import marks, tables


def harm(evidence: Evidence) -> Markup:
    """The section "Harm and ethics" (serves draft:12 and draft:26(f)(ii).9)."""
    lead = t(
        "Every measure can hurt somebody, and so can every map. A register names who could be hurt, how likely and how "
        "gravely, and what is done about it."
    )
    parts = [_register(evidence), _technology(evidence), _models(evidence)]
    return heading("harm", lead) + Markup().join(parts)


def _register(evidence: Evidence) -> Markup:
    table = evidence.tables.get("harm_register")
    if table is None:
        return marks.cards(
            [
                marks.not_measured(
                    t("Harm that safety work itself can do"),
                    t(
                        "What was not thought of beforehand is found by those whom it hurts."
                    ),
                    t(
                        "An hour with the people concerned: what could go wrong, for whom, how likely, how grave."
                    ),
                    t(
                        "Which risks were weighed, what is done about each, and who answers for it."
                    ),
                    t("Sheet `{table}` of city.xlsx", table="harms").replace("`", ""),
                    t("Guidelines {clause}", clause="draft:12"),
                )
            ]
        )
    columns = [
        tables.Column(t("What could go wrong"), "harm"),
        tables.Column(t("Whom it would hurt"), "group", words=words("harms", "group")),
        tables.Column(t("Likelihood, 1 to 5"), "likelihood", "count"),
        tables.Column(t("Severity, 1 to 5"), "severity", "count"),
        tables.Column(t("What is done"), "mitigation"),
        tables.Column(t("Who answers for it"), "owner"),
        tables.Column(t("Status"), "status", words=words("harms", "status")),
    ]
    frame = table.frame
    open_ones = int((frame["status"] == "open").sum())
    without = int(((frame["mitigation"] == "") | (frame["owner"] == "")).sum())
    said = [
        tn(
            "{n} risk stands in the register; {open} are open.",
            "{n} risks stand in the register; {open} are open.",
            len(frame),
            open=number(open_ones),
        )
    ]
    if without:
        said.append(
            tn(
                "For {n} nothing is done yet, or nobody answers for it.",
                "For {n} nothing is done yet, or nobody answers for it.",
                without,
            )
        )
    shown = tables.table(
        table, columns, caption=t("Register of harms"), label=evidence.next_table(), stack=True,
        note=t("In the order of the register. Offices and roles only."),
    )  # fmt: skip
    return prose(" ".join(said)) + shown


def _technology(evidence: Evidence) -> Markup:
    table = evidence.tables.get("technology_register")
    if table is None:
        return marks.cards(
            [
                marks.not_measured(
                    t("Systems that watch, sort or decide"),
                    t(
                        "Cameras, readers and forecasts change how people are treated, and few know which exist."
                    ),
                    t(
                        "List each system with its law, what it keeps, for how long, who sees it and where to complain."
                    ),
                    t(
                        "Which systems lack a legal basis, an assessment or a way to complain."
                    ),
                    t("Sheet `{table}` of city.xlsx", table="technology").replace(
                        "`", ""
                    ),
                    t("Guidelines {clause}", clause="draft:26(f)(ii).9"),
                )
            ]
        )
    frame = table.frame
    yes = {
        "yes": t("yes"),
        "no": t("no"),
        "unknown": t("not known"),
        "not_needed": t("not needed"),
        "": NONE,
    }
    columns = [
        tables.Column(t("System"), "system"),
        tables.Column(t("Held by"), "held_by"),
        tables.Column(t("Legal basis"), "legal_basis", words={"": t("none known")}),
        tables.Column(t("Kept, days"), "retention_days", "count"),
        tables.Column(t("Who has access"), "access", words={"": t("not known")}),
        tables.Column(t("Algorithm card"), "algorithm_card", words=yes),
        tables.Column(
            t("Where to complain"), "redress", words={"": t("nowhere known")}
        ),
    ]
    uncarded = ~frame["algorithm_card"].isin(["yes", "not_needed"])
    lacking = [
        (t("Without a known legal basis"), (frame["legal_basis"] == "").sum()),
        (t("without a limit to keeping data"), frame["retention_days"].isna().sum()),
        (t("without an assessment of its impact"), (frame["impact_assessed"] != "yes").sum()),
        (t("without the published algorithm card it would need"), uncarded.sum()),
        (t("without a way to complain"), (frame["redress"] == "").sum()),
    ]  # fmt: skip
    gaps = "; ".join(f"{thing}: {number(int(n))}" for thing, n in lacking)
    said = tn(
        "{n} system is in the register.", "{n} systems are in the register.", len(frame)
    )
    said += f" {gaps}."
    shown = tables.table(
        table, columns, caption=t("Register of technology"), label=evidence.next_table(), stack=True,
        note=t("Systems whose results leave the office that holds them need a published card of what they decide."),
    )  # fmt: skip
    return prose(said) + shown


def _models(evidence: Evidence) -> Markup:
    """The algorithm card of each model whose results stand in this report."""
    cards = evidence.algorithm_cards
    if not cards:
        return Markup()
    shown = [
        tables.text_table(
            [t("Algorithm card"), card.title],
            card.lines(),
            caption=t("Algorithm card: {model}", model=card.title),
            label=evidence.next_table(),
        )
        for card in cards.values()
    ]
    lead = t(
        "Behind some figures of this report stands a model. Its card says what it is for, and for whom it errs."
    )
    titles = [t("Algorithm card: {model}", model=card.title) for card in cards.values()]
    folded = [fold(title, card) for title, card in zip(titles, shown, strict=True)]
    return prose(lead) + Markup().join(folded)
