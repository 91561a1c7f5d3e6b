"""Each problem is split by offence and by year, by hand and for the empty edges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.checks.shares import NAMELESS, slices


def rows(labels, days):
    moments = pd.to_datetime(pd.Series(days))
    return pd.DataFrame({"offence_label": labels, "occurred_from": moments})


FOUR = rows(
    ["theft", "theft", "assault", None],
    ["2020-01-01", "2021-06-01", "2021-07-01", None],
)


def test_the_share_of_each_offence_and_year_is_of_its_own_rows():
    found = slices(FOUR).split(np.array([True, False, True, True]))
    assert found["by_offence"] == {"theft": 0.5, "assault": 1.0, NAMELESS: 1.0}
    # The row without a date belongs to no year.
    assert found["by_year"] == {"2020": 1.0, "2021": 0.5}


def test_an_offence_without_such_a_row_is_left_out():
    found = slices(FOUR).split(np.array([False, True, False, False]))
    assert found == {"by_offence": {"theft": 0.5}, "by_year": {"2021": 0.5}}


def test_an_offence_that_the_source_calls_unclassified_is_added_to_those_without_a_label():
    some = rows([NAMELESS, None, "theft"], ["2020-01-01"] * 3)
    assert slices(some).counts(np.ones(3, bool))[0] == {NAMELESS: 2, "theft": 1}


def test_labels_as_categories_and_as_text_are_split_alike():
    marked = np.array([True, True, False, False])
    coded = FOUR.assign(offence_label=FOUR["offence_label"].astype("category"))
    assert slices(coded).split(marked) == slices(FOUR).split(marked)


def test_no_rows_have_no_shares():
    none = slices(FOUR.iloc[:0])
    assert none.split(np.zeros(0, bool)) == {"by_offence": {}, "by_year": {}}
