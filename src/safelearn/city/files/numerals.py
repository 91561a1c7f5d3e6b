"""What number does a text mean? In: a column of text. Out: floats, missing where it is no number.

Half of the world writes 1.234,5 and the other half 1,234.5. Most cells show by themselves which of the two
they are; "1.234" alone does not, and its column decides: one rule for all its cells, from a sample of it, so
that a file read in pieces gives the same numbers as the file read at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.language import t

if TYPE_CHECKING:
    import pyarrow as pa

_SIGN = r"^[-+]?"
_GROUPED = {
    # A space or an apostrophe between groups of three is never a decimal mark.
    " ": _SIGN + r"\d{1,3}( \d{3})+([.,]\d*)?$",
    "'": _SIGN + r"\d{1,3}('\d{3})+([.,]\d*)?$",
    ".": _SIGN + r"\d{1,3}((\.\d{3})+,\d*|(\.\d{3}){2,})$",
    # The last form is that of South Asia: 12,34,567.
    ",": _SIGN
    + r"(\d{1,3}((,\d{3})+\.\d*|(,\d{3}){2,})|\d{1,2}(,\d{2})+,\d{3}(\.\d*)?)$",
}
_AMBIGUOUS = {mark: rf"{_SIGN}[1-9]\d{{0,2}}[{mark}]\d{{3}}$" for mark in ".,"}
_DECIMAL = {mark: rf"{_SIGN}\d*[{mark}]\d+([eE][-+]?\d+)?$" for mark in ".,"}
_NUMBER = r"^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"
#: What a mark may be, where a cell does not show it: a decimal mark, one of thousands, or it cannot be told.
DECIMAL, THOUSANDS, UNKNOWN = "decimal", "thousands", "unknown"


@dataclass(frozen=True)
class Numerals:
    """How a column writes its numbers.

    Attributes
    ----------
    point, comma : str
        What the mark is in a cell such as ``1.234`` or ``1,234``, which does not show it by itself:
        ``decimal``, ``thousands``, or ``unknown``, which leaves such a cell without a number.
    example : str
        A cell whose meaning the column decided; empty if there was none in the sample.
    """

    point: str = DECIMAL
    comma: str = DECIMAL
    example: str = ""

    def read(self, text: pd.Series) -> np.ndarray:
        """Floats, the caller's own; NaN for everything that is no number. Cell by cell, so in any pieces."""
        import pyarrow as pa
        import pyarrow.compute as compute

        column = _arrow(text)
        point = compute.any(compute.match_substring(column, ".")).as_py()
        comma = compute.any(compute.match_substring(column, ",")).as_py()
        if not (point and (comma or self.point != DECIMAL)) and not (
            comma and self.comma != DECIMAL
        ):
            quick = compute.replace_substring(column, ",", ".") if comma else column
            try:
                # Ten times faster than looking at each cell; it fails as a whole if one is no plain number.
                return _floats(_blank_to_null(quick))
            except pa.ArrowInvalid:
                pass
        return self._read_each(column)

    def _read_each(self, column: pa.Array) -> np.ndarray:
        import pyarrow as pa
        import pyarrow.compute as compute

        plain = _plain_marks(column)
        result = plain
        for mark, grouped in _GROUPED.items():
            is_grouped = compute.match_substring_regex(plain, grouped)
            bare = compute.replace_substring(plain, mark, "")
            result = compute.if_else(is_grouped, bare, result)
        for mark, meaning in ((".", self.point), (",", self.comma)):
            if meaning != DECIMAL:
                open_ = compute.match_substring_regex(plain, _AMBIGUOUS[mark])
                bare = compute.replace_substring(plain, mark, "")
                other = bare if meaning == THOUSANDS else pa.scalar("")
                result = compute.if_else(open_, other, result)
        result = compute.replace_substring(result, ",", ".")
        result = compute.replace_substring_regex(result, r"^\+", "")
        fits = compute.match_substring_regex(result, _NUMBER)
        return _floats(compute.if_else(fits, result, pa.scalar(None, pa.string())))

    def note(self, column: str) -> str | None:
        """What was decided for a cell that could mean two numbers, as a sentence; None if nothing was."""
        if not self.example:
            return None
        (value,) = self.read(pd.Series([self.example], dtype="str"))
        if np.isnan(value):
            return t(
                "The column {column} writes its numbers in two ways; a cell such as {example} could mean two, "
                "and is not read.",
                column=column,
                example=self.example,
            )
        return t(
            "In the column {column}, {example} was read as {value}.",
            column=column,
            example=self.example,
            # Without marks, so that it cannot be misread in its turn.
            value=f"{value:g}" if abs(value) < 1e6 else str(int(value)),
        )


def settle_numerals(sample: pd.Series, *, whole: bool | None = None) -> Numerals:
    """Decide how a column writes its numbers.

    Parameters
    ----------
    sample : Series of str
        The column, or enough of it.
    whole : bool, optional
        What the column is known to hold: True for counts of people or events, where a mark before three
        digits is one of thousands; False for coordinates, where it is a decimal mark. Without it, such a
        mark is one of thousands only if no cell speaks against it and some cell below a thousand has none:
        a column rounded to three decimals has them in every cell.

    Notes
    -----
    Evidence is any cell that can be read in one way only: ``1.234,5``, ``1.234.567``, ``0,5``, ``12,75``.
    Cells that contradict each other leave the open ones without a number, unless `whole` decides.
    """
    import pyarrow.compute as compute

    plain = _plain_marks(_arrow(sample))
    plain = plain.filter(compute.not_equal(plain, "")).unique()

    def like(pattern: str) -> pa.Array:
        return compute.match_substring_regex(plain, pattern)

    def some(mask: pa.Array) -> bool:
        return bool(compute.any(mask).as_py())

    open_ = {mark: like(_AMBIGUOUS[mark]) for mark in ".,"}
    # In 1,234.5 the point shows what it is, and so does the one in 0.5 or 12.75.
    is_decimal = {
        ".": some(compute.and_not(like(_DECIMAL["."]), open_["."]))
        or some(like(r",\d{3}\.\d*$")),
        ",": some(compute.and_not(like(_DECIMAL[","]), open_[","]))
        or some(like(r"\.\d{3},\d*$")),
    }
    is_thousands = {mark: some(like(_GROUPED[mark])) for mark in _GROUPED}
    spaced = is_thousands[" "] or is_thousands["'"]
    counts_only = (
        some(like(r"^\d{1,3}$"))
        and not some(like(_SIGN + r"\d{4,}$"))
        and not some(like(r"^-"))
    )
    meanings, example = {}, ""
    for mark, other in ((".", ","), (",", ".")):
        decimal = is_decimal[mark] or spaced
        thousands = is_thousands[mark] or (whole is not False and is_decimal[other])
        if decimal != thousands:
            meaning = THOUSANDS if thousands else DECIMAL
        elif whole is not None:
            meaning = THOUSANDS if whole else DECIMAL
        elif decimal:
            meaning = UNKNOWN
        else:
            meaning = THOUSANDS if counts_only else DECIMAL
        meanings[mark] = meaning
        if not example and meaning != DECIMAL and some(open_[mark]):
            example = plain.filter(open_[mark])[0].as_py()
    return Numerals(point=meanings["."], comma=meanings[","], example=example)


def as_floats(text: pd.Series, *, whole: bool | None = None) -> np.ndarray:
    """Numbers of one column, whichever way it writes them; see `settle_numerals`.

    Parameters
    ----------
    text : Series of str

    Returns
    -------
    ndarray of float64
        The caller's own; NaN for everything that is no number.
    """
    return settle_numerals(text, whole=whole).read(text)


def _arrow(text: pd.Series) -> Any:
    import pyarrow as pa
    import pyarrow.compute as compute

    column = pa.array(text.array, type=pa.string(), from_pandas=True)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return compute.utf8_trim_whitespace(column)


def _plain_marks(column: Any) -> Any:
    """Typographer's spaces, apostrophes and minus signs as those of the keyboard."""
    import pyarrow.compute as compute

    column = compute.fill_null(column, "")
    if compute.all(compute.string_is_ascii(column)).as_py():
        return column
    column = compute.replace_substring_regex(column, "[\u00a0\u2007\u2009\u202f]", " ")
    column = compute.replace_substring_regex(column, "[\u2019\u00b4\u02bc]", "'")
    return compute.replace_substring(column, "\u2212", "-")


def _blank_to_null(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as compute

    blank = compute.equal(column, "")
    return compute.if_else(blank, pa.scalar(None, pa.string()), column)


def _floats(column: Any) -> np.ndarray:
    import pyarrow as pa

    values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.where(np.isfinite(values), values, np.nan)
