"""Did the series bend when the measure began?

A series of counts and the moment of the start go in; the change of level and of slope come out, against the
earlier trend and season carried on, with intervals that allow for counts that vary more than chance and for bad
months that follow each other (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.estimates.quasi_poisson import QuasiPoissonFit, fit_quasi_poisson
from safelearn.evaluation import limits
from safelearn.language import t

NEEDS = frozenset({"time:month", "table:interventions"})

#: Penfold, R. B. and Zhang, F. (2013), Academic Pediatrics 13:S38: eight points on each side at least.
FEWEST_POINTS = 8
#: With fewer, a trend and a season can fit the time before as well as they like.
FEWEST_EVENTS = 20


@dataclass(frozen=True)
class Effect:
    """A ratio with its interval; 0.8 is a fifth fewer."""

    ratio: float
    lower: float
    upper: float
    p_value: float
    log_standard_error: float


@dataclass(frozen=True)
class InterruptedSeries:
    """A series of counts, interrupted by a start.

    Attributes
    ----------
    level : Effect
        At the start: the first point after by what the earlier trend and season would have given.
    slope : Effect or None
        From one point to the next after the start, against before; None where none was asked for.
    whole : Effect
        All points after together, by what they would have been.
    prevented, prevented_lower, prevented_upper : float
        Cases fewer over all points after; negative where there were more.
    fitted, expected : ndarray, shape (points,)
        Counts as the model has them, and as it has them without the start.
    expected_lower, expected_upper : ndarray, shape (points,)
        Interval of the latter: where the line would have run, not how far single points scatter around it.
    dispersion : float
        Variance by mean.
    correlation : float
        Of neighbouring residuals, from 0 to 0.8.
    lags : int
        Of the autocorrelation that the errors allow for.
    points_before, points_after, degrees_of_freedom : int
    """

    level: Effect
    slope: Effect | None
    whole: Effect
    prevented: float
    prevented_lower: float
    prevented_upper: float
    fitted: NDArray[np.float64]
    expected: NDArray[np.float64]
    expected_lower: NDArray[np.float64]
    expected_upper: NDArray[np.float64]
    dispersion: float
    correlation: float
    lags: int
    points_before: int
    points_after: int
    degrees_of_freedom: int

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What the design cannot say, in the reader's language."""
        return limits.sentences(
            limits.TREND_GOES_ON,
            limits.NO_COMPARISON,
            limits.CHOSEN_HIGH,
            limits.RECORDED,
        )


def interrupted_time_series(
    counts: ArrayLike,
    start: int,
    *,
    exposure: ArrayLike | None = None,
    season: int | None = 12,
    harmonics: int = 2,
    slope: bool = True,
    errors: str = "robust",
    lags: int | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """Segmented quasi-Poisson regression of a series that was interrupted.

    Parameters
    ----------
    counts : array_like, shape (points,)
        Of equal steps, in order of time, none missing.
    start : int
        Place of the first point after the start; the earlier ones are before.
    exposure : array_like, shape (points,), optional
        Days of each month, times the population where it changes.
    season : int or None
        Points a year (12 for months, 52 for weeks), or None for a series without season.
    harmonics : int
        Waves of the season: 1 for one peak a year, 2 for any usual shape.
    slope : bool
        Whether the trend may bend at the start, beside the step.
    errors : "robust", "newey-west" or "model"
        "newey-west" is robust to dispersion and autocorrelation but, in short series, too small; "model" knows
        dispersion only; "robust" takes the larger of "newey-west" and "model" widened by the correlation of
        neighbours, for each effect.
    lags : int, optional
        Of the autocorrelation allowed for; 4 (n/100)^(2/9) rounded down unless given.
    level : float
        Level of the intervals, on Student's t with points less terms degrees of freedom.

    Returns
    -------
    InterruptedSeries

    Raises
    ------
    Refused
        With fewer than 8 points on a side, a season and less than two years before the start, a hidden count,
        fewer than 20 events before, or none after.
    SafelearnError
        If the start lies outside the series, or an exposure is not above zero.

    Notes
    -----
    log E(n) = log(exposure) + b0 + b1 time + b2 after + b3 (time since start) after + waves. Lopez Bernal, J.,
    Cummins, S. and Gasparrini, A. (2017), International Journal of Epidemiology 46:348. Errors: Newey, W. K.
    and West, K. D. (1987), Econometrica 55:703, on the scores, with the factor n/(n-k).

    Examples
    --------
    >>> counts = [50, 52, 47, 51, 49, 53, 50, 48] * 2 + [25, 24, 26, 25, 27, 24, 25, 26]
    >>> found = interrupted_time_series(counts, 16, season=None, slope=False)
    >>> round(found.level.ratio, 2), found.level.upper < 1
    (0.51, True)
    """
    from scipy.special import stdtrit

    y, base = _series(counts, exposure)
    n = len(y)
    _enough(y, start, season)
    design = _design(n, start, season, harmonics, slope)
    if n - design.shape[1] < 4:
        raise _too_short()
    fit = fit_quasi_poisson(y, design, base)
    lags = int(4 * (n / 100) ** (2 / 9)) if lags is None else int(lags)
    covariances = _covariances(y, design, fit, lags, errors)
    deviate = float(stdtrit(fit.df, 0.5 + level / 2))
    without = design.copy()
    without[:, 2 : 4 if slope else 3] = 0
    expected = base * np.exp(without @ fit.coefficients)
    spread = [np.sum((without @ c) * without, axis=1) for c in covariances]
    band = np.exp(deviate * np.sqrt(np.max(spread, axis=0)))

    def effect(weights: NDArray[np.float64], value: float) -> Effect:
        variance = max(float(weights @ c @ weights) for c in covariances)
        return _effect(value, np.sqrt(variance), deviate, fit.df)

    unit = np.eye(design.shape[1])
    after = np.arange(n) >= start
    total, untouched = fit.fitted[after].sum(), expected[after].sum()
    # The gradient of log(total / untouched), by the delta method.
    gradient = (
        fit.fitted[after] @ design[after] / total
        - expected[after] @ without[after] / untouched
    )
    whole = effect(gradient, np.log(total / untouched))
    seen = float(y[after].sum())
    return InterruptedSeries(
        level=effect(unit[2], fit.coefficients[2]),
        slope=effect(unit[3], fit.coefficients[3]) if slope else None,
        whole=whole,
        prevented=seen / whole.ratio - seen,
        prevented_lower=seen / whole.upper - seen,
        prevented_upper=seen / whole.lower - seen if whole.lower else np.inf,
        fitted=fit.fitted,
        expected=expected,
        expected_lower=expected / band,
        expected_upper=expected * band,
        dispersion=fit.dispersion,
        correlation=fit.correlation,
        lags=lags,
        points_before=start,
        points_after=n - start,
        degrees_of_freedom=fit.df,
    )


def _series(
    counts: ArrayLike, exposure: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y = amounts(counts, "counts")
    base = np.ones(len(y)) if exposure is None else amounts(exposure, "exposure")
    if np.isnan(y).any():
        raise Refused(
            t("A count of the series is hidden, so it cannot be followed."),
            remedy=t("Join areas, months or offences until no count is hidden."),
        )
    if base.shape != y.shape or not (base > 0).all():
        raise SafelearnError(
            t("`{name}` takes {n} numbers above zero.", name="exposure", n=len(y))
        )
    return y, base


def _enough(y: NDArray[np.float64], start: int, season: int | None) -> None:
    if not 0 < start < len(y):
        raise SafelearnError(
            t("The start lies outside the series."),
            remedy=t("Give the place of the first point after the start."),
        )
    if min(start, len(y) - start) < FEWEST_POINTS:
        raise _too_short()
    if season and start < 2 * season:
        raise Refused(
            t(
                "The season cannot be told from the trend in less than two years before."
            ),
            remedy=t("Add earlier files, or compare the same months of two years."),
        )
    if y[:start].sum() < FEWEST_EVENTS or not y[start:].any():
        raise Refused(
            t(
                "The series takes twenty events before the start, and one after, to be followed."
            ),
            remedy=t("Take larger areas or a wider group of offences."),
        )


def _too_short() -> Refused:
    return Refused(
        t("A series takes eight points before the start and eight after, or more."),
        remedy=t("Wait, add earlier files, or compare two periods with a control."),
    )


def _design(
    n: int, start: int, season: int | None, harmonics: int, slope: bool
) -> NDArray[np.float64]:
    time = np.arange(n, dtype=float)
    after = (time >= start).astype(float)
    columns = [np.ones(n), (time - start) / n, after]
    if slope:
        columns.append((time - start) * after)
    for wave in range(1, harmonics + 1 if season else 1):
        turn = 2 * np.pi * wave * time / season
        columns += [np.sin(turn), np.cos(turn)]
    return np.column_stack(columns)


def _covariances(
    y: NDArray[np.float64],
    design: NDArray[np.float64],
    fit: QuasiPoissonFit,
    lags: int,
    errors: str,
) -> list[NDArray[np.float64]]:
    """The covariances among which each effect takes the one that gives it the larger error."""
    bread = np.linalg.inv(design.T @ (design * fit.fitted[:, None]))
    scores = design * (y - fit.fitted)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (across + across.T)
    newey_west = bread @ middle @ bread * len(y) / fit.df
    rho = fit.correlation
    model = fit.covariance * (1 + rho) / (1 - rho)
    choices = {
        "newey-west": [newey_west],
        "model": [fit.covariance],
        "robust": [newey_west, model],
    }
    if errors not in choices:
        raise SafelearnError(
            t(
                "`{name}` is none of {choices}.",
                name="errors",
                choices=", ".join(choices),
            )
        )
    return choices[errors]


def _effect(value: float, error: float, deviate: float, df: int) -> Effect:
    from scipy.special import stdtr

    half = deviate * error
    score = abs(value) / error if error > 0 else np.inf
    return Effect(
        ratio=float(np.exp(value)),
        lower=float(np.exp(value - half)),
        upper=float(np.exp(value + half)),
        p_value=float(2 * stdtr(df, -score)),
        log_standard_error=float(error),
    )
