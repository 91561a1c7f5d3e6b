"""``safelearn lab``: JupyterLab on a trainee's own copy of the course, and on their own city."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import say
from safelearn.language import mark, t, tn


def lab(
    city: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help=mark("The folder of your city, to open its guided notebook."),
        ),
    ] = None,
    trainee: Annotated[
        str,
        typer.Option(help=mark("Your id: the one under which you hand in your work.")),
    ] = "",
    role: Annotated[
        str,
        typer.Option(
            help=mark(
                "Whose path the start page shows, such as planner; it is remembered."
            )
        ),
    ] = "",
    work: Annotated[
        Path | None,
        typer.Option(
            help=mark("Where your notebooks lie; by default `safelearn` in your home.")
        ),
    ] = None,
    browser: Annotated[
        bool,
        typer.Option(
            help=mark("Open your browser; without it, the address is printed.")
        ),
    ] = True,
) -> None:
    from safelearn import resources
    from safelearn.course import variants
    from safelearn.course.workspace import prepare
    from safelearn.execution.lab import Lab

    who = _who(trainee)
    space = prepare(work or Path.home() / "safelearn", city, role)
    say(t("Your notebooks lie in {folder}.", folder=space.folder))
    if space.made:
        say(tn("{n} file is new there.", "{n} files are new there.", len(space.made)))
    if who:
        variants.remember(who)
        say(t("You are {trainee}. Your data are your own.", trainee=who))
    else:
        say(
            t(
                "You can read the lessons. For an assignment, start again with --trainee and "
                "the id under which you hand in."
            )
        )
    running = Lab(
        space.folder,
        resources.cache() / "lab",
        first=space.first,
        environment={"SAFELEARN_TRAINEE": who} if who else {},
        browser=browser,
    )
    say(t("JupyterLab is open at {address}", address=running.address()))
    say(t("Press Ctrl-C here when you have finished. Your notebooks are saved."))
    running.wait()


def _who(given: str) -> str:
    """The id that was given, else the one known, else the answer of a person at a terminal."""
    from safelearn.course import variants
    from safelearn.course.forms import Hint

    if given:
        return variants.checked(given)
    try:
        return variants.trainee()
    except Hint:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return ""
    answer = input(
        t("Under which id do you hand in? (Enter if you do not know yet) ")
    ).strip()
    return variants.checked(answer) if answer else ""


lab.__doc__ = mark(
    "Open JupyterLab with the lessons and your own assignments, or with your city."
)
