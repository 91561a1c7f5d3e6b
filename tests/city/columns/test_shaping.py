"""A published table is brought into rows before anything is read from it."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.columns.profiles import parse_profile, profile_named
from safelearn.city.columns.shaping import mend_codes, shape
from safelearn.city.files.sources import Source


def text(**columns):
    return pd.DataFrame(columns, dtype="str")


@pytest.mark.parametrize(
    ("published", "meant"),
    [
        ("05001000", "05001"),
        ("5001000", "05001"),
        ("5001", "05001"),
        ("05001", "05001"),
        ("11001000", "11001"),
        ("11001", "11001"),
        ("", ""),
        ("NO REPORTA", ""),
        ("050010001", "050010001"),
    ],
)
def test_a_code_gets_back_the_zero_that_a_spreadsheet_ate(published, meant):
    frame = text(municipio=["M"], fecha_hecho=["2020-01-01"], codigo_dane=[published])
    shaped, _ = shape(Source(frame, name="f"), profile_named("siedco"))
    assert shaped.frame["codigo_dane"].item() == meant


def test_a_profile_without_lengths_leaves_codes_alone():
    profile = parse_profile('name = "o"\n[columns]\narea_id = ["code"]\n', where="o")
    frame = text(code=["7", "0012"])
    assert mend_codes(frame, profile) is frame


def test_each_long_row_knows_its_row_of_the_file_even_read_in_pieces():
    frame = text(
        Station=["A", "B", "C"],
        Category=["Murder"] * 3,
        **{"2011/2012": ["1", "", "3"], "2012/2013": ["4", "5", "6"]},
    )
    source = Source(frame, name="f", broken=pd.Series([False, True, False]).to_numpy())
    shaped, notes = shape(source, profile_named("saps"))
    pieces = list(shaped.chunks(2))
    assert [list(p.origin) for p in pieces] == [[0, 0, 1], [2, 2]]
    assert [list(p.broken) for p in pieces] == [[False, False, True], [False, False]]
    assert [list(p.frame["count"]) for p in pieces] == [["1", "4", "5"], ["3", "6"]]
    assert "counts under 2011" in notes[0]
    assert notes[1].startswith("1 cell of the periods holds no number")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("٢٠٢٣-٠٦-١٥", "2023-06-15"),
        ("९१", "91"),
        ("۱۲٫۵", "12.5"),
    ],
)
def test_figures_of_another_script_are_read_as_figures(written, read):
    frame = text(fecha=[written], barrio=["حي ٣"], n=["7"])
    shaped, said = shape(Source(frame, name="f"), profile_named("generic"))
    assert shaped.frame["fecha"].item() == read
    assert shaped.frame["barrio"].item() == "حي ٣"
    assert len(said) == 1 and "fecha" in said[0]
