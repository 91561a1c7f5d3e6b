"""What do the city's own registers say: money, services, seats, skills, lamps and walks.

One function a table; each takes the table as it stands in the city's folder and gives figures of the catalogue.
Nothing is estimated from residents here: most of these are counts of everything there is.
"""

from __future__ import annotations

import math

import pandas as pd

from safelearn.diagnosis.audits import design_scores
from safelearn.diagnosis.lighting import lamps_working
from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.evaluation.budget import PRACTITIONER, competent_staff
from safelearn.indicators.figures import (
    FULL_COUNT,
    INTERVAL,
    UNKNOWN,
    Figure,
)

#: Services whose people are victims; others serve everybody.
FOR_VICTIMS = ("victim_support", "shelter", "hotline")


def budget_figures(table: pd.DataFrame | None, residents: float | None) -> list[Figure]:
    """Spending on safety per resident, by level of government too, and the share of approved money that was spent.

    The latest year with spending. Every line of the table ``budget`` counts as safety: what belongs in it is for the
    city to state. Amounts of several currencies are not added up.
    """
    if table is None:
        return []
    spent = table.dropna(subset=["spent"])
    if spent.empty or spent["currency"].nunique() > 1:
        return []
    year = int(spent["year"].max())
    here = spent[spent["year"] == year]
    common = {
        "period": str(year),
        "source": "budget",
        "precision": FULL_COUNT,
        "periods": spent["year"].nunique(),
        "split": True,
    }
    found = []
    if residents:
        currency = here["currency"].dropna()
        unit = f"{currency.iloc[0]} per resident" if len(currency) else ""
        money = common | {"unit": unit}
        name = "safety_investment"
        found.append(
            Figure(name, here["spent"].sum() / residents, n=len(here), **money)
        )
        for level, part in here.groupby("level", observed=True):
            value = part["spent"].sum() / residents
            found.append(
                Figure(
                    name,
                    value,
                    n=len(part),
                    group=str(level),
                    breakdown="level",
                    **money,
                )
            )
    both = here[here["approved"] > 0]
    if len(both):
        share = 100 * both["spent"].sum() / both["approved"].sum()
        found.append(Figure("safety_budget_execution", share, n=len(both), **common))
    return found


def service_figures(table: pd.DataFrame | None, least: int = 5) -> list[Figure]:
    """Of the victims whom services know of, the share that was served, with Wilson's interval.

    Services for victims only. A person known to two services counts twice; people no service knows of are not in it.
    """
    needed = {"people_identified", "people_served"}
    if table is None or not needed <= set(table):
        return []
    here = table[table["type"].isin(FOR_VICTIMS)].dropna(subset=list(needed))
    if here.empty:
        return []
    year = here["year"].max()
    now = here[here["year"] == year] if pd.notna(year) else here
    known, served = (
        float(now[c].sum()) for c in ("people_identified", "people_served")
    )
    if served > known or not known:
        return []
    share = wilson_interval(served, known)
    figure = Figure(
        "victim_support_coverage",
        100 * share.share,
        100 * share.lower,
        100 * share.upper,
        n=known,
        period="" if pd.isna(year) else str(int(year)),
        source="services",
        precision=INTERVAL,
        periods=here["year"].nunique(),
        split=now["type"].nunique() > 1,
    )
    return [figure.checked(least)]


def seat_figures(table: pd.DataFrame | None, shares: dict[str, float]) -> list[Figure]:
    """Each group's share of the seats of the latest committee, over its share of the residents.

    Parameters
    ----------
    table : DataFrame or None
        The table ``participation``.
    shares : dict of str to float
        Each group's share of the residents, from 0 to 1; groups without one are left out.

    Notes
    -----
    The seats of women and men together are all seats; groups overlap, so they are never added up.
    """
    if table is None or "seats" not in table:
        return []
    seated = table[table["kind"].eq("committee")].dropna(subset=["seats"])
    if seated.empty:
        return []
    held = seated["held_on"].max()
    seats = seated[seated["held_on"] == held].groupby("group", observed=True)["seats"]
    seats = seats.sum().astype(float)
    if not {"women", "men"} <= set(seats.index) or not seats[["women", "men"]].sum():
        return []
    total = seats["women"] + seats["men"]
    return [
        Figure(
            "seat_share_ratio",
            float(seats[group] / total / share),
            n=float(total),
            group=group,
            breakdown="group",
            period=str(held)[:10],
            source="participation",
            precision=FULL_COUNT,
            periods=seated["held_on"].nunique(),
            split=True,
        )
        for group, share in shares.items()
        if group in seats.index and share > 0
    ]


def skill_figures(table: pd.DataFrame | None) -> list[Figure]:
    """Staff who have level 2 or more in every competency for which their role asks that much.

    Posts count as many staff as they have; how a level is known (by the person, a colleague, a course) is not weighed.
    """
    if table is None or not {"required_level", "level", "staff"} <= set(table):
        return []
    asked = table[table["required_level"] >= PRACTITIONER]
    if asked.empty:
        return []
    met, staff = competent_staff(table)
    when = asked["assessed_on"].dropna() if "assessed_on" in asked else []
    return [
        Figure(
            "competent_practitioners",
            100 * met / staff,
            n=staff,
            period=str(max(when))[:4] if len(when) else "",
            source="skills",
            precision=FULL_COUNT,
            split="department" in asked and asked["department"].nunique() > 1,
        )
    ]


def place_figures(
    audits: pd.DataFrame | None, streets: pd.DataFrame | None
) -> list[Figure]:
    """Street lamps that work, and design items met on the walks (`diagnosis.lighting`, `diagnosis.audits`)."""
    found = []
    if streets is not None and {"lamps", "lamps_working"} <= set(streets):
        found += _share("street_lighting", "streets", lamps_working, streets)
    if not found and audits is not None and "lamps_working" in audits:
        found += _share("street_lighting", "audits", _lamps_on_walks, audits)
    if audits is not None:
        found += _share("safety_audit_score", "audits", design_scores, audits)
    return found


def _lamps_on_walks(audits: pd.DataFrame) -> pd.DataFrame:
    return lamps_working(audits, stratum=None, cluster="place_id")


def _share(name: str, source: str, measure, table: pd.DataFrame) -> list[Figure]:
    try:
        row = measure(table).iloc[0]
    except Refused:
        return []
    period = ""
    if "visited_on" in table and table["visited_on"].notna().any():
        period = str(table["visited_on"].max())[:4]
    sure = not math.isnan(row["lower"])
    figure = Figure(
        name,
        *(100 * float(row[c]) for c in ("value", "lower", "upper")),
        n=float(row["n"]),
        period=period,
        source=source,
        precision=INTERVAL if sure else UNKNOWN,
        split=True,
    )
    return [figure.checked()]
