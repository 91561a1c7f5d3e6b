"""city.toml: what it may say, and what a person is told when a line is wrong."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from safelearn.city.settings import read_settings, update_settings
from safelearn.errors import SafelearnError
from safelearn.language import use

FULL = """\
# Our city
name = "Villa"
country = "PE"
timezone = "America/Lima"  # five hours behind
unit = "barrio"
period = [2021-01-01, 2025-12-31]
retention = 2030-12-31

[disclosure]
threshold = 6

[[recording_changes]]
date = 2022-01-01
offence = "0401"
note = "New form"

[[recording_changes]]
date = 2023-01-01
offence = "0501"
note = "New system"

[tables.incidents]
source = "Police"
licence = "CC BY 4.0"
"""


@pytest.fixture
def city(tmp_path):
    def write(text=FULL, folder="villa"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "city.toml").write_text(text, encoding="utf-8")
        return tmp_path / folder

    return write


def error_of(folder) -> SafelearnError:
    with pytest.raises(SafelearnError) as caught:
        read_settings(folder)
    return caught.value


def test_settings_are_read_as_written_and_the_rest_is_the_safest(city):
    settings = read_settings(city())
    assert settings.period == (date(2021, 1, 1), date(2025, 12, 31))
    assert settings.retention == date(2030, 12, 31)
    assert settings.zone == ZoneInfo("America/Lima")
    assert settings.disclosure.threshold == 6
    assert settings.disclosure.sensitive_threshold == 10
    assert [c.offence for c in settings.recording_changes] == ["0401", "0501"]
    assert settings.tables["incidents"].source == "Police"
    assert settings.synthetic is False and settings.language == "en"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said", "advice"),
    [
        ("timezone =", "timezon =", 4, "`timezon`", "`timezone`"),
        ("threshold = 6", "treshold = 6", 10, "disclosure.treshold", "`threshold`"),
        ('offence = "0501"', 'offnce = "0501"', 19, "offnce", "`offence`"),
        ("[tables.incidents]", "[tables.incident]", 22, "`incident`", "`incidents`"),
        ('licence = "CC', 'license = "CC', 24, "tables.incidents.license", "`licence`"),
        ("America/Lima", "America/Lma", 4, "America/Lma", "America/Lima"),
        ('"Villa"', "7", 2, "text in quotes", "Puerto Sereno"),
        ("threshold = 6", "threshold = 2", 10, "3 or more", "threshold = 5"),
        ("threshold = 6", 'threshold = "6"', 10, "whole number", "threshold = 5"),
        ("retention = 2030-12-31", "retention = 2030", 7, "date", "2030-12-31"),
        ("2025-12-31", "2020-12-31", 6, "ends before it begins", ""),
        ("threshold = 6", "threshold = 12", 9, "sensitive_threshold", ""),
        ("# Our city", "synthetic = 'yes'", 1, "true or false", "false"),
        ("# Our city", "format = 2", 1, "format 2", "newest"),
        ("# Our city", "name 'Villa'", 1, "cannot be read", "name ="),
    ],
)
def test_a_wrong_line_is_named_with_its_number_and_what_to_write(
    city, right, wrong, line, said, advice
):
    error = error_of(city(FULL.replace(right, wrong, 1)))
    assert said in error.what
    assert f"line {line}" in error.where and "city.toml" in error.where
    assert advice in error.remedy


def test_what_no_city_can_do_without_is_asked_for(city):
    error = error_of(city('name = "Villa"\n'))
    assert "`timezone` is missing" in error.what
    assert 'timezone = "America/Lima"' in error.remedy


def test_sentences_about_settings_can_be_translated(city):
    folder = city(FULL.replace("timezone", "timezon"))
    with use("qps"):
        error = error_of(folder)
    assert error.what.startswith("⟦") and error.remedy.startswith("⟦")


def test_a_folder_without_settings_says_how_to_make_them(tmp_path):
    assert "safelearn city new" in error_of(tmp_path).remedy


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "city.toml").write_bytes('name = "Peñón"'.encode("latin-1"))
    assert "UTF-8" in error_of(tmp_path).what


def test_a_city_takes_over_what_its_country_says_and_overrules_it(city):
    city(
        'country = "PE"\ntimezone = "America/Lima"\nlanguage = "es"\n'
        "[disclosure]\nthreshold = 8\n"
        '[[recording_changes]]\ndate = 2020-01-01\nnote = "New law"\n',
        folder="country",
    )
    own = 'name = "Villa"\ninherits = "../country"\nlanguage = "en"\n'
    own += '[[recording_changes]]\ndate = 2022-01-01\nnote = "New form"\n'
    settings = read_settings(city(own))
    assert settings.timezone == "America/Lima" and settings.language == "en"
    assert settings.disclosure.threshold == 8
    # A law of the country changes the records of its cities too.
    assert [c.note for c in settings.recording_changes] == ["New law", "New form"]


def test_a_mistake_in_the_countrys_settings_is_looked_for_there(city):
    country = city('timezon = "America/Lima"\n', folder="country")
    error = error_of(city('name = "Villa"\ninherits = "../country"\n'))
    assert str(country.name) in error.where and "line 1" in error.where


def test_settings_that_inherit_in_a_circle_end_in_a_sentence(city):
    city('inherits = "../villa"\n', folder="country")
    error = error_of(city('name = "Villa"\ninherits = "../country"\n'))
    assert "circle" in error.what


def test_a_country_folder_that_is_not_there_is_named_with_its_line(city):
    error = error_of(city('name = "Villa"\ninherits = "../nowhere"\n'))
    assert "line 2" in error.where


def test_changing_a_setting_keeps_the_comments(city):
    folder = city()
    changes = {"redress": "Ombudsperson", "disclosure": {"threshold": 7}}
    settings = update_settings(folder, changes)
    assert settings.redress == "Ombudsperson" and settings.disclosure.threshold == 7
    text = (folder / "city.toml").read_text(encoding="utf-8")
    assert "# Our city" in text and "# five hours behind" in text
    assert read_settings(folder) == settings


def test_sources_and_changes_in_recording_can_be_written_too(city):
    folder = city('name = "Villa"\ntimezone = "America/Lima"\n')
    change = {"date": date(2023, 1, 1), "offence": "0401", "note": "New form"}
    update_settings(folder, {"recording_changes": [change]})
    update_settings(folder, {"tables": {"incidents": {"source": "Police"}}})
    update_settings(folder, {"tables": {"survey": {"source": "University"}}})
    period = (date(2021, 1, 1), date(2022, 12, 31))
    settings = update_settings(folder, {"period": period, "unit": "barrio"})
    assert settings.recording_changes[0].note == "New form"
    assert sorted(settings.tables) == ["incidents", "survey"]
    assert settings.period == period
    assert update_settings(folder, {"period": None}).period is None


def test_a_wrong_change_leaves_the_file_as_it_was(city):
    folder = city()
    with pytest.raises(SafelearnError):
        update_settings(folder, {"timezone": "Mars/Base"})
    assert (folder / "city.toml").read_text(encoding="utf-8") == FULL
    assert [p.name for p in folder.iterdir()] == ["city.toml"]
