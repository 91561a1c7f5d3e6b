"""Where does the money for safety go, was it spent, and is it enough? Budget lines go in, amounts a head come out.

Every line of the table ``budget`` counts as safety: what belongs in it is for the city to state. These are full
accounts, so amounts have no interval; they are in each year's own prices, and two currencies are never added up.
Whether money follows need is asked by `allocation`; what it bought is asked by `money`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.language import listing, t

NEEDS = frozenset({"table:budget"})
#: The place of lines that name no area.
CITY = ""
#: Purposes that make spaces safe and keep them so, beside every line that names a space (draft:23(d)).
FOR_SPACES = ("public_space", "lighting")
TRAINING = "capacity_building"
#: The level from which somebody works without help.
PRACTITIONER = 2
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Training:
    """What is spent on learning, and what one competent practitioner costs.

    Attributes
    ----------
    year : int
    approved, spent : float
    share : float
        Of all spending on safety that went to training.
    competent, staff : float
        Staff with level 2 or more in all that their role asks at that level, and staff of all such roles.
    cost : float
        Training money of the year for each competent practitioner; missing if there is none.
    by_self : float
        Share of the levels that people gave themselves.
    currency : str
    """

    year: int
    approved: float
    spent: float
    share: float
    competent: float
    staff: float
    cost: float
    by_self: float
    currency: str


def currency_of(budget: pd.DataFrame) -> str:
    """The one currency of a budget; empty if it is not said.

    Raises
    ------
    Refused
        If there are several.
    """
    found = sorted(budget["currency"].dropna().astype(str).unique())
    if len(found) > 1:
        raise Refused(
            t(
                "The budget is in several currencies, which are not added up: {codes}.",
                codes=listing(found),
            ),
            remedy=t("Write all amounts of the table budget in one currency."),
        )
    return found[0] if found else ""


def last_year(budget: pd.DataFrame) -> int:
    """The last year in which money was spent.

    Raises
    ------
    Refused
        If none was.
    """
    currency_of(budget)
    years = budget.loc[budget["spent"].notna(), "year"]
    if years.empty:
        raise Refused(
            t("The budget does not say what was spent."),
            remedy=t("Fill in the column spent from the accounts."),
        )
    return int(years.max())


def per_capita_investment(
    budget: pd.DataFrame,
    population: pd.DataFrame,
    *,
    by: Sequence[str] = ("level",),
    year: int | None = None,
) -> pd.DataFrame:
    """Spending on safety a resident, by level of government, area or purpose. Serves draft:26(f)(ii).11.

    Parameters
    ----------
    budget : DataFrame
        The table ``budget``.
    population : DataFrame
        ``area_id`` and ``population`` (residents), one row an area.
    by : sequence of str
        Columns of `budget`: ``level``, ``area_id``, ``purpose``, ``funding``, ``department``.
    year : int, optional
        The last one with spending, unless given.

    Returns
    -------
    DataFrame
        `by`, ``approved``, ``spent`` (money), ``residents``, ``a_head`` (money a resident spent), ``lines``. By area,
        every area has a row, with zeros if no line names it; lines for the whole city stand under an empty `area_id`,
        over all residents.

    Raises
    ------
    Refused
        Without spending, with several currencies, or without residents.
    """
    year = last_year(budget) if year is None else year
    rows = budget[budget["year"] == year].copy()
    people = population.set_index(population["area_id"].astype(str))["population"]
    people = people.astype(float)
    if not people.sum() > 0:
        raise Refused(
            t("Without residents there is no spending a head."),
            remedy=t("Add the table population."),
        )
    for column in by:
        rows[column] = rows[column].astype("object").fillna(CITY).astype(str)
    out = rows.groupby(list(by), as_index=False, sort=True).agg(
        approved=("approved", "sum"), spent=("spent", "sum"), lines=("line_id", "size")
    )
    if "area_id" in by:
        if len(by) == 1:
            absent = [a for a in people.index if a not in set(out["area_id"])]
            zero = {"area_id": absent, "approved": 0.0, "spent": 0.0, "lines": 0}
            out = pd.concat([out, pd.DataFrame(zero)]).sort_values("area_id")
        of_area = out["area_id"].map(people)
        out["residents"] = of_area.where(out["area_id"] != CITY, people.sum())
    else:
        out["residents"] = people.sum()
    out["a_head"] = out["spent"] / out["residents"].where(out["residents"] > 0)
    order = [*by, "approved", "spent", "residents", "a_head", "lines"]
    return out[order].reset_index(drop=True)


def execution(
    budget: pd.DataFrame, *, by: Sequence[str] = ("year",), year: int | None = None
) -> pd.DataFrame:
    """How much of the approved money was spent. Serves draft:21.

    Returns
    -------
    DataFrame
        `by`, ``approved`` and ``spent`` of lines that say both, ``share``, and ``unknown``: lines that do not say what
        was spent, which are in neither.

    Notes
    -----
    A low share is no thrift: what was promised was not done. A share of 1 says nothing on what was bought.
    """
    currency_of(budget)
    rows = budget if year is None else budget[budget["year"] == year]
    rows = rows.assign(unknown=rows["spent"].isna())
    for column in by:
        if column != "year":
            rows[column] = rows[column].astype("object").fillna(CITY).astype(str)
    unknown = rows.groupby(list(by))["unknown"].sum()
    said = rows[~rows["unknown"]].groupby(list(by))[["approved", "spent"]].sum()
    out = said.reindex(unknown.index, fill_value=0.0)
    out["share"] = out["spent"] / out["approved"].where(out["approved"] > 0)
    out["unknown"] = unknown
    return out.reset_index()


def funding_gap(budget: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """What the plan needs and nobody has approved, year by year. Serves draft:21.

    Returns
    -------
    DataFrame
        ``year`` and `by`, ``required`` and ``approved`` of lines that say both, ``gap`` (never below zero in a line:
        what one line has too much does not fill another), ``share`` of what is required that is missing,
        ``gap_so_far`` added up over the years, and ``unknown``: lines that do not say what they need.

    Notes
    -----
    Years are added up in their own prices. A gap that returns each year is not closed by one grant.
    """
    currency_of(budget)
    keys = ["year", *by]
    rows = budget.assign(unknown=budget["required"].isna())
    for column in by:
        rows[column] = rows[column].astype("object").fillna(CITY).astype(str)
    known = rows[~rows["unknown"]]
    known = known.assign(gap=(known["required"] - known["approved"]).clip(lower=0))
    out = known.groupby(keys)[["required", "approved", "gap"]].sum()
    unknown = rows.groupby(keys)["unknown"].sum()
    out = out.reindex(unknown.index, fill_value=0.0)
    out["share"] = out["gap"] / out["required"].where(out["required"] > 0)
    within = out.groupby(level=list(by))["gap"] if by else out["gap"]
    out["gap_so_far"] = within.cumsum()
    out["unknown"] = unknown
    return out.reset_index()


def function_by_funding(
    budget: pd.DataFrame, *, year: int | None = None
) -> pd.DataFrame:
    """What each function lives on: approved money by purpose and source of funding. Serves draft:21, draft:14.

    Returns
    -------
    DataFrame
        ``purpose``, one column a source (``own_revenue`` and so on, ``not stated`` for lines that do not say),
        ``total``, and ``lasting``: the share from own revenue and transfers, which return each year by law, against
        grants, loans, donations and partnerships, which end.
    """
    year = last_year(budget) if year is None else year
    rows = budget[budget["year"] == year]
    source = rows["funding"].astype("object").fillna(NOT_STATED).astype(str)
    rows = rows.assign(funding=source, approved=rows["approved"].astype(float))
    out = rows.pivot_table(
        index="purpose", columns="funding", values="approved", aggfunc="sum",
        fill_value=0.0, observed=True,
    )  # fmt: skip
    lasting = out.reindex(columns=["own_revenue", "transfer"], fill_value=0.0)
    total = out.sum(axis=1)
    out["total"] = total
    out["lasting"] = lasting.sum(axis=1) / total.where(total > 0)
    out.columns.name = None
    return out.reset_index()


def funding_tracker(budget: pd.DataFrame) -> pd.DataFrame:
    """How much of the money goes to safe spaces, to a named area, a space or a group. Serves draft:23(d).

    Returns
    -------
    DataFrame
        ``year``, ``tag``, ``approved``, ``spent`` and ``share`` of all approved money; tags are ``safe spaces`` (lines
        for `FOR_SPACES` or with a space), ``named area``, ``named space``, ``named group`` and ``capital from loans``.
        A line can have several tags, so shares are not added up.
    """
    currency_of(budget)

    def named(column: str) -> pd.Series:
        if column not in budget:
            return pd.Series(False, index=budget.index)
        return budget[column].notna() & budget[column].astype(str).ne("")

    group = named("group") & budget.get("group", "").astype(str).ne("everyone")
    tags = {
        "safe spaces": budget["purpose"].isin(FOR_SPACES) | named("space_id"),
        "named area": named("area_id"),
        "named space": named("space_id"),
        "named group": group,
        "capital from loans": budget["funding"].astype(str).eq("loan"),
    }
    whole = budget.groupby("year")["approved"].sum()
    rows = []
    for tag, held in tags.items():
        sums = budget[held].groupby("year")[["approved", "spent"]].sum()
        sums = sums.reindex(whole.index, fill_value=0.0)
        rows.append(
            sums.assign(tag=tag, share=sums["approved"] / whole.where(whole > 0))
        )
    out = pd.concat(rows).reset_index().sort_values(["year"], kind="stable")
    return out[["year", "tag", "approved", "spent", "share"]].reset_index(drop=True)


def training(
    budget: pd.DataFrame, skills: pd.DataFrame | None = None, year: int | None = None
) -> Training:
    """What is spent on learning, and on each competent practitioner. Serves draft:26(f)(iii).5.

    Parameters
    ----------
    budget : DataFrame
        The table ``budget``; lines with the purpose ``capacity_building``.
    skills : DataFrame, optional
        The table ``skills``.
    year : int, optional

    Raises
    ------
    Refused
        If the budget has no line for training.

    Notes
    -----
    An average over one year, not the price of one more practitioner: most were trained before, and by others. For that,
    compare two assessments of the same posts.
    """
    year = last_year(budget) if year is None else year
    here = budget[budget["year"] == year]
    lines = here[here["purpose"].astype(str) == TRAINING]
    if lines.empty:
        raise Refused(
            t("The budget has no line for training."),
            remedy=t(
                "Add one, even at zero: draft:26(f)(iii).5 asks for money of its own."
            ),
        )
    spent, whole = float(lines["spent"].sum()), float(here["spent"].sum())
    competent = staff = by_self = float("nan")
    if skills is not None and len(skills):
        competent, staff = competent_staff(skills)
        if "assessed_by" in skills:
            by_self = float(skills["assessed_by"].astype(str).eq("self").mean())
    return Training(
        year=year,
        approved=float(lines["approved"].sum()),
        spent=spent,
        share=spent / whole if whole else float("nan"),
        competent=competent,
        staff=staff,
        cost=spent / competent if competent > 0 else float("nan"),
        by_self=by_self,
        currency=currency_of(budget),
    )


def competent_staff(skills: pd.DataFrame) -> tuple[float, float]:
    """Staff who work without help in all that their role asks, and staff of whom that much is asked.

    A role asks for working without help where its required level is 2 or more; a post counts as many staff as it has.
    """
    asked = skills[skills["required_level"] >= PRACTITIONER]
    met = (asked["level"] >= PRACTITIONER).groupby(asked["post_id"]).all()
    heads = skills.get("staff", pd.Series(np.nan, index=skills.index)).fillna(1)
    staff = heads.groupby(skills["post_id"]).first().reindex(met.index).astype(float)
    return float(staff[met].sum()), float(staff.sum())
