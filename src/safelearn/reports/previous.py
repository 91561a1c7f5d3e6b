"""The diagnosis before this one: what it showed, for when, and whether it was published.

A folder goes in, of a former diagnosis or of a release in a city's ``releases/``; its tables, indicators and manifest
come out, read as any reader can read them. Nothing of it is trusted to be true: it is only what was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.manifest import MANIFEST
from safelearn.reports.templates import DIAGNOSIS

if TYPE_CHECKING:
    import pandas as pd

#: Where a city keeps what was published, and the file that says when and by whom.
RELEASES = "releases"
RECORD = "release.json"
#: Columns that hold codes: a zero in front belongs to them.
CODES = ("area_id", "offence", "month", "year", "parent", "age_group", "indicator_id")


@dataclass(frozen=True)
class Earlier:
    """A diagnosis that was made before.

    Attributes
    ----------
    name : str
        Name of its folder.
    tables : mapping of str to DataFrame
        By name; codes as text, numbers as numbers, hidden cells missing.
    hidden : mapping of str to DataFrame
        True where a cell said that it is hidden; same rows and columns.
    manifest : mapping
    indicators : DataFrame or None
        As ``indicators.csv`` has them, without the row of tags.
    published : date or None
        When it was published; None for a draft.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    hidden: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    indicators: pd.DataFrame | None = None
    published: date | None = None

    @property
    def focus(self) -> tuple[str, str] | None:
        """The first and the last month that it looked at."""
        period = self.manifest.get("period") or {}
        focus = period.get("focus") or []
        return (focus[0], focus[-1]) if focus else None

    @property
    def before(self) -> tuple[str, str] | None:
        """The first and the last month that it compared them with."""
        period = self.manifest.get("period") or {}
        before = period.get("before") or []
        return (before[0], before[-1]) if before else None


def earlier(
    city: Path, name: str, previous: str | Path = "", template: str = DIAGNOSIS
) -> Earlier | None:
    """The report to compare with: the one that is named, else the newest of its template in the city's releases.

    Parameters
    ----------
    city : Path
        The city's folder.
    name : str
        The city's name.
    previous : path, optional
        A former diagnosis or a release.
    template : str
        Which report it is.

    Raises
    ------
    SafelearnError
        If the folder that was named is neither, or is of another city.
    """
    if not previous:
        for folder in reversed(releases(city)):
            if _json(folder / MANIFEST, folder).get("template", DIAGNOSIS) == template:
                return read_earlier(folder)
        return None
    read = read_earlier(Path(previous))
    other = read.manifest.get("city", "")
    if other != name:
        raise SafelearnError(
            t(
                "This diagnosis is of {other} and not of {city}.",
                other=other or "?",
                city=name,
            ),
            where=str(previous),
            remedy=t("Name a former diagnosis of the same city."),
        )
    return read


def releases(city: Path) -> list[Path]:
    """The releases of a city, the oldest first."""
    folder = Path(city) / RELEASES
    if not folder.is_dir():
        return []
    return sorted(path.parent for path in folder.glob(f"*/{RECORD}"))


def read_earlier(folder: Path) -> Earlier:
    """Read a former diagnosis or a release.

    Raises
    ------
    SafelearnError
        If it has no manifest or no tables, or they cannot be read.
    """
    manifest = _json(folder / MANIFEST, folder)
    paths = sorted((folder / "tables").glob("*.csv"))
    if not paths:
        raise _no_diagnosis(folder, t("It has no tables."))
    tables, hidden = {}, {}
    for path in paths:
        tables[path.stem], hidden[path.stem] = _table(path)
    record = folder / RECORD
    published = None
    if record.is_file():
        published = date.fromisoformat(_json(record, folder)["date"])
    from safelearn.indicators.exchange import read as read_indicators

    indicators = folder / "indicators.csv"
    return Earlier(
        name=folder.resolve().name,
        tables=tables,
        hidden=hidden,
        manifest=manifest,
        indicators=read_indicators(indicators) if indicators.is_file() else None,
        published=published,
    )


def _table(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values with the hidden ones missing, and which were hidden."""
    import pandas as pd

    from safelearn.disclosure.approval import HIDDEN

    text = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    hidden = text == HIDDEN
    values = text.mask(hidden)
    for column in values:
        if column in CODES or column.endswith(("_name", "_label")):
            values[column] = values[column].fillna("")
            continue
        held = values[column].replace("", None)
        numbers = pd.to_numeric(held, errors="coerce")
        if numbers.notna().sum() == held.notna().sum():
            values[column] = numbers
    return values, hidden


def _json(path: Path, folder: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_diagnosis(
            folder, t("{file} is missing or cannot be read.", file=path.name)
        ) from error


def _no_diagnosis(folder: Path, why: str) -> SafelearnError:
    return SafelearnError(
        t("This folder is no former diagnosis and no release."),
        where=f"{folder}: {why}",
        remedy=t(
            "Name the folder that holds manifest.json and tables/, or one in the city's `releases`."
        ),
    )
