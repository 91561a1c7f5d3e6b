"""An extract for researchers: each respondent is one of several alike, or it stays here."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.disclosure.anonymity import anonymity, extract
from safelearn.errors import SafelearnError

rows = st.lists(
    st.tuples(
        st.sampled_from(["01", "02"]),
        st.sampled_from(["f", "m", None]),
        st.sampled_from(["yes", "no"]),
    ),
    max_size=40,
)
COLUMNS = ["district", "sex", "afraid"]


def table(values):
    return pd.DataFrame(values, columns=COLUMNS)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_the_smallest_group_is_the_one_that_counting_by_hand_gives(values):
    found = anonymity(table(values), ["district", "sex"], ["afraid"], k=3)
    groups = Counter((d, s) for d, s, _ in values)
    assert found.rows == len(values)
    assert found.smallest == min(groups.values(), default=0)
    assert found.below == sum(n < 3 for n in groups.values())
    assert found.at_risk == sum(n for n in groups.values() if n < 3)
    answers = {g: {a for d, s, a in values if (d, s) == g} for g in groups}
    assert found.diversity["afraid"] == min(map(len, answers.values()), default=0)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_knowing_more_columns_never_makes_anybody_safer(values):
    frame = table(values)
    less = anonymity(frame, ["district"], k=3)
    more = anonymity(frame, ["district", "sex"], k=3)
    assert more.smallest <= less.smallest and more.at_risk >= less.at_risk


@settings(max_examples=60, deadline=None)
@given(rows)
def test_what_is_handed_out_is_anonymous_and_the_rest_is_refused(values):
    frame = table(values)
    found = anonymity(frame, ["district", "sex"], ["afraid"], k=3)
    safe = not found.below and (not values or found.diversity["afraid"] >= 2)
    try:
        out, told = extract(frame, ["district", "sex"], ["afraid"], k=3)
    except SafelearnError:
        assert not safe
        return
    assert safe and told == found
    again = Counter(map(tuple, out.fillna("none").to_numpy()))
    assert again == Counter(map(tuple, frame.fillna("none").to_numpy()))


def ten(**more):
    return pd.DataFrame(
        {
            "district": ["01"] * 10,
            "sex": list("fffffmmmmm"),
            "afraid": ["yes", "no"] * 5,
        }
    ).assign(**more)


@pytest.mark.clause("draft:25(d).6")
def test_an_extract_with_a_group_too_small_is_refused_with_what_to_do():
    frame = ten()
    frame.loc[0, "sex"] = "x"
    with pytest.raises(SafelearnError, match="smaller than 5") as caught:
        extract(frame, ["district", "sex"], ["afraid"])
    assert "wider groups" in caught.value.remedy
    out, found = extract(frame.drop(index=range(5)), ["district", "sex"], ["afraid"])
    assert len(out) == found.smallest == 5
    assert "4 others" in found.sentence


def test_a_group_that_all_gave_one_answer_is_refused():
    frame = ten()
    frame.loc[frame["sex"] == "f", "afraid"] = "yes"
    with pytest.raises(SafelearnError, match="same answer") as caught:
        extract(frame, ["district", "sex"], ["afraid"])
    assert caught.value.where == "afraid"


def test_columns_that_nobody_listed_stay_here_and_those_about_people_are_refused():
    out, _ = extract(ten(respondent_id=np.arange(10)), ["district"], ["afraid"])
    assert list(out.columns) == ["district", "afraid"]
    with pytest.raises(SafelearnError, match="own words"):
        extract(ten(comments="x"), ["district"], ["comments"], diversity=1)
    with pytest.raises(SafelearnError, match="names people"):
        extract(ten(phone="1"), ["district", "phone"])


def test_the_order_of_rows_does_not_follow_the_file():
    frame = ten().iloc[[3, 7, 1, 9, 0, 2, 4, 5, 6, 8]]
    out, _ = extract(frame, ["district", "sex"], ["afraid"])
    assert out.equals(extract(ten(), ["district", "sex"], ["afraid"])[0])


def test_nobody_may_ask_for_less_than_three():
    with pytest.raises(SafelearnError, match="hide nobody"):
        extract(ten(), ["district"], k=2)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(SafelearnError, match="weather"):
        anonymity(ten(), ["weather"])
