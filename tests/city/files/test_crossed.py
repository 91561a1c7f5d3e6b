"""A table whose columns are what it counts is no table of incidents, and is refused with the way out."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.crossed import crossed_columns, refuse_crossed
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.errors import SafelearnError


def table(columns, *rows):
    return pd.DataFrame(rows, columns=columns, dtype="str")


def test_a_column_an_offence():
    counts = table(["Ward", "Theft", "Robbery", "Total"], ["North", "1,204", "3", "9"])
    assert crossed_columns(counts) == ("offences", ["Theft", "Robbery"])


def test_a_column_a_month():
    counts = table(["Barrio", "Ene", "Feb", "Mar"], ["Norte", "4", "0", "2"])
    assert crossed_columns(counts) == ("periods", ["Ene", "Feb", "Mar"])


def test_words_under_such_titles_are_no_counts():
    answers = table(["id", "Theft", "Robbery"], ["1", "yes", "no"])
    assert crossed_columns(answers) == ("", [])


def test_a_list_of_incidents_is_left_in_peace():
    listed = table(["date", "offence", "count"], ["2024-01-03", "Theft", "2"])
    refuse_crossed(listed, "listed.csv")


@pytest.mark.parametrize("wanted", [None, "incidents"])
def test_a_cross_table_is_refused_whatever_it_is_called(tmp_path, wanted):
    new_city(tmp_path / "town", name="Town")
    file = tmp_path / "2024.csv"
    file.write_text("Ward,Theft,Homicide,Total\nNorth,5,1,6\nSouth,2,0,2\n")
    with pytest.raises(SafelearnError, match="its cells are counts"):
        import_file(tmp_path / "town", file, table=wanted)
