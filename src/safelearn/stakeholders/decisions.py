"""Who decided what, with whom, and is it looked at again? (draft:19, draft:25(o).1)

The log of decisions goes in; out come how many were shaped by residents and how far, in which phases nothing was
decided at all, which decisions say what became different, and which reviews are overdue. A log is the city's memory:
what is not in it cannot be told to those who come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import ShareInterval, wilson_interval
from safelearn.language import t
from safelearn.stakeholders.participation import LEVELS, PHASES

NEEDS = frozenset({"table:decisions"})
#: From here on residents shaped a decision.
SHAPED = LEVELS[LEVELS.index("involve") :]


@dataclass(frozen=True)
class Log:
    """The log of decisions, summed up.

    Attributes
    ----------
    phases : DataFrame
        One row for each of the four phases: `phase`, `decisions`, `shaped` (by residents: involved or more),
        `changed` (it says what is different because of them), `dissent` (somebody disagreed, and it is written down).
    shaped : ShareInterval
        Share of all decisions that residents shaped.
    decisions : int
    overdue : tuple of str
        Decisions whose day of review has passed.
    without_review : int
        Decisions that nobody set out to look at again.
    """

    phases: pd.DataFrame
    shaped: ShareInterval
    decisions: int
    overdue: tuple[str, ...]
    without_review: int


def sum_up(decisions: pd.DataFrame, today: date) -> Log:
    """What the log of decisions says.

    Parameters
    ----------
    decisions : DataFrame
        `decision_id`, `phase`, and where held `influence`, `changed`, `dissent`, `review_on`.
    today : date
        The day of the report.

    Raises
    ------
    Refused
        If the log is empty.

    Notes
    -----
    The interval (Wilson's) reads the decisions as some of those that such a city takes: what nobody wrote down is not
    in it.

    Examples
    --------
    >>> log = pd.DataFrame({"decision_id": ["K1", "K2"], "phase": "design", "influence": ["inform", "empower"]})
    >>> float(sum_up(log, date(2025, 1, 1)).shaped.share)
    0.5
    """
    if decisions.empty:
        raise Refused(
            t("The log of decisions is empty."),
            remedy=t("Write down each decision with the body that took it and the part that residents had."),
        )  # fmt: skip
    text = {c: decisions[c].astype("str").where(decisions[c].notna(), "") for c in decisions}  # fmt: skip
    empty = pd.Series("", index=decisions.index)
    shaped = text.get("influence", empty).isin(SHAPED)
    lines = []
    for phase in PHASES:
        here = text.get("phase", empty) == phase
        lines.append(
            {
                "phase": phase,
                "decisions": int(here.sum()),
                "shaped": int((here & shaped).sum()),
                "changed": int((here & (text.get("changed", empty) != "")).sum()),
                "dissent": int((here & (text.get("dissent", empty) != "")).sum()),
            }
        )
    due = pd.Series(pd.NaT, index=decisions.index)
    if "review_on" in decisions:
        due = pd.to_datetime(decisions["review_on"])
    late = due < pd.Timestamp(today)
    return Log(
        phases=pd.DataFrame(lines),
        shaped=wilson_interval(int(shaped.sum()), len(decisions)),
        decisions=len(decisions),
        overdue=tuple(text["decision_id"][late]),
        without_review=int(due.isna().sum()),
    )
