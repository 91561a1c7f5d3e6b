"""The form of an answer is judged kindly: right values pass as they come, others get a hint, nothing crashes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn import language
from safelearn.course.forms import Hint, read
from safelearn.estimates.intervals import byar_interval

NUMBER = {"kind": "number", "min": 0, "digits": 1}
PERCENT = {"kind": "number", "unit": "%", "min": 0, "max": 100, "digits": 1}
INTERVAL = {"kind": "interval", "min": 0, "digits": 1}
TABLE = {"kind": "table", "keys": ["area"], "columns": {"rate": {"min": 0}}}
NAMES = {"kind": "set", "options": ["Harbour", "Hill", "Market"]}
RANKING = {"kind": "ranking", "options": ["Harbour", "Hill", "Market"]}
CHOICE = {"kind": "choice", "options": ["A", "B"]}


@pytest.mark.parametrize(
    ("value", "form", "plain"),
    [
        (np.int64(4), NUMBER, 4.0),
        (np.float32(0.5), NUMBER, 0.5),
        (pd.Series([7.0]).sum(), NUMBER, 7.0),
        ((1, 2), INTERVAL, [1.0, 2.0]),
        (np.array([1.0, 2.0]), INTERVAL, [1.0, 2.0]),
        ({"market", "HILL "}, NAMES, ["Hill", "Market"]),
        (["Hill", "harbour", "Market"], RANKING, ["Hill", "Harbour", "Market"]),
        (" b", CHOICE, "B"),
    ],
)
def test_what_means_the_same_is_read_the_same(value, form, plain):
    assert read("x", value, form) == plain


def test_a_whole_interval_of_the_library_is_an_interval():
    low, high = read("x", byar_interval(10), INTERVAL)
    assert 4.7 < low < 4.9 and 18.3 < high < 18.5


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (..., NUMBER, "three dots"),
        (None, NUMBER, "empty"),
        ("61", NUMBER, "quotation marks"),
        ([1, 2], NUMBER, "sum"),
        (pd.Series([1, 2]), NUMBER, "sum"),
        (byar_interval(10), NUMBER, ".rate"),
        (True, NUMBER, "True or False"),
        (np.bool_(False), NUMBER, "True or False"),
        (float("nan"), NUMBER, "divided by zero"),
        (-3, NUMBER, "below 0"),
        (140, PERCENT, "between 0 % and 100 %"),
        (0.37, PERCENT, "× 100"),
        (object(), NUMBER, "of type"),
        ((2, 1), INTERVAL, "above"),
        (3, INTERVAL, "round brackets"),
        ("12", INTERVAL, "round brackets"),
        ("Hill", NAMES, "square brackets"),
        (["Hull"], NAMES, "Hull"),
        (["Hill", "Hill"], NAMES, "twice"),
        (["Hill"], RANKING, "3 are asked for"),
        ("C", CHOICE, "A, B"),
        (1, CHOICE, "A, B"),
        ({"area": [1]}, TABLE, "must be a table"),
        (pd.DataFrame({"area": ["a"]}), TABLE, "no column rate"),
        (
            pd.DataFrame({"area": ["a", "a"], "rate": [1, 2]}),
            TABLE,
            "more than one row",
        ),
        (pd.DataFrame({"area": ["a"], "rate": ["1"]}), TABLE, "row a"),
    ],
)
def test_another_form_gets_a_hint_that_names_the_answer(value, form, said):
    with pytest.raises(Hint, match=r"`x`") as caught:
        read("x", value, form)
    assert said in caught.value.what


def test_a_table_may_have_its_keys_in_the_index_and_more_columns_than_asked():
    table = pd.DataFrame(
        {"rate": [1.0, 2.0], "n": [3, 4]}, index=pd.Index(["a", "b"], name="area")
    )
    assert read("x", table, TABLE) == [
        {"area": "a", "rate": 1.0},
        {"area": "b", "rate": 2.0},
    ]


def test_a_notebook_shows_a_hint_without_a_traceback():
    assert Hint("Put a number here.")._render_traceback_() == ["✗ Put a number here."]


def test_hints_are_translated():
    with language.use("qps"), pytest.raises(Hint, match="⟦"):
        read("x", "61", NUMBER)


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.lists(st.one_of(st.floats(), st.text(max_size=3), st.none()), max_size=4),
        st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
        st.binary(max_size=4),
        st.complex_numbers(),
    ),
    st.sampled_from([NUMBER, PERCENT, INTERVAL, TABLE, NAMES, RANKING, CHOICE]),
)
def test_no_value_breaks_the_form_check(value, form):
    try:
        read("x", value, form)
    except Hint as hint:
        assert hint.what
