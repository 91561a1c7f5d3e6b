"""Fear and harm part where both intervals say so: by hand, and in cities where it was planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.fear_risk import (
    FEARED_HARMED,
    FEARED_ONLY,
    HARMED_ONLY,
    NEITHER,
    QUADRANTS,
    UNCLEAR,
    UNKNOWN,
    area_dispersion,
    fear_and_risk,
    recorded_risk,
    steadied,
)
from safelearn.diagnosis.perception import ITEMS, answers
from safelearn.diagnosis.reporting_gap import telling_against_city
from safelearn.estimates.intervals import byar_interval
from safelearn.estimates.survey import (
    proportions_by,
    survey_design,
    survey_proportion,
)


def intervals(rows):
    return pd.DataFrame(rows, columns=["value", "lower", "upper"])


FEAR = intervals(
    [(0.7, 0.6, 0.8), (0.7, 0.6, 0.8), (0.2, 0.1, 0.3), (0.2, 0.1, 0.3), (0.6, 0.4, 0.8), (np.nan,) * 3]
)  # fmt: skip
RISK = intervals([(9, 8, 10), (2, 1, 3), (9, 8, 10), (2, 1, 3), (2, 1, 3), (2, 1, 3)])


def test_a_place_is_put_in_a_quadrant_only_if_both_intervals_allow_it():
    found = fear_and_risk(FEAR, RISK, city_fear=0.5, city_risk=5)
    assert found["quadrant"].tolist() == [
        FEARED_HARMED, FEARED_ONLY, HARMED_ONLY, NEITHER, UNCLEAR, UNKNOWN,
    ]  # fmt: skip


def test_the_gap_is_fear_less_harm_in_standard_deviations():
    fear = intervals([(x, x - 0.1, x + 0.2) for x in (0.2, 0.4, 0.6, 0.8)])
    risk = intervals([(x, x - 1, x + 2) for x in (8, 6, 4, 2)])
    found = fear_and_risk(fear, risk, city_fear=0.5, city_risk=5)
    # Standard deviations .2236 and 2.236: the first lies 1.3416 below on one and above on the other.
    assert found["gap"].tolist() == pytest.approx(
        [-2.6833, -0.8944, 0.8944, 2.6833], abs=1e-4
    )
    # Down: .1 of fear and 2 of risk; up: .2 of fear and 1 of risk.
    assert (found["gap"] - found["gap_lower"]).tolist() == pytest.approx(
        [np.hypot(0.1, 0.2) / 0.22361] * 4, abs=1e-4
    )
    assert (found["gap_upper"] - found["gap"]).tolist() == pytest.approx(
        [np.hypot(0.2, 0.1) / 0.22361] * 4, abs=1e-4
    )


def test_three_places_have_no_gap():
    found = fear_and_risk(FEAR[:3], RISK[:3], city_fear=0.5, city_risk=5)
    assert found["gap"].isna().all()


def test_a_rate_without_doubt_on_reporting_has_byars_interval():
    found = recorded_risk([30, 0], [10_000, 5_000])
    byar = byar_interval([30, 0], [10_000, 5_000], 1_000)
    assert found["lower"].tolist() == pytest.approx(list(byar.lower))
    assert found["upper"].tolist() == pytest.approx(list(byar.upper))


def test_where_half_as_much_is_told_twice_as_much_happened():
    told = intervals([(0.5, 0.4, 0.7), (np.nan,) * 3])
    found = recorded_risk([40, 40], [10_000, 10_000], reporting=told)
    assert found["value"].iloc[0] == pytest.approx(8)
    plain = recorded_risk([40], [10_000])
    assert found["upper"].iloc[0] / 8 > plain["upper"].iloc[0] / 4, (
        "doubt on reporting widens"
    )
    assert found.iloc[1].isna().all(), "where reporting is not known, harm is not"


def test_counts_that_vary_more_than_chance_have_wider_intervals():
    calm, wild = (recorded_risk([40], [1_000], dispersion=d) for d in (1, 3))
    assert wild["value"].iloc[0] == pytest.approx(calm["value"].iloc[0])
    width = [(f["upper"] - f["lower"]).iloc[0] for f in (calm, wild)]
    assert width[1] / width[0] == pytest.approx(np.sqrt(3), rel=0.05)


def test_dispersion_is_one_for_independent_counts_and_grows_with_lumps():
    rng = np.random.default_rng(1)
    calm = pd.DataFrame(rng.poisson(6, (60, 12)))
    assert area_dispersion(calm) == pytest.approx(1, abs=0.12)
    lumps = pd.DataFrame(rng.poisson(6 * rng.gamma(2, 0.5, (60, 12))))
    # A multiplier of variance 1/2 on a mean of 6: 1 + 6/2.
    assert area_dispersion(lumps) == pytest.approx(4, abs=0.7)


def test_blocks_that_agree_by_chance_make_no_area_sure():
    rng = np.random.default_rng(2)
    rows = [
        (a, f"{a}-{b}", yes)
        for a in range(40)
        for b in range(4)
        for yes in rng.random(10) < 0.5
    ]
    table = pd.DataFrame(rows, columns=["area", "psu", "yes"])
    found = proportions_by(survey_design(table), table["yes"], table["area"])
    steady = steadied(found)
    width = steady["upper"] - steady["lower"]
    # All areas have 40 independent answers: about 2 * 1.96 * sqrt(.25/39).
    assert width.median() == pytest.approx(0.31, abs=0.03)
    assert width.min() > 0.25
    assert (found["upper"] - found["lower"]).min() < 0.15


# ---- planted places ---------------------------------------------------------------------------


def measure(town):
    """Fear and risk of a simulated town as a survey and the police would have them, and the truth beside."""
    from safelearn.simulation.feelings import feel, numbers
    from safelearn.simulation.survey import ask

    adults = feel(town)
    survey = ask(town, adults)
    codes = town.conditions["area_id"].to_numpy()
    people = np.bincount(town.residents.area, minlength=len(codes)).astype(float)
    since = (len(town.plan.days) - 365) * 1440
    year = town.incidents[town.incidents["minute"] >= since]
    kinds = numbers(("serious assault", "assault", "threats", "robbery"))
    violent = year[year["offence"].isin(kinds) & ~year["domestic"].astype(bool)]
    told = violent[violent["told"]]
    recorded = np.bincount(told["area"], minlength=len(codes))
    months = pd.crosstab(told["area"], (told["minute"] - since) // 43_801)

    design = survey_design(survey)
    unsafe = 1 - answers(survey, ITEMS[0])
    fear = steadied(proportions_by(design, unsafe, survey["area_id"]))
    fear = fear.set_index("area_id").reindex(codes)
    fear.loc[~(fear["n"] >= 30), ["value", "lower", "upper"]] = np.nan
    kind = pd.Series(town.conditions["settlement"].to_numpy(dtype=object), codes)
    telling = telling_against_city(survey, design, survey["area_id"].map(kind))
    risk = recorded_risk(
        recorded,
        people,
        reporting=telling.reindex(kind),
        dispersion=area_dispersion(months),
    ).set_axis(codes)
    found = fear_and_risk(
        fear, risk,
        city_fear=survey_proportion(design, unsafe).value,
        city_risk=recorded.sum() / people.sum() * 1_000,
    )  # fmt: skip

    afraid = (adults["walk_dark"] < 2).groupby(adults["area"]).mean().to_numpy()
    happened = np.bincount(violent["area"], minlength=len(codes)) / people
    more = (
        afraid > (adults["walk_dark"] < 2).mean(),
        happened > len(violent) / people.sum(),
    )
    found["truth"] = np.select(
        [more[0] & more[1], more[0], more[1]], QUADRANTS[:3], QUADRANTS[3]
    )
    found["planted"] = ""
    found.loc[town.codes(town.plan.feared_safe), "planted"] = FEARED_ONLY
    found.loc[town.codes(town.plan.unsafe_unfeared), "planted"] = HARMED_ONLY
    return found


@pytest.fixture(scope="module")
def cities():
    from safelearn.simulation.town import found_town

    return pd.concat([measure(found_town(seed)) for seed in range(101, 105)])


@pytest.mark.clause("draft:5.1")
def test_feared_but_safe_places_are_found_far_more_often_than_by_chance(cities):
    placed = cities["quadrant"] == FEARED_ONLY
    planted = cities["planted"] == FEARED_ONLY
    assert placed[planted].mean() > 0.6
    assert placed[~planted].mean() < 0.08


def test_places_harmed_but_not_feared_are_found_more_often_than_by_chance(cities):
    placed = cities["quadrant"] == HARMED_ONLY
    planted = cities["planted"] == HARMED_ONLY
    assert placed[planted].mean() > 3 * placed[~planted].mean()


def test_few_places_are_put_where_they_do_not_belong(cities):
    placed = cities["quadrant"].isin(QUADRANTS)
    wrong = placed & (cities["quadrant"] != cities["truth"])
    assert wrong.mean() < 0.05
    assert wrong.sum() <= 0.1 * placed.sum()
    assert placed.sum() > 20
