"""Is a row an event? In: canonical incidents. Out: problems about identifiers that come back, and about weights.

Where one identifier has several rows, they may be its victims, its offences, copies, or other events: a number that
starts anew each year or in each station. The first are counted once as events; the last must not be. A row may also
stand for many events. Which of these it is, the rows themselves tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.city.checks.problems import Problem
from safelearn.city.checks.shares import Slices
from safelearn.city.identities import come_again
from safelearn.language import number, percent, t, tn

_TABLE = "incidents"
_VICTIM = ("victim_sex", "victim_age", "relation")
_WHERE = ("area_id", "longitude", "latitude")
_WHAT = ("offence", "offence_label", "mechanism")
#: Rows of one event lie within so many days; further apart, an identifier stands for several events.
_DAYS = 31
#: Share of the repeated identifiers from which they are no accident.
_MANY = 0.05


@dataclass(frozen=True)
class Repeats:
    """Identifiers with several rows, by what their rows differ in; each counts under the first that holds.

    Attributes
    ----------
    rows, events : int
        Rows with such an identifier, and how many identifiers.
    apart : int
        Identifiers whose rows lie more than a month apart: other events.
    victims, offences : int
        Rows differ in the victim; in the offence only.
    alike : int
        Rows do not differ: copies, or victims of the same sex and age.
    otherwise : int
        Rows differ in time or place only.
    repeated : ndarray of bool
        The rows.
    """

    rows: int
    events: int
    apart: int
    victims: int
    offences: int
    alike: int
    otherwise: int
    repeated: np.ndarray


def repeats(incidents: pd.DataFrame) -> Repeats:
    """Look at the identifiers that have several rows."""
    repeated = come_again(incidents["incident_id"])
    if not repeated.any():
        return Repeats(0, 0, 0, 0, 0, 0, 0, repeated)
    some = incidents.loc[repeated]
    group, kinds = pd.factorize(some["incident_id"])
    events = len(kinds)
    there = [c for c in (*_VICTIM, *_WHERE, *_WHAT) if c in some]
    differ = {c: _differ(some[c], group, events) for c in there}
    moments = some["occurred_from"].to_numpy().astype("datetime64[s]").astype(np.int64)
    span = _span(moments, group, events)
    apart = span > _DAYS * 86400
    victims = _any(differ, _VICTIM, events) & ~apart
    offences = _any(differ, _WHAT, events) & ~apart & ~victims
    otherwise = (_any(differ, _WHERE, events) | (span > 0)) & ~(
        apart | victims | offences
    )
    alike = ~(apart | victims | offences | otherwise)
    counts = [int(x.sum()) for x in (apart, victims, offences, alike, otherwise)]
    return Repeats(int(repeated.sum()), events, *counts, repeated)


def repeat_problems(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Identifiers that come back, and rows that stand for many events."""
    return [*_identifiers(incidents, sliced), *_weights(incidents, sliced)]


def _identifiers(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    found = repeats(incidents)
    if not found.rows:
        return []
    split = sliced.split(found.repeated)
    if found.apart > _MANY * found.events:
        return [
            Problem(
                "identifiers used again",
                "warning",
                _TABLE,
                found.rows,
                t(
                    "{n} identifiers have several rows, and {apart} of them rows more than a month apart: "
                    "the same number stands for several events, which are counted as one.",
                    n=number(found.events),
                    apart=number(found.apart),
                ),
                t(
                    "Ask what makes a number unique (with the year, with the station), and say so in a profile."
                ),
                **split,
            )
        ]
    rows = len(incidents)
    problems = [
        Problem(
            "several rows an event",
            "note",
            _TABLE,
            found.rows,
            t(
                "{rows} rows have an identifier that comes back: {events} events. {kinds} "
                "Events are counted once ({share} fewer than rows).",
                rows=number(found.rows),
                events=number(found.events),
                kinds=_kinds(found),
                share=percent((found.rows - found.events) / rows),
            ),
            t(
                "Say events or victims, and which: the two differ. Ask the source if neither fits."
            ),
            **split,
        )
    ]
    if found.alike > _MANY * found.events:
        problems.append(
            Problem(
                "copies",
                "note",
                _TABLE,
                found.alike,
                tn(
                    "{n} identifier has rows that are all alike: victims of the same sex and age, or copies.",
                    "{n} identifiers have rows that are all alike: victims of the same sex and age, or copies.",
                    found.alike,
                ),
                t("Events are safe; ask the source before you count victims."),
            )
        )
    return problems


def _kinds(found: Repeats) -> str:
    """What their rows are, the commonest kind first."""
    words = {
        t("In {share} of them the rows differ in the victim."): found.victims,
        t("In {share} of them the rows differ in the offence."): found.offences,
        t("In {share} of them the rows differ in time or place."): found.otherwise,
        t("In {share} of them the rows are alike."): found.alike,
    }
    order = sorted(words, key=lambda w: -words[w])
    return " ".join(
        w.format(share=percent(words[w] / found.events)) for w in order[:2] if words[w]
    )


def _weights(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    count = incidents["count"].to_numpy()
    heavy = count > 1
    if not heavy.any():
        return []
    events = int(count.sum(dtype=np.int64))
    return [
        Problem(
            "rows are weights",
            "note",
            _TABLE,
            int(heavy.sum()),
            t(
                "{n} of {rows} rows stand for several events: together {events} events.",
                n=number(int(heavy.sum())),
                rows=number(len(count)),
                events=number(events),
            ),
            t(
                "Nothing for counts and rates. Repeats at one place need a row for each event: ask for them."
            ),
            **sliced.split(heavy),
        )
    ]


def _differ(column: pd.Series, group: np.ndarray, events: int) -> np.ndarray:
    """Whether the rows of each group differ in a column; not known differs from known."""
    return _span(pd.factorize(column)[0], group, events) > 0


def _span(values: np.ndarray, group: np.ndarray, events: int) -> np.ndarray:
    low = np.full(events, np.iinfo(np.int64).max)
    high = np.full(events, np.iinfo(np.int64).min)
    np.minimum.at(low, group, values)
    np.maximum.at(high, group, values)
    return high - low


def _any(
    differ: dict[str, np.ndarray], columns: tuple[str, ...], events: int
) -> np.ndarray:
    found = np.zeros(events, dtype=bool)
    for column in columns:
        if column in differ:
            found |= differ[column]
    return found
