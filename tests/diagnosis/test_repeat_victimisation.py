"""A few people and places carry much of the harm, and the figures say how much and how surely."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.diagnosis.repeat_victimisation import (
    repeat_at_places,
    repeat_victimisation,
    repeat_victims,
)
from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.survey import survey_design

# Of 1,000 adults asked in England and Wales in 1992, 595 were hit by no crime, 203 by one, 90 by two, 45 by three, 24
# by four and 43 by five or more (British Crime Survey; step 29 of Clarke and Eck, Crime analysis for problem solvers,
# after Farrell and Pease 1993). The printed shares of crimes, 18.7 % on those hit once, 16.5, 12.4 and 8.8 % on those
# hit two to four times, leave 43.5 % for the last, which are 472 crimes.
ADULTS_1992 = [1] * 203 + [2] * 90 + [3] * 45 + [4] * 24 + [11] * 42 + [10]


def test_four_in_a_hundred_adults_suffered_four_in_ten_crimes_as_published():
    found = repeat_victimisation(ADULTS_1992)
    once = 1 - found.of_events.share
    assert once == pytest.approx(0.187, abs=5e-4)
    assert (90 * 2 / found.events, 45 * 3 / found.events) == pytest.approx(
        (0.165, 0.124), abs=1e-3
    )
    # 90 + 45 + 24 + 43 of 405 were hit again.
    assert found.hit_again.share == pytest.approx(202 / 405)


def test_eight_homes_by_hand():
    # Six homes once, one twice, one four times: 12 burglaries, 6 of them at two homes; 1 + 3 followed another.
    found = repeat_victimisation([1, 1, 1, 1, 1, 1, 2, 4])
    assert (found.targets, found.events) == (8, 12)
    assert found.hit_again.share == 2 / 8
    assert found.of_events.share == 6 / 12
    assert found.following.share == pytest.approx(4 / 12)
    # Deviations: six times (0 - 0.5), then (2 - 1) and (4 - 2): 6.5; variance 8/7 x 6.5/144 = 0.0516, that of
    # 0.25/0.0516 = 4.85 events drawn one by one. Wilson's limits for 2.42 of 4.85:
    assert (found.of_events.lower, found.of_events.upper) == pytest.approx(
        (0.166, 0.834), abs=2e-3
    )


def test_the_interval_of_the_share_of_events_holds_it_as_often_as_it_says():
    drawn = np.random.default_rng(29)
    sizes = np.array([1, 1, 1, 1, 1, 1, 2, 2, 3, 6])
    truth = (2 + 2 + 3 + 6) / sizes.sum()
    inside = 0
    for _ in range(500):
        found = repeat_victimisation(drawn.choice(sizes, 300)).of_events
        inside += found.lower <= truth <= found.upper
    assert 0.92 <= inside / 500 <= 0.98


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40).filter(any))
def test_shares_lie_in_their_intervals_and_between_0_and_1(events):
    found = repeat_victimisation(events)
    for share in (found.hit_again, found.of_events, found.following):
        assert 0 <= share.lower <= share.share + 1e-12
        assert share.share <= share.upper + 1e-12 <= 1 + 2e-12
    # What followed is what would be left out if each were hit once only.
    assert found.following.share * found.events == pytest.approx(
        found.events - found.targets
    )


def test_nobody_hit_twice_still_leaves_room_for_doubt():
    few, many = repeat_victimisation([1] * 20), repeat_victimisation([1] * 2000)
    assert few.of_events.share == many.of_events.share == 0
    assert few.of_events.upper == pytest.approx(0.1611, abs=1e-4)  # Wilson, 0 of 20
    assert many.of_events.upper < 0.01


def test_records_are_gathered_by_place_and_those_without_one_are_left_out():
    records = pd.DataFrame(
        {"place_key": ["a", "a", "b", None, "c"], "count": [1, 1, 1, 5, 3]}
    )
    found = repeat_at_places(records)
    assert (found.targets, found.events) == (3, 6)
    assert found.of_events.share == pytest.approx(5 / 6)


def test_victims_of_a_survey_count_by_their_weights_and_others_not_at_all():
    survey = pd.DataFrame(
        {"weight": [1, 1, 2, 4, 1], "psu": list("abcde"), "times": [1, 1, 2, 1, None]}
    )
    found = repeat_victims(survey_design(survey), survey["times"])
    assert found.n == 4
    assert found.value == pytest.approx(2 / 8)


def test_a_city_without_events_and_half_a_burglary_are_refused():
    with pytest.raises(Refused):
        repeat_victimisation([0, 0])
    with pytest.raises(SafelearnError, match="whole"):
        repeat_victimisation([1, 2.5])
