"""Ballots as they leave: small groups and identities hidden, by area as in the city."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.reports.measuring.priorities import IDENTITY, priorities
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import Release

AREAS = pd.DataFrame(
    {
        "area_id": ["01", "02", "03", "04"],
        "area_name": ["A", "B", "C", "D"],
        "parent": ["N", "N", "S", "S"],
        "settlement": "formal",
    }
)


def ballots(*lines) -> pd.DataFrame:
    """(papers, group, area, "best > next") lines."""
    rows, number = [], 0
    for count, group, area, order in lines:
        for _ in range(count):
            number += 1
            for rank, option in enumerate(order.split(" > "), start=1):
                rows.append(
                    (f"p{number:03d}", group, area, option, f"About {option}", rank)
                )
    table = pd.DataFrame(
        rows, columns=["paper_id", "group", "area_id", "option_id", "option", "rank"]
    )
    return table.assign(
        ballot_id="R", kind="priorities", held_on=pd.Timestamp("2025-05-01"), votes=1
    )


def measured(table: pd.DataFrame, agreed: str = "") -> Release:
    tables = {"ballots": table, "areas": AREAS}
    settings = SimpleNamespace(
        disclosure=Disclosure(), consent=SimpleNamespace(indigenous=agreed)
    )
    city = SimpleNamespace(table=tables.get, settings=settings)
    release = Release(settings.disclosure, "public")
    priorities(Scope(city, release, frozenset()))
    return release


@pytest.mark.clause("draft:25(f)")
def test_each_actor_says_what_matters_most_in_each_area():
    lines = [(8, "women", a, "light > bus") for a in ("01", "02", "03")]
    lines += [(8, "men", a, "bus > light") for a in ("01", "02", "03")]
    release = measured(ballots(*lines))
    tops = release.tables["first_choices_by_area"].frame
    assert tops["area_id"].tolist() == ["01", "01", "02", "02", "03", "03"]
    assert tops["top"].tolist() == ["bus", "light"] * 3
    apart = release.tables["disagreement_by_area"].frame
    assert apart["verdict"].tolist() == ["differ"] * 3
    assert release.results["areas_with_papers"] == (3, 4)


def test_where_few_areas_voted_districts_are_shown():
    release = measured(
        ballots((8, "women", "01", "light > bus"), (8, "men", "01", "bus > light"))
    )
    assert release.tables["disagreement_by_area"].frame["parent"].tolist() == ["N"]
    assert release.results["priority_level"] == "parent"


def test_a_group_of_four_in_an_area_is_hidden_and_another_cell_with_it():
    lines = [
        (9, g, a, "light > bus") for g in ("women", "men") for a in ("01", "02", "03")
    ]
    lines[0] = (4, "women", "01", "bus > light")
    tops = measured(ballots(*lines)).tables["first_choices_by_area"]
    hidden = tops.hidden["n"]
    assert hidden[
        (tops.frame["area_id"] == "01") & (tops.frame["group"] == "women")
    ].all()
    # Rows and columns have known totals: one hidden cell alone would be worked out.
    assert hidden.sum() >= 4
    assert tops.frame.loc[hidden, "top"].isna().all()


def test_identities_are_shown_for_the_city_only_and_from_ten_on():
    lines = [
        (12, "migrants", "01", "bus > light"),
        (9, "refugees", "02", "bus > light"),
    ]
    lines += [(9, "women", a, "light > bus") for a in ("01", "02", "03")]
    release = measured(ballots(*lines))
    assert set(release.tables["priorities_by_group"].frame["group"]) == {
        "migrants",
        "women",
    }
    assert set(release.tables["first_choices_by_area"].frame["group"]) == {"women"}
    # The nine refugees are in no total: nobody can subtract the others from it.
    assert release.tables["priorities_together"].frame["n"].unique().tolist() == [
        12 + 27
    ]
    assert release.results["ballots"]["left_out"]
    voted = release.tables["papers_by_group"].frame
    assert (voted["n"] / voted["share"]).round(6).unique().tolist() == [12 + 27]
    assert "migrants" in IDENTITY


def test_indigenous_communities_decide_whether_their_order_is_shown():
    table = ballots(
        (20, "indigenous_peoples", "01", "bus > light"),
        (20, "women", "01", "light > bus"),
    )
    silent = measured(table).tables["priorities_by_group"].frame
    assert set(silent["group"]) == {"women"}
    agreed = (
        measured(table, "Council of elders, 2025-02-01")
        .tables["priorities_by_group"]
        .frame
    )
    assert set(agreed["group"]) == {"women", "indigenous_peoples"}


def test_a_group_that_voted_in_small_numbers_is_not_called_missing():
    release = measured(
        ballots((3, "youth", "01", "bus > light"), (20, "women", "01", "light > bus"))
    )
    assert "youth" not in release.results["missing_voices"]
    voted = release.tables["papers_by_group"].frame
    assert voted[["group", "n", "share"]].values.tolist() == [["women", 20, 1.0]]
    assert "persons_with_disabilities" in release.results["missing_voices"]


def test_a_city_without_rankings_says_nothing():
    money = ballots((20, "everyone", "", "a > b")).assign(kind="participatory_budget")
    assert measured(money).tables == {}
