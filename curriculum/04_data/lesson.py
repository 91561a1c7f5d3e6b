# %% [markdown]
# # 4. Data inventory, ICCS, quality and privacy: what do we hold, and what may leave?
#
# It is January 2026 in Puerto Sereno. Two letters lie on the desk of the safety observatory.
#
# > *The council has decided on open data. Put the police file on the portal by Friday. There are no names in it.*
#
# > *We study fear and safety at the university. Could you send us the police file and the survey? We need everything, with points.*
#
# The file has just come, as an export from the computer of the police. Nobody here has looked at it yet.
# **What would you answer, today?** Write it down in one sentence for each letter.
#
# **At the end you can**
# - bring in a messy file and say where each of its rows went;
# - translate the words of the police into a classification that other cities use;
# - find what is missing, and what a place, a date and an hour are worth;
# - see a person in a column, in a text and in a number;
# - hide a small count so that nobody can work it out, and try to;
# - write down for others what the data are, and answer both letters.
#
# You need module 0: running a cell and reading a table. Take about three hours.
#
# > Puerto Sereno does not exist, and its records are invented. **A notice before you begin:** in section 3 we count records of sexual violence
# > and ask why they have no place on the map. No case is described. If you would rather not, skip to section 4; no task needs it.

# %% [markdown]
# ## 1. Where did every row go?
#
# This is what came: a text file, with a semicolon between the cells. We read it as text, and change nothing.
#
# Run the next cell: click into it, hold Shift, press Enter. The cells are longer than those of module 0, and you need not understand
# every word in them. What you will need yourself comes once more and slowly at the end, in *Five moves for the assignment*.

# %%
import pandas as pd
import pictures

from safelearn import City
from safelearn.resources import bundled_city

pd.options.display.max_colwidth = None  # tables show whole sentences
received = bundled_city("puerto-sereno") / "source" / "incidents_2021_2025.csv.gz"
raw = pd.read_csv(received, sep=";", dtype=str, keep_default_na=False)

raw[["Case No", "Date from", "Time from", "Offence", "Longitude", "Victim age"]].head()

# %% [markdown]
# It looks tidy. Files always look tidy at the top.
#
# Here are five rows from further down. (`.isin([…])` asks each row *is it one of these?*, and `.duplicated(…)` *does it stand here twice?*)
# Before you read on: **which of them would you not use?** And why?

# %%
bad_date = raw["Date from"].isin(["31/02/2023", "s/d"])
sent_twice = raw.duplicated(keep=False)
odd_age = raw["Victim age"] == "999"
five = pd.concat([raw[bad_date].head(2), raw[sent_twice].head(2), raw[odd_age].head(1)])

five[
    ["Case No", "Date from", "Time from", "Offence", "Neighbourhood code", "Victim age"]
]

# %% [markdown]
# - The **first two** have no date that a calendar knows. They belong to no year and no month. We cannot use them, but the police can mend them.
# - The **next two** are equal to the letter, *case number included*: one row, sent twice. One of them counts.
# - The **last** has a victim of 999 years: somebody typed what their computer asks for when the age is not known.
#   The row is good; only its age is not known.
#
# So a row is *set aside* only if nothing can be done with it. Everything else is used, as far as it goes.
# By hand, for the five: read 5 = used 2 + set aside 3.

# %% [markdown]
# For a file of sixty thousand rows, the library keeps the account. We make an empty folder for a city, tell it how the police write,
# and bring in the outlines of the neighbourhoods and then the file.

# %%
import shutil
import tempfile
from pathlib import Path

from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city

folder = Path(tempfile.mkdtemp()) / "our-city"
new_city(folder, name="Our city", from_="puerto-sereno")
for settings in ["profiles", "crosswalks"]:  # how the police write, and their words
    shutil.copytree(bundled_city("puerto-sereno") / settings, folder / settings)

import_file(folder, received.parent / "neighbourhoods.geojson")
result = import_file(folder, received)

print("\n".join(result.sentences()[:2]))

# %%
pictures.account(result.rows_read, result.rows_used, result.set_aside)

# %% [markdown]
# Rows read = rows used + rows set aside. Nothing has disappeared, and for each row set aside there is a line in the folder
# `review`, with its number in the file, the reason, and what to do. That list goes back to the police.
# (A *profile* is a note that says how one office writes its files: which column is the date, and whether the day comes first.)

# %%
pd.read_csv(folder / "review" / "set_aside.csv").head(4)

# %% [markdown]
# One trap lies here, and many offices fall into it: the button *Remove duplicates*.
#
# Look at five reports from an online form, which gives no number and asks for the day only. How many events are they?

# %%
online = pd.DataFrame(
    {
        "number": ["", "", "2026-17", "2026-17", "2026-18"],
        "day": ["3 January"] * 5,
        "offence": ["stolen telephone"] * 4 + ["broken window"],
        "place": ["market"] * 5,
    }
)

print("Different rows:", len(online.drop_duplicates()))
online

# %% [markdown]
# The button leaves three. But the first two rows may well be two people at the same market on the same day: without a number, nothing says that they are one.
# Rows 3 and 4 have the same number and are equal to the letter: that is one row sent twice. So there are **four** events.
#
# **Rule 1. Read = used + set aside, to the last row. And looking alike is not being the same.**

# %% [markdown]
# ## 2. What do they mean by it?
#
# Each police has its own words. In one city *assault* is a slap, in the next it needs a hospital.
# The **international classification of crime for statistical purposes**, ICCS, gives each act a number.
# The longer the number, the more exact: `05` is *against property only*, `0501` is burglary, `05012` is burglary of a home.
#
# A **crosswalk** is a list with two columns: their word, its number. Somebody at the police has to confirm it.

# %%
from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.guidelines import offences

crosswalk = read_crosswalk("puerto-sereno-police", folder)
words = ["Theft of a vehicle", "THEFT OF A VEHICLE  ", "Theft fom person", "Fraud"]
codes = [crosswalk.code(word) for word in words]

pd.DataFrame(
    {"word": words, "code": codes, "name": [c and offences.name(c) for c in codes]}
)

# %% [markdown]
# Capitals and spaces do not matter. A misspelt word has *no* code, and the library does not guess. It makes a proposal, for a person to accept:

# %%
for code, likeness in crosswalk.suggest("Theft fom person"):
    print(code, offences.name(code), f"(likeness {likeness:.0f} of 100)")

# %% [markdown]
# Two proposals, and only the police know which is meant. Why so strict? Because of words like these:
#
# - *theft **from** a vehicle*: a telephone on the seat, not the car;
# - *damage **to** a vehicle*: nothing was stolen at all;
# - ***attempted** homicide*: in ICCS a number of its own, and the person is alive.
#
# Whoever searches for "vehicle" inside the label puts the first two among stolen cars.
#
# In our file, this is what nobody could translate:

# %%
city = City.open(folder)
incidents = city.incidents()
unknown = incidents["offence"].isna()

print(f"{unknown.sum()} of {len(incidents):,} records have no code yet.")
incidents["offence_label"][unknown].astype(str).value_counts()

# %% [markdown]
# They stay in the file and in every total, as *unclassified*. They wait in `review/offences.xlsx`, which goes to the police as well.
#
# **Rule 2. Whole words, confirmed by those who wrote them. What is not known is shown, not dropped.**

# %% [markdown]
# ## 3. Rows without a place
#
# *This section counts records of sexual violence.*
#
# A vendor has offered the city a map: every record a point. Its first step would be to drop the rows without coordinates,
# "only a few per cent". Only a few, of what?
#
# By hand, for five invented rows of one offence: three have a point, two have none. Two of five is 40 %.
# Now the same for every offence of the file.

# %%
from safelearn.city.quality import missingness_by_offence

gaps = missingness_by_offence(incidents[~unknown])
gaps["share"] = 100 * gaps["no_coordinates"] / gaps["n"]

no_point = incidents["longitude"].isna().mean()
print(f"Of all records, {no_point:.0%} have no point.")
pictures.missing(gaps[["offence", "share"]])

# %% [markdown]
# Of most offences one or two in a hundred have no point. Of **one** offence none has a point at all.
# The police write 0 and 0 instead, on purpose: a point would show whose home it was. That is right of them.
#
# A map without these rows shows a city without sexual violence. Nobody lied, and the map is false.
# Dropping a few per cent of all rows dropped *all* of one kind.
#
# The rows are still good: they have the code of a neighbourhood, and a count by district can use it.

# %%
masked = gaps[gaps["share"] > 99].iloc[0]

print("Without a point:", masked["no_coordinates"])
print("of these, without a neighbourhood:", masked["not_located"])

# %% [markdown]
# Some other rows do have a point, and it is wrong. Let us look where the points of the file lie.

# %%
longitude = pd.to_numeric(raw["Longitude"].str.replace(",", "."))
latitude = pd.to_numeric(raw["Latitude"].str.replace(",", "."))
outside = pd.DataFrame({"longitude": longitude, "latitude": latitude})
outside = outside[(longitude != 0) & (longitude < -77.8)]
last_year = incidents[incidents["occurred_from"].dt.year == 2025]

different = len(outside.drop_duplicates())
print(f"{len(outside)} rows lie outside the city, on {different} point.")
pictures.points(city.boundaries(), last_year, outside.iloc[0])

# %% [markdown]
# When a clerk clicks nowhere on the map, the computer of the police writes its **default point**. It is no place.
#
# Points can lie in a third way. Northmoor, another of our cities, gives its points on purpose to the middle of a street:

# %%
from safelearn.city.quality import check

northmoor = check(City.open(bundled_city("northmoor")))

for problem in northmoor.problems:
    print(f"- {problem.sentence} {problem.remedy}")

# %% [markdown]
# Thousands of records on a thousand points. Areas are safe with such data. "The same address again and again" is not: it is a street, and a program.
#
# And whole months may be missing. Two wards of Kharwell look like the safest of the city:

# %%
kharwell = check(City.open(bundled_city("kharwell")))

for problem in kharwell.problems:
    print(f"- {problem.sentence} {problem.remedy}")

# %% [markdown]
# Their stations had stopped sending. A zero is a finding only if somebody was counting. (And mind the last line: there, a row is not always one event.)
#
# **Rule 3. Ask of which offences something is missing, before you leave it out. 0/0 and the default point are no places.**

# %% [markdown]
# ## 4. What is a date worth, and an hour?
#
# A portal gives the moments of incidents as `2025-03-08T03:30:00Z`. The `Z` at the end means **universal time** (UTC).
# Lima's clocks show five hours less. So on which day was that, and at what hour, in our city?
#
# By hand: 3:30 less 5 hours is **22:30 of the evening before**. Not early on Saturday the 8th: late on Friday the 7th.
# Whoever reads the stamp as it stands moves the night to the morning, and Friday to Saturday.
#
# The same records by both clocks (only those that somebody saw happen):

# %%
from zoneinfo import ZoneInfo

from safelearn.city.times.trough import find_trough
from safelearn.city.times.zones import to_zone

seen = incidents["occurred_to"].isna() & (incidents["time_precision"] == "minute")
local = incidents["occurred_from"][seen]
lima, universal = ZoneInfo("America/Lima"), ZoneInfo("UTC")
stamps = pd.Series(to_zone(local.to_numpy("datetime64[s]"), lima, universal))

pictures.hours(local, stamps)

# %% [markdown]
# Which of the two is a city? Streets are quiet before dawn, everywhere in the world. A file whose quietest hour is late in the morning
# carries the clocks of another place. The library looks for that hour, between 4 and 9:

# %%
for clock, times in [("the city's clocks", local), ("universal time", stamps)]:
    quiet = find_trough(times)
    print(f"By {clock} quietest at {quiet.hour}:00. Plausible: {quiet.plausible}")

# %% [markdown]
# Do not simply subtract five hours in *your* city: where clocks change twice a year, the same number is wrong for half of it.
# Name the zone (`America/Lima`, `Europe/London`), and `to_zone` knows.
#
# Not every time is an hour at all. How exactly do our four cities know theirs?

# %%
names = ["puerto-sereno", "rio-manso", "northmoor", "kharwell"]
shares = {
    City.open(bundled_city(name)).settings.name: City.open(bundled_city(name))
    .incidents()["time_precision"]
    .value_counts(normalize=True)
    for name in names
}

pictures.exactness(pd.DataFrame(shares).T)

# %% [markdown]
# Two of them know the month and nothing more. Their files show `2025-03-01 00:00`, and a careless program makes of it:
# all crime happens at midnight, on the first of the month.
#
# The same happens inside a file. Where nobody knew the day, a program wrote one. Five claims, by hand:

# %%
claims = pd.Series(
    pd.to_datetime(
        ["2025-01-01", "2025-01-01", "2025-01-01", "2025-01-04", "2025-02-11"]
    )
)

claims.value_counts().sort_index()

# %% [markdown]
# Three on New Year's Day, one a month otherwise. Two of the three are probably days that nobody knew.
# They still happened in 2025: they count in the **year**, and in no day and no month.
#
# **Rule 4. Before you read an hour or a day, ask whose clock it is, and whether anybody knew it.**

# %% [markdown]
# ## 5. Which place is meant?
#
# Five calls about broken lamps, and a list of neighbourhoods, of which two bear the same name. Join them by name. How many calls are there afterwards?

# %%
calls = pd.DataFrame(
    {
        "call": [1, 2, 3, 4, 5],
        "code": ["101", "205", "", "", "101"],
        "name": ["Las Flores", "Las Flores", "LAS FLORES", "El Molino", "las flores"],
    }
)
places = pd.DataFrame(
    {
        "area_id": ["0101", "0205", "0301"],
        "area_name": ["Las Flores", "Las Flores", "El Molino"],
        "parent": ["Centre", "Hills", "Centre"],
    }
)

calls.merge(places, left_on="name", right_on="area_name")

# %% [markdown]
# Two calls from Las Flores have become four, and those written in capitals are gone. Five rows before, five rows after: nobody noticed.
#
# And the code? The spreadsheet took `0101` for a number and threw the zero away. `101` and `0101` are not the same text.
# Codes are names made of digits. Fill the zeros in again, and use names only where there is no code, and only where one place can be meant:

# %%
from safelearn.city.places.matching import KnownAreas

known = KnownAreas(list(places["area_id"]), list(places["area_name"]))
codes = calls["code"].where(calls["code"] == "", calls["code"].str.zfill(4))
by_name = [known.find(name).position for name in calls["name"]]
found = [places["area_id"][p] if p >= 0 else "" for p in by_name]

calls.assign(area_id=codes.where(codes != "", found))

# %% [markdown]
# Call 3 belongs to one of two places, and nobody knows to which. It stays without a place until somebody has asked: in the library it waits in `review/areas.xlsx`.
#
# **Rule 5. Codes before names, zeros kept, and the number of rows looked at before and after each join.**

# %% [markdown]
# ## 6. Who is in this file?
#
# "There are no names in it", says the council. Here is the header of a sheet. Where are the people?

# %%
from safelearn.disclosure.personal_data import check as check_people

sheet = pd.DataFrame(
    {
        "area_id": ["0101", "0102", "0103"],
        "Victim name": ["(blank)", "(blank)", "(blank)"],
        "reach_by": ["(01) 555-0137", "", "(01) 555-0192"],
        "file": ["9990123454", "9990123470", "9990123527"],
        "slab": ["9990123455", "9990123471", "9990123528"],
        "what": [
            "Slipped on the stairs.",
            "Slipped. Health no. 999 012 3454",
            "Missed the kerb.",
        ],
    }
)

for problem in check_people(sheet):
    print(f"{problem.where:12} {problem.sentence}")

# %% [markdown]
# Three ways to find a person:
#
# - by the **header**: a column called *Victim name* is for people, whatever stands in it today;
# - by the **pattern** of its values: telephones, e-mail addresses, number plates look like themselves;
# - by a **check digit**: `file` and `slab` are both ten digits long. One holds people's health numbers, the other the numbers of paving slabs.
#
# How does the library know? The last digit of a health number is computed from the others. By hand, for 999 012 3454:
# multiply the first nine digits by 10, 9, 8 … 2, and add up. Divide the sum by 11, and take the *rest* from 11: that is the last digit.

# %%
digits = [9, 9, 9, 0, 1, 2, 3, 4, 5]
weights = range(10, 1, -1)
total = sum(d * w for d, w in zip(digits, weights, strict=True))
check_digit = 11 - total % 11

print("sum", total, "· rest", total % 11, "· check digit", check_digit)

# %% [markdown]
# It ends in 4: it is a health number. (Those that begin with 999 are kept for tests and given to nobody.)
# Of numbers that are nobody's, about one in ten is right by accident; of people's numbers, all are.
# `find` knows twenty such kinds, from identity papers to bank accounts:

# %%
from safelearn.disclosure.identity_numbers import find

for text in ["Health no. 999 012 3454", "Slab no. 999 012 3455", "4111 1111 1111 1111"]:
    print(f"{text:26}", find(text))

# %% [markdown]
# And then there is **free text**. A clerk needs one row to write who it was, what she has, and where her sister lives.
# No program finds all of that. So free text does not leave, ever; what was said in it is coded into themes and counted (module 8).
#
# Is our own file clean?

# %%
for problem in check_people(raw.head(2000)):
    print(f"{problem.where:12} {problem.sentence}")

# %% [markdown]
# An address is as good as a name. And take the address and the point away: there is still a case number, which stands in letters and court files,
# and a day, an hour, an age. Whoever knows when a friend's home was burgled finds her row, and in it what else was written down.
#
# The answer to the council is already clear: **this file does not go on a portal.** What can go there instead is counts. Are they safe?
#
# **Rule 6. People are in headers, patterns, check digits and sentences. Without names is not without people.**

# %% [markdown]
# ## 7. What a table tells
#
# In a small place everybody knows everybody. If a table says *1 fraud, Las Dunas, March*, her neighbours know who it was and what she lost.
# So our city shows no count from 1 to 4. (Of sexual and domestic violence, and of children, none below 10.)
#
# A small table, with one small count, which is hidden. What is it?

# %%
tiny = pd.DataFrame(
    {"burglary": ["hidden", 9, 12], "fraud": [12, 7, 19], "all": [15, 16, 31]},
    index=["North", "South", "all"],
)

tiny

# %% [markdown]
# Down the column: 12 − 9 = **3**. Or along the row: 15 − 12 = 3. The word *hidden* has hidden nothing: one subtraction gives it back.
#
# So a hidden count needs company: one more in its row, and one more in its column, and those need company again.
# Four in the corners of a square shield each other. Finding the fewest that do is a puzzle for a computer.
# Take half a year in La Costanera, by the beach:

# %%
from safelearn.disclosure.approval import approve
from safelearn.disclosure.attack import attack
from safelearn.disclosure.suppression import protect

kinds = ["Burglary of a dwelling", "Damage to property", "Fraud", "Theft of a vehicle"]
beach = bundled_city("puerto-sereno") / "areas.csv"
beach = pd.read_csv(beach, dtype=str).query("parent == 'La Costanera'")
half = last_year[last_year["occurred_from"] < "2025-07-01"]
half = half[half["offence_label"].isin(kinds)].astype({"offence_label": str})
counts = (
    half.groupby(["area_id", "offence_label"], observed=True)
    .size()
    .unstack(fill_value=0)
    .reindex(beach["area_id"], fill_value=0)
    .rename_axis("area_id")
)

counts.assign(all=counts.sum(axis=1))

# %% [markdown]
# First as it is done by hand: hide what is from 1 to 4, keep the totals. Then attack it.
# `approve` makes the only kind of table that may leave; it refuses one that shows a small count.
# (It asks which columns name a cell, `keys`; which are counted, `measures`; and the smallest count that may be shown: `least`,
# and `sensitive_least` for violence and for children.)

# %%
from safelearn.reports.widgets.disclosure_attack import SMALL, tried

cells = counts.stack().rename("n").reset_index()
cells = cells.rename(columns={"offence_label": "offence"})
by_hand = tried(cells, 5, SMALL)
exact = [b for b in by_hand.breaches if b.interval[0] == b.interval[1]]

print(f"{by_hand.small} counts are hidden. Worked out exactly: {len(exact)}.")
for breach in by_hand.breaches[:4]:
    print("-", breach.sentence)

# %% [markdown]
# Nobody broke in anywhere: additions and subtractions, nothing else. Even "from 1 to 2" says more than *small*.
#
# Now done properly. `protect` hides the small counts, and as few others as it takes until every value from 1 to 4 is possible for each of them.

# %%
safe = protect(cells, least=5, sensitive_least=5).cells

print(safe["small"].sum(), "small counts,", safe["hidden"].sum(), "hidden in all")
release = approve(
    "la_costanera",
    safe[["area_id", "offence", "n"]],
    keys=["area_id", "offence"],
    measures=["n"],
    least=5,
    sensitive_least=5,
)
print("An attacker works out:", attack([release]))
release.display().pivot(index="area_id", columns="offence", values="n")

# %% [markdown]
# That is a lot of *hidden*, for a table that nobody needs so fine. A year instead of half a one, or the district instead of its nine neighbourhoods,
# shows more and hides less. **Coarser is better than full of holes.**
#
# Now you: move the threshold, choose how to hide, and let a hospital publish one count of its own.

# %%
from safelearn.reports.widgets.disclosure_attack import disclosure_attack

disclosure_attack()

# %% [markdown]
# Two questions for the exercise:
#
# 1. With *small counts only*: raise the threshold from 5 to 10. More is hidden. Does the attacker get less?
# 2. With *small counts, and what gives them away*, the attacker gets nothing. Now tick the hospital. Why does he get something again?
#
# Others publish too. What they have told cannot be taken back; `protect(…, known=…)` takes it into account.

# %% [markdown]
# A last way in: the **rate**. "We hide the count, but the rate is no count." By hand: a neighbourhood of 1,500 residents, rate 133.3 per 100,000.

# %%
print("133.3 × 1,500 / 100,000 =", round(133.3 * 1500 / 100_000, 3))

# %% [markdown]
# Two. A rate, an interval, a share, the colour on a map: whatever is computed from a hidden count gives it away, and must be hidden with it.
# `approve` sees to that: in an approved table the number is not even in the computer's memory.

# %%
rates = pd.DataFrame({"area_id": ["0101", "0102"], "population": [6400, 1500]})
rates = rates.assign(n=pd.array([12, None], dtype="Int64"), rate=[187.5, 133.3])
shown = approve("rates", rates, keys=["area_id"], measures=["population", "n", "rate"])

shown.display()

# %% [markdown]
# **Rule 7. A count is hidden with its company, and with everything computed from it. Then attack it yourself, before others do.**

# %% [markdown]
# ## 8. People without names
#
# The university asked for the survey, one row a person. Five people, by what their neighbours know of them:

# %%
from safelearn.disclosure.anonymity import anonymity

asked = pd.DataFrame(
    {
        "area": ["0101"] * 5,
        "sex": ["female", "female", "male", "male", "female"],
        "age": [34, 71, 34, 34, 34],
        "trusts_police": ["no", "no", "yes", "no", "no"],
    }
)

asked

# %% [markdown]
# By hand: put together who is alike in area, sex and age. Two women of 34, two men of 34, **one** woman of 71.
# Whoever knows that she was asked, and her neighbours do, knows now whether she trusts the police.
# The smallest group has one member: **k** = 1.
#
# The two women of 34 are alike, and still each of them is known: *both* answered "no".
# So look at the different answers in each group as well.
#
# The library counts the same: the `smallest` group; the groups `below` two; how many people are `at_risk` in them;
# and `diversity`, the fewest different answers that a group gives.

# %%
anonymity(asked, ["area", "sex", "age"], ["trusts_police"], k=2)

# %% [markdown]
# And in the city's own survey? First as asked for, then with district, sex and four age groups:

# %%
survey = City.open(bundled_city("puerto-sereno")).table("survey")
survey = survey.assign(ages=pd.cut(survey["age"], [17, 29, 44, 59, 120]).astype(str))
fine = anonymity(survey, ["area_id", "sex", "age"], k=5)
coarse = anonymity(survey, ["stratum", "sex", "ages"], ["trust_police"], k=5)

print(f"In groups below 5, of {fine.rows:,} people:")
print(f"by neighbourhood, sex and age: {fine.at_risk:,}")
print(f"by district, sex and age group: {coarse.at_risk}")
print(coarse.sentence)

# %% [markdown]
# Same people, same answers. What changed is how finely they are described.
#
# And points? "We need everything, with points." Inside an administration, and under an agreement, a point may be passed on if it is *moved*:
# to a random place in a ring around it, so wide that at least eight addresses lie nearer.
# Would 100 metres do, for all? Look at two places.

# %%
from safelearn.disclosure.masking import rings

per_km2 = [1000, 40]  # addresses in a square kilometre

pictures.circles(rings(per_km2), per_km2)

# %% [markdown]
# In the centre, a circle of 50 metres holds eight addresses. On the hillside the same circle holds one: her house.
# Where few people live, the ring has to be wide. And the random numbers are thrown away, so that not even we can move the points back.
#
# The public gets no points at all, moved or not.
#
# **Rule 8. Count who is alike. Coarser columns, wider rings, fewer rows: then hand over, under an agreement.**

# %% [markdown]
# ## 9. Write it down for others
#
# Whoever gets a table needs to know what it is. A **data card** goes along with it. The library fills in what it knows:

# %%
card = check(city).cards["incidents"]

for head, lines in card.lines():
    print(head.upper())
    for line in lines[:3]:
        print("   ", line)

# %% [markdown]
# Source and licence it cannot know: those are yours to write. (In `city.xlsx`, or in the settings of your city.)
#
# A **model** (a method that finds, sorts or foretells) needs a card too: what it is for, for whom it is wrong more often, who answers for it, where to object.
# Without one its results do not leave.

# %%
from safelearn.disclosure.algorithm_cards import card as algorithm_card

for head, line in algorithm_card("hot_spots", owner="Safety Observatory").lines():
    print(f"{head}: {line}")

# %% [markdown]
# And a score for single persons? There is no card for it, so the library does not compute it:

# %%
from safelearn.errors import SafelearnError

try:
    algorithm_card("risk_of_a_person")
except SafelearnError as refused:
    print(refused)

# %% [markdown]
# **Rule 9. No table without its card, no model without its own.**

# %% [markdown]
# ## The two letters, again
#
# What did you write at the beginning? Here is what the observatory answered.
#
# > **To the council.** The police file stays here: in it are people, though no names. For the portal we have made a table:
# > offences by neighbourhood and year, small counts hidden with their company, with a data card. Here is what it shows, and what nobody should do with it.
#
# > **To the university.** You get the survey with districts and age groups, without the people in groups below five, under an agreement.
# > Points do not leave. If your question needs them, come and compute here, and take the result along.
#
# This is the table for the council, one year of four offences:

# %%
year = last_year[last_year["offence_label"].isin(kinds)].astype({"offence_label": str})
by_year = year.groupby(["area_id", "offence_label"], observed=True).size()
by_year = by_year.rename("n").reset_index().rename(columns={"offence_label": "offence"})
yearly = protect(by_year).cells

small, hidden = yearly["small"].sum(), yearly["hidden"].sum()
shown_share = yearly["n"].sum() / by_year["n"].sum()
print(f"{len(yearly)} cells, {small} of them small, {hidden} hidden.")
print(f"{shown_share:.0%} of the records are in cells that are shown.")

# %% [markdown]
# Nobody was refused. Both got what they needed, in a form that points at nobody.
#
# ## What you can now say, and what you cannot

# %%
read, used = result.rows_read, result.rows_used
print(f"Of {read:,} rows that the police sent, {used:,} can be used.")
for why, n in result.set_aside.items():
    print(f"{n} were set aside: {why}.")
print(f"{unknown.sum()} records wait for a code of the international classification.")
print(f"{incidents['area_id'].notna().mean():.0%} have a neighbourhood.")

# %% [markdown]
# | You can say | You cannot say |
# |---|---|
# | the sentences above | "The data are clean." No data are; say what is not known. |
# | "Records of sexual violence have no point, on purpose. They count in the district." | "There is none on the map, so there is none." |
# | "These counts were attacked with every table that we publish, and nothing small came out." | "Nobody can ever find anything out." Others publish too, and somebody always knows a little. |
# | "There are no names in it." | "So it is anonymous." |
# | "The file counts what was recorded." | "It counts what happened." (Module 7) |
#
# **Four questions to test yourself**
#
# <details><summary>1. A file has 1,000 rows; 20 have no date and 30 are sent twice. You set 45 aside. Can that be right?</summary>
#
# Yes, if five rows are both. Each counts once, under the first reason.
# </details>
#
# <details><summary>2. A table by month hides a 3 in June. The year's total stands in last year's report. What now?</summary>
#
# All other months and the total give the 3 back. Hide one more month, or publish quarters.
# </details>
#
# <details><summary>3. A portal's thefts are quietest at 11 in the morning. What do you ask?</summary>
#
# Whose clock that is. Probably universal time.
# </details>
#
# <details><summary>4. An office sends counts of a village: 0 burglaries. May you show the zero?</summary>
#
# Usually yes: nobody was harmed, so nobody is known. But ask first whether the village sent its records at all: a silent office looks like a safe place.
# </details>

# %% [markdown]
# ## Five moves for the assignment
#
# You will do these yourself, so here they are slowly, on five reports of broken lamps.

# %%
small = pd.DataFrame(
    {
        "day": ["30/01/2026", "31/01/2026", "31/02/2026", "01/02/2026", "02/02/2026"],
        "word": ["lamp", "lamp", "wire", "lamp", ""],
        "code": ["0101", "", "", "0102", "0101"],
    }
)
days = pd.to_datetime(small["day"], format="%d/%m/%Y", errors="coerce")

small.assign(days=days, weekday=days.dt.day_name())

# %% [markdown]
# **First: dates from text.** `format` says in which order day, month and year stand. What is no day becomes `NaT`, an empty place, and `.isna()` finds it.
# From a column of dates, `.dt.day_name()` takes the weekday and `.dt.hour` the hour. A date may be compared with a text, the year first: `days > "2026-01-31"`.
#
# **Second: two questions at once, and counting a yes.** `&` is *and*, `|` is *or*, `~` is *not*. A question that is written out stands in round brackets of its own.
# The computer counts `True` as 1 and `False` as 0: `.sum()` says how many, `.mean()` which share of all.

# %%
has_code = small["code"] != ""
either = (days < "2026-01-31") | (days > "2026-02-01")

print("before or after:", either.sum(), "- and with a code:", (either & has_code).sum())
print("without a code:", 100 * (~has_code).mean(), "per cent")

# %% [markdown]
# **Third: keep a value, or put another in its place.** `.where` keeps what is there if the answer is yes, and else takes what stands behind the comma.
# `.mask` is the other way round: it *empties* the place if the answer is yes. And `.fillna` writes something into empty places.

# %%
words = small["word"].mask(small["word"] == "").fillna("unclassified")

small.assign(code=small["code"].where(has_code, "not placed"), word=words)

# %% [markdown]
# **Fourth: how often does each value occur?** Make a column of what you want to count, then a heap for each value, and `.size()`.
# (Should a column refuse a new word, it is a *category*, a column with a fixed list of words: write `.astype(str)` before `.fillna`.)

# %%
small.assign(word=words).groupby("word").size().reset_index(name="n")

# %% [markdown]
# **Fifth: one thing after the other.** A function gives a list of problems, and you want one thing of each: `[what you want for each in the list]`.
# An `if` at the end keeps some of them. For a column, `.map(function)` does the same, row by row, and `.map(len)` says how long each answer is.

# %%
print([problem.where for problem in check_people(sheet)])
print([problem.where for problem in check_people(sheet) if problem.where != "what"])
print(list(sheet["what"].map(find).map(len)))

# %% [markdown]
# A list of *dictionaries* becomes a table. A dictionary holds pairs, `{name: value}`, and a table made of it has a column for each name.
# Here is what the attacker worked out in section 7: `breach.cell` names the cell, and `breach.interval` holds two numbers, which `low, high = …` unpacks.

# %%
lines = []
for breach in by_hand.breaches:
    low, high = breach.interval
    if low == high:
        lines.append(dict(breach.cell) | {"n": low})

pd.DataFrame(lines)

# %% [markdown]
# Read it aloud: *begin with an empty list; for each breach, take its two ends; if they are the same, append a dictionary to the list.*
# The indented lines are done once for each, and `|` between two dictionaries puts them into one. To make a single dictionary into a table of two columns, write
# `pd.DataFrame(pairs.items(), columns=["reason", "rows"])`.

# %% [markdown]
# ## Now your own city
#
# 1. `safelearn city new` makes the folder. `safelearn city import` brings a file in and prints the account that you saw in section 1.
#    (Such lines are typed in a terminal. In the menu at the top: *File → New → Terminal*.)
# 2. Open the folder `review`, and send its lists to those who can answer. Import what they answered.
# 3. `safelearn city check` shows what the data can carry and what not, with the cards.
# 4. In section 2, write the name of your own folder, in quotation marks, in place of `folder` in `City.open(folder)`. Run that cell,
#    then the first cell of section 3 (what is missing in which offences) and of section 9 (the data card).
#
# **Before anything leaves**: no free text, no points, no small count without company, a card, a date until which it is kept, and an office
# to which somebody can turn who is harmed. Sexual and domestic violence never below the level of a district, and no date finer than the month.
#
# Next comes the assignment, on a city of *your own*. Nobody else has the same one.

# %% tags=["claim"]
# What the prose says about the numbers. Run by the tests, never shown to a trainee.
assert len(five) == 5 and five["Case No"].iloc[2] == five["Case No"].iloc[3]
assert five.iloc[2].equals(five.iloc[3])
assert result.rows_read == result.rows_used + sum(result.set_aside.values()) == len(raw)
assert len(online.drop_duplicates()) == 3
assert codes.tolist() == ["0101", "0205", "", "", "0101"]
assert crosswalk.code("THEFT OF A VEHICLE  ") == "05021"
assert crosswalk.code("Theft fom person") is None
assert len(crosswalk.suggest("Theft fom person")) == 2
assert set(incidents["offence_label"][unknown].astype(str)) >= {"Theft fom person"}
assert (gaps["share"] > 99).sum() == 1 and masked["not_located"] == 0
assert masked["offence"] == "Sexual violence"
assert gaps["share"][gaps["share"] < 99].max() < 3
assert 3 < 100 * incidents["longitude"].isna().mean() < 5
assert len(outside) > 50 and len(outside.drop_duplicates()) == 1
assert {"month only", "snapped points"} <= {p.code for p in northmoor.problems}
assert {"silent areas", "rows are weights"} <= {p.code for p in kharwell.problems}
assert find_trough(local).plausible and not find_trough(stamps).plausible
assert find_trough(stamps).hour >= 9
months = {name for name, found in shares.items() if found["month"] == 1}
assert len(months) == 2 and len(shares) == 4
joined = calls.merge(places, left_on="name", right_on="area_name")
assert len(joined) == 5 and (joined["name"] == "Las Flores").sum() == 4
assert found[2] == "" and found[3] == "0301"
problems = {p.where for p in check_people(sheet)}
assert problems == {"Victim name", "reach_by", "file", "what"}
assert check_digit == 4 and find("Slab no. 999 012 3455") == []
assert {p.where for p in check_people(raw.head(2000))} >= {"Address", "Longitude"}
assert exact and by_hand.small >= 5
assert any(b.interval[0] < b.interval[1] for b in by_hand.breaches)
assert attack([release]) == [] and safe["hidden"].sum() > safe["small"].sum()
assert len(by_hand.breaches) > len(exact)
assert yearly["hidden"].sum() / len(yearly) < safe["hidden"].sum() / len(safe) / 2
assert shown.frame["rate"].isna().tolist() == [False, True]
tested = anonymity(asked, ["area", "sex", "age"], ["trusts_police"], k=2)
assert tested.smallest == 1 and tested.at_risk == 1
assert fine.at_risk > 0.9 * fine.rows and coarse.at_risk == 0
assert min(coarse.diversity.values()) >= 2
inner, _ = rings(per_km2)
assert round(inner[0]) == 50 and inner[1] > 5 * inner[0]
assert len(lines) == len(exact) and days.isna().sum() == 1
