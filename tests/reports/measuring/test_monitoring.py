"""Delivery, accounts, ballots and the scorecard of justice, released for the evaluation."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest

# The functions of these names hide their modules in the package.
accounts, monitoring = (
    import_module(f"safelearn.reports.measuring.{name}")
    for name in ("accounts", "monitoring")
)


def _justice(**measures) -> pd.DataFrame:
    rows = [
        (
            "2025",
            m.partition("__")[0],
            None,
            None,
            m.partition("__")[2] or "everyone",
            "all",
            v,
        )
        for m, v in measures.items()
    ]
    columns = ["period", "measure", "area_id", "offence", "group", "sex", "value"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.clause("draft:24(h)")
def test_the_bundled_scorecard_gives_police_no_verdict(scope_of):
    scope = scope_of()
    monitoring._justice(scope)
    card = scope.release.tables[monitoring.SCORECARD].frame
    own = card["aspect"].isin(["clearance", "stops", "force", "complaints"])
    assert set(card.loc[own, "verdict"]) == {"no verdict"}
    equity = scope.release.tables[monitoring.EQUITY].frame.set_index("group")
    # 9,810 of 21,235 stops in 2025 are of young people, who are about 15 % of residents.
    assert equity.loc["youth", "lower"] > 4


def test_a_group_of_few_that_carries_an_identity_is_not_shown(scope_of):
    table = _justice(
        arrests=900, force_used=100, arrests__migrants=60, force_used__migrants=8
    )
    scope = scope_of(justice=table)
    monitoring._justice(scope)
    card = scope.release.tables[monitoring.SCORECARD].frame
    assert set(card["group"]) == {"everyone"}


def test_a_group_that_leaves_few_others_is_not_shown(scope_of):
    table = _justice(
        detainees=100, detainees_unsentenced=50, detainees__men=90, detainees_unsentenced__men=48
    )  # fmt: skip
    scope = scope_of(justice=table)
    monitoring._justice(scope)
    # Two others without a sentence could be worked out.
    assert set(scope.release.tables[monitoring.SCORECARD].frame["group"]) == {
        "everyone"
    }


def test_a_ballot_with_a_small_count_is_shown_in_its_order_only(scope_of):
    rows = [("A", "Lamps", 40, "yes"), ("B", "Field", 3, "no")]
    ballots = pd.DataFrame(rows, columns=["option_id", "option", "votes", "funded"]).assign(
        ballot_id="PB", kind="participatory_budget", held_on="2025-08-31", group="everyone", eligible=900, cost=5.0,
        currency="XTS", area_id=None, paper_id=None,
    )  # fmt: skip
    scope = scope_of(ballots=ballots)
    accounts.accounts(scope)
    table = scope.release.tables[accounts.BALLOT]
    assert table.frame["option"].tolist() == ["Lamps", "Field"]
    assert table.hidden[["votes", "share"]].all(axis=None)
    assert accounts.TURNOUT not in scope.release.tables


@pytest.mark.clause("draft:23(d)")
def test_the_money_that_goes_to_safe_spaces_is_released(scope_of):
    scope = scope_of()
    accounts.accounts(scope)
    tracked = scope.release.tables[accounts.TRACKER].frame.set_index("tag")
    budget = scope.table("budget")
    spaces = budget["purpose"].isin(["lighting", "public_space"]) & budget["year"].eq(
        2025
    )
    assert (
        tracked.loc["safe spaces", "approved"] == budget.loc[spaces, "approved"].sum()
    )


def test_delivery_is_released_with_the_area_that_got_least(scope_of):
    scope = scope_of()
    monitoring._delivery(scope)
    row = scope.release.tables[monitoring.DELIVERY].frame.iloc[0]
    assert row["lowest"] <= row["share"] <= 1
