"""A received file as text, a piece at a time. In: whoever can read its records in order. Out: a `Source`.

A file of ten million rows does not fit in memory as text, so whoever reads incidents goes through it piece by
piece, as often as needed. What must be decided for a whole column is decided on a sample that is spread over
the whole file, because the last quarter of a year may be written in another way than the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas

#: Rows of a piece, and of a sample at most.
ROWS, SAMPLED = 100_000, 200_000


@dataclass(frozen=True)
class Chunk:
    """Some records of a file, one after the other.

    Attributes
    ----------
    frame : DataFrame of str
        Its index counts from 0.
    start : int
        The record of the file (0 = first) that its first row is.
    broken : ndarray of bool
        Rows with more cells than the header has: their cells cannot be trusted.
    origin : ndarray of int64
        The record of the file that each row comes from; several rows may come from one.
    """

    frame: pd.DataFrame
    start: int
    broken: np.ndarray
    origin: np.ndarray

    @classmethod
    def of(
        cls, frame: pd.DataFrame, start: int, broken: np.ndarray | None = None
    ) -> Chunk:
        """Records that are rows, one for one."""
        n = len(frame)
        if broken is None:
            broken = np.zeros(n, dtype=bool)
        return cls(frame, start, broken, np.arange(start, start + n, dtype=np.int64))


class Source:
    """A file as read: text only, ``""`` where a cell is empty, column names as published and distinct.

    Parameters
    ----------
    frame : DataFrame of str, optional
        The whole table, where it is in memory.
    kind : str
        ``text``, ``workbook``, ``geographic`` or ``columnar``.
    name : str
        The file's name, with the member of an archive or the sheet of a workbook.
    notes : tuple of str
        What was assumed, in sentences.
    broken : array of bool, optional
        Rows of `frame` with more cells than the header.
    outlines : GeoSeries, optional
        The geometry of each row, in the file's own coordinate system.
    line_numbers : callable, optional
        Record of the file (array) -> the line or sheet row on which it stands.
    columns : list of str, optional
        Needed where there is no `frame`.
    read : callable, optional
        Instead of `frame`: given a number of rows, goes through the file from its beginning and yields
        one `Chunk` after the other, of at most so many. It may be called again.
    expected : int
        About how many records `read` will find, for those who wait.
    titles : tuple of str
        What stands above the header, and the name of the sheet: where a table says its year or its unit.
    aside : callable, optional
        Records that are no rows of the table (its totals and notes), and in none of its pieces: reason -> the
        lines on which they stand. Of a file read in pieces it is asked for when all of them have been read.
    sample : DataFrame, optional
        The `sample`, where it is known.

    Attributes
    ----------
    figures : dict of str to int
        What was met on opening it, by the names of `figures`.
    """

    def __init__(
        self,
        frame: pd.DataFrame | None = None,
        kind: str = "text",
        name: str = "",
        notes: tuple[str, ...] = (),
        broken: np.ndarray | None = None,
        outlines: geopandas.GeoSeries | None = None,
        line_numbers: Callable[[np.ndarray], np.ndarray] | None = None,
        *,
        columns: list[str] | None = None,
        read: Callable[[int], Iterator[Chunk]] | None = None,
        expected: int = 0,
        titles: tuple[str, ...] = (),
        aside: Callable[[], dict[str, np.ndarray]] | None = None,
        sample: pd.DataFrame | None = None,
    ) -> None:
        if (frame is None) == (read is None):
            raise ValueError("a source has either a frame or a way to read one")
        self.kind, self.name, self.notes, self.outlines = kind, name, notes, outlines
        self.titles = tuple(titles)
        self.figures: dict[str, int] = {}
        self.columns = list(frame.columns) if frame is not None else list(columns or [])
        self._frame, self._broken, self._read = frame, broken, read
        # Whether rows are records, one for one, so that pieces can be cut from the frame.
        self._plain = True
        self._sample = sample
        self._aside = aside
        self._line_numbers = line_numbers or (lambda rows: np.asarray(rows) + 2)
        self.expected = len(frame) if frame is not None else expected

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        """The records from the first to the last, at most `rows` at a time; it may be called again."""
        if self._frame is None or (self._read is not None and not self._plain):
            assert self._read is not None
            yield from self._read(rows)
            return
        for start in range(0, len(self._frame), rows):
            part = self._frame.iloc[start : start + rows].reset_index(drop=True)
            broken = self._broken
            if broken is not None:
                broken = broken[start : start + rows]
            yield Chunk.of(part, start, broken)

    @property
    def sample(self) -> pd.DataFrame:
        """All rows of a file of up to 200,000; of a longer one a quarter as many or more, evenly spread."""
        if self._sample is None:
            self._sample = self._take_sample()
        return self._sample

    @property
    def frame(self) -> pd.DataFrame:
        """The whole table. For tables that are small by nature; incidents are read by `chunks`."""
        if self._frame is None:
            self._take_whole()
        assert self._frame is not None
        return self._frame

    @property
    def broken(self) -> np.ndarray | None:
        """Rows of `frame` with more cells than the header; None where that cannot be."""
        if self._frame is None:
            self._take_whole()
        return self._broken

    @property
    def whole(self) -> bool:
        """Whether the whole table is in memory."""
        return self._frame is not None

    @property
    def aside(self) -> dict[str, np.ndarray]:
        """Reason -> lines of records that are no rows of the table; they are read, and set aside."""
        return self._aside() if self._aside else {}

    def lines(self, rows: np.ndarray) -> np.ndarray:
        """The line (or sheet row) of the file on which each of these records stands."""
        return self._line_numbers(np.asarray(rows))

    def with_frame(self, frame: pd.DataFrame) -> Source:
        """The same records with other columns."""
        return Source(
            frame,
            self.kind,
            self.name,
            self.notes,
            self.broken,
            self.outlines,
            self._line_numbers,
            titles=self.titles,
            aside=self._aside,
        )

    def through(self, change: Callable[[Chunk], Chunk]) -> Source:
        """The same file with each piece of it changed, row by row."""
        first = self.sample
        empty = Chunk.of(first.iloc[:0], 0)

        def read(rows: int) -> Iterator[Chunk]:
            return (change(chunk) for chunk in self.chunks(rows))

        changed = Source(
            kind=self.kind,
            name=self.name,
            notes=self.notes,
            outlines=self.outlines,
            line_numbers=self._line_numbers,
            columns=list(change(empty).frame.columns),
            read=read,
            expected=self.expected,
            titles=self.titles,
            aside=self._aside,
            sample=change(Chunk.of(first, 0)).frame,
        )
        return changed

    def _take_whole(self) -> None:
        parts = list(self.chunks())
        if not parts:
            empty = {c: pd.Series(dtype="str") for c in self.columns}
            self._frame = pd.DataFrame(empty)
            return
        self._frame = pd.concat([p.frame for p in parts], ignore_index=True)
        broken = np.concatenate([p.broken for p in parts])
        self._broken = broken if broken.any() else None
        self._plain = all(map(_is_plain, parts))

    def _take_sample(self) -> pd.DataFrame:
        if self._frame is not None:
            n = len(self._frame)
            step = 1 if n <= SAMPLED else -(-2 * n // SAMPLED)
            return self._frame.iloc[::step].reset_index(drop=True)
        kept: list[pd.DataFrame] = []
        broken: list[np.ndarray] = []
        step = n = held = 0
        plain = True
        for chunk in self.chunks():
            rows = len(chunk.frame)
            step = step or 1
            first = -n % step
            part = chunk.frame.iloc[first::step]
            kept.append(part)
            broken.append(chunk.broken)
            plain &= _is_plain(chunk)
            n, held = n + rows, held + len(part)
            while held > (SAMPLED if step == 1 else SAMPLED // 2):
                # Every second row is let go, so that what is kept stays evenly spread over the file.
                step *= 2
                kept = _thinned(kept)
                held = sum(map(len, kept))
        if not kept:
            self._take_whole()
            return self.frame
        whole = pd.concat(kept, ignore_index=True)
        self.expected = n
        if step == 1:
            marks = np.concatenate(broken)
            self._frame, self._broken = whole, marks if marks.any() else None
            self._plain = plain
        return whole


def _is_plain(chunk: Chunk) -> bool:
    at = np.arange(chunk.start, chunk.start + len(chunk.frame))
    return np.array_equal(chunk.origin, at)


def _thinned(parts: list[pd.DataFrame]) -> list[pd.DataFrame]:
    seen, kept = 0, []
    for part in parts:
        kept.append(part.iloc[seen % 2 :: 2])
        seen += len(part)
    return kept
