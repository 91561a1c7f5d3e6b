"""The answer key: the author's solution, and each declared mistake, run on one trainee's own data.

Only the author's code runs here, in this process; a trainee's code never does.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from safelearn.course import variants
from safelearn.course.answers import collecting
from safelearn.course.forms import Hint
from safelearn.course.modules import find_module
from safelearn.course.source import Assignment, Cell, Mistake, read_assignment, released
from safelearn.errors import SafelearnError
from safelearn.language import t

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Key:
    """What is right, and what the declared mistakes give, for one trainee.

    Attributes
    ----------
    fingerprint : str
        Of the data on which both were computed.
    right : dict
        Answers by task.
    wrong : dict
        By task and name of the mistake, the answers it gives.
    messages : dict
        By task and name of the mistake, what the trainee is told.
    """

    fingerprint: str
    right: Answers
    wrong: dict[str, Answers]
    messages: dict[str, dict[str, str]]


@lru_cache(maxsize=4)
def assignment_of(module: str) -> Assignment:
    """The source of a module's assignment."""
    return read_assignment(find_module(module).folder)


@lru_cache(maxsize=256)
def key_for(module: str, trainee: str, secret: str = "") -> Key:
    """The key of one trainee, in an exam with the secret from which the data are drawn.

    Raises
    ------
    SafelearnError
        If the author's own solution or a declared mistake does not run.
    """
    return computed(assignment_of(module), trainee, secret)


def computed(assignment: Assignment, trainee: str, secret: str = "") -> Key:
    """The key of one trainee, from an assignment that was read before.

    Raises
    ------
    SafelearnError
        If the author's own solution or a declared mistake does not run.
    """
    right: Answers = {}
    wrong: dict[str, Answers] = {}
    with variants.as_trainee(trainee, secret), collecting() as entries:
        space: dict[str, Any] = {}
        before: dict[str, Any] = {}
        for cell in _code(assignment):
            before = dict(space) if cell.role == "answer" else before
            _run(cell, cell.source, space)
            if cell.role != "check":
                continue
            right[cell.task] = entries[-1]["answers"]
            for mistake in assignment.mistakes.get(cell.task, []):
                # One that only the form stops is kept as it is: `prove` reports it.
                with contextlib.suppress(Hint):
                    _run(cell, f"{mistake.code}\n{cell.source}", dict(before))
                wrong.setdefault(cell.task, {})[mistake.name] = entries[-1]["answers"]
        fingerprint = entries[-1]["data"]
    messages = {
        task: {mistake.name: mistake.message for mistake in mistakes}
        for task, mistakes in assignment.mistakes.items()
    }
    return Key(fingerprint, right, wrong, messages)


def source_text(assignment: Assignment) -> str:
    """The assignment as a text, for `key_text`."""
    mistakes = {
        task: [asdict(mistake) for mistake in found]
        for task, found in assignment.mistakes.items()
    }
    cells = [asdict(cell) for cell in assignment.cells if cell.code]
    sent = {"module": assignment.module.id, "cells": cells, "mistakes": mistakes}
    return json.dumps(sent)


def key_text(text: str, trainee: str) -> str:
    """Compute a key where the module's source is not to be seen, as in the sandbox: it comes as a text."""
    sent = json.loads(text)
    assignment = Assignment(
        find_module(sent["module"]),
        [Cell(**cell) for cell in sent["cells"]],
        {
            task: [Mistake(**mistake) for mistake in mistakes]
            for task, mistakes in sent["mistakes"].items()
        },
    )
    secret = os.environ.get(variants.SECRET, "")
    return json.dumps(asdict(computed(assignment, trainee, secret)))


def answers(
    assignment: Assignment,
    trainee: str,
    *,
    instead: dict[str, str] | None = None,
    unsolved: bool = False,
) -> Answers:
    """One trainee's answers by task when the author's notebook is run from top to bottom.

    Parameters
    ----------
    instead : dict, optional
        By task, code that stands in place of its answer cell.
    unsolved : bool
        Run what the trainee gets, before anything was done.
    """
    with variants.as_trainee(trainee), collecting() as entries:
        space: dict[str, Any] = {}
        for cell in _code(assignment):
            source = released(cell.source) if unsolved else cell.source
            if cell.role == "answer":
                source = (instead or {}).get(cell.task, source)
            # A failing cell stops only itself, as in a notebook.
            with contextlib.suppress(Exception):
                _run(cell, source, space)
        return {entry["task"]: entry["answers"] for entry in entries}


def alternatives(
    assignment: Assignment, trainee: str, codes: Mapping[str, Sequence[str]]
) -> dict[str, list[dict[str, Any]]]:
    """What each of many codes gives in place of a task's answer cell, on one trainee's data.

    Parameters
    ----------
    codes : mapping
        By task, the codes to try. Each starts from what the notebook holds before that answer cell, undisturbed
        by the others.

    Returns
    -------
    dict
        By task, the answers of each code in the same order; empty where it does not run, or its answers have
        not the form asked for.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    with variants.as_trainee(trainee), collecting() as entries:
        space: dict[str, Any] = {}
        before: dict[str, Any] = {}
        for cell in _code(assignment):
            if cell.role == "answer" and codes.get(cell.task):
                before = _copied(space)
            _run(cell, cell.source, space)
            if cell.role != "check" or not codes.get(cell.task):
                continue
            found[cell.task] = []
            for code in codes[cell.task]:
                given: dict[str, Any] = {}
                with contextlib.suppress(Exception), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    _run(cell, f"{code}\n{cell.source}", _copied(before))
                    given = entries[-1]["answers"]
                found[cell.task].append(given)
    return found


def _copied(space: dict[str, Any]) -> dict[str, Any]:
    """The same names with data of their own, so that a change in place stays there."""
    memo: dict[int, Any] = {}
    copied = {}
    for name, value in space.items():
        own = not name.startswith("__") and not isinstance(value, ModuleType)
        try:
            copied[name] = copy.deepcopy(value, memo) if own else value
        except Exception:  # what cannot be copied, such as a lock, is no data
            copied[name] = value
    return copied


def _code(assignment: Assignment) -> list[Cell]:
    return [cell for cell in assignment.cells if cell.code]


def _run(cell: Cell, source: str, space: dict[str, Any]) -> None:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, f"<{cell.task or cell.role}>", "exec"), space)
    except Hint:
        raise
    except Exception as error:
        raise SafelearnError(
            t("The author's own code does not run: {error}", error=str(error)),
            where=cell.task or source.split("\n", 1)[0],
            remedy=t("Mend assignment.py; nothing can be graded before that."),
        ) from error
