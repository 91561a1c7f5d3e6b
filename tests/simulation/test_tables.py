"""Every table of the folder: filled, within its contract, and with what was planted in it."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.city import contracts
from safelearn.simulation.registers import BROKER, ISOLATED, MISSING, UNANSWERED_TASK


def test_no_table_of_the_contracts_is_left_out(tables):
    assert set(tables) == set(contracts.table_names())
    assert all(len(frame) for frame in tables.values())


@pytest.mark.parametrize("name", list(contracts.table_names()))
def test_each_table_keeps_its_contract(tables, name, tmp_path):
    frame = tables[name]
    extra = set(frame.columns) - set(contracts.columns(name))
    assert not extra or name in ("practices", "demands")
    if name == "incidents":
        return
    path = tmp_path / f"{name}.csv"
    order = [c for c in contracts.columns(name) if c in frame.columns]
    frame[order].to_csv(path, index=False)
    known = {
        table: set(tables[table][key].astype(str))
        for table, key in (
            ("areas", "area_id"),
            ("stakeholders", "stakeholder_id"),
            ("programmes", "programme_id"),
            ("practices", "practice_id"),
        )
    }
    read = contracts.read_table(path, name)
    assert contracts.validate(read, name) == []
    for key in contracts.contract(name).get("foreignKeys", []):
        column, table = key["fields"][0], key["reference"]["resource"]
        if column in read and table in known:
            assert set(read[column].dropna()) <= known[table], (name, column)


def graph(tables, *, leave_out=()):
    import networkx as nx

    ties = tables["ties"]
    ties = ties[ties["tie"] != "conflict"]
    net = nx.Graph()
    net.add_nodes_from(tables["stakeholders"]["stakeholder_id"])
    net.add_edges_from(zip(ties["from_id"], ties["to_id"], strict=True))
    net.remove_nodes_from(leave_out)
    return net


def test_without_the_broker_city_hall_and_neighbourhoods_lose_each_other(tables):
    import networkx as nx

    between = nx.betweenness_centrality(graph(tables))
    assert max(between, key=between.get) == BROKER
    pieces = nx.connected_components(graph(tables, leave_out=[BROKER, ISOLATED]))
    types = tables["stakeholders"].set_index("stakeholder_id")["type"]
    for piece in pieces:
        kinds = set(types[list(piece)])
        assert not {"city_department", "residents_association"} <= kinds


def test_one_department_has_no_ties(tables):
    import networkx as nx

    assert list(nx.isolates(graph(tables))) == [ISOLATED]


def test_one_group_is_missing_everywhere(tables, adults):
    assert adults["disability"].mean() > 0.04
    for name, column in (
        ("stakeholders", "group"),
        ("participation", "group"),
        ("ballots", "group"),
        ("demands", "group"),
        ("quotes", "group"),
        ("decisions", "group_involved"),
    ):
        assert MISSING not in set(tables[name][column])


def test_for_one_task_nobody_answers(tables):
    mandates = tables["mandates"]
    answers = mandates[mandates["part"] == "accountable"].groupby("task_id").size()
    assert set(mandates["task_id"]) - set(answers.index) == {UNANSWERED_TASK}
    assert (answers == 1).all()


def test_money_goes_where_need_is_least(tables, town):
    budget = tables["budget"]
    lines = budget[budget["level"] == "district"].groupby("area_id")["approved"].sum()
    people = town.conditions.set_index("area_id")
    a_head = lines / people["residents"].loc[lines.index]
    slope = np.polyfit(people["deprivation"].loc[lines.index], np.log(a_head), 1)[0]
    assert slope == pytest.approx(-0.45, abs=0.03)
    assert budget["spent"].sum() < 0.97 * budget["approved"].sum()


def test_raters_agree_neither_always_nor_by_chance(tables):
    audits = tables["audits"].pivot_table(
        index=["place_id", "light"], columns="rater", values="score_feeling"
    )
    both = audits.dropna()
    assert len(both) > 40
    assert 0.3 < (both["A"] == both["B"]).mean() < 0.8
    assert (both["A"] - both["B"]).mean() > 0


def test_a_shelter_has_no_place(tables):
    shelters = tables["services"][tables["services"]["type"] == "shelter"]
    assert len(shelters)
    assert shelters[["area_id", "longitude", "latitude"]].isna().all(axis=None)


def test_every_quote_says_that_it_is_invented(tables):
    assert tables["quotes"]["quote"].str.startswith("Invented: ").all()
    assert set(tables["practices"]["source"]) == {
        "Invented for this dataset; no study behind it"
    }


def test_money_is_in_the_currency_that_is_kept_for_tests(tables):
    for frame in tables.values():
        if "currency" in frame:
            assert set(frame["currency"].dropna()) <= {"XTS", ""}


def test_police_totals_are_the_records(tables, town):
    recorded = tables["justice"].query("measure == 'offences_recorded'")
    assert recorded["value"].sum() == len(town.told)


def test_indicators_and_clauses_are_known(tables):
    from safelearn.guidelines.catalogue import indicators
    from safelearn.guidelines.clauses import clauses

    known = {i.id for i in indicators()}
    for name in ("targets", "statistics", "measures"):
        assert set(tables[name]["indicator_id"]) - {""} <= known
    assert set(tables["reviews"]["clause_id"]) - {""} <= {c.id for c in clauses()}
