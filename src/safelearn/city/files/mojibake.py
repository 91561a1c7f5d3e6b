"""Which letters did a wrong encoding spoil, and can they be given back? In: a table of text. Out: the mended one.

"BelÃ©n" is "Belén" in UTF-8 that a program read as Windows-1252 and saved again. The way back is exact if it can
be gone at all, so it is gone only where it is certain: every spoilt cell of a column must come back, whole and
strictly, or the column stays as it is. A letter that was replaced by "?" or "�" is lost: it is counted and said,
and never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from safelearn.language import listing, number, t, tn

# A byte that has no letter in Windows-1252 stays the control character that Latin-1 makes of it.
_LETTERS = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0x100)]
_BYTES = {letter: 0x80 + i for i, letter in enumerate(_LETTERS)}
# Read as Latin-1, every byte is the character of its number.
_BYTES.update({chr(b): b for b in range(0x80, 0x100)})


def _class(first: int, last: int) -> str:
    return "".join(re.escape(c) for c, b in _BYTES.items() if first <= b <= last)


_LEAD, _FOLLOW = _class(0xC2, 0xF4), _class(0x80, 0xBF)
#: What a letter of UTF-8 becomes: one of thirty leading signs, and one or more of a set that seldom follows them.
SPOILT = re.compile(f"[{_LEAD}][{_FOLLOW}]")
# In capitals between guillemets, "«MANHÃ»" is no spoilt letter.
_DOUBTFUL = re.compile(r"[A-ZÀ-Þ]Ã[«»ªº°](?=\W|$)")
#: A spoilt letter whole: what follows its first sign may have been spoilt again.
_RUN = re.compile(f"[{_LEAD}][{_LEAD}{_FOLLOW}]+")
_LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]")
#: A letter may have been spoilt so many times.
TIMES = 2


@dataclass(frozen=True)
class Repairs:
    """How the columns of a file are mended; see `settle_repairs`.

    Attributes
    ----------
    times : dict of str to int
        Column -> how often its letters were spoilt; only columns that are mended.
    names : dict of str to str
        Name of a column as it is in the file -> as it was meant.
    notes : tuple of str
    rows : int
        Rows of the sample in which letters are given back.
    """

    times: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows: int = 0

    def __bool__(self) -> bool:
        return bool(self.times or self.names)

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same cells with their letters given back; cell by cell, so in any pieces."""
        mended = {
            column: _in_column(frame[column], lambda cell, n=n: _back(cell, n) or cell)
            for column, n in self.times.items()
        }
        return frame.assign(**mended).rename(columns=self.names)


def settle_repairs(sample: pd.DataFrame) -> Repairs:
    """Decide for each column whether its spoilt letters can be given back.

    Parameters
    ----------
    sample : DataFrame of str
        The table, or enough of it.
    """
    times: dict[str, int] = {}
    notes: list[str] = []
    left: list[str] = []
    mended: list[str] = []
    lost, losing = 0, []
    n_mended = 0
    touched = np.zeros(len(sample), dtype=bool)
    example = ("", "")
    for column in sample.columns:
        cells = sample[column]
        foreign = cells[~cells.str.isascii().astype(bool)]
        kinds = [k for k in foreign.unique() if isinstance(k, str)]
        spoilt = [k for k in kinds if SPOILT.search(k)]
        if spoilt:
            found = _how_often(spoilt)
            if found:
                times[column] = found
                mended.append(str(column))
                here = cells.isin(spoilt).to_numpy()
                n_mended += int(here.sum())
                touched |= here
                example = example if example[0] else _example(spoilt, found)
            else:
                left.append(str(column))
        n = int(cells.str.contains(_LOST).sum()) if _may_lose(cells) else 0
        if n:
            lost, losing = lost + n, [*losing, str(column)]
    names = _names(sample.columns)
    if mended:
        notes.append(
            tn(
                "{n} cell was in UTF-8 and had been read in another encoding, such as {spoilt} for {meant}: "
                "its letters were given back (column {columns}).",
                "{n} cells were in UTF-8 and had been read in another encoding, such as {spoilt} for {meant}: "
                "their letters were given back (columns: {columns}).",
                n_mended,
                spoilt=example[0],
                meant=example[1],
                columns=listing(mended),
            )
        )
    if left:
        notes.append(
            t(
                "Some letters are spoilt in the file itself and cannot be given back for certain, in these "
                "columns: {columns}. Names may not match; ask for the file in UTF-8.",
                columns=listing(left),
            )
        )
    if lost:
        notes.append(
            t(
                "Letters are lost in {n} cells, where ? or � stands for them, in these columns: {columns}. They "
                "are never guessed; ask for the file in UTF-8.",
                n=number(lost),
                columns=listing(losing),
            )
        )
    return Repairs(times, names, tuple(notes), int(touched.sum()))


def meant(text: str) -> str:
    """A text with its spoilt letters given back, or as it is."""
    if not SPOILT.search(text):
        return text
    return _back(text, _how_often([text]) or 0) or text


def _names(columns: Iterable[object]) -> dict[str, str]:
    spoilt = [c for c in columns if isinstance(c, str) and SPOILT.search(c)]
    found = _how_often(spoilt) if spoilt else None
    names = {c: _back(c, found) or c for c in spoilt} if found else {}
    others = set(columns) - set(spoilt)
    free = len(set(names.values()) | others) == len(names) + len(others)
    return names if free else {}


def _how_often(spoilt: list[str]) -> int | None:
    """How often every one of these texts was spoilt at most, or None if one does not come back."""
    if any(_DOUBTFUL.search(text) for text in spoilt):
        return None
    found = 0
    for text in spoilt:
        n = 0
        while n < TIMES and SPOILT.search(text):
            back = _once(text)
            if back is None:
                return None
            text, n = back, n + 1
        found = max(found, n)
    return found


def _back(text: str, times: int) -> str | None:
    for _ in range(times):
        if not SPOILT.search(text):
            break
        back = _once(text)
        if back is None:
            return None
        text = back
    return text


def _once(text: str) -> str | None:
    """One step back: the bytes that these characters were, in UTF-8; None if they are not UTF-8."""
    try:
        raw = bytes(ord(c) if ord(c) < 0x80 else _BYTES[c] for c in text)
        return raw.decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _example(spoilt: list[str], times: int) -> tuple[str, str]:
    """The commonest spoilt letter and the right one: no whole cell, because notes are published."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in spoilt:
        for found in _RUN.findall(text):
            if right := _back(found, times):
                pairs[found, right] += 1
    return min(
        pairs,
        key=lambda pair: (-pairs[pair], not pair[0].isprintable(), pair),
        default=("", ""),
    )


def _may_lose(cells: pd.Series) -> bool:
    """Whether any cell holds a sign that may stand for a lost letter; most columns hold none."""
    return bool(
        cells.str.contains("?", regex=False).any()
        or cells.str.contains("\ufffd", regex=False).any()
    )


def _in_column(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    codes, kinds = pd.factorize(cells)
    changed = pd.Series([change(k) for k in kinds], dtype=cells.dtype)
    return changed.take(codes).set_axis(cells.index)
