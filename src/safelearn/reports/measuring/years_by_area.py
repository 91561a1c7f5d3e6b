"""Offences by area, one calendar year at a time, each year released as a report of that year would release it.

A map that can be turned to another year must not show more than the reports of those years: so each year goes through
the same protection, and is attacked on its own, as years are in a report. The records of women and men are parts of
each area's total, settled before. (draft:25(d).2, draft:26(f)(ii).10)
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from safelearn.city.cube import CountCube, count_cube
from safelearn.city.folder import City
from safelearn.city.population import population_by
from safelearn.disclosure.approval import Approved
from safelearn.disclosure.slices import NO_AREA, areas_only, coarsen
from safelearn.errors import Refused
from safelearn.estimates.rates import rates_by_area
from safelearn.language import t
from safelearn.reports.measuring import areas as by_area
from safelearn.reports.measuring import counts
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.period import Period, period_of
from safelearn.reports.release import FOCUS, Release

#: What the tables are called here; a report has the first two under the same names.
RATES, COUNTS, SEXES = (
    "smoothed_rates_by_area",
    "counts_by_area",
    "recorded_by_sex_and_area",
)
EVERYBODY, WOMEN, MEN, OTHERS = ALL, "female", "male", "other or not known"
_MEASURES = ["n", "rate", "eb", "eb_lower", "eb_upper", "mark"]


class YearsByArea:
    """The years of a city, each measured when it is first asked for.

    Parameters
    ----------
    city : path
        The city's folder.

    Raises
    ------
    Refused
        If it has no incidents, or none with a month.
    """

    def __init__(self, city: str | Path) -> None:
        self.city = City.open(city)
        frame = self.city.incidents()
        if frame is None or not len(frame):
            raise Refused(
                t("The city's folder holds no incidents."),
                remedy=t("Import a file of incidents first."),
            )
        self._areas = self.city.table("areas")
        self._population = self.city.table("population")
        self._cube: CountCube = count_cube(frame, self._areas["area_id"])
        self._known: dict[str, dict[str, Approved]] = {}

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Complete calendar years, the last one first; where there is none, the last months that are covered."""
        known = self._period()
        whole = [y for y in known.span if len(y) == 4] or sorted(
            {m[:4] for m in known.months if {*_months(m[:4])} <= set(known.months)}
        )
        return tuple(reversed(whole)) or ("",)

    def tables(self, year: str) -> dict[str, Approved]:
        """What may be shown of a year: `COUNTS`, and where residents are known `RATES` and `SEXES`.

        Raises
        ------
        SafelearnError
            If a hidden count of that year could be worked out.
        """
        if year not in self._known:
            self._known[year] = self._release(self._period(year)).tables
        return self._known[year]

    def period(self, year: str) -> Period:
        """The months of a year."""
        return self._period(year)

    def _period(self, year: str = "") -> Period:
        months = self._cube.by("month")
        return period_of(
            months["month"],
            months["n"],
            year=int(year) if year else None,
            bounds=self.city.settings.period,
        )

    def _release(self, period: Period) -> Release:
        release = Release(self.city.settings.disclosure, "public")
        cube = self._cube
        release.share_counts(
            counts.by_month(cube, period), counts.by_area(cube, period), period
        )
        able = {"rates_by_area"}
        by_area.area_tables(cube, period, release, self._areas, self._population, able)
        self._by_sex(period, release)
        release.attack()
        return release

    def _by_sex(self, period: Period, release: Release) -> None:
        """Records of women and of men by area; silent where residents by sex are not known, or could be told apart."""
        if self._population is None:
            return
        year = int(period.focus[-1][:4])
        people = population_by(self._population, ("area_id", "sex"), year=year)
        people = people[people["sex"].isin([WOMEN, MEN])]
        if people.empty:
            return
        found = coarsen(
            self._cube.by("area_id", "sex", "sensitive", month=period.focus)
        )
        found["sex"] = found["sex"].where(found["sex"].isin([WOMEN, MEN]), OTHERS)
        found = found.groupby(["area_id", "sex"], as_index=False)["n"].sum()
        elsewhere = found["area_id"].isin(NO_AREA)
        # The sexes of events that stand in no area are shown nowhere: they keep city-wide totals by sex from being
        # the sum of what is shown here. Where there are next to none of them, nothing is shown.
        if found.loc[elsewhere, "n"].sum() < release.disclosure.sensitive_threshold:
            return
        settled = areas_only(release.shared["by_area"])
        settled = settled.loc[settled["offence"] == ALL, ["area_id", "n"]]
        cells = release.protect_parts(found[~elsewhere], settled, "area_id")
        # Records without a known sex stay in the table, with no rate: an area's total is the sum of its rows.
        parts = []
        for sex, rows in cells.groupby("sex"):
            here = people.loc[people["sex"] == sex, ["area_id", "population"]]
            counted = rows.assign(offence=sex)[["area_id", "offence", "n"]]
            parts.append(
                rates_by_area(counted, here, years=period.years, per=by_area.PER)
            )
        table = pd.concat(parts, ignore_index=True).rename(columns={"offence": "sex"})
        names = self._areas.set_index("area_id")["area_name"]
        table.insert(1, "area_name", table["area_id"].map(names))
        release.approve(
            SEXES,
            table[["area_id", "area_name", "sex", *_MEASURES]],
            keys=["area_id", "area_name", "sex"],
            measures=_MEASURES,
            title=t("Recorded offences with a victim of each sex, by area"),
            universe=FOCUS,
        )


def _months(year: str) -> list[str]:
    return [f"{year}-{month:02d}" for month in range(1, 13)]
