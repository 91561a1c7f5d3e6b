"""The page of the template `evaluation`: what changed, where it moved, how sure, at what cost, and what it cannot say.

Serves draft:25(g) and draft:25(o).2. The first section is for people who decide and stands alone; the others show the
counts and comparisons behind each of its sentences.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import number, t
from safelearn.reports import evaluation_findings as findings
from safelearn.reports import evaluation_grounds as grounds
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.evaluated import Evaluated
from safelearn.reports.measuring.evaluations import COUNTS, EFFECTS, SERIES
from safelearn.reports.names import offence_name
from safelearn.reports.page import figure, heading, prose
from safelearn.views import charts, marks, tables


def summary(evidence: Evidence) -> Markup:
    """Page one: an answer for each intervention, and what is not known."""
    every = _every(evidence)
    if not every:
        return heading("summary") + marks.refusal(
            t(
                "No intervention is in the city's folder, so there is nothing to evaluate."
            ),
            t(
                "Fill in the sheet `interventions`: what was done where, since when."
            ).replace("`", ""),
        )
    lead = t(
        "An evaluation asks what would have happened without the programme. Nobody can see that; the areas compared "
        "with stand in for it."
    )
    found = [findings.finding(made) for made in every]
    unknown = [line for made in every if made.found for line in _first_page(made)]
    return (
        heading("summary", lead)
        + marks.findings(found)
        + _list(t("What else matters"), unknown)
        + marks.key()
    )


def change(evidence: Evidence) -> Markup:
    """What changed: counts, comparisons and the series."""
    shown = _evaluated(evidence)
    if not shown:
        return Markup()
    parts = [
        heading("change"),
        prose(*(findings.counted(made, _names(made)) for made in shown)),
        _counts(evidence),
        *(_series(evidence, made) for made in shown),
    ]
    return Markup().join(parts)


def moved(evidence: Evidence) -> Markup:
    """Where it moved: displacement and diffusion."""
    shown = _evaluated(evidence)
    if not shown:
        return Markup()
    lead = t(
        "Harm that is kept from one street can turn up in the next, and so can the good of a programme."
    )
    said = []
    for made in shown:
        lines = [findings.neighbours(made)]
        if made.found.neighbours:
            lines += [findings.together(made), findings.quotient(made)]
        said.append(_about(made, lines, len(shown)))
    return heading("moved", lead) + Markup().join(said) + _effects(evidence, "cases")


def sure(evidence: Evidence) -> Markup:
    """How sure: every comparison, what it could have seen, how areas were chosen; and why some are not evaluated."""
    every = _every(evidence)
    if not every:
        return Markup()
    parts = [heading("sure")]
    for made in every:
        if made.refused is not None:
            parts.append(marks.refusal(made.refused.what, made.refused.remedy))
            continue
        lines = [
            grounds.level(made),
            grounds.chosen(made),
            grounds.areas_alone(made),
            grounds.mix(made),
            grounds.parallel(made),
            grounds.seen(made),
            grounds.delivered(made),
        ]
        parts.append(_about(made, lines, len(every)))
    if EFFECTS in evidence.tables:
        parts.append(_effects(evidence, "ratio"))
    return Markup().join(parts)


def cost(evidence: Evidence) -> Markup:
    """At what cost."""
    shown = _evaluated(evidence)
    if not shown:
        return Markup()
    said = [_about(made, findings.cost(made), len(shown)) for made in shown]
    return heading("cost") + Markup().join(said)


def limits(evidence: Evidence) -> Markup:
    """What these designs cannot say, each limit once."""
    lines = [line for made in _evaluated(evidence) for line in made.found.cannot_say]
    if not lines:
        return Markup()
    return heading("limits") + _list("", list(dict.fromkeys(lines)))


def _every(evidence: Evidence) -> list[Evaluated]:
    return list(evidence.results.get("evaluations", ()))


def _evaluated(evidence: Evidence) -> list[Evaluated]:
    return [made for made in _every(evidence) if made.found is not None]


def _first_page(made: Evaluated) -> list[str]:
    """Three things that somebody who decides must know beside the answer."""
    said = [findings.neighbours(made), *findings.cost(made)[:2], grounds.seen(made)]
    return [line for line in said if line]


def _about(made: Evaluated, lines: list[str], among: int) -> Markup:
    """Paragraphs on one intervention, under its name where there are several."""
    title = Markup()
    if among > 1:
        title = Markup("<h3>{}</h3>").format(made.intervention.name)
    inner = Markup().join(Markup("<p>{}</p>").format(line) for line in lines if line)
    return Markup('<div class="prose">{}{}</div>').format(title, inner)


def _list(title: str, lines: list[str]) -> Markup:
    if not lines:
        return Markup()
    head = Markup("<h3>{}</h3>").format(title) if title else Markup()
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<div class="prose">{}<ul>{}</ul></div>').format(head, items)


def _names(made: Evaluated) -> dict[str, str]:
    from safelearn.language import lower_first

    return {c: lower_first(offence_name(c)) for c in (*made.offences, *made.changed)}


def _counts(evidence: Evidence) -> Markup:
    roles = {
        "treated": t("Areas of the programme"),
        "treated_buffer": t("Next to them"),
        "control": t("Areas compared with"),
        "control_buffer": t("Next to those"),
    }
    columns = [
        tables.Column(t("Group of areas"), "role", words=roles),
        tables.Column(t("Areas"), "areas", "count"),
        tables.Column(t("Before"), "cases_before", "count"),
        tables.Column(t("After"), "cases_after", "count"),
    ]
    if len(_evaluated(evidence)) > 1:
        columns.insert(0, tables.Column(t("Programme"), "intervention"))
    table = evidence.tables[COUNTS]
    return tables.table(
        table,
        columns,
        caption=table.title,
        label=evidence.next_table(),
        note=" ".join(table.notes),
    )


def _effects(evidence: Evidence, scale: str) -> Markup:
    """The comparisons that give a ratio, or those that give cases."""
    table = evidence.tables[EFFECTS].where(scale=scale)
    if not len(table):
        return Markup()
    words = {
        "before and after": t("Before and after, alone"),
        "against compared areas": t("Against the areas compared with"),
        "each area one fact": t("The same, each area one fact"),
        "against a mix of areas": t("Against a mix of other areas that ran alike"),
        "against its own trend": t("Against its own trend and season"),
        "treated areas": t("Areas of the programme"),
        "neighbouring areas": t("Next to them"),
        "together": t("Together"),
    }
    first, kind, caption, note = {
        "ratio": (
            t("Comparison"),
            "ratio",
            t("After by before, by each comparison: 1 is no change"),
            t(
                "The answer of this report is the comparison with other areas: that was settled before the counts were "
                "seen. Intervals allow for how much the counts varied before the start."
            ),
        ),
        "cases": (
            t("Group of areas"),
            "count",
            t(
                "Recorded cases beyond what the areas compared with explain: 0 is no change"
            ),
            t(
                "Weighted displacement difference; intervals allow for how much the counts varied before the start."
            ),
        ),
    }[scale]
    columns = [
        tables.Column(first, "comparison", words=words),
        tables.Column(t("Estimate"), "estimate", kind),
        tables.Column(t("95% interval"), ("lower", "upper"), kind),
    ]
    if len(_evaluated(evidence)) > 1:
        columns.insert(0, tables.Column(t("Programme"), "intervention"))
    return tables.table(
        table, columns, caption=caption, label=evidence.next_table(), note=note
    )


def _series(evidence: Evidence, made: Evaluated) -> Markup:
    if SERIES not in evidence.tables or not made.step:
        return Markup()
    one = made.intervention
    table = evidence.tables[SERIES].where(intervention_id=one.intervention_id)
    unit = {
        1: t("Recorded cases a month"),
        3: t("Recorded cases in three months"),
        6: t("Recorded cases in six months"),
    }[made.step]
    columns = [
        tables.Column(t("From"), "month"),
        tables.Column(unit, "n", "count"),
    ]
    if made.series is not None:
        columns += [
            tables.Column(t("Expected"), "expected", "rate"),
            tables.Column(
                t("95% interval"), ("expected_lower", "expected_upper"), "rate"
            ),
        ]
    return figure(
        evidence,
        charts.interrupted(
            table,
            unit=unit,
            start=made.found.compared.since[0],
            words=one.name,
            step=made.step,
        ),
        title=_title(made),
        unit=t(
            "{unit} in the areas of the programme. Dashed: what their own trend and season led to expect; band: its "
            "95% interval.",
            unit=unit,
        )
        if made.series is not None
        else unit + ".",
        period=evidence.period.name("months"),
        n=t("{n} records", n=number(float(table.frame["n"].sum()))),
        denominator=t("none: counts, not rates"),
        numbers=tables.table(table, columns, caption=unit, stack=False),
        how_to_read=t(
            "Points below the band are fewer than these areas' own past led to expect. Their past is no comparison: "
            "what changed in the whole city at the same time is in the points too."
        ),
    )


def _title(made: Evaluated) -> str:
    name = made.intervention.name
    if made.series is None:
        return t("Recorded cases where {name} took place", name=name)
    whole = made.series.whole
    if whole.upper < 1:
        return t("After {name} began, counts lay below their own trend", name=name)
    if whole.lower > 1:
        return t("After {name} began, counts lay above their own trend", name=name)
    return t(
        "After {name} began, counts lay no clear way off their own trend", name=name
    )
