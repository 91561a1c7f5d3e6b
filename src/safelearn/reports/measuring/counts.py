"""The tables of the report before anything is hidden: plain sums of the count cube.

Each is a tidy frame of keys and ``n``. Offences are taken together by ICCS section (level 2), which is the level at
which cities compare; a code that is coarser already stays as it is. Events by area never include sexual or domestic
violence: those stand in rows for the whole city (`disclosure.slices.coarsen`).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from safelearn.city.cube import UNCLASSIFIED, UNKNOWN, CountCube
from safelearn.disclosure.slices import coarsen
from safelearn.guidelines import offences
from safelearn.reports.period import Period

ALL = "all"


def by_month(cube: CountCube, period: Period) -> pd.DataFrame:
    """Events by month and offence in all covered months: `year`, `month`, `offence`, `n`."""
    counts = cube.by("month", "offence", month=period.months)
    counts = _sections(counts, ["month"])
    counts.insert(0, "year", counts["month"].str[:4])
    return counts


def by_area(cube: CountCube, period: Period) -> pd.DataFrame:
    """Events by area and offence in the year of the report: `area_id`, `offence`, `n`.

    Beside the areas there are rows for events without a place and, whether located or not, for sexual and for
    domestic violence in the whole city; all rows add up to the city.
    """
    counts = cube.by("area_id", "offence", "sensitive", month=period.focus)
    return _sections(coarsen(counts), ["area_id"])


def by_district(
    cube: CountCube, period: Period, districts: dict[str, str]
) -> pd.DataFrame:
    """Sexual and domestic violence by district in the year of the report: `parent`, `sensitive`, `n`.

    Parameters
    ----------
    districts : dict
        The district of each area.
    """
    counts = cube.by(
        "area_id", "sensitive", month=period.focus, sensitive=["sexual", "domestic"]
    )
    counts["parent"] = counts["area_id"].map(districts).fillna("")
    return counts.groupby(["parent", "sensitive"], as_index=False)["n"].sum()


def by_sex_and_age(
    cube: CountCube, period: Period, groups: Sequence[str]
) -> pd.DataFrame:
    """Victims by sex and age group over the complete years: `sex`, `age_group`, `n`.

    Parameters
    ----------
    groups : sequence of str
        The age groups of the report, such as ``0-14`` or ``65+``; the cube's five-year groups are added up to
        them.
    """
    counts = cube.by("sex", "age_group", month=period.span)
    counts["age_group"] = counts["age_group"].map(group_of(groups)).fillna(UNKNOWN)
    counts = counts.groupby(["sex", "age_group"], as_index=False, sort=False)["n"].sum()
    return counts


def group_of(groups: Sequence[str]) -> dict[str, str]:
    """The report's age group of each five-year group of the cube; one that straddles two has none."""
    from safelearn.city.cube import AGE_GROUPS

    found = {UNKNOWN: UNKNOWN}
    for group in groups:
        low, high = _ends(group)
        for five in AGE_GROUPS:
            if five != UNKNOWN and low <= _ends(five)[0] and _ends(five)[1] <= high:
                found[five] = group
    return found


def _ends(group: str) -> tuple[int, int]:
    low, _, high = group.rstrip("+").partition("-")
    return int(low), int(high) if high else 200


def _sections(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    codes = counts["offence"].unique()
    section = {c: c if c == UNCLASSIFIED else offences.section(c) for c in codes}
    out = counts.assign(offence=counts["offence"].map(section))
    out = out.groupby([*keys, "offence"], as_index=False, sort=False)["n"].sum()
    if out.loc[out["offence"] == UNCLASSIFIED, "n"].sum() == 0:
        out = out[out["offence"] != UNCLASSIFIED]
    return out.sort_values([*keys, "offence"], ignore_index=True)
