"""Do the areas, their outlines and their residents belong together? In: those tables. Out: problems.

Boundaries are redrawn, and a population of another year carries other codes. Joined by name they would seem
to fit, and the rates of every area that moved would be wrong; so the mismatch is named and nothing is joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.checks.problems import Problem
from safelearn.city.files.headers import normalise
from safelearn.city.population import LACKING_GROUPS, YEAR_ASSUMED
from safelearn.language import listing, number, percent, t, tn

if TYPE_CHECKING:
    import geopandas

#: Outlines may overlap by this share of the smaller one: borders drawn twice never meet exactly.
_OVERLAP = 0.01


def population_problems(
    areas: pd.DataFrame,
    population: pd.DataFrame | None,
    *,
    unknown: int = 0,
    strange_names: frozenset[str] = frozenset(),
    figures: Mapping[str, int] | None = None,
) -> list[Problem]:
    """Areas without residents, and residents without an area.

    Parameters
    ----------
    unknown : int
        Population rows that were set aside because no area has their code.
    strange_names : set of str
        Normalised names on those rows, where known.
    figures : mapping of str to int, optional
        What the imports of the population counted (see `residents`).
    """
    if population is None or population.empty:
        return [
            Problem(
                "no population",
                "warning",
                "population",
                len(areas),
                t("There is no population yet, so there are counts and no rates."),
                t("Import a table of residents by area."),
            )
        ]
    found = _doubts(areas, population, figures or {})
    known = set(population["area_id"].dropna())
    lacking = areas[~areas["area_id"].isin(known)]
    if lacking.empty:
        return found  # residents elsewhere are told by `jurisdiction`
    n = len(lacking)
    sentence = tn(
        "{n} of {all} areas has no population under its code.",
        "{n} of {all} areas have no population under their codes.",
        n,
        all=number(len(areas)),
    )
    if unknown:
        sentence += " " + tn(
            "{n} row of the population belongs to no area of the city.",
            "{n} rows of the population belong to no area of the city.",
            unknown,
        )
        alike = sum(normalise(name) in strange_names for name in lacking["area_name"])
        sentence += " " + t("The two are of different years.")
        if alike:
            sentence += " " + tn(
                "{n} area shares its name with one of those rows; the borders may differ, so it was not joined.",
                "{n} areas share their names with those rows; the borders may differ, so they were not joined.",
                alike,
            )
    return [
        *found,
        Problem(
            "boundary vintage" if unknown else "areas without population",
            "warning",
            "population",
            n,
            sentence,
            t(
                "Ask for the population by the boundaries in use, or for the boundaries of that year."
            ),
        ),
    ]


def _doubts(
    areas: pd.DataFrame, population: pd.DataFrame, figures: Mapping[str, int]
) -> list[Problem]:
    """What the figures of residents leave open: their year, and groups that some areas lack."""
    found = []
    if figures.get(YEAR_ASSUMED):
        years = sorted({int(y) for y in population["year"].dropna()})
        found.append(
            Problem(
                "population year assumed",
                "warning",
                "population",
                int(population["area_id"].nunique()),
                t(
                    "No file says which year its residents are of: {years} was assumed, so every rate may be wrong.",
                    years=listing([str(y) for y in years]),
                ),
                t(
                    "Add a column year to the file, or write the year into its name, and import it with --replace."
                ),
            )
        )
    lacking = int(figures.get(LACKING_GROUPS, 0))
    if lacking:
        found.append(
            Problem(
                "population groups missing",
                "warning",
                "population",
                min(lacking, len(areas)),
                tn(
                    "{n} area lacks figures for some sexes or ages: its residents are too few and its rates too high.",
                    "{n} areas lack figures for some sexes or ages: their residents are too few, their rates too high.",
                    lacking,
                ),
                t("Ask for the missing groups, or for the total of each area."),
            )
        )
    return found


def outline_problems(
    areas: pd.DataFrame, boundaries: geopandas.GeoDataFrame | None
) -> list[Problem]:
    """Areas without an outline, and outlines that are broken or overlap."""
    if boundaries is None:
        return [
            Problem(
                "no boundaries",
                "note",
                "areas",
                len(areas),
                t("There are no outlines of the areas, so there are no maps."),
                t(
                    "Import the boundaries of the areas (GeoPackage, GeoJSON or shapefile)."
                ),
            )
        ]
    import shapely

    found = []
    missing = sorted(set(areas["area_id"]) - set(boundaries["area_id"]))
    if missing:
        found.append(
            Problem(
                "areas without outline",
                "warning",
                "areas",
                len(missing),
                tn(
                    "{n} area has no outline: {codes}.",
                    "{n} areas have no outline: {codes}.",
                    len(missing),
                    codes=listing(missing[:8]),
                ),
                t("Import boundaries that cover the whole city."),
            )
        )
    shapes = boundaries.geometry.to_numpy()
    codes = boundaries["area_id"].to_numpy()
    valid = shapely.is_valid(shapes)
    if not valid.all():
        found.append(
            Problem(
                "invalid outlines",
                "error",
                "areas",
                int((~valid).sum()),
                t(
                    "These outlines cross themselves: {codes}.",
                    codes=listing(list(codes[~valid][:8])),
                ),
                t("Mend them in QGIS (Fix geometries) and import them again."),
            )
        )
        return found
    pairs = _overlaps(shapes)
    if pairs:
        first, second, share = pairs[0]
        found.append(
            Problem(
                "overlapping areas",
                "warning",
                "areas",
                len(pairs),
                tn(
                    "{n} pair of areas overlaps; the most, by {share}: {first} and {second}.",
                    "{n} pairs of areas overlap; the most, by {share}: {first} and {second}.",
                    len(pairs),
                    share=percent(share),
                    first=str(codes[first]),
                    second=str(codes[second]),
                ),
                t(
                    "An event in both counts in the first by code. Mend the outlines in QGIS."
                ),
            )
        )
    return found


def _overlaps(shapes: np.ndarray) -> list[tuple[int, int, float]]:
    import shapely

    tree = shapely.STRtree(shapes)
    a, b = tree.query(shapes, predicate="intersects")
    a, b = a[a < b], b[a < b]
    if not len(a):
        return []
    shared = shapely.area(shapely.intersection(shapes[a], shapes[b]))
    share = shared / np.minimum(shapely.area(shapes[a]), shapely.area(shapes[b]))
    order = np.argsort(-share)
    return [
        (int(a[i]), int(b[i]), float(share[i])) for i in order if share[i] > _OVERLAP
    ]
