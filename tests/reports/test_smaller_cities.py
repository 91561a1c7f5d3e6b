"""The diagnosis of each smaller city says what its files can carry, and in the place of the rest why not."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.resources import bundled_city

#: What the files of each city cannot carry, by how they are made (see its SOURCE.md).
MISSING = {
    "rio-manso": {"map", "near_repeat", "hotspots"},
    "kharwell": {"timing", "victims", "victim_rates", "near_repeat", "hotspots"},
    "northmoor": {"timing", "victims", "victim_rates", "near_repeat", "hotspots"},
}
#: What the diagnosis of each must be able to say all the same.
SAID = {"counts", "trends", "rates_by_area", "concentration"}


@pytest.fixture(scope="module", params=MISSING)
def made(request, diagnosed):
    return request.param, diagnosed(request.param)


def test_what_the_files_cannot_carry_is_refused_and_the_rest_is_said(made):
    name, folder = made
    text = (folder / "manifest.json").read_text("utf-8")
    refused = set(json.loads(text)["refusals"])
    assert MISSING[name] <= refused
    assert not SAID & refused


def test_every_area_has_its_rows_of_rates_and_the_page_says_that_it_is_invented(made):
    name, folder = made
    rates = pd.read_csv(
        folder / "tables" / "rates_by_area.csv", dtype={"area_id": "str"}
    )
    truth = json.loads((bundled_city(name) / "truth.json").read_text("utf-8"))
    assert set(rates["area_id"]) == set(truth["population"]["by_area"])
    invented = "Ciudad inventada" if name == "rio-manso" else "Invented city"
    assert invented in (folder / "diagnosis.html").read_text("utf-8")
