"""Nothing is shown that disclosure control has not released."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.views import charts, maps, tables

FRAME = pd.DataFrame({"area_id": ["01"], "month": ["2020-01"], "n": [3], "eb": [1.0]})
VIEWS = {
    "theory_of_change": lambda f: charts.theory_of_change(f, steps={}, absent={}),
    "planning": lambda f: charts.planning(f, across="x", up="y"),
    "ties": lambda f: charts.ties(f, f, words=("a", "b", "c"), alone="d"),
    "shrinkage": lambda f: charts.shrinkage(f, mean=1.0, unit="x"),
    "inclusion": lambda f: charts.inclusion(
        f, None, [], {}, unit="x", words=("a", "b")
    ),
    "interrupted": lambda f: charts.interrupted(
        f, unit="x", start="2020-01", words="y"
    ),
    "power_interest": lambda f: charts.power_interest(
        f, cut=3, fields=("a", "b", "c", "d"), axes_words=("x", "y")
    ),
    "trend": lambda f: charts.trend(f, unit="x"),
    "ranges": lambda f: charts.ranges(f, unit="x"),
    "ranking": lambda f: charts.ranking(f),
    "pairs": lambda f: charts.pairs(f, sides=(("a", "A"), ("b", "B")), unit="x"),
    "ratios": lambda f: charts.ratios(f, unit="x", legend=("a", "b", "c")),
    "repeat_bands": lambda f: charts.repeat_bands(f),
    "quadrant": lambda f: charts.quadrant(
        f,
        across=("n", "n", "n"),
        up=("eb", "eb", "eb"),
        city=(1, 1),
        across_unit="x",
        up_unit="y",
        corners=("a", "b", "c", "d"),
        city_words=("x", "y"),
        place="n",
        placed=[],
        name="month",
        code="area_id",
    ),
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
    "kinds": lambda f: maps.kinds(f, None, value="n", classes=[]),
    "cells": lambda f: maps.cells(f, None, None, panels={}, words={}, covered={}),
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
