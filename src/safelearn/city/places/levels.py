"""Which of a file's columns of places names this city's areas? In: a sample, the profile and the areas.

One portal writes the borough, the neighbourhood and the police station side by side, and each city has chosen
one of them as its areas. The column whose words are most often an area of the city is the one to read.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from safelearn.city.columns.profile import Profile, by_squeezed, squeeze
from safelearn.city.columns.victims import as_category
from safelearn.city.files.headers import normalise
from safelearn.city.places.matching import KnownAreas

#: A second column is read too if it names areas nearly as often as the best does.
_NEARLY = 0.8


def choose_level(
    sample: pd.DataFrame,
    columns: Mapping[str, str],
    profile: Profile,
    areas: KnownAreas,
) -> dict[str, str]:
    """The columns of a file, with those of its areas settled.

    Parameters
    ----------
    sample : DataFrame of str
    columns : mapping
        Field -> column, from `Profile.assign`.
    areas : KnownAreas
        Without any, codes stay only where each has one name: else they are of another level than the names.

    Returns
    -------
    dict of str to str
        The same, with ``area_id``, ``area_name`` and ``area_parent`` as this city needs them. A column that
        names the city as a whole is none of them.
    """
    chosen = dict(columns)
    assigned = [(f, columns[f]) for f in ("area_id", "area_name") if f in columns]
    present = list(dict.fromkeys([*assigned, *_variants(sample, profile)]))
    if not areas.codes:
        if {"area_id", "area_name"} <= chosen.keys() and not _one_name_a_code(
            sample, chosen["area_id"], chosen["area_name"]
        ):
            del chosen["area_id"]
        return chosen
    if not present:
        return chosen
    shares = {pair: _share(sample[pair[1]], pair[0], areas) for pair in present}
    best = max(present, key=lambda pair: shares[pair])
    if not shares[best]:
        return _without_the_city(chosen, sample, profile)
    taken = [best]
    for pair in sorted(present, key=lambda pair: -shares[pair]):
        other = pair[0] != best[0] and pair[1] != best[1]
        if other and shares[pair] >= _NEARLY * shares[best] and len(taken) == 1:
            taken.append(pair)
    for field in ("area_id", "area_name"):
        chosen.pop(field, None)
    chosen |= dict(taken)
    left = [column for _, column in present if column not in chosen.values()]
    if left and "area_parent" not in chosen:
        # Whether it holds the city's districts is seen where names are matched.
        chosen["area_parent"] = left[0]
    return chosen


def _without_the_city(
    columns: dict[str, str], sample: pd.DataFrame, profile: Profile
) -> dict[str, str]:
    """Without the places that are all one, in a file of many cities: rows of this city, and no finer."""
    if not profile.city_column:
        return columns
    return {
        field: column
        for field, column in columns.items()
        if not field.startswith("area_")
        or as_category(sample[column]).cat.categories.size > 1
    }


def _variants(sample: pd.DataFrame, profile: Profile) -> list[tuple[str, str]]:
    """Each field of areas with each column that the file has for it, in the profile's order."""
    published = by_squeezed(sample.columns)
    found = [
        (field, published[squeeze(name)])
        for field in ("area_id", "area_name")
        for name in profile.columns.get(field, ())
        if squeeze(name) in published
    ]
    return found


def _share(text: pd.Series, field: str, areas: KnownAreas) -> float:
    """Of all rows, the share whose word is an area's code or name."""
    words = as_category(text)
    codes = set(areas.codes)
    bare = {code.lstrip("0") for code in codes if code.isdigit()} - {""}
    known = []
    for word in words.cat.categories:
        hit = areas.find(word).position >= 0
        if field == "area_id":
            hit = hit or word in codes or (word.isdigit() and word.lstrip("0") in bare)
        known.append(hit)
    return float(words.cat.codes.map({**dict(enumerate(known)), -1: False}).mean())


def _one_name_a_code(sample: pd.DataFrame, code: str, name: str) -> bool:
    pairs = sample[[code, name]].drop_duplicates()
    pairs = pairs[(pairs[code].str.strip() != "") & (pairs[name].str.strip() != "")]
    spelt = pairs.assign(**{name: pairs[name].map(normalise)}).drop_duplicates()
    # Some codes have two names, because a neighbourhood was renamed; most have one.
    return len(spelt) <= 1.25 * max(spelt[code].nunique(), 1)
