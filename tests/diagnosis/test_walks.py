"""Two groups at one place see it with their own eyes, and both are right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.walks import walks_of


def walked(own, other, places=12):
    """Each place scored by women (`own`) and by others (`other`), by day."""
    rows = [
        (f"P{i}", "day", who, score, score)
        for i in range(places)
        for who, score in (("women", own + i % 2), ("youth", other + i % 2))
    ]
    names = ["place_id", "light", "rater_group", "score_lighting", "score_feeling"]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.clause("draft:26(c).1")
def test_a_group_is_compared_with_others_at_the_same_place_only():
    audits = walked(1, 2)
    # Easier places that only the others walked do not count.
    extra = pd.DataFrame(
        {
            "place_id": [f"E{i}" for i in range(50)],
            "light": "day",
            "rater_group": "youth",
        }
    ).assign(score_lighting=3, score_feeling=3)
    found = walks_of(pd.concat([audits, extra]), ["women", "girls"])
    assert (found.visits, found.places, found.places_of_both) == (12, 12, 12)
    assert found.score.value == pytest.approx(1.5)
    assert found.apart.value == pytest.approx(-1)
    assert found.apart.lower == found.apart.upper  # each of the twelve says the same


def test_the_difference_between_places_makes_the_interval():
    audits = walked(1, 1, 10)
    lower = (audits["rater_group"] == "women") & audits["place_id"].isin(["P0", "P1"])
    audits.loc[lower, ["score_lighting", "score_feeling"]] -= 1
    apart = walks_of(audits, ["women"]).apart
    # Differences -1 twice and 0 eight times: mean -0.2, standard deviation 0.4216, error 0.1333, t(9) = 2.262.
    assert apart.value == pytest.approx(-0.2)
    assert apart.lower == pytest.approx(-0.2 - 2.262 * 0.1333, abs=1e-3)


def test_few_places_are_walked_and_not_yet_a_figure():
    found = walks_of(walked(1, 2, 9), ["women"])
    assert found.visits == 9
    assert found.score is None and found.apart is None
    nobody = walks_of(walked(1, 2), ["older_persons"])
    assert (nobody.visits, nobody.places, nobody.score) == (0, 0, None)


def test_a_visit_without_scores_is_left_out_of_the_mean():
    audits = walked(1, 2)
    audits.loc[0, ["score_lighting", "score_feeling"]] = np.nan
    found = walks_of(audits, ["women"])
    assert found.visits == 12 and found.places_of_both == 11


def test_the_stricter_rater_of_the_bundled_city_is_found():
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    audits = City.open(bundled_city("puerto-sereno")).table("audits")
    # The second rater, always of the youth group, was made stricter at the same places.
    found = walks_of(audits, ["youth", "children"])
    assert found.apart.upper < 0
    assert walks_of(audits, ["women", "girls"]).apart.value == pytest.approx(
        -found.apart.value
    )
