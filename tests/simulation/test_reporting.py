"""Who tells the police: women less, informal settlements least, and by exactly how much is known."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.simulation.offences import OFFENCES, position


def rows_of(town, key):
    return town.incidents[town.incidents["offence"] == position(key)]


@pytest.mark.parametrize("key", ["serious assault", "assault", "threats", "robbery"])
def test_reporting_is_as_planned_by_sex_and_settlement(big_town, key):
    offence = OFFENCES[position(key)]
    rows = rows_of(big_town, key)
    home = big_town.residents.household_area[rows["household"]]
    informal = (big_town.conditions["settlement"] == "informal").to_numpy()[home]
    female = big_town.residents.sex[rows["person"]] == 0
    for woman in (False, True):
        for there in (False, True):
            told = rows["told"][(female == woman) & (informal == there)]
            planned = offence.reported * (offence.women if woman else 1)
            planned *= big_town.plan.informal_reporting if there else 1
            chance = 4 * np.sqrt(planned / len(told))
            assert told.mean() == pytest.approx(planned, abs=chance)


def test_women_report_violence_less_in_the_bundled_city(town):
    rows = rows_of(town, "assault")
    female = town.residents.sex[rows["person"]] == 0
    assert rows["told"][female].mean() < 0.75 * rows["told"][~female].mean()


def test_records_hide_what_happens_in_the_informal_settlements(town):
    informal = np.flatnonzero(town.conditions["settlement"] == "informal")
    rows = rows_of(town, "residential burglary")
    there = rows["area"].isin(informal)
    assert rows["told"][there].mean() < 0.7 * rows["told"][~there].mean()


def test_every_killing_and_everything_enforced_is_recorded(town):
    for key in ("homicide", "drugs", "public order"):
        assert rows_of(town, key)["told"].all()


def test_from_one_day_on_fraud_is_recorded_more_and_not_more_common(big_town):
    change = big_town.plan.recording_change
    rows = rows_of(big_town, change.offence)
    after = rows["minute"] >= (big_town.plan.days < change.start).sum() * 1440
    ratio = rows["told"][after].mean() / rows["told"][~after].mean()
    assert ratio == pytest.approx(change.factor, abs=0.05)
