"""What does each group of people put first, and where do they differ? (draft:25(f))

Papers of a ranking exercise go in; the points of every option come out, for each group and each area, with what can
and cannot be told apart. A group's first choice is a set: the option with most points and all others that its few
papers cannot separate from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.strategy.ballots import Papers
from safelearn.strategy.concordance import (
    Concordance,
    Disagreement,
    disagreement,
    kendall_w,
)

NEEDS = frozenset({"table:ballots"})
#: A group with fewer papers in an area is not shown there: its order is chance, and its people can be guessed.
FEWEST_PAPERS = 5


def borda(papers: Papers, level: float = 0.95) -> pd.DataFrame:
    """The Borda count: mean points of every option.

    Parameters
    ----------
    papers : Papers
        Of one group, or of all.
    level : float
        Of the intervals, and of the test behind `first`.

    Returns
    -------
    DataFrame
        `option_id`, `option`, `n` papers, `points` (0 last on every paper to 1 first on every paper) with `lower` and
        `upper`, `place` (options with the same points share it), and `first`: the option with most points, and each
        that cannot be told apart from it. In the order of the options' codes.

    Notes
    -----
    Borda, J.-C. de (1784); see `ballots.read_papers` for partial and tied papers. Intervals are t intervals of the
    mean over papers, and `first` a paired t test against the leading option at a level shared by all comparisons
    (Bonferroni): both take those who voted for people like them, which nobody has drawn by lot.

    Examples
    --------
    >>> from safelearn.strategy.ballots import Papers
    >>> one = np.array([[1.0, 2.0, 3.0]] * 4)
    >>> who = np.array(["women"] * 4, dtype=object)
    >>> borda(Papers("x", "2025", ("a", "b", "c"), {}, one, who, who))[["points", "first"]].values.tolist()
    [[1.0, True], [0.5, False], [0.0, False]]
    """
    points = papers.points
    n, k = points.shape
    mean = points.mean(axis=0) if n else np.full(k, np.nan)
    half = _half_width(points, level)
    return pd.DataFrame(
        {
            "option_id": papers.options,
            "option": [papers.names.get(o, o) for o in papers.options],
            "n": n,
            "points": mean,
            "lower": np.clip(mean - half, 0, 1),
            "upper": np.clip(mean + half, 0, 1),
            "place": pd.Series(mean).round(9).rank(method="min", ascending=False),
            "first": _first(points, level),
        }
    )


def borda_by(
    papers: Papers, by: Sequence[str], *, fewest: int = FEWEST_PAPERS
) -> pd.DataFrame:
    """The Borda count of each group, each area, or each group in each area.

    Parameters
    ----------
    papers : Papers
    by : sequence of {"group", "area"}
    fewest : int
        Parts with fewer papers are left out.

    Returns
    -------
    DataFrame
        The columns `by`, then those of `borda`.
    """
    keys = pd.DataFrame({"group": papers.group, "area": papers.area})[list(by)]
    parts = []
    for values, rows in keys.groupby(list(by), sort=True):
        if len(rows) < fewest:
            continue
        chosen = np.zeros(len(papers), dtype=bool)
        chosen[rows.index] = True
        part = borda(papers.only(chosen))
        for place, (name, value) in enumerate(zip(by, values, strict=True)):
            part.insert(place, name, value)
        parts.append(part)
    if not parts:
        empty = borda(papers).head(0)
        return empty.reindex(columns=[*by, *empty.columns])
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class Priorities:
    """What a city's groups put first.

    Attributes
    ----------
    papers : int
    together : DataFrame
        `borda` of all papers.
    by_group : DataFrame
        `borda` of each group with enough papers.
    within : dict of str to Concordance
        How far the papers of each group agree among themselves.
    all_papers : Concordance
        How far all papers agree.
    groups : Disagreement or None
        Whether groups differ; None with fewer than two groups.
    """

    papers: int
    together: pd.DataFrame
    by_group: pd.DataFrame
    within: dict[str, Concordance]
    all_papers: Concordance
    groups: Disagreement | None


def prioritise(papers: Papers, *, fewest: int = FEWEST_PAPERS) -> Priorities:
    """What each group puts first, and how far they agree. Serves draft:25(f).

    Parameters
    ----------
    papers : Papers
        Of the whole city, or of one area.
    fewest : int
        Groups with fewer papers are left out of everything, the total included: what all others say must not give
        them away by subtraction.

    Returns
    -------
    Priorities

    Raises
    ------
    Refused
        If no group has enough papers.
    """
    papers = papers.only(_enough(papers.group, fewest))
    names = sorted(set(papers.group))
    within = {}
    for name in names:
        try:
            within[name] = kendall_w(papers.places[papers.group == name])
        except Refused:
            continue  # a group whose every paper ties all options agrees on nothing
    return Priorities(
        papers=len(papers),
        together=borda(papers),
        by_group=borda_by(papers, ["group"], fewest=fewest),
        within=within,
        all_papers=kendall_w(papers.places),
        groups=disagreement(papers.places, papers.group) if len(names) > 1 else None,
    )


def disagreement_by_area(
    papers: Papers, *, fewest: int = FEWEST_PAPERS
) -> pd.DataFrame:
    """Where groups put different things first: the map of disagreement (draft:25(f)).

    Parameters
    ----------
    papers : Papers
        With the areas, or with larger units (`Papers.within`). Papers for the whole city are left out.
    fewest : int
        Groups with fewer papers in an area are not counted there.

    Returns
    -------
    DataFrame
        One row an area with papers, in code order: `area`, `n` papers of the groups shown, `groups` (their number),
        `distance`, `p_value`, `clear`, and `tops`: the number of different options that groups put first.
        The last four are missing where fewer than two groups have enough papers.
    """
    lines = []
    for area in sorted(set(papers.area) - {""}):
        here = papers.only(papers.area == area)
        here = here.only(_enough(here.group, fewest))
        line = {"area": area, "n": len(here), "groups": len(set(here.group))}
        if line["groups"] > 1:
            found = disagreement(here.places, here.group)
            tops = borda_by(here, ["group"], fewest=fewest)
            line |= {
                "distance": found.distance,
                "p_value": found.p_value,
                "clear": found.clear,
                "tops": tops.loc[tops["place"] == 1, "option_id"].nunique(),
            }
        lines.append(line)
    columns = [
        "area",
        "n",
        "groups",
        "distance",
        "p_value",
        "clear",
        "tops",
    ]
    return pd.DataFrame(lines, columns=columns)


def _enough(group: NDArray[np.object_], fewest: int) -> NDArray[np.bool_]:
    _, codes, n = np.unique(group.astype(str), return_inverse=True, return_counts=True)
    return n[codes] >= fewest


def _half_width(points: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    from scipy.stats import t as student

    n = len(points)
    if n < 2:
        return np.full(points.shape[1], np.nan)
    error = points.std(axis=0, ddof=1) / np.sqrt(n)
    return student.ppf(0.5 + level / 2, n - 1) * error


def _first(points: NDArray[np.float64], level: float) -> NDArray[np.bool_]:
    """The leading option and those whose paired difference to it may be nothing."""
    n, k = points.shape
    if n < 2:
        return np.ones(k, dtype=bool)
    ahead = points[:, [int(points.mean(axis=0).argmax())]] - points
    shared = 1 - (1 - level) / (k - 1)
    half = _half_width(ahead, shared)
    return ahead.mean(axis=0) - half <= 1e-12
