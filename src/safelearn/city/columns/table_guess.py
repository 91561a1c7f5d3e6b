"""Which table of a city does this file fill? In: a file as read. Out: the name of a table, and why.

Outlines are areas and points are incidents. Columns that are those of a contract decide next, then a profile,
then people without dates, then the file's own name.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from safelearn.city import contracts
from safelearn.city.columns.profiles import match_profile
from safelearn.city.files.crossed import refuse_crossed
from safelearn.city.files.formats import Source
from safelearn.city.files.geographic import points
from safelearn.city.files.headers import normalise
from safelearn.city.tables.kobo_sheets import is_kobo
from safelearn.city.tables.other_tables import guess_other
from safelearn.city.tables.residents import looks_like_population
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

_WHEN = (
    "date", "fecha", "data", "datum", "time", "hora", "month", "mes", "occurred", "year", "anio", "timestamp",
)  # fmt: skip
#: What a file that lists areas is called, and its column of names.
_AREAS = frozenset(
    (
        "areas", "barrios", "colonias", "comunas", "localidades", "distritos", "sectores", "veredas", "bairros",
        "quartiers", "stadtteile", "wards", "neighbourhoods", "neighborhoods", "suburbs", "districts",
    )
)  # fmt: skip
_OFFENCE = frozenset(
    (
        "delito",
        "delitos",
        "offence",
        "offense",
        "crime",
        "infraction",
        "delikt",
        "straftat",
    )
)
_NAME = frozenset(("name", "nombre", "nome", "nom"))


def guess_table(source: Source, folder: Path) -> tuple[str, tuple[str, ...]]:
    """The table that a file fills, and the assumption in a sentence.

    Raises
    ------
    SafelearnError
        If nothing says which one it is, or its cells are counts of what its columns are called.
    """
    name = _decide(source, folder)
    if name is None:
        raise SafelearnError(
            t("It is not plain which table this file fills."),
            where=source.name,
            remedy=t(
                "Say so with --table, for example --table incidents. The tables are: {names}.",
                names=listing(list(contracts.table_names())),
            ),
        )
    return name, (t("Taken for the table {table}.", table=name),)


def _decide(source: Source, folder: Path) -> str | None:
    if source.outlines is not None:
        return "areas" if points(source.outlines) is None else "incidents"
    if is_kobo(source.columns):
        return guess_other(source.columns)
    headers = {normalise(c) for c in source.columns}
    fitting = {}
    for table in contracts.table_names():
        names = {normalise(c) for c in contracts.columns(table)}
        needed = {normalise(c) for c in _required(table)}
        if needed <= headers:
            fitting[table] = len(names & headers) / len(headers)
    best = max(fitting, key=lambda k: fitting[k], default=None)
    if best and fitting[best] >= 0.6:
        return best
    profile, _ = match_profile(source.columns, folder)
    if profile.name != "generic":
        return "incidents"
    other = guess_other(source.columns, _about(source))
    if other is not None:
        return other
    dated = any(set(h.split()) & set(_WHEN) for h in headers - {"year", "anio"})
    if looks_like_population(source.columns, _about(source)):
        return "population"
    stem = normalise(PurePosixPath(source.name.split(":")[-1].strip()).stem)
    for table in contracts.table_names():
        if normalise(table) == stem:
            return table
    words = {word for header in headers for word in header.split()}
    if set(stem.split()) & _AREAS and words & _NAME and len(headers) <= 4:
        return "areas"
    known = profile.assign(source.columns)
    if {"from", "from_date", "year", "day"} & set(known) or dated or words & _OFFENCE:
        return "incidents"
    refuse_crossed(source.sample, source.name)
    named = {"area_id", "area_name"} & set(known)
    # A number beside each name may be of residents, of crimes or of anything: nobody guesses which.
    return "areas" if named and "count" not in known and len(headers) <= 6 else None


def _about(source: Source) -> str:
    """The words around a table: those above it, its sheet and its file's name."""
    return " ".join((*source.titles, source.name))


def _required(table: str) -> list[str]:
    return [
        field["name"]
        for field in contracts.contract(table)["fields"]
        if field.get("constraints", {}).get("required")
    ]
