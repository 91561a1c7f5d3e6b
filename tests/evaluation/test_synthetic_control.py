"""The mix that matched before: another library's weights, placebos in space, and cities redrawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.synthetic_control import detectable_fall, synthetic_control


def city(
    seed=0,
    *,
    others=30,
    treated=1,
    before=24,
    after=12,
    effect=1.0,
    alike=True,
    drift=0.08,
):
    """Areas that follow two hidden currents, each in its own measure, and drift by themselves."""
    rng = np.random.default_rng(seed)
    n, periods = others + treated, before + after
    size = np.ones(n) if alike else rng.gamma(4, 0.25, n) + 0.2
    currents = np.cumsum(rng.normal(0, 0.04, (periods, 2)), axis=0)
    mean = 30 * size * rng.gamma(8, 1 / 8, n)
    mean = mean * np.exp(currents @ rng.normal(0, 0.5, (2, n)))
    mean[before:] *= np.exp(rng.normal(0, drift, n))
    mean[before:, :treated] *= effect
    names = [f"{area:02d}" for area in range(n)]
    counts = pd.DataFrame(rng.poisson(mean), columns=names)
    return counts, pd.Series(size, index=names)


@pytest.mark.clause("draft:25(o).2")
@pytest.mark.needs("python:pysyncon")
def test_the_mix_is_that_of_another_library():
    from pysyncon import Synth

    counts, _ = city(others=12)
    found = synthetic_control(counts, ["00"], 24)
    before, own = counts.iloc[:24, 1:].astype(float), counts["00"].iloc[:24] * 1.0
    peer = Synth()
    # Its rows are divided by their deviation; weighing by the variance takes that out again.
    spread = pd.concat([before, own], axis=1).std(axis=1).to_numpy()
    peer.fit(X0=before, X1=own, Z0=before, Z1=own, custom_V=spread**2)
    theirs = pd.Series(np.ravel(peer.W), index=before.columns)
    ours = found.weights.reindex(before.columns, fill_value=0)
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), abs=2e-3)
    assert found.synthetic[24:] == pytest.approx(
        counts.iloc[24:, 1:] @ theirs, rel=2e-3
    )


def test_a_mix_that_fits_exactly_is_found_exactly():
    """The treated area is half of one area and half of another, until it falls by 180 cases in all."""
    counts, _ = city(1, others=25)
    counts["00"] = (counts["03"] + counts["07"]) / 2
    counts.loc[24:, "00"] -= 180 / 12
    found = synthetic_control(counts, ["00"], 24)
    assert found.weights.to_dict() == pytest.approx({"03": 0.5, "07": 0.5})
    assert found.fit_error == pytest.approx(0, abs=1e-6)
    assert found.prevented == pytest.approx(180)
    assert found.p_value == pytest.approx(1 / 26)


def test_weights_are_shares():
    found = synthetic_control(city(2)[0], ["00"], 24)
    assert (found.weights > 0).all() and found.weights.sum() == pytest.approx(1)
    assert found.observed[:24].sum() == pytest.approx(
        found.synthetic[:24].sum(), rel=0.1
    )


def test_the_interval_keeps_its_promise_and_placebos_seldom_reject():
    held, rejected, tried = 0, 0, 0
    for seed in range(80):
        counts, size = city(seed, others=24, effect=0.7, alike=False)
        try:
            found = synthetic_control(counts, ["00"], 24, exposure=size)
        except Refused:
            continue
        tried += 1
        held += found.lower <= 0.7 <= found.upper
        calm = counts.drop(columns="00")
        try:
            rejected += (
                synthetic_control(calm, ["01"], 24, exposure=size).p_value <= 0.05
            )
        except Refused:
            continue
    assert tried > 60
    assert 0.9 <= held / tried <= 0.99
    assert rejected / tried <= 0.08


def test_several_treated_areas_are_compared_together():
    counts, size = city(3, others=30, treated=3, effect=0.5, alike=False)
    found = synthetic_control(counts, ["00", "01", "02"], 24, exposure=size)
    assert found.observed == pytest.approx(counts[["00", "01", "02"]].sum(axis=1))
    assert found.lower < 0.5 < found.upper < 1
    assert found.prevented_lower < found.prevented < found.prevented_upper
    assert found.placebos == 199 and found.seed == 1


def test_a_mix_that_follows_even_chance_is_not_trusted_for_it():
    """Eight quarters and sixty areas: most areas are matched to the case before, and none is after."""
    for seed in range(4):
        counts, size = city(seed, others=60, before=8, after=6, alike=False)
        found = synthetic_control(
            counts, ["00", "01", "02"], 8, exposure=size, placebos=99
        )
        assert found.fit_error < 0.05
        assert 0.4 < found.lower < found.ratio < found.upper < 2.5


def test_a_fall_foretold_as_visible_is_seen_about_as_often():
    """Foretold from the time before, then seen in other cities made alike: four times in five."""
    foretold, seen = [], 0
    for seed in range(8):
        calm, size = city(seed, others=40, treated=3, before=36, after=0)
        foretold.append(
            detectable_fall(calm, ["00", "01", "02"], 12, exposure=size, placebos=99)
        )
    weakest = float(np.mean(foretold))
    assert 0.6 < weakest < 0.95
    for seed in range(100, 130):
        counts, size = city(seed, others=40, treated=3, drift=0.0, effect=weakest)
        found = synthetic_control(
            counts, ["00", "01", "02"], 24, exposure=size, placebos=99
        )
        seen += found.upper < 1
    assert 0.6 <= seen / 30 <= 0.97


def test_with_few_areas_no_interval_is_claimed():
    counts, _ = city(4, others=10, effect=0.3)
    found = synthetic_control(counts, ["00"], 24)
    assert detectable_fall(counts[:24], ["00"], 8) == 0
    assert (found.lower, found.upper) == (0, np.inf)
    assert found.p_value >= 1 / 11
    assert any("1/11" in limit for limit in found.cannot_say)


def test_an_area_unlike_all_others_is_refused():
    counts, _ = city(5)
    counts["00"] *= 50
    with pytest.raises(Refused, match="No mix"):
        synthetic_control(counts, ["00"], 24)


def test_what_cannot_be_matched_is_refused():
    counts, size = city(6)
    with pytest.raises(Refused, match="eight periods before"):
        synthetic_control(counts, ["00"], 5)
    with pytest.raises(Refused, match="ten other areas"):
        synthetic_control(counts, ["00", "01", "02", "03"], 24)
    with pytest.raises(Refused, match="no population"):
        synthetic_control(counts, ["00"], 24, exposure=size.drop("05"))
    with pytest.raises(SafelearnError, match="no column"):
        synthetic_control(counts, ["99"], 24)
    with pytest.raises(Refused, match="nothing to match"):
        synthetic_control(counts.assign(**{"00": 0}), ["00"], 24)
    with pytest.raises(Refused, match="hidden"):
        synthetic_control(
            counts.astype(float).mask(counts == counts.iloc[0, 0]), ["00"], 24
        )
