"""What people put first: a textbook election, and the likings planted in the bundled city."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.errors import Refused
from safelearn.simulation.participation import LIKES, OPTIONS
from safelearn.strategy.ballots import read_papers
from safelearn.strategy.priorities import (
    borda,
    borda_by,
    disagreement_by_area,
    prioritise,
)

#: The standing example of voting theory: where to put Tennessee's capital, 100 votes.
TENNESSEE = (
    [("west", "", "Memphis > Nashville > Chattanooga > Knoxville")] * 42
    + [("middle", "", "Nashville > Chattanooga > Knoxville > Memphis")] * 26
    + [("south", "", "Chattanooga > Knoxville > Nashville > Memphis")] * 15
    + [("east", "", "Knoxville > Chattanooga > Nashville > Memphis")] * 17
)


def test_the_borda_count_of_the_tennessee_example(exercise):
    found = borda(read_papers(exercise(TENNESSEE))).set_index("option_id")
    points = (found["points"] * 3 * 100).round(6).to_dict()
    assert points == {
        "Memphis": 126,
        "Nashville": 194,
        "Chattanooga": 173,
        "Knoxville": 107,
    }
    assert found["place"].to_dict() == {
        "Nashville": 1,
        "Chattanooga": 2,
        "Memphis": 3,
        "Knoxville": 4,
    }


def test_the_interval_is_students_for_the_mean_of_the_papers(exercise):
    papers = read_papers(
        exercise([("w", "1", "a > b"), ("w", "1", "a > b"), ("w", "1", "b > a")])
    )
    found = borda(papers).set_index("option_id").loc["a"]
    # Points 1, 1, 0: mean 2/3, standard error 1/3, t(2) = 4.3027: the interval fills the scale.
    assert found["points"] == pytest.approx(2 / 3)
    assert (found["lower"], found["upper"]) == (0, 1)


def test_options_that_few_papers_cannot_tell_apart_share_the_first_place(exercise):
    papers = [("w", "1", "a > b > c")] * 3 + [("w", "1", "b > a > c")] * 2
    found = borda(read_papers(exercise(papers))).set_index("option_id")
    assert found["place"].to_dict() == {"a": 1, "b": 2, "c": 3}
    assert found["first"].to_dict() == {"a": True, "b": True, "c": False}


def test_a_partial_paper_weighs_as_much_as_a_full_one(exercise):
    table = exercise([("w", "1", "a"), ("w", "1", "c > b > a")])
    found = borda(read_papers(table)).set_index("option_id")["points"]
    assert found.to_dict() == pytest.approx(
        {"a": 0.5, "b": (0.25 + 0.5) / 2, "c": (0.25 + 1) / 2}
    )


def test_a_group_of_four_is_not_shown_and_is_in_no_total(exercise):
    table = exercise([("women", "1", "a > b")] * 6 + [("migrants", "1", "b > a")] * 4)
    found = prioritise(read_papers(table))
    assert set(found.by_group["group"]) == {"women"}
    assert found.papers == 6
    assert found.together.set_index("option_id").loc["a", "points"] == 1
    assert found.groups is None


def test_groups_that_are_all_too_small_are_refused(exercise):
    with pytest.raises(Refused):
        prioritise(read_papers(exercise([("women", "1", "a > b")] * 4)))


def test_where_groups_differ_is_told_area_by_area(exercise):
    alike = [(g, "01", "a > b > c > d") for g in ("women", "men") for _ in range(6)]
    apart = [("women", "02", "a > b > c > d")] * 6 + [
        ("men", "02", "d > c > b > a")
    ] * 6
    alone = [("women", "03", "a > b > c > d")] * 6 + [("men", "03", "d > a > b > c")]
    found = disagreement_by_area(read_papers(exercise(apart + alike + alone)))
    found = found.set_index("area")
    assert found.index.tolist() == ["01", "02", "03"]
    assert found["distance"].tolist()[:2] == [0, 1]
    assert found["clear"].tolist()[:2] == [False, True]
    assert found["tops"].tolist()[:2] == [1, 2]
    assert found.loc["03", "groups"] == 1
    assert np.isnan(found.loc["03", "distance"])


def test_each_group_in_each_area_has_its_own_order(exercise):
    table = exercise(
        [("women", "01", "a > b")] * 5
        + [("men", "01", "b > a")] * 5
        + [("men", "02", "b > a")] * 5
    )
    found = borda_by(read_papers(table), ["area", "group"])
    keys = found.loc[
        found["place"] == 1, ["area", "group", "option_id"]
    ].values.tolist()
    assert keys == [["01", "men", "b"], ["01", "women", "a"], ["02", "men", "b"]]


@pytest.mark.clause("draft:25(f)")
def test_what_each_group_of_the_bundled_city_likes_most_is_found(puerto_sereno):
    found = prioritise(read_papers(puerto_sereno.table("ballots")))
    codes = [code for code, _, _ in OPTIONS]
    first = (
        found.by_group[found.by_group["first"]].groupby("group")["option_id"].agg(set)
    )
    for group, likes in LIKES.items():
        assert codes[int(np.argmax(likes))] in first[group], group
        points = found.by_group[found.by_group["group"] == group].set_index("option_id")
        planted = np.corrcoef(likes, points["points"].reindex(codes))[0, 1]
        assert planted > 0.85, group
    assert first["youth"] == {"B2"}
    assert found.groups.clear
    farthest = max(found.groups.pairs, key=found.groups.pairs.get)
    assert farthest == ("older_persons", "youth")
    # Many papers, hardly any common order: that is what different groups look like in one heap.
    assert found.all_papers.w < 0.1 < min(w.w for w in found.within.values())
