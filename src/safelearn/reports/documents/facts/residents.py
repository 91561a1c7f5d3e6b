"""How large is each group among the residents, as far as the census and the list of areas say?

Groups that no census row counts have a share that is missing, and say so: belonging is never inferred.
"""

from __future__ import annotations

import math
import re

import pandas as pd

from safelearn.reports.documents.registers import Registers
from safelearn.stakeholders.participation import NAMED

#: First and last year of age, as the United Nations count youth and older persons.
AGES = {"children": (0, 14), "youth": (15, 24), "older_persons": (60, math.inf)}
SEXES = {"women": "female", "men": "male"}
INFORMAL = "informal_residents"


def by_area(registers: Registers) -> pd.Series:
    """Residents of each area in the last year that was counted."""
    people = _rows(registers)
    return people["n"].groupby(people["area_id"].astype("str"), sort=False).sum()


def counted(registers: Registers) -> dict[str, float]:
    """Residents of each group that can be counted, and of ``everyone``; nothing without a census."""
    people = _rows(registers)
    if not len(people):
        return {}
    sex, n = people["sex"].astype("str"), people["n"]
    found = {"everyone": float(n.sum())}
    for group, code in SEXES.items():
        if (sex == code).any():
            found[group] = float(n[sex == code].sum())
    ends = [_ends(age) for age in people["age_group"].astype("str")]
    for group, (youngest, oldest) in AGES.items():
        inside = [first >= youngest and last <= oldest for first, last in ends]
        across = [first <= oldest and last >= youngest for first, last in ends]
        # An age group that lies on both sides of the limit leaves the number open.
        if inside == across and any(inside):
            found[group] = float(n[inside].sum())
    areas = registers.frame("areas")
    if areas["settlement"].notna().any():
        informal = areas.loc[areas["settlement"].astype("str") == "informal", "area_id"]
        here = people["area_id"].astype("str").isin(informal.astype("str"))
        found[INFORMAL] = float(n[here].sum())
    return found


def _rows(registers: Registers) -> pd.DataFrame:
    """The rows of the last count; totals that stand beside their parts are left out."""
    people = registers.frame("population")
    people = people[people["year"] == people["year"].max()]
    for column in ("sex", "age_group"):
        parts = people[people[column].astype("str") != "all"]
        people = parts if len(parts) else people
    return people.assign(n=people["population"].astype(float))


def shares(registers: Registers, also: list[str]) -> pd.DataFrame:
    """`group` and `share` of the residents: the groups named by the Guidelines, then others on record."""
    found = counted(registers)
    everyone = found.get("everyone", math.nan)
    groups = dict.fromkeys(["women", "men", *NAMED, INFORMAL, *also])
    groups.pop("everyone", None)
    return pd.DataFrame(
        {
            "group": list(groups),
            "share": [found.get(group, math.nan) / everyone for group in groups],
        }
    )


def _ends(age_group: str) -> tuple[float, float]:
    """First and last year of age; nothing where the group holds all ages or no number."""
    years = [int(x) for x in re.findall(r"\d+", age_group)]
    if not years:
        return -math.inf, math.inf
    if len(years) > 1:
        return years[0], years[1]
    return years[0], math.inf if "+" in age_group else years[0]
