"""What neighbourhoods have to build on, and what residents do themselves."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.assets import area_page, assets
from safelearn.stakeholders.initiatives import initiatives

AREAS = pd.DataFrame({"area_id": ["02", "01"]})


def held(*lines: tuple) -> pd.DataFrame:
    columns = ["asset_id", "name", "type", "area_id", "group", "hours_available", "hours_used", "open_after_dark",
               "accessible", "consent"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


LISTED = held(
    ("1", "Hall", "community_centre", "01", "everyone", 60.0, 20.0, "yes", "yes", "not_needed"),
    ("2", "School", "school", "01", "children", 40.0, 40.0, "no", "partly", "not_needed"),
    ("3", "Aunts", "informal_group", "01", "women", 10.0, 5.0, "yes", "yes", "no"),
)  # fmt: skip


@pytest.mark.clause("draft:26(d).3", "draft:25(b)")
def test_every_area_is_there_with_what_it_has_and_who_declined_is_not():
    found = assets(LISTED, AREAS, pd.Series({"01": 1_000.0, "02": 500.0}))
    table = found.areas.set_index("area_id")
    assert table.index.tolist() == ["01", "02"]
    assert table.loc["01", ["assets", "places", "services", "people"]].tolist() == [2, 1, 1, 0]  # fmt: skip
    rest = table.loc["01", ["after_dark", "accessible", "hours_free", "per_1000"]]
    assert rest.tolist() == [1, 1, 40, 2]
    assert table.loc["02", "assets"] == 0
    assert found.used == 60 / 100
    assert found.unlisted == 1


def test_an_informal_group_is_listed_only_with_its_own_word():
    silent = LISTED.assign(consent=["not_needed", "not_needed", None])
    assert assets(silent, AREAS).unlisted == 1
    agreed = LISTED.assign(consent=["not_needed", "not_needed", "yes"])
    assert assets(agreed, AREAS).unlisted == 0


def test_a_place_for_refugees_is_listed_only_with_its_own_word():
    shelter = LISTED.assign(group=["refugees", "children", "women"])
    assert assets(shelter, AREAS).unlisted == 2


def test_a_list_of_which_nothing_may_be_shown_is_refused():
    with pytest.raises(Refused, match="public list"):
        assets(LISTED.assign(consent="no"), AREAS)


@pytest.mark.clause("draft:26(c).5b")
def test_the_page_of_an_area_begins_with_what_stands_free_there():
    started = pd.DataFrame(
        {
            "initiative_id": ["J1", "J2", "J3"],
            "name": ["Football", "Choir", "Watch"],
            "area_id": ["01", "02", "01"],
            "status": ["running", "running", "ended"],
            "consent": ["yes", "yes", "yes"],
        }
    )
    asked = pd.DataFrame(
        {"area_id": ["01", "01", "01", "02"], "topic": ["lighting", "housing", "lighting", "traffic"]}
    )  # fmt: skip
    page = area_page("01", LISTED, started, asked)
    assert page.assets["name"].tolist() == ["Hall", "School"]
    assert page.initiatives["name"].tolist() == ["Football"]
    assert page.asked_for.values.tolist() == [["lighting", 2], ["housing", 1]]


@pytest.mark.clause("draft:24(g)")
def test_grants_are_counted_by_the_kind_of_area_they_went_to():
    register = pd.DataFrame(
        {
            "initiative_id": ["J1", "J2", "J3"],
            "area_id": ["01", "01", "02"],
            "prevention": ["community", "social", "community"],
            "status": ["running", "ended", "running"],
            "grant_asked": [1_000.0, 500.0, 800.0],
            "grant_given": [600.0, 0.0, None],
            "currency": ["XTS", "XTS", "XTS"],
            "consent": ["yes", "no", "yes"],
        }
    )
    found = initiatives(register, pd.Series({"01": "formal", "02": "informal"}))
    assert (found.initiatives, found.at_work) == (3, 2)
    assert (found.asked, found.given, found.helped.share) == (2_300, 600, pytest.approx(1 / 3))  # fmt: skip
    by_area = found.by_area.set_index("kind")
    assert by_area.loc["formal", ["asked", "helped"]].tolist() == [2, 1]
    assert by_area.loc["informal", ["asked", "helped"]].tolist() == [1, 0]
    assert found.kinds.values.tolist() == [["community", 2]]
    assert found.listed["initiative_id"].tolist() == ["J1", "J3"]


def test_no_initiative_at_all_is_refused():
    with pytest.raises(Refused, match="initiative"):
        initiatives(pd.DataFrame(columns=["initiative_id"]))
