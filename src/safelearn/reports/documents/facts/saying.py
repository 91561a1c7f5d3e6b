"""How a document says a share and its interval."""

from __future__ import annotations

from safelearn.estimates.intervals import wilson_interval
from safelearn.language import NONE, number, percent, span


def sure(lower: float, upper: float, digits: int = 0) -> str:
    """An interval of numbers; a dash where there is none."""
    if lower != lower or upper != upper:
        return NONE
    return span(number(lower, digits), number(upper, digits))


def share_of(part: float, whole: float) -> tuple[str, str]:
    """A share and its 95 % interval (Wilson); dashes where nothing was counted."""
    if not whole > 0 or part != part or part > whole:
        return NONE, NONE
    found = wilson_interval(part, whole)
    return percent(part / whole), span(
        percent(float(found.lower)), percent(float(found.upper))
    )
