"""How many people live in each area, as a statistics office publishes it? In: a table. Out: population rows.

Offices publish long tables (one row an area, sex and age) and wide ones (a column a sex, age group or year),
with totals beside their parts. Every layout becomes the same rows, and nobody is counted twice. The year is
the file's own: where neither a cell, a title, the sheet nor the file's name says it, it is an assumption, and
stays marked as one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import Accounting, account
from safelearn.city.country import Successors
from safelearn.city.files.formats import Source
from safelearn.city.files.headers import normalise
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import KnownAreas
from safelearn.city.population import LACKING_GROUPS, YEAR_ASSUMED
from safelearn.city.tables.residents_groups import (
    Layout,
    columns_of_figures,
    in_fives,
    lacking_groups,
    layout_of,
    long_form,
    sums_that_differ,
    without_overlaps,
)
from safelearn.city.tables.residents_places import (
    RowAreas,
    area_of_rows,
    rows_that_add_up,
)
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

#: Words in a file's name or titles that say that its figures are people.
_ABOUT_PEOPLE = re.compile(
    r"popula|poblaci|pobl?a[cç]|popn|habitant|inhabit|resident|census|cens[ou]|demograf|demograph|"
    r"recensement|einwohner|bev[oö]lk",
    re.IGNORECASE,
)
_AN_EVENT = re.compile(r"delit|crim|offen|homicid|hurto|roubo|theft|robber|infra", re.IGNORECASE)  # fmt: skip
_A_DATE = re.compile(
    r"\b(date|fecha|datum|time|hora|hour|heure|month|mes|mois|occurred|timestamp)\b|^data\b(?! )"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_KEY = ["area_id", "sex", "age_group", "year"]


def looks_like_population(headers: Collection[str], name: str = "") -> bool:
    """Whether these columns are a population table: people, and no date of an event.

    Parameters
    ----------
    headers : collection of str
    name : str, optional
        Of the file, its sheet and its titles: years as columns are people only if something says so.
    """
    groups, named = columns_of_figures(headers)
    said = bool(_ABOUT_PEOPLE.search(name))
    if any(_AN_EVENT.search(h) or _A_DATE.search(normalise(h)) for h in headers):
        return False
    wide = groups >= 2 and (named or said)
    value = {normalise(h) for h in headers} & {"value", "valor", "total", "n", "count"}
    return named or wide or (said and bool(groups or value))


@dataclass
class _Notes:
    said: list[str] = field(default_factory=list)
    details: dict[int, str] = field(default_factory=dict)


def read_population(
    source: Source,
    areas: KnownAreas,
    *,
    year: int,
    changed: Successors | None = None,
) -> Reading:
    """Read a population table.

    Parameters
    ----------
    areas : KnownAreas
        The city's; without any, all rows are kept.
    year : int
        Assumed where nothing in the file says which year it is for; the record keeps that it was.

    changed : Successors, optional
        What became of codes of earlier boundaries; areas that were merged are added up.

    Raises
    ------
    SafelearnError
        If no column holds areas or residents, or not one row belongs to an area of the city.
    """
    frame = source.frame.map(str.strip)
    n = len(frame)
    layout = layout_of(frame)
    if not layout.people():
        raise SafelearnError(
            t("No column holds the number of residents."),
            where=", ".join(map(str, frame.columns[:12])),
            remedy=t("Name it population."),
        )
    at = area_of_rows(
        frame,
        areas,
        others=layout.columns,
        long={"sex", "age"} & set(layout.dimensions) != set(),
    )
    notes = _Notes(list(at.notes))
    rows, said = long_form(frame, layout)
    notes.said += said
    rows["area_id"] = at.ids.to_numpy()[rows["row"].to_numpy()]
    assumed = _fill_years(rows, source, year, notes.said)
    totals = rows_that_add_up(frame, at, _one_figure(rows, layout, n))
    if changed is not None and changed.exact:
        rows, at = _carried_over(rows, at, changed, notes.said)
    canonical, accounting = _use(rows, at, totals, areas, n, notes)
    if areas.strict and areas.codes and not (at.known & ~totals).any():
        raise SafelearnError(
            t("No row of the file belongs to an area of this city."),
            where=t("{file}, column {column}", file=source.name, column=at.column),
            remedy=t(
                "Compare its codes with those of the table of areas: they must be the same."
            ),
        )
    used = accounting.rows_used
    if not areas.codes and (not used or 2 * used < n - int(totals.sum())):
        raise SafelearnError(
            t(
                "This does not look like residents by area: few of its rows can be used."
            ),
            where=t("{file}, column {column}", file=source.name, column=at.column),
            remedy=t(
                "Say what the file is with --table. If it holds residents, import the areas first: the rows are "
                "matched with them."
            ),
        )
    unknown = accounting.set_aside.get("unknown area", 0)
    strange = (accounting.reasons == "unknown area").to_numpy()
    if unknown:
        notes.said.append(_unknown(at, strange, unknown))
    figures = {YEAR_ASSUMED: 1} if assumed else {}
    lacking, sentence = lacking_groups(canonical)
    if lacking:
        figures[LACKING_GROUPS] = lacking
        notes.said.append(sentence)
    return Reading(
        "population",
        canonical,
        accounting,
        tuple(notes.said),
        details=notes.details,
        figures=figures,
        strange_names=_names(frame, at.column, strange),
    )


def _unknown(at: RowAreas, strange: np.ndarray, n: int) -> str:
    words = list(dict.fromkeys(at.ids[strange].dropna()))
    shown = listing(words if len(words) <= 5 else [*words[:5], "…"])
    return tn(
        "{n} row has a code or name that no area of the city has ({words}); it was not joined by likeness.",
        "{n} rows have codes or names that no area of the city has ({words}); they were not joined by likeness.",
        n,
        words=shown,
    )


def _fill_years(
    rows: pd.DataFrame, source: Source, year: int, notes: list[str]
) -> bool:
    """Give a year to figures that carry none; whether it is an assumption."""
    open_rows = (rows["year"] == "").to_numpy()
    if not open_rows.any():
        return False
    found = stated_year(source)
    if found is not None:
        rows.loc[open_rows, "year"] = str(found[0])
        notes.append(
            t(
                "The year of the population, {year}, was taken from “{words}”.",
                year=found[0],
                words=found[1],
            )
        )
        return False
    rows.loc[open_rows, "year"] = str(year)
    notes.append(
        t(
            "Nothing in the file says which year it is for: {year} was assumed, so that rates may be wrong. "
            "Add a column year, or write the year into the file's name.",
            year=year,
        )
    )
    return True


def stated_year(source: Source) -> tuple[int, str] | None:
    """The one year that a file's titles, sheet or name state, and the words that do; None if none or several do."""
    titles = [str(title) for title in source.titles]
    for words in (*titles, *reversed(source.name.split(": "))):
        years = set(_YEAR.findall(words))
        if len(years) == 1:
            return int(years.pop()), words
    return None


def _one_figure(rows: pd.DataFrame, layout: Layout, n: int) -> np.ndarray:
    """For each row of the file one number of people that rows above or below it can add up to."""
    latest = (
        rows[rows["year"] == rows["year"].max()]
        if not layout.dimensions.get("year")
        else rows
    )
    split = (latest["sex"] != "all") | (latest["age_group"] != "all")
    whole = latest[~split].drop_duplicates("row").set_index("row")["population"]
    parts = latest[split].groupby("row")["population"].sum(min_count=1)
    return whole.reindex(range(n)).fillna(parts.reindex(range(n))).to_numpy(float)


def _use(
    rows: pd.DataFrame,
    at: RowAreas,
    totals: np.ndarray,
    areas: KnownAreas,
    n: int,
    notes: _Notes,
) -> tuple[pd.DataFrame, Accounting]:
    """Canonical rows, and what became of each row of the file."""
    file_row = rows["row"].to_numpy()
    mine = (
        rows[(at.known & ~totals)[file_row]] if areas.codes else rows[~totals[file_row]]
    )
    mine = mine.reset_index(drop=True)
    kept = without_overlaps(mine, notes.said)
    left = np.setdiff1d(mine["row"], kept["row"])
    checked, problems = contracts.canonical(
        kept.drop(columns=["row", "census"]), "population"
    )
    at_row = kept["row"].to_numpy()
    for problem in problems:
        if problem.row is not None:
            notes.details.setdefault(int(at_row[problem.row - 2]), problem.sentence)
    lacking = checked[[*_KEY, "population"]].isna().any(axis=1).to_numpy()
    # One missing group would make its area too small: all groups of the row and year go.
    unit = pd.DataFrame(
        {
            "row": at_row,
            "year": kept["year"],
            "by_sex": kept["sex"] != "all",
            "by_age": kept["age_group"] != "all",
        }
    )
    broken = (
        pd.Series(lacking)
        .groupby([unit[c] for c in unit], dropna=False)
        .transform("max")
        .to_numpy(bool)
    )
    part = np.setdiff1d(at_row[broken], at_row[~broken & ~lacking], assume_unique=False)
    whole_row = np.zeros(n, dtype=bool)
    whole_row[part] = True
    cut = np.setdiff1d(at_row[broken], part)
    if len(cut):
        notes.said.append(
            tn(
                "{n} row lacks some figures: what adds them up was used, their groups were not.",
                "{n} rows lack some figures: what adds them up was used, their groups were not.",
                len(cut),
            )
        )
    kept, checked = (
        kept[~broken].reset_index(drop=True),
        checked[~broken].reset_index(drop=True),
    )
    kept[_KEY] = checked[_KEY].astype("object")
    kept["population"] = checked["population"]
    again = _again(kept, notes)
    repeated = np.zeros(n, dtype=bool)
    repeated[np.setdiff1d(kept["row"][again], kept["row"][~again])] = True
    kept = kept[~again].reset_index(drop=True)
    against = {"breaks the contract": whole_row, "repeated row": repeated}
    # A row of which no figure is used because its groups overlap finer ones adds others up.
    surplus = np.zeros(n, dtype=bool)
    surplus[left] = True
    against["total row"] = totals | surplus
    if areas.codes:
        against["unknown area"] = ~at.known & ~totals
    off = sums_that_differ(kept)
    if off:
        notes.said.append(
            tn(
                "In {n} area the groups do not add up to its total: ask the office which is right.",
                "In {n} areas the groups do not add up to the total: ask the office which is right.",
                off,
            )
        )
    joined = in_fives(kept, notes.said)
    final, _ = contracts.canonical(joined.drop(columns=["row", "census"]), "population")
    return final, account(n, against)


def _carried_over(
    rows: pd.DataFrame, at: RowAreas, changed: Successors, notes: list[str]
) -> tuple[pd.DataFrame, RowAreas]:
    """Residents of areas that were merged, added up; where a part is missing, none of them."""
    codes = at.published.to_numpy(dtype=object)[rows["row"].to_numpy()]
    old = pd.Series(codes, index=rows.index).isin(list(changed.exact)).to_numpy()
    if not old.any():
        return rows, at
    keys = ["area_id", "sex", "age_group", "year", "census"]
    merged = set(rows.loc[old, "area_id"])
    mine = rows["area_id"].isin(merged)
    groups = rows[mine].assign(code=codes[mine]).groupby(keys, dropna=False, sort=False)
    present = groups["code"].agg(frozenset)
    whole = [
        changed.complete(key[0], codes) or codes == {key[0]}
        for key, codes in present.items()
    ]
    figures = [c for c in ("population", "households", "dwellings") if c in rows]
    sums = groups[["row", *figures]].agg(
        {"row": "first"} | {c: lambda v: v.sum(skipna=False) for c in figures}
    )
    kept = pd.concat([rows[~mine], sums[whole].reset_index()], ignore_index=True)
    lacking = present[~np.array(whole)]
    # A row is lost if none of its figures belongs to a whole area.
    one = rows[mine].assign(
        whole=groups.ngroup().map(dict(enumerate(whole))).to_numpy(bool)
    )
    saved = set(one.loc[one["whole"], "row"])
    lost_rows = sorted(set(one.loc[~one["whole"], "row"]) - saved)
    known = at.known.copy()
    known[lost_rows] = False
    n = len({c for several in present[whole] for c in several if c in changed.exact})
    if n:
        notes.append(
            tn(
                "{n} code of earlier boundaries was carried over to the area that it became a part of.",
                "{n} codes of earlier boundaries were carried over to the areas that they became a part of.",
                n,
            )
        )
    if len(lacking):
        parts = sorted({f"{'/'.join(sorted(c))} ({k[3]})" for k, c in lacking.items()})
        notes.append(
            t(
                "Of merged areas only these parts are in the file, and were not used: {codes}.",
                codes=listing(parts),
            )
        )
    return kept, replace(at, known=known)


def _again(kept: pd.DataFrame, notes: _Notes) -> np.ndarray:
    """Figures of people whom an earlier row, or a census, counts already."""
    order = np.argsort(~kept["census"].to_numpy(bool), kind="stable")
    ordered = kept.iloc[order]
    again = np.zeros(len(kept), dtype=bool)
    again[order] = ordered.duplicated(_KEY).to_numpy()
    projected = again & ~kept["census"].to_numpy(bool)
    if projected.any():
        years = sorted({str(y) for y in kept.loc[projected, "year"]})
        notes.said.append(
            t(
                "For {years} there is a census and a projection: the census was taken.",
                years=listing(years),
            )
        )
    return again


def _names(frame: pd.DataFrame, place: str, rows: np.ndarray) -> tuple[str, ...]:
    """What the rows that belong to no area call their areas."""
    words = {
        c: frame[c].str.contains(r"[^\W\d_]{3,}").mean() * frame[c].nunique()
        for c in frame.columns
        if c != place
    }
    if not rows.any() or not words:
        return ()
    column = max(words, key=lambda c: words[c])
    return tuple(sorted({normalise(v) for v in frame.loc[rows, column]} - {""}))
