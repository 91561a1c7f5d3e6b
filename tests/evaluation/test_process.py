"""Was it done as planned, and for whom?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation import process


@pytest.fixture
def register():
    rows = [
        ("I1", "Lamps", "01", "treated", 100, 95, "lamps"),
        ("I1", "Lamps", "02", "treated", 100, 45, "lamps"),
        ("I1", "Lamps", "03", "treated", None, 30, "lamps"),
        ("I1", "Lamps", "04", "control", None, None, None),
    ]
    columns = [
        "intervention_id", "name", "area_id", "role", "planned_units", "delivered_units", "unit",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.clause("draft:25(o).2")
def test_delivery_is_set_against_the_plan_where_both_are_known(register):
    found = process.delivery(register).iloc[0]
    assert (found["areas"], found["unknown"], found["short"]) == (3, 1, 1)
    assert (found["planned"], found["delivered"]) == (200, 140)
    assert found["share"] == pytest.approx(0.7)
    assert found["lowest"] == pytest.approx(0.45)


def test_without_a_plan_delivery_cannot_be_judged(register):
    with pytest.raises(Refused):
        process.delivery(register.assign(planned_units=np.nan))


def test_those_who_stayed_are_counted_among_those_reached():
    programmes = pd.DataFrame(
        {"programme_id": ["G1", "G2"], "reached": [20, 10], "completed": [20, None]}
    )
    found = process.completion(programmes)
    assert found["programme_id"].tolist() == ["G1"]
    # Wilson for 20 of 20 is the mirror of Newcombe's 0 of 20: 1 - 0.1611.
    assert found["lower"].iloc[0] == pytest.approx(0.8389, abs=1e-4)


def test_a_programme_that_no_line_names_did_not_cost_nothing():
    programmes = pd.DataFrame({"programme_id": ["G1", "G2"], "reached": [50, 10]})
    budget = pd.DataFrame(
        {"programme_id": ["G1", "G1", None], "year": [2024, 2025, 2025], "spent": [300.0, 200.0, 9.0]}
    )  # fmt: skip
    found = process.spending(programmes, budget).set_index("programme_id")
    assert found.loc["G1", "a_person"] == 10
    assert (found.loc["G1", "first_year"], found.loc["G1", "last_year"]) == (2024, 2025)
    assert math.isnan(found.loc["G2", "spent"])
