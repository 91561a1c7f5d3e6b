"""`check` looks at the form of an answer, in the trainee's notebook, and never at its value.

Answers under their names go in. A sentence comes out: the form is right, or what is the matter with it. What
is true is judged later and elsewhere. Where nbgrader would otherwise take "no error" for "full marks",
`check` raises, so that a course that is not set up for safelearn gives 0 points and the reason, never full
marks for a well-formed wrong answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from safelearn.course import forms, variants
from safelearn.course.forms import Hint
from safelearn.course.modules import find_module, find_task
from safelearn.language import listing, t, tn

#: Where the grader's kernel collects answers. Anybody else's has no such variable.
COLLECT = "SAFELEARN_ANSWERS"
#: Key of the mark that `check` leaves in the metadata of its output.
MARK = "safelearn"

_collected: ContextVar[list[dict[str, Any]] | None] = ContextVar(
    "answers", default=None
)
_formed: dict[str, bool] = {}


class NotJudged(Hint):
    """The answer may be right or wrong: nobody is here who could judge it."""


def check(task: str, **answers: Any) -> None:
    """Say whether the answers to a task have the right form. Says nothing about whether they are true.

    Parameters
    ----------
    task : str
        Its id, such as ``m05-t1``.
    **answers
        The answers under the names that the task asks for.

    Raises
    ------
    Hint
        If an answer is missing or has another form.
    NotJudged
        Under nbgrader's autograde without safelearn's checker.
    """
    wanted = find_task(task).answers
    plain, problems = {}, []
    for name in [*wanted, *(n for n in answers if n not in wanted)]:
        if name not in answers:
            problems.append(t("{name} is missing.", name=f"`{name}`"))
        elif name not in wanted:
            problems.append(t("{name} is not asked for.", name=f"`{name}`"))
        else:
            try:
                plain[name] = forms.read(name, answers[name], wanted[name])
            except Hint as hint:
                problems.append(hint.what)
    _formed[task] = not problems
    own = variants.my_city(task.partition("-")[0])
    judged = _record(
        {
            "task": task,
            "trainee": own.trainee,
            "data": own.fingerprint,
            "answers": plain,
        }
    )
    if problems:
        raise Hint(f"{task}: " + "\n  ".join(problems))
    if not judged and os.environ.get("NBGRADER_EXECUTION") == "autograde":
        raise NotJudged(
            t(
                "{task} was not judged: 0 points, because only the form of the answer could be seen here.",
                task=task,
            ),
            remedy=t(
                "For the instructor: grade with `safelearn course grade`, or in a course "
                "made by `safelearn course new`, whose nbgrader_config.py has the checker."
            ),
        )
    names = listing([f"`{name}`" for name in wanted])
    text = tn(
        "✓ {task}: {names} has the right form. Whether it is true is judged after you hand in.",
        "✓ {task}: {names} have the right form. Whether they are true is judged after you hand in.",
        len(wanted),
        task=task,
        names=names,
    )
    _show(text, {"task": task, "trainee": own.trainee, "data": own.fingerprint})


def summary(module: str) -> None:
    """Say which tasks of a module can be handed in. Under nbgrader's Validate, say that form is all it sees.

    Raises
    ------
    NotJudged
        While nbgrader validates, whose "passes all the tests" would promise marks.
    """
    asked = find_module(module)
    tasks = asked.tasks.values()
    automatic = [task.id for task in tasks if task.automatic and not task.instead_of]
    ready = [
        task
        for task in automatic
        if _formed.get(task)
        or ((other := asked.alternative(task)) and _formed.get(other.id))
    ]
    text = t(
        "{ready} of {all} tasks have answers of the right form.",
        ready=len(ready),
        all=len(automatic),
    )
    missing = [task for task in automatic if task not in ready]
    if missing:
        text += " " + t("Not yet: {names}.", names=listing(missing))
    elif len(automatic) < len(tasks):
        text += " " + t("The written ones are read by a person.")
    if os.environ.get("NBGRADER_VALIDATING"):
        raise NotJudged(
            t("Form only, not judged. {text}", text=text),
            remedy=t("This is no failure: values are judged after you hand in."),
        )
    print(text)


@contextmanager
def collecting() -> Iterator[list[dict[str, Any]]]:
    """Collect what `check` reads inside the block, in this process (the author's code, for the key)."""
    entries: list[dict[str, Any]] = []
    token = _collected.set(entries)
    try:
        yield entries
    finally:
        _collected.reset(token)


def _record(entry: dict[str, Any]) -> bool:
    """Hand the entry to whoever collects; False if nobody does."""
    entries = _collected.get()
    if entries is not None:
        entries.append(entry)
        return True
    if path := os.environ.get(COLLECT):
        line = json.dumps(entry, allow_nan=False) + "\n"
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)
        return True
    return False


def _show(text: str, mark: dict[str, str]) -> None:
    """Print; in a notebook, the output also keeps whose data it was."""
    try:
        from IPython import get_ipython
    except ImportError:
        get_ipython = None
    if get_ipython is None or getattr(get_ipython(), "kernel", None) is None:
        print(text)
        return
    from IPython.display import display

    display({"text/plain": text}, raw=True, metadata={MARK: mark})
