"""From which folders does a city inherit? In: the city's folder. Out: those of its country, the nearest first.

A country folder holds what many cities share: settings, profiles, crosswalks, official codes, population, changes of
boundaries. A city names it in ``inherits``; a country may name one above it in turn.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

#: The settings of a country folder, the first that is there; a city folder has only the second.
FILES = ("country.toml", "city.toml")


def settings_file(folder: Path) -> Path:
    """The file with the settings of a folder that is inherited from; it may be missing."""
    return next(
        (folder / name for name in FILES if (folder / name).is_file()),
        folder / FILES[-1],
    )


def folders_above(folder: Path | None) -> tuple[Path, ...]:
    """The folders a city inherits from, the nearest first; none where the settings cannot be read.

    `settings.read_settings` says what is wrong with them.
    """
    found: list[Path] = []
    if folder is None:
        return ()
    file = Path(folder) / FILES[-1]
    seen = {Path(folder).resolve()}
    while True:
        try:
            above = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("inherits")
        except (OSError, ValueError):
            return tuple(found)
        if not isinstance(above, str) or not above:
            return tuple(found)
        next_folder = (file.parent / above).resolve()
        if next_folder in seen or not next_folder.is_dir():
            return tuple(found)
        seen.add(next_folder)
        found.append(next_folder)
        file = settings_file(next_folder)
