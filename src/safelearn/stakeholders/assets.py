"""What does each neighbourhood have to build on? (draft:25(b), draft:26(d).3, draft:26(c).5b)

The lists of assets and initiatives go in; out come what each area has, by kind, for whom, how much of it stands empty
and is open after dark, and a page for each area that begins with what works there. Nothing here says what an area lacks
before it says what it has: areas that are known for harm only are hurt by the picture too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.language import mark, t
from safelearn.stakeholders.register import exposed

NEEDS = frozenset({"table:assets", "place:area"})
#: Kinds of asset, and the types of the table that are one.
KINDS = {
    "people": ("association", "informal_group", "faith"),
    "places": ("community_centre", "women_centre", "youth_centre", "library", "culture", "sports", "park"),
    "services": ("school", "nursery", "health", "transport_stop"),
    "trade": ("market", "business"),
}  # fmt: skip
KIND_NAMES = {
    "people": mark("Groups and associations"),
    "places": mark("Places to meet, learn and play"),
    "services": mark("Schools, health and transport"),
    "trade": mark("Markets and businesses"),
    "other": mark("Other assets"),
}


@dataclass(frozen=True)
class Assets:
    """What the city's neighbourhoods have.

    Attributes
    ----------
    areas : DataFrame
        One row an area, in code order, none left out: `area_id`, `assets`, a column for each kind of `KIND_NAMES`,
        `after_dark` (open on some evenings), `accessible` (everybody can get in), `hours_free` (hours a week in which
        something could be used and is not), `initiatives` at work, and `per_1000` assets for 1,000 residents where
        these are known.
    groups : DataFrame
        `group` that an asset mostly serves, and `assets`.
    used : float
        Hours used over hours available, all assets for which both are known.
    unlisted : int
        Assets that do not want to be on a public list: counted in nothing above.
    """

    areas: pd.DataFrame
    groups: pd.DataFrame
    used: float
    unlisted: int


def assets(
    table: pd.DataFrame,
    areas: pd.DataFrame,
    residents: pd.Series | None = None,
    initiatives: pd.DataFrame | None = None,
) -> Assets:
    """Count what each area has.

    Parameters
    ----------
    table : DataFrame
        The table ``assets``. Those that did not agree to be listed are left out of everything.
    areas : DataFrame
        `area_id`.
    residents : Series, optional
        Residents by area code.
    initiatives : DataFrame, optional
        The table ``initiatives``; those that agree and run are counted.

    Raises
    ------
    Refused
        If no asset may be listed.

    Notes
    -----
    After Kretzmann, J. and McKnight, J. (1993), Building communities from the inside out. The list holds what walkers
    and offices wrote down: an area with few entries may have had few walks.

    Examples
    --------
    >>> held = pd.DataFrame({"asset_id": ["a"], "area_id": ["2"], "type": ["library"], "consent": ["not_needed"]})
    >>> assets(held, pd.DataFrame({"area_id": ["1", "2"]})).areas[["area_id", "assets", "places"]].values.tolist()
    [['1', 0, 0], ['2', 1, 1]]
    """
    rows = listed(table)
    if rows.empty:
        raise Refused(
            t("No asset may be on a public list."),
            remedy=t("Walk the areas with residents, ask what works there, and ask whether it may be listed."),
        )  # fmt: skip
    kind_of = {type_: kind for kind, types in KINDS.items() for type_ in types}
    rows = rows.assign(
        kind=rows["type"].astype("str").map(lambda x: kind_of.get(x, "other")),
        after_dark=_says(rows, "open_after_dark"),
        open_to_all=_says(rows, "accessible"),
        free=(_hours(rows, "hours_available") - _hours(rows, "hours_used")).clip(0),
    )
    codes = areas["area_id"].astype("str").sort_values()
    by_area = rows.groupby(rows["area_id"].astype("str"))
    out = pd.DataFrame({"assets": by_area.size()}).reindex(codes, fill_value=0)
    kinds = rows.groupby([rows["area_id"].astype("str"), "kind"]).size()
    kinds = kinds.unstack("kind").reindex(index=codes, columns=list(KIND_NAMES))
    out = out.join(kinds.fillna(0).astype(int))
    for name, column in (("after_dark", "after_dark"), ("accessible", "open_to_all")):
        out[name] = by_area[column].sum().reindex(codes, fill_value=0).astype(int)
    out["hours_free"] = by_area["free"].sum().reindex(codes, fill_value=0.0)
    out["initiatives"] = 0
    if initiatives is not None and len(initiatives):
        here = at_work(initiatives)["area_id"].astype("str").value_counts()
        out["initiatives"] = here.reindex(codes, fill_value=0).astype(int)
    if residents is not None:
        people = residents.reindex(codes).astype(float)
        out["per_1000"] = 1000 * out["assets"] / people.where(people > 0)
    groups = pd.Series("everyone", index=rows.index)
    if "group" in rows:
        groups = rows["group"].astype("str").where(rows["group"].notna(), groups)
    both = rows.reindex(columns=["hours_available", "hours_used"]).dropna()
    used = np.nan
    if both["hours_available"].sum() > 0:
        used = float(both["hours_used"].sum() / both["hours_available"].sum())
    return Assets(
        areas=out.rename_axis("area_id").reset_index(),
        groups=groups.value_counts().rename_axis("group").rename("assets").reset_index(),
        used=used,
        unlisted=len(table) - len(rows),
    )  # fmt: skip


def listed(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be on a public list: whoever runs it agrees, or nobody needs to be asked.

    Informal groups, and places that serve a group to which it can be dangerous to be known to belong, need their own
    word.
    """
    consent = pd.Series("", index=table.index)
    if "consent" in table:
        consent = table["consent"].astype("str").where(table["consent"].notna(), "")
    careful = table["type"].astype("str") == "informal_group"
    careful |= exposed(table)
    return table[(consent != "no") & (~careful | (consent == "yes"))]


def at_work(initiatives: pd.DataFrame) -> pd.DataFrame:
    """The initiatives that run and agree to be on a public list."""
    rows = initiatives
    if "status" in rows:
        rows = rows[~rows["status"].astype("str").isin(["paused", "ended"])]
    if "consent" in rows:
        rows = rows[rows["consent"].astype("str") == "yes"]
    return rows


@dataclass(frozen=True)
class AreaPage:
    """What there is to build on in one area, before anything else is said of it.

    Attributes
    ----------
    area_id : str
    assets : DataFrame
        `name`, `type`, `group`, `hours_free`, `after_dark`: what may be listed, most free hours first.
    initiatives : DataFrame
        `name`, `aim`, `led_by`, `needs`.
    asked_for : DataFrame
        `topic` and `demands`: what residents asked for, most first.
    """

    area_id: str
    assets: pd.DataFrame
    initiatives: pd.DataFrame
    asked_for: pd.DataFrame


def area_page(
    area_id: str,
    table: pd.DataFrame,
    initiatives: pd.DataFrame | None = None,
    demands: pd.DataFrame | None = None,
) -> AreaPage:
    """The page of one area, assets first: for renewal with those who live there (draft:26(c).5b).

    Parameters
    ----------
    area_id : str
    table, initiatives, demands : DataFrame
        The tables ``assets``, ``initiatives`` and ``demands``.
    """
    here = listed(table)
    here = here[here["area_id"].astype("str") == area_id]
    free = (_hours(here, "hours_available") - _hours(here, "hours_used")).clip(0)
    own = here.assign(hours_free=free, after_dark=_says(here, "open_after_dark"))
    own = own.sort_values(["hours_free", "asset_id"], ascending=[False, True])
    named = ["name", "type", "group", "hours_free", "after_dark"]
    return AreaPage(
        area_id=area_id,
        assets=own.reindex(columns=named).reset_index(drop=True),
        initiatives=_of_area(initiatives, area_id),
        asked_for=_topics(demands, area_id),
    )


def _of_area(initiatives: pd.DataFrame | None, area_id: str) -> pd.DataFrame:
    named = ["name", "aim", "led_by", "needs"]
    if initiatives is None:
        return pd.DataFrame(columns=named)
    rows = at_work(initiatives)
    rows = rows[rows["area_id"].astype("str") == area_id]
    return rows.reindex(columns=named).reset_index(drop=True)


def _topics(demands: pd.DataFrame | None, area_id: str) -> pd.DataFrame:
    if demands is None:
        return pd.DataFrame(columns=["topic", "demands"])
    rows = demands[demands["area_id"].astype("str") == area_id]
    topics = rows["topic"].astype("str").value_counts()
    return topics.rename_axis("topic").rename("demands").reset_index()


def _says(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series(False, index=rows.index)
    return rows[column].astype("str") == "yes"


def _hours(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series(0.0, index=rows.index)
    return rows[column].astype(float).fillna(0.0)
