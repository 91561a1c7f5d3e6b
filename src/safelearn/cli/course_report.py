"""``safelearn course report`` and ``purge``: what a class has learned, and what must go afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, require_yes, say
from safelearn.language import listing, mark, t, tn

app = typer.Typer()
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
]


@app.command(
    help=mark(
        "Report on the class: what to teach again, and what each trainee has practised."
    )
)
def report(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(help=mark("Where to; by default report in the course's folder.")),
    ] = None,
) -> None:
    from safelearn.course.reporting import report as the

    with progress(t("Reporting on the class")) as step:
        made = the.report(folder, out, on_step=step)
    say(
        tn(
            "The report on {n} trainee is in {page}.",
            "The report on {n} trainees is in {page}.",
            made.trainees,
            page=made.folder / the.PAGE,
        )
    )
    say(
        t(
            "Beside it stand its tables, {names} among them, for you alone: they hold personal data.",
            names=listing([the.WORKBOOK, the.MOODLE]),
        )
    )
    if made.open_grades:
        say(
            tn(
                "{n} grade is not final and is empty in the file for Moodle.",
                "{n} grades are not final and are empty in the file for Moodle.",
                made.open_grades,
            )
        )
    if made.no_cohort:
        say(t("No figures to publish: {reason}", reason=made.no_cohort))
    else:
        say(t("What may be published of the class is in {file}.", file=the.COHORT))


@app.command(
    help=mark(
        "Delete what trainees handed in, their marks and names. It cannot be undone."
    )
)
def purge(
    folder: Folder,
    student: Annotated[
        str, typer.Option(help=mark("Only what is of this trainee."))
    ] = "",
    yes: Annotated[
        bool,
        typer.Option("--yes", help=mark("Delete without asking; it cannot be undone.")),
    ] = False,
) -> None:
    from safelearn.course import purge as the

    plan = the.planned(folder, student)
    require_yes(plan.sentences(), yes=yes or plan.empty)
    if not plan.empty:
        say(the.said(the.purge(plan)))
