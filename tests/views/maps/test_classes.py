"""Limits of classes are round, rising and the same for both maps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.views import style
from safelearn.views.maps.classes import (
    HIDDEN,
    NO_VALUE,
    breaks,
    colours,
    paint,
    written,
)

rates_of_a_city = st.lists(
    st.floats(0, 1e7, allow_nan=False, allow_subnormal=False) | st.just(float("nan")),
    max_size=300,
)


@given(rates_of_a_city)
def test_limits_rise_and_lie_within_the_rates(values):
    limits = breaks(values)
    known = [v for v in values if v == v]
    assert limits == sorted(set(limits))
    assert len(limits) <= 4
    assert all(min(known) < limit <= max(known) for limit in limits)


@given(rates_of_a_city)
def test_limits_are_enough_to_tell_two_rates_apart(values):
    known = {v for v in values if v == v}
    assert bool(breaks(values)) == (len(known) > 1)


def test_limits_are_round_numbers():
    rng = np.random.default_rng(1)
    for scale in (0.003, 1, 40, 9e5):
        for limit in breaks(rng.gamma(2, scale, 200)):
            digits = f"{limit:.10e}".split("e")[0].rstrip("0").replace(".", "")
            assert len(digits) <= 2


def test_one_very_high_area_does_not_make_all_others_alike():
    limits = breaks([*range(1, 41), 4000])
    assert len(limits) == 4 and limits[-1] < 50


def test_limits_do_not_depend_on_the_order_of_areas():
    rates = np.random.default_rng(2).gamma(2, 20, 60)
    assert breaks(rates) == breaks(rates[::-1])


@pytest.mark.parametrize("limits", [[], [10], [10, 20], [10, 20, 30], [10, 20, 30, 45]])
def test_a_class_has_a_colour_of_its_own_from_light_to_dark(limits):
    found = colours(limits)
    assert len(set(found)) == len(limits) + 1
    assert found == sorted(found, key=style.SEQUENTIAL.index)


def test_limits_are_written_with_the_decimals_they_need():
    assert written([10, 20, 1000]) == ["10", "20", "1,000"]
    assert written([0.25, 0.5]) == ["0.25", "0.50"]


def test_a_rate_on_a_limit_belongs_above_it(rates):
    painted = paint(
        rates(["1", "2", "3"], [9.99, 10, 50]), ["1", "2", "3"], "eb", [10, 50]
    )
    assert list(painted.group) == [0, 1, 2]


def test_no_population_hidden_and_unstable_are_three_things(rates):
    areas = ["1", "2", "3", "4", "5"]
    table = rates(areas, none={0}, unstable={1}, hidden={2})
    painted = paint(table, [*areas, "elsewhere"], "eb", [10])
    assert list(painted.group[:3]) == [NO_VALUE, 1, HIDDEN]
    assert painted.group[5] == NO_VALUE
    assert list(painted.unstable) == [False, True, False, False, False, False]


def test_a_hidden_area_does_not_keep_its_class(rates):
    areas = ["1", "2", "3"]
    low, high = (
        paint(rates(areas, [5, value, 50], hidden={1}), areas, "eb", [10])
        for value in (1, 99)
    )
    assert low.colour == high.colour


def test_two_offences_cannot_share_a_map(rates):
    with pytest.raises(ValueError, match="one row an area"):
        paint(rates(["1", "1"]), ["1"], "eb", [])
