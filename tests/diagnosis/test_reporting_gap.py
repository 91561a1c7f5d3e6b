"""What police never hear: by hand, and against what was planted in an invented city."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.perception import groups
from safelearn.diagnosis.reporting_gap import (
    ANY_AUTHORITY,
    HARMS,
    VIOLENCE,
    comparable,
    estimated_events,
    events,
    reporting_change,
    share_recorded,
    telling_against_city,
    told,
    told_shares,
)
from safelearn.errors import Refused
from safelearn.estimates.survey import survey_design

HARM = {harm.harm: harm for harm in HARMS}


def asked(**columns):
    return pd.DataFrame(columns)


def test_each_event_counts_once_unless_people_were_asked_how_often():
    survey = asked(
        assault=[
            "last_12_months",
            "last_12_months",
            "earlier",
            "never",
            "no_answer",
            None,
        ],
        assault_times=[3, None, None, None, None, None],
    )
    found = events(survey, HARM["assault"])
    assert found[:5].tolist() == [3, 1, 0, 0, 0]
    assert np.isnan(found[5])


def test_assault_and_threats_together_add_up():
    survey = asked(
        assault=["last_12_months", "never", None], assault_times=[2, None, None],
        threat=["last_12_months", "last_12_months", None],
    )  # fmt: skip
    found = events(survey, HARM["assault_or_threat"])
    assert found[:2].tolist() == [3, 1]
    assert np.isnan(found[2])


def test_only_victims_can_tell():
    survey = asked(
        robbery=["last_12_months", "last_12_months", "earlier", "never"],
        robbery_told=["police", "other_authority", "police", None],
    )
    recent = told(survey, HARM["robbery"].questions)
    assert recent[:2].tolist() == [1, 0]
    assert np.isnan(recent[2:]).all()
    assert np.nansum(told(survey, HARM["robbery"].questions, ever=True)) == 2
    assert np.nansum(told(survey, HARM["robbery"].questions, ANY_AUTHORITY)) == 2


def test_a_victim_of_two_kinds_told_if_either_was_told():
    survey = asked(
        assault=["last_12_months"], assault_told=["nobody"],
        robbery=["last_12_months"], robbery_told=["police"],
    )  # fmt: skip
    assert told(survey, VIOLENCE).tolist() == [1]


def test_sexual_violence_is_not_cut_by_district():
    survey = asked(
        sexual_violence=["earlier"] * 4, sexual_violence_told=["police", *["nobody"] * 3],
        robbery=["earlier"] * 4, robbery_told=["police"] * 4,
    )  # fmt: skip
    place = pd.Series(["a", "a", "b", "b"])
    found = told_shares(survey, survey_design(survey), {"district": place}, ever=True)
    assert set(found.loc[found["harm"] == "sexual_violence", "breakdown"]) == {"city"}
    assert set(found.loc[found["harm"] == "robbery", "breakdown"]) == {
        "city",
        "district",
    }


def test_a_survey_that_does_not_ask_whom_victims_told_is_refused():
    survey = asked(robbery=["earlier", "never"])
    with pytest.raises(Refused, match="whether they told"):
        told_shares(survey, survey_design(survey), {})


def test_the_survey_stands_for_everybody_of_a_group():
    survey = asked(
        robbery=["last_12_months", *["never"] * 9] * 4, psu=np.repeat(range(8), 5)
    )
    city = pd.Series(["city"] * 40, name="group")
    found = estimated_events(
        survey, survey_design(survey), HARM["robbery"], city, {"city": 20_000}
    )
    assert found["estimated"].iloc[0] == pytest.approx(2_000)
    assert found["estimated_lower"].iloc[0] < 2_000 < found["estimated_upper"].iloc[0]
    assert (found["n"].iloc[0], found["positive"].iloc[0]) == (40, 4)
    shares = share_recorded(pd.Series([500]), found)
    assert shares["value"].iloc[0] == pytest.approx(0.25)
    assert shares["lower"].iloc[0] == pytest.approx(
        500 / found["estimated_upper"].iloc[0]
    )


def test_a_hidden_count_has_no_share():
    found = pd.DataFrame(
        {"estimated": [100.0], "estimated_lower": [50.0], "estimated_upper": [200.0]}
    )
    assert (
        share_recorded(pd.Series([pd.NA], dtype="Int64"), found).isna().all(axis=None)
    )


@pytest.mark.parametrize(
    ("codes", "harm", "same"),
    [
        (["020111", "020112"], "assault", True),
        (["020111", "0201"], "assault", False),
        (["0201", "02012"], "assault_or_threat", True),
        (["0502"], "theft_from_person", False),
        (["0401"], "burglary", False),
        (["05021", "050211"], "vehicle_theft", True),
    ],
)
def test_records_are_compared_where_they_mean_what_people_were_asked(codes, harm, same):
    assert comparable(codes, HARM[harm]) is same


def test_one_kind_of_settlement_tells_like_the_city():
    survey = asked(
        robbery=["earlier"] * 40, robbery_told=["police"] * 10 + ["nobody"] * 30
    )
    found = telling_against_city(
        survey, survey_design(survey), pd.Series(["formal"] * 40)
    )
    assert found.loc["formal"].tolist() == [1, 1, 1]


def test_a_settlement_with_few_victims_has_no_figure():
    survey = asked(
        robbery=["earlier"] * 60, robbery_told=["police"] * 30 + ["nobody"] * 30
    )
    kind = pd.Series(["formal"] * 45 + ["informal"] * 15)
    found = telling_against_city(survey, survey_design(survey), kind)
    assert list(found.index) == ["formal"]
    # 30 of 45 against 30 of 60.
    assert found.loc["formal", "value"] == pytest.approx((30 / 45) / (30 / 60))


def test_two_surveys_say_how_reporting_changed():
    def year(when, police):
        answers = ["police"] * police + ["nobody"] * (50 - police)
        return asked(
            year=[when] * 50, robbery=["last_12_months"] * 50, robbery_told=answers
        )

    survey = pd.concat([year(2023, 10), year(2025, 30)], ignore_index=True)
    before, after, found = reporting_change(survey, survey_design(survey))
    assert (before, after) == (2023, 2025)
    assert found.value == pytest.approx(0.4)
    assert found.lower > 0
    assert reporting_change(year(2025, 30), survey_design(year(2025, 30))) is None


@pytest.mark.clause("draft:25(d).1", "draft:11")
def test_the_planted_reporting_bias_lies_in_the_intervals(puerto_sereno, town_survey):
    """Records as a part of what the survey finds: women's violence is told half as often as men's."""
    survey, truth = town_survey
    design = survey_design(survey)
    sex = groups(survey)["sex"].rename("group")
    adults = pd.Series(design.weights).groupby(sex).sum().to_dict()
    incidents = puerto_sereno.incidents()
    year = incidents[incidents["occurred_from"].dt.year == 2025]
    year = year[~(year["victim_age"] < 18).fillna(False)]
    planted = truth["reporting"]["violence_told_by_sex_of_victim"]
    harm = HARM["assault_or_threat"]
    found = estimated_events(survey, design, harm, sex, adults).set_index("group")
    hit = year["offence"].astype("str").str.startswith(harm.codes)
    recorded = year[hit].groupby("victim_sex", observed=True)["count"].sum()
    shares = share_recorded(recorded.reindex(found.index), found).set_axis(found.index)
    for who in ("female", "male"):
        assert shares.loc[who, "lower"] < planted[who] < shares.loc[who, "upper"]
    assert shares.loc["female", "upper"] < shares.loc["male", "lower"], (
        "the bias itself is found"
    )


@pytest.mark.parametrize(
    ("harm", "offence"),
    [
        ("robbery", "robbery"),
        ("threat", "threats"),
        ("theft_from_person", "theft from person"),
    ],
)
def test_the_planted_share_of_each_kind_that_is_recorded_lies_in_the_interval(
    puerto_sereno, town_survey, harm, offence
):
    survey, truth = town_survey
    design = survey_design(survey)
    incidents = puerto_sereno.incidents()
    year = incidents[incidents["occurred_from"].dt.year == 2025]
    year = year[~(year["victim_age"] < 18).fillna(False)]
    city = pd.Series("city", survey.index, name="group")
    found = estimated_events(
        survey, design, HARM[harm], city, {"city": design.weights.sum()}
    )
    hit = year["offence"].astype("str").str.startswith(HARM[harm].codes)
    shares = share_recorded(pd.Series([year.loc[hit, "count"].sum()]), found).iloc[0]
    happened = truth["incidents"]["by_offence"][offence]
    assert (
        shares["lower"]
        < happened["told_to_the_police"] / happened["happened"]
        < shares["upper"]
    )
