"""``safelearn template``: documents, forms and notebooks to copy, and documents filled from a city's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import say, table
from safelearn.language import listing, mark, t, tn

app = typer.Typer(
    help=mark("Copy templates, and fill documents from a city's folder."),
    no_args_is_help=True,
)


@app.command(help=mark("Copy a document, a form or a notebook, to change it."))
def copy(
    name: Annotated[
        str, typer.Argument(help=mark("Its name; without one, all are listed."))
    ] = "",
    folder: Annotated[
        Path, typer.Argument(help=mark("The folder to copy it to."))
    ] = Path(),
) -> None:
    from safelearn.reports.documents import copying

    if not name:
        for kind, names in copying.available().items():
            say(f"{kind}: {', '.join(names)}")
        return
    for path in copying.copy(name, folder):
        say(t("Written: {path}", path=path))


@app.command(help=mark("Fill a document from a city's folder, as a Word document."))
def fill(
    name: Annotated[
        str,
        typer.Argument(
            help=mark(
                "Its name, or the path of a copy that you changed; without one, all are listed."
            )
        ),
    ] = "",
    city: Annotated[
        Path | None, typer.Argument(help=mark("The city's folder."))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=mark("The file to write, .docx or .md.")),
    ] = None,
) -> None:
    from safelearn.city.folder import City
    from safelearn.errors import SafelearnError
    from safelearn.reports.documents.collection import document, documents
    from safelearn.reports.documents.filling import fill as fill_in
    from safelearn.reports.documents.filling import tables_of
    from safelearn.reports.documents.writing import write

    if not name:
        table(
            [t("Name"), t("Document"), t("Clauses"), t("Filled from")],
            [
                [d.name, d.title, " ".join(d.clauses), ", ".join(d.fills) or "–"]
                for d in documents()
            ],
        )
        return
    chosen = document(name)
    if city is None:
        raise SafelearnError(
            t("Which city is the document for?"),
            remedy=f"safelearn template fill {name} CITY",
        )
    opened = City.open(city)
    filled = fill_in(chosen, opened.settings, tables_of(opened, chosen))
    path = write(filled, out or Path(f"{opened.slug}-{chosen.name}.docx"))
    say(t("Written: {path}", path=path))
    if filled.blanks:
        say(
            tn(
                "{n} blank is left to fill in by hand; it is marked.",
                "{n} blanks are left to fill in by hand; they are marked.",
                filled.blanks,
            )
        )
    if filled.missing:
        say(
            t(
                "The city does not have these tables yet, which would fill more: {names}.",
                names=listing(list(filled.missing)),
            )
        )
