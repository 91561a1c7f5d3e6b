"""The results of a model leave with a card that says for whom it errs, who answers, and where to object."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.disclosure.algorithm_cards import MODELS, GroupError, card
from safelearn.disclosure.approval import approve
from safelearn.disclosure.wording import check
from safelearn.errors import SafelearnError
from safelearn.reports.release import Release

CELLS = pd.DataFrame({"area_id": ["01", "02"], "class": ["high", "no clear pattern"]})
SAID = {"keys": ["area_id"], "measures": ["class"]}


@pytest.mark.clause("draft:26(f)(ii).9")
def test_results_of_a_model_do_not_leave_without_its_card():
    with pytest.raises(SafelearnError) as caught:
        approve("hot_spots", CELLS, **SAID, model="hot_spots")
    assert "no card" in caught.value.what and "card" in caught.value.remedy
    with pytest.raises(SafelearnError):
        approve("hot_spots", CELLS, **SAID, model="hot_spots", card=card("need_score"))
    out = approve("hot_spots", CELLS, **SAID, model="hot_spots", card=card("hot_spots"))
    assert out.model == "hot_spots" and out.where(area_id="01").model == "hot_spots"


def test_a_score_of_persons_has_no_card():
    with pytest.raises(SafelearnError) as caught:
        card("offender_risk")
    assert "stay here" in caught.value.what


def test_a_card_says_what_was_measured_for_each_group_and_who_answers():
    errors = [GroupError("Areas with few records", "places missed", 0.25, 40)]
    made = card("hot_spots", errors=errors, owner="Safety office", appeal="Ombudsman")
    said = dict(made.lines())
    assert (
        said["How often it errs"]
        == "Areas with few records: places missed 0.25 (n = 40)."
    )
    assert (said["Who answers for it"], said["Where to object"]) == (
        "Safety office",
        "Ombudsman",
    )
    assert made.complete and made.record()["complete"]


def test_a_card_without_offices_or_measured_errors_says_so():
    said = dict(card("need_score").lines())
    assert "not been measured" in said["How often it errs"]
    assert "Nobody yet" in said["Who answers for it"]
    assert not card("need_score", owner="Safety office").complete


@pytest.mark.parametrize("model", MODELS)
def test_no_card_recommends_what_it_must_not_be_used_for(model):
    lines = card(model).lines()
    assert len(lines) == 9 and all(text.strip() for _, text in lines)
    prose = [text for head, text in lines if head != "What it is not for"]
    assert not check(" ".join(prose))


def test_a_release_knows_the_cards_of_its_tables():
    release = Release(Disclosure(), "public", owner="Safety office", appeal="Ombudsman")
    with pytest.raises(SafelearnError):
        release.approve("hot_spots", CELLS, **SAID, model="hot_spots")
    release.card("hot_spots")
    release.approve("hot_spots", CELLS, **SAID, model="hot_spots")
    assert release.cards["hot_spots"].complete
