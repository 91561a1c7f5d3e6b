# %% [markdown]
# # 4. What do we hold, and what may leave? Assignment
#
# You work for **your own city**: twenty neighbourhoods, and the files that its offices sent you for 2025.
# The city is invented, and nobody else has the same one, so your colleagues' numbers are not yours.
#
# Every task asks for answers under fixed names.
# Replace the three dots, run the cell, then run the cell below it that begins with `check`.
# It tells you whether your answer has the right *form*. Whether it is *true*, you learn when you have handed in.
# Until then you may change anything as often as you like.
#
# You never need an earlier answer for a later task, so a slip costs you once.
# Leave the tables as they are: give new tables new names.
# What you need for it stands at the end of the lesson, in *Five moves for the assignment*. Keep it open beside this page.
#
# The tasks are about thefts, broken windows, lamps and falls on the stairs. None of them is about violence.

# %%
import pandas as pd

from safelearn import check
from safelearn.course.variants import my_city

city = my_city("m04")
city

# %% [markdown]
# The line above shows your id, the one under which you hand in. If it is not yours, stop here and ask.
#
# These are the neighbourhoods, with their districts (`parent`).

# %%
areas = city.areas
areas.head()

# %% [markdown]
# ## Task 1
#
# The table `police_file` is the file as the police sent it: everything in it is text.
# Before you use it, say where each of its rows went.
#
# A row is set aside for one of two reasons, and for no other:
#
# - `"no readable date"`: its date, day first, is no day of any calendar;
# - `"repeated identifier"`: it repeats an earlier row to the letter, **case number included**.
#   Rows of the online form have no case number: its cell is empty text, `""`.
#
# `found = account(number of rows, {reason: column of True and False, …})` counts each row once, under the first reason that holds,
# and gives `found.set_aside`, a dictionary with a count for each reason, and `found.rows_used`.
#
# `set_aside`: a table with the columns `reason` and `rows`. `used`: the number of rows that can be used.

# %%
from safelearn.city.accounting import account

police_file = city.police_file
police_file.head(8)

# %% [markdown]
# Dates from text: `pd.to_datetime(police_file["Date"], format="%d/%m/%Y", errors="coerce")`; what it cannot read becomes `NaT`.
# Rows that repeat an earlier one: `police_file.duplicated()`.

# %%
set_aside = ...
used = ...
### BEGIN SOLUTION
date = pd.to_datetime(police_file["Date"], format="%d/%m/%Y", errors="coerce")
numbered = police_file["Case No"] != ""
found = account(
    len(police_file),
    {
        "no readable date": date.isna(),
        "repeated identifier": police_file.duplicated() & numbered,
    },
)
set_aside = pd.DataFrame(found.set_aside.items(), columns=["reason", "rows"])
used = found.rows_used
### END SOLUTION

# %%
check("m04-t1", set_aside=set_aside, used=used)

# %% identical rows taken for duplicates tags=["mistake"]
# You set aside every row that looks like another. But two people who fill in the online form on one day, for one neighbourhood,
# give two equal rows: those are two events. Only with the same case number is it the same row sent twice.
date = pd.to_datetime(police_file["Date"], format="%d/%m/%Y", errors="coerce")
found = account(
    len(police_file),
    {"no readable date": date.isna(), "repeated identifier": police_file.duplicated()},
)
set_aside = pd.DataFrame(found.set_aside.items(), columns=["reason", "rows"])
used = found.rows_used

# %% one row a case kept tags=["mistake"]
# You kept one row for each case number. A case with two offences has two rows, and the second one is no copy:
# a repeated row is equal to the letter.
date = pd.to_datetime(police_file["Date"], format="%d/%m/%Y", errors="coerce")
numbered = police_file["Case No"] != ""
found = account(
    len(police_file),
    {
        "no readable date": date.isna(),
        "repeated identifier": police_file.duplicated("Case No") & numbered,
    },
)
set_aside = pd.DataFrame(found.set_aside.items(), columns=["reason", "rows"])
used = found.rows_used

# %% rows counted under two reasons tags=["mistake"]
# Some rows have an unreadable date and repeat another one as well. You subtracted them twice,
# so your account does not add up: rows read = rows used + rows set aside.
date = pd.to_datetime(police_file["Date"], format="%d/%m/%Y", errors="coerce")
numbered = police_file["Case No"] != ""
bad, again = date.isna().sum(), (police_file.duplicated() & numbered).sum()
set_aside = pd.DataFrame(
    {"reason": ["no readable date", "repeated identifier"], "rows": [bad, again]}
)
used = len(police_file) - bad - again

# %% [markdown]
# ## Task 2
#
# The table `records` holds incidents with the offence as clerks wrote it, and `words` the list that the police have confirmed:
# what each of their words means in the international classification (ICCS).
#
# How many records has each code? What is not on the list has no code yet: it stays in the table as `"unclassified"`.
# Nobody but the police can say what it means.
#
# `crosswalk.classify(labels)` gives the code of each label, or an empty place. It compares whole labels, without case and spaces.
# `labels` must be a *category*, a column with a fixed list of words: `records["offence"].astype("category")`. What comes back is one too (move 4).
#
# `by_code`: a table with the columns `code` and `n`, one of its rows for `"unclassified"`.
# `unclassified`: their share of all records, in per cent with two decimals.

# %% tags=["given"]
from safelearn.city.columns.crosswalk import Crosswalk
from safelearn.city.files.headers import normalise

records, words = city.records, city.words
crosswalk = Crosswalk(
    "police",
    {normalise(word): code for word, code in words.to_numpy()},
)
words

# %%
by_code = ...
unclassified = ...
### BEGIN SOLUTION
codes = crosswalk.classify(records["offence"].astype("category"))
n = codes.astype("str").fillna("unclassified").value_counts()
by_code = n.rename_axis("code").rename("n").reset_index()
unclassified = 100 * codes.isna().mean()
### END SOLUTION

# %%
check("m04-t2", by_code=by_code, unclassified=unclassified)

# %% the clerks' spelling lost tags=["mistake"]
# You compared the words letter by letter, so that THEFT OF A VEHICLE is no theft of a vehicle.
# `crosswalk.classify` compares without case, accents and spaces.
code = records["offence"].map(words.set_index("word")["code"])
n = code.fillna("unclassified").value_counts()
by_code = n.rename_axis("code").rename("n").reset_index()
unclassified = 100 * code.isna().mean()

# %% a part of the label taken for the whole tags=["mistake"]
# You looked for words inside the labels. Then a thing stolen *from* a vehicle, or damage *to* one, becomes the theft *of* a vehicle.
# Only whole labels match.
text = records["offence"].str.lower()
codes = crosswalk.classify(records["offence"].astype("category")).astype("str")
codes = codes.mask(text.str.contains("vehicle"), "050211")
n = codes.fillna("unclassified").value_counts()
by_code = n.rename_axis("code").rename("n").reset_index()
unclassified = 100 * codes.isna().mean()

# %% what is unknown thrown away tags=["mistake"]
# The records without a code are gone from your table. They happened: they count in every total, and the reader must see how many they are.
codes = crosswalk.classify(records["offence"].astype("category"))
n = codes.dropna().astype("str").value_counts()
by_code = n.rename_axis("code").rename("n").reset_index()
unclassified = 0.0

# %% [markdown]
# ## Task 3
#
# A company offers the city a map on which every incident is a point.
# In `incidents`, some rows have no coordinates, and some have 0 and 0, which is in the sea off Africa: they have none either.
#
# For each offence (`offence_label`): what share of its incidents has no point?
# How many incidents in all would the map not show? And how many of these have a neighbourhood (`area_id`), so that a table can still count them?
#
# First put nothing (`NaN`) where the longitude is 0: `column.mask(column == 0)` does it.
# Then `missingness_by_offence(table)` counts what is missing: look for the columns `n` and `no_coordinates`.
# A row without a longitude has no point.
#
# `no_point`: a table with the columns `offence` and `share` (per cent, one decimal).
# `not_on_map` and `still_counted`: numbers of incidents.

# %% tags=["given"]
from safelearn.city.checks.missingness import missingness_by_offence

incidents = city.incidents
incidents[["offence_label", "area_id", "longitude", "latitude"]].head(8)

# %%
no_point = ...
not_on_map = ...
still_counted = ...
### BEGIN SOLUTION
longitude = incidents["longitude"]
real = incidents.assign(longitude=longitude.mask(longitude == 0))
found = missingness_by_offence(real)
no_point = found[["offence"]].assign(share=100 * found["no_coordinates"] / found["n"])
not_on_map = found["no_coordinates"].sum()
still_counted = (real["longitude"].isna() & real["area_id"].notna()).sum()
### END SOLUTION

# %%
check("m04-t3", no_point=no_point, not_on_map=not_on_map, still_counted=still_counted)

# %% a point in the sea believed tags=["mistake"]
# You took 0 and 0 for a place. It is where a program puts what has no place: the police hide the homes that were burgled in this way.
found = missingness_by_offence(incidents)
no_point = found[["offence"]].assign(share=100 * found["no_coordinates"] / found["n"])
not_on_map = found["no_coordinates"].sum()
still_counted = (incidents["longitude"].isna() & incidents["area_id"].notna()).sum()

# %% shares of what is missing tags=["mistake"]
# You divided by all incidents that have no point. The question was: of the incidents *of this offence*, what share is missing?
longitude = incidents["longitude"]
real = incidents.assign(longitude=longitude.mask(longitude == 0))
found = missingness_by_offence(real)
lost = found["no_coordinates"]
no_point = found[["offence"]].assign(share=100 * lost / lost.sum())
not_on_map = lost.sum()
still_counted = (real["longitude"].isna() & real["area_id"].notna()).sum()

# %% rows without a point dropped tags=["mistake"]
# You dropped every row without a point before you counted, so that nothing seems to be missing.
# That is how burglaries of homes disappear from a city, on its map and in its tables.
found = missingness_by_offence(incidents)
no_point = found[["offence"]].assign(share=0.0)
not_on_map = incidents["longitude"].isna().sum() + (incidents["longitude"] == 0).sum()
still_counted = 0

# %% [markdown]
# ## Task 4
#
# The city's portal publishes the moment of each incident that somebody saw happen.
# Its stamps end in `Z`: they are in **universal time** (UTC), not in the city's.
#
# The table `portal` holds them, and `zone` says in which time zone your city lies. Its clocks change twice a year.
# Bring the stamps into local time: `local = pd.Series(to_zone(moments, ZoneInfo("UTC"), ZoneInfo(zone)))`.
# (`pd.Series` makes a column of it.) Then:
#
# `at_night`: how many happened from 20:00 to 05:59, local time?
# `on_saturday`: how many on a Saturday, by the local calendar? (`column.dt.day_name()` gives the names of the days.)
# `quietest_hour`: the `.hour` that `find_trough(local)` gives.

# %% tags=["given"]
from zoneinfo import ZoneInfo

from safelearn.city.times.trough import find_trough
from safelearn.city.times.zones import to_zone

zone = city.about["timezone"].iloc[0]
portal = city.portal
moments = pd.to_datetime(portal["occurred"].str.rstrip("Z")).to_numpy("datetime64[s]")
print(zone)
portal.head(3)

# %%
at_night = ...
on_saturday = ...
quietest_hour = ...
### BEGIN SOLUTION
local = pd.Series(to_zone(moments, ZoneInfo("UTC"), ZoneInfo(zone)))
at_night = ((local.dt.hour >= 20) | (local.dt.hour < 6)).sum()
on_saturday = (local.dt.day_name() == "Saturday").sum()
quietest_hour = find_trough(local).hour
### END SOLUTION

# %%
check("m04-t4", at_night=at_night, on_saturday=on_saturday, quietest_hour=quietest_hour)

# %% universal time read as local tags=["mistake"]
# You read the stamps as they stand. They are universal time, many hours away from your city's clocks,
# so that your nights are days. The quietest hour tells it: streets are quiet before dawn, not at noon.
local = pd.Series(moments)
at_night = ((local.dt.hour >= 20) | (local.dt.hour < 6)).sum()
on_saturday = (local.dt.day_name() == "Saturday").sum()
quietest_hour = find_trough(local).hour

# %% moved the wrong way tags=["mistake"]
# You moved the stamps away from the city's clocks instead of towards them: from UTC to the city, not from the city to UTC.
local = pd.Series(to_zone(moments, ZoneInfo(zone), ZoneInfo("UTC")))
at_night = ((local.dt.hour >= 20) | (local.dt.hour < 6)).sum()
on_saturday = (local.dt.day_name() == "Saturday").sum()
quietest_hour = find_trough(local).hour

# %% the same hours all year tags=["mistake"]
# You moved all stamps by the same number of hours. The clocks of your city change twice a year: in half of it you are an hour off.
# The name of the zone knows when.
first = to_zone(moments[:1], ZoneInfo("UTC"), ZoneInfo(zone))[0] - moments[0]
local = pd.Series(moments + first)
at_night = ((local.dt.hour >= 20) | (local.dt.hour < 6)).sum()
on_saturday = (local.dt.day_name() == "Saturday").sum()
quietest_hour = find_trough(local).hour

# %% [markdown]
# ## Task 5
#
# The table `claims` holds claims for damage to property in 2025. Somebody noticed: "New Year must be wild in our city!"
#
# `on_first`: how many claims are dated 1 January?
# `a_day`: how many claims has a day from 2 to 31 January, on average? (Two decimals.)
# `not_known`: of all claims of the year, what share has a date that cannot be believed, that is, how many more than `a_day`
# stand on 1 January? (Per cent, two decimals.)
# `in_2025`: how many claims count when you say how many there were in the year?
#
# What happened?
#
# - **A** "On New Year's Day people damage more than on any other day."
# - **B** "The program wrote 1 January where nobody knew the day. They count in the year, and in no day or month."
# - **C** "The claims of 1 January are mistakes, and must be deleted."
#
# `sentence`: a letter.

# %% tags=["given"]
claims = city.claims
claims["happened_on"].value_counts().head(3)

# %%
on_first = ...
a_day = ...
not_known = ...
in_2025 = ...
sentence = ...
### BEGIN SOLUTION
day = claims["happened_on"]
on_first = (day == "2025-01-01").sum()
rest = day[(day > "2025-01-01") & (day <= "2025-01-31")]
a_day = len(rest) / 30
not_known = 100 * (on_first - a_day) / len(claims)
in_2025 = len(claims)
sentence = "B"
### END SOLUTION

# %%
check(
    "m04-t5",
    on_first=on_first,
    a_day=a_day,
    not_known=not_known,
    in_2025=in_2025,
    sentence=sentence,
)

# %% the default date believed tags=["mistake"]
# You believed the first of January, and its claims went into the mean of the month.
# One day with fifty times as many as its neighbours is a program that needed a date and had none.
day = claims["happened_on"]
on_first = (day == "2025-01-01").sum()
a_day = (day <= "2025-01-31").sum() / 31
not_known = 0.0
in_2025 = len(claims)
sentence = "A"

# %% claims without a day deleted tags=["mistake"]
# You deleted the claims of 1 January. Something was damaged all the same: only the day is not known.
# They leave the days and the months, and stay in the year.
day = claims["happened_on"]
on_first = (day == "2025-01-01").sum()
rest = day[(day > "2025-01-01") & (day <= "2025-01-31")]
a_day = len(rest) / 30
not_known = 100 * (on_first - a_day) / len(claims)
in_2025 = len(claims) - on_first
sentence = "C"

# %% every claim of the first in doubt tags=["mistake"]
# You took all claims of 1 January for dates that nobody knew. Some people did have damage on that day, as on any other:
# only what is *more* than usual is in doubt.
day = claims["happened_on"]
on_first = (day == "2025-01-01").sum()
rest = day[(day > "2025-01-01") & (day <= "2025-01-31")]
a_day = len(rest) / 30
not_known = 100 * on_first / len(claims)
in_2025 = len(claims)
sentence = "B"

# %% [markdown]
# ## Task 6
#
# The table `calls` holds calls about broken street lamps. A spreadsheet took the zeros off the codes (`0101` became `101`);
# some rows have no code at all, and names are written as people heard them. And two neighbourhoods bear the **same name**.
#
# Place each call in a neighbourhood: by its code, if it has one; else by its name, if only one neighbourhood can be meant.
# `area_of(name)` gives the code of the neighbourhood that a name means, or an empty text.
#
# `calls_by_area`: a table with the columns `area_id` and `n`. `not_placed`: the number of calls that belong nowhere.

# %% tags=["given"]
from safelearn.city.places.matching import KnownAreas

known = KnownAreas(list(areas["area_id"]), list(areas["area_name"]))


def area_of(name):
    position = known.find(name).position
    return areas["area_id"][position] if position >= 0 else ""


calls = city.calls
print(area_of(areas["area_name"][0].upper()))
calls.head(8)

# %% [markdown]
# `calls["code"].str.zfill(4)` fills a text with zeros in front, up to four characters. An empty one becomes `"0000"`, so keep an eye on those.

# %%
calls_by_area = ...
not_placed = ...
### BEGIN SOLUTION
by_code = calls["code"].str.zfill(4)
by_name = calls["name"].map(area_of)
place = by_code.where(calls["code"] != "", by_name)
n = place[place != ""].value_counts()
calls_by_area = n.rename_axis("area_id").rename("n").reset_index()
not_placed = (place == "").sum()
### END SOLUTION

# %%
check("m04-t6", calls_by_area=calls_by_area, not_placed=not_placed)

# %% joined by name tags=["mistake"]
# You joined the tables by name. Each call from the shared name went into both neighbourhoods, and what was heard wrongly into none.
# A code means one place; a name may mean two.
clean = calls.assign(key=calls["name"].map(normalise))
by_key = areas.assign(key=areas["area_name"].map(normalise))
both = clean.merge(by_key, on="key")
n = both["area_id"].value_counts()
calls_by_area = n.rename_axis("area_id").rename("n").reset_index()
not_placed = len(calls) - len(both["call"].unique())

# %% calls without a code left out tags=["mistake"]
# You counted only calls with a code. Most of the others have a name that only one neighbourhood bears, so they can be placed.
by_code = calls["code"].str.zfill(4)
has_code = calls["code"] != ""
n = by_code[has_code].value_counts()
calls_by_area = n.rename_axis("area_id").rename("n").reset_index()
not_placed = (~has_code).sum()

# %% a shared name given to the first tags=["mistake"]
# Two neighbourhoods share a name, and you gave all calls with that name and no code to the first of them.
# If two can be meant, the call belongs to neither until somebody has asked.
first = areas.drop_duplicates("area_name").assign(
    key=lambda table: table["area_name"].map(normalise)
)
first = first.set_index("key")["area_id"]
by_code = calls["code"].str.zfill(4)
named = calls["name"].map(area_of)
guessed = calls["name"].map(normalise).map(first).fillna("")
place = by_code.where(calls["code"] != "", named.where(named != "", guessed))
n = place[place != ""].value_counts()
calls_by_area = n.rename_axis("area_id").rename("n").reset_index()
not_placed = (place == "").sum()

# %% [markdown]
# ## Task 7
#
# A clinic would give the university its sheet of falls in the street, `clinic`. Names and birthdays are blanked already, it says.
# (Here they are invented, and the health numbers are of a kind that is given to nobody.)
#
# Which columns must not leave? `check_people(table)` looks at the headers, at how the values are written,
# and at the check digits of numbers. Each problem it finds has a `.where`, the column.
#
# In the column `what`, people wrote in their own words. `find(text)` gives the kinds of personal numbers in a text:
# an empty list, if there is none. In how many rows does it find one, and what share of the rows is that?
#
# `must_go`: the names of the columns in a list. `with_number`: a number of rows. `share`: per cent, two decimals.

# %% tags=["given"]
from safelearn.disclosure.identity_numbers import find
from safelearn.disclosure.personal_data import check as check_people

clinic = city.clinic
clinic.head(4)

# %%
must_go = ...
with_number = ...
share = ...
### BEGIN SOLUTION
must_go = [problem.where for problem in check_people(clinic)]
told = clinic["what"].map(find).str.len() > 0
with_number = told.sum()
share = 100 * told.mean()
### END SOLUTION

# %%
check("m04-t7", must_go=must_go, with_number=with_number, share=share)

# %% only the headers read tags=["mistake"]
# You looked at the names of the columns only. A column called `reach_by` holds telephones, one called `policy` health numbers,
# and `what` holds whatever people chose to write.
from safelearn.city.columns.personal import column_kind

must_go = [column for column in clinic if column_kind(column)]
with_number = 0
share = 0.0

# %% every long number taken for a person tags=["mistake"]
# You took every number of ten digits for a person's. The numbers of paving slabs have ten digits too, and no check digit.
# The check digit tells them apart.
must_go = [problem.where for problem in check_people(clinic)] + ["slab"]
told = clinic["what"].str.contains(r"\d{3} \d{3} \d{4}")
with_number = told.sum()
share = 100 * told.mean()

# %% free text let through tags=["mistake"]
# The column `what` stayed in your release. Free text is where people are: a clerk needs only one row to write a number, a name or an illness.
must_go = [problem.where for problem in check_people(clinic)]
must_go = [column for column in must_go if column != "what"]
told = clinic["what"].map(find).str.len() > 0
with_number = told.sum()
share = 100 * told.mean()

# %% [markdown]
# ## Task 8
#
# A colleague wants to publish the table below. "All counts from 1 to 4 are hidden", he says, "and I left the totals, people like totals."
#
# Be the attacker. `attack([table])` gives a list of what can be worked out: each has a `.cell` and an `.interval`,
# the smallest and the largest value that the hidden count can have. Where both are the same, it is no longer hidden.
#
# Then do it properly: `protect(counts)` hides the counts below 5, and as many others as it takes.
# In its `.cells`, the column `hidden` says which.
#
# `recovered`: a table with the columns `district`, `offence` and `n`, of the counts that can be known exactly.
# `hidden_cells`: how many of the 25 cells are hidden when it is done properly.
# `still_shown`: what share of all incidents lies in the cells that are shown then (per cent, one decimal).

# %% tags=["given"]
from safelearn.disclosure.approval import approve
from safelearn.disclosure.attack import attack
from safelearn.disclosure.suppression import protect

counts, published = city.counts, city.published
table = approve(
    "counts",
    published,
    keys=["district", "offence"],
    measures=["n"],
    least=5,
    sensitive_least=5,
)
table.display().pivot(index="district", columns="offence", values="n")

# %%
recovered = ...
hidden_cells = ...
still_shown = ...
### BEGIN SOLUTION
rows = []
for breach in attack([table]):
    low, high = breach.interval
    if low == high:
        rows.append({**dict(breach.cell), "n": low})
recovered = pd.DataFrame(rows)
safe = protect(counts).cells
hidden_cells = safe["hidden"].sum()
still_shown = 100 * safe["n"].sum() / counts["n"].sum()
### END SOLUTION

# %%
check(
    "m04-t8",
    recovered=recovered,
    hidden_cells=hidden_cells,
    still_shown=still_shown,
)

# %% only along the rows tags=["mistake"]
# You subtracted along the rows only. An attacker subtracts along the columns too, and then along the rows again.
small = counts["n"] < 5
alone = small & (small.groupby(counts["district"]).transform("sum") == 1)
recovered = counts[alone]
safe = protect(counts).cells
hidden_cells = safe["hidden"].sum()
still_shown = 100 * safe["n"].sum() / counts["n"].sum()

# %% small counts hidden alone tags=["mistake"]
# You hid the small counts and nothing else, as your colleague did. Then a subtraction brings them back:
# others must be hidden with them, so that no row and no column gives one away.
rows = []
for breach in attack([table]):
    low, high = breach.interval
    if low == high:
        rows.append({**dict(breach.cell), "n": low})
recovered = pd.DataFrame(rows)
small = counts["n"] < 5
hidden_cells = small.sum()
still_shown = 100 * counts["n"][~small].sum() / counts["n"].sum()

# %% looked up instead of worked out tags=["mistake"]
# You listed every small count, from the table that only you have. An attacker has the published one:
# where four hidden counts stand in the corners of a square, they shield each other, and nobody can tell them.
recovered = counts[counts["n"] < 5]
safe = protect(counts).cells
hidden_cells = safe["hidden"].sum()
still_shown = 100 * safe["n"].sum() / counts["n"].sum()

# %% [markdown]
# ## Task 9
#
# Stolen bicycles by neighbourhood, ready for the web: counts from 1 to 4 are blank. The *rates* per 100,000 residents are not,
# "because a rate is not a count".
#
# Work the blank counts out from what stands beside them, as whole numbers (`.round()` makes them whole).
# Then: in how many neighbourhoods may a rate be shown, if a rate is hidden together with its count?
# And what is the smallest rate that may be shown there?
#
# `given_away`: a table with the columns `area_id` and `n`, one row for each blank count.
# `rates_left`: a number of neighbourhoods. `smallest_rate`: per 100,000, with one decimal.

# %% tags=["given"]
rates = city.rates
rates.head(8)

# %%
given_away = ...
rates_left = ...
smallest_rate = ...
### BEGIN SOLUTION
blank = rates["n"].isna()
n = (rates["rate"] * rates["population"] / 100_000).round()
given_away = rates[["area_id"]].assign(n=n)[blank]
rates_left = (~blank).sum()
smallest_rate = rates["rate"][~blank].min()
### END SOLUTION

# %%
check(
    "m04-t9",
    given_away=given_away,
    rates_left=rates_left,
    smallest_rate=smallest_rate,
)

# %% rates left standing tags=["mistake"]
# You left the rates of the blank counts in the table. Whoever has a pocket calculator has the counts:
# rate times residents, divided by 100,000. What is computed from a hidden count is hidden with it.
blank = rates["n"].isna()
n = (rates["rate"] * rates["population"] / 100_000).round()
given_away = rates[["area_id"]].assign(n=n)[blank]
rates_left = len(rates)
smallest_rate = rates["rate"].min()

# %% the same guess for all tags=["mistake"]
# You put the same number for every blank count. There is no need to guess:
# the rate and the residents stand in the same row.
blank = rates["n"].isna()
given_away = rates[["area_id"]].assign(n=2)[blank]
rates_left = (~blank).sum()
smallest_rate = rates["rate"][~blank].min()

# %% divided instead of multiplied tags=["mistake"]
# You divided the rate by the residents. Turn the formula of a rate round: the count is the rate times the residents, by 100,000.
blank = rates["n"].isna()
n = (100_000 * rates["rate"] / rates["population"]).round()
given_away = rates[["area_id"]].assign(n=n)[blank]
rates_left = (~blank).sum()
smallest_rate = rates["rate"][~blank].min()

# %% [markdown]
# ## Task 10
#
# A researcher asks for the answers to a survey, one row a person, in `survey`. "There are no names in it."
#
# But neighbours know where somebody lives, how old they are, and whether they are a woman or a man.
# `anonymity(table, columns, k=…)` puts people together who agree in these columns.
# `.at_risk` is the number of people in groups of fewer than `k`.
#
# `alone`: how many people are the *only* one of their neighbourhood (`area_id`), sex and age? (With `k=2`.)
# `withheld`: you give districts and age groups instead: `parent`, `sex`, `age_group` and `tenure`.
# How many people are still in groups of fewer than 5, and stay out? (5 is what `k` is if you say nothing.)
#
# What do you tell the researcher?
#
# - **A** "There are no names in the file, so here it is."
# - **B** "You get districts and age groups, without the people in small groups, under an agreement."
# - **C** "You get all columns, but promise not to look for anybody."
#
# `sentence`: a letter.

# %% tags=["given"]
from safelearn.disclosure.anonymity import anonymity

survey = city.survey
survey.head(4)

# %%
alone = ...
withheld = ...
sentence = ...
### BEGIN SOLUTION
alone = anonymity(survey, ["area_id", "sex", "age"], k=2).at_risk
coarse = ["parent", "sex", "age_group", "tenure"]
withheld = anonymity(survey, coarse).at_risk
sentence = "B"
### END SOLUTION

# %%
check("m04-t10", alone=alone, withheld=withheld, sentence=sentence)

# %% groups counted instead of people tags=["mistake"]
# You counted the small groups (`below`), and the question was how many people are in them (`at_risk`).
alone = anonymity(survey, ["area_id", "sex", "age"], k=2).at_risk
coarse = ["parent", "sex", "age_group", "tenure"]
withheld = anonymity(survey, coarse).below
sentence = "B"

# %% no names taken for anonymous tags=["mistake"]
# There are no names in the file, and still you found people who are the only ones of their neighbourhood, sex and age.
# A neighbour who knows that somebody was asked can read all the answers of that person.
alone = anonymity(survey, ["area_id", "sex", "age"], k=2).at_risk
coarse = ["parent", "sex", "age_group", "tenure"]
withheld = anonymity(survey, coarse).at_risk
sentence = "A"

# %% one column at a time tags=["mistake"]
# You looked at each column by itself. Nobody is alone with their sex, or with their age; people are alone with the *combination*.
columns = ["area_id", "sex", "age"]
alone = sum(anonymity(survey, [column], k=2).at_risk for column in columns)
coarse = ["parent", "sex", "age_group", "tenure"]
withheld = sum(anonymity(survey, [column], k=5).at_risk for column in coarse)
sentence = "B"

# %% [markdown]
# ## Task 11
#
# Write the **data card** of the police file of your city, as it would stand beside the table on a portal: 150 to 200 words, in your own words.
# Take the numbers from your tasks if you have them, or put letters in their place.
#
# Say where the data come from and for which period; what became of every row; what is missing, and in which offences;
# what was assumed (dates, times, codes); what it is good for; what nobody should do with it; and whom to write to who finds a mistake.

# %% m04-t11 [markdown]
# ### BEGIN SOLUTION
# **Incidents without violence recorded by the police, 2025.** Source: records office of the police, export of January 2026; for the city's
# own use, areas only for the public.
#
# **Rows.** … were read and … used; … were set aside because no date could be read, and … because they repeat another row with its case
# number. Rows of the online form have no number, and stay even where they look alike.
#
# **Not known.** Homes that were burgled have no point, on purpose: a map of points would show none. … rows without a point still have a
# neighbourhood. … per cent have no code of the international classification: the clerks' words were not on the list of the police,
# and nobody guessed. Claims dated 1 January count in the year only.
#
# **Assumed.** Dates are read with the day first. The portal's stamps are universal time and were brought to the city's clocks.
#
# **Good for** counts and rates by neighbourhood and month. **Not for** anything about a person, for patrols or insurance, or to say how much
# happens: much is never reported.
#
# **Mistakes** to the observatory, which answers within ten working days. Kept until 2030.
# ### END SOLUTION

# %% [markdown]
# ## Task 12
#
# Three letters lie on your desk. Decide about each: *yes*, *no*, or *yes, in this form*, and give your reason in two or three sentences
# that the writer would accept.
#
# 1. An insurance company asks for the exact points of vehicle thefts of three years, "without any names".
# 2. The residents' association of the smallest neighbourhood asks for burglaries by street and month, to set up a watch over the empty homes in the holidays.
# 3. A university asks for the survey with neighbourhood, sex, age and all answers, to study trust.
#
# Then say who in your city would check your decision, and what somebody can do who is harmed by it.

# %% m04-t12 [markdown]
# ### BEGIN SOLUTION
# **1. Insurance: no.** Exact points can be laid over addresses, and a premium is a decision about single homes. It is a use that our data
# card excludes. The company may have what everybody has: counts by neighbourhood and year, with small ones hidden.
#
# **2. Association: yes, in this form.** Streets and months would leave counts of one and two, and everybody there would know whose home it was.
# They get the burglaries of their neighbourhood and of its neighbours by year, the months of the whole district, and an offer: an officer who
# comes and speaks about locks. If their own count is below five, we say so and give the district's.
#
# **3. University: yes, in this form.** With neighbourhood, sex and exact age, many people are the only ones of their kind. They get districts
# and age groups, without the people in groups below five and without free text, under an agreement: purpose, no passing on, deletion on
# a date. If they need more, they come and compute here.
#
# **Who checks.** The data protection officer signs before anything leaves, and the safety committee sees the list each quarter.
# Whoever believes that a release points at them writes to the observatory or the ombudsperson; the table is taken down until it is settled.
# ### END SOLUTION
