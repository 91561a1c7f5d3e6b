"""The record of processing says what an authority asks, and what the city has not settled."""

from __future__ import annotations

import dataclasses
import json

import pytest

from safelearn.city.settings import Processing
from safelearn.disclosure.overrides import Override
from safelearn.errors import SafelearnError
from safelearn.reports.processing import lines, record, write_processing

SETTLED = Processing(
    purpose="Prevention and services for those harmed",
    legal_basis="Ordinance 12, article 3",
    controller="Department for urban safety",
    contact="Data protection office, data@city.example",
)


@pytest.fixture(scope="module")
def settled(found):
    settings = found.settings.model_copy(update={"processing": SETTLED})
    lifted = Override(
        "wording", "Head of statistics", "Ombudsman", "A by-law is quoted."
    )
    return dataclasses.replace(found, settings=settings, overrides=(lifted,))


def test_what_the_city_has_not_settled_is_said_as_missing(found):
    assert {"purpose", "legal_basis", "controller", "contact"} <= set(
        record(found)["missing"]
    )
    said = dict(lines(found))
    assert "processing.purpose" in said["Purpose"]
    assert "Not settled yet" in said["Kept until"]


@pytest.mark.clause("draft:26(f)(ii).10")
def test_what_was_settled_lifted_and_attacked_is_in_the_record(settled, tmp_path):
    write_processing(settled, tmp_path)
    told = json.loads((tmp_path / "processing_record.json").read_text("utf-8"))
    assert told["purpose"] == SETTLED.purpose and told["legal_basis"]
    assert told["protection"]["threshold"] == 5
    assert told["protection"]["tables_attacked"] > 0
    assert told["overrides"][0]["second"] == "Ombudsman"
    assert told["data"]["incidents"]["rows_used"] > 1000
    page = (tmp_path / "processing_record.html").read_text("utf-8")
    for words in ("Ordinance 12", "data@city.example", "Ombudsman agreed"):
        assert words in page


def test_a_telephone_of_a_person_stops_the_record(settled, tmp_path):
    told = SETTLED.model_copy(update={"controller": "Ana, +57 300 123 4567"})
    settings = settled.settings.model_copy(update={"processing": told})
    with pytest.raises(SafelearnError, match="telephone"):
        write_processing(dataclasses.replace(settled, settings=settings), tmp_path)
