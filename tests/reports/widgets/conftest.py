"""A small city's register, to be written to in each test."""

from __future__ import annotations

import json
import shutil

import pytest

from safelearn.resources import bundled_city

#: Departments of a bundled city, and two organisations that speak for people who can be endangered.
_KEPT = 7


@pytest.fixture
def office(tmp_path):
    """A city's folder with its areas and a few rows of its register, as their import left them."""
    import pandas as pd

    from safelearn.stakeholders.register import exposed

    source, folder = bundled_city("puerto-sereno"), tmp_path / "office"
    (folder / "source").mkdir(parents=True)
    for name in ("city.toml", "areas.csv"):
        shutil.copy(source / name, folder / name)
    table = pd.read_csv(source / "stakeholders.csv", dtype=str)
    rows = table[exposed(table) | (table.index < _KEPT)]
    for place in ("stakeholders.csv", "source/stakeholders.csv"):
        rows.to_csv(folder / place, index=False, lineterminator="\n")
    records = json.loads((source / "source/imports.json").read_text("utf-8"))
    own = [r for r in records if r["table"] in ("areas", "stakeholders")]
    (folder / "source/imports.json").write_text(json.dumps(own), "utf-8")
    return folder
