"""What the city did, and what it wants: programmes, the intervention to be evaluated, targets.

A town goes in, three tables come out. One programme has a known effect and a known displacement, both written
in the truth file: lighting and street work in some neighbourhoods, with their neighbours as the buffer and
like neighbourhoods to compare with.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.offences import KEYS, OFFENCES
from safelearn.simulation.registers import CURRENCY, written
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

NAME = "Streets of light"
MECHANISM = (
    "Lamps and street workers at the risky hours make streets busier and watched"
)


def programmes(town: Town) -> pd.DataFrame:
    """What has been tried; the first row is the programme to be evaluated."""
    lamps = {
        "programme_id": "G01",
        "name": NAME,
        "stakeholder_id": "S03",
        "started_on": town.plan.intervention.start,
        "prevention": "situational",
        "dimension": "place_making",
        "inspire": "safe_environments",
        "target_group": "everyone",
        "problem": "Robbery and assault after dark",
        "mechanism": MECHANISM,
        "sms_level": "0",
        "result": "unknown",
        "learned": "Not evaluated yet",
    }
    others = written("programmes")
    first = pd.DataFrame([lamps]).reindex(columns=others.columns, fill_value="")
    frame = pd.concat([first, others], ignore_index=True)
    return frame.assign(source="Reports of the departments")


def interventions(town: Town) -> pd.DataFrame:
    """The programme area by area: treated, their neighbours, and the areas to compare with."""
    rng = stream(town.plan.seed, "interventions")
    programme = town.plan.intervention
    codes = sorted({OFFENCES[KEYS.index(key)].code for key in programme.offences})
    rows = []
    for role, areas in (
        ("treated", programme.treated),
        ("treated_buffer", programme.buffer),
        ("control", programme.control),
        ("control_buffer", programme.control_buffer),
    ):
        for area in town.codes(areas):
            planned = int(rng.integers(60, 160)) if role == "treated" else None
            done = None if planned is None else round(planned * rng.uniform(0.8, 1))
            rows.append(
                {
                    "intervention_id": "I01",
                    "name": NAME,
                    "programme_id": "G01",
                    "area_id": area,
                    "role": role,
                    "starts_on": programme.start,
                    "offence": "" if len(codes) > 1 else codes[0],
                    "assignment": "by_need",
                    "mechanism": MECHANISM,
                    "planned_units": planned,
                    "delivered_units": done,
                    "unit": "lamps" if role == "treated" else "",
                }
            )
    frame = pd.DataFrame(rows).sort_values("area_id", ignore_index=True)
    return frame.astype({"planned_units": "Int64", "delivered_units": "Int64"})


def targets(town: Town, survey: pd.DataFrame) -> pd.DataFrame:
    """Targets, with baselines that follow from this city's own records and survey."""
    frame = written("targets").assign(currency=CURRENCY)
    people = len(town.residents)
    told = town.told
    year = told["minute"] // 1440 >= len(town.plan.days) - 365

    def yearly_rate(key: str) -> float:
        return float((year & (told["offence"] == KEYS.index(key))).sum() / people * 1e5)

    weight = survey["weight"].to_numpy()

    def share(yes: np.ndarray, among: np.ndarray) -> float:
        return float(100 * weight[yes & among].sum() / weight[among].sum())

    women = (survey["sex"] == "female").to_numpy()
    safe = survey["walk_dark"].isin(["safe", "very_safe"]).to_numpy()
    hit = (survey["assault_told"].notna()).to_numpy()
    baseline = {
        "X01": yearly_rate("homicide"),
        "X02": share(safe, women),
        "X03": share((survey["assault_told"] == "police").to_numpy(), hit & women),
        "X04": yearly_rate("robbery"),
        "X11": yearly_rate("serious assault"),
        "X07": share((survey["tenure"] == "yes").to_numpy(), _informal(town, survey)),
        "X09": share(
            survey["has_say"].isin(["some", "a_lot", "a_great_deal"]).to_numpy(),
            np.ones(len(survey), bool),
        ),
    }
    frame["baseline"] = frame["target_id"].map(baseline).round(1)
    year_name = str(town.plan.days[-1].year)
    frame["baseline_period"] = np.where(frame["baseline"].notna(), year_name, "")
    return frame


def _informal(town: Town, survey: pd.DataFrame) -> np.ndarray:
    settlement = town.conditions.set_index("area_id")["settlement"]
    return (survey["area_id"].map(settlement) == "informal").to_numpy()
