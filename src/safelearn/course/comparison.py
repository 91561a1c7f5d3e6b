"""How much of an answer is right, and which known slip explains the rest?

Plain answers go in, as `forms.read` gives them; credit, points and the names of declared mistakes come out.
This is the value side of grading. It runs where no trainee's code runs, and neither the right answers nor
this comparison are ever loaded into a trainee's notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safelearn.course.modules import Task

Answers = Mapping[str, Any]


def credit(given: Any, expected: Any, form: Mapping[str, Any]) -> float:
    """From 0 (wrong or absent) to 1 (right); a table can earn a part.

    The tolerance is a promise about rounding and nothing else: ``digits = 1`` takes 61.2 and 61.2347 for the
    same answer.
    """
    if given is None:
        return 0.0
    if form["kind"] == "number":
        return _same_number(given, expected, form)
    if form["kind"] == "interval":
        pairs = zip(given, expected, strict=True)
        return min(_same_number(one, other, form) for one, other in pairs)
    if form["kind"] == "table":
        return _same_table(given, expected, form)
    return float(given == expected)


def score(given: Answers, expected: Answers, task: Task) -> float:
    """Points for a task: equal shares for its answers, a part of a share where the kind allows it."""
    parts = [
        credit(given.get(name), expected[name], form)
        for name, form in task.answers.items()
    ]
    return round(task.points * sum(parts) / len(parts), 2)


def recognise(
    given: Answers, expected: Answers, mistakes: Mapping[str, Answers], task: Task
) -> list[str]:
    """Name the declared mistakes that explain most of the wrong answers.

    Parameters
    ----------
    mistakes : mapping
        From the name of a mistake to the answers that it gives on this trainee's data.

    Returns
    -------
    list of str
        Usually one name; two where two mistakes give the same numbers; none if nothing fits.
    """
    forms = task.answers

    def agree(answers: Answers, names: list[str]) -> int:
        both = [name for name in names if name in given and name in answers]
        return sum(credit(given[n], answers[n], forms[n]) == 1 for n in both)

    wrong = [
        name
        for name in forms
        if name in given and credit(given[name], expected[name], forms[name]) < 1
    ]
    fit = {
        name: (agree(answers, wrong), agree(answers, list(forms)))
        for name, answers in mistakes.items()
    }
    best = max(fit.values(), default=(0, 0))
    return [name for name, found in fit.items() if found == best and best[0] > 0]


def _same_number(given: float, expected: float, form: Mapping[str, Any]) -> float:
    # The tiny surplus lets a value through that lies on the very edge of rounding.
    return float(abs(given - expected) <= 0.5000001 * 10.0 ** -form.get("digits", 1))


def _same_table(given: list, expected: list, form: Mapping[str, Any]) -> float:
    keys, columns = form["keys"], form["columns"]
    rows = {tuple(row[key] for key in keys): row for row in given}
    right = 0.0
    for row in expected:
        found = rows.get(tuple(row[key] for key in keys))
        if found is not None:
            right += sum(_same_number(found[c], row[c], columns[c]) for c in columns)
    extra = max(0, len(given) - len(expected))
    return right / ((len(expected) + extra) * len(columns))
