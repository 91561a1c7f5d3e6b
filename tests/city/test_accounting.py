"""Rows read are rows used and rows set aside, to the row, whatever is in the file."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.accounting import (
    REASONS,
    account,
    also_aside,
    count_events,
    must_use_something,
    review_rows,
    table_account,
)
from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.guess import guess_columns
from safelearn.city.columns.profiles import profile_named
from safelearn.city.files.delimited import read_delimited
from safelearn.city.imports.incidents import read_incidents
from safelearn.city.places.reading import KnownAreas
from safelearn.errors import SafelearnError


def test_a_row_with_two_faults_is_counted_under_the_first():
    both = np.array([True, False, True])
    made = account(
        3, {"no readable date": both, "broken row": np.array([True, False, False])}
    )
    assert made.set_aside == {"broken row": 1, "no readable date": 1}
    assert made.rows_used == 1


@given(st.integers(0, 50), st.data())
@settings(max_examples=80)
def test_every_row_is_counted_once(n, data):
    flags = st.lists(st.booleans(), min_size=n, max_size=n)
    against = {r: np.array(data.draw(flags), dtype=bool) for r in REASONS}
    made = account(n, against)
    assert made.rows_read == made.rows_used + sum(made.set_aside.values()) == n
    assert (
        made.rows_used
        == int(made.used.sum())
        == n - np.logical_or.reduce(list(against.values())).sum()
    )


DATES = ["2024-03-01 21:30", "2024-03-02", "", "yesterday", "31/02/2024", "2024-13-01"]
OFFENCES = ["theft", "homicide", "Zzz", "", "NULL"]
row = st.tuples(
    st.sampled_from(["A1", "A2", ""]),
    st.sampled_from(DATES),
    st.sampled_from(OFFENCES),
    st.sampled_from(["-74.5", "0", "", "x"]),
    st.sampled_from(["", "2", "0", "many"]),
    st.sampled_from(["", ",surplus"]),
)


@given(st.lists(row, min_size=1, max_size=40))
@settings(max_examples=120, deadline=None)
def test_any_mix_of_good_and_bad_rows_is_accounted_for(rows):
    lines = [f"{i},{d},{o},{x},6.5,{n}{extra}" for i, d, o, x, n, extra in rows]
    text = "\n".join(["incident_id,date,offence,longitude,latitude,cantidad", *lines])
    source = read_delimited(text.encode(), name="a.csv", separator=",")
    profile, crosswalk = profile_named("generic"), read_crosswalk("generic")
    # The columns are named by hand: what is guessed from three rows is not this test's business.
    columns = {
        "incident_id": "incident_id",
        "from_date": "date",
        "offence_label": "offence",
        "longitude": "longitude",
        "latitude": "latitude",
        "count": "cantidad",
    }
    try:
        read = read_incidents(
            source,
            profile,
            columns,
            crosswalk,
            KnownAreas([], []),
            zone=ZoneInfo("UTC"),
        )
    except SafelearnError as error:
        assert "No row of the file can be used" in error.what
        return
    made = read.accounting
    assert made.rows_read == len(rows)
    assert made.rows_read == made.rows_used + sum(made.set_aside.values())
    # A row that says that nothing happened is used, and is no event.
    zeros = sum(bool(row[4] == "0") for i, row in enumerate(rows) if made.used[i])
    assert len(read.frame) == made.rows_used - zeros
    assert set(made.set_aside) <= set(REASONS)
    # By hand: what must be set aside, and nothing else.
    expected, seen = 0, set()
    for i, (key, date, offence, x, n, extra) in enumerate(rows):
        broken = bool(extra)
        dated = date in DATES[:2]
        nameless = offence in ("", "NULL") and n != "2"
        content = (key, date, offence, x, n, broken)
        # A surplus cell is cut off before rows are compared, so it does not tell two rows apart.
        again = key != "" and content[:5] in seen
        if key:
            seen.add(content[:5])
        expected += broken or not dated or nameless or again
        assert made.used[i] == (not (broken or not dated or nameless or again))
        assert (i in read.frame.index) == (made.used[i] and n != "0")
    assert sum(made.set_aside.values()) == expected


def test_a_file_of_which_nothing_can_be_used_is_not_imported():
    with pytest.raises(SafelearnError, match="No row of the file can be used"):
        must_use_something(account(2, {"no readable date": np.ones(2, bool)}), "a.csv")


def test_rows_set_aside_are_listed_with_line_reason_and_remedy_and_no_cell():
    made = account(3, {"no readable date": np.array([False, True, False])})
    listed = review_rows(made, "a.csv", lambda rows: rows + 6, details={1: "Really."})
    assert listed.loc[0, ["file", "line"]].tolist() == ["a.csv", 7]
    assert listed.loc[0, "reason"].endswith("Really.") and listed.loc[0, "remedy"]


def test_more_rows_can_be_set_aside_later():
    made = account(4, {"no readable date": np.array([True, False, False, False])})
    more = also_aside(made, "already imported", np.array([1, 3]))
    assert (
        more.set_aside == {"no readable date": 1, "already imported": 2}
        and more.rows_used == 1
    )


def test_a_row_revised_by_a_later_file_moves_from_used_to_set_aside():
    first = {"rows_read": 10, "rows_used": 9, "set_aside": {"no readable date": 1}}
    second = {"rows_read": 5, "rows_used": 5, "set_aside": {}, "revised": 2}
    whole = table_account([first, second])
    assert whole == {
        "rows_read": 15,
        "rows_used": 12,
        "set_aside": {"no readable date": 1, "revised later": 2},
    }


def test_events_are_weights_and_several_rows_of_one_incident_are_one():
    rows = pd.DataFrame({"incident_id": ["A", "A", None, "B"], "count": [1, 1, 7, 1]})
    assert count_events(rows) == 9


def test_the_generic_guess_is_the_one_the_property_test_names():
    text = "incident_id,date,offence,longitude,latitude,cantidad\nA1,2024-03-01,theft,-74.51234,6.54321,2\n"
    source = read_delimited(text.encode(), name="a.csv")
    columns, _ = guess_columns(
        source.frame, profile_named("generic"), read_crosswalk("generic")
    )
    assert columns["from_date"] == "date" and columns["count"] == "cantidad"
