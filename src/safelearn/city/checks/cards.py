"""What is this table, and what may it be used for? In: a table, its imports, what was found. Out: its data card.

A card goes along with the data: where they come from and on what terms, what became of every row, how much is not
known, how exact it is, what was assumed, what it can carry, and what nobody should do with it (responsible use of
open data: draft:25(d).6). It holds shares of the whole table only, no value and no small group, so that a report
can print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from safelearn.city.contracts import NEEDS, contract
from safelearn.language import between, listing, mark, number, percent, t, tn

if TYPE_CHECKING:
    import pandas as pd

    from safelearn.city.checks.needs import Met
    from safelearn.city.checks.problems import Problem
    from safelearn.city.settings import TableNote

#: The needs of measures that a table meets; other tables meet ``table:NAME``.
_MEETS = {
    "incidents": tuple(
        n
        for n in NEEDS
        if n.partition(":")[0] in ("time", "place", "victim", "offence", "identifier")
    ),
    "areas": ("boundaries",),
    "population": ("population", "population:sex_age"),
    "survey": ("survey",),
}
_PEOPLE = mark("Naming, finding or scoring a person.")
#: What a table is for, and what it must not be used for.
_USES = {
    "areas": (
        mark("Joining tables, and maps of areas."),
        mark("Ranking areas, or deciding who gets a loan, an insurance or a home."),
    ),
    "population": (
        mark("Rates by area, sex and age group."),
        mark("Counting small groups in single areas."),
    ),
    "incidents": (
        mark(
            "Prevention and services: what is recorded where and when, and who is harmed."
        ),
        mark(
            "Planning patrols or stops, evictions, lending or insurance; and measuring all crime: "
            "much is never reported."
        ),
    ),
    "survey": (
        mark(
            "Shares of residents with their intervals, in the groups it was drawn for."
        ),
        mark("Single areas with few answers, and joining answers with police rows."),
    ),
}
#: Kinds of exactness, the most exact first.
_EXACT = {
    "minute": mark("to the minute"),
    "hour": mark("to the hour"),
    "day": mark("to the day"),
    "month": mark("to the month"),
    "year": mark("to the year"),
    "exact": mark("by a point of its own"),
    "snapped": mark("by a point that the source has moved"),
    "area": mark("by its area"),
    "none": mark("without a place"),
}


@dataclass(frozen=True)
class Card:
    """The data card of a table.

    Attributes
    ----------
    table, title : str
    source, licence, note : str
        As the city's settings say; empty where they do not.
    period : str
        First and last month with a row, of incidents.
    files : int
        Files that it rests on; 0 if it was written by hand.
    profile : str
    rows_read, rows_used : int
    set_aside : dict of str to int
    events : int or None
        Of incidents.
    missing : dict of str to float
        Column -> share of rows in which it is empty, where it is in some.
    precision : dict of str to dict
        ``time`` and ``place`` of incidents: share of the rows by exactness.
    assumptions : tuple of str
    problems : tuple of Problem
        The gravest first.
    may : tuple of str
        What it is for, and what it holds of what measures need.
    may_not : tuple of str
        What it must not be used for, and what it does not hold.
    """

    table: str
    title: str
    source: str = ""
    licence: str = ""
    note: str = ""
    period: str = ""
    files: int = 0
    profile: str = ""
    rows_read: int = 0
    rows_used: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    events: int | None = None
    missing: Mapping[str, float] = field(default_factory=dict)
    precision: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What `city check --json` adds to the account of the table."""
        kept = ("source", "licence", "note", "period", "files", "missing", "precision")
        return {name: getattr(self, name) for name in kept} | {
            "assumptions": list(self.assumptions),
            "may": list(self.may),
            "may_not": list(self.may_not),
        }

    def lines(self) -> list[tuple[str, list[str]]]:
        """Heads and what stands under each, ready to be shown; heads with nothing to say are left out."""
        told = [
            (t("Source"), [self.source or t("not stated: fill in the sheet sources")]),
            (t("Licence"), [self.licence or t("not stated")]),
            (t("Note"), [self.note]),
            (t("Period"), [self._period()]),
            (t("Rows"), [self._rows(), self._events()]),
            (t("Exactness"), [*self._exactness()]),
            (t("Not known"), self._missing()),
            (t("Assumed"), list(self.assumptions)),
            (t("Problems"), [p.sentence for p in self.problems]),
            (t("Good for"), list(self.may)),
            (t("Not for"), list(self.may_not)),
        ]
        kept = [(head, [x for x in said if x]) for head, said in told]
        return [(head, said) for head, said in kept if said]

    def _period(self) -> str:
        first, _, last = self.period.partition(" to ")
        return between(first, last) if last and first != last else first

    def _rows(self) -> str:
        files = tn("{n} file", "{n} files", self.files) if self.files else t("by hand")
        words = t(
            "{read} read ({files}), {used} used, {aside} set aside",
            read=number(self.rows_read),
            files=files,
            used=number(self.rows_used),
            aside=number(sum(self.set_aside.values())),
        )
        reasons = [f"{t(r)}: {number(n)}" for r, n in self.set_aside.items() if n]
        return f"{words} ({', '.join(reasons)})" if reasons else words

    def _events(self) -> str:
        if self.events is None or not self.precision:
            return ""
        # Of the rows that hold events: one that says that nothing happened has been used, and is not among them.
        times = self.precision["time"]
        return t(
            "{events} events; {located} of the rows have an area, {timed} an hour",
            events=number(self.events),
            located=percent(1 - self.missing.get("area_id", 0.0)),
            timed=percent(times.get("minute", 0.0) + times.get("hour", 0.0)),
        )

    def _exactness(self) -> list[str]:
        heads = {"time": t("time"), "place": t("place")}
        return [
            t(
                "{what}: {shares}",
                what=heads[kind],
                shares=listing(
                    [f"{percent(s)} {t(_EXACT[k])}" for k, s in found.items()]
                ),
            )
            for kind, found in self.precision.items()
            if found
        ]

    def _missing(self) -> list[str]:
        titles = {f["name"]: t(f["title"]) for f in contract(self.table)["fields"]}
        order = sorted(self.missing, key=lambda c: -self.missing[c])
        never = [titles.get(c, c) for c in order if self.missing[c] == 1]
        some = [c for c in order if self.missing[c] < 1]
        said = [f"{titles.get(c, c)} {percent(self.missing[c])}" for c in some]
        if never:
            said.insert(0, t("of no row: {columns}", columns=", ".join(never)))
        return ["; ".join(said)] if said else []


def card(
    table: str,
    frame: pd.DataFrame | None,
    account: Mapping[str, Any],
    *,
    note: TableNote | None = None,
    records: Iterable[Mapping[str, Any]] = (),
    problems: Iterable[Problem] = (),
    met: Mapping[str, Met] | None = None,
) -> Card:
    """Fill in the card of a table.

    Parameters
    ----------
    frame : DataFrame or None
        Its canonical rows; None if they cannot be read.
    account : mapping
        rows_read, rows_used, set_aside, profile and, of incidents, events, located, timed, period.
    note : TableNote, optional
        What the city's settings say of it.
    records : iterable of mapping
        Its imports.
    problems : iterable of Problem
        Those of this table.
    met : mapping, optional
        What the city's data meet (`needs.needs_met`).
    """
    own = list(records)
    may, may_not = _uses(table, met or {})
    return Card(
        table,
        t(contract(table)["title"]),
        note.source if note else "",
        note.licence if note else "",
        note.note if note else "",
        account.get("period", ""),
        len(own),
        account.get("profile", ""),
        account["rows_read"],
        account["rows_used"],
        account["set_aside"],
        account.get("events"),
        {} if frame is None else _empty(frame),
        {} if frame is None or table != "incidents" else _precision(frame),
        tuple(dict.fromkeys(a for r in own for a in r.get("assumptions", ()))),
        tuple(problems),
        may,
        may_not,
    )


def _empty(frame: pd.DataFrame) -> dict[str, float]:
    if not len(frame):
        return {}
    shares = {c: round(float(frame[c].isna().mean()), 4) for c in frame.columns}
    return {c: s for c, s in shares.items() if s}


def _precision(incidents: pd.DataFrame) -> dict[str, dict[str, float]]:
    found = {}
    for kind in ("time", "place"):
        shares = incidents[f"{kind}_precision"].value_counts(normalize=True)
        found[kind] = {k: round(float(shares[k]), 4) for k in _EXACT if shares.get(k)}
    return found


def _uses(
    table: str, met: Mapping[str, Met]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    good, bad = _USES.get(table, (contract(table)["description"], _PEOPLE))
    has = [t(NEEDS[n]) for n in _MEETS.get(table, ()) if n in met and met[n].met]
    lacks = [
        met[n].reason for n in _MEETS.get(table, ()) if n in met and not met[n].met
    ]
    return (t(good), *has), tuple(dict.fromkeys((t(bad), *lacks)))
