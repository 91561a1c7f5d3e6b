"""Sheets as offices make them: merged labels, several sheets, hidden ones, formulas, and cells that stray."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile

import numpy as np
import pytest
import xlwt
from openpyxl import Workbook

from safelearn.city.files.formats import read_source
from safelearn.errors import SafelearnError


@pytest.fixture
def book(tmp_path):
    """Save sheets, each a list of rows, as an xlsx; `change` gets the workbook before it is saved."""

    def make(sheets, change=None, name="a.xlsx"):
        made = Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change:
            change(made)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


HEADER = ["fecha", "delito", "barrio"]
ROWS = [["2024-01-02", "Hurto", "Alto"], ["2024-01-03", "Robo", "Bajo"]]
COMUNAS = [
    ["Comuna", "Barrio", "Casos"],
    ["Norte", "Alto", 3],
    [None, "Bajo", 4],
    [None, "Prado", 5],
    ["Sur", "Pinar", 6],
]


def merge(*ranges):
    def change(made):
        for cells in ranges:
            made.active.merge_cells(cells)

    return change


def test_a_label_merged_over_rows_stands_in_each_of_them(book):
    source = read_source(book({"a": COMUNAS}, merge("A2:A4")))
    assert source.frame["Comuna"].tolist() == ["Norte", "Norte", "Norte", "Sur"]
    assert source.notes == (
        "Cells merged over several rows were filled down in Comuna.",
    )


def test_empty_cells_that_are_not_merged_stay_empty(book):
    source = read_source(book({"a": COMUNAS}))
    assert source.frame["Comuna"].tolist() == ["Norte", "", "", "Sur"]
    assert source.notes == ()


def test_a_number_merged_over_rows_is_counted_once(book):
    rows = [["Barrio", "Delito", "Casos"], ["Alto", "Hurto", 9], ["Alto", "Robo", None]]
    source = read_source(book({"a": rows}, merge("C2:C3")))
    assert source.frame["Casos"].tolist() == ["9", ""]
    assert "read once" in source.notes[0]


def test_a_year_or_a_code_merged_over_rows_is_a_label(book):
    rows = [["Año", "Cod", "n"], [2023, 5001, 1], [None, None, 2], [2024, 5002, 3]]
    source = read_source(book({"a": rows}, merge("A2:A3", "B2:B3")))
    assert source.frame["Año"].tolist() == ["2023", "2023", "2024"]
    assert source.frame["Cod"].tolist() == ["5001", "5001", "5002"]


def test_a_group_title_merged_over_names_is_part_of_them(book):
    rows = [
        ["Homicidios por barrio"],
        [],
        ["Barrio", "2023", None, "2024", None],
        [None, "Hombres", "Mujeres", "Hombres", "Mujeres"],
        ["Alto", 1, 2, 3, 4],
        ["Bajo", 5, 6, 7, 8],
    ]
    source = read_source(book({"a": rows}, merge("A1:E1", "A3:A4", "B3:C3", "D3:E3")))
    assert list(source.frame.columns) == [
        "Barrio", "2023 Hombres", "2023 Mujeres", "2024 Hombres", "2024 Mujeres"
    ]  # fmt: skip
    assert len(source.frame) == 2


def test_sheets_with_the_same_columns_are_one_table(book):
    later = [["2025-01-02", "Hurto", "Alto"]]
    path = book(
        {"Léame": [["Notas"]], "2024": [HEADER, *ROWS], "2025": [HEADER, *later]}
    )
    source = read_source(path)
    assert source.frame["fecha"].tolist() == ["2024-01-02", "2024-01-03", "2025-01-02"]
    assert "Read the sheets 2024 and 2025 one below the other" in source.notes[0]
    assert source.notes[1] == "Not read: Léame."
    assert source.lines(np.array([0, 2])).tolist() == [2, 2]


def test_a_sheet_that_collects_the_others_is_not_counted_again(book):
    later = [["2025-01-02", "Hurto", "Alto"]]
    sheets = {
        "2024": [HEADER, *ROWS],
        "2025": [HEADER, *later],
        "Todo": [HEADER, *ROWS, *later],
    }
    source = read_source(book(sheets))
    assert len(source.frame) == 3
    assert "The sheet Todo repeats the rows of the others" in " ".join(source.notes)


def test_the_sheet_that_a_profile_knows_is_read_though_another_is_larger(book):
    lists = [["codigo", "municipio"], *([f"{i:05d}", "x"] for i in range(90))]
    path = book({"Municipios": lists, "Datos": [HEADER, *ROWS]})
    assert len(read_source(path).frame) == 90
    source = read_source(path, known=lambda names: "delito" in names)
    assert len(source.frame) == 2
    assert "whose columns are known; not read: Municipios" in source.notes[0]


def test_a_hidden_sheet_is_said_and_not_read_unless_named(book):
    def hide(made):
        made["Vieja"].sheet_state = "hidden"

    path = book({"Vieja": [HEADER, *ROWS, *ROWS], "Nueva": [HEADER, *ROWS[:1]]}, hide)
    source = read_source(path)
    assert len(source.frame) == 1
    assert source.notes == ("1 hidden sheet was not read: Vieja.",)
    assert len(read_source(path, sheet="vieja").frame) == 4


def test_true_dates_are_iso_and_dates_kept_as_text_stay_as_written(book):
    rows = [
        ["fecha", "hora"],
        [dt.datetime(2024, 1, 2), dt.time(21, 30)],
        ["03/01/2024", "9:15 p.m."],
    ]
    frame = read_source(book({"a": rows})).frame
    assert frame["fecha"].tolist() == ["2024-01-02", "03/01/2024"]
    assert frame["hora"].tolist() == ["21:30:00", "9:15 p.m."]


def test_a_time_of_day_that_misses_its_second_by_a_hair_is_that_second(book):
    def change(made):
        made.active["A2"] = 45231.89583332
        made.active["A2"].number_format = "yyyy-mm-dd hh:mm:ss"

    path = book({"a": [["momento", "n"], [1, 2]]}, change)
    assert read_source(path).frame["momento"].tolist() == ["2023-11-01 21:30:00"]


def test_zeros_that_only_the_format_of_a_number_shows_are_kept(book):
    def change(made):
        for row in (2, 3):
            made.active.cell(row, 1).number_format = "00000"

    path = book({"a": [["dane", "n"], [5001, 1], [76001, 2]]}, change)
    assert read_source(path).frame["dane"].tolist() == ["05001", "76001"]


def test_a_formula_that_was_never_computed_is_refused(book):
    rows = [["barrio", "casos", "tasa"], ["Alto", 3, "=B2*2"], ["Bajo", 4, "=B3*2"]]
    with pytest.raises(SafelearnError, match="2 cells hold formulas") as raised:
        read_source(book({"a": rows}))
    assert "save it there" in raised.value.remedy


def test_a_computed_formula_is_read_as_its_value(book, tmp_path):
    path = book({"a": [["barrio", "casos", "doble"], ["Alto", 3, "=B2*2"]]})
    computed = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(computed, "w") as new:
        for part in old.namelist():
            # As a spreadsheet program saves it: the formula, and what it came to.
            data = old.read(part).replace(b"</f><v />", b"</f><v>6</v>")
            new.writestr(part, data.replace(b"</f><v/>", b"</f><v>6</v>"))
    assert read_source(computed).frame["doble"].tolist() == ["6"]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Datos">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(path, rows):
    """An OpenDocument sheet; a cell is its attributes and its text."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell {a}><text:p>{c}</text:p></table:table-cell>"
            for a, c in row
        )
        + "</table:table-row>"
        for row in rows
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=lines))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def test_an_open_document_sheet_is_read_with_its_merged_labels(tmp_path):
    word = 'office:value-type="string"'
    day = 'office:value-type="date" office:date-value="{}"'
    time = 'office:value-type="time" office:time-value="{}"'
    spanned = f'{word} table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = [
        [(word, "Comuna"), (word, "Fecha"), (word, "Hora"), (word, "n")],
        [
            (spanned, "Norte"),
            (day.format("2024-01-02"), "02/01/24"),
            (time.format("PT21H30M00S"), "21:30"),
            ('office:value-type="float" office:value="3"', "3"),
        ],
        [
            ("", ""),
            (day.format("2024-01-03T04:05:00"), "03/01/24"),
            (time.format("PT00H15M00S"), "00:15"),
            ('office:value-type="float" office:value="1.5"', "1,5"),
        ],
    ]
    frame = read_source(ods(tmp_path / "a.ods", rows)).frame
    assert frame.to_numpy().tolist() == [
        ["Norte", "2024-01-02", "21:30:00", "3"],
        ["Norte", "2024-01-03 04:05:00", "00:15:00", "1.5"],
    ]


def test_an_old_workbook_is_read_with_its_merged_labels(tmp_path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("Datos")
    for i, name in enumerate(["Comuna", "FECHA HECHO", "CANTIDAD"]):
        sheet.write(4, i, name)
    sheet.write(0, 0, "Hurto a personas 2023")
    sheet.write_merge(5, 6, 0, 0, "Norte")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for i in (5, 6):
        sheet.write(i, 1, dt.datetime(2023, 1, i), day)
        sheet.write(i, 2, i)
    made.save(str(tmp_path / "a.xls"))
    source = read_source(tmp_path / "a.xls")
    assert source.frame.to_numpy().tolist() == [
        ["Norte", "2023-01-05", "5"],
        ["Norte", "2023-01-06", "6"],
    ]
    assert source.titles == ("Hurto a personas 2023", "Datos")


def test_an_old_workbook_whose_sectors_run_in_a_circle_is_damaged(tmp_path):
    made = xlwt.Workbook()
    made.add_sheet("a").write(0, 0, "x")
    made.save(str(tmp_path / "a.xls"))
    data = bytearray((tmp_path / "a.xls").read_bytes())
    (table,) = struct.unpack_from("<I", data, 76)
    # The second sector is said to follow itself: whoever follows it never comes to an end.
    struct.pack_into("<I", data, (table + 1) * 512 + 4, 1)
    (tmp_path / "a.xls").write_bytes(bytes(data))
    with pytest.raises(SafelearnError, match="damaged"):
        read_source(tmp_path / "a.xls")


def test_a_cell_a_million_rows_below_is_named(book):
    def change(made):
        made.active["XFD1048576"] = "x"

    with pytest.raises(SafelearnError, match="XFD1048576"):
        read_source(book({"a": [HEADER, *ROWS]}, change))


def test_formatted_cells_without_values_far_below_do_not_matter(book):
    def change(made):
        made.active["XFD1048576"].number_format = "0.00"

    assert len(read_source(book({"a": [HEADER, *ROWS]}, change)).frame) == 2


def test_a_locked_workbook_says_so(tmp_path):
    # The container of an encrypted xlsx: its directory names the encrypted package.
    name = "EncryptedPackage".encode("utf-16-le")
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + name + b"\0" * 600
    )
    with pytest.raises(SafelearnError, match="locked with a password"):
        read_source(path)


def test_a_sheet_of_pictures_and_charts_is_empty(book):
    with pytest.raises(SafelearnError, match="no row"):
        read_source(book({"a": [], "b": []}))


def test_a_workbook_in_a_zip_is_read(book, tmp_path):
    path = book({"a": COMUNAS}, merge("A2:A4"))
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "datos/a.xlsx")
    assert read_source(packed).frame["Comuna"].tolist() == ["Norte"] * 3 + ["Sur"]


def test_many_rows_come_in_pieces_of_one_table(book):
    rows = [[f"A{i}", i, "Alto"] for i in range(45_000)]
    source = read_source(book({"a": [["id", "n", "barrio"], *rows]}))
    assert len(source.frame) == 45_000
    assert source.frame["n"].iloc[-1] == "44999"
    assert [len(c.frame) for c in source.chunks(20_000)] == [20_000, 20_000, 5_000]
    assert source.lines(np.array([44_999])).tolist() == [45_001]
