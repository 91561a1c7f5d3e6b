"""The worksheet says what records know about a problem, and leaves to people what they do not."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.strategy.problem_solving import (
    BUSIEST,
    LOOKED_AFTER_BY,
    NIGHT,
    OTHERS,
    QUESTIONS,
    REPEATED,
    WEEKEND,
    worksheet,
)

#: 2025-03-01 was a Saturday.
SATURDAY_NIGHT, MONDAY_NOON = "2025-03-01 22:30", "2025-03-03 12:00"


def records(**columns) -> pd.DataFrame:
    """Thirty robberies: twenty on a Saturday night, ten on a Monday at noon, in ten areas."""
    usual = {
        "offence": "0401",
        "occurred_from": pd.to_datetime([SATURDAY_NIGHT] * 20 + [MONDAY_NOON] * 10),
        "time_precision": "minute",
        "area_id": [f"{i % 10:02d}" for i in range(30)],
        "domestic": "no",
        "count": 1,
    }
    return pd.DataFrame(usual | columns)


def facts(frame: pd.DataFrame, offence: str = "0401") -> pd.DataFrame:
    return worksheet(frame, offence).facts.set_index("fact")


@pytest.mark.clause("draft:26(e).3")
def test_when_is_answered_with_an_interval():
    found = facts(records())
    assert found.loc[NIGHT, ["n", "of"]].tolist() == [20, 30]
    expected = wilson_interval(20, 30)
    assert found.loc[NIGHT, "lower"] == pytest.approx(float(expected.lower))
    assert found.loc[WEEKEND, "share"] == pytest.approx(20 / 30)


def test_hours_that_nobody_knows_are_no_midnights():
    frame = records(time_precision=["minute"] * 20 + ["day"] * 10)
    frame.loc[20:, "occurred_from"] = pd.Timestamp("2025-03-03 00:00")
    found = facts(frame)
    assert found.loc[NIGHT, ["n", "of"]].tolist() == [20, 20]
    assert found.loc[WEEKEND, "of"] == 30


def test_hours_that_nobody_knows_are_no_midnights_for_a_mixed_evening():
    frame = records(time_precision=["minute"] * 25 + ["day"] * 5)
    assert facts(frame).loc[NIGHT, ["n", "of"]].tolist() == [20, 25]


def test_areas_are_counted_and_never_named():
    # Two of ten areas hold 3 of 30 each, if spread evenly: no pattern is a fifth.
    assert facts(records()).loc[BUSIEST, "share"] == pytest.approx(6 / 30)


def test_a_small_group_is_merged_until_nobody_can_be_told_apart():
    relation = ["stranger"] * 18 + ["acquaintance"] * 9 + ["family"] * 3
    found = facts(records(relation=relation))
    assert found.loc[["stranger", OTHERS], "n"].tolist() == [18, 12]
    assert "family" not in found.index and "acquaintance" not in found.index


def test_unknown_is_in_no_denominator():
    sex = ["male"] * 12 + ["female"] * 8 + ["unknown"] * 5 + [None] * 5
    assert facts(records(victim_sex=sex)).loc["male", ["n", "of"]].tolist() == [12, 20]


def test_repeated_places_are_told_for_robbery_and_never_for_sexual_violence():
    keys = ["a"] * 6 + ["b"] * 4 + [f"x{i}" for i in range(20)]
    frame = records(place_key=keys)
    assert facts(frame).loc[REPEATED, "n"] == 10
    silent = facts(frame.assign(offence="0301"), "0301")
    assert REPEATED not in silent.index and BUSIEST not in silent.index


def test_places_of_domestic_violence_are_left_out():
    half = ["yes"] * 15 + ["no"] * 15
    two = [f"{i % 2:02d}" for i in range(30)]
    found = facts(records(domestic=half, area_id=two))
    assert found.loc[BUSIEST, ["n", "of"]].tolist() == [8, 15]


@pytest.mark.clause("draft:26(e).3")
def test_records_never_say_why():
    asked = worksheet(records(), "0401")
    assert "Why here and now, and not elsewhere?" in asked.blank
    plan = pd.DataFrame(
        {"name": ["Lamps"], "cause": ["Dark stops"], "indicator_id": ["robbery_rate"]}
    )
    told = worksheet(records(), "0401", plan)
    assert told.causes == ("Dark stops",) and told.measures == ("Lamps",)
    assert not any(q.startswith(("Why", "Which", "What would")) for q in told.blank)


def test_a_problem_with_four_records_is_talked_about_and_not_counted():
    with pytest.raises(Refused, match="too few records"):
        worksheet(records().head(4), "0401")
    with pytest.raises(Refused, match="too few records"):
        worksheet(records().head(9).assign(offence="0301"), "0301")


def test_the_sheet_asks_all_six_questions_and_about_all_three_sides():
    assert {asks for _, asks, _, _ in QUESTIONS} >= {"what", "where", "when", "who", "how", "why"}  # fmt: skip
    assert {side for _, _, side, _ in QUESTIONS} - {""} == set(LOOKED_AFTER_BY)
