"""Several files with the same columns as one table. In: sources, in order. Out: one `Source`, read in pieces.

Police forces publish a file a month, and a year of them comes in one zip.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safelearn.city.files.headers import normalise
from safelearn.city.files.sources import Chunk, Source


def by_columns(sources: list[Source]) -> list[list[Source]]:
    """The sources that have the same columns together, the group with most records first."""
    groups: dict[tuple[str, ...], list[Source]] = {}
    for source in sources:
        key = tuple(sorted(map(normalise, source.columns)))
        groups.setdefault(key, []).append(source)
    return sorted(groups.values(), key=lambda g: -sum(s.expected for s in g))


def joined(sources: list[Source], name: str, notes: tuple[str, ...]) -> Source:
    """These sources one below the other; all have the columns of the first."""
    first = sources[0]
    named = {normalise(c): c for c in first.columns}
    ends: list[int] = []

    def read(rows: int) -> Iterator[Chunk]:
        ends.clear()
        at = 0
        for source in sources:
            below = at
            for chunk in source.chunks(rows):
                frame = chunk.frame.set_axis(
                    [named[normalise(c)] for c in chunk.frame.columns], axis=1
                )
                frame = frame[first.columns]
                yield Chunk(
                    frame, below + chunk.start, chunk.broken, below + chunk.origin
                )
                at = below + chunk.start + len(frame)
            ends.append(at)

    def lines(records: np.ndarray) -> np.ndarray:
        """The line in the file that each record comes from."""
        if len(ends) < len(sources):
            for _ in read(1 << 18):
                pass
        starts = np.array([0, *ends[:-1]])
        part = np.searchsorted(ends, records, side="right")
        result = np.empty(len(records), dtype=np.int64)
        for i in np.unique(part):
            here = part == i
            result[here] = sources[i].lines(records[here] - starts[i])
        return result

    every = dict.fromkeys(n for source in sources for n in source.notes)
    return Source(
        kind=first.kind,
        name=name,
        notes=(*notes, *every),
        line_numbers=lines,
        columns=list(first.columns),
        read=read,
        expected=sum(source.expected for source in sources),
        titles=first.titles,
    )
