"""The classification of offences: a tree without holes, and honest about what was checked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import safelearn.guidelines.offences as module
from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.guidelines.offences import (
    codes,
    enforcement_driven,
    enforcement_reason,
    is_sexual,
    level,
    name,
    offence,
    offences,
    parent,
    section,
)


def test_levels_1_and_2_are_complete():
    # Divisions of each section of ICCS 1.0, as the published classification counts them.
    divisions = {
        "01": 8,
        "02": 12,
        "03": 3,
        "04": 2,
        "05": 5,
        "06": 3,
        "07": 5,
        "08": 9,
        "09": 8,
        "10": 5,
        "11": 3,
    }
    assert [c for c in codes() if level(c) == 1] == list(divisions)
    for top, count in divisions.items():
        assert sum(parent(c) == top for c in codes()) == count, top


@pytest.mark.parametrize("code", codes())
def test_every_code_hangs_on_its_parent(code):
    up = parent(code)
    if level(code) == 1:
        assert up is None
    else:
        assert up in codes() and level(up) == level(code) - 1


def test_codes_come_in_the_order_of_the_classification():
    assert list(codes()) == sorted(codes())


def test_a_code_knows_its_place():
    assert name("0401") == "Robbery"
    assert (level("05"), level("0502"), level("05021"), level("050211")) == (1, 2, 3, 4)
    assert parent("050211") == "05021" and parent("05021") == "0502"
    assert section("050211") == section("0502") == "0502"
    assert section("05") == "05"


def test_each_code_is_checked_with_its_source_or_unverified():
    file = Path(module.__file__).with_name("offences.toml")
    sources = tomllib.loads(file.read_text(encoding="utf-8"))["sources"]
    for o in offences().values():
        assert o.checked == bool(o.source)
        assert not o.checked or o.source in sources, o.code
    assert all(offence(c).checked for c in codes() if level(c) == 1)
    # Read in no list so far: nobody may take these for verified.
    assert not offence("0801").checked and not offence("0504").checked


def test_every_code_that_a_crosswalk_gives_is_known():
    crosswalks = Path(module.__file__).parents[1] / "city" / "crosswalks"
    files = sorted(crosswalks.glob("*.toml"))
    assert files
    for file in files:
        for value in values(tomllib.loads(file.read_text(encoding="utf-8"))):
            if value.isdecimal():
                assert value in codes(), (file.name, value)


def values(node) -> list[str]:
    if isinstance(node, dict):
        return [v for child in node.values() for v in values(child)]
    if isinstance(node, list):
        return [v for child in node for v in values(child)]
    return [node] if isinstance(node, str) else []


def test_sexual_offences_are_section_03():
    assert {c for c in codes() if is_sexual(c)} == {
        c for c in codes() if c.startswith("03")
    }
    assert is_sexual("03022") and not is_sexual("02041")


@pytest.mark.parametrize(
    "code", ["0601", "06", "0801", "0806", "0901", "0907", "02072"]
)
def test_what_police_find_by_looking_carries_no_verdict(code):
    assert enforcement_driven(code) is True
    assert enforcement_reason(code).why.endswith(".")
    assert enforcement_reason(code).basis in {"published", "judgement"}


@pytest.mark.parametrize("code", ["0101", "0401", "0501", "0502", "0301", "0207", "09"])
def test_what_victims_report_is_not_enforcement_driven(code):
    assert enforcement_driven(code) is False
    assert enforcement_reason(code) is None


def test_only_drugs_claim_published_work():
    assert enforcement_reason("0601").basis == "published"
    assert enforcement_reason("0801").basis == "judgement"


def test_names_speak_the_readers_language():
    with language.use("qps"):
        assert name("0401").startswith("⟦")
        assert enforcement_reason("06").why.startswith("⟦")


def test_a_code_too_deep_is_answered_with_its_family():
    with pytest.raises(SafelearnError) as caught:
        name("050299")
    assert "0502" in caught.value.remedy and "Theft" in caught.value.remedy


@pytest.mark.parametrize(
    "ask", [name, level, parent, section, is_sexual, enforcement_driven]
)
def test_nothing_is_said_about_an_unknown_code(ask):
    with pytest.raises(SafelearnError):
        ask("99")


def test_a_code_that_lost_its_zero_is_answered_with_the_nearest():
    with pytest.raises(SafelearnError) as caught:
        name("401")
    assert "0401" in caught.value.remedy
