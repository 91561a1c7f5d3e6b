"""What every estimate accepts: numbers, lists, arrays or pandas columns, with missing values kept.

Counts that disclosure control has hidden arrive as missing values and must come out as missing values, in
whatever type pandas wrote them. Negative counts, weights and populations are mistakes in a file and are
named as such here, so that no formula has to guard against them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelearn.errors import SafelearnError
from safelearn.language import t


def amounts(values: Any, name: str) -> NDArray[np.float64]:
    """Read `values` as floats of at least zero; a missing value becomes NaN.

    Parameters
    ----------
    values : number, sequence, array or Series
        Counts, weights or exposures, of any shape.
    name : str
        What they are, as the caller's parameter is called; named in the error.

    Raises
    ------
    SafelearnError
        If a value is negative, infinite or not a number.
    """
    try:
        if hasattr(values, "to_numpy"):
            found = values.to_numpy(dtype=float, na_value=np.nan)
        else:
            found = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise SafelearnError(
            t("The values of `{name}` are not all numbers.", name=name),
            remedy=t("Give counts or amounts, and leave unknown ones missing."),
        ) from error
    if np.any(found < 0) or np.any(np.isinf(found)):
        raise SafelearnError(
            t("`{name}` holds a negative or infinite value.", name=name),
            remedy=t("Counts, weights and populations are zero or more."),
        )
    return found


def quantile(level: float) -> float:
    """The standard normal deviate of a two-sided interval: 1.96 for 0.95.

    Raises
    ------
    SafelearnError
        If `level` does not lie between 0 and 1.
    """
    from statistics import NormalDist

    if not 0 < level < 1:
        raise SafelearnError(
            t("The level of an interval lies between 0 and 1, such as 0.95.")
        )
    return NormalDist().inv_cdf(0.5 + level / 2)


def plain(result: NDArray) -> Any:
    """A single number as a number, anything else as the array that it is."""
    return result.item() if np.ndim(result) == 0 else result
