"""``safelearn diagnose`` and ``safelearn demo``: from a city's folder to its report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, say, say_error
from safelearn.errors import SafelearnError
from safelearn.language import mark, t

Formats = Annotated[
    str,
    typer.Option(
        help=mark("Further formats beside HTML, separated by commas: pdf, docx.")
    ),
]
Out = Annotated[Path | None, typer.Option(help=mark("Folder for the report."))]


def diagnose(
    cities: Annotated[
        list[Path], typer.Argument(help=mark("One or more city folders."))
    ],
    out: Out = None,
    template: Annotated[
        str,
        typer.Option(help=mark("Which report: diagnosis, stakeholders or evaluation.")),
    ] = "diagnosis",
    formats: Formats = "",
    language: Annotated[str, typer.Option(help=mark("Language of the report."))] = "",
    audience: Annotated[str, typer.Option(help=mark("public or internal."))] = "public",
    recipient: Annotated[
        str,
        typer.Option(
            help=mark("Who an internal report is for; printed on every page.")
        ),
    ] = "",
    previous: Annotated[
        Path | None,
        typer.Option(
            help=mark(
                "A former diagnosis or release to compare with; without it, the newest in the city's `releases`."
            )
        ),
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            help=mark(
                "A file with totals that others publish, so that none gives a hidden count away; may be repeated."
            )
        ),
    ] = None,
    override: Annotated[
        list[str] | None,
        typer.Option(
            help=mark("A check to lift: “small counts” or “wording”; may be repeated.")
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(help=mark("Who lifts the check and answers for it."))
    ] = "",
    second: Annotated[
        str, typer.Option(help=mark("Who else agreed to lift the check."))
    ] = "",
    reason: Annotated[str, typer.Option(help=mark("Why the check is lifted."))] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            help=mark(
                "A parameter of the notebook, written NAME=VALUE; may be repeated."
            ),
        ),
    ] = None,
) -> None:
    from safelearn.disclosure.overrides import Override
    from safelearn.reports.diagnose import diagnose as diagnose_city
    from safelearn.reports.templates import check_template

    check_template(template)
    overrides = [Override(check, by, second, reason) for check in override or []]
    failed: list[SafelearnError] = []
    incomplete = False
    for city in cities:
        target = out if len(cities) == 1 or out is None else out / city.resolve().name
        try:
            with progress(t("Diagnosing {city}", city=city.resolve().name)) as step:
                made = diagnose_city(
                    city,
                    target,
                    template=template,
                    formats=[f.strip() for f in formats.split(",") if f.strip()],
                    language=language or None,
                    audience=audience,
                    recipient=recipient,
                    previous=previous,
                    also=also or [],
                    overrides=overrides,
                    parameters=_pairs(parameters or []),
                    progress=step,
                )
        except SafelearnError as error:
            if len(cities) == 1:
                raise
            say_error(error)
            failed.append(error)
            continue
        for line in made.sentences():
            say(line)
        for error in made.not_made:
            say_error(error)
        incomplete = incomplete or bool(made.not_made)
    if failed:
        say(
            t(
                "{n} of {all} cities have no report; see above.",
                n=len(failed),
                all=len(cities),
            )
        )
    if failed or incomplete:
        raise typer.Exit(1)


diagnose.__doc__ = mark("Turn a city's folder into an executed notebook and a report.")


def demo(out: Out = None, formats: Formats = "") -> None:
    from safelearn.reports.diagnose import diagnose as diagnose_city
    from safelearn.resources import bundled_city

    with progress(t("Diagnosing the bundled city")) as step:
        made = diagnose_city(
            bundled_city("puerto-sereno"),
            out,
            formats=[f.strip() for f in formats.split(",") if f.strip()],
            progress=step,
        )
    for line in made.sentences():
        say(line)
    for error in made.not_made:
        say_error(error)
    if made.not_made:
        raise typer.Exit(1)


demo.__doc__ = mark(
    "Diagnose the bundled city, which is invented, and say where the report is."
)


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = {}
    for pair in parameters:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SafelearnError(
                t("The parameter {pair} has no value.", pair=pair),
                remedy=t("Write it as NAME=VALUE, for example -p year=2024."),
            )
        pairs[name.strip()] = value
    return pairs
