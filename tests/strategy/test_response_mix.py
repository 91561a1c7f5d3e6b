"""A plan that answers everything in one way is told what it leaves out."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.strategy.response_mix import ASKED, CULTURE, LEVER, PREVENTION, audit


def measure(number: int, **columns) -> dict:
    usual = {
        "measure_id": f"M{number:02d}",
        "name": "A measure",
        "prevention": "situational",
    }
    return usual | {"dimension": "place_making", "lever": "service"} | columns  # fmt: skip


@pytest.mark.clause("draft:7", "draft:7.2")
def test_a_plan_of_cameras_only_lacks_nearly_everything():
    found = audit(pd.DataFrame([measure(1, dimension="technology")]))
    assert found.missing(PREVENTION) == ["social", "community"]
    assert found.missing(LEVER) == ["planning", "law", "finance"]
    assert "technology" not in found.missing()
    assert {"victim_support", "outreach", "gender_based_violence"} <= set(
        found.missing()
    )
    assert (found.largest, found.largest_share) == ("situational", 1.0)


@pytest.mark.clause("draft:26(d).1", "draft:26(d).2", "draft:26(d).3", "draft:26(e).3")
def test_kinds_are_counted_with_their_share_of_the_money():
    rows = [
        measure(1, prevention="social", cost=300.0),
        measure(2, prevention="community", cost=100.0, dimension="policing"),
        measure(3, prevention="situational", cost=100.0),
    ]
    kinds = audit(pd.DataFrame(rows)).kinds.set_index("kind")
    assert kinds.loc["social", ["measures", "share"]].tolist() == [1, 0.6]
    assert kinds.loc["policing", "measure_ids"] == ("M02",)
    assert kinds.loc["policing", "share"] == 0.2
    assert kinds.loc["place_making", "measures"] == 2


def test_violence_against_women_is_met_by_the_topic_too():
    plan = pd.DataFrame(
        [measure(1, topic="domestic_violence", dimension="victim_support")]
    )
    missing = audit(plan).missing()
    assert "gender_based_violence" not in missing and "victim_support" not in missing


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Mediators in every district", "restorative_justice"),
        ("Círculos de justicia restaurativa", "restorative_justice"),
        ("Médiation de quartier", "restorative_justice"),
        ("Reinserción laboral", "reintegration"),
        ("Ressocialização pelo trabalho", "reintegration"),
    ],
)
def test_restorative_work_is_found_by_its_words_and_marked_so(name, kind):
    kinds = audit(pd.DataFrame([measure(1, name=name)])).kinds.set_index("kind")
    assert kinds.loc[kind, "measures"] == 1 and kinds.loc[kind, "by_words"]


def test_an_immediate_repair_is_no_mediation_but_people_may_say_what_is():
    plan = pd.DataFrame([measure(1, name="Immediate repairs")])
    assert "restorative_justice" in audit(plan).missing()
    assert (
        "restorative_justice"
        not in audit(plan, also={"restorative_justice": ["M01"]}).missing()
    )


def test_what_runs_already_is_not_missing_and_what_ended_does_not_run():
    plan = pd.DataFrame([measure(1)])
    tried = pd.DataFrame(
        {
            "name": ["Problem-solving at the market", "Work after prison"],
            "prevention": ["situational", "justice"],
            "dimension": ["policing", "behaviour_change"],
            "ended_on": pd.to_datetime([None, "2024-12-31"]),
        }
    )
    found = audit(plan, tried)
    assert "policing" not in found.missing()
    assert "policing" in found.missing(running=False)
    assert "reintegration" in found.missing()


def test_a_stopped_measure_gives_nothing():
    plan = pd.DataFrame([measure(1), measure(2, prevention="social", status="stopped")])
    assert "social" in audit(plan).missing(PREVENTION)


@pytest.mark.clause("draft:10.2", "draft:11.2")
def test_norms_are_asked_after_and_every_kind_names_its_clause():
    found = audit(pd.DataFrame([measure(1, culture="gender_norms")]))
    assert "gender_norms" not in found.missing(CULTURE)
    from safelearn.guidelines.clauses import clause

    for kinds in ASKED.values():
        for reference in kinds.values():
            assert clause(reference)
