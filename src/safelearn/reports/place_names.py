"""What the report calls kinds of place and of public space: the words of the tables' own contracts."""

from __future__ import annotations

from safelearn.city.contracts import labels
from safelearn.language import t


def place_type_names() -> dict[str, str]:
    """Kinds of place, as audits and survey know them."""
    return {code: t(name) for code, name in labels("audits", "place_type").items()}


def space_names() -> dict[str, str]:
    """Kinds of public space."""
    return {code: t(name) for code, name in labels("spaces", "type").items()}
