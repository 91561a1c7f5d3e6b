"""What are these answers worth? The verdict on each task of one submission, in the words that the trainee reads.

The answers that a run handed in and the trainee's key go in; a `TaskRecord` for each automatic task comes out, and
the outputs that nbgrader reads as marks. No trainee's code runs here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from safelearn.course.comparison import credit, recognise, score
from safelearn.course.grading.records import TaskRecord
from safelearn.course.key import Answers, Key
from safelearn.course.modules import Module, Task
from safelearn.course.points import in_words
from safelearn.language import percent, t


def judge(module: Module, given: Answers, key: Key) -> dict[str, TaskRecord]:
    """The verdict on each automatic task.

    A task that may be done instead of another has one of its own, of which the record must not speak.
    """
    verdicts = {}
    for task in module.tasks.values():
        if not task.automatic:
            continue
        verdict = _verdict(task, given.get(task.id), key)
        if other := module.alternative(task.id):
            verdict = _better(verdict, _verdict(other, given.get(other.id), key))
        verdicts[task.id] = verdict
    return verdicts


def found(module: Module, given: Answers, key: Key) -> dict[str, list[str]]:
    """Which answers of each task are right, for the trainee: by task, a sentence an answer.

    What would be right is not said. It is in no record, because there it would show which of two tasks was chosen.
    """
    return {
        task.id: [
            _found(name, given[task.id].get(name), key.right[task.id][name], form)
            for name, form in task.answers.items()
        ]
        for task in module.tasks.values()
        if task.automatic and given.get(task.id)
    }


def verdict_outputs(verdict: TaskRecord, found: list[str]) -> list[NotebookNode]:
    """The outputs that nbgrader reads as these marks, and the trainee as the reason.

    An error is 0, a number is a part, anything else is everything: nbgrader's own rule.
    """
    why = _why(found, verdict.messages)
    if verdict.points == 0:
        return [
            new_output(
                "error",
                ename=t("Not yet right"),
                evalue=verdict.sentence,
                traceback=[f"✗ {verdict.sentence}"],
            ),
            *why,
        ]
    shown = new_output("stream", name="stdout", text=verdict.sentence + "\n")
    if verdict.points == verdict.most:
        return [shown, *why]
    part = new_output(
        "execute_result",
        data={"text/plain": f"{verdict.points:g}"},
        execution_count=None,
    )
    return [shown, *why, part]


def _why(found: list[str], messages: list[str]) -> list[NotebookNode]:
    """What was found in the answers, and what to do now, as text that fits any page."""
    if not (found or messages):
        return []
    lines = [*(f"– {line}" for line in found), *messages]
    # A notebook breaks long lines of plain text inside a word.
    plain = "\n".join(textwrap.fill(line, 84, subsequent_indent="  ") for line in lines)
    answers = "".join(f"<li>{escape(line)}</li>" for line in found)
    told = "".join(f"<p>{escape(line)}</p>" for line in messages)
    page = (f"<ul>{answers}</ul>" if answers else "") + told
    return [new_output("display_data", {"text/plain": plain, "text/html": page})]


def _verdict(task: Task, given: dict[str, Any] | None, key: Key) -> TaskRecord:
    right = key.right[task.id]
    most = in_words(task.points)
    look = where_to_look(task)
    if not given:
        sentence = t("0 of {most} points: no answer of the right form.", most=most)
        told = [
            t(
                "The run of your notebook from top to bottom gave no answer here, or not in the form that was "
                "asked. Restart, run all cells, and read what `check` says below the task."
            ),
            *look,
        ]
        return TaskRecord(task.id, 0.0, task.points, [], sentence, told)
    points = score(given, right, task)
    known = recognise(given, right, key.wrong.get(task.id, {}), task)
    if points == task.points:
        sentence = t("{most} of {most} points.", most=most)
        return TaskRecord(task.id, points, task.points, [], sentence, [])
    sentence = t("{points} of {most} points.", points=in_words(points), most=most)
    told = [key.messages[task.id][name] for name in known]
    if len(told) > 1:
        either, *others = told
        told = [
            t("Either: {message}", message=either),
            *(t("Or: {message}", message=other) for other in others),
        ]
    return TaskRecord(task.id, points, task.points, known, sentence, [*told, *look])


def _found(name: str, given: Any, right: Any, form: Mapping[str, Any]) -> str:
    """Whether one answer is right. What would be right is not said, so that it can be tried again."""
    if given is None:
        return t("{name}: no answer of the right form.", name=name)
    share = credit(given, right, form)
    if share == 1:
        return t("{name}: right.", name=name)
    if share == 0 or form["kind"] != "table":
        return t("{name}: not right.", name=name)
    return t(
        "{name}: {share} of its values are right.", name=name, share=percent(share)
    )


def where_to_look(task: Task) -> list[str]:
    """The part of the lesson that teaches what a task asks, in a sentence; none if it names no part."""
    if not task.lesson:
        return []
    return [
        t("Look again at the part “{part}” of this module's lesson.", part=task.lesson)
    ]


def _better(verdict: TaskRecord, other: TaskRecord) -> TaskRecord:
    """Of a task and the one done instead of it, the better, as if it were the first."""
    return (
        replace(other, task=verdict.task) if other.points > verdict.points else verdict
    )
