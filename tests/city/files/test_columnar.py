"""Parquet files are read as the text that a person would write."""

from __future__ import annotations

import datetime as dt

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from shapely import Point

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError


def read(tmp_path, table):
    path = tmp_path / "a.parquet"
    if isinstance(table, pd.DataFrame):
        table.to_parquet(path)
    else:
        parquet.write_table(table, path)
    return read_source(path)


def test_codes_with_gaps_come_without_a_point_and_text_keeps_its_zeros(tmp_path):
    table = pa.table({"comuna": [5.0, None, 16.0], "code": ["007", "012", None]})
    frame = read(tmp_path, table).frame
    assert frame["comuna"].tolist() == ["5", "", "16"]
    assert frame["code"].tolist() == ["007", "012", ""]


def test_moments_are_iso_with_their_zone_where_they_have_one(tmp_path):
    moment = dt.datetime(2024, 1, 2, 21, 30, 0, 400_000)
    table = pa.table(
        {
            "local": pa.array([moment], pa.timestamp("ns")),
            "utc": pa.array([moment], pa.timestamp("us", tz="America/Bogota")),
            "day": pa.array([dt.date(2024, 1, 2)]),
            "time": pa.array([dt.time(21, 30)], pa.time64("us")),
        }
    )
    row = read(tmp_path, table).frame.iloc[0]
    assert row["local"] == "2024-01-02 21:30:00"
    assert row["utc"] == "2024-01-02T21:30:00Z"
    assert row["day"] == "2024-01-02"
    assert row["time"].startswith("21:30:00")


def test_numbers_words_of_truth_and_categories_are_text(tmp_path):
    frame = pd.DataFrame(
        {
            "x": np.array([-75.56985, 6.25], dtype="float64"),
            "small": np.array([0.1, 2.0], dtype="float32"),
            "n": np.array([3, 12345678901234], dtype="int64"),
            "arrest": [True, False],
            "kind": pd.Categorical(["Hurto", "Robo"]),
        }
    )
    found = read(tmp_path, frame).frame
    assert found["x"].tolist() == ["-75.56985", "6.25"]
    assert found["small"].tolist() == ["0.1", "2"]
    assert found["n"].tolist() == ["3", "12345678901234"]
    assert found["arrest"].tolist() == ["true", "false"]
    assert found["kind"].tolist() == ["Hurto", "Robo"]


def test_a_long_file_comes_in_pieces(tmp_path):
    source = read(tmp_path, pa.table({"n": list(range(1000))}))
    chunks = list(source.chunks(300))
    assert [len(c.frame) for c in chunks] == [300, 300, 300, 100]
    assert [c.start for c in chunks] == [0, 300, 600, 900]
    assert chunks[3].frame["n"].tolist()[-1] == "999"


def test_outlines_in_parquet_are_a_map(tmp_path):
    path = tmp_path / "a.geoparquet"
    shapes = [Point(-74.1, 4.6), Point(-74.2, 4.7)]
    geopandas.GeoDataFrame({"cod": ["01", "02"]}, geometry=shapes, crs=4326).to_parquet(
        path
    )
    source = read_source(path)
    assert source.kind == "geographic"
    assert source.outlines.x.tolist() == [-74.1, -74.2]


def test_columns_of_bytes_are_left_out_and_named(tmp_path):
    source = read(tmp_path, pa.table({"photo": [b"\x00"], "n": [1]}))
    assert list(source.columns) == ["n"]
    assert "photo" in source.notes[0]


@pytest.mark.parametrize("content", [b"PAR1 cut short", b"not parquet"])
def test_a_damaged_file_says_so(tmp_path, content):
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(SafelearnError, match="damaged"):
        read_source(path)


def test_a_file_without_rows_says_so(tmp_path):
    with pytest.raises(SafelearnError, match="no row"):
        read(tmp_path, pa.table({"a": pa.array([], pa.string())}))
