"""The intervention: its effect and its displacement are what was planted."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.simulation.offences import position


def rates(town, areas):
    """True incidents a month before and after the start in some neighbourhoods."""
    programme = town.plan.intervention
    start = int(np.flatnonzero(town.plan.days >= programme.start)[0])
    rows = town.incidents
    rows = rows[rows["offence"].isin([position(k) for k in programme.offences])]
    rows = rows[rows["area"].isin(areas)]
    after = rows["minute"] >= start * 1440
    days = len(town.plan.days)
    return (~after).sum() / start, after.sum() / (days - start)


def test_the_effect_is_there(big_town):
    programme = big_town.plan.intervention
    touched = {*programme.treated, *programme.buffer}
    rest = [a for a in range(60) if a not in touched]
    before, after = rates(big_town, programme.treated)
    usual_before, usual_after = rates(big_town, rest)
    ratio = (after / before) / (usual_after / usual_before)
    assert ratio == pytest.approx(programme.effect, abs=0.06)


def test_a_known_share_moved_next_door(big_town):
    programme = big_town.plan.intervention
    touched = {*programme.treated, *programme.buffer}
    rest = [a for a in range(60) if a not in touched]
    usual_before, usual_after = rates(big_town, rest)
    drift = usual_after / usual_before
    before, after = rates(big_town, programme.treated)
    prevented = before * drift - after
    buffer_before, buffer_after = rates(big_town, programme.buffer)
    moved = buffer_after - buffer_before * drift
    assert moved / prevented == pytest.approx(programme.displaced, abs=0.15)
    assert moved > 0


def test_the_register_names_the_areas_of_the_plan(tables, town):
    register = tables["interventions"]
    for role, areas in (
        ("treated", town.plan.intervention.treated),
        ("treated_buffer", town.plan.intervention.buffer),
        ("control", town.plan.intervention.control),
        ("control_buffer", town.plan.intervention.control_buffer),
    ):
        assert set(register.loc[register["role"] == role, "area_id"]) == set(
            town.codes(areas)
        )
    assert register["area_id"].is_unique


def test_treated_areas_touch_their_buffer_and_not_their_control(town):
    import shapely

    areas = town.geography.areas
    programme = town.plan.intervention
    treated = shapely.union_all(areas[list(programme.treated)])
    assert shapely.touches(treated, areas[list(programme.buffer)]).all()
    assert shapely.distance(treated, areas[list(programme.control)]).min() > 0
