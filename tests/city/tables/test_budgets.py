"""Budgets as offices export them: every line once, in the year and the unit that the file states."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.formats import Source
from safelearn.city.tables.budgets import looks_like_budget, read_budget
from safelearn.errors import SafelearnError


def read(columns, titles=(), name="presupuesto.xlsx"):
    source = Source(frame=pd.DataFrame(columns, dtype="str"), name=name, titles=titles)
    return read_budget(source, {})


def lines(reading, *columns):
    rows = reading.frame[list(columns)].itertuples(index=False)
    return [tuple(None if pd.isna(v) else v for v in row) for row in rows]


def said(reading, *words):
    return any(all(w in note for w in words) for note in reading.notes)


LINES = {
    "Código": ["3.1", "3.2"],
    "Rubro": ["Alumbrado público", "Compra de uniformes"],
    "Año": ["2024", "2024"],
    "Aprobado": ["$ 1.200.000,50", "$ 300.000,00"],
    "Devengado": ["$ 900.000,25", "$ 300.000,00"],
}


def test_spanish_headings_and_money_are_understood():
    reading = read(LINES)
    assert lines(reading, "line_id", "year", "approved", "spent") == [
        ("3.1", 2024, 1200000.5, 900000.25),
        ("3.2", 2024, 300000.0, 300000.0),
    ]


def test_portuguese_headings_are_understood():
    reading = read(
        {
            "Dotação": ["10"],
            "Exercício": ["2023"],
            "Ação": ["Iluminação pública"],
            "Orçado": ["R$ 1.000,00"],
            "Liquidado": ["R$ 400,00"],
        }
    )
    assert lines(reading, "year", "purpose", "approved", "spent", "currency") == [
        (2023, "lighting", 1000.0, 400.0, "BRL")
    ]


def test_a_purpose_that_nobody_stated_is_other_and_is_named():
    reading = read(LINES)
    assert [p for (p,) in lines(reading, "purpose")] == ["lighting", "other"]
    assert said(reading, "Compra de uniformes", "purpose", "policing")


def test_years_in_columns_become_years_of_lines():
    reading = read(
        {
            "Partida": ["A1", "A2"],
            "Concepto": ["Alumbrado", "Policía"],
            "Aprobado 2023": ["100", "50"],
            "Ejecutado 2023": ["90", "50"],
            "Aprobado 2024": ["120", ""],
            "Ejecutado 2024": ["10", ""],
        }
    )
    assert lines(reading, "line_id", "year", "approved", "spent") == [
        ("A1", 2023, 100, 90),
        ("A2", 2023, 50, 50),
        ("A1", 2024, 120, 10),
    ]
    assert reading.accounting.rows_used == 2 and not reading.accounting.set_aside


def test_totals_and_chapters_are_not_added_to_their_lines():
    reading = read(
        {
            "Código": ["3", "3.1", "3.2", "4", ""],
            "Rubro": ["Seguridad ciudadana", "Alumbrado", "Policía", "Juventud", "TOTAL GENERAL"],
            "Año": ["2024"] * 5,
            "Aprobado": ["300", "100", "200", "50", "350"],
        }
    )  # fmt: skip
    assert reading.accounting.set_aside == {"total row": 2}
    assert reading.frame["approved"].sum() == 350
    assert not said(reading, "TOTAL")


def test_a_chapter_that_is_not_the_sum_of_its_lines_is_counted_and_named():
    reading = read(
        {
            "Código": ["3", "3.1", "3.2"],
            "Rubro": ["Despacho", "Alumbrado", "Policía"],
            "Año": ["2024"] * 3,
            "Aprobado": ["999", "100", "200"],
        }
    )
    assert reading.accounting.rows_used == 3
    assert said(reading, "lines 3 look like chapters")


def test_amounts_in_thousands_are_multiplied_because_the_title_says_so():
    amounts = {"Aprobado": ["1.200", "300"], "Devengado": ["900", "0"]}
    reading = read(LINES | amounts, titles=("Presupuesto 2024 (en miles de pesos)",))
    assert [a for (a,) in lines(reading, "approved")] == [1200000, 300000]
    assert said(reading, "en miles de pesos")


def test_a_negative_amount_in_parentheses_is_never_counted_as_money_approved():
    reading = read(LINES | {"Aprobado": ["(200,00)", "300,00"]})
    assert reading.accounting.set_aside == {"breaks the contract": 1}
    assert said(reading, "approved", "too small")


def test_the_year_comes_from_the_title_and_a_budget_without_one_is_refused():
    columns = {k: v for k, v in LINES.items() if k != "Año"}
    assert lines(read(columns, titles=("Ejecución 2022",)), "year") == [
        (2022,),
        (2022,),
    ]
    with pytest.raises(SafelearnError, match="`year`"):
        read(columns)


def test_two_lines_with_one_number_are_two_lines():
    reading = read(LINES | {"Código": ["7", "7"]})
    assert [i for (i,) in lines(reading, "line_id")] == ["7", "7-2"]


def test_a_budget_is_known_by_its_columns():
    assert looks_like_budget(["Rubro", "Aprobado", "Devengado"])
    assert not looks_like_budget(["barrio", "población"])
