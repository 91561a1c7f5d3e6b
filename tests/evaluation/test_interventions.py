"""Which areas and months are compared is settled before a number is seen."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation.interventions import (
    before_and_after,
    check_roles,
    interventions,
    windows,
)


def months(first: str, last: str) -> list[str]:
    return [str(m) for m in pd.period_range(first, last, freq="M")]


def lamps(start: str = "2024-01-01", end=None, **more):
    """Lamps in area a, with b beside it, compared with c."""
    rows = pd.DataFrame(
        {
            "intervention_id": "I01",
            "name": "Lamps",
            "area_id": ["a", "b", "c"],
            "role": ["treated", "treated_buffer", "control"],
            "starts_on": pd.Timestamp(start),
            "ends_on": pd.to_datetime(end),
            "offence": None,
            "assignment": "by_need",
            "planned_units": pd.array([120, None, None], dtype="Int64"),
            **more,
        }
    )
    return interventions(rows)[0]


def test_offences_that_stand_on_different_rows_are_counted_together():
    found = lamps(offence=["0401", None, "020111"])
    assert found.offences == ("020111", "0401")
    assert found.planned == 120
    assert found.areas == {
        "treated": ("a",),
        "treated_buffer": ("b",),
        "control": ("c",),
    }


def test_whole_years_stand_against_whole_years():
    found = windows(lamps(), months("2021-01", "2025-05"))
    assert (found.before[0], found.before[-1]) == ("2023-01", "2023-12")
    assert (found.after[0], found.after[-1]) == ("2024-01", "2024-12")
    assert len(found.earlier) == 36
    assert len(found.since) == 17


def test_less_than_a_year_stands_against_the_same_months_of_the_year_before():
    found = windows(lamps(), months("2021-01", "2024-08"))
    assert found.after == tuple(months("2024-01", "2024-08"))
    assert found.before == tuple(months("2023-01", "2023-08"))


def test_a_month_that_the_start_or_the_end_cuts_in_two_counts_on_neither_side():
    found = windows(
        lamps("2023-03-15", "2024-03-31"), months("2021-01", "2025-12"), most=12
    )
    assert found.before[-1] == "2023-02"
    assert found.after[0] == "2023-04"
    assert found.since[-1] == "2024-03"
    cut = windows(lamps("2023-03-15", "2024-03-30"), months("2021-01", "2025-12"))
    assert cut.since[-1] == "2024-02"


@pytest.mark.clause("draft:25(g)")
def test_what_began_a_moment_ago_is_not_evaluated_yet():
    with pytest.raises(Refused) as caught:
        windows(lamps("2025-10-01"), months("2021-01", "2025-12"))
    assert "Lamps" in caught.value.what and "3 months" in caught.value.what


def test_an_area_that_is_treated_and_compared_is_refused():
    with pytest.raises(Refused) as caught:
        check_roles(lamps(area_id=["a", "b", "a"]))
    assert "two roles" in caught.value.what
    with pytest.raises(Refused):
        check_roles(lamps(role=["control", "control", "control"]))


def test_counts_before_and_after_by_role():
    counts = pd.DataFrame(
        {
            "area_id": ["a", "a", "c", "z"],
            "month": ["2023-05", "2024-05", "2023-06", "2023-06"],
            "n": [7, 4, 9, 100],
        }
    )
    found = windows(lamps(), months("2023-01", "2024-12"))
    table = before_and_after(counts, lamps(), found).set_index("role")
    assert table.loc["treated", ["before", "after"]].tolist() == [7, 4]
    assert table.loc["treated_buffer", ["before", "after"]].tolist() == [0, 0]
    assert table.loc["control", ["before", "after"]].tolist() == [9, 0]
