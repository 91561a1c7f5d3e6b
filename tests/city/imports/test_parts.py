"""Incidents on disk are the incidents: by part, by column and as a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city import contracts
from safelearn.city.imports.parts import Parts, PartWriter

ROWS = pd.DataFrame(
    {
        "incident_id": pd.Series(["A", "B", None, "A", "C"], dtype="str"),
        "occurred_from": pd.to_datetime(
            ["2024-01-05", "2024-02-09", "2023-12-31", "2024-01-05", "2024-02-01"]
        ).astype("datetime64[s]"),
        "time_precision": pd.Categorical(["day"] * 5),
        "area_id": pd.Categorical(["02", None, "01", "02", "10"]),
        "longitude": [-74.5, np.nan, -74.1, -74.5, -74.2],
        "latitude": [6.5, np.nan, 6.1, 6.5, 6.2],
        "place_precision": pd.Categorical(["exact", "none", "exact", "exact", "exact"]),
        "offence_label": pd.Categorical(
            ["theft", "robbery", "theft", "theft", "arson"]
        ),
        "domestic": pd.Categorical(["unknown"] * 5),
        "victim_age": pd.array([34, None, 0, 34, 120], dtype="Int16"),
        "count": np.array([1, 2, 1, 1, 1], dtype="int32"),
    }
)


@pytest.fixture
def written(tmp_path):
    """Write the rows in parts of so many."""

    def write(rows, name="a.parquet"):
        with PartWriter(tmp_path / name) as writer:
            for start in range(0, len(ROWS), rows):
                writer.add(ROWS.iloc[start : start + rows])
        return Parts(writer.path)

    return write


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_whatever_the_parts_the_table_is_the_same(written, rows):
    whole, _ = contracts.canonical(ROWS, "incidents")
    pd.testing.assert_frame_equal(written(rows).whole(), whole)


def test_the_same_rows_give_the_same_bytes(written):
    first, again = written(2, "a.parquet"), written(2, "b.parquet")
    assert first.path.read_bytes() == again.path.read_bytes()


def test_columns_are_small_and_hold_what_the_table_holds(written):
    names = ["incident_id", "area_id", "offence_label", "victim_age", "longitude"]
    columns = written(2).columns(names)
    assert columns["area_id"].astype("object").where(
        columns["area_id"].notna(), None
    ).tolist() == ["02", None, "01", "02", "10"]
    assert list(columns["area_id"].cat.categories) == ["01", "02", "10"]
    assert columns["area_id"].cat.codes.dtype == np.int8
    assert columns["victim_age"].tolist()[:1] == [34]
    assert columns["victim_age"].isna().tolist() == [False, True, False, False, False]
    ids = columns["incident_id"]
    assert ids.dtype == "Int64" and ids[0] == ids[3] != ids[1]
    assert ids.isna().tolist() == [False, False, True, False, False]


def test_a_city_with_more_areas_than_small_numbers_can_count(tmp_path):
    codes = [f"{i:06d}" for i in range(40_000)]
    rows = pd.DataFrame({"area_id": pd.Categorical(codes)})
    with PartWriter(tmp_path / "a.parquet") as writer:
        for start in range(0, 40_000, 15_000):
            writer.add(rows.iloc[start : start + 15_000])
    columns = Parts(writer.path).columns(["area_id"])
    assert columns["area_id"].astype("str").tolist() == codes


def test_the_newest_incident_is_found_without_reading_the_rest(written):
    assert pd.Timestamp(written(2).newest()) == pd.Timestamp("2024-02-09")


def test_a_table_without_rows_can_be_read(tmp_path):
    with PartWriter(tmp_path / "a.parquet") as writer:
        pass
    parts = Parts(writer.path)
    assert len(parts) == 0 and parts.newest() is None
    assert parts.whole().empty and parts.columns(["area_id"]).empty
