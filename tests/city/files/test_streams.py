"""What a text file is made of is found out before its first record is read."""

from __future__ import annotations

import gzip
import zipfile

import numpy as np
import pytest

from safelearn.city.files import streams
from safelearn.city.files.delimited import read_delimited
from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError

TABLE = "date,offence\n2024-01-01,Lesión\n2024-01-02,Hurto\n"


def read(data):
    return read_delimited(data, name="a.csv")


@pytest.mark.parametrize("codec", ["utf-16-le", "cp1252", "utf-8"])
def test_letters_on_the_border_of_two_blocks_are_whole(monkeypatch, codec):
    monkeypatch.setattr(streams, "BLOCK", 7)
    encoding = codec if codec == "utf-16-le" else None
    source = read_delimited(TABLE.encode(codec), name="a.csv", encoding=encoding)
    assert source.frame["offence"].tolist() == ["Lesión", "Hurto"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(end):
    source = read(TABLE.replace("\n", end).encode())
    assert source.frame["date"].tolist() == ["2024-01-01", "2024-01-02"]
    assert source.lines(np.array([0, 1])).tolist() == [2, 3]


def test_nul_bytes_are_left_out_and_said():
    records = "".join(f"2024-01-01,theft {i}\n" for i in range(400))
    source = read(f"date,offence\n{records}".encode() + b"\0" * 900)
    assert len(source.frame) == 400
    assert "NUL bytes" in source.notes[0]


def test_a_line_that_is_no_record_is_refused_with_its_number(monkeypatch):
    monkeypatch.setattr(streams, "LONGEST", 5000)
    monkeypatch.setattr(streams, "BLOCK", 100)
    with pytest.raises(SafelearnError, match="longer than any record") as raised:
        read(TABLE.encode() + b"x" * 6000 + b"\n2024-01-03,y\n")
    assert "line 4" in raised.value.where


def test_a_header_that_is_too_long_is_refused():
    with pytest.raises(SafelearnError, match=r"too long|No row was found"):
        read(b"a" * 600_000 + b",b\n1,2\n")


def test_an_archive_is_read_as_a_stream_and_its_damage_is_found(tmp_path):
    rows = "".join(f"2024-01-01,theft {i}\n" for i in range(20_000))
    packed = gzip.compress(f"date,offence\n{rows}".encode())
    whole, cut = tmp_path / "a.csv.gz", tmp_path / "b.csv.gz"
    whole.write_bytes(packed)
    cut.write_bytes(packed[:-400])
    assert len(read_source(whole).frame) == 20_000
    with pytest.raises(SafelearnError, match="damaged"):
        read_source(cut)


def test_a_damaged_member_of_a_zip_is_found(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", TABLE * 400)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(SafelearnError, match="damaged"):
        read_source(path)
