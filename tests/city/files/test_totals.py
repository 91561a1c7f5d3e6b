"""Totals and notes of a published table are no events, and no neighbourhood is lost for its name."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from safelearn.city.files.totals import marked, recognise, shape_of


def table(text):
    return pd.read_csv(io.StringIO(text), sep=";", dtype="str", na_filter=False)


def aside(text):
    frame = table(text)
    found = recognise(frame)
    return {
        reason: frame.index[rows].tolist() for reason, rows in sorted(found.items())
    }


@pytest.mark.parametrize(
    "word",
    ["TOTAL", "Total general", "TOTAL GERAL", "Summe", "Grand Total", "Gran total:"],
)
def test_a_total_under_a_list_of_neighbourhoods_is_set_aside(word):
    text = f"barrio;delitos\nPopular;12\nAranjuez;7\n{word};20\n"
    assert aside(text) == {"total row": [2]}


def test_subtotals_between_districts_are_set_aside():
    text = (
        "comuna;barrio;delitos\nCentro;La Candelaria;12\nCentro;Prado;8\nSubtotal Centro;;20\n"
        "Norte;Popular;3\nNorte;Granizal;4\nNorte Total;;7\nTotal;;27\n"
    )
    assert aside(text) == {"total row": [2, 5, 6]}


def test_a_neighbourhood_called_total_stays_unless_its_number_is_the_sum():
    assert aside("barrio;casos\nPopular;12\nEl Total;7\nTotal Heights;20\n") == {}
    assert aside("barrio;casos\nPopular;12\nAranjuez;7\nTotal Medellín;19\n") == {
        "total row": [2]
    }


def test_the_sum_of_a_part_of_the_table_is_known_by_its_number():
    text = "mes;delito;n\nEne;Hurto;5\nEne;Robo;6\nEne;TOTAL;11\nFeb;Hurto;2\nFeb;Robo;9\nFeb;TOTAL;11\n"
    assert aside(text) == {"total row": [2, 5]}


def test_everybody_is_a_value_of_sex_and_no_total_row():
    text = "barrio;sexo;poblacion\nPopular;Hombres;5\nPopular;Mujeres;6\nPopular;Total;11\n"
    assert aside(text) == {}


def test_a_sum_without_a_name_below_the_last_row_is_set_aside():
    assert aside("fecha;delito;n\n2024-01-02;Hurto;5\n2024-01-03;Robo;6\n;;11\n") == {
        "total row": [2]
    }
    # A number that is no sum may be a record whose labels are missing.
    assert aside("fecha;delito;n\n2024-01-02;Hurto;5\n2024-01-03;Robo;6\n;;10\n") == {}


def test_notes_below_the_table_are_set_aside():
    text = (
        "fecha;delito;barrio;n\n2024-01-02;Hurto;Popular;5\n2024-01-03;Robo;Prado;6\n"
        "Total;;;11\nFuente: Policía Nacional;SIEDCO;;\n* Cifras sujetas a variación;;;\n"
        "Información extraída el 12 de enero;;;\n"
    )
    assert aside(text) == {"note below the table": [3, 4, 5], "total row": [2]}


@pytest.mark.parametrize(
    "note",
    [
        "Source: city police",
        "Nota: datos preliminares",
        "Quelle: Polizei",
        "Fonte: SSP",
        "(1) Provisional data",
    ],
)
def test_a_note_names_itself_in_any_language(note):
    text = f"date;offence;n\n2024-01-02;Theft;5\n2024-01-03;Theft;6\n{note};;\n"
    assert aside(text) == {"note below the table": [2]}


def test_records_with_few_cells_are_no_notes():
    text = "fecha;delito;barrio\n2024-01-02;Hurto;Prado\n2024-01-03;;\n;;La Nota de Prado\nA-17;;\n"
    assert aside(text) == {}


def test_a_street_that_begins_like_a_note_stays():
    text = "lugar;delito;n\nFuente de los Remedios;Hurto;5\nNota 5;Robo;6\n*Centro*;Robo;7\n"
    assert aside(text) == {}


def test_a_header_that_comes_again_is_no_record():
    text = "Fecha;Delito\n2024-01-02;Hurto\nFecha;Delito\n2024-01-03;Robo\n"
    assert aside(text) == {"repeated header": [1]}


def test_offences_with_the_word_total_stay():
    text = "id;fecha;delito\n1;2024-01-02;Pérdida total\n2;2024-01-03;Total loss fraud\n3;2024-01-04;Hurto\n"
    assert aside(text) == {}


def test_pieces_of_a_long_file_show_their_totals_and_notes_by_themselves():
    frame = table(
        "fecha;delito;n\n2024-01-02;Hurto;5\nSubtotal;;5\n2024-01-03;Robo;6\nTOTAL;;11\nFuente: SIEDCO;;\n"
    )
    shape = shape_of(frame)
    found = {k: v.tolist() for k, v in marked(frame.iloc[3:], shape).items()}
    assert found == {"total row": [True, False], "note below the table": [False, True]}


def test_a_number_that_happens_to_be_a_sum_makes_no_total_of_an_offence():
    text = (
        "fecha;delito;arma\n2024-01-02;Hurto;1\n2024-01-02;Robo;0\n"
        "2024-01-02;Siniestro total;1\n2024-01-02;Total loss fraud;1\n"
    )
    assert aside(text) == {}


def test_a_total_of_rows_in_whatever_column_the_clerk_wrote_its_number():
    rows = [
        (f"D{i}", f"0{i % 9 + 1}/01/2024", "Hurto", "Centro", "Cuchillo")
        for i in range(12)
    ]
    rows.append(("Total de denuncias", "", "", "", "12"))
    frame = pd.DataFrame(rows, columns=["N", "Fecha", "Delito", "Barrio", "Arma"])
    assert recognise(frame)["total row"].tolist() == [False] * 12 + [True]


def test_a_total_behind_a_code_is_one_if_it_adds_up():
    rows = [
        ("W1", "Market", "2024-01", "Theft", "4"),
        ("W1", "Market", "2024-02", "Theft", "6"),
    ]
    rows += [
        ("W1", "Total Market", "", "", "10"),
        ("W2", "Hill", "2024-01", "Theft", "3"),
    ]
    rows += [("W2", "Hill", "2024-02", "Theft", "5"), ("W2", "Total Hill", "", "", "9")]
    names = ["Ward code", "Ward", "Month", "Crime head", "Cases"]
    frame = pd.DataFrame(rows, columns=names)
    assert recognise(frame)["total row"].tolist() == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]
