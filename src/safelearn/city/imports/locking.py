"""Is somebody else changing this city's folder? In: the folder. Out: a lock that one process holds at a time.

Two imports at once would each write the tables without the other's rows. The lock is a small file that names its
owner. If the owner is gone without having taken it away (a power cut, a killed process), it is taken over.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import t

LOCK = ".importing.lock"
#: Seconds within which the owner of a lock has written its name.
_WRITTEN = 10


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock.

    Raises
    ------
    SafelearnError
        If another process, or another import of this one, holds it.
    OSError
        If the folder cannot be written.
    """
    path = folder / LOCK
    _take(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def at_work(folder: Path) -> bool:
    """Whether a process that is alive is changing the folder."""
    path = folder / LOCK
    return path.is_file() and _is_held(path)


def _take(path: Path) -> None:
    # Twice: once more after the lock of a process that is gone.
    for _ in range(2):
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            if _is_held(path):
                raise _held(path) from None
            path.unlink(missing_ok=True)
            continue
        owner = {"process": os.getpid(), "computer": platform.node()}
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(owner, file)
        return
    raise _held(path)


def _is_held(path: Path) -> bool:
    owner = _owner(path)
    if not owner:
        # Its owner is just about to write its name, or was stopped before it could.
        return time.time() - path.stat().st_mtime < _WRITTEN
    if owner.get("computer") != platform.node():
        # Nobody here can know whether it is alive there.
        return True
    return _is_alive(int(owner.get("process", 0)))


def _owner(path: Path) -> dict[str, Any]:
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return owner if isinstance(owner, dict) else {}


def _held(path: Path) -> SafelearnError:
    owner = _owner(path)
    return SafelearnError(
        t(
            "Another import into this folder is under way (process {process} on {computer}).",
            process=owner.get("process", "?"),
            computer=owner.get("computer", "?"),
        ),
        where=str(path.parent),
        remedy=t(
            "Wait until it has ended. If none is running, remove the file {file} and try again.",
            file=path,
        ),
    )


def _is_alive(process: int) -> bool:
    if process <= 0:
        return False
    if sys.platform == "win32":
        return _is_alive_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_alive_on_windows(process: int) -> bool:
    # There, the signal 0 of `os.kill` would end the process instead of asking for it.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(0x1000, False, process)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259
