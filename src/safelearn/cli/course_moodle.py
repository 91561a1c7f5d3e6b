"""``safelearn course moodle``: submissions out of Moodle's zip, and feedback and grades back into it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, say, say_json, table
from safelearn.language import listing, mark, number, t, tn

app = typer.Typer(
    help=mark(
        "A class in Moodle: take in what was handed in, and give back feedback and grades."
    ),
    no_args_is_help=True,
)
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
]
Name = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help=mark("Such as 05_rates."))
]
Json = Annotated[bool, typer.Option("--json", help=mark("Print it for a program."))]


@app.command(
    "in", help=mark("Take in what was handed in, from “Download all submissions”.")
)
def take_in(
    folder: Folder,
    assignment: Name,
    archive: Annotated[
        Path, typer.Argument(metavar="ZIP", help=mark("The zip, as Moodle gave it."))
    ],
    worksheet: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help=mark(
                "Moodle's grading worksheet: it says surely who is who, and when they handed in."
            ),
        ),
    ] = None,
    who: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER=ID",
            help=mark("Who a participant is, such as 12345=ana; several times."),
        ),
    ] = None,
    json: Json = False,
) -> None:
    from safelearn.course.moodle import take_in as the

    found = the.take_in(folder, assignment, archive, worksheet=worksheet, who=who or ())
    open_ = [entry for entry in found.entries if entry.state == the.OPEN]
    if json:
        say_json(asdict(found))
    else:
        _show(found, open_, folder, assignment)
    if open_:
        raise typer.Exit(1)


def _show(found, open_: list, folder: Path, assignment: str) -> None:
    from safelearn.course.moodle.take_in import NEEDLESS, OPEN, TAKEN, THERE

    words = {
        TAKEN: t("taken"),
        THERE: t("here already"),
        NEEDLESS: t("not needed"),
        OPEN: t("NOT TAKEN"),
    }
    rows = [
        [*_place(entry.file), entry.trainee, words[entry.state], entry.said]
        for entry in found.entries
    ]
    head = [t("Participant"), t("File"), t("Trainee"), "", t("Why")]
    table(head, rows)
    if open_:
        say()
        say(t("These need you:"))
    remedies: dict[tuple[str, str], list[str]] = {}
    for entry in open_:
        remedies.setdefault((entry.said, entry.remedy), []).append(entry.file)
    for (said, remedy), files in remedies.items():
        names = [" ".join(part for part in _place(file) if part) for file in files]
        say(f"✗ {listing(names)}: {said}")
        if remedy:
            say(f"  {remedy}")
    n = sum(entry.state in (TAKEN, THERE) for entry in found.entries)
    say(
        tn(
            "{n} submission is here now.",
            "{n} submissions are here now.",
            n,
        )
    )
    if found.zone:
        say(
            t(
                "Times of handing in were read in the course's zone, {zone}. If Moodle shows you another, set it with "
                "`safelearn course roster deadline --zone`, and take the zip in again.",
                zone=found.zone,
            )
        )
    if found.untimed:
        say(
            t(
                "When these were handed in is not known, and nobody is late without it: {names}. "
                "Moodle's grading worksheet says it: add --worksheet.",
                names=listing(list(found.untimed)),
            )
        )
    if found.absent:
        say(t("Nothing came from: {names}.", names=listing(list(found.absent))))
    say(
        t(
            "Next: `safelearn course grade {folder} {assignment}`.",
            folder=folder,
            assignment=assignment,
        )
    )


def _place(file: str) -> tuple[str, str]:
    """The participant, as Moodle knows them, and the file; or the whole name, if it is not Moodle's."""
    from safelearn.course.moodle.names import place_of

    place = place_of(file)
    return (f"{place.name} ({place.number})", place.file) if place else ("", file)


@app.command(
    "out",
    help=mark("Give back feedback pages as a zip, and the worksheet with grades."),
)
def give_back(
    folder: Folder,
    assignment: Name,
    worksheet: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help=mark("Moodle's grading worksheet, which is filled in a copy."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=mark("Where to; by default moodle in the course's folder.")),
    ] = None,
    json: Json = False,
) -> None:
    from safelearn.course.moodle.hand_back import hand_back

    with progress(t("Making the pages")) as step:
        found = hand_back(folder, assignment, out, worksheet=worksheet, on_trainee=step)
    if json:
        feedback = [str(path) for path in found.feedback]
        grades = str(found.grades) if found.grades else None
        say_json(asdict(found) | {"feedback": feedback, "grades": grades})
        return
    _show_back(found)


def _show_back(found) -> None:
    rows = [
        [
            back.trainee,
            "–" if back.points is None else number(back.points, 2),
            back.why_not,
        ]
        for back in found.trainees
    ]
    table([t("Trainee"), t("Grade"), t("Not given back, because")], rows, numeric=(1,))
    for path in found.feedback:
        say(
            t(
                "In Moodle choose “Upload multiple feedback files in a zip”, and give it {file} ({n} MB).",
                file=path,
                n=number(path.stat().st_size / 1e6, 1),
            )
        )
    if not found.feedback:
        say(t("Nothing can be given back yet."))
    if found.grades:
        say(
            t(
                "Then choose “Upload grading worksheet”, and give it {file}. "
                "Whom Moodle has graded meanwhile it leaves alone.",
                file=found.grades,
            )
        )
        if found.scale != 1:
            say(
                t(
                    "Moodle's highest grade is another than the assignment's, so points were multiplied by {n}.",
                    n=number(found.scale, 3),
                )
            )
        if found.rows_left:
            say(
                tn(
                    "{n} row of the worksheet has no grade from here and stays as it was.",
                    "{n} rows of the worksheet have no grade from here and stay as they were.",
                    found.rows_left,
                )
            )
    elif found.feedback:
        say(t("Grades were not written: give the grading worksheet with --worksheet."))
