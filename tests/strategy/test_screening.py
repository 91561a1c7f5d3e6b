"""No strategy goes out before somebody has asked whom it could hurt, and no department is forgotten."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.strategy.screening import (
    DEPARTMENT,
    HAPPENED,
    UNANSWERED,
    UNTENDED,
    cleared,
    department_sheet,
    departments,
    screen,
    without_measure,
)

PLAN = pd.DataFrame(
    {
        "measure_id": ["M01", "M02"],
        "name": ["Lamps", "Mediators"],
        "rights_screened": ["yes", "yes"],
        "department": ["Works", "Justice"],
        "stakeholder_id": ["S03", "S13"],
        "partners": ["S17 S27", None],
    }
)


def harm(**values) -> pd.DataFrame:
    usual = {
        "subject": "measure",
        "subject_id": "M01",
        "likelihood": 3,
        "severity": 4,
        "mitigation": "Ask first",
        "owner": "Works",
        "status": "open",
    }
    return pd.DataFrame([usual | values])


@pytest.mark.clause("draft:10")
@pytest.mark.parametrize("answer", ["no", None])
def test_an_unanswered_rights_screen_blocks_the_export_of_the_strategy(answer):
    assert cleared(PLAN) is PLAN
    open_plan = PLAN.assign(rights_screened=["yes", answer])
    assert screen(open_plan).measures["held_back"].tolist() == ["", UNANSWERED]
    with pytest.raises(Refused, match="Mediators") as caught:
        cleared(open_plan)
    assert "checklist" in caught.value.remedy


def test_a_table_without_the_column_was_never_screened():
    with pytest.raises(Refused, match="Lamps and Mediators"):
        cleared(PLAN.drop(columns="rights_screened"))


@pytest.mark.clause("draft:12")
def test_a_known_harm_that_somebody_tends_holds_nothing_back():
    found = screen(PLAN, harm())
    assert found.cleared == ("M01", "M02")
    assert found.measures.loc[0, ["harms", "open", "gravest"]].tolist() == [1, 1, 12]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"mitigation": None}, UNTENDED),
        ({"owner": ""}, UNTENDED),
        ({"status": "happened"}, HAPPENED),
    ],
)
def test_a_harm_that_nobody_tends_or_that_happened_holds_a_measure_back(values, why):
    found = screen(PLAN, harm(**values))
    assert found.held_back == ("M01",)
    assert found.measures["held_back"].iloc[0] == why


@pytest.mark.parametrize(
    "values", [{"status": "closed", "owner": ""}, {"subject": "map", "owner": ""}]
)
def test_closed_harms_and_those_of_maps_concern_no_measure(values):
    assert screen(PLAN, harm(**values)).held_back == ()


@pytest.mark.clause("draft:16.2")
def test_a_department_without_a_measure_stands_in_the_matrix_as_empty():
    found = departments(PLAN, ["Finance", "Works"])
    assert found["department"].tolist() == ["Works", "Justice", "Finance"]
    assert found["measures"].tolist() == [1, 1, 0]
    assert found.loc[0, ["M01", "M02"]].tolist() == [True, False]
    register = pd.DataFrame(
        {
            "stakeholder_id": ["S03", "S05", "S17", "S40"],
            "name": ["Works", "Finance", "Transport", "A church"],
            "type": ["city_department"] * 3 + ["faith_group"],
        }
    )
    # Transport leads nothing and is a partner; a church is no department.
    assert without_measure(PLAN, register) == [("S05", "Finance")]


@pytest.mark.clause("draft:17")
def test_a_department_screens_its_own_plan_with_what_is_known_filled_in():
    plan = PLAN.assign(indicator_id=["street_lighting", None])
    tasks = pd.DataFrame({"task": ["Keep the lamps working"]})
    sheet = department_sheet("Works", plan, tasks)
    assert len(sheet) == len(DEPARTMENT)
    assert sheet["known"].tolist() == [
        "1 task of the strategy: Keep the lamps working",
        "",
        "",
        "Lamps",
        "S17 S27",
        "street_lighting",
    ]
    assert (department_sheet("Parks", plan)["known"] == "").all()
