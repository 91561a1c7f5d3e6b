"""Which of the global goals that safety is tied to does the city measure? (draft:26(a))

The state of each indicator goes in; one row an SDG indicator comes out, in the order of the goals: measured, partly,
missing, or coming with a later version. An empty goal is a finding: nobody there counts safety.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from safelearn.guidelines.catalogue import GOALS, indicators
from safelearn.indicators.figures import LATER, Figure
from safelearn.language import mark

MEASURED, PARTLY, MISSING, COMES_LATER = (
    "measured",
    "partly",
    "missing",
    "comes later",
)
STATES = (MEASURED, PARTLY, MISSING, COMES_LATER)
WORDS = {
    MEASURED: mark("Measured"),
    PARTLY: mark("Partly"),
    MISSING: mark("Missing"),
    COMES_LATER: mark("Comes later"),
}
#: What each goal is about, in few words.
NAMES = {
    1: mark("Poverty"),
    3: mark("Health"),
    4: mark("Education"),
    5: mark("Gender"),
    8: mark("Work"),
    10: mark("Inequality"),
    11: mark("Cities"),
    16: mark("Peace and justice"),
}
COLUMNS = ["goal", "sdg", "state", "measured", "indicators"]


def strip(figures: Iterable[Figure]) -> pd.DataFrame:
    """The state of every SDG indicator of the catalogue.

    Parameters
    ----------
    figures : iterable of Figure
        One or more for each indicator; an indicator is measured if any of its figures is.

    Returns
    -------
    DataFrame
        `COLUMNS`: the goal, the code (16.1.3), its state, and how many of the catalogue's indicators with that code
        are measured. ``partly``: some of them, as when one form of violence is asked and another is not.
    """
    figures = list(figures)
    there = {f.indicator_id for f in figures if f.measured}
    coming = {f.indicator_id for f in figures if f.status == LATER} - there
    by_code: dict[str, list[str]] = {}
    for one in indicators():
        for code in one.sdg:
            by_code.setdefault(code, []).append(one.id)
    rows = []
    for code in sorted(by_code, key=_order):
        goal = int(code.split(".")[0])
        if goal not in GOALS:
            continue
        ids = by_code[code]
        n = sum(i in there for i in ids)
        if n == len(ids):
            state = MEASURED
        elif n:
            state = PARTLY
        else:
            state = COMES_LATER if set(ids) <= coming else MISSING
        rows.append([goal, code, state, n, len(ids)])
    return pd.DataFrame(rows, columns=COLUMNS)


def _order(code: str) -> tuple:
    goal, _, rest = code.partition(".")
    parts = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in rest.split(".")]
    return int(goal), parts
