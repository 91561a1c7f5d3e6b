"""Differences in differences: statsmodels and Welch's test as oracles, repeated cities for the promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.comparison import difference_in_differences, trends_before


def city(
    seed=0,
    *,
    treated=4,
    compared=9,
    before=10,
    after=6,
    effect=1.0,
    spread=0.2,
    unlike=True,
):
    """Months of areas that drift apart by themselves, the treated ones changed by a known factor."""
    rng = np.random.default_rng(seed)
    areas = treated + compared
    is_treated = np.arange(areas) < treated
    level = rng.gamma(5, 4, areas) if unlike else np.full(areas, 20.0)
    drift = np.exp(rng.normal(0, spread, areas))
    month = np.repeat(np.arange(before + after), areas)
    late, area = month >= before, np.tile(np.arange(areas), before + after)
    mean = level[area] * np.where(late, 0.8 * drift[area], 1)
    mean = mean * np.where(late & is_treated[area], effect, 1)
    return pd.DataFrame(
        {
            "area_id": np.array([f"{a:02d}" for a in range(areas)])[area],
            "period": month,
            "treated": is_treated[area],
            "after": late,
            "n": rng.poisson(mean),
            "days": 28 + month % 4,
        }
    )


def design(panel):
    t, a = panel["treated"].astype(float), panel["after"].astype(float)
    return np.column_stack([np.ones(len(panel)), t, a, t * a])


@pytest.mark.clause("draft:25(o).2")
def test_the_difference_and_its_clustered_error_are_statsmodels():
    panel = city()
    found = difference_in_differences(panel, errors="CR1")
    groups = pd.factorize(panel["area_id"])[0]
    peer = sm.OLS(panel["n"].to_numpy(float), design(panel)).fit(
        cov_type="cluster",
        cov_kwds={"groups": groups, "df_correction": True},
        use_t=True,
    )
    ours = [found.estimate, found.standard_error, found.lower, found.upper]
    theirs = [peer.params[3], peer.bse[3], *peer.conf_int()[3]]
    assert ours == pytest.approx(theirs, abs=1e-6)
    assert found.p_value == pytest.approx(peer.pvalues[3], abs=1e-6)
    assert (found.treated_areas, found.control_areas) == (4, 9)


def test_the_ratio_and_its_clustered_error_are_statsmodels():
    panel = city(1)
    found = difference_in_differences(
        panel, scale="ratio", errors="CR1", exposure="days"
    )
    groups = pd.factorize(panel["area_id"])[0]
    peer = sm.GLM(
        panel["n"].to_numpy(float),
        design(panel),
        family=sm.families.Poisson(),
        exposure=panel["days"].to_numpy(float),
    ).fit(cov_type="cluster", cov_kwds={"groups": groups}, tol=1e-12)
    assert np.log(found.estimate) == pytest.approx(peer.params[3], abs=1e-6)
    assert found.standard_error == pytest.approx(peer.bse[3], abs=1e-6)


def test_the_default_error_is_welch_s_and_its_degrees_of_freedom_are_few():
    """Satterthwaite's formula with 4 and 9 areas of equal variance, by hand: 5.83, not the 12 of G - 1."""
    panel = city(2)
    change = panel.groupby(["area_id", "treated", "after"])["n"].mean().unstack()
    change = (change[True] - change[False]).reset_index(name="change")
    peer = stats.ttest_ind(
        *(change.loc[change["treated"] == arm, "change"] for arm in (True, False)),
        equal_var=False,
    )
    found = difference_in_differences(panel)
    assert found.estimate / found.standard_error == pytest.approx(peer.statistic)
    by_hand = (1 / 4 + 1 / 9) ** 2 / (1 / (16 * 3) + 1 / (81 * 8))
    assert found.degrees_of_freedom == pytest.approx(by_hand)


def test_card_and_krueger_s_arithmetic():
    """Their table 3: New Jersey 20.44 to 21.03, Pennsylvania 23.33 to 21.17 give 2.75 from the rounded means."""
    rows = [
        (area, arm, after, value + shift)
        for arm, ends in ((True, (20.44, 21.03)), (False, (23.33, 21.17)))
        for after, value in zip((False, True), ends, strict=True)
        for area, shift in ((f"{arm}a", -1.0), (f"{arm}b", 1.0))
    ]
    panel = pd.DataFrame(rows, columns=["area_id", "treated", "after", "n"])
    assert difference_in_differences(panel).estimate == pytest.approx(2.75)


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_the_interval_keeps_its_promise_with_four_treated_areas(scale):
    """Areas that drift by themselves, no effect: 100 cities; the usual errors are the too narrow ones."""
    held, usual = 0, 0
    none, unlike = (1.0, True) if scale == "ratio" else (0.0, False)
    for seed in range(100):
        panel = city(seed, compared=20, before=2, after=2, spread=0.3, unlike=unlike)
        found = difference_in_differences(panel, scale=scale)
        held += found.lower <= none <= found.upper
        found = difference_in_differences(panel, scale=scale, errors="CR1")
        usual += found.lower <= none <= found.upper
    assert 0.92 <= held / 100 <= 0.99
    assert usual < held


def test_a_halved_count_is_found():
    found = difference_in_differences(city(3, effect=0.5), scale="ratio")
    assert found.lower < 0.5 < found.upper < 1


def test_more_months_of_the_same_areas_are_no_more_facts():
    """Each month written twice: the same areas, so the same interval."""
    panel = city(4)
    once = difference_in_differences(panel)
    twice = difference_in_differences(pd.concat([panel, panel], ignore_index=True))
    assert [twice.lower, twice.upper] == pytest.approx([once.lower, once.upper])


def test_one_treated_area_is_no_difference_in_differences():
    with pytest.raises(Refused, match="two treated"):
        difference_in_differences(city(treated=1))


def test_areas_with_missing_months_are_named_as_such():
    with pytest.raises(SafelearnError, match="same periods"):
        difference_in_differences(city().iloc[1:])
    panel = city()
    panel.loc[0, "treated"] = False
    with pytest.raises(SafelearnError, match="treated in some rows"):
        difference_in_differences(panel)
    panel = city().astype({"n": "Int64"})
    panel.loc[0, "n"] = pd.NA
    with pytest.raises(Refused, match="hidden"):
        difference_in_differences(panel)


def test_areas_that_already_diverged_are_seen():
    panel = city(5, before=24, after=0)
    assert trends_before(panel).parallel
    rising = np.where(panel["treated"], 1.05 ** panel["period"], 1)
    panel["n"] = np.round(panel["n"] * rising).astype(int)
    found = trends_before(panel)
    assert not found.parallel and found.lower > 1
    assert found.lower < 1.05 < found.upper


def test_two_periods_have_no_trend():
    with pytest.raises(Refused, match="trends before"):
        trends_before(city(before=2, after=0))
