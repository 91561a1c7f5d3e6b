"""Small places on a map: every kind has its map, hidden areas are hatched, words are legible."""

from __future__ import annotations

import pytest
from matplotlib.patches import PathPatch, Polygon

from safelearn.diagnosis.grid import city_grid
from safelearn.views import maps, style

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
WORDS = {
    "persistent": "Stays",
    "emerging": "New",
    "fading": "Gone lately",
    "sporadic": "Comes and goes",
}
NAMES = {
    "0401": "Robbery",
    "05012": "Burglary of private residential premises",
    "05021": "Theft of a motorized vehicle or parts thereof",
    "0504": "Property damage",
}


@pytest.fixture
def chart(grid, released):
    def make(kinds=3, count=21, covered=("03",)):
        city = grid(count)
        codes = list(NAMES)[:kinds]
        rows = [
            (o, f"{3 + k}.{5 + k}", list(WORDS)[k]) for o in codes for k in range(4)
        ]
        frame = {
            "offence": [r[0] for r in rows],
            "cell": [r[1] for r in rows],
            "pattern": [r[2] for r in rows],
        }
        return maps.cells(
            released(frame, ["offence", "cell"]),
            city,
            city_grid(city),
            panels={o: NAMES[o] for o in codes},
            words=WORDS,
            covered=dict.fromkeys(codes, covered),
        )

    return make


@BOTH
@pytest.mark.parametrize("kinds", [1, 2, 4])
def test_each_kind_of_offence_has_a_legible_map(
    chart, draw, words_in, legible, kinds, narrow
):
    figure = draw(chart(kinds), narrow)
    legible(figure)
    said = " ".join(words for words, _ in words_in(figure)).replace("\n", " ")
    for name in [*list(NAMES.values())[:kinds], *WORDS.values()]:
        assert name in said
    assert "Hidden to protect people" in said


@BOTH
def test_cells_have_the_colour_of_their_word_and_an_edge(chart, draw, narrow):
    figure = draw(chart(1), narrow)
    cells = [p for p in figure.findobj(Polygon) if p.get_zorder() == 5]
    from matplotlib.colors import to_hex

    fills = [to_hex(p.get_facecolor()).upper() for p in cells]
    assert fills == [c.upper() for c in maps.cells.__globals__["COLOURS"]]
    assert {to_hex(p.get_edgecolor()).upper() for p in cells} == {style.INK}


@BOTH
def test_areas_with_hidden_counts_are_hatched_whole(chart, draw, words_in, narrow):
    def hatched(figure):
        return [p for p in figure.findobj(PathPatch) if p.get_hatch()]

    assert len(hatched(draw(chart(2), narrow))) == 2
    open_ = draw(chart(2, covered=()), narrow)
    assert not hatched(open_)
    assert "Hidden" not in " ".join(words for words, _ in words_in(open_))


def test_a_cell_is_drawn_where_it_lies(grid, released, draw):
    city = grid(4)
    cells = city_grid(city)
    table = released(
        {"offence": ["0401"], "cell": ["2.3"], "pattern": ["persistent"]},
        ["offence", "cell"],
    )
    figure = draw(
        maps.cells(
            table, city, cells, panels={"0401": "Robbery"}, words=WORDS, covered={}
        ),
        False,
    )
    drawn = next(p for p in figure.findobj(Polygon) if p.get_zorder() == 5)
    west, south = drawn.get_xy().min(axis=0)
    assert west == pytest.approx(cells.west + 3 * 250)
    assert south == pytest.approx(cells.south + 2 * 250)


def test_a_plain_frame_is_no_map(grid):
    import pandas as pd

    city = grid(4)
    with pytest.raises(TypeError, match="approved table"):
        maps.cells(
            pd.DataFrame(), city, city_grid(city), panels={}, words={}, covered={}
        )
