"""How does a published table become one that can be read row by row? In: a file and its profile. Out: the file so.

Figures of other scripts are written in 0 to 9 and what the profile says of the text is done first, then codes get
back the zeros that a spreadsheet ate, then columns that are periods become rows. Each piece of the file is changed
by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from safelearn.city.columns.preparing import prepare
from safelearn.city.columns.profile import Profile, by_squeezed, squeeze
from safelearn.city.columns.widening import Wide, whole_numbers, wide_columns, widen
from safelearn.city.files.digits import settle_digits
from safelearn.city.files.sources import Chunk, Source
from safelearn.language import tn


def shape(source: Source, profile: Profile) -> tuple[Source, tuple[str, ...]]:
    """The same file as its profile means it, and what was assumed.

    Raises
    ------
    SafelearnError
        As `widening.wide_columns`.
    """
    wide = wide_columns(source.columns, profile)
    in_digits, said = settle_digits(source.sample)

    def change(chunk: Chunk) -> Chunk:
        frame = mend_codes(prepare(in_digits(chunk.frame), profile), profile)
        if wide is None:
            return replace(chunk, frame=frame)
        long, row = widen(frame, profile)
        return Chunk(long, chunk.start, chunk.broken[row], chunk.origin[row])

    if wide is None:
        return source.through(change), said
    return source.through(change), (*said, *wide.notes, *_gaps(source, wide))


def _gaps(source: Source, wide: Wide) -> tuple[str, ...]:
    """How many cells of the periods hold no number; a zero is one."""
    columns = source.sample[list(wide.periods)]
    n = sum(int((whole_numbers(columns[c]) < 0).sum()) for c in columns)
    if not n:
        return ()
    return (
        tn(
            "{n} cell of the periods holds no number: nothing is known of it, and no zero is assumed.",
            "{n} cells of the periods hold no number: nothing is known of them, and no zero is assumed.",
            n,
        ),
    )


def mend_codes(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Codes of areas in full length, cut to the digits that name the area.

    Where codes have eight digits of which five are the municipality, ``5001000`` is 05001000, and 5001 is
    05001. Anything that is no number stays.
    """
    full, keep = profile.code_digits, profile.code_keep or profile.code_digits
    if not full:
        return frame
    frame = frame.copy(deep=False)
    for column in _code_columns(frame.columns, profile):
        codes, kinds = pd.factorize(frame[column])
        mended = [_mended(kind.strip(), full, keep) for kind in kinds]
        lookup = pd.Series(mended, dtype="str")
        frame[column] = lookup.take(codes).set_axis(frame.index)
    return frame


def _code_columns(columns: Iterable[str], profile: Profile) -> list[str]:
    published = by_squeezed(columns)
    names = [squeeze(name) for name in profile.columns.get("area_id", ())]
    return list(dict.fromkeys(published[n] for n in names if n in published))


def _mended(code: str, full: int, keep: int) -> str:
    if not code.isdigit() or len(code) > full:
        return code
    return code.zfill(keep) if len(code) <= keep else code.zfill(full)[:keep]
