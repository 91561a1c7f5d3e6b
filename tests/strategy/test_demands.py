"""What residents ask for: answers counted fairly, and silence noticed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from safelearn.strategy.demands import (
    compare_reach,
    demands_by,
    median_wait,
    reach,
)


def register(*lines) -> pd.DataFrame:
    columns = [
        "received_on",
        "answered_on",
        "area_id",
        "channel",
        "topic",
        "status",
        "supporters",
        "factor",
    ]
    frame = pd.DataFrame(lines, columns=columns)
    for column in ("received_on", "answered_on"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.assign(
        group="everyone", supporters=frame["supporters"].astype("Int64")
    )


FIVE = register(
    ("2025-01-01", "2025-01-11", "01", "app", "lighting", "done", 4, "protective"),
    ("2025-01-01", "2025-01-21", "01", "letter", "lighting", "rejected", 1, "risk"),
    ("2025-01-01", None, "02", "app", "lighting", "received", None, "protective"),
    ("2025-01-01", "2025-03-01", "02", "app", "drugs", "accepted", 2, "protective"),
    ("2025-02-01", None, "03", "app", "drugs", "received", 9, None),
)


def test_a_refusal_is_an_answer_and_silence_is_not():
    found = demands_by(FIVE, ["topic"]).set_index("topic").loc["lighting"]
    assert (found["n"], found["answered"], found["done"]) == (3, 2, 1)
    assert found["answered_share"] == pytest.approx(2 / 3)
    # Wilson's limits for 2 of 3, by hand: (2/3 + z2/6 -+ z sqrt(2/27 + z2/36)) / (1 + z2/3).
    z = 1.959964
    middle, half = 2 / 3 + z**2 / 6, z * np.sqrt(2 / 27 + z**2 / 36)
    assert found["lower"] == pytest.approx((middle - half) / (1 + z**2 / 3), abs=1e-6)
    assert found["supporters"] == 4 + 1 + 1


def test_half_of_the_lighting_demands_wait_twenty_days():
    found = demands_by(FIVE, ["topic"]).set_index("topic")["median_days"]
    assert found["lighting"] == 20
    # One of two answered after 59 days: half are answered by then.
    assert found["drugs"] == 59


@pytest.mark.parametrize("seed", range(5))
def test_the_median_wait_counts_those_who_still_wait(seed):
    rng = np.random.default_rng(seed)
    answer, until = rng.integers(1, 90, 40).astype(float), rng.integers(20, 80, 40)
    answered = answer <= until
    oracle = SurvfuncRight(np.where(answered, answer, until), answered).quantile(0.5)
    assert median_wait(np.where(answered, answer, np.nan), until) == oracle


def test_a_median_is_missing_where_most_still_wait():
    assert np.isnan(median_wait([5, np.nan, np.nan], [90, 90, 90]))


def test_demands_can_be_crossed_by_area_and_channel():
    found = demands_by(FIVE, ["area_id", "channel"])
    assert found[["area_id", "channel", "n"]].values.tolist() == [
        ["01", "app", 1], ["01", "letter", 1], ["02", "app", 2], ["03", "app", 1]
    ]  # fmt: skip


def test_the_words_of_a_demand_are_in_no_result():
    said = FIVE.assign(demand="Call Ana on 555 123", answer="Done")
    assert not {"demand", "answer"} & set(demands_by(said, ["topic", "group"]))


def test_areas_that_nobody_speaks_for_are_counted_as_silent():
    people = pd.DataFrame(
        {"area_id": ["01", "02", "03", "04"], "population": [1000, 1000, 4000, 4000]}
    )
    kinds = {"01": "formal", "02": "formal", "03": "informal", "04": "informal"}
    found = reach(FIVE, people, kinds).set_index("kind")
    assert found["n"].to_dict() == {"formal": 4, "informal": 1}
    assert found["silent"].to_dict() == {"formal": 0, "informal": 1}
    assert found["per_1000"].to_dict() == {"formal": 2.0, "informal": 0.125}
    by_app = reach(FIVE, people, kinds, channel="app").set_index("kind")
    assert by_app["n"].to_dict() == {"formal": 3, "informal": 1}


@pytest.mark.clause("draft:25(d).3")
def test_the_bundled_city_hears_least_where_people_need_most(puerto_sereno, truth):
    """Demands were drawn with exp(-0.35 deprivation) a head."""
    from safelearn.city.population import population_by

    deprivation = pd.Series(truth["population"]["deprivation"])
    thirds = pd.qcut(deprivation, 3, labels=["1 least", "2", "3 most"]).astype(str)
    people = population_by(puerto_sereno.table("population"))
    found = reach(puerto_sereno.table("demands"), people, thirds.to_dict())
    least, _, most = found.itertuples()
    assert most.upper < least.lower
    planted = np.exp(-0.35 * deprivation.groupby(thirds).mean())
    assert found["per_1000"].to_numpy() / found["per_1000"].mean() == pytest.approx(
        (planted / planted.mean()).to_numpy(), rel=0.25
    )


def test_few_demands_are_not_called_a_difference():
    found = pd.DataFrame(
        {"kind": ["first", "other"], "n": [4, 8], "population": [1000, 1000]}
    )
    assert compare_reach(found, "first", "other") == "no clear difference"
    # 25 of 150 is a sixth; Wilson's upper limit of it, 0.235, lies below a quarter of the residents.
    many = found.assign(n=[25, 125], population=[1000, 3000])
    assert compare_reach(many, "first", "other") == "less"
    assert compare_reach(many, "other", "first") == "more"
