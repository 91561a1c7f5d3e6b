"""The data of module 5: a small city of the trainee's own, with two censuses and three years of records."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis.trends import (
    change,
    change_between,
    monthly_series,
    seasonal_index,
    seasonally_adjusted,
)
from safelearn.estimates.intervals import byar_interval
from safelearn.estimates.rates import fit_prior
from safelearn.simulation.variant import city_tables

BURGLARY, THEFT, DRUGS = "05012", "050221", "0601"
PERIOD = ("2023-01-01", "2025-12-31")
#: Ages that a newspaper would tell apart, by the first year of their five-year groups.
BANDS = {
    "0-14": range(0, 15),
    "15-29": range(15, 30),
    "30-59": range(30, 60),
    "60+": range(60, 120),
}


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the assignment uses, from one seed."""
    rng = np.random.default_rng([seed, 5])
    tables = city_tables(
        seed, areas=24, years=3, incidents=int(rng.integers(10_000, 13_000))
    )
    # Which twenty of them are this city differs too, so that not even its size is the same for two trainees.
    kept = np.sort(rng.choice(tables["areas"]["area_id"].to_numpy(), 20, replace=False))
    areas, census, incidents = (
        tables[name][tables[name]["area_id"].isin(kept).to_numpy()].reset_index(
            drop=True
        )
        for name in ("areas", "population", "incidents")
    )
    incidents = incidents.assign(year=incidents["occurred_from"].dt.year)
    incidents = incidents.astype(
        {"area_id": "str", "offence": "str", "offence_label": "str"}
    )
    people = census.groupby("area_id", as_index=False)["population"].sum()
    thefts = incidents[incidents["offence"] == THEFT].merge(areas, on="area_id")
    thefts["age"] = _band(thefts["victim_age"].astype("float"))
    first_year = census["age_group"].str.extract(r"(\d+)")[0].astype(float)
    residents = census.merge(areas, on="area_id").assign(age=_band(first_year))
    return {
        "areas": areas,
        "incidents": incidents,
        "population": _two_censuses(census, rng),
        "people": areas.merge(people, on="area_id")[
            ["area_id", "area_name", "parent", "population"]
        ],
        "thefts": _monthly(thefts),
        "theft_victims": _counted(thefts.rename(columns={"victim_sex": "sex"}), "n"),
        "residents": _counted(residents, "population"),
    }


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether these data show what the module teaches: chance, the season, and places that only look worse."""
    return _places_hold(tables) and _months_hold(tables)


def _places_hold(tables: dict[str, pd.DataFrame]) -> bool:
    people = tables["people"].set_index("area_id")["population"]
    earlier, n = (
        _burglaries(tables["incidents"], year, people.index) for year in (2024, 2025)
    )
    rate = byar_interval(n.to_numpy(), people.to_numpy(), per=100_000)
    city = 100_000 * n.sum() / people.sum()
    clear, looks = rate.lower > city, (rate.rate > city) & (rate.lower <= city)
    small = people.idxmin()
    return bool(
        clear.any()
        and looks.any()
        and (n < 16).sum() >= 3
        and fit_prior(n, people).variance > 0
        and min(n[small], earlier[small]) >= 2
        and n[small] != earlier[small]
        and change(earlier[small], n[small], dispersion=1.0).verdict
        == "no clear change"
    )


def _months_hold(tables: dict[str, pd.DataFrame]) -> bool:
    series = monthly_series(tables["thefts"], PERIOD)
    season = seasonal_index(series)
    halves = change_between(series, ("2024-01", "2024-06"), ("2025-01", "2025-06"))
    january = series["month"] == "2025-01"
    adjusted = seasonally_adjusted(series, season)["adjusted"][january].sum()
    drugs = tables["incidents"].query("offence == @DRUGS")["year"].value_counts()
    return bool(
        season.clear
        and abs(series["n"][january].sum() - adjusted) > 1
        and abs(series["n"].mean() - adjusted) > 1
        and halves.verdict == "no clear change"
        and halves.ratio != 1
        and drugs[2023] != drugs[2025]
    )


def _burglaries(incidents: pd.DataFrame, year: int, area_ids: pd.Index) -> pd.Series:
    rows = (incidents["offence"] == BURGLARY) & (incidents["year"] == year)
    return incidents.loc[rows, "area_id"].value_counts().reindex(area_ids, fill_value=0)


def _monthly(thefts: pd.DataFrame) -> pd.DataFrame:
    month = thefts["occurred_from"].dt.strftime("%Y-%m").rename("month")
    return month.groupby(month).size().rename("n").reset_index()


def _band(age: pd.Series) -> pd.Series:
    edges = [band.start for band in BANDS.values()]
    label = np.array(list(BANDS))[
        np.searchsorted(edges, age.fillna(0), side="right") - 1
    ]
    return pd.Series(label, index=age.index, dtype="str").where(age.notna())


def _counted(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add up by district, sex and age; who is of unknown sex or age has no group to be counted in."""
    keys = ["parent", "sex", "age"]
    kept = rows.assign(**{name: rows.get("population", 1)}).dropna(subset=keys)
    return (
        kept.astype({"sex": "str", "parent": "str"})
        .groupby(keys)[name]
        .sum()
        .reset_index()
    )


def _two_censuses(census: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The census of 2024, and one of 2014, when some neighbourhoods were half as large and others larger."""
    area_ids = census["area_id"].unique()
    factor = pd.Series(rng.uniform(0.55, 1.1, len(area_ids)), area_ids)
    earlier = census["population"] * census["area_id"].map(factor)
    earlier = census.assign(population=earlier.round().astype("int64"), year=2014)
    return pd.concat([earlier, census.assign(year=2024)], ignore_index=True)
