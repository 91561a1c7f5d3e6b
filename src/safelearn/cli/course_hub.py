"""``safelearn course hub``: what is needed to start JupyterHub for a class, and what is still missing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, say, say_json
from safelearn.language import listing, mark, t, tn

app = typer.Typer()


@app.command(
    help=mark(
        "Write what JupyterHub needs for this class, and say what is missing on this machine."
    )
)
def hub(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help=mark("Where the hub's files go; by default beside the course."),
        ),
    ] = None,
    instructor: Annotated[
        str,
        typer.Option(
            help=mark("The instructor's account; by default whose the course is.")
        ),
    ] = "",
    python: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help=mark(
                "The Python of the hub and the trainees, such as /opt/safelearn/bin/python."
            ),
        ),
    ] = "",
    instructor_python: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help=mark("The Python of the instructor's checkout, with the solutions."),
        ),
    ] = "",
    exchange: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help=mark("Through which work goes; by default /srv/nbgrader/exchange."),
        ),
    ] = "",
    host: Annotated[
        str,
        typer.Option(help=mark("The machine's name, as the class writes it.")),
    ] = "",
    instructor_host: Annotated[
        str,
        typer.Option(
            help=mark("A second name of the machine, for the instructor alone.")
        ),
    ] = "",
    port: Annotated[
        int | None,
        typer.Option(
            help=mark("And the two after it; by default 8000."), min=1024, max=65533
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    from safelearn.course.classroom.hub import write_hub
    from safelearn.course.classroom.hub_checks import lacks

    course = folder.resolve()
    with progress(t("Looking at this machine")):
        made = write_hub(
            course,
            out or course.with_name(f"{course.name}-hub"),
            instructor=instructor,
            python=python,
            instructor_python=instructor_python,
            exchange=exchange,
            host=host,
            instructor_host=instructor_host,
            port=port,
        )
        missing = lacks(made)
    if json:
        say_json(
            {
                "folder": str(made.folder),
                "settings": asdict(made.settings),
                "class": list(made.class_list),
                "written": list(made.written),
                "kept": list(made.kept),
                "missing": [asdict(one) for one in missing],
            }
        )
    else:
        _show(made, missing)
    if missing:
        raise typer.Exit(1)


def _show(made, missing) -> None:
    say(
        t("The hub's files are in {folder}.", folder=made.folder)
        if made.written
        else t("The hub's files in {folder} are up to date.", folder=made.folder)
    )
    if made.kept:
        say(
            t(
                "You have changed {names}. Your version stays; ours is beside it, with the ending .new.",
                names=listing(list(made.kept)),
            )
        )
    for one in missing:
        say(f"✗ {one.what}")
        say(f"  {one.remedy}")
    if missing:
        say(
            tn(
                "{n} thing is missing before the hub can be started safely. Then run this command again.",
                "{n} things are missing before the hub can be started safely. Then run this command again.",
                len(missing),
            )
        )
        return
    n = len(made.class_list)
    say(
        tn(
            "Nothing is missing. {n} trainee can log in.",
            "Nothing is missing. {n} trainees can log in.",
            n,
        )
    )
    say(t("How to start it stands in {file}.", file=made.folder / "README.md"))
