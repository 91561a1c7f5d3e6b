"""How many people live in each area, as a statistics office publishes it? In: a table. Out: population rows.

Offices publish long tables (one row an area, sex and age) and wide ones (a column a sex or age group). Areas
are matched by code, and by name only where the file has no codes: a ward that kept its name while its
borders moved would otherwise lend its residents to another ward's incidents.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np
import pandas as pd

from safelearn.city import contracts
from safelearn.city.accounting import account
from safelearn.city.formats import Source
from safelearn.city.headers import normalise
from safelearn.city.places import KnownAreas
from safelearn.city.reading import Reading
from safelearn.city.victims import read_sex
from safelearn.errors import SafelearnError
from safelearn.language import t, tn

_PEOPLE = (
    "population",
    "poblacion",
    "populacao",
    "residents",
    "habitantes",
    "inhabitants",
    "pop",
    "poblacion total",
    "total population",
    "population total",
    "einwohner",
    "personas",
    "all ages",
    "persons",
    "total",
)
_SEX = ("sex", "sexo", "gender", "genero", "sexe", "geschlecht")
_AGE = (
    "age_group",
    "age group",
    "grupo de edad",
    "grupo edad",
    "grupo etario",
    "faixa etaria",
    "tranche d age",
    "altersgruppe",
    "age",
    "edad",
    "idade",
)
_YEAR = ("year", "ano", "anio", "annee", "jahr")
_OTHERS = {
    "households": ("households", "hogares", "domicilios", "menages"),
    "dwellings": ("dwellings", "viviendas", "logements"),
}
_ALL = {
    "all",
    "total",
    "todos",
    "ambos",
    "both",
    "persons",
    "all ages",
    "todas",
    "t",
    "ensemble",
    "insgesamt",
    "ambos sexos",
    "both sexes",
    "",
}


def looks_like_population(headers: Collection[str]) -> bool:
    """Whether these columns are a population table: people, and no date of an event."""
    names = {normalise(h) for h in headers}
    people = names & {p for p in _PEOPLE if p != "total"}
    wide = sum(_group_of(n) is not None for n in names) >= 2
    return bool(people or wide) and len(names) <= 250


def read_population(source: Source, areas: KnownAreas, *, year: int) -> Reading:
    """Read a population table.

    Parameters
    ----------
    areas : KnownAreas
        The city's; without any, all rows are kept.
    year : int
        The year the figures are for, where no column says.

    Raises
    ------
    SafelearnError
        If no column holds areas or residents, or not one row belongs to an area of the city.
    """
    frame = source.frame.map(str.strip)
    n = len(frame)
    notes: list[str] = []
    place, by_name = _place_column(frame, areas)
    notes.append(
        t("Areas were matched by their names in the column {column}.", column=place)
        if by_name
        else t(
            "Areas were matched by their codes in the column {column}.", column=place
        )
    )
    long, file_row = _long(frame, place, notes)
    year_column = _first(frame, _YEAR)
    if year_column:
        long["year"] = frame[year_column].to_numpy()[file_row]
    else:
        long["year"] = str(year)
        notes.append(
            t("The file names no year: its figures were taken for {year}.", year=year)
        )
    ids = _ids(frame[place], areas, by_name)
    long["area_id"] = ids.to_numpy()[file_row]
    canonical, problems = contracts.canonical(long, "population")
    # Problems name the first thousand rows of a kind; the values that became empty name them all.
    lacking = canonical[["sex", "age_group", "population", "year"]].isna().any(axis=1)
    key = ["area_id", "sex", "age_group", "year"]
    again = canonical.duplicated(key) & canonical["area_id"].notna()
    details: dict[int, str] = {}
    for problem in problems:
        if problem.row is not None:
            details.setdefault(int(file_row[problem.row - 2]), problem.sentence)
    against = {
        "breaks the contract": _any_by_row(
            lacking | canonical["area_id"].isna(), file_row, n
        ),
        "repeated row": _any_by_row(again, file_row, n),
    }
    if areas.codes:
        against["unknown area"] = ~ids.isin(areas.codes).to_numpy()
    accounting = account(n, against)
    if areas.strict and not accounting.rows_used:
        raise SafelearnError(
            t("No row of the file belongs to an area of this city."),
            where=t("{file}, column {column}", file=source.name, column=place),
            remedy=t(
                "Compare its codes with those of the table of areas: they must be the same."
            ),
        )
    unknown = accounting.set_aside.get("unknown area", 0)
    if unknown:
        notes.append(
            tn(
                "{n} row has a code that no area of the city has; it was not joined by name.",
                "{n} rows have codes that no area of the city has; they were not joined by name.",
                unknown,
            )
        )
    keep = accounting.used[file_row]
    return Reading(
        "population",
        canonical[keep].reset_index(drop=True),
        accounting,
        tuple(notes),
        details=details,
        strange_names=_names(frame, place, accounting.reasons == "unknown area"),
    )


def _names(frame: pd.DataFrame, place: str, rows: pd.Series) -> tuple[str, ...]:
    """What the rows that belong to no area call their areas."""
    words = {
        c: frame[c].str.contains(r"[^\W\d_]{3,}").mean() * frame[c].nunique()
        for c in frame.columns
        if c != place
    }
    if not rows.any() or not words:
        return ()
    column = max(words, key=lambda c: words[c])
    return tuple(
        sorted({normalise(v) for v in frame.loc[rows.to_numpy(), column]} - {""})
    )


def _any_by_row(wrong: pd.Series, file_row: np.ndarray, n: int) -> np.ndarray:
    """Whether any of the rows made from each row of the file is wrong."""
    result = np.zeros(n, dtype=bool)
    result[file_row[wrong.to_numpy()]] = True
    return result


def _place_column(frame: pd.DataFrame, areas: KnownAreas) -> tuple[str, bool]:
    """The column of areas, and whether it holds names and not codes."""
    exact = _first(frame, ("area_id",))
    if exact:
        return exact, False
    codes, names = set(areas.codes), set(areas.by_name())
    by_code = {c: frame[c].isin(codes).mean() for c in frame.columns}
    by_name = {c: frame[c].map(normalise).isin(names).mean() for c in frame.columns}
    code = max(by_code, key=lambda c: by_code[c])
    if by_code[code] > 0:
        return code, False
    likely = [
        c
        for c in frame.columns
        if set(normalise(c).split()) & {"code", "codigo", "cod", "gss", "id", "cvegeo"}
        and frame[c].str.contains(r"\d").mean() > 0.9
    ]
    if likely:
        return likely[0], False
    name = max(by_name, key=lambda c: by_name[c])
    if by_name[name] > 0 or not areas.codes:
        return name, by_name[name] > 0
    raise SafelearnError(
        t("No column holds the areas of this city."),
        where=", ".join(map(str, frame.columns[:12])),
        remedy=t("Name the column with the codes of the areas area_id."),
    )


def _ids(column: pd.Series, areas: KnownAreas, by_name: bool) -> pd.Series:
    if not by_name:
        return column.where(column != "")
    known = areas.by_name()
    codes = dict(enumerate(areas.codes))
    return column.map(lambda v: codes.get(known.get(normalise(v), -1))).astype("str")


def _long(
    frame: pd.DataFrame, place: str, notes: list[str]
) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows of area, sex, age group and population, and the row of the file each came from."""
    rows = np.arange(len(frame))
    people = _first(frame, _PEOPLE, unless=place)
    groups = {
        c: _group_of(normalise(c))
        for c in frame.columns
        if c not in (place, people) and _group_of(normalise(c)) is not None
    }
    if people is not None or not groups:
        if people is None:
            raise SafelearnError(
                t("No column holds the number of residents."),
                where=", ".join(map(str, frame.columns[:12])),
                remedy=t("Name it population."),
            )
        sex, age = _first(frame, _SEX), _first(frame, _AGE)
        long = pd.DataFrame(
            {
                "sex": _sex(frame[sex]) if sex else "all",
                "age_group": frame[age].map(_age).astype("str") if age else "all",
                "population": _figures(frame[people]),
            }
        )
        for column, names in _OTHERS.items():
            found = _first(frame, names)
            if found:
                long[column] = _figures(frame[found])
        return long, rows
    notes.append(
        t(
            "The columns {names} were read as groups of residents.",
            names=", ".join(groups),
        )
    )
    parts = [
        pd.DataFrame({"sex": sex, "age_group": age, "population": _figures(frame[c])})
        for c, (sex, age) in ((c, g) for c, g in groups.items() if g)
    ]
    return pd.concat(parts, ignore_index=True), np.tile(rows, len(parts))


def _group_of(title: str) -> tuple[str, str] | None:
    """Sex and age group that the name of a column stands for, or None."""
    age = _age(title)
    if age != "all" and re.fullmatch(r"\d{1,3}-\d{1,3}|\d{1,3}\+", age):
        return "all", age
    if title in ("male", "males", "men", "hombres", "homens", "hommes", "masculino"):
        return "male", "all"
    if title in (
        "female",
        "females",
        "women",
        "mujeres",
        "mulheres",
        "femmes",
        "femenino",
    ):
        return "female", "all"
    return None


def _age(value: str) -> str:
    plain = normalise(value)
    if plain in _ALL:
        return "all"
    found = re.fullmatch(
        r"(?:age |edad |de )?(\d{1,3}) (?:to |a |bis |y )?(\d{1,3})(?: anos| years)?",
        plain,
    )
    if found:
        return f"{int(found[1])}-{int(found[2])}"
    if re.fullmatch(
        r"(\d{1,3}) ?(y mas|and over|ou mais|et plus|plus|mas)?(?: anos| years)?", plain
    ):
        number = re.match(r"\d+", plain)
        assert number
        if "+" in value or not plain.isdigit():
            return f"{int(number[0])}+"
        return f"{int(number[0])}-{int(number[0])}"
    return value


def _sex(column: pd.Series) -> pd.Series:
    plain = column.map(normalise)
    coded = read_sex(column).astype("str")
    return coded.where(coded.notna(), column).where(~plain.isin(_ALL), "all")


def _figures(column: pd.Series) -> pd.Series:
    """Numbers of people as text: thousands may be set off by a point, a comma or a space."""
    # The characters themselves: not every engine that pandas uses knows \u in a pattern.
    bare = column.str.replace("[\\s\u00a0\u202f']", "", regex=True)
    grouped = bare.str.fullmatch(r"\d{1,3}([.,]\d{3})+")
    # A column in which every separator sets off three digits has thousands, not decimals.
    marked = bare.str.contains(r"[.,]")
    if marked.any() and grouped[marked].all():
        return bare.str.replace(r"[.,]", "", regex=True)
    return bare.str.replace(",", ".", regex=False)


def _first(frame: pd.DataFrame, names: Collection[str], unless: str = "") -> str | None:
    published = {normalise(c): c for c in frame.columns if c != unless}
    for name in names:
        column = published.get(normalise(name))
        if column is not None:
            return column
    return None
