"""Which money of its own could the city raise for safety, and who would pay it? A worksheet goes in, yields come out.

One row an option: what it is taken from, at which rate, how much of it comes in. It says what an option would bring
within limits, how much of a gap it would fill, and what speaks against it; it does not choose.
"""

from __future__ import annotations

import math

import pandas as pd

from safelearn.errors import Refused, SafelearnError
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()
COLUMNS = [
    "option",
    "kind",
    "base",
    "rate",
    "paid",
    "paid_lower",
    "paid_upper",
    "collection_share",
]
#: Kinds of own-source revenue in the worksheet.
KINDS = (
    "property_tax", "land_value_capture", "local_levy", "user_fee", "licence", "parking",
    "surcharge", "rent_of_assets", "fine", "other",
)  # fmt: skip
#: What a reader should weigh, by its code in the column ``flags``.
NO_POWER, ON_THE_POOREST = "no legal power", "falls on the poorest"
FINES, ONCE, ACCESS = "rewards enforcement", "comes once", "may shut people out"


def revenue_options(options: pd.DataFrame, *, gap: float = math.nan) -> pd.DataFrame:
    """What each option of own revenue would bring a year, and what to weigh. Serves draft:26(f)(iii).1.

    Parameters
    ----------
    options : DataFrame
        ``option`` (name), ``kind`` (one of `KINDS`), ``base`` (money or units a year), ``rate`` (share of it, or money
        a unit), ``paid`` (share of what is due that comes in) with ``paid_lower`` and ``paid_upper``, and
        ``collection_share`` (share of receipts that collecting costs). Optional: ``legal_power`` (yes, no, unknown),
        ``recurring`` (yes, no), ``poorest_pay`` (share paid by the poorest fifth), ``poorest_income`` (their share of
        all income).
    gap : float, optional
        Money a year that is missing (`budget.funding_gap`).

    Returns
    -------
    DataFrame
        The options in their order with ``due``, ``net``, ``net_lower``, ``net_upper`` (money a year after collection),
        ``fills`` (share of the gap) and ``flags``.

    Raises
    ------
    SafelearnError
        If a share does not lie between 0 and 1, limits do not hold their value, or a kind is unknown.
    Refused
        If nobody says how much of what is due is paid: a yield with everybody paying is no forecast.

    Notes
    -----
    net = base x rate x paid x (1 - collection share). An option falls on the poorest if they pay a larger share of it
    than of income (Suits 1977, American Economic Review 67:747). People change what they do when it costs more: state
    the base after the change.

    Examples
    --------
    >>> worksheet = pd.DataFrame(
    ...     {"option": ["Parking in the centre"], "kind": "parking", "base": 400_000, "rate": 0.5, "paid": 0.8,
    ...      "paid_lower": 0.6, "paid_upper": 0.9, "collection_share": 0.25}
    ... )
    >>> found = revenue_options(worksheet, gap=240_000).iloc[0]
    >>> float(found["net"]), float(found["net_lower"]), float(found["fills"])
    (120000.0, 90000.0, 0.5)
    """  # fmt: skip
    _sound(options)
    out = options.copy()
    out["due"] = out["base"].astype(float) * out["rate"].astype(float)
    kept = out["due"] * (1 - out["collection_share"].astype(float))
    for ending in ("", "_lower", "_upper"):
        out[f"net{ending}"] = kept * out[f"paid{ending}"].astype(float)
    out["fills"] = out["net"] / gap if gap > 0 else math.nan
    out["flags"] = [", ".join(_flags(row)) for row in out.to_dict("records")]
    return out.reset_index(drop=True)


def _flags(row: dict) -> list[str]:
    pay, income = (row.get(c) for c in ("poorest_pay", "poorest_income"))
    known = not (pay is None or income is None or pd.isna(pay) or pd.isna(income))
    checks = (
        (row.get("legal_power", "unknown") != "yes", NO_POWER),
        (known and float(pay or 0) > float(income or 0), ON_THE_POOREST),
        # Offices that live on fines look for what can be fined (draft:26(f)(ii).8).
        (row["kind"] == "fine", FINES),
        (row["kind"] == "user_fee", ACCESS),
        (row.get("recurring", "yes") == "no", ONCE),
    )
    return [flag for holds, flag in checks if holds]


def _sound(options: pd.DataFrame) -> None:
    missing = [c for c in COLUMNS if c not in options]
    if missing:
        raise SafelearnError(
            t("The worksheet of revenue lacks the column {column}.", column=missing[0]),
            remedy=t("Copy the worksheet again and fill it in."),
        )
    paid = options[["paid", "paid_lower", "paid_upper"]].astype(float)
    if paid.isna().any(axis=None):
        raise Refused(
            t("Nobody says how much of what is due would be paid."),
            remedy=t(
                "Take what is paid of a like tax or fee, with the best and worst year."
            ),
        )
    shares = pd.concat([paid, options["collection_share"].astype(float)], axis=1)
    held = (paid["paid_lower"] <= paid["paid"]) & (paid["paid"] <= paid["paid_upper"])
    known = options["kind"].isin(KINDS)
    if not (shares.ge(0) & shares.le(1)).all(axis=None) or not (held & known).all():
        raise SafelearnError(
            t("A row of the revenue worksheet cannot be right."),
            remedy=t(
                "Shares lie between 0 and 1, limits hold their value, kinds are from the list."
            ),
        )
