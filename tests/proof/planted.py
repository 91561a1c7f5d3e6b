"""What was planted in other cities is found: one seed after the other, with the measures that a report calls.

Each city is founded anew, with hot spots and places of its own; its survey is drawn, its police file written, and
the measures are asked. Their 95 % intervals must hold the truth of the whole population in 90 to 99 % of the cases,
kind by kind; hot spots must lie where they were planted, near repeats reach as far and as long as planted, and a place
that is feared and safe must not be taken for its opposite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from safelearn.estimates.survey import proportions_by, survey_design, survey_proportion
from safelearn.indicators import sdg
from safelearn.simulation.feelings import feel
from safelearn.simulation.tables import all_tables
from safelearn.simulation.town import found_town
from safelearn.simulation.truth import truth

#: Share of the intervals that hold the truth, where 95 % are promised.
LEAST, MOST = 0.90, 0.99
ITEMS = (
    "assault",
    "robbery",
    "threat",
    "sexual_violence",
    "theft_from_person",
    "burglary",
    "vehicle_theft",
)
SAFE = ("very_safe", "safe")


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Found `size` cities and ask for what was planted."""
    held: dict[str, list[bool]] = defaultdict(list)
    for done in range(size):
        town = found_town(10_000 + done, own_places=True)
        tables = all_tables(town)
        true = truth(town, feel(town), {})
        for kind, holds in _survey(tables["survey"], true):
            held[kind].append(holds)
        progress(done + 1, size)
    return _judged(held)


def _judged(held: dict[str, list[bool]]) -> dict[str, Any]:
    tried = {kind: len(cases) for kind, cases in held.items()}
    share = {kind: round(float(np.mean(cases)), 4) for kind, cases in held.items()}
    failed = []
    for kind, found in share.items():
        # Three standard errors, so that a small run does not fail by chance.
        slack = 3 * np.sqrt(0.05 * 0.95 / tried[kind])
        if not LEAST - slack <= found <= MOST + slack:
            failed.append(f"{kind}: {found:.1%} of the intervals hold the truth")
    return {"tried": tried, "failed": failed, "share": share}


def _survey(survey: pd.DataFrame, true: dict):
    """Whether each interval of the survey holds what is true of all adults."""
    design = survey_design(survey)
    known = true["survey"]
    happened = {item: _of(survey, item) for item in ITEMS}
    for item, yes in happened.items():
        found = survey_proportion(design, yes)
        yield "victims", _in(found, known["prevalence_last_12_months"][item])
        for sex in ("female", "male"):
            found = survey_proportion(design, yes, survey["sex"] == sex)
            yield "victims by sex", _in(found, known["prevalence_by_sex"][sex][item])
    safe = sdg.safe_after_dark(survey)
    felt = true["perception"]
    yield "safe after dark", _in(survey_proportion(design, safe), felt["share_safe_after_dark"])
    for sex, share in felt["share_safe_after_dark_by_sex"].items():
        found = survey_proportion(design, safe, survey["sex"] == sex)
        yield "safe after dark by sex", _in(found, share)
    by_area = proportions_by(design, safe, survey["area_id"]).set_index("area_id")
    for area, share in felt["share_safe_after_dark_by_area"].items():
        if area in by_area.index and by_area.loc[area, "n"] >= 30:
            yield "safe after dark by area", _in(by_area.loc[area], share)


def _of(survey: pd.DataFrame, item: str) -> pd.Series:
    return (survey[item] == "last_12_months").where(survey[item].notna())


def _in(found: Any, share: float) -> bool:
    return bool(found.lower <= share <= found.upper)
