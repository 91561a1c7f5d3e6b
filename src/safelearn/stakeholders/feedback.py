"""What became of what residents answered? Rounds of feedback, one after the other. (draft:15.2)

The register of feedback goes in; for each round come out how many answers came, how many were themselves answered and
how soon, and how many changed something. A strategy that is built from below is one in which answers change things,
round after round.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t

NEEDS = frozenset({"table:feedback"})
CHANGED = ("yes", "partly")


def rounds(feedback: pd.DataFrame, by: str = "round") -> pd.DataFrame:
    """Each round of feedback: answers, what was answered to them, and what they changed.

    Parameters
    ----------
    feedback : DataFrame
        `received_on`, `changed` (yes, partly, no, open), and where held `round`, `answered_on`.
    by : str
        Column to part the answers by: `round`, or `subject` or `channel`. Where there is no `round`, the year counts.

    Returns
    -------
    DataFrame
        In order of `by`: `by`, `n` answers, `answered`, `days` (median days until the answer, of those that have
        one), `share` that changed something, in part or whole, with `lower` and `upper` (Wilson), and `open`.

    Raises
    ------
    Refused
        If there is no feedback.

    Examples
    --------
    >>> told = pd.DataFrame({"received_on": ["2025-01-01"] * 2, "changed": ["yes", "no"], "round": "1"})
    >>> rounds(told)[["n", "share"]].values.tolist()
    [[2.0, 0.5]]
    """
    if feedback.empty:
        raise Refused(
            t("Nobody's answer to the findings is on record."),
            remedy=t("Show the findings in each district, and write down each answer without a name."),
        )  # fmt: skip
    came = pd.to_datetime(feedback["received_on"])
    year = came.dt.year.astype("str")
    part = feedback[by].astype("str").where(feedback[by].notna(), year) if by in feedback else year  # fmt: skip
    answered = pd.Series(pd.NaT, index=feedback.index)
    if "answered_on" in feedback:
        answered = pd.to_datetime(feedback["answered_on"])
    told = pd.DataFrame(
        {
            by: part,
            "answered": answered.notna(),
            "days": (answered - came).dt.days,
            "moved": feedback["changed"].astype("str").isin(CHANGED),
            "open": feedback["changed"].astype("str") == "open",
        }
    )
    out = told.groupby(by, sort=True).agg(
        n=("moved", "size"), answered=("answered", "sum"), days=("days", "median"), moved=("moved", "sum"),
        open=("open", "sum"),
    )  # fmt: skip
    share = wilson_interval(out["moved"].to_numpy(), out["n"].to_numpy())
    out["share"], out["lower"], out["upper"] = share.share, share.lower, share.upper
    out["days"] = out["days"].astype(float).replace({None: np.nan})
    order = ["n", "answered", "days", "share", "lower", "upper", "open"]
    return out[order].reset_index()
