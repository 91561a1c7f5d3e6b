"""Approved tables to draw, and a way to look at words in a figure without eyes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from safelearn.disclosure.approval import approve


@pytest.fixture
def released():
    """Make an approved table; `hidden` says which rows are."""

    def make(frame, keys, hidden=None, name="sample"):
        frame = pd.DataFrame(frame)
        measures = [c for c in frame if c not in keys]
        counted = "n" in measures
        derived = {"n": [m for m in measures if m not in ("n", "population")]}
        return approve(
            name,
            frame,
            keys=keys,
            measures=measures,
            hidden=None if hidden is None else np.asarray(hidden, bool),
            derived=derived if counted else {},
            least=1,
            sensitive_least=1,
        )

    return make


@pytest.fixture
def draw():
    """Draw in the report's look and return the figure."""
    from safelearn.views import style

    def make(chart, narrow):
        with style.context():
            figure = chart(narrow)
            figure.draw_without_rendering()
            return figure

    return make


@pytest.fixture
def words_in():
    """Every visible piece of text of a figure with its box in pixels."""
    from matplotlib.text import Text

    def find(figure):
        renderer = figure.canvas.get_renderer()
        axes_off = [axes for axes in figure.axes if not axes.axison]
        ticks = {id(text) for axes in axes_off for text in _on_axis(axes)}
        found = []
        for text in figure.findobj(Text):
            shown = text.get_visible() and text.get_text().strip()
            if shown and id(text) not in ticks:
                found.append((text.get_text(), text.get_window_extent(renderer)))
        return found

    def _on_axis(axes):
        return [*axes.xaxis.findobj(Text), *axes.yaxis.findobj(Text)]

    return find


@pytest.fixture
def legible(words_in):
    """Fail if words leave the figure or lie on each other."""

    def check(figure, *, overlap=0.12, beyond=4):
        found = words_in(figure)
        width, height = figure.canvas.get_width_height()
        for text, box in found:
            inside = (
                box.x0 >= -beyond
                and box.y0 >= -beyond
                and box.x1 <= width + beyond
                and box.y1 <= height + beyond
            )
            assert inside, f"{text!r} leaves the figure: {box} of {width} x {height}"
        for (one, a), (two, b) in combinations(found, 2):
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            if wide > 0 and high > 0:
                share = wide * high / min(a.width * a.height, b.width * b.height)
                assert share <= overlap, f"{one!r} lies on {two!r} ({share:.0%})"

    return check
