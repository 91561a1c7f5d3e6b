"""What happened, row by row, in the form that all measures read? In: a file as text and its profile.

Out: canonical incidents (local time, area, ICCS code, victim) and the account of every row. A row without a
place or with an offence that nobody classified is used; only what no measure can use is set aside. The file is
read piece by piece, so its size does not matter: what is said about it is added up at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city.accounting import Account, Accounting, must_use_something
from safelearn.city.checks.misplaced import outside
from safelearn.city.columns.crosswalk import Crosswalk
from safelearn.city.columns.preparing import left_out, prepared_notes
from safelearn.city.columns.profiles import Profile
from safelearn.city.columns.victims import (
    age_notes,
    read_coded,
    victim_figures,
    victim_notes,
)
from safelearn.city.files.formats import Chunk, Source
from safelearn.city.imports.incident_rows import (
    CODED,
    NOT_STATED,
    Piece,
    RowReader,
    settle_rows,
)
from safelearn.city.imports.repeats import Repeats, repeated_identifiers
from safelearn.city.imports.tallies import Tallies
from safelearn.city.imports.telltales import telltales
from safelearn.city.places.elsewhere import Elsewhere
from safelearn.city.places.reading import KnownAreas, gather_strange
from safelearn.city.times.reading import time_notes
from safelearn.language import listing, number, t, tn

__all__ = ["NOT_STATED", "Incidents", "read_incidents"]
#: So many different words of a column are remembered, to say which of them are not known.
_WORDS = 100_000
#: Figures of `Places` whose rows are marked here too, to say where they lie.
_COUNTED = ("zero_coordinates", "unreadable_coordinates", "outside")
Write = Callable[[pd.DataFrame], object]
Progress = Callable[[int, float], object]
#: The part of the time that goes into the pass over the identifiers.
_LOOK = 0.15


@dataclass(frozen=True)
class Incidents:
    """A file of incidents, read.

    Attributes
    ----------
    frame : DataFrame or None
        Canonical incidents; its index is the row in the file. None where they were written as they came.
    accounting : Accounting
    records : ndarray of int
        The record of the file of each entry of the account.
    origin : ndarray of int
        The record of the file that each incident comes from.
    notes : tuple of str
        Assumptions, in sentences.
    strange_places : DataFrame
        value, rows, kind: what names no area.
    strange_offences : DataFrame
        value, rows: labels without an ICCS code.
    figures : dict of str to int
        ``impossible_ages``, and those of `Places` and `Times`.
    figures_by : dict
        Where the rows of some of them lie, see `tallies`.
    examples : dict of str to list of int
        The first records of the file that show them.
    """

    frame: pd.DataFrame | None
    accounting: Accounting
    records: np.ndarray
    origin: np.ndarray
    notes: tuple[str, ...]
    strange_places: pd.DataFrame
    strange_offences: pd.DataFrame
    figures: dict[str, int]
    figures_by: dict[str, dict[str, dict[str, int]]]
    examples: dict[str, list[int]]

    def entries(self) -> np.ndarray:
        """The entry of the account that each incident comes from."""
        if len(self.records) and self.records[-1] == len(self.records) - 1:
            return self.origin
        return np.searchsorted(self.records, self.origin)


def read_incidents(
    source: Source,
    profile: Profile,
    columns: Mapping[str, str],
    crosswalk: Crosswalk,
    areas: KnownAreas,
    *,
    zone: ZoneInfo,
    file_zone: str | None = None,
    crs: str | None = None,
    offence: str | None = None,
    elsewhere: Elsewhere | None = None,
    write: Write | None = None,
    progress: Progress | None = None,
) -> Incidents:
    """Turn a file of incidents into canonical rows.

    Parameters
    ----------
    source : Source
        From `formats.read_source`, prepared by its profile.
    columns : mapping
        Field -> column, from `Profile.assign` or `guess.guess_columns`.
    zone : ZoneInfo
        The city's time zone.
    file_zone, crs, offence : str, optional
        What a person said: the zone of the stamps, the coordinate system, the label of the one offence.
    elsewhere : Elsewhere, optional
        Which rows are not this city's to count.
    write : callable, optional
        Takes the canonical rows as they come. Without it they are gathered in the result.
    progress : callable, optional
        Called with the records read so far, and about which part of the work is done.

    Raises
    ------
    SafelearnError
        If no date is found, no row lies in an area of the city, or no row can be used.
    """
    reader = settle_rows(
        source.sample,
        profile,
        columns,
        crosswalk,
        areas,
        zone=zone,
        file_zone=file_zone,
        crs=crs,
        offence=offence,
        where=source.name,
    )
    expected = max(source.expected, 1)
    told = progress or (lambda rows, share: None)
    repeats, begun = None, 0.0
    if "incident_id" in columns and not profile.repeats_identifiers:
        key = columns["incident_id"]
        begun = _LOOK
        repeats = Repeats(
            key,
            repeated_identifiers(source, key, lambda n: told(0, _LOOK * n / expected)),
        )
    gathered: list[pd.DataFrame] = []
    sums = _Sums(reader, Account(), write or gathered.append, elsewhere or Elsewhere())
    for chunk in source.chunks():
        sums.add(chunk, repeats)
        n = chunk.start + len(chunk.frame)
        told(n, begun + (1 - begun) * n / expected)
    accounting = sums.account.close()
    must_use_something(accounting, source.name)
    return Incidents(
        None if write else _joined(gathered),
        accounting,
        sums.account.records,
        np.concatenate([np.zeros(0, dtype=np.uint32), *sums.origins]),
        tuple(sums.say()),
        sums.strange,
        sums.unclassified(),
        {name: n for name, n in sums.figures.items() if n},
        sums.split(),
        sums.tallies.examples,
    )


def _among(rows: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """What holds for our rows, for all rows of a piece."""
    result = np.zeros(len(ours), dtype=bool)
    result[ours] = rows
    return result


@dataclass
class _Sums:
    """What is added up over the pieces of a file."""

    reader: RowReader
    account: Account
    write: Write
    elsewhere: Elsewhere
    figures: Counter[str] = field(default_factory=Counter)
    strange: pd.DataFrame = field(default_factory=lambda: gather_strange([]))
    unknown: Counter[str] = field(default_factory=Counter)
    labels: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=dict)
    origins: list[np.ndarray] = field(default_factory=list)
    tallies: Tallies = field(default_factory=Tallies)
    example: str = ""
    calm: Counter[str] = field(default_factory=Counter)

    def add(self, chunk: Chunk, repeats: Repeats | None) -> None:
        """Read a piece, account for its rows and write those that are used."""
        whole, theirs = chunk, self.elsewhere.read(chunk.frame)
        ours = ~np.logical_or.reduce([np.zeros_like(chunk.broken), *theirs.values()])
        if not ours.all():
            # What another city's rows hold is no figure and no strange name of this one.
            frame = chunk.frame[ours].reset_index(drop=True)
            chunk = Chunk(frame, chunk.start, chunk.broken[ours], chunk.origin[ours])
        frame, reader = chunk.frame, self.reader
        piece = reader.read(frame)
        against = {
            "broken row": chunk.broken,
            "no readable date": piece.frame["occurred_from"].isna().to_numpy(),
            "no offence and no weight": piece.unlabelled & piece.unweighed,
        }
        if reader.profile.leave_out:
            against["not an event"] = left_out(frame, reader.profile)
        if reader.profile.wide:
            against["no number"] = piece.unweighed & ~piece.nothing
        if repeats:
            against["repeated identifier"] = repeats.among(frame)
        against = {reason: _among(rows, ours) for reason, rows in against.items()}
        used = self.account.add(whole.origin, against | theirs)[ours]
        kept = used & ~piece.nothing
        self._count(chunk, piece, used, kept)
        rows = piece.frame[kept]
        self.origins.append(chunk.origin[kept].astype(np.uint32))
        self._look(rows)
        self.write(rows.set_axis(chunk.origin[kept]))

    def _count(
        self, chunk: Chunk, piece: Piece, used: np.ndarray, kept: np.ndarray
    ) -> None:
        reader = self.reader
        self.strange = gather_strange([self.strange, piece.strange])
        self.figures.update(piece.figures)
        self.figures["unlabelled"] += int(piece.unlabelled.sum())
        self.figures["unweighed"] += int((piece.unweighed & ~piece.nothing).sum())
        nothing = piece.frame["area_id"][used & piece.nothing]
        self.figures["zero_weights"] += len(nothing)
        self.calm.update(nothing.dropna().astype("str"))
        self.figures["events"] += int(piece.frame["count"].to_numpy()[kept].sum())
        told = telltales(chunk.frame, reader.columns)
        if piece.figures.get("outside"):
            told["outside"] = outside(piece.frame)
        marks = {k: m[used] for k, m in {**told, **piece.marks}.items()}
        self.tallies.add(marks, piece.frame[used], chunk.origin[used])
        # What the readers have counted themselves is not counted twice.
        own = {k: int(m.sum()) for k, m in marks.items() if k not in _COUNTED}
        self.figures.update(own)
        impossible = piece.marks.get("impossible_ages")
        if not self.example and impossible is not None and impossible.any():
            ages = chunk.frame[reader.columns["victim_age"]]
            self.example = ages[impossible].iloc[0].strip()
        self.figures.update(
            victim_figures(chunk.frame[used], reader.columns, reader.profile)
        )
        for name, found in piece.words.items():
            mine = self.words.setdefault(name, set())
            if len(mine) < _WORDS:
                mine.update(found)

    def _look(self, rows: pd.DataFrame) -> None:
        labels = rows["offence_label"].cat.remove_unused_categories()
        self.labels |= set(labels.cat.categories)
        strange = rows["offence"].isna() & (labels != NOT_STATED)
        for label, n in labels[strange].value_counts().items():
            if n:
                self.unknown[str(label)] += int(n)

    def unclassified(self) -> pd.DataFrame:
        """Labels without a code, the most frequent first."""
        ordered = sorted(self.unknown.items(), key=lambda item: (-item[1], item[0]))
        return pd.DataFrame(
            {
                "value": pd.Series([label for label, _ in ordered], dtype="str"),
                "rows": pd.Series([n for _, n in ordered], dtype="int64"),
            }
        )

    def split(self) -> dict[str, dict[str, dict[str, int]]]:
        """Where the rows of figures lie; of rows of 0 also in which areas, because they did report."""
        by = dict(self.tallies.by)
        if self.calm:
            by["zero_weights"] = {"by_area": dict(sorted(self.calm.items()))}
        return by

    def say(self) -> list[str]:
        """Everything there is to say about the file."""
        reader, figures = self.reader, self.figures
        notes = [*reader.notes, *time_notes(figures)]
        notes += self._say_offences()
        if reader.counts is not None:
            notes += self._say_weights()
        notes += reader.places.say(figures)
        notes += age_notes(figures["impossible_ages"], self.example)
        for name in CODED:
            if self.words.get(name):
                column = reader.columns[name]
                words = pd.Series(sorted(self.words[name]), name=column, dtype="str")
                notes += read_coded(words, name, reader.profile.values.get(name, {}))[1]
        notes += _mixed(sorted(self.labels), reader.crosswalk)
        notes += victim_notes(figures)
        notes += prepared_notes(reader.profile, reader.columns)
        return notes

    def _say_offences(self) -> list[str]:
        notes = []
        if self.figures["unlabelled"]:
            notes.append(
                tn(
                    "{n} row names no offence: it counts in totals, as not stated.",
                    "{n} rows name no offence: they count in totals, as not stated.",
                    self.figures["unlabelled"],
                )
            )
        if self.figures["other_offences"]:
            notes.append(
                tn(
                    "{n} row does not look like {label}, which the others are: name the offence with --offence.",
                    "{n} rows do not look like {label}, which the others are: name the offence with --offence.",
                    self.figures["other_offences"],
                    label=self.reader.label,
                )
            )
        return notes

    def _say_weights(self) -> list[str]:
        notes = [
            t(
                "Rows are weights: their sum is {n} events.",
                n=number(self.figures["events"]),
            )
        ]
        if self.figures["zero_weights"]:
            notes.append(
                tn(
                    "{n} row says that nothing happened (0): it was read and adds no event.",
                    "{n} rows say that nothing happened (0): they were read and add no event.",
                    self.figures["zero_weights"],
                )
            )
        if self.figures["unweighed"]:
            notes.append(
                tn(
                    "{n} row has no usable weight: with an offence it counts as one event.",
                    "{n} rows have no usable weight: with an offence they count as one event each.",
                    self.figures["unweighed"],
                )
            )
        return notes


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Pieces one below the other, with the categories of all of them, in order."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    for name in first:
        if isinstance(first[name].dtype, pd.CategoricalDtype):
            words = {w for part in parts for w in part[name].cat.categories}
            order = list(first[name].cat.categories)
            order = order if words == set(order) else sorted(words)
            kinds = pd.CategoricalDtype(pd.Index(order, dtype="str"))
            parts = [part.assign(**{name: part[name].astype(kinds)}) for part in parts]
    return pd.concat(parts)


def _mixed(labels: list[str], crosswalk: Crosswalk) -> list[str]:
    found = [label for label in labels if crosswalk.sections(label)]
    return [
        t(
            "{label} holds offences of several kinds ({codes}); all its rows carry the code {code}.",
            label=label,
            codes=listing(list(crosswalk.sections(label))),
            code=crosswalk.code(label),
        )
        for label in found
    ]
