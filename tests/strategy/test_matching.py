"""Which cities are like ours: on what both have, with what could not be compared named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.strategy.matching import PROFILE, likeness, matched


def profiles(**cities) -> pd.DataFrame:
    """Each city: figure -> value, or (value, lower, upper), or (value, lower, upper, unit, version, year)."""
    rows = []
    for city, figures in cities.items():
        for figure, told in figures.items():
            told = told if isinstance(told, tuple) else (told, None, None)
            value, lower, upper, unit, version, year = (
                *told,
                *("percent", "1", 2024)[len(told) - 3 :],
            )
            rows.append((city, figure, value, lower, upper, unit, version, year))
    return pd.DataFrame(rows, columns=list(PROFILE))


THREE = profiles(
    ours={"young": 10, "renting": 20, "afraid": 30},
    near={"young": 12, "renting": 20, "afraid": 30},
    far={"young": 14, "renting": 26, "afraid": 36},
)


@pytest.mark.clause("draft:25(i)")
def test_the_distance_is_in_standard_deviations_of_the_cities():
    found = likeness("ours", THREE)
    assert found.cities["city"].tolist() == ["near", "far"]
    # By hand: 10, 12, 14 have a standard deviation of 2; 20, 20, 26 and 30, 30, 36 one of sqrt(12).
    near = np.sqrt((1**2 + 0 + 0) / 3)
    far = np.sqrt((2**2 + 36 / 12 + 36 / 12) / 3)
    assert found.cities["distance"].tolist() == pytest.approx([near, far])
    steps = found.differences.set_index(["city", "figure"])["steps"]
    assert steps["near", "young"] == pytest.approx(1)
    assert found.left_out.empty


def test_what_the_figures_do_not_know_widens_the_distance():
    sure = likeness("ours", THREE).cities.iloc[0]
    assert sure["lower"] == sure["distance"] == sure["upper"]
    table = THREE.copy()
    table.loc[0, ["lower", "upper"]] = [8, 12]
    found = likeness("ours", table).cities.set_index("city").loc["near"]
    assert found["lower"] == 0
    assert found["upper"] == pytest.approx(np.sqrt((12 - 8) ** 2 / 2**2 / 3))
    assert found["distance"] == pytest.approx(sure["distance"])


@pytest.mark.clause("draft:25(i)")
def test_what_cannot_be_compared_is_named_with_its_reason():
    table = profiles(
        ours={"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 1},
        one={
            "a": 2,
            "b": 3,
            "c": 5,
            "d": (4, None, None, "per 1000", "1", 2024),
            "g": 1,
            "f": 1,
        },
        two={
            "a": 4,
            "b": 4,
            "c": 4,
            "e": (6, None, None, "percent", "1", 2010),
            "f": 1,
        },
    )
    why = likeness("ours", table).left_out.set_index(["city", "figure"])["why"]
    assert why["one", "d"] == "definition"
    assert why["one", "e"] == "missing there"
    assert why["one", "g"] == "missing here"
    assert why["two", "e"] == "years apart"
    assert why["one", "f"] == "no spread"


def test_two_cities_alone_have_no_yardstick():
    found = likeness("ours", THREE[THREE["city"] != "far"])
    assert found.cities["distance"].isna().all()
    assert set(found.left_out["why"]) == {"few cities"}


def test_rates_that_differ_tenfold_are_compared_by_their_ratio():
    table = profiles(
        ours={"x": 1, "y": 1, "z": 1},
        ten={"x": 10, "y": 1, "z": 1},
        hundred={"x": 100, "y": 2, "z": 2},
    )
    steps = likeness("ours", table).differences.set_index(["city", "figure"])["steps"]
    assert steps["ten", "x"] * 2 == pytest.approx(steps["hundred", "x"])


def test_a_city_without_others_is_told_to_ask_for_a_card():
    with pytest.raises(Refused):
        likeness("ours", THREE[THREE["city"] == "ours"])
    with pytest.raises(Refused):
        likeness("elsewhere", THREE)


@pytest.mark.clause("draft:28")
def test_likeness_never_lifts_a_weak_study_over_a_strong_one():
    practices = pd.DataFrame(
        [("A", "near", "2"), ("B", "far", "5"), ("C", "near", "4"), ("D", "", "5")],
        columns=["practice_id", "city", "sms_level"],
    )
    found = matched(practices, likeness("ours", THREE))
    assert found["practice_id"].tolist() == ["C", "D", "B", "A"]
    assert found["like"].tolist() == ["like", "not compared", "unlike", "like"]
