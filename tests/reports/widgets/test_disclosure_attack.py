"""Small counts hidden by hand come back by subtraction; hidden properly, they do not."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.disclosure.slices import ALL
from safelearn.reports.widgets import disclosure_attack
from safelearn.reports.widgets.disclosure_attack import (
    AWARE,
    SAFE,
    SMALL,
    _invented,
    tried,
)


def cells(found):
    return {(dict(b.cell)["area_id"], dict(b.cell)["offence"]): b.interval for b in found.breaches}  # fmt: skip


@pytest.mark.clause("draft:26(f)(ii).10")
def test_hiding_only_what_is_small_gives_every_small_count_away():
    found = tried(_invented(), 5, SMALL)
    # The three counts below five stand alone in their rows: total less the others.
    assert cells(found) == {
        ("north", "0401"): (3, 3),
        ("harbour", "0501"): (2, 2),
        ("market", "0701"): (4, 4),
    }
    assert (found.small, found.hidden) == (3, 3)


@pytest.mark.parametrize("threshold", [3, 5, 8, 12])
def test_hiding_what_gives_them_away_leaves_the_attacker_nothing(threshold):
    found = tried(_invented(), threshold, SAFE)
    assert found.breaches == () and found.hidden > found.small > 0


def test_a_threshold_that_rises_hides_more():
    hidden = [tried(_invented(), k, SMALL).hidden for k in (1, 3, 5, 10)]
    assert hidden == [0, 1, 3, 6]


def test_a_count_that_others_publish_opens_a_hidden_one_unless_it_was_known():
    opened = tried(_invented(), 5, SAFE, elsewhere=True)
    assert opened.leaked is not None and opened.breaches
    assert opened.leaked not in {b.cell for b in opened.breaches}
    for breach in opened.breaches:
        cell = dict(breach.cell)
        rows = _invented()
        true = rows[(rows["area_id"] == cell["area_id"]) & (rows["offence"] == cell["offence"])]  # fmt: skip
        low, high = breach.interval
        assert low <= true["n"].iloc[0] <= high
    assert tried(_invented(), 5, AWARE, elsewhere=True).breaches == ()


def test_what_is_shown_is_the_truth():
    shown = tried(_invented(), 5, SAFE).shown
    grand = shown[(shown["area_id"] == ALL) & (shown["offence"] == ALL)]["n"]
    assert grand.iloc[0] == _invented()["n"].sum()
    both = shown.merge(_invented(), on=["area_id", "offence"])
    known = both[both["n_x"].notna()]
    assert (known["n_x"] == known["n_y"]).all()


def test_moving_the_controls_shows_the_attack_and_its_end():
    made = disclosure_attack()
    assert "gets 3 of 3 hidden counts back" in made.answer.value
    assert "got back: 3" in made.answer.value
    made.controls["way"].value = SAFE
    assert "gets nothing out of the 9 hidden counts" in made.answer.value
    assert "got back" not in made.answer.value
    made.controls["elsewhere"].value = True
    assert "got back: 3" in made.answer.value and "told elsewhere" in made.answer.value
    made.controls["way"].value = AWARE
    assert "got back" not in made.answer.value
    made.controls["threshold"].value = 1
    assert "Nothing is hidden" in made.answer.value


def test_the_static_answer_holds_for_its_setting():
    page = disclosure_attack().static(threshold=3)
    assert "Smallest count shown: 3" in page and "gets 1 of 1 hidden" in page


def test_other_invented_counts_can_be_attacked():
    rows = pd.DataFrame({"area_id": list("aabb"), "offence": ["0401", "0501"] * 2, "n": [3, 20, 40, 50]})  # fmt: skip
    assert "got back: 3" in disclosure_attack(rows).answer.value
