"""What the words and measures of a report mean, for its annex: plain sentences, each with its source.

Definitions stand here once, so that the report of every city gives the same. A measure is listed if its table is in the
report; the glossary always is.
"""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.language import mark


@dataclass(frozen=True)
class Definition:
    """One measure: its name, how it is computed, who described it, and tables of the report that hold it."""

    name: str
    how: str
    source: str
    tables: tuple[str, ...]


MEASURES = (
    Definition(
        mark("Rate"),
        mark("Events divided by residents and years, times 100,000; interval of Byar."),
        mark("Breslow and Day 1987"),
        ("rates_by_area",),
    ),
    Definition(
        mark("Smoothed rate"),
        mark(
            "A weighted mean of an area's rate and the city's; the fewer the residents, the more the city's counts."
        ),
        mark("Marshall 1991, with the interval of Kass and Steffey 1989"),
        ("smoothed_rates_by_area",),
    ),
    Definition(
        mark("Unstable"),
        mark("Fewer than 16 events, or a standard error above a quarter of the rate."),
        mark("State Cancer Profiles, United States"),
        ("rates_by_area",),
    ),
    Definition(
        mark("Concentration"),
        mark(
            "Generalised Gini coefficient: 0 spread evenly, 1 all in one place, corrected for few events."
        ),
        mark("Bernasco and Steenbeek 2017"),
        ("concentration",),
    ),
    Definition(
        mark("Season"),
        mark(
            "Monthly counts per day against twelve months of the year and a trend; one test of all months together."
        ),
        mark("McCullagh and Nelder 1989"),
        ("season",),
    ),
    Definition(
        mark("Change"),
        mark(
            "Ratio of events per day in two periods; a verdict only if the whole interval lies on one side of 1."
        ),
        mark("Przyborowski and Wilenski 1940"),
        ("counts_by_offence",),
    ),
    Definition(
        mark("Figures of the survey"),
        mark(
            "Weighted shares of all who were asked, with intervals that know of strata, blocks and weights."
        ),
        mark("Binder 1983; Lumley 2004"),
        ("groups", "safe_by_sex", "safety"),
    ),
    Definition(
        mark("Borda count"),
        mark(
            "On each paper an option has as many points as there are options behind it; options left out share the "
            "places that are left. Shown as a share of the most points."
        ),
        mark("Borda 1784; Gärdenfors 1973; Cullinan, Hsiao and Polett 2014"),
        ("priorities_by_group",),
    ),
    Definition(
        mark("Kendall's W"),
        mark(
            "Agreement of several rankings, from 0 (none) to 1 (the same order), corrected for ties."
        ),
        mark("Kendall and Babington Smith 1939"),
        ("priorities_by_group",),
    ),
    Definition(
        mark("Groups differ clearly"),
        mark(
            "Mean places of the groups lie further apart than in 95 of 100 groupings of the same papers by lot."
        ),
        mark("Anderson 2001"),
        ("disagreement_by_area",),
    ),
    Definition(
        mark("Days until half are answered"),
        mark(
            "Median wait, with demands that still wait counted for as long as they do."
        ),
        mark("Kaplan and Meier 1958"),
        ("demands_by_topic",),
    ),
    Definition(
        mark("Need for services"),
        mark(
            "Mean of the sources' standard scores; a class only where nine in ten repetitions agree that the area is "
            "in the third with most need (first), in the first two thirds (also), or outside the first third (as "
            "elsewhere)."
        ),
        mark("Goldstein and Spiegelhalter 1996; Saisana, Saltelli and Tarantola 2005"),
        ("need_by_area",),
    ),
    Definition(
        mark("Kinds of areas"),
        mark(
            "Whether harm, conditions of life or fear lie more than half a standard deviation above the city's mean."
        ),
        mark("Rules of this report; steadiness by Hubert and Arabie 1985"),
        ("kinds_of_areas",),
    ),
)

GLOSSARY = (
    (
        mark("Area"),
        mark("The lowest administrative unit for which the city has figures."),
    ),
    (
        mark("Recorded offence"),
        mark(
            "What somebody reported and the police wrote down: not all that happened."
        ),
    ),
    (
        mark("Interval"),
        mark(
            "The range that a repeated measurement would be expected to cover 19 times in 20."
        ),
    ),
    (
        mark("Hidden to protect people"),
        mark(
            "So few people that somebody could be recognised, or what would give such a number away."
        ),
    ),
    (
        mark("Smoothed"),
        mark("Drawn towards the city's figure, because few events say little."),
    ),
    (
        mark("Fear"),
        mark("Feeling unsafe when walking alone after dark, whatever happens there."),
    ),
    (
        mark("Association"),
        mark("Two things that go together; neither need cause the other."),
    ),
    (mark("Weight"), mark("How many people an answer in a survey stands for.")),
    (
        mark("Indicator"),
        mark("A figure that is measured the same way again, to see what changed."),
    ),
    (mark("Baseline"), mark("The figure before anything was done.")),
    (
        mark("Protective factor"),
        mark("What makes harm less likely: light, company, school, work."),
    ),
    (
        mark("Informal settlement"),
        mark("Homes without papers or plan; the people in them count like all others."),
    ),
    (
        mark("ICCS"),
        mark("The international classification of crime for statistical purposes."),
    ),
)

#: Which clauses each section of the report serves, by the draft's numbering.
SERVES = {
    "changed": ("draft:22", "draft:25(d).7"),
    "basis": ("draft:18", "draft:25(d).0", "draft:25(d).6"),
    "city": ("draft:5.2", "draft:15.3", "draft:16.1"),
    "offences": ("draft:25(d).1",),
    "where": ("draft:25(d).2",),
    "who": ("draft:11", "draft:25(d).1"),
    "perception": ("draft:5.1", "draft:25(d).4"),
    "reporting": ("draft:5.1", "draft:26(e).4"),
    "groups": ("draft:25(d).5", "draft:26(c).1", "draft:26(c).2", "draft:26(c).3", "draft:26(c).4", "draft:26(c).5"),
    "places": ("draft:26(d).2", "draft:26(f)(i).2", "draft:26(f)(i).3", "draft:26(f)(i).4"),
    "causes": ("draft:25(d).2b", "draft:25(d).3", "draft:5.3"),
    "priorities": ("draft:25(f)", "draft:25(d).3", "draft:26(b)"),
    "indicators": ("draft:25(g)", "draft:26(a)"),
    "harm": ("draft:12", "draft:26(f)(ii).9"),
    "care": ("draft:26(f)(ii).10",),
    "validation": ("draft:15.2",),
}  # fmt: skip
