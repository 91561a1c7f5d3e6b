"""What a plan would see, by the very functions of the library."""

from __future__ import annotations

import re

import pytest

from safelearn.reports.widgets import sample_planner
from safelearn.reports.widgets.sample_planner import (
    AREAS,
    CHANGE,
    COUNTS,
    SERIES,
    SHARE,
    USED,
)


def shown(made, pattern):
    return float(re.search(pattern, made.answer.value)[1].replace(",", ""))


@pytest.mark.clause("draft:25(o).2")
def test_a_survey_takes_as_many_people_as_the_textbook_says():
    made = sample_planner()
    made.move(margin=5, expected=50, design_effect=1.0, answering=100)
    assert (
        "Ask 385 people" in made.answer.value
    )  # Cochran (1977): 1.96^2 / 4 / 0.05^2 = 384.2
    made.move(people=5_000)
    assert "Ask 357 people" in made.answer.value
    made.move(people=0, answering=50)
    assert "Ask 769 people" in made.answer.value  # 768.3


def test_more_people_than_there_are_cannot_be_asked():
    made = sample_planner()
    made.move(people=200, margin=1)
    assert "more people than there are" in made.answer.value


def test_two_surveys_of_353_see_a_fall_by_ten_points():
    made = sample_planner(CHANGE)
    # Fleiss (1981): 353.2 in each tell 40 from 30 %; to see the rise as well takes a little more.
    made.move(answers=353, expected=40, design_effect=1.0)
    assert 10.0 <= shown(made, r"by ([\d.]+) percentage points") <= 10.5


def test_a_place_to_compare_with_makes_weaker_effects_invisible_and_true():
    made = sample_planner(COUNTS)
    made.move(cases=400, compared=0, dispersion=1.0)
    alone = shown(made, r"A fall by (\d+)%")
    assert alone == 19  # the doctest of `detectable_ratio`: 0.81
    made.move(compared=400)
    assert shown(made, r"A fall by (\d+)%") > alone


def test_too_few_cases_see_nothing():
    made = sample_planner(COUNTS)
    made.move(cases=5, compared=5, dispersion=8.0)
    assert "No fall would be seen" in made.answer.value


def test_more_areas_see_weaker_effects():
    made = sample_planner(AREAS)
    made.move(treated=10, control=10, spread=0.2)
    # (t_a + t_b) 0.2 sqrt(2/10) = 0.266, so a ratio of 0.77
    assert shown(made, r"A fall by (\d+)%") == 23
    made.move(treated=40, control=40)
    assert shown(made, r"A fall by (\d+)%") < 15


def test_a_series_is_simulated_and_says_what_another_draw_would_say():
    made = sample_planner(SERIES)
    assert "Found by simulating 100 series" in made.answer.value
    weak = shown(made, r"A fall by (\d+)%")
    made.move(monthly=400)
    assert shown(made, r"A fall by (\d+)%") < weak


def test_only_the_controls_of_the_question_are_shown():
    made = sample_planner()
    for question in (SHARE, CHANGE, COUNTS, AREAS):
        made.controls["question"].value = question
        there = {n for n, c in made.controls.items() if c.layout.display != "none"}
        assert there == set(USED[question])
        assert "data:image/svg+xml" in made.static()
