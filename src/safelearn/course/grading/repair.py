"""Find the module's cells again in a notebook that was changed, and put it in the order that grading needs.

A trainee's notebook and the one that was handed out go in. Cells that were deleted, copied, split, retyped, moved or
stripped of their marks are mended where their meaning is certain: locked cells are the author's text, the trainee's
code runs in the order in which it stands, and the pieces of a written answer are read together. What was done comes
back in sentences, for the record and for the trainee.
"""

from __future__ import annotations

import copy
from typing import Any
from uuid import uuid4

from safelearn.course.modules import Module
from safelearn.course.source import TEXT_STUB
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

#: Where more cells have lost their marks, they are counted and not named.
_NAMED = 5


def mend(notebook: Any, given: Any, module: Module) -> list[str]:
    """Mend `notebook` in place after the one that was `given`.

    Returns
    -------
    list of str
        What was done; empty if nothing had to be.

    Raises
    ------
    SafelearnError
        If it is the notebook of another module, or nothing of the module can be found.
    """
    wanted = {cell.metadata.nbgrader.grade_id: cell for cell in given.cells}
    cells = notebook.cells
    told = _name_cells(cells, wanted, module)
    told += _one_of_each(cells, wanted)
    told += _put_back(cells, wanted)
    told += _checks_last(cells)
    retyped, changed = [], []
    for cell in cells:
        name = _name(cell)
        if not name:
            continue
        like = wanted[name]
        if cell.cell_type != like.cell_type:
            retyped.append(name)
            _retype(cell, like.cell_type)
        if like.metadata.nbgrader.locked and cell.source != like.source:
            changed.append(name)
            cell.source = like.source
        # Its points and its role are the author's, whatever the file says.
        cell.metadata = copy.deepcopy(like.metadata)
    if retyped:
        told.append(
            t("Made code or text again, as they were: {names}.", names=listing(retyped))
        )
    if changed:
        told.append(
            t(
                "Locked cells have their own text again: {names}.",
                names=listing(changed),
            )
        )
    _give_ids(cells)
    return told


def shorn(notebook: Any) -> None:
    """Drop what a run left behind."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _name(cell: Any) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or ""


def _set_name(cell: Any, name: str) -> None:
    if name:
        cell.metadata["nbgrader"] = {"grade_id": name}
    else:
        cell.metadata.pop("nbgrader", None)
        cell.metadata.pop("editable", None)


def _name_cells(cells: list, wanted: dict[str, Any], module: Module) -> list[str]:
    """Give each cell the name that it has in the module, or none."""
    strange = [name for cell in cells if (name := _name(cell)) and name not in wanted]
    known = {_name(cell) for cell in cells} & set(wanted)
    if strange and not known:
        raise SafelearnError(
            t(
                "This is the notebook of another module, not of {name}.",
                name=module.name,
            ),
            where=strange[0],
            remedy=t("Ask the trainee for the right one."),
        )
    texts = {
        cell.source.strip(): name
        for name, cell in wanted.items()
        if cell.metadata.nbgrader.locked
    }
    again = []
    for cell in cells:
        if _name(cell) in wanted:
            continue
        lost = cell.get("id") if cell.get("id") in wanted else None
        name = lost or texts.get(cell.source.strip(), "")
        # A copy of a cell that still has its name is the trainee's own.
        name = "" if name in known else name
        _set_name(cell, name)
        if name:
            known.add(name)
            again.append(name)
    if not known & set(module.tasks) and not known & {
        f"{task}-{part}" for task in module.tasks for part in ("answer", "prompt")
    }:
        raise SafelearnError(
            t("The notebook has lost the marks by which its tasks are found."),
            remedy=t(
                "It was saved by a program that drops them. Ask the trainee to copy the answers into a fresh one."
            ),
        )
    if not again:
        return []
    if len(again) > _NAMED:
        return [
            tn(
                "The mark of {n} cell was lost and found again.",
                "The marks of {n} cells were lost and found again.",
                len(again),
            )
        ]
    return [t("Marks that were lost were found again: {names}.", names=listing(again))]


def _one_of_each(cells: list, wanted: dict[str, Any]) -> list[str]:
    """Of cells that are there several times one keeps the name; code of the others runs where it stands."""
    told = []
    for name, like in wanted.items():
        same = [i for i, cell in enumerate(cells) if _name(cell) == name]
        if len(same) < 2:
            continue
        role = like.metadata.nbgrader
        if role.solution and role.grade:
            keep = same[0]
            _join(cells, same, like)
            told.append(
                t(
                    "The pieces of a written answer were put together: {name}.",
                    name=name,
                )
            )
        else:
            keep = _counts(cells, same, name) if role.grade else same[0]
            told.append(
                t(
                    "{name} was there {n} times; one of them counts.",
                    name=name,
                    n=len(same),
                )
            )
        for i in same:
            if i != keep:
                _set_name(cells[i], "")
    return told


def _counts(cells: list, same: list[int], name: str) -> int:
    """Of several locked checks the last before the next task begins, which sees the newest answers."""
    own = {name, f"{name}-answer", f"{name}-prompt", ""}
    last = same[0]
    for i in range(same[0], len(cells)):
        if _name(cells[i]) not in own:
            break
        last = i if i in same else last
    return last


def _join(cells: list, same: list[int], like: Any) -> None:
    """Put the text of all pieces into the first; what nobody wrote is no piece."""
    pieces: list[str] = []
    for i in same:
        text = cells[i].source
        if (
            text.strip() not in ("", TEXT_STUB, like.source.strip())
            and text not in pieces
        ):
            pieces.append(text)
        if i != same[0]:
            cells[i].source = ""
            _retype(cells[i], "markdown")
    cells[same[0]].source = "\n\n".join(pieces) if pieces else like.source


def _put_back(cells: list, wanted: dict[str, Any]) -> list[str]:
    """Put what was deleted where it belongs; what the trainee wrote in its place becomes the answer."""
    names = list(wanted)
    deleted, found = [], []
    for at, name in enumerate(names):
        where = {_name(cell): i for i, cell in enumerate(cells) if _name(cell)}
        if name in where:
            continue
        like = wanted[name]
        role = like.metadata.nbgrader
        begin = max((where[n] for n in names[:at] if n in where), default=-1) + 1
        ends = [where[n] for n in names[at + 1 :] if where.get(n, -1) >= begin]
        end = min(ends, default=len(cells))
        own = [
            i
            for i in range(begin, end)
            if cells[i].cell_type == like.cell_type and cells[i].source.strip()
        ]
        if role.solution and own:
            if role.grade:
                _join(cells, own, like)
            _set_name(cells[own[0]], name)
            found.append(name)
            continue
        deleted.append(name)
        # A check comes after all that the trainee wrote for it, anything else before.
        place = end if role.grade and not role.solution else begin
        cells.insert(place, copy.deepcopy(like))
    told = []
    if found:
        told.append(
            t(
                "Answers were found in cells of the trainee's own: {names}.",
                names=listing(found),
            )
        )
    if deleted:
        told.append(
            t("Cells that were deleted were put back: {names}.", names=listing(deleted))
        )
    return told


def _checks_last(cells: list) -> list[str]:
    """Move a check that stands before its answer behind it."""
    moved = []
    for name in [_name(cell) for cell in cells if _name(cell).endswith("-answer")]:
        where = {_name(cell): i for i, cell in enumerate(cells) if _name(cell)}
        task = name.removesuffix("-answer")
        if where.get(task, len(cells)) < where[name]:
            cell = cells.pop(where[task])
            cells.insert(where[name], cell)
            moved.append(task)
    if not moved:
        return []
    return [t("Checks were moved behind their answers: {names}.", names=listing(moved))]


def _retype(cell: Any, kind: str) -> None:
    cell.cell_type = kind
    if kind == "code":
        cell.pop("attachments", None)
        cell.outputs, cell.execution_count = [], None
    else:
        for part in ("outputs", "execution_count"):
            cell.pop(part, None)


def _give_ids(cells: list) -> None:
    seen = {_name(cell) for cell in cells} - {""}
    for cell in cells:
        if name := _name(cell):
            cell["id"] = name
            continue
        if not cell.get("id") or cell["id"] in seen:
            cell["id"] = uuid4().hex[:8]
        seen.add(cell["id"])
