"""What could be done next, why it should work and how it will be judged. (draft:25(m), draft:9)

A drawing of the ways from causes to aims and the plan for judging each measure stand in the open; the logical
framework, the mix of answers, the check of targets and the tasks are folded: one looks them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from safelearn.guidelines.catalogue import indicators
from safelearn.language import NONE, lower_first, number, t
from safelearn.reports import options_findings as findings
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, fold, heading
from safelearn.strategy.response_mix import CULTURE, LEVER, PREVENTION
from safelearn.strategy.roles import NOBODY_ANSWERS
from safelearn.strategy.smart import LETTERS
from safelearn.views import charts, tables
from safelearn.views.tables import Column

#: Which column of the table of measures has the words for a family of kinds.
WORDS_OF = {PREVENTION: "prevention", LEVER: "lever", CULTURE: "culture"}


def options(evidence: Evidence) -> Markup:
    """The section, or nothing where no table of it is there."""
    if not {"rights_screen", "roles"} & set(evidence.tables):
        return Markup()
    lead = t(
        "What the city plans to do, why that should work, and how anybody could tell later whether it did."
    )
    parts = [
        _held_back(evidence),
        _said(evidence),
        _ways(evidence),
        _judging(evidence),
        _looked_up(evidence),
    ]
    return heading("options", lead) + Markup().join(parts)


def _held_back(evidence: Evidence) -> Markup:
    """What is not shown, because nobody has asked whom it could hurt (draft:10)."""
    refused = evidence.refused_here.get("strategy")
    if refused is None:
        return Markup()
    return Markup('<p class="refusal">{} {}</p>').format(refused.what, refused.remedy)


def _said(evidence: Evidence) -> Markup:
    lines = []
    money = evidence.results.get("strategy_funding")
    if money is not None:
        lines.append(
            findings.money(money.cost, money.currency, money.share, len(money.unfunded))
        )
    mix = evidence.results.get("response_mix")
    if mix is not None:
        absent = set(mix.missing())
        rows = mix.kinds[mix.kinds["kind"].isin(absent)]
        names = [
            lower_first(_kind(f, k))
            for f, k in zip(rows["family"], rows["kind"], strict=True)
        ]
        lines.append(findings.left_out(names))
    aims = evidence.tables.get("targets")
    if aims is not None and (codes := evidence.results.get("idle_aims")):
        named = dict(zip(aims.frame["target_id"], aims.frame["objective"], strict=True))
        lines.append(findings.idle_aims([named.get(a, a) for a in codes]))
    if idle := evidence.results.get("idle_departments"):
        lines.append(findings.idle_departments(idle))
    tasks = evidence.tables.get("roles")
    if tasks is not None:
        frame = tasks.frame
        alone = frame.loc[frame["faults"].str.contains(NOBODY_ANSWERS), "task"]
        lines.append(findings.nobody_answers(list(alone), len(frame)))
    items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<div class="prose"><ul>{}</ul></div>').format(items)


def _ways(evidence: Evidence) -> Markup:
    table = evidence.tables.get("theory_of_change")
    if table is None:
        return Markup()
    steps = {
        "cause": t("Why it happens"),
        "name": t("What is done"),
        "mechanism": t("How it works"),
        "objective": t("What for"),
    }
    absent = {column: t(words) for column, words in findings.ABSENT.items()}
    frame = table.frame
    broken = int((frame["breaks"] != "").sum())
    named = table.labelled("indicator", "indicator_id", _names())
    columns = [
        Column(steps["name"], "name"),
        *[Column(steps[c], c, words={"": absent[c]}) for c in ("cause", "mechanism")],
        Column(t("Indicator"), "indicator", words={"": NONE}),
        Column(steps["objective"], "objective", words={"": absent["objective"]}),
        Column(t("Where the way breaks off"), "breaks", words=_lists(frame["breaks"], findings.BREAKS)),
    ]  # fmt: skip
    return figure(
        evidence,
        charts.theory_of_change(table, steps=steps, absent=absent),
        title=findings.reaching(len(frame), broken),
        unit=t("From causes to aims: a measure that breaks off has a dashed box"),
        alt=t(
            "Each measure as a row of boxes: why it happens, what is done, how it works and what for. The table under "
            "the figure says the same in words."
        ),
        source="measures",
        period="",
        n=number(len(frame)),
        denominator="",
        numbers=tables.table(named, columns, caption=t("By which way each measure should reach its aim")),
        how_to_read=t(
            "An arrow is what the city expects, not what anybody has shown. Measures of one aim lead into the same box."
        ),
    )  # fmt: skip


def _judging(evidence: Evidence) -> Markup:
    """How each measure can be judged, and how small a change could be seen."""
    table = evidence.tables.get("evaluation_plan")
    if table is None:
        return Markup()
    columns = [
        Column(t("Measure"), "name"),
        Column(t("How to judge it"), "judged_by", words=_said_by(findings.DESIGNS)),
        Column(t("Strength, 0 to 5"), "strength", "count"),
        Column(t("Smallest change that can be seen"), "smallest", "share"),
        Column(t("Change aimed at"), "aimed", "share"),
        Column(t("Large enough?"), "seen", words=_said_by(findings.SEEN)),
    ]
    head = Markup('<div class="prose"><h3>{}</h3><p>{}.</p></div>').format(
        t("How it will be judged"), findings.judged(list(table.frame["seen"]))
    )
    note = t(
        "Surveys and walks: the same questions, before and after. Counting outputs shows no effect. A measure that "
        "starts in some areas first can be compared with those that wait, which is stronger. Strength: the Maryland "
        "scale of Sherman and others (1997), if done well. Smallest change: what two measurements as precise as the "
        "present one would show four times in five, as a share of the present value; beyond chance, real figures vary "
        "more."
    )
    shown = tables.table(
        table,
        columns,
        caption=t("How each measure can be judged"),
        label=evidence.next_table(),
        note=note,
        stack=False,
    )
    return head + shown


def _looked_up(evidence: Evidence) -> Markup:
    parts = (_framework, _mix, _targets, _tasks)
    return Markup().join(part(evidence) for part in parts)


def _framework(evidence: Evidence) -> Markup:
    table = evidence.tables.get("logframe")
    if table is None:
        return Markup()
    frame = table.frame
    goal = t("Goal: {goal}", goal=frame["what"].iloc[0] or t("not written down yet"))
    said = [
        goal if level == "goal" else f"→ {what}" if serves else what
        for level, serves, what in zip(
            frame["level"], frame["serves"], frame["what"], strict=True
        )
    ]
    empty = {"": NONE}
    years = {day: day[:4] or NONE for day in frame["due_on"]}
    columns = [
        Column(t("What"), "said"),
        Column(t("Indicator"), "indicator", words=empty),
        Column(t("Baseline"), "baseline", "mixed"),
        Column(t("Target"), "target", "mixed"),
        Column(t("Until"), "due_on", words=years),
        Column(t("Who answers for it"), "owner", words=empty),
        Column(t("Cost"), "cost", "count"),
        Column(t("Secured"), "secured", "count"),
        Column(t("What could go wrong"), "gone_wrong", words=empty),
    ]
    title = t("Aims, measures, sources and risks")
    shown = tables.table(
        table.labelled("indicator", "indicator_id", _names()).labelled(
            "said", "line", dict(zip(frame["line"], said, strict=True))
        ),
        columns,
        caption=title,
        label=evidence.next_table(),
        note=t(
            "An arrow marks a measure that serves the aim above it. Measures that serve no aim stand at the end."
        ),
        stack=False,
    )
    return fold(title, shown)


def _mix(evidence: Evidence) -> Markup:
    table = evidence.tables.get("response_mix")
    if table is None:
        return Markup()
    frame = table.frame
    names = {
        kind: _kind(family, kind)
        for family, kind in zip(frame["family"], frame["kind"], strict=True)
    }
    families = {
        "prevention": t("Kind of prevention"),
        "lever": t("Lever"),
        "response": t("Dimension"),
        "culture": t("Norms"),
    }
    columns = [
        Column(t("Kind of answer"), "kind", words=names),
        Column(t("Question"), "family", words=families),
        Column(t("Measures"), "measures", "count"),
        Column(t("Programmes that run"), "programmes", "count"),
        Column(t("Share of the cost"), "share", "share"),
    ]
    title = t("Kinds of answers in the strategy")
    note = t(
        "A measure counts for each kind that it is of. Restorative justice and reintegration are found by words in the "
        "measure's own text. Not every city needs every kind."
    )
    shown = tables.table(
        table, columns, caption=title, label=evidence.next_table(), note=note
    )
    return fold(title, shown)


def _targets(evidence: Evidence) -> Markup:
    table = evidence.tables.get("smart_targets")
    if table is None:
        return Markup()
    verdicts = _said_by(findings.VERDICTS)
    columns = [
        Column(t("Aim"), "objective"),
        *[Column(t(findings.LETTERS[c]), c, words=verdicts) for c in LETTERS],
    ]
    frame = table.frame
    title = t("What each target lacks to be a target")
    shown = tables.table(
        table,
        columns,
        caption=title,
        label=evidence.next_table(),
        note=findings.passing(int((frame["passed"] == len(LETTERS)).sum()), len(frame)),
    )
    return fold(title, shown)


def _tasks(evidence: Evidence) -> Markup:
    table = evidence.tables.get("roles")
    if table is None:
        return Markup()
    columns = [
        Column(t("Task"), "task"),
        Column(t("Levels of government"), "levels", words=_levels(table.frame["levels"])),
        Column(t("Offices that answer for it"), "answering", "count"),
        Column(t("Offices that do it"), "doing", "count"),
        Column(t("What is wrong"), "faults", words=_lists(table.frame["faults"], findings.FAULTS)),
    ]  # fmt: skip
    title = t("Tasks, and what is wrong with them")
    shown = tables.table(table, columns, caption=title, label=evidence.next_table())
    return fold(title, shown)


def _kind(family: str, kind: str) -> str:
    if kind in findings.KINDS:
        return t(findings.KINDS[kind])
    return words("measures", WORDS_OF.get(family, "dimension")).get(kind, kind)


def _levels(lists: Iterable[str]) -> dict[str, str]:
    named = words("mandates", "level")
    return {text: _each(text, named, ", ") for text in lists}


def _lists(lists: Iterable[str], said: Mapping[str, str]) -> dict[str, str]:
    """Each list of codes in words; what lacks nothing gets a dash."""
    return {text: _each(text, _said_by(said), "; ") for text in lists}


def _each(text: str, named: Mapping[str, str], between: str) -> str:
    if not text:
        return NONE
    return between.join(named.get(code, code) for code in text.split(", "))


def _said_by(marked: Mapping[str, str]) -> dict[str, str]:
    return {code: t(text) for code, text in marked.items()}


def _names() -> dict[str, str]:
    return {i.id: i.name for i in indicators()}
