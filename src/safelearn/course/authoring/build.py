"""From the text of a module to its notebooks, always the same bytes.

``assignment.py`` gives the instructor's notebook, with the solutions and the metadata of nbgrader, and the
unsolved one that trainees get; ``lesson.py`` gives the lesson. The unsolved notebook and the lesson lie beside
their sources, without outputs, so that people can open them on the code host; nobody edits them by hand.
Serves draft:25(h): a curriculum, tied to competencies.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from safelearn.course.modules import Module, Task
from safelearn.course.source import (
    SOLUTION,
    TEXT_STUB,
    Assignment,
    Cell,
    read_assignment,
    released,
)
from safelearn.errors import SafelearnError
from safelearn.language import t

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
#: The name of the notebook in nbgrader, and of its file.
NOTEBOOK = "assignment"
CLOSING = """## Before you hand in

Choose *Run*, then *Restart Kernel and Run All Cells*, and look at the cell below.
It says what is still missing.

The button *Validate* looks at the form of your answers too; it cannot know whether they are true."""


def instructor_notebook(assignment: Assignment) -> Any:
    """The notebook with the solutions, with the metadata that nbgrader wants."""
    import nbformat

    module = assignment.module
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, cell in enumerate(assignment.cells):
        name, source = _name_and_source(cell, number, module)
        points = points_of(module.tasks[cell.task]) if _graded(cell) else None
        notebook.cells.append(_made(cell.role, source, name, points))
    end = f"{module.id}-end"
    notebook.cells.append(_made("prose", CLOSING, end))
    last = f'from safelearn.course.answers import summary\n\nsummary("{module.id}")'
    notebook.cells.append(_made("check", last, f"{end}-check", 0))
    nbformat.validate(notebook)
    return notebook


def unsolved_notebook(assignment: Assignment) -> Any:
    """The notebook that a trainee gets: what nbgrader makes of the instructor's, checksums apart."""
    notebook = instructor_notebook(assignment)
    for cell in notebook.cells:
        role = cell.metadata.nbgrader
        if role.solution:
            cell.source = (
                released(cell.source)
                if cell.cell_type == "code"
                else SOLUTION.sub(TEXT_STUB + "\n", cell.source).rstrip("\n")
            )
        elif role.locked:
            cell.metadata["editable"] = False
        if role.solution or role.grade or role.locked:
            cell.metadata["deletable"] = False
    return notebook


def lesson_notebook(folder: Path) -> Any:
    """The lesson, without the claims about its numbers, which are for the tests."""
    import jupytext
    import nbformat

    text = (Path(folder) / "lesson.py").read_text(encoding="utf-8")
    source = jupytext.reads(text, fmt="py:percent")
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, cell in enumerate(source.cells):
        if "claim" in cell.metadata.get("tags", []):
            continue
        make = nbformat.v4.new_markdown_cell
        if cell.cell_type == "code":
            make = nbformat.v4.new_code_cell
        notebook.cells.append(make(cell.source, id=f"lesson-{number}"))
    nbformat.validate(notebook)
    return notebook


def build(folder: Path) -> dict[Path, str]:
    """What the notebooks beside the sources in `folder` must hold, by file."""
    folder = Path(folder)
    made = {f"{NOTEBOOK}.ipynb": unsolved_notebook(read_assignment(folder))}
    if (folder / "lesson.py").is_file():
        made["lesson.ipynb"] = lesson_notebook(folder)
    return {folder / name: text_of(notebook) for name, notebook in made.items()}


def write(folder: Path) -> list[Path]:
    """Build the notebooks in `folder`; gives the files that changed."""
    changed = []
    for path, text in build(folder).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def require_built(folder: Path) -> None:
    """See that the built notebooks are what their sources say.

    Raises
    ------
    SafelearnError
        If one is missing or differs.
    """
    for path, text in build(folder).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise SafelearnError(
                t("This notebook is not what its source says."),
                where=str(path),
                remedy=t(
                    "Edit the text beside it, never the notebook, and run `safelearn course build`."
                ),
            )


def text_of(notebook: Any) -> str:
    """A notebook as it is written to a file."""
    import nbformat

    return nbformat.writes(notebook) + "\n"


def points_of(task: Task) -> float:
    """What nbgrader adds up: the better of two tasks stands in the cell of the first."""
    return 0 if task.instead_of else task.points


def _graded(cell: Cell) -> bool:
    return cell.role in ("check", "written")


def _made(role: str, source: str, name: str, points: float | None = None) -> Any:
    import nbformat

    code = role in ("given", "answer", "check")
    make = nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell
    nbgrader: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": role in ("check", "written"),
        "locked": role not in ("answer", "written"),
        "solution": role in ("answer", "written"),
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    made = make(source, id=name, metadata={"nbgrader": nbgrader})
    if role == "check":
        # "Run all" goes on past a task that is not done yet.
        made.metadata["tags"] = ["raises-exception"]
    return made


def _name_and_source(cell: Cell, number: int, module: Module) -> tuple[str, str]:
    """The cell's id in nbgrader, which a later insertion does not shift for tasks, and its text."""
    if _graded(cell):
        return cell.task, cell.source
    if cell.role == "answer":
        return f"{cell.task}-answer", cell.source
    if re.match(r"## Task \d+$", cell.source.split("\n", 1)[0]):
        task = module.tasks[cell.task]
        return f"{cell.task}-prompt", _prompt(cell.source, task, module)
    return f"{module.id}-{cell.role}-{number}", cell.source


def _prompt(source: str, task: Task, module: Module) -> str:
    """The question with what the module's description adds: points, competency, rubric."""
    heading, _, body = source.partition("\n")
    points = f"{task.points:g} " + ("point" if task.points == 1 else "points")
    facts = [points, f"competency {task.competency}, level {task.level}"]
    facts += [task.indicator] if task.indicator else []
    facts += ["Guidelines " + ", ".join(task.clauses)]
    text = f"{heading}. {task.title}\n*{' · '.join(facts)}*\n{body}"
    other = module.tasks.get(task.instead_of) or module.alternative(task.id)
    if other:
        text += (
            f"\n\n*Do this task or {_numbered(other)} ({other.title}), as you like, and give no reason: "
            "the better of the two counts, and nobody but you sees which.*"
        )
    if task.rubric:
        rows = "".join(f"\n| {line} | {points:g} |" for line, points in task.rubric)
        text += f"\n\n| Read by a person, who looks for | points |\n|---|---|{rows}"
    return text


def _numbered(task: Task) -> str:
    return f"task {task.id.rpartition('-t')[2]}"
