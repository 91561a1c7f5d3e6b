# %% [markdown]
# # 6. Maps and concentration: assignment
#
# You work on **your own city**: twenty-four neighbourhoods, and what its offices have sent you.
# The city is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# The moves that you need are shown on five rows at the end of the lesson; keep it open beside this page.
# Leave the tables as they are: give new tables new names.
#
# The tasks are about stolen bicycles, burglary, theft and broken things. None of them is about violence.

# %%
import folium
import geopandas as gpd
import numpy as np
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city
from safelearn.diagnosis.accuracy import accuracy
from safelearn.diagnosis.concentration import generalised_gini, gini
from safelearn.diagnosis.knox import knox
from safelearn.estimates.contrasts import rate_ratio
from safelearn.estimates.rates import rates_by_area
from safelearn.views.maps.leaflet import offline

city = my_city("m06")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.

# %% [markdown]
# ## Task 1
#
# Four police stations have sent you a year's stolen bicycles. Before you draw anything: how much of it can be on a map?
# Look at the rows. The city lies at about 77 degrees west, that is at a longitude of -77.
#
# - Of the records of **each station**, how many in a hundred have a point that can be true?
# - Of **all** records, how many in a hundred can stand in a map of *areas*, because a neighbourhood is written down?
#
# `with_a_point`: a table with the columns `station` and `percent`. `in_area_map`: in per cent, with one decimal.

# %%
bicycles = city.bicycles
bicycles.sample(8, random_state=3)

# %%
with_a_point = ...
in_area_map = ...
### BEGIN SOLUTION
true_point = bicycles["longitude"] < 0  # empty ones are not below zero either
percent = 100 * true_point.groupby(bicycles["station"]).mean()
with_a_point = percent.rename("percent").reset_index()
in_area_map = 100 * bicycles["area_id"].notna().mean()
### END SOLUTION

# %%
check("m06-t1", with_a_point=with_a_point, in_area_map=in_area_map)

# %% zero taken for a place tags=["mistake"]
# You counted every point that is not empty. But 0 and 0 lie in the sea off Africa: that is what some systems write when nobody
# types a place. One of your stations does it in half of its records.
percent = 100 * bicycles["longitude"].notna().groupby(bicycles["station"]).mean()
with_a_point = percent.rename("percent").reset_index()
in_area_map = 100 * bicycles["area_id"].notna().mean()

# %% rows without a point thrown away first tags=["mistake"]
# You threw away the rows without a true point and asked the others for their neighbourhood. Many rows without a point have one:
# they belong in every map of areas.
true_point = bicycles["longitude"] < 0
percent = 100 * true_point.groupby(bicycles["station"]).mean()
with_a_point = percent.rename("percent").reset_index()
in_area_map = 100 * bicycles[true_point]["area_id"].notna().mean()

# %% shares of the map tags=["mistake"]
# These are the stations' shares of all points. Asked was how much of each station's own records is on the map:
# that tells you whose streets are missing.
true_point = bicycles["longitude"] < 0
percent = 100 * bicycles[true_point]["station"].value_counts() / true_point.sum()
with_a_point = percent.rename("percent").reset_index()
in_area_map = 100 * bicycles["area_id"].notna().mean()

# %% [markdown]
# ## Task 2
#
# `burglaries` counts last year's burglaries by the codes of **2025**. `homes` counts the homes by the codes of the census of **2018**.
# In between, two neighbourhoods were divided: `changes` says which code of 2018 each new code belonged to.
# (One of the two gave its old code to one of its halves.)
#
# How many burglaries were there for every 1,000 homes, in each neighbourhood **as it was in 2018**, and in all ten together?
#
# `rates`: a table with the columns `area_id` (of 2018) and `rate`, with two decimals. `city_rate`: with two decimals.

# %% tags=["given"]
burglaries = city.counts_2025
homes = city.homes_2018
changes = city.changes
changes

# %%
rates = ...
city_rate = ...
### BEGIN SOLUTION
older_code = changes.set_index("code_2025")["code_2018"].to_dict()
area_then = burglaries["area_id"].replace(older_code)
n = burglaries["n"].groupby(area_then).sum()
homes_then = homes.set_index("area_id")["homes"]
rates = (1000 * n / homes_then).rename("rate").reset_index()
city_rate = 1000 * n.sum() / homes_then.sum()
### END SOLUTION

# %%
check("m06-t2", rates=rates, city_rate=city_rate)

# %% joined by code tags=["mistake"]
# You joined by the code alone. One divided neighbourhood dropped out, and you may have noticed. The other kept its code:
# it has the burglaries of one half over the homes of both, and nothing complains.
both = burglaries.merge(homes, on="area_id")
rates = both.assign(rate=1000 * both["n"] / both["homes"])[["area_id", "rate"]]
city_rate = 1000 * both["n"].sum() / both["homes"].sum()

# %% mean of the parts tags=["mistake"]
# You took the mean of the two halves. Their homes are counted together here, so their burglaries must be too: add them up, and divide once.
older_code = changes.set_index("code_2025")["code_2018"].to_dict()
area_then = burglaries["area_id"].replace(older_code)
n = burglaries["n"].groupby(area_then).mean()
homes_then = homes.set_index("area_id")["homes"]
rates = (1000 * n / homes_then).rename("rate").reset_index()
city_rate = 1000 * burglaries["n"].sum() / homes_then.sum()

# %% mean of the rates tags=["mistake"]
# The rates are right. The city's rate is not their mean: a small neighbourhood would count as much as a large one.
# All burglaries, divided by all homes.
older_code = changes.set_index("code_2025")["code_2018"].to_dict()
area_then = burglaries["area_id"].replace(older_code)
n = burglaries["n"].groupby(area_then).sum()
homes_then = homes.set_index("area_id")["homes"]
rates = (1000 * n / homes_then).rename("rate").reset_index()
city_rate = (1000 * n / homes_then).mean()

# %% [markdown]
# ## Task 3
#
# Now a map of your city: damage to property (broken lamps, benches, windows) in a year, for every 100,000 residents.
# Whoever gets the file can read every number in it. So make the table of what may be seen, and nothing else:
#
# - leave out every neighbourhood with **fewer than 5** records, also those with none (several are hidden, so none can be found by subtraction);
# - show **smoothed** rates, from all twenty-four: `rates_by_area(damage.assign(offence="0504"), damage)` gives them in the column `eb`;
# - and give each the step of its smoothed rate, from 0 (below the first limit) to 4: `np.digitize(…, limits)`.
#
# `painted`: a table with the columns `area_id`, `smoothed` (one decimal) and `step`.

# %% tags=["given"]
damage = city.damage
limits = city.limits["limit"].to_list()
print("limits between the colours:", limits)
damage.head()

# %%
painted = ...
### BEGIN SOLUTION
found = rates_by_area(damage.assign(offence="0504"), damage)
shown = found[found["n"] >= 5]
painted = shown[["area_id"]].assign(
    smoothed=shown["eb"], step=np.digitize(shown["eb"], limits)
)
### END SOLUTION

# %%
check("m06-t3", painted=painted)

# %% raw rates painted tags=["mistake"]
# You painted the raw rates. The darkest and the palest spots are now the smallest numbers:
# draw them towards the city's rate with `eb` before anybody looks.
found = rates_by_area(damage.assign(offence="0504"), damage)
shown = found[found["n"] >= 5]
painted = shown[["area_id"]].assign(
    smoothed=shown["rate"], step=np.digitize(shown["rate"], limits)
)

# %% hidden ones left in the file tags=["mistake"]
# Neighbourhoods with fewer than 5 records are still in your table. Painting them grey would not help: the number stands in the file,
# and whoever opens it in an editor reads it.
found = rates_by_area(damage.assign(offence="0504"), damage)
painted = found[["area_id"]].assign(
    smoothed=found["eb"], step=np.digitize(found["eb"], limits)
)

# %% steps of the same number tags=["mistake"]
# Your steps are five groups of the same number of neighbourhoods. So a fifth is always dark, whatever happened.
# Use the limits that are printed above, the same as next year.
found = rates_by_area(damage.assign(offence="0504"), damage)
shown = found[found["n"] >= 5]
painted = shown[["area_id"]].assign(
    smoothed=shown["eb"], step=pd.qcut(shown["eb"], 5, labels=False)
)

# %% [markdown]
# Run the next cell, and you see your map, made with folium. The grey ones are those that you left out.
# It holds what is in `painted`, and the outlines. Point at a place.

# %% tags=["given"]
colours = ["#E2EEF3", "#A2C6D6", "#609EBC", "#2B7499", "#0E4A6C"]  # light to dark


def paint(place):
    """How one neighbourhood is drawn."""
    step = place["properties"]["step"]
    colour = "#C9C5BC" if step is None else colours[int(step) % 5]
    return {"fillColor": colour, "fillOpacity": 1, "color": "white", "weight": 1}


def draw_map(table):
    """A map that opens without a network, of the columns `smoothed` and `step`."""
    wanted = ["area_id", "smoothed", "step"]
    if not isinstance(table, pd.DataFrame) or not set(wanted) <= set(table.columns):
        table = pd.DataFrame({"area_id": [], "smoothed": [], "step": []}, dtype=object)
    places = city.areas.merge(table[wanted], on="area_id", how="left")
    rate = pd.to_numeric(places["smoothed"])
    places["says"] = rate.map("{:,.0f}".format).mask(rate.isna(), "left out")
    places = gpd.GeoDataFrame(
        places[["area_name", "says"]].assign(step=pd.to_numeric(places["step"])),
        geometry=gpd.GeoSeries.from_wkt(places["shape"], crs=4326),
    )
    drawn = offline(
        folium.Map(
            tiles=None, zoom_control=False, attribution_control=False, zoom_snap=0.25
        )
    )
    white = folium.Element("<style>.leaflet-container {background: white}</style>")
    drawn.get_root().html.add_child(white)
    tooltip = folium.GeoJsonTooltip(["area_name", "says"], aliases=["", ""])
    folium.GeoJson(places, style_function=paint, tooltip=tooltip).add_to(drawn)
    west, south, east, north = places.total_bounds
    drawn.fit_bounds([[south, west], [north, east]])
    return drawn


draw_map(painted)

# %% [markdown]
# ## Task 4
#
# The newspaper prints "The five worst neighbourhoods for burglary", from the raw rates of one year.
# Take the one that it prints first.
#
# - What rate does it print, per 100,000 residents?
# - How many times the rate of the **fifth** on its list is that? Give the 95 % interval of the ratio.
# - From which neighbourhoods of the whole city can the first **not** be told apart? That is: the interval of the ratio
#   (the first by the other) holds 1.
#
# `rate_ratio(events, people, other events, other people)` gives `.value`, `.lower` and `.upper`.
# (`for other in table.itertuples():` goes through a table, one row after the other: `other.n`, `other.population`, `other.area_id`.)
#
# Which sentence may the city give to the newspaper?
#
# - **A** "These five need help before all others, in this order."
# - **B** "The list is wrong: all neighbourhoods are alike."
# - **C** "The first is certain, since it has the highest rate. The order of the other four is not."
# - **D** "Rates differ in our city. But the neighbourhood on top might as well be another one: the list is not an order."
#
# `printed_rate`: with one decimal. `ratio_interval`: `(low, high)`. `not_told_apart`: a list of codes (without the first's own).
# `sentence`: a letter.

# %% tags=["given"]
homes_entered = city.list
homes_entered.head()

# %%
printed_rate = ...
ratio_interval = ...
not_told_apart = ...
sentence = ...
### BEGIN SOLUTION
rate = 100_000 * homes_entered["n"] / homes_entered["population"]
in_order = homes_entered.loc[rate.sort_values(ascending=False).index]
first = in_order.iloc[0]
printed_rate = rate.max()
lows, highs = [], []
for other in in_order.itertuples():
    ratio = rate_ratio(first["n"], first["population"], other.n, other.population)
    lows.append(ratio.lower)
    highs.append(ratio.upper)
ratio_interval = (lows[4], highs[4])
alike = in_order[np.array(lows) <= 1.0]["area_id"]
not_told_apart = alike[alike != first["area_id"]].to_list()
sentence = "D"
### END SOLUTION

# %%
check(
    "m06-t4",
    printed_rate=printed_rate,
    ratio_interval=ratio_interval,
    not_told_apart=not_told_apart,
    sentence=sentence,
)

# %% the list believed tags=["mistake"]
# Your rate is right, and you took the order for a fact. Look at the intervals: several neighbourhoods could have come first
# with a little other luck.
rate = 100_000 * homes_entered["n"] / homes_entered["population"]
in_order = homes_entered.loc[rate.sort_values(ascending=False).index]
first, fifth = in_order.iloc[0], in_order.iloc[4]
printed_rate = rate.max()
ratio = rate_ratio(first["n"], first["population"], fifth["n"], fifth["population"])
ratio_interval = (ratio.lower, ratio.upper)
not_told_apart = []
sentence = "A"

# %% the most burglaries taken for the highest rate tags=["mistake"]
# You took the neighbourhood with the most burglaries. The newspaper divides by the residents first.
rate = 100_000 * homes_entered["n"] / homes_entered["population"]
in_order = homes_entered.sort_values("n", ascending=False)
first = in_order.iloc[0]
printed_rate = rate[in_order.index[0]]
lows, highs = [], []
for other in in_order.itertuples():
    ratio = rate_ratio(first["n"], first["population"], other.n, other.population)
    lows.append(ratio.lower)
    highs.append(ratio.upper)
ratio_interval = (lows[4], highs[4])
alike = in_order[np.array(lows) <= 1.0]["area_id"]
not_told_apart = alike[alike != first["area_id"]].to_list()
sentence = "D"

# %% counts compared without people tags=["mistake"]
# You compared the counts, as if the same number of people lived in each. Each count needs its own residents beside it.
rate = 100_000 * homes_entered["n"] / homes_entered["population"]
in_order = homes_entered.loc[rate.sort_values(ascending=False).index]
first = in_order.iloc[0]
printed_rate = rate.max()
lows, highs = [], []
for other in in_order.itertuples():
    ratio = rate_ratio(first["n"], 1, other.n, 1)
    lows.append(ratio.lower)
    highs.append(ratio.upper)
ratio_interval = (lows[4], highs[4])
alike = in_order[np.array(lows) <= 1.0]["area_id"]
not_told_apart = alike[alike != first["area_id"]].to_list()
sentence = "D"

# %% [markdown]
# ## Task 5
#
# A grid of squares lies over your city. `cells` has a row for each square in which anything was recorded: thefts from the person,
# burglaries of shops. **The empty squares are not in the table**, but they are in the city: how many squares it has, you read below.
#
# Which of the two gathers in fewer places, beyond what its small number forces?
# `gini(…)` and `generalised_gini(…)` take a list with one count for **every** square of the city.
# (`[0] * 3` is a list of three zeros, and `[*one, *other]` puts two lists together.)
#
# `gini_shops`, `beyond_shops`, `beyond_thefts` (the last two generalised): with three decimals. `gathers_more`: `"shops"` or `"thefts"`.

# %% tags=["given"]
cells = city.cells
squares_of_the_city = city.grid["squares"].sum()
print("squares in the city:", squares_of_the_city)
cells.head()

# %%
gini_shops = ...
beyond_shops = ...
beyond_thefts = ...
gathers_more = ...
### BEGIN SOLUTION
empty = [0] * (squares_of_the_city - len(cells))
shops = [*cells["shops"], *empty]
gini_shops = gini(shops)
beyond_shops = generalised_gini(shops)
beyond_thefts = generalised_gini([*cells["thefts"], *empty])
gathers_more = "thefts"
### END SOLUTION

# %%
check(
    "m06-t5",
    gini_shops=gini_shops,
    beyond_shops=beyond_shops,
    beyond_thefts=beyond_thefts,
    gathers_more=gathers_more,
)

# %% the empty squares forgotten tags=["mistake"]
# You measured only where something happened. A square with nothing is a place too, and the most peaceful one:
# put a zero for each of them into the list.
gini_shops = gini(cells["shops"])
beyond_shops = generalised_gini(cells["shops"])
beyond_thefts = generalised_gini(cells["thefts"])
gathers_more = "thefts"

# %% rare taken for concentrated tags=["mistake"]
# You compared Gini's own coefficient. With so few burglaries most squares must be empty, however they fall,
# and it cannot come out low. The generalised one takes that away.
empty = [0] * (squares_of_the_city - len(cells))
gini_shops = gini([*cells["shops"], *empty])
beyond_shops = gini_shops
beyond_thefts = gini([*cells["thefts"], *empty])
gathers_more = "shops"

# %% [markdown]
# ## Task 6
#
# In January 2025 the parks office marked **the 25 squares with the most thefts in 2024**, and put lamps on its plan for them.
# (The 26th has fewer; there is no tie.) Now the records of 2025 are here. What was the map worth?
#
# `squares` has for each square its `ground` (1 is a whole square; squares at the shore have less) and the thefts of both years.
# `accuracy(marked, events, ground)` wants the marked ones as a list of `True` and `False`, one for each row,
# and gives `.hit_share`, `.lower`, `.upper` and `.pai`.
#
# `hit_percent`: of 100 thefts of 2025, how many fell into the marked squares, with one decimal. `hit_interval`: its interval, in per cent.
# `pai`: in 2025. `pai_of_its_own_year`: in 2024. Both with two decimals.

# %% tags=["given"]
squares = city.squares
squares.head()

# %%
hit_percent = ...
hit_interval = ...
pai = ...
pai_of_its_own_year = ...
### BEGIN SOLUTION
marked = squares.index.isin(squares["n_2024"].nlargest(25).index)
new = accuracy(marked, squares["n_2025"], squares["ground"])
hit_percent = 100 * new.hit_share
hit_interval = (100 * new.lower, 100 * new.upper)
pai = new.pai
pai_of_its_own_year = accuracy(marked, squares["n_2024"], squares["ground"]).pai
### END SOLUTION

# %%
check(
    "m06-t6",
    hit_percent=hit_percent,
    hit_interval=hit_interval,
    pai=pai,
    pai_of_its_own_year=pai_of_its_own_year,
)

# %% judged on its own year tags=["mistake"]
# You held the map against the year that it was drawn from. Of course the squares with the most have the most.
# Only a year that it has not seen can tell.
marked = squares.index.isin(squares["n_2024"].nlargest(25).index)
old = accuracy(marked, squares["n_2024"], squares["ground"])
hit_percent = 100 * old.hit_share
hit_interval = (100 * old.lower, 100 * old.upper)
pai = old.pai
pai_of_its_own_year = old.pai

# %% marked after the envelope was opened tags=["mistake"]
# You marked the squares with the most thefts in 2025. In January 2025 nobody knew those.
marked = squares.index.isin(squares["n_2025"].nlargest(25).index)
new = accuracy(marked, squares["n_2025"], squares["ground"])
hit_percent = 100 * new.hit_share
hit_interval = (100 * new.lower, 100 * new.upper)
pai = new.pai
pai_of_its_own_year = accuracy(marked, squares["n_2024"], squares["ground"]).pai

# %% all squares taken for whole tags=["mistake"]
# Your share of hits is right, and the index is not: you took every square for a whole one. Those at the shore hold less ground,
# and a map of them is a smaller promise.
marked = squares.index.isin(squares["n_2024"].nlargest(25).index)
new = accuracy(marked, squares["n_2025"])
hit_percent = 100 * new.hit_share
hit_interval = (100 * new.lower, 100 * new.upper)
pai = new.pai
pai_of_its_own_year = accuracy(marked, squares["n_2024"]).pai

# %% [markdown]
# ## Task 7
#
# After a burglary, are others likelier within **200 metres** and **14 days**?
# `entered` has a row for each burglary of a year: where it was (`x` and `y`, in metres), on which `day` (0 is the first of January),
# and with which `precision` that day is known. Look at all of its columns before you begin: a pair counts only if both days are true.
#
# `knox(x, y, days, metres=…, period=…)` gives `.observed`, `.expected` and `.ratio`.
#
# `observed`: pairs that are near in both. `expected`: with one decimal. `ratio`: with two decimals.
# `left_out`: how many burglaries cannot be used.

# %% tags=["given"]
entered = city.burglaries
entered.sample(8, random_state=1)

# %%
observed = ...
expected = ...
ratio = ...
left_out = ...
### BEGIN SOLUTION
known = entered[entered["precision"] == "day"]
found = knox(known["x"], known["y"], known["day"], metres=200, period=14)
observed = found.observed
expected = found.expected
ratio = found.ratio
left_out = len(entered) - len(known)
### END SOLUTION

# %%
check("m06-t7", observed=observed, expected=expected, ratio=ratio, left_out=left_out)

# %% months taken for days tags=["mistake"]
# You kept the burglaries of which only the month is known. A computer wrote them on the first, so they all seem to have happened
# on the same day: pairs that nobody observed.
found = knox(entered["x"], entered["y"], entered["day"], metres=200, period=14)
observed = found.observed
expected = found.expected
ratio = found.ratio
left_out = (entered["precision"] == "month").sum()

# %% metres and days exchanged tags=["mistake"]
# You gave 14 as the metres and 200 as the days. Hardly anything lies within 14 metres, and everything within 200 days.
known = entered[entered["precision"] == "day"]
found = knox(known["x"], known["y"], known["day"], metres=14, period=200)
observed = found.observed
expected = found.expected
ratio = found.ratio
left_out = len(entered) - len(known)

# %% near pairs taken for expected ones tags=["mistake"]
# You compared with all pairs that are near in space. By chance, only some of those would be near in time too:
# near in space × near in time / all pairs.
known = entered[entered["precision"] == "day"]
found = knox(known["x"], known["y"], known["day"], metres=200, period=14)
observed = found.observed
expected = found.near
ratio = found.observed / found.near
left_out = len(entered) - len(known)

# %% [markdown]
# ## Task 8
#
# A neighbouring town publishes its burglaries too. To protect the victims it has moved each point to the **middle of the street**,
# and where the street is not known, to the town hall. Somebody has drawn "hot spots" from these points. Look at them:
#
# - Of 100 burglaries, how many share their point with another one?
# - How many stand on a point that is the middle of none of the streets in `streets`?
# - In each street, how many burglaries were there for every 100 homes? (Join the two tables by `x` and `y`, and count.)
#
# Which sentence is true?
#
# - **A** "At these addresses burglars come back again and again."
# - **B** "The brightest spot is the place where homes most need better locks."
# - **C** "A point stands for a whole street, or for no known place. These records say something about streets, and nothing about homes."
# - **D** "Moved points are of no use at all."
#
# `shared_percent`: with one decimal. `on_no_street`: a number of burglaries.
# `street_rates`: a table with the columns `street` and `rate`, with one decimal. `sentence`: a letter.

# %% tags=["given"]
moved = city.moved
streets = city.streets
streets.head(4)

# %%
shared_percent = ...
on_no_street = ...
street_rates = ...
sentence = ...
### BEGIN SOLUTION
shared_percent = 100 * moved.duplicated(["x", "y"], keep=False).mean()
found = moved.merge(streets, on=["x", "y"])
on_no_street = len(moved) - len(found)
n = found["street"].value_counts()
homes_there = streets.set_index("street")["homes"]
street_rates = (100 * n / homes_there).rename("rate").reset_index()
sentence = "C"
### END SOLUTION

# %%
check(
    "m06-t8",
    shared_percent=shared_percent,
    on_no_street=on_no_street,
    street_rates=street_rates,
    sentence=sentence,
)

# %% the first on each point not counted tags=["mistake"]
# `duplicated` leaves out the first row of each point, unless you write `keep=False`. A pair that shares a point is two burglaries.
shared_percent = 100 * moved.duplicated(["x", "y"]).mean()
found = moved.merge(streets, on=["x", "y"])
on_no_street = len(moved) - len(found)
n = found["street"].value_counts()
homes_there = streets.set_index("street")["homes"]
street_rates = (100 * n / homes_there).rename("rate").reset_index()
sentence = "C"

# %% a moved point taken for an address tags=["mistake"]
# Your numbers are right. But nobody lives on these points: a bright one is a long street, or the town hall,
# where the records without a place were put.
shared_percent = 100 * moved.duplicated(["x", "y"], keep=False).mean()
found = moved.merge(streets, on=["x", "y"])
on_no_street = len(moved) - len(found)
n = found["street"].value_counts()
homes_there = streets.set_index("street")["homes"]
street_rates = (100 * n / homes_there).rename("rate").reset_index()
sentence = "B"

# %% shares of the burglaries tags=["mistake"]
# You gave each street's share of the burglaries. A long street has more homes, and so more burglaries:
# divide by the homes of the street.
shared_percent = 100 * moved.duplicated(["x", "y"], keep=False).mean()
found = moved.merge(streets, on=["x", "y"])
on_no_street = len(moved) - len(found)
n = found["street"].value_counts()
street_rates = (100 * n / len(moved)).rename("rate").reset_index()
sentence = "C"

# %% [markdown]
# ## Task 9
#
# `districts` says for last year how many hours patrols spent in each district, how many drug records they made there, and how many thefts
# people there *told* the police.
#
# 1. How many drug records came from every 1,000 hours of patrol? (`per_1000_hours`, two decimals)
# 2. Suppose that the office spreads the same total of hours anew each year, **in the shares of the drug records of the year before**,
#    and that an hour in each district finds as much as it did last year. After **two** such rounds (this year and next year),
#    which share of next year's hours does each district get, in per cent? (`patrols`, one decimal)
# 3. Which share of the thefts told comes from each district, in per cent? (`told`, one decimal)
#
# By hand for two districts with 80 and 20 records from 800 and 400 hours: the first round gives 80 % and 20 % of the 1,200 hours, that is 960 and 240.
# An hour finds 0.1 and 0.05, so they find 96 and 12. The second round gives 96 / 108 = 89 % and 11 %.
#
# Which sentence is true?
#
# - **A** "The records follow the hours. If the hours then follow the records, the map confirms itself, and nobody learns where the drugs are."
# - **B** "The district with the most records has the most drugs."
# - **C** "After two rounds the shares hardly move any more, so they are right."
# - **D** "Where few records are made, people tell the police less."
#
# `compared`: a table with the columns `district`, `per_1000_hours`, `patrols`, `told`. `sentence`: a letter.

# %% tags=["given"]
districts = city.districts
districts

# %%
compared = ...
sentence = ...
### BEGIN SOLUTION
per_hour = districts["drug_records"] / districts["patrol_hours"]
found = districts["drug_records"] * per_hour  # the total of hours cancels out
compared = districts[["district"]].assign(
    per_1000_hours=1000 * per_hour,
    patrols=100 * found / found.sum(),
    told=100 * districts["thefts_told"] / districts["thefts_told"].sum(),
)
sentence = "A"
### END SOLUTION

# %%
check("m06-t9", compared=compared, sentence=sentence)

# %% one round only tags=["mistake"]
# You stopped after one round. The second one is fed by what the first has found: multiply each district's hours by what an hour finds there.
per_hour = districts["drug_records"] / districts["patrol_hours"]
compared = districts[["district"]].assign(
    per_1000_hours=1000 * per_hour,
    patrols=100 * districts["drug_records"] / districts["drug_records"].sum(),
    told=100 * districts["thefts_told"] / districts["thefts_told"].sum(),
)
sentence = "A"

# %% records taken for drugs tags=["mistake"]
# Your numbers are right. Now compare the first column: an hour finds nearly as much in one district as in another.
# What differs is how many hours somebody looked.
per_hour = districts["drug_records"] / districts["patrol_hours"]
found = districts["drug_records"] * per_hour
compared = districts[["district"]].assign(
    per_1000_hours=1000 * per_hour,
    patrols=100 * found / found.sum(),
    told=100 * districts["thefts_told"] / districts["thefts_told"].sum(),
)
sentence = "B"

# %% hours divided by records tags=["mistake"]
# You divided the hours by the records: that is how long one record takes. Asked was how many records an hour, times 1,000.
per_record = districts["patrol_hours"] / districts["drug_records"]
found = districts["drug_records"] * per_record
compared = districts[["district"]].assign(
    per_1000_hours=1000 * per_record,
    patrols=100 * found / found.sum(),
    told=100 * districts["thefts_told"] / districts["thefts_told"].sum(),
)
sentence = "A"

# %% [markdown]
# ## Task 10
#
# In twelve neighbourhoods somebody has counted homes that are rented and homes that are owned, and how many of each were burgled (`…_hit`).
# A councillor says: "Where many rent, more is stolen. So renters are at greater risk." Test the second sentence.
#
# 1. The correlation, over the twelve, of the *share of homes that are rented* with the *rate of all homes* (burgled homes by homes).
#    `one.corr(other)` gives it.
# 2. How many rented homes would have been burgled if, **in each neighbourhood**, rented homes were burgled as often as all homes there?
#    (Rate of all homes × rented homes; add up over the twelve.)
# 3. Rented homes that were burgled, divided by that number.
#
# Which sentence is true?
#
# - **A** "Renters are burgled more often, because they rent."
# - **B** "More is stolen where many rent; but next door to each other, the rented home is burgled less often than the owned one."
# - **C** "The correlation is high, so the councillor is right."
# - **D** "Areas with many renters and areas with few do not differ."
#
# `correlation` and `within_ratio`: with three decimals. `expected_renters`: with one decimal. `sentence`: a letter.

# %% tags=["given"]
tenants = city.tenants
tenants.head(4)

# %%
correlation = ...
expected_renters = ...
within_ratio = ...
sentence = ...
### BEGIN SOLUTION
all_homes = tenants["renters"] + tenants["owners"]
rate = (tenants["renters_hit"] + tenants["owners_hit"]) / all_homes
correlation = (tenants["renters"] / all_homes).corr(rate)
expected_renters = (rate * tenants["renters"]).sum()
within_ratio = tenants["renters_hit"].sum() / expected_renters
sentence = "B"
### END SOLUTION

# %%
check(
    "m06-t10",
    correlation=correlation,
    expected_renters=expected_renters,
    within_ratio=within_ratio,
    sentence=sentence,
)

# %% from areas to homes tags=["mistake"]
# Your numbers are right, and the last one is below 1: within the same neighbourhood, rented homes were burgled less often.
# That areas with many renters have more says nothing about the homes in them.
all_homes = tenants["renters"] + tenants["owners"]
rate = (tenants["renters_hit"] + tenants["owners_hit"]) / all_homes
correlation = (tenants["renters"] / all_homes).corr(rate)
expected_renters = (rate * tenants["renters"]).sum()
within_ratio = tenants["renters_hit"].sum() / expected_renters
sentence = "A"

# %% one rate for the whole city tags=["mistake"]
# You used the rate of the whole city for every neighbourhood. So you compared places again, and not homes that stand next to each other:
# each neighbourhood needs its own rate.
all_homes = tenants["renters"] + tenants["owners"]
rate = (tenants["renters_hit"] + tenants["owners_hit"]) / all_homes
correlation = (tenants["renters"] / all_homes).corr(rate)
hit = tenants["renters_hit"].sum() + tenants["owners_hit"].sum()
expected_renters = hit / all_homes.sum() * tenants["renters"].sum()
within_ratio = tenants["renters_hit"].sum() / expected_renters
sentence = "B"

# %% numbers correlated instead of shares tags=["mistake"]
# You correlated how many homes are rented, and not which share. A large neighbourhood has more of everything.
all_homes = tenants["renters"] + tenants["owners"]
rate = (tenants["renters_hit"] + tenants["owners_hit"]) / all_homes
correlation = tenants["renters"].corr(rate)
expected_renters = (rate * tenants["renters"]).sum()
within_ratio = tenants["renters_hit"].sum() / expected_renters
sentence = "B"

# %% [markdown]
# ## Task 11
#
# The map of task 3 will hang in the town hall, and the newspaper will print it. Write what stands under it, in 120 to 180 words.
# Somebody from each of the twenty-four neighbourhoods will read it.
# Your map shows damage to property in 2024; 94 of 100 records had a neighbourhood. What people in one place already do, you may invent.
#
# (`from safelearn.disclosure.wording import check as harm`, then `harm("your text")`, looks for words that do harm. It is a spell-checker, not a conscience.)

# %% m06-t11 [markdown]
# ### BEGIN SOLUTION
# **Damage to property told to the police in 2024, for every 100,000 residents, smoothed.** … records; 94 of 100 had a neighbourhood written down
# and are on the map, the others are only in the city's total. The colours change at …, …, … and …, from light to dark; we shall keep these limits next year.
# Grey: fewer than five records, hidden to protect people. Where few people live, one broken window more would change the colour,
# so all rates are drawn a little towards the city's.
#
# Damage is told more often where there is somebody to tell: a school with a caretaker, a bus stop with a telephone. A pale place is not a place
# where nothing breaks.
#
# In Los Plateros, the parents' association has mended the benches of its square each spring since 2019, and says which lamps are dark.
# The map is for such repairs: the works department goes through all twenty-four with the associations in May, in the order of the codes.
#
# It says nothing about the people who live here. It is not made for patrols, stops, evictions, loans or insurance, and may not be used for them.
# Questions, and what you see that we do not: town hall, room 4.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# The head of the patrol office writes to you: "Please make us a heat map of last year's drug records, and renew it every month.
# We shall drive where it is brightest." Answer in 150 to 220 words. You want to go on working together.

# %% m06-t12 [markdown]
# ### BEGIN SOLUTION
# Dear colleague, thank you for asking before deciding. I should not like to draw this map, and I want to say why, and what I can do instead.
#
# A drug record is made where an officer looks. Last year one district had a third of the hours and about a third of the records; an hour found
# nearly the same everywhere. A map of the records is therefore a map of where you were. If you drive where it is bright, you find more there,
# and next month it is brighter. It would look surer each month, without anybody learning anything; and the people of two districts would be
# stopped several times as often as others for the same behaviour.
#
# If your question is where people need you, I can draw what they *told*: thefts and burglaries by area, smoothed, held against a year that the map
# has not seen, with the share that is located. If it is where drugs do harm, the health office counts overdoses and calls for help by area, and
# our survey asks a sample of residents in all districts.
#
# And if you want to know what patrols find, spread a tenth of the hours by lot over all districts for six months, and write down hours as well as
# records. Then I would gladly make a map of records per hour, with intervals, for both of us to read.
# ### END SOLUTION
