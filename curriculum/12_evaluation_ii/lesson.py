# %% [markdown]
# # 12. Evaluation II: could it have been seen, and was it ever done?
#
# It is January 2026. Two papers lie before the council of Puerto Sereno.
#
# **Paper one** comes from the ministry. Since 2024 scrap dealers must write down who sells them copper.
# "Thefts of cable have fallen by two fifths. The law works. Every city should pay two inspectors."
#
# **Paper two** comes from three neighbourhoods. They want the *Streets of light* of module 11.
# "Try it with us for two years, then we shall know."
#
# The first paper looks back, and the second looks ahead. What does the one show? And what could the other ever show?
#
# **At the end you can**
# - carry an earlier trend and season on, and say whether a series made a step;
# - take the start and the comparison from a protocol, and never from the counts;
# - say *before* the start how strong an effect must be to be seen at all;
# - tell a measure that failed from one that was never delivered;
# - grade how an evaluation looked, whatever it found.
#
# You need module 11. Take about three hours.
#
# > **Before you read on.** The first six sections are about stolen cable. Sections 7 and 8 count robberies and assaults in the street, as numbers only.
# > If you would rather not, leave these two out: the assignment takes the same steps with cars, burglaries and thefts.
#
# > Puerto Sereno does not exist, and neither does the ministry.

# %% [markdown]
# ## 1. A series has a past
#
# Cable belongs to the power company, and the company counts what it replaces. Its series is a **twin**: made with dice, in the shape of the real series
# from which people learnt what such laws do. Somebody knows what is in it, because somebody put it in. You will see the recipe in section 6, not before.

# %%
import numpy as np
import pandas as pd
import pictures

# A row of numbers is a year.
here = [
    86, 101, 111, 105, 135, 134, 132, 113, 105, 121, 95, 82,
    91, 95, 95, 91, 109, 135, 140, 120, 119, 113, 95, 75,
    61, 73, 58, 84, 114, 114, 88, 98, 120, 97, 67, 60,
    63, 71, 68, 39, 53, 76, 64, 44, 47, 45, 35, 46,
    38, 42, 43, 69, 72, 59, 49, 60, 45, 45, 39, 38,
]  # fmt: skip
there = [
    93, 101, 99, 102, 120, 143, 139, 111, 91, 104, 84, 105,
    114, 75, 76, 96, 94, 114, 130, 111, 87, 122, 107, 64,
    103, 86, 72, 75, 141, 87, 85, 101, 91, 71, 70, 68,
    59, 76, 72, 53, 48, 62, 60, 61, 72, 49, 50, 47,
    36, 46, 52, 66, 64, 82, 68, 87, 63, 55, 53, 51,
]  # fmt: skip
months = pd.period_range("2021-01", periods=60, freq="M").astype(str)
cables = pd.DataFrame({"here": here, "there": there}, index=months)
here, there = cables["here"].to_numpy(), cables["there"].to_numpy()

cables.tail(3)

# %%
pictures.series(cables.index, here)

# %% [markdown]
# The law was passed in January 2024. It gave dealers three months to get ready; since April they keep the book.
#
# The ministry compares 2025 with 2023. Five rows are enough to see what it leaves out:

# %%
years = cables["here"].groupby(cables.index.str[:4]).sum()
ministry = years["2025"] / years["2023"]

print(f"2025 by 2023: a fall by {100 * (1 - ministry):.0f} %")
years

# %% [markdown]
# It had been falling **before**. By hand, carry that on: divide each year before by the one before it, take the mean of the two ratios, and multiply.

# %%
first, second = years["2022"] / years["2021"], years["2023"] / years["2022"]
a_year = (first + second) / 2
expected = {"2024": years["2023"] * a_year, "2025": years["2023"] * a_year**2}

print(f"a year, by a ratio of {a_year:.2f}")
print(f"expected in 2025 with no law at all: {expected['2025']:.0f}", end=", ")
print(f"seen: {years['2025']}")
print(f"2025 by what was expected: {years['2025'] / expected['2025']:.2f}")

# %%
pictures.carried_on(years, expected)

# %% [markdown]
# Part of the announced fall would have come anyway. The rest did not.
#
# Two ratios are little to carry on. The library does it with all months. It draws one line through the time before, lets it run on, and asks:
# by how much does the time after lie lower? That is an **interrupted time series**; the sum behind it is called *segmented Poisson regression*:
#
# - *regression*: a line through points;
# - *Poisson*: the points are counts, thrown like dice, so the line is one of ratios (so many per cent a month);
# - *segmented*: the line may make a **step** where the measure begins.
#
# It wants the counts, and the **place** of the first month after the start. Python counts places from 0: January 2021 is place 0, April 2024 is place 39.

# %%
from safelearn.evaluation.time_series import interrupted_time_series

found = interrupted_time_series(here, 39, slope=False)
step = found.level

print(f"step {step.ratio:.2f}, interval {step.lower:.2f} to {step.upper:.2f}")
print(f"fewer cables than expected in 21 months: {found.prevented:.0f}")

# %%
pictures.fitted(cables.index, here, found, 39)

# %% [markdown]
# `slope=False` asks for a step and nothing else. A measure may also *bend* the line: nothing at first, then more each month.
# If you expect that from how the measure works, ask for the bend as well. It costs: two things are harder to tell than one.

# %%
bent = interrupted_time_series(here, 39)

print(f"step {bent.level.ratio:.2f}", end=", ")
print(f"interval {bent.level.lower:.2f} to {bent.level.upper:.2f}")
print(f"bend {bent.slope.ratio:.3f} a month", end=", ")
print(f"interval {bent.slope.lower:.3f} to {bent.slope.upper:.3f}")

# %% [markdown]
# The bend's interval holds 1: no sign of one. The dealers' book either works or it does not, so a step is what we expect. We keep the step.
#
# **Rule 1. A series has a past. Carry it on before you compare.**

# %% [markdown]
# ## 2. Nine months are not a year
#
# The first report came at the end of 2024, after nine months: April to December. In winter fewer cables are cut here, and in summer more.
# The library takes the **season** out by itself. If you forbid it, you compare nine months with a line through whole years:

# %%
to_2024 = here[:48]
with_season = interrupted_time_series(to_2024, 39, slope=False).level
without = interrupted_time_series(to_2024, 39, slope=False, season=None).level

print(f"with season    {with_season.ratio:.2f}")
print(f"without season {without.ratio:.2f}")

# %% [markdown]
# Here it makes the step look smaller; had the book begun in October, it would have made it look larger. How much a season alone can do, in a city where **nothing** happens:

# %%
wave = 100 * np.exp(0.4 * np.cos(2 * np.pi * (np.arange(48) - 6) / 12))
nothing = interrupted_time_series(wave.round(), 39, slope=False, season=None).level

print(f"April to December against the line of three years: {nothing.ratio:.2f}")

# %% [markdown]
# A rise by nothing but the calendar. The library needs two full years before the start to know the season, and refuses with less.
#
# If the number of things to steal changes too (more cable, more bicycles, more residents), hand it over as `exposure=`, month by month.
#
# **Rule 2. Take the season out, or compare the same months.**

# %% [markdown]
# ## 3. Months know each other
#
# Around its line, each month lies higher or lower: that is what is left over. Blue is below the line, orange above.

# %%
left_over = here - found.fitted

pictures.leftovers(cables.index, left_over)

same = (left_over[1:] * left_over[:-1] > 0).sum()
print(f"{same} of 59 months lie on the same side as the month before")

# %% [markdown]
# Dice would stay on the same side in about half of the months. These stay longer, and the long bars stand together: they come in **rows**.
# One gang, one open warehouse, and several months are high.
# How alike are neighbours? By hand, on five months: multiply each with the next. Same side gives plus, other side gives minus.

# %%
five = pd.DataFrame({"left over": [9, 6, -2, -7, -4]}, index=list("abcde"))
five["times the next"] = five["left over"] * five["left over"].shift(-1)
five["squared"] = five["left over"] ** 2

alike = five["times the next"].sum() / five["squared"].sum()
print(f"{five['times the next'].sum():.0f} / {five['squared'].sum()} = {alike:.2f}")
five

# %% [markdown]
# Near 0: months do not know each other. Towards 1: a bad month is followed by a bad month. It is called **autocorrelation**.
# (Every series of a few points shows some by chance and some less by fitting; the library corrects for the latter.)

# %%
print(f"autocorrelation of the cables {found.correlation:.2f}")
print(f"dispersion {found.dispersion:.1f}")

# %% [markdown]
# You know dispersion from module 11: months that jump more than dice. Both widen an interval. Here is the step as three programs would print it:

# %%
from safelearn.evaluation.comparison import before_after

dice_only = before_after(found.expected[39:].sum(), here[39:].sum())
no_memory = interrupted_time_series(here, 39, slope=False, errors="model").level

three = {
    "as if dice": (step.ratio, dice_only.lower, dice_only.upper),
    "jumps, no memory": (step.ratio, no_memory.lower, no_memory.upper),
    "jumps and memory": (step.ratio, step.lower, step.upper),
}
pictures.intervals(three)

# %% [markdown]
# Does it matter? Make two hundred series in which **nothing** is done, with months that know each other, and count the false alarms. There should be 5 in 100.

# %%
from safelearn.evaluation.power import PlannedSeries

quiet = PlannedSeries(90, 39, 21, dispersion=2.5, correlation=0.6, season_swing=0.2)
worlds = quiet.draw(np.random.default_rng(4), 1, 200)

alarms = {}
for errors in ("model", "robust"):
    steps = [
        interrupted_time_series(n, 39, slope=False, errors=errors).level for n in worlds
    ]
    alarms[errors] = sum(one.upper < 1 or one.lower > 1 for one in steps) / 2
    print(f"{errors}: {alarms[errors]:.0f} false alarms in 100")

# %% [markdown]
# Without memory there are about *four times* as many false alarms as promised. With it (`errors="robust"`, what you get if you say nothing) there are far fewer;
# a few too many remain, since sixty months tell little about how long a memory is.
#
# **Rule 3. Months of one series are not independent facts. Leave the honest error on.**

# %% [markdown]
# ## 4. Since when?
#
# The law of January, or the book of April? The ministry says: "January. One sees it in the counts." Does one?
#
# Take one of the worlds above, in which nothing was ever done. Try every month as the start.

# %%
places = range(26, 50)
looked = worlds[8]
tried = [interrupted_time_series(looked, p, slope=False).level for p in places]

pictures.starts(cables.index, places, tried)

# %%
lowest = min(tried, key=lambda one: one.ratio)
clear_falls = sum(one.upper < 1 for one in tried)

print(f"lowest step {lowest.ratio:.2f}", end=", ")
print(f"interval {lowest.lower:.2f} to {lowest.upper:.2f}")
print(f"{clear_falls} of {len(tried)} starts show a clear fall, and nothing was done")

# %% [markdown]
# An interval promises 5 false alarms in 100 for **one** question. Who asks twenty-four times and reports the best has asked twenty-four questions.
#
# So the start comes from how the measure works, and it is written down before: *"dealers must keep the book from April 2024; we count from April."*
# If it needs time, such as training, that is a **lag**, and it belongs into the same sentence.
#
# The other trap is the month *before* the start. Laws are passed after a bad year, lamps are put up after a peak; then a fall comes by itself. (Regression to the mean, module 11.)
# Was 2023 a peak?

# %%
before_2023 = interrupted_time_series(here[:36], 24, slope=False).level

print(f"2023 against the years before it: {before_2023.ratio:.2f}", end=", ")
print(f"interval {before_2023.lower:.2f} to {before_2023.upper:.2f}")

# %% [markdown]
# No sign of one: the interval holds 1. Had it been clearly above, we would have left that year out of the line, and said so.
#
# **Rule 4. The start comes from the protocol, not from the counts.**

# %% [markdown]
# ## 5. Over the border
#
# The step is there, in the right month, and not by chance. Was it the book?
#
# Ask what *else* happened in April 2024. The library always reminds you:

# %%
for sentence in found.cannot_say:
    print("-", sentence)

# %% [markdown]
# "With no areas to compare with …" The price of copper fell that spring. Who cuts cable for a price cuts less when it falls.
# Over the border copper is traded at the same price, and there is no law.

# %%
pictures.border(cables.index, here, there)

# %%
other = interrupted_time_series(there, 39, slope=False).level

print(f"here             {step.ratio:.2f} ({step.lower:.2f} to {step.upper:.2f})")
print(f"over the border  {other.ratio:.2f} ({other.lower:.2f} to {other.upper:.2f})")

# %% [markdown]
# Over the border, without any law, a step too. So the book can have only what is left: the step here **by** the step there.
#
# How sure is that? Each step has an error. Both are uncertain, and independent of each other, so square them, add, and take the root. By hand:

# %%
left = step.ratio / other.ratio
error = np.sqrt(step.log_standard_error**2 + other.log_standard_error**2)
left_low, left_high = left * np.exp(-1.96 * error), left * np.exp(1.96 * error)

pictures.intervals(
    {
        "here": (step.ratio, step.lower, step.upper),
        "over the border": (other.ratio, other.lower, other.upper),
        "here by there": (left, left_low, left_high),
    },
    "as before",
)

# %%
print(f"here by there {left:.2f}, interval {left_low:.2f} to {left_high:.2f}")

# %% [markdown]
# What is left for the book is a fall by about a seventh, and these counts do not tell it from none. **The comparison has made the answer smaller and less sure, and truer.**
#
# **Rule 5. Ask what else happened that month, and look where only that happened.**

# %% [markdown]
# ## 6. All that one could have done
#
# We have made choices: a step and no bend, April, two waves for the season, five years. Others would choose otherwise, and not be fools.
# So do them all, and show them all. That is a **sensitivity analysis**.

# %%
rows = []
for start in (36, 39, 42):
    for waves in (1, 2):
        for begin in (0, 12):
            one, two = (
                interrupted_time_series(
                    n[begin:], start - begin, slope=False, harmonics=waves
                ).level
                for n in (here, there)
            )
            ratio = one.ratio / two.ratio
            # The root of both squares, as above.
            e = np.hypot(one.log_standard_error, two.log_standard_error)
            ends = ratio * np.exp(-1.96 * e), ratio * np.exp(1.96 * e)
            rows.append((start, waves, begin, ratio, *ends))

every = pd.DataFrame(
    rows, columns=["start", "waves", "begin", "ratio", "lower", "upper"]
)
pictures.choices(every, ministry)

# %%
print(f"{len(every)} analyses, from {every['ratio'].min():.2f}", end=" ")
print(f"to {every['ratio'].max():.2f};", end=" ")
print(f"{(every['upper'] < 1).sum()} of them with an interval below 1")

# %% [markdown]
# Once the border is in it, no reasonable road leads to the ministry's number: every dot lies far above it. And no road shows the book to be clear of chance. That is worth more than one pretty interval.
# Had the answers lain on both sides of 1, that would have been the result: *it depends on what one assumes, and on what.*
#
# Now the recipe: a trend that falls by about one per cent a month, a price that takes a fifth away, a book that takes 15 in a hundred,
# a summer, and swings that last.

# %%
RECIPE = {"trend": -0.009, "copper": 0.8, "law": 0.85}


def twin(seed):
    """Cable thefts of five years, thrown with dice. You need not understand it."""
    dice, time = np.random.default_rng(seed), np.arange(60)
    summer = 0.2 * np.cos(2 * np.pi * (time - 6) / 12)
    copper = np.where(time < 39, 1, RECIPE["copper"])
    book = np.where(time < 39, 1, RECIPE["law"])
    counts = {}
    for place, law in (("here", book), ("there", 1)):
        swing = np.zeros(60)
        for k in range(1, 60):
            swing[k] = 0.5 * swing[k - 1] + dice.normal(0, 0.09)
        usual = np.exp(4.7 + RECIPE["trend"] * time + summer + swing)
        counts[place] = dice.poisson(usual * copper * law)
    return pd.DataFrame(counts, index=months)


thrown = twin(248)
print("the same counts:", bool((thrown == cables).all(axis=None)))

# %%
pictures.apart(
    {
        "the ministry announced": 100 * (1 - ministry),
        "of that, the earlier trend, in two years": 100
        * (1 - np.exp(24 * RECIPE["trend"])),
        "the price of copper": 100 * (1 - RECIPE["copper"]),
        "the book, in truth": 100 * (1 - RECIPE["law"]),
    }
)

# %% [markdown]
# (Shares of shares multiply, they do not add up; the rest is chance.)
#
# The book **does** work. It prevents about a seventh, and our best guess came very near to that. But our interval could not tell it from nothing.
#
# So was the ministry right? It had the right sign and nearly three times the size. A council that would pay two inspectors for two fifths may not want to pay them for a seventh.
#
# **Rule 6. Report every reasonable analysis, not the best one.**

# %% [markdown]
# ## 7. A mix of others
#
# Back to the lamps. Module 11 compared three neighbourhoods with three others, and could not tell.
# But Puerto Sereno has sixty neighbourhoods. Could we not mix some of them, so that the mix runs like the three *before* the lamps?
#
# By hand, on five quarters: half of A and half of B make a good twin of ours.

# %%
paper = pd.DataFrame(
    {"ours": [20, 18, 22, 17, 15], "A": [30, 25, 32, 30, 29], "B": [10, 11, 12, 11, 9]},
    index=["before", "before", "before", "after", "after"],
)
paper["half and half"] = 0.5 * paper["A"] + 0.5 * paper["B"]
paper["gap"] = paper["ours"] - paper["half and half"]
paper

# %% [markdown]
# Before, the gap is about nothing; after, it is about minus four. Neither A nor B looks like ours. Their mix does. That is a **synthetic control**.
#
# The library finds the shares. It compares rates (that is why it wants residents), leaves nothing to taste, and must not get the neighbours to whom harm may have moved.

# %%
from safelearn import City
from safelearn.city.population import population_by
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
interventions = city.table("interventions")
roles = interventions.set_index("area_id")["role"].astype(str)
lit = list(roles.index[roles == "treated"])
next_door = list(roles.index[roles == "treated_buffer"])

people = population_by(city.table("population"), year=2023).set_index("area_id")
people = people["population"]

incidents = city.incidents()
street = incidents["offence"].isin(["0401", "020111", "020112"])
street = incidents[street & (incidents["domestic"] != "yes")]
quarter = street["occurred_from"].dt.to_period("Q").astype(str)
quarters = pd.crosstab(quarter, street["area_id"].astype(str))
quarters = quarters.reindex(columns=people.index, fill_value=0).rename_axis("quarter")
quarters.iloc[:3, :6]

# %%
from safelearn.evaluation.synthetic_control import synthetic_control

mixed = synthetic_control(
    quarters.drop(columns=next_door), lit, start=12, exposure=people
)

pictures.mix(mixed, 12, [q[:4] for q in quarters.index])

# %%
print(f"ratio {mixed.ratio:.2f}", end=", ")
print(f"interval {mixed.lower:.2f} to {mixed.upper:.2f}")
print(f"{len(mixed.weights)} neighbourhoods in the mix; the largest shares:")
mixed.weights.sort_values(ascending=False).head(4).round(2)

# %% [markdown]
# And chance? Here no formula is asked. We pretend that the lamps had come to three *other* neighbourhoods, 199 times, and make a mix for each.
# How often is a gap as large found where there was nothing? These are called **placebos**.

# %%
print(f"{mixed.placebos} placebos; p value {mixed.p_value:.3f}")
for sentence in mixed.cannot_say:
    print("-", sentence)

# %% [markdown]
# Not one placebo had a gap as large. Against a mix of many, the lamps show what they could not show against three.
#
# Shall we now publish this one, and drop module 11's? **No.** There, six areas could not tell; here, a mix can. Both are reported, with the reason why they differ.
# Next time the protocol says beforehand which of the two is the main one.
#
# **Rule 7. Compare with those who ran alike before, never with those to whom it may have moved.**

# %% [markdown]
# ## 8. Could it be seen at all?
#
# Paper two: three more neighbourhoods, "then we shall know". Shall we? That question has an answer *before* anything is built.
#
# Neighbourhoods change by themselves. By how much? Take two years without lamps anywhere. By hand, for five: the later count by the earlier one, and its logarithm
# (so that half and double lie equally far from no change).

# %%
yearly = quarters.groupby(quarters.index.str[:4]).sum()

hand = yearly.loc[["2022", "2023"]].T.iloc[[2, 9, 20, 31, 44]].rename_axis(columns=None)
hand["ratio"] = hand["2023"] / hand["2022"]
hand["logarithm"] = np.log(hand["ratio"])

print(f"standard deviation of the five: {hand['logarithm'].std():.2f}")
hand.round(2)

# %%
from safelearn.evaluation.power import (
    detectable_difference_in_differences,
    spread_of_changes,
)

spread = spread_of_changes(yearly.loc["2022"], yearly.loc["2023"])
print(f"of all sixty: {spread:.2f}")

# %% [markdown]
# So with nothing done, a change by a quarter or more, up or down, is usual. Against that noise an effect has to be heard.
# How strong must it be, to be seen in 8 of 10 cases? The library's answer is a logarithm; `1 − exp(−d)` makes a fall of it.

# %%
numbers = list(range(2, 31))
falls = [
    100 * (1 - np.exp(-detectable_difference_in_differences(spread, n, n)))
    for n in numbers
]
hoped = 35

pictures.sides(numbers, falls, 3, hoped)

# %%
enough = min(n for n, fall in zip(numbers, falls, strict=True) if fall <= hoped)

print(f"3 and 3 areas: only a fall by {falls[1]:.0f} % or more")
print(f"for a fall by {hoped} %: {enough} areas with lamps, and {enough} without")

# %% [markdown]
# Lamps that prevent a third are excellent lamps, and three neighbourhoods would most likely call them a failure.
#
# That is not the worst. Suppose a thousand cities try it with three and three, and the lamps prevent 35 per cent in each of them. What do they report?

# %%
dice = np.random.default_rng(12)
with_lamps = dice.normal(np.log(0.65), spread, (1000, 3))
others = dice.normal(0, spread, (1000, 3))

difference = with_lamps.mean(axis=1) - others.mean(axis=1)
wobble = np.sqrt((with_lamps.var(axis=1, ddof=1) + others.var(axis=1, ddof=1)) / 3)
clear = np.abs(difference) > 2.776 * wobble  # 95 %, with three areas on each side
ratios = np.exp(difference)

pictures.small_studies(ratios, clear, 0.65)

# %%
print(f"{clear.sum()} of 1000 report a clear result.")
print(f"On average these report a ratio of {ratios[clear].mean():.2f}", end=" ")
print("where the truth is 0.65.")

# %% [markdown]
# Most see nothing, and write "it does not work". The few that see something see **too much**, because only an exaggeration is large enough to be seen by so few areas.
# And which of them make it into the newspaper?
#
# A plan that is too small is not a cautious plan. It misleads both ways. Areas that cannot be had can be replaced by longer periods, by a mix of others, by a better outcome;
# or one says beforehand: *we will not be able to know, and we build it for other reasons.*
#
# **Try it.** Choose *Areas with the measure, and areas without*; then *A series of months*. (On paper you see the position at the start.)
# What helps more: ten areas more with lamps, or ten more to compare with? What does a month-series gain from one more year before, and from one more after?

# %%
from safelearn.reports.widgets import sample_planner

sample_planner("areas")

# %% [markdown]
# With ten and ten areas that change by a fifth by themselves, a fall by about a quarter would be seen; with three and three, nothing weaker than a half.
# Ten more on one side alone help less than five more on each.
#
# **Rule 8. Ask before the start how strong an effect must be to be seen. If that is more than you hope for, change the plan.**

# %% [markdown]
# ## 9. Was it done?
#
# Before anybody asks whether lamps work: did they come? That is **process evaluation**, and it is the cheapest part. The city wrote down what was planned and what was delivered:

# %%
planned = interventions[interventions["role"] == "treated"]
share = 100 * (planned["delivered_units"] / planned["planned_units"]).astype(float)

pictures.delivered(list(planned["area_id"]), share)

# %%
from safelearn.evaluation.process import delivery

came = delivery(interventions).iloc[0]
print(f"{came['delivered']:.0f} of {came['planned']:.0f} lamps came", end=", ")
print(f"{100 * came['share']:.0f} %. Areas with less than nine tenths: {came['short']}")

# %% [markdown]
# Shall we drop the area that got fewer, and look only at those where it was done well? It sounds fair. Look at another programme, on paper:
# help to find work, offered to 100 people by lot; another 100 wait.
#
# | | people | without work a year later |
# |---|---|---|
# | offered, and stayed to the end | 60 | 15 |
# | offered, and left early | 40 | 27 |
# | not offered | 100 | 42 |

# %%
stayed, all_offered, not_offered = 15 / 60, (15 + 27) / 100, 42 / 100

print(f"those who stayed           {100 * stayed:.0f} %")
print(f"all to whom it was offered {100 * all_offered:.0f} %")
print(f"not offered                {100 * not_offered:.0f} %")

# %% [markdown]
# "25 per cent against 42: a triumph!" And yet, of all to whom it was offered, exactly as many are without work as of those to whom it was not.
# Those for whom things went well anyway are those who stayed.
#
# So **everybody to whom it was promised stays in the comparison**. That measures the *offer* (the field calls it *intention to treat*), and the offer is what a council can decide.
# How many got it is said beside it. The same holds for streets: whatever kept the lamps away may keep the harm up.
#
# Programmes rarely say how many left. Of Puerto Sereno's twelve, five do:

# %%
from safelearn.evaluation.process import completion

programmes = city.table("programmes")
names = programmes.set_index("programme_id")["name"]
ends = completion(programmes).set_index("programme_id")

ends.assign(name=names)[
    ["name", "reached", "completed", "share", "lower", "upper"]
].round(2)

# %% [markdown]
# A low share is no verdict on those who left. Ask them: hours, language, bus fares, a small child at home.
#
# Process evaluation also asks **whom it harmed**. On trial Sundays a street belongs to those on foot. Volunteers count who is there, before and during,
# in this street and in another like it:

# %%
# Four Sundays a list: here before, here during, there before, there during.
seen = {
    "women": [[52, 61, 49, 58], [84, 79, 88, 73], [40, 47, 44, 41], [45, 43, 49, 42]],
    "children": [
        [20, 25, 18, 22],
        [41, 37, 33, 39],
        [19, 16, 20, 18],
        [20, 17, 21, 18],
    ],
    "traders": [[58, 66, 61, 69], [52, 62, 55, 57], [46, 52, 43, 55], [49, 46, 52, 51]],
}
cells = [
    ("trial", "before"),
    ("trial", "during"),
    ("like", "before"),
    ("like", "during"),
]
counts = pd.DataFrame(
    [
        (who, *cell, n)
        for who, four in seen.items()
        for cell, some in zip(cells, four, strict=True)
        for n in some
    ],
    columns=["seen", "street", "when", "n"],
)

# %%
from safelearn.evaluation.street_trial import street_trial

trial = street_trial(counts)

pictures.users(trial.changes)

# %%
together = street_trial(counts.assign(seen="all")).changes.iloc[0]

print(f"everybody together: {together['ratio']:.2f}, a success")
print(f"traders: {trial.traders}")

# %% [markdown]
# Many more people; and of those who *live* from the street perhaps as many as before, perhaps a third fewer. For them the burden of proof is turned round:
# the trial has to show that they were **not** driven away (the library stops at a loss of 15 in a hundred). It goes on, and they are counted further, and asked.
#
# **Rule 9. First ask whether it was done. Keep everybody in to whom it was promised. Look at those whom it can harm on their own.**

# %% [markdown]
# ## 10. Grade the looking, not the finding
#
# The council gets six papers with six numbers. Which does it believe most? The **Maryland Scientific Methods Scale** (Sherman and others, 1997) grades designs:
#
# | level | design |
# |---|---|
# | 1 | goes together with, at one moment |
# | 2 | before and after, nothing comparable to compare with |
# | 3 | before and after, with a comparable place or group |
# | 4 | several places on each side, alike before, or other causes held |
# | 5 | enough places, drawn by lot |
#
# (Another scale goes round under the same name, in which before and after alone is level 1. Always write which one you use.)

# %%
from safelearn.evaluation.evidence import Design, grade

papers = {
    "the ministry: 2025 by 2023": Design(treated_areas=1),
    "our series alone": Design(treated_areas=1),
    "our series, and the border": Design(1, 1, parallel_before=True),
    "lamps, three and three, by need": Design(3, 3, "by_need", parallel_before=True),
    "shop stickers, after a new form": Design(6, 0, recording_changed=True),
    "lamps, ten and ten, drawn by lot": Design(10, 10, "by_lot"),
}
for name, design in papers.items():
    graded = grade(design)
    print(f"{graded.level}  {name}: {graded.reason}")

# %% [markdown]
# The ministry and our careful series stand on the same step! The scale is coarse: it asks for a comparison, and neither had one. It does not see season, memory or trend.
# So it is a first question, never the last. And it never looks at the result: a fall by half from a level 2 stays level 2.
#
# Weak designs find large effects, since nothing holds them back. If you sort a shelf of studies by their effect, the weakest come out on top.
#
# **Rule 10. Grade how they looked, before you read what they found.**

# %% [markdown]
# ## 11. Write it down before it begins
#
# Nearly every trap of this lesson has the same key: **a page written before the start**, kept by somebody else. It is called a *protocol*.
#
# | line | because of |
# |---|---|
# | one main result, and how it is counted | section 6: among many, one always looks good |
# | the first month of the effect, and why | section 4 |
# | compared with where, and who is left out because harm may move there | sections 5 and 7 |
# | season, trend, memory: which sum will be done | sections 1 to 3 |
# | how strong an effect can be seen | section 8 |
# | how delivery is counted; all to whom it was promised stay in | section 9 |
# | who might be harmed, and when we would stop | section 9 |
# | how a change in reporting would be noticed | module 11, section 8 |
# | which result we would call a failure | so that it can be one |
# | who counts, who keeps this page, when everything is published | so that nobody has to be trusted |
#
# If something must be changed later, it is changed with a date and a reason. That is allowed. To change it silently is not.

# %% [markdown]
# ## The two papers, again

# %%
print("Paper one. Cable thefts fell; over the border they fell too.")
print(f"What is left for the dealers' book is a ratio of {left:.2f}", end=" ")
print(f"({left_low:.2f} to {left_high:.2f}),")
print(f"and not the {ministry:.2f} that was announced.")
print()
print("Paper two. With three neighbourhoods more we would see nothing weaker")
print(f"than a fall by {falls[1]:.0f} %. For {hoped} % it takes {enough}", end=" ")
print(f"with lamps and {enough} to wait, drawn by lot.")

# %% [markdown]
# The answer to the three neighbourhoods need not be "no". It can be: *yes, and not only you. Draw the order by lot among all who ask, count in all of them from today on,
# and those who wait get the lamps next year.* A lot is fair to those who wait, and it is level 5.
#
# | You can say | You cannot say |
# |---|---|
# | "Against the series over the border, fewer; it may be chance." | "The law has brought cable theft down by two fifths." |
# | "Counted from April, as the protocol says." | "One sees in the counts when it began." |
# | "Against a mix of neighbourhoods the lamps did well; against three they could not be told." | only one of the two |
# | "With this plan only a fall by so much would be seen." | "We shall see in two years." |
# | "To so many it was promised; so many got it; all were compared." | "Where it was done properly it worked." |
# | "Design of level 3 on the scale of 1997." | "It is proved." |
#
# **Four questions to test yourself**
#
# <details><summary>1. Burglaries fall by 8 per cent a year. After a campaign they are 15 per cent lower than two years ago. Did it work?</summary>
#
# Two years at 8 per cent are about 15 per cent. The series did what it had been doing. Look for a step, with its interval.
# </details>
#
# <details><summary>2. A report says: "The effect set in five months after the opening; one sees it clearly." What do you ask?</summary>
#
# Where those five months were written down, and when. If nowhere, every month was tried.
# </details>
#
# <details><summary>3. A programme compares those who finished it with those who did not. Why does it always look good?</summary>
#
# Those for whom things go well finish. Compare all to whom it was offered with all to whom it was not.
# </details>
#
# <details><summary>4. A pilot in two streets finds "no significant effect". Your mayor wants to stop. What do you look up?</summary>
#
# How strong an effect two streets could have shown. If only a fall by nine tenths, the pilot said nothing at all.
# </details>

# %% [markdown]
# ## Now your own city
#
# 1. Write the protocol first, one line for each row of section 11, and give it to somebody outside the department that builds.
# 2. In `interventions.csv` fill in `planned_units`, `delivered_units` and `unit` for each treated area, month by month as things come.
# 3. `safelearn diagnose YOUR-FOLDER --template evaluation` runs the designs that your table allows, the series and the mix of others among them, grades the evidence, and says of each what it cannot say.
# 4. For a law or a campaign that came everywhere at once, put your own monthly counts in the place of `here`, and those of a city without it in the place of `there`.
# 5. Change `city = City.open(…)` in section 7 to your folder, and `spread` tells how much *your* neighbourhoods change by themselves.
#
# **Before you publish**: everything that was tried stands in the report; what was delivered stands beside what was found; those who might have been harmed were asked.
#
# Next comes the assignment, on cases of *your own*. Nobody else has the same ones.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
import json

assert 0.38 < 1 - ministry < 0.43 and same > 33
assert ministry < years["2025"] / expected["2025"] < 0.85
assert step.upper < 1 and abs(bent.slope.ratio - 1) < 0.02
assert bent.slope.lower < 1 < bent.slope.upper
assert with_season.ratio < without.ratio - 0.03 and nothing.ratio > 1.05
assert found.correlation > 0.2 and found.dispersion > 1.4
widths = [np.log(high / low) for _, low, high in three.values()]
assert widths == sorted(widths)
assert alarms["model"] > 14 and 3 < alarms["robust"] < 0.6 * alarms["model"]
assert lowest.upper < 1 and clear_falls >= 2
assert before_2023.lower < 1 < before_2023.upper
assert other.upper < 1 and 0.8 < left < 0.9 and left_low < 1 < left_high
assert abs(left - RECIPE["law"]) < 0.03 and (thrown == cables).all(axis=None)
assert (len(programmes), len(ends)) == (12, 5)
assert every["ratio"].min() > ministry + 0.15 and every["ratio"].max() < 1.02
assert 2.6 < (1 - ministry) / (1 - RECIPE["law"]) < 3
assert mixed.upper < 1 and mixed.p_value < 0.01 and mixed.placebos == 199
planted = json.loads((city.folder / "truth.json").read_text(encoding="utf-8"))
assert mixed.lower < planted["intervention"]["effect_as_factor"] < mixed.upper
assert abs(paper["gap"][:3].mean()) < 0.5 and -5 < paper["gap"][3:].mean() < -3
assert 0.22 < spread < 0.36 and falls[1] > 50 and 5 < enough < 20
assert clear.mean() < 0.5 and ratios[clear].mean() < 0.6
ten, three_each, uneven, fifteen = (
    1 - np.exp(-detectable_difference_in_differences(0.2, a, b))
    for a, b in ((10, 10), (3, 3), (20, 10), (15, 15))
)
assert 0.2 < ten < 0.28 and 0.44 < three_each < 0.55 and fifteen < uneven
assert came["short"] == 1 and share.min() < 90
assert all_offered == not_offered
assert trial.traders == "harm not ruled out" and together["ratio"] > 1.15
traders = trial.changes.set_index("seen").loc["traders"]
assert 0.65 < traders["lower"] < 0.8 and traders["upper"] > 1
assert [grade(d).level for d in papers.values()] == [2, 2, 3, 3, 1, 5]
