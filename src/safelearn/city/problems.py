"""One thing that a person should know about a city's data, with how bad it is and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from safelearn.language import mark

#: How bad a problem is, the worst first: unusable, usable with care, good to know.
SEVERITIES = (mark("error"), mark("warning"), mark("note"))


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
    """

    code: str
    severity: str
    table: str
    n: int
    sentence: str
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `city check --json` prints it."""
        return asdict(self)
