"""Which row of a file names its columns? In: the first rows as text. Out: the header's position and clean,
distinct names; and `normalise`, by which names in any spelling are compared.

Published tables begin with titles, notes and blank lines, and their headers change from release to release
in case, accents, underscores and trailing spaces. Both are handled here, once, for text files and workbooks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from safelearn.errors import SafelearnError
from safelearn.language import t

#: A header is looked for among this many rows from the top.
ROWS_SEARCHED = 40
_NUMBER = re.compile(r"[-+]?[\d\s.,]*\d[\d\s.,]*%?")
_IN_A_WIDE_TABLE = re.compile(r"(19|20)\d\d|\d{1,3}\s*[-–]\s*\d{2,3}|\d-\d")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ].*)?")


def normalise(text: str) -> str:
    """A name without case, accents and punctuation: ``"Año_hecho "`` becomes ``"ano hecho"``."""
    plain = str(text)
    # Most names are plain letters, and files have millions of them.
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.casefold()
    # "St. Mary's" is often written St Marys, and no word begins after an apostrophe within it.
    plain = re.sub(r"(?<=\w)['’‘`´](?=\w)", "", plain)
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def find_header(rows: Sequence[Sequence[str]], *, where: str) -> int:
    """The position of the row that names the columns.

    It is the first row that is as wide as the table (the most common number of filled cells, at least
    three quarters of it), holds names and not values, and repeats none of them much.

    Raises
    ------
    SafelearnError
        If no row qualifies: most often the file begins with its first record.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:ROWS_SEARCHED]]
    # Cells left empty at the end of a row are no columns: many exports end each line with a separator.
    lengths = [filled_length(row) for row in rows]
    widths = Counter(length for length in lengths if length)
    if not widths:
        raise SafelearnError(
            t("The file is empty: it holds no row."),
            where=where,
            remedy=t("Ask for the file again, or export it again."),
        )
    width = max(widths, key=lambda w: (widths[w], w))
    for position, row in enumerate(rows[:ROWS_SEARCHED]):
        if lengths[position] >= 0.75 * width and filled[position] >= 0.6 * width:
            if _holds_names(row):
                return position
            break
    raise SafelearnError(
        t("No row was found that names the columns."),
        where=where,
        remedy=t(
            "Add a first line with the name of each column, such as date, latitude, longitude, offence."
        ),
    )


def clean_names(row: Sequence[str], width: int | None = None) -> list[str]:
    """Column names as published, stripped, with blanks and repeats made distinct."""
    names: list[str] = []
    for i in range(max(len(row), width or 0)):
        name = " ".join(row[i].split()) if i < len(row) else ""
        name = name or f"column {i + 1}"
        number = 2
        base = name
        while name in names:
            name = f"{base} ({number})"
            number += 1
        names.append(name)
    return names


def titles_above(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What is written above the header, a text a row."""
    said = (" ".join(cell.strip() for cell in row if cell.strip()) for row in rows)
    return tuple(text for text in said if text)


def filled_length(row: Sequence[str]) -> int:
    """Cells up to the last one that is filled."""
    return max((i + 1 for i, cell in enumerate(row) if cell.strip()), default=0)


def _holds_names(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    values = sum(
        bool(_NUMBER.fullmatch(cell) or _DATE.fullmatch(cell))
        for i, cell in enumerate(cells)
        # Wide tables have years and age groups as names.
        if i == 0 or not _IN_A_WIDE_TABLE.fullmatch(cell)
    )
    values -= _run(cells)
    distinct = len(set(cells)) > 0.5 * len(cells)
    return values <= 0.5 * len(cells) and not _is_record(cells) and distinct


def _run(cells: Sequence[str]) -> int:
    """How many cells count 0, 1, 2 ...: single years of age are names, and no record counts so far."""
    longest = length = 0
    for before, cell in pairwise(("", *cells)):
        follows = before.isdigit() and cell.isdigit() and int(cell) == int(before) + 1
        length = length + 1 if follows else int(cell.isdigit())
        longest = max(longest, length)
    return longest if longest >= 10 else 0


def _is_record(cells: list[str]) -> bool:
    """Whether a row holds a full date or a coordinate, which no name of a column does."""
    return any(
        re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}/\d{1,2}/\d{4}.*", cell)
        or re.fullmatch(r"[-+]?\d{1,3}[.,]\d{3,}", cell)
        for cell in cells
    )
