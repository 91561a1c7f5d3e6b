"""Where are services needed first, as far as several sources together can tell? (draft:26(b))

The sources of `strategy.sources` go in. Their mean is the score of an area, its interval of ranks comes from drawing
every value and every weight again many times, and out come three classes, stated only where nearly all draws agree:
services needed first, also, as elsewhere. The rest cannot be told apart, which is a result. Records of the police alone
are refused: they would show where people report, and where police look.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.language import mark, t
from safelearn.strategy.sources import Profile

NEEDS = frozenset({"place:area", "population"})
FIRST, ALSO, ELSEWHERE, UNCLEAR, HIDDEN = (
    "first",
    "also",
    "as elsewhere",
    "cannot be told apart",
    "not placed",
)
#: What the classes are called in public; none of them says how bad an area is.
WORDS = {
    FIRST: mark("services needed first"),
    ALSO: mark("services needed also"),
    ELSEWHERE: mark("as elsewhere in the city"),
    UNCLEAR: mark("cannot be told apart"),
    HIDDEN: mark("not placed"),
}
#: Draws, their seed, how sure a class must be, how far a weight may lie from its value, fewest areas.
DRAWS, SEED, SURE, SWING, FEWEST = 4000, 26, 0.9, 0.5, 9


@dataclass(frozen=True)
class Need:
    """Need for services by area.

    Attributes
    ----------
    areas : DataFrame
        `area_id` in code order, `score`, `rank` (1 is the greatest need) with `rank_lower` and `rank_upper`, and
        `need`, one of `FIRST`, `ALSO`, `ELSEWHERE`, `UNCLEAR`, or `HIDDEN` for areas without a score. Only `need` is
        meant to be published.
    weights : dict of str to float
        Of each source; they add up to 1.
    kept : dict of str to float
        For each source, the share of placed areas that keep their class if it counts twice.
    """

    areas: pd.DataFrame
    weights: dict[str, float]
    kept: dict[str, float]

    def count(self, need: str) -> int:
        """How many areas are in a class."""
        return int((self.areas["need"] == need).sum())


def need_score(
    profile: Profile,
    weights: dict[str, float] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Need:
    """Score areas by several sources, with the uncertainty of every rank. Serves draft:26(b).

    Parameters
    ----------
    profile : Profile
    weights : dict of str to float, optional
        Of the sources; equal unless given.
    draws, seed : int
        Of the simulation.

    Returns
    -------
    Need

    Raises
    ------
    Refused
        With one source only, or fewer than 9 areas.

    Notes
    -----
    Score = weighted mean of the sources' standard scores. In each draw every value is drawn from its own error, and
    every weight lies anywhere from half to one and a half times its value, since no weighting is right: Saisana,
    Saltelli and Tarantola (2005), JRSS A 168:307. Why ranks need intervals: Goldstein and Spiegelhalter (1996), JRSS A
    159:385. A class is stated if nine in ten draws agree: ``first`` if the area is among the third with the greatest
    need, ``also`` if among the first two thirds, ``as elsewhere`` if outside the first third.
    """
    _enough(profile)
    base = np.array([1.0 if weights is None else weights[s] for s in profile.sources])
    base = base / base.sum()
    values = profile.draws(draws, seed)
    rng = np.random.default_rng(seed + 1)
    swung = base * rng.uniform(1 - SWING, 1 + SWING, (draws, len(base)))
    ranks = _ranks(values, swung)
    score = profile.value @ base
    placed = _classes(ranks)
    frame = pd.DataFrame(
        {
            "area_id": profile.areas,
            "score": score,
            "rank": pd.Series(-score).rank(method="min").astype("Int64"),
            "rank_lower": pd.array(
                np.quantile(ranks, 0.025, axis=0).round(), dtype="Int64"
            ),
            "rank_upper": pd.array(
                np.quantile(ranks, 0.975, axis=0).round(), dtype="Int64"
            ),
            "need": placed,
        }
    )
    hidden = pd.DataFrame({"area_id": profile.left_out, "need": HIDDEN})
    frame = pd.concat([frame, hidden]).sort_values("area_id", ignore_index=True)
    kept = {}
    for j, name in enumerate(profile.sources):
        doubled = swung.copy()
        doubled[:, j] *= 2
        same = _classes(_ranks(values, doubled)) == placed
        sure = placed != UNCLEAR
        kept[name] = float(same[sure].mean()) if sure.any() else float("nan")
    return Need(frame, dict(zip(profile.sources, base.tolist(), strict=True)), kept)


def _enough(profile: Profile) -> None:
    if len(profile.sources) < 2:
        raise Refused(
            t(
                "Need is not scored from one source: records alone show where people report."
            ),
            remedy=t("Add a survey, or figures on housing, work and services by area."),
        )
    if len(profile.areas) < FEWEST:
        raise Refused(
            t(
                "Too few areas are known from all sources to say which of them need services first."
            ),
            remedy=t("Add the missing figures, or look at each area by itself."),
        )


def _ranks(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Rank of each area in each draw, 1 for the greatest need, shape (draws, areas)."""
    score = np.einsum("das,ds->da", values, weights)
    return (-score).argsort(axis=1, kind="stable").argsort(axis=1) + 1


def _classes(ranks: NDArray[np.int64]) -> NDArray[np.object_]:
    count = ranks.shape[1]
    upper = (ranks <= count / 3).mean(axis=0)
    two = (ranks <= 2 * count / 3).mean(axis=0)
    return np.select(
        [upper >= SURE, two >= SURE, upper <= 1 - SURE],
        [FIRST, ALSO, ELSEWHERE],
        default=UNCLEAR,
    ).astype(object)
