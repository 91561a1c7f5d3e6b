"""How often would a series see an effect that is there? Asked of simulated cities, before the work begins.

A series as it is expected to be goes in; the share of its simulated futures in which the effect is seen comes
out, with the seed that drew them and the error that another seed would make (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.evaluation.time_series import FEWEST_EVENTS, interrupted_time_series

NEEDS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SimulatedPower:
    """How often a design would see an effect that is there.

    Attributes
    ----------
    power : float
        Share of the simulated series in which it was seen.
    monte_carlo_error : float
        Standard error of that share: what another seed would change.
    lower, upper : float
        Wilson's interval of the share.
    draws, seed : int
    """

    power: float
    monte_carlo_error: float
    lower: float
    upper: float
    draws: int
    seed: int


@dataclass(frozen=True)
class PlannedSeries:
    """A series of counts, as it is expected to be.

    Attributes
    ----------
    mean : float
        Cases a point, before.
    before, after : int
        Points.
    dispersion : float
        Variance by mean of a point.
    correlation : float
        Of neighbouring points' swings, below 1.
    season : int or None
        Points a year.
    season_swing : float
        Of the logarithm, from the mean to the peak.
    """

    mean: float
    before: int
    after: int
    dispersion: float = 1.0
    correlation: float = 0.0
    season: int | None = 12
    season_swing: float = 0.0

    def draw(self, rng: np.random.Generator, ratio: float, draws: int) -> np.ndarray:
        """Series with a step of this ratio, shape (draws, points)."""
        points = self.before + self.after
        time = np.arange(points)
        # Swings of the logarithm that make the variance of a count `dispersion` times its mean.
        sigma = np.sqrt(np.log1p(max(self.dispersion - 1, 0) / self.mean))
        swing = rng.normal(0, 1, (draws, points))
        for point in range(1, points):
            kept = np.sqrt(1 - self.correlation**2)
            swing[:, point] = (
                self.correlation * swing[:, point - 1] + kept * swing[:, point]
            )
        log_mean = np.log(self.mean) + sigma * swing - sigma**2 / 2
        if self.season:
            log_mean += self.season_swing * np.cos(2 * np.pi * time / self.season)
        log_mean += np.log(ratio) * (time >= self.before)
        return rng.poisson(np.exp(log_mean))


def power_time_series(
    planned: PlannedSeries,
    ratio: float,
    *,
    draws: int = 400,
    seed: int = 1,
    level: float = 0.95,
) -> SimulatedPower:
    """How often an interrupted time series would see a step of this ratio, by simulation.

    Parameters
    ----------
    planned : PlannedSeries
    ratio : float
        0.8 for a fall by a fifth; 1 gives the rate of false alarms.
    draws, seed : int
        Series drawn, and the seed that draws them: said in the result.
    level : float
        Of the intervals; seen is an interval of the step without 1.

    Returns
    -------
    SimulatedPower

    Notes
    -----
    Counts are Poisson around log-normal swings that carry over from point to point, analysed by
    `interrupted_time_series` without a bend, as they would be. Zhang, F., Wagner, A. K. and Ross-Degnan, D.
    (2011), Journal of Clinical Epidemiology 64:1252.
    """
    seen = _seen(planned, ratio, draws, seed, level)
    share = wilson_interval(seen, draws)
    error = float(np.sqrt(max(seen, 1) * max(draws - seen, 1) / draws**3))
    return SimulatedPower(share.share, error, share.lower, share.upper, draws, seed)


@dataclass(frozen=True)
class DetectableStep:
    """The weakest fall that a planned series would see.

    Attributes
    ----------
    ratio : float
        0.8 if a fall by a fifth; NaN if not even a fall by nine tenths.
    lower, upper : float
        Ratios at which the simulated power lies two Monte-Carlo errors above and below the one asked for.
    power : float
    draws, seed : int
    """

    ratio: float
    lower: float
    upper: float
    power: float
    draws: int
    seed: int


def detectable_step(
    planned: PlannedSeries,
    *,
    power: float = 0.8,
    draws: int = 200,
    seed: int = 1,
    level: float = 0.95,
) -> DetectableStep:
    """The weakest fall that an interrupted time series would see so often, by simulation.

    Parameters
    ----------
    planned : PlannedSeries
    power : float
        Probability of seeing it.
    draws, seed, level
        As `power_time_series`; each ratio tried is drawn with the same seed.

    Returns
    -------
    DetectableStep

    Notes
    -----
    Simulated power at falls from a twentieth to nine tenths, joined by straight lines. The limits are where these
    lines cross the power asked for more and less two Monte-Carlo errors.
    """
    ratios = np.array([0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2, 0.1])
    shares = []
    enough = min(1.0, power + 4 * np.sqrt(power * (1 - power) / draws))
    for ratio in ratios:
        shares.append(_seen(planned, float(ratio), draws, seed, level) / draws)
        if shares[-1] >= enough:
            break
    curve = np.maximum.accumulate(shares)
    error = np.sqrt(power * (1 - power) / draws)
    crossing = [
        _crossing(ratios[: len(curve)], curve, power + k * error) for k in (0, 2, -2)
    ]
    return DetectableStep(*crossing, power=power, draws=draws, seed=seed)


def _seen(
    planned: PlannedSeries, ratio: float, draws: int, seed: int, level: float
) -> int:
    series = planned.draw(np.random.default_rng(seed), ratio, draws)
    seen = 0
    for counts in series:
        try:
            found = interrupted_time_series(
                counts, planned.before, season=planned.season, slope=False, level=level
            ).level
        except Refused:
            # A series with too few events sees nothing; one with too few points is not worth planning.
            if (
                counts[: planned.before].sum() >= FEWEST_EVENTS
                and counts[planned.before :].any()
            ):
                raise
            continue
        seen += found.upper < 1 or found.lower > 1
    return seen


def _crossing(ratios: np.ndarray, curve: np.ndarray, power: float) -> float:
    if curve[-1] < power:
        return float("nan")
    place = int(np.argmax(curve >= power))
    if place == 0:
        return float(ratios[0])
    low, high = curve[place - 1], curve[place]
    part = (power - low) / (high - low)
    return float(ratios[place - 1] + part * (ratios[place] - ratios[place - 1]))
