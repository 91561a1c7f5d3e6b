"""Marks follow the answers: rounding is forgiven, nothing else is, and a known slip is called by its name."""

from __future__ import annotations

import pytest

from safelearn.course.comparison import credit, recognise, score
from safelearn.course.modules import Task

NUMBER = {"kind": "number", "digits": 1}
TABLE = {"kind": "table", "keys": ["area"], "columns": {"rate": NUMBER}}


def task(**answers):
    return Task("m98-t1", "", 1, 4, "C5", (), "", "", "", answers, ())


@pytest.mark.parametrize(
    ("given", "full"),
    [(61.2347, 1), (61.2, 1), (61.28, 1), (61.29, 0), (61.1, 0), (None, 0)],
)
def test_the_tolerance_is_that_of_rounding(given, full):
    assert credit(given, 61.2347, NUMBER) == full


def test_both_ends_of_an_interval_must_be_right():
    form = {"kind": "interval", "digits": 1}
    assert credit([1.0, 2.0], [1.02, 2.04], form) == 1
    assert credit([1.0, 2.2], [1.0, 2.0], form) == 0


def test_a_table_earns_a_part_for_each_right_cell_and_none_for_extra_rows():
    expected = [{"area": a, "rate": r} for a, r in [("a", 1.0), ("b", 2.0)]]
    half = [{"area": "b", "rate": 2.0}, {"area": "a", "rate": 9.0}]
    assert credit(expected[::-1], expected, TABLE) == 1
    assert credit(half, expected, TABLE) == 0.5
    padded = [*expected, {"area": "c", "rate": 3.0}, {"area": "d", "rate": 3.0}]
    assert credit(padded, expected, TABLE) == 0.5


def test_points_are_shared_equally_by_the_answers():
    two = task(rate=NUMBER, low=NUMBER)
    assert score({"rate": 5.0}, {"rate": 5.0, "low": 1.0}, two) == 2
    assert score({}, {"rate": 5.0, "low": 1.0}, two) == 0


def test_the_slip_that_explains_most_of_the_wrong_answers_is_named():
    two = task(rate=NUMBER, low=NUMBER)
    right = {"rate": 5.0, "low": 1.0}
    slips = {"per year": {"rate": 15.0, "low": 3.0}, "mean": {"rate": 15.0, "low": 1.0}}
    assert recognise({"rate": 15.0, "low": 3.0}, right, slips, two) == ["per year"]
    assert recognise({"rate": 15.0, "low": 1.0}, right, slips, two) == ["mean"]
    assert recognise({"rate": 99.0, "low": 1.0}, right, slips, two) == []
    assert recognise(right, right, slips, two) == []


def test_two_slips_with_the_same_numbers_are_both_named():
    one = task(rate=NUMBER)
    slips = {"one": {"rate": 7.0}, "other": {"rate": 7.0}}
    assert recognise({"rate": 7.0}, {"rate": 5.0}, slips, one) == ["one", "other"]
