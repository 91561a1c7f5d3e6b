# %% [markdown]
# # 2. Whose job is it? Assignment
#
# You work on **your own city**. It is invented, and nobody else has the same one:
# its offices, tasks, budgets, posts and dates are yours alone. It is the first of February 2026.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
# What you need for it stands at the end of the lesson, in *Five moves for the assignment*. Keep it open beside this page.
#
# None of the tasks is about violence.

# %%
from datetime import date

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.strategy.governance import scorecard
from safelearn.strategy.review_calendar import by_laws, calendar
from safelearn.strategy.roles import by_level, raci, unfunded
from safelearn.strategy.screening import screen, without_measure
from safelearn.strategy.self_assessment import assess, score
from safelearn.strategy.skills import team

today = date(2026, 2, 1)
city = my_city("m02")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `mandates` holds one row for each task, office and part: who is *accountable* for it, who is *responsible* (does it),
# who is *consulted* and who is *informed*. It was put together from two lists, and a few rows stand in it twice.

# %%
mandates = city.mandates
mandates[["task_id", "task", "stakeholder_id", "level", "part"]].head(8)

# %% [markdown]
# ## Task 1
#
# For each task: how many **offices** are accountable, and how many are responsible?
# `raci(mandates)` gives one row a task, with `accountable`, `responsible`, `consulted`, `informed` and what is wrong with it.
#
# For which tasks is the number of accountable offices not exactly one? And which tasks does nobody do?
#
# `parts`: a table with the columns `task_id`, `accountable`, `responsible`.
# `unclear` and `undone`: codes of tasks in lists, such as `["T01", "T02"]`.

# %%
parts = ...
unclear = ...
undone = ...
### BEGIN SOLUTION
found = raci(mandates)
parts = found[["task_id", "accountable", "responsible"]]
unclear = list(found["task_id"][found["accountable"] != 1])
undone = list(found["task_id"][found["responsible"] == 0])
### END SOLUTION

# %%
check("m02-t1", parts=parts, unclear=unclear, undone=undone)

# %% several who answer taken for a safe side tags=["mistake"]
# You named only the tasks for which nobody answers. Where two are accountable, each waits for the other,
# and whoever asks is sent from one to the other. Exactly one, or it is not clear.
found = raci(mandates)
parts = found[["task_id", "accountable", "responsible"]]
unclear = list(found["task_id"][found["accountable"] == 0])
undone = list(found["task_id"][found["responsible"] == 0])

# %% rows counted and not offices tags=["mistake"]
# You counted rows. A few stand in the table twice, because two lists were put together:
# the same office twice is still one office.
count = mandates.groupby(["task_id", "part"]).size().unstack(fill_value=0).reset_index()
parts = count[["task_id", "accountable", "responsible"]]
unclear = list(parts["task_id"][parts["accountable"] != 1])
undone = list(parts["task_id"][parts["responsible"] == 0])

# %% who is asked taken for who does it tags=["mistake"]
# You counted the consulted with the responsible. Somebody who is asked for an opinion
# does not climb the ladder and change the lamp.
found = raci(mandates.assign(part=mandates["part"].replace("consulted", "responsible")))
parts = found[["task_id", "accountable", "responsible"]]
unclear = list(found["task_id"][found["accountable"] != 1])
undone = list(found["task_id"][found["responsible"] == 0])

# %% [markdown]
# ## Task 2
#
# The by-law on safety names the tasks of your city. They are in `law`.
# Some of them have no row in `mandates`: nobody carries any part in them, and a table of what there is does not show it.
#
# `named` holds the same tasks, code and words; `raci(mandates, expected=named)` adds those that are missing.
# `law["task_id"].isin(mandates["task_id"])` is true for tasks in which somebody has a part, and a `~` before it turns that round.
#
# - How many tasks are there, those included?
# - In which has nobody any part?
# - For what per cent of all tasks does exactly one office answer?
#
# `all_tasks`: a number. `nobody`: codes in a list. `clear_percent`: with one decimal.

# %% tags=["given"]
law = city.law
named = dict(zip(law["task_id"], law["task"], strict=True))
law.tail(4)

# %%
all_tasks = ...
nobody = ...
clear_percent = ...
### BEGIN SOLUTION
found = raci(mandates, expected=named)
all_tasks = len(found)
nobody = list(law["task_id"][~law["task_id"].isin(mandates["task_id"])])
clear_percent = 100 * (found["accountable"] == 1).mean()
### END SOLUTION

# %%
check("m02-t2", all_tasks=all_tasks, nobody=nobody, clear_percent=clear_percent)

# %% an absence has no row tags=["mistake"]
# You counted only what stands in the table. A task that nobody has taken on is in no list of who does what:
# it must come from the law.
found = raci(mandates)
all_tasks = len(found)
nobody = []
clear_percent = 100 * (found["accountable"] == 1).mean()

# %% divided by the tasks that somebody has tags=["mistake"]
# You found the tasks that nobody has, and then divided by the others. Of *all* tasks, for how many does one office answer?
all_tasks = len(raci(mandates, expected=named))
nobody = list(law["task_id"][~law["task_id"].isin(mandates["task_id"])])
clear_percent = 100 * (raci(mandates)["accountable"] == 1).mean()

# %% two who answer counted as clear tags=["mistake"]
# You counted every task for which somebody answers. Where two answer, it is not clear who does.
found = raci(mandates, expected=named)
all_tasks = len(found)
nobody = list(law["task_id"][~law["task_id"].isin(mandates["task_id"])])
clear_percent = 100 * (found["accountable"] >= 1).mean()

# %% [markdown]
# ## Task 3
#
# An office can have a duty by law, and no money for it: an **unfunded mandate**.
# `unfunded(mandates)` lists the offices that must do or answer for a task and have no money for it (`no`) or not enough (`partly`).
# `raci(mandates)["faults"]` holds, for each task, what is wrong with it; one of the words is `"unfunded mandate"`,
# another `"no legal basis"`.
# (`found["faults"].map(lambda words: "unfunded mandate" in words)` is true where it is among them.)
#
# - How many such pairs of task and office are there?
# - Which tasks are unfunded mandates? Which have no law behind them?
# - How much money a year stands in these pairs, all together (column `budget`)?
#
# `short_pairs`: a number. `unfunded_tasks` and `lawless_tasks`: codes in lists. `short_money`: a sum of money.

# %%
short_pairs = ...
unfunded_tasks = ...
lawless_tasks = ...
short_money = ...
### BEGIN SOLUTION
short = unfunded(mandates)
found = raci(mandates)
short_pairs = len(short)
lacks_money = found["faults"].map(lambda words: "unfunded mandate" in words)
lacks_law = found["faults"].map(lambda words: "no legal basis" in words)
unfunded_tasks = list(found["task_id"][lacks_money])
lawless_tasks = list(found["task_id"][lacks_law])
short_money = short["budget"].sum()
### END SOLUTION

# %%
check(
    "m02-t3",
    short_pairs=short_pairs,
    unfunded_tasks=unfunded_tasks,
    lawless_tasks=lawless_tasks,
    short_money=short_money,
)

# %% a law taken for money tags=["mistake"]
# You took a duty in the law for a duty that can be done. The law says who must; it does not pay the wages.
# Look at the column `funded`, whatever the law says.
short = unfunded(mandates)
found = raci(mandates)
lacks_law = found["faults"].map(lambda words: "no legal basis" in words)
lawless_tasks = list(found["task_id"][lacks_law])
unfunded_tasks = lawless_tasks
short_pairs = int(mandates["legal_basis"].isna().sum())
short_money = short["budget"].sum()

# %% partly taken for yes tags=["mistake"]
# You let "partly" pass for "yes". An office with half of the money repairs half of the lamps, and answers for all.
short = unfunded(mandates)
found = raci(mandates)
short_pairs = int((short["funded"] == "no").sum())
lacks_money = found["faults"].map(lambda words: "unfunded mandate" in words)
lacks_law = found["faults"].map(lambda words: "no legal basis" in words)
unfunded_tasks = list(found["task_id"][lacks_money])
lawless_tasks = list(found["task_id"][lacks_law])
short_money = 0

# %% every row counted tags=["mistake"]
# You counted rows of the table: an office that both answers for a task and does it stands there twice, with the same money.
# Count each pair of task and office once.
carried = mandates[mandates["part"].isin(["accountable", "responsible"])]
rows = carried[carried["funded"].isin(["no", "partly"])]
found = raci(mandates)
short_pairs = len(rows)
lacks_money = found["faults"].map(lambda words: "unfunded mandate" in words)
lacks_law = found["faults"].map(lambda words: "no legal basis" in words)
unfunded_tasks = list(found["task_id"][lacks_money])
lawless_tasks = list(found["task_id"][lacks_law])
short_money = rows["budget"].sum()

# %% [markdown]
# ## Task 4
#
# Which level of government has how much money for your city's safety tasks?
# `by_level(mandates)` gives one row for each task and level, with the `budget` of those who carry the task there,
# each office once. Add it up by level.
#
# And in how many tasks do offices of **more than one level** carry a part? (`raci(mandates)["levels"]` holds the levels that carry each task;
# `.map(len)` counts them.)
#
# `money`: a table with the columns `level` and `budget`. `city_percent`: the share of the city's level, per cent, with one decimal.
# `several_levels`: a number of tasks.

# %%
money = ...
city_percent = ...
several_levels = ...
### BEGIN SOLUTION
rows = by_level(mandates)
money = rows.groupby("level")["budget"].sum().reset_index()
of_city = money.set_index("level")["budget"]["city"]
city_percent = 100 * of_city / money["budget"].sum()
several_levels = (raci(mandates)["levels"].map(len) > 1).sum()
### END SOLUTION

# %%
check("m02-t4", money=money, city_percent=city_percent, several_levels=several_levels)

# %% the same money counted twice tags=["mistake"]
# You added up the column of the table as it is. An office that answers for a task and does it stands there twice with one budget,
# and so do the rows that came from both lists. Each office once for each task.
money = mandates.groupby("level")["budget"].sum().reset_index()
of_city = money.set_index("level")["budget"]["city"]
city_percent = 100 * of_city / money["budget"].sum()
several_levels = (raci(mandates)["levels"].map(len) > 1).sum()

# %% who is asked counted as who carries tags=["mistake"]
# You counted every level that has any part in a task. Being asked or told is not carrying:
# whoever is only informed cannot be two levels that do the same.
rows = by_level(mandates)
money = rows.groupby("level")["budget"].sum().reset_index()
of_city = money.set_index("level")["budget"]["city"]
city_percent = 100 * of_city / money["budget"].sum()
several_levels = (mandates.groupby("task_id")["level"].nunique() > 1).sum()

# %% a mean instead of a sum tags=["mistake"]
# You took the mean. A level with many small tasks then looks poor, and one with a single large task rich.
# The question is how much money there is: add up.
rows = by_level(mandates)
money = rows.groupby("level")["budget"].mean().reset_index().dropna()
of_city = money.set_index("level")["budget"]["city"]
city_percent = 100 * of_city / money["budget"].sum()
several_levels = (raci(mandates)["levels"].map(len) > 1).sum()

# %% [markdown]
# ## Task 5
#
# `skills` holds what each post of your team can do, one row for each post and competency, with a `level` from 0 to 4,
# the level that the post needs, and how many people hold the post (`staff`).
# From level 3 on somebody can guide others.
#
# `team(skills)` looks at the team and not at anybody in it: `.competencies` has for each competency the `highest` level,
# how many people `leads` (level 3 or more) and how many posts fall `short` of what they need.
# `.nobody_leads` names the competencies without anybody at level 3.
# `.self_rated` is the share of levels that nobody but the post itself has judged.
#
# `abilities`: a table with the columns `competency`, `highest`, `leads`, `short`.
# `nobody_leads`: codes of competencies in a list, such as `["C1", "C2"]`. `self_rated_percent`: with one decimal.

# %% tags=["given"]
skills = city.skills
skills.head()

# %%
abilities = ...
nobody_leads = ...
self_rated_percent = ...
### BEGIN SOLUTION
found = team(skills)
abilities = found.competencies[["competency", "highest", "leads", "short"]]
nobody_leads = found.nobody_leads
self_rated_percent = 100 * found.self_rated
### END SOLUTION

# %%
check(
    "m02-t5",
    abilities=abilities,
    nobody_leads=nobody_leads,
    self_rated_percent=self_rated_percent,
)

# %% the mean taken for the team tags=["mistake"]
# You named competencies with a low mean. A team does not need everybody to be able to do everything:
# it needs somebody who leads and others who can do it. A mean shows neither.
found = team(skills)
abilities = found.competencies[["competency", "highest", "leads", "short"]]
mean = skills.groupby("competency")["level"].mean()
nobody_leads = list(mean.index[mean < 2])
self_rated_percent = 100 * found.self_rated

# %% posts counted and not people tags=["mistake"]
# You counted posts. Six social workers are six people who can lead in something, not one:
# the column `staff` says how many hold a post.
found = team(skills)
posts = skills[skills["level"] >= 3].groupby("competency").size()
named = found.competencies["competency"]
many = named.map(posts).fillna(0)
abilities = found.competencies[["competency", "highest", "short"]].assign(leads=many)
nobody_leads = found.nobody_leads
self_rated_percent = 100 * found.self_rated

# %% own rating not asked about tags=["mistake"]
# You turned the share round: it is of those levels that the post judged itself.
# Some rate themselves too high, some too low; a plan of learning should not rest on it alone.
found = team(skills)
abilities = found.competencies[["competency", "highest", "leads", "short"]]
nobody_leads = found.nobody_leads
self_rated_percent = 100 * (1 - found.self_rated)

# %% [markdown]
# ## Task 6
#
# Before the strategy goes to the council, each measure is screened: was the checklist on rights answered,
# and is somebody looking after each harm that is known?
# `screen(measures, harms).measures` says for each measure how grave its gravest open harm is (`gravest`),
# and why it is held back (`held_back`, empty if it is not).
#
# And which departments of the city have no part in the strategy, neither leading a measure nor as partners?
# `without_measure(measures, offices)` gives pairs of a code and a name.
#
# `gravest`: a table with the columns `measure_id` and `gravest`. `held_back`: codes of measures in a list.
# `idle`: codes of departments in a list.

# %% tags=["given"]
measures = city.measures
harms = city.harms
offices = city.offices
measures.head()

# %%
gravest = ...
held_back = ...
idle = ...
### BEGIN SOLUTION
found = screen(measures, harms)
gravest = found.measures[["measure_id", "gravest"]]
held_back = found.held_back
idle = [code for code, name in without_measure(measures, offices)]
### END SOLUTION

# %%
check("m02-t6", gravest=gravest, held_back=held_back, idle=idle)

# %% a known harm punished tags=["mistake"]
# You held back every measure for which a harm is on record. Then nobody would ever write one down.
# A harm that somebody looks after holds nothing back; a question that nobody asked does.
found = screen(measures, harms)
gravest = found.measures[["measure_id", "gravest"]]
held_back = list(found.measures["measure_id"][found.measures["harms"] > 0])
idle = [code for code, name in without_measure(measures, offices)]

# %% the harms not looked at tags=["mistake"]
# You held back only what was not screened. A measure may have its checklist answered
# and still have a harm that nobody does anything about, or that has already happened.
found = screen(measures)
gravest = screen(measures, harms).measures[["measure_id", "gravest"]]
held_back = found.held_back
idle = [code for code, name in without_measure(measures, offices)]

# %% partners forgotten tags=["mistake"]
# You named every department that leads nothing. Some of them are partners in a measure of another:
# that is a part, and often the better one.
found = screen(measures, harms)
gravest = found.measures[["measure_id", "gravest"]]
held_back = found.held_back
departments = offices[offices["type"] == "city_department"]
leads = departments["stakeholder_id"].isin(measures["stakeholder_id"])
idle = list(departments["stakeholder_id"][~leads])

# %% [markdown]
# ## Task 7
#
# How open and accountable is the work? `scorecard(tables, on=today)` counts what the registers say,
# item by item: `n` of `of`. What cannot be counted has `of` 0.
# `tables` is a dictionary, such as `{"mandates": mandates, "decisions": city.decisions}`.
# Use `mandates`, `decisions`, `feedback`, `technology` and `reviews`.
#
# Keep the items that can be counted (`.dropna()` leaves out rows in which something is empty).
# How many per cent of the reviews that were due have been done **in time**? Look for that item in the card: its `share` goes from 0 to 1.
#
# Which sentence do you print?
#
# - **A** The mean of all the shares, as one mark for the city.
# - **B** Each share with its two numbers, and what could not be counted beside them.
# - **C** Only the shares above one half, because the others discourage.
# - **D** The place of the city in a list of all cities.
#
# `card`: a table with the columns `item`, `n`, `of`. `on_time_percent`: with one decimal. `sentence`: a letter, such as `"A"`.

# %%
card = ...
on_time_percent = ...
sentence = ...
### BEGIN SOLUTION
tables = {
    "mandates": mandates,
    "decisions": city.decisions,
    "feedback": city.feedback,
    "technology": city.technology,
    "reviews": city.reviews,
}
found = scorecard(tables, on=today)
card = found.dropna()[["item", "n", "of"]]
on_time_percent = 100 * found.set_index("item")["share"]["reviews_on_time"]
sentence = "B"
### END SOLUTION

# %%
check("m02-t7", card=card, on_time_percent=on_time_percent, sentence=sentence)

# %% shares added up to one mark tags=["mistake"]
# Your numbers are right. But a mean of these shares says nothing that anybody could do something about:
# nine tasks and ninety letters weigh the same, and an open door hides a shut one. Print them one by one.
tables = {
    "mandates": mandates,
    "decisions": city.decisions,
    "feedback": city.feedback,
    "technology": city.technology,
    "reviews": city.reviews,
}
found = scorecard(tables, on=today)
card = found[found["of"] > 0][["item", "n", "of"]]
on_time_percent = 100 * found.set_index("item")["share"]["reviews_on_time"]
sentence = "A"

# %% done taken for done in time tags=["mistake"]
# You counted every review that was done. The question was how many were done *by the day they were due*:
# a review two months late is a review two months late.
tables = {
    "mandates": mandates,
    "decisions": city.decisions,
    "feedback": city.feedback,
    "technology": city.technology,
    "reviews": city.reviews,
}
found = scorecard(tables, on=today)
done = city.reviews["done_on"].notna()
n = found["n"].where(found["item"] != "reviews_on_time", done.sum())
card = found.assign(n=n)[found["of"] > 0][["item", "n", "of"]]
of = found.set_index("item")["of"]["reviews_on_time"]
on_time_percent = 100 * done.sum() / of
sentence = "B"

# %% what is not due yet counted as late tags=["mistake"]
# You divided by all reviews, those included that are not due before next summer. Nobody is late with these.
tables = {
    "mandates": mandates,
    "decisions": city.decisions,
    "feedback": city.feedback,
    "technology": city.technology,
    "reviews": city.reviews,
}
found = scorecard(tables, on=date(2030, 1, 1))
card = found[found["of"] > 0][["item", "n", "of"]]
on_time_percent = 100 * found.set_index("item")["share"]["reviews_on_time"]
sentence = "B"

# %% [markdown]
# ## Task 8
#
# When is what looked at again? `calendar(reviews, on=today, mandates=mandates, technology=technology)` puts the dates of all three registers in one order,
# with a `state`: `overdue`, `soon` (within 90 days), `later`, `done`, `no date`.
#
# And what do the by-laws lack? `by_laws(reviews)` says it in `lacks`: nothing, or a few words.
#
# - Which codes are overdue? How many are due soon?
# - Since how many days is the longest overdue one overdue, on the first of February 2026?
#   (`.min()` of a column of dates is the earliest, and `(pd.Timestamp(today) - that_day).days` counts the days since.)
# - Which by-laws lack something?
#
# `overdue` and `lacking`: codes in lists. `soon` and `days_late`: numbers.

# %% tags=["given"]
import pandas as pd

reviews = city.reviews
technology = city.technology
reviews[
    ["review_id", "subject", "title", "owner", "due_on", "done_on", "next_on"]
].tail(4)

# %%
overdue = ...
soon = ...
days_late = ...
lacking = ...
### BEGIN SOLUTION
days = calendar(reviews, on=today, mandates=mandates, technology=technology)
late = days[days["state"] == "overdue"]
overdue = list(late["code"])
soon = (days["state"] == "soon").sum()
days_late = (pd.Timestamp(today) - late["due_on"].min()).days
laws = by_laws(reviews)
lacking = list(laws["review_id"][laws["lacks"].map(len) > 0])
### END SOLUTION

# %%
check("m02-t8", overdue=overdue, soon=soon, days_late=days_late, lacking=lacking)

# %% a date that has passed read as a review done tags=["mistake"]
# You took every review whose day has passed for done. A date in a table does nothing:
# look whether a day stands in `done_on`.
days = calendar(reviews, on=today, mandates=mandates, technology=technology)
late = days[days["state"] == "overdue"]
overdue = []
soon = (days["state"] == "soon").sum()
days_late = 0
laws = by_laws(reviews)
lacking = list(laws["review_id"][laws["lacks"].map(len) > 0])

# %% done ones counted as overdue tags=["mistake"]
# You counted everything whose day has passed. Most of it was done; and where a next day was set, that one counts.
days = reviews[reviews["due_on"] < pd.Timestamp(today)]
overdue = list(days["review_id"])
soon = (reviews["due_on"] >= pd.Timestamp(today)).sum()
days_late = (pd.Timestamp(today) - days["due_on"].min()).days
laws = by_laws(reviews)
lacking = list(laws["review_id"][laws["lacks"].map(len) > 0])

# %% one register for all tags=["mistake"]
# You looked at the table of reviews alone. Tasks and systems have days of their own in other tables,
# and those are the ones that everybody forgets.
days = calendar(reviews, on=today)
late = days[days["state"] == "overdue"]
overdue = list(late["code"])
soon = (days["state"] == "soon").sum()
days_late = (pd.Timestamp(today) - late["due_on"].min()).days if len(late) else 0
laws = by_laws(reviews)
lacking = list(laws["review_id"][laws["lacks"].map(len) > 0])

# %% [markdown]
# ## Task 9
#
# The city has looked at some clauses of the Guidelines: met, partly, or not started.
# `assess(reviews, on=today)` gives one row for each clause, and `score(...)` counts them for each part and for `all`:
# a met clause counts one, a partly met one a half, **over those that were assessed**.
#
# - The score for `all`, in per cent. How many clauses were assessed? How many per cent of all clauses is that?
# - For each part: how many were assessed, and how many met?
# - Which sentence may stand in the yearly report?
#
#     - **A** "We fulfil the Guidelines to this per cent."
#     - **B** "Of the clauses that we looked at, so much is met; most clauses we have not looked at yet."
#     - **C** "We are ahead of other cities."
#     - **D** "What we have not looked at is not met."
#
# `by_part`: a table with the columns `part`, `assessed`, `met`, with the row `all`. `score_percent` and `assessed_percent`: with one decimal.
# `sentence`: a letter.

# %%
by_part = ...
score_percent = ...
assessed_percent = ...
sentence = ...
### BEGIN SOLUTION
found = score(assess(reviews, on=today))
by_part = found[["part", "assessed", "met"]]
whole = found.set_index("part").loc["all"]
score_percent = 100 * whole["score"]
assessed_percent = 100 * whole["assessed"] / whole["clauses"]
sentence = "B"
### END SOLUTION

# %%
check(
    "m02-t9",
    by_part=by_part,
    score_percent=score_percent,
    assessed_percent=assessed_percent,
    sentence=sentence,
)

# %% a score without what was not assessed tags=["mistake"]
# Your numbers are right, and the sentence hides one of them. A score of a few clauses that somebody chose
# is not how far the Guidelines are fulfilled: say how much was looked at, in the same breath.
found = score(assess(reviews, on=today))
by_part = found[["part", "assessed", "met"]]
whole = found.set_index("part").loc["all"]
score_percent = 100 * whole["score"]
assessed_percent = 100 * whole["assessed"] / whole["clauses"]
sentence = "A"

# %% not looked at taken for not met tags=["mistake"]
# You divided by all clauses, and so called everything unmet that nobody has looked at. Not known is not no:
# divide by those that were assessed, and print both numbers.
found = score(assess(reviews, on=today))
by_part = found[["part", "assessed", "met"]]
whole = found.set_index("part").loc["all"]
score_percent = 100 * (whole["met"] + 0.5 * whole["partly"]) / whole["clauses"]
assessed_percent = 100 * whole["assessed"] / whole["clauses"]
sentence = "D"

# %% partly counted as met tags=["mistake"]
# You counted "partly" as met. A lamp that burns on every second evening is not a lamp that burns.
found = score(assess(reviews, on=today))
by_part = found[["part", "assessed"]].assign(met=found["met"] + found["partly"])
whole = found.set_index("part").loc["all"]
score_percent = 100 * (whole["met"] + whole["partly"]) / whole["assessed"]
assessed_percent = 100 * whole["assessed"] / whole["clauses"]
sentence = "B"

# %% [markdown]
# ## Task 10
#
# Write the **terms of reference of the focal point** for safety in your city, on about a page.
# Take the headings of the document in the lesson (`safelearn template copy focal-point-terms`, typed in a terminal, gives you a copy):
# the post, what it does, tasks that it takes over, people and skills, means, powers and their limits, how it is judged.
# Use your own tables: which task has nobody, what the team lacks, what is overdue.

# %% m02-t10 [markdown]
# ### BEGIN SOLUTION
# **1. The post.** The focal point sits in the Office of the Mayor and answers to the deputy mayor. It exists by the by-law on safety of
# 12 March 2026 and is reviewed by the council in March 2028. It brings offices together and keeps the evidence; it commands nobody.
#
# **2. What it does.** Keeps the diagnosis no older than twelve months; prepares and follows the strategy with all departments and with residents;
# calls the committee and writes down who decided what; checks each measure for harm before it starts; answers letters within fifteen working days.
#
# **3. Tasks.** It carries T04 and T11, which nobody carries today, until 31 December 2026, and by then has found for each one office that answers.
# For T07, which two offices answer for, it proposes one to the council by June. It does not take over what an office does already.
#
# **4. People.** Two full posts and a deputy. The team leads in C1 and C3; nobody leads in C9 and C10, so the second post is for evaluation and budgets.
# Nobody holds the post who sells services to the city.
#
# **5. Means.** 95 000 a year for salaries, 30 000 for the survey and analysis, 12 000 for interpreters, childcare and pay for residents' time,
# 5 000 for training; a line of its own, secured until 2029. A duty without this money is not accepted.
#
# **6. Powers and limits.** It may ask each department for data and a named contact, put a point on the council's agenda, and publish findings
# without asking those whom they concern. It may not rate staff, keep files on persons, or change a figure after publication without saying so.
#
# **7. How it is judged.** Diagnosis in time (today: fourteen months old); departments with a part in the strategy (7 of 9); groups of whom
# nobody is on record (three); reviews done in time (61 of 100). The same numbers in two years, read by the council and by residents.
# ### END SOLUTION

# %% [markdown]
# ## Task 11
#
# Choose one task of your city for which nobody answers, or two do. Write the agreement that mends it, in half a page:
# which office answers for it from when, who does what, by which law and with which money, who is asked, and how a resident will notice.
# Then one paragraph: which office will object, what it will say, and why it might be right.

# %% m02-t11 [markdown]
# ### BEGIN SOLUTION
# **Agreement on the bus stops (T07).** From 1 May 2026 the Department of Public Works *answers* for light, shelter and pavement at all bus stops,
# by an amendment of the public works regulation (council, 20 April). The bus consortium *does* the cleaning and reports what is broken within a day;
# its concession pays for that. Public Works repairs within seven days, from 80 000 a year that the council moves from the line for new cameras.
# The district offices, the women's network and the association of persons with disabilities *are asked* twice a year, on a walk.
# At each stop stands one telephone number. A resident notices by this: a letter is answered by the office that can act, and each month
# the city shows how many repairs took longer than seven days. We look at it again on 1 May 2027.
#
# The consortium will object that it loses its say and keeps the blame, because passengers complain to the driver. It is right that a number on a stop
# changes nothing if nobody answers it at night; so the first three months are a trial, and its dispatch centre gets the same list as we do.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Write a plan of learning for the team for one year: what is learned first and why, by how many people, how, and how you will see that it helped.
# Nobody may be recognised in it, and it must be of no use for pay or promotion.

# %% m02-t12 [markdown]
# ### BEGIN SOLUTION
# In C9 (evaluation) nobody of the seventeen leads, and five of seven posts need more than they have; in C4 nobody leads either, and we publish in autumn.
# So C4 comes first, before the release: four people from three departments, two days with the observatory and one day on our own tables, until June.
# Then C9: two people take the two modules on evaluation, and bring the lighting programme as their example, until November; a third who is at level 2
# in the neighbouring city visits us twice. C1 everybody knows; whoever leads in it teaches one afternoon.
# Levels were judged by the post itself in four of ten cases, so we begin with an hour in pairs in which two judge each other.
# It helped if in November somebody can say without help what a comparison of before and after does not show, and if the release passes the check
# at the first go. The plan names competencies and numbers, no posts with a single holder. It is not given to the personnel office, and it is
# deleted in a year.
# ### END SOLUTION
