"""Identifiers as numbers are told apart, found again and counted as the texts are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from safelearn.city.identities import come_again, distinct, identity, positions

texts = st.lists(st.sampled_from(["A1", "A2", "B", "ñ", ""]), max_size=30)


@given(texts)
def test_texts_and_their_numbers_are_equal_together(cells):
    column = pd.Series(cells, dtype="str")
    numbers = identity(column)
    assert [n == 0 for n in numbers] == [cell == "" for cell in cells]
    same = [[a == b for b in cells] for a in cells]
    assert (numbers[:, None] == numbers[None, :]).tolist() == same


@given(texts)
def test_what_comes_again_is_found_in_texts_and_in_numbers(cells):
    column = pd.Series(cells, dtype="str").replace("", None)
    numbers = identity(column)
    coded = pd.Series(pd.arrays.IntegerArray(numbers.view(np.int64), numbers == 0))
    expected = [bool(c) and cells.count(c) > 1 for c in cells]
    assert come_again(column).tolist() == expected
    assert come_again(coded).tolist() == expected


@given(st.lists(st.integers(0, 20)), st.lists(st.integers(0, 20)))
def test_positions_are_those_in_the_ordered_list(values, known):
    ordered = distinct(np.array(known, dtype=np.uint64))
    assert ordered.tolist() == sorted(set(known))
    found = positions(np.array(values, dtype=np.uint64), ordered)
    there = sorted(set(known))
    assert found.tolist() == [there.index(v) if v in there else -1 for v in values]
