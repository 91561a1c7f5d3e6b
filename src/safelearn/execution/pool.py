"""Where jobs run side by side: processes of this machine, or the workers of a Dask cluster.

Both are a `concurrent.futures.Executor`, so whoever has jobs need not know which. A process that dies costs only the
job it was at.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.execution.fork import WARM, adopt
from safelearn.language import t

#: What each process finds imported when it starts, where processes can be forked.
PRELOAD = [
    *("safelearn.execution.notebook", "safelearn.reports.diagnose"),
    *("safelearn.reports.render", "safelearn.views.cutting", "bs4", "jinja2"),
    *("nbconvert", "pandas", "papermill", "papermill.engines"),
]
#: Seconds to wait for a cluster that does not answer.
_PATIENCE = 20


class Processes(Executor):
    """Processes of this machine, as many as `jobs`; one that dies fails its own job and is replaced.

    Parameters
    ----------
    jobs : int
        0 for as many as there are processors.
    """

    def __init__(self, jobs: int = 0) -> None:
        method = "forkserver" if hasattr(os, "fork") else "spawn"
        self._context = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(PRELOAD)
        # One for all of them, which imports while they start.
        WARM.start()
        self._threads = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
        self._own = threading.local()
        self._lock = threading.Lock()
        self._open: set[ProcessPoolExecutor] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """Run ``fn(*args, **kwargs)``, which must be importable, in one of the processes."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the processes; jobs that have not begun are dropped if `cancel_futures`."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        with self._lock:
            for process in self._open:
                process.shutdown(wait=wait, cancel_futures=cancel_futures)
            self._open.clear()

    def _run(self, fn: Callable[..., Any], args: tuple, kwargs: dict) -> Any:
        # Each thread has a process to itself: a pool of several would be broken as a whole by one death.
        process = getattr(self._own, "process", None)
        if process is None:
            process = ProcessPoolExecutor(
                1, self._context, initializer=_begin, initargs=(WARM.control,)
            )
            self._own.process = process
            with self._lock:
                self._open.add(process)
        try:
            return process.submit(fn, *args, **kwargs).result()
        except BrokenProcessPool:
            self._own.process = None
            with self._lock:
                self._open.discard(process)
            raise SafelearnError(
                t("The process that did this was ended before it had finished."),
                remedy=t(
                    "It may have run out of memory. Run the command again with fewer --jobs."
                ),
            ) from None


def _begin(control: socket.socket | None) -> None:
    """In each process: use the warm one of whoever started it, and end with them, however they end."""

    def end() -> None:
        wait([multiprocessing.parent_process().sentinel])
        os._exit(1)

    adopt(control)
    threading.Thread(target=end, daemon=True).start()


@contextmanager
def executor(jobs: int = 0, cluster: str = "") -> Iterator[Executor]:
    """Processes of this machine, or the workers of the Dask cluster at the address `cluster`.

    Raises
    ------
    SafelearnError
        If Dask is not installed or nobody answers at the address.
    """
    if not cluster:
        with Processes(jobs) as local:
            yield local
        return
    try:
        from distributed import Client
    except ImportError:
        raise SafelearnError(
            t("Clusters need the package dask.distributed, which is not installed."),
            remedy=t("Install it with `pip install 'safelearn[cluster]'`."),
        ) from None
    try:
        client = Client(cluster, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise SafelearnError(
            t("No cluster answers at {address}.", address=cluster),
            where=str(error),
            remedy=t("Start its scheduler, and write its address as tcp://HOST:8786."),
        ) from error
    with client:
        yield client.get_executor(retries=0)
