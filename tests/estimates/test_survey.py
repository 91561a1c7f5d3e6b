"""A survey says what everybody would say, and how surely: published figures, figures by hand, and a jackknife."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.errors import SafelearnError
from safelearn.estimates.survey import (
    means_by,
    proportions_by,
    survey_contrast,
    survey_design,
    survey_mean,
    survey_proportion,
    survey_ratio,
    survey_total,
)


def answers(counts, **design):
    """One row a respondent from (stratum, psu, weight, yes, asked)."""
    rows = [
        {"stratum": s, "psu": p, "weight": w, "yes": i < yes}
        for s, p, w, yes, asked in counts
        for i in range(asked)
    ]
    return pd.DataFrame(rows).assign(**design)


# ---- by hand --------------------------------------------------------------------------------


def test_four_blocks_by_hand():
    table = answers(
        [("", 1, 1, 7, 10), ("", 2, 1, 4, 10), ("", 3, 1, 6, 12), ("", 4, 1, 3, 8)]
    )
    found = survey_proportion(survey_design(table), table["yes"])
    # Scores (y - p x) / 40 of the blocks: 2, -1, 0, -1; variance 4/3 * 6/1600.
    assert found.value == pytest.approx(0.5)
    assert found.standard_error == pytest.approx(np.sqrt(4 / 3 * 6 / 1600))
    assert found.standard_error == pytest.approx(0.0707107, abs=5e-8)
    # Its square over that of a simple random sample of 40: 0.25 / 39.
    assert found.design_effect == pytest.approx(0.005 / (0.25 / 39))
    assert (found.n, found.degrees_of_freedom) == (40, 3)
    assert found.effective_n == pytest.approx(40 / found.design_effect)


def test_two_strata_of_two_blocks_by_hand():
    table = answers(
        [
            ("A", 1, 50, 30, 50),
            ("A", 2, 50, 20, 50),
            ("B", 1, 100, 10, 40),
            ("B", 2, 100, 18, 40),
        ]
    )
    found = survey_proportion(survey_design(table), table["yes"])
    assert found.value == pytest.approx(0.4076923, abs=5e-8)
    assert found.standard_error == pytest.approx(0.0725691, abs=5e-8)


def test_nobody_among_twenty_leaves_room_for_one_in_six():
    table = pd.DataFrame({"yes": [False] * 20})
    found = survey_proportion(survey_design(table), table["yes"])
    assert (found.value, found.lower) == (0, 0)
    # Clopper and Pearson's limit for 0 of 20 is 1 - .025^(1/20) = .168; Student's deviate (2.093) makes 17.5 of 20.
    n = 20 * (1.959964 / 2.093024) ** 2
    assert found.upper == pytest.approx(1 - 0.025 ** (1 / n), abs=1e-6)
    everybody = survey_proportion(survey_design(table), ~table["yes"])
    assert (everybody.value, everybody.upper) == (1, 1)
    assert everybody.lower == pytest.approx(1 - found.upper)


def test_one_block_gives_a_value_and_no_interval():
    table = answers([("", 1, 1, 5, 10), ("", 2, 1, 3, 10)])
    found = survey_proportion(
        survey_design(table), table["yes"], where=table["psu"] == 1
    )
    assert found.value == pytest.approx(0.5)
    assert np.isnan(found.lower) and np.isnan(found.upper)


def test_a_group_that_nobody_belongs_to_has_no_estimate():
    table = answers([("", 1, 1, 5, 10), ("", 2, 1, 3, 10)])
    found = survey_proportion(
        survey_design(table), table["yes"], where=table["psu"] == 9
    )
    assert found.n == 0 and np.isnan(found.value)


def test_who_was_not_asked_is_out_of_the_base():
    table = answers([("", 1, 1, 5, 10), ("", 2, 1, 3, 10)])
    yes = table["yes"].astype(float).where(table.index % 10 > 1)
    found = survey_proportion(survey_design(table), yes)
    # The first two of each block, who all said yes, were not asked: 4 of 16.
    assert (found.value, found.n) == (0.25, 16)


def test_a_lonely_block_is_held_against_all_blocks():
    table = answers([("A", 1, 1, 8, 10), ("A", 2, 1, 4, 10), ("B", 3, 1, 9, 10)])
    found = survey_proportion(survey_design(table), table["yes"])
    # p = .7; scores 1, -3, 2 (over 30): in A 2 * ((1+1)^2 + (-3+1)^2), in B (2 - 0)^2.
    assert found.standard_error == pytest.approx(np.sqrt(2 * (4 + 4) + 4) / 30)


def test_a_stratum_asked_whole_leaves_nothing_to_chance():
    table = answers([("", 1, 1, 5, 10), ("", 2, 1, 3, 10)], stratum_psus=2)
    found = survey_proportion(survey_design(table), table["yes"])
    assert found.standard_error == 0
    assert found.lower == found.upper == found.value


def test_quantities_are_no_shares():
    with pytest.raises(SafelearnError, match="yes, no or missing"):
        survey_proportion(survey_design(pd.DataFrame({"x": [1, 2]})), [1, 2])


# ---- published ------------------------------------------------------------------------------


@pytest.fixture
def schools(realdata):
    def read(name):
        return pd.read_csv(realdata / "survey" / f"survey_{name}.csv")

    return read


def clusters(table, fpc="fpc"):
    return survey_design(table, stratum=None, psu="dnum", weight="pw", stratum_psus=fpc)


@pytest.mark.needs("realdata/survey")
def test_the_published_cluster_sample_of_schools(schools):
    table = schools("apiclus1")
    design = clusters(table)
    after, before = (
        survey_mean(design, table["api00"]),
        survey_mean(design, table["api99"]),
    )
    assert (after.value, after.standard_error) == pytest.approx(
        (644.169399, 23.5422), abs=5e-5
    )
    assert (before.value, before.standard_error) == pytest.approx(
        (606.978142, 24.2250), abs=5e-5
    )
    pupils = survey_total(design, table["enroll"])
    assert (pupils.value, pupils.standard_error) == pytest.approx(
        (3404940.13, 932235.03), abs=5e-3
    )
    ratio = survey_ratio(design, table["api.stu"], table["enroll"])
    assert (ratio.value, ratio.standard_error) == pytest.approx(
        (0.8497087, 0.008386297), abs=5e-8
    )


@pytest.mark.needs("realdata/survey")
def test_the_published_shares_by_type_of_school(schools):
    table = schools("apiclus1")
    design = clusters(table)
    for kind, value, error in (
        ("E", 0.786885, 0.0463),
        ("H", 0.076503, 0.0268),
        ("M", 0.136612, 0.0296),
    ):
        found = survey_proportion(design, table["stype"] == kind)
        assert found.value == pytest.approx(value, abs=5e-7)
        assert found.standard_error == pytest.approx(error, abs=5e-5)


@pytest.mark.needs("realdata/survey")
def test_the_published_domains_of_the_cluster_sample(schools):
    table = schools("apiclus1")
    found = means_by(clusters(table), table["api99"], table["stype"])
    assert found["stype"].tolist() == ["E", "H", "M"]
    assert found["value"].tolist() == pytest.approx(
        [607.7917, 595.7143, 608.6000], abs=5e-5
    )
    assert found["standard_error"].tolist() == pytest.approx(
        [22.81660, 41.76400, 32.56064], abs=5e-6
    )


@pytest.mark.needs("realdata/survey")
def test_the_published_ratio_of_two_domains(schools):
    table = schools("apiclus1")
    high, elementary = table["stype"] == "H", table["stype"] == "E"
    found = survey_contrast(
        clusters(table, fpc=None), table["api00"], high, elementary, "ratio"
    )
    assert found.value == pytest.approx(0.953308493576269, abs=1e-12)
    assert found.standard_error == pytest.approx(0.04682352757304, abs=1e-12)


@pytest.mark.needs("realdata/survey")
def test_the_published_stratified_sample_of_schools(schools):
    table = schools("apistrat")
    design = survey_design(
        table, stratum="stype", psu=None, weight="pw", stratum_psus="fpc"
    )
    found = survey_mean(design, table["api00"])
    assert (found.value, found.standard_error) == pytest.approx(
        (662.29, 9.4089), abs=5e-3
    )
    assert found.standard_error == pytest.approx(9.4089, abs=5e-5)
    pupils = survey_total(design, table["enroll"])
    assert (pupils.value, pupils.standard_error) == pytest.approx(
        (3687178, 114642), abs=0.5
    )
    without = survey_design(table, stratum="stype", weight="pw", stratum_psus=None)
    assert survey_mean(without, table["api00"]).standard_error == pytest.approx(
        9.5361, abs=5e-5
    )


@pytest.mark.needs("realdata/survey")
def test_a_stratum_as_domain_is_a_simple_random_sample_of_that_stratum(schools):
    """A circulating listing prints 9.50, 14.29 and 14.77 beside these means; the textbook gives others.

    The same listing gives 652.59 as the mean of the column, which its own means by type contradict.
    """
    table = schools("apistrat")
    design = survey_design(
        table, stratum="stype", psu=None, weight="pw", stratum_psus="fpc"
    )
    found = means_by(design, table["api00"], table["stype"]).set_index("stype")
    assert found["value"].tolist() == pytest.approx([674.43, 625.82, 636.60])
    assert table["api00"].mean() == pytest.approx((2 * 674.43 + 625.82 + 636.60) / 4)
    for kind, part in table.groupby("stype"):
        textbook = np.sqrt(
            part["api00"].var() / len(part) * (1 - len(part) / part["fpc"].iloc[0])
        )
        assert found.loc[kind, "standard_error"] == pytest.approx(textbook)


@pytest.mark.needs("realdata/survey")
def test_the_published_two_stage_sample_of_schools(schools):
    table = schools("apiclus2")
    design = clusters(table, fpc=None)
    after, before = (
        survey_mean(design, table["api00"]),
        survey_mean(design, table["api99"]),
    )
    assert after.value == pytest.approx(670.81, abs=5e-3)
    assert after.standard_error == pytest.approx(30.712, abs=5e-4)
    assert before.value == pytest.approx(645.03, abs=5e-3)
    assert before.standard_error == pytest.approx(30.308, abs=5e-4)


# ---- an oracle: the jackknife -----------------------------------------------------------------


def jackknife(table, statistic):
    """Standard error by leaving out one PSU at a time (stratified: JKn), without finite population correction."""
    variance = 0.0
    for _, layer in table.groupby("stratum"):
        units, found = layer["psu"].unique(), []
        n = len(units)
        for unit in units:
            weight = table["weight"].copy()
            inside = table["stratum"] == layer["stratum"].iloc[0]
            weight[inside] *= n / (n - 1)
            weight[inside & (table["psu"] == unit)] = 0
            found.append(statistic(table, weight))
        variance += (n - 1) / n * np.sum((np.array(found) - np.mean(found)) ** 2)
    return np.sqrt(variance)


@pytest.mark.needs("realdata/survey")
def test_the_jackknife_itself_gives_its_published_figure(schools):
    table = schools("apiclus1").assign(
        stratum="", psu=lambda t: t["dnum"], weight=lambda t: t["pw"]
    )
    found = jackknife(table, lambda t, w: np.average(t["api00"], weights=w))
    assert found * np.sqrt(1 - 15 / 757) == pytest.approx(26.3294, abs=5e-5)


@pytest.fixture(scope="module")
def city():
    """An invented sample: 3 districts, 40 blocks each, 8 adults a block who answer alike, unequal weights."""
    rng = np.random.default_rng(4)
    blocks = pd.DataFrame({"stratum": np.repeat([*"ABC"], 40), "psu": np.arange(120)})
    blocks["mood"] = rng.normal(0, 0.8, 120)
    table = blocks.loc[np.repeat(blocks.index, 8)].reset_index(drop=True)
    table["weight"] = rng.uniform(20, 90, len(table)).round(1)
    table["sex"] = rng.choice(["female", "male"], len(table))
    table["age"] = rng.integers(18, 90, len(table))
    odds = table["mood"] - 0.7 * (table["sex"] == "female")
    table["safe"] = rng.random(len(table)) < 1 / (1 + np.exp(-odds))
    return table


STATISTICS = {
    "share": (
        lambda d, t: survey_proportion(d, t["safe"]),
        lambda t, w: np.average(t["safe"], weights=w),
    ),
    "share of women": (
        lambda d, t: survey_proportion(d, t["safe"], t["sex"] == "female"),
        lambda t, w: np.average(t["safe"], weights=w * (t["sex"] == "female")),
    ),
    "total": (
        lambda d, t: survey_total(d, t["safe"]),
        lambda t, w: np.sum(w * t["safe"]),
    ),
    "total of women": (
        lambda d, t: survey_total(d, t["safe"], t["sex"] == "female"),
        lambda t, w: np.sum(w * t["safe"] * (t["sex"] == "female")),
    ),
    "ratio": (
        lambda d, t: survey_ratio(d, t["safe"], t["age"]),
        lambda t, w: np.sum(w * t["safe"]) / np.sum(w * t["age"]),
    ),
    "difference": (
        lambda d, t: survey_contrast(d, t["safe"], t["sex"] == "female", t["sex"] == "male"),
        lambda t, w: (
            np.average(t["safe"], weights=w * (t["sex"] == "female"))
            - np.average(t["safe"], weights=w * (t["sex"] == "male"))
        ),
    ),
    "relative": (
        lambda d, t: survey_contrast(d, t["safe"], t["sex"] == "female", t["sex"] == "male", "ratio"),
        lambda t, w: (
            np.average(t["safe"], weights=w * (t["sex"] == "female"))
            / np.average(t["safe"], weights=w * (t["sex"] == "male"))
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STATISTICS)
def test_leaving_out_one_block_at_a_time_gives_the_same_standard_error(city, name):
    estimate, statistic = STATISTICS[name]
    found = estimate(survey_design(city), city)
    assert found.value == pytest.approx(statistic(city, city["weight"]))
    assert found.standard_error == pytest.approx(jackknife(city, statistic), rel=0.01)


# ---- properties -------------------------------------------------------------------------------


def test_a_table_of_groups_is_the_same_as_one_group_at_a_time(city):
    design = survey_design(city)
    found = proportions_by(design, city["safe"], [city["stratum"], city["sex"]])
    assert len(found) == 6
    for row in found.itertuples():
        inside = (city["stratum"] == row.stratum) & (city["sex"] == row.sex)
        one = survey_proportion(design, city["safe"], inside)
        for field in (
            "value",
            "standard_error",
            "lower",
            "upper",
            "n",
            "design_effect",
        ):
            assert getattr(row, field) == pytest.approx(getattr(one, field))
        assert row.positive == city.loc[inside, "safe"].sum()


def test_respondents_without_a_group_stay_in_the_design(city):
    group = city["sex"].where(city["age"] < 60)
    found = proportions_by(survey_design(city), city["safe"], group).set_index("sex")
    inside = (city["age"] < 60) & (city["sex"] == "male")
    one = survey_proportion(survey_design(city), city["safe"], inside)
    assert found.loc["male", "standard_error"] == pytest.approx(one.standard_error)


def test_totals_of_groups_add_up_to_the_total(city):
    design = survey_design(city)
    parts = [
        survey_total(design, city["safe"], city["sex"] == sex).value
        for sex in ("female", "male")
    ]
    assert sum(parts) == pytest.approx(survey_total(design, city["safe"]).value)


def test_asking_everybody_in_a_second_such_city_halves_the_variance(city):
    twice = pd.concat([city.assign(stratum=city["stratum"] + end) for end in "12"])
    one = survey_proportion(survey_design(city), city["safe"])
    two = survey_proportion(survey_design(twice), twice["safe"])
    assert two.value == pytest.approx(one.value)
    assert two.standard_error == pytest.approx(one.standard_error / np.sqrt(2))


def test_copying_each_answer_into_its_own_block_adds_no_knowledge(city):
    twice = pd.concat([city, city])
    one = survey_proportion(survey_design(city), city["safe"])
    two = survey_proportion(survey_design(twice), twice["safe"])
    assert two.standard_error == pytest.approx(one.standard_error)
    assert two.effective_n == pytest.approx(one.effective_n, rel=0.01)


def test_splitting_a_stratum_by_what_people_answer_makes_the_estimate_surer():
    yes = np.repeat([True, False], 20)
    whole = pd.DataFrame({"yes": yes})
    split = whole.assign(stratum=np.where(yes, "a", "b"))
    assert survey_proportion(survey_design(split), yes).standard_error == pytest.approx(
        0
    )
    assert survey_proportion(survey_design(whole), yes).standard_error > 0.07


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(1, 9), st.booleans(), st.integers(0, 5)),
        min_size=8,
        max_size=60,
    ),
    st.floats(0.01, 1_000),
)
def test_the_unit_of_the_weights_changes_nothing(rows, factor):
    table = pd.DataFrame(rows, columns=["weight", "yes", "psu"])
    if table["psu"].nunique() < 2:
        return
    one = survey_proportion(survey_design(table), table["yes"])
    scaled = table.assign(weight=table["weight"] * factor)
    two = survey_proportion(survey_design(scaled), table["yes"])
    for field in ("value", "standard_error", "lower", "upper"):
        assert getattr(two, field) == pytest.approx(
            getattr(one, field), rel=1e-6, abs=1e-9
        )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=3, max_size=50))
def test_without_strata_blocks_and_weights_the_textbook_formula_holds(values):
    design = survey_design(pd.DataFrame({"x": values}))
    found = survey_mean(design, values)
    textbook = np.std(values, ddof=1) / np.sqrt(len(values))
    assert found.value == pytest.approx(np.mean(values), abs=1e-9)
    assert found.standard_error == pytest.approx(textbook, abs=1e-9)
    if textbook > 1e-6:
        assert found.design_effect == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7)), min_size=8, max_size=80))
def test_a_share_stays_between_its_limits_and_these_between_zero_and_one(rows):
    table = pd.DataFrame(rows, columns=["yes", "psu"])
    found = proportions_by(survey_design(table), table["yes"], table["psu"] % 2)
    known = found.dropna(subset=["lower"])
    assert (known["lower"] <= known["value"] + 1e-12).all()
    assert (known["upper"] >= known["value"] - 1e-12).all()
    assert known[["lower", "upper"]].stack().between(0, 1).all()
