"""What worked elsewhere: every row read in its source, and no promise beyond it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from safelearn.city.contracts import contract
from safelearn.errors import SafelearnError
from safelearn.strategy.practices import (
    QUESTIONS,
    READ,
    inventory,
    plain,
    search,
    transferability,
    with_city,
)
from safelearn.strategy.stocktake import evidence_gaps


def row(code: str) -> dict:
    return inventory().set_index("practice_id", drop=False).loc[code].to_dict()


@pytest.mark.clause("draft:6")
@pytest.mark.clause("draft:25(j)")
def test_every_practice_names_where_it_was_read_and_how_much_of_it():
    found = inventory()
    assert found["practice_id"].is_unique
    assert (found["kind"] == "practice").sum() >= 12
    assert found["read"].isin(READ).all()
    assert found["address"].str.startswith("http").all()
    needed = ["name", "addresses", "mechanism", "context", "transfer", "source"]
    assert (found[needed] != "").all(axis=None)


def test_every_figure_stands_in_what_the_source_prints():
    found = inventory()
    numbered = found[found["effect"].notna()]
    for _, practice in numbered.iterrows():
        printed = {float(x) for x in re.findall(r"-?\d+\.?\d*", practice["printed"])}
        value = practice["effect"]
        ways = {value, -value, round((value - 1) * 100, 1), abs(value)}
        assert ways & printed, practice["practice_id"]
        for limit in practice[["effect_lower", "effect_upper"]].dropna():
            assert limit in printed, practice["practice_id"]
    limits = found[["effect_lower", "effect_upper"]].notna()
    assert (limits["effect_lower"] == limits["effect_upper"]).all()


def test_a_level_of_evidence_has_a_reason_and_a_tool_nobody_evaluated_has_none():
    found = inventory()
    graded = found["sms_level"].notna()
    assert (found.loc[graded, "level_reason"] != "").all()
    assert (found.loc[graded, "outcome"] != "").all()
    assert (found.loc[~graded, "result"] == "unknown").all()
    assert (found.loc[~graded, "kind"] == "community_tool").all()


def test_the_codes_are_those_of_the_citys_own_table():
    fields = {f["name"]: f for f in contract("practices")["fields"]}
    for name, field in fields.items():
        allowed = field.get("constraints", {}).get("enum")
        if allowed:
            used = set(inventory()[name].dropna().astype(str)) - {""}
            assert used <= set(allowed), name


@pytest.mark.clause("draft:25(l)")
def test_community_tools_are_found_with_their_licence_and_condition():
    tools = search(inventory(), kind="community_tool")
    assert len(tools) >= 3
    assert "AGPL 3" in set(tools["licence"])
    assert (tools["scale_condition"] != "").all()


@pytest.mark.clause("draft:25(j)")
def test_search_by_words_problem_kind_of_prevention_and_evidence():
    everything = inventory()
    light = search(everything, "lights at night")["practice_id"]
    assert light.iloc[0] == "light-towers-new-york"
    strong = search(everything, problem="violence", level=4)
    assert set(strong["practice_id"]) == {
        "cable-car-medellin",
        "vacant-land-philadelphia",
    }
    assert set(search(everything, prevention="justice")["practice_id"]) == {
        "prison-visits",
        "restorative-conferences",
    }
    assert search(everything, "zeppelin").empty


def test_accents_and_capitals_do_not_matter():
    assert plain("BOGOTÁ, Cable-car") == "bogota cable car"
    assert "patrols-services-bogota" in set(
        search(inventory(), "bogota")["practice_id"]
    )


def test_an_unknown_problem_is_told_and_not_searched_in_vain():
    with pytest.raises(SafelearnError, match="robery"):
        search(inventory(), problem="robery")


@pytest.mark.clause("draft:28")
def test_an_unanswered_question_keeps_a_practice_from_being_copied():
    practice = row("hospital-data-cardiff")
    every = {q: "yes" for q in QUESTIONS if q != "licence"}
    assert transferability(practice, every).ready
    assert not transferability(practice).ready
    without = {k: v for k, v in every.items() if k != "harm"}
    assert transferability(practice, without).open == ("harm",)
    refused = transferability(practice, every | {"means": "no"})
    assert not refused.ready
    assert refused.against == ("means",)


@pytest.mark.clause("draft:28")
def test_what_the_evidence_says_against_a_copy_is_said():
    assert "harm" in transferability(row("prison-visits")).warnings[0]
    # The interval of SASA! for violence itself reaches from 0.16 to 1.39.
    assert len(transferability(row("sasa-kampala")).warnings) == 1
    assert transferability(row("cable-car-medellin")).warnings == ()
    safetipin = transferability(row("safetipin"))
    assert len(safetipin.warnings) == 2
    assert "licence" in safetipin.open


def test_the_citys_own_practices_come_first_and_fill_the_same_map(puerto_sereno):
    own = puerto_sereno.table("practices")
    both = with_city(own)
    assert len(both) == len(own) + len(inventory())
    assert both["practice_id"].iloc[0] == own["practice_id"].iloc[0]
    gaps = evidence_gaps(None, both).set_index(["topic", "prevention"])
    # Medellín, Philadelphia and New York, beside the city's own.
    assert gaps.loc[("place_making", "situational"), "practices"] >= 3
    assert with_city(None).equals(inventory())
    twin = inventory().head(1).assign(name="Ours")
    assert with_city(twin).iloc[0]["name"] == "Ours"
    assert with_city(twin)["practice_id"].is_unique


def test_in_any_row_less_is_better_unless_it_says_so():
    ratio = inventory().query("effect_scale == 'ratio' and result == 'worked'")
    assert (ratio["effect"] < 1).all()
    assert pd.Series(row("communities-that-care"))["better"] == "more"
