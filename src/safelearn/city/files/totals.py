"""Which rows of a published table are no records? In: the table as text. Out: its totals and its notes, by row.

A table made to be read ends with "TOTAL GERAL", has "Subtotal" between its districts and "Fuente: ..." below its
last line. Counted as records they would double the city, so they are set aside, each with its own reason. The
name alone does not make a total, for a neighbourhood may be called so: the other labels of the row must be empty,
or its number must be the sum of the rows it stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import as_floats

TOTAL, NOTE, HEADER = "total row", "note below the table", "repeated header"
_WORD = (
    r"((gran|grand|sum|sub) ?)?(total|totals|totales|totais|totaux|totale|totali|totalt|totaal|"
    r"gesamt|gesamtsumme|insgesamt|subtotal|subtotales|subtotais)"
)
_ALONE = re.compile(
    _WORD
    + r"( (general|generales|geral|generale|general de la ciudad|nacional|national|municipal|ciudad|"
    r"city|pais|country|departamento|all|todos|events|cases|casos|hechos))?"
    r"|sum|suma|sumas|summe|soma|somme|ensemble|zusammen|razem|ogolem|celkem|yhteensa|toplam|jumlah|jumla|"
    r"итого|всего|合計|合计|总计|總計|小计|합계|الاجمالي|المجموع"
)
_TOTAL = re.compile(
    _ALONE.pattern + "|" + _WORD + r" .{1,80}|.{1,80} (total|subtotal|totales)"
)
#: Found in every cell that one of them may match, and in few others.
_MAYBE = (
    r"(?i)tot[aá]l|totau|totai|totaal|gesamt|^\W*(sum|soma|somme|ensemble|zusammen|razem|og[oó][lł]em|celkem|"
    r"yhteens|toplam|jumla|итого|всего|合計|合计|总计|總計|小计|합계|الإجمالي|الاجمالي|المجموع)"
)
_NOTE = (
    r"(?i)^\s*(\*|\(\*|†|‡|¹|²|³|©|\(\d\)\s|\d/\s|(fuentes?|sources?|notas?|notes?|quellen?|anmerkung(en)?|"
    r"hinweis|fontes?|n\.\s?b\.|obs(ervaci[oó]n|ervaciones|erva[cç][aã]o|erva[cç][oõ]es)?|elaborado|"
    r"elaboraci[oó]n|elabora[cç][aã]o|aviso|disclaimer|remarks?|llamadas?|corte|fecha de (corte|consulta|"
    r"actualizaci[oó]n|extracci[oó]n)|[uú]ltima actualizaci[oó]n|actualizado|atualizado|data (as of|extracted)|"
    r"(last )?updated|stand)\s*(\d+\s*)?([:.)–-]|al? |de |em |el |por |on |by |\d))"
)
# Words of columns whose "total" is one of their values: everybody, whatever sex or age.
_GROUPS = re.compile(
    r"\b(sex|sexo|sexe|gender|genero|geschlecht|age|ages|edad|edades|idade|alter|grupo|group|indicator|indicador|"
    r"variable|variavel|measure|concepto)\b"
)
#: Rows at the end among which notes and a total without a name are looked for.
_END = 60


def recognise(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """The rows of a whole table that are no records.

    Parameters
    ----------
    frame : DataFrame of str

    Returns
    -------
    dict of str to array of bool
        ``total row``, ``note below the table``, ``repeated header``: only those that occur.
    """
    if len(frame) < 2 or frame.shape[1] == 0:
        return {}
    shape = shape_of(frame)
    found = {
        HEADER: _headers(frame),
        NOTE: _notes(frame, shape),
        TOTAL: _named_totals(frame, shape),
    }
    found[NOTE] &= ~found[HEADER]
    found[TOTAL] &= ~(found[HEADER] | found[NOTE])
    found[TOTAL] |= _sums_in_a_category(frame, shape, found)
    found[TOTAL] |= _sum_without_a_name(frame, shape, found)
    return {reason: rows for reason, rows in found.items() if rows.any()}


def marked(frame: pd.DataFrame, shape: Shape) -> dict[str, np.ndarray]:
    """Those rows of a piece of a long file that show by themselves that they are no records."""
    found = {HEADER: _headers(frame), TOTAL: _named_totals(frame, shape)}
    found[NOTE] = np.zeros(len(frame), dtype=bool)
    first = _first_filled(frame)
    for i in np.flatnonzero(_like(first, _NOTE)):
        found[NOTE][i] = _is_note(frame.iloc[i], shape.usual, named=True)
    found[TOTAL] &= ~(found[HEADER] | found[NOTE])
    return {reason: rows for reason, rows in found.items() if rows.any()}


@dataclass(frozen=True)
class Shape:
    """What the rows of a table look like: the columns that half of them fill in, and those of numbers."""

    usual: list[str]
    numeric: list[str]


def shape_of(frame: pd.DataFrame) -> Shape:
    """The shape of a table, from all of it or a sample."""
    usual = [c for c in frame if (frame[c] != "").mean() >= 0.5]
    return Shape(usual, [c for c in frame if _is_numeric(frame[c])])


def _headers(frame: pd.DataFrame) -> np.ndarray:
    """Rows that repeat the names of the columns: files that were written one behind the other."""
    result = np.zeros(len(frame), dtype=bool)
    names = [normalise(c) for c in frame.columns]
    same = (frame.iloc[:, 0].str.strip() == frame.columns[0]).to_numpy(bool)
    for i in np.flatnonzero(same):
        result[i] = [normalise(c) for c in frame.iloc[i]] == names
    return result


def _first_filled(frame: pd.DataFrame) -> pd.Series:
    """The first cell of each row that is filled, among the first four."""
    first = frame.iloc[:, 0]
    for i in range(1, min(4, frame.shape[1])):
        first = first.where(first != "", frame.iloc[:, i])
    return first


def _named_totals(frame: pd.DataFrame, shape: Shape) -> np.ndarray:
    """Rows that begin with a word for a total, and have no other label."""
    result = np.zeros(len(frame), dtype=bool)
    first = _first_filled(frame)
    maybe = _matching(first, _TOTAL)
    labels = [c for c in shape.usual if c not in shape.numeric]
    for i in np.flatnonzero(maybe):
        row = frame.iloc[i]
        at = next(c for c in frame.columns if row[c] != "")
        others = [c for c in labels if c != at]
        numbers = [c for c in shape.numeric if row[c] != "" and c != at]
        beside = [c for c in others if row[c] != ""]
        if _GROUPS.search(normalise(at)) or (beside and not _bare(row, at, shape)):
            continue
        if beside:
            result[i] = True
        elif not numbers:
            # A line that says "Subtotal" and nothing else.
            result[i] = bool(others) and (row != "").sum() == 1
        elif others or _ALONE.fullmatch(normalise(first.iloc[i])):
            result[i] = True
        else:
            result[i] = any(_adds_up(frame[c], i, maybe) for c in numbers)
    return result | _totals_beside_a_code(frame, shape)


def _bare(row: pd.Series, at: str, shape: Shape) -> bool:
    """Whether a row holds a word and a number or two, under whatever names, in a table that fills its rows."""
    rest = [row[c] for c in row.index if c != at and row[c] != ""]
    numbers = as_floats(pd.Series(rest, dtype="str"), whole=True)
    few = len(rest) <= max(1, (len(shape.usual) - 1) // 3)
    return few and not np.isnan(numbers).any()


def _totals_beside_a_code(frame: pd.DataFrame, shape: Shape) -> np.ndarray:
    """Rows such as "W01, Total Market, , 412": a total behind a code, with a label left empty, that adds up."""
    result = np.zeros(len(frame), dtype=bool)
    labels = [c for c in shape.usual if c not in shape.numeric]
    for column in labels[1:4]:
        maybe = _matching(frame[column], _TOTAL)
        if not maybe.any() or maybe.mean() > 0.5:
            continue
        for i in np.flatnonzero(maybe):
            row = frame.iloc[i]
            if all(row[c] != "" for c in labels):
                continue
            result[i] |= any(_adds_up(frame[c], i, maybe) for c in shape.numeric)
    return result


def _adds_up(column: pd.Series, i: int, maybe: np.ndarray) -> bool:
    """Whether a number is the sum of all the rows that are no totals, or of those since or until the next one."""
    values = as_floats(column, whole=True)
    at = np.flatnonzero(maybe)
    before = max(at[at < i], default=-1)
    after = min(at[at > i], default=len(values))
    parts = (values[~maybe], values[before + 1 : i], values[i + 1 : after])
    return values[i] > 0 and any(
        len(part) >= 2 and np.isclose(np.nansum(part), values[i]) for part in parts
    )


def _sums_in_a_category(
    frame: pd.DataFrame, shape: Shape, found: dict[str, np.ndarray]
) -> np.ndarray:
    """Rows whose number is the sum of those that differ from it only where it says "Total"."""
    result = np.zeros(len(frame), dtype=bool)
    aside = found[HEADER] | found[NOTE] | found[TOTAL]
    numeric = shape.numeric
    labels = [c for c in frame.columns if c not in numeric]
    if len(labels) < 2 or not numeric:
        return result
    numbers = None
    for column in labels:
        if _GROUPS.search(normalise(column)):
            continue
        # The word alone: "total loss" is an offence, whatever its numbers happen to add up to.
        maybe = _matching(frame[column], _ALONE) & ~aside
        others = [c for c in labels if c != column]
        if not maybe.any() or maybe.mean() > 0.5:
            continue
        if numbers is None:
            columns = {c: as_floats(frame[c], whole=True) for c in numeric}
            numbers = pd.DataFrame(columns, index=frame.index)
        keys = frame[others].agg("\x1f".join, axis=1).to_numpy()
        parts = ~maybe & ~aside & ~result
        sums = numbers[parts].groupby(keys[parts]).agg(["sum", "size"])
        for i in np.flatnonzero(maybe):
            if keys[i] in sums.index:
                group = sums.loc[keys[i]]
                result[i] = any(
                    group[c, "size"] >= 2
                    and numbers.iloc[i][c] > 0
                    and np.isclose(numbers.iloc[i][c], group[c, "sum"])
                    for c in numeric
                )
    return result


def _sum_without_a_name(
    frame: pd.DataFrame, shape: Shape, found: dict[str, np.ndarray]
) -> np.ndarray:
    """The last row, where all its labels are empty and a number is the sum of those above."""
    result = np.zeros(len(frame), dtype=bool)
    aside = found[HEADER] | found[NOTE] | found[TOTAL]
    last = np.flatnonzero(~aside)[-1:]
    if not len(last) or not (frame.iloc[last[0]][shape.usual] == "").any():
        return result
    row, above = frame.iloc[last[0]], ~aside
    above[last[0]] = False
    filled = [c for c in frame.columns if row[c] != ""]
    if above.sum() < 2 or not filled:
        return result
    if not set(filled) <= set(shape.numeric):
        return result
    for column in filled:
        values = as_floats(frame[column], whole=True)
        total = np.nansum(values[above])
        result[last[0]] |= bool(total > 0 and np.isclose(values[last[0]], total))
    return result


def _notes(frame: pd.DataFrame, shape: Shape) -> np.ndarray:
    """Notes anywhere that name themselves so, and any text alone on its row below the last record."""
    result = np.zeros(len(frame), dtype=bool)
    first = _first_filled(frame)
    for i in np.flatnonzero(_like(first, _NOTE)):
        result[i] = _is_note(frame.iloc[i], shape.usual, named=True)
    for i in range(len(frame) - 1, max(len(frame) - _END, 0) - 1, -1):
        row = frame.iloc[i]
        if not (row != "").any() or result[i]:
            continue
        if _is_total(row):
            continue
        if not _is_note(row, shape.usual, named=False):
            break
        result[i] = True
    return result


def _is_total(row: pd.Series) -> bool:
    return bool(_TOTAL.fullmatch(normalise(next(cell for cell in row if cell != ""))))


def _is_note(row: pd.Series, usual: list[str], *, named: bool) -> bool:
    """Whether a row is a note: a text with (almost) nothing beside it, in a table that fills its rows."""
    filled = [c for c in row.index if row[c] != ""]
    if not filled:
        return False
    if named:
        # A comma in "Source: police, 2024" makes two cells of it.
        missing = [c for c in usual if row[c] == ""]
        return len(usual) == 1 or (
            bool(missing) and len(filled) <= max(2, len(usual) // 3)
        )
    words = re.findall(r"[^\W\d_]{2,}", str(row[filled[0]]))
    return len(usual) >= 2 and filled == [row.index[0]] and len(words) >= 3


def _matching(cells: pd.Series, pattern: re.Pattern[str]) -> np.ndarray:
    """Cells whose normalised text is wholly of this pattern."""
    maybe = _like(cells, _MAYBE)
    maybe[maybe] = [
        len(cell) < 120 and bool(pattern.fullmatch(normalise(cell)))
        for cell in cells[maybe]
    ]
    return maybe


def _like(cells: pd.Series, pattern: str) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as compute

    column = pa.array(cells.array, from_pandas=True)
    found = compute.match_substring_regex(column, pattern)
    return np.array(compute.fill_null(found, False).to_numpy(zero_copy_only=False))


def _is_numeric(cells: pd.Series) -> bool:
    filled = cells[cells != ""].head(2000)
    return bool(len(filled)) and np.isfinite(as_floats(filled)).mean() >= 0.8
