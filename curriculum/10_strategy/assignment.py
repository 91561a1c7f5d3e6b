# %% [markdown]
# # 10. Stocktake and strategy: assignment
#
# You work on **your own city**. It is called Ourtown, it is invented, and nobody else has the same one,
# so your colleagues' numbers are not yours.
#
# Ourtown has had fourteen programmes, it has thirteen measures in the draft of a strategy, and it has written down what other cities tried.
# You are asked what of this the council can rely on.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about bicycles, lamps, squares, buses and first jobs. None of them is about violence.
# Money is in XTS, a currency that does not exist.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.strategy.logframe import logframe
from safelearn.strategy.matching import likeness, matched
from safelearn.strategy.policy_alignment import alignment
from safelearn.strategy.problem_solving import worksheet
from safelearn.strategy.response_mix import audit
from safelearn.strategy.scenarios import corners, driver
from safelearn.strategy.screening import screen
from safelearn.strategy.stocktake import evidence_gaps, stocktake
from safelearn.strategy.theory_of_change import theory

pd.options.display.float_format = "{:,.1f}".format

city = my_city("m10")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# `programmes` are those that your city has had; `spent` is what they have cost so far.
# `measures` are those of the draft; `cost` is what they will cost.

# %%
programmes = city.programmes
programmes.head(3)

# %%
measures = city.measures
measures[["measure_id", "name", "cause", "mechanism", "indicator_id", "cost"]].head(3)

# %% [markdown]
# ## Task 1
#
# Take stock of your programmes with `stocktake(programmes)`. Its rows are in the order of `programmes`.
#
# - Which programmes have **shown** a result, good or bad? Their design must be able to carry it (level 3 or more),
#   and a result must be given: in the column `result` it is not `unknown`.
# - How much was spent on programmes whose verdict is `says so, cannot show it`?
#
# `shown`: their codes in a list, such as `["G01", "G02"]`. `told_money`: in XTS.

# %%
shown = ...
told_money = ...
### BEGIN SOLUTION
found = stocktake(programmes)
shown = found["programme_id"][(found["level"] >= 3) & (found["result"] != "unknown")]
told_money = programmes["spent"][found["verdict"] == "says so, cannot show it"].sum()
### END SOLUTION

# %%
check("m10-t1", shown=shown, told_money=told_money)

# %% every result that is told counted tags=["mistake"]
# You counted every programme that tells of a result. Most of them were looked at only once, or only before and after:
# nothing says what would have come without them. The verdict says which design can carry its result.
found = stocktake(programmes)
shown = found["programme_id"][found["result"] != "unknown"]
told_money = programmes["spent"][found["verdict"] == "no result given"].sum()

# %% before and after taken for enough tags=["mistake"]
# You took level 2, before and after, for enough. Without a place to compare with, the change may have come everywhere:
# a result can be carried from level 3 on.
found = stocktake(programmes)
told = found["result"] != "unknown"
shown = found["programme_id"][(found["level"] >= 2) & told]
told_money = programmes["spent"][(found["level"] == 1) & told].sum()

# %% programmes counted instead of money tags=["mistake"]
# You counted programmes. What the council wants to know is how much money stands on a result that was only told.
found = stocktake(programmes)
shown = found["programme_id"][(found["level"] >= 3) & (found["result"] != "unknown")]
told_money = (found["verdict"] == "says so, cannot show it").sum()

# %% [markdown]
# ## Task 2
#
# `practices` are those that your city has collected from elsewhere.
#
# `evidence_gaps(programmes, practices)` makes the map: one row for each pair of a dimension (there it is called `topic`) and a kind of
# prevention. The column `programmes` says how many were tried here, `practices` how many are known elsewhere at level 3 or more,
# and `state` says what that makes together.
#
# - Give the map.
# - Each measure of the draft belongs to one cell of it. How much will the measures cost that stand in a cell where nobody knows:
#   its state is `tried, not known` or `nothing`?
#
# `gap_map`: a table with the columns `dimension`, `prevention`, `programmes`, `practices`. `unknown_money`: in XTS.

# %% tags=["given"]
practices = city.practices
practices.head(3)

# %% [markdown]
# Two tables are made for you: `cells` is the map, and `planned` holds the measures beside the cells that they stand in.

# %% tags=["given"]
cells = evidence_gaps(programmes, practices).rename(columns={"topic": "dimension"})
plan = measures[["measure_id", "dimension", "prevention", "cost"]]
planned = plan.merge(cells, on=["dimension", "prevention"])
planned.head(3)

# %%
gap_map = ...
unknown_money = ...
### BEGIN SOLUTION
gap_map = cells
unknown_money = planned["cost"][
    planned["state"].isin(["tried, not known", "nothing"])
].sum()
### END SOLUTION

# %%
check("m10-t2", gap_map=gap_map, unknown_money=unknown_money)

# %% every practice taken for known tags=["mistake"]
# You counted every practice, whatever its design. A cell that is full of stories looks like knowledge on such a map,
# and the money seems to stand on firm ground.
strong = practices.assign(sms_level="5")
gap_map = evidence_gaps(programmes, strong).rename(columns={"topic": "dimension"})
planned = plan.merge(gap_map, on=["dimension", "prevention"])
unknown_money = planned["cost"][planned["state"] == "nothing"].sum()

# %% tried taken for known tags=["mistake"]
# You added up only the cells in which there is nothing at all. Where something was tried and nobody can say what it did,
# nobody knows either.
gap_map = cells
unknown_money = planned["cost"][planned["state"] == "nothing"].sum()

# %% own programmes left out tags=["mistake"]
# Your map holds what others know, and not what your own city has tried.
# Give both tables: `evidence_gaps(programmes, practices)`.
gap_map = evidence_gaps(None, practices).rename(columns={"topic": "dimension"})
planned = plan.merge(gap_map, on=["dimension", "prevention"])
unknown_money = planned["cost"][planned["state"] == "nothing"].sum()

# %% [markdown]
# ## Task 3
#
# Somebody wants to copy what another city did against bicycle theft. Whose experience is worth a first look?
#
# `profiles` holds figures of eight cities, Ourtown among them. Some figures are defined in another way (`version`), some are old.
# `likeness("Ourtown", profiles)` compares only what can be compared; its `.cities` has a row for each other city with its `distance`.
#
# `matched(rows, found)` then puts practices in the order in which to look at them: strong evidence first (level 3 or more),
# and among these, those of cities like ours.
#
# - How far is each other city from Ourtown?
# - Take the practices whose `problem` is `theft`. Which three come first, in this order?
#
# `distances`: a table with the columns `city` and `distance`. `first_three`: their codes in a list, in the right order.

# %% tags=["given"]
profiles = city.profiles
profiles.head(3)

# %%
distances = ...
first_three = ...
### BEGIN SOLUTION
found = likeness("Ourtown", profiles)
distances = found.cities
on_theft = practices[practices["problem"] == "theft"]
first_three = matched(on_theft, found)["practice_id"].head(3)
### END SOLUTION

# %%
check("m10-t3", distances=distances, first_three=first_three)

# %% unlike definitions compared tags=["mistake"]
# You compared figures that are defined in different ways, or ten years apart. They look alike or unlike for no reason:
# leave `version` and `year` as they are, and let the library leave such figures out.
found = likeness("Ourtown", profiles.assign(version="1", year=2025))
distances = found.cities
on_theft = practices[practices["problem"] == "theft"]
first_three = matched(on_theft, found).sort_values("distance")["practice_id"].head(3)

# %% the nearest city first, whatever it shows tags=["mistake"]
# You put the practices of the nearest city first. Likeness says where to look first among studies that can show something;
# it does not turn a story into a study.
found = likeness("Ourtown", profiles)
distances = found.cities
nearest = matched(practices[practices["problem"] == "theft"], found)
first_three = nearest.sort_values(["distance", "practice_id"])["practice_id"].head(3)

# %% raw numbers compared tags=["mistake"]
# You compared the raw numbers, so that only the number of residents counts: it is the largest.
# Each figure must first be measured by how much cities differ in it.
wide = profiles.pivot(index="city", columns="figure", values="value")
gap = ((wide - wide.loc["Ourtown"]) ** 2).mean(axis=1) ** 0.5
distances = gap.drop("Ourtown").rename("distance").reset_index()
near = practices.assign(distance=practices["city"].map(gap))
near = near[near["problem"] == "theft"].sort_values(["distance", "practice_id"])
first_three = near["practice_id"].head(3)

# %% [markdown]
# ## Task 4
#
# `records` holds the bicycles stolen in 2025 and some damaged property. The code of stolen bicycles is `"05022"`.
#
# `worksheet(records, "05022")` fills in what records know of that problem. Its `.facts` is a table;
# after `.set_index("fact")` you reach a line by its name, such as `facts.loc["night"]`, with `share`, `lower` and `upper`.
# Its `.blank` is the list of the questions that records do not answer.
#
# - What share of the thefts whose hour is known happened at night? Give the 95 % interval too.
# - What share happened at a place where another bicycle was stolen too (`place with another one`)?
# - How many questions stay blank, so that you must ask people?
#
# `night_percent` and `again_percent`: in per cent, with two decimals. `night_interval`: `(low, high)` in per cent. `blank`: a number of questions.

# %% tags=["given"]
records = city.records
records[["offence", "occurred_from", "time_precision", "place_key"]].head()

# %%
night_percent = ...
night_interval = ...
again_percent = ...
blank = ...
### BEGIN SOLUTION
sheet = worksheet(records, "05022")
facts = 100 * sheet.facts.set_index("fact")[["share", "lower", "upper"]]
night_percent = facts.loc["night", "share"]
night_interval = (facts.loc["night", "lower"], facts.loc["night", "upper"])
again_percent = facts.loc["place with another one", "share"]
blank = len(sheet.blank)
### END SOLUTION

# %%
check(
    "m10-t4",
    night_percent=night_percent,
    night_interval=night_interval,
    again_percent=again_percent,
    blank=blank,
)

# %% records without an hour below the line tags=["mistake"]
# You divided by all thefts. Of some nobody knows the hour, since the owner came back after a day:
# they cannot be at night in your count, so they must not stand below the line either.
sheet = worksheet(records, "05022")
facts = sheet.facts.set_index("fact")
whole = facts.loc["weekend", "of"]
part = facts.loc["night", "of"] / whole
night_percent = 100 * part * facts.loc["night", "share"]
night_interval = (
    100 * part * facts.loc["night", "lower"],
    100 * part * facts.loc["night", "upper"],
)
again_percent = 100 * facts.loc["place with another one", "share"]
blank = len(sheet.blank)

# %% midnight read as night tags=["mistake"]
# You took the hour as it stands. Where only the day is known, the computer writes midnight, and all these thefts became thefts at night.
# The column `time_precision` says what is known.
sheet = worksheet(records.assign(time_precision="hour"), "05022")
facts = 100 * sheet.facts.set_index("fact")[["share", "lower", "upper"]]
night_percent = facts.loc["night", "share"]
night_interval = (facts.loc["night", "lower"], facts.loc["night", "upper"])
again_percent = facts.loc["place with another one", "share"]
blank = len(sheet.blank)

# %% places counted instead of thefts tags=["mistake"]
# You counted places that were hit again. The question is about thefts: a rack with nine of them is one place, and nine thefts.
sheet = worksheet(records, "05022")
facts = 100 * sheet.facts.set_index("fact")[["share", "lower", "upper"]]
night_percent = facts.loc["night", "share"]
night_interval = (facts.loc["night", "lower"], facts.loc["night", "upper"])
at = records[records["offence"] == "05022"]["place_key"].value_counts()
again_percent = 100 * (at > 1).mean()
blank = len(sheet.blank)

# %% [markdown]
# ## Task 5
#
# `targets` are the aims of the draft, each with an indicator. `theory(measures, targets)` joins measures to aims by their indicators.
#
# It gives `.steps` (a row a measure; in the column `breaks` stands where its way breaks off),
# `.broken` (codes of the measures whose way breaks off somewhere) and `.aims_without_measure`.
# Measures that were stopped are left out.
#
# - Of which measures does the way break off?
# - Which aims does no measure work towards?
# - How much will the measures cost whose way is whole, from a cause to an aim?
#
# `broken`, `idle_aims`: codes in a list. `money_on_way`: in XTS.

# %% tags=["given"]
targets = city.targets
targets[["target_id", "objective", "indicator_id", "baseline", "target"]].head(3)

# %%
broken = ...
idle_aims = ...
money_on_way = ...
### BEGIN SOLUTION
way = theory(measures, targets)
broken = way.broken
idle_aims = way.aims_without_measure
whole = way.steps["measure_id"][way.steps["breaks"].map(len) == 0]
money_on_way = measures["cost"][measures["measure_id"].isin(whole)].sum()
### END SOLUTION

# %%
check("m10-t5", broken=broken, idle_aims=idle_aims, money_on_way=money_on_way)

# %% an indicator taken for an aim tags=["mistake"]
# You were content that a measure has an indicator. An indicator says what you will look at; only an aim says from where to where,
# and until when. Without one nobody can say that the measure fell short.
way = theory(measures, targets)
idle_aims = way.aims_without_measure
rest = way.steps["breaks"].map(lambda words: set(words) - {"no target"})
broken = way.steps["measure_id"][rest.map(len) > 0]
good = way.steps["measure_id"][rest.map(len) == 0]
money_on_way = measures["cost"][measures["measure_id"].isin(good)].sum()

# %% stopped measures kept tags=["mistake"]
# You kept measures that were stopped. They work towards nothing any more.
way = theory(measures.assign(status="planned"), targets)
broken = way.broken
idle_aims = way.aims_without_measure
whole = way.steps["measure_id"][way.steps["breaks"].map(len) == 0]
money_on_way = measures["cost"][measures["measure_id"].isin(whole)].sum()

# %% no word on how it works tags=["mistake"]
# You looked whether a measure has an aim, and not whether anybody says how it gets there. A measure without a cause or a mechanism
# is a hope with a budget.
way = theory(measures, targets)
idle_aims = way.aims_without_measure
broken = way.steps["measure_id"][way.steps["target_id"] == ""]
good = way.steps["measure_id"][way.steps["target_id"] != ""]
money_on_way = measures["cost"][measures["measure_id"].isin(good)].sum()

# %% [markdown]
# ## Task 6
#
# `logframe(measures, targets)` makes the logical framework. In its column `level` stands `outcome` for an aim and `output` for a measure;
# `code` is the code of either, and `missing` holds the names of the cells that nobody has filled in.
#
# `monitoring` has a row for each aim: `delivered` is how much of the work was done, in per cent, and `latest` is the newest value of its indicator.
#
# - Which measures (rows of the level `output`) have something missing?
# - For each aim **with nothing missing**: how far is it on its way from the baseline to the target, in per cent?
#   At the baseline that is 0, at the target 100, and below 0 if it went the wrong way.
#
# `frame.merge(monitoring, left_on="code", right_on="target_id")` puts the newest values beside the aims.
#
# `not_ready`: codes of measures in a list. `progress`: a table with the columns `target_id` and `percent`, with one decimal.

# %% tags=["given"]
monitoring = city.monitoring
frame = logframe(measures, targets)
monitoring.head(3)

# %%
not_ready = ...
progress = ...
### BEGIN SOLUTION
lacks = frame["missing"].map(len)
not_ready = frame["code"][(frame["level"] == "output") & (lacks > 0)]
aims = frame[lacks == 0].merge(monitoring, left_on="code", right_on="target_id")
moved = aims["latest"] - aims["baseline"]
progress = aims.assign(percent=100 * moved / (aims["target"] - aims["baseline"]))
### END SOLUTION

# %%
check("m10-t6", not_ready=not_ready, progress=progress)

# %% work done taken for an aim reached tags=["mistake"]
# You gave how much of the work was done. All lamps can be up and the street still be empty:
# what counts for an aim is how far its own indicator has moved.
lacks = frame["missing"].map(len)
not_ready = frame["code"][(frame["level"] == "output") & (lacks > 0)]
aims = frame[lacks == 0].merge(monitoring, left_on="code", right_on="target_id")
progress = aims.assign(percent=aims["delivered"])

# %% the baseline forgotten tags=["mistake"]
# You divided the newest value by the target. An aim that begins at 70 and wants 95 would be three quarters done on its first day.
# Take the baseline away from both.
lacks = frame["missing"].map(len)
not_ready = frame["code"][(frame["level"] == "output") & (lacks > 0)]
aims = frame[lacks == 0].merge(monitoring, left_on="code", right_on="target_id")
progress = aims.assign(percent=100 * aims["latest"] / aims["target"])

# %% a missing baseline read as zero tags=["mistake"]
# You gave a way to aims whose baseline nobody knows, as if they began at nothing.
# A cell that is empty is not a zero: leave these aims out, and find the baseline.
lacks = frame["missing"].map(len)
not_ready = frame["code"][(frame["level"] == "output") & (lacks > 0)]
aims = frame[frame["level"] == "outcome"].merge(
    monitoring, left_on="code", right_on="target_id"
)
start = aims["baseline"].astype(float).fillna(0)
moved = aims["latest"] - start
progress = aims.assign(percent=100 * moved / (aims["target"] - start))

# %% [markdown]
# ## Task 7
#
# `audit(measures, programmes)` looks at the mix of the draft. Its `.kinds` has a row for each kind of answer that the Guidelines name;
# the rows whose `family` is `prevention` are the three kinds of prevention. `share` is the kind's share of the **money** of all measures
# that were not stopped, and `programmes` counts those that still run.
# Its `.missing("lever")` names the levers (planning, law, finance) that no measure uses.
#
# `mix_table`: a table with the columns `kind` (social, situational, community), `percent` (of the money, with two decimals) and `programmes`.
# `levers_missing`: names in a list; if there is none, an empty list.

# %%
mix_table = ...
levers_missing = ...
### BEGIN SOLUTION
mix = audit(measures, programmes)
kinds = mix.kinds[mix.kinds["family"] == "prevention"]
mix_table = kinds.assign(percent=100 * kinds["share"])
levers_missing = mix.missing("lever")
### END SOLUTION

# %%
check("m10-t7", mix_table=mix_table, levers_missing=levers_missing)

# %% measures counted instead of money tags=["mistake"]
# You gave each kind its share of the measures. One measure can cost as much as eight others:
# look where the money goes, for there the weight of a strategy lies.
mix = audit(measures, programmes)
kinds = mix.kinds[mix.kinds["family"] == "prevention"]
mix_table = kinds.assign(percent=100 * kinds["measures"] / mix.measures)
levers_missing = mix.missing("lever")

# %% stopped measures kept tags=["mistake"]
# You kept the measures that were stopped. They cost nothing more, and they answer nothing.
mix = audit(measures.assign(status="planned"), programmes)
kinds = mix.kinds[mix.kinds["family"] == "prevention"]
mix_table = kinds.assign(percent=100 * kinds["share"])
levers_missing = mix.missing("lever")

# %% programmes that ended counted tags=["mistake"]
# You counted programmes that ended long ago. A kind of prevention that nobody gives any more looks well served then.
mix = audit(measures, programmes.drop(columns="ended_on"))
kinds = mix.kinds[mix.kinds["family"] == "prevention"]
mix_table = kinds.assign(percent=100 * kinds["share"])
levers_missing = mix.missing("lever")

# %% [markdown]
# ## Task 8
#
# Before the draft goes to the ministry, two questions. Which measures does the screen for rights let through?
# And which goals of the country do *these* serve?
#
# `harms` is the register of harms. `screen(measures, harms).cleared` gives the codes of the measures that may go out.
#
# `goals` are the country's, each with the indicators and topics that it is about. `alignment(goals, rows).links` has a row for each pair of
# a goal and a measure, and in `by` how they are joined: `stated` (the goal names the measure), `indicator`, or only `topic`, which is weak.
#
# - Which goals have no strong link (`stated` or `indicator`) to a measure that may go out?
# - How much do the measures cost that may go out and have a strong link to a goal? Each measure is paid once.
#
# `left_alone`: codes of goals in a list. `strong_money`: in XTS.

# %% tags=["given"]
harms, goals = city.harms, city.goals
goals

# %%
left_alone = ...
strong_money = ...
### BEGIN SOLUTION
may_go = measures[measures["measure_id"].isin(screen(measures, harms).cleared)]
links = alignment(goals, may_go).links
strong = links[links["by"] != "topic"]
left_alone = goals["goal_id"][~goals["goal_id"].isin(strong["goal_id"])]
strong_money = measures["cost"][measures["measure_id"].isin(strong["measure_id"])].sum()
### END SOLUTION

# %%
check("m10-t8", left_alone=left_alone, strong_money=strong_money)

# %% a measure with two goals paid twice tags=["mistake"]
# You added up the rows of the links. A measure that serves two goals has two rows and one cost:
# take the measures that occur among the links, each once.
may_go = measures[measures["measure_id"].isin(screen(measures, harms).cleared)]
links = alignment(goals, may_go).links
strong = links[links["by"] != "topic"]
left_alone = goals["goal_id"][~goals["goal_id"].isin(strong["goal_id"])]
strong_money = strong.merge(measures, on="measure_id")["cost"].sum()

# %% a shared topic taken for a strong link tags=["mistake"]
# You counted links by topic as well. A shared topic says that both speak of the same thing, and not that one serves the other.
may_go = measures[measures["measure_id"].isin(screen(measures, harms).cleared)]
links = alignment(goals, may_go).links
left_alone = goals["goal_id"][~goals["goal_id"].isin(links["goal_id"])]
strong_money = measures["cost"][measures["measure_id"].isin(links["measure_id"])].sum()

# %% measures that are held back counted tags=["mistake"]
# You counted measures that the screen for rights holds back. They do not go out until somebody has asked whom they could hurt,
# so they serve no goal yet.
links = alignment(goals, measures).links
strong = links[links["by"] != "topic"]
left_alone = goals["goal_id"][~goals["goal_id"].isin(strong["goal_id"])]
strong_money = measures["cost"][measures["measure_id"].isin(strong["measure_id"])].sum()

# %% [markdown]
# ## Task 9
#
# A workshop is to talk about Ourtown in 2028. Two things are uncertain: how many bicycles will be stolen, and how many people will take a bus
# in the evening. `yearly` has both for the years 2016 to 2025; of one year each the figure was lost.
#
# `driver(name, rows, 2028)` wants the rows of one of them (`year` and `n`; a year without a figure may stay in).
# It gives the pace of change a year (`.pace_lower` and `.pace_upper`; 1 is no change), the range of 2028 and the `.direction`.
# `corners(first, second)` makes the four towns from both ranges: A to D, with `first_value` and `second_value`.
#
# Take `stolen bicycles` as the first and `evening bus trips` as the second.
#
# `four_towns`: a table with the columns `scenario`, `first_value`, `second_value`. `pace_interval`: `(low, high)` for stolen bicycles,
# with three decimals. `direction`: of stolen bicycles, `"rising"`, `"falling"` or `"either way"`.

# %% tags=["given"]
yearly = city.yearly
yearly.pivot(index="driver", columns="year", values="n")

# %%
four_towns = ...
pace_interval = ...
direction = ...
### BEGIN SOLUTION
stolen = yearly[yearly["driver"] == "stolen bicycles"]
trips = yearly[yearly["driver"] == "evening bus trips"]
first = driver("stolen bicycles", stolen, 2028)
second = driver("evening bus trips", trips, 2028)
four_towns = corners(first, second)
pace_interval = (first.pace_lower, first.pace_upper)
direction = first.direction
### END SOLUTION

# %%
check(
    "m10-t9",
    four_towns=four_towns,
    pace_interval=pace_interval,
    direction=direction,
)

# %% one line into the future tags=["mistake"]
# You drew one line into the future. Then all four towns are the same, and there is nothing to talk about:
# take the two ends of each range.
stolen = yearly[yearly["driver"] == "stolen bicycles"]
trips = yearly[yearly["driver"] == "evening bus trips"]
first = driver("stolen bicycles", stolen, 2028)
second = driver("evening bus trips", trips, 2028)
four_towns = corners(first, second)
four_towns = four_towns.assign(first_value=first.middle, second_value=second.middle)
pace_interval = (first.pace_lower, first.pace_upper)
direction = first.direction

# %% a lost year read as zero tags=["mistake"]
# You put a zero into the year whose figure was lost. In that year bicycles were stolen and buses ran; nobody wrote it down.
# Leave it empty, and the library leaves it out.
filled = yearly.fillna({"n": 0})
stolen = filled[filled["driver"] == "stolen bicycles"]
trips = filled[filled["driver"] == "evening bus trips"]
first = driver("stolen bicycles", stolen, 2028)
second = driver("evening bus trips", trips, 2028)
four_towns = corners(first, second)
pace_interval = (first.pace_lower, first.pace_upper)
direction = first.direction

# %% the range of next year tags=["mistake"]
# You looked at 2026. The further ahead, the wider the range: ask for the year that the workshop is about.
stolen = yearly[yearly["driver"] == "stolen bicycles"]
trips = yearly[yearly["driver"] == "evening bus trips"]
first = driver("stolen bicycles", stolen, 2026)
second = driver("evening bus trips", trips, 2026)
four_towns = corners(first, second)
pace_interval = (first.pace_lower, first.pace_upper)
direction = first.direction

# %% [markdown]
# ## Task 10
#
# Choose one problem of Ourtown or of your own city. Write a strategy for it that fits on one page (up to 400 words):
# the problem, two or three measures, what each costs, and how anybody will know.
# For Ourtown, take what you need from `measures`, `targets` and `records`; for your own city, from its folder.
#
# Begin with a vision: one sentence on what residents can do in 2028 that they cannot do today.

# %% [markdown] m10-t10
# ### BEGIN SOLUTION
# *A page that earns full marks, for an invented city.*
#
# **In 2028 you can leave your bicycle at a stop and find it there in the evening.**
#
# *The problem.* In 2025 the police recorded 610 stolen bicycles. Of those whose hour is known, four in ten went at night (35 to 45 %);
# for three in ten nobody knows the hour. Half were taken where another one had been taken. Records do not say how it is done, or why there.
# We stood at three stops for two evenings and asked riders and kiosk owners: there is nothing to lock to, and a bicycle is sold by the next morning.
#
# | measure | kind, lever | cause, and how it works | cost (secured) | who answers |
# |---|---|---|---|---|
# | Racks at every stop | situational, planning | nothing to lock to; more effort | 240,000 (160,000) | Urban Planning |
# | A kiosk that watches, and opens until ten | community, partnership | nobody there; somebody to turn to | 60,000 (60,000) | Parks, with the riders' club |
# | Second-hand bicycles by the book | situational, law | no question asked; no easy buyer | 20,000 (20,000) | Trade Office |
#
# *The aim.* Survey of riders: bicycles stolen in the last 12 months, from 14 % (2025) to 9 % by the end of 2027; asked each October by the institute.
# We chose a survey because more riders may report once there is a form. We also count next door, at stops without racks.
#
# *The mix.* Three measures, two kinds of prevention. Racks alone would move theft; the law alone would take years. Nothing here is social:
# the repair workshop for young people is tried small in 2026, and measured.
#
# *Money.* 320,000, of which 240,000 are secured. If the rest does not come, racks go to the twelve stops with most riders first.
#
# *Whom it could hurt.* Dealers who live from small repairs could lose their trade: we asked eleven, and the form is free and takes two minutes.
# Racks narrow the pavement: the club of wheelchair users chooses the places. The ombudsperson can stop each measure.
# ### END SOLUTION

# %% [markdown]
# ## Task 11
#
# The council has less money than measures. Look at the stocktake of Ourtown (`stocktake(programmes)`), or at your own city's.
#
# Write up to 250 words: one thing to stop, one to try small and measure, one to go on with. What does each one's evaluation carry?
# Who loses something when it stops? What would make you think again?

# %% [markdown] m10-t11
# ### BEGIN SOLUTION
# *An answer that earns full marks, for an invented city.*
#
# *Stop*: the courses that should frighten pupils. They cost 48,000 a year. Here they were looked at once, after the course (level 1), and pupils liked them;
# that can carry nothing. Elsewhere trials by lot found that such courses did harm. We need no trial of our own to stop.
# Two trainers lose their contract: the head of the department told them in May, and the mentor programme has offered both a place.
# The schools get the two mornings back.
#
# *Try small and measure*: the app for broken lamps. Nobody has looked (level 0). That is no sign that it fails; it is a sign that we did not ask.
# In six areas drawn by lot, crews follow the app for a year; in six they work as before. We count days until a lamp works, and ask whether people
# without a telephone are served later.
#
# *Go on*: racks at the station. Before and after, with the northern station to compare (level 3): a quarter fewer thefts, and no more next door.
#
# *What becomes free*: 48,000 a year. It pays the trial of the app.
#
# *What would make us think again*: a study by lot of courses without fright; more thefts at the northern station in the next count.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# The inventory of safelearn holds community tools: ways of working that groups of residents can take over.
#
# ```python
# from safelearn.strategy import practices as inventory
#
# inventory.search(inventory.inventory(), kind="community_tool")
# ```
#
# Choose one for your own city (or for Ourtown, if you have no city yet). Answer the questions of transfer
# (`inventory.QUESTIONS`; a tool has one more than a practice, on its licence), in up to 250 words.
# Some of the tools are about harassment; you may choose one that is not.

# %% [markdown] m10-t12
# ### BEGIN SOLUTION
# *An answer that earns full marks, for an invented city.*
#
# Participatory asset mapping, for the hillside: our audit lists eleven broken stairs there and not one thing that works.
# The card says: "A guide for facilitators and one for planning the event come with it".
#
# - *Same problem*: yes. Our measures for the hillside were planned without knowing who opens which hall.
# - *Mechanism*: yes. People who have drawn a map together know whom to call. The federation says so of its list of homes.
# - *Context*: partly. It rests on rooms and on facilitators; we have the parish hall, and one of two facilitators.
# - *Groups*: partly. Tenants did not come to the federation's meetings; the tenants' group was asked and wants its own evening.
# - *Harm*: yes. A map of halls can be used to clear them. It stays with the federation; the city gets what its assembly lets out. The ombudsperson watches.
# - *Means*: no. Money is there for one event. Without a second year the map is old before it serves. This is what we must settle first.
# - *Licence*: partly. The card says: with credit to the laboratory that made it, and not for commercial use. Our printer is a firm, so we ask.
# - *Measure*: yes. Halls that open to a group that did not use them before, counted in May and a year later, here and in one quarter without a map.
#
# It would be led by the federation; the Social Development office pays the facilitator. It has no study with a comparable place, so we try it small.
# ### END SOLUTION
