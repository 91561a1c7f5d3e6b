"""A monthly series is drawn and labelled for any city, not only for one whose violence fell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.views.charts import Point, trend

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])


def series(released, n, hidden=None):
    n = np.asarray(n, float)
    months = pd.period_range("2010-01", periods=len(n), freq="M").astype(str)
    mean = pd.Series(n).rolling(12, center=True).mean()
    frame = pd.DataFrame(
        {
            "month": months,
            "n": n,
            "mean": mean,
            "lower": mean * 0.9,
            "upper": mean * 1.1,
        }
    )
    return released(frame, ["month"], hidden)


COURSES = {
    "falling": np.linspace(200, 40, 120),
    "rising": np.linspace(5, 5_000, 120),
    "flat": np.full(120, 50.0),
    "jagged": np.random.default_rng(1).poisson(30, 180).astype(float),
    "nothing ever": np.zeros(24),
    "millions": np.full(60, 2_400_000.0),
    "one year": np.arange(12, 24).astype(float),
}


@BOTH
@pytest.mark.parametrize("course", COURSES, ids=str)
def test_labels_of_any_course_are_inside_and_apart(
    released, draw, legible, course, narrow
):
    n = COURSES[course]
    last = 2010 + (len(n) - 1) // 12
    points = [
        Point("2010-06", "2010: 2,022 deaths\n(169 a month)", "2010: 2,022 deaths"),
        Point(f"{(2010 + last) // 2}-06", "the lowest of all years"),
        Point(f"{last}-06", f"{last}: 593\n(546 to 643)"),
    ]
    chart = trend(series(released, n), unit="Homicides a month", points=points)
    legible(draw(chart, narrow))


@BOTH
def test_labels_keep_off_the_line(released, draw, narrow):
    n = COURSES["jagged"]
    figure = draw(
        trend(
            series(released, n), unit="a month", points=[Point("2014-06", "the middle")]
        ),
        narrow,
    )
    axes = figure.axes[0]
    line = next(
        one for one in axes.lines if len(one.get_xdata()) > 100 and one.get_lw() > 2
    )
    at = axes.transData.transform(np.c_[line.get_xdata(), line.get_ydata()])
    note = next(x for x in axes.texts if x.get_text() == "the middle")
    box = note.get_window_extent(figure.canvas.get_renderer())
    assert not any(box.contains(x, y) for x, y in at)


def test_at_most_four_points_are_named(released, draw):
    points = [Point(f"{y}-06", f"label {y}") for y in range(2010, 2020)]
    chart = trend(series(released, COURSES["falling"]), unit="a month", points=points)
    said = [x.get_text() for x in draw(chart, False).axes[0].texts]
    assert sum(s.startswith("label") for s in said) == 4


def test_the_axis_starts_at_zero(released, draw):
    chart = trend(series(released, COURSES["millions"]), unit="a month")
    assert draw(chart, False).axes[0].get_ylim()[0] == 0


def test_a_hidden_month_is_a_gap_with_words(released, draw, words_in):
    n = COURSES["flat"]
    hidden = np.zeros(len(n), bool)
    hidden[50] = True
    figure = draw(trend(series(released, n, hidden), unit="a month"), False)
    assert any("hidden to protect people" in words for words, _ in words_in(figure))
    dots = figure.axes[0].lines[0].get_ydata()
    assert np.isnan(dots[50]) and np.isfinite(dots[49])


@BOTH
def test_a_change_of_recording_is_named_at_its_month(released, draw, words_in, narrow):
    chart = trend(
        series(released, COURSES["falling"]),
        unit="a month",
        changes=[("2014-01", "Reports could be made by telephone")],
    )
    figure = draw(chart, narrow)
    assert "telephone" in " ".join(words for words, _ in words_in(figure))
    line = next(one for one in figure.axes[0].lines if one.get_linestyle() == "--")
    assert line.get_xdata()[0] == pytest.approx(2014.0)
