"""Residents counted once, whatever totals stand beside their parts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelearn.city.contracts import empty
from safelearn.city.population import population_by
from safelearn.errors import SafelearnError


def people(*rows):
    columns = ["area_id", "sex", "age_group", "population", "year"]
    return pd.DataFrame(rows, columns=columns)


BOTH = people(
    ("01", "all", "all", 100.0, 2024),
    ("01", "female", "all", 55.0, 2024),
    ("01", "male", "all", 45.0, 2024),
    ("01", "female", "0-14", 15.0, 2024),
    ("01", "female", "15+", 40.0, 2024),
    ("01", "male", "0-14", 20.0, 2024),
    ("01", "male", "15+", 25.0, 2024),
)


def numbers(frame):
    return frame.set_index([c for c in frame if c not in ("population", "year")])[
        "population"
    ].to_dict()


def test_totals_beside_their_parts_are_not_counted_twice():
    assert numbers(population_by(BOTH)) == {"01": 100.0}
    assert numbers(population_by(BOTH, ("sex",))) == {"female": 55.0, "male": 45.0}
    assert numbers(population_by(BOTH, ("age_group",))) == {"0-14": 35.0, "15+": 65.0}
    by_both = population_by(BOTH, ("sex", "age_group"))
    assert by_both["population"].sum() == 100.0 and len(by_both) == 4


def test_parts_are_added_up_where_there_is_no_total():
    parts = BOTH[BOTH["age_group"] != "all"]
    assert numbers(population_by(parts)) == {"01": 100.0}
    assert numbers(population_by(parts, ("sex",))) == {"female": 55.0, "male": 45.0}


def test_the_whole_city_is_one_row():
    city = population_by(pd.concat([BOTH, BOTH.assign(area_id="02")]), ())
    assert city["population"].tolist() == [200.0]
    assert city["year"].tolist() == [2024]


def test_each_area_gives_the_year_nearest_to_the_one_asked():
    table = people(
        ("01", "all", "all", 10.0, 2015),
        ("01", "all", "all", 12.0, 2020),
        ("02", "all", "all", 30.0, 2015),
    )
    asked = population_by(table, year=2019)
    assert asked["population"].tolist() == [12.0, 30.0]
    assert asked["year"].tolist() == [2020, 2015]
    assert population_by(table)["population"].tolist() == [12.0, 30.0]
    assert population_by(table, (), year=2019)["year"].isna().all()


def test_a_census_by_sex_is_preferred_to_a_newer_total_when_sex_is_asked():
    newer = pd.concat([BOTH, people(("01", "all", "all", 130.0, 2025))])
    by_sex = population_by(newer, ("sex",), year=2025)
    assert numbers(by_sex) == {"female": 55.0, "male": 45.0}
    assert set(by_sex["year"]) == {2024}
    assert numbers(population_by(newer, year=2025)) == {"01": 130.0}


def test_an_area_that_is_not_split_keeps_its_people_under_all():
    table = pd.concat([BOTH, people(("02", "all", "all", 70.0, 2024))])
    by_sex = numbers(population_by(table, ("area_id", "sex")))
    assert by_sex == {("01", "female"): 55.0, ("01", "male"): 45.0, ("02", "all"): 70.0}


def test_women_alone_are_not_taken_for_everybody():
    women = people(
        ("01", "female", "all", 55.0, 2024), ("01", "all", "all", 100.0, 2024)
    )
    assert numbers(population_by(women, ("area_id", "sex"))) == {("01", "all"): 100.0}


def test_overlapping_age_groups_are_refused():
    table = people(
        ("01", "all", "15-24", 10.0, 2024), ("01", "all", "20-29", 12.0, 2024)
    )
    with pytest.raises(SafelearnError, match="15-24 and 20-29 overlap"):
        population_by(table)


def test_an_empty_table_gives_an_empty_answer():
    answer = population_by(empty("population"), ("area_id", "sex"))
    assert answer.columns.tolist() == ["area_id", "sex", "population", "year"]
    assert answer.empty


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["01", "02", "03"]),
            st.sampled_from(["0-14", "15-64", "65+"]),
        ),
        st.tuples(st.integers(0, 999), st.integers(0, 999)),
        min_size=1,
    ),
    st.sets(st.sampled_from(["area_id", "sex", "age_group"])),
    st.booleans(),
)
def test_however_it_is_split_the_city_has_the_same_people(cells, by, with_totals):
    rows = []
    for (area, age), (women, men) in cells.items():
        rows += [(area, "female", age, float(women), 2024)]
        rows += [(area, "male", age, float(men), 2024)]
    table = people(*rows)
    everybody = table["population"].sum()
    if with_totals:
        totals = table.groupby("area_id", as_index=False)["population"].sum()
        totals = totals.assign(sex="all", age_group="all", year=2024)
        table = pd.concat([table, totals])
    assert population_by(table, tuple(by))["population"].sum() == everybody
