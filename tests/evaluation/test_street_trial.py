"""A street is closed to cars on Sundays: who came, and were traders driven away?"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation.street_trial import street_trial


def counted(seen: str, trial: tuple, like: tuple) -> pd.DataFrame:
    """Counts before and during on both streets; a tuple is several counts."""
    rows = []
    for street, (before, during) in (("trial", trial), ("like", like)):
        for when, found in (("before", before), ("during", during)):
            rows += [(seen, street, when, n) for n in found]
    return pd.DataFrame(rows, columns=["seen", "street", "when", "n"])


@pytest.mark.clause("draft:26(f)(ii).5")
def test_a_change_is_measured_against_the_like_street():
    found = street_trial(counted("women", ([50], [90]), ([60], [54]))).changes.iloc[0]
    # 90/50 over 54/60, and ln +- 1.96 sqrt(1/50 + 1/90 + 1/60 + 1/54).
    half = 1.959964 * math.sqrt(1 / 50 + 1 / 90 + 1 / 60 + 1 / 54)
    assert found["ratio"] == pytest.approx(2.0)
    assert found["lower"] == pytest.approx(2 * math.exp(-half), rel=1e-6)
    assert found["upper"] == pytest.approx(2 * math.exp(half), rel=1e-6)
    assert found["found"] == "more"


@pytest.mark.clause("draft:26(f)(ii).5")
@pytest.mark.parametrize(
    ("during", "verdict"),
    [
        ([700], "no sign of harm"),
        ([420], "harm"),
        # Nobody is left: no interval is needed to see it.
        ([0], "harm"),
    ],
)
def test_traders_need_not_prove_that_they_were_driven_away(during, verdict):
    found = street_trial(counted("traders", ([700], during), ([700], [700])))
    assert found.traders == verdict


def test_a_small_count_of_traders_that_looks_even_rules_nothing_out():
    found = street_trial(counted("traders", ([40], [39]), ([40], [40])))
    assert found.traders == "harm not ruled out"
    assert found.changes["found"].iloc[0] == "no clear change"
    assert found.goes_on


def test_few_traders_are_too_few_to_say_and_never_no_harm():
    found = street_trial(counted("traders", ([9], [9]), ([40], [40])))
    assert found.traders == "not known"
    assert not found.goes_on
    assert math.isnan(found.changes["ratio"].iloc[0])


def test_nobody_counted_traders():
    assert (
        street_trial(counted("women", ([50], [50]), ([50], [50]))).traders
        == "not known"
    )


def test_counts_that_differ_from_day_to_day_widen_the_interval():
    # Mean 50 and squares 2 * 30^2 / 50 = 36 in each of four cells, over one degree of freedom each.
    wild = counted("men", ([20, 80], [20, 80]), ([20, 80], [20, 80]))
    found = street_trial(wild).changes.iloc[0]
    assert found["dispersion"] == pytest.approx(36)
    calm = street_trial(counted("men", ([50, 50], [50, 50]), ([50, 50], [50, 50])))
    assert calm.changes["dispersion"].iloc[0] == 1
    assert found["lower"] < calm.changes["lower"].iloc[0]


def test_a_street_that_was_counted_less_often_is_no_comparison():
    with pytest.raises(Refused, match="traders were not counted equally often"):
        street_trial(counted("traders", ([20, 20], [40]), ([40], [40])))
