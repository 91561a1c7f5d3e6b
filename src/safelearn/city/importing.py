"""Bring a file into a city's folder. In: the file as received. Out: canonical rows, and an account of every row.

The file is copied unchanged to ``source/``, read by a profile, added to its table, and recorded with its
checksum and every assumption made. Either all of that happens or nothing; `undo` takes the last import back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safelearn.city.accounting import (
    count_events,
    strange_names,
    unknown_areas,
)
from safelearn.city.checks.denominators import population_problems
from safelearn.city.checks.figures import figures_of
from safelearn.city.checks.problems import Problem
from safelearn.city.checks.symptoms import incident_problems
from safelearn.city.files.formats import must_be_a_file
from safelearn.city.files.shapefiles import in_one_file
from safelearn.city.folder import City
from safelearn.city.imports.dispatch import Choices, read_table
from safelearn.city.imports.history import Undone, change, mend, sha256, undo
from safelearn.city.imports.ledger import Ledger
from safelearn.city.imports.tallies import figures_by_of
from safelearn.city.imports.workbook_import import import_workbook, is_city_workbook
from safelearn.city.places.reading import names_that_wait
from safelearn.city.review.answers import import_review
from safelearn.city.review.lists import is_review_workbook
from safelearn.language import number, t, tn

#: Columns that no check looks at; of ten million rows each column counts.
_NOT_ASKED = frozenset({"domestic", "place_key", "place_type"})
#: Parts of an import, in hundredths of its usual time: up to where the file is open, read and checked.
_OPENED, _READ, _CHECKED, _WHOLE = 10, 85, 95, 100
__all__ = ["ImportResult", "Undone", "import_file", "undo"]
Progress = Callable[..., None]


@dataclass(frozen=True)
class ImportResult:
    """What an import did.

    Attributes
    ----------
    table : str
        The table it filled; several, with commas, for a workbook with several filled sheets.
    profile : str
        How the file was read.
    rows_read, rows_used : int
    set_aside : dict of str to int
        Rows by reason; rows_read = rows_used + their sum.
    located, timed, events : int
        Of incidents: rows with an area, rows with an hour, events.
    assumptions : tuple of str
        What was assumed, in sentences.
    problems : tuple of Problem
    unchanged : bool
        The same file had been imported before, and nothing was done.
    changes : mapping
        Of incidents added to earlier ones: ``new``, ``revised``, ``already`` there or ``gone`` from the file ->
        month -> rows.
    """

    table: str
    profile: str
    rows_read: int
    rows_used: int
    set_aside: dict[str, int]
    located: int = 0
    timed: int = 0
    events: int = 0
    assumptions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: bool = False
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """What to tell the user, line by line."""
        if self.unchanged:
            return list(self.assumptions)
        lines = [
            t(
                "{table}: {read} rows read, {used} used, {aside} set aside.",
                table=self.table,
                read=number(self.rows_read),
                used=number(self.rows_used),
                aside=number(sum(self.set_aside.values())),
            )
        ]
        if self.table == "incidents":
            lines.append(
                t(
                    "{events} events; {located} rows have an area, {timed} an hour.",
                    events=number(self.events),
                    located=number(self.located),
                    timed=number(self.timed),
                )
            )
        lines += [f"- {note}" for note in self.assumptions]
        if self.set_aside:
            lines.append(t("The rows set aside are listed in review/set_aside.csv."))
        if self.problems:
            n = len(self.problems)
            lines.append(tn("{n} thing to know:", "{n} things to know:", n))
            for problem in self.problems:
                lines.append(f"- {problem.sentence} {problem.remedy}".rstrip())
        return lines


def import_file(
    city_folder: str | Path,
    path: str | Path,
    *,
    table: str | None = None,
    profile: str | None = None,
    offence: str | None = None,
    zone: str | None = None,
    crs: str | None = None,
    replace: bool = False,
    encoding: str | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import a file into the folder of a city.

    Parameters
    ----------
    city_folder, path : path
    table : str, optional
        Which table it fills; guessed if not given.
    profile : str, optional
        How to read incidents; recognised by the file's columns if not given.
    offence : str, optional
        The label of the offence, where the file holds one and does not name it.
    zone : str, optional
        Time zone of the file's stamps, or ``local``.
    crs : str, optional
        Coordinate system of its points or outlines, such as ``EPSG:27700``.
    replace : bool
        Retire the files that the table had before; otherwise the file adds to them.
    encoding : str, optional
        Of a text file.
    sheet : str, optional
        Of a workbook, or the layer of a map; the one that holds the table if not given.
    progress : callable, optional
        Called as ``progress(done, total, what)``.

    Returns
    -------
    ImportResult

    Raises
    ------
    SafelearnError
        If the folder is no city's, the file cannot be read, or nothing in it can be used. The folder is then
        as it was before.
    """
    folder, path = Path(city_folder), Path(path)
    mend(folder)
    city = City.open(folder)
    must_be_a_file(path)
    step = progress or (lambda done, total, what="": None)
    choices = Choices(table, profile, offence, zone, crs, encoding, sheet=sheet)
    with in_one_file(path) as path, change(folder) as staged:
        step(0, _WHOLE, t("Comparing it with what was imported"))
        checksum = sha256(path)
        ledger = Ledger(city, staged, _counting(step))
        same = [
            r
            for r in ledger.records
            if r["sha256"] == checksum and table in (None, r["table"])
        ]
        if same and not replace:
            return _unchanged(path, same)
        source = ledger.keep_source(path, checksum)
        step(_OPENED, _WHOLE, t("Reading it"))
        about = {"file": path.name, "checksum": checksum, "source": source}
        if is_city_workbook(path) and table is None:
            records = import_workbook(ledger, path, replace_old=replace, **about)
        elif is_review_workbook(path) and table is None:
            step(_OPENED, _WHOLE, t("Reading again what it concerns"))
            records = import_review(ledger, path, **about)
        else:
            reading, settled = read_table(
                path,
                choices,
                ledger.context(),
                scratch=ledger.incidents.scratch(),
                progress=ledger.progress,
            )
            records = [ledger.add(reading, settled, replace_old=replace, **about)]
            del reading
        notes = []
        if any(r["table"] == "areas" for r in records):
            step(_OPENED, _WHOLE, t("Placing what was there in the new areas"))
            notes = _relocate(ledger, {r["table"] for r in records})
        step(_READ, _WHOLE, t("Checking it"))
        result = _result(ledger, records, notes)
        step(_CHECKED, _WHOLE, t("Writing it"))
        ledger.write()
        staged.commit(ledger.number)
        step(_WHOLE, _WHOLE, "")
    return result


def _counting(step: Progress) -> Callable[[int, float], None]:
    """Progress in rows, as the part of the whole that reading them is."""

    def counted(rows: int, share: float) -> None:
        done = _OPENED + (_READ - _OPENED) * min(share, 1.0)
        said = t("{n} rows read", n=number(rows)) if rows else t("Looking it over")
        step(done, _WHOLE, said)

    return counted


def _unchanged(path: Path, same: list[dict[str, Any]]) -> ImportResult:
    first = same[0]
    said = t(
        "{file} was imported before, on {day}: nothing was done. To read it in another way, add --replace.",
        file=path.name,
        day=first["imported_at"][:10],
    )
    return ImportResult(
        table=", ".join(r["table"] for r in same),
        profile=first["profile"],
        rows_read=sum(r["rows_read"] for r in same),
        rows_used=sum(r["rows_used"] for r in same),
        set_aside={k: n for r in same for k, n in r["set_aside"].items()},
        assumptions=(said,),
        unchanged=True,
    )


def _relocate(ledger: Ledger, done: set[str]) -> list[str]:
    """Read again what depends on the areas."""
    notes = []
    for table in ("incidents", "population"):
        if table in done or not ledger.replay(table):
            continue
        if table == "incidents":
            parts = ledger.incidents.parts
            located = ledger.incidents.filled("area_id")
            notes.append(
                t(
                    "The incidents were placed in the new areas: {located} of {n} rows have one.",
                    located=number(located),
                    n=number(len(parts) if parts else 0),
                )
            )
            own = [r for r in ledger.records if r["table"] == "incidents"]
            if waiting := figures_of(own).get("to_confirm", 0):
                notes.append(names_that_wait(waiting))
        else:
            frame = ledger.frames[table]
            notes.append(
                t(
                    "The population was matched with the new areas: {n} rows belong to one.",
                    n=number(len(frame)),
                )
            )
    return notes


def _result(
    ledger: Ledger, records: list[dict[str, Any]], notes: list[str]
) -> ImportResult:
    located = timed = events = 0
    problems: list[Problem] = []
    parts = ledger.incidents.parts
    if ledger.incidents.changed and parts is not None:
        empty = {c for c in ("occurred_to",) if not ledger.incidents.filled(c)}
        asked = [c for c in parts.there if c not in _NOT_ASKED | empty]
        incidents = parts.columns(asked)
        located = int(incidents["area_id"].notna().sum())
        timed = int(incidents["time_precision"].isin(["minute", "hour"]).sum())
        events = count_events(incidents)
        own = [r for r in ledger.records if r["table"] == "incidents"]
        problems += incident_problems(
            incidents,
            figures_of(own),
            figures_by_of(own),
            areas=ledger.table("areas"),
            settings=ledger.city.settings,
        )
    areas = ledger.table("areas")
    if areas is not None and {"areas", "population"} & ledger.frames.keys():
        own = [r for r in ledger.records if r["table"] == "population"]
        population = ledger.table("population")
        if population is not None:
            problems += population_problems(
                areas,
                population,
                unknown=unknown_areas(own),
                strange_names=strange_names(own),
                figures=figures_of(own),
            )
    aside: dict[str, int] = {}
    for record in records:
        for reason, n in record["set_aside"].items():
            aside[reason] = aside.get(reason, 0) + n
    assumptions = [note for r in records for note in r["assumptions"]]
    return ImportResult(
        table=", ".join(r["table"] for r in records),
        profile=records[-1]["profile"] if records else "",
        rows_read=sum(r["rows_read"] for r in records),
        rows_used=sum(r["rows_used"] for r in records),
        set_aside=aside,
        located=located,
        timed=timed,
        events=events,
        assumptions=tuple(dict.fromkeys([*assumptions, *notes])),
        problems=tuple(problems),
        changes=next((r["months"] for r in records if "months" in r), {}),
    )
