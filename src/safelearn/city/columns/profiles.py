"""Which kind of file is this? In: its column names. Out: the profile that reads it, and why.

A profile is data (TOML), not code: names of columns with known variants, time zone and precision, coordinate
system and values that mean "no place", codes of victims and means, the offence crosswalk, and quirks. Files
are recognised by a subset of their columns, because extracts keep only some; the profile that explains most
columns wins. A city may keep its own in the folder ``profiles`` of its folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from safelearn.city.columns.profile import FIELDS, Profile, squeeze
from safelearn.city.columns.profile_settings import parse_profile
from safelearn.city.inheritance import folders_above
from safelearn.errors import SafelearnError
from safelearn.language import listing, mark, number, t

__all__ = [
    "FIELDS",
    "Profile",
    "all_profiles",
    "match_profile",
    "parse_profile",
    "profile_named",
]
#: A profile that knows this share of the columns that the best one knows is named beside it.
_NEAR = 0.6
_TEXTS = (
    mark("MEData homicides (Medellín)"),
    mark("data.police.uk street"),
    mark("Vancouver Police (GeoDASH)"),
    mark("New York shootings (NYPD)"),
    mark("New York complaints (NYPD)"),
    mark("Chicago crimes (Chicago Police)"),
    mark("Los Angeles crime data (LAPD)"),
    mark("San Francisco incident reports (SFPD)"),
    mark("Toronto major crime indicators (TPS)"),
    mark("Mexico City investigation files (FGJ)"),
    mark("Colombian police statistics (SIEDCO)"),
    mark("São Paulo police reports (SSP)"),
    mark("São Paulo homicide victims (SSP)"),
    mark("Buenos Aires crime map (Mapa del Delito)"),
    mark("South African police stations (SAPS)"),
    mark("Any other table of incidents"),
    # Notes.
    mark(
        "Police stations are not the city: the precinct of a station may cross its limits, so that totals hold "
        "events outside and miss some inside. Use the precincts as areas, with their own population."
    ),
)


def all_profiles(folder: Path | None = None) -> list[Profile]:
    """The city's own profiles first, then its country's and the built-in ones, by name; ``generic`` last."""
    mine: dict[str, Profile] = {}
    for place in (folder, *folders_above(folder)) if folder else ():
        for path in sorted((place / "profiles").glob("*.toml")):
            text = path.read_text(encoding="utf-8")
            found = parse_profile(text, where=str(path), own=True)
            mine.setdefault(found.name, found)
    return [*mine.values(), *(p for p in _builtin() if p.name not in mine)]


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
    """The profile that knows most of a file's columns, and the assumption in sentences.

    A tie goes to the city's own, then to the first by name, and is said; where none fits, ``generic`` is
    taken.
    """
    published = list(headers)
    profiles = all_profiles(folder)
    fits = {p.name: p.fits(published) for p in profiles}
    best = max(profiles, key=lambda p: (fits[p.name], p.own, -profiles.index(p)))
    if fits[best.name] == 0:
        best = next(p for p in profiles if p.name == "generic")
        return best, (
            t("No profile knows this file: its columns were guessed, one by one."),
        )
    return best, (_why(best, published), *_near_ties(best, profiles, fits))


def quirks(profile: Profile) -> list[str]:
    """What is peculiar about this kind of file, in a few words each; nothing about one that takes any."""
    if profile.name == "generic":
        return []
    said = (
        (profile.time_precision == "month", t("month only")),
        (profile.place_precision == "snapped", t("points snapped")),
        (profile.one_row == "victim", t("one row a victim")),
        (profile.one_row == "offence", t("one row an offence")),
        (profile.zone == "UTC", t("times in UTC")),
        (bool(profile.masked[0]), t("some offences masked")),
        ("to_date" in profile.columns or "to" in profile.columns, t("from and to")),
        ("count" in profile.columns, t("rows are weights")),
        (bool(profile.wide), t("a column a period")),
        (bool(profile.leave_out), t("some rows are no events")),
        (bool(profile.leaves_out), t("some offences not in it")),
    )
    return [text for on, text in said if on]


def _why(profile: Profile, published: list[str]) -> str:
    signature = {squeeze(name) for name in profile.signature}
    known = [h for h in published if squeeze(h) in signature]
    title, columns, odd = t(profile.title), listing(known), quirks(profile)
    if not odd:
        return t(
            "Read as {title}, known by its columns {columns}.",
            title=title,
            columns=columns,
        )
    return t(
        "Read as {title}: {quirks}. It was known by its columns {columns}.",
        title=title,
        quirks=", ".join(odd),
        columns=columns,
    )


def _near_ties(
    best: Profile, profiles: list[Profile], fits: dict[str, int]
) -> list[str]:
    """Other profiles that know nearly as many columns; not the built-in ones that a city's own replaces."""
    return [
        t(
            "It could also be {title}, which knows {n} of its columns (this one: {most}); if so, import "
            "it with --profile {name}.",
            title=t(other.title),
            n=number(fits[other.name]),
            most=number(fits[best.name]),
            name=other.name,
        )
        for other in profiles
        if other is not best
        and other.own >= best.own
        and fits[other.name] >= max(_NEAR * fits[best.name], 1)
    ]


@lru_cache(maxsize=1)
def _builtin() -> tuple[Profile, ...]:
    folder = files("safelearn.city") / "profiles"
    found = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
    )
    parsed = [parse_profile(f.read_text(encoding="utf-8"), where=f.name) for f in found]
    return tuple(sorted(parsed, key=lambda p: (p.name == "generic", p.name)))
