"""The chapter "Responses so far": what was tried, what it cost, and whether the money goes where living is harder.

Serves draft:25(c), draft:21 and draft:26(f)(ii).11. One table of programmes, one figure of spending, one map of what is
known; the accounts year by year stand in the report of the template `evaluation`.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.city.contracts import labels
from safelearn.indicators.themes import group_words
from safelearn.language import NONE, listing, number, percent, t
from safelearn.reports import response_findings as findings
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.responses import (
    BY_AREA,
    BY_LEVEL,
    BY_NEED,
    GAPS,
    PROGRAMMES,
)
from safelearn.reports.page import figure, heading, not_carried, prose
from safelearn.strategy.stocktake import PREVENTION, SCALE
from safelearn.views import charts, marks, tables


def responses(evidence: Evidence) -> Markup:
    """The section "Responses so far"; empty where nothing is written down."""
    if PROGRAMMES not in evidence.tables and BY_LEVEL not in evidence.tables:
        return Markup()
    held = evidence.results.get("stocktake")
    lead = (
        findings.tried(held["programmes"], held["evaluated"], held["never"])
        if held
        else ""
    )
    return Markup().join(
        [
            heading("responses", lead),
            _programmes(evidence),
            money(evidence),
            _gaps(evidence),
        ]
    )


def _programmes(evidence: Evidence) -> Markup:
    table = evidence.tables.get(PROGRAMMES)
    if table is None:
        return Markup()
    frame = table.frame
    currency = evidence.results.get("safety_spending", {}).get("currency", "")
    spent = t("Spent ({currency})", currency=currency) if currency else t("Spent")
    columns = [
        tables.Column(t("Programme"), "name"),
        tables.Column(t("What is known"), "result", words=_words(findings.VERDICTS)),
        tables.Column(t("Level"), "evidence_level", "count"),
        tables.Column(t("Kind"), "prevention", words=prevention_names()),
        tables.Column(
            t("For whom"),
            "group",
            words={g: group_words(g) for g in frame["group"].unique()},
        ),
        tables.Column(t("People reached"), "reached", "count"),
        tables.Column(spent, "spent", "count"),
    ]
    note = t(
        "Level: {scale}, from 0 (not evaluated) to 5 (drawn by lot). Below 3 nothing says what would have happened "
        "without the programme. Spent: budget lines that carry the programme's code; a dash means that no line does.",
        scale=SCALE,
    )
    return tables.table(
        table,
        columns,
        caption=t("What has been tried, and what is known of it"),
        label=evidence.next_table(),
        note=note,
        stack=False,
    )


def money(evidence: Evidence) -> Markup:
    """Spending a resident by level of government and by area, and against living conditions."""
    held = evidence.results.get("safety_spending")
    parts = [prose(" ".join(_totals(evidence)))]
    if held is None:
        refused = not_carried(evidence, "responses_spending")
        card = marks.refusal(t("Spending on safety a resident."), refused)
        return Markup().join([*parts, card if refused else Markup()])
    return Markup().join(
        [
            *parts,
            _by_need(evidence) if BY_NEED in evidence.tables else _by_level(evidence),
        ]
    )


def _totals(evidence: Evidence) -> list[str]:
    said = []
    held = evidence.results.get("safety_spending")
    if held is not None:
        names = level_names()
        rows = evidence.tables[BY_LEVEL].frame.sort_values("a_head", ascending=False)
        said.append(
            t(
                "In {year} all levels of government together spent {sum} on safety for each resident: {parts}.",
                year=str(held["year"]),
                sum=findings.amount(held["a_head"], held["currency"], 2),
                parts=listing(
                    [
                        f"{names[r.level].lower()} {number(r.a_head, 2)}"
                        for r in rows.itertuples()
                    ]
                ),
            )
        )
    accounts = evidence.results.get("accounts")
    if accounts is not None:
        said += findings.accounts(
            accounts["execution"],
            findings.amount(accounts["gap"], accounts["currency"]),
            accounts["gap_share"],
            accounts["gap_years"],
            accounts["year"],
        )
        if "training_share" in accounts:
            said.append(findings.learning(accounts["training_share"]))
    return said


def _by_need(evidence: Evidence) -> Markup:
    table = evidence.tables[BY_NEED]
    held, found = (evidence.results[k] for k in ("safety_spending", "allocation"))
    a_head = table.frame.set_index("fifth")["a_head"]
    easy, hard = (
        findings.amount(a_head[k], held["currency"], 2)
        for k in (a_head.index.min(), a_head.index.max())
    )
    names = {k: t("{n} of 5", n=number(k)) for k in a_head.index}
    names[a_head.index.min()] = t("Easiest conditions")
    names[a_head.index.max()] = t("Hardest conditions")
    unit = _unit(held["currency"])
    numbers = tables.table(
        table,
        [
            tables.Column(t("Fifth of residents"), "fifth", words={str(k): v for k, v in names.items()}),
            tables.Column(t("Areas"), "areas", "count"),
            tables.Column(t("Residents"), "population", "count"),
            tables.Column(unit, "a_head", "ratio"),
        ],
        caption=t("Spending by area, by how people live"),
    ) + _areas(evidence, unit)  # fmt: skip
    said = [
        findings.slope(found["ratio"], found["lower"], found["upper"]),
        t(
            "Only {share} of the money is written down by area; the rest serves the whole city and is not in here.",
            share=percent(held["placed_share"]),
        ),
    ]
    return figure(
        evidence,
        charts.bars(
            table.labelled("fifth_name", "fifth", names), unit=unit, label="fifth_name", value="a_head",
            lower="", upper="", digits=2,
        ),
        title=findings.followed(found["verdict"], hard, easy),
        unit=t("Spending on safety by area, in fifths of the residents in order of living conditions."),
        source="budget",
        period=str(held["year"]),
        n=t("{n} areas", n=number(found["areas"])),
        denominator=evidence.residents(),
        numbers=numbers,
        how_to_read=" ".join(said),
    )  # fmt: skip


def _by_level(evidence: Evidence) -> Markup:
    held = evidence.results["safety_spending"]
    unit = _unit(held["currency"])
    columns = [
        tables.Column(t("Level of government"), "level", words=level_names()),
        tables.Column(t("Approved"), "approved", "count"),
        tables.Column(t("Spent"), "spent", "count"),
        tables.Column(unit, "a_head", "ratio"),
    ]
    return tables.table(
        evidence.tables[BY_LEVEL],
        columns,
        caption=t(
            "Spending on safety by level of government, {year}", year=str(held["year"])
        ),
        label=evidence.next_table(),
    ) + _areas(evidence, unit)


def _areas(evidence: Evidence, unit: str) -> Markup:
    table = evidence.tables.get(BY_AREA)
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Code"), "area_id"),
        tables.Column(t("Area"), "area_name"),
        tables.Column(t("Residents"), "population", "count"),
        tables.Column(t("Spent"), "spent", "count"),
        tables.Column(unit, "a_head", "ratio"),
    ]
    return tables.table(
        table, columns, caption=t("Spending on safety by area"), stack=False
    )


def _gaps(evidence: Evidence) -> Markup:
    """What is known of each kind of answer: the evidence-gap map, as words."""
    table = evidence.tables.get(GAPS)
    if table is None:
        return Markup()
    frame = table.frame
    topics = {c: t(n) for c, n in labels("programmes", "dimension").items()}
    kinds = prevention_names()
    cells = frame.set_index(["topic", "prevention"])
    rows = [
        [topics.get(topic, t("Other")), *(_cell(cells.loc[(topic, kind)]) for kind in PREVENTION)]
        for topic in frame["topic"].unique()
    ]  # fmt: skip
    return tables.text_table(
        [t("Works on"), *(kinds[k] for k in PREVENTION)],
        rows,
        caption=t("What is known of each kind of answer"),
        label=evidence.next_table(),
        note=t(
            "Known here or elsewhere: evaluated at level 3 or more, by the city or in the inventory of practices that "
            "comes with safelearn; in brackets, how many. Tried only: no design can say what it does. A dash: nobody "
            "here has looked, which does not mean that there is none."
        ),
        stack=False,
    )


def _cell(row) -> str:
    if row["state"] == "nothing":
        return NONE
    n = {"known here": row["evaluated"], "known elsewhere": row["practices"]}
    count = int(n.get(row["state"], row["programmes"]) or 0)
    state = row["state"]
    words = t(findings.STATES[state])
    return t("{what} ({n})", what=words, n=number(count)) if count else words


def _unit(currency: str) -> str:
    if not currency:
        return t("Spent per resident")
    return t("Spent per resident ({currency})", currency=currency)


def level_names() -> dict[str, str]:
    """Levels of government, as a reader calls them."""
    return {code: t(name) for code, name in labels("budget", "level").items()}


def prevention_names() -> dict[str, str]:
    """Kinds of prevention, as a reader calls them."""
    return {code: t(name) for code, name in labels("programmes", "prevention").items()}


def _words(marked: dict[str, str]) -> dict[str, str]:
    return {code: t(text) for code, text in marked.items()}
