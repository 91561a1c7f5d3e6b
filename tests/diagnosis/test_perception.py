"""Who feels safe, and who is left out of which share: counted by hand, then found in an invented city."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.perception import (
    CITY,
    ITEMS,
    age_groups,
    answers,
    groups,
    perceptions,
    shares_of_answers,
)
from safelearn.diagnosis.washington_group import DOMAINS
from safelearn.errors import Refused

BY_MEASURE = {item.measure: item for item in ITEMS}


def asked(**columns):
    return pd.DataFrame(columns)


def test_people_who_never_go_out_are_not_safe_and_stay_in_the_base():
    survey = asked(
        walk_dark=["very_safe", "safe", "unsafe", "never_goes_out", "dont_know", None]
    )
    yes = answers(survey, BY_MEASURE["safe_dark"])
    assert np.nanmean(yes) == pytest.approx(2 / 5)
    assert np.isnan(yes[-1]), "who was not asked is in no base"
    assert np.nansum(answers(survey, BY_MEASURE["stays_in"])) == 1


def test_who_never_rides_is_not_asked_how_safe_buses_are():
    survey = asked(transport_dark=["safe", "unsafe", "never_uses_it", "dont_know"])
    yes = answers(survey, BY_MEASURE["transport_dark"])
    assert np.isnan(yes[2])
    assert np.nanmean(yes) == pytest.approx(1 / 3)


def test_ages_fall_into_groups_and_children_into_none():
    found = age_groups(pd.Series([17, 18, 24, 25, 64, 65, 101, None]))
    assert found.tolist()[1:-1] == ["18-24", "18-24", "25-34", "50-64", "65+", "65+"]
    assert found.isna().tolist() == [True, *[False] * 6, True]


def test_a_sex_not_given_is_no_group_and_a_breakdown_not_asked_is_absent():
    found = groups(asked(sex=["female", "no_answer"], age=[30, 40]))
    assert found["sex"].isna().tolist() == [False, True]
    assert "disability" not in found


def test_disability_is_what_people_can_do():
    six = {name: ["no_difficulty", "some_difficulty", None] for name in DOMAINS}
    six["wg_seeing"] = ["cannot_do", "some_difficulty", None]
    found = groups(asked(**six))["disability"]
    assert found.tolist()[:2] == ["yes", "no"]
    assert pd.isna(found.iloc[2])


def test_each_share_is_given_for_the_city_and_every_group():
    survey = asked(
        sex=["female"] * 4 + ["male"] * 4,
        walk_dark=["safe", "unsafe", "unsafe", "unsafe"] + ["safe"] * 3 + ["unsafe"],
    )
    found = perceptions(survey).set_index(["measure", "breakdown", "group"])["value"]
    assert found["safe_dark", CITY, CITY] == pytest.approx(0.5)
    assert found["safe_dark", "sex", "female"] == pytest.approx(0.25)
    assert found["safe_dark", "sex", "male"] == pytest.approx(0.75)
    assert "trust_police" not in found.index.get_level_values("measure")


def test_a_survey_without_such_questions_is_refused():
    with pytest.raises(Refused, match="nothing about how safe"):
        perceptions(asked(sex=["female"]))


def test_reasons_stand_in_the_order_of_the_questionnaire_and_add_up():
    given = ["lighting", "crime", "crime", None, "police"]
    found = shares_of_answers(asked(unsafe_reason=given), "unsafe_reason")
    assert found["answer"].tolist() == ["crime", "lighting", "police"]
    assert found["value"].tolist() == pytest.approx([0.5, 0.25, 0.25])
    with pytest.raises(Refused, match="Nobody answered"):
        shares_of_answers(asked(unsafe_reason=[None]), "unsafe_reason")


@pytest.mark.clause("draft:5.1", "draft:25(d).4", "draft:11")
def test_the_planted_share_of_women_and_men_who_feel_safe_lies_in_the_interval(
    town_survey,
):
    survey, truth = town_survey
    found = perceptions(survey).set_index(["measure", "breakdown", "group"])
    planted = truth["perception"]
    row = found.loc["safe_dark", CITY, CITY]
    assert row["lower"] < planted["share_safe_after_dark"] < row["upper"]
    for sex, value in planted["share_safe_after_dark_by_sex"].items():
        row = found.loc["safe_dark", "sex", sex]
        assert row["lower"] < value < row["upper"]
