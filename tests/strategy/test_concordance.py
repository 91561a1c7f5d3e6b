"""How far people agree: textbook numbers, the same figure by two other roads, and chance told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, kendalltau, rankdata, spearmanr

from safelearn.errors import Refused
from safelearn.strategy.concordance import disagreement, kendall_w, order_distance

#: Siegel (1956), Nonparametric Statistics, chapter 9: six applicants ranked by three executives, and ten things
#: ranked on three variables with ties.
APPLICANTS = [[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]
WITH_TIES = [
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
]
ORDERS = st.integers(3, 6).flatmap(
    lambda k: st.lists(st.permutations(range(1, k + 1)), min_size=2, max_size=8)
)


def test_three_executives_hardly_agree_on_six_applicants():
    found = kendall_w(APPLICANTS)
    assert found.w == pytest.approx(0.16, abs=0.005)
    # By hand: sums 8 14 11 11 11 8, S = 25.5, over 3 x 3 x (216 - 6) / 12 = 157.5.
    assert found.w == pytest.approx(25.5 / 157.5)
    assert found.mean_correlation == pytest.approx((3 * 25.5 / 157.5 - 1) / 2)


def test_ties_are_corrected_for():
    found = kendall_w(WITH_TIES)
    assert found.w == pytest.approx(0.828, abs=0.0005)
    # By hand: S = 591, ties 2 + 3 pairs and one of four and one of three.
    assert found.w == pytest.approx(12 * 591 / (9 * 990 - 3 * (5 * 6 + 60 + 24)))


def test_the_anxiety_ratings_of_the_r_package_irr():
    # kendall(anxiety, TRUE) prints Wt = 0.54, Chisq(19) = 30.8, p-value = 0.0429.
    raters = [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]
    found = kendall_w([rankdata(r) for r in raters])
    assert (round(found.w, 2), round(found.chi2, 1), round(found.p_value, 4)) == (
        0.54,
        30.8,
        0.0429,
    )


def test_chi_squared_is_friedmans_for_papers_with_ties():
    papers = np.random.default_rng(4).integers(1, 5, (9, 6))
    ranks = np.apply_along_axis(rankdata, 1, papers)
    oracle = friedmanchisquare(*ranks.T)
    found = kendall_w(ranks)
    assert found.chi2 == pytest.approx(oracle.statistic)
    assert found.p_value == pytest.approx(oracle.pvalue)


@given(ORDERS)
def test_w_is_the_mean_spearman_correlation_seen_from_another_side(papers):
    found = kendall_w(papers)
    m = len(papers)
    rho = [
        spearmanr(papers[i], papers[j]).statistic for i in range(m) for j in range(i)
    ]
    assert found.w == pytest.approx((np.mean(rho) * (m - 1) + 1) / m)
    assert -1e-12 <= found.w <= 1 + 1e-12


def test_one_mind_is_1_and_opposite_minds_are_0():
    assert kendall_w([[1, 2, 3]] * 4).w == pytest.approx(1)
    assert kendall_w([[1, 2, 3], [3, 2, 1]]).w == pytest.approx(0)


def test_agreement_on_nothing_is_refused():
    with pytest.raises(Refused, match="nothing to agree on"):
        kendall_w([[2, 2, 2], [2, 2, 2]])
    with pytest.raises(Refused, match="two papers"):
        kendall_w([[1, 2, 3]])


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_the_distance_of_two_orders_is_kendalls_tau_turned_round(first, second):
    tau = kendalltau(first, second).statistic
    assert order_distance(first, second) == pytest.approx((1 - tau) / 2)


def test_a_tie_in_one_order_only_counts_half():
    # Of three pairs, one is tied here and ordered there.
    assert order_distance([1, 1, 3], [1, 2, 3]) == pytest.approx(1 / 6)


def test_two_groups_that_think_alike_are_not_called_different():
    rng = np.random.default_rng(11)
    said = []
    for _ in range(40):
        papers = np.array([rng.permutation(6) + 1 for _ in range(24)])
        said.append(disagreement(papers, np.repeat(["a", "b"], 12), shuffles=199).clear)
    # A test at 5 % is wrong in 2 of 40 on average; 7 or more happen in fewer than 1 of 100 cities.
    assert sum(said) < 7


def test_two_groups_of_opposite_minds_are_found():
    papers = [[1, 2, 3, 4]] * 6 + [[4, 3, 2, 1]] * 6
    found = disagreement(papers, ["men"] * 6 + ["women"] * 6)
    assert found.pairs == {("men", "women"): 1.0}
    # Of the 924 ways to split twelve papers into two sixes, two are as clear as this.
    assert found.p_value == pytest.approx(2 / 924, abs=0.006)
    assert found.clear


def test_the_answer_is_the_same_every_time():
    papers = np.array([np.random.default_rng(i).permutation(5) for i in range(20)])
    groups = ["a", "b"] * 10
    assert disagreement(papers, groups) == disagreement(papers, groups)


def test_one_group_alone_is_refused():
    with pytest.raises(Refused, match="Only one group"):
        disagreement([[1, 2], [2, 1]], ["a", "a"])
