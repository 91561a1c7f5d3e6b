"""Everything a report may say about a city, measured once and released by disclosure control.

`gather` reads the folder, counts, measures and asks for release; what it returns holds approved tables, results and
sentences, and no raw row. Chapters, exporters and the manifest take nothing else, so no page can show more than was
released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.folder import City
from safelearn.disclosure.approval import threshold_sentence
from safelearn.disclosure.overrides import Override, lifted, must_be_internal
from safelearn.errors import SafelearnError
from safelearn.language import set_language, spoken, t
from safelearn.reports.inventory import (
    Inventory,
    assumptions,
    inputs,
    inventory,
    year_assumed,
)
from safelearn.reports.previous import earlier
from safelearn.reports.sections import Sayable, refusals, sayable
from safelearn.reports.templates import DIAGNOSIS, check_template
from safelearn.views.marks import SYNTHETIC, Stamp

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from geopandas import GeoDataFrame

    from safelearn.city.checks.cards import Card
    from safelearn.city.settings import Settings
    from safelearn.disclosure.algorithm_cards import AlgorithmCard
    from safelearn.disclosure.approval import Approved
    from safelearn.errors import Refused
    from safelearn.reports.period import Period
    from safelearn.reports.previous import Earlier
    from safelearn.views.maps import Shapes


@dataclass(frozen=True)
class Evidence:
    """What may be said about a city.

    Attributes
    ----------
    settings : Settings
        The city's own.
    slug : str
        Name of its folder.
    language, audience, recipient, template : str
        Of the report.
    period : Period or None
        The months it speaks of; None without incidents.
    tables : dict of str to Approved
        Released tables by file stem, in the order of the report.
    results : dict
        Results computed from released tables only (season, concentration, changes).
    sentences : dict of str to str
        Titles by rule, by figure.
    parts : list of Sayable
        What the data can and cannot say.
    inventory : list of Inventory
    assumptions, problems : list of str
        What import assumed and what `city check` found, in sentences.
    cards : dict of str to Card
        The data card of each table.
    boundaries : GeoDataFrame or None
    has : dict of str to bool
        Which tables the folder holds.
    records, located, timed : int
        Events in all covered months, those with an area, those with an hour.
    algorithm_cards : dict of str to AlgorithmCard
        The card of each model whose results are in the tables.
    previous : Earlier or None
        The release before this one: its tables by name, and its manifest.
    overrides : tuple of Override
        Checks that two people lifted.
    also : tuple of str
        Names of the files with totals that others publish.
    """

    settings: Settings
    slug: str
    language: str
    audience: str
    recipient: str
    period: Period | None
    tables: dict[str, Approved]
    results: dict[str, Any]
    sentences: dict[str, str]
    parts: list[Sayable]
    inventory: list[Inventory]
    assumptions: list[str]
    problems: list[str]
    cards: dict[str, Card]
    boundaries: GeoDataFrame | None
    has: dict[str, bool]
    records: int = 0
    located: int = 0
    timed: int = 0
    population_by_sex_age: bool = False
    population_year_assumed: bool = False
    inputs: list[dict[str, Any]] = field(default_factory=list)
    refused_here: dict[str, Refused] = field(default_factory=dict)
    algorithm_cards: dict[str, AlgorithmCard] = field(default_factory=dict)
    previous: Earlier | None = None
    overrides: tuple[Override, ...] = ()
    also: tuple[str, ...] = ()
    template: str = DIAGNOSIS
    _figures: Any = field(default_factory=lambda: count(1), repr=False)
    _tables: Any = field(default_factory=lambda: count(1), repr=False)

    @property
    def stamp(self) -> Stamp | None:
        """The mark on every figure of an invented city."""
        return SYNTHETIC if self.settings.synthetic else None

    @property
    def rule(self) -> str:
        """What readers are told about hidden cells."""
        disclosure = self.settings.disclosure
        least = 1 if lifted("small counts", self.overrides) else disclosure.threshold
        return threshold_sentence(least, disclosure.sensitive_threshold)

    @cached_property
    def shapes(self) -> Shapes:
        """The boundaries, made ready for drawing once."""
        from safelearn.views import maps

        return maps.shapes(self.boundaries)

    @property
    def refusals(self) -> dict[str, str]:
        """What the data cannot carry, by measure."""
        here = {name: refused.what for name, refused in self.refused_here.items()}
        return here | refusals(self.parts)

    def refused(self, measure: str) -> str:
        """Why the data cannot carry a measure; empty if they can."""
        return self.refusals.get(measure, "")

    def source(self, table: str) -> str:
        """Where a table comes from, for the line under a figure."""
        note = self.settings.tables.get(table)
        said = note.source if note is not None else ""
        said = said or t("the city's table {table}", table=table)
        if table == "population" and self.population_year_assumed:
            return t("{source} (the year is assumed)", source=said)
        return said

    def residents(self, year: int | None = None) -> str:
        """The denominator of a rate, for the line under a figure: who, of which year, and whether it is known."""
        if year is None:
            if self.population_year_assumed:
                return t("residents, of a year that is assumed")
            return t("residents")
        if self.population_year_assumed:
            return t("residents, {year} (the year is assumed)", year=str(year))
        return t("residents, {year}", year=str(year))

    def next_figure(self) -> int:
        """The number of the next figure of the report."""
        return next(self._figures)

    def next_table(self) -> int:
        """The number of the next table of the report."""
        return next(self._tables)


def gather(
    city: str | Path,
    *,
    template: str = DIAGNOSIS,
    year: int | None = None,
    language: str = "",
    audience: str = "public",
    recipient: str = "",
    previous: str | Path = "",
    also: Sequence[str | Path] = (),
    overrides: Sequence[Sequence[str]] = (),
    options: Mapping[str, Any] | None = None,
) -> Evidence:
    """Measure a city and release what may be shown.

    Parameters
    ----------
    city : path
        The city's folder.
    template : str
        Which report: only what it shows is measured and released.
    year : int, optional
        Calendar year to look at; by default the last complete one.
    language : str
        Language of the report; by default the city's own. It stays in use for the chapters that follow.
    audience, recipient : str
        Who the report is for.
    previous : path, optional
        A former diagnosis or a release to compare with; by default the newest in the city's ``releases/``.
    also : sequence of path
        Files with totals that others publish, which must not give hidden counts away.
    overrides : sequence of (check, by, second, reason)
        Checks that two named people lift.
    options : mapping, optional
        What a template's own parameters say to its measuring parts.

    Returns
    -------
    Evidence

    Raises
    ------
    SafelearnError
        If the folder cannot be read, or public output is asked for after the retention date.
    """
    from safelearn.city.contracts import table_names
    from safelearn.city.cube import count_cube
    from safelearn.city.quality import check
    from safelearn.reports.elsewhere import known_totals
    from safelearn.reports.known_before import KnownBefore
    from safelearn.reports.measuring import areas as by_area
    from safelearn.reports.measuring import measure, people, records
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.measuring.since import since
    from safelearn.reports.period import period_of
    from safelearn.reports.release import Release

    if not city:
        raise SafelearnError(
            t("No city folder was given."),
            remedy=t(
                "Set the parameter `city` to the folder, for example -p city my-city."
            ),
        )
    check_template(template)
    opened = City.open(city)
    settings = opened.settings
    language = spoken(language or settings.language)
    set_language(language)
    _within_retention(settings, audience)
    waived = tuple(Override(*values) for values in overrides)
    must_be_internal(waived, audience)
    before = earlier(opened.folder, settings.name, previous, template)
    checked = check(opened)
    met = checked.met
    parts = sayable(opened, met, checked.problems)
    release = Release(
        settings.disclosure,
        audience,
        owner=settings.processing.controller,
        appeal=settings.redress,
        overrides=waived,
        known=KnownBefore(before, [x for file in also for x in known_totals(file)]),
    )
    frame = opened.incidents()
    areas = opened.table("areas")
    population = opened.table("population")
    period = cube = None
    able = frozenset(part.measure for part in parts if part.can)
    totals = {"records": 0, "located": 0, "timed": 0}
    whole = template == DIAGNOSIS
    if whole and population is not None:
        people.population_tables(population, areas, release)
    if frame is not None and len(frame):
        cube = count_cube(frame, areas["area_id"])
        months = cube.by("month")
        period = period_of(
            months["month"],
            months["n"],
            year=year,
            bounds=settings.period or _covered(frame, areas),
        )
        totals = records.totals(frame)
        if whole:
            records.offence_tables(
                cube, frame, period, release, population, able, settings
            )
            by_area.area_tables(cube, period, release, areas, population, able)
            people.victim_tables(cube, period, release, population, able)
    scope = Scope(opened, release, able, period, cube, options=dict(options or {}))
    measure(scope, template)
    if whole:
        since(scope, before)
    release.results["attack"] = release.attack()
    release.results["repeated"] = release.known.repeated
    return Evidence(
        settings=settings,
        slug=opened.slug,
        language=language,
        audience=audience,
        recipient=recipient,
        period=period,
        tables=release.tables,
        results=release.results,
        sentences=release.sentences,
        parts=parts,
        inventory=inventory(opened, checked),
        assumptions=assumptions(opened),
        problems=[p.sentence for p in checked.problems],
        cards=checked.cards,
        boundaries=opened.boundaries(),
        has={name: opened.has(name) for name in table_names()},
        population_by_sex_age=met["population:sex_age"].met,
        population_year_assumed=year_assumed(opened),
        inputs=inputs(opened),
        refused_here=scope.refused,
        algorithm_cards=release.cards,
        previous=before,
        overrides=waived,
        also=tuple(Path(file).name for file in also),
        template=template,
        **totals,
    )


def _covered(frame: pd.DataFrame, areas: pd.DataFrame) -> tuple[date, date] | None:
    """The first and the last month that the records cover whole, where nobody has said it."""
    from datetime import date

    from safelearn.city.checks.coverage import coverage

    found = coverage(frame, areas)
    if found is None:
        return None
    counts, complete = found
    whole = complete.whole(counts.months)
    if not whole:
        return None
    first, last = (date.fromisoformat(f"{m}-01") for m in (whole[0], whole[-1]))
    return first, last


def _within_retention(settings: Settings, audience: str) -> None:
    from datetime import date

    if (
        settings.retention
        and date.today() > settings.retention
        and audience == "public"
    ):
        raise SafelearnError(
            t(
                "The data of this city should have been deleted by {date}.",
                date=settings.retention,
            ),
            where="city.toml: retention",
            remedy=t(
                "Delete the data, or agree on a new date with the data's owner and write it there."
            ),
        )
