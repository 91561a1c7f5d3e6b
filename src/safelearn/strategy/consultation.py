"""Whose voice is in the ballots, and whose is missing? (draft:25(d).5)

The papers of a ranking exercise and the residents by sex and age go in; the share of each group among those who voted
comes out, beside its share of the city where a census knows it, and the groups that the Guidelines name of which nobody
voted. It describes those who came; they were not drawn by lot, so what they want is not what everybody wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.estimates.intervals import wilson_interval
from safelearn.strategy.ballots import Papers

NEEDS = frozenset({"table:ballots"})
#: Ages of the groups that a census can count: first and last year of age.
#: Groups of draft:26(c) whose absence must be noticed.
NAMED = (
    "women",
    "youth",
    "children",
    "older_persons",
    "persons_with_disabilities",
    "indigenous_peoples",
    "migrants",
    "informal_residents",
)


@dataclass(frozen=True)
class Voices:
    """Who voted.

    Attributes
    ----------
    groups : DataFrame
        `group`, `n` papers, `share` with `lower` and `upper` (Wilson), `population_share` and `ratio` where a census
        knows the group.
    missing : tuple of str
        Groups named by the Guidelines of which there is no paper.
    """

    groups: pd.DataFrame
    missing: tuple[str, ...]


def voices(papers: Papers, residents: Mapping[str, float] | None = None) -> Voices:
    """Compare those who voted with those who live here.

    Parameters
    ----------
    papers : Papers
    residents : mapping of str to float, optional
        The share of residents of each group (`city.group_sizes.group_shares`).

    Returns
    -------
    Voices

    Notes
    -----
    A paper stands under one group, a resident under several: a young woman who voted with the women is no paper of
    youth. So ratios are rough, and only those far from 1 mean something.
    """
    n = pd.Series(papers.group.astype(str)).value_counts().sort_index()
    share = wilson_interval(n.to_numpy(), np.full(len(n), n.sum()))
    groups = pd.DataFrame(
        {
            "group": n.index,
            "n": n.to_numpy(),
            "share": share.share,
            "lower": share.lower,
            "upper": share.upper,
        }
    )
    groups["population_share"] = (
        groups["group"].map(dict(residents or {})).astype(float)
    )
    groups["ratio"] = groups["share"] / groups["population_share"]
    return Voices(groups, tuple(g for g in NAMED if g not in set(n.index)))
