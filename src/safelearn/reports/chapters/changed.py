"""The chapter "What changed since the last report"."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from safelearn.language import day, listing, t
from safelearn.reports import since_findings
from safelearn.reports.cycle import cycle_of
from safelearn.reports.evidence import Evidence
from safelearn.reports.known_before import BEFORE, FOCUS
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.records import CHANGED
from safelearn.reports.measuring.since import (
    INDICATORS,
    OVERLAP,
    POLICE,
    RECORDS,
    SAME,
    UNKNOWN,
)
from safelearn.reports.page import heading, prose
from safelearn.reports.period import in_words
from safelearn.views import tables


def changed(evidence: Evidence) -> Markup:
    """The section "What changed since the last report" (draft:25(d).7); empty where there is nothing to say."""
    period = evidence.period
    cycle = cycle_of(period.months[-1] if period else "", evidence.settings.cycle)
    notice = cycle.sentence(date.today()) if cycle else ""
    if evidence.previous is None:
        first = t("There is no earlier report to compare with: this is the first.")
        return heading("changed") + prose(notice, first) if cycle else Markup()
    return Markup().join(
        [
            heading("changed", _lead(evidence)),
            prose(notice) if notice else Markup(),
            _before_reading(evidence),
            _repeated(evidence),
            _lists(evidence),
            _table(evidence),
        ]
    )


def _lead(evidence: Evidence) -> str:
    before = evidence.previous
    then = _months(before.focus)
    if before.published is None:
        return t(
            "Compared with an earlier draft of this report, on {period}.", period=then
        )
    return t(
        "Compared with the report on {period}, published on {date}.",
        period=then,
        date=day(before.published),
    )


def _before_reading(evidence: Evidence) -> Markup:
    if RECORDS not in evidence.tables:
        return Markup()
    indicators = evidence.tables.get(INDICATORS)
    lines = since_findings.reporting(indicators.frame if indicators else None)
    row = evidence.tables[RECORDS].where(offence=ALL).frame
    if evidence.previous.focus == _focus(evidence) and len(row):
        least = evidence.settings.disclosure.threshold
        lines.append(
            since_findings.corrected(
                row["before"].iloc[0],
                row["n"].iloc[0],
                least,
                evidence.period.name(),
            )
        )
    return prose(" ".join(filter(None, lines)))


def _repeated(evidence: Evidence) -> Markup:
    """Years that are shown as they were published, because corrections since then are few."""
    years = evidence.results.get("repeated", [])
    if not years:
        return Markup()
    names = {
        FOCUS: evidence.period.name(),
        BEFORE: evidence.period.name("before") if evidence.period.before else "",
    }
    return prose(
        t(
            "The counts of {years} stand as the earlier report has them. So few events have been corrected since "
            "that the two reports beside each other would point at single ones.",
            years=listing([names.get(year, year) for year in years]),
        )
    )


def _lists(evidence: Evidence) -> Markup:
    parts = []
    if RECORDS in evidence.tables:
        frame = evidence.tables[RECORDS].frame
        then = _months(evidence.previous.focus)
        parts.append(since_findings.records(frame, then, evidence.period.name()))
    if INDICATORS in evidence.tables:
        parts.append(since_findings.indicators(evidence.tables[INDICATORS].frame))
    heads = {
        "changed": (t("What changed"), t("Nothing that can be told from chance.")),
        "same": (t("What did not change"), t("Nothing is known to have stayed.")),
        "unsaid": (t("What cannot be said"), ""),
    }
    shown = Markup()
    for name, (head, nothing) in heads.items():
        lines = [line for part in parts for line in getattr(part, name)]
        lines = lines or ([nothing] if nothing else [])
        if lines:
            items = Markup().join(Markup("<li>{}</li>").format(line) for line in lines)
            shown += Markup('<div class="prose"><h3>{}</h3><ul>{}</ul></div>').format(
                head, items
            )
    return shown


def _table(evidence: Evidence) -> Markup:
    if RECORDS not in evidence.tables:
        return Markup()
    verdicts = {
        "up": t("more"),
        "down": t("fewer"),
        "no clear change": t("no clear change"),
        POLICE: t("cannot say: it follows police work"),
        CHANGED: t("cannot say: recording changed in between"),
        UNKNOWN: t("cannot say"),
        OVERLAP: t("cannot say: the months overlap"),
        SAME: t("the same months"),
    }
    columns = [
        tables.Column(t("Offence"), "offence_name"),
        tables.Column(t("In the report before"), "before", "count"),
        tables.Column(t("Now"), "n", "count"),
        tables.Column(t("Ratio"), "ratio", "ratio"),
        tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
        tables.Column(t("Change in records"), "verdict", words=verdicts),
    ]
    return tables.table(
        evidence.tables[RECORDS],
        columns,
        caption=t("Recorded offences, now and in the report before"),
        label=evidence.next_table(),
        note=t(
            "The first number is that of the report before. The ratio compares the two periods in today's records."
        ),
    )


def _focus(evidence: Evidence) -> tuple[str, str]:
    return evidence.period.focus[0], evidence.period.focus[-1]


def _months(ends: tuple[str, str] | None) -> str:
    """A period in words, from its first and last month."""
    if ends is None:
        return t("an earlier time")
    import pandas as pd

    if len(ends[0]) == 4:
        return in_words([str(y) for y in range(int(ends[0]), int(ends[1]) + 1)])
    return in_words([str(m) for m in pd.period_range(*ends, freq="M")])
