"""What a module of the course asks, and in what form the answers must come.

A folder of the curriculum goes in, its ``module.toml`` comes out as a `Module` with its tasks. There is no
expected value here or in any other file that a trainee gets: the right answer is the author's solution, run
on the trainee's own data.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from safelearn import resources
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Variable that names a folder with an instructor's own modules, in the same format.
MORE = "SAFELEARN_CURRICULUM"
KINDS = ("number", "interval", "table", "set", "ranking", "choice")
#: Kinds by whose values two trainees can be told apart.
TELLING = ("number", "interval", "table")
#: What makes a folder that a trainee opened for an exam: the module in it is found from a notebook there.
OPENED = "exam.json"

_private: dict[str, Path] = {}


@dataclass(frozen=True)
class Task:
    """One graded task.

    Attributes
    ----------
    id : str
        Such as ``m05-t1``.
    answers : dict
        The form of each named answer: kind, unit, min, max, digits, options, keys, columns. Empty if a person
        reads the answer.
    rubric : tuple of (str, float)
        What that person looks for, and the points for it.
    lesson : str
        The heading of the lesson's part in which to look again; empty if there is none.
    instead_of : str
        The task in whose place this one may be done, without giving a reason: the better of the two counts.
    """

    id: str
    title: str
    level: int
    points: float
    competency: str
    clauses: tuple[str, ...]
    indicator: str
    method: str
    trap: str
    answers: dict[str, dict[str, Any]]
    rubric: tuple[tuple[str, float], ...]
    lesson: str = ""
    instead_of: str = ""

    @property
    def automatic(self) -> bool:
        """Whether the checker marks it, and not a person."""
        return bool(self.answers)


@dataclass(frozen=True)
class Module:
    """One module of the course.

    Attributes
    ----------
    exam : bool
        Whether its tasks are an exam: private, and drawn from a private seed (see `course.exams`).
    """

    id: str
    title: str
    folder: Path
    hours: float
    competency: str
    needs: tuple[str, ...]
    clauses: tuple[str, ...]
    tasks: dict[str, Task]
    exam: bool = False

    @property
    def name(self) -> str:
        """The name of its folder, which is also the assignment's in nbgrader."""
        return self.folder.name

    @property
    def points(self) -> float:
        """Points there are to get: a task that may be done instead of another adds none."""
        return sum(task.points for task in self.tasks.values() if not task.instead_of)

    def alternative(self, task: str) -> Task | None:
        """The task that may be done instead of `task`, if there is one."""
        others = (other for other in self.tasks.values() if other.instead_of == task)
        return next(others, None)


def read_module(folder: Path) -> Module:
    """Read ``module.toml`` in `folder`.

    Raises
    ------
    SafelearnError
        If it is missing or lacks something.
    """
    path = Path(folder) / "module.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        tasks = {}
        for key, raw in data["tasks"].items():
            task = _task(f"{data['id']}-{key}", raw, data)
            tasks[task.id] = task
        _require_fair(tasks)
        return Module(
            id=data["id"],
            title=data["title"],
            folder=Path(folder),
            hours=data["hours"],
            competency=data["competency"],
            needs=tuple(data.get("needs", ())),
            clauses=tuple(data["clauses"]),
            tasks=tasks,
            exam=data.get("exam", False) is True,
        )
    except FileNotFoundError:
        raise SafelearnError(
            t("This folder holds no module: it has no file module.toml."),
            where=str(folder),
            remedy=t(
                "If it is where you keep an exam, put it back, or say with `safelearn course exam new` where it is now."
            )
            if not Path(folder).exists()
            else "",
        ) from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SafelearnError(
            t("The description of the module cannot be read."),
            where=f"{path}: {error}",
            remedy=t("Compare it with the module.toml of another module."),
        ) from error


def find_module(name: str) -> Module:
    """The module called `name`: its id (``m05``), its number or the name of its folder (``05_rates``)."""
    number = name.removeprefix("m")
    for folder in (*folders(), *_private.values()):
        if name == folder.name or folder.name.partition("_")[0] == number.zfill(2):
            return _read_once(folder)
    if Path(OPENED).is_file():
        opened = read_module(Path.cwd())
        if name in (opened.id, opened.name):
            return opened
    raise SafelearnError(
        t("There is no module called {name}.", name=name),
        remedy=t(
            "The modules are: {names}.", names=listing([f.name for f in folders()])
        ),
    )


def find_task(task: str) -> Task:
    """The task of that id, such as ``m05-t1``."""
    module = find_module(task.partition("-")[0])
    if task not in module.tasks:
        raise SafelearnError(
            t("Module {module} has no task {task}.", module=module.id, task=task),
            remedy=t("Its tasks are: {names}.", names=listing(list(module.tasks))),
        )
    return module.tasks[task]


def folders() -> list[Path]:
    """The folders of all modules: safelearn's own, in the order of the course, then an instructor's."""
    where = resources.curriculum()
    own = [where / name for name in course()["modules"]]
    if more := os.environ.get(MORE, ""):
        own += sorted(path.parent for path in Path(more).glob("*/module.toml"))
    return own


def know(folder: Path) -> None:
    """Let this process find a private module, which no list of modules names; the last of a name holds."""
    _private[Path(folder).name] = Path(folder)


@lru_cache(maxsize=1)
def course() -> dict[str, Any]:
    """What ``course.toml`` says: id, title, modules in order, and the path of each role."""
    text = (resources.curriculum() / "course.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=64)
def _read_once(folder: Path) -> Module:
    return read_module(folder)


def _task(name: str, raw: dict[str, Any], module: dict[str, Any]) -> Task:
    task = Task(
        id=name,
        title=raw["title"],
        level=raw["level"],
        points=raw["points"],
        competency=raw.get("competency", module["competency"]),
        clauses=tuple(raw.get("clauses", module["clauses"])),
        indicator=raw.get("indicator", ""),
        method=raw.get("method", ""),
        trap=raw.get("trap", ""),
        answers=raw.get("answers", {}),
        rubric=tuple((line, points) for line, points in raw.get("rubric", ())),
        lesson=raw.get("lesson", ""),
        instead_of=f"{module['id']}-{other}"
        if (other := raw.get("instead_of", ""))
        else "",
    )
    if bool(task.answers) == bool(task.rubric):
        raise KeyError(f"{name}: answers or a rubric, one of the two")
    if task.rubric and sum(points for _, points in task.rubric) != task.points:
        raise KeyError(f"{name}: the rubric does not add up to {task.points} points")
    for answer, form in task.answers.items():
        if form["kind"] not in KINDS:
            raise KeyError(f"{name}: {answer} has the unknown kind {form['kind']!r}")
    if task.answers and not any(f["kind"] in TELLING for f in task.answers.values()):
        raise KeyError(f"{name}: without a number, two trainees have the same answers")
    return task


def _require_fair(tasks: dict[str, Task]) -> None:
    """An alternative earns what the other task earns, and is no alternative to an alternative."""
    for task in (task for task in tasks.values() if task.instead_of):
        other = tasks.get(task.instead_of)
        if (
            other is None
            or other.instead_of
            or not (task.automatic and other.automatic)
        ):
            raise KeyError(f"{task.id}: instead_of must name an automatic task")
        if other.points != task.points:
            raise KeyError(f"{task.id}: as many points as {other.id}: {other.points}")
        twice = [t.id for t in tasks.values() if t.instead_of == task.instead_of]
        if len(twice) > 1:
            raise KeyError(f"{' and '.join(twice)}: one alternative for each task")
