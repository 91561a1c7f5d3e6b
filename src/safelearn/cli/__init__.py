"""The command line: one file a command group, and one way to end.

Commands print sentences, never a traceback. Heavy imports stand inside the commands, so that ``safelearn --help``
answers at once. Help texts are marked where they are written and translated when they are shown.
"""

from __future__ import annotations

import logging
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from safelearn import language
from safelearn.cli import (
    city,
    clauses,
    course,
    diagnose,
    doctor,
    lab,
    profiles,
    publish,
    template,
)
from safelearn.cli.screen import say_error
from safelearn.errors import SafelearnError
from safelearn.language import mark, t

app = typer.Typer(
    name="safelearn",
    help=mark(
        "Learn to diagnose a city's safety, and do it: from its own files to a report it can publish."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(diagnose.demo)
app.command("diagnose")(diagnose.diagnose)
app.command("publish")(publish.publish)
app.add_typer(city.app, name="city")
app.command("profiles")(profiles.profiles)
app.command("clauses")(clauses.clauses)
app.add_typer(template.app, name="template")
app.add_typer(course.app, name="course")
app.command("lab")(lab.lab)
app.command("doctor")(doctor.doctor)


@app.callback()
def options(
    speak: Annotated[
        str,
        typer.Option(
            "--language", help=mark("Language of messages, such as en or es.")
        ),
    ] = "",
    log: Annotated[
        Path | None,
        typer.Option(
            help=mark("Also write what was done, without any data, to this file.")
        ),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", help=mark("Show where in the program an error arose.")),
    ] = False,
) -> None:
    """Options that come before a command."""
    if speak:
        language.set_language(speak)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.WARNING)
    if log is not None:
        handlers.append(logging.FileHandler(log, encoding="utf-8"))
    pattern = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(
        level=logging.INFO, handlers=handlers, format=pattern, force=True
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language.set_language(_spoken(arguments))
    command = typer.main.get_command(app)
    _translate(command)
    debug = "--debug" in arguments
    try:
        status = command.main(
            _paired(arguments), prog_name="safelearn", standalone_mode=False
        )
    except SafelearnError as error:
        if debug:
            raise
        say_error(error)
        status = error.exit_status
    except (KeyboardInterrupt, EOFError, typer.Abort):
        say_error(
            SafelearnError(
                t("Stopped, as you asked. Nothing half-written was left behind.")
            )
        )
        status = 2
    except OSError as error:
        if debug:
            raise
        say_error(_of_the_system(error))
        status = 2
    except Exception as error:
        if hasattr(
            error, "format_message"
        ):  # an option or argument that the command does not know
            say_error(_of_usage(error, arguments))
            sys.exit(2)
        if debug:
            raise
        say_error(
            SafelearnError(
                t(
                    "safelearn met something it did not expect: {error}",
                    error=_short(error),
                ),
                remedy=t(
                    "This is a defect of safelearn, not of your files. "
                    "Run the command again with --debug before it and report what it prints."
                ),
            )
        )
        status = 1
    sys.exit(status or 0)


def _spoken(arguments: list[str]) -> str:
    """The language of help texts must be known before the arguments are parsed."""
    for before, after in pairwise(arguments):
        if before == "--language":
            return after
    return os.environ.get("SAFELEARN_LANGUAGE", "en")


def _paired(arguments: list[str]) -> list[str]:
    """``-p NAME VALUE``, as papermill writes it, means the same as ``-p NAME=VALUE``."""
    joined, rest = [], list(arguments)
    while rest:
        word = rest.pop(0)
        joined.append(word)
        if (
            word in ("-p", "--parameter")
            and rest
            and "=" not in rest[0]
            and len(rest) > 1
        ):
            joined.append(f"{rest.pop(0)}={rest.pop(0)}")
    return joined


def _translate(command) -> None:
    """Help texts are written at import and translated here, when they are about to be shown."""
    if command.help:
        command.help = t(command.help.strip())
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = t(parameter.help)
    for child in getattr(command, "commands", {}).values():
        _translate(child)


def _of_usage(error: Exception, arguments: list[str]) -> SafelearnError:
    words = " ".join(a for a in arguments[:2] if not a.startswith("-"))
    return SafelearnError(
        error.format_message(),
        remedy=t(
            "See how the command is written: safelearn {words} --help", words=words
        ),
    )


def _of_the_system(error: OSError) -> SafelearnError:
    import errno

    place = str(error.filename or "")
    if error.errno == errno.ENOSPC:
        return SafelearnError(
            t("The disk is full, so nothing was written."),
            where=place,
            remedy=t(
                "Free some space, or choose another folder, and run the command again."
            ),
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return SafelearnError(
            t(
                "This place cannot be written to, or a file there is open in another program."
            ),
            where=place,
            remedy=t(
                "Close the file, or choose another folder, and run the command again."
            ),
        )
    return SafelearnError(
        t(
            "The computer could not read or write a file: {reason}",
            reason=error.strerror or error,
        ),
        where=place,
        remedy=t("Check that the file or folder is there and may be used."),
    )


def _short(error: Exception) -> str:
    first = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__}: {first[:200]}"
