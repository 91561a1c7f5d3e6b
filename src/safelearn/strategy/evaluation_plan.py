"""How could anybody know later whether a measure worked, and how small a change could be seen? (draft:25(o).2)

Measures, their targets and the figures at hand go in; out comes, for each measure, the way to judge it that its
indicator and its place allow, how strong that evidence would be, the smallest change that two measurements like the one
at hand could show, and whether the change aimed at is that large. To be asked before the start: afterwards no control
can be made up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import pandas as pd

from safelearn.guidelines.catalogue import indicators
from safelearn.strategy.theory_of_change import theory

NEEDS = frozenset({"table:measures"})
COMPARISON, SERIES, SURVEY = "comparison", "monthly series", "survey twice"
AUDIT, DELIVERY, NONE = "walks twice", "delivery only", "none"
#: Level on the Maryland scale of Sherman and others (1997) that each way can reach, done well.
LEVELS = {COMPARISON: 3, SERIES: 2, SURVEY: 2, AUDIT: 2, DELIVERY: 0, NONE: 0}
YES, NO, CANNOT_TELL = "yes", "no", "cannot be told"
_BY_UNIT = {"events": SERIES, "respondents": SURVEY, "items": AUDIT}


def smallest_change(
    lower: float, upper: float, *, power: float = 0.8, level: float = 0.95
) -> float:
    """The smallest difference that two measurements like this one would show.

    Parameters
    ----------
    lower, upper : float
        The interval of the measurement at hand.
    power : float
        How often such a difference would be found.
    level : float
        Of the interval, and of the test.

    Notes
    -----
    (z of the level + z of the power) times the standard error of a difference of two independent measurements of this
    precision, which is the half-width over z, times the root of two: Bloom (1995), Evaluation Review 19:547. Chance is
    all that it knows, so it is the least that is needed.

    Examples
    --------
    An interval of 1.96 to either side has a standard error of one: (1.96 + 0.84) times the root of two.

    >>> round(smallest_change(-1.96, 1.96), 2)
    3.96
    """
    usual = NormalDist()
    z = usual.inv_cdf((1 + level) / 2)
    error = (upper - lower) / 2 / z
    return (z + usual.inv_cdf(power)) * math.sqrt(2) * error


def evaluation_plan(
    measures: pd.DataFrame,
    targets: pd.DataFrame | None,
    visible: Mapping[tuple[str, str], float],
) -> pd.DataFrame:
    """How each measure can be judged.

    Parameters
    ----------
    measures, targets : DataFrame
        The tables of these names.
    visible : mapping of (indicator, group) to float
        The smallest change that could be seen, as a share of the present value: `smallest_change` over the value, or
        what `evaluation.power` gives for the design. A target of a group needs the group's own figure: that of everyone
        rests on more answers and would promise too much.

    Returns
    -------
    DataFrame
        One row a measure: `measure_id`, `name`, `indicator_id`, `design` (a word above), `level` (Maryland scale),
        `smallest` (smallest visible change as a share of the present value), `aimed` (change aimed at, likewise),
        `seen` (``yes``, ``no``, ``cannot be told``).

    Notes
    -----
    A measure in one area can be compared with like areas that wait. One for the whole city has no control: monthly
    counts before and after are the most for records, the same question or walk asked twice for the others. An indicator
    of what was delivered shows no effect, however well it is counted.
    """
    unit = {i.id: i.minimum_of for i in indicators()}
    plan = theory(measures, targets).steps
    place = measures.reindex(columns=["measure_id", "area_id"])
    local = set(place.loc[place["area_id"].notna(), "measure_id"])
    aims = {} if targets is None else {str(r["target_id"]): r for r in targets.to_dict("records")}  # fmt: skip
    lines = []
    for row in plan.to_dict("records"):
        name = row["indicator_id"]
        design = NONE if not name else _BY_UNIT.get(unit.get(name, ""), DELIVERY)
        if design == SERIES and row["measure_id"] in local:
            design = COMPARISON
        aim = aims.get(row["target_id"], {})
        smallest, aimed = math.nan, _step(aim)
        if LEVELS[design]:
            smallest = visible.get((name, _group(aim)), math.nan)
        lines.append(
            {
                "measure_id": row["measure_id"],
                "name": row["name"],
                "indicator_id": name,
                "design": design,
                "level": LEVELS[design],
                "smallest": smallest,
                "aimed": aimed,
                "seen": _seen(smallest, aimed),
            }
        )
    columns = ["measure_id", "name", "indicator_id", "design"]
    return pd.DataFrame(lines, columns=[*columns, "level", "smallest", "aimed", "seen"])


def _step(aim: Mapping[str, object]) -> float:
    baseline, target = aim.get("baseline"), aim.get("target")
    if baseline is None or target is None or pd.isna(baseline) or pd.isna(target):
        return math.nan
    return abs(float(target) - float(baseline)) / abs(float(baseline)) if baseline else math.nan  # fmt: skip


def _group(aim: Mapping[str, object]) -> str:
    group = aim.get("group")
    return "everyone" if group is None or pd.isna(group) else str(group)


def _seen(smallest: float, aimed: float) -> str:
    if math.isnan(smallest + aimed):
        return CANNOT_TELL
    return YES if aimed >= smallest else NO
