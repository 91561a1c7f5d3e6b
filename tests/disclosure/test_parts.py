"""Parts of a total that another table shows: by district, by whether a place is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.disclosure.parts import protect_parts
from safelearn.errors import SafelearnError


def parts(n, kind="domestic"):
    return pd.DataFrame(
        {"sensitive": kind, "parent": [f"D{k}" for k in range(len(n))], "n": n}
    )


def settled(n, kind="domestic"):
    return pd.DataFrame({"sensitive": [kind], "n": pd.array([n], dtype="Int64")})


def test_a_small_part_takes_the_next_small_one_along():
    out = protect_parts(parts([3, 0, 40, 60]), settled(103), within="sensitive")
    assert out["n"].isna().tolist() == [True, False, True, False]


def test_the_parts_of_a_hidden_total_are_all_hidden_zeros_included():
    out = protect_parts(parts([3, 0, 4]), settled(None), within="sensitive")
    assert out["hidden"].all()


def test_parts_that_cannot_protect_each_other_are_all_hidden():
    out = protect_parts(parts([12, 0, 1]), settled(13), within="sensitive")
    assert out["n"].isna().tolist() == [True, False, True]
    out = protect_parts(parts([9, 0, 1]), settled(10), within="sensitive")
    assert out["n"].isna().tolist() == [True, False, True]
    out = protect_parts(parts([4, 3, 3, 0]), settled(10), within="sensitive")
    assert out["n"].isna().all()


def test_parts_must_add_up():
    with pytest.raises(SafelearnError, match="do not add up"):
        protect_parts(parts([3, 4]), settled(9), within="sensitive")


@given(st.lists(st.integers(0, 25), min_size=1, max_size=7))
def test_each_small_part_can_be_any_small_number(n):
    total = sum(n)
    out = protect_parts(
        parts(n, "none"),
        settled(total if total >= 5 else None, "none"),
        within="sensitive",
    )
    hidden = out["hidden"].to_numpy()
    values = np.array(n)
    assert hidden[(values >= 1) & (values < 5)].all()
    if hidden.any() and total >= 5:
        floor = 0 if hidden.all() else 1
        highest = values[hidden].sum() - floor * (hidden.sum() - 1)
        assert hidden.sum() > 1 or floor == 0
        assert highest >= 4
