"""What happened: planted hot spots, seasons, hours, trends, lumps and near repeats can be seen."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.simulation.incidents import hot_spot_of
from safelearn.simulation.offences import KEYS, OFFENCES, exposure, position, week


def of(town, *keys):
    return town.incidents[town.incidents["offence"].isin([position(k) for k in keys])]


def test_about_sixty_thousand_are_recorded(town):
    assert 58_500 < len(town.told) < 61_500


def test_each_offence_is_recorded_about_as_often_as_planned(town):
    known = np.bincount(town.told["offence"], minlength=len(OFFENCES))
    planned = np.array([o.recorded for o in OFFENCES])
    planned = planned * 60_000 / planned.sum()
    np.testing.assert_allclose(known, planned, rtol=0.15)


@pytest.mark.parametrize("number", range(7))
def test_hot_spots_are_as_hot_as_planted(big_town, number):
    spot = big_town.plan.hot_spots[number]
    inside = hot_spot_of(big_town.plan, big_town.buildings)
    areas = np.unique(big_town.buildings.area[inside == number])
    around = np.isin(big_town.buildings.area, areas) & (inside < 0)
    luck = big_town.buildings.luck
    for key, factor in spot.factors.items():
        here = of(big_town, key)["building"].to_numpy()
        rate = (inside[here] == number).sum() / luck[inside == number].sum()
        usual = around[here].sum() / luck[around].sum()
        assert rate / usual == pytest.approx(factor, rel=0.25)


def test_the_market_hall_stands_out_in_the_bundled_city(town):
    inside = hot_spot_of(town.plan, town.buildings)
    thefts = town.told.loc[
        town.told["offence"] == position("theft from person"), "building"
    ]
    share = (inside[thefts] == 0).mean()
    doors = (inside == 0).mean()
    assert share > 20 * doors


@pytest.mark.parametrize(
    "key", ["theft from person", "residential burglary", "robbery"]
)
def test_the_season_has_the_planted_swing(big_town, key):
    offence = OFFENCES[position(key)]
    day = of(big_town, key)["minute"].to_numpy() // 1440
    turn = 2 * np.pi * (big_town.plan.days.day_of_year.to_numpy()[day]) / 365.25
    wave = 2 * np.mean(np.exp(1j * turn))
    assert abs(wave) == pytest.approx(offence.swing, abs=0.03)
    peak = np.angle(wave) * 365.25 / (2 * np.pi) % 365.25
    apart = abs(peak - offence.peak) % 365.25
    assert min(apart, 365.25 - apart) < 15


def test_fraud_grows_and_burglary_falls_as_planted(big_town):
    for key in ("fraud", "residential burglary"):
        year = of(big_town, key)["minute"].to_numpy() // (1440 * 365.25)
        n = np.bincount(year.astype(int))[:5]
        slope = np.polyfit(range(5), np.log(n), 1)[0]
        assert np.exp(slope) == pytest.approx(OFFENCES[position(key)].trend, abs=0.02)


def test_hours_follow_the_profile(big_town):
    for key in ("serious assault", "theft from person"):
        minute = of(big_town, key)["minute"].to_numpy()
        weekday = big_town.plan.days.day_of_week.to_numpy()[minute // 1440]
        hour = minute % 1440 // 60
        share = np.bincount(weekday * 24 + hour, minlength=168) / len(minute)
        planned = week(OFFENCES[position(key)])
        by_chance = np.sqrt(planned / len(minute))
        assert (np.abs(share - planned) < 5 * by_chance).all()


def test_counts_vary_more_than_chance_alone(big_town):
    rows = of(big_town, "domestic assault")
    month = rows["minute"].to_numpy() // 43_830
    n = np.zeros((60, 60))
    np.add.at(n, (rows["area"].to_numpy(), month.clip(0, 59)), 1)
    usual = np.outer(n.sum(axis=1), n.sum(axis=0)) / n.sum()
    spread = ((n - usual) ** 2 / usual).sum() / (59 * 59)
    assert spread > 1.5


def test_burglaries_breed_burglaries_near_and_soon(big_town):
    rule = big_town.plan.near_repeat
    rows = of(big_town, "residential burglary")
    set_off = rows[rows["set_off_by"] >= 0]
    before = big_town.incidents.loc[set_off["set_off_by"]]
    assert (before["offence"] == position("residential burglary")).all()
    delay = (set_off["minute"].to_numpy() - before["minute"].to_numpy()) / 1440
    assert (delay > 0).all()
    assert np.mean(delay) == pytest.approx(rule.delay, rel=0.05)
    # The share of all: a parent near the period's end loses children.
    assert len(set_off) / len(rows) == pytest.approx(rule.offspring, abs=0.01)
    again = set_off["household"].to_numpy() == before["household"].to_numpy()
    assert again.mean() == pytest.approx(rule.same_home, abs=0.02)
    b = big_town.buildings
    now, then = set_off["building"].to_numpy(), before["building"].to_numpy()
    away = np.hypot(b.x[now] - b.x[then], b.y[now] - b.y[then])[~again]
    median = rule.distance * np.sqrt(2 * np.log(2))
    assert np.median(away) == pytest.approx(median, rel=0.1)


def test_victims_are_who_the_profile_says(big_town):
    residents = big_town.residents
    for key in ("robbery", "sexual assault"):
        offence = OFFENCES[position(key)]
        person = of(big_town, key)["person"].to_numpy()
        risk = exposure(offence, residents.sex, residents.age)
        planned = risk[residents.sex == 0].sum() / risk.sum()
        assert (residents.sex[person] == 0).mean() == pytest.approx(planned, abs=0.04)


def test_some_people_are_hit_again_and_again(town):
    times = np.bincount(of(town, "domestic assault")["person"])
    hit = times[times > 0]
    expected_by_chance = hit.sum() / len(town.residents)
    assert (hit >= 3).sum() > 20 * len(town.residents) * expected_by_chance**3 / 6


def test_domestic_violence_happens_at_the_victims_door(town):
    rows = of(town, "domestic assault")
    home = town.buildings.home_of[rows["household"]]
    assert (home == rows["building"]).all()
    assert set(rows["relation"]) == {"intimate_partner", "former_partner", "family"}


def test_offence_codes_are_known_to_the_vocabulary():
    from safelearn.guidelines import offences

    for offence in OFFENCES:
        assert offences.name(offence.code)
    assert len(set(KEYS)) == len(KEYS)
