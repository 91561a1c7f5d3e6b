# %% [markdown]
# # 0. Start here: your first hour with a notebook
#
# The lamp crew of Puerto Sereno has one month. It can mend about thirty street lamps, in one district of the city.
# **In which of the six districts should it begin?**
#
# The answer lies in a table with a few hundred rows. In two hours you will have found it yourself.
#
# **At the end you can**
# - run a notebook from top to bottom, and start it afresh;
# - read what the computer says when something is wrong;
# - open a table, keep some of its rows, add them up by group, and draw bars;
# - save your work and hand it in.
#
# You need nothing: no programming, no statistics, no special computer.
# If you have written an e-mail and added up a bill, you know enough.
#
# > **You cannot break anything.** This is your own copy. Whatever you type here, the city's data stay as they are.
# > Puerto Sereno itself is invented: its streets, its lamps and its people.

# %% [markdown]
# ## 1. Press two keys
#
# This page is a **notebook**. It is made of boxes, called **cells**.
# Some hold text, like this one. Some hold instructions for the computer, like the next one.
#
# Click into the grey box below. Hold down **Shift** and press **Enter**.

# %%
2 + 3

# %% [markdown]
# You have just run a program. The answer stands under the cell.
#
# To the left there was an empty bracket `[ ]`, and now it holds a number.
# It says which cell you ran first, which second, and so on.
# While the computer is busy, it holds a star: `[*]`. Then wait a little.
#
# Now change something. Click into the cell again, turn the `3` into a `30`, and press Shift and Enter once more.
#
# That is all there is to it. Every page of this course works like that: **read, run, change, run again.**

# %% [markdown]
# The computer can add, subtract, multiply (`*`) and divide (`/`).
# Words after a `#` are for people. The computer does not read them.

# %%
7 * 85.5  # seven lamps, and each costs 85.5 to mend

# %% [markdown]
# A decimal is written with a *point*, `85.5`, also where your country writes a comma.

# %% [markdown]
# ## 2. Give things a name
#
# In Market Row stand 9 lamps, and 7 of them work.
# Give each number a name, with an equals sign between them. What will the last line show? Think first, then run it.

# %%
lamps = 9
working = 7

lamps - working

# %% [markdown]
# `lamps = 9` does not ask whether lamps are nine. It says: *from now on, lamps means 9.*
# A cell shows you its **last line** only, and only if that line is a question and not a naming.
#
# A name has no spaces. Capital letters count: `lamps` and `Lamps` are two different names.
#
# To show more than one thing, or to put numbers into a sentence, there is `print`.
# The `f` before the quotation mark lets you write a name in curly brackets, and the computer puts its value there.

# %%
dark = lamps - working

print(f"In Market Row {dark} of {lamps} lamps are dark.")

# %% [markdown]
# **Try it.** Another lamp goes out. Change the `7` above to a `6`, and run both cells again, the upper one first.
#
# Did the sentence change? What happens if you run only the lower cell?

# %% [markdown]
# ## 3. The computer remembers what you ran, not what you see
#
# This is the one thing about notebooks that confuses everybody, so we do it on purpose.
#
# The next cell sends the crew to mend one lamp. **Run it three times**, and watch the number.

# %%
working = working + 1

working

# %% [markdown]
# Each time you run it, another lamp is mended, and nothing on the page shows how often you did.
# There were only nine lamps, and yet you can reach ten, eleven, twelve.
#
# The same happens when you change a cell at the top and do not run those below: the page shows old answers to new questions.

# %%
import pictures

pictures.remembers()

# %% [markdown]
# The remedy is in the menu at the top: **Run → Restart Kernel and Run All Cells**.
#
# The *kernel* is the computer's memory for this page. Restarting empties it, and then every cell runs once, in order.
# Your text stays. Only the numbers are made anew.
#
# Do it now. (The computer asks whether you are sure: press *Restart*.) Then scroll back to this place.
#
# **Rule 1. Before you believe a number, restart and run all.**

# %% [markdown]
# ## 4. Red is not a bad mark
#
# Sooner or later a cell answers in red. Nothing is broken; the computer did not understand you, and it says where.
#
# In the next cell, take away the `#` and the space after it, so that the line begins with `lampz`. Run it.

# %%
# lampz - working

# %% [markdown]
# It shows a few lines, and the **last line** is the one to read first:
#
# `NameError: name 'lampz' is not defined`
#
# It does not know this name. Now look at the name: there is a `z` in it.
# These make up nearly all of what you will see in this course:
#
# | The last line begins with | It means | Look at |
# |---|---|---|
# | `NameError` | I do not know this name. | spelling; a word without its quotation marks; or you have not run the cell where the name is given |
# | `SyntaxError` | I cannot read this line. | a bracket or a quotation mark that is opened and not closed |
# | `IndentationError` | A line begins too far to the right. | a space at the beginning of the line |
# | `KeyError` | The table has no such column. | the column's name, letter by letter |
# | `TypeError` | These two do not go together. | a word where a number should be: `"9"` is a word, `9` is a number |
# | `ValueError` | It has the right kind, and does not fit here. | brackets; two columns need double ones (part 9) |
# | `FileNotFoundError` | There is no such file. | the file's name, letter by letter; is it in the list on the left? |
# | `ModuleNotFoundError` | A tool is missing. | did you open the page with `safelearn lab`? |
#
# Put the `#` back, run the cell, and the red is gone. Everybody who programs sees red every day.
#
# One thing more: *Run All* stops at a red cell, and the cells below it keep their old answers. Mend the red one first.

# %% [markdown]
# ## 5. A table of five streets
#
# Numbers in cities come in tables. We make a small one ourselves, to know exactly what is in it.
# The tool for tables is called *pandas*; the first line fetches it, and everybody calls it `pd`.

# %%
import pandas as pd

five = pd.DataFrame(
    {
        "street": ["Market Row", "Long Row", "Hill Steps", "Bay Road", "Mill Lane"],
        "district": ["Centre", "Centre", "Hills", "Bay", "Hills"],
        "length_m": [120, 310, 80, 240, 95],
        "lamps": [9, 8, 2, 7, 3],
        "working": [7, 8, 1, 4, 0],
    }
)

five

# %% [markdown]
# Each **row** is one street. Each **column** holds one thing about all of them.
# On the far left stands a number for each row. The computer begins to count at 0, which is odd and does no harm.
#
# How many lamps stand in these five streets? Add them up on paper. Then let the computer do it:

# %%
print(five["lamps"].sum())

# %% [markdown]
# Read it from left to right: *from the table `five`, the column `lamps`, its sum.*
#
# - The name of a column stands in square brackets and quotation marks.
# - The round brackets at the end say: *do it!* Forget them, and the computer only describes what it could do.
#
# A new column is made like a new name. How many lamps are dark in each street?

# %%
five["dark"] = five["lamps"] - five["working"]

five

# %% [markdown]
# One line, and it was done for all the rows at once. With five rows you are as fast by hand. With five hundred you are not.

# %% [markdown]
# ## 6. The real table
#
# People from the works department walked through all sixty neighbourhoods of Puerto Sereno.
# In each they looked at nine pieces of street, and counted the lamps after dark.
#
# In safelearn a city is a folder full of tables. We open it, take the table of streets, and look at its first rows.

# %%
from safelearn import City
from safelearn.resources import bundled_city

city = City.open(bundled_city("puerto-sereno"))
table = city.table("streets").merge(city.table("areas"), on="area_id")

streets = table[["area_name", "parent", "street_class", "length_m", "lamps"]]
streets.columns = ["neighbourhood", "district", "kind", "length_m", "lamps"]
streets["working"] = table["lamps_working"]

streets.head()

# %% [markdown]
# You need not understand every word above. It opened the folder, put two of its tables side by side (`merge`),
# kept six columns, and gave some of them simpler names.
#
# `.head()` shows the first five rows. **The screen never shows you the whole table.** How large is it?

# %%
len(streets)

# %%
print("lamps:", streets["lamps"].sum())
print("working:", streets["working"].sum())

# %% [markdown]
# `len` counts rows, `.sum()` adds up a column. Those are two different questions:
# *how many pieces of street?* and *how many lamps?*

# %% [markdown]
# ## 7. Keep some of the rows
#
# In which streets is a lamp dark? In our five, you see it at once. How does the computer see it?
# It asks every row a question, and writes down `True` (yes) or `False` (no).

# %%
answers = five["dark"] > 0

answers

# %% [markdown]
# (The last line is computer talk: it says what kind of values these are. Do not mind it.)
#
# Put that question into square brackets behind the table, and only the rows with a *yes* are kept.
# Read it as: *from the table five, the rows where five's dark is more than 0.*

# %%
five[five["dark"] > 0]

# %% [markdown]
# There are six such questions:
#
# | You write | It asks |
# |---|---|
# | `==` | is it the same? (two equals signs: one alone gives a name) |
# | `!=` | is it different? |
# | `>` and `<` | is it more? is it less? |
# | `>=` and `<=` | is it more **or the same**? is it less or the same? |
#
# "At least 4" is `>= 4`. "More than 4" is `> 4`. In a letter the two are easily mixed up; in a count, one of them is wrong.

# %%
at_least = five[five["dark"] >= 2]
more_than = five[five["dark"] > 2]

print("streets with at least 2 dark lamps:", len(at_least))
print("streets with more than 2 dark lamps:", len(more_than))

# %% [markdown]
# Now the large table. We add the column first, then keep the rows.

# %%
streets["dark"] = streets["lamps"] - streets["working"]
with_dark_lamps = streets[streets["dark"] > 0]

print("pieces of street with a dark lamp:", len(with_dark_lamps))
print("dark lamps in them:", with_dark_lamps["dark"].sum())

# %% [markdown]
# **Try it.** In the cell below, look only at stairs. Then change the word to `"main"`, `"alley"` or `"residential"`.
# A word stands in quotation marks, a number does not. Without them the computer takes the word for a name that you have given.

# %%
of_one_kind = streets[streets["kind"] == "stairs"]

print(of_one_kind["dark"].sum())

# %% [markdown]
# ## 8. An empty cell is not a zero
#
# Nobody has been to Mill Lane at night yet: a dog stood in the way. So nobody knows how many of its lamps work.
# In a table, such a place stays empty. The computer shows it as `NaN` or `<NA>`: *not available*.

# %%
not_all_seen = five[["street", "lamps"]].assign(working=[7, 8, 1, 4, None])

not_all_seen

# %% [markdown]
# (`.assign` makes a copy of the table with one column more; `None` leaves a place empty. And a column with an empty place
# shows its other numbers with a point: `7.0` is 7.)
#
# What share of the lamps works? Two people count, and both add up the same column.

# %%
working_lamps = not_all_seen["working"].sum()
seen = not_all_seen[not_all_seen["working"].notna()]

print(f"First:  {working_lamps:.0f} of {not_all_seen['lamps'].sum()} lamps work.")
print(f"Second: {working_lamps:.0f} of {seen['lamps'].sum()} lamps work.")

# %% [markdown]
# (In the curly brackets you may write a sum too. `:.0f` behind it means: no decimals; `:.2f` means two.
# And inside `f"…"` a column's name takes single quotation marks, because the double ones would end the sentence.)

# %%
pictures.empty_is_not_zero(not_all_seen)

# %% [markdown]
# The first person has said that all the lamps of Mill Lane are dark. Nobody has seen them.
# The second has counted only where somebody looked: `.notna()` asks each row *is something written here?*
# And the second should add: "in four of five streets".
#
# Cities make the first mistake every day. A quarter from which no figures came is shown as a quarter where nothing happened.
#
# **Rule 2. Before you add up, ask what is missing. Unknown is not none.**

# %% [markdown]
# ## 9. Add up by group
#
# The crew asks for districts, not for streets. On paper you would make a heap for each district,
# and add up each heap. That is exactly what the computer does:

# %%
five.groupby("district")["dark"].sum()

# %% [markdown]
# From left to right: *take the table five; make a heap for each district; take the column dark; add up each heap.*
#
# Check it against the five rows. Then the same for the whole city, and for three columns at once.
# Several columns stand in *double* square brackets:

# %%
by_district = streets.groupby("district")[["lamps", "working", "dark"]].sum()

by_district

# %% [markdown]
# The whole table of streets has become six rows. Which district would you choose now?
#
# Look at two columns before you answer.
#
# Two small things that you will need again and again. `.size()` counts the rows of each heap.
# And the districts now stand at the left edge, as the names of the rows; `.reset_index()` makes an ordinary column of them again:

# %%
pieces = streets.groupby("district").size().reset_index(name="pieces")

pieces

# %% [markdown]
# ## 10. Draw it
#
# People see in a second what a table hides. One line draws bars; `title` writes above them.

# %%
drawing = by_district["dark"].plot.barh(title="Dark lamps among those counted")
# %% [markdown]
# The longest bar is that of Ribera Norte. La Costanera has none: every lamp that was counted there gave light.
# (Without the name `drawing` in front, a line of computer talk would stand above the picture.)
#
# A question to every picture of counts: **out of how many?**
# Where more lamps stand, more can be dark. So we divide: of 100 lamps, how many are dark?

# %%
by_district["dark_of_100"] = 100 * by_district["dark"] / by_district["lamps"]

pictures.two_questions(by_district)

# %% [markdown]
# The two pictures show the same lamps, and they do not agree on where to begin.
#
# Left: *where is the most work?* Right: *where is a lamp most likely to be dark?*
# Both are good questions. They are not the same question, and most quarrels about figures are between people who
# answer two different ones.

# %% [markdown]
# ## 11. In which district should the crew begin?
#
# Let the computer write the sentence. `.max()` gives the largest number of a column,
# and `.idxmax()` gives the *name of the row* in which it stands: here a district.

# %%
most = by_district["dark"].idxmax()
likeliest = by_district["dark_of_100"].idxmax()

n = by_district["dark"].max()
of_100 = by_district["dark_of_100"].max()
print(f"Most dark lamps: {most}, with {n}.")
print(f"Most of 100: {likeliest}, where {of_100:.0f} of 100 lamps are dark.")

# %% [markdown]
# Of any other district you get the number by its name: `by_district["dark"]["Cercado"]`. First the column, then the row.
#
# With one month and about thirty lamps, the crew can finish either of the two districts.
# The table does not choose between them. It has done something better: it has taken four districts out of the quarrel,
# and says what the choice is about.
#
# What else would you ask before you send the crew? Perhaps how many people walk there at night,
# how many lamps *should* stand there, and what the residents say. None of that is in our table.
#
# **Rule 3. A figure answers the question you asked it, and no other.**

# %% [markdown]
# ## 12. Save it, and hand it in
#
# - **Save**: press **Ctrl** and **S** together (on a Mac, **Cmd** and **S**). JupyterLab also saves by itself every two minutes.
# - **Find it again**: your notebooks lie in the folder `safelearn` in your home. `safelearn lab` opens them again,
#   as you left them. It never writes over your work.
# - **Close it**: close the window of the browser. Tomorrow, choose *Restart Kernel and Run All Cells*, and you are
#   where you were.
#
# Each module has two notebooks: a **lesson** like this one, and an **assignment** beside it.
# In the list of files on the left, open `assignment.ipynb`.
#
# In an assignment you put your answers where three dots stand.
# The cell below each answer begins with `check`. It tells you whether your answer has the right *form*:
# a number where a number is asked for. A ✓ means that the form is right. A ✗ on red means that it is not, and says why:
# change your answer, run its cell, and run `check` again. Whether the answer is *true* it cannot know.
#
# You need not round: if two decimals are asked for, more of them do no harm.
#
# **Before you hand in**: restart, run all, and read the last cell. It says what is still missing.
# Then save, and hand in the file `assignment.ipynb` in the way your course uses.
# An answer may be changed until then, as often as you like.

# %% [markdown]
# ## What you can now say, and what you cannot

# %%
total = by_district.sum()
share = 100 * total["dark"] / total["lamps"]

print(f"Of {total['lamps']:.0f} lamps counted, {total['dark']:.0f} were dark.")
print(f"That is {share:.0f} of 100.")
print(f"They stand in {len(streets)} pieces of street, nine in each neighbourhood.")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "There are so many dark lamps in the city." Only nine pieces of street a neighbourhood were looked at. |
# | "Of the lamps we counted, more of 100 were dark in one district than in another." | "People there are careless with lamps." Nobody asked why they are dark. |
# | "Here nobody has looked yet." | "Here all is well." |
#
# **Three questions to test yourself**
#
# <details><summary>1. You change a number in a cell near the top. The answer at the bottom stays the same. Why?</summary>
#
# The cells between them have not been run again. Choose *Restart Kernel and Run All Cells*.
# </details>
#
# <details><summary>2. What is the difference between <code>len(streets)</code> and <code>streets["lamps"].sum()</code>?</summary>
#
# The first counts rows, so pieces of street. The second adds up what stands in the column, so lamps.
# </details>
#
# <details><summary>3. A cell answers: <code>KeyError: 'Lamps'</code>. What do you do?</summary>
#
# Compare the name with the columns of the table. Here the column is called `lamps`, with a small letter.
# </details>

# %% [markdown]
# ## Now your own city
#
# Does your city have a table of lamps, benches, bus stops or schools? A spreadsheet will do.
#
# 1. In your spreadsheet program, save it as **CSV**.
# 2. Drag the file from your desktop into the list of files on the left.
# 3. Below, take away the `#` and the space after it, put in your file's name, and run it.
#
# Then ask it what you asked here: how many rows, what is missing, how many in each group, and out of how many.
# (A table with names of people, or with what happened to them, is another matter. Leave it where it is until module 4.)

# %%
# my_table = pd.read_csv("my_file.csv")
# my_table.head()

# %% [markdown]
# That was the hardest page of the course, because everything in it was new. The rest is one idea after another.
#
# Next comes the assignment. It is short, and the city in it is *yours*: nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
assert dark == 2 and lamps == 9
assert five["lamps"].sum() == 29
assert len(at_least) == 3 and len(more_than) == 2
assert streets.groupby("neighbourhood").size().eq(9).all()
assert streets["neighbourhood"].nunique() == 60 and streets["district"].nunique() == 6
assert 300 < len(streets) < 1000
assert streets[["lamps", "working"]].notna().all(axis=None)
assert {"stairs", "main", "alley", "residential"} <= set(streets["kind"])
assert working_lamps == 20 and seen["lamps"].sum() == 26
assert most != likeliest and most == "Ribera Norte"
assert by_district["dark"]["La Costanera"] == 0
assert (
    25 <= by_district["dark"][most] <= 36 and 25 <= by_district["dark"][likeliest] <= 36
)
