"""A person says what a word means, in a workbook that any spreadsheet program may have saved."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.imports.history import change
from safelearn.city.places.matching import NONE_OF_THEM, KnownAreas, confirmation_key
from safelearn.city.review import lists as review
from safelearn.errors import SafelearnError

AREAS = KnownAreas(
    ["0101", "0102", "0110"],
    ["Santa Elena", "Robledo", "Ñuñoa"],
    parents=["Norte", "Sur", ""],
)
CODES = dict(zip(AREAS.codes, AREAS.names, strict=True))


def strange(*rows):
    columns = ["value", "parent", "kind", "area", "rows"]
    return pd.DataFrame(rows, columns=columns)


OPEN = strange(
    ("Sta. Helena", "", "name", "", 40),
    ("0199", "", "code", "", 7),
    ("Bº Robledo", "Sur", "completed", "0102", 12),
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "review").mkdir()
    return tmp_path


def wrote(folder, rows=OPEN, areas=AREAS, **options):
    with change(folder) as staged:
        review.write_strange_areas(staged, rows, areas, **options)
        staged.commit(1)
    return folder / review.AREAS


def answer(path, value, text):
    """Choose or type something in the last column of the row of `value`."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    last = [c.value for c in sheet[3]].index("Confirmed") + 1
    for row in sheet.iter_rows(min_row=4):
        if row[0].value == value:
            sheet.cell(row[0].row, last, text)
    book.save(path)
    return path


def listed(path):
    """The rows of the list, as a person sees them."""
    sheet = load_workbook(path).worksheets[0]
    titles = [c.value for c in sheet[3]]
    return [
        dict(zip(titles, (c.value for c in row), strict=True))
        for row in sheet.iter_rows(min_row=4)
    ]


def test_each_name_stands_with_its_rows_and_the_areas_most_like_it(folder):
    rows = {row["As published"]: row for row in listed(wrote(folder))}
    assert rows["Sta. Helena"]["Rows"] == 40
    assert rows["Sta. Helena"]["Most like"] == "0101 - Santa Elena"
    assert rows["Sta. Helena"]["Likeness (of 100)"] > 90
    assert rows["Bº Robledo"]["Most like"] == "0102 - Robledo"


def test_codes_are_never_matched_by_likeness(folder):
    rows = {row["As published"]: row for row in listed(wrote(folder))}
    assert rows["0199"]["Most like"] is None


def test_the_drop_down_takes_its_choices_from_a_sheet_and_not_from_the_rule(folder):
    book = load_workbook(wrote(folder))
    (rule,) = book.worksheets[0].data_validations.dataValidation
    assert rule.formula1 == "choices!$A$1:$A$4"
    assert not rule.showErrorMessage
    choices = [row[0].value for row in book["choices"].iter_rows()]
    assert choices[:2] == ["none of them", "0101 - Santa Elena"]


@pytest.mark.parametrize(
    "said", ["0101 - Santa Elena", "0101", "101", 101, "santa elena", "0101 - St. E."]
)
def test_an_area_may_be_chosen_or_its_code_typed(folder, said):
    path = answer(wrote(folder), "Sta. Helena", said)
    assert review.confirmed_areas(path, CODES) == {
        confirmation_key("Sta. Helena"): "0101"
    }


def test_none_of_them_is_an_answer_too(folder):
    path = answer(wrote(folder), "Sta. Helena", "none of them")
    assert set(review.confirmed_areas(path, CODES).values()) == {NONE_OF_THEM}


def test_a_name_confirmed_beside_its_district_counts_only_there(folder):
    path = answer(wrote(folder), "Bº Robledo", "0110 - Ñuñoa")
    known = KnownAreas(
        AREAS.codes,
        AREAS.names,
        parents=AREAS.parents,
        confirmed=review.confirmed_areas(path, CODES),
    )
    assert known.find("Bº Robledo", "Sur").position == 2
    assert known.find("Bº Robledo").position == 1


def test_answers_stay_when_the_list_is_written_again(folder):
    answer(wrote(folder), "Sta. Helena", "0101")
    path = wrote(folder, strange(("Zzz", "", "name", "", 1)))
    rows = {row["As published"]: row for row in listed(path)}
    assert rows["Sta. Helena"]["Confirmed"] == "0101 - Santa Elena"
    assert set(rows) == {"Sta. Helena", "0199", "Bº Robledo", "Zzz"}


def test_a_list_of_all_files_forgets_what_is_open_no_more(folder):
    wrote(folder)
    path = wrote(folder, strange(("Zzz", "", "name", "", 1)), fresh=True)
    assert [row["As published"] for row in listed(path)] == ["Zzz"]


def test_a_second_file_with_the_same_name_adds_its_rows(folder):
    wrote(folder)
    rows = listed(wrote(folder, strange(("Sta. Helena", "", "name", "", 2))))
    assert {r["As published"]: r["Rows"] for r in rows}["Sta. Helena"] == 42


def test_nothing_to_settle_leaves_no_workbook(folder):
    wrote(folder)
    assert not wrote(folder, OPEN.iloc[:0], fresh=True).exists()


def as_csv(path, target, mark):
    """What a spreadsheet program makes of the first sheet when told to save it as CSV."""
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    with target.open("w", encoding="cp1252", newline="") as stream:
        out = csv.writer(stream, delimiter=mark)
        for row in rows:
            out.writerow(["" if v is None else str(v).replace(".", ",") for v in row])
    return target


def test_a_csv_with_semicolons_and_decimal_commas_is_read_as_well(folder, tmp_path):
    book = answer(wrote(folder), "Ñandú", "0110")
    book = answer(
        wrote(folder, strange(("Ñandú", "", "name", "", 3))), "Ñandú", "0110 - Ñuñoa"
    )
    saved = as_csv(book, tmp_path / "areas.csv", ";")
    assert review.is_review_workbook(saved)
    assert review.confirmed_areas(saved, CODES) == {confirmation_key("Ñandú"): "0110"}


def test_a_file_of_incidents_is_no_review_workbook(tmp_path):
    path = tmp_path / "crimes.csv"
    path.write_text("date;area\n2024-01-01;0101\n", encoding="utf-8")
    assert not review.is_review_workbook(path)
    assert not review.is_review_workbook(tmp_path / "crimes.parquet")


def test_taking_a_copy_keeps_the_rows_that_were_deleted_in_it(folder, tmp_path):
    book = wrote(folder)
    copy = shutil.copyfile(book, tmp_path / "from-a-colleague.xlsx")
    answer(copy, "Sta. Helena", "0101")
    changed = load_workbook(copy)
    changed.worksheets[0].delete_rows(5, 2)
    changed.save(copy)
    with change(folder) as staged:
        taken = review.take(staged, copy, AREAS)
        staged.commit(2)
    assert (taken.kind, taken.confirmed) == ("areas", 1)
    rows = {row["As published"]: row["Confirmed"] for row in listed(book)}
    assert rows["Sta. Helena"] == "0101 - Santa Elena"
    assert set(rows) == {"Sta. Helena", "0199", "Bº Robledo"}


def test_an_answer_that_is_no_area_is_refused_with_its_row(folder):
    path = answer(wrote(folder), "Sta. Helena", "9999")
    with (
        pytest.raises(SafelearnError, match="9999") as raised,
        change(folder) as staged,
    ):
        review.take(staged, path, AREAS)
    assert "row 4" in raised.value.where


def offences(folder, *rows):
    labels = pd.DataFrame(rows, columns=["value", "rows"])
    with change(folder) as staged:
        known = read_crosswalk("generic")
        review.write_strange_offences(staged, labels, known)
        staged.commit(1)
    return folder / review.OFFENCES


def test_the_analysts_own_words_stand_with_the_nearest_official_offence(folder):
    path = offences(folder, ("Robery", 31), ("Extravío de documentos", 5))
    first, second = listed(path)
    assert first["As published"] == "Robery"
    assert first["Rows"] == 31
    assert first["Most like"] == "0401 - Robbery"
    assert second["Most like"] is None


def test_an_offence_is_confirmed_by_code_or_excluded(folder):
    path = offences(folder, ("Robery", 31), ("Extravío de documentos", 5), ("Zzz", 1))
    answer(path, "Robery", 401)
    answer(path, "Extravío de documentos", "exclude: not an offence")
    assert review.confirmed_offences(path) == {
        "robery": "0401",
        "extravio de documentos": "exclude",
    }


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_the_workbook_survives_being_saved_by_libreoffice(folder, tmp_path, form):
    path = answer(wrote(folder), "Sta. Helena", "0101 - Santa Elena")
    saved = saved_by_libreoffice(path, tmp_path / "saved", form)
    assert review.is_review_workbook(saved)
    assert review.confirmed_areas(saved, CODES) == {
        confirmation_key("Sta. Helena"): "0101"
    }
    if form == "xlsx":
        again = load_workbook(saved)
        assert again.worksheets[0].data_validations.dataValidation
        assert again["choices"]["A2"].value == "0101 - Santa Elena"


@pytest.mark.needs("soffice")
def test_a_csv_that_libreoffice_makes_of_it_is_read_as_well(folder, tmp_path):
    path = answer(wrote(folder), "0199", "101")
    saved = saved_by_libreoffice(
        path, tmp_path / "saved", "csv:Text - txt - csv (StarCalc):59,34,76"
    )
    assert ";" in saved.read_text(encoding="utf-8")
    assert review.confirmed_areas(saved, CODES) == {
        confirmation_key("0199", kind="code"): "0101"
    }


def saved_by_libreoffice(path: Path, target: Path, form: str) -> Path:
    profile = (target / "profile").resolve().as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(target),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return target / f"{path.stem}.{form.partition(':')[0]}"
