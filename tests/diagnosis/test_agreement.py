"""Agreement of two coders is more than what chance would give them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.diagnosis.agreement import cohen_kappa
from safelearn.errors import Refused, SafelearnError


def judged(table):
    """Two lists of judgements whose cross-table is `table`."""
    pairs = [
        (i, j)
        for i, row in enumerate(table)
        for j, n in enumerate(row)
        for _ in range(n)
    ]
    return [i for i, _ in pairs], [j for _, j in pairs]


# Fleiss, J. L., Levin, B. and Paik, M. C. (2003), Statistical Methods for Rates and Proportions, table 18.1:
# 100 diagnoses (psychotic, neurotic, organic) of two raters, with their kappa and its standard error.
DIAGNOSES = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
# Agresti, A. (1990), Categorical Data Analysis, table 2.13: how often 91 wives and husbands enjoy each other.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]


@pytest.mark.clause("draft:25(d).4")
def test_kappa_of_a_hundred_diagnoses_is_the_one_in_the_textbook():
    found = cohen_kappa(*judged(DIAGNOSES))
    assert found.agreed == pytest.approx(0.89)
    assert found.expected == pytest.approx(0.66)
    assert found.kappa == pytest.approx(23 / 34)
    # The book works with rounded terms, and prints 0.087 where the exact sum gives 0.0877.
    assert found.standard_error == pytest.approx(0.087, abs=1e-3)
    assert (found.lower, found.upper) == pytest.approx((0.51, 0.85), abs=1e-2)


def test_kappa_of_couples_with_and_without_weights_is_the_published_one():
    plain = cohen_kappa(*judged(COUPLES))
    assert plain.kappa == pytest.approx(0.1293, abs=5e-5)
    assert plain.standard_error == pytest.approx(0.0686, abs=5e-5)
    near = cohen_kappa(*judged(COUPLES), weights="linear")
    assert near.kappa == pytest.approx(0.2374, abs=5e-5)
    assert near.standard_error == pytest.approx(0.0783, abs=5e-5)


def test_fifty_judgements_by_hand():
    # Both say yes 20 times and no 15 times: 35 of 50 agree. Each says yes to 25 and 30 of 50: chance gives 0.5.
    found = cohen_kappa(*judged([[20, 5], [10, 15]]))
    assert (found.agreed, found.expected, found.n) == pytest.approx((0.7, 0.5, 50))
    assert found.kappa == pytest.approx(0.4)


@pytest.mark.needs("python:sklearn")
@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_another_library_finds_the_same_kappa(weights):
    from sklearn.metrics import cohen_kappa_score

    drawn = np.random.default_rng(4)
    first = drawn.integers(0, 4, 300)
    second = np.where(drawn.random(300) < 0.5, first, drawn.integers(0, 4, 300))
    assert cohen_kappa(first, second, weights).kappa == pytest.approx(
        cohen_kappa_score(first, second, weights=weights)
    )


def test_the_interval_holds_the_true_kappa_as_often_as_it_says():
    # Two coders who read 3 of 10 quotes alike and draw the rest from the same three themes: kappa is 0.3.
    drawn = np.random.default_rng(26)
    inside = 0
    for _ in range(400):
        first = drawn.integers(0, 3, 120)
        second = np.where(drawn.random(120) < 0.3, first, drawn.integers(0, 3, 120))
        found = cohen_kappa(first, second)
        inside += found.lower <= 0.3 <= found.upper
    assert 0.92 <= inside / 400 <= 0.98


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=10))
def test_who_is_called_first_does_not_matter(pairs):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    try:
        found = cohen_kappa(first, second, "quadratic")
    except Refused:
        return
    turned = cohen_kappa(second, first, "quadratic")
    assert turned.kappa == pytest.approx(found.kappa)
    assert turned.standard_error == pytest.approx(found.standard_error, abs=1e-9)
    assert -1 <= found.lower <= found.upper <= 1


def test_full_agreement_on_few_things_leaves_room_for_doubt():
    few = cohen_kappa(["theft", "light"] * 6, ["theft", "light"] * 6)
    many = cohen_kappa(["theft", "light"] * 600, ["theft", "light"] * 600)
    assert few.kappa == few.upper == many.kappa == 1
    # Wilson's lower limit for 12 of 12 is 0.757; chance gives 0.5.
    assert few.lower == pytest.approx((0.7575 - 0.5) / 0.5, abs=1e-3)
    assert few.lower < many.lower < 1


def test_a_quote_that_one_coder_left_open_is_left_out():
    first, second = judged(DIAGNOSES)
    found = cohen_kappa([*first, 0, None], [*second, None, 1])
    assert found.n == 100
    assert found.kappa == pytest.approx(23 / 34)


def test_answers_with_an_order_are_near_or_far_by_their_order_and_not_their_name():
    scale = pd.CategoricalDtype(["no", "partly", "yes"], ordered=True)
    first = pd.Series(["no", "no", "yes", "yes", "partly"] * 4, dtype=scale)
    near = pd.Series(["no", "partly", "yes", "yes", "partly"] * 4, dtype=scale)
    far = pd.Series(["no", "yes", "yes", "yes", "partly"] * 4, dtype=scale)
    assert cohen_kappa(first, near, "linear").agreed == pytest.approx(0.9)
    assert cohen_kappa(first, far, "linear").agreed == pytest.approx(0.8)
    with pytest.raises(SafelearnError, match="order"):
        cohen_kappa(["b", "a"] * 10, ["a", "b"] * 10, "linear")


def test_scores_are_as_far_apart_as_their_numbers_even_where_one_is_never_used():
    # 0, 1 and 3 were given, 2 never: from 1 to 3 is twice as far as from 0 to 1.
    found = cohen_kappa([0, 1, 3, 3] * 5, [0, 1, 3, 1] * 5, "linear")
    assert found.agreed == pytest.approx(1 - 0.25 * 2 / 3)


def test_too_few_pairs_or_a_single_judgement_are_refused():
    with pytest.raises(Refused, match="10 pairs"):
        cohen_kappa(["a", "b", "a"], ["a", "b", "b"])
    with pytest.raises(Refused, match="chance"):
        cohen_kappa(["theft"] * 30, ["theft"] * 30)
    with pytest.raises(SafelearnError, match="same number"):
        cohen_kappa([1, 2], [1, 2, 3])
