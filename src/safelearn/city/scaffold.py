"""How does a city begin?

In goes the path of a folder that does not exist yet, out comes a city folder to fill: settings with an
explanation above each line, a workbook for those who would rather not edit text, and empty folders for what
was received and for what people should look at.
"""

from __future__ import annotations

import shutil
import tempfile
import textwrap
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.city.folder import City
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

#: Settings that another city's folder may hand on; the rest speaks of its data or of its people.
_HANDED_ON = ("country", "language", "timezone", "unit", "disclosure")


def new_city(
    folder: str | Path,
    *,
    name: str | None = None,
    from_: str | None = None,
    country: str | Path | None = None,
) -> City:
    """Make the folder of a city.

    Parameters
    ----------
    folder : path
        Where; it may not exist yet, or be empty.
    name : str, optional
        The city's name; without it, the folder's.
    from_ : str, optional
        A bundled city whose country, language, time zone, unit and thresholds are taken over; never its
        data, nor what its settings say about them.
    country : path, optional
        A country folder to inherit from: what it settles is not settled again.

    Returns
    -------
    City
        The new city, opened. The folder is there whole or not at all.

    Raises
    ------
    SafelearnError
        If the folder holds something, cannot be written, or if there is no such bundled city.
    """
    target = Path(folder)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise SafelearnError(
            t(
                "{folder} is not empty, and nothing in it is overwritten.",
                folder=target,
            ),
            remedy=t("Give the name of a folder that does not exist yet."),
        )
    settings = _settings(name or target.resolve().name, from_)
    below: tuple[str, ...] = ()
    if country is not None:
        settings, below = _inheriting(settings, target, Path(country))
    try:
        _build(target, settings, below)
    except OSError as error:
        raise SafelearnError(
            t(
                "The folder could not be made: {reason}.",
                reason=error.strerror or error,
            ),
            where=str(target),
            remedy=t("Choose a folder that you may write to, on a disk with room."),
        ) from error
    return City.open(target)


def settings_text(settings: Settings, below: Collection[str] = ()) -> str:
    """The text of a ``city.toml`` with an explanation above each setting.

    Parameters
    ----------
    below : collection of str
        Settings that a country settles already, with the name of their section in front; they stay behind a #.
    """
    import tomlkit

    from safelearn.city.settings_guide import GUIDES

    given = settings.model_dump()
    parts = [
        _comment(
            t("The settings of this city. What stands behind a # is an explanation.")
        ),
        "format = 1\n",
    ]
    section = ""
    for one in GUIDES:
        room, _, key = one.name.rpartition(".")
        example = f"{key} = {one.example}"
        if room in ("recording_changes", "tables"):
            header = "[[recording_changes]]" if room[0] == "r" else "[tables.incidents]"
            first = [f"# {header}\n"] if room != section else []
            section = room
            words = _comment(t(one.words))
            parts.append("".join([words, *first, f"# {example}\n"]))
            continue
        value = given[room][key] if room else given[key]
        first = [f"[{room}]\n"] if room != section else []
        section = room
        # What is not known yet stays behind a #, as an example to follow.
        known = value is not None and value != "" and one.name not in below
        line = f"{key} = {tomlkit.item(value).as_string()}" if known else f"# {example}"
        parts.append("".join([*first, _comment(t(one.words)), f"{line}\n"]))
    return "\n".join(parts)


def _settings(name: str, from_: str | None) -> Settings:
    from safelearn.city.settings import Settings, read_settings
    from safelearn.resources import bundled_city

    # Universal time is no city's own: `city check` notices the hours that it puts wrong.
    values = {"timezone": "UTC"}
    if from_ is not None:
        source = read_settings(bundled_city(from_))
        values = {key: getattr(source, key) for key in _HANDED_ON}
    return Settings(name=name, **values)


def _inheriting(
    settings: Settings, target: Path, country: Path
) -> tuple[Settings, tuple[str, ...]]:
    """Settings that name a country folder, and those that it settles."""
    import os
    import tomllib

    from safelearn.city.inheritance import folders_above, settings_file

    file = settings_file(country)
    if not file.is_file():
        raise SafelearnError(
            t("There is no country folder at {folder}.", folder=country),
            remedy=t(
                "A country folder has a file country.toml; see docs/country-folder.md."
            ),
        )
    path = Path(os.path.relpath(country.resolve(), target.resolve())).as_posix()
    below: list[str] = []
    for place in (country, *folders_above(country)):
        values = tomllib.loads(settings_file(place).read_text(encoding="utf-8-sig"))
        for name, value in values.items():
            below += (
                [f"{name}.{k}" for k in value] if isinstance(value, dict) else [name]
            )
    below = [name for name in below if name not in ("name", "inherits")]
    return settings.model_copy(update={"inherits": path}), tuple(below)


def _build(target: Path, settings: Settings, below: tuple[str, ...]) -> None:
    from safelearn.city.workbook import write_workbook

    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        part.chmod(0o755)
        text = settings_text(settings, below)
        (part / "city.toml").write_text(text, encoding="utf-8", newline="\n")
        (part / "source").mkdir()
        (part / "review").mkdir()
        write_workbook(part / "city.xlsx", settings)
        if target.exists():  # it is empty, and not every system renames onto a folder
            target.rmdir()
        part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _comment(text: str) -> str:
    return (
        textwrap.fill(
            text,
            88,
            initial_indent="# ",
            subsequent_indent="# ",
            break_long_words=False,
        )
        + "\n"
    )
