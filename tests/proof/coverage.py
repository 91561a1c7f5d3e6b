"""Intervals hold what they promise, in cities that do not follow the formulas they are made from.

Each condition is a truth, known here and drawn first: risks that are lognormal and not gamma, events that come
in series, months whose risk wanders. Each is drawn many times, and the share of intervals that hold the truth
is written down. It fails below the least that we accept where 95 % are promised; where the truth is that
nothing differs, it fails if a difference is announced more often than we accept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from safelearn.diagnosis.seasons import seasonal_index
from safelearn.diagnosis.trends import change_between, monthly_series, moving_mean
from safelearn.estimates.empirical_bayes import empirical_bayes_interval
from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.estimates.rates import direct_standardisation

#: Least share of intervals that hold the truth, where 95 % are promised.
LEAST = 0.92
#: Largest share of false alarms, where 5 % are promised.
MOST = 0.07
MONTHS = 60
Rng = np.random.Generator


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Draw each condition `size` times."""
    conditions = _conditions()
    tried: dict[str, int] = {}
    failed: list[str] = []
    found: dict[str, float] = {}
    for done, (name, draw) in enumerate(conditions.items()):
        rng = np.random.default_rng([2_026, done])
        share = float(np.mean([draw(rng) for _ in range(size)]))
        tried[name] = size
        found[name] = round(share, 4)
        # Three standard errors, so that a small run does not fail by chance.
        slack = 3 * np.sqrt(0.05 * 0.95 / size)
        alarm = name.endswith("false alarm")
        if alarm and share > MOST + slack:
            failed.append(f"{name}: {share:.1%} of the draws, at most {MOST:.0%}")
        if not alarm and share < LEAST - slack:
            failed.append(f"{name}: {share:.1%} hold the truth, at least {LEAST:.0%}")
        progress(done + 1, len(conditions))
    return {"tried": tried, "failed": failed, "share": found}


def _conditions() -> dict[str, Callable[[Rng], float]]:
    """Name -> one draw: the share of its intervals that hold the truth, or whether it is a false alarm."""
    made: dict[str, Callable[[Rng], float]] = {}
    for mean in (0.5, 2, 8, 40):
        made[f"byar, {mean:g} events expected"] = lambda rng, m=mean: _byar(rng, m)
    for share in (0.02, 0.3, 0.9):
        made[f"wilson, {share:.0%} of 60"] = lambda rng, p=share: _wilson(rng, p)
    for between in (0.0, 0.3, 0.8):
        for areas, events in ((20, 5), (60, 20)):
            name = f"empirical Bayes, {areas} areas, {events} events, variation {between:g}"
            made[name] = lambda rng, b=between, a=areas, e=events: _smoothed(
                rng, b, a, e
            )
    made["direct standardisation"] = _standardised
    for name, draw in SERIES.items():
        made[f"change, {name}"] = lambda rng, d=draw: _change(rng, d, -0.1)
        made[f"change, {name}, false alarm"] = lambda rng, d=draw: _verdict(rng, d)
        made[f"moving mean, {name}"] = lambda rng, d=draw: _mean(rng, d)
        made[f"season, {name}, false alarm"] = lambda rng, d=draw: _season(rng, d)
    return made


# ---- rates and shares -----------------------------------------------------------------------------------------


def _byar(rng: Rng, mean: float) -> float:
    found = byar_interval(rng.poisson(mean, 40))
    return float(np.mean((found.lower <= mean) & (mean <= found.upper)))


def _wilson(rng: Rng, share: float) -> float:
    found = wilson_interval(rng.binomial(60, share, 40), np.full(40, 60))
    return float(np.mean((found.lower <= share) & (share <= found.upper)))


def _smoothed(rng: Rng, between: float, areas: int, events: float) -> float:
    people = np.exp(rng.uniform(0, 3, areas))
    people *= 1_000 / people.mean()
    sigma = np.sqrt(np.log1p(between**2))
    risk = events / 1_000 * np.exp(rng.normal(-(sigma**2) / 2, sigma, areas))
    found = empirical_bayes_interval(rng.poisson(risk * people), people)
    return float(np.mean((found.lower <= risk) & (risk <= found.upper)))


def _standardised(rng: Rng) -> float:
    people = rng.uniform(300, 20_000, (40, 7))
    risk = rng.lognormal(-6.5, 0.8, (40, 7))
    standard = np.array([12, 16, 15, 14, 13, 11, 9.0])
    truth = risk @ standard / standard.sum()
    found = direct_standardisation(rng.poisson(people * risk), people, standard)
    return float(np.mean((found.lower <= truth) & (truth <= found.upper)))


# ---- monthly series -------------------------------------------------------------------------------------------


def _lognormal(rng: Rng, mean: np.ndarray) -> np.ndarray:
    return rng.poisson(mean * rng.lognormal(-0.02, 0.2, len(mean)))


def _in_series(rng: Rng, mean: np.ndarray) -> np.ndarray:
    """Each event begins a series, spread over the following weeks and into the next month."""
    out = np.zeros(len(mean) + 3)
    for month, expected in enumerate(mean):
        sizes = 1 + rng.poisson(1.5, rng.poisson(expected / 2.5))
        begin = np.repeat(rng.random(len(sizes)), sizes)
        when = month + begin + rng.exponential(0.2, len(begin))
        np.add.at(out, np.minimum(when.astype(int), len(mean) + 2), 1)
    return out[: len(mean)]


def _wandering(rng: Rng, mean: np.ndarray) -> np.ndarray:
    """A risk that stays high, or low, for some months."""
    mood = np.zeros(len(mean))
    for month in range(1, len(mean)):
        mood[month] = 0.4 * mood[month - 1] + rng.normal(0, 0.1)
    return rng.poisson(mean * np.exp(mood))


SERIES = {
    "lognormal months": _lognormal,
    "events in series": _in_series,
    "wandering risk": _wandering,
}
YEARS = ("2022-01", "2022-12"), ("2023-01", "2023-12")


def _months(rng: Rng, draw: Callable, slope: float, season: float) -> tuple:
    months = pd.period_range("2019-01", periods=MONTHS, freq="M")
    days = months.days_in_month.to_numpy()
    time = np.arange(MONTHS)
    mean = 80 * days / 30.4375 * np.exp(slope * time / 12)
    mean = mean * np.exp(season * np.cos(2 * np.pi * time / 12))
    counts = pd.DataFrame({"month": months.astype("str"), "n": draw(rng, mean)})
    return monthly_series(counts), mean, days


def _change(rng: Rng, draw: Callable, slope: float) -> float:
    series, mean, days = _months(rng, draw, slope, 0.2)
    found = change_between(series, *YEARS)
    before, after = (
        mean[y].sum() / days[y].sum() for y in (slice(36, 48), slice(48, 60))
    )
    return float(found.lower <= after / before <= found.upper)


def _verdict(rng: Rng, draw: Callable) -> float:
    series, _, _ = _months(rng, draw, 0.0, 0.2)
    return float(change_between(series, *YEARS).verdict != "no clear change")


def _mean(rng: Rng, draw: Callable) -> float:
    series, mean, _ = _months(rng, draw, -0.1, 0.2)
    last = moving_mean(series).iloc[-1]
    return float(last["lower"] <= mean[-12:].mean() <= last["upper"])


def _season(rng: Rng, draw: Callable) -> float:
    series, _, _ = _months(rng, draw, -0.1, 0.0)
    return float(seasonal_index(series).clear)
