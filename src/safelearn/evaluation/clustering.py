"""What is the error of a regression whose rows come in clusters?

A weighted design, its residuals and the cluster of each row go in; the variance of one contrast and its degrees
of freedom come out. Months of one neighbourhood resemble each other, so hundreds of rows may hold no more
than a handful of independent facts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEEDS: frozenset[str] = frozenset()


def clustered_variance(
    design: NDArray[np.float64],
    residuals: NDArray[np.float64],
    clusters: NDArray[np.intp],
    contrast: NDArray[np.float64],
    *,
    errors: str = "CR2",
) -> tuple[float, float]:
    """Variance of `contrast` @ coefficients, robust to any dependence within clusters.

    Parameters
    ----------
    design : ndarray, shape (rows, terms)
        Of full rank, each row multiplied by the square root of its weight, if there are weights.
    residuals : ndarray, shape (rows,)
        On the same scale.
    clusters : ndarray of int, shape (rows,)
        From 0 to the number of clusters less 1.
    contrast : ndarray, shape (terms,)
    errors : "CR2" or "CR1"
        "CR1" is the sandwich with the factor G/(G-1) (n-1)/(n-k) of most programs, and G-1 degrees of freedom. "CR2"
        corrects each cluster for its own pull on the fit, and takes its degrees of freedom from the design.

    Returns
    -------
    (variance, degrees_of_freedom)

    Notes
    -----
    Liang, K.-Y. and Zeger, S. L. (1986), Biometrika 73:13. CR2 and its degrees of freedom (Satterthwaite's, under
    independent errors): Bell, R. M. and McCaffrey, D. F. (2002), Survey Methodology 28:169. With few treated
    clusters CR1 is far too small however many others there are. For a difference between two groups of
    clusters CR2 gives Welch's standard error on the clusters' means.
    """
    rows, terms = design.shape
    members = [np.flatnonzero(clusters == g) for g in range(clusters.max() + 1)]
    pull = np.linalg.inv(design.T @ design) @ contrast
    if errors == "CR1":
        scores = [pull @ design[m].T @ residuals[m] for m in members]
        n = len(members)
        factor = n / (n - 1) * (rows - 1) / (rows - terms)
        return factor * float(np.sum(np.square(scores))), float(n - 1)
    q = np.linalg.qr(design)[0]
    scores, left = [], []
    for m in members:
        own = np.eye(len(m)) - q[m] @ q[m].T
        value, vector = np.linalg.eigh(own)
        kept = value > 1e-10
        root = vector[:, kept] / np.sqrt(value[kept]) @ vector[:, kept].T
        weight = root @ (design[m] @ pull)
        scores.append(weight @ residuals[m])
        # Row of (I - H), so that products of these are the covariances of the scores.
        across = -q @ (q[m].T @ weight)
        across[m] += weight
        left.append(across)
    gram = np.array(left) @ np.array(left).T
    df = float(np.trace(gram) ** 2 / np.sum(gram**2))
    return float(np.sum(np.square(scores))), df
