"""Money follows votes as far as it reaches, or the person at the controls, who then says why."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.reports.widgets import budget
from safelearn.reports.widgets.budget import BY_HAND
from safelearn.resources import bundled_city


@pytest.mark.clause("draft:26(f)(iii).2")
def test_more_money_reaches_further_down_the_order_of_votes():
    made = budget()
    made.move(money=520_000)
    assert "520,000 of 520,000 is given out; 35%" in made.answer.value
    # 1,720 and 910 of 4,870 votes: guards and light
    made.move(money=1_000_000)
    assert "900,000 of 1,000,000 is given out; 54%" in made.answer.value


def test_who_decides_otherwise_is_asked_why():
    made = budget()
    made.move(money=1_000_000, rule=BY_HAND, guards=False, light=True, transport=True)
    assert "More guards in the centre and Safe stops and buses. Say why." in made.answer.value  # fmt: skip


def test_more_than_there_is_cannot_be_given():
    made = budget()
    made.move(money=100_000, rule=BY_HAND, guards=True, light=True, survivors=False)
    assert "That costs 800,000 more than there is." in made.answer.value


def test_who_decides_begins_with_what_the_votes_bought():
    made = budget()
    made.controls["rule"].value = BY_HAND
    assert "900,000 of 1,000,000 is given out" in made.answer.value


def test_ticks_are_only_there_for_a_person_who_decides():
    made = budget()
    assert made.controls["light"].layout.display == "none"
    made.controls["rule"].value = BY_HAND
    assert made.controls["light"].layout.display is None


def test_whether_money_goes_where_need_is_comes_with_its_interval():
    made = budget()
    assert "95% interval" in made.answer.value and "Fifth of residents" in made.answer.value  # fmt: skip
    # Guards and light go to the areas 01 and 04: nothing reaches the fifths with most need.
    assert "31.5" in made.answer.value  # 520,000 for 9,000 + 7,500 residents


def test_turnout_stands_group_by_group():
    page = budget().static()
    assert "6.6%" in page and "4.6%" in page  # 2,840 of 43,100 and 2,030 of 44,000


def city_with(tmp_path, table):
    source = bundled_city("puerto-sereno")
    for name in ("city.toml", "areas.csv"):
        shutil.copy(source / name, tmp_path / name)
    table.to_csv(tmp_path / "ballots.csv", index=False)
    return tmp_path


def test_few_votes_are_hidden_with_all_others_and_with_the_turnout(tmp_path):
    table = pd.read_csv(bundled_city("puerto-sereno") / "ballots.csv", dtype=str)
    table = table[table["kind"] == "participatory_budget"]
    table.loc[table["option_id"] == "B5", "votes"] = "3"
    page = budget(city_with(tmp_path, table)).static()
    assert "hidden to protect people" in page
    assert "3,007" not in page and "Turnout" not in page and "of all votes" not in page


def test_a_city_without_such_a_ballot_is_refused(tmp_path):
    table = pd.read_csv(bundled_city("puerto-sereno") / "ballots.csv", dtype=str)
    with pytest.raises(Refused):
        budget(city_with(tmp_path, table[table["kind"] == "priorities"]))
