"""What must be settled in a file's text before it is read? In: text and a profile. Out: text.

Some things cannot be left to the general readers: words that one portal writes for "missing", an identifier
that is unique only together with the year, an offence whose kind stands in a second column, a point written
as text. Each is settled row by row, so that a file read in pieces gives what it gives as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.columns.profile import (
    DETAIL,
    Derived,
    Profile,
    by_squeezed,
    composed_name,
    derived_name,
    find,
)
from safelearn.city.files.headers import normalise
from safelearn.guidelines.offences import name as offence_name
from safelearn.language import listing, t, tn

_PARTS = "/"
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
#: In brackets anywhere in the text, or the whole of it; with a decimal comma, the two are parted by a semicolon.
_POINT = (
    r"^(?P<kind>)\s*\(?\s*(?P<first>[-+]?\d+,\d+)\s*;\s*(?P<second>[-+]?\d+,\d+)\s*\)?\s*$",
    rf"(?P<kind>POINT|\[)?\s*\(?\s*(?P<first>{_NUMBER})[\s,]+(?P<second>{_NUMBER})\s*[\)\]]",
    rf"^(?P<kind>)\s*(?P<first>{_NUMBER})\s*[,;\s]\s*(?P<second>{_NUMBER})\s*$",
)


def prepare(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Do to a file's text what its profile says.

    Parameters
    ----------
    frame : DataFrame of str
        Rows of the file, with the columns as published.
    profile : Profile

    Returns
    -------
    DataFrame of str
        The same rows. Words for "missing" are empty texts, a label may carry its detail behind `DETAIL`, and
        there are more columns: one for each field that is composed or derived, under the name that
        `Profile.assign` gives to it.
    """
    published = by_squeezed(frame.columns)
    assigned = profile.assign(frame.columns)
    frame = frame.copy(deep=False)
    _blank_missing(frame, profile, assigned)
    _add_detail(frame, profile, published)
    for groups in profile.compose.values():
        parts = [find(published, group) for group in groups]
        if all(parts):
            frame[composed_name(parts)] = _join(frame, parts)
    names: dict[str, str] = {}
    for derived in profile.derive:
        column = find(published, derived.column)
        if column:
            name = names.setdefault(derived.field, derived_name(column, derived.field))
            found = _derive(frame[column], derived)
            # Of several columns that can say it, the first that does is believed.
            frame[name] = (
                frame[name].mask(frame[name] == "", found) if name in frame else found
            )
    column = find(published, profile.columns.get("point", ()))
    if column and derived_name(column, "longitude") in assigned.values():
        _split_point(frame, column)
    return frame


def left_out(frame: pd.DataFrame, profile: Profile) -> np.ndarray:
    """Rows that the source itself does not count as events: supplements, lost property, closed cases.

    Parameters
    ----------
    frame : DataFrame of str
        As published or as prepared.

    Returns
    -------
    ndarray of bool
    """
    published = by_squeezed(frame.columns)
    out = np.zeros(len(frame), dtype=bool)
    for rule in profile.leave_out:
        column = find(published, rule.column)
        if column and rule.words:
            out |= _among(frame[column], rule.words)
    return out


def prepared_notes(profile: Profile, columns: Mapping[str, str]) -> list[str]:
    """What a profile says of a kind of file and a reader of its numbers must know, in sentences.

    Parameters
    ----------
    columns : mapping
        Field -> column.
    """
    notes = [
        tn(
            "In the column {column}, {words} means that nothing is known.",
            "In the column {column}, {words} mean that nothing is known.",
            len(words),
            column=columns[name],
            words=listing(sorted(words)),
        )
        for name, words in profile.missing.items()
        if name in columns
    ]
    if profile.leaves_out:
        # An offence that a source does not publish is not one that does not happen.
        names = [offence_name(code) for code in profile.leaves_out]
        notes.append(
            t(
                "This source leaves out: {names}. That none is counted does not mean that none happened.",
                names=listing(names),
            )
        )
    return notes


def _blank_missing(
    frame: pd.DataFrame, profile: Profile, assigned: Mapping[str, str]
) -> None:
    everywhere = profile.missing.get("words", frozenset())
    fields = {column: field for field, column in assigned.items()}
    for column in frame.columns if profile.missing else ():
        words = everywhere | profile.missing.get(fields.get(column, ""), frozenset())
        if words:
            frame[column] = _without(frame[column], words)


def _without(text: pd.Series, words: Iterable[str]) -> pd.Series:
    import pyarrow as pa
    import pyarrow.compute as compute

    # Each distinct text is looked at once: columns of a portal repeat theirs.
    coded = _arrow(text).dictionary_encode()
    folded = compute.utf8_lower(compute.utf8_trim_whitespace(coded.dictionary))
    hit = compute.is_in(folded, value_set=pa.array(sorted(words), pa.string()))
    if not compute.any(hit).as_py():
        return text
    kinds = compute.if_else(hit, pa.scalar("", pa.string()), coded.dictionary)
    return _like(kinds.take(coded.indices), text)


def _arrow(text: pd.Series) -> Any:
    import pyarrow as pa

    column = pa.array(text.array, type=pa.string(), from_pandas=True)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _like(column: Any, text: pd.Series) -> pd.Series:
    """A column of Arrow text as a Series of the kind and with the index of another."""
    return pd.Series(
        pd.array(column, dtype=text.dtype), index=text.index, name=text.name
    )


def _add_detail(
    frame: pd.DataFrame, profile: Profile, published: dict[str, str]
) -> None:
    label = find(published, profile.columns.get("offence_label", ()))
    detail = find(published, profile.offence_detail)
    if not label or not detail or label == detail:
        return
    more = frame[detail].str.strip()
    rows = _among(frame[label], profile.offence_detail_of)
    rows &= _among(more, profile.offence_details)
    rows &= (more != "").to_numpy() & (frame[label] != "").to_numpy()
    if rows.any():
        frame[label] = frame[label].mask(rows, frame[label].str.strip() + DETAIL + more)


def _among(text: pd.Series, words: frozenset[str]) -> np.ndarray:
    """Rows that say one of these words; all rows where there are none."""
    if not words:
        return np.ones(len(text), dtype=bool)
    codes, kinds = pd.factorize(text)
    return np.array([normalise(k) in words for k in kinds], dtype=bool)[codes]


def _join(frame: pd.DataFrame, parts: list[str]) -> pd.Series:
    """The parts of each row; empty where one of them is, because the rest alone is not unique."""
    texts = [frame[part].str.strip() for part in parts]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + _PARTS + text
    blank = np.logical_or.reduce([(text == "").to_numpy() for text in texts])
    return joined.mask(blank, "")


def _derive(text: pd.Series, derived: Derived) -> pd.Series:
    if derived.always:
        return pd.Series(derived.always, index=text.index, dtype="str")
    codes, kinds = pd.factorize(text)
    words = pd.Series(kinds, dtype="str").map(normalise).astype("str")
    if derived.within:
        meant = pd.Series("", index=words.index, dtype="str")
        padded = " " + words + " "
        for word, code in derived.values.items():
            hit = padded.str.contains(f" {word} ", regex=False) & (meant == "")
            meant = meant.mask(hit, code)
    else:
        meant = words.map(lambda word: derived.values.get(word, "")).astype("str")
    return meant.take(codes).set_axis(text.index)


def _split_point(frame: pd.DataFrame, column: str) -> None:
    """``POINT (-87.6 41.8)`` and GeoJSON name the longitude first, ``(41.8, -87.6)`` the latitude."""
    import pyarrow as pa
    import pyarrow.compute as compute

    text = _arrow(frame[column])
    kind, first, second = (pa.nulls(len(text), pa.string()) for _ in range(3))
    for pattern in _POINT:
        found = compute.extract_regex(text, pattern=pattern)
        kind, first, second = (
            compute.coalesce(known, compute.struct_field(found, name))
            for known, name in ((kind, "kind"), (first, "first"), (second, "second"))
        )
    kind, first, second = (
        compute.fill_null(part, "") for part in (kind, first, second)
    )
    east_first = compute.not_equal(kind, pa.scalar("", pa.string()))
    for axis, pair in (
        ("longitude", (first, second)),
        ("latitude", (second, first)),
    ):
        values = compute.if_else(east_first, *pair)
        frame[derived_name(column, axis)] = _like(values, frame[column])
