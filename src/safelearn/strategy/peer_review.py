"""What do two cities see when they read each other's diagnosis?

Two cards go in (`exchange.card`). Out come their figures side by side, with the difference and its interval, and a form
for the reviewers that holds what the cards tell already; the judgement stays with people (draft:25(k)).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from safelearn.language import mark, number, t, tn
from safelearn.strategy.exchange import Card, Figure
from safelearn.strategy.matching import YEARS
from safelearn.strategy.stocktake import CAUSAL

#: What two cities look at in each other's diagnosis; each line is scored from 0 (missing) to 4 (a model for others).
REVIEW = {
    "questions": mark("Does it answer the questions that this city has?"),
    "data": mark("Does it say what is missing, and how good the data are?"),
    "estimates": mark("Are figures computed as their definitions ask?"),
    "uncertainty": mark("Does each finding go no further than its interval?"),
    "inclusion": mark("Who was asked, who is missing, and is that said?"),
    "places": mark("Are places described without blame, and small numbers kept?"),
    "causes": mark("Is going together never told as cause?"),
    "priorities": mark("Can each priority be traced to evidence and to voices?"),
    "evaluation": mark("Would its plan tell whether a measure worked?"),
    "clarity": mark("Would a resident understand the first page?"),
}


def compare(here: Card, there: Card) -> pd.DataFrame:
    """Put two cards side by side (draft:25(k)).

    Returns
    -------
    DataFrame
        A row a figure that either gives: `figure`, `name`, `unit`, `here`, `there`, `difference` (there less here),
        `lower`, `upper`, and `verdict`: "higher there", "lower there", "no clear difference", "no interval",
        "only here", "only there", "defined differently" or "years apart".

    Notes
    -----
    The interval of the difference is recovered from the two intervals: Zou, G. Y. and Donner, A. (2008), Statistics in
    Medicine 27:1693. Figures of two cities are independent. No city is ranked: police and people record differently.
    """
    ours = {f.figure: f for f in here.figures}
    theirs = {f.figure: f for f in there.figures}
    names = [*ours, *(f for f in theirs if f not in ours)]
    rows = [_beside(ours.get(name), theirs.get(name)) for name in names]
    columns = ["figure", "name", "unit", "here", "there", "difference"]
    return pd.DataFrame(rows, columns=[*columns, "lower", "upper", "verdict"])


def review(here: Card, there: Card) -> pd.DataFrame:
    """The form by which one city reviews the diagnosis of another (draft:25(k)).

    Returns
    -------
    DataFrame
        A row a line of `REVIEW`: `line`, `question` in the reader's language, `known`, what the cards tell already,
        and empty columns `score` (0 to 4), `seen` and `advice` for the reviewers.
    """
    found = compare(here, there)
    both = ~found["verdict"].isin(["only here", "only there"])
    other = found["verdict"] == "defined differently"
    bare = sum(f.lower is None for f in there.figures)
    weak = sum(int(p["level"]) < CAUSAL for p in there.programmes)
    left = len(there.not_given)
    known = {
        "data": tn(
            "{n} figure is not given.",
            "{n} figures are not given.",
            left,
        ),
        "estimates": t(
            "Figures that can be compared: {both}; defined differently: {other}.",
            both=number(int((both & ~other).sum())),
            other=number(int(other.sum())),
        ),
        "uncertainty": tn(
            "{n} figure has no interval.",
            "{n} figures have no interval.",
            bare,
        ),
        "evaluation": t(
            "Programmes without a comparable place or group: {weak} of {all}.",
            weak=number(weak),
            all=number(len(there.programmes)),
        ),
    }
    rows = [(line, t(asked), known.get(line, "")) for line, asked in REVIEW.items()]
    form = pd.DataFrame(rows, columns=["line", "question", "known"])
    return form.assign(score="", seen="", advice="")


def _beside(ours: Figure | None, theirs: Figure | None) -> tuple[Any, ...]:
    one = ours or theirs
    values = [None if f is None else f.value for f in (ours, theirs)]
    head = (one.figure, one.name, one.unit, *values)
    nothing = (np.nan, np.nan, np.nan)
    if ours is None or theirs is None:
        return (*head, *nothing, "only there" if ours is None else "only here")
    if (ours.unit, ours.version) != (theirs.unit, theirs.version):
        return (*head, *nothing, "defined differently")
    if ours.year and theirs.year and abs(ours.year - theirs.year) > YEARS:
        return (*head, *nothing, "years apart")
    gap = theirs.value - ours.value
    if None in (ours.lower, ours.upper, theirs.lower, theirs.upper):
        return (*head, gap, np.nan, np.nan, "no interval")
    lower = gap - math.hypot(theirs.value - theirs.lower, ours.upper - ours.value)
    upper = gap + math.hypot(theirs.upper - theirs.value, ours.value - ours.lower)
    verdict = "no clear difference"
    if lower > 0:
        verdict = "higher there"
    if upper < 0:
        verdict = "lower there"
    return (*head, gap, lower, upper, verdict)
