"""Thefts and people of four streets."""

from __future__ import annotations

import numpy as np
import pandas as pd


def draw(seed: int) -> dict[str, pd.DataFrame]:
    """Everything the exam uses, from one seed."""
    rng = np.random.default_rng(seed)
    n = rng.integers(10, 60, 4)
    people = rng.integers(1000, 9000, 4)
    return {"shops": pd.DataFrame({"street": list("ABCD"), "n": n, "people": people})}


def lesson_holds(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether every declared mistake gives another answer than the solution."""
    n, people = tables["shops"]["n"], tables["shops"]["people"]
    rate, mean = n.sum() / people.sum(), (n / people).mean()
    most = n.nlargest(2)
    return bool(
        1000 * abs(rate - mean) > 0.5
        and most.iloc[0] > most.iloc[1]
        and n.idxmax() != 3
        and n.max() < 0.45 * n.sum()
        and abs(n.max() / n.sum() - people[n.idxmax()] / people.sum()) > 0.02
    )
