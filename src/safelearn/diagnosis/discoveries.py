"""How many of many tests say something? In: one probability a cell or area. Out: the same, held against all of them.

With 2,000 cells, chance alone puts about a hundred beyond "one in twenty". Held to a false discovery rate of 5 %, of
those that are called clear about one in twenty is a false alarm.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEEDS = frozenset()


def false_discovery_rate(p: ArrayLike) -> NDArray[np.float64]:
    """The smallest false discovery rate at which each test would be called clear.

    Parameters
    ----------
    p : array_like
        Probabilities, of any shape; missing ones are no tests and stay missing.

    Returns
    -------
    ndarray of float
        Of the same shape.

    Notes
    -----
    Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery rate, JRSS B 57:289. It holds for
    independent tests and for those that agree with their neighbours, as cells do (Benjamini and Yekutieli 2001).

    Examples
    --------
    >>> false_discovery_rate([0.01, 0.02, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.04, 0.04, 0.5]
    """
    values = np.asarray(p, dtype=float)
    flat = values.ravel()
    known = np.flatnonzero(~np.isnan(flat))
    order = known[np.argsort(flat[known], kind="stable")]
    scaled = flat[order] * len(order) / np.arange(1, len(order) + 1)
    # From the largest down, no test may look clearer than one with a larger probability.
    out = flat.copy()
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out.reshape(values.shape)
