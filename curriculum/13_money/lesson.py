# %% [markdown]
# # 13. Money: what do we spend, on whom, and is it worth it?
#
# January 2026. The council of Puerto Sereno gives out the money for safety.
# Three people have read the accounts of 2025. Each has added up correctly, and they tell the council three different things.
#
# **At the end you can**
# - say what is spent on safety a head, by level of government and by neighbourhood, and what is missing;
# - see behind an average who gets the money, and behind a sum who pays;
# - count a participatory budget, and who took part in it;
# - bring amounts of different years and countries together, or refuse to;
# - set what was gained against what was paid, and say how sure that is.
#
# You need module 0: running a cell and reading a table. Take about three hours; the assignment takes two more.
#
# > Puerto Sereno does not exist, and its money, the XTS, buys nothing anywhere.
# > This lesson counts thefts and break-ins, as numbers only. On one list of projects stands a service for survivors of violence; nothing is told about it.

# %% [markdown]
# ## Three right answers
#
# We open the city's folder. Its table `budget` holds the lines of all accounts that the city calls safety: five years, four levels of government.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

pd.options.display.float_format = "{:,.2f}".format  # tables show two decimals

city = City.open(bundled_city("puerto-sereno"))
budget = city.table("budget")
lines = budget[budget["year"] == 2025]

lines[
    ["line_id", "level", "department", "area_id", "required", "approved", "spent"]
].head()

# %% [markdown]
# Three columns hold money, and they are easily mixed up:
#
# - `required`: what the office asked for, because the plan needs it;
# - `approved`: what the council gave it;
# - `spent`: what it has paid.
#
# A line with an empty `area_id` (the computer shows `NaN`) is for the whole city. The others belong to one neighbourhood.
#
# The next cell is long, and you need not understand every word of it yet: sections 1 and 3 take it apart. Run it and look at the picture.

# %%
from safelearn.city.population import population_by
from safelearn.evaluation.budget import per_capita_investment

population = population_by(city.table("population"), year=2025)
areas = city.table("areas")[["area_id", "area_name", "parent"]]

by_level = per_capita_investment(budget, population, by=("level",), year=2025)
by_place = per_capita_investment(budget, population, by=("area_id",), year=2025)
by_place = by_place.merge(areas, on="area_id")  # lines for the whole city drop out
by_district = by_place.groupby("parent")[["spent", "residents"]].sum()
by_district["a_head"] = by_district["spent"] / by_district["residents"]

pictures.three_answers(by_level, by_district, lines)

# %% [markdown]
# - The mayor: "We spend so much on the safety of every resident." That is the left bar, all its parts together.
# - The councillor for Las Lomas: "On my hills less arrives than anywhere else." She looks at the neighbourhoods' own lines, district by district.
# - The treasurer: "Not even what we approved was spent. Nobody is short of money."
#
# **Write down who should decide how next year's money is shared out, and why.** At the end we come back to this picture.

# %% [markdown]
# ## 1. A head
#
# Five lines of 2025, and the number of residents of the city:

# %%
five = lines[lines["line_id"].isin(["L01", "L03", "L06", "L08", "L12"])]
five = five[["line_id", "level", "department", "approved", "spent", "currency"]]
residents = population["population"].sum()

print(f"Residents: {residents:,.0f}, counted in {population['year'].max()}")
five

# %% [markdown]
# (`.isin` asks each row: *is it one of these?* And `:,.0f` in a sentence means: no decimals, and a comma between the thousands.)
#
# Take a pencil: how much did Public Works (`L06`) spend for each resident? Its `spent`, divided by the residents of the **whole** city,
# for its lamps are for everybody. Then let the computer do all five.

# %%
by_hand = five.assign(a_head=five["spent"] / residents)

by_hand

# %% [markdown]
# `.assign` gives you a new table with one column more, and leaves the old one as it was.
#
# The library does it for all lines at once: `per_capita_investment(budget, population, by=("level",), year=2025)` makes one row for each level.
# (Mind the comma before the bracket: `by` may take several columns, and here it takes one.) It has done so already, for the picture above:

# %%
by_level[["level", "approved", "spent", "residents", "a_head", "lines"]]

# %% [markdown]
# Most of the money a head comes from the State: police and prosecutors. The city's own part is less than half of it.
# A mayor who says "we spend" should say who *we* are. And whose heads: the census is two years older than the accounts, and there is no newer one.
#
# And why `spent`, not `approved`? A promise lights no street. How much of what was promised has been done? By hand, for the five:

# %%
by_hand["executed"] = 100 * by_hand["spent"] / by_hand["approved"]

by_hand[["line_id", "department", "approved", "spent", "executed"]]

# %% [markdown]
# (*Executed* is what accountants call it.) Nobody spent more than was approved; the training line (`L12`) spent little more than half.
# A low share is no thrift. It means: what was promised was not done.
#
# Now a trap. In many cities some accounts of last year are still open in January. Suppose Public Works has not closed its own yet.
# `.mask` empties the place where the answer to a question is *yes*:

# %%
still_open = five.assign(spent=five["spent"].mask(five["line_id"] == "L06"))

wrong = 100 * still_open["spent"].sum() / still_open["approved"].sum()
closed = still_open[still_open["spent"].notna()]
right = 100 * closed["spent"].sum() / closed["approved"].sum()

print(f"divided by all approved money:      {wrong:.1f} %")
print(f"only lines whose account is closed: {right:.1f} %, and 1 line is open")

# %% [markdown]
# The first number says that Public Works spent nothing. Nobody knows that. Unknown is not none.
# So leave such a line out above *and* below, and say how many you left out. The library does:

# %%
from safelearn.evaluation.budget import execution

print(execution(still_open, by=("currency",)))
done = execution(lines, by=("level",), year=2025)

done

# %% [markdown]
# First the five lines together, then the whole city by level. `share` is a part of 1: 0.9 is 90 per cent.
# `unknown` counts the open lines; in Puerto Sereno all accounts are closed.
#
# Two tables with a common column can be put side by side with `merge`. Say which column they have in common, with `on`:

# %%
both = by_level.merge(done[["level", "share"]], on="level")
both["executed"] = 100 * both["share"]

both[["level", "a_head", "executed"]]

# %% [markdown]
# **Rule 1. An amount a head has four names: spent or approved, of which year, by whom, and for how many.**

# %% [markdown]
# ## 2. What nobody has approved
#
# The treasurer says that nobody is short of money, for some was left over. Look at five lines of a small town, in thousands:

# %%
town = pd.DataFrame(
    {
        "line_id": ["lamps", "guards", "youth", "stairs", "survey"],
        "year": 2025,
        "required": [500, 800, 120, 200, 60],
        "approved": [300, 950, 90, 200, 30],
        "currency": "XTS",
    }
)

print("required", town["required"].sum(), " approved", town["approved"].sum())
town[["line_id", "required", "approved"]]

# %% [markdown]
# The sums differ by little. Is that all that is missing? Go down the lines with a pencil before you run the next cell.

# %%
missing = town["required"] - town["approved"]

town.assign(difference=missing, gap=missing.clip(lower=0))

# %% [markdown]
# (`.clip(lower=0)` turns everything below 0 into 0.)
#
# The guards were given more than they had asked for. That money lights no lamp and pays no youth worker.
# So a **gap** is counted line by line and is never below zero, and then added up:

# %%
from safelearn.evaluation.budget import funding_gap

print("difference of the sums:", town["required"].sum() - town["approved"].sum())
print("gap, line by line:     ", missing.clip(lower=0).sum())
funding_gap(town)[["year", "required", "approved", "gap", "share"]]

# %% [markdown]
# Now for Puerto Sereno. `funding_gap` gives a row for each year. To look up one year, make the years the names of the rows (`set_index`);
# then a column's name and a year find one number:

# %%
gaps = funding_gap(budget).set_index("year")

print(f"Missing in 2025: {gaps['gap'][2025]:,.0f} XTS", end=", ")
print(f"{100 * gaps['share'][2025]:.1f} per cent of what is required")
gaps[["required", "approved", "gap", "share", "gap_so_far"]]

# %% [markdown]
# `gap` is what was missing in that year; `gap_so_far` adds up all years until then. (`end=", "` in a `print` keeps the next one on the same line.)
#
# So two things are true at once. A part of the approved money was not spent. And the plan lacks more than twice as much as that.
# The treasurer saw the first and concluded against the second. Money that lies unused in one office closes no gap in another,
# until somebody moves it.
#
# **Rule 2. A gap is counted line by line. What one line has too much fills no other.**

# %% [markdown]
# ## 3. Behind the average
#
# "On average", says the mayor, "every neighbourhood gets the same: about six XTS a head for its own lamps, parks and meetings."
# An average is the same for all *because you made it so*. What do the neighbourhoods have?
#
# We need a measure of need. The census says in how many of a hundred homes the roof, the walls or the water are inadequate.

# %%
census = city.table("statistics")
census = census[census["indicator_id"] == "inadequate_housing"]
census = census.assign(need=census["numerator"] / census["denominator"])

by_area = by_place.rename(columns={"spent": "amount"})
by_area = by_area.merge(census[["area_id", "need"]], on="area_id")
by_area = by_area[["area_id", "amount", "residents", "need"]]

print("Average:", round(by_area["amount"].sum() / by_area["residents"].sum(), 2))
some = by_area[by_area["area_id"].isin(["0106", "0305", "0402", "0503", "0610"])]
some.assign(a_head=some["amount"] / some["residents"])

# %% [markdown]
# (`.rename` gives a column another name.) Five of the sixty, by hand: not six and six and six.
#
# Compare *a head*, never sums: a large neighbourhood gets more money because more people live there. Now all sixty:

# %%
from safelearn.evaluation.allocation import allocation

found_need = allocation(by_area)

pictures.need(by_area, found_need.fifths)

# %% [markdown]
# Left, each dot is a neighbourhood: the further right, the more of its homes are inadequate; the higher, the more money a head.
#
# Right, the residents in five groups of about the same size, ordered by need: **fifths**. The first fifth needs least.

# %%
print("money a head where need is one step greater:", round(found_need.ratio, 2))
print("interval:", round(found_need.lower, 2), "to", round(found_need.upper, 2))
print(found_need.verdict)

# %% [markdown]
# How to read `.ratio`: go from one neighbourhood to another where need is one step greater.
# There the money a head is so many *times* as much: 1 is "the same", 2 is "twice", 0.5 is "half".
# (The step is one standard deviation, the usual distance from the average. Here that is about 14 homes of a hundred.)
#
# The interval says how far chance may have moved that number, 95 times of 100. It lies wholly below 1, so the verdict is clear:
# less money goes where need is greater.
#
# `found_need` is a *result*: you ask it for its parts with a point, `found_need.ratio`, `found_need.verdict`.
# One of its parts is a table, and from that you take what you want as always:

# %%
fifths = found_need.fifths.set_index("fifth")["a_head"]

print(f"first fifth: {fifths[1]:.2f} a head, last fifth: {fifths[5]:.2f} a head")

# %% [markdown]
# What this does not say: *why*. Perhaps those districts pay more themselves, perhaps their offices ask louder.
#
# And one temptation: share the lines of the whole city, nearly nine tenths of all money, out to the neighbourhoods, so many XTS for everybody.
# Then the difference almost disappears. But nobody knows where a patrol goes. To share out evenly is to *assume* what you wanted to find out.
#
# **Rule 3. Never show an average of money without showing who is above it and who below.**

# %% [markdown]
# ## 4. Who voted on the money?
#
# In August 2025 the residents of Puerto Sereno voted on 900,000 XTS. These were the projects:

# %%
ballots = city.table("ballots")
ballots = ballots[ballots["ballot_id"] == "PB2025"]
ballots = ballots.sort_values("votes", ascending=False)

ballots[["option_id", "option", "votes", "cost"]]

# %% [markdown]
# (`sort_values` puts the rows in order; `ascending=False` means the largest first.)
#
# The rule: go down the list in order of votes, and fund each project as long as the money lasts. One that does not fit is **passed over**,
# and you look at the next one.
#
# With a pencil: what is funded with 900,000? And with 1,200,000?

# %%
from safelearn.evaluation.participatory_budget import tally

pictures.ledger(tally(ballots, money=1_200_000).options, 1_200_000)

# %% [markdown]
# With 900,000 the first two take everything. With 1,200,000 there are 300,000 left; the third costs more and is passed over, and the fourth fits.
# Whoever stops at the first that does not fit leaves money lying about.
#
# (The computer reads `1_200_000` as 1,200,000. With an ordinary comma it would see three numbers.)
#
# In `tally(…).options` the column `by_votes` says `True` for what is funded. To get the codes of these rows as a list:

# %%
counted = tally(ballots, money=1_200_000).options

list(counted["option_id"][counted["by_votes"]])

# %% [markdown]
# Read it from inside: *of the column option_id, those rows where by_votes is True, as a list.*
# A question is not needed in the square brackets, for the column is its own answer. If it were words, you would ask:
# `counted["option_id"][counted["option"] == "Light on the way home"]`.
#
# Guards in the centre came first. Who voted? Here Puerto Sereno wrote down only one line, "everyone", and so nobody can say.
# The neighbouring town kept count. Its residents had **two votes each**:

# %%
small = pd.DataFrame(
    {
        "group": ["women", "men", "young", "hillside", "everyone"],
        "votes": [1_960, 2_740, 300, 260, 4_700],
        "eligible": [9_800, 9_500, 4_100, 4_600, 19_300],
    }
)

small

# %% [markdown]
# `eligible` is how many could have voted. How many *people* voted? Divide the votes by two. Then divide by those who could have: the **turnout**.
#
# The groups overlap: a young woman of the hillside stands in three rows. So never add the groups up; "everyone" has a row of its own.

# %%
voters = small["votes"] / 2

small.assign(voters=voters, percent=100 * voters / small["eligible"])

# %% [markdown]
# Forget the two votes, and the turnout doubles. The library is told with `votes_each`, and it adds an interval.
# (It wants a few columns more, those that every table `ballots` has.)

# %%
small = small.assign(
    ballot_id="T1", kind="participatory_budget", held_on="2025-09-01",
    option_id="A", option="All options together", cost=100_000,
)  # fmt: skip
turnout = tally(small, votes_each=2).turnout

pictures.turnout(turnout)
turnout[["group", "voters", "eligible"]].assign(
    percent=100 * turnout["turnout"], lower=100 * turnout["lower"]
)

# %% [markdown]
# In the library's table `turnout`, `lower` and `upper` are parts of 1, so we multiplied by 100.
#
# Of 100 women about ten voted, of 100 men more than fourteen, and of 100 people on the hillside fewer than three.
# The money goes where those want it who come. A turnout of twelve per cent "of the residents" would have hidden that.
#
# **Try it.** In the next cell, move the money, or decide yourself. Watch three things: which options get money, which fifth of the residents
# it reaches, and who voted. (The figures are invented. On paper you see the position at the start: the two options with most votes take nearly all,
# and the three fifths with most need get nothing.)

# %%
from safelearn.reports.widgets import budget as budget_exercise

budget_exercise()

# %% [markdown]
# **Rule 4. A vote on money is not everybody's before you know who came. Count people, by group, out of those who could.**

# %% [markdown]
# ## 5. Money today, money later
#
# Shall the city put lamps that need less power into a park? It is the beginning of 2026.
# The lamps cost 100,000 now and 4,000 at the beginning of each later year. They spare 30,000 a year, which is there by each year's end.

# %%
park = pd.DataFrame(
    {
        "year": [2026, 2027, 2028, 2029, 2030],
        "paid": [100_000, 4_000, 4_000, 4_000, 4_000],
        "gained": [30_000, 30_000, 30_000, 30_000, 30_000],
    }
)

print("gained", park["gained"].sum(), " paid", park["paid"].sum())

# %% [markdown]
# 150,000 is more than 116,000. But the 116,000 go out at once, nearly all of them, and the 150,000 come in bit by bit.
# What would you rather have: 100 today, or 100 in five years? Today you could mend something with it.
#
# So money that comes later is counted for less. By how much is said by a **rate**, which your finance office sets; 4 % a year is common.
# Then 104 in a year are worth as much as 100 today. Backwards: 104 divided by 1 + 4/100 is 100. So divide by that, once for every year of waiting.

# %%
by_hand = park[["year", "gained"]].assign(wait=[1, 2, 3, 4, 5])
by_hand["worth_today"] = by_hand["gained"] / (1 + 4 / 100) ** by_hand["wait"]

print("worth today, together:", round(by_hand["worth_today"].sum()))
by_hand

# %% [markdown]
# (`**` is *to the power of*: divided once, twice, three times. `wait` says how many years each amount has to wait.)
#
# The sum is called the **present value**. Mind *when* in the year: what is gained by the **end** of 2026 is a year away.
# What is paid at the **start** of 2026 is paid today, and is not divided at all.

# %%
from safelearn.evaluation.money import present_value

benefits = present_value(park["gained"], 0.04)  # the end of each year
costs = present_value(park["paid"], 0.04, timing="start")

print(f"benefits {benefits:,.0f}  costs {costs:,.0f}  net {benefits - costs:,.0f}")

# %%
pictures.present(park, 0.04)

# %% [markdown]
# The pale bars are the years as they stand, the dark ones what they are worth today.
# The lamps still pay, by little more than half of what the plain sums said.
#
# Write the rate as a decimal, as in the cell above: four hundredths, and never 4. And all amounts must be in the prices of *one* year. Which brings us to the next trap.
#
# **Rule 5. Add up no years before you have brought them to the same day.**

# %% [markdown]
# ## 6. A thousand of 2017 is not a thousand of today
#
# In the market quarter, Mercado Grande, purses are stolen. In the register of practices stands one from another town, and it says what it cost:

# %%
practices = city.table("practices").set_index("practice_id")
market = practices.loc["P04"]

market[["name", "year", "cost", "effect", "effect_lower", "effect_upper", "equity"]]

# %% [markdown]
# (`.loc["P04"]` takes one row by its name.) It cost 40,000 a year, in **2017**. Since then everything has become dearer.
# How much dearer is said by the statistics office, in a **price index**. Only its ratios matter:

# %%
levels = {2017: 100.0, 2020: 110.0, 2022: 121.0, 2024: 133.0, 2025: 138.0}

print(
    "from 2017 to 2025, prices rose by", round(levels[2025] / levels[2017], 2), "times"
)
cost_2025 = market["cost"] * levels[2025] / levels[2017]
print(f"40,000 of 2017 are {cost_2025:,.0f} of 2025")

# %% [markdown]
# (Curly brackets hold a *dictionary*: a year, a colon, and what belongs to it. `levels[2025]` looks it up. These levels are invented.)
#
# *Today's level above the line, the old one below*: prices have risen, so the amount must become larger. If it became smaller, you turned it upside down.
#
# And what is a stolen purse worth? The city has a table of unit costs: what one case costs those who suffer it.

# %%
from safelearn.evaluation.unit_costs import unit_costs

price_list = city.table("unit_costs")
price_list = price_list[price_list["offence"].isin(["050221", "05012"])]

price_list[["offence", "label", "cost", "cost_lower", "cost_upper", "price_year"]]

# %% [markdown]
# Prices of 2024. The measure is in prices of 2025. May we divide one by the other? Ask the library:

# %%
from safelearn.errors import Refused

try:
    unit_costs(price_list, currency="XTS", price_year=2025)
except Refused as refusal:
    print(refusal)

# %% [markdown]
# (`try` and `except` only catch the refusal, so that the page does not stop.)
#
# It refuses to mix years. Give it the index, and it brings each row over from **its own** year:

# %%
from safelearn.evaluation.unit_costs import PriceIndex

index = PriceIndex("XTS", levels, "Statistics office")
prices = unit_costs(price_list, currency="XTS", price_year=2025, index=[index])

print(prices.notes[0])
prices.table[["offence", "label", "cost", "lower", "upper", "price_year"]]

# %% [markdown]
# `price_year` keeps the year of the study. To find one price with its two limits, ask for the code of the offence. It answers with three numbers, and we give each a name:

# %%
a_purse, low, high = prices.of("050221")

print(f"a theft from the person: {a_purse:.1f} ({low:.1f} to {high:.1f}) in 2025")

# %% [markdown]
# ### A price from abroad
#
# What does a broken bus shelter cost? Suppose nobody here has ever asked, but a country called QM has: 500 of its money, XNM, in 2019.
# Two things are different there, and both must be bridged.
#
# - **The money.** At the bank 1 XNM costs 3.1 XTS. But in QM life is dear: what you buy there for 1 XNM you get here for 2 XTS.
#   That second number is **purchasing power**. Harm takes away what money *would have bought*, so it is the one to use.
# - **The years**: their prices from 2019 until 2022, when the two were compared, and ours from 2022 until today.
#
# By hand, in three steps:

# %%
their_levels = {2019: 100.0, 2022: 108.0}

step_1 = 500 * their_levels[2022] / their_levels[2019]  # their prices of 2022
step_2 = 2.0 * step_1  # our money of 2022
step_3 = step_2 * levels[2025] / levels[2022]  # our prices of 2025
print(f"{step_1:.1f} XNM, {step_2:.1f} XTS of 2022, {step_3:.1f} XTS of 2025")

# %%
from safelearn.evaluation.unit_costs import Transfer

abroad = pd.DataFrame(
    {
        "offence": ["0504"], "label": ["Damage to property"], "cost": [500.0],
        "cost_lower": [400.0], "cost_upper": [650.0], "currency": ["XNM"],
        "price_year": [2019], "country": ["QM"],
    }
)  # fmt: skip
theirs = PriceIndex("XNM", their_levels, "QM's statistics office")
way = Transfer("QM", "XNM", "XTS", 2022, 2.0, "comparison of prices")
taken_over = unit_costs(
    abroad, currency="XTS", price_year=2025, index=[theirs, index], transfers=[way]
)

print(taken_over.of("0504"))
for note in taken_over.notes:
    print("-", note)

# %% [markdown]
# (`for … in …:` does the same for each note, one after the other.)
#
# Read the last note. *Harm is valued as it is there*: what people would give to avoid it depends on what they earn.
# Such a price may stand in a report, with its country, its year and its rate beside it. Without them it may not.
#
# **Rule 6. An amount without its year and its country is not a number.**

# %% [markdown]
# ## 7. What does one theft cost that does not happen?
#
# In the other town thefts at the market fell, against a comparison, to 74 of 100 (module 11 shows how one finds out).
# Suppose it works here as it did there. How many thefts would that be in Mercado Grande?

# %%
incidents = city.incidents()
thefts = incidents[incidents["offence"] == "050221"]
thefts = thefts[thefts["area_id"] == "0106"]
n = len(thefts[thefts["occurred_from"].dt.year == 2025])

averted = n * (1 - market["effect"])
fewest, most = n * (1 - market["effect_upper"]), n * (1 - market["effect_lower"])
print(
    f"{n} recorded thefts; fewer with the measure: {averted:.0f} ({fewest:.0f} to {most:.0f})"
)

# %% [markdown]
# (`.dt.year` takes the year out of a date.)
#
# By hand: the cost of a year, divided by the thefts averted **in a year**. Money and effect must be of the same time!
# Then the same with the fewest and with the most:

# %%
print(
    f"{cost_2025:,.0f} / {averted:.0f} = {cost_2025 / averted:,.0f} for one theft averted"
)
print(f"if there were {most:.0f}: {cost_2025 / most:,.0f}")
print(f"if there were {fewest:.0f}: {cost_2025 / fewest:,.0f}")

# %%
from safelearn.evaluation.money import cost_per_case_averted

a_theft = cost_per_case_averted(cost_2025, (averted, fewest, most))

pictures.quotient(a_theft, (averted, fewest, most), cost_2025)

# %% [markdown]
# The thefts averted lie in the middle of their interval. The cost of one does not: upwards it is much further than downwards.
# If little was averted, each theft was very dear; if much, only a little cheaper. Never write "plus or minus" behind a quotient.
#
# Another practice in the register: patrols sent where a computer forecasts burglaries. Its interval holds 1, "no change":

# %%
forecast = practices.loc["P05"]
burglaries = incidents[incidents["offence"] == "05012"]
burglaries = len(burglaries[burglaries["occurred_from"].dt.year == 2025])

best = burglaries * (1 - forecast["effect"])
least = burglaries * (1 - forecast["effect_upper"])
most_of_all = burglaries * (1 - forecast["effect_lower"])
paid = forecast["cost"] * levels[2025] / levels[2020]  # its price is of 2020
patrols = cost_per_case_averted(paid, (best, least, most_of_all))

print(f"burglaries averted: {best:.0f}, interval {least:.0f} to {most_of_all:.0f}")
print(
    f"one averted burglary cost {patrols.lower:,.0f} or more; at most: {patrols.upper}"
)

# %% [markdown]
# The lower end is below zero: perhaps there were *more* burglaries.
#
# `inf` is infinite: perhaps the patrols averted nothing at all, and then no price is high enough. So say: "at least so much; there is no upper limit."
#
# Do not say that they were useless, either: a fair number of burglaries averted lies in the interval as well. *Nothing was shown* is not *nothing happened*.
#
# **Rule 7. A cost per case has two unequal sides, and sometimes only one.**

# %% [markdown]
# ## 8. Is it worth it?
#
# Now set what is gained against what is paid. By hand, for one year at the market: thefts averted, times the price of one, divided by the cost:

# %%
worth = averted * a_purse

print(f"{averted:.0f} x {a_purse:.1f} = {worth:,.0f} XTS gained, {cost_2025:,.0f} paid")
print(f"benefits by costs: {worth / cost_2025:.2f}")

# %% [markdown]
# That is the **benefit-cost ratio**. Above 1 more is gained than paid; here, far less. Drop it?
#
# Stop. What did we count? *Recorded* thefts. How many people told the police? The city's survey of 2025 asked those who had lost a purse:

# %%
from safelearn.estimates.survey import survey_proportion
from safelearn.estimates.survey_design import survey_design

answers = city.table("survey")
told = survey_proportion(
    survey_design(answers),
    answers["theft_told"] == "police",
    where=answers["theft_told"].notna(),
)

print(f"Of 100 thefts, {100 * told.value:.0f} were told to the police", end=" ")
print(f"({100 * told.lower:.0f} to {100 * told.upper:.0f}).")

# %% [markdown]
# About one of eight. The other seven were thefts too: the purse was gone. If the measure averts them alike, the gain is eight times as large.
#
# So before any ratio there is a question: *of what?* Now we count all thefts, and let the library do it. It wants ranges: the best guess, the lowest, the highest.

# %%
from safelearn.evaluation.sensitivity import Range, ratio_sensitivity

all_thefts = Range(averted / told.value, fewest / told.value, most / told.value)
price = Range(a_purse, low, high)
cost = Range(cost_2025, 0.9 * cost_2025, 1.3 * cost_2025)

found = ratio_sensitivity({"050221": all_thefts}, {"050221": price}, cost, years=3)

print(f"ratio {found.ratio:.2f}, interval {found.lower:.2f} to {found.upper:.2f}")
print(f"net, three years: {found.net:,.0f}")

# %% [markdown]
# Effects and prices stand in dictionaries by the code of the offence, so that there may be several.
# Both are **a year**; `years` says how many years it runs, and they are brought to one day as in section 5.
#
# How does it find an interval? It throws dice ten thousand times: an effect, a price and a cost, each from its range, and works out the ratio each time.

# %%
pictures.draws(found.ratios, found.ratio)

print(f"In {100 * found.share_above_one:.0f} of 100 draws it pays.")
found.drivers

# %% [markdown]
# `drivers` says what moves the ratio most. Here it is the effect: if the council wants to know better, it should ask for a better evaluation, not for a better price.
#
# And the share that was told, which we took as certain? Try its two ends as well:

# %%
for share in [told.lower, told.value, told.upper]:
    again = ratio_sensitivity(
        {"050221": Range(averted / share, fewest / share, most / share)},
        {"050221": price},
        cost,
        years=3,
    )
    print(f"told {100 * share:.0f} of 100: ratio {again.ratio:.2f}", end=", ")
    print(f"pays in {100 * again.share_above_one:.0f} of 100 draws")

# %% [markdown]
# What may the mayor say? Not "every XTS comes back", with the best guess alone. And not "nobody can know".
# But: *the best guess is so much, it lies between this and that, it pays in so many of 100 draws, and what moves it is the effect.*
#
# **Rule 8. No ratio without its range, what moves it, and what was counted.**

# %% [markdown]
# ## 9. The city gains. Who?
#
# In the register stood one more column, `equity`: *Traders without a stall lost their place at first.*
# The hall's manager has estimated who gains and who pays, in a year. It is invented, like everything here.

# %%
gains = pd.DataFrame(
    {
        "group": ["traders with a stall", "traders without", "customers", "neighbours"],
        "residents": [400, 350, 9_000, 4_200],
        "income": [9_000, 3_000, 7_000, 6_500],
        "gain": [36_000, -17_500, 18_000, 4_200],
        "lower": [22_000, -26_000, 9_000, -2_000],
        "upper": [50_000, -9_000, 27_000, 10_400],
    }
)

print("together:", gains["gain"].sum())
gains.assign(a_head=gains["gain"] / gains["residents"])

# %% [markdown]
# The sum is well above zero. But nobody gets the sum. Those without a stall lose fifty XTS each.
#
# And what are fifty XTS? To somebody who has 9,000 a year they are a nuisance, to somebody who has 3,000 they are the school books.
# So a coin gets a **weight**: mean income, divided by the group's own income, to the power of 1.3. By hand for the traders without a stall:

# %%
mean_income = (gains["income"] * gains["residents"]).sum() / gains["residents"].sum()

print(f"mean income {mean_income:,.0f}")
print(f"weight ({mean_income:,.0f} / 3,000) to the power of 1.3 =", end=" ")
print(round((mean_income / 3_000) ** 1.3, 2))

# %%
from safelearn.evaluation.money import gains_by_group

by_group = gains_by_group(gains)

pictures.gains(by_group)
by_group[["group", "gain", "a_head", "weight", "weighted_gain", "verdict"]]

# %% [markdown]
# `verdict` compares each group with all others together, a head: more, less, or no clear difference.
# "Less" is not always a loss: the neighbours gain a little, and less than the others.
#
# `weighted_gain` is the gain times the weight. Add it up:

# %%
print(f"sum of the gains:          {by_group['gain'].sum():,.0f}")
print(f"sum of the weighted gains: {by_group['weighted_gain'].sum():,.0f}")
print("less than the others:", list(by_group["group"][by_group["verdict"] == "less"]))

# %% [markdown]
# With weights the gain of the city becomes a loss. The 1.3 is a convention (of the British treasury's Green Book), not a law of nature: say which one you used, and show both sums.
#
# And then do not stop at the sum. The remedy is cheap and stands in the register: *count them first; places for all.*
#
# **Rule 9. Behind every sum, show who pays.**

# %% [markdown]
# ## 10. What no sum can hold
#
# A ratio holds what somebody has put a price on. So ask of each ratio:
#
# - **What has no bill?** Fear, sleep, the walk home that nobody takes any more. It counts as nothing because nobody sent an invoice.
# - **Who does not report?** Where people do not tell the police, a measure that helps them looks worthless. You saw it: eight times.
# - **What is not for sale?** A safe way to school, or a door for survivors, is a duty. There the question is not *whether*, but *how, with less money*.
# - **What harm does the measure do?** The register says about the patrols by forecast: *stops of young men rose in poor areas.* No column of our sums held that.
#
# A ratio below one is a reason to look again. It is not an order to stop; and one above one is no permission.

# %% [markdown]
# ## Three right answers, again
#
# What does the council hear now?

# %%
national = by_level.set_index("level")["a_head"]["national"]
unspent = lines["approved"].sum() - lines["spent"].sum()

print(
    f"In 2025 all levels spent {by_level['a_head'].sum():.0f} XTS a resident on safety,"
)
print(f"of which {national:.0f} came from the State. Of the approved money", end=" ")
print(f"{100 * lines['spent'].sum() / lines['approved'].sum():.0f} % was spent.")
print(f"{unspent:,.0f} XTS stayed unspent; the plan lacked {gaps['gap'][2025]:,.0f}.")
print(f"Of the neighbourhoods' own money, {fifths[1]:.1f} a head reached the fifth")
print(f"with the least need, and {fifths[5]:.1f} the fifth with the most.")

# %% [markdown]
# - **The mayor** is right about the sum, and most of it is not hers.
# - **The treasurer** is right that money was left, and wrong that nobody is short: more than twice as much was missing, in other lines.
# - **The councillor** is right, and what she sees is not an accident of one hill: it goes through all sixty neighbourhoods.
#
# The figures do not decide how much more a neighbourhood in need should get. They end the sentence "we treat everybody the same".
#
# ## What you can now say, and what you cannot
#
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "The city spends 49 XTS on each of you." Most is the State's, and an average reaches nobody. |
# | "Less money a head goes where need is greater." | "The councillors of the seafront took it." Nobody asked why. |
# | "Of those who could, so many voted, by group." | "The people have decided." |
# | "At the market the best guess is …, between … and …, if all thefts count." | "Every XTS comes back twice." |
# | "It pays in sum, and traders without a stall lose." | "The city gains." |
#
# **Four questions to test yourself**
#
# <details><summary>1. An office was given 200 and spent 120. Its account is closed. What is its gap?</summary>
#
# You cannot know. A gap is what was *required* and not approved. What was approved and not spent is a question of execution.
# </details>
#
# <details><summary>2. 600 people come to a budget meeting, each with three votes, and all use them. 12,000 could have come. What is the turnout?</summary>
#
# Five per cent: 600 of 12,000. Not 1,800 of 12,000; votes are not people.
# </details>
#
# <details><summary>3. A study of 2019 says that a burglary costs 1,000. The index was 100 then and is 130 now. Price today?</summary>
#
# 1,300: today's level above the line. If you got less than 1,000, you turned it upside down.
# </details>
#
# <details><summary>4. The ratio is 1.4, the interval 0.6 to 2.5. The newspaper writes: "Each coin brings 1.4 back." Your correction?</summary>
#
# The best guess is 1.4, and the measure may as well have brought back less than it cost. Add what moves the ratio, and who pays.
# </details>

# %% [markdown]
# ## Now your own city
#
# 1. In your city's folder, write `budget.csv` with the columns that you saw at the top. Ask finance for what was *spent*, and leave a place empty where the account is open.
# 2. `safelearn diagnose YOUR-FOLDER` then says what is spent a head, by level and place, what is missing, and whether money follows need. What your table cannot carry it refuses, in a sentence.
# 3. Write `unit_costs.csv` only from studies of your country, each with its year and its source. If there is none, leave it out: a cost per case averted (section 7) needs no price at all.
#
# **Before you publish**: every amount has its year; every average is opened up; who pays stands beside who gains; and no neighbourhood is called a burden for what it needs.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
heads = by_level.set_index("level")["a_head"]
assert heads["national"] > 0.5 * heads.sum() and heads["city"] < 0.5 * heads["national"]
assert 48.5 < heads.sum() < 49.5
assert by_district["a_head"].idxmin() == "Las Lomas"
assert (five["spent"] <= five["approved"]).all()
assert 50 < 100 * 19 / 34 < 60 and done["unknown"].sum() == 0
assert wrong < right
assert town["required"].sum() - town["approved"].sum() == 110
assert missing.clip(lower=0).sum() == 260
assert gaps["gap"][2025] > 2 * unspent > 0
assert found_need.verdict == "less where need is greater"
assert abs(100 * by_area["need"].std() - 14) < 1
assert (some["amount"] / some["residents"]).max() > 4 * heads["district"] / 2
assert (
    0.87
    < 1 - lines.loc[lines["area_id"].notna(), "spent"].sum() / lines["spent"].sum()
    < 0.9
)
assert fifths[1] > 3 * fifths[5]
assert list(tally(ballots).options["by_votes"])[:3] == [True, True, False]
assert list(counted["option_id"][counted["by_votes"]]) == ["B4", "B1", "B2"]
percent = (100 * turnout.set_index("group")["turnout"]).to_dict()
assert 9.5 < percent["women"] < 10.5 and 14 < percent["men"] < 15
assert percent["hillside"] < 3 and round(percent["everyone"]) == 12
assert 0.5 < (benefits - costs) / 34_000 < 0.6
assert levels[2025] / levels[2017] == 1.38 and market["year"] == 2017
assert (market["cost"], market["effect"]) == (40_000, 0.74) and forecast["year"] == 2020
assert a_theft.upper - a_theft.cost > 3 * (a_theft.cost - a_theft.lower)
assert patrols.upper == float("inf") and least < 0 < most_of_all
assert worth / cost_2025 < 0.3
assert 7 < 1 / told.value < 9
assert found.lower < 1 < found.ratio < found.upper
assert found.drivers.set_index("input")["share"].idxmax() == "effect"
assert by_group["gain"].sum() > 0 > by_group["weighted_gain"].sum()
assert by_group["verdict"].tolist() == ["more", "less", "no clear difference", "less"]
