"""What did a questionnaire in KoboToolbox collect? In: its export. Out: rows of the survey, the audits or a register.

Exports name a question by its path (``safety/walk_dark``) or its label, give a choice of several answers one column or
one a choice, repeat a question that moved between versions of the form, and carry who sent what from where. The
contract's questions are found by name or label; free texts, coordinates and names stay out, and that is said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.columns.private_columns import columns_of_people, said_of_people
from safelearn.city.files.formats import Source
from safelearn.city.files.headers import normalise
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.contract_words import match_columns, meaning_of
from safelearn.city.tables.kobo_answers import Answers, answers_to
from safelearn.city.tables.kobo_sheets import is_repeat
from safelearn.city.tables.plain_tables import (
    in_the_contracts_words,
    must_have,
    read_frame,
)
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

#: Columns that KoboToolbox and other ODK servers add to every form.
_ADDED = frozenset(
    (  # noqa: SIM905
        "_id _uuid _submission_time _validation_status _notes _status _submitted_by __version__ _tags _index "
        "_xform_id_string _version_ _attachments _geolocation _xform_id _bamboo_dataset_id formhub/uuid "
        "meta/instanceid meta/rootuuid meta/deprecatedid instanceid start end today deviceid subscriberid simserial "
        "phonenumber username audit key submissiondate submitterid submittername instancename meta/instancename"
    ).split()
)
_POINT = re.compile(r"_?(.*)_(latitude|longitude|altitude|precision)$")
_WRITTEN = frozenset(
    (  # noqa: SIM905
        "other otro otra outro autre specify especifique especificar cual texto text comment comments comentario "
        "comentarios observacion observaciones note nota why describe describa explique motivo"
    ).split()
)
_CONSENT = frozenset(
    (
        "consent", "consentimiento", "consentimiento informado", "informed consent", "acepta", "acepta participar",
        "consentement", "consentimento", "agree to participate", "acepta participar en la encuesta",
    )
)  # fmt: skip
#: The tables that a form fills, each with its day; a survey is kept by its year.
FORMS = {
    "survey": "year",
    "audits": "visited_on",
    "demands": "received_on",
    "stakeholders": "assessed_on",
}
#: Where the day of the visit is looked for, the surest first; the upload may be weeks later.
_DAYS = ("today", "start", "end", "_submission_time")


def table_of(columns: Collection[str]) -> str | None:
    """The table that an export fills: whose questions it has most of; None without any."""
    asked = [_leaf(c) for c in columns if not _is_added(c)]
    asked += [c for c in columns if "/" in c]
    known = {table: len(match_columns(dict.fromkeys(asked), table)) for table in FORMS}
    best = max(known, key=lambda k: known[k])
    return best if known[best] else None


def read_kobo(
    source: Source,
    table: str,
    known: Mapping[str, Collection[str]],
    areas: KnownAreas | None = None,
) -> Reading:
    """Read an export of a questionnaire or audit form.

    Parameters
    ----------
    table : str
        One of `FORMS`.
    known : mapping
        Codes that other tables have, as for `contracts.canonical`.
    areas : KnownAreas, optional
        The city's; a form without a question for the area is placed by its coordinates, where there are outlines.

    Raises
    ------
    SafelearnError
        If it is the sheet of a repeated group, or lacks what the table needs, such as the weights.
    """
    frame = source.frame.map(str.strip)
    if is_repeat(frame.columns):
        raise SafelearnError(
            t("These are the answers of a group that was repeated within the forms."),
            where=source.name,
            remedy=t("Import the export's first sheet, which has one row a form."),
        )
    matched, used = _match(frame.columns, table)
    notes: list[str] = []
    answers: list[Answers] = []
    read = pd.DataFrame(index=frame.index)
    for field in contracts.contract(table)["fields"]:
        columns = matched.get(field["name"])
        if columns:
            found = answers_to(frame[columns[0]], frame[columns[1]], field)
            answers.append(found)
            read[field["name"]] = found.cells
    notes += _said(answers)
    _fill(read, frame, table, areas, notes)
    read, said = in_the_contracts_words(read, table, {c: c for c in read}, areas)
    notes += said
    notes += _left_out(frame, used)
    must_have(read, table, [c for c in frame.columns if c not in used], source.name)
    return read_frame(
        read.where(read != ""),
        table,
        known,
        where=source.name,
        notes=tuple(notes),
        against=_refused(frame),
    )


def _match(
    columns: Iterable[str], table: str
) -> tuple[dict[str, tuple[list[str], list[str]]], set[str]]:
    """Field -> columns with an answer, and columns of one choice each; and all columns that are used."""
    fields = {f["name"]: f for f in contracts.contract(table)["fields"]}
    asked = [c for c in columns if not _is_added(c) and not _POINT.fullmatch(c)]
    by_leaf: dict[str, list[str]] = {}
    for column in asked:
        by_leaf.setdefault(_leaf(column), []).append(column)
        if "/" in column:
            # A label may hold a slash of its own.
            by_leaf.setdefault(column, []).append(column)
    matched: dict[str, tuple[list[str], list[str]]] = {}
    for name, leaves in match_columns(by_leaf, table).items():
        if _is_text(fields[name]):
            continue
        own = list(dict.fromkeys(c for leaf in leaves for c in by_leaf[leaf]))
        matched[name] = (own, [])
    parents: dict[str, list[str]] = {}
    for column in asked:
        path = column.split("/")
        if len(path) > 1:
            parents.setdefault(path[-2], []).append(column)
    for name, leaves in match_columns(parents, table).items():
        field = fields[name]
        if "categories" not in field:
            continue
        choices = [
            c
            for leaf in leaves
            for c in parents[leaf]
            if meaning_of([_leaf(c)], field) and c not in matched.get(name, ([], []))[0]
        ]
        if choices:
            matched.setdefault(name, ([], []))[1].extend(choices)
    used = {c for one, several in matched.values() for c in (*one, *several)}
    return matched, used


def _is_text(field: Mapping[str, Any]) -> bool:
    """Words that somebody wrote freely: they may name people, so no export brings them in by itself."""
    return field["name"] == "note" and "categories" not in field


def _leaf(column: str) -> str:
    return column.rsplit("/", 1)[-1].strip()


def _is_added(column: str) -> bool:
    plain = column.strip().casefold()
    return plain in _ADDED or plain.startswith("_") or plain.startswith("meta/")


def _said(answers: Iterable[Answers]) -> list[str]:
    found = list(answers)
    notes = []
    for one in found:
        if one.several:
            notes.append(
                tn(
                    "{question}: {n} person chose several answers where one is kept; it counts as not answered.",
                    "{question}: {n} people chose several answers where one is kept; they count as not answered.",
                    one.several,
                    question=one.question,
                )
            )
        if one.differ:
            notes.append(
                tn(
                    "{question}: in {n} form two versions of the question have different answers; neither was taken.",
                    "{question}: in {n} forms two versions of the question have different answers; neither was taken.",
                    one.differ,
                    question=one.question,
                )
            )
    moved = [one.question for one in found if one.versions > 1]
    if moved:
        notes.append(
            t(
                "Asked in several versions of the form, and joined: {questions}.",
                questions=listing(moved),
            )
        )
    coded = sum(one.coded for one in found)
    if coded:
        notes.append(
            tn(
                "{n} answer was a code or word for “don't know” or “refused” (such as -99) and was taken as such.",
                "{n} answers were codes or words for “don't know” or “refused” (such as -99) and were taken as such.",
                coded,
            )
        )
    return notes


def _fill(
    read: pd.DataFrame,
    frame: pd.DataFrame,
    table: str,
    areas: KnownAreas | None,
    notes: list[str],
) -> None:
    """What the server knows and no question asks: the form's code, its day or year, its area."""
    by_name = {c.strip().casefold(): c for c in frame.columns}
    key = contracts.contract(table)["primaryKey"][0]
    if key not in read:
        own = next(
            (by_name[c] for c in ("_uuid", "meta/instanceid", "_id") if c in by_name),
            None,
        )
        if own is not None:
            # The server's number would lead back to the form and to who sent it.
            read[key] = frame[own].map(_short)
    day = FORMS[table]
    if day not in read:
        column = next(
            (
                by_name[c]
                for c in _DAYS
                if c in by_name and (frame[by_name[c]] != "").any()
            ),
            None,
        )
        if column is not None:
            stamps = frame[column].str.slice(0, 10)
            read[day] = stamps.str.slice(0, 4) if day == "year" else stamps
            notes.append(
                t("{field} was taken from {column}.", field=day, column=column)
            )
    if "rater" in read:
        read["rater"] = read["rater"].map(lambda v: _short(v)[:6] if len(v) > 3 else v)
    if "area_id" not in read:
        placed = _by_point(frame, areas)
        if placed is not None:
            read["area_id"] = placed
            notes.append(
                tn(
                    "No question asks for the area: {n} form was placed by its coordinates, which were not kept.",
                    "No question asks for the area: {n} forms were placed by their coordinates, which were not kept.",
                    int((placed != "").sum()),
                )
            )


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


def _by_point(frame: pd.DataFrame, areas: KnownAreas | None) -> pd.Series | None:
    if areas is None or areas.boundaries is None:
        return None
    found = {
        m[2]: c for c in frame.columns if (m := _POINT.fullmatch(c.rsplit("/", 1)[-1]))
    }
    if not {"longitude", "latitude"} <= set(found):
        return None
    from safelearn.city.areas import locate

    x, y = (
        pd.to_numeric(frame[found[k]], errors="coerce").to_numpy(float)
        for k in ("longitude", "latitude")
    )
    codes = np.array([*areas.boundaries["area_id"], ""], dtype=object)
    return pd.Series(codes[locate(x, y, areas.boundaries)], index=frame.index)


def _refused(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Interviews that nobody agreed to, and forms that were rejected."""
    result = {k: np.zeros(len(frame), bool) for k in ("no consent", "not approved")}
    for column in frame.columns:
        leaf = normalise(_leaf(column))
        if leaf in _CONSENT:
            no = (
                frame[column]
                .map(normalise)
                .isin({"no", "0", "false", "nao", "non", "no acepta"})
            )
            result["no consent"] |= no.to_numpy()
        if leaf == "validation status":
            status = frame[column].map(normalise)
            result["not approved"] |= status.isin(
                {"not approved", "validation status not approved", "no aprobado"}
            ).to_numpy()
    return result


def _left_out(frame: pd.DataFrame, used: set[str]) -> list[str]:
    """What of an export stays out, in sentences."""
    rest = [c for c in frame.columns if c not in used and (frame[c] != "").any()]
    added = [c for c in rest if _is_added(c) and not _POINT.fullmatch(c)]
    people = columns_of_people(frame[[c for c in rest if c not in added]])
    points = [c for c in rest if _POINT.fullmatch(_leaf(c)) or _is_point(frame[c])]
    texts = [
        c
        for c in rest
        if c not in (*added, *people, *points)
        and (set(normalise(_leaf(c)).split()) & _WRITTEN or _reads_like_text(frame[c]))
    ]
    others = [c for c in rest if c not in {*added, *people, *points, *texts}]
    notes = list(said_of_people(people))
    if texts:
        notes.append(
            tn(
                "The free text {names} was not taken: people write names and places into it. Read it where it was "
                "collected.",
                "The free texts {names} were not taken: people write names and places into them. Read them where they "
                "were collected.",
                len(texts),
                names=listing(texts),
            )
        )
    if points:
        notes.append(
            t("Coordinates are not kept: {names}.", names=listing(sorted(points)))
        )
    if others:
        notes.append(t("Not used: {columns}.", columns=listing(others)))
    return notes


def _is_point(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    point = r"-?\d{1,3}\.\d+ -?\d{1,3}\.\d+( -?[\d.]+){0,2}"
    return bool(len(filled)) and bool(filled.str.fullmatch(point).all())


def _reads_like_text(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    words = filled.str.count(r"\s") >= 3
    return (
        bool(len(filled))
        and bool(words.mean() > 0.5)
        and filled.nunique() > 0.5 * len(filled)
    )
