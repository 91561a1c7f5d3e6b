"""Any file that a city may have received is read as text, or refused in one clear sentence."""

from __future__ import annotations

import gzip
import zipfile

import numpy as np
import pytest

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError

TABLE = "date,code,place\n2024-01-02,007,Álamo\n2024-01-03,012,Pueblo Libre\n"


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_zeros_in_front_and_words_for_missing_survive(tmp_path):
    path = written(tmp_path, "a.csv", "code,sex\n007,NA\n012,NULL\n")
    frame = read_source(path).frame
    assert frame.to_numpy().tolist() == [["007", "NA"], ["012", "NULL"]]


@pytest.mark.parametrize(
    ("name", "separator"),
    [("a.csv", ";"), ("a.tsv", "\t"), ("a.tab", "\t"), ("a.txt", "|")],
)
def test_each_separator_is_found(tmp_path, name, separator):
    path = written(tmp_path, name, TABLE.replace(",", separator))
    assert list(read_source(path).frame.columns) == ["date", "code", "place"]


def test_decimal_commas_do_not_split_a_semicolon_file(tmp_path):
    path = written(tmp_path, "a.csv", "x;y;name\n-75,56;6,25;a\n-75,61;6,22;b\n")
    assert read_source(path).frame["x"].tolist() == ["-75,56", "-75,61"]


def test_a_zip_of_one_table_among_papers_is_opened_and_said(tmp_path):
    path = tmp_path / "crimes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not data")
        archive.writestr("notes.pdf", "%PDF")
        archive.writestr("crimes.csv", TABLE)
    source = read_source(path)
    assert len(source.frame) == 2
    assert source.notes == ("Read crimes.csv, the only table in crimes.zip.",)


def zipped(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".csv", text)
    return path


def test_a_zip_of_two_tables_is_refused_by_name(tmp_path):
    path = zipped(tmp_path / "two.zip", a=TABLE, b="barrio,hogares\nAlto,5\n")
    with pytest.raises(SafelearnError, match=r"a\.csv and b\.csv") as raised:
        read_source(path)
    assert "--sheet" in raised.value.remedy
    assert list(read_source(path, sheet="b").frame.columns) == ["barrio", "hogares"]


def test_a_file_a_month_in_one_zip_is_one_table(tmp_path):
    more = "Code,Date,Place\n099,2024-02-01,Prado\n"
    path = zipped(tmp_path / "a.zip", m__2024_02=more, m__2024_01=TABLE)
    source = read_source(path)
    assert source.frame["code"].tolist() == ["007", "012", "099"]
    assert source.lines(np.array([1, 2])).tolist() == [3, 2]
    assert source.notes[0].startswith("Read 2 files of the archive one below the other")


def test_of_several_tables_in_a_zip_the_one_that_a_profile_knows_is_read(tmp_path):
    other = "id,outcome\n1,charged\n"
    path = zipped(tmp_path / "a.zip", street1=TABLE, street2=TABLE, outcomes=other)
    source = read_source(path, known=lambda names: "place" in names)
    assert len(source.frame) == 4
    assert "other columns and was not read, such as outcomes.csv" in source.notes[1]


def test_gz_is_the_file_inside(tmp_path):
    path = written(tmp_path, "a.csv.gz", gzip.compress(TABLE.encode()))
    assert len(read_source(path).frame) == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.jpeg", b"\xff\xd8", "This type of file is not known."),
        ("a.csv", b"", "The file is empty"),
        ("a.csv", b"  \n \n", "The file is empty"),
        ("a.csv", b"date,offence\n", "holds no record"),
        ("a.csv", b"2024-01-01,1.5\n2024-01-02,1.6\n", "No row was found that names"),
        ("a.zip", b"PK\x03\x04 cut short", "damaged"),
        ("a.csv.gz", b"\x1f\x8b cut short", "damaged"),
        ("a.xlsx", b"PK\x03\x04 cut short", "damaged"),
        ("a.gpkg", b"no database", "cannot be read as a map"),
        (
            "a.geojson",
            b'{"type": "FeatureCollection", "features": [',
            "cannot be read as a map",
        ),
        ("a.csv", "данные,район\nулица,дом\n".encode("cp1251"), "not in UTF-8"),
        ("a.csv", b"\x01\x02\0\0\0\x05 no text \0\0\0\0" * 9, "not text"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_sentence(
    tmp_path, name, content, sentence
):
    path = written(tmp_path, name, content)
    with pytest.raises(SafelearnError, match=sentence) as raised:
        read_source(path)
    assert raised.value.where and raised.value.remedy


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(SafelearnError, match="no such file"):
        read_source(tmp_path / "gone.csv")
    with pytest.raises(SafelearnError, match="is a folder"):
        read_source(tmp_path)
