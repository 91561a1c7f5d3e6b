"""How would a city write its own profile? In: a file as received. Out: a profile with what was guessed.

It is a starting point: every column that was recognised is named, every other one stands in a comment, and the
settings that nobody can guess are there with an explanation.
"""

from __future__ import annotations

import re
from pathlib import Path

from safelearn.city.crosswalk import read_crosswalk
from safelearn.city.formats import read_source
from safelearn.city.guess import guess_columns
from safelearn.city.profiles import parse_profile, profile_named
from safelearn.errors import SafelearnError
from safelearn.language import t


def draft_profile(
    city_folder: str | Path,
    path: str | Path,
    name: str,
    *,
    encoding: str | None = None,
) -> Path:
    """Write ``profiles/NAME.toml`` in a city's folder, from what a file's columns seem to be.

    Returns
    -------
    Path
        The profile, which the next import of such a file recognises.

    Raises
    ------
    SafelearnError
        If the file cannot be read, or the city has a profile of that name.
    """
    import tomlkit

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise SafelearnError(
            t("{name} is no name for a profile.", name=name),
            remedy=t("Use small letters, digits and hyphens, such as our-police."),
        )
    target = Path(city_folder) / "profiles" / f"{name}.toml"
    if target.exists():
        raise SafelearnError(
            t("The city has a profile of that name already."),
            where=str(target),
            remedy=t("Edit it, or take another name."),
        )
    source = read_source(path, encoding=encoding)
    generic = profile_named("generic")
    columns, _ = guess_columns(source.sample, generic, read_crosswalk("generic"))
    unused = [c for c in source.columns if c not in columns.values()]
    document = tomlkit.document()
    document.add(
        tomlkit.comment(t("How files such as {file} are read.", file=source.name))
    )
    document["name"] = name
    document["title"] = name
    document["crosswalk"] = "generic"
    part = tomlkit.table()
    for field, column in columns.items():
        part[field] = [column]
    document["columns"] = part
    for column in unused:
        part.add(tomlkit.comment(t("Not used: {columns}.", columns=column)))
    for section, key, value, why in (
        (
            "time",
            "zone",
            "",
            t("Time zone of the stamps, such as UTC; empty: local time."),
        ),
        (
            "place",
            "crs",
            "",
            t("Coordinate system, such as EPSG:27700; empty: degrees."),
        ),
        (
            "rows",
            "one_row",
            "event",
            t(
                "What a row is: event, victim or offence; rows of one number may be several."
            ),
        ),
    ):
        more = tomlkit.table()
        more.add(key, tomlkit.item(value).comment(why))
        document[section] = more
    text = tomlkit.dumps(document)
    parse_profile(text, where=str(target))
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target
