"""A trainee's own folder: copies of the lessons and assignments to work in, and never to be overwritten.

A folder goes in, and in it appears what is missing. A notebook that is already there stays as it is, whatever
a newer version of the course would put in its place. The same for the guided notebook of a city.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from safelearn import resources
from safelearn.course import start
from safelearn.course.authoring.build import text_of
from safelearn.course.modules import folders
from safelearn.course.progress import ASSIGNMENT, LESSON
from safelearn.errors import SafelearnError
from safelearn.language import t


@dataclass(frozen=True)
class Workspace:
    """What a trainee finds.

    Attributes
    ----------
    folder : Path
        The trainee's own.
    first : str
        The notebook to open first, relative to it.
    made : tuple of str
        Files that were not there before.
    """

    folder: Path
    first: str
    made: tuple[str, ...]


def prepare(folder: Path, city: Path | None = None, role: str = "") -> Workspace:
    """Put what is missing into a trainee's folder, and write its start page anew.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    city : Path, optional
        The folder of a city, for which the guided notebook is made ready.
    role : str
        Whose path the start page shows; by default the one of the last time.

    Raises
    ------
    SafelearnError
        If the folder of the city is none, the guided notebook is not installed, or there is no such role.
    """
    folder = Path(folder)
    page = folder / start.PAGE
    role = role or start.role_in(page)
    start.path_of(role)
    made = _put(folder, (LESSON, ASSIGNMENT))
    page.write_text(
        text_of(start.notebook(folder, role)), encoding="utf-8", newline="\n"
    )
    first = start.PAGE if city is None else _guided(folder, city, made)
    return Workspace(folder, first, tuple(made))


def put_lessons(folder: Path) -> list[str]:
    """Put the lessons that are missing into a folder, without assignments: on a hub, those are handed out.

    Returns
    -------
    list of str
        Files that were not there before.
    """
    return _put(Path(folder), (LESSON,))


def _put(folder: Path, names: tuple[str, ...]) -> list[str]:
    made = []
    for module in folders():
        target = folder / module.name
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            if (module / name).is_file() and not (target / name).exists():
                shutil.copyfile(module / name, target / name)
                made.append(f"{module.name}/{name}")
        if (module / "pictures.py").is_file():
            # The lesson's drawings are nobody's work but ours: they follow the installed version.
            shutil.copyfile(module / "pictures.py", target / "pictures.py")
    return made


def _guided(folder: Path, city: Path, made: list[str]) -> str:
    """The guided notebook, with the city's path already in its parameters."""
    from papermill import execute_notebook

    from safelearn.city.folder import City

    city = Path(city).resolve()
    slug = City.open(city).slug
    name = f"my-city/{slug}.ipynb"
    target = folder / name
    if target.exists():
        return name
    source = resources.templates() / "notebooks" / "guide.ipynb"
    if not source.is_file():
        raise SafelearnError(
            t("The guided notebook is not installed."),
            where=str(source),
            remedy=t("Build it with `make build`, or install safelearn again."),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    execute_notebook(
        str(source),
        str(target),
        {"city": str(city), "report": str(target.parent.resolve() / f"{slug}-report")},
        kernel_name="python3",
        prepare_only=True,
        progress_bar=False,
    )
    _fold_parameters(target)
    made.append(name)
    return name


def _fold_parameters(notebook: Path) -> None:
    """Fold away the cells that hold folders of this machine: they are no part of the work."""
    import nbformat

    content = nbformat.read(notebook, as_version=4)
    for cell in content.cells:
        if {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", [])):
            cell.metadata["jupyter"] = {"source_hidden": True}
    nbformat.write(content, notebook)
