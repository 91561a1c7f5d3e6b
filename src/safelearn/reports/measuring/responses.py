"""What has been done so far, at what cost and with what result, released. (draft:25(c), draft:26(f)(ii).11)

Programmes with whom they reached, what they cost and how well they were evaluated; spending on safety a resident by
level of government and by area, and whether it goes where living conditions are harder; and what nobody knows. Numbers
of people are small counts like any other: few who were reached, or few who left, are hidden.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.errors import Refused
from safelearn.evaluation import budget as money
from safelearn.evaluation.allocation import allocation
from safelearn.evaluation.process import completion, spending
from safelearn.language import t
from safelearn.reports.measuring.registers import organisations
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy import practices
from safelearn.strategy.sources import conditions_source
from safelearn.strategy.stocktake import evidence_gaps, stocktake

PROGRAMMES, GAPS = "programmes", "evidence_gaps"
BY_LEVEL, BY_AREA, BY_NEED = (
    "safety_spending_by_level", "safety_spending_by_area", "safety_spending_by_need",
)  # fmt: skip
#: Groups whose small counts are hidden up to the higher threshold.
CHILDREN = ("children", "girls")


def responses(scope: Scope) -> None:
    """Measure what the registers hold; silent where they are missing."""
    _each(scope, (_programmes, _gaps, _spending, _accounts))


def money_spent(scope: Scope) -> None:
    """Spending on safety alone, for a report that is not on programmes."""
    _each(scope, (_spending, _accounts))


def _each(scope: Scope, parts: tuple[Callable[[Scope], None], ...]) -> None:
    for part in parts:
        try:
            part(scope)
        except Refused as refused:
            scope.refused[f"responses{part.__name__}"] = refused


def _programmes(scope: Scope) -> None:
    table = scope.table("programmes")
    if table is None or table.empty:
        return
    found = stocktake(table)
    stayed = completion(table).set_index("programme_id")
    stayed = stayed.reindex(found["programme_id"])
    started = (
        table["started_on"] if "started_on" in table else pd.Series(pd.NaT, table.index)
    )
    reached = pd.to_numeric(table.get("reached", np.nan), errors="coerce")
    frame = pd.DataFrame(
        {
            "programme_id": found["programme_id"],
            "name": found["name"],
            "organisation": organisations(scope, table["stakeholder_id"]).to_numpy(),
            "prevention": found["prevention"],
            "group": table["target_group"].astype("str").fillna("everyone").to_numpy(),
            "started": pd.to_datetime(started).dt.year.astype("Int64").to_numpy(),
            "reached": pd.Series(reached).astype("Int64").to_numpy(),
            "completed_share": stayed["share"].to_numpy(),
            "spent": np.nan,
            "a_person": np.nan,
            "evidence_level": found["level"].astype("Int64"),
            "result": found["verdict"],
        }
    )
    budget = scope.table("budget")
    if budget is not None and "programme_id" in budget:
        paid = spending(table, budget)
        frame["spent"], frame["a_person"] = paid["spent"], paid["a_person"]
    keys = ["programme_id", "name", "organisation", "prevention", "group", "started"]
    scope.release.approve(
        PROGRAMMES,
        frame,
        keys=keys,
        measures=[c for c in frame if c not in keys],
        hidden=_few(scope, frame, stayed.reset_index()),
        derived={},
        title=t("What has been tried"),
        police=False,
    )
    scope.release.results["stocktake"] = {
        "programmes": len(found),
        "evaluated": int((found["level"] >= 3).sum()),
        "never": int((found["level"] == 0).sum()),
        "costed": int(frame["spent"].notna().sum()),
    }


def _few(scope: Scope, frame: pd.DataFrame, stayed: pd.DataFrame) -> pd.DataFrame:
    """Where so few were reached, stayed or left that they could be known."""
    release = scope.release
    sensitive = max(release.least, release.disclosure.sensitive_threshold)
    least = np.where(frame["group"].isin(CHILDREN), sensitive, release.least)
    reached = frame["reached"].astype(float).to_numpy()
    few = (reached > 0) & (reached < least)
    left = (stayed["reached"] - stayed["completed"]).to_numpy()
    done = stayed["completed"].to_numpy()
    part = ((done > 0) & (done < least)) | ((left > 0) & (left < least))
    return pd.DataFrame(
        {"reached": few, "a_person": few, "completed_share": few | part}
    )


def _gaps(scope: Scope) -> None:
    """What is known here and elsewhere, with the inventory that comes with safelearn (draft:25(c))."""
    table = scope.table("programmes")
    if table is None or table.empty:
        return
    frame = evidence_gaps(table, practices.with_city(scope.table("practices")))
    frame = frame.rename(columns={"level": "evidence_level"})
    measures = ["programmes", "evaluated", "practices", "evidence_level", "state"]
    scope.release.approve(
        GAPS,
        frame[["topic", "prevention", *measures]],
        keys=["topic", "prevention"],
        measures=measures,
        derived={},
        title=t("What is known of what works, and what is not"),
        police=False,
    )


def _spending(scope: Scope) -> None:
    """Spending a resident by level and by area, and against living conditions."""
    budget, population = scope.table("budget"), scope.table("population")
    if budget is None or budget.empty or population is None:
        return
    year = money.last_year(budget)
    people = population_by(population, year=year)
    by_level = money.per_capita_investment(budget, people, year=year)
    measures = ["approved", "spent", "a_head"]
    scope.release.approve(
        BY_LEVEL,
        by_level[["level", *measures]],
        keys=["level"],
        measures=measures,
        derived={},
        title=t("Spending on safety by level of government"),
        police=False,
    )
    by_area = money.per_capita_investment(budget, people, by=["area_id"], year=year)
    scope.release.results["safety_spending"] = {
        "year": year,
        "currency": money.currency_of(budget),
        "a_head": float(by_level["a_head"].sum()),
        "residents": float(people["population"].sum()),
    }
    placed = by_area[by_area["area_id"] != money.CITY]
    if not placed["spent"].sum() > 0:
        return
    names = dict(
        zip(scope.areas["area_id"].astype(str), scope.areas["area_name"], strict=True)
    )
    placed = placed.assign(area_name=placed["area_id"].map(names)).dropna()
    placed = placed.rename(columns={"residents": "population"})
    measures = ["approved", "spent", "population", "a_head"]
    scope.release.approve(
        BY_AREA,
        placed[["area_id", "area_name", *measures]],
        keys=["area_id", "area_name"],
        measures=measures,
        derived={},
        title=t("Spending on safety by area"),
        police=False,
    )
    whole = by_area.loc[by_area["area_id"] == money.CITY, "spent"].sum()
    held = scope.release.results["safety_spending"]
    held["placed_share"] = float(1 - whole / by_area["spent"].sum())
    _against_need(scope, placed)


def _against_need(scope: Scope, placed: pd.DataFrame) -> None:
    """Whether money goes where people live under harder conditions; no figure of police is in it."""
    statistics = scope.table("statistics")
    if statistics is None:
        return
    need = conditions_source(statistics, scope.areas).value
    found = allocation(
        placed.assign(
            amount=placed["spent"],
            residents=placed["population"],
            need=placed["area_id"].map(need),
        )
    )
    measures = ["areas", "population", "spent", "a_head"]
    fifths = found.fifths.rename(columns={"residents": "population", "amount": "spent"})
    scope.release.approve(
        BY_NEED,
        fifths[["fifth", *measures]],
        keys=["fifth"],
        measures=measures,
        derived={},
        title=t("Spending on safety a resident, by how people live"),
        police=False,
    )
    scope.release.results["allocation"] = {
        "ratio": found.ratio,
        "lower": found.lower,
        "upper": found.upper,
        "verdict": found.verdict,
        "areas": found.areas,
        "without_need": found.without_need,
    }


def _accounts(scope: Scope) -> None:
    """What was spent of what was approved, what is missing, and what goes into learning: for the whole city."""
    budget = scope.table("budget")
    if budget is None or budget.empty:
        return
    year = money.last_year(budget)
    done = money.execution(budget, year=year).iloc[0]
    gap = money.funding_gap(budget)
    now = gap[gap["year"] == year].iloc[0]
    held = {
        "year": year,
        "currency": money.currency_of(budget),
        "execution": float(done["share"]),
        "gap": float(now["gap"]),
        "gap_share": float(now["share"]),
        "gap_so_far": float(now["gap_so_far"]),
        "gap_since": int(gap["year"].min()),
        "gap_years": int((gap["gap"] > 0).sum()),
        "unknown": int(now["unknown"]),
    }
    try:
        trained = money.training(budget, scope.table("skills"))
        held |= {"training_share": trained.share, "training_cost": trained.cost}
    except Refused as refused:
        scope.refused["training_budget"] = refused
    scope.release.results["accounts"] = held
