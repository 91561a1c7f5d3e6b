"""Walks by day and after dark: what was met, how darkness changes it, and whether two walkers see the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis import audits
from safelearn.diagnosis.agreement import cohen_kappa
from safelearn.errors import Refused
from safelearn.simulation.audits import STRICTER


def walked(places: int = 12, **columns) -> pd.DataFrame:
    """One visit by day and one after dark to each place, all items met by day and none after dark."""
    light = np.tile(["day", "dark"], places)
    frame = pd.DataFrame(
        {
            "place_id": np.repeat([f"P{k:02d}" for k in range(places)], 2),
            "area_id": "0101",
            "place_type": "street",
            "visited_on": "2025-05-13",
            "light": light,
            "rater": "A",
            "rater_group": "women",
        }
    )
    for names in audits.STRATEGIES.values():
        for item in names:
            frame[item] = np.where(light == "day", "yes", "partly")
    for item in audits.ACCESSIBLE:
        frame[item] = "no"
    for name in audits.SCORES:
        frame[f"score_{name}"] = np.where(light == "day", 2, 1)
    return frame.assign(**columns)


def test_partly_is_rated_and_not_met():
    found = audits.design_scores(walked(), "light").set_index("light")
    assert found.loc["day", "value"] == 1.0
    assert found.loc["dark", "value"] == 0.0


def test_what_does_not_apply_is_not_rated():
    frame = walked()
    frame["target_hardening"] = "not_applicable"
    frame["surveillance_formal"] = None
    # 11 items of the ten strategies, two of which nobody could rate: 9 on each of 24 visits.
    assert audits.design_scores(frame)["n"].item() == 9 * 24


def test_design_for_everybody_stands_beside_the_ten_strategies_and_in_no_total():
    by_strategy = audits.design_scores(walked(), "strategy").set_index("strategy")
    assert len(by_strategy) == 11
    assert by_strategy.loc["accessible", "value"] == 0.0
    assert audits.design_scores(walked())["value"].item() == 0.5


def test_a_visit_by_two_raters_counts_once():
    twice = walked()
    first = twice[twice["place_id"] == "P00"].assign(rater="B")
    for names in audits.STRATEGIES.values():
        for item in names:
            first[item] = "no"
    found = audits.design_scores(pd.concat([twice, first], ignore_index=True), "light")
    # By day eleven places with everything met, and one of which one of two raters says so.
    day = found.set_index("light").loc["day", "value"]
    assert day == pytest.approx(11.5 / 12)


def test_the_interval_comes_from_how_places_differ_and_not_from_the_number_of_boxes():
    frame = walked(20)
    good = frame["place_id"] < "P10"
    for names in audits.STRATEGIES.values():
        for item in names:
            frame[item] = np.where(good, "yes", "no")
    found = audits.design_scores(frame).iloc[0]
    # Twenty places, half of them wholly good: p = .5, se = sqrt(p(1-p)/(20-1)) by hand.
    assert found["standard_error"] == pytest.approx(np.sqrt(0.25 / 19))
    assert found["n"] == 440


def test_places_of_many_areas_are_taken_as_drawn_area_by_area():
    frame = walked(12)
    assert audits.clusters(frame) == "place_id"
    frame["area_id"] = frame["place_id"]
    assert audits.clusters(frame) == "area_id"


def test_darkness_is_compared_within_the_same_places():
    frame = walked(12)
    only_by_day = walked(3).query("light == 'day'").replace({"place_id": {"P00": "Q"}})
    only_by_day["place_id"] = "Q" + only_by_day["place_id"]
    found = audits.darkness(pd.concat([frame, only_by_day], ignore_index=True))
    assert found.value == -1.0
    assert found.n == 11 * 24


def test_scores_stand_in_the_order_of_the_form():
    assert tuple(audits.safety_scores(walked())["item"]) == audits.SCORES


def test_few_places_say_nothing_of_the_city():
    with pytest.raises(Refused, match="ten places"):
        audits.design_scores(walked(9))
    with pytest.raises(Refused, match="two raters"):
        audits.raters_agreement(walked())


def test_raters_are_compared_by_kappa_on_the_same_visit():
    rng = np.random.default_rng(4)
    one = walked(15)
    for names in audits.STRATEGIES.values():
        for item in names:
            one[item] = rng.choice(["yes", "partly", "no"], len(one))
    other = one.assign(rater="B")
    other["image_maintained"] = rng.choice(["yes", "partly", "no"], len(one))
    for name in audits.SCORES:
        one[f"score_{name}"] = rng.integers(1, 4, len(one))
        other[f"score_{name}"] = one[f"score_{name}"] - 1
    found = audits.raters_agreement(pd.concat([other, one], ignore_index=True))
    assert found.visits == 30
    assert found.stricter == 1.0
    scale = {"no": 0, "partly": 1, "yes": 2}
    items = [i for names in audits.STRATEGIES.values() for i in names] + list(
        audits.ACCESSIBLE
    )
    first, second = (
        pd.concat([f[i].map(scale) for i in items], ignore_index=True)
        for f in (one, other)
    )
    assert found.items.kappa == pytest.approx(
        cohen_kappa(first, second, "linear").kappa
    )


@pytest.mark.clause("draft:26(d).2")
def test_the_walks_of_puerto_sereno_show_what_was_planted(puerto_sereno):
    frame = puerto_sereno.table("audits")
    assert audits.darkness(frame).upper < 0
    agreed = audits.raters_agreement(frame)
    assert STRICTER > 0
    assert agreed.stricter > 0
    assert agreed.items.lower > 0.2
    poor_light = audits.safety_scores(frame, "light").set_index(["item", "light"])[
        "value"
    ]
    assert (poor_light.xs("dark", level=1) < poor_light.xs("day", level=1)).all()
