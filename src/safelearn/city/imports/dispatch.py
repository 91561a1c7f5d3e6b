"""Read one file into one table of a city. In: the file, what a person said about it, the city's areas.

Out: a `Reading`, and the choices as they were settled (table, profile, year), so that the file can be read
again in the same way when the city's areas change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import also_read
from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.profiles import Profile, match_profile, profile_named
from safelearn.city.columns.shaping import shape
from safelearn.city.columns.titled import offence_in
from safelearn.city.files.crossed import refuse_crossed
from safelearn.city.files.formats import Source, read_source
from safelearn.city.files.headers import normalise
from safelearn.city.imports.parts import Parts, PartWriter
from safelearn.city.imports.reading import Reading
from safelearn.city.places.drafting import draft_areas
from safelearn.city.places.elsewhere import settle_elsewhere
from safelearn.city.places.levels import choose_level
from safelearn.city.places.reading import KnownAreas
from safelearn.city.settings import Settings
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

if TYPE_CHECKING:
    from safelearn.city.country import Successors

Progress = Callable[[int, float], object]


@dataclass(frozen=True)
class Choices:
    """What a person said about a file, or what was settled for them."""

    table: str | None = None
    profile: str | None = None
    offence: str | None = None
    zone: str | None = None
    crs: str | None = None
    encoding: str | None = None
    year: int | None = None
    sheet: str | None = None

    def to_json(self) -> dict[str, str | int]:
        """Only what is set."""
        return {k: v for k, v in asdict(self).items() if v is not None}


@dataclass(frozen=True)
class Context:
    """What a reader must know of the city.

    Attributes
    ----------
    folder : Path
    settings : Settings
    areas : KnownAreas
    drafted : DataFrame or None
        The areas, where they were only drafted from incidents and may grow.
    codes : dict of str to set
        Codes of other tables, for references.
    year : int
        Taken for a population that names none.
    offences : dict of str to str
        What a person has said of labels: `review.confirmed_offences`.
    """

    folder: Path
    settings: Settings
    areas: KnownAreas
    drafted: pd.DataFrame | None
    codes: dict[str, set[str]]
    year: int
    offences: Mapping[str, str] = field(default_factory=dict)


def read_table(
    path: Path,
    choices: Choices,
    context: Context,
    *,
    name: str = "",
    scratch: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, Choices]:
    """Read a file.

    Parameters
    ----------
    name : str, optional
        The file's name as it was received, where the copy in ``source/`` has another.
    scratch : Path, optional
        Where to write incidents as they are read; without it they are gathered in memory.
    progress : callable, optional
        Called with the rows read so far, and about which part of the work is done.

    Raises
    ------
    SafelearnError
        If it cannot be read, or nothing says which table it fills.
    """
    profile = (
        profile_named(choices.profile, context.folder) if choices.profile else None
    )
    told = profile.read if profile else {}
    source = read_source(
        path,
        encoding=choices.encoding or told.get("encoding"),
        sheet=choices.sheet or told.get("sheet"),
        separator=told.get("separator"),
        known=lambda names: _is_known(names, profile, context.folder),
    )
    said: tuple[str, ...] = ()
    table = choices.table
    if table is None and profile:
        table = "incidents"
    if table is None:
        from safelearn.city.columns.table_guess import guess_table

        table, said = guess_table(source, context.folder)
    if table not in contracts.table_names():
        raise SafelearnError(
            t("There is no table called {name}.", name=table),
            remedy=t(
                "The tables are: {names}.", names=listing(list(contracts.table_names()))
            ),
        )
    choices = replace(choices, table=table)
    if table == "areas":
        from safelearn.city.places.outlines import read_areas

        reading = read_areas(source, crs=choices.crs)
    elif table == "population":
        from safelearn.city.tables.residents import read_population

        choices = replace(choices, year=choices.year or context.year)
        try:
            reading = read_population(
                source,
                context.areas,
                year=choices.year,
                changed=_changed(context),
            )
        except SafelearnError as error:
            if context.drafted is None or not context.areas.codes:
                raise
            raise SafelearnError(
                error.what,
                where=error.where,
                remedy=t(
                    "The list of areas was only drafted from the incidents: import the areas, or their boundaries, "
                    "and then this file."
                ),
            ) from error
        if not context.areas.codes:
            from safelearn.city.places.drafting import draft_from_residents

            reading = draft_from_residents(reading)
    elif table == "incidents" and not _is_canonical(source):
        reading = _incidents(source, choices, context, profile, name, scratch, progress)
    else:
        from safelearn.city.tables.other_tables import read_other

        reading = read_other(source, table, context.codes, context.areas)
    notes = (*source.notes, *said, *reading.notes, *_shifted(source, table))
    reading = replace(
        reading,
        notes=notes,
        lines=reading.lines or source.lines,
        figures={**reading.figures, **source.figures},
    )
    return _with_aside(reading, source), choices


def _with_aside(reading: Reading, source: Source) -> Reading:
    """The reading with the totals and notes that were left out when the file was opened, in its account."""
    aside = source.aside
    if not aside:
        return reading
    read, line_of = reading.accounting.rows_read, reading.lines or source.lines
    behind = np.concatenate(list(aside.values()))

    def lines(rows: np.ndarray) -> np.ndarray:
        rows = np.asarray(rows)
        result = np.empty(len(rows), dtype=np.int64)
        result[rows < read] = line_of(rows[rows < read])
        result[rows >= read] = behind[rows[rows >= read] - read]
        return result

    counts = {reason: len(at) for reason, at in aside.items()}
    return replace(
        reading, accounting=also_read(reading.accounting, counts), lines=lines
    )


def _changed(context: Context) -> Successors | None:
    """What became of codes of earlier boundaries, where the city has a country that says so."""
    if not context.settings.inherits:
        return None
    from safelearn.city.country import successors

    return successors(context.folder, set(context.areas.codes))


def _shifted(source: Source, table: str) -> tuple[str, ...]:
    """What to know of rows that are longer than the header, where their table keeps them."""
    if table == "incidents" or source.broken is None:
        return ()
    return (
        tn(
            "{n} row has more cells than the header: look whether its cells are in their columns.",
            "{n} rows have more cells than the header: look whether their cells are in their columns.",
            int(source.broken.sum()),
        ),
    )


def _is_known(names: Sequence[str], profile: Profile | None, folder: Path) -> bool:
    """Whether these columns are those of a file that the profile describes, or any profile does."""
    if profile is not None:
        return profile.fits(names) > 0
    return match_profile(names, folder)[0].name != "generic"


def _is_canonical(source: Source) -> bool:
    """Whether a file of incidents has the contract's own columns, ICCS codes included."""
    headers = {normalise(c) for c in source.columns}
    needed = {"occurred_from", "time_precision", "place_precision", "domestic", "count"}
    return {normalise(c) for c in needed} <= headers


def _incidents(
    source: Source,
    choices: Choices,
    context: Context,
    profile: Profile | None,
    name: str,
    scratch: Path | None,
    progress: Progress | None,
) -> Reading:
    from safelearn.city.columns.guess import guess_columns
    from safelearn.city.imports.incidents import read_incidents

    source = _with_points(source, choices.crs)
    said: tuple[str, ...] = ()
    if profile is None:
        profile, said = match_profile(source.columns, context.folder)
    source, more = shape(source, profile)
    said = (*said, *more)
    crosswalk = read_crosswalk(profile.crosswalk, context.folder)
    crosswalk = crosswalk.confirm(context.offences)
    if crosswalk.excluded:
        said = (
            *said,
            t(
                "Confirmed to be no offence, so that their rows stay without a classification: {labels}.",
                labels=listing(sorted(crosswalk.excluded)),
            ),
        )
    if profile.name == "generic":
        columns, more = guess_columns(source.sample, profile, crosswalk, context.areas)
        if not {"from", "from_date", "year"} & set(columns):
            refuse_crossed(source.sample, source.name)
        said = (*said, *more)
    else:
        columns = profile.assign(source.columns)
    areas, drafted = context.areas, None
    # A list that was only drafted from an earlier file decides nothing about this one.
    listed = areas if context.drafted is None else KnownAreas([], [])
    city = context.settings.name
    elsewhere = settle_elsewhere(source.sample, profile, city=city, areas=listed)
    columns = choose_level(elsewhere.ours(source.sample), columns, profile, listed)
    said = (*said, *elsewhere.notes, *(t(note) for note in profile.notes))
    offence = choices.offence
    if profile.titled and not offence and "offence_label" not in columns:
        offence = offence_in(source.titles, name or source.name, crosswalk)
        if offence:
            said = (
                *said,
                t(
                    "All rows are {offence}, as the title or name of the file says.",
                    offence=offence,
                ),
            )
    if not areas.codes or context.drafted is not None:
        drafted = draft_areas(
            (elsewhere.ours(chunk.frame) for chunk in source.chunks()),
            columns,
            context.drafted,
            context.areas.confirmed,
        )
        if drafted is not None:
            areas = replace(
                context.areas,
                codes=list(drafted["area_id"]),
                names=list(drafted["area_name"]),
                parents=list(drafted["parent"].fillna("")),
                aliases=(),
                strict=False,
            )
            said = (
                *said,
                t(
                    "The city had no areas: a list was drafted from those that the file names."
                )
                if context.drafted is None
                else t(
                    "The list of areas is a draft, to which this file may add: bring in the city's own list."
                ),
            )
    zone = context.settings.zone
    if profile.local_zone and zone.key in ("UTC", "Etc/UTC"):
        zone = ZoneInfo(profile.local_zone)
        said = (
            *said,
            t(
                "The city's time zone is still UTC: {zone} was used; write it in city.toml.",
                zone=zone.key,
            ),
        )
    writer = PartWriter(scratch) if scratch else None
    with writer or nullcontext():
        read = read_incidents(
            source,
            profile,
            columns,
            crosswalk,
            areas,
            zone=zone,
            file_zone=choices.zone,
            crs=None if source.outlines is not None else choices.crs,
            offence=offence or None,
            elsewhere=elsewhere,
            write=writer.add if writer else None,
            progress=progress,
        )
    records = read.records
    return Reading(
        "incidents",
        None if writer else read.frame.reset_index(drop=True),
        read.accounting,
        (*said, *read.notes),
        profile=profile.name,
        figures=read.figures,
        figures_by=read.figures_by,
        examples=read.examples,
        strange_places=read.strange_places,
        strange_offences=read.strange_offences,
        drafted=drafted,
        lines=lambda rows: source.lines(records[rows].astype(np.int64)),
        parts=Parts(writer.path) if writer else None,
        origin=read.entries(),
    )


def _with_points(source: Source, crs: str | None) -> Source:
    """Point features as two columns, in longitude and latitude."""
    if source.outlines is None:
        return source
    from safelearn.city.files.geographic import in_wgs84, points

    found = points(in_wgs84(source.outlines, crs=crs, where=source.name))
    if found is None:
        raise SafelearnError(
            t("The file holds outlines, and incidents are points."),
            where=source.name,
            remedy=t("Import it as areas, with --table areas."),
        )
    names = {
        normalise(c) for c in ("longitude", "latitude", "x", "y", "lon", "lat", "lng")
    }
    frame = source.frame[[c for c in source.columns if normalise(c) not in names]]
    text = found.map(lambda v: "" if np.isnan(v) else repr(v)).astype("str")
    frame = frame.assign(longitude=text["x"], latitude=text["y"])
    return source.with_frame(frame.reset_index(drop=True))
