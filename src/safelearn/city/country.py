"""What does a city share with its country? In: the folders it inherits from. Out: codes, residents, boundary changes.

A statistics office numbers the areas of all cities, counts their residents every year, and says which areas were
merged or divided. What a city has of its own wins; where the two differ, `deviations` lists it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.city import contracts
from safelearn.city.inheritance import folders_above
from safelearn.city.places.matching import confirmation_key
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import pandas as pd

OFFICIAL, CHANGES, POPULATION = (
    "areas-official.csv",
    "boundary-changes.csv",
    "population.csv",
)
_OFFICIAL = ("code", "name", "parent", "valid_from", "valid_to")
#: A share of this much is the whole, rounded.
_WHOLE = 0.999
_CHANGES = ("old_code", "new_code", "share", "date")


@dataclass(frozen=True)
class Change:
    """A part of an old area that became (part of) a new one.

    Attributes
    ----------
    old, new : str
        Codes.
    share : float
        Of the old area's residents, between 0 and 1.
    on : date
    """

    old: str
    new: str
    share: float
    on: date


@dataclass(frozen=True)
class Successors:
    """What became of old codes.

    Attributes
    ----------
    exact : mapping of str to str
        Old code -> the area of today that it is wholly part of, where that area is made of whole old ones.
    parts : mapping of str to frozenset of str
        Code -> the codes right before it that it is made of, for all that lead to an area in `exact`.
    divided : tuple of Change
        Changes after which earlier counts cannot be carried over.
    """

    exact: Mapping[str, str]
    parts: Mapping[str, frozenset[str]]
    divided: tuple[Change, ...] = ()

    def complete(self, code: str, present: frozenset[str]) -> bool:
        """Whether figures of these codes together are the whole of an area."""
        return all(
            part in present
            or (part != code and part in self.parts and self.complete(part, present))
            for part in self.parts.get(code, frozenset({code}))
        )


def official_areas(folder: Path) -> pd.DataFrame | None:
    """The official list of areas: code, name, parent, valid_from, valid_to (dates or missing); None without one.

    Raises
    ------
    SafelearnError
        If the nearest country's list cannot be read.
    """
    import pandas as pd

    path = _nearest(folder, OFFICIAL)
    if path is None:
        return None
    frame = _read(path, _OFFICIAL, needed=("code", "name"))
    for column in ("valid_from", "valid_to"):
        frame[column] = _dates(frame[column], path, column)
    again = frame[
        frame.duplicated(["code", "valid_from"]) & frame["valid_from"].notna()
    ]
    if len(again):
        raise SafelearnError(
            t("The code {code} stands there twice.", code=again["code"].iloc[0]),
            where=t("{file}, line {line}", file=path, line=int(again.index[0]) + 2),
            remedy=t("Keep one row, or give each the days between which it holds."),
        )
    return pd.DataFrame(frame)


def boundary_changes(folder: Path) -> tuple[Change, ...]:
    """The changes of boundaries, the oldest first.

    Raises
    ------
    SafelearnError
        If the nearest country's list cannot be read, or the shares of an old area exceed the whole.
    """
    path = _nearest(folder, CHANGES)
    return () if path is None else _changes(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _changes(path: Path, _changed: int) -> tuple[Change, ...]:
    import pandas as pd

    frame = _read(path, _CHANGES, needed=("old_code", "new_code", "date"))
    shares = frame["share"].fillna("1").str.replace(",", ".", regex=False)
    values = pd.to_numeric(shares, errors="coerce")
    wrong = values.isna() | (values <= 0) | (values > 1)
    if wrong.any():
        raise SafelearnError(
            t("“{value}” is no share between 0 and 1.", value=shares[wrong].iloc[0]),
            where=t("{file}, line {line}", file=path, line=int(wrong.idxmax()) + 2),
            remedy=t("Write 1 where the whole of the old area went into the new one."),
        )
    days = _dates(frame["date"], path, "date")
    sums = values.groupby([frame["old_code"], days]).sum()
    if (sums > 1.001).any():
        raise SafelearnError(
            t(
                "The parts of the area {code} add up to more than the whole.",
                code=sums.idxmax()[0],
            ),
            where=str(path),
            remedy=t("Correct the column share."),
        )
    found = [
        Change(old, new, float(share), day.date())
        for old, new, share, day in zip(
            frame["old_code"], frame["new_code"], values, days, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda c: (c.on, c.old, c.new)))


def successors(folder: Path, codes: set[str]) -> Successors:
    """The areas of today that old codes stand for, where that is exact.

    Parameters
    ----------
    codes : set of str
        The areas of the city. A code that is still one of them is never replaced.

    Notes
    -----
    Exact are changes of a whole area into another (a new number, a merger). Where an area is divided, nobody
    knows which part of its earlier counts belongs where; and an area that took over a part of another has no
    comparable earlier counts, even if the rest of it came whole.
    """
    changes = boundary_changes(folder)
    into: dict[str, list[Change]] = {}
    out_of: dict[str, list[Change]] = {}
    for change in changes:
        into.setdefault(change.new, []).append(change)
        out_of.setdefault(change.old, []).append(change)

    def whole(change: Change) -> bool:
        return change.share >= _WHOLE and len(out_of[change.old]) == 1

    def parts_of(code: str, seen: frozenset[str]) -> dict[str, frozenset[str]] | None:
        """The parts of a code and of its parts; None where only a part of an area is in it."""
        found: dict[str, frozenset[str]] = {}
        for change in into.get(code, []):
            if not whole(change) or change.old in seen:
                return None
            if change.old != code:
                below = parts_of(change.old, seen | {code})
                if below is None:
                    return None
                found |= below
        if code in into:
            found[code] = frozenset(c.old for c in into[code])
        return found

    exact: dict[str, str] = {}
    parts: dict[str, frozenset[str]] = {}
    for code in sorted(codes):
        found = parts_of(code, frozenset()) or {}
        old = {part for several in found.values() for part in several} - {code}
        # An old code that is still an area of the city: its areas are those of before the change.
        if old and not old & codes:
            exact |= dict.fromkeys(old, code)
            parts |= found
    mine = codes | set(exact)
    divided = tuple(
        c for c in changes if not whole(c) and (c.new in mine or c.old in mine)
    )
    return Successors(exact, parts, divided)


def old_codes(folder: Path, codes: set[str]) -> dict[str, str]:
    """Earlier codes as `KnownAreas.confirmed` has them, where a whole area became part of one of today."""
    exact = successors(folder, codes).exact
    return {confirmation_key(old, kind="code"): new for old, new in exact.items()}


def population_of_country(folder: Path, codes: set[str]) -> pd.DataFrame | None:
    """The residents of a city's areas as its country counts them; None where it has no figure for any.

    Raises
    ------
    SafelearnError
        If the country's table breaks its contract.
    """
    path = _nearest(folder, POPULATION)
    if path is None or not codes:
        return None
    frame = contracts.read_table(path, "population")
    mine = frame[frame["area_id"].astype("str").isin(codes)]
    return mine.reset_index(drop=True) if len(mine) else None


def population_file(folder: Path) -> Path | None:
    """The file with the residents of the nearest country that has one."""
    return _nearest(folder, POPULATION)


def _nearest(folder: Path, name: str) -> Path | None:
    return next(
        (above / name for above in folders_above(folder) if (above / name).is_file()),
        None,
    )


def _read(
    path: Path, columns: tuple[str, ...], *, needed: tuple[str, ...]
) -> pd.DataFrame:
    import pandas as pd

    frame = contracts.read_raw(path)
    frame.columns = [str(c).strip().casefold() for c in frame.columns]
    for column in needed:
        if column not in frame:
            raise SafelearnError(
                t("The file has no column called `{column}`.", column=column),
                where=str(path),
                remedy=t("Its columns are: {columns}.", columns=", ".join(columns)),
            )
        empty = frame[column].isna()
        if empty.any():
            raise SafelearnError(
                t("A value of the column `{column}` is missing.", column=column),
                where=t("{file}, line {line}", file=path, line=int(empty.idxmax()) + 2),
                remedy=t("Fill it in, or take the row out."),
            )
    frame = frame.reindex(columns=list(columns))
    return pd.DataFrame({c: frame[c].astype("str").str.strip() for c in columns})


def _dates(cells: pd.Series, path: Path, column: str) -> pd.Series:
    import pandas as pd

    days = pd.to_datetime(cells, format="ISO8601", errors="coerce")
    wrong = days.isna() & cells.notna()
    if wrong.any():
        raise SafelearnError(
            t(
                "“{value}” is not a date written year-month-day.",
                value=cells[wrong].iloc[0],
            ),
            where=t("{file}, line {line}", file=path, line=int(wrong.idxmax()) + 2),
            remedy=t("Correct the column {column}.", column=column),
        )
    return days
