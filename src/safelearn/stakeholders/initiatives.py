"""What do residents do themselves for their safety, and does the city help where there is least? (draft:24(g))

The register of community initiatives goes in with a grouping of the areas; out come how many are at work, of what kind,
what was asked for and what was given, and how both are shared between kinds of areas. Only initiatives whose members
agree are listed by name.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import ShareInterval, wilson_interval
from safelearn.language import t

NEEDS = frozenset({"table:initiatives"})
RUNNING = ("planned", "running")


@dataclass(frozen=True)
class Initiatives:
    """What residents do, summed up.

    Attributes
    ----------
    initiatives, at_work : int
        All, and those that run or are planned.
    kinds : DataFrame
        `prevention` (social, situational, community, justice) and `initiatives` at work.
    asked, given : float
        Money, all initiatives of the most frequent currency.
    currency : str
    helped : ShareInterval
        Of those that asked for a grant, the share that got one.
    by_area : DataFrame
        `kind` of area, `initiatives`, `asked` and `given`, and `helped` (of those that asked, how many got something);
        empty without a grouping.
    listed : DataFrame
        Rows whose members agree to be on a public list.
    """

    initiatives: int
    at_work: int
    kinds: pd.DataFrame
    asked: float
    given: float
    currency: str
    helped: ShareInterval
    by_area: pd.DataFrame
    listed: pd.DataFrame


def initiatives(
    register: pd.DataFrame, kind_of_area: pd.Series | None = None
) -> Initiatives:
    """Sum the register up.

    Parameters
    ----------
    register : DataFrame
        `initiative_id`, and where held `area_id`, `prevention`, `status`, `grant_asked`, `grant_given`, `currency`,
        `consent`.
    kind_of_area : Series, optional
        The kind of each area (its settlement), by area code.

    Raises
    ------
    Refused
        If nothing is on record.
    """
    if register.empty:
        raise Refused(
            t("No initiative of residents is on record."),
            remedy=t("Ask in each area what people do themselves, and whether they want it to be known."),
        )  # fmt: skip
    status = _text(register, "status")
    working = status.isin(RUNNING) | (status == "")
    kinds = _text(register, "prevention")[working].value_counts(sort=False)
    kinds = kinds.drop("", errors="ignore").rename_axis("prevention")
    currency = _text(register, "currency")
    usual = currency[currency != ""].mode()
    usual = usual.iloc[0] if len(usual) else ""
    asked, given = (
        _money(register, column).where(currency.isin([usual, ""]), 0.0)
        for column in ("grant_asked", "grant_given")
    )
    by_area = pd.DataFrame(columns=["kind", "initiatives", "asked", "given", "helped"])
    if kind_of_area is not None and "area_id" in register:
        kind = register["area_id"].astype("str").map(kind_of_area.astype("str"))
        parts = pd.DataFrame(
            {
                "kind": kind,
                "initiatives": 1,
                "asked": (asked > 0).astype(int),
                "given": given,
                "helped": ((asked > 0) & (given > 0)).astype(int),
            }
        )
        by_area = parts.dropna(subset=["kind"]).groupby("kind").sum().reset_index()
    some = int((asked > 0).sum())
    got = int(((asked > 0) & (given > 0)).sum())
    nothing = ShareInterval(np.float64(np.nan), np.float64(np.nan), np.float64(np.nan))
    return Initiatives(
        initiatives=len(register),
        at_work=int(working.sum()),
        kinds=kinds.rename("initiatives").sort_index().reset_index(),
        asked=float(asked.sum()),
        given=float(given.sum()),
        currency=usual,
        helped=wilson_interval(got, some) if some else nothing,
        by_area=by_area,
        listed=register[_text(register, "consent") == "yes"].reset_index(drop=True),
    )


def _text(register: pd.DataFrame, column: str) -> pd.Series:
    if column not in register:
        return pd.Series("", index=register.index)
    return register[column].astype("str").where(register[column].notna(), "")


def _money(register: pd.DataFrame, column: str) -> pd.Series:
    if column not in register:
        return pd.Series(0.0, index=register.index)
    return register[column].fillna(0).astype(float)
