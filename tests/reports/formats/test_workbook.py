"""The workbook: what a person with a spreadsheet finds in it, and what a program still can."""

from __future__ import annotations

import io
import subprocess

import pandas as pd
import pytest
from openpyxl import load_workbook

from safelearn.disclosure.approval import HIDDEN, approve
from safelearn.language import use
from safelearn.reports.export import _cover
from safelearn.reports.formats import columns
from safelearn.reports.formats.workbook import FIRST, HEADS, NAMES, Cover, workbook

COVER = Cover("Hill & Dale: tables", "Invented city. Do not cite.", ["One sentence."])


@pytest.fixture(scope="module")
def book(found):
    return load_workbook(io.BytesIO(workbook(found.tables, _cover(found))))


def small_table():
    frame = pd.DataFrame(
        {
            "area_id": ["01", "02"],
            "sex": ["female", "male"],
            "n": pd.array([None, 1200], dtype="Int64"),
            "rate": [None, 3.25],
        }
    )
    return approve(
        "rates", frame, keys=["area_id", "sex"], measures=["n", "rate"], title="Rates"
    )


@pytest.fixture(scope="module")
def sheet():
    return load_workbook(io.BytesIO(workbook({"rates": small_table()}, COVER)))["rates"]


def test_each_table_is_a_sheet_that_the_first_one_leads_to(book, found):
    assert book.sheetnames[1:] == [name[:31] for name in found.tables]
    links = [
        cell.hyperlink.location or cell.hyperlink.target
        for cell in book["About"]["A"]
        if cell.hyperlink
    ]
    assert len(links) == len(found.tables)


def test_every_sheet_says_its_title_that_the_city_is_invented_and_what_is_hidden(
    book, found
):
    for name, table in found.tables.items():
        sheet = book[name[:31]]
        assert sheet["A1"].value == table.title
        assert "Do not cite" in sheet["A2"].value
        assert table.threshold in (sheet["A3"].value or "")
        assert "Do not cite" in sheet.oddHeader.left.text


def test_headings_stay_in_view_filter_and_come_again_on_paper(sheet):
    assert sheet.freeze_panes == f"B{FIRST}"
    assert sheet.auto_filter.ref == f"A{HEADS}:D{FIRST + 1}"
    assert sheet.print_title_rows == f"${HEADS}:${HEADS}"
    assert [c.value for c in sheet[NAMES]] == ["area_id", "sex", "n", "rate"]
    assert [c.value for c in sheet[HEADS]] == [
        "Code of the area",
        "Sex",
        "Number",
        "Rate\n(per 100,000 residents a year)",
    ]


def test_codes_keep_their_zeros_numbers_are_numbers_and_hidden_cells_say_so(sheet):
    hidden, shown = list(sheet.iter_rows(min_row=FIRST, values_only=True))
    assert hidden == ("01", "women and girls", HIDDEN, HIDDEN)
    assert shown == ("02", "men and boys", 1200, 3.25)
    assert sheet.cell(FIRST + 1, 3).number_format == "#,##0"
    assert sheet.cell(FIRST + 1, 4).number_format == "#,##0.0"


def test_a_program_reads_the_numbers_of_the_csv_from_under_the_plain_names(found):
    made = io.BytesIO(workbook(found.tables, COVER))
    name = "population_by_area"
    rows = pd.read_excel(
        made, name, header=NAMES - 1, skiprows=[HEADS - 1], dtype={"area_id": str}
    )
    expected = found.tables[name].frame
    assert list(rows.columns) == list(expected.columns)
    assert rows["area_id"].tolist() == expected["area_id"].tolist()
    assert rows["population"].tolist() == expected["population"].tolist()


def test_an_ampersand_in_a_citys_name_is_printed_as_one(sheet):
    assert sheet.oddFooter.left.text == "Hill && Dale: tables"


def test_a_text_that_looks_like_a_formula_stays_a_text():
    frame = pd.DataFrame({"area_id": ["=1+1"], "n": pd.array([50], dtype="Int64")})
    table = approve("t", frame, keys=["area_id"], measures=["n"], title="T")
    cell = load_workbook(io.BytesIO(workbook({"t": table}, COVER)))["t"].cell(FIRST, 1)
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_the_same_tables_give_the_same_bytes(found):
    assert workbook(found.tables, COVER) == workbook(found.tables, COVER)


def test_a_table_that_was_not_released_is_refused(found):
    with pytest.raises(TypeError):
        workbook({"rates": pd.DataFrame({"n": [1]})}, COVER)


def test_every_column_of_the_bundled_city_has_words(found):
    unknown = {
        f"{name}: {column}"
        for name, table in found.tables.items()
        for column in table.frame.columns
        if not columns.is_known(column)
    }
    assert not unknown


def test_headings_are_translated(found):
    with use("qps"):
        made = columns.headings("trend", ["month", "n", "mean", "lower", "upper"])
    assert all("⟦" in heading.title for heading in made)


@pytest.mark.parametrize(("value", "written"), [(0.25, "0.0%"), (2.5, "#,##0.0")])
def test_estimates_that_are_parts_of_one_are_written_as_percentages(value, written):
    frame = pd.DataFrame({"item": ["a"], "value": [value], "lower": [0.1]})
    table = approve("t", frame, keys=["item"], measures=["value", "lower"], title="T")
    sheet = load_workbook(io.BytesIO(workbook({"t": table}, COVER)))["t"]
    assert sheet.cell(FIRST, 2).number_format == written


def test_the_ends_of_an_interval_are_written_like_the_value_that_they_belong_to():
    kinds = {
        h.name: h.kind
        for h in columns.headings(
            "any",
            ["n", "n_lower", "ratio", "lower", "sex_unknown", "sex_unknown_share"],
        )
    }
    assert kinds["n_lower"] == "count"
    assert kinds["lower"] == "ratio"
    assert kinds["sex_unknown_share"] == "share"


@pytest.mark.needs("soffice")
def test_libreoffice_opens_it(found, tmp_path):
    (tmp_path / "book.xlsx").write_bytes(workbook(found.tables, COVER))
    command = ["soffice", "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/lo"]
    command += ["--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "book.xlsx")], check=True, capture_output=True
    )
    lines = (tmp_path / "book.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Hill & Dale: tables")
