"""Groups are compared by what people said of themselves, and only as far as intervals allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.contracts import columns
from safelearn.diagnosis.groups import (
    BY_KEY,
    GROUPS,
    compare,
    holm,
    intersections,
    membership,
)
from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.survey import survey_design


def of_one_block_each(n):
    """A survey of n people, each drawn on their own with the same chance."""
    return pd.DataFrame({"psu": range(n), "weight": 1.0})


@pytest.mark.clause(
    "draft:26(c).1", "draft:26(c).2", "draft:26(c).5", "draft:26(c).5b", "draft:26(c).6"
)
def test_everybody_belongs_where_they_say_and_who_does_not_say_is_on_neither_side():
    people = pd.DataFrame(
        {
            "sex": ["female", "male", "no_answer"],
            "age": [24, 60, None],
            "displacement": ["migrant", "none", "no_answer"],
            "minority": ["yes", "no", None],
            "tenure": ["no", "yes", "dont_know"],
            "gender_identity": ["non_binary", "man", "no_answer"],
        }
    )
    expected = {
        "women": [True, False],
        "young": [True, False],
        "older": [False, True],
        "displaced": [True, False],
        "minority": [True, False],
        "tenure": [True, False],
        "gender": [True, False],
    }
    for key, sides in expected.items():
        found = membership(BY_KEY[key], people)
        assert found.tolist()[:2] == sides, key
        assert pd.isna(found.tolist()[2]), key


def test_only_a_persons_own_answers_decide_and_never_a_name_or_an_area():
    used = {column for group in GROUPS for column in group.columns}
    assert not used & {"area_id", "stratum", "psu", "birthplace", "respondent_id"}
    assert used <= set(columns("survey"))


@pytest.mark.clause("draft:11", "draft:25(d).5")
def test_a_group_that_was_not_asked_about_is_in_the_list_and_has_no_members():
    survey = pd.DataFrame({"sex": ["female"], "tenure": [None]})
    assert membership(BY_KEY["tenure"], survey) is None
    assert membership(BY_KEY["displaced"], survey) is None
    assert membership(BY_KEY["homeless"], survey) is None
    assert [g.key for g in GROUPS if g.member is None] == [
        "mental_health", "addiction", "homeless", "traders", "communities",
    ]  # fmt: skip


def test_every_clause_on_groups_has_a_group():
    clauses = {group.clause for group in GROUPS}
    assert {f"draft:26(c).{i}" for i in range(1, 7)} <= clauses


def test_disability_asked_with_fewer_than_six_questions_is_refused():
    survey = pd.DataFrame({"wg_seeing": ["cannot_do"], "wg_hearing": ["cannot_do"]})
    with pytest.raises(Refused):
        membership(BY_KEY["disability"], survey)


def test_a_difference_of_two_halves_by_hand():
    # 20 of 50 members say yes, 40 of 60 others; two people did not say whether they belong.
    yes = pd.Series([1] * 20 + [0] * 30 + [1] * 40 + [0] * 20 + [1, 1], dtype=float)
    member = pd.Series([True] * 50 + [False] * 60 + [None] * 2, dtype="boolean")
    found = compare(survey_design(of_one_block_each(112)), {"safe": yes}, member)
    shares = found.shares.set_index("who")
    assert shares.loc["group", "value"] == pytest.approx(0.4)
    assert shares.loc["others", "value"] == pytest.approx(40 / 60)
    assert shares["n"].tolist() == [50, 60]
    apart = found.differences.iloc[0]
    assert apart["value"] == pytest.approx(0.4 - 2 / 3)
    # Two independent shares: sqrt(.4 x .6 / 50 + .667 x .333 / 60) = 0.0922, by 112/111 and t(111) = 1.98.
    assert (apart["upper"] - apart["lower"]) / 2 == pytest.approx(
        1.9816 * 0.0922 * np.sqrt(112 / 111), abs=2e-3
    )
    assert apart["clear"] and apart["n"] == 50


def test_nothing_is_judged_from_fewer_than_thirty_answers():
    yes = pd.Series([1.0] * 29 + [0.0] * 100)
    member = pd.Series([True] * 29 + [False] * 100, dtype="boolean")
    found = compare(survey_design(of_one_block_each(129)), {"safe": yes}, member)
    assert found.differences["value"].iloc[0] == 1
    assert not found.differences["clear"].iloc[0]


def test_holms_method_is_that_of_the_paper():
    # With five tests the smallest p value is held against 0.05/5, the next against 0.05/4, and so on to the first
    # that fails; R's p.adjust(c(.01, .02, .03, .04, .05), "holm") is .05 .08 .09 .09 .09.
    assert holm(np.array([0.05, 0.009, 0.03, 0.04, 0.012])).tolist() == [
        False, True, False, False, True,
    ]  # fmt: skip
    assert not holm(np.array([0.011, 0.02, 0.03, 0.04, 0.05])).any()


def test_a_group_drawn_by_lot_is_seldom_called_different(town_survey):
    answers, _ = town_survey
    design = survey_design(answers)
    items = {
        column: answers[column].isin(words).astype(float)
        for column, words in {
            "walk_dark": ["safe", "very_safe"],
            "avoided_place": ["yes"],
            "trust_police": ["a_lot", "some"],
            "took_part": ["yes"],
        }.items()
    }
    drawn = np.random.default_rng(261)
    wrong = 0
    for _ in range(60):
        lot = pd.Series(drawn.random(len(answers)) < 0.15, dtype="boolean")
        wrong += compare(design, items, lot).differences["clear"].any()
    assert wrong <= 8  # 1 in 20 is 3; more than 8 of 60 would be a chance below 1 %


def test_women_feel_as_much_less_safe_as_was_planted(town_survey):
    answers, truth = town_survey
    safe = answers["walk_dark"].isin(["safe", "very_safe"]).astype(float)
    found = compare(
        survey_design(answers), {"safe": safe}, membership(BY_KEY["women"], answers)
    )
    planted = truth["perception"]["share_safe_after_dark_by_sex"]
    for who, sex in (("group", "female"), ("others", "male")):
        row = found.shares.set_index("who").loc[who]
        assert row["lower"] < planted[sex] < row["upper"]
    apart = found.differences.iloc[0]
    assert apart["lower"] < planted["female"] - planted["male"] < apart["upper"]
    assert apart["clear"]


@pytest.mark.clause("draft:26(c).6")
def test_two_groups_overlap_where_both_answers_say_so():
    survey = of_one_block_each(80)
    women = pd.Series([True] * 40 + [False] * 40, dtype="boolean")
    older = pd.Series([True, False] * 40, dtype="boolean")
    yes = pd.Series([1.0] * 10 + [0.0] * 70)
    found = intersections(
        survey_design(survey), {"safe": yes}, {"women": women, "older": older}
    )
    lines = found.set_index("overlap")
    assert lines["n"].to_dict() == {"all": 80, "women and older": 20}
    assert lines.loc["women and older", "value"] == pytest.approx(5 / 20)
    assert lines.loc["all", "value"] == pytest.approx(10 / 80)


@pytest.mark.clause("draft:11.3")
def test_gender_identity_is_never_crossed():
    both = pd.Series([True] * 40, dtype="boolean")
    with pytest.raises(SafelearnError, match="never crossed"):
        intersections(
            survey_design(of_one_block_each(40)),
            {},
            {"women": both, "gender": both},
            [("women", "gender")],
        )
    assert not BY_KEY["gender"].crossed
