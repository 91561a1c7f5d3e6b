"""Why does the rate of a small area jump, and what does smoothing do about it?

One area is taken out of a city and given other residents or other events, while the others stay as they are: its own
rate, the smoothed rate and how much of its own is kept are worked out by `estimates.empirical_bayes`, as in a report.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from safelearn.disclosure.approval import approve
from safelearn.errors import Refused
from safelearn.estimates.empirical_bayes import empirical_bayes_interval, fit_prior
from safelearn.estimates.intervals import byar_interval
from safelearn.language import number, percent, span, t
from safelearn.reports.measuring import years_by_area as years
from safelearn.reports.measuring.areas import PER
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice, whole_number
from safelearn.views.marks import SYNTHETIC, Stamp

#: An invented town: residents and events of a year, areas of every size, risks that differ by a half or so.
_TOWN = (
    (320, 6), (480, 0), (610, 7), (900, 2), (1_300, 8), (1_900, 6), (2_600, 19), (3_800, 21), (5_500, 22),
    (8_200, 64), (12_500, 71), (21_000, 160),
)  # fmt: skip
_MOST_RESIDENTS, _MOST_EVENTS = 1_000_000, 100_000


def smoothing(city: str | Path | None = None, *, offence: str = "all") -> Board:
    """Raw rate, smoothed rate and population, area by area (draft:25(d).2).

    Parameters
    ----------
    city : path, optional
        A city's folder; an invented town of twelve areas unless given. Only released counts of its last year are used.
    offence : str
        A code of the report.

    Returns
    -------
    Board
        Controls `area` (its number in the list), `residents` and `events`.

    Raises
    ------
    Refused
        If the city has no residents by area, or fewer than three areas whose counts are shown.
    """
    shown = _Town(*(_invented() if city is None else _released(city, offence)))
    at = int(np.argsort(shown.frame["population"].to_numpy())[2])
    own = shown.own(at)
    return Board(
        shown.result,
        {
            "area": choice(
                t("Area"),
                [(name, k) for k, name in enumerate(shown.frame["area_name"])],
                at,
            ),
            "residents": whole_number(
                t("Residents"), own["residents"], 100, _MOST_RESIDENTS, 100
            ),
            "events": whole_number(
                t("Events in a year"), own["events"], 0, _MOST_EVENTS
            ),
        },
        follows={"area": shown.own},
    )


class _Town:
    """Areas with their counts, and what they tell about each other."""

    def __init__(self, frame: pd.DataFrame, years: float, stamp: Stamp | None) -> None:
        self.frame = frame.reset_index(drop=True)
        self.years, self.stamp = years, stamp
        self._exposure = self.frame["population"].to_numpy(float) * years
        self.prior = fit_prior(self.frame["n"].to_numpy(float), self._exposure)

    def own(self, area: int) -> dict[str, int]:
        """How an area really stands."""
        row = self.frame.iloc[area]
        return {"residents": int(row["population"]), "events": int(row["n"])}

    def result(self, area: int, residents: int, events: int) -> str:
        """What is kept of the area's own rate, and the funnel."""
        from safelearn.views import charts

        n = self.frame["n"].to_numpy(float).copy()
        people = self.frame["population"].to_numpy(float).copy()
        n[area], people[area] = events, residents
        exposure = people * self.years
        raw = byar_interval(n, exposure, PER)
        eb = empirical_bayes_interval(n, exposure, self.prior)
        kept = float(self.prior.weight(exposure[area]))
        table = approve(
            "shrinkage",
            pd.DataFrame(
                {
                    "area_name": self.frame["area_name"],
                    "population": people,
                    "rate": raw.rate,
                    "eb": eb.rate * PER,
                    "eb_lower": eb.lower * PER,
                    "eb_upper": eb.upper * PER,
                    "chosen": np.where(np.arange(len(n)) == area, "yes", "no"),
                }
            ),
            keys=["area_name"],
            measures=["population", "rate", "eb", "eb_lower", "eb_upper", "chosen"],
            derived={},
        )
        mean = self.prior.mean * PER
        finding = t(
            "With {residents} residents, {kept} of its own rate is kept; the rest is the rate of all areas.",
            residents=number(residents),
            kept=percent(kept, 0),
        )
        draw = charts.shrinkage(
            table, mean=mean, unit=t("Events per 100,000 residents a year")
        )

        def written(values: tuple[np.ndarray, np.ndarray, np.ndarray], per: float) -> tuple[str, str]:  # fmt: skip
            value, low, high = (float(part[area]) * per for part in values)
            return number(value), span(number(low), number(high))

        rows = [
            (t("Its own rate"), *written((raw.rate, raw.lower, raw.upper), 1)),
            (t("Smoothed rate"), *written((eb.rate, eb.lower, eb.upper), PER)),
            (t("All areas together"), number(mean), ""),
        ]
        head = ("", t("Events per 100,000 residents a year"), t("95% interval"))
        return "".join(
            [
                pieces.finding(finding),
                pieces.table(head, rows, numeric=(1, 2)),
                pieces.picture(draw, finding, self.stamp),
                pieces.note(_why(self.prior.variance)),
            ]
        )


def _why(variance: float) -> str:
    read = t(
        "Ring: the area's own rate. Dot: the smoothed rate. Orange: the area you move, with the interval of its risk."
    )
    if variance == 0:
        return f"{read} " + t(
            "Here areas differ no more than chance would make them, so nothing of their own is kept."
        )
    return f"{read} " + t(
        "Where few people live, one event more or less changes the rate by much: most of what is seen there is "
        "chance, and smoothing takes it back."
    )


def _invented() -> tuple[pd.DataFrame, float, Stamp]:
    names = [t("Area {letter}", letter=chr(ord("A") + k)) for k in range(len(_TOWN))]
    frame = pd.DataFrame(_TOWN, columns=["population", "n"])
    return frame.assign(area_name=names), 1.0, SYNTHETIC


def _released(city: str | Path, offence: str) -> tuple[pd.DataFrame, float, Stamp | None]:  # fmt: skip
    """Areas whose count was released, with their residents."""
    measured = years.YearsByArea(city)
    year = measured.years[0]
    found = measured.tables(year)
    rows = found["rates_by_area"].where(offence=offence).frame if "rates_by_area" in found else None  # fmt: skip
    if rows is not None:
        rows = rows[rows["n"].notna() & (rows["population"] > 0)]
    if rows is None or len(rows) < 3:
        raise Refused(
            t("Smoothing takes counts and residents of three areas or more."),
            remedy=t("Add the population of the areas, or choose an offence with more events."),
        )  # fmt: skip
    stamp = SYNTHETIC if measured.city.settings.synthetic else None
    return (
        rows[["area_name", "population", "n"]],
        measured.period(year).years,
        stamp,
    )
