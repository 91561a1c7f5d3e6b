"""Who voted on the money, what won, and did the winners get it?"""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.participatory_budget import money_by_area, tally


@pytest.fixture
def ballot():
    rows = [
        ("women", "A", "Lamps", 60, 200, 500.0, "yes"),
        ("women", "B", "Field", 10, 200, 700.0, "no"),
        ("women", "C", "Trees", 10, 200, 300.0, "no"),
        ("men", "A", "Lamps", 10, 150, 500.0, "yes"),
        ("men", "B", "Field", 45, 150, 700.0, "no"),
        ("men", "C", "Trees", 5, 150, 300.0, "no"),
    ]
    columns = ["group", "option_id", "option", "votes", "eligible", "cost", "funded"]
    return pd.DataFrame(rows, columns=columns).assign(
        ballot_id="PB", kind="participatory_budget", held_on="2025-08-31", area_id=None, currency="XTS"
    )  # fmt: skip


@pytest.mark.clause("draft:26(f)(iii).2")
def test_votes_of_all_groups_are_counted_and_options_taken_while_they_fit(ballot):
    found = tally(ballot, money=900)
    assert found.options["option"].tolist() == ["Lamps", "Field", "Trees"]
    assert found.options["votes"].tolist() == [70, 55, 15]
    # After the lamps 400 are left: the field does not fit, the trees do.
    assert found.options["by_votes"].tolist() == [True, False, True]
    assert found.unlike == ("Trees",)
    assert found.options["share"].tolist() == pytest.approx([0.5, 55 / 140, 15 / 140])


def test_turnout_is_shown_for_each_group(ballot):
    found = tally(ballot).turnout.set_index("group")
    assert found.loc["women", "turnout"] == 80 / 200
    assert found.loc["men", "turnout"] == 60 / 150
    # Wilson for 80 of 200, by hand: (0.4 + 0.0096 -+ 1.96 sqrt(0.0012 + 0.000024)) / 1.0192
    assert found.loc["women", "lower"] == pytest.approx(0.3346, abs=2e-4)


def test_with_several_votes_each_people_are_counted_once(ballot):
    found = tally(ballot, votes_each=2).turnout.set_index("group")
    assert found.loc["women", "voters"] == 40


def test_a_row_for_everyone_is_not_added_to_its_parts(ballot):
    total = ballot.groupby(["option_id", "option"], as_index=False).agg(
        votes=("votes", "sum"), cost=("cost", "first"), funded=("funded", "first")
    )
    total = total.assign(
        group="everyone", eligible=400, ballot_id="PB", kind="participatory_budget",
        held_on="2025-08-31", area_id=None, currency="XTS",
    )  # fmt: skip
    found = tally(pd.concat([ballot, total]))
    assert found.votes == 140
    assert found.turnout.set_index("group").loc["everyone", "turnout"] == 140 / 400


def test_more_voters_than_people_is_a_mistake_in_the_table(ballot):
    with pytest.raises(SafelearnError, match="More people voted"):
        tally(ballot.assign(eligible=20))


def test_what_the_winners_bring_to_areas_can_be_set_against_need(ballot):
    found = money_by_area(tally(ballot).options, {"A": "0101", "B": "0102"})
    assert found.to_dict("records") == [{"area_id": "0101", "amount": 500.0}]


def test_a_ranking_of_priorities_is_no_vote_on_money(ballot):
    with pytest.raises(Refused):
        tally(ballot.assign(kind="priorities"))


def test_a_paper_is_one_voter_whatever_it_ticks():
    rows = pd.DataFrame(
        {
            "paper_id": ["1", "1", "2"], "option_id": ["A", "B", "A"], "votes": 1, "eligible": 4,
            "cost": [5.0, 3.0, 5.0],
            "option": ["Lamps", "Field", "Lamps"], "funded": ["yes", "no", "yes"], "group": "women", "ballot_id": "PB",
            "kind": "participatory_budget", "held_on": "2025-08-31",
        }
    )  # fmt: skip
    assert tally(rows).turnout["turnout"].tolist() == [0.5]
