"""The example in docs/profiles.md does what the page says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from safelearn.city.columns.profile import FIELDS
from safelearn.city.columns.profile_settings import LISTS, PARTS
from safelearn.city.columns.profiles import all_profiles
from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """The file, the profile and the crosswalk of the page, imported."""
    folder = new_city(tmp_path_factory.mktemp("by-hand") / "city", name="City").folder
    update_settings(folder, {"timezone": "America/Lima"})
    blocks = re.findall(r"```(\w*)\n(.*?)```", PAGE, flags=re.DOTALL)
    file = next(text for _, text in blocks if text.startswith("NRO;"))
    profile, crosswalk = (text for kind, text in blocks if kind == "toml")
    for part, text in (("profiles", profile), ("crosswalks", crosswalk)):
        (folder / part).mkdir(exist_ok=True)
        (folder / part / "policia.toml").write_text(text, encoding="utf-8")
    areas = folder.parent / "barrios.csv"
    areas.write_text("codigo,nombre\n01,Centro\n02,San Luis\n", encoding="utf-8")
    import_file(folder, areas, table="areas")
    path = folder.parent / "april.csv"
    path.write_text(file, encoding="utf-8")
    result = import_file(folder, path)
    return result, City.open(folder).incidents()


def test_three_of_the_four_rows_are_used_by_the_profile_of_the_page(taken):
    result, _ = taken
    assert result.profile == "policia"
    assert (result.rows_read, result.rows_used) == (4, 3)
    assert result.set_aside == {"not an event": 1}
    assert result.located == 2


def test_the_day_stands_first_and_a_midnight_is_no_hour(taken):
    _, incidents = taken
    assert incidents["occurred_from"].tolist() == [
        pd.Timestamp("2024-04-03 22:15"),
        pd.Timestamp("2024-04-03"),
        pd.Timestamp("2024-04-05"),
    ]
    assert incidents["time_precision"].tolist() == ["minute", "day", "day"]


def test_the_crosswalk_of_the_page_says_which_offences_are_meant(taken):
    _, incidents = taken
    assert incidents["offence"].tolist() == ["0401", "0502", "050221"]


def test_metres_are_degrees_and_nought_nought_is_nowhere(taken):
    _, incidents = taken
    assert incidents["longitude"].isna().tolist() == [False, True, True]
    # 278,650 m E and 8,665,120 m N in zone 18 south lie in Lima, at about 12.07 S and 77.03 W.
    assert incidents["latitude"][0] == pytest.approx(-12.07, abs=0.01)
    assert incidents["longitude"][0] == pytest.approx(-77.03, abs=0.01)


def test_victims_are_read_as_the_page_says(taken):
    result, incidents = taken
    assert incidents["victim_sex"].astype(object).fillna("").tolist() == [
        "male",
        "female",
        "",
    ]
    assert incidents["victim_age"].fillna(-9).tolist() == [34, -9, -9]
    assert any("no person" in said for said in result.assumptions)


def test_every_setting_of_a_profile_is_explained_on_the_page():
    settings = {key for part in PARTS.values() for key in part} - set(FIELDS)
    settings |= {key for part in LISTS.values() for key in part}
    assert not {key for key in settings if f"`{key}`" not in PAGE}
    assert not {part for part in {*PARTS, *LISTS} if f"[{part}]" not in PAGE}


def test_every_field_is_named_on_the_page():
    assert not {field for field in FIELDS if f"`{field}`" not in PAGE}


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda p: p.name)
def test_every_profile_stands_on_the_page(profile):
    assert f"| `{profile.name}` |" in PAGE
