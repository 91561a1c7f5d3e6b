"""Who uses a street more, who less, since its hours were changed, and were those who trade there harmed?

Counts of people on the street of a trial and on a street like it, before and during, go in; for each kind of user the
change against the like street comes out with its interval. For traders the burden of proof is turned round: the trial
has to show that they were not driven away, not they that they were (draft:26(f)(ii).5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation.comparison import before_after_control
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()
TRADERS = "traders"
#: The loss of traders against the like street at which a trial stops, proven or not.
LOSS = 0.15
#: Fewer seen in all, before or on the like street, and nothing is said.
FEWEST = 16
MORE, FEWER, UNCLEAR, TOO_FEW = "more", "fewer", "no clear change", "too few"
HARM, OPEN, NO_SIGN, NOT_KNOWN = (
    "harm",
    "harm not ruled out",
    "no sign of harm",
    "not known",
)
_CELLS = (
    ("trial", "before"),
    ("trial", "during"),
    ("like", "before"),
    ("like", "during"),
)


@dataclass(frozen=True)
class StreetTrial:
    """What changed on the street of a trial.

    Attributes
    ----------
    changes : DataFrame
        One row a kind of user, in the order of the counts: `seen`, `trial_before`, `trial_during`, `like_before`,
        `like_during` (sums of all counts), `ratio`, `lower`, `upper`, `dispersion` and `found` (``more``, ``fewer``,
        ``no clear change``, ``too few``).
    traders : str
        ``harm`` (they fell by more than 15 in a hundred against the like street), ``harm not ruled out`` (the
        interval holds such a fall), ``no sign of harm``, or ``not known`` (too few, or nobody counted them).
    """

    changes: pd.DataFrame
    traders: str

    @property
    def goes_on(self) -> bool:
        """Whether the counts of traders alone would let the trial go on."""
        return self.traders in (OPEN, NO_SIGN)


def street_trial(counts: pd.DataFrame) -> StreetTrial:
    """Compare the counts on two streets. Serves draft:26(f)(ii).5.

    Parameters
    ----------
    counts : DataFrame
        One row a count: `seen` (women, men, children, traders ...), `street` (``trial`` or ``like``), `when`
        (``before`` or ``during``), `n`.

    Raises
    ------
    Refused
        If a kind of user was not counted on both streets, before and during, as often on the one as on the other.

    Notes
    -----
    The ratio of ratios of `comparison.before_after_control`. Counts on a street vary more than chance alone would have
    it (weather, pay day), so the interval is widened by the Pearson dispersion between counts of the same street and
    period, at least 1; with one count each it is not known and the interval is too narrow. The limit of 15 in a hundred
    is this library's choice: a trial can be undone, a livelihood cannot.

    Examples
    --------
    >>> rows = [("traders", s, w, n) for s, w, n in
    ...         [("trial", "before", 40), ("trial", "during", 20), ("like", "before", 40), ("like", "during", 42)]]
    >>> found = street_trial(pd.DataFrame(rows, columns=["seen", "street", "when", "n"]))
    >>> round(float(found.changes["ratio"][0]), 2), found.traders
    (0.48, 'harm')
    """
    lines = [_one(str(seen), rows) for seen, rows in counts.groupby("seen", sort=False)]
    changes = pd.DataFrame(lines)
    return StreetTrial(changes, _traders(changes))


def _one(seen: str, rows: pd.DataFrame) -> dict[str, object]:
    cells = {
        cell: rows.loc[
            (rows["street"] == cell[0]) & (rows["when"] == cell[1]), "n"
        ].to_numpy(float)
        for cell in _CELLS
    }
    for when in ("before", "during"):
        times = {len(cells[street, when]) for street in ("trial", "like")}
        if (
            len(times) > 1
            or 0 in times
            or any(np.isnan(c).any() for c in cells.values())
        ):
            raise Refused(
                t(
                    "{group} were not counted equally often on both streets, before and during.",
                    group=seen,
                ),
                remedy=t(
                    "Count at the same hours on both streets, and write down zeros."
                ),
            )
    sums = {cell: float(found.sum()) for cell, found in cells.items()}
    line: dict[str, object] = {"seen": seen}
    line |= {f"{street}_{when}": n for (street, when), n in sums.items()}
    base = [sums[cell] for cell in _CELLS if cell != ("trial", "during")]
    if min(base) < FEWEST:
        nothing = dict.fromkeys(("ratio", "lower", "upper", "dispersion"), np.nan)
        return line | nothing | {"found": TOO_FEW}
    spread = _dispersion(list(cells.values()))
    change = before_after_control(
        [sums["trial", "before"], sums["trial", "during"]],
        [sums["like", "before"], sums["like", "during"]],
        dispersion=spread,
    )
    found = MORE if change.lower > 1 else FEWER if change.upper < 1 else UNCLEAR
    return line | {
        "ratio": change.ratio,
        "lower": change.lower,
        "upper": change.upper,
        "dispersion": spread,
        "found": found,
    }


def _dispersion(cells: list[np.ndarray]) -> float:
    """Pearson's: how much counts of the same street and period differ, over what chance alone would give."""
    squares = sum(
        float(((c - c.mean()) ** 2).sum() / c.mean()) for c in cells if c.mean() > 0
    )
    free = sum(len(c) - 1 for c in cells if c.mean() > 0)
    return max(1.0, squares / free) if free else 1.0


def _traders(changes: pd.DataFrame) -> str:
    rows = changes[changes["seen"] == TRADERS]
    if rows.empty or rows["found"].iloc[0] == TOO_FEW:
        return NOT_KNOWN
    if rows["ratio"].iloc[0] < 1 - LOSS:
        return HARM
    return OPEN if rows["lower"].iloc[0] < 1 - LOSS else NO_SIGN
