"""A kernel of this Python and no other, reached without a network.

On POSIX its sockets are files in a temporary folder, because in a container or under ``unshare -n`` not even
the loopback address exists. It ignores the user's own start-up files and kernel folders.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Longest path of a POSIX socket that every system accepts (macOS 104 bytes, Linux 108), less "-5" and NUL.
_SOCKET_PATH = 100


@contextmanager
def kernel_manager() -> Iterator[tuple[type, Path]]:
    """A class of kernel managers for one run, and the file that holds what its kernel said."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    folder = _short_folder()
    said = folder / "said"
    by_file = os.name == "posix" and len(str(folder / "k-5")) < _SOCKET_PATH

    class PlainKernel(AsyncKernelManager):
        def __init__(self, **options: Any) -> None:
            super().__init__(
                # No kernel folder: a "python3" that another environment has put into the user's
                # folder would be found first, and would not know safelearn.
                kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
                connection_file=str(folder / "kernel.json"),
                **({"transport": "ipc", "ip": str(folder / "k")} if by_file else {}),
                **options,
            )

        async def start_kernel(self, **options: Any) -> None:
            environment = options.pop("env", None) or dict(os.environ)
            environment |= {
                "IPYTHONDIR": str(folder / "ipython"),
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            }
            with said.open("wb") as stream:
                await super().start_kernel(
                    env=environment, stdout=stream, stderr=stream, **options
                )

    try:
        yield PlainKernel, said
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sl-"))
    if os.name == "posix" and len(str(folder / "k-5")) >= _SOCKET_PATH:
        # macOS gives temporary folders names of 50 characters and more; pytest adds its own.
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    return folder


def last_line(said: Path) -> str:
    lines = said.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep papermill's and nbclient's own log lines from a reader who cannot act on them."""
    loggers = [logging.getLogger(n) for n in ("papermill", "traitlets", "nbclient")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
