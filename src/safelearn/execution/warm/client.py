"""Start the warm worker, in a sandbox or not, and send it notebooks; begin it anew when it was lost.

The trusted side. What it says to the worker, and what it believes of the answers, stands in `line`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.execution.warm.jobs import Done, Limits
from safelearn.execution.warm.line import Job, Line
from safelearn.language import t

#: What every notebook of the course uses: imported once, before any job.
PRELOAD = (
    "numpy",
    "pandas",
    "geopandas",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "IPython",
    "ipykernel.jsonutil",
    "folium",
    "statsmodels.api",
    "safelearn",
    "safelearn.course.answers",
    "safelearn.views.style",
)
#: Figures are shown where they are made, as in a notebook.
_INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
_START = 120


class Worker:
    """A warm worker; use it in a ``with`` block.

    Parameters
    ----------
    command : sequence of str
        What starts Python: this one, or the command of `sandbox.command.bubblewrap`.
    confined : bool
        Whether jobs shut themselves in; only where `command` is bubblewrap's.
    preload : sequence of str
        Modules to import first.
    """

    def __init__(
        self,
        command: Sequence[str] = (sys.executable,),
        *,
        confined: bool = False,
        preload: Sequence[str] = PRELOAD,
    ) -> None:
        self._command, self.confined, self._preload = command, confined, list(preload)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Line | None = None
        self._stay = threading.Event()
        self._starts = 0
        #: Seconds that the last start took.
        self.start_seconds = 0.0

    def __enter__(self) -> Worker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the process and wait until it is warm.

        Raises
        ------
        SafelearnError
            If it does not start; what the system said stands in it.
        """
        begun = time.monotonic()
        self._stay = threading.Event()
        self._starts += 1
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        started, failed = threading.Event(), []

        def keep() -> None:
            # bubblewrap ends with the thread that started it, not with the process.
            number = theirs.fileno()
            run = [*self._command, "-m", "safelearn.execution.warm.worker", str(number)]
            try:
                self._process = subprocess.Popen(
                    run,
                    pass_fds=(number,),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    cwd="/" if self.confined else None,
                    env={"PATH": os.environ.get("PATH", os.defpath)}
                    if self.confined
                    else {**os.environ, **_INLINE},
                )
            except OSError as error:
                failed.append(str(error))
            started.set()
            self._stay.wait()

        threading.Thread(target=keep, daemon=True).start()
        started.wait()
        theirs.close()
        self._line = Line(ours, confined=self.confined)
        if not failed:
            ours.send(json.dumps({"preload": self._preload}).encode())
            if not self._line.ready(_START):
                failed.append(self._said())
        if failed:
            self.close()
            raise SafelearnError(
                t("The worker that runs notebooks did not start."), where=failed[0]
            )
        self.start_seconds = time.monotonic() - begun

    def run(
        self,
        cells: Sequence[tuple[int, str]],
        *,
        environment: dict[str, str],
        answers: str,
        limits: Limits,
        cwd: str = "",
    ) -> Done:
        """Run cells in a fork of the worker, to their end or a limit.

        Parameters
        ----------
        cells : sequence of (int, str)
            Position in the notebook and source.
        environment : dict
            Variables for the job.
        answers : str
            A file to which cells append what they hand in, as the job sees it.
        cwd : str
            Where the cells run; in a sandbox always the job's own empty folder.
        """
        job = Job(cells, environment, answers, limits, cwd)
        done, lost = self._alive().run(job)
        # The worker can end under a job that has done nothing: that costs time, and no marks.
        return self._alive().run(job)[0] if lost else done

    def fork(self, first: dict[str, Any]) -> Line | None:
        """A fork of the worker that does something first and then serves; None if it does not answer."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line = Line(ours, confined=self.confined)
        told = self._alive().tell({"first": first}, theirs.fileno())
        theirs.close()
        if told and line.ready(first["seconds"] + 5):
            return line
        line.close()
        return None

    def close(self) -> None:
        """End the worker and every job in it."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process.stderr.close()
            self._process = None
        self._stay.set()

    def _alive(self) -> Line:
        """The line to a worker that answers, started once more if it has to be."""
        with self._lock:
            ended = self._process is None or self._process.poll() is not None
            if ended or self._line is None or self._line.gone:
                self.close()
                self.start()
            return self._line

    def _said(self) -> str:
        if self._process is None or self._process.stderr is None:
            return ""
        self._process.kill()
        return self._process.stderr.read().decode(errors="replace").strip()[-2000:]


class Prepared:
    """Runs jobs that begin with the same work of the library's, which is done once; use it in a ``with`` block.

    The work is done when the first job comes, in a fork of the worker, and each job runs in a fork of that. So no job
    sees anything of another, and what they have in common is only what the library made. Where there is no such fork
    to be had, jobs run in the worker's own, and do the work themselves.

    Parameters
    ----------
    worker : callable
        Gives the worker when it is needed.
    module, function : str
        What is called first.
    arguments : sequence of str
        With which it is called.
    environment : dict
        Variables that are set before.
    seconds : float
        What it may take.
    """

    def __init__(
        self,
        worker: Callable[[], Worker],
        module: str,
        function: str,
        arguments: Sequence[str] = (),
        *,
        environment: dict[str, str],
        seconds: float = 150,
    ) -> None:
        self._worker = worker
        self._first = {
            "module": module,
            "function": function,
            "arguments": list(arguments),
            "environment": environment,
            "seconds": seconds,
        }
        self._line: Line | None = None

    def __enter__(self) -> Prepared:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def run(self, cells: Sequence[tuple[int, str]], **how: Any) -> Done:
        """Run cells, as `Worker.run` does."""
        if self._line is None:
            self._line = self._worker().fork(self._first)
        if self._line is not None:
            done, lost = self._line.run(Job(cells, **how))
            if not lost:
                return done
        return self._worker().run(cells, **how)
