"""``safelearn city``: make a city folder, bring files in, see what they can say, take an import back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import progress, require_yes, say, say_json
from safelearn.language import mark, t

app = typer.Typer(
    help=mark("A city's folder: make it, bring files in, check what they can say."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Folder = Annotated[Path, typer.Argument(help=mark("The city's folder."))]


@app.command(
    "new", help=mark("Make an empty city folder with a settings workbook to fill in.")
)
def new(
    folder: Folder,
    name: Annotated[
        str, typer.Option(help=mark("The city's name, as people write it."))
    ] = "",
    copy: Annotated[
        str,
        typer.Option(
            "--from", help=mark("Take the settings (no data) of this bundled city.")
        ),
    ] = "",
    country: Annotated[
        Path | None,
        typer.Option(help=mark("Inherit from this country folder.")),
    ] = None,
) -> None:
    from safelearn.city.scaffold import new_city

    made = new_city(
        folder, name=name or None, from_=copy or None, country=country
    ).folder
    say(t("Made the city folder {folder}.", folder=made))
    say(t("Next, fill in {file} and bring it in:", file=made / "city.xlsx"))
    say(f"  safelearn city import {made} {made / 'city.xlsx'}")
    say(t("Then bring in each file of your city, as you received it:"))
    say(f"  safelearn city import {made} FILE")


@app.command(
    "import",
    help=mark("Bring a file into the city's folder and account for every row."),
)
def import_(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help=mark("The file, as it was received."))],
    into: Annotated[
        str,
        typer.Option("--table", help=mark("Which table it fills, if it is not plain.")),
    ] = "",
    profile: Annotated[
        str, typer.Option(help=mark("How to read it; see `safelearn profiles`."))
    ] = "",
    offence: Annotated[
        str,
        typer.Option(
            help=mark("The offence, where the file holds one and does not name it.")
        ),
    ] = "",
    zone: Annotated[
        str,
        typer.Option(
            help=mark("Time zone of the file, such as UTC or America/Bogota.")
        ),
    ] = "",
    crs: Annotated[
        str,
        typer.Option(help=mark("Coordinate system of the file, such as EPSG:27700.")),
    ] = "",
    encoding: Annotated[
        str, typer.Option(help=mark("Character encoding of the file, such as latin-1."))
    ] = "",
    sheet: Annotated[
        str,
        typer.Option(
            help=mark("Which sheet of a workbook, or layer of a map, holds the table.")
        ),
    ] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help=mark("Retire the files this table had before.")),
    ] = False,
    new_profile: Annotated[
        str,
        typer.Option(
            "--new-profile",
            help=mark(
                "Do not import: write a profile of this name from the file, to look over."
            ),
        ),
    ] = "",
) -> None:
    if new_profile:
        from safelearn.city.columns.profile_drafting import draft_profile
        from safelearn.cli.drafts import say_draft

        say_draft(draft_profile(folder, file, new_profile, encoding=encoding or None))
        say(f"  safelearn city import {folder} {file} --profile {new_profile}")
        return
    from safelearn.city.importing import import_file

    with progress(t("Reading {file}", file=file.name)) as step:
        result = import_file(
            folder,
            file,
            table=into or None,
            profile=profile or None,
            offence=offence or None,
            zone=zone or None,
            crs=crs or None,
            encoding=encoding or None,
            sheet=sheet or None,
            replace=replace,
            progress=step,
        )
    for line in result.sentences():
        say(line)


@app.command(
    "check", help=mark("Say what the data can tell, what they cannot, and why.")
)
def check(
    folder: Folder,
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
    of: Annotated[
        str,
        typer.Option(
            "--table",
            help=mark("Show the whole data card of this table, such as incidents."),
        ),
    ] = "",
) -> None:
    from safelearn.city.folder import City
    from safelearn.city.imports.history import mend
    from safelearn.city.quality import check as check_city
    from safelearn.cli import city_check
    from safelearn.reports.sections import sayable

    if mend(folder):
        say(t("An import had been cut short: everything is as it was before it."))
    city = City.open(folder)
    result = check_city(city)
    lines = sayable(city, result.met, result.problems)
    if json:
        parts = [city_check.part_json(line) for line in lines]
        say_json({**result.to_json(), "parts": parts})
    elif of:
        city_check.say_card(result, of)
    else:
        city_check.say_check(result, lines, folder)
    raise typer.Exit(result.fit)


@app.command("undo", help=mark("Take the last import back."))
def undo(folder: Folder) -> None:
    from safelearn.city.importing import undo as undo_import

    for line in undo_import(folder).sentences():
        say(line)


@app.command(
    "purge",
    help=mark("Delete files as received, rows, review lists and logs; counts stay."),
)
def purge(
    folder: Folder,
    before: Annotated[
        str,
        typer.Option(
            help=mark("Delete only what is older than this day (2022-01-01).")
        ),
    ] = "",
    yes: Annotated[
        bool,
        typer.Option("--yes", help=mark("Delete without asking; it cannot be undone.")),
    ] = False,
) -> None:
    from safelearn.city.purging import planned
    from safelearn.city.purging import purge as purge_city

    until = _day(before)
    plan = planned(folder, until)
    require_yes(plan.sentences(), yes=yes or plan.empty)
    if plan.empty:
        return
    purge_city(folder, until)
    say(t("It is deleted. Copies elsewhere, and backups, are yours to delete."))


def _day(text: str):
    from datetime import date

    from safelearn.errors import SafelearnError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise SafelearnError(
            t("{text} is not a day.", text=text),
            where="--before",
            remedy=t("Write it as year, month and day, for example 2022-01-01."),
        ) from error
