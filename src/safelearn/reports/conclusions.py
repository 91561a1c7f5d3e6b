"""The five findings of the summary and the questions that follow from them, by rule.

A finding is a sentence that a figure already carries, with its number, its interval and a certainty mark that is
computed from precision, coverage and measurement. What could not be measured takes its place among them: a gap is a
result. The questions name who decides and a first step; what comes first is not for a computer to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from safelearn.language import between, listing, number, percent, span, t
from safelearn.reports.certainty import Certainty, certainty
from safelearn.reports.evidence import Evidence
from safelearn.reports.findings import clock
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.survey_conclusions import (
    about_fear,
    about_telling,
    felt,
    unreported,
    with_reporting,
)
from safelearn.strategy import need as scoring
from safelearn.views.marks import Finding

MOST = 5


@dataclass(frozen=True)
class Priority:
    """One question for the people of the city, and the finding it comes from."""

    what: str
    evidence: str
    level: int
    who: str
    step: str


def findings(evidence: Evidence) -> list[Finding]:
    """Up to five: what records say, how people feel, what police never hear, then where, for whom and when."""
    found = [felt(evidence), unreported(evidence)]
    if evidence.period is not None:
        found = [_change(evidence), *found]
        found += [
            make(evidence) for make in (_areas, _need, _victims, _concentration, _hours)
        ]
    return [row for row in found if row is not None][:MOST]


def priorities(evidence: Evidence) -> list[Priority]:
    """One question for each finding, in the same order; findings that raise the same question share it."""
    found = findings(evidence)
    rows: dict[str, Priority] = {}
    cited: dict[str, list[str]] = {}
    for i, finding in enumerate(found, start=1):
        hours = finding.sentence == evidence.sentences.get("hours")
        rated = finding.link != "where" or f"apart:{ALL}" in evidence.results
        about = _QUESTIONS[finding.link] if rated else _about_counts
        what, who, step = (_about_hours if hours else about)()
        cited.setdefault(what, []).append(number(i))
        before = rows.get(what)
        level = min(finding.level, before.level) if before else finding.level
        numbers = listing(cited[what])
        evidence_words = (
            t("Finding {n}", n=numbers)
            if before is None
            else t("Findings {n}", n=numbers)
        )
        rows[what] = Priority(what, evidence_words, level, who, step)
    return list(rows.values())


def _mark(evidence: Evidence, error: float, coverage: float, what: str) -> Certainty:
    """Records depend on who reports, except of deaths, which are seldom left out."""
    kinds = set(evidence.tables["counts_by_offence"].frame["offence"]) - {ALL}
    deaths = bool(kinds) and all(code.startswith("0101") for code in kinds)
    return certainty(
        relative_error=error,
        coverage=coverage,
        reporting="independent" if deaths else "depends",
        synthetic=evidence.settings.synthetic,
        what=what,
    )


def _change(evidence: Evidence) -> Finding | None:
    change = evidence.results.get(f"change:{ALL}")
    if change is None or "change" not in evidence.sentences:
        return None
    n = number(change.after)
    # Relative standard error of a ratio of two counts that vary `dispersion` times more than chance.
    error = sqrt(
        change.dispersion * (1 / max(change.before, 1) + 1 / max(change.after, 1))
    )
    mark = _mark(evidence, error, 1.0, t("{n} records, all dated", n=n))
    return Finding(
        sentence=evidence.sentences["change"],
        value=percent(change.ratio - 1, sign=True),
        unit=t(
            "recorded offences, {after} compared with {before}",
            after=evidence.period.name(),
            before=evidence.period.name("before"),
        ),
        interval=between(
            percent(change.lower - 1, sign=True), percent(change.upper - 1, sign=True)
        ),
        level=mark.level,
        reason=with_reporting(evidence, mark.reason),
        link="offences",
        stamp=evidence.stamp,
    )


def _areas(evidence: Evidence) -> Finding | None:
    apart = evidence.results.get(f"apart:{ALL}")
    if apart is None:
        return None
    above, below, same = apart
    rates = evidence.tables["smoothed_rates_by_area"].where(offence=ALL).frame
    n = rates["n"].dropna().astype(float)
    error = 1 / sqrt(max(float(n.median()), 1.0)) if len(n) else float("nan")
    coverage = evidence.located / max(evidence.records, 1)
    mark = _mark(evidence, error, coverage, t("nearly every record has a place"))
    total = above + below + same
    # What is shown large is what most areas have in common: that they differ, or that nobody can say.
    told = above + below > same
    return Finding(
        sentence=evidence.sentences[f"areas:{ALL}"],
        value=t(
            "{n} of {total}", n=number(above if told else same), total=number(total)
        ),
        unit=t("areas with clearly more records per resident than the city")
        if told
        else t("areas whose rate cannot be told apart from the city's"),
        interval=t("Each interval is drawn in the section “Where”"),
        interval_is_remark=True,
        level=mark.level,
        reason=mark.reason,
        link="where",
        stamp=evidence.stamp,
    )


def _need(evidence: Evidence) -> Finding | None:
    """In how many areas services are needed first, by all sources together."""
    found = evidence.results.get("need")
    if found is None or "need" not in evidence.sentences:
        return None
    counts = found["counts"]
    total = sum(counts.values())
    placed = total - counts.get(scoring.HIDDEN, 0)
    if not placed:
        return None
    unclear = counts.get(scoring.UNCLEAR, 0) / placed
    mark = _mark(evidence, unclear, placed / total, "")
    return Finding(
        sentence=evidence.sentences["need"],
        value=t(
            "{n} of {total}",
            n=number(counts.get(scoring.FIRST, 0)),
            total=number(placed),
        ),
        unit=t("areas need services first, by all sources together"),
        interval=t("Named only where nine in ten repetitions agree"),
        interval_is_remark=True,
        level=mark.level,
        reason=mark.reason,
        link="priorities",
        stamp=evidence.stamp,
    )


def _concentration(evidence: Evidence) -> Finding | None:
    found = evidence.results.get("concentration")
    # Of one or two areas, half says nothing; beside rates, few areas say little more.
    fewest = 10 if f"apart:{ALL}" in evidence.results else 3
    if found is None or found.areas < fewest:
        return None
    coverage = evidence.located / max(evidence.records, 1)
    mark = _mark(evidence, 0.1, coverage, t("nearly every record has a place"))
    return Finding(
        sentence=evidence.sentences["concentration"],
        value=t("{n} of {total}", n=number(found.half), total=number(found.areas)),
        unit=t(
            "areas hold half of the recorded offences of {period}",
            period=evidence.period.name(),
        ),
        interval=t(
            "Spread evenly, they would take {n} areas", n=number(-(-found.areas // 2))
        ),
        interval_is_remark=True,
        level=mark.level,
        reason=mark.reason,
        link="where",
        stamp=evidence.stamp,
    )


def _victims(evidence: Evidence) -> Finding | None:
    women = evidence.results.get("share_women")
    if women is None:
        return None
    known, everyone = (
        evidence.results["victims_known"],
        evidence.results["victims"] or 0,
    )
    # The figure is of the sex that the sentence names.
    named = women.upper >= 0.5
    value, lower, upper = (
        (women.share, women.lower, women.upper)
        if named
        else (1 - women.share, 1 - women.upper, 1 - women.lower)
    )
    words = (
        t(
            "of recorded victims are women or girls, {period}",
            period=evidence.period.name("span"),
        )
        if named
        else t(
            "of recorded victims are men or boys, {period}",
            period=evidence.period.name("span"),
        )
    )
    mark = _mark(
        evidence,
        sqrt(value * (1 - value) / known) / max(value, 1e-9),
        known / max(everyone, known),
        t("the sex of nearly every victim is known"),
    )
    return Finding(
        sentence=evidence.sentences["victims"],
        value=percent(value, 0),
        unit=words,
        interval=between(percent(lower, 0), percent(upper, 0)),
        level=mark.level,
        reason=mark.reason,
        link="who",
        stamp=evidence.stamp,
    )


def _hours(evidence: Evidence) -> Finding | None:
    peak = evidence.results.get("peak")
    if peak is None:
        return None
    first, last, share = peak
    n = max(evidence.timed, 1)
    coverage = evidence.timed / max(evidence.records, 1)
    mark = _mark(
        evidence,
        sqrt(share * (1 - share) / n) / share,
        coverage,
        t("nearly every hour is known"),
    )
    return Finding(
        sentence=evidence.sentences["hours"],
        value=span(clock(first), clock(last)),
        unit=t("the six hours that hold most offences"),
        interval=t("{share} of offences with a known hour", share=percent(share)),
        interval_is_remark=True,
        level=mark.level,
        reason=mark.reason,
        link="offences",
        stamp=evidence.stamp,
    )


def _about_change() -> tuple[str, str, str]:
    return (
        t("What stands behind the change in records"),
        t("Police and statistics office"),
        t(
            "Ask whether recording, reporting or police work changed before asking what else did"
        ),
    )


def _about_hours() -> tuple[str, str, str]:
    return (
        t("The hours in which offences gather"),
        t("Transport, lighting and street services"),
        t(
            "Compare opening hours, last buses and lamps with these hours, with those who are out then"
        ),
    )


def _about_areas() -> tuple[str, str, str]:
    return (
        t("Areas that lie clearly above the city's rate"),
        t("Residents and departments of these areas"),
        t("Walk the places together, beginning with what works there"),
    )


def _about_counts() -> tuple[str, str, str]:
    """Without residents, many records may only mean many people."""
    return (
        t("Areas in which half of the offences are recorded"),
        t("Residents and departments of these areas"),
        t("Ask how many people live and pass there, then walk the places together"),
    )


def _about_need() -> tuple[str, str, str]:
    return (
        t("Where services are needed first"),
        t("Council and departments, with residents of these areas"),
        t("Lay what these areas ask for beside next year's plans and money"),
    )


def _about_victims() -> tuple[str, str, str]:
    return (
        t("The groups that are recorded as harmed most"),
        t("Health, youth and women's offices, with the groups themselves"),
        t("Hear them first; then compare help on offer with hours and places of harm"),
    )


def _about_reporting() -> tuple[str, str, str]:
    return (
        t("Harm that is not reported"),
        t("Statistics office, with organisations of those harmed"),
        t("Plan a survey that asks about harm, fear and whether anybody was told"),
    )


_QUESTIONS = {
    "offences": _about_change,
    "where": _about_areas,
    "who": _about_victims,
    "priorities": _about_need,
    "missing": _about_reporting,
    "perception": about_fear,
    "reporting": about_telling,
}
