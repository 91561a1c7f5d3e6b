# %% [markdown]
# # 13. Money: assignment
#
# You work for **your own city**: twenty neighbourhoods, its accounts of four years, a ballot on money, and some measures to be weighed.
# The city is invented, and so is its money, which is called XTS. Nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
# An answer may be worked out by the computer or typed by you, and more decimals than asked for do no harm.
# Keep the lesson open beside this page: each task follows one of its parts.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks put a price on stolen and broken things. None of them is about violence.

# %%
from safelearn import check
from safelearn.course.variants import my_city

city = my_city("m13")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `budget` holds the lines of the accounts that count as safety, and `population` the residents.
# A line without `area_id` is for the whole city. `required` is what the office asked for, `approved` what it was given, `spent` what it paid.

# %%
budget, population = city.budget, city.population
budget.head(5)

# %% [markdown]
# ## Task 1
#
# For each level of government: how much was **spent** on safety in 2025 for each resident? And what share of the approved money was spent?
#
# `per_capita_investment(budget, population)` gives the columns `level` and `a_head`, of the last year with accounts.
# `execution(budget, by=("level",), year=…)` gives `level` and `share` (a part of 1), of the lines whose accounts are closed;
# its column `unknown` says how many are not.
#
# `by_level`: a table with the columns `level`, `a_head` (two decimals) and `executed` (per cent, one decimal).
# `open_lines`: how many lines of 2025 do not say yet what was spent?

# %%
from safelearn.evaluation.budget import (
    execution,
    funding_gap,
    per_capita_investment,
)

# %%
by_level = ...
open_lines = ...
### BEGIN SOLUTION
heads = per_capita_investment(budget, population)
done = execution(budget, by=("level",), year=2025)
by_level = heads.merge(done[["level", "share"]], on="level")
by_level["executed"] = 100 * by_level["share"]
open_lines = done["unknown"].sum()
### END SOLUTION

# %%
check("m13-t1", by_level=by_level, open_lines=open_lines)

# %% approved taken for spent tags=["mistake"]
# You divided what was approved. A promise lights no street: a head counts what was spent.
heads = per_capita_investment(budget, population)
done = execution(budget, by=("level",), year=2025)
by_level = heads.merge(done[["level", "share"]], on="level")
by_level["a_head"] = by_level["approved"] / by_level["residents"]
by_level["executed"] = 100 * by_level["share"]
open_lines = done["unknown"].sum()

# %% accounts not closed taken for nothing spent tags=["mistake"]
# You divided by all approved money, so that a line whose accounts are still open looks as if nothing had been spent.
# Not known is not zero: leave such lines out on both sides, and say how many they are.
heads = per_capita_investment(budget, population)
by_level = heads.assign(executed=100 * heads["spent"] / heads["approved"])
open_lines = 0

# %% all four years in one tags=["mistake"]
# You took the money of all four years. It was asked for 2025.
years = budget.groupby("level")[["approved", "spent"]].sum().reset_index()
residents = population["population"].sum()
by_level = years.assign(
    a_head=years["spent"] / residents,
    executed=100 * years["spent"] / years["approved"],
)
open_lines = budget["spent"].isna().sum()

# %% [markdown]
# ## Task 2
#
# The plan of the city says what each line would need (`required`). What is missing?
#
# `funding_gap(budget)` gives a row for each year, with `required`, `approved`, `gap`, `share` and `gap_so_far`.
#
# `gap_2025`: what was missing in 2025. `gap_share`: that as per cent of what was required, two decimals. `gap_four_years`: what was missing in 2022 to 2025 together.

# %%
gap_2025 = ...
gap_share = ...
gap_four_years = ...
### BEGIN SOLUTION
gaps = funding_gap(budget).set_index("year")
gap_2025 = gaps["gap"][2025]
gap_share = 100 * gaps["share"][2025]
gap_four_years = gaps["gap_so_far"][2025]
### END SOLUTION

# %%
check("m13-t2", gap_2025=gap_2025, gap_share=gap_share, gap_four_years=gap_four_years)

# %% one line's surplus fills another's gap tags=["mistake"]
# You subtracted the sums. Some lines were given more than they had asked for, and that money lights no other street:
# a gap is counted line by line, and is never below zero.
sums = budget.groupby("year")[["required", "approved"]].sum()
missing = sums["required"] - sums["approved"]
gap_2025 = missing[2025]
gap_share = 100 * missing[2025] / sums["required"][2025]
gap_four_years = missing.sum()

# %% what was not spent counted as missing tags=["mistake"]
# You counted what was required and not *spent*. Money that was approved and not spent was there: that is a question of execution.
line = (budget["required"] - budget["spent"].fillna(0)).clip(lower=0)
missing = line.groupby(budget["year"]).sum()
required = budget.groupby("year")["required"].sum()
gap_2025 = missing[2025]
gap_share = 100 * missing[2025] / required[2025]
gap_four_years = missing.sum()

# %% four years taken for the last one tags=["mistake"]
# You took what is missing in all four years for the gap of 2025. `gap` is of the year, `gap_so_far` adds up.
gaps = funding_gap(budget).set_index("year")
gap_2025 = gaps["gap_so_far"][2025]
gap_share = 100 * gaps["gap_so_far"][2025] / gaps["required"][2025]
gap_four_years = gaps["gap_so_far"][2025]

# %% [markdown]
# ## Task 3
#
# "We spend the same on everybody", says the council, "so and so much a head, on average." Look behind the average.
#
# The table `by_area` holds, for each neighbourhood, what was spent on its own lines in 2025 (`amount`), its `residents`,
# and its `need`: the share of its homes that are inadequate.
#
# `allocation(by_area)` asks how money a head goes with need. `.ratio` is the money a head where need is one step greater
# (one standard deviation), over the money a head where it is not; `.lower` and `.upper` are its limits, and `.verdict` says it in words.
# `.fifths` are five groups of residents, from the least need (1) to the most (5).
#
# `ratio`: three decimals. `ratio_interval`: `(low, high)`. `least_need` and `most_need`: money a head in the first and in the last fifth, two decimals.
# `verdict`: the words.

# %% tags=["given"]
from safelearn.evaluation.allocation import allocation

spent_there = per_capita_investment(budget, population, by=("area_id",), year=2025)
spent_there = spent_there.rename(columns={"spent": "amount"})
by_area = spent_there.merge(city.need, on="area_id")
by_area = by_area[["area_id", "amount", "residents", "need"]]
print(
    "On average, a head:",
    round(by_area["amount"].sum() / by_area["residents"].sum(), 2),
)
by_area.head(4)

# %%
ratio = ...
ratio_interval = ...
least_need = ...
most_need = ...
verdict = ...
### BEGIN SOLUTION
found = allocation(by_area)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
fifths = found.fifths.set_index("fifth")["a_head"]
least_need, most_need = fifths[1], fifths[5]
verdict = found.verdict
### END SOLUTION

# %%
check(
    "m13-t3",
    ratio=ratio,
    ratio_interval=ratio_interval,
    least_need=least_need,
    most_need=most_need,
    verdict=verdict,
)

# %% the average believed tags=["mistake"]
# You put the average in the place of what each neighbourhood has. It is the same for all because you made it so:
# an average says nothing of who gets the money.
found = allocation(by_area)
ratio = 1.0
ratio_interval = (found.lower, found.upper)
mean = by_area["amount"].sum() / by_area["residents"].sum()
least_need, most_need = mean, mean
verdict = "no clear pattern"

# %% the city's own lines shared out by heads tags=["mistake"]
# You shared the lines of the whole city out by heads and added them. Nobody knows where that money arrives,
# and shared out evenly it covers up what the neighbourhoods' own lines show.
whole = per_capita_investment(budget, population, by=("area_id",), year=2025)
whole = whole[whole["area_id"] == ""]["a_head"].sum()
found = allocation(
    by_area.assign(amount=by_area["amount"] + whole * by_area["residents"])
)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
fifths = found.fifths.set_index("fifth")["a_head"]
least_need, most_need = fifths[1], fifths[5]
verdict = found.verdict

# %% sums instead of money a head tags=["mistake"]
# You compared sums. A large neighbourhood gets more money because more people live in it: divide by its residents first.
found = allocation(by_area.assign(residents=by_area["residents"].mean()))
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
fifths = found.fifths.set_index("fifth")["amount"]
least_need, most_need = fifths[1], fifths[5]
verdict = found.verdict

# %% [markdown]
# ## Task 4
#
# Residents have voted on `money`. Each had **three votes**. The table `ballots` says what each option costs and how many votes it had:
# from everyone, and from some groups, which overlap (a young woman stands in two of them).
#
# Options are taken in order of their votes, as long as the money lasts; one that does not fit is passed over, and the next one is looked at.
#
# `tally(ballots, money=…, votes_each=…)` does both counts: in `.options`, the column `by_votes` says what is funded;
# `.turnout` has a row for each group.
#
# `funded`: the codes (`option_id`) of the options that are funded, in a list.
# `turnout`: a table with the columns `group`, `percent`, `lower` and `upper` (per cent, two decimals), one row for each group and one for everyone.

# %% tags=["given"]
from safelearn.evaluation.participatory_budget import tally

ballots = city.ballots
money = city.about["money"].iloc[0]
print("To give:", money)
ballots[["group", "option_id", "option", "votes", "eligible", "cost"]].head(7)

# %%
funded = ...
turnout = ...
### BEGIN SOLUTION
found = tally(ballots, money=money, votes_each=3)
funded = list(found.options["option_id"][found.options["by_votes"]])
turnout = found.turnout[["group"]].assign(
    percent=100 * found.turnout["turnout"],
    lower=100 * found.turnout["lower"],
    upper=100 * found.turnout["upper"],
)
### END SOLUTION

# %%
check("m13-t4", funded=funded, turnout=turnout)

# %% votes taken for voters tags=["mistake"]
# Each person had three votes, and you counted three people. Turnout is a share of people.
found = tally(ballots, money=money)
funded = list(found.options["option_id"][found.options["by_votes"]])
turnout = found.turnout[["group"]].assign(
    percent=100 * found.turnout["turnout"],
    lower=100 * found.turnout["lower"],
    upper=100 * found.turnout["upper"],
)

# %% stopped at the first that does not fit tags=["mistake"]
# You stopped at the first option that the money did not reach for. It is passed over, and a smaller one behind it is funded.
found = tally(ballots, money=money, votes_each=3)
enough = found.options["cost"].cumsum() <= money
funded = list(found.options["option_id"][enough])
turnout = found.turnout[["group"]].assign(
    percent=100 * found.turnout["turnout"],
    lower=100 * found.turnout["lower"],
    upper=100 * found.turnout["upper"],
)

# %% one turnout for all groups tags=["mistake"]
# You gave every group the turnout of everyone. Some voted several times as often as others, and the money goes where they want it:
# count voters and those who could have voted in each group.
found = tally(ballots, money=money, votes_each=3)
funded = list(found.options["option_id"][found.options["by_votes"]])
one = found.turnout.set_index("group").loc["everyone"]
turnout = found.turnout[["group"]].assign(
    percent=100 * one["turnout"], lower=100 * one["lower"], upper=100 * one["upper"]
)

# %% [markdown]
# ## Task 5
#
# The table `plan` belongs to new lamps: what they cost and what they spare, from 2026 to 2033, all in the prices of 2025.
# It is the beginning of 2026. The city counts with a rate of **4 %** a year.
#
# What is paid is paid at the **start** of each year: the first payment is today. What is spared is spared by its **end**.
#
# `present_value(amounts, rate)` takes the end of each year; with `timing="start"`, its start.
#
# `costs` and `benefits`: their present values, in whole XTS. `net`: benefits less costs.

# %% tags=["given"]
from safelearn.evaluation.money import present_value

plan = city.plan
plan

# %%
costs = ...
benefits = ...
net = ...
### BEGIN SOLUTION
costs = present_value(plan["paid"], 0.04, timing="start")
benefits = present_value(plan["gained"], 0.04)
net = benefits - costs
### END SOLUTION

# %%
check("m13-t5", costs=costs, benefits=benefits, net=net)

# %% the first payment a year away tags=["mistake"]
# You moved the costs to the end of their years. The lamps are paid today, so the first payment is not discounted at all.
costs = present_value(plan["paid"], 0.04)
benefits = present_value(plan["gained"], 0.04)
net = benefits - costs

# %% everything at the start of the year tags=["mistake"]
# You took what is spared in a year as if it were there on the first of January. It comes bit by bit until the year ends: a year later.
costs = present_value(plan["paid"], 0.04, timing="start")
benefits = present_value(plan["gained"], 0.04, timing="start")
net = benefits - costs

# %% years added up as they stand tags=["mistake"]
# You added the years up. Money that comes in seven years is worth less today: the city could do something with it until then.
costs = plan["paid"].sum()
benefits = plan["gained"].sum()
net = benefits - costs

# %% [markdown]
# ## Task 6
#
# `prices_of_harm` says what one case costs those who suffer it and the city. But each study is of **another year**,
# and since then prices have risen: `levels` says how high they stood (only ratios matter).
#
# Bring all of them into the prices of **2025**. Then: what did the cases of 2025, in `cases`, cost together?
#
# `unit_costs(table, currency="XTS", price_year=2025, index=[PriceIndex("XTS", levels, "statistics office")])`
# gives the prices in `.table`, in the columns `offence` and `cost`.
#
# `prices_2025`: a table with the columns `offence` and `cost` (one decimal). `harm_2025`: in whole XTS.

# %% tags=["given"]
from safelearn.evaluation.unit_costs import PriceIndex, unit_costs

prices_of_harm, cases = city.unit_costs, city.cases
levels = city.prices.set_index("year")["at_home"].to_dict()
print(levels)
print(cases)
prices_of_harm

# %%
prices_2025 = ...
harm_2025 = ...
### BEGIN SOLUTION
index = PriceIndex("XTS", levels, "statistics office")
found = unit_costs(prices_of_harm, currency="XTS", price_year=2025, index=[index])
prices_2025 = found.table[["offence", "cost"]]
both = prices_2025.merge(cases, on="offence")
harm_2025 = (both["cost"] * both["n"]).sum()
### END SOLUTION

# %%
check("m13-t6", prices_2025=prices_2025, harm_2025=harm_2025)

# %% price years mixed tags=["mistake"]
# You added up prices of four different years. A thousand of an old year bought more than a thousand of today:
# bring them into one year first.
prices_2025 = prices_of_harm[["offence", "cost"]]
both = prices_2025.merge(cases, on="offence")
harm_2025 = (both["cost"] * both["n"]).sum()

# %% index upside down tags=["mistake"]
# You divided by the rise of prices instead of multiplying. Prices have risen: what cost 1,000 then costs more today.
then = prices_of_harm["price_year"].map(levels)
prices_2025 = prices_of_harm[["offence"]].assign(
    cost=prices_of_harm["cost"] * then / levels[2025]
)
both = prices_2025.merge(cases, on="offence")
harm_2025 = (both["cost"] * both["n"]).sum()

# %% one rise of prices for all tags=["mistake"]
# You raised all prices by as much as the oldest one. Each has to be brought from its own year.
rise = levels[2025] / levels[prices_of_harm["price_year"].min()]
prices_2025 = prices_of_harm[["offence"]].assign(cost=prices_of_harm["cost"] * rise)
both = prices_2025.merge(cases, on="offence")
harm_2025 = (both["cost"] * both["n"]).sum()

# %% [markdown]
# ## Task 7
#
# Nobody in your country (`QN`) has studied what a fraud costs. There is a study from another country (`QM`), in its money, XNM, of 2019.
# `rates` says how many XTS go for one XNM in 2022: at the **bank**, and by **purchasing power**, that is, what buys the same goods here.
#
# Bring the price over: from 2019 to 2022 with *their* rise of prices, then by purchasing power into XTS, then from 2022 to 2025 with *ours*.
#
# Give `unit_costs` the foreign table, `currency="XTS"`, `price_year=2025`, both indexes, and
# `transfers=[Transfer("QM", "XNM", "XTS", 2022, factor, "source")]`. `.of("0701")` then gives the cost and its two limits.
#
# May it stand in the report?
#
# - **A** "Yes, without a word: a price is a price."
# - **B** "Yes, with the country, the year and the rate beside it, and the remark that harm is valued as it is there."
# - **C** "Yes, but only the best guess; limits confuse people."
#
# `cost`: one decimal. `cost_interval`: `(low, high)`. `sentence`: a letter.

# %% tags=["given"]
from safelearn.evaluation.unit_costs import Transfer

abroad, rates = city.abroad, city.rates
levels_abroad = city.prices.set_index("year")["abroad"].to_dict()
bank, purchasing_power = rates["xts_for_one_xnm"]
print(levels_abroad)
print("bank:", bank, " purchasing power:", purchasing_power)
abroad

# %%
cost = ...
cost_interval = ...
sentence = ...
### BEGIN SOLUTION
indexes = [
    PriceIndex("XNM", levels_abroad, "their office"),
    PriceIndex("XTS", levels, "our office"),
]
way = Transfer("QM", "XNM", "XTS", 2022, purchasing_power, "price comparison")
found = unit_costs(
    abroad,
    currency="XTS",
    price_year=2025,
    index=indexes,
    transfers=[way],
)
cost, low, high = found.of("0701")
cost_interval = (low, high)
sentence = "B"
### END SOLUTION

# %%
check("m13-t7", cost=cost, cost_interval=cost_interval, sentence=sentence)

# %% the rate at the bank tags=["mistake"]
# You changed the money at a bank. The bank's rate moves with trade and fear; what a fraud takes from somebody is measured
# by what the money would have bought here: purchasing power.
indexes = [
    PriceIndex("XNM", levels_abroad, "their office"),
    PriceIndex("XTS", levels, "our office"),
]
way = Transfer("QM", "XNM", "XTS", 2022, bank, "bank")
found = unit_costs(
    abroad,
    currency="XTS",
    price_year=2025,
    index=indexes,
    transfers=[way],
)
cost, low, high = found.of("0701")
cost_interval = (low, high)
sentence = "B"

# %% the years forgotten on the way tags=["mistake"]
# You changed the money and forgot the years: a price of 2019 stands in the report as if it were of 2025.
cost, low, high = (
    purchasing_power * abroad[column].iloc[0]
    for column in ["cost", "cost_lower", "cost_upper"]
)
cost_interval = (low, high)
sentence = "B"

# %% taken over without a word tags=["mistake"]
# Your numbers are right. But the study valued harm as people in QM do, and what they would pay to avoid it depends on what they earn.
# Whoever reads the figure must see where it comes from.
indexes = [
    PriceIndex("XNM", levels_abroad, "their office"),
    PriceIndex("XTS", levels, "our office"),
]
way = Transfer("QM", "XNM", "XTS", 2022, purchasing_power, "price comparison")
found = unit_costs(
    abroad,
    currency="XTS",
    price_year=2025,
    index=indexes,
    transfers=[way],
)
cost, low, high = found.of("0701")
cost_interval = (low, high)
sentence = "A"

# %% [markdown]
# ## Task 8
#
# Two measures ran for three years each. `averted` says how many thefts fewer there were in the **three years** than a comparison
# (module 11) led to expect, with the limits of that number.
#
# What did *one averted theft* cost with the `lockers`, and between which limits does it lie?
# `cost_per_case_averted(cost of all three years, (averted, lower, upper))` gives `.cost`, `.lower` and `.upper`.
#
# And with the `patrol of volunteers`: what is the least that one averted theft may have cost? And what do you write about the most?
#
# - **A** "At most …, the largest number that the computer showed."
# - **B** "There is no upper limit: perhaps the patrol averted nothing."
# - **C** "The patrol was useless."
#
# `a_theft` and `at_least`: in whole XTS. `theft_interval`: `(low, high)`, for the lockers. `sentence`: a letter.

# %% tags=["given"]
from safelearn.evaluation.money import cost_per_case_averted

measures = city.measures
lockers = measures.set_index("measure").loc["lockers"]
patrol = measures.set_index("measure").loc["patrol of volunteers"]
measures

# %%
a_theft = ...
theft_interval = ...
at_least = ...
sentence = ...
### BEGIN SOLUTION
found = cost_per_case_averted(
    lockers["years"] * lockers["cost_a_year"],
    (lockers["averted"], lockers["averted_lower"], lockers["averted_upper"]),
)
a_theft = found.cost
theft_interval = (found.lower, found.upper)
found = cost_per_case_averted(
    patrol["years"] * patrol["cost_a_year"],
    (patrol["averted"], patrol["averted_lower"], patrol["averted_upper"]),
)
at_least = found.lower
sentence = "B"
### END SOLUTION

# %%
check(
    "m13-t8",
    a_theft=a_theft,
    theft_interval=theft_interval,
    at_least=at_least,
    sentence=sentence,
)

# %% one year's money for three years' thefts tags=["mistake"]
# You set the cost of one year against the thefts of three. Money and effect must be of the same time.
found = cost_per_case_averted(
    lockers["cost_a_year"],
    (lockers["averted"], lockers["averted_lower"], lockers["averted_upper"]),
)
a_theft = found.cost
theft_interval = (found.lower, found.upper)
found = cost_per_case_averted(
    patrol["cost_a_year"],
    (patrol["averted"], patrol["averted_lower"], patrol["averted_upper"]),
)
at_least = found.lower
sentence = "B"

# %% the same distance to both sides tags=["mistake"]
# You went the same number of XTS up and down. If fewer thefts were averted, each cost much more; if more, only a little less:
# the limits of a quotient lie unevenly.
paid = lockers["years"] * lockers["cost_a_year"]
a_theft = paid / lockers["averted"]
half = a_theft - paid / lockers["averted_upper"]
theft_interval = (a_theft - half, a_theft + half)
at_least = patrol["years"] * patrol["cost_a_year"] / patrol["averted_upper"]
sentence = "B"

# %% unclear taken for useless tags=["mistake"]
# The patrol's interval holds zero, and it holds a good effect as well. "Nothing was shown" is not "nothing happened":
# say what was spent, and that the effect is not clear.
found = cost_per_case_averted(
    lockers["years"] * lockers["cost_a_year"],
    (lockers["averted"], lockers["averted_lower"], lockers["averted_upper"]),
)
a_theft = found.cost
theft_interval = (found.lower, found.upper)
found = cost_per_case_averted(
    patrol["years"] * patrol["cost_a_year"],
    (patrol["averted"], patrol["averted_lower"], patrol["averted_upper"]),
)
at_least = found.lower
sentence = "C"

# %% [markdown]
# ## Task 9
#
# Better locks for four years. `programme` says what they averted **a year**, what a case costs, and what the programme cost a year: each with its limits.
#
# `ratio_sensitivity(averted, prices, cost, years=4)` draws the ratio of benefits to costs ten thousand times.
# `averted` and `prices` are dictionaries `{offence: Range(value, lower, upper)}`, and `cost` is a `Range`. They are given below.
# Leave the rate and the number of draws as they are. The result has `.ratio`, `.lower`, `.upper`, `.net` and `.share_above_one` (a part of 1).
#
# `ratio`: the best guess, three decimals. `ratio_interval`: `(low, high)`. `net`: benefits less costs of the four years, in whole XTS. `pays`: in how many of 100 draws the benefits exceed the costs (one decimal).
#
# What may the mayor say?
#
# - **A** "Every XTS that we spent came back as …", with the best guess.
# - **B** "The best guess is …, the interval … to …: in … of 100 draws it pays. What moves it most is how many burglaries the locks averted."
# - **C** "Nobody can know whether it pays."
#
# `sentence`: a letter.

# %% tags=["given"]
from safelearn.evaluation.sensitivity import Range, ratio_sensitivity

programme = city.programme
averted = {
    row.offence: Range(row.averted, row.averted_lower, row.averted_upper)
    for row in programme.itertuples()
}
prices = {
    row.offence: Range(row.price, row.price_lower, row.price_upper)
    for row in programme.itertuples()
}
first = programme.iloc[0]
a_year = Range(first["cost_a_year"], first["cost_lower"], first["cost_upper"])
programme[["label", "averted", "averted_lower", "averted_upper", "price"]]

# %%
ratio = ...
ratio_interval = ...
net = ...
pays = ...
sentence = ...
### BEGIN SOLUTION
found = ratio_sensitivity(averted, prices, a_year, years=4)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
net = found.net
pays = 100 * found.share_above_one
sentence = "B"
### END SOLUTION

# %%
check(
    "m13-t9",
    ratio=ratio,
    ratio_interval=ratio_interval,
    net=net,
    pays=pays,
    sentence=sentence,
)

# %% one best guess without a range tags=["mistake"]
# You gave the mayor the best guess alone. It sounds like a bank account, and it is the middle of a wide range:
# with fewer burglaries averted, the money did not come back.
found = ratio_sensitivity(averted, prices, a_year, years=4)
ratio = found.ratio
ratio_interval = (found.ratio - 0.01, found.ratio + 0.01)
net = found.net
pays = 100.0
sentence = "A"

# %% prices and costs taken as certain tags=["mistake"]
# You drew only the effect. What a case costs and what the programme cost are not certain either:
# your interval is too narrow, and the library is told so by their limits.
exact = {code: Range(price.value) for code, price in prices.items()}
found = ratio_sensitivity(averted, exact, Range(a_year.value), years=4)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
net = found.net
pays = 100 * found.share_above_one
sentence = "B"

# %% four years of costs against one of benefits tags=["mistake"]
# You set the costs of four years against the benefits of one. Both are asked for a year; `years` says how many there are.
four = Range(4 * a_year.value, 4 * a_year.lower, 4 * a_year.upper)
found = ratio_sensitivity(averted, prices, four, years=4)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
net = found.net
pays = 100 * found.share_above_one
sentence = "B"

# %% [markdown]
# ## Task 10
#
# A toll on cars pays for quieter streets. "The city gains", says the report. Who?
#
# The table `gains` holds what each quarter of the residents, by income, has of it in a year: what it gains less what it pays, with limits.
#
# `gains_by_group(gains)` gives `a_head`, `weight` (a coin matters more to those who have little), `weighted_gain`, and a `verdict`
# for each quarter against all others.
#
# `per_head`: a table with the columns `group` and `a_head` (two decimals). `total`: the sum of the gains, in whole XTS.
# `weighted_total`: the sum of the weighted gains, in whole XTS. `less_than_others`: the groups whose verdict is `"less"`, in a list.

# %% tags=["given"]
from safelearn.evaluation.money import gains_by_group

gains = city.gains
gains

# %%
per_head = ...
total = ...
weighted_total = ...
less_than_others = ...
### BEGIN SOLUTION
found = gains_by_group(gains)
per_head = found[["group", "a_head"]]
total = found["gain"].sum()
weighted_total = found["weighted_gain"].sum()
less_than_others = list(found["group"][found["verdict"] == "less"])
### END SOLUTION

# %%
check(
    "m13-t10",
    per_head=per_head,
    total=total,
    weighted_total=weighted_total,
    less_than_others=less_than_others,
)

# %% the sum shared out evenly tags=["mistake"]
# You divided the whole gain by all residents. Nobody gets that: some quarters gain, and one pays for it.
per_head = gains[["group"]].assign(
    a_head=gains["gain"].sum() / gains["residents"].sum()
)
total = gains["gain"].sum()
weighted_total = gains["gain"].sum()
less_than_others = []

# %% every coin weighed alike tags=["mistake"]
# You left the weights out. The same loss is a nuisance to a rich household, and a week of meals to a poor one.
found = gains_by_group(gains)
per_head = found[["group", "a_head"]]
total = found["gain"].sum()
weighted_total = found["gain"].sum()
less_than_others = list(found["group"][found["verdict"] == "less"])

# %% losses left out tags=["mistake"]
# You added up the gains of those who gain, and forgot those who pay. They are part of the city too.
found = gains_by_group(gains)
winners = found[found["gain"] > 0]
per_head = found[["group"]].assign(a_head=found["a_head"].clip(lower=0))
total = winners["gain"].sum()
weighted_total = winners["weighted_gain"].sum()
less_than_others = list(found["group"][found["verdict"] == "less"])

# %% [markdown]
# ## Task 11
#
# Write a **brief for the council**, one page of 250 to 300 words, with the numbers of your tasks.
# It has to decide on two things: whether the locks of task 9 go on for another four years, and how next year's money for neighbourhoods is shared out.
#
# Say what is spent now and on whom; what the measure brought, between which limits; who gains and who pays; what would happen if you are wrong;
# and what you propose. Name the price year of every amount.

# %% m13-t11 [markdown]
# ### BEGIN SOLUTION
# **To decide:** four more years of locks, and the key by which neighbourhoods get money. All amounts in prices of 2025.
#
# **What we spend.** In 2025 all levels together spent … XTS a resident on safety, most of it the State's. Of the approved money … per cent was
# spent; … lines are not closed. The plan lacked … XTS, … per cent of what it needs.
#
# **On whom.** On average a neighbourhood's own lines come to … a head. But where need is one step greater it is … times as much
# (… to …): … a head in the fifth with the least need, … in the fifth with the most. The average had hidden that.
#
# **Locks.** They cost … a year. The best guess is that each XTS brought …; with what we do not know, … to …. In … of 100 draws they pay.
# What moves it most is how many burglaries they averted, and that rests on one comparison of … areas.
#
# **If we are wrong.** If we go on and they do not pay, we lose about … a year; if we stop and they do, … burglaries come back, most of them
# in homes that cannot pay for a lock.
#
# **Who gains.** So far, tenants less than owners. Locks for tenants first.
#
# **We propose** to go on for two years, not four, with new streets drawn by lot among those that ask, so that we know better in 2028;
# and to give next year's additional money by need, with no neighbourhood getting less than today. What was approved and not spent
# goes to the lines that lacked most.
#
# **We do not know** what fear costs, nor what people did not report.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# A councillor says: "A benefit-cost ratio is above one or it is not. Let us fund what is above one, and drop the rest."
#
# Answer her in about 150 words. What is *not* in the ratio? For whom may a measure be right whose ratio is below one?
# And what would you put beside the ratio, so that she can decide?

# %% m13-t12 [markdown]
# ### BEGIN SOLUTION
# A ratio holds what somebody has put a price on. Fear, sleep, trust, a girl who takes evening classes again: nobody has a bill for them, so they
# count as nothing. It holds only recorded harm; where people do not report, a measure that helps them looks worthless. It adds up everybody's coins as
# if they weighed the same, so that a measure for those who have much to lose beats one for those who have little. And some things are
# not for sale: a safe way to school, or a door for survivors, is a duty whatever its ratio, and there the question is only how to do it with less money.
#
# Below one may be right, then, for people whose losses are small in money and large in their lives, and for measures too young to have shown an effect.
#
# Beside the ratio I would put its interval, who gains and who pays, what is not counted, which right or duty stands behind it, and what it
# would cost to find out more.
# ### END SOLUTION
