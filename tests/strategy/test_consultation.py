"""Whose voice is in the ballots."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.strategy.ballots import read_papers
from safelearn.strategy.consultation import voices

RESIDENTS = {"women": 0.4, "youth": 0.3}


def test_each_group_stands_beside_its_share_of_the_city(exercise):
    table = exercise(
        [("women", "1", "a > b")] * 6
        + [("youth", "1", "a > b")] * 2
        + [("informal_traders", "1", "b > a")] * 2
    )
    found = voices(read_papers(table), RESIDENTS).groups.set_index("group")
    assert found["share"].to_dict() == {
        "informal_traders": 0.2,
        "women": 0.6,
        "youth": 0.2,
    }
    assert found.loc["women", "population_share"] == pytest.approx(0.4)
    assert found.loc["women", "ratio"] == pytest.approx(1.5)
    assert found.loc["youth", "population_share"] == pytest.approx(0.3)
    assert np.isnan(found.loc["informal_traders", "ratio"])


def test_nobody_with_a_disability_voted_in_the_bundled_city(puerto_sereno, truth):
    found = voices(read_papers(puerto_sereno.table("ballots")))
    assert truth["stakeholders"]["missing_group"] in found.missing
    assert "women" not in found.missing
