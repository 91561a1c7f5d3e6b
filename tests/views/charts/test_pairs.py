"""Two groups side by side can be told apart without colour, on a page and on a phone."""

from __future__ import annotations

import pytest

from safelearn.views.charts import pairs

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
SIDES = (("group", "Women"), ("others", "Everyone else"))


def shares(released, count, missing=()):
    rows = [
        (f"Question {k} that was asked", who, 0.05 * k + shift)
        for k in range(count)
        for who, shift in (("group", 0.1), ("others", 0.2))
    ]
    frame = {
        "item_name": [name for name, _, _ in rows],
        "who": [who for _, who, _ in rows],
        "value": [None if n in missing else v for n, (_, _, v) in enumerate(rows)],
        "lower": [
            None if n in missing else v - 0.04 for n, (_, _, v) in enumerate(rows)
        ],
        "upper": [
            None if n in missing else v + 0.04 for n, (_, _, v) in enumerate(rows)
        ],
    }
    return released(frame, ["item_name", "who"])


@BOTH
@pytest.mark.parametrize("count", [1, 2, 10, 14])
def test_any_number_of_questions_is_legible(released, draw, legible, count, narrow):
    chart = pairs(shares(released, count), sides=SIDES, unit="Share of adults")
    legible(draw(chart, narrow))


@BOTH
def test_the_groups_differ_in_shape_and_both_are_named(
    released, draw, words_in, narrow
):
    figure = draw(pairs(shares(released, 3), sides=SIDES, unit="Share"), narrow)
    markers = {line.get_marker() for line in figure.axes[0].lines}
    assert markers == {"o", "D"}
    words = {text for text, _ in words_in(figure)}
    assert {"Women", "Everyone else"} <= words


@BOTH
def test_a_row_with_too_few_answers_says_so(released, draw, words_in, narrow):
    table = shares(released, 3, missing={2, 3})
    figure = draw(pairs(table, sides=SIDES, unit="Share"), narrow)
    assert [t for t, _ in words_in(figure)].count("too few answers") == 1


@BOTH
def test_clear_differences_are_bold_and_no_others(released, draw, narrow):
    from matplotlib.text import Text

    bold = {"Question 1 that was asked"}
    chart = pairs(shares(released, 3), sides=SIDES, unit="Share", bold=bold)
    found = {
        t.get_text().replace("\n", " ")
        for t in draw(chart, narrow).findobj(Text)
        if t.get_weight() == "bold" and t.get_text()
    }
    assert found == bold


def test_a_plain_frame_is_refused(released):
    with pytest.raises(TypeError):
        pairs(shares(released, 2).frame, sides=SIDES, unit="Share")
