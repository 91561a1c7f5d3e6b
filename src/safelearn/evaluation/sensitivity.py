"""How far may a benefit-cost ratio be believed? Its inputs with their limits go in, a distribution comes out.

Effects, prices and costs are all uncertain. They are drawn many times, from a stated seed, and the ratio is worked out
each time: its interval, the share of draws above 1, and which input moves it most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.money import END, GREEN_BOOK_RATE, START, present_value
from safelearn.language import t

NEEDS = frozenset({"table:unit_costs"})
DRAWS, SEED = 10_000, 26
#: Rates at which the ratio is shown beside the one chosen.
RATES = (0.0, 0.015, 0.035, 0.07, 0.10)
EFFECT, PRICES, COST = "effect", "unit costs", "programme cost"


@dataclass(frozen=True)
class Range:
    """A value with its 95 % limits; without them it is taken as known."""

    value: float
    lower: float = float("nan")
    upper: float = float("nan")

    @property
    def known(self) -> bool:
        """Whether it has no limits, or both at the value."""
        return not any(abs(self.value - x) > 0 for x in (self.lower, self.upper))

    def at(self, deviate: NDArray[np.float64]) -> NDArray[np.float64]:
        """The value at standard normal deviates.

        Notes
        -----
        Two halves of a normal distribution joined at the value, so that both limits come back whatever their
        distance: half of the draws below the value, 2.5 % below the lower limit, 2.5 % above the upper one.
        """
        down, up = (
            0.0 if np.isnan(limit) else abs(self.value - limit) / 1.959964
            for limit in (self.lower, self.upper)
        )
        return self.value + deviate * np.where(deviate < 0, down, up)


@dataclass(frozen=True)
class Sensitivity:
    """The distribution of a benefit-cost ratio.

    Attributes
    ----------
    ratio : float
        With every input at its value.
    lower, upper : float
        95 % of the draws lie between them.
    share_above_one : float
        Share of draws in which benefits exceed costs.
    break_even : float
        By how much the benefits could be multiplied until they only just pay: 0.5 if half would do.
    net, net_lower, net_upper : float
        Benefits less costs.
    by_rate : DataFrame
        ``rate`` and ``ratio``.
    drivers : DataFrame
        ``input`` and ``share`` of the ratio's spread that goes with it; they add up to 1.
    ratios : ndarray
        All draws.
    draws, seed : int
    """

    ratio: float
    lower: float
    upper: float
    share_above_one: float
    break_even: float
    net: float
    net_lower: float
    net_upper: float
    by_rate: pd.DataFrame
    drivers: pd.DataFrame
    ratios: NDArray[np.float64]
    draws: int
    seed: int


def ratio_sensitivity(
    averted: Mapping[str, Range],
    prices: Mapping[str, Range],
    cost: Range,
    *,
    years: int = 1,
    rate: float = GREEN_BOOK_RATE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Sensitivity:
    """Draw a benefit-cost ratio from what is known of its inputs. Serves draft:26(f)(iii).6.

    Parameters
    ----------
    averted : mapping of str to Range
        Cases averted **a year**, by offence; a negative number is harm done.
    prices : mapping of str to Range
        Cost of a case by the same offences, one currency and price year (`unit_costs.unit_costs`).
    cost : Range
        Of the measure **a year**, in the same money.
    years : int
        How many years it runs. Costs fall at the start of a year, benefits at its end; nothing lasts longer.
    rate : float
        Real discount rate.
    draws, seed : int
        The same seed gives the same numbers on every machine.

    Returns
    -------
    Sensitivity

    Raises
    ------
    Refused
        If an offence has no price, or no effect has an interval: a ratio without one would look certain.

    Notes
    -----
    Effects are drawn apart; all prices move together, because a study that values one harm too high values others too
    high. ``drivers`` are squared rank correlations of inputs and ratio, scaled to one: Saltelli and others (2008),
    Global Sensitivity Analysis, chapter 1. With 10,000 draws a share is exact to one point in a hundred.
    """
    absent = [code for code in averted if code not in prices]
    if absent or not averted:
        raise Refused(
            t("An effect without a unit cost cannot be counted in money."),
            remedy=t("Give each offence a price, or leave it out and say so."),
        )
    if all(np.isnan(effect.lower) for effect in averted.values()):
        raise Refused(
            t("The effect has no interval, so nobody can say how sure the ratio is."),
            remedy=t("Estimate the effect with a design that gives one."),
        )
    if cost.value <= 0 or years < 1 or draws < 100:
        raise SafelearnError(
            t("A ratio needs a cost above zero, a year or more and 100 draws or more.")
        )
    late, soon = (
        present_value(np.ones(years), rate, timing=when) for when in (END, START)
    )
    rng = np.random.default_rng(seed)
    effects = {code: rng.standard_normal(draws) for code in averted}
    price, paid = rng.standard_normal(draws), rng.standard_normal(draws)
    gained = sum(
        averted[code].at(effects[code]) * np.maximum(prices[code].at(price), 0)
        for code in averted
    )
    spent = np.maximum(cost.at(paid), 1e-9 * cost.value)
    ratios = gained * late / (spent * soon)
    net = gained * late - spent * soon
    point = sum(averted[code].value * prices[code].value for code in averted)
    ratio = point * late / (cost.value * soon)
    effect = sum(effects[code] * _weight(averted, prices, code) for code in averted)
    known = all(prices[code].known for code in averted)
    inputs = {
        EFFECT: effect,
        PRICES: price * (not known),
        COST: paid * (not cost.known),
    }
    return Sensitivity(
        ratio=float(ratio),
        lower=float(np.quantile(ratios, 0.025)),
        upper=float(np.quantile(ratios, 0.975)),
        share_above_one=float((ratios > 1).mean()),
        break_even=float(1 / ratio) if ratio > 0 else float("nan"),
        net=float(point * late - cost.value * soon),
        net_lower=float(np.quantile(net, 0.025)),
        net_upper=float(np.quantile(net, 0.975)),
        by_rate=_by_rate(point, cost.value, years, rate),
        drivers=_drivers(inputs, ratios),
        ratios=ratios,
        draws=draws,
        seed=seed,
    )


def _weight(
    averted: Mapping[str, Range], prices: Mapping[str, Range], code: str
) -> float:
    """How much an offence's effect moves the sum: its spread in money."""
    width = averted[code].upper - averted[code].lower
    return 0.0 if np.isnan(width) else float(width * prices[code].value)


def _by_rate(benefit: float, cost: float, years: int, rate: float) -> pd.DataFrame:
    rows = []
    for r in sorted({*RATES, rate}):
        late, soon = (
            present_value(np.ones(years), r, timing=when) for when in (END, START)
        )
        rows.append({"rate": r, "ratio": benefit * late / (cost * soon)})
    return pd.DataFrame(rows)


def _drivers(
    inputs: Mapping[str, NDArray[np.float64]], ratios: NDArray[np.float64]
) -> pd.DataFrame:
    ranked = pd.Series(ratios).rank()
    squared = {}
    for name, values in inputs.items():
        r = pd.Series(values).rank().corr(ranked) if np.ptp(values) > 0 else 0.0
        squared[name] = r**2
    whole = sum(squared.values())
    return pd.DataFrame(
        {
            "input": list(squared),
            "share": [v / whole if whole else float("nan") for v in squared.values()],
        }
    )
