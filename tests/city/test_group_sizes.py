"""How many residents each group has, as far as a census tells."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.group_sizes import group_shares, group_sizes


def census(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    names = ["area_id", "sex", "age_group", "population"]
    return pd.DataFrame(rows, columns=names).assign(year=2024)


def test_groups_are_counted_from_whole_age_groups_only():
    found = group_sizes(
        census(
            ("01", "female", "0-14", 10),
            ("01", "male", "0-14", 20),
            ("01", "female", "15-29", 30),
            ("01", "male", "15-29", 10),
            ("01", "female", "30-59", 5),
            ("01", "male", "30-59", 5),
            ("01", "female", "60+", 15),
            ("01", "male", "60+", 5),
        )
    )
    # From 15 to 29 lies on both sides of 24: how many are young is not known.
    assert found == {
        "everyone": 100,
        "women": 60,
        "men": 40,
        "children": 30,
        "older_persons": 20,
    }


def test_an_area_that_is_not_split_leaves_the_citys_groups_open():
    assert group_sizes(
        census(("01", "female", "all", 60), ("01", "male", "all", 40), ("02", "all", "all", 9))
    ) == {"everyone": 109}  # fmt: skip


def test_informal_settlements_are_counted_by_their_areas():
    areas = pd.DataFrame(
        {"area_id": ["01", "02"], "settlement": ["formal", "informal"]}
    )
    people = census(("01", "all", "all", 75), ("02", "all", "all", 25))
    assert group_shares(people, areas) == {"informal_residents": pytest.approx(0.25)}


def test_without_a_census_nobody_is_counted():
    assert group_shares(None) == {}
