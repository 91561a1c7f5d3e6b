"""Estimates from a few answers are not shown, and cannot be had by subtraction."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.city.settings import Disclosure
from safelearn.disclosure.samples import showable
from safelearn.errors import SafelearnError
from safelearn.reports.release import Release


def lines(groups, breakdown="sex", measure="safe_dark"):
    return pd.DataFrame(
        {
            "measure": measure,
            "breakdown": breakdown,
            "group": list(groups),
            "value": 0.5,
            "lower": 0.4,
            "upper": 0.6,
            "n": list(groups.values()),
            "positive": [n // 2 for n in groups.values()],
        }
    )


KEYS = ["measure", "breakdown", "group"]


def shown(frame, **rest):
    return showable(frame, keys=KEYS, **rest).set_index("group")


def test_answers_are_rounded_and_few_are_marked():
    found = shown(lines({"female": 212, "male": 198, "other": 47}))
    assert found["n"].tolist() == [210, 200, 45]
    assert found["mark"].tolist() == ["", "", "few answers"]
    assert "positive" not in found


def test_a_line_from_too_few_answers_has_no_number_at_all():
    found = shown(lines({"a": 200, "b": 29, "c": 15}))
    # b and c hide together: 44 answers, so what subtraction gives could have been shown.
    assert found["mark"].tolist() == ["", "too few answers", "too few answers"]
    assert found.loc[["b", "c"], ["value", "lower", "upper", "n"]].isna().all().all()
    assert found.loc["a", "value"] == 0.5


def test_one_small_group_takes_the_next_smallest_with_it():
    found = shown(lines({"a": 200, "b": 60, "c": 12}))
    assert found["value"].notna().tolist() == [True, False, False]


def test_another_breakdown_is_not_touched():
    both = pd.concat(
        [
            lines({"a": 200, "b": 60, "c": 12}, "age"),
            lines({"female": 150, "male": 122}),
        ]
    )
    found = showable(both, keys=KEYS)
    assert found.loc[found["breakdown"] == "sex", "value"].notna().all()


@given(st.lists(st.integers(0, 90), min_size=1, max_size=8))
def test_what_is_hidden_together_would_have_been_shown(sizes):
    found = shown(lines({str(i): n for i, n in enumerate(sizes)}))
    hidden = found["value"].isna().to_numpy()
    n = np.array(sizes)
    assert (n[~hidden] >= 30).all()
    assert not hidden.any() or hidden.all() or n[hidden].sum() >= 30


@pytest.mark.parametrize(
    "breakdown", ["area", "district", "age", "disability", "sex and age"]
)
def test_sexual_violence_is_shown_by_sex_only(breakdown):
    frame = lines({"x": 200, "y": 200}, breakdown)
    with pytest.raises(SafelearnError, match="by sex only"):
        shown(frame, sensitive=True)
    assert shown(frame.assign(breakdown="sex"), sensitive=True)["value"].notna().all()


def test_a_table_may_mix_ordinary_and_sensitive_lines():
    frame = pd.concat(
        [
            lines({"18-29": 90, "30+": 300}, "age"),
            lines({"female": 210, "male": 180}, measure="rape"),
        ]
    )
    sensitive = (frame["measure"] == "rape").to_numpy()
    assert len(showable(frame, keys=KEYS, sensitive=sensitive)) == 4
    with pytest.raises(SafelearnError, match="by sex only"):
        showable(frame, keys=KEYS, sensitive=~sensitive)


@pytest.mark.parametrize("identity", ["disability and area", "indigenous and district"])
def test_identity_is_never_shown_by_area(identity):
    with pytest.raises(SafelearnError, match="never shown by area"):
        shown(lines({"x": 200, "y": 200}, identity))


def test_identity_in_a_column_of_its_own_is_seen_too():
    frame = pd.DataFrame(
        {
            "parent": ["01", "02"],
            "disability": ["yes", "yes"],
            "value": 0.5,
            "lower": 0.4,
            "upper": 0.6,
            "n": 90,
        }
    )
    with pytest.raises(SafelearnError, match="never shown by area"):
        showable(frame, keys=["parent", "disability"])
    whole = frame.assign(parent="all")
    assert len(showable(whole, keys=["parent", "disability"])) == 2


def test_the_released_table_says_why_a_line_is_missing():
    release = Release(Disclosure(), "public")
    table = release.approve_estimates(
        "safety",
        lines({"a": 200, "b": 20, "c": 12}),
        keys=KEYS,
        title="How safe people feel",
    )
    assert release.tables["safety"] is table
    assert table.frame.columns.tolist() == [
        *KEYS,
        "value",
        "lower",
        "upper",
        "n",
        "mark",
    ]
    assert table.hidden["value"].tolist() == [False, True, True]
    assert table.frame["mark"].tolist() == ["", "too few answers", "too few answers"]
    assert "fewer than 30 answers" in table.notes[0]
