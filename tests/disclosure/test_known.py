"""What an earlier release or a national table has told protects nothing, and what follows from it stays hidden."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.disclosure.hiding import solve
from safelearn.disclosure.suppression import protect

count = st.sampled_from([0, 0, 1, 2, 4, 7, 30, 55])


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    x = draw(st.lists(count, min_size=rows * columns, max_size=rows * columns))
    known = draw(
        st.lists(
            st.booleans(),
            min_size=(rows + 1) * (columns + 1),
            max_size=(rows + 1) * (columns + 1),
        )
    )
    shape = (rows + 1, columns + 1)
    return np.array(x).reshape(rows, columns), np.array(known).reshape(shape)


def table(x):
    rows, columns = x.shape
    return pd.DataFrame(
        [(f"r{i}", f"c{j}", int(x[i, j])) for i in range(rows) for j in range(columns)],
        columns=["area_id", "offence", "n"],
    )


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_reader_who_knows_some_cells_learns_no_small_count_beside_them(
    outsider, given
):
    x, known = given
    known[-1, -1] = False
    limits = np.full(x.shape, 5)
    hidden = solve(x, limits, known=known)
    if hidden is None:
        return
    reader = outsider.Outsider()
    outsider.read_table(reader, "t", x, hidden, known)
    for i, j in np.argwhere((x >= 1) & (x < 5)):
        assert hidden.cells[i, j]
        if not known[i, j]:
            low, high = reader.interval(("t", i, j))
            assert low <= 1 and high >= 4


def test_a_cell_that_was_published_is_shown_again_and_another_one_protects():
    x = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    alone = protect(table(x)).cells
    assert alone.loc[alone["hidden"], "n"].isna().sum() == 4
    cut = (("area_id", "r0"), ("offence", "c1"))
    found = protect(table(x), known=[cut]).cells.set_index(["area_id", "offence"])
    assert found.loc[("r0", "c1"), "n"] == 20
    assert found["hidden"].sum() == 4 and found.loc[("r0", "c2"), "hidden"]


def test_a_small_count_that_others_publish_takes_no_other_along():
    x = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    cut = (("area_id", "r0"), ("offence", "c0"))
    found = protect(table(x), known=[cut]).cells
    # It is not repeated here, and nothing is hidden for its sake.
    assert found["hidden"].sum() == 1
    assert found.loc[found["hidden"], ["area_id", "offence"]].values.tolist() == [
        ["r0", "c0"]
    ]


def test_a_total_that_a_national_table_has_is_no_hiding_place():
    counts = pd.DataFrame({"offence": ["0101", "0102", "0401"], "n": [3, 6, 200]})
    alone = protect(counts).cells.set_index("offence")["hidden"]
    assert alone["0101"] and alone["0102"] and not alone["0401"]
    cut = (("offence", "0102"),)
    found = protect(counts, known=[cut]).cells.set_index("offence")["hidden"]
    assert found["0101"] and found["0401"] and not found["0102"]


def test_where_everything_beside_it_is_known_nothing_is_shown():
    counts = pd.DataFrame({"offence": ["0101", "0102"], "n": [3, 600]})
    found = protect(counts, known=[(("offence", "0102"),)])
    assert found.total is None and found.cells["hidden"].all()
