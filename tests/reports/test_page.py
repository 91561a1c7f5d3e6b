"""What every chapter is made of: reference matter is folded on a screen and never lost on paper."""

from __future__ import annotations

from safelearn.reports.page import fold


def test_a_reader_of_the_screen_unfolds_what_a_reader_of_paper_has_before_them():
    folded = fold("What the words mean", "<table></table>")
    assert folded.startswith('<details class="reference print-keep">')
    assert "<summary>What the words mean</summary><table></table>" in folded


def test_nothing_is_folded_where_there_is_nothing():
    assert fold("What the words mean", "") == ""


def test_a_title_is_words_and_never_markup():
    assert "<b>" not in fold("<b>Files</b>", "x")
