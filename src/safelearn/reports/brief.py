"""Two pages for the mayor and the council: what is known, how surely, what is not, and what can be done with it.

The sentences are those of the summary and follow the same rules; nothing stands here that the report does not carry.
What is proposed are services and better records, with who decides: a brief does not say what comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safelearn.language import listing, t

if TYPE_CHECKING:
    from safelearn.reports.evidence import Evidence
    from safelearn.views.marks import Finding

#: Rows of each part: what fits on two pages.
MOST_KNOWN, MOST_UNKNOWN, ACTIONS = 4, 5, 3


def brief(evidence: Evidence) -> dict[str, Any]:
    """The words of the brief, ready to be laid out.

    Parameters
    ----------
    evidence : Evidence
        What may be said about the city.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``words`` (headings), ``known`` (a finding each: sentence, value, unit, interval,
        how sure and why), ``meanings`` of the marks that occur, ``unknown`` (sentences), ``actions`` (what, who,
        first step) and ``notes``.
    """
    from safelearn.reports.conclusions import findings
    from safelearn.views import marks

    found = findings(evidence)
    known = [row for row in found if row.level > marks.CANNOT_SAY][:MOST_KNOWN]
    settings, period = evidence.settings, evidence.period
    title = (
        t("{city}: safety in brief, {period}", city=settings.name, period=period.name())
        if period
        else t("{city}: safety in brief", city=settings.name)
    )
    return {
        "title": title,
        "subtitle": t(
            "Two pages for the mayor and the council, from the city's safety diagnosis."
        ),
        "words": {
            "known": t("What is known, and how surely"),
            "number": t("Number"),
            "finding": t("Finding, and how sure it is"),
            "interval": t("95% interval"),
            "unknown": t("What is not known"),
            "actions": t("What can be done now"),
            "who": t("Who decides"),
            "step": t("First step"),
            "notes": t("How to use this brief"),
        },
        "known": [
            {
                "sentence": row.sentence,
                "value": row.value,
                "unit": row.unit,
                "interval": "" if row.interval_is_remark else row.interval,
                "sure": marks.level_words(row.level),
                "why": row.reason,
            }
            for row in known
        ],
        "meanings": meanings(known),
        "unknown": unknown(evidence, found),
        "actions": _actions(evidence),
        "notes": _notes(evidence),
    }


def _strong() -> str:
    return t("a decision can rest on it.")


def _fair() -> str:
    return t("the direction holds, the size is not sure.")


def _thin() -> str:
    return t("a reason to ask further, not to decide.")


_MEANING = {3: _strong, 2: _fair, 1: _thin}


def meanings(rows: list[Finding]) -> list[str]:
    """What the marks of these findings mean for somebody who decides, the strongest first."""
    from safelearn.views import marks

    levels = sorted({row.level for row in rows} & set(_MEANING), reverse=True)
    return [f"{marks.level_words(level)}: {_MEANING[level]()}" for level in levels]


def unknown(
    evidence: Evidence, found: list[Finding], most: int = MOST_UNKNOWN
) -> list[str]:
    """What nobody can say: findings without an answer, what the data cannot carry, what was not collected.

    Parameters
    ----------
    evidence : Evidence
    found : list of Finding
        Those without an answer are named.
    most : int
        At most so many sentences.
    """
    said = _of_records(evidence)
    said += [
        t("{finding}: {reason}.", finding=row.sentence, reason=row.reason)
        for row in found
        if row.level == 0
    ]
    said += [_part(part) for part in evidence.parts if not part.can]
    said += [refused.what for refused in evidence.refused_here.values()]
    absent = [t(gap.what) for gap in _absent(evidence)]
    if absent:
        said.append(t("Nobody has collected: {names}.", names=listing(absent)))
    # What was not collected is the last, and it is never left out.
    return [*said[: most - 1], said[-1]] if len(said) > most else said


def _of_records(evidence: Evidence) -> list[str]:
    """What records and a survey leave out even where both are there."""
    said = []
    if evidence.period is not None and "told_police" in evidence.tables:
        if "reporting_change" not in evidence.tables:
            said.append(
                t(
                    "Whether more or fewer offences are reported to the police than before is not known, so a change "
                    "in records is not yet a change in harm."
                )
            )
    elif evidence.period is not None:
        said.append(
            t(
                "Records show what was reported to the police and written down. How much harm there is beside that, "
                "they do not show."
            )
        )
    if evidence.has.get("survey"):
        said.append(
            t(
                "How safe children, people without a home and people in institutions are: no survey of homes asks them."
            )
        )
    return said


def _part(part: Any) -> str:
    return t("{question}: {reason}", question=part.title, reason=part.reason)


def _absent(evidence: Evidence) -> list[Any]:
    from safelearn.reports.chapters import gaps

    listed = [g for g in (*gaps.GAPS, *gaps.LATER) if not evidence.has.get(g.table)]
    # One table can close several gaps; it is named by the first.
    return list({gap.table: gap for gap in reversed(listed)}.values())[::-1]


def _actions(evidence: Evidence) -> list[dict[str, str]]:
    """Three first steps: from the summary's questions, and what to collect, if something is not there."""
    from safelearn.reports.conclusions import priorities

    rows = priorities(evidence)
    steps = [
        {"what": row.what, "who": row.who, "step": row.step}
        for row in sorted(rows, key=lambda row: row.level == 0)
    ]
    if all(row.level for row in rows) and (absent := _absent(evidence)):
        collect = {
            "what": t(absent[0].what),
            "who": t("Statistics office, with the offices that hold the data"),
            "step": t(absent[0].how),
        }
        steps = [*steps[: ACTIONS - 1], collect]
    elif not all(row.level for row in rows):
        steps = [*steps[: ACTIONS - 1], steps[-1]]
    return steps[:ACTIONS]


def _notes(evidence: Evidence) -> list[str]:
    lines = [
        t(
            "This brief is for prevention and services. It is not for planning patrols or stops, for evictions, "
            "lending or insurance, and it ranks no neighbourhood."
        ),
        t(
            "Everything here stands in the report diagnosis.html with its figures, sources and limits."
        ),
    ]
    redress = evidence.settings.redress
    if redress:
        lines.append(t("Questions and complaints: {contact}", contact=redress))
    return lines
