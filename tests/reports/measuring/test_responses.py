"""What was tried, what it cost, and whether the money goes where living is harder."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.evaluation.allocation import LESS
from safelearn.reports.measuring.responses import (
    BY_AREA,
    BY_LEVEL,
    BY_NEED,
    PROGRAMMES,
    responses,
)


@pytest.fixture(scope="session")
def measured(scope_of):
    def make(**tables):
        scope = scope_of(**tables)
        responses(scope)
        return scope

    return make


@pytest.fixture(scope="module")
def scope(measured):
    return measured()


@pytest.mark.clause("draft:26(f)(ii).11")
def test_spending_a_resident_by_level_adds_up_to_the_budget(scope, town):
    budget = City.open(town).table("budget")
    by_level = scope.release.tables[BY_LEVEL].frame
    last = budget[budget["year"] == 2025]
    assert by_level["spent"].sum() == last["spent"].sum()
    residents = scope.release.results["safety_spending"]["residents"]
    assert by_level["a_head"].sum() == pytest.approx(last["spent"].sum() / residents)


@pytest.mark.clause("draft:21")
def test_the_planted_pattern_of_less_money_for_harder_lives_is_found(scope, town):
    truth = json.loads((town / "truth.json").read_text(encoding="utf-8"))
    planted = math.exp(truth["budget"]["log_change_a_head_by_deprivation"])
    found = scope.release.results["allocation"]
    assert found["lower"] < planted < found["upper"]
    assert found["verdict"] == LESS


@pytest.mark.clause("draft:25(c)")
def test_a_design_that_cannot_show_it_gives_no_result(scope):
    table = scope.release.tables[PROGRAMMES].frame.set_index("programme_id")
    # G07 says "no effect" from before and after only.
    assert table.loc["G07", "evidence_level"] == 2
    assert table.loc["G07", "result"] == "says so, cannot show it"
    assert table.loc["G01", "result"] == "not evaluated"


def test_few_people_who_left_a_programme_are_hidden(measured, town):
    programmes = City.open(town).table("programmes").copy()
    programmes.loc[programmes["programme_id"] == "G07", ["reached", "completed"]] = [
        43,
        41,
    ]
    programmes.loc[programmes["programme_id"] == "G02", "reached"] = 8
    table = measured(programmes=programmes).release.tables[PROGRAMMES]
    hidden = table.hidden.set_index(table.frame["programme_id"])
    assert hidden.loc["G07", "completed_share"]
    assert not hidden.loc["G07", "reached"]
    # Eight children: the higher threshold.
    assert hidden.loc["G02", "reached"]
    assert pd.isna(table.frame.set_index("programme_id").loc["G02", "reached"])


def test_a_city_without_a_register_shows_its_money_alone(measured):
    scope = measured(programmes=None)
    assert PROGRAMMES not in scope.release.tables
    assert BY_LEVEL in scope.release.tables


def test_two_currencies_are_refused_in_a_sentence(measured, town):
    budget = City.open(town).table("budget").copy()
    budget["currency"] = budget["currency"].astype(object)
    budget.loc[budget.index[0], "currency"] = "EUR"
    scope = measured(budget=budget)
    assert BY_LEVEL not in scope.release.tables
    assert "currencies" in scope.refused["responses_spending"].what


def test_without_statistics_money_is_not_set_against_living_conditions(measured):
    scope = measured(statistics=None)
    assert BY_NEED not in scope.release.tables
    assert BY_AREA in scope.release.tables
