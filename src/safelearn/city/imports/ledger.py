"""The tables of a city as an import will leave them. In: readings of files. Out: staged tables and records.

A `Ledger` gathers what changes, table by table, then writes it all in one go. When the areas change, it reads
the files that depend on them again, so that every event is placed by the areas of today.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import Accounting, already_aside, review_rows
from safelearn.city.country import old_codes
from safelearn.city.folder import City
from safelearn.city.imports.dispatch import Choices, Context, Progress, read_table
from safelearn.city.imports.history import (
    RECORDS,
    RETIRED,
    Change,
    records,
    sha256,
    storable,
    write_json,
)
from safelearn.city.imports.incident_table import IncidentTable
from safelearn.city.imports.merging import merge, with_earlier
from safelearn.city.imports.reading import Reading
from safelearn.city.imports.tallies import example_lines
from safelearn.city.places.reading import KnownAreas
from safelearn.city.review.lists import (
    AREAS,
    OFFENCES,
    confirmed_areas,
    confirmed_offences,
)
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import geopandas

DRAFTED = "drafted"
WORKBOOK = "workbook"
OUTLINES = "areas.geojson"


class Ledger:
    """What one import changes.

    Attributes
    ----------
    records : list of dict
        The imports that the tables will rest on.
    frames : dict of str to DataFrame
        Tables that change, but for the incidents.
    incidents : IncidentTable
    """

    def __init__(
        self, city: City, staged: Change, progress: Progress | None = None
    ) -> None:
        self.progress = progress
        self.city = city
        self.staged = staged
        self.records = records(city.folder)
        self.retired = records(city.folder, RETIRED)
        self.frames: dict[str, pd.DataFrame] = {}
        self.number = 1 + max(
            (r["id"] for r in [*self.records, *self.retired]), default=0
        )
        self._outlines: geopandas.GeoDataFrame | None = None
        self._aside: list[pd.DataFrame] = []
        self._shown: list[pd.DataFrame] = []
        self._forget: set[str] = set()
        self._strange: list[Reading] = []
        self._replayed: set[str] = set()
        self._cleared: set[str] = set()
        self.incidents = IncidentTable(city, staged)

    # -- what is there ------------------------------------------------------------------------------------

    def table(self, name: str) -> pd.DataFrame | None:
        """A table as it will be; of incidents there may be too many, so they are not asked for here."""
        if name in self.frames:
            return self.frames[name]
        # What the country lends is no table of the city's: files are not added to it.
        return self.city.table(name) if self.city.has_own(name) else None

    def outlines(self) -> geopandas.GeoDataFrame | None:
        """The areas' outlines as they will be."""
        if self._outlines is not None:
            return self._outlines
        return None if "areas" in self._cleared else self.city.boundaries()

    def context(self, *, strict: bool = True) -> Context:
        """What a reader must know of the city as it will be."""
        areas = self.table("areas")
        drafted = None
        known = KnownAreas([], [], strict=strict)
        if areas is not None:
            areas = areas.sort_values("area_id", ignore_index=True)
            if all(r["profile"] == DRAFTED for r in self._of("areas")) and self._of(
                "areas"
            ):
                drafted = areas
            codes = list(areas["area_id"])
            names = list(areas["area_name"].fillna(""))
            known = KnownAreas(
                codes,
                names,
                None if drafted is not None else self.outlines(),
                old_codes(self.city.folder, set(codes))
                | confirmed_areas(
                    self.staged.current(AREAS), dict(zip(codes, names, strict=True))
                ),
                strict,
                list(areas["parent"].fillna("")),
                list(areas["aliases"].fillna("")),
            )
        return Context(
            self.city.folder,
            self.city.settings,
            known,
            drafted,
            {"areas": set(known.codes)} if known.codes else {},
            self._year(),
            confirmed_offences(self.staged.current(OFFENCES)),
        )

    def _year(self) -> int:
        """The year of a population that names none: the end of the city's period, else today's."""
        period = self.city.settings.period
        if period:
            return period[1].year
        newest = self.incidents.parts.newest() if self.incidents.parts else None
        if newest is not None:
            return pd.Timestamp(newest).year
        return dt.date.today().year

    def _of(self, table: str) -> list[dict[str, Any]]:
        return [r for r in self.records if r["table"] == table]

    # -- what comes ---------------------------------------------------------------------------------------

    def add(
        self,
        reading: Reading,
        choices: Choices,
        *,
        file: str,
        checksum: str,
        source: str,
        replace_old: bool = False,
        stamp: str | None = None,
        number: int | None = None,
    ) -> dict[str, Any]:
        """Add a reading to its table, and return its record."""
        table = reading.table
        notes = list(reading.notes)
        old = self._of(table)
        if table == "areas" and old and all(r["profile"] == DRAFTED for r in old):
            replace_old = True
            notes.append(t("They take the place of the areas that were drafted."))
        if replace_old:
            self._cleared.add(table)
            self._retire(old)
            notes += [
                t("{file} was retired.", file=r["file"])
                for r in old
                if r["profile"] != DRAFTED
            ]
        if table == "incidents":
            accounting, revised, months = self._add_incidents(
                reading, notes, replace_old
            )
        else:
            accounting, revised = self._add_frame(reading, notes, replace_old)
            months = {}
        if reading.drafted is not None:
            self._draft(reading, file=file, checksum=checksum, source=source)
        self._aside.append(
            review_rows(accounting, file, reading.lines, reading.details)
        )
        self._shown.append(example_lines(file, reading.examples, reading.lines))
        self._forget.add(file)
        if table == "incidents":
            # What is read may be large: only what a person may settle is kept of it.
            self._strange.append(
                replace(reading, frame=None, parts=None, origin=None, lines=None)
            )
        record = {
            "id": number or self.number,
            "file": file,
            "source": source,
            "sha256": checksum,
            "table": table,
            "profile": reading.profile,
            "options": choices.to_json(),
            "imported_at": stamp
            or dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "rows_read": accounting.rows_read,
            "rows_used": accounting.rows_used,
            "set_aside": accounting.set_aside,
            "revised": revised,
            "figures": dict(reading.figures),
            **({"figures_by": dict(reading.figures_by)} if reading.figures_by else {}),
            **({"months": months} if months else {}),
            "strange_names": list(reading.strange_names),
            "assumptions": notes,
        }
        self.records.append(record)
        return record

    def _add_frame(
        self, reading: Reading, notes: list[str], replace_old: bool
    ) -> tuple[Accounting, int]:
        table, accounting, frame = reading.table, reading.accounting, reading.frame
        before = None if replace_old else self.table(table)
        revised = 0
        if before is not None and len(before):
            if table == "areas":
                frame = with_earlier(frame, before)
            merged = merge(before, frame, table)
            accounting = already_aside(accounting, merged.already, reading.origin)
            frame, revised = merged.frame, merged.revised
            notes += merged.notes
        if table == "areas":
            frame = frame.sort_values("area_id", ignore_index=True)
        self._take_outlines(reading, before is not None)
        self.frames[table] = frame
        return accounting, revised

    def _add_incidents(
        self, reading: Reading, notes: list[str], replace_old: bool
    ) -> tuple[Accounting, int, dict[str, dict[str, int]]]:
        if replace_old:
            self.incidents.clear()
        parts = reading.parts
        if parts is None:
            parts = self.incidents.written(reading.frame)
        added = self.incidents.add(parts)
        if added is None:
            return reading.accounting, 0, {}
        notes += added.notes
        accounting = already_aside(reading.accounting, added.already, reading.origin)
        return accounting, added.revised, added.months

    def replay(self, table: str) -> bool:
        """Read the files of a table again, by the areas as they will be; whether the table changed."""
        old = self._of(table)
        there = self.incidents.parts if table == "incidents" else self.table(table)
        if there is None:
            return False
        paths = [self.city.folder / r["source"] for r in old]
        readable = all(
            p.is_file() and r["profile"] != WORKBOOK
            for p, r in zip(paths, old, strict=True)
        )
        if not old or not readable:
            if table != "incidents":
                return False
            self.incidents.place_anew(self.context().areas)
            return True
        self._replayed.add(table)
        at = [self.records.index(r) for r in old]
        self.records = [r for r in self.records if r not in old]
        if table == "incidents":
            self.incidents.clear()
        else:
            self.frames[table] = there.iloc[:0]
        fresh = []
        for record, path in zip(old, paths, strict=True):
            choices = Choices(**record["options"])
            try:
                reading, choices = read_table(
                    path,
                    choices,
                    self.context(strict=False),
                    name=record["file"],
                    scratch=self.incidents.scratch(),
                    progress=self.progress,
                )
            except SafelearnError as error:
                # The new areas fit this file not at all: it stays as it was, to be seen to by a person.
                raise SafelearnError(
                    t(
                        "With these areas, {file} can no longer be used: {why}",
                        file=record["file"],
                        why=error.what,
                    ),
                    where=error.where,
                    remedy=error.remedy,
                ) from error
            fresh.append(
                self.add(
                    reading,
                    choices,
                    file=record["file"],
                    checksum=record["sha256"],
                    source=record["source"],
                    stamp=record["imported_at"],
                    number=record["id"],
                )
            )
        self.records = [r for r in self.records if r not in fresh]
        for place, record in sorted(zip(at, fresh, strict=True), key=lambda p: p[0]):
            self.records.insert(place, record)
        return True

    def _retire(self, old: list[dict[str, Any]]) -> None:
        self.records = [r for r in self.records if r not in old]
        self.retired += [r | {"retired_by": self.number} for r in old]
        self._forget |= {r["file"] for r in old}

    def _take_outlines(self, reading: Reading, adds: bool) -> None:
        if reading.outlines is None:
            return
        there = self.outlines() if adds else None
        if there is None:
            self._outlines = reading.outlines
            return
        new = reading.outlines
        kept = there.loc[
            ~there["area_id"].isin(new["area_id"]), ["area_id", "geometry"]
        ]
        both = pd.concat([kept, new])
        self._outlines = both.sort_values("area_id", ignore_index=True)

    def _draft(
        self, reading: Reading, *, file: str, checksum: str, source: str
    ) -> None:
        assert reading.drafted is not None
        n = len(reading.drafted)
        self.frames["areas"] = reading.drafted
        old = self._of("areas")
        self.records = [r for r in self.records if r not in old]
        self.records.append(
            {
                "id": self.number,
                "file": file,
                "source": source,
                "sha256": checksum,
                "table": "areas",
                "profile": DRAFTED,
                "options": {},
                "imported_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                "rows_read": n,
                "rows_used": n,
                "set_aside": {},
                "assumptions": [t("The areas were drafted from this file.")],
            }
        )

    # -- writing ------------------------------------------------------------------------------------------

    def keep_source(self, path: Path, checksum: str) -> str:
        """Stage an unchanged copy of a file under ``source/``, and return its place there."""
        folder = self.city.folder
        name, i = path.name, 2
        while (folder / "source" / name).is_file():
            if sha256(folder / "source" / name) == checksum:
                return f"source/{name}"
            name, i = f"{path.stem}-{i}{path.suffix}", i + 1
        place = f"source/{name}"
        if path.resolve() != (folder / place).resolve():
            shutil.copyfile(path, self.staged.stage(place))
        return place

    def write(self) -> None:
        """Stage every table that changes, the records and the review."""
        from safelearn.city.places.outlines import write_outlines
        from safelearn.city.review.lines import write_line_lists
        from safelearn.city.review.lists import write_strange

        for name, frame in self.frames.items():
            place = self.staged.stage(contracts.file_name(name))
            contracts.write_table(frame, place, name)
        self.incidents.stage()
        if self._outlines is not None:
            text = write_outlines(self._outlines, self.frames["areas"])
            self.staged.stage(OUTLINES).write_text(text, encoding="utf-8", newline="\n")
        elif "areas" in self._cleared and (self.city.folder / OUTLINES).is_file():
            self.staged.remove(OUTLINES)
        write_line_lists(self.staged, self._aside, self._shown, forget=self._forget)
        if self._strange:
            fresh = "incidents" in self._replayed | self._cleared
            context = self.context()
            write_strange(
                self.staged, self._strange, context.areas, context.offences, fresh=fresh
            )
        write_json(self.staged.stage(RECORDS), storable(self.records))
        if self.retired:
            write_json(self.staged.stage(RETIRED), storable(self.retired))
