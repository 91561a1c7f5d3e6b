# %% [markdown]
# # 9. Priorities and indicators: assignment
#
# You work on **your own city**: a ballot on paper, lists of indicators and targets, and counts of thefts.
# The city is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# The moves that you need are shown slowly at the end of the lesson; keep it open beside this page.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about lamps, buses, purses and bicycles. None of them is about violence.

# %%
import datetime

import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.guidelines.catalogue import by_goal, indicator
from safelearn.indicators.outcomes import covered, without_outcome
from safelearn.strategy.ballots import read_papers
from safelearn.strategy.concordance import kendall_w
from safelearn.strategy.priorities import borda, borda_by
from safelearn.strategy.smart import smart

city = my_city("m09")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# On five evenings in May 2025 people ranked six options on paper, as many as they liked.
# `ballots` has one row for each option on each paper. Here are two papers:

# %%
ballots = city.ballots
columns = ["area_id", "group", "paper_id", "option_id", "option", "rank"]

ballots[ballots["paper_id"].isin(["P001", "P002"])][columns]

# %% [markdown]
# ## Task 1
#
# How many points has each option, over all papers together? 0 is last on every paper, 1 first on every paper.
# Options that a paper leaves out share the places that are left.
#
# And which options cannot be told apart from the first, the first included?
#
# `read_papers(ballots)` reads the papers, `borda(papers)` counts them. Look at all columns of what comes out.
#
# `points`: a table with the columns `option_id` and `points`, with four decimals or more.
# `first`: a list of codes, such as `["B1", "B2"]`.

# %%
points = ...
first = ...
### BEGIN SOLUTION
counted = borda(read_papers(ballots))
points = counted[["option_id", "points"]]
first = list(counted[counted["first"]]["option_id"])
### END SOLUTION

# %%
check("m09-t1", points=points, first=first)

# %% nothing for options left off tags=["mistake"]
# You gave no points to options that a paper leaves out, so a short paper gives away fewer points than a long one.
# They share the places that are left: on a paper with three of six options, the other three have the fifth place each.
counted = borda(read_papers(ballots))
first = list(counted[counted["first"]]["option_id"])
given = (6 - ballots["rank"]) / 5
total = given.groupby(ballots["option_id"]).sum() / ballots["paper_id"].nunique()
points = total.rename("points").reset_index()

# %% mean over the papers that name it tags=["mistake"]
# You took the mean over the papers that rank the option. Then something that only its three friends write down, and put first,
# wins over what everybody puts second. Every paper counts for every option.
counted = borda(read_papers(ballots))
first = list(counted[counted["first"]]["option_id"])
given = (6 - ballots["rank"]) / 5
mean = given.groupby(ballots["option_id"]).mean()
points = mean.rename("points").reset_index()

# %% first places only tags=["mistake"]
# You counted first places only. All that people wrote below the first line is lost then.
counted = borda(read_papers(ballots))
first = list(counted[counted["first"]]["option_id"])
tops = ballots[ballots["rank"] == 1].groupby("option_id").size()
share = tops.reindex(counted["option_id"]).fillna(0) / ballots["paper_id"].nunique()
points = share.rename("points").reset_index()

# %% only the leader named tags=["mistake"]
# You named the option with most points alone. Between it and the next there is less than these papers can tell:
# the column `first` marks all that may be first.
counted = borda(read_papers(ballots))
points = counted[["option_id", "points"]]
first = list(counted[counted["place"] == 1]["option_id"])

# %% [markdown]
# From here on, `papers` holds the papers as the library reads them.
# `papers.places` is a table of numbers: a row for each paper, a column for each option, ties as mean places.

# %% tags=["given"]
papers = read_papers(ballots)
print(len(papers), "papers")

# %% [markdown]
# ## Task 2
#
# Mostly older people had time in the evening. The table `residents` counts the adults of each of the three groups
# in the whole city; nobody belongs to two groups.
#
# How many points would each option have, if every group counted by the number of its **residents**, and not by its papers?
# And which option is first then?
#
# `borda_by(papers, ["group"])` counts each group for itself; `.merge(residents)` puts the residents beside it.
#
# `weighted`: a table with the columns `option_id` and `points`. `first`: the code of one option, such as `"B1"`.

# %% tags=["given"]
residents = city.residents
residents

# %%
weighted = ...
first = ...
### BEGIN SOLUTION
parts = borda_by(papers, ["group"]).merge(residents)
parts["part"] = parts["points"] * parts["residents"]
total = parts.groupby("option_id")["part"].sum() / residents["residents"].sum()
weighted = total.rename("points").reset_index()
first = total.idxmax()
### END SOLUTION

# %%
check("m09-t2", weighted=weighted, first=first)

# %% by papers tags=["mistake"]
# You let the papers count as they came. Then whoever has time in the evening decides for those who work or look after children.
# Weight each group by its residents.
counted = borda(papers).set_index("option_id")["points"]
weighted = counted.reset_index()
first = counted.idxmax()

# %% every group alike tags=["mistake"]
# You took the plain mean of the three groups. That is a rule too, but it was not the one asked for:
# a third of the say for a group with a sixth of the adults.
total = borda_by(papers, ["group"]).groupby("option_id")["points"].mean()
weighted = total.reset_index()
first = total.idxmax()

# %% weighted by what is missing tags=["mistake"]
# You divided by the residents instead of multiplying, so the smallest group has the most to say.
parts = borda_by(papers, ["group"]).merge(residents, on="group")
parts["part"] = parts["points"] / parts["residents"]
total = parts.groupby("option_id")["part"].sum() / (1 / residents["residents"]).sum()
weighted = total.rename("points").reset_index()
first = total.idxmax()

# %% [markdown]
# ## Task 3
#
# How far do all papers agree? Give Kendall's W (`agreement`), and the mean correlation of two papers (`correlation`).
# The function has a p value too. Look at it, and choose the sentence that may stand in the report:
#
# - **A** "The p value is far below 5 %, so people agree on what comes first."
# - **B** "There is some common order, but a faint one: what one person writes says little about what the next one writes."
# - **C** "W is close to 0, so the papers were filled in by chance."
# - **D** "W is the share of people who agree with the result."
#
# `kendall_w(papers.places)` takes care of ties.
#
# `agreement` and `correlation`: numbers with four decimals or more. `sentence`: a letter.

# %%
agreement = ...
correlation = ...
sentence = ...
### BEGIN SOLUTION
found = kendall_w(papers.places)
agreement = found.w
correlation = found.mean_correlation
sentence = "B"
### END SOLUTION

# %%
check("m09-t3", agreement=agreement, correlation=correlation, sentence=sentence)

# %% ties not corrected tags=["mistake"]
# Your W is too small: people who rank two of six options tie the other four, and cannot agree on what they did not write.
# The formula has to know how many are tied on each paper; the library's does.
m, k = papers.places.shape
sums = papers.places.sum(axis=0)
agreement = 12 * ((sums - sums.mean()) ** 2).sum() / (m**2 * (k**3 - k))
correlation = (m * agreement - 1) / (m - 1)
sentence = "B"

# %% a small p value taken for agreement tags=["mistake"]
# Your numbers are right. But a small p value says only that the papers are not pure chance; with so many papers it is small
# even if people hardly agree. How far they agree, W says.
found = kendall_w(papers.places)
agreement = found.w
correlation = found.mean_correlation
sentence = "A"

# %% left off means last tags=["mistake"]
# You put every option that a paper leaves out on the last place. The paper says only that they come after the others:
# they share the mean of the places that are left.
wide = ballots.pivot(index="paper_id", columns="option_id", values="rank")
found = kendall_w(wide.fillna(6))
agreement = found.w
correlation = found.mean_correlation
sentence = "B"

# %% [markdown]
# ## Task 4
#
# The council wants to know what comes first in each of the five areas, for each of the three groups.
#
# Make a table with one row for each area and group **that has at least five papers**:
# the points of the option (or options) with most points, and how many options cannot be told apart from the first, itself included.
# And how many of the fifteen pairs of area and group are not shown, because they have fewer than five papers?
#
# `borda_by(papers, ["area", "group"])` leaves the small ones out by itself.
#
# `first_choices`: a table with the columns `area`, `group`, `points`, `options`. `cells_hidden`: a number of pairs.

# %%
first_choices = ...
cells_hidden = ...
### BEGIN SOLUTION
cells = borda_by(papers, ["area", "group"]).groupby(["area", "group"])
first_choices = cells.agg(points=("points", "max"), options=("first", "sum"))
cells_hidden = 15 - len(first_choices)
### END SOLUTION

# %%
check("m09-t4", first_choices=first_choices, cells_hidden=cells_hidden)

# %% three papers shown tags=["mistake"]
# You showed groups with three or four papers. Whoever was there knows who they are, and their order is chance.
# Leave `fewest` as it is.
cells = borda_by(papers, ["area", "group"], fewest=1).groupby(["area", "group"])
first_choices = cells.agg(points=("points", "max"), options=("first", "sum"))
first_choices = first_choices.reset_index()
cells_hidden = 0

# %% one winner everywhere tags=["mistake"]
# You wrote one option first everywhere. Seven papers seldom carry one winner: the column `first` marks every option
# that cannot be told apart from the leading one. Count these.
cells = borda_by(papers, ["area", "group"]).groupby(["area", "group"])
first_choices = cells.agg(points=("points", "max")).assign(options=1)
first_choices = first_choices.reset_index()
cells_hidden = 15 - len(first_choices)

# %% the whole city in every area tags=["mistake"]
# You wrote the group's result for the whole city into every area. The clause asks what matters in each small area.
whole = borda_by(papers, ["group"]).groupby("group")
whole = whole.agg(points=("points", "max"), options=("first", "sum")).reset_index()
shown = borda_by(papers, ["area", "group"])[["area", "group"]].drop_duplicates()
first_choices = shown.merge(whole, on="group")
cells_hidden = 15 - len(first_choices)

# %% [markdown]
# ## Task 5
#
# Last year people asked for eight things (`asked`, with the points that each had).
# For these the departments have made a list of what they want to count (`listed`). In the column `option_id` the department says
# what its indicator stands for; `has_figure` says whether anybody has ever measured it.
#
# A lamp mended is what an office does. It is an *output*. What people live through is an *outcome*.
#
# For which options is **no outcome indicator measured**?
# And what share of all points went to options for which one *is* measured, in per cent?
#
# `covered(options, measured)` takes the words of the options and the codes of all measured indicators. It knows which
# indicators are outcomes, and for what, whoever put them on the list. `without_outcome(…)` picks those that have none;
# each of these has an attribute `.option`, its words.
#
# `without`: a list of codes, such as `["C1", "C2"]`. `covered_share`: per cent, with two decimals.

# %% tags=["given"]
asked = city.asked
listed = city.listed
asked

# %% tags=["given"]
listed

# %%
without = ...
covered_share = ...
### BEGIN SOLUTION
measured = listed[listed["has_figure"] == "yes"]["indicator_id"]
found = without_outcome(covered(asked["option"], measured))
none = asked["option"].isin([one.option for one in found])
without = list(asked[none]["option_id"])
covered_share = 100 * asked[~none]["points"].sum() / asked["points"].sum()
### END SOLUTION

# %%
check("m09-t5", without=without, covered_share=covered_share)

# %% outputs taken for outcomes tags=["mistake"]
# You believed the departments' own column. Lamps mended and leaflets printed show that somebody was busy;
# nobody is safer for a leaflet. Ask what people live through: `covered` knows which indicators say it.
measured = listed[listed["has_figure"] == "yes"]
none = ~asked["option_id"].isin(measured["option_id"])
without = list(asked[none]["option_id"])
covered_share = 100 * asked[~none]["points"].sum() / asked["points"].sum()

# %% a name without a figure tags=["mistake"]
# You counted indicators that nobody has ever measured. A name on a list is no measurement: look at `has_figure`.
found = without_outcome(covered(asked["option"], listed["indicator_id"]))
none = asked["option"].isin([one.option for one in found])
without = list(asked[none]["option_id"])
covered_share = 100 * asked[~none]["points"].sum() / asked["points"].sum()

# %% options counted instead of points tags=["mistake"]
# You gave the share of the options. Some were asked for much more than others: take the share of the points.
measured = listed[listed["has_figure"] == "yes"]["indicator_id"]
found = without_outcome(covered(asked["option"], measured))
none = asked["option"].isin([one.option for one in found])
without = list(asked[none]["option_id"])
covered_share = 100 * (~none).mean()

# %% [markdown]
# ## Task 6
#
# Your city has chosen 24 of the 62 indicators of the catalogue (`chosen`). Safety is tied to eight global goals.
# How many of the chosen indicators speak to each goal? And how many of these have a figure?
#
# `indicator("avoidance")` gives the definition of one indicator; its attribute `.sdg` holds its codes, such as `"11.7.2"`: goal 11.
# `by_goal(definitions)` takes a tuple of definitions, and gives a dictionary: for each of the eight goals the codes of its indicators.
# A goal with none is in it too. `definitions` below holds those of your 24; `len(…)` counts.
#
# `pd.DataFrame(rows, columns=["goal", "chosen", "measured"])` makes a table of a list of rows, such as `[(1, 2, 0), (3, 1, 1)]`.
#
# `goals`: a table with the columns `goal`, `chosen`, `measured`, and eight rows.

# %% tags=["given"]
chosen = city.chosen
definitions = tuple(indicator(code) for code in chosen["indicator_id"])

chosen.head()

# %%
goals = ...
### BEGIN SOLUTION
have = set(chosen[chosen["has_figure"] == "yes"]["indicator_id"])
rows = [
    (goal, len(codes), len(have.intersection(codes)))
    for goal, codes in by_goal(definitions).items()
]
goals = pd.DataFrame(rows, columns=["goal", "chosen", "measured"])
### END SOLUTION

# %%
check("m09-t6", goals=goals)

# %% goal 1 found in 11 and 16 tags=["mistake"]
# You looked for codes that begin with the digit 1, and found those of the goals 10, 11 and 16 too.
# The goal is what stands before the first point. `by_goal` looks there.
rows = []
for goal in by_goal():
    mine = [
        any(code.startswith(str(goal)) for code in indicator(one).sdg)
        for one in chosen["indicator_id"]
    ]
    mine = chosen[mine]
    rows.append((goal, len(mine), (mine["has_figure"] == "yes").sum()))
goals = pd.DataFrame(rows, columns=["goal", "chosen", "measured"])

# %% empty goals left out tags=["mistake"]
# You left out the goals that nothing speaks to. The gap is the finding: nobody there counts safety.
have = chosen[chosen["has_figure"] == "yes"]["indicator_id"]
all_chosen = by_goal(definitions)
with_figure = by_goal(tuple(map(indicator, have)))
rows = [
    (g, len(all_chosen[g]), len(with_figure[g])) for g in all_chosen if with_figure[g]
]
goals = pd.DataFrame(rows, columns=["goal", "chosen", "measured"])

# %% the whole catalogue tags=["mistake"]
# You counted the indicators of the whole catalogue. Your city has chosen 24 of them: give these to `by_goal`.
have = chosen[chosen["has_figure"] == "yes"]["indicator_id"]
catalogue = by_goal()
with_figure = by_goal(tuple(map(indicator, have)))
rows = [(goal, len(catalogue[goal]), len(with_figure[goal])) for goal in catalogue]
goals = pd.DataFrame(rows, columns=["goal", "chosen", "measured"])

# %% [markdown]
# ## Task 7
#
# Your city has written down eight targets. It is 15 January 2026. How many of the five letters of SMART does each earn?
# And for how much money, added up over their column `budget`, do the targets stand that are **not achievable** as they are written?
# (A target without a budget adds nothing.)
#
# `smart(targets, lacks, measures, wanted, on=day)` needs all of these:
#
# - `lacks`: what the observatory found when it tried to measure, for each target;
# - `measures`: what the city does for it, what that costs, and how much of the money is secured;
# - `wanted`: indicators of what residents asked for;
# - `day`: the day of asking.
#
# `scores`: a table with the columns `target_id` and `score`. `not_achievable`: an amount in XTS.

# %% tags=["given"]
targets = city.targets
measures = city.measures
lacks = city.flags.groupby("target_id")["flag"].agg(list).to_dict()
wanted = set(city.wanted["indicator_id"])
day = datetime.date(2026, 1, 15)
targets

# %% tags=["given"]
measures.head()

# %%
scores = ...
not_achievable = ...
### BEGIN SOLUTION
judged = smart(targets, lacks, measures, wanted, on=day)
scores = judged[["target_id", "score"]]
not_achievable = targets[judged["achievable"] == "no"]["budget"].sum()
### END SOLUTION

# %%
check("m09-t7", scores=scores, not_achievable=not_achievable)

# %% a number and a date taken for a target tags=["mistake"]
# You gave full marks to every target with a number and a date. Who answers for it, what works towards it, with what money,
# and who asked for it? `smart` looks at all five letters.
judged = smart(targets, lacks, measures, wanted, on=day)
complete = targets["target"].notna() & targets["due_on"].notna()
scores = targets[["target_id"]].assign(score=5 * complete)
not_achievable = targets[judged["achievable"] == "no"]["budget"].sum()

# %% measures left out tags=["mistake"]
# You left the measures out. Whether anything works towards a target, and with what money, can then not be told.
judged = smart(targets, lacks, None, wanted, on=day)
scores = judged[["target_id", "score"]]
not_achievable = targets[judged["achievable"] == "no"]["budget"].sum()

# %% the day of asking forgotten tags=["mistake"]
# You did not say what day it is. A target whose date has passed is bound to no time any more.
judged = smart(targets, lacks, measures, wanted)
scores = judged[["target_id", "score"]]
not_achievable = targets[judged["achievable"] == "no"]["budget"].sum()

# %% money of the achievable ones tags=["mistake"]
# You added up the budgets of the targets that are achievable. Asked for were the others.
judged = smart(targets, lacks, measures, wanted, on=day)
scores = judged[["target_id", "score"]]
not_achievable = targets[judged["achievable"] == "yes"]["budget"].sum()

# %% [markdown]
# ## Task 8
#
# In 2023 the mayor set every police station the same target: **ten per cent fewer recorded thefts in 2025**.
# Calls about thefts go to the emergency number, in another office; no station can change how many there are.
# Whether a call becomes a record is decided at the station.
#
# - Which stations reached the target: in 2025 at most 0.9 times the records of 2023?
# - Take those among them whose *calls* did **not** fall by ten per cent. How many more thefts would these stations together have
#   recorded in 2025, had they recorded the same share of their calls as in 2023?
# - What do you tell the mayor?
#
#     - **A** "The stations that reached the target have made their quarter safer."
#     - **B** "Some stations reached it with as many calls as before. The target pays for writing less down; take it back, and look at calls and a survey."
#     - **C** "The officers at these stations have cheated and should be punished."
#     - **D** "The target was too low: make it twenty per cent."
#
# `reached`: a list of stations. `unwritten`: thefts, with one decimal. `sentence`: a letter.

# %% tags=["given"]
stations = city.stations
stations

# %%
reached = ...
unwritten = ...
sentence = ...
### BEGIN SOLUTION
fewer_records = stations["recorded_2025"] <= 0.9 * stations["recorded_2023"]
reached = list(stations[fewer_records]["station"])
as_many_calls = stations["calls_2025"] > 0.9 * stations["calls_2023"]
these = stations[fewer_records & as_many_calls]
as_before = these["calls_2025"] * these["recorded_2023"] / these["calls_2023"]
unwritten = (as_before - these["recorded_2025"]).sum()
sentence = "B"
### END SOLUTION

# %%
check("m09-t8", reached=reached, unwritten=unwritten, sentence=sentence)

# %% every fall taken for success tags=["mistake"]
# Your numbers are right; the sentence is what the target wants to hear. At some of these stations as many people called as before,
# and fewer were written down. Nobody there is safer.
fewer_records = stations["recorded_2025"] <= 0.9 * stations["recorded_2023"]
reached = list(stations[fewer_records]["station"])
as_many_calls = stations["calls_2025"] > 0.9 * stations["calls_2023"]
these = stations[fewer_records & as_many_calls]
as_before = these["calls_2025"] * these["recorded_2023"] / these["calls_2023"]
unwritten = (as_before - these["recorded_2025"]).sum()
sentence = "A"

# %% the fall of the records tags=["mistake"]
# You took the records of 2023 less those of 2025. The calls have moved a little too: take the share of the calls
# that was recorded in 2023, and apply it to the calls of 2025.
fewer_records = stations["recorded_2025"] <= 0.9 * stations["recorded_2023"]
reached = list(stations[fewer_records]["station"])
as_many_calls = stations["calls_2025"] > 0.9 * stations["calls_2023"]
these = stations[fewer_records & as_many_calls]
unwritten = (these["recorded_2023"] - these["recorded_2025"]).sum()
sentence = "B"

# %% stations with fewer calls counted too tags=["mistake"]
# You counted all stations that reached the target. Where the calls fell as well, the records may fall with good reason.
fewer_records = stations["recorded_2025"] <= 0.9 * stations["recorded_2023"]
reached = list(stations[fewer_records]["station"])
these = stations[fewer_records]
as_before = these["calls_2025"] * these["recorded_2023"] / these["calls_2023"]
unwritten = (as_before - these["recorded_2025"]).sum()
sentence = "B"

# %% [markdown]
# ## Task 9
#
# Early in 2023 the city chose the four districts in which most bicycles were stolen in 2022 (`chosen`), and set them a target:
# 15 per cent fewer in 2025 **than in 2022**. They reached it, all four together. Was it an achievement?
#
# A year by which a place was chosen is no fair baseline: it was chosen because that year was high.
# Take the five years before it. Look at the four chosen districts **together**.
#
# - What is their mean from 2017 to 2021, a year?
# - By how many per cent does this mean already lie below 2022? (That much comes by itself.)
# - By how many per cent did 2025 lie below the mean? (If above, the answer is negative.)
#
# `fair_baseline`: bicycles a year, with one decimal. `by_itself` and `beyond`: per cent, with two decimals.

# %% tags=["given"]
bicycles = city.bicycles
bicycles[bicycles["year"] == 2022]

# %%
fair_baseline = ...
by_itself = ...
beyond = ...
### BEGIN SOLUTION
together = bicycles[bicycles["chosen"] == "yes"].groupby("year")["n"].sum()
fair_baseline = together.loc[2017:2021].mean()
by_itself = 100 * (together[2022] - fair_baseline) / together[2022]
beyond = 100 * (fair_baseline - together[2025]) / fair_baseline
### END SOLUTION

# %%
check("m09-t9", fair_baseline=fair_baseline, by_itself=by_itself, beyond=beyond)

# %% the peak as baseline tags=["mistake"]
# You measured the fall from 2022, as the target does. These districts were chosen because 2022 was high;
# next to their usual years it looks quite different.
together = bicycles[bicycles["chosen"] == "yes"].groupby("year")["n"].sum()
fair_baseline = together.loc[2017:2021].mean()
by_itself = 100 * (together[2022] - fair_baseline) / together[2022]
beyond = 100 * (together[2022] - together[2025]) / together[2022]

# %% the peak in the mean tags=["mistake"]
# You took 2022 into the mean. It is the year by which they were chosen, and pulls the baseline up: leave it out.
together = bicycles[bicycles["chosen"] == "yes"].groupby("year")["n"].sum()
fair_baseline = together.loc[2017:2022].mean()
by_itself = 100 * (together[2022] - fair_baseline) / together[2022]
beyond = 100 * (fair_baseline - together[2025]) / fair_baseline

# %% all twelve districts tags=["mistake"]
# You added up all twelve districts. The target was set for the four that were chosen.
together = bicycles.groupby("year")["n"].sum()
fair_baseline = together.loc[2017:2021].mean()
by_itself = 100 * (together[2022] - fair_baseline) / together[2022]
beyond = 100 * (fair_baseline - together[2025]) / fair_baseline

# %% [markdown]
# ## Task 10
#
# Write an **indicator sheet** for one priority of your ballot, so that somebody who was not there could measure it next year.
# One line for each of these:
# what people asked for · indicator, with numerator and denominator · of whom, where, how often · source, and what it cannot see ·
# shown apart for whom · global goal · baseline with its year and interval · target and date · owner · budget · how it could be gamed, and what is looked at beside it.
#
# You may invent the baseline, the owner and the budget. Say so where you do.

# %% m09-t10 [markdown]
# ### BEGIN SOLUTION
# - **What people asked for:** safe stops and buses (B6), second by points in the ballot of May 2025.
# - **Indicator:** avoidance. Adults who in the last twelve months kept away from a bus or a stop because they did not feel safe, of all adults
#   asked, those who never ride a bus included, in per cent.
# - **Of whom, where, how often:** residents of 18 and older, whole city, once a year in October.
# - **Source:** the residents' survey. It does not reach people without an address, nor those who come from outside by bus.
# - **Shown apart for:** women and men, three ages, people with and without difficulty in walking. Groups below 50 answers are not shown.
# - **Global goal:** 11, on cities (11.2, 11.7).
# - **Baseline** (invented): 34 %, interval 31 to 37, in 2025. With 1,200 answers and a design effect of 1.4.
# - **Target and date:** 26 % in October 2028. The step of 8 points is larger than what two such surveys hide (about 5).
# - **Owner** (invented): head of the transport department. **Budget:** 180,000 a year for the lamps at the stops, 25,000 for the survey.
# - **How it could be gamed:** by leaving out people who never ride; by asking at noon at the stop. Beside it: passengers after dark, complaints, and a night walk twice a year.
# ### END SOLUTION

# %% [markdown]
# ## Task 11
#
# The mayor likes the target of task 8 and wants to announce it again, for the next three years, with a bonus for stations that reach it.
# Write a note of at most one page. Use figures of your own city where they help.
# What would the target do? Whom would it harm? What would you announce instead?

# %% m09-t11 [markdown]
# ### BEGIN SOLUTION
# Dear Mayor,
#
# you want fewer thefts, and so do we. The target "ten per cent fewer recorded thefts" will bring fewer *records*. It did so in 2025:
# of ten stations … reached it. At … of these, as many people called about thefts as two years before. Had they written down the same share of the calls,
# there would have been … more records. With a bonus, there will be more of this.
#
# I do not say that anybody cheated. A station may have lost a clerk, or sent people to a form on the internet. But a target that is reached by sending people
# away will send people away. Those pay who need a record for their insurance, or who come for the third time; and next year's maps will show safety where
# there is silence.
#
# I propose to announce instead: "In 2028, at most … per cent of adults had something stolen in the last twelve months" (residents' survey, every October;
# baseline 2025, with its interval), and for the stations: "of all calls about a theft, at least … per cent are recorded or answered with a reason".
# We would look at both every half-year, beside the insurers' claims. If calls stay and records fall again, we shall see it within six months.
#
# May we meet for half an hour before the announcement?
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# The council has money for **two** of the six options of the ballot. Your three groups did not put the same ones first,
# and not every area had papers enough.
# Which two do you propose, or which way of deciding? In 150 to 200 words: how does it follow from the papers, what can the papers not tell,
# and how will those whose first choice is not among them hear of it and be able to object?

# %% m09-t12 [markdown]
# ### BEGIN SOLUTION
# We propose … and …. The first has most points when every group counts by its residents; the second stands among the first of people of 60 and over,
# who sent more than half of the papers and are a sixth of the adults. So each of the three groups finds at least one option that cannot be told apart from its own first.
# By papers alone the order would have been another, and by first places another again; we show all three counts in the annex.
#
# What the papers cannot tell: in … areas fewer than five people under 30 came, and we say nothing about them. Nobody was drawn by lot: people who work
# in the evening, look after somebody, or cannot climb the stairs to the hall were not there. And between the second and the third option these papers see no difference.
#
# Before the council decides, the result goes up at the five meeting places and by radio, with the reasons. For four weeks anyone may object in writing or by telephone,
# and we go to two schools and two building sites to ask those under 30. Whoever loses hears when their option comes up again: in May 2026.
# ### END SOLUTION
