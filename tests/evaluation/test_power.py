"""Sizes and smallest effects: Cochran's and Fleiss's numbers, and simulated cities that see what was promised."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from safelearn.errors import SafelearnError
from safelearn.evaluation.comparison import before_after_control
from safelearn.evaluation.dispersion import DispersionBefore
from safelearn.evaluation.displacement import weighted_displacement_difference
from safelearn.evaluation.power import (
    PlannedSeries,
    detectable_difference_in_differences,
    detectable_difference_in_shares,
    detectable_displacement_difference,
    detectable_ratio,
    detectable_step,
    power_time_series,
    sample_size_proportion,
    sample_size_two_proportions,
    spread_of_changes,
)


@pytest.mark.clause("draft:25(o).2")
def test_a_survey_s_size_follows_cochran():
    """Cochran 1977: 385 for five points, 1,068 for three; a design effect of 1.5 takes half as many more."""
    assert math.ceil(sample_size_proportion(0.05)) == 385
    assert math.ceil(sample_size_proportion(0.03)) == 1068
    asked = sample_size_proportion(0.05, design_effect=1.5, response_rate=0.8)
    assert asked == pytest.approx(384.1459 * 1.5 / 0.8, abs=0.01)


def test_two_surveys_sizes_follow_fleiss():
    """.40 and .30: 353.2 and pooled 355.9; .60 and .50: 384.6 and 387.3."""
    found = [
        sample_size_two_proportions(a, b, pooled=pooled)
        for a, b in ((0.4, 0.3), (0.6, 0.5))
        for pooled in (False, True)
    ]
    assert found == pytest.approx([353.2, 355.9, 384.6, 387.3], abs=0.1)


def test_the_smallest_difference_is_the_sample_size_turned_round():
    n = sample_size_two_proportions(0.4, 0.5, design_effect=1.6)
    found = detectable_difference_in_shares(n, share=0.4, design_effect=1.6)
    assert found == pytest.approx(0.1)
    assert detectable_difference_in_shares(20, share=0.02) > 0.2
    assert detectable_difference_in_shares(2, share=0.5) == math.inf


def test_four_cells_of_a_hundred_see_56_cases():
    """(1.959964 + 0.841621) sqrt(400); dispersion 4 doubles it."""
    assert detectable_displacement_difference([100] * 4) == pytest.approx(
        56.0317, abs=1e-4
    )
    assert detectable_displacement_difference([100] * 4, dispersion=4) == pytest.approx(
        112.0634, abs=1e-4
    )
    few = detectable_displacement_difference(
        [100] * 4, dispersion=DispersionBefore(4.0, 5)
    )
    assert few > 112.1


def test_the_displacement_difference_sees_it_four_times_in_five():
    """The counts' sum kept at 400, so that the error is the one planned with."""
    rng = np.random.default_rng(1)
    gap = detectable_displacement_difference([100] * 4) / 2
    seen = 0
    for before, after in rng.poisson([100 + gap / 2, 100 - gap / 2], (1500, 2)):
        control = rng.poisson([100 - gap / 2, 100 + gap / 2])
        seen += weighted_displacement_difference([before, after], control).upper < 0
    assert seen / 1500 == pytest.approx(0.8, abs=0.03)


def test_the_weakest_fall_against_compared_areas_is_seen_four_times_in_five():
    rng = np.random.default_rng(2)
    ratio = detectable_ratio(300, 200, control_before=600, control_after=400)
    means = [300, 200 * ratio, 600, 400]
    seen = sum(
        before_after_control(draw[:2], draw[2:]).upper < 1
        for draw in rng.poisson(means, (1500, 4))
    )
    assert seen / 1500 == pytest.approx(0.8, abs=0.03)


def test_a_handful_of_cases_sees_no_fall_at_all():
    assert detectable_ratio(3, 3) == 0


def test_changes_of_areas_are_seen_four_times_in_five():
    """Welch's test on the changes of 6 treated and 12 compared areas."""
    rng = np.random.default_rng(3)
    gap = detectable_difference_in_differences(0.3, 6, 12)
    treated = rng.normal(-gap, 0.3, (2000, 6))
    compared = rng.normal(0, 0.3, (2000, 12))
    p = stats.ttest_ind(treated, compared, axis=1, equal_var=False).pvalue
    assert np.mean(p < 0.05) == pytest.approx(0.8, abs=0.04)


def test_the_spread_of_changes_is_that_of_the_areas():
    assert spread_of_changes(
        [10, 20, 30], [12, 20, 28], scale="difference"
    ) == pytest.approx(2)
    found = spread_of_changes([9.5, 9.5, 9.5], [9.5, 19.5, 4.5])
    assert found == pytest.approx(np.std(np.log([1, 2, 0.5]), ddof=1))


def test_simulated_power_says_its_seed_and_its_error():
    planned = PlannedSeries(40, 36, 24, dispersion=1.5, season_swing=0.2)
    found = power_time_series(planned, 0.75, draws=150, seed=7)
    assert (found.draws, found.seed) == (150, 7)
    by_hand = np.sqrt(found.power * (1 - found.power) / 150)
    assert found.monte_carlo_error == pytest.approx(by_hand)
    assert found.lower < found.power < found.upper
    assert found == power_time_series(planned, 0.75, draws=150, seed=7)


def test_where_nothing_works_a_series_seldom_says_so():
    planned = PlannedSeries(40, 36, 24, dispersion=2, correlation=0.3)
    assert power_time_series(planned, 1.0, draws=300).power < 0.1


def test_planned_series_vary_as_they_were_planned_to():
    planned = PlannedSeries(30, 40, 40, dispersion=3, correlation=0.5, season=None)
    drawn = planned.draw(np.random.default_rng(4), 0.5, 800)
    before = drawn[:, :40]
    assert before.mean() == pytest.approx(30, rel=0.03)
    assert before.var() / before.mean() == pytest.approx(3, rel=0.1)
    assert drawn[:, 40:].mean() == pytest.approx(15, rel=0.03)


def test_the_weakest_step_lies_between_its_limits_and_more_months_see_less():
    short = detectable_step(PlannedSeries(40, 24, 12, dispersion=2), draws=80)
    long = detectable_step(PlannedSeries(40, 60, 36, dispersion=2), draws=80)
    assert short.lower <= short.ratio <= short.upper
    assert short.ratio < long.ratio < 1
    assert math.isnan(detectable_step(PlannedSeries(0.5, 24, 12), draws=40).ratio)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sample_size_proportion(0),
        lambda: sample_size_proportion(0.05, design_effect=0),
        lambda: sample_size_two_proportions(0.4, 0.4),
        lambda: detectable_difference_in_differences(1, 1, 20),
        lambda: detectable_ratio(0, 10),
        lambda: spread_of_changes([1, 2], [1, 2]),
    ],
)
def test_what_cannot_be_meant_is_named(wrong):
    with pytest.raises(SafelearnError):
        wrong()
