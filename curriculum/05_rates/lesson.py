# %% [markdown]
# # 5. Rates, trends, disaggregation: what do your own records say?
#
# The council of Puerto Sereno can pay one team, for one year, to make it harder to steal cars and motorcycles.
# Where should the team begin?
# It is January 2024. Three people have looked at the same police records of 2023, each has counted correctly,
# and they name three different places.
#
# **At the end you can**
# - turn a count into a rate, with the right people below the line;
# - say how far chance alone may have moved it, and when it is too small to stand alone;
# - tell a season from a trend, and a change from noise;
# - compare women and men, young and old, and districts whose ages differ;
# - say what police records cannot say, however well you count.
#
# You need module 0: running a cell and reading a table. Take about three hours.
#
# > Puerto Sereno does not exist. Its streets, its people and its records are invented, so we may call its neighbourhoods by name.
# > With a real city, think twice before you do. This lesson says when.

# %% [markdown]
# ## Three right answers
#
# A city in safelearn is a folder. We open it and look at the first records.
#
# Run the next cell: click into it, hold Shift, press Enter.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

pd.options.display.float_format = "{:,.0f}".format  # tables show whole numbers

city = City.open(bundled_city("puerto-sereno"))
incidents = city.incidents()

incidents[["occurred_from", "area_id", "offence_label"]].head()

# %% [markdown]
# One row is one incident that somebody told the police.
# We keep the stolen vehicles, and count them in each neighbourhood for 2022 and for 2023.
# `people` says how many residents each neighbourhood has.
#
# In this lesson you read more than you write. Where a cell is long, run it, look at what comes out, and read on;
# the few moves that the assignment asks of you are shown slowly at the end, on five rows.

# %%
from safelearn.city.population import population_by

people = population_by(city.table("population"), year=2023).astype({"population": int})
table = city.table("areas")[["area_id", "area_name", "parent"]].merge(
    people, on="area_id"
)

stolen = incidents[incidents["offence_label"] == "Theft of a vehicle"]
for year in [2022, 2023]:
    that_year = stolen[stolen["occurred_from"].dt.year == year]
    n = that_year["area_id"].astype(str).value_counts()
    table[f"n_{year}"] = table["area_id"].map(n).fillna(0).astype(int)
table["rate"] = 100_000 * table["n_2023"] / table["population"]

pictures.three_answers(table)

# %% [markdown]
# Each dot is one of the sixty neighbourhoods, three times the same sixty.
#
# - The deputy mayor takes the place with the *most* thefts.
# - The newspaper takes the one with most *for the number of people*.
# - The radio takes the one where it got worse *fastest*.
#
# **Write down whom you would follow, and why.**
# At the end we come back to this picture, and you may see it with other eyes.

# %% [markdown]
# ## 1. Who stands below the line?
#
# Here are five of the sixty: the three places that were named, the largest neighbourhood, and one from the middle.
# (The cell only looks these five up.)

# %%
growth = table["n_2023"] / table["n_2022"].where(table["n_2022"] > 0)
places = {
    "deputy mayor": table["n_2023"].idxmax(),
    "newspaper": table["rate"].idxmax(),
    "radio": growth.idxmax(),
    "largest": table["population"].idxmax(),
    "middle": table["population"].sort_values().index[30],
}
five = table.loc[places.values()].set_index(pd.Index(places, name="who"))

five[["area_name", "population", "n_2023"]]

# %% [markdown]
# In the largest neighbourhood more vehicles were stolen than in the newspaper's.
# Is a vehicle there more likely to be gone in the morning?
#
# Look at the number of residents before you answer.

# %% [markdown]
# With more people come more vehicles, more streets, more nights.
# A **count** answers: *how much work is there?* That is what the deputy mayor looked at, and it is no foolish question.
# A **rate** answers: *how often does it happen, for so many people?*
#
# Do it on paper for the newspaper's place: its thefts, divided by its residents.
# You get a small number that nobody can picture. Multiply it by 100,000: so many thefts for every 100,000 residents.
#
# > rate  =  100,000 × events  /  people
#
# Now check your sum. (`.loc["newspaper"]` takes one row by its name.)

# %%
newspaper = five.loc["newspaper"]
n, residents = newspaper["n_2023"], newspaper["population"]

print(n, "thefts /", residents, "residents =", round(n / residents, 5))
print("for 100,000 residents:", round(100_000 * n / residents, 1))

# %%
pictures.count_and_rate(five)

# %% [markdown]
# The number below the line is the **denominator**, and most wrong rates are wrong down there.
# The people below the line must be those to whom it could have happened:
#
# - of the **same place**. Not the district for its neighbourhood; not the old boundaries for the new;
# - of the **same time**. A census of ten years ago gives a new quarter a rate three times too high.
#   And three years of thefts need three years of people: divide by 3 as well;
# - of the **same kind**. For thefts from women, women. For burgled homes, better homes than people.
#
# And for stolen vehicles? In the old centre and in the port few people live, but many park.
# Vehicles would stand better below the line, if only somebody counted them.
# Residents are what we have, so we say so, every time.
#
# **Rule 1. No rate without saying who stands below the line.**

# %% [markdown]
# ## 2. A dozen thefts, or just chance?
#
# The newspaper's rate comes from a dozen thefts.
# If nothing at all changed there, would there be as many again next year?
# Now we may look ahead. These are the thefts of that place in each of five years.

# %%
there = stolen[stolen["area_id"] == newspaper["area_id"]]

there.groupby(there["occurred_from"].dt.year).size().rename("thefts")

# %% [markdown]
# Up and down they go, with nobody having done anything, and the newspaper's rate goes with them.
# The year of its headline was the highest of all: that is how it came into the newspaper.
#
# How much of what we see is chance? Puerto Sereno is invented, so we can build a second city beside it:
# the same sixty neighbourhoods, the same number of people, and **exactly the same risk for everybody**.
# Only the dice decide.

# %%
import numpy as np

dice = np.random.default_rng(9)
same_risk = table["n_2023"].sum() / table["population"].sum()
thrown = dice.poisson(same_risk * table["population"])

pictures.two_cities(table["population"], thrown, table["n_2023"])

# %% [markdown]
# Each dot is a neighbourhood: the further right, the more people live there; the higher, the higher its rate.
#
# One of the two is Puerto Sereno, in the other everybody runs the same risk. **Which is which?**
#
# Look at the left edge of both before you decide.

# %% [markdown]
# City A is the one of the dice. Nobody there is in more danger than anybody else.
# And still some of its neighbourhoods have a rate twice the city's, and some far below it, and **all of them are small**.
# A newspaper of City A would have found its "worst neighbourhood" just the same.
#
# City B is Puerto Sereno. It too is widest on the left, but it is wider than dice can make it, so there are real differences.
# Chance and truth lie on top of each other. How do we tell them apart, for a single place?

# %% [markdown]
# For counts there is a rule of thumb, and it is all you need to remember of this section:
#
# > a count that chance alone can move typically moves by its square root
#
# The square root of 9 is 3. Twice that to either side, and a 9 may as well have been a 3 or a 15.
# Compare that with the five years above.
#
# By hand for our five, with two square roots to either side:

# %%
counts = five[["area_name", "n_2023"]]
root = counts["n_2023"] ** 0.5

counts.assign(low=counts["n_2023"] - 2 * root, high=counts["n_2023"] + 2 * root)

# %% [markdown]
# The rule is rough where counts are very small: for 0 thefts it would say "0, and quite certain", which is nonsense.
# The library uses a better formula (Byar's), which works from zero up. You tell it the events and the people.

# %%
from safelearn.estimates.intervals import byar_interval

found = byar_interval(five["n_2023"], five["population"], per=100_000)

five[["area_name", "n_2023", "rate"]].assign(lower=found.lower, upper=found.upper)

# %% [markdown]
# `found` is a *result*. It has parts, and you get one with a point: `found.rate`, `found.lower`, `found.upper`.
#
# `lower` and `upper` are the ends of the **95 % interval**: if the year could be played again and again, with the same risk,
# about 95 of 100 such intervals would hold that risk.
#
# Look at the newspaper's place. Whatever its true risk is, the newspaper does not know it, and neither do we.
#
# When is a count too small to stand alone? From 16 on, one square root is a quarter of the count or less
# (the root of 16 is 4). Below that, we call a rate **unstable** and say so.
#
# Now all sixty, in the order of their codes.

# %%
found = byar_interval(table["n_2023"], table["population"], per=100_000)
table["lower"], table["upper"] = found.lower, found.upper
city_rate = 100_000 * table["n_2023"].sum() / table["population"].sum()

pictures.intervals(table, city_rate)

# %% [markdown]
# A hollow point rests on fewer than 16 thefts. Most are hollow.
#
# The grey ones cross the city's line. One year of records cannot say on which side they belong, so neither may we.
# The orange ones lie wholly above it. That is a finding: in these neighbourhoods more vehicles *were* stolen for the number of residents.
# Many of them lie in Cercado, the old centre, where few people live and many park. You know what that does to a rate.
#
# Why not sort them, the highest first? Because neighbours in such a list are not different, and its first place is a brand that
# people, shops and rents will carry for years.
#
# **Rule 2. No rate without its interval, and no list of the worst.**

# %% [markdown]
# ## 3. Borrow from the whole city
#
# The council wants a map. If we paint the raw rates, the smallest neighbourhoods will shine brightest and darkest, as they did in the city of the dice.
# If we leave out everything unstable, most of the map is empty.
#
# Think of somebody who moves into the newspaper's place tomorrow, and to whom you must give one honest number.
# Would you say the rate from that dozen of thefts? Or the rate of the whole city?
#
# Something in between. And how far in between depends on how many people the place's own rate rests on.

# %% [markdown]
# That is the whole idea of **empirical Bayes** smoothing:
#
# > smoothed rate  =  w × own rate  +  (1 − w) × the city's rate
#
# `w` is the trust that a place has earned for its own rate, between 0 and 1. It comes from all sixty places together:
# how much they really differ, once the dice are taken out, beside how many people live in this one.
#
# For our five, the library gives `w`; the rest is your sum.

# %%
from safelearn.estimates.rates import fit_prior

city_as_a_whole = fit_prior(table["n_2023"], table["population"])

by_hand = five[["area_name", "population", "rate"]]
by_hand = by_hand.assign(w=city_as_a_whole.weight(five["population"]))
by_hand["smoothed"] = by_hand["w"] * by_hand["rate"] + (1 - by_hand["w"]) * city_rate
by_hand.assign(w=by_hand["w"].map("{:.2f}".format))

# %% [markdown]
# The newspaper's place has earned about half of our trust; the largest neighbourhood nearly all of it.
#
# For all sixty at once, and with what you know already, there is one function:

# %%
from safelearn.estimates.rates import rates_by_area

counts = table[["area_id"]].assign(offence="05021", n=table["n_2023"])
rates = rates_by_area(counts, people)

rates[["area_id", "n", "population", "rate", "lower", "upper", "eb", "mark"]].head()

# %%
pictures.shrink(table.assign(smoothed=rates["eb"]), city_rate)

# %% [markdown]
# The hollow points are the raw rates, and an arrow leads from each to its smoothed rate.
# Left, where few people live, the arrows are long. Right, you hardly see them.
#
# The smoothed rate is our best guess for *one place*. It is what the maps of your diagnosis show, with the raw rate beside it.
# It does not make a place safe: it only keeps us from shouting before we know.
#
# **Rule 3. On a map, smooth. In the table, show both.**

# %% [markdown]
# ## 4. Up by hundreds of per cent
#
# Now the radio. By hand: take the thefts of 2023 in its place, subtract those of 2022, divide by those of 2022, times 100.
# Before you send the team: what would you like to know?

# %%
there = stolen[stolen["area_id"] == five.loc["radio", "area_id"]]

there.groupby(there["occurred_from"].dt.year).size().rename("thefts")

# %% [markdown]
# The 2023 of the radio is a year like others. It is the one *before* it that is strange: an unusually quiet year.
# Whoever starts counting at the bottom of a wave will always find a rise.
#
# There is a second trap, and it is harder to see. The radio did not choose one place and look at it.
# It looked at *sixty* and told us about the one that had moved most.
# Among sixty throws of dice there is always one that looks like magic.
#
# Let us throw them: two years with nothing changed, in all sixty places. What is the largest rise that chance alone finds?

# %%
usual = stolen.groupby("area_id", observed=False).size().to_numpy() / 5

largest = []
for _ in range(1000):
    before, after = dice.poisson(usual), dice.poisson(usual)
    largest.append((100 * (after / np.where(before > 0, before, np.inf) - 1)).max())

print(
    f"In half of the trials the largest rise was {np.median(largest):.0f} per cent or more."
)

# %% [markdown]
# So a rise by hundreds of per cent, somewhere, is what a city *without any change* gives the radio every year.
#
# A change needs an interval as much as a rate does. The library compares two counts and gives their **ratio**:
# 1 is "as before", 2 is "twice as many", 0.5 is "half".

# %%
from safelearn.diagnosis.trends import change

# dispersion=1.0: thefts that happen one by one vary by chance alone
changes = {
    f"the {who}'s place": change(
        five.loc[who, "n_2022"], five.loc[who, "n_2023"], dispersion=1.0
    )
    for who in ["radio", "newspaper"]
}
changes["the whole city"] = change(
    table["n_2022"].sum(), table["n_2023"].sum(), dispersion=1.0
)

pictures.changes(changes)

# %% [markdown]
# For the whole city the interval is short.
# For the newspaper's place it holds "as before": so few thefts, this year and last, say nothing about a change.
# For the radio's place it is so wide that it holds "as before" as well;
# and you know that this place was picked because it was the largest of sixty.
#
# **Rule 4. Never print the percentage of a handful. Print both counts, and the interval.**

# %% [markdown]
# ## 5. Every year in December
#
# Here is another headline: *"Pickpockets: a wave of thefts since October!"*
# It is about purses and telephones, which the records call theft from the person. These are its numbers.

# %%
from safelearn import count_cube
from safelearn.diagnosis.trends import monthly_series

cube = count_cube(incidents, table["area_id"])
purses = monthly_series(
    cube.by("month", offence="050221"), ("2021-01-01", "2025-12-31")
)

purses[["month", "n"]].tail(6)

# %% [markdown]
# It did rise. What would you ask the newspaper?

# %%
pictures.years(purses)

# %% [markdown]
# Every line is a year, and every year climbs towards December.
# In this city summer begins in December: people are in the streets, the beaches are full, and so are the pockets.
#
# Something that comes back with the calendar is a **season**. It is no news, and nobody has caused it.
# By hand you would compare each month with an average month. The library does it for all five years together,
# minds that February is shorter, and adds the intervals.

# %%
from safelearn.diagnosis.trends import seasonal_index, seasonally_adjusted

season = seasonal_index(purses)

pictures.season(season)

# %% [markdown]
# An index of 1.2 says: usually a fifth more than in an average month.
# (One test for all twelve months decides first whether there is a season at all. Here there is: `season.clear` is true.)
#
# (`season.index` holds the twelve numbers. The computer begins to count at 0: `season.index[0]` is January, `season.index[11]` December.)
#
# Divide each month by its index, and the season is gone. What is left may be a trend.

# %%
from safelearn.diagnosis.trends import moving_mean

adjusted = seasonally_adjusted(purses, season)

pictures.trend(adjusted, moving_mean(purses))

# %% [markdown]
# The pale line is what the newspaper saw. The dark one is the mean of the last twelve months, which always holds one of each month,
# so the season cannot move it.
#
# Did thefts from the person change from 2024 to 2025? Compare what can be compared: whole years, or the same months.

# %%
from safelearn.diagnosis.trends import change_between

since_last_year = change_between(purses, ("2024-01", "2024-12"), ("2025-01", "2025-12"))

print(
    f"{since_last_year.after:.0f} after {since_last_year.before:.0f}: ratio {since_last_year.ratio:.2f}"
)
print(f"95 % interval {since_last_year.lower:.2f} to {since_last_year.upper:.2f}")
print("verdict:", since_last_year.verdict)

# %% [markdown]
# "No clear change" is a finding too. Say it with the same calm as "up" and "down".
#
# (Monthly counts often vary by more than dice do: a festival, a strike, a gang that comes and goes.
# `change_between` measures by how much from the series itself, and makes the interval wide enough.)
#
# **Rule 5. Compare a month with the same month. Look for the trend where the season cannot move it.**

# %% [markdown]
# ## 6. Who?
#
# "The city" is not a person. Who are the people whose purses are stolen?
# We count victims by sex and age, and we count residents in the same way.

# (`pictures.AGES` puts the census's five-year ages into four groups.)

# %%
victims = cube.by("sex", "age_group", offence="050221", sex=["female", "male"])
residents = population_by(city.table("population"), ("sex", "age_group"), year=2023)

n = victims.groupby(["sex", victims["age_group"].map(pictures.AGES)])["n"].sum()
persons = residents.groupby(["sex", residents["age_group"].map(pictures.AGES)])[
    "population"
].sum()
found = byar_interval(n, 5 * persons, per=100_000)

groups = pd.DataFrame(
    {"n": n, "rate": found.rate, "lower": found.lower, "upper": found.upper}
)
groups = groups.rename_axis(["sex", "age"]).reset_index()
pictures.groups(groups)

# %% [markdown]
# Left, the counts. Whom would you have protected first? Women from 30 to 59: they are the tallest bar.
#
# Right, the rates: of 100,000 people *of the same sex and age*, how many met a thief in a year?
# Now it is the women from 15 to 29. There are fewer of them, so they made the shorter bar.
#
# Among people from 15 to 29, women meet thieves more often than men, and the intervals do not touch.
# A table for "the residents" would have hidden it.
#
# Three things to say whenever you show such a table:
# - how many victims are in no group, because their sex or age is unknown;
# - that "female" and "male" are what officers wrote down, and that some people are neither;
# - nothing at all for a group so small that its neighbours would recognise the victim. (Module 4, and safelearn does it for you.)

# %%
everybody = cube.by(offence="050221")["n"].sum()

print(
    everybody - groups["n"].sum(),
    "of",
    everybody,
    "victims have no sex or no age in the records.",
)

# %% [markdown]
# **Rule 6. Below the line of a group stands the group.**

# %% [markdown]
# ## 7. Old districts, young districts
#
# A question on paper. Two districts. In both, 8 of 1,000 young people meet a thief in a year, and 2 of 1,000 old people.
# The risks are *the same*. Only the people differ.

# %%
risk = pd.Series({"young": 8, "old": 2})
two = pd.DataFrame(
    {
        "University": {"young": 8000, "old": 2000},
        "Park View": {"young": 2000, "old": 8000},
    }
)

pictures.two_districts(risk, two)

# %% [markdown]
# What is the rate of each district, for 1,000 residents?
#
# - University: 8 × 8 + 2 × 2 = 68 thefts for 10,000 people, that is **6.8**.
# - Park View: 2 × 8 + 8 × 2 = 32 thefts for 10,000 people, that is **3.2**.
#
# A newspaper would call one district twice as dangerous as the other. It is not. It is younger.

# %% [markdown]
# The remedy: give both districts the *same* ages, and ask what their rate would be.
# Say half young and half old. University: half of 8 and half of 2 is 5. Park View: the same, 5.
#
# That is **direct standardisation**. The ages that both are given are the **standard**; we take those of the whole city.
# The library needs, for each district, the events by age and the people by age.

# %%
from safelearn.estimates.rates import direct_standardisation

events = two.mul(risk / 1000, axis=0)
found = direct_standardisation(events.T, two.T, two.sum(axis=1), per=1000)

print(found.crude)
print(found.rate)

# %% [markdown]
# First the crude rates, then the standardised ones: 5 and 5.
#
# Now the six real districts of our invented city. We take fraud, of which older people report more. Five years, four ages.

# %%
fraud = cube.by("area_id", "age_group", offence="0701")
by_age = population_by(city.table("population"), ("area_id", "age_group"), year=2023)


def districts_by_age(rows, values):
    rows = rows.merge(table[["area_id", "parent"]], on="area_id")
    ages = rows["age_group"].map(pictures.AGES)
    return rows.pivot_table(index="parent", columns=ages, values=values, aggfunc="sum")


events = districts_by_age(fraud, "n")
persons = districts_by_age(by_age, "population")
found = direct_standardisation(events, 5 * persons, persons.sum(), per=100_000)

pictures.standardised(events.index, found)

# %% [markdown]
# La Costanera, by the beach, is the oldest district: with the city's ages its rate falls.
# Las Lomas, on the hills, is the youngest, and there it rises a little.
# Age explains a part of the distance between them, and by far not all of it.
#
# Neither number is "the right one". The crude rate says how many cases the district has to deal with.
# The standardised one says how districts compare. Say which you print.
#
# **Rule 7. Before you compare groups of people, ask whether they are the same age.**

# %% [markdown]
# ## 8. What no counting can mend
#
# Some of the sixty neighbourhoods are informal settlements: people built their homes there without papers.
# How often do they meet thieves, by the records of five years?

# %%
kind = city.table("areas")[["area_id", "settlement"]].merge(people, on="area_id")
kind = kind.merge(cube.by("area_id", offence="050221"), on="area_id")
kind = kind.groupby("settlement")[["n", "population"]].sum()
by_kind = byar_interval(kind["n"], 5 * kind["population"], per=100_000)

kind.assign(rate=by_kind.rate, lower=by_kind.lower, upper=by_kind.upper)

# %% [markdown]
# Several times less often than the others, and the intervals do not touch. Are these the safest places of the city?
#
# Some of it may be true: thieves go where purses and crowds are.
# But whoever has no papers, no address for a form and no reason to expect help does not go to the police.
# Because Puerto Sereno is invented, we can look behind the curtain:
# its makers let people in informal settlements tell the police about half as often as others do.
# No interval shows that. Byar's formula knows about dice; it knows nothing about silence.
#
# Records have a second weakness. Some follow the *work of the police* and not what happens to people:

# %%
drugs = monthly_series(cube.by("month", offence="0601"), ("2021-01-01", "2025-12-31"))
since_2021 = change_between(drugs, ("2021-01", "2021-12"), ("2025-01", "2025-12"))

print(f"Drug records, 2025 by 2021: ratio {since_2021.ratio:.2f}")

# %% [markdown]
# What does this ratio measure? Not drugs. An officer who does not search finds nothing.
# Twice as many patrols would give twice as many records, and the same drugs.
#
# So three kinds of trend must not be read from police records alone:
# - **what the police go out and find**: drugs, weapons, public order, traffic;
# - **what most people do not report**: violence at home, sexual violence, hate. A rise may be the best news of the year,
#   because people have begun to trust somebody. In safelearn's list of indicators they carry the mark `0*`;
# - **everything, in the year when recording changed**: a new form, a new law, a new computer, a police station that opened or closed.
#
# For these, safelearn refuses to write "up" or "down" unless a survey has asked the people. Module 7 does.
#
# **Rule 8. A record counts what was recorded. Before you read a trend, ask what share is told.**

# %% [markdown]
# ## Three right answers, again
#
# Where should the team have begun, in January 2024?

# %%
again = table.assign(smoothed=rates["eb"], mark=rates["mark"])
named = again.loc[
    [places[who] for who in ["deputy mayor", "newspaper", "radio"]]
].set_index(five.index[:3])

named[
    [
        "area_name",
        "population",
        "n_2022",
        "n_2023",
        "rate",
        "lower",
        "upper",
        "smoothed",
        "mark",
    ]
]

# %% [markdown]
# - **The deputy mayor's place** has many thefts, and a rate that lies wholly above the city's, from enough of them to trust it.
#   A team will find the most work there, and work that helps many people.
# - **The newspaper's place** has a high rate from few thefts, and an interval so wide that little more can be said.
#   Look at three years together, and count the vehicles that park there.
# - **The radio's place** had one quiet year. After the great rise, its interval still holds the city's rate.
#
# We can do what no council can: look two years ahead. What came after?

# %%
for year in [2024, 2025]:
    n = (
        stolen[stolen["occurred_from"].dt.year == year]["area_id"]
        .astype(str)
        .value_counts()
    )
    named[f"n_{year}"] = named["area_id"].map(n).fillna(0).astype(int)

named[["area_name", "n_2022", "n_2023", "n_2024", "n_2025"]]

# %% [markdown]
# The deputy mayor's place stayed where it was. The newspaper's fell back the next year, all by itself,
# and somebody would have been praised for it. The radio's went on as before.
# What is extreme by chance does not stay extreme. That is called **regression to the mean**, and module 11 returns to it.
#
# The figures do not decide. They took two bad reasons off the table, and left a good one on it.
# Next you would go there, by day and by night, and ask people (module 8).

# %% [markdown]
# ## What you can now say, and what you cannot
#
# Let the computer put the numbers into your sentences. A number typed by hand is wrong after the next import.

# %%
place = named.loc["deputy mayor"]

print(
    f"In 2023 the police recorded {table['n_2023'].sum()} stolen vehicles in Puerto Sereno,"
)
print(f"{city_rate:.0f} for every 100,000 residents.")
print(
    f"In {place['area_name']} there were {place['n_2023']}, that is {place['rate']:.0f} per 100,000"
)
print(f"(95 % interval {place['lower']:.0f} to {place['upper']:.0f}).")
print("Thefts from the person, 2025 against 2024:", since_last_year.verdict + ".")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "This is the most dangerous neighbourhood of the city." |
# | "In the neighbourhoods named, more vehicles were stolen, for the number of residents, than in the city as a whole." | "Their residents steal vehicles." Nobody asked who did. |
# | "Thefts from the person rise every December. Beyond that there was no clear change." | "A wave of thefts since October." |
# | "Women from 15 to 29 are recorded as victims most often, for their number." | "Women are careless." |
# | "The police recorded so many drug cases." | "There are more drugs", or fewer. |
#
# **Four questions to test yourself**
#
# <details><summary>1. A village of 400 people had one burglary last year and three this year. The mayor prints "+200 %". What do you print?</summary>
#
# "Three, after one." And nothing else: so few go up and down by themselves.
# </details>
#
# <details><summary>2. You add up five years instead of one. What happens to the interval of a rate per year?</summary>
#
# It becomes shorter, by about the square root of five. But you can no longer see what changed inside the five years.
# </details>
#
# <details><summary>3. A district has a higher rate than the city. With the city's ages, it has a lower one. Which do you tell the school, and which the newspaper?</summary>
#
# The school deals with the people who live there: the crude rate. For a comparison of districts: the standardised one, and say so.
# </details>
#
# <details><summary>4. After a women's police station opens, recorded violence at home rises by half. Good news or bad?</summary>
#
# You cannot know from the records. Perhaps more women found somebody to tell. Ask a survey before you judge.
# </details>

# %% [markdown]
# ## Five moves for the assignment
#
# You will do these yourself, so here they are slowly, on five thefts and three neighbourhoods.

# %%
small = pd.DataFrame({"area_id": ["0101", "0102", "0101", "0101", "0102"]})
places_of = pd.DataFrame(
    {
        "area_id": ["0101", "0102", "0103"],
        "parent": ["Centre", "Hills", "Hills"],
        "population": [2_000, 4_000, 1_000],
    }
)

small["area_id"].value_counts()

# %% [markdown]
# **First: count how often each value occurs.** `value_counts` did it. But 0103 is not in the list: nothing was stolen there, and an absence has no row.
#
# **Second: write the counts beside the neighbourhoods.** `.map` looks each code up in the list; where it finds nothing it leaves the place empty,
# and `.fillna(0)` puts a zero there. Here the zero is true: all thefts were counted, and there was none.

# %%
per_place = small["area_id"].value_counts()
counted = places_of.assign(n=places_of["area_id"].map(per_place).fillna(0))

counted

# %% [markdown]
# **Third: keep some rows, and take the codes as a list.** `list(…)` makes one of a column.

# %%
with_thefts = counted[counted["n"] > 0]

list(with_thefts["area_id"])

# %% [markdown]
# **Fourth: add up by group, and make a table of it.** `.reset_index()` turns the names of the heaps into a column again.
#
# **Fifth: put what a function found beside it.** The numbers come in the order of the rows that you gave it.

# %%
districts = counted.groupby("parent")[["n", "population"]].sum().reset_index()
result = byar_interval(districts["n"], districts["population"], per=100_000)

districts.assign(rate=result.rate, lower=result.lower, upper=result.upper)

# %% [markdown]
# If what you have is a single column with names at the left edge, `.reset_index(name="rate")` makes a table of it, with a column `rate`.
# To write the district beside each single theft, put the two tables side by side: `small.merge(places_of, on="area_id")`. `on` names the column that both have.
# And a column that has the wrong name gets another one with `.rename(columns={"eb": "rate"})`.

# %% [markdown]
# ## Now your own city
#
# 1. Make a folder for your city with `safelearn city new`, and import your police file and your census (module 4).
# 2. `safelearn diagnose` does on your files what you did here: rates with intervals, smoothed beside raw, season, trend, sex and age.
#    What your data cannot carry it refuses, in a sentence.
# 3. Change the line `city = City.open(…)` at the top to your folder, and run this lesson again with an offence of your own.
#
# **Before you publish**: no neighbourhood called worst, no group so small that somebody is recognised, no exact places, and
# sexual violence never below the level of a district.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
largest_place, radio = five.loc["largest"], five.loc["radio"]
assert five["area_id"].is_unique
assert (
    largest_place["n_2023"] > newspaper["n_2023"]
    and newspaper["rate"] > 3 * largest_place["rate"]
)
assert newspaper["n_2023"] < 16 and newspaper["population"] == table["population"].min()
history = stolen.groupby(
    ["area_id", stolen["occurred_from"].dt.year], observed=False
).size()
theirs = history[newspaper["area_id"]]
assert theirs[2023] == theirs.max() > 1.3 * theirs.drop(2023).median()
ours = history[radio["area_id"]]
assert ours[2022] == ours.min() < ours.drop(2022).median() / 2
assert ours[2023] <= 1.5 * ours.drop([2022, 2023]).median()
thrown_rate = 100_000 * thrown / table["population"]
extreme = thrown_rate.sort_values().index
assert thrown_rate.max() > 1.9 * city_rate and thrown_rate.min() < 0.5 * city_rate
assert (table["population"][extreme[-4:]] < table["population"].median()).all()
assert table["rate"].std() > 1.5 * thrown_rate.std()
above = table[table["lower"] > city_rate]
assert (table["n_2023"] < 16).mean() > 0.5
assert (above["parent"] == "Cercado").mean() >= 0.5
assert 0.4 < by_hand["w"]["newspaper"] < 0.7 and by_hand["w"]["largest"] > 0.9
assert np.median(largest) > 200
found_radio, found_newspaper, found_city = changes.values()
assert found_radio.ratio > 3 and found_radio.verdict == "no clear change"
assert found_newspaper.verdict == "no clear change"
assert found_city.upper - found_city.lower < 0.3
assert purses["n"].tail(3).mean() > 1.1 * purses["n"].iloc[-6:-3].mean()
assert season.clear and season.index[11] > 1.1 and season.index[5:9].max() < 0.95
assert since_last_year.verdict == "no clear change"
tall, high = groups["n"].idxmax(), groups["rate"].idxmax()
assert groups.loc[tall, ["sex", "age"]].tolist() == ["female", "30-59"]
assert groups.loc[high, ["sex", "age"]].tolist() == ["female", "15-29"]
women, men = (
    groups[groups["sex"] == s].set_index("age").loc["15-29"] for s in ("female", "male")
)
assert women["lower"] > men["upper"]
old = persons["60+"] / persons.sum(axis=1)
assert old.idxmax() == "La Costanera" and old.idxmin() == "Las Lomas"
moved = pd.Series(found.rate - found.crude, index=events.index)
assert moved["La Costanera"] == moved.min() and moved["Las Lomas"] > 0
limits = {
    name: (low, high)
    for name, low, high in zip(kind.index, by_kind.lower, by_kind.upper, strict=True)
}
assert 2 * limits["informal"][1] < limits["formal"][0]
assert (
    named.loc["deputy mayor", "lower"] > city_rate
    and named.loc["deputy mayor", "mark"] == ""
)
assert named.loc["newspaper", "mark"] == "unstable"
assert named.loc["radio", "lower"] < city_rate < named.loc["radio", "upper"]
assert named.loc["newspaper", "n_2024"] < named.loc["newspaper", "n_2023"] / 2
assert (
    named.loc["deputy mayor", ["n_2024", "n_2025"]].min()
    > 0.8 * named.loc["deputy mayor", "n_2023"]
)
assert (
    named.loc["radio", ["n_2024", "n_2025"]].max() <= 1.5 * named.loc["radio", "n_2023"]
)
