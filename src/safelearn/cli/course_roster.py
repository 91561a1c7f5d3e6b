"""``safelearn course roster``: who is in the class, who works together, and until when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safelearn.cli.screen import say, table
from safelearn.language import listing, mark, number, t, tn

if TYPE_CHECKING:
    from safelearn.course.classroom.roster import Person

app = typer.Typer(
    help=mark(
        "The class: add, rename, withdraw, pair, and set deadlines. Nobody's data or marks change."
    ),
    no_args_is_help=True,
)
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
]
Student = Annotated[
    str, typer.Argument(metavar="STUDENT", help=mark("The trainee's id."))
]


@app.command("list", help=mark("Show who is in the class."))
def show(folder: Folder) -> None:
    from safelearn.course.classroom.folder import course_folder
    from safelearn.course.classroom.roster import read_roster

    roster = read_roster(course_folder(folder))
    rows = []
    for person in sorted(roster.people.values(), key=lambda p: p.id):
        pair = next((p for p in roster.pairs if person.id in p), [])
        said = [t("withdrawn")] if person.withdrawn else []
        said += [t("with {names}", names=listing([p for p in pair if p != person.id]))] if pair else []  # fmt: skip
        rows.append(
            [person.id, person.name, person.email, person.role, ", ".join(said)]
        )
    table([t("Id"), t("Name"), t("E-mail"), t("Path"), ""], rows)
    say(t("Deadlines are in the time zone {zone}.", zone=roster.zone))
    for assignment, deadlines in sorted(roster.deadlines.items()):
        for person, until in sorted(deadlines.items()):
            who = person or t("everybody")
            say(f"{assignment}, {who}: {until.replace('T', ' ')}")


@app.command("add", help=mark("Add people: from a file, or one by their id."))
def add_people(
    folder: Folder,
    students: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STUDENT]...", help=mark("Ids of the trainees.")),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            help=mark(
                "A csv or xlsx file, or the list of participants that Moodle gives."
            )
        ),
    ] = None,
    path: Annotated[
        str,
        typer.Option(help=mark("The role whose path they follow, such as planner.")),
    ] = "",
) -> None:
    from dataclasses import replace

    from safelearn.course.classroom.roster import Person
    from safelearn.errors import SafelearnError

    people = [*people_of(file), *(Person(student) for student in students or [])]
    if not people:
        raise SafelearnError(
            t("Nobody was named."), remedy=t("Name a trainee, or a list with --file.")
        )
    if path:
        people = [replace(person, role=person.role or path) for person in people]
    put(folder, people)


def people_of(file: Path | None) -> list[Person]:
    """The people of a list, if one was named."""
    from safelearn.course.classroom.roster_files import people_in

    return people_in(file) if file else []


def put(folder: Path, people: list[Person]) -> None:
    """Put people into the class and say how many are new."""
    from safelearn.course.classroom.roster import add, change_roster

    if not people:
        return
    new: list[str] = []
    change_roster(folder, lambda roster: new.extend(add(roster, people)))
    say(tn("{n} trainee is new.", "{n} trainees are new.", len(new)))
    if known := len(people) - len(new):
        say(
            tn(
                "{n} was in the class already, and the name was brought up to date.",
                "{n} were in the class already, and their names were brought up to date.",
                known,
            )
        )


def rehearse(folder: Path, assignments: list[str]) -> None:
    """Fill a new course with invented work, and say what each piece is."""
    from safelearn.course.classroom.rehearsal import rehearse as filled

    done = filled(folder, assignments)
    table([t("Invented trainee"), t("What was done")], [[*row] for row in done.items()])
    say(
        t(
            "Nobody here exists. Try `safelearn course grade` and `safelearn course report`, and delete the folder."
        )
    )


@app.command(
    help=mark(
        "Correct a name. The id stays, because the trainee's data are drawn from it."
    )
)
def rename(
    folder: Folder,
    student: Student,
    first_name: Annotated[
        str, typer.Option("--first", help=mark("The first name."))
    ] = "",
    last_name: Annotated[str, typer.Option("--last", help=mark("The last name."))] = "",
) -> None:
    from safelearn.course.classroom.roster import change_roster
    from safelearn.course.classroom.roster import rename as correct

    roster = change_roster(
        folder, lambda roster: correct(roster, student, first_name, last_name)
    )
    say(t("{id} is now {name}.", id=student, name=roster.people[student].name))


@app.command(
    help=mark("Take somebody out of reports and exports. Work and marks stay.")
)
def withdraw(folder: Folder, student: Student) -> None:
    from safelearn.course.classroom.roster import change_roster
    from safelearn.course.classroom.roster import withdraw as leave

    change_roster(folder, lambda roster: leave(roster, student))
    say(
        t(
            "{id} has left the class. Work and marks stay until `safelearn course purge`.",
            id=student,
        )
    )


@app.command(
    help=mark("Let people hand in one notebook together, under the first one's id.")
)
def pair(
    folder: Folder,
    students: Annotated[
        list[str], typer.Argument(metavar="STUDENT...", help=mark("Two ids or more."))
    ],
    apart: Annotated[
        bool, typer.Option("--apart", help=mark("Let them hand in alone again."))
    ] = False,
) -> None:
    from safelearn.course.classroom import roster as the

    if apart:
        the.change_roster(
            folder, lambda roster: [the.unpair(roster, s) for s in students]
        )
        say(t("{names} hand in alone from now on.", names=listing(students)))
        return
    the.change_roster(folder, lambda roster: the.pair(roster, students))
    say(
        t(
            "{names} hand in together, under the id {first} and on the data of {first}.",
            names=listing(students),
            first=students[0],
        )
    )


@app.command(help=mark("Say until when an assignment may be handed in."))
def deadline(
    folder: Folder,
    assignment: Annotated[
        str, typer.Argument(metavar="ASSIGNMENT", help=mark("Such as 05_rates."))
    ],
    until: Annotated[
        str,
        typer.Argument(
            metavar="TIME",
            help=mark("Local time, such as '2026-12-01 18:00'; a day means its end."),
        ),
    ],
    student: Annotated[
        list[str] | None,
        typer.Option(help=mark("Extend it for this one; may be given several times.")),
    ] = None,
    zone: Annotated[
        str,
        typer.Option(
            help=mark(
                "The course's time zone from now on, such as America/Lima; it is kept."
            )
        ),
    ] = "",
) -> None:
    from safelearn.course.classroom import roster as the
    from safelearn.course.classroom.folder import assignments_of

    def change(roster: the.Roster) -> None:
        if zone:
            the.set_zone(roster, zone)
        the.set_deadline(
            roster, assignments_of(Path(folder)), assignment, until, student or ()
        )

    roster = the.change_roster(folder, change)
    when = roster.deadline(assignment, (student or [""])[0])
    say(
        t(
            "{assignment}: {names} may hand in until {time} ({zone}).",
            assignment=assignment,
            names=listing(student) if student else t("everybody"),
            time=f"{when:%Y-%m-%d %H:%M}",
            zone=roster.zone,
        )
    )
    several = len(roster.deadlines[assignment]) - 1
    if not student and several:
        say(
            t(
                "Extensions of single trainees stay as they were: {n}.",
                n=number(several),
            )
        )
