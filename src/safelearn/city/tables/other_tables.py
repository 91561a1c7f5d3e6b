"""Read any table that is neither areas, population nor incidents. In: a file, its table. Out: rows in the contract.

A questionnaire's export, a budget and a list of people each have a reader of their own; everything else is known by the
contract's names, titles and words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from safelearn.city import contracts
from safelearn.city.columns.private_columns import is_roster
from safelearn.city.files.formats import Source
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.budgets import looks_like_budget, read_budget
from safelearn.city.tables.contract_words import match_columns
from safelearn.city.tables.kobo import FORMS, read_kobo, table_of
from safelearn.city.tables.kobo_sheets import is_kobo, is_repeat
from safelearn.city.tables.plain_tables import read_plain
from safelearn.city.tables.rosters import COUNTED, read_register, read_roster

_ATTENDANCE = re.compile(
    r"asisten|presen[cç]a|attend|participant|sign.?in|registro de participa|lista de",
    re.IGNORECASE,
)
_EVERYWHERE = frozenset({"name", "area_id", "date", "year", "note", "notes"})
#: Tables that no title alone gives away: too many files have a name, a date and a place.
_NEVER_GUESSED = frozenset({"areas", "population", "incidents"})


def read_other(
    source: Source,
    table: str,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Read a file into a table.

    Parameters
    ----------
    known : mapping
        Codes that other tables have, as for `contracts.canonical`.
    areas : KnownAreas, optional
        The city's, so that areas may be called by their names.

    Raises
    ------
    SafelearnError
        If a needed column is missing, or no row can be used.
    """
    if table in FORMS and (is_kobo(source.columns) or is_repeat(source.columns)):
        return read_kobo(source, table, known, areas)
    if table == "budget":
        return read_budget(source, known, areas)
    if table == "stakeholders":
        return read_register(source, known, areas)
    if table in COUNTED and is_roster(source.columns):
        counted = COUNTED[table][0]
        if counted not in match_columns(source.columns, table):
            return read_roster(source, table, known, areas)
    return read_plain(source, table, known, areas)


def guess_other(columns: Collection[str], about: str = "") -> str | None:
    """The table that these columns fill, where their words leave no doubt; None otherwise.

    Parameters
    ----------
    about : str, optional
        The words around the table: titles, sheet, name of the file.
    """
    if is_kobo(columns) or is_repeat(columns):
        return table_of(columns) or "survey"
    if looks_like_budget(columns):
        return "budget"
    if is_roster(columns) and _ATTENDANCE.search(" ".join((*columns, about))):
        return "participation"
    fitting = {}
    for table in contracts.table_names():
        if table in _NEVER_GUESSED:
            continue
        whole = contracts.contract(table)
        matched = match_columns(columns, table)
        needed = {
            f["name"]
            for f in whole["fields"]
            if f.get("constraints", {}).get("required")
        } - set(whole.get("primaryKey", []))
        # A code and a name are in every list: something of the table's own must be there.
        own = set(matched) - set(whole.get("primaryKey", [])) - _EVERYWHERE
        if own and needed and needed <= set(matched):
            fitting[table] = len(matched) / len(columns)
    best = max(fitting, key=lambda k: fitting[k], default=None)
    return best if best and fitting[best] >= 0.6 else None
