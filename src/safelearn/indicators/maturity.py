"""How far is an indicator measured? The four levels of data maturity, as rules that anybody can check.

0. not measured: there is no figure, whatever the reason.
1. measured: there is a figure, but once, and nobody knows how exactly.
2. measured and understood: its precision is known (an interval, or a full count), or the same definition has given a
   figure for at least two periods.
3. monitored: precision known, at least two periods, given for parts of the city or of the residents too, and with a
   baseline, a target and a date to compare it with.

A level says how well a figure is known and never whether it is good. The idea of putting the maturity of data before
the measurement is that of the Urban Safety Monitor; the rules are our own.
"""

from __future__ import annotations

from safelearn.indicators.figures import FULL_COUNT, INTERVAL, Figure
from safelearn.language import mark

LEVELS = (0, 1, 2, 3)
NAMES = {
    0: mark("Not measured"),
    1: mark("Measured once"),
    2: mark("Measured and understood"),
    3: mark("Monitored"),
}
MEANINGS = {
    0: mark("There is no figure yet."),
    1: mark("There is a figure, but once, and nobody knows how exactly."),
    2: mark(
        "Its precision is known, or the same definition has given a figure at least twice."
    ),
    3: mark(
        "Its precision is known, it is repeated and broken down, and it has a baseline, a target and a date."
    ),
}


def maturity(figure: Figure, *, aimed: bool = False) -> int:
    """The level of data maturity of a figure, 0 to 3.

    Parameters
    ----------
    figure : Figure
        The indicator's figure for everybody.
    aimed : bool
        Whether the city has set a baseline, a target and a date for the indicator.

    Examples
    --------
    >>> maturity(Figure("neet", 22.1, n=70_000))
    1
    >>> maturity(Figure("neet", 22.1, n=70_000, precision="interval"))
    2
    """
    if not figure.measured:
        return 0
    exact = figure.precision in (INTERVAL, FULL_COUNT)
    repeated = figure.periods >= 2
    if exact and repeated and figure.split and aimed:
        return 3
    return 2 if exact or repeated else 1
