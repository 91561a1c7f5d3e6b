"""Before and after, alone and against compared areas: published p values, other libraries, simulated cities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.comparison import (
    before_after,
    before_after_control,
    poisson_e_test,
)
from safelearn.evaluation.dispersion import DispersionBefore


@pytest.mark.parametrize(
    "case",
    [
        (3, 0, 1, 1),
        (20, 10, 1, 1),
        (0, 7, 2, 1),
        (400, 300, 3.1, 2.03),
        (12, 12, 1, 1),
        (5, 9, 0.5, 3),
    ],
)
def test_the_e_test_is_scipy_s(case):
    first, second, n1, n2 = case
    found = poisson_e_test(first, second, first_exposure=n1, second_exposure=n2)
    peer = stats.poisson_means_test(first, n1, second, n2).pvalue
    assert found == pytest.approx(peer, abs=1e-8)


def test_differences_exactly_as_large_as_the_one_seen_are_counted():
    """Every pair of counts up to 150, compared in whole numbers, where floating point would lose ties."""
    x, y = np.mgrid[:150, :150].astype(object)
    top, bottom = (2 * x - 3 * y) ** 2, 4 * x + 9 * y
    as_far = top * (4 * 40 + 9 * 30) >= (2 * 40 - 3 * 30) ** 2 * bottom
    as_far[0, 0] = False
    chance = np.outer(*(stats.poisson.pmf(np.arange(150), n * 70 / 5) for n in (3, 2)))
    found = poisson_e_test(40, 30, first_exposure=3, second_exposure=2)
    assert found == pytest.approx(chance[as_far.astype(bool)].sum(), abs=1e-10)


def test_a_city_without_any_event_gives_no_evidence():
    found = before_after(0, 0)
    assert poisson_e_test(0, 0) == 1 == found.p_value
    assert np.isnan(found.ratio)


def test_robberies_of_three_years_and_two_compare_by_the_year():
    """300 in 3 years, 160 in 2: 100 and 80 a year."""
    found = before_after(300, 160, exposure_before=3, exposure_after=2)
    assert found.ratio == pytest.approx(0.8)
    peer = stats.binomtest(160, 460).proportion_ci(method="wilson")
    odds = np.array([peer.low / (1 - peer.low), peer.high / (1 - peer.high)])
    assert [found.lower, found.upper] == pytest.approx(odds * 1.5)


def test_varied_counts_widen_the_interval_and_raise_the_p_value():
    """Counts with three times the variance of chance are worth a third as many."""
    chance, varied = before_after(300, 240), before_after(300, 240, dispersion=3)
    third = before_after(100, 80)
    assert varied.p_value == pytest.approx(third.p_value) and varied.p_value > 0.1
    assert chance.p_value < 0.05
    assert [varied.lower, varied.upper] == pytest.approx([third.lower, third.upper])
    few_periods = before_after(300, 240, dispersion=DispersionBefore(3.0, 4))
    assert few_periods.upper > varied.upper


def test_falls_are_set_against_the_compared_areas():
    """Odds ratio of the four counts and the sum of their inverses, by scipy's table."""
    found = before_after_control([207, 110], [308, 318])
    table = stats.contingency.odds_ratio([[110, 207], [318, 308]], kind="sample")
    assert found.ratio == pytest.approx(table.statistic)
    ends = table.confidence_interval()
    assert [found.lower, found.upper] == pytest.approx([ends.low, ends.high])
    assert found.prevented == pytest.approx(207 * 318 / 308 - 110)
    assert found.prevented_lower < found.prevented < found.prevented_upper


def test_an_end_of_all_cases_is_a_fall_with_a_limit():
    found = before_after_control([12, 0], [40, 40])
    assert found.ratio == 0 < found.lower < found.upper < 1


def test_the_compared_areas_change_is_not_taken_for_the_measure_s():
    """Both halved: nothing was done by the measure, whatever before and after say."""
    assert before_after(400, 200).upper < 1
    found = before_after_control([400, 200], [800, 400])
    assert found.ratio == 1 and found.lower < 1 < found.upper
    assert found.prevented == 0


def test_each_design_names_its_limits():
    alone = before_after(300, 240).cannot_say
    against = before_after_control([300, 240], [300, 300]).cannot_say
    assert any("no areas to compare with" in limit for limit in alone)
    assert not any("no areas to compare with" in limit for limit in against)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(Refused, match="hidden"):
        poisson_e_test(3, np.nan)
    with pytest.raises(Refused, match="no ratio"):
        before_after_control([5, 5], [0, 5])
    with pytest.raises(SafelearnError, match="above zero"):
        before_after(5, 5, exposure_after=0)
