"""How answers are drawn: words by odds, by rows of chances, or by where a feeling falls on a scale.

Small tools that the tables with questions share; odds and feelings go in, words of a contract come out.
"""

from __future__ import annotations

import numpy as np

SAFE = ("very_unsafe", "unsafe", "safe", "very_safe")
WORRY = ("very_worried", "fairly_worried", "not_very_worried", "not_worried")
TRUST = ("none", "little", "some", "a_lot")
AGREE = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
SATISFIED = ("very_dissatisfied", "dissatisfied", "satisfied", "very_satisfied")
SAY = ("not_at_all", "very_little", "some", "a_lot", "a_great_deal")


def draw(rng: np.random.Generator, odds: dict[str, float], n: int) -> np.ndarray:
    """`n` words drawn by their odds."""
    weight = np.array(list(odds.values()), dtype=float)
    words = np.array(list(odds), dtype=object)
    return words[rng.choice(len(words), n, p=weight / weight.sum())]


def draw_each(rng: np.random.Generator, odds: dict[str, np.ndarray]) -> np.ndarray:
    """One word a row; `odds` holds an array a word, or a number where the rows do not differ."""
    upto = np.cumsum(np.broadcast_arrays(*odds.values()), axis=0, dtype=float)
    place = (upto < rng.random(upto.shape[1]) * upto[-1]).sum(axis=0)
    return np.array(list(odds), dtype=object)[place]


def grade(
    rng: np.random.Generator,
    feeling: np.ndarray,
    words: tuple[str, ...],
    *,
    none: str = "dont_know",
    share_none: float = 0.02,
) -> np.ndarray:
    """Words in rising order, by where a feeling (0 is the middle) and chance put each row.

    A `share_none` does not answer and gets the word `none`.
    """
    cuts = np.linspace(-1.7, 1.7, len(words) - 1) if len(words) > 2 else np.zeros(1)
    felt = feeling + rng.logistic(0, 1, len(feeling))
    out = np.array(words, dtype=object)[np.searchsorted(cuts, felt)]
    out[rng.random(len(out)) < share_none] = none
    return out


def yes(rng: np.random.Generator, chance: np.ndarray, no: str = "no") -> np.ndarray:
    """``yes`` with each row's chance."""
    return np.where(rng.random(np.shape(chance)) < chance, "yes", no).astype(object)


def only(mask: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """The answers of those who were asked; None for the rest."""
    return np.where(mask, answers, None)
