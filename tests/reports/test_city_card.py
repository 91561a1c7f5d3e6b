"""A card is made from a release, and from nothing else."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.city.imports.history import sha256
from safelearn.errors import Refused, SafelearnError
from safelearn.indicators.exchange import write
from safelearn.reports.city_card import city_card, write_city_card
from safelearn.strategy.exchange import read_card


@pytest.fixture
def city(tmp_path):
    """A folder with one release of two indicators, one of them hidden."""
    folder = tmp_path / "town"
    release = folder / "releases" / "2026-02-01"
    release.mkdir(parents=True)
    (folder / "city.toml").write_text(
        'format = 1\nname = "Town"\ncountry = "XX"\nlanguage = "en"\n'
        'timezone = "America/Lima"\nunit = "neighbourhood"\n'
        'redress = "safety@town.example"\n',
        encoding="utf-8",
    )
    (folder / "areas.csv").write_text("area_id,area_name\n01,Old town\n", "utf-8")
    table = pd.DataFrame(
        {
            "indicator_id": ["robbery_rate", "homicide_rate"],
            "indicator_name": ["Robbery rate", "Homicide rate"],
            "version": "1",
            "sdg": "",
            "breakdown": "all",
            "group": "everyone",
            "value": [321.3, None],
            "lower": [305.2, None],
            "upper": [338.0, None],
            "unit": "per 100,000 residents",
            "period": "2025-01/2025-12",
            "status": ["measured", "too few"],
        }
    )
    write(table, release / "indicators.csv")
    record = {"date": "2026-02-01", "by": "Office of the Mayor"}
    manifest = {
        "disclosure": {"audience": "public"},
        "outputs": {"indicators.csv": sha256(release / "indicators.csv")},
    }
    (release / "release.json").write_text(json.dumps(record), "utf-8")
    (release / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.mark.clause("draft:25(i)")
def test_the_card_holds_what_was_released(city, tmp_path):
    path = write_city_card(city, tmp_path / "card.json", asks=["Night buses"])
    made = read_card(path)
    assert [f.figure for f in made.figures] == ["robbery_rate"]
    assert made.not_given == {"homicide_rate": "too few"}
    assert (made.published, made.by) == ("2026-02-01", "Office of the Mayor")
    assert made.contact == "safety@town.example"


@pytest.mark.clause("draft:25(i)")
def test_without_a_release_there_is_no_card(city):
    for file in (city / "releases" / "2026-02-01").iterdir():
        file.unlink()
    with pytest.raises(Refused, match="published nothing"):
        city_card(city)


def test_indicators_that_somebody_changed_make_no_card(city):
    path = city / "releases" / "2026-02-01" / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("321.3", "3.2")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match="changed"):
        city_card(city)


def test_an_internal_release_makes_no_card(city):
    path = city / "releases" / "2026-02-01" / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("public", "internal"), "utf-8")
    with pytest.raises(SafelearnError, match="internal"):
        city_card(city)


def test_a_hidden_figure_and_a_telephone_number_do_not_go_out(city):
    with pytest.raises(Refused, match="homicide_rate"):
        city_card(city, only=["homicide_rate"])
    with pytest.raises(SafelearnError):
        city_card(city, offers=["Call Ana on +51 987 654 321"])
