"""Rates say when they rest on too little, and never let a hidden count shine through."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.errors import SafelearnError
from safelearn.estimates.rates import (
    GammaPrior,
    direct_standardisation,
    empirical_bayes,
    rates_by_area,
    stability,
)

PEOPLE = pd.DataFrame(
    {
        "area_id": ["01", "02", "03", "04"],
        "population": [10_000, 2_000, 40_000, 0],
    }
)


def counts(n, offence="0401"):
    return pd.DataFrame(
        {"area_id": ["01", "02", "03", "04"], "offence": offence, "n": n}
    )


def test_fewer_than_sixteen_events_make_a_rate_unstable():
    assert stability(15) == "unstable"
    assert stability(16) == ""
    assert stability([0, None, 16]).tolist() == ["unstable", "hidden", ""]


def test_a_relative_standard_error_over_a_quarter_makes_a_rate_unstable():
    assert stability(100, 0.26) == "unstable"
    assert stability(100, 0.25) == ""


@pytest.mark.clause("draft:25(d).2")
def test_a_rate_is_per_person_and_year():
    found = rates_by_area(counts([40, 6, 90, 3]), PEOPLE, years=2, per=1_000)
    assert found["rate"].tolist()[:3] == pytest.approx([2.0, 1.5, 1.125])
    assert found["mark"].tolist() == ["", "unstable", "", "no population"]
    assert found.columns.tolist() == [
        "area_id",
        "offence",
        "n",
        "population",
        "rate",
        "lower",
        "upper",
        "eb",
        "eb_lower",
        "eb_upper",
        "mark",
    ]


def test_an_area_without_population_has_a_count_and_no_rate():
    last = rates_by_area(counts([40, 6, 90, 3]), PEOPLE).iloc[3]
    assert last["n"] == 3
    assert last[["rate", "lower", "upper", "eb", "eb_lower", "eb_upper"]].isna().all()


def test_an_area_that_the_population_table_lacks_is_told_by_code_never_by_name():
    found = rates_by_area(counts([1, 2, 3, 4]), PEOPLE.iloc[:2])
    assert found["mark"].tolist()[2:] == ["no population", "no population"]


def test_codes_are_joined_in_any_type_with_their_leading_zeros():
    table = counts([40, 6, 90, 3]).astype({"area_id": "category"})
    assert rates_by_area(table, PEOPLE)["rate"].notna().tolist()[:3] == [True] * 3


def test_events_that_are_not_located_have_no_rate():
    table = pd.concat(
        [
            counts([40, 6, 90, 3]),
            pd.DataFrame({"area_id": ["", None], "offence": "0401", "n": [7, 8]}),
        ]
    )
    assert len(rates_by_area(table, PEOPLE)) == 4


def test_each_offence_is_smoothed_by_itself():
    both = pd.concat([counts([40, 6, 90, 3]), counts([9, 1, 2, 0], "0501")])
    alone = rates_by_area(counts([9, 1, 2, 0], "0501"), PEOPLE)
    found = rates_by_area(both, PEOPLE).iloc[4:].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, alone)


def test_smoothed_rates_are_those_of_empirical_bayes():
    found = rates_by_area(counts([40, 6, 90, 3]), PEOPLE, per=1)
    expected = empirical_bayes([40, 6, 90], [10_000, 2_000, 40_000])
    np.testing.assert_allclose(found["eb"][:3], expected)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
    st.booleans(),
)
def test_a_hidden_count_changes_nothing_that_is_published(n, hidden, other, margin):
    """Two cities that differ only in what is hidden publish the same table, to the last bit."""
    n = pd.array(n, "Int64")
    other = pd.array(other, "Int64")
    other[~np.array(hidden)] = n[~np.array(hidden)]
    tables = []
    total = {"0401": 300} if margin else None
    for true in (n, other):
        shown = true.copy()
        shown[np.array(hidden)] = pd.NA
        tables.append(rates_by_area(counts(shown), PEOPLE, total=total))
    pd.testing.assert_frame_equal(*tables)
    derived = tables[0].loc[hidden].drop(columns=["area_id", "offence", "population"])
    assert (derived.pop("mark") == "hidden").all()
    assert derived.isna().all(axis=None)


def test_a_published_total_gives_the_smoothing_its_mean():
    table = counts(pd.array([40, None, 90, 0], "Int64"))
    people = PEOPLE.assign(population=[10_000, 2_000, 40_000, 1_000])
    found = rates_by_area(table, people, total={"0401": 150}, per=1)
    b = np.array([10_000, np.nan, 40_000, 1_000])
    e = np.array([40, np.nan, 90, 0])
    m = 150 / 53_000
    r, known = e / b, ~np.isnan(e)
    s2 = np.sum((b * (r - m) ** 2)[known]) / b[known].sum()
    a = max(0, s2 - m / b[known].mean())
    w = a / (a + m / b)
    np.testing.assert_allclose(found["eb"], w * r + (1 - w) * m)


def test_a_prior_from_elsewhere_is_used_as_it_is():
    prior = GammaPrior(0.002, 1e-6)
    found = rates_by_area(counts([40, 6, 90, 3]), PEOPLE, prior={"0401": prior}, per=1)
    expected = empirical_bayes([40, 6, 90], [10_000, 2_000, 40_000], prior)
    np.testing.assert_allclose(found["eb"][:3], expected)


def test_two_populations_for_one_area_are_refused():
    with pytest.raises(SafelearnError, match="several rows for one area"):
        rates_by_area(counts([1, 2, 3, 4]), pd.concat([PEOPLE, PEOPLE]))


def test_a_missing_column_is_named():
    with pytest.raises(SafelearnError, match="offence"):
        rates_by_area(counts([1, 2, 3, 4]).drop(columns="offence"), PEOPLE)


def test_an_old_district_is_not_more_dangerous_once_ages_are_made_equal():
    # The same risks at every age, in a young and an old district.
    young = np.array([900, 100])
    old = np.array([200, 800])
    risk = np.array([0.10, 0.01])
    found = direct_standardisation(
        [risk * young * 10, risk * old * 10], [young * 10, old * 10], [500, 500]
    )
    assert found.crude[0] > 3 * found.crude[1]
    assert found.rate[0] == pytest.approx(found.rate[1])


def test_a_stratum_without_people_or_with_a_hidden_count_gives_no_rate():
    found = direct_standardisation(
        [[4, 0], [4, np.nan], [4, 2]], [[100, 0], [100, 50], [100, 50]], [1, 1]
    )
    assert np.isnan(found.rate[:2]).all()
    assert np.isnan(found.lower[:2]).all()
    assert np.isnan(found.upper[:2]).all()
    assert found.rate[2] == pytest.approx(0.04)
    assert found.mark.tolist() == ["unstable", "hidden", "unstable"]


def test_no_events_standardise_to_zero_with_an_upper_limit():
    found = direct_standardisation([0, 0], [100, 100], [1, 1])
    assert found.rate == 0
    assert found.lower == 0
    assert 0 < found.upper < 0.05


def test_strata_that_do_not_match_are_refused():
    with pytest.raises(SafelearnError, match="same strata"):
        direct_standardisation([1, 2], [10, 10], [1, 1, 1])
