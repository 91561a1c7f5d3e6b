"""Marks are counted piece by piece, and only lines are kept as examples."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.imports.tallies import (
    EXAMPLES,
    Tallies,
    example_lines,
    figures_by_of,
)

ROWS = pd.DataFrame(
    {
        "offence_label": ["theft", "theft", "assault", "assault"],
        "occurred_from": pd.to_datetime(["2020-05-01"] * 3 + ["2021-05-01"]),
    }
)
MARKS = {"impossible_ages": np.array([True, False, True, True])}


def test_pieces_add_up_to_the_whole():
    whole, pieces = Tallies(), Tallies()
    whole.add(MARKS, ROWS, np.arange(4))
    for part in (slice(0, 3), slice(3, 4)):
        piece = {name: m[part] for name, m in MARKS.items()}
        pieces.add(piece, ROWS.iloc[part], np.arange(4)[part])
    assert pieces == whole
    assert whole.figures == {"impossible_ages": 3}
    assert whole.by["impossible_ages"] == {
        "by_offence": {"theft": 1, "assault": 2},
        "by_year": {"2020": 2, "2021": 1},
    }
    assert whole.examples == {"impossible_ages": [0, 2, 3]}


def test_few_lines_are_kept_of_many_rows():
    many = ROWS.loc[np.zeros(1000, int)].reset_index(drop=True)
    found = Tallies()
    for start in (0, 1000):
        found.add({"outside": np.ones(1000, bool)}, many, np.arange(1000) + start)
    assert found.figures == {"outside": 2000}
    assert found.examples == {"outside": list(range(EXAMPLES))}


def test_the_imports_of_a_table_add_up():
    one = {"figures_by": {"outside": {"by_offence": {"a": 1}, "by_year": {"2020": 1}}}}
    two = {"figures_by": {"outside": {"by_offence": {"a": 2}, "by_year": {"2021": 2}}}}
    assert figures_by_of([one, two, {}]) == {
        "outside": {"by_offence": {"a": 3}, "by_year": {"2020": 1, "2021": 2}}
    }


def test_examples_hold_lines_and_no_cell():
    examples = {"outside": [4, 9], "unheard_of": [1]}
    found = example_lines("a.csv", examples, lambda rows: rows + 4)
    assert found.to_dict("list") == {
        "file": ["a.csv", "a.csv"],
        "line": [8, 13],
        "problem": ["outside", "outside"],
    }
