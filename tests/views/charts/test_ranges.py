"""An interval an area, for one area and for 271, in the order given and never a ranking."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.views.charts import ranges

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])


def areas(released, count, scale=30.0, hidden=(), unstable=(), name="Neighbourhood"):
    rng = np.random.default_rng(count)
    value = rng.gamma(2, scale / 2, count)
    frame = {
        "area_id": [f"{k:03d}" for k in range(count)],
        "area_name": [f"{k:03d} {name} {k}" for k in range(count)],
        "n": np.full(count, 40),
        "rate": value * 1.05,
        "eb": value,
        "eb_lower": value * 0.7,
        "eb_upper": value * 1.4,
        "mark": ["unstable" if k in unstable else "" for k in range(count)],
    }
    return released(
        frame, ["area_id", "area_name"], [k in hidden for k in range(count)]
    )


@BOTH
@pytest.mark.parametrize("count", [1, 2, 21, 33, 60, 96, 97, 271])
def test_any_number_of_areas_is_legible(released, draw, legible, count, narrow):
    chart = ranges(
        areas(released, count, hidden={0} if count > 1 else ()),
        unit="Homicides per 100,000 residents",
        raw="rate",
        reference=(25.0, "city average 25"),
    )
    legible(draw(chart, narrow))


@BOTH
@pytest.mark.parametrize("scale", [0.001, 3e6])
def test_tiny_and_huge_rates_have_round_ticks(released, draw, legible, scale, narrow):
    figure = draw(ranges(areas(released, 10, scale), unit="per resident"), narrow)
    legible(figure)
    ticks = [tick.label1.get_text() for tick in figure.axes[0].xaxis.get_major_ticks()]
    assert len(set(ticks)) == len(ticks) >= 2


@BOTH
def test_long_names_are_cut_and_not_lost(released, draw, legible, words_in, narrow):
    table = areas(
        released, 8, name="Fraccionamiento Habitacional Lomas de San Agustin Sector"
    )
    figure = draw(ranges(table, unit="per 100,000"), narrow)
    legible(figure)
    assert any(words.startswith("003 Fracc") for words, _ in words_in(figure))


def test_areas_stand_in_the_order_given(released, draw):
    figure = draw(ranges(areas(released, 12), unit="per 100,000"), False)
    names = [x.get_text() for x in figure.axes[0].get_yticklabels()]
    heights = figure.axes[0].get_yticks()
    assert [n[:3] for n in names] == [f"{k:03d}" for k in range(12)]
    assert list(heights) == sorted(heights, reverse=True)


def test_a_hidden_area_says_so_and_draws_nothing(released, draw, words_in):
    figure = draw(ranges(areas(released, 5, hidden={2}), unit="per 100,000"), False)
    assert [w for w, _ in words_in(figure)].count("hidden to protect people") == 1
    assert len(figure.axes[0].collections) == 4


def test_an_unstable_area_is_hollow(released, draw):
    figure = draw(ranges(areas(released, 3, unstable={1}), unit="per 100,000"), False)
    dots = [one for one in figure.axes[0].lines if one.get_marker() == "o"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [
        False,
        True,
        False,
    ]


def test_every_interval_is_drawn_from_its_lower_to_its_upper_end(released, draw):
    table = areas(released, 40)
    figure = draw(ranges(table, unit="per 100,000"), False)
    drawn = sorted(
        tuple(line[:, 0])
        for axes in figure.axes
        for c in axes.collections
        for line in c.get_segments()
    )
    expected = sorted(
        zip(table.frame["eb_lower"], table.frame["eb_upper"], strict=True)
    )
    assert np.allclose(drawn, expected)


def test_the_city_line_runs_through_every_column(released, draw):
    chart = ranges(areas(released, 60), unit="x", reference=(25.0, "city average 25"))
    figure = draw(chart, False)
    assert len(figure.axes) == 2
    for axes in figure.axes:
        assert any(list(one.get_xdata()) == [25.0, 25.0] for one in axes.lines)
