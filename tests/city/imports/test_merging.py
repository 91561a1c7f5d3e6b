"""A second file adds to the first, and nothing is counted twice that can be known again."""

from __future__ import annotations

import pandas as pd

from safelearn.city.imports.merging import merge


def test_other_tables_are_told_apart_by_their_key():
    before = pd.DataFrame(
        {"area_id": ["01", "02"], "area_name": ["Alto", "Bajo"]}, dtype="str"
    )
    new = pd.DataFrame(
        {"area_id": ["02", "03"], "area_name": ["El Bajo", "Centro"]}, dtype="str"
    )
    merged = merge(before, new, "areas")
    assert merged.frame["area_name"].tolist() == ["Alto", "El Bajo", "Centro"]
    assert merged.revised == 1
