# %% [markdown]
# # 3. Stakeholder map and inclusion audit: who acts, who takes part, who is missing?
#
# Puerto Sereno is setting up a table at which the safety of the city is talked over, once a month.
# The room has **eight chairs**. Forty organisations are known. Whom does the city invite?
# Three people have each made a list, with good reasons, and the lists are not the same.
#
# **At the end you can**
# - say who acts for safety in a city, without keeping what may hurt anybody;
# - place organisations by power and interest, and say where the raters disagree;
# - read ties with their kind and direction, and see who stands between others and who alone;
# - compare who takes part with who lives here, with an interval, and name those of whom nobody is on record;
# - tell what was promised from what was done, and begin with what a neighbourhood has.
#
# You need module 0: running a cell and reading a table. Take about three hours.
#
# > Puerto Sereno does not exist. Its organisations are invented, so we may say here what people think of them.
# > Of real ones we would not: most of this lesson is about knowing which page may leave the office.

# %% [markdown]
# ## Three lists for eight chairs
#
# A city in safelearn is a folder. Two of its tables are about organisations:
# `stakeholders` holds a row for each, and `ties` says who gives what to whom.
#
# Run the next cell: click into it, hold Shift, press Enter.
#
# In this lesson you read more than you write. Where a cell is long, run it, look at what comes out, and read on;
# the few moves that the assignment asks of you are shown slowly at the end, on a handful of rows.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

pd.options.display.float_format = "{:,.1f}".format  # tables show one decimal

city = City.open(bundled_city("puerto-sereno"))
register = city.table("stakeholders")
ties = city.table("ties")

register[["stakeholder_id", "name", "type", "level", "power", "interest"]].head()

# %% [markdown]
# Five people sat in a room and gave each organisation points: how much can it move (`power`), and how much does it want to (`interest`)?
# From 1, little, to 5, much. We come back to these people.
#
# - The mayor's secretary takes the eight with most *power*. What use is a table that can decide nothing?
# - The consultant takes the eight with most *partners* in the list of ties. They reach everybody.
# - The women's network takes the eight with most *interest*. They will come, and they will work.

# %%
from safelearn.stakeholders.network import network
from safelearn.stakeholders.register import usable

found = network(register, ties)
known = usable(register).assign(
    partners=found.actors["partners"], between=found.actors["between"]
)
CHAIRS = 8
lists = {
    "the secretary: power": ["power", "power_lowest", "power_highest"],
    "the consultant: partners": ["partners", "between"],
    "the network: interest": ["interest", "interest_lowest"],
}
lists = {
    who: known.sort_values(by, ascending=False).head(CHAIRS)["stakeholder_id"]
    for who, by in lists.items()
}

pictures.three_lists(known, lists)

# %% [markdown]
# Each row is an organisation that somebody would invite, and a dot says who would.
# Nobody is on all three lists. The first and the third share not a single name.
#
# **Write down whom you would invite, and why.**
# And then ask: who lives in this city and is on *no* list, because they are not even in the register?

# %% [markdown]
# ## 1. What is in the register
#
# Before we read what a list says, we look at what it holds.
# The Guidelines name the kinds of partner that a city should have: civil society, women, youth, business, professions, residents, media.
# By hand that is a matter of counting. The library counts them all, with the levels of government.

# %%
from datetime import date

from safelearn.stakeholders.register import look_through

today = date(2026, 1, 15)
looked = look_through(register, today)

print(looked.levels.to_string(index=False))
looked.partners

# %% [markdown]
# No kind of partner is missing. But two levels have nobody: nothing between the region and the city,
# and nobody who works in a single neighbourhood.
#
# Look at what the table does *not* hold: no person. No telephone number, no name of a director.
# A register holds **organisations and roles**. People change, and a list of people who are for or against the mayor is a list that can be misused.
#
# And something else must not be in it. The library found it:

# %%
too_much = looked.gaps[looked.gaps["gap"] == "held_too_much"]

too_much.merge(register, on="stakeholder_id")[
    ["stakeholder_id", "name", "group", "gap"]
]

# %% [markdown]
# Two organisations speak for migrants. To be known as somebody who stands by migrants can be dangerous, in a year, under another government.
# So nobody rates their power, nobody writes down whom they are at odds with, and nobody names them in public unless they say so themselves.
# The ratings that were made must be deleted. `usable(register)` is the register without them.
#
# `named` is the register without these two organisations, and `shown_ties` are the ties without theirs:
# from here on we look at nobody else one by one. Counts over the whole city name nobody, and may use all.
#
# **Rule 1. Organisations and roles, never persons. And no opinion on those whom it can endanger.**

# %%
from safelearn.stakeholders.register import exposed, usable_ties

named = register[~exposed(register)].fillna({"group": ""})
shown_ties = usable_ties(register, ties)

print(len(named), "organisations, and", len(shown_ties), "of", len(ties), "ties")

# %% [markdown]
# ## 2. Five raters and one number
#
# What does "power: 3" mean? On paper: five people rated two organisations.

# %%
raters = ["Ana", "Ben", "Chi", "Dora", "Eva"]
scores = pd.DataFrame(
    {"Street committee": [3, 3, 3, 3, 3], "Bus company": [1, 5, 1, 5, 3]}, index=raters
)

scores

# %% [markdown]
# Add up the five numbers of each and divide by five. Do it before you run the next cell.

# %%
print(scores.mean().to_string())

pictures.five_raters(scores)

# %% [markdown]
# The same mean. In the first case five people agree.
# In the second there are two camps: two who say the company can move everything, two who say it can move nothing, and one between them.
# A single point in a drawing would hide that, and it would hide the better question: *what do the two camps know that the others do not?*
#
# So a register keeps three numbers: the **middle** score (line the five up: the third), the lowest, and the highest. Here are five rows of it.

# %%
spans = ["power_lowest", "power", "power_highest"]
five = ["S01", "S05", "S17", "S25", "S29"]

named[named["stakeholder_id"].isin(five)][["name", *spans]]

# %% [markdown]
# (`.isin` asks each row: *is it one of these?* And `*spans` puts the three names of that list in its place.)
#
# Now the **grid of power and interest**. A line at 3, the middle of the scale, parts little from much, on both sides.
# That makes four fields. By hand, for the five rows above: is the power more than 3? And is the *whole span* on one side of the line?
#
# For the Office of the Mayor the span is 4 to 5: all raters say "much". For the Bus Operators' Consortium it begins at 3: one rater says "not much".
#
# The library does it for both sides at once. A place is `sure` only if every rater, for power and for interest, is on the same side.

# %%
from safelearn.stakeholders.position import grid

places = grid(usable(register))

pictures.grid_with_spans(places)

# %% [markdown]
# Each point is an organisation under its code, and its cross is the span of the raters. Grey and hollow: the cross cuts a line.
# In how many is that so?

# %%
print(len(places.actors), "organisations were rated.")
print("For", places.unsure, "of them the field depends on whom you ask.")

# %% [markdown]
# That is most of them. It does not make the grid worthless: it tells you where to talk.
# Two warnings before you use it.
#
# - **The line is a choice.** Put it at the mean of all scores, and organisations change their field without having changed.
# - **The fourth field.** In many books the one below left, little power and little interest, is called "monitor", which means: no work.
#   Look who is in it.

# %%
forgotten = places.actors[places.actors["field"] == "look_again"]

forgotten.merge(named, on="stakeholder_id")[["name", "type", "group"]]

# %% [markdown]
# Among them is an organisation that speaks for market traders. "Little interest" may mean: nobody has asked them anything for ten years.
# This library calls the field *ask why, and look again*, and lists those who speak for somebody.
#
# **Try it.** In JupyterLab, choose an organisation in the next cell and change its scores: the middle, the lowest, the highest. When does its place stop
# being sure? (Nothing of it is kept: this city can only be looked at. And on paper you see only how many were rated, for a grid is nobody else's business.)

# %%
from safelearn.reports.widgets import stakeholder_grid

stakeholder_grid(bundled_city("puerto-sereno"))

# %% [markdown]
# Where does the grid go? Into a drawer. It holds what five people think of forty others.
# **Nothing of it is published**, except how many were rated and how far the raters agree.
#
# **Rule 2. No point without its span, no line without a reason, and no grid outside the office.**

# %% [markdown]
# ## 3. Three questions with yes or no
#
# There is a second way to look, and it begins with three questions:
#
# 1. Can it make others act? (**power**)
# 2. Do others see its part as rightful? (**legitimacy**)
# 3. Does its concern call for action now? (**urgency**)
#
# By hand, for five: put each into its place in the picture below.

# %%
asked = ["has_power", "has_legitimacy", "has_urgency"]
five = ["S04", "S05", "S27", "S33", "S36"]

named[named["stakeholder_id"].isin(five)][["name", *asked]]

# %%
from safelearn.stakeholders.position import salience

kinds = salience(usable(register))

pictures.three_circles(kinds)

# %% [markdown]
# The women's network lies where the two lower circles meet: its part is seen as rightful, its concern is urgent,
# and it cannot make anybody act. The books call this kind "dependent". It **needs an ally who can act**,
# and finding that ally is work for the city, not for the network.

# %%
needs_ally = kinds[kinds["salience"] == "legitimacy_and_urgency"]

needs_ally.merge(named, on="stakeholder_id")[["name", "type"]]

# %% [markdown]
# (`merge` looks up the names in the other table; `on` is the column that both have.)
#
# Two things to mind.
#
# - An empty field is not a "no". Who was not asked about is in no circle. `salience` leaves such a row out.
# - The books call power with urgency and without legitimacy "dangerous". Here that is a hotel association that wants other closing times.
#   A word like that, beside a name, outlives the meeting it came from. In anything that others may read, say what an organisation *can* do:
#   "can act, and its concern is urgent".
#
# **Rule 3. A label is an opinion. Choose words that you would say in the room with them.**

# %% [markdown]
# ## 4. Who gives what to whom
#
# Interest and power are what people think. Ties are what happens: who gives information to whom, who pays, who commands, who refers people, who works together.

# %%
shown_ties[["from_id", "to_id", "tie", "formal", "observed_on", "source"]].head()

# %% [markdown]
# A tie has a **kind**, a **direction** (from, to), a **date** and a **source**. Without date and source it is a rumour.
#
# Count by hand, for the Observatory (`S09`): how many of these rows does it *give*, and how many does it *get*?

# %%
from_or_to = shown_ties[["from_id", "to_id"]] == "S09"
own = shown_ties[from_or_to.any(axis=1)]

own[["from_id", "to_id", "tie"]]

# %%
found = network(register, ties)

found.actors.loc[
    found.actors["stakeholder_id"] == "S09",
    ["stakeholder_id", "gives", "gets", "partners"],
]

# %% [markdown]
# It gets three times what it gives. That is as it should be, for an office that collects data.
# But turn the arrows round, and you would write that the Observatory informs the police, the clinic and the fire service: the opposite of what is true.
# So the first question to any list of ties is: *which end is which?*
#
# Who only ever **gets**? Told, paid, commanded, and never asked for anything:

# %%
only_gets = found.actors[(found.actors["gives"] == 0) & (found.actors["gets"] > 0)]

only_gets.merge(named, on="stakeholder_id")[["name", "gets"]]

# %% [markdown]
# (Two questions at once: each stands in round brackets, and `&` between them means *and*.)
#
# Justices of the peace settle disputes between neighbours, and nobody has written down that they were ever asked what these are about.
#
# ## 5. Who stands between others
#
# Four people stand in a row. Ines knows Jon, Jon knows Kim, Kim knows Lea.
# And four others know only one and the same person in their middle.

# %%
pictures.path_and_star()

# %% [markdown]
# How many pairs of others must go **through** Jon? Ines to Kim, and Ines to Lea: two.
# Through Kim: Ines to Lea, and Jon to Lea: two. Through Ines and Lea: none.
# In the star there are six pairs of outer people, and all six must go through the middle.
#
# That number is called **betweenness**. The library counts it for a whole city.
# (Where there are several ways equally short, each counts for a part.)

# %%
path = pd.DataFrame(
    {
        "from_id": ["Ines", "Jon", "Kim"],
        "to_id": ["Jon", "Kim", "Lea"],
        "tie": "information",
    }
)
people = pd.DataFrame({"stakeholder_id": ["Ines", "Jon", "Kim", "Lea"]})

network(people, path).actors[["stakeholder_id", "partners", "between"]]

# %% [markdown]
# Now Puerto Sereno. Blue lines are ties by which offices work together; thin grey ones are orders and money.

# %%
first_two = found.actors.nlargest(2, "between")["stakeholder_id"]

pictures.net(named, shown_ties, bold=first_two)

# %%
middle = found.actors.sort_values("between", ascending=False).head(5)

middle.merge(named, on="stakeholder_id")[
    ["stakeholder_id", "name", "partners", "between", "first"]
]

# %% [markdown]
# The Office of the Mayor has most partners by far. The first in the middle is somebody else: a foundation, with half as many.
# The mayor's partners know each other. Those of the foundation (women, youth, residents of the hillsides) reach the city through it, or not at all.
#
# How firm is that? No interview brings out every tie. So the library leaves a tenth of them out, by lot, a hundred times,
# and looks who comes first. The column `first` is the share of these draws.

# %%
for code in found.brokers:
    name = register.set_index("stakeholder_id")["name"][code]
    share = found.actors.set_index("stakeholder_id")["first"][code]
    print(f"{name}: first in {100 * share:.0f} of 100 draws")

# %% [markdown]
# In most draws the foundation stays first, in some the mayor's office does. You may say "probably", and you may not say "for certain".
# And had nobody asked about the two organisations for migrants, as nobody should have, the mayor's office would come first:

# %%
network(named, shown_ties).actors.nlargest(2, "between")[["stakeholder_id", "first"]]

# %% [markdown]
# So the finding is "one of these two". A list of ties has gaps, some of them good ones.
#
# What follows? Not a prize. Whoever stands between all others can become a bottleneck: what it knows and whom it reaches should not hang on it alone.
#
# **And one kind of tie you have not seen in the picture.** The list holds two ties of *conflict*. The functions leave them out of everything.
# They are there so that the city does not put two quarrelling groups at one small table by accident. They are nobody else's business:
# a printed quarrel is harder to end.
#
# **Rule 4. A tie has a kind, a direction, a date and a source. Quarrels stay in the drawer.**

# %% [markdown]
# ## 6. Departments that do not talk
#
# Safety needs lamps, parks, schools, budgets. These belong to different departments. Do they talk?
#
# A department that is paid by finance and commanded by the mayor has two ties, and may never have spoken with anybody.
# So we count only information, referral and cooperation, whatever the direction.

# %%
from safelearn.stakeholders.coordination import coordination

talk = coordination(register, ties)

pictures.silence(register, ties, talk)

# %%
print("Pairs of departments:", talk.pairs)
print("Of these, silent:", len(talk.silent_pairs))
names = register.set_index("stakeholder_id")["name"]
print("Works with no other department:", ", ".join(names[code] for code in talk.apart))
print("No tie to anybody:", ", ".join(names[code] for code in talk.alone))

# %% [markdown]
# Nine departments could hold thirty-six conversations. Most of the squares are empty.
# The parks department, which looks after every dark square of the city, has no tie to anybody.
#
# Is it a bad department? The list says only that nobody mentioned it when they were asked with whom they work.
# That can be said to its head as what it is, a good reason to drink a coffee together.
#
# **Rule 5. Orders and money are no conversation.**

# %% [markdown]
# ## 7. Who comes, and who lives here
#
# Until now we have looked at organisations. Most people belong to none.
# The table `participation` counts **who came**: for each activity and each group, how many.

# %%
from safelearn.stakeholders.inclusion import inclusion, took_part

participation = city.table("participation")
came = took_part(participation)  # without the committee: its seats are another matter

table = came.pivot_table(
    index="activity_id", columns="group", values="n", observed=True
)
table.head().astype(int)

# %% [markdown]
# Groups overlap. A young woman is counted with *women* and with *youth*. So the row does not add up to the people in the room:
# **everybody** is the women and the men together.
#
# Do it by hand for women, in five activities. What share of the people were women? And women are how many of a hundred residents?

# %%
from safelearn.city.group_sizes import group_shares

share_of_residents = group_shares(city.table("population"), city.table("areas"))
five = table[["women", "men"]].head().astype(int)
five["everybody"] = five["women"] + five["men"]
five["women, %"] = 100 * five["women"] / five["everybody"]
five["ratio"] = five["women, %"] / 100 / share_of_residents["women"]

print(f"Women are {100 * share_of_residents['women']:.0f} of 100 residents.")
five

# %% [markdown]
# The **ratio** is the share among those who came, divided by the share in the city. At 1, as many came as live here; at a half, half as many.
#
# Look down the last column. One evening far below 1, another nearly at it. It is the same city, with the same women.
# What differs is the hour, the place, the subject, who was asked and who brought whom.
# Which of these numbers would you print?

# %% [markdown]
# Add up all activities, and you have one ratio. But how far would it have moved with other evenings?
# People come together: a class with its teacher, a family, a street. So the **meetings** are what was observed, and there are ten of them,
# not six hundred. The library computes the interval over meetings.
#
# The Guidelines name the groups that must be looked at. Where the census cannot count a group, the survey may; where nothing can, the share is left empty.

# %%
from safelearn.diagnosis.groups import BY_KEY, membership
from safelearn.estimates.survey import survey_design, survey_proportion
from safelearn.stakeholders.participation import NAMED

survey = city.table("survey")
survey = survey[survey["year"] == survey["year"].max()]
disabled = survey_proportion(
    survey_design(survey),
    membership(BY_KEY["disability"], survey).astype("Float64"),
)

groups = ["women", "men", *NAMED, "informal_residents", "informal_traders"]
groups = pd.DataFrame({"group": list(dict.fromkeys(groups))})
shares = groups.assign(share=groups["group"].map(share_of_residents))
shares.loc[shares["group"] == "persons_with_disabilities", "share"] = disabled.value

audit = inclusion(came, shares)
pictures.ratios(audit)

# %% [markdown]
# Read it from the top.
#
# - **Women**: fewer than live here, and the interval ends below 1. But it reaches above 0.8, so this library does not call it "clearly fewer".
# - **Young people** and **older people** came *more* than they live here.
# - **Residents of the informal settlements** came four times as much. Why, the table does not say. Perhaps the walks went where they live.
# - **Migrants** and **market traders** came, but nobody knows how many live or work here: no ratio.
# - **And below the line**: nobody on record at all.

# %%
missing = audit[audit["found"] == "no_record"]
everybody = came[came["group"].isin(["women", "men"])]["n"].sum()
expected = disabled.value * everybody

print("Nobody on record:", ", ".join(missing["group"].str.replace("_", " ")))
print(f"{everybody:.0f} people came.")
print(f"{expected:.0f} persons with disabilities would be as many as live here.")
print("On record: 0")

# %% [markdown]
# A table that shows only what was counted would not have this line in it. **An absence has no row**, unless somebody writes it in.
# That is why the list of groups comes from the Guidelines, and not from the data.
#
# "Nobody on record" can mean that nobody came. It can also mean that nobody asked. Both are for the city to mend.
# And mind the word: these groups are not "hard to reach". A hall with stairs, at seven in the evening, without an interpreter, is hard to reach.
#
# **Rule 6. No ratio without its interval. And write down who is not there.**

# %% [markdown]
# ## 8. What you may know of a person
#
# How does a city know that somebody is a migrant, or has a disability?
#
# **Not by looking, and not from a name.** A surname says where a grandfather came from, if that. Somebody at the door who guesses
# makes a list of people *whom he takes for foreigners*. It is wrong about many of them, and dangerous for all.
# Belonging is what people say of themselves, on a card, if they want to. "Not said" is an answer, and is counted as one.
#
# The second trap is a small number. Say that such cards gave this table (invented, for this section):

# %%
from safelearn.disclosure.suppression import hide

cards = pd.DataFrame(
    {
        "no disability": [42, 118, 57],
        "disability": [4, 16, 21],
        "not said": [15, 13, 12],
    },
    index=["15-24", "25-59", "60 and over"],
)
cards

# %% [markdown]
# Four young people with a disability. Whoever was in the room knows all four.
# Where groups **cross**, we show nothing below ten. So cross out the 4.
#
# But beside the table stand its totals. In the first row 42 and 15 are shown, and the total is 61. What is under the ink?

# %%
print("61 - 42 - 15 =", 61 - 42 - 15)

hidden = hide(cards, 10).cells
cards.astype("object").mask(hidden, "hidden")

# %% [markdown]
# One hidden number in a row is a subtraction. So others must go with it, and the library finds the fewest that are needed.
# (How it does that, and how it is attacked, is module 4.)
#
# **Rule 7. Ask people, never guess. And where two groups cross, hide what is below ten, with its neighbours.**

# %% [markdown]
# ## 9. They came. Were they heard?
#
# A ratio of 1 says that as many came as live here. It says nothing about whether anybody listened.
# For each activity the city wrote down which part people were **promised**, and afterwards asked them which part they **had**.
# There are six steps, from *none* to *empower*:
#
# | step | what it means |
# |---|---|
# | inform | we tell you |
# | consult | we ask you, and decide |
# | involve | we work on it with you |
# | collaborate | we decide together |
# | empower | you decide |
#
# By hand, for young people in five activities: was the promise kept?

# %%
young = participation[participation["group"] == "youth"]

young[
    [
        "activity",
        "participants",
        "promised_level",
        "actual_level",
        "proposals",
        "proposals_taken_up",
    ]
].head()

# %%
from safelearn.stakeholders.promises import promises

decisions = city.table("decisions")
kept = promises(participation, decisions)

pictures.promised(kept)

# %% [markdown]
# Young people came more than they live here. Of thirteen promises made to them, two were kept.
# **A room full of young people is not participation.** A report that prints the photograph and the number of participants has counted the promise as done.
#
# The library goes one step further. Where people are said to have *worked on* something, there should be a trace:
# a proposal that was taken up, or a decision that names them. Where there is none, it counts them as consulted.

# %%
print("Rows that say what was promised and what was done:", kept.rows)
print("Of these, the record does not bear out:", kept.unsupported)

# %% [markdown]
# Young people and children have a clause of their own: they are to be agents in **every phase**. The tracker shows all four, empty ones included.

# %%
from safelearn.stakeholders.promises import youth

youth(participation)

# %% [markdown]
# Careful with the last column: it is the *highest* part in any activity of the phase. One good evening fills it.
# The two before it are more sober: of all the proposals that young people made, hardly one was taken up.
#
# **Rule 8. Count what was kept, not what was promised, and look for the trace.**

# %% [markdown]
# ## 10. What is there to build on?
#
# So far we have looked for what is missing. A city that looks at nothing else sees its neighbourhoods as lists of lacks, and so do they in the end.
# Walkers and offices also wrote down what there **is**: places, associations, services, and the hours in which they are used.

# %%
from safelearn.stakeholders.assets import area_page, assets

held = assets(
    city.table("assets"),
    city.table("areas"),
    initiatives=city.table("initiatives"),
)

print(f"Of 100 hours in which something could be used, {100 * held.used:.0f} are.")
print("Assets that do not want to be on a list:", held.unlisted)

pictures.hours(city.table("assets"))

# %% [markdown]
# The pale part of each bar is free: halls, courts and schools that exist, are paid for, and stand closed.
# A key and a caretaker are cheaper than a new building.
#
# Some street committees do not want to be listed. They are in no count above: an informal group may have reasons that it need not explain.
# And a neighbourhood with few entries may have had few walks. **An empty list is not an empty place.**
#
# This is how the page of a neighbourhood begins:

# %%
page = area_page(
    "0602", city.table("assets"), city.table("initiatives"), city.table("demands")
)

print(page.initiatives[["name", "aim"]].to_string(index=False))
page.assets

# %% [markdown]
# After that, and only after that, comes what residents ask for.
#
# **Rule 9. Begin with what works, and ask before you list it.**

# %% [markdown]
# ## 11. The plan
#
# An **engagement plan** says for each organisation: what we want with it, which part it has, by which way we meet it, which post answers for it, until when.
# The library reads the plan out of the register and says what is incomplete or late.

# %%
from safelearn.stakeholders.engagement import engagement_plan

plan = engagement_plan(register, today, places)

print("Whole lines:", plan.count("whole"), "of", len(plan.lines))
print("Offices that answer for them:", plan.lines["owner"].nunique())
print("Different days:", plan.lines["due"].nunique())
plan.lines[
    ["stakeholder_id", "goal", "channel", "owner", "due", "suggested", "ally"]
].head()

# %% [markdown]
# Every line is whole. Would you trust this plan?
#
# One office answers for all forty, and everything is due on one day. Somebody has filled a column downwards.
# There are two ways to take part, a committee and a working group: both are meetings, by day, in the town hall.
# And persons with disabilities are not in it, because no organisation in the register speaks for them.
#
# A machine can see whether a field is filled. Whether a plan is a plan, a person must read.

# %% [markdown]
# ## Eight chairs, again

# %%
pictures.chairs(known, lists, needs_ally["stakeholder_id"], found.brokers)

# %% [markdown]
# The three lists again, and beside them what we know now: who needs an ally, and who stands between others.
#
# - **The secretary** has those who can decide. Without them the table is a talking shop. None of them speaks for a group of residents.
# - **The consultant** has those who reach many. But a third of what he counted are orders and money.
# - **The network** has those who know and who will come. Only one of them can make others act.
#
# There is no formula for the eight. But there are questions that a list must stand:
# who decides, who knows, who reaches those who do not come? Who is the ally of those who need one?
# And **a chair is not the only way to take part**. The police chief may need two meetings a year; the street committee may want to be visited and never to sit there at all;
# a ninth chair stays empty, with the name of those of whom nobody is on record, until somebody finds them.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# Let the computer put the numbers into your sentences. A number typed by hand is wrong after the next meeting.

# %%
women = audit.set_index("group").loc["women"]
theirs = kept.groups.set_index("group").loc["youth"]

print(f"At ten activities {everybody:.0f} people took part.")
print(f"Women's share was {women['ratio']:.1f} times that in the city")
print(f"(95 % interval {women['lower']:.1f} to {women['upper']:.1f}).")
print(f"Of {theirs['activities']:.0f} promises to young people,", end=" ")
print(f"{theirs['kept']:.0f} were kept.")
print("Nobody is on record as a person with a disability,", end=" ")
print(f"though {100 * disabled.value:.0f} of 100 adults have one.")
print(f"Of {talk.pairs} pairs of departments,", end=" ")
print(f"{len(talk.silent_pairs)} do not work together.")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "These groups are not interested." Nobody asked them. |
# | "Of several organisations, raters do not agree how much they can move." | "The Port Authority has little interest." That is an opinion, and stays inside. |
# | "Much passes through two hands, the mayor's office and a foundation. It should not hang on one." | "The market traders and the guard are at odds." |
# | "As many young people came as live here, and few of their proposals were taken up." | "We have involved youth." |
# | "In Los Pinos a market, a nursery and a youth house stand free for many hours a week." | "Los Pinos lacks everything." |
#
# **Four questions to test yourself**
#
# <details><summary>1. A colleague draws the grid with one dot for each organisation, at the mean of five scores. What do you ask for?</summary>
#
# The lowest and the highest score of each. Two camps and five who agree give the same dot.
# </details>
#
# <details><summary>2. A ratio of 0.7 with an interval from 0.4 to 1.2. What do you write?</summary>
#
# "Perhaps fewer came than live here; so few meetings cannot tell." And count again at the next ones.
# </details>
#
# <details><summary>3. The new chief wants the list of who is in conflict with whom, for the annual report. What do you say?</summary>
#
# That it is kept so that nobody is put at one table by accident, that it is deleted when the work is done, and that it is not for print.
# </details>
#
# <details><summary>4. At the door somebody proposes to tick "migrant" by accent, "so that we have the numbers". What do you do instead?</summary>
#
# A card that anybody may fill in or leave empty. And if nobody knows how many migrants live here, the report says just that.
# </details>

# %% [markdown]
# ## Five moves for the assignment
#
# You will do these yourself, so here they are slowly. Three people scored two organisations:

# %%
small = pd.DataFrame(
    {
        "stakeholder_id": ["S1", "S1", "S1", "S2", "S2", "S2"],
        "rater": ["Ana", "Ben", "Chi", "Ana", "Ben", "Chi"],
        "power": [1, 5, 4, 2, 2, 3],
    }
)

heaps = small.groupby("stakeholder_id")["power"]
heaps.median()

# %% [markdown]
# **First: the middle, the lowest and the highest of each heap.** `.median()`, `.min()` and `.max()`. You may put them side by side, one column after the other:

# %%
three = small.groupby("stakeholder_id")[["power"]].median()
three["power_lowest"] = heaps.min()
three["power_highest"] = heaps.max()

three.reset_index()

# %% [markdown]
# **Second: `.reset_index()`.** The names of the heaps stood at the left edge; now they are a column again, and a function that asks for the column `stakeholder_id` finds it.
# Without it you would see `KeyError: 'stakeholder_id'`.
#
# **Third: how many of each kind?** `.size()` counts the rows of each heap, and `reset_index(name="n")` makes a table with the column `n`:

# %%
small.groupby("power").size().reset_index(name="n")

# %% [markdown]
# **Fourth: keep rows by two questions, and take the codes as a list.**

# %%
kept_rows = small[(small["power"] >= 4) & (small["rater"] == "Ben")]

list(kept_rows["stakeholder_id"])

# %% [markdown]
# **Fifth: from a square table to a long one.** `.mask` empties cells, `.stack()` writes one row for each cell, `.dropna()` leaves the empty ones out.
# Here is the table of section 8 once more:

# %%
long = cards.mask(hidden).stack().dropna()

long.rename_axis(["age", "disability"]).reset_index(name="n")

# %% [markdown]
# (`.rename_axis` gives names to what stands at the left edge. A table made with `groupby` has them already.)

# %% [markdown]
# ## Now your own city
#
# 1. Make a folder for your city with `safelearn city new`. Write its organisations and their ties into two sheets with the columns
#    that you saw here, and bring them in with `safelearn city import`.
#    Let at least three people score, apart from each other, and write down the lowest and the highest.
# 2. From the next meeting on, put cards on the table, and fill `participation`: who came, what was promised, what they say they had.
# 3. Change the line `city = City.open(…)` at the top to your folder, and run this lesson again.
#
# **Before you publish**: no person, no rating, no quarrel, no organisation that does not want to be named,
# no crossing of groups below ten. What may go out is who is missing, what was kept, and what there is.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the data. Run by the tests, never shown to a trainee.
one, two, three = (set(codes) for codes in lists.values())
assert len(register) == 40 and not one & two & three and not one & three
assert all(len(codes) == CHAIRS for codes in lists.values())
assert looked.lacking == ()
empty = looked.levels[looked.levels["organisations"] == 0]["level"].tolist()
assert empty == ["metropolitan", "neighbourhood"]
assert set(too_much.merge(register, on="stakeholder_id")["group"]) == {"migrants"}
assert len(too_much) == 2
assert scores.mean().nunique() == 1
rows = register.set_index("stakeholder_id")
assert rows.loc["S01", ["power_lowest", "power_highest"]].tolist() == [4, 5]
assert rows.loc["S17", "power_lowest"] == 3
assert places.unsure > len(places.actors) / 2
assert "informal_traders" in set(forgotten.merge(named, on="stakeholder_id")["group"])
assert "S27" in set(needs_ally["stakeholder_id"])
assert kinds.set_index("stakeholder_id")["salience"]["S36"] == "power_and_urgency"
assert rows.loc["S36", "type"] == "business"
watch = found.actors.set_index("stakeholder_id").loc["S09"]
assert watch["gets"] >= 3 * watch["gives"] and set(own["to_id"]) & {"S09"}
assert only_gets.merge(named, on="stakeholder_id")["stakeholder_id"].tolist() == ["S13"]
busiest = found.actors.nlargest(1, "partners")["stakeholder_id"].item()
assert busiest == "S01" and middle["stakeholder_id"].iloc[0] == "S31"
assert middle["partners"].iloc[0] <= 0.5 * found.actors["partners"].max()
assert (
    found.brokers[0] == "S31"
    and 0.5 < found.actors.set_index("stakeholder_id")["first"]["S31"] < 0.95
)
assert (ties["tie"] == "conflict").sum() == 2
assert talk.pairs == 36 and len(talk.silent_pairs) > 18 and talk.alone == ("S08",)
assert five["ratio"].min() < 0.6 and five["ratio"].max() > 0.85
by = audit.set_index("group")
assert (
    by.loc["women", "upper"] < 1
    and by.loc["women", "upper"] > 0.8
    and by.loc["women", "found"] == "as_many"
)
assert (by.loc[["youth", "older_persons"], "lower"] > 1).all()
assert 3.5 < by.loc["informal_residents", "ratio"] < 5
assert set(audit[audit["found"] == "no_share"]["group"]) == {
    "migrants",
    "informal_traders",
}
assert "persons_with_disabilities" in set(missing["group"]) and 25 < expected < 60
assert int(cards.sum(axis=1).iloc[0]) == 61 and hidden.sum() > 1
assert theirs["activities"] == 13 and theirs["kept"] == 2
tracker = youth(participation)
assert tracker["taken_up"].sum() <= 0.1 * tracker["proposals"].sum()
assert kept.unsupported > 10
assert held.used < 0.7 and held.unlisted > 0
assert (
    plan.count("whole") == 40
    and plan.lines["owner"].nunique() == 1
    and plan.lines["due"].nunique() == 1
)
assert plan.lines["channel"].nunique() == 2
assert "persons_with_disabilities" not in set(register["group"].dropna())
chosen = register.set_index("stakeholder_id")
assert chosen.loc[list(one), "group"].isna().all()
assert (chosen.loc[list(three), "has_power"] == "yes").sum() == 1
theirs_ties = ties[ties["from_id"].isin(two) | ties["to_id"].isin(two)]
means = theirs_ties["tie"].isin(["command", "money"]).mean()
assert 0.28 < means < 0.4
assert network(named, shown_ties).brokers == ("S01", "S31")
assert set(page.assets["type"]) == {"market", "nursery", "youth_centre"}
