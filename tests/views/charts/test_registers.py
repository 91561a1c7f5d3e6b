"""Who takes part, the grid of power and interest, and the net of ties: legible on a page and a phone."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.views.charts import inclusion, power_interest, ties

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
GROUPS = ["women", "youth", "migrants", "informal_residents"]
NAMES = {
    "women": "Women",
    "youth": "Youth",
    "migrants": "Refugees, internally displaced people and migrants",
    "informal_residents": "Informal residents",
}


def record(released, hidden=()):
    frame = {
        "group": GROUPS,
        "n": [40, 9, 12, 30],
        "representation": [0.9, 0.3, 0.55, 4.4],
        "lower": [0.7, 0.2, 0.3, 3.5],
        "upper": [1.1, 0.5, 0.95, 5.6],
    }
    return released(frame, ["group"], [g in hidden for g in GROUPS])


def drawn(released, hidden=()):
    seats = released({"group": GROUPS, "representation": [0.7, 0.5, 0.0, np.nan]}, ["group"])  # fmt: skip
    return inclusion(
        record(released, hidden), seats, GROUPS, NAMES, unit="Share over share",
        words=("Meetings", "Seats on the committee"),
    )  # fmt: skip


def marked(figure, shape):
    """Where points of a shape stand."""
    return [
        (round(float(line.get_xdata()[0]), 3), round(float(line.get_ydata()[0]), 3))
        for line in figure.axes[0].lines
        if line.get_marker() == shape and len(line.get_xdata()) == 1
    ]


@BOTH
def test_groups_are_legible_and_named(released, draw, legible, words_in, narrow):
    figure = draw(drawn(released), narrow)
    legible(figure)
    said = " ".join(words for words, _ in words_in(figure)).replace("\n", " ")
    assert all(name in said for name in NAMES.values())


def test_a_hidden_group_says_so_and_has_no_dot(released, draw, words_in):
    figure = draw(drawn(released, hidden=["youth"]), False)
    said = [words for words, _ in words_in(figure)]
    assert "hidden to protect people" in said
    assert len(marked(figure, "o")) == 3


def test_no_seat_at_all_is_an_arrow_at_the_edge(released, draw):
    figure = draw(drawn(released), False)
    ((across, _),) = marked(figure, "<")
    assert across == pytest.approx(0.1, rel=0.1)


@BOTH
def test_the_grid_draws_every_organisation_once_also_where_scores_are_equal(
    released, draw, words_in, narrow
):
    frame = {
        "stakeholder_id": ["S1", "S2", "S3"],
        "power": [4.0, 4.0, 1.0],
        "power_lowest": [4.0, 2.0, 1.0],
        "power_highest": [5.0, 5.0, 2.0],
        "interest": [5.0, 5.0, 2.0],
        "interest_lowest": [4.0, 4.0, 1.0],
        "interest_highest": [5.0, 5.0, 2.0],
        "sure": ["yes", "no", "yes"],
    }
    chart = power_interest(
        released(frame, ["stakeholder_id"]), cut=3,
        fields=("Win over", "Decide together", "Look again", "Inform"), axes_words=("Interest", "Power"),
    )  # fmt: skip
    figure = draw(chart, narrow)
    said = [words for words, _ in words_in(figure)]
    assert all(said.count(code) == 1 for code in frame["stakeholder_id"])
    assert len(set(marked(figure, "o"))) == 3


def test_nobody_on_the_line_is_drawn_beyond_it(released, draw):
    frame = {"stakeholder_id": [f"S{k}" for k in range(6)], "sure": ["no"] * 6}
    for axis in ("power", "interest"):
        frame |= {axis: [3.0] * 6, f"{axis}_lowest": [2.0] * 6, f"{axis}_highest": [4.0] * 6}  # fmt: skip
    chart = power_interest(
        released(frame, ["stakeholder_id"]), cut=3, fields=("a", "b", "c", "d"), axes_words=("Interest", "Power"),
    )  # fmt: skip
    points = marked(draw(chart, False), "o")
    assert len(set(points)) == 6
    assert all(x <= 3 and y <= 3 for x, y in points)


@BOTH
def test_the_net_draws_a_conflict_dashed_and_those_without_a_tie_below(
    released, draw, words_in, narrow
):
    keys = ["from_id", "to_id", "tie"]
    frame = {
        "from_id": ["A", "B", "C"],
        "to_id": ["B", "C", "A"],
        "tie": ["money", "referral", "conflict"],
    }
    edges = released(frame, keys)
    actors = released({"stakeholder_id": ["A", "B", "C", "D"]}, ["stakeholder_id"])
    figure = draw(ties(edges, actors, words=("working", "means", "conflict"), alone="No tie:"), narrow)  # fmt: skip
    said = [words for words, _ in words_in(figure)]
    assert {"A", "B", "C", "D", "No tie:"} <= set(said)
    dashed = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    assert len(dashed) == 1
    assert min(up for _, up in marked(figure, "o")) == pytest.approx(-1.2)
