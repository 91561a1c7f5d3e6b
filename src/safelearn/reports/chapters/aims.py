"""Where the city stands against its own targets, and what would show that a priority was met: two parts of a chapter.

Serves draft:22, draft:25(g) and draft:26(e).4: a target is judged by its interval, what it lacks is named, and so is
how a figure can be improved without improving anything.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.guidelines.catalogue import indicator
from safelearn.indicators import outcomes, themes
from safelearn.indicators.catalogue import Measured
from safelearn.indicators.figures import EVERYONE
from safelearn.language import NONE, t
from safelearn.reports import indicator_findings as findings
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import prose
from safelearn.views import tables
from safelearn.views.tables import Column

#: Figures that people who are measured by them can improve without improving anything.
GAMED = ("clearance_rate", "response_time", "complaints_upheld")


def targets(evidence: Evidence) -> Markup:
    """Each target with its figure, and what it lacks."""
    table = evidence.tables.get("targets")
    if table is None:
        return prose(
            t(
                "The city has written no targets down. A target needs a baseline, a date and somebody who answers for "
                "it: the sheet targets of city.xlsx asks for them."
            )
        )
    frame = table.frame
    asked = {
        row.target_id: _asked(row.indicator_id, row.group) for row in frame.itertuples()
    }
    lacks = {text: _flags(text) for text in frame["lacks"].unique()}
    due = {d: d[:4] or NONE for d in frame["due"].astype(str).unique()}
    named = table.labelled("what", "target_id", asked)
    # On a phone the table scrolls: what it is for stands first.
    columns = [
        Column(t("Aim"), "objective"),
        Column(
            t("Where it stands"),
            "progress",
            words={k: t(v) for k, v in findings.PROGRESS.items()},
        ),
        Column(t("Now"), "value", "mixed"),
        Column(t("95% interval"), ("lower", "upper"), "mixed"),
        Column(t("Target"), "target", "mixed"),
        Column(t("Due"), "due", words=due),
        Column(t("Baseline"), "baseline", "mixed"),
        Column(t("Measured by"), "what"),
    ]
    answers = [
        columns[0],
        Column(t("Owner"), "owner", words={"": NONE}),
        Column(
            t("The owner says"),
            "stated",
            words={k: t(v) for k, v in findings.STATED.items()} | {"": NONE},
        ),
        Column(t("What it lacks"), "lacks", words=lacks),
    ]
    head = Markup('<div class="prose"><h3>{}</h3><p>{}</p></div>').format(
        t("Targets"), findings.standing(list(frame["progress"])) + "."
    )
    note = t(
        "On course: even the less favourable end of the interval keeps to the straight way from baseline to target. "
        "Off course: even the better end does not."
    )
    return (
        head
        + tables.table(
            named,
            columns,
            caption=t("Where the city stands against its targets"),
            label=evidence.next_table(),
            note=note,
            stack=False,
        )
        + tables.table(
            named,
            answers,
            caption=t("Who answers for each target, and what it lacks"),
            label=evidence.next_table(),
            stack=True,
        )
        + _gaming(evidence)
    )


def _asked(indicator_id: str, group: str) -> str:
    if indicator_id not in outcomes.tables():
        return indicator_id
    name = indicator(indicator_id).name
    return (
        name
        if group == EVERYONE
        else t("{name}: {group}", name=name, group=themes.group_words(group))
    )


def _flags(text: str) -> str:
    parts = [t(findings.FLAGS[p]) for p in text.split(", ") if p in findings.FLAGS]
    return "; ".join(parts) if parts else NONE


def _gaming(evidence: Evidence) -> Markup:
    """How a figure can be improved without improving anything (draft:26(e).4)."""
    found: Measured = evidence.results["indicators"]
    there = [name for name in GAMED if name in found.measured]
    said = [
        t("{name}: {caveat}", name=indicator(name).name, caveat=indicator(name).caveat)
        for name in there
    ]
    if evidence.has.get("incidents"):
        said.insert(0, t("Recorded offences: they fall when people stop reporting."))
    if not said:
        return Markup()
    lead = t(
        "What becomes a target changes how it is counted. Nobody should be judged by one of these figures alone:"
    )
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in said)
    return Markup('<div class="prose"><p>{}</p><ul>{}</ul></div>').format(lead, items)


def priorities_met(evidence: Evidence) -> Markup:
    """For each priority of the ballot the outcome indicators that stand for it."""
    found: list[outcomes.Outcome] | None = evidence.results.get("outcomes")
    if not found:
        return Markup()
    without = [o.option for o in outcomes.without_outcome(found)]
    rows = [
        [
            o.option,
            Markup("<br>").join(indicator(i).name for i in o.measured[:2]) or NONE,
        ]
        for o in found
    ]
    head = Markup('<div class="prose"><h3>{}</h3><p>{}</p></div>').format(
        t("What would show that a priority was met"),
        findings.priorities(len(found), without),
    )
    return head + tables.text_table(
        [t("Priority"), t("Outcome indicators that are measured")],
        rows,
        caption=t("Outcome indicators of the priorities"),
        label=evidence.next_table(),
        note=t(
            "Outcomes are what people live through. How many lamps were mended or officers hired says what was done, "
            "not what it changed."
        ),
    )
