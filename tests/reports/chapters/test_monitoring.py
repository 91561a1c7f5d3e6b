"""The sections of the evaluation on money, targets, police and justice, and the diagnosis' chapter on responses."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest

from safelearn import language
from safelearn.indicators import change
from safelearn.reports.chapters.accounts import accounts
from safelearn.reports.chapters.monitoring import justice, monitoring
from safelearn.reports.chapters.responses import responses
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.since import INDICATORS

parts = {
    name: import_module(f"safelearn.reports.measuring.{name}")
    for name in ("accounts", "monitoring", "responses")
}


@pytest.fixture(scope="module")
def page(scope_of):
    """A page of one section, measured without the rest of the report."""

    def make(measures, chapter, **tables) -> str:
        scope = scope_of(**tables)
        release = scope.release
        with language.use("en"):
            for measure in measures:
                measure(scope)
            evidence = Evidence(
                settings=scope.settings, slug="x", language="en", audience="public", recipient="", period=None,
                tables=release.tables, results=release.results, sentences=release.sentences, parts=[], inventory=[],
                assumptions=[], problems=[], cards={}, boundaries=None, has={}, refused_here=scope.refused,
            )  # fmt: skip
            return str(chapter(evidence))

    return make


@pytest.mark.clause("draft:26(f)(ii).7")
def test_the_scorecard_stands_with_its_cautions_and_without_police_verdicts(page):
    html = page([parts["monitoring"]._justice, parts["monitoring"]._support], justice)
    assert "they say where police look" in html
    assert html.count("no verdict") >= 8
    assert "4.8 times as often" in html
    assert "A ratio asks for an explanation" in html


@pytest.mark.clause("draft:26(f)(iii).5")
def test_the_accounts_say_what_is_missing_and_what_goes_into_learning(page):
    html = page([parts["responses"].money_spent, parts["accounts"].accounts], accounts)
    assert "0.08% went into training" in html
    assert "Missing so far" in html
    # 19,000 spent in 2025 for 29 people.
    assert "655 of training for each person" in html
    assert "The ballot does not say which groups voted." in html
    assert "capacity building, data and evaluation, and technology" in html


def test_the_first_report_says_that_nothing_can_be_compared_yet(page):
    html = page([parts["monitoring"]._delivery], monitoring)
    assert "this is the first" in html
    assert "What was not delivered cannot have failed" in html


def test_responses_name_the_scale_and_where_nobody_knows(page):
    html = page([parts["responses"].responses], responses)
    assert "Sherman and others 1997" in html
    assert "Tried only" in html
    assert "12 programmes" in html


def test_a_city_without_registers_has_none_of_these_sections(page):
    gone = dict.fromkeys(
        (
            "programmes",
            "budget",
            "justice",
            "services",
            "interventions",
            "ballots",
            "targets",
        )
    )
    measures = [
        parts["responses"].responses,
        parts["accounts"].accounts,
        parts["monitoring"]._justice,
    ]
    for chapter in (responses, accounts, monitoring, justice):
        assert page(measures, chapter, **gone) == ""


@pytest.mark.clause("draft:22")
def test_what_had_been_reached_and_was_lost_again_is_named_first(page):
    def lost(scope):
        row = dict.fromkeys(change.COLUMNS, "") | {
            "indicator_id": "legal_aid", "indicator_name": "Legal aid", "breakdown": "all", "group": "everyone",
            "period_before": "2024", "period_now": "2025", "before": 60.0, "now": 40.0, "difference": -20.0,
            "lower": -25.0, "upper": -15.0, "verdict": change.WORSE,
        }  # fmt: skip
        numbers = ["before", "now", "difference", "lower", "upper"]
        frame = pd.DataFrame([row])
        scope.release.approve(
            INDICATORS, frame, keys=[c for c in frame if c not in numbers], measures=numbers, derived={}, police=False
        )  # fmt: skip

    html = page([lost], monitoring)
    assert "Clearly worse than in the report before: Legal aid." in html
    assert "this is the first" not in html
