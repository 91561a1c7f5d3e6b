"""A street is closed to cars for some hours: did it help, and did it harm those who sell there?

Counts before and during go in, for the street and, if there is one, a like street without the trial; a ratio comes out,
and a check without which there is none: what became of vendors and others who live off the street. Serves
draft:26(f)(ii).5, which asks for streets that serve at other hours and for support of informal trade.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.contrasts import Value, rate_ratio
from safelearn.estimates.intervals import ShareInterval, wilson_interval
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()
TRIAL, LIKE = "trial", "comparison"
BEFORE, DURING = "before", "during"
HARM, NO_SIGN, CANNOT_TELL = "harm seen", "no sign of harm", "cannot be told"


@dataclass(frozen=True)
class StreetTrial:
    """What a trial changed, and for vendors.

    Attributes
    ----------
    change : Value
        Events an hour observed, during over before, on the street of the trial.
    beside : Value
        The same, over the change on the street without a trial; missing without one.
    compared : bool
        Without a like street the season, the weather and all else that changed are in the ratio.
    vendors_before, vendors_during : float
        Vendors counted.
    worse_off : ShareInterval
        Of vendors who said that their day's takings had changed, the share with less.
    asked, unchanged : int
        Vendors who answered, and of these, who saw no change.
    vendors : str
        `HARM`, `NO_SIGN` or `CANNOT_TELL`.
    """

    change: Value
    beside: Value
    compared: bool
    vendors_before: float
    vendors_during: float
    worse_off: ShareInterval
    asked: int
    unchanged: int
    vendors: str


def street_trial(counts: pd.DataFrame, vendors: pd.DataFrame) -> StreetTrial:
    """Compare before and during, with the check on vendors. Serves draft:26(f)(ii).5.

    Parameters
    ----------
    counts : DataFrame
        ``street`` (trial or comparison), ``phase`` (before or during), ``events`` (of one kind: people on foot, women
        on foot, near misses, harassment seen) and ``hours`` observed, at the same hours and weekdays in both phases.
    vendors : DataFrame
        ``phase`` and ``vendors`` counted; rows of ``during`` also say how many answered ``less``, ``same`` and ``more``
        when asked about a day's takings. Vendors who left must be asked too, or they count as less.

    Returns
    -------
    StreetTrial

    Raises
    ------
    Refused
        If vendors were not counted in both phases, or nobody asked them.

    Notes
    -----
    Ratios with log intervals; the ratio of two ratios adds their four variances. Takings: a sign test, by Wilson's
    interval of the share with less among those who saw a change: harm if it lies above one half, no sign if below.
    Fewer than nine in ten vendors left is harm whatever the others earn. Counts of one street are over-dispersed, so
    intervals are the narrowest possible; a trial of a few days says nothing on later ones.
    """
    sold = {p: _vendors(vendors, p) for p in (BEFORE, DURING)}
    answers = vendors[vendors["phase"] == DURING]
    less, same, more = (
        int(answers[c].fillna(0).sum()) if c in answers else 0
        for c in ("less", "same", "more")
    )
    gone = max(round(sold[BEFORE] - sold[DURING]), 0)
    if less + same + more == 0:
        raise Refused(
            t("Nobody asked the vendors, so the trial is not judged."),
            remedy=t(
                "Ask everybody who sold there before: less, the same or more a day?"
            ),
        )
    # Who is no longer there has lost the place, whether or not anybody found them.
    less = max(less, gone)
    share = wilson_interval(less, less + more)
    change = _change(counts, TRIAL)
    like = counts[counts["street"] == LIKE]
    other = _change(counts, LIKE) if len(like) else Value(math.nan, math.nan, math.nan)
    lost = sold[DURING] < 0.9 * sold[BEFORE]
    return StreetTrial(
        change=change,
        beside=_over(change, other),
        compared=len(like) > 0,
        vendors_before=sold[BEFORE],
        vendors_during=sold[DURING],
        worse_off=share,
        asked=less + same + more,
        unchanged=same,
        vendors=_verdict(share, lost),
    )


def _vendors(vendors: pd.DataFrame, phase: str) -> float:
    rows = vendors[vendors["phase"] == phase]
    if rows.empty or rows["vendors"].isna().any():
        raise Refused(
            t("Vendors were not counted before and during the trial."),
            remedy=t("Count who sells there at the same hours in both, stalls or not."),
        )
    return float(rows["vendors"].sum())


def _change(counts: pd.DataFrame, street: str) -> Value:
    rows = (
        counts[counts["street"] == street].groupby("phase")[["events", "hours"]].sum()
    )
    if not {BEFORE, DURING} <= set(rows.index):
        raise Refused(
            t("A trial needs counts before and during it."),
            remedy=t("Count at the same hours and weekdays before it begins."),
        )
    return rate_ratio(*rows.loc[DURING], *rows.loc[BEFORE])


def _over(first: Value, second: Value) -> Value:
    if not (first.known and second.known):
        return Value(math.nan, math.nan, math.nan)
    half = math.hypot(*(math.log(x.upper / x.value) for x in (first, second)))
    ratio = first.value / second.value
    return Value(ratio, ratio * math.exp(-half), ratio * math.exp(half))


def _verdict(share: ShareInterval, lost: bool) -> str:
    if lost or share.lower > 0.5:
        return HARM
    if share.upper < 0.5 or math.isnan(share.share):  # nobody saw a change
        return NO_SIGN
    return CANNOT_TELL
