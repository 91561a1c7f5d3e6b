"""Each measure is led to an aim, or the place where its way breaks off is named."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.strategy.theory_of_change import (
    NO_CAUSE,
    NO_INDICATOR,
    NO_MECHANISM,
    NO_TARGET,
    theory,
)


def measure(code: str, indicator: str | None, **columns) -> dict:
    usual = {"measure_id": code, "name": code, "cause": "Dark", "mechanism": "Seen"}
    return usual | {"indicator_id": indicator} | columns


def aim(code: str, indicator: str, group: str = "everyone") -> dict:
    return {
        "target_id": code,
        "objective": code,
        "indicator_id": indicator,
        "group": group,
    }


@pytest.mark.clause("draft:25(m)")
def test_measures_of_one_aim_stand_together_and_those_without_one_last():
    plan = pd.DataFrame(
        [measure("M1", None), measure("M2", "light"), measure("M3", "calm"), measure("M4", "light")]
    )  # fmt: skip
    found = theory(plan, pd.DataFrame([aim("X1", "calm"), aim("X2", "light")]))
    assert found.steps["measure_id"].tolist() == ["M3", "M2", "M4", "M1"]
    assert found.steps["target_id"].tolist() == ["X1", "X2", "X2", ""]
    assert found.broken == ("M1",)


def test_every_break_has_its_name():
    plan = pd.DataFrame(
        [measure("M1", "light", cause=None), measure("M2", "light", mechanism=""),
         measure("M3", None), measure("M4", "unheard_of")]
    )  # fmt: skip
    found = theory(plan, pd.DataFrame([aim("X1", "light"), aim("X2", "calm")]))
    breaks = dict(zip(found.steps["measure_id"], found.steps["breaks"], strict=True))
    assert breaks == {
        "M1": (NO_CAUSE,),
        "M2": (NO_MECHANISM,),
        "M3": (NO_INDICATOR,),
        "M4": (NO_TARGET,),
    }
    assert found.aims_without_measure == ("X2",)


def test_a_measure_for_women_serves_the_target_for_women():
    aims = pd.DataFrame([aim("X1", "safe"), aim("X2", "safe", "women")])
    plan = pd.DataFrame([
        measure("M1", "safe", target_group="women"), measure("M2", "safe", target_group="youth")
    ])  # fmt: skip
    found = theory(plan, aims).steps.set_index("measure_id")["target_id"]
    assert found.to_dict() == {"M1": "X2", "M2": "X1"}


def test_a_stopped_measure_leads_nowhere_and_its_aim_is_idle():
    plan = pd.DataFrame([measure("M1", "light", status="stopped")])
    found = theory(plan, pd.DataFrame([aim("X1", "light")]))
    assert found.steps.empty and found.aims_without_measure == ("X1",)


def test_without_targets_every_indicator_lacks_one():
    found = theory(pd.DataFrame([measure("M1", "light")]))
    assert found.steps["breaks"].tolist() == [(NO_TARGET,)]
