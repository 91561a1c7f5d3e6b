# %% [markdown]
# # 5. Rates, trends, disaggregation: assignment
#
# You work on **your own city**: twenty neighbourhoods in five districts, and three years of police records.
# The city is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
# An answer may be worked out by the computer or typed by you, and more decimals than asked for do no harm.
#
# What you need of Python is in the last part of the lesson, "Five moves for the assignment". Keep it open beside this page.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about burglary, stolen purses and drug records. None of them is about violence.

# %%
from safelearn import check
from safelearn.course.variants import my_city
from safelearn.diagnosis.trends import (
    change,
    change_between,
    monthly_series,
    seasonal_index,
    seasonally_adjusted,
)
from safelearn.estimates.intervals import byar_interval
from safelearn.estimates.rates import direct_standardisation, rates_by_area

city = my_city("m05")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `incidents` holds one row for each incident that somebody told the police.
# Here are the first burglaries of homes among them.

# %%
incidents = city.incidents
burglaries = incidents[incidents["offence_label"] == "Burglary of a dwelling"]

burglaries[["year", "occurred_from", "area_id", "offence_label"]].head()

# %% [markdown]
# And `thefts_by_month` counts the thefts from the person, in each month of the three years.

# %%
thefts_by_month = city.thefts
thefts_by_month.tail(3)

# %% [markdown]
# ## Task 1
#
# How many burglaries were recorded in the whole city in 2025?
# And how many is that per 100,000 residents?
# The table `population` counts the residents of each neighbourhood, by sex and age. Look at all of its columns first.
#
# `burglaries_2025`: a number of burglaries. `burglary_rate`: per 100,000 residents, with one decimal.

# %%
population = city.population
population.sample(5, random_state=1)

# %%
burglaries_2025 = ...
burglary_rate = ...
### BEGIN SOLUTION
burglaries_2025 = (burglaries["year"] == 2025).sum()
residents = population["population"][population["year"] == 2024].sum()
burglary_rate = 100_000 * burglaries_2025 / residents
### END SOLUTION

# %%
check("m05-t1", burglaries_2025=burglaries_2025, burglary_rate=burglary_rate)

# %% both censuses added up tags=["mistake"]
# You put two censuses below the line, so that every resident counts twice.
# Take the one nearest to the year of the burglaries, and no other.
burglaries_2025 = (burglaries["year"] == 2025).sum()
burglary_rate = 100_000 * burglaries_2025 / population["population"].sum()

# %% the census of ten years ago tags=["mistake"]
# You divided by the residents of 2014. Some neighbourhoods have doubled since then.
# The people below the line must be those who could be burgled in 2025.
burglaries_2025 = (burglaries["year"] == 2025).sum()
residents = population["population"][population["year"] == 2014].sum()
burglary_rate = 100_000 * burglaries_2025 / residents

# %% three years above the line tags=["mistake"]
# You counted the burglaries of all three years. A rate for 2025 has only those of 2025 above the line.
burglaries_2025 = len(burglaries)
residents = population["population"][population["year"] == 2024].sum()
burglary_rate = 100_000 * burglaries_2025 / residents

# %% [markdown]
# From here on, `people` holds the residents of each neighbourhood as the census of 2024 counted them.

# %% tags=["given"]
people = city.people
people.head()

# %% [markdown]
# ## Task 2
#
# Make a table with one row for each district (`parent`): its burglaries per 100,000 residents **and year**,
# over the three years 2023 to 2025, and the ends of the 95 % interval.
#
# Which district a neighbourhood belongs to stands in `people`: `burglaries.merge(people, on="area_id")` writes it beside each burglary.
# `byar_interval(events, exposure, per=100_000)` takes whole columns at once.
#
# `district_rates`: a table with the columns `parent`, `rate`, `lower`, `upper`. The order of the rows does not matter.

# %%
district_rates = ...
### BEGIN SOLUTION
located = burglaries.merge(people)
districts = people.groupby("parent")["population"].sum().reset_index()
events = located.groupby("parent").size().to_numpy()
found = byar_interval(events, 3 * districts["population"], per=100_000)
district_rates = districts.assign(rate=found.rate, lower=found.lower, upper=found.upper)
### END SOLUTION

# %%
check("m05-t2", district_rates=district_rates)

# %% mean of the neighbourhoods' rates tags=["mistake"]
# You took the mean of the neighbourhoods' rates, so that a hamlet weighs as much as a quarter of the city.
# Add up the burglaries, add up the residents, and divide once.
table = people.assign(
    n=people["area_id"].map(burglaries["area_id"].value_counts()).fillna(0)
)
found = byar_interval(table["n"], 3 * table["population"], per=100_000)
table = table.assign(rate=found.rate, lower=found.lower, upper=found.upper)
district_rates = (
    table.groupby("parent")[["rate", "lower", "upper"]].mean().reset_index()
)

# %% three years taken for one tags=["mistake"]
# Your rates are three times too high: three years of burglaries over one year of residents.
# A person who lived there for three years could be burgled in each of them.
located = burglaries.merge(people, on="area_id")
districts = people.groupby("parent")["population"].sum().reset_index()
events = (
    located.groupby("parent")
    .size()
    .reindex(districts["parent"], fill_value=0)
    .to_numpy()
)
found = byar_interval(events, districts["population"], per=100_000)
district_rates = districts.assign(rate=found.rate, lower=found.lower, upper=found.upper)

# %% the whole city below the line tags=["mistake"]
# You divided by the residents of the whole city. Then large districts look dangerous only because they are large.
# Below the line stand the people of the same district.
located = burglaries.merge(people, on="area_id")
districts = people.groupby("parent")["population"].sum().reset_index()
events = (
    located.groupby("parent")
    .size()
    .reindex(districts["parent"], fill_value=0)
    .to_numpy()
)
found = byar_interval(events, 3 * people["population"].sum(), per=100_000)
district_rates = districts.assign(rate=found.rate, lower=found.lower, upper=found.upper)

# %% [markdown]
# ## Task 3
#
# A newspaper asks for "the neighbourhood where burglary was worst in 2025". Look at all twenty.
#
# - What is the highest rate of a neighbourhood, per 100,000 residents?
# - In how many neighbourhoods is the rate *unstable*, because it rests on fewer than 16 burglaries?
# - Which neighbourhoods lie clearly above the city: the *whole* 95 % interval above the city's rate of 2025?
# - Which of these sentences may you give to the newspaper?
#
#     - **A** "The worst neighbourhood is the one with the highest rate."
#     - **B** "In the neighbourhoods named, burglary was more frequent than in the city as a whole; for the others, one year of records cannot tell."
#     - **C** "These are the twenty neighbourhoods in the order of their rates."
#     - **D** "Burglars live in the neighbourhoods named."
#
# `highest_rate`: with one decimal. `too_few`: a number of neighbourhoods.
# `clearly_above`: their codes (`area_id`) in a list, such as `["0101", "0102"]`. `sentence`: a letter, such as `"A"`.

# %%
highest_rate = ...
too_few = ...
clearly_above = ...
sentence = ...
### BEGIN SOLUTION
counts = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
table = people.assign(n=people["area_id"].map(counts).fillna(0))
found = byar_interval(table["n"], table["population"], per=100_000)
city_rate = 100_000 * table["n"].sum() / table["population"].sum()
highest_rate = found.rate.max()
too_few = (table["n"] < 16).sum()
clearly_above = list(table["area_id"][found.lower > city_rate])
sentence = "B"
### END SOLUTION

# %%
check(
    "m05-t3",
    highest_rate=highest_rate,
    too_few=too_few,
    clearly_above=clearly_above,
    sentence=sentence,
)

# %% interval not looked at tags=["mistake"]
# You named neighbourhoods because their rate is above the city's. For some of them the interval reaches below it:
# with the same risk, another year could have put them on the other side.
counts = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
table = people.assign(n=people["area_id"].map(counts).fillna(0))
found = byar_interval(table["n"], table["population"], per=100_000)
city_rate = 100_000 * table["n"].sum() / table["population"].sum()
highest_rate = found.rate.max()
too_few = (table["n"] < 16).sum()
clearly_above = list(table["area_id"][found.rate > city_rate])
sentence = "B"

# %% most burglaries taken for highest rate tags=["mistake"]
# You looked for the neighbourhood with the most burglaries. Where more people live, more homes are there to be burgled:
# divide first, then compare.
counts = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
table = people.assign(n=people["area_id"].map(counts).fillna(0))
found = byar_interval(table["n"], table["population"], per=100_000)
city_rate = 100_000 * table["n"].sum() / table["population"].sum()
highest_rate = 100_000 * table["n"].max() / table["population"].sum()
too_few = (table["n"] < 16).sum()
clearly_above = list(table["area_id"][table["n"] > table["n"].mean()])
sentence = "B"

# %% a ranking for the newspaper tags=["mistake"]
# Your figures are right; the sentence does harm. It puts neighbourhoods in an order that the intervals do not support,
# and the people who live in the first one will carry it for years.
counts = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
table = people.assign(n=people["area_id"].map(counts).fillna(0))
found = byar_interval(table["n"], table["population"], per=100_000)
city_rate = 100_000 * table["n"].sum() / table["population"].sum()
highest_rate = found.rate.max()
too_few = (table["n"] < 16).sum()
clearly_above = list(table["area_id"][found.lower > city_rate])
sentence = "C"

# %% [markdown]
# ## Task 4
#
# The council wants a map of burglary in 2025 on which small neighbourhoods do not shine by chance.
# Draw each neighbourhood's rate towards the city's, by as much as its own count is uncertain (empirical Bayes).
#
# `rates_by_area(counts, population)` wants a table `counts` with the columns `area_id`, `offence` and `n`,
# one row for each neighbourhood, those with no burglary included. Its rates are per 100,000.
#
# `smoothed_rates`: a table with the columns `area_id` and `rate`, the smoothed one.

# %%
smoothed_rates = ...
### BEGIN SOLUTION
n = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
counts = people.assign(n=people["area_id"].map(n).fillna(0), offence="05012")
found = rates_by_area(counts, people)
smoothed_rates = found[["area_id"]].assign(rate=found["eb"])
### END SOLUTION

# %%
check("m05-t4", smoothed_rates=smoothed_rates)

# %% raw rates handed in tags=["mistake"]
# These are the raw rates. On a map they would let the smallest neighbourhoods shine brightest and darkest.
# The smoothed ones stand in the column `eb`.
n = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
counts = people.assign(n=people["area_id"].map(n).fillna(0), offence="05012")
smoothed_rates = rates_by_area(counts, people)[["area_id", "rate"]]

# %% half of everyone's own rate kept tags=["mistake"]
# You went half of the way to the city's rate everywhere. A neighbourhood of 12,000 has earned more trust in its own rate
# than one of 1,200: how far to go depends on the number of residents.
n = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
counts = people.assign(n=people["area_id"].map(n).fillna(0), offence="05012")
found = rates_by_area(counts, people)
city_rate = 100_000 * counts["n"].sum() / people["population"].sum()
smoothed_rates = found[["area_id"]].assign(rate=(found["rate"] + city_rate) / 2)

# %% upper end of the interval tags=["mistake"]
# You took an end of the interval. The smoothed rate itself stands in the column `eb`.
n = burglaries[burglaries["year"] == 2025]["area_id"].value_counts()
counts = people.assign(n=people["area_id"].map(n).fillna(0), offence="05012")
found = rates_by_area(counts, people)
smoothed_rates = found[["area_id"]].assign(rate=found["upper"])

# %% [markdown]
# ## Task 5
#
# `thefts_by_month` counts the thefts from the person (purses, telephones) in each of 36 months.
# In which month of the year are there usually most of them, a day?
# And how many were there in January 2025, once the season is taken out?
#
# First make a series with `monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))`,
# then `seasonal_index(series)`, then `seasonally_adjusted(series, season)`.
# `season.index` holds twelve numbers, the first for January; 1 is an average month. (Each month is compared for its length,
# so a short February does not look quiet.) The last function gives a table with the column `adjusted`.
#
# `busiest_month`: 1 for January to 12 for December. `adjusted_january`: with one decimal.

# %%
busiest_month = ...
adjusted_january = ...
### BEGIN SOLUTION
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
season = seasonal_index(series)
busiest_month = season.index.argmax() + 1
adjusted = seasonally_adjusted(series, season)
adjusted_january = adjusted["adjusted"][adjusted["month"] == "2025-01"].sum()
### END SOLUTION

# %%
check("m05-t5", busiest_month=busiest_month, adjusted_january=adjusted_january)

# %% season left in tags=["mistake"]
# You took the count as it stands in the records, season and all.
# Divide by what the month usually has: the column `adjusted` does it.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
season = seasonal_index(series)
busiest_month = season.index.argmax() + 1
adjusted_january = series["n"][series["month"] == "2025-01"].sum()

# %% an average month instead of this January tags=["mistake"]
# You took the mean of all months. That says what is usual, and nothing of January 2025:
# keep its own count, and take out only what every January has.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
season = seasonal_index(series)
busiest_month = season.index.argmax() + 1
adjusted_january = series["n"].mean()

# %% multiplied by the season tags=["mistake"]
# You multiplied by the index. To take the season out, divide: a month that usually has a fifth more is worth less.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
season = seasonal_index(series)
busiest_month = season.index.argmax() + 1
adjusted_january = series["n"][series["month"] == "2025-01"].sum() * season.index[0]

# %% [markdown]
# ## Task 6
#
# It is July 2025. The police have just closed the books for January to June, and the council asks:
# did thefts from the person go up or down?
# Compare this half-year with one that lies in the *same months*.
#
# `change_between(series, (first month, last month), (first month, last month))`, the earlier period first,
# gives `.ratio`, `.lower`, `.upper` and `.verdict`. Months are written as `"2025-01"`.
#
# `ratio`: later by earlier, with three decimals. `ratio_interval`: `(low, high)`. `verdict`: `"up"`, `"down"` or `"no clear change"`.

# %%
ratio = ...
ratio_interval = ...
verdict = ...
### BEGIN SOLUTION
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
found = change_between(series, ("2024-01", "2024-06"), ("2025-01", "2025-06"))
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
verdict = found.verdict
### END SOLUTION

# %%
check("m05-t6", ratio=ratio, ratio_interval=ratio_interval, verdict=verdict)

# %% compared with the half-year before tags=["mistake"]
# You compared with July to December. Those are other months, and thefts have a season:
# what you saw is mostly the calendar.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
n = series.set_index("month")["n"]
before, after = n["2024-07":"2024-12"].sum(), n["2025-01":"2025-06"].sum()
found = change(before, after, dispersion=1.0)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
verdict = "up" if ratio > 1 else "down"

# %% half a year compared with a whole one tags=["mistake"]
# You compared six months with twelve. Of course there are fewer.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
n = series.set_index("month")["n"]
before, after = n["2024-01":"2024-12"].sum(), n["2025-01":"2025-06"].sum()
found = change(before, after, dispersion=1.0)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
verdict = found.verdict

# %% chance forgotten tags=["mistake"]
# The ratio is right, and you read it as a change. Look at the interval: it holds 1, which is "as before".
# Without any change, half-years differ by as much.
series = monthly_series(thefts_by_month, ("2023-01-01", "2025-12-31"))
found = change_between(series, ("2024-01", "2024-06"), ("2025-01", "2025-06"))
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
verdict = "up" if ratio > 1 else "down"

# %% [markdown]
# ## Task 7
#
# Take the neighbourhood with the fewest residents. By how many per cent did its burglaries change from 2024 to 2025?
# And between which two values does the ratio (2025 by 2024) lie, with 95 % confidence?
# And how many burglaries per 100,000 residents would the newspaper print for it in 2025?
# Burglaries that happen one by one vary by chance alone: `change(before, after, dispersion=1.0)`.
#
# Its shopkeepers ask what you make of it. Which sentence is true?
#
# - **A** "The percentage shows how much safer or less safe you have become."
# - **B** "So few burglaries go up and down without any cause. One year to the next says next to nothing here."
# - **C** "The measures of last year have worked, or have failed."
# - **D** "There is no burglary in such a small place."
#
# `percent_change`: with one decimal, negative if there were fewer. `change_interval`: of the ratio, `(low, high)`.
# `printed_rate`: with one decimal. `sentence`: a letter.

# %%
percent_change = ...
change_interval = ...
printed_rate = ...
sentence = ...
### BEGIN SOLUTION
smallest = people.sort_values("population")["area_id"].iloc[0]
there = burglaries[burglaries["area_id"] == smallest]
before, after = (there["year"] == 2024).sum(), (there["year"] == 2025).sum()
percent_change = 100 * (after - before) / before
found = change(before, after, dispersion=1.0)
change_interval = (found.lower, found.upper)
persons = people.set_index("area_id")["population"][smallest]
printed_rate = 100_000 * (there["year"] == 2025).sum() / persons
sentence = "B"
### END SOLUTION

# %%
check(
    "m05-t7",
    percent_change=percent_change,
    change_interval=change_interval,
    printed_rate=printed_rate,
    sentence=sentence,
)

# %% divided by the later year tags=["mistake"]
# You divided by the burglaries of 2025. A change is measured from where it began: divide by those of 2024.
smallest = people.sort_values("population")["area_id"].iloc[0]
there = burglaries[burglaries["area_id"] == smallest]
before, after = (there["year"] == 2024).sum(), (there["year"] == 2025).sum()
percent_change = 100 * (after - before) / after
found = change(after, before, dispersion=1.0)
change_interval = (found.lower, found.upper)
persons = people.set_index("area_id")["population"][smallest]
printed_rate = 100_000 * (there["year"] == 2025).sum() / persons
sentence = "B"

# %% a percentage believed tags=["mistake"]
# Your numbers are right. Now look at the interval: it reaches from far below 1 to far above.
# A percentage of a handful sounds precise and is not.
smallest = people.sort_values("population")["area_id"].iloc[0]
there = burglaries[burglaries["area_id"] == smallest]
before, after = (there["year"] == 2024).sum(), (there["year"] == 2025).sum()
percent_change = 100 * (after - before) / before
found = change(before, after, dispersion=1.0)
change_interval = (found.lower, found.upper)
persons = people.set_index("area_id")["population"][smallest]
printed_rate = 100_000 * (there["year"] == 2025).sum() / persons
sentence = "A"

# %% [markdown]
# ## Task 8
#
# Do women and men, the young and the old, meet thieves equally often?
# `victims` counts the victims of theft from the person in the three years, by district, sex and age;
# `residents` counts the people in the same way. (Victims of unknown sex or age are in neither table.)
#
# Make a table with one row for each `sex` and `age`: victims per 100,000 residents **of the same sex and age**, and year,
# in the whole city.
#
# `rates_by_group`: a table with the columns `sex`, `age`, `rate`. The order of the rows does not matter.
# (Two columns may make the heaps together: `groupby(["sex", "age"])`. And `.reset_index(name="rate")` makes a table of what you have divided.)

# %% tags=["given"]
victims = city.theft_victims
residents = city.residents
victims.head(4)

# %%
rates_by_group = ...
### BEGIN SOLUTION
n = victims.groupby(["sex", "age"])["n"].sum()
persons = residents.groupby(["sex", "age"])["population"].sum()
rate = 100_000 * n / (3 * persons)
rates_by_group = rate.rename("rate").reset_index()
### END SOLUTION

# %%
check("m05-t8", rates_by_group=rates_by_group)

# %% everybody below the line tags=["mistake"]
# You divided by all residents. Of 100,000 *women of that age*, how many? Below the line stands the group itself.
n = victims.groupby(["sex", "age"])["n"].sum()
rate = 100_000 * n / (3 * residents["population"].sum())
rates_by_group = rate.rename("rate").reset_index()

# %% three years taken for one tags=["mistake"]
# Your rates are three times too high: the victims of three years stand over the residents of one.
n = victims.groupby(["sex", "age"])["n"].sum()
persons = residents.groupby(["sex", "age"])["population"].sum()
rate = 100_000 * n.reindex(persons.index, fill_value=0) / persons
rates_by_group = rate.rename("rate").reset_index()

# %% shares of the victims tags=["mistake"]
# These are shares of the victims. Groups with many people have many victims, whatever their risk.
n = victims.groupby(["sex", "age"])["n"].sum()
rates_by_group = (100 * n / n.sum()).rename("rate").reset_index()

# %% [markdown]
# ## Task 9
#
# Thieves prefer some ages, and the districts do not have the same ages.
# So compare them as if they had: give every district the ages of the **whole city**.
#
# Below are two tables with a row for each district and a column for each age: victims of theft from the person (three years),
# and residents.
# `direct_standardisation(events, population, standard, per=100_000)` takes such tables; `standard` is one number for each age.
# Make the rates yearly.
#
# The result's `.rate` holds one number for each district, in the order of the rows below.
#
# `standardised_rates`: a table with the columns `parent` and `rate`. (The districts may stand at the left edge.)

# %% tags=["given"]
victims_by_age = victims.pivot_table(
    index="parent", columns="age", values="n", aggfunc="sum", fill_value=0
)
people_by_age = residents.pivot_table(
    index="parent", columns="age", values="population", aggfunc="sum"
)
people_by_age

# %%
standardised_rates = ...
### BEGIN SOLUTION
found = direct_standardisation(
    victims_by_age, 3 * people_by_age, people_by_age.sum(), per=100_000
)
standardised_rates = people_by_age.reset_index()[["parent"]].assign(rate=found.rate)
### END SOLUTION

# %%
check("m05-t9", standardised_rates=standardised_rates)

# %% crude rates tags=["mistake"]
# These are the crude rates: each district with its own ages. A district of students looks robbed, one of pensioners safe,
# even if everyone of the same age runs the same risk in both.
found = direct_standardisation(
    victims_by_age, 3 * people_by_age, people_by_age.sum(), per=100_000
)
standardised_rates = people_by_age.reset_index()[["parent"]].assign(rate=found.crude)

# %% every age counted alike tags=["mistake"]
# You gave every age group the same weight. A city has fewer people over 60 than between 30 and 59:
# the standard is the number of people of each age in the whole city.
found = direct_standardisation(
    victims_by_age, 3 * people_by_age, [1] * len(people_by_age.columns), per=100_000
)
standardised_rates = people_by_age.reset_index()[["parent"]].assign(rate=found.rate)

# %% three years taken for one tags=["mistake"]
# Your rates are three times too high: the victims of three years stand over the residents of one.
found = direct_standardisation(
    victims_by_age, people_by_age, people_by_age.sum(), per=100_000
)
standardised_rates = people_by_age.reset_index()[["parent"]].assign(rate=found.rate)

# %% [markdown]
# ## Task 10
#
# The label "Controlled drugs" in `incidents` counts people whom officers found with drugs.
# How many such records were there in 2025, per 100,000 residents? And by what ratio did they change since 2023?
#
# No survey asked residents about drugs in these years. Which sentence may stand in the city's report?
#
# - **A** "Drug use has changed by this ratio."
# - **B** "Dealers have moved to our city, or have left it."
# - **C** "The police recorded more, or fewer, drug cases. Whether there were more drugs, these records cannot say."
# - **D** "The police are doing better, or worse, than in 2023."
#
# `drug_rate`: per 100,000 residents, with one decimal. `drug_ratio`: 2025 by 2023, with three decimals. `sentence`: a letter.

# %%
drug_rate = ...
drug_ratio = ...
sentence = ...
### BEGIN SOLUTION
n = incidents[incidents["offence_label"] == "Controlled drugs"]["year"].value_counts()
drug_rate = 100_000 * n[2025] / people["population"].sum()
drug_ratio = n[2025] / n[2023]
sentence = "C"
### END SOLUTION

# %%
check("m05-t10", drug_rate=drug_rate, drug_ratio=drug_ratio, sentence=sentence)

# %% police work taken for drug use tags=["mistake"]
# Your numbers are right. But an officer who does not look finds nothing: this record follows the patrols.
# Without a survey it carries no verdict, neither "up" nor "down".
n = incidents[incidents["offence_label"] == "Controlled drugs"]["year"].value_counts()
drug_rate = 100_000 * n[2025] / people["population"].sum()
drug_ratio = n[2025] / n[2023]
sentence = "A"

# %% ratio upside down tags=["mistake"]
# You divided the earlier year by the later one, so that a rise looks like a fall. Later by earlier: 2025 by 2023.
n = incidents[incidents["offence_label"] == "Controlled drugs"]["year"].value_counts()
drug_rate = 100_000 * n[2025] / people["population"].sum()
drug_ratio = n[2023] / n[2025]
sentence = "C"

# %% all three years in the rate tags=["mistake"]
# Your rate has the records of three years above the line. It was asked for 2025.
n = incidents[incidents["offence_label"] == "Controlled drugs"]["year"].value_counts()
drug_rate = 100_000 * n.sum() / people["population"].sum()
drug_ratio = n[2025] / n[2023]
sentence = "C"

# %% [markdown]
# ## Task 11
#
# The council will read one paragraph, 120 to 150 words, and nothing else.
# Tell it what the records say about burglary and theft in your city: how much, where clearly more than elsewhere, and whether it is changing.

# %% m05-t11 [markdown]
# ### BEGIN SOLUTION
# In 2025 the police recorded … burglaries of homes, … for every 100,000 residents.
# Chance alone moves such a rate a little: 95 % interval … to ….
# In … of our twenty neighbourhoods the rate is clearly above the city's; for … others there were fewer than 16 burglaries,
# and one year cannot tell.
# Thefts of purses and telephones have a season, with most of them in ….
# From January to June 2025 there were … per cent as many as in the same months of 2024 (interval … to …): no clear change.
# Women aged … meet thieves more often than anyone else, … a year for every 100,000.
# All this counts what people told the police. In … they may tell it less often, and no survey has asked them.
# We propose to look again in January, and to ask a sample of residents whether they report what happens to them.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# All your rates have *residents* below the line.
# For whom, or where, are residents the wrong people to divide by? What would be better, and what would it take to have it?
# And how could you learn whether a low rate means little burglary, or little reporting?

# %% m05-t12 [markdown]
# ### BEGIN SOLUTION
# Around the market and the bus station, most of those whose purses are stolen do not live there: the rate of the few residents
# comes out far too high, and commuters stand below no line at all. Homes, not people, are burgled: with large households,
# a rate per resident makes a neighbourhood look safer than a rate per home. In an informal settlement many residents are in no
# census, so the number below the line is too small and the rate too high, while fewer burglaries are reported, which bends it down.
#
# Better for burglary: the number of homes, from the census or the electricity company, once a year, without names.
# Better for theft: passengers counted at the bus stops by day and hour.
#
# Whether a low rate means little reporting, only people can say: a survey that asks a sample of residents what happened to them and
# whether they told the police; short of that, insurance claims, or the workers of the health post and the parish.
# ### END SOLUTION
