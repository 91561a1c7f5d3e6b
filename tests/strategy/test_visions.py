"""A vision is read by people; words only show them where to look."""

from __future__ import annotations

import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.strategy.visions import check_vision, rights

TEXT = (
    "In ten years women and girls walk home after dark without fear. Squares belong to everyone, traders keep "
    "their place, and residents decide together. Whoever is wronged can complain at no cost."
)


@pytest.mark.clause("draft:26(f)(ii).1")
def test_words_show_the_reader_where_a_right_may_be_named():
    found = check_vision(TEXT).rights.set_index("right")
    assert found.loc["violence-against-women", "found"] == "women, girls"
    assert found.loc["work", "found"] == "traders"
    assert found.loc["remedy", "found"] == "complain"
    assert found.loc["privacy", "found"] == ""


@pytest.mark.clause("draft:25(a)")
def test_no_right_is_held_before_a_person_has_read_the_text():
    found = check_vision(TEXT)
    assert set(found.rights["state"]) == {"to be read"}
    assert not found.complete
    assert not found.holds


def test_a_vision_holds_when_every_right_is_answered_and_none_limited():
    every = {right.id: "protects" for right in rights()}
    assert check_vision(TEXT, every).holds
    assert check_vision(TEXT, every | {"work": "names"}).holds
    for answer in ("silent", "limits"):
        told = check_vision(TEXT, every | {"work": answer})
        assert told.complete
        assert not told.holds


def test_words_that_often_take_rights_away_are_pointed_at_in_four_languages():
    assert check_vision("We clean up the squares with zero tolerance.").limits == (
        "zero tolerance",
        "clean up",
    )
    assert check_vision("Mano dura y desalojos.").limits == ("desalojos", "mano dura")
    assert check_vision("Tolérance zéro.").limits == ("tolerance zero",)
    assert check_vision("Limpeza das praças.").limits == ("limpeza",)
    assert check_vision(TEXT).limits == ()


def test_a_word_inside_another_word_is_not_found():
    found = check_vision("Gatekeepers befriend nobody.").rights.set_index("right")
    assert found.loc["assembly", "found"] == ""


def test_every_right_says_where_it_is_written_down():
    assert len(rights()) == 14
    assert all(right.source and right.words for right in rights())


def test_an_unknown_answer_and_an_empty_text_are_told():
    with pytest.raises(SafelearnError, match="perhaps"):
        check_vision(TEXT, {"work": "perhaps"})
    with pytest.raises(SafelearnError, match="wrok"):
        check_vision(TEXT, {"wrok": "names"})
    with pytest.raises(Refused):
        check_vision("  ")
