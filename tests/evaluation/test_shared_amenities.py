"""Do schools, halls and courts serve the neighbourhood when they stand empty?"""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import SafelearnError
from safelearn.evaluation.shared_amenities import (
    CLOSED,
    OWN,
    SHARED,
    hours_for,
    utilisation,
)


@pytest.fixture
def timetable():
    rows = [
        ("School", "Mon", "morning", 6, OWN, 100, None, None),
        ("School", "Mon", "evening", 4, SHARED, 100, 40, "girls"),
        ("School", "Tue", "evening", 4, SHARED, 100, 5, None),
        ("School", "Wed", "evening", 4, SHARED, 100, None, None),
        ("School", "Sat", "day", 8, CLOSED, 100, None, None),
    ]
    columns = [
        "facility",
        "weekday",
        "slot",
        "hours",
        "use",
        "places",
        "users",
        "group",
    ]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.clause("draft:26(f)(ii).6")
def test_hours_that_a_school_does_not_need_are_open_or_closed(timetable):
    found = utilisation(timetable).iloc[0]
    assert (found["own"], found["shared"], found["closed"]) == (6, 12, 8)
    assert found["open_share"] == pytest.approx(0.6)
    # 40 and 5 of 100 places, in the two slots that somebody counted.
    assert found["filled"] == pytest.approx(0.225)
    assert (found["hardly_used"], found["not_counted"]) == (4, 4)


def test_hours_of_their_own_are_set_against_a_groups_size(timetable):
    found = hours_for(timetable, {"girls": 0.5, "older_persons": 0.1}).set_index(
        "group"
    )
    assert found.loc["girls", "hour_share"] == pytest.approx(4 / 12)
    assert found.loc["girls", "ratio"] == pytest.approx(2 / 3)
    assert found.loc["older_persons", "hours"] == 0


def test_a_slot_stands_there_once(timetable):
    with pytest.raises(SafelearnError, match="twice"):
        utilisation(pd.concat([timetable, timetable]))
