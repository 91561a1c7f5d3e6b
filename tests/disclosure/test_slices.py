"""Sexual and domestic violence no finer than district and month; identity never by area."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.disclosure.slices import (
    DOMESTIC,
    NOT_LOCATED,
    SEXUAL,
    areas_only,
    check_slices,
    coarsen,
    thresholds,
)
from safelearn.errors import SafelearnError


def cut() -> pd.DataFrame:
    rows = [
        ("01", "0201", "none", 40),
        ("01", "0201", "domestic", 6),
        ("01", "0301", "sexual", 3),
        ("02", "0201", "none", 30),
        ("02", "0201", "domestic", 8),
        (NOT_LOCATED, "0201", "none", 7),
        (NOT_LOCATED, "0301", "sexual", 2),
    ]
    return pd.DataFrame(rows, columns=["area_id", "offence", "sensitive", "n"])


def test_an_areas_count_never_holds_its_domestic_or_sexual_violence():
    found = coarsen(cut()).set_index(["area_id", "offence"])["n"]
    assert found["01", "0201"] == 40
    assert found["02", "0201"] == 30
    assert found[DOMESTIC, "0201"] == 14
    assert found[SEXUAL, "0301"] == 5
    assert ("01", "0301") not in found.index


def test_coarsening_loses_no_event():
    assert coarsen(cut())["n"].sum() == cut()["n"].sum()


def test_counts_that_do_not_say_what_is_sensitive_cannot_be_coarsened():
    with pytest.raises(SafelearnError, match="sexual or domestic"):
        coarsen(cut().drop(columns="sensitive"))


def test_only_real_areas_have_a_place_on_the_map():
    assert set(areas_only(coarsen(cut()))["area_id"]) == {"01", "02"}


@pytest.mark.parametrize(
    ("cell", "least"),
    [
        ({"offence": "0401"}, 5),
        ({"offence": "0301"}, 10),
        ({"offence": "03"}, 10),
        ({"sensitive": "domestic"}, 10),
        ({"sensitive": "none"}, 5),
        ({"age_group": "15-19"}, 10),
        ({"age_group": "0-4"}, 10),
        ({"age_group": "18-24"}, 5),
        ({"age_group": "85+"}, 5),
        ({"age_group": "unknown"}, 5),
        ({"age_group": "under 18"}, 10),
        ({"area_id": DOMESTIC}, 10),
    ],
)
def test_children_and_sexual_and_domestic_violence_have_the_higher_threshold(
    cell, least
):
    assert thresholds(pd.DataFrame([cell])).tolist() == [least]


@pytest.mark.parametrize(
    "row",
    [
        {"area_id": "01", "offence": "0301"},
        {"area_id": "01", "sensitive": "domestic"},
        {"cell": "c12", "sensitive": "sexual"},
        {"offence": "0301", "hour": 23},
        {"sensitive": "domestic", "date": "2024-05-01"},
    ],
)
def test_sexual_and_domestic_violence_by_area_day_or_hour_is_refused(row):
    with pytest.raises(SafelearnError, match="Sexual and domestic violence"):
        check_slices(pd.DataFrame([row | {"n": 50}]))


@pytest.mark.parametrize(
    "row",
    [
        {"parent": "Centro", "sensitive": "sexual", "month": "2024-05"},
        {"area_id": SEXUAL, "offence": "0301"},
        {"area_id": "01", "offence": "0401"},
        {"offence": "0301", "month": "2024-05"},
        {"area_id": "01", "age_group": "0-14"},
    ],
)
def test_by_district_and_month_they_are_shown(row):
    check_slices(pd.DataFrame([row | {"n": 50}]))


@pytest.mark.parametrize(
    "column",
    [
        "migration_status",
        "disability",
        "indigenous",
        "gender_identity",
        "ethnicity",
        "religion",
    ],
)
def test_identity_is_never_cut_by_area_nor_taken_from_police_records(column):
    with pytest.raises(SafelearnError, match="never shown by area"):
        check_slices(pd.DataFrame({"area_id": ["01"], column: ["x"]}), police=False)
    with pytest.raises(SafelearnError, match="police records"):
        check_slices(pd.DataFrame({column: ["x"]}))
    check_slices(pd.DataFrame({column: ["x"]}), police=False)
