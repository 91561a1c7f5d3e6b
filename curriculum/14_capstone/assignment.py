# %% [markdown]
# # 14. Capstone: assignment
#
# Somebody has drafted the diagnosis of a city, and it waits for **your signature**.
# Before people read it, a machine does: eight gates, each of which stops what a tired reader lets through.
# You work them on excerpts of a draft for a city that nobody else has.
#
# Then comes your own diagnosis, of the second city that your private seed gives you or of your own city; the reading of somebody else's;
# and your portfolio.
#
# Every task of the gates asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The gates count burglaries, thefts, damage and the reach of services. None of them is about violence.
# Your own diagnosis may be: you choose its subjects in task 9.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.strategy.exchange import Card, Figure
from safelearn.strategy.peer_review import compare

city = my_city("m14")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `accounts` says of each table of the city how many rows were read and how many are used.
# `aside` says how many rows were set aside, and why: a line for each table and reason.

# %%
accounts = city.accounts
aside = city.aside
accounts

# %% [markdown]
# ## Task 1
#
# First gate: **does the account add up?** For each table, rows read must be rows used plus rows set aside for all reasons together.
# What is left over was lost, and nobody knows why.
#
# `.groupby("table")["rows"].sum()` adds up the reasons. A table of which nothing was set aside has no line in `aside`:
# `.reindex(accounts["table"], fill_value=0)` gives every table its line, with 0 where there was none.
#
# `account`: a table with the columns `table`, `aside`, `lost`, a row for *each* table of the city.
# `unaccounted`: names of tables that have lost rows, in a list.

# %% tags=["given"]
aside

# %%
account = ...
unaccounted = ...
### BEGIN SOLUTION
tables = accounts.set_index("table")
reasons = aside.groupby("table")["rows"].sum().reindex(accounts["table"], fill_value=0)
lost = tables["rows_read"] - tables["rows_used"] - reasons
account = pd.DataFrame({"aside": reasons, "lost": lost}).reset_index()
unaccounted = list(lost.index[lost > 0])
### END SOLUTION

# %%
check("m14-t1", account=account, unaccounted=unaccounted)

# %% set aside taken for lost tags=["mistake"]
# You called every row lost that is not used. A row that was set aside for a reason is accounted for; only what has no reason is lost.
tables = accounts.set_index("table")
reasons = aside.groupby("table")["rows"].sum().reindex(accounts["table"], fill_value=0)
lost = tables["rows_read"] - tables["rows_used"]
account = pd.DataFrame({"aside": reasons, "lost": lost}).reset_index()
unaccounted = list(lost.index[lost > 0])

# %% a table without a line forgotten tags=["mistake"]
# You kept only the tables of which something was set aside. One has no line there, and it belongs to the account like the others.
tables = accounts.set_index("table")
reasons = aside.groupby("table")["rows"].sum()
lost = (tables["rows_read"] - tables["rows_used"]).reindex(reasons.index) - reasons
account = pd.DataFrame({"aside": reasons, "lost": lost}).reset_index()
unaccounted = list(lost.index[lost > 0])

# %% only the largest reason tags=["mistake"]
# You took one reason for each table. Add up all of them.
tables = accounts.set_index("table")
reasons = aside.groupby("table")["rows"].max().reindex(accounts["table"], fill_value=0)
lost = tables["rows_read"] - tables["rows_used"] - reasons
account = pd.DataFrame({"aside": reasons, "lost": lost}).reset_index()
unaccounted = list(lost.index[lost > 0])

# %% [markdown]
# ## Task 2
#
# Second gate: **does this release give away what an earlier one hid?** In October, the city published thefts from January to September.
# Now it wants to publish January to December. Every count in both is large enough to be shown.
# But a neighbour can subtract.
#
# In `releases`, a `cell` is an area and a group. A count of adults is hidden below 5, one of children below 10. A count of 0 may be shown.
#
# `differences`: a table with the columns `cell` and `difference` (this release less the first).
# `given_away`: the cells whose difference would have to be hidden, in a list.
#
# `releases["group"].map({"adults": …, "children": …})` puts a number in place of each word. `&` between two conditions means *and*.

# %% tags=["given"]
releases = city.releases
releases

# %%
differences = ...
given_away = ...
### BEGIN SOLUTION
difference = releases["this_release"] - releases["first_release"]
least = releases["group"].map({"adults": 5, "children": 10})
differences = releases[["cell"]].assign(difference=difference)
given_away = list(releases["cell"][(difference > 0) & (difference < least)])
### END SOLUTION

# %%
check("m14-t2", differences=differences, given_away=given_away)

# %% each release looked at by itself tags=["mistake"]
# You looked at the counts of this release, and each of them may be shown. Together with the first, they tell
# how many it were from October to December, and some of these are very few.
difference = releases["this_release"] - releases["first_release"]
least = releases["group"].map({"adults": 5, "children": 10})
differences = releases[["cell"]].assign(difference=difference)
given_away = list(releases["cell"][releases["this_release"] < least])

# %% children counted as adults tags=["mistake"]
# You used 5 for everybody. Children are protected below 10: five children of one area can be one class at school.
difference = releases["this_release"] - releases["first_release"]
differences = releases[["cell"]].assign(difference=difference)
given_away = list(releases["cell"][(difference > 0) & (difference < 5)])

# %% a zero hidden too tags=["mistake"]
# You hide differences of 0 as well. That nothing happened harms nobody, and hiding it makes the others easier to find.
difference = releases["this_release"] - releases["first_release"]
least = releases["group"].map({"adults": 5, "children": 10})
differences = releases[["cell"]].assign(difference=difference)
given_away = list(releases["cell"][difference < least])

# %% [markdown]
# ## Task 3
#
# Third gate: **do the figures come out again?** `statements` holds eight figures that the draft prints: an offence, an area, a year,
# and the number for 1,000 residents, with one decimal. `records` holds one row for each recorded offence, `people` the residents.
#
# Compute each of them again. Which are wrong? A figure is right if it is the true one, rounded to one decimal:
# then it is not more than 0.05 away.
#
# `.groupby(["area", "offence", "year"]).size().reset_index(name="n")` counts.
# `statements.merge(counted).merge(people)` puts the count and the residents beside each statement.
#
# `again`: a table with the columns `number` and `rate` (not rounded; two decimals are looked at). `wrong`: the numbers of the wrong statements in a list.

# %% tags=["given"]
statements, records, people = city.statements, city.records, city.people
statements

# %%
again = ...
wrong = ...
### BEGIN SOLUTION
counted = records.groupby(["area", "offence", "year"]).size().reset_index(name="n")
beside = statements.merge(counted).merge(people)
beside["rate"] = 1000 * beside["n"] / beside["people"]
again = beside[["number", "rate"]]
wrong = list(beside["number"][(beside["rate"] - beside["printed"]).abs() > 0.05])
### END SOLUTION

# %%
check("m14-t3", again=again, wrong=wrong)

# %% rounding taken for an error tags=["mistake"]
# You called a figure wrong because it was rounded. A printed 2.3 promises that the true number lies between 2.25 and 2.35.
counted = records.groupby(["area", "offence", "year"]).size().reset_index(name="n")
beside = statements.merge(counted).merge(people)
beside["rate"] = 1000 * beside["n"] / beside["people"]
again = beside[["number", "rate"]]
wrong = list(beside["number"][beside["rate"] != beside["printed"]])

# %% both years together tags=["mistake"]
# You counted both years together. Each statement names one.
counted = records.groupby(["area", "offence"]).size().reset_index(name="n")
beside = statements.merge(counted).merge(people)
beside["rate"] = 1000 * beside["n"] / beside["people"]
again = beside[["number", "rate"]]
wrong = list(beside["number"][(beside["rate"] - beside["printed"]).abs() > 0.05])

# %% residents of the whole city tags=["mistake"]
# You divided by the residents of the whole city. What happens in an area is set against those who live there.
counted = records.groupby(["area", "offence", "year"]).size().reset_index(name="n")
beside = statements.merge(counted)
beside["rate"] = 1000 * beside["n"] / people["people"].mean()
again = beside[["number", "rate"]]
wrong = list(beside["number"][(beside["rate"] - beside["printed"]).abs() > 0.05])

# %% [markdown]
# ## Task 4
#
# Fourth gate: **is this still the folder that was sealed?** When the draft was made, the library wrote a checksum of every file into its manifest:
# a short text that changes as soon as one letter of the file changes. `sealed` is what the manifest says, `received` is what lies in the folder today.
#
# - Which files are **missing** today?
# - Which are **not listed** in the manifest?
# - Which are in both, and were **changed**?
# - How many bytes of today's folder does the manifest not vouch for (changed and not listed files together)?
#
# `sealed.merge(received, on="file")` puts both side by side for the files in both; columns of one name get `_x` (sealed) and `_y` (received).
# `~a.isin(b)` is true where `a` is not among `b`.
#
# `missing`, `not_listed`, `changed`: names of files in lists. `unproven_bytes`: a number.

# %% tags=["given"]
sealed, received = city.sealed, city.received
received

# %%
missing = ...
not_listed = ...
changed = ...
unproven_bytes = ...
### BEGIN SOLUTION
missing = list(sealed["file"][~sealed["file"].isin(received["file"])])
not_listed = list(received["file"][~received["file"].isin(sealed["file"])])
both = sealed.merge(received, on="file")
changed = list(both["file"][both["sha256_x"] != both["sha256_y"]])
unproven = received["file"].isin(changed + not_listed)
unproven_bytes = received["bytes"][unproven].sum()
### END SOLUTION

# %%
check(
    "m14-t4",
    missing=missing,
    not_listed=not_listed,
    changed=changed,
    unproven_bytes=unproven_bytes,
)

# %% same size taken for the same file tags=["mistake"]
# You compared sizes. Where a 3 becomes an 8, a file keeps its size and loses its truth: compare the checksums.
missing = list(sealed["file"][~sealed["file"].isin(received["file"])])
not_listed = list(received["file"][~received["file"].isin(sealed["file"])])
both = sealed.merge(received, on="file")
changed = list(both["file"][both["bytes_x"] != both["bytes_y"]])
unproven = received["file"].isin(changed + not_listed)
unproven_bytes = received["bytes"][unproven].sum()

# %% only the listed files looked at tags=["mistake"]
# You looked only at what the manifest lists. A file that somebody has put in later is published with the others, and nothing vouches for it.
missing = list(sealed["file"][~sealed["file"].isin(received["file"])])
not_listed = []
both = sealed.merge(received, on="file")
changed = list(both["file"][both["sha256_x"] != both["sha256_y"]])
unproven_bytes = received["bytes"][received["file"].isin(changed)].sum()

# %% a missing file called changed tags=["mistake"]
# You put missing files among the changed ones. A file that is gone can be made again; one that was changed must be explained.
missing = []
not_listed = list(received["file"][~received["file"].isin(sealed["file"])])
same = sealed.merge(received, on=["file", "sha256"])
changed = list(sealed["file"][~sealed["file"].isin(same["file"])])
unproven = received["file"].isin(changed + not_listed)
unproven_bytes = received["bytes"][unproven].sum()

# %% [markdown]
# ## Task 5
#
# Fifth gate: **are the indicators ready to be measured by?** `sheets` holds ten indicators: whether more of it is `better` or `worse`,
# today's value (`baseline`) with its 95 % interval (`lower`, `upper`), the target, the year in which it is due, and who answers for it.
#
# - Which sheets are **incomplete** (a field is empty)? Leave them out of what follows.
# - Which targets go the **wrong way**: up where more is worse, or down where more is better?
# - Which targets lie **inside the interval** of the baseline? Even if they are reached, nobody will be able to tell.
# - By how many per cent of the baseline must each indicator change?
#
# `sheets.isna().any(axis=1)` is true for rows with an empty field, and `sheets.dropna()` leaves these rows out.
# `a.between(b, c)` is true where a lies between b and c.
#
# `incomplete`, `wrong_way`, `inside`: names of indicators in lists.
# `needed`: a table of the complete ones with the columns `indicator` and `percent` (below 0 for a fall; one decimal).

# %% tags=["given"]
sheets = city.sheets
sheets

# %%
incomplete = ...
wrong_way = ...
inside = ...
needed = ...
### BEGIN SOLUTION
incomplete = list(sheets["indicator"][sheets.isna().any(axis=1)])
ready = sheets.dropna()
up = ready["target"] > ready["baseline"]
wrong_way = list(ready["indicator"][up != (ready["more_is"] == "better")])
unseen = ready["target"].between(ready["lower"], ready["upper"])
inside = list(ready["indicator"][unseen])
percent = 100 * (ready["target"] - ready["baseline"]) / ready["baseline"]
needed = ready[["indicator"]].assign(percent=percent)
### END SOLUTION

# %%
check(
    "m14-t5", incomplete=incomplete, wrong_way=wrong_way, inside=inside, needed=needed
)

# %% every rise taken for the wrong way tags=["mistake"]
# You marked every target that rises. For some indicators more is better: read `more_is` first.
incomplete = list(sheets["indicator"][sheets.isna().any(axis=1)])
ready = sheets.dropna()
wrong_way = list(ready["indicator"][ready["target"] > ready["baseline"]])
unseen = ready["target"].between(ready["lower"], ready["upper"])
inside = list(ready["indicator"][unseen])
percent = 100 * (ready["target"] - ready["baseline"]) / ready["baseline"]
needed = ready[["indicator"]].assign(percent=percent)

# %% the interval of the baseline forgotten tags=["mistake"]
# You took the baseline for exact. It was measured, with an interval: a target inside it may be reached today already, or never be seen.
incomplete = list(sheets["indicator"][sheets.isna().any(axis=1)])
ready = sheets.dropna()
up = ready["target"] > ready["baseline"]
wrong_way = list(ready["indicator"][up != (ready["more_is"] == "better")])
inside = []
percent = 100 * (ready["target"] - ready["baseline"]) / ready["baseline"]
needed = ready[["indicator"]].assign(percent=percent)

# %% a target nobody answers for let through tags=["mistake"]
# You asked for a target only. A sheet without an owner or a year is a wish: nobody will be asked about it, and never.
incomplete = list(sheets["indicator"][sheets["target"].isna()])
ready = sheets.dropna(subset=["target"])
up = ready["target"] > ready["baseline"]
wrong_way = list(ready["indicator"][up != (ready["more_is"] == "better")])
unseen = ready["target"].between(ready["lower"], ready["upper"])
inside = list(ready["indicator"][unseen])
percent = 100 * (ready["target"] - ready["baseline"]) / ready["baseline"]
needed = ready[["indicator"]].assign(percent=percent)

# %% [markdown]
# ## Task 6
#
# Sixth gate: **does a word go further than its figure?** `findings` holds nine sentences of the draft: the `ratio` of this period to the one before,
# its 95 % interval, and the `word` that the draft uses: `rose`, `fell` or `no clear change`.
# An interval that holds 1, or just touches it, shows no clear change.
#
# Three marks from 1 (thin) to 3 (strong) say how good the precision, the coverage of the records and the measurement of a finding are.
# The mark of the finding is the **weakest** of the three: a chain holds as much as its weakest link.
#
# - By how many per cent did each figure change (0.9 is -10 per cent), and what is its mark?
# - Which sentences are **overstated**: a word of change, and no clear change?
# - Which are **understated**: a clear change that is passed over?
#
# `.min(axis=1)` takes the smallest of several columns, row by row.
#
# `judged`: a table with the columns `number`, `percent`, `mark`. `overstated` and `understated`: numbers of sentences in lists.

# %% tags=["given"]
findings = city.findings
findings

# %%
judged = ...
overstated = ...
understated = ...
### BEGIN SOLUTION
judged = findings[["number"]].assign(
    percent=100 * (findings["ratio"] - 1),
    mark=findings[["precision", "coverage", "measurement"]].min(axis=1),
)
unclear = (findings["lower"] <= 1) & (findings["upper"] >= 1)
quiet = findings["word"] == "no clear change"
overstated = list(findings["number"][unclear & ~quiet])
understated = list(findings["number"][~unclear & quiet])
### END SOLUTION

# %%
check("m14-t6", judged=judged, overstated=overstated, understated=understated)

# %% mean of the marks tags=["mistake"]
# You took the mean of the three marks. A very precise count of half of the records is still half of the records: the weakest decides.
judged = findings[["number"]].assign(
    percent=100 * (findings["ratio"] - 1),
    mark=findings[["precision", "coverage", "measurement"]].mean(axis=1).round(),
)
unclear = (findings["lower"] <= 1) & (findings["upper"] >= 1)
quiet = findings["word"] == "no clear change"
overstated = list(findings["number"][unclear & ~quiet])
understated = list(findings["number"][~unclear & quiet])

# %% the word held against the point tags=["mistake"]
# You held each word against the ratio. Above 1 is not yet "rose": the interval decides what may be said.
judged = findings[["number"]].assign(
    percent=100 * (findings["ratio"] - 1),
    mark=findings[["precision", "coverage", "measurement"]].min(axis=1),
)
quiet = findings["word"] == "no clear change"
overstated = []
understated = list(findings["number"][quiet])

# %% touching taken for clear tags=["mistake"]
# An interval that begins or ends exactly at 1 still holds "as before". Say no more than that.
judged = findings[["number"]].assign(
    percent=100 * (findings["ratio"] - 1),
    mark=findings[["precision", "coverage", "measurement"]].min(axis=1),
)
unclear = (findings["lower"] < 1) & (findings["upper"] > 1)
quiet = findings["word"] == "no clear change"
overstated = list(findings["number"][unclear & ~quiet])
understated = list(findings["number"][~unclear & quiet])

# %% [markdown]
# ## Task 7
#
# Seventh gate: **can each priority be traced to evidence and to a voice?** `priorities` are the eight of the draft.
# `traces` says on which figures (`F…`) and on which voices of residents (`V…`) each of them rests.
# `held` says what the report holds: `shown`, `hidden` (to protect people) or `withdrawn`. What is not in `held` does not exist.
# Only what is *shown* counts.
#
# - How many figures and how many voices stand behind each priority? Some have none.
# - Which priorities have at least one of both?
# - Which references lead nowhere: hidden, withdrawn or not there? (Each of them once: `.unique()`.)
#
# `good.groupby(["priority", "kind"]).size().unstack(fill_value=0)` counts, with a column for each kind.
# `.reindex(priorities["priority"], fill_value=0)` adds the priorities that have no line.
#
# `support`: a table with the columns `priority`, `figure`, `voice`, a row for *each* priority.
# `traced`: codes of priorities in a list. `nowhere`: references in a list.

# %% tags=["given"]
priorities, traces, held = city.priorities, city.traces, city.held
traces.head(8)

# %%
support = ...
traced = ...
nowhere = ...
### BEGIN SOLUTION
shown = held["ref"][held["status"] == "shown"]
good = traces[traces["ref"].isin(shown)]
many = good.groupby(["priority", "kind"]).size().unstack(fill_value=0)
support = many.reindex(priorities["priority"], fill_value=0)
traced = list(support.index[(support["figure"] > 0) & (support["voice"] > 0)])
nowhere = list(traces["ref"][~traces["ref"].isin(shown)].unique())
### END SOLUTION

# %%
check("m14-t7", support=support, traced=traced, nowhere=nowhere)

# %% references counted without looking tags=["mistake"]
# You counted what is cited. Some of it is hidden, withdrawn or was never there: follow each reference to its end.
many = traces.groupby(["priority", "kind"]).size().unstack(fill_value=0)
support = many.reindex(priorities["priority"], fill_value=0)
traced = list(support.index[(support["figure"] > 0) & (support["voice"] > 0)])
nowhere = []

# %% one of the two is enough tags=["mistake"]
# You let a priority pass with figures *or* voices. Figures without voices miss what people need; voices without figures miss those who were not heard.
shown = held["ref"][held["status"] == "shown"]
good = traces[traces["ref"].isin(shown)]
many = good.groupby(["priority", "kind"]).size().unstack(fill_value=0)
support = many.reindex(priorities["priority"], fill_value=0)
traced = list(support.index[(support["figure"] > 0) | (support["voice"] > 0)])
nowhere = list(traces["ref"][~traces["ref"].isin(shown)].unique())

# %% withdrawn taken for shown tags=["mistake"]
# You let everything pass that is in the list. What was hidden or withdrawn cannot be read by anybody, so it supports nothing in print.
good = traces[traces["ref"].isin(held["ref"])]
many = good.groupby(["priority", "kind"]).size().unstack(fill_value=0)
support = many.reindex(priorities["priority"], fill_value=0)
traced = list(support.index[(support["figure"] > 0) & (support["voice"] > 0)])
nowhere = list(traces["ref"][~traces["ref"].isin(held["ref"])].unique())

# %% [markdown]
# ## Task 8
#
# Last gate: **two cities side by side.** Your city and a second one have given each other a card with their figures.
# Figures that are defined otherwise, or were measured more than five years apart, or stand on one card only, are not compared.
#
# `compare(here, there)` gives a row for each figure: `difference` (there less here), its interval (`lower`, `upper`), and a `verdict`.
# Where a figure is not compared, the interval is empty (`.isna()`, `.notna()`).
#
# - What is the difference for each figure that can be compared, and between which values does it lie?
# - Which figures cannot be compared?
# - In which do the two cities clearly differ? (The verdict is not `"no clear difference"`.)
#
# `gaps`: a table with the columns `figure`, `difference`, `lower`, `upper`. `not_compared` and `differ`: names of figures in lists.


# %% tags=["given"]
def make_card(name, table):
    figures = tuple(Figure(**row) for row in table.to_dict("records"))
    return Card(name, "XX", True, "2026-02-01", "Statistics Office", figures)


here, there = make_card("Here", city.here), make_card("There", city.there)
city.there[["figure", "value", "lower", "upper", "unit", "version", "year"]].head()

# %%
gaps = ...
not_compared = ...
differ = ...
### BEGIN SOLUTION
found = compare(here, there)
compared = found[found["lower"].notna()]
gaps = compared[["figure", "difference", "lower", "upper"]]
not_compared = list(found["figure"][found["lower"].isna()])
differ = list(compared["figure"][compared["verdict"] != "no clear difference"])
### END SOLUTION

# %%
check("m14-t8", gaps=gaps, not_compared=not_compared, differ=differ)

# %% one name taken for one definition tags=["mistake"]
# You compared whatever has the same name. One city counts for 1,000 homes and the other for 1,000 people, or ten years lie between them:
# such a difference says nothing about either city.
both = city.here.merge(city.there, on="figure", suffixes=("", "_there"))
gap = both["value_there"] - both["value"]
gaps = both[["figure"]].assign(
    difference=gap,
    lower=both["lower_there"] - both["upper"],
    upper=both["upper_there"] - both["lower"],
)
not_compared = []
differ = list(gaps["figure"][(gaps["lower"] > 0) | (gaps["upper"] < 0)])

# %% overlapping intervals read as alike tags=["mistake"]
# You called two figures alike because their intervals overlap. Two intervals can overlap and the difference still be clear:
# the difference has an interval of its own.
found = compare(here, there)
compared = found[found["lower"].notna()]
gaps = compared[["figure", "difference", "lower", "upper"]]
not_compared = list(found["figure"][found["lower"].isna()])
both = city.here.merge(city.there, on="figure", suffixes=("", "_there"))
both = both[both["figure"].isin(compared["figure"])]
apart = (both["lower_there"] > both["upper"]) | (both["lower"] > both["upper_there"])
differ = list(both["figure"][apart])

# %% the cities exchanged tags=["mistake"]
# You subtracted the other way round. The card of your own city comes first; above 0 must mean *more there*.
found = compare(there, here)
compared = found[found["lower"].notna()]
gaps = compared[["figure", "difference", "lower", "upper"]]
not_compared = list(found["figure"][found["lower"].isna()])
differ = list(compared["figure"][compared["verdict"] != "no clear difference"])

# %% [markdown]
# ## Task 9
#
# **Your diagnosis.** Take your own city's folder, or make your second city with the lines of the lesson (section 2). Run `safelearn city check` and
# `safelearn diagnose`, and work through the report until you would sign it. Hand in the folder of the report beside this notebook.
#
# Here, write its **front page**, 400 to 600 words: the question it answers; what the data cannot say; four or five findings, each with its interval and
# the name of its table or figure; who was not heard; what you keep from being printed, and why; what could lie behind the findings, and what you cannot know;
# two or three priorities, each with its evidence and its voice; and how you will tell in two years whether something worked.
# At the end: the name of the folder, and the first twelve characters of the checksum of its `manifest.json`.
#
# Two people read it by the ten lines below, four points each: 1 begun, 2 sound in part, 3 sound, 4 an example for others.
#
# *If you would rather not write about violence*: leave it out and diagnose theft, places, services and trust instead. The points are the same, and nobody asks.

# %% m14-t9 [markdown]
# ### BEGIN SOLUTION
# *This page shows the form; names and numbers are those of an invented city, and each … stands for a figure with its interval.*
#
# **What the council asked.** Where do people give up their evenings, and what could the budget of 2027 change about it?
#
# **What we have.** Police records of 2023 to 2025 (… read, … used, the rest set aside with reasons in annex A), a survey of … adults in 2025, walks in
# 24 places, and the city's own registers. What is missing: the hospital's records; anybody without a home; 475 places that the police mask, which count in totals
# and on no map. Records show what is told: of 100 people robbed, … told the police (table `reporting`).
#
# **What we found.** 1. … of 100 adults feel safe after dark, women … and men … (figure `perception`). 2. Thefts from the person: no clear change, ratio … (… to …).
# 3. Burglary lies where it lay: … of the streets hold half of it, in all three years (table `concentration`). 4. In the hillside district more lamps are dark (… of 100,
# … to …). 5. Of 100 who went to the help desk, … were satisfied; of few groups enough were asked to say it by age.
#
# **Not heard.** People without a home, traders, children. Their lines are in the table, empty. The traders' association has a date in March.
#
# **Kept back.** Counts below 5, below 10 for children; no place below a district for domestic violence; no list of areas in order, and no point on a map.
# The release was attacked together with that of 2024: nothing was given away.
#
# **What could lie behind it.** Lamps and fear go together here; whether lamps make the fear less, these figures cannot show. Streets with dark lamps also have fewer shops.
#
# **Priorities.** *Evenings on the hillside*: finding 4, and voices V03, V11 ("we walk in threes"). *Doors in the old quarter*: finding 3, and the demands of 14 assemblies.
# *A desk that answers*: finding 5, V07. Each was screened for rights; the camera was taken out.
#
# **How we shall know.** Lamps in six of twelve hillside areas, drawn by lot; the other six a year later. Counted: adults who go out after dark, by the same survey, 600 in each half,
# which would show a change of … points. If the interval holds 0 after two years, the money goes elsewhere. Owner: Public Works; looked at each March.
#
# Folder: `my-report`; manifest …
# ### END SOLUTION

# %% [markdown]
# ## Task 10
#
# **Peer review.** You are given the diagnosis of another trainee's city, and somebody else reads yours. `safelearn template copy peer-review` gives you the form: ten lines,
# each with a mark (1 missing, 2 begun, 3 sound, 4 an example for others), a page and a reason; two figures that you compute again; advice.
#
# Send the form to the city that you have read. Here, write in 250 to 350 words what you sent: your three most important lines with mark, page and reason;
# the two figures that you computed again, as printed and as you get them, and why they differ if they do; the one change that would help most;
# and the best thing that you take home for your own city. What you judge is the report, not the people who wrote it.

# %% m14-t10 [markdown]
# ### BEGIN SOLUTION
# Read: the diagnosis of Puerto Alba, 2023 to 2025, with a colleague from social development, in two evenings.
#
# *Uncertainty: 2 begun.* Page 3 says that burglary "fell by 12 per cent"; the interval in table `change` goes from 27 fewer to 6 more. Page 9 says of the same figure
# "no clear change". One of the two must go, and it is the first.
# *Inclusion: 4 an example for others.* On page 14 every group that was not asked has a line with the reason and a date. We have never seen it done so openly.
# *Places: 3 sound.* No list, no points, small counts hidden. The title on page 11 names one neighbourhood, though eleven others cannot be told apart from it.
#
# Computed again. Thefts for 1,000 residents in the port district, 2025: printed 6.4, ours 6.4. Women who feel safe after dark: printed 44 of 100, ours 41.
# The printed figure leaves out those who never go out; the definition counts them. The same slip may be in the table by age.
#
# The one change that would help most: in the priorities, a figure *and* a voice behind each. "Cameras at the port" rests on table 7 alone, and in the quotes of chapter 9
# people at the port ask for a toilet and a night bus.
#
# What we take home: their page for residents. A ten-minute walk through five figures, each with the question "what do you see that we do not?". We shall print ours that way.
#
# What we did not understand: why 2023 begins in April. Perhaps the records changed; then it should be said on page 2.
#
# The cards of both cities were compared as well: four figures could be, in one the cities differ (working lamps, theirs more). We have asked them how they mend lamps in five days.
# ### END SOLUTION

# %% [markdown]
# ## Portfolio: ten rules that stay
#
# Level 4 is not a test. It is what your city keeps doing when you are on leave: a rule, a date in a calendar, a line in a budget, somebody who has learned it from you.
#
# For each of the ten competencies, write 60 to 120 words: **the rule** that you have set or brought about (where it is written, since when, who keeps it);
# **the evidence** (a document, a decision, a page that somebody else can open); and **what it changed**, or what went wrong and what you changed then.
#
# You may hand in an entry later than the others; an entry without a rule yet says who would have to decide it, when they will be asked, and earns what its lines allow.
# Name offices and documents, and nobody who has not agreed.

# %% [markdown]
# ## Task 11
#
# Concepts, rights and inclusion: *screening for rights is a part of every approval.*

# %% m14-t11 [markdown]
# ### BEGIN SOLUTION
# Rule: since May 2026 no measure goes to the council's safety committee without the answered rights checklist and its lines in the register of harms (by-law 14, section 3; kept by the council's secretary).
# Evidence: by-law 14, and the agendas of June to December, where the checklist is annex 1 of each item.
# What it changed: of 19 measures, 4 came back; the closing hours of the market were redrawn with the traders. In September an urgent item went through without it. Since then the secretary, and not the department, decides what is urgent.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Governance and partnership: *a lasting structure with a budget and a review.*

# %% m14-t12 [markdown]
# ### BEGIN SOLUTION
# Rule: the safety table meets on the first Tuesday of each month, with one accountable office for each task (council decision 77 of 2026); it has two posts and a line of its own in the budget, and is reviewed each February.
# Evidence: decision 77, budget line 412, minutes on the city's site.
# What it changed: tasks without an accountable office went from seven to one. The police and social development signed who calls whom at night. The first review found that nobody from the districts came in winter; the table now meets in the districts, in turn.
# ### END SOLUTION

# %% [markdown]
# ## Task 13
#
# Mapping actors and assets: *a living map with rules of consent.*

# %% m14-t13 [markdown]
# ### BEGIN SOLUTION
# Rule: the register of actors is gone through each April by the focal point with two associations; an entry of an informal group stays only with its consent, asked again every year (terms of the register, section 2).
# Evidence: the terms, the form of consent in three languages, and the log of changes, without names.
# What it changed: eleven associations were added, and two took themselves out, without giving a reason. We had rated partners by power once, and one rating was passed on; since then ratings are deleted after the workshop, and only the grid's drawing is kept.
# ### END SOLUTION

# %% [markdown]
# ## Task 14
#
# Care of data and doing no harm: *the rules for data and the way to redress.*

# %% m14-t14 [markdown]
# ### BEGIN SOLUTION
# Rule: every table has a data card, a threshold and a day of deletion; no release without the attack on it together with all earlier ones; whoever finds themselves in a release writes to the data officer and has an answer in ten days (information by-law, annex C).
# Evidence: annex C, the journal of releases, the officer's yearly report.
# What it changed: two releases were stopped. One complaint came, from a shop that could be recognised on a map of burglaries; the map was withdrawn the same day, and since then no place is shown that holds fewer than eight addresses.
# ### END SOLUTION

# %% [markdown]
# ## Task 15
#
# Crime data and where crime happens: *the standard by which the city repeats its diagnosis.*

# %% m14-t15 [markdown]
# ### BEGIN SOLUTION
# Rule: the diagnosis is made every two years from the same tables with the same definitions, by the statistics office; a change of a definition is published a year before, and both versions are printed once side by side (standard S-3).
# Evidence: S-3, and the manifests of 2024 and 2026.
# What it changed: the police's new form of 2025 would have looked like a rise of a tenth in theft. It was marked as a change of recording, and no newspaper wrote about a rise. What went wrong: the boundaries of two areas were redrawn without telling us; the planning office now writes three months ahead.
# ### END SOLUTION

# %% [markdown]
# ## Task 16
#
# Perception, surveys and participation: *a regular survey made together with residents.*

# %% m14-t16 [markdown]
# ### BEGIN SOLUTION
# Rule: a survey of 1,200 adults each October, designed with a panel of twelve residents who see the questions before and the results before the council does (contract with the university until 2030).
# Evidence: the contract, the panel's minutes, the questionnaire with its changes since 2024.
# What it changed: the panel put in "who never goes out", and a quarter of the women in one district turned up there. It took out a question on documents that had frightened people. Answers from that district went from 31 to 54 of 100 asked.
# ### END SOLUTION

# %% [markdown]
# ## Task 17
#
# Priorities, indicators and targets: *one framework across departments.*

# %% m14-t17 [markdown]
# ### BEGIN SOLUTION
# Rule: nine departments use one list of 24 indicators with one sheet each; a new one comes in only if one goes out; targets must lie outside the interval of their baseline (circular 5 of the town clerk).
# Evidence: circular 5, the list on the city's site, the yearly table of targets.
# What it changed: 61 indicators became 24. The police gave up "number of stops" as a target, since it could be reached by stopping more people. Public Works reached its target for lamps by counting those ordered; the sheet now says "that shine".
# ### END SOLUTION

# %% [markdown]
# ## Task 18
#
# Integrated planning of prevention: *safety as a part of plans that the law requires.*

# %% m14-t18 [markdown]
# ### BEGIN SOLUTION
# Rule: every detailed plan carries a safety statement: what the walks found, what the plan changes, who was asked (planning by-law, section 9, since 2026).
# Evidence: section 9, and the statements of the first six plans.
# What it changed: the plan for the station moved two entrances to where people wait. The statement of the third plan was copied from the first. Since then the planner who signs must have been on the walk, and the residents who walked get the statement to read before it is laid out.
# ### END SOLUTION

# %% [markdown]
# ## Task 19
#
# Monitoring, evaluation and learning: *independent evaluation, and acting on it.*

# %% m14-t19 [markdown]
# ### BEGIN SOLUTION
# Rule: a measure of more than 100,000 a year is evaluated by somebody who neither runs nor pays it; the design is deposited before the start, and the council must answer the result within three months (decision 102).
# Evidence: decision 102, the register of designs, two answers of the council.
# What it changed: the mediators' programme was found without a clear effect; the council changed where they work, and did not end it, since the interval was wide. What went wrong: the first design had too few areas to show anything, and nobody had reckoned its power. It is now on the form.
# ### END SOLUTION

# %% [markdown]
# ## Task 20
#
# Money and communication: *money for several years, and a report to the public.*

# %% m14-t20 [markdown]
# ### BEGIN SOLUTION
# Rule: prevention has a line of its own in the budget of three years, a tenth of it decided by residents; each May the city says in four pages, and in an open evening, what was spent where, for whom, and what is known of it (financial by-law, section 21).
# Evidence: budget 2026 to 2028, the four pages of May 2026, the list of questions of the evening with their answers.
# What it changed: the hillside got a fifth of the money instead of a twelfth. At the first evening nobody asked anything; at the second, pupils presented the pages, and forty questions came.
# ### END SOLUTION
