"""The bundled cities: what is committed is what their seeds make."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from safelearn import resources
from safelearn.city import contracts
from safelearn.city.folder import City
from safelearn.simulation import kharwell, northmoor, rio_manso
from safelearn.simulation.build import BUNDLED, SEED, build_city

COMMITTED = resources.datasets() / BUNDLED
CITIES = {c.FOLDER: c for c in (rio_manso, kharwell, northmoor)}


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    return build_city(tmp_path_factory.mktemp("datasets") / BUNDLED, SEED)


def test_the_committed_city_is_what_its_seed_makes(rebuilt):
    old, new = City.open(COMMITTED), City.open(rebuilt)
    for name in contracts.table_names():
        pd.testing.assert_frame_equal(old.table(name), new.table(name))
    assert set(checksums(COMMITTED)) == set(checksums(rebuilt))
    for file in (
        "city.toml",
        "SOURCE.md",
        "areas.geojson",
        "source/incidents_2021_2025.csv.gz",
    ):
        assert checksums(COMMITTED)[file] == checksums(rebuilt)[file], file
    facts = [
        json.loads((f / "truth.json").read_text("utf-8")) for f in (COMMITTED, rebuilt)
    ]
    assert facts[0] == facts[1]


def test_nothing_of_the_machine_is_written_down(rebuilt):
    for path in rebuilt.rglob("*"):
        if path.suffix in (".json", ".toml", ".md", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert str(rebuilt.parent) not in text, path.name
            assert "/tmp" not in text, path.name
    assert not (rebuilt / "review").exists()
    assert not (rebuilt / "source" / "former").exists()


@pytest.mark.parametrize("name", CITIES)
def test_what_is_committed_is_what_the_seed_makes(name):
    folder = resources.datasets() / name
    contents = CITIES[name].contents_of_the_city()
    for file in contents.files:
        assert (folder / "source" / file.name).read_bytes() == file.content
    assert (folder / "city.toml").read_text("utf-8") == contents.settings
    assert json.loads((folder / "truth.json").read_text("utf-8")) == json.loads(
        json.dumps(contents.truth)
    )
