"""Unequal weights and blocks drawn together cost precision; a design says how much there is to go on."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.survey import (
    kish_cluster_effect,
    kish_design_effect,
    survey_design,
)


@given(st.lists(st.floats(0.01, 1_000), min_size=1), st.floats(0.1, 10))
def test_the_design_effect_is_at_least_one_and_knows_no_unit(weights, factor):
    effect = kish_design_effect(weights)
    assert effect >= 1 - 1e-9
    assert kish_design_effect([w * factor for w in weights]) == pytest.approx(effect)


def test_equal_weights_cost_nothing():
    assert kish_design_effect([3.5] * 20) == pytest.approx(1)


def test_five_effective_answers_of_eight_where_weights_differ_much():
    # Kish 1992: 1.4375, and 8 / 1.4375 = 5.5652.
    assert 8 / kish_design_effect([1, 1, 1, 1, 2, 2, 3, 5]) == pytest.approx(
        5.5652, abs=5e-5
    )


def test_eleven_neighbours_who_answer_a_little_alike_cost_half_again():
    assert kish_cluster_effect(11, 0.05) == pytest.approx(1.5)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, None]])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(Refused, match="one weight for every respondent"):
        kish_design_effect(weights)


def test_a_block_of_the_same_name_in_two_districts_is_two_blocks():
    answers = pd.DataFrame({"stratum": ["A", "A", "B", "B"], "psu": [1, 2, 1, 2]})
    design = survey_design(answers)
    assert (design.psus, design.strata, design.degrees_of_freedom) == (4, 2, 2)
    assert design.stratum_of_psu.tolist() == [0, 0, 1, 1]


def test_a_survey_without_design_columns_is_a_simple_random_sample():
    design = survey_design(pd.DataFrame({"answer": [1, 0, 1]}))
    assert (design.psus, design.strata, design.weights.tolist()) == (3, 1, [1, 1, 1])
    assert design.lonely == 0


def test_a_respondent_without_a_block_was_drawn_alone():
    design = survey_design(pd.DataFrame({"psu": ["a", None, "a", None]}))
    assert design.psus == 3


def test_a_district_with_one_block_drawn_of_many_is_counted_as_lonely():
    answers = pd.DataFrame(
        {"stratum": [*"AABC"], "psu": [1, 2, 3, 4], "stratum_psus": [9, 9, 5, 1]}
    )
    # Of B one block in five was drawn; C has no other block, so nothing is left to chance there.
    assert survey_design(answers).lonely == 1


def test_no_answers_are_refused():
    with pytest.raises(Refused, match="no answers"):
        survey_design(pd.DataFrame({"weight": []}))


@pytest.mark.parametrize("weights", [[1, None, 2], [0, 0, 0]])
def test_weights_that_some_lack_are_named(weights):
    with pytest.raises(SafelearnError, match="of 3 respondents have no weight"):
        survey_design(pd.DataFrame({"weight": weights}))


@pytest.mark.parametrize("psus", [[1, 1, 1], [5, 6, 5], [5, 5, None]])
def test_a_number_of_blocks_that_cannot_be_is_named(psus):
    # Two blocks were drawn of stratum a, one of stratum b.
    answers = pd.DataFrame({"stratum": ["a", "a", "b"], "psu": [1, 2, 3]})
    with pytest.raises(SafelearnError, match="number of sampling units"):
        survey_design(answers.assign(stratum_psus=psus))


def test_a_number_of_blocks_may_be_written_once_a_stratum():
    answers = pd.DataFrame({"psu": [1, 2, 3], "stratum_psus": [5, None, None]})
    assert survey_design(answers).population.tolist() == [5]
