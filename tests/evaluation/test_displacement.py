"""Falls, and falls that moved next door: the paper's counts, its sequels' weights, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.dispersion import DispersionBefore
from safelearn.evaluation.displacement import (
    weighted_displacement_difference,
    weighted_displacement_quotient,
)

PAPER = {
    "treated": [207, 110],
    "control": [308, 318],
    "treated_buffer": [178, 157],
    "control_buffer": [150, 140],
}


@pytest.mark.clause("draft:16.1", "draft:25(o).2")
def test_the_paper_s_fall_and_its_neighbours_are_told_apart():
    """Wheeler and Ratcliffe 2018: local -107 (30.7083), displaced -11 (25); the interval is printed as -196 to -40."""
    found = weighted_displacement_difference(**PAPER)
    z = 1.959964
    assert (found.local, found.displaced) == (-107, -11)
    assert found.local_upper == pytest.approx(-107 + z * 30.7083, abs=1e-3)
    assert found.displaced_lower == pytest.approx(-11 - z * 25, abs=1e-4)
    assert (round(found.lower), round(found.upper)) == (-196, -40)


def test_without_neighbours_nothing_is_said_of_displacement():
    found = weighted_displacement_difference([20, 10], [20, 20])
    assert np.isnan([found.displaced, found.displaced_lower]).all()
    assert "neighbouring areas" in " ".join(found.cannot_say)


def test_local_and_displaced_changes_add_up():
    found = weighted_displacement_difference([20, 10], [20, 20], [30, 20], [30, 30])
    assert (found.local, found.displaced, found.estimate) == (-10, -10, -20)
    assert found.standard_error == pytest.approx(np.sqrt(70 + 110))


def test_areas_of_unlike_size_are_weighed():
    """Wheeler 2021, areas: -99.69444444, 35.4280755, -169.1321965 to -30.25669241."""
    found = weighted_displacement_difference(**PAPER, area_weights=[1.2, 0.9, 1.5, 1.6])
    assert found.estimate == pytest.approx(-99.69444444)
    assert found.standard_error == pytest.approx(35.4280755)
    assert [found.lower, found.upper] == pytest.approx([-169.1321965, -30.25669241])


def test_offences_are_weighed_by_their_harm():
    """Wheeler 2020, harm: -1721, 304.1036, z -5.65926, -2317.032 to -1124.968."""
    found = weighted_displacement_difference(
        treated=[[130, 74], [327, 202], [398, 190], [144, 92], [183, 96]],
        control=[[133, 91], [388, 305], [148, 97], [86, 64], [94, 67]],
        harm_weights=[3, 2, 5, 7, 10],
    )
    assert found.estimate == pytest.approx(-1721)
    assert found.standard_error == pytest.approx(304.1036, abs=1e-4)
    assert found.z == pytest.approx(-5.65926, abs=1e-5)
    assert [found.lower, found.upper] == pytest.approx([-2317.032, -1124.968], abs=1e-3)


def test_counts_that_vary_more_than_chance_widen_the_interval():
    """Four times the variance is twice the standard error; 5 degrees of freedom take 2.570582 of it, not 1.96."""
    chance = weighted_displacement_difference(**PAPER)
    varied = weighted_displacement_difference(**PAPER, dispersion=4)
    assert varied.standard_error == pytest.approx(2 * chance.standard_error)
    assert varied.estimate == chance.estimate
    guessed = weighted_displacement_difference(
        **PAPER, dispersion=DispersionBefore(4.0, 5)
    )
    half = 2.570582 * 2 * chance.standard_error
    assert guessed.upper == pytest.approx(-118 + half, abs=1e-4)
    assert any("pure chance" in limit for limit in chance.cannot_say)
    assert not any("pure chance" in limit for limit in varied.cannot_say)


def test_a_spread_of_benefit_needs_an_interval_clear_of_zero():
    unclear = weighted_displacement_quotient([207, 110], [308, 318], [178, 157])
    assert unclear.reading == "unclear" and unclear.lower < 0 < unclear.upper
    spread = weighted_displacement_quotient([2070, 1100], [3080, 3180], [1780, 1570])
    moved = weighted_displacement_quotient([2070, 1100], [3080, 3180], [1780, 2570])
    assert (spread.reading, moved.reading) == ("spread", "moved")


def test_the_quotient_s_interval_holds_what_repeated_cities_show():
    """By simulation: true quotient of the expected counts, 95 % of 2,000 redrawn cities."""
    rng = np.random.default_rng(11)
    mean = np.array([[400, 250], [600, 600], [300, 330]])
    (rb, ra), (cb, ca), (db, da) = mean
    true = (da / ca - db / cb) / (ra / ca - rb / cb)
    held = 0
    for counts in rng.poisson(mean, (2000, 3, 2)):
        found = weighted_displacement_quotient(*counts)
        held += found.lower <= true <= found.upper
    assert 0.935 < held / 2000 < 0.965


def test_the_total_net_effect_s_interval_holds_what_repeated_cities_show():
    rng = np.random.default_rng(12)
    mean = np.array([[600, 300], [600, 500], [300, 280]])
    (rb, ra), (cb, ca), (db, da) = mean
    true = (rb + db) * ca / cb - ra - da
    held = 0
    for counts in rng.poisson(mean, (2000, 3, 2)):
        found = weighted_displacement_quotient(*counts)
        held += found.total_lower <= true <= found.total_upper
    assert 0.935 < held / 2000 < 0.965


def test_where_nothing_fell_nothing_can_be_displaced():
    with pytest.raises(Refused, match="no success to displace"):
        weighted_displacement_quotient([100, 120], [100, 100], [50, 50])
    with pytest.raises(Refused, match="count is zero"):
        weighted_displacement_quotient([100, 0], [100, 100], [50, 50])


def test_a_fall_that_is_not_clear_leaves_the_quotient_open():
    found = weighted_displacement_quotient([20, 17], [20, 20], [20, 20])
    assert (found.lower, found.upper, found.reading) == (-np.inf, np.inf, "unclear")


def test_hidden_and_empty_counts_are_refused():
    with pytest.raises(Refused, match="hidden"):
        weighted_displacement_difference([20, np.nan], [20, 20])
    with pytest.raises(Refused, match="No event"):
        weighted_displacement_difference([0, 0], [0, 0])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"treated_buffer": [1, 2]}, "Only one of the two groups"),
        ({"period_weights": [1, 0]}, "numbers above zero"),
        ({"control": [1, 2, 3]}, "before and a count after"),
        ({"control": [[1, 2], [3, 4]]}, "same number of counts"),
        ({"dispersion": 0.5}, "1 for pure chance"),
    ],
)
def test_what_cannot_be_meant_is_named(wrong, sentence):
    with pytest.raises(SafelearnError, match=sentence):
        weighted_displacement_difference(
            **{"treated": [20, 10], "control": [20, 20]} | wrong
        )
