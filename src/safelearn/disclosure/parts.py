"""What may be shown of the parts of a total that another table has already shown?

Counts by district of sexual violence, or by whether a place is known for each offence, go in, with the totals
as they were settled elsewhere; the same counts come out with some missing. A total that is shown stays shown,
so its parts protect each other; the parts of a hidden total are all hidden, zeros included.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.disclosure.slices import thresholds
from safelearn.errors import SafelearnError
from safelearn.language import t


def protect_parts(
    counts: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    within: str,
    count: str = "n",
    least: int = 5,
    sensitive_least: int = 10,
) -> pd.DataFrame:
    """Hide small parts of settled totals, and what would give them away.

    Parameters
    ----------
    counts : DataFrame
        `within`, other keys, and `count`: all parts of each total, zeros included.
    totals : DataFrame
        `within` and `count`, missing where the total is hidden: one of `Protected.totals`.
    within : str
        The key whose categories are split into parts, such as the offence.
    count : str
        Column of counts.
    least, sensitive_least : int
        Smallest count shown, and for sexual offences, domestic violence and victims under 18.

    Returns
    -------
    DataFrame
        `counts` with hidden counts missing and the columns `hidden` and `small` (see `suppression.Protected`).

    Raises
    ------
    SafelearnError
        If shown totals are not the sum of their parts.

    Notes
    -----
    No sum of parts over several categories may be published beside it (no district total over both kinds of
    violence). Hidden parts of one total are at least 1 each and their sum is known, so with m of them it must
    be at least (threshold + m - 2). Where that cannot be had, all parts are hidden, zeros included: then each
    can be anything up to the total.

    Examples
    --------
    >>> cells = pd.DataFrame({"slice": "x", "parent": list("abc"), "n": [2, 30, 40]})
    >>> protect_parts(cells, pd.DataFrame({"slice": ["x"], "n": [72]}), within="slice")["n"].tolist()
    [<NA>, <NA>, 40]
    """
    out = counts.reset_index(drop=True)
    n = out[count].to_numpy(dtype=np.int64)
    limits = thresholds(out.drop(columns=count), least, sensitive_least)
    shown = totals.set_index(totals[within].astype("str"))[count]
    hidden = np.zeros(len(out), dtype=bool)
    for category, rows in out.groupby(out[within].astype("str")).indices.items():
        total = shown.get(category)
        if total is None or pd.isna(total):
            hidden[rows] = True
            continue
        if int(total) != n[rows].sum():
            raise SafelearnError(
                t("Parts do not add up to their total."),
                where=f"{within} {category}",
                remedy=t("Count the parts of the same events as the total."),
            )
        hidden[rows] = _covered(n[rows], limits[rows])
    out["n"] = pd.array(n, dtype="Int64")
    out.loc[hidden, "n"] = pd.NA
    out["hidden"] = hidden
    out["small"] = (n >= 1) & (n < limits)
    return out if count == "n" else out.drop(columns=count)


def _covered(n: NDArray[np.int64], limit: NDArray[np.int64]) -> NDArray[np.bool_]:
    covered = (n >= 1) & (n < limit)
    if not covered.any():
        return covered
    highest = limit[covered].max()
    waiting = [k for k in np.argsort(n, kind="stable") if n[k] > 0 and not covered[k]]
    while covered.sum() < 2 or n[covered].sum() < highest + covered.sum() - 2:
        if not waiting:
            return np.ones(len(n), dtype=bool)
        covered[waiting.pop(0)] = True
    return covered
