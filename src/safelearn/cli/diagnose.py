"""``safelearn diagnose`` and ``safelearn demo``: from a city's folder to its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safelearn.cli.screen import progress, say, say_error
from safelearn.errors import SafelearnError
from safelearn.language import mark, t

if TYPE_CHECKING:
    from safelearn.reports.diagnose import Diagnosis

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
    jobs: Annotated[
        int,
        typer.Option(
            help=mark(
                "How many cities at once; 0 for as many as there are processors."
            ),
            min=0,
        ),
    ] = 0,
    cluster: Annotated[
        str,
        typer.Option(
            help=mark("Address of a Dask cluster that works, such as tcp://HOST:8786.")
        ),
    ] = "",
    again: Annotated[
        bool,
        typer.Option(
            help=mark(
                "Of several cities, make also the reports for which nothing has changed."
            )
        ),
    ] = False,
) -> None:
    from safelearn.disclosure.overrides import Override
    from safelearn.reports.many import diagnose_many
    from safelearn.reports.templates import check_template

    check_template(template)
    overrides = [Override(check, by, second, reason) for check in override or []]
    targets = {
        city: out if len(cities) == 1 or out is None else out / city.resolve().name
        for city in cities
    }
    options = {
        "template": template,
        "formats": [f.strip() for f in formats.split(",") if f.strip()],
        "language": language or None,
        "audience": audience,
        "recipient": recipient,
        "previous": previous,
        "also": also or [],
        "overrides": overrides,
        "parameters": _pairs(parameters or []),
    }
    if len(cities) == 1:
        made = _one(cities[0], targets[cities[0]], options)
        if made.not_made:
            raise typer.Exit(1)
        return
    failed = incomplete = 0
    with progress(t("Diagnosing {n} cities", n=len(cities))) as step:
        outcomes = diagnose_many(
            targets,
            options | {"again": again},
            jobs=jobs,
            cluster=cluster,
            on_city=step,
        )
    for outcome in outcomes:
        if outcome.error is not None:
            say_error(outcome.error)
            failed += 1
            continue
        for line in outcome.diagnosis.sentences():
            say(line)
        for error in outcome.diagnosis.not_made:
            say_error(error)
        incomplete += bool(outcome.diagnosis.not_made)
    if failed:
        say(
            t(
                "{n} of {all} cities have no report; see above.",
                n=failed,
                all=len(cities),
            )
        )
    if failed or incomplete:
        raise typer.Exit(1)


def _one(city: Path, target: Path | None, options: dict[str, Any]) -> Diagnosis:
    from safelearn.reports.diagnose import diagnose as diagnose_city

    with progress(t("Diagnosing {city}", city=city.resolve().name)) as step:
        made = diagnose_city(city, target, **options, progress=step)
    for line in made.sentences():
        say(line)
    for error in made.not_made:
        say_error(error)
    return made


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
