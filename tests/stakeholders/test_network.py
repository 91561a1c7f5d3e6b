"""Who stands between others, and who stands alone."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.stakeholders.network import network, working_ties


def ties(*lines: str) -> pd.DataFrame:
    """Ties written as ``"A information B"``."""
    parts = [line.split() for line in lines]
    return pd.DataFrame(parts, columns=["from_id", "tie", "to_id"])


def register(names: str) -> pd.DataFrame:
    return pd.DataFrame({"stakeholder_id": list(names)})


@pytest.mark.clause("draft:25(b)")
def test_the_two_in_the_middle_of_a_line_stand_between_two_pairs_each():
    line = ties("A information B", "B information C", "C information D")
    found = network(register("ABCD"), line).actors
    assert found["between"].tolist() == [0, 2, 2, 0]
    assert found["splits"].tolist() == [False, True, True, False]


def test_the_hub_of_a_star_stands_between_all_six_pairs_of_its_four_leaves():
    star = ties("H money A", "H money B", "C referral H", "H command D")
    found = network(register("HABCD"), star)
    assert found.actors["between"].tolist() == [6, 0, 0, 0, 0]
    assert found.actors.loc[0, ["gives", "gets", "partners"]].tolist() == [3, 1, 4]
    assert found.brokers == ("H",)


def test_a_tie_of_conflict_is_nobodys_bridge():
    found = network(register("ABC"), ties("A money B", "B conflict C"))
    assert found.alone == ("C",)
    assert "conflict" not in set(found.kinds["tie"])


def test_two_kinds_of_tie_between_two_offices_make_one_partner():
    found = network(register("AB"), ties("A money B", "A information B", "B referral A"))  # fmt: skip
    assert found.actors["partners"].tolist() == [1, 1]
    assert found.actors["gives"].tolist() == [2, 1]


def test_a_tie_to_somebody_outside_the_register_is_named_and_not_used():
    found = network(register("AB"), ties("A money B", "A money Z"))
    assert found.strangers == ("Z",)
    assert found.actors["gives"].tolist() == [1, 0]


def test_ties_without_a_date_or_a_source_are_counted():
    told = ties("A money B", "B money A").assign(
        observed_on=["2025-01-01", None], source="Interview", formal=["yes", "no"]
    )
    kinds = network(register("AB"), told).kinds.iloc[0]
    assert (kinds["ties"], kinds["written"], kinds["sourced"]) == (2, 1, 1)


def test_ties_of_strangers_only_are_refused():
    with pytest.raises(Refused, match="register"):
        network(register("AB"), ties("X money Y"))


def test_who_informs_whom_makes_one_pair_and_orders_make_none():
    found = working_ties(ties("B information A", "A cooperation B", "A command C"))
    assert found.values.tolist() == [["A", "B"]]


def test_the_broker_of_the_bundled_city_is_found_and_firm(port, planted):
    found = network(port.table("stakeholders"), port.table("ties"))
    assert found.brokers[0] == planted["broker"]
    likeliest = found.actors.set_index("stakeholder_id")["first"]
    assert likeliest[planted["broker"]] > 0.5
    assert found.alone == (planted["isolated_department"],)
