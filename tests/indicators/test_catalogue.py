"""The whole catalogue for the bundled city and for poorer ones: a value, or the reason why there is none."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.disclosure.approval import approve
from safelearn.guidelines.catalogue import GOALS, indicators
from safelearn.indicators import exchange, goals
from safelearn.indicators.catalogue import Released, compute, residents
from safelearn.indicators.figures import LATER, STATUSES, Figure, missing
from safelearn.resources import bundled_city


@pytest.fixture(scope="module")
def city() -> City:
    return City.open(bundled_city("puerto-sereno"))


@pytest.fixture(scope="module")
def measured(city):
    return compute(city, Released(tables={}))


def test_each_of_the_62_has_a_line_in_the_order_of_the_catalogue(measured):
    ids = list(dict.fromkeys(measured.table["indicator_id"]))
    assert ids == [i.id for i in indicators()]
    assert len(ids) == 62
    assert set(measured.table["status"]) <= set(STATUSES)


def test_a_line_without_a_value_says_why_and_one_with_a_value_does_not(measured):
    table = measured.table
    there = table["value"].notna()
    assert (table.loc[there, "reason"] == "").all()
    assert (table.loc[~there, "reason"] != "").all()
    assert (table.loc[~there, "maturity"] == 0).all()
    assert (table.loc[there, "maturity"] >= 1).all()


def test_what_has_no_form_yet_says_that_it_comes_later(measured):
    assert measured.figure("participation_structures").status == LATER
    assert measured.figure("fear_risk_gap").status == "given by area"


def test_what_was_not_released_is_not_an_indicator(measured):
    # Nothing of the survey and of the records was let out here, so neither can give a figure.
    sources = {f.source for f in measured.figures if f.measured}
    assert "survey" not in sources
    assert "incidents" not in sources
    assert "statistics" in sources


def test_the_survey_speaks_through_its_released_table(city):
    lines = pd.DataFrame(
        {
            "indicator_id": ["feels_safe_after_dark"] * 2,
            "breakdown": ["all", "sex"],
            "group": ["everyone", "women"],
            "value": [0.51, 0.45],
            "lower": [0.49, 0.42],
            "upper": [0.54, 0.48],
            "n": [3355.0, 45.0],
            "mark": ["", "few answers"],
        }
    )
    keys = ["indicator_id", "breakdown", "group"]
    table = approve(
        "survey_indicators",
        lines,
        keys=keys,
        measures=["value", "lower", "upper", "n", "mark"],
        derived={},
        police=False,
    )
    found = compute(city, Released(tables={"survey_indicators": table}))
    everyone = found.figure("feels_safe_after_dark")
    assert everyone.value == pytest.approx(51.0)
    women = found.figure("feels_safe_after_dark", "women")
    assert (women.status, women.needs) == ("too few", "50")
    assert found.figure("trust_in_police").status == "not asked"


def test_targets_stand_beside_the_figures_of_their_group(measured):
    table = measured.table.set_index(["indicator_id", "group"])
    execution = table.loc[("safety_budget_execution", "everyone")]
    assert execution["target"] == 92.0
    assert execution["owner"] == "Department of Finance"
    # A target for a group without a figure keeps a line of its own.
    assert table.loc[("secure_tenure", "informal_residents"), "target"] == 70.0


def test_the_groups_shares_of_the_residents_add_up(city):
    people = residents(city)
    assert people.everyone == pytest.approx(465_000, rel=0.01)
    assert people.shares["women"] + people.shares["men"] == pytest.approx(1.0)
    assert 0.1 < people.shares["youth"] < 0.3
    assert people.women == pytest.approx(people.everyone * people.shares["women"])


def test_poorer_cities_have_the_same_lines_and_fewer_values():
    for name in ("rio-manso", "northmoor", "kharwell"):
        found = compute(City.open(bundled_city(name)), Released(tables={}))
        assert found.table["indicator_id"].nunique() == 62
        missing = found.table[found.table["status"] == "table missing"]
        assert len(missing) > 10, name
        assert missing["reason"].str.startswith("table missing: ").all()


def test_the_file_has_its_tags_and_reads_back_as_it_was(measured, tmp_path):
    exchange.write(measured.table, tmp_path / "one.csv")
    exchange.write(measured.table, tmp_path / "two.csv")
    one = (tmp_path / "one.csv").read_bytes()
    assert one == (tmp_path / "two.csv").read_bytes()
    assert b"\r" not in one
    head, tags = one.decode("utf-8").splitlines()[:2]
    assert head.split(",") == list(exchange.HXL)
    assert tags.split(",") == list(exchange.HXL.values())
    back = exchange.read(tmp_path / "one.csv")
    assert len(back) == len(measured.table)
    assert back["value"].sum() == pytest.approx(measured.table["value"].sum(), abs=0.01)


@pytest.mark.clause("draft:26(a)")
def test_the_strip_says_for_each_goal_what_is_measured():
    figures = [
        Figure("physical_violence_prevalence", 4.1, n=900),
        missing("sexual_violence_prevalence", "not asked"),
        missing("psychological_violence_prevalence", "not asked"),
        Figure("road_death_rate", 6.7, n=31),
        missing("neet", LATER),
        missing("occupational_injury_rate", "no row in the table"),
    ]
    states = goals.strip(figures).set_index("sdg")["state"]
    assert states["16.1.3"] == "partly"
    assert states["3.6.1"] == "measured"
    assert states["8.6.1"] == "comes later"
    assert states["8.8.1"] == "missing"


@pytest.mark.clause("draft:26(a)")
def test_every_goal_that_safety_is_tied_to_has_its_row_in_order():
    empty = goals.strip([])
    assert tuple(empty["goal"].unique()) == GOALS
    assert set(empty["state"]) == {"missing"}
    codes = empty.loc[empty["goal"] == 16, "sdg"].tolist()
    assert codes.index("16.6") < codes.index("16.6.1") < codes.index("16.b.1")
    assert set(goals.NAMES) == set(GOALS)
