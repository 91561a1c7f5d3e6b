# %% [markdown]
# # 2. Governance and team: whose job is it?
#
# A bus stop in Puerto Sereno has been dark since spring. A woman who comes home at ten has written four letters.
# Public Works answers: stops belong to the bus companies. The bus companies: our contract says buses, and nobody pays us for lamps.
# Planning: we may give an opinion, no more. The mayor's office has passed the letter on.
#
# All four have told the truth. **Who is wrong?**
#
# **At the end you can**
# - say for each task who answers for it, who does it and who is only asked, and see where nobody is;
# - find duties without money, money that is counted twice, and tasks that several levels of government do at once;
# - say what a team can do together and what it still lacks, without naming anybody in it;
# - count how open and accountable the work is, and say what was not counted;
# - write the terms of reference of a focal point that can begin its work.
#
# You need module 0: running a cell and reading a table. Take about two and a half hours.
#
# > Puerto Sereno does not exist, and neither do its offices.
# > One of its tasks is to protect and support survivors of domestic violence. It stands here as a task that offices have;
# > nothing is told of what happened to anybody.

# %% [markdown]
# ## The table behind the letters
#
# The city has a table called `mandates`. It says who has which **part** in which task.
#
# Run the next cell: click into it, hold Shift, press Enter. The cells are longer than those of module 0, and you need not understand
# every word in them. What you will need yourself comes once more and slowly at the end, in *Five moves for the assignment*.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

pd.options.display.float_format = "{:,.0f}".format  # tables show whole numbers
pd.options.display.max_colwidth = None  # and whole sentences

city = City.open(bundled_city("puerto-sereno"))
mandates = city.table("mandates")
offices = city.table("stakeholders")
name = offices.set_index("stakeholder_id")["name"]

stop = mandates[mandates["task"] == "Make bus stops and buses safe"]
stop.assign(office=stop["stakeholder_id"].map(name))[
    ["task", "office", "part", "legal_basis", "funded"]
]

# %% [markdown]
# (The table knows each office by a code. `.map(name)` looks the code up in a list, and writes down the name.)
#
# Two rows. The bus companies *do* it, without money. Planning is *asked*. Public Works and the mayor do not occur.
# The letters were right, all four.
#
# Something is missing from these two rows. **Write down what**, before you go on.

# %% [markdown]
# ## 1. Four parts
#
# | part | letter | what it means |
# |---|---|---|
# | responsible | R | does the work |
# | accountable | A | answers for it: signs, explains, and is asked when it goes wrong |
# | consulted | C | is asked before |
# | informed | I | is told after |
#
# One office may have two parts: whoever answers may also do it.
#
# Here are five rows of two tasks (`.isin([…])` asks each row *is it one of these?*). By hand: for each task, count who is A and who is R.

# %%
two = mandates[mandates["task_id"].isin(["T02", "T08"])]

two[["task_id", "task", "stakeholder_id", "part"]].head(5)

# %% [markdown]
# For the lamps one office is A and R at once. For the stops there is one R, and **no A**.
# That is what was missing: nobody has to answer, so everybody may pass the letter on.
#
# The rule is short:
#
# > each task has **exactly one** A, and **at least one** R
#
# Why not two A, to be on the safe side? Because then each of the two waits for the other, and the letter goes to and fro between them.
#
# Here is the whole table as a picture. Each row is a task, each column an office.

# %%
pictures.letters(mandates, name)

# %% [markdown]
# Go down the rows. Where is no A? Where is no R?
# The library does it for all tasks, and says what else is wrong with them.

# %%
from safelearn.strategy.roles import raci

table = raci(mandates)


def told(rows):
    """The table with its faults in words."""
    shown = rows[["task_id", "task", "accountable", "responsible", "faults"]]
    return shown.assign(faults=shown["faults"].map(", ".join))


told(table)

# %% [markdown]
# `nobody answers`: the bus stops. `nobody does it`: the justices of the peace answer for quarrels between neighbours,
# and no office settles them. The other words we look at one by one.
#
# **Rule 1. Exactly one who answers, at least one who does it. Whoever is asked is neither.**

# %% [markdown]
# ## 2. What no table shows
#
# The table has ten tasks. Are these all?
#
# A table of who does what is made by asking offices what they do. **A task that nobody has is in nobody's answer.**
# It must come from somewhere else: from the law, from the strategy, from residents.
#
# Say the by-law on safety names twelve tasks. (The last two are invented for this section.)
# In the cell, `{code: task, …}` is a list of pairs, each code with its words. It is called a *dictionary*.

# %%
by_law = dict(zip(table["task_id"], table["task"], strict=True)) | {
    "T11": "Help people who sleep outside",
    "T12": "Answer complaints about the guard",
}
whole = raci(mandates, expected=by_law)

told(whole).tail(3)

# %%
for which, rows in {"table": table, "by-law": whole}.items():
    n = (rows["accountable"] == 1).sum()
    print(f"For {n} of the {len(rows)} tasks in the {which}, one office answers.")

# %% [markdown]
# Nine of ten sounds well ordered. Nine of twelve is the truth, and the three that are missing are those of people who have few to speak for them.
#
# **Rule 2. The list of tasks comes from the law, not from the list of who does what.**

# %% [markdown]
# ## 3. A duty is not a budget
#
# By hand, for five rows: does a law say that the office must? And is there money for it?

# %%
five = mandates[
    mandates["task_id"].isin(["T05", "T10"])
    & mandates["part"].isin(["accountable", "responsible"])
]

five.assign(office=five["stakeholder_id"].map(name))[
    ["task", "office", "part", "legal_basis", "funded", "budget"]
]

# %% [markdown]
# Every row has a law. Both offices that *answer* have no money at all, and whoever does the work has a part of it.
# That is an **unfunded mandate**. It does not look like a hole: on paper somebody answers, a law says so, and the table is full.
# Only the lamp stays dark, and the person who answers for it learns to write letters.
#
# `unfunded` lists all offices that must and cannot, or cannot fully.

# %%
from safelearn.strategy.roles import unfunded

short = unfunded(mandates)

pictures.law_and_money(mandates, name)

# %%
carry = mandates[mandates["part"].isin(["accountable", "responsible"])]
pairs = carry.drop_duplicates(["task_id", "stakeholder_id"])

print("Pairs of task and office that carry something:", len(pairs))
print("Of these, without the money for it, or with a part:", len(short))
lacks = table["faults"].map(lambda words: "unfunded mandate" in words)
print("Unfunded mandates:", ", ".join(table["task"][lacks]))

# %% [markdown]
# "Partly" is counted as what it is. Half of the money repairs half of the lamps, and answers for all.
#
# **Rule 3. Beside each duty stands its money, or the word "none".**

# %% [markdown]
# ## 4. The same money twice
#
# How much does the city itself spend on these tasks a year? Add up the column `budget`, you might think.
# First by hand, for five rows of the city's own offices.

# %%
own = mandates[(mandates["level"] == "city") & (mandates["budget"] > 0)]

own[["task_id", "stakeholder_id", "part", "budget"]].head()

# %% [markdown]
# Look at the rows of `S03`. The office answers for the lamps and also does the work, so it has two rows, and the **same** budget stands on both.
# There is one budget. Whoever adds up the column has lit the city twice.
#
# `by_level` counts each office once for each task.

# %%
from safelearn.strategy.roles import by_level

matrix = by_level(mandates)

pictures.money_twice(mandates, matrix)

# %% [markdown]
# The pale bars are what the column adds up to. The dark ones are what there is.
#
# **Rule 4. Before you add up a column, ask what one row is.**

# %% [markdown]
# ## 5. From the ministry to the street
#
# The same function gives the matrix of function, mandate and money for each level of government. Here it is as a picture.

# %%
pictures.levels(matrix, table)

# %% [markdown]
# A filled square answers for the task, a ring does the work, a small dot is asked or told.
#
# - **Emergency calls** are done at three levels at once. That can be right: it needs a rule for who comes first.
# - In the same row something else happens: the nation *answers*, the region and the city *do*, and they have only a part of the money.
#   The library says `passed down without money`. Many cities know that sentence well.
# - Look at the two lowest levels. Districts are asked, and carry nothing.
#
# The draft United Nations Guidelines on Safer Cities, on which this course rests, want tasks and money at the lowest level that can do them. The picture says where to begin talking; it does not say who is right.

# %%
passed = table[table["faults"].map(lambda words: "passed down without money" in words)]

told(passed)[["task", "faults"]]

# %% [markdown]
# **Rule 5. When a task moves down, its money moves with it.**

# %% [markdown]
# ## 6. Who has no part in the strategy, and which way do we pull?
#
# The strategy of Puerto Sereno holds thirteen measures. Each has a department that leads it and partners who help.
# Which departments have no part at all?

# %%
from safelearn.strategy.screening import without_measure

measures = city.table("measures")

for code, each in without_measure(measures, offices):
    print(code, each)

# %% [markdown]
# Finance and parks. Whoever pays for everything and whoever looks after every square have not been asked to do anything.
# (Module 3 looks at who talks with whom. The parks department turns up there again.)
#
# A strategy also stands beside goals of the country. Which of them does it serve? Without a list of the country's own,
# begin with the global goals (SDG 1 to 17). A measure and a goal are joined where they share an **indicator**: a figure that shows whether it works.

# %%
from safelearn.strategy.policy_alignment import alignment, global_goals

joined = alignment(global_goals(), measures)

print("Goals without a measure:", ", ".join(joined.goals_without_measure))
joined.links.merge(measures[["measure_id", "name"]], on="measure_id")

# %% [markdown]
# About half of the measures serve no goal on the list, and more than half of the goals have no measure.
# That is a good half hour with the planning office.
#
# But mind what a link is. **Sharing an indicator is not pulling the same way.** A national goal of more arrests
# and a city's goal of fewer stops would be joined too. Which way each pulls, a person must read.

# %% [markdown]
# ## 7. What the team can do
#
# Twelve posts work on safety in Puerto Sereno. For each post and each of ten competencies (things that somebody can do, C1 to C10), the table `skills` holds a level:
# 0 nothing yet, 1 knows of it, 2 can do it, 3 can guide others, 4 sets rules and teaches.
#
# By hand, for competency C9 (finding out what worked): five posts, and the mean of the five. (`staff` says how many people hold the post.)

# %%
skills = city.table("skills")
c9 = skills[skills["competency"] == "C9"]

c9[["post", "staff", "level", "required_level", "assessed_by"]].head()

# %%
pictures.team(skills)

# %% [markdown]
# Each square is a post and a competency: the darker, the higher the level. A ring: below what the post needs.
# (Posts, not people. And still: a post with one holder *is* that person, so this picture stays with the team.)
#
# Look at two columns. In C8 some squares are dark: those people can guide the others. In C9 all are pale: nobody can.
#
# Your mean was 3 / 5 = 0.6. But a **mean level** would not show that difference: ten people at level 1 and two at level 4 have a mean below 2, and that team can do the thing.
# So the library asks for each competency: what is the `highest` level, how many people `leads` (level 3 or more) or `does` (2 or more),
# how many posts need it (`required`), how many of them are `short`, and by how many levels is even the best too low (`gap`)?

# %%
from safelearn.strategy.skills import next_to_learn, team

found = team(skills)
mean = skills.groupby("competency")["level"].mean().round(1).astype(str)

found.competencies.assign(mean=found.competencies["competency"].map(mean))

# %%
from safelearn.guidelines.competencies import competencies

called = {c.id: c.name for c in competencies()}
print("Nobody leads in:", ", ".join(f"{c} {called[c]}" for c in found.nobody_leads))
print("Learn first:", ", ".join(next_to_learn(skills)))
print(
    f"Levels that nobody but the post itself has judged: {100 * found.self_rated:.0f} %"
)

# %% [markdown]
# Compare C4 and C5 in the last column of the table: the means lie close. In C5 three people lead, in C4 nobody does.
#
# `leads` counts people, because twelve social workers are not one. And about a third of the levels are what people think of themselves.
# Some are too modest and some are not: let two colleagues judge each other before you plan a course.
#
# The list is for learning. Use it once for pay or promotion, and next year everybody is at level 4.
#
# **Rule 6. Ask what the team can do, not who cannot.**

# %% [markdown]
# ## 8. Before it goes to the council
#
# Each measure is screened: was the checklist on rights answered with those concerned? Does somebody look after each harm that is known?
# In the table, `open` counts the harms that are not settled. The weight of a harm is how likely it is (1 to 5) times how grave (1 to 5),
# and `gravest` is the largest weight among the open ones.

# %%
from safelearn.strategy.screening import screen

harms = city.table("harms")
screened = screen(measures, harms)

screened.measures[["measure_id", "name", "answered", "open", "gravest", "held_back"]]

# %% [markdown]
# Read the row of *Papers for the hillside*. A harm is on record (rents may rise, and tenants must leave), and its weight is 12 of 25.
# It is **not** held back, because somebody answers for that harm and does something about it.
#
# The mediators have no harm on record at all, and they *are* held back: nobody has asked. An empty register of harms is not a harmless plan.
# The export of a strategy goes through a gate, and the gate refuses:

# %%
from safelearn.errors import Refused
from safelearn.strategy.screening import cleared

try:
    cleared(measures, harms)
except Refused as refused:
    print(refused)

# %% [markdown]
# **Rule 7. Do not punish a harm that is written down. Hold back a question that was not asked.**

# %% [markdown]
# ## 9. Open and accountable, by counting
#
# Is the work open? Opinions differ. Some of it can be counted, and anybody can count again.
# It is the 15th of January 2026. By hand: how many of these five reviews were due by today, and how many of those were done by the day they were due?
# (`NaT` is an empty place for a date: not done yet.)

# %%
from datetime import date

today = date(2026, 1, 15)
reviews = city.table("reviews")

reviews[["title", "due_on", "done_on"]].iloc[10:15]

# %%
from safelearn.strategy.governance import scorecard

names = [
    "mandates",
    "decisions",
    "feedback",
    "budget",
    "technology",
    "reviews",
    "targets",
]
card = scorecard({each: city.table(each) for each in names}, on=today)

pictures.shares(card)

# %% [markdown]
# Of the five above, three were due, and one of them was done in time. The picture does that for all reviews, and for other doors.
#
# Each line has its two numbers, and they are **not added up**. A mean would let nine hundred budget lines weigh as much as eight cameras,
# and an open door would hide a shut one. Which line would you mend first? That is a question for a meeting, not for a formula.
#
# A review that is not due yet is not late, and one that was done two months late was not done in time. Both slip in easily.

# %% [markdown]
# The dates themselves are in several registers: reviews, tasks, technology, decisions. One calendar holds them all.

# %%
from safelearn.strategy.review_calendar import by_laws, calendar

days = calendar(
    reviews,
    on=today,
    mandates=mandates,
    technology=city.table("technology"),
    decisions=city.table("decisions"),
)

days[days["state"].isin(["overdue", "soon"])][
    ["due_on", "state", "code", "title"]
].head(6)

# %% [markdown]
# Two are overdue. One is the by-law on cameras. The other you know: *Make bus stops and buses safe* was to be looked at by the end of the year.
# Nobody answers for it, so nobody looked.
#
# A by-law needs somebody who answers, a day, and a figure that shows whether it works:

# %%
laws = by_laws(reviews)

laws.assign(lacks=laws["lacks"].map(", ".join))[
    ["title", "owner", "due_on", "done_on", "next_on", "lacks"]
]

# %% [markdown]
# **Rule 8. Count with two numbers, one line a door. A date that has passed is not a review.**

# %% [markdown]
# ## 10. How far are we?
#
# Last autumn the city looked at some clauses of the Guidelines: met (1 point), partly met (a half), not started (0).
# On paper: three are met, three partly met, one is not started. How many per cent is that?

# %%
from safelearn.strategy.self_assessment import assess, score

parts = score(assess(reviews, on=today))
all_of_it = parts.set_index("part").loc["all"]

print(f"Score: {100 * all_of_it['score']:.0f} per cent.")
pictures.coverage(parts)

# %% [markdown]
# The score is right. And then look at the picture: each square is a clause, and the empty ones have not been looked at.
# Seven clauses, chosen by the offices that were to be judged. Of the whole chapter on how to build and police a city, none.
#
# "We fulfil the Guidelines to two thirds" would be a sentence in every newspaper, and it would be false.
# The opposite mistake is as easy: to call everything unmet that nobody has looked at. **Not known is not no.**
#
# **Rule 9. A score never travels without the share that was assessed.**

# %% [markdown]
# ## 11. The post that holds it together
#
# Somebody must keep these tables, call the meetings and write the letters. The Guidelines call it a coordination centre or a **focal point**, *with means*.
# Four things tell whether it will still be there after the next election:

# %%
from safelearn.strategy.self_assessment import permanence

permanence(mandates, reviews, task_id="T01", on=today)

# %% [markdown]
# A legal act, a post, a line in the budget, and a day on which it is looked at again. With three of the four it lasts until somebody needs the money.
#
# What it may do and what it may not stands in its **terms of reference**. The library has a form for them,
# and fills in what the city's tables know already.

# %%
from IPython.display import Markdown

from safelearn.reports.documents.collection import document
from safelearn.reports.documents.filling import fill, tables_of

form = document("focal-point-terms")
filled = fill(form, city.settings, tables_of(city, form))

print("Blanks that only people can fill:", filled.blanks)
text = filled.markdown.replace("==fill in: ", "**[").replace("==", "]**")
text = text.replace("## ", "### ")
Markdown("### 1. " + text.partition("### 1. ")[2].partition("### 3. ")[0])

# %%
Markdown("### 6. " + text.partition("### 6. ")[2].partition("Adopted")[0])

# %% [markdown]
# Read three of its sentences again.
#
# - *It does not command the police and does not investigate anybody.* A post that gathers data on safety and gives orders would soon be feared.
# - *May publish its findings without prior consent of the departments they concern.* Without that sentence it will publish what pleases.
# - *How it is judged*: four questions with a value today and in two years. Fill in today's value first, or in two years there will be nothing to compare.
#
# Blanks with a date, a sum and a name of an office are the difference between a post and a wish.

# %% [markdown]
# ## The dark stop, again
#
# Who was wrong? Nobody who wrote a letter. The table was: a row with an R and without an A, without money, and with a date at which nobody looked.
#
# What would mend it is not a lamp. It is one line, agreed by the council:

# %%
mended = pd.concat(
    [
        mandates,
        stop.head(1).assign(
            stakeholder_id="S03", part="accountable", funded="yes", budget=80_000
        ),
    ]
)
then = raci(mended).set_index("task_id")

print("Before:", ", ".join(table.set_index("task_id")["faults"]["T08"]))
print("After: ", ", ".join(then["faults"]["T08"]) or "nothing")

# %% [markdown]
# One office answers, with money of its own; the bus companies go on cleaning and report what is broken.
# (The sum and the office are invented: which office it should be is a matter of arguing, and of listening to the one that objects.)
#
# And the woman who wrote four letters? At the stop there could be a number. It rings at the office that has the A.

# %% [markdown]
# ## What you can now say, and what you cannot
#
# Let the computer put the numbers into your sentences. A number typed by hand is wrong after the next council meeting.

# %%
late = days[days["state"] == "overdue"]
n, of = (table["accountable"] == 1).sum(), len(table)
whole_score = parts.set_index("part").loc["all", ["clauses", "assessed", "met"]]
clauses, assessed, met = whole_score.astype(int)

print(f"For {n} of the {of} tasks in the table exactly one office answers.")
print(f"{lacks.sum()} of the {of} are duties without money.")
print(f"In {len(found.nobody_leads)} of ten competencies", end=" ")
print("nobody of the team can guide the others.")
print(f"{len(late)} reviews are overdue.")
print(f"Of {clauses} clauses, {assessed} were looked at, and {met} are met.")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "We fulfil the Guidelines to two thirds." |
# | "Nobody answers for the bus stops." | "The bus companies have failed." They have a duty and no money. |
# | "The nation passes the task down without the money." | "The city does not care about emergencies." |
# | "In evaluation nobody of the team leads yet." | "The analyst cannot evaluate." That is a person. |
# | "One measure is held back: its checklist has not been answered." | "Our other measures are harmless." |
#
# **Four questions to test yourself**
#
# <details><summary>1. To be on the safe side, the council makes two offices accountable for the squares. What do you say?</summary>
#
# Two who answer are nobody who answers. One answers, the other does; or each has squares of its own, by name.
# </details>
#
# <details><summary>2. A national law gives the city a new task from January. Which two rows do you look for before you clap?</summary>
#
# The row that says who answers, and its budget. Without the second it is an unfunded mandate, and the letter to the ministry is written now.
# </details>
#
# <details><summary>3. "Our team's mean level in data protection is 2, so all is well." What do you ask?</summary>
#
# Does anybody lead? Twelve people who can follow a form are lost on the day when the form does not fit.
# </details>
#
# <details><summary>4. A neighbouring city scores higher in its self-assessment. Are they further?</summary>
#
# Perhaps they looked at other clauses, or at fewer. The score compares a city with itself in another year.
# </details>

# %% [markdown]
# ## Five moves for the assignment
#
# You will do these yourself, so here they are slowly, on three tasks.

# %%
small = pd.DataFrame(
    {
        "task_id": ["A1", "A2", "A3"],
        "level": ["city", "city", "district"],
        "answers": [1, 0, 2],
        "budget": [60, 0, 40],
        "faults": [(), ("nobody answers", "no money"), ("several answer",)],
    }
)

not_one = small["answers"] != 1
list(small["task_id"][not_one])

# %% [markdown]
# **First: the codes of some rows, as a list.** Read it as: *from small, the column task_id, where not_one says yes*. `list(…)` makes a list of it.
#
# **Second: count a yes.** The computer counts `True` as 1 and `False` as 0. So `.sum()` says how many, and `.mean()` which share of all.

# %%
print(not_one.sum(), "of 3, that is", 100 * not_one.mean(), "per cent")

# %% [markdown]
# **Third: what is not there?** `.isin` asks of each code whether it stands in another column, and a `~` before the question turns yes and no round.

# %%
ordered = pd.DataFrame({"task_id": ["A1", "A2", "A3", "A4"]})
has_a_row = ordered["task_id"].isin(small["task_id"])

list(ordered["task_id"][~has_a_row])

# %% [markdown]
# **Fourth: a place that holds several words.** In the column `faults` each place holds none, one or two of them. `.map(len)` counts them,
# and `.map(lambda words: "no money" in words)` asks each place whether this one is among them.
# (`lambda words:` means: *call what stands in the place `words`, and then do this*.)

# %%
print("how many:", list(small["faults"].map(len)))

without_money = small["faults"].map(lambda words: "no money" in words)
print("without money:", list(small["task_id"][without_money]))

# %% [markdown]
# **Fifth: add up by group, and take one number out.** `.set_index` moves a column to the left edge, so that you can ask for a row by its name:

# %%
by_group = small.groupby("level")["budget"].sum().reset_index()
named = by_group.set_index("level")

print("column, then row:", named["budget"]["city"])
print("row, then column:", named.loc["city"]["budget"])
by_group

# %% [markdown]
# Some functions give you several things at once. Each has its name behind a point: `found.competencies` is a table, `found.nobody_leads` a list.
# Such a table keeps some columns in double brackets, as any table does: `found.competencies[["competency", "leads"]]`.
#
# And where a function gives pairs of a code and a name, `[code for code, office in pairs]` keeps the codes. You may type them as well.

# %% [markdown]
# ## Now your own city
#
# 1. Take the by-law or the strategy, and write down the tasks that it names. Then ask offices for their part in each, and put both into
#    the table `mandates`. Leave a row empty where nobody has one: it is the most useful row.
# 2. Let each post judge itself and one colleague, and fill the table `skills`, posts only.
# 3. Change the line `city = City.open(…)` at the top to your folder, and run this lesson again. Cells that ask for a task or a post
#    of Puerto Sereno stay empty or turn red: go on with the next.
# 4. `safelearn template fill focal-point-terms YOUR-CITY` writes the terms of reference with what your tables know.
#    (Such lines are typed in a terminal. In the menu at the top: *File → New → Terminal*.)
#
# **Before you publish**: no levels of a post with one holder, no harm that lets somebody be recognised, and no score without its share.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the data. Run by the tests, never shown to a trainee.
assert set(stop["part"]) == {"responsible", "consulted"} and len(stop) == 2
assert set(stop["stakeholder_id"]) == {"S17", "S02"} and (stop["funded"] == "no").all()
tasks = table.set_index("task_id")
assert tasks.loc["T02", ["accountable", "responsible"]].tolist() == [1, 1]
assert tasks.loc["T08", ["accountable", "responsible"]].tolist() == [0, 1]
assert len(two.head(5)) == 5 and set(two.head(5)["task_id"]) == {
    "T02",
    "T08",
}
shown = two.head(5)
assert {"accountable", "responsible"} <= set(shown[shown["task_id"] == "T02"]["part"])
assert "nobody does it" in tasks["faults"]["T07"] and tasks["accountable"]["T07"] == 1
assert len(table) == 10 and (table["accountable"] == 1).sum() == 9
assert len(whole) == 12 and (whole["accountable"] == 1).sum() == 9
assert len(five) == 5 and five["legal_basis"].notna().all()
assert set(five[five["part"] == "accountable"]["funded"]) == {"no"}
assert set(five[five["part"] == "responsible"]["funded"]) == {"partly"}
lamps = mandates[(mandates["task_id"] == "T02") & (mandates["stakeholder_id"] == "S03")]
assert len(lamps) == 2 and lamps["budget"].nunique() == 1
assert lamps.index.isin(own.head().index).all()
assert matrix["budget"].sum() < mandates["budget"].sum()
calls = tasks.loc["T04"]
assert calls["levels"] == ("national", "regional", "city")
assert "passed down without money" in calls["faults"] and "T04" in set(
    passed["task_id"]
)
carried = matrix[
    matrix["function"].map(
        lambda parts: bool({"accountable", "responsible"} & set(parts))
    )
]
assert (
    not carried["level"].isin(["district", "neighbourhood"]).any()
    and (matrix["level"] == "district").any()
)
assert {each for _, each in without_measure(measures, offices)} == {
    "Department of Finance",
    "Department of Parks and Public Space",
}
assert len(measures) == 13 and len(joined.measures_without_goal) in (6, 7)
assert len(joined.goals_without_measure) == 5 and len(global_goals()) == 8
by = found.competencies.set_index("competency")
assert by.loc["C8", "leads"] > 0 and by.loc["C9", ["highest", "leads"]].tolist() == [
    1,
    0,
]
assert (c9["level"] <= 1).all() and skills["post_id"].nunique() == 12
assert 0.3 < found.self_rated < 0.4
seen = screened.measures.set_index("name")
assert seen.loc["Papers for the hillside", ["gravest", "held_back"]].tolist() == [
    12,
    "",
]
assert seen.loc["Mediators in every district", ["harms", "held_back"]].tolist() == [
    0,
    "unanswered",
]
assert len(screened.held_back) == 1
five_reviews = reviews.iloc[10:15]
assert five_reviews["done_on"].notna().sum() == 2
assert card.set_index("item").loc["money_accounted_for", "of"] > 900
assert card.set_index("item").loc["systems_with_redress", "of"] == 8
assert set(late["title"]) == {
    "By-law 4 of 2018 on cameras",
    "Make bus stops and buses safe",
}
assert by_laws(reviews)["lacks"].map(len).gt(0).all()
assert all_of_it[["met", "partly", "not_started"]].tolist() == [3, 3, 1]
assert 0.6 < all_of_it["score"] < 0.7 and all_of_it["assessed"] == 7
assert parts.set_index("part").loc["approach", "assessed"] == 0
assert permanence(mandates, reviews, task_id="T01", on=today)["there"].all()
assert "does not command the police" in text and "without prior consent" in text
assert by.loc["C5", "leads"] == 3 and by.loc["C4", "leads"] == 0
assert abs(float(mean["C5"]) - float(mean["C4"])) < 0.5
assert then["faults"]["T08"] == ()
due = five_reviews[five_reviews["due_on"] <= pd.Timestamp(today)]
assert len(due) == 3 and (due["done_on"] <= due["due_on"]).sum() == 1
assert c9["level"].head().sum() == 3
