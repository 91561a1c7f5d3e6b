"""The levels of data maturity, one step at a time."""

from __future__ import annotations

from dataclasses import replace

from safelearn.indicators import maturity as levels
from safelearn.indicators.figures import FULL_COUNT, INTERVAL, TOO_FEW, Figure
from safelearn.indicators.maturity import maturity

ONCE = Figure("trust_in_police", 44.0, n=900)


def test_no_figure_is_level_0_whatever_the_reason():
    assert maturity(ONCE.without(TOO_FEW)) == 0


def test_one_figure_of_unknown_precision_is_level_1():
    assert maturity(ONCE) == 1


def test_known_precision_or_repetition_is_level_2():
    assert maturity(replace(ONCE, precision=INTERVAL)) == 2
    assert maturity(replace(ONCE, precision=FULL_COUNT)) == 2
    assert maturity(replace(ONCE, periods=2)) == 2


def test_level_3_needs_all_of_it():
    whole = replace(ONCE, precision=INTERVAL, periods=2, split=True)
    assert maturity(whole, aimed=True) == 3
    assert maturity(whole) == 2
    assert maturity(replace(whole, split=False), aimed=True) == 2
    assert maturity(replace(whole, periods=1), aimed=True) == 2


def test_each_level_has_its_name_and_its_meaning():
    assert set(levels.NAMES) == set(levels.MEANINGS) == set(levels.LEVELS)
