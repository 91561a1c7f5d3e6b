"""Who lives in the city, and who is recorded as harmed: tables of people, released.

Victims are added up over up to five complete years, because one year of one group is often too few people to show.
Rates need a population by sex and age; without one, counts are shown as counts and the risk is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.cube import UNKNOWN, CountCube
from safelearn.city.population import population_by
from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.language import t
from safelearn.reports import findings
from safelearn.reports.measuring import counts
from safelearn.reports.period import Period
from safelearn.reports.release import VICTIMS, Release

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved
    from safelearn.disclosure.suppression import Protected

#: Age groups of the report. Childhood ends at 14 here because police and census groups are five years wide.
AGES = ("0-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65+")
SEXES = ("female", "male")
PER = 100_000


def population_tables(
    population: pd.DataFrame, areas: pd.DataFrame, release: Release
) -> None:
    """Residents by area, and by sex and age group where the table has them."""
    here = population_by(population)
    named = areas[["area_id", "area_name"]].merge(here, on="area_id", how="left")
    release.approve(
        "population_by_area",
        named[["area_id", "area_name", "population", "year"]],
        keys=["area_id", "area_name"],
        measures=["population", "year"],
        title=t("Residents by area"),
        derived={},
        police=False,
    )
    groups = population_by(population, ("sex", "age_group"))
    if {"female", "male"} <= set(groups["sex"]) and len(
        set(groups["age_group"]) - {"all"}
    ) > 2:
        groups = groups[groups["sex"].isin(SEXES) & (groups["age_group"] != "all")]
        release.approve(
            "population_by_sex_and_age",
            _by_age(groups)[["sex", "age_group", "population"]],
            keys=["sex", "age_group"],
            measures=["population"],
            title=t("Residents by sex and age"),
            derived={},
            police=False,
        )


def victim_tables(
    cube: CountCube,
    period: Period,
    release: Release,
    population: pd.DataFrame | None,
    able: set[str],
) -> None:
    """Victims by sex and age, with rates where the population allows, and by offence and sex."""
    if "victims" not in able:
        return
    frame = counts.by_sex_and_age(cube, period, AGES)
    found = release.protect(frame, rows="sex", columns="age_group")
    frame = found.cells
    rated = frame[frame["sex"].isin(SEXES) & (frame["age_group"] != UNKNOWN)].copy()
    bounds = byar_interval(rated["n"].to_numpy(dtype=float, na_value=np.nan))
    rated["lower"], rated["upper"] = bounds.lower, bounds.upper
    rated.insert(0, "group", rated["sex"] + " " + rated["age_group"])
    measures = ["n", "lower", "upper"]
    if "victim_rates" in able and population is not None:
        rated = _with_rates(rated, population, period)
        measures += ["population", "rate", "rate_lower", "rate_upper"]
    table = release.approve(
        "victims_by_sex_and_age",
        rated[["group", "sex", "age_group", *measures]],
        keys=["group", "sex", "age_group"],
        measures=measures,
        title=t("Recorded victims by sex and age"),
        universe=VICTIMS,
    )
    _share_of_women(table, found, release)


def _with_rates(
    rated: pd.DataFrame, population: pd.DataFrame, period: Period
) -> pd.DataFrame:
    people = population_by(population, ("sex", "age_group"))
    people["age_group"] = people["age_group"].map(counts.group_of(AGES))
    people = people.groupby(["sex", "age_group"], as_index=False)["population"].sum()
    rated = rated.merge(people, on=["sex", "age_group"], how="left")
    exposure = rated["population"].to_numpy(dtype=float) * period.span_years
    found = byar_interval(
        rated["n"].to_numpy(dtype=float, na_value=np.nan), exposure, PER
    )
    return rated.assign(rate=found.rate, rate_lower=found.lower, rate_upper=found.upper)


def _share_of_women(table: Approved, found: Protected, release: Release) -> None:
    """The share of women among recorded victims, from totals that are released with the table."""
    totals = found.totals["sex"].set_index("sex")["n"].reindex(list(SEXES))
    if totals.isna().any() or totals.sum() == 0:
        return
    women, both = int(totals["female"]), int(totals.sum())
    share = wilson_interval(women, both)
    release.results |= {
        "share_women": share,
        "victims_known": both,
        "victims": found.total,
    }
    shown = table.frame.dropna(subset=["n"])
    top = ""
    if len(shown):
        row = shown.loc[shown["n"].astype(float).idxmax()]
        ages = row["age_group"].replace("-", "–")
        top = (
            t("women aged {ages}", ages=ages)
            if row["sex"] == "female"
            else t("men aged {ages}", ages=ages)
        )
    release.sentences["victims"] = findings.victims(
        share.share, share.lower, share.upper, top
    )


def _by_age(groups: pd.DataFrame) -> pd.DataFrame:
    first = groups["age_group"].str.extract(r"^(\d+)")[0].astype(float)
    return (
        groups.assign(_first=first)
        .sort_values(["sex", "_first"])
        .drop(columns="_first")
    )
