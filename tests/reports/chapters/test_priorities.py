"""The chapters on priorities, harm, checking and the annex: what a reader finds, also where tables are missing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from safelearn.guidelines.clauses import clauses
from safelearn.reports import chapters
from safelearn.reports.chapters.grounds import maturity
from safelearn.reports.definitions import MEASURES, SERVES
from safelearn.reports.inventory import Inventory
from safelearn.reports.page import TITLES

MINE = ("priorities_by_group", "demands_by_topic", "need_by_area", "kinds_of_areas", "harm_register",
        "technology_register", "feedback", "decisions", "reviews", "tasks")  # fmt: skip


@pytest.fixture(scope="module")
def bare(found):
    """The same city with nothing but areas, residents and records."""
    kept = {k: v for k, v in found.tables.items() if k not in MINE}
    held = {k: k in ("areas", "population", "incidents") for k in found.has}
    return replace(found, tables=kept, has=held, algorithm_cards={})


def plain(markup) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(markup)))


def test_the_chapter_says_what_need_is_for_and_what_not(found):
    text = plain(chapters.priorities(found))
    assert (
        "not for planning patrols or stops, for evictions, lending or insurance" in text
    )
    assert "this is not a ranking" in text
    assert found.sentences["need"] in text


def test_areas_stand_in_code_order_within_each_class(found):
    text = str(chapters.priorities(found))
    lists = [re.findall(r"\b(\d{4}) <span>", cell) for cell in text.split("</td>")]
    lists = [codes for codes in lists if len(codes) > 1]
    assert sum(map(len, lists)) > 100  # 60 areas, by need and by kind
    assert all(codes == sorted(codes) for codes in lists)


def test_every_figure_of_the_chapter_has_its_numbers(found):
    text = str(chapters.priorities(found))
    assert text.count("<figure") == text.count("Numbers behind this figure")


def test_without_ballots_and_demands_cards_say_how_to_collect_them(bare):
    text = plain(chapters.priorities(bare))
    assert "Let each group rank the problems of its area" in text
    assert "Write each demand into one register" in text
    assert "Not measured yet" in text


def test_without_registers_cards_stand_in_their_place(bare):
    assert "Sheet harms of city.xlsx" in plain(chapters.harm(bare))
    assert "Sheet technology of city.xlsx" in plain(chapters.harm(bare))
    assert "Show five findings in each district" in plain(chapters.validation(bare))


def test_each_model_behind_a_figure_has_its_card_in_the_report(found):
    text = plain(chapters.harm(found))
    for card in found.algorithm_cards.values():
        assert f"Algorithm card: {card.title}" in text


def test_dissent_is_shown_and_residents_words_are_not(found):
    text = plain(chapters.validation(found))
    assert "Police dissent" in text
    assert "The map leaves our hillside half empty" not in text
    assert "69% of them changed something" in text


def test_clauses_and_sections_of_the_annex_exist():
    known = {c.id for c in clauses()}
    assert set(SERVES) <= set(TITLES)
    assert {i for ids in SERVES.values() for i in ids} <= known


def test_links_of_the_annex_have_a_target(found):
    text = str(chapters.annex(found))
    page = "".join(
        str(getattr(chapters, s)(found))
        for s in ("basis", "city", "care", "harm", "validation")
    )
    for target in set(re.findall(r'href="#(\w+)"', text)) - {"offences", "where"}:
        assert f'id="{target}"' in page, target


def test_a_clause_that_no_table_serves_is_not_called_served(bare):
    text = plain(chapters.annex(bare))
    row = text[text.index("draft:25(f)") :]
    assert row[: row.index("draft:25(g)")].rstrip().endswith("not measured yet")


def test_definitions_are_of_measures_in_the_report_only(found, bare):
    assert "Borda count" in plain(chapters.annex(found))
    assert "Borda count" not in plain(chapters.annex(bare))
    for definition in MEASURES:
        assert definition.source and definition.tables


def test_maturity_rises_with_source_and_quality():
    line = Inventory("survey", "", "", 100, 97, {})
    assert maturity(None) == 0
    assert maturity(replace(line, rows_used=0)) == 0
    assert maturity(line) == 1
    assert maturity(replace(line, source="Office", rows_used=90)) == 2
    assert maturity(replace(line, source="Office")) == 3


@pytest.mark.clause("draft:18", "draft:25(d).0")
def test_what_it_rests_on_says_how_mature_each_table_is_and_who_answers(found):
    text = plain(chapters.basis(found))
    assert "How mature the data are" in text
    assert "For 1 task nobody answers: make bus stops and buses safe." in text
