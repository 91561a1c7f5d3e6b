"""Two rows of titles, one over the other, name the columns together."""

from __future__ import annotations

from safelearn.city.files.double_headers import double_header


def test_sexes_over_ages_are_joined():
    rows = [
        ["Población por barrio", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["Código", "Barrio", "Hombres", "", "Mujeres", ""],
        ["", "", "0-14", "15+", "0-14", "15+"],
        ["01", "Alto", "5", "6", "7", "8"],
    ]
    assert double_header(rows) == (
        3,
        ["Código", "Barrio", "Hombres 0-14", "Hombres 15+", "Mujeres 0-14", "Mujeres 15+"],
    )  # fmt: skip


def test_years_over_sexes_are_joined():
    rows = [
        ["", "2018", "", "2019", ""],
        ["Código", "H", "M", "H", "M"],
        ["01", "5", "6", "7", "8"],
    ]
    assert double_header(rows) == (1, ["Código", "2018 H", "2018 M", "2019 H", "2019 M"])  # fmt: skip


def test_merged_cells_that_were_filled_read_the_same():
    rows = [
        ["Código", "Hombres", "Hombres", "Mujeres", "Mujeres"],
        ["Código", "0-14", "15+", "0-14", "15+"],
        ["01", "5", "6", "7", "8"],
    ]
    men, women = ["Hombres 0-14", "Hombres 15+"], ["Mujeres 0-14", "Mujeres 15+"]
    assert double_header(rows)[1] == ["Código", *men, *women]


def test_a_title_above_a_header_is_no_header():
    rows = [
        ["Delitos 2024", "", ""],
        ["fecha", "delito", "barrio"],
        ["2024-01-01", "Hurto", "Alto"],
    ]
    assert double_header(rows) is None


def test_a_record_with_empty_cells_below_its_header_is_no_header():
    rows = [
        ["barrio", "sexo", "valor"],
        ["Alto", "Hombres", "48"],
        ["", "Mujeres", "52"],
        ["Bajo", "Hombres", "20"],
    ]
    assert double_header(rows) is None


def test_words_under_words_are_records_and_not_names():
    rows = [
        ["delito", "barrio", "sexo"],
        ["Hurto", "", "Mujer"],
        ["Hurto", "Alto", "Mujer"],
    ]
    assert double_header(rows) is None
