"""``safelearn course``: make a course, build its notebooks, grade what is handed in, prove the marks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli import (
    course_credential,
    course_exam,
    course_grade,
    course_hub,
    course_moodle,
    course_report,
    course_roster,
)
from safelearn.cli.screen import progress, say, say_json, table
from safelearn.course.points import in_words
from safelearn.language import listing, mark, number, t

app = typer.Typer(
    help=mark(
        "Make a course for nbgrader, grade it, and prove that it marks as it says."
    ),
    no_args_is_help=True,
)
app.add_typer(course_roster.app, name="roster")
app.add_typer(course_moodle.app, name="moodle")
app.add_typer(course_credential.app, name="credential")
app.add_typer(course_exam.app, name="exam")
app.registered_commands += course_grade.app.registered_commands
app.registered_commands += course_report.app.registered_commands
app.registered_commands += course_hub.app.registered_commands
Modules = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MODULE]...", help=mark("Such as 05_rates; all if none is named.")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=mark("Print it for a program."))]


@app.command(
    help=mark("Make an nbgrader course: the instructor's notebooks and the trainees'.")
)
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
    ],
    modules: Modules = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            help=mark("The class: a csv or xlsx file, or Moodle's participants.")
        ),
    ] = None,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse",
            help=mark("Hand in 20 invented notebooks, to try grading and reporting."),
        ),
    ] = False,
) -> None:
    from safelearn.course.classroom.new import new_course

    people = course_roster.people_of(roster)

    with progress(t("Making the course")):
        made = new_course(folder, modules or [])
    say(
        t(
            "The course is in {folder}, with: {names}.",
            folder=folder,
            names=listing(made),
        )
    )
    course_roster.put(folder, people)
    if rehearse:
        course_roster.rehearse(folder, made)
    say(t("Hand out what stands in release, and grade with `safelearn course grade`."))


@app.command(help=mark("Build the notebooks from the text of the modules."))
def build(
    modules: Modules = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=mark("Write nothing; fail if a notebook is not as built.")
        ),
    ] = False,
) -> None:
    from safelearn.course.authoring.build import require_built, write
    from safelearn.course.authoring.rules import breaches
    from safelearn.course.modules import find_module

    for name in modules or _all():
        folder = find_module(name).folder
        if check:
            require_built(folder)
            say(t("{name}: as built.", name=folder.name))
            continue
        changed = [path.name for path in write(folder)]
        if changed:
            say(t("{name}: built {files}.", name=folder.name, files=listing(changed)))
        else:
            say(t("{name}: nothing to build.", name=folder.name))
    problems = [] if modules else breaches([find_module(name) for name in _all()])
    for problem in problems:
        say(f"✗ {problem}")
    if problems:
        raise typer.Exit(1)


@app.command(
    help=mark("List the graded tasks: what each asks for, and against which trap.")
)
def tasks(modules: Modules = None, json: Json = False) -> None:
    from safelearn.course.modules import find_module

    listed = [
        task for name in modules or _all() for task in find_module(name).tasks.values()
    ]
    if json:
        say_json(
            {
                "tasks": [
                    {
                        "task": task.id,
                        "title": task.title,
                        "competency": task.competency,
                        "level": task.level,
                        "points": task.points,
                        "method": task.method,
                        "trap": task.trap,
                        "clauses": list(task.clauses),
                        "instead_of": task.instead_of,
                    }
                    for task in listed
                ]
            }
        )
        return
    head = [t("Task"), t("Competency"), t("Points"), t("Method"), t("Trap")]
    rows = [
        [
            task.id,
            f"{task.competency} {task.level}",
            in_words(task.points),
            task.method or t("read by a person"),
            task.trap,
        ]
        for task in listed
    ]
    table(head, rows, numeric=(2,))


@app.command(help=mark("Prove that a module marks as it says, for many trainees."))
def prove(
    modules: Modules = None,
    trainees: Annotated[
        int,
        typer.Option(
            help=mark("How many trainees to try; three of them in full."), min=2
        ),
    ] = 3,
    json: Json = False,
) -> None:
    from safelearn.course.authoring.prove import IN_FULL
    from safelearn.course.authoring.prove import prove as proved

    who = [*IN_FULL, *(f"trainee{i:03d}" for i in range(3, trainees))][:trainees]
    proofs = []
    for name in modules or _all():
        with progress(name) as step:
            proofs.append(proved(name, who, on_trainee=step))
    if json:
        say_json({"modules": [proof.row() for proof in proofs]})
    else:
        head = [
            t("Module"),
            t("Tasks"),
            t("By a person"),
            t("Points"),
            t("Mistakes"),
            t("Mutants"),
            t("Equivalent"),
            t("Holds"),
        ]
        rows = [
            [
                proof.module,
                number(proof.tasks),
                number(proof.manual),
                number(proof.points),
                number(proof.mistakes),
                number(proof.mutants),
                number(len(proof.equivalent)),
                t("yes") if proof.holds else t("no"),
            ]
            for proof in proofs
        ]
        table(head, rows, numeric=(1, 2, 3, 4, 5, 6))
        for proof in proofs:
            for failure in proof.failures:
                say(f"✗ {proof.module}: {failure}")
    if not all(proof.holds for proof in proofs):
        raise typer.Exit(1)


def _all() -> list[str]:
    from safelearn.course.modules import folders

    return [folder.name for folder in folders()]
