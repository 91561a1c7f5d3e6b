"""Public space: how much a head, how evenly, how well kept, and who is there."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.diagnosis import public_space
from safelearn.errors import Refused

SPACES = pd.DataFrame(
    {
        "type": ["park", "square", "market", "park", "cemetery"],
        "area_id": ["1", "1", "1", "2", "2"],
        "area_m2": [1000.0, 500.0, 900.0, 300.0, 5000.0],
        "open_to_all": ["yes", "yes", "yes", "partly", "yes"],
        "condition": [3, 2, 1, 0, 2],
        "repairs_open": [0, 1, 3, 0, 2],
        "women_seen": [4, 6, 2, 0, 1],
        "men_seen": [6, 4, 8, 5, 1],
    }
)
PEOPLE = pd.DataFrame({"area_id": ["1", "2", "3"], "population": [500.0, 1000.0, 0.0]})


@pytest.mark.clause("draft:26(f)(i).3")
def test_only_open_ground_that_everybody_may_enter_counts():
    found = public_space.space_per_head(SPACES, PEOPLE).set_index("area_id")
    assert (
        found.loc["1", "per_head"] == 3.0
    )  # the park and the square, not the market hall
    assert found.loc["2", "per_head"] == 0.0  # a park with a fee and a cemetery
    assert pd.isna(found.loc["3", "per_head"])  # nobody lives there
    assert found.loc["1", "spaces"] == 2


def test_areas_without_any_space_are_in_the_table():
    found = public_space.space_per_head(SPACES, PEOPLE)
    assert list(found["area_id"]) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("amount", "people", "gini"),
    [
        ([10, 10], [5, 5], 0.0),
        ([10, 30], [5, 5], 0.25),
        ([0, 10], [5, 5], 0.5),  # two equal areas, one has all
        ([0, 0, 0, 10], [1, 1, 1, 1], 0.75),  # 1 - 1/n
        ([10, 30], [1, 3], 0.0),  # three times as much for three times as many
    ],
)
def test_the_coefficient_of_residents_is_that_of_the_textbook(amount, people, gini):
    assert public_space.gini_among_residents(amount, people) == pytest.approx(gini)


def test_nothing_to_share_has_no_coefficient():
    with pytest.raises(Refused, match="shared out"):
        public_space.gini_among_residents([0, 0], [5, 5])


def test_the_open_share_of_the_ground_is_a_lower_limit_made_of_open_spaces():
    assert public_space.open_share(SPACES, 30_000) == pytest.approx(1500 / 30_000)


@pytest.mark.clause("draft:26(f)(i).5")
def test_upkeep_counts_what_waits():
    found = public_space.upkeep(SPACES)
    assert (found.spaces, found.well_kept, found.with_repairs, found.repairs) == (
        5,
        3,
        3,
        6,
    )
    with pytest.raises(Refused, match="condition"):
        public_space.upkeep(SPACES.drop(columns="condition"))


def test_women_seen_are_a_ratio_over_places_and_need_ten_of_them():
    with pytest.raises(Refused, match="ten public spaces"):
        public_space.women_seen(SPACES)
    ten = pd.concat([SPACES, SPACES], ignore_index=True)
    assert public_space.women_seen(ten).value == pytest.approx(13 / 37)


def test_open_space_of_puerto_sereno_is_shared_unevenly(puerto_sereno):
    from safelearn.city.population import population_by

    people = population_by(puerto_sereno.table("population"))
    found = public_space.space_per_head(puerto_sereno.table("spaces"), people)
    assert len(found) == 60
    gini = public_space.gini_among_residents(found["area_m2"], found["population"])
    assert (
        0.3 < gini < 0.8
    )  # planted: fewer spaces where people are poorer, of very different size
