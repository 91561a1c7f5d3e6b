"""What has not been measured yet, and what later versions of the report will bring.

A gap is a result. Each card says what is missing, why it matters, the least that would close it, and where the
answer goes in the city's folder.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from safelearn.language import mark, sentence, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading
from safelearn.views import marks


@dataclass(frozen=True)
class Gap:
    """Something a diagnosis should hold: the table that closes it and the words of its card."""

    table: str
    what: str
    why: str
    how: str
    then: str
    reference: str


#: In the order of the report's sections. `later` ones are computed by a later version once the table is there.
GAPS = (
    Gap(
        "population",
        mark("Population by sex and age"),
        mark("Counts cannot tell a large group from a group at risk."),
        mark(
            "A census extract by area, sex and five-year age group; most statistics offices have one."
        ),
        mark("the rate of each area and each group, with its interval."),
        "draft:25(d).1",
    ),
    Gap(
        "incidents",
        mark("Recorded offences"),
        mark("Without them nobody can say what is reported, where and when."),
        mark(
            "An export of the police system: date, place, offence; sex and age of victims where held."
        ),
        mark("how many offences are recorded, where, when and of what kind."),
        "draft:25(d).1",
    ),
    Gap(
        "survey",
        mark(
            "Women and girls, young people, persons with disabilities and other groups"
        ),
        mark("City averages hide the people who are harmed most and heard least."),
        mark(
            "Ask who they are in the survey, with consent, and walk the streets with them."
        ),
        mark("what each group lives through, in figures and in its own words."),
        "draft:26(c)",
    ),
    Gap(
        "statistics",
        mark("Housing, income, schooling and work by area"),
        mark(
            "Exclusion and inequality drive harm; records of offences do not show them."
        ),
        mark(
            "Figures of the statistics and housing offices by area, with numerator and denominator."
        ),
        mark("which conditions go together with harm, stated as associations."),
        "draft:5.2",
    ),
    Gap(
        "audits",
        mark("How places work"),
        mark(
            "Lighting, sight lines and company are what a municipality can change first."
        ),
        mark("Walks with residents, by day and after dark, with the audit form."),
        mark("which places need which repair, and who agreed."),
        "draft:26(d).2",
    ),
    Gap(
        "survey",
        mark("How safe people feel"),
        mark("Safety has two sides, and records show neither fear nor avoidance."),
        mark(
            "A household survey with a random sample; keep strata, blocks and weights in the file."
        ),
        mark("who feels safe by day and after dark, where, and what they avoid."),
        "draft:25(d).4",
    ),
    Gap(
        "survey",
        mark("What police never hear"),
        mark("A rise in records may be more trust, not more harm."),
        mark(
            "Ask victims in the same survey whom they told, and why they told nobody."
        ),
        mark("which share of each form of harm is reported, and for whom it is not."),
        "draft:25(d).1",
    ),
    Gap(
        "stakeholders",
        mark("Who acts for safety, and who is missing"),
        mark("A register of organisations and roles, and the ties between them."),
        mark(
            "Fill in the sheets `stakeholders` and `ties`: organisations and roles, no persons."
        ),
        mark(
            "who takes part, who connects the departments, and which groups have no seat."
        ),
        "draft:25(b)",
    ),
    Gap(
        "programmes",
        mark("What is being done already"),
        mark(
            "Money and effort go into programmes that nobody has listed in one place."
        ),
        mark("Fill in the sheets `programmes`, `interventions` and `budget`."),
        mark("what was tried, what it cost and what is known of its effect."),
        "draft:25(c)",
    ),
    Gap(
        "targets",
        mark("Indicators, targets and the plan that follows"),
        mark("Without a baseline and a target nobody can say later what was achieved."),
        mark("Fill in the sheet `targets` once priorities are agreed."),
        mark("progress against the baseline, and the evaluation of each measure."),
        "draft:25(g)",
    ),
    Gap(
        "measures",
        mark("What could be done next"),
        mark("A measure without a cause and a way to work cannot be judged later."),
        mark(
            "In the strategy workshop, fill in the sheet `measures`: problem, cause, lever, money, indicator."
        ),
        mark("by which way each measure should reach its aim, and how to judge it."),
        "draft:25(m)",
    ),
)

#: What only a later version computes: nothing today.
LATER: tuple[Gap, ...] = ()


def missing(evidence: Evidence) -> Markup:
    """The section "Not measured yet": a card for each gap of today's sections."""
    shown = [gap for gap in GAPS if not evidence.has.get(gap.table)]
    if evidence.has.get("population") and not evidence.population_by_sex_age:
        shown.insert(0, GAPS[0])
    cards = [
        marks.not_measured(
            t(gap.what),
            t(gap.why),
            t(gap.how),
            sentence(t(gap.then)),
            t("Sheet `{table}` of city.xlsx", table=gap.table).replace("`", ""),
            t("Guidelines {clause}", clause=gap.reference),
        )
        for gap in shown
    ]
    lead = t(
        "A gap is a result. Each card says what is missing and the least that would close it."
    )
    if not cards:
        lead = t("The tables that this version of the report reads are all there.")
    return heading("missing", lead) + (marks.cards(cards) if cards else Markup())


def later(evidence: Evidence) -> Markup:
    """The section "Coming": what a later version brings, and what to collect for it now; nothing if nothing is left."""
    cards = []
    for gap in LATER:
        held = evidence.has.get(gap.table)
        now = (
            t(
                "The table {table} is in the city's folder and waits for it.",
                table=gap.table,
            )
            if held
            else t(gap.how).replace("`", "")
        )
        then = sentence(t(gap.then))
        reference = t("Guidelines {clause}", clause=gap.reference)
        cards.append(marks.comes_later(t(gap.what), then, now, reference))
    if not cards:
        return Markup()
    lead = t(
        "These parts of a diagnosis are not computed by this version. What they need can be "
        "collected today."
    )
    return heading("later", lead) + marks.cards(cards)
