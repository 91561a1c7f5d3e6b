"""The words of four languages lead to columns and values that the contracts have."""

from __future__ import annotations

import tomllib
from pathlib import Path

from safelearn.city import contracts
from safelearn.city.files.headers import normalise
from safelearn.city.tables import contract_words
from safelearn.city.tables.contract_words import match_columns, meaning_of


def lists():
    path = Path(contract_words.__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fields():
    return [f for t in contracts.table_names() for f in contracts.contract(t)["fields"]]


def test_every_word_stands_for_a_column_that_a_contract_has():
    assert set(lists()["columns"]) <= {f["name"] for f in fields()}


def test_every_word_stands_for_a_value_that_a_contract_allows():
    allowed = {c["value"] for f in fields() for c in f.get("categories", [])}
    words = lists()["values"]
    named = {k for k, v in words.items() if isinstance(v, str)}
    for of_column in (v for v in words.values() if isinstance(v, dict)):
        named |= set(of_column)
    assert named <= allowed


def test_words_are_written_as_they_are_compared():
    def texts(part):
        for value in part.values():
            yield from texts(value) if isinstance(value, dict) else value.split("|")

    words = [w for part in lists().values() for w in texts(part)]
    assert [w for w in words if normalise(w) != w] == []


def test_in_no_column_two_values_share_a_word():
    for field in fields():
        owners: dict[str, set[str]] = {}
        for category in field.get("categories", []):
            for word in contract_words._value_words(field["name"], category["value"]):
                owners.setdefault(word, set()).add(category["value"])
        shared = {w: v for w, v in owners.items() if len(v) > 1}
        assert not shared, (field["name"], shared)


def test_a_word_means_what_its_column_allows():
    by_name = {
        (t, f["name"]): f
        for t in contracts.table_names()
        for f in contracts.contract(t)["fields"]
    }
    assert meaning_of(["Police"], by_name["demands", "topic"]) == {"Police": "policing"}
    assert meaning_of(["Police"], by_name["stakeholders", "type"]) == {
        "Police": "police"
    }


def test_a_title_with_its_unit_is_the_title():
    assert match_columns(["Aprobado (COP)"], "budget") == {"approved": ["Aprobado (COP)"]}  # fmt: skip


def test_no_title_is_taken_for_two_columns():
    found = match_columns(["nombre", "tipo", "fecha", "grupo"], "participation")
    titles = [title for several in found.values() for title in several]
    assert len(titles) == len(set(titles))


def test_likeness_is_no_match():
    assert match_columns(["Aprobados", "Ejecutadoo"], "budget") == {}
