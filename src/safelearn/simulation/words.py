"""What the bundled city says about itself: its settings, and where its data come from.

A town goes in, the texts of ``city.toml`` and ``SOURCE.md`` come out.
"""

from __future__ import annotations

from safelearn.simulation.offences import OFFENCES, position
from safelearn.simulation.town import Town

OFFICES = {
    "areas": "Department of Urban Planning",
    "population": "Census bureau, census of 2023",
    "incidents": "National Police, City Command",
    "survey": "Institute of Urban Studies, residents' survey",
    "audits": "Women's Affairs Office, safety walks",
    "budget": "Department of Finance",
}
LICENCE = "CC0-1.0"


def settings(town: Town, name: str) -> str:
    """``city.toml`` of a simulated city."""
    first, last = town.plan.days[0].date(), town.plan.days[-1].date()
    change = town.plan.recording_change
    code = OFFENCES[position(change.offence)].code
    tables = "\n".join(
        f'[tables.{table}]\nsource = "{office} (simulated)"\nlicence = "{LICENCE}"\n'
        for table, office in OFFICES.items()
    )
    return f"""\
# An invented city. Nobody lives here, and nothing in this folder ever happened.
format = 1
name = "{name}"
language = "en"
timezone = "America/Lima"
unit = "neighbourhood"
period = [{first}, {last}]
synthetic = true
redress = "Nobody can be harmed by these data; mistakes are reported where the code is kept."

[disclosure]
threshold = 5
sensitive_threshold = 10

[[recording_changes]]
date = {change.start}
offence = "{code}"
note = "From this day on, fraud can be reported online."

{tables}"""


def source(town: Town, name: str) -> str:
    """``SOURCE.md`` of a simulated city."""
    return f"""\
# {name}: where these data come from

From a computer. {name} does not exist: its coast, streets, people, incidents, answers and words were drawn by
`safelearn.simulation` from the seed {town.plan.seed}, and `make build` draws them again, byte for byte the same
tables. It lies in the open sea, so that no invented incident falls on a real street. Names of places are
invented; the currency is XTS, the code kept for tests; quotes and practices say that they are invented.

- `source/`: the files as the city's offices would send them, with what offices do to data: rows without a place
  or an hour, misspelt words, impossible ages and dates, rows sent twice, masked points. `profiles/` and
  `crosswalks/` tell the import how to read the police's file.
- The tables beside it: what import made of them.
- `truth.json`: what was planted, with numbers: hot spots, near repeats, seasons and trends, reporting rates, the
  intervention's effect and displacement, feared and unsafe places, who is missing. No measure reads it.

The people were drawn first, then what befell each of them, then what the police were told, and last the sample
that was asked. So records and survey describe the same truth, and differ where they would.

Licence: {LICENCE}. Written by the safelearn contributors.
"""
