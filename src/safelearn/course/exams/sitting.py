"""Make an exam, give more time, and see who sat it when: the instructor's side of the window.

A private folder, a private seed and two times go in; the course then has an assignment that is graded like any other.
What arrives after its end is late, is said to be late, and is graded all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from safelearn.course.authoring.build import NOTEBOOK, write
from safelearn.course.classroom.folder import (
    assignments_of,
    course_folder,
    handed_in_at,
)
from safelearn.course.classroom.new import put_assignment
from safelearn.course.classroom.roster import (
    EVERYBODY,
    Roster,
    change_roster,
    read_roster,
    set_deadline,
    set_zone,
)
from safelearn.course.exams.receipts import public_key, received
from safelearn.course.exams.register import (
    Exam,
    exam_of,
    read_exams,
    window,
    write_exam,
)
from safelearn.course.exams.seed import make_seed, read_seed, require_private
from safelearn.course.modules import Module, find_module, know, read_module
from safelearn.course.source import read_assignment
from safelearn.errors import SafelearnError
from safelearn.language import t

#: Where a trainee stands: from before the window to what was handed in.
NOT_YET, NOTHING, UNSEEN = "not open yet", "nothing handed in", "no receipt yet"
IN_TIME, LATE, UNSURE = "in time", "late", "seen only after the end"


@dataclass(frozen=True)
class Standing:
    """One trainee's exam.

    Attributes
    ----------
    closes : datetime
        With the extra time.
    extra : int
        Minutes of it.
    handed_in, received : datetime or None
        By what came with the notebook; by the instructor's clock, when it had a receipt.
    state : str
        ``not open yet``, ``nothing handed in``, ``no receipt yet``, ``in time``, ``late``, or ``seen only after the
        end``: then only the trainee's side says that it was in time, or nobody.
    late : timedelta or None
        By how much.
    """

    trainee: str
    closes: datetime
    extra: int
    handed_in: datetime | None
    received: datetime | None
    state: str
    late: timedelta | None


def new_exam(
    course: Path,
    folder: Path,
    seed_file: Path,
    *,
    opens: str,
    closes: str,
    zone: str = "",
) -> Exam:
    """Make an exam of a private folder, or change its window, tasks or place.

    Parameters
    ----------
    course : Path
        A course of safelearn's.
    folder : Path
        With ``module.toml`` (``exam = true``), ``assignment.py``, ``variant.py`` and, if wished, ``questions.toml``.
    seed_file : Path
        Made if it is not there.
    opens, closes : str
        Local times of the course, such as ``2026-12-01 09:00``.
    zone : str
        The course's time zone from now on; by default it stays.

    Raises
    ------
    SafelearnError
        If a part lies in a repository, the folder is no exam, the times are in the wrong order, or the seed is
        another one than before.
    """
    from safelearn.course.exams.questions import read_templates

    course = course_folder(course)
    folder, seed_file = Path(folder).resolve(), Path(seed_file).resolve()
    for path in (folder, seed_file):
        require_private(path)
    module = _required(folder)
    read_templates(module)
    begin, end = _times(read_roster(course), zone, opens, closes)
    old = read_exams(course).get(module.name)
    label = old.label if old else f"{course.name}/{module.name}"
    if not seed_file.exists():
        _require_first(old, seed_file)
        make_seed(seed_file)
    seed = read_seed(seed_file, label)
    exam = Exam(
        module.name,
        str(folder),
        str(seed_file),
        label,
        seed.fingerprint,
        public_key(seed),
        begin,
    )
    if old and old.fingerprint != exam.fingerprint:
        _require_first(old, seed_file)
    know(folder)
    write_exam(course, exam)
    write(folder)
    put_assignment(course, read_assignment(folder), private=True)

    def change(roster: Roster) -> None:
        more = {who: _extra(exam, roster, who) for who in _extended(exam, roster)}
        if zone:
            set_zone(roster, zone)
        set_deadline(roster, assignments_of(course), exam.name, end)
        for who, minutes in more.items():
            _extend(exam, roster, who, minutes)

    change_roster(course, change)
    return exam


def extra_time(course: Path, name: str, trainee: str, minutes: int) -> Standing:
    """Give a trainee so many minutes more than the others; 0 takes them back."""
    course = course_folder(course)
    exam = exam_of(course, name)

    def change(roster: Roster) -> None:
        _extend(exam, roster, trainee, minutes)

    return standing(course, exam, change_roster(course, change), trainee)


def standings(course: Path, name: str) -> list[Standing]:
    """Where each of the class stands, and whoever else handed in, in the order of ids."""
    course = course_folder(course)
    exam, roster = exam_of(course, name), read_roster(course)
    people = {person.id for person in roster.present()}
    people |= {path.parent.name for path in course.glob(f"submitted/*/{exam.name}")}
    return [standing(course, exam, roster, who) for who in sorted(people)]


def standing(course: Path, exam: Exam, roster: Roster, trainee: str) -> Standing:
    """Where one trainee stands."""
    open_ = window(exam, roster, trainee)
    place = course / "submitted" / trainee / exam.name
    handed, seen = handed_in_at(place), received(course, exam.name, trainee)
    late = None
    if not (place / f"{NOTEBOOK}.ipynb").exists():
        state = NOTHING if datetime.now(UTC) >= open_.opens else NOT_YET
    elif seen and seen <= open_.closes:
        state = IN_TIME
    elif handed and handed > open_.closes:
        # What came with the notebook may be the trainee's own word, but nobody makes themselves late.
        state, late = LATE, min(handed, seen or handed) - open_.closes
    else:
        state = UNSURE if seen else UNSEEN
    return Standing(
        trainee,
        open_.closes,
        _extra(exam, roster, trainee),
        handed,
        seen,
        state,
        late,
    )


def _required(folder: Path) -> Module:
    """The module in a private folder, which must say that it is an exam and be the only one of its name."""
    module = read_module(folder)
    if not module.exam:
        raise SafelearnError(
            t("This module is no exam."),
            where=str(folder / "module.toml"),
            remedy=t("Write the line `exam = true` above its first task."),
        )
    know(folder)
    try:
        found = find_module(module.id).folder
    except SafelearnError:
        found = None
    if found is None or found.resolve() != folder:
        raise SafelearnError(
            t(
                "The folder of the exam must be called {name}, such as {example}, and no other module may be.",
                name=module.id,
                example=f"{module.id}_final",
            ),
            where=str(folder),
            remedy=t(
                "Rename the folder, or choose another id and use it in every task."
            ),
        )
    return module


def _times(roster: Roster, zone: str, opens: str, closes: str) -> tuple[str, str]:
    """Both ends of the window as local times, in the right order."""
    found = []
    if zone:
        set_zone(roster, zone)
    for text in (opens, closes):
        try:
            when = datetime.fromisoformat(text.strip())
        except ValueError as error:
            raise SafelearnError(
                t("{text} is no day and time.", text=repr(text)),
                remedy=t("Write it as 2026-12-01 18:00."),
            ) from error
        if when.tzinfo is not None:
            when = when.astimezone(ZoneInfo(roster.zone)).replace(tzinfo=None)
        found.append(when)
    if found[0] >= found[1]:
        raise SafelearnError(
            t("The exam would close before it opens."),
            where=f"{opens} – {closes}",
            remedy=t("Give both with day and time, such as 2026-12-01 09:00."),
        )
    begin, end = (when.isoformat(timespec="minutes") for when in found)
    return begin, end


def _require_first(old: Exam | None, seed_file: Path) -> None:
    if old is not None:
        raise SafelearnError(
            t("This exam was made with another seed, and all data would change."),
            where=t("{new} instead of {old}", new=seed_file, old=old.seed_file),
            remedy=t(
                "Name the old file. For other data, make another exam, with another id."
            ),
        )


def _extended(exam: Exam, roster: Roster) -> Sequence[str]:
    return [who for who in roster.deadlines.get(exam.name, {}) if who != EVERYBODY]


def _extra(exam: Exam, roster: Roster, who: str) -> int:
    everybody, own = (window(exam, roster, one).closes for one in (EVERYBODY, who))
    # Between two times of one zone Python would subtract clocks, across a change to summer time too.
    between = own.astimezone(UTC) - everybody.astimezone(UTC)
    return round(between.total_seconds() / 60)


def _extend(exam: Exam, roster: Roster, who: str, minutes: int) -> None:
    if not minutes and who in roster.people:
        roster.deadlines[exam.name].pop(who, None)
        return
    closes = window(exam, roster).closes.astimezone(UTC) + timedelta(minutes=minutes)
    set_deadline(roster, [exam.name], exam.name, closes.isoformat(), [who])
