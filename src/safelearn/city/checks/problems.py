"""One thing that a person should know about a city's data: how bad it is, what it spoils, and what to do.

A problem knows which needs of measures it touches (`FAILS`): with `contracts.NEEDS`, which measures declare, this
says what the data cannot carry and why. Every code that `city check` can show is a key of `FAILS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from safelearn.language import mark

#: How bad a problem is, the worst first: unusable, usable with care, good to know.
SEVERITIES = (mark("error"), mark("warning"), mark("note"))

_WHEN = ("time:month", "time:day", "time:hour")
#: Code of a problem -> the needs of measures that it fails or weakens, in the words of `contracts.NEEDS`.
FAILS: dict[str, tuple[str, ...]] = {
    # the folder
    "no areas": ("place:area", "boundaries"),
    "no evidence": _WHEN,
    "unreadable": (),
    "retention": (),
    # when
    "time zone": ("time:hour",),
    "zone letter": ("time:hour",),
    "month only": ("time:day", "time:hour"),
    "midnight": ("time:hour",),
    "first of month": ("time:day",),
    "serial dates": (),
    "epoch dates": (),
    "empty months": ("time:month",),
    "part month": ("time:month",),
    "far dates": (),
    "silent areas": ("time:month", "place:area"),
    "silent offences": ("time:month",),
    "sudden change": ("time:month",),
    # where
    "snapped points": ("place:exact",),
    "masked offences": ("place:exact",),
    "located share": ("place:area",),
    "zero coordinates": ("place:exact",),
    "unreadable coordinates": ("place:exact",),
    "off the earth": ("place:exact",),
    "outside": ("place:area",),
    "swapped coordinates": (),
    "middles of areas": ("place:exact",),
    "middle of the city": ("place:area", "place:exact"),
    # what and who
    "unclassified": ("offence",),
    "years without": (),
    "impossible ages": ("victim:age",),
    "ages of 0": ("victim:age",),
    "several rows an event": ("identifier",),
    "copies": ("identifier",),
    "identifiers used again": ("identifier",),
    "rows are weights": ("identifier", "place:exact"),
    # how the text was written
    "mended letters": (),
    "broken letters": ("offence", "place:area"),
    "words for missing": (),
    "decimal commas": (),
    "spaces in headers": (),
    # residents and outlines
    "no population": ("population", "population:sex_age"),
    "areas without population": ("population", "population:sex_age"),
    "boundary vintage": ("population", "population:sex_age"),
    "population year assumed": ("population", "population:sex_age"),
    "population groups missing": ("population", "population:sex_age"),
    # the country
    "deviates from country": (),
    "unofficial codes": ("place:area",),
    "retired codes": ("place:area",),
    "boundaries carried over": (),
    "boundaries divided": ("place:area",),
    "population of the country": (),
    "no boundaries": ("boundaries",),
    "areas without outline": ("boundaries",),
    "invalid outlines": ("boundaries", "place:area"),
    "overlapping areas": ("boundaries", "place:area"),
    # the whole city
    "areas without records": ("place:area",),
    "people without areas": (),
    "gaps between areas": ("boundaries",),
    "places outside": ("boundaries",),
    "settlements outside": ("place:area", "boundaries"),
}


@dataclass(frozen=True)
class Problem:
    """A problem of a city's data.

    Attributes
    ----------
    code : str
        What it is, for programs: ``time zone``, ``snapped points``, ``boundary vintage`` ...
    severity : {"error", "warning", "note"}
    table : str
    n : int
        Rows, areas or events that it concerns.
    sentence, remedy : str
        What it means and what to do, ready to be shown.
    by_offence, by_year : mapping of str to float
        Share of the rows of each offence (as published) and of each year that it concerns; one that is not
        there has none. For the analyst only: small shares of rare offences are never published.
    fails : tuple of str
        Needs of measures that it fails or weakens; by default what `FAILS` says of its code.
    """

    code: str
    severity: str
    table: str
    n: int
    sentence: str
    remedy: str = ""
    by_offence: Mapping[str, float] = field(default_factory=dict)
    by_year: Mapping[str, float] = field(default_factory=dict)
    fails: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.fails is None:
            object.__setattr__(self, "fails", FAILS.get(self.code, ()))

    def to_json(self) -> dict[str, Any]:
        """As `city check --json` prints it."""
        return asdict(self) | {"fails": list(self.fails or ())}
