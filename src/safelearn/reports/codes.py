"""What the report calls the groups, topics and other codes of the city's tables."""

from __future__ import annotations

from safelearn.city.contracts import labels
from safelearn.language import t


def words(table: str, column: str) -> dict[str, str]:
    """Each code of a column and what it is called, in the reader's language."""
    return {code: t(label) for code, label in labels(table, column).items()}


def group_name(code: str) -> str:
    """What a group of residents is called."""
    return words("ballots", "group").get(code, code)
