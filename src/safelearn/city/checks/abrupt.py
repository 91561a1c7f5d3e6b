"""Did one offence change from one month to the next, and stay so? In: events by month. Out: candidates.

Crime moves, but seldom in one month, for good, and of one kind alone. Where records do that, the way of recording
may have changed: a new code, a new form, reports online. This is suggested to the analyst, who may know, and never
asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safelearn.city.checks.monthly import Monthly

#: Months on each side, and those nearest to the cut.
_YEAR, _NEAR = 12, 3
#: A change by a third or by a half more; standard errors; events a month on the larger side.
_RATIO, _ERRORS, _LEAST = 1.5, 6.0, 5.0


@dataclass(frozen=True)
class Jump:
    """A month from which one offence is recorded otherwise than before.

    Attributes
    ----------
    offence : str
        Label.
    month : str
        The first month after the change.
    ratio : float
        Events of the year after, over those of the year before.
    """

    offence: str
    month: str
    ratio: float


def jumps(counts: Monthly, covered: np.ndarray) -> list[Jump]:
    """Find offences that changed at once.

    Parameters
    ----------
    counts : Monthly
    covered : ndarray of bool
        Months that are covered whole.

    Notes
    -----
    A year before and a year after each month, so that seasons cancel. The offence must change by half or a third
    both in number and compared with the rest of the city; by more than six standard errors, with its own
    dispersion; as much in the three months beside the cut; and neither year may itself move half as far.
    """
    found = []
    for label, series in zip(counts.offences, counts.by_offence, strict=True):
        best = None
        rest = counts.total - series
        for cut in range(_YEAR, len(series) - _YEAR + 1):
            if not covered[cut - _YEAR : cut + _YEAR].all():
                continue
            z, ratio = _step(series, rest, cut)
            if abs(z) > _ERRORS and (best is None or abs(z) > abs(best[0])):
                best = (z, ratio, cut)
        if best is not None:
            found.append(Jump(label, counts.months[best[2]], float(best[1])))
    return found


def _step(series: np.ndarray, rest: np.ndarray, cut: int) -> tuple[float, float]:
    before, after = series[cut - _YEAR : cut], series[cut : cut + _YEAR]
    a, b = before.sum(), after.sum()
    if max(a, b) < _LEAST * _YEAR or min(a, b) == 0:
        return 0.0, 1.0
    own = np.log(b / a)
    elsewhere = rest[cut : cut + _YEAR].sum(), rest[cut - _YEAR : cut].sum()
    compared = own - np.log(elsewhere[0] / elsewhere[1]) if min(elsewhere) > 0 else own
    near = np.log((after[:_NEAR].sum() + 0.5) / (before[-_NEAR:].sum() + 0.5))
    least = np.log(_RATIO)
    together = np.sign(own) == np.sign(compared) == np.sign(near)
    if not together or min(abs(own), abs(compared), abs(near)) < least:
        return 0.0, 1.0
    if any(abs(_drift(part)) > abs(own) / 2 for part in (before, after)):
        return 0.0, 1.0
    spread = max(1.0, *(p.var(ddof=1) / p.mean() for p in (before, after)))
    return float(compared / np.sqrt(spread * (1 / a + 1 / b))), float(b / a)


def _drift(year: np.ndarray) -> float:
    """How far one half of a year lies from the other."""
    half = len(year) // 2
    return float(np.log((year[half:].sum() + 0.5) / (year[:half].sum() + 0.5)))
