"""``safelearn course check``, ``grade``, ``regrade`` and ``appeal``: from a notebook to marks that can be explained."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import paragraph, progress, say, say_json, table
from safelearn.course.points import in_words
from safelearn.language import mark, number, t, tn

app = typer.Typer()
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
]
Name = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help=mark("Such as 05_rates."))
]
Student = Annotated[
    list[str] | None,
    typer.Option(help=mark("Only this one; may be given several times.")),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        help=mark(
            "Shut trainees' code in. Without it, the code runs as you, with your files and your network."
        )
    ),
]
#: Megabytes of a file, above which many Moodle sites refuse it.
_MOODLE = 5
Json = Annotated[bool, typer.Option("--json", help=mark("Print it for a program."))]


@app.command(help=mark("See whether a notebook can be graded, before it is handed in."))
def check(
    notebook: Annotated[
        Path, typer.Argument(metavar="NOTEBOOK", help=mark("The notebook."))
    ],
    module: Annotated[
        str, typer.Option(help=mark("Its module; by default the name of its folder."))
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=mark("Write the notebook, as it would be graded, into a new file."),
        ),
    ] = None,
) -> None:
    from safelearn.course.grading.preflight import preflight, write_new

    found = preflight(notebook, module or notebook.resolve().parent.name)
    for sentence in found.repaired:
        say(f"– {sentence}")
    if found.repaired:
        say(t("This is mended when it is graded; your file was not changed."))
    if out is not None:
        write_new(out, found.notebook)
        say(t("The mended notebook is in {file}.", file=out))
    if (size := notebook.stat().st_size / 1e6) > _MOODLE:
        paragraph(
            t(
                "The file has {n} MB, and many Moodle sites take no more than {most}. If yours is one of them, clear "
                "the outputs of all cells and save once more.",
                n=number(size, 1),
                most=number(_MOODLE),
            )
        )
    say(
        t(
            "This notebook can be graded. Whether its answers are right, this command cannot know."
        )
    )


@app.command(
    help=mark("Grade what was handed in. The marks stand in nbgrader's gradebook.")
)
def grade(
    folder: Folder,
    assignment: Name,
    student: Student = None,
    sandbox: Sandbox = True,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help=mark("Run also the notebooks that have not changed since.")
        ),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            help=mark("Notebooks that run at once; 0 for one a processor."), min=0
        ),
    ] = 0,
    json: Json = False,
) -> None:
    from safelearn.course.exams.words import on_late_work
    from safelearn.course.grading.batch import grade as graded
    from safelearn.course.grading.batch import open_ahead
    from safelearn.course.grading.gradebook import waiting
    from safelearn.course.modules import find_module

    if sandbox:
        open_ahead(folder, assignment)
    with progress(t("Grading")) as step:
        records = graded(
            folder,
            assignment,
            students=student or (),
            sandboxed=sandbox,
            again=again,
            jobs=jobs,
            on_student=step,
        )
    if json:
        say_json({"submissions": [asdict(record) for record in records]})
    else:
        _show(records, waiting(folder, find_module(assignment)))
        for sentence in on_late_work(folder, assignment):
            say(sentence)
    if any(record.set_aside for record in records):
        raise typer.Exit(1)


@app.command(
    help=mark(
        "After a task was mended: show which marks change, and with a reason change them."
    )
)
def regrade(
    folder: Folder,
    assignment: Name,
    student: Student = None,
    reason: Annotated[
        str,
        typer.Option(
            help=mark("Why marks are changed. Without it they are only shown.")
        ),
    ] = "",
    sandbox: Sandbox = True,
    json: Json = False,
) -> None:
    from safelearn.course.grading.regrade import regrade as regraded

    with progress(t("Grading again")) as step:
        found = regraded(
            folder,
            assignment,
            students=student or (),
            reason=reason.strip(),
            sandboxed=sandbox,
            on_student=step,
        )
    if json:
        say_json(asdict(found))
        return
    if found.changes:
        rows = [
            [
                change.student,
                change.task,
                "–" if change.before is None else in_words(change.before),
                in_words(change.after),
                "" if change.by_hand is None else in_words(change.by_hand),
            ]
            for change in found.changes
        ]
        head = [t("Trainee"), t("Task"), t("Was"), t("Is"), t("Given by a person")]
        table(head, rows, numeric=(2, 3, 4))
    for record in found.set_aside:
        say(
            t(
                "{who} cannot be graded now, and keeps the marks: {reason}",
                who=record.student,
                reason=record.set_aside,
            )
        )
    if not found.changes:
        say(t("No mark changes."))
    elif found.written:
        say(t("The marks were changed, and the reason was kept."))
    else:
        say(
            t(
                "Nothing was changed. To change these marks, give a reason: "
                "--reason “task 2 expected the wrong year”."
            )
        )


@app.command(
    help=mark("Explain one trainee's marks: given, expected, rule and version.")
)
def appeal(
    folder: Folder,
    assignment: Name,
    student: Annotated[
        str, typer.Argument(metavar="TRAINEE", help=mark("Whose marks."))
    ],
    task: Annotated[
        list[str] | None,
        typer.Option(help=mark("Only this task; may be given several times.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=mark("Write it into this file (Markdown).")),
    ] = None,
    sandbox: Sandbox = True,
) -> None:
    from safelearn.course.grading.appeal import appeal as explained

    text = explained(
        folder, assignment, student, tasks=tuple(task or ()), sandboxed=sandbox
    )
    if out is None:
        say(text)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8", newline="\n")
    say(t("The sheet is in {file}. It holds the right answers.", file=out))


def _show(records: list, waiting: dict[str, int]) -> None:
    """A line for each submission, and below it what an instructor must know or do.

    Parameters
    ----------
    waiting : dict
        By trainee, the written answers that nobody has read yet.
    """
    rows = []
    for record in records:
        slips = [name for task in record.tasks for name in task.mistakes]
        points = t(
            "{points} of {most}",
            points=in_words(record.points),
            most=in_words(record.most),
        )
        look = [
            (record.set_aside, t("SET ASIDE")),
            (record.note, t("LIMIT")),
            (record.repaired, t("mended")),
        ]
        rows.append(
            [
                record.student,
                "–" if record.set_aside else points,
                _count(waiting.get(record.student, 0)),
                _count(len(record.unanswered)),
                ", ".join(word for so, word in look if so),
                "; ".join(slips),
            ]
        )
    head = [
        t("Trainee"),
        t("Automatic points"),
        t("To be read"),
        t("Left empty"),
        t("See below"),
        t("Recognised"),
    ]
    table(head, rows, numeric=(1, 2, 3))
    aside = [record for record in records if record.set_aside]
    graded = [record for record in records if not record.set_aside]
    if aside:
        say()
        say(t("Set aside, and without marks until you have done something:"))
        for record in aside:
            paragraph(record.set_aside, "    ", f"  {record.student}: ")
            paragraph(record.remedy, "    ")
    if limited := [record for record in graded if record.note]:
        say()
        say(t("Ran into a limit. What was handed in before it counts:"))
        for record in limited:
            paragraph(record.note, "    ", f"  {record.student}: ")
    if mended := [record for record in graded if record.repaired]:
        say()
        say(t("Mended in the copy that was graded; what was handed in is as it was:"))
        for record in mended:
            paragraph(" ".join(record.repaired), "    ", f"  {record.student}: ")
    say()
    said = [tn("{n} submission is graded.", "{n} submissions are graded.", len(graded))]
    if aside:
        said.append(tn("{n} is set aside.", "{n} are set aside.", len(aside)))
    if to_read := sum(waiting.get(record.student, 0) for record in graded):
        said.append(
            tn(
                "{n} written answer waits for you in formgrader.",
                "{n} written answers wait for you in formgrader.",
                to_read,
            )
        )
    paragraph(" ".join(said))
    if not all(record.sandboxed for record in graded):
        paragraph(
            t(
                "The notebooks ran without a sandbox, as you: "
                "do this only with trainees whom you trust."
            )
        )


def _count(n: int) -> str:
    return number(n) if n else ""
