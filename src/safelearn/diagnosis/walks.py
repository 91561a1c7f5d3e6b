"""Do different walkers see the same place alike?

The audits of places go in; how a group of raters scored the places they walked, and how much higher or lower than
other raters at the same place in the same light, come out. A lower score is what the group lives through there, and
no error: the place has to work for them too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.estimates.survey import SurveyEstimate, survey_design, survey_mean

NEEDS = frozenset({"table:audits"})

#: Fewest places walked by both sides from which their scores are compared.
FEWEST_PLACES = 10


@dataclass(frozen=True)
class Walks:
    """What the raters of a group saw.

    Attributes
    ----------
    visits, places : int
    score : SurveyEstimate or None
        Mean of the scores of a visit, from 0 to 3; None below ten places.
    apart : SurveyEstimate or None
        Their score less that of others at the same place and in the same light; None where fewer than ten places
        were walked by both.
    places_of_both : int
    """

    visits: int
    places: int
    score: SurveyEstimate | None
    apart: SurveyEstimate | None
    places_of_both: int


def walks_of(audits: pd.DataFrame, raters: Collection[str]) -> Walks:
    """What raters of these groups saw, beside the others.

    Parameters
    ----------
    audits : DataFrame
        The table ``audits``: a row a visit and rater.
    raters : collection of str
        Values of ``rater_group``.

    Notes
    -----
    Places are what was drawn: visits of one place are a cluster, and the comparison is of the mean scores at one
    place in one light, so that who walked the easier places does not matter.
    """
    scores = [c for c in audits if str(c).startswith("score_")]
    visits = audits[["place_id", "light", "rater_group"]].assign(
        score=audits[scores].astype(float).mean(axis=1) if scores else np.nan
    )
    mine = visits["rater_group"].astype(object).isin(list(raters))
    own = visits[mine]
    keys = ["place_id", "light"]
    other = visits[~mine].groupby(keys, observed=True)["score"].mean()
    pairs = own.groupby(keys, observed=True)["score"].mean().to_frame("own")
    pairs = pairs.join(other.rename("other"), how="inner").dropna().reset_index()
    pairs["apart"] = pairs["own"] - pairs["other"]
    return Walks(
        visits=len(own),
        places=int(own["place_id"].nunique()),
        score=_mean(own, "score"),
        apart=_mean(pairs, "apart"),
        places_of_both=int(pairs["place_id"].nunique()),
    )


def _mean(frame: pd.DataFrame, column: str) -> SurveyEstimate | None:
    known = frame[frame[column].notna()].reset_index(drop=True)
    if known["place_id"].nunique() < FEWEST_PLACES:
        return None
    design = survey_design(
        known, stratum=None, psu="place_id", weight=None, stratum_psus=None
    )
    return survey_mean(design, known[column])
