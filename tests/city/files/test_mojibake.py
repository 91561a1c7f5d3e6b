"""Letters that a wrong encoding spoilt come back where that is certain, and only there."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.mojibake import meant, settle_repairs


def table(**columns):
    return pd.DataFrame({k: pd.Series(v, dtype="str") for k, v in columns.items()})


def spoil(text, encoding="cp1252"):
    """What a program makes of UTF-8 that it takes for another encoding."""
    letters = []
    for byte in text.encode("utf-8"):
        try:
            letters.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            # Windows leaves the five bytes without a letter as they are.
            letters.append(chr(byte))
    return "".join(letters)


def mended(frame):
    return settle_repairs(frame).apply(frame)


def test_names_read_in_the_wrong_encoding_come_back():
    frame = table(
        barrio=["BelÃ©n", "PeÃ±ol", "Popular", "Ãlamos".replace("Ã", "Ã\x81")]
    )
    assert mended(frame)["barrio"].tolist() == ["Belén", "Peñol", "Popular", "Álamos"]
    (note,) = settle_repairs(frame).notes
    assert note.startswith("3 cells were in UTF-8")
    # A letter shows what was done, and no cell of the file is repeated: such notes are published.
    assert "Ã© for é" in note and "Bel" not in note


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "name", ["São Paulo", "Ñuñoa", "Łódź", "Москва", "L’Été – œuf"]
)
def test_every_letter_comes_back_from_either_encoding(name, encoding):
    text = spoil(name, encoding)
    assert meant(text) == name
    assert mended(table(a=[text, "x"]))["a"].tolist() == [name, "x"]


def test_letters_spoilt_twice_come_back():
    twice = spoil(spoil("Belén"))
    assert twice == "BelÃƒÂ©n"
    assert mended(table(a=[twice, "Peñol"]))["a"].tolist() == ["Belén", "Peñol"]


def test_one_cell_that_does_not_come_back_keeps_its_whole_column_as_it_is():
    # The é beside the spoilt ñ was never UTF-8: nobody can say what the cell was.
    frame = table(a=["BelÃ©n", "Josée PeÃ±ol"], b=["PeÃ±ol", "Popular"])
    result = mended(frame)
    assert result["a"].tolist() == frame["a"].tolist()
    assert result["b"].tolist() == ["Peñol", "Popular"]
    notes = " ".join(settle_repairs(frame).notes)
    assert "cannot be given back for certain, in these columns: a." in notes


def test_portuguese_capitals_are_not_taken_for_spoilt_letters():
    frame = table(a=["NÃO INFORMADO", "IRMÃ DULCE", "SÃO JOÃO", "«MANHÃ»"])
    assert mended(frame)["a"].tolist() == frame["a"].tolist()


def test_a_question_mark_for_a_letter_is_counted_and_never_guessed():
    frame = table(a=["Bel?n", "Nu?ez", "why?", "Medell\ufffdn"], b=["x", "y", "z", ""])
    assert mended(frame).equals(frame)
    (note,) = settle_repairs(frame).notes
    assert "lost in 3 cells" in note and "columns: a." in note


def test_names_of_columns_come_back_too():
    frame = table(**{"AÃ±o": ["2024"], "delito": ["x"]})
    assert list(mended(frame).columns) == ["Año", "delito"]


def test_two_columns_never_get_the_same_name():
    frame = table(**{"AÃ±o": ["2024"], "Año": ["2023"]})
    assert list(mended(frame).columns) == ["AÃ±o", "Año"]


def test_a_clean_table_needs_no_repair():
    assert not settle_repairs(table(a=["Belén", "Peñol"], b=["1", "2"]))
    assert settle_repairs(table(a=["Belén"])).notes == ()


def test_pieces_of_a_file_are_mended_as_the_whole_is():
    frame = table(a=["BelÃ©n", "Popular", "PeÃ±ol", spoil(spoil("Ñuñoa"))])
    repairs = settle_repairs(frame)
    pieces = [repairs.apply(frame.iloc[i : i + 1]) for i in range(4)]
    assert pd.concat(pieces)["a"].tolist() == ["Belén", "Popular", "Peñol", "Ñuñoa"]
