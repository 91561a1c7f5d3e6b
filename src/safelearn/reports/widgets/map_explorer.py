"""Where are offences recorded, of which kind, with whom as victim, in which year? A map of released figures only.

Whatever is chosen goes through the protection of a report of that year (`measuring.years_by_area`): a count that is
hidden there is hidden here. Classes stay the same from year to year, so that a map that grows darker means more.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.errors import Refused
from safelearn.language import number, t, tn
from safelearn.reports import findings
from safelearn.reports.measuring import years_by_area as years
from safelearn.reports.names import is_by_police, offence_name
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps import Shapes


def map_explorer(city: str | Path) -> Board:
    """A map of the city by offence, group and year (draft:25(d).2).

    Parameters
    ----------
    city : path
        The city's folder.

    Returns
    -------
    Board
        Controls `offence` (a code of the report), `group` (all, female, male) and `year`.

    Raises
    ------
    Refused
        If the folder has no incidents.
    """
    explored = _Explored(years.YearsByArea(city))
    codes = explored.offences
    return Board(
        explored.result,
        {
            "offence": choice(t("Offence"), [(offence_name(c), c) for c in codes]),
            "group": choice(
                t("Who was harmed"),
                [
                    (t("Everybody"), years.EVERYBODY),
                    (t("Women"), years.WOMEN),
                    (t("Men"), years.MEN),
                ],
            ),
            "year": choice(t("Year"), [(y or t("all months"), y) for y in explored.by_area.years]),
        },
    )  # fmt: skip


class _Explored:
    """One city, and what was drawn of it."""

    def __init__(self, by_area: years.YearsByArea) -> None:
        self.by_area = by_area

    @cached_property
    def offences(self) -> list[str]:
        """All offences first, then those that any year shows by area."""
        table = self.by_area.tables(self.by_area.years[0])
        name = years.RATES if years.RATES in table else years.COUNTS
        return list(dict.fromkeys(table[name].frame["offence"].astype(str)))

    @cached_property
    def shapes(self) -> Shapes | None:
        from safelearn.views import maps

        boundaries = self.by_area.city.boundaries()
        return None if boundaries is None else maps.shapes(boundaries)

    def table(self, offence: str, group: str, year: str) -> Approved:
        """The released rows of a choice.

        Raises
        ------
        Refused
            If it is finer than may be shown, or than the year's records carry.
        """
        found = self.by_area.tables(year)
        if group != years.EVERYBODY:
            if offence != years.EVERYBODY:
                raise Refused(
                    t(
                        "Women and men are shown by area for all offences together: finer figures would point at "
                        "people."
                    ),
                    remedy=t("Choose all offences, or everybody."),
                )
            if years.SEXES not in found:
                raise Refused(
                    t("Records of women and of men cannot be shown by area here."),
                    remedy=t("They take residents by sex for each area, and enough records."),
                )  # fmt: skip
            return found[years.SEXES].where(sex=group)
        if years.RATES not in found:
            raise Refused(
                t("Rates by area need the residents of each area."),
                remedy=t("Add the population of the areas, under the same codes."),
            )
        shown = found[years.RATES].where(offence=offence)
        if not len(shown):
            raise Refused(t("This offence is not shown by area in this year: its counts are too small."))  # fmt: skip
        return shown

    def limits(self, offence: str, group: str) -> list[float]:
        """Classes for all years: those of the last year that shows this choice."""
        from safelearn.views import maps

        for year in self.by_area.years:
            try:
                rates = self.table(offence, group, year).frame["eb"].dropna()
            except Refused:
                continue
            return maps.breaks(rates.to_numpy(dtype=float))
        return []

    def result(self, offence: str, group: str, year: str) -> str:
        """The map, its finding and its numbers."""
        from safelearn.views import charts, maps, tables
        from safelearn.views.marks import SYNTHETIC

        table = self.table(offence, group, year)
        period = self.by_area.period(year).name()
        unit = {
            years.EVERYBODY: t("Per 100,000 residents, {period}", period=period),
            years.WOMEN: t("Per 100,000 women, {period}", period=period),
            years.MEN: t("Per 100,000 men, {period}", period=period),
        }[group]
        stamp = SYNTHETIC if self.by_area.city.settings.synthetic else None
        finding = _finding(table)
        if self.shapes is not None:
            limits = self.limits(offence, group)
            draw = maps.pair(table, self.shapes, unit=unit, limits=limits)
        else:
            draw = charts.ranges(table, unit=unit, raw="rate")
        columns = [
            tables.Column(t("Area"), "area_name"),
            tables.Column(t("Records"), "n", "count"),
            tables.Column(t("Smoothed rate"), "eb", "rate"),
            tables.Column(t("95% interval"), ("eb_lower", "eb_upper"), "rate"),
            tables.Column(t("Raw rate"), "rate", "rate"),
            tables.Column(t("Note"), "mark", words=tables.mark_words()),
        ]
        notes = [
            t("A rate counts records: where people report more, more is recorded.")
        ]
        if is_by_police(offence):
            notes.append(t("This count follows what police look for."))
        if away := int(table.hidden["n"].sum()):
            notes.append(
                tn(
                    "In {n} area the count is hidden to protect people.",
                    "In {n} areas the count is hidden to protect people.",
                    away,
                )
            )
        return "".join(
            [
                pieces.finding(f"{finding}."),
                pieces.picture(draw, finding, stamp),
                pieces.note(" ".join(notes)),
                pieces.folded(
                    t("Numbers behind this figure"), pieces.cells(table, columns)
                ),
            ]
        )


def _finding(table: Approved) -> str:
    """How many areas differ from the city, or, where that was not measured, how far the smoothed rates reach."""
    if "against_city" in table.frame:
        of = table.frame["against_city"].value_counts()
        above, below, same = (int(of.get(k, 0)) for k in ("above", "below", "same"))
        return findings.areas_apart(above, below, same, "")
    rates = table.frame["eb"].dropna().astype(float)
    if rates.empty:
        return t("Too few records to say anything by area")
    return t(
        "Smoothed rates reach from {low} to {high}",
        low=number(rates.min()),
        high=number(rates.max()),
    )
