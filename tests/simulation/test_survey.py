"""The survey: a sample that stands for the city, clustered, non-responding, and near the truth of all adults."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city import contracts


@pytest.fixture(scope="module")
def survey(tables):
    return tables["survey"]


def share(survey, yes, among=None):
    """A weighted share and its standard error by districts and blocks (Taylor linearisation)."""
    among = np.ones(len(survey), bool) if among is None else np.asarray(among)
    weight = survey["weight"].to_numpy()
    yes = np.asarray(yes, float) * among
    p = (weight * yes).sum() / (weight * among).sum()
    pull = pd.Series(weight * (yes - p * among) / (weight * among).sum())
    block = pull.groupby([survey["stratum"], survey["psu"]]).sum()
    spread = block.groupby(level=0).agg(["var", "count"])
    return p, float(np.sqrt((spread["var"] * spread["count"]).sum()))


def test_it_fits_the_contract(survey):
    assert list(survey.columns) == list(contracts.columns("survey"))


def test_weights_add_up_to_the_adults_of_each_district(survey, town, adults):
    district = town.conditions["parent"].to_numpy()[adults["area"]]
    census = pd.Series(district).value_counts().sort_index()
    stands = survey.groupby("stratum")["weight"].sum().sort_index()
    np.testing.assert_allclose(stands, census, rtol=1e-4)


def test_not_everybody_answers_and_young_men_least(survey, adults):
    assert len(survey) < 0.8 * 6 * 60 * 14
    young = (survey["sex"] == "male") & (survey["age"] < 30)
    there = (~adults["female"] & (adults["age"] < 30)).mean()
    assert young.mean() < 0.9 * there


@pytest.mark.parametrize("sex", ["female", "male"])
def test_fear_is_estimated_within_its_error(survey, adults, sex):
    safe = survey["walk_dark"].isin(["safe", "very_safe"])
    p, error = share(survey, safe, survey["sex"] == sex)
    truth = (adults.loc[adults["female"] == (sex == "female"), "walk_dark"] >= 2).mean()
    assert abs(p - truth) < 3 * error


@pytest.mark.parametrize(
    "item", ["assault", "robbery", "threat", "theft_from_person", "burglary"]
)
def test_prevalence_is_estimated_within_its_error(survey, adults, item):
    p, error = share(survey, survey[item] == "last_12_months")
    assert abs(p - (adults[item] > 0).mean()) < 3 * error


def test_neighbours_answer_alike(survey):
    safe = survey["walk_dark"].isin(["safe", "very_safe"])
    p, error = share(survey, safe)
    assert error**2 > 1.3 * p * (1 - p) / len(survey)


def test_all_districts_are_asked_in_many_blocks(survey):
    blocks = survey.groupby("stratum")["psu"].nunique()
    assert len(blocks) == 6
    assert (blocks >= 50).all()
    assert (survey.groupby("psu")["stratum"].nunique() == 1).all()


def test_fear_and_danger_part_where_planted(town, adults):
    by = adults.assign(safe=adults["walk_dark"] >= 2).groupby("area")
    safe, victim = by["safe"].mean(), by["victim"].mean()
    feared, unfeared = list(town.plan.feared_safe), list(town.plan.unsafe_unfeared)
    assert len(feared) >= 3
    assert len(unfeared) >= 3
    assert (safe[feared] < safe.quantile(0.25)).all()
    assert (victim[feared] < victim.quantile(0.33)).all()
    assert (safe[unfeared] > safe.quantile(0.75)).all()
    assert (victim[unfeared] > victim.median()).all()


def test_a_reader_of_the_survey_alone_sees_it_too(survey, town):
    def both(areas):
        here = survey["area_id"].isin(town.codes(areas))
        dark = survey["walk_dark"].isin(["safe", "very_safe"])
        hit = survey["assault"].eq("last_12_months") | survey["robbery"].eq(
            "last_12_months"
        )
        return share(survey, dark, here)[0], share(survey, hit, here)[0]

    safe_feared, hit_feared = both(town.plan.feared_safe)
    safe_unfeared, hit_unfeared = both(town.plan.unsafe_unfeared)
    assert safe_feared < 0.4 < 0.65 < safe_unfeared
    assert hit_feared < hit_unfeared


def test_women_told_the_police_less(survey):
    hit = survey["assault_told"].notna()
    told = survey["assault_told"] == "police"
    women, woman_error = share(survey, told, hit & (survey["sex"] == "female"))
    men, man_error = share(survey, told, hit & (survey["sex"] == "male"))
    assert men - women > 2 * np.hypot(woman_error, man_error)


def test_the_survey_finds_what_the_records_hide(survey, town, adults):
    """Assault against women: the survey's victims outnumber the women in a year of records."""
    women = survey["sex"] == "female"
    p, _ = share(survey, survey["assault"] == "last_12_months", women)
    last = town.told["minute"] >= (len(town.plan.days) - 365) * 1440
    kinds = town.told["offence"].isin([1, 2, 3])
    known = town.residents.sex[town.told["person"]] == 0
    assert p * adults["female"].sum() > 2 * (last & kinds & known).sum()


def test_questions_on_sexual_violence_are_asked_only_of_people_alone(survey):
    together = survey["alone"] == "no"
    for item in ("sexual_violence", "partner_physical", "nonpartner_sexual"):
        assert survey.loc[together, item].isna().all()
    assert survey.loc[survey["age"] >= 30, "childhood_sexual"].isna().all()
