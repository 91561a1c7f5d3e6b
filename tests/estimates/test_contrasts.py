"""How far apart are two figures?"""

from __future__ import annotations

import math

import pytest

from safelearn.estimates.contrasts import Value, difference, rate_ratio
from safelearn.estimates.intervals import wilson_interval


def test_two_shares_differ_by_newcombes_method_10():
    # Newcombe 1998, Statistics in Medicine 17:873, table II (a): 56/70 less 48/80, interval 0.0524 to 0.3339.
    first, second = wilson_interval(56, 70), wilson_interval(48, 80)
    found = difference(
        Value(first.share, first.lower, first.upper),
        Value(second.share, second.lower, second.upper),
    )
    assert found.value == pytest.approx(0.2)
    assert found.lower == pytest.approx(0.0524, abs=1e-4)
    assert found.upper == pytest.approx(0.3339, abs=1e-4)


def test_a_ratio_of_rates_is_as_far_from_one_both_ways():
    there, back = rate_ratio(60, 1000, 30, 1000), rate_ratio(30, 1000, 60, 1000)
    assert there.value == 2
    # exp(1.959964 x sqrt(1/60 + 1/30)) = 1.5500
    assert there.upper / there.value == pytest.approx(1.5500, abs=1e-3)
    assert back.lower == pytest.approx(1 / there.upper)


def test_without_events_there_is_no_ratio():
    assert math.isnan(rate_ratio(0, 10, 5, 10).value)
