"""How does each design look at one intervention? Its areas, months and counts go in; what the design says comes out.

Here lies what every design needs of the table of interventions: which areas are a panel, which months are quarters,
who may be in a mix of others. The designs themselves know nothing of tables (draft:25(o).2).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from safelearn.evaluation import interventions as table
from safelearn.evaluation.comparison import ControlledChange, before_after_control
from safelearn.evaluation.dispersion import DispersionBefore, dispersion_before
from safelearn.evaluation.displacement import (
    DisplacementDifference,
    weighted_displacement_difference,
)
from safelearn.evaluation.interventions import (
    CONTROL,
    CONTROL_BUFFER,
    TREATED,
    TREATED_BUFFER,
    Intervention,
    Windows,
)
from safelearn.evaluation.regression_to_mean import (
    RegressionToMean,
    regression_to_the_mean,
)
from safelearn.evaluation.synthetic_control import SyntheticControl, synthetic_control

NEEDS = table.NEEDS

#: Months that are looked at for a peak just before the start, and the months before these at the least.
PEAK = 12
QUARTER = 3


def displacement(
    pair: dict[str, tuple[int, int]], phi: DispersionBefore
) -> DisplacementDifference:
    """The displacement difference, with the neighbours where both groups were named."""
    both = TREATED_BUFFER in pair and CONTROL_BUFFER in pair
    return weighted_displacement_difference(
        pair[TREATED],
        pair[CONTROL],
        pair[TREATED_BUFFER] if both else None,
        pair[CONTROL_BUFFER] if both else None,
        dispersion=phi,
    )


def dispersion(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> DispersionBefore:
    """How counts varied before: month by month and area by area, or as one series where there is no comparison."""
    areas = [code for codes in intervention.areas.values() for code in codes]
    before = table.area_months(counts, areas, compared.earlier)
    if not intervention.has_control:
        # Without compared areas what moves all areas together is not taken out, so one series is asked.
        own = before[list(intervention.areas[TREATED])].sum(axis=1)
        return dispersion_before(own.to_numpy(), season=12)
    return dispersion_before(before)


def before_after_panel(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> pd.DataFrame:
    """A row for each area, before and after: for a difference in differences."""
    parts = []
    for late, months in ((False, compared.before), (True, compared.after)):
        parts.append(_rows(intervention, counts, months).assign(after=late))
    panel = pd.concat(parts, ignore_index=True)
    keys = ["area_id", "treated", "after"]
    return panel.groupby(keys, as_index=False)["n"].sum()


def quarters_before(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> pd.DataFrame:
    """The time before in quarters: single months of an area are mostly chance."""
    rows = _rows(intervention, counts, compared.earlier)
    number = {month: i // QUARTER for i, month in enumerate(compared.earlier)}
    rows["period"] = rows["month"].map(number)
    whole = len(compared.earlier) // QUARTER
    rows = rows[rows["period"] < whole]
    return rows.groupby(["area_id", "treated", "period"], as_index=False)["n"].sum()


def _rows(
    intervention: Intervention, counts: pd.DataFrame, months: Sequence[str]
) -> pd.DataFrame:
    areas = [*intervention.areas[TREATED], *intervention.areas[CONTROL]]
    wide = table.area_months(counts, areas, months)
    wide.index.name, wide.columns.name = "month", "area_id"
    rows = wide.stack().rename("n").reset_index()
    rows["treated"] = rows["area_id"].isin(intervention.areas[TREATED])
    return rows


def peak(
    intervention: Intervention,
    counts: pd.DataFrame,
    compared: Windows,
    phi: DispersionBefore,
) -> ControlledChange | None:
    """The year before the start against the years before it; None where there is no such year."""
    last, former = compared.earlier[-PEAK:], compared.earlier[:-PEAK]
    if len(former) < PEAK:
        return None
    former = former[-(len(former) - len(former) % PEAK) :]
    pair = {}
    for role in (TREATED, CONTROL):
        n = table.area_months(counts, intervention.areas[role], compared.earlier)
        n = n.sum(axis=1)
        pair[role] = int(n.loc[list(former)].sum()), int(n.loc[list(last)].sum())
    # A peak correlates its own months: with that taken for chance, no peak would ever be seen.
    months_apart = DispersionBefore(phi.value, phi.df)
    return before_after_control(pair[TREATED], pair[CONTROL], dispersion=months_apart)


def mix(
    intervention: Intervention,
    counts: pd.DataFrame,
    compared: Windows,
    areas: list[str],
    population: pd.Series | None,
) -> SyntheticControl:
    """In quarters, counted from the start: single months of an area are mostly chance."""
    beside = set(intervention.areas.get(TREATED_BUFFER, ()))
    drawn = [code for code in areas if code not in beside]
    early = compared.earlier[len(compared.earlier) % QUARTER :]
    late = compared.after[: len(compared.after) - len(compared.after) % QUARTER]
    table_of = table.area_months(counts, drawn, [*early, *late])
    quarters = table_of.groupby([k // QUARTER for k in range(len(table_of))]).sum()
    return synthetic_control(
        quarters,
        intervention.areas[TREATED],
        len(early) // QUARTER,
        exposure=population,
    )


def by_chance(
    intervention: Intervention,
    counts: pd.DataFrame,
    compared: Windows,
    areas: list[str],
    population: pd.Series | None,
) -> RegressionToMean:
    """How far the treated areas would have fallen by themselves, seen from all areas of the city."""
    before = table.area_months(counts, areas, compared.before).sum()
    exposure = None if population is None else population.reindex(areas)
    chosen = before.index.isin(intervention.areas[TREATED])
    return regression_to_the_mean(before, chosen, exposure=exposure)
