"""Bands of distance and time: every ratio is written, clear ones are framed, hidden ones hatched."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from safelearn.disclosure.approval import approve
from safelearn.views import charts

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])


def bands(hidden=True):
    rows = []
    for m in ((0, 1), (1, 100), (100, 200)):
        for d in ((0, 7), (7, 14)):
            rows.append((*m, *d, 20, 10.0, 2.0, "clear" if m[1] == 100 else "none"))
    names = ["metres_from", "metres_to", "days_from", "days_to"]
    frame = pd.DataFrame(
        rows, columns=[*names, "pairs", "expected", "ratio", "evidence"]
    )
    frame["pairs"] = frame["pairs"].astype("Int64")
    if hidden:
        frame.loc[0, "pairs"] = pd.NA
    return approve(
        "bands",
        frame,
        keys=names,
        measures=["pairs", "expected", "ratio", "evidence"],
        derived={"pairs": ["expected", "ratio", "evidence"]},
    )


@BOTH
def test_ratios_bands_and_hidden_cells_can_be_read(draw, words_in, legible, narrow):
    figure = draw(charts.repeat_bands(bands()), narrow)
    legible(figure)
    said = [words for words, _ in words_in(figure)]
    assert said.count("2.0") == 5
    assert {"Same place", "0–100 m", "100–200 m", "0–6", "7–13"} <= set(said)
    assert any("hidden to protect people" in words for words in said)


@BOTH
def test_clear_bands_are_framed_and_hidden_ones_hatched(draw, narrow):
    figure = draw(charts.repeat_bands(bands()), narrow)
    boxes = figure.findobj(Rectangle)
    assert sum(not box.get_fill() and box.get_width() < 1 for box in boxes) == 2
    assert sum(bool(box.get_hatch()) for box in boxes) == 1
    whole = draw(charts.repeat_bands(bands(hidden=False)), narrow)
    assert not any(box.get_hatch() for box in whole.findobj(Rectangle))


def test_a_plain_frame_is_no_chart():
    with pytest.raises(TypeError, match="approved table"):
        charts.repeat_bands(pd.DataFrame({"ratio": np.ones(2)}))
