"""From causes to aims: every word readable, every broken way told apart without colour."""

from __future__ import annotations

import pytest

from safelearn.views.charts import theory_of_change

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
STEPS = {
    "cause": "Why it happens",
    "name": "What is done",
    "mechanism": "How it works",
    "objective": "What for",
}
ABSENT = {
    "cause": "no cause named",
    "name": "no name",
    "mechanism": "not said how",
    "objective": "no aim named",
}


@pytest.fixture
def ways(released):
    return released(
        {
            "measure_id": ["M1", "M2", "M3"],
            "cause": ["Stops lie in the dark", "Crews start in the centre", ""],
            "name": ["Light the way", "Repairs within a week", "Rules for cameras"],
            "mechanism": ["Being seen", "A rota by need", "A public register"],
            "objective": ["Lamps work", "Lamps work", ""],
        },
        ["measure_id"],
    )


@BOTH
def test_every_step_can_be_read(ways, draw, legible, words_in, narrow):
    figure = draw(theory_of_change(ways, steps=STEPS, absent=ABSENT), narrow)
    legible(figure)
    said = " ".join(" ".join(text for text, _ in words_in(figure)).split())
    for word in ("Stops lie in the dark", "Repairs within a week", "Being seen"):
        assert word in said
    assert "no cause named" in said and "no aim named" in said


def test_measures_of_one_aim_lead_into_one_box(ways, draw, words_in):
    figure = draw(theory_of_change(ways, steps=STEPS, absent=ABSENT), False)
    said = [text for text, _ in words_in(figure)]
    assert said.count("Lamps work") == 1
    # Three causes, three measures, three mechanisms, and two boxes of aims.
    assert len(figure.axes[0].patches) == 11


def test_a_broken_way_is_dashed_and_not_only_coloured(ways, draw):
    figure = draw(theory_of_change(ways, steps=STEPS, absent=ABSENT), False)
    dashed = [p for p in figure.axes[0].patches if p.get_linestyle() != "-"]
    assert len(dashed) == 2
    phone = draw(theory_of_change(ways, steps=STEPS, absent=ABSENT), True)
    assert [line.get_linestyle() for line in phone.axes[0].lines] == ["-", "-", "--"]


def test_aims_that_nobody_named_are_not_one_aim(released, draw):
    alone = released(
        {
            "measure_id": ["M1", "M2"],
            **{c: ["x", "y"] for c in ("cause", "name", "mechanism")},
            "objective": ["", ""],
        },
        ["measure_id"],
    )
    figure = draw(theory_of_change(alone, steps=STEPS, absent=ABSENT), False)
    assert len(figure.axes[0].patches) == 8


def test_a_plain_table_is_not_drawn(ways):
    with pytest.raises(TypeError, match="approved table"):
        theory_of_change(ways.frame, steps=STEPS, absent=ABSENT)
