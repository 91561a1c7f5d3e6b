# %% [markdown]
# # 0. Start here: assignment
#
# You work on **your own town**: a list of its pieces of street, with their lamps.
# The town is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names. It goes like this:
#
# 1. Find the three dots, and put your answer in their place.
# 2. Run that cell (Shift and Enter).
# 3. Run the cell below it, which begins with `check`.
#
# `check` tells you whether your answer has the right *form*: ✓ if it has, ✗ on red if it has not, with the reason. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything, as often as you like. Keep the lesson open beside this page: looking things up is no cheating.
#
# You may let the computer work out an answer or type it yourself, and you need not round: more decimals than asked for do no harm.
#
# You never need an earlier answer for a later task. If one of them does not work today, leave it and go on.

# %%
from safelearn import check
from safelearn.course.variants import my_city

town = my_city("m00")
town

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# One row is one piece of street. `lamps` is how many lamps stand there, and `working` how many of them give light.
# Where `working` is empty, nobody has been at night yet.

# %%
streets = town.streets

streets.head()

# %% [markdown]
# ## Task 1
#
# How many pieces of street are in the table? And how many metres are they long, all together?
#
# You saw the same two questions in part 6 of the lesson.
#
# `pieces`: how many rows. `metres`: the sum of the column `length_m`.

# %%
pieces = ...
metres = ...
### BEGIN SOLUTION
pieces = len(streets)
metres = streets["length_m"].sum()
### END SOLUTION

# %%
check("m00-t1", pieces=pieces, metres=metres)

# %% only what the screen shows tags=["mistake"]
# You counted the five rows that the screen shows. The table is longer: `.head()` only shows its beginning.
pieces = len(streets.head())
metres = streets.head()["length_m"].sum()

# %% lamps counted instead of rows tags=["mistake"]
# You added up the lamps. One row is one piece of street, so the number of pieces is the number of rows: `len(streets)`.
pieces = streets["lamps"].sum()
metres = streets["length_m"].sum()

# %% mean instead of sum tags=["mistake"]
# You took the mean: how long one piece is on average. All of them together are the sum.
pieces = len(streets)
metres = streets["length_m"].mean()

# %% [markdown]
# ## Task 2
#
# A colleague shows you her page. It has three cells, one below the other, and the table below is a picture of it.
#
# - `bracket` is the number in the bracket on the left: which cell was run first, which later.
# - `line` is what she typed. In the first two cells a number stands in the place of the dots, and `number` is that number, as it stands there now.
# - Under the third cell the page shows a cost. That is its `number`.
#
# Look at the brackets. She has changed the second cell and run it again, and not the third.
#
# What will the page show as `cost` after *Restart Kernel and Run All Cells*? And by how much is the number that now
# stands there too high?
#
# `cost`: after restarting, with two decimals. `too_much`: what the page shows now, less the cost after restarting.

# %% tags=["given"]
notebook = town.notebook

notebook

# %%
cost = ...
too_much = ...
### BEGIN SOLUTION
price, lamps, shown = notebook["number"]
cost = price * lamps
too_much = shown - cost
### END SOLUTION

# %%
check("m00-t2", cost=cost, too_much=too_much)

# %% the screen believed tags=["mistake"]
# You took the number that the page shows. It is an old answer: it was made before the second cell was changed.
# Restart, and the page multiplies the two numbers that stand there now.
price, lamps, shown = notebook["number"]
cost = shown
too_much = shown - shown

# %% taken away the wrong way round tags=["mistake"]
# Your cost is right, and the difference has the wrong sign. "Too high by" is what the page shows, less what is true.
price, lamps, shown = notebook["number"]
cost = price * lamps
too_much = cost - shown

# %% [markdown]
# ## Task 3
#
# The crew wants to see the pieces of street with **at least 4 lamps**.
# How many are there? And how many metres are they long, all together?
#
# Look at part 7 of the lesson, and mind the difference between *at least* and *more than*.
#
# `pieces_with_four`: a number of pieces. `metres_with_four`: a number of metres.

# %%
pieces_with_four = ...
metres_with_four = ...
### BEGIN SOLUTION
kept = streets[streets["lamps"] >= 4]
pieces_with_four = len(kept)
metres_with_four = kept["length_m"].sum()
### END SOLUTION

# %%
check(
    "m00-t3",
    pieces_with_four=pieces_with_four,
    metres_with_four=metres_with_four,
)

# %% more than instead of at least tags=["mistake"]
# You kept the streets with more than four lamps, and left out those with exactly four. "At least 4" is written `>= 4`.
kept = streets[streets["lamps"] > 4]
pieces_with_four = len(kept)
metres_with_four = kept["length_m"].sum()

# %% exactly four tags=["mistake"]
# You kept only the streets with exactly four lamps. A street with nine has at least four, too.
kept = streets[streets["lamps"] == 4]
pieces_with_four = len(kept)
metres_with_four = kept["length_m"].sum()

# %% not kept at all tags=["mistake"]
# You counted all the rows. First keep those that you want, under a new name, and then count and add up *that* table.
pieces_with_four = len(streets)
metres_with_four = streets["length_m"].sum()

# %% [markdown]
# ## Task 4
#
# In some streets nobody has been at night: the column `working` is empty there.
# How many streets are those?
#
# And in the streets where somebody *has* been: of 100 lamps, how many give light?
#
# `.isna()` asks each row "is it empty?", and `.notna()` asks "is something written here?". Part 8 of the lesson shows both counts.
#
# `not_visited`: a number of pieces of street. `working_of_100`: with two decimals, such as `87.65`.

# %%
not_visited = ...
working_of_100 = ...
### BEGIN SOLUTION
not_visited = len(streets[streets["working"].isna()])
seen = streets[streets["working"].notna()]
working_of_100 = 100 * seen["working"].sum() / seen["lamps"].sum()
### END SOLUTION

# %%
check("m00-t4", not_visited=not_visited, working_of_100=working_of_100)

# %% unknown counted as dark tags=["mistake"]
# You divided by all the lamps, also by those that nobody has seen. That says that every one of them is dark.
# Divide by the lamps of the streets where somebody has been.
not_visited = len(streets[streets["working"].isna()])
working_of_100 = 100 * streets["working"].sum() / streets["lamps"].sum()

# %% unknown counted as lit tags=["mistake"]
# You put the number of lamps into the empty places, as if all of them gave light. Nobody has seen them:
# leave these streets out, above the line and below it.
not_visited = len(streets[streets["working"].isna()])
filled = streets["working"].fillna(streets["lamps"])
working_of_100 = 100 * filled.sum() / streets["lamps"].sum()

# %% mean of the streets' shares tags=["mistake"]
# You took the share of each street and then the mean, so that a lane with one lamp weighs as much as a road with ten.
# Add up the lamps that give light, add up the lamps, and divide once.
not_visited = len(streets[streets["working"].isna()])
seen = streets[streets["working"].notna()]
working_of_100 = 100 * (seen["working"] / seen["lamps"]).mean()

# %% [markdown]
# From here on, `visited` holds only the streets where somebody has been, with a new column: how many lamps are dark.

# %% tags=["given"]
visited = town.streets
visited = visited[visited["working"].notna()]
visited["dark"] = visited["lamps"] - visited["working"]

visited.head()

# %% [markdown]
# ## Task 5
#
# Make a table with one row for each district: how many lamps are dark there, and how many metres of street were visited.
#
# `visited.groupby("district")` makes the heaps. Then say which columns, and what to do with each heap: part 9 of the lesson.
# Two columns at once stand in *double* square brackets: `[["dark", "length_m"]]`.
#
# `dark_by_district`: a table with the columns `district`, `dark` and `length_m`. The order of the rows does not matter,
# and the districts may stand at the left edge, where `groupby` puts them.

# %%
dark_by_district = ...
### BEGIN SOLUTION
dark_by_district = visited.groupby("district")[["dark", "length_m"]].sum()
### END SOLUTION

# %%
check("m00-t5", dark_by_district=dark_by_district)

# %% rows counted instead of lamps tags=["mistake"]
# You counted the rows of each heap: so many pieces of street. Asked for was what stands in them: `.sum()` adds it up.
dark_by_district = visited.groupby("district")[["dark", "length_m"]].count()

# %% mean of each district tags=["mistake"]
# You took the mean of each heap: the dark lamps of *one* piece of street. The crew mends all of them: `.sum()`.
dark_by_district = visited.groupby("district")[["dark", "length_m"]].mean()

# %% the largest of each district tags=["mistake"]
# You took the largest value of each heap: one single piece of street. The district is all of them together: `.sum()`.
dark_by_district = visited.groupby("district")[["dark", "length_m"]].max()

# %% [markdown]
# ## Task 6
#
# Here are the dark lamps of each district as bars.

# %% tags=["given"]
bars = visited.groupby("district")[["dark", "length_m"]].sum()
drawing = bars["dark"].plot.barh(title="Dark lamps in the streets that were visited")
# %% [markdown]
# The districts are not equally large. Somebody who walks home wants to know: how many dark lamps are there
# **on one kilometre of street**? Divide the dark lamps by the metres, and multiply by 1000: a new column in `bars`, as in part 10 of the lesson. Draw these bars too, if you like.
#
# - In which district is that number highest?
# - How high is it there?
# - Which of these sentences is right?
#
#     - **A** "The district with the longest bar above is the darkest to walk in."
#     - **B** "The longest bar shows where the most lamps must be mended. For a walk, what counts is how many are dark on a kilometre."
#     - **C** "A district with many dark lamps has careless residents."
#     - **D** "The streets that nobody has visited have no dark lamps."
#
# `highest`: the district's name in a list, such as `["Centre"]`. `per_km`: with two decimals. `sentence`: a letter, such as `"A"`.

# %%
highest = ...
per_km = ...
sentence = ...
### BEGIN SOLUTION
on_a_km = 1000 * bars["dark"] / bars["length_m"]
highest = [on_a_km.idxmax()]
per_km = on_a_km.max()
sentence = "B"
### END SOLUTION

# %%
check("m00-t6", highest=highest, per_km=per_km, sentence=sentence)

# %% the longest bar taken tags=["mistake"]
# You took the district with the most dark lamps. It may only be larger: divide each district's dark lamps by its own metres first.
on_a_km = 1000 * bars["dark"] / bars["length_m"]
longest = bars["dark"].idxmax()
highest = [longest]
per_km = on_a_km[longest]
sentence = "A"

# %% everybody's metres below the line tags=["mistake"]
# You divided by the metres of the whole town. Then the district with the most dark lamps always comes first.
# Below the line stand the metres of the same district.
on_a_km = 1000 * bars["dark"] / bars["length_m"].sum()
highest = [on_a_km.idxmax()]
per_km = on_a_km.max()
sentence = "B"

# %% metres instead of kilometres tags=["mistake"]
# Your district is right, and the number is a thousand times too small: it is for one metre. A kilometre has 1000 of them.
on_a_metre = bars["dark"] / bars["length_m"]
highest = [on_a_metre.idxmax()]
per_km = on_a_metre.max()
sentence = "B"

# %% [markdown]
# ## Task 7
#
# The works department has not seen your table. Write to it, in three sentences, what you found and what you do not know.
#
# There is no right wording. Write as you would speak to a colleague in the corridor.

# %% m00-t7 [markdown]
# ### BEGIN SOLUTION
# In the … pieces of street that were visited, … of … lamps are dark. Most of them are in …, but on a kilometre of street there
# are more in …. Nobody has been in … pieces of street yet, so we do not know how many lamps are dark there.
# ### END SOLUTION
