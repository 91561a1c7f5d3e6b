"""A map that a trainee makes with folium opens where there is no network."""

from __future__ import annotations

import re

import folium

from safelearn.views.maps.leaflet import offline


def made(grid):
    drawn = offline(folium.Map(tiles=None))
    tooltip = folium.GeoJsonTooltip(["area_name"])
    folium.GeoJson(grid(4), tooltip=tooltip).add_to(drawn)
    return drawn


def test_a_trainee_s_map_fetches_nothing(grid):
    page = made(grid).get_root().render()
    fetched = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]{0,40})', page)
    assert fetched and all(address.startswith("data:") for address in fetched)
    assert "url(http" not in page and "@import" not in page


def test_an_ordinary_folium_map_is_left_as_folium_makes_it(grid):
    made(grid)
    assert "https://" in folium.Map(tiles=None).get_root().render()
