"""Two maps, one key: legible for any city, and quick for a county of 271 wards."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

from safelearn.views import maps, style

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])


@BOTH
@pytest.mark.parametrize("count", [1, 2, 21, 60, 271])
def test_any_number_of_areas_is_legible(grid, rates, draw, legible, count, narrow):
    city = grid(count)
    some = set(range(0, count, 7)) if count > 2 else set()
    table = rates(city["area_id"], none=some, unstable={k + 1 for k in some})
    chart = maps.pair(table, city, unit="Homicides per 100,000 residents, 2019")
    legible(draw(chart, narrow))


@BOTH
@pytest.mark.parametrize(
    "rate",
    [[0.0] * 8, [5.0] * 8, [np.nan] * 8, np.arange(8) * 1e6, np.arange(8) / 1e4],
    ids=str,
)
def test_any_rates_are_legible(grid, rates, draw, legible, rate, narrow):
    city = grid(8)
    legible(draw(maps.pair(rates(city["area_id"], rate), city, unit="Rate"), narrow))


@BOTH
def test_the_key_names_every_pattern_even_if_none_occurs(
    grid, rates, draw, words_in, narrow
):
    city = grid(8)
    said = [
        w
        for w, _ in words_in(
            draw(maps.pair(rates(city["area_id"]), city, unit="x"), narrow)
        )
    ]
    for words in (
        "Fewer than 16 events: unstable",
        "No population: no rate",
        "Hidden to protect people",
    ):
        assert said.count(words) == 1


def test_both_maps_have_the_same_classes(grid, rates, draw):
    city = grid(8)
    figure = draw(
        maps.pair(rates(city["area_id"]), city, unit="x", limits=[10, 50]), False
    )
    classes = {"#e2eef3", "#609ebc", "#0e4a6c"}
    for axes in (figure.axes[0], figure.axes[-1]):
        fills = {
            to_hex(p.get_facecolor()) for p in axes.patches if p.get_facecolor()[3]
        }
        assert fills == classes


def test_patterns_say_what_colour_does_not(grid, rates, draw):
    city = grid(8)
    table = rates(city["area_id"], none={0}, unstable={1}, hidden={2})
    figure = draw(maps.pair(table, city, unit="x"), False)
    hatches = [p.get_hatch() for p in figure.axes[0].patches if p.get_hatch()]
    assert sorted(hatches) == ["---", "////", "xxx"]


def test_codes_stand_where_there_is_room_only(grid, rates, draw, words_in):
    for count, expected in ((20, 40), (271, 0)):
        city = grid(count)
        city["area_id"] = [
            f"E0500{k:04d}" if count > 100 else f"{k:02d}" for k in range(count)
        ]
        figure = draw(maps.pair(rates(city["area_id"]), city, unit="x"), False)
        said = [w for w, _ in words_in(figure)]
        assert sum(w in set(city["area_id"]) for w in said) == expected


@pytest.mark.needs("realdata/medellin")
@BOTH
def test_medellin_shows_its_core_and_where_it_lies(
    realdata, rates, draw, legible, narrow
):
    import geopandas as gpd

    city = gpd.read_file(realdata / "medellin" / "medellin_comunas.gpkg")
    city = city.rename(columns={"COMUNA": "area_id", "NOMBRE": "area_name"})
    chart = maps.pair(
        rates(sorted(city["area_id"])), city, unit="Homicides per 100,000"
    )
    figure = draw(chart, narrow)
    legible(figure, overlap=0.2)
    assert len(figure.axes) == 5


@BOTH
def test_one_measure_on_one_map(grid, released, draw, legible, words_in, narrow):
    city = grid(30)
    frame = {"area_id": city["area_id"], "density": np.linspace(10, 9000, 30)}
    frame["density"][3] = np.nan
    chart = maps.single(
        released(frame, ["area_id"]), city, value="density", unit="Residents per km²"
    )
    figure = draw(chart, narrow)
    legible(figure)
    said = [w for w, _ in words_in(figure)]
    assert "No figure for this area" in said
    assert not any("unstable" in w for w in said)


def test_a_map_fits_half_a_printed_page(grid, rates):
    city = grid(60)
    with style.context():
        figure = maps.pair(rates(city["area_id"]), city, unit="x")(False)
    millimetres = figure.get_figheight() * 174 / style.WIDE
    assert millimetres < 128
