"""How much money was meant for what, and how much was spent? In: a budget as an office exports it. Out: budget lines.

Budgets come with years in columns, amounts in thousands, chapters that add up their lines, currency signs, and
negative amounts in parentheses. Every line counts once, in the year and the unit that the file states.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from safelearn.city.accounting import account, must_use_something
from safelearn.city.columns.private_columns import columns_of_people, said_of_people
from safelearn.city.files.formats import Source
from safelearn.city.files.headers import normalise
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.budget_lines import line_ids, put_purposes, rows_that_add_up
from safelearn.city.tables.cells import read_amounts
from safelearn.city.tables.contract_words import match_columns
from safelearn.city.tables.plain_tables import (
    in_the_contracts_words,
    must_have,
    read_frame,
)
from safelearn.language import listing, number, t

_AMOUNTS = ("required", "approved", "spent")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHANGED = frozenset(
    (
        "vigente", "modificado", "presupuesto vigente", "presupuesto modificado", "pim", "definitivo",
        "apropiacion definitiva", "apropiacion vigente", "dotacao atualizada", "revised", "revised budget",
        "adjusted budget", "codificado",
    )
)  # fmt: skip
_LABEL = frozenset(
    (
        "rubro", "concepto", "descripcion", "descricao", "description", "nombre", "denominacion", "detalle",
        "item", "linea", "partida presupuestal", "nombre del rubro", "programa", "proyecto", "projeto", "project",
        "intitule", "libelle", "acao",
    )
)  # fmt: skip
_IN = r"\b(en|em|in|r|usd|cop|cifras en|valores en|valores em) "
_UNITS = (
    (re.compile(_IN + r"(miles|mil|thousands?)( de)? millones\b"), 1e9),
    (re.compile(_IN + r"(millones|milhoes|millions?)\b|\b(us|r)? ?mm\b"), 1e6),
    (re.compile(_IN + r"(miles|mil|thousands?|milliers)\b|\b000 ?s\b"), 1e3),
)
#: Signs that only one currency has; a bare $ is that of many countries.
_SIGNS = {
    "R$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "S/": "PEN",
    "₹": "INR",
    "₱": "PHP",
    "₦": "NGN",
    "₡": "CRC",
    "₲": "PYG",
}


@dataclass(frozen=True)
class _Amount:
    """A column of money: which of the contract's, and the year that its title states."""

    field: str
    year: str


def looks_like_budget(columns: Collection[str]) -> bool:
    """Whether these columns hold money that was approved, and for what."""
    amounts = _amounts(columns)
    fields = {a.field for a in amounts.values()}
    titled = {normalise(c) for c in columns}
    said = titled & (_LABEL | {"partida", "codigo presupuestal", "purpose", "line id"})
    return "approved" in fields and ("spent" in fields or bool(said))


def read_budget(
    source: Source,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Read a budget.

    Raises
    ------
    SafelearnError
        If no column holds what was approved, no year is stated, or no line can be used.
    """
    frame = source.frame.map(str.strip)
    notes: list[str] = []
    amounts = _amounts(frame.columns)
    values = _values(frame, amounts)
    others = [c for c in frame.columns if c not in amounts]
    matched = {k: v[0] for k, v in match_columns(others, "budget").items()}
    matched = {k: v for k, v in matched.items() if k not in _AMOUNTS}
    label = next((c for c in others if normalise(c) in _LABEL), None)
    if matched.get("line_id") == label:
        matched.pop("line_id", None)
    unit, words = _unit(source, amounts)
    if unit > 1:
        notes.append(
            t(
                "“{words}” says that amounts are in units of {unit}: they were multiplied by it.",
                words=words,
                unit=number(int(unit)),
            )
        )
    sums = rows_that_add_up(frame, matched.get("line_id"), label, values, notes)
    read, said = in_the_contracts_words(frame, "budget", matched, areas)
    notes += said
    put_purposes(read, frame, label, sums, notes)
    if "level" not in read:
        read["level"] = "city"
        notes.append(t("No column says whose budget it is: the city's was assumed."))
    if "currency" not in read and (found := _currency(frame, amounts)):
        read["currency"] = found
    rows, at = _by_year(read, amounts, values, unit, source, notes)
    rows["line_id"] = line_ids(rows, frame, at, label, notes)
    used = {*amounts, *matched.values(), *([label] if label else [])}
    notes += _unused(frame, used)
    must_have(rows, "budget", [c for c in frame.columns if c not in used], source.name)
    reading = read_frame(
        rows.where(rows != ""),
        "budget",
        known,
        where=source.name,
        against={"total row": sums[at]},
    )
    return _of_the_file(reading, at, len(frame), tuple(notes), source.name)


def _amounts(columns: Collection[str]) -> dict[str, _Amount]:
    """The columns of money."""
    bare = {c: " ".join(_YEAR.sub(" ", str(c)).split()) for c in columns}
    years = {c: (_YEAR.findall(str(c)) or [""])[-1] for c in columns}
    found: dict[str, _Amount] = {}
    for year in dict.fromkeys(years.values()):
        titles = {bare[c]: c for c in reversed(list(columns)) if years[c] == year}
        matched = match_columns(titles, "budget")
        for field in _AMOUNTS:
            for title in matched.get(field, [])[:1]:
                found[titles[title]] = _Amount(field, year)
        if "approved" not in matched:
            changed = next(
                (c for b, c in titles.items() if normalise(b) in _CHANGED), None
            )
            if changed is not None:
                found[changed] = _Amount("approved", year)
    return found


def _values(frame: pd.DataFrame, amounts: Collection[str]) -> dict[str, np.ndarray]:
    """The amounts of each column; all columns of one budget write their numbers alike."""
    if not amounts:
        return {}
    cells = pd.concat([frame[c] for c in amounts], ignore_index=True)
    parts = np.split(read_amounts(cells), len(amounts))
    return dict(zip(amounts, parts, strict=True))


def _unit(source: Source, amounts: Collection[str]) -> tuple[float, str]:
    """What amounts are counted in, and the words that say so."""
    for words in (*source.titles, *amounts):
        plain = normalise(words)
        for pattern, unit in _UNITS:
            if pattern.search(plain):
                return unit, words
    return 1, ""


def _currency(frame: pd.DataFrame, amounts: Mapping[str, _Amount]) -> str:
    """The currency that the cells name by a sign of its own; a bare $ is that of many countries."""
    cells = (
        pd.concat([frame[c] for c in amounts]) if amounts else pd.Series(dtype="str")
    )
    found = {
        code
        for sign, code in _SIGNS.items()
        if cells.str.contains(sign, regex=False).any()
    }
    named = set(cells.str.extract(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")[0].dropna())
    both = found | named
    return both.pop() if len(both) == 1 else ""


def _by_year(
    read: pd.DataFrame,
    amounts: Mapping[str, _Amount],
    values: Mapping[str, np.ndarray],
    unit: float,
    source: Source,
    notes: list[str],
) -> tuple[pd.DataFrame, np.ndarray]:
    """One row a line and year, and the row of the file that each comes from."""
    parts, at = [], []
    stated = _year_stated(source)
    for year in dict.fromkeys(a.year for a in amounts.values()):
        part = read.copy()
        if year:
            part["year"] = year
        elif "year" not in part and stated:
            part["year"] = stated[0]
            notes.append(
                t(
                    "The year, {year}, was taken from “{words}”.",
                    year=stated[0],
                    words=stated[1],
                )
            )
        for column, amount in amounts.items():
            if amount.year == year:
                part[amount.field] = [
                    _plain(v * unit) if not np.isnan(v) else "" for v in values[column]
                ]
        if len({a.year for a in amounts.values()}) > 1:
            # A line that a year does not have is no line of that year.
            filled = part[[f for f in _AMOUNTS if f in part]].ne("").any(axis=1)
            if not filled.any():
                continue
            at.append(np.flatnonzero(filled))
            part = part[filled]
        else:
            at.append(np.arange(len(part)))
        parts.append(part)
    if not parts:
        return read.copy(), np.arange(len(read))
    return pd.concat(parts, ignore_index=True).fillna(""), np.concatenate(at)


def _year_stated(source: Source) -> tuple[str, str] | None:
    for words in (*source.titles, *reversed(source.name.split(": "))):
        years = set(_YEAR.findall(words))
        if len(years) == 1:
            return years.pop(), words
    return None


def _plain(value: float) -> str:
    value = round(value, 2)
    return str(int(value)) if value == int(value) else repr(float(value))


def _unused(frame: pd.DataFrame, used: set[str]) -> list[str]:
    rest = [c for c in frame.columns if c not in used]
    people = columns_of_people(frame[rest])
    others = [c for c in rest if c not in people]
    notes = list(said_of_people(people))
    if others:
        notes.append(t("Not used: {columns}.", columns=listing(others)))
    return notes


def _of_the_file(
    reading: Reading, at: np.ndarray, n: int, notes: tuple[str, ...], where: str
) -> Reading:
    """The reading with its account by rows of the file, of which one can hold several years."""
    used = np.zeros(n, dtype=bool)
    used[at[reading.accounting.used]] = True
    against = {}
    for reason in reading.accounting.set_aside:
        rows = np.zeros(n, dtype=bool)
        rows[at[(reading.accounting.reasons == reason).to_numpy()]] = True
        against[reason] = rows & ~used
    seen = np.zeros(n, dtype=bool)
    seen[at] = True
    against["breaks the contract"] = (
        against.get("breaks the contract", np.zeros(n, bool)) | ~seen
    )
    details = {int(at[row]): text for row, text in reading.details.items()}
    accounting = account(n, against)
    must_use_something(accounting, where)
    return replace(
        reading, accounting=accounting, details=details, notes=(*notes, *reading.notes)
    )
