"""What shrinks, and why."""

from __future__ import annotations

import re

import numpy as np
import pytest

from safelearn.errors import Refused
from safelearn.estimates.empirical_bayes import empirical_bayes, fit_prior
from safelearn.reports.widgets import smoothing
from safelearn.reports.widgets.smoothing import _TOWN


def kept(made):
    return int(re.search(r"(\d+)% of its own rate", made.answer.value)[1])


@pytest.mark.clause("draft:25(d).2")
def test_the_fewer_live_there_the_less_of_an_areas_own_rate_is_kept():
    made = smoothing()
    found = []
    for residents in (200, 2_000, 20_000):
        made.controls["residents"].value = residents
        found.append(kept(made))
    assert found == sorted(found) and found[0] < 10 < 50 < found[-1]


def test_at_its_own_size_an_area_has_the_rate_that_a_report_gives_it():
    people, events = np.array(_TOWN, dtype=float).T
    at = 6
    expected = empirical_bayes(events, people)[at] * 100_000
    made = smoothing()
    made.controls["area"].value = at
    assert made.setting == {"area": at, "residents": people[at], "events": events[at]}
    smoothed = re.search(r"Smoothed rate</td><td[^>]*>([\d,]+)", made.answer.value)[1]
    assert float(smoothed.replace(",", "")) == round(expected)


def test_how_much_is_kept_is_the_priors_weight():
    people, events = np.array(_TOWN, dtype=float).T
    prior = fit_prior(events, people)
    # w = A / (A + m / b), by hand
    weight = prior.variance / (prior.variance + prior.mean / 10_000)
    made = smoothing()
    made.move(residents=10_000)
    assert kept(made) == round(100 * weight)


def test_more_events_move_the_raw_rate_more_than_the_smoothed_one():
    made = smoothing()
    made.move(area=0, events=0)
    before = made.answer.value
    made.controls["events"].value = 12
    # 12 of 320 are 3,750 of 100,000
    assert "3,750" in made.answer.value and "3,750" not in before
    smoothed = re.search(r"Smoothed rate</td><td[^>]*>([\d,]+)", made.answer.value)[1]
    assert float(smoothed.replace(",", "")) < 3_750 / 2


def test_a_city_without_residents_is_refused(tmp_path):
    from safelearn.city.scaffold import new_city

    with pytest.raises(Refused):
        smoothing(new_city(tmp_path / "x", name="X").folder)


def test_the_static_answer_is_a_sentence_a_table_and_a_picture():
    page = smoothing().static(area=0)
    assert "Area: Area A" in page and "data:image/svg+xml" in page
    assert "With 320 residents" in page
