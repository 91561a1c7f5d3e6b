"""Workbooks: cells as a person sees them, from the sheet that holds the table."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from openpyxl import Workbook

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError


@pytest.fixture
def workbook(tmp_path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Read this first"])
    sheet = book.create_sheet("Datos")
    sheet.append(["Homicidios 2023"])
    sheet.append([])
    sheet.append(["CODIGO DANE", "FECHA HECHO", "CANTIDAD", "NOTA"])
    sheet.append(["05001", dt.datetime(2023, 1, 2), 3, None])
    sheet.append([])
    sheet.append(["05002", dt.datetime(2023, 1, 3, 21, 30), 1.5, "x"])
    path = tmp_path / "datos.xlsx"
    book.save(path)
    return path


def test_the_longest_sheet_is_read_below_its_titles_and_said(workbook):
    source = read_source(workbook)
    assert source.frame["CODIGO DANE"].tolist() == ["05001", "05002"]
    assert source.frame["FECHA HECHO"].tolist() == ["2023-01-02", "2023-01-03 21:30:00"]
    assert source.frame["CANTIDAD"].tolist() == ["3", "1.5"]
    assert "Datos" in source.notes[0]


def test_rows_keep_the_number_they_have_on_the_sheet(workbook):
    assert read_source(workbook).lines(np.array([0, 1])).tolist() == [4, 6]


def test_a_sheet_that_is_not_there_names_those_that_are(workbook):
    with pytest.raises(SafelearnError, match="no sheet called Hoja1") as raised:
        read_source(workbook, sheet="Hoja1")
    assert "Notes and Datos" in raised.value.remedy
