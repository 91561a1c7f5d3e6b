"""One stream of random numbers a purpose: adding a table never changes the others.

A seed and the names of what is drawn go in, a generator comes out. Two tables that shared one generator
would both change whenever either asked for one number more.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np


def stream(seed: int, *purpose: str) -> np.random.Generator:
    """A generator of its own for `purpose`, the same for the same seed on every machine."""
    digest = blake2b("/".join(purpose).encode(), digest_size=8).digest()
    return np.random.Generator(
        np.random.PCG64([seed % 2**63, int.from_bytes(digest, "big")])
    )


def lumpy(rng: np.random.Generator, mean: np.ndarray, spread: float) -> np.ndarray:
    """Counts that vary more than chance alone would let them.

    Parameters
    ----------
    mean : array
        Expected counts.
    spread : float
        Variance of the gamma multiplier; the counts have variance ``mean + spread * mean**2``.
    """
    if spread <= 0:
        return rng.poisson(mean)
    return rng.poisson(mean * rng.gamma(1 / spread, spread, np.shape(mean)))
