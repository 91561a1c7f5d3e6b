"""Refuse what somebody handed in before anything reads it, if it is not plain files of a plain size.

A folder goes in. Nothing comes out but an error with a remedy: a link (to the
solutions, to somebody else's work, to a file without end), a pipe that would be waited for, more or larger files
than any trainee needs, a small file that fills the memory once it is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.execution.warm import wire
from safelearn.language import number, t

#: Most files of a submission, and bytes of all and of the notebook.
FILES, BYTES, NOTEBOOK = 500, 200 << 20, 64 << 20
#: Most lists and objects of a notebook. Each takes some hundred bytes of memory once it is read.
VALUES = 500_000
#: Marks of an encoding and blanks, which may stand before the first bracket.
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def require_plain(folder: Path) -> None:
    """See that a submission holds plain files and folders only, not too much of them, and notebooks that can be read.

    Raises
    ------
    SafelearnError
        If it holds a link, something that is neither file nor folder, too much, or a notebook that would
        fill the memory.
    """
    for part in (folder, folder.parent):
        if part.is_symlink():
            raise _link(part)
    files = size = 0
    for path, status in _walk(folder):
        if stat.S_ISLNK(status.st_mode):
            raise _link(path)
        if not stat.S_ISREG(status.st_mode):
            raise _no_file(path)
        files, size = files + 1, size + status.st_size
        if files > FILES:
            raise SafelearnError(
                t("More than {n} files were handed in.", n=number(FILES)),
                where=str(folder),
                remedy=t("Ask for the notebook alone."),
            )
        if size > BYTES:
            raise _large(path)
        if path.suffix == ".ipynb":
            require_readable(path)


def require_readable(notebook: Path) -> None:
    """See that a notebook is a file, not too large, and JSON that fits into memory.

    Raises
    ------
    SafelearnError
        If it is not.
    """
    status = notebook.stat()
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(notebook)
    if status.st_size > NOTEBOOK:
        raise _large(notebook)
    data = notebook.read_bytes()
    if data.lstrip(_BEFORE)[:1] not in (b"{", b"["):
        return  # whoever reads it says what it seems to be
    try:
        wire.inspect(data, VALUES)
    except wire.Breach as breach:
        raise SafelearnError(
            t("The file is damaged and is no notebook."),
            where=f"{notebook.name}: {breach}",
            remedy=t("Ask the trainee to download it from JupyterLab once more."),
        ) from None


def _walk(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path), entry.stat(follow_symlinks=False)


def _link(path: Path) -> SafelearnError:
    return SafelearnError(
        t("{name} is a link to another place, and no file.", name=path.name),
        where=str(path),
        remedy=t("Ask for the notebook itself; look where the link leads."),
    )


def _no_file(path: Path) -> SafelearnError:
    return SafelearnError(
        t("{name} is no file that can be read.", name=path.name),
        where=str(path),
        remedy=t("Ask for a copy without it."),
    )


def _large(path: Path) -> SafelearnError:
    return SafelearnError(
        t("What was handed in is too large: {name}.", name=path.name),
        where=str(path),
        remedy=t(
            "Ask the trainee to clear the outputs and to hand in the notebook alone."
        ),
    )
