"""city.xlsx filled in by an office, and read back."""

from __future__ import annotations

import subprocess
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from safelearn.city import contracts
from safelearn.city.contracts import canonical
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.city.workbook import read_settings, read_sheets, write_workbook
from safelearn.errors import SafelearnError
from safelearn.language import use


def test_a_blank_workbook_says_nothing_but_the_name(blank):
    path = blank.folder / "city.xlsx"
    assert read_sheets(path) == {}
    assert read_settings(path) == {"name": "Villa"}


def test_labels_become_the_words_of_the_contract(office):
    path = office(
        ("areas", 2, "area_id", "0101"),
        ("areas", 2, "area_name", "Peñón"),
        ("areas", 2, "settlement", "Peri urban"),
        ("areas", 3, "area_id", "0102"),
        ("areas", 3, "area_name", "Sur"),
        ("areas", 3, "settlement", "informal"),
    )
    sheets = read_sheets(path)
    assert list(sheets) == ["areas"]
    areas, problems = canonical(sheets["areas"], "areas")
    assert problems == []
    assert areas["area_id"].tolist() == ["0101", "0102"]
    assert areas["settlement"].tolist() == ["peri_urban", "informal"]


def test_a_row_keeps_its_number_when_rows_above_it_are_blank(office):
    path = office(("areas", 7, "area_id", "01"), ("areas", 7, "settlement", "slum"))
    problems = contracts.validate(read_sheets(path)["areas"], "areas")
    assert {(p.row, p.column) for p in problems} == {
        (7, "area_name"),
        (7, "settlement"),
    }


def test_days_are_read_whether_typed_as_days_or_as_text(office):
    path = office(
        ("demands", 2, "received_on", datetime(2024, 5, 20)),
        ("demands", 3, "received_on", date(2024, 5, 21)),
        ("demands", 4, "received_on", "2024-05-22"),
        ("incidents", 2, "occurred_from", datetime(2024, 5, 20, 0, 0)),
    )
    sheets = read_sheets(path)
    days = sheets["demands"]["received_on"].tolist()
    assert days == ["2024-05-20", "2024-05-21", "2024-05-22"]
    assert sheets["incidents"]["occurred_from"].tolist() == ["2024-05-20T00:00:00"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (412, "412"), (412.0, "412"), (12.5, "12.5"), ("12,5", "12.5"), ("12.5", "12.5"),
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234,5", "1234.5"),
        ("0,125", "0.125"), ("-0,5", "-0.5"), ("1234", "1234"),
    ],
)  # fmt: skip
def test_a_decimal_comma_typed_as_text_is_understood(office, typed, read):
    path = office(("population", 2, "population", typed))
    assert read_sheets(path)["population"]["population"].tolist() == [read]


@pytest.mark.parametrize("typed", ["1,234", "1.234", "12 thousand", "1,234,567"])
def test_a_number_that_could_be_two_numbers_is_asked_about_and_not_guessed(
    office, typed
):
    path = office(("population", 2, "population", typed))
    problems = contracts.validate(read_sheets(path)["population"], "population")
    (problem,) = [p for p in problems if p.column == "population"]
    assert problem.code == "type" and typed in problem.sentence


def test_settings_come_back_as_the_city_takes_them(office, blank, tmp_path):
    path = office(
        ("recording_changes", 2, "date", datetime(2023, 1, 1)),
        ("recording_changes", 2, "offence", "0401"),
        ("recording_changes", 2, "note", "New form"),
        ("sources", 2, "table", "incidents"),
        ("sources", 2, "source", "Police"),
        settings={
            "timezone": "America/Lima",
            "synthetic": "Yes",
            "period.from": datetime(2021, 1, 1),
            "period.to": "2025-12-31",
            "disclosure.threshold": 8,
        },
    )
    city = new_city(tmp_path / "other")
    settings = update_settings(city.folder, read_settings(path))
    assert settings.name == "Villa" and settings.timezone == "America/Lima"
    assert settings.synthetic is True
    assert settings.period == (date(2021, 1, 1), date(2025, 12, 31))
    assert settings.disclosure.threshold == 8
    assert settings.disclosure.sensitive_threshold == 10
    assert settings.recording_changes[0].offence == "0401"
    assert settings.tables["incidents"].source == "Police"


def test_a_wrong_setting_in_the_workbook_is_named(office, tmp_path):
    path = office(settings={"timezone": "Lima"})
    city = new_city(tmp_path / "other")
    with pytest.raises(SafelearnError, match="Lima"):
        update_settings(city.folder, read_settings(path))


def test_a_workbook_in_another_language_reads_the_same(blank, tmp_path):
    with use("qps"):
        write_workbook(tmp_path / "city.xlsx", blank.settings)
    book = load_workbook(tmp_path / "city.xlsx")
    sheet = book["areas"]
    column = [cell.value for cell in sheet[1]].index("settlement") + 1
    cell = sheet.cell(2, column)
    rules = sheet.data_validations.dataValidation
    rule = next(r for r in rules if cell.coordinate in str(r.sqref))
    place = rule.formula1.partition("!")[2].replace("$", "")
    shown = [cell.value for (cell,) in book["lists"][place]]
    assert shown[1].startswith("⟦")
    sheet["A2"], cell.value = "01", shown[1]
    book.save(tmp_path / "city.xlsx")
    # The office reads it on another machine, whose language is English.
    assert read_sheets(tmp_path / "city.xlsx")["areas"]["settlement"].tolist() == [
        "informal"
    ]


def test_columns_the_contract_does_not_know_are_handed_on_to_be_named(office, tmp_path):
    path = office(("areas", 2, "area_id", "01"), ("areas", 2, "area_name", "Uno"))
    book = load_workbook(path)
    book["areas"]["F1"], book["areas"]["F2"] = "mayor", "somebody"
    book.save(path)
    (problem,) = contracts.validate(read_sheets(path)["areas"], "areas")
    assert problem.code == "unknown column" and "mayor" in problem.sentence


def test_a_file_that_is_no_workbook_is_named(tmp_path):
    (tmp_path / "city.xlsx").write_text("area_id,area_name", encoding="utf-8")
    with pytest.raises(SafelearnError, match="cannot be read"):
        read_sheets(tmp_path / "city.xlsx")


@pytest.mark.needs("soffice")
def test_a_workbook_saved_by_libreoffice_reads_the_same(office, tmp_path):
    path = office(
        ("areas", 2, "area_id", "0101"),
        ("areas", 2, "area_name", "Peñón"),
        ("areas", 2, "settlement", "Informal"),
        ("population", 4, "area_id", "0101"),
        ("population", 4, "population", 412.5),
        ("demands", 2, "received_on", date(2024, 5, 20)),
        settings={"timezone": "America/Lima", "disclosure.threshold": 8},
    )
    before, settings = read_sheets(path), read_settings(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "saved"
    run = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        out,
        path,
    ]
    subprocess.run(run, check=True, capture_output=True, timeout=180)
    after = read_sheets(out / "filled.xlsx")
    assert list(after) == list(before)
    for name in before:
        filled = [c for c in before[name] if before[name][c].notna().any()]
        assert after[name][filled].equals(before[name][filled])
    assert read_settings(out / "filled.xlsx") == settings
