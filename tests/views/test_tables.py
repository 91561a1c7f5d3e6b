"""Numbers as a reader's table."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from safelearn import language
from safelearn.views import marks
from safelearn.views.tables import Column, mark_words, table, text_table

FRAME = pd.DataFrame(
    {
        "area_name": ["01 Popular", "02 <b>Santa</b>", "03 Manrique"],
        "n": [1234.0, 40.0, 0.0],
        "rate": [12.345, 8.0, 0.0],
        "lower": [9.94, 5.0, 0.0],
        "upper": [14.06, 12.0, 3.7],
        "share": [0.123, 0.5, 0.0],
        "mark": ["", "unstable", "no population"],
    }
)
COLUMNS = [
    Column("Area", "area_name"),
    Column("Deaths", "n", "count"),
    Column("Rate per 100,000", "rate", "rate"),
    Column("95% interval", ("lower", "upper"), "rate"),
    Column("Share", "share", "share"),
    Column("Note", "mark"),
]


def cells(html):
    rows = re.findall(r'<tr role="row">(.*?)</tr>', str(html))
    text = r'<t[hd] [^>]*?(?:scope="row"|role="cell")[^>]*>(.*?)</t[hd]>'
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(text, row)]
        for row in rows[1:]
    ]


def test_values_are_written_by_their_kind(released):
    found = cells(table(released(FRAME, ["area_name"]), COLUMNS, caption="Rates"))
    assert found[0] == ["01 Popular", "1,234", "12.3", "9.9–14.1", "12%", ""]
    assert found[2] == ["03 Manrique", "0", "0.0", "0.0–3.7", "0%", "no population"]


def test_numbers_follow_the_language(released):
    with language.use("de"):
        found = cells(table(released(FRAME, ["area_name"]), COLUMNS, caption="x"))
    assert found[0][1:4] == ["1.234", "12,3", "9,9–14,1"]


def test_names_cannot_bring_html_along(released):
    html = table(released(FRAME, ["area_name"]), COLUMNS, caption="x <i>")
    assert "<b>Santa" not in html and "&lt;b&gt;Santa" in html and "x &lt;i&gt;" in html


def test_a_hidden_row_says_so_in_every_derived_column(released):
    approved = released(FRAME, ["area_name"], [False, True, False])
    found = cells(table(approved, COLUMNS, caption="x"))
    assert found[1][1:5] == ["hidden to protect people"] * 4
    assert found[1][0] == "02 &lt;b&gt;Santa&lt;/b&gt;"


def test_no_value_is_a_dash_and_zero_is_zero(released):
    frame = FRAME.assign(rate=[None, 1.0, 0.0])
    found = cells(table(released(frame, ["area_name"]), COLUMNS, caption="x"))
    assert [row[2] for row in found] == ["–", "1.0", "0.0"]


def test_an_interval_below_zero_is_written_with_to(released):
    frame = pd.DataFrame({"k": ["a"], "lower": [-0.2], "upper": [0.1]})
    column = Column("Change", ("lower", "upper"), "change")
    found = cells(
        table(released(frame, ["k"]), [Column("k", "k"), column], caption="x")
    )
    assert found[0][1] == "−20% to +10%"


def test_marks_are_words(released):
    note = Column("Note", "mark", words=mark_words() | {"unstable": "few events"})
    found = cells(
        table(released(FRAME, ["area_name"]), [COLUMNS[0], note], caption="x")
    )
    assert [row[1] for row in found] == ["", "few events", "no population"]


@pytest.mark.parametrize(
    ("columns", "rows", "cards"), [(6, 3, True), (7, 3, False), (2, 40, False)]
)
def test_small_tables_become_cards_and_wide_or_long_ones_scroll(columns, rows, cards):
    heads = [f"c{k}" for k in range(columns)]
    html = text_table(heads, [["x"] * columns] * rows, caption="Table")
    assert ('class="stack"' in html) is cards
    assert ('role="group" tabindex="0" aria-label="Table"' in html) is not cards


def test_a_table_keeps_its_meaning_when_it_is_drawn_as_cards():
    html = text_table(
        ["Priority", "How sure"], [["a", marks.certainty(1)]], caption="x", label=1
    )
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html
    assert 'data-label="How sure"' in html and "<svg" in html
    assert "Table 1. </span>x" in html


def test_every_row_has_a_cell_for_every_head():
    with pytest.raises(ValueError):
        text_table(["a", "b"], [["only one"]], caption="x")
