"""Papers are compared fairly however much each of them says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from safelearn.errors import Refused
from safelearn.strategy.ballots import places, read_papers


def test_options_that_a_paper_leaves_out_share_the_places_that_are_left(exercise):
    papers = read_papers(
        exercise([("women", "01", "c > a"), ("men", "01", "a > b > c > d")])
    )
    assert papers.options == ("a", "b", "c", "d")
    assert papers.places[0].tolist() == [2, 3.5, 1, 3.5]


def test_two_options_side_by_side_share_their_places(exercise):
    papers = read_papers(exercise([("women", "01", "a = b > c")]))
    assert papers.places[0].tolist() == [1.5, 1.5, 3]


@given(st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=2, max_size=9))
def test_every_paper_gives_away_the_same_sum_of_places(ranks):
    row = np.array([[np.nan if r is None else r for r in ranks]], dtype=float)
    found = places(row)[0]
    k = len(ranks)
    assert found.sum() == pytest.approx(k * (k + 1) / 2)
    assert found == pytest.approx(rankdata(np.where(np.isnan(row[0]), 99, row[0])))


def test_a_paper_that_names_an_option_twice_is_set_aside_and_counted(exercise):
    table = exercise([("women", "01", "a > b > a"), ("women", "01", "b > a")])
    papers = read_papers(table)
    assert (len(papers), papers.spoilt) == (1, 1)


def test_a_number_used_for_two_people_is_no_paper(exercise):
    table = exercise([("women", "01", "a > b"), ("women", "01", "b > a")])
    table.loc[0, "group"] = "men"
    papers = read_papers(table)
    assert (len(papers), papers.spoilt) == (1, 1)


def test_the_latest_exercise_is_read_and_budgets_are_not(exercise):
    old = exercise([("women", "01", "a > b")], ballot_id="R1", held_on="2024-05-01")
    new = exercise([("men", "01", "b > a")], ballot_id="R2", held_on="2025-05-01")
    money = exercise(
        [("men", "01", "z > y")],
        ballot_id="PB",
        kind="participatory_budget",
        held_on="2026-01-01",
    )
    table = pd.concat([new, old, money], ignore_index=True)
    assert read_papers(table).ballot_id == "R2"
    assert read_papers(table, "R1").group.tolist() == ["women"]


def test_totals_without_papers_are_refused_in_a_sentence(exercise):
    table = exercise([("everyone", "01", "a > b")])
    table["paper_id"] = pd.NA
    with pytest.raises(Refused, match="No paper ranks"):
        read_papers(table)


def test_papers_of_one_district_stand_together_once_areas_are_replaced(exercise):
    papers = read_papers(exercise([("women", "01", "a > b"), ("women", "02", "a > b")]))
    assert set(papers.within({"01": "North", "02": "North"}).area) == {"North"}
