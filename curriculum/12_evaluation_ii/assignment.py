# %% [markdown]
# # 12. Evaluation II: assignment
#
# You work on **your own cases**. They are invented, and nobody else has the same ones, so your colleagues' numbers are not yours.
#
# Ten reports have come to your desk. Each has counted correctly. Each says something that its counts do not carry.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about stolen cables, bicycles, purses and cars, about burglary, and about people in a street. None of them is about violence.

# %%
import numpy as np

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.evaluation.comparison import before_after_control
from safelearn.evaluation.evidence import Design, grade
from safelearn.evaluation.power import (
    detectable_difference_in_differences,
    spread_of_changes,
)
from safelearn.evaluation.process import delivery
from safelearn.evaluation.street_trial import street_trial
from safelearn.evaluation.synthetic_control import synthetic_control
from safelearn.evaluation.time_series import interrupted_time_series

city = my_city("m12")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# Remember how a series is given to the library: the counts in order of time, and the **place** of the first point after the start.
# Python counts places from 0. A series that begins in January 2021 has January 2022 at place 12, and January 2024 at place 36.
# For a column `n`, `n[:36]` are the months before that place and `n[36:]` those from there on: `n[36:].mean()` is their mean.
#
# In tasks 1 to 5 ask for a step only, not for a bend: `slope=False`.

# %% [markdown]
# ## Task 1
#
# On 1 January 2024 scrap dealers had to begin writing down who sells them copper.
# `cables` counts the cables stolen in each month of the five years 2021 to 2025. A press release compares three years before with two years after.
#
# By how many per cent is the mean month after lower than the mean month before? That is the press release's number.
# Now carry the earlier trend and season on: what is the step at the start, and its interval?
# And how many cables fewer than expected were stolen in the two years, all together?
#
# `interrupted_time_series(counts, place, slope=False)` gives `.level` (the step, with `.ratio`, `.lower`, `.upper`) and `.prevented`.
#
# `fall_percent`: with one decimal, above 0 for a fall. `step`: with three decimals. `step_interval`: `(low, high)`. `prevented`: cables, with one decimal.

# %%
cables = city.cables
cables.tail(3)

# %%
fall_percent = ...
step = ...
step_interval = ...
prevented = ...
### BEGIN SOLUTION
n = cables["n"]
fall_percent = 100 - 100 * n[36:].mean() / n[:36].mean()
found = interrupted_time_series(n, 36, slope=False)
step = found.level.ratio
step_interval = (found.level.lower, found.level.upper)
prevented = found.prevented
### END SOLUTION

# %%
check(
    "m12-t1",
    fall_percent=fall_percent,
    step=step,
    step_interval=step_interval,
    prevented=prevented,
)

# %% the earlier fall credited to the law tags=["mistake"]
# You took the two means for the step. Thefts had been falling for three years: without any law, the later months would have been lower too.
from safelearn.evaluation.comparison import before_after

n = cables["n"]
fall_percent = 100 - 100 * n[36:].mean() / n[:36].mean()
found = interrupted_time_series(n, 36, slope=False)
alone = before_after(n[:36].sum(), n[36:].sum(), exposure_before=36, exposure_after=24)
step = alone.ratio
step_interval = (alone.lower, alone.upper)
prevented = n[:36].mean() * 24 - n[36:].sum()

# %% places counted from one tags=["mistake"]
# Your start is one month late. Python counts from 0, so the 37th month stands at place 36.
n = cables["n"]
fall_percent = 100 - 100 * n[37:].mean() / n[:37].mean()
found = interrupted_time_series(n, 37, slope=False)
step = found.level.ratio
step_interval = (found.level.lower, found.level.upper)
prevented = found.prevented

# %% a bend as well tags=["mistake"]
# You let the trend bend at the start too, so your step is that of the first month alone. Ask for a step only: slope=False.
n = cables["n"]
fall_percent = 100 - 100 * n[36:].mean() / n[:36].mean()
found = interrupted_time_series(n, 36)
step = found.level.ratio
step_interval = (found.level.lower, found.level.upper)
prevented = found.prevented

# %% [markdown]
# ## Task 2
#
# In April 2025 the city's rental bicycles got new locks. `bicycles` counts those stolen from January 2022 to December 2025,
# and how many were for rent in each month. The company says: "Since April *more* are stolen each month than from January to March. The locks are useless."
#
# April to December is not a whole year, and in summer more are stolen. And in February 2025 the city had bought more bicycles.
#
# `interrupted_time_series` takes the season out by itself (`season=12`, if you say nothing), and `exposure=…` takes what the counts arose from, month by month.
# `.whole` compares all months after with what they would have been, and has `.ratio`, `.lower`, `.upper`.
#
# `ratio`: with three decimals. `ratio_interval`: `(low, high)`. `prevented`: bicycles not stolen from April to December, with one decimal.

# %% tags=["given"]
bicycles = city.bicycles
bicycles.tail(12)

# %%
ratio = ...
ratio_interval = ...
prevented = ...
### BEGIN SOLUTION
found = interrupted_time_series(
    bicycles["n"], 39, exposure=bicycles["bicycles"], slope=False
)
ratio = found.whole.ratio
ratio_interval = (found.whole.lower, found.whole.upper)
prevented = found.prevented
### END SOLUTION

# %%
check("m12-t2", ratio=ratio, ratio_interval=ratio_interval, prevented=prevented)

# %% the season left out tags=["mistake"]
# You left the season out. Nine months that begin in spring are not a year: the summer in them looks like the locks' failure.
found = interrupted_time_series(
    bicycles["n"], 39, exposure=bicycles["bicycles"], season=None, slope=False
)
ratio = found.whole.ratio
ratio_interval = (found.whole.lower, found.whole.upper)
prevented = found.prevented

# %% more bicycles forgotten tags=["mistake"]
# You forgot that there are more bicycles to steal since February. Give them as exposure.
found = interrupted_time_series(bicycles["n"], 39, slope=False)
ratio = found.whole.ratio
ratio_interval = (found.whole.lower, found.whole.upper)
prevented = found.prevented

# %% from the month of the purchase tags=["mistake"]
# You let it begin with the purchase of bicycles, in February. The locks came in April.
found = interrupted_time_series(
    bicycles["n"], 37, exposure=bicycles["bicycles"], slope=False
)
ratio = found.whole.ratio
ratio_interval = (found.whole.lower, found.whole.upper)
prevented = found.prevented

# %% [markdown]
# ## Task 3
#
# `shops` counts break-ins into shops in each month from January 2021 to December 2025. In January 2024 the chamber of commerce began to pay night guards.
# Its report calls the fall "statistically proven". It treats each month as a throw of the dice of its own.
#
# But burglars come in groups that stay for some months. How much do the counts vary more than chance (`.dispersion`),
# and how much does a month resemble the one before (`.correlation`)?
#
# The library allows for both, unless you switch it off; the report had used `errors="model"`. Which interval does the step honestly have, and what do you say?
#
# `dispersion` and `correlation`: with two decimals. `honest_interval`: of the step, `(low, high)`.
# `verdict`: `"fewer"`, `"more"` or `"not clear"`.

# %% tags=["given"]
shops = city.shops
shops.tail(3)

# %%
dispersion = ...
correlation = ...
honest_interval = ...
verdict = ...
### BEGIN SOLUTION
found = interrupted_time_series(shops["n"], 36, slope=False)
dispersion = found.dispersion
correlation = found.correlation
honest_interval = (found.level.lower, found.level.upper)
verdict = "not clear"
### END SOLUTION

# %%
check(
    "m12-t3",
    dispersion=dispersion,
    correlation=correlation,
    honest_interval=honest_interval,
    verdict=verdict,
)

# %% each month its own throw tags=["mistake"]
# You took the interval that knows nothing of months that resemble each other. A bad spring that ends by itself then looks like proof.
found = interrupted_time_series(shops["n"], 36, slope=False, errors="model")
dispersion = found.dispersion
correlation = 0
honest_interval = (found.level.lower, found.level.upper)
verdict = "fewer"

# %% the usual correction alone tags=["mistake"]
# You used the correction that most programs offer. In a series as short as this it is too small; leave `errors` alone and the library takes the wider.
found = interrupted_time_series(shops["n"], 36, slope=False, errors="newey-west")
dispersion = found.dispersion
correlation = found.correlation
honest_interval = (found.level.lower, found.level.upper)
verdict = "fewer" if found.level.upper < 1 else "not clear"

# %% the step read without its interval tags=["mistake"]
# Your numbers are right, and the verdict does not follow from them: the interval holds 1, which is "as before".
found = interrupted_time_series(shops["n"], 36, slope=False)
dispersion = found.dispersion
correlation = found.correlation
honest_interval = (found.level.lower, found.level.upper)
verdict = "fewer"

# %% [markdown]
# ## Task 4
#
# Wardens against pickpockets in the metro. The council decided on 1 January 2024 (place 36). The wardens were hired and trained, and began to *work* on 1 April 2024 (place 39).
# The protocol, written in December 2023, says: *the effect is counted from the month in which wardens work.*
#
# What is the step at the place that the protocol says?
#
# Now do what one should never do, to see what comes of it: try every place from 34 (November 2023) to 44 (September 2024) as the start, and keep the lowest ratio.
# This line makes all of them; you only have to look for the lowest:
#
# > `tried = [interrupted_time_series(metro["n"], place, slope=False).level for place in range(34, 45)]`
#
# Which sentence is true?
#
# - **A** "The lowest ratio is the best estimate, because there the series bends most."
# - **B** "Whoever picks the start after seeing the counts finds a clear fall. At the start that was written down beforehand, these counts cannot tell."
# - **C** "The wardens have no effect."
# - **D** "The effect must be counted from the day of the decision."
#
# `planned_step` and `lowest_step`: with three decimals. `planned_interval`: `(low, high)`. `sentence`: a letter.

# %% tags=["given"]
metro = city.metro
metro.tail(3)

# %%
planned_step = ...
planned_interval = ...
lowest_step = ...
sentence = ...
### BEGIN SOLUTION
planned = interrupted_time_series(metro["n"], 39, slope=False).level
planned_step = planned.ratio
planned_interval = (planned.lower, planned.upper)
tried = [
    interrupted_time_series(metro["n"], place, slope=False).level
    for place in range(34, 45)
]
lowest_step = min(one.ratio for one in tried)
sentence = "B"
### END SOLUTION

# %%
check(
    "m12-t4",
    planned_step=planned_step,
    planned_interval=planned_interval,
    lowest_step=lowest_step,
    sentence=sentence,
)

# %% the best-looking start reported tags=["mistake"]
# You took the start at which the fall is largest. Among eleven starts one will look good: the protocol was written so that nobody chooses afterwards.
tried = [
    interrupted_time_series(metro["n"], place, slope=False).level
    for place in range(34, 45)
]
planned = min(tried, key=lambda one: one.ratio)
planned_step = planned.ratio
planned_interval = (planned.lower, planned.upper)
lowest_step = planned.ratio
sentence = "A"

# %% counted from the decision tags=["mistake"]
# You counted from the day of the decision. For three months there was a decision and no warden; what has not begun cannot work.
planned = interrupted_time_series(metro["n"], 36, slope=False).level
planned_step = planned.ratio
planned_interval = (planned.lower, planned.upper)
tried = [
    interrupted_time_series(metro["n"], place, slope=False).level
    for place in range(34, 45)
]
lowest_step = min(one.ratio for one in tried)
sentence = "D"

# %% not clear taken for no effect tags=["mistake"]
# Your numbers are right. But the interval holds a fall as well as none: "cannot tell" is not "no effect".
planned = interrupted_time_series(metro["n"], 39, slope=False).level
planned_step = planned.ratio
planned_interval = (planned.lower, planned.upper)
tried = [
    interrupted_time_series(metro["n"], place, slope=False).level
    for place in range(34, 45)
]
lowest_step = min(one.ratio for one in tried)
sentence = "C"

# %% [markdown]
# ## Task 5
#
# Another city, the same law of January 2024 against buying copper without papers. Here cable thefts made a clear step down.
# But in the same month the price of copper fell, all over the world.
#
# `countries` counts cable thefts `here`, and in a city over the border (`there`), where no law was made, and copper is as cheap.
#
# Find the step (place 36) of each series. Divide the step here by the step there.
# For the interval, by hand, with `.log_standard_error` of both steps:
#
# > error  =  square root of (error here squared + error there squared)
# >
# > low = ratio × exp(−1.96 × error),   high = ratio × exp(1.96 × error)
#
# (`np.sqrt` is the root, `np.exp` the exponential.)
#
# Which sentence may stand in the report?
#
# - **A** "The law has brought thefts down by as much as the step here says."
# - **B** "Thefts stepped down on both sides of the border. What is left for the law is too little to be told from chance."
# - **C** "The law is useless."
# - **D** "Thieves have gone over the border."
#
# `step_here` and `ratio_of_steps`: with three decimals. `ratio_interval`: `(low, high)`. `sentence`: a letter.

# %% tags=["given"]
countries = city.countries
countries.tail(3)

# %%
step_here = ...
ratio_of_steps = ...
ratio_interval = ...
sentence = ...
### BEGIN SOLUTION
here = interrupted_time_series(countries["here"], 36, slope=False).level
there = interrupted_time_series(countries["there"], 36, slope=False).level
step_here = here.ratio
ratio_of_steps = here.ratio / there.ratio
error = np.sqrt(here.log_standard_error**2 + there.log_standard_error**2)
ratio_interval = (
    ratio_of_steps * np.exp(-1.96 * error),
    ratio_of_steps * np.exp(1.96 * error),
)
sentence = "B"
### END SOLUTION

# %%
check(
    "m12-t5",
    step_here=step_here,
    ratio_of_steps=ratio_of_steps,
    ratio_interval=ratio_interval,
    sentence=sentence,
)

# %% the price credited to the law tags=["mistake"]
# You credited the law with the whole step. Over the border thefts stepped down too, without any law: divide that out.
here = interrupted_time_series(countries["here"], 36, slope=False).level
step_here = here.ratio
ratio_of_steps = here.ratio
ratio_interval = (here.lower, here.upper)
sentence = "A"

# %% the other series taken as known tags=["mistake"]
# You took the step over the border as if it were known exactly. It is uncertain too, so the ratio of the two is less certain than either.
here = interrupted_time_series(countries["here"], 36, slope=False).level
there = interrupted_time_series(countries["there"], 36, slope=False).level
step_here = here.ratio
ratio_of_steps = here.ratio / there.ratio
ratio_interval = (here.lower / there.ratio, here.upper / there.ratio)
sentence = "B"

# %% errors added up tags=["mistake"]
# You added the two errors. They are independent, so they partly cancel: square them, add, take the root.
here = interrupted_time_series(countries["here"], 36, slope=False).level
there = interrupted_time_series(countries["there"], 36, slope=False).level
step_here = here.ratio
ratio_of_steps = here.ratio / there.ratio
error = here.log_standard_error + there.log_standard_error
ratio_interval = (
    ratio_of_steps * np.exp(-1.96 * error),
    ratio_of_steps * np.exp(1.96 * error),
)
sentence = "B"

# %% [markdown]
# ## Task 6
#
# One city, `Ours`, watches its car parks since the first quarter of 2024. To compare with there are twenty cities of the country, `C01` to `C20`,
# and the two towns next to ours, `Next A` and `Next B`. They look so much alike that a colleague proposes them as the natural comparison.
# The police of both towns report that car thieves from our city have come to them.
#
# `wide` has a row for each quarter and a column for each city; `residents` has the size of each city.
# The first quarter of 2024 stands at place 14.
#
# `synthetic_control(table, ["Ours"], place, exposure=residents)` looks for the mix of other cities that ran like ours *before*.
# What must not be in the mix, drop first: `wide.drop(columns=[…])`.
# It gives `.ratio`, `.prevented` (cars), and `.p_value`: the share of all cities, ours included, whose gap after the start is as large as ours.
#
# `ratio` and `p_value`: with three decimals. `prevented`: with one decimal.

# %% tags=["given"]
wide = city.cities.pivot(index="quarter", columns="city", values="n")
residents = city.cities.groupby("city")["residents"].first()
wide.tail(3)

# %%
ratio = ...
prevented = ...
p_value = ...
### BEGIN SOLUTION
far = wide.drop(columns=["Next A", "Next B"])
found = synthetic_control(far, ["Ours"], 14, exposure=residents)
ratio = found.ratio
prevented = found.prevented
p_value = found.p_value
### END SOLUTION

# %%
check("m12-t6", ratio=ratio, prevented=prevented, p_value=p_value)

# %% compared with where the thieves went tags=["mistake"]
# You left the two towns next door in the mix. Thieves went there, so they rose because of our car parks, and our fall looks larger than it is.
found = synthetic_control(wide, ["Ours"], 14, exposure=residents)
ratio = found.ratio
prevented = found.prevented
p_value = found.p_value

# %% large and small in one mix tags=["mistake"]
# You matched counts instead of rates. A large and a small city are alike only by the resident: give the residents as exposure.
far = wide.drop(columns=["Next A", "Next B"])
found = synthetic_control(far, ["Ours"], 14)
ratio = found.ratio
prevented = found.prevented
p_value = found.p_value

# %% all others alike tags=["mistake"]
# You compared with all other cities together. Some of them never ran like ours: the mix gives each the weight with which it did.
far = wide.drop(columns=["Next A", "Next B"])
others = far.drop(columns="Ours").sum(axis=1)
found = before_after_control(
    [far["Ours"][:14].sum(), far["Ours"][14:].sum()],
    [others[:14].sum(), others[14:].sum()],
)
ratio = found.ratio
prevented = found.prevented
p_value = found.p_value

# %% [markdown]
# ## Task 7
#
# A programme against burglary is to begin in four areas next year, and four others are to be compared with. Is that enough to see anything?
#
# `areas` has the burglaries of 24 areas in two years in which nothing was begun. They changed all the same, each in its own way.
# How differently? `spread_of_changes(first, second)` says it, as a standard deviation of logarithms.
#
# `detectable_difference_in_differences(spread, with, without)` says how strong an effect must be to be seen in 8 of 10 cases. Its answer `d` is a **logarithm**:
# the fall in per cent is `100 × (1 − exp(−d))`.
#
# The programme hopes for a fall by 25 per cent: `d = −log(0.75)`. How many areas does it take **on each side** to see that, as many with as without?
# `sides` holds the numbers to try, and Python finds the smallest that will do (put your condition in the place of the dots):
#
# > `min(n for n in sides if …)`
#
# `spread`: with three decimals. `weakest_fall`: with four and four areas, in per cent, with one decimal. `areas_needed`: a whole number.

# %% tags=["given"]
areas = city.areas
sides = range(2, 100)
areas.head(3)

# %%
spread = ...
weakest_fall = ...
areas_needed = ...
### BEGIN SOLUTION
years = [areas["year_one"], areas["year_two"]]
spread = spread_of_changes(*years)
d = detectable_difference_in_differences(spread, 4, 4)
weakest_fall = 100 * (1 - np.exp(-d))
areas_needed = min(
    n
    for n in sides
    if detectable_difference_in_differences(spread, n, n) <= -np.log(0.75)
)
### END SOLUTION

# %%
check("m12-t7", spread=spread, weakest_fall=weakest_fall, areas_needed=areas_needed)

# %% cases counted as facts tags=["mistake"]
# You planned as if each burglary were a fact of its own. Areas change in their own ways, and you have only four: it is areas that count.
from safelearn.evaluation.power import detectable_ratio

cases = areas["year_two"].mean()
spread = np.sqrt(4 / cases)
four = 4 * cases
weakest_fall = 100 * (
    1 - detectable_ratio(four, four, control_before=four, control_after=four)
)
areas_needed = max(2, round((2.8 / np.log(0.75)) ** 2 * 4 / cases))

# %% the logarithm read as per cent tags=["mistake"]
# You read the logarithm as if it were the fall. For large effects the two part: 100 × (1 − exp(−d)).
spread = spread_of_changes(areas["year_one"], areas["year_two"])
weakest_fall = 100 * detectable_difference_in_differences(spread, 4, 4)
areas_needed = min(
    n for n in sides if detectable_difference_in_differences(spread, n, n) <= 0.25
)

# %% content with a coin's toss tags=["mistake"]
# Your plan would see the effect in 5 of 10 cases. Then half of the programmes that work are called failures: leave the power at 8 of 10.
spread = spread_of_changes(areas["year_one"], areas["year_two"])
d = detectable_difference_in_differences(spread, 4, 4, power=0.5)
weakest_fall = 100 * (1 - np.exp(-d))
areas_needed = min(
    n
    for n in sides
    if detectable_difference_in_differences(spread, n, n, power=0.5) <= -np.log(0.75)
)

# %% [markdown]
# ## Task 8
#
# New lamps were planned in eight areas, to have fewer thefts from cars; eight areas were kept to compare with. `lamps` says how many lamps were planned and how many came,
# and how many thefts there were in the year before and the year after.
#
# What share of the planned lamps came, in all? In how many areas did fewer than nine tenths come? `delivery(lamps)` gives `share` and `short`.
#
# A draft of the report drops the areas in which few lamps came, "because there was nothing to evaluate". Compare **all** eight areas that were promised lamps
# with the eight others: `before_after_control([before, after], [before, after])`, those with lamps first, gives `.ratio` and `.prevented`.
# (`lamps.groupby("role")[["before", "after"]].sum()` adds up by role; `.loc["treated"]` is a row of it.)
#
# Which sentence may stand in the report?
#
# - **A** "Lamps bring thefts down by as much as the areas show in which they came."
# - **B** "Lamps do not work."
# - **C** "Where lamps came in full there were fewer thefts. Whether the programme as it was carried out changed anything, these counts cannot tell; it did not reach every area."
# - **D** "The programme was delivered, since most lamps came."
#
# `delivered_share`: in per cent, with one decimal. `short_areas`: a whole number. `offered_ratio`: with three decimals. `prevented`: thefts, with one decimal. `sentence`: a letter.

# %% tags=["given"]
lamps = city.lamps
lamps[["area_id", "role", "planned_units", "delivered_units", "before", "after"]].head()

# %%
delivered_share = ...
short_areas = ...
offered_ratio = ...
prevented = ...
sentence = ...
### BEGIN SOLUTION
came = delivery(lamps)
delivered_share = 100 * came["share"][0]
short_areas = came["short"][0]
thefts = lamps.groupby("role")[["before", "after"]].sum()
offer = before_after_control(thefts.loc["treated"], thefts.loc["control"])
offered_ratio = offer.ratio
prevented = offer.prevented
sentence = "C"
### END SOLUTION

# %%
check(
    "m12-t8",
    delivered_share=delivered_share,
    short_areas=short_areas,
    offered_ratio=offered_ratio,
    prevented=prevented,
    sentence=sentence,
)

# %% only where it came tags=["mistake"]
# You left out the areas in which few lamps came. They were not drawn by lot: what kept the lamps away may keep thefts up too.
# Compare all to whom lamps were promised.
came = delivery(lamps)
delivered_share = 100 * came["share"][0]
short_areas = came["short"][0]
in_full = ~(lamps["delivered_units"] < 0.9 * lamps["planned_units"]).fillna(False)
thefts = lamps[in_full].groupby("role")[["before", "after"]].sum()
offer = before_after_control(thefts.loc["treated"], thefts.loc["control"])
offered_ratio = offer.ratio
prevented = offer.prevented
sentence = "A"

# %% mean of the areas' shares tags=["mistake"]
# You averaged the shares of the areas. An area with many lamps counts more: divide all lamps that came by all that were planned.
came = delivery(lamps)
delivered_share = 100 * float(
    (lamps["delivered_units"] / lamps["planned_units"]).mean()
)
short_areas = came["short"][0]
thefts = lamps.groupby("role")[["before", "after"]].sum()
offer = before_after_control(thefts.loc["treated"], thefts.loc["control"])
offered_ratio = offer.ratio
prevented = offer.prevented
sentence = "C"

# %% a promise taken for a delivery tags=["mistake"]
# Your numbers are right. But look at the areas: a good total hides those to whom almost nothing came.
came = delivery(lamps)
delivered_share = 100 * came["share"][0]
short_areas = came["short"][0]
thefts = lamps.groupby("role")[["before", "after"]].sum()
offer = before_after_control(thefts.loc["treated"], thefts.loc["control"])
offered_ratio = offer.ratio
prevented = offer.prevented
sentence = "D"

# %% [markdown]
# ## Task 9
#
# On Sundays one street is kept free of cars, for a trial of six Sundays. Volunteers counted who was there, on six Sundays before and six during the trial,
# and in the same hours on another street (`like`). The first report says: "Many more people. A success for everybody."
#
# But was it for those who sell things in the street? Their living hangs on it, so here the burden of proof is turned round:
# the trial has to show that they were **not** driven away.
#
# `street_trial(street)` compares each kind of user with the other street. It gives `.changes`, a table with a row for each kind (`seen`) and columns such as
# `ratio`, `lower` and `upper` (after `.changes.set_index("seen")` the columns are looked up as `["ratio"]["women"]`); and `.traders`, the finding for traders: `"harm"`, `"harm not ruled out"`, `"no sign of harm"` or `"not known"`.
#
# `women_ratio` and `traders_ratio`: with three decimals. `traders_interval`: `(low, high)`. `finding`: as the function says it.

# %% tags=["given"]
street = city.street
street.head(3)

# %%
women_ratio = ...
traders_ratio = ...
traders_interval = ...
finding = ...
### BEGIN SOLUTION
found = street_trial(street)
changes = found.changes.set_index("seen")
women_ratio = changes["ratio"]["women"]
traders_ratio = changes["ratio"]["traders"]
traders_interval = (changes["lower"]["traders"], changes["upper"]["traders"])
finding = found.traders
### END SOLUTION

# %%
check(
    "m12-t9",
    women_ratio=women_ratio,
    traders_ratio=traders_ratio,
    traders_interval=traders_interval,
    finding=finding,
)

# %% everybody in one sum tags=["mistake"]
# You looked at everybody together. Many more walkers hide a few traders who are gone: look at each kind of user.
changes = street_trial(street.assign(seen="all")).changes
women_ratio = changes["ratio"][0]
traders_ratio = changes["ratio"][0]
traders_interval = (changes["lower"][0], changes["upper"][0])
finding = "no sign of harm"

# %% not proven taken for not harmed tags=["mistake"]
# Your numbers are right. But an interval that holds a loss of more than 15 in a hundred does not show that nobody was driven away.
changes = street_trial(street).changes.set_index("seen")
women_ratio = changes["ratio"]["women"]
traders_ratio = changes["ratio"]["traders"]
traders_interval = (changes["lower"]["traders"], changes["upper"]["traders"])
finding = "no sign of harm"

# %% the other street forgotten tags=["mistake"]
# You compared the street with itself, before and during. Sundays differ in weather and season: the other street shows by how much.
alone = street_trial(
    street.assign(n=street["n"].where(street["street"] == "trial", 1000))
)
changes = alone.changes.set_index("seen")
women_ratio = changes["ratio"]["women"]
traders_ratio = changes["ratio"]["traders"]
traders_interval = (changes["lower"]["traders"], changes["upper"]["traders"])
finding = alone.traders

# %% [markdown]
# ## Task 10
#
# A consultant has put seven evaluations into a table, with the `ratio` that each found and the level of evidence that each *claims* for itself (`claimed`).
# The consultant recommends the one with the strongest effect.
#
# The other columns say how each looked: how many areas, how they were chosen (`assignment`), whether anything was counted before,
# whether both groups were shown to run alike before (`parallel_before`), and whether the way of recording changed in between.
#
# Grade the designs on the Maryland Scientific Methods Scale. `grade(Design(…)).level` takes what each study did, under the names of the table's columns.
# For all seven in one line (`**` hands over a row with its names):
#
# > `levels = [grade(Design(**row)).level for row in designs.to_dict("records")]`
#
# `graded`: a table with the columns `study` and `level`. `overclaimed`: the studies that claim more than they have, as a list of names.
# `ratio_of_strongest`: the ratio found by the study with the highest level, with three decimals.

# %% tags=["given"]
studies = city.studies
designs = studies.drop(columns=["study", "ratio", "claimed"])
studies

# %%
graded = ...
overclaimed = ...
ratio_of_strongest = ...
### BEGIN SOLUTION
levels = [grade(Design(**row)).level for row in designs.to_dict("records")]
graded = studies.assign(level=levels)
overclaimed = list(graded["study"][graded["claimed"] > graded["level"]])
ratio_of_strongest = graded.set_index("level")["ratio"][max(levels)]
### END SOLUTION

# %%
check(
    "m12-t10",
    graded=graded,
    overclaimed=overclaimed,
    ratio_of_strongest=ratio_of_strongest,
)

# %% the strongest effect taken for the strongest evidence tags=["mistake"]
# You took the study that found most. The scale asks how they looked, never what they found, and weak designs find most.
levels = [grade(Design(**row)).level for row in designs.to_dict("records")]
graded = studies.assign(level=levels)
overclaimed = list(graded["study"][graded["claimed"] > graded["level"]])
ratio_of_strongest = graded["ratio"].min()

# %% the claims believed tags=["mistake"]
# You took over the level that each study claims for itself. Grade the design.
graded = studies.assign(level=studies["claimed"])
overclaimed = []
ratio_of_strongest = graded.sort_values("claimed")["ratio"].iloc[-1]

# %% compared with anybody tags=["mistake"]
# You counted every comparison as a fair one. Where the compared areas were not chosen as alike, and not shown to run alike before, the level stays at 2.
levels = [
    grade(Design(**{**row, "parallel_before": True})).level
    for row in designs.to_dict("records")
]
graded = studies.assign(level=levels)
overclaimed = list(graded["study"][graded["claimed"] > graded["level"]])
ratio_of_strongest = graded["ratio"][np.argmax(levels)]

# %% [markdown]
# ## Task 11
#
# A ministry writes to you: "Since the law on scrap dealers came into force, cable thefts in your city have fallen by 31 per cent in a year. The law works. Please confirm this for the press."
#
# Answer in 200 to 250 words. Name the threats to this conclusion that fit the case, say for each how you would look whether it is real,
# ask what you would need to know about how the law was carried out, and say what you can confirm today.

# %% m12-t11 [markdown]
# ### BEGIN SOLUTION
# Dear colleagues, we can confirm that … cables were recorded as stolen in the year after the law, and … in the year before. That it was the law, we cannot confirm yet. Four things could give the same picture.
#
# **An earlier trend.** Thefts had been falling since …. We carry that trend and the season on, and look for a step in the month in which dealers began to write names, … .
#
# **Another event.** The price of copper fell in the same spring. In …, over the border, copper is as cheap and there is no law: if thefts stepped down there too, the price did it.
#
# **Chance, and a peak.** The year before was the worst of six, and a high year is usually followed by a lower one. We compare with all earlier years, not with the worst, and give an interval that allows for bad months that follow each other.
#
# **What is told.** Since March the power company reports online, once a week, and several cuts may come in one report. We count the company's repairs instead of reports.
#
# We would also ask whether the law was carried out: how many dealers keep the book, and how often somebody looks.
#
# Our sentence for the press today: "Fewer cable thefts were recorded than in the year before. What part the law has in that is being examined; the city will publish the result in …, whatever it is."
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Your city will begin a measure next spring: choose one that you know, or take lamps at bus stops.
# Write the **protocol** of its evaluation, before anything begins, in 300 to 400 words. Whoever reads it in two years must be able to see that nothing was chosen afterwards.

# %% m12-t12 [markdown]
# ### BEGIN SOLUTION
# **Measure, and why it should work.** New lamps at 24 bus stops, chosen by lot among the 48 that residents named in the safety walk. Light lets people see who comes; more people wait there; a thief is seen. The other 24 get theirs a year later.
#
# **Main result.** Thefts from persons recorded within 100 metres of a stop, between sunset and sunrise, per stop. One result, not five. Second: the share of passengers who say in the yearly survey that they feel safe waiting there, women and men apart.
#
# **When.** Counted from the month after the last lamp works, whatever the opening day. Two years before, two years after, same months.
#
# **How.** Difference in differences, stop as the unit, ratio scale; a series of all 24 stops together beside it. The neighbouring streets are counted too, for what may move.
#
# **How large an effect we can see.** From the changes of the last two years the spread is …. With 24 and 24 stops we would see a fall by … per cent in 8 of 10 cases. The measure is expected to bring …. That is enough; with 10 and 10 it would not be, and we would not begin.
#
# **Delivery.** The works department notes each month how many lamps burn. All stops that were drawn are compared, lit or not; what came is said beside it.
#
# **What would be a failure.** An interval that holds no fall by a tenth or more. Then the second half is not built as planned.
#
# **Reporting of thefts.** The survey asks whether victims told the police; if the share moves by more than five points, the counts are corrected by it and both are shown.
#
# **Harm.** Residents beside the stops are asked after three months about light at night; drivers and street traders are counted before and during. If traders fall by more than 15 in a hundred, the works pause.
#
# **Who.** The university counts, not the department that builds. Everything that was tried is reported. The protocol lies with the council's clerk since …; changes are dated and say why.
# ### END SOLUTION

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run everything from the top, once: menu *Kernel*, *Restart Kernel and Run All Cells*. Every `check` must say that it has your answer.
