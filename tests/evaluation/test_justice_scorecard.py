"""How do police and justice treat the people they serve?"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.evaluation import justice_scorecard as card


def _table(**measures) -> pd.DataFrame:
    """Rows from ``measure=(before, now)`` or ``measure__group=(before, now)``."""
    rows = []
    for name, values in measures.items():
        measure, _, group = name.partition("__")
        for period, value in zip(("2024", "2025"), values, strict=True):
            rows.append(
                (period, measure, None, None, group or "everyone", "all", value)
            )
    columns = ["period", "measure", "area_id", "offence", "group", "sex", "value"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.clause("draft:24(h)")
def test_a_rise_of_complaints_or_clearance_gets_no_verdict():
    table = _table(
        complaints=(100, 400), officers=(1000, 1000), offences_cleared=(100, 900), offences_recorded=(1000, 1000)
    )  # fmt: skip
    found = card.scorecard(table).set_index("line")
    assert found.loc["complaints", "value"] == 400
    assert found.loc["complaints", "value_before"] == 100
    assert set(found["verdict"]) == {card.NO_VERDICT}


@pytest.mark.clause("draft:26(e).4")
def test_every_line_that_police_can_move_alone_is_without_a_verdict():
    own = {
        "clearance",
        "stops",
        "stops_with_result",
        "force",
        "complaints",
        "complaints_upheld",
    }
    assert own <= {line.name for line in card.LINES if line.direction == "0*"}


@pytest.mark.clause("draft:26(e).1")
def test_more_legal_aid_for_those_who_ask_is_better_if_the_interval_says_so():
    more = _table(legal_aid_given=(400, 600), legal_aid_asked=(1000, 1000))
    assert card.scorecard(more)["verdict"].tolist() == [card.BETTER]
    alike = _table(legal_aid_given=(400, 410), legal_aid_asked=(1000, 1000))
    assert card.scorecard(alike)["verdict"].tolist() == [card.NO_CLEAR]


def test_more_people_held_without_a_sentence_is_worse():
    table = _table(detainees_unsentenced=(400, 600), detainees=(1000, 1000))
    assert card.scorecard(table)["verdict"].tolist() == [card.WORSE]


@pytest.mark.clause("draft:26(e).2")
def test_reoffending_stands_with_its_caution_and_without_a_verdict():
    table = _table(reoffended_in_2_years=(30, 20), restorative_completed=(100, 100))
    found = card.scorecard(table).set_index("line").loc["reoffending"]
    assert found["value"] == 0.2
    assert found["verdict"] == card.NO_VERDICT
    caution = next(x.caution for x in card.LINES if x.name == "reoffending")
    assert "no effect" in caution


def test_a_line_that_rests_on_few_cases_is_not_given():
    table = _table(restorative_completed=(50, 98), restorative_started=(60, 100))
    # Two of a hundred left: who they are could be guessed.
    assert card.scorecard(table).empty


@pytest.mark.clause("draft:26(f)(ii).8")
def test_a_group_that_is_stopped_more_with_fewer_finds_is_seen():
    table = _table(
        stops=(0, 3000), stops__youth=(0, 1500), stops_with_result=(0, 300), stops_with_result__youth=(0, 90)
    )  # fmt: skip
    found = card.enforcement_equity(table, {"youth": 0.25}).iloc[0]
    # (1500 / 0.25) / (1500 / 0.75) = 3; (90 / 1500) / (210 / 1500) = 0.4286.
    assert found["ratio"] == pytest.approx(3)
    assert found["upper"] == pytest.approx(
        3 * math.exp(1.96 * math.sqrt(2 / 1500)), rel=1e-4
    )
    assert found["found"] == pytest.approx(0.42857, abs=1e-5)
    assert found["found_upper"] < 1
    assert found["verdict"] == "more"


@pytest.mark.clause("draft:26(f)(ii).7")
def test_force_is_compared_between_groups_too():
    table = _table(force_used=(0, 100), force_used__migrants=(0, 50))
    found = card.enforcement_equity(table, {"migrants": 0.10})
    assert found["measure"].tolist() == ["force_used"]
    assert found["ratio"].tolist() == pytest.approx([9])
    assert found["found"].isna().all()


def test_a_group_whose_size_nobody_knows_gets_no_ratio():
    table = _table(stops=(0, 3000), stops__youth=(0, 1500))
    assert card.enforcement_equity(table, {}).empty


def test_offences_and_sexes_are_added_up_once():
    table = _table(arrests=(0, 0), force_used=(0, 50)).query("measure != 'arrests'")
    parts = pd.DataFrame(
        {"period": "2025", "measure": "arrests", "area_id": None, "offence": None, "group": "everyone",
         "sex": ["female", "male"], "value": [100, 900]}
    )  # fmt: skip
    found = card.scorecard(pd.concat([table, parts])).set_index("line")
    assert found.loc["force", "of"] == 1000


def test_support_is_counted_among_those_whom_services_know():
    services = pd.DataFrame(
        {
            "type": ["shelter", "shelter", "shelter", "hotline"],
            "year": [2025, 2025, 2024, 2025],
            "people_identified": [60, 40, 500, 9],
            "people_served": [50, 30, 500, 8],
        }
    )
    found = card.support_coverage(services)
    # The hotline's one unserved person is not shown.
    assert found["type"].tolist() == ["shelter"]
    assert found["share"].tolist() == [0.8]
