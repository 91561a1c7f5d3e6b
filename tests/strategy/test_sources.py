"""What is known of each area's need: nothing that police find by looking, nothing that is hidden."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.estimates.rates import empirical_bayes
from safelearn.strategy.sources import (
    conditions_source,
    profile,
    records_source,
    shrunken,
    survey_source,
)

AREAS = [f"{i:02d}" for i in range(1, 13)]
PEOPLE = pd.DataFrame({"area_id": AREAS, "population": 5000})


def counts(**by_offence) -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "area_id": AREAS,
                    "offence": code.strip("_"),
                    "n": pd.array(n, dtype="Int64"),
                }
            )
            for code, n in by_offence.items()
        ],
        ignore_index=True,
    )


ROBBERY = [40, 12, 30, 25, 18, 22, 60, 35, 28, 15, 20, 31]


def test_recorded_harm_is_the_smoothed_rate_of_violence_and_property():
    found = records_source(counts(_0401=ROBBERY), PEOPLE)
    expected = np.log(empirical_bayes(ROBBERY, np.full(12, 5000)))
    assert found.value.to_numpy() == pytest.approx(expected)


def test_drugs_and_public_order_do_not_make_an_area_needy():
    plain = records_source(counts(_0401=ROBBERY), PEOPLE)
    searched = counts(
        _0401=ROBBERY, _0601=[500] + [5] * 11, _0801=[300] + [5] * 11, other=[90] * 12
    )
    pd.testing.assert_series_equal(records_source(searched, PEOPLE).value, plain.value)
    with pytest.raises(Refused, match="No violence or property"):
        records_source(counts(_0601=[50] * 12), PEOPLE)


def test_sexual_violence_is_in_no_score_by_area():
    with_it = counts(_0401=ROBBERY, _0301=[50] + [10] * 11)
    pd.testing.assert_series_equal(
        records_source(with_it, PEOPLE).value,
        records_source(counts(_0401=ROBBERY), PEOPLE).value,
    )


def test_a_hidden_count_moves_no_place_and_is_not_guessed():
    hidden = [pd.NA, *ROBBERY[1:]]
    found = records_source(counts(_0401=hidden), PEOPLE)
    assert np.isnan(found.value["01"])
    # The other areas are what they would be if the hidden area did not exist.
    without = empirical_bayes(ROBBERY[1:], np.full(11, 5000))
    assert np.exp(found.value.iloc[1:]).to_numpy() == pytest.approx(without)


def test_an_offence_that_many_areas_hide_is_left_out_so_that_most_can_be_placed():
    rare = counts(_0401=ROBBERY, _0504=[pd.NA] * 4 + [9] * 8)
    pd.testing.assert_series_equal(
        records_source(rare, PEOPLE).value,
        records_source(counts(_0401=ROBBERY), PEOPLE).value,
    )


def test_shrinkage_keeps_what_noise_cannot_explain():
    # Variance of 0, 2, 4 is 4, of which noise explains 1: three quarters of each distance stay.
    value, error = shrunken(pd.Series([0.0, 2, 4]), pd.Series([1.0, 1, 1]))
    assert value.tolist() == [0.5, 2, 3.5]
    assert error.tolist() == pytest.approx([np.sqrt(0.75)] * 3)


def test_a_source_that_is_all_noise_tells_no_area_from_another():
    value, _ = shrunken(pd.Series([0.0, 1, 2]), pd.Series([5.0, 5, 5]))
    assert value.tolist() == [1, 1, 1]


def survey(answers: int, seed: int = 3) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    area = np.repeat(AREAS, answers)
    fear = np.repeat(np.linspace(0.2, 0.8, 12), answers)
    psu = [f"{a}-{i // 10}" for a in AREAS for i in range(answers)]
    frame = pd.DataFrame({"area_id": area, "psu": psu, "weight": 1.0})
    return frame, pd.Series(rng.random(len(frame)) < fear)


TOWN = pd.DataFrame({"area_id": AREAS, "parent": ["North"] * 6 + ["South"] * 6})


def test_areas_with_enough_answers_speak_for_themselves():
    found = survey_source("fear", *survey(60), TOWN)
    planted = np.log(np.linspace(0.2, 0.8, 12) / np.linspace(0.8, 0.2, 12))
    assert np.corrcoef(found.value, planted)[0, 1] > 0.95
    assert found.shared.nunique() == 12
    # A simple sample of 60 at one half: 1 / sqrt(60 / 4) = 0.26 before anything is borrowed.
    assert found.error.between(0.1, 0.5).all()


def test_areas_with_few_answers_take_their_districts_figure():
    found = survey_source("fear", *survey(20), TOWN)
    assert found.value.nunique() == 2
    assert found.shared.tolist() == TOWN["parent"].tolist()
    with pytest.raises(Refused, match="no districts"):
        survey_source("fear", *survey(20), TOWN.assign(parent=pd.NA))


def test_an_area_where_nobody_was_asked_is_the_middle_of_the_city():
    frame, fear = survey(60)
    left = (frame["area_id"] != "12").to_numpy()
    found = survey_source(
        "fear",
        frame[left].reset_index(drop=True),
        fear[left].reset_index(drop=True),
        TOWN,
    )
    assert found.value["12"] == pytest.approx(found.value.drop("12").mean())
    assert found.error["12"] > 2 * found.error.drop("12").max()


def statistics(name: str, numerators, period="2023") -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator_id": name, "area_id": AREAS, "group": "everyone", "period": period,
         "numerator": numerators, "denominator": 1000.0}
    )  # fmt: skip


def test_more_services_mean_less_need_and_more_bad_housing_means_more():
    rising = np.linspace(100, 900, 12)
    housing = conditions_source(statistics("inadequate_housing", rising), TOWN)
    served = conditions_source(statistics("basic_services", rising), TOWN)
    assert housing.value.is_monotonic_increasing
    assert served.value.is_monotonic_decreasing
    assert housing.value.to_numpy() == pytest.approx(-served.value.to_numpy())


def test_of_two_years_the_later_one_counts():
    both = pd.concat(
        [
            statistics("neet", np.linspace(900, 100, 12), "2018"),
            statistics("neet", np.linspace(100, 900, 12)),
        ]
    )
    assert conditions_source(both, TOWN).value.is_monotonic_increasing


def test_figures_of_half_the_city_are_no_source():
    with pytest.raises(Refused, match="most areas"):
        conditions_source(statistics("neet", np.linspace(1, 9, 12)).head(6), TOWN)


def test_the_profile_holds_the_areas_that_every_source_knows():
    records = records_source(counts(_0401=[*ROBBERY[:11], pd.NA]), PEOPLE)
    fear = survey_source("fear", *survey(60), TOWN)
    found = profile([records, fear], AREAS)
    assert found.left_out == ("12",)
    assert found.sources == ("records", "fear")
    # What is seen and what noise took away make one standard deviation together.
    assert (found.value.var(axis=0) + (found.error**2).mean(axis=0)) == pytest.approx(
        [1, 1]
    )


def test_areas_of_one_district_are_drawn_together():
    fear = survey_source("fear", *survey(20), TOWN)
    drawn = profile([fear], AREAS).draws(50, seed=1)[:, :, 0]
    assert (drawn[:, 0] == drawn[:, 5]).all()
    assert not (drawn[:, 0] == drawn[:, 6]).any()
