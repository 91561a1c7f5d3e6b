"""Four futures from the city's own figures, and what residents say about them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import t as student

from safelearn.errors import Refused
from safelearn.strategy.scenarios import corners, driver, tally, two_drivers

YEARS = [2021, 2022, 2023, 2024, 2025]


def yearly(*counts, **more) -> pd.DataFrame:
    return pd.DataFrame({"year": YEARS[: len(counts)], "n": counts, **more})


@pytest.mark.clause("draft:25(o).3b")
def test_a_range_is_that_of_a_quasi_poisson_line_with_the_years_own_noise():
    series = yearly(336, 375, 541, 690, 782)
    found = driver("0701", series, 2028)
    x = sm.add_constant(np.array(YEARS) - 2025.0)
    fit = sm.GLM(series["n"], x, family=sm.families.Poisson()).fit(scale="X2")
    deviate = student.ppf(0.975, 3)
    line = np.array([1.0, 3.0])
    middle = line @ fit.params.to_numpy()
    spread = np.sqrt(
        line @ fit.cov_params().to_numpy() @ line + fit.scale / np.exp(middle)
    )
    assert found.middle == pytest.approx(np.exp(middle), rel=1e-6)
    assert found.low == pytest.approx(np.exp(middle - deviate * spread), rel=1e-6)
    assert found.high == pytest.approx(np.exp(middle + deviate * spread), rel=1e-6)
    assert found.pace == pytest.approx(np.exp(fit.params.iloc[1]), rel=1e-6)
    assert found.direction == "rising"


def test_a_steady_tenth_more_each_year_goes_on():
    found = driver("x", yearly(10000, 11000, 12100, 13310, 14641), 2027)
    assert found.pace == pytest.approx(1.1)
    assert found.middle == pytest.approx(14641 * 1.21)
    assert found.dispersion == 1


def test_a_figure_that_goes_up_and_down_may_go_either_way():
    assert driver("x", yearly(100, 130, 90, 120, 105), 2027).direction == "either way"


def test_rates_take_the_population_out():
    grows = yearly(100, 200, 300, 400, exposure=[1.0, 2.0, 3.0, 4.0])
    found = driver("x", grows, 2026)
    assert found.pace == pytest.approx(1)
    assert found.now == pytest.approx(100)
    assert found.stake == pytest.approx(4 * (found.high - found.low))


def test_a_hidden_year_is_left_out_and_too_few_years_are_refused():
    hidden = yearly(100, None, 110, 120, 130)
    assert driver("x", hidden, 2026).years == (2021, 2025, 4)
    with pytest.raises(Refused):
        driver("x", yearly(100, None, None, 120, 130), 2026)
    with pytest.raises(Refused, match="Too few"):
        driver("x", yearly(3, 2, 5, 1, 4), 2026)


@pytest.mark.clause("draft:25(o).3b")
def test_nobody_looks_further_ahead_than_back():
    series = yearly(100, 130, 90, 120, 105)
    assert driver("x", series, 2030).horizon == 2030
    for year in (2031, 2025):
        with pytest.raises(Refused):
            driver("x", series, year)


@pytest.mark.clause("draft:25(a)")
def test_two_drivers_of_two_kinds_span_four_scenarios():
    drivers = {
        "a": driver("a", yearly(100, 180, 60, 150, 90), 2028),
        "b": driver("b", yearly(100, 170, 65, 150, 90), 2028),
        "c": driver("c", yearly(100, 110, 121, 133, 146), 2028),
    }
    kinds = {"a": "theft", "b": "theft", "c": "services"}
    assert drivers["a"].stake > drivers["b"].stake > drivers["c"].stake
    assert two_drivers(drivers, kinds) == ("a", "c")
    assert two_drivers({k: drivers[k] for k in "ab"}, kinds) == ("a", "b")
    with pytest.raises(Refused):
        two_drivers({"a": drivers["a"]}, kinds)
    found = corners(drivers["a"], drivers["c"]).set_index("scenario")
    assert list(found.index) == ["A", "B", "C", "D"]
    assert found.loc["B", "first_value"] == drivers["a"].high
    assert found.loc["B", "second_value"] == drivers["c"].low


def votes(*lines) -> pd.DataFrame:
    columns = ["group", "paper_id", "option_id", "rank", "votes", "eligible"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.assign(
        ballot_id="S1",
        kind="scenarios",
        held_on="2026-03-01",
        area_id=None,
        option="About " + frame["option_id"],
    )


@pytest.mark.clause("draft:25(a)")
def test_each_group_counts_once_beside_the_plain_count():
    found = tally(
        votes(
            ("women", None, "A", None, 30, 100),
            ("women", None, "B", None, 10, 100),
            ("youth", None, "A", None, 2, 50),
            ("youth", None, "B", None, 8, 50),
        )
    )
    together = found.together.set_index("option_id")
    assert together.loc["A", "share"] == pytest.approx(32 / 50)
    assert together.loc["A", "even"] == pytest.approx((0.75 + 0.2) / 2)
    assert not found.agreed
    assert found.turnout.set_index("group")["turnout"].to_dict() == {
        "women": 0.4,
        "youth": 0.2,
    }


def test_a_paper_gives_one_vote_and_a_tie_shares_it():
    found = tally(
        votes(
            ("women", "1", "A", 1, 1, None),
            ("women", "1", "B", 2, 1, None),
            ("women", "2", "A", 1, 1, None),
            ("women", "2", "C", 1, 1, None),
        )
    )
    n = found.together.set_index("option_id")["n"]
    assert n.to_dict() == {"A": 1.5, "B": 0.0, "C": 0.5}
    assert found.agreed
    assert found.turnout["turnout"].isna().all()


def test_without_a_vote_on_scenarios_there_is_no_tally(puerto_sereno):
    with pytest.raises(Refused):
        tally(puerto_sereno.table("ballots"))
