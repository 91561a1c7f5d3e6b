"""``safelearn course credential verify``: for whoever is shown a credential, and knows nothing of the course."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli.screen import paragraph, say, say_json
from safelearn.language import mark, t

app = typer.Typer()


@app.command(help=mark("Check a credential, without a network."))
def verify(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=mark("The credential: a .jwt file.")),
    ],
    key: Annotated[
        Path | None,
        typer.Option(help=mark("The issuer's public file, issuer.json.")),
    ] = None,
    revocations: Annotated[
        Path | None,
        typer.Option(help=mark("The issuer's list, revocations.jwt.")),
    ] = None,
    holder: Annotated[
        str,
        typer.Option(help=mark("The name or the code of whoever shows it.")),
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    from safelearn.course.credentials import certificate
    from safelearn.course.credentials.verify import plain
    from safelearn.course.credentials.verify import verify as check

    found = check(file, issuer=key, revocations=revocations, holder_says=holder)
    if json:
        say_json(
            {
                "reliable": found.reliable,
                "found": {f.question: f.holds for f in found.findings},
                "credential": found.credential,
            }
        )
        raise typer.Exit(0 if found.reliable else 1)
    about = found.credential["credentialSubject"]["achievement"]
    say(t("What it says, in the words of whoever made it:"))
    paragraph(plain(found.credential["name"]), "    ", "  ")
    who = plain(certificate.holder(found.credential))
    paragraph(t("Holder: {name}", name=who), "    ", "  ")
    paragraph(plain(about["description"]), "    ", "  ")
    practised, examined = certificate.statements(found.credential)
    for one in (*practised, *examined):
        reached = t("{name}: level {level} of {most}.", name=plain(one.name), level=one.level, most=4)  # fmt: skip
        paragraph(f"{reached} {plain(one.meaning)}", "    ", "  ")
    if not examined:
        paragraph(t("Examined: nothing."), "    ", "  ")
    say()
    say(t("What was found:"))
    signs = {True: "✓", False: "✗", None: "?"}
    for finding in found.findings:
        paragraph(f"{signs[finding.holds]} {finding.sentence}", "    ", "  ")
    say()
    say(found.verdict())
    if not found.reliable:
        raise typer.Exit(1)
