"""The catalogue computed for one city: every indicator with its value, or with the reason why it has none.

The city's folder and what its report has released go in; one row an indicator and group comes out, with definition,
version, interval, n, data maturity and the city's own target. An indicator that two sources give is taken from the
first that has a value: the survey, the records, justice, the city's registers, other offices' statistics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.group_sizes import group_sizes
from safelearn.disclosure.samples import FEW
from safelearn.disclosure.samples import TOO_FEW as HIDDEN_ANSWERS
from safelearn.guidelines.catalogue import Indicator, indicators
from safelearn.indicators import outcomes
from safelearn.indicators.exchange import COLUMNS
from safelearn.indicators.figures import (
    ALL,
    BY_AREA,
    EVERYONE,
    INTERVAL,
    LATER,
    MEASURED,
    NO_ROW,
    NO_TABLE,
    NOT_ASKED,
    REFUSED,
    TOO_FEW,
    Figure,
    missing,
)
from safelearn.indicators.from_justice import justice_figures
from safelearn.indicators.from_offices import (
    budget_figures,
    place_figures,
    seat_figures,
    service_figures,
    skill_figures,
)
from safelearn.indicators.from_records import record_figures
from safelearn.indicators.from_statistics import statistics_figures
from safelearn.indicators.maturity import maturity
from safelearn.indicators.residents import QUESTIONS, not_asked
from safelearn.indicators.targets import Progress, aimed, progress

if TYPE_CHECKING:
    from safelearn.city.cube import CountCube
    from safelearn.city.folder import City
    from safelearn.disclosure.approval import Approved

#: The released table of the survey's indicators.
SURVEY_TABLE = "survey_indicators"


@dataclass(frozen=True)
class Released:
    """What the report has measured and released, as far as indicators are made of it.

    Attributes
    ----------
    tables : mapping of str to Approved
    results : mapping
        Results computed from released numbers only.
    period : str
        What the records' counts are of, such as ``2025-01/2025-12``; empty without records.
    months : tuple of str
        Its months.
    years : float
        Its length.
    periods : int
        Complete years in the records.
    cube : CountCube or None
    least, sensitive_least : int
        Smallest counts shown.
    """

    tables: Mapping[str, Approved]
    results: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    months: tuple[str, ...] = ()
    years: float = 1.0
    periods: int = 1
    cube: CountCube | None = None
    least: int = 5
    sensitive_least: int = 10


@dataclass(frozen=True)
class Measured:
    """The catalogue computed for a city.

    Attributes
    ----------
    figures : tuple of Figure
        In the order of the catalogue, everybody first; at least one for each of the 62.
    progress : tuple of Progress
        One for each target of the city.
    """

    figures: tuple[Figure, ...]
    progress: tuple[Progress, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The columns of `exchange.COLUMNS`, one row a figure."""
        aims = {}
        for p in self.progress:
            aims.setdefault((p.indicator_id, p.group), p)
        rows = [
            _row(f, aims.get((f.indicator_id, f.group)), aims) for f in self.figures
        ]
        return pd.DataFrame(rows, columns=COLUMNS)

    def figure(self, indicator_id: str, group: str = EVERYONE) -> Figure | None:
        """One figure, or None."""
        for f in self.figures:
            if (f.indicator_id, f.group) == (indicator_id, group):
                return f
        return None

    @property
    def measured(self) -> tuple[str, ...]:
        """Indicators that have a figure for anybody, in the order of the catalogue."""
        return tuple(dict.fromkeys(f.indicator_id for f in self.figures if f.measured))


def compute(city: City, released: Released) -> Measured:
    """Every indicator of the catalogue for a city (draft:25(g), draft:11, draft:22).

    Parameters
    ----------
    city : City
        Its tables.
    released : Released
        What the report has let out.

    Returns
    -------
    Measured
    """
    people = residents(city)
    table = city.table
    found = [
        *_survey(city, released),
        *_records(city, released, people),
        *justice_figures(
            table("justice"),
            residents=people.everyone,
            shares=people.shares,
            least=released.least,
        ),
        *budget_figures(table("budget"), people.everyone),
        *service_figures(table("services"), released.least),
        *seat_figures(table("participation"), people.shares),
        *skill_figures(table("skills")),
        *place_figures(table("audits"), table("streets")),
        *statistics_figures(table("statistics"), released.least),
    ]
    figures = _ordered(found, city)
    aims = progress(table("targets"), figures)
    return Measured(tuple(_with_aims(figures, aims)), tuple(aims))


@dataclass(frozen=True)
class Residents:
    """Who lives in the city: all, women, each group's share, and dwellings; None where it is not known."""

    everyone: float | None = None
    women: float | None = None
    dwellings: float | None = None
    shares: dict[str, float] = field(default_factory=dict)


def residents(city: City) -> Residents:
    """The denominators of a city's indicators."""
    table = city.table("population")
    if table is None:
        return Residents()
    sizes = group_sizes(table, city.table("areas"))
    everyone = sizes.pop(EVERYONE, None)
    if not everyone:
        return Residents()
    dwellings = None
    if "dwellings" in table and table["dwellings"].notna().any():
        latest = table[table["year"] == table["year"].max()]
        dwellings = float(latest["dwellings"].sum()) or None
    shares = {group: n / everyone for group, n in sizes.items()}
    return Residents(everyone, sizes.get("women"), dwellings, shares)


def _survey(city: City, released: Released) -> list[Figure]:
    """The released survey figures, and the indicators whose questions were not asked."""
    answers = city.table("survey")
    approved = released.tables.get(SURVEY_TABLE)
    if answers is None or approved is None:
        return []
    rounds = answers["year"].dropna().nunique() if "year" in answers else 1
    year = answers["year"].max() if "year" in answers else ""
    found = []
    frame = approved.frame
    split = set(frame.loc[frame["breakdown"] != ALL, "indicator_id"])
    for row in frame.to_dict("records"):
        name = row["indicator_id"]
        figure = Figure(
            name,
            *(100 * float(row[c]) for c in ("value", "lower", "upper")),
            n=float(row["n"]),
            group=row["group"],
            breakdown=row["breakdown"],
            period=str(year),
            source="survey",
            precision=INTERVAL,
            periods=max(rounds, 1),
            split=name in split,
        )
        if row["mark"] in (FEW, HIDDEN_ANSWERS) or np.isnan(figure.value):
            figure = figure.without(TOO_FEW, str(figure.definition.minimum_n))
        found.append(figure)
    asked = {f.indicator_id for f in found}
    for name in QUESTIONS:
        if name not in asked:
            columns = not_asked(answers, name) or list(QUESTIONS[name].columns)
            found.append(missing(name, NOT_ASKED, f"survey.{columns[0]}"))
    return found


def _records(city: City, released: Released, people: Residents) -> list[Figure]:
    if released.tables.get("counts_by_offence") is None:
        return []
    incidents = city.incidents()
    if incidents is not None and released.months:
        month = incidents["occurred_from"].dt.strftime("%Y-%m")
        incidents = incidents[month.isin(set(released.months))]
    return record_figures(
        released.tables,
        period=released.period,
        years=released.years,
        periods=released.periods,
        residents=people.everyone,
        women=people.women,
        dwellings=people.dwellings,
        incidents=incidents,
        cube=released.cube,
        months=released.months,
        least=released.least,
        sensitive_least=released.sensitive_least,
        results=released.results,
    )


def _ordered(found: Iterable[Figure], city: City) -> list[Figure]:
    """The first source with a value for each indicator, in the catalogue's order, and a line for each without."""
    by_id: dict[str, dict[str, list[Figure]]] = {}
    for f in found:
        by_id.setdefault(f.indicator_id, {}).setdefault(f.source, []).append(f)
    out = []
    for one in indicators():
        sources = by_id.get(one.id, {})
        best = next(
            (fs for fs in sources.values() if any(f.measured for f in fs)), None
        )
        best = best or next(iter(sources.values()), None) or [_absent(one, city)]
        out += sorted(best, key=lambda f: (f.group != EVERYONE,))
    return out


def _absent(one: Indicator, city: City) -> Figure:
    """Why an indicator that no source gave is not there."""
    table = outcomes.tables()[one.id]
    if one.id in outcomes.later():
        return missing(one.id, LATER)
    if not city.has(table):
        return missing(one.id, NO_TABLE, table)
    if one.id in outcomes.by_area():
        return missing(one.id, BY_AREA)
    if table == "incidents":
        return missing(one.id, REFUSED, table)
    return missing(one.id, NO_ROW, table)


def _with_aims(figures: list[Figure], aims: list[Progress]) -> list[Figure]:
    """A line for each target whose group has no figure, so that the target is not lost."""
    there = {(f.indicator_id, f.group) for f in figures}
    known = {f.indicator_id for f in figures}
    out = list(figures)
    for p in aims:
        key = (p.indicator_id, p.group)
        if key in there or p.indicator_id not in known:
            continue
        there.add(key)
        at = max(i for i, f in enumerate(out) if f.indicator_id == p.indicator_id)
        line = Figure(*key[:1], group=p.group, breakdown="group", status=NO_ROW)
        out.insert(at + 1, line)
    return out


def _row(
    figure: Figure, aim: Progress | None, aims: Mapping[tuple[str, str], Progress]
) -> dict:
    one = figure.definition
    has_aim = any(aimed(p) for (name, _), p in aims.items() if name == one.id)
    reason = "" if figure.status == MEASURED else figure.status
    if reason and figure.needs:
        reason = f"{reason}: {figure.needs}"
    row = {
        "indicator_id": one.id,
        "indicator_name": one.english,
        "version": one.version,
        "sdg": " ".join(one.sdg),
        "breakdown": figure.breakdown,
        "group": figure.group,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "n": figure.n,
        "unit": figure.unit or one.unit,
        "period": figure.period,
        "source": figure.source,
        "precision": figure.precision if figure.measured else "",
        "direction": one.direction.value,
        "maturity": maturity(figure, aimed=has_aim),
        "status": figure.status,
        "reason": reason,
    }
    if aim is not None:
        row |= {
            "baseline": aim.baseline,
            "target": aim.target,
            "due": aim.due,
            "owner": aim.owner,
            "progress": aim.status,
        }
    return {
        c: row.get(c, "") if c not in _NUMBERS else row.get(c, np.nan) for c in COLUMNS
    }


_NUMBERS = ("value", "lower", "upper", "n", "maturity", "baseline", "target")
