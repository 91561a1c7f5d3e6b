"""How far has a trainee come, as far as their own notebooks show it?

A trainee's folder goes in; for each module, how much of the lesson was run and how many tasks have an answer.
Only what stands in the notebooks is read: whether an answer is true is not known here, nor what was handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.course.answers import MARK
from safelearn.course.modules import Module, find_module
from safelearn.course.source import TEXT_STUB

LESSON, ASSIGNMENT = "lesson.ipynb", "assignment.ipynb"


@dataclass(frozen=True)
class Progress:
    """One module, as a trainee left it.

    Attributes
    ----------
    ran, cells : int
        Cells of the lesson that were run, of all that can be.
    answered, tasks : int
        Tasks with an answer of the right form or with a text, of all that count.
    readable : bool
        False if a notebook there is damaged.
    """

    module: Module
    ran: int
    cells: int
    answered: int
    tasks: int
    readable: bool = True

    @property
    def begun(self) -> bool:
        """Whether anything was done."""
        return self.ran > 0 or self.answered > 0

    @property
    def read(self) -> bool:
        """Whether the lesson was run, but for a cell or two that somebody left out."""
        return self.ran >= 0.8 * self.cells

    @property
    def done(self) -> bool:
        """Whether each task that counts has an answer."""
        return self.tasks > 0 and self.answered == self.tasks


def progress(folder: Path, names: Iterable[str]) -> list[Progress]:
    """What the notebooks in a trainee's folder show, for the modules of these names."""
    return [_progress(Path(folder), find_module(name)) for name in names]


def _progress(folder: Path, module: Module) -> Progress:
    try:
        lesson = _cells(folder / module.name / LESSON)
        assignment = _cells(folder / module.name / ASSIGNMENT)
    except (ValueError, TypeError, KeyError, OSError):
        return Progress(module, 0, 0, 0, len(_counted(module)), readable=False)
    runs = [cell for cell in lesson if cell["cell_type"] == "code"]
    ran = sum(cell.get("execution_count") is not None for cell in runs)
    answered = {
        name
        for cell in assignment
        if (name := cell.get("metadata", {}).get("nbgrader", {}).get("grade_id"))
        and _answers(cell)
    }
    counted = _counted(module)
    return Progress(
        module,
        ran,
        len(runs),
        sum(bool(names & answered) for names in counted),
        len(counted),
    )


def _counted(module: Module) -> list[set[str]]:
    """Each task that counts, with the one that may be done instead of it."""
    return [
        {task.id, *([other.id] if (other := module.alternative(task.id)) else [])}
        for task in module.tasks.values()
        if not task.instead_of
    ]


def _cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def _answers(cell: dict[str, Any]) -> bool:
    """Whether a grade cell found an answer of the right form, or a written answer was begun."""
    if cell["cell_type"] == "code":
        return any(MARK in output.get("metadata", {}) for output in cell["outputs"])
    text = "".join(cell["source"]).strip()
    return bool(text) and TEXT_STUB not in text
