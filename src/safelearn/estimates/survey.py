"""How much does unequal weighting cost a survey in precision?

The weights of the people who answered go in; the factor by which they widen every variance comes out. The
design-based estimates themselves (strata, clusters, finite populations) will stand here beside it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from safelearn.errors import Refused
from safelearn.estimates.inputs import amounts
from safelearn.language import t

NEEDS = frozenset({"survey"})


def kish_design_effect(weights: ArrayLike) -> float:
    """Kish's design effect of unequal weights.

    Parameters
    ----------
    weights : array_like
        One weight a respondent, 1-D, without missing values.

    Returns
    -------
    float
        At least 1. The effective sample size is the number of respondents divided by it.

    Raises
    ------
    Refused
        If there are no weights, all are zero, or one is missing.

    Notes
    -----
    n sum(w^2) / (sum w)^2: Kish, L. (1992), Journal of Official Statistics 8:183. It knows nothing of
    clusters or strata, and assumes that the weights are unrelated to the answers.

    Examples
    --------
    >>> kish_design_effect([1, 1, 1, 1, 2, 2, 3, 5])
    1.4375
    """
    w = amounts(weights, "weights").ravel()
    if w.size == 0 or np.isnan(w).any() or w.sum() == 0:
        raise Refused(
            t("A design effect needs one weight for every respondent."),
            remedy=t("Complete the weights, or take out who did not answer."),
        )
    return float(w.size * np.sum(w**2) / np.sum(w) ** 2)
