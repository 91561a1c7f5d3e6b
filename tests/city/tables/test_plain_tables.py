"""A filled-in table: rows that break its contract are set aside with the sentence that says why."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.formats import Source
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.plain_tables import read_frame, read_plain
from safelearn.errors import SafelearnError

KNOWN = {"areas": {"01"}}


def demands(**columns):
    return pd.DataFrame(columns, dtype="str")


def good(n):
    from safelearn.city.contracts import contract

    fields = contract("areas")["fields"]
    return pd.DataFrame(
        {f["name"]: [str(f["example"])] * n for f in fields}, dtype="str"
    ).assign(area_id=[f"{i:05d}" for i in range(n)])


def test_a_value_that_is_not_allowed_sets_its_row_aside():
    frame = good(3)
    frame.loc[1, "settlement"] = "posh"
    reading = read_frame(frame, "areas", {}, where="a.csv")
    assert reading.accounting.set_aside == {"breaks the contract": 1}
    assert "posh" in reading.details[1] and len(reading.frame) == 2


def test_a_code_twice_is_a_repeated_row():
    frame = good(2)
    frame["area_id"] = ["01", "01"]
    assert read_frame(frame, "areas", {}, where="a").accounting.set_aside == {
        "repeated row": 1
    }


def test_thousands_of_wrong_rows_are_all_set_aside():
    frame = good(4000)
    frame.loc[1:3500, "settlement"] = "posh"
    reading = read_frame(frame, "areas", {}, where="a.csv")
    assert reading.accounting.set_aside == {"breaks the contract": 3500}
    assert len(reading.frame) == reading.accounting.rows_used == 500


def test_a_missing_column_is_an_error():
    with pytest.raises(SafelearnError, match="needs a column called"):
        read_frame(good(1).drop(columns="area_name"), "areas", {}, where="a.csv")


AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])


def read(table, **columns):
    columns = {k.replace("_", " "): v for k, v in columns.items()}
    source = Source(frame=pd.DataFrame(columns, dtype="str"), name="t.csv")
    return read_plain(source, table, {"areas": {"01", "02"}}, AREAS)


def taken(reading, *columns):
    return [tuple(r) for r in reading.frame[list(columns)].itertuples(index=False)]


def day(text):
    return pd.Timestamp(text)


DEMANDS = {
    "Código": ["D1", "D2"],
    "Fecha_de_recepción": ["13/04/2024", "05/06/2024"],
    "Canal": ["Asamblea", "letter"],
    "Tema": ["alumbrado público", "Police"],
    "Demanda": ["Luz en el parque", "Más presencia"],
    "Barrio": ["Alto", "02"],
    "Apoyos": ["1.250", "80"],
}


def test_spanish_titles_labels_dates_numbers_and_names_of_areas_are_understood():
    columns = {k: v for k, v in DEMANDS.items() if k != "Código"}
    reading = read("demands", demand_id=["D1", "D2"], **columns)
    assert taken(reading, "demand_id", "received_on", "area_id", "supporters") == [
        ("D1", day("2024-04-13"), "01", 1250),
        ("D2", day("2024-06-05"), "02", 80),
    ]
    assert list(reading.frame["channel"]) == ["assembly", "letter"]
    assert any("Fecha de recepción → received_on" in note for note in reading.notes)


def test_one_message_a_column_says_how_many_rows_it_cost_and_what_is_allowed():
    n = 300
    reading = read(
        "areas",
        area_id=[f"{i:03d}" for i in range(n + 1)],
        area_name=["x"] * (n + 1),
        settlement=["formal"] + ["posh"] * n,
    )
    said = [note for note in reading.notes if "settlement" in note]
    assert len(said) == 1
    assert "300 rows" in said[0] and "“posh”" in said[0] and "peri_urban" in said[0]
    assert reading.details[5].startswith("settlement: “posh” is not allowed here.")


def test_a_file_without_codes_gets_one_a_row_and_keeps_rows_that_are_alike():
    columns = {k: v for k, v in DEMANDS.items() if k != "Código"}
    twice = {k: [v[0], v[0]] for k, v in columns.items()}
    reading = read("demands", **twice)
    assert reading.accounting.rows_used == 2
    assert reading.frame["demand_id"].is_unique
    assert any("no column demand_id" in note for note in reading.notes)


def test_a_missing_column_is_named_with_the_title_that_may_be_meant():
    columns = {k: v for k, v in DEMANDS.items() if k != "Tema"}
    with pytest.raises(SafelearnError) as error:
        read("demands", Temas=["x", "y"], **columns)
    assert "`topic`" in error.value.what and "“Temas”" in error.value.remedy


def test_several_missing_columns_are_named_at_once():
    with pytest.raises(SafelearnError, match="`topic` and `demand`"):
        read("demands", demand_id=["1"], received_on=["2024-01-01"], channel=["letter"])


def test_a_month_is_no_day_and_its_row_is_set_aside():
    columns = {**DEMANDS, "Fecha_de_recepción": ["04/2024", "05/06/2024"]}
    reading = read("demands", **columns)
    assert reading.accounting.set_aside == {"breaks the contract": 1}


def test_columns_of_people_are_never_stored_and_that_is_said():
    reading = read("demands", Nombre_completo=["Ana Ruiz", "B"], Teléfono=["x", "y"], **DEMANDS)  # fmt: skip
    assert "Ana Ruiz" not in reading.frame.to_csv()
    (said,) = [note for note in reading.notes if "single people" in note]
    assert "Nombre completo and Teléfono" in said and "source/" in said


def test_a_column_of_telephones_is_known_by_its_values():
    reading = read("demands", dato=["+57 300 123 4567", ""], **DEMANDS)
    assert any("dato" in note and "single people" in note for note in reading.notes)


def test_a_telephone_in_a_text_is_taken_out_of_it():
    columns = {**DEMANDS, "Demanda": ["Llamar a +57 300 123 4567 por la luz", "x"]}
    reading = read("demands", **columns)
    assert list(reading.frame["demand"]) == ["Llamar a … por la luz", "x"]
    assert any("1 cell held a telephone number" in note for note in reading.notes)


def test_an_area_that_is_unknown_is_an_unknown_area():
    columns = {**DEMANDS, "Barrio": ["Alto", "Centro"]}
    reading = read("demands", **columns)
    assert reading.accounting.set_aside == {"unknown area": 1}


def test_money_keeps_its_value_whatever_its_marks():
    from safelearn.city.tables.cells import read_amounts

    written = ["$ 1.234,50", "€ 99,00", "1 000,25 €", "(200,00)", "COP 3.000.000,00"]
    assert list(read_amounts(pd.Series(written))) == [
        1234.5,
        99,
        1000.25,
        -200,
        3000000,
    ]
