"""Twelve neighbours answer a survey: each SDG indicator against what one counts by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.indicators import residents, sdg
from safelearn.indicators.from_survey import estimate


@pytest.fixture
def neighbours() -> pd.DataFrame:
    """Eight women and four men; three women were not alone, so nobody asked them what needs privacy."""
    recent, earlier, never, silent = "last_12_months", "earlier", "never", "no_answer"
    return pd.DataFrame(
        {
            "sex": ["female"] * 8 + ["male"] * 4,
            "age": [17, 20, 29, 30, 40, 50, 65, None, 18, 25, 45, 70],
            "walk_dark": ["very_safe", "safe", "unsafe", "very_unsafe"]
            + ["never_goes_out"] * 3
            + ["dont_know", "safe", "safe", "unsafe", "very_safe"],
            "assault": [
                recent,
                recent,
                earlier,
                silent,
                *([never] * 4),
                recent,
                never,
                never,
                never,
            ],
            "assault_told": [
                "police",
                "nobody",
                "police",
                None,
                *([None] * 4),
                "other_authority",
                None,
                None,
                None,
            ],
            "robbery": [never] * 6 + [recent, recent] + [recent, never, never, never],
            "robbery_told": [None] * 6
            + ["no_answer", "police"]
            + ["nobody", None, None, None],
            "sexual_violence": [recent, recent, earlier, never, never]
            + [None] * 3
            + [never] * 4,
            "sexual_violence_told": ["nobody", "other_authority", "police"]
            + [None] * 9,
            "threat": [recent] + [never] * 11,
            "threat_told": ["police"] + [None] * 11,
            "harassed_sexual": [recent, recent, "one_to_three_years", never]
            + [never] * 8,
            "harassed_other": [never, recent, recent, silent] + [never] * 8,
            "harassed_sexual_place": ["street", "market", "street", None] + [None] * 8,
            "harassed_other_place": [None, "street", "street", None] + [None] * 8,
            "ever_partnered": ["yes", "yes", "yes", "no", "yes"]
            + ["yes"] * 3
            + ["yes"] * 4,
            "partner_physical": [recent, never, earlier, None, never]
            + [None] * 3
            + [recent] * 4,
            "partner_sexual": [recent, never, never, None, never]
            + [None] * 3
            + [never] * 4,
            "partner_psychological": [never, never, recent, None, silent]
            + [None] * 3
            + [never] * 4,
            "nonpartner_sexual": [never, recent, never, never, never] + [None] * 7,
            "childhood_sexual": [None, "yes", "no", None, None]
            + [None] * 3
            + ["no", "no_answer", None, None],
            "official_contact": ["yes"] * 6 + ["no"] * 6,
            "bribe": ["paid", "asked", "neither", "neither", "no_answer", "neither"]
            + [None] * 6,
            "dispute": ["yes"] * 5 + ["no"] * 7,
            "dispute_help": ["court", "mediation", "none_found", "none_wanted"]
            + ["none_wanted"]
            + [None] * 7,
            "has_say": ["some", "a_lot", "a_great_deal", "very_little"]
            + ["not_at_all"] * 4
            + ["dont_know"] * 4,
            "service_used": ["health", "none", "police", "health"] + ["none"] * 8,
            "service_satisfied": ["satisfied", None, "dissatisfied", "dont_know"]
            + [None] * 8,
            "discriminated": [never, recent] + [earlier] * 10,
            "tenure": ["yes"] * 6 + ["no"] * 3 + ["dont_know"] * 3,
            "trust_police": ["a_lot", "some"] + ["little"] * 5 + ["dont_know"] * 5,
            "avoided_place": ["yes", "yes"] + ["no"] * 10,
            "avoided_time": ["no", "yes", "yes"] + ["dont_know"] * 9,
        }
    )


def share(answers: pd.Series) -> tuple[int, int]:
    """How many count, of how many in the base."""
    return int(answers.sum()), int(answers.notna().sum())


@pytest.mark.clause("draft:11")
def test_who_never_goes_out_after_dark_stays_in_the_denominator(neighbours):
    # The girl of 17 is out (adults); the woman of unknown age is in. 4 of the 11 feel safe.
    assert share(sdg.safe_after_dark(neighbours)) == (4, 11)


def test_the_figure_that_leaves_people_out_is_not_ours():
    counted = {
        "very_safe": 180,
        "safe": 320,
        "unsafe": 250,
        "very_unsafe": 130,
        "never_goes_out": 90,
        "dont_know": 30,
    }
    assert sdg.feels_safe_after_dark(**counted) == 0.5
    with pytest.raises(Refused):
        sdg.feels_safe_after_dark(**dict.fromkeys(counted, 0))


def test_a_respondent_without_an_answer_on_assault_stays_among_the_asked(neighbours):
    assert share(sdg.physical_violence(neighbours)) == (2, 11)


def test_people_who_were_not_alone_are_out_of_the_base_of_sexual_violence(neighbours):
    assert share(sdg.sexual_violence(neighbours)) == (1, 8)


def test_a_victim_of_assault_and_robbery_is_one_victim(neighbours):
    # Adult victims of the year: rows 1, 6, 7 and 8; told: row 7 (robbery) and row 8 (assault, not robbery).
    assert share(sdg.reported(neighbours, "physical")) == (2, 4)


def test_the_three_forms_have_three_reporting_rates(neighbours):
    assert share(sdg.reported(neighbours, "sexual")) == (1, 1)
    # The only victim of a threat is 17.
    assert share(sdg.reported(neighbours, "psychological")) == (0, 0)


def test_harassment_of_either_kind_counts_persons_and_not_events(neighbours):
    one, base = share(sdg.sexual_harassment(neighbours))
    two, _ = share(sdg.other_harassment(neighbours))
    assert (one, two, base) == (1, 2, 11)
    assert share(sdg.any_harassment(neighbours)) == (2, 11), "not 3: one met both"


def test_harassment_by_place_counts_the_latest_event_of_the_year(neighbours):
    # Row 1 at the market and in the street, row 2 in the street (its sexual harassment is older).
    assert share(sdg.harassed_at(neighbours, "street")) == (2, 11)
    assert share(sdg.harassed_at(neighbours, "market")) == (1, 11)


def test_partner_violence_is_about_women_who_had_a_partner_and_were_asked(neighbours):
    # Rows 0, 1, 2, 4; a girl of 17 counts (15 and over), men and the woman without a partner do not.
    assert share(sdg.partner_violence(neighbours)) == (2, 4)
    assert share(sdg.non_partner_sexual_violence(neighbours)) == (1, 5)


def test_sexual_violence_in_childhood_is_asked_of_18_to_29(neighbours):
    assert share(sdg.childhood_sexual_violence(neighbours)) == (1, 4)


@pytest.mark.clause("draft:26(e).4")
def test_only_people_with_contact_can_meet_a_bribe(neighbours):
    # Of six with contact one is 17. "Asked" counts; no answer stays in the base.
    assert share(sdg.bribery(neighbours)) == (1, 5)


def test_who_wanted_no_help_is_not_missing_it(neighbours):
    assert share(sdg.dispute_helped(neighbours)) == (1, 2)


def test_trust_say_tenure_services_and_avoidance_keep_everybody_asked(neighbours):
    counted = {
        sdg.has_a_say: (2, 11),
        sdg.secure_tenure: (5, 11),
        sdg.satisfied: (0, 2),
        sdg.discriminated: (1, 11),
        residents.trusts_police: (1, 11),
        residents.avoided: (2, 11),
        residents.robbed: (3, 11),
    }
    assert {f: share(f(neighbours)) for f in counted} == counted


def test_a_survey_without_the_questions_names_them(neighbours):
    short = neighbours.drop(columns="official_contact").assign(bribe=np.nan)
    assert residents.not_asked(short, "bribery_prevalence") == [
        "official_contact",
        "bribe",
    ]
    assert residents.not_asked(None, "avoidance") == ["avoided_place", "avoided_time"]


def test_weights_speak_for_the_people_behind_them(neighbours):
    # The four who feel safe (rows 1, 8, 9, 11) stand for three each, the other seven for one: 12 of 19.
    weights = [1.0, 3, 1, 1, 1, 1, 1, 1, 3, 3, 1, 3]
    found = estimate(neighbours.assign(weight=weights), "feels_safe_after_dark")
    assert found.value == pytest.approx(12 / 19)
    assert found.n == 11


def test_every_indicator_from_the_survey_is_in_the_catalogue():
    from safelearn.guidelines.catalogue import indicator

    for name in residents.QUESTIONS:
        assert "survey" in indicator(name).source, name
