"""Every event is counted once, whatever is not known of it, and cubes of parts add up to the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.cube import AGE_GROUPS, AXES, count_cube
from safelearn.errors import SafelearnError

AREAS = ["01", "02", "10"]

ROW = st.fixed_dictionaries(
    {
        "occurred_from": st.sampled_from(
            [*pd.date_range("2023-11-17", periods=9, freq="17D"), pd.NaT]
        ),
        "time_precision": st.sampled_from(["minute", "hour", "day", "month", "year"]),
        "area_id": st.sampled_from([*AREAS, "elsewhere", None]),
        "offence": st.sampled_from(["0401", "0301", "0501", None]),
        "victim_sex": st.sampled_from(["female", "male", "other", None]),
        "victim_age": st.sampled_from([-1, 0, 4, 5, 84, 85, 120, None]),
        "domestic": st.sampled_from(["yes", "no", "unknown", None]),
        "count": st.integers(0, 3),
    }
)


COLUMNS = [
    "occurred_from",
    "time_precision",
    "area_id",
    "offence",
    "victim_sex",
    "victim_age",
    "domestic",
    "count",
]


def canonical(rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["occurred_from"] = pd.to_datetime(frame["occurred_from"]).astype(
        "datetime64[s]"
    )
    for column in ("time_precision", "area_id", "offence", "victim_sex", "domestic"):
        frame[column] = frame[column].astype("str").astype("category")
    frame["victim_age"] = frame["victim_age"].astype("Int16")
    return frame.astype({"count": "int32"})


ROWS = st.lists(ROW, max_size=40)


@settings(max_examples=80, deadline=None)
@given(ROWS, st.lists(st.integers(0, 3), min_size=40, max_size=40))
def test_cubes_of_any_parts_add_up_to_the_cube_of_all(rows, part_of):
    whole = count_cube(canonical(rows), AREAS)
    parts = [
        count_cube(
            canonical([r for r, p in zip(rows, part_of, strict=False) if p == part]),
            AREAS,
        )
        for part in range(4)
    ]
    assert sum(parts) == whole
    assert sum(reversed(parts)) == whole
    assert (parts[0] + parts[1]) + parts[2] == parts[0] + (parts[1] + parts[2])


@settings(max_examples=80, deadline=None)
@given(ROWS, st.lists(st.sampled_from(AXES), unique=True))
def test_no_event_is_lost_on_any_axis(rows, axes):
    cube = count_cube(canonical(rows), AREAS)
    weights = sum(row["count"] for row in rows)
    assert cube.total == weights
    assert cube.by(*axes).n.sum() == weights
    assert cube.by(*axes, zeros=False).n.sum() == weights


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_cube_counts_as_a_plain_loop_does(rows):
    expected = {}
    for row in rows:
        sensitive = "domestic" if row["domestic"] == "yes" else "none"
        if (row["offence"] or "").startswith("03"):
            sensitive = "sexual"
        when = row["occurred_from"]
        month = "" if pd.isna(when) else f"{when:%Y-%m}"
        if row["time_precision"] == "year":
            month = month[:4]
        age = row["victim_age"]
        group = "unknown"
        if age is not None and age >= 0:
            group = "85+" if age >= 85 else f"{age // 5 * 5}-{age // 5 * 5 + 4}"
        cell = (
            row["area_id"] if row["area_id"] in AREAS else "",
            row["offence"] or "unclassified",
            month,
            row["victim_sex"] or "unknown",
            group,
            sensitive,
        )
        expected[cell] = expected.get(cell, 0) + row["count"]
    found = count_cube(canonical(rows), AREAS).by(*AXES, zeros=False)
    cells = {tuple(r[:-1]): r[-1] for r in found.itertuples(index=False)}
    assert cells == {cell: n for cell, n in expected.items() if n}


def incidents(**columns):
    length = max(len(v) for v in columns.values())
    frame = pd.DataFrame({"occurred_from": ["2024-01-05"] * length} | columns)
    return frame.assign(
        occurred_from=pd.to_datetime(frame["occurred_from"], format="ISO8601")
    )


def test_a_quiet_area_and_a_quiet_month_are_there_as_zeros():
    rows = incidents(
        area_id=["01", "01"], occurred_from=["2024-01-05 10:00", "2024-03-01"]
    )
    cube = count_cube(rows, AREAS)
    assert cube.by("area_id").values.tolist() == [
        ["01", 2],
        ["02", 0],
        ["10", 0],
        ["", 0],
    ]
    assert cube.by("month").n.tolist() == [1, 0, 1]
    assert len(cube.by("area_id", "month")) == 12


def test_months_that_the_data_cover_are_there_without_events():
    cube = count_cube(incidents(area_id=["01"]), AREAS, months=["2023-12", "2024-02"])
    assert cube.by("month").values.tolist() == [
        ["2023-12", 0],
        ["2024-01", 1],
        ["2024-02", 0],
    ]


def test_an_event_outside_the_months_given_still_counts():
    cube = count_cube(incidents(area_id=["01"]), AREAS, months=["2025-01"])
    assert cube.total == 1
    assert cube.by("month").n.sum() == 1


def test_an_event_of_which_only_the_year_is_known_is_not_put_into_january():
    rows = incidents(time_precision=["year", "minute"])
    found = count_cube(rows, AREAS).by("month")
    assert found.values.tolist() == [["2024", 1], ["2024-01", 1]]


def test_events_of_no_month_are_counted_beside_the_months():
    rows = incidents(time_precision=["year", "minute", "month"], count=[2, 5, 7])
    rows.loc[len(rows)] = rows.iloc[0].to_dict() | {"occurred_from": pd.NaT, "count": 3}
    cube = count_cube(rows, AREAS)
    assert cube.undated == 5
    assert cube.total - cube.undated == cube.by("month", month="2024-01").n.sum() == 12
    assert count_cube(rows.iloc[1:3], AREAS).undated == 0


def test_a_week_counts_in_the_month_and_a_financial_year_in_the_year_of_its_middle():
    rows = incidents(time_precision=["month", "month", "year"])
    rows["occurred_from"] = pd.to_datetime(["2024-01-29", "2024-04-29", "2023-04-01"])
    # Monday 29 January to Sunday 4 February: its Thursday is 1 February.
    rows["occurred_to"] = pd.to_datetime(
        ["2024-02-04 23:59", "2024-05-05 23:59", "2024-03-31 23:59"]
    )
    found = count_cube(rows, AREAS).by("month", zeros=False)
    assert found.month.tolist() == ["2023", "2024-02", "2024-05"]


def test_the_end_of_an_interval_does_not_move_what_is_dated_to_the_day():
    rows = incidents(time_precision=["day"])
    rows["occurred_to"] = pd.to_datetime(["2024-06-30"])
    assert count_cube(rows, AREAS).by("month").month.tolist() == ["2024-01"]


def test_an_event_both_sexual_and_domestic_is_guarded_as_sexual():
    rows = incidents(offence=["0301", "0201", "0201"], domestic=["yes", "yes", "no"])
    found = count_cube(rows, AREAS).by("sensitive")
    assert dict(found.values.tolist()) == {"none": 1, "sexual": 1, "domestic": 1}


@pytest.mark.clause("draft:25(d).1")
def test_ages_fall_into_groups_of_five_years_and_impossible_ones_are_unknown():
    rows = incidents(victim_age=pd.array([0, 4, 5, 17, 85, 101, -1, None], "Int16"))
    found = count_cube(rows, AREAS).by("age_group", zeros=False)
    assert found.values.tolist() == [
        ["0-4", 2],
        ["5-9", 1],
        ["15-19", 1],
        ["85+", 2],
        ["unknown", 2],
    ]
    assert AGE_GROUPS[:2] == ("0-4", "5-9")
    assert AGE_GROUPS[-3:] == ("80-84", "85+", "unknown")


def test_area_codes_keep_their_leading_zeros_and_their_order():
    cube = count_cube(incidents(area_id=["10", "02"]), ["10", "02", "01"])
    assert cube.axes["area_id"] == ("01", "02", "10", "")


def test_a_selection_keeps_only_what_was_asked_for():
    rows = incidents(area_id=["01", "02", None], offence=["0401", "0401", "0501"])
    cube = count_cube(rows, AREAS)
    assert cube.by(offence="0401").n.tolist() == [2]
    found = cube.by("area_id", area_id=["10", "01"], offence="0401")
    assert found.values.tolist() == [["01", 1], ["10", 0]]
    assert cube.by(offence="0999").n.tolist() == [0]


def test_an_axis_that_does_not_exist_is_named():
    cube = count_cube(incidents(area_id=["01"]), AREAS)
    with pytest.raises(SafelearnError, match="hour"):
        cube.by("hour")
    with pytest.raises(SafelearnError, match="district"):
        cube.by("area_id", district="1")


def test_a_table_that_would_fill_the_memory_is_refused_with_a_remedy():
    rows = incidents(occurred_from=["1900-01-01", "2024-01-01"], area_id=["001", "001"])
    cube = count_cube(rows, [f"{i:03d}" for i in range(200)])
    with pytest.raises(SafelearnError, match="20 million"):
        cube.by(*AXES)
    assert cube.by(*AXES, zeros=False).n.sum() == 2


def test_a_city_where_nothing_was_recorded_has_an_empty_cube():
    cube = count_cube(canonical([]), AREAS)
    assert cube.total == 0
    assert cube.by("area_id").n.tolist() == [0, 0, 0, 0]
    assert cube.by("month").empty


def test_cubes_of_two_offices_with_other_areas_and_offences_merge():
    north = count_cube(incidents(area_id=["01"], offence=["0401"]), ["01"])
    south = count_cube(incidents(area_id=["99"], offence=["0501"]), ["99"])
    both = north + south
    assert both.by("area_id").values.tolist() == [["01", 1], ["99", 1], ["", 0]]
    assert both.by("offence").n.tolist() == [1, 1, 0]


def test_many_cells_are_counted_as_pandas_counts_them():
    # Enough distinct cells that the dense way would not fit, so that the sorted way is taken.
    rng = np.random.default_rng(5)
    rows = 30_000
    frame = pd.DataFrame(
        {
            "occurred_from": np.datetime64("2015-01-01")
            + rng.integers(0, 3_650, rows).astype("m8[D]"),
            "area_id": rng.choice([f"{i:03d}" for i in range(300)], rows),
            "offence": rng.choice(["0401", "0501", "0502"], rows),
            "victim_age": rng.integers(0, 90, rows),
            "count": rng.integers(1, 4, rows),
        }
    )
    cube = count_cube(frame, [f"{i:03d}" for i in range(300)])
    found = cube.by("area_id", "offence", "month", zeros=False)
    frame["month"] = frame["occurred_from"].dt.strftime("%Y-%m")
    expected = frame.groupby(["area_id", "offence", "month"])["count"].sum()
    assert found.n.tolist() == expected.tolist()
    assert found.month.tolist() == expected.reset_index().month.tolist()
