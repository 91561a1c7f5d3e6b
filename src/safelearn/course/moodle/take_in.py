"""Take what a class has handed in out of Moodle's zip, and say of every file in it what became of it.

The zip of *Download all submissions* goes in; each trainee's notebook lies in ``submitted/`` afterwards, as if nbgrader
had collected it, with the time that the grading worksheet gives. What was handed in before is kept under ``earlier/``.
Nothing is unpacked by the name that stands in the zip, no more is read than a notebook may have, and where it is not
certain whose a file is, or which of several counts, it is left and named with its remedy.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.classroom.folder import (
    assignments_of,
    course_folder,
    handed_in_at,
)
from safelearn.course.classroom.roster import read_roster
from safelearn.course.grading.records import put
from safelearn.course.modules import Module, find_module
from safelearn.course.moodle.names import (
    Place,
    is_link,
    is_litter,
    leads_out,
    path_of,
    place_of,
)
from safelearn.course.moodle.notebooks import Unclear, notebook_in
from safelearn.course.moodle.people import Class, in_groups, said_of
from safelearn.course.moodle.worksheet import moment, read_worksheet
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t

#: What became of a file: it counts; it lay there before; it is not needed; a person must look.
TAKEN, THERE, NEEDLESS, OPEN = "taken", "there already", "not needed", "not taken"
#: Most files in a zip: more than any class hands in.
FILES = 20_000
#: Where the folders are kept in which Moodle had a submission: apart from what a trainee can hand in.
FOLDERS = "collected"
EARLIER = "earlier"


@dataclass(frozen=True)
class Entry:
    """One file of the zip, and what became of it.

    Attributes
    ----------
    trainee : str
        Whose it is; empty if that is not known.
    state : str
        ``taken``, ``there already``, ``not needed`` or ``not taken``.
    said, remedy : str
        In words; and what to do, where something is to be done.
    """

    file: str
    trainee: str
    state: str
    said: str
    remedy: str = ""


@dataclass(frozen=True)
class TakenIn:
    """What a zip held.

    Attributes
    ----------
    absent : tuple of str
        Who of the class has handed in nothing, in this zip or before.
    untimed : tuple of str
        Whose work is here, but not when it was handed in.
    zone : str
        The time zone in which the worksheet's times were read; empty without a worksheet.
    """

    entries: tuple[Entry, ...]
    absent: tuple[str, ...]
    untimed: tuple[str, ...]
    zone: str = ""


def take_in(
    course: Path,
    assignment: str,
    archive: Path,
    *,
    worksheet: Path | None = None,
    who: Iterable[str] = (),
) -> TakenIn:
    """Take the submissions of an assignment out of Moodle's zip.

    Parameters
    ----------
    worksheet : Path, optional
        Moodle's grading worksheet: by it trainees are known surely, and the time of handing in.
    who : iterable of str
        What the instructor says of single participants: ``12345=ana``.

    Raises
    ------
    SafelearnError
        If the class has no list, or the file is no zip.
    """
    course = course_folder(course)
    module = find_module(assignment)
    if module.name not in (known := assignments_of(course)):
        raise SafelearnError(
            t("The course has no assignment {name}.", name=module.name),
            remedy=t("It has: {names}.", names=listing(known)),
        )
    roster = read_roster(course)
    if not roster.people:
        raise SafelearnError(
            t("The course has no list of the class, so nobody can be found in it."),
            where=str(course),
            remedy=t(
                "Read it first: `safelearn course roster add {course} --file LIST`.",
                course=course,
            ),
        )
    sheet = read_worksheet(worksheet) if worksheet else None
    with _opened(archive) as zipped:
        entries, found = _sorted_out(zipped)
        group = Class(roster, sheet, said_of(roster, who), in_groups(found))
        theirs, more = _by_person(group, found)
        entries += more
        for person, folders in sorted(theirs.items()):
            times = {}
            if sheet:
                for place in folders:
                    row = sheet.rows.get(place.number)
                    times[place] = moment(row.handed_in, roster.zone) if row else None
            entries += _of_one(course, module, person, zipped, folders, times)
    there = {p.parent.name for p in course.glob(f"submitted/*/{module.name}")}
    absent = [p.id for p in roster.present() if roster.hands_in(p.id) not in there]
    untimed = [
        who
        for who in sorted(theirs)
        if who in there and not handed_in_at(course / "submitted" / who / module.name)
    ]
    entries.sort(key=lambda entry: entry.file)
    zone = roster.zone if sheet else ""
    return TakenIn(tuple(entries), tuple(absent), tuple(untimed), zone)


Folders = dict[Place, tuple[str, list[tuple[str, ZipInfo]]]]


def _opened(archive: Path) -> ZipFile:
    try:
        zipped = ZipFile(archive)
    except (OSError, BadZipFile) as error:
        raise SafelearnError(
            t("This is no zip that can be opened."),
            where=str(archive),
            remedy=t(
                "In Moodle choose “Download all submissions”, and give the file as it came."
            ),
        ) from error
    if len(zipped.infolist()) > FILES:
        raise SafelearnError(
            t("The zip holds more than {n} files.", n=number(FILES)),
            where=str(archive),
            remedy=t("Look whether it is the one that Moodle gave."),
        )
    return zipped


def _sorted_out(
    zipped: ZipFile,
) -> tuple[list[Entry], dict[Place, list[tuple[str, ZipInfo]]]]:
    """What need not be looked at, or must not be; and the rest by the trainee's folder."""
    entries, found = [], {}
    for info in zipped.infolist():
        path = path_of(info)
        if info.is_dir():
            continue
        place = place_of(path)
        if leads_out(path) or is_link(info):
            said = t("It is no plain file within the zip, as if to reach other files.")
            entries.append(
                Entry(path, "", OPEN, said, t("Ask whose it is what it should be."))
            )
        elif is_litter(path):
            entries.append(
                Entry(path, "", NEEDLESS, t("A computer put it there by itself."))
            )
        elif place is None:
            said = t(
                "Its name is not one that Moodle gives, so it is not known whose it is."
            )
            remedy = t(
                "Download all submissions from Moodle once more, and change no name in the zip."
            )
            entries.append(Entry(path, "", OPEN, said, remedy))
        else:
            whole = replace(place, file="")
            found.setdefault(whole, []).append((path, info))
    return entries, found


def _by_person(
    group: Class, found: dict[Place, list[tuple[str, ZipInfo]]]
) -> tuple[dict[str, Folders], list[Entry]]:
    """The folders of each who hands in; and the files of which it is not certain whose they are."""
    entries: list[Entry] = []
    whose = {place: group.whose(place) for place in found}
    numbers: dict[str, set[str]] = {}
    for place, one in whose.items():
        if one.person:
            numbers.setdefault(one.person, set()).add(place.number)
    theirs: dict[str, Folders] = {}
    for place, files in found.items():
        one = whose[place]
        problem, remedy = one.problem, one.remedy
        if one.person and len(numbers[one.person]) > 1:
            problem = t("Two participants of Moodle would be {id}.", id=one.person)
            remedy = t(
                "Give the grading worksheet with --worksheet, add who is missing in the class, or say who this is: "
                "{option}",
                option=f"--who {place.number}={one.person}",
            )
        elif one.person and group.roster.people[one.person].withdrawn:
            problem = t("{id} has left the class.", id=one.person)
            remedy = t("If it counts all the same: `safelearn course roster add`.")
        if problem:
            entries += [Entry(path, "", OPEN, problem, remedy) for path, _ in files]
            continue
        first = group.roster.hands_in(one.person)
        theirs.setdefault(first, {})[place] = (one.person, files)
    return theirs, entries


def _of_one(
    course: Path,
    module: Module,
    first: str,
    zipped: ZipFile,
    folders: Folders,
    times: dict[Place, datetime | None],
) -> list[Entry]:
    """Put the notebook of one trainee, or of those who hand in together, where nbgrader looks for it."""
    entries: list[Entry] = []
    works = {}
    for place, (person, files) in folders.items():
        if place.kind != "file":
            said = t("What was typed or said in Moodle is no notebook.")
            entries += [Entry(path, person, NEEDLESS, said) for path, _ in files]
            continue
        told = []
        try:
            chosen, data, rest = notebook_in(zipped, files, module, course)
            works[place] = (person, chosen, data)
            looked_at = {chosen}
        except Unclear as unclear:
            rest, looked_at = unclear.rest, set(unclear.files)
            told = [
                Entry(path, person, OPEN, unclear.said, unclear.remedy)
                for path in unclear.files
            ]
        told += [Entry(path, person, NEEDLESS, said) for path, said in rest]
        looked_at |= {entry.file for entry in told}
        said = t("It was not looked at, because of the other file of this trainee.")
        left = [path for path, _ in files if path not in looked_at]
        entries += [*told, *(Entry(path, person, OPEN, said) for path in left)]
    if not works:
        return entries
    # Of those who hand in together the first one's counts.
    counts = min(works, key=lambda place: (works[place][0] != first, works[place][0]))
    person, chosen, data = works[counts]
    for place, (other, path, own) in works.items():
        if place != counts:
            said = t(
                "{id} hands in together with {first}, whose notebook counts.",
                id=other,
                first=first,
            )
            if own != data:
                said += " " + t("The two are not the same.")
            entries.append(Entry(path, other, NEEDLESS, said))
    state, said = _put(course, module, first, data, times.get(counts))
    _note_folders(
        course,
        module,
        first,
        {who: place.folder for place, (who, _, _) in works.items()},
    )
    return [*entries, Entry(chosen, person, state, said)]


def _put(
    course: Path, module: Module, who: str, data: bytes, when: datetime | None
) -> tuple[str, str]:
    """Write the notebook whole or not at all; what lay there before is kept."""
    place = course / "submitted" / who / module.name
    if place.is_symlink() or place.parent.is_symlink():
        return OPEN, t("The folder of {id} in submitted is a link.", id=who)
    notebook = place / f"{NOTEBOOK}.ipynb"
    before = handed_in_at(place)
    if notebook.is_file() and notebook.read_bytes() == data:
        if when and when != before:
            _write_stamp(place, when)
        return THERE, t("It is the same as before.")
    if place.is_dir() and when and before and when < before:
        return THERE, t("A later one is here already, and counts.")
    fresh = place.with_name(f".{module.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / notebook.name).write_bytes(data)
    if when:
        _write_stamp(fresh, when)
    said = ""
    if place.is_dir():
        kept = _room(course, module, who, before)
        kept.parent.mkdir(parents=True, exist_ok=True)
        place.rename(kept)
        said = t(
            "The earlier one is kept in {folder}.",
            folder=kept.relative_to(course).as_posix(),
        )
    fresh.rename(place)
    return TAKEN, said


def _room(course: Path, module: Module, who: str, when: datetime | None) -> Path:
    """Where an earlier submission is kept: under the time at which it was handed in, or replaced."""
    label = f"{when or datetime.now(UTC):%Y-%m-%d %H%M%S}"
    folder = course / EARLIER / module.name / who
    names = [label, *(f"{label} {n}" for n in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def _note_folders(
    course: Path, module: Module, who: str, folders: dict[str, str]
) -> None:
    path = course / FOLDERS / module.name / f"{who}.json"
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    text = json.dumps(known | folders, ensure_ascii=False, indent=1) + "\n"
    put(path, text)


def _write_stamp(place: Path, when: datetime) -> None:
    text = f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    (place / "timestamp.txt").write_text(text, encoding="utf-8")


def folders_of(course: Path, module: Module) -> dict[str, dict[str, str]]:
    """By who handed in, the folders that Moodle had given: by trainee."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((course / FOLDERS / module.name).glob("*.json"))
    }
