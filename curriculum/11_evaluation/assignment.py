# %% [markdown]
# # 11. Evaluation I: assignment
#
# You work on **your own city**. It is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# In January 2025 the city put locked racks into some of its areas and began to register bicycles: *Safe racks*.
# It is January 2026, and you are asked what came of it. After that come five smaller cases.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about stolen bicycles, purses and telephones, and about burglary. None of them is about violence.

# %%
from safelearn import check
from safelearn.course.variants import my_city
from safelearn.evaluation.comparison import (
    before_after,
    before_after_control,
    difference_in_differences,
    trends_before,
)
from safelearn.evaluation.dispersion import dispersion_before
from safelearn.evaluation.displacement import weighted_displacement_difference
from safelearn.evaluation.regression_to_mean import regression_to_the_mean

city = my_city("m11")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `thefts` counts the bicycles stolen in each month and area, from January 2023 to December 2025. The column `role` says:
#
# - `treated`: the racks are here;
# - `treated_buffer`: next door to them;
# - `control`: areas alike, where nothing was begun, to compare with;
# - `control_buffer`: next door to those;
# - `none`: all others.
#
# `by_role` adds up the years.

# %%
thefts = city.thefts
by_role = thefts.pivot_table(index="role", columns="year", values="n", aggfunc="sum")
by_role

# %% [markdown]
# ## Task 1
#
# Look at the `treated` areas alone. Compare the *two* years before the start with the *one* year after it.
# By what ratio did thefts change, for the same length of time? Between which two values does this ratio lie, with 95 % confidence?
# And how many thefts a month were there after the start?
#
# `before_after(before, after, exposure_before=…, exposure_after=…)` takes two counts and the length of both periods.
# It gives `.ratio`, `.lower` and `.upper`.
#
# `ratio`: with three decimals; below 1 is fewer. `ratio_interval`: `(low, high)`. `per_month_after`: with two decimals.

# %%
ratio = ...
ratio_interval = ...
per_month_after = ...
### BEGIN SOLUTION
treated = by_role.loc["treated"]
before, after = treated[2023] + treated[2024], treated[2025]
found = before_after(before, after, exposure_before=24, exposure_after=12)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
per_month_after = after / 12
### END SOLUTION

# %%
check(
    "m11-t1",
    ratio=ratio,
    ratio_interval=ratio_interval,
    per_month_after=per_month_after,
)

# %% two years against one tags=["mistake"]
# You compared the count of 24 months with the count of 12. Half of that fall is the calendar.
# Tell the function how long each period is.
treated = by_role.loc["treated"]
before, after = treated[2023] + treated[2024], treated[2025]
found = before_after(before, after)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
per_month_after = after / 12

# %% before by after tags=["mistake"]
# Your ratio stands on its head: the time before is the one to divide by. Below 1 must mean fewer.
treated = by_role.loc["treated"]
before, after = treated[2023] + treated[2024], treated[2025]
found = before_after(after, before, exposure_before=12, exposure_after=24)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
per_month_after = after / 12

# %% the neighbours among the treated tags=["mistake"]
# You added the areas next door. There are no racks there: they are looked at apart, in task 3.
treated = by_role.loc["treated"] + by_role.loc["treated_buffer"]
before, after = treated[2023] + treated[2024], treated[2025]
found = before_after(before, after, exposure_before=24, exposure_after=12)
ratio = found.ratio
ratio_interval = (found.lower, found.upper)
per_month_after = after / 12

# %% [markdown]
# ## Task 2
#
# Did thefts fall because of the racks, or did they fall everywhere?
# Take 2024 and 2025, and set the change of the `treated` areas against the change of the `control` areas.
#
# `before_after_control([before, after], [before, after])`, the treated areas first, gives `.ratio` and `.prevented`.
#
# `ratio_to_control`: with three decimals. `prevented`: thefts fewer than the control areas' change would have given, with one decimal.

# %%
ratio_to_control = ...
prevented = ...
### BEGIN SOLUTION
treated, control = by_role.loc["treated"], by_role.loc["control"]
found = before_after_control(
    [treated[2024], treated[2025]], [control[2024], control[2025]]
)
ratio_to_control = found.ratio
prevented = found.prevented
### END SOLUTION

# %%
check("m11-t2", ratio_to_control=ratio_to_control, prevented=prevented)

# %% the whole fall credited tags=["mistake"]
# You credited the racks with everything that changed since 2024. Something changed in the control areas too, without any rack:
# that part would have come anyway.
treated = by_role.loc["treated"]
found = before_after(treated[2024], treated[2025])
ratio_to_control = found.ratio
prevented = treated[2024] - treated[2025]

# %% compared with the whole city tags=["mistake"]
# You compared with the whole city. The treated areas are in it, and so are their neighbours, to whom thieves may have moved:
# a comparison must not hold what it is compared with.
treated, everywhere = by_role.loc["treated"], by_role.sum()
found = before_after_control(
    [treated[2024], treated[2025]], [everywhere[2024], everywhere[2025]]
)
ratio_to_control = found.ratio
prevented = found.prevented

# %% compared with the neighbours tags=["mistake"]
# You compared with the areas next door. If thieves moved there, these rose because of the racks, and the racks look better than they are.
treated, control = by_role.loc["treated"], by_role.loc["treated_buffer"]
found = before_after_control(
    [treated[2024], treated[2025]], [control[2024], control[2025]]
)
ratio_to_control = found.ratio
prevented = found.prevented

# %% [markdown]
# ## Task 3
#
# And next door? The residents there say that the thieves have only moved.
# Compare 2024 with 2025 in all four groups.
#
# `weighted_displacement_difference(treated, control, treated_buffer, control_buffer)` takes a list `[before, after]` for each group.
# It gives `.local` (where the racks are), `.displaced` (next door), and for both together `.estimate`, `.lower`, `.upper`.
# Below 0 is fewer.
#
# Which sentence do these counts carry?
#
# - **A** "The racks work: so many thefts fewer."
# - **B** "Everything has moved next door; the racks have done nothing."
# - **C** "Fewer thefts where the racks are, more next door. Whether there were fewer in all, one year of counts cannot tell."
# - **D** "Nothing has changed anywhere."
#
# `local` and `next_door`: thefts more (above 0) or fewer (below 0). `total_interval`: of both together, `(low, high)`, with one decimal.
# `sentence`: a letter, such as `"A"`.

# %%
local = ...
next_door = ...
total_interval = ...
sentence = ...
### BEGIN SOLUTION
n = by_role[[2024, 2025]]
found = weighted_displacement_difference(
    n.loc["treated"],
    n.loc["control"],
    n.loc["treated_buffer"],
    n.loc["control_buffer"],
)
local = found.local
next_door = found.displaced
total_interval = (found.lower, found.upper)
sentence = "C"
### END SOLUTION

# %%
check(
    "m11-t3",
    local=local,
    next_door=next_door,
    total_interval=total_interval,
    sentence=sentence,
)

# %% nobody looked next door tags=["mistake"]
# You looked only where the racks are. A theft that moves to the next street is not prevented,
# and the people who live there will tell you so.
n = by_role[[2024, 2025]]
found = weighted_displacement_difference(n.loc["treated"], n.loc["control"])
local = found.local
next_door = 0
total_interval = (found.lower, found.upper)
sentence = "A"

# %% the neighbours' own comparison forgotten tags=["mistake"]
# You took the raw change next door. Thefts changed next to the control areas too:
# give the function all four groups, and it takes that out.
n = by_role[[2024, 2025]]
found = weighted_displacement_difference(
    n.loc["treated"],
    n.loc["control"],
    n.loc["treated_buffer"],
    [1e-9, 1e-9],
)
local = found.local
next_door = found.displaced
total_interval = (found.lower, found.upper)
sentence = "C"

# %% not clear taken for nothing tags=["mistake"]
# Your numbers are right. But "not clear" is no proof of "nothing": the interval holds a strong fall as well as none at all.
n = by_role[[2024, 2025]]
found = weighted_displacement_difference(
    n.loc["treated"],
    n.loc["control"],
    n.loc["treated_buffer"],
    n.loc["control_buffer"],
)
local = found.local
next_door = found.displaced
total_interval = (found.lower, found.upper)
sentence = "B"

# %% [markdown]
# ## Task 4
#
# Another measure: in one part of the city neighbours keep an eye, and a key, for each other.
# `burglaries` counts the burglaries of homes in the year before and the year after, and the homes in each group.
#
# First look at the raw displacement difference, as in task 3. It says that the measure brought *more* burglaries.
# Then look at the homes.
#
# `area_weights=[…]` takes the size of each group, in the same order as the groups. Give it in thousands of homes:
# then the answer is in burglaries per 1,000 homes.
#
# Which sentence is true?
#
# - **A** "Burglary fell everywhere. With many more homes it fell by more cases in the control areas, and that is all the raw difference shows."
# - **B** "The measure has brought burglars into the area."
# - **C** "The two results contradict each other, so nothing can be said."
# - **D** "The raw difference is the honest one, since cases are what happened to people."
#
# `local_per_1000` (where the measure is) and `total_per_1000` (neighbours included): with two decimals, below 0 is fewer. `sentence`: a letter.

# %% tags=["given"]
burglaries = city.burglaries.set_index("role")
burglaries

# %%
local_per_1000 = ...
total_per_1000 = ...
sentence = ...
### BEGIN SOLUTION
groups = burglaries.loc[["treated", "control", "treated_buffer", "control_buffer"]]
found = weighted_displacement_difference(
    *groups[["before", "after"]].to_numpy(), area_weights=groups["homes"] / 1000
)
local_per_1000 = found.local
total_per_1000 = found.estimate
sentence = "A"
### END SOLUTION

# %%
check(
    "m11-t4",
    local_per_1000=local_per_1000,
    total_per_1000=total_per_1000,
    sentence=sentence,
)

# %% raw cases of unlike areas tags=["mistake"]
# You compared raw cases. Where there are four times as many homes, the same fall is four times as many cases:
# tell the function how large each group is.
groups = burglaries.loc[["treated", "control", "treated_buffer", "control_buffer"]]
found = weighted_displacement_difference(*groups[["before", "after"]].to_numpy())
local_per_1000 = found.local
total_per_1000 = found.estimate
sentence = "B"

# %% weights in another order tags=["mistake"]
# Your weights stand in another order than the groups, so that one group is divided by the homes of another.
# First treated, then control, then the neighbours of each.
groups = burglaries.loc[["treated", "control", "treated_buffer", "control_buffer"]]
found = weighted_displacement_difference(
    *groups[["before", "after"]].to_numpy(), area_weights=burglaries["homes"] / 1000
)
local_per_1000 = found.local
total_per_1000 = found.estimate
sentence = "A"

# %% the raw difference believed tags=["mistake"]
# Your numbers are right, and they answer the question. The raw difference rests on the wrong expectation:
# that areas with few and with many homes would have changed by the same number of cases.
groups = burglaries.loc[["treated", "control", "treated_buffer", "control_buffer"]]
found = weighted_displacement_difference(
    *groups[["before", "after"]].to_numpy(), area_weights=groups["homes"] / 1000
)
local_per_1000 = found.local
total_per_1000 = found.estimate
sentence = "D"

# %% [markdown]
# ## Task 5
#
# Back to the racks. Thieves who have learned to crack one lock take ten bicycles in a night, so counts of bicycles jump more than chance alone.
# How much more? That can be seen in the two years *before* the racks.
#
# `earlier` holds these months: a row for each month, a column for each area that has a role.
# `dispersion_before(earlier)` says by how much the counts vary more than chance: its `.value` is 1 for pure chance.
# `before_after_control(…, dispersion=…)` takes it and widens its interval.
#
# Compare the treated with the control areas, 2024 with 2025, as the racks deserve. What do you say?
#
# `dispersion`: with two decimals. `honest_interval`: of the ratio, `(low, high)`, widened. `verdict`: `"fewer"`, `"more"` or `"not clear"`.

# %% tags=["given"]
has_role = thefts[thefts["role"] != "none"]
all_months = has_role.pivot(index="month", columns="area_id", values="n")
earlier = all_months.loc["2023-01":"2024-12"]
earlier.iloc[:4, :8]

# %%
dispersion = ...
honest_interval = ...
verdict = ...
### BEGIN SOLUTION
spread = dispersion_before(earlier)
dispersion = spread.value
found = before_after_control(
    by_role.loc["treated", [2024, 2025]],
    by_role.loc["control", [2024, 2025]],
    dispersion=spread,
)
honest_interval = (found.lower, found.upper)
verdict = "not clear"
### END SOLUTION

# %%
check("m11-t5", dispersion=dispersion, honest_interval=honest_interval, verdict=verdict)

# %% pure chance claimed tags=["mistake"]
# You took the interval that knows chance alone. It is too narrow for counts that jump,
# and it announces an effect that these counts do not show.
dispersion = 1.0
found = before_after_control(
    by_role.loc["treated", [2024, 2025]], by_role.loc["control", [2024, 2025]]
)
honest_interval = (found.lower, found.upper)
verdict = "fewer"

# %% the time after taken in tags=["mistake"]
# You took the months after the start as well. What the racks changed then looks like unrest:
# only the time before can say how counts vary by themselves.
spread = dispersion_before(all_months)
dispersion = spread.value
found = before_after_control(
    by_role.loc["treated", [2024, 2025]],
    by_role.loc["control", [2024, 2025]],
    dispersion=spread,
)
honest_interval = (found.lower, found.upper)
verdict = "not clear"

# %% interval not looked at tags=["mistake"]
# The interval is right, and the verdict does not follow from it: it holds 1, which is "as in the control areas".
spread = dispersion_before(earlier)
dispersion = spread.value
found = before_after_control(
    by_role.loc["treated", [2024, 2025]],
    by_role.loc["control", [2024, 2025]],
    dispersion=spread,
)
honest_interval = (found.lower, found.upper)
verdict = "fewer" if found.ratio < 1 else "more"

# %% [markdown]
# ## Task 6
#
# Six small projects against theft from cars. `projects` has the counts before and after of the treated areas, of control areas,
# and of the `buffer` next door. A consultant wants the displacement quotient of each:
#
# > quotient  =  (buffer after / control after − buffer before / control before)  /  (treated after / control after − treated before / control before)
#
# The lower half of this fraction measures the success. Where it is **not below 0**, there was no success, and nothing could have moved:
# there the quotient is not asked for at all.
#
# Use whole columns, such as `projects["treated_after"] / projects["control_after"]`: six quotients in one line.
# (`weighted_displacement_quotient` of the lesson does one project at a time, and refuses where there was no success.)
#
# > total net effect  =  (treated before + buffer before) × control after / control before  −  (treated after + buffer after)
#
# `no_success`: the projects without one, as a list of names.
# `quotients`: a table of *the others*, with the columns `project`, `quotient` (two decimals) and `total_net_effect` (cases prevented, one decimal).

# %% tags=["given"]
projects = city.projects
projects

# %%
no_success = ...
quotients = ...
### BEGIN SOLUTION
after, before = projects["control_after"], projects["control_before"]
success = projects["treated_after"] / after - projects["treated_before"] / before
next_door = projects["buffer_after"] / after - projects["buffer_before"] / before
expected = (projects["treated_before"] + projects["buffer_before"]) * after / before
seen = projects["treated_after"] + projects["buffer_after"]
table = projects.assign(quotient=next_door / success, total_net_effect=expected - seen)
no_success = list(projects["project"][success >= 0])
quotients = table[success < 0]
### END SOLUTION

# %%
check("m11-t6", no_success=no_success, quotients=quotients)

# %% a quotient for everybody tags=["mistake"]
# You divided where there was no success. Two wrongs make a quotient that looks like a spread of benefits:
# ask first whether the lower half is below 0.
after, before = projects["control_after"], projects["control_before"]
success = projects["treated_after"] / after - projects["treated_before"] / before
next_door = projects["buffer_after"] / after - projects["buffer_before"] / before
expected = (projects["treated_before"] + projects["buffer_before"]) * after / before
seen = projects["treated_after"] + projects["buffer_after"]
no_success = []
quotients = projects.assign(
    quotient=next_door / success, total_net_effect=expected - seen
)

# %% control areas left out tags=["mistake"]
# You divided raw changes. What changed everywhere is still in them: divide every count by the control areas' count of the same time.
success = projects["treated_after"] - projects["treated_before"]
next_door = projects["buffer_after"] - projects["buffer_before"]
table = projects.assign(
    quotient=next_door / success, total_net_effect=-success - next_door
)
no_success = list(projects["project"][success >= 0])
quotients = table[success < 0]

# %% the fraction upside down tags=["mistake"]
# Your fraction stands on its head. The success is what is shared or given back: it belongs below the line.
after, before = projects["control_after"], projects["control_before"]
success = projects["treated_after"] / after - projects["treated_before"] / before
next_door = projects["buffer_after"] / after - projects["buffer_before"] / before
expected = (projects["treated_before"] + projects["buffer_before"]) * after / before
seen = projects["treated_after"] + projects["buffer_after"]
table = projects.assign(quotient=success / next_door, total_net_effect=expected - seen)
no_success = list(projects["project"][success >= 0])
quotients = table[success < 0]

# %% [markdown]
# ## Task 7
#
# Purses are stolen at forty bus stops. The city chose the six stops with most thefts (`chosen`), and put up a poster there.
# The next year there were fewer, and the poster gets a prize.
#
# By how many per cent did thefts fall at the six stops? How many would have been *expected* there without any poster,
# only because the stops were chosen at their highest? And how many were there fewer than that?
#
# `regression_to_the_mean(before, chosen)` wants the counts of **all** stops and gives `.expected`, the thefts at the chosen stops together.
#
# Which sentence may stand in the report?
#
# - **A** "The poster has brought thefts down by the whole of this fall."
# - **B** "Thieves have moved to the other stops."
# - **C** "The poster has done nothing."
# - **D** "Most of the fall was to be expected without any poster. What is left is too little to praise or to blame it."
#
# `fall_percent`: with one decimal, above 0 for a fall. `expected` and `beyond`: thefts, with one decimal. `sentence`: a letter.

# %% tags=["given"]
stops = city.stops
stops.head()

# %%
fall_percent = ...
expected = ...
beyond = ...
sentence = ...
### BEGIN SOLUTION
chosen = stops[stops["chosen"]]
before, after = chosen["before"].sum(), chosen["after"].sum()
fall_percent = 100 * (before - after) / before
found = regression_to_the_mean(stops["before"], stops["chosen"])
expected = found.expected
beyond = expected - after
sentence = "D"
### END SOLUTION

# %%
check(
    "m11-t7",
    fall_percent=fall_percent,
    expected=expected,
    beyond=beyond,
    sentence=sentence,
)

# %% the whole fall praised tags=["mistake"]
# You expected the highest year to repeat itself. Part of it was bad luck, and bad luck does not come back by itself.
chosen = stops[stops["chosen"]]
before, after = chosen["before"].sum(), chosen["after"].sum()
fall_percent = 100 * (before - after) / before
expected = before
beyond = before - after
sentence = "A"

# %% everybody taken for the mean tags=["mistake"]
# You expected of the six stops what an average stop has. They do differ, and only a part of their height was luck:
# the library draws each stop's count towards the mean, not all the way to it.
chosen = stops[stops["chosen"]]
before, after = chosen["before"].sum(), chosen["after"].sum()
fall_percent = 100 * (before - after) / before
expected = stops["before"].mean() * len(chosen)
beyond = expected - after
sentence = "D"

# %% nothing left taken for no effect tags=["mistake"]
# Your numbers are right. But from so few thefts, "no effect" cannot be shown any better than an effect can.
chosen = stops[stops["chosen"]]
before, after = chosen["before"].sum(), chosen["after"].sum()
fall_percent = 100 * (before - after) / before
found = regression_to_the_mean(stops["before"], stops["chosen"])
expected = found.expected
beyond = expected - after
sentence = "C"

# %% [markdown]
# ## Task 8
#
# The racks again, and all 36 months. `panel` has a row for each month of each treated and each control area.
# These are hundreds of rows. But the months of one area resemble each other, so they are not hundreds of independent facts:
# only a few areas changed, each in its own way.
#
# `difference_in_differences(panel, scale="ratio")` knows that. It compares how the *areas* changed, and gives `.estimate`, `.lower`, `.upper`
# and `.degrees_of_freedom`: roughly, how many independent facts carry the comparison. Leave its other settings as they are.
#
# `did_ratio`: with three decimals. `did_interval`: `(low, high)`. `facts`: the degrees of freedom, with one decimal.

# %% tags=["given"]
panel = thefts[thefts["role"].isin(["treated", "control"])]
panel = panel.assign(treated=panel["role"] == "treated", after=panel["year"] == 2025)
panel.head()

# %%
did_ratio = ...
did_interval = ...
facts = ...
### BEGIN SOLUTION
found = difference_in_differences(panel, scale="ratio")
did_ratio = found.estimate
did_interval = (found.lower, found.upper)
facts = found.degrees_of_freedom
### END SOLUTION

# %%
check("m11-t8", did_ratio=did_ratio, did_interval=did_interval, facts=facts)

# %% every row a fact tags=["mistake"]
# You counted every month as a fact of its own. A street that is unlucky in May is often unlucky in June:
# with the areas as facts the interval is honest, and usually wider.
n = panel.groupby(["treated", "after"])["n"].sum()
found = before_after_control(
    [n[True, False], n[True, True]], [n[False, False], n[False, True]]
)
did_ratio = found.ratio
did_interval = (found.lower, found.upper)
facts = len(panel) - 4

# %% the error that most programs print tags=["mistake"]
# You took the errors that most programs print (CR1). With a handful of treated areas they are too small,
# and too many facts are claimed.
found = difference_in_differences(panel, scale="ratio", errors="CR1")
did_ratio = found.estimate
did_interval = (found.lower, found.upper)
facts = found.degrees_of_freedom

# %% cases instead of a ratio tags=["mistake"]
# You compared in cases a month. Areas unlike in size change by unlike numbers of cases: ask for the ratio.
found = difference_in_differences(panel)
did_ratio = max(found.estimate, 0)
did_interval = (max(found.lower, 0), max(found.upper, 0.1))
facts = found.degrees_of_freedom

# %% [markdown]
# ## Task 9
#
# Another city department shows you theft from cars in twelve areas, six with new parking wardens, quarter by quarter:
# eight quarters before the start and four after it (`after`). A difference in differences looks splendid.
#
# It compares well only if both groups would have gone the same way without the wardens. Did they go the same way *before*?
#
# `difference_in_differences(quarters, scale="ratio")` gives the splendid result: `.estimate`.
# `trends_before(…)` wants the rows of the time **before** only. Its `.ratio` says how the treated areas moved against the others
# from one quarter to the next: 1 is parallel.
#
# Which sentence is true?
#
# - **A** "The wardens have brought thefts down by as much as the comparison says."
# - **B** "The treated areas had been falling against the others before the wardens came. The comparison counts that fall as theirs."
# - **C** "The trends are parallel, since both groups fall."
# - **D** "The wardens have made it worse."
#
# `did_ratio` and `drift`: with three decimals. `drift_interval`: of the drift, `(low, high)`. `sentence`: a letter.

# %% tags=["given"]
quarters = city.quarters
quarters.head()

# %%
did_ratio = ...
drift = ...
drift_interval = ...
sentence = ...
### BEGIN SOLUTION
did_ratio = difference_in_differences(quarters, scale="ratio").estimate
found = trends_before(quarters[~quarters["after"]])
drift = found.ratio
drift_interval = (found.lower, found.upper)
sentence = "B"
### END SOLUTION

# %%
check(
    "m11-t9",
    did_ratio=did_ratio,
    drift=drift,
    drift_interval=drift_interval,
    sentence=sentence,
)

# %% same way taken for granted tags=["mistake"]
# Your numbers are right. Now read the drift: the treated areas were on their way down before anybody came,
# and the comparison takes that way for the wardens' work.
did_ratio = difference_in_differences(quarters, scale="ratio").estimate
found = trends_before(quarters[~quarters["after"]])
drift = found.ratio
drift_interval = (found.lower, found.upper)
sentence = "A"

# %% the quarters after looked at too tags=["mistake"]
# You let the quarters after the start into the trend *before*. If the wardens had worked, their work would now look like an earlier trend.
did_ratio = difference_in_differences(quarters, scale="ratio").estimate
found = trends_before(quarters)
drift = found.ratio
drift_interval = (found.lower, found.upper)
sentence = "B"

# %% [markdown]
# ## Task 10
#
# Since 2024, stolen telephones can be reported online. `reports` says how many the police recorded in 2023 and in 2025,
# and what a survey of residents found in both years: how many victims it asked, and how many of these had told the police.
#
# By what ratio did the *records* change, 2025 by 2023? And the thefts that *happened*?
# (If a quarter is told, four times as many happened as were recorded: divide the records by the share that is told.)
#
# Which sentence may stand in the report?
#
# - **A** "More telephones are stolen than two years ago."
# - **B** "The online form has failed."
# - **C** "The police are doing worse than two years ago."
# - **D** "More thefts were recorded because more were told. By the survey, fewer happened."
#
# `recorded_ratio` and `happened_ratio`: with three decimals. `sentence`: a letter.

# %% tags=["given"]
reports = city.reports.set_index("year")
reports

# %%
recorded_ratio = ...
happened_ratio = ...
sentence = ...
### BEGIN SOLUTION
told = reports["victims_who_told"] / reports["victims_asked"]
happened = reports["recorded"] / told
recorded_ratio = reports["recorded"][2025] / reports["recorded"][2023]
happened_ratio = happened[2025] / happened[2023]
sentence = "D"
### END SOLUTION

# %%
check(
    "m11-t10",
    recorded_ratio=recorded_ratio,
    happened_ratio=happened_ratio,
    sentence=sentence,
)

# %% records taken for what happened tags=["mistake"]
# You read the records as if everybody told the police, in both years. The survey says that more people tell now than before.
recorded_ratio = reports["recorded"][2025] / reports["recorded"][2023]
happened_ratio = recorded_ratio
sentence = "A"

# %% multiplied by the share told tags=["mistake"]
# You multiplied by the share that is told. The records are the smaller part: divide by the share to come back to all thefts.
told = reports["victims_who_told"] / reports["victims_asked"]
happened = reports["recorded"] * told
recorded_ratio = reports["recorded"][2025] / reports["recorded"][2023]
happened_ratio = happened[2025] / happened[2023]
sentence = "D"

# %% victims of the sample compared tags=["mistake"]
# You compared how many victims the survey met. It may have asked more people in one year than in the other:
# use only the share of its victims who told the police.
recorded_ratio = reports["recorded"][2025] / reports["recorded"][2023]
happened_ratio = reports["victims_asked"][2025] / reports["victims_asked"][2023]
sentence = "D"

# %% [markdown]
# ## Task 11
#
# Write to the residents who live next door to the racks, in 150 to 200 words. They have seen more bicycles go since January 2025, and they are angry.
# Tell them what the counts say, what they do not say, and what happens next.

# %% m11-t11 [markdown]
# ### BEGIN SOLUTION
# Dear neighbours, you told us that since the racks came, bicycles are stolen in your streets instead. We have looked.
#
# From January to December 2025, … bicycles were stolen where the racks stand, … fewer than the same streets would have had if they had gone
# the way of similar streets without racks. In your streets it was … more than expected. So you were right to ask.
#
# Taken together, the best guess is … fewer thefts. But counts of one year jump: anything between … fewer and … more would fit what we saw.
# That means that we do not know yet. It does not mean that the racks have failed, and not that they have worked.
#
# Nobody in your streets has done anything wrong. Until we know more, racks will stand at your station and your school from March on,
# and the register is open to you now. We count on until December, next to similar streets, and ask five hundred of you in a survey
# whether you reported what was taken. In January you will have the numbers before the council has them.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Think of a measure that your own city is about to begin in a few areas (lamps, a night bus, mediators, anything).
# Plan, in 200 to 300 words, what it will be compared with: which areas, and which neighbours of both; how the areas for the measure are chosen;
# what is counted, when, and by whom; and which result you would call a failure.

# %% m11-t12 [markdown]
# ### BEGIN SOLUTION
# The measure: a night bus through four areas on the hillside, from March 2027. Twelve areas asked for it, and the money is enough for four.
# We draw the four by lot, in public, among all twelve; the other eight are compared, and get the bus a year later if it works.
# So no area is chosen for one bad year, and nobody is passed over by anybody's choice.
#
# Neighbours are the areas that share a street with one of the twelve, as listed by code beside this plan before the start. An area that touches
# both a treated and a compared one is left out. In the records of 2024 to 2026 we checked that treated and compared areas rose and fell together:
# the drift between them was small, though the interval was wide.
#
# We count thefts from the person and robberies between 20:00 and 02:00, each month, from March 2024 to February 2029, by the place where they
# happened; the statistics office does it, not the department that runs the bus. From a year to the next the survey asks the same questions about
# reporting in all twelve areas: if more is told, we shall see it. Passengers are counted, to know whether the bus ran as planned.
#
# After 24 months we shall call it a failure if the interval of the displacement difference, widened by the dispersion of the months before,
# lies above a fall of a tenth; and unclear, not failed, if it holds both a tenth fewer and none.
# ### END SOLUTION
