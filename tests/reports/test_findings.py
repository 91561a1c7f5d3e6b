"""Every sentence that a figure can carry, printed for a reader and held to what its numbers allow.

Run with ``pytest -s`` to read them all.
"""

from __future__ import annotations

import pytest

from safelearn.disclosure.wording import check
from safelearn.reports import findings

SENTENCES = {
    "up": findings.change("up", 1.2, "robbery", "2023", "2024", by_police=False),
    "down": findings.change("down", 0.8, "robbery", "2023", "2024", by_police=False),
    "flat": findings.change(
        "no clear change", 1.02, "robbery", "2023", "2024", by_police=False
    ),
    "drugs": findings.change(
        "up", 2.0, "drug offences", "2023", "2024", by_police=True
    ),
    "both": findings.areas_apart(4, 6, 10, "area"),
    "all apart": findings.areas_apart(3, 2, 0, "area"),
    "none apart": findings.areas_apart(0, 0, 20, "area"),
    "only above": findings.areas_apart(2, 0, 18, "area"),
    "only below": findings.areas_apart(0, 3, 18, "area"),
    "no area": findings.areas_apart(0, 0, 0, "area"),
    "no season": findings.season(False, [5], [6]),
    "season": findings.season(True, [1, 2, 12], [6, 9]),
    "season high": findings.season(True, [1], []),
    "season low": findings.season(True, [], [6]),
    "season vague": findings.season(True, [], []),
    "evening": findings.hours(18, 24, 0.45),
    "even hours": findings.hours(18, 24, 0.26),
    "concentrated": findings.concentration(5, 60, 5 / 60, 0.6),
    "even areas": findings.concentration(29, 60, 29 / 60, 0.05),
    "no kind": findings.kinds_changed(0, 0, 9, "2023", "2024"),
    "kinds up": findings.kinds_changed(1, 0, 9, "2023", "2024"),
    "kinds down": findings.kinds_changed(0, 3, 9, "2023", "2024"),
    "some kinds": findings.kinds_changed(2, 1, 9, "2023", "2024"),
    "risk": findings.risk(True),
    "no risk": findings.risk(False),
    "women": findings.victims(0.62, 0.60, 0.64, "women aged 25–34"),
    "men": findings.victims(0.08, 0.07, 0.09, "men aged 15–24"),
    "equal": findings.victims(0.5, 0.48, 0.52, ""),
    "located": findings.located(0.999),
    "partly located": findings.located(0.9),
}


def test_sentences_can_be_read():
    for name, sentence in SENTENCES.items():
        print(f"{name:16} {sentence}")
        assert sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert not sentence.endswith("."), "titles end without a full stop"
        assert "{" not in sentence, "a value was not filled in"


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_ranks_or_blames(name):
    assert not check(SENTENCES[name])


def test_a_rise_is_only_called_one_when_its_interval_says_so():
    assert "20% more" in SENTENCES["up"]
    assert "20% fewer" in SENTENCES["down"]
    assert "no clear change" in SENTENCES["flat"]


def test_offences_that_police_look_for_get_no_verdict_however_large_the_change():
    assert "more" not in SENTENCES["drugs"].split("whether")[0]
    assert "say nothing" in SENTENCES["drugs"]


def test_exactly_half_is_not_called_most():
    # The visual prototype once wrote "Most areas" of exactly half.
    assert "Most" not in SENTENCES["both"]
    assert SENTENCES["both"].startswith("10 of 20 areas cannot be told apart")


def test_months_are_named_only_if_the_season_as_a_whole_is_clear():
    assert "May" not in SENTENCES["no season"]
    assert (
        "more in December to February; fewer in June and September"
        in SENTENCES["season"]
    )


def test_the_larger_sex_is_named_only_if_its_interval_excludes_half():
    assert SENTENCES["women"].startswith("62% of recorded victims are women")
    assert SENTENCES["men"].startswith("92% of recorded victims are men")
    assert "equally" in SENTENCES["equal"]


def test_a_midnight_end_is_written_as_a_clock_shows_it():
    assert findings.clock(24) == "00:00"
    assert SENTENCES["evening"].endswith("between 18:00 and 00:00")


def test_kinds_of_offence_are_counted_in_words_that_can_be_read():
    assert SENTENCES["kinds down"].endswith(
        "records of three of 9 kinds of offence fell clearly"
    )
    assert "rose" not in SENTENCES["kinds down"]
    assert "fell" not in SENTENCES["kinds up"]
