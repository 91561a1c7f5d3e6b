"""Whatever pandas made of a column, hidden counts stay hidden and mistakes are named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import SafelearnError
from safelearn.estimates.inputs import amounts, quantile


@pytest.mark.parametrize(
    "counts",
    [
        [3, None],
        pd.Series([3, None], dtype="Int32"),
        pd.Series([3, None], dtype="Float64"),
        pd.Series([3, None], dtype="object"),
        pd.array([3, None], dtype="Int64"),
        np.array([3, np.nan]),
    ],
    ids=["list", "Int32", "Float64", "object", "array", "numpy"],
)
def test_a_hidden_count_stays_missing_in_any_type(counts):
    found = amounts(counts, "n")
    assert found.dtype == float
    assert found[0] == 3
    assert np.isnan(found[1])


@pytest.mark.parametrize("wrong", [[1, -1], [np.inf], -0.5])
def test_a_negative_or_infinite_count_is_named(wrong):
    with pytest.raises(SafelearnError, match="`events`"):
        amounts(wrong, "events")


def test_words_among_the_counts_are_named():
    with pytest.raises(SafelearnError, match="`n` are not all numbers"):
        amounts(["3", "fewer than 5"], "n")


def test_the_normal_deviate_of_an_interval():
    assert quantile(0.95) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_in_percent_is_refused(level):
    with pytest.raises(SafelearnError, match=r"0\.95"):
        quantile(level)
