"""What do values look like, where names say nothing? In: a sample of a file and what is known of its columns.

Three mistakes would be made in silence by names alone: words taken for codes, so that one neighbourhood written in
two ways is two; offences in an office's own words, so that all events are of one kind; and a column of counts
under an unknown name, so that a hundred thefts count as one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.columns.victims import as_category
from safelearn.city.files.headers import normalise

#: Words in the name of a column of offences, in several languages.
_OF_OFFENCES = frozenset(
    (
        "offence", "offences", "offense", "offenses", "crime", "crimes", "incident", "nature", "head", "type",
        "category", "classification", "charge", "delito", "delitos", "conducta", "tipo", "hecho", "categoria",
        "clase", "clasificacion", "natureza", "rubrica", "infraction", "categorie", "delikt", "straftat", "art",
    )
)  # fmt: skip
#: Words in the name of a column that counts.
_OF_COUNTS = frozenset(
    (
        "cases", "case", "count", "counts", "number", "no", "total", "totals", "n", "nr", "num", "crimes",
        "incidents", "events", "offences", "offenses", "reports", "records", "cantidad", "casos", "numero", "cifra",
        "hechos", "delitos", "quantidade", "ocorrencias", "nombre", "faits", "anzahl", "faelle",
    )
)  # fmt: skip
#: A table of counts fills at least this part of all combinations of its places, periods and offences.
_CROSSED = 0.2
_MOST_KINDS = 300


def names_in_place_of_codes(sample: pd.Series) -> bool:
    """Whether a column of "codes" holds words: none of them has a digit, and most are longer than a code."""
    words = as_category(sample).cat.categories
    if len(words) < 2:
        return False
    digits = words.str.contains(r"\d").mean()
    return bool(digits < 0.2 and words.str.len().to_series().median() > 3)


def offences_by_shape(sample: pd.DataFrame, free: list[str]) -> str | None:
    """The column that holds the kinds of events, in words that nobody classified yet; None where none stands out.

    It is called so in part, holds words, and few different ones that come again and again.
    """
    found = {}
    for column in free:
        named = len(set(normalise(column).split()) & _OF_OFFENCES)
        if not named:
            continue
        kinds = as_category(sample[column])
        words = kinds.cat.categories
        rows = int(kinds.notna().sum())
        few = 2 <= len(words) <= min(_MOST_KINDS, 0.2 * rows)
        if few and words.str.contains(r"[^\W\d_]{3}").mean() > 0.9:
            found[column] = (named, rows)
    return max(found, key=lambda c: found[c], default=None)


def counts_by_shape(
    sample: pd.DataFrame, free: list[str], columns: dict[str, str]
) -> str | None:
    """The column that says how many events a row stands for; None where none stands out.

    A table of counts has no identifier; each combination of place, period and kind comes once, and many of those
    that could come do. The column is called so in part, or it is the only column of numbers that is left.
    """
    numbers = [c for c in free if _whole_numbers(sample[c])]
    crossed = [c for c in sample.columns if c not in numbers]
    if "incident_id" in columns or not numbers or not crossed or len(sample) <= 20:
        return None
    # A name beside its code adds no combination.
    possible = float(np.prod([_kinds_of_its_own(sample, c, crossed) for c in crossed]))
    if sample.duplicated(crossed).any() or len(sample) < _CROSSED * possible:
        return None
    named = [c for c in numbers if set(normalise(c).split()) & _OF_COUNTS]
    if len(named) == 1:
        return named[0]
    return numbers[0] if len(numbers) == 1 else None


def _kinds_of_its_own(sample: pd.DataFrame, column: str, columns: list[str]) -> int:
    """How many different words a column adds; 1 where an earlier one settles it, as a code does the name."""
    earlier = columns[: columns.index(column)]
    kinds = sample[column].nunique()
    for other in earlier:
        pairs = len(sample[[other, column]].drop_duplicates())
        if pairs <= max(sample[other].nunique(), kinds):
            return max(1, -(-kinds // sample[other].nunique()))
    return kinds


def _whole_numbers(text: pd.Series) -> bool:
    filled = text[text.str.strip() != ""]
    if len(filled) < 0.5 * len(text) or filled.empty:
        return False
    plain = filled.str.strip()
    if not plain.str.fullmatch(r"\d{1,3}([., ']?\d{3})*|\d+").mean() > 0.98:
        return False
    values = pd.to_numeric(
        plain.str.replace(r"[., ']", "", regex=True), errors="coerce"
    ).to_numpy(float)
    # Codes of one length with zeros before them are no counts, and a running number never repeats.
    padded = plain.str.fullmatch(r"0\d+").any()
    running = len(np.unique(values)) > 0.9 * len(values) > 20
    return not padded and not running
