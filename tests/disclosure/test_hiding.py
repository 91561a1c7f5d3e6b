"""No small count comes back from one table with its totals, whatever the table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safelearn.disclosure.hiding import audit, hide
from safelearn.errors import SafelearnError


@st.composite
def small_tables(draw):
    """Counts of one to five areas by one to five offences, and their thresholds."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    count = st.one_of(st.just(0), st.integers(1, 4), st.integers(5, 12), st.just(300))
    cells = draw(st.lists(count, min_size=rows * columns, max_size=rows * columns))
    limits = draw(
        st.lists(st.sampled_from([5, 5, 10]), min_size=columns, max_size=columns)
    )
    return np.array(cells).reshape(rows, columns), np.array([limits] * rows)


def fives(x):
    return np.array(x), np.full(np.shape(x), 5)


@settings(max_examples=40, deadline=None)
@given(small_tables())
@example(fives([[3]]))
@example(fives([[0, 0], [0, 0]]))
@example(fives([[1, 1, 1, 1, 1]]))
@example(fives([[1, 2], [3, 4]]))
@example(fives([[3, 0], [0, 50]]))
@example(fives([[9000, 1, 0], [0, 0, 0]]))
def test_every_small_count_can_still_be_any_small_number(outsider, table):
    x, limits = table
    hidden = hide(x, limits)
    reader = outsider.Outsider()
    outsider.read_table(reader, "t", x, hidden)
    for i, j in np.argwhere((x >= 1) & (x < limits)):
        assert hidden.cells[i, j]
        low, high = reader.interval(("t", i, j))
        # With even the grand total hidden nothing is known at all; the search ends at its own bound.
        assert low <= 1 and high >= limits[i, j] - 1


@settings(max_examples=40, deadline=None)
@given(small_tables())
def test_no_hidden_cell_is_known_exactly_and_no_zero_is_hidden_without_need(
    outsider, table
):
    x, limits = table
    hidden = hide(x, limits)
    reader = outsider.Outsider()
    outsider.read_table(reader, "t", x, hidden)
    for i, j in np.argwhere(hidden.cells):
        low, high = reader.interval(("t", i, j))
        assert high > low
    if not hidden.total:
        zeros = hidden.cells & (x == 0)
        assert not zeros[~hidden.open_rows][:, ~hidden.open_columns].any()


@settings(max_examples=100, deadline=None)
@given(small_tables())
def test_the_librarys_own_audit_agrees_and_finds_what_is_taken_away(table):
    x, limits = table
    hidden = hide(x, limits)
    assert audit(x, limits, hidden) == []


def test_a_single_hidden_cell_in_a_row_is_found_by_the_audit():
    x = np.array([[3, 20, 30], [40, 50, 60]])
    naive = hide(x)
    alone = type(naive)(
        cells=x < 5,
        row_totals=np.zeros(2, dtype=bool),
        column_totals=np.zeros(3, dtype=bool),
        total=False,
        primary=naive.primary,
        open_rows=np.zeros(2, dtype=bool),
        open_columns=np.zeros(3, dtype=bool),
    )
    (found,) = audit(x, 5, alone)
    assert (found.row, found.column, found.possible) == (0, 0, (3, 3))


def test_three_ones_with_a_shown_total_of_three_are_not_left_alone(outsider):
    x = np.array([[1, 1, 1, 20], [30, 40, 50, 60]])
    hidden = hide(x)
    assert hidden.cells[0].all()


@pytest.mark.parametrize(
    "row", [[1, 1, 1, 1], [2, 1, 1, 1], [0, 2, 1, 1], [4, 1, 1, 1]]
)
def test_where_few_events_lie_in_many_places_the_places_are_hidden_as_well(
    outsider, row
):
    # Four cells that all say "hidden" beside a total of four, or a hidden total below five, would mean four
    # ones. So zeros of such a row are hidden too, and "hidden" no longer means "at least one".
    x = np.array(
        [[*row, 0], [50, 60, 70, 80, 20], [90, 40, 30, 20, 20], [30, 30, 30, 30, 30]]
    )
    hidden = hide(x)
    assert hidden.open_rows.tolist() == [True, False, False, False]
    assert hidden.row_totals[0] == (sum(row) < 5)
    reader = outsider.Outsider()
    outsider.read_table(reader, "t", x, hidden)
    for j in np.flatnonzero(x[0]):
        low, high = reader.interval(("t", 0, j))
        assert low == 0 and high >= 4


def test_a_rare_offence_keeps_its_total_and_gives_up_where_it_did_not_happen():
    x = np.array(
        [[1, 90, 40], [0, 80, 50], [2, 70, 60], [1, 60, 70], [1, 50, 80], [0, 40, 0]]
    )
    hidden = hide(x)
    assert not hidden.column_totals.any() and not hidden.row_totals.any()
    assert hidden.open_columns[0]
    # Where a row hides nothing else, everybody can work out its zero, so it is shown.
    alone = ~hidden.cells[:, 1:].any(axis=1)
    assert (hidden.cells[:, 0] == ~((x[:, 0] == 0) & alone)).all()


def test_a_small_total_hides_with_its_cells_and_a_large_one_stays():
    hidden = hide([[3, 0, 0], [40, 50, 60], [70, 80, 90]])
    assert hidden.row_totals[0] and not hidden.total
    assert hidden.cells[0].tolist() == [True, False, False]


def test_nothing_is_hidden_in_a_table_of_zeros_and_large_counts():
    hidden = hide([[0, 50], [60, 0]])
    assert not hidden.cells.any() and not hidden.total


def test_few_cells_are_hidden_besides_the_small_ones_in_a_city():
    counts = np.random.default_rng(3).poisson(
        np.outer(np.linspace(1, 9, 40), np.linspace(0.5, 20, 14))
    )
    hidden = hide(counts)
    small = hidden.primary[:-1, :-1].sum()
    assert small > 20
    assert hidden.cells.sum() <= 2 * small
    assert counts[hidden.cells].sum() <= 0.02 * counts.sum()
    assert not hidden.column_totals.any()


def test_children_and_sexual_offences_are_hidden_up_to_nine():
    x = np.array([[7, 7, 80], [90, 90, 90], [80, 80, 70]])
    hidden = hide(x, [[5, 10, 5]] * 3)
    assert not hidden.primary[0, 0] and hidden.primary[0, 1]


def test_a_table_without_column_totals_needs_company_only_along_the_row():
    x = [[3, 20, 9, 8]]
    assert hide(x, column_totals=False).cells.tolist() == [[True, False, False, True]]


def test_several_medium_counts_together_protect_one_where_no_large_one_stands():
    # One rape among assaults of five each: only two of these together can make up for eight more.
    hidden = hide([[1, 5, 5, 5]], [[10, 5, 5, 5]], column_totals=False)
    assert hidden.cells.sum() == 3 and not hidden.total


@pytest.mark.parametrize("counts", [[[1.5]], [[-1]], [[float("nan")]]])
def test_weights_and_missing_counts_are_refused(counts):
    with pytest.raises(SafelearnError, match="whole counts"):
        hide(counts)
