"""What do the records already say about one problem, and what must people on the spot still find out?

A worksheet (draft:26(e).3) for problem-solving by SARA (scanning, analysis, response, assessment) and the problem
triangle (place, victim, offender, and who could look after each). Records of one kind of offence go in; out come the
questions of the sheet (what, where, when, who, how, why), with shares and their intervals wherever records answer, and
blanks where they do not. Records never say why: that line is filled in by those who know the place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import mark, t

NEEDS = frozenset({"time:month", "offence"})
SCANNING, ANALYSIS, RESPONSE, ASSESSMENT = (
    "scanning",
    "analysis",
    "response",
    "assessment",
)
PLACE, VICTIM, OFFENDER = "place", "victim", "offender"
#: Each side of the triangle with the one who could look after it.
LOOKED_AFTER_BY = {PLACE: "manager", VICTIM: "guardian", OFFENDER: "handler"}
#: Step, question word, side of the triangle, and the question.
QUESTIONS = (
    (SCANNING, "what", "", mark("What happens, how often, and who says that it is a problem?")),
    (ANALYSIS, "where", PLACE, mark("Where does it happen, and who looks after these places?")),
    (ANALYSIS, "when", PLACE, mark("When does it happen, and who is about then?")),
    (ANALYSIS, "who", VICTIM, mark("Who is harmed, and who could be at their side?")),
    (ANALYSIS, "who", OFFENDER, mark("Who does it, and whose word counts with them?")),
    (ANALYSIS, "how", PLACE, mark("How is it done, and what makes it easy?")),
    (ANALYSIS, "why", "", mark("Why here and now, and not elsewhere?")),
    (RESPONSE, "", "", mark("Which measure takes hold of a cause found above, and who has agreed to do it?")),
    (ASSESSMENT, "", "", mark("What would show that it worked, that it did not, or that it moved next door?")),
)  # fmt: skip
#: Merged categories, each too small to be shown.
OTHERS = "others"
NIGHT, WEEKEND, BUSIEST, REPEATED = (
    "night",
    "weekend",
    "busiest fifth of areas",
    "place with another one",
)
SENSITIVE = "03"
FACTS = ["step", "asks", "side", "fact", "n", "of", "share", "lower", "upper"]


@dataclass(frozen=True)
class Worksheet:
    """A sheet with what is known filled in.

    Attributes
    ----------
    offence : str
    n : int
        Events.
    facts : DataFrame
        One row a fact: `step`, `asks`, `side`, `fact` (a category of the records, or a word of this module), `n`, `of`
        (events for which it is known), `share` with the limits of Wilson's interval.
    measures : tuple of str
        Names of measures that take hold of the problem already.
    causes : tuple of str
        The causes that these measures name.
    aims : tuple of str
        Their indicators.
    """

    offence: str
    n: int
    facts: pd.DataFrame
    measures: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()

    @property
    def blank(self) -> tuple[str, ...]:
        """The questions that nothing in the records answers, in the reader's language."""
        known = set(zip(self.facts["asks"], self.facts["side"], strict=True))
        known.add(("what", ""))
        if self.causes:
            known.add(("why", ""))
        out = []
        for step, asks, side, question in QUESTIONS:
            answered = (asks, side) in known
            answered |= step == RESPONSE and bool(self.measures)
            answered |= step == ASSESSMENT and bool(self.aims)
            if not answered:
                out.append(t(question))
        return tuple(out)


def worksheet(
    incidents: pd.DataFrame,
    offence: str,
    measures: pd.DataFrame | None = None,
    *,
    least: int = 5,
    sensitive_least: int = 10,
) -> Worksheet:
    """Fill a worksheet from the records of one kind of offence. Serves draft:26(e).3.

    Parameters
    ----------
    incidents : DataFrame
        The canonical table; rows whose code begins with `offence` count, weighted by `count`.
    offence : str
        A code of the ICCS.
    measures : DataFrame, optional
        Measures that take hold of this problem (chosen by the caller): `name`, `cause`, `indicator_id`.
    least, sensitive_least : int
        Smallest count that stands alone, and for sexual offences; smaller categories are merged.

    Raises
    ------
    Refused
        With fewer events than `least`: then talk to the people concerned, and count nothing.

    Notes
    -----
    Night is 20:00 to 4:59, of events whose hour is known; a weekend is Saturday and Sunday, of events whose day is
    known (two sevenths without any pattern). Of places of sexual and domestic violence only the kind is told. SARA:
    Eck and Spelman (1987), Problem Solving: Problem-Oriented Policing in Newport News; the triangle: Clarke and Eck
    (2005), Crime Analysis for Problem Solvers in 60 Small Steps.
    """
    code = incidents["offence"].astype("str").where(incidents["offence"].notna(), "")
    rows = incidents[code.str.startswith(offence)]
    weight = _weights(rows)
    sensitive = offence.startswith(SENSITIVE)
    floor = sensitive_least if sensitive else least
    n = int(weight.sum())
    if n < floor:
        raise Refused(
            t("There are too few records of this problem to describe it by counting."),
            remedy=t("Ask those concerned, and those who know the place."),
        )
    facts: list[dict[str, object]] = []
    if not sensitive:
        _where(rows, weight, floor, facts)
    _when(rows, weight, floor, facts)
    for column, asks, side in (
        ("place_type", "where", PLACE),
        ("victim_sex", "who", VICTIM),
        ("relation", "who", OFFENDER),
        ("mechanism", "how", PLACE),
    ):
        _categories(rows, weight, column, asks, side, floor, facts)
    plan = _plan(measures)
    return Worksheet(offence, n, pd.DataFrame(facts, columns=FACTS), *plan)


def _where(
    rows: pd.DataFrame, weight: pd.Series, least: int, facts: list[dict[str, object]]
) -> None:
    domestic = rows.reindex(columns=["domestic"])["domestic"].astype("str").eq("yes")
    open_rows, w = rows[~domestic], weight[~domestic]
    located = open_rows["area_id"].notna()
    if located.any():
        by_area = (
            w[located].groupby(open_rows.loc[located, "area_id"].astype(str)).sum()
        )
        by_area = by_area.sort_values(ascending=False)
        top = by_area.head(max(1, round(len(by_area) / 5)))
        _add(facts, "where", PLACE, BUSIEST, top.sum(), by_area.sum(), least)
    keys = open_rows.reindex(columns=["place_key"])["place_key"]
    keyed = keys.notna()
    if keyed.any():
        at = w[keyed].groupby(keys[keyed].astype(str)).sum()
        _add(facts, "where", PLACE, REPEATED, at[at > 1].sum(), at.sum(), least)


def _when(
    rows: pd.DataFrame, weight: pd.Series, least: int, facts: list[dict[str, object]]
) -> None:
    precision = rows["time_precision"].astype("str")
    timed = precision.isin(["minute", "hour"])
    dated = timed | precision.eq("day")
    hour = rows["occurred_from"].dt.hour
    night = timed & ((hour >= 20) | (hour < 5))
    weekend = dated & (rows["occurred_from"].dt.day_of_week >= 5)
    _add(facts, "when", PLACE, NIGHT, weight[night].sum(), weight[timed].sum(), least)
    _add(facts, "when", PLACE, WEEKEND, weight[weekend].sum(), weight[dated].sum(), least)  # fmt: skip


def _categories(
    rows: pd.DataFrame,
    weight: pd.Series,
    column: str,
    asks: str,
    side: str,
    least: int,
    facts: list[dict[str, object]],
) -> None:
    held = rows.reindex(columns=[column])[column]
    known = held.notna() & ~held.astype("str").isin(["", "unknown"])
    counts = weight[known].groupby(held[known].astype(str)).sum()
    counts = counts[counts > 0].sort_values(ascending=False)
    of = counts.sum()
    for name, n in _merged(counts, least).items():
        _add(facts, asks, side, str(name), n, of, least)


def _merged(counts: pd.Series, least: int) -> pd.Series:
    """Categories with small ones put together, so that none can be told from the sum of the others."""
    kept, rest = counts, 0
    while len(kept) and (kept.min() < least or 0 < rest < least):
        rest += kept.iloc[-1]
        kept = kept.iloc[:-1]
    if rest:
        kept = pd.concat([kept, pd.Series({OTHERS: rest})])
    return kept


def _add(
    facts: list[dict[str, object]],
    asks: str,
    side: str,
    fact: str,
    n: float,
    of: float,
    least: int,
) -> None:
    # Neither a small part nor a small remainder is told.
    if of < least or 0 < n < least or 0 < of - n < least:
        return
    found = wilson_interval(n, of)
    values = (ANALYSIS, asks, side, fact, int(n), int(of))
    limits = (float(found.share), float(found.lower), float(found.upper))
    facts.append(dict(zip(FACTS, values + limits, strict=True)))


def _weights(rows: pd.DataFrame) -> pd.Series:
    if "count" not in rows:
        return pd.Series(1, index=rows.index)
    return rows["count"].fillna(1).astype(int)


def _plan(
    measures: pd.DataFrame | None,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if measures is None:
        return (), (), ()
    plan = measures.reindex(columns=["name", "cause", "indicator_id"])
    return tuple(
        tuple(dict.fromkeys(plan[c].dropna().astype(str).replace("", np.nan).dropna()))
        for c in plan
    )
