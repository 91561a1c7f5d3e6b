# %% [markdown]
# # 8. Participation, safety walks, places: assignment
#
# You work on **your own city**. It is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# In the last months its residents walked through streets and squares, filled in forms, and talked.
# The forms, the notes and the lists of lamps have come to your desk.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about lamps, paths, noise, buses and who was asked. None of them is about violence.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.diagnosis.agreement import cohen_kappa
from safelearn.diagnosis.audits import darkness
from safelearn.diagnosis.lighting import lamps_working
from safelearn.diagnosis.walks import walks_of
from safelearn.estimates.survey import survey_design, survey_proportion, survey_ratio
from safelearn.strategy.demands import reach

city = my_city("m08")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.

# %% [markdown]
# ## Task 1
#
# `ticks` has a row for each question of each form of a first round: the place, the item of the form, and the answer:
# `yes`, `partly`, `no`, `not_applicable`, or nothing where the walkers left it open.
#
# How many answers *rated* the place? And of these, what share was met? (Only `yes` is met.)
#
# `rated`: a whole number. `met`: per cent, with two decimals.

# %%
ticks = city.ticks
ticks.head()

# %%
rated = ...
met = ...
### BEGIN SOLUTION
answered = ticks[ticks["answer"].isin(["yes", "partly", "no"])]
rated = len(answered)
met = 100 * (answered["answer"] == "yes").mean()
### END SOLUTION

# %%
check("m08-t1", rated=rated, met=met)

# %% does not apply counted as not met tags=["mistake"]
# You divided by all rows. A square without a shop cannot fail the question about shops:
# what does not apply, and what was left open, belongs neither above nor below the line.
rated = len(ticks)
met = 100 * (ticks["answer"] == "yes").mean()

# %% partly counted as met tags=["mistake"]
# You counted "partly" as met. A path of which half is lit is not lit.
answered = ticks[ticks["answer"].isin(["yes", "partly", "no"])]
rated = len(answered)
met = 100 * (answered["answer"] != "no").mean()

# %% does not apply counted as met tags=["mistake"]
# You counted "does not apply" as met. Then a place with nothing in it would be the best of all.
answered = ticks[ticks["answer"].notna()]
rated = len(answered)
met = 100 * answered["answer"].isin(["yes", "not_applicable"]).mean()

# %% [markdown]
# ## Task 2
#
# `walks` holds the forms of the second round, one row a visit and walker. All places were walked by day.
# After dark, the walkers stood before some of them and turned back: they did not feel safe enough to go in. That was right, and it is a result.
#
# How many places were walked by day and never after dark?
# In the places walked in *both* lights: by how many points does the share of items met differ, dark less day?
# Between which two values does that difference lie, with 95 % confidence?
#
# `darkness(walks)` compares only places walked in both lights. It gives `.value`, `.lower` and `.upper`, as shares: multiply them by 100.
#
# Which sentence may stand in the report?
#
# - **A** "In the places that we could walk in both lights, less is met after dark. Before the others we turned back, and that says more than a score."
# - **B** "After dark, the city is hardly different from the day."
# - **C** "Places where the walkers turned back tell us nothing, so they are left out of the report."
# - **D** "The walkers ought to have gone in: the table has gaps now."
#
# `turned_back`: places. `dark_less_day` and `interval` (low, high): points of a hundred, with one decimal; below 0 is less after dark.
# `sentence`: a letter, such as `"A"`.

# %% tags=["given"]
walks = city.walks
walks.iloc[:4, :9]

# %%
turned_back = ...
dark_less_day = ...
interval = ...
sentence = ...
### BEGIN SOLUTION
places = walks.groupby("light")["place_id"].nunique()
turned_back = places["day"] - places["dark"]
found = darkness(walks)
dark_less_day = 100 * found.value
interval = (100 * found.lower, 100 * found.upper)
sentence = "A"
### END SOLUTION

# %%
check(
    "m08-t2",
    turned_back=turned_back,
    dark_less_day=dark_less_day,
    interval=interval,
    sentence=sentence,
)

# %% all of the day against all of the dark tags=["mistake"]
# You compared all visits by day with all visits after dark. The places before which the walkers turned back are then in one side only,
# and so darkness seems to do hardly anything. Compare the same places.
places = walks.groupby("light")["place_id"].nunique()
turned_back = places["day"] - places["dark"]
yes = (walks.iloc[:, 6:] == "yes").mean(axis=1)
share = yes.groupby(walks["light"]).agg(["mean", "var", "size"])
dark_less_day = 100 * (share["mean"]["dark"] - share["mean"]["day"])
half = 196 * (share["var"] / share["size"]).sum() ** 0.5
interval = (dark_less_day - half, dark_less_day + half)
sentence = "B"

# %% turning back taken for nothing tags=["mistake"]
# Your numbers are right. But a place that two adults would not enter has told you something: say how many there were, and where to begin.
places = walks.groupby("light")["place_id"].nunique()
turned_back = places["day"] - places["dark"]
found = darkness(walks)
dark_less_day = 100 * found.value
interval = (100 * found.lower, 100 * found.upper)
sentence = "C"

# %% [markdown]
# ## Task 3
#
# Two walkers went to the same places at the same time, each with a form of their own. `pairs` holds what they answered to one question:
# *Does the light reach the whole path?* In some places the second walker left it open.
#
# In what share of the places do they agree? And how much is that more than two people would agree who answer by chance, with the same preferences?
#
# `cohen_kappa(first, second)` leaves out pairs with a missing answer and gives `.agreed` (a share), `.kappa`, `.lower` and `.upper`.
#
# Which sentence is true?
#
# - **A** "They agree nearly always, so one walker is enough from now on."
# - **B** "They agree often because both nearly always say yes. Beyond that they agree little: say better what is meant by 'the whole path', and walk again in pairs."
# - **C** "The second walker was careless. We keep the first one's answers."
# - **D** "We take the mean of both, then nobody is wrong."
#
# `agreed`: per cent, with one decimal. `kappa`: with three decimals. `kappa_interval`: (low, high), with two. `sentence`: a letter.

# %% tags=["given"]
pairs = city.pairs
pairs.value_counts(["first", "second"])

# %%
agreed = ...
kappa = ...
kappa_interval = ...
sentence = ...
### BEGIN SOLUTION
found = cohen_kappa(pairs["first"], pairs["second"])
agreed = 100 * found.agreed
kappa = found.kappa
kappa_interval = (found.lower, found.upper)
sentence = "B"
### END SOLUTION

# %%
check(
    "m08-t3",
    agreed=agreed,
    kappa=kappa,
    kappa_interval=kappa_interval,
    sentence=sentence,
)

# %% agreement taken for kappa tags=["mistake"]
# You took the share of equal answers. Two people who both nearly always say yes agree nearly always, even with their eyes shut:
# kappa takes that out.
found = cohen_kappa(pairs["first"], pairs["second"])
agreed = 100 * found.agreed
kappa = found.agreed
half = 1.96 * (kappa * (1 - kappa) / found.n) ** 0.5
kappa_interval = (kappa - half, kappa + half)
sentence = "A"

# %% chance taken for one half tags=["mistake"]
# You took chance for a coin. It is one only for people who say yes as often as no; these two say yes far more often,
# so chance gives them far more than one half.
found = cohen_kappa(pairs["first"], pairs["second"])
agreed = 100 * found.agreed
kappa = (found.agreed - 0.5) / 0.5
half = 1.96 * (found.agreed * (1 - found.agreed) / found.n) ** 0.5 / 0.5
kappa_interval = (kappa - half, min(kappa + half, 1))
sentence = "B"

# %% an open answer taken for another opinion tags=["mistake"]
# You counted an open answer as a different one. Whoever left it open did not disagree: such a pair says nothing.
found = cohen_kappa(pairs["first"], pairs["second"].fillna("open"))
agreed = 100 * found.agreed
kappa = found.kappa
kappa_interval = (found.lower, found.upper)
sentence = "B"

# %% [markdown]
# ## Task 4
#
# `forms` has the nine scores, from 0 (bad) to 3 (good), of walkers of two groups: `everyone`, and `persons_with_disabilities`,
# most of whom use a wheelchair. Look at the two means first:

# %% tags=["given"]
forms = city.forms
scores = forms.filter(like="score_").mean(axis=1)
scores.groupby(forms["rater_group"]).agg(["mean", "size"]).round(2)

# %% [markdown]
# So the city is *better* for people in wheelchairs? They could not get into every place, and those that they could get into are the better built ones.
# Compare both groups at the same place and in the same light.
#
# `walks_of(forms, ["persons_with_disabilities"])` does so. It gives `.places_of_both`, and `.apart` (theirs less the others'), which has
# `.value`, `.lower` and `.upper`.
#
# Which sentence is true?
#
# - **A** "For people with disabilities the city's places are better than for others."
# - **B** "Their scores lie below the others', so they have filled in the form wrongly."
# - **C** "Where both went, people with disabilities find less that works for them. That is what these places are for them, and no error; and to some they could not get at all."
# - **D** "Both groups are merged, so that the difference disappears."
#
# `places_of_both`: places. `apart`: with three decimals. `apart_interval`: (low, high), with two. `sentence`: a letter.

# %%
places_of_both = ...
apart = ...
apart_interval = ...
sentence = ...
### BEGIN SOLUTION
found = walks_of(forms, ["persons_with_disabilities"])
places_of_both = found.places_of_both
apart = found.apart.value
apart_interval = (found.apart.lower, found.apart.upper)
sentence = "C"
### END SOLUTION

# %%
check(
    "m08-t4",
    places_of_both=places_of_both,
    apart=apart,
    apart_interval=apart_interval,
    sentence=sentence,
)

# %% all their places against all others tags=["mistake"]
# You compared the mean of all their forms with the mean of all others. They went to the better built places only:
# compare at the same place, in the same light.
found = walks_of(forms, ["persons_with_disabilities"])
places_of_both = found.places
means = scores.groupby(forms["rater_group"]).agg(["mean", "var", "size"])
apart = means["mean"]["persons_with_disabilities"] - means["mean"]["everyone"]
half = 1.96 * (means["var"] / means["size"]).sum() ** 0.5
apart_interval = (apart - half, apart + half)
sentence = "A"

# %% the difference the other way round tags=["mistake"]
# You took the others' scores less theirs. Name the group that you ask about: `["persons_with_disabilities"]`.
found = walks_of(forms, ["everyone"])
places_of_both = found.places_of_both
apart = found.apart.value
apart_interval = (found.apart.lower, found.apart.upper)
sentence = "C"

# %% a lower score taken for an error tags=["mistake"]
# Your numbers are right. But whoever gets less out of a place is not mistaken about it. They are the ones who know.
found = walks_of(forms, ["persons_with_disabilities"])
places_of_both = found.places_of_both
apart = found.apart.value
apart_interval = (found.apart.lower, found.apart.upper)
sentence = "B"

# %% [markdown]
# ## Task 5
#
# After the walks people sat together in groups and talked. `remarks` has a row for each remark: who said it (a number, no name), the group,
# the theme that a coder gave it, and what the person agreed to: `publish`, `internal`, or `none`.
#
# Leave out the remarks of those who agreed to `none`. Then: what share of the *people* of each group spoke of each theme?
# And which theme was named by most people of all groups together?
#
# `shares`: a table with a row for each `theme` and a column for each group (`men`, `older_persons`, `women`, `youth`), in per cent.
# `most_named`: a theme, such as `"lighting"`.
#
# `pd.crosstab(rows, columns)` counts. `.drop_duplicates(["speaker", "theme"])` keeps one row for each person and theme.
# This table stays in the office: some of its cells are two or three people.

# %% tags=["given"]
remarks = city.remarks
remarks.head()

# %%
shares = ...
most_named = ...
### BEGIN SOLUTION
usable = remarks[remarks["consent"] != "none"]
said = usable.drop_duplicates(["speaker", "theme"])
people = usable.groupby("group")["speaker"].nunique()
shares = 100 * pd.crosstab(said["theme"], said["group"]) / people
most_named = said["theme"].value_counts().idxmax()
### END SOLUTION

# %%
check("m08-t5", shares=shares, most_named=most_named)

# %% remarks counted as people tags=["mistake"]
# You counted remarks. One person who speaks of the same thing eleven times is one person:
# keep one row for each person and theme, and divide by people.
usable = remarks[remarks["consent"] != "none"]
remarked = usable.groupby("group").size()
shares = 100 * pd.crosstab(usable["theme"], usable["group"]) / remarked
most_named = usable["theme"].value_counts().idxmax()

# %% consent not asked for tags=["mistake"]
# You used what people said who had agreed to nothing. It is not yours to count, not even without a name.
said = remarks.drop_duplicates(["speaker", "theme"])
people = remarks.groupby("group")["speaker"].nunique()
shares = 100 * pd.crosstab(said["theme"], said["group"]) / people
most_named = said["theme"].value_counts().idxmax()

# %% divided across the groups tags=["mistake"]
# You divided by all people who spoke, in every column. Then a large group seems to care more about everything:
# divide each group by its own people.
usable = remarks[remarks["consent"] != "none"]
said = usable.drop_duplicates(["speaker", "theme"])
shares = 100 * pd.crosstab(said["theme"], said["group"]) / usable["speaker"].nunique()
most_named = said["theme"].value_counts().idxmax()

# %% [markdown]
# ## Task 6
#
# Two coders gave each quote one of six themes, without talking to each other. `coded` holds both.
# Their agreement over all themes looks bearable. But on which theme do they part?
#
# For one theme, ask of both coders: *this theme, or another one?* `coded["first"] == "traffic"` asks it of the first.
# `cohen_kappa(…, …).kappa` compares the two.
#
# `kappa_all`: of all themes at once, with three decimals. `by_theme`: a table with the columns `theme` and `kappa`, a row for each theme.
# `define_again`: a list of the themes whose kappa lies below 0.4.

# %% tags=["given"]
coded = city.coded
themes = sorted(coded["first"].unique())
coded.head()

# %%
kappa_all = ...
by_theme = ...
define_again = ...
### BEGIN SOLUTION
kappa_all = cohen_kappa(coded["first"], coded["second"]).kappa
found = [
    cohen_kappa(coded["first"] == theme, coded["second"] == theme).kappa
    for theme in themes
]
by_theme = pd.DataFrame({"theme": themes, "kappa": found})
define_again = list(by_theme["theme"][by_theme["kappa"] < 0.4])
### END SOLUTION

# %%
check("m08-t6", kappa_all=kappa_all, by_theme=by_theme, define_again=define_again)

# %% equal answers of each theme tags=["mistake"]
# You took the share of equal answers. "Not this theme" is nearly always the answer of both, so they nearly always agree:
# take kappa, theme by theme.
kappa_all = cohen_kappa(coded["first"], coded["second"]).agreed
found = [
    cohen_kappa(coded["first"] == theme, coded["second"] == theme).agreed
    for theme in themes
]
by_theme = pd.DataFrame({"theme": themes, "kappa": found})
define_again = list(by_theme["theme"][by_theme["kappa"] < 0.4])

# %% one figure for all tags=["mistake"]
# You gave every theme the figure of all of them. Behind a bearable figure hide two themes on which the coders do not agree.
kappa_all = cohen_kappa(coded["first"], coded["second"]).kappa
by_theme = pd.DataFrame({"theme": themes, "kappa": kappa_all})
define_again = []

# %% how often the second follows the first tags=["mistake"]
# You took the share of the first coder's quotes that the second one coded alike. It makes the first coder the judge,
# does not see what the second one added, and leaves chance in.
kappa_all = cohen_kappa(coded["first"], coded["second"]).kappa
same = coded["first"] == coded["second"]
found = [same[coded["first"] == theme].mean() for theme in themes]
by_theme = pd.DataFrame({"theme": themes, "kappa": found})
define_again = list(by_theme["theme"][by_theme["kappa"] < 0.4])

# %% [markdown]
# ## Task 7
#
# Your colleague says: "We can stop. In the last interviews nobody said anything new." All groups together, that is true.
# But were the *night workers* done? And the *traders*?
#
# `interviews` has a row for each theme of each interview. `interview` numbers them over all groups in the order of the days,
# `turn` within the group: 1 is the first interview with that group.
#
# For each group:
#
# - `base`: how many different themes came up in its first *four* interviews;
# - `all_themes`: how many different themes came up in all of its interviews;
# - `new_percent`: how many themes came up for the *first* time in its last *two* interviews, per cent of `base`.
#
# `not_enough`: a list of the groups with anything new in their last two interviews. With them you go on.
#
# The cell below gives you `first_named`: for each group and theme, the turn in which the group first named it; and `held`: how many interviews there were
# with each group. Two helpers: `(first_named["turn"] <= 4).groupby(first_named["group"]).sum()` counts, group by group, the rows for which it is true,
# and `first_named["group"].map(held)` puts the number of its group's interviews beside each row.

# %% tags=["given"]
interviews = city.interviews
first_named = interviews.groupby(["group", "theme"])["turn"].min().reset_index()
held = interviews.groupby("group")["turn"].max()
print(held.to_dict())
first_named.head()

# %%
heard = ...
not_enough = ...
### BEGIN SOLUTION
group = first_named["group"]
base = (first_named["turn"] <= 4).groupby(group).sum()
new = (first_named["turn"] > group.map(held) - 2).groupby(group).sum()
heard = pd.DataFrame(
    {"base": base, "all_themes": group.value_counts(), "new_percent": 100 * new / base}
)
not_enough = list(new.index[new > 0])
### END SOLUTION

# %%
check("m08-t7", heard=heard, not_enough=not_enough)

# %% all groups at once tags=["mistake"]
# You looked at all groups together. The residents were heard first and have named what everybody names; but what only traders or night workers know
# came up late or is still missing. Ask in each group.
first = interviews.groupby("theme")["interview"].min()
base = (first <= 4).sum()
new = (first > interviews["interview"].max() - 2).sum()
heard = pd.DataFrame(
    {"base": base, "all_themes": len(first), "new_percent": 100 * new / base},
    index=held.index,
)
not_enough = []

# %% all that was said at the end, new or not tags=["mistake"]
# You counted every theme of the last two interviews. Only those count that the group had never named before.
group = first_named["group"]
base = (first_named["turn"] <= 4).groupby(group).sum()
last = interviews[interviews["turn"] > interviews["group"].map(held) - 2]
new = last.groupby("group")["theme"].nunique()
heard = pd.DataFrame(
    {"base": base, "all_themes": group.value_counts(), "new_percent": 100 * new / base}
)
not_enough = list(new.index[new > 0])

# %% each mention counted tags=["mistake"]
# You counted mentions. A theme that came up in three interviews is one theme.
group = interviews["group"]
base = (interviews["turn"] <= 4).groupby(group).sum()
late = first_named["turn"] > first_named["group"].map(held) - 2
new = late.groupby(first_named["group"]).sum()
heard = pd.DataFrame(
    {"base": base, "all_themes": group.value_counts(), "new_percent": 100 * new / base}
)
not_enough = list(new.index[new > 0])

# %% [markdown]
# ## Task 8
#
# `walkers` are the people who came to the walks after dark. They were asked whether they feel safe walking in their neighbourhood after dark.
# `survey` is a random sample of adults, a row a person, with `weight`: how many adults each stands for. There the answer can also be that somebody
# *never goes out* after dark.
#
# - `walkers_say`: the share of walkers who feel safe, as they came;
# - `weighted`: the same, with each of the four groups counted for its share of the city's adults. (Take the share in each group; multiply it by the group's
#   adults; add up; divide by all adults. A group's adults are its sum of `weight` in the survey.)
# - `survey_interval`: between which two values the share of *all adults* lies who answer `safe`, by the survey.
#   `survey_proportion(survey_design(survey), yes)` gives `.lower` and `.upper`, as shares.
#
# Which sentence is true?
#
# - **A** "Weighted by group, the walkers stand for the city: we can save the survey."
# - **B** "The survey must be wrong, because those who walk know the streets."
# - **C** "The weights do nothing, so we take the walkers as they came."
# - **D** "The weights bring the walkers nearer to the city, and not to it: in each group those came who feel safer, and nobody who never goes out."
#
# All in per cent: `walkers_say` with one decimal, `weighted` with two, `survey_interval` (low, high) with one. `sentence`: a letter.

# %% tags=["given"]
walkers, survey = city.walkers, city.survey
survey.head()

# %%
walkers_say = ...
weighted = ...
survey_interval = ...
sentence = ...
### BEGIN SOLUTION
safe = walkers["safe"] == "yes"
walkers_say = 100 * safe.mean()
by_group = safe.groupby(walkers["group"]).mean()
adults = survey.groupby("group")["weight"].sum()
weighted = 100 * (by_group * adults).sum() / adults.sum()
found = survey_proportion(survey_design(survey), survey["answer"] == "safe")
survey_interval = (100 * found.lower, 100 * found.upper)
sentence = "D"
### END SOLUTION

# %%
check(
    "m08-t8",
    walkers_say=walkers_say,
    weighted=weighted,
    survey_interval=survey_interval,
    sentence=sentence,
)

# %% weighted as they came tags=["mistake"]
# Your weights are the walkers' own numbers, so nothing changes. Each group must count for its share of the *city*.
safe = walkers["safe"] == "yes"
walkers_say = 100 * safe.mean()
weighted = walkers_say
found = survey_proportion(survey_design(survey), survey["answer"] == "safe")
survey_interval = (100 * found.lower, 100 * found.upper)
sentence = "C"

# %% those at home left out tags=["mistake"]
# You left out those who never go out. They live in the city too, and they are the ones whom no walk can reach:
# they stay below the line.
safe = walkers["safe"] == "yes"
walkers_say = 100 * safe.mean()
by_group = safe.groupby(walkers["group"]).mean()
adults = survey.groupby("group")["weight"].sum()
weighted = 100 * (by_group * adults).sum() / adults.sum()
out = survey[survey["answer"] != "never goes out"].reset_index(drop=True)
found = survey_proportion(survey_design(out), out["answer"] == "safe")
survey_interval = (100 * found.lower, 100 * found.upper)
sentence = "D"

# %% weights taken for a random sample tags=["mistake"]
# Your numbers are right. Look at them: the weighted share still lies above the survey's whole interval. Weights mend how many women and men came,
# not *which* women and men.
safe = walkers["safe"] == "yes"
walkers_say = 100 * safe.mean()
by_group = safe.groupby(walkers["group"]).mean()
adults = survey.groupby("group")["weight"].sum()
weighted = 100 * (by_group * adults).sum() / adults.sum()
found = survey_proportion(survey_design(survey), survey["answer"] == "safe")
survey_interval = (100 * found.lower, 100 * found.upper)
sentence = "A"

# %% [markdown]
# ## Task 9
#
# The lighting department works through what residents ask for: the register `demands`, mostly from an app. It says: "From the areas that were built
# without a plan we hear hardly anything about lamps. All is well there."
#
# `areas` has the residents and the `settlement` of each area: `formal`, or `informal` where people built without a plan.
# `streets` is an inspection after dark: lamps, and lamps that work, in streets drawn at random.
#
# For each of the two kinds of settlement: how many demands *about lighting* came for 1,000 residents, and what share of the lamps works?
# And from how many informal areas came no demand about lighting at all?
#
# `reach(demands, areas, kinds)` gives a row for each kind, with `per_1000` and `silent`.
# `lamps_working(inspected, by="settlement")` gives `value`, a share.
#
# Which sentence is true?
#
# - **A** "All is well there: where nobody complains, nothing is broken."
# - **B** "Where more lamps are dark, fewer people ask. A register shows who reaches the city, so go and look before you plan by it."
# - **C** "Nobody there minds the dark, so the money goes where people ask."
# - **D** "The inspection must be wrong, since it contradicts the register."
#
# `asked_and_lit`: a table with a row for each `settlement` and the columns `per_1000` (three decimals) and `working` (per cent, one decimal).
# `silent`: areas. `sentence`: a letter.

# %% tags=["given"]
demands, areas, streets = city.demands, city.areas, city.streets
kinds = areas.set_index("area_id")["settlement"]
demands.head()

# %%
asked_and_lit = ...
silent = ...
sentence = ...
### BEGIN SOLUTION
asked = reach(demands[demands["topic"] == "lighting"], areas, kinds)
asked = asked.set_index("kind")
lit = lamps_working(streets, by="settlement").set_index("settlement")
asked_and_lit = pd.DataFrame(
    {"per_1000": asked["per_1000"], "working": 100 * lit["value"]}
).rename_axis("settlement")
silent = asked["silent"]["informal"]
sentence = "B"
### END SOLUTION

# %%
check("m08-t9", asked_and_lit=asked_and_lit, silent=silent, sentence=sentence)

# %% silence taken for contentment tags=["mistake"]
# Your numbers are right; now read them side by side. The app reaches those who have a telephone, the language, and an answer from last time.
asked = reach(demands[demands["topic"] == "lighting"], areas, kinds)
asked = asked.set_index("kind")
lit = lamps_working(streets, by="settlement").set_index("settlement")
asked_and_lit = pd.DataFrame(
    {"per_1000": asked["per_1000"], "working": 100 * lit["value"]}
).rename_axis("settlement")
silent = asked["silent"]["informal"]
sentence = "A"

# %% all demands instead of those about lighting tags=["mistake"]
# You took all demands. The question is about lamps: keep those whose topic is lighting.
asked = reach(demands, areas, kinds).set_index("kind")
lit = lamps_working(streets, by="settlement").set_index("settlement")
asked_and_lit = pd.DataFrame(
    {"per_1000": asked["per_1000"], "working": 100 * lit["value"]}
).rename_axis("settlement")
silent = asked["silent"]["informal"]
sentence = "B"

# %% every street the same tags=["mistake"]
# You took the mean of the streets' shares. A street with one lamp then counts as much as one with fifteen: count lamps.
asked = reach(demands[demands["topic"] == "lighting"], areas, kinds)
asked = asked.set_index("kind")
each = streets["lamps_working"] / streets["lamps"]
each = each.groupby(streets["settlement"])
asked_and_lit = pd.DataFrame(
    {"per_1000": asked["per_1000"], "working": 100 * each.mean()}
).rename_axis("settlement")
silent = asked["silent"]["informal"]
sentence = "B"

# %% [markdown]
# ## Task 10
#
# A year later. The department reports: "The share of lamps that work has risen sharply." `works` has the streets where it worked, with lamps and working lamps
# before and after. But residents say that it is as dark as ever.
#
# Look at the number of lamps, not only at the share. A broken lamp that is *taken down* no longer counts as broken.
#
# What share of the lamps worked before, and what share after? And how many *working lamps* are there more for each kilometre of street?
#
# `survey_ratio(survey_design(works), what, by_what)` divides two sums over the streets and gives `.value`, `.lower` and `.upper`.
#
# Which sentence is true?
#
# - **A** "The streets are clearly lighter than before."
# - **B** "The residents are mistaken, since the share has risen."
# - **C** "The streets are clearly darker than before."
# - **D** "The share rose because broken lamps were taken down. Whether there is more light for each kilometre, these streets do not show."
#
# `share_before`, `share_after`: per cent, with one decimal. `more_per_km`: with two decimals, below 0 is fewer. `more_interval`: (low, high), with one decimal.
# `sentence`: a letter.

# %% tags=["given"]
works = city.works
works.head()

# %%
share_before = ...
share_after = ...
more_per_km = ...
more_interval = ...
sentence = ...
### BEGIN SOLUTION
share_before = 100 * works["working_before"].sum() / works["lamps_before"].sum()
share_after = 100 * works["working_after"].sum() / works["lamps_after"].sum()
more = works["working_after"] - works["working_before"]
found = survey_ratio(survey_design(works), more, works["length_m"] / 1000)
more_per_km = found.value
more_interval = (found.lower, found.upper)
sentence = "D"
### END SOLUTION

# %%
check(
    "m08-t10",
    share_before=share_before,
    share_after=share_after,
    more_per_km=more_per_km,
    more_interval=more_interval,
    sentence=sentence,
)

# %% lamps counted and not light tags=["mistake"]
# You counted lamps, broken ones too. What people walk by is a lamp that works.
share_before = 100 * works["working_before"].sum() / works["lamps_before"].sum()
share_after = 100 * works["working_after"].sum() / works["lamps_after"].sum()
more = works["lamps_after"] - works["lamps_before"]
found = survey_ratio(survey_design(works), more, works["length_m"] / 1000)
more_per_km = found.value
more_interval = (found.lower, found.upper)
sentence = "C"

# %% every street the same tags=["mistake"]
# You took the mean of what the streets gained for each of their kilometres. A lane of eighty metres then counts as much as an avenue:
# divide all working lamps by all kilometres.
share_before = 100 * works["working_before"].sum() / works["lamps_before"].sum()
share_after = 100 * works["working_after"].sum() / works["lamps_after"].sum()
more = (works["working_after"] - works["working_before"]) / works["length_m"] * 1000
more_per_km = more.mean()
half = 1.96 * more.std() / len(more) ** 0.5
more_interval = (more_per_km - half, more_per_km + half)
sentence = "D"

# %% the share believed tags=["mistake"]
# Your numbers are right. But the share rose because there are fewer lamps below the line: look at what became of the light itself.
share_before = 100 * works["working_before"].sum() / works["lamps_before"].sum()
share_after = 100 * works["working_after"].sum() / works["lamps_after"].sum()
more = works["working_after"] - works["working_before"]
found = survey_ratio(survey_design(works), more, works["length_m"] / 1000)
more_per_km = found.value
more_interval = (found.lower, found.upper)
sentence = "A"

# %% [markdown]
# ## Task 11
#
# Write a memo to the lighting department, in 200 to 250 words. Take your own numbers, or put dots in their place.
# What do you ask for, why there, what else than lamps did the walkers note, and how will both of you see that it helped?
#
# Name no street as a bad one. Say what people could do there if it were light.

# %% m08-t11 [markdown]
# ### BEGIN SOLUTION
# To the lighting department, from the safety office. Copy: works, transport.
#
# In March residents walked 34 places, in pairs, each by day; 22 of them also after dark. In those, 14 points fewer of the questions were met after dark
# than by day (between 9 and 19). Before 12 places they turned back. Please look at these 12 first: most lie between the bus stop and the evening school,
# and people want to get home from class on foot.
#
# We also inspected streets drawn at random. In areas built without a plan, six lamps in ten work, elsewhere nearly nine. From those areas you received hardly
# any demands; five of the eight sent none at all. We do not read that as "all is well": the app needs a telephone and credit. We shall collect demands there
# at the clinic until June, and you will have them.
#
# Lamps are not all. The walkers noted hedges before lamps (parks), a shop front that is shut at six (trade), and stairs without a rail (works).
# These go to the departments in copy.
#
# Please mend before you take down. We count working lamps for each kilometre, in the streets of your list and in as many drawn at random elsewhere,
# in May before you begin and in November after; residents count with us. We would call it a success if in those streets there are more of them, and if the walkers
# go on where they turned back. In December they hear from both of us what was done.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Plan a safety walk in your own city, in 300 to 400 words, that does no harm: not to those who walk, not to those whom they meet,
# and not to those who stay at home. Say who walks, how they are invited, what happens on the way, what happens when it does not go well,
# what becomes of the notes, and when the walkers hear from you.

# %% m08-t12 [markdown]
# ### BEGIN SOLUTION
# **Who.** Four walks, in the week after pay day, two at eleven in the morning and two at eight in the evening. One is for women and girls only, led by the women's centre;
# one starts at the day centre for older persons, on a way that a wheelchair can take; one with traders at closing time; one for everybody. Each group's own
# organisation invites, and says how many it wants to bring. Walkers are paid for two hours, children are looked after, and an interpreter comes along.
# Whoever cannot or will not walk draws their way on a map at home or at the clinic, or tells it by telephone; these maps count as much as forms. Girls below eighteen come with
# the leave of a parent and with a leader whom they know.
#
# **On the way.** Never fewer than four, in pairs, with two leaders who have walked it by day and know two ways out of each place. Somebody at the office knows the route and hears from us every half hour.
# Anybody may stop the walk for all, without a reason. We do not enter what feels wrong; an unfinished form is a result. No police escort, unless the walkers ask for it.
# No photographs of people, doors or shop signs; no names; nobody is questioned, and we ask nobody what has happened to them.
# If somebody tells it by themselves, we listen, do not write it down, and offer the card of the support line. A counsellor waits where the walk ends.
#
# **If it goes wrong.** A leader walks home with whoever wants it. What happened is told to the office the same evening, by function and not by name,
# and next day we decide with the organisation whether the other walks take place.
#
# **Notes.** Each form bears a letter, no name. At the end everybody ticks: publish, for the office, not at all. Two people code, apart. Nothing is shown that is smaller
# than ten people. Lists of who was paid lie with finance, apart from the forms, and are destroyed after the audit; forms after two years.
#
# **Back to them.** After three weeks each group sees its own results first, at its own place, and may correct them. After three months we come back with a list: done, planned, refused and why.
# ### END SOLUTION

# %% [markdown]
# ## Task 13
#
# The coders of another city keep confusing *public space* with *disorder*. Their codebook says only: "Public space: squares, parks and paths."
# "Disorder: everything that disturbs." Write a better definition of both, in 120 to 180 words:
# what belongs to each, what does not, and where that goes; an example on either side, made up, without a name or a place, and one that is hard.
# How will you try out the new definitions?

# %% m08-t13 [markdown]
# ### BEGIN SOLUTION
# **Disorder**: what other people *do* that disturbs: noise, quarrels, drinking, rubbish thrown down. Not: what is broken, dirty or missing because nobody looks after it, also where people once caused it;
# that goes to public space. Not: threats or being touched; those go to violence or harassment. "They play music until three."
#
# **Public space**: the *state* of squares, parks, courts and paths, and whether they may be used: open, kept up, with seats, toilets, shade. Not: light after dark (lighting), not the way
# of using it that disturbs others (disorder). "The bins have not been emptied since Easter."
#
# Hard: "There is broken glass all over the pitch." Ask what would end it. A broom and a bin, so public space; were it "every night they smash bottles there", disorder.
# If a remark holds both, it is two quotes.
#
# Two people who have not spoken with each other code thirty new quotes by these words. We look at kappa of each of the two themes, with its interval, then at every quote where they differ,
# mend the words, and try again with another thirty.
# ### END SOLUTION
