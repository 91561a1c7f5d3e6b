"""``safelearn publish``: a diagnosis that went out is recorded in the city's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, say
from safelearn.language import mark, t


def publish(
    city: Annotated[Path, typer.Argument(help=mark("The city's folder."))],
    out: Annotated[
        Path, typer.Argument(help=mark("The diagnosis, as `diagnose` made it."))
    ],
    by: Annotated[
        str,
        typer.Option(
            help=mark(
                "The office that publishes it; without it, the one in the city's settings."
            )
        ),
    ] = "",
) -> None:
    from safelearn.reports.publish import publish as publish_diagnosis

    with progress(t("Publishing {folder}", folder=out.resolve().name)) as step:
        made = publish_diagnosis(city, out, by=by, progress=step)
    for line in made.sentences():
        say(line)


publish.__doc__ = mark(
    "Record a public release of a diagnosis, and take the mark of a draft off."
)
