"""The strip of global goals: every cell readable, every state told apart without colour."""

from __future__ import annotations

import pytest

from safelearn.views.charts import sdg_strip

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
GOALS = {1: "Poverty", 16: "Peace and justice"}
STATES = {
    "measured": "Measured",
    "partly": "Partly",
    "missing": "Missing",
    "comes later": "Comes later",
}


def strip(released, states):
    codes = ["1.4.1", *[f"16.{k}.1" for k in range(1, len(states))]]
    frame = {
        "goal": [1] + [16] * (len(states) - 1),
        "sdg": codes,
        "state": states,
    }
    return released(frame, ["goal", "sdg"]), codes


@BOTH
def test_every_code_and_goal_can_be_read(released, draw, legible, words_in, narrow):
    table, codes = strip(released, ["measured", "partly", "missing", "comes later"] * 5)
    figure = draw(sdg_strip(table, goals=GOALS, states=STATES), narrow)
    legible(figure)
    said = " ".join(text for text, _ in words_in(figure))
    for word in (*codes, "Poverty", "Peace and justice", *STATES.values()):
        assert word in said


@BOTH
def test_the_key_names_only_states_that_are_there(released, draw, words_in, narrow):
    table, _ = strip(released, ["measured", "missing"])
    figure = draw(sdg_strip(table, goals=GOALS, states=STATES), narrow)
    said = {text for text, _ in words_in(figure)}
    assert {"Measured", "Missing"} <= said
    assert "Comes later" not in said and "Partly" not in said


def test_states_differ_in_more_than_colour(released, draw):
    table, _ = strip(released, ["measured", "partly", "missing", "comes later"])
    figure = draw(sdg_strip(table, goals=GOALS, states=STATES), False)
    boxes = [p for p in figure.axes[0].patches if hasattr(p, "get_hatch")]
    looks = {
        (
            type(p).__name__,
            p.get_hatch(),
            p.get_linestyle() if p.get_linewidth() else "",
        )
        for p in boxes[:5]
    }
    # Solid, a corner, dashed, hatched.
    assert len(looks) == 4
