# %% [markdown]
# # 11. Evaluation I: did it work, and did it move next door?
#
# On 1 January 2024 Puerto Sereno put new lamps into three neighbourhoods, and sent street workers there at the risky hours.
# The programme is called *Streets of light*. Now it is January 2026, and three more neighbourhoods ask for it.
#
# Did it work? Three people have looked at the same police records of the same four years.
# Each has counted correctly, and they give three different answers.
#
# **At the end you can**
# - compare equal times, and compare with places where nothing was done;
# - say whether harm moved next door, with an interval;
# - widen an interval for counts that vary more than chance, and for areas that differ;
# - tell a fall that a measure made from one that comes by itself;
# - say beside every result what it cannot say.
#
# You need module 5: rates, chance, the 95 % interval. Take about four hours.
#
# > **Before you read on.** This lesson counts robberies and assaults in the street, as numbers only. Nobody's story is told.
# > If you would rather not, go straight to the assignment: it takes the same steps with stolen bicycles, purses and telephones.
#
# > Puerto Sereno does not exist. Its streets, its people and its records are invented.

# %% [markdown]
# ## Three right answers
#
# We open the city's folder. Its table `interventions` says what was begun where, and since when.

# %%
import numpy as np
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
lamps = city.table("interventions")

lamps[["name", "area_id", "role", "starts_on"]].sort_values("role").tail(8)

# %%
roles = lamps.set_index("area_id")["role"].astype(str)

pictures.where(city.boundaries(), roles)

# %% [markdown]
# Somebody wrote four roles into this table *before* the lamps came. That was wise, and we shall need all four:
#
# - **treated**: here are the lamps;
# - **treated_buffer**: next door to them;
# - **control**: similar neighbourhoods where nothing was begun, to compare with;
# - **control_buffer**: next door to those.
#
# Now the robberies and assaults in the street, by month and neighbourhood.
# Violence at home is left out: no lamp reaches it.

# %%
incidents = city.incidents()
street = incidents["offence"].isin(["0401", "020111", "020112"])
street = incidents[street & (incidents["domestic"] != "yes")]

month = street["occurred_from"].dt.strftime("%Y-%m")
months = pd.crosstab(month, street["area_id"].astype(str))
months.tail(3)

# %% [markdown]
# We add up two years before the start and two years after it, for each role. The fifth row is the rest of the city.

# %%
role_of = roles.reindex(months.columns).fillna("elsewhere")
by_role = months.T.groupby(role_of).sum().T

five = pd.DataFrame(
    {
        "before": by_role["2022-01":"2023-12"].sum(),
        "after": by_role["2024-01":"2025-12"].sum(),
    }
)
five

# %%
pictures.three_answers(five)

# %% [markdown]
# - The deputy mayor looks at the lamps: *many fewer*.
# - The neighbours' council looks next door: *many more*.
# - The treasurer adds both up: *hardly any difference*.
#
# **Write down whom you would follow, and why.** At the end we come back to this picture.

# %% [markdown]
# ## 1. Before and after
#
# By hand, for the five rows: take the count after, subtract the count before, divide by the count before, times 100.

# %%
change = 100 * (five["after"] - five["before"]) / five["before"]

change.round(1)

# %% [markdown]
# The police records begin in 2021, a year earlier. Why not use everything we have?
# Then there are three years before and two after. Watch what happens if you forget that:

# %%
three_years = by_role.loc["2021-01":"2023-12", "treated"].sum()
two_years = five.loc["treated", "after"]

print(three_years, "before,", two_years, "after:")
print(f"change of the counts     {100 * (two_years / three_years - 1):.0f} %")
print(f"before, a month          {three_years / 36:.1f}")
print(f"after, a month           {two_years / 24:.1f}")
print(
    f"change for equal times   {100 * (two_years / 24 / (three_years / 36) - 1):.0f} %"
)

# %% [markdown]
# Nobody would do that? It happens every year, in January to June against the whole year before.
# Divide by the length first; better, take the same months on both sides, for crime has seasons.
#
# **Rule 1. Equal times, same months. If they are not equal, divide by their length.**

# %% [markdown]
# Next: could chance alone have done it? You know how to ask: throw the dice in a city in which nothing changes,
# twice, and look how far the second throw lies from the first. Ten thousand times.

# %%
before, after = five.loc["treated"]

dice = np.random.default_rng(11)
first, second = dice.poisson((before + after) / 2, (2, 10_000))
thrown = 100 * (second / first - 1)

pictures.thrown(thrown, change["treated"])

# %%
as_far = abs(np.log(second / first)) >= abs(np.log(after / before))

print(f"{as_far.sum()} of 10,000 throws went as far, up or down.")

# %% [markdown]
# That share is a **p value**: how often chance alone goes as far. There is a formula that needs no dice. For two counts it is called the e-test.
# The library gives it together with the ratio (after by before; below 1 is fewer) and its interval:

# %%
from safelearn.evaluation.comparison import before_after

alone = before_after(before, after)

print(f"ratio {alone.ratio:.2f}, interval {alone.lower:.2f} to {alone.upper:.2f}")
print(f"p value {alone.p_value:.4f}")

# %% [markdown]
# So it was not chance alone. Was it the lamps?
#
# Every result of safelearn's evaluation carries with it what it *cannot* say. Read it:

# %%
for sentence in alone.cannot_say:
    print("-", sentence)

# %% [markdown]
# Keep these four sentences in mind. The rest of this lesson works through them.

# %% [markdown]
# ## 2. Compared with what?
#
# The port opened a new shift, a summer was cold, the telephones got locks: cities change without any lamps.
# What would have happened in the three neighbourhoods *without* them? Nobody will ever see that. It is called the **counterfactual**.
#
# The best we can do is look at places alike, where nothing was begun. By hand: the control areas' count after, by their count before.
# If the treated areas had gone the same way:

# %%
c_before, c_after = five.loc["control"]

went = c_after / c_before
expected = before * went
print(f"control areas: {c_before} to {c_after}, a ratio of {went:.3f}")
print(f"expected with no lamps: {before} x {went:.3f} = {expected:.0f}")
print(f"seen: {after}, so {expected - after:.0f} fewer than expected")

# %%
pictures.expected(before, after, expected)

# %% [markdown]
# The library does the same sum, and adds the interval. Now four counts are thrown by chance and not two, so it is wider.

# %%
from safelearn.evaluation.comparison import before_after_control

compared = before_after_control([before, after], [c_before, c_after])

print(f"ratio of the two ratios {compared.ratio:.2f}", end=", ")
print(f"interval {compared.lower:.2f} to {compared.upper:.2f}")
print(f"fewer cases: {compared.prevented:.0f}", end=", ")
print(f"interval {compared.prevented_lower:.0f} to {compared.prevented_upper:.0f}")

# %% [markdown]
# A part of the deputy mayor's fall came everywhere. Most of it did not.
#
# A good comparison is hard to find. The places must be *alike* in what drives the counts, and *untouched* by the measure:
# not the whole city, for the treated areas are in it, and not the street next door, to which thieves may have moved.
#
# **Rule 2. No effect without a comparison, and say which places you chose, and why, before you look.**

# %% [markdown]
# ## 3. Next door
#
# The neighbours' council says: they have only moved to us. That is called **displacement**.
# It can also go the other way: those who used to rob there stay away from the whole quarter. That is **diffusion of benefits**.
#
# The measure for both is the **weighted displacement difference**. Do it on paper once, with the published example
# (Wheeler and Ratcliffe, 2018):
#
# | | before | after | change |
# |---|---|---|---|
# | treated | 207 | 110 | −97 |
# | control | 308 | 318 | +10 |
# | next to treated | 178 | 157 | −21 |
# | next to control | 150 | 140 | −10 |
#
# - Where the measure was: −97 − (+10) = **−107**.
# - Next door: −21 − (−10) = **−11**. Fewer, not more: nothing moved.
# - In all: **−118**.
#
# And how far may chance have moved it? Remember the square root. All eight counts were thrown, so add up all eight, and take the root:
#
# > 207 + 110 + 308 + 318 + 178 + 157 + 150 + 140  =  1,568,  and its root is 39.6
#
# Twice that to either side: from about −196 to about −40. Now by the library:

# %%
from safelearn.evaluation.displacement import weighted_displacement_difference

paper = weighted_displacement_difference([207, 110], [308, 318], [178, 157], [150, 140])

print(paper.local, paper.displaced, paper.estimate, round(paper.standard_error, 1))
print(f"{paper.lower:.0f} to {paper.upper:.0f}")

# %% [markdown]
# The same numbers as in the paper. Now for the lamps.

# %%
moved = weighted_displacement_difference(
    five.loc["treated"],
    five.loc["control"],
    five.loc["treated_buffer"],
    five.loc["control_buffer"],
)

pictures.displacement(moved)

# %% [markdown]
# Fewer where the lamps are, more next door, and together about nothing, as the treasurer said.
# But look at the widths! "About nothing" reaches from a great success to a great harm.
#
# **"Not clear" is not "nothing".** The treasurer reads a wide interval as if it were a zero. It says: *we cannot tell from these counts.*
#
# Why is it so wide? Because of a group in which nothing happened at all:

# %%
five.sum(axis=1).rename("counts added up")

# %% [markdown]
# The neighbours of the control areas are many, with more than five times as many cases as the neighbours of the lamps.
# Their chance drowns everything else.
# And there is a second trouble with groups so unlike in size. On paper:
#
# | | before | after | change |
# |---|---|---|---|
# | treated, 1,000 homes | 100 | 80 | −20 |
# | control, 4,000 homes | 400 | 320 | −80 |
#
# Everywhere a fifth fewer. The measure did nothing. But the difference says −20 − (−80) = **+60**: the measure brought sixty cases!
# The remedy: divide every count by the size of its group, here 1 and 4 thousand homes. Then it is −20 − (−20) = 0.
#
# The library takes the sizes as `area_weights`. For robbery and assault, residents are a fair size, in thousands.

# %%
from safelearn.city.population import population_by

people = population_by(city.table("population"), year=2023).set_index("area_id")
size = people["population"].groupby(roles).sum() / 1000

order = ["treated", "control", "treated_buffer", "control_buffer"]
by_size = weighted_displacement_difference(
    *five.loc[order].to_numpy(), area_weights=size[order]
)

pictures.displacement(by_size, "cases per 1,000 residents, two years")

# %% [markdown]
# The intervals are still wide, but now each group speaks in the same unit.
# Where the lamps are: fewer. Next door: more, and by so much that chance alone is a poor excuse. Together: not clear.
#
# So the neighbours' council is no nuisance. It saw something.
#
# **Rule 3. Look next door, before the neighbours tell you. And compare like with like in size.**

# %% [markdown]
# ## 4. A quotient, where there is something to divide
#
# Many reports use another number: the **weighted displacement quotient**. It asks: *of what was gained, how much came back next door?*
# With the counts of the paper, by hand:
#
# - The treated areas by the control areas: 110 / 318 after, less 207 / 308 before. That is about −0.3: the **success**, a fall.
# - Next door by the *same* control areas: 157 / 318 after, less 178 / 308 before. That is about −0.1: a small fall too.
# - The second divided by the first: about 0.3.
#
# | quotient | reads |
# |---|---|
# | above 1 | next door gained more than the treated areas |
# | 0 to 1 | a part of the gain spread to next door |
# | −1 to 0 | a part of the gain was lost next door |
# | below −1 | more was lost next door than gained |

# %%
from safelearn.evaluation.displacement import weighted_displacement_quotient

quotient = weighted_displacement_quotient([207, 110], [308, 318], [178, 157])

print(f"quotient {quotient.quotient:.2f}, reading: {quotient.reading}")
print(f"total net effect: {quotient.total_net_effect:.1f} cases prevented")

# %% [markdown]
# Now a project without success. Its treated areas went from 200 to 230 cases, the control areas stayed at 300, and next door
# cases went from 150 to 170. All is worse. What does the quotient say, by hand?

# %%
success = 230 / 300 - 200 / 300
next_door = 170 / 300 - 150 / 300

print(f"{next_door:.3f} / {success:.3f} = {next_door / success:.2f}")

# %% [markdown]
# A fine positive quotient, "a part of the gain spread". There was no gain! Minus by minus gives plus.
# So the rule of validity comes first: the quotient may be asked for only where the success, the lower half, is **below zero**.
# The library refuses otherwise:

# %%
from safelearn.errors import Refused

try:
    weighted_displacement_quotient([200, 230], [300, 300], [150, 170])
except Refused as refusal:
    print(refusal)

# %% [markdown]
# A refusal is an answer. Print it in the report instead of a number.
#
# And the lamps?

# %%
lamps_quotient = weighted_displacement_quotient(
    five.loc["treated"], five.loc["control"], five.loc["treated_buffer"]
)

print(f"quotient {lamps_quotient.quotient:.1f}", end=", ")
print(f"interval {lamps_quotient.lower:.1f} to {lamps_quotient.upper:.1f}")

# %% [markdown]
# About minus one: the best guess is that as much came back as was gained, and anything from a fifth to several times as much would fit.
# The quotient says "moved" where the difference of section 3 said "not clear". It compares the neighbours with other places, so it answers a little differently.
#
# Two correct formulas, two answers. That is why honest evaluators write down **beforehand** which one they will use.
#
# **Rule 4. No quotient without a success. And choose the formula before you see the counts.**

# %% [markdown]
# ## 5. More than dice
#
# So far we treated every case as its own throw of the dice. Are they?
# A burglar who found an open window comes back next week and tells a friend. Then cases come in bunches.
# By hand, on five months: how far does each lie from the mean of the five? Square it, add up, divide by 4: the **variance**.

# %%
by_hand = pd.DataFrame(
    {"n": [12, 4, 6, 15, 3]}, index=["Jan", "Feb", "Mar", "Apr", "May"]
)
by_hand["from the mean"] = by_hand["n"] - by_hand["n"].mean()
by_hand["squared"] = by_hand["from the mean"] ** 2

variance = by_hand["squared"].sum() / 4
print(f"mean {by_hand['n'].mean():.1f}, variance {variance:.1f}", end=", ")
print(f"variance by mean {variance / by_hand['n'].mean():.1f}")
by_hand

# %% [markdown]
# For dice, variance and mean are the same: variance by mean is about **1**. This ratio is the **dispersion**.
# If it is 2, the typical swing is not one square root but about one and a half (the root of 2).
#
# In Puerto Sereno, look at burglary. Each dot is a month of the whole city; in the band dice would stay, 19 months of 20.

# %%
burglary = incidents[incidents["offence_label"] == "Burglary of a dwelling"]
burglary_month = burglary["occurred_from"].dt.strftime("%Y-%m")

pictures.more_than_dice(burglary_month.value_counts().sort_index())

# %% [markdown]
# Too many months lie outside. A season is in it, a trend is in it, and burglars who come back are in it.
# `dispersion_before` takes out what is common to all neighbourhoods, and says what is left.
# Give it the time *before* the start only: afterwards, the measure's own work would look like unrest.

# %%
from safelearn.evaluation.dispersion import dispersion_before

burglary_months = pd.crosstab(burglary_month, burglary["area_id"].astype(str))
with_role = months[[area for area in months.columns if area in roles.index]]

spread_burglary = dispersion_before(burglary_months.loc[:"2023-12"])
spread = dispersion_before(with_role.loc[:"2023-12"])

print(f"burglary            {spread_burglary.value:.2f}")
print(f"robbery and assault {spread.value:.2f}")

# %% [markdown]
# Robbery and assault in these streets behave nearly like dice; burglary does not.
# The designs take the dispersion and widen their intervals with it. Here is our comparison three times:
# as if by pure chance, as it deserves, and as it would be if robberies came in bunches, as stolen bicycles or copper cables do (a dispersion of 3).

# %%
pair = five.loc["treated"], five.loc["control"]
three_ways = {
    "pure chance": before_after_control(*pair),
    "as before the lamps": before_after_control(*pair, dispersion=spread),
    "in bunches (3)": before_after_control(*pair, dispersion=3.0),
}

pictures.ratios(three_ways)

# %% [markdown]
# In bunches, the same four counts would show nothing. Most mistakes in evaluation are made here, and they are all made in the same direction.
#
# **Rule 5. Ask the time before how much the counts vary. Chance alone is a claim, and it must be shown.**

# %% [markdown]
# ## 6. How many facts?
#
# There are three neighbourhoods with lamps and three to compare. What did *each* of them do?

# %%
six = pd.DataFrame(
    {
        "role": roles,
        "before": months["2022-01":"2023-12"].sum(),
        "after": months["2024-01":"2025-12"].sum(),
    }
)
six = six[six["role"].isin(["treated", "control"])]
six["ratio"] = six["after"] / six["before"]
six.round(2)

# %%
pictures.each_area(six)

# %% [markdown]
# The three with lamps went much the same way. Of the other three, one halved and one rose, with nobody doing anything.
# If places without lamps can halve or rise by themselves, how sure are we about those with lamps?
#
# Forty-eight months of records from six places are not hundreds of facts. They are **six**.
# The comparison that knows this is called **difference in differences**, with errors *clustered* by area.
# It wants a table with one row for each area and month, treated or not, before or after:

# %%
panel = months.loc["2022-01":"2025-12", six.index].stack().rename("n").reset_index()
panel.columns = ["month", "area_id", "n"]
panel["treated"] = panel["area_id"].map(roles) == "treated"
panel["after"] = panel["month"] >= "2024-01"

panel.head(4)

# %%
from safelearn.evaluation.comparison import difference_in_differences

areas_as_facts = difference_in_differences(panel, scale="ratio")

print(len(panel), "rows, and", round(areas_as_facts.degrees_of_freedom, 1), "facts")
pictures.ratios(
    {"each case a fact": three_ways["pure chance"], "each area a fact": areas_as_facts}
)

# %% [markdown]
# The same ratio. But with each area as one fact, the interval holds 1: six areas are too few to be sure.
# (What the computer calls *degrees of freedom* is, roughly, how many independent facts carry the comparison.)
#
# Which interval is right? The first is about *these six places in these four years*. The second is about *lamps*:
# would they do the same elsewhere? The council wants to put lamps elsewhere.

# %% [markdown]
# A difference in differences leans on one idea: without the lamps, both groups would have gone **the same way**.
# Nobody can see that. But we can see whether they went the same way *before*.

# %%
earlier = months.loc["2021-01":"2023-12", six.index]
quarters = earlier.groupby(np.arange(len(earlier)) // 3).sum()

pictures.before_the_start(quarters, six["role"])

# %%
from safelearn.evaluation.comparison import trends_before

long = quarters.stack().rename("n").reset_index()
long.columns = ["period", "area_id", "n"]
long["treated"] = long["area_id"].map(roles) == "treated"
drift = trends_before(long)

print(f"from quarter to quarter, by a ratio of {drift.ratio:.3f}", end=", ")
print(f"interval {drift.lower:.3f} to {drift.upper:.3f}")

# %% [markdown]
# A ratio of 1 would be perfectly parallel. It lies within the interval, so nothing speaks against it.
#
# Nor does it *prove* anything: a drift of several per cent a quarter would fit these counts as well,
# and in two years that adds up to more than the lamps did.
# "Not shown to differ" is the best you will get. If they do differ before the start, stop: choose other areas.
#
# **Rule 6. Count areas, not rows. And look at the way both groups went before.**

# %% [markdown]
# ## 7. After a peak
#
# A different story. In January 2024 the chamber of commerce looked at break-ins into shops and offices in 2023,
# and chose the six neighbourhoods with the highest rate. Every shop there got a sticker: *We watch.* What came of it?

# %%
shops = incidents[incidents["offence_label"] == "Burglary of other premises"]
year = shops["occurred_from"].dt.year
shops = pd.crosstab(shops["area_id"].astype(str), year).reindex(people.index)

rate_2023 = shops[2023] / people["population"]
chosen = rate_2023.rank(ascending=False) <= 6

shops.groupby(chosen).sum().rename({True: "with sticker", False: "others"})[
    [2023, 2024]
]

# %%
sticker = before_after(shops.loc[chosen, 2023].sum(), shops.loc[chosen, 2024].sum())

print(f"ratio {sticker.ratio:.2f}, interval {sticker.lower:.2f} to {sticker.upper:.2f}")

# %% [markdown]
# A fall, against a city that stayed where it was, and it is not chance by the interval. A prize for the sticker?
#
# There was no sticker. We made it up. Nothing whatever was done in these six neighbourhoods.
#
# What happened? Look at the dice city: sixty places with *exactly the same risk*. We choose the six highest, and throw again.

# %%
one, two = np.random.default_rng(3).poisson(10, (2, 60))
six_highest = pd.Series(one).rank(ascending=False, method="first") <= 6

pictures.peak(one, two, six_highest)

# %% [markdown]
# The six fall back among the others, with nobody doing anything. They were highest because they had been unlucky, and bad luck does not repeat itself.
# That is **regression to the mean**. Whoever helps at the peak will always see success.
#
# How much of a fall comes by itself? You know the idea from module 5: draw each place's rate towards the city's, by as much as its count is uncertain.
# What comes out is what to expect next year.

# %%
from safelearn.evaluation.regression_to_mean import regression_to_the_mean

by_itself = regression_to_the_mean(shops[2023], chosen, exposure=people["population"])
seen = shops.loc[chosen, 2024].sum()

print(f"2023: {by_itself.observed:.0f}")
print(f"expected in 2024 without any sticker: {by_itself.expected:.0f}", end=", ")
print(f"by a ratio of {by_itself.ratio:.2f}")
print(f"seen in 2024: {seen}")

# %%
rest = before_after(by_itself.expected, seen)

print(f"beyond that: ratio {rest.ratio:.2f}", end=", ")
print(f"interval {rest.lower:.2f} to {rest.upper:.2f}")

# %% [markdown]
# A good part of the fall was to be expected. For the rest, the interval now holds 1: "as expected".
#
# And the lamps? They were chosen *by need*. Had they been chosen at a peak?

# %%
everywhere = months["2022-01":"2023-12"].sum()
is_treated = roles.reindex(everywhere.index) == "treated"
lamps_peak = regression_to_the_mean(
    everywhere, is_treated, exposure=people["population"].reindex(everywhere.index)
)

print(f"expected by itself: a ratio of {lamps_peak.ratio:.2f}")

# %% [markdown]
# Practically 1. The three neighbourhoods lay in the middle of the city, so no fall was to be expected there, and this doubt can be laid aside.
#
# **Rule 7. If a place was chosen for its height, first ask how far it falls by itself.**

# %% [markdown]
# ## 8. What no design can mend
#
# In July 2023 the city began a campaign against fraud. A year before and a year after:

# %%
fraud = incidents[incidents["offence_label"] == "Fraud"]
fraud = fraud["occurred_from"].dt.strftime("%Y-%m").value_counts()
campaign = before_after(
    sum(n for m, n in fraud.items() if "2022-07" <= m <= "2023-06"),
    sum(n for m, n in fraud.items() if "2023-07" <= m <= "2024-06"),
)

print(
    f"{campaign.before:.0f} to {campaign.after:.0f}: ratio {campaign.ratio:.2f}",
    end=", ",
)
print(f"interval {campaign.lower:.2f} to {campaign.upper:.2f}")

# %% [markdown]
# The clearest result of this lesson, and it says that the campaign brought *more* fraud. Stop it?
# Before you do, look into the city's settings:

# %%
for recording in city.settings.recording_changes:
    print(recording.date, recording.note)

# %% [markdown]
# On the very day when the campaign began, reporting became easy. The records count what is *told*.
# No interval knows that, no control area helps if the form is new everywhere, and neither dispersion nor clusters see it.
# Only a survey does, that asks people whether they were cheated, and whether they told (module 7).
#
# The same question stands over the lamps: did people in bright streets tell the police more often, or less? These records cannot say.
#
# **Rule 8. A trend in records is a trend in what is told. Before you judge a measure by it, ask a survey, or say that nobody has.**

# %% [markdown]
# One more thing. How strong is evidence of this kind? There is a scale for designs, the Maryland Scientific Methods Scale, from 1 to 5.
# It grades *how* you looked and never *what* you found. Module 12 returns to it.

# %%
from safelearn.evaluation.evidence import Design, grade

graded = grade(
    Design(
        treated_areas=3,
        control_areas=3,
        assignment="by_need",
        parallel_before=drift.parallel,
    )
)

print(graded.scale)
print(f"level {graded.level}: {graded.name}")
print("Why:", graded.reason)
print("What would raise it:", graded.raised_by)

# %% [markdown]
# ## Three right answers, again
#
# What do we tell the council in January 2026?

# %%
print(
    f"With lamps: {before} to {after} in two years. Against similar areas, a ratio of"
)
print(f"{compared.ratio:.2f} ({compared.lower:.2f} to {compared.upper:.2f});", end=" ")
print("counting areas and not cases,")
print(f"{areas_as_facts.lower:.2f} to {areas_as_facts.upper:.2f}.")
print(f"Next door, per 1,000 residents: {by_size.displaced:+.1f}", end=" ")
print(f"({by_size.displaced_lower:+.1f} to {by_size.displaced_upper:+.1f}).")
print(f"Both together: {by_size.estimate:+.1f}", end=" ")
print(f"({by_size.lower:+.1f} to {by_size.upper:+.1f}).")

# %% [markdown]
# - **The deputy mayor** is probably right that there were fewer where the lamps are, and wrong to stop there.
# - **The neighbours' council** is right that there were more next door. How much of that came from the lamps, these counts cannot tell.
# - **The treasurer** has the right sum and the wrong conclusion: "not clear" is not "nothing".
#
# Now we do what no council can, and look behind the curtain. The makers of Puerto Sereno let the lamps and street workers prevent
# about a third of the robberies and assaults in the three neighbourhoods. A fifth of these moved next door.
# So the lamps worked, most of the gain stayed, and most of what was seen next door was chance.
# Yes, chance: the interval next door lay above zero, and yet it was mostly chance. One interval in twenty is wrong, and nobody tells you which.
#
# Nobody could have known that from these counts. The programme was good, and its evaluation was **too small to show it**: three areas, drawn by no lot,
# and neighbours of very unlike size. If the council had known before how little so few areas can show, it would have begun otherwise.
# That is where module 12 begins.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "The lamps have reduced violence by 30 per cent." |
# | "Against similar areas there were fewer, and six areas are too few to be sure." | "It is proved." |
# | "Next door there were more. Some of that may have moved." | "The people next door are the problem." Nobody asked who did it. |
# | "In all, these counts cannot tell." | "There was no effect." |
# | "Recorded robberies and assaults." | "Robberies and assaults." |
#
# **Four questions to test yourself**
#
# <details><summary>1. A park had 4 thefts in six months; then a guard came, and in the next twelve months there were 6. Better or worse?</summary>
#
# 4 in six months is 8 a year, then 6: fewer, for equal times. But from so few, chance alone goes as far in either direction. Say both counts, and nothing more.
# </details>
#
# <details><summary>2. Treated −20, control −20, next door −15, next to control 0. What does the displacement difference say?</summary>
#
# Local 0, next door −15, in all −15: where the measure was, nothing changed beyond what changed anyway. A "spread" from a success that was none should make you
# suspicious: look at the interval before you tell anybody.
# </details>
#
# <details><summary>3. Of 40 schools, the five with most broken windows get a mural. A year later they have a third fewer. What do you ask first?</summary>
#
# How many fewer they would have had anyway, because they were chosen at their highest. For that you need the counts of all forty.
# </details>
#
# <details><summary>4. The interval of the effect reaches from 40 fewer to 5 more. Your mayor says: so it does not work. Your answer?</summary>
#
# The counts fit 40 fewer as well as none. They cannot tell. Count longer, or in more areas, before money is taken away or added.
# </details>

# %% [markdown]
# ## Now your own city
#
# 1. In your city's folder, write the table `interventions.csv`: one row for each area, with its role and the day of the start, as you saw at the top.
#    Do it **before** the measure begins, and let somebody else see it.
# 2. `safelearn diagnose YOUR-FOLDER --template evaluation` then does what you did here: comparison, neighbours, dispersion, areas as facts, the peak.
#    What your counts cannot carry it refuses, in a sentence.
# 3. Change `city = City.open(…)` at the top to your folder, and the offences to those that your measure is about.
#
# **Before you publish**: what the design cannot say stands beside the number; no street is blamed for what moved there;
# and those who live next door hear it from you first.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
import json

assert (roles == "treated").sum() == 3 and (roles == "control").sum() == 3
assert change["treated"] < -25 and change["treated_buffer"] > 25
both = five.loc[["treated", "treated_buffer"]].sum()
assert abs(both["after"] / both["before"] - 1) < 0.05
assert three_years > before
assert as_far.sum() < 40 and alone.p_value < 0.004 and alone.upper < 1
assert len(alone.cannot_say) == 4
assert before - after > compared.prevented > 0.7 * (before - after)
assert compared.upper < 1
assert (paper.local, paper.displaced, paper.estimate) == (-107, -11, -118)
assert round(paper.lower) == -196 and round(paper.upper) == -40
assert moved.local < 0 < moved.displaced and abs(moved.estimate) < 15
assert moved.lower < -100 and moved.upper > 100
counted = five.sum(axis=1)
assert counted["control_buffer"] > 5 * counted["treated_buffer"]
assert by_size.local < 0 and by_size.displaced_lower > 0
assert by_size.lower < 0 < by_size.upper
assert 0.2 < quotient.quotient < 0.3 and abs(quotient.total_net_effect - 130.5) < 0.1
assert next_door / success > 0
assert -1.3 < lamps_quotient.quotient < -0.9 and lamps_quotient.reading == "moved"
assert lamps_quotient.upper < -0.2 + 0.01 and lamps_quotient.lower < -5
assert spread_burglary.value > 1.2 > 1.1 > spread.value
assert three_ways["as before the lamps"].upper < 1 < three_ways["in bunches (3)"].upper
lit, unlit = (six.loc[six["role"] == r, "ratio"] for r in ("treated", "control"))
assert lit.max() - lit.min() < 0.1
assert unlit.min() <= 0.5 and unlit.max() > 1.1
assert areas_as_facts.lower < 1 < areas_as_facts.upper
assert areas_as_facts.degrees_of_freedom < 4
assert abs(areas_as_facts.estimate - compared.ratio) < 0.001
assert drift.parallel and drift.upper > 1.05 and drift.upper**8 > 1 / compared.ratio
assert chosen.sum() == 6 and sticker.upper < 1
assert abs(shops[2024].sum() / shops[2023].sum() - 1) < 0.03
fell, alone_fell = 1 - sticker.ratio, 1 - by_itself.ratio
assert fell > 0.2 and alone_fell > 0.4 * fell and rest.upper > 1
assert two[six_highest].mean() < 0.75 * one[six_highest].mean()
assert abs(lamps_peak.ratio - 1) < 0.03 and 0.3 < lamps_peak.rank_share < 0.7
assert campaign.lower > 1.4
assert graded.level == 3
planted = json.loads((city.folder / "truth.json").read_text(encoding="utf-8"))
planted = planted["intervention"]
assert planted["effect_as_factor"] == 0.65
assert planted["displaced_share_of_prevented"] == 0.2
