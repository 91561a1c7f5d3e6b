"""What does the title of a column of residents say? In: titles. Out: sex, age group, year and what is counted.

Statistics offices write "Hombres 15-19", "P_18YMAS_F", "M80+" or "Población 2020", in four languages. A title is
understood whole or not at all: a word nobody knows makes it a column of something else, so that no density or
percentage is ever added to people. M is male beside F and mujer beside H, so titles are read together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from safelearn.city.files.headers import normalise

#: Words that mean everybody together, normalised.
EVERYBODY = frozenset(
    (  # noqa: SIM905
        "|all|total|totales|totals|todos|todas|ambos|ambas|both|persons|people|personas|pessoas|t|ensemble|"
        "insgesamt|ambos sexos|ambos los sexos|both sexes|all sexes|all persons|all ages|total persons|"
        "todas las edades|todas as idades|tous ages|total edades|total sexo|total general|gesamt|"
        "les deux sexes|os dois sexos|hombres y mujeres|male and female"
    ).split("|")
)
_FEMALE = frozenset(
    (  # noqa: SIM905
        "female females woman women girls mujer mujeres femenino femenina femeninos femeninas mulher mulheres "
        "feminino feminina femme femmes feminin weiblich frauen fem ninas pobfem fe"
    ).split()
)
_MALE = frozenset(
    (  # noqa: SIM905
        "male males man men boys hombre hombres masculino masculina masculinos varon varones homem homens "
        "homme hommes masculin mannlich manner masc ninos pobmas ma"
    ).split()
)
_HOUSEHOLDS = frozenset(
    "household households hogar hogares menage menages familias haushalte tothog".split()  # noqa: SIM905
)
_DWELLINGS = frozenset(
    (  # noqa: SIM905
        "dwelling dwellings vivienda viviendas domicilio domicilios logement logements housing units wohnungen vivtot"
    ).split()
)
_PEOPLE = frozenset(
    (  # noqa: SIM905
        "population poblacion populacao pop pob residents residentes habitantes hab inhabitants people persons "
        "personas pessoas persons einwohner bevolkerung pobtot p popn"
    ).split()
)
_TOTAL = frozenset(
    (  # noqa: SIM905
        "total totales totals todos todas all both ambos ambas t tot ensemble insgesamt gesamt"
    ).split()
)
_FILLER = frozenset(
    (  # noqa: SIM905
        "age ages aged edad edades idade idades anos ano anios anio year years yrs yr ans jahre jahr de da do del "
        "des la las los el le les os as the of in en em por by group groups grupo grupos sexo sexos sex sexes genero "
        "resident usual residente old and y e et und with con com number numero n cantidad"
    ).split()
)
_CENSUS = frozenset(
    ("census", "censo", "censal", "recensement", "zensus", "counted", "empadronada")
)
_PROJECTION = frozenset(
    (  # noqa: SIM905
        "projection projections projected proyeccion proyecciones proyectada projecao projecoes estimate estimates "
        "estimated estimacion estimaciones estimada estimativa estimativas forecast prognose est proj proy"
    ).split()
)
_MORE = (
    r"(?:plus|y mas|o mas|e mais|ou mais|et plus|and over|and older|and above|or more|or over|or older|"
    r"mas|over|older|ymas)"
)
_UNDER = r"(?:under|menores de|menor de|less than|menos de|moins de|unter|below)"
_YEARS = r"(?: (?:anos|ano|years|year|ans|yrs|jahre|y|years old))?"
_AGES = (
    (
        re.compile(rf"\b{_UNDER} (\d{{1,3}}){_YEARS}\b"),
        lambda m: _group(0, int(m[1]) - 1),
    ),
    (re.compile(rf"\b(\d{{1,3}}){_YEARS} {_MORE}\b"), lambda m: f"{int(m[1])}+"),
    (
        re.compile(
            r"\b(\d{1,3})(?: (?:anos|years|ans))? (?:to|a|ate|bis|y|and|until|hasta|e) (\d{1,3})\b"
        ),
        lambda m: _group(int(m[1]), int(m[2])),
    ),
    (re.compile(r"\b(\d{1,3}) (\d{1,3})\b"), lambda m: _group(int(m[1]), int(m[2]))),
    (re.compile(r"\b(\d{1,3})\b"), lambda m: _group(int(m[1]), int(m[1]))),
)
_OLDEST = 120


@dataclass(frozen=True)
class Meaning:
    """What a column holds.

    Attributes
    ----------
    of : {"people", "households", "dwellings"}
    sex : str
        female, male or all.
    age : str
        Such as ``0-4``, ``85+`` or ``all``.
    year : int or None
    kind : {"", "census", "projection"}
    """

    of: str = "people"
    sex: str = "all"
    age: str = "all"
    year: int | None = None
    kind: str = ""

    @property
    def split(self) -> bool:
        """Whether it holds only some of the people."""
        return self.sex != "all" or self.age != "all"


def read_titles(titles: Iterable[str]) -> dict[str, Meaning]:
    """The columns that hold numbers of people, households or dwellings, and what each means.

    Examples
    --------
    >>> found = read_titles(["ward", "H 0-4", "M 0-4", "Hogares", "% women"])
    >>> [(title, m.of, m.sex, m.age) for title, m in found.items()]
    [('H 0-4', 'people', 'male', '0-4'), ('M 0-4', 'people', 'female', '0-4'), ('Hogares', 'households', 'all', 'all')]
    """
    titles = list(titles)
    letters = _letters(titles)
    found = {title: _read(title, letters) for title in titles}
    return {title: meaning for title, meaning in found.items() if meaning}


def age_group(value: str) -> str | None:
    """The age group that a cell names, ``all``, or None where it names none.

    Examples
    --------
    >>> [age_group(v) for v in ("15 a 19 años", "80 y más", "Under 5", "Total", "7")]
    ['15-19', '80+', '0-4', 'all', '7-7']
    """
    plain = _words(value)
    if not str(value).strip() or (plain and plain in EVERYBODY):
        return "all"
    age, rest = _take_age(plain)
    return age if age and not set(rest.split()) - _FILLER else None


def is_everybody(value: str) -> bool:
    """Whether a cell of a column of sexes means all of them."""
    return normalise(value) in EVERYBODY


def _words(title: str) -> str:
    """Plain words; what stands between figures and letters is a space."""
    text = re.sub(r"(\d)\s*\+", r"\1 plus ", str(title))
    text = re.sub(r"<\s*(?=\d)", " under ", text)
    text = re.sub(r"[≥>]=?\s*(\d+)", r" \1 plus ", text)
    text = normalise(text)
    text = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", text)
    return " ".join(text.split())


def _letters(titles: list[str]) -> dict[str, str]:
    """What a letter on its own means, by the company it keeps."""
    alone = set()
    for title in titles:
        words = _take_age(_words(title))[1].split()
        alone |= {w for w in words if len(w) == 1}
    if "h" in alone:
        return {"h": "male", "m": "female", "f": "female"}
    if "v" in alone and "m" in alone and "f" not in alone:
        return {"v": "male", "m": "female"}
    if "f" in alone:
        return {"f": "female", "m": "male"}
    if "w" in alone:
        return {"w": "female", "m": "male"}
    return {}


def _read(title: str, letters: dict[str, str]) -> Meaning | None:
    if "%" in title:
        return None
    plain = _words(title)
    years = re.findall(r"\b(?:19|20)\d\d\b", plain)
    if len(years) > 1:
        return None
    plain = re.sub(r"\b(?:19|20)\d\d\b", " ", plain)
    age, rest = _take_age(plain)
    of, sex, kind, said = "people", "all", "", bool(age or years)
    for word in rest.split():
        if word in _FEMALE or letters.get(word) == "female":
            sex, said = "all" if sex == "male" else "female", True
        elif word in _MALE or letters.get(word) == "male":
            sex, said = "all" if sex == "female" else "male", True
        elif word in _HOUSEHOLDS:
            of, said = "households", True
        elif word in _DWELLINGS:
            of, said = "dwellings", True
        elif word in _CENSUS:
            kind, said = "census", True
        elif word in _PROJECTION:
            kind, said = "projection", True
        elif word in _PEOPLE or word in _TOTAL:
            said = said or word not in ("p", "t")
        elif word not in _FILLER:
            return None
    # A column called "age" or "year" holds ages or years, and one called 7 is a single year of age only
    # in the company of others: see `residents`.
    if not said:
        return None
    return Meaning(of, sex, age or "all", int(years[0]) if years else None, kind)


def _take_age(plain: str) -> tuple[str, str]:
    """The age group in a title, and the words around it."""
    for pattern, group in _AGES:
        found = pattern.search(plain)
        if not found:
            continue
        age = group(found)
        if age:
            return age, f"{plain[: found.start()]} {plain[found.end() :]}"
    return "", plain


def _group(first: int, last: int) -> str:
    return f"{first}-{last}" if 0 <= first <= last <= _OLDEST else ""
