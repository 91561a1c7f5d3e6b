"""Streets for people on foot: junctions by hand, shares of length and not of segments."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.diagnosis.streets import street_form
from safelearn.errors import Refused


def grid(side: int = 3) -> pd.DataFrame:
    """The streets of a square grid of blocks, each 100 m: its junctions can be counted on paper."""
    lines = [((x, y), (x + 1, y)) for x in range(side) for y in range(side + 1)]
    lines += [((x, y), (x, y + 1)) for x in range(side + 1) for y in range(side)]
    return pd.DataFrame({"ends": lines, "length_m": 100.0, "area_id": "1"})


def test_junctions_of_a_ring_of_crossroads_come_back_as_counted_on_paper():
    # Forty streets of 100 m, each with crossroads of four streets at both ends, as in an endless grid: a grid has one
    # junction for every two streets, so 20 junctions on 4 km.
    frame = pd.DataFrame({"length_m": [100.0] * 40, "junctions": 4, "area_id": "1"})
    found = street_form(frame).set_index("measure").loc["junctions"]
    assert found["value"] == pytest.approx(5.0)


def test_a_bend_is_no_junction():
    frame = pd.DataFrame(
        {"length_m": [100.0] * 10, "junctions": [2] * 5 + [4] * 5, "area_id": "1"}
    )
    assert street_form(frame).iloc[0]["value"] == pytest.approx(2.5)


def test_every_junction_of_a_finite_grid_is_counted_once_whoever_meets_there():
    frame = grid(4)
    ends = pd.Series([end for pair in frame["ends"] for end in pair])
    streets_at = ends.value_counts()
    junctions = (streets_at >= 3).sum()
    # Segments with the same number of streets at both ends, so that one number says both.
    each = frame["ends"].map(lambda pair: [streets_at[end] for end in pair])
    alike = each.map(lambda v: v[0] == v[1])
    both = pd.concat(
        [
            frame.assign(junctions=each.map(lambda v, k=k: v[k]), length_m=50.0)
            for k in (0, 1)
        ]
    )
    # Half a segment an end: each end then brings half of what a whole segment would.
    found = street_form(both.drop(columns="ends")).iloc[0]
    assert not alike.all()
    assert found["value"] / 2 == pytest.approx(junctions / (len(frame) * 0.1))


def test_shares_are_of_street_length():
    frame = pd.DataFrame(
        {
            "length_m": [300.0, 100.0, 100.0, 100.0, 100.0, 100.0],
            "area_id": "1",
            "gated": ["yes", "no", "no", "no", "no", None],
            "pavement": ["none", "shared", "both_sides", "one_side", "none", "none"],
            "land_uses": [1, 2, 3, 1, 1, 1],
            "active_frontage": [0.0, 1.0, 1.0, 0.5, 0.0, 0.0],
        }
    )
    found = street_form(frame).set_index("measure")["value"]
    assert found["gated"] == pytest.approx(
        300 / 700
    )  # the street nobody answered for is out
    assert found["pavement"] == pytest.approx(200 / 800)
    assert found["mixed"] == pytest.approx(200 / 800)
    assert found["frontage"] == pytest.approx(250 / 800)
    assert "junctions" not in found


def test_four_streets_are_too_few():
    with pytest.raises(Refused, match="five street segments"):
        street_form(
            pd.DataFrame({"length_m": [10.0] * 4, "area_id": "1", "junctions": 3})
        )


@pytest.mark.clause("draft:26(f)(i).2")
def test_streets_of_puerto_sereno_have_an_interval_for_every_measure(puerto_sereno):
    found = street_form(puerto_sereno.table("streets"))
    assert len(found) == 9
    assert (found["lower"] < found["value"]).all()
    assert (found["value"] < found["upper"]).all()
    by_area = street_form(puerto_sereno.table("streets"), "area_id")
    assert by_area.groupby("measure")["area_id"].nunique().eq(60).all()
