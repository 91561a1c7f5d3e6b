# %% [markdown]
# # 7. Surveys and perception: how safe do people feel, and what do police never hear?
#
# Puerto Sereno has money for lamps and evening buses in two of its six districts.
# The police have counted and say: in Cercado and Puerto Viejo, there it happens.
# The residents were asked and say: in Las Lomas and Ribera Norte, there we are afraid.
#
# Both are right. Whom do you follow?
#
# **At the end you can**
# - compute the share of adults who feel safe after dark as the Sustainable Development Goals define it (SDG 16.1.4), and say how sure it is;
# - count persons and not answers (SDG 11.7.2), and tell groups apart, or say that the survey cannot;
# - estimate what the police never hear of (SDG 16.3.1), and set their records beside a survey;
# - name who was never asked, and plan the next survey.
#
# You need modules 0 and 5: running a cell, reading a table, the 95 % interval. Take about four hours, in two sittings.
#
# > **Before you read on.** Sections 5 and 6 count harassment, assault and robbery. The next picture and section 8 show how many
# > robberies and assaults are recorded in each district. These are numbers only, and nobody's story is told.
# > The subject may be close to you all the same: you may skip a section and need no reason.
# > In the assignment, each such task has another one beside it that is worth as much.
#
# > Puerto Sereno does not exist. Its streets, its people and their answers are invented, so we may call its districts by name.

# %% [markdown]
# ## A city with two answers
#
# In 2025 the city chose blocks of houses by lot and asked 3,355 adults who live there about their safety, most of them at their door.
# That is its **survey**. We open the city's folder and read it.

# %%
import numpy as np
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
survey = city.table("survey")

survey[["respondent_id", "stratum", "psu", "weight", "sex", "age", "walk_dark"]].head()

# %% [markdown]
# One row is one person. `walk_dark` is the answer to the question:
# *how safe do you feel walking alone in your neighbourhood after dark?*
# (`stratum`, `psu` and `weight` look odd. They say how the people were chosen, and this lesson is about them.)
#
# Beside it we lay the police records of the same year: robberies and assaults in the street, for 1,000 residents of each district.

# %%
from safelearn.city.population import population_by

district_of = city.table("areas").set_index("area_id")["parent"]
people = population_by(city.table("population"), year=2025).set_index("area_id")
residents = people["population"].groupby(district_of).sum()

incidents = city.incidents()
incidents = incidents[incidents["occurred_from"].dt.year == 2025]
street = incidents["offence"].isin(["0401", "020111", "020112"])
street = incidents[street & (incidents["domestic"] != "yes")]
n = street["area_id"].astype(str).map(district_of).value_counts().sort_index()

afraid = ~survey["walk_dark"].isin(["very_safe", "safe"])
two = pd.DataFrame(
    {
        "recorded": 1000 * n / residents,
        "afraid": 100
        * (afraid * survey["weight"]).groupby(survey["stratum"]).sum()
        / survey.groupby("stratum")["weight"].sum(),
    }
)

pictures.two_sources(two)

# %% [markdown]
# Cover the right side with your hand. Where would you put the lamps?
# Now cover the left side.
#
# **Write down your guess: is one of the two wrong?** In section 8 we come back to this picture.
#
# (You need not understand the cell above. In this lesson you read more than you write: where a cell is long, run it,
# look at what comes out, and read on. The few moves that the assignment asks of you come slowly at the end,
# with harmless questions: you need sections 5 and 6 for none of them.)

# %% [markdown]
# ## 1. Who counts?
#
# Five people, on paper. The question was the one about walking alone after dark.

# %%
five = pd.DataFrame(
    {
        "name": ["Rosa", "Iván", "Lucía", "Mateo", "Elena"],
        "walk_dark": ["safe", "very_unsafe", "very_safe", "never_goes_out", "unsafe"],
    }
)
five

# %% [markdown]
# Rosa and Lucía feel safe. Two of *how many*?
#
# Mateo never goes out after dark. Should he count?
# - "He cannot know, so leave him out": 2 of 4, that is 50 %.
# - "He was asked like all the others": 2 of 5, that is 40 %.
#
# Decide before you read on.

# %% [markdown]
# He counts. Nobody is left out who was asked: not those who never go out, and not those who do not know.
# So the goals define it (SDG 16.1.4), and for a good reason.
# If a street becomes so frightening that its people stay at home, they would vanish from below the line,
# and the street would look *safer*.
#
# What stands below the line is the **denominator**: you met it in module 5. Here it is *every adult who was asked*.

# %%
feels_safe = five["walk_dark"].isin(["very_safe", "safe"])

print(feels_safe.sum(), "of", len(five))
print(100 * feels_safe.sum() / len(five), "per cent")

# %% [markdown]
# `isin` asks each row: is your answer one of these? It gives True or False, and `sum` counts the True.
#
# For each indicator of the goals the library has a function that knows who counts. It gives 1, 0, or nothing for whoever was not asked.
# Their mean is the share: 0.4 is 40 %.

# %%
from safelearn.indicators import sdg

sdg.safe_after_dark(five).mean()

# %% [markdown]
# How much does it matter in Puerto Sereno? Here are all adults by their answer. Read the two lines above the bar.

# %%
by_answer = survey.groupby("walk_dark")["weight"].sum() / survey["weight"].sum()

pictures.answers(by_answer)

# %% [markdown]
# The same people, the same answers, the same blue part; and two percentages seven points apart.
# A city that changes from one to the other has "improved" overnight.
#
# Ask it of every percentage that you are shown: **of whom?**
#
# **Rule 1. Whoever was asked stands below the line.**

# %% [markdown]
# ## 2. One interview each, but not one adult each
#
# Where Lucía lives, one adult in 30 was asked: she speaks for 30. Where Mateo lives, it was one in 120.
# The number of people for whom somebody speaks is the **weight**.

# %%
five["weight"] = [50, 110, 30, 120, 90]

pictures.five_people(five)

# %% [markdown]
# Each circle is as large as its weight. Blue feels safe. Is 40 % of the *area* blue? On paper:
#
# - adults in blue: 50 + 30 = **80**;
# - all adults: 50 + 110 + 30 + 120 + 90 = **400**;
# - 80 of 400, that is **20 %**.
#
# > share  =  weights of those above the line  /  weights of all

# %%
blue = five["weight"][feels_safe].sum()
everybody = five["weight"].sum()

print(blue, "of", everybody, "adults:", 100 * blue / everybody, "per cent")

# %% [markdown]
# The library wants to know two things: how the people were chosen (the **design**), and who stands above the line.
# For five people and their weights:

# %%
from safelearn.estimates.survey import survey_design, survey_proportion

survey_proportion(survey_design(five), feels_safe).value

# %% [markdown]
# A share of 0.2 is 20 %. Now the city. Each district has about as many interviews as any other, but not as many people.

# %%
feels_safe = sdg.safe_after_dark(survey) == 1

by_district = survey.groupby("stratum").agg(
    interviews=("weight", "size"), adults=("weight", "sum")
)
by_district["safe"] = 100 - two["afraid"]

pictures.weights(by_district)

# %% [markdown]
# The blue bars are as high on the left as on the right. Only the widths change.
# Left, Puerto Viejo is a sixth of the survey. Right, it is a fifteenth of the city.
#
# With the widths of the interviews the city looks two points safer than it is. That it is only two is luck:
# had fewer people felt safe in every large district, it might have been ten.
# And look what becomes of a *number of people*:

# %%
print("interviews of people who feel safe:", feels_safe.sum())
print(f"adults who feel safe: {survey['weight'][feels_safe].sum():,.0f}")

adults = survey["weight"].sum()
print(f"of all adults: {adults:,.0f}")

# %% [markdown]
# Never count rows of a survey when you speak of the city.
#
# (Weights have a second job. If young men open the door less often than others, each young man who does is given a larger weight,
# until the survey has as many of them as the census. That mends what the census knows. It does not mend *who* among them opened.)
#
# **Rule 2. No percentage and no number of people without the weights.**

# %% [markdown]
# ## 3. How sure? Neighbours answer alike
#
# Nobody visits 3,355 homes all over a city. The interviewers drew 60 blocks of houses in each district and asked nine or ten people in each.
# The district is the **stratum**: a part of the city for which there was a draw of its own.
# The block is the **psu**, the primary sampling unit: what was drawn first.
#
# Five blocks on paper, eight people in each. A filled circle feels safe.

# %%
five_blocks = pd.DataFrame(
    {"block": list("ABCDE"), "asked": 8, "safe": [7, 6, 4, 2, 1]}
)

pictures.blocks(five_blocks)

# %% [markdown]
# Twenty of forty: 50 %.
#
# Go along block A with your finger. After five filled circles, do you still need the sixth?
# Block E may have one broken lamp, and it speaks out of eight mouths.
# **These are forty answers, but the lot was thrown only five times.**
#
# Had it fallen on five blocks like A, we would say 88 %. On five like E, 13 %.
# So what counts is how much the *blocks* differ. By hand:
#
# 1. If all blocks were alike, 4 of 8 would feel safe. The blocks differ from that by +3, +2, 0, −2 and −3.
# 2. As parts of the forty: divide each by 40.
# 3. Square them, add them up, times 5/4 (of five blocks, four are free: the fifth follows), and take the root.
#
# That is the **standard error**: how far such a survey typically misses.

# %%
differ = (five_blocks["safe"] - 4) / 40

error = ((differ**2).sum() * 5 / 4) ** 0.5
strangers = (0.5 * 0.5 / 40) ** 0.5
print(f"with these blocks  {100 * error:.1f} percentage points")
print(f"with 40 strangers  {100 * strangers:.1f} percentage points")

# %% [markdown]
# And by the library. (The long part of the cell only writes forty rows, one for each person, with the block in `psu`.)

# %%
forty = pd.DataFrame(
    [
        {"psu": row.block, "feels_safe": person < row.safe}
        for row in five_blocks.itertuples()
        for person in range(row.asked)
    ]
)
found = survey_proportion(survey_design(forty), forty["feels_safe"])

print(f"{100 * found.standard_error:.1f} percentage points")

# %% [markdown]
# The same. Now the whole survey, with all that its columns say about the design.

# %%
design = survey_design(survey)
safe = survey_proportion(design, feels_safe)

print(f"{100 * safe.value:.1f} % feel safe after dark")
print(f"95 % interval {100 * safe.lower:.1f} to {100 * safe.upper:.1f} %")

# %% [markdown]
# Can we believe this interval? Let the lot fall again, three hundred times: from the blocks of each district we draw sixty,
# and any block may come twice or not at all. Each time we compute the share anew.

# %%
survey["safe_weight"] = survey["weight"] * feels_safe
by_block = survey.groupby(["stratum", "psu"])[["weight", "safe_weight"]].sum()

dice = np.random.default_rng(7)
again = []
for _ in range(300):
    drawn = by_block.groupby("stratum").sample(frac=1, replace=True, random_state=dice)
    again.append(100 * drawn["safe_weight"].sum() / drawn["weight"].sum())

as_strangers = survey_design(survey, stratum=None, psu=None, stratum_psus=None)
too_short = survey_proportion(as_strangers, feels_safe)
pictures.repeated(again, safe, too_short)

# %% [markdown]
# Each bar counts surveys that just as careful a team might have brought home.
# The orange interval takes everybody for a stranger. It is too short for what you see below it.
# The blue one knows of the blocks.
#
# How much do blocks and weights cost, in one number? The **design effect**: how many times larger they make the variance
# (the *square* of the standard error).

# %%
print(f"design effect {safe.design_effect:.2f}")
print(
    f"{safe.n:,} interviews tell as much as {safe.n / safe.design_effect:,.0f} of strangers"
)

# %% [markdown]
# This is no fault of the survey. Blocks are cheap to reach, and people open a door who would never answer a telephone.
# It is a fault only to hide it.
#
# And because the city is invented, its makers know the truth. They wrote it into a file that no measure may read. We may peep once:

# %%
import json

truth = json.loads((city.folder / "truth.json").read_text(encoding="utf-8"))

print(f"{100 * truth['perception']['share_safe_after_dark']:.1f} %")

# %% [markdown]
# **Rule 3. No percentage without its interval, and no interval that forgets the blocks.**

# %% [markdown]
# ## 4. Groups, and when to be silent
#
# "The city" feels neither safe nor unsafe. People do. A group of people within a survey is called a **domain**.
# The library takes it as `where=`: whom to look at. The design stays whole.
# (Do not cut the group out of the table first. How many of a group fall into a sample is chance too, and a table cut to size has forgotten it.)

# %%
aged = survey["age"].astype(int)
settlement = survey["area_id"].map(
    city.table("areas").set_index("area_id")["settlement"]
)
domains = {
    "women": survey["sex"] == "female",
    "men": survey["sex"] == "male",
    "18 to 24 years": aged < 25,
    "25 to 49 years": (aged >= 25) & (aged < 50),
    "50 to 64 years": (aged >= 50) & (aged < 65),
    "65 and over": aged >= 65,
    "in informal settlements": settlement == "informal",
    "neither woman nor man": survey["gender_identity"].isin(["non_binary", "other"]),
}
rows = []
for name, who in domains.items():
    e = survey_proportion(design, feels_safe, where=who)
    rows.append([name, e.value, e.lower, e.upper, e.n])
table = pd.DataFrame(rows, columns=["name", "value", "lower", "upper", "n"])

table.loc[table["n"] < 30, ["value", "lower", "upper"]] = np.nan
pictures.groups(table, safe.value)

# %% [markdown]
# Women and men lie far apart. Look at the width of the interval for informal settlements: a few dozen people were asked there,
# in a handful of blocks. It says little, and it says so.
#
# In the last row we show nothing at all. With fewer than 30 answers a percentage tells you about *these* people, and next to nothing about others like them.
# And whoever was asked might be recognised.
#
# To be silent about a number is not to be silent about people. Write: *"Too few were asked. We will go and listen to them in another way."*
# Section 9 says how.
#
# **Rule 4. Below 30 answers, no number. Say that too few were asked, and what you will do about it.**
#
# Now compare the youngest with those of 50 to 64. Do they differ?

# %%
from safelearn.estimates.survey import survey_contrast

young, older = domains["18 to 24 years"], domains["50 to 64 years"]
apart = survey_contrast(design, feels_safe, young, older)

pictures.difference(table.iloc[[2, 4]], apart)

# %% [markdown]
# On the left the two intervals overlap in the pale stripe. "So there is no difference", says the newspaper.
#
# On the right is the interval of the *difference itself*. It does not hold zero: there is one.
# Two shares rarely both miss in the worst way at once, so their difference is surer than the two look.
#
# - If two intervals do **not** touch, the shares clearly differ.
# - If they overlap, you do not know yet. Ask for the difference: `survey_contrast`.
#
# **Rule 5. For a difference, ask for the interval of the difference.**

# %% [markdown]
# ## 5. Persons, not answers
#
# *(This section counts harassment. You may go on with section 7: nothing there needs it.)*
#
# SDG 11.7.2 asks: which share of people was harassed in the last twelve months? The survey asks about two forms, one after the other.
#
# | | sexual form | other form |
# |---|---|---|
# | Rosa | yes | yes |
# | Iván | no | yes |
# | Lucía | yes | yes |
# | Mateo | no | no |
# | Elena | no | no |
#
# Two yes on the left, three on the right. Is that five of five?
#
# It is three of five: Rosa, Iván and Lucía. Rosa and Lucía said yes twice, but they are not four people.
# A person counts if **one or the other** answer is yes. In code "or" is the sign `|`, "and" is `&`, "not" is `~`.

# %%
sexual = sdg.sexual_harassment(survey) == 1
other = sdg.other_harassment(survey) == 1

pictures.overlap(
    100 * survey_proportion(design, sexual & ~other).value,
    100 * survey_proportion(design, sexual & other).value,
    100 * survey_proportion(design, other & ~sexual).value,
)

# %% [markdown]
# The two upper lines share the orange part. Whoever adds them up counts it twice.
#
# `sdg.any_harassment` takes each person once.
# (It also knows the time. "Two years ago" is a yes, but not one of the last twelve months.)

# %%
either = survey_proportion(design, sdg.any_harassment(survey))

print(f"{100 * either.value:.1f} % of adults", end=", ")
print(f"95 % interval {100 * either.lower:.1f} to {100 * either.upper:.1f} %")

# %% [markdown]
# **Rule 6. Count persons, each of them once.**

# %% [markdown]
# ## 6. What police never hear
#
# *(This section counts assault, robbery and theft. You may go on with section 7: nothing there needs it.)*
#
# Whoever had been assaulted or robbed was asked: *did you tell anybody? The police? Another authority?*
# Of our five people it happened to Iván and Elena, and Elena told the police.
# Which share told: 1 of 2, or 1 of 5?
#
# One of two. Rosa, Lucía and Mateo had nothing to tell, so they have kept nothing back.
# In the table their cell is **empty**: they were never asked. An empty cell is not a "no".
# For SDG 16.3.1 only those stand below the line to whom it happened.

# %%
told = sdg.reported(survey, "physical")

told.value_counts(dropna=False)

# %% [markdown]
# 1 told an authority, 0 did not, and NaN was not asked. Only a small part of all rows has a value.

# %%
heard = survey_proportion(design, told)

print(f"{100 * heard.value:.0f} % told an authority", end=", ")
print(f"95 % interval {100 * heard.lower:.0f} to {100 * heard.upper:.0f} %", end=", ")
print(heard.n, "people asked")
pictures.hundred(100 * heard.value)

# %% [markdown]
# Each circle is one person in a hundred to whom it happened. The empty ones are the **dark figure**: no authority knows of them.
#
# The same for the three forms of violence. They are never added up.

# %%
for form in ["physical", "psychological", "sexual"]:
    e = survey_proportion(design, sdg.reported(survey, form))
    print(f"{form:14} {100 * e.value:3.0f} %", end="  ")
    print(f"{100 * e.lower:.0f} to {100 * e.upper:.0f}, {e.n} people")

# %% [markdown]
# The last interval is so wide that it says hardly more than "few, or some". Print it as it is. That is what the survey knows.
#
# Now turn the question round: **how many** thefts, assaults and robberies were there, and which part stands in the records?
# By hand, for thefts of purses and telephones: the share of adults to whom it happened, times the adults of the city.

# %%
stolen = survey_proportion(design, survey["theft_from_person"] == "last_12_months")

print(f"{stolen.value:.4f} x {adults:,.0f} adults = {stolen.value * adults:,.0f}")

# %% [markdown]
# The library does it for each kind of harm, with the interval, and sets the records of the same year beside it (without children, who were not asked).

# %%
from safelearn.diagnosis.reporting_gap import HARMS, estimated_events

whole_city = pd.Series("city", survey.index, name="group")
grown_up = incidents[~(incidents["victim_age"] < 18).fillna(False)]
codes = grown_up["offence"].astype(str)

parts = []
for harm in HARMS:  # each knows its question and its codes in the records
    if harm.harm in ["theft_from_person", "assault", "robbery"]:
        e = estimated_events(survey, design, harm, whole_city, {"city": adults})
        known = codes.str.startswith(harm.codes).sum()
        parts.append(e.assign(harm=harm.harm, recorded=known))
gap = pd.concat(parts)

pictures.recorded(gap)

# %% [markdown]
# Read it with two doubts.
# - Most questions ask *whether* something happened, not how often. A person from whom a thief stole three times counts once,
#   so the grey bars are a lower bound. (If your survey asks how often, add up the times: victims are not events.)
# - Records also hold what happened to visitors, and the survey asks residents.

# %% [markdown]
# And do the police hear everybody equally? Here is assault, by both sources.

# %%
from safelearn.estimates.survey import proportions_by

victims = grown_up["victim_sex"][codes.str.startswith("02011")].value_counts()
per_sex = survey.groupby("sex")["weight"].sum()
assaulted = proportions_by(design, sdg.physical_violence(survey), survey["sex"])

pictures.women_and_men(1000 * victims / per_sex, assaulted)

# %% [markdown]
# By the records, men are assaulted more often. By the survey it may well be women; at the least, it is not clearly men.
# One of the reasons can be counted: of all who were ever assaulted, which share told the police?

# %%
from safelearn.diagnosis.reporting_gap import told as told_police

women = survey["sex"] == "female"
ever = told_police(survey, [("assault", "assault_told")], ever=True)
tell = proportions_by(design, ever, survey["sex"])
less = survey_contrast(design, ever, women, ~women)

for row in tell.itertuples():
    print(
        f"{row.sex:7} {100 * row.value:.0f} %, {100 * row.lower:.0f} to {100 * row.upper:.0f}"
    )
print(f"women less men: {100 * less.value:.0f} points", end=", ")
print(f"{100 * less.lower:.0f} to {100 * less.upper:.0f}")

# %% [markdown]
# Women tell less often, and the difference is clear, although the two intervals overlap: you know that trap.
#
# "They do not trust the police", says the newspaper. Do not guess where you can look: the survey asked everybody about that too.

# %%
trust = survey["trust_police"].isin(["a_lot", "some"])
trusting = survey_contrast(design, trust, women, ~women)

print(f"trust the police, women less men: {100 * trusting.value:.0f} points", end=", ")
print(f"{100 * trusting.lower:.0f} to {100 * trusting.upper:.0f}")

# %% [markdown]
# This interval holds zero: the survey does not show that women trust less than men. The reason must be asked for.
#
# A plan that follows the records alone would pass by half of the people.
#
# **Rule 7. Records hold what was told. Ask what share that is, and of whom.**

# %% [markdown]
# ## 7. More records, more harm?
#
# On paper: 1,000 telephones are stolen in a city last year, and 1,000 this year. Nothing has changed.
# But the police have opened a counter at the market where a report takes five minutes instead of two hours.
# Last year 15 of 100 told them. This year it is 24 of 100.

# %%
pictures.same_harm(1000, [150, 240])

# %% [markdown]
# 240 by 150 is 1.6. "Thefts up by 60 per cent!"
#
# Not one more was stolen. The counter works, that is all; and whoever is punished for the rise will close it.
#
# So the library asks what kind of indicator it has before it says a word. The mark `0*` says: a rise may be trust.
# It wants the two numbers with intervals, and, if there are any, the shares that are told.

# %%
from safelearn.estimates.contrasts import Value
from safelearn.estimates.intervals import byar_interval
from safelearn.guidelines.catalogue import Direction
from safelearn.indicators.change import verdict

counts = byar_interval([150, 240])
before, now = (
    Value(float(n), float(low), float(high))
    for n, low, high in zip(counts.rate, counts.lower, counts.upper, strict=True)
)
told_before, told_now = Value(0.15, 0.11, 0.20), Value(0.24, 0.19, 0.30)

print("from the records alone:", verdict(Direction.NEEDS_SURVEY, now, before))
print(
    "with a survey each time:",
    verdict(Direction.NEEDS_SURVEY, now, before, (told_now, told_before)),
)

# %% [markdown]
# From the records alone: *cannot be told*. With a survey at both times: *no clear change*. Neither of them says "up".
#
# **Rule 8. No trend from police records without a survey at both ends.**

# %% [markdown]
# ## 8. Fear and harm, side by side
#
# Back to the money for the lamps. Safety has two sides: *am I harmed?* and *am I afraid?* Neither stands for the other,
# and so we draw both at once, each district with both of its intervals.
#
# A district is placed in one of the four fields only if *both* intervals lie on one side of the city's line.
# `proportions_by` is `survey_proportion` for each group at once, one row a group. `~` turns a question round: *not* safe.
# `.set_index("stratum")` puts the districts at the left edge, so that both tables have the same names there.

# %%
from safelearn.diagnosis.fear_risk import fear_and_risk, recorded_risk
from safelearn.estimates.survey import proportions_by

fear = proportions_by(design, ~feels_safe, survey["stratum"]).set_index("stratum")
risk = recorded_risk(n, residents).set_index(n.index)
city_fear, city_risk = 1 - safe.value, 1000 * n.sum() / residents.sum()

found = fear_and_risk(fear, risk, city_fear=city_fear, city_risk=city_risk)
pictures.quadrants(found, city_fear, city_risk)

# %%
found["quadrant"]

# %% [markdown]
# ("Harmed" stands here for what is recorded. Cercado cannot be told apart: its fear lies about the city's line.)
#
# "So people in Las Lomas and Ribera Norte are afraid for nothing!" Three questions before anybody says that aloud:
#
# 1. **Whose records?** What is not told is not recorded. (Section 6.)
# 2. **What else frightens?** The survey asked those who feel unsafe for a reason. For every hundred adults who gave one:

# %%
reason = survey.groupby("unsafe_reason")["weight"].sum()

print((100 * reason / reason.sum()).sort_values(ascending=False).round(0).head(6))

# %% [markdown]
# Crime is the largest answer, but less than half of all. A lamp, a harasser on the corner, an empty street:
# no robbery statistic holds them.
#
# 3. **Where does it happen, and to whom?** Records say *where* it happened, to anybody. Cercado is the old centre, and the whole city shops there.
#    The survey says what happened to the people who *live* in a district, wherever they were.

# %%
harmed = (survey["assault"] == "last_12_months") | (
    survey["robbery"] == "last_12_months"
)
lived = proportions_by(design, harmed, survey["stratum"]).set_index("stratum")

pictures.place_and_people(lived.join(two))

# %% [markdown]
# On the left, four times as much in Cercado as in Las Lomas. And on the right? Overlapping intervals say nothing yet; ask for the difference.

# %%
old_centre, hills = (survey["stratum"] == name for name in ["Cercado", "Las Lomas"])
two_districts = survey_contrast(design, harmed, old_centre, hills)

print(f"Cercado less Las Lomas: {100 * two_districts.value:.1f} points", end=", ")
print(f"{100 * two_districts.lower:.1f} to {100 * two_districts.upper:.1f}")

# %% [markdown]
# Four times as many records, and the survey cannot tell the people of the two apart.
#
# So was one of the two sources wrong? No. They answered different questions:
#
# | The police records | The survey |
# |---|---|
# | where it happened | to whom it happened |
# | to anybody, visitors too | to adults who live here |
# | what was told | what people said, told or not |
# | nothing about fear | fear, and the reasons for it |
#
# And the money? Ask what it is *for*. To prevent robberies, go where they happen: the old centre and the old port,
# for everybody who comes there. To let people out of their homes in the evening, go where they stay in because they are afraid:
# the hills and the northern shore. Lamps and evening buses are for the second. Two questions, two answers, no quarrel.
#
# **Rule 9. Fear is not harm, and neither is an error. Show both, and let no district be called by either.**

# %% [markdown]
# ## 9. Who was never asked?
#
# Every percentage above speaks for somebody. For whom does it not speak?

# %%
alone = survey["weight"][survey["alone"] == "yes"].sum()
steps = pd.Series(
    {
        "residents": residents.sum(),
        "18 years and over": adults,
        "could answer where nobody listened": alone,
    }
)

pictures.heard(steps)

# %% [markdown]
# A survey loses people at every step. The interval knows nothing of it, for an interval knows only of the lot.
#
# | At this step | are lost |
# |---|---|
# | the rule: adults only | children and adolescents, a quarter of this city |
# | the list: homes with an address | people in hostels, in the street, in a settlement that is on no map; visitors and commuters |
# | the door: at home, opens, speaks the language | people who work at night; who fear a stranger with a form; who sign, or speak another language |
# | the question: nobody may listen | whoever is never alone, and it may be the one they fear who listens. For their safety, this survey does not ask them about sexual violence at all |
#
# And there are groups whom the survey asked and cannot show: you saw one in section 4.
#
# The remedy is seldom a larger survey. It is another way of listening, which the people concerned help to shape:
# a walk in the streets with adolescents who choose the route; a talk in the hostel, led by somebody from there;
# a question asked by a nurse, not an official. Module 8 does that. In the meantime, write into the report which groups these are:
# *not heard here: …*
#
# **Rule 10. Say who was not asked, at which step you lost them, and how you will hear them.**

# %% [markdown]
# ## 10. The next survey
#
# How many people must you ask? The council wants the share who feel safe within three percentage points, either way.
#
# By hand, first with strangers. Two standard errors shall be 3 points, and for a share near one half the standard error is
# the root of (a quarter by the number of people). Turned round:
#
# > people  =  2² × ¼ / margin²
#
# (The exact number for two is the one in the cell below.)
#
# Then neighbours: times the design effect, say 2. Then closed doors: if 70 of 100 open, divide by 0.7.

# %%
strangers = 1.96**2 * 0.25 / 0.03**2

print(f"strangers   {strangers:,.0f}")
print(f"in blocks   {2 * strangers:,.0f} interviews")
print(f"knock at    {2 * strangers / 0.7:,.0f} doors")

# %%
from safelearn.evaluation.power import sample_size_proportion

doors = sample_size_proportion(0.03, design_effect=2, response_rate=0.7)

print(f"by the library: {doors:,.0f} doors")

# %% [markdown]
# Where does a design effect come from before there is a survey? From the number of answers in a block, and from how alike neighbours are
# (0 like strangers, 1 all the same):
#
# > design effect  =  1 + (answers in a block − 1) × likeness
#
# Four hundred interviews, and a likeness of 0.1. In few blocks, or in many?

# %%
from safelearn.estimates.survey import kish_cluster_effect

for blocks, answers in [(20, 20), (40, 10), (80, 5)]:
    effect = kish_cluster_effect(answers, 0.1)
    print(f"{blocks} blocks of {answers:2}: design effect {effect:.1f}", end=", ")
    print(f"worth {400 / effect:.0f} strangers")

# %% [markdown]
# The same four hundred interviews; more blocks tell twice as much. They also cost more shoes. That is the bargain of every survey.
#
# Now move the controls: a margin half as wide, a smaller design effect, more doors that open.
# Watch the margin. **Half of it takes four times the people.**
# (On a printed page you see one setting: the one that we did by hand. In JupyterLab, move it.)

# %%
from safelearn.reports.widgets import sample_planner

planner = sample_planner()
planner.move(margin=3, design_effect=2.0, answering=70)
planner

# %% [markdown]
# Then set "What is planned" to *two surveys, to see a change*. You will need far more people than you hoped.
# That is worth knowing before somebody promises the council a result for next spring.
#
# **Rule 11. Plan with neighbours and closed doors. And first ask what the figure will be used for.**

# %% [markdown]
# ## What you can now say, and what you cannot
#
# Let the computer put the numbers into your sentences. A number typed by hand is wrong after the next survey.

# %%
print(
    f"Of 100 adults of Puerto Sereno, about {100 * safe.value:.0f} feel safe walking alone after dark "
    f"(95 % interval {100 * safe.lower:.0f} to {100 * safe.upper:.0f})."
)
heard = survey_proportion(design, sdg.reported(survey, "physical"))
print(
    f"Of 100 adults who were assaulted or robbed, about {100 * heard.value:.0f} told an authority "
    f"(95 % interval {100 * heard.lower:.0f} to {100 * heard.upper:.0f})."
)

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the two sentences above | "The others are victims." Fear is not harm. |
# | "More people in Las Lomas than in the city as a whole do not feel safe, and fewer street offences are recorded there." | "They are afraid for nothing." Nobody showed that. |
# | "Women tell the police of an assault less often than men." | "Because they trust the police less." The survey asked, and does not show it. |
# | "By how many of their people were harmed, the survey cannot tell Cercado from Las Lomas." | "Both are equally safe." Not to know a difference is not to know that there is none. |
# | "The survey heard adults who live at an address." | Anything about children, visitors, or people without a home. |
#
# **Three questions to test yourself**
#
# <details><summary>1. A newspaper divides "very safe" and "safe" by those who named a feeling. Is its figure higher or lower than that of the goals?</summary>
#
# Higher. The same people stand above the line, and fewer below it.
# </details>
#
# <details><summary>2. You ask twice as many people in each block, in the same blocks. Is the interval half as long?</summary>
#
# Far from it. Even with strangers you would need four times as many, and neighbours are not strangers. More blocks help more.
# </details>
#
# <details><summary>3. After a campaign, records of harassment rise by a third. In the survey the share of people who were harassed has not moved. What happened?</summary>
#
# Probably more of them told somebody. That is what the campaign was for.
# </details>

# %% [markdown]
# ## Six moves for the assignment
#
# You will do these yourself, so here they are slowly. Five people again, and the bus after dark.

# %%
small = pd.DataFrame(
    {
        "weight": [50, 110, 30, 120, 90],
        "bus_day": ["safe", "safe", "very_safe", "unsafe", "safe"],
        "bus_dark": ["unsafe", "safe", "very_unsafe", "safe", "never_uses_it"],
    }
)
SAFE = ["very_safe", "safe"]

day = small["bus_day"].isin(SAFE)
dark = small["bus_dark"].isin(SAFE)
small.assign(day=day, dark=dark)

# %% [markdown]
# **First: join two questions.** `&` is "and", `|` is "or", `~` turns yes and no round. `day & ~dark` is: safe by day, *and not* after dark.
# Whoever never uses the bus has not said that it is safe, and so is a "not".
#
# If you write the question out, it needs round brackets: `(small["bus_day"] == "safe") | (small["bus_dark"] == "safe")`.
#
# **Second: for how many adults do they speak?** Take the weights, keep those with a yes, add up.

# %%
changed = day & ~dark

print(changed.sum(), "interviews,", small["weight"][changed].sum(), "adults")

# %% [markdown]
# **Third: what an estimate holds.** `survey_proportion` gives one *result* with several parts, and you get each with a point.
# They are shares: times 100 they are per cent. An answer with two numbers, `(low, high)`, has round brackets and a comma.

# %%
ride = survey["transport_dark"].isin(SAFE)
found_one = survey_proportion(design, ride)

print(found_one.value, found_one.n, found_one.design_effect)
(100 * found_one.lower, 100 * found_one.upper)

# %% [markdown]
# **Fourth: one row for each group.** `proportions_by` gives a table. Its column `n` counts the interviews:
# keep the rows with 30 or more, and take the names of the others as a list.

# %%
each = proportions_by(design, ride, survey["activity"])
enough = each[each["n"] >= 30]
silent = list(each[each["n"] < 30]["activity"])

print("too few were asked:", silent)
enough[["activity"]].assign(percent=100 * enough["value"], lower=100 * enough["lower"])

# %% [markdown]
# **Fifth: the same for several questions.** `where=` says who stands below the line, here those who took part in safety work.
#
# `rows = []` is an empty list. `for` does what stands further right once for each word; `.append` writes one row more.
# `f"trust_{who}"` puts the word into the name of the column: `trust_police`, then `trust_courts`.
# (You may also write the same lines three times. That is longer, and just as right.)

# %%
rows = []
for who in ["police", "courts", "city"]:
    trusting_them = survey[f"trust_{who}"].isin(["a_lot", "some"])
    e = survey_proportion(design, trusting_them, where=survey["took_part"] == "yes")
    rows.append([who, 100 * e.value, 100 * e.lower, 100 * e.upper])

pd.DataFrame(rows, columns=["who", "percent", "lower", "upper"])

# %% [markdown]
# **Sixth: records by a survey.** `survey_total` adds up a number over all adults. Here it is 0, 1 or 2 for each: do they avoid a place, an hour, or both?
# (`* 1` makes 1 of a yes and 0 of a no.)
#
# For records, on paper: 200 thefts are recorded, and the survey finds 800, between 500 and 1,000.
# So 200 of 800 are recorded, 25 %. Of 1,000 it would be 20 %, of 500 it would be 40 %:
# the **larger** total gives the lower end.

# %%
from safelearn.estimates.survey import survey_total

avoids = (survey["avoided_place"] == "yes") * 1 + (survey["avoided_time"] == "yes") * 1
total = survey_total(design, avoids)

print(f"{total.value:,.0f} ({total.lower:,.0f} to {total.upper:,.0f})")
print(100 * 200 / 800, 100 * 200 / 1000, 100 * 200 / 500)

# %% [markdown]
# Two small things. Where names stand at the left edge of a table, `.index` is the list of these names, and you keep some of them as you keep rows:
# `list(found.index[found["quadrant"] == "cannot be told"])`.
# And a single row has its values by the name of the column: `plan["margin"]`.

# %% [markdown]
# ## Now your own city
#
# 1. **You have a survey.** Import it into your city's folder (`safelearn city import`); it needs the weight, the stratum and the block of each
#    person, under whatever names your survey office uses. Change the folder in the first code cell, and run this lesson again.
#    Leave out the cell that peeps at the truth, and where a later cell names a district or a group of Puerto Sereno, put one of yours.
# 2. **You have a survey without weights or blocks.** Ask whoever drew it: who was chosen by lot, out of how many? If nobody was (a poll on a website, say),
#    no interval of this lesson applies. Write that beside every percentage.
# 3. **You have no survey.** A questionnaire in several languages lies in `templates/instruments` and opens in KoboToolbox.
#    Four hundred interviews in eighty blocks are a beginning.
#
# **Before you publish**: no group below 30 answers, no sexual violence for any part of the city, and a line that says who was not asked.
# safelearn's report holds to all three.
#
# Next comes the assignment, on *your* survey. Nobody else has the same one.

# %% tags=["claim"]
# What the prose above says about the numbers. Run by the tests, never shown to a trainee.
recorded, scared = two["recorded"], two["afraid"]
assert set(recorded.nlargest(2).index) == {"Cercado", "Puerto Viejo"}
assert set(recorded.nsmallest(2).index) == {"Las Lomas", "Ribera Norte"}
assert set(scared.nlargest(2).index) == {"Las Lomas", "Ribera Norte"}
assert len(survey) == 3355
assert survey.groupby("psu").size().median() in (9, 9.5, 10)
assert (survey.groupby("stratum")["psu"].nunique() == 60).all()
named = by_answer[["very_safe", "safe", "unsafe", "very_unsafe"]].sum()
assert 6.5 < 100 * safe.value * (1 / named - 1) < 7.5
port = by_district.loc["Puerto Viejo"] / by_district.sum()
assert abs(port["interviews"] - 1 / 6) < 0.01 and abs(port["adults"] - 1 / 15) < 0.003
wide = (by_district["safe"] * by_district["interviews"]).sum() / len(survey)
assert 1.5 < wide - 100 * safe.value < 2.5
assert safe.lower < truth["perception"]["share_safe_after_dark"] < safe.upper
low, high = np.percentile(again, [2.5, 97.5])
width = high - low
assert abs(width / (100 * (safe.upper - safe.lower)) - 1) < 0.1
assert width > 1.15 * 100 * (too_short.upper - too_short.lower)
seen = table.set_index("name")
assert seen.loc["women", "upper"] < seen.loc["men", "lower"]
assert (
    seen.loc["neither woman nor man", "n"]
    < 30
    <= seen["n"].drop("neither woman nor man").min()
)
assert 36 <= seen.loc["in informal settlements", "n"] < 60
pair = table.iloc[[2, 4]]
assert pair["upper"].min() > pair["lower"].max() and apart.upper < 0
assert trusting.lower < 0 < trusting.upper
assert tell["upper"].min() > tell["lower"].max() and less.upper < 0
assert victims["male"] / per_sex["male"] > 1.3 * victims["female"] / per_sex["female"]
share = assaulted.set_index("sex")["value"]
assert share["female"] > share["male"]
assert reason.idxmax() == "crime" and reason["crime"] < 0.5 * reason.sum()
assert 3.5 < recorded["Cercado"] / recorded["Las Lomas"] < 4.5
assert two_districts.lower < 0 < two_districts.upper
assert abs(lived.loc["Cercado", "value"] - lived.loc["Las Lomas", "value"]) < 0.01
quadrant = found["quadrant"]
assert set(quadrant[quadrant == "feared more than harmed"].index) == {
    "Las Lomas",
    "Ribera Norte",
}
assert 0.2 < 1 - adults / residents.sum() < 0.3
only = survey_proportion(design, sdg.reported(survey, "sexual"))
assert only.upper - only.lower > 0.3
assert verdict(Direction.NEEDS_SURVEY, now, before) == "cannot be told"
both = verdict(Direction.NEEDS_SURVEY, now, before, (told_now, told_before))
assert both == "no clear change"
