# %% [markdown]
# # 9. Priorities and indicators: what matters most, and how would we know?
#
# In May 2025 people in Puerto Sereno met in six neighbourhoods. Each got a sheet of paper with six options and wrote down
# which should come first, second, third and fourth. The money is enough for one of them this year.
#
# Which one? Three offices have counted the same papers. Each has counted correctly, and they give three different answers.
#
# And if the council takes one of them: how would anybody know in three years that it helped?
#
# **At the end you can**
# - count rankings by group and by area, and say what a few papers cannot tell apart;
# - say how far people agree, with one number and its test;
# - find an indicator of what people live through, instead of what an office does;
# - write a target that can be judged, and judge one;
# - see what a target does to those who are measured by it.
#
# You need module 5: chance and intervals. Take about three hours.
#
# > **Before you read on.** One option of the ballot is help for survivors of violence at home, and some indicators speak of violence and robbery.
# > There are numbers and names of indicators only; nobody's story is told. The assignment is about lamps, buses, purses and bicycles.
#
# > Puerto Sereno does not exist. Its streets, its people and its papers are invented.

# %% [markdown]
# ## Three right answers
#
# We open the city's folder. The table `ballots` has one row for each option on each paper. Here is one paper:

# %%
import numpy as np
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
ballots = city.table("ballots")
ballots = ballots[ballots["ballot_id"] == "R2025"]

ballots[ballots["paper_id"] == "N001"][["group", "paper_id", "option", "rank"]]

# %% [markdown]
# A paper says to which group the person belongs, and nothing else about the person.
# How many papers came from each group?

# %%
ballots.groupby("group")["paper_id"].nunique()

# %% [markdown]
# And these are the three counts.

# %%
from safelearn.strategy.ballots import read_papers
from safelearn.strategy.priorities import borda

papers = read_papers(ballots)
women = papers.only(papers.group == "women")

together = borda(papers).set_index("option")
counts = pd.DataFrame(
    {
        "first places": ballots[ballots["rank"] == 1]["option"].value_counts(),
        "points": together["points"],
        "points of women": borda(women).set_index("option")["points"],
    }
)

pictures.three_counts(counts)

# %% [markdown]
# (In this lesson you read more than you write. Where a cell is long, run it, look at what comes out, and read on.
# The few moves that the assignment asks of you are shown slowly at the end.)
#
# - The mayor's office counts **first places**: *safe stops and buses*.
# - The observatory counts **points** for all places: *light on the way home*.
# - The women's federation counts points on the papers of **women**: *one door for survivors*, which has fewest first places of all.
#
# **Write down which you would pay for, and why.** At the end we come back to this picture.

# %% [markdown]
# ## 1. From a place to points
#
# First, where do the points come from? An option gets as many points on a paper as there are options behind it.
# The first of six has five behind it, the last has none. Then we divide by five, so that everything lies between 0 and 1.
#
# By hand, for the paper that you saw. It ranks four of the six. The other two share what is left: the fifth and the sixth place,
# so each has place 5½.

# %%
paper = pd.DataFrame(
    {"place": [1, 2, 3, 4, 5.5, 5.5]},
    index=["survivors", "light", "buses", "fields", "guards", "repairs"],
)
paper["points"] = (6 - paper["place"]) / 5
paper

# %% [markdown]
# This way of counting is called the **Borda count**. The mean over all papers is the option's score.
#
# Why not simply give nothing to options that are left out? On paper, three people and three options:
#
# | | wrote | nothing for the rest | the rest shares |
# |---|---|---|---|
# | Ana | light first, buses second | light 1, buses ½ | the same |
# | Ben | light first | light 1 | light 1, buses ¼, fields ¼ |
# | Chi | fields first, buses second | fields 1, buses ½ | the same |
#
# Where the rest gets nothing, Ben's paper gives away 1, and the others give away 1½. Whoever writes less would have less say.
# Where the rest shares, each paper gives away the same.
#
# Now all papers by the library. `lower` and `upper` are the ends of the 95 % interval.

# %%
together[["n", "points", "lower", "upper", "place", "first"]].round(2)

# %% [markdown]
# Look at the column `first`. It marks every option that **cannot be told apart** from the leading one:
# with other people in the room, on another evening, it might have led. Here there are four of six.
#
# So "light comes first" says too much. "One of these four" is what the papers say, all taken together.
#
# **Rule 1. Every paper has the same say. And a first place is a set: name all that may be first.**

# %% [markdown]
# ## 2. Who came, and who lives here
#
# *All taken together* is a strange crowd. The organisers invited every group to every meeting, so each sent about as many papers.
# But do they live here in equal numbers?

# %%
from safelearn.city.group_sizes import group_shares

share_of_residents = group_shares(city.table("population"), city.table("areas"))
share_of_papers = pd.Series(papers.group).value_counts(normalize=True)

who = pd.DataFrame({"papers": share_of_papers, "residents": share_of_residents})
(100 * who.dropna()).round(0)

# %% [markdown]
# (In per cent. Groups overlap: a young woman is counted twice among the residents, and voted once, in the group that she chose.)
#
# Residents of the informal settlements sent a fifth of the papers and are three of a hundred residents.
# That was on purpose: otherwise nobody would have heard them. But then no sum over all papers is "the city".
#
# By hand, what difference that makes. An evening with 40 papers of older people and 10 of younger ones, and what *guards* got from each:

# %%
evening = pd.DataFrame(
    {"papers": [40, 10], "residents": [16, 84], "guards": [0.7, 0.2]},
    index=["older people", "everybody else"],
)

for weight in ["papers", "residents"]:
    share = evening[weight] / evening[weight].sum()
    print(f"guards, weighted by {weight}: {(share * evening['guards']).sum():.2f}")

# %% [markdown]
# By papers, *guards* is far ahead of the middle; by residents, far behind it. Neither is wrong.
# The first says what was in the room. The second says what the city would have written, *if* those who came are like those who did not.
#
# **Rule 2. Print who came beside what came first. And do not add groups up before you have looked at each.**

# %% [markdown]
# ## 3. Each group for itself
#
# So the library counts group by group. The larger the dot, the more points. Orange: may be first in this group.

# %%
from safelearn.strategy.priorities import prioritise

found = prioritise(papers)

pictures.groups(found.by_group)

# %% [markdown]
# Read it row by row.
#
# - For **young people** it is clear: fields and trainers, and nothing else.
# - For **women** there are three, and *one door for survivors* is among them. For nobody else is it.
# - *Guards* are among the first for **men** and for **older persons**, and last or nearly last for everybody else.
# - *Safe stops and buses*, the mayor's winner, has most points in **no group**.
#
# No option is orange in all five rows. That is the finding, and no sum over all papers would have shown it.
#
# Try it yourself with the exercise below: another, invented evening with 22 papers. In a page without a running notebook you see only how it begins:
# nineteen papers are counted, and three of young people wait, because groups with fewer than five papers are not shown.
# Vote twice as a young person, and hand the papers in: what happens to "most points of all papers", and what to the groups?

# %%
from safelearn.reports import widgets

widgets.ballot()

# %% [markdown]
# The young people appear as a group of their own, and the first place of "all papers together" begins to move with every paper.
# The other groups' rows stay as they are.
#
# **Rule 3. Groups first. "The city wants" is a sentence that needs proof.**

# %% [markdown]
# ## 4. How far do people agree?
#
# Five people, three options, by hand. The places that each gave:

# %%
five = pd.DataFrame(
    {"light": [1, 1, 2, 1, 1], "buses": [2, 3, 1, 2, 2.5], "fields": [3, 2, 3, 3, 2.5]},
    index=["Ana", "Ben", "Chi", "Dee", "Eli"],
)
five.loc["sum"] = five.sum()
five

# %% [markdown]
# Look at the sums. If all five had the same order, they would be 5, 10 and 15: far apart.
# If nobody agreed with anybody, all three would be about 10.
#
# So the *spread of the sums* measures agreement. **Kendall's W** is that spread, divided by the largest possible one.
# It goes from 0 (no common order) to 1 (all have the same).
#
# How far does each sum lie from 10? Square it, and add up:

# %%
spread = ((five.loc["sum"] - 10) ** 2).sum()
largest = (5 - 10) ** 2 + (10 - 10) ** 2 + (15 - 10) ** 2

print(f"{spread} of {largest}: {spread / largest:.2f}")

# %% [markdown]
# One correction is missing. Eli wrote light first and *nothing else*: buses and fields are **tied**, at 2½ each.
# Whoever ties cannot agree about what is tied, so the largest possible spread is a little smaller. The library knows:

# %%
from safelearn.strategy.concordance import kendall_w

agreed = kendall_w(five.drop("sum"))

print(f"W = {agreed.w:.2f}")

# %% [markdown]
# A little more than by hand. With papers on which most options are left out, the difference is large: always take the corrected one.
#
# And Puerto Sereno? Here is W for all papers and for each group. The grey band: what 217 papers give that were filled in **by lot**.

# %%
dice = np.random.default_rng(9)
lots = [kendall_w(dice.permuted(papers.places, axis=1)).w for _ in range(100)]

pictures.agreement(found.all_papers, found.within, np.array(lots))

# %%
whole = found.all_papers

print(f"W = {whole.w:.3f}, p value {whole.p_value:.5f}, {whole.papers} papers")
print(f"mean correlation of two papers: {whole.mean_correlation:.3f}")

# %% [markdown]
# (The *correlation* of two papers is 1 if they have the same order, −1 if they have the opposite one, and 0 if they have nothing in common.
# Its mean over all pairs says the same as W in another way. The *p value* is how often pure chance would give a W as large as this.)
#
# The p value is tiny. Many reports write here: "The agreement is highly significant." It is nonsense.
#
# The p value asks: *are the papers pure chance?* They are not; the dot lies beyond the grey band.
# W asks: *how far do people agree?* Hardly at all. What one person writes says next to nothing about what the next one writes.
# With two hundred papers, even a hardly visible agreement has a tiny p value.
#
# Within the groups W is several times as large. People agree more with people like them, and even there not much.
#
# **Rule 4. A small p value is not agreement. Print W, on its whole scale from 0 to 1.**

# %% [markdown]
# Do the *groups* differ, or is it only that few papers always look a little different? A test without any formula:
# shuffle all papers, deal them out to five groups of the same sizes, and look how far the dealt groups lie apart. Five hundred times.
#
# (The next cell is long. It does what that sentence says; look at its picture, and read the code another day.)

# %%
groups = papers.group.astype(str)
middle = papers.places.mean(axis=0)


def apart(group):
    """How far the groups' mean places lie from those of all papers."""
    total = 0
    for name in np.unique(group):
        mine = papers.places[group == name]
        total += len(mine) * ((mine.mean(axis=0) - middle) ** 2).sum()
    return total


dealt = np.array([apart(dice.permutation(groups)) for _ in range(500)])

pictures.by_lot(dealt, apart(groups))

# %% [markdown]
# No deal comes near. The groups *do* want different things. The library did the same when it counted the groups; its `distance`
# says how far: the share of all pairs of options that two groups put in opposite order, on average.

# %%
print(f"p value {found.groups.p_value}, distance {found.groups.distance:.2f}")

for pair, distance in found.groups.pairs.items():
    if distance > 0.75 or distance < 0.25:
        print(f"{pair[0]} and {pair[1]}: {distance:.2f}")

# %% [markdown]
# At 0 two groups have the same order, at 1 the opposite. Young people and older persons are nearly opposite;
# young people and residents of the informal settlements are close. That is where to look for allies.

# %% [markdown]
# ## 5. Smaller places
#
# The Guidelines ask what matters most **in each small area**, according to each actor (clause 25(f)).
# How far do our papers reach?

# %%
areas = city.table("areas")
parents = areas.set_index("area_id")["parent"].astype(str).to_dict()

with_papers = len(set(papers.area))
print(f"{with_papers} of {len(areas)} neighbourhoods have papers.")

# %% [markdown]
# One meeting in each of six districts. About the other neighbourhoods we know nothing, and we say so.
# As every district had one meeting, we may speak of districts, carefully.
#
# `borda_by` counts each group in each district. It leaves out every group with fewer than five papers there:
# their order would be chance, and their neighbours would know who they are.

# %%
from safelearn.strategy.priorities import borda_by

by_district = papers.within(parents)
cells = borda_by(by_district, ["area", "group"])

pictures.first_by_area(cells)

# %% [markdown]
# In each cell stands the option with most points, and how many others may be first as well. Grey: all six may be; these papers say nothing about order.

# %%
may_be_first = cells.groupby(["area", "group"])["first"].sum()

print("cells:", len(may_be_first))
print("one option stands alone:", (may_be_first == 1).sum())
print("all six may be first:", (may_be_first == 6).sum())

# %% [markdown]
# In not one cell does an option stand alone. Five to nine papers do not carry *one* first place,
# and a table that prints only the upper line of each cell might read quite differently after another evening.
#
# What can be done with so few? Ask a smaller question: *do the groups in this district differ at all?* That takes all its papers together.

# %%
from safelearn.strategy.priorities import disagreement_by_area

districts = disagreement_by_area(by_district)

districts[["area", "n", "groups", "distance", "clear"]]

# %% [markdown]
# In five of six districts the groups clearly differ. There a meeting should put their lists side by side, and not vote over them.
# In Ribera Norte the papers do not show a difference. (That is not the same as agreement.)
#
# **Rule 5. The smaller the place, the fewer the papers, the smaller the question. Below five papers, none.**

# %% [markdown]
# ## 6. How would we know that it helped?
#
# Suppose the council pays for light. Three years later the head of public works reports: *400 lamps mended, all money spent.*
# Is anybody safer?

# %%
pictures.chain()

# %% [markdown]
# Money is an **input**. Lamps mended are an **output**: what an office does. Walking home without fear is an **outcome**: what people live through.
#
# Offices like to count outputs, because they can promise them. People did not ask for lamps as such. They asked for their way home.
#
# The library has a catalogue of 62 indicators. For a topic it names those that are *outcomes*:

# %%
from safelearn.guidelines.catalogue import indicator
from safelearn.indicators.outcomes import indicators_for

for code in indicators_for("lighting"):
    print(code, "-", indicator(code).name)

print("not among them: street_lighting -", indicator("street_lighting").name)

# %% [markdown]
# For our six options, `covered` looks up the outcomes and says which of them are measured. We ask three times:
# with police records only, with the survey, and with the twelve targets that the city has written down.
# "Yes" means: at least one outcome of it is there.

# %%
from safelearn.indicators.outcomes import covered, tables

targets = city.table("targets")
options = list(papers.names.values())
sources = {
    "police records": [
        code for code, table in tables().items() if table == "incidents"
    ],
    "survey": [code for code, table in tables().items() if table == "survey"],
    "the city's targets": list(targets["indicator_id"]),
}

coverage = pd.DataFrame(
    {
        name: ["yes" if one.complete else "-" for one in covered(options, measured)]
        for name, measured in sources.items()
    },
    index=options,
)
coverage

# %% [markdown]
# - In police records **none** of the six outcomes can be seen. People asked for things that no police file counts.
# - The survey says something about all six.
# - The city's own targets reach two. For the other four, nobody has written down what should become better.
#
# It is not that somebody was lazy. The targets were written by departments, before the ballot, for what departments do.
#
# **Rule 6. For each priority at least one outcome that is measured. Where there is none, that is the first thing to say.**

# %% [markdown]
# Safety is tied to eight of the United Nations' global goals (clause 26(a)), and not only to the goal on cities.
# `by_goal` sorts indicators by the goals that they speak to. Above, the whole catalogue; below, the city's twelve targets.

# %%
from safelearn.guidelines.catalogue import by_goal

chosen = tuple(indicator(code) for code in targets["indicator_id"])

pictures.goals(by_goal(), by_goal(chosen))

# %% [markdown]
# In the computer it is a dictionary: to each goal belongs a list of codes. With `.items()` you go through it, goal by goal.

# %%
for goal, codes in by_goal(chosen).items():
    print(goal, len(codes), ", ".join(codes))

# %% [markdown]
# An empty circle is a finding too: nothing on schools, nothing on work, and nothing on the goal for cities itself.
# Nobody has to fill all eight. Somebody should know that they are empty.

# %% [markdown]
# ## 7. A target that can be judged
#
# Clause 24(c) wants priorities, objectives, targets and means. A target is more than a wish. Five letters help to remember what it needs:
#
# | letter | asks |
# |---|---|
# | **S**pecific | what, for whom, in which unit? |
# | **M**easurable | is there a baseline? Is the step larger than what the interval hides? |
# | **A**chievable | who answers for it, with what money, and which measure works towards it? |
# | **R**elevant | who asked for it? |
# | **T**ime-bound | by when, and do the measures end before that? |
#
# By hand, for two of the city's targets (`.T` turns the table on its side):

# %%
two = targets[targets["target_id"].isin(["X02", "X09"])]
shown = ["objective", "group", "baseline", "target", "due_on", "owner", "budget"]

two.set_index("target_id")[shown].T

# %% [markdown]
# Both have everything filled in. Are both good?
#
# Look at the step. X02 goes from 45 to 58. X09 goes from 44.3 to 45: less than one in a hundred. What does the survey see?
# `estimate` gives an indicator with its interval. We keep each as a `Figure`: a value that knows what it is about.

# %%
from safelearn.indicators.figures import Figure
from safelearn.indicators.from_survey import estimate

survey = city.table("survey")


def asked(code, group="everyone", where=None):
    """An indicator of the survey of 2025, in per cent."""
    one = estimate(survey, code, where=where)
    ends = 100 * one.value, 100 * one.lower, 100 * one.upper
    return Figure(
        code,
        *ends,
        n=one.n,
        group=group,
        period="2025",
        source="survey",
        precision="interval",
    )


of_women = (survey["sex"] == "female").to_numpy()
safe = asked("feels_safe_after_dark", "women", of_women)
say = asked("inclusive_decisions_belief")

for one in (safe, say):
    print(f"{one.indicator_id}: {one.value:.1f} ({one.lower:.1f} to {one.upper:.1f})")

# %% [markdown]
# The interval of the second reaches two points to either side. A step of 0.7 points cannot be seen: if the next survey says 45, it was luck,
# and if it says 44, it was bad luck. X02's step of 13 points is far larger than its interval.
#
# Now all twelve. The next cell collects a few more figures from the survey and from the police records, and lets the library look
# what each target lacks. (`safelearn diagnose` does that for all 62 indicators. Here, read the output and not the code.)

# %%
from safelearn.city.population import population_by
from safelearn.estimates.intervals import byar_interval
from safelearn.indicators.targets import progress

incidents = city.incidents()
in_2025 = incidents[incidents["occurred_from"].dt.year == 2025]["offence"]
residents = population_by(city.table("population"))["population"].sum()


def recorded(code, offence):
    """A rate of the police records of 2025, per 100,000 residents."""
    n = (in_2025 == offence).sum()
    rate = byar_interval(n, residents, per=100_000)
    return Figure(
        code,
        rate.rate,
        rate.lower,
        rate.upper,
        n=n,
        period="2025",
        source="incidents",
        precision="interval",
    )


figures = [
    safe,
    say,
    asked("reporting_rate_physical", "women", of_women),
    asked("dispute_resolution_access"),
    recorded("intentional_homicide_rate", "0101"),
    recorded("robbery_rate", "0401"),
    recorded("serious_assault_rate", "020111"),
]
lacks = {row.target_id: row.flags for row in progress(targets, figures)}

for code, flags in lacks.items():
    print(code, ", ".join(flags))

# %% [markdown]
# Three of these notes you will meet again:
#
# - *smaller than the interval*: the step that nobody could see;
# - *counted from records only*: next section;
# - *no better than the baseline*: the target of X01 is 9.5, and so is its baseline. Somebody copied it.
#
# With this, the measures, and the indicators of what people asked for, `smart` gives five verdicts for each target.

# %%
from datetime import date

from safelearn.strategy.smart import smart

wanted = {code for one in covered(options, ()) for code in one.indicators}
judged = smart(targets, lacks, city.table("measures"), wanted, on=date(2026, 1, 15))

pictures.letters(judged)

# %%
why = judged.set_index("target_id")["why"]

for code in ["X01", "X02", "X04", "X06"]:
    print(code, "-", "; ".join(why[code]))

# %% [markdown]
# Not one target has all five letters. Read the four reasons: each can be mended with a telephone call, or shows that there is nothing behind the target.
#
# *Relevant* is "no" for ten of twelve: they stand for nothing that people asked for on their papers. (*Lamps work* is among them: people did not ask for lamps.) Some are right all the same (the law may demand them);
# then the sheet should say who did.
#
# **The sheet.** Whoever writes a target writes a sheet of one page: what people asked for, the indicator with its numerator and denominator, of whom,
# the source and what it cannot see, for whom it is shown apart, the baseline with its interval, the target, the date, the owner, the budget,
# and the line that most sheets forget: **how could it be reached without helping anybody?**
#
# **Rule 7. A target is a number with a baseline, a date, an owner and money, and a step that can be seen.**

# %% [markdown]
# A year later. Suppose the survey of 2026 finds that 47.5 per cent of women feel safe after dark, interval 44.5 to 50.5. Is X02 on course?
#
# Draw a straight line from the baseline to the target, and look what it asks for after one year.

# %%
later = Figure(
    "feels_safe_after_dark",
    47.5,
    44.5,
    50.5,
    n=1888,
    group="women",
    period="2026",
    source="survey",
    precision="interval",
)
x02 = progress(two, [later])[0]

pictures.progress(x02)

# %%
print(f"asked for by the end of 2026: {x02.expected:.1f}. Verdict: {x02.status}")

# %% [markdown]
# The point lies below the line, but the interval holds it. *Off course* would be wrong, and so would *on course*.
# The library says *on course* only if even the worse end of the interval keeps to the line, and *off course* only if even the better end does not.

# %% [markdown]
# ## 8. What a target does
#
# X04 says: robberies from 324 to 280 recorded per 100,000 residents, by the end of 2027. It has an owner: the police.
#
# By hand: how much less is that? And there are two ways to get there.

# %%
x04 = targets.set_index("target_id").loc["X04"]
fewer = 1 - x04["target"] / x04["baseline"]

robbed = survey[survey["robbery"] == "last_12_months"]
went = robbed["robbery_told"] == "police"
told = 100 * robbed.loc[went, "weight"].sum() / robbed["weight"].sum()

print(f"{100 * fewer:.1f} % fewer")
print(f"{went.sum()} of {len(robbed)} robbed persons in the survey told the police;")
print(f"weighted, that is about {told:.0f} of 100.")

# %%
pictures.two_ways(told, fewer)

# %% [markdown]
# In the second bar fewer people are robbed. In the third *as many* are robbed, and three in a hundred who would have told somebody do not any more.
# In the records, both bars look the same. Which one is easier for a police station?
#
# Nobody has to lie for that. "The form is on the internet." "Without a receipt we cannot take it down." "Come back on Monday."
# A target on recorded crime **rewards not recording**. And those who pay are people without papers, without internet, without patience.
#
# How could one notice? Where calls go to one office and records are made in another, compare the two. On paper, five stations:

# %%
stations = pd.DataFrame(
    {
        "calls_before": [500, 400, 600, 300, 450],
        "records_before": [300, 240, 330, 180, 270],
        "calls_after": [410, 405, 595, 310, 445],
        "records_after": [246, 170, 328, 125, 265],
    },
    index=["North", "Port", "Market", "Hill", "Bay"],
)

pictures.stations(stations)

# %%
before = stations["records_before"] / stations["calls_before"]
after = stations["records_after"] / stations["calls_after"]
fall = stations["records_after"] / stations["records_before"]

pd.DataFrame(
    {
        "ten per cent fewer records": fall <= 0.9,
        "recorded of 100 calls, before": (100 * before).round(),
        "recorded of 100 calls, after": (100 * after).round(),
    }
)

# %% [markdown]
# Three stations reached "ten per cent fewer". In North fewer people called, and the same share was written down. In Port and Hill as many called as before.
#
# Does that prove bad will in Port and Hill? No. Perhaps a clerk was ill. It proves that the *target* cannot tell the one from the other.
# Do not blame the station. Take the target back.

# %% [markdown]
# It is an old law, and has a name. **Goodhart's law**: *when a measure becomes a target, it stops being a good measure.*
# The catalogue warns of it. Four indicators with their cautions, and with the sign that says what a change means:

# %%
for code in ["clearance_rate", "response_time", "complaints_upheld", "street_lighting"]:
    one = indicator(code)
    print(f"{one.name} [{one.direction.value}]: {one.caveat}\n")

# %% [markdown]
# The sign `0*` means: up is not better and down is not worse, as long as no survey stands beside it.
# More complaints upheld may mean worse officers, or a complaints body that people have begun to trust.
#
# | a target on … | is reached by … | so look beside it at … |
# |---|---|---|
# | recorded offences | not recording | a survey, calls, insurance claims |
# | the share of cases cleared | not recording hard cases | all calls |
# | response time | stopping the clock early, or calling a case less urgent | what callers say |
# | complaints | making them difficult | how many know where to complain |
# | lamps mended | mending those that are easy to reach | a walk at night |
# | people helped | helping those who need least | who did *not* come |
#
# **Rule 8. Before you set a target, ask how you would reach it if you did not care. Then put a second indicator beside it.**

# %% [markdown]
# ## 9. A baseline at a peak
#
# One trap is left, and nobody means harm by it. Each neighbourhood gets a target for stolen vehicles: *15 per cent fewer in 2025.*
# Fewer than when? Three offices propose three baselines: the highest of the years 2021 to 2023, the year 2023, and the mean of the three years.

# %%
stolen = incidents[incidents["offence_label"] == "Theft of a vehicle"]
years = pd.crosstab(stolen["area_id"].astype(str), stolen["occurred_from"].dt.year)

three = years[[2021, 2022, 2023]]
proposals = {
    "highest of three years": three.max(axis=1),
    "2023": years[2023],
    "mean of three years": three.mean(axis=1),
}
reached = {
    name: int((years[2025] <= 0.85 * baseline).sum())
    for name, baseline in proposals.items()
}

pictures.reached(reached, len(years))

# %% [markdown]
# With the first baseline two of three neighbourhoods reach their target. A great success?
#
# And the city as a whole?

# %%
city_years = years.sum()

print(city_years.to_dict())
print(f"2025 by 2023: {100 * (city_years[2025] / city_years[2023] - 1):+.0f} %")

# %% [markdown]
# Nearly nothing. No programme against vehicle theft was begun anywhere. Neighbourhoods swing up and down; whoever measures from the top of the swing sees a fall.
#
# It is worse where places are *chosen* for their peak. Take the six that rose most in 2023:

# %%
usual = years[[2021, 2022]].mean(axis=1)
rise = (years[2023] / usual)[years[2023] >= 15]
six = years.loc[rise.sort_values(ascending=False).index[:6]]

pictures.baselines(city_years, six)

# %% [markdown]
# Up in 2023, and back again, by themselves. You met it in module 5: **regression to the mean**.
#
# The remedy costs nothing. Take several years for the baseline, and leave out the year by which a place was chosen:

# %%
peak, fair, now = six[2023].sum(), six[[2021, 2022]].sum().mean(), six[2025].sum()

print(f"from 2023: {100 * (now / peak - 1):+.0f} %")
print(f"from the mean of the two years before: {100 * (now / fair - 1):+.0f} %")

# %% [markdown]
# (A small print for the careful: whoever chooses by the *rise* chooses years before that were a little too low, too. Two years are few; five are better.)
#
# **Rule 9. A baseline is several years. The year by which you chose a place is no baseline.**

# %% [markdown]
# ## Three right answers, again
#
# What do we propose to the council?

# %%
firsts = {
    group: list(part.loc[part["first"], "option"])
    for group, part in found.by_group.groupby("group")
}

print(f"{found.papers} papers, W = {whole.w:.2f}: the groups do not want the same.")
for group, names in firsts.items():
    print(f"- {group.replace('_', ' ')}: {', '.join(names)}")

# %%
how_often = pd.Series([name for names in firsts.values() for name in names])

how_often.value_counts()

# %% [markdown]
# - **The mayor's office** counted first places, and threw away three quarters of what people wrote. Its winner has most points in no group.
# - **The observatory** counted everything, and added up groups that do not live here in these numbers. Its winner is a fair compromise: light is among
#   the first for three groups of five. So are three other options. It is not what "the city wants".
# - **The women's federation** counted one group. Its answer is right about women, and an office that only counts sums would never have heard it.
#
# No formula decides. A council might pay this year for light, which three groups have among their first, and promise the next year to an option that leads
# in a group which would otherwise never win: fields for the young, or the one door for survivors. It says why, and those who lose hear it first.
#
# And it writes the sheet at once: not "lamps mended" but "women who feel safe after dark, from 45 to 58 per cent", with a survey and somebody who answers for it.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# | You can say | You cannot say |
# |---|---|
# | "These four may be first, of all papers together." | "The city wants light." |
# | "Young people put fields and trainers first, clearly." | "In Las Lomas the youth want …", from six papers. |
# | "There is a faint common order; W is far below 0.1." | "The agreement is highly significant." |
# | "For four of six priorities, no target says what should become better." | "The departments did nothing." |
# | "Records fell by a tenth; calls did not." | "The station cheated." |
# | "Against the mean of earlier years there is no fall." | "The target was reached: it worked." |
#
# **Four questions to test yourself**
#
# <details><summary>1. In one neighbourhood four older people handed in a paper. What do you print?</summary>
#
# Nothing for them. That four came, and what they wrote, everybody there could attach to names. Invite more, or add neighbourhoods together before you count.
# </details>
#
# <details><summary>2. W is 0.1, and the p value is below one in a thousand. The chair wants to write "significant agreement". What do you say?</summary>
#
# The p value says that the papers are not pure chance. W says that people hardly agree. Write: "a faint common order; groups differ".
# </details>
#
# <details><summary>3. A department reports 1,200 young people trained. Is that an outcome?</summary>
#
# An output. The outcome: how many of them work or learn a year later, and whether that is more than without the training (modules 11 and 12).
# </details>
#
# <details><summary>4. Complaints against officers have doubled since the office moved next to the market. Is the target "fewer complaints" missed?</summary>
#
# Probably the door is easier to find. It was no good target: it would be reached by hiding the door. Ask a survey who was treated badly, and who complained.
# </details>

# %% [markdown]
# ## Seven moves for the assignment
#
# You will do these yourself, so here they are slowly.
#
# **First: a column of yes and no is a question already.** `counted["first"]` holds `True` and `False`, so it goes into the square brackets as it is.
# `list(…)` makes a list of a column.

# %%
counted = borda(papers)

list(counted[counted["first"]]["option_id"])

# %% [markdown]
# **Second: the weighted mean.** Join, multiply row by row, add up each heap, divide by the sum of the weights.
# Two groups and two options:

# %%
by_group = pd.DataFrame(
    {
        "group": ["old", "old", "young", "young"],
        "option_id": ["B1", "B2", "B1", "B2"],
        "points": [0.8, 0.2, 0.3, 0.7],
    }
)
live_here = pd.DataFrame({"group": ["old", "young"], "residents": [1000, 4000]})

joined = by_group.merge(live_here, on="group")
joined["part"] = joined["points"] * joined["residents"]
mean = joined.groupby("option_id")["part"].sum() / live_here["residents"].sum()

print("most points:", mean.idxmax())
mean.reset_index(name="points")

# %% [markdown]
# **Third: two different sums of the same heaps.** `.agg` gives each new column a name, and says from which column it comes, and how:
# here the most points, and how many residents, of each group.

# %%
joined.groupby("group").agg(most=("points", "max"), people=("residents", "max"))

# %% [markdown]
# Among the ways are `"sum"`, `"mean"`, `"max"` and `"min"`. The sum of a column of yes and no counts the yes.
#
# **Fourth: some parts of a list.** `covered` gives a list of results, one for each option, and each knows its `.option`.
# Read `[one.option for one in …]` from `for` on: *for each one in the list, its option*. `.isin(…)` then asks each row whether it is in that list,
# and `~` in front of a question turns yes and no round.

# %%
from safelearn.indicators.outcomes import without_outcome

in_targets = covered(options, list(targets["indicator_id"]))
nothing = [one.option for one in without_outcome(in_targets)]

counted[~counted["option"].isin(nothing)][["option_id", "option", "points"]]

# %% [markdown]
# **Fifth: through a dictionary, row by row.** A dictionary holds something under each name, and `by_type["lamp"]` gives what stands under `"lamp"`.
# `.items()` gives each name and what belongs to it; `rows.append(…)` writes one row more into the list. Mind both pairs of brackets.

# %%
by_type = {"lamp": ["L1", "L2", "L3"], "bench": [], "stop": ["S1"]}
mended = {"lamp": ["L2"], "bench": [], "stop": ["S1"]}

rows = []
for thing, codes in by_type.items():
    rows.append((thing, len(codes), len(mended[thing])))

pd.DataFrame(rows, columns=["thing", "counted", "mended"])

# %% [markdown]
# In the assignment you make two such dictionaries with `by_goal`: one of all the definitions, one of those whose rows you kept.
# `tuple(indicator(code) for code in …)` makes the definitions of a column of codes.
#
# **Sixth: what `smart` gives.** One row for each target, with *yes*, *no* or another word for each letter.
# To ask for something that stands in another table, join the two by `target_id`.

# %%
judged.drop(columns="why").head(3)

# %%
with_money = judged[["target_id", "time_bound"]].merge(targets, on="target_id")

print(with_money[with_money["time_bound"] == "no"]["budget"].sum())

# %% [markdown]
# **Seventh: some years of a series.** Add up by year, and the years stand at the left edge. `.loc[2021:2022]` takes them from 2021 to 2022, both included.
# Two questions at once are joined with `&` ("and"), each in round brackets.

# %%
bicycles = pd.DataFrame(
    {
        "year": [2021, 2022, 2023, 2021, 2022, 2023],
        "place": ["Port", "Port", "Port", "Bay", "Bay", "Bay"],
        "n": [10, 14, 9, 30, 31, 20],
    }
)
by_year = bicycles.groupby("year")["n"].sum()

print(by_year.loc[2021:2022].mean(), by_year[2023])
bicycles[(bicycles["place"] == "Bay") & (bicycles["n"] > 30)]

# %% [markdown]
# ## Now your own city
#
# 1. Write your papers into `ballots.csv`: a row for each option on each paper. No names, only a number for the paper, the group and the area.
#    `safelearn diagnose` counts them by group, hides what is too small, and checks whether each priority has an outcome that is measured.
# 2. Write your targets into `targets.csv` and your measures into `measures.csv`; the report says what each target lacks.
# 3. Change the line `city = City.open(…)` at the top to your folder, and run this lesson again.
#
# **Before you publish**: no group with fewer than five papers, no paper number beside a name, and nobody's bonus tied to a count that they write themselves.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
assert counts["first places"].idxmax() == "Safe stops and buses"
assert counts["first places"].idxmin() == "One door for survivors"
assert counts["points"].idxmax() == "Light on the way home"
assert counts["points of women"].idxmax() == "One door for survivors"
first_paper = ballots[ballots["paper_id"] == "N001"].sort_values("rank")["option_id"]
assert list(first_paper) == ["B3", "B1", "B6", "B2"]
assert together["first"].sum() == 4 and len(papers) == 217
assert 0.18 < share_of_papers["informal_residents"] < 0.25
assert 0.02 < share_of_residents["informal_residents"] < 0.035
assert firsts["youth"] == ["Fields and trainers for the young"]
assert len(firsts["women"]) == 3 and "One door for survivors" in firsts["women"]
assert sum("One door for survivors" in names for names in firsts.values()) == 1
guards = {g for g, names in firsts.items() if "More guards in the centre" in names}
assert guards == {"men", "older_persons"}
tops = found.by_group[found.by_group["place"] == 1]["option"]
assert "Safe stops and buses" not in set(tops)
places_of_guards = found.by_group[
    (found.by_group["option_id"] == "B4")
    & ~found.by_group["group"].isin(["men", "older_persons"])
]["place"]
assert (places_of_guards >= 5).all()
assert not set.intersection(*(set(names) for names in firsts.values()))
assert agreed.w > spread / largest and agreed.w - spread / largest < 0.1
assert whole.w < 0.05 and whole.p_value < 0.001 and max(lots) < whole.w
assert min(one.w for one in found.within.values()) > 3 * whole.w
assert max(one.w for one in found.within.values()) < 0.3
assert apart(groups) > 1.5 * dealt.max() and found.groups.clear
assert found.groups.pairs[("older_persons", "youth")] > 0.85
assert found.groups.pairs[("informal_residents", "youth")] < 0.25
assert with_papers == 6
assert (may_be_first > 2).all() and (may_be_first == 6).sum() > 5
assert list(districts[~districts["clear"].astype(bool)]["area"]) == ["Ribera Norte"]
assert cells["n"].min() >= 5 and cells["n"].max() <= 9
assert (coverage["police records"] == "-").all() and (coverage["survey"] == "yes").all()
assert (coverage["the city's targets"] == "yes").sum() == 2
goals = by_goal(chosen)
assert not goals[4] and not goals[8] and not goals[11] and all(by_goal().values())
assert "smaller than the interval" in lacks["X09"]
assert "no better than the baseline" in lacks["X01"]
assert "counted from records only" in lacks["X04"]
assert judged["score"].max() < 5 and (judged["relevant"] == "no").sum() == 10
assert x02.status == "cannot be told" and x02.value < x02.expected < x02.upper
assert say.upper - say.value > 2 and 44 < safe.value < 46
assert 2.4 < told * fewer < 3.5
assert list(fall[fall <= 0.9].index) == ["North", "Port", "Hill"]
assert abs(after["North"] - before["North"]) < 0.01
assert 0.6 < reached["highest of three years"] / len(years) < 0.7
assert reached["mean of three years"] < 0.3 * len(years)
assert abs(city_years[2025] / city_years[2023] - 1) < 0.05
assert now / peak < 0.8 and abs(now / fair - 1) < 0.1
assert how_often.value_counts()["Light on the way home"] == 3
assert how_often.value_counts().max() == 3
