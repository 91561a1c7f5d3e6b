"""An analyst marks a change in recording on a sheet, never in city.toml, and takes it back there too."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.imports.recording_sheet import offence_choices, read_changes
from safelearn.city.scaffold import new_city
from safelearn.errors import SafelearnError


def read(**cells):
    filled = {
        "date": datetime(2023, 7, 1),
        "offence": "0701",
        "note": "Online",
        **cells,
    }
    (change,) = read_changes([(2, filled)], file="city.xlsx")
    return change


def test_a_day_an_offence_and_a_few_words_are_a_mark():
    assert read() == {"date": date(2023, 7, 1), "offence": "0701", "note": "Online"}


@pytest.mark.parametrize(
    "day", ["2023-07-13", "13/07/2023", "13.7.2023", "7/13/2023", 45120]
)
def test_a_day_that_can_mean_one_day_only_is_read(day):
    assert read(date=day)["date"] == date(2023, 7, 13)


@pytest.mark.parametrize("day", ["01/07/2023", "July", "2023-13-01", None, 3])
def test_a_day_that_could_mean_two_is_asked_about_with_its_row(day):
    with pytest.raises(SafelearnError) as caught:
        read(date=day)
    assert caught.value.where == "city.xlsx, sheet recording_changes, row 2"
    assert "2023-07-01" in caught.value.remedy


@pytest.mark.parametrize("offence", ["0701 Fraud", "0701", "701", 701, 701.0, "Fraud"])
def test_a_code_that_lost_its_zero_and_a_name_from_the_list_are_the_same_offence(
    offence,
):
    assert read(offence=offence)["offence"] == "0701"


def test_no_offence_means_every_offence():
    assert "offence" not in read(offence=None)


def test_an_offence_that_is_none_is_asked_about():
    with pytest.raises(SafelearnError, match="hurto"):
        read(offence="hurto")


def test_a_mark_without_words_is_asked_about():
    with pytest.raises(SafelearnError, match="what changed"):
        read(note=" ")


def test_blank_rows_are_no_marks_and_keep_the_count_of_rows():
    rows = [(2, {"date": None, "note": None}), (3, {"date": "x", "note": "y"})]
    with pytest.raises(SafelearnError) as caught:
        read_changes(rows)
    assert "row 3" in caught.value.where


def mark(folder, *, offence, note):
    book = load_workbook(folder / "city.xlsx")
    sheet = book["recording_changes"]
    values = {
        "date": offence and datetime(2023, 7, 1),
        "offence": offence,
        "note": note,
    }
    for number, cell in enumerate(list(sheet[1]), 1):
        sheet.cell(2, number, None)
        sheet.cell(2, number).value = values.get(cell.value)
    book.save(folder / "city.xlsx")
    return import_file(folder, folder / "city.xlsx")


def test_a_change_is_marked_and_taken_back_in_the_workbook_alone(tmp_path):
    folder = tmp_path / "villa"
    new_city(folder, name="Villa")
    shown = next(words for words, code in offence_choices() if code == "0701")
    mark(folder, offence=shown, note="Reports online")
    (change,) = City.open(folder).settings.recording_changes
    assert (change.date, change.offence) == (date(2023, 7, 1), "0701")
    mark(folder, offence=None, note=None)
    assert City.open(folder).settings.recording_changes == ()


def test_the_sheet_lists_offences_by_name(tmp_path):
    new_city(tmp_path / "villa", name="Villa")
    book = load_workbook(tmp_path / "villa" / "city.xlsx")
    sheet = book["recording_changes"]
    column = [c.value for c in sheet[1]].index("offence")
    letter = sheet.cell(1, column + 1).column_letter
    (rule,) = [
        r
        for r in sheet.data_validations.dataValidation
        if str(r.sqref).startswith(f"{letter}2:")
    ]
    place = rule.formula1.partition("!")[2].replace("$", "")
    shown = [cell.value for (cell,) in book["lists"][place]]
    assert any(words.startswith("0401 ") for words in shown)
