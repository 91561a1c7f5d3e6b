"""Beginning a city."""

from __future__ import annotations

import pytest

from safelearn import resources
from safelearn.city import scaffold
from safelearn.city.scaffold import new_city
from safelearn.city.settings import read_settings, update_settings
from safelearn.errors import SafelearnError
from safelearn.language import use


def test_a_new_city_has_what_an_office_begins_with(tmp_path):
    city = new_city(tmp_path / "deep" / "villa", name="Villa 'El \"Sol\"'")
    found = sorted(p.name for p in city.folder.iterdir())
    assert found == ["city.toml", "city.xlsx", "review", "source"]
    assert city.settings.name == "Villa 'El \"Sol\"'"
    assert city.settings.disclosure.threshold == 5
    assert city.settings.disclosure.sensitive_threshold == 10
    assert not city.has("areas")
    assert list((city.folder / "source").iterdir()) == []
    assert [p.name for p in city.folder.parent.iterdir()] == ["villa"]


def test_a_city_without_a_name_takes_that_of_its_folder(tmp_path):
    assert new_city(tmp_path / "villa").settings.name == "villa"


def test_every_setting_is_explained_above_its_line(tmp_path):
    text = (new_city(tmp_path / "villa").folder / "city.toml").read_text(
        encoding="utf-8"
    )
    lines = text.splitlines()
    for setting in read_settings(tmp_path / "villa").model_fields_set - {"format"}:
        assert any(setting in line for line in lines), setting
    written = [i for i, line in enumerate(lines) if line and line[0] not in "#["]
    assert all(
        lines[i - 1].startswith("#") for i in written if "format" not in lines[i]
    )


def test_an_example_behind_a_hash_is_a_line_that_works(tmp_path):
    path = new_city(tmp_path / "villa").folder / "city.toml"
    text = path.read_text(encoding="utf-8")
    begins = ("country", "period", "retention", "redress", "[[", "[tables", "date",
              "offence", "note", "source", "licence", "cycle", "purpose", "legal_basis",
              "controller", "contact", "indigenous")  # fmt: skip
    shown = [
        line[2:]
        if line[2:].startswith(begins) and ("=" in line or "[" in line)
        else line
        for line in text.splitlines()
    ]
    path.write_text("\n".join(shown), encoding="utf-8")
    settings = read_settings(tmp_path / "villa")
    assert settings.country == "PE" and settings.period is not None
    assert settings.recording_changes[0].offence == "0401"
    assert settings.tables["incidents"].licence == "CC BY 4.0"
    assert settings.cycle == 12 and settings.processing.controller
    assert settings.consent.indigenous.startswith("Council")


def test_a_folder_that_holds_something_is_never_touched(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SafelearnError, match="not empty"):
        new_city(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "villa").mkdir()
    assert new_city(tmp_path / "villa").settings.timezone == "UTC"


@pytest.mark.parametrize(
    "trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_a_full_disk_or_a_changed_mind_leaves_nothing_behind(
    tmp_path, monkeypatch, trouble
):
    def fails(*_):
        raise trouble

    monkeypatch.setattr("safelearn.city.workbook.write_workbook", fails)
    expected = SafelearnError if isinstance(trouble, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        new_city(tmp_path / "villa")
    assert list(tmp_path.iterdir()) == []


def test_another_citys_settings_are_taken_over_but_not_what_speaks_of_its_data(
    tmp_path, monkeypatch
):
    source = new_city(tmp_path / "datasets" / "porto", name="Porto").folder
    update_settings(
        source,
        {
            "timezone": "Europe/Lisbon",
            "country": "PT",
            "synthetic": True,
            "redress": "Their office",
            "disclosure": {"threshold": 7},
            "tables": {"incidents": {"source": "Their police"}},
        },
    )
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path / "datasets")
    settings = new_city(tmp_path / "villa", name="Villa", from_="porto").settings
    assert (settings.timezone, settings.country) == ("Europe/Lisbon", "PT")
    assert settings.disclosure.threshold == 7
    assert settings.name == "Villa" and not settings.synthetic
    assert settings.redress == "" and settings.tables == {}


def test_a_bundled_city_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(SafelearnError, match="atlantis"):
        new_city(tmp_path / "villa", from_="atlantis")
    assert list(tmp_path.iterdir()) == []


def test_the_explanations_are_in_the_readers_language(tmp_path):
    with use("qps"):
        text = scaffold.settings_text(scaffold._settings("Villa", None))
    assert "# ⟦" in text and "The name of the city" not in text
