"""Was the money well spent, and who gained? Flows of money and effects with intervals go in; ratios come out.

Present values make years comparable, a benefit-cost ratio sets what was gained against what was paid, the cost of a
case averted needs no price for harm, and the gains are split by who has them. Nothing here knows a price: unit costs
come from `unit_costs` with their country, year and currency, and how much a ratio may move is `sensitivity`'s work.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.inputs import amounts
from safelearn.language import t

NEEDS = frozenset({"table:unit_costs"})
#: The Green Book's discount rate, in real terms, for the first 30 years.
GREEN_BOOK_RATE = 0.035
#: How fast money matters less to those who have more: the Green Book's elasticity of marginal utility.
ELASTICITY = 1.3
END, START = "end", "start"


@dataclass(frozen=True)
class BenefitCost:
    """What was gained against what was paid, both at their present value.

    Attributes
    ----------
    ratio : float
        Benefits over costs; above 1, more was gained than paid.
    net : float
        Benefits less costs.
    benefits, costs : float
    """

    ratio: float
    net: float
    benefits: float
    costs: float


@dataclass(frozen=True)
class CostPerCase:
    """Cost of a case averted.

    Attributes
    ----------
    cost : float
    lower, upper : float
        `upper` is infinite where the effect's interval reaches zero: perhaps nothing was averted.
    """

    cost: float
    lower: float
    upper: float


def present_value(flows: ArrayLike, rate: float, *, timing: str = END) -> float:
    """What a row of yearly amounts is worth today. Serves draft:26(f)(iii).6.

    Parameters
    ----------
    flows : array_like
        One amount a year, in prices of one year (without inflation); negative ones are paid.
    rate : float
        Real discount rate a year, 0.035 for 3.5 %.
    timing : {"end", "start"}
        Whether amounts fall at the end of each year (the first is a year away) or at its start (the first is today).

    Returns
    -------
    float

    Raises
    ------
    SafelearnError
        If an amount is missing, or the rate is given in percent.

    Notes
    -----
    Sum of flow_t / (1 + rate)^t: HM Treasury, The Green Book, annex on discounting.

    Examples
    --------
    >>> round(present_value([1, 1, 1, 1, 1], 0.035), 6)
    4.515052
    >>> round(present_value([1, 1, 1, 1, 1], 0.035, timing="start"), 6)
    4.673079
    """
    if timing not in (END, START):
        raise ValueError(f"timing is 'end' or 'start', not {timing!r}")
    if not -0.5 < rate < 0.5:
        raise SafelearnError(
            t("The discount rate {rate} is no rate a year.", rate=str(rate)),
            remedy=t("Write 3.5 % as 0.035."),
        )
    amount = np.atleast_1d(np.asarray(flows, dtype=float))
    if not np.isfinite(amount).all():
        raise SafelearnError(
            t("An amount of a year is missing, so the years cannot be added up."),
            remedy=t("Write 0 where nothing is paid or gained."),
        )
    years = np.arange(len(amount)) + (timing == END)
    return float((amount / (1 + rate) ** years).sum())


def benefit_cost(
    benefits: ArrayLike,
    costs: ArrayLike,
    *,
    rate: float = GREEN_BOOK_RATE,
    timing: str = START,
) -> BenefitCost:
    """Benefits over costs at their present value. Serves draft:26(f)(iii).6.

    Parameters
    ----------
    benefits, costs : array_like
        One amount a year each, or one number; same currency and same price year.
    rate, timing
        As in `present_value`.

    Returns
    -------
    BenefitCost

    Raises
    ------
    Refused
        If nothing was paid.

    Examples
    --------
    Fifty robberies averted, at 11,320 each, for 200,000:

    >>> found = benefit_cost(50 * 11_320, 200_000)
    >>> round(found.ratio, 2), found.net
    (2.83, 366000.0)
    """
    gained, paid = (present_value(x, rate, timing=timing) for x in (benefits, costs))
    if paid <= 0:
        raise Refused(
            t("Without a cost there is no ratio of benefits to costs."),
            remedy=t("Write down what was spent, own staff and buildings included."),
        )
    return BenefitCost(gained / paid, gained - paid, gained, paid)


def cost_per_case_averted(
    cost: float | Sequence[float], averted: Sequence[float]
) -> CostPerCase:
    """What one averted case cost, with the interval that its effect gives. Serves draft:26(f)(iii).6.

    Parameters
    ----------
    cost : number or (value, lower, upper)
        What the measure cost, over the time in which the cases were averted.
    averted : (value, lower, upper)
        Cases averted, positive if there are fewer, with a 95 % interval from a comparison.

    Returns
    -------
    CostPerCase

    Raises
    ------
    Refused
        If no cases were averted by the point estimate.

    Notes
    -----
    Limits of a ratio recovered from the limits of its parts (MOVER), which needs no symmetry: Donner, A. and Zou, G. Y.
    (2012), Statistical Methods in Medical Research 21:347. For symmetric limits it is Fieller's theorem; for a known
    cost, cost over the limits of the effect. Where the effect's interval holds zero the ratio has no upper limit, and
    none is made up.

    Examples
    --------
    >>> cost_per_case_averted(200_000, (50, 20, 80))
    CostPerCase(cost=4000.0, lower=2500.0, upper=10000.0)
    >>> cost_per_case_averted(200_000, (50, -10, 110)).upper
    inf
    """
    paid, low, high = (cost, cost, cost) if np.ndim(cost) == 0 else cost
    effect, least, most = averted
    values = [paid, low, high, effect, least, most]
    if not np.isfinite(values).all() or paid <= 0 or low < 0:
        raise SafelearnError(
            t("The cost of a case needs a cost and an effect, each with its limits."),
            remedy=t("Give the effect with its interval; without one nothing is said."),
        )
    if effect <= 0:
        raise Refused(
            t("No cases were averted, so there is no cost of a case averted."),
            remedy=t("Say what was spent and that no effect was seen."),
        )
    product = paid * effect
    top = low * (2 * paid - low)
    inside = product**2 - top * most * (2 * effect - most)
    lower = top / (product + math.sqrt(max(inside, 0.0)))
    if least <= 0:
        return CostPerCase(paid / effect, lower, math.inf)
    below = least * (2 * effect - least)
    inside = product**2 - high * (2 * paid - high) * below
    upper = (product + math.sqrt(max(inside, 0.0))) / below
    return CostPerCase(paid / effect, lower, upper)


def gains_by_group(
    gains: pd.DataFrame, *, elasticity: float = ELASTICITY
) -> pd.DataFrame:
    """Who has the gains, a head, and against their share of the residents. Serves draft:26(f)(iii).6, draft:11.

    Parameters
    ----------
    gains : DataFrame
        ``group``, ``residents``, ``gain`` in money with ``lower`` and ``upper``, for groups that do not overlap (areas,
        quarters by income, women and men); ``income`` a head, optional.
    elasticity : float
        Of the weights by income.

    Returns
    -------
    DataFrame
        ``group``, ``residents``, ``gain``, ``lower``, ``upper``; ``a_head`` with ``a_head_lower`` and
        ``a_head_upper``; ``resident_share``, ``gain_share`` (missing where gains and losses cancel out) and
        ``verdict``: more, less or no clear difference a head than all others together; ``weight`` and
        ``weighted_gain`` if incomes are known.

    Raises
    ------
    SafelearnError
        If a group stands there twice, or one has no residents.

    Notes
    -----
    A group's gain a head less everybody else's, with the limits of independent parts added in squares (Zou and Donner
    2008, Statistics in Medicine 27:1693). Weight = (mean income / the group's)^elasticity: HM Treasury, The Green Book,
    annex on distributional appraisal. A sum of gains hides that one quarter may pay for another's safety.
    """
    needed = ["group", "residents", "gain", "lower", "upper"]
    out = gains[[*needed, *(c for c in ["income"] if c in gains)]].copy()
    people = amounts(out["residents"], "residents")
    if out["group"].duplicated().any() or not (people > 0).all():
        raise SafelearnError(
            t("Gains are split between groups that stand there once, with residents."),
            remedy=t("Use groups that do not overlap, and leave empty ones out."),
        )
    for ending, column in (("", "gain"), ("_lower", "lower"), ("_upper", "upper")):
        out[f"a_head{ending}"] = out[column] / people
    whole = float(out["gain"].sum())
    out["resident_share"] = people / people.sum()
    same_sign = (out["gain"] >= 0).all() and whole > 0
    out["gain_share"] = out["gain"] / whole if same_sign else math.nan
    out["verdict"] = [_beside_others(out, people, k) for k in range(len(out))]
    if "income" in out:
        mean = float((people * out["income"]).sum() / people.sum())
        out["weight"] = (mean / out["income"]) ** elasticity
        out["weighted_gain"] = out["weight"] * out["gain"]
    return out.reset_index(drop=True)


def _beside_others(out: pd.DataFrame, people: np.ndarray, k: int) -> str:
    rest = np.arange(len(out)) != k
    if not rest.any():
        return "no clear difference"
    gain, low, high = (out[c].to_numpy(float) for c in ("gain", "lower", "upper"))
    others = people[rest].sum()
    here = gain[k] / people[k], gain[rest].sum() / others
    down = (gain[k] - low[k]) / people[k], _squares(high - gain, rest) / others
    up = (high[k] - gain[k]) / people[k], _squares(gain - low, rest) / others
    d = here[0] - here[1]
    if d - math.hypot(*down) > 0:
        return "more"
    return "less" if d + math.hypot(*up) < 0 else "no clear difference"


def _squares(half: np.ndarray, rows: np.ndarray) -> float:
    return float(np.sqrt((half[rows] ** 2).sum()))
