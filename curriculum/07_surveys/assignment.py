# %% [markdown]
# # 7. Surveys and perception: assignment
#
# You work on **your own survey**: five districts of a city, twenty blocks of houses in each, and the people who opened the door.
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
# > **Before you start.** Task 5 counts harassment, and task 7 counts assault, robbery and threats. Nobody's story is told.
# > Tasks 6 and 8 ask for the same steps on other subjects and are worth as many points.
# > Choose as you like. Nobody asks why.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.diagnosis.fear_risk import fear_and_risk, recorded_risk
from safelearn.estimates.survey import (
    kish_cluster_effect,
    proportions_by,
    survey_contrast,
    survey_design,
    survey_proportion,
    survey_total,
)
from safelearn.evaluation.power import sample_size_proportion

city = my_city("m07")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `survey` holds one row for each person who answered. `design` holds how they were drawn; give it to every estimate.
# `SAFE` holds the two answers that count as feeling safe.

# %%
survey = city.survey
design = survey_design(survey)
SAFE = ["very_safe", "safe"]

survey.iloc[:5, :9]

# %% [markdown]
# These are all the columns:

# %%
list(survey.columns)

# %% [markdown]
# ## Task 1
#
# Which share of the city's adults feels safe walking alone after dark, as SDG 16.1.4 counts it?
# The answers stand in the column `walk_dark`.
# And how many adults are below the line?
#
# `safe_percent`: in per cent, with one decimal. `adults_below_line`: a number of adults.

# %%
safe_percent = ...
adults_below_line = ...
### BEGIN SOLUTION
feels_safe = survey["walk_dark"].isin(SAFE)
safe_percent = 100 * survey_proportion(design, feels_safe).value
adults_below_line = survey["weight"].sum()
### END SOLUTION

# %%
check("m07-t1", safe_percent=safe_percent, adults_below_line=adults_below_line)

# %% those who never go out left out tags=["mistake"]
# You divided by the people who named a feeling. Those who never go out, and those who do not know, were asked as well:
# every adult who was asked belongs below the line. Without them, a city looks safer the more people hide.
named = survey["walk_dark"].isin([*SAFE, "unsafe", "very_unsafe"])
found = survey_proportion(design, survey["walk_dark"].isin(SAFE), where=named)
safe_percent = 100 * found.value
adults_below_line = survey["weight"][named].sum()

# %% weights forgotten tags=["mistake"]
# You counted interviews, not adults. In a small district each interview speaks for few people, in a large one for many:
# the column `weight` says for how many.
safe_percent = 100 * survey["walk_dark"].isin(SAFE).mean()
adults_below_line = len(survey)

# %% whoever is not unsafe taken for safe tags=["mistake"]
# You counted everybody who did not say "unsafe". Somebody who never goes out after dark has not said that the street is safe.
unsafe = survey["walk_dark"].isin(["unsafe", "very_unsafe"])
safe_percent = 100 * survey_proportion(design, ~unsafe).value
adults_below_line = survey["weight"].sum()

# %% [markdown]
# ## Task 2
#
# For some people it is the sunset that makes the difference: they feel safe by day (`walk_day`), and not after dark (`walk_dark`).
# (Here "not" is everybody who gives neither of the two answers in `SAFE`.)
# How many *adults of the city* are they? And how many per cent of all adults?
#
# `adults_changed`: a number of adults. `percent_changed`: in per cent, with one decimal.

# %%
adults_changed = ...
percent_changed = ...
### BEGIN SOLUTION
changed = survey["walk_day"].isin(SAFE) & ~survey["walk_dark"].isin(SAFE)
adults_changed = survey["weight"][changed].sum()
percent_changed = 100 * adults_changed / survey["weight"].sum()
### END SOLUTION

# %%
check("m07-t2", adults_changed=adults_changed, percent_changed=percent_changed)

# %% interviews taken for adults tags=["mistake"]
# You counted the interviews. The question is about adults: add up the weights of these people.
changed = survey["walk_day"].isin(SAFE) & ~survey["walk_dark"].isin(SAFE)
adults_changed = changed.sum()
percent_changed = 100 * changed.mean()

# %% one total subtracted from the other tags=["mistake"]
# You subtracted those who feel safe after dark from those who feel safe by day. A few people feel safe after dark and not by day;
# in the difference each of them hides another. Ask both questions of every single person, and join them with &.
weight = survey["weight"]
by_day = weight[survey["walk_day"].isin(SAFE)].sum()
adults_changed = by_day - weight[survey["walk_dark"].isin(SAFE)].sum()
percent_changed = 100 * adults_changed / weight.sum()

# %% only those who feel safe by day below the line tags=["mistake"]
# Your number of adults is right. For the percentage you divided by those who feel safe by day; the question says: of all adults.
by_day = survey["walk_day"].isin(SAFE)
changed = by_day & ~survey["walk_dark"].isin(SAFE)
adults_changed = survey["weight"][changed].sum()
percent_changed = 100 * adults_changed / survey["weight"][by_day].sum()

# %% [markdown]
# ## Task 3
#
# Now by day. Between which two values does the share of adults who feel safe by day (`walk_day`) lie, with 95 % confidence?
# How many times larger is its variance than it would be with strangers from all over the city?
# And how many interviews of strangers would have told you as much as your survey?
#
# `safe_interval`: `(low, high)`, in per cent, with one decimal. `design_effect`: with two decimals.
# `worth_interviews`: a number of interviews.

# %%
safe_interval = ...
design_effect = ...
worth_interviews = ...
### BEGIN SOLUTION
found = survey_proportion(design, survey["walk_day"].isin(SAFE))
safe_interval = (100 * found.lower, 100 * found.upper)
design_effect = found.design_effect
worth_interviews = len(survey) / found.design_effect
### END SOLUTION

# %%
check(
    "m07-t3",
    safe_interval=safe_interval,
    design_effect=design_effect,
    worth_interviews=worth_interviews,
)

# %% neighbours taken for strangers tags=["mistake"]
# Your interval is too short: it takes everybody for a stranger who was drawn alone. Blocks were drawn, and neighbours answer alike.
# `survey_design(survey)` reads the blocks from the column `psu`; let it.
alone = survey_design(survey, stratum=None, psu=None, stratum_psus=None)
found = survey_proportion(alone, survey["walk_day"].isin(SAFE))
safe_interval = (100 * found.lower, 100 * found.upper)
design_effect = found.design_effect
worth_interviews = len(survey) / found.design_effect

# %% standard errors compared, not their squares tags=["mistake"]
# Your interval is right. The design effect compares variances, which are the *squares* of the standard errors;
# you compared the standard errors themselves.
found = survey_proportion(design, survey["walk_day"].isin(SAFE))
safe_interval = (100 * found.lower, 100 * found.upper)
design_effect = found.design_effect**0.5
worth_interviews = len(survey) / design_effect

# %% multiplied by the design effect tags=["mistake"]
# You multiplied by the design effect. A neighbour tells you less than a stranger,
# so your interviews are worth fewer, not more: divide.
found = survey_proportion(design, survey["walk_day"].isin(SAFE))
safe_interval = (100 * found.lower, 100 * found.upper)
design_effect = found.design_effect
worth_interviews = len(survey) * found.design_effect

# %% one standard error to each side tags=["mistake"]
# You went one standard error to each side. Such an interval holds the truth in about 68 of 100 surveys;
# the ends of the 95 % interval are called `lower` and `upper`.
found = survey_proportion(design, survey["walk_day"].isin(SAFE))
error = found.standard_error
safe_interval = (100 * (found.value - error), 100 * (found.value + error))
design_effect = found.design_effect
worth_interviews = len(survey) / found.design_effect

# %% [markdown]
# ## Task 4
#
# Do people who travel in different ways feel equally safe after dark? The column `travel` says how each person mostly travels.
# Make a table with one row for each way of travel: the share of *its* people who feel safe after dark (`walk_dark`),
# and the ends of the 95 % interval.
#
# Leave out every way with **fewer than 30** interviews. Which did you leave out?
#
# `safe_by_travel`: a table with the columns `travel`, `percent`, `lower`, `upper`. The order of the rows does not matter.
# `left_out`: a list of names, such as `["bus", "car"]`.

# %%
safe_by_travel = ...
left_out = ...
### BEGIN SOLUTION
found = proportions_by(design, survey["walk_dark"].isin(SAFE), survey["travel"])
few = found["n"] < 30
left_out = list(found["travel"][few])
safe_by_travel = found[["travel"]].assign(
    percent=100 * found["value"],
    lower=100 * found["lower"],
    upper=100 * found["upper"],
)[~few]
### END SOLUTION

# %%
check("m07-t4", safe_by_travel=safe_by_travel, left_out=left_out)

# %% a handful of people shown tags=["mistake"]
# You show a way of travel that fewer than 30 of the people interviewed use. The figure says next to nothing about the others,
# and neighbours may recognise whoever was asked. Name it among those left out.
found = proportions_by(design, survey["walk_dark"].isin(SAFE), survey["travel"])
left_out = []
safe_by_travel = found[["travel"]].assign(
    percent=100 * found["value"], lower=100 * found["lower"], upper=100 * found["upper"]
)

# %% shares of those who feel safe tags=["mistake"]
# You asked how those who feel safe travel. The question is the other way round:
# of 100 people who travel in this way, how many feel safe? Below the line stand the people of the row.
found = survey["travel"].value_counts()
left_out = list(found.index[found < 30])
feel_safe = survey["walk_dark"].isin(SAFE)
rows = []
for travel in found.index[found >= 30]:
    e = survey_proportion(design, survey["travel"] == travel, where=feel_safe)
    rows.append([travel, 100 * e.value, 100 * e.lower, 100 * e.upper])
safe_by_travel = pd.DataFrame(rows, columns=["travel", "percent", "lower", "upper"])

# %% [markdown]
# ## Task 5
#
# Which share of adults was harassed in the last twelve months, in the sexual form (`harassed_sexual`), another form (`harassed_other`),
# or both? And how many adults of the city is that? The answer that counts is `"last_12_months"`.
#
# `harassed_percent`: in per cent, with one decimal. `harassed_adults`: a number of adults.

# %%
harassed_percent = ...
harassed_adults = ...
### BEGIN SOLUTION
sexual = survey["harassed_sexual"] == "last_12_months"
other = survey["harassed_other"] == "last_12_months"
harassed_percent = 100 * survey_proportion(design, sexual | other).value
harassed_adults = survey["weight"][sexual | other].sum()
### END SOLUTION

# %%
check("m07-t5", harassed_percent=harassed_percent, harassed_adults=harassed_adults)

# %% the two forms added up tags=["mistake"]
# You added the two forms. Whoever lives with both was counted twice; the indicator counts people, each of them once.
sexual = survey["harassed_sexual"] == "last_12_months"
other = survey["harassed_other"] == "last_12_months"
weight = survey["weight"]
harassed_adults = weight[sexual].sum() + weight[other].sum()
harassed_percent = 100 * harassed_adults / weight.sum()

# %% only those with both forms tags=["mistake"]
# You counted the people who live with both forms. One of them is enough: use | (or) where you used & (and).
sexual = survey["harassed_sexual"] == "last_12_months"
other = survey["harassed_other"] == "last_12_months"
harassed_percent = 100 * survey_proportion(design, sexual & other).value
harassed_adults = survey["weight"][sexual & other].sum()

# %% earlier years counted too tags=["mistake"]
# You counted people who were harassed at any time. The indicator asks for the last twelve months,
# so that the next survey can show whether something changed.
ever = ["last_12_months", "earlier"]
harassed = survey["harassed_sexual"].isin(ever) | survey["harassed_other"].isin(ever)
harassed_percent = 100 * survey_proportion(design, harassed).value
harassed_adults = survey["weight"][harassed].sum()

# %% [markdown]
# ## Task 6
#
# Some people change their ways because they do not feel safe: they avoid a place (`avoided_place`), an hour of the day (`avoided_time`),
# or both. Which share of adults avoids *something*? And how many adults of the city is that? The answer that counts is `"yes"`.
#
# `avoiding_percent`: in per cent, with one decimal. `avoiding_adults`: a number of adults.

# %%
avoiding_percent = ...
avoiding_adults = ...
### BEGIN SOLUTION
place = survey["avoided_place"] == "yes"
hour = survey["avoided_time"] == "yes"
avoiding_percent = 100 * survey_proportion(design, place | hour).value
avoiding_adults = survey["weight"][place | hour].sum()
### END SOLUTION

# %%
check("m07-t6", avoiding_percent=avoiding_percent, avoiding_adults=avoiding_adults)

# %% places and hours added up tags=["mistake"]
# You added the two. Whoever avoids a place and an hour was counted twice; count people, each of them once.
place, hour = survey["avoided_place"] == "yes", survey["avoided_time"] == "yes"
weight = survey["weight"]
avoiding_adults = weight[place].sum() + weight[hour].sum()
avoiding_percent = 100 * avoiding_adults / weight.sum()

# %% only those who avoid both tags=["mistake"]
# You counted the people who avoid a place and an hour. One of them is enough: use | (or) where you used & (and).
both = (survey["avoided_place"] == "yes") & (survey["avoided_time"] == "yes")
avoiding_percent = 100 * survey_proportion(design, both).value
avoiding_adults = survey["weight"][both].sum()

# %% no answer taken for yes tags=["mistake"]
# You counted everybody who did not say "no". Some gave no answer: they stay below the line, and do not rise above it.
something = (survey["avoided_place"] != "no") | (survey["avoided_time"] != "no")
avoiding_percent = 100 * survey_proportion(design, something).value
avoiding_adults = survey["weight"][something].sum()

# %% [markdown]
# ## Task 7
#
# What do the authorities hear of? Take assault, robbery and threats, each apart.
# Of the adults to whom it happened in the last twelve months (`assault`, `robbery`, `threat`),
# which share told the police or another authority (`assault_told`, `robbery_told`, `threat_told`)?
# The answers that count are `"police"` and `"other_authority"`. Give each share with its 95 % interval.
#
# `told_by_form`: a table with the columns `form` (`"assault"`, `"robbery"`, `"threat"`), `percent`, `lower`, `upper`.

# %%
told_by_form = ...
### BEGIN SOLUTION
rows = []
for form in ["assault", "robbery", "threat"]:
    victims = survey[form] == "last_12_months"
    told = survey[f"{form}_told"].isin(["police", "other_authority"])
    e = survey_proportion(design, told, where=victims)
    rows.append([form, 100 * e.value, 100 * e.lower, 100 * e.upper])
told_by_form = pd.DataFrame(rows, columns=["form", "percent", "lower", "upper"])
### END SOLUTION

# %%
check("m07-t7", told_by_form=told_by_form)

# %% everybody below the line tags=["mistake"]
# You divided by all adults. Most of them had nothing to tell: they were never asked whether they told it, and an empty cell is no "no".
# Below the line stand those to whom it happened (`where=`).
rows = []
for form in ["assault", "robbery", "threat"]:
    victims = survey[form] == "last_12_months"
    told = survey[f"{form}_told"].isin(["police", "other_authority"])
    e = survey_proportion(design, told & victims)
    rows.append([form, 100 * e.value, 100 * e.lower, 100 * e.upper])
told_by_form = pd.DataFrame(rows, columns=["form", "percent", "lower", "upper"])

# %% earlier years counted too tags=["mistake"]
# You took everybody to whom it ever happened. The indicator looks at the last twelve months;
# of older events, people remember best those that they told somebody.
rows = []
for form in ["assault", "robbery", "threat"]:
    victims = survey[form].isin(["last_12_months", "earlier"])
    told = survey[f"{form}_told"].isin(["police", "other_authority"])
    e = survey_proportion(design, told, where=victims)
    rows.append([form, 100 * e.value, 100 * e.lower, 100 * e.upper])
told_by_form = pd.DataFrame(rows, columns=["form", "percent", "lower", "upper"])

# %% weights forgotten tags=["mistake"]
# You counted interviews. Each person to whom it happened stands for as many adults as the weight says.
alike = survey_design(survey, weight=None)
rows = []
for form in ["assault", "robbery", "threat"]:
    victims = survey[form] == "last_12_months"
    told = survey[f"{form}_told"].isin(["police", "other_authority"])
    e = survey_proportion(alike, told, where=victims)
    rows.append([form, 100 * e.value, 100 * e.lower, 100 * e.upper])
told_by_form = pd.DataFrame(rows, columns=["form", "percent", "lower", "upper"])

# %% [markdown]
# ## Task 8
#
# Who came to a public service in the last twelve months was asked about the last visit. `service_used` says which service it was
# (`"none"` for those who used none), `service_satisfied` whether they were satisfied.
# Make a table with one row for each of the four services: of the people who used it, which share was satisfied?
# Give each share with its 95 % interval. Those who do not know stay below the line.
#
# `satisfied_by_service`: a table with the columns `service`, `percent`, `lower`, `upper`.

# %%
satisfied_by_service = ...
### BEGIN SOLUTION
rows = []
for service in ["civil registry", "health", "school", "social services"]:
    users = survey["service_used"] == service
    satisfied = survey["service_satisfied"] == "satisfied"
    e = survey_proportion(design, satisfied, where=users)
    rows.append([service, 100 * e.value, 100 * e.lower, 100 * e.upper])
columns = ["service", "percent", "lower", "upper"]
satisfied_by_service = pd.DataFrame(rows, columns=columns)
### END SOLUTION

# %%
check("m07-t8", satisfied_by_service=satisfied_by_service)

# %% everybody below the line tags=["mistake"]
# You divided by all adults. Most of them did not come to this service: they were never asked about it, and an empty cell is no "no".
# Below the line stand those who used it (`where=`).
rows = []
for service in ["civil registry", "health", "school", "social services"]:
    users = survey["service_used"] == service
    satisfied = survey["service_satisfied"] == "satisfied"
    e = survey_proportion(design, satisfied & users)
    rows.append([service, 100 * e.value, 100 * e.lower, 100 * e.upper])
columns = ["service", "percent", "lower", "upper"]
satisfied_by_service = pd.DataFrame(rows, columns=columns)

# %% whoever is not dissatisfied taken for satisfied tags=["mistake"]
# You counted everybody who did not say "dissatisfied". Who does not know has not said that it was good.
rows = []
for service in ["civil registry", "health", "school", "social services"]:
    users = survey["service_used"] == service
    satisfied = survey["service_satisfied"] != "dissatisfied"
    e = survey_proportion(design, satisfied, where=users)
    rows.append([service, 100 * e.value, 100 * e.lower, 100 * e.upper])
columns = ["service", "percent", "lower", "upper"]
satisfied_by_service = pd.DataFrame(rows, columns=columns)

# %% [markdown]
# ## Task 9
#
# Purses and telephones. `theft_from_person` says whether something was stolen from a person in the last twelve months, and `times`, below,
# how often (0 for those from whom nothing was stolen). `records` holds what adults told the police in the same year.
#
# - From how many adults was something stolen in this way?
# - How many *thefts* were there, by the survey?
# - The police recorded some of these thefts. How many per cent of those that the survey finds? And between which two values does that lie?
#   (The recorded thefts are counted and certain; the doubt is in the survey's total.)
# - Next year the police record a fifth more of these thefts, and nobody is asked again. Which of these sentences is true then?
#
#     - **A** "A fifth more was stolen than in the year before."
#     - **B** "Nobody can tell: more may have been stolen, or more of it told."
#     - **C** "People trust the police more than in the year before."
#     - **D** "The police caught more thieves."
#
# `survey_total(design, values)` adds up over all adults of the city, with an interval.
#
# `victims`: a number of adults. `thefts`: a number of thefts. `recorded_percent`: in per cent, with one decimal.
# `recorded_interval`: `(low, high)`, in per cent, with one decimal. `sentence`: a letter.

# %% tags=["given"]
records = city.records
times = survey["theft_times"].fillna(0).astype(int)
records.head(4)

# %%
victims = ...
thefts = ...
recorded_percent = ...
recorded_interval = ...
sentence = ...
### BEGIN SOLUTION
victims = survey["weight"][survey["theft_from_person"] == "last_12_months"].sum()
found = survey_total(design, times)
thefts = found.value
recorded = records["n"][records["offence"] == "Theft from the person"].sum()
recorded_percent = 100 * recorded / found.value
recorded_interval = (100 * recorded / found.upper, 100 * recorded / found.lower)
sentence = "B"
### END SOLUTION

# %%
check(
    "m07-t9",
    victims=victims,
    thefts=thefts,
    recorded_percent=recorded_percent,
    recorded_interval=recorded_interval,
    sentence=sentence,
)

# %% victims counted as thefts tags=["mistake"]
# You counted each victim once. Some met a thief several times in the year, and the police record every theft apart:
# thefts belong beside thefts.
stolen = survey["theft_from_person"] == "last_12_months"
victims = survey["weight"][stolen].sum()
found = survey_total(design, stolen)
thefts = found.value
recorded = records["n"][records["offence"] == "Theft from the person"].sum()
recorded_percent = 100 * recorded / found.value
recorded_interval = (100 * recorded / found.upper, 100 * recorded / found.lower)
sentence = "B"

# %% burglaries among the recorded tags=["mistake"]
# You took everything that stands in the records. The survey's question was about things stolen from a person;
# burglaries of homes are another question.
victims = survey["weight"][survey["theft_from_person"] == "last_12_months"].sum()
found = survey_total(design, times)
thefts = found.value
recorded = records["n"].sum()
recorded_percent = 100 * recorded / found.value
recorded_interval = (100 * recorded / found.upper, 100 * recorded / found.lower)
sentence = "B"

# %% interviews taken for adults tags=["mistake"]
# You added up what the people interviewed told. Each of them speaks for as many adults as the weight says,
# and only then can it stand beside the records of the whole city.
alike = survey_design(survey, weight=None)
victims = (survey["theft_from_person"] == "last_12_months").sum()
found = survey_total(alike, times)
thefts = found.value
recorded = records["n"][records["offence"] == "Theft from the person"].sum()
recorded_percent = 100 * recorded / found.value
recorded_interval = (100 * recorded / found.upper, 100 * recorded / found.lower)
sentence = "B"

# %% a trend read without a survey tags=["mistake"]
# Your numbers are right. Look at the percentage once more: the police hear of a part of the thefts only.
# If that part grows, the records grow, and nothing more was stolen. It takes a survey at both times.
victims = survey["weight"][survey["theft_from_person"] == "last_12_months"].sum()
found = survey_total(design, times)
thefts = found.value
recorded = records["n"][records["offence"] == "Theft from the person"].sum()
recorded_percent = 100 * recorded / found.value
recorded_interval = (100 * recorded / found.upper, 100 * recorded / found.lower)
sentence = "A"

# %% [markdown]
# ## Task 10
#
# Set fear beside what is recorded, for the five districts (`stratum`).
#
# - **Fear**: the share of adults who do *not* feel safe after dark (`walk_dark`).
# - **Risk**: all thefts and burglaries that the police recorded, per 1,000 adults of the district.
#
# `n` and `adults`, below, count both for each district.
#
# First both for the whole city. Then say a district is *feared more than harmed* only where **both** intervals agree:
# its fear wholly above the city's, and its risk wholly below.
#
# `recorded_risk(n, adults)` gives rates with intervals for whole columns at once, and
# `fear_and_risk(fear, risk, city_fear=..., city_risk=...)` compares. (Fear as shares from 0 to 1, risk per 1,000;
# both tables need the districts as their index: `.set_index("stratum")`, `.set_index(n.index)`.)
#
# Which of these sentences may stand in the city's report?
#
# - **A** "In the districts named, people are afraid without a reason."
# - **B** "The districts named are the dangerous ones: so many people cannot be wrong."
# - **C** "In the districts named, more people than in the city as a whole do not feel safe, and fewer thefts and burglaries are recorded
#   for as many adults. The survey did not ask why."
# - **D** "More police in the districts named would take the fear away."
#
# `city_fear`: in per cent, with two decimals. `city_risk`: per 1,000 adults, with two decimals.
# `feared_more`: the names of the districts in a list. `sentence`: a letter.

# %% tags=["given"]
n = city.records.groupby("stratum")["n"].sum()
adults = survey.groupby("stratum")["weight"].sum()
pd.DataFrame({"n": n, "adults": adults})

# %%
city_fear = ...
city_risk = ...
feared_more = ...
sentence = ...
### BEGIN SOLUTION
afraid = ~survey["walk_dark"].isin(SAFE)
share = survey_proportion(design, afraid).value
city_fear = 100 * share
city_risk = 1000 * n.sum() / adults.sum()
fear = proportions_by(design, afraid, survey["stratum"]).set_index("stratum")
risk = recorded_risk(n, adults).set_index(n.index)
found = fear_and_risk(fear, risk, city_fear=share, city_risk=city_risk)
feared_more = list(found.index[found["quadrant"] == "feared more than harmed"])
sentence = "C"
### END SOLUTION

# %%
check(
    "m07-t10",
    city_fear=city_fear,
    city_risk=city_risk,
    feared_more=feared_more,
    sentence=sentence,
)

# %% intervals not looked at tags=["mistake"]
# You compared the two numbers of a district with the city's, without their intervals.
# A district whose interval crosses the city's line may as well lie on the other side of it.
afraid = ~survey["walk_dark"].isin(SAFE)
share = survey_proportion(design, afraid).value
city_fear = 100 * share
city_risk = 1000 * n.sum() / adults.sum()
fear = proportions_by(design, afraid, survey["stratum"]).set_index("stratum")
feared_more = list(n.index[(fear["value"] > share) & (1000 * n / adults < city_risk)])
sentence = "C"

# %% fear taken for harm tags=["mistake"]
# You named every district where people are clearly more afraid. Fear is one side of safety and harm is the other:
# where fear is greater, less may be stolen, or more. Look at both.
afraid = ~survey["walk_dark"].isin(SAFE)
share = survey_proportion(design, afraid).value
city_fear = 100 * share
city_risk = 1000 * n.sum() / adults.sum()
fear = proportions_by(design, afraid, survey["stratum"]).set_index("stratum")
feared_more = list(fear.index[fear["lower"] > share])
sentence = "B"

# %% people told that they are wrong tags=["mistake"]
# Your figures are right; the sentence does harm. Records show what was told to the police, and fear has other grounds too:
# a dark street, harassment that nobody records, what happened to a friend. Nobody was asked why.
afraid = ~survey["walk_dark"].isin(SAFE)
share = survey_proportion(design, afraid).value
city_fear = 100 * share
city_risk = 1000 * n.sum() / adults.sum()
fear = proportions_by(design, afraid, survey["stratum"]).set_index("stratum")
risk = recorded_risk(n, adults).set_index(n.index)
found = fear_and_risk(fear, risk, city_fear=share, city_risk=city_risk)
feared_more = list(found.index[found["quadrant"] == "feared more than harmed"])
sentence = "A"

# %% [markdown]
# ## Task 11
#
# A newspaper prints two shares: of the women, and of the men, who feel safe **by day** (`walk_day`), each with its interval.
# The two intervals overlap. Now it asks you: is there a difference?
#
# How many percentage points is the share of women **above** that of men (negative: below)?
# And between which two values does this difference lie? `survey_contrast(design, yes, first, second)` gives first less second,
# in shares, with the interval of the difference itself.
#
# - **A** "The intervals overlap, so there is no difference."
# - **B** "Fewer women than men feel safe by day; the interval of the difference does not hold zero."
# - **C** "Every woman feels less safe than every man."
# - **D** "Women feel less safe because they are women."
#
# `difference`: in percentage points, with two decimals. `difference_interval`: `(low, high)`, with one decimal. `sentence`: a letter.

# %%
difference = ...
difference_interval = ...
sentence = ...
### BEGIN SOLUTION
women = survey["sex"] == "female"
found = survey_contrast(design, survey["walk_day"].isin(SAFE), women, ~women)
difference = 100 * found.value
difference_interval = (100 * found.lower, 100 * found.upper)
sentence = "B"
### END SOLUTION

# %%
check(
    "m07-t11",
    difference=difference,
    difference_interval=difference_interval,
    sentence=sentence,
)

# %% overlap read as no difference tags=["mistake"]
# Your numbers are right. Now believe them: the interval of the difference does not hold zero.
# Two intervals may overlap a little and the difference be clear all the same.
women = survey["sex"] == "female"
found = survey_contrast(design, survey["walk_day"].isin(SAFE), women, ~women)
difference = 100 * found.value
difference_interval = (100 * found.lower, 100 * found.upper)
sentence = "A"

# %% ends of the two intervals subtracted tags=["mistake"]
# You took the ends of the two intervals from each other. That would be right only if both shares were wrong at once,
# each in the worst way. It makes the interval far too long: ask for that of the difference itself.
by_sex = proportions_by(design, survey["walk_day"].isin(SAFE), survey["sex"])
by_sex = 100 * by_sex.set_index("sex")[["value", "lower", "upper"]]
women, men = by_sex.loc["female"], by_sex.loc["male"]
difference = women["value"] - men["value"]
difference_interval = (women["lower"] - men["upper"], women["upper"] - men["lower"])
sentence = "A"

# %% men less women tags=["mistake"]
# You subtracted the other way round: the question asks how far the share of women lies above that of men.
women = survey["sex"] == "female"
found = survey_contrast(design, survey["walk_day"].isin(SAFE), ~women, women)
difference = 100 * found.value
difference_interval = (100 * found.lower, 100 * found.upper)
sentence = "B"

# %% [markdown]
# ## Task 12
#
# The council wants to know the share of adults who feel safe after dark, next year, within a certain margin to either side
# (`margin`, as a share: 0.03 is three percentage points). Interviewers will visit blocks, and in each they will find so many answers
# (`answers_a_block`). `likeness` says how alike neighbours answer, from 0 (like strangers) to 1 (all the same).
# And of 100 doors, not all open: `doors_that_open`.
#
# - How many times larger will neighbours make the variance? `kish_cluster_effect(answers, likeness)` knows.
# - How many interviews do you need? `sample_size_proportion(margin, design_effect=...)` gives the number.
# - At how many doors must somebody knock? The same function takes `response_rate=...` as well.
#
# Do not round: you round up at the very end, when you order the forms.
#
# `design_effect`: with two decimals. `interviews` and `doors`: with one decimal, as the library gives them.

# %% tags=["given"]
plan = city.plan.iloc[0]
plan

# %%
design_effect = ...
interviews = ...
doors = ...
### BEGIN SOLUTION
design_effect = kish_cluster_effect(plan["answers_a_block"], plan["likeness"])
interviews = sample_size_proportion(plan["margin"], design_effect=design_effect)
doors = interviews / plan["doors_that_open"]
### END SOLUTION

# %%
check("m07-t12", design_effect=design_effect, interviews=interviews, doors=doors)

# %% neighbours taken for strangers tags=["mistake"]
# You planned as if people were drawn one by one from all over the city. You visit blocks, and neighbours answer alike:
# without the design effect the margin will come out wider than you promised.
design_effect = 1
interviews = sample_size_proportion(plan["margin"])
doors = interviews / plan["doors_that_open"]

# %% closed doors forgotten tags=["mistake"]
# Your interviews are right. But some doors stay closed: to come home with so many interviews, knock at more doors.
design_effect = kish_cluster_effect(plan["answers_a_block"], plan["likeness"])
interviews = sample_size_proportion(plan["margin"], design_effect=design_effect)
doors = interviews

# %% multiplied by the doors that open tags=["mistake"]
# You multiplied by the share of doors that open, so you would knock at fewer doors than you need interviews. Divide.
design_effect = kish_cluster_effect(plan["answers_a_block"], plan["likeness"])
interviews = sample_size_proportion(plan["margin"], design_effect=design_effect)
doors = interviews * plan["doors_that_open"]

# %% the whole width taken for the margin tags=["mistake"]
# You took the margin for the whole width of the interval. It is the way to *one* side: half as wide takes four times the people.
design_effect = kish_cluster_effect(plan["answers_a_block"], plan["likeness"])
interviews = sample_size_proportion(plan["margin"] / 2, design_effect=design_effect)
doors = interviews / plan["doors_that_open"]

# %% [markdown]
# ## Task 13
#
# The mayor will read one paragraph, 120 to 150 words, and nothing else.
# Tell her what your survey says about how safe people feel, what happened to them, and how much of it the police hear.
# (Which harm you write about is your choice: purses and telephones will do.)

# %% m07-t13 [markdown]
# ### BEGIN SOLUTION
# About … in 100 adults of our city feel safe when they walk alone after dark (95 % interval … to …); by day it is … (… to …).
# By day, … percentage points fewer women than men feel safe (… to …).
# In the last twelve months something was stolen from … adults, from some of them more than once: … thefts in all (… to …).
# The police recorded … of every 100 of these thefts (… to …). So if the records rise next year, either more was stolen or more was told;
# the records alone will not say which.
# In … more people than elsewhere do not feel safe, although fewer thefts and burglaries are recorded there. The survey did not ask why,
# and we should: first of all the residents.
# It heard adults who live at an address and opened the door. It heard no children, and nobody without a home.
# We propose to ask again in two years, and to walk the streets with those who were not asked.
# ### END SOLUTION

# %% [markdown]
# ## Task 14
#
# A survey hears whom it can reach, and who dares to answer.
# Whom could this one not hear, and at which step did it lose them: the list, the draw, the door, the question?
# How could one of these groups be heard, safely? And which figure might then change, in which direction?

# %% m07-t14 [markdown]
# ### BEGIN SOLUTION
# Lost at the list: people without an address, in hostels, in a settlement that is on no map. Lost by the rule: everybody below 18.
# Lost at the door: people who work at night, who fear a stranger with a form, who do not speak the language of the interview.
# Lost at the question: somebody who is hurt by a person in the same room will not say so while that person listens.
#
# Young people: go with them on their way to school or to the match, in groups that they choose, on routes that they choose.
# They mark where they feel well and where they do not, and decide together what the city gets to see.
# They agree, and so does a parent or guardian; no names are kept, a trusted adult is there before and after,
# and in spring we come back and say what was done with it.
#
# Harassment on the way to school would come into the figures: the share of people who were harassed would rise, and so might
# the share of those who avoid a place. Neither would mean that the city has become less safe.
# ### END SOLUTION
