"""Areas of a few kinds: every kind stands in the key, and what is not known is never the lightest class."""

from __future__ import annotations

import pytest
from matplotlib.patches import PathPatch, Rectangle

from safelearn.views import maps, style

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
CLASSES = [
    maps.Kind("first", "Services needed first", style.SEQUENTIAL[4]),
    maps.Kind(
        "as elsewhere",
        "As elsewhere in the city, with the services that the whole city has",
        style.SEQUENTIAL[0],
    ),
    maps.Kind("unclear", "Cannot be told apart", style.PAPER, unsure=True),
    maps.Kind("not placed", "Not placed", style.PANEL, hidden=True),
]


def needs(released, city):
    codes = [kind.code for kind in CLASSES]
    frame = {
        "area_id": list(city["area_id"]),
        "need": [codes[k % 4] for k in range(len(city))],
    }
    return released(frame, ["area_id"])


@BOTH
@pytest.mark.parametrize("count", [1, 21, 60])
def test_any_number_of_areas_is_legible(grid, released, draw, legible, count, narrow):
    city = grid(count)
    chart = maps.kinds(
        needs(released, city), city, value="need", classes=CLASSES, title="Services"
    )
    legible(draw(chart, narrow))


@BOTH
def test_all_kinds_stand_in_the_key_also_those_that_do_not_occur(
    grid, released, draw, words_in, narrow
):
    city = grid(1)
    figure = draw(
        maps.kinds(needs(released, city), city, value="need", classes=CLASSES), narrow
    )
    said = " ".join(words for words, _ in words_in(figure))
    for kind in CLASSES:
        assert kind.words.split()[0] in said
    swatches = [
        p for axes in figure.axes for p in axes.patches if isinstance(p, Rectangle)
    ]
    assert len([p for p in swatches if p.get_width() == pytest.approx(0.3)]) == len(
        CLASSES
    )


def test_what_is_not_known_or_not_shown_is_hatched(grid, released, draw):
    city = grid(4)
    figure = draw(
        maps.kinds(needs(released, city), city, value="need", classes=CLASSES), False
    )
    hatches = {
        p.get_hatch()
        for axes in figure.axes
        for p in axes.patches
        if isinstance(p, PathPatch)
    }
    assert {"////", "---"} <= hatches
