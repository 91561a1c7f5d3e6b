"""What the vocabulary's words may hold: no names of persons or firms, nothing that breaks translation."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import safelearn.guidelines as guidelines

FILES = sorted(Path(guidelines.__file__).parent.glob("*.toml"))
#: Words that may stand with a capital inside a sentence. A person, a firm or a product must not get in.
CAPITALS = {
    "Categories",
    "Eurostat's",
    "Gini",
    "Guidelines",
    "I",
    "ICCS",
    "SDG",
    "State",
    "Nations",
    "United",
}


def sentences(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        # An address may hold a firm's name, and ids, codes and products are not words.
        skip = {"url", "id", "served_by", "sdg", "iccs", "clauses", "clause"}
        return [s for k, v in value.items() if k not in skip for s in sentences(v)]
    if isinstance(value, list):
        return [s for v in value for s in sentences(v)]
    return []


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_no_text_names_a_person_or_a_firm(file):
    for text in sentences(tomllib.loads(file.read_text(encoding="utf-8"))):
        inside = re.findall(r"(?<=[\w,;:] )[A-Z][\w'’]*", text)
        assert set(inside) <= CAPITALS, (file.name, text)


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.stem)
def test_no_text_holds_a_brace_that_translation_would_take_for_a_value(file):
    for text in sentences(tomllib.loads(file.read_text(encoding="utf-8"))):
        assert "{" not in text and "}" not in text, text


def test_all_files_are_there():
    assert [f.stem for f in FILES] == [
        "clauses",
        "competencies",
        "indicators",
        "offences",
        "outcomes",
    ]
