"""``safelearn profiles``: which kinds of file can be read as they come."""

from __future__ import annotations

from typing import Annotated

import typer

from safelearn.cli.screen import say, say_json, table
from safelearn.language import mark, t


def profiles(
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    from safelearn.city.columns.profiles import all_profiles, quirks

    known = all_profiles()
    if json:
        rows = [
            {"name": p.name, "title": p.title, "crosswalk": p.crosswalk} for p in known
        ]
        say_json({"profiles": rows})
        return
    head = [t("Profile"), t("What it reads"), t("What is peculiar about it")]
    table(head, [[p.name, t(p.title), ", ".join(quirks(p))] for p in known])
    say()
    say(t("A file is known by its columns. To describe one of your own:"))
    say("  safelearn city import DIR FILE --new-profile NAME")


profiles.__doc__ = mark("List the kinds of file that safelearn knows how to read.")
