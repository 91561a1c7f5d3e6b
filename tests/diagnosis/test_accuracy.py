"""The prediction accuracy index beside a published example and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.diagnosis.accuracy import accuracy, accuracy_curve
from safelearn.errors import Refused


@pytest.mark.clause("draft:25(d).2")
def test_three_places_of_one_size_give_the_published_indices():
    """Chainey, Tompson and Uhlig (2008): 6, 3 and 0 events, marked one after the other."""
    assert accuracy_curve([3, 2, 1], [6, 3, 0]).tolist() == [2, 1.5, 1]
    for k, pai in enumerate([2, 1.5, 1]):
        marked = np.arange(3) <= k
        assert accuracy(marked, [6, 3, 0]).pai == pytest.approx(pai)


def test_a_tenth_of_the_ground_that_holds_a_third_of_the_events():
    ground = np.array([1.0, 4.0, 5.0, 0.0])
    found = accuracy([True, False, False, False], [10, 10, 10, 7], ground)
    assert (found.hits, found.events) == (10, 30)
    assert found.ground_share == pytest.approx(0.1)
    assert found.pai == pytest.approx(10 / 30 / 0.1)
    assert found.lower < 1 / 3 < found.upper
    # The densest place was marked: none could do better.
    assert found.pei == pytest.approx(1)


def test_marking_the_wrong_place_is_no_better_than_chance():
    rng = np.random.default_rng(1)
    n = rng.poisson(3, 900)
    pai = [accuracy(rng.random(900) < 0.05, n).pai for _ in range(200)]
    assert np.mean(pai) == pytest.approx(1, abs=0.03)


def test_efficiency_is_held_against_the_best_choice_of_as_many_places():
    found = accuracy([False, True, False, False], [8, 4, 2, 2])
    assert found.pai == pytest.approx(1) and found.pei == pytest.approx(0.5)


def test_without_marks_or_events_there_is_no_accuracy():
    with pytest.raises(Refused, match="held out"):
        accuracy([False, False], [1, 2])
    with pytest.raises(Refused, match="held out"):
        accuracy([True, False], [0, 0])
    with pytest.raises(Refused, match="held out"):
        accuracy_curve([1, 2], [0, 0])
