"""A target says for whom, by how much, by what, why and until when; what it does not say is named."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from safelearn.indicators import targets as judged
from safelearn.strategy import smart as s
from safelearn.strategy.smart import CANNOT_TELL, LETTERS, NO, YES, smart

TARGET = {
    "target_id": "X1",
    "objective": "Fewer robberies",
    "indicator_id": "robbery_rate",
    "group": "everyone",
    "unit": "per 100,000",
    "due_on": pd.Timestamp("2027-12-31"),
    "owner": "Police",
    "budget": 500.0,
}
SERVING = pd.DataFrame(
    {
        "indicator_id": ["robbery_rate"],
        "cost": [100.0],
        "funded": [50.0],
        "ends_on": pd.to_datetime(["2027-06-30"]),
        "status": ["planned"],
    }
)


def one(measures=SERVING, lacks=(), wanted=("robbery_rate",), on=None, **changes):
    table = pd.DataFrame([TARGET | changes])
    return smart(table, {"X1": lacks}, measures, wanted, on=on).iloc[0]


@pytest.mark.clause("draft:24(c)")
def test_a_target_with_everything_passes_all_five():
    assert one()[list(LETTERS)].tolist() == [YES] * 5
    assert one()["why"] == () and one()["score"] == 5


@pytest.mark.parametrize(
    ("letter", "reason", "changes"),
    [
        ("specific", s.NO_UNIT, {"unit": None}),
        ("specific", s.NOT_IN_CATALOGUE, {"indicator_id": "happiness"}),
        ("measurable", judged.NO_BASELINE, {"lacks": [judged.NO_BASELINE]}),
        ("measurable", judged.TOO_SMALL, {"lacks": [judged.TOO_SMALL]}),
        ("achievable", s.NO_BUDGET, {"budget": None}),
        ("achievable", s.NO_MEASURE, {"measures": SERVING.iloc[:0]}),
        ("achievable", s.MONEY_MISSING, {"measures": SERVING.assign(funded=49.0)}),
        ("relevant", s.NOT_ASKED_FOR, {"wanted": ["street_lighting"]}),
        ("time_bound", s.NO_DATE, {"due_on": None}),
        ("time_bound", s.PAST, {"on": date(2028, 1, 1)}),
        ("time_bound", s.TOO_EARLY, {"due_on": pd.Timestamp("2027-01-01")}),
    ],
)
def test_each_fault_fails_its_own_letter_and_says_why(letter, reason, changes):
    found = one(**changes)
    assert found[letter] == NO and reason in found["why"]


def test_what_nobody_wrote_down_cannot_be_told():
    found = smart(pd.DataFrame([TARGET])).iloc[0]
    assert found[list(LETTERS)].tolist() == [
        YES,
        CANNOT_TELL,
        CANNOT_TELL,
        CANNOT_TELL,
        YES,
    ]


def test_the_words_of_the_judgement_of_progress_are_understood():
    """`strategy` stands above `indicators` and cannot import its words."""
    words = {
        judged.NO_BASELINE, judged.NO_TARGET, judged.NO_STEP, judged.TOO_SMALL,
        judged.NOT_MEASURED, judged.UNKNOWN, judged.FROM_RECORDS,
    }  # fmt: skip
    assert words == s.UNMEASURABLE
    # That the first figure is also the baseline is no fault of the target.
    assert judged.NOT_SINCE not in s.UNMEASURABLE
