"""Whether the register of organisations is whole, and holds nothing that it must not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.city.purging import OPINIONS
from safelearn.stakeholders.register import (
    PLANNED,
    RATED,
    look_through,
    shown,
    usable,
    usable_ties,
    without_ratings,
)

TODAY = date(2025, 6, 30)


def organisations(**columns: list) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    rows = {
        "stakeholder_id": [f"S{i}" for i in range(1, n + 1)],
        "name": [f"Office {i}" for i in range(1, n + 1)],
        "type": ["ngo"] * n,
        "level": ["city"] * n,
        "power": [3.0] * n,
        "conflict_of_interest": ["no"] * n,
        "assessed_on": pd.to_datetime(["2025-01-01"] * n),
        "source": ["Workshop"] * n,
    }
    return pd.DataFrame(rows | columns)


def gaps(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(look_through(table, TODAY).gaps.itertuples(index=False, name=None))


def test_a_whole_row_has_no_gap():
    assert gaps(organisations(group=[None])) == []


@pytest.mark.clause("draft:25(b)")
def test_an_old_rating_a_missing_source_and_an_unasked_conflict_are_named():
    table = organisations(
        assessed_on=pd.to_datetime(["2022-01-01", "2025-01-01", "2025-01-01"]),
        source=["Workshop", None, "Workshop"],
        conflict_of_interest=["no", "no", "unknown"],
    )
    assert gaps(table) == [("S1", "old_rating"), ("S2", "no_source"), ("S3", "conflict_unknown")]  # fmt: skip


def test_ratings_of_those_who_speak_for_refugees_are_held_too_much_and_read_by_no_measure():
    table = organisations(group=["refugees", "youth"], stance=["opposes", "supports"])
    assert ("S1", "held_too_much") in gaps(table)
    read = usable(table).set_index("stakeholder_id")
    assert read.loc["S1", ["power", "stance"]].isna().all()
    assert read.loc["S2", "stance"] == "supports"


def test_ties_of_those_who_speak_for_refugees_are_looked_at_by_nobody_one_by_one():
    table = organisations(group=["refugees", "youth", None])
    ties = pd.DataFrame({"from_id": ["S1", "S2"], "to_id": ["S2", "S3"], "tie": "money"})  # fmt: skip
    assert usable_ties(table, ties)["to_id"].tolist() == ["S3"]


def test_who_speaks_for_an_endangered_group_is_named_only_with_its_own_word():
    table = organisations(
        group=["migrants", "migrants", "youth", "youth"],
        may_be_listed=["yes", None, None, "no"],
    )
    assert look_through(table, TODAY).named == {"S1", "S3"}


def test_nothing_that_raters_thought_is_in_the_public_part():
    table = organisations(stance=["opposes"], engagement_goal=["Win its support"])
    public = shown(table, look_through(table, TODAY).named)
    assert not set(public) & {*RATED, *PLANNED}
    assert public["name"].tolist() == ["Office 1"]


def test_ratings_can_be_deleted_and_the_register_stays():
    table = organisations(stance=["opposes", "neutral"], contribution=["A hall", "-"])
    left = without_ratings(table)
    assert left[["power", "stance", "assessed_on"]].isna().all(axis=None)
    assert left["contribution"].tolist() == ["A hall", "-"]
    assert table["power"].notna().all()


def test_what_a_purge_takes_out_is_all_that_raters_thought_and_that_was_planned():
    assert set(OPINIONS["stakeholders"][1]) == {*RATED, *PLANNED, "assessed_on"}


@pytest.mark.clause("draft:24(e)")
def test_the_kinds_of_partner_that_nobody_entered_are_named():
    table = organisations(type=["womens_organisation", "business", "media", "faith"])
    found = look_through(table, TODAY)
    assert found.lacking == ("youth", "professions", "residents")


@pytest.mark.clause("draft:26(c).7")
def test_a_business_that_was_not_asked_about_its_own_interest_is_a_gap():
    table = organisations(type=["business"], conflict_of_interest=[None])
    assert gaps(table) == [("S1", "conflict_unknown")]


def test_the_bundled_city_lacks_no_kind_of_partner(port):
    found = look_through(port.table("stakeholders"), TODAY)
    assert found.lacking == ()
    assert found.organisations == 40
    # Two organisations speak for migrants and carry ratings, which is a finding about the city.
    too_much = found.gaps[found.gaps["gap"] == "held_too_much"]["stakeholder_id"]
    assert too_much.tolist() == ["S30", "S34"]
