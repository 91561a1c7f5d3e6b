"""Points are moved in rings that hide each among eight addresses, by numbers that nobody keeps."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest

from safelearn.disclosure.approval import approve
from safelearn.disclosure.masking import WIDEST, mask, rings
from safelearn.errors import SafelearnError


def points(n=4000, at=(500_000.0, 9_000_000.0)):
    return pd.DataFrame({"x": np.full(n, at[0]), "y": np.full(n, at[1])})


@pytest.mark.clause("draft:26(f)(ii).10")
def test_every_place_in_the_ring_is_equally_likely():
    moved = mask(points(), 100.0).points
    dx, dy = moved["x"] - 500_000, moved["y"] - 9_000_000
    inner, outer = moved["inner"].iloc[0], moved["outer"].iloc[0]
    squared = (dx**2 + dy**2 - inner**2) / (outer**2 - inner**2)
    assert kstest(squared, "uniform").pvalue > 1e-4
    angle = np.mod(np.arctan2(dy, dx), 2 * np.pi) / (2 * np.pi)
    assert kstest(angle, "uniform").pvalue > 1e-4


def test_no_point_stays_near_its_place_and_none_goes_too_far():
    moved = mask(points(), 250.0).points
    distance = np.hypot(moved["x"] - 500_000, moved["y"] - 9_000_000)
    # Rounded to whole metres.
    assert (distance >= moved["inner"] - 1).all()
    assert (distance <= moved["outer"] + 1).all()


@pytest.mark.parametrize("density", [1.0, 10.0, 400.0, 5000.0])
def test_the_inner_edge_holds_eight_addresses_wherever_that_is_possible(density):
    inner, outer = rings([density])
    held = np.pi * inner[0] ** 2 * density / 1e6
    assert held >= 8 - 1e-9 or outer[0] == pytest.approx(WIDEST)
    assert outer[0] > inner[0]


def test_where_few_people_live_the_ring_is_wide_and_where_nobody_does_the_widest():
    inner, outer = rings([5000.0, 50.0, 0.0, np.nan])
    assert inner[0] < inner[1] < inner[2] == inner[3]
    assert outer[2] == outer[3] == WIDEST


def test_the_same_points_are_never_moved_the_same_way_and_no_seed_is_kept():
    np.random.seed(1)
    first = mask(points(50), 100.0)
    np.random.seed(1)
    second = mask(points(50), 100.0)
    assert not first.points[["x", "y"]].equals(second.points[["x", "y"]])
    assert not any("seed" in name for name in vars(first))


def test_the_order_of_the_points_tells_nothing():
    many = pd.DataFrame({"x": 1e5 + 1e5 * np.arange(200.0), "y": 1e6})
    moved = mask(many, 1000.0).points
    assert (np.diff(moved["x"]) < 0).any()


def test_the_public_gets_no_points_and_nobody_gets_more_than_points():
    with pytest.raises(SafelearnError, match="never published"):
        mask(points(1), 100.0, audience="public")
    with pytest.raises(SafelearnError, match="without anything else"):
        mask(points(1).assign(offence="0401"), 100.0)
    with pytest.raises(SafelearnError, match="degrees"):
        mask(pd.DataFrame({"x": [-77.0], "y": [-12.0]}), 100.0)
    with pytest.raises(SafelearnError, match="hides nobody"):
        mask(points(1), 100.0, addresses=2)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_exact_points_refuse_to_leave_whoever_asks(audience):
    frame = pd.DataFrame({"longitude": [1.0], "n": [9]})
    with pytest.raises(SafelearnError, match="exact points") as caught:
        approve("x", frame, keys=["longitude"], measures=["n"], audience=audience)
    assert "longitude" in caught.value.where and "mask" in caught.value.remedy


def test_what_goes_along_says_how_far_points_were_moved():
    done = mask(points(10), 10.0)
    assert "505 to 1,236 metres" in done.sentence
    assert done.least_addresses == pytest.approx(8)
