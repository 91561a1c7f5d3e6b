"""The sections "Targets and progress" and "Police and justice" of the evaluation.

Serves draft:22, draft:24(h), draft:26(e).1, draft:26(e).2, draft:26(e).4, draft:26(f)(ii).7 and draft:26(f)(ii).8.
Targets are judged by intervals, what was achieved and lost again is named, and figures that those who are measured can
move alone stand without a verdict.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.city.contracts import labels
from safelearn.evaluation import justice_scorecard as card
from safelearn.indicators.change import WORSE
from safelearn.indicators.themes import group_words
from safelearn.language import NONE, listing, mark, number, percent, span, t
from safelearn.reports import since_findings
from safelearn.reports.chapters.aims import targets
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.monitoring import (
    DELIVERY,
    EQUITY,
    SCORECARD,
    SUPPORT,
)
from safelearn.reports.measuring.since import INDICATORS
from safelearn.reports.page import heading, prose
from safelearn.views import tables
from safelearn.views.tables import Column


def monitoring(evidence: Evidence) -> Markup:
    """The section "Targets and progress": delivery, targets, and what was lost again."""
    if not {"targets", DELIVERY, INDICATORS} & set(evidence.tables):
        return Markup()
    lead = t(
        "What was promised, what was done, and whether anything that had been reached was lost again."
    )
    return Markup().join(
        [
            heading("monitoring", lead),
            _delivery(evidence),
            targets(evidence) if "indicators" in evidence.results else Markup(),
            regressed(evidence),
        ]
    )


def _delivery(evidence: Evidence) -> Markup:
    table = evidence.tables.get(DELIVERY)
    if table is None:
        return Markup()
    columns = [
        Column(t("Intervention"), "name"),
        Column(t("What is counted"), "unit"),
        Column(t("Planned"), "planned", "count"),
        Column(t("Delivered"), "delivered", "count"),
        Column(t("Share delivered"), "share", "share"),
        Column(t("Least in an area"), "lowest", "share"),
        Column(t("Areas"), "areas", "count"),
    ]
    return tables.table(
        table,
        columns,
        caption=t("What was planned and what was delivered"),
        label=evidence.next_table(),
        note=t(
            "What was not delivered cannot have failed; what was delivered has not yet worked."
        ),
        stack=False,
    )


def regressed(evidence: Evidence) -> Markup:
    """What became of indicators since the report before; first of all, what was achieved and lost again (draft:22)."""
    table = evidence.tables.get(INDICATORS)
    title = t("What had been reached")
    if table is None:
        said = t(
            "There is no earlier report with indicators to compare with: this is the first."
        )
        return Markup('<div class="prose"><h3>{}</h3><p>{}</p></div>').format(
            title, said
        )
    frame = table.frame
    lost = list(dict.fromkeys(frame.loc[frame["verdict"] == WORSE, "indicator_name"]))
    said = since_findings.indicators(frame)
    lead = (
        t("Clearly worse than in the report before: {names}.", names=listing(lost))
        if lost
        else t(
            "Nothing that can be told from chance has become worse since the report before."
        )
    )
    out = Markup('<div class="prose"><h3>{}</h3><p>{}</p></div>').format(title, lead)
    heads = {
        "changed": t("What changed"),
        "same": t("What did not change"),
        "unsaid": t("What cannot be said"),
    }
    for name, head in heads.items():
        lines = getattr(said, name)
        if lines:
            items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
            out += Markup('<div class="prose"><h4>{}</h4><ul>{}</ul></div>').format(
                head, items
            )
    return out


def justice(evidence: Evidence) -> Markup:
    """The section "Police and justice": a scorecard without verdicts that figures cannot carry (draft:24(h))."""
    if SCORECARD not in evidence.tables and SUPPORT not in evidence.tables:
        return Markup()
    lead = t(
        "How police and justice treat the people they serve. Lines without a verdict can rise for good reasons and for "
        "bad ones; nobody should be judged by one of them."
    )
    return Markup().join(
        [
            heading("justice", lead),
            _scorecard(evidence),
            _equity(evidence),
            _support(evidence),
        ]
    )


def _scorecard(evidence: Evidence) -> Markup:
    table = evidence.tables.get(SCORECARD)
    if table is None:
        return Markup()
    lines = {line.name: line for line in card.LINES}
    rows = []
    for row in table.frame.itertuples():
        line = lines[row.aspect]
        name = t(line.words)
        if row.group != card.EVERYONE:
            name = t("{name}: {group}", name=name, group=group_words(row.group))
        rows.append(
            [
                name,
                _written(line, row.value),
                _span(line, row.lower, row.upper),
                _written(line, row.value_before),
                t(_VERDICTS[row.verdict]),
            ]
        )
    periods = sorted(set(table.frame["period"]))
    shown = dict.fromkeys(table.frame["aspect"])
    cautions = Markup().join(
        Markup("<li>{}</li>").format(
            t("{name}: {caveat}", name=t(lines[k].words), caveat=t(lines[k].caution))
        )
        for k in shown
    )
    return tables.text_table(
        [
            t("What is looked at"),
            t("Now"),
            t("95% interval"),
            t("Before"),
            t("Change"),
        ],
        rows,
        caption=t("Police and justice, {period}", period=listing(periods)),
        label=evidence.next_table(),
        numeric=[t("Now"), t("95% interval"), t("Before")],
        stack=False,
    ) + Markup('<div class="prose"><h3>{}</h3><ul>{}</ul></div>').format(
        t("Read each line with care"), cautions
    )


_VERDICTS = {
    card.BETTER: mark("better"),
    card.WORSE: mark("worse"),
    card.NO_CLEAR: mark("no clear change"),
    card.NO_VERDICT: mark("no verdict"),
    card.NO_EARLIER: mark("no earlier figure"),
}


def _written(line: card.Line, value: float) -> str:
    if value != value:
        return NONE
    return percent(value) if line.kind == card.SHARE else number(value, 1)


def _span(line: card.Line, lower: float, upper: float) -> str:
    return span(_written(line, lower), _written(line, upper))


def _equity(evidence: Evidence) -> Markup:
    """Whom police act on (draft:26(f)(ii).8)."""
    table = evidence.tables.get(EQUITY)
    if table is None:
        return Markup()
    kinds = {c: t(n) for c, n in labels("justice", "measure").items()}
    groups = {g: group_words(g) for g in table.frame["group"].unique()}
    columns = [
        Column(t("Group"), "group", words=groups),
        Column(t("What police did"), "measure", words=kinds),
        Column(
            t("A resident of the group, over all others"), "against_others", "ratio"
        ),
        Column(t("95% interval"), ("lower", "upper"), "ratio"),
        Column(t("Found something, over all others"), "finds", "ratio"),
        Column(t("Interval of finds"), ("finds_lower", "finds_upper"), "ratio"),
    ]
    said = [
        t(
            "{group} are stopped {ratio} times as often as other residents, and a stop finds something less often.",
            group=groups[row.group],
            ratio=number(row.against_others, 1),
        )
        for row in table.frame.itertuples()
        if row.measure == "stops" and row.verdict == "more" and row.finds_upper < 1
    ]
    note = t(
        "A ratio asks for an explanation and is not one: residents are not those who are on the street. Where a group "
        "is stopped more and less is found, suspicion was weaker. Stops of the same people make intervals too narrow."
    )
    return (prose(*said) if said else Markup()) + tables.table(
        table,
        columns,
        caption=t("Whom police act on, by group"),
        label=evidence.next_table(),
        note=note,
        stack=True,
    )


def _support(evidence: Evidence) -> Markup:
    """Who is served of those whom services know of (draft:26(e).1)."""
    table = evidence.tables.get(SUPPORT)
    if table is None:
        return Markup()
    names = {c: t(n) for c, n in labels("services", "type").items()}
    columns = [
        Column(t("Service"), "type", words=names),
        Column(t("People known"), "people_identified", "count"),
        Column(t("People served"), "people_served", "count"),
        Column(t("Share served"), "share", "share"),
        Column(t("95% interval"), ("lower", "upper"), "share"),
    ]
    return tables.table(
        table,
        columns,
        caption=t("Who is served, of those whom services know of"),
        label=evidence.next_table(),
        stack=False,
        note=t(
            "Who is known to two services counts twice; who is known to none is not here, and most victims are not."
        ),
    )
