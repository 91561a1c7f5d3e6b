"""Give back through Moodle what was graded: the feedback pages as one zip, and the grading worksheet with its grades.

An assignment whose submissions came by `take_in` goes in. In the zip each trainee's page lies in the folder that Moodle
itself had made, by which *Upload multiple feedback files in a zip* knows whose it is. Nothing is given back before
all of it is marked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.classroom.api import last_words, nbgrader_of, quiet
from safelearn.course.classroom.folder import course_folder
from safelearn.course.grading.records import put
from safelearn.course.modules import find_module
from safelearn.course.moodle.names import place_of
from safelearn.course.moodle.take_in import folders_of
from safelearn.course.moodle.worksheet import Worksheet, read_worksheet
from safelearn.course.reporting.marks import ASIDE, MARKED, UNGRADED, Marks, read_marks
from safelearn.errors import SafelearnError
from safelearn.language import t

FOLDER = "moodle"
#: The same work gives the same bytes.
_ANY_DAY = (1980, 1, 1, 0, 0, 0)
#: A zip that grew beyond so many bytes is closed and another begun: many Moodle sites take no larger file.
PART = 4_500_000


@dataclass(frozen=True)
class Back:
    """What became of one trainee's feedback.

    Attributes
    ----------
    points : float or None
        In Moodle's own scale; None if nothing is given back yet.
    why_not : str
        The reason, where nothing is.
    """

    trainee: str
    points: float | None
    why_not: str = ""


@dataclass(frozen=True)
class HandedBack:
    """What was written.

    Attributes
    ----------
    feedback : tuple of Path
        The zip, or its parts; none if nothing can be given back yet.
    grades : Path or None
        The worksheet; None if there was none to fill.
    scale : float
        By how much points were multiplied, because Moodle's highest grade is another.
    rows_left : int
        Rows of the worksheet that have no grade from here.
    """

    trainees: tuple[Back, ...]
    feedback: tuple[Path, ...]
    grades: Path | None
    scale: float
    rows_left: int


def hand_back(
    course: Path,
    assignment: str,
    folder: Path | None = None,
    *,
    worksheet: Path | None = None,
    on_trainee: Callable[[int, int, str], None] | None = None,
) -> HandedBack:
    """Write the feedback of an assignment as Moodle takes it.

    Parameters
    ----------
    folder : Path, optional
        Where to; by default ``moodle`` in the course's folder.
    worksheet : Path, optional
        Moodle's grading worksheet, to be filled in a copy.
    on_trainee : callable, optional
        Called as ``on_trainee(done, total, who)``.

    Raises
    ------
    SafelearnError
        If nothing of this assignment came through Moodle.
    """
    course = course_folder(course)
    module = find_module(assignment)
    came = folders_of(course, module)
    if not came:
        raise SafelearnError(
            t("Nothing of {assignment} came through Moodle.", assignment=module.name),
            where=str(course / "submitted"),
            remedy=t("Take in Moodle's zip first, with `safelearn course moodle in`."),
        )
    sheet = read_worksheet(worksheet) if worksheet else None
    marks = read_marks(course)
    why_not = _why_not(marks, module.name)
    scale = _scale(sheet, module.points)
    points = marks.submissions.set_index(["student", "assignment"])["points"]
    folder = Path(folder) if folder else course / FOLDER
    told, pages, grades = [], {}, {}
    with quiet():
        api = nbgrader_of(course)
        for n, (first, folders) in enumerate(came.items()):
            if on_trainee:
                on_trainee(n, len(came), first)
            open_ = {
                who: why_not.get(who, t("They have left the class.")) for who in folders
            }
            page = None
            if not all(open_.values()):
                page, problem = _page(api, course, module.name, first)
                open_ = {who: reason or problem for who, reason in open_.items()}
            for who, path in folders.items():
                if open_[who]:
                    told.append(Back(who, None, open_[who]))
                    continue
                mark = round(float(points[who, module.name]) * scale, 2)
                told.append(Back(who, mark))
                pages[f"{path}/{module.name}-feedback.html"] = page
                grades[place_of(f"{path}/x").number] = mark
    if on_trainee:
        on_trainee(len(came), len(came), "")
    filled = folder / f"{module.name}-grades.csv"
    # What an earlier call has written may hold what no longer counts.
    for old in (*folder.glob(f"{module.name}-feedback*.zip"), filled):
        old.unlink(missing_ok=True)
    zipped = _write(folder / f"{module.name}-feedback.zip", pages)
    if sheet and grades:
        put(filled, sheet.filled(grades).decode("utf-8"))
    return HandedBack(
        tuple(sorted(told, key=lambda back: back.trainee)),
        zipped,
        filled if sheet and grades else None,
        scale,
        len(set(sheet.rows) - set(grades)) if sheet else 0,
    )


def _why_not(marks: Marks, assignment: str) -> dict[str, str]:
    """Why the work of each trainee cannot be given back yet; empty if it can."""
    own = marks.tasks[marks.tasks["assignment"] == assignment]
    found = {}
    for who, states in own.groupby("student")["state"]:
        if set(states) == {MARKED}:
            found[who] = ""
        elif ASIDE in set(states):
            found[who] = t("It was set aside; see `safelearn course grade`.")
        elif UNGRADED in set(states):
            found[who] = t("It is not graded yet.")
        else:
            found[who] = t("A person has still to read some of it.")
    return found


def _scale(sheet: Worksheet | None, most: float) -> float:
    """By how much points must be multiplied so that all of them are Moodle's highest grade."""
    highest = {row.most for row in sheet.rows.values() if row.most} if sheet else set()
    if len(highest) > 1:
        raise SafelearnError(
            t("The grading worksheet has more than one highest grade."),
            where=str(sheet.path),
            remedy=t("Look whether it is the one that Moodle gave."),
        )
    return highest.pop() / most if highest else 1.0


def _page(api, course: Path, assignment: str, student: str) -> tuple[bytes, str]:
    """The page that nbgrader makes, by its own record of the marks; or why there is none."""
    outcome = api.generate_feedback(assignment, student, force=True)
    path = course / "feedback" / student / assignment / f"{NOTEBOOK}.html"
    if not outcome["success"] or not path.is_file():
        return b"", t(
            "nbgrader could not make the page: {reason}", reason=last_words(outcome)
        )
    return path.read_bytes(), ""


def _write(path: Path, pages: dict[str, bytes]) -> tuple[Path, ...]:
    """Write the pages as one zip, or as several of which none is much larger than a part may be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left, parts = sorted(pages.items()), []
    while left:
        part = path.with_stem(f"{path.stem}-{len(parts) + 1}") if parts else path
        fresh = part.with_name(f"{part.name}.new")
        with ZipFile(fresh, "w", ZIP_DEFLATED) as zipped:
            while left and zipped.fp.tell() < PART:
                zipped.writestr(ZipInfo(left[0][0], _ANY_DAY), left[0][1], ZIP_DEFLATED)
                left = left[1:]
        fresh.replace(part)
        parts.append(part)
    return tuple(parts)
