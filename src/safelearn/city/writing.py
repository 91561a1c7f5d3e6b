"""A file is written whole or not at all, whatever happens in between: a full disk, Ctrl-C, a power cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the path of a file to write, which takes the place of `path` if all goes well.

    Raises
    ------
    SafelearnError
        If the file cannot be written; `path` is then as it was.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise SafelearnError(
            t(
                "The file could not be written: {reason}.",
                reason=error.strerror or error,
            ),
            where=str(path),
            remedy=t(
                "Close it if another program has it open, or make room on the disk."
            ),
        ) from error
    finally:
        part.unlink(missing_ok=True)
