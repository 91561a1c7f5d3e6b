"""What is a profile? The description of one kind of file, as data, and which columns of a file it means.

Names of columns are compared without case, accents, punctuation and spaces, because the same portal writes
`Primary Type`, `primary_type` and `PrimaryType`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from safelearn.city.files.headers import normalise
from safelearn.city.times.periods import Period, read_period

#: What a column of incidents can be; `columns` of a profile uses these names.
FIELDS = (  # noqa: SIM905 (one word a line would read worse)
    "incident_id from from_date from_time to to_date to_time year quarter month week day hour minute "
    "longitude latitude x y point area_id area_name area_parent offence_label victim_sex victim_age "
    "relation domestic mechanism place_type address count"
).split()
#: Columns that `widening.widen` puts in the place of a column a period.
WIDENED = {"from": "occurred_from", "to": "occurred_to", "count": "count"}
#: Between an offence and its kind, where a label is composed of two columns.
DETAIL = " › "
#: The code of a victim's sex that says: the victim is no person (a shop, the State).
NO_PERSON = "no_person"


@dataclass(frozen=True)
class Derived:
    """A field read from a column that serves another field too, by the words listed and no others.

    `within`: the words are looked for inside the text, as whole words, and not as the whole of it.
    `always`: what every row of such a file is, whatever the column says.
    """

    field: str
    column: tuple[str, ...]
    values: Mapping[str, str]
    within: bool = False
    always: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Rows that are no events: those with one of these words in a column."""

    column: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class CountedElsewhere:
    """Rows whose events stand in other rows too: sums of them, and parts that one of them holds.

    With `beside`, only where the file has one of these words as well; with `same_as`, those that say the same
    in both columns.
    """

    column: tuple[str, ...]
    words: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """How one kind of file is read. Names of columns and words are normalised; `docs/profiles.md` explains."""

    name: str
    title: str
    crosswalk: str = "generic"
    must: tuple[tuple[str, ...], ...] = ()
    any: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    compose: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    derive: tuple[Derived, ...] = ()
    leave_out: tuple[LeftOut, ...] = ()
    counted_elsewhere: tuple[CountedElsewhere, ...] = ()
    city_column: tuple[str, ...] = ()
    city_aliases: tuple[tuple[str, ...], ...] = ()
    city_elsewhere: frozenset[str] = frozenset()
    code_digits: int = 0
    code_keep: int = 0
    titled: bool = False
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zone: str = ""
    local_zone: str = ""
    time_precision: str = ""
    time_formats: tuple[str, ...] = ()
    unknown_hours: frozenset[int] = frozenset()
    year_begins: int = 0
    crs: str = ""
    place_precision: str = ""
    addresses_name_areas: bool = False
    not_a_place: tuple[tuple[float, float], ...] = ()
    one_row: str = "event"
    offence: str = ""
    offence_if: tuple[str, frozenset[str]] = ("", frozenset())
    offence_detail: tuple[str, ...] = ()
    offence_detail_of: frozenset[str] = frozenset()
    offence_details: frozenset[str] = frozenset()
    leaves_out: tuple[str, ...] = ()
    masked: tuple[str, str, frozenset[str]] = ("", "", frozenset())
    read: Mapping[str, str] = field(default_factory=dict)
    wide: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    own: bool = False

    @property
    def repeats_identifiers(self) -> bool:
        """Whether rows that share an identifier are different victims or offences of one event."""
        return self.one_row != "event"

    def fits(self, headers: Iterable[str]) -> int:
        """How many of these headers the profile knows; 0 where it does not fit."""
        headers = list(headers)
        found = {squeeze(h) for h in headers}
        if any(not found & {squeeze(n) for n in group} for group in self.must):
            return 0
        if self.any and not found & {squeeze(n) for n in self.any}:
            return 0
        if self.wide and not any(self.period(h) for h in headers):
            return 0
        if (
            not self.must
            and not self.any
            and len(self.assign(headers)) < 0.5 * len(self.columns)
        ):
            # A profile that does not say what it needs is not meant for every file that has a date.
            return 0
        return len(found & {squeeze(n) for n in self.signature})

    def period(self, header: str) -> Period | int | None:
        """The period that a column of counts stands for, where this kind of file has a column a period."""
        if not self.wide:
            return None
        return read_period(header, year_begins=int(self.wide.get("year_begins", 1)))

    def assign(self, headers: Iterable[str]) -> dict[str, str]:
        """Field -> column, for the columns whose names the profile knows.

        A field that is composed of several columns, or derived from one, has the name of the column that
        `preparing.prepare` adds for it.
        """
        published = by_squeezed(headers)
        taken: dict[str, str] = {}
        if self.wide:
            taken = {f: c for f, c in WIDENED.items() if squeeze(c) in published}
        for name in FIELDS:
            if name in taken:
                continue
            for variant in self.columns.get(name, ()):
                column = published.get(squeeze(variant))
                if column is not None and column not in taken.values():
                    taken[name] = column
                    break
        for name, groups in self.compose.items():
            parts = [find(published, group) for group in groups]
            if all(parts):
                taken[name] = composed_name(parts)
        for derived in self.derive:
            column = find(published, derived.column)
            if column and derived.field not in taken:
                taken[derived.field] = derived_name(column, derived.field)
        point = taken.pop("point", "")
        if point and not {"longitude", "latitude"} <= set(taken):
            for axis in ("longitude", "latitude"):
                taken[axis] = derived_name(point, axis)
        return taken


def squeeze(name: str) -> str:
    """A name as it is compared: ``"DATE OCC"``, ``"date_occ"`` and ``"DateOcc"`` are one."""
    return normalise(name).replace(" ", "")


def by_squeezed(headers: Iterable[str]) -> dict[str, str]:
    """Squeezed name -> column as published; the first of two that are alike.

    A name with digits also stands under zeros, because some columns are called by their period: a profile's
    ``"del 00/00/0000 al 00/00/0000"`` means any such days.
    """
    published: dict[str, str] = {}
    for header in headers:
        published.setdefault(squeeze(header), str(header))
    for name, header in list(published.items()):
        published.setdefault(re.sub(r"\d", "0", name), header)
    return published


def find(published: Mapping[str, str], variants: Iterable[str]) -> str:
    """The first of several names that a file has, as published; empty if it has none."""
    return next(
        (published[squeeze(v)] for v in variants if squeeze(v) in published), ""
    )


def composed_name(parts: Iterable[str]) -> str:
    """The name of a column made of several."""
    return " + ".join(parts)


def derived_name(column: str, field_name: str) -> str:
    """The name of a column made of another one."""
    return f"{column}: {field_name}"
