"""The logical framework holds aims, measures, sources and risks, and names every empty cell."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.strategy.logframe import GOAL, OUTCOME, OUTPUT, logframe

AIMS = pd.DataFrame(
    {
        "target_id": ["X1", "X2"],
        "objective": ["Fewer robberies", "Lamps work"],
        "indicator_id": ["robbery_rate", "street_lighting"],
        "group": "everyone",
        "baseline": [323.9, None],
        "target": [280.0, 95.0],
        "unit": ["per 100,000", "%"],
        "due_on": pd.to_datetime(["2027-12-31", "2026-12-31"]),
        "owner": ["Police", "Works"],
    }
)
PLAN = pd.DataFrame(
    {
        "measure_id": ["M1", "M2"],
        "name": ["Lamps", "Rules"],
        "indicator_id": ["street_lighting", None],
        "department": ["Works", "Mayor"],
        "ends_on": pd.to_datetime(["2027-12-31", None]),
        "cost": [100.0, None],
        "funded": [60.0, None],
    }
)
HARMS = pd.DataFrame(
    {
        "subject": "measure",
        "subject_id": "M1",
        "harm": ["Glare", "Robbers move on", "Long over"],
        "likelihood": [2, 3, 5],
        "severity": [1, 3, 5],
        "status": ["open", "reduced", "closed"],
    }
)


@pytest.mark.clause("draft:24(c)")
def test_outputs_stand_under_the_outcome_they_serve():
    found = logframe(PLAN, AIMS, HARMS, goal="A safe city")
    assert found["level"].tolist() == [GOAL, OUTCOME, OUTCOME, OUTPUT, OUTPUT]
    assert found["code"].tolist() == ["", "X1", "X2", "M1", "M2"]
    assert found["of"].tolist() == ["", "", "", "X2", ""]


def test_the_source_of_each_indicator_and_the_gravest_open_risk_are_filled_in():
    found = logframe(PLAN, AIMS, HARMS).set_index("code")
    assert found.loc["X1", "verification"] == "police"
    # 3 x 3 beats 2 x 1; what is closed is no risk any more.
    assert found.loc["M1", "risk"] == "Robbers move on"


def test_every_empty_cell_is_named():
    found = logframe(PLAN, AIMS).set_index("code")["missing"]
    assert found[""] == ("what",)
    assert found["X1"] == ()
    assert found["X2"] == ("baseline",)
    assert found["M2"] == ("of", "due_on", "cost", "funded")
