"""What are these answers worth? The verdict on each task of one submission, in the words that the trainee reads.

The answers that a run handed in and the trainee's key go in; a `TaskRecord` for each automatic task comes out, and
the outputs that nbgrader reads as marks. No trainee's code runs here.
"""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from safelearn.course.comparison import recognise, score
from safelearn.course.grading.records import TaskRecord
from safelearn.course.key import Answers, Key
from safelearn.course.modules import Module, Task
from safelearn.language import number, t


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


def verdict_outputs(verdict: TaskRecord) -> list[NotebookNode]:
    """The outputs that nbgrader reads as these marks, and the trainee as the reason.

    An error is 0, a number is a part, anything else is everything: nbgrader's own rule.
    """
    # A notebook breaks long lines of plain text inside a word.
    lines = [verdict.sentence, *verdict.messages]
    text = "\n".join(textwrap.fill(line, 84, subsequent_indent="  ") for line in lines)
    if verdict.points == 0:
        return [
            new_output(
                "error",
                ename=t("Not yet right"),
                evalue=verdict.sentence,
                traceback=[f"✗ {text}"],
            )
        ]
    shown = new_output("stream", name="stdout", text=text + "\n")
    if verdict.points == verdict.most:
        return [shown]
    part = new_output(
        "execute_result",
        data={"text/plain": f"{verdict.points:g}"},
        execution_count=None,
    )
    return [shown, part]


def _verdict(task: Task, given: dict[str, Any] | None, key: Key) -> TaskRecord:
    right = key.right[task.id]
    most = number(task.points, _digits(task.points))
    if not given:
        sentence = t("0 of {most} points: no answer of the right form.", most=most)
        return TaskRecord(task.id, 0.0, task.points, [], sentence, [])
    points = score(given, right, task)
    known = recognise(given, right, key.wrong.get(task.id, {}), task)
    if points == task.points:
        sentence = t("{most} of {most} points.", most=most)
        return TaskRecord(task.id, points, task.points, [], sentence, [])
    sentence = t(
        "{points} of {most} points.", points=number(points, _digits(points)), most=most
    )
    told = [key.messages[task.id][name] for name in known]
    if len(told) > 1:
        told = [t("One of these happened:"), *[f"– {message}" for message in told]]
    return TaskRecord(task.id, points, task.points, known, sentence, told)


def _better(verdict: TaskRecord, other: TaskRecord) -> TaskRecord:
    """Of a task and the one done instead of it, the better, as if it were the first."""
    return (
        replace(other, task=verdict.task) if other.points > verdict.points else verdict
    )


def _digits(points: float) -> int:
    return 0 if float(points).is_integer() else 2
