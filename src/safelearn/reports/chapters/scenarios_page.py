"""The page of the template `scenarios`: papers for those who lead a workshop on the city's future.

Ranges come from released figures of the past and say so; the stories, the choice and the vision are people's. The page
serves draft:25(a) and draft:25(o).3b, and opens the inventory of practices and tools (draft:25(j), draft:25(l)).
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import day, listing, percent, t, tn
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.futures import name_of
from safelearn.reports.page import figure, fold, heading, prose
from safelearn.strategy.practices import QUESTIONS, inventory, search
from safelearn.strategy.scenarios import Driver
from safelearn.strategy.stocktake import level_name
from safelearn.views import charts, marks, tables


def scenarios(evidence: Evidence) -> Markup:
    """The sections of the page."""
    parts = [_futures, _corners, _votes, _vision, _elsewhere]
    return Markup().join(part(evidence) for part in parts)


def _futures(evidence: Evidence) -> Markup:
    lead = t(
        "Each bar is a range: where the figure may lie if the pace of the past years goes on. What would break that "
        "pace (a new law, a crisis, a programme that works) is in no bar; name it yourselves."
    )
    refused = evidence.refused_here.get("drivers")
    if refused:
        return heading("futures", lead) + marks.refusal(refused.what, refused.remedy)
    if "drivers" not in evidence.tables:
        return heading("futures", lead) + marks.cards([_no_figures()])
    table = evidence.tables["drivers"]
    first, _ = evidence.results["scenario_drivers"]
    begin, end, years = first.years
    drawn = figure(
        evidence,
        charts.ranges(
            table,
            unit=t("Times the figure of {year}", year=str(end)),
            label="driver_name",
            value="later",
            lower="later_lower",
            upper="later_upper",
            mark=None,
            reference=(1.0, t("as now")),
        ),
        title=_title(table),
        unit=t(
            "Where each figure may lie in {horizon}, compared with the last year: 95% prediction range from a line "
            "through whole years. Figures in order of code: this is not a ranking.",
            horizon=str(first.horizon),
        ),
        period=t("{begin} to {end}", begin=str(begin), end=str(end)),
        n=tn("{n} whole year", "{n} whole years", years),
        denominator=t("the fitted figure of the last year"),
        numbers=tables.table(
            table,
            [
                tables.Column(t("Figure"), "driver_name"),
                tables.Column(t("Each year times"), "pace", "ratio"),
                tables.Column(t("95% interval"), ("pace_lower", "pace_upper"), "ratio"),
                tables.Column(t("In the later year times"), "later", "ratio"),
                tables.Column(t("95% range"), ("later_lower", "later_upper"), "ratio"),
                tables.Column(t("Direction"), "tendency", words=_directions()),
            ],
            caption=t("Figures that may go on as they went"),
        ),
    )
    return heading("futures", lead) + drawn + _left_out(evidence)


def _directions() -> dict[str, str]:
    return {
        "rising": t("rising"),
        "falling": t("falling"),
        "either way": t("may go either way"),
    }


def _title(table) -> str:
    """Which figures have a clear direction."""
    frame = table.frame
    clear = frame[frame["tendency"] != "either way"]
    if clear.empty:
        return t("Each of these figures may go either way")
    names = listing([str(name) for name in clear["driver_name"]])
    return tn(
        "One figure has a clear direction: {names}; the others may go either way",
        "{n} figures have a clear direction: {names}; the others may go either way",
        len(clear),
        names=names,
    )


def _left_out(evidence: Evidence) -> Markup:
    left = evidence.results.get("no_drivers") or {}
    if not left:
        return Markup()
    table = tables.text_table(
        [t("Figure"), t("Why it is not carried forward")],
        [[name, why] for name, why in sorted(left.items())],
        caption=t("Figures that are not carried forward"),
    )
    return fold(t("Figures that are not carried forward"), table)


def _no_figures() -> Markup:
    return marks.not_measured(
        t("Drivers from the city's own figures"),
        t("Four scenarios begin with what the city knows to be uncertain."),
        t("Import records of at least four whole years."),
        t("For each figure, the range in which it may lie some years from now."),
        t("Incidents, or the table `{table}`", table="statistics").replace("`", ""),
        t("Guidelines {clause}", clause="draft:25(o).3b"),
    )


def _corners(evidence: Evidence) -> Markup:
    lead = t(
        "Two uncertain figures, each at one of its ends, make four cities. None is a forecast and none is a plan: they "
        "are for talking about what would be good, for whom, and what to do in all four."
    )
    if "scenarios" not in evidence.tables:
        return heading("scenarios", lead) + _steps()
    one, two = evidence.results["scenario_drivers"]
    rows = [
        [row.scenario, _end(one, row.first_end), _end(two, row.second_end)]
        for row in evidence.tables["scenarios"].frame.itertuples()
    ]
    table = tables.text_table(
        [t("Scenario"), name_of(one.driver), name_of(two.driver)],
        rows,
        caption=t("Four scenarios for {year}", year=str(one.horizon)),
        label=evidence.next_table(),
        note=t(
            "The two figures with most events between their ends. To take others, name their codes in the parameter "
            "`drivers`."
        ).replace("`", ""),
    )
    return heading("scenarios", lead) + table + _steps()


def _end(driver: Driver, end: str) -> str:
    change = getattr(driver, end) / driver.now - 1
    said = percent(abs(change))
    if change < 0:
        return t("{share} less than in {year}", share=said, year=str(driver.years[1]))
    return t("{share} more than in {year}", share=said, year=str(driver.years[1]))


def _steps() -> Markup:
    steps = [
        t("Tell each of the four as a day in the life of three different people."),
        t("Ask of each: who is safer, who is less free, who is not in the story?"),
        t("Write down what you would do in all four: that is where a strategy begins."),
        t("Write down what must not happen in any: that is where rights come in."),
        t("Let every group vote on paper, and count by group."),
    ]
    items = Markup().join(Markup("<li>{}</li>").format(step) for step in steps)
    return Markup('<div class="prose"><ol>{}</ol></div>').format(items)


def _votes(evidence: Evidence) -> Markup:
    if "scenario_votes" not in evidence.tables:
        card = marks.not_measured(
            t("The vote on the scenarios"),
            t("A vision that few chose is not the city's."),
            t(
                "After the workshop write the papers into the table of ballots, with the kind: scenarios."
            ),
            t("What each group chose, each group counted once."),
            t("Sheet `{table}` of city.xlsx", table="ballots").replace("`", ""),
            t("Guidelines {clause}", clause="draft:25(a)"),
        )
        return heading("votes") + marks.cards([card])
    held = evidence.results["scenario_votes"]
    by_group = tables.table(
        evidence.tables["scenario_votes"],
        [
            tables.Column(t("Group"), "group", words=words("ballots", "group")),
            tables.Column(t("Scenario"), "option"),
            tables.Column(t("Votes"), "n", "count"),
            tables.Column(t("Share of the group"), "share", "share"),
        ],
        caption=t("What each group chose"),
        label=evidence.next_table(),
        note=t(
            "Shares have no interval: those who came are counted, not sampled, and do not speak for those who did not."
        ),
    )
    said = t("Every group put the same scenario first.")
    if not held["agreed"]:
        said = t("Groups did not all put the same scenario first: talk about why.")
    on = t("Voted on {day}.", day=_day(held["held_on"]))
    return heading("votes", said) + by_group + prose(on)


def _day(text: str) -> str:
    from datetime import date

    return day(date.fromisoformat(text))


def _vision(evidence: Evidence) -> Markup:
    refused = evidence.refused_here.get("vision")
    if refused:
        return heading("vision") + marks.refusal(refused.what, refused.remedy)
    if "vision" not in evidence.results:
        card = marks.not_measured(
            t("The vision, read against rights"),
            t("A vision may promise safety to some by taking rights from others."),
            t(
                "Write the vision into the file vision.md in the city's folder; under it, a line for each right, such "
                "as: work: protects."
            ),
            t("For each right, where the text may name it and what readers answered."),
            t("The file {file}", file="vision.md"),
            t("Guidelines {clause}", clause="draft:26(f)(ii).1"),
        )
        return heading("vision") + marks.cards([card])
    text, found = evidence.results["vision"]
    states = {
        "held": t("held"),
        "named only": t("only named"),
        "silent": t("silent"),
        "limited": t("limited"),
        "to be read": t("to be read"),
    }
    rows = [
        [row.name, row.question, row.found, states[row.state], row.source]
        for row in found.rights.itertuples()
    ]
    lead = t("Every right was read, and none is limited or passed over.")
    if not found.complete:
        lead = t("Not every right has been read yet: words only show where to look.")
    elif not found.holds:
        lead = t("Some rights are limited or passed over in silence.")
    quote = Markup('<div class="prose"><blockquote>{}</blockquote></div>').format(text)
    table = tables.text_table(
        [
            t("Right"),
            t("Question to the text"),
            t("Words found"),
            t("Read as"),
            t("Source"),
        ],
        rows,
        caption=t("The vision, right by right"),
        label=evidence.next_table(),
    )
    warning = ""
    if found.limits:
        warning = t(
            "These words often take rights away; look at each: {names}.",
            names=listing(list(found.limits)),
        )
    return heading("vision", lead) + quote + prose(warning) + table


def _elsewhere(evidence: Evidence) -> Markup:
    lead = t(
        "A small inventory: each row was read in its source, and says how much of it. Figures stand as the source "
        "prints them. Texts are in English."
    )
    found = inventory()
    practices, tools = (search(found, kind=k) for k in ("practice", "community_tool"))
    studied = tables.text_table(
        [
            t("Practice"),
            t("What it addresses"),
            t("What the source prints"),
            t("Design"),
            t("To think of before you copy"),
        ],
        [
            [
                _said(_name(row)),
                _said(row.addresses),
                Markup("{}<br>{}").format(_said(row.printed), _source(row)),
                level_name(int(row.sms_level)),
                _said(row.transfer),
            ]
            for row in practices.itertuples()
        ],
        caption=t("Practices that were studied, the strongest design first"),
        label=evidence.next_table(),
        note=t("Design by the Maryland scale of Sherman and others (1997)."),
    )
    kit = tables.text_table(
        [
            t("Tool"),
            t("How it works"),
            t("Licence"),
            t("What it takes for the whole city"),
            t("Source"),
        ],
        [
            [
                _said(_name(row)),
                _said(row.mechanism),
                _said(row.licence) if row.licence else t("not known: ask"),
                _said(row.scale_condition),
                _source(row),
            ]
            for row in tools.itertuples()
        ],
        caption=t("Tools that communities can take over"),
        label=evidence.next_table(),
    )
    asked = Markup().join(
        Markup("<li>{}</li>").format(t(q)) for q in QUESTIONS.values()
    )
    questions = Markup('<div class="prose"><p>{}</p><ol>{}</ol></div>').format(
        t("Before anything is taken over, answer these:"), asked
    )
    return heading("elsewhere", lead) + studied + kit + questions


def _said(text: str) -> Markup:
    """A text of the inventory, which stays in English whatever the language of the page."""
    return Markup('<span lang="en">{}</span>').format(text)


def _name(row) -> str:
    where = ", ".join(str(part) for part in (row.city, row.country) if part)
    return f"{row.name} ({where})" if where else row.name


def _source(row) -> Markup:
    read = {
        "full text": t("read: full text"),
        "abstract": t("read: abstract"),
        "excerpt": t("read: excerpt"),
    }
    return Markup('<a href="{}" lang="en">{}</a> ({})').format(
        row.address, row.source, read[row.read]
    )
