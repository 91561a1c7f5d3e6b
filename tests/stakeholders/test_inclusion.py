"""Whether each group takes part as it lives here."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.inclusion import inclusion, seats, took_part


def record(**activities: dict) -> pd.DataFrame:
    lines = [(a, g, float(n)) for a, came in activities.items() for g, n in came.items()]  # fmt: skip
    return pd.DataFrame(lines, columns=["activity_id", "group", "n"])


def city(**shares: float) -> pd.DataFrame:
    return pd.DataFrame({"group": list(shares), "share": list(shares.values())})


@pytest.mark.clause("draft:25(d).5", "draft:15")
def test_a_group_that_comes_half_as_often_as_it_lives_here_has_ratio_a_half():
    found = inclusion(
        record(one={"women": 50, "men": 50, "youth": 10}, two={"women": 20, "men": 30, "youth": 5}),
        city(women=0.5, youth=0.2),
    ).set_index("group")  # fmt: skip
    # 70 of 150 are women, 15 of 150 young: by hand.
    assert found.loc["women", "ratio"] == pytest.approx(70 / 150 / 0.5)
    assert found.loc["youth", ["n", "share", "ratio"]].tolist() == [15, 0.1, 0.5]


def test_few_meetings_with_many_people_are_few_meetings():
    """A hundred young people in one bus are one chance and not a hundred."""
    together = inclusion(
        record(a={"women": 100, "men": 100, "youth": 33}, b={"women": 100, "men": 100, "youth": 0},
               c={"women": 100, "men": 100, "youth": 3}),
        city(youth=0.2),
    )  # fmt: skip
    apart = inclusion(
        record(a={"women": 100, "men": 100, "youth": 12}, b={"women": 100, "men": 100, "youth": 12},
               c={"women": 100, "men": 100, "youth": 12}),
        city(youth=0.2),
    )  # fmt: skip
    assert together["ratio"].item() == pytest.approx(apart["ratio"].item())
    assert together["found"].item() == "perhaps_fewer"
    assert apart["found"].item() == "fewer"
    # Meetings that happen to be alike do not know more than each person alone: sqrt(p q / n), by hand.
    p, n = 36 / 600, 600
    half = 4.302653 * np.sqrt((1 - p) / (p * n))
    assert apart["upper"].item() == pytest.approx(p / 0.2 * np.exp(half), rel=1e-5)


def test_a_share_that_a_survey_gives_widens_the_interval():
    came = record(
        a={"women": 50, "men": 50, "older_persons": 9},
        b={"women": 50, "men": 50, "older_persons": 12},
    )
    sure = inclusion(came, city(older_persons=0.1))
    rough = inclusion(came, city(older_persons=0.1).assign(lower=0.05, upper=0.2))
    assert rough["ratio"].item() == sure["ratio"].item()
    assert rough["upper"].item() > sure["upper"].item()


def test_a_group_of_which_nobody_came_has_an_upper_limit_and_one_that_nobody_wrote_down_has_none():
    found = inclusion(
        record(a={"women": 10, "men": 10, "migrants": 0}),
        city(migrants=0.1, persons_with_disabilities=0.1),
        sample=False,
    ).set_index("group")
    # Newcombe 1998: 0 of 20 has the upper limit 0.1611.
    assert found.loc["migrants", "upper"] == pytest.approx(1.611, abs=1e-3)
    assert found.loc["persons_with_disabilities", "found"] == "no_record"
    assert np.isnan(found.loc["persons_with_disabilities", "ratio"])


def test_a_group_of_unknown_size_is_said_to_be_so():
    found = inclusion(record(a={"everyone": 40, "informal_traders": 4}), city(informal_traders=np.nan))  # fmt: skip
    assert found["found"].item() == "no_share"
    assert found["share"].item() == 0.1


def test_meetings_without_a_total_are_refused():
    with pytest.raises(Refused, match="in all"):
        inclusion(record(a={"youth": 4}), city(youth=0.2))


@pytest.mark.clause("draft:26(f)(ii).4")
def test_the_seats_are_those_of_the_latest_committee():
    held = pd.DataFrame(
        {
            "activity_id": ["A", "A", "B", "B", "C"],
            "kind": ["committee"] * 4 + ["workshop"],
            "held_on": pd.to_datetime(["2024-01-01"] * 2 + ["2025-01-01"] * 2 + ["2025-06-01"]),
            "group": ["women", "men", "women", "men", "women"],
            "participants": [1, 9, 4, 6, 30],
            "seats": [1, 9, 4, 6, None],
        }
    )  # fmt: skip
    found = inclusion(seats(held), city(women=0.5), sample=False)
    assert found["ratio"].item() == pytest.approx(0.8)
    assert took_part(held)["n"].tolist() == [30]


def test_the_group_that_is_missing_from_the_bundled_city_is_found(port, planted):
    missing = planted["missing_group"]
    groups = city(women=0.51, youth=0.18, **{missing: 0.08})
    for one in (took_part(port.table("participation")), seats(port.table("participation"))):  # fmt: skip
        found = inclusion(one, groups).set_index("group")["found"]
        assert found[missing] == "no_record"
        assert (found.drop(missing) != "no_record").all()
