"""Disability is what people find hard to do, with the Washington Group's own cut-off."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.diagnosis.washington_group import DOMAINS, LEVELS, short_set
from safelearn.errors import Refused


def asked(*people):
    """A survey in which each person has the answers given, and no difficulty elsewhere."""
    rows = [dict.fromkeys(DOMAINS, "no_difficulty") | person for person in people]
    return pd.DataFrame(rows)


def has_disability(*people):
    return short_set(asked(*people))["disability"].tolist()


@pytest.mark.clause("draft:26(c).3")
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_lot_of_difficulty_in_any_one_domain_is_a_disability(domain):
    four = [{domain: level} for level in LEVELS]
    assert has_disability(*four) == [False, False, True, True]


def test_some_difficulty_in_all_six_is_no_disability_at_the_recommended_cut_off():
    assert has_disability(dict.fromkeys(DOMAINS, "some_difficulty")) == [False]


def test_severity_is_the_greatest_difficulty_in_any_domain():
    found = short_set(
        asked(
            {},
            {"wg_seeing": "some_difficulty"},
            {"wg_seeing": "some_difficulty", "wg_self_care": "a_lot_of_difficulty"},
            {"wg_hearing": "cannot_do", "wg_walking": "a_lot_of_difficulty"},
        )
    )["severity"]
    assert found.tolist() == list(LEVELS)
    # The milder cut-off (some difficulty) and the stricter one (cannot do) can be read from it.
    assert (found >= "some_difficulty").tolist() == [False, True, True, True]
    assert (found >= "cannot_do").tolist() == [False, False, False, True]


def test_a_question_without_an_answer_does_not_hide_a_difficulty_elsewhere():
    assert has_disability(
        {"wg_seeing": "no_answer", "wg_walking": "cannot_do"},
        {"wg_seeing": None, "wg_walking": "some_difficulty"},
    ) == [True, False]


def test_who_answered_none_of_the_six_is_neither_with_nor_without_a_disability():
    found = short_set(asked(dict.fromkeys(DOMAINS, "no_answer"), {}))
    assert found["disability"].isna().tolist() == [True, False]
    assert found["severity"].isna().tolist() == [True, False]


def test_five_of_the_six_questions_are_refused_and_the_missing_one_is_named():
    survey = asked({}, {"wg_seeing": "cannot_do"})
    with pytest.raises(Refused) as refused:
        short_set(survey.drop(columns="wg_communicating"))
    assert refused.value.where == "wg_communicating"
    with pytest.raises(Refused):
        short_set(survey.assign(wg_hearing=None))


def test_the_planted_share_of_persons_with_disabilities_lies_in_the_interval(
    town_survey,
):
    from safelearn.estimates.survey import survey_design, survey_proportion

    answers, truth = town_survey
    found = survey_proportion(survey_design(answers), short_set(answers)["disability"])
    assert found.lower < truth["survey"]["disability"] < found.upper
