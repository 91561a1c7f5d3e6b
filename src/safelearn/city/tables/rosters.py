"""How many people signed? In: a list of people. Out: numbers by activity or option, and no name.

Lists of attendance and of votes carry names, telephones and numbers of identity papers. People are counted, each once
an activity, and nothing that names one goes into a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import account, must_use_something
from safelearn.city.columns.private_columns import (
    columns_of_people,
    is_roster,
    said_of_people,
)
from safelearn.city.columns.victims import read_sex
from safelearn.city.files.formats import Source
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import as_floats
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.contract_words import match_columns, meaning_of
from safelearn.city.tables.plain_tables import (
    in_the_contracts_words,
    must_have,
    read_frame,
    read_plain,
)
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

#: Tables whose rows can be people: what is counted, and what tells one count from another.
COUNTED = {
    "participation": ("participants", ("activity_id", "activity", "kind", "phase", "held_on", "group")),
    "ballots": ("votes", ("ballot_id", "kind", "held_on", "group", "option_id", "option")),
}  # fmt: skip
_SEX = frozenset({"sexo", "sex", "genero", "gender", "sexe", "genre"})
_AGE = frozenset({"edad", "age", "idade", "edad en anos"})
_ORGANISATION = frozenset(
    (
        "organizacion", "organizacao", "organisation", "organization", "entidad", "entidade", "institucion",
        "instituicao", "institution", "nombre de la organizacion", "razon social",
    )
)  # fmt: skip
#: Below this age nobody is a woman or a man yet.
_ADULT = 18


def read_roster(
    source: Source,
    table: str,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Count the people of a list.

    Parameters
    ----------
    table : {"participation", "ballots"}
    known : mapping
        Codes that other tables have, as for `contracts.canonical`.

    Raises
    ------
    SafelearnError
        If the file does not say what the table needs, such as the day or the phase.
    """
    frame = source.frame.map(str.strip)
    people = columns_of_people(frame, roster=True)
    rest = [c for c in frame.columns if c not in people]
    sex = next((c for c in rest if normalise(c) in _SEX), None)
    age = next((c for c in rest if normalise(c) in _AGE), None)
    asked = [c for c in rest if c not in (sex, age)]
    matched = {k: v[0] for k, v in match_columns(asked, table).items()}
    measure, keys = COUNTED[table]
    read, notes = in_the_contracts_words(frame, table, matched, areas)
    notes = [*said_of_people(people), *notes]
    _settle(read, source, table, notes)
    if "group" not in read:
        read["group"] = _groups(frame, sex, age, notes)
    empty = (
        (frame[people] == "").all(axis=1)
        if people
        else pd.Series(False, index=frame.index)
    )
    again = _again(frame, people, read, keys)
    must_have(read.assign(**{measure: "1"}), table, rest, source.name)
    where = _one_area(read, keys, notes)
    counted = read[~again & ~empty].assign(area_id=where[~again & ~empty])
    cells = [k for k in (*keys, "area_id") if k in counted]
    group_of = counted.groupby(cells, dropna=False, sort=False).ngroup()
    sums = counted.groupby(cells, dropna=False, sort=False).size().rename(measure)
    rows = sums.reset_index().astype("str")
    notes.append(
        tn(
            "{n} person was counted, and no name was kept.",
            "{n} people were counted, and no name was kept.",
            len(counted),
        )
    )
    left = [c for c in asked if c not in matched.values()]
    if left:
        notes.append(t("Not used: {columns}.", columns=listing(left)))
    reading = read_frame(rows.where(rows != ""), table, known, where=source.name)
    return _of_the_file(
        reading, group_of, again & ~empty, empty, tuple(notes), source.name
    )


def read_register(
    source: Source,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Read a register of organisations; who is to be called there stays out.

    Raises
    ------
    SafelearnError
        If it lists people and no organisation.
    """
    frame = source.frame.map(str.strip)
    named = [c for c in frame.columns if normalise(c) in _ORGANISATION]
    if (
        not named
        and is_roster(frame.columns)
        and "type" not in match_columns(frame.columns, "stakeholders")
    ):
        raise SafelearnError(
            t(
                "This lists people; the register holds organisations and roles, never names."
            ),
            where=source.name,
            remedy=t(
                "Write the organisation, or the role, of each into a column called name, and take the people out."
            ),
        )
    if named:
        people = set(columns_of_people(frame, roster=True)) - set(named)
        reading = read_plain(
            source.with_frame(frame.drop(columns=list(people))),
            "stakeholders",
            known,
            areas,
        )
        return replace(reading, notes=(*said_of_people(people), *reading.notes))
    return read_plain(source, "stakeholders", known, areas)


def _settle(read: pd.DataFrame, source: Source, table: str, notes: list[str]) -> None:
    """What a list says above itself: the activity; and codes for what has none."""
    fields = {f["name"]: f for f in contracts.contract(table)["fields"]}
    if table == "participation":
        if "activity" not in read and source.titles:
            read["activity"] = source.titles[0]
            notes.append(
                t("The activity was taken from “{words}”.", words=source.titles[0])
            )
        if "kind" not in read and "activity" in read:
            first = read["activity"].map(lambda v: v.split()[0] if v.split() else "")
            meant = meaning_of([w for w in first.unique() if w], fields["kind"])
            read["kind"] = first.map(meant).fillna("other").astype("str")
            notes.append(
                t(
                    "The kind of each activity was taken from the first word of its name."
                )
            )
        if "activity_id" not in read and {"activity", "held_on"} <= set(read):
            read["activity_id"] = _codes(read, ("activity", "held_on"))
    else:
        if "option" in read and "option_id" not in read:
            read["option_id"] = _codes(read, ("option",))
        if "ballot_id" not in read and "held_on" in read:
            read["ballot_id"] = _codes(read, ("held_on",))


def _codes(read: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    text = read[list(columns)].map(normalise).agg("|".join, axis=1)
    return text.map(lambda v: hashlib.sha256(v.encode()).hexdigest()[:8])


def _groups(
    frame: pd.DataFrame, sex: str | None, age: str | None, notes: list[str]
) -> pd.Series:
    """Women, men and children, as far as the list says; everybody else is simply there."""
    result = pd.Series("everyone", index=frame.index, dtype="str")
    if sex is not None:
        coded = read_sex(frame[sex]).astype("str")
        result = result.where(coded != "female", "women").where(coded != "male", "men")
    if age is not None:
        years = as_floats(frame[age], whole=True)
        result = result.where(~(years < _ADULT), "children")
    if sex is None and age is None:
        notes.append(t("The list says nothing of sex or age: all count as everyone."))
    else:
        notes.append(
            t("Groups were made from sex and age: women, men, and children under 18.")
        )
    return result


def _again(
    frame: pd.DataFrame, people: list[str], read: pd.DataFrame, keys: tuple[str, ...]
) -> pd.Series:
    """Rows of a person who signed twice: by the number of a paper, else by the full name."""
    nobody = pd.Series(False, index=frame.index)
    if not people:
        return nobody
    numbered = [c for c in people if frame[c].str.contains(r"\d{5}").mean() > 0.5]
    papers = [
        c
        for c in numbered
        if not frame[c].str.startswith("+").any()
        and "tel" not in normalise(c)
        and "cel" not in normalise(c)
    ]
    by = papers[:1] or [c for c in people if c not in numbered][:2]
    if not by:
        return nobody
    who = frame[by].map(normalise)
    told = (who != "").all(axis=1)
    where = read[[k for k in keys if k in read and k != "group"]]
    return told & pd.concat([who, where], axis=1).duplicated()


def _one_area(read: pd.DataFrame, keys: tuple[str, ...], notes: list[str]) -> pd.Series:
    """The area of each activity; none where the list says instead where each person lives."""
    nowhere = pd.Series("", index=read.index, dtype="str")
    if "area_id" not in read:
        return nowhere
    own = [k for k in keys if k in read and k not in ("group", "option", "option_id")]
    several = read.groupby(own, dropna=False)["area_id"].transform("nunique") > 1
    if several.any():
        notes.append(
            t(
                "Areas differ within an activity: they are where people live, and were not kept."
            )
        )
    return read["area_id"].where(~several, "")


def _of_the_file(
    reading: Reading,
    group_of: pd.Series,
    again: pd.Series,
    empty: pd.Series,
    notes: tuple[str, ...],
    where: str,
) -> Reading:
    """The reading with its account by the rows of the list, many of which are one row of the table."""
    n = len(again)
    against = {
        "repeated row": again.to_numpy(),
        "breaks the contract": empty.to_numpy().copy(),
    }
    of = np.full(n, -1)
    of[group_of.index] = group_of.to_numpy()
    details = {}
    for reason in reading.accounting.set_aside:
        groups = np.flatnonzero(reading.accounting.reasons == reason)
        rows = np.isin(of, groups)
        against[reason] = against.get(reason, np.zeros(n, dtype=bool)) | rows
        details |= {
            int(row): reading.details.get(int(of[row]), "")
            for row in np.flatnonzero(rows)
        }
    accounting = account(n, against)
    must_use_something(accounting, where)
    return replace(
        reading, accounting=accounting, details=details, notes=(*notes, *reading.notes)
    )
