"""Is the register of organisations whole, and does it hold nothing that it must not?

The table of stakeholders goes in: organisations and roles, never persons. Out comes what is missing row by row, what
must be deleted because it may endanger people, and the register in two parts: one that may be shown, and one (power,
interest, stance, urgency, interests in conflict, plans with each) that stays inside and can be deleted without the
other. (draft:25(b), draft:13, draft:24(e), draft:26(c).7)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

NEEDS = frozenset({"table:stakeholders"})
#: What may be shown of an organisation that does not object.
PUBLIC = ("stakeholder_id", "name", "type", "level", "area_id", "group", "contribution")
#: What raters thought of it and what is planned with it: kept inside, apart, and deleted when the work is done.
RATED = (
    "power", "power_lowest", "power_highest", "interest", "interest_lowest", "interest_highest", "stance", "has_power",
    "has_legitimacy", "has_urgency", "conflict_of_interest",
)  # fmt: skip
PLANNED = (
    "engagement_goal",
    "engagement_channel",
    "engagement_owner",
    "engagement_due",
)
#: Groups to which it can be dangerous to be known to belong: nobody's stance, power or ties are collected of an
#: organisation that speaks for them, and it is named in public only where it says so itself.
ENDANGERED = (
    "sexual_and_gender_minorities", "refugees", "internally_displaced", "migrants", "persons_with_addictions",
    "ethnic_or_religious_minorities",
)  # fmt: skip
#: The kinds of partner of draft:24(e), and the types of the register that are one.
PARTNERS = {
    "civil_society": ("ngo", "faith"),
    "women": ("womens_organisation",),
    "youth": ("youth_organisation",),
    "business": ("business",),
    "professions": ("professional_association", "academia"),
    "residents": ("residents_association", "informal_traders", "older_persons_organisation", "disability_organisation",
                  "indigenous_organisation", "migrant_organisation"),
    "media": ("media",),
}  # fmt: skip
LEVELS = (
    "national",
    "regional",
    "metropolitan",
    "city",
    "district",
    "neighbourhood",
)
#: A rating older than this says little of today.
_STALE_YEARS = 2


@dataclass(frozen=True)
class Register:
    """A register that was looked through.

    Attributes
    ----------
    gaps : DataFrame
        `stakeholder_id` and `gap`, one row each: ``no_rating``, ``no_date``, ``old_rating``, ``no_source``,
        ``no_level``, ``conflict_unknown`` (nobody asked about a conflict of interest), ``held_too_much`` (ratings of
        an organisation that speaks for an endangered group).
    partners : DataFrame
        `partner` (a kind of draft:24(e)) and `organisations`, none included.
    levels : DataFrame
        `level` of government and `organisations`.
    named : frozenset of str
        Organisations that may be named in public.
    organisations : int
    """

    gaps: pd.DataFrame
    partners: pd.DataFrame
    levels: pd.DataFrame
    named: frozenset[str]
    organisations: int

    @property
    def lacking(self) -> tuple[str, ...]:
        """Kinds of partner that draft:24(e) names and the register does not hold."""
        return tuple(self.partners.loc[self.partners["organisations"] == 0, "partner"])


def look_through(
    register: pd.DataFrame,
    today: date,
    *,
    endangered: Collection[str] = ENDANGERED,
) -> Register:
    """What a register holds, lacks, and should not hold.

    Parameters
    ----------
    register : DataFrame
        The table ``stakeholders``.
    today : date
        The day of the report, to see which ratings are old.
    endangered : collection of str
        Groups of which no ratings are kept.

    Returns
    -------
    Register

    Examples
    --------
    >>> rows = pd.DataFrame({"stakeholder_id": ["S1"], "name": ["Radio"], "type": ["media"], "power": [2.0]})
    >>> look_through(rows, date(2025, 1, 1)).lacking[:2]
    ('civil_society', 'women')
    """
    codes = register["stakeholder_id"].astype("str")
    speaks = exposed(register, endangered)
    assessed = pd.to_datetime(_column(register, "assessed_on"))
    rated = rated_rows(register)
    stale = assessed < pd.Timestamp(today) - pd.DateOffset(years=_STALE_YEARS)
    conflict = _column(register, "conflict_of_interest").astype("str")
    found = {
        "held_too_much": speaks & rated,
        "no_rating": ~rated & ~speaks,
        "no_date": rated & assessed.isna(),
        "old_rating": rated & stale,
        "no_source": _column(register, "source").isna(),
        "no_level": _column(register, "level").isna(),
        "conflict_unknown": ~conflict.isin(["yes", "no"]) & ~speaks,
    }
    gaps = [
        pd.DataFrame({"stakeholder_id": codes[rows], "gap": gap})
        for gap, rows in found.items()
    ]
    types = register["type"].astype("str")
    partners = pd.DataFrame(
        [(kind, int(types.isin(of).sum())) for kind, of in PARTNERS.items()],
        columns=["partner", "organisations"],
    )
    level = _column(register, "level").astype("str").value_counts()
    levels = level.reindex(LEVELS, fill_value=0).rename_axis("level")
    return Register(
        gaps=pd.concat(gaps, ignore_index=True),
        partners=partners,
        levels=levels.rename("organisations").reset_index(),
        named=frozenset(codes[_may_be_named(register, speaks)]),
        organisations=len(register),
    )


def rated_rows(register: pd.DataFrame) -> pd.Series:
    """Whether a row holds anything that raters thought of the organisation."""
    held = [c for c in RATED if c in register and c != "conflict_of_interest"]
    if not held:
        return pd.Series(False, index=register.index)
    told = register[held].notna()
    if "stance" in held:
        told["stance"] &= register["stance"].astype("str") != "unknown"
    return told.any(axis=1)


def shown(register: pd.DataFrame, named: Collection[str]) -> pd.DataFrame:
    """The part of the register that may be public: `PUBLIC` columns of the organisations in `named`."""
    held = [c for c in PUBLIC if c in register]
    rows = register["stakeholder_id"].astype("str").isin(list(named))
    return register.loc[rows, held].reset_index(drop=True)


def without_ratings(
    register: pd.DataFrame, of: Collection[str] | None = None
) -> pd.DataFrame:
    """The register after ratings and plans were deleted: of everybody, or of the organisations named in `of`.

    Everything else stays as it was, so that the register can go on when the ratings must go.
    """
    out = register.copy()
    rows = pd.Series(True, index=out.index)
    if of is not None:
        rows = out["stakeholder_id"].astype("str").isin(list(of))
    for column in (*RATED, *PLANNED, "assessed_on"):
        if column in out:
            out[column] = out[column].mask(rows)
    return out


def usable(
    register: pd.DataFrame, endangered: Collection[str] = ENDANGERED
) -> pd.DataFrame:
    """The register as every measure reads it: without ratings of those whom it may endanger."""
    rows = exposed(register, endangered)
    return without_ratings(register, register.loc[rows, "stakeholder_id"].astype("str"))


def exposed(
    register: pd.DataFrame, endangered: Collection[str] = ENDANGERED
) -> pd.Series:
    """Whether an organisation speaks for a group to which it can be dangerous to be known to belong."""
    return _column(register, "group").astype("str").isin(list(endangered))


def usable_ties(register: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """The ties that may be looked at one by one, inside: without those of organisations that they may endanger.

    Counts over all ties (how many partners an organisation has, who stands between others) name nobody and may use all
    of them; what is counted too much in the register should be deleted all the same.
    """
    hidden = set(register.loc[exposed(register), "stakeholder_id"].astype("str"))
    ends = ties[["from_id", "to_id"]].astype("str")
    return ties[~ends.isin(hidden).any(axis=1)]


def _may_be_named(register: pd.DataFrame, speaks: pd.Series) -> pd.Series:
    agrees = _column(register, "may_be_listed").astype("str")
    return (agrees != "no") & (~speaks | (agrees == "yes"))


def _column(register: pd.DataFrame, name: str) -> pd.Series:
    if name in register:
        return register[name]
    return pd.Series(pd.NA, index=register.index, dtype="object")
