"""Read ``assignment.py``, the only source of an assignment, and see that it fits its ``module.toml``.

What a cell is follows from what stands in it; only a mistake carries a tag::

    markdown                              prose, locked
    markdown titled with a task's id      a written answer, which a person marks; its rubric is in module.toml
    code with BEGIN SOLUTION              an answer cell; ``name = ...`` above the region is what a trainee
                                          finds
    code that begins with check("...")    the locked grade cell of that task
    code tagged ``mistake``               a wrong answer cell: its title is its name, its first comment is
                                          what a trainee is told who made it, and the rest runs in place
                                          of the answer
    any other code                        given, locked; after the first task only with the tag ``given``, so
                                          that a mistake whose tag was forgotten is never shown to a trainee
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safelearn.course.modules import Module, read_module
from safelearn.errors import SafelearnError
from safelearn.language import t

SOLUTION = re.compile(
    r"^ *### BEGIN SOLUTION$.*?^ *### END SOLUTION$\n?", re.DOTALL | re.MULTILINE
)
#: What stands in an answer cell and in a written answer before the trainee begins.
CODE_STUB = "# Replace the three dots. You may add lines."
TEXT_STUB = "*Write your answer here.*"


@dataclass
class Cell:
    """One cell of the source. `role`: prose, given, answer, check, written or mistake."""

    role: str
    source: str
    task: str = ""
    title: str = ""

    @property
    def code(self) -> bool:
        """Whether it runs."""
        return self.role in ("given", "answer", "check", "mistake")


@dataclass(frozen=True)
class Mistake:
    """A typical wrong solution: what it is called, what a trainee is told, and its code."""

    name: str
    message: str
    code: str


@dataclass
class Assignment:
    """A module's assignment as its author wrote it."""

    module: Module
    cells: list[Cell]
    mistakes: dict[str, list[Mistake]] = field(default_factory=dict)


def read_assignment(folder: Path) -> Assignment:
    """Read and cross-check the assignment in the folder of a module.

    Raises
    ------
    SafelearnError
        If it is not there (an installed safelearn has no solutions), or does not fit module.toml.
    """
    import jupytext

    module = read_module(folder)
    path = module.folder / "assignment.py"
    if not path.is_file():
        raise SafelearnError(
            t(
                "The source of the assignment is not here, and the solutions stand in it."
            ),
            where=str(path),
            remedy=t(
                "Instructors work from a checkout of safelearn, not from an installed one."
            ),
        )
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    cells = [_cell(cell, module) for cell in notebook.cells]
    upcoming = ""
    for cell in reversed(cells):
        # An answer and its prompt belong to the check or the written answer that comes after them.
        upcoming = cell.task or upcoming
        if cell.role in ("answer", "prose"):
            cell.task = upcoming
    assignment = Assignment(module, [c for c in cells if c.role != "mistake"])
    last = ""
    for cell in cells:
        last = cell.task if cell.role == "check" else last
        if cell.role == "mistake":
            assignment.mistakes.setdefault(last, []).append(_mistake(cell))
    problems = _problems(assignment)
    if problems:
        raise SafelearnError(
            t("The assignment and its module.toml do not fit each other."),
            where=str(path),
            remedy="\n".join(problems),
        )
    return assignment


def released(source: str) -> str:
    """An answer cell as the trainee finds it."""
    return SOLUTION.sub(CODE_STUB + "\n", source).rstrip("\n")


def _cell(cell: Any, module: Module) -> Cell:
    title = cell.metadata.get("title", "")
    tags = cell.metadata.get("tags", [])
    if cell.cell_type == "markdown":
        if title in module.tasks:
            return Cell("written", cell.source, title, title)
        return Cell("prose", cell.source, title=title)
    if "mistake" in tags:
        return Cell("mistake", cell.source, title=title)
    if found := re.match(r'check\(\s*"([\w-]+)"', cell.source):
        return Cell("check", cell.source, found[1])
    if SOLUTION.search(cell.source):
        return Cell("answer", cell.source)
    return Cell("given", cell.source, title="given" if "given" in tags else "")


def _mistake(cell: Cell) -> Mistake:
    lines = cell.source.splitlines()
    comment = next(
        (i for i, line in enumerate(lines) if not line.startswith("#")), len(lines)
    )
    message = " ".join(line.lstrip("#").strip() for line in lines[:comment])
    return Mistake(cell.title, message, "\n".join(lines[comment:]))


def _problems(assignment: Assignment) -> list[str]:
    """What does not fit, for the author."""
    tasks, found = assignment.module.tasks, []
    graded = [c.task for c in assignment.cells if c.role in ("check", "written")]
    if graded != list(tasks):
        found.append(
            t(
                "The tasks in assignment.py are {here}, in module.toml {there}.",
                here=", ".join(graded),
                there=", ".join(tasks),
            )
        )
    begun = False
    for cell in assignment.cells:
        begun = begun or cell.role == "check"
        if begun and cell.role == "given" and cell.title != "given":
            found.append(
                t(
                    "Tag this cell `given` or `mistake`: {line}",
                    line=cell.source.splitlines()[0],
                )
            )
    for task in tasks.values():
        if task.automatic:
            found += _task_problems(assignment, task.id)
    return found


def _task_problems(assignment: Assignment, name: str) -> list[str]:
    found = []
    task = assignment.module.tasks[name]
    answer = next(
        (c for c in assignment.cells if c.role == "answer" and c.task == name), None
    )
    if answer is None:
        return [
            t(
                "{task}: no answer cell with a solution stands before its check.",
                task=name,
            )
        ]
    stub = SOLUTION.sub("", answer.source)
    for key in task.answers:
        if not re.search(rf"^{key} = \.\.\.", stub, re.MULTILINE):
            found.append(
                t(
                    "{task}: write {line} above the solution, so that trainees find the name.",
                    task=name,
                    line=f"`{key} = ...`",
                )
            )
    mistakes = assignment.mistakes.get(name, [])
    if len(mistakes) < 2 or not all(m.name and m.message and m.code for m in mistakes):
        found.append(
            t(
                "{task}: declare two mistakes or more, each with a title, a comment and code.",
                task=name,
            )
        )
    return found
