"""What is said of programmes and money follows by rule from what the accounts and designs can carry."""

from __future__ import annotations

import math

import pytest

from safelearn import language
from safelearn.evaluation.allocation import ALIKE, LESS, MORE
from safelearn.reports import response_findings as findings


@pytest.fixture(autouse=True)
def english():
    with language.use("en"):
        yield


def test_programmes_that_were_never_evaluated_are_counted():
    said = findings.tried(12, 0, 4)
    assert said == (
        "The city has written down 12 programmes. None was evaluated in a way that can show what it changed. "
        "4 were not evaluated at all."
    )
    assert "All were evaluated" in findings.tried(3, 3, 0)
    assert "1 of them was evaluated" in findings.tried(3, 1, 1)


def test_a_pattern_that_is_not_clear_gets_no_numbers():
    assert "no clear pattern" in findings.followed(ALIKE, "XTS 3", "XTS 10")
    assert "XTS 3" not in findings.followed(ALIKE, "XTS 3", "XTS 10")
    assert findings.followed(LESS, "XTS 3", "XTS 10").startswith(
        "Where living conditions are hardest, XTS 3"
    )
    assert "More is spent" in findings.followed(MORE, "XTS 9", "XTS 5")


def test_a_change_by_need_has_its_interval():
    said = findings.slope(0.65, 0.6, 0.7)
    assert "−35% (95% interval −40% to −30%)" in said


def test_a_plan_that_got_all_its_money_has_no_gap():
    assert findings.accounts(0.93, "XTS 0", 0.0, 0, 2025) == [
        "Of the money approved for 2025, 93% was spent."
    ]
    once = findings.accounts(math.nan, "XTS 100", 0.1, 1, 2025)
    assert once == [
        "The plan needed XTS 100 more than was approved, 10% of what it asked for."
    ]
    assert "5 years" in " ".join(findings.accounts(0.93, "XTS 100", 0.1, 5, 2025))


def test_a_share_that_is_nearly_nothing_is_not_rounded_to_nothing():
    assert "0.08%" in findings.learning(0.00083)
    assert "Nothing" in findings.learning(0)


def test_money_without_a_currency_is_a_number():
    assert findings.amount(1234.6, "") == "1,235"
