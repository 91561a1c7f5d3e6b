"""Which kind of file is this? In: its column names. Out: the profile that reads it, and why.

A profile is data (TOML), not code: names of columns with known variants, time zone and precision, coordinate
system and values that mean "no place", codes of victims and means, the offence crosswalk, and quirks. Files
are recognised by a subset of their columns, because extracts keep only some; the profile that explains most
columns wins. A city may keep its own in the folder ``profiles`` of its folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from safelearn.city.headers import normalise
from safelearn.errors import SafelearnError
from safelearn.language import listing, mark, t

#: What a column of incidents can be; `columns` of a profile uses these names.
FIELDS = (  # noqa: SIM905 (one word a line would read worse)
    "incident_id from from_date from_time to to_date to_time year month day hour minute "
    "longitude latitude x y area_id area_name offence_label victim_sex victim_age "
    "relation domestic mechanism place_type address count"
).split()
_TITLES = (
    mark("MEData homicides (Medellín)"),
    mark("data.police.uk street"),
    mark("Vancouver Police (GeoDASH)"),
    mark("New York shootings (NYPD)"),
    mark("Any other table of incidents"),
)
_PARTS = {
    "match": {"must", "any", "signature"},
    "columns": set(FIELDS),
    "time": {"zone", "local", "precision", "format"},
    "place": {"crs", "precision", "not_a_place"},
    "rows": {"one_row_a_victim"},
    "offence": {"label", "if_column", "if_values"},
    "values": {"victim_sex", "mechanism", "relation", "place_type", "domestic"},
    "masked": {"column", "value", "hides"},
    "read": {"encoding", "separator", "sheet", "decimal"},
}


@dataclass(frozen=True)
class Profile:
    """How one kind of file is read. The names in `columns`, `must`, `any` and `signature` are normalised."""

    name: str
    title: str
    crosswalk: str = "generic"
    must: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    zone: str = ""
    local_zone: str = ""
    time_precision: str = ""
    time_format: str = ""
    crs: str = ""
    place_precision: str = ""
    not_a_place: tuple[tuple[float, float], ...] = ()
    one_row_a_victim: bool = False
    offence: str = ""
    offence_if: tuple[str, frozenset[str]] = ("", frozenset())
    masked: tuple[str, str, frozenset[str]] = ("", "", frozenset())
    read: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    def fits(self, headers: Iterable[str]) -> int:
        """How many of these (normalised) headers the profile knows; 0 where it does not fit."""
        found = set(headers)
        if not set(self.must) <= found or (self.any and not found & set(self.any)):
            return 0
        return len(found & set(self.signature))

    def assign(self, headers: Iterable[str]) -> dict[str, str]:
        """Field -> column as published, for the columns whose names the profile knows."""
        published: dict[str, str] = {}
        for header in headers:
            published.setdefault(normalise(header), header)
        taken: dict[str, str] = {}
        for name in FIELDS:
            for variant in self.columns.get(name, ()):
                column = published.get(variant)
                if column is not None and column not in taken.values():
                    taken[name] = column
                    break
        return taken


def all_profiles(folder: Path | None = None) -> list[Profile]:
    """The city's own profiles first, then the built-in ones, by name; ``generic`` last."""
    own = sorted((folder / "profiles").glob("*.toml")) if folder else []
    mine = [
        parse_profile(p.read_text(encoding="utf-8"), where=str(p), own=True)
        for p in own
    ]
    names = {p.name for p in mine}
    return [*mine, *(p for p in _builtin() if p.name not in names)]


def profile_named(name: str, folder: Path | None = None) -> Profile:
    """One profile.

    Raises
    ------
    SafelearnError
        If there is none of that name.
    """
    known = {p.name: p for p in all_profiles(folder)}
    if name not in known:
        raise SafelearnError(
            t("There is no profile called {name}.", name=name),
            remedy=t("The profiles are: {names}.", names=listing(list(known))),
        )
    return known[name]


def match_profile(
    headers: Iterable[str], folder: Path | None = None
) -> tuple[Profile, tuple[str, ...]]:
    """The profile that knows most of a file's columns, and the assumption in a sentence.

    A tie goes to the city's own, then to the first by name; where none fits, ``generic`` is taken.
    """
    published = list(headers)
    found = {normalise(h) for h in published}
    profiles = all_profiles(folder)
    best = max(profiles, key=lambda p: (p.fits(found), p.own, -profiles.index(p)))
    if best.fits(found) == 0:
        best = next(p for p in profiles if p.name == "generic")
        return best, (
            t("No profile knows this file: its columns were guessed, one by one."),
        )
    known = [h for h in published if normalise(h) in best.signature]
    quirks = [
        text
        for on, text in (
            (best.time_precision == "month", t("month only")),
            (best.place_precision == "snapped", t("points snapped")),
            (best.one_row_a_victim, t("one row a victim")),
            (best.zone == "UTC", t("times in UTC")),
            (bool(best.masked[0]), t("some offences masked")),
        )
        if on
    ]
    title = t(best.title)
    columns = listing(known)
    if not quirks:
        return best, (
            t(
                "Read as {title}, known by its columns {columns}.",
                title=title,
                columns=columns,
            ),
        )
    return best, (
        t(
            "Read as {title}: {quirks}. It was known by its columns {columns}.",
            title=title,
            quirks=", ".join(quirks),
            columns=columns,
        ),
    )


def parse_profile(text: str, *, where: str, own: bool = False) -> Profile:
    """A profile from its TOML text.

    Raises
    ------
    SafelearnError
        If it is no TOML, or names a part, a column or a setting that does not exist.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SafelearnError(
            t("The profile cannot be read: {why}.", why=error), where=where
        ) from error
    for part, allowed in _PARTS.items():
        for key in table.get(part, {}):
            if key not in allowed:
                raise SafelearnError(
                    t(
                        "A profile has no setting {key} in [{part}].",
                        key=key,
                        part=part,
                    ),
                    where=where,
                    remedy=t("It can have: {names}.", names=listing(sorted(allowed))),
                )
    if not table.get("name"):
        raise SafelearnError(t("The profile has no name."), where=where)

    def part(name: str) -> dict[str, Any]:
        return dict(table.get(name, {}))

    match, time, place, offence = (
        part(n) for n in ("match", "time", "place", "offence")
    )
    masked = part("masked")
    return Profile(
        name=str(table["name"]),
        title=str(table.get("title", table["name"])),
        crosswalk=str(table.get("crosswalk", "generic")),
        must=_norm(match.get("must", ())),
        any=_norm(match.get("any", ())),
        signature=_norm(match["signature"])
        if "signature" in match
        else _all_names(part("columns")),
        columns={k: _norm(v) for k, v in part("columns").items()},
        values={
            k: {normalise(label): code for label, code in v.items()}
            for k, v in part("values").items()
        },
        zone=str(time.get("zone", "")),
        local_zone=str(time.get("local", "")),
        time_precision=str(time.get("precision", "")),
        time_format=str(time.get("format", "")),
        crs=str(place.get("crs", "")),
        place_precision=str(place.get("precision", "")),
        not_a_place=tuple(
            (float(x), float(y)) for x, y in place.get("not_a_place", ())
        ),
        one_row_a_victim=bool(part("rows").get("one_row_a_victim", False)),
        offence=str(offence.get("label", "")),
        offence_if=(
            normalise(offence.get("if_column", "")),
            frozenset(_norm(offence.get("if_values", ()))),
        ),
        masked=(
            normalise(masked.get("column", "")),
            normalise(masked.get("value", "")),
            frozenset(masked.get("hides", ())),
        ),
        read={k: str(v) for k, v in part("read").items()},
        own=own,
    )


def _norm(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in names)


def _all_names(columns: dict[str, list[str]]) -> tuple[str, ...]:
    # A city's own profile need not say how it is recognised: by all the columns that it names.
    return _norm(name for names in columns.values() for name in names)


@lru_cache(maxsize=1)
def _builtin() -> tuple[Profile, ...]:
    folder = files("safelearn.city") / "profiles"
    found = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
    )
    parsed = [parse_profile(f.read_text(encoding="utf-8"), where=f.name) for f in found]
    return tuple(
        sorted(
            parsed,
            key=lambda p: (p.name == "generic", [q.name for q in parsed].index(p.name)),
        )
    )
