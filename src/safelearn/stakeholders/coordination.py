"""Which departments of the city work with each other and with other public bodies, and which do not? (draft:24(d))

The register and the ties go in; for each department come out how many other departments and public bodies it works
with, and the pairs of departments between which nothing flows. Orders and money are counted apart: who is paid and
told, and never asked, does not take part.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t
from safelearn.stakeholders.network import CONFLICT, working_ties

NEEDS = frozenset({"table:stakeholders", "table:ties"})
DEPARTMENTS = ("city_department",)
#: Public bodies, departments of the city apart.
PUBLIC = (
    "district_office", "regional_government", "national_government", "police", "justice", "health", "education",
    "social_services", "emergency_services",
)  # fmt: skip


@dataclass(frozen=True)
class Coordination:
    """How departments work together.

    Attributes
    ----------
    departments : DataFrame
        In the order of the register: `stakeholder_id`, `departments` and `public_bodies` (how many of each it works
        with), `others` (organisations outside government), `orders_or_money` (how many it only pays, tells or is paid
        and told by).
    silent_pairs : tuple of (str, str)
        Pairs of departments between which nothing flows but orders and money.
    pairs : int
        All pairs of departments.
    alone : tuple of str
        Departments without any tie to anybody.
    """

    departments: pd.DataFrame
    silent_pairs: tuple[tuple[str, str], ...]
    pairs: int
    alone: tuple[str, ...]

    @property
    def apart(self) -> tuple[str, ...]:
        """Departments that work with no other department."""
        rows = self.departments[self.departments["departments"] == 0]
        return tuple(rows["stakeholder_id"])


def coordination(register: pd.DataFrame, ties: pd.DataFrame) -> Coordination:
    """Compare each pair of departments.

    Parameters
    ----------
    register : DataFrame
        `stakeholder_id`, `type`.
    ties : DataFrame
        `from_id`, `to_id`, `tie`.

    Raises
    ------
    Refused
        With fewer than two departments in the register.

    Examples
    --------
    >>> offices = pd.DataFrame({"stakeholder_id": ["works", "youth", "parks"], "type": "city_department"})
    >>> ties = pd.DataFrame({"from_id": ["works"], "to_id": ["youth"], "tie": ["cooperation"]})
    >>> coordination(offices, ties).alone
    ('parks',)
    """
    kind = dict(
        zip(
            register["stakeholder_id"].astype("str"),
            register["type"].astype("str"),
            strict=True,
        )
    )
    departments = [name for name, of in kind.items() if of in DEPARTMENTS]
    if len(departments) < 2:
        raise Refused(
            t("The register holds fewer than two departments of the city."),
            remedy=t("Enter every department that has a part in safety, parks and finance included."),
        )  # fmt: skip
    works = _partners(working_ties(ties))
    peaceful = ties[ties["tie"].astype("str") != CONFLICT]
    any_tie = _partners(
        peaceful[["from_id", "to_id"]].astype("str").set_axis(["first", "second"], axis=1)
    )  # fmt: skip
    rows = []
    for name in departments:
        mine = works.get(name, set())
        rows.append(
            {
                "stakeholder_id": name,
                "departments": sum(kind.get(x) in DEPARTMENTS for x in mine),
                "public_bodies": sum(kind.get(x) in PUBLIC for x in mine),
                "others": sum(kind.get(x) not in (*DEPARTMENTS, *PUBLIC) for x in mine),
                "orders_or_money": len(any_tie.get(name, set()) - mine),
            }
        )
    pairs = list(combinations(departments, 2))
    silent = tuple((a, b) for a, b in pairs if b not in works.get(a, set()))
    alone = tuple(name for name in departments if not any_tie.get(name))
    return Coordination(pd.DataFrame(rows), silent, len(pairs), alone)


def _partners(pairs: pd.DataFrame) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for first, second in pairs.itertuples(index=False):
        if first != second:
            found.setdefault(first, set()).add(second)
            found.setdefault(second, set()).add(first)
    return found
