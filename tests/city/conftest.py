"""A new city and its workbook, filled in as an office would."""

from __future__ import annotations

import pytest

#: Events by hour of a city that sleeps: least at 5, most at 21.
_DAY = "30 24 18 12 8 6 8 12 16 20 22 24 26 26 26 28 30 34 38 44 48 50 46 38"  # 0 h to 23 h


@pytest.fixture(scope="session")
def day():
    """How many events each hour of the day has, in a city that sleeps before dawn."""
    return [int(n) for n in _DAY.split()]


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """A city that has only just begun."""
    from safelearn.city.scaffold import new_city

    return new_city(tmp_path_factory.mktemp("cities") / "villa", name="Villa")


@pytest.fixture
def office(blank, tmp_path):
    """Fill cells of the blank workbook in, given as (sheet, row, column name, value), and save it."""
    from openpyxl import load_workbook

    def fill(*cells, settings=None):
        book = load_workbook(blank.folder / "city.xlsx")
        for sheet, row, column, value in cells:
            number = [c.value for c in book[sheet][1]].index(column) + 1
            book[sheet].cell(row, number, value)
        for row in book["settings"].iter_rows(min_row=2):
            if row[0].value in (settings or {}):
                row[1].value = settings[row[0].value]
        book.save(tmp_path / "filled.xlsx")
        return tmp_path / "filled.xlsx"

    return fill
