"""How much would an estimate move from sample to sample? Taylor linearisation, for many domains at once.

A design and weighted totals go in; ratios of totals by domain come out with their variances, beside the variance
that a simple random sample of as many answers would have. `estimates.survey` turns them into estimates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safelearn.estimates.survey_design import SurveyDesign


@dataclass(frozen=True)
class Ratios:
    """Estimates of several domains, each field an array with one value a domain.

    Attributes
    ----------
    value, variance : ndarray
    simple : ndarray
        Variance in a simple random sample of as many answers.
    n, positive : ndarray
        Answers, and those among them that are not zero.
    effective : ndarray
        Answers divided by the design effect of their weights.
    df : ndarray
        Degrees of freedom.
    """

    value: NDArray
    variance: NDArray
    simple: NDArray
    n: NDArray
    positive: NDArray
    effective: NDArray
    df: NDArray

    @property
    def error(self) -> NDArray:
        """Standard errors."""
        return np.sqrt(self.variance)

    @property
    def design_effect(self) -> NDArray:
        """Variance as a multiple of a simple random sample's."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.simple > 0, self.variance / self.simple, np.nan)


def ratios(
    design: SurveyDesign,
    numerator: NDArray,
    denominator: NDArray | None,
    domains: tuple[NDArray[np.int64], int],
) -> Ratios:
    """Ratios of weighted totals by domain (-1: in none); without a denominator, means."""
    domain, k = domains
    below = np.ones(len(design)) if denominator is None else denominator
    domain = np.where(np.isnan(numerator) | np.isnan(below), -1, domain)
    at = domain >= 0
    d, w = domain[at], design.weights[at]
    num, den = numerator[at], below[at]

    def total(values: NDArray) -> NDArray:
        return np.bincount(d, values, k)

    base, weight, n = total(w * den), total(w), np.bincount(d, minlength=k)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = total(w * num) / base
        rest = num - value[d] * den
        scores = np.zeros(len(design))
        scores[at] = w * rest / base[d]
        spread = total(w * rest**2) / weight * (weight / base) ** 2
        simple = np.where(n > 1, spread / np.maximum(n - 1, 1), np.nan)
        effective = weight**2 / total(w**2)
    return Ratios(
        value=value,
        variance=np.where(n > 0, variance(design, scores, domain, k), np.nan),
        simple=simple,
        n=n,
        positive=np.bincount(d, num != 0, k).astype(int),
        effective=effective,
        df=degrees_of_freedom(design, domain, k),
    )


def one_group(
    design: SurveyDesign, y: NDArray, inside: NDArray[np.bool_]
) -> tuple[float, NDArray, float]:
    """The mean of a group, its linearised scores, and its variance in a simple random sample."""
    found = ratios(design, y, None, (np.where(inside, 0, -1), 1))
    inside = inside & ~np.isnan(y)
    w = design.weights * inside
    rest = np.where(inside, y, 0.0) - found.value[0]
    with np.errstate(invalid="ignore"):
        return float(found.value[0]), w * rest / w.sum(), float(found.simple[0])


def single(
    design: SurveyDesign,
    value: float,
    scores: NDArray,
    simple: float,
    inside: NDArray[np.bool_],
) -> Ratios:
    """One estimate from the scores of all respondents; `inside` says whose answers it rests on."""
    everybody = np.zeros(len(design), dtype=np.int64)
    return Ratios(
        value=np.array([value]),
        variance=variance(design, scores, everybody, 1),
        simple=np.array([simple]),
        n=np.array([inside.sum()]),
        positive=np.array([0]),
        effective=np.array([inside.sum()]),
        df=degrees_of_freedom(design, np.where(inside, 0, -1), 1),
    )


def variance(
    design: SurveyDesign, scores: NDArray, domain: NDArray[np.int64], k: int
) -> NDArray:
    """Variance of the sums of scores by domain; only PSUs that hold a score are looked at."""
    at = domain >= 0
    pair, inverse = np.unique(design.psu[at] * k + domain[at], return_inverse=True)
    totals = np.bincount(inverse, scores[at], len(pair))
    psu, group = pair // k, pair % k
    layer = design.stratum_of_psu[psu]
    cells, shape = design.strata * k, (design.strata, k)
    cell = layer * k + group
    first = np.bincount(cell, totals, cells)
    n = design.sampled[:, None]
    middle = first / np.repeat(design.sampled, k)
    # PSUs without a score count with zero; deviations are summed, as squares of sums would cancel.
    silent = n - np.bincount(cell, minlength=cells).reshape(shape)
    squares = np.bincount(cell, (totals - middle[cell]) ** 2, cells).reshape(shape)
    squares = squares + silent * middle.reshape(shape) ** 2
    first = first.reshape(shape)
    # A lonely PSU has no mean of its own stratum to differ from; it is held against the mean of all PSUs.
    alone = n == 1
    squares = np.where(alone, (first - first.sum(axis=0) / design.psus) ** 2, squares)
    scale = (1 - n / design.population[:, None]) * np.where(
        alone, 1, n / np.maximum(n - 1, 1)
    )
    return (scale * squares).sum(axis=0)


def degrees_of_freedom(
    design: SurveyDesign, domain: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """PSUs less strata, of those in which a domain has answers."""
    at = domain >= 0
    units = np.unique(design.psu[at] * k + domain[at]) % k
    layers = np.unique(design.stratum[at] * k + domain[at]) % k
    return np.bincount(units, minlength=k) - np.bincount(layers, minlength=k)
