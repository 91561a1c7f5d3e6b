"""Options by groups: legible on a page and a phone, and the place is in the cell for those who see no colour."""

from __future__ import annotations

import pytest

from safelearn.views.charts import ranking

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
GROUPS = [
    "Women",
    "Men",
    "Youth",
    "Informal residents",
    "Persons with disabilities",
    "Older persons",
]
OPTIONS = [
    "Light on the way home",
    "Fields and trainers for the young, in the evening too",
    "Buses",
]


def table(released, options=OPTIONS, groups=GROUPS, hidden=()):
    rows = [(o, g, k, j) for k, o in enumerate(options) for j, g in enumerate(groups)]
    last = max(len(options) - 1, 1)
    frame = {
        "option": [r[0] for r in rows],
        "group_name": [r[1] for r in rows],
        "n": [40] * len(rows),
        "points": [1 - r[2] / last for r in rows],
        "place": [r[2] + 1 for r in rows],
        "first": ["yes" if r[2] == 0 else "no" for r in rows],
    }
    gone = [r[1] in hidden for r in rows]
    return released(frame, ["option", "group_name"], gone)


@BOTH
@pytest.mark.parametrize("count", [1, 3, 6])
def test_any_number_of_groups_is_legible(released, draw, legible, count, narrow):
    legible(draw(ranking(table(released, groups=GROUPS[:count])), narrow))


@BOTH
def test_every_cell_says_its_place(released, draw, words_in, narrow):
    said = [
        words
        for words, _ in words_in(
            draw(ranking(table(released, groups=["Women", "Men"])), narrow)
        )
    ]
    assert said.count("2") == 2
    assert said.count("3") == 2


def test_a_hidden_group_has_no_number(released, draw, words_in):
    figure = draw(
        ranking(table(released, groups=["Women", "Men"], hidden=["Men"])), False
    )
    said = [words for words, _ in words_in(figure)]
    assert said.count("2") == 1
