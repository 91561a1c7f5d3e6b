"""One file an offence, named above the table or in the name of the file."""

from __future__ import annotations

import pytest

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.titled import offence_in

WORDS = read_crosswalk("siedco")


@pytest.mark.parametrize(
    ("titles", "name", "offence"),
    [
        (
            ["POLICÍA NACIONAL", "HURTO A PERSONAS AÑO 2023"],
            "x.xls",
            "Hurto a personas",
        ),
        ([], "Hurto%20a%20residencias_12.xls", "Hurto a residencias"),
        ([], "homicidio_intencional_2022_0.xlsx", "Homicidio intencional"),
        ([], "Extorsi%C3%B3n.xlsx: Hoja1", "Extorsion"),
        (
            ["LESIONES EN ACCIDENTE DE TRÁNSITO"],
            "x",
            "Lesiones en accidente de transito",
        ),
        (["Homicidio"], "hurto_personas.xls", "Homicidio"),
        (["Enero - diciembre 2023"], "datos.xls", ""),
    ],
)
def test_the_longest_offence_named_is_the_files(titles, name, offence):
    assert offence_in(titles, name, WORDS) == offence


def test_an_offence_so_named_has_a_code():
    for name in ("Hurto%20a%20residencias.xls", "homicidio_intencional.xlsx"):
        assert WORDS.code(offence_in([], name, WORDS))


def test_a_word_inside_another_is_no_offence():
    assert offence_in(["Homicidiología aplicada"], "x", WORDS) == ""
