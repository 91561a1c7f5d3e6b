"""A trainee's own city: small, quick, canonical, and the same each time for the same seed."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city import contracts
from safelearn.simulation.variant import city_tables


@pytest.fixture(scope="module")
def variant():
    return city_tables(42)


def test_it_has_the_canonical_columns(variant):
    for name, frame in variant.items():
        needed = list(contracts.columns(name))
        assert [c for c in needed if c in frame.columns] == list(frame.columns)
        assert contracts.validate(frame, name) == []
    assert list(variant["incidents"].columns) == list(contracts.columns("incidents"))


def test_it_is_of_the_size_that_was_asked_for(variant):
    assert len(variant["areas"]) == 20
    assert 5_500 < len(variant["incidents"]) < 6_500
    years = variant["incidents"]["occurred_from"].dt.year
    assert set(years) == {2023, 2024, 2025}
    assert variant["population"]["population"].sum() == 120_000


def test_the_same_seed_is_the_same_city(variant):
    again = city_tables(42)
    for name, frame in variant.items():
        pd.testing.assert_frame_equal(frame, again[name])


def test_another_seed_is_another_city(variant):
    other = city_tables(43)
    assert list(other["areas"]["area_name"]) != list(variant["areas"]["area_name"])
    assert len(other["incidents"]) != len(variant["incidents"])
    people = [
        frame["population"].groupby("area_id")["population"].sum()
        for frame in (variant, other)
    ]
    assert not people[0].equals(people[1])


@pytest.mark.parametrize(("areas", "years", "incidents"), [(6, 1, 800), (40, 5, 9000)])
def test_other_sizes_can_be_asked_for(areas, years, incidents):
    tables = city_tables(5, areas=areas, years=years, incidents=incidents)
    assert len(tables["areas"]) == areas
    assert tables["areas"]["area_name"].is_unique
    n = len(tables["incidents"])
    assert 0.85 * incidents < n < 1.15 * incidents
    assert set(tables["incidents"]["area_id"]) <= set(tables["areas"]["area_id"])


def test_rates_can_be_made_for_every_area(variant):
    people = variant["population"].groupby("area_id")["population"].sum()
    assert set(people.index) == set(variant["areas"]["area_id"])
    assert (people > 0).all()
