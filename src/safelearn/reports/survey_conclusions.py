"""What the summary says from the residents' survey: how safe people feel, fear beside harm, and what is never reported.

A share of people who feel or tell does not depend on who goes to the police, so its mark rests on precision alone.
Without a survey the gap itself is the finding.
"""

from __future__ import annotations

from safelearn.diagnosis.fear_risk import FEARED_ONLY, HARMED_ONLY
from safelearn.diagnosis.perception import CITY
from safelearn.language import between, lower_first, number, percent, t
from safelearn.reports.certainty import Certainty, certainty
from safelearn.reports.evidence import Evidence
from safelearn.views.marks import Finding


def felt(evidence: Evidence) -> Finding:
    """How many feel safe after dark, and in how many places fear and recorded harm part; or that nobody knows."""
    row = _city(evidence, "perceptions", measure="safe_dark")
    if row is None or "safe_dark" not in evidence.sentences:
        return _feeling_not_known(evidence)
    value, lower, upper, n = row
    sentence = evidence.sentences["safe_dark"]
    beside = evidence.results.get("fear_and_risk")
    if beside and beside["placed"][FEARED_ONLY] + beside["placed"][HARMED_ONLY]:
        sentence = t(
            "{first}; {second}",
            first=sentence,
            second=lower_first(evidence.sentences["fear_and_risk"]),
        )
    mark = _mark(evidence, value, lower, upper, n)
    return Finding(
        sentence=sentence,
        value=percent(value, 0),
        unit=t("of adults feel safe walking alone after dark"),
        interval=between(percent(lower, 0), percent(upper, 0)),
        level=mark.level,
        reason=mark.reason,
        link="perception",
        stamp=evidence.stamp,
    )


def unreported(evidence: Evidence) -> Finding:
    """How much violence the police are told of; without answers, that this is not known."""
    row = _city(evidence, "told_police", harm="violence")
    if row is None:
        return _not_known(evidence)
    value, lower, upper, n = row
    mark = _mark(evidence, value, lower, upper, n)
    return Finding(
        sentence=evidence.sentences["told_police"],
        value=percent(value, 0),
        unit=t("of victims of violence told the police of the latest event"),
        interval=between(percent(lower, 0), percent(upper, 0)),
        level=mark.level,
        reason=mark.reason,
        link="reporting",
        stamp=evidence.stamp,
    )


def with_reporting(evidence: Evidence, reason: str) -> str:
    """The reason of a mark on a change in records, with how much is reported at all."""
    row = _city(evidence, "told_police", harm="violence")
    if row is None:
        return t("{reason}; how much is reported is not known", reason=reason)
    return t(
        "{reason}; {share} of victims of violence told the police",
        reason=reason,
        share=percent(row[0], 0),
    )


def _not_known(evidence: Evidence) -> Finding:
    asked = bool(evidence.has.get("survey"))
    reason = t("no survey yet; recorded offences cannot be read as harm done")
    if asked:
        reason = t("too few victims were asked whether they told anybody")
    return Finding(
        sentence=t("How much harm is never reported is not known"),
        value=t("Not known"),
        unit=t("share of offences that anybody told the police"),
        level=0,
        reason=reason,
        link="reporting" if asked else "missing",
    )


def _feeling_not_known(evidence: Evidence) -> Finding:
    asked = bool(evidence.has.get("survey"))
    reason = t("no survey yet; records do not say what people fear")
    if asked:
        reason = t("too few residents were asked how safe they feel")
    return Finding(
        sentence=t("How safe people feel is not known"),
        value=t("Not known"),
        unit=t("share of adults who feel safe walking alone after dark"),
        level=0,
        reason=reason,
        link="perception" if asked else "missing",
    )


def _city(evidence: Evidence, table: str, **which: str):
    """The city's estimate: value, limits and answers; None if it is not there or not shown."""
    if table not in evidence.tables:
        return None
    rows = evidence.tables[table].where(breakdown=CITY, **which).frame
    if len(rows) != 1 or rows[["value", "lower", "upper"]].isna().any(axis=None):
        return None
    return tuple(float(rows[c].iloc[0]) for c in ("value", "lower", "upper", "n"))


def _mark(
    evidence: Evidence, value: float, lower: float, upper: float, n: float
) -> Certainty:
    error = (upper - lower) / 3.92 / value if value > 0 else float("nan")
    return certainty(
        relative_error=error,
        reporting="independent",
        synthetic=evidence.settings.synthetic,
        what=t("{n} answers from a sample of residents", n=number(n)),
    )


def about_fear() -> tuple[str, str, str]:
    """What to ask after a finding on fear."""
    return (
        t("Fear that keeps people from places and hours"),
        t("Residents, with lighting, transport and street services"),
        t(
            "Walk with those who stay away, after dark too, and ask what would bring them back"
        ),
    )


def about_telling() -> tuple[str, str, str]:
    """What to ask after a finding on reporting."""
    return (
        t("Harm that is not reported"),
        t("Police, health and social services, with organisations of those harmed"),
        t("Ask those who told nobody what would have helped, and open other doors than the police"),
    )  # fmt: skip
