"""A station that stopped sending is told from a quiet one, and a quiet one is left in peace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.checks.abrupt import jumps
from safelearn.city.checks.completeness import completeness, silent_runs
from safelearn.city.checks.monthly import monthly

SPAN = pd.period_range("2020-01", "2023-12", freq="M")


def city(rates, months=SPAN, seed=1, spread=None):
    """Events of each (area, offence), with so many a month: a row each, on days of their own."""
    rng = np.random.default_rng(seed)
    parts = []
    for (area, offence), rate in rates.items():
        mean = np.broadcast_to(np.asarray(rate, float), len(months))
        if spread:
            mean = rng.gamma(mean / (spread - 1) + 1e-9, spread - 1)
        n = rng.poisson(mean)
        month = np.repeat(months.to_timestamp(), n)
        days = np.repeat(months.days_in_month, n)
        parts.append(
            pd.DataFrame(
                {
                    "occurred_from": month
                    + pd.to_timedelta((rng.random(n.sum()) * days).astype(int), "D"),
                    "area_id": area,
                    "offence_label": offence,
                }
            )
        )
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(time_precision="day", count=1, offence=None)


def quiet_between(rate, first, last, months=SPAN):
    """A rate that is 0 from one month to another."""
    inside = (months >= first) & (months <= last)
    return np.where(inside, 0, rate)


def look(rows, parents=None, **options):
    return completeness(monthly(rows), parents, **options)


def test_a_station_that_stopped_sending_is_named_with_its_months():
    silent = quiet_between(20, "2021-03", "2021-06")
    rows = city({("01", "theft"): 30, ("02", "theft"): silent, ("03", "theft"): 25})
    (found,) = look(rows).silences
    assert (found.kind, found.unit) == ("area", "02")
    assert (found.first, found.last, found.months) == ("2021-03", "2021-06", 4)
    assert found.expected == pytest.approx(20, abs=4) and not found.open


def test_a_station_that_never_sent_again_is_open_to_the_end():
    silent = quiet_between(20, "2023-07", "2023-12")
    rows = city({("01", "theft"): 30, ("02", "theft"): silent})
    (found,) = look(rows).silences
    assert found.last == "2023-12" and found.open


def test_a_quiet_village_is_no_station_that_stopped():
    rows = city({("01", "theft"): 30, ("02", "theft"): 0.4, ("03", "theft"): 1.5})
    assert look(rows).silences == ()


@pytest.mark.parametrize("seed", range(8))
def test_honest_cities_of_uneven_months_have_no_silence(seed):
    rates = {
        (f"{a:02d}", o): 8.0 / a for a in range(1, 13) for o in ("theft", "assault")
    }
    assert look(city(rates, seed=seed, spread=3)).silences == ()


def test_a_month_in_which_the_whole_city_was_quiet_is_nobodys_silence():
    quiet = np.where(pd.Period("2020-04") == SPAN, 0.02, 1.0)
    rows = city({("01", "theft"): 40 * quiet, ("02", "theft"): 30 * quiet})
    assert look(rows).silences == ()


def test_a_whole_district_is_said_once():
    silent = quiet_between(15, "2022-01", "2022-03")
    rows = city({("01", "a"): silent, ("02", "a"): silent, ("03", "a"): 40})
    found = look(rows, {"01": "North", "02": "North", "03": "South"}).silences
    assert [(s.kind, s.unit) for s in found] == [("district", "North")]


def test_one_offence_of_one_area_is_found_and_sexual_offences_are_not_looked_at():
    silent = quiet_between(12, "2022-01", "2022-05")
    rows = city({("01", "theft"): 30, ("01", "rape"): silent, ("02", "rape"): 12})
    found = look(rows).silences
    assert [(s.kind, s.unit, s.offence) for s in found] == [
        ("area and offence", "01", "rape")
    ]
    kinds = monthly(rows).offences
    assert look(rows, by_area=[k != "rape" for k in kinds]).silences == ()


def test_an_offence_that_got_another_name_is_silent_before_and_after():
    old, new = (
        quiet_between(20, "2022-01", "2023-12"),
        quiet_between(20, "2020-01", "2021-12"),
    )
    rows = city({("01", "theft"): 60, ("01", "mugging"): old, ("01", "robbery"): new})
    found = {s.offence: (s.first, s.last) for s in look(rows).silences}
    assert found == {
        "mugging": ("2022-01", "2023-12"),
        "robbery": ("2020-01", "2021-12"),
    }


def test_months_without_any_row_are_named():
    rows = city({("01", "theft"): quiet_between(20, "2021-05", "2021-06")})
    found = look(rows)
    assert found.empty == ("2021-05", "2021-06") and found.silences == ()


def test_a_village_with_two_events_a_month_has_months_without_any():
    assert look(city({("01", "theft"): 1.5})).empty == ()


def test_a_last_month_that_ends_in_its_middle_is_covered_in_part():
    rows = city({("01", "theft"): 60})
    rows = rows[rows["occurred_from"] < "2023-12-16"]
    assert look(rows).part == ("2023-12",)


def test_a_first_month_that_begins_in_its_middle_is_covered_in_part():
    rows = city({("01", "theft"): 60})
    assert look(rows[rows["occurred_from"] >= "2020-01-20"]).part == ("2020-01",)


def test_a_last_month_known_by_month_only_is_covered_in_part_if_it_is_far_too_small():
    rows = city({("01", "theft"): np.where(SPAN[-1] == SPAN, 20, 60)})
    rows = rows.assign(
        time_precision="month",
        occurred_from=rows["occurred_from"].dt.to_period("M").dt.to_timestamp(),
    )
    assert look(rows).part == ("2023-12",)


def test_the_chance_of_a_silence_is_that_of_its_own_distribution():
    # Ten a month by Poisson: one month without any has the chance e^-10, far above 0.001 / 10,000 tests;
    # two have e^-20, far below.
    series = np.full(30, 10.0)
    series[::2], series[1::2] = 9, 11
    rest, inside = np.full(30, 100.0), np.ones(30, bool)
    series[15] = 0
    assert silent_runs(series, rest, inside, 10_000) == []
    series[16] = 0
    (run,) = silent_runs(series, rest, inside, 10_000)
    assert (run.start, run.stop) == (15, 17)


def test_a_year_mistyped_does_not_stretch_the_months_over_a_century():
    rows = city({("01", "theft"): 20})
    rows.loc[0, "occurred_from"] = pd.Timestamp("2091-01-01")
    found = monthly(rows)
    assert (found.months[0], found.months[-1]) == ("2020-01", "2023-12")
    assert found.far.sum() == 1


def test_an_offence_that_rose_in_one_month_and_stayed_is_a_candidate():
    rate = np.where(pd.Period("2022-03") <= SPAN, 40, 20)
    rows = city({("01", "fraud"): rate, ("01", "theft"): 100, ("01", "assault"): 50})
    counts = monthly(rows)
    (jump,) = jumps(counts, np.ones(len(SPAN), bool))
    assert (jump.offence, jump.month) == ("fraud", "2022-03")
    assert jump.ratio == pytest.approx(2, rel=0.2)


def test_a_fall_of_the_whole_city_is_no_change_in_recording():
    fall = np.where(pd.Period("2022-03") <= SPAN, 0.5, 1)
    rows = city({("01", o): n * fall for o, n in (("a", 60), ("b", 80), ("c", 40))})
    assert jumps(monthly(rows), np.ones(len(SPAN), bool)) == []


def test_a_slow_rise_is_no_change_in_recording():
    rise = 20 * np.exp(np.linspace(0, 1.6, len(SPAN)))
    rows = city({("01", "fraud"): rise, ("01", "theft"): 150})
    assert jumps(monthly(rows), np.ones(len(SPAN), bool)) == []


@pytest.mark.parametrize("seed", range(8))
def test_seasons_and_chance_are_no_change_in_recording(seed):
    season = 1 + 0.5 * np.sin(np.arange(len(SPAN)) / 12 * 2 * np.pi)
    rows = city(
        {("01", "theft"): 40 * season, ("01", "assault"): 15, ("01", "fraud"): 6},
        seed=seed,
        spread=2,
    )
    assert jumps(monthly(rows), np.ones(len(SPAN), bool)) == []
