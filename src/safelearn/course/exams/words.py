"""Where a trainee stands in an exam, in words, and what whoever grades it must hear of late work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from safelearn.course.classroom.folder import course_folder
from safelearn.course.exams import sitting
from safelearn.course.exams.sitting import Standing, standings
from safelearn.course.modules import find_module
from safelearn.language import t, tn


def state_of(one: Standing) -> str:
    """Such as “in time” or “late by 12 minutes”."""
    if one.late is not None:
        return t("late by {time}", time=_span(one.late))
    return {
        sitting.NOT_YET: t("not open yet"),
        sitting.NOTHING: t("nothing handed in"),
        sitting.UNSEEN: t("no receipt yet"),
        sitting.IN_TIME: t("in time"),
        sitting.UNSURE: t("seen only after the end"),
    }[one.state]


def on_late_work(course: Path, assignment: str) -> list[str]:
    """Sentences on work of an exam that came late, or of which that is not known; none for other assignments."""
    course = course_folder(course)
    module = find_module(assignment)
    found = standings(course, module.name) if module.exam else []
    told = [
        f"{one.trainee}: {state_of(one)}"
        for one in found
        if one.state in (sitting.LATE, sitting.UNSURE)
    ]
    if any(one.state == sitting.UNSEEN for one in found):
        told.append(
            t(
                "Not all have a receipt yet: `safelearn course exam receipt` says who was in time."
            )
        )
    return told


def _span(by: timedelta) -> str:
    minutes = max(int(by.total_seconds() // 60), 1)
    if minutes < 120:
        return tn("{n} minute", "{n} minutes", minutes)
    if minutes < 48 * 60:
        return tn("{n} hour", "{n} hours", minutes // 60)
    return tn("{n} day", "{n} days", minutes // (24 * 60))
