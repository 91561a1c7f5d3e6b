"""A paper handed in changes the count; a small group stays unseen until it is large enough."""

from __future__ import annotations

import pytest

from safelearn.reports.widgets import ballot
from safelearn.resources import bundled_city
from safelearn.strategy.ballots import read_papers
from safelearn.strategy.priorities import prioritise


@pytest.mark.clause("draft:25(f)")
def test_two_more_papers_let_the_young_be_seen():
    made = ballot()
    assert "3 papers wait" in made.answer.value
    made.move(group="youth", first="youth", second="transport")
    assert "4 papers wait" in made.answer.value
    made.hand_in.click()
    assert "1 paper was handed in here" in made.said.value
    made.move(first="youth")
    assert "papers wait" not in made.answer.value and "all 24 papers" in made.answer.value  # fmt: skip


def test_the_count_is_that_of_a_report():
    made = ballot()
    found = prioritise(read_papers(made.papers))
    first = found.together.loc[found.together["place"] == 1, "option"].iloc[0]
    assert first in made.answer.value and found.papers == 19


def test_a_paper_can_be_taken_back_and_only_ones_own():
    made = ballot()
    before = made.answer.value
    made.move(group="women", first="guards")
    made.hand_in.click()
    assert made.answer.value != before
    made.take_back.click()
    assert made.answer.value == before
    made.take_back.click()
    assert "No paper was handed in here" in made.said.value


def test_an_empty_paper_and_one_with_an_option_twice_are_refused():
    made = ballot()
    made.hand_in.click()
    assert "The paper is empty" in made.said.value
    made.move(first="light", second="light")
    assert "names an option twice" in made.answer.value
    made.hand_in.click()
    assert "names an option twice" in made.said.value


def test_nobody_can_open_a_small_group_by_adding_papers_to_it(tmp_path):
    import shutil

    import pandas as pd

    city = bundled_city("puerto-sereno")
    for name in ("city.toml", "areas.csv"):
        shutil.copy(city / name, tmp_path / name)
    table = pd.read_csv(city / "ballots.csv", dtype=str)
    ranked = table[table["kind"] == "priorities"]
    kept = ranked.loc[ranked["group"] == "youth", "paper_id"].unique()[:3]
    few = ranked[(ranked["group"] != "youth") | ranked["paper_id"].isin(kept)]
    few.to_csv(tmp_path / "ballots.csv", index=False)
    made = ballot(tmp_path)
    assert "youth" not in set(made.papers["group"])
    for _ in range(3):
        made.move(group="youth", first="B1")
        made.hand_in.click()
    assert "3 papers wait" in made.answer.value


def test_the_static_answer_counts_a_paper_that_is_only_imagined():
    made = ballot()
    page = made.static(group="women", first="guards")
    assert "I vote as one of: Women; First: More guards" in page
    assert "all 20 papers" in page and len(read_papers(made.papers)) == 22
