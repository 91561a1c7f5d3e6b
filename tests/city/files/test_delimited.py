"""Text files: no row is lost, whatever the encoding, the line ends and the faults of whoever exported it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.files.delimited import read_delimited
from safelearn.errors import SafelearnError


def read(text, **options):
    data = text.encode() if isinstance(text, str) else text
    return read_delimited(data, name="a.csv", **options)


def test_windows_1252_is_read_and_said():
    source = read("barrio;delito\nPeñón;Lesión\n".encode("cp1252"))
    assert source.frame.iloc[0].tolist() == ["Peñón", "Lesión"]
    assert "Windows-1252" in source.notes[0]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_understood_and_not_part_of_the_header(codec):
    source = read("fecha,delito\n2024-01-01,año\n".encode(codec))
    assert list(source.frame.columns) == ["fecha", "delito"]
    assert source.frame["delito"].tolist() == ["año"]


def test_a_forced_encoding_that_is_wrong_names_the_line():
    with pytest.raises(SafelearnError, match="Wrong encoding") as raised:
        read("a,b\nok,ok\nPeñón,x\n".encode("cp1252"), encoding="utf-8")
    assert "line 3" in raised.value.where
    with pytest.raises(SafelearnError, match="no encoding called klingon"):
        read("a,b\nx,y\n", encoding="klingon")


def test_titles_and_blank_lines_above_the_header_are_passed_over():
    source = read(
        "Ministerio;;\nInforme 2023;;\n\nfecha;hora;delito\n2023-01-01;10:00;hurto\n"
    )
    assert list(source.frame.columns) == ["fecha", "hora", "delito"]
    assert source.lines(np.array([0])).tolist() == [5]


def test_excels_line_that_names_the_separator_is_obeyed():
    source = read("sep=;\nfecha;delito\n2023-01-01;hurto\n")
    assert source.frame.iloc[0].tolist() == ["2023-01-01", "hurto"]


def test_a_row_with_more_cells_than_the_header_is_kept_and_marked():
    source = read("a,b,c\n1,x,y\n2,x,y,z\n3,x\n")
    assert source.frame["a"].tolist() == ["1", "2", "3"]
    assert source.broken.tolist() == [False, True, False]
    assert source.frame["c"].tolist() == ["y", "y", ""]


def test_a_separator_at_the_end_of_every_row_breaks_nothing():
    source = read("a,b\n1,x,\n2,y,\n")
    assert source.frame[["a", "b"]].to_numpy().tolist() == [["1", "x"], ["2", "y"]]
    assert source.broken is None or not source.broken.any()


def test_lines_are_counted_past_quoted_line_breaks_and_blank_lines():
    source = read('a,b\n1,"x\ny"\n\n2,z\n')
    assert source.frame["b"].tolist() == ["x\ny", "z"]
    assert source.lines(np.array([0, 1])).tolist() == [2, 5]


def test_a_quotation_mark_that_is_never_closed_is_an_error_and_not_a_lost_row():
    rows = "".join(f"{i},x,y\n" for i in range(5))
    with pytest.raises(SafelearnError, match="quotation mark"):
        read('a,b,c\n1,"open,y\n' + rows + '9,z",y\n')


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_and_said(codec):
    source = read("fecha;barrio\n2024-01-02;Peñón\n2024-01-03;Москва\n".encode(codec))
    assert source.frame["barrio"].tolist() == ["Peñón", "Москва"]
    assert source.notes == ("The file is in UTF-16, though it does not say so.",)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1250", "Łódź"),
        ("cp1251", "Москва"),
        ("latin-1", "Peñón"),
        ("cp850", "Peñón"),
    ],
)
def test_any_encoding_can_be_named(codec, name):
    data = f"date;barrio\n2024-01-02;{name}\n".encode(codec)
    assert read(data, encoding=codec).frame["barrio"].tolist() == [name]


@pytest.mark.parametrize("separator", ["||", ";;", "~|~", "^|^", "\t\t"])
def test_separators_of_several_characters_are_refused_by_name(separator):
    rows = [["date", "offence", "area", "n"], ["2024-01-02", "Theft", "North", "5"]] * 2
    text = "\n".join(separator.join(row) for row in rows)
    with pytest.raises(SafelearnError, match="several characters") as raised:
        read(text)
    assert separator.strip() in raised.value.what
    with pytest.raises(SafelearnError, match="several characters"):
        read(text, separator=separator)


@pytest.mark.parametrize("separator", ["^", "~"])
def test_rare_separators_are_found(separator):
    rows = [["date", "offence", "area"], ["2024-01-02", "Theft, from a car", "North"]]
    source = read("\n".join(separator.join(row) for row in rows))
    assert list(source.frame.columns) == ["date", "offence", "area"]


def test_columns_that_are_all_empty_are_no_separator():
    source = read("a,,b,\n1,,2,\n3,x,4,\n")
    assert source.frame["a"].tolist() == ["1", "3"]


cell = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc"), blacklist_characters="\x85\u2028\u2029"
    ),
    max_size=8,
)


@given(
    rows=st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=20),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_a_spreadsheet_writes_comes_back_cell_by_cell(rows, separator, end):
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    writer.writerow(["first name", "second name", "third name"])
    writer.writerows(rows)
    frame = read(text.getvalue(), separator=separator).frame
    assert [tuple(r) for r in frame.to_numpy()] == rows


def test_a_header_cut_by_one_sign_and_rows_by_another_is_refused():
    others = ["01/02/2024;Alto;Hurto", *["02/02/2024,Bajo,Robo"] * 4]
    with pytest.raises(SafelearnError, match="separated by “;”, and some rows"):
        read("\n".join(["Fecha;Barrio;Delito", *others]))
    few = ["01/02/2024;Alto;robo, calle 5, esquina", "02/02/2024;Bajo;hurto, casa"]
    source = read("\n".join(["Fecha;Barrio;Delito", *few * 5]))
    assert list(source.frame.columns) == ["Fecha", "Barrio", "Delito"]
