"""`check` says whether an answer has the right form, and is never taken for somebody who knows the value."""

from __future__ import annotations

import json

import pytest

from safelearn import language
from safelearn.course import answers, variants
from safelearn.course.answers import NotJudged, check, summary
from safelearn.course.forms import Hint


@pytest.fixture
def ana(tiny, monkeypatch):
    monkeypatch.setenv("SAFELEARN_TRAINEE", "ana")


def test_right_and_wrong_answers_of_the_right_form_are_told_the_same(ana, capsys):
    shops = variants.my_city("m98").shops
    said = []
    for rate in (1000 * shops["n"].sum() / shops["people"].sum(), 3.3):
        check("m98-t1", thefts=shops["n"].sum(), rate=rate)
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "judged after you hand in" in said[0]


def test_all_that_is_wrong_with_the_form_is_said_at_once(ana):
    with pytest.raises(Hint) as caught:
        check("m98-t1", thefts="12", ratio=1)
    text = caught.value.what
    assert "`thefts` is text" in text
    assert "`rate` is missing" in text
    assert "`ratio` is not asked for" in text
    assert text.startswith("m98-t1: ")


def test_stock_autograde_is_refused_with_the_reason(ana, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(NotJudged, match="not judged: 0 points") as caught:
        check("m98-t1", thefts=12, rate=3.3)
    assert "safelearn course grade" in caught.value.remedy


def test_the_graders_kernel_collects_whose_data_and_which_answers(
    ana, monkeypatch, tmp_path
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("SAFELEARN_ANSWERS", str(tmp_path / "a.jsonl"))
    check("m98-t1", thefts=12, rate=3.3)
    with pytest.raises(Hint):
        check("m98-t1", thefts=12, rate=...)
    first, second = map(json.loads, (tmp_path / "a.jsonl").read_text().splitlines())
    assert first == {
        "task": "m98-t1",
        "trainee": "ana",
        "data": variants.my_city("m98").fingerprint,
        "answers": {"thefts": 12.0, "rate": 3.3},
    }
    assert second["answers"] == {"thefts": 12.0}


def test_the_summary_says_what_is_missing(ana, capsys):
    summary("m98")
    assert "0 of 1 tasks" in capsys.readouterr().out
    check("m98-t1", thefts=12, rate=3.3)
    summary("m98")
    assert "1 of 1 tasks" in capsys.readouterr().out


def test_validate_is_told_that_it_sees_only_the_form(ana, monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    check("m98-t1", thefts=12, rate=3.3)
    with pytest.raises(NotJudged, match="Form only, not judged"):
        summary("m98")


def test_nobody_is_checked_without_being_somebody(tiny):
    with pytest.raises(Hint, match="not known who you are"):
        check("m98-t1", thefts=12, rate=3.3)


def test_what_check_says_is_translated(ana, capsys):
    with language.use("qps"):
        check("m98-t1", thefts=12, rate=3.3)
    assert "⟦" in capsys.readouterr().out


def test_collecting_inside_the_process_leaves_no_trace(ana):
    with answers.collecting() as entries, pytest.raises(Hint):
        check("m98-t1", thefts=..., rate=1)
    assert [entry["answers"] for entry in entries] == [{"rate": 1.0}]
    assert answers._collected.get() is None
