"""What should a person look at? In: rows set aside, names that are no area, offences nobody classified.

Out: files in ``review/``, which are never published: those of `review_lines`, `areas.xlsx` and `offences.xlsx`, in
which a person chooses what a word means. What is chosen there is used by every import from then on; importing the
workbook itself reads the files that it concerns again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from safelearn.city.columns.crosswalk import EXCLUDED, Crosswalk, read_crosswalk
from safelearn.city.files.headers import normalise
from safelearn.city.imports.history import Change
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import NONE_OF_THEM, KnownAreas, confirmation_key
from safelearn.city.places.reading import gather_strange
from safelearn.city.review.sheets import (
    Column,
    choice,
    code_meant,
    kind_of,
    read_list,
    write_list,
)
from safelearn.errors import SafelearnError
from safelearn.guidelines import offences
from safelearn.language import mark, t

AREAS = "review/areas.xlsx"
OFFENCES = "review/offences.xlsx"
#: More words than this nobody goes through; they come the commonest first.
_LISTED = 3000
_NONE = mark("none of them")
_NO_OFFENCE = mark("exclude: not an offence")
#: Answers that are no code.
_OF_AREAS = {_NONE: NONE_OF_THEM}
_OF_OFFENCES = {_NO_OFFENCE: EXCLUDED, _NONE: NONE_OF_THEM}
_KINDS = {
    "name": mark("name of no area"),
    "code": mark("code of no area"),
    "completed": mark("short name, counted in the area beside it"),
    "address": mark("name within addresses"),
}


@dataclass(frozen=True)
class Taken:
    """What a review workbook said.

    Attributes
    ----------
    kind : {"areas", "offences"}
    rows, confirmed : int
        Rows of its list, and those with an answer.
    """

    kind: str
    rows: int
    confirmed: int


@dataclass(frozen=True)
class _Row:
    """One word of a list. `key` is by what it is known again."""

    value: str
    parent: str
    kind: str
    rows: int
    near: tuple[str, object, str]
    answer: str = ""

    @property
    def key(self) -> str:
        return confirmation_key(self.value, self.parent, self.kind)


def is_review_workbook(path: Path) -> bool:
    """Whether a file is `areas.xlsx` or `offences.xlsx` of a ``review/``, in whatever form it was saved."""
    return kind_of(path) in ("areas", "offences")


def confirmed_areas(path: Path, codes: Mapping[str, str]) -> dict[str, str]:
    """What a person has said of names and codes: `confirmation_key` -> code of an area, or `NONE_OF_THEM`.

    Parameters
    ----------
    path : Path
        The workbook; it need not be there.
    codes : mapping of str to str
        Code -> name of the areas. An answer that is none of these is left out.
    """
    if not path.is_file():
        return {}
    found = {}
    for _, row in _area_rows(path):
        meant = code_meant(row.answer, codes, _OF_AREAS) if row.answer else None
        if meant is not None:
            found[row.key] = meant
    return found


def confirmed_offences(path: Path) -> dict[str, str]:
    """What a person has said of offences: normalised label -> ICCS code, `EXCLUDED` or `NONE_OF_THEM`."""
    if not path.is_file():
        return {}
    found = {}
    for _, row in _offence_rows(path):
        meant = code_meant(row.answer, _iccs(), _OF_OFFENCES) if row.answer else None
        if meant is not None:
            found[normalise(row.value)] = meant
    return found


def take(change: Change, path: Path, areas: KnownAreas) -> Taken:
    """Keep the answers of a review workbook in that of the city's folder.

    Parameters
    ----------
    change : Change
        The import under way.
    path : Path
        The workbook as a person has saved it, or a CSV made from it.
    areas : KnownAreas
        Which codes there are.

    Raises
    ------
    SafelearnError
        If an answer is no code of an area, or of the classification.
    """
    kind = kind_of(path)
    if kind == "areas":
        codes, words = dict(zip(areas.codes, areas.names, strict=True)), _OF_AREAS
        given, name, read = _area_rows(path), AREAS, _area_rows
    else:
        codes, words = _iccs(), _OF_OFFENCES
        given, name, read = _offence_rows(path), OFFENCES, _offence_rows
    for line, row in given:
        if row.answer and code_meant(row.answer, codes, words) is None:
            raise SafelearnError(
                t("{answer} is none of the choices.", answer=row.answer),
                where=t("{file}, row {n}", file=path.name, n=line),
                remedy=t(
                    "Choose from the list in that cell, or type a code that stands there; then import it again."
                ),
            )
    rows = {row.key: row for _, row in given}
    current = change.current(name)
    if current.is_file() and current.resolve() != path.resolve():
        # Rows that the person has deleted from their copy stay as they were.
        rows = {**{row.key: row for _, row in read(current)}, **rows}
    _write(change, kind, list(rows.values()), codes)
    return Taken(kind, len(given), sum(bool(row.answer) for _, row in given))


def write_strange(
    change: Change,
    readings: Iterable[Reading],
    areas: KnownAreas,
    answers: Mapping[str, str],
    *,
    fresh: bool,
) -> None:
    """List what files of incidents hold that a person may settle.

    Parameters
    ----------
    readings : iterable of Reading
    areas : KnownAreas
        With what was confirmed so far.
    answers : mapping
        What was confirmed of offences.
    fresh : bool
        Whether these are all files of the city; otherwise they add to what the lists hold.
    """
    found = list(readings)
    places = [r.strange_places for r in found if r.strange_places is not None]
    if places:
        write_strange_areas(change, gather_strange(places), areas, fresh=fresh)
    labels = [r.strange_offences for r in found if r.strange_offences is not None]
    if labels:
        total = pd.concat(labels).groupby("value", as_index=False)["rows"].sum()
        known = read_crosswalk("generic").confirm(answers)
        write_strange_offences(change, total, known, fresh=fresh)


def write_strange_areas(
    change: Change, strange: pd.DataFrame, areas: KnownAreas, *, fresh: bool = False
) -> None:
    """List names and codes that are no area, each with the areas most like it.

    Parameters
    ----------
    strange : DataFrame
        See `places.Places`.
    fresh : bool
        Whether it is about all files of the city; otherwise it adds to what the list holds.
    """
    rows = []
    for value, parent, kind, area, n in strange.head(_LISTED).itertuples(index=False):
        rows.append(
            _Row(value, parent, kind, int(n), _near(value, parent, kind, area, areas))
        )
    codes = dict(zip(areas.codes, areas.names, strict=True))
    current = change.current(AREAS)
    before = [row for _, row in _area_rows(current)] if current.is_file() else []
    if before and not fresh:
        before = [r for r in before if r.answer or not _settled(r, areas)]
    _write(change, "areas", _joined(rows, before, fresh), codes)


def write_strange_offences(
    change: Change, strange: pd.DataFrame, crosswalk: Crosswalk, *, fresh: bool = False
) -> None:
    """List labels without an ICCS code, each with the offences most like it."""
    rows = []
    listed = strange.sort_values("rows", ascending=False, kind="stable").head(_LISTED)
    for value, n in listed[["value", "rows"]].itertuples(index=False):
        near = crosswalk.suggest(value)
        shown = [choice(s.code, offences.name(s.code)) for s in near]
        first, second = [*shown, "", ""][:2]
        score = near[0].score if near else ""
        rows.append(_Row(value, "", "", int(n), (first, score, second)))
    current = change.current(OFFENCES)
    before = [row for _, row in _offence_rows(current)] if current.is_file() else []
    if before and not fresh:
        before = [r for r in before if r.answer or crosswalk.code(r.value) is None]
    _write(change, "offences", _joined(rows, before, fresh), _iccs())


def _near(
    value: str, parent: str, kind: str, area: str, areas: KnownAreas
) -> tuple[str, object, str]:
    """The area most like a name, how much, and the second."""

    def shown(position: int) -> str:
        return choice(areas.codes[position], areas.names[position])

    if area:
        return shown(areas.by_code()[area]), "", ""
    # Codes are not alike as names are: 0801 and 0810 are two places.
    found = areas.like(value, parent) if kind != "code" else []
    first, second = [*(shown(s.position) for s in found), "", ""][:2]
    return first, found[0].score if found else "", second


def _settled(row: _Row, areas: KnownAreas) -> bool:
    """Whether a word that was open is an area's name or code by now."""
    if row.kind in ("code", "address"):
        return row.kind == "code" and row.value in areas.by_code()
    # What was completed stays on the list, so that a person can say no.
    return areas.find(row.value, row.parent).how in ("exact", "confirmed")


def _joined(rows: list[_Row], before: list[_Row], fresh: bool) -> list[_Row]:
    """What is open now, with the answers given before, and what was answered before and is open no more."""
    known = {row.key: row for row in before}
    joined = []
    for row in rows:
        old = known.pop(row.key, None)
        n = row.rows + (old.rows if old and not fresh else 0)
        answer = old.answer if old else ""
        joined.append(replace(row, rows=n, answer=answer))
    return joined + [row for row in known.values() if row.answer or not fresh]


def _write(
    change: Change, kind: str, rows: list[_Row], codes: Mapping[str, str]
) -> None:
    name, words = (AREAS, _OF_AREAS) if kind == "areas" else (OFFENCES, _OF_OFFENCES)
    if not rows:
        if change.current(name).is_file():
            change.remove(name)
        return
    choices = [choice(code, called) for code, called in codes.items()]
    said = {meaning: t(word) for word, meaning in words.items()}
    said |= {code: choice(code, called) for code, called in codes.items()}
    told = []
    for row in sorted(
        rows, key=lambda r: (bool(r.answer), r.kind == "completed", -r.rows)
    ):
        meant = code_meant(row.answer, codes, words) if row.answer else None
        told.append(replace(row, answer=said.get(meant or "", row.answer)))
    if kind == "areas":
        columns = (
            Column(t("As published"), 34),
            Column(t("District beside it"), 20),
            Column(t("What it is"), 24),
            Column(t("Rows"), 9),
            Column(t("Most like"), 34),
            Column(t("Likeness (of 100)"), 11),
            Column(t("Second"), 34),
            Column(t("Confirmed"), 36),
            Column("kind", hidden=True),
        )
        cells = [
            (
                r.value,
                r.parent,
                t(_KINDS.get(r.kind, r.kind)),
                r.rows,
                *r.near,
                r.answer,
                r.kind,
            )
            for r in told
        ]
        explained = t(
            "Look at each name and choose in the last column which area it means, or type the code of the area. "
            "Choose “{none}” where it is none. Nothing in the columns Most like and Second is used unless you "
            "choose it, but for the short names that say so. Rows that you leave empty stay not located and count "
            "in every total. Then save, and run: safelearn city import FOLDER review/areas.xlsx",
            none=t(_NONE),
        )
    else:
        columns = (
            Column(t("As published"), 44),
            Column(t("Rows"), 9),
            Column(t("Most like"), 44),
            Column(t("Likeness (of 100)"), 11),
            Column(t("Second"), 44),
            Column(t("Confirmed"), 48),
        )
        cells = [(r.value, r.rows, *r.near, r.answer) for r in told]
        explained = t(
            "Look at each offence and choose in the last column what it is in the international classification, or "
            "type the code. Choose “{exclude}” for what is no offence: its rows stay, without a classification. "
            "Nothing in the columns Most like and Second is used unless you choose it. Then save, and run: "
            "safelearn city import FOLDER review/offences.xlsx",
            exclude=t(_NO_OFFENCE),
        )
    write_list(
        change.stage(name),
        kind,
        columns,
        cells,
        [*(t(word) for word in words), *choices],
        explained,
    )


def _area_rows(path: Path) -> list[tuple[int, _Row]]:
    found = []
    for line, cells in read_list(path):
        value, parent, _, n, first, score, second, answer, kind = [*cells, *[""] * 9][
            :9
        ]
        near = (first, score, second)
        found.append(
            (line, _Row(value, parent, kind or "name", _count(n), near, answer))
        )
    return found


def _offence_rows(path: Path) -> list[tuple[int, _Row]]:
    found = []
    for line, cells in read_list(path):
        value, n, first, score, second, answer = [*cells, *[""] * 6][:6]
        found.append(
            (line, _Row(value, "", "", _count(n), (first, score, second), answer))
        )
    return found


def _count(text: str) -> int:
    """Rows, as any spreadsheet program writes a whole number."""
    digits = "".join(c for c in text.split(".")[0] if c.isdigit())
    return int(digits or 0)


def _iccs() -> dict[str, str]:
    return {code: offences.name(code) for code in offences.codes()}
