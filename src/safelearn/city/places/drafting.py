"""Which areas does a city have that has not said so yet? In: codes and names in a file of incidents. Out: areas.

A list drafted so is enough to count by area; a real list or boundaries take its place as soon as they come. One
area is written in many ways: what differs in case, accents or in words written short is one area, under its
commonest spelling. A rare spelling that is much like a common one is left for a person to confirm, in
`review/areas.xlsx`: two hundred misspellings are not two hundred areas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from safelearn.city import contracts
from safelearn.city.columns.victims import NOT_KNOWN
from safelearn.city.files.headers import normalise
from safelearn.city.imports.reading import Reading
from safelearn.city.places.matching import NONE_OF_THEM, NameIndex, confirmation_key
from safelearn.language import t

#: More different values than this, or nearly one a row, are addresses and not areas.
_MOST = 5000
#: A spelling is left for a person if it is so much like another (of 100) that has so many times its rows.
_LIKE = ((86.0, 3.0), (94.0, 1.5))
#: Rows of an area that earlier files named: a spelling like it is never another area without a person's word.
_SETTLED = 10**9
#: A name in a second district is a second area if that holds this share of its rows; else it is a slip.
_NAMESAKE = 0.1

_Key = tuple[str, str, str]


def draft_areas(
    pieces: Iterable[pd.DataFrame],
    columns: Mapping[str, str],
    before: pd.DataFrame | None = None,
    confirmed: Mapping[str, str] | None = None,
) -> pd.DataFrame | None:
    """Areas from the codes, or else the names, that incidents carry; None where they carry neither.

    Parameters
    ----------
    pieces : iterable of DataFrame of str
        The file, whole or in pieces.
    columns : mapping
        Field -> column.
    before : DataFrame, optional
        Areas drafted from earlier files, which stay.
    confirmed : mapping, optional
        What a person has said in `review/areas.xlsx`: a name that is none of the others is an area.
    """
    fields = [columns.get(f, "") for f in ("area_id", "area_name", "area_parent")]
    if not fields[0] and not fields[1]:
        return None
    counts = _count(pieces, fields)
    n = sum(counts.values())
    rows = _by_code(counts) if fields[0] else _by_name(counts, before, confirmed or {})
    if rows.empty or len(rows) > _MOST or len(rows) > max(0.5 * n, 20):
        return None
    if before is not None:
        rows = pd.concat([before, rows]).drop_duplicates("area_id")
    drafted, _ = contracts.canonical(rows, "areas")
    return drafted.sort_values("area_id", ignore_index=True)


def draft_from_residents(reading: Reading) -> Reading:
    """A reading of residents of a city that has no areas, with the areas drafted from it.

    A list of residents names each area once and rightly, so it is a better beginning than any file of events.
    Names become codes without blanks and accents; what are codes already stay as they are.
    """
    frame = reading.frame
    assert frame is not None
    published = frame["area_id"].astype("str")
    words = pd.Index(published.dropna().unique())
    codes = {word: word for word in words}
    if not words.str.contains(r"\d").any():
        short = {word: normalise(word).replace(" ", "-") for word in words}
        if len(set(short.values()) - {""}) == len(words):
            codes = short
    drafted, _ = contracts.canonical(
        pd.DataFrame({"area_id": list(codes.values()), "area_name": list(codes)}),
        "areas",
    )
    said = t(
        "The city had no areas: a list was drafted from those that the file names."
    )
    return replace(
        reading,
        frame=frame.assign(area_id=published.map(codes).astype(frame["area_id"].dtype)),
        drafted=drafted.sort_values("area_id", ignore_index=True),
        notes=(*reading.notes, said),
    )


def _count(pieces: Iterable[pd.DataFrame], fields: list[str]) -> Counter[_Key]:
    """Rows by code, name and district, each without the ways to write that it is not known."""
    total: Counter[_Key] = Counter()
    used = list(dict.fromkeys(f for f in fields if f))
    for frame in pieces:
        counted = frame.groupby(used, sort=False).size()
        for key, n in counted.items():
            words = dict(zip(used, key if len(used) > 1 else [key], strict=True))
            code, name, parent = (_known(words.get(f, "")) for f in fields)
            total[code, name, parent] += int(n)
    wanted = 0 if fields[0] else 1
    return Counter({key: n for key, n in total.items() if key[wanted]})


def _known(word: str) -> str:
    word = " ".join(word.split())
    return "" if normalise(word) in NOT_KNOWN else word


def _by_code(counts: Counter[_Key]) -> pd.DataFrame:
    names: dict[str, Counter[str]] = {}
    parents: dict[str, Counter[str]] = {}
    for (code, name, parent), n in counts.items():
        names.setdefault(code, Counter())[name] += n if name else 0
        parents.setdefault(code, Counter())[parent] += n if parent else 0
    return pd.DataFrame(
        {
            "area_id": list(names),
            "area_name": [_commonest(names[code]) or code for code in names],
            "parent": [_commonest(parents[code]) or None for code in names],
        }
    )


def _by_name(
    counts: Counter[_Key], before: pd.DataFrame | None, confirmed: Mapping[str, str]
) -> pd.DataFrame:
    spellings: dict[tuple[str, str], Counter[str]] = {}
    for (_, name, parent), n in counts.items():
        spellings.setdefault((normalise(name), normalise(parent)), Counter())[name] += n
    districts = {normalise(parent): parent for _, _, parent in counts}
    weight = {key: sum(words.values()) for key, words in spellings.items()}
    whole: Counter[str] = Counter()
    for (name, _), n in weight.items():
        whole[name] += n
    kept = [
        key
        for key in sorted(weight, key=lambda k: (-weight[k], k))
        if key[0] and weight[key] >= _NAMESAKE * whole[key[0]]
    ]
    homes = Counter(name for name, _ in kept)
    listed: dict[str, tuple[str, str]] = {}
    known, rows = NameIndex(), []
    if before is not None:
        told = before[["area_id", "area_name", "parent"]].fillna("")
        for code, name, parent in told.itertuples(index=False):
            listed[code] = (name, parent)
            known.add(code, name, parent)
            rows.append(_SETTLED)
    for name, parent in kept:
        spelling = _commonest(spellings[name, parent])
        n, district = weight[name, parent], districts[parent]
        answer = _answer(spelling, district, confirmed)
        if answer != NONE_OF_THEM and (
            answer or _is_known(spelling, district, n, known, rows)
        ):
            continue
        code = name.replace(" ", "-")
        if homes[name] > 1 and parent:
            code = f"{code}-{parent.replace(' ', '-')}"
        if code not in listed:
            listed[code] = (spelling, district)
            known.add(code, spelling, district)
            rows.append(n)
    return pd.DataFrame(
        {
            "area_id": list(listed),
            "area_name": [name for name, _ in listed.values()],
            "parent": [parent or None for _, parent in listed.values()],
        }
    )


def _answer(spelling: str, parent: str, confirmed: Mapping[str, str]) -> str:
    for beside in (parent, ""):
        found = confirmed.get(confirmation_key(spelling, beside))
        if found:
            return found
    return ""


def _is_known(
    spelling: str, parent: str, n: int, known: NameIndex, rows: list[int]
) -> bool:
    """Whether a spelling is that of an area already listed, or so like one that a person must say."""
    if known.find(spelling, parent).position >= 0:
        return True
    return any(
        near.score >= least and rows[near.position] >= times * n
        for near in known.like(spelling, parent)
        for least, times in _LIKE
    )


def _commonest(words: Counter[str]) -> str:
    """The commonest spelling; of two as common, the one with the more letters beyond plain ones, then the first."""
    return min(words, key=lambda w: (-words[w], w.isascii(), w), default="")
