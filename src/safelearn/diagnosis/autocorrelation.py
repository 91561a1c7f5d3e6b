"""Are neighbouring areas alike? In: a value an area, and which areas touch. Out: Moran's I, of the city and of each.

The city's coefficient says whether high lies by high and low by low; the local one says where. Both come with closed
moments under randomisation: the same values, dealt out anew over the areas. A cluster of rates says that something is
shared across borders; it does not say what, and nothing about the people who live there (draft:25(d).2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.neighbours import known, row_shares, sums
from safelearn.errors import Refused
from safelearn.language import number, t

NEEDS = frozenset({"place:area", "boundaries"})
#: Fewer areas than this say little of their neighbourhood.
FEWEST = 8


@dataclass(frozen=True)
class Moran:
    """Moran's I with its mean and standard deviation under randomisation.

    Attributes
    ----------
    i : float
        Near 1 where neighbours are alike, near `expected` where they are not, below it where they differ.
    expected, sd, z, p : float
        Mean and standard deviation if the values were dealt out anew; the two-sided probability of so far from it.
    n : int
        Areas with a value.
    """

    i: float
    expected: float
    sd: float
    z: float
    p: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether neighbours are more, or less, alike than chance makes them."""
        return self.p < 0.05


def moran(values: ArrayLike, weights: Any) -> Moran:
    """Moran's I of the city.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value an area, such as a rate; missing ones are left out with their borders.
    weights : sparse array, shape (n, n)
        From `neighbours.contiguity`; each area's neighbours count the same together.

    Returns
    -------
    Moran

    Raises
    ------
    Refused
        With fewer than eight areas, or the same value in all.

    Notes
    -----
    Moran, P. A. P. (1950), Biometrika 37:17; moments under randomisation by Cliff, A. and Ord, J. (1981), Spatial
    Processes. Row-standardised weights.
    """
    from scipy import special

    x, w = _usable(values, weights)
    n = len(x)
    deviation = x - x.mean()
    squares = float(deviation @ deviation)
    total = float(w.sum())
    i = n / total * float(deviation @ (w @ deviation)) / squares
    both = w + w.T
    s1 = float(both.multiply(both).sum()) / 2
    s2 = float(((sums(w) + sums(w.T)) ** 2).sum())
    kurtosis = n * float((deviation**4).sum()) / squares**2
    expected = -1 / (n - 1)
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
    second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * total**2)
    square = (first - second) / ((n - 1) * (n - 2) * (n - 3) * total**2)
    sd = float(np.sqrt(square - expected**2))
    z = (i - expected) / sd
    return Moran(i, expected, sd, z, float(2 * special.ndtr(-abs(z))), n)


def local_moran(values: ArrayLike, weights: Any) -> pd.DataFrame:
    """Moran's I of each area and its neighbours.

    Parameters
    ----------
    values, weights
        As `moran`.

    Returns
    -------
    DataFrame
        One row an area, in order: `i`, `expected`, `sd`, `z`, `p` (two-sided), `q` (`p` held against all areas by the
        false discovery rate) and `kind`: "high by high", "low by low", "high by low", "low by high", and empty where
        the area has no value or no neighbour with one.

    Raises
    ------
    Refused
        As `moran`.

    Notes
    -----
    Anselin, L. (1995), Local indicators of spatial association, Geographical Analysis 27:93. Moments given the value
    of the area itself, the others dealt out anew: Sokal, R., Oden, N. and Thomson, B. (1998), Geographical Analysis
    30:331. They agree with permutations, which moments over all areas do not where values are skewed.
    """
    from scipy import special

    x, w = _usable(values, weights)
    n = len(x)
    z = (x - x.mean()) / x.std()
    total, squares = sums(w), sums(w.multiply(w))
    lag = w @ z
    i = z * lag
    expected = -(z**2) * total / (n - 1)
    # Of the others only: each deals from the values without the area's own.
    spread = (n - z**2) / (n - 1) - (z / (n - 1)) ** 2
    variance = z**2 * (squares - total**2 / (n - 1)) * spread * (n - 1) / (n - 2)
    sd = np.sqrt(np.maximum(variance, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(sd > 0, (i - expected) / sd, np.nan)
    p = 2 * special.ndtr(-np.abs(score))
    words = np.array([["low by low", "low by high"], ["high by low", "high by high"]])
    kind = words[(z > 0).astype(int), (lag > 0).astype(int)].astype(object)
    found = pd.DataFrame({"i": i, "expected": expected, "sd": sd, "z": score, "p": p})
    found["q"] = false_discovery_rate(p)
    found["kind"] = np.where(total > 0, kind, "")
    every = np.isfinite(np.asarray(values, dtype=float).ravel())
    out = found.set_axis(np.flatnonzero(every)).reindex(range(len(every)))
    return out.assign(kind=out["kind"].fillna(""))


def _usable(values: ArrayLike, weights: Any) -> tuple[NDArray[np.float64], Any]:
    x, w = known(values, weights)
    if len(x) < FEWEST:
        raise Refused(
            t(
                "{n} areas have a value: too few to say whether neighbours are alike.",
                n=number(len(x)),
            ),
            remedy=t("Use smaller areas, or a longer period so that fewer are hidden."),
        )
    if np.ptp(x) == 0 or not w.nnz:
        raise Refused(
            t(
                "All areas have the same value, or none touches another: there is nothing to compare."
            ),
            remedy=t("Choose a longer period, or check the boundaries."),
        )
    return x, row_shares(w)
