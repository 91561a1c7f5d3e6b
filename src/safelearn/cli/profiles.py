"""``safelearn profiles``: which kinds of file can be read as they come."""

from __future__ import annotations

from typing import Annotated

import typer

from safelearn.cli.screen import say_json, table
from safelearn.language import mark, t


def profiles(
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    from safelearn.city.profiles import all_profiles

    known = all_profiles()
    if json:
        say_json({"profiles": [{"name": p.name, "title": p.title} for p in known]})
        return
    table([t("Profile"), t("What it reads")], [[p.name, t(p.title)] for p in known])


profiles.__doc__ = mark("List the kinds of file that safelearn knows how to read.")
