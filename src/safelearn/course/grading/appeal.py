"""Why this mark? One trainee's work on one assignment, task by task: given, expected, rule, version.

A graded submission goes in, a text in Markdown comes out, for an instructor and a trainee to look at together. It
holds the right answers on that trainee's data. What the notebook handed in is taken from the run that was kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safelearn.course.classroom.api import nbgrader_of, quiet
from safelearn.course.classroom.folder import course_folder
from safelearn.course.comparison import credit
from safelearn.course.grading import regrade
from safelearn.course.grading.batch import desk_of, notebook_of
from safelearn.course.grading.gradebook import Mark, marks_of
from safelearn.course.grading.preflight import preflight
from safelearn.course.grading.records import Record, read_record
from safelearn.course.grading.runs import source
from safelearn.course.modules import Task, find_module
from safelearn.course.points import in_words
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, percent, t

#: Rows of a table that are shown where they differ.
MOST_ROWS = 12


def appeal(
    course: Path,
    assignment: str,
    student: str,
    *,
    tasks: tuple[str, ...] = (),
    sandboxed: bool = True,
) -> str:
    """The sheet of one trainee.

    Parameters
    ----------
    course : Path
        A course of safelearn's.
    assignment : str
        Such as ``05_rates``.
    student : str
        Whose.
    tasks : tuple of str, optional
        Only these. A task that may be done instead of another is shown only if it is named here.
    sandboxed : bool
        False to run the notebook, where its run was not kept, as whoever asks.

    Raises
    ------
    SafelearnError
        If it was not graded, or there is no such task.
    """
    course = course_folder(course)
    module = find_module(assignment)
    record = read_record(course, module.name, student)
    if record is None:
        raise SafelearnError(
            t(
                "{assignment} of {who} was not graded.",
                assignment=module.name,
                who=student,
            ),
            where=str(course),
            remedy=t("Grade first, with `safelearn course grade`."),
        )
    unknown = [name for name in tasks if name not in module.tasks]
    if unknown:
        raise SafelearnError(
            t("There is no task {names}.", names=listing(unknown)),
            remedy=t("There are: {names}.", names=listing(list(module.tasks))),
        )
    lines = [f"# {module.title} · {student}", "", *_about(record, source(module))]
    for entry in regrade.log(course, module.name, student):
        said = t(
            "Graded again on {when}: {reason}",
            when=entry["when"],
            reason=entry["reason"],
        )
        lines.append(f"- {said}")
    if record.set_aside:
        return "\n".join([*lines, "", f"**{record.set_aside}** {record.remedy}", ""])
    with quiet():
        marks = marks_of(course, module, student).get(student, {})
        api = nbgrader_of(course)
        desk = desk_of(api, course, module, sandboxed=sandboxed)
        notebook = notebook_of(course, module, student)
        checked = preflight(notebook, module.id, course)
        key = desk.key(student)
        given = desk.ran(checked.notebook, student, key).given
    for task in module.tasks.values():
        if task.id in tasks or not (tasks or task.instead_of):
            lines += ["", f"## {task.id} · {task.title}", ""]
            lines += _marks(task, marks.get(task.id))
            if task.automatic:
                lines += _answers(task, given.get(task.id, {}), key.right[task.id])
                verdict = next((v for v in record.tasks if v.task == task.id), None)
                lines += [f"> {told}" for told in (verdict.messages if verdict else ())]
    return "\n".join([*lines, ""])


def _about(record: Record, now: str) -> list[str]:
    facts = [
        t("Data of {who}: {data}", who=record.student, data=record.data or "–"),
        t("Graded on {when}", when=record.graded_at or "–"),
        t("Graded with safelearn {version}", version=record.version or "–"),
    ]
    if record.version and not record.version.endswith(now):
        facts.append(
            t(
                "The module was changed since; what is expected is by the module of today."
            )
        )
    facts += record.repaired
    facts += [record.note] if record.note else []
    return [f"- {fact}" for fact in facts]


def _marks(task: Task, mark: Mark | None) -> list[str]:
    most = in_words(task.points)
    if mark is not None and mark.by_hand is not None:
        points = in_words(mark.by_hand)
        said = t(
            "{points} of {most} points, given by a person.", points=points, most=most
        )
    elif mark is not None and mark.automatic is not None:
        points = in_words(mark.automatic)
        said = t("{points} of {most} points.", points=points, most=most)
    else:
        said = t("Waits for a person, who looks for:")
    rubric = [f"- {line}: {points:g}" for line, points in task.rubric]
    return [said, "", *rubric, *([""] if rubric else [])]


def _answers(task: Task, given: dict[str, Any], right: dict[str, Any]) -> list[str]:
    head = [t("Answer"), t("Given"), t("Expected"), t("Rule"), t("Credit")]
    rows = [head, ["---"] * len(head)]
    for name, form in task.answers.items():
        value, expected = given.get(name), right[name]
        share = percent(credit(value, expected, form))
        shown = [_shown(value, expected, form), _shown(expected, value, form)]
        rows.append([f"`{name}`", *shown, _rule(form), share])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    share = number(task.points / len(task.answers), 2)
    return [*lines, "", t("Each answer is worth {points} points.", points=share), ""]


def _rule(form: dict[str, Any]) -> str:
    """How this kind of answer is compared, as `comparison.credit` does."""
    digits = number(form.get("digits", 1))
    if form["kind"] == "number":
        return t("the same to {n} decimals", n=digits)
    if form["kind"] == "interval":
        return t("both ends the same to {n} decimals", n=digits)
    if form["kind"] == "table":
        return t(
            "the share of right cells; rows are found by {names}, and rows too many count as wrong",
            names=listing([f"`{key}`" for key in form["keys"]]),
        )
    return t("exactly the same")


def _shown(value: Any, other: Any, form: dict[str, Any]) -> str:
    if value is None:
        return t("nothing")
    if form["kind"] != "table":
        return _plain(value)
    keys = form["keys"]
    theirs = {tuple(row[key] for key in keys): row for row in other or ()}
    rows = [row for row in value if theirs.get(tuple(row[key] for key in keys)) != row]
    if not rows:
        return t("{n} rows, all alike", n=number(len(value)))
    shown = [
        ", ".join(_plain(cell) for cell in row.values()) for row in rows[:MOST_ROWS]
    ]
    if len(rows) > MOST_ROWS:
        shown.append("…")
    said = t("{n} rows; those that differ:", n=number(len(value)))
    return "<br>".join([said, *shown])


def _plain(value: Any) -> str:
    """A value for a cell of a Markdown table. It may be a trainee's text: it must not end the cell."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return " ".join(text.split())[:200]
