"""The card that a city gives to another, made from a release and from nothing else.

The newest folder in a city's ``releases/`` goes in; a JSON file comes out, once the release has been checked: it was
made for the public, its indicators are byte for byte those that disclosure control let out, and no text on the card
looks like personal data (draft:25(i)).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from safelearn.city.folder import City
from safelearn.city.imports.history import sha256
from safelearn.disclosure.personal_data import refuse_personal
from safelearn.errors import Refused, SafelearnError
from safelearn.indicators.exchange import read
from safelearn.language import t
from safelearn.reports.manifest import MANIFEST
from safelearn.reports.previous import RECORD, releases
from safelearn.strategy.exchange import Card, card, to_json

INDICATORS = "indicators.csv"


def city_card(
    city: str | Path,
    *,
    only: Sequence[str] = (),
    offers: Sequence[str] = (),
    asks: Sequence[str] = (),
) -> Card:
    """Make the card of a city from its newest release.

    Parameters
    ----------
    city : path
        The city's folder.
    only : sequence of str
        Indicators to give; all that were measured, unless given.
    offers, asks : sequence of str
        What the city can show others, and what it would like to learn.

    Returns
    -------
    Card

    Raises
    ------
    Refused
        If nothing was published, or a figure that is asked for is hidden.
    SafelearnError
        If the release was made for internal use or changed since, or a text looks like personal data.
    """
    opened = City.open(city)
    found = [r for r in releases(opened.folder) if (r / INDICATORS).is_file()]
    if not found:
        raise Refused(
            t("This city has published nothing yet, so there is nothing to give."),
            remedy=t("Publish the diagnosis first: safelearn publish CITY FOLDER"),
        )
    folder = found[-1]
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    _must_be_released(folder, manifest)
    settings = opened.settings
    made = card(
        read(folder / INDICATORS),
        city=settings.name,
        country=settings.country,
        published=record["date"],
        by=record["by"],
        synthetic=settings.synthetic,
        only=only,
        programmes=opened.table("programmes"),
        offers=offers,
        asks=asks,
        contact=settings.redress,
    )
    refuse_personal(asdict(made), "card", contacts=[settings.redress])
    return made


def write_city_card(city: str | Path, path: str | Path, **choice) -> Path:
    """Write the card (see `city_card`) to a file, and say where it lies."""
    path = Path(path)
    text = to_json(city_card(city, **choice))
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _must_be_released(folder: Path, manifest: dict) -> None:
    if manifest["disclosure"]["audience"] != "public":
        raise SafelearnError(
            t("This release was made for internal use, so no card is made of it."),
            where=str(folder),
            remedy=t("Publish the diagnosis first: safelearn publish CITY FOLDER"),
        )
    path = folder / INDICATORS
    if not path.is_file() or sha256(path) != manifest["outputs"].get(INDICATORS):
        raise SafelearnError(
            t("The indicators of this release are missing or were changed."),
            where=str(path),
            remedy=t("Publish the diagnosis again, and make the card of that."),
        )
