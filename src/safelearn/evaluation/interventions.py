"""What was done where, since when, and which months may be compared?

The table of interventions and monthly counts by area go in; for each intervention its areas by role, the months before
and after that can be set against each other, and the counts of both come out. What cannot be evaluated is refused with
the reason: that is said before any number is seen (draft:25(g)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import day, t, tn

NEEDS = frozenset({"time:month", "place:area", "table:interventions"})

TREATED, CONTROL = "treated", "control"
TREATED_BUFFER, CONTROL_BUFFER = "treated_buffer", "control_buffer"
ROLES = (TREATED, TREATED_BUFFER, CONTROL, CONTROL_BUFFER)
#: Fewer months after the start say nothing yet; twelve hold a whole year with its seasons.
FEWEST, YEAR = 6, 12


@dataclass(frozen=True)
class Intervention:
    """One row set of the table ``interventions``.

    Attributes
    ----------
    areas : dict of str to tuple of str
        Codes of the areas by role; roles without an area are left out.
    offences : tuple of str
        ICCS codes of what should change; empty for all.
    assignment : str
        How the treated areas were chosen: by_lot, matched, by_need, by_chance or unknown.
    planned, delivered : int or None
        Units of the work, all areas together; None where no area says it.
    """

    intervention_id: str
    name: str
    starts_on: pd.Timestamp
    ends_on: pd.Timestamp | None
    areas: dict[str, tuple[str, ...]]
    offences: tuple[str, ...]
    assignment: str
    programme_id: str = ""
    mechanism: str = ""
    unit: str = ""
    planned: int | None = None
    delivered: int | None = None

    @property
    def has_control(self) -> bool:
        return CONTROL in self.areas

    @property
    def has_buffers(self) -> bool:
        return TREATED_BUFFER in self.areas and CONTROL_BUFFER in self.areas


@dataclass(frozen=True)
class Windows:
    """The months that are set against each other, as many before as after.

    Attributes
    ----------
    before, after : tuple of str
        Months such as "2023-01".
    earlier : tuple of str
        All months before the start, the `before` ones among them.
    since : tuple of str
        All months after the start, the `after` ones among them.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    earlier: tuple[str, ...]
    since: tuple[str, ...]


def interventions(table: pd.DataFrame) -> list[Intervention]:
    """The interventions of a city's table, in its order.

    Parameters
    ----------
    table : DataFrame
        As the contract ``interventions`` has it: a row for each area. A row holds one offence at most; those of all
        rows of an intervention are counted together.
    """
    return [_one(rows) for _, rows in table.groupby("intervention_id", sort=False)]


def _one(rows: pd.DataFrame) -> Intervention:
    first = rows.iloc[0]
    areas = {
        role: tuple(
            sorted(set(rows.loc[rows["role"].astype("str") == role, "area_id"]))
        )
        for role in ROLES
    }
    ends = _column(rows, "ends_on").dropna()
    return Intervention(
        intervention_id=str(first["intervention_id"]),
        name=str(first["name"]),
        starts_on=rows["starts_on"].min(),
        ends_on=ends.max() if len(ends) else None,
        areas={role: codes for role, codes in areas.items() if codes},
        offences=tuple(sorted(set(_column(rows, "offence").dropna().astype("str")))),
        assignment=_first(rows, "assignment") or "unknown",
        programme_id=_first(rows, "programme_id"),
        mechanism=_first(rows, "mechanism"),
        unit=_first(rows, "unit"),
        planned=_sum(rows, "planned_units"),
        delivered=_sum(rows, "delivered_units"),
    )


def check_roles(intervention: Intervention) -> None:
    """Refuse what is no evaluation by its own table.

    Raises
    ------
    Refused
        If no area is treated, or an area has two roles.
    """
    if TREATED not in intervention.areas:
        raise Refused(
            t(
                "The table names no area in which {name} took place.",
                name=intervention.name,
            ),
            remedy=t("Give at least one area the role `treated`."),
        )
    every = [code for codes in intervention.areas.values() for code in codes]
    twice = sorted({code for code in every if every.count(code) > 1})
    if twice:
        raise Refused(
            t(
                "The area {area} has two roles in {name}, so it would be compared with itself.",
                area=twice[0],
                name=intervention.name,
            ),
            remedy=t("Give each area one role in the table `interventions`."),
        )


def windows(
    intervention: Intervention, months: Sequence[str], *, most: int = 24
) -> Windows:
    """The months before and after that may be set against each other.

    Parameters
    ----------
    intervention : Intervention
    months : sequence of str
        Months that the records cover whole, in order.
    most : int
        At most so many on each side.

    Returns
    -------
    Windows
        Whole years where there are twelve months on both sides; else the months after the start and the same months
        of the year before, so that no season is taken for an effect. A month that the start or the end cuts in two
        counts on neither side.

    Raises
    ------
    Refused
        If fewer than six months can be compared.
    """
    start, end = intervention.starts_on, intervention.ends_on
    at = pd.PeriodIndex(list(months), freq="M")
    whole = (at.start_time >= start) & (
        True if end is None else at.end_time <= end + _A_DAY
    )
    since = tuple(m for m, ok in zip(months, whole, strict=True) if ok)
    earlier = tuple(
        m for m, last in zip(months, at.end_time, strict=True) if last < start
    )
    n = min(len(since), len(earlier), most)
    if n >= YEAR:
        n -= n % YEAR
        return Windows(earlier[-n:], since[:n], earlier, since)
    after = since[: min(len(since), most)]
    before = tuple(str(pd.Period(m, "M") - YEAR) for m in after)
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b in earlier]
    if len(pairs) < FEWEST:
        raise Refused(
            tn(
                "{name} began on {date}: {n} month after it can be compared, and six are the least.",
                "{name} began on {date}: {n} months after it can be compared, and six are the least.",
                len(pairs),
                name=intervention.name,
                date=day(start),
            ),
            remedy=t("Wait, or add records of the years before."),
        )
    return Windows(*map(tuple, zip(*pairs, strict=True)), earlier, since)


def area_months(
    counts: pd.DataFrame, areas: Sequence[str], months: Sequence[str]
) -> pd.DataFrame:
    """Counts with a row for each month and a column for each area, zeros kept.

    Parameters
    ----------
    counts : DataFrame
        ``area_id``, ``month``, ``n``.

    Examples
    --------
    >>> counts = pd.DataFrame({"area_id": ["a"], "month": ["2024-02"], "n": [3]})
    >>> area_months(counts, ["a", "b"], ["2024-01", "2024-02"]).to_numpy().tolist()
    [[0, 0], [3, 0]]
    """
    table = counts.pivot_table(
        index="month", columns="area_id", values="n", aggfunc="sum", observed=True
    )
    return table.reindex(index=list(months), columns=list(areas)).fillna(0).astype(int)


def before_and_after(
    counts: pd.DataFrame, intervention: Intervention, compared: Windows
) -> pd.DataFrame:
    """Counts of each role before and after.

    Returns
    -------
    DataFrame
        ``role``, ``areas`` (how many), ``before``, ``after``.
    """
    lines = []
    for role, codes in intervention.areas.items():
        table = area_months(counts, codes, [*compared.before, *compared.after])
        sums = table.sum(axis=1)
        lines.append(
            {
                "role": role,
                "areas": len(codes),
                "before": int(sums.loc[list(compared.before)].sum()),
                "after": int(sums.loc[list(compared.after)].sum()),
            }
        )
    return pd.DataFrame(lines)


_A_DAY = pd.Timedelta(days=1)


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(dtype="object")


def _first(rows: pd.DataFrame, name: str) -> str:
    held = _column(rows, name).dropna().astype("str")
    return next((value for value in held if value), "")


def _sum(rows: pd.DataFrame, name: str) -> int | None:
    held = _column(rows, name).dropna()
    return int(held.sum()) if len(held) else None
