"""Where offences are recorded: counts, rates, smoothed rates and concentration by area, released.

The smoothing, the comparison with the city and the concentration are computed from released counts only: what is
hidden moves no other figure, so no other figure can give it away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.cube import CountCube
from safelearn.city.population import population_by
from safelearn.diagnosis import concentration
from safelearn.disclosure.slices import (
    DOMESTIC,
    NOT_LOCATED,
    SEXUAL,
    areas_only,
)
from safelearn.errors import Refused
from safelearn.estimates.rates import rates_by_area
from safelearn.guidelines import offences
from safelearn.language import t
from safelearn.reports import findings
from safelearn.reports.measuring import counts
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.period import Period
from safelearn.reports.release import FOCUS, OTHER, Release

PER = 100_000
#: Concentration is measured only where the totals of so many areas are shown.
MOST_SHOWN = 0.9
RATE_COLUMNS = [
    "area_id",
    "area_name",
    "offence",
    "n",
    "population",
    "rate",
    "lower",
    "upper",
    "eb",
    "mark",
]


@dataclass(frozen=True)
class Concentration:
    """How few areas hold half of the events, the generalised Gini coefficient, and areas that are not in it."""

    areas: int
    half: int
    generalised: float
    left_out: int


def area_tables(
    cube: CountCube,
    period: Period,
    release: Release,
    areas: pd.DataFrame,
    population: pd.DataFrame | None,
    able: set[str],
) -> None:
    """Every table of the section "Where"."""
    frame = release.shared["by_area"]
    names = dict(zip(areas["area_id"], areas["area_name"], strict=True))
    elsewhere = {NOT_LOCATED: t("Without a place"), SEXUAL: SEXUAL, DOMESTIC: DOMESTIC}
    located = areas_only(frame)
    table = frame.assign(area_name=frame["area_id"].map(names | elsewhere))
    release.approve(
        "counts_by_area",
        table[["area_id", "area_name", "offence", "n"]],
        keys=["area_id", "area_name", "offence"],
        measures=["n"],
        title=t("Recorded offences by area"),
        universe=FOCUS,
        notes=[
            t(
                "Sexual and domestic violence is not shown by area: it has rows for the whole city."
            )
        ],
    )
    _districts(cube, period, release, areas)
    if "concentration" in able:
        _concentrate(located, release)
    if population is None or "rates_by_area" not in able:
        return
    rates = rates_by_area(
        located,
        population_by(population, year=int(period.focus[-1][:4])),
        years=period.years,
        per=PER,
    )
    rates.insert(1, "area_name", rates["area_id"].map(names))
    release.approve(
        "rates_by_area",
        rates[list(RATE_COLUMNS)],
        keys=["area_id", "area_name", "offence"],
        measures=["n", "population", "rate", "lower", "upper", "eb", "mark"],
        title=t("Recorded offences per 100,000 residents a year, by area"),
        universe=FOCUS,
    )
    _smoothed(rates, release)


def _smoothed(rates: pd.DataFrame, release: Release) -> None:
    """Smoothed rates with their intervals, beside the city's rate."""
    parts = []
    city = {}
    for offence, rows in rates.groupby("offence", sort=False):
        shown = rows[rows["n"].notna() & (rows["population"] > 0)]
        if shown.empty or shown["n"].sum() == 0:
            continue
        n, people = float(shown["n"].sum()), float(shown["population"].sum())
        years = n / (shown["rate"] / PER * shown["population"]).sum()
        mean = n / people / years * PER
        city[offence] = mean
        against = np.select(
            [rows["eb"].isna(), rows["eb_lower"] > mean, rows["eb_upper"] < mean],
            ["", "above", "below"],
            default="same",
        )
        parts.append(rows.assign(against_city=against))
    if not parts:
        return
    table = pd.concat(parts, ignore_index=True)
    columns = [
        "area_id",
        "area_name",
        "offence",
        "n",
        "rate",
        "eb",
        "eb_lower",
        "eb_upper",
    ]
    release.approve(
        "smoothed_rates_by_area",
        table[[*columns, "mark", "against_city"]],
        keys=["area_id", "area_name", "offence"],
        measures=["n", "rate", "eb", "eb_lower", "eb_upper", "mark", "against_city"],
        title=t(
            "Smoothed rates (empirical Bayes) per 100,000 residents a year, by area"
        ),
        universe=FOCUS,
    )
    release.results["city_rate"] = city
    release.results["mapped"] = _mapped(table)
    for offence in release.results["mapped"]:
        of = table.loc[table["offence"] == offence, "against_city"].value_counts()
        above, below, same = (int(of.get(k, 0)) for k in ("above", "below", "same"))
        release.results[f"apart:{offence}"] = (above, below, same)
        release.sentences[f"areas:{offence}"] = findings.areas_apart(
            above, below, same, ""
        )


def _mapped(table: pd.DataFrame) -> list[str]:
    """All offences together, and the two most recorded kinds that do not follow what police look for."""
    sums = table[~table["offence"].isin([ALL, OTHER])].groupby("offence")["n"].sum()
    kinds = [c for c in sums.sort_values(ascending=False).index if _is_reported(c)]
    whole = [ALL] if ALL in set(table["offence"]) else []
    return whole + (kinds[:2] if len(sums) > 1 else [])


def _is_reported(code: str) -> bool:
    return code in offences.codes() and not offences.enforcement_driven(code)


def _concentrate(located: pd.DataFrame, release: Release) -> None:
    """Concentration over the areas whose total is shown."""
    every = located.loc[located["offence"] == ALL, "n"]
    n = every.dropna().to_numpy(dtype=float)
    if len(n) < MOST_SHOWN * len(every):
        return
    try:
        generalised = concentration.generalised_gini(n)
        half = concentration.places_holding(n, 0.5)
    except Refused:
        return
    left_out = len(every) - len(n)
    found = Concentration(len(n), round(half * len(n)), round(generalised, 2), left_out)
    release.results["concentration"] = found
    curve = concentration.lorenz(n)
    grid = np.linspace(0, 1, 11)
    steps = pd.DataFrame(
        {
            "places_share": grid,
            "events_share": np.interp(
                grid, curve["places_share"], curve["events_share"]
            ).round(2),
        }
    )
    release.approve(
        "concentration",
        steps,
        keys=["places_share"],
        measures=["events_share"],
        title=t("Share of recorded offences in the areas with fewest to most"),
        derived={},
    )
    release.sentences["concentration"] = findings.concentration(
        found.half, found.areas, found.half / found.areas, found.generalised
    )


def _districts(
    cube: CountCube, period: Period, release: Release, areas: pd.DataFrame
) -> None:
    """Sexual and domestic violence by district, where the city has districts."""
    if areas["parent"].isna().all():
        return
    frame = counts.by_district(
        cube, period, dict(zip(areas["area_id"], areas["parent"], strict=True))
    )
    if frame["n"].sum() == 0:
        return
    whole = release.shared["by_area"]
    whole = whole[(whole["offence"] == ALL) & whole["area_id"].isin([SEXUAL, DOMESTIC])]
    kinds = {SEXUAL: "sexual", DOMESTIC: "domestic"}
    totals = pd.DataFrame({"sensitive": whole["area_id"].map(kinds), "n": whole["n"]})
    cells = release.protect_parts(frame, totals, "sensitive")
    release.approve(
        "sensitive_by_district",
        cells[["parent", "sensitive", "n"]],
        keys=["parent", "sensitive"],
        measures=["n"],
        title=t("Recorded sexual and domestic violence by district"),
    )
