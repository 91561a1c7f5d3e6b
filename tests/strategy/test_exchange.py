"""What one city gives another: published figures, whole city, nothing hidden."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.strategy.exchange import Card, card, profiles, read_card, to_json
from safelearn.strategy.matching import likeness
from safelearn.strategy.peer_review import REVIEW, compare, review

ABOUT = {
    "city": "Puerto Sereno",
    "country": "XX",
    "published": "2026-02-01",
    "by": "Office of the Mayor",
}


def indicators(*lines) -> pd.DataFrame:
    columns = ["indicator_id", "breakdown", "value", "lower", "upper", "status"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.assign(
        indicator_name=frame["indicator_id"].str.replace("_", " "),
        version="1",
        sdg="",
        unit="per 100,000",
        period="2025-01/2025-12",
        group="everyone",
    )


OURS = indicators(
    ("robbery_rate", "all", 300.0, 290.0, 310.0, "measured"),
    ("robbery_rate", "sex", 200.0, 190.0, 210.0, "measured"),
    ("homicide_rate", "all", None, None, None, "too few"),
    ("response_time", "all", 15.0, None, None, "measured"),
)


@pytest.mark.clause("draft:25(i)")
def test_a_card_holds_the_whole_city_only_and_names_what_is_not_given():
    found = card(OURS, **ABOUT)
    assert [f.figure for f in found.figures] == ["robbery_rate", "response_time"]
    assert found.figures[0].value == 300
    assert found.figures[0].year == 2025
    assert found.figures[1].lower is None
    assert found.not_given == {"homicide_rate": "too few"}


@pytest.mark.clause("draft:25(i)")
def test_a_hidden_figure_is_refused_when_it_is_asked_for():
    with pytest.raises(Refused, match="homicide_rate"):
        card(OURS, only=["robbery_rate", "homicide_rate"], **ABOUT)
    with pytest.raises(Refused, match="theft_rate"):
        card(OURS, only=["theft_rate"], **ABOUT)


def test_figures_that_were_not_published_do_not_go_to_another_city():
    with pytest.raises(Refused, match="not published"):
        card(OURS, **ABOUT | {"published": ""})


def test_a_city_may_give_less_than_it_has():
    found = card(OURS, only=["response_time"], **ABOUT)
    assert [f.figure for f in found.figures] == ["response_time"]
    assert found.not_given["robbery_rate"] == "not chosen"


def test_programmes_go_without_who_ran_them_and_where():
    programmes = pd.DataFrame(
        {
            "programme_id": ["G1"],
            "name": ["Night football"],
            "stakeholder_id": ["S07"],
            "area_id": ["0101"],
            "dimension": ["outreach"],
            "prevention": ["social"],
            "sms_level": ["2"],
            "result": ["worked"],
        }
    )
    text = to_json(card(OURS, programmes=programmes, **ABOUT))
    assert "Night football" in text
    assert "S07" not in text
    assert "0101" not in text
    told = json.loads(text)["programmes"][0]
    assert told["verdict"] == "says so, cannot show it"


@pytest.mark.clause("draft:25(i)")
def test_a_card_survives_the_journey(tmp_path):
    made = card(OURS, offers=["Light on stairs"], asks=["Street traders"], **ABOUT)
    path = tmp_path / "card.json"
    path.write_text(to_json(made), encoding="utf-8")
    assert read_card(path) == made
    assert to_json(read_card(path)) == to_json(made)


def test_a_file_that_is_no_card_and_an_impossible_figure_are_told(tmp_path):
    path = tmp_path / "card.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(SafelearnError, match="no card"):
        read_card(path)
    content = json.loads(to_json(card(OURS, **ABOUT)))
    content["figures"][0]["upper"] = 295.0
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SafelearnError, match="outside its own interval"):
        read_card(path)


def two() -> tuple[Card, Card]:
    theirs = indicators(
        ("robbery_rate", "all", 340.0, 325.0, 356.0, "measured"),
        ("response_time", "all", 12.0, 11.0, 13.0, "measured"),
        ("theft_rate", "all", 5.0, 4.0, 6.0, "measured"),
    )
    return card(OURS, **ABOUT), card(theirs, **ABOUT | {"city": "Elsewhere"})


@pytest.mark.clause("draft:25(k)")
def test_a_difference_between_two_cities_has_an_interval():
    found = compare(*two()).set_index("figure")
    robbery = found.loc["robbery_rate"]
    # By hand, after Zou and Donner: 40 - sqrt(15^2 + 10^2) and 40 + sqrt(16^2 + 10^2).
    assert robbery["lower"] == pytest.approx(40 - math.sqrt(325))
    assert robbery["upper"] == pytest.approx(40 + math.sqrt(356))
    assert robbery["verdict"] == "higher there"
    assert found.loc["response_time", "verdict"] == "no interval"
    assert found.loc["theft_rate", "verdict"] == "only there"


def test_figures_of_two_definitions_or_two_ages_are_not_compared():
    here, there = two()
    other = [f.__class__(**{**vars(f), "version": "2"}) for f in there.figures]
    told = Card(**{**vars(there), "figures": tuple(other)})
    assert compare(here, told)["verdict"].iloc[0] == "defined differently"
    old = [f.__class__(**{**vars(f), "year": 2010}) for f in there.figures]
    told = Card(**{**vars(there), "figures": tuple(old)})
    assert compare(here, told)["verdict"].iloc[0] == "years apart"


@pytest.mark.clause("draft:25(k)")
def test_the_review_form_tells_what_the_cards_know_and_leaves_the_rest_to_people():
    form = review(*two()).set_index("line")
    assert list(form.index) == list(REVIEW)
    assert (form[["score", "seen", "advice"]] == "").all(axis=None)
    assert form.loc["uncertainty", "known"].startswith("0 ")
    assert form.loc["inclusion", "known"] == ""


@pytest.mark.clause("draft:27")
def test_cards_are_the_profiles_by_which_like_cities_are_found():
    here, there = two()
    found = profiles([here, there])
    assert len(found) == 5
    assert likeness("Puerto Sereno", found).cities["shared"].tolist() == [0]
