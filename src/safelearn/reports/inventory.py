"""What a report rests on: the rows of each table, the files that came in, and what import assumed about them.

The city's own records of its imports go in; lines for the report and the manifest come out, without a machine's path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safelearn.city.folder import City


@dataclass(frozen=True)
class Inventory:
    """What became of the rows of one table."""

    table: str
    source: str
    period: str
    rows_read: int
    rows_used: int
    set_aside: Mapping[str, int]


def inventory(city: City, checked: Any) -> list[Inventory]:
    lines = []
    for name, part in checked.to_json()["tables"].items():
        note = city.settings.tables.get(name)
        lines.append(
            Inventory(
                table=name,
                source=note.source if note else "",
                period=part.get("period", ""),
                rows_read=part["rows_read"],
                rows_used=part["rows_used"],
                set_aside=part["set_aside"],
            )
        )
    return lines


def assumptions(city: City) -> list[str]:
    said: dict[str, None] = {}
    for record in city.imports():
        for line in record.get("assumptions", []):
            said[line] = None
    return list(said)


def inputs(city: City) -> list[dict[str, Any]]:
    kept = ("file", "table", "sha256", "profile", "rows_read", "rows_used", "set_aside")
    own = [{k: record[k] for k in kept if k in record} for record in city.imports()]
    return [*own, *_lent(city)]


def _lent(city: City) -> list[dict[str, Any]]:
    """The residents that a city without its own has from its country."""
    from safelearn.city.country import population_file
    from safelearn.city.imports.history import sha256

    path = population_file(city.folder)
    if path is None or city.has_own("population") or not city.has("population"):
        return []
    # The folder of the country has a name, and no machine's path.
    file = f"{path.parent.name}/{path.name}"
    return [{"file": file, "table": "population", "sha256": sha256(path)}]


def year_assumed(city: City) -> bool:
    """Whether nobody has said which year the residents are of."""
    from safelearn.city.checks.figures import figures_of
    from safelearn.city.population import YEAR_ASSUMED

    own = [r for r in city.imports() if r["table"] == "population"]
    return bool(figures_of(own).get(YEAR_ASSUMED))
