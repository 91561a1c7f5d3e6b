"""Unequal weights cost precision, and by how much is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.errors import Refused
from safelearn.estimates.survey import kish_design_effect


@given(st.lists(st.floats(0.01, 1_000), min_size=1), st.floats(0.1, 10))
def test_the_design_effect_is_at_least_one_and_knows_no_unit(weights, factor):
    effect = kish_design_effect(weights)
    assert effect >= 1 - 1e-9
    assert kish_design_effect([w * factor for w in weights]) == pytest.approx(effect)


def test_equal_weights_cost_nothing():
    assert kish_design_effect([3.5] * 20) == pytest.approx(1)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, None]])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(Refused, match="one weight for every respondent"):
        kish_design_effect(weights)
