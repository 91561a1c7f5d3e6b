"""Canonical incidents on disk, a part at a time. In: frames of incidents. Out: one parquet file, and its columns.

Ten million incidents with all their columns fill the memory of an ordinary computer, and nothing in an import
needs them all at once. They are written in parts as they are read, and read again by part or by column.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.identities import identity

if TYPE_CHECKING:
    import pyarrow as pa

_TABLE = "incidents"
_ENCODED = {
    "occurred_from": "DELTA_BINARY_PACKED",
    "occurred_to": "DELTA_BINARY_PACKED",
    "longitude": "BYTE_STREAM_SPLIT",
    "latitude": "BYTE_STREAM_SPLIT",
}


class PartWriter:
    """Writes incidents as they come; the same rows in the same parts give the same bytes."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as parquet

        self.path = path
        self.rows = 0
        self._schema = _schema()
        self._writer = parquet.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            # Words repeat, and numbers do not: looking for repeats of coordinates would only cost time.
            use_dictionary=[*_words(self._schema), "place_key"],
            column_encoding=_ENCODED,
        )

    def add(self, frame: pd.DataFrame) -> None:
        """Write the next rows; columns that are missing are empty."""
        import pyarrow as pa

        if frame.empty:
            return
        columns = [
            _arrow(frame.get(field.name), field, len(frame)) for field in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self.rows += len(frame)

    def close(self) -> Parts:
        """End the file, and open it for reading."""
        self._writer.close()
        return Parts(self.path)

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self._writer.close()


class Parts:
    """Incidents as they lie on disk.

    Attributes
    ----------
    path : Path
    rows : int
    """

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as parquet

        self.path = path
        with parquet.ParquetFile(path) as file:
            self.rows = file.metadata.num_rows
            self.there = list(file.schema_arrow.names)

    def __len__(self) -> int:
        return self.rows

    def frames(self, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
        """The parts in order, with all columns or some."""
        import pyarrow.parquet as parquet

        wanted = None if columns is None else [c for c in columns if c in self.there]
        with parquet.ParquetFile(self.path, pre_buffer=False) as file:
            for i in range(file.num_row_groups):
                yield file.read_row_group(
                    i, columns=wanted, use_threads=False
                ).to_pandas()

    def columns(self, names: list[str]) -> pd.DataFrame:
        """Some columns of all rows, each as small as it can be; ``incident_id`` as a number (`identity`).

        Missing identifiers are NA, and each other has a number of its own.
        """
        columns = {name: _Column(self.rows) for name in names}
        at = 0
        for part in self.frames(names):
            for name, column in columns.items():
                if name in part:
                    column.put(at, _numbered(part[name], name))
            at += len(part)
        return pd.DataFrame(
            {k: column.series() for k, column in columns.items()}, copy=False
        )

    def identities(self) -> np.ndarray:
        """The number of each row's identifier, 0 where it has none."""
        found = np.zeros(self.rows, dtype=np.uint64)
        at = 0
        for part in self.frames(["incident_id"]):
            if "incident_id" in part:
                found[at : at + len(part)] = identity(part["incident_id"])
            at += len(part)
        return found

    def newest(self) -> np.datetime64 | None:
        """The latest moment at which something happened."""
        latest = [p["occurred_from"].max() for p in self.frames(["occurred_from"])]
        known = [moment for moment in latest if not pd.isna(moment)]
        return max(known).to_datetime64() if known else None

    def whole(self) -> pd.DataFrame:
        """All rows and columns."""
        return contracts.read_table(self.path, _TABLE)


def _numbered(values: pd.Series, name: str) -> pd.Series:
    if name != "incident_id":
        return values
    numbers = identity(values)
    # As signed numbers, which is what most of pandas works with.
    return pd.Series(pd.arrays.IntegerArray(numbers.view(np.int64), numbers == 0))


class _Column:
    """A column that is filled part by part, without a second copy of it at any time."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._values: np.ndarray | None = None
        self._missing: np.ndarray | None = None
        self._words: dict[str, int] | None = None

    def put(self, at: int, values: pd.Series) -> None:
        """Fill in the rows from `at` on."""
        end = at + len(values)
        if isinstance(values.dtype, pd.CategoricalDtype):
            if self._words is None:
                self._words = {}
                self._values = np.full(self._rows, -1, dtype=np.int16)
            position = [
                self._words.setdefault(str(word), len(self._words))
                for word in values.cat.categories
            ]
            if len(self._words) > np.iinfo(self._values.dtype).max:
                self._values = self._values.astype(np.int32)
            lookup = np.array([*position, -1], dtype=self._values.dtype)
            self._values[at:end] = lookup[values.cat.codes.to_numpy()]
            return
        if pd.api.types.is_extension_array_dtype(values.dtype):
            if self._values is None:
                numbers = values.dtype.numpy_dtype
                self._values = np.zeros(self._rows, dtype=numbers)
                self._missing = np.ones(self._rows, dtype=bool)
            self._values[at:end] = values.to_numpy(self._values.dtype, na_value=0)
            self._missing[at:end] = values.isna()
            return
        plain = values.to_numpy()
        if self._values is None:
            self._values = np.zeros(self._rows, dtype=plain.dtype)
        self._values[at:end] = plain

    def series(self) -> pd.Series:
        """The column, its categories in order."""
        if self._values is None:
            return pd.Series(pd.array([pd.NA] * self._rows, dtype="Int8"))
        if self._words is not None:
            order = sorted(self._words)
            place = {word: i for i, word in enumerate(order)}
            lookup = np.array([*(place[w] for w in self._words), -1])
            small = np.min_scalar_type(-len(order) - 1)
            codes = lookup.astype(small)[self._values]
            kinds = pd.CategoricalDtype(pd.Index(order, dtype="str"))
            return pd.Series(pd.Categorical.from_codes(codes, dtype=kinds))
        if self._missing is not None:
            whole = pd.arrays.IntegerArray(self._values, self._missing)
            return pd.Series(whole, copy=False)
        return pd.Series(self._values, copy=False)


def _schema() -> pa.Schema:
    import pyarrow as pa

    plain = pa.Schema.from_pandas(contracts.empty(_TABLE), preserve_index=False)
    words = pa.dictionary(pa.int32(), pa.string())
    fields = [
        field.with_type(words) if pa.types.is_dictionary(field.type) else field
        for field in plain
    ]
    return pa.schema(fields, metadata=plain.metadata)


def _words(schema: pa.Schema) -> list[str]:
    import pyarrow as pa

    return [field.name for field in schema if pa.types.is_dictionary(field.type)]


def _arrow(column: pd.Series | None, field: pa.Field, rows: int) -> Any:
    import pyarrow as pa

    if column is None:
        return pa.nulls(rows, field.type)
    if not pa.types.is_dictionary(field.type):
        return pa.array(column, type=field.type, from_pandas=True)
    kinds = column.astype("category")
    codes = kinds.cat.codes.to_numpy().astype(np.int32)
    # Only the words that are used, whatever the city has: each part writes its own list of them.
    used = np.bincount(codes + 1, minlength=len(kinds.cat.categories) + 1)[1:] > 0
    place = np.append(np.cumsum(used, dtype=np.int32) - 1, np.int32(-1))[codes]
    words = pa.array(list(kinds.cat.categories[used].astype("str")), pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(place, mask=codes < 0), words)
