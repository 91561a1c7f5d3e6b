"""What was tried and what it showed: claims are held to what their design can carry."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.strategy.stocktake import PREVENTION, evidence_gaps, stocktake


def programmes(*lines) -> pd.DataFrame:
    columns = ["name", "dimension", "prevention", "sms_level", "result", "effect"]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.assign(
        programme_id=[f"G{i}" for i in range(len(frame))], learned="x", reached=10
    )


OWN = programmes(
    ("Lamps", "place_making", "situational", "3", "worked", "0.8 (0.7 to 0.9)"),
    ("Football", "outreach", "social", "2", "worked", None),
    ("Hotline", "victim_support", "justice", "0", "unknown", None),
    ("Mediation", "outreach", "community", None, None, None),
)
OTHERS = pd.DataFrame(
    [
        ("outreach", "robbery", "social", "5", "worked"),
        ("outreach", "violence", "social", "4", "harmed"),
        ("policing", "theft", "situational", "2", "worked"),
    ],
    columns=["dimension", "problem", "prevention", "sms_level", "result"],
)


@pytest.mark.clause("draft:25(c)")
def test_a_success_without_a_comparison_is_a_claim():
    found = stocktake(OWN).set_index("name")
    assert found["verdict"].to_dict() == {
        "Lamps": "worked",
        "Football": "says so, cannot show it",
        "Hotline": "not evaluated",
        "Mediation": "not evaluated",
    }
    assert found.loc["Football", "missing"] == "effect"
    assert found.loc["Lamps", "missing"] == ""


@pytest.mark.clause("draft:25(c)")
def test_the_map_tells_what_is_known_here_from_what_is_known_elsewhere():
    found = evidence_gaps(OWN, OTHERS).set_index(["topic", "prevention"])
    state = found["state"]
    assert state["place_making", "situational"] == "known here"
    assert state["outreach", "social"] == "known elsewhere"
    assert state["victim_support", "justice"] == "tried, not known"
    assert state["policing", "situational"] == "tried, not known"
    assert state["policing", "justice"] == "nothing"
    football = found.loc[("outreach", "social")]
    assert (football["programmes"], football["evaluated"], football["practices"]) == (
        1,
        0,
        2,
    )
    assert football["level"] == 5
    assert pd.isna(found.loc[("policing", "justice"), "level"])


def test_two_good_studies_that_disagree_are_not_called_agreed():
    found = evidence_gaps(OWN, OTHERS).set_index(["topic", "prevention"])
    assert not found.loc[("outreach", "social"), "agree"]
    assert found.loc[("place_making", "situational"), "agree"]


def test_the_grid_has_every_kind_of_prevention_for_every_topic():
    found = evidence_gaps(None, OTHERS)
    assert list(found["topic"].unique()) == ["outreach", "policing"]
    assert list(found["prevention"]) == list(PREVENTION) * 2


def test_by_problem_only_practices_count_because_programmes_tell_theirs_in_free_words():
    found = evidence_gaps(OWN, OTHERS, topic="problem")
    assert found["programmes"].sum() == 0
    assert set(found["topic"]) == {"robbery", "theft", "violence"}


def test_without_programmes_and_practices_there_is_no_map():
    with pytest.raises(Refused):
        evidence_gaps(None, None)
    with pytest.raises(Refused):
        stocktake(OWN.iloc[:0])


def test_puerto_serenos_programmes_promise_more_than_they_can_show(puerto_sereno):
    table = puerto_sereno.table("programmes")
    found = stocktake(table)
    weak = found["level"] < 3
    assert weak.any()
    assert not found.loc[weak, "verdict"].isin(["worked", "no_effect", "harmed"]).any()
    gaps = evidence_gaps(table, puerto_sereno.table("practices"))
    assert gaps["programmes"].sum() == len(table)
