"""The chapter on indicators: what the bundled city and a poorer one can say, and nothing more."""

from __future__ import annotations

import re

import pytest

from safelearn.reports.chapters.indicators import indicators


@pytest.fixture(scope="module")
def chapter(found) -> str:
    return str(indicators(found))


@pytest.fixture(scope="module")
def poor(measured):
    return measured("northmoor")


def test_the_released_tables_are_the_only_source(found):
    names = {"indicators", "sdg_strip", "survey_indicators", "targets"}
    assert names <= set(found.tables)
    survey = found.tables["survey_indicators"].frame
    assert "positive" not in survey
    shown = survey["n"].dropna()
    assert (shown % 5 == 0).all(), "numbers of answers are rounded"
    assert (shown >= 30).all()


def test_no_survey_figure_rests_on_fewer_than_fifty_answers(found):
    table = found.tables["indicators"].frame
    survey = table[(table["source"] == "survey") & table["value"].notna()]
    assert (survey["n"] >= 50).all()
    informal = table[table["group"] == "informal_residents"]
    told = informal.loc[informal["source"] == "survey", "status"]
    assert set(told) == {"too few"}


@pytest.mark.clause("draft:26(a)")
def test_the_page_opens_with_the_strip_of_goals(chapter):
    assert "indicators of the global goals" in chapter
    assert re.search(r'<figure[^>]* id="figure-\d+"', chapter)
    assert "16.1.4" in chapter


@pytest.mark.clause("draft:25(g)")
def test_each_priority_of_the_ballot_has_its_outcome(chapter, found):
    outcomes = found.results["outcomes"]
    assert len(outcomes) == 6
    assert all(o.complete for o in outcomes)
    for o in outcomes:
        assert o.option in chapter


@pytest.mark.clause("draft:22")
def test_targets_say_where_they_stand_who_answers_and_what_they_lack(chapter):
    assert "Fewer people are killed" in chapter
    assert "asks for no more than the baseline" in chapter
    assert "Office of the Mayor" in chapter
    assert "no baseline" in chapter


@pytest.mark.clause("draft:26(e).4")
def test_figures_that_can_be_gamed_are_named(chapter):
    assert "it rises when hard cases are not recorded" in chapter
    assert "they fall when people stop reporting" in chapter


def test_what_is_not_measured_is_listed_by_what_would_give_it(chapter):
    assert "Indicators without a figure, and how to get one" in chapter
    assert "Ratio of seats" not in chapter.split("Not measured yet")[-1]
    assert "Structures for participation" in chapter.split("Not measured yet")[-1]


def test_a_city_without_a_survey_has_a_shorter_and_honest_chapter(poor, chapter):
    short = str(indicators(poor))
    assert 0 < len(short) < len(chapter)
    assert "The city has written no targets down." in short
    assert "The table survey is not in the folder." in short
    assert "Feels safe walking alone after dark" in short.split("Not measured yet")[-1]
