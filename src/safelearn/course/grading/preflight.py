"""Can this notebook be graded? Read a submission whatever was done to its file, and mend what is certain.

A notebook's file goes in; a whole notebook comes out with a sentence for each thing that was mended, or a
`SafelearnError` that names what is wrong and what the trainee can do. The file itself is never changed. Trainees ask
the same question with ``safelearn course check`` before they hand in.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.grading.repair import mend, shorn
from safelearn.course.modules import Module, find_module
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import require_readable
from safelearn.language import t

_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_KINDS = ("code", "markdown", "raw")
_SHOWN = ("stream", "display_data", "execute_result", "error")


@dataclass(frozen=True)
class Checked:
    """A notebook that can be graded.

    Attributes
    ----------
    notebook : NotebookNode
        With every cell that the module needs.
    repaired : tuple of str
        A sentence for each thing that was mended.
    """

    notebook: Any
    repaired: tuple[str, ...]


def preflight(notebook: Path, module: str, course: Path | None = None) -> Checked:
    """See whether a submission can be graded, and mend what is certain in a copy.

    Parameters
    ----------
    notebook : Path
        What was, or will be, handed in.
    module : str
        Such as ``m05`` or ``05_rates``.
    course : Path, optional
        The course, whose released notebook is then what a submission should look like.

    Raises
    ------
    SafelearnError
        If it is no notebook, or one of another module, or nothing of the tasks can be found in it.
    """
    found, told = read_notebook(Path(notebook))
    asked = find_module(module)
    more = mend(found, reference(asked, course), asked)
    return Checked(found, (*told, *more))


def reference(module: Module, course: Path | None = None) -> Any:
    """The notebook that trainees were given."""
    import nbformat

    from safelearn.course.authoring.build import unsolved_notebook
    from safelearn.course.source import read_assignment

    name = f"{NOTEBOOK}.ipynb"
    places = [module.folder / name]
    if course is not None:
        places.insert(0, Path(course) / "release" / module.name / name)
    for place in places:
        if place.is_file():
            return nbformat.read(place, as_version=4)
    return unsolved_notebook(read_assignment(module.folder))


def write_new(path: Path, notebook: Any) -> None:
    """Write a notebook where there is no file yet.

    Raises
    ------
    SafelearnError
        If there is one.
    """
    import nbformat

    if path.exists():
        raise SafelearnError(
            t("This file is there already."),
            where=str(path),
            remedy=t("Choose another name; nothing is written over."),
        )
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def read_notebook(path: Path) -> tuple[Any, list[str]]:
    """Read a notebook in any encoding and format, with what had to be mended to do so.

    Raises
    ------
    SafelearnError
        If it is not there, is a link, is too large, or is no notebook.
    """
    if path.is_symlink():
        raise SafelearnError(
            t("A link was handed in, not a file."),
            where=path.name,
            remedy=t("Ask the trainee to hand in the notebook itself."),
        )
    try:
        require_readable(path)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise SafelearnError(
            t("The notebook {name} was not handed in.", name=path.name),
            remedy=t("Ask for it; perhaps it was saved under another name."),
        ) from None
    text, told = _text(data)
    content = _parsed(text, told)
    return _upgraded(content, told), told


def _text(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            said = t("The file was saved as {encoding}.", encoding=encoding.upper())
            try:
                return data.decode(encoding), [said]
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        # Every byte means something in this one, and JSON's own signs are the same.
        return data.decode("cp1252", "replace"), [
            t("The file was saved in an old encoding; letters with accents were read.")
        ]


def _parsed(text: str, told: list[str]) -> dict[str, Any]:
    bare = text.strip("\x00 \t\r\n")
    try:
        content, end = json.JSONDecoder(strict=False).raw_decode(bare)
    except (ValueError, RecursionError) as error:
        raise _damaged(bare) from error
    if bare[end:].strip():
        told.append(t("What stood after the end of the notebook was left out."))
    if not isinstance(content, dict):
        raise _damaged(bare)
    return content


def _damaged(text: str) -> SafelearnError:
    """What a file that is no notebook seems to be."""
    what, remedy = (
        t("The file is damaged and is no notebook."),
        t("Ask the trainee to download it from JupyterLab once more."),
    )
    if not text:
        what = t("The file is empty.")
    elif text.startswith("<"):
        what = t("The file is a web page, not a notebook.")
    elif text.startswith("PK"):
        what = t("The file is a zip archive or an office document, not a notebook.")
        remedy = t("Ask the trainee to unpack it and to hand in the notebook itself.")
    elif "<<<<<<<" in text and ">>>>>>>" in text:
        what = t("Two versions of the notebook were mixed by a merge.")
        remedy = t(
            "Ask the trainee to choose one of the two versions and to hand it in."
        )
    elif text.startswith("{") and text.count("{") > text.count("}"):
        what = t("The file is damaged: its end is missing.")
    return SafelearnError(what, remedy=remedy)


def _upgraded(content: dict[str, Any], told: list[str]) -> Any:
    """The notebook in today's format, with the parts of each cell that its kind must have."""
    import nbformat

    if content.get("nbformat") in (1, 2, 3) or "worksheets" in content:
        told.append(t("The notebook was in an old format and was converted."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = _completed(content, told)
            # `nbformat.reads` would log what is repaired here.
            notebook = nbformat.convert(nbformat.reader.reads(json.dumps(whole)), 4)
            if not _valid(notebook):
                shorn(notebook)
                told.append(t("Damaged outputs were left out."))
            nbformat.validate(notebook)
    except SafelearnError:
        raise
    except Exception as error:  # schema errors of many kinds
        raise _damaged("{}") from error
    return notebook


def _valid(notebook: Any) -> bool:
    import nbformat

    try:
        nbformat.validate(notebook)
    except Exception:  # schema errors of many kinds
        return False
    return True


def _completed(content: dict[str, Any], told: list[str]) -> dict[str, Any]:
    if "worksheets" in content:
        return content
    cells = content.get("cells")
    if not isinstance(cells, list) or not cells:
        raise SafelearnError(
            t("The notebook has no cells."),
            remedy=t("Ask the trainee to download it from JupyterLab once more."),
        )
    kept, ids = [], set()
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") not in _KINDS:
            told.append(t("Something that is no cell was left out."))
            continue
        cell.setdefault("source", "")
        if not isinstance(cell.get("metadata"), dict):
            cell["metadata"] = {}
        if not isinstance(cell["metadata"].get("nbgrader", {}), dict):
            del cell["metadata"]["nbgrader"]
        if cell["cell_type"] == "code":
            cell.setdefault("execution_count", None)
            shown = cell.get("outputs")
            cell["outputs"] = [
                output
                for output in (shown if isinstance(shown, list) else ())
                if isinstance(output, dict) and output.get("output_type") in _SHOWN
            ]
        else:
            for name in ("outputs", "execution_count"):
                cell.pop(name, None)
        name = cell.get("id")
        if not isinstance(name, str) or not _ID.fullmatch(name) or name in ids:
            cell["id"] = uuid4().hex[:8]
        ids.add(cell["id"])
        kept.append(cell)
    metadata = content.get("metadata")
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "cells": kept,
    }
