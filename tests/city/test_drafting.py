"""A city that has not listed its areas begins with those that its files name."""

from __future__ import annotations

import pandas as pd

from safelearn.city.drafting import draft_areas


def frame(**columns):
    return pd.DataFrame({k: v * 20 for k, v in columns.items()}, dtype="str")


def test_codes_and_their_names():
    rows = frame(code=["01", "02", ""], name=["Alto", "Bajo", "Nowhere"])
    drafted = draft_areas(rows, {"area_id": "code", "area_name": "name"})
    assert drafted[["area_id", "area_name"]].to_numpy().tolist() == [
        ["01", "Alto"],
        ["02", "Bajo"],
    ]


def test_names_alone_give_codes_that_can_be_read():
    drafted = draft_areas(
        frame(name=["Peñón Alto", "PEÑON  ALTO", "Bajo"]), {"area_name": "name"}
    )
    assert drafted["area_id"].tolist() == ["bajo", "penon-alto"]


def test_addresses_are_no_areas():
    rows = pd.DataFrame({"name": [f"Street {i}" for i in range(100)]}, dtype="str")
    assert draft_areas(rows, {"area_name": "name"}) is None
    assert draft_areas(rows, {}) is None


def test_a_second_file_adds_its_areas():
    first = draft_areas(frame(name=["Alto"]), {"area_name": "name"})
    both = draft_areas(frame(name=["Bajo"]), {"area_name": "name"}, first)
    assert both["area_name"].tolist() == ["Alto", "Bajo"]
