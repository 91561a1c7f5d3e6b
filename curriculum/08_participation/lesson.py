# %% [markdown]
# # 8. Participation, safety walks, places: who walked, and what did they see?
#
# On a Monday evening in May, in the dark, two people stand in a small square of Puerto Sereno. Each has a form.
# They look at the same place in the same minute, and they do not talk until both have finished.
#
# How safe does it feel here, from 0 to 3? She writes 3. He writes 0.
#
# Next week the lighting department wants to know from you where it should mend lamps. Which form do you send?
#
# **At the end you can**
# - plan a walk that harms nobody, and read its form;
# - compare places by day and after dark, and groups of walkers, place by place;
# - say how far two people agree beyond chance, and mend a definition and not a number;
# - count people and not remarks, and say when enough people have been heard;
# - say who walked, who did not, and what a walk can never say about a city.
#
# You need module 7: shares and intervals of a survey. Take about four hours.
#
# > **Before you read on.** Section 6 sorts what people said. The five sentences that you read there are about stairs, stalls and buses;
# > but among the themes that are counted are harassment and violence, at home too, by name only. If you would rather not, go from section 5 to section 7.
# > The assignment has none of it.
#
# > Puerto Sereno does not exist. Its squares, its people and their words are invented.

# %% [markdown]
# ## One square, two forms

# %%
import numpy as np
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
audits = city.table("audits")

evening = audits[(audits["place_id"] == "0502-3") & (audits["light"] == "dark")]
she, he = evening.iloc[0], evening.iloc[1]
evening[["rater_group", "light", "lamps", "lamps_working", "score_feeling"]]

# %% [markdown]
# They do not even count the same lamps. She walked with a group of women, he with a group of young people.
# Here are all nine scores that each of them gave:

# %%
pictures.two_forms(she, he)

# %% [markdown]
# **Write down which form you would send to the lighting department, and why.** At the end we come back to this square.

# %% [markdown]
# ## 1. Before anybody walks
#
# A **safety walk** (some call it an exploratory walk, or a women's safety audit) is simple. People who use a place go through it together,
# by day and after dark, and note what they see and how it feels. Women in Toronto wrote the first guide for it (METRAC, 1989).
#
# It can do harm, so the form that safelearn prints begins with a gate. Whoever cannot answer *yes* three times does not get any further:
#
# - We are two or more, and somebody knows where we are.
# - We know at least two ways out.
# - We take no photographs of people.
#
# And there are four things that no form can do for you:
#
# | | Do | Do not |
# |---|---|---|
# | **Those who walk** | pay for the time, look after the children, choose the hour with them; anybody may stop the walk without a reason | walk alone, walk on to finish the list, bring an escort that nobody asked for |
# | **Those whom you meet** | say who you are, and move on if it bothers anybody | ask what happened to them, write down names, doors or number plates |
# | **Those who tell something** | listen, do not write it down, hand over the address of help | promise what you cannot keep |
# | **Afterwards** | show the walkers the results first, and come back with what was done | put a score on a neighbourhood |
#
# **An unfinished form is a result.** If walkers turn back before a passage, then you know something about this passage.
#
# **Rule 1. No walk without a way back: a way home for the walkers, and a way back to them with what came of it.**

# %% [markdown]
# What does the form ask? First, how the place works. These questions follow **CPTED**, crime prevention through environmental design: the idea that the way a place is built
# and looked after makes harm easier or harder. An international standard (ISO 22341) names ten strategies, six about things and four about people.

# %%
from safelearn.city.contracts import contract
from safelearn.diagnosis.audits import PHYSICAL, STRATEGIES, STRATEGY_NAMES

asks = {field["name"]: field["description"] for field in contract("audits")["fields"]}
form = [
    ("things" if strategy in PHYSICAL else "people", STRATEGY_NAMES[strategy], asks[i])
    for strategy, items_ in STRATEGIES.items()
    for i in items_
]

pd.options.display.max_colwidth = 80
pd.DataFrame(form, columns=["about", "strategy", "a walker ticks yes if ..."])

# %% [markdown]
# Read the list as a planner. Lamps are in none of the eleven questions! Light is asked for elsewhere on the form, and it helps with some of these.
# But a lamp alone makes nobody feel at home. A kiosk that stays open, a bench, a second way out:
# these belong to other departments, and a good memo goes to them too.
#
# One warning. In the name of "access" and "territory", places have been fenced in and benches made so that nobody can rest on them.
# That moves people away and calls it safety. The Guidelines say: without gates.

# %% [markdown]
# ## 2. Met, of what was rated
#
# By hand, on five rows of a form:

# %%
five = pd.DataFrame(
    {
        "item": ["eyes on it", "two ways out", "kept up", "shop open", "events"],
        "answer": ["yes", "partly", "yes", "not_applicable", None],
    }
)
five

# %% [markdown]
# How many questions are *met*? Two. Out of how many?
#
# - Not out of five. A square without shops cannot fail the question about shops, and what was left open is not known.
# - Three answers **rate** the place: yes, partly, yes. Two of the three are met.
#
# "Partly" counts as not met. A path that is half in the dark is a dark path.

# %%
rated = five[five["answer"].isin(["yes", "partly", "no"])]

print(f"{(rated['answer'] == 'yes').sum()} met of {len(rated)} rated")
print(f"share {100 * (rated['answer'] == 'yes').mean():.0f} %")

# %% [markdown]
# Now for the whole city. 64 places were walked, four in each of 16 neighbourhoods. The library's function is the one that your report uses:

# %%
from safelearn.diagnosis.audits import design_scores

score = design_scores(audits).iloc[0]

print(f"{score['n']:.0f} ticks in {score['places']:.0f} places:", end=" ")
print(f"{100 * score['value']:.0f} % met,", end=" ")
print(f"interval {100 * score['lower']:.0f} to {100 * score['upper']:.0f}")

# %% [markdown]
# Two thousand ticks, and yet the interval is that wide? With two thousand people in a survey it would be a quarter as wide.
#
# You know the reason from module 7. Ticks of one form come together: a place that is looked after gets many yes, a forgotten one gets hardly any.
# And places of one neighbourhood are alike. So this is not two thousand facts, but sixteen neighbourhoods.
# (Where two people walked together, their two forms count as one visit. Otherwise places with two walkers would count twice.)

# %%
share = score["value"]
half = 1.96 * (share * (1 - share) / score["n"]) ** 0.5

pictures.intervals(
    {
        "each tick a fact": (100 * share, 100 * (share - half), 100 * (share + half)),
        "each neighbourhood a fact": tuple(
            100 * score[["value", "lower", "upper"]].astype(float)
        ),
    },
    "per cent of questions met",
)

# %% [markdown]
# **Rule 2. Of what was rated, and only of that. And count places, not ticks.**

# %% [markdown]
# ## 3. The same place, after dark
#
# Each of the 64 places was walked twice. What does darkness change? By hand, for five places:

# %%
items_asked = [i for names in STRATEGIES.values() for i in names]
met = 100 * (audits[items_asked] == "yes").mean(axis=1)
share = met.groupby([audits["place_id"], audits["light"]]).mean().unstack()

by_hand = share.iloc[:5].round(0)
by_hand["dark less day"] = by_hand["dark"] - by_hand["day"]
print("mean of the five differences:", by_hand["dark less day"].mean().round(1))
by_hand

# %%
from safelearn.diagnosis.audits import darkness

dark = darkness(audits)

print(f"dark less day: {100 * dark.value:.0f} points", end=", ")
print(f"interval {100 * dark.lower:.0f} to {100 * dark.upper:.0f}")

# %% [markdown]
# The interval is narrow this time, though the neighbourhoods are the same sixteen. Why? Because each place is compared *with itself*.
# How good or bad it is by day falls out of the difference.
#
# Which strategies lose most?

# %%
pictures.strategies(design_scores(audits, "strategy", "light"))

# %% [markdown]
# Every strategy loses, and those that need people seem to lose most: many kinds of use, a balance of uses, shared events. When the light goes, people go.
# (For a single strategy the intervals are wide, so read the picture as a whole. The last line, design for everybody, is asked beside the ten.)
#
# Now a trap. In Puerto Sereno all 64 places were walked in both lights. Elsewhere walkers turn back before some of them, and they are right to.
# Suppose they had turned back wherever less than a tenth was met by day:

# %%
back = share["day"] < 10

pictures.day_and_dark(share, back)

# %%
as_before = audits[(audits["light"] == "day") | ~audits["place_id"].map(back)]

all_day = share["day"].mean()
all_dark = share.loc[~back, "dark"].mean()
print(f"everything thrown together: {all_dark - all_day:+.0f} points")
same = darkness(as_before)
print(f"only places walked in both: {100 * same.value:+.0f} points", end=", ")
print(f"interval {100 * same.lower:.0f} to {100 * same.upper:.0f}")
print(f"turned back before {back.sum()} of {len(back)} places")

# %% [markdown]
# Thrown together, darkness would have looked harmless, *because* nobody filled in a form where it frightens most.
# (In the other places it takes more than in all 64: where hardly anything is met by day, there is hardly anything to lose.)
#
# So compare the same places, and say beside the number how many are missing from it. The list of places where people turn back is the most useful
# page that the lighting department will get.
#
# **Rule 3. The same places in both lights. And where the walkers turned back, say so first.**

# %% [markdown]
# ## 4. Do two people see the same?
#
# Back to the two forms. In thirty places two people walked together. How often do they tick the same?
# Begin with one question, and fifty pairs of answers on paper:
#
# | | he: yes | he: no |
# |---|---|---|
# | **she: yes** | 20 | 5 |
# | **she: no** | 10 | 15 |
#
# They agree in 20 + 15 = 35 of 50: **70 %**. Is that a lot?
#
# What if both had ticked *without looking*? She says yes in 25 of 50, he in 30 of 50. By chance both say yes in 0.5 × 0.6 = 30 % of the places,
# and both no in 0.5 × 0.4 = 20 %. Together **50 %**. Chance alone gives them half.
#
# So of the 50 points that chance leaves open, they have earned 20:
#
# > kappa  =  (agreed − by chance) / (100 − by chance)  =  (70 − 50) / (100 − 50)  =  0.4
#
# That is **Cohen's kappa**. 1 is full agreement, 0 is what chance gives, below 0 is less than that.

# %%
from safelearn.diagnosis.agreement import cohen_kappa

hers = ["yes"] * 25 + ["no"] * 25
his = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
paper = cohen_kappa(hers, his)

print(f"agreed {paper.agreed:.2f}, by chance {paper.expected:.2f}", end=", ")
print(f"kappa {paper.kappa:.2f}, interval {paper.lower:.2f} to {paper.upper:.2f}")

# %% [markdown]
# Why not simply report the 70 %? Because chance is not always a half. If both nearly always tick yes, they nearly always agree, with their eyes shut:

# %%
pictures.by_chance()

# %% [markdown]
# Test it with dice: two people who tick yes in nine places of ten, and never look.

# %%
dice = np.random.default_rng(8)
blind = [np.where(dice.random(200) < 0.9, "yes", "no") for _ in range(2)]
unseen = cohen_kappa(*blind)

print(f"they agree in {100 * unseen.agreed:.0f} % of the places", end=", ")
print(f"and kappa is {unseen.kappa:.2f}")

# %% [markdown]
# Some books have a table of words: "moderate" from 0.4, "substantial" from 0.6. These borders are a habit and no law of nature.
# Below 0.4 we would not build on a question, and we would look at how it is asked.
#
# Now our two walkers and all others who walked in pairs. The answers *no*, *partly*, *yes* have an order, so "partly" against "yes" is half an agreement
# (that is called a *weighted* kappa).

# %%
from safelearn.diagnosis.audits import raters_agreement

raters = raters_agreement(audits)

for name, found in {"ticks": raters.items, "scores": raters.scores}.items():
    print(
        f"{name}: agreed {100 * found.agreed:.0f} %, kappa {found.kappa:.2f}", end=" "
    )
    print(f"({found.lower:.2f} to {found.upper:.2f})")
print(f"she gives {raters.stricter:.2f} more than he does, on the mean of 0 to 3")

# %% [markdown]
# So the forms do see something, and not the same thing. And there is a second finding, which no kappa shows: the differences do not cancel out.
# One of the two groups is lower *on average*.
#
# **Rule 4. Two people, two forms, no talking before. Report kappa and not agreement; and if it is low, mend the question.**

# %% [markdown]
# ## 5. Lower is not wrong
#
# "Then we shift his scores up until they fit", says somebody in the office. Would you?
#
# The first question is whether both groups went to the same places. Young people walked in 30 of the 64. If these were the darker ones, their mean would be lower
# for that reason alone. So again, compare at the same place, in the same light. By hand, five visits:

# %%
scores = audits.filter(like="score_").astype(float).mean(axis=1)
visit = [audits["place_id"], audits["light"], audits["rater_group"]]
pairs = scores.groupby(visit).mean().unstack().dropna()
pairs["apart"] = pairs["youth"] - pairs["women"]

print("mean of the first five:", pairs["apart"].head().mean().round(2))
pairs.head().round(2)

# %%
from safelearn.diagnosis.walks import walks_of

youth = walks_of(audits, ["youth"])

pictures.apart(pairs["apart"].to_numpy(), youth.apart)

# %% [markdown]
# The young people's scores are lower, clearly, in the same minute in the same place. Are they stricter? Did they not understand the form?
#
# Or does the square treat them differently? Perhaps the shopkeeper watches them. Perhaps nobody would help. Perhaps the bench is not for them.
# A score is not a thermometer for the square. It says what the square is **for this person**.
# If you shift it up, you delete the finding.
#
# So the answer to the first question of this lesson is: send both. And ask him.
#
# **Rule 5. Compare groups at the same place in the same light. A lower score is a finding about the place.**

# %% [markdown]
# ## 6. What people said
#
# After the walks, people sat together and talked. Somebody wrote down single sentences, with the group, never with a name, and asked for each: *may we publish this?*
#
# > Some of the themes in this section are about violence. You may go on with section 7.

# %%
quotes = city.table("quotes")

print(quotes["consent"].value_counts().to_dict())

# %% [markdown]
# *publish* may leave the office. *internal* may be counted, and its words stay here. *none* is not used at all.
# You do not argue with a *none*, and you do not "only count it".
#
# Now be a coder. Here are five sentences. Give each *one* theme out of this list, **before** you run the cell after the next one:

# %%
from safelearn.diagnosis.codebook import CODEBOOK

for theme in ("lighting", "public_space", "transport", "policing", "disorder"):
    print(f"{theme:13}", CODEBOOK[theme])

# %%
chosen = quotes.set_index("quote_id").loc[["Q002", "Q009", "Q016", "Q019", "Q020"]]

for number, quote in enumerate(chosen["quote"], start=1):
    print(number, quote.removeprefix("Invented: "))

# %% [markdown]
# Two coders have done the same, without talking to each other:

# %%
chosen[["theme", "theme_second"]].reset_index(drop=True).set_axis(range(1, 6))

# %% [markdown]
# The dark stairs: about *lighting*, or about the *state of a public space*? The hall with a light on: a *public space*, or people who *disturb* nobody any more?
# Perhaps you have decided otherwise than both. Nobody is wrong. The **codebook** leaves it open.
#
# How far do they agree on all sentences that may be used?

# %%
usable = quotes[quotes["consent"] != "none"]
coders = cohen_kappa(usable["theme"], usable["theme_second"])

print(f"{coders.n} quotes: agreed {100 * coders.agreed:.0f} %", end=", ")
print(f"kappa {coders.kappa:.2f}, interval {coders.lower:.2f} to {coders.upper:.2f}")

# %% [markdown]
# With so many themes chance gives hardly anything, so kappa is near the plain agreement. And it is not good.
# What now? Not the mean of two coders, and not a third one who votes. Look where they part, **one theme at a time**:
# ask of both *this theme, or another one?* and take kappa of that.

# %%
for theme in ("transport", "policing", "services", "public_space"):
    first, second = usable["theme"] == theme, usable["theme_second"] == theme
    kappa = cohen_kappa(first, second).kappa
    print(f"{theme:13} kappa {kappa:.2f}, given by both: {(first & second).sum()}")

# %% [markdown]
# From so few quotes a theme, these are hints and not results; your assignment has enough of them.
# But the hint is useful. The two coders sit down together, write into the codebook what belongs to *public space* and what does not, and code *new* quotes, apart again.

# %% [markdown]
# Then, who speaks of what? Here lies a trap. Five remarks from one evening:

# %%
remarks = pd.DataFrame(
    {
        "speaker": ["S1", "S1", "S1", "S2", "S3"],
        "group": ["men", "men", "men", "women", "women"],
        "theme": ["noise", "noise", "noise", "lamps", "lamps"],
    }
)
said = remarks.drop_duplicates(["speaker", "theme"])

print("remarks:", remarks["theme"].value_counts().to_dict())
print("people: ", said["theme"].value_counts().to_dict())

# %% [markdown]
# By remarks, *noise* leads with three to two. By people, *lamps* leads with two to one: one person spoke three times.
# In many meetings there is such a person. So keep a number for each speaker (no name), and count people.
#
# Then divide by the people **of the group**. Eight of forty women are fewer than three of five traders.

# %%
in_group = remarks.groupby("group")["speaker"].nunique()

(100 * pd.crosstab(said["theme"], said["group"]) / in_group).astype(int)

# %% [markdown]
# That is the **table of themes by group**, in per cent of each group's people. Before such a table leaves the office, small groups come out of it (module 4).
#
# For the report the library sorts the quotes: which may be shown, on which theme, and why the others stay here.

# %%
from safelearn.diagnosis.quotes import quote_bank

bank = quote_bank(quotes, places=city.table("areas")["area_name"])

print(f"{len(bank.shown)} of {len(quotes)} may be shown;", end=" ")
print("withheld:", bank.withheld)
bank.themes.tail(6)

# %% [markdown]
# Ones and twos. Such a table says *what* is spoken of, and nothing about *how many* people think so.
# Whoever wants a share must ask a sample (module 7). Whoever wants to know what to ask the sample must have listened first.
#
# **Rule 6. Consent first. Two coders, apart. People and not remarks.**

# %% [markdown]
# ## 7. Have we heard enough?
#
# How many people must one listen to? Nobody can say beforehand. But one can notice when nothing new comes any more. That is called **saturation**.
# For each quote, in the order of the days, how many different themes have come up so far?

# %%
quotes = city.table("quotes")
usable = quotes[quotes["consent"] != "none"]
in_order = usable.sort_values("collected_on", kind="stable")


def so_far(themes):
    return [themes.iloc[:k].nunique() for k in range(1, len(themes) + 1)]


curve = so_far(in_order["theme"])
youth_only = so_far(in_order.loc[in_order["group"] == "youth", "theme"])
pictures.heard(curve, {"youth": youth_only})

# %% [markdown]
# All together, the line climbs nearly to the end. And then look at the young people: four sentences. They have only just begun.
# If the line of *all* had gone flat, it would say nothing about them. It goes flat when those whom you hear most have told you everything *they* know.
#
# A rule that can be followed (Guest, Namey and Chen, 2020), for **each group** by itself:
#
# - How many different themes came up in its first four interviews? That is the **base**.
# - How many came up for the first time in its last two?
# - If these are more than a twentieth of the base, go on. With few themes: if there is any at all.
#
# By hand, six interviews with street cleaners, and in which of them each theme was named *first*:

# %%
first_named = pd.Series(
    {"carts": 1, "lamps": 1, "dogs": 2, "toilets": 4, "glass": 6}, name="first named in"
)

base = (first_named <= 4).sum()
new = (first_named > 6 - 2).sum()
print(f"base {base}, new in the last two {new}: {100 * new / base:.0f} % of the base")

# %% [markdown]
# Not enough: go on. The next cleaner may tell of something that nobody in your office has ever thought of.
# Glass, for instance, which cuts through gloves, on exactly the stairs where the lamp is broken.
#
# **Rule 7. Stop when nothing new comes from *this group*. All groups together fall silent too early.**

# %% [markdown]
# ## 8. Who walked, and who did not
#
# Who came to the safety walks?

# %%
participation = city.table("participation")
came = participation[participation["kind"] == "safety_walk"]

came[["group", "participants"]]

# %%
from safelearn.stakeholders.participation import never_there

print("\n".join(never_there(participation)))

# %% [markdown]
# These are groups that the Guidelines name, and of which nobody is on record, on any walk and in any meeting of that year.
# No girl, no child, nobody with a disability. Were they too busy? Or did the walk begin at the top of some stairs, at eight in the evening, with a letter that only adults read?
# Whether each group came *as it lives here*, you have learnt in module 3. Here is another question: **are those who come like those who do not?**
#
# The survey of the whole city can tell, because it asked people whether they took part in something.

# %%
from safelearn.estimates.survey import survey_design, survey_proportion

survey = city.table("survey")
design = survey_design(survey)
safe = survey["walk_dark"].isin(["safe", "very_safe"])
home = survey["walk_dark"] == "never_goes_out"
part = survey["took_part"] == "yes"

for name, rows in {"took part": part, "did not": ~part}.items():
    feel = survey_proportion(design, safe, rows)
    stay = survey_proportion(design, home, rows)
    print(f"{name:9} {feel.n:5} asked,", end=" ")
    print(f"{100 * feel.value:.0f} % feel safe after dark,", end=" ")
    print(f"{100 * stay.value:.0f} % never go out")

# %% [markdown]
# That is no surprise. Whoever never goes out after dark is not at a walk after dark.
#
# "Then we weight them", says somebody who was in module 7. By hand, with eighty walkers on paper:
#
# | | came | of those feel safe | share of the city's adults |
# |---|---|---|---|
# | women | 20 | 50 % | half |
# | men | 60 | 80 % | half |
#
# - As they came: 10 women and 48 men feel safe, 58 of 80. That is **72.5 %**.
# - Weighted: take the share in each group, times the group's share *of the city*, and add up: 0.5 × 50 + 0.5 × 80 = **65 %**.
#
# Better, because three quarters of the walkers were men. Now with the survey: those who took part, weighted to the city's women and men.

# %%
sexes = ["female", "male"]
weights = survey["weight"].where(survey["sex"].isin(sexes))
came_share = weights[part].groupby(survey["sex"]).sum() / weights[part].sum()
city_share = weights.groupby(survey["sex"]).sum() / weights.sum()
feel_safe = {
    s: survey_proportion(design, safe, part & (survey["sex"] == s)).value for s in sexes
}

weighted = sum(feel_safe[s] * city_share[s] for s in sexes)
two = pd.DataFrame({"of those who took part": came_share, "feel safe": feel_safe})
print(f"weighted: {100 * weighted:.0f} %")
(100 * two.assign(**{"of the city": city_share})).round(0).astype(int)

# %%
took = survey_proportion(design, safe, part)
everybody = survey_proportion(design, safe)

pictures.intervals(
    {
        "those who took part": [100 * v for v in (took.value, took.lower, took.upper)],
        "the same, weighted": [100 * weighted] * 3,
        "all adults": [
            100 * v for v in (everybody.value, everybody.lower, everybody.upper)
        ],
    },
    "per cent who feel safe after dark",
)

# %% [markdown]
# The weights hardly help. Here nearly as many women as men took part, so there was little to mend.
# Weights mend *how many* women and men came. They cannot mend *which* women and men came: it seems to be those who feel safer.
# (The intervals touch, so in this survey it is a hint. In your assignment it is more than that.)
#
# So what is a walk good for, if it cannot say how safe the city feels? It says what no survey can: **this** passage, **this** lamp, **this** hour, and what would help.
# The survey says how many. The walk says where and why. Neither replaces the other.
#
# And for those who will never walk: a map on the kitchen table, a telephone call, an hour at the clinic.
#
# **Rule 8. Weights mend numbers and not choices. A walk is no sample: never make a percentage of the city out of it.**

# %% [markdown]
# ## 9. Lamps: who asks, what is lit, and what the works did
#
# The lighting department has a list of its own: what residents ask for, in its app, by letter, at assemblies. "We mend where people ask." Fair, isn't it?
#
# In the city's folder, `demands` holds what came in, and `streets` an inspection after dark in streets drawn by lot. We compare areas that were planned
# with areas that people built without a plan.

# %%
from safelearn.city.population import population_by
from safelearn.diagnosis.lighting import lamps_working
from safelearn.strategy.demands import reach

areas = city.table("areas")
residents = population_by(city.table("population"), year=2025)
residents = residents.astype({"population": int})
kinds = areas.set_index("area_id")["settlement"]

asked = reach(city.table("demands"), residents, kinds).set_index("kind")
asked[["areas", "silent", "n", "population", "per_1000", "lower", "upper"]].round(2)

# %% [markdown]
# How many lamps work? By hand, five streets first:

# %%
streets = city.table("streets").merge(areas[["area_id", "settlement"]])
unplanned = streets[(streets["settlement"] == "informal") & (streets["lamps"] > 0)]

lamps = unplanned[["segment_id", "lamps", "lamps_working"]].head(5)
print(f"{lamps['lamps_working'].sum()} of {lamps['lamps'].sum()} lamps work")
lamps

# %%
lit = lamps_working(streets, by="settlement").set_index("settlement")

for kind, row in lit.iterrows():
    print(f"{kind:9} {100 * row['value']:.0f} % of {row['n']:.0f} lamps work", end=" ")
    print(f"({100 * row['lower']:.0f} to {100 * row['upper']:.0f})")
pictures.lamps(asked, lit)

# %% [markdown]
# Where more lamps are dark, the department hears less. (There are only two such areas in this city, so the intervals are wide: look at them above. In your assignment there are more.)
#
# An app wants a telephone, credit, the language, an address, and the memory that the last complaint was answered.
# **Silence is not contentment.** A register of complaints shows who reaches the city. Before you plan by it, go and look, or walk.
#
# And one line that is easily forgotten: a street *without* lamps is in none of these shares.

# %%
no_lamp = (streets["lamps"] == 0).groupby(streets["settlement"]).agg(["sum", "size"])
no_lamp.set_axis(["streets without lamps", "streets inspected"], axis=1)

# %% [markdown]
# Now think half a year ahead. The works are done, and the department reports: "The share of lamps that work has risen sharply." Five streets on paper:

# %%
works = pd.DataFrame(
    {
        "length_m": [200, 300, 100, 400, 250],
        "lamps_before": [6, 9, 4, 12, 8],
        "working_before": [3, 6, 2, 8, 4],
        "lamps_after": [4, 7, 2, 9, 5],
        "working_after": [4, 6, 2, 8, 4],
    },
    index=["Elm", "Oak", "Ash", "Fir", "Bay"],
)
total = works.sum()

for when in ("before", "after"):
    lamps_then, lit_then = total[f"lamps_{when}"], total[f"working_{when}"]
    print(f"{when}: {lit_then} of {lamps_then} lamps work", end=", ")
    print(f"{100 * lit_then / lamps_then:.0f} %;", end=" ")
    print(f"{lit_then / (total['length_m'] / 1000):.1f} working lamps a kilometre")

# %% [markdown]
# From six in ten to nine in ten. But look at the *number* of lamps that work: one more than before.
# Twelve broken lamps were taken down, and a lamp that is not there cannot be broken.
#
# Ask what people walk by: **light**, for the length of the street. For a change over many streets, with its interval:

# %%
from safelearn.estimates.survey import survey_ratio

more = survey_ratio(
    survey_design(works),
    works["working_after"] - works["working_before"],
    works["length_m"] / 1000,
)

print(f"{more.value:+.1f} working lamps a kilometre", end=", ")
print(f"interval {more.lower:+.1f} to {more.upper:+.1f}")

# %% [markdown]
# The interval holds 0. The streets may be as dark as they were, whatever the share says.
#
# (Did light bring fewer thefts, or more people? That needs a comparison with streets where nothing was done: module 11.)
#
# **Rule 9. Silence is no answer. And count the light that is there, not the share of what was left standing.**

# %% [markdown]
# ## One square, two forms, again
#
# What do we write to the lighting department?

# %%
print("From the walks, March to May 2025, by residents, in pairs:")
print(f"- {score['places']:.0f} places in 16 neighbourhoods. After dark,", end=" ")
print(f"{-100 * dark.value:.0f} points less is met than by day")
print(f"  ({-100 * dark.upper:.0f} to {-100 * dark.lower:.0f}).")
print(f"- Young people score the same places {-youth.apart.value:.1f} lower", end=" ")
print(f"({-youth.apart.upper:.1f} to {-youth.apart.lower:.1f}).")
print("  Please come along: they will show you why.")
print(f"- In areas without a plan {100 * lit.loc['informal', 'value']:.0f} %", end=" ")
print(f"of the lamps work ({100 * lit.loc['informal', 'lower']:.0f} to", end=" ")
print(f"{100 * lit.loc['informal', 'upper']:.0f}), elsewhere", end=" ")
print(f"{100 * lit.loc['formal', 'value']:.0f} %. From there you hear least.")
print("- Not among the walkers: children, girls, people with disabilities.")
print("- Not only lamps: copies go to parks, trade, transport.")

# %% [markdown]
# And the square? You send both forms. She and he see the same square, and they do not have the same evening there.
# Before anybody mends a lamp, ask him what would have to be different for a 2. Perhaps it is no lamp at all.
#
# Look behind the curtain once more. The makers of Puerto Sereno let the second walker of every pair score a little lower, everywhere, by the same amount. In *this* city "stricter" would have been true.
# You could not have known that from the forms. Stricter, or treated worse: forms cannot tell them apart. Asking can.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# | You can say | You cannot say |
# |---|---|
# | "In the places that were walked, less is met after dark than by day." | "The city is unsafe at night." |
# | "Before so many places the walkers turned back." | "These are the bad places." |
# | "Young people score the same places lower. We shall ask them why." | "Young people exaggerate." |
# | "Two coders agree on this theme, and not yet on that one." | "Most residents complain about noise." |
# | "From the traders we still hear new things." | "We have heard everybody." |
# | "Few demands come from there, and more lamps are dark there than elsewhere." | "Nobody there has a problem." |
#
# **Four questions to test yourself**
#
# <details><summary>1. Eleven questions: four yes, two partly, one no, three do not apply, one left open. What share is met?</summary>
#
# Seven answers rate the place: four yes, two partly, one no. Four of seven are met, about 57 %.
# </details>
#
# <details><summary>2. Two coders agree in 92 of 100 quotes on whether they are about "theft". Kappa is about 0.2. How can that be?</summary>
#
# Hardly any quote is about theft, so "not theft" agrees nearly always, by chance alone. On the few that one of them found, they part.
# </details>
#
# <details><summary>3. Walkers in wheelchairs give the city's places a higher mean than others. Good news?</summary>
#
# Look at where they could go. Those who could not get into the worse-built places have scored the better-built ones only. Compare at the same place.
# </details>
#
# <details><summary>4. An area sent no demand in a year. What do you do?</summary>
#
# Go there, and inspect what can be counted. Ask people in a way that works for them. Then come back with an answer, or the silence was wise.
# </details>

# %% [markdown]
# ## Now your own city
#
# 1. Take the form: `safelearn template copy audit` gives it for a telephone (`audit.xlsx`). Walk ten places at least, some of them drawn by lot, in pairs, in both lights; the table is `audits.csv`.
# 2. Write what people say into `quotes.csv`, with what they agreed to, and let two people code it apart; who came to what goes into `participation.csv`.
# 3. `safelearn diagnose YOUR-FOLDER` does what you did here: items and scores with intervals, day and dark, agreement of walkers and coders, who was there and who was not.
# 4. Change `city = City.open(…)` at the top to your folder, and run this lesson again.
#
# **Before you publish**: the walkers have seen it first; no place is called bad; no quote that somebody next door would recognise; and the date when you come back.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
import json

assert she["rater_group"] == "women" and he["rater_group"] == "youth"
assert she["score_feeling"] == 3 and he["score_feeling"] == 0
assert she["lamps"] != he["lamps"]
assert she["visited_on"].day_name() == "Monday" and she["visited_on"].month == 5
assert she["place_name"].startswith("Square")
assert len(form) == 11 and not any("lamp" in asks_.lower() for *_, asks_ in form)
assert len(STRATEGIES) == 10 and len(PHYSICAL) == 6
assert score["places"] == 64 and 1900 < score["n"] < 2200
assert audits["area_id"].nunique() == 16
assert (audits.groupby("area_id")["place_id"].nunique() == 4).all()
narrow, wide = 2 * half, score["upper"] - score["lower"]
assert 3.2 < wide / narrow < 4.8
assert dark.upper < -0.1 and dark.upper - dark.lower < 0.5 * wide
assert (share["day"].notna() & share["dark"].notna()).all()
assert all_dark - all_day > -6 and 100 * same.value < -13
assert 10 < back.sum() < 25
assert abs(paper.kappa - 0.4) < 1e-9 and abs(paper.agreed - 0.7) < 1e-9
assert unseen.agreed > 0.75 and abs(unseen.kappa) < 0.12
assert raters.visits == 60 and raters.items.upper < 0.6
assert raters.stricter > 0.1 and youth.places == 30
assert youth.apart.upper < -0.1
assert set(quotes["consent"]) == {"publish", "internal", "none"}
differ = chosen["theme"] != chosen["theme_second"]
assert differ.tolist() == [True, False, False, False, True]
assert set(chosen["theme"]) | set(chosen["theme_second"]) <= {"lighting", "public_space", "transport", "policing", "disorder"}  # fmt: skip
assert abs(coders.kappa - coders.agreed) < 0.06 and coders.kappa < 0.6
assert bank.themes["quotes"].max() <= 2
assert curve[-1] > curve[-6] and len(youth_only) == 4
lost = design_scores(audits, "strategy", "light")
lost = lost.pivot(index="strategy", columns="light", values="value")
lost = (lost["day"] - lost["dark"]).sort_values()
assert lost.min() > 0 and set(lost.index[-3:]) == {"activity", "threshold", "culture"}
assert same.value < dark.value
assert {"girls", "children", "persons_with_disabilities"} <= set(
    never_there(participation)
)
assert took.value > everybody.value + 0.03 and took.lower < everybody.upper
assert weighted - everybody.value > 0.5 * (took.value - everybody.value)
assert abs(came_share["female"] - 0.5) < 0.03
assert feel_safe["male"] > feel_safe["female"]
assert abs(city_share["female"] - 0.5) < 0.03
assert asked.loc["informal", "per_1000"] < 0.5 * asked.loc["formal", "per_1000"]
assert lit.loc["informal", "upper"] < lit.loc["formal", "lower"]
assert asked.loc["informal", "areas"] == 2
assert total["working_after"] == total["working_before"] + 1
assert total["lamps_before"] - total["lamps_after"] == 12
assert abs(total["working_before"] / total["lamps_before"] - 0.6) < 0.02
assert abs(total["working_after"] / total["lamps_after"] - 0.9) < 0.02
assert more.lower < 0 < more.upper
planted = json.loads((city.folder / "truth.json").read_text(encoding="utf-8"))
assert planted["audits"]["second_rater_stricter_by"] > 0
