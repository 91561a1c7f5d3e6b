"""What does a second file of the same table add? In: the rows there are and the rows that come. Out: both, once.

A record that comes again with the same content is counted once; one that comes again with other content has
been revised, and the later is taken. Incidents, of which there may be millions, are joined by `quarters`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.language import tn


@dataclass(frozen=True)
class Merged:
    """Two states of a table made one.

    Attributes
    ----------
    frame : DataFrame
    already : ndarray of bool
        Rows of the new file that were there to the letter.
    revised : int
        Rows of earlier files that gave way to later ones.
    notes : tuple of str
    """

    frame: pd.DataFrame
    already: np.ndarray
    revised: int
    notes: tuple[str, ...]


def merge(before: pd.DataFrame, new: pd.DataFrame, table: str) -> Merged:
    """Add the rows of a new file to a table.

    Parameters
    ----------
    before, new : DataFrame
        Canonical rows of the same table.
    table : str
        The key of its contract is what tells its rows apart; without one, all that they say.
    """
    key = _key(table)
    if not key:
        already = _alike(before, new)
        frame = _stack(before, new[~already])
        return Merged(frame, already, 0, _said(already, 0))
    ours, theirs = _codes(before, new, key)
    common = np.intersect1d(ours[ours >= 0], theirs[theirs >= 0])
    if not len(common):
        return Merged(_stack(before, new), np.zeros(len(new), bool), 0, ())
    changed = _changed(before, new, ours, theirs, common)
    gone = np.isin(ours, changed)
    already = np.isin(theirs, np.setdiff1d(common, changed))
    frame = _stack(before[~gone], new[~already])
    return Merged(frame, already, int(gone.sum()), _said(already, int(gone.sum())))


def _key(table: str) -> list[str]:
    key = contracts.contract(table).get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def _codes(
    before: pd.DataFrame, new: pd.DataFrame, key: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """One number a key, the same in both frames; -1 where the key is missing."""
    both = pd.concat(
        [before[key].astype("str"), new[key].astype("str")], ignore_index=True
    )
    codes = both.groupby(key, sort=False, dropna=True).ngroup().to_numpy()
    return codes[: len(before)], codes[len(before) :]


def _hashes(frame: pd.DataFrame) -> np.ndarray:
    plain = frame.copy(deep=False)
    for column in plain.columns:
        if isinstance(plain[column].dtype, pd.CategoricalDtype):
            plain[column] = plain[column].astype("str")
    return pd.util.hash_pandas_object(plain, index=False).to_numpy()


def _alike(before: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Which rows of `new` stand in `before` to the letter."""
    if before.empty or new.empty:
        return np.zeros(len(new), dtype=bool)
    columns = [c for c in new.columns if c in before.columns]
    return np.isin(_hashes(new[columns]), _hashes(before[columns]))


def _changed(
    before: pd.DataFrame,
    new: pd.DataFrame,
    ours: np.ndarray,
    theirs: np.ndarray,
    common: np.ndarray,
) -> np.ndarray:
    columns = [c for c in new.columns if c in before.columns]

    def sums(frame: pd.DataFrame, codes: np.ndarray) -> pd.Series:
        rows = np.isin(codes, common)
        hashes = pd.Series(_hashes(frame.loc[rows, columns]))
        return hashes.groupby(codes[rows]).agg(["sum", "size"])

    a, b = sums(before, ours), sums(new, theirs)
    b = b.reindex(a.index)
    return a.index[(a != b).any(axis=1)].to_numpy()


def _stack(before: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows one below the other, categories joined in order."""
    columns = {}
    for name in new.columns:
        first = before[name] if name in before else pd.Series(pd.NA, index=before.index)
        parts = [first, new[name]]
        if isinstance(new[name].dtype, pd.CategoricalDtype):
            parts = [p.astype("category") for p in parts]
            kept = [list(p.cat.categories) for p in parts]
            alike = kept[0] == kept[1]
            order = kept[0] if alike else sorted({str(v) for k in kept for v in k})
            dtype = pd.CategoricalDtype(pd.Index(order, dtype="str"))
            parts = [p.astype(dtype) for p in parts]
        columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns)


def _said(already: np.ndarray, revised: int) -> tuple[str, ...]:
    notes = []
    if already.any():
        notes.append(
            tn(
                "{n} row was there already and is counted once.",
                "{n} rows were there already and are counted once.",
                int(already.sum()),
            )
        )
    if revised:
        notes.append(
            tn(
                "{n} earlier row was revised by this file: the later one is taken.",
                "{n} earlier rows were revised by this file: the later ones are taken.",
                revised,
            )
        )
    return tuple(notes)


def with_earlier(new: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """New areas with what only the earlier list knew, such as their districts."""
    old = before.set_index("area_id").reindex(new["area_id"])
    filled = new.copy()
    for column in ("parent", "settlement", "aliases"):
        known = pd.Series(old[column].to_numpy(), index=new.index)
        filled[column] = new[column].where(new[column].notna(), known)
    return filled
