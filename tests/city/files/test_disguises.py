"""A file is what its bytes are, whatever the portal called it."""

from __future__ import annotations

import gzip
import shutil

import pandas as pd
import pytest
from openpyxl import Workbook

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError

PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}">
<style>td {{mso-number-format:"@"}}</style></head><body><table><tr><td>menu</td></tr></table>
<table border=1><tr><th>COMUNA</th><th>FECHA</th><th>DELITO</th><th>CANTIDAD</th></tr>
<tr><td rowspan=2>Norte</td><td>02/01/2023</td><td>Lesi&oacute;n<br>personal</td><td>5</td></tr>
<tr><td>03/01/2023</td><td>Hurto</td><td>&nbsp;6</td></tr>
<tr><td>Peñón</td><td>04/01/2023</td><td>Hurto<td>7</tr>
<tr><td colspan=3>TOTAL</td><td>18</td></tr></table></body></html>"""

XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Datos"><Table>
<Row ss:Index="3"><Cell><Data ss:Type="String">Comuna</Data></Cell><Cell><Data ss:Type="String">Fecha</Data></Cell>
<Cell><Data ss:Type="String">n</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">Norte</Data></Cell>
<Cell><Data ss:Type="DateTime">2023-01-02T00:00:00.000</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="DateTime">2023-01-03T21:30:00.000</Data></Cell>
<Cell><Data ss:Type="Number">6</Data></Cell></Row></Table></Worksheet></Workbook>"""


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_called_xls_is_read_with_its_merged_cells(tmp_path, charset):
    page = PAGE.format(charset=charset).encode(
        "utf-8" if charset == "utf-8" else "cp1252"
    )
    source = read_source(written(tmp_path, "delitos.xls", page))
    assert source.frame.to_numpy().tolist() == [
        ["Norte", "02/01/2023", "Lesión personal", "5"],
        ["Norte", "03/01/2023", "Hurto", "6"],
        ["Peñón", "04/01/2023", "Hurto", "7"],
    ]
    assert "ends in .xls, but it is html" in source.notes[0]
    assert list(source.aside) == ["total row"]


def test_excels_xml_of_2003_is_read(tmp_path):
    source = read_source(written(tmp_path, "a.xls", XML))
    assert source.frame.to_numpy().tolist() == [
        ["Norte", "2023-01-02", "5"],
        ["Norte", "2023-01-03 21:30:00", "6"],
    ]


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_text_called_a_workbook_is_read_as_text(tmp_path, name, encoding):
    text = "fecha;barrio\n2024-01-02;Peñón\n2024-01-03;Álamo\n"
    source = read_source(written(tmp_path, name, text.encode(encoding)))
    assert source.frame["barrio"].tolist() == ["Peñón", "Álamo"]
    assert "but it is csv" in source.notes[0]


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.txt", "a.zip"])
def test_a_workbook_by_any_other_name_is_a_workbook(tmp_path, name):
    book = Workbook()
    book.active.append(["fecha", "barrio"])
    book.active.append(["2024-01-02", "Alto"])
    book.save(tmp_path / "b.xlsx")
    shutil.copyfile(tmp_path / "b.xlsx", tmp_path / name)
    if name == "a.zip":
        with pytest.raises(SafelearnError, match="no table"):
            read_source(tmp_path / name)
        return
    source = read_source(tmp_path / name)
    assert source.frame["barrio"].tolist() == ["Alto"]
    assert "but it is xlsx" in source.notes[0]


def test_parquet_gz_and_json_are_known_by_their_first_bytes(tmp_path):
    pd.DataFrame({"a": ["1"], "b": ["2"]}).to_parquet(tmp_path / "p.parquet")
    shutil.copyfile(tmp_path / "p.parquet", tmp_path / "p.csv")
    assert read_source(tmp_path / "p.csv").kind == "columnar"
    packed = gzip.compress(b"a,b\n1,2\n")
    assert len(read_source(written(tmp_path, "b.csv", packed)).frame) == 1
    assert len(read_source(written(tmp_path, "c.txt", '[{"a": 1, "b": 2}]')).frame) == 1


def test_a_page_that_asks_to_log_in_is_no_data(tmp_path):
    path = written(tmp_path, "a.csv", "<!DOCTYPE html><html><body>Log in</body></html>")
    with pytest.raises(SafelearnError, match="web page without any table") as raised:
        read_source(path)
    assert "browser" in raised.value.remedy
