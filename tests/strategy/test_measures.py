"""A measure of the strategy says why it should work, who pays and what will show it."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.contracts import validate
from safelearn.errors import Refused
from safelearn.strategy.measures import LINKS, build, chains, funding


def plan(**columns) -> pd.DataFrame:
    count = max(len(v) for v in columns.values())
    ids = [f"M{i + 1:02d}" for i in range(count)]
    return pd.DataFrame({"measure_id": ids, "name": ids, **columns})


WHOLE = {
    "problem": ["Women avoid the stops"],
    "cause": ["Stops lie in the dark"],
    "protective_factor": ["Shops stay open"],
    "mechanism": ["Being seen"],
    "lever": ["service"],
    "cost": [640_000.0],
    "indicator_id": ["street_lighting"],
}


@pytest.mark.clause("draft:25(m)", "draft:9")
def test_a_measure_without_a_cause_or_a_lever_is_told_which_link_is_missing():
    assert chains(plan(**WHOLE))["complete"].tolist() == [True]
    for link in LINKS:
        broken = plan(**(WHOLE | {link: [None]}))
        assert chains(broken)["missing"].tolist() == [(link,)]


def test_a_column_that_the_table_does_not_have_is_missing_in_every_measure():
    bare = plan(problem=["Fear", "Theft"])
    assert set(chains(bare)["missing"]) == {LINKS[1:]}


@pytest.mark.clause("draft:25(m)")
def test_a_card_from_the_workshop_becomes_a_row_that_the_table_accepts():
    row = build(
        "Lamps",
        "situational",
        "place_making",
        {"measure_id": "M01", "problem": "Fear", "lever": "planning"},
    )
    assert not [p for p in validate(row, "measures") if p.severity == "error"]
    assert "cause" in chains(row)["missing"].iloc[0]
    with pytest.raises(ValueError, match="no column colour"):
        build("Lamps", "situational", "place_making", {"colour": "red"})


@pytest.mark.clause("draft:24(c)")
def test_money_of_one_measure_does_not_fill_the_gap_of_another():
    found = funding(
        plan(cost=[100.0, 200.0, 50.0, None], funded=[150.0, 20.0, None, 9.0])
    )
    # Gap by hand: 0 + 180 + 50; the 50 too many of the first measure help nobody.
    assert found.gap == 230
    assert found.share == pytest.approx(120 / 350)
    assert found.unfunded == ("M03",)
    assert found.uncosted == ("M04",)


def test_two_currencies_are_never_added_up():
    with pytest.raises(Refused, match="several currencies"):
        funding(plan(cost=[1.0, 2.0], currency=["COP", "USD"]))
    with pytest.raises(Refused, match="No measure has a cost"):
        funding(plan(cost=[None]))
