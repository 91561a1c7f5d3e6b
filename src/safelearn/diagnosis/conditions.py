"""What is each area like: homes, work, lamps, streets, open space, help near by?

The tables of a city go in; one row an area comes out, one column a condition, as far as each was measured. These are
conditions of places, for `diagnosis.risk_factors`; conditions of identity (migration, disability, indigenous peoples)
are never taken by area, whatever the table of statistics holds (draft:5.2, draft:25(d).3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import SafelearnError
from safelearn.guidelines import catalogue
from safelearn.language import mark, t

NEEDS = frozenset({"table:statistics"})

#: Groups that other offices' figures may be taken for by area: everybody, sexes and ages.
GROUPS = frozenset(
    {"everyone", "women", "men", "girls", "children", "youth", "older_persons"}
)
RISK, PROTECTIVE = "risk", "protective"
#: Fewest areas that must have a condition for it to be looked at.
FEWEST_AREAS = 20
#: What exclusion is first asked about, before the order of the catalogue (draft:5.2).
FIRST = ("inadequate_housing", "neet", "basic_services")
#: Areas for each term of a joint model, and the correlation from which two conditions are two names for one thing.
_AREAS_EACH, _ALIKE = 10, 0.7
#: ICCS: deaths and serious assaults, which depend least on who reports; and all assaults, threats and robberies.
SERIOUS = ("0101", "0102", "020111")
VIOLENCE = ("01", "0201", "04")


@dataclass(frozen=True)
class Condition:
    """A condition that areas differ in.

    Attributes
    ----------
    key : str
        Its column.
    english : str
        Its name in English; `name` speaks the reader's language.
    expected : {"risk", "protective", ""}
        What it is taken to be before looking: shown beside what the data say, never used to choose.
    table : str
        Where it comes from.
    """

    key: str
    english: str
    expected: str
    table: str

    @property
    def name(self) -> str:
        return t(self.english)


#: Conditions made from the city's own lists, in the order in which they enter a model together. None of them has
#: residents below the line: two ratios that share a denominator go together by arithmetic alone (Pearson 1897).
OWN = (
    Condition("lamps_working", mark("Street lamps that work"), PROTECTIVE, "streets"),
    Condition("upkeep", mark("Condition of public spaces"), PROTECTIVE, "spaces"),
    Condition("pavements", mark("Streets with pavements"), PROTECTIVE, "streets"),
    Condition("open_space", mark("Open space within a walk"), PROTECTIVE, "spaces"),
    Condition("community", mark("Community places within a walk"), PROTECTIVE, "assets"),
)  # fmt: skip


def from_statistics(
    statistics: pd.DataFrame, areas: list[str]
) -> tuple[pd.DataFrame, list[Condition]]:
    """Shares that other offices give by area: the latest period of each.

    Parameters
    ----------
    statistics : DataFrame
        The table ``statistics``.
    areas : list of str
        All areas, in order.

    Returns
    -------
    frame : DataFrame
        One row an area, one column an indicator (with its group, where it is not about everybody).
    conditions : list of Condition
        What they are, in the order of the catalogue, ids that it does not know last. Figures about a group of
        identity, without a denominator, or known for fewer than 20 areas are left out.
    """
    rows = statistics[
        statistics["area_id"].isin(areas)
        & statistics["group"].isin(GROUPS)
        & (statistics["denominator"] > 0).fillna(False)
    ]
    rows = rows.assign(share=rows["numerator"] / rows["denominator"])
    known = {one.id: one for one in catalogue.indicators()}
    made: list[tuple[float, Condition, pd.Series]] = []
    for (indicator, _), part in rows.groupby(["indicator_id", "group"], observed=True):
        latest = part[part["period"] == part["period"].max()]
        by_area = latest.drop_duplicates("area_id", keep="last").set_index("area_id")
        values = by_area["share"].astype(float).reindex(areas)
        if values.notna().sum() < FEWEST_AREAS:
            continue
        found = known.get(str(indicator))
        condition = Condition(
            key=str(indicator),
            english=found.english if found else str(indicator),
            expected=_expected(found.direction) if found else "",
            table="statistics",
        )
        made.append((found.number if found else np.inf, condition, values))
    made.sort(key=lambda one: (one[0], one[1].key))
    frame = pd.DataFrame({c.key: v for _, c, v in made}, index=areas)
    return frame, [c for _, c, _ in made if c.key in frame]


def from_lists(
    areas: list[str],
    *,
    streets: pd.DataFrame | None = None,
    spaces: pd.DataFrame | None = None,
    walks: Mapping[str, pd.Series] | None = None,
) -> tuple[pd.DataFrame, list[Condition]]:
    """Conditions from the city's own lists, those of `OWN` that they allow.

    Parameters
    ----------
    areas : list of str
        All areas, in order.
    streets, spaces : DataFrame, optional
        The tables of these names.
    walks : mapping of str to Series, optional
        Shares of residents within a walk of ``open_space`` and ``community``, by area code
        (`diagnosis.access`).

    Returns
    -------
    frame, conditions
        As `from_statistics`.
    """
    walks = walks or {}
    made = {
        "lamps_working": _ratio(streets, "lamps_working", "lamps"),
        "upkeep": _mean(spaces, "condition"),
        "pavements": _pavements(streets),
        "open_space": walks.get("open_space"),
        "community": walks.get("community"),
    }
    columns, there = {}, []
    for condition in OWN:
        values = made[condition.key]
        if values is None:
            continue
        values = values.reindex(areas).astype(float)
        if values.notna().sum() >= FEWEST_AREAS:
            columns[condition.key] = values
            there.append(condition)
    return pd.DataFrame(columns, index=areas), there


def activity(residents: pd.Series, streets: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many people an area draws beside its residents: what every association must be held beside.

    Parameters
    ----------
    residents : Series
        By area code.
    streets : DataFrame, optional
        The table ``streets``.

    Returns
    -------
    DataFrame
        Index area code: ``log_residents``, and ``activity`` (mean of the standardised share of frontage with doors and
        shops and number of uses a street) where the table has them.

    Notes
    -----
    A rate by residents counts harm to visitors and divides by people who live there: a market or a port looks
    dangerous, a dormitory town safe. Without a count of visitors, what the streets are used for stands for them, and
    the residents' own number frees the rate from proportion: Andresen, M. A. (2011), The ambient population and crime
    analysis, Professional Geographer 63:193.
    """
    out = pd.DataFrame({"log_residents": np.log(residents.where(residents > 0))})
    parts = [_by_length(streets, name) for name in ("active_frontage", "land_uses")]
    parts = [part.reindex(residents.index) for part in parts if part is not None]
    if parts:
        standard = [(part - part.mean()) / part.std(ddof=1) for part in parts]
        out.insert(0, "activity", sum(standard) / len(standard))
    return out


def to_enter_together(
    frame: pd.DataFrame, conditions: list[Condition], controls: int = 0
) -> list[str]:
    """Which conditions may stand in one model: few, and not two names for one thing.

    Parameters
    ----------
    frame : DataFrame
        Conditions by area.
    conditions : list of Condition
        In the order in which they are taken: chosen before any outcome is looked at.
    controls : int
        Columns that stand in the model already (`activity`).

    Returns
    -------
    list of str
        Keys, `FIRST` ones first. One that runs with another already taken (a correlation beyond 0.7) is left out.

    Notes
    -----
    Ten areas for each term of the model, the constant included: Harrell, F. E. (2015), Regression Modeling
    Strategies, section 4.4, asks for ten to twenty observations a term.
    """
    most = len(frame.dropna()) // _AREAS_EACH - 1 - controls
    keys = [condition.key for condition in conditions]
    keys.sort(key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST))
    taken: list[str] = []
    for key in keys:
        alike = [abs(frame[key].corr(frame[other])) > _ALIKE for other in taken]
        if len(taken) < most and not any(alike) and frame[key].nunique() > 1:
            taken.append(key)
    return taken


def _expected(direction: catalogue.Direction) -> str:
    return {
        catalogue.Direction.MORE_IS_BETTER: PROTECTIVE,
        catalogue.Direction.LESS_IS_BETTER: RISK,
    }.get(direction, "")


def _ratio(
    frame: pd.DataFrame | None, numerator: str, denominator: str
) -> pd.Series | None:
    if frame is None or not {numerator, denominator} <= set(frame):
        return None
    rows = frame.dropna(subset=[numerator, denominator])
    sums = rows.groupby("area_id", observed=True)[[numerator, denominator]].sum()
    below = sums[denominator].astype(float)
    return sums[numerator].astype(float) / below.where(below > 0)


def _by_length(frame: pd.DataFrame | None, column: str) -> pd.Series | None:
    if frame is None or column not in frame:
        return None
    rows = frame.dropna(subset=[column, "length_m"])
    weighted = rows.assign(_of=rows[column].astype(float) * rows["length_m"])
    return _ratio(weighted, "_of", "length_m")


def _pavements(streets: pd.DataFrame | None) -> pd.Series | None:
    if streets is None or "pavement" not in streets:
        return None
    rows = streets.dropna(subset=["pavement"])
    made = rows["pavement"].isin(["both_sides", "shared"]).astype(float)
    return _by_length(rows.assign(_made=made), "_made")


def _mean(frame: pd.DataFrame | None, column: str) -> pd.Series | None:
    if frame is None or column not in frame:
        return None
    return (
        frame.dropna(subset=[column]).groupby("area_id", observed=True)[column].mean()
    )


def violence_by_area(counts: pd.DataFrame, sections: Sequence[str]) -> pd.Series:
    """Recorded violence outside sexual and domestic violence, by area code: what associations are looked for with.

    Parameters
    ----------
    counts : DataFrame
        ``area_id, offence, sensitive, n``, as ``cube.by("area_id", "offence", "sensitive")`` gives them.
    sections : sequence of str
        Beginnings of ICCS codes: `SERIOUS` or `VIOLENCE`.

    Notes
    -----
    Sexual and domestic violence is never analysed by area, and offences that police find by looking (drugs, public
    order) say where police look.
    """
    if "sensitive" not in counts:
        raise SafelearnError(
            t("Counts by area must say which of them are sexual or domestic violence."),
            where="sensitive",
            remedy=t("Cut the cube by `sensitive` too."),
        )
    wanted = counts["offence"].astype("str").str.startswith(tuple(sections))
    kept = counts[wanted & (counts["sensitive"] == "none") & (counts["area_id"] != "")]
    return kept.groupby("area_id", observed=True)["n"].sum().astype(float)
