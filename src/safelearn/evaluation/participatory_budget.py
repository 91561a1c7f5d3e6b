"""Who voted on the money, what won, and did the winners get it? The rows of one ballot go in.

Serves draft:26(f)(iii).2. Votes are counted from totals or from papers; turnout is shown for each group that the ballot
names, because a budget that few groups vote on is not everybody's. Whether the money goes where need is, is asked by
`allocation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t

NEEDS = frozenset({"table:ballots"})
KIND = "participatory_budget"
EVERYONE = "everyone"


@dataclass(frozen=True)
class Tally:
    """The outcome of one ballot on money.

    Attributes
    ----------
    ballot_id, held_on, currency : str
    options : DataFrame
        ``option_id``, ``option``, ``votes``, ``share`` of all votes, ``cost``, ``by_votes`` (whether it fits into the
        money when options are taken in order of votes), ``funded`` (what the city did), ``votes_per_cost`` (votes for
        each 1,000 of money). In order of votes; a tie in order of code.
    turnout : DataFrame
        ``group``, ``voters``, ``eligible``, ``turnout``, ``lower``, ``upper``; missing where nobody says how many
        could have voted.
    votes : int
    money : float
        What was given out: as stated, or the cost of what was funded.
    unlike : tuple of str
        Options whose funding does not follow the votes.
    """

    ballot_id: str
    held_on: str
    currency: str
    options: pd.DataFrame
    turnout: pd.DataFrame
    votes: int
    money: float
    unlike: tuple[str, ...]


def tally(
    ballots: pd.DataFrame,
    *,
    ballot_id: str | None = None,
    money: float | None = None,
    votes_each: int = 1,
) -> Tally:
    """Count a participatory budget. Serves draft:26(f)(iii).2.

    Parameters
    ----------
    ballots : DataFrame
        The table ``ballots``; one row an option and group, area or paper.
    ballot_id : str, optional
        The latest one on money, unless given.
    money : float, optional
        What there was to give; the cost of the funded options, unless given.
    votes_each : int
        How many votes each person had: voters are votes over this number, or the papers where each has its row.

    Raises
    ------
    Refused
        If there is no such ballot.
    SafelearnError
        If more people voted than could, or an option has two costs.

    Notes
    -----
    Options are taken in order of votes as long as they fit, and one that does not fit is passed over: the usual rule,
    and one under which half the voters can decide on all the money. Turnout has Wilson's interval, which speaks of the
    group's willingness, not of a sample. Groups overlap unless they are areas, so their voters are not added up.
    """
    rows = _ballot(ballots, ballot_id)
    by_option = rows.groupby("option_id", sort=True)
    several = by_option["cost"].nunique() > 1
    if several.any():
        raise SafelearnError(
            t("An option of the ballot has two costs."),
            where=", ".join(several.index[several].astype(str)),
            remedy=t("Write the same cost on all its rows."),
        )
    out = by_option.agg(
        option=("option", "first"),
        votes=("votes", "sum"),
        cost=("cost", "first"),
        funded=("funded", "first"),
    ).reset_index()
    out["votes"] = _counted(rows).reindex(out["option_id"]).to_numpy()
    out = out.sort_values(["votes", "option_id"], ascending=[False, True])
    out = out.reset_index(drop=True)
    total = int(out["votes"].sum())
    out["share"] = out["votes"] / total if total else np.nan
    cost = out["cost"].astype(float)
    given = out["funded"].astype("object").eq("yes")
    pot = float(cost[given].sum()) if money is None else float(money)
    out["by_votes"] = _fits(cost.to_numpy(), pot)
    out["votes_per_cost"] = 1000 * out["votes"] / cost.where(cost > 0)
    said = out["funded"].notna()
    unlike = out.loc[said & (given != out["by_votes"]), "option"]
    order = [
        "option_id", "option", "votes", "share", "cost", "by_votes", "funded", "votes_per_cost",
    ]  # fmt: skip
    money_name = rows["currency"].dropna().astype(str).unique()
    return Tally(
        ballot_id=str(rows["ballot_id"].iloc[0]),
        held_on=str(rows["held_on"].astype(str).max())[:10],
        currency=money_name[0] if len(money_name) == 1 else "",
        options=out[order],
        turnout=_turnout(rows, votes_each),
        votes=total,
        money=pot,
        unlike=tuple(unlike.astype(str)),
    )


def money_by_area(options: pd.DataFrame, places: Mapping[str, str]) -> pd.DataFrame:
    """What the funded options bring to each area, for `allocation.allocation`.

    Parameters
    ----------
    options : DataFrame
        `Tally.options`.
    places : mapping of str to str
        The area that an option is for; options for the whole city are left out.

    Returns
    -------
    DataFrame
        ``area_id`` and ``amount``.
    """
    won = options[options["funded"].astype("object").eq("yes")]
    area = won["option_id"].map(places)
    out = won.assign(area_id=area).dropna(subset=["area_id"])
    out = out.groupby("area_id", as_index=False)["cost"].sum()
    return out.rename(columns={"cost": "amount"})


def _ballot(ballots: pd.DataFrame, ballot_id: str | None) -> pd.DataFrame:
    rows = ballots[ballots["kind"].astype(str) == KIND]
    if ballot_id is None and len(rows):
        rows = rows.sort_values("held_on", kind="stable")
        ballot_id = str(rows["ballot_id"].iloc[-1])
    rows = rows[rows["ballot_id"].astype(str) == ballot_id]
    if rows.empty:
        raise Refused(
            t("There is no ballot on a participatory budget."),
            remedy=t(
                "Write the votes into the table ballots, a row an option and group."
            ),
        )
    rows = rows.assign(
        group=rows["group"].astype(str), option_id=rows["option_id"].astype(str)
    )
    for column in ("area_id", "paper_id", "cost", "funded", "currency", "eligible"):
        if column not in rows:
            rows[column] = None
    return rows


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in which each vote stands once: those for everyone where there are some, else those of all groups."""
    everyone = rows["group"].eq(EVERYONE)
    return rows[everyone] if everyone.any() else rows


def _counted(rows: pd.DataFrame) -> pd.Series:
    return _whole(rows).groupby("option_id")["votes"].sum()


def _fits(cost: np.ndarray, pot: float) -> list[bool]:
    left, out = pot, []
    for price in cost:
        fits = bool(price <= left + 1e-9)
        out.append(fits)
        left -= price if fits else 0
    return out


def _turnout(rows: pd.DataFrame, votes_each: int) -> pd.DataFrame:
    found = []
    for group, part in rows.groupby("group", sort=True):
        papers = part["paper_id"]
        voters = float(part["votes"].sum()) / votes_each
        if papers.notna().all():
            voters = float(papers.nunique())
        one = part.drop_duplicates(["area_id"])["eligible"]
        eligible = float(one.astype(float).sum()) if one.notna().all() else np.nan
        if voters > eligible:
            raise SafelearnError(
                t("More people voted than could."),
                where=str(group),
                remedy=t(
                    "Say how many votes each person had, or mend the column eligible."
                ),
            )
        share = wilson_interval(voters, eligible)
        found.append((group, voters, eligible, share.share, share.lower, share.upper))
    names = ["group", "voters", "eligible", "turnout", "lower", "upper"]
    return pd.DataFrame(found, columns=names)
