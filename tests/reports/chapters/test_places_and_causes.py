"""The chapters on places and causes as a reader meets them: purpose first, no ranking, no cause, short where poor."""

from __future__ import annotations

import re
from html import unescape

import pytest

from safelearn.disclosure.wording import check
from safelearn.reports.chapters import causes, places


def words_of(page: str) -> str:
    page = re.sub(r'(src|srcset)="[^"]*"', "", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture(scope="module")
def pages(found) -> dict[str, str]:
    return {"places": str(places(found)), "causes": str(causes(found))}


@pytest.mark.parametrize("name", ["places", "causes"])
def test_the_chapter_says_what_it_is_for_before_it_shows_anything(pages, name):
    before = words_of(pages[name].partition("<figure")[0])
    assert "It is for" in before
    assert "It is not for" in before


@pytest.mark.parametrize("name", ["places", "causes"])
def test_no_sentence_ranks_blames_or_sends_anybody(pages, name):
    assert check(words_of(pages[name])) == []


def test_the_warning_stands_with_the_ratios_and_no_sentence_claims_a_cause(pages):
    said = words_of(pages["causes"])
    assert "ecological fallacy" in said
    for claim in ("causes violence", "leads to", "because of poverty", "is caused by"):
        assert claim not in said


def test_hidden_places_of_help_are_named_as_left_out_and_by_no_number(pages):
    said = words_of(pages["places"])
    assert "confidential services are left out" in said
    assert "Shelter 1" not in said


def test_renewal_is_not_to_drive_people_out(pages):
    assert "no reason to move anybody" in words_of(pages["places"])


def test_a_city_without_these_tables_has_no_such_chapters(measured):
    bare = measured("northmoor")
    assert str(causes(bare)) == str(places(bare)) == ""
