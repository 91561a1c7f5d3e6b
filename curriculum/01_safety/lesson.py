# %% [markdown]
# # 1. Safety, fear, rights and harm: what is a safe place?
#
# The district of El Ensanche has money for one project: a safe way home after dark, with light, people and open doors.
# It can be built in **Las Acacias** or in **El Olivar**.
#
# In the council, a woman from Las Acacias stands up: "Nobody dares to walk there any more."
# The police chief has brought a table: "In Las Acacias hardly anything happens. It happens in El Olivar."
# And somebody from El Olivar asks what the fuss is about. There, people feel quite safe.
#
# **Who is right?**
#
# **At the end you can**
# - tell crime, fear and being harmed apart, and set them side by side with their uncertainty;
# - look behind an average, and see who is missing;
# - keep apart what is true of places and what is true of people;
# - choose words that help and do no harm;
# - screen a measure for rights, and keep a register of what it could do to whom.
#
# You need module 0. Take about three hours.
#
# > **Before you begin.** This page counts assaults and robberies, and people who are afraid. It counts them; it tells nobody's story.
# > If you would rather not read it today, close it. Nobody asks why, and you lose nothing.
# > If it touches something that you have lived through, talk to somebody you trust.
# >
# > Puerto Sereno and everybody in it are invented.

# %% [markdown]
# ## 1. Two sides of safety
#
# Safety has two sides: what *happens* to people, and what they *fear* will happen.
# For the first, we count what the police recorded. For the second, somebody has to ask.
#
# In 2025 the city asked a few thousand residents: *How safe do you feel walking alone in your area after dark?*
#
# The cells of this page are longer than those of module 0, and you need not understand every word in them. Read the text, run the cell,
# look at what comes out. What you will need yourself comes once more and slowly at the end, in *Five moves for the assignment*.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
areas = city.table("areas").set_index("area_id")
survey = city.table("survey")

survey["walk_dark"].value_counts()

# %% [markdown]
# Two of the answers say *safe*: `safe` and `very_safe`. We call everybody else **unsafe**,
# also those who never go out after dark and those who do not know: none of them said that they feel safe.
# (In the cell, `.isin([…])` asks each row *is it one of these?*, and the `~` before it turns yes and no round.)
#
# Now the other side. `harmed` holds the assaults and robberies that the police recorded in 2025,
# and `people` the residents of each neighbourhood. (`0201` and `0401` are the codes of the international classification: module 4.)

# %%
from safelearn.city.population import population_by

unsafe = ~survey["walk_dark"].isin(["safe", "very_safe"])

incidents = city.incidents()
code = incidents["offence"].astype(str)
violent = incidents[code.str.startswith(("0201", "0401"))]  # assault, robbery
violent = violent[violent["occurred_from"].dt.year == 2025]

people = population_by(city.table("population"), year=2025)
people = people.set_index("area_id")["population"].reindex(areas.index)
harmed = violent["area_id"].astype(str).value_counts()
harmed = harmed.reindex(areas.index).fillna(0)

# %% [markdown]
# Here are five of the sixty neighbourhoods, the two of the quarrel among them.
# How many were asked, how many feel unsafe; how many live there, how often somebody was harmed.

# %%
asked = pd.DataFrame({"area_id": survey["area_id"].astype(str), "unsafe": unsafe})
asked = asked.groupby("area_id")["unsafe"].agg(asked="size", unsafe="sum")

five = asked.loc[["0407", "0406", "0106", "0301", "0410"]]
five.insert(0, "name", areas["area_name"])
five["people"] = people.astype(int)
five["harmed"] = harmed.astype(int)

five

# %% [markdown]
# Do it by hand for Las Acacias and El Olivar:
#
# - *fear*: of 100 who were asked, how many feel unsafe? Divide the unsafe by the asked, times 100.
# - *harm*: for 1,000 residents, how often was somebody harmed in the year? Divide the harmed by the people, times 1,000.
#
# Then let the computer do all five, and put each list in order: 1 for the most. (`.rank` gives the places.
# It begins with the smallest, unless you write `ascending=False`.)

# %%
five["fear"] = 100 * five["unsafe"] / five["asked"]
five["harm"] = 1000 * five["harmed"] / five["people"]
five["fear_rank"] = five["fear"].rank(ascending=False).astype(int)
five["harm_rank"] = five["harm"].rank(ascending=False).astype(int)

five[["name", "fear", "harm", "fear_rank", "harm_rank"]].round(1)

# %%
pictures.two_lists(five)

# %% [markdown]
# If fear simply followed harm, the lines would run level. Some do. The two of our quarrel cross.
#
# The woman from Las Acacias is right: people there are afraid. The police chief is right: little is recorded there.
# And those of El Olivar are right: they feel safe. **They have answered two different questions.**
#
# **Rule 1. Fear is not risk, and risk is not fear. Measure both, and say which one you mean.**

# %% [markdown]
# ## 2. All sixty, and how sure we are
#
# About fifty people were asked in each neighbourhood. With another fifty, the share would have come out a little differently,
# and so would another year's count of harm. Before we place a neighbourhood, we want to know by how much.
#
# The library gives each of the two figures its **interval**: the range in which the truth lies, in 95 of 100 such cases.
# How it is made for a survey, module 7 shows. Here we read it: `value` is the figure, `lower` and `upper` are the two ends of its interval.

# %%
from safelearn.diagnosis.fear_risk import steadied
from safelearn.estimates.survey import proportions_by, survey_design, survey_proportion

design = survey_design(survey)
fear = proportions_by(design, unsafe, survey["area_id"].astype(str))
fear = steadied(fear).set_index("area_id")
city_fear = survey_proportion(design, unsafe).value

fear.loc[five.index, ["value", "lower", "upper", "n"]].round(2)

# %% [markdown]
# (These shares differ a little from yours: the library counts a person who stands for many residents more than one
# who stands for few.)
#
# For harm there is one more thing to put right. Not everybody tells the police what happened to them.
# In some neighbourhoods people tell less, so their records look better than their streets.
# The survey has asked about that too, and `telling` says how much is told in each kind of neighbourhood, against the city.

# %%
from safelearn.diagnosis.fear_risk import area_dispersion, recorded_risk
from safelearn.diagnosis.reporting_gap import telling_against_city

settlement = areas["settlement"].astype(object)
here = survey["area_id"].astype(object).map(settlement)
telling = telling_against_city(survey, design, here, least=30)

by_month = violent.groupby(
    [violent["area_id"].astype(str), violent["occurred_from"].dt.month]
)
ups_and_downs = area_dispersion(by_month.size().unstack(fill_value=0))

risk = recorded_risk(
    harmed,
    people,
    reporting=telling.reindex(settlement),
    dispersion=ups_and_downs,
    per=1000,
).set_index(areas.index)
city_risk = 1000 * harmed.sum() / people.sum()

risk.loc[five.index].round(1)

# %% [markdown]
# Now both together. A neighbourhood is placed in one of four fields only if **both** of its intervals lie wholly on one side
# of the city's own value. The report of your own city calls the same function.

# %%
from safelearn.diagnosis.fear_risk import fear_and_risk

both = fear_and_risk(fear, risk, city_fear=city_fear, city_risk=city_risk)
both["name"] = areas["area_name"]

both["quadrant"].value_counts()

# %%
pictures.quadrants(both, city_fear, city_risk)

# %% [markdown]
# Each dot is a neighbourhood: the further right, the more harm is recorded; the higher, the more people are afraid.
#
# - **Blue**, top left: feared more than harmed. Las Acacias is one of them.
# - **Orange**, bottom right: harmed more than feared. El Olivar is one of them.
# - **Grey**: cannot be told apart. That is most of the city, and it is the honest answer for most of the city.
#
# A few have no place at all. In the city's informal settlements (built without permits or titles), too few people were asked what they tell the police.
# Their records cannot be put right, so the library calls them *not known*. It does not call them safe.
#
# **Rule 2. Where the interval crosses the line, say that you cannot tell.**

# %% [markdown]
# ## 3. Why do the two part?
#
# Those who feel unsafe were asked for the main reason.

# %%
pictures.reasons(survey["unsafe_reason"].value_counts())

# %% [markdown]
# Only about a third name crime. The others name harassment, which few report; and the dark, empty streets, animals, traffic.
# Some of that no police table will ever show, and a lamp or an open shop can change it.
#
# There is a second reason, and it is a trap. **Who does not go, is not harmed there.**
# If nobody dares to cross a park, the records of that park are empty.

# %%
avoided = survey["avoided_place"].astype(object) == "yes"
sex = survey["sex"].astype(object).rename("sex")

proportions_by(design, avoided, sex)[["sex", "value", "lower", "upper", "n"]].round(2)

# %% [markdown]
# More than a third of the men stayed away from some place to be safe, and more than half of the women.
# A quiet record can be bought with a narrow life. So fear is not a mistake in people's heads that a brochure corrects:
# it keeps them from work, from school and from each other, and it is a loss of its own.
#
# It also costs the place. Shops close, those who can move away, and the neighbourhood gets a name.

# %% [markdown]
# ## 4. The average hides somebody
#
# "Half of the city feels safe after dark." A true sentence. Whose half?
#
# On paper first. Five people are asked, two women and three men. One woman and all three men say *safe*.
#
# - Of all five, 4 feel safe: 80 of 100.
# - Of the two women, 1 does: 50 of 100. Of the three men, all: 100 of 100.
#
# *Nobody* in this group is like its average. Now the whole survey, by sex and age.

# %%
safe = ~unsafe
steps, names = [0, 24, 44, 59, 120], ["15-24", "25-44", "45-59", "60+"]
age = pd.cut(survey["age"].astype(float), steps, labels=names).astype(object)

groups = proportions_by(design, safe, [sex, age.rename("age")])
pictures.groups(groups, 1 - city_fear)

# %% [markdown]
# The line is the average. At every age, women feel safe less often than men.
# A safe way home that is planned for the average is planned for nobody.
#
# There are other groups to look at. The draft United Nations Guidelines on Safer Cities, on which this course rests, name them. The library keeps the list, so that nobody has to remember it.
# For each it compares the members with everybody else, and says whether the difference is clear.
# (`for group in GROUPS:` does the indented lines below it once for each group.)

# %%
from safelearn.diagnosis.groups import GROUPS, compare, membership

rows = []
for group in GROUPS:
    member = membership(group, survey)
    row = {"who": group.name, "asked": 0 if member is None else member.sum()}
    if row["asked"] >= 30:
        found = compare(design, {"safe": pd.Series(safe)}, member)
        share = found.shares.set_index("who")["value"]
        row |= {"safe": share["group"], "others_safe": share["others"]}
        row["clear"] = found.differences["clear"].item()
    rows.append(row)
compared = pd.DataFrame(rows)

compared.round(2)

# %% [markdown]
# Read it slowly, for there are four kinds of rows.
#
# 1. A clear difference: women.
# 2. No clear difference. That does not mean *none*. Where few were asked, only a very large one would show.
# 3. **Too few**: people of other genders. Fewer than thirty were asked. Of so few we print nothing:
#    it would say little, and somebody could be recognised.
# 4. **Nobody asked.** People without a home, people living with addiction, informal traders: a survey of households does not
#    find them, or did not ask.
#
# The fourth kind is the one that is left out of reports, because there is no figure to print. Leave the row in, and write
# *not asked*. Those who are not counted are not safe; they are only not counted.
#
# **Rule 3. Break it down: by sex, by age, by who else lives here. And print the empty rows.**
#
# (What somebody is, they say themselves. It is never guessed from a name or a street, and never joined to police records.)

# %% [markdown]
# ## 5. True of places, false of people
#
# A radio station has found something: *where more newcomers live, more homes are burgled.*
# Here are its figures, from five streets with ten homes each. A newcomer is a household that moved in during the last two years.

# %%
homes = pd.DataFrame(
    {
        "street": ["A", "B", "C", "D", "E"],
        "newcomers": [2, 3, 4, 5, 6],
        "newcomers_burgled": [0, 0, 0, 1, 1],
        "others": [8, 7, 6, 5, 4],
        "others_burgled": [1, 2, 3, 3, 3],
    }
)
homes["burgled"] = homes["newcomers_burgled"] + homes["others_burgled"]

homes[["street", "newcomers", "burgled"]]

# %% [markdown]
# It is true: from A to E there are more newcomers, and more burglaries.
# What would you conclude about newcomers?
#
# Now look into the streets, home by home.

# %%
pictures.homes(homes)

# %% [markdown]
# Count by hand. Of all newcomers' homes, how many were burgled? And of all the others?

# %%
total = homes.drop(columns="street").sum()

print("newcomers:", total["newcomers_burgled"], "of", total["newcomers"])
print("others:   ", total["others_burgled"], "of", total["others"])
print("across streets:", round(homes["newcomers"].corr(homes["burgled"]), 2))

# %% [markdown]
# The newcomers were burgled *less* often than the others, in the very same streets.
# (The last number is a correlation, made by `.corr`: near 1, two columns rise together.)
#
# And nobody has said a word about who *did* it. The figures count homes that were broken into.
#
# To conclude from places to the people in them is called the **ecological fallacy**. It is the commonest false sentence
# about safety there is, and it usually falls on those who cannot answer: newcomers, the poor, the young.
#
# **Rule 4. A figure about places says nothing about the people in them. Ask the people.**

# %% [markdown]
# ## 6. A list, and its first place
#
# The newspaper would like a list of the neighbourhoods, by burglaries for their number of residents. What is wrong with that?
# Let us make the list for one year, and see where its first five are in the next two.

# %%
burglaries = incidents[incidents["offence_label"] == "Burglary of a dwelling"]
counts = burglaries.groupby(
    [burglaries["area_id"].astype(str), burglaries["occurred_from"].dt.year]
)
rates = counts.size().unstack(fill_value=0).div(people, axis=0)
ranks = rates[[2023, 2024, 2025]].rank(ascending=False, method="first").astype(int)

first_five = ranks[ranks[2023] <= 5].sort_values(2023)
first_five.assign(name=areas["area_name"])

# %%
pictures.ranks(ranks)

# %% [markdown]
# Most of the five stay near the top, so something real is there. But the very first, whose name the newspaper would have printed,
# is found in the lower half two years later, and nobody had done anything. It is the smallest neighbourhood of the city:
# a handful of burglaries more or less, and it flies from one end of the list to the other.
#
# In 2023, nobody could have told which of the five it would be. And the grey lines show all the others: they cross everywhere.
# The name that was printed stays printed: on the bus, in the rent, when somebody writes their address on a job application.
#
# What *would* be useful looks different: where something clearly stands out, with its interval; what helps there; and what is strong there.
#
# **Rule 5. No list of the worst. Nobody can tell its chance from its truth, and it does harm.**

# %% [markdown]
# ## 7. Words
#
# Figures are always printed with words. Here are five sentences from drafts of reports. Which of them would you print?

# %%
sentences = [
    "Problem youth gather on the square after dark.",
    "Young people met a thief more often than any other age, for their number.",
    "The worst neighbourhoods of the city lie on the hillside.",
    "A youth club answers the telephone of Las Terrazas at night, and somebody always comes.",
    "This map is not a ranking of areas.",
]

# %% [markdown]
# The library reads every title and every paragraph before it publishes a report. It looks for three things:
# a **ranking** of places, a **deficit** (words that blame people or a place), and **enforcement** that a figure cannot justify.

# %%
from safelearn.disclosure import wording

for sentence in sentences:
    print(sentence)
    for problem in wording.check(sentence):
        print("   ✗", problem.sentence)
        print("    ", problem.remedy)

# %% [markdown]
# Look at the second and the fourth. They are about young people too. They say what *happens to* them, and what they *do for others*.
# That is **asset language**: begin with what is strong, say what happens and under which conditions, and let nobody be a problem.
#
# The last one contains the word "ranking" and is left alone, because it says what the map is *not*.
# A machine knows a list of words and not what you mean. It finds the coarse things; the fine ones you have to hear yourself.
#
# What do the young people of the city do? Those who agreed to be named:

# %%
initiatives = city.table("initiatives")
theirs = initiatives[
    (initiatives["led_by"] == "youth") & (initiatives["consent"] == "yes")
]

theirs[["name", "aim", "reached", "needs", "status"]]

# %% [markdown]
# `needs` is the most useful column of this table for a council. It is short, and it is cheap.
#
# **Rule 6. Write about people as if they were reading it. They are.**

# %% [markdown]
# ## 8. Who could be hurt by it?
#
# Good intentions harm people every day. A new light shines into a bedroom. A cleaned-up market loses its poorest traders.
# A camera that was bought for one square looks at a demonstration.
#
# So before a measure goes into a strategy, somebody sits down with those concerned and answers seven questions:

# %%
from safelearn.strategy.screening import RIGHTS

for question in RIGHTS:
    print("-", question)

# %% [markdown]
# What could go wrong is written into a **register of harms**: what, to whom, how likely (1 to 5), how grave (1 to 5),
# what is done about it, and who answers for it. Here are the lines about measures.

# %%
harms = city.table("harms")
of_measures = harms[harms["subject"] == "measure"]

of_measures[
    ["subject_id", "harm", "group", "likelihood", "severity", "mitigation", "owner"]
]

# %% [markdown]
# By hand: likelihood times severity gives a line its weight. Which one weighs most? (The titles: 3 times 4 is 12.)
#
# The weight says what to talk about first, and no more: a rare harm that ends a life and a frequent one that costs an hour can weigh the same.
#
# Then the screen. A measure is held back for one of three reasons:
# the questions were not answered; a harm is open and nobody does anything about it or answers for it; or a harm has happened.
# That a harm is *known* holds nothing back. A register without harms is only a register nobody has worked on.
#
# In the table below, `harms` counts all lines of a measure, `open` those that are not settled, and `gravest` is the largest weight among these.

# %%
from safelearn.strategy.screening import screen

measures = city.table("measures")
found = screen(measures, harms)

found.measures

# %% [markdown]
# One measure is held back, and with it the whole strategy. When somebody tries to export it, the library says no:

# %%
from safelearn.errors import Refused
from safelearn.strategy.screening import cleared

try:
    cleared(measures, harms)
except Refused as no:
    print(no)

# %% [markdown]
# This measure may be an excellent one. Nobody has asked yet whom it could hurt, and that is all it takes to find out.
#
# **Rule 7. First ask who could be hurt, and ask them. A known harm with an owner is better than an unknown one.**

# %% [markdown]
# ## 9. What people think is normal
#
# Lamps and rules are one part of safety. Another is what people hold to be normal: whether somebody steps in when a stranger
# is harassed, whether newcomers are welcome, whether the law is kept. Such **norms** differ between cities, and they change.
#
# The survey has asked how far people agree. Nobody knows what a stranger thinks; but each knows what they would do themselves.

# %%
items = {
    "norm_step_in": "If somebody were harassed here, people would step in",
    "cohesion_help": "People around here help each other",
    "cohesion_newcomers": "Who comes from elsewhere is welcome here",
    "norm_lawful": "The law is to be obeyed, also against one's own mind",
}
agree = {
    text: survey_proportion(design, survey[column].isin(["agree", "strongly_agree"]))
    for column, text in items.items()
}

pictures.agreement(agree)

# %% [markdown]
# About half agree, with each. A measure can lean on that half. It cannot count on the other.
#
# Whoever plans a safe way home should know which of the two is behind the doors along the way.
# And a city has more than one culture: ask in the languages that are spoken, and read the answers of each group by itself.

# %% [markdown]
# ## Las Acacias or El Olivar?
#
# Back to the council. What can you say now, in numbers that the computer has put in?

# %%
for code in ["0407", "0406"]:
    place = both.loc[code]
    low, high = 100 * place["fear_lower"], 100 * place["fear_upper"]
    print(f"{place['name']}: {100 * place['fear']:.0f} of 100 adults feel unsafe")
    print(f"   after dark (95 % interval {low:.0f} to {high:.0f});")
    print(f"   {place['risk']:.0f} recorded assaults and robberies for 1,000 people")
    print(f"   (interval {place['risk_lower']:.0f} to {place['risk_upper']:.0f}):")
    print(f"   {place['quadrant']}.")

# %% [markdown]
# Both places have a good claim, and not to the same project.
#
# - In **Las Acacias**, people's lives have become narrow. Light, open doors, a walk together and somebody to call would give back the evening,
#   whatever the records say. Ask what they are afraid of, and where.
# - In **El Olivar**, people are harmed, and do not expect it. A lamp that makes them feel even safer would be the wrong answer.
#   Look at what happens there, when, and to whom (modules 5 and 6), and prevent that.
#
# The two figures do not decide. But nobody in the council has to call anybody else a liar any more.
# And whichever is built: screen it, with those who will walk there, the women among them first.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "Las Acacias is safe, they only imagine it." |
# | "For most neighbourhoods, one survey and one year of records cannot tell." | "These are the city's ten most feared places." |
# | "At every age, women feel safe after dark less often than men." | "Half of the city feels safe", and nothing more. |
# | "People without a home were not asked." | "There is no problem for people without a home." |
# | "Where more newcomers live, more homes were burgled. Newcomers themselves were burgled less often." | "Newcomers bring burglary." |
# | "This measure waits until somebody has asked whom it could hurt." | "Nobody complained, so it harms nobody." |
#
# **Four questions to test yourself**
#
# <details><summary>1. After a campaign, people feel safer, and the records have not changed. Has the campaign failed?</summary>
#
# No: fear is a harm of its own, and it has become less. But it has prevented nothing that is recorded, and should not say so.
# </details>
#
# <details><summary>2. A park has no recorded robbery. Is it safe?</summary>
#
# Perhaps nobody goes there. Count the people in it, by day and after dark, women and men.
# </details>
#
# <details><summary>3. Your survey found no clear difference between persons with disabilities and others. What do you write?</summary>
#
# "With so many asked, no clear difference", with the interval. And you ask the association of persons with disabilities what the question missed.
# </details>
#
# <details><summary>4. A register of harms has one line, and it is closed. Good?</summary>
#
# Hardly. Ask those concerned; there are always more than one.
# </details>

# %% [markdown]
# ## Five moves for the assignment
#
# You will do these yourself, so here they are slowly, on four streets.

# %%
small = pd.DataFrame(
    {
        "street": ["01", "02", "03", "04"],
        "asked": [10, 20, 10, 5],
        "unsafe": [4, 5, 7, 1],
        "people": [200, 500, 400, 100],
        "harmed": [6, 5, 2, 2],
    }
)

two_figures = small[["street"]].assign(
    fear=100 * small["unsafe"] / small["asked"],
    harm=1000 * small["harmed"] / small["people"],
)

two_figures

# %% [markdown]
# **First: a new table with columns of its own.** `small[["street"]]` keeps one column, and `.assign(fear=…, harm=…)` puts two more beside it.
# Inside `assign`, the new names stand without quotation marks.
#
# **Second: find a row, and say its name.** Which street stands higher for fear than for harm, and by most places?

# %%
order = two_figures[["fear", "harm"]].rank(ascending=False)
ahead = order["harm"] - order["fear"]
row = ahead.idxmax()

print("row", row, "is street", small["street"][row], "and is", ahead[row], "ahead")

# %% [markdown]
# `.idxmax()` gave the name of the row, here its number at the left edge; `.idxmin()` does it for the smallest.
# `small["street"][row]` is what stands there. Where a *list* is asked for, put square brackets around it: `[small["street"][row]]`.
#
# **Third: count a yes.** A question gives `True` and `False`, and the computer counts them as 1 and 0.
# So `.sum()` says how many, and `.mean()` which share of all:

# %%
feared = two_figures["fear"] > 30

print("streets:", feared.sum(), "of 4, that is", 100 * feared.mean(), "per cent")

# %% [markdown]
# **Fourth: two questions at once, and the answer as a list.** `&` is *and*, `|` is *or*, `~` is *not*.
# A question that is written out stands in round brackets of its own. Without them the cell turns red (`TypeError`) or, worse, counts something else.
# (The word `and` does not work here: `ValueError`.)

# %%
quiet = two_figures["harm"] < 20

print("feared and quiet:", list(small["street"][feared & quiet]))
print("the same:", list(small["street"][(two_figures["fear"] > 30) & quiet]))
print("not feared, or not quiet:", list(small["street"][~feared | ~quiet]))

# %% [markdown]
# Read `small["street"][feared]` as: *from small, the column street, where feared says yes.* `list(…)` makes a list of it.
# Where a table has the codes at its left edge, take `small.index[feared]` instead.
#
# **Fifth: the mean or the largest of each group.** It works for one column or for two, and `.reset_index()` makes an ordinary table of it.

# %%
five_asked = pd.DataFrame(
    {
        "sex": ["female", "female", "female", "male", "male"],
        "age": ["15-29", "30+", "30+", "15-29", "30+"],
        "safe": ["no", "no", "yes", "yes", "yes"],
    }
)
marked = five_asked.assign(percent=100 * (five_asked["safe"] == "yes"))
by_sex = marked.groupby("sex")["percent"].mean()

print("men less women:", by_sex["male"] - by_sex["female"])
marked.groupby(["sex", "age"])["percent"].mean().reset_index()

# %% [markdown]
# With `.max()` in place of `.mean()` you get the largest of each group. `by_sex["male"]` takes one group by its name.

# %% [markdown]
# ## Now your own city
#
# 1. Does anybody in your city ask people how safe they feel? The library's questionnaire has the question of the global goals (module 7).
#    Without it, your report will have one side of safety only, and it will say so.
# 2. `safelearn diagnose` sets fear beside harm for your neighbourhoods, or for districts where too few were asked.
# 3. Take one measure that your city plans. Answer the seven questions, with two people whom it concerns, and write down three harms.
#    `safelearn template copy harm-register` gives you the form. (Such lines are typed in a terminal. In the menu at the top: *File → New → Terminal*.)
# 4. Read the last report of your city aloud, as somebody who lives in the place it is about.
#
# Next comes the assignment, on a city of *your own*.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
acacias, olivar = both.loc["0407"], both.loc["0406"]
assert (acacias["name"], olivar["name"]) == ("Las Acacias", "El Olivar")
assert set(areas.loc[["0407", "0406"], "parent"]) == {"El Ensanche"}
assert acacias["quadrant"] == "feared more than harmed"
assert olivar["quadrant"] == "harmed more than feared"
assert five["fear_rank"]["0407"] < 3 < five["fear_rank"]["0406"]
assert five["harm_rank"]["0406"] < 3 < five["harm_rank"]["0407"]
assert 40 < asked["asked"].mean() < 65
placed = both["quadrant"].value_counts()
assert placed["cannot be told apart"] > 30 and 1 <= placed["not known"] <= 5
assert (settlement[both.index[both["quadrant"] == "not known"]] == "informal").all()
given = survey["unsafe_reason"].value_counts(normalize=True)
assert 0.28 < given["crime"] < 0.4
stay = proportions_by(design, avoided, sex).set_index("sex")["value"]
assert 1 / 3 < stay["male"] < 0.4 and stay["female"] > 0.5
assert 0.45 < city_fear < 0.55
wide = groups.pivot(index="age", columns="sex", values="value")
assert (wide["female"] < wide["male"]).all()
clear = compared[compared["clear"] == True]["who"]  # noqa: E712
assert clear.tolist() == ["women"]
empty = compared[compared["asked"] == 0]["who"].tolist()
few = compared[compared["asked"].between(1, 29)]["who"]
assert few.tolist() == ["people of other genders than woman or man"]
assert compared["safe"].isna().equals(compared["asked"] < 30)
assert {
    "people without a home",
    "people living with addiction",
    "informal traders",
} <= set(empty)
assert (
    total["newcomers_burgled"] / total["newcomers"]
    < total["others_burgled"] / total["others"]
)
assert homes["newcomers"].corr(homes["burgled"]) > 0.9
top = ranks[2023].idxmin()
assert ranks.loc[top, 2025] > 30 and people.idxmin() == top
assert 3 <= (first_five[2025] <= 10).sum() <= 4
assert [len(wording.check(s)) for s in sentences] == [1, 0, 1, 0, 0]
assert "Neighbours' chat for the night, Las Terrazas" in set(theirs["name"])
assert len(found.held_back) == 1
assert all(0.42 < one.value < 0.65 for one in agree.values())
assert (small["street"][row], ahead[row]) == ("03", 3)
assert of_measures.eval("likelihood * severity").max() == 12
