"""One organisation answers for each task, and whoever must do it has the law and the money."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.resources import bundled_city
from safelearn.strategy.roles import (
    NO_LAW,
    NOBODY_ANSWERS,
    NOBODY_DOES,
    PASSED_DOWN,
    SEVERAL_ANSWER,
    SEVERAL_LEVELS,
    TOO_MANY_ASKED,
    UNFUNDED,
    by_level,
    overload,
    raci,
    unanswered,
    unfunded,
)


def mandates(*rows: str) -> pd.DataFrame:
    """Rows such as "T1 A city accountable yes 100": task, organisation, level, part, funded, budget."""
    names = ["task_id", "stakeholder_id", "level", "part", "funded", "budget"]
    frame = pd.DataFrame([r.split() for r in rows], columns=names)
    frame["budget"] = pd.to_numeric(frame["budget"])
    return frame.assign(task=frame["task_id"], legal_basis="A law")


SOUND = ("T1 A city accountable yes 100", "T1 B city responsible yes 50")


def faults(*rows: str) -> tuple[str, ...]:
    return raci(mandates(*rows))["faults"].iloc[0]


@pytest.mark.clause("draft:13")
def test_exactly_one_answers_and_at_least_one_does():
    assert faults(*SOUND) == ()
    assert faults("T1 B city responsible yes 1") == (NOBODY_ANSWERS,)
    assert faults("T1 A city accountable yes 1") == (NOBODY_DOES,)
    assert faults(*SOUND, "T1 C city accountable yes 1") == (SEVERAL_ANSWER,)


def test_one_office_may_both_answer_and_do():
    assert faults("T1 A city accountable yes 9", "T1 A city responsible yes 9") == ()


@pytest.mark.clause("draft:13")
def test_the_task_that_nobody_answers_for_is_found_in_the_bundled_city():
    table = City.open(bundled_city("puerto-sereno")).table("mandates")
    assert unanswered(table) == ["T08"]


def test_a_task_that_everybody_is_only_asked_about_is_nobodys():
    assert faults("T1 A city consulted no 0") == (NOBODY_ANSWERS, NOBODY_DOES)
    assert unfunded(mandates("T1 A city consulted no 0")).empty


@pytest.mark.clause("draft:14")
def test_a_mandate_without_money_is_named_and_so_is_one_passed_down():
    assert UNFUNDED in faults(
        "T1 A city accountable no 0", "T1 B city responsible yes 5"
    )
    assert UNFUNDED in faults(
        "T1 A city accountable no 0", "T1 B city responsible no 0"
    )
    down = (
        "T1 N national accountable yes 500",
        "T1 D district responsible partly 3",
    )
    assert faults(*down) == (PASSED_DOWN,)
    up = ("T1 D district accountable yes 3", "T1 N national responsible partly 9")
    assert PASSED_DOWN not in faults(*up)
    short = unfunded(mandates(*down))
    assert short[["stakeholder_id", "level", "funded"]].values.tolist() == [
        ["D", "district", "partly"]
    ]


@pytest.mark.clause("draft:26(f)(ii).3", "draft:14")
def test_the_matrix_by_level_counts_an_office_once_and_runs_from_the_top():
    table = mandates(
        "T1 A city accountable yes 100",
        "T1 A city responsible yes 100",
        "T1 B city responsible partly 40",
        "T1 N national consulted unknown 0",
    )
    found = by_level(table)
    assert found["level"].tolist() == ["national", "city"]
    city = found.iloc[1]
    assert city["function"] == ("accountable", "responsible")
    assert (city["budget"], city["funded"], city["mandate"]) == (140, "partly", "yes")
    assert found.iloc[0]["mandate"] == "" and pd.isna(found.iloc[0]["budget"])


@pytest.mark.clause("draft:26(f)(ii).3")
def test_overlaps_and_gaps_between_levels_and_in_law_are_named():
    overlap = (*SOUND, "T1 D district responsible yes 1")
    assert faults(*overlap) == (SEVERAL_LEVELS,)
    lawless = mandates(*SOUND).assign(legal_basis=None)
    assert raci(lawless)["faults"].iloc[0] == (NO_LAW,)
    expected = raci(mandates(*SOUND), expected={"T0": "Help victims", "T1": "x"})
    assert expected["task_id"].tolist() == ["T0", "T1"]
    assert expected["faults"].iloc[0] == (NOBODY_ANSWERS, NOBODY_DOES)


def test_a_task_about_which_everybody_is_told_is_flagged():
    asked = [f"T1 X{i} city informed no 0" for i in range(6)]
    assert faults(*SOUND, *asked[:5]) == ()
    assert faults(*SOUND, *asked) == (TOO_MANY_ASKED,)
    loads = overload(mandates(*SOUND, *asked, "T2 X3 city consulted no 0"))
    assert loads.iloc[0][["stakeholder_id", "asked"]].tolist() == ["X3", 2]
