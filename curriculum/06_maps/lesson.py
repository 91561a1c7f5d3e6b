# %% [markdown]
# # 6. Maps and concentration: where, and how sure are you?
#
# The council of Puerto Sereno has money to mend ten small places: light, benches, crossings, somebody at the counter of the bus station.
# "Bring us the map of thefts", it says, "and we will see where."
# Three offices bring a map. All three were made from the same records, nobody has miscounted, and they show three different cities.
#
# **At the end you can**
# - say what is not on a map, and who stands below its line;
# - draw an honest map yourself, which opens without the internet, with its denominator, its period and what is missing written on it;
# - say in how few places how much happens, without being fooled by rare events;
# - tell a hot spot from luck, and hold last year's map against this year;
# - say when places repeat, and when your data are not able to tell;
# - write the words under a map so that nobody who lives there is harmed by them.
#
# You need modules 4 and 5: what a file may hide, and what a rate is. Take about four hours, in two or three sittings.
#
# > Puerto Sereno does not exist. Its streets, its people and its records are invented, so we may look at every corner of it.
# > With a real city, the points stay in the office, always. Only areas and cells go out, and this lesson says how.

# %% [markdown]
# ## Three maps of one city
#
# It is January 2025. We take the thefts from the person (purses, telephones) of 2024, and count them in each neighbourhood.
#
# Run the next cells one after the other: Shift and Enter.
#
# In this lesson you read more than you write. Where a cell is long, run it, look at what comes out, and read on.
# The few moves that the assignment asks of you are shown slowly at the end, on five rows.

# %%
import numpy as np
import pandas as pd
import pictures

from safelearn import City
from safelearn.city.population import population_by
from safelearn.resources import bundled_city

pd.options.display.float_format = "{:,.0f}".format  # tables show whole numbers

city = City.open(bundled_city("puerto-sereno"))
incidents = city.incidents()
thefts = incidents[incidents["offence"] == "050221"]  # theft from the person
year = thefts["occurred_from"].dt.year

people = population_by(city.table("population"), year=2024)
table = city.boundaries().merge(people[["area_id", "population"]], on="area_id")
n = thefts[year == 2024]["area_id"].value_counts()
table["n"] = table["area_id"].map(n).astype(float).fillna(0)
table["rate"] = 100_000 * table["n"] / table["population"]

table[["area_id", "area_name", "population", "n", "rate"]].head(3)

# %%
pictures.three_maps(table)

# %% [markdown]
# - **The parks office** has painted the *number* of thefts.
# - **The health office** has painted thefts *for the number of residents*, in five steps of the same width.
# - **The newspaper** has painted the same as the health office, but in five groups of twelve neighbourhoods.
#
# Each says: send the team where it is darkest.
#
# **Write down which map you would put before the council, and where each would send the team.**
# We come back to them at the end.

# %% [markdown]
# ## 1. What is not on the map?
#
# Before you look at what a map shows, ask what it cannot show. A record that has no place is on no map.
# Here are five rows of the file as the police sent it. (The cell finds five different ones. Its last line only says how many decimals to show.)

# %%
folder = bundled_city("puerto-sereno") / "source"
sent = pd.read_csv(
    folder / "incidents_2021_2025.csv.gz",
    sep=";",
    decimal=",",
    dtype={"Neighbourhood code": "str"},
)
sent = sent[sent["Offence"] == "Theft from the person"]

nowhere = sent["Longitude"].isna()
default = sent["Longitude"] == sent["Longitude"].min()
five = pd.concat(
    [
        sent[~nowhere & ~default].head(2),
        sent[nowhere & sent["Neighbourhood code"].notna()].head(1),
        sent[nowhere & sent["Neighbourhood code"].isna()].head(1),
        sent[default].head(1),
    ]
)

five[["Case No", "Neighbourhood code", "Longitude", "Latitude"]].style.format(
    precision=5
)

# %% [markdown]
# Which of the five can you put on a map? Decide row by row before you read on.
#
# - The first two have a **point**, and a neighbourhood.
# - The third has no point, but somebody wrote down the neighbourhood. It belongs in every map of *areas*, and in no map of points.
# - The fourth has neither. It is in the city's total, and on no map.
# - The fifth has a point, and it is wrong. Its longitude is a round number, far outside the city: what the computer writes when the officer writes nothing.
#   Other systems write 0 and 0 there, which is a place in the sea off Africa.
#
# So two of five have a point to trust, and three of five a neighbourhood to trust. The import of module 4 has sorted all of them in this way.
# What became of the thefts of 2024?

# %%
of_2024 = thefts[year == 2024]
print(len(of_2024), "thefts recorded")
print(of_2024["area_id"].notna().sum(), "of them with a neighbourhood")
print(of_2024["longitude"].notna().sum(), "of them with a point")

# %% [markdown]
# Almost all: here a map may speak. But never look at one kind of record alone.
# Some kinds have no points at all, because the police mask them: a point would lead to somebody's door (module 4).
# They are right. But a map of points "of all crime" then shows a city in which those harms do not exist.
#
# Rows without a place are seldom missing by chance. They belong to one kind, one station, one shift, one part of the city without house numbers.
# So a map carries a line that says: so many of so many are on it.
# Where less than 85 of 100 have a place, safelearn warns you, and so should you.
#
# **Rule 1. Say what share is on the map, kind by kind. And do not trust a place called zero.**

# %% [markdown]
# ## 2. Whose map is it?
#
# Look at the parks office's map again, and at the number of residents beside it.

# %%
pictures.counts_and_people(table)

# %% [markdown]
# You may have expected: where more people live, more is stolen. For many things that is so, and then a map of counts is a map of people.
# Here it is not. The largest neighbourhoods have few thefts, and the market, where few live, has the most.
#
# Thieves of purses go where people *are*, by day, with purses. The census counts where people *sleep*.
# The health office divided by those who sleep there. Somebody who came to the market by bus and lost a telephone stands above its line, and not below it.
# If nobody counts those who pass by, write under the map: *for every 100,000 residents; in the centre, victims may live elsewhere.*
#
# And the map of counts? It is right for one question: where is the *work*?
#
# **The line below must also be of the same shape.** Suppose a neighbourhood was divided in 2021.
# The northern half kept the old code, 0402, the southern half became 0499. The census is older than that.

# %%
after = pd.DataFrame({"area_id": ["0401", "0402", "0499", "0403", "0404"]})
after["thefts"] = [73, 70, 56, 48, 31]
census = pd.DataFrame({"area_id": ["0401", "0402", "0403", "0404"]})
census["people"] = [6500, 12_800, 7100, 6900]

joined = after.merge(census, on="area_id", how="left")
joined["rate"] = 100_000 * joined["thefts"] / joined["people"]
joined

# %% [markdown]
# Two rows are wrong, and only one of them looks wrong. Which ones?
#
# 0499 has no people, and drops out: you notice. But 0402 has the *thefts of one half* and the *people of both*.
# Its rate is much too low, and no computer will complain, because the code fits.
#
# The remedy: go back to the older shape, which both have in common. Add the halves up, then divide.

# %%
older_code = {"0499": "0402"}  # what stood where, before
joined["area_then"] = joined["area_id"].replace(older_code)
then = joined.groupby("area_then")[["thefts", "people"]].sum()
then["rate"] = 100_000 * then["thefts"] / then["people"]
then

# %% [markdown]
# A map of borders has a year, like a wine: its **vintage**. Ask for it, of both files, before you join them.
#
# **Rule 2. Say who stands below the line, and see that both sides of it have the same borders.**

# %% [markdown]
# ## 3. Small places stand out
#
# In module 5 you saw that the highest and the lowest rates belong to small places, by chance alone, and that **smoothing** draws them to the city's rate.
# On a map that is not a detail. The eye goes to the darkest and to the palest spot, and both may be the smallest numbers.
#
# We take damage to property: fewer records than thefts. Here are five neighbourhoods, from few residents to many.

# %%
damage = incidents[incidents["offence"] == "0504"]
damage = damage[damage["occurred_from"].dt.year == 2024]
broken = table[["area_id", "area_name", "population"]].copy()
n = damage["area_id"].value_counts()
broken["n"] = broken["area_id"].map(n).astype(float).fillna(0)
broken["rate"] = 100_000 * broken["n"] / broken["population"]

by_size = broken.sort_values("population")
five = by_size.iloc[[0, 1, 14, 30, 59]].copy()
five

# %% [markdown]
# How much of its own rate may a place keep? Two things pull at it:
#
# - how much places **really** differ, once chance is taken out. The sixty together tell us. The library calls it `prior.variance`:
#   the *prior* is what the city as a whole lets us expect of a place before we look at it, and `prior.mean` is the city's rate.
# - how much **chance** moves a place of this size: the city's rate divided by its residents.
#
# > share kept  =  real difference  /  (real difference + chance)
#
# (In module 5 this share was called `w`.) Do it for the five. Only the last division is new.

# %%
from safelearn.estimates.empirical_bayes import fit_prior

prior = fit_prior(broken["n"], broken["population"])
city_rate = 100_000 * prior.mean

chance = prior.mean / five["population"]
five["kept"] = prior.variance / (prior.variance + chance)
five["smoothed"] = five["kept"] * five["rate"] + (1 - five["kept"]) * city_rate
five.style.format("{:.2f}", subset=["kept"]).format(
    "{:.0f}", subset=["n", "rate", "smoothed", "population"]
)

# %% [markdown]
# The smallest place keeps about a third of its own rate, the largest nearly all.
#
# In JupyterLab you can play with it: take a place, give it fewer residents, or a few more events. The fewer the residents,
# the further the smoothed rate moves from the raw one towards the city's. (A printed page shows one position only.)

# %%
from safelearn.reports.widgets import smoothing

smoothing()

# %% [markdown]
# Now both maps. `rates_by_area` gives the raw rate, the smoothed one (`eb`), and their intervals.

# %%
from safelearn.estimates.rates import rates_by_area

rates = rates_by_area(broken.assign(offence="0504"), people)
broken["smoothed"], broken["mark"] = rates["eb"], rates["mark"]

pictures.raw_and_smoothed(table[["area_id", "geometry"]].merge(broken, on="area_id"))

# %% [markdown]
# Both maps have the same limits between their colours. Hatched places have fewer than 16 records: too few to stand alone.
#
# The smoothed map is calmer, and it is nearer to the truth, because it has taken back what chance had painted.
# It is no proof that a pale place is safe. The raw one belongs beside it, or in the table behind it.
#
# **Rule 3. On a map, smooth; mark what is too small; and let people see both.**

# %% [markdown]
# ## 4. Where one colour ends
#
# The health office and the newspaper painted the *same* rates. Why do their maps differ?
#
# Take six places with the rates 90, 100, 110, 120, 400 and 800, and put them into three colours. Do it on paper, in two ways:
#
# - three steps of the **same width**, from 90 to 800;
# - three **groups of two**.
#
# With steps of the same width, the first four places are alike, and one high value decides where all limits lie.
#
# With groups of the same number, 100 and 110 get different colours, although nobody could tell them apart.
# And 400 and 800 get the same. *A third of the city is always dark*, however safe the city is.
#
# Neither is a lie. But each makes a pattern that is not in the numbers.
# There is a third way: **round limits**, printed in the key, and kept for next year's map. The library proposes some.

# %%
from safelearn.views.maps.classes import breaks

rates = rates_by_area(table.assign(offence="050221"), people)
table["smoothed"] = rates["eb"]
table["lower"], table["upper"] = rates["eb_lower"], rates["eb_upper"]
limits = breaks(table["smoothed"])

print("round limits:", limits)
pictures.three_ways(table, limits)

# %% [markdown]
# Under each map, every neighbourhood is a dot on a line, from a low rate to a high one, in its colour.
#
# A reader can say the round limits aloud; and if next year's map keeps them, it will be paler if there is less. The second map is never paler.
#
# But look where two colours meet, in the second and in the third picture: often in the middle of a crowd. No way of cutting mends that.
# So here are two places on the two sides of the highest limit. How many times the rate of the one is the rate of the other?

# %%
from safelearn.estimates.contrasts import rate_ratio

in_order = table.sort_values("smoothed")
above = in_order[in_order["smoothed"] >= limits[-1]].iloc[0]
below = in_order[in_order["smoothed"] < limits[-1]].iloc[-1]
apart = rate_ratio(above["n"], above["population"], below["n"], below["population"])

print(above["area_name"], "and", below["area_name"], "have different colours.")
print(f"{apart.value:.2f} times the rate")
print(f"95 % interval: {apart.lower:.2f} to {apart.upper:.2f}")

# %% [markdown]
# The interval holds 1: "the same". The records cannot tell the two places apart, and the colours do.
#
# For the same reason there is no list of "the five worst" in this course. With a little other luck, another place would stand on top.
#
# **Rule 4. Print the limits. Before you believe a border between two colours, or a place in a list, ask how far apart the rates are.**

# %% [markdown]
# ## 5. Your map
#
# Now you draw one, with **folium**: a map that can be moved and touched, in any browser.
# Usually folium fetches pictures of streets from the internet. We do without, for three reasons: it must open in a council chamber without a network,
# nobody outside needs to know which place you are looking at, and a street name under a colour points at people.
#
# First the empty map. `offline` gives it everything it needs.

# %%
import folium

from safelearn.views.maps.leaflet import offline

west, south, east, north = table.total_bounds
corners = [[south, west], [north, east]]

plain = {"tiles": None, "zoom_control": False, "attribution_control": False}

my_map = offline(folium.Map(**plain, zoom_snap=0.25))
folium.GeoJson(table[["area_name", "geometry"]]).add_to(my_map)
my_map.fit_bounds(corners)
my_map

# %% [markdown]
# All neighbourhoods are there, all blue. Now give the map what it may say, **and nothing else**.
# Whoever gets the file can open it in a text editor, and read every number that you gave to folium, whether the picture shows it or not.
#
# So what must stay hidden is taken out first. A rate from fewer than 5 records would give the records away (module 4).
# (Here several places are hidden, so that none can be found by subtraction. Your city's report checks that for you.)
# And what is shown comes with its interval.

# %%
may_be_seen = table[["area_name", "smoothed", "geometry"]].copy()
few = table["n"] < 5
may_be_seen["smoothed"] = may_be_seen["smoothed"].mask(few)  # empty where few
may_be_seen["says"] = [
    f"{place.smoothed:,.0f} (95 % interval {place.lower:,.0f} to {place.upper:,.0f})"
    for place in table.itertuples()
]
may_be_seen.loc[few, "says"] = "hidden to protect people"

may_be_seen.drop(columns="geometry").tail(4)

# %% [markdown]
# To colour the places, there is a small recipe: a *function*. It gets one neighbourhood and says how to paint it.
# `np.digitize` says in which step a rate lies: 0 below the first limit, 1 from the first limit on, and so to 4.
# (`#E2EEF3` and the like are names of colours.)

# %%
colours = ["#E2EEF3", "#A2C6D6", "#609EBC", "#2B7499", "#0E4A6C"]  # light to dark


def paint(place):
    rate = place["properties"]["smoothed"]
    colour = "#C9C5BC"  # grey: hidden
    if rate is not None:
        colour = colours[np.digitize(rate, limits)]
    return {"fillColor": colour, "fillOpacity": 1, "color": "white", "weight": 1}


# %% [markdown]
# And last, what no map may go without. Let the computer write the numbers.

# %%
located = of_2024["area_id"].notna().mean()
key = ""
for colour, start in zip(colours, [0, *limits], strict=True):
    key += f"<b style='color:{colour}'>&#9632;</b> from {start:,.0f} "
caption = f"""
<style>.leaflet-container {{background: white}}</style>
<div style="padding: 8px; font: 14px sans-serif; background: white; height: 27%">
<b>Thefts from the person, for every 100,000 residents, 2024 (smoothed)</b><br>
Puerto Sereno, an invented city.
{len(of_2024):,} recorded thefts, {located:.1%} of them on the map.<br>
{key} (grey: hidden to protect people)<br>
Counts what was told to the police. In the centre, victims may live elsewhere.<br>
For light, repairs and help. It says nothing about the people who live there.
</div>"""

my_map = offline(folium.Map(**plain, zoom_snap=0.25, height="73%"))
my_map.get_root().html.add_child(folium.Element(caption))
folium.GeoJson(
    may_be_seen,
    style_function=paint,
    tooltip=folium.GeoJsonTooltip(["area_name", "says"], aliases=["", "rate"]),
).add_to(my_map)
my_map.fit_bounds(corners)
my_map

# %% [markdown]
# That is a map that you can sign. Point at a place, and it speaks.
# Change something in it: another offence, other limits, your own sentence. Then run the cells again.
# `my_map.save("map.html")` makes a file of it, to be opened on any computer.
#
# `safelearn diagnose` makes such maps for all offences, and refuses to draw from a table that nobody has checked.
#
# **Rule 5. No map without its denominator, its period, its number, what share is located, and what it is for.**

# %% [markdown]
# ## 6. In how few places?
#
# A neighbourhood is large. Ten places is what the council can mend. Do thefts gather in few places *within* the neighbourhoods?
#
# By hand first. Five street corners had 0, 0, 2, 8 and 10 thefts. If every corner had its share, each would have 4.
# Put the corners in a row, the quiet ones first, and add up as you go along: 0, 0, 2, 10, 20.

# %%
corner = pd.DataFrame({"thefts": [0, 0, 2, 8, 10]})

pictures.lorenz({"five corners": corner["thefts"]})

# %% [markdown]
# The straight line is a city where every place has its share. The further the curve hangs below it, the more events gather in few places.
# **Gini's coefficient** measures the belly between the two: 0 where all are alike, near 1 where one place has everything.
#
# > Gini  =  2 × (1×0 + 2×0 + 3×2 + 4×8 + 5×10) / (5 × 20)  −  6/5
#
# Each count is multiplied by its place in the row. Take paper: the bracket is 88, and the rest is yours. Then run the next cell.
#
# For the real corners we lay a grid of squares over the city, 250 metres wide, and count the thefts in each.
# The police's points are in degrees; a grid needs metres.

# %%
from safelearn.diagnosis.concentration import generalised_gini, gini, share_in_top
from safelearn.diagnosis.grid import city_grid, in_metres

print(f"five corners: {gini(corner['thefts']):.2f}")

boundaries = city.boundaries()
grid = city_grid(boundaries, 250)


def counted(rows):
    """Records in each square of the grid."""
    x, y = in_metres(rows["longitude"], rows["latitude"], grid.crs)
    return grid.count(x, y)


in_2024 = counted(of_2024)
squares = in_2024[grid.inside]  # only those that lie in the city

print(len(squares), "squares")
print(f"the city's squares: {gini(squares):.2f}")
print(f"in the top 5 % of squares: {share_in_top(squares, 0.05):.0%} of the thefts")

# %% [markdown]
# Half of all thefts in a twentieth of the squares. (Cities everywhere find something like it; it has been called the law of crime concentration.)
# For a council with ten places, that is good news.
#
# Now burglaries of shops and offices. There were far fewer of them. And for comparison we let dice throw as many over the same ground.

# %%
shops = incidents[incidents["offence"] == "05011"]
shops = shops[shops["occurred_from"].dt.year == 2024]
of_shops = counted(shops)[grid.inside]

dice = np.random.default_rng(9)
ground = grid.ground / grid.ground.sum()  # each square's share of the city's land
thrown = dice.multinomial(int(of_shops.sum()), ground.ravel()).reshape(ground.shape)

print(f"{of_shops.sum():.0f} burglaries, Gini {gini(of_shops):.2f}")
print(f"dice, as many, Gini {gini(thrown[grid.inside]):.2f}")
pictures.lorenz(
    {"thefts": squares, "burglaries of shops": of_shops, "dice": thrown[grid.inside]}
)

# %% [markdown]
# Even higher than for thefts. So burglars of shops keep to fewer places than thieves of purses?
#
# Not so fast. There are about two thousand squares and some hundred burglaries. However they fall, **most squares must stay empty**,
# and an empty square looks like concentration.
# The dice, which prefer no place, get a Gini coefficient that would make a headline.
#
# By hand: 5 places, 3 events. At best they fall on three different places, one each, and two stay empty. Gini says 0.4, although nothing could be more even.
# The **generalised** coefficient compares with that best case: it is 0 here.
#
# > generalised  =  1 − (places / events) × (1 − Gini), where there are fewer events than places

# %%
print("5 places, 3 events:", round(generalised_gini([0, 0, 1, 1, 1]), 2))
print("thefts:", round(generalised_gini(squares), 2))
print("burglaries of shops:", round(generalised_gini(of_shops), 2))
print("dice:", round(generalised_gini(thrown[grid.inside]), 2))

# %% [markdown]
# Now the order is the other way round: thefts from the person gather in few places, burglaries of shops less so.
# And even the dice keep a little more than nothing: some luck is left.
#
# **Rule 6. Where there are more places than events, use the generalised coefficient, and compare with dice.**

# %% [markdown]
# ## 7. Hot, or lucky?
#
# Which squares, then? The simple answer is: those with the most. Let us ask the dice once more.
# Here are two maps of squares. One shows the thefts of 2024; in the other as many were thrown by dice.

# %%
as_many = dice.multinomial(int(in_2024.sum()), ground.ravel()).reshape(ground.shape)

pictures.two_grids(grid, as_many, in_2024)

# %% [markdown]
# Map A is the one of the dice. And yet you can see spots in it, can you not? Our eyes find patterns in everything.
#
# So we need a measure. **Gi\*** (say "G-i-star") looks at a square *together with the eight around it*, because a place does not end where our grid ends.
# If thefts cared for no place, nine squares would have nine times the city's mean. How far are they from that?
# A score of 2 or more is called "significant": chance gives it about once in forty times.

# %%
from safelearn.diagnosis.hotspots import gi_star, hot_spots, window_sums

score = gi_star(in_2024, grid.inside)
most = np.unravel_index(np.nanargmax(score), score.shape)
nine = window_sums(in_2024, 3)
print(f"nine squares like the city's mean would have {9 * squares.mean():.1f}")
print(f"the nine around the highest score have {nine[most]:.0f}: Gi* {score[most]:.1f}")

luck = gi_star(as_many, grid.inside)
print((luck > 1.96).sum(), "of", grid.inside.sum(), "squares of the dice score above 2")

# %% [markdown]
# We did not look once, but once for every square of the city.
# That many "hot spots", in a city where no place is hotter than another. Whoever looks often enough will find something.
#
# For each square there is a probability `p`: how often chance alone would give as many or more. A small `p` looks like a finding.
# Each `p` is held against *all* of them: the **false discovery rate**.
# By hand, for five places: put the probabilities in order, the smallest first. Multiply each by 5, divide by its place in the row.

# %%
from safelearn.diagnosis.discoveries import false_discovery_rate

five = pd.DataFrame({"p": [0.004, 0.014, 0.04, 0.045, 0.6]})
five["place"] = [1, 2, 3, 4, 5]
five["by hand"] = 5 * five["p"] / five["place"]
five["library"] = false_discovery_rate(five["p"])
five.style.format("{:.3f}", subset=["p", "by hand", "library"])

# %% [markdown]
# Four of the five had a `p` below one in twenty. After five looks, two are left. (Where a later one comes out smaller, the library gives it to the earlier too.)
#
# The library's `hot_spots` does all of that. It asks for two things: does a square stand out from *its own surroundings*, so that a busy quarter is not called hot as a whole?
# And could so few events have done it by chance? Then it holds all squares to a false discovery rate of 5 in 100.
# We give it four years of records instead of one: with more, it can see more.

# %%
of_dice = hot_spots(as_many, grid.ground)
found = hot_spots(counted(thefts[year <= 2024]), grid.ground)

print("dice:", (of_dice.p <= 0.05).sum(), "squares look hot one by one,", end=" ")
print((of_dice.level > 0).sum(), "after all looks")
print("city:", (found.level > 0).sum(), "squares after all looks")
pictures.hot(grid, found, boundaries)

# %% [markdown]
# Puerto Sereno is invented, so we may look behind the curtain. Its makers put crowds of thefts at the market hall, the bus station and the promenade.
# All three are among the hot spots, and so are busy streets of the old centre, where much happens because many people walk.
# A hot spot says *where offences were recorded*. It does not say why.
#
# It does not say *who*, either. That step looks so small: "where many rent, more is stolen; so renters are at greater risk".
# Here are two neighbourhoods, and every home in them.

# %%
two = pd.DataFrame({"area": ["Loma", "Vega"]})
two["rented"], two["rented, burgled"] = [100, 400], [1, 16]
two["owned"], two["owned, burgled"] = [400, 100], [8, 8]
two

# %% [markdown]
# In Loma one home in five is rented, in Vega four in five, and in Vega more is stolen. So far the sentence is right.
#
# Now stay *within* Loma: of 100 rented homes 1 was burgled, of 100 owned ones 2. Within Vega: 4 of 100 rented, 8 of 100 owned.
# In both places the owned home is burgled twice as often as the rented one next door.
#
# One number for that: give the rented homes of each place the rate of **all** homes there. How many would have been burgled?

# %%
homes = two["rented"] + two["owned"]
rate = (two["rented, burgled"] + two["owned, burgled"]) / homes
expected = (rate * two["rented"]).sum()
observed = two["rented, burgled"].sum()

print(f"rented homes burgled: {observed}, expected {expected:.0f}")
print(f"observed / expected: {observed / expected:.2f}")

# %% [markdown]
# Fewer than expected. Areas with many renters have more burglary, and renters have less: both are true.
# (How closely two columns go together over many areas, the **correlation** says: 1 if they rise in step, 0 if they have nothing
# to do with each other, −1 if one falls as the other rises. `one.corr(other)` gives it. It speaks of areas, too.)
# A map knows *areas*, and nothing about who in them did what, or to whom it happened.
# To go from areas to persons is called the **ecological fallacy**.
#
# **Rule 7. Hold a hot spot against its surroundings, against chance, and against how often you looked. It says where, never who or why.**

# %% [markdown]
# ## 8. Did the map know?
#
# Every map of hot spots is also a **forecast**, whether it says so or not: "mend here, because here it will happen".
# So test it as one tests a forecast. Draw the map from the past, and hold it against a year that it has not seen.
#
# The measure is the **prediction accuracy index**, PAI. By hand: three places of the same size had 6, 3 and 0 thefts; your map had marked the first.
#
# - It caught 6 of 9 thefts, that is two thirds;
# - on one third of the ground.
# - PAI = two thirds / one third = **2**. A map drawn by dice has 1.
#
# It is January 2026 now, and the envelope with the records of 2025 is opened.
# Two maps stand for the test: the 40 squares with the most thefts in 2024, and those with the most damage to property in 2024.

# %%
from safelearn.diagnosis.accuracy import accuracy

tests = {}
for name, code in {"theft": "050221", "damage": "0504"}.items():
    rows = incidents[incidents["offence"] == code]
    when = rows["occurred_from"].dt.year
    old, new = counted(rows[when == 2024]), counted(rows[when == 2025])
    marked = np.zeros(old.size, dtype=bool)
    marked[np.argsort(-old.ravel(), kind="stable")[:40]] = True
    tests[name, "2024, the year it was drawn from"] = accuracy(marked, old, grid.ground)
    tests[name, "2025, which it had not seen"] = accuracy(marked, new, grid.ground)

pictures.forecasts(tests)

# %% [markdown]
# Judged on its own year, every map is brilliant: of course the squares with the most have the most.
# A year later the map of thefts has lost a little. The map of damage has lost *half*: much of what it had marked was luck, and luck does not stay.
# (Module 5 called it regression to the mean.)
#
# Both are still far better than dice. The honest sentence has the number of the year not seen in it, and its interval.
# You find it at the end of this lesson.
#
# **Rule 8. Judge a map on a year that it has not seen.**

# %% [markdown]
# ## 9. Once, and again nearby
#
# After a burglary, the neighbours ask: are we next? It is a question about *pairs*: two burglaries near in space, are they also near in time?
#
# Here are five burglaries: where (in metres from the church), and on which day.

# %%
from safelearn.diagnosis.knox import knox

five = pd.DataFrame({"x": [0, 50, 80, 900, 500], "y": [0, 0, 30, 900, 100]})
five["day"] = [0, 3, 5, 12, 60]
five

# %% [markdown]
# By hand: five burglaries make 10 pairs. The first three lie within a hundred metres of each other: 3 pairs are near.
# Within a week of each other are those three pairs, and the third with the fourth: 4 pairs are soon.
# If place and time had nothing to do with each other, how many pairs would be both?
#
# > expected  =  3 × 4 / 10  =  1.2
#
# There are 3 that are both, 2.5 times as many as chance gives. That is **Knox's** test, and it is all there is to it.

# %%
test = knox(five["x"], five["y"], five["day"], metres=100, period=7)
print(test.observed, "pairs,", round(test.expected, 1), "expected by chance")
print("ratio", round(test.ratio, 1))

# %% [markdown]
# Five are too few to tell anything from chance. For thousands of burglaries the library counts all pairs, band by band: how far, and how long after.

# %%
from safelearn.diagnosis.near_repeat import near_repeat, reach, usable

burglaries = usable(incidents[incidents["offence"] == "05012"])
x, y = in_metres(burglaries["longitude"], burglaries["latitude"], grid.crs)
days = (burglaries["occurred_from"] - pd.Timestamp("2021-01-01")).dt.days

bands = near_repeat(x, y, days)
how_far = reach(bands)
print(f"clear up to {how_far.metres:.0f} metres and {how_far.days:.0f} days")
pictures.bands(bands)

# %% [markdown]
# Read the first row: at *the same home*, within a week, there are many times as many pairs as chance gives. Within a hundred metres there are still several times as many.
# Beyond two hundred metres there is nothing to see, and nearby it fades within a month.
#
# That is one of the most useful findings in this course, because it says *when to help*: in the first days, somebody visits the home that was burgled and its neighbours,
# and mends the locks. It needs no guess about who did it, and no list of persons.
#
# It also needs good data. Here is Northmoor, a town whose police publish everything with care: each record with its **month**, and its point moved to the middle of the street.

# %%
from safelearn.errors import SafelearnError

northmoor = City.open(bundled_city("northmoor"))
there = northmoor.incidents()
there = there[there["offence_label"] == "Burglary"]

there[
    ["occurred_from", "time_precision", "longitude", "latitude", "place_precision"]
].head(3).style.format(precision=5)

# %% [markdown]
# The date says the first of the month. Did all burglars of Northmoor work on the first?
# No: a computer has to write *some* day. What does the library say? And what would it say if the town gave us the days as well?

# %%
for as_if in [there, there.assign(time_precision="day")]:
    try:
        usable(as_if)
    except SafelearnError as refused:
        print(refused, end="\n\n")

# %% [markdown]
# It refuses twice, and that is its answer. With months only, nothing can be "within a week".
# And many homes share one point, so two burglaries "at the same place" are mostly in two different homes.
# If you force the numbers through anyway, you get a ratio, and it may even look splendid.
# A visit "within seven days, within a hundred metres" cannot be planned from it.
#
# A picture of points has the same weakness: on points that were moved, every "hot spot" is the middle of a street where nobody lives. Use such records by area and month: for that they are good.
#
# **Rule 9. Repeats need true days and true points. Where they are missing, say so, and do not force it.**

# %% [markdown]
# ## 10. The map that makes itself true
#
# Two districts, Alta and Baja. In both there are exactly as many drug offences. Last year the police *found* 60 in Alta and 40 in Baja: luck.
# This year, somebody reads the map of last year's records and sends 60 of 100 patrols to Alta. A patrol finds as much in one district as in the other.
# What will the map show next year? Do three years by hand.

# %%
patrols = pd.DataFrame({"Alta": [60.0], "Baja": [40.0]}, index=["year 1"])
for one in ["year 2", "year 3"]:
    records = patrols.iloc[-1]  # what is found follows who looks
    patrols.loc[one] = 100 * records / records.sum()
patrols

# %% [markdown]
# 60, 60, 60. The first year was luck, and the map never learns it: each year it is "confirmed" by records which the map itself has made.
#
# With a little chance in every year, it gets worse. Here are twelve cities. In all of them Alta and Baja are alike, and both begin with five records.
# Every week one patrol goes out, to Alta or Baja by lot, and the more records a district has, the more lots it gets. What the patrol finds is one record more.

# %%
lots = np.random.default_rng(1)


def share_of_alta(weeks=300):
    """Alta's share of all records, week by week."""
    alta, baja = 5, 5
    shares = []
    for _ in range(weeks):
        if lots.random() < alta / (alta + baja):
            alta = alta + 1
        else:
            baja = baja + 1
        shares.append(alta / (alta + baja))
    return shares


cities = [share_of_alta() for _ in range(12)]
pictures.loops(cities)

# %% [markdown]
# Twelve cities, the same in truth, and each ends with a map of its own which looks firm and stable.
# In one, the people of Alta are watched much more than the people of Baja; in another, the other way round. Nobody meant it.
#
# It happens with everything that is on record **because somebody looked**: drugs, weapons, stops, fines, street selling.
# For those, a hot spot is a map of patrols. The library knows which they are:

# %%
from safelearn.guidelines.offences import enforcement_driven, name

for code in ["0601", "0801", "050221", "05012"]:
    who = "follows the police:" if enforcement_driven(code) else "told by people:    "
    print(who, name(code))

# %% [markdown]
# What helps: decide by what people *tell* (reports, and better a survey, module 7), look by lot in some places where the map says nothing,
# and never feed what patrols found back into where patrols go. A report of safelearn leaves such records out of every score of need.
# And even what people tell is no clean measure: they tell more where they trust more.
#
# **Rule 10. A map of records that somebody went to look for is a map of where they looked.**

# %% [markdown]
# ## 11. The words under the map
#
# A colour has no tact. The words beside it decide what it does to people: to rents, to shops, to children who say where they live.
# The library can read a text for words that do harm. It is a spell-checker, not a conscience.

# %%
from safelearn.disclosure.wording import check

draft = (
    "Mercado Grande is the most dangerous neighbourhood of the city. "
    "Idle youth cause most thefts around the market. "
    "The city should send more patrols to the hot spots."
)
for problem in check(draft):
    print(f"{problem.kind}: {problem.words!r}")
    print("   ", problem.remedy)

# %% [markdown]
# Now write it so that the people of Mercado Grande could read it aloud themselves. Here is one way. Change it, and run it again.

# %%
area = table[table["area_id"] == "0106"].squeeze()

better = f"""
In {area["area_name"]}, where the market hall stands, {area["n"]:.0f} thefts of purses
and telephones were told to the police in 2024.
People from the whole city pass there on a market day.
The traders, who open the hall at five, and the bus company propose light along
the way to the stop, and a counter where a lost purse can be reported.
This map is for such repairs. It says nothing about who lives there, and it is
not for patrols, stops, evictions, loans or insurance.
"""
print(check(better) or "The checker has no objection.")

# %% [markdown]
# What is different?
# - it names a *place and a thing* (the way to the stop), not a people;
# - it says what is there already: traders, a bus company, somebody who opens at five;
# - it has a number, and who stands behind it;
# - it says what the map is for, and what it is not for: not for patrols and stops, not for evictions, loans or insurance.
#
# And nowhere is there a list from first to last. Areas stand in the order of their codes, or on a map, where every place has the place it has.
#
# **Rule 11. Write as if those who live there read it first. They should.**

# %% [markdown]
# ## Three maps, again
#
# Turn back to the three maps of the beginning.
#
# - **The parks office** counted. Its map says where the work is, and not who runs which risk.
# - **The health office** divided by residents. One neighbourhood with a market is so high that all others look alike: the steps of the same width did that.
# - **The newspaper** cut the city into five groups of twelve. A fifth is always dark, and two shades may lie a hair apart.
#
# None is wrong, and none says where ten places should be mended. For that you looked *inside* the neighbourhoods, at squares that stand out from their surroundings,
# and that a year which the map had not seen has confirmed. And then somebody goes there, by day and by night, and asks (module 8).

# %% [markdown]
# ## What you can now say, and what you cannot

# %%
print(f"In 2024 {len(of_2024):,} thefts from the person were recorded,")
print(f"{located:.1%} of them with a neighbourhood.")
print(
    f"{share_in_top(squares, 0.05):.0%} of those with a point lay in a twentieth of the"
)
print("city's squares of 250 metres.")
print(f"{(found.level > 0).sum()} squares stand out clearly from their surroundings.")
seen = tests["theft", "2025, which it had not seen"]
print(f"The 40 squares with the most in 2024 had {seen.hit_share:.0%} of the")
print(f"thefts of 2025 (95 % interval {seen.lower:.0%} to {seen.upper:.0%}),")
print(f"on {seen.ground_share:.1%} of the ground.")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "These are the ten most dangerous places." |
# | "Around the market hall and the bus station, thefts gather beyond what their surroundings explain." | "The people there steal", or "are careless". |
# | "After a burglary, the same home and its neighbours run a higher risk for some weeks." | "Northmoor has no near repeats." Its data cannot tell. |
# | "Here is what share of the records is on the map." | "Where the map is pale, nothing happens." |
# | "So many drug offences were found there." | "Drugs are sold there and not elsewhere." |
#
# **Four questions to test yourself**
#
# <details><summary>1. Your file has 0 and 0 as coordinates in a tenth of its rows. You delete them, and the map looks clean. What have you done?</summary>
#
# Deleted a tenth of what happened, and probably not just any tenth. Count them by kind, station and month; use their neighbourhood if one is written; print the share under the map.
# </details>
#
# <details><summary>2. A vendor shows a map that "predicts 60 % of crime". What do you ask?</summary>
#
# On what share of the ground? On which year, and had the map seen it? Of which offences, and are they told by people or found by patrols?
# </details>
#
# <details><summary>3. Gini is almost 1 for a rare offence in 3,000 squares. Concentrated?</summary>
#
# It can hardly be less. Use the generalised coefficient, and let dice throw as many.
# </details>
#
# <details><summary>4. Two neighbourhoods side by side have different colours. Are they different?</summary>
#
# Look at the limits and the intervals. If the limit happens to fall between two rates that are nearly the same, the border is the mapmaker's, not the city's.
# </details>

# %% [markdown]
# ## Six moves for the assignment
#
# You will do these yourself, so here they are slowly: five bicycles from two stations, and three neighbourhoods.

# %%
small = pd.DataFrame(
    {
        "station": ["North", "North", "South", "South", "South"],
        "area_id": ["0101", "0102", "0102", "0103", "0103"],
        "longitude": [-77.1, 0, -77.2, None, -77.2],
        "latitude": [-13.1, 0, -13.3, None, -13.3],
    }
)

small.style.format(precision=1)

# %% [markdown]
# **First: the share of a *yes*, by group.** A question gives `True` or `False`, and their mean is the share of `True`.
# Write the answers into a column, make the heaps, take the mean.
# An empty place answers *no* to `< 0`, as a zero does.

# %%
asked = small.assign(true_point=small["longitude"] < 0)
share = 100 * asked.groupby("station")["true_point"].mean()

share.reset_index(name="percent")

# %% [markdown]
# **Second: give the older codes, add up, then join.** In curly brackets stands what to replace: on the left of the colon the code as it is,
# on the right what it shall become. Two such pairs have a comma between them.
# A code is a word and stands in quotation marks, although it looks like a number: without them, the zero in front gives a `SyntaxError`.
#
# Here 0102 was given up; its halves are 0103 and 0104. (In section 2 we joined first, to see the trap. Here the homes of 0102 would find no partner.)

# %%
now = pd.DataFrame({"area_id": ["0101", "0103", "0104"], "n": [5, 3, 4]})
homes_then = pd.DataFrame({"area_id": ["0101", "0102"], "homes": [100, 200]})

older = now.assign(area_id=now["area_id"].replace({"0103": "0102", "0104": "0102"}))
added = older.groupby("area_id")["n"].sum().reset_index()
side_by_side = added.merge(homes_then, on="area_id")

side_by_side.assign(rate=1000 * side_by_side["n"] / side_by_side["homes"])

# %% [markdown]
# **Third: the step of each rate.** `np.digitize` takes a whole column. A rate that is equal to a limit belongs to the step above it.

# %%
three = pd.DataFrame({"area_id": ["0101", "0102", "0103"], "n": [40, 9, 35]})
three["population"] = [2000, 1500, 2100]
three["rate"] = 1000 * three["n"] / three["population"]

three.assign(step=np.digitize(three["rate"], [10, 18]))

# %% [markdown]
# **Fourth: in order, and then one row after the other.** `ascending=False` puts the largest first.
# `.iloc[0]` is the row that stands first, `.iloc[1]` the next; so the fifth is `.iloc[4]`.
#
# `alike = []` is an empty list. `for` takes the rows one by one, and does for each what stands further right.
# `if` does what stands still further right only where the answer is yes; `.append` writes one thing more into the list.
# Take care of the colons, and of the spaces on the left. (Of the row `top` you get a number with `top["n"]`, of `other`, within the loop, with `other.n`.)

# %%
in_order = three.sort_values("rate", ascending=False)
top = in_order.iloc[0]

alike = []
for other in three.itertuples():
    ratio = rate_ratio(top["n"], top["population"], other.n, other.population)
    if ratio.lower <= 1 <= ratio.upper:
        alike.append(other.area_id)

alike

# %% [markdown]
# The first cannot be told apart from itself, of course: `alike.remove("0101")` takes it out.
#
# **Fifth: mark the largest.** `.nlargest(2)` gives the two largest numbers, `.min()` the smaller of them. Whoever has as much or more is marked.

# %%
limit = three["n"].nlargest(2).min()
marked_two = three["n"] >= limit

marked_two

# %% [markdown]
# **Sixth: rows that share a point.** `duplicated` asks each row: *is there another one with the same longitude and latitude?*
# Without `keep=False` it says *no* to the first of each point.
#
# And to put beside each bicycle the street whose middle is its point, join by both columns. A row without a partner drops out: compare `len` before and after.

# %%
middles = pd.DataFrame({"street": ["Lime Row"], "longitude": -77.2, "latitude": -13.3})
with_street = small.merge(middles, on=["longitude", "latitude"])

print("share a point:", small.duplicated(["longitude", "latitude"], keep=False).sum())
print("on the middle of a street:", len(with_street), "of", len(small))

# %% [markdown]
# From module 5 you also need: `value_counts` and `.map` to count and to write the counts beside places, and `.rename(columns={"eb": "smoothed"})`.
# A table with more columns than were asked for does no harm.

# %% [markdown]
# ## Now your own city
#
# 1. Bring in your boundaries and records (module 4), and look at `safelearn city check`: it says what share is located, whether points were moved, and whether the codes of the two files fit.
# 2. `safelearn diagnose` draws on your files what you drew here: smoothed beside raw, concentration, hot spots with their test on the last year, repeats. What your data cannot carry it refuses, in a sentence.
# 3. Change the line `city = City.open(…)` at the top to your folder, and run this lesson again with an offence that people *report*.
#
# **Before you publish**: areas or squares, never points; no count below 5 nor anything made from it; the line with denominator, period, number and share located;
# what it is for; and somebody who lives there has read it.
#
# Next comes the assignment, on a city of *your own*.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
assert len(five) == 5 and len(sent) > 9000
assert set(table["area_id"][table["n"].nlargest(2).index]) == {"0106", "0402"}
assert of_2024["longitude"].notna().mean() > 0.97
assert (
    joined["rate"].isna().sum() == 1
    and then.loc["0402", "rate"] > 1.5 * joined["rate"][1]
)
kept = prior.weight(broken["population"].sort_values())
assert 0.3 < kept[0] < 0.37 and kept[-1] > 0.9
hidden_places = (table["n"] < 5).sum()
assert hidden_places >= 3 and len(limits) == 4 and apart.lower < 1 < apart.upper
assert round(gini(corner["thefts"]), 2) == 0.56
assert abs(share_in_top(squares, 0.05) - 0.5) < 0.05
assert gini(of_shops) > gini(squares) and gini(thrown[grid.inside]) > 0.8
assert generalised_gini(of_shops) < generalised_gini(squares) - 0.3
assert 0.1 < generalised_gini(thrown[grid.inside]) < 0.3
assert (luck > 1.96).sum() > 40 and (of_dice.level > 0).sum() == 0
assert (of_dice.p <= 0.05).sum() > 30
truth = {
    "H1": (-77.566824, -13.364706),
    "H2": (-77.557684, -13.364526),
    "H5": (-77.597382, -13.383507),
}
for longitude, latitude in truth.values():
    at = in_metres([longitude], [latitude], grid.crs)
    row, column = np.divmod(grid.cells(*at)[0], grid.ground.shape[1])
    assert (found.level[row - 1 : row + 2, column - 1 : column + 2] > 0).any()
pai = {key: one.pai for key, one in tests.items()}
drop = {
    name: pai[name, "2025, which it had not seen"]
    / pai[name, "2024, the year it was drawn from"]
    for name in ("theft", "damage")
}
assert drop["theft"] > 0.7 and 0.4 < drop["damage"] < 0.6
assert how_far.metres >= 100 and how_far.days <= 35 and how_far.same_place > 5
nearest = bands[(bands["metres_to"] == 100) & (bands["days_to"] == 7)][
    "ratio"
].squeeze()
assert nearest > 3
assert (test.near, test.soon, test.observed) == (3, 4, 3)
assert alike == ["0101", "0103"] and list(marked_two) == [True, False, True]
assert len(with_street) == 2
assert observed < expected and two["rented"][1] > two["rented"][0]
ends = [one[-1] for one in cities]
assert max(ends) > 0.62 and min(ends) < 0.38, ends
assert [problem.kind for problem in check(draft)] == [
    "ranking",
    "deficit",
    "enforcement",
]
assert not check(better)
