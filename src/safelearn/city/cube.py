"""How many events, where, of what kind, when, and to whom: counted once, for every measure that follows.

One pass over the incidents makes a count cube of area, offence, month, sex, age group and sensitivity. What
is not known is kept under its own heading, so that totals always hold. Cubes add: files, years, chunks and
the parts of a cluster merge by `+` into the cube that one pass over everything would have made. This is the
breakdown of police records by area, gender and age that the Guidelines ask for (draft:25(d).1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.city.times.months import month_labels
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

AXES = ("area_id", "offence", "month", "sex", "age_group", "sensitive")
NOT_LOCATED = ""
UNCLASSIFIED = "unclassified"
UNKNOWN = "unknown"
SEXES = ("female", "male", "other", UNKNOWN)
AGE_GROUPS = (*(f"{a}-{a + 4}" for a in range(0, 85, 5)), "85+", UNKNOWN)
#: Counts that disclosure control guards more closely. An event that is both is sexual.
SENSITIVE = ("none", "sexual", "domestic")

#: Above this many cells a table with all zeros would fill a small machine's memory.
_MOST_ROWS = 20_000_000


@dataclass(frozen=True, eq=False)
class CountCube:
    """Counts of events on six axes, stored as the cells that are not zero.

    Attributes
    ----------
    axes : dict of str to tuple of str
        The labels of `area_id`, `offence`, `month`, `sex`, `age_group` and `sensitive`. Areas and offences
        are in code order; "" is not located, "unclassified" has no offence code. Months are "2019-01", all
        from the first to the last; an event of which only the year is known is under "2019", one without a
        date under "".
    keys : ndarray of int64, shape (cells,)
        Flat position of each cell in the full array of all axes, ascending.
    n : ndarray of int64, shape (cells,)
        Events in each cell, zero in none.
    """

    axes: dict[str, tuple[str, ...]]
    keys: NDArray[np.int64]
    n: NDArray[np.int64]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each axis."""
        return tuple(len(self.axes[axis]) for axis in AXES)

    @property
    def total(self) -> int:
        """All events, whatever is not known of them."""
        return int(self.n.sum())

    @property
    def undated(self) -> int:
        """Events of no month: known to their year only, or without a date. No monthly series holds them."""
        labels = self.axes["month"]
        position = AXES.index("month")
        code = np.unravel_index(self.keys, self.shape)[position]
        outside = np.array([len(label) != 7 for label in labels], dtype=bool)
        return int(self.n[outside[code]].sum())

    def __repr__(self) -> str:
        size = " x ".join(map(str, self.shape))
        return f"<CountCube {size}: {self.total} events in {len(self.n)} cells>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CountCube):
            return NotImplemented
        return (
            self.axes == other.axes
            and np.array_equal(self.keys, other.keys)
            and np.array_equal(self.n, other.n)
        )

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: CountCube) -> CountCube:
        """Add the events of two cubes, on axes that hold the labels of both."""
        if not isinstance(other, CountCube):
            return NotImplemented
        axes = self.axes
        if axes != other.axes:
            axes = {
                axis: _ordered(axis, {*axes[axis], *other.axes[axis]}) for axis in AXES
            }
        keys = np.concatenate([_onto(self, axes), _onto(other, axes)])
        return CountCube(axes, *_sums(keys, np.concatenate([self.n, other.n])))

    def __radd__(self, other: object) -> CountCube:
        # So that sum() works on a list of cubes: it starts from 0.
        return self if other == 0 else NotImplemented

    def by(
        self, *axes: str, zeros: bool = True, **where: str | Iterable[str]
    ) -> pd.DataFrame:
        """Count by some axes, adding up the others.

        Parameters
        ----------
        *axes : str
            Axes to count by, in the order wanted. None gives the total.
        zeros : bool
            Keep the combinations in which nothing happened.
        **where : str or iterable of str
            Labels to keep on an axis, for example ``offence="0401"`` or ``sex=["female", "male"]``. A label
            that the cube does not have holds no events.

        Returns
        -------
        DataFrame
            A column an axis and `n`, in the order of the axes' labels.

        Raises
        ------
        SafelearnError
            If an axis does not exist, or the table would have more than 20 million rows.
        """
        for axis in (*axes, *where):
            if axis not in AXES:
                raise SafelearnError(
                    t("A count cube has no axis `{axis}`.", axis=axis),
                    remedy=t("It has: {axes}.", axes=listing(list(AXES))),
                )
        codes = dict(zip(AXES, np.unravel_index(self.keys, self.shape), strict=True))
        kept = np.ones(len(self.n), dtype=bool)
        labels = dict(self.axes)
        for axis, wanted in where.items():
            only = {wanted} if isinstance(wanted, str) else set(wanted)
            kept &= np.isin(labels[axis], list(only))[codes[axis]]
            labels[axis] = _ordered(axis, only)
        shape = tuple(len(labels[axis]) for axis in axes)
        size = int(np.prod(shape, dtype=float))
        if zeros and size > _MOST_ROWS:
            raise SafelearnError(
                t("This table would have more than 20 million rows."),
                remedy=t("Count by fewer axes, or leave out the zeros."),
            )
        chosen = [
            _onto_axis(self.axes[axis], labels[axis])[codes[axis][kept]]
            for axis in axes
        ]
        keys = _flat(chosen, shape, int(kept.sum()))
        if zeros:
            n = np.bincount(keys, weights=self.n[kept], minlength=size)
            keys, n = np.arange(size), n.astype(np.int64)
        else:
            keys, n = _sums(keys, self.n[kept])
        positions = np.unravel_index(keys, shape) if axes else ()
        columns: dict[str, Any] = {}
        for axis, position in zip(axes, positions, strict=True):
            columns[axis] = pd.array(labels[axis], dtype="str").take(position)
        return pd.DataFrame(columns | {"n": n})


def count_cube(
    incidents: pd.DataFrame,
    area_ids: Iterable[str],
    *,
    months: Iterable[str] | None = None,
) -> CountCube:
    """Count the incidents, once.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents. Only `occurred_from` is required; what other columns would tell is unknown
        without them. `count` weights a row, 1 if missing.
    area_ids : iterable of str
        Every area of the city, with or without events.
    months : iterable of str, optional
        Months that the data cover, such as "2019-01", so that quiet ones are there as zeros. Those from the
        first to the last month with an event always are.

    Returns
    -------
    CountCube
        Its total is the sum of the weights: no row is left out. A row whose area is not among `area_ids`
        counts as not located; ages below 0 count as unknown.

    Notes
    -----
    A row of month precision counts in its month, one of year precision only in its year; a week or a
    financial year, which have an end, in the month or year in which their middle lies. Sexual offences are
    section 03 of the International Classification of Crime for Statistical Purposes; domestic ones are those
    marked so.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "occurred_from": pd.to_datetime(["2024-01-09 21:00", "2024-03-02 04:00"]),
    ...     "area_id": ["01", None],
    ...     "offence": ["0401", "0401"],
    ... })
    >>> cube = count_cube(rows, ["01", "02"])
    >>> cube.by("month").values.tolist()
    [['2024-01', 1], ['2024-02', 0], ['2024-03', 1]]
    >>> cube.by("area_id", offence="0401").n.tolist()
    [1, 0, 1]
    """
    rows = len(incidents)
    area, areas = _labelled(incidents, "area_id", NOT_LOCATED)
    known = {str(a) for a in area_ids}
    area, areas = _regrouped(area, areas, known, NOT_LOCATED)
    offence, offences = _labelled(incidents, "offence", UNCLASSIFIED)
    month, named = month_labels(incidents)
    sex, sexes = _labelled(incidents, "victim_sex", UNKNOWN)
    sex, sexes = _regrouped(sex, sexes, set(SEXES), UNKNOWN)
    sexual = np.array([code.startswith("03") for code in offences], dtype=bool)
    domestic, answers = _labelled(incidents, "domestic", UNKNOWN)
    at_home = np.array([answer == "yes" for answer in answers], dtype=bool)

    axes = {
        "area_id": _ordered("area_id", known | {NOT_LOCATED}),
        "offence": _ordered("offence", {*offences, UNCLASSIFIED}),
        "month": _ordered("month", {*named, *(months or ())}),
        "sex": SEXES,
        "age_group": AGE_GROUPS,
        "sensitive": SENSITIVE,
    }
    codes = [
        _onto_axis(areas, axes["area_id"])[area],
        _onto_axis(offences, axes["offence"])[offence],
        _onto_axis(named, axes["month"])[month],
        _onto_axis(sexes, SEXES)[sex],
        _age_groups(incidents),
        np.where(sexual[offence], np.int8(1), np.int8(2) * at_home[domestic]),
    ]
    weight = np.ones(rows, dtype=np.int64)
    if "count" in incidents:
        weight = incidents["count"].fillna(1).to_numpy(dtype=np.int64)
    shape = tuple(len(axes[axis]) for axis in AXES)
    return CountCube(axes, *_add_up(codes, shape, weight))


def _labelled(
    incidents: pd.DataFrame, column: str, unknown: str
) -> tuple[NDArray[np.integer], list[str]]:
    """Codes and labels of a column; the label of missing values is `unknown`, the last."""
    if column not in incidents:
        return np.zeros(len(incidents), dtype=np.int8), [unknown]
    values = incidents[column]
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, labels = values.cat.codes.to_numpy(), values.cat.categories
    else:
        codes, labels = pd.factorize(values)
    # The code of a missing value is -1, which picks the last label.
    codes = np.where(codes < 0, len(labels), codes)
    return codes, [*map(str, labels), unknown]


def _regrouped(
    codes: NDArray[np.integer], labels: list[str], known: set[str], unknown: str
) -> tuple[NDArray[np.integer], list[str]]:
    """Give labels that nobody knows the name `unknown`."""
    return codes, [label if label in known else unknown for label in labels]


def _age_groups(incidents: pd.DataFrame) -> NDArray[np.int64]:
    unknown = len(AGE_GROUPS) - 1
    if "victim_age" not in incidents:
        return np.full(len(incidents), unknown, dtype=np.int8)
    age = incidents["victim_age"].to_numpy(dtype=float, na_value=np.nan)
    known = age >= 0
    group = np.minimum(np.where(known, age, 0) // 5, unknown - 1).astype(np.int64)
    return np.where(known, group, unknown)


def _ordered(axis: str, labels: set[str]) -> tuple[str, ...]:
    fixed = {"sex": SEXES, "age_group": AGE_GROUPS, "sensitive": SENSITIVE}
    if axis in fixed:
        return tuple(label for label in fixed[axis] if label in labels)
    if axis == "month":
        full = sorted(label for label in labels if len(label) == 7)
        if full:
            first, last = np.datetime64(full[0], "M"), np.datetime64(full[-1], "M")
            span = np.arange(first, last + 1)
            labels = labels | set(np.datetime_as_string(span).tolist())
        return tuple(sorted(labels))
    last = NOT_LOCATED if axis == "area_id" else UNCLASSIFIED
    return tuple(sorted(labels, key=lambda label: (label == last, label)))


def _onto_axis(labels: Iterable[str], axis: tuple[str, ...]) -> NDArray[np.int32]:
    """Position on `axis` of each label; -1 for one that the axis does not have."""
    place = {label: i for i, label in enumerate(axis)}
    return np.array([place.get(label, -1) for label in labels], dtype=np.int32)


def _onto(cube: CountCube, axes: dict[str, tuple[str, ...]]) -> NDArray[np.int64]:
    """The keys of the cells of `cube` on other axes, which hold all of its labels."""
    if axes == cube.axes:
        return cube.keys
    codes = [
        _onto_axis(cube.axes[axis], axes[axis])[code]
        for axis, code in zip(
            AXES, np.unravel_index(cube.keys, cube.shape), strict=True
        )
    ]
    return _flat(codes, tuple(len(axes[axis]) for axis in AXES), len(cube.keys))


def _add_up(
    codes: list[NDArray], shape: tuple[int, ...], n: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Add the counts of rows with equal codes: flat keys, ascending, and their sums."""
    # Labels that do not occur, such as every age where no age is known, would make a small table a huge one.
    seen = [
        np.flatnonzero(np.bincount(code, minlength=length))
        for code, length in zip(codes, shape, strict=True)
    ]
    small = tuple(len(s) for s in seen)
    narrow = [
        code if len(s) == length else _places(s, length)[code]
        for code, length, s in zip(codes, shape, seen, strict=True)
    ]
    size = int(np.prod(small, dtype=float))
    keys, sums = _sums(_flat(narrow, small, len(n)), n, size)
    positions = np.unravel_index(keys, small)
    wide = [s[position] for s, position in zip(seen, positions, strict=True)]
    return _flat(wide, shape, len(keys)), sums


def _sums(
    keys: NDArray[np.int64], n: NDArray[np.int64], size: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Add the counts of equal keys; keys ascending, without those that add up to nothing."""
    if size is not None and size <= max(4 * len(n), 2**16):
        sums = np.bincount(keys, weights=n, minlength=size).astype(np.int64)
        found = np.flatnonzero(sums)
        return found, sums[found]
    # Two sorted runs, as when cubes are added, merge faster than they sort.
    order = np.argsort(keys, kind="stable")
    keys, n = keys[order], n[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(n, starts) if starts.size else n
    kept = sums != 0
    return keys[starts][kept], sums[kept]


def _places(labels: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    place = np.zeros(length, dtype=np.int64)
    place[labels] = np.arange(len(labels))
    return place


def _flat(codes: list[NDArray], shape: tuple[int, ...], rows: int) -> NDArray[np.int64]:
    key = np.zeros(rows, dtype=np.int64)
    for code, length in zip(codes, shape, strict=True):
        key *= length
        key += code
    return key
