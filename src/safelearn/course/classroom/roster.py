"""Who is in the class: a list that grows, shrinks and is corrected without touching anybody's work.

``roster.json`` in the course's folder holds the people, their pairs and the deadlines; nbgrader's gradebook is
kept in step. A trainee's id never changes, because data and marks hang on it: what can be corrected is the name.
Who withdraws keeps what was handed in and marked. Deadlines are in the course's own time zone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from safelearn.course.classroom.api import opened
from safelearn.course.classroom.folder import assignments_of, course_folder
from safelearn.course.modules import Module, find_module
from safelearn.course.variants import checked
from safelearn.errors import SafelearnError
from safelearn.guidelines.competencies import role as role_of
from safelearn.language import listing, t

FILE = "roster.json"
EVERYBODY = ""


@dataclass(frozen=True)
class Person:
    """One trainee.

    Attributes
    ----------
    id : str
        The name under which the work is handed in, and from which the data are drawn.
    role : str
        Whose path is followed, such as ``planner``; empty if none was said.
    withdrawn, invented : bool
        Left the class; made by a rehearsal.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    role: str = ""
    withdrawn: bool = False
    invented: bool = False

    @property
    def name(self) -> str:
        """First and last name, or the id where neither is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass
class Roster:
    """The class.

    Attributes
    ----------
    zone : str
        The course's time zone, such as ``America/Lima``.
    people : dict of Person
        By id.
    pairs : list of list of str
        Who hands in together; the first of them hands in.
    deadlines : dict of dict of str
        By assignment, then by id (empty: everybody), a local time such as ``2026-12-01T18:00``.
    """

    zone: str = "UTC"
    people: dict[str, Person] = field(default_factory=dict)
    pairs: list[list[str]] = field(default_factory=list)
    deadlines: dict[str, dict[str, str]] = field(default_factory=dict)

    def present(self) -> list[Person]:
        """Who has not withdrawn, in the order of ids."""
        return [p for _, p in sorted(self.people.items()) if not p.withdrawn]

    def hands_in(self, person: str) -> str:
        """The id under which this person's work is handed in: the first of the pair, or their own."""
        return next((pair[0] for pair in self.pairs if person in pair), person)

    def deadline(self, assignment: str, person: str) -> datetime | None:
        """Until when this person may hand in, in the course's zone, or None if it was never said.

        Where the clock is put back an hour is there twice, and where it is put forward one is missing: the later of
        two readings holds, so that nobody is late by the clock.
        """
        local = self.deadlines.get(assignment, {})
        text = local.get(person) or local.get(EVERYBODY)
        if not text:
            return None
        naive, zone = datetime.fromisoformat(text), ZoneInfo(self.zone)
        readings = [naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
        return max(one.astimezone(UTC) for one in readings).astimezone(zone)

    def due(self, module: Module, first: str) -> datetime | None:
        """Until when the work may come that is handed in under this id: the last deadline of a pair; in UTC.

        An exam is sat alone, and each has a time of their own.
        """
        pairs = () if module.exam else self.pairs
        together = next((pair for pair in pairs if first in pair), [first])
        known = [self.deadline(module.name, person) for person in together]
        return max((d.astimezone(UTC) for d in known if d is not None), default=None)


def read_roster(course: Path) -> Roster:
    """The class of a course; empty if none was ever written."""
    path = Path(course) / FILE
    if not path.is_file():
        return Roster()
    data = json.loads(path.read_text(encoding="utf-8"))
    people = [Person(**row) for row in data["people"]]
    return Roster(
        data["zone"], {p.id: p for p in people}, data["pairs"], data["deadlines"]
    )


def change_roster(course: Path, change: Callable[[Roster], Any]) -> Roster:
    """Read the class, change it, write it, and bring nbgrader's gradebook into step."""
    course = course_folder(course)
    roster = read_roster(course)
    change(roster)
    keep_in_step(course, roster)
    data = {
        "zone": roster.zone,
        "people": [asdict(p) for _, p in sorted(roster.people.items())],
        "pairs": roster.pairs,
        "deadlines": roster.deadlines,
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    # Written beside and moved, so that a broken-off command leaves the old list.
    fresh = course / f"{FILE}.new"
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(course / FILE)
    return roster


def add(roster: Roster, people: Iterable[Person]) -> list[str]:
    """Put people in, or correct the names of those who are there; gives the ids that are new.

    Raises
    ------
    SafelearnError
        If an id cannot be a folder's name, or differs from another only in capitals.
    """
    new = []
    for person in people:
        checked(person.id)
        if person.role:
            role_of(person.role)
        same = [i for i in roster.people if i.lower() == person.id.lower()]
        if same and person.id not in same:
            raise SafelearnError(
                t(
                    "{one} and {other} differ only in capital letters, and would share a folder on some machines.",
                    one=person.id,
                    other=same[0],
                ),
                remedy=t("Give one of them another id."),
            )
        old = roster.people.get(person.id)
        if old is None:
            new.append(person.id)
            roster.people[person.id] = person
        else:
            said = {k: v for k, v in asdict(person).items() if v not in ("", False)}
            roster.people[person.id] = replace(old, **said, withdrawn=False)
    return new


def rename(roster: Roster, person: str, first_name: str, last_name: str) -> None:
    """Correct a name; the id stays, and with it the data and the marks."""
    old = _person(roster, person)
    roster.people[person] = replace(old, first_name=first_name, last_name=last_name)


def withdraw(roster: Roster, person: str) -> None:
    """Take somebody out of reports and exports; what they did stays where it is."""
    roster.people[person] = replace(_person(roster, person), withdrawn=True)
    _unpair(roster, [person])


def pair(roster: Roster, together: Sequence[str]) -> None:
    """Let people hand in one notebook together, under the first one's id and on the first one's data."""
    for person in together:
        _person(roster, person)
    if len(set(together)) < 2:
        raise SafelearnError(
            t("A pair is two people or more."), remedy=t("Name both of them.")
        )
    _unpair(roster, together)
    roster.pairs.append(list(dict.fromkeys(together)))


def unpair(roster: Roster, person: str) -> None:
    """Let somebody hand in alone again."""
    _person(roster, person)
    _unpair(roster, [person])


def set_zone(roster: Roster, zone: str) -> None:
    """Say in which time zone the course's deadlines are."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise SafelearnError(
            t("There is no time zone called {name}.", name=zone),
            remedy=t("Write it as a region and a city, such as America/Lima."),
        ) from error
    roster.zone = zone


def set_deadline(
    roster: Roster,
    assignments: Iterable[str],
    assignment: str,
    until: str,
    people: Sequence[str] = (),
) -> None:
    """Say until when an assignment may be handed in, by everybody or by some.

    Parameters
    ----------
    until : str
        Local time of the course, such as ``2026-12-01 18:00``; a day alone means its last minute.
    """
    known = list(assignments)
    if assignment not in known:
        raise SafelearnError(
            t("The course has no assignment {name}.", name=assignment),
            remedy=t("It has: {names}.", names=listing(known)),
        )
    try:
        local = datetime.fromisoformat(until.strip())
    except ValueError as error:
        raise SafelearnError(
            t("{text} is no day and time.", text=repr(until)),
            remedy=t("Write it as 2026-12-01 18:00."),
        ) from error
    if len(until.strip()) <= len("2026-12-01"):
        local = local.replace(hour=23, minute=59)
    if local.tzinfo is not None:
        local = local.astimezone(ZoneInfo(roster.zone)).replace(tzinfo=None)
    if people and EVERYBODY not in roster.deadlines.get(assignment, {}):
        raise SafelearnError(
            t("{name} has no deadline that could be extended.", name=assignment),
            remedy=t("Set the one for everybody first."),
        )
    for person in people or [EVERYBODY]:
        if person:
            _person(roster, person)
        roster.deadlines.setdefault(assignment, {})[person] = local.isoformat(
            timespec="minutes"
        )


def keep_in_step(course: Path, roster: Roster) -> None:
    """Give nbgrader's gradebook the names, the deadlines, and the extensions of what was handed in.

    Nobody is ever removed from it: nbgrader would delete their marks.
    """
    with opened(course) as book:
        for person in roster.people.values():
            book.update_or_create_student(
                person.id,
                first_name=person.first_name or None,
                last_name=person.last_name or None,
                email=person.email or None,
            )
        for assignment in assignments_of(course):
            everybody = roster.due(find_module(assignment), EVERYBODY)
            if everybody is None:
                continue
            due = everybody.replace(tzinfo=None)
            book.update_or_create_assignment(assignment, duedate=due.isoformat(" "))
            for submission in book.assignment_submissions(assignment):
                set_due(roster, submission)
        book.db.commit()


def set_due(roster: Roster, submission: Any) -> None:
    """Tell one submission of nbgrader's gradebook until when it may have come."""
    module = find_module(submission.assignment.name)
    everybody = roster.due(module, EVERYBODY)
    own = roster.due(module, submission.student.id)
    if everybody is None or own is None:
        return
    # Both in UTC: within one zone Python would count the hours of the clock, not those that pass.
    submission.assignment.duedate = everybody.replace(tzinfo=None)
    submission.extension = own - everybody if own != everybody else None


def _person(roster: Roster, person: str) -> Person:
    if person not in roster.people:
        raise SafelearnError(
            t("{id} is not in the class.", id=person),
            remedy=t("The class is: {names}.", names=listing(sorted(roster.people)))
            if roster.people
            else t("Read a list first, with `safelearn course roster add DIR --file`."),
        )
    return roster.people[person]


def _unpair(roster: Roster, people: Sequence[str]) -> None:
    kept = ([p for p in pair if p not in people] for pair in roster.pairs)
    roster.pairs = [pair for pair in kept if len(pair) > 1]
