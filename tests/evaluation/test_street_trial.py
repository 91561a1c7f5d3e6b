"""A street is closed to cars for some hours: did it help, and did it harm those who sell there?"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation.street_trial import CANNOT_TELL, HARM, NO_SIGN, street_trial


@pytest.fixture
def counts():
    return pd.DataFrame(
        {
            "street": ["trial", "trial", "comparison", "comparison"],
            "phase": ["before", "during"] * 2,
            "events": [200, 600, 100, 150],
            "hours": [10, 10, 10, 10],
        }
    )


def _vendors(before=40, during=40, less=5, same=5, more=30):
    return pd.DataFrame(
        {
            "phase": ["before", "during"], "vendors": [before, during],
            "less": [None, less], "same": [None, same], "more": [None, more],
        }
    )  # fmt: skip


@pytest.mark.clause("draft:26(f)(ii).5")
def test_the_change_of_a_like_street_is_taken_off(counts):
    found = street_trial(counts, _vendors())
    assert found.change.value == 3
    # 3 / 1.5 = 2; half width on the log scale 1.96 sqrt(1/200 + 1/600 + 1/100 + 1/150) = 0.29939.
    assert found.beside.value == pytest.approx(2)
    half = 1.959964 * math.sqrt(1 / 200 + 1 / 600 + 1 / 100 + 1 / 150)
    assert found.beside.upper == pytest.approx(2 * math.exp(half))
    assert found.compared


def test_without_a_like_street_it_says_so(counts):
    found = street_trial(counts[counts["street"] == "trial"], _vendors())
    assert not found.compared
    assert math.isnan(found.beside.value)


def test_a_trial_is_not_judged_before_the_vendors_were_asked(counts):
    with pytest.raises(Refused, match="vendors"):
        street_trial(counts, _vendors(less=None, same=None, more=None))
    with pytest.raises(Refused, match="counted"):
        street_trial(counts, _vendors(before=None))


def test_vendors_who_earn_more_show_no_sign_of_harm(counts):
    assert street_trial(counts, _vendors()).vendors == NO_SIGN
    assert (
        street_trial(counts, _vendors(less=14, same=10, more=16)).vendors == CANNOT_TELL
    )


def test_vendors_who_earn_less_or_are_gone_are_harm(counts):
    assert street_trial(counts, _vendors(less=30, same=5, more=5)).vendors == HARM
    gone = street_trial(counts, _vendors(during=25, less=0, same=0, more=25))
    assert gone.vendors == HARM
    assert gone.worse_off.share == pytest.approx(15 / 40)


def test_a_trial_without_a_count_before_says_nothing(counts):
    with pytest.raises(Refused, match="before"):
        street_trial(counts[counts["phase"] == "during"], _vendors())
