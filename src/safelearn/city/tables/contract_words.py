"""Which column of a table, and which of its values, do the words of a file mean? In: words. Out: the contract's.

A file made by an office says "Fecha", "¿Qué tan seguro se siente ...?" or "Muy seguro" where the contract says
``held_on``, ``walk_dark`` and ``very_safe``. Names, titles, questions and labels of the contract count, in English
and in the reader's language, and the words listed in ``contract_words.toml``. Only whole titles and whole
cells match, never likeness: what is merely alike is named, for a person to decide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from safelearn.city.contracts import contract
from safelearn.city.files.headers import normalise
from safelearn.language import t

#: Titles of the codes by which a table knows its rows; never a running number, which starts anew in every file.
_CODES = {
    "id",
    "code",
    "codigo",
    "cod",
    "folio",
    "clave",
    "identificador",
    "identifier",
}


def match_columns(
    headers: Iterable[str], table: str, *, labels: bool = True
) -> dict[str, list[str]]:
    """The columns of a file that hold each column of a table.

    Parameters
    ----------
    headers : iterable of str
        Titles as published.
    table : str
    labels : bool
        Whether titles and words in other languages count, beside the contract's own names.

    Returns
    -------
    dict of str to list of str
        Field -> titles, the surest first; no title stands under two fields.

    Examples
    --------
    >>> match_columns(["Año", "Partida", "Aprobado", "Observación"], "budget")
    {'line_id': ['Partida'], 'year': ['Año'], 'approved': ['Aprobado']}
    """
    headers = [str(h) for h in headers]
    plain = {h: normalise(h) for h in headers}
    short = {h: normalise(re.sub(r"\(.*?\)|\[.*?\]", " ", h)) for h in headers}
    whole = contract(table)
    fields = whole["fields"]
    key = whole.get("primaryKey", [])
    ways = [_names]
    if labels:
        # "Code" is the code of the rows themselves, unless a column of that title is something else.
        ways += [_titles, _words, lambda f: _CODES if key == [f["name"]] else set()]
    found: dict[str, list[str]] = {field["name"]: [] for field in fields}
    taken: set[str] = set()
    for way in ways:
        for spelt in (plain, short):
            for field in fields:
                wanted = way(field)
                for header in headers:
                    if header in taken or spelt[header] not in wanted:
                        continue
                    # A second title is the same column only if it is as sure as the first.
                    if found[field["name"]] and way is not _names:
                        continue
                    found[field["name"]].append(header)
                    taken.add(header)
    return {name: titles for name, titles in found.items() if titles}


def nearest_titles(headers: Iterable[str], field: Mapping[str, Any]) -> list[str]:
    """Titles of a file that look most like a column it lacks, three at most."""
    from rapidfuzz import fuzz, process

    wanted = [*_names(field), *_titles(field), *_words(field)]
    scored = {}
    for header in headers:
        best = process.extractOne(normalise(header), wanted, scorer=fuzz.ratio)
        if best and best[1] >= 70:
            scored[header] = best[1]
    return sorted(scored, key=lambda h: -scored[h])[:3]


@lru_cache(maxsize=1024)
def _value_words(column: str, value: str) -> frozenset[str]:
    words = _lists()["values"]
    own = words.get(column, {})
    both = [words.get(value, ""), own.get(value, "") if isinstance(own, dict) else ""]
    return frozenset(
        w for text in both if isinstance(text, str) for w in text.split("|") if w
    )


def meaning_of(words: Iterable[str], field: Mapping[str, Any]) -> dict[str, str]:
    """Word of a cell -> allowed value of a column, for the words that are known.

    Parameters
    ----------
    words : iterable of str
    field : mapping
        Of a contract, with ``categories``.

    Examples
    --------
    >>> from safelearn.city.contracts import contract
    >>> field = next(f for f in contract("survey")["fields"] if f["name"] == "walk_dark")
    >>> meaning_of(["Muy seguro", "no sabe", "purple"], field)
    {'Muy seguro': 'very_safe', 'no sabe': 'dont_know'}
    """
    known: dict[str, str] = {}
    categories = field.get("categories", [])
    for category in categories:
        for word in sorted(_value_words(field["name"], category["value"])):
            known.setdefault(word, category["value"])
    # The contract's own words are surer than ours.
    for category in categories:
        for name in (t(category["label"]), category["label"], category["value"]):
            known[normalise(name)] = category["value"]
    known.pop("", None)
    found = {word: known.get(normalise(word)) for word in words}
    return {word: value for word, value in found.items() if value is not None}


def _names(field: Mapping[str, Any]) -> set[str]:
    return {normalise(field["name"])}


def _titles(field: Mapping[str, Any]) -> set[str]:
    said = [field["title"], field.get("question", "")]
    return {normalise(way) for text in said if text for way in (text, t(text))}


def _words(field: Mapping[str, Any]) -> set[str]:
    text = _lists()["columns"].get(field["name"], "")
    return {word for word in text.split("|") if word}


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, Any]]:
    inside = files("safelearn.city.tables") / "contract_words.toml"
    return tomllib.loads(inside.read_text(encoding="utf-8"))
