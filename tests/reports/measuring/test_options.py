"""What the report lets out of a strategy: nothing of a measure that nobody has screened for rights."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.reports.measuring.options import options
from safelearn.reports.release import Release

PLAN = {
    "measure_id": ["M1", "M2"],
    "name": ["Lamps at the stops", "Mediators"],
    "cause": ["Dark stops", "Courts are far"],
    "mechanism": ["Being seen", "Talk before harm"],
    "lever": ["service", "partnership"],
    "prevention": ["situational", "community"],
    "dimension": ["place_making", "governance"],
    "indicator_id": ["feels_safe_after_dark", "dispute_resolution_access"],
    "cost": [640.0, 160.0],
    "funded": [400.0, 0.0],
    "currency": "XTS",
    "department": ["Works", "Justice"],
    "ends_on": pd.to_datetime(["2027-12-31", "2027-12-31"]),
}
TARGETS = pd.DataFrame(
    {
        "target_id": ["X1", "X2", "X3"],
        "objective": ["Safe after dark", "Disputes find help", "Fewer robberies"],
        "indicator_id": ["feels_safe_after_dark", "dispute_resolution_access", "robbery_rate"],
        "group": "everyone",
        "baseline": [40.0, 50.0, 300.0],
        "target": [60.0, 60.0, 280.0],
        "unit": "%",
        "due_on": pd.to_datetime(["2028-12-31"] * 3),
        "owner": "Mayor",
        "budget": 100.0,
    }
)  # fmt: skip
MANDATES = pd.DataFrame(
    {
        "task_id": ["T1", "T2"],
        "task": ["Light streets", "Make buses safe"],
        "stakeholder_id": ["S1", "S2"],
        "level": "city",
        "part": ["accountable", "responsible"],
        "legal_basis": "By-law",
        "funded": ["yes", "no"],
    }
)


def measured(screened=("yes", "no"), **tables) -> SimpleNamespace:
    held = {
        "measures": pd.DataFrame(PLAN).assign(rights_screened=list(screened)),
        "targets": TARGETS,
        "mandates": MANDATES,
    } | tables
    release = Release(Disclosure(), "public")
    scope = SimpleNamespace(release=release, refused={}, table=held.get)
    options(scope)
    return scope


@pytest.mark.clause("draft:10")
def test_a_measure_that_nobody_screened_stands_in_no_table_of_the_strategy():
    scope = measured()
    assert "strategy" not in scope.release.tables
    assert "Mediators" in scope.refused["strategy"].what
    for name in ("theory_of_change", "logframe", "evaluation_plan"):
        cells = scope.release.tables[name].frame.astype(str).to_numpy().ravel()
        assert "M1" in cells and "M2" not in cells and "Mediators" not in cells, name
    screen = scope.release.tables["rights_screen"].frame
    assert screen["held_back"].tolist() == ["", "unanswered"]


@pytest.mark.clause("draft:10")
def test_a_strategy_that_was_screened_goes_out_whole():
    scope = measured(("yes", "yes"))
    assert scope.refused == {}
    assert scope.release.tables["strategy"].frame["measure_id"].tolist() == ["M1", "M2"]


def test_an_aim_whose_only_measure_is_held_back_is_not_called_idle():
    scope = measured()
    assert scope.release.results["idle_aims"] == ("X3",)
    checked = scope.release.tables["smart_targets"].frame.set_index("target_id")
    assert "no measure" not in checked.loc["X2", "why"]
    assert "no measure works towards it" in checked.loc["X3", "why"]


def test_the_money_is_that_of_the_measures_shown_and_the_mix_that_of_the_plan():
    scope = measured()
    assert scope.release.results["strategy_funding"].cost == 640
    mix = scope.release.tables["response_mix"].frame.set_index("kind")
    assert mix.loc["restorative_justice", "measures"] == 1


def test_tasks_are_shown_without_a_strategy_and_nothing_without_both():
    roles = measured(measures=None).release.tables
    assert set(roles) == {"roles"}
    assert roles["roles"].frame["faults"].tolist() == [
        "nobody does it",
        "nobody answers, unfunded mandate",
    ]
    assert measured(measures=None, mandates=None).release.tables == {}


def test_a_strategy_without_targets_says_what_it_can():
    tables = measured(("yes", "yes"), targets=None).release.tables
    assert {"theory_of_change", "evaluation_plan"} <= set(tables)
    assert "logframe" not in tables and "smart_targets" not in tables
