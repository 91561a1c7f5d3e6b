"""Nothing is shown that disclosure control has not released."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.views import charts, maps, tables

FRAME = pd.DataFrame({"area_id": ["01"], "month": ["2020-01"], "n": [3], "eb": [1.0]})
VIEWS = {
    "trend": lambda f: charts.trend(f, unit="x"),
    "ranges": lambda f: charts.ranges(f, unit="x"),
    "sdg_strip": lambda f: charts.sdg_strip(f, goals={}, states={}),
    "season": lambda f: charts.season(f, clear=True),
    "heat": lambda f: charts.heat(f, unit="x"),
    "bars": lambda f: charts.bars(f, unit="x"),
    "pyramid": lambda f: charts.pyramid(f, unit="x"),
    "population_pyramid": lambda f: charts.population_pyramid(f, unit="x"),
    "lorenz": lambda f: charts.lorenz(f),
    "missingness": lambda f: charts.missingness(f, []),
    "small_multiples": lambda f: charts.small_multiples(f),
    "pair": lambda f: maps.pair(f, None, unit="x"),
    "single": lambda f: maps.single(f, None, value="n", unit="x"),
    "interactive": lambda f: maps.interactive(f, None, title="x", unit="x", columns=[]),
    "table": lambda f: tables.table(f, [], caption="x"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_plain_data_frame_is_turned_away_with_a_sentence(name):
    with pytest.raises(TypeError, match=r"approved table, not from a DataFrame"):
        VIEWS[name](FRAME)


def test_every_view_is_tried_here():
    names = {n for n in (*charts.__all__, *maps.__all__) if n.islower()}
    assert names - {"breaks", "shapes"} == set(VIEWS) - {"table"}


def test_a_hidden_number_is_nowhere_in_the_view(released):
    table = released(
        {"area_name": ["A", "B"], "n": [31337, 40]}, ["area_name"], [True, False]
    )
    html = tables.table(
        table,
        [tables.Column("Area", "area_name"), tables.Column("Events", "n", "count")],
        caption="Events",
    )
    assert "31337" not in html and "31,337" not in html
    assert html.count("hidden to protect people") == 1
