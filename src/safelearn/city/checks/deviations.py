"""Where does a city differ from its country? In: a city. Out: each difference with both values, and problems.

A city may have good reasons for a threshold, a profile or a population of its own. What it has of its own wins; but a
reader who compares cities must be able to see it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city import country
from safelearn.city.checks.problems import Problem
from safelearn.city.files.headers import normalise
from safelearn.city.inheritance import FILES, folders_above, settings_file
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t, tn

if TYPE_CHECKING:
    import pandas as pd

    from safelearn.city.folder import City

#: Settings that are the city's by nature.
_ITS_OWN = {"name", "inherits", "format", "period", "synthetic", "redress", "recording_changes", "tables"}  # fmt: skip
#: Residents may differ by this share before it is worth a word.
_ROUNDING = 0.005
_SHOWN = 8


@dataclass(frozen=True)
class Deviation:
    """One thing in which a city differs.

    Attributes
    ----------
    what : str
        A setting, a profile, a label of a crosswalk, an area, a figure; in the reader's language.
    city, country : str
        Both values.
    """

    what: str
    city: str
    country: str

    @property
    def words(self) -> str:
        """As it stands in a list."""
        return t(
            "{what} ({city}, not {country})",
            what=self.what,
            city=self.city,
            country=self.country,
        )


def deviations(city: City) -> tuple[Deviation, ...]:
    """Everything in which a city differs from its country; nothing where it has none.

    Raises
    ------
    SafelearnError
        If a file of the country cannot be read.
    """
    above = folders_above(city.folder)
    if not above:
        return ()
    return (
        *_settings(city.folder, above),
        *_profiles(city.folder, above),
        *_crosswalks(city.folder, above),
        *_names(city),
        *_residents(city),
    )


def country_problems(city: City, frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """What `city check` says of a city and its country."""
    if not folders_above(city.folder):
        return []
    try:
        found = deviations(city)
        official = country.official_areas(city.folder)
        changed = country.successors(city.folder, _codes(frames))
    except SafelearnError as error:
        sentence = " ".join(filter(None, (error.what, error.where)))
        return [Problem("unreadable", "error", "settings", 0, sentence, error.remedy)]
    return [
        *_deviating(found),
        *_official(city, frames, official),
        *_changed(changed),
        *_inherited(city),
    ]


# -- what differs -----------------------------------------------------------------------------------------------


def _settings(folder: Path, above: tuple[Path, ...]) -> Iterator[Deviation]:
    own = _flat(_toml(folder / FILES[-1]))
    theirs: dict[str, Any] = {}
    for path in reversed(above):
        theirs |= _flat(_toml(settings_file(path)))
    for name, value in own.items():
        room = name.partition(".")[0]
        if room not in _ITS_OWN and name in theirs and theirs[name] != value:
            yield Deviation(name, str(value), str(theirs[name]))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}


def _flat(values: Mapping[str, Any], room: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{room}{name}.")
        else:
            found[f"{room}{name}"] = value
    return found


def _profiles(folder: Path, above: tuple[Path, ...]) -> Iterator[Deviation]:
    own = {p.stem: p for p in (folder / "profiles").glob("*.toml")}
    for name in sorted(own):
        theirs = next(
            (p / "profiles" / f"{name}.toml" for p in above if (p / "profiles" / f"{name}.toml").is_file()), None
        )  # fmt: skip
        if theirs is not None and theirs.read_bytes() != own[name].read_bytes():
            yield Deviation(
                t("the profile {name}", name=name), t("its own"), t("the country's")
            )


def _crosswalks(folder: Path, above: tuple[Path, ...]) -> Iterator[Deviation]:
    for path in sorted((folder / "crosswalks").glob("*.toml")):
        own = _labels(path)
        theirs: dict[str, str] = {}
        for other in reversed(above):
            theirs |= _labels(other / "crosswalks" / path.name)
        for label in sorted(own.keys() & theirs.keys()):
            if own[label] != theirs[label]:
                yield Deviation(
                    t("the offence “{label}”", label=label), own[label], theirs[label]
                )


def _labels(path: Path) -> dict[str, str]:
    return {normalise(k): str(v) for k, v in _toml(path).get("codes", {}).items()}


def _names(city: City) -> Iterator[Deviation]:
    official = country.official_areas(city.folder)
    if official is None or not city.has("areas"):
        return
    names = dict(zip(official["code"], official["name"], strict=True))
    areas = city.table("areas")
    assert areas is not None
    for code, name in zip(areas["area_id"], areas["area_name"], strict=True):
        if code in names and normalise(names[code]) != normalise(name):
            yield Deviation(t("the name of area {code}", code=code), name, names[code])


def _residents(city: City) -> Iterator[Deviation]:
    from safelearn.city.population import population_by

    if not city.has_own("population") or not city.has("areas"):
        return
    own = city.table("population")
    theirs = country.population_of_country(
        city.folder, set(city.table("areas")["area_id"])
    )
    if own is None or theirs is None:
        return
    for year in sorted(set(own["year"]) & set(theirs["year"])):
        both = population_by(own[own["year"] == year]).merge(
            population_by(theirs[theirs["year"] == year]),
            on="area_id",
            suffixes=("", "_country"),
        )
        off = both[
            (both["population"] / both["population_country"] - 1).abs() > _ROUNDING
        ]
        for area, here, there in zip(
            off["area_id"], off["population"], off["population_country"], strict=True
        ):
            yield Deviation(
                t("the residents of {area} in {year}", area=area, year=int(year)),
                number(float(here)),
                number(float(there)),
            )


# -- problems -----------------------------------------------------------------------------------------------------


def _deviating(found: tuple[Deviation, ...]) -> list[Problem]:
    if not found:
        return []
    weaker = [
        d
        for d in found
        if d.what.startswith("disclosure.") and float(d.city) < float(d.country)
    ]
    words = [d.words for d in found]
    more = [t("{n} more", n=len(words) - _SHOWN)] if len(words) > _SHOWN else []
    return [
        Problem(
            "deviates from country",
            # A smaller threshold shows cells that the country hides, and by subtraction those of other cities.
            "warning" if weaker else "note",
            "settings",
            len(found),
            t(
                "This city deviates from its country in: {what}.",
                what=listing([*words[:_SHOWN], *more]),
            ),
            t(
                "What the city has of its own is used. Take it out where that is not meant."
            ),
        )
    ]


def _codes(frames: Mapping[str, pd.DataFrame]) -> set[str]:
    areas = frames.get("areas")
    return set() if areas is None else set(areas["area_id"].dropna())


def _official(
    city: City, frames: Mapping[str, pd.DataFrame], official: pd.DataFrame | None
) -> list[Problem]:
    codes = _codes(frames)
    if official is None or not codes:
        return []
    found = []
    strange = sorted(codes - set(official["code"]))
    if strange:
        found.append(
            Problem(
                "unofficial codes",
                "warning",
                "areas",
                len(strange),
                tn(
                    "{n} area has a code that the country does not know: {codes}.",
                    "{n} areas have codes that the country does not know: {codes}.",
                    len(strange),
                    codes=listing(strange[:_SHOWN]),
                ),
                t("Compare the table of areas with the country's areas-official.csv."),
            )
        )
    period = city.settings.period
    if period is not None:
        import pandas as pd

        last = pd.Timestamp(period[1])
        holds = ~(official["valid_to"] < last) & ~(official["valid_from"] > last)
        ended = sorted(codes & set(official["code"]) - set(official.loc[holds, "code"]))
        if ended:
            found.append(
                Problem(
                    "retired codes",
                    "warning",
                    "areas",
                    len(ended),
                    tn(
                        "{n} area has a code that does not hold at the end of the period: {codes}.",
                        "{n} areas have codes that do not hold at the end of the period: {codes}.",
                        len(ended),
                        codes=listing(ended[:_SHOWN]),
                    ),
                    t(
                        "Import the areas of the end of the period; earlier codes are carried over."
                    ),
                )
            )
    return found


def _changed(changed: country.Successors) -> list[Problem]:
    found = []
    if changed.exact:
        pairs = [f"{old} → {new}" for old, new in sorted(changed.exact.items())]
        found.append(
            Problem(
                "boundaries carried over",
                "note",
                "areas",
                len(pairs),
                tn(
                    "{n} earlier code counts in the area that it became a part of: {pairs}.",
                    "{n} earlier codes count in the areas that they became a part of: {pairs}.",
                    len(pairs),
                    pairs=listing(
                        [*pairs[:_SHOWN], *(["…"] if len(pairs) > _SHOWN else [])]
                    ),
                ),
                t(
                    "Nothing: whole areas were renamed or merged, so that counts stay exact."
                ),
            )
        )
    if changed.divided:
        areas = sorted(
            {c.new for c in changed.divided} | {c.old for c in changed.divided}
        )
        days = sorted({c.on for c in changed.divided})
        found.append(
            Problem(
                "boundaries divided",
                "warning",
                "areas",
                len(areas),
                t(
                    "Areas were divided ({days}): before and after do not compare for {codes}, and earlier counts "
                    "were not carried over.",
                    days=listing([str(d) for d in days]),
                    codes=listing(areas[:_SHOWN]),
                ),
                t(
                    "Compare whole districts, or ask for the earlier events with their points."
                ),
            )
        )
    return found


def _inherited(city: City) -> list[Problem]:
    if city.has_own("population") or not city.has("population"):
        return []
    return [
        Problem(
            "population of the country",
            "note",
            "population",
            int(city.table("population")["area_id"].nunique()),
            t("The city has no population of its own: its country's is used."),
            t("Nothing, unless the city has better figures: import them."),
        )
    ]
