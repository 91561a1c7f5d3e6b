"""Was an intervention worth what it cost, in money? Effects and spending that were released, and the city's unit costs.

The ratio is given with its interval or not at all, and never across price years: a city that wants one states a price
index in the table ``statistics`` (yearly levels under the code `INDEX`, with their source). Serves draft:26(f)(iii).6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.sensitivity import Range, Sensitivity, ratio_sensitivity
from safelearn.evaluation.unit_costs import PriceIndex, unit_costs
from safelearn.language import t

if TYPE_CHECKING:
    from safelearn.reports.measuring.evaluated import Evaluated
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.release import Release

WORTH = "benefit_cost"
INDEX = "consumer_price_index"
#: What is averted and priced: cases in the mix that the whole city has of the offences counted.
MIX = "mix"


@dataclass(frozen=True)
class Worth:
    """Benefits over costs of one intervention, or why there is no ratio.

    Attributes
    ----------
    intervention_id, name : str
    found : Sensitivity or None
    currency, version : str
        Of the unit costs.
    price_year : int
    notes : tuple of str
        What was done to prices, and what the study says it counts.
    neighbours : bool
        Whether the effect counts what moved next door.
    refused : Refused or None
    """

    intervention_id: str
    name: str
    found: Sensitivity | None = None
    currency: str = ""
    version: str = ""
    price_year: int = 0
    notes: tuple[str, ...] = ()
    neighbours: bool = False
    refused: Refused | None = None


def worth(scope: Scope, diagnosis: Release) -> None:
    """Let out ``benefit_cost``; silent where nothing was evaluated or no unit costs are there.

    Parameters
    ----------
    scope : Scope
    diagnosis : Release
        Where the released counts of offences are: cases are priced in the city's mix of them.
    """
    prices, budget = scope.table("unit_costs"), scope.table("budget")
    evaluated = scope.release.results.get("evaluations", ())
    if prices is None or prices.empty or budget is None:
        return
    counts = diagnosis.tables.get("counts_by_offence")
    if counts is None:
        return
    found = []
    for made in evaluated:
        if made.found is None or made.spent is None or made.found.averted is None:
            continue
        one = made.intervention
        try:
            found.append(_one(scope, made, prices, budget, counts.frame))
        except Refused as refused:
            found.append(Worth(one.intervention_id, one.name, refused=refused))
    scope.release.results["worth"] = tuple(found)
    rows = [
        {
            "intervention_id": w.intervention_id,
            "intervention": w.name,
            "benefit_cost_ratio": w.found.ratio,
            "lower": w.found.lower,
            "upper": w.found.upper,
            "share_above_one": w.found.share_above_one,
            "draws": w.found.draws,
            "seed": w.found.seed,
            "price_year": w.price_year,
            "currency": w.currency,
            "unit_costs_version": w.version,
        }
        for w in found
        if w.found is not None
    ]
    if rows:
        frame = pd.DataFrame(rows)
        scope.release.approve(
            WORTH,
            frame,
            keys=["intervention_id", "intervention"],
            measures=[c for c in frame if not c.startswith("intervention")],
            derived={},
            title=t("Benefits over costs"),
            police=False,
        )


def _one(
    scope: Scope,
    made: Evaluated,
    prices: pd.DataFrame,
    budget: pd.DataFrame,
    counts: pd.DataFrame,
) -> Worth:
    one, spent = made.intervention, made.spent
    index = price_index(scope.table("statistics"), spent.currency)
    year = max(spent.years)
    shown = counts.dropna(subset=["n"]).set_index("offence")["n"].astype(float)
    mix = {code: shown[code] for code in made.offences if code in shown}
    lines = budget[budget["programme_id"].astype("str") == one.programme_id]
    paid = sum(
        float(lines.loc[lines["year"] == y, "spent"].sum()) * _level(index, y, year)
        for y in spent.years
    )
    priced = unit_costs(prices, currency=spent.currency, price_year=year, index=index)
    years = len(spent.years)
    net = made.found.averted_with_neighbours
    averted = made.found.averted if net is None else net
    found = ratio_sensitivity(
        {MIX: Range(*(x / years for x in averted))},
        {MIX: Range(*priced.mean(mix))},
        Range(paid / years),
        years=years,
    )
    return Worth(
        one.intervention_id,
        one.name,
        found=found,
        currency=spent.currency,
        version=priced.version,
        price_year=year,
        notes=priced.notes,
        neighbours=net is not None,
    )


def price_index(
    statistics: pd.DataFrame | None, currency: str
) -> tuple[PriceIndex, ...]:
    """The price index that the city states, or none."""
    if statistics is None:
        return ()
    rows = statistics[statistics["indicator_id"].astype(str) == INDEX]
    if rows.empty:
        return ()
    level = rows["numerator"] / rows["denominator"].fillna(1)
    years = rows["period"].astype(str).str[:4].astype(int)
    source = str(rows["source"].iloc[0])
    return (PriceIndex(currency, dict(zip(years, level, strict=True)), source),)


def _level(index: tuple[PriceIndex, ...], first: int, last: int) -> float:
    """By how much spending of one year is multiplied to be in prices of another."""
    if first == last:
        return 1.0
    levels = index[0].levels if index else {}
    if not {first, last} <= set(levels):
        raise Refused(
            t(
                "Money spent in {first} is not added to money spent in {last} as if prices had stood still.",
                first=str(first),
                last=str(last),
            ),
            remedy=t(
                "State the yearly levels of a price index in the table statistics, under the code {code}.",
                code=INDEX,
            ),
        )
    return float(np.divide(levels[last], levels[first]))
