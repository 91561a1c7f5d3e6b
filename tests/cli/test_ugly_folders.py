"""Folders as towns keep them, brought in by commands alone: no row is lost or counted twice, and refusals help."""

from __future__ import annotations

import csv
import datetime

import openpyxl
import pytest

from safelearn.city.folder import City
from safelearn.cli import main

BARRIOS = ("San José", "La Loma", "Las Flores")
DELITOS = ("Hurto", "Lesiones personales", "Homicidio")
MESES = ("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto")


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "town"
    assert command("city", "new", folder) == 0
    return folder


def command(*words):
    with pytest.raises(SystemExit) as ended:
        main([str(w) for w in words])
    return int(ended.value.code or 0)


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def text(path, rows, **options):
    encoding = options.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **options).writerows(rows)
    return path


def facts(month, n):
    """So many facts of a month: day, barrio, offence."""
    return [
        (datetime.date(2023, month, 1 + i % 28), BARRIOS[i % 3], DELITOS[i % 3])
        for i in range(n)
    ]


def dated(folder):
    """Events a month of the city's table."""
    rows = City.open(folder).incidents()
    months = rows.groupby(rows["occurred_from"].dt.month)["count"].sum()
    return {int(m): int(n) for m, n in months.items()}


def test_a_file_a_month_with_titles_totals_and_other_words_each_time(tmp_path, town):
    heads = (
        ("Fecha", "Barrio", "Delito"),
        ("FECHA DEL HECHO", "BARRIO", "DELITO"),
        ("fecha ", "Sector ", "Tipo de delito"),
    )
    for month, name in enumerate(MESES, start=1):
        rows = [
            ("Informe de " + name,),
            (),
            heads[month % 3],
            *facts(month, 20 + month),
        ]
        file = workbook(tmp_path / f"{name}.xlsx", Hoja1=[*rows, ("Total", None, 7)])
        assert command("city", "import", town, file) == 0
    assert dated(town) == {m: 20 + m for m in range(1, 9)}
    assert City.open(town).incidents()["area_id"].notna().all()
    assert set(City.open(town).table("areas")["area_name"]) == set(BARRIOS)


def test_a_sheet_a_month_and_a_summary(tmp_path, town):
    sheets = {
        name: [("Fecha", "Barrio", "Delito"), *facts(month, 10 + month)]
        for month, name in enumerate(MESES, start=1)
    }
    total = [(name, 10 + m) for m, name in enumerate(MESES, start=1)]
    file = workbook(
        tmp_path / "2023.xlsx", **sheets, Resumen=[("Mes", "Total"), *total]
    )
    assert command("city", "import", town, file) == 0
    assert dated(town) == {m: 10 + m for m in range(1, 9)}


def test_a_log_kept_by_hand_with_one_cell_a_day(tmp_path, town, capsys):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Día", "Hora", "Lugar", "Novedad"])
    for day in range(1, 21):
        first = sheet.max_row + 1
        for i in range(3):
            when = datetime.date(2023, 4, day) if not i else None
            sheet.append([when, "10 pm", BARRIOS[i], "pelea entre vecinos"])
        sheet.merge_cells(f"A{first}:A{first + 2}")
    book.save(tmp_path / "bitácora.xlsx")
    codes = [("codigo", "nombre"), *((f"0{i}", b) for i, b in enumerate(BARRIOS, 1))]
    assert command("city", "import", town, text(tmp_path / "areas.csv", codes)) == 0
    assert command("city", "import", town, tmp_path / "bitácora.xlsx") == 0
    rows = City.open(town).incidents()
    assert len(rows) == 60
    assert rows["area_id"].value_counts().to_dict() == {"01": 20, "02": 20, "03": 20}
    assert set(rows["occurred_from"].dt.hour) == {22}
    assert rows["occurred_from"].dt.day.value_counts().to_dict() == dict.fromkeys(
        range(1, 21), 3
    )


def test_arabic_in_utf_16_once_it_is_said_what_it_is(tmp_path, town, capsys):
    # Eastern digits: 15/06/2023.
    day = "\u0661\u0665/\u0660\u0666/\u0662\u0660\u0662\u0663"
    rows = [("التاريخ", "الحي", "الجريمة"), *[(day, "الشمال", "سرقة")] * 30]
    file = text(tmp_path / "a.csv", rows, encoding="utf-16", delimiter=";")
    assert command("city", "import", town, file) == 2
    assert "--table incidents" in capsys.readouterr().err
    assert command("city", "import", town, file, "--table", "incidents") == 0
    assert dated(town) == {6: 30}


def test_a_quarter_that_revises_the_former_one(tmp_path, town, capsys):
    head = ("numero_caso", "fecha", "barrio", "delito")
    old = [(f"C{i:03d}", *row) for i, row in enumerate(facts(3, 100))]
    # 5 are withdrawn, 10 are found to be another offence, 8 are new.
    new = [(*r[:3], "Violación") if i < 10 else r for i, r in enumerate(old[:95])]
    new += [
        (f"N{i}", datetime.date(2023, 3, 30), BARRIOS[0], "Hurto") for i in range(8)
    ]
    first, second = (
        text(tmp_path / f"{name}.csv", [head, *rows])
        for name, rows in (("T1", old), ("T1 revisado", new))
    )
    assert command("city", "import", town, first) == 0
    capsys.readouterr()
    assert command("city", "import", town, second) == 0
    said = capsys.readouterr().out
    for number in (
        "8 rows are new",
        "85 rows were there",
        "10 earlier rows were revised",
    ):
        assert number in said
    assert "5 earlier rows of 2023-03 to 2023-03 do not come again" in said
    assert dated(town) == {3: 108}
    assert command("city", "undo", town) == 0
    assert dated(town) == {3: 100}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Barrio", *DELITOS), ("San José", 3, 4, 5)], "is an offence"),
        ([("Barrio", "Ene", "Feb"), ("San José", 3, 4)], "is a period"),
        ([("Mes", "Barrio", "Delito", "Casos"), ("Enero", "X", "Y", 3)], "which year"),
        ([("Dia", "Barrio", "Delito"), ("3-Ene", "X", "Y")], "such as 3-Ene"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    tmp_path, town, capsys, rows, said
):
    head, *cells = rows
    file = text(tmp_path / "conteos.csv", [head, *cells * 3])
    assert command("city", "import", town, file) == 2
    err = capsys.readouterr().err
    assert said in " ".join(err.split()) and "Traceback" not in err
    assert City.open(town).incidents() is None
