"""How large is each group among the residents, as far as the census and the list of areas say?

Groups that no census row counts have a share that is missing, and say so: belonging is never inferred.
"""

from __future__ import annotations

import math

import pandas as pd

from safelearn.city.group_sizes import EVERYONE, INFORMAL, SEXES, group_sizes
from safelearn.reports.documents.registers import Registers
from safelearn.stakeholders.participation import NAMED


def by_area(registers: Registers) -> pd.Series:
    """Residents of each area in the last year that was counted."""
    people = _rows(registers)
    return people["n"].groupby(people["area_id"].astype("str"), sort=False).sum()


def counted(registers: Registers) -> dict[str, float]:
    """Residents of each group that can be counted, and of ``everyone``; nothing without a census."""
    if not registers.has("population"):
        return {}
    return group_sizes(registers.frame("population"), registers.frame("areas"))


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
    everyone = found.get(EVERYONE, math.nan)
    groups = dict.fromkeys([*SEXES, *NAMED, INFORMAL, *also])
    groups.pop(EVERYONE, None)
    return pd.DataFrame(
        {
            "group": list(groups),
            "share": [found.get(group, math.nan) / everyone for group in groups],
        }
    )
