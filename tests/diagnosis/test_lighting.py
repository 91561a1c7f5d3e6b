"""Street lamps: the share that works, with streets and not lamps as what was drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.diagnosis.lighting import lamps_working
from safelearn.errors import Refused


def streets(lamps, working, area="1") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "segment_id": [f"S{k}" for k in range(len(lamps))],
            "area_id": area,
            "lamps": pd.array(lamps, dtype="Int64"),
            "lamps_working": pd.array(working, dtype="Int64"),
        }
    )


def test_the_share_and_its_error_are_those_of_the_hand_worked_ratio():
    # The first survey by hand of the domain notes: p = .5, SE = .0707107 with four clusters.
    found = lamps_working(streets([10, 10, 12, 8], [7, 4, 6, 3])).iloc[0]
    assert found["value"] == 0.5
    assert found["standard_error"] == pytest.approx(0.0707107, abs=1e-7)
    assert (found["n"], found["clusters"]) == (40, 4)


def test_a_street_whose_fuse_blew_widens_the_interval():
    together = lamps_working(streets([10] * 6, [10, 10, 10, 0, 0, 0])).iloc[0]
    mixed = lamps_working(streets([10] * 6, [5] * 6)).iloc[0]
    assert together["value"] == mixed["value"] == 0.5
    assert together["standard_error"] > 3 * mixed["standard_error"]


def test_streets_without_lamps_or_without_an_answer_are_not_in_it():
    frame = streets([10, 0, 12], [9, 0, None])
    frame = pd.concat([frame, streets([20], [10]).assign(segment_id="T")])
    assert lamps_working(frame).iloc[0]["value"] == pytest.approx(19 / 30)


def test_more_working_lamps_than_lamps_is_a_slip_of_the_pen_and_not_over_a_hundred_per_cent():
    assert lamps_working(streets([20, 20], [25, 20])).iloc[0]["value"] == 1.0


def test_few_lamps_are_refused():
    with pytest.raises(Refused, match="20 lamps"):
        lamps_working(streets([10], [9]))


@pytest.mark.clause("draft:26(f)(i).5")
def test_lamps_of_puerto_sereno_are_counted_by_area(puerto_sereno):
    table = puerto_sereno.table("streets")
    found = lamps_working(table, "area_id")
    one = table[table["area_id"] == "0101"]
    row = found.set_index("area_id").loc["0101"]
    assert row["value"] == pytest.approx(
        one["lamps_working"].sum() / one["lamps"].sum()
    )
    assert len(found) == 60
    assert (found["lower"] <= found["value"]).all()
    assert (found["upper"] >= found["value"]).all()
