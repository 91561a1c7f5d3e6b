"""A filled-in table: rows that break its contract are set aside with the sentence that says why."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.plain_tables import read_frame
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
