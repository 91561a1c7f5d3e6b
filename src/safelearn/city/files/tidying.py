"""What of a table, as it was opened, is not the city's? In: a `Source`. Out: the same without it, and what was done.

Two things happen to tables on their way, in any format: their letters are spoilt by a wrong encoding, and totals
and notes for readers are written between their records. Both are put right here, once for all tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np

from safelearn.city.files.mojibake import settle_repairs
from safelearn.city.files.sources import Chunk, Source
from safelearn.city.files.totals import marked, recognise, shape_of


def tidied(source: Source) -> Source:
    """The same table with its letters given back where that is certain, and without totals and notes."""
    repairs = settle_repairs(source.sample)
    figures = {**source.figures, "mended_letters": repairs.rows}
    notes = (*source.notes, *repairs.notes)
    if repairs and source.whole:
        source = source.with_frame(repairs.apply(source.frame))
    elif repairs:
        source = source.through(lambda c: replace(c, frame=repairs.apply(c.frame)))
    source.notes = notes
    if source.kind in ("text", "workbook"):
        clean = _without_aside if source.whole else _each_without_aside
        source = clean(source)
    source.figures = {name: n for name, n in figures.items() if n}
    return source


def _without_aside(source: Source) -> Source:
    found = recognise(source.frame)
    if not found:
        return source
    keep = ~np.logical_or.reduce(list(found.values()))
    if not keep.any():
        return source
    kept, broken = np.flatnonzero(keep), source.broken
    return Source(
        source.frame[keep].reset_index(drop=True),
        source.kind,
        source.name,
        source.notes,
        broken[keep] if broken is not None else None,
        None,
        lambda rows: source.lines(kept[rows]),
        titles=source.titles,
        aside=lambda: _joined(
            source.aside,
            {k: source.lines(np.flatnonzero(rows)) for k, rows in found.items()},
        ),
    )


def _each_without_aside(source: Source) -> Source:
    """The same for a file that is longer than its sample: each piece shows its totals and notes by itself."""
    shape = shape_of(source.sample)
    aside: dict[str, list[np.ndarray]] = {}
    # Rows of the pieces by which a whole pass has found what stands aside: the next need not look again.
    looked = 0

    def read(rows: int) -> Iterator[Chunk]:
        nonlocal looked
        if rows == looked:
            known = np.concatenate([np.zeros(0, np.int64), *chain(*aside.values())])
            for chunk in source.chunks(rows):
                yield _without(chunk, np.isin(chunk.origin, known))
            return
        looked = 0
        aside.clear()
        for chunk in source.chunks(rows):
            found = marked(chunk.frame, shape)
            for reason, mask in found.items():
                aside.setdefault(reason, []).append(chunk.origin[mask])
            none = np.zeros(len(chunk.frame), dtype=bool)
            yield _without(chunk, np.logical_or.reduce([none, *found.values()]))
        looked = rows

    sample = source.sample
    found = marked(sample, shape)
    if found:
        sample = sample[~np.logical_or.reduce(list(found.values()))]
    return Source(
        kind=source.kind,
        name=source.name,
        notes=source.notes,
        line_numbers=source.lines,
        columns=source.columns,
        read=read,
        expected=source.expected,
        titles=source.titles,
        aside=lambda: _joined(
            source.aside,
            {k: source.lines(np.concatenate(parts)) for k, parts in aside.items()},
        ),
        sample=sample.reset_index(drop=True),
    )


def _without(chunk: Chunk, rows: np.ndarray) -> Chunk:
    if not rows.any():
        return chunk
    frame = chunk.frame[~rows].reset_index(drop=True)
    return Chunk(frame, chunk.start, chunk.broken[~rows], chunk.origin[~rows])


def _joined(*parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    result: dict[str, np.ndarray] = {}
    for part in parts:
        for reason, lines in part.items():
            result[reason] = np.concatenate([result.get(reason, lines[:0]), lines])
    return result
