"""How much harm comes back to the same people and places?

How often each was hit goes in, those never hit left out; which part of them was hit again, and which part of all
events that was, come out, with intervals. Whoever was hit is likelier than others to be hit next, and soon: help for
them is prevention, and needs no guess about who might do something.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts, quantile
from safelearn.estimates.intervals import (
    ShareInterval,
    wilson_interval,
    wilson_limits,
)
from safelearn.estimates.survey import SurveyDesign, SurveyEstimate, survey_proportion
from safelearn.language import t

NEEDS = frozenset({"time:month"})


@dataclass(frozen=True)
class Repeats:
    """How often the same were hit again.

    Attributes
    ----------
    targets, events : int
        People or places hit at least once, and what was done to them.
    hit_again : ShareInterval
        Share of them that were hit more than once.
    of_events : ShareInterval
        Share of all events that were done to those hit more than once.
    following : ShareInterval
        Share of all events that followed another on the same target: what could not have happened had nobody been
        hit twice.
    """

    targets: int
    events: int
    hit_again: ShareInterval
    of_events: ShareInterval
    following: ShareInterval


def repeat_victimisation(events: ArrayLike, level: float = 0.95) -> Repeats:
    """How much of what was counted hit the same people or places again.

    Parameters
    ----------
    events : array_like
        Whole numbers, one a person or place that was hit: how often. Zeros are left out.
    level : float
        Confidence level.

    Returns
    -------
    Repeats

    Raises
    ------
    Refused
        If nobody was hit.

    Notes
    -----
    Shares of incidents and of victims as in Farrell, G. and Pease, K. (1993), Once bitten, twice bitten, Home Office
    Crime Prevention Unit Paper 46. Events on one target come together, so targets and not events are what was drawn:
    the share of events is a ratio whose variance is the linearised one with targets as clusters,
    m/(m - 1) sum (x_i - p n_i)^2 / (sum n_i)^2, and its limits are Wilson's at the number of independent events that
    have this variance. The share of targets has Wilson's limits.

    Examples
    --------
    >>> found = repeat_victimisation([1, 1, 1, 1, 1, 1, 2, 4])
    >>> found.events, found.hit_again.share, found.of_events.share, found.following.share
    (12, 0.25, 0.5, 0.3333333333333333)
    """
    n = amounts(events, "events").ravel()
    n = n[n > 0]
    if n.size == 0 or np.isnan(n).any():
        raise Refused(t("Nothing was recorded that could have come back."))
    if (n % 1).any():
        raise SafelearnError(t("How often somebody was hit is a whole number."))
    return Repeats(
        targets=int(n.size),
        events=int(n.sum()),
        hit_again=wilson_interval(int((n > 1).sum()), int(n.size), level),
        of_events=_share_of_events(np.where(n > 1, n, 0), n, level),
        following=_share_of_events(n - 1, n, level),
    )


def repeat_at_places(
    incidents: pd.DataFrame, place: str = "place_key", count: str = "count"
) -> Repeats:
    """How much of what was recorded came back to the same place; rows without a place are left out.

    Notes
    -----
    An undercount: many repeats are never reported, an address written in two ways is two places, and who was hit
    shortly before the first day counts as hit for the first time.
    """
    located = incidents[incidents[place].notna()]
    return repeat_victimisation(located.groupby(place, observed=True)[count].sum())


def repeat_victims(design: SurveyDesign, times: ArrayLike) -> SurveyEstimate:
    """Share of a survey's victims who were hit more than once in the period asked about.

    Parameters
    ----------
    design : SurveyDesign
    times : array_like
        How often each respondent was hit; missing or 0 for who was not, and for who did not say how often.
    """
    often = np.asarray(pd.to_numeric(pd.Series(times), errors="coerce"), dtype=float)
    victims = often >= 1
    return survey_proportion(design, np.where(victims, often > 1, np.nan), victims)


def _share_of_events(x: np.ndarray, n: np.ndarray, level: float) -> ShareInterval:
    total, targets = n.sum(), n.size
    share = x.sum() / total
    spread = np.sum((x - share * n) ** 2) / total**2
    if targets > 1:
        spread *= targets / (targets - 1)
    # Without any spread (all hit once, or all hit as often) only the number of targets speaks.
    independent = share * (1 - share) / spread if spread > 0 else targets
    independent = min(independent, total)
    found = wilson_limits(share * independent, independent, quantile(level))
    return ShareInterval(float(share), found.lower, found.upper)
