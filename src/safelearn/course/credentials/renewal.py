"""Once a year: a small set of tasks from a role's path, on data that the trainee has never seen.

A course and a role go in; a new course comes out, with one assignment for each module that a task was taken
of. The assignment is the module's own with the other tasks left out, under an id that holds the year
(``m2705``: module 5 in 2027). Data are drawn from the id of the module and of the trainee, so that
everybody has new ones; all else, from building to grading, is as for any module. The folder is an
instructor's: the solutions stand in it. Serves draft:25(o).4, training that goes on.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.course.authoring.build import write
from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.new import new_course
from safelearn.course.classroom.roster import add, change_roster, read_roster
from safelearn.course.credentials.issuer import FILE
from safelearn.course.credentials.standing import RENEWAL
from safelearn.course.grading.records import put
from safelearn.course.key import key_for
from safelearn.course.modules import MORE, Module, Task, course, find_module, find_task
from safelearn.course.source import SOLUTION
from safelearn.errors import SafelearnError
from safelearn.guidelines.competencies import role as role_of
from safelearn.language import listing, t

#: The modules made for it, with solutions; and what trainees need of them.
MODULES, TRAINEES = "modules", "for-trainees"
#: Somebody on whose data it is tried whether the tasks stand alone.
_TRIED = "renewal"


@dataclass(frozen=True)
class Renewal:
    """What was made: the tasks, by the ids they have in the course, and how many trainees are in it."""

    tasks: tuple[str, ...]
    trainees: int


def renew(
    old: Path,
    out: Path,
    year: int,
    role: str,
    tasks: Sequence[str] = (),
    *,
    revocations_at: str = "",
    on_step: Callable[[int, int, str], None] | None = None,
) -> Renewal:
    """Make the course of a renewal.

    Parameters
    ----------
    old : Path
        The course in which the credentials were issued; its issuer and the trainees of the role are taken over.
    out : Path
        A new folder.
    tasks : sequence of str
        Such as ``m05-t3``; by default, of each module on the role's path, the first task of the highest level that the
        computer marks.
    revocations_at : str
        Where this course's list of revocations will be found: it has one of its own.

    Raises
    ------
    SafelearnError
        If the folder is not new, the role or a task is unknown, or a task does not run without one that is left out.
    """
    old, out = course_folder(old), Path(out).resolve()
    if out.exists() and any(out.iterdir()):
        raise SafelearnError(
            t("This folder is not empty."),
            where=str(out),
            remedy=t("Name a new one."),
        )
    if not 2000 <= year <= 2099:
        raise SafelearnError(
            t("{year} is no year of a renewal.", year=str(year)),
            remedy=t("Write it with four digits, such as 2027."),
        )
    role_of(role)
    chosen = _chosen(tasks or _by_default(role), course()["paths"][role], role)
    people = [p for p in read_roster(old).present() if p.role == role]
    step = on_step or (lambda done, total, what: None)
    try:
        with _more(out / MODULES):
            made = []
            for n, (module, own) in enumerate(chosen):
                step(n, len(chosen) + 1, module.name)
                made.append(_module(module, own, year, out))
            step(len(chosen), len(chosen) + 1, t("the course"))
            new_course(out, [folder.name for folder in made])
            names = [task for folder in made for task in find_module(folder.name).tasks]
            change_roster(out, lambda roster: add(roster, people))
    except BaseException:
        # Nothing of it is of use, and the next try wants a new folder.
        shutil.rmtree(out, ignore_errors=True)
        raise
    if (old / FILE).is_file():
        data = json.loads((old / FILE).read_text(encoding="utf-8"))
        data.pop("revocations", None)
        data |= {"revocations": revocations_at} if revocations_at else {}
        put(out / FILE, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    text = json.dumps({"year": year, "role": role}) + "\n"
    put(out / RENEWAL, text)
    return Renewal(tuple(names), len(people))


def _by_default(role: str) -> list[str]:
    """Of each module on the path, the first automatic task of its highest level."""
    found = []
    for name in course()["paths"][role]:
        marked = [
            task
            for task in find_module(name).tasks.values()
            if task.automatic and not task.instead_of
        ]
        if marked:
            found.append(max(marked, key=lambda task: task.level).id)
    return found


def _chosen(
    tasks: Sequence[str], path: Sequence[str], role: str
) -> list[tuple[Module, list[Task]]]:
    """The tasks by module, with what may be done instead of them."""
    chosen: dict[str, list[str]] = {}
    for name in tasks:
        task = find_task(name)
        module = find_module(name.partition("-")[0])
        if module.name not in path:
            raise SafelearnError(
                t("{task} is not on the path of {role}.", task=name, role=role),
                remedy=t("Its modules are: {names}.", names=listing(list(path))),
            )
        other = module.alternative(task.instead_of or name)
        group = {task.instead_of or name} | ({other.id} if other else set())
        chosen.setdefault(module.name, []).extend(group)
    found = []
    for name, wanted in sorted(chosen.items()):
        module = find_module(name)
        own = [task for task in module.tasks.values() if task.id in wanted]
        found.append((module, own))
    return found


def _module(module: Module, tasks: list[Task], year: int, out: Path) -> Path:
    """Write one module of the renewal, and see that its tasks stand alone."""
    short, rest = module.name.split("_", 1)
    number = f"{year % 100:02d}{short}"
    folder = out / MODULES / f"{number}_{rest}"
    folder.mkdir(parents=True)
    kept = {task.id.partition("-")[2] for task in tasks}
    text = _description(module, kept, f"m{number}", year)
    (folder / "module.toml").write_text(text, encoding="utf-8", newline="\n")
    text = _assignment(module, kept)
    # The module's id stands in the text: in `my_city("m05")` and in each check.
    text = re.sub(rf"\b{module.id}\b", f"m{number}", text)
    (folder / "assignment.py").write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(module.folder / "variant.py", folder / "variant.py")
    try:
        key_for(folder.name, _TRIED)
    except SafelearnError as error:
        raise SafelearnError(
            t(
                "A task of {module} needs another that was left out.",
                module=module.name,
            ),
            where=str(error.where),
            remedy=t("{error} Choose other tasks with --task.", error=error.what),
        ) from error
    write(folder)
    given = out / TRAINEES / folder.name
    given.mkdir(parents=True)
    for name in ("module.toml", "variant.py", "assignment.ipynb"):
        shutil.copyfile(folder / name, given / name)
    return folder


def _description(module: Module, kept: set[str], own: str, year: int) -> str:
    import tomlkit

    data = tomlkit.parse((module.folder / "module.toml").read_text(encoding="utf-8"))
    data["id"] = own
    data["title"] = f"{module.title} ({year})"
    # A person has done the whole of it before, and needs a fair share of its hours now.
    tasks: Any = data["tasks"]
    data["hours"] = max(1, round(module.hours * len(kept) / len(tasks)))
    for name in [name for name in tasks if name not in kept]:
        del tasks[name]
    return tomlkit.dumps(data)


def _assignment(module: Module, kept: set[str]) -> str:
    """The module's text without the cells of the other tasks; what is given to all of them stays."""
    import jupytext

    path = module.folder / "assignment.py"
    if not path.is_file():
        raise SafelearnError(
            t("The source of the assignment is not here, and the solutions stand in it."),
            where=str(path),
            remedy=t("Instructors work from a checkout of safelearn, not from an installed one."),
        )  # fmt: skip
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    lost: set[str] = set()
    cells = []
    for cell, task in zip(notebook.cells, _belongs(notebook.cells, module), strict=True):  # fmt: skip
        code = cell.source if cell.cell_type == "code" else ""
        # What is given may go on from an answer that is no longer asked for, as a map of it does.
        if task.partition("-")[2] in kept if task else not _names(code, ast.Load) & lost:  # fmt: skip
            cells.append(cell)
            lost -= _names(code, ast.Store)
        elif code and "mistake" not in cell.metadata.get("tags", []):
            lost |= _names(code, ast.Store)
    notebook.cells = cells
    return jupytext.writes(notebook, fmt="py:percent")


def _names(code: str, use: type) -> set[str]:
    """The names that a cell reads, or those it gives something to."""
    nodes = list(ast.walk(ast.parse(code)))
    found = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, use)}
    if use is ast.Store:
        found |= {n.name for n in nodes if isinstance(n, ast.FunctionDef)}
    return found


def _belongs(cells: list[Any], module: Module) -> list[str]:
    """To which task each cell belongs; empty for what stands before the first, and for what is given to all."""
    found = [""] * len(cells)
    last = upcoming = ""
    for n, cell in enumerate(cells):
        if check := re.match(r'check\(\s*"([\w-]+)"', cell.source):
            found[n] = last = check[1]
        elif cell.metadata.get("title", "") in module.tasks:
            found[n] = last = cell.metadata["title"]
        elif "mistake" in cell.metadata.get("tags", []):
            found[n] = last
    heads = [n for n, cell in enumerate(cells) if cell.source.startswith("## Task")]
    for n in range(len(cells) - 1, min(heads, default=0) - 1, -1):
        prose = cells[n].cell_type == "markdown"
        if found[n]:
            mistake = "mistake" in cells[n].metadata.get("tags", [])
            upcoming = upcoming if mistake else found[n]
        elif prose or SOLUTION.search(cells[n].source):
            found[n] = upcoming
    return found


@contextmanager
def _more(folder: Path) -> Iterator[None]:
    """Let the modules of a folder be found, beside those of the curriculum."""
    before = os.environ.get(MORE)
    os.environ[MORE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[MORE]
        else:
            os.environ[MORE] = before
