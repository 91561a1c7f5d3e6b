"""The map to explore asks nobody for anything, says what the table says, and is the same each time."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from safelearn import language
from safelearn.views import maps, marks
from safelearn.views.tables import Column

COLUMNS = [
    Column("Area", "area_name"),
    Column("Rate", "eb", "rate"),
    Column("95% interval", ("eb_lower", "eb_upper"), "rate"),
    Column("Note", "mark"),
]


def explore(rates, grid, count=8, **how):
    city = grid(count)
    table = rates(city["area_id"], none={0}, unstable={1}, hidden={2})
    html = maps.interactive(
        table, city, title="Rates by area", unit="Per 100,000", columns=COLUMNS, **how
    )
    return str(html), unescape(re.search(r'srcdoc="([^"]*)"', str(html))[1])


def test_nothing_is_fetched(rates, grid):
    _, document = explore(rates, grid)
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", document)
    assert "url(http" not in document and "@import" not in document
    assert "url(images" not in document


def test_the_same_city_gives_the_same_bytes(rates, grid):
    assert explore(rates, grid) == explore(rates, grid)


def test_each_area_is_there_once_with_its_words(rates, grid):
    _, document = explore(rates, grid, 8)
    features = re.findall(r'"type": "Feature"', document)
    assert len(features) == 8
    names = json.loads(re.search(r"words = (\{.*?\}), map", document)[1])["areas"]
    assert names[0] == "Area: Area 01, Rate: –, 95% interval: –"
    assert names[1].endswith("Note: unstable")
    assert names[2].startswith("Area: Area 03, Rate: hidden to protect people")
    assert names[7] == "Area: Area 08, Rate: 90.0, 95% interval: 72.0–117.0"


def test_a_hidden_rate_is_nowhere_in_the_document(rates, grid):
    city = grid(3)
    table = rates(city["area_id"], [10, 77777.7, 30], hidden={1})
    html = maps.interactive(table, city, title="x", unit="x", columns=COLUMNS)
    assert "77777" not in html and "77,777" not in html


def test_unstable_hidden_and_unknown_areas_have_patterns(rates, grid):
    _, document = explore(rates, grid)
    fills = re.findall(r'"fillColor": "(url\(#\w+\)|#\w+)"', document)
    assert [f.startswith("url(#") for f in fills[:4]] == [True, True, True, False]
    for fill in fills:
        if fill.startswith("url"):
            assert f'<pattern id="{fill[5:-1]}"' in document


def test_what_is_not_real_is_marked_in_the_frame_too(rates, grid):
    _, document = explore(rates, grid, stamp=marks.SYNTHETIC)
    assert "Synthetic data: do not cite" in document and ">SYNTHETIC<" in document
    assert "SYNTHETIC" not in explore(rates, grid)[1]


def test_names_cannot_bring_html_along(rates, grid, released):
    city = grid(2)
    bad = "</script><img src=x onerror=alert(1)>"
    frame = {"area_id": city["area_id"], "area_name": [bad, "B"], "eb": [1.0, 2.0]}
    html = maps.interactive(
        released(frame, ["area_id", "area_name"]),
        city,
        title=bad,
        unit=bad,
        columns=COLUMNS[:2],
    )
    document = unescape(re.search(r'srcdoc="([^"]*)"', str(html))[1])
    body = re.sub(r"<script>.*?</script>", "", document, flags=re.S)
    assert "<img" not in body
    scripts = re.findall(r"<script>(.*?)</script>", document, flags=re.S)
    assert not any("<img src=x" in s and "words =" not in s for s in scripts)
    assert document.count("<script") == document.count("</script>")


def test_it_is_for_screens_and_may_run_nothing_but_its_own_script(rates, grid):
    html, document = explore(rates, grid)
    assert 'class="numbers screen-only"' in html
    assert 'sandbox="allow-scripts"' in html and 'title="Rates by area"' in html
    assert "user-scalable" not in document


def test_it_speaks_the_reader_s_language(rates, grid):
    with language.use("ar"):
        _, document = explore(rates, grid)
    assert '<html lang="ar" dir="rtl">' in document


@pytest.mark.needs("realdata/lancashire")
def test_a_county_of_271_wards_stays_light(realdata, rates):
    import geopandas as gpd

    county = gpd.read_file(realdata / "lancashire" / "lancashire_wards.gpkg")
    county = county.rename(columns={"ward_code": "area_id", "ward_name": "area_name"})
    table = rates(sorted(county["area_id"]))
    html = maps.interactive(
        table, county.to_crs(4326), title="x", unit="x", columns=COLUMNS
    )
    assert html.count("Feature&quot;") + html.count("Feature&#34;") >= 271
    assert len(html) < 1_000_000
