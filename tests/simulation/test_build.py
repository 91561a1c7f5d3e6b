"""The bundled city: what is committed is what its seed makes, and it is synthetic wherever it says what it is."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from safelearn import resources
from safelearn.city import contracts
from safelearn.city.folder import City
from safelearn.simulation.build import build_city

COMMITTED = resources.datasets() / "puerto-sereno"


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_small_city_is_the_same_bytes_each_time_and_leaves_nothing_behind(tmp_path):
    size = {"population": 60_000, "recorded": 2_000, "years": 1}
    one = build_city(tmp_path / "a" / "small", 7, **size)
    before = checksums(one)
    (one / "stale.csv").write_text("x", encoding="utf-8")
    build_city(one, 7, **size)
    assert checksums(one) == before
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["small"]


def test_every_table_is_there_and_marked_synthetic():
    city = City.open(COMMITTED)
    assert city.settings.synthetic is True
    for name in contracts.table_names():
        assert city.has(name), name
    assert "does not exist" in (COMMITTED / "SOURCE.md").read_text("utf-8")
    assert (
        json.loads((COMMITTED / "truth.json").read_text("utf-8"))["synthetic"] is True
    )


def test_totals_are_those_that_the_readme_may_name():
    city = City.open(COMMITTED)
    assert len(city.table("areas")) == 60
    assert city.table("areas")["parent"].nunique() == 6
    assert 58_500 < len(city.incidents()) < 61_500
    days = city.incidents()["occurred_from"]
    assert (days.min().year, days.max().year) == (2021, 2025)
    assert city.settings.timezone == "America/Lima"
    assert city.settings.unit == "neighbourhood"


def test_imports_are_recorded_with_the_checksums_of_what_is_there():
    records = City.open(COMMITTED).imports()
    assert {r["table"] for r in records} == set(contracts.table_names())
    for record in records:
        file = COMMITTED / "source" / record["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == record["sha256"]
        assert record["rows_read"] == record["rows_used"] + sum(
            record["set_aside"].values()
        )


def test_the_folder_stays_small():
    size = sum(p.stat().st_size for p in COMMITTED.rglob("*") if p.is_file())
    assert size < 8_000_000


def test_the_truth_file_names_everything_planted():
    truth = json.loads((COMMITTED / "truth.json").read_text(encoding="utf-8"))
    assert {h["id"] for h in truth["hot_spots"]} == {f"H{i}" for i in range(1, 8)}
    assert truth["near_repeats"]["offspring"] == 0.25
    assert truth["intervention"]["effect_as_factor"] == 0.65
    assert truth["intervention"]["displaced_share_of_prevented"] == 0.2
    assert truth["reporting"]["informal_as_multiple"] == 0.55
    assert truth["stakeholders"]["missing_group"] == "persons_with_disabilities"
    codes = set(City.open(COMMITTED).table("areas")["area_id"])
    for group in ("feared_but_safe", "unsafe_but_not_feared"):
        assert 3 <= len(truth["perception"][group]) <= 6
        assert set(truth["perception"][group]) <= codes


def test_settings_are_toml_that_says_what_it_is():
    settings = tomllib.loads((COMMITTED / "city.toml").read_text(encoding="utf-8"))
    assert settings["name"] == "Puerto Sereno"
    assert settings["recording_changes"][0]["offence"] == "0701"


@pytest.mark.needs("python:frictionless")
def test_frictionless_agrees():
    import frictionless

    report = frictionless.Package(str(COMMITTED / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[
        :5
    ]
