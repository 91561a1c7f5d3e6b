"""Every sentence on fear and reporting, printed for a reader and held to what its numbers allow.

Run with ``pytest -s`` to read them all.
"""

from __future__ import annotations

import pytest

from safelearn.diagnosis.fear_risk import FEARED_ONLY, HARMED_ONLY, QUADRANTS
from safelearn.disclosure.wording import check
from safelearn.reports import perception_findings as fear
from safelearn.reports import reporting_findings as telling

NONE = dict.fromkeys(QUADRANTS, 0)
LESS, MORE, SAME = (-0.1, -0.2, -0.05), (0.1, 0.05, 0.2), (0.01, -0.05, 0.07)

TITLES = {
    "safe": fear.safe_after_dark(0.51, None),
    "safe, women less": fear.safe_after_dark(0.51, LESS),
    "safe, men less": fear.safe_after_dark(0.51, MORE),
    "safe, no difference": fear.safe_after_dark(0.51, SAME),
    "dark": fear.day_and_dark(LESS),
    "dark, no difference": fear.day_and_dark(SAME),
    "avoidance": fear.avoidance(0.47, SAME),
    "avoidance, women more": fear.avoidance(0.47, MORE),
    "neighbours": fear.trust(MORE),
    "police": fear.trust(LESS),
    "both alike": fear.trust(SAME),
    "no area": fear.fear_and_risk(NONE, 60, "area"),
    "one area": fear.fear_and_risk(NONE | {FEARED_ONLY: 1}, 60, "area"),
    "areas": fear.fear_and_risk(NONE | {FEARED_ONLY: 9, HARMED_ONLY: 4}, 60, "area"),
    "no district": fear.fear_and_risk(NONE, 6, "district"),
    "districts": fear.fear_and_risk(NONE | {HARMED_ONLY: 2}, 6, "district"),
    "told": telling.told(0.24, None),
    "told, women less": telling.told(0.24, LESS),
    "told, men less": telling.told(0.24, MORE),
    "told, no difference": telling.told(0.24, SAME),
    "recorded": telling.recorded(4, 6),
    "recorded, none": telling.recorded(0, 6),
    "recorded, nothing known": telling.recorded(0, 0),
    "change": telling.title_of_change(),
}
SENTENCES = {
    "unknown": telling.reporting_unknown(),
    "once": telling.reporting_once(0.24, 0.21, 0.27),
    "more": telling.reporting_changed(2023, 2025, 0.02, 0.1),
    "fewer": telling.reporting_changed(2023, 2025, -0.1, -0.02),
    "no clear change": telling.reporting_changed(2023, 2025, -0.1, 0.1),
    "complaints": telling.complaints(250, 244, "2024", "2025"),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_says_one_thing_and_blames_nobody(name):
    title = TITLES[name]
    print(f"{name:24} {title}")
    assert title[0].isupper() or title[0].isdigit()
    assert not title.endswith(".")
    assert "{" not in title
    assert check(title) == []


@pytest.mark.parametrize("name", SENTENCES)
def test_what_stands_beside_records_is_whole_sentences(name):
    said = SENTENCES[name]
    print(f"{name:24} {said}")
    assert said.endswith(".")
    assert "{" not in said


def test_no_difference_is_claimed_where_the_interval_holds_none():
    for title in (
        TITLES["safe, no difference"],
        TITLES["avoidance"],
        TITLES["told, no difference"],
    ):
        assert "less often" not in title
        assert "more often" not in title


def test_rising_reports_and_falling_reports_are_not_mixed_up():
    assert "can rise without more harm" in SENTENCES["more"]
    assert "can fall without less harm" in SENTENCES["fewer"]
