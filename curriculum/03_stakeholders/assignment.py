# %% [markdown]
# # 3. Who acts, who takes part, who is missing: assignment
#
# You work on **your own city**. It is invented, and nobody else has the same one:
# its organisations, their ties, the scores of its raters, and the people who came to its meetings are yours alone.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
# An answer may be worked out by the computer or typed by you, and more decimals than asked for do no harm.
# What you need of Python is in the last part of the lesson, "Five moves for the assignment". Keep it open beside this page.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# None of the tasks is about violence. Some of the tables are of the kind that a city must keep inside its office:
# opinions on organisations, quarrels, and what people said of themselves. Treat these as if they were real.

# %%
from datetime import date

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.disclosure.suppression import hide
from safelearn.stakeholders.assets import area_page
from safelearn.stakeholders.coordination import coordination
from safelearn.stakeholders.inclusion import inclusion, took_part
from safelearn.stakeholders.network import network
from safelearn.stakeholders.position import grid, salience
from safelearn.stakeholders.promises import promises, youth
from safelearn.stakeholders.register import exposed, look_through, usable

today = date(2026, 1, 15)
city = my_city("m03")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `register` holds one row for each organisation: its code, its name, its type, its level of government,
# the group of residents for which it speaks (if any), and three answers that raters gave with yes or no.

# %%
register = city.register
answers = ["has_power", "has_legitimacy", "has_urgency"]
register[["stakeholder_id", "name", "type", "group", *answers]].head()

# %% [markdown]
# ## Task 1
#
# The Guidelines name seven kinds of partner: civil society, women, youth, business, professions, residents, media.
# How many organisations of each kind does your register hold?
#
# And something in it must be deleted: what raters thought of organisations that speak for people
# to whom it can be dangerous to be known. Which organisations are these?
#
# `look_through(register, today)` gives `.partners` and `.gaps`. The gap is called `held_too_much`.
#
# `partners`: a table with the columns `partner` and `organisations`.
# `must_go`: the codes of the organisations whose ratings must be deleted, in a list such as `["S01", "S02"]`.

# %%
partners = ...
must_go = ...
### BEGIN SOLUTION
found = look_through(register, today)
partners = found.partners
gaps = found.gaps
must_go = list(gaps["stakeholder_id"][gaps["gap"] == "held_too_much"])
### END SOLUTION

# %%
check("m03-t1", partners=partners, must_go=must_go)

# %% a city's own office taken for a partner tags=["mistake"]
# You counted organisations by the group for which they speak. A Women's Office is a department of the city,
# and a teachers' authority that speaks for children is the State. A partner is somebody outside: look at the type.
found = look_through(register, today)
speaks = register["group"].value_counts()
counted = found.partners["partner"].map(speaks)
partners = found.partners.assign(organisations=counted.fillna(0))
gaps = found.gaps
must_go = list(gaps["stakeholder_id"][gaps["gap"] == "held_too_much"])

# %% everybody who speaks for a group deleted tags=["mistake"]
# You would delete the ratings of all who speak for a group of residents, and then nobody would lend these groups weight.
# Only those must go whom it can endanger to be known: the gap `held_too_much` names them.
found = look_through(register, today)
partners = found.partners
must_go = list(register["stakeholder_id"][register["group"].notna()])

# %% ratings kept tags=["mistake"]
# You would keep every rating. But a list of who speaks for refugees, with what others think of their power,
# can be found, leaked or demanded by a court. What is not kept can hurt nobody.
found = look_through(register, today)
partners = found.partners
must_go = []

# %% [markdown]
# ## Task 2
#
# Five raters scored each organisation: power and interest, each from 1 (little) to 5 (much).
# `scores` holds one row for each organisation and rater.
# (Those whose ratings must go were not scored.)
#
# Make a table with one row for each organisation: the **middle** score of the five and the lowest and the highest,
# for power and for interest. `scores.groupby("stakeholder_id")["power"].median()` gives the middle of each;
# in the same way `.min()` and `.max()`.
# Then `grid(your_table)` wants the columns `stakeholder_id`, `power`, `power_lowest`, `power_highest`,
# and the same three for interest. (`.reset_index()` makes `stakeholder_id` a column again.)
# Its result has `.actors`, a table with the columns `field`, `sure` and `spread`, and `.unsure`, a number.
#
# `fields`: a table with the columns `field` and `n`, how many organisations lie in each field by their middle scores (only fields in which there are some).
# `unsure`: for how many organisations the place depends on whom you ask.
# `mean_spread`: the mean of the column `spread`, with three decimals.
# `together`: codes of those that lie in the field `work_closely` and whose place is sure, in a list.

# %% tags=["given"]
scores = city.scores
scores.head(7)

# %%
fields = ...
unsure = ...
mean_spread = ...
together = ...
### BEGIN SOLUTION
by = scores.groupby("stakeholder_id")
table = by[["power", "interest"]].median()
for axis in ["power", "interest"]:
    table[f"{axis}_lowest"] = by[axis].min()
    table[f"{axis}_highest"] = by[axis].max()
found = grid(table.reset_index())
actors = found.actors
fields = actors.groupby("field").size().rename("n").reset_index()
unsure = found.unsure
mean_spread = actors["spread"].mean()
close = actors["field"] == "work_closely"
together = list(actors["stakeholder_id"][close & actors["sure"]])
### END SOLUTION

# %%
check(
    "m03-t2", fields=fields, unsure=unsure, mean_spread=mean_spread, together=together
)

# %% the mean hides the raters tags=["mistake"]
# You placed each organisation by the mean of its five scores, and with that every place looks certain.
# A mean of 3.2 can be five people who agree, or two camps. Keep the lowest and the highest score.
table = scores.groupby("stakeholder_id")[["power", "interest"]].mean()
much = table[["power", "interest"]].assign(stakeholder_id=table.index)
placed = grid(much.reset_index(drop=True)).actors
fields = placed.groupby("field").size().rename("n").reset_index()
unsure = 0
mean_spread = 0.0
together = list(table.index[(table["power"] > 3) & (table["interest"] > 3)])

# %% one axis looked at tags=["mistake"]
# You looked at the span of the power scores alone. A place in the grid has two sides:
# if raters disagree about the interest, the place is just as unsure.
by = scores.groupby("stakeholder_id")
table = by[["power", "interest"]].median()
for axis in ["power", "interest"]:
    table[f"{axis}_lowest"] = by["power"].min() if axis == "power" else table[axis]
    table[f"{axis}_highest"] = by["power"].max() if axis == "power" else table[axis]
found = grid(table.reset_index())
actors = found.actors
fields = actors.groupby("field").size().rename("n").reset_index()
unsure = found.unsure
mean_spread = actors["spread"].mean()
close = actors["field"] == "work_closely"
together = list(actors["stakeholder_id"][close & actors["sure"]])

# %% the line moved to the mean of all tags=["mistake"]
# You moved the line between little and much to the mean of all scores, and organisations changed their field without having changed.
# Where the line lies is a choice: leave it at 3, the middle of the scale, or say why not.
by = scores.groupby("stakeholder_id")
table = by[["power", "interest"]].median()
for axis in ["power", "interest"]:
    table[f"{axis}_lowest"] = by[axis].min()
    table[f"{axis}_highest"] = by[axis].max()
found = grid(table.reset_index(), cut=table["power"].mean())
actors = found.actors
fields = actors.groupby("field").size().rename("n").reset_index()
unsure = found.unsure
mean_spread = actors["spread"].std()
close = actors["field"] == "work_closely"
together = list(actors["stakeholder_id"][close & actors["sure"]])

# %% [markdown]
# ## Task 3
#
# Raters also answered three questions with yes or no: can it make others act (`has_power`),
# do others see its part as rightful (`has_legitimacy`), does its concern call for action now (`has_urgency`)?
# In a few rows an answer is missing: nobody asked.
#
# First take out what must not be kept: `usable(register)`. Then `salience(...)` names the kind of each organisation.
#
# - How many organisations are of each kind?
# - Which ones have a rightful part and an urgent concern but no power, and so need an ally who can act?
# - One organisation has power and an urgent concern, and others do not see its part as rightful.
#   The books call this kind "dangerous". What may stand beside its name in a list that the press can read?
#
#     - **A** "dangerous"
#     - **B** "can act, and its concern is urgent"
#     - **C** "not legitimate"
#     - **D** "opposes the safety strategy"
#
# `kinds`: a table with the columns `salience` and `n` (only kinds that do occur). `needs_ally`: codes in a list.
# `sentence`: a letter, such as `"A"`.

# %%
kinds = ...
needs_ally = ...
sentence = ...
### BEGIN SOLUTION
found = salience(usable(register))
kinds = found.groupby("salience").size().rename("n").reset_index()
pressed = found["salience"] == "legitimacy_and_urgency"
needs_ally = list(found["stakeholder_id"][pressed])
sentence = "B"
### END SOLUTION

# %%
check("m03-t3", kinds=kinds, needs_ally=needs_ally, sentence=sentence)

# %% no answer taken for no tags=["mistake"]
# You read an empty field as "no". Nobody was asked there: that is not the same, and it moves organisations
# into kinds that no rater put them in. Leave them out, and ask.
asked = register.fillna(
    {"has_power": "no", "has_legitimacy": "no", "has_urgency": "no"}
)
kept = asked[
    asked["stakeholder_id"].isin(
        usable(register).dropna(subset=["assessed_on"])["stakeholder_id"]
    )
]
found = salience(kept)
kinds = found.groupby("salience").size().rename("n").reset_index()
pressed = found["salience"] == "legitimacy_and_urgency"
needs_ally = list(found["stakeholder_id"][pressed])
sentence = "B"

# %% power not looked at tags=["mistake"]
# You named all whose concern is urgent and rightful. Those who can act themselves need no ally:
# look for the kind without power, `legitimacy_and_urgency`.
found = salience(usable(register))
kinds = found.groupby("salience").size().rename("n").reset_index()
pressed = found["salience"].isin(["legitimacy_and_urgency", "all_three"])
needs_ally = list(found["stakeholder_id"][pressed])
kinds = kinds.assign(
    n=kinds["n"].where(kinds["salience"] != "legitimacy_and_urgency", pressed.sum())
)
sentence = "B"

# %% the name of the books in public tags=["mistake"]
# Your counts are right. But a word such as "dangerous" or "not legitimate" beside a name is a judgement of five people in a room,
# and it stays with an organisation for years. In public say what it can do, and nothing else.
found = salience(usable(register))
kinds = found.groupby("salience").size().rename("n").reset_index()
pressed = found["salience"] == "legitimacy_and_urgency"
needs_ally = list(found["stakeholder_id"][pressed])
sentence = "A"

# %% [markdown]
# ## Task 4
#
# `ties` says who gives what to whom: each row goes **from** one organisation **to** another.
# Kinds of tie are command, money, information, referral, cooperation and conflict.
# Nobody asked about the ties of organisations whom it can endanger: `named` is the register without them.
#
# How many ties does each organisation give, and how many does it get? Ties of conflict are left out.
# `network(named, ties).actors` has it, in the columns `gives` and `gets`.
# (It takes a second or two, because it does more than that.)
#
# And which organisations only ever *get*: told, paid or ordered, and never asked for anything?
#
# `flows`: a table with the columns `stakeholder_id`, `gives`, `gets`. `only_gets`: codes in a list.

# %% tags=["given"]
named = register[~exposed(register)]
ties = city.ties
ties.head()

# %%
flows = ...
only_gets = ...
### BEGIN SOLUTION
flows = network(named, ties).actors[["stakeholder_id", "gives", "gets"]]
never_asked = (flows["gives"] == 0) & (flows["gets"] > 0)
only_gets = list(flows["stakeholder_id"][never_asked])
### END SOLUTION

# %%
check("m03-t4", flows=flows, only_gets=only_gets)

# %% the direction turned round tags=["mistake"]
# You read the arrows the wrong way round. `from_id` gives, `to_id` gets:
# whoever is paid is not the one who pays.
turned = ties.rename(columns={"from_id": "to_id", "to_id": "from_id"})
flows = network(named, turned).actors[["stakeholder_id", "gives", "gets"]]
never_asked = (flows["gives"] == 0) & (flows["gets"] > 0)
only_gets = list(flows["stakeholder_id"][never_asked])

# %% the direction ignored tags=["mistake"]
# You counted partners. A partner who only ever sends orders is not one who listens:
# count what an organisation gives apart from what it gets.
actors = network(named, ties).actors
flows = actors[["stakeholder_id"]].assign(
    gives=actors["partners"], gets=actors["partners"]
)
only_gets = list(actors["stakeholder_id"][actors["partners"] == 1])

# %% quarrels counted as ties tags=["mistake"]
# You counted ties of conflict with the others. Whoever is quarrelled with has not been given anything.
# And a list that holds quarrels cannot leave the office.
peaceful = ties.assign(tie=ties["tie"].replace("conflict", "cooperation"))
flows = network(named, peaceful).actors[["stakeholder_id", "gives", "gets"]]
never_asked = (flows["gives"] == 0) & (flows["gets"] > 0)
only_gets = list(flows["stakeholder_id"][never_asked])

# %% [markdown]
# ## Task 5
#
# Somebody often stands in the middle: the shortest way between two others leads through it.
# `network(named, ties)` counts these ways in the column `between`.
# In `first` it says how firm that is: a tenth of the ties is left out by lot, a hundred times,
# and `first` is the share of these draws in which the organisation still comes first.
#
# - Which organisation has the largest `between`, and how large is it?
# - In how many per cent of the draws does it come first?
# - Which organisations have no tie at all (`.alone`)?
# - What do you tell the council?
#
#     - **A** "This organisation is the most powerful in the city."
#     - **B** "The map of ties is attached, quarrels included."
#     - **C** "Much of what offices and residents know of each other passes through few hands. It should not hang on one."
#     - **D** "The ties are complete, so the place in the middle is certain."
#
# `middle`: its code in a list of one, such as `["S01"]`. `between`: with one decimal. `firm`: per cent, without decimals.
# `alone`: codes in a list. `sentence`: a letter.

# %%
middle = ...
between = ...
firm = ...
alone = ...
sentence = ...
### BEGIN SOLUTION
found = network(named, ties)
first = found.actors.sort_values("between").iloc[-1]
middle = [first["stakeholder_id"]]
between = first["between"]
firm = 100 * first["first"]
alone = found.alone
sentence = "C"
### END SOLUTION

# %%
check(
    "m03-t5", middle=middle, between=between, firm=firm, alone=alone, sentence=sentence
)

# %% most partners taken for the middle tags=["mistake"]
# You took the organisation with the most partners. Many partners who all know each other need nobody in between:
# look at `between`, the ways that lead through it.
found = network(named, ties)
first = found.actors.sort_values("partners", kind="stable").iloc[-1]
middle = [first["stakeholder_id"]]
between = first["between"]
firm = 100 * first["first"]
alone = found.alone
sentence = "C"

# %% quarrels taken for bridges tags=["mistake"]
# You kept the ties of conflict. Then two who are at odds look like a bridge between their worlds,
# and the quarrel stands in your table for everybody to see.
found = network(named, ties.assign(tie="information"))
first = found.actors.sort_values("between").iloc[-1]
middle = [first["stakeholder_id"]]
between = first["between"]
firm = 100 * first["first"]
alone = found.alone
sentence = "C"

# %% a list of ties believed complete tags=["mistake"]
# You took the place in the middle for certain. Nobody names all of their ties in an interview:
# `first` shows how far the place depends on a tenth of them.
found = network(named, ties)
first = found.actors.sort_values("between").iloc[-1]
middle = [first["stakeholder_id"]]
between = first["between"]
firm = 100
alone = found.alone
sentence = "D"

# %% [markdown]
# ## Task 6
#
# Which departments of the city work together, and which do not?
# `coordination(named, ties)` looks at every pair of departments. Orders and money alone are no conversation:
# it counts who informs, refers to or works with whom. Its result has `.departments`, a table; `.pairs`, how many pairs there are;
# and `.silent_pairs`, the pairs that exchange nothing but orders or money, or nothing at all.
#
# `talk`: a table with one row for each department: `stakeholder_id`, `departments` and `public_bodies`
# (with how many of each it works). `silent`: how many pairs are silent.
# `silent_percent`: the same in per cent of all pairs, with one decimal.

# %%
talk = ...
silent = ...
silent_percent = ...
### BEGIN SOLUTION
found = coordination(named, ties)
talk = found.departments[["stakeholder_id", "departments", "public_bodies"]]
silent = len(found.silent_pairs)
silent_percent = 100 * silent / found.pairs
### END SOLUTION

# %%
check("m03-t6", talk=talk, silent=silent, silent_percent=silent_percent)

# %% orders and money taken for talk tags=["mistake"]
# You counted orders and money as working together. The mayor commands every department and finance pays them all,
# and still two of them may never have spoken. Count information, referral and cooperation.
louder = ties.assign(
    tie=ties["tie"].replace({"command": "cooperation", "money": "cooperation"})
)
found = coordination(named, louder)
talk = found.departments[["stakeholder_id", "departments", "public_bodies"]]
silent = len(found.silent_pairs)
silent_percent = 100 * silent / found.pairs

# %% everybody's ties counted tags=["mistake"]
# You counted the ties that a department gives, with whomever and of whatever kind.
# The question is with how many *other departments* and *public bodies* it works.
found = coordination(named, ties)
given = ties["from_id"].value_counts()
many = found.departments["stakeholder_id"].map(given).fillna(0)
talk = found.departments[["stakeholder_id"]].assign(
    departments=many, public_bodies=many
)
silent = int((many == 0).sum())
silent_percent = 100 * silent / len(many)

# %% each pair counted twice tags=["mistake"]
# You counted each pair twice, once from each side. Between two departments there is one conversation or none.
found = coordination(named, ties)
talk = found.departments[["stakeholder_id", "departments", "public_bodies"]]
silent = 2 * len(found.silent_pairs)
silent_percent = 100 * silent / found.pairs

# %% [markdown]
# ## Task 7
#
# `participation` holds one row for each activity and group: how many of the group came.
# Groups overlap: a young woman is counted with women and with youth.
# `shares` says what share of the residents each group is. Where that is empty, nobody knows.
#
# `took_part(participation)` leaves the committee out, whose seats are another matter.
# `inclusion(record, shares)` compares: `ratio` is 1 where as many came as live here, and `lower` and `upper` are
# the ends of its 95 % interval. Meetings are its units, because people come together. Where nobody is on record, `found` says `no_record`.
#
# - For each group that has a ratio (leave out the rows where it is empty): the ratio and its interval.
# - Of which groups did clearly fewer come than live here: the whole interval below 0.8?
# - Of which groups is nobody on record?
#
# `ratios`: a table with the columns `group`, `ratio`, `lower`, `upper`. `fewer` and `no_record`: names of groups in lists.

# %% tags=["given"]
participation = city.participation
shares = city.shares
shares

# %%
ratios = ...
fewer = ...
no_record = ...
### BEGIN SOLUTION
found = inclusion(took_part(participation), shares)
ratios = found[["group", "ratio", "lower", "upper"]].dropna()
fewer = list(found["group"][found["found"] == "fewer"])
no_record = list(found["group"][found["found"] == "no_record"])
### END SOLUTION

# %%
check("m03-t7", ratios=ratios, fewer=fewer, no_record=no_record)

# %% interval not looked at tags=["mistake"]
# You named every group whose ratio is below 0.8. For some of them the interval reaches above it:
# with other evenings and the same people, as many might have come. Ask again before you say it.
found = inclusion(took_part(participation), shares)
ratios = found[["group", "ratio", "lower", "upper"]].dropna()
fewer = list(found["group"][found["ratio"] < 0.8])
no_record = list(found["group"][found["found"] == "no_record"])

# %% each person counted as if alone tags=["mistake"]
# Your intervals treat each person as if they had come alone. They come in families, in groups, with a school:
# ten meetings are ten observations, not six hundred. Leave `sample` as it is.
found = inclusion(took_part(participation), shares, sample=False)
ratios = found[["group", "ratio", "lower", "upper"]].dropna()
fewer = list(found["group"][found["upper"] < 0.8])
no_record = list(found["group"][found["found"] == "no_record"])

# %% who was never there left out tags=["mistake"]
# You left out those of whom nobody is on record, because they have no number. They are the finding:
# a group that is missing from the table is missing from the city's attention. Name it.
found = inclusion(took_part(participation), shares)
ratios = found[["group", "ratio", "lower", "upper"]].dropna()
fewer = list(found["group"][found["found"] == "fewer"])
no_record = []

# %% groups added up to everybody tags=["mistake"]
# You added up all rows to get everybody, so that a young woman counts twice below the line and every ratio is too low.
# Everybody is the women and the men together.
record = took_part(participation)
n = record.groupby("group")["n"].sum()
found = inclusion(record, shares)
many = n.sum() / n[["women", "men"]].sum()
low = found.assign(
    ratio=found["ratio"] / many,
    lower=found["lower"] / many,
    upper=found["upper"] / many,
)
ratios = low[["group", "ratio", "lower", "upper"]].dropna()
fewer = list(low["group"][low["upper"] < 0.8])
no_record = list(found["group"][found["found"] == "no_record"])

# %% [markdown]
# ## Task 8
#
# At two evenings everybody was given a card. Whoever wanted to said on it whether they were born in another country.
# `cards` holds one row for each card: `born_elsewhere` is what the person wrote.
# `guessed` is what somebody at the door wrote down, from surnames and accents. Nobody had asked for that.
#
# - How many people answered the question, with yes or with no?
# - What per cent **of those who answered** said yes?
# - How many did not say?
# - What becomes of the column `guessed`?
#
#     - **A** It fills in those who did not say.
#     - **B** It is deleted, and nothing is worked out from it.
#     - **C** It is kept inside the office, in case somebody needs it later.
#     - **D** It is used, because more is known with it.
#
# `answered`: a number of people. `born_elsewhere_percent`: with one decimal. `not_said`: a number of people. `sentence`: a letter.

# %% tags=["given"]
cards = city.cards
cards.head()

# %%
answered = ...
born_elsewhere_percent = ...
not_said = ...
sentence = ...
### BEGIN SOLUTION
said = cards["born_elsewhere"]
answered = said.isin(["yes", "no"]).sum()
born_elsewhere_percent = 100 * (said == "yes").sum() / answered
not_said = (said == "not said").sum()
sentence = "B"
### END SOLUTION

# %%
check(
    "m03-t8",
    answered=answered,
    born_elsewhere_percent=born_elsewhere_percent,
    not_said=not_said,
    sentence=sentence,
)

# %% a group inferred from names tags=["mistake"]
# You counted what somebody at the door guessed. A surname says where a grandfather came from, if that.
# And a list of people whom somebody took for foreigners is a danger to each of them. Belonging is what people say of themselves.
answered = len(cards)
born_elsewhere_percent = 100 * (cards["guessed"] == "yes").mean()
not_said = 0
sentence = "D"

# %% silence filled with a guess tags=["mistake"]
# You filled in the cards of those who did not say. They had a reason, and it is theirs: somebody who does not answer
# must not be answered for.
filled = cards["born_elsewhere"].where(
    cards["born_elsewhere"] != "not said", cards["guessed"]
)
answered = len(cards)
born_elsewhere_percent = 100 * (filled == "yes").mean()
not_said = (cards["born_elsewhere"] == "not said").sum()
sentence = "A"

# %% silence taken for no tags=["mistake"]
# You divided by all cards, and so read "not said" as "no". Below the line stand those who answered;
# how many did not say is a number of its own.
said = cards["born_elsewhere"]
answered = len(cards)
born_elsewhere_percent = 100 * (said == "yes").mean()
not_said = (said == "not said").sum()
sentence = "B"

# %% [markdown]
# ## Task 9
#
# The office wants to publish how many people of each age have a disability, by the same cards.
# Your city shows no number below **ten** where groups cross; the totals of the rows and columns stand beside the table.
#
# Make the table with `cards.groupby(["age", "disability"]).size().unstack()`.
# `hide(table, 10)` says in `.cells` which cells must be hidden, so that nobody can work out a small one from the totals.
#
# `shown`: a table with the columns `age`, `disability` and `n`, with one row for each cell that **may** be shown.
# (The last of the five moves in the lesson. The two names at the left edge are there already.)
# `hidden_cells`: how many cells are hidden. `largest_hidden`: how many people are in the largest of these.

# %%
shown = ...
hidden_cells = ...
largest_hidden = ...
### BEGIN SOLUTION
table = cards.groupby(["age", "disability"]).size().unstack()
away = hide(table, 10).cells
shown = table.mask(away).stack().dropna().rename("n").reset_index()
hidden_cells = away.sum()
largest_hidden = table.to_numpy()[away].max()
### END SOLUTION

# %%
check("m03-t9", shown=shown, hidden_cells=hidden_cells, largest_hidden=largest_hidden)

# %% only the small cells hidden tags=["mistake"]
# You hid the small cells and nothing else. With the total of the row beside it, a single gap is a subtraction:
# whoever can subtract has the number. Other cells must go with it, and `hide` finds which.
table = cards.groupby(["age", "disability"]).size().unstack()
away = ((table > 0) & (table < 10)).to_numpy()
shown = table.mask(away).stack().dropna().rename("n").reset_index()
hidden_cells = away.sum()
largest_hidden = table.to_numpy()[away].max()

# %% a limit of five where groups cross tags=["mistake"]
# You hid what is below five. For a crossing of two groups, one of them sensitive, the limit here is ten:
# seven older people with a disability at one evening are seven neighbours.
table = cards.groupby(["age", "disability"]).size().unstack()
away = hide(table, 5).cells
shown = table.mask(away).stack().dropna().rename("n").reset_index()
hidden_cells = away.sum()
largest_hidden = table.to_numpy()[away].max() if away.any() else 0

# %% everything shown tags=["mistake"]
# You showed all cells. Who sat in that room knows who is meant by the four young people with a disability.
table = cards.groupby(["age", "disability"]).size().unstack()
shown = table.stack().rename("n").reset_index()
hidden_cells = 0
largest_hidden = 0

# %% [markdown]
# ## Task 10
#
# People were promised a part, from `inform` to `empower`, and afterwards said which part they had.
# `promises(participation, decisions)` compares the two. It also looks for traces:
# whoever is said to have shaped something (`involve` or more), without a proposal taken up or a decision that says so,
# counts as consulted, and the row as not borne out.
#
# - For each group: to how many per cent of its activities was the promise kept? (`.groups`, column `share`, from 0 to 1.)
# - How many rows does the record not bear out (`.unsupported`), and how many rows are there (`.rows`)?
#
# `kept`: a table with the columns `group` and `percent`, with one decimal.
# `unsupported` and `rows`: numbers of rows.

# %% tags=["given"]
decisions = city.decisions
decisions

# %%
kept = ...
unsupported = ...
rows = ...
### BEGIN SOLUTION
found = promises(participation, decisions)
kept = found.groups[["group"]].assign(percent=100 * found.groups["share"])
unsupported = found.unsupported
rows = found.rows
### END SOLUTION

# %%
check("m03-t10", kept=kept, unsupported=unsupported, rows=rows)

# %% promised counted as done tags=["mistake"]
# You took the promise for what happened. An invitation that says "we decide together" is not yet a decision taken together:
# compare it with what people say they had.
found = promises(participation, decisions)
level = participation["promised_level"].isin(["involve", "collaborate", "empower"])
done = 100 * level.groupby(participation["group"]).mean()
kept = found.groups[["group"]].assign(percent=found.groups["group"].map(done))
unsupported = 0
rows = found.rows

# %% the record not asked tags=["mistake"]
# You believed every answer. Where people are said to have shaped something, a proposal taken up or a decision must show it:
# otherwise they were listened to, and that is all.
found = promises(participation, decisions)
kept = found.groups[["group"]].assign(percent=100 * found.groups["share"])
unsupported = 0
rows = found.rows

# %% the log of decisions forgotten tags=["mistake"]
# You left the decisions out. Some groups shaped a decision without a proposal of their own on the list,
# and you have counted these as if nothing had come of it.
found = promises(participation.assign(proposals_taken_up=0))
kept = found.groups[["group"]].assign(percent=100 * found.groups["share"])
unsupported = found.unsupported
rows = found.rows

# %% [markdown]
# ## Task 11
#
# Write the engagement plan for **four** organisations of your register: one that can move much and is not interested,
# one with a rightful and urgent concern that needs an ally, one department that works with nobody,
# and one for a group of which nobody is on record. (If no organisation speaks for that group, say how you will find one.)
#
# For each: what you want with it, which part it is to have (inform, consult, involve, collaborate, empower), by which way
# and where you meet it, which **post** answers for it, and until when. A table of Markdown or a list will do.

# %% m03-t11 [markdown]
# ### BEGIN SOLUTION
# | organisation | what we want | its part | how and where | who answers for it | until |
# |---|---|---|---|---|---|
# | … (Finance) | a line for interpreters and childcare in next year's budget | involve | one hour with the budget team before the first draft; figures of three meetings with and without childcare | coordinator of the safety strategy | 30 April |
# | … (women's network) | its list of stops becomes the first of the walks | collaborate | at its own Thursday evening, with childcare; the head of planning comes along as the ally who can act | head of social development | 15 March |
# | … (housing) | one named contact, and its repair data beside ours | involve | the observatory visits it, with two questions; then the monthly round of departments | head of the observatory | 31 March |
# | persons with disabilities: nobody on record | two people who agree to walk with us and say what to change; later a seat | collaborate | no organisation is in the register: ask the clinic, the school and the transport office who meets; a step-free room, sign interpreter, pay for the time | focal point for inclusion | 30 May |
#
# The plan stays inside the office; each organisation gets its own line to read and may change it. We look at it every quarter,
# and whoever does not want to be in it is taken out.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# The council will read one paragraph, 120 to 150 words: who takes part in your city, who does not, and what you propose.
# Use the numbers of your own city.

# %% m03-t12 [markdown]
# ### BEGIN SOLUTION
# At nine meetings from spring to autumn … people took part. Of every hundred, … were women, and they are … of every hundred residents:
# as many as live here. Of young people clearly fewer came: their share was … times that in the city (95 % interval … to …).
# For residents of the informal settlements it was …, with an interval that reaches above 0.8, so nine evenings cannot tell.
# Nobody at all is on record from … and …; how many refugees live here nobody knows. That is a finding about our meetings and our records,
# not about these groups: most evenings began at six, in a hall with stairs, without childcare.
# Coming is not being heard: the promise made to youth was kept in … of … activities.
# We propose two meetings where people already are, step-free and with childcare, a question on cards that anybody may leave empty,
# and the same table again in a year.
# ### END SOLUTION

# %% [markdown]
# ## Task 13
#
# Below is what was written down in one neighbourhood of your city. Write its page for the people who live there:
# three to six sentences, beginning with what works there and what could be used more.
# Say also how young people could have a part in each of the four phases of the work: diagnosis, design, doing, judging.

# %% tags=["given"]
here = city.areas["area_id"].iloc[0]
area_page(here, city.assets).assets

# %% tags=["given"]
youth(participation)

# %% m03-t13 [markdown]
# ### BEGIN SOLUTION
# In … there is a library, a sports court and a residents' association; the hall stands empty … hours a week and the court is open after dark.
# A street committee asked not to be on this list, so it is not. We walked here twice: what nobody told us of is missing, and that says
# nothing about the place. Residents have used the court for evening games; with a key for two more evenings it could carry a music group too.
#
# Young people know which hour the court is theirs and which it is not. In the diagnosis they choose where the walk goes and write the cards;
# in the design they draw the times with the club and hold one of the two keys; in the doing they run the evening, paid for it like the trainer;
# in judging they ask their own group after a year and sit at the table when the figures are read. In the table above they were consulted in
# the design and came to … of … activities when results were judged: that is where we begin.
# ### END SOLUTION
