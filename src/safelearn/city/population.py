"""How many people live there?

In goes the table of population, in which totals may stand beside their parts and years may differ between
areas; out comes one number a group, in which nobody is counted twice, with the year that it is for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from safelearn.errors import SafelearnError
from safelearn.language import listing, t

if TYPE_CHECKING:
    import pandas as pd

#: What the record of an import keeps: that nobody said the year, and how many areas lack some groups.
YEAR_ASSUMED, LACKING_GROUPS = "population_year_assumed", "areas_lacking_groups"
_COLUMNS = ("area_id", "sex", "age_group")
_ALL = "all"
#: How rows can be split, as (by sex, by age group), the least split first.
_SPLITS = ((False, False), (True, False), (False, True), (True, True))


def population_by(
    table: pd.DataFrame,
    by: tuple[str, ...] = ("area_id",),
    year: int | None = None,
) -> pd.DataFrame:
    """Residents by area, sex or age group.

    Parameters
    ----------
    table : DataFrame
        The table ``population``: area_id, sex, age_group, population, year. Rows with ``all`` hold several
        sexes or ages together.
    by : tuple of str
        Any of area_id, sex, age_group; an empty tuple gives the whole city.
    year : int, optional
        The year wanted. Each area gives the nearest year in which it is split as asked (of two as near,
        the later one); without a year, its latest.

    Returns
    -------
    DataFrame
        The columns of `by`, population (residents) and year (of the figure; empty where areas of several
        years were added up), sorted by `by`.

    Raises
    ------
    SafelearnError
        If age groups of an area overlap, so that people would be counted twice.

    Notes
    -----
    An area uses rows that hold everybody together where it has them, and otherwise adds up its parts. Where
    an area is not split as asked, its people stay in a row with ``all``, so that the total is never smaller
    than the city.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "area_id": ["01", "01", "01", "02"],
    ...         "sex": ["female", "male", "all", "all"],
    ...         "age_group": ["all", "all", "all", "all"],
    ...         "population": [52.0, 48.0, 100.0, 70.0],
    ...         "year": [2024, 2024, 2024, 2020],
    ...     }
    ... )
    >>> population_by(table, year=2024)
      area_id  population  year
    0      01       100.0  2024
    1      02        70.0  2020
    """
    import pandas as pd

    unknown = [c for c in by if c not in _COLUMNS]
    if unknown:
        raise ValueError(f"population is not known by {unknown[0]}: use {_COLUMNS}")
    people = table[[*_COLUMNS, "population", "year"]].copy()
    for column in _COLUMNS:
        people[column] = people[column].astype("str")
    people["by_sex"] = people["sex"] != _ALL
    people["by_age"] = people["age_group"] != _ALL
    chosen = _choice(people, by, year)
    rows = people.merge(chosen, on=["area_id", "year", "by_sex", "by_age"])
    _refuse_overlap(rows)
    if not len(rows):
        result = pd.DataFrame(columns=[*by, "population", "year"])
        return result.astype({"population": "float64", "year": "Int64"})
    keys = list(by) if by else [lambda _: 0]
    grouped = rows.groupby(keys, sort=True)
    result = grouped["population"].sum().to_frame()
    years = grouped["year"].agg(["min", "max"])
    one_year = years["min"].where(years["min"] == years["max"])
    result["year"] = one_year.astype("Int64")
    return result.reset_index(drop=not by)


def _choice(
    people: pd.DataFrame, by: tuple[str, ...], year: int | None
) -> pd.DataFrame:
    """For each area the one year and the one way of splitting whose rows are used."""
    split = ["area_id", "year", "by_sex", "by_age"]
    offers = people.groupby(split, as_index=False)["sex"].nunique()
    want_sex, want_age = "sex" in by, "age_group" in by
    # One sex alone is no split of an area: the other would be missing.
    halved = offers["by_sex"] & (offers["sex"] < 2)
    fits = (offers["by_sex"] | (not want_sex)) & (offers["by_age"] | (not want_age))
    offers["rank"] = (~fits).astype(int) + 2 * halved.astype(int)
    offers["away"] = -offers["year"] if year is None else (offers["year"] - year).abs()
    offers["later"] = -offers["year"]
    coarse = dict(zip(_SPLITS, range(4), strict=True))
    offers["parts"] = [
        coarse[pair] for pair in zip(offers["by_sex"], offers["by_age"], strict=True)
    ]
    # Of splits that do not fit, the finer one keeps more of what was asked.
    offers["parts"] = offers["parts"].where(fits, -offers["parts"])
    best = offers.sort_values(["area_id", "rank", "away", "later", "parts"])
    return best.drop_duplicates("area_id")[split]


def _refuse_overlap(rows: pd.DataFrame) -> None:
    parts = rows.loc[rows["by_age"], ["area_id", "sex", "age_group"]]
    seen: set[frozenset[str]] = set()
    for (area, _sex), groups in parts.groupby(["area_id", "sex"])["age_group"]:
        names = frozenset(groups)
        if names in seen:  # the same groups were looked at in another area
            continue
        spans = sorted((*_span(name), name) for name in names)
        for (_, end, first), (start, _, second) in pairwise(spans):
            if start <= end:
                raise SafelearnError(
                    t(
                        "The age groups {groups} overlap, so that people would be counted twice.",
                        groups=listing([first, second]),
                    ),
                    where=t("Table population, area {area}", area=area),
                    remedy=t(
                        "Keep age groups that follow each other, such as 15-19 and 20-24."
                    ),
                )
        seen.add(names)


def _span(age_group: str) -> tuple[float, float]:
    """First and last year of age of a group such as ``15-19`` or ``85+``."""
    first, last = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", age_group).groups()
    return int(first), float("inf") if last is None else int(last)
