"""Parquet files as text, a piece at a time. In: a parquet file. Out: a `Source`.

A number in such a file was a number already, so it is written out as a person would: codes without ``.0``,
moments in ISO with their offset, if they have one. Outlines in it (GeoParquet) make it a map.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.files.headers import clean_names
from safelearn.city.files.sources import Chunk, Source
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

if TYPE_CHECKING:
    import pyarrow as pa


def read_columnar(
    content: Path | bytes, *, name: str, notes: tuple[str, ...] = ()
) -> Source:
    """Read a parquet file; see `formats.read_source`.

    Raises
    ------
    SafelearnError
        If it is damaged, or has no row or no column that can be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        with _opened(content) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(name) from error
    if not rows:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=name,
            remedy=t("Ask for the file again, or export it again."),
        )
    if b"geo" in (schema.metadata or {}):
        from safelearn.city.files.geographic import read_geoparquet

        return read_geoparquet(content, name=name, notes=notes)
    # An index that pandas wrote beside the columns is none of them, unless it has a name.
    kept = [
        f
        for f in schema
        if _readable(f.type) and not f.name.startswith("__index_level")
    ]
    left = [f.name for f in schema if not _readable(f.type)]
    if left:
        notes = (
            *notes,
            t(
                "These columns hold no text, numbers or dates and were left out: {names}.",
                names=listing(left),
            ),
        )
    if not kept:
        raise SafelearnError(
            t("The file has no column that can be read."),
            where=name,
            remedy=t("Export the table again as CSV."),
        )
    names = clean_names([f.name for f in kept])
    asked = [f.name for f in kept]

    def read(size: int) -> Iterator[Chunk]:
        at = 0
        try:
            with _opened(content) as file:
                for batch in file.iter_batches(size, columns=asked):
                    columns = {f.name: batch.column(f.name) for f in kept}
                    frame = _as_text(columns, names)
                    yield Chunk.of(frame, at)
                    at += len(frame)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(name) from error

    def _same(wanted: np.ndarray) -> np.ndarray:
        return np.asarray(wanted) + 1

    assert parquet is not None
    return Source(
        kind="columnar",
        name=name,
        notes=notes,
        line_numbers=_same,
        columns=names,
        read=read,
        expected=rows,
    )


def column_as_text(column: pa.Array) -> pa.Array:
    """One column as the text that a person would write."""
    import pyarrow as pa
    import pyarrow.compute as compute

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_floating(kind):
        text = _floats_as_text(column)
    elif pa.types.is_timestamp(kind):
        text = _moments_as_text(column)
    elif pa.types.is_duration(kind):
        seconds = compute.divide(column.cast(pa.duration("s")).cast(pa.int64()), 1)
        text = seconds.cast(pa.string())
    elif pa.types.is_nested(kind):
        values = [None if v is None else str(v) for v in column.to_pylist()]
        text = pa.array(values, pa.string())
    else:
        # Decimals, whole numbers, days, times of day and words of truth.
        text = column.cast(pa.string())
    return compute.utf8_trim_whitespace(compute.fill_null(text, ""))


def _floats_as_text(column: pa.Array) -> pa.Array:
    """Whole numbers without a point: a code with gaps comes as a float."""
    import pyarrow as pa
    import pyarrow.compute as compute

    none = pa.scalar(None, column.type)
    finite = compute.if_else(compute.is_finite(column), column, none)
    exact = finite.cast(pa.float64())
    whole = compute.and_(
        compute.equal(exact, compute.floor(exact)),
        compute.less(compute.abs(exact), 1e15),
    )
    digits = compute.if_else(whole, exact, pa.scalar(0.0)).cast(pa.int64())
    return compute.if_else(whole, digits.cast(pa.string()), finite.cast(pa.string()))


def _moments_as_text(column: pa.Array) -> pa.Array:
    """ISO text to the second, with its offset where the file has a zone."""
    import pyarrow as pa
    import pyarrow.compute as compute

    zone = column.type.tz
    seconds = compute.round_temporal(column, unit="second").cast(
        pa.timestamp("s", tz="UTC" if zone else None)
    )
    return compute.strftime(
        seconds, format="%Y-%m-%dT%H:%M:%SZ" if zone else "%Y-%m-%d %H:%M:%S"
    )


def _as_text(columns: dict[str, pa.Array], names: list[str]) -> pd.DataFrame:
    import pyarrow as pa

    table = pa.table(
        dict(zip(names, map(column_as_text, columns.values()), strict=True))
    )
    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    return table.to_pandas(
        types_mapper={pa.string(): text, pa.large_string(): text}.get
    )


def _readable(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return not (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def _opened(content: Path | bytes):
    import pyarrow.parquet as parquet

    return parquet.ParquetFile(
        io.BytesIO(content) if isinstance(content, bytes) else content
    )


def _damaged(name: str) -> SafelearnError:
    return SafelearnError(
        t("The file is damaged and cannot be opened."),
        where=name,
        remedy=t("Download or copy it again: it was probably cut short on the way."),
    )
