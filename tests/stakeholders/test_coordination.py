"""Which departments do not talk."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.coordination import coordination

OFFICES = pd.DataFrame(
    {
        "stakeholder_id": ["works", "youth", "parks", "finance", "police", "club"],
        "type": [*["city_department"] * 4, "police", "ngo"],
    }
)


def ties(*lines: str) -> pd.DataFrame:
    parts = [line.split() for line in lines]
    return pd.DataFrame(parts, columns=["from_id", "tie", "to_id"])


@pytest.mark.clause("draft:24(d)")
def test_departments_that_work_together_and_with_others_are_told_from_those_that_are_only_paid():
    found = coordination(
        OFFICES,
        ties("works cooperation youth", "youth information works", "works referral police", "club referral youth",
             "finance money works"),
    )  # fmt: skip
    table = found.departments.set_index("stakeholder_id")
    assert table.loc["works"].tolist() == [1, 1, 0, 1]
    assert table.loc["youth"].tolist() == [1, 0, 1, 0]
    assert table.loc["finance"].tolist() == [0, 0, 0, 1]
    assert (found.alone, found.apart) == (("parks",), ("parks", "finance"))
    # Six pairs of four departments, of which one works together.
    assert (found.pairs, len(found.silent_pairs)) == (6, 5)


def test_a_quarrel_is_no_coordination():
    assert "parks" in coordination(OFFICES, ties("parks conflict works")).alone


def test_one_department_cannot_be_coordinated():
    with pytest.raises(Refused, match="department"):
        coordination(OFFICES.tail(3), ties("works money youth"))


def test_the_department_that_nobody_talks_to_is_found_in_the_bundled_city(
    port, planted
):
    found = coordination(port.table("stakeholders"), port.table("ties"))
    assert found.alone == (planted["isolated_department"],)
    assert planted["isolated_department"] in found.apart
