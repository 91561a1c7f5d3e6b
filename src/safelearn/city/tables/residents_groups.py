"""Which people does each figure of a population table count? In: its cells. Out: one row a figure.

A table can hold groups in columns or in rows, several years side by side, totals beside their parts, single
years of age beside five-year groups, a census beside a projection. Out come rows of sex, age group and year in
which no group overlaps another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from safelearn.city.columns.victims import read_sex
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import settle_numerals
from safelearn.city.tables.population_titles import (
    Meaning,
    age_group,
    is_everybody,
    read_titles,
)
from safelearn.language import listing, t, tn

_DIMENSIONS = {
    "sex": ("sex", "sexo", "gender", "genero", "sexe", "geschlecht"),
    "age": (
        "age_group", "age group", "grupo de edad", "grupo edad", "grupo etario", "grupos de edad", "faixa etaria",
        "tranche d age", "altersgruppe", "age", "edad", "idade", "grupo quinquenal", "age band", "edades",
    ),
    "year": ("year", "ano", "anio", "annee", "jahr", "periodo", "period", "vigencia"),
    "kind": ("kind", "tipo", "type", "source", "fuente", "fonte", "operacion", "origen", "origin"),
}  # fmt: skip
#: Titles of figures that say nothing else; taken only beside a column of sexes, ages or years.
_VALUES = (
    "value", "valor", "cantidad", "count", "n", "obs value", "numero", "quantidade", "total personas", "casos",
)  # fmt: skip
#: Fewer columns called 0, 1, 2 ... than this are codes of something, not single years of age.
_SINGLE_YEARS = 10
_CENSUS = re.compile(r"census|cens[oa]|recensement|zensus", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """What the columns of a population table hold.

    Attributes
    ----------
    dimensions : dict of str to str
        sex, age, year or kind -> column.
    figures : dict of str to Meaning
        Column -> what it counts.
    """

    dimensions: Mapping[str, str]
    figures: Mapping[str, Meaning]

    @property
    def columns(self) -> set[str]:
        """All of them."""
        return {*self.dimensions.values(), *self.figures}

    def people(self) -> dict[str, Meaning]:
        """The columns of residents."""
        return {c: m for c, m in self.figures.items() if m.of == "people"}


def layout_of(frame: pd.DataFrame) -> Layout:
    """Say which columns hold figures of residents, and which say of whom."""
    dimensions = {}
    for dimension, names in _DIMENSIONS.items():
        known = {normalise(c): c for c in reversed(frame.columns)}
        found = next((known[normalise(n)] for n in names if normalise(n) in known), "")
        if found and not (dimension == "kind" and not _kinds(frame[found]).any()):
            dimensions[dimension] = found
    titles = [c for c in frame.columns if c not in dimensions.values()]
    figures = read_titles(titles)
    bare = [c for c in figures if re.fullmatch(r"\d{1,3}", c)]
    if len(bare) < _SINGLE_YEARS:
        figures = {c: m for c, m in figures.items() if c not in bare}
    figures = {c: m for c, m in figures.items() if _holds_figures(frame[c])}
    if not any(m.of == "people" for m in figures.values()) and dimensions:
        column = next((c for c in titles if normalise(c) in _VALUES), None)
        if column is not None and _holds_figures(frame[column]):
            figures[column] = Meaning()
    return Layout(dimensions, figures)


def _holds_figures(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    return bool(filled.str.contains(r"\d").any())


def _kinds(cells: pd.Series) -> pd.Series:
    return cells.str.contains(_CENSUS)


def long_form(frame: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, list[str]]:
    """One row a figure of residents.

    Returns
    -------
    rows : DataFrame
        row (of the file), sex, age_group, year (text, empty where no cell or title says), census (bool),
        population (float, NaN where the cell is no number), households, dwellings.
    notes : list of str
    """
    notes: list[str] = []
    columns = list(layout.figures)
    cells = pd.concat([frame[c] for c in columns], ignore_index=True)
    numerals = settle_numerals(cells, whole=True)
    said = numerals.note(t("of residents"))
    if said:
        notes.append(said)
    values = {c: numerals.read(frame[c]) for c in columns}
    given = _given(frame, layout)
    people = _without_twins(layout.people(), values, notes)
    wide = [c for c, m in people.items() if m.split or m.year]
    if len(wide) > 1:
        notes.append(
            t(
                "The columns {names} were read as groups of residents.",
                names=listing(wide if len(wide) <= 8 else [*wide[:7], "…"]),
            )
        )
    parts = []
    for column, meaning in people.items():
        part = given.copy()
        part["population"] = values[column]
        if meaning.sex != "all":
            part["sex"] = meaning.sex
        if meaning.age != "all":
            part["age_group"] = meaning.age
        if meaning.year:
            part["year"] = str(meaning.year)
        if meaning.kind:
            part["census"] = meaning.kind == "census"
        for of in ("households", "dwellings"):
            beside = [
                c
                for c, m in layout.figures.items()
                if m.of == of and m.year in (None, meaning.year) and not m.split
            ]
            if beside and not meaning.split:
                part[of] = values[beside[0]]
        parts.append(part)
    return pd.concat(parts, ignore_index=True), notes


def _given(frame: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """What the cells of a row, and not the titles, say about whom its figures count."""
    at = layout.dimensions
    rows = pd.DataFrame({"row": np.arange(len(frame))})
    rows["sex"] = _sexes(frame[at["sex"]]) if "sex" in at else "all"
    if "age" in at:
        ages = {v: age_group(v) for v in frame[at["age"]].unique()}
        rows["age_group"] = frame[at["age"]].map(ages).to_numpy()
    else:
        rows["age_group"] = "all"
    if "year" in at:
        found = frame[at["year"]].str.extract(r"(?<!\d)((?:19|20)\d\d)(?!\d)")[0]
        # A cell left empty in a column of years is no year, and nobody's guess.
        rows["year"] = found.to_numpy(dtype=object, na_value=None)
    else:
        rows["year"] = ""
    census = _kinds(frame[at["kind"]]) if "kind" in at else True
    rows["census"] = census.to_numpy() if "kind" in at else census
    return rows


def _sexes(cells: pd.Series) -> np.ndarray:
    coded = read_sex(cells).astype("object")
    coded = coded.where(coded.notna(), cells.where(cells != ""))
    return coded.where(~cells.map(is_everybody), "all").to_numpy()


def _without_twins(
    people: Mapping[str, Meaning], values: Mapping[str, np.ndarray], notes: list[str]
) -> dict[str, Meaning]:
    """One column a meaning: a table can name its total twice."""
    kept: dict[str, Meaning] = {}
    for column, meaning in people.items():
        twin = next((c for c, m in kept.items() if m == meaning), None)
        if twin is None:
            kept[column] = meaning
        elif not np.array_equal(values[twin], values[column], equal_nan=True):
            notes.append(
                t(
                    "The columns {first} and {second} hold the same people with other numbers: {first} was taken.",
                    first=twin,
                    second=column,
                )
            )
    return kept


def without_overlaps(rows: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """Rows in which nobody is counted in two age groups.

    Parameters
    ----------
    rows : DataFrame
        As `long_form` gives them, with area_id.
    notes : list of str
        Grows by what was left out.
    """
    split = rows[rows["age_group"] != "all"]
    keys = ["area_id", "sex", "year", "census"]
    dropped: set[str] = set()
    left_out = np.zeros(len(rows), dtype=bool)
    sets = split.groupby(keys, dropna=False)["age_group"]
    for ages, members in _by_set(sets).items():
        chain = _chain(ages)
        surplus = set(ages) - set(chain)
        if surplus:
            dropped |= surplus
            left_out[
                members[np.isin(rows["age_group"].loc[members], list(surplus))]
            ] = True
    if dropped:
        notes.append(
            t(
                "The age groups {groups} overlap others and were left out, so that nobody is counted twice.",
                groups=listing(sorted(dropped, key=_span)),
            )
        )
    return rows[~left_out].reset_index(drop=True)


def _by_set(sets: pd.api.typing.SeriesGroupBy) -> dict[frozenset[str], np.ndarray]:
    found: dict[frozenset[str], list[np.ndarray]] = {}
    for _, ages in sets:
        names = frozenset(a for a in ages if isinstance(a, str))
        found.setdefault(names, []).append(ages.index.to_numpy())
    return {k: np.concatenate(v) for k, v in found.items()}


@lru_cache(maxsize=256)
def _chain(ages: frozenset[str]) -> tuple[str, ...]:
    """Groups that do not overlap, cover most years, and are as fine as can be."""
    spans = sorted((*_span(a), a) for a in ages if _span(a)[0] >= 0)
    # best[i]: years covered, number of groups, and the groups, using only the first i spans by their end.
    spans.sort(key=lambda s: (s[1], s[0]))
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for i, (first, last, name) in enumerate(spans):
        before = max(
            (k for k in range(i + 1) if k == 0 or spans[k - 1][1] < first), default=0
        )
        years, n, groups = best[before]
        taken = (years + last - first + 1, n + 1, (*groups, name))
        best.append(max(best[i], taken, key=lambda b: b[:2]))
    return best[-1][2]


def _span(age: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", str(age))
    if not found:
        return -1, -1
    return int(found[1]), int(found[2]) if found[2] else 150


def in_fives(rows: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """The same people with single years of age joined to groups of five, where all five are there."""
    ages = sorted({a for a in rows["age_group"].dropna() if a != "all"}, key=_span)
    single = [a for a in ages if _span(a)[0] == _span(a)[1]]
    if len(single) < _SINGLE_YEARS:
        return rows
    target = {}
    for age in ages:
        first, last = _span(age)
        if first >= 85:
            target[age] = "85+"
        elif first // 5 == last // 5:
            target[age] = f"{first // 5 * 5}-{first // 5 * 5 + 4}"
        else:
            target[age] = age
    covered = {five: sum(target[a] == five for a in single) for five in target.values()}
    whole = all(
        covered[five] == 5
        for five in set(target.values())
        if five != "85+" and five not in ages
    )
    old_enough = "85+" not in target.values() or _span(ages[-1])[1] == 150
    if not (whole and old_enough):
        return rows
    notes.append(t("Single years of age were added up to groups of five years."))
    named = rows["age_group"].map(target).fillna(rows["age_group"])
    keys = ["row", "area_id", "sex", "age_group", "year", "census"]
    joined = rows.assign(age_group=named)
    if joined.duplicated(["area_id", "sex", "age_group", "year", "census"]).any():
        figures = [c for c in ("population", "households", "dwellings") if c in joined]
        rules: dict[str, object] = dict.fromkeys(figures, _whole_sum)
        if joined.duplicated(keys).any():
            return joined.groupby(keys, dropna=False, sort=False, as_index=False).agg(
                rules
            )
        rules["row"] = "first"
        grouped = joined.groupby(keys[1:], dropna=False, sort=False, as_index=False)
        return grouped.agg(rules)
    return joined


def _whole_sum(values: pd.Series) -> float:
    return values.sum(skipna=False)


def lacking_groups(rows: pd.DataFrame) -> tuple[int, str]:
    """Areas that lack some of the groups that other areas have, and a sentence; 0 where none does."""
    split = rows[(rows["sex"] != "all") | (rows["age_group"] != "all")]
    whole = set(
        rows.loc[(rows["sex"] == "all") & (rows["age_group"] == "all"), "area_id"]
    )
    split = split[~split["area_id"].isin(whole)]
    if split.empty:
        return 0, ""
    cells = split.groupby(["area_id", "year"]).size()
    n = int(
        (cells < cells.groupby("year").transform("max")).groupby("area_id").any().sum()
    )
    return n, tn(
        "{n} area lacks figures for some groups, so that its residents are too few.",
        "{n} areas lack figures for some groups, so that their residents are too few.",
        n,
    ) if n else ""


def sums_that_differ(rows: pd.DataFrame) -> int:
    """Areas whose groups do not add up to their total, in any year."""
    total = rows[(rows["sex"] == "all") & (rows["age_group"] == "all")]
    if total.empty:
        return 0
    wrong: set[str] = set()
    by_total = total.set_index(["area_id", "year"])["population"]
    by_total = by_total[~by_total.index.duplicated()]
    for by_sex, by_age in ((True, False), (False, True), (True, True)):
        part = rows[
            ((rows["sex"] != "all") == by_sex)
            & ((rows["age_group"] != "all") == by_age)
        ]
        sums = part.groupby(["area_id", "year"])["population"].agg(["sum", "size"])
        both = sums.join(by_total, how="inner")
        off = (both["sum"] - both["population"]).abs() > both["size"] / 2 + 0.5
        wrong |= set(both.index[off].get_level_values("area_id"))
    return len(wrong)


def columns_of_figures(titles: Collection[str]) -> tuple[int, bool]:
    """How many titles hold groups of residents, and whether one says that they are people."""
    found = read_titles(titles)
    figures = {c: m for c, m in found.items() if not re.search(r"[^\W\d_]{4}", c)}
    bare = [c for c, m in figures.items() if m.sex == "all" and _is_one_year(m.age)]
    if len(bare) < _SINGLE_YEARS:
        found = {c: m for c, m in found.items() if c not in bare}
    # One "0 to 1" may be a distance or a grade; ages come in several.
    spans = [c for c, m in found.items() if c in figures and m.sex == "all" and m.split]
    if len(spans) == 1:
        del found[spans[0]]
    named = any(m.of == "people" and not _says_nobody(c) for c, m in found.items())
    return sum(m.split or bool(m.year) for m in found.values()), named


def _is_one_year(age: str) -> bool:
    first, last = _span(age)
    return first == last >= 0


def _says_nobody(title: str) -> bool:
    """Whether a title is a year or a bare word for a sum, which a table of anything has: `2020`, `Total`, `both`."""
    said = normalise(title)
    return bool(
        re.fullmatch(r"(19|20)\d\d|totals?|totales|tod[ao]s|tot?|t|all|both|sum", said)
    )
