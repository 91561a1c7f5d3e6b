"""Charts of the exercises: the funnel of small numbers, and the curve of a plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.disclosure.approval import approve
from safelearn.views import charts, style


def drawn(draw, narrow=False):
    with style.context():
        figure = draw(narrow)
        figure.draw_without_rendering()
    return figure.axes[0]


def points(axes, marker="o"):
    """What stands at each marker, as (x, y)."""
    return {
        (round(float(x), 6), round(float(y), 6))
        for line in axes.lines
        if line.get_marker() == marker
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }


FUNNEL = pd.DataFrame(
    {
        "area_name": ["A", "B", "C", "D"],
        "population": [400.0, 2_000.0, 9_000.0, 20_000.0],
        "rate": [1_500.0, 300.0, 650.0, 700.0],
        "eb": [700.0, 520.0, 640.0, 690.0],
        "eb_lower": [300.0, 300.0, 500.0, 600.0],
        "eb_upper": [1_200.0, 800.0, 800.0, 800.0],
        "chosen": ["no", "yes", "no", "no"],
    }
)


def funnel(frame):
    measures = [c for c in frame if c != "area_name"]
    return approve("shrinkage", frame, keys=["area_name"], measures=measures, derived={})  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_every_area_has_its_own_rate_and_its_smoothed_rate(narrow):
    axes = drawn(charts.shrinkage(funnel(FUNNEL), mean=650.0, unit="rates"), narrow)
    expected = set(zip(FUNNEL["population"], FUNNEL["eb"], strict=True))
    assert expected <= points(axes)
    words = " ".join(text.get_text() for text in axes.texts).replace("\n", " ")
    assert "B" in words.split() and "all areas together: 650" in words


def test_one_wild_rate_does_not_press_the_others_to_the_ground():
    others = [
        FUNNEL.assign(area_name=FUNNEL["area_name"] + str(k), chosen="no")
        for k in range(12)
    ]
    wild = pd.concat([FUNNEL.assign(rate=[90_000.0, 300.0, 650.0, 700.0]), *others])
    axes = drawn(charts.shrinkage(funnel(wild.reset_index(drop=True)), mean=650.0, unit="rates"))  # fmt: skip
    assert axes.get_ylim()[1] < 5_000 and points(axes, "^")


def plan(y):
    x = np.arange(1.0, len(y) + 1)
    chosen = np.where(x == 2, "yes", "no")
    frame = pd.DataFrame({"x": x, "y": y, "chosen": chosen})
    return approve("plan", frame, keys=["x"], measures=["y", "chosen"], derived={}, police=False)  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_the_chosen_plan_stands_on_its_curve(narrow):
    table = plan([0.6, 0.4, 0.3])
    curve = charts.planning(table, across="n", up="fall", share=True, words="40%")
    axes = drawn(curve, narrow)
    assert points(axes) == {(2.0, 0.4)}
    assert "40%" in [text.get_text() for text in axes.texts]


def test_a_plan_that_sees_nothing_has_no_point():
    axes = drawn(charts.planning(plan([np.nan, np.nan, 0.3]), across="n", up="fall", share=True))  # fmt: skip
    assert points(axes) == set()


@pytest.mark.parametrize(
    "chart",
    [
        lambda f: charts.shrinkage(f, mean=1.0, unit=""),
        lambda f: charts.planning(f, across="", up=""),
    ],
)
def test_only_released_tables_are_drawn(chart):
    with pytest.raises(TypeError):
        chart(FUNNEL)
