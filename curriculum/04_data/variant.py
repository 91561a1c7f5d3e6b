"""The data of module 4: what the offices of a small city sent, and what they would like to publish."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.times.trough import find_trough
from safelearn.city.times.zones import to_zone
from safelearn.disclosure.approval import approve
from safelearn.disclosure.attack import attack
from safelearn.disclosure.identity_numbers import nhs
from safelearn.disclosure.suppression import protect
from safelearn.simulation.variant import city_tables

#: What the police of this city call an offence, and its code. Nothing violent: the tasks need none of it.
WORDS = {
    "Theft from the person": "050221",
    "Theft of a vehicle": "050211",
    "Theft from a vehicle": "0502",
    "Damage to a vehicle": "0504",
    "Damage to property": "0504",
    "Burglary of a dwelling": "05012",
    "Burglary of other premises": "05011",
    "Fraud": "0701",
    "Public order": "0801",
}
MISSPELT = {
    "Theft from the person": "Theft fom person",
    "Burglary of a dwelling": "Burgalry home",
    "Fraud": "Deceit",
}
HOMES = "Burglary of a dwelling"
BAD_DATES = ("00/00/2025", "31/02/2025", "s/d", "")
#: Far from Greenwich, and with clocks that change twice a year.
ZONES = (
    "Pacific/Auckland",
    "Australia/Sydney",
    "America/Vancouver",
    "America/Los_Angeles",
)
OPEN = 5  # the smallest count that this city shows


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 4])
    tables = city_tables(
        seed, areas=20, years=1, incidents=int(rng.integers(6_500, 8_500))
    )
    areas = _areas(tables["areas"], rng)
    records = _records(tables["incidents"], rng)
    people = tables["population"].groupby("area_id", as_index=False)["population"].sum()
    zone = str(rng.choice(ZONES))
    return {
        "areas": areas,
        "about": pd.DataFrame({"timezone": [zone]}),
        "police_file": _police_file(records, rng),
        "words": pd.DataFrame({"word": list(WORDS), "code": list(WORDS.values())}),
        "records": _as_written(records, rng)[["occurred_from", "area_id", "offence"]],
        "incidents": _masked(records, tables["incidents"], rng),
        "portal": _portal(records, zone),
        "claims": _claims(records, rng),
        "calls": _calls(areas, rng),
        "clinic": _clinic(areas, rng),
        **_counts(areas, rng),
        "rates": _rates(areas.merge(people, on="area_id"), rng),
        "survey": _survey(areas, rng),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether each trap that the tasks set can be seen in these data."""
    file = tables["police_file"]
    bad = pd.to_datetime(file["Date"], format="%d/%m/%Y", errors="coerce").isna()
    twice = file.duplicated() & (file["Case No"] != "")
    alike = file.duplicated() & (file["Case No"] == "")
    stamps = tables["portal"]["occurred"]
    local = to_zone(
        pd.to_datetime(stamps.str.rstrip("Z")).to_numpy("datetime64[s]"),
        ZoneInfo("UTC"),
        ZoneInfo(tables["about"]["timezone"].iloc[0]),
    )
    quiet = find_trough(pd.Series(local))
    wrong = find_trough(pd.Series(pd.to_datetime(stamps.str.rstrip("Z"))))
    return bool(
        (bad & twice).sum() >= 3
        and alike.sum() >= 20
        and quiet is not None
        and quiet.plausible
        and wrong is not None
        and not wrong.plausible
        and _rates_hold(tables["rates"])
        and 2 <= _worked_out(tables["published"]) < (tables["counts"]["n"] < OPEN).sum()
    )


def _worked_out(published: pd.DataFrame) -> int:
    """How many hidden counts a reader can know exactly."""
    keys = ["district", "offence"]
    table = approve(
        "counts",
        published,
        keys=keys,
        measures=["n"],
        least=OPEN,
        sensitive_least=OPEN,
    )
    return sum(b.interval[0] == b.interval[1] for b in attack([table]))


def _areas(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Two neighbourhoods of different districts bear the same name, as in most cities."""
    areas = areas.astype("str")[["area_id", "area_name", "parent"]]
    one = int(rng.integers(len(areas)))
    elsewhere = np.flatnonzero(areas["parent"] != areas["parent"].iloc[one])
    other = int(rng.choice(elsewhere))
    areas.loc[other, "area_name"] = areas["area_name"].iloc[one]
    return areas


def _records(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The incidents without violence, under the words of this city's police."""
    kept = incidents["offence_label"].astype("str")
    kept = kept.replace(
        {"Controlled drugs": "Theft from a vehicle", "Threats": "Damage to a vehicle"}
    )
    records = incidents.assign(offence=kept)[kept.isin(WORDS).to_numpy()]
    columns = ["incident_id", "occurred_from", "occurred_to", "area_id", "offence"]
    records = records[columns].astype({"area_id": "str"})
    return records.dropna(subset="area_id").reset_index(drop=True)


def _pick(rng: np.random.Generator, n: int, low: int, high: int) -> np.ndarray:
    return np.sort(rng.choice(n, int(rng.integers(low, high)), replace=False))


def _police_file(records: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """As received: some rows twice, some dates unreadable, and an online form that gives no numbers."""
    rows = pd.DataFrame(
        {
            "Case No": records["incident_id"],
            "Date": records["occurred_from"].dt.strftime("%d/%m/%Y"),
            "Offence": records["offence"],
            "Neighbourhood code": records["area_id"],
        }
    )
    # The form knows the day and the neighbourhood: two thefts on one day look the same.
    online = np.flatnonzero(
        rows["Offence"].isin(["Theft from the person", "Damage to property"])
    )
    online = np.sort(rng.choice(online, len(online) // 2, replace=False))
    rows.loc[online, "Case No"] = ""
    again = rows.iloc[rng.choice(online, int(rng.integers(60, 120)), replace=False)]
    numbered = np.setdiff1d(np.arange(len(rows)), online)
    # One case with two offences has two rows.
    second = rows.iloc[rng.choice(numbered, int(rng.integers(40, 90)), replace=False)]
    second = second.assign(
        Offence=np.where(second["Offence"] == "Fraud", "Public order", "Fraud")
    )
    unread = rng.choice(numbered, int(rng.integers(25, 60)), replace=False)
    rows.loc[unread, "Date"] = np.resize(np.array(BAD_DATES, dtype=object), len(unread))
    twice = np.union1d(
        rng.choice(numbered, int(rng.integers(60, 140)), replace=False),
        rng.choice(unread, 8, replace=False),
    )
    file = pd.concat([rows, again, second, rows.iloc[twice]]).sort_index(kind="stable")
    return file.reset_index(drop=True).astype("str")


def _as_written(records: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The offences in the words of different clerks."""
    out = records.copy()
    word = out["offence"].to_numpy(dtype=object)
    for rows, change in (
        (_pick(rng, len(out), 80, 160), str.upper),
        (_pick(rng, len(out), 80, 160), lambda text: f"{text}  "),
    ):
        word[rows] = [change(text) for text in word[rows]]
    for right, wrong in MISSPELT.items():
        held = np.flatnonzero(word == right)
        word[rng.choice(held, int(rng.integers(15, 40)), replace=False)] = wrong
    word[_pick(rng, len(out), 20, 60)] = ""
    out["offence"] = pd.Series(word, dtype="str")
    return out


def _masked(
    records: pd.DataFrame, incidents: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Canonical columns; the points of homes are 0/0, and some other rows have no point or no area."""
    points = incidents.set_index("incident_id")
    out = points.loc[records["incident_id"]].reset_index()
    out = out[
        [
            "incident_id",
            "occurred_from",
            "time_precision",
            "area_id",
            "longitude",
            "latitude",
            "victim_sex",
            "victim_age",
        ]
    ]
    out["offence_label"] = records["offence"].astype("category")
    out = out.astype({"area_id": "str", "time_precision": "str", "victim_sex": "str"})
    homes = (records["offence"] == HOMES).to_numpy()
    zero = homes & (rng.random(len(out)) < 0.97)
    zero |= ~homes & (rng.random(len(out)) < rng.uniform(0.005, 0.02))
    nothing = ~zero & (rng.random(len(out)) < rng.uniform(0.01, 0.03))
    out.loc[zero, ["longitude", "latitude"]] = 0.0
    out.loc[nothing, ["longitude", "latitude"]] = np.nan
    out.loc[nothing & (rng.random(len(out)) < 0.5), "area_id"] = np.nan
    return out


def _portal(records: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Stamps in universal time, as many portals give them."""
    # Only what somebody saw happen: of a burglary nobody knows the hour.
    seen = records["offence"].isin(
        ["Theft from the person", "Public order", "Damage to property"]
    )
    seen &= records["occurred_to"].isna()
    local = records.loc[seen, "occurred_from"].to_numpy("datetime64[s]")
    timed = (local - local.astype("datetime64[D]")).astype(int) > 0
    utc = pd.Series(to_zone(local[timed], ZoneInfo(zone), ZoneInfo("UTC")))
    return pd.DataFrame({"occurred": utc.dt.strftime("%Y-%m-%dT%H:%M:%SZ")})


def _claims(records: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Claims for damage: where nobody knew the day, the office's program wrote the first of January."""
    days = records["occurred_from"].dt.normalize()
    damaged = days[records["offence"].str.contains("amage|from a vehicle")]
    n = len(damaged)
    unknown = rng.choice(n, int(rng.uniform(0.05, 0.11) * n), replace=False)
    days = damaged.to_numpy().copy()
    days[unknown] = np.datetime64("2025-01-01")
    claims = pd.DataFrame({"happened_on": np.sort(days)})
    claims.insert(0, "claim", [f"D{k:04d}" for k in range(1, n + 1)])
    return claims


def _calls(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Calls about broken lamps: a spreadsheet took the zeros off the codes, and some rows have only a name."""
    weight = rng.gamma(3.0, 1.0, len(areas))
    n = int(rng.integers(900, 1_500))
    at = rng.choice(len(areas), n, p=weight / weight.sum())
    name = areas["area_name"].to_numpy(dtype=object)[at]
    for rows, change in (
        (_pick(rng, n, 60, 120), str.upper),
        (_pick(rng, n, 40, 90), lambda text: f" {text.lower()}"),
        # Written as somebody heard it.
        (_pick(rng, n, 30, 60), lambda text: f"near {text}"),
    ):
        name[rows] = [change(text) for text in name[rows]]
    code = areas["area_id"].astype(int).astype(str).to_numpy(dtype=object)[at]
    # Those of the shared name are certain to be among the rows without a code.
    shared = np.flatnonzero(areas["area_name"].duplicated(keep=False).to_numpy()[at])
    bare = np.union1d(
        _pick(rng, n, 90, 180), shared[: max(4, len(shared) // int(rng.integers(3, 6)))]
    )
    code[bare] = ""
    calls = pd.DataFrame({"code": code, "name": name}).astype("str")
    calls.insert(0, "call", [f"L{k:04d}" for k in range(1, n + 1)])
    return calls


def _number(rng: np.random.Generator, right: bool) -> str:
    """Ten digits that are nobody's: health numbers from 999 are kept for tests, and so are those that do not check."""
    while True:
        digits = f"999{rng.integers(10**6):06d}"
        total = sum(int(d) * (10 - k) for k, d in enumerate(digits))
        check = (11 - total % 11) % 11
        if check == 10:
            continue
        if not right:
            check = (check + int(rng.integers(1, 10))) % 10
        whole = f"{digits}{check}"
        if nhs(whole) == right:
            return whole


def _clinic(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A sheet of a clinic on falls in the street, with what clerks write into sheets."""
    n = int(rng.integers(320, 620))
    what = np.array(
        [
            "Slipped on the wet stairs.",
            "Fell over a loose slab.",
            "Missed the kerb in the dark.",
            "Fell from a bicycle.",
        ],
        dtype=object,
    )[rng.integers(0, 4, n)]
    marked = rng.choice(n, int(rng.uniform(0.1, 0.3) * n), replace=False)
    half = int(rng.uniform(0.35, 0.65) * len(marked))
    for k, row in enumerate(marked):
        number = _number(rng, right=k < half)
        kind = "Health no." if k < half else "Slab no."
        what[row] += f" {kind} {number[:3]} {number[3:6]} {number[6:]}"
    phones = rng.random(n) < 0.6
    return pd.DataFrame(
        {
            "area_id": rng.choice(areas["area_id"].to_numpy(), n),
            "age_group": rng.choice(["0-14", "15-29", "30-59", "60+"], n),
            "date_of_birth": pd.Series("1960-01-01", index=range(n)),
            "first_name": pd.Series("(left out here)", index=range(n)),
            "reach_by": np.where(
                phones, [f"(01) 555-{k:04d}" for k in rng.integers(0, 10**4, n)], ""
            ),
            "policy": [_number(rng, right=True) for _ in range(n)],
            "slab": [_number(rng, right=False) for _ in range(n)],
            "what": what,
        }
    ).astype("str")


def _counts(areas: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Counts of five districts and five offences, and the table as a colleague would publish it."""
    counts = _five_by_five(areas, rng)
    while not _counts_hold(counts):
        counts = _five_by_five(areas, rng)
    with_totals = _with_totals(counts)
    hidden = with_totals["n"].between(1, OPEN - 1)
    return {
        "counts": counts,
        "published": with_totals.assign(
            n=with_totals["n"].astype("Int64").mask(hidden)
        ),
    }


def _five_by_five(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    districts = sorted(areas["parent"].unique())[:5]
    offences = ["burglary", "damage", "fraud", "theft", "vehicles"]
    n = 6 + rng.poisson(
        np.outer(
            rng.uniform(0.4, 1.6, len(districts)), rng.gamma(2.0, 9.0, len(offences))
        )
    )
    # Two small ones in the corners of a square shield each other; two more stand by themselves.
    rows, columns = rng.permutation(len(districts)), rng.permutation(len(offences))
    for r, c in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 3)):
        n[rows[r], columns[c]] = rng.integers(1, OPEN)
    index = pd.MultiIndex.from_product(
        [districts, offences], names=["district", "offence"]
    )
    return pd.Series(n.ravel(), index=index, name="n").reset_index()


def _with_totals(counts: pd.DataFrame) -> pd.DataFrame:
    parts = [
        counts,
        counts.groupby("district", as_index=False)["n"].sum().assign(offence="all"),
        counts.groupby("offence", as_index=False)["n"].sum().assign(district="all"),
        pd.DataFrame(
            {"district": ["all"], "offence": ["all"], "n": [counts["n"].sum()]}
        ),
    ]
    return pd.concat(parts, ignore_index=True)


def _counts_hold(counts: pd.DataFrame) -> bool:
    """Some hidden counts stand alone in their row, some only in their column, and others shield each other."""
    small = counts["n"].between(1, OPEN - 1)
    in_row = small.groupby(counts["district"]).transform("sum")
    in_column = small.groupby(counts["offence"]).transform("sum")
    safe = protect(counts, least=OPEN, sensitive_least=OPEN)
    return bool(
        (small & (in_row == 1)).any()
        and (small & (in_row > 1) & (in_column == 1)).any()
        and (small & (in_row > 1) & (in_column > 1)).any()
        and counts.groupby("district")["n"].sum().min() >= OPEN
        and counts.groupby("offence")["n"].sum().min() >= OPEN
        and small.sum() + 1 < safe.cells["hidden"].sum() < len(counts)
        and safe.total is not None
    )


def _rates(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Bicycle thefts by neighbourhood: the small counts are blank, the rates are not."""
    n = rng.poisson(people["population"] * rng.uniform(0.9, 1.6) / 1_000)
    rate = (100_000 * n / people["population"]).round(1)
    shown = pd.Series(n, dtype="Int64").mask((n >= 1) & (n < OPEN))
    return people[["area_id", "population"]].assign(n=shown, rate=rate)


def _rates_hold(rates: pd.DataFrame) -> bool:
    blank = rates[rates["n"].isna()]
    behind = (blank["rate"] * blank["population"] / 100_000).round()
    least = rates["rate"].min() < rates["rate"][rates["n"].notna()].min()
    return bool(4 <= len(blank) <= 14 and behind.nunique() > 1 and least)


def _survey(areas: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Answers of a survey without names: whom others can know by, and what nobody should learn."""
    n = int(rng.integers(700, 1_100))
    at = rng.choice(len(areas), n, p=_spread(rng, len(areas)))
    age = np.clip(rng.gamma(4.0, 8.0, n) + 16, 18, 94).astype(int)
    labels = ["18-29", "30-44", "45-59", "60+"]
    return pd.DataFrame(
        {
            "area_id": areas["area_id"].to_numpy()[at],
            "parent": areas["parent"].to_numpy()[at],
            "sex": rng.choice(["female", "male"], n),
            "age": age,
            "age_group": np.array(labels)[np.searchsorted([30, 45, 60], age, "right")],
            "tenure": rng.choice(["owner", "tenant", "shared"], n, p=[0.45, 0.4, 0.15]),
            "trusts_police": rng.choice(["yes", "no", "no answer"], n),
        }
    )


def _spread(rng: np.random.Generator, n: int) -> np.ndarray:
    weight = rng.gamma(2.0, 1.0, n) + 0.15
    return weight / weight.sum()
