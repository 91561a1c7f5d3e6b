"""The chapter "Indicators and targets": the goals, the city's targets, what stands for each priority, every figure.

Serves draft:25(g), draft:26(a), draft:22, draft:11 and draft:26(e).4. Measured indicators stand in tables by theme,
with their groups folded; what is not measured is listed by what would close the gap.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.city.contracts import contract
from safelearn.guidelines.catalogue import by_goal, indicator
from safelearn.indicators import goals as sdg_goals
from safelearn.indicators import maturity, outcomes, themes
from safelearn.indicators.catalogue import Measured
from safelearn.indicators.figures import ALL, BY_AREA, EVERYONE, MEASURED, Figure
from safelearn.language import NONE, listing, number, percent, t, tn
from safelearn.reports import indicator_findings as findings
from safelearn.reports.chapters.aims import priorities_met, targets
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import heading, prose
from safelearn.views import charts, tables
from safelearn.views.figures import figure
from safelearn.views.tables import Column


def indicators(evidence: Evidence) -> Markup:
    """The section "Indicators and targets"."""
    found: Measured | None = evidence.results.get("indicators")
    if found is None or not found.measured:
        return Markup()
    lead = tn(
        "{n} indicator of the catalogue has a figure here, with how exactly it is known. An indicator is a question "
        "that is asked in the same way each time; its definition has a version.",
        "{n} indicators of the catalogue have a figure here, with how exactly each is known. An indicator is a "
        "question that is asked in the same way each time; its definition has a version.",
        len(found.measured),
    )
    parts = [
        heading("indicators", lead),
        _goals(evidence),
        targets(evidence),
        priorities_met(evidence),
        _maturity(found),
        *(_theme(evidence, found, theme) for theme in themes.THEMES),
        _unheard(evidence),
        _missing(evidence, found),
    ]
    return Markup().join(parts)


def _goals(evidence: Evidence) -> Markup:
    strip = evidence.tables["sdg_strip"]
    frame = strip.frame
    known = frame["state"].isin([sdg_goals.MEASURED, sdg_goals.PARTLY])
    empty = [g for g in frame["goal"].unique() if not known[frame["goal"] == g].any()]
    names = {goal: t(name) for goal, name in sdg_goals.NAMES.items()}
    states = {state: t(words) for state, words in sdg_goals.WORDS.items()}
    said = {
        code: listing([indicator(i).name for i in ids])
        for code, ids in _by_code().items()
    }
    named = strip.labelled("name", "sdg", said)
    title = findings.goals(
        int(frame["state"].eq(sdg_goals.MEASURED).sum()),
        int(frame["state"].eq(sdg_goals.PARTLY).sum()),
        len(frame),
        [names[int(g)] for g in empty],
    )
    columns = [
        Column(t("SDG indicator"), "sdg"),
        Column(t("In this report"), "name"),
        Column(t("State"), "state", words=states),
    ]
    return figure(
        charts.sdg_strip(strip, goals=names, states=states),
        number=evidence.next_figure(),
        title=title,
        stamp=evidence.stamp,
        unit=t(
            "Indicators of the global goals that concern safety, by goal and code: which of them this report has a "
            "figure for."
        ),
        alt=title,
        source=t("all tables of the city's folder"),
        period="",
        n=tn("{n} indicator", "{n} indicators", len(frame)),
        denominator=t("the list of indicators that comes with safelearn"),
        numbers=tables.table(
            named,
            columns,
            caption=t("Indicators of the global goals, by goal"),
            stack=True,
        ),
        how_to_read=t(
            "A dark cell has a figure. A dashed one has none: the list at the end of this chapter says what would "
            "give it one."
        ),
    )


def _by_code() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ids in by_goal().values():
        for name in ids:
            for code in indicator(name).sdg:
                found.setdefault(code, [])
                if name not in found[code]:
                    found[code].append(name)
    return found


def _maturity(found: Measured) -> Markup:
    levels = _levels(found)
    items = Markup().join(
        Markup("<li><b>{} {}</b> ({}): {}</li>").format(
            level,
            t(maturity.NAMES[level]),
            number(levels.count(level)),
            t(maturity.MEANINGS[level]),
        )
        for level in maturity.LEVELS
    )
    return Markup('<div class="prose"><h3>{}</h3><p>{}</p><ul>{}</ul></div>').format(
        t("How far each is measured"),
        t(
            "The last column of the tables below is a level from 0 to 3. It says how well a figure is known, never "
            "whether it is good. Where the interval is a dash, everybody was counted, or nobody knows how exact the "
            "figure is. In brackets, how many indicators are on each level:"
        ),
        items,
    )


def _levels(found: Measured) -> list[int]:
    """The level of each indicator: the best of its lines."""
    table = found.table
    return [int(v) for v in table.groupby("indicator_id")["maturity"].max()]


def _theme(evidence: Evidence, found: Measured, theme: themes.Theme) -> Markup:
    table = evidence.tables["indicators"]
    there = [i for i in theme.indicators if i in found.measured]
    if not there:
        return Markup()
    names = {i: indicator(i).name for i in there}
    units = {u: themes.unit_words(u) for u in table.frame["unit"].unique()}
    groups = {g: themes.group_words(g) for g in table.frame["group"].unique()}
    here = table.where(status=MEASURED, indicator_id=there)
    here = here.labelled("group_name", "group", groups)
    # In the theme's order, whatever the catalogue's.
    order = {name: k for k, name in enumerate(there)}
    heads = [i for i in there if found.figure(i) and found.figure(i).measured]
    columns = [
        Column(t("Indicator"), "indicator_id", words=names),
        Column(t("Value"), "value", "mixed"),
        Column(t("95% interval"), ("lower", "upper"), "mixed"),
        Column(t("Unit"), "unit", words=units),
        Column(t("n"), "n", "count"),
        Column(t("Period"), "period", words=_periods(table.frame["period"])),
        Column(t("Level"), "maturity", "count"),
    ]
    parts = [
        Markup('<div class="prose"><h3>{}</h3></div>').format(t(theme.title)),
    ]
    if heads:
        parts.append(
            tables.table(
                _in_order(here.where(breakdown=ALL), order),
                columns,
                caption=t("{theme}: the whole city", theme=t(theme.title)),
                label=evidence.next_table(),
                stack=False,
            )
        )
    split = here.where(
        breakdown=[b for b in table.frame["breakdown"].unique() if b != ALL]
    )
    if len(split):
        by_group = [
            columns[0],
            Column(t("Group"), "group_name"),
            *columns[1:5],
        ]
        inner = tables.table(
            _in_order(split, order),
            by_group,
            caption=t("{theme}: by group", theme=t(theme.title)),
            stack=False,
        )
        parts.append(
            Markup('<details class="numbers"><summary>{}</summary>{}</details>').format(
                t("The same, group by group"), inner
            )
        )
    return Markup().join(parts)


def _in_order(table, order: dict[str, int]):
    ranked = table.labelled(
        "rank", "indicator_id", {k: f"{v:02d}" for k, v in order.items()}
    )
    return ranked.sorted_by(["rank"])


def _periods(column) -> dict[str, str]:
    """A whole year as a year; other periods as they are written."""
    words = {}
    for period in column.astype(str).unique():
        first, _, last = period.partition("/")
        whole = first.endswith("-01") and last.endswith("-12") and first[:4] == last[:4]
        words[period] = first[:4] if whole else period.replace("/", "–") or NONE
    return words


def _unheard(evidence: Evidence) -> Markup:
    """Which splits nobody can make, because nobody asked (draft:11)."""
    words = {"sex": t("sex"), "age": t("age"), "disability": t("disability")}
    absent = [words[name] for name in evidence.results.get("unheard", [])]
    lines = []
    if absent and evidence.has.get("survey"):
        lines.append(
            t(
                "The survey does not say who answered by {splits}: no figure can speak of these groups.",
                splits=listing(absent),
            )
        )
    found: Measured = evidence.results["indicators"]
    asked: dict[str, list[bool]] = {}
    for f in found.figures:
        if f.source == "survey" and f.group != EVERYONE:
            asked.setdefault(f.group, []).append(f.measured)
    few = [
        themes.group_words(g)
        for g, shown in asked.items()
        if 2 * sum(shown) < len(shown)
    ]
    if few:
        lines.append(
            t(
                "Too few answered for most figures of: {groups}. A larger sample of them would give these.",
                groups=listing([g[0].lower() + g[1:] for g in few]),
            )
        )
    return prose(*lines) if lines else Markup()


def _missing(evidence: Evidence, found: Measured) -> Markup:
    """What has no figure, by the table that would give it one."""
    absent = [
        f
        for f in found.figures
        if f.group == EVERYONE
        and not f.measured
        and f.indicator_id not in found.measured
    ]
    if not absent:
        return Markup()
    by_table: dict[str, list[Figure]] = {}
    for f in absent:
        by_table.setdefault(outcomes.tables()[f.indicator_id], []).append(f)
    rows = []
    for name, lines in by_table.items():
        about = contract(name)
        by_reason: dict[str, list[str]] = {}
        for f in lines:
            why = themes.reason(f.status, f.needs, f.definition)
            by_reason.setdefault(why, []).append(f.definition.name)
        said = Markup("<br>").join(
            Markup("<b>{}</b> {}").format(why, "; ".join(names) + ".")
            for why, names in by_reason.items()
        )
        how = t(about.get("how_to_collect", ""))
        only = all(f.status == BY_AREA for f in lines)
        rows.append([t(about["title"]), said, NONE if only or not how else how])
    inner = tables.text_table(
        [t("Table"), t("Indicators without a figure"), t("How to get it")],
        rows,
        caption=t("Indicators that have no figure yet"),
        stack=True,
    )
    share = percent(len(absent) / len({f.indicator_id for f in found.figures}))
    head = Markup('<div class="prose"><h3>{}</h3><p>{}</p></div>').format(
        t("Not measured yet"),
        tn(
            "{n} indicator ({share} of the catalogue) has no figure. None is worth a survey of its own; the list "
            "says which table would give several at once.",
            "{n} indicators ({share} of the catalogue) have no figure. The list says which table would give several "
            "of them at once.",
            len(absent),
            share=share,
        ),
    )
    return head + Markup(
        '<details class="numbers print-keep"><summary>{}</summary>{}</details>'
    ).format(t("Indicators without a figure, and how to get one"), inner)
