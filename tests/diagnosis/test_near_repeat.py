"""Bands of distance and time: the calculator's published table, hand counts, planted repeats, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.near_repeat import near_repeat, reach, usable
from safelearn.errors import Refused, SafelearnError


def pivot(table, column):
    return table.pivot(index="metres_from", columns="days_from", values=column)


@pytest.mark.clause("draft:25(d).2")
@pytest.mark.needs("realdata/nearrepeat")
def test_chicago_arson_gives_the_calculator_s_table(realdata):
    """Near Repeat Calculator 1.3 on 522 arsons, as its output in the folder has it; one pair lies on an edge."""
    rows = pd.read_csv(
        realdata / "nearrepeat" / "chicago_arson.csv",
        header=None,
        names=["x", "y", "date"],
        parse_dates=["date"],
    )
    days = (rows["date"] - rows["date"].min()).dt.days
    table = near_repeat(
        rows["x"],
        rows["y"],
        days,
        distances=[0, 0.001, 200, 400, 600],
        periods=[0, 1, 2, 3],
        metric="manhattan",
    )
    published = [
        [0, 2, 0, 8],
        [9, 1, 1, 45],
        [4, 0, 0, 140],
        [6, 0, 0, 234],
        [393, 710, 770, 133658],
    ]
    assert (np.abs(pivot(table, "observed").to_numpy() - published) <= 1).all()
    ratio = pivot(table, "ratio").to_numpy()
    # The calculator's denominators are means of 99 random orders; ours are exact, so ratios of many pairs agree.
    assert ratio[1:, 3] == pytest.approx([0.813, 0.986, 0.989, 1], abs=0.01)
    assert ratio[1, 0] > 20 and reach(table).metres == 600


def test_the_table_is_that_of_counting_every_pair():
    rng = np.random.default_rng(4)
    x, y = rng.integers(0, 400, (2, 90)).astype(float)
    x[:5], y[:5] = 10, 10
    days = rng.integers(0, 40, 90)
    distances, periods = [0, 1, 50, 100, 150], [0, 2, 4, 9]
    table = near_repeat(x, y, days, distances=distances, periods=periods)
    first, second = np.triu_indices(90, 1)
    far = np.hypot(x[first] - x[second], y[first] - y[second])
    later = np.abs(days[first] - days[second])
    counted, *_ = np.histogram2d(far, later, [[*distances, 1e9], [*periods, 1e9]])
    assert (pivot(table, "observed").to_numpy() == counted).all()
    expected = np.outer(counted.sum(axis=1), counted.sum(axis=0)) / counted.sum()
    assert pivot(table, "expected").to_numpy() == pytest.approx(expected)
    assert table["observed"].sum() == 90 * 89 // 2


def test_a_band_ends_just_before_its_end():
    x = np.r_[0.0, 100.0, np.full(60, 1e5) + 1e4 * np.arange(60)]
    days = np.r_[0.0, 7.0, 1000.0 * np.arange(1, 61)]
    table = near_repeat(
        x, np.zeros(62), days, distances=[0, 100, 200], periods=[0, 7, 14]
    )
    assert pivot(table, "observed").loc[100, 7] == 1


def planted(rng, parents=1200, share=0.3, metres=90, delay=9):
    """Burglaries at random, some of them followed by another close by."""
    x, y = rng.random((2, parents)) * 6000
    days = rng.random(parents) * 1000
    follow = rng.random(parents) < share
    near = rng.normal(0, metres, (2, follow.sum()))
    later = days[follow] + rng.exponential(delay, follow.sum())
    return (
        np.r_[x, x[follow] + near[0]],
        np.r_[y, y[follow] + near[1]],
        np.floor(np.r_[days, later]),
    )


def test_planted_repeats_are_found_and_their_reach_brackets_what_was_planted():
    """Distance has a standard deviation of 90 m to each side, delay a mean of 9 days."""
    for seed in range(8):
        found = reach(near_repeat(*planted(np.random.default_rng(seed))))
        assert 90 < found.metres <= 300
        assert 9 < found.days <= 42
        assert found.ratio > 1.5


def test_random_burglaries_have_no_reach():
    rng = np.random.default_rng(6)
    found = []
    for _ in range(200):
        x, y = rng.random((2, 400)) * 4000
        table = near_repeat(x, y, rng.integers(0, 700, 400))
        found.append(reach(table).metres > 0 or reach(table).days > 0)
    assert np.mean(found) <= 0.05


def test_repeats_at_the_same_place_stand_in_their_own_band():
    rng = np.random.default_rng(8)
    x, y = rng.random((2, 300)) * 9000
    days = rng.integers(0, 1000, 300)
    again = slice(0, 60)
    table = near_repeat(
        np.r_[x, x[again]], np.r_[y, y[again]], np.r_[days, days[again] + 3]
    )
    found = reach(table)
    assert found.metres == 0 and found.days == 7
    assert found.same_place > 20


def events(n=300, **columns):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "longitude": rng.random(n) / 10,
            "latitude": rng.random(n) / 10,
            "place_precision": "exact",
            "time_precision": "minute",
        }
    )
    return frame.assign(**columns)


def test_months_cannot_be_days_apart():
    with pytest.raises(Refused, match="known to the day"):
        usable(events(time_precision="month"))


def test_points_moved_to_the_middle_of_a_street_are_refused():
    points = np.arange(300) // 5
    with pytest.raises(Refused, match="not where the events happened"):
        usable(events(longitude=points / 100, latitude=points / 100))
    with pytest.raises(Refused, match="not where the events happened"):
        usable(events(place_precision="snapped"))


def test_only_events_with_a_day_and_their_own_point_are_used():
    frame = events()
    frame.loc[:9, "longitude"] = np.nan
    frame.loc[10:19, "time_precision"] = "month"
    frame.loc[20:29, "place_precision"] = "area"
    assert len(usable(frame)) == 270


def test_few_events_are_refused_in_words():
    rng = np.random.default_rng(1)
    with pytest.raises(Refused, match="49 events"):
        near_repeat(*rng.random((3, 49)))


def test_bands_that_do_not_rise_are_an_error():
    rng = np.random.default_rng(1)
    with pytest.raises(SafelearnError, match="rise from 0"):
        near_repeat(*rng.random((3, 60)), distances=[0, 200, 100])
    with pytest.raises(SafelearnError, match="euclidean or as manhattan"):
        near_repeat(*rng.random((3, 60)), metric="network")
