"""What separates the columns of a text file? In: its first lines. Out: one character, or a clear refusal.

The separator is the one that splits most lines into equally many cells. Some systems write several characters
("||", "~|~"), which no reader takes: that is found out here, before it looks like a table of empty columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from safelearn.city.files.headers import ROWS_SEARCHED
from safelearn.errors import SafelearnError
from safelearn.language import t

SEPARATORS = (",", ";", "\t", "|", "^", "~")


def find_separator(head: str, given: str | None, name: str) -> tuple[int, str]:
    """How many lines to leave out before the table (Excel's ``sep=;``), and the separator."""
    declared = re.match(r"sep=(.)\r?\n", head)
    if declared:
        return 1, declared.group(1)
    if given and len(given.encode()) > 1:
        raise _several_characters(given, name)
    if given:
        return 0, given
    best, best_score = ",", (0.0, 0)
    for candidate in SEPARATORS:
        widths = [len(r) for r in first_rows(head, candidate) if len(r) > 1]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        score = (round(times / min(60, max(head.count("\n"), 1)), 1), width)
        # Tabs and semicolons do not stand in plain text as commas do: at equal evenness, wider wins.
        if score > best_score:
            best, best_score = candidate, score
    if name.casefold().endswith((".tsv", ".tab")) and "\t" in head.split("\n")[0]:
        return 0, "\t"
    return 0, best


def must_be_one_character(rows: list[list[str]], separator: str, name: str) -> None:
    """Refuse ``a||b`` and ``a~|~b``: half of the columns would be empty, or all names begin with a sign."""
    # Of three cells, the one in the middle may well be an empty column.
    wide = [row for row in rows if len(row) > 3][:20]
    between = {c.strip(" ") for row in wide for c in row[1::2]}
    if wide and len(between) == 1:
        (mark,) = between
        names = [c for row in wide for c in row[::2]]
        if not re.search(r"\w", mark) and sum(map(bool, names)) > 0.5 * len(names):
            raise _several_characters(f"{separator}{mark}{separator}", name)


def must_agree_with_its_header(
    names: list[str], rows: list[list[str]], separator: str, name: str
) -> None:
    """Refuse a table whose header is cut by one sign and whose rows by another: half of its rows would be lost."""
    for other in SEPARATORS:
        together = len(names) == 1 and names[0].count(other) > 1
        if other != separator and together and max(map(len, rows), default=0) > 1:
            raise SafelearnError(
                t(
                    "The names of the columns are separated by “{one}”, and some rows by “{other}”.",
                    one=other,
                    other=separator,
                ),
                where=name,
                remedy=t(
                    "Export it again, or make both the same in a text editor: a semicolon in all lines is safe."
                ),
            )


def _several_characters(found: str, name: str) -> SafelearnError:
    return SafelearnError(
        t("The columns are separated by several characters: {marks}", marks=found),
        where=name,
        remedy=t(
            "Export it again with one, such as a semicolon, or replace them in a text editor."
        ),
    )


def first_rows(head: str, separator: str) -> list[list[str]]:
    """The first rows of a text, cut into cells."""
    text = head if len(head) < (1 << 17) else head.rsplit("\n", 1)[0]
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= ROWS_SEARCHED + 60:
                break
    except csv.Error:
        pass
    return rows
