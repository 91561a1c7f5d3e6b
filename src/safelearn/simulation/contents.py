"""What a simulated city's folder is made of, before anybody imports it: texts, files as sent, and the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from safelearn.simulation.sources import Sent

LICENCE = "CC0-1.0"


@dataclass(frozen=True)
class Contents:
    """A city to be.

    Attributes
    ----------
    settings, source : str
        ``city.toml`` and ``SOURCE.md``.
    files : sequence of Sent
        In the order in which they are imported.
    truth : mapping
    own : mapping of str to str
        Profiles and crosswalks of the city's own, by their place in the folder.
    """

    settings: str
    source: str
    files: Sequence[Sent]
    truth: Mapping[str, Any]
    own: Mapping[str, str] = field(default_factory=dict)


def settings(
    name: str, *, offices: Mapping[str, str], more: str = "", **values: str
) -> str:
    """``city.toml`` of an invented city.

    Parameters
    ----------
    offices : mapping of str to str
        Table -> who sent it.
    more : str
        Further parts, as TOML.
    values : str
        Settings, each as it is written in TOML.
    """
    lines = "\n".join(f"{key} = {value}" for key, value in values.items())
    tables = "\n".join(
        f'[tables.{table}]\nsource = "{office} (simulated)"\nlicence = "{LICENCE}"\n'
        for table, office in offices.items()
    )
    return f"""\
# An invented city. Nobody lives here, and nothing in this folder ever happened.
format = 1
name = "{name}"
{lines}
synthetic = true
redress = "Nobody can be harmed by these data; mistakes are reported where the code is kept."

[disclosure]
threshold = 5
sensitive_threshold = 10

{more}{tables}"""


def source(name: str, seed: int, *, what: str, traps: Sequence[str]) -> str:
    """``SOURCE.md`` of an invented city.

    Parameters
    ----------
    what : str
        What kind of city it is, and what its files teach, in a paragraph.
    traps : sequence of str
        What is wrong with the files, a sentence each.
    """
    listed = "\n".join(f"- {trap}" for trap in traps)
    return f"""\
# {name}: where these data come from

From a computer. {name} does not exist: its streets, people and incidents were drawn by `safelearn.simulation` from
the seed {seed}, and `make build` draws them again. It lies in the open sea, so that no invented incident falls on a
real street. All names are invented.

{what}

What a person who brings these files in will meet:

{listed}

`source/` holds the files as the city's offices would send them; the tables beside it are what import made of them,
with no step that a real city would not have. `truth.json` says what was planted. No measure reads it.

Licence: {LICENCE}. Written by the safelearn contributors.
"""
