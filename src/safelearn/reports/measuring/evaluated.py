"""What may be said of one intervention, and which counts may be shown for it?

Counts of groups of areas are shown whole or not at all: neighbours with a small count are left out, and a series is
shown in the finest steps at which none of its counts is small. What they give away beside the diagnosis is asked by
`beside_diagnosis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.assessment import Assessment
from safelearn.evaluation.interventions import (
    CONTROL_BUFFER,
    TREATED,
    TREATED_BUFFER,
    Intervention,
    Windows,
    area_months,
)
from safelearn.evaluation.money import CostPerCase
from safelearn.evaluation.time_series import InterruptedSeries
from safelearn.language import t
from safelearn.reports.names import is_by_police

#: Months of a step of the series.
STEPS = (1, 3, 6)
BUFFERS = (TREATED_BUFFER, CONTROL_BUFFER)


@dataclass(frozen=True)
class Spent:
    """What the programme cost in the years that were compared.

    Attributes
    ----------
    amount : float
    currency : str
    years : tuple of int
    a_case : CostPerCase or None
        None where no case was averted.
    """

    amount: float
    currency: str
    years: tuple[int, ...]
    a_case: CostPerCase | None = None


@dataclass(frozen=True)
class Evaluated:
    """One intervention as the report may speak of it.

    Attributes
    ----------
    intervention : Intervention
    offences : tuple of str
        ICCS codes that were counted.
    named : bool
        Whether the table or the reader named them; else all are counted.
    changed : tuple of str
        Codes left out because their recording changed in the months compared.
    found : Assessment or None
    step : int
        Months of a step of the shown series; 0 where none is shown.
    series : InterruptedSeries or None
    spent : Spent or None
    without_neighbours : bool
        Whether the neighbouring areas hold too few cases to be shown.
    refused : Refused or None
        Why it is not evaluated.
    """

    intervention: Intervention
    offences: tuple[str, ...] = ()
    named: bool = True
    changed: tuple[str, ...] = ()
    found: Assessment | None = None
    step: int = 0
    series: InterruptedSeries | None = None
    spent: Spent | None = None
    without_neighbours: bool = False
    refused: Refused | None = None


def chosen(codes: Iterable[str], wanted: Sequence[str], name: str) -> tuple[str, ...]:
    """The recorded codes that an evaluation by area may count.

    Raises
    ------
    Refused
        If only sexual violence is asked for, or none of the codes is recorded.
    """
    found = [
        code
        for code in codes
        if code[:1].isdigit()
        and (
            any(code.startswith(w) for w in wanted)
            if wanted
            else not is_by_police(code)
        )
    ]
    shown = tuple(code for code in found if not code.startswith("03"))
    if found and not shown:
        raise Refused(
            t(
                "Sexual violence is not counted by area, so records cannot tell what {name} changed in it.",
                name=name,
            ),
            remedy=t("Ask in a survey, before and after, here and elsewhere."),
        )
    if not shown:
        raise Refused(
            t(
                "No record has one of the offences that {name} should change.",
                name=name,
            ),
            remedy=t("Look at the codes in the column `offence` of `interventions`."),
        )
    return shown


def without_small(one: Intervention, sums: pd.DataFrame, least: int) -> Intervention:
    """The intervention without neighbours whose counts are too small to be shown.

    Raises
    ------
    Refused
        If the treated or the compared areas themselves hold a small count.
    """
    small = {
        row.role
        for row in sums.itertuples(index=False)
        if any(0 < n < least for n in (row.before, row.after))
    }
    if not small:
        return one
    if small - set(BUFFERS):
        raise _small(one)
    kept = {role: codes for role, codes in one.areas.items() if role not in BUFFERS}
    return replace(one, areas=kept)


def stepped(
    counts: pd.DataFrame, one: Intervention, compared: Windows, least: int
) -> tuple[int, pd.DataFrame]:
    """The treated areas' series in the finest steps that may be shown.

    Returns
    -------
    (step, series)
        Months of a step (0 where none may be shown); ``month`` (the first of each step), ``days``, ``n``, ``after``.
    """
    areas = one.areas[TREATED]
    for step in STEPS:
        parts = []
        for months, after in ((compared.earlier, False), (compared.since, True)):
            n = area_months(counts, areas, months).sum(axis=1)
            whole = len(months) - len(months) % step
            # Steps are counted from the start, so that none lies on both sides of it.
            kept = months[:whole] if after else months[len(months) - whole :]
            for k in range(0, whole, step):
                own = kept[k : k + step]
                days = sum(pd.Period(m, "M").days_in_month for m in own)
                parts.append((own[0], days, int(n.loc[list(own)].sum()), after))
        series = pd.DataFrame(parts, columns=["month", "days", "n", "after"])
        if len(series) and not series["n"].between(1, least - 1).any():
            return step, series
    return 0, pd.DataFrame(columns=["month", "days", "n", "after"])


def _small(one: Intervention) -> Refused:
    return Refused(
        t(
            "The counts of {name} are too small to be shown, so neither is what follows from them.",
            name=one.name,
        ),
        remedy=t("Join offences or areas, or ask residents instead of records."),
    )
