"""No change is announced that the usual up and down could have made."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.trends import (
    Dispersion,
    change,
    change_between,
    monthly_dispersion,
    monthly_series,
    moving_mean,
    seasonal_index,
)
from safelearn.errors import Refused, SafelearnError

MONTHS = pd.period_range("2019-01", periods=60, freq="M")
DAYS = MONTHS.days_in_month.to_numpy()


def series(n):
    return pd.DataFrame(
        {"month": MONTHS.astype("str"), "n": n, "days": DAYS, "partial": False}
    )


# ---- the series ---------------------------------------------------------------------------------------------


def test_quiet_months_are_zeros_inside_the_covered_period_and_only_there():
    found = monthly_series(
        pd.DataFrame({"month": ["2024-03", "2024-01"], "n": [2, 5]}),
        ("2023-12-01", "2024-04-30"),
    )
    assert found.month.tolist() == [
        "2023-12",
        "2024-01",
        "2024-02",
        "2024-03",
        "2024-04",
    ]
    assert found.n.tolist() == [0, 5, 0, 2, 0]
    assert not found.partial.any()


def test_without_a_period_the_series_ends_where_the_events_do():
    found = monthly_series(pd.DataFrame({"month": ["2024-02", "2024-04"], "n": [1, 1]}))
    assert found.month.tolist() == ["2024-02", "2024-03", "2024-04"]
    assert found.days.tolist() == [29, 31, 30]


def test_first_and_last_months_that_are_covered_in_part_are_marked():
    found = monthly_series(
        pd.DataFrame({"month": ["2024-01", "2024-03"], "n": [1, 1]}),
        ("2024-01-02", "2024-03-30"),
    )
    assert found.partial.tolist() == [True, False, True]
    assert found.days.tolist() == [30, 29, 30]


def test_a_period_within_one_month_is_partial():
    found = monthly_series(
        pd.DataFrame({"month": ["2024-01"], "n": [1]}), ("2024-01-10", "2024-01-19")
    )
    assert found[["days", "partial"]].values.tolist() == [[10, True]]


def test_several_rows_of_a_month_are_added_and_undated_ones_left_out():
    found = monthly_series(
        pd.DataFrame(
            {"month": ["2024-01", "2024-01", "2024", "", None], "n": [1, 2, 9, 9, 9]}
        )
    )
    assert found[["month", "n"]].values.tolist() == [["2024-01", 3]]


def test_a_hidden_part_hides_its_month():
    found = monthly_series(
        pd.DataFrame(
            {
                "month": ["2024-01", "2024-01", "2024-02"],
                "n": pd.array([1, None, 4], "Int64"),
            }
        )
    )
    assert found.n.isna().tolist() == [True, False]


def test_a_series_without_months_or_with_its_ends_swapped_is_refused():
    with pytest.raises(Refused, match="No event has a month"):
        monthly_series(pd.DataFrame({"month": ["2024"], "n": [3]}))
    with pytest.raises(SafelearnError, match="ends before it begins"):
        monthly_series(
            pd.DataFrame({"month": ["2024-01"], "n": [3]}), ("2024-02-01", "2024-01-01")
        )


# ---- the moving mean ----------------------------------------------------------------------------------------


def test_the_moving_mean_is_the_mean_of_the_last_twelve_months():
    n = np.arange(60) % 7 + 20
    found = moving_mean(series(n))
    assert found.month.tolist() == MONTHS.astype("str").tolist()[11:]
    assert found["mean"].iloc[0] == pytest.approx(n[:12].mean())
    assert found["mean"].iloc[-1] == pytest.approx(n[-12:].mean())
    assert (found.lower < found["mean"]).all()
    assert (found.upper > found["mean"]).all()


def test_the_moving_mean_leaves_partial_months_out():
    whole = series(np.full(60, 20))
    whole.loc[0, "partial"] = True
    assert len(moving_mean(whole)) == 48


def test_fewer_months_than_the_mean_has_are_refused():
    with pytest.raises(Refused, match="as many complete months"):
        moving_mean(series(np.full(60, 20)).iloc[:11])


# ---- the change ---------------------------------------------------------------------------------------------


def test_the_verdict_follows_the_interval_and_nothing_else():
    assert change(100, 160, dispersion=1).verdict == "up"
    assert change(160, 100, dispersion=1).verdict == "down"
    assert change(100, 110, dispersion=1).verdict == "no clear change"
    # The same counts, in a city where crime comes in series.
    assert change(100, 160, dispersion=8).verdict == "no clear change"


def test_the_ratio_is_of_rates_where_periods_or_populations_differ():
    found = change(120, 60, dispersion=1, exposure_before=12, exposure_after=6)
    assert found.ratio == pytest.approx(1)
    assert found.lower < 1 < found.upper


def test_the_interval_is_near_the_exact_conditional_one():
    from scipy import stats

    found = change(40, 62, dispersion=1)
    exact = stats.binomtest(62, 102).proportion_ci(method="exact")
    assert found.lower == pytest.approx(exact.low / (1 - exact.low), rel=0.03)
    assert found.upper == pytest.approx(exact.high / (1 - exact.high), rel=0.03)


def test_no_events_before_or_after_still_have_an_interval():
    none = change(12, 0, dispersion=1)
    assert none.ratio == 0
    assert none.lower == 0
    assert none.upper < 1
    assert none.verdict == "down"
    new = change(0, 12, dispersion=1)
    assert np.isinf(new.ratio)
    assert new.lower > 1
    assert change(0, 0, dispersion=1).verdict == "no clear change"


def test_a_dispersion_from_few_months_gives_a_wider_interval():
    few = change(100, 150, dispersion=Dispersion(2.0, 4))
    many = change(100, 150, dispersion=Dispersion(2.0, 400))
    assert few.lower < many.lower
    assert few.upper > many.upper


def test_hidden_counts_have_no_change():
    with pytest.raises(Refused, match="two known counts"):
        change(None, 10, dispersion=1)


@pytest.mark.clause("draft:25(d).2")
def test_equal_years_are_compared_by_their_sums_per_day():
    n = np.full(60, 30)
    n[48:] = 60
    found = change_between(series(n), ("2022-01", "2022-12"), ("2023-01", "2023-12"))
    assert (found.before, found.after) == (360, 720)
    assert found.ratio == pytest.approx(2)
    assert found.verdict == "up"
    per_head = change_between(
        series(n),
        ("2022-01", "2022-12"),
        ("2023-01", "2023-12"),
        population=(50_000, 100_000),
    )
    assert per_head.ratio == pytest.approx(1)


def test_a_summer_is_not_an_increase_over_a_whole_year():
    wave = np.exp(0.5 * np.cos(2 * np.pi * (np.arange(60) % 12 - 6) / 12))
    found = change_between(
        series((100 * wave * DAYS / 30).round()),
        ("2022-01", "2022-12"),
        ("2023-05", "2023-09"),
    )
    assert found.verdict == "no clear change"
    assert found.ratio == pytest.approx(1, abs=0.03)


def test_an_uncertain_season_widens_a_comparison_that_needs_it():
    rng = np.random.default_rng(33)
    whole = series(rng.poisson(60, 60)).iloc[:24]
    found = change_between(whole, ("2019-01", "2019-12"), ("2020-01", "2020-06"))
    season = seasonal_index(whole).index
    certain = change(
        found.before,
        found.after,
        dispersion=monthly_dispersion(whole),
        exposure_before=(DAYS[:12] * season).sum(),
        exposure_after=(DAYS[12:18] * season[:6]).sum(),
    )
    assert found.ratio == pytest.approx(certain.ratio)
    assert found.upper - found.lower > 1.05 * (certain.upper - certain.lower)


def test_periods_that_overlap_or_are_not_covered_are_refused():
    whole = series(np.full(60, 30))
    with pytest.raises(SafelearnError, match="overlap"):
        change_between(whole, ("2022-01", "2022-12"), ("2022-12", "2023-11"))
    with pytest.raises(Refused, match="2023-07 to 2024-06"):
        change_between(whole, ("2022-07", "2023-06"), ("2023-07", "2024-06"))
    whole.loc[59, "partial"] = True
    with pytest.raises(Refused, match="2023-01 to 2023-12"):
        change_between(whole, ("2022-01", "2022-12"), ("2023-01", "2023-12"))


# ---- how often the intervals are right ----------------------------------------------------------------------


def lognormal_months(rng, mean):
    return rng.poisson(mean * rng.lognormal(-0.02, 0.2, len(mean)))


def offences_in_series(rng, mean):
    """Each event begins a series of two or more, spread over the following weeks and into the next month."""
    out = np.zeros(len(mean) + 3)
    for month, expected in enumerate(mean):
        sizes = 1 + rng.poisson(1.5, rng.poisson(expected / 2.5))
        begin = np.repeat(rng.random(len(sizes)), sizes)
        when = month + begin + rng.exponential(0.2, len(begin))
        np.add.at(out, np.minimum(when.astype(int), len(mean) + 2), 1)
    return out[: len(mean)]


def wandering_risk(rng, mean):
    """A risk that stays high, or low, for some months."""
    mood = np.zeros(len(mean))
    for month in range(1, len(mean)):
        mood[month] = 0.4 * mood[month - 1] + rng.normal(0, 0.1)
    return rng.poisson(mean * np.exp(mood))


@pytest.mark.parametrize(
    "draw",
    [lognormal_months, offences_in_series, wandering_risk],
    ids=["lognormal", "series", "wandering"],
)
def test_intervals_cover_the_truth_in_counts_that_no_formula_here_assumes(draw):
    rng = np.random.default_rng(31)
    time = np.arange(60)
    season = np.exp(0.2 * np.cos(2 * np.pi * time / 12))
    mean = 80 * DAYS / 30.4375 * season * np.exp(-0.1 * time / 12)
    years = slice(36, 48), slice(48, 60)
    per_day = [mean[y].sum() / DAYS[y].sum() for y in years]
    changes, means, poisson = [], [], []
    for _ in range(160):
        whole = series(draw(rng, mean))
        found = change_between(whole, ("2022-01", "2022-12"), ("2023-01", "2023-12"))
        truth = per_day[1] / per_day[0]
        changes.append(found.lower <= truth <= found.upper)
        naive = change(
            found.before,
            found.after,
            dispersion=1,
            exposure_before=DAYS[years[0]].sum(),
            exposure_after=DAYS[years[1]].sum(),
        )
        poisson.append(naive.lower <= truth <= naive.upper)
        last = moving_mean(whole).iloc[-1]
        means.append(last.lower <= mean[-12:].mean() <= last.upper)
    assert np.mean(changes) > 0.91
    assert np.mean(means) > 0.90
    assert np.mean(poisson) < np.mean(changes) - 0.05
