"""The sentences of "What changed": each follows by rule from a verdict, and none calls fewer records more safety.

Rows of the two released tables of changes go in; sentences in three lists come out: what changed, what did not, and
what cannot be said. What people report, and what was complained about, stands before the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from safelearn.indicators import change
from safelearn.language import listing, lower_first, number, sentence, t, tn
from safelearn.reports import findings
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.records import CHANGED
from safelearn.reports.measuring.since import OVERLAP, POLICE, SAME, UNKNOWN

#: Verdicts that say that something changed.
_MOVED = (change.BETTER, change.WORSE, change.LOWER, change.HIGHER)


@dataclass
class Said:
    """Sentences in three lists."""

    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


def records(frame: pd.DataFrame, then: str, now: str) -> Said:
    """What the records say, of all offences first and then of each kind.

    Parameters
    ----------
    frame : DataFrame
        `offence`, `offence_name`, `ratio` and `verdict`.
    then, now : str
        The two periods in words.
    """
    said = Said()
    for row in frame.itertuples():
        if row.verdict in ("up", "down"):
            what = (
                t("offences") if row.offence == ALL else lower_first(row.offence_name)
            )
            words = findings.change(
                row.verdict, row.ratio, what, then, now, by_police=False
            )
            said.changed.append(t("{words}.", words=words))
    flat = _names(frame, "no clear change")
    if flat:
        said.same.append(
            t(
                "No clear change in the records of {names} from {then} to {now}.",
                names=flat,
                then=then,
                now=now,
            )
        )
    for verdict, make in _why_records().items():
        names = _names(frame, verdict)
        if names:
            said.unsaid.append(make(names))
    return said


def indicators(frame: pd.DataFrame) -> Said:
    """What the indicators say: everybody first, then groups, as the table has them."""
    said = Said()
    for row in frame[frame["verdict"].isin(_MOVED)].to_dict("records"):
        said.changed.append(_moved(row))
    flat = _indicator_names(frame, change.NO_CLEAR)
    if flat:
        said.same.append(
            t("No clear change in these indicators: {names}.", names=listing(flat))
        )
    for verdict, make in _why_indicators().items():
        names = _indicator_names(frame, verdict)
        if names:
            said.unsaid.append(make(names))
    return said


def reporting(frame: pd.DataFrame | None) -> list[str]:
    """What must be read before any change in records: whether people report as before, and what they complain of."""
    seen = frame[frame["reporting"] != ""] if frame is not None else None
    moved = seen.iloc[0] if seen is not None and len(seen) else None
    told = "not measured" if moved is None else moved["reporting"]
    complained = "not measured" if moved is None else moved["complaints"]
    first = {
        "up": t(
            "Victims report more often than they did then: more records need not mean more harm."
        ),
        "down": t(
            "Victims report less often than they did then: fewer records need not mean less harm."
        ),
        change.NO_CLEAR: t("There is no clear change in how many victims report."),
    }
    second = {
        "up": t("More complaints about the police were upheld."),
        "down": t("Fewer complaints about the police were upheld."),
        change.NO_CLEAR: t(
            "There is no clear change in how many complaints about the police were upheld."
        ),
    }
    unmeasured = t(
        "Whether victims report as often as before was not measured at both times: a change in records is no "
        "change in safety."
    )
    return [
        first.get(told, unmeasured),
        second.get(
            complained,
            t("Complaints about the police were not counted at both times."),
        ),
    ]


def corrected(before: object, now: object, least: int, period: str) -> str:
    """How many more or fewer events of one period are on record by now; empty if few or hidden."""
    if pd.isna(before) or pd.isna(now) or abs(int(now) - int(before)) < least:
        return ""
    difference = int(now) - int(before)
    values = {"period": period, "n": number(abs(difference))}
    if difference > 0:
        return t(
            "Since then {n} more offences of {period} have been recorded.", **values
        )
    return t("Since then {n} offences of {period} have left the records.", **values)


def _names(frame: pd.DataFrame, verdict: str) -> str:
    rows = frame[frame["verdict"] == verdict]
    names = [
        t("all offences") if row.offence == ALL else lower_first(row.offence_name)
        for row in rows.itertuples()
    ]
    return listing(names) if names else ""


def _indicator_names(frame: pd.DataFrame, verdict: str) -> list[str]:
    """Each indicator once; with its groups where it is only about some of them."""
    rows = frame[frame["verdict"] == verdict]
    found = []
    for name, part in rows.groupby("indicator_name", sort=False):
        everyone = (part["group"] == "everyone").any()
        groups = listing([str(g) for g in part["group"]])
        found.append(
            str(name) if everyone else t("{name} ({group})", name=name, group=groups)
        )
    return found


def _moved(row: dict) -> str:
    group = row["group"]
    name = row["indicator_name"]
    if group != "everyone":
        name = t("{name} ({group})", name=name, group=group)
    values = {
        "name": sentence(str(name)),
        "before": number(row["before"], 1),
        "now": number(row["now"], 1),
    }
    return {
        change.BETTER: t("{name}: {before} then, {now} now. That is better.", **values),
        change.WORSE: t("{name}: {before} then, {now} now. That is worse.", **values),
        change.LOWER: t(
            "{name}: {before} then, {now} now. Fewer in the records, which depend on reporting.",
            **values,
        ),
        change.HIGHER: t(
            "{name}: {before} then, {now} now. More in the records, which depend on reporting.",
            **values,
        ),
    }[row["verdict"]]


def _why_records() -> dict[str, Callable[[Sequence[str]], str]]:
    """Verdict -> the sentence that names what it holds of."""
    return {
        POLICE: lambda names: t(
            "Of {names}, records show how much the police looked, not how much there was.",
            names=names,
        ),
        CHANGED: lambda names: t(
            "{names}: recorded in another way in between.", names=sentence(names)
        ),
        UNKNOWN: lambda names: t(
            "{names}: some months are hidden to protect people, or there are too few to compare.",
            names=sentence(names),
        ),
        OVERLAP: lambda names: t(
            "{names}: the two reports speak of months that overlap.",
            names=sentence(names),
        ),
        SAME: lambda names: t(
            "{names}: both reports speak of the same months.", names=sentence(names)
        ),
    }


def _some(names: Sequence[str]) -> str:
    """A few names; a long list would say nothing."""
    most = 6
    if len(names) <= most:
        return listing(list(names))
    rest = tn("one more", "{n} more", len(names) - most)
    return listing([*names[:most], rest])


def _why_indicators() -> dict[str, Callable[[Sequence[str]], str]]:
    """Verdict -> the sentence that names what it holds of."""
    return {
        change.CANNOT_TELL: lambda names: t(
            "These indicators have no interval, or need a survey at both times: {names}.",
            names=_some(names),
        ),
        change.NOT_COMPARABLE: lambda names: t(
            "These are defined or measured in another way by now, so they are not compared: {names}.",
            names=_some(names),
        ),
        change.NO_VERDICT: lambda names: t(
            "Of these, neither more nor less is better: {names}.", names=_some(names)
        ),
        change.SAME_PERIOD: lambda names: t(
            "These are of the same time in both reports: {names}.", names=_some(names)
        ),
        change.NEW: lambda names: t(
            "These were not measured then: {names}.", names=_some(names)
        ),
        change.GONE: lambda names: t(
            "These are no longer measured: {names}.", names=_some(names)
        ),
    }
