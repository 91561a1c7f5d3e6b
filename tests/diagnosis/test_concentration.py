"""Concentration is what is left once chance has emptied the places it must."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.diagnosis.concentration import (
    generalised_gini,
    gini,
    lorenz,
    places_holding,
    share_in_top,
)
from safelearn.errors import Refused, SafelearnError

PLACES = st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(any)


def gini_by_pairs(counts):
    """The definition: mean difference between two places, by twice the mean."""
    x = np.array(counts, dtype=float)
    return np.abs(x[:, None] - x).mean() / (2 * x.mean())


@given(PLACES)
def test_gini_is_half_the_mean_difference_between_two_places(counts):
    assert gini(counts) == pytest.approx(gini_by_pairs(counts), abs=1e-12)


@given(PLACES)
def test_the_generalised_coefficient_is_never_larger_and_lies_between_0_and_1(counts):
    found = generalised_gini(counts)
    assert -1e-12 <= found <= gini(counts) + 1e-12
    if sum(counts) >= len(counts):
        assert found == gini(counts)


@given(PLACES)
def test_gini_is_twice_the_area_over_the_lorenz_curve(counts):
    curve = lorenz(counts)
    under = np.trapezoid(curve.events_share, curve.places_share)
    assert gini(counts) == pytest.approx(1 - 2 * under, abs=1e-12)


@given(PLACES, st.permutations(range(40)))
def test_the_order_of_places_does_not_matter(counts, order):
    shuffled = [counts[i] for i in order if i < len(counts)]
    assert gini(shuffled) == pytest.approx(gini(counts), abs=1e-12)


def test_the_curve_runs_from_nothing_to_everything():
    curve = lorenz([3, 1, 0, 0])
    assert curve.places_share.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert curve.events_share.tolist() == [0, 0, 0, 0.25, 1]


def test_the_busiest_places_hold_their_share_and_a_place_can_count_in_part():
    counts = [6, 2, 1, 1]
    assert share_in_top(counts, 0.25) == pytest.approx(0.6)
    assert share_in_top(counts, 0.375) == pytest.approx(0.7)
    assert share_in_top(counts, 1) == pytest.approx(1)


@pytest.mark.clause("draft:25(d).2")
def test_half_of_all_events_lie_in_so_many_whole_places():
    assert places_holding([6, 2, 1, 1]) == 0.25
    assert places_holding([6, 2, 1, 1], 0.61) == 0.5
    assert places_holding([1] * 10, 0.3) == pytest.approx(0.3)
    assert places_holding([1] * 10, 1) == 1


@pytest.mark.parametrize("measure", [gini, generalised_gini, lorenz, places_holding])
def test_hidden_counts_and_a_city_without_events_are_refused(measure):
    with pytest.raises(Refused, match="hidden"):
        measure([4, None, 2])
    with pytest.raises(Refused, match="nothing was recorded"):
        measure([0, 0])
    with pytest.raises(Refused):
        measure([])


def test_a_share_in_percent_is_refused():
    with pytest.raises(SafelearnError, match=r"0\.05"):
        share_in_top([1, 2], 5)
