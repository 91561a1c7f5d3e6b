"""Does money go where need is? Amounts and a measure of need by area go in, how they go together comes out.

Serves draft:21, draft:26(f)(ii).11 and draft:26(f)(iii).2: it takes budget lines, the winners of a participatory budget
or anything else that is given to areas. It says how money and need go together, not why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.estimates.quasi_poisson import fit_quasi_poisson
from safelearn.language import t

NEEDS = frozenset({"population", "place:area"})
FEWEST = 10
#: A ratio that may be a million either way, in logarithms: all the money lies at one end of need, or in one area.
_NO_ESTIMATE = math.log(1e6)
LESS, MORE, ALIKE = (
    "less where need is greater",
    "more where need is greater",
    "no clear pattern",
)


@dataclass(frozen=True)
class Allocation:
    """How money a head and need go together.

    Attributes
    ----------
    ratio, lower, upper : float
        Money a head with one standard deviation more need, over money a head without; below 1, less money goes where
        need is greater. 95 % interval.
    verdict : str
        `LESS`, `MORE` or `ALIKE`.
    fifths : DataFrame
        ``fifth`` (1 has the least need), ``areas``, ``residents``, ``amount``, ``a_head``: areas in order of need, cut
        where residents reach a fifth.
    areas : int
        Areas with a measure of need.
    without_need : int
        Areas left out because their need is not known.
    nothing : int
        Areas to which nothing went.
    """

    ratio: float
    lower: float
    upper: float
    verdict: str
    fifths: pd.DataFrame
    areas: int
    without_need: int
    nothing: int


def allocation(table: pd.DataFrame) -> Allocation:
    """Money a head by area against need. Serves draft:26(f)(iii).2 and draft:26(f)(ii).11.

    Parameters
    ----------
    table : DataFrame
        ``area_id``, ``amount`` (0 where nothing went), ``residents`` and ``need`` (any scale, more is greater; missing
        where it is not known), one row an area.

    Returns
    -------
    Allocation

    Raises
    ------
    Refused
        With fewer than 10 areas whose need is known, need that does not differ, or money in so few areas that no
        estimate is possible.

    Notes
    -----
    Log-linear regression of amounts on standardised need with residents as exposure (Poisson pseudo-maximum likelihood,
    which keeps areas with nothing: Santos Silva and Tenreyro 2006, Review of Economics and Statistics 88:641), with the
    HC3 interval (MacKinnon and White 1985, Journal of Econometrics 29:305) on Student's t. Areas are taken as draws
    from what the city's rules would give.
    """
    people = table["residents"].astype(float)
    used = table[table["need"].notna() & (people > 0)]
    need = used["need"].to_numpy(float)
    if len(used) < FEWEST or not np.ptp(need) > 0:
        raise Refused(
            t("Too few areas with a known need to say whether money follows it."),
            remedy=t("Add figures on housing, work or harm by area."),
        )
    amount = used["amount"].fillna(0).to_numpy(float)
    residents = used["residents"].to_numpy(float)
    if not amount.sum() > 0:
        raise Refused(
            t("No money is written down by area."),
            remedy=t("Give the lines of the budget the area that they are for."),
        )
    mean = np.average(need, weights=residents)
    spread = math.sqrt(np.average((need - mean) ** 2, weights=residents))
    log, half = _slope(amount, residents, (need - mean) / spread)
    if (amount > 0).sum() < 2 or not abs(log) + half < _NO_ESTIMATE:
        raise Refused(
            t("Money went to too few areas to say whether it follows need."),
            remedy=t("Look at what each fifth of residents gets."),
        )
    low, high = math.exp(log - half), math.exp(log + half)
    return Allocation(
        ratio=math.exp(log),
        lower=low,
        upper=high,
        verdict=LESS if high < 1 else MORE if low > 1 else ALIKE,
        fifths=fifths(amount, residents, need),
        areas=len(used),
        without_need=len(table) - len(used),
        nothing=int((amount == 0).sum()),
    )


def _slope(
    amount: NDArray[np.float64],
    residents: NDArray[np.float64],
    z: NDArray[np.float64],
) -> tuple[float, float]:
    """The coefficient of need and half its interval."""
    from scipy.stats import t as student

    design = np.column_stack([np.ones(len(z)), z])
    # The fit knows no unit of money: amounts of 100 on average are neither tiny nor huge.
    scaled = amount / amount.mean() * 100
    fit = fit_quasi_poisson(scaled, design, residents / residents.mean())
    bread = np.linalg.inv(design.T @ (design * fit.fitted[:, None]))
    leverage = fit.fitted * np.einsum("ij,jk,ik->i", design, bread, design)
    pull = (scaled - fit.fitted) / (1 - leverage)
    meat = design.T @ (design * (pull**2)[:, None])
    error = math.sqrt((bread @ meat @ bread)[1, 1])
    return float(fit.coefficients[1]), float(student.ppf(0.975, fit.df) * error)


def fifths(
    amount: NDArray[np.float64],
    residents: NDArray[np.float64],
    need: NDArray[np.float64],
) -> pd.DataFrame:
    """Money a head in each fifth of residents, those with least need first (see `Allocation`)."""
    order = np.argsort(need, kind="stable")
    middle = np.cumsum(residents[order]) - residents[order] / 2
    fifth = np.minimum((5 * middle / residents.sum()).astype(int), 4) + 1
    frame = pd.DataFrame(
        {
            "fifth": fifth,
            "areas": 1,
            "residents": residents[order],
            "amount": amount[order],
        }
    )
    out = frame.groupby("fifth", as_index=False).sum()
    return out.assign(a_head=out["amount"] / out["residents"])
