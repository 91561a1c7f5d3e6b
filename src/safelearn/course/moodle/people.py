"""Whose is this folder of Moodle's? Find the trainee of the class, and never guess between two.

What the instructor says comes first, then the user name, ID number or e-mail address of the grading worksheet, then the
full name. Where two could be meant, or nobody, the answer is a sentence with its remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safelearn.course.classroom.roster import Person, Roster
from safelearn.course.moodle.names import Place, plain
from safelearn.course.moodle.worksheet import Row, Worksheet
from safelearn.errors import SafelearnError
from safelearn.language import listing, t


@dataclass(frozen=True)
class Whose:
    """The trainee's id; or why there is none, and what to do."""

    person: str = ""
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Class:
    """The class, as it is looked up.

    Attributes
    ----------
    said : mapping of str to str
        By the participant's number, whose it is.
    groups : bool
        Whether Moodle has put the group in front of every name.
    """

    roster: Roster
    worksheet: Worksheet | None
    said: Mapping[str, str]
    groups: bool

    def whose(self, place: Place) -> Whose:
        """The trainee of a folder."""
        if place.number in self.said:
            return Whose(self.said[place.number])
        people = self.roster.people.values()
        row = self.worksheet.rows.get(place.number) if self.worksheet else None
        if row:
            known = [p for p in people if {p.id.lower(), p.email.lower()} & row.ids]
            if known:
                return self._only(known, place)
        names = [row.name] if row and row.name else self._names(place)
        for name in names:
            if known := [p for p in people if plain(name) in _spellings(p)]:
                return self._same_person(known, place, row)
        return self._nobody(place)

    def _names(self, place: Place) -> list[str]:
        """The name, and behind a group's name what may be the name."""
        parts = place.name.split("-")
        tails = ["-".join(parts[i:]) for i in range(1, len(parts))]
        return [place.name, *(tails if self.groups else [])]

    def _same_person(self, known: list[Person], place: Place, row: Row | None) -> Whose:
        (person, *others) = known
        if (
            not others
            and row
            and row.email
            and person.email
            and row.email != person.email.lower()
        ):
            return Whose(
                "",
                t(
                    "{name} has the address {one} in Moodle and {other} in the list of the class.",
                    name=place.name,
                    one=row.email,
                    other=person.email,
                ),
                t(
                    "If both are the same person, say so: {option}",
                    option=_option(place, person.id),
                ),
            )
        return self._only(known, place)

    def _only(self, known: list[Person], place: Place) -> Whose:
        if len(known) == 1:
            return Whose(known[0].id)
        problem = t(
            "{names} of the class could be {name}.",
            names=listing([p.id for p in known]),
            name=place.name,
        )
        say = t("Say who it is: {option}", option=_option(place))
        if self.worksheet is None:
            say = t(
                "Give the grading worksheet with --worksheet, which has e-mail addresses. Or say who it is: {option}",
                option=_option(place),
            )
        return Whose("", problem, say)

    def _nobody(self, place: Place) -> Whose:
        if self.worksheet is None:
            remedy = t(
                "Give the grading worksheet with --worksheet, add them with `safelearn course roster add`, or say who "
                "it is: {option}",
                option=_option(place),
            )
        else:
            remedy = t(
                "Add them with `safelearn course roster add`, or say who it is: {option}",
                option=_option(place),
            )
        return Whose(
            "", t("Nobody in the class is called {name}.", name=place.name), remedy
        )


def in_groups(places: Iterable[Place]) -> bool:
    """Whether every name has something in front of a dash, as Moodle writes them where groups hand in."""
    names = {place.name for place in places}
    return len(names) > 1 and all("-" in name for name in names)


def said_of(roster: Roster, said: Iterable[str]) -> dict[str, str]:
    """``12345=ana`` as a number and an id.

    Raises
    ------
    SafelearnError
        If it is written otherwise, or names nobody of the class.
    """
    found = {}
    for text in said:
        number, _, person = (part.strip() for part in text.partition("="))
        if not number.isdigit() or person not in roster.people:
            raise SafelearnError(
                t("{text} says of no participant who it is.", text=repr(text)),
                where="--who",
                remedy=t(
                    "Write Moodle's number and an id of the class, such as 12345={id}.",
                    id=next(iter(roster.people), "ana"),
                ),
            )
        found[number] = person
    return found


def _spellings(person: Person) -> set[str]:
    first, last = person.first_name, person.last_name
    return {plain(f"{first} {last}"), plain(f"{last} {first}"), plain(person.id)}


def _option(place: Place, person: str = "ID") -> str:
    return f"--who {place.number}={person}"
