"""The chapter "Places and mobility": what walks, lamps, streets, spaces and distances show, and who is harassed where.

What works comes first, and every figure says what it is for: repair, design and services. No table ranks areas.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis import audits
from safelearn.diagnosis.perception import CITY
from safelearn.language import between, day, listing, number, percent, span, t
from safelearn.reports.chapters import reach, streets_and_light
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, heading, not_carried, prose
from safelearn.reports.place_names import place_type_names
from safelearn.views import charts, marks, tables


def places(evidence: Evidence) -> Markup:
    """The section "Places and mobility"; empty where there is nothing to say (draft:26(d).2, draft:26(f)(i).2)."""
    parts = [
        _walks(evidence),
        streets_and_light.section(evidence),
        reach.section(evidence),
        _transport(evidence),
    ]
    if not any(parts):
        return Markup()
    lead = t(
        "Places can be mended: a lamp, a crossing, a door that is open. This section says what walks, counts and "
        "lists show of them."
    )
    use = t(
        "It is for repair, design and services, with the people who use each place. It is not for closing places, "
        "for moving people or traders away, or for watching them."
    )
    return Markup().join([heading("places", lead), prose(use), *parts])


def _walks(evidence: Evidence) -> Markup:
    if not_carried(evidence, "audits"):
        return marks.refusal(
            t("How places work, by walks."), not_carried(evidence, "audits")
        )
    if "design_scores" not in evidence.tables:
        return Markup()
    return Markup().join(
        [_strategies(evidence), _raters(evidence), _scores(evidence), _kinds(evidence)]
    )


def _strategies(evidence: Evidence) -> Markup:
    names = {key: t(name) for key, name in audits.STRATEGY_NAMES.items()}
    order = [*audits.STRATEGIES, "accessible"]
    table = evidence.tables["design_scores"].where(
        strategy=order, light=list(audits.LIGHTS)
    )
    order_of = {key: f"{k:02d}" for k, key in enumerate(order)}
    table = table.labelled("order", "strategy", order_of).sorted_by(["order"])
    table = table.labelled("strategy_name", "strategy", names)
    found = evidence.results["audits"]
    lights = {"day": t("By day"), "dark": t("After dark")}
    columns = [
        tables.Column(t("What is asked"), "strategy_name"),
        tables.Column(t("Light"), "light", words=lights),
        tables.Column(t("Items met"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Places"), "places", "count"),
    ]
    return figure(
        evidence,
        charts.pairs(
            table,
            sides=(("day", lights["day"]), ("dark", lights["dark"])),
            unit=t("Share of the items that are met"),
            label="strategy_name",
            side="light",
        ),
        title=evidence.sentences["audits"],
        source="audits",
        unit=t(
            "Share of design items met in the places walked, by the ten strategies of ISO 22341 (six physical, then "
            "four social) and by whether everybody gets through, with 95% intervals. “Partly” is not met."
        ),
        period=between(day(found["first"]), day(found["last"])),
        n=_walked(evidence),
        denominator=t("items rated; each visit counts once"),
        numbers=tables.table(
            table,
            columns,
            caption=t("Design items met, by strategy and light"),
            stack=False,
        ),
        how_to_read=_sample(evidence),
    )


def _walked(evidence: Evidence) -> str:
    found = evidence.results["audits"]
    return t(
        "{visits} visits to {places} places in {areas} areas",
        visits=number(found["visits"]),
        places=number(found["places"]),
        areas=number(found["areas"]),
    )


def _sample(evidence: Evidence) -> str:
    drawn = evidence.results["audits"]["clusters"]
    from_what = (
        t("how the areas that were walked differ from each other")
        if drawn == "area_id"
        else t("how the places that were walked differ from each other")
    )
    return t(
        "The interval comes from {what}. If places were chosen and not drawn by lot, it speaks of places like these "
        "and not of all places of the city.",
        what=from_what,
    )


def _scores(evidence: Evidence) -> Markup:
    table = evidence.tables.get("safety_audit_scores")
    if table is None:
        return Markup()
    names = {key: t(name) for key, name in audits.SCORE_NAMES.items()}
    heads = {"day": t("By day"), "dark": t("After dark")}
    columns = [tables.Column(t("What is asked"), "item", words=names)]
    for light, head in heads.items():
        if f"{light}_value" in table.measures:
            limits = (f"{light}_lower", f"{light}_upper")
            columns += [
                tables.Column(head, f"{light}_value", "rate"),
                tables.Column(t("95% interval"), limits, "rate"),
            ]
    return tables.table(
        table,
        columns,
        caption=t("Women's safety audit: mean scores from 0 (bad) to 3 (good)"),
        label=evidence.next_table(),
        note=t(
            "Scores of all raters; what each group of raters saw stands in the section on groups."
        ),
    )


def _kinds(evidence: Evidence) -> Markup:
    table = evidence.tables.get("design_scores_by_place")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Kind of place"), "place_type", words=place_type_names()),
        tables.Column(t("Items met"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Places"), "places", "count"),
    ]
    return tables.table(
        table,
        columns,
        caption=t("Design items met, by kind of place"),
        label=evidence.next_table(),
        note=t("Kinds of which fewer than ten places were walked are left out."),
    )


def _raters(evidence: Evidence) -> Markup:
    if not_carried(evidence, "raters_agreement"):
        return marks.refusal(
            t("Whether two raters see the same."),
            not_carried(evidence, "raters_agreement"),
        )
    found = evidence.results["audits"]["raters"]
    return prose(
        t(
            "On {visits} visits two people filled in the form, each for themselves. On the items they agreed {agreed} "
            "of the way; kappa, which takes off what chance would give, is {kappa} ({lower} to {upper}), and {scores} "
            "for the scores. {word}",
            visits=number(found.visits),
            agreed=percent(found.items.agreed),
            kappa=number(found.items.kappa, 2),
            lower=number(found.items.lower, 2),
            upper=number(found.items.upper, 2),
            scores=number(found.scores.kappa, 2),
            word=_kappa_word(found.items.kappa),
        )
    )


def _kappa_word(kappa: float) -> str:
    """What to do about it, by the size of kappa (Landis and Koch 1977 call 0.4 moderate and 0.6 substantial)."""
    if kappa >= 0.6:
        return t("One rater is nearly enough.")
    if kappa >= 0.4:
        return t(
            "One rater alone is not enough: go on walking in pairs, and talk over what was seen differently."
        )
    return t(
        "They do not see the same: go through the form together before the next walk."
    )


def _transport(evidence: Evidence) -> Markup:
    """Harassment by place, and feeling safe in public transport (draft:26(f)(i).7)."""
    reason = not_carried(evidence, "harassment_by_place")
    if reason:
        return marks.refusal(t("Where people are harassed."), reason)
    table = evidence.tables.get("harassment_by_place")
    if table is None:
        return Markup()
    names = place_type_names() | {"anywhere": t("Anywhere")}
    table = table.labelled("item_name", "item", names)
    both = table.where(sex=["female", "male"])
    sides = (("female", t("Women")), ("male", t("Men")))
    columns = [
        tables.Column(t("Place"), "item_name"),
        tables.Column(t("Who"), "sex", words={"all": t("All"), **dict(sides)}),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    year = number(evidence.results["harassment_year"]).replace(",", "")
    shown = figure(
        evidence,
        charts.pairs(
            both, sides=sides, unit=t("Share of women and of men"), side="sex"
        ),
        title=evidence.sentences.get("harassment", t("Where people are harassed")),
        source="survey",
        unit=t(
            "Residents who were harassed, sexually or otherwise, in the last 12 months, by the place of the most "
            "recent time, with 95% intervals. Persons, not events; one person can stand in two places."
        ),
        period=year,
        n=t("answers, in the table behind the figure"),
        denominator=t("everybody who was asked"),
        numbers=tables.table(
            table, columns, caption=t("Harassment by place and sex"), stack=False
        ),
    )
    return shown + _after_dark(evidence)


def _after_dark(evidence: Evidence) -> Markup:
    table = evidence.tables.get("perceptions")
    reasons = evidence.tables.get("unsafe_reasons")
    said = []
    if table is not None:
        rows = table.where(measure="transport_dark", breakdown="sex").frame
        rows = rows.set_index("group").dropna(subset=["value"])
        if {"female", "male"} <= set(rows.index):
            women, men = rows.loc["female"], rows.loc["male"]
            said.append(
                t(
                    "Of those who use public transport after dark, {women} of women ({women_span}) and {men} of men "
                    "({men_span}) feel safe there.",
                    women=percent(women["value"]),
                    women_span=span(percent(women["lower"]), percent(women["upper"])),
                    men=percent(men["value"]),
                    men_span=span(percent(men["lower"]), percent(men["upper"])),
                )
            )
    if reasons is not None:
        said.append(_reasons(reasons))
    return prose(*said) if said else Markup()


def _reasons(table) -> str:
    """What a city can mend among the reasons that people give."""
    mendable = {
        "lighting": t("lighting"),
        "empty_streets": t("empty streets"),
        "traffic": t("traffic"),
    }
    rows = table.where(breakdown=CITY).frame.dropna(subset=["value"])
    rows = rows[rows["answer"].isin(list(mendable))]
    if rows.empty:
        return ""
    named = [
        t("{reason} {share}", reason=mendable[row.answer], share=percent(row.value))
        for row in rows.itertuples()
    ]
    return t(
        "Of those who feel unsafe after dark, as the main reason: {list}. These are things of places, and a city can "
        "change them.",
        list=listing(named),
    )
