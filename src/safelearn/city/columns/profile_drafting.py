"""How would a city write its own profile? In: a file as received. Out: a profile with what was guessed, and why.

It is a starting point that works at once: every column that was recognised is named, with the reason and how much
of it is filled; every other one stands in a comment; what the file showed of its dates, its numbers and its words
for "missing" is written down; and labels that no crosswalk knows are listed with the offence most like them, for a
person to say yes or no.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from safelearn.city.columns.crosswalk import Crosswalk, read_crosswalk
from safelearn.city.columns.guess import Guess, guess_columns, guesses_of
from safelearn.city.columns.profile import Profile
from safelearn.city.columns.profiles import parse_profile, profile_named
from safelearn.city.columns.victims import as_category
from safelearn.city.files.formats import read_source
from safelearn.city.settings import read_settings
from safelearn.city.times.shown_dates import format_of, missing_words
from safelearn.errors import SafelearnError
from safelearn.guidelines import offences
from safelearn.language import number, percent, t, tn

_WHEN = ("from", "from_date", "year")
_WHAT = ("offence_label", "area_id", "area_name", "count")


@dataclass(frozen=True)
class UnknownLabel:
    """A label of an offence that no crosswalk knows; `code` is that of the offence most like it, or empty."""

    label: str
    rows: int
    code: str = ""

    @property
    def likeness(self) -> str:
        """The name of the offence most like it."""
        return offences.name(self.code) if self.code else ""


@dataclass(frozen=True)
class Draft:
    """A profile as it was drafted.

    Attributes
    ----------
    profile : Path
    crosswalk : Path or None
        Written where the file has labels that no crosswalk knows.
    guesses : tuple of Guess
        One a column, in the order of the file.
    unknown : tuple of UnknownLabel
        The most frequent first.
    notes : tuple of str
        What was assumed of the file, in sentences.
    """

    profile: Path
    crosswalk: Path | None
    guesses: tuple[Guess, ...]
    unknown: tuple[UnknownLabel, ...]
    notes: tuple[str, ...]


def draft_profile(
    city_folder: str | Path,
    path: str | Path,
    name: str,
    *,
    encoding: str | None = None,
) -> Draft:
    """Write ``profiles/NAME.toml`` in a city's folder, from what a file's columns seem to be.

    Returns
    -------
    Draft
        The next import of such a file recognises its profile.

    Raises
    ------
    SafelearnError
        If the file cannot be read, or the city has a profile of that name.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise SafelearnError(
            t("{name} is no name for a profile.", name=name),
            remedy=t("Use small letters, digits and hyphens, such as our-police."),
        )
    folder = Path(city_folder)
    target = folder / "profiles" / f"{name}.toml"
    if target.exists():
        raise SafelearnError(
            t("The city has a profile of that name already."),
            where=str(target),
            remedy=t("Edit it, or take another name."),
        )
    source = read_source(path, encoding=encoding)
    sample, generic = source.sample, profile_named("generic")
    words = read_crosswalk("generic")
    columns, _ = guess_columns(sample, generic, words)
    guesses = guesses_of(sample, columns, generic)
    unknown = _unknown(sample, columns, words)
    notes = (*source.notes, *_assumed(sample, columns, generic, folder))
    crosswalk = folder / "crosswalks" / f"{name}.toml" if unknown else None
    text = _profile_text(
        name, source.name, sample, columns, guesses, notes, name if unknown else ""
    )
    parse_profile(text, where=str(target))
    _write(target, text)
    if crosswalk and not crosswalk.exists():
        _write(crosswalk, _crosswalk_text(source.name, unknown))
    return Draft(target, crosswalk, guesses, unknown, notes)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _unknown(
    sample: pd.DataFrame, columns: dict[str, str], crosswalk: Crosswalk
) -> tuple[UnknownLabel, ...]:
    if "offence_label" not in columns:
        return ()
    counts = as_category(sample[columns["offence_label"]]).value_counts()
    found = []
    for label, rows in counts.items():
        if rows and crosswalk.code(str(label)) is None:
            near = crosswalk.suggest(str(label))
            code = near[0].code if near else ""
            found.append(UnknownLabel(str(label), int(rows), code))
    return tuple(sorted(found, key=lambda u: (-u.rows, u.label)))


def _assumed(
    sample: pd.DataFrame, columns: dict[str, str], generic: Profile, folder: Path
) -> tuple[str, ...]:
    """What the readers would assume of its dates and numbers, as the import will say it again."""
    from safelearn.city.files.numerals import settle_numerals
    from safelearn.city.times.reading import settle_times

    notes: list[str] = []
    for field in ("longitude", "latitude", "x", "y", "count"):
        if field in columns:
            column = columns[field]
            notes.append(settle_numerals(sample[column]).note(column) or "")
    is_city = (folder / "city.toml").is_file()
    zone = read_settings(folder).zone if is_city else ZoneInfo("UTC")
    try:
        notes += settle_times(sample, columns, generic, zone=zone).notes
    except SafelearnError as error:
        notes.append(f"{error.what} {error.remedy}".strip())
    return tuple(note for note in notes if note)


def _profile_text(
    name: str,
    file: str,
    sample: pd.DataFrame,
    columns: dict[str, str],
    guesses: tuple[Guess, ...],
    notes: tuple[str, ...],
    crosswalk: str,
) -> str:
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment(t("How files such as {file} are read.", file=file)))
    for note in notes:
        document.add(tomlkit.comment(" ".join(note.split())))
    document["format"] = 1
    document["name"] = name
    document["title"] = name
    document["crosswalk"] = crosswalk or "generic"
    needed = [columns[f] for f in _WHEN if f in columns][:1]
    needed += [columns[f] for f in _WHAT if f in columns][:1]
    match = tomlkit.table()
    match["must"] = needed
    match["signature"] = [str(c) for c in sample.columns]
    document["match"] = match
    part = tomlkit.table()
    for guess in guesses:
        line = "; ".join(
            x
            for x in (
                guess.why,
                t("{share} filled", share=percent(guess.filled)),
                guess.values,
            )
            if x
        )
        if guess.field:
            item = tomlkit.item([guess.column])
            part.add(guess.field, item.comment(_plain(line)))
        else:
            words = t("Not used: {columns}.", columns=guess.column)
            part.add(tomlkit.comment(_plain(f"{words} {line}")))
    document["columns"] = part
    time = tomlkit.table()
    form = format_of(sample, columns)
    if form:
        time.add("format", tomlkit.item(form).comment(t("How its dates are written.")))
    why = t("Time zone of the stamps, such as UTC; empty: local time.")
    time.add("zone", tomlkit.item("").comment(why))
    document["time"] = time
    words = missing_words(sample)
    if words:
        missing = tomlkit.table()
        missing.add(
            "words",
            tomlkit.item(words).comment(
                t("What the file writes where it knows nothing.")
            ),
        )
        document["missing"] = missing
    for section, key, value, why in (
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
            t("A row is an event, or where a number repeats: victim or offence."),
        ),
    ):
        more = tomlkit.table()
        more.add(key, tomlkit.item(value).comment(why))
        document[section] = more
    return tomlkit.dumps(document)


def _plain(text: str) -> str:
    """A comment has one line, and no control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _crosswalk_text(file: str, unknown: tuple[UnknownLabel, ...]) -> str:
    lines = [
        "# " + _plain(t("Words for offences in files such as {file}.", file=file)),
        "# "
        + t(
            "Where the code is right, take the first # of its line away; else correct it."
        ),
        "format = 1",
        "",
        "[codes]",
    ]
    for entry in unknown:
        label = json.dumps(entry.label, ensure_ascii=False)
        rows = tn("{n} row", "{n} rows", entry.rows)
        like = t("most like: {name}", name=entry.likeness) if entry.code else ""
        said = _plain("; ".join(x for x in (rows, like) if x))
        lines.append(f"# {label} = {json.dumps(entry.code)}  # {said}")
    return "\n".join(lines) + "\n"


def unknown_rows(unknown: tuple[UnknownLabel, ...]) -> list[list[str]]:
    """Cells of a table of labels: label, rows, code, offence."""
    return [[u.label, number(u.rows), u.code, u.likeness] for u in unknown]
