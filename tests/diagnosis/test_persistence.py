"""What became of a hot spot over the years, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.diagnosis.persistence import MEANINGS, persistence
from safelearn.errors import Refused


@pytest.mark.clause("draft:25(d).2")
@pytest.mark.parametrize(
    "years, word",
    [
        ("11111", "persistent"),
        ("11011", "persistent"),
        ("11110", "sporadic"),
        ("00001", "emerging"),
        ("00111", "emerging"),
        ("01001", "sporadic"),
        ("11000", "fading"),
        ("10100", "fading"),
        ("00100", "sporadic"),
        ("00000", "sporadic"),
        ("111", "persistent"),
        ("011", "emerging"),
        ("100", "fading"),
    ],
)
def test_five_years_of_one_place_have_a_word(years, word):
    hot = np.array([[int(y)] for y in years])
    assert persistence(hot).tolist() == [word]
    assert word in MEANINGS


def test_two_years_say_nothing_about_staying():
    with pytest.raises(Refused, match="three years"):
        persistence([[1], [1]])
