"""What do the cells of a filled-in table mean? In: text as an office writes it. Out: text as the contract wants it.

Labels become the contract's words, "1.234,50 €" a number, "(1.200)" a negative one, 03/04/2024 a date whose order
the whole column decides. A cell that nothing reads stays as it is, so that validation names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.columns.victims import NOT_KNOWN
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import settle_numerals
from safelearn.city.tables.contract_words import meaning_of
from safelearn.city.times.stamps import DAY, settle_stamps
from safelearn.language import t

_MONEY = re.compile(
    r"(?<![^\W\d_])(US\$|R\$|S/\.?|COL\$|MX\$|\$U|Bs\.?|Gs\.?|Q|L|₡|₲|₱|₦|₹|[$€£¥]|[A-Z]{3})(?=\s*[-(\d])"
    r"|(?<=\d)\s*([$€£¥]|[A-Z]{3})(?![^\W\d_])"
)
_ISO = r"\d{4}-\d{2}-\d{2}.*"
_DASH = frozenset({"-", "–", "—", "--", "..", "...", "…", "*"})


def read_cells(
    cells: pd.Series, field: Mapping[str, Any]
) -> tuple[pd.Series, tuple[str, ...]]:
    """Cells of one column in the contract's own words.

    Parameters
    ----------
    cells : Series of str
        ``""`` where empty.
    field : mapping
        The column's field in the contract.

    Returns
    -------
    cells : Series of str
        What nothing reads stays as published; a word for "not known" is empty where the contract has none.
    notes : tuple of str
        What the column decided.
    """
    if "categories" in field:
        return _labels(cells, field), ()
    if field["type"] in ("integer", "number"):
        return _numbers(cells, whole=field["type"] == "integer", called=field["name"])
    if field["type"] in ("date", "datetime"):
        return _dates(cells, field["type"] == "datetime")
    return cells.where(~cells.isin(_DASH), ""), ()


def _labels(cells: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    kinds = [v for v in cells.unique() if v != ""]
    known = meaning_of(kinds, field)
    unknown = "unknown" if "unknown" in field["constraints"].get("enum", ()) else ""
    for kind in kinds:
        if kind not in known and (kind in _DASH or normalise(kind) in NOT_KNOWN):
            known[kind] = unknown
    return cells.map(lambda v: known.get(v, v)).astype("str")


def read_amounts(cells: pd.Series, *, whole: bool | None = None) -> np.ndarray:
    """Numbers with thousands marks, signs of a currency, or in parentheses where they are negative.

    Examples
    --------
    >>> read_amounts(pd.Series(["$ 1.234,50", "(200,00)", "R$ 3,25"])).tolist()
    [1234.5, -200.0, 3.25]
    """
    bare = cells.str.replace(_MONEY, "", regex=True).str.strip()
    negative = bare.str.fullmatch(r"\(\s*[\d.,'\s]+\)|[\d.,'\s]+-").to_numpy(bool)
    bare = bare.str.replace(r"^\(|\)$|(?<=\d)\s*-$", "", regex=True).str.strip()
    values = settle_numerals(bare, whole=whole).read(bare)
    return np.where(negative, -values, values)


def _numbers(
    cells: pd.Series, *, whole: bool, called: str
) -> tuple[pd.Series, tuple[str, ...]]:
    cells = cells.where(~cells.isin(_DASH), "")
    known = ~cells.map(normalise).isin(NOT_KNOWN) | cells.str.contains(r"\d")
    cells = cells.where(known, "")
    values = read_amounts(cells, whole=True if whole else None)
    read = ~np.isnan(values)
    text = pd.Series(
        [_plain(v) if ok else c for v, ok, c in zip(values, read, cells, strict=True)],
        index=cells.index,
        dtype="str",
    )
    note = settle_numerals(cells, whole=True if whole else None).note(called)
    return text, (note,) if note else ()


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(float(value))


def _dates(cells: pd.Series, moments: bool) -> tuple[pd.Series, tuple[str, ...]]:
    cells = cells.where(~cells.map(normalise).isin(NOT_KNOWN), "")
    cells = cells.where(~cells.isin(_DASH), "")
    filled = cells[cells != ""]
    if filled.empty or filled.str.fullmatch(_ISO).all():
        return (cells if moments else cells.str.slice(0, 10)), ()
    reader = settle_stamps(filled)
    stamps = reader.read(filled)
    found = pd.Series(stamps.moments, index=filled.index)
    # A month or a year is no day: it stays as written, and is found wrong.
    found = found.where(stamps.precision <= DAY)
    form = "%Y-%m-%dT%H:%M:%S" if moments else "%Y-%m-%d"
    text = cells.copy()
    text.loc[filled.index] = found.dt.strftime(form).where(found.notna(), filled)
    return text.astype("str"), tuple(
        t("Dates in the column {column}: {what}", column=cells.name, what=note)
        for note in reader.notes
    )
