# %% [markdown]
# # 1. What is a safe place? Assignment
#
# You work on **your own town**. It is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
# In 2025 the town asked its adults how safe they feel, and the police recorded thefts.
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
# > **Before you begin.** Task 9 counts people who were harassed in the street. If you would rather not do it, do task 10 instead:
# > it is about stolen telephones, and worth as much. Nobody asks why, and nobody sees which one you chose.
# > All other tasks are about theft, burglary, words and plans.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.diagnosis.fear_risk import fear_and_risk, recorded_risk
from safelearn.disclosure import wording
from safelearn.estimates.intervals import wilson_interval
from safelearn.strategy.screening import screen

city = my_city("m01")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `areas` holds one row for each neighbourhood: how many people live there, how many adults were asked,
# how many of these feel unsafe after dark, and how many thefts from the person the police recorded there in 2025.

# %%
areas = city.areas
areas.head()

# %% [markdown]
# ## Task 1
#
# Set the two sides of safety next to each other. For each neighbourhood:
#
# - `fear`: of 100 who were asked, how many feel unsafe?
# - `harm`: for 1,000 residents, how many thefts?
#
# `areas[["area_id"]].assign(fear=…, harm=…)` makes a new table of the codes and two new columns.
#
# Then put both in order, 1 for the most (`.rank(ascending=False)`, as in the lesson).
# In which neighbourhood does fear stand furthest *ahead* of harm? Take its place in the order of harm, less its place in the order of fear:
# the largest difference is meant. `.idxmax()` says where the largest value of a column stands, `.max()` how large it is.
#
# `both`: a table with the columns `area_id`, `fear`, `harm`. `furthest`: the code in a list, such as `["03"]`.
# `places_ahead`: the difference.

# %%
both = ...
furthest = ...
places_ahead = ...
### BEGIN SOLUTION
both = areas[["area_id"]].assign(
    fear=100 * areas["unsafe"] / areas["asked"],
    harm=1000 * areas["thefts"] / areas["residents"],
)
places = both[["fear", "harm"]].rank(ascending=False)
ahead = places["harm"] - places["fear"]
furthest = [areas["area_id"][ahead.idxmax()]]
places_ahead = ahead.max()
### END SOLUTION

# %%
check("m01-t1", both=both, furthest=furthest, places_ahead=places_ahead)

# %% the most feared taken tags=["mistake"]
# You took the neighbourhood where most people are afraid. There, harm may be high as well.
# The question is where the two part: compare its two places.
both = areas[["area_id"]].assign(
    fear=100 * areas["unsafe"] / areas["asked"],
    harm=1000 * areas["thefts"] / areas["residents"],
)
places = both[["fear", "harm"]].rank(ascending=False)
furthest = [areas["area_id"][both["fear"].idxmax()]]
places_ahead = places["harm"][both["fear"].idxmax()] - 1

# %% cases not divided by residents tags=["mistake"]
# You put the neighbourhoods in order by the number of thefts. Where more people live, more is stolen:
# divide by the residents first.
both = areas[["area_id"]].assign(
    fear=100 * areas["unsafe"] / areas["asked"], harm=areas["thefts"]
)
places = both[["fear", "harm"]].rank(ascending=False)
ahead = places["harm"] - places["fear"]
furthest = [areas["area_id"][ahead.idxmax()]]
places_ahead = ahead.max()

# %% first place for the fewest tags=["mistake"]
# In your lists, 1 stands for the fewest, so you found where harm is furthest ahead of fear.
# `rank` begins with the smallest value unless you write `ascending=False`.
both = areas[["area_id"]].assign(
    fear=100 * areas["unsafe"] / areas["asked"],
    harm=1000 * areas["thefts"] / areas["residents"],
)
places = both[["fear", "harm"]].rank()
ahead = places["harm"] - places["fear"]
furthest = [areas["area_id"][ahead.idxmax()]]
places_ahead = ahead.max()

# %% [markdown]
# ## Task 2
#
# Which of this can you *say*? The cell below gives both figures their 95 % intervals: `fear` as a share from 0 to 1, `risk` in thefts for 1,000 residents.
#
# - What are the town's own two values: of all who were asked, how many per cent feel unsafe? And how many thefts for 1,000 of all residents?
#   (Both from `areas`.)
# - `placed = fear_and_risk(fear, risk, city_fear=…, city_risk=…)` places each neighbourhood, in the column `quadrant`.
#   It wants the town's fear as a share from 0 to 1, as `fear` is: not 45, but 0.45.
#   Which neighbourhoods are `"feared more than harmed"`? How many are `"cannot be told apart"`?
#
# `town_fear`: in per cent, with two decimals. `town_risk`: for 1,000 residents, with two decimals.
# `feared_more`: codes in a list, such as `["03", "11"]` (they stand at the left edge of `placed`: move 4). `cannot_tell`: a number.

# %% tags=["given"]
coded = areas.set_index("area_id")
found = wilson_interval(coded["unsafe"], coded["asked"])
fear = pd.DataFrame(
    {"value": found.share, "lower": found.lower, "upper": found.upper},
    index=coded.index,
)
risk = recorded_risk(coded["thefts"], coded["residents"]).set_index(coded.index)
pd.concat({"fear": fear, "risk": risk}, axis=1).round(2).head()

# %%
town_fear = ...
town_risk = ...
feared_more = ...
cannot_tell = ...
### BEGIN SOLUTION
town_fear = 100 * areas["unsafe"].sum() / areas["asked"].sum()
town_risk = 1000 * areas["thefts"].sum() / areas["residents"].sum()
placed = fear_and_risk(fear, risk, city_fear=town_fear / 100, city_risk=town_risk)
feared_more = list(placed.index[placed["quadrant"] == "feared more than harmed"])
cannot_tell = (placed["quadrant"] == "cannot be told apart").sum()
### END SOLUTION

# %%
check(
    "m01-t2",
    town_fear=town_fear,
    town_risk=town_risk,
    feared_more=feared_more,
    cannot_tell=cannot_tell,
)

# %% points without their intervals tags=["mistake"]
# You placed the neighbourhoods by their points alone. For some, the next fifty people asked would have put them on the other side of the line:
# both intervals must lie wholly on one side.
town_fear = 100 * areas["unsafe"].sum() / areas["asked"].sum()
town_risk = 1000 * areas["thefts"].sum() / areas["residents"].sum()
feared_more = list(
    fear.index[(fear["value"] > town_fear / 100) & (risk["value"] < town_risk)]
)
cannot_tell = 0

# %% only the interval of fear looked at tags=["mistake"]
# You looked at the interval of fear alone. Harm has one too, and "more than harmed" is a sentence about both.
town_fear = 100 * areas["unsafe"].sum() / areas["asked"].sum()
town_risk = 1000 * areas["thefts"].sum() / areas["residents"].sum()
feared_more = list(fear.index[fear["lower"] > town_fear / 100])
cannot_tell = (
    (fear["lower"] <= town_fear / 100) & (fear["upper"] >= town_fear / 100)
).sum()

# %% mean of the neighbourhoods tags=["mistake"]
# You took the mean of the neighbourhoods' values. A small one then counts as much as a large one:
# add up all people first, and divide once.
town_fear = 100 * fear["value"].mean()
town_risk = risk["value"].mean()
placed = fear_and_risk(fear, risk, city_fear=town_fear / 100, city_risk=town_risk)
feared_more = list(placed.index[placed["quadrant"] == "feared more than harmed"])
cannot_tell = (placed["quadrant"] == "cannot be told apart").sum()

# %% [markdown]
# ## Task 3
#
# The mayor says on the radio: "Half of our people feel safe after dark." Look who the other half are.
#
# `answers` holds one row for each adult asked in your town: sex, age, and whether they feel `safe` (`yes` or `no`).
# In this task each person counts alike.
#
# - How many per cent of all feel safe?
# - And of each group by sex and age?
# - By how many points are the men ahead of the women, all ages together? (60 per cent is 10 points ahead of 50.)
#
# `average` and `points_ahead`: with two decimals.
# `shares`: a table with the columns `sex`, `age`, `percent` (a row a group, `percent` with one decimal).
#
# `100 * (answers["safe"] == "yes")` holds 100 for each yes and 0 for each no, so its mean is a percentage.
# `answers.assign(percent=…)` adds it as a column, and `.groupby(["sex", "age"])` makes groups of two columns.

# %% tags=["given"]
answers = city.answers
answers.head()

# %%
average = ...
shares = ...
points_ahead = ...
### BEGIN SOLUTION
counted = answers.assign(percent=100 * (answers["safe"] == "yes"))
average = counted["percent"].mean()
shares = counted.groupby(["sex", "age"])["percent"].mean().reset_index()
by_sex = counted.groupby("sex")["percent"].mean()
points_ahead = by_sex["male"] - by_sex["female"]
### END SOLUTION

# %%
check("m01-t3", average=average, shares=shares, points_ahead=points_ahead)

# %% mean of the groups tags=["mistake"]
# You took the mean of the eight groups. They are not of one size: people are the unit here, not groups.
counted = answers.assign(percent=100 * (answers["safe"] == "yes"))
shares = counted.groupby(["sex", "age"])["percent"].mean().reset_index()
average = shares["percent"].mean()
by_sex = shares.groupby("sex")["percent"].mean()
points_ahead = by_sex["male"] - by_sex["female"]

# %% share of all who were asked tags=["mistake"]
# You divided each group's safe people by *everybody* who was asked. Then a small group looks afraid because it is small.
# Divide by the members of the group.
counted = answers.assign(percent=100 * (answers["safe"] == "yes"))
average = counted["percent"].mean()
shares = (counted.groupby(["sex", "age"])["percent"].sum() / len(counted)).reset_index()
by_sex = counted.groupby("sex")["percent"].sum() / len(counted)
points_ahead = by_sex["male"] - by_sex["female"]

# %% the unsafe counted tags=["mistake"]
# You counted those who do *not* feel safe. That is a good thing to know too, but it is not what was asked.
counted = answers.assign(percent=100 * (answers["safe"] == "no"))
average = counted["percent"].mean()
shares = counted.groupby(["sex", "age"])["percent"].mean().reset_index()
by_sex = counted.groupby("sex")["percent"].mean()
points_ahead = by_sex["male"] - by_sex["female"]

# %% [markdown]
# ## Task 4
#
# Who was *not* asked? `groups` lists the groups that the Guidelines name, and how many of them answered in your town's survey:
#
# - an **empty** field (`<NA>`): the survey did not ask about them;
# - **0**: it asked, and found nobody;
# - **few**: fewer than 30. Of so few nothing is printed, because it would say little, and somebody could be recognised;
# - **30 or more**: their figures may be shown.
#
# Sort the groups into the four kinds, each group into one. `.isna()` is true where a field is empty.
# *Few* is 1 to 29: neither the empty fields nor 0.
#
# `not_asked`, `none_found` and `few`: names in lists. `shown`: the rows of `groups` with 30 or more, with both columns.

# %% tags=["given"]
groups = city.groups
groups

# %%
not_asked = ...
none_found = ...
few = ...
shown = ...
### BEGIN SOLUTION
members = groups["members"]
not_asked = list(groups["group"][members.isna()])
none_found = list(groups["group"][members == 0])
few = list(groups["group"][members.between(1, 29)])
shown = groups[members >= 30]
### END SOLUTION

# %%
check("m01-t4", not_asked=not_asked, none_found=none_found, few=few, shown=shown)

# %% not asked written as none tags=["mistake"]
# You wrote 0 where the field is empty. "We found nobody" and "we did not ask" are two sentences,
# and the second one is about us.
members = groups["members"].fillna(0)
not_asked = []
none_found = list(groups["group"][members == 0])
few = list(groups["group"][members.between(1, 29)])
shown = groups[members >= 30]

# %% none found counted as few tags=["mistake"]
# You put those of whom nobody was found among the few. Zero is not few: it says that the survey could not reach them at all.
members = groups["members"]
not_asked = list(groups["group"][members.isna()])
none_found = []
few = list(groups["group"][members < 30])
shown = groups[members >= 30]

# %% a handful of people shown tags=["mistake"]
# You show groups of fewer than 30 as well. A share of eight people is mostly chance, and their neighbours may know all eight.
members = groups["members"]
not_asked = list(groups["group"][members.isna()])
none_found = list(groups["group"][members == 0])
few = []
shown = groups[members > 0]

# %% [markdown]
# ## Task 5
#
# A radio station in your town: *where more newcomers live, more homes are burgled.*
# `homes` holds each home of eight streets: whether newcomers live there, and whether it was burgled last year.
#
# - For each street, take the share of newcomers' homes and the share of burgled homes. How do they go together across the streets
#   (`.corr`, as in the lesson)?
# - Of all newcomers' homes in the town, how many per cent were burgled? Of all other homes?
#
# `pd.DataFrame({"newcomer": homes["newcomer"] == "yes", "burgled": homes["burgled"] == "yes"})` is a table of true and false.
# The mean of true and false is a share, and `.groupby(homes["street"]).mean()` takes it for each street.
# And such a column is a question already: it keeps the rows with a yes, and with a `~` before it the others (move 4).
#
# Which sentence do the figures carry?
#
# - **A** "Newcomers are burgled more often than others."
# - **B** "Newcomers bring burglary to a street."
# - **C** "In streets with more newcomers more homes were burgled; the newcomers' own homes were burgled less often than the others'."
# - **D** "The two results contradict each other, so one of them is wrong."
#
# `across`: with three decimals. `newcomers_burgled` and `others_burgled`: in per cent, with one decimal. `sentence`: a letter, such as `"A"`.

# %% tags=["given"]
homes = city.homes
homes.head()

# %%
across = ...
newcomers_burgled = ...
others_burgled = ...
sentence = ...
### BEGIN SOLUTION
both = pd.DataFrame(
    {"newcomer": homes["newcomer"] == "yes", "burgled": homes["burgled"] == "yes"}
)
streets = both.groupby(homes["street"]).mean()
across = streets["newcomer"].corr(streets["burgled"])
newcomers_burgled = 100 * both["burgled"][both["newcomer"]].mean()
others_burgled = 100 * both["burgled"][~both["newcomer"]].mean()
sentence = "C"
### END SOLUTION

# %%
check(
    "m01-t5",
    across=across,
    newcomers_burgled=newcomers_burgled,
    others_burgled=others_burgled,
    sentence=sentence,
)

# %% places read as people tags=["mistake"]
# You compared streets, and the question was about homes. In the street with most newcomers it may be the others who are burgled:
# a figure about places says nothing about the people in them.
both = pd.DataFrame(
    {"newcomer": homes["newcomer"] == "yes", "burgled": homes["burgled"] == "yes"}
)
streets = both.groupby(homes["street"]).mean()
across = streets["newcomer"].corr(streets["burgled"])
newcomers_burgled = 100 * streets["burgled"][streets["newcomer"].idxmax()]
others_burgled = 100 * streets["burgled"][streets["newcomer"].idxmin()]
sentence = "A"

# %% counts of unlike streets tags=["mistake"]
# You compared how *many* homes there are. A long street has more newcomers and more burglaries, only because it is long:
# take the shares of each street.
both = pd.DataFrame(
    {"newcomer": homes["newcomer"] == "yes", "burgled": homes["burgled"] == "yes"}
)
streets = both.groupby(homes["street"]).sum()
across = streets["newcomer"].corr(streets["burgled"])
newcomers_burgled = 100 * both["burgled"][both["newcomer"]].mean()
others_burgled = 100 * both["burgled"][~both["newcomer"]].mean()
sentence = "C"

# %% two results taken for a contradiction tags=["mistake"]
# Your numbers are right, and all of them are true together. Something about those streets (a station, old doors) can draw
# both newcomers and burglars; inside each street, newcomers are burgled less often.
both = pd.DataFrame(
    {"newcomer": homes["newcomer"] == "yes", "burgled": homes["burgled"] == "yes"}
)
streets = both.groupby(homes["street"]).mean()
across = streets["newcomer"].corr(streets["burgled"])
newcomers_burgled = 100 * both["burgled"][both["newcomer"]].mean()
others_burgled = 100 * both["burgled"][~both["newcomer"]].mean()
sentence = "D"

# %% [markdown]
# ## Task 6
#
# `draft` holds the sentences of a report that your town is about to print.
# The function `kinds` below asks the library what is wrong with a sentence, and writes the kinds: `ranking`, `deficit`, `enforcement`,
# two of them, or nothing at all (`""`).
#
# `draft["sentence"].map(kinds)` does it for every sentence, and gives one text for each.
# (`def` gives a name to steps that are done again and again. You need not write one, only use `kinds`.)
#
# - Which sentences have at least one problem? How many per cent of all sentences is that?
# - Which of them blame people or a place (`deficit`)? (`.str.contains("deficit")` is true where this word stands.)
#
# Read those that you have found, and those that you have not.
#
# `flagged` and `blaming`: the numbers of sentences in lists, such as `[3, 8]`. `flagged_percent`: with one decimal.

# %% tags=["given"]
draft = city.draft


def kinds(text):
    return " ".join(problem.kind for problem in wording.check(text))


for row in draft.itertuples():
    print(row.number, row.sentence)

# %%
flagged = ...
flagged_percent = ...
blaming = ...
### BEGIN SOLUTION
found = draft["sentence"].map(kinds)
flagged = list(draft["number"][found != ""])
flagged_percent = 100 * (found != "").mean()
blaming = list(draft["number"][found.str.contains("deficit")])
### END SOLUTION

# %%
check("m01-t6", flagged=flagged, flagged_percent=flagged_percent, blaming=blaming)

# %% every sentence about the young tags=["mistake"]
# You marked the sentences in which young people appear. Some of these say what young people do for others, or what happens to them:
# they are the ones to keep.
found = draft["sentence"].str.contains("young|youth|teenage", case=False)
flagged = list(draft["number"][found])
flagged_percent = 100 * found.mean()
blaming = flagged

# %% words searched for tags=["mistake"]
# You searched for words. "This map is not a ranking" holds the word and is fine; other sentences blame without any of your words.
# Use `kinds`, and then read.
found = draft["sentence"].str.contains("worst|ranking|patrols|no-go|most", case=False)
flagged = list(draft["number"][found])
flagged_percent = 100 * found.mean()
blaming = flagged

# %% only blame counted tags=["mistake"]
# You found the sentences that blame. Those that put places in order, and those that send the police because of a figure, do harm too.
found = draft["sentence"].map(kinds)
flagged = list(draft["number"][found.str.contains("deficit")])
flagged_percent = 100 * found.str.contains("deficit").mean()
blaming = flagged

# %% [markdown]
# ## Task 7
#
# Your town's plan has nine `measures`, and a register of what each could do to whom: `harms`.
# The `status` of a harm is `open`, `reduced` (something was done), `accepted` (agreed with those concerned), `closed`, or `happened`.
#
# - For each measure that has an **open** harm: what is the weight (likelihood times severity) of its gravest open harm?
#   (Keep the open ones, add the weight with `.assign(weight=…)`, and take the `.max()` by `subject_id`.)
# - Which open harms are **untended**: without a `mitigation` or without an `owner`? (`|` between two conditions means *or*.)
# - Which measures does `screen(measures, harms)` hold back? It has `.held_back`.
#
# `gravest`: a table with the columns `subject_id` and `weight`. `untended`: codes of harms in a list, such as `["H02"]`.
# `held_back`: codes of measures in a list.

# %% tags=["given"]
measures, harms = city.measures, city.harms
harms.drop(columns="subject")

# %%
gravest = ...
untended = ...
held_back = ...
### BEGIN SOLUTION
still_open = harms[harms["status"] == "open"]
weighed = still_open.assign(weight=still_open["likelihood"] * still_open["severity"])
gravest = weighed.groupby("subject_id")["weight"].max().reset_index()
nobody = still_open["mitigation"].isna() | still_open["owner"].isna()
untended = list(still_open["harm_id"][nobody])
held_back = list(screen(measures, harms).held_back)
### END SOLUTION

# %%
check("m01-t7", gravest=gravest, untended=untended, held_back=held_back)

# %% closed harms weighed too tags=["mistake"]
# You weighed all harms, also those that are closed, reduced or accepted. Somebody has worked on those;
# whoever still counts them teaches people not to write anything down.
weighed = harms.assign(weight=harms["likelihood"] * harms["severity"])
gravest = weighed.groupby("subject_id")["weight"].max().reset_index()
nobody = harms["mitigation"].isna() | harms["owner"].isna()
untended = list(harms["harm_id"][nobody])
held_back = list(screen(measures, harms).held_back)

# %% every known harm holds back tags=["mistake"]
# You hold back each measure for which an open harm is written down. A known harm that somebody tends holds nothing back.
# What does: nobody asked, nobody tends it, or it has happened.
still_open = harms[harms["status"] == "open"]
weighed = still_open.assign(weight=still_open["likelihood"] * still_open["severity"])
gravest = weighed.groupby("subject_id")["weight"].max().reset_index()
nobody = still_open["mitigation"].isna() | still_open["owner"].isna()
untended = list(still_open["harm_id"][nobody])
held_back = list(gravest["subject_id"])

# %% both missing asked for tags=["mistake"]
# You looked for harms without a mitigation *and* without an owner. One of the two missing is enough:
# a remedy that nobody carries out is none.
still_open = harms[harms["status"] == "open"]
weighed = still_open.assign(weight=still_open["likelihood"] * still_open["severity"])
gravest = weighed.groupby("subject_id")["weight"].max().reset_index()
nobody = still_open["mitigation"].isna() & still_open["owner"].isna()
untended = list(still_open["harm_id"][nobody])
held_back = list(screen(measures, harms).held_back)

# %% [markdown]
# ## Task 8
#
# The newspaper printed a list in January 2024: the areas of your town by burglaries for their number of residents in 2023.
# `burglaries` holds what it used, and the same for 2025. Nothing was done in between.
#
# Make the list for both years, 1 for the most.
#
# - The area that stood first in 2023: what place has it in 2025?
# - How many of the first five of 2023 are among the first five of 2025?
# - By how many places did an area move, on average over all, up or down? (`.abs()` drops the minus signs.)
#
# `later_place` and `still_there`: numbers. `mean_move`: with two decimals.

# %% tags=["given"]
burglaries = city.burglaries
burglaries.head()

# %%
later_place = ...
still_there = ...
mean_move = ...
### BEGIN SOLUTION
residents = burglaries["residents"]
before = (burglaries["n_2023"] / residents).rank(ascending=False)
after = (burglaries["n_2025"] / residents).rank(ascending=False)
later_place = after[before.idxmin()]
still_there = ((before <= 5) & (after <= 5)).sum()
mean_move = (after - before).abs().mean()
### END SOLUTION

# %%
check("m01-t8", later_place=later_place, still_there=still_there, mean_move=mean_move)

# %% a list of cases tags=["mistake"]
# You made the list by the number of burglaries. Large areas stand first in it every year, so it looks steady, and says only where many people live.
before = burglaries["n_2023"].rank(ascending=False, method="first")
after = burglaries["n_2025"].rank(ascending=False, method="first")
later_place = after[before.idxmin()]
still_there = ((before <= 5) & (after <= 5)).sum()
mean_move = (after - before).abs().mean()

# %% the list taken as lasting tags=["mistake"]
# You read the list of 2023 as if it held two years later. It does not: make the second list too, and look.
residents = burglaries["residents"]
before = (burglaries["n_2023"] / residents).rank(ascending=False)
later_place = before.min()
still_there = (before <= 5).sum()
mean_move = 0

# %% ups and downs set off tags=["mistake"]
# You added moves up and moves down, and they cancel: in every list the mean move is 0.
# Drop the signs before you take the mean.
residents = burglaries["residents"]
before = (burglaries["n_2023"] / residents).rank(ascending=False)
after = (burglaries["n_2025"] / residents).rank(ascending=False)
later_place = after[before.idxmin()]
still_there = ((before <= 5) & (after <= 5)).sum()
mean_move = (after - before).mean()

# %% [markdown]
# ## Task 9
#
# *Do this one or task 10. If you do both, the better one counts.*
#
# > This task counts people who were harassed in the street.
#
# `harassment` holds one row for each adult asked: whether it `happened` to them in the last year, and if so, whom they `told`:
# the `police`, `somebody else` or `nobody`. What the police have in their file are those who told the police.
#
# - Of 100 women to whom it happened, how many told the police? Of 100 men?
# - Of all to whom it happened, how many per cent are women?
# - Of all in the police's file, how many per cent are women?
#
# `told_police`: a table with the columns `sex` and `percent`. `women_harmed` and `women_in_file`: in per cent. All with one decimal.

# %% tags=["given"]
harassment = city.harassment
harassment.head()

# %%
told_police = ...
women_harmed = ...
women_in_file = ...
### BEGIN SOLUTION
harmed = harassment[harassment["happened"] == "yes"]
harmed = harmed.assign(percent=100 * (harmed["told"] == "police"))
in_file = harmed[harmed["told"] == "police"]
told_police = harmed.groupby("sex")["percent"].mean().reset_index()
women_harmed = 100 * (harmed["sex"] == "female").mean()
women_in_file = 100 * (in_file["sex"] == "female").mean()
### END SOLUTION

# %%
check(
    "m01-t9",
    told_police=told_police,
    women_harmed=women_harmed,
    women_in_file=women_in_file,
)

# %% the file taken for what happened tags=["mistake"]
# You took the police's file for what happened. Women told the police less often than men, so the file shows fewer of them than were harmed.
harmed = harassment[harassment["happened"] == "yes"]
harmed = harmed.assign(percent=100 * (harmed["told"] == "police"))
in_file = harmed[harmed["told"] == "police"]
told_police = harmed.groupby("sex")["percent"].mean().reset_index()
women_in_file = 100 * (in_file["sex"] == "female").mean()
women_harmed = women_in_file

# %% divided by everybody asked tags=["mistake"]
# You divided by everybody who was asked. Somebody to whom nothing happened has nothing to tell: divide by those to whom it happened.
harmed = harassment[harassment["happened"] == "yes"]
in_file = harmed[harmed["told"] == "police"]
told_police = harassment.assign(percent=100 * (harassment["told"] == "police"))
told_police = told_police.groupby("sex")["percent"].mean().reset_index()
women_harmed = 100 * (harmed["sex"] == "female").mean()
women_in_file = 100 * (in_file["sex"] == "female").mean()

# %% told somebody taken for told the police tags=["mistake"]
# You counted all who told anybody. A sister and a friend keep no file.
harmed = harassment[harassment["happened"] == "yes"]
harmed = harmed.assign(percent=100 * (harmed["told"] != "nobody"))
in_file = harmed[harmed["told"] != "nobody"]
told_police = harmed.groupby("sex")["percent"].mean().reset_index()
women_harmed = 100 * (harmed["sex"] == "female").mean()
women_in_file = 100 * (in_file["sex"] == "female").mean()

# %% [markdown]
# ## Task 10
#
# *Do this one or task 9. If you do both, the better one counts.*
#
# `phones` holds one row for each adult asked: whether a theft of their telephone `happened` to them in the last year, and if so, whom they `told`:
# the `police`, `somebody else` or `nobody`. What the police have in their file are those who told the police.
#
# - Of 100 people of each age to whom it happened, how many told the police?
# - Of all to whom it happened, how many per cent are under 30?
# - Of all in the police's file, how many per cent are under 30?
#
# `told_by_age`: a table with the columns `age` and `percent`. `young_harmed` and `young_in_file`: in per cent. All with one decimal.

# %% tags=["given"]
phones = city.phones
phones.head()

# %%
told_by_age = ...
young_harmed = ...
young_in_file = ...
### BEGIN SOLUTION
stolen = phones[phones["happened"] == "yes"]
stolen = stolen.assign(percent=100 * (stolen["told"] == "police"))
in_file = stolen[stolen["told"] == "police"]
told_by_age = stolen.groupby("age")["percent"].mean().reset_index()
young_harmed = 100 * (stolen["age"] == "15-29").mean()
young_in_file = 100 * (in_file["age"] == "15-29").mean()
### END SOLUTION

# %%
check(
    "m01-t10",
    told_by_age=told_by_age,
    young_harmed=young_harmed,
    young_in_file=young_in_file,
)

# %% who reports most taken for who loses most tags=["mistake"]
# You took the police's file for what happened. Older people report more of what is stolen from them,
# so the file makes them look like those who lose most.
stolen = phones[phones["happened"] == "yes"]
stolen = stolen.assign(percent=100 * (stolen["told"] == "police"))
in_file = stolen[stolen["told"] == "police"]
told_by_age = stolen.groupby("age")["percent"].mean().reset_index()
young_in_file = 100 * (in_file["age"] == "15-29").mean()
young_harmed = young_in_file

# %% telephones of everybody asked tags=["mistake"]
# You divided by everybody who was asked. Whose telephone was not stolen has nothing to tell: divide by those to whom it happened.
stolen = phones[phones["happened"] == "yes"]
in_file = stolen[stolen["told"] == "police"]
told_by_age = phones.assign(percent=100 * (phones["told"] == "police"))
told_by_age = told_by_age.groupby("age")["percent"].mean().reset_index()
young_harmed = 100 * (stolen["age"] == "15-29").mean()
young_in_file = 100 * (in_file["age"] == "15-29").mean()

# %% friends taken for the police tags=["mistake"]
# You counted all who told anybody. A friend who lends a telephone keeps no file.
stolen = phones[phones["happened"] == "yes"]
stolen = stolen.assign(percent=100 * (stolen["told"] != "nobody"))
in_file = stolen[stolen["told"] != "nobody"]
told_by_age = stolen.groupby("age")["percent"].mean().reset_index()
young_harmed = 100 * (stolen["age"] == "15-29").mean()
young_in_file = 100 * (in_file["age"] == "15-29").mean()

# %% [markdown]
# ## Task 11
#
# A measure of your own city, planned or running (a camera, a market rule, a lamp, an evening patrol of volunteers, anything):
# write its register of harms. At least three lines, each with: what could happen, to whom, how likely and how grave (1 to 5, with a word why),
# how you would notice it, what is done about it, and who answers for it.
# Then take the line that worries you most, and **change the measure** so that it does less harm. Say what the measure loses by that.
#
# 200 to 300 words. If you know nobody whom it concerns, say whom you would ask, and what.

# %% m01-t11 [markdown]
# ### BEGIN SOLUTION
# The measure: the market square is lit until two in the morning, and stalls must be gone by nine.
#
# 1. *Traders without a licence lose their evening trade.* Most are women who sell food. Likelihood 5: the rule says so. Severity 4: it is half
#    of their income. We would notice by asking the traders' association each month. Owner: Social Development.
# 2. *People who sleep under the arcade are sent away.* Likelihood 4: light and guards come together. Severity 5: the next roof is an hour away,
#    and not safe. Noticed by the night shelter's outreach workers, who count on two nights a month. Owner: the night shelter with Public Works.
# 3. *Light shines into the bedrooms of forty flats.* Likelihood 5, severity 2: sleep is lost, and a curtain helps. Noticed by a telephone number
#    on each lamp post. Owner: Public Works, which shades the lamps in the first month.
#
# The second worries us most. We asked three people who sleep there and two outreach workers. They said: leave the arcade dark and the corner
# by the fountain open, and tell us before, not afterwards. So the measure is changed: the lamps stand along the path and not under the arcade,
# no guard may send anybody away, and the shelter's bus stops at the square at ten. The measure loses something by that: the arcade itself stays dark,
# and some who cross the square will not like it. If more than two people have to leave in a month, Public Works must switch back, and the
# association of residents can demand it.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Write to the mayor of your town, who said on the radio: "Half of our people feel safe after dark, and the newcomers' streets are the problem."
# In 150 to 200 words, with the figures of tasks 3 and 5 if you have them (else with letters in their place): what is true, what does not follow,
# who is missing in the figures, and what could be said instead.

# %% m01-t12 [markdown]
# ### BEGIN SOLUTION
# Dear Mayor, thank you for speaking about safety on the radio. Two of your sentences will be repeated, so I should like them to be ones that hold.
#
# About … of 100 adults feel safe after dark: that is true of all together, and of hardly anybody. Of 100 men it is …, of 100 women …, at every age.
# A path or a bus that is planned for "half of our people" will suit neither half.
#
# In the eight streets that we looked at, more homes were burgled where more newcomers live. But of 100 newcomers' homes … were burgled, and of 100
# others …. So newcomers met burglars less often than their neighbours in the same streets. Why those streets are burgled we do not know: we shall look at
# doors, light and the road to the station. And nobody counted who did it.
#
# Nobody has asked people without a home, or those who sell in the street. We leave their lines empty in the table, and ask them in spring.
#
# You could say: "Women in our town give up their evenings, and in some streets old doors let burglars in. Both can be changed,
# and in those streets neighbours, old and new, have already begun: they keep keys for each other."
# ### END SOLUTION
