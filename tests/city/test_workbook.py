"""city.xlsx: what an office finds in it."""

from __future__ import annotations

from openpyxl import load_workbook

from safelearn.city.contracts import columns, table_names
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.city.workbook import read_settings, write_workbook
from safelearn.language import use


def test_the_workbook_has_a_sheet_for_the_settings_and_one_for_each_table(blank):
    book = load_workbook(blank.folder / "city.xlsx")
    assert book.sheetnames == [
        "settings", "recording_changes", "sources", *table_names(), "lists",
    ]  # fmt: skip
    assert book["lists"].sheet_state == "hidden"
    for name in table_names():
        assert tuple(c.value for c in book[name][1]) == columns(name)
        assert book[name].max_row == 1
        assert all(cell.comment for cell in book[name][1]), name


def test_a_column_with_a_closed_list_has_a_drop_down_of_its_labels(blank):
    book = load_workbook(blank.folder / "city.xlsx")
    rules = book["survey"].data_validations.dataValidation
    letter = next(c.column_letter for c in book["survey"][1] if c.value == "walk_dark")
    (rule,) = [r for r in rules if str(r.sqref).startswith(f"{letter}2:")]
    cells = book["lists"][rule.formula1.partition("!")[2].replace("$", "")]
    assert [cell.value for (cell,) in cells] == [
        "Very safe", "Safe", "Unsafe", "Very unsafe",
        "I never go out alone then, or it does not apply", "Don't know",
    ]  # fmt: skip


def test_codes_are_typed_into_cells_that_keep_their_zeros(blank):
    book = load_workbook(blank.folder / "city.xlsx")
    assert book["areas"].column_dimensions["A"].number_format == "@"


def test_the_same_settings_give_the_same_file(blank, tmp_path):
    write_workbook(tmp_path / "a.xlsx", blank.settings)
    write_workbook(tmp_path / "b.xlsx", blank.settings)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_a_city_has_chosen_stands_in_its_workbook(tmp_path):
    city = new_city(tmp_path / "villa", name="Villa")
    change = {"date": "2023-01-01", "offence": "0401", "note": "New form"}
    chosen = {
        "timezone": "America/Lima",
        "disclosure": {"threshold": 7},
        "recording_changes": [change],
        "tables": {"survey": {"source": "University"}},
    }
    settings = update_settings(city.folder, chosen)
    write_workbook(tmp_path / "city.xlsx", settings)
    read = read_settings(tmp_path / "city.xlsx")
    assert read["timezone"] == "America/Lima" and read["disclosure"] == {"threshold": 7}
    assert "unit" not in read and "language" not in read
    assert update_settings(city.folder, read) == settings


def test_a_workbook_for_readers_of_arabic_runs_from_right_to_left(blank, tmp_path):
    with use("ar"):
        write_workbook(tmp_path / "city.xlsx", blank.settings)
    book = load_workbook(tmp_path / "city.xlsx")
    assert book["areas"].sheet_view.rightToLeft
