"""Start the warm worker, in a sandbox or not, send it notebooks, and hold them to their limits.

The trusted side. Cells and limits go in; what each cell showed and handed in comes back, with how the run ended.
Nothing that a sandboxed job sends is believed: it is bounded, parsed as strict JSON, and can only ever describe that
job's own cells. Several threads may call `run` at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.execution.warm import wire
from safelearn.execution.warm.jobs import Done, Limits, keep
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
        self._lock, self._told = threading.Lock(), threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._stay = threading.Event()
        self._ended: dict[int, dict[str, Any]] = {}
        self._gone = False
        self._jobs = self._starts = 0
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
        self._ended, self._gone, self._stay = {}, False, threading.Event()
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
        self._control = ours
        if not failed:
            ours.send(json.dumps({"preload": self._preload}).encode())
            ready = b""
            if select.select([ours], [], [], _START)[0]:
                with contextlib.suppress(ConnectionResetError):
                    ready = ours.recv(65536)
            if not ready:
                failed.append(self._said())
        if failed:
            self.close()
            raise SafelearnError(
                t("The worker that runs notebooks did not start."), where=failed[0]
            )
        threading.Thread(target=self._listen, args=(ours,), daemon=True).start()
        self.start_seconds = time.monotonic() - begun

    def run(
        self,
        cells: Sequence[tuple[int, str]],
        *,
        environment: dict[str, str],
        answers: str,
        limits: Limits,
        cwd: str = "",
        on_cell: Callable[[int], None] | None = None,
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
        on_cell : callable, optional
            Called as ``on_cell(position)`` after each cell.
        """
        asked = (cells, environment, answers, limits, cwd, on_cell)
        done, lost = self._once(*asked)
        # The worker can end under a job that has done nothing: that costs time, and no marks.
        return self._once(*asked)[0] if lost else done

    def close(self) -> None:
        """End the worker and every job in it."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process.stderr.close()
            self._process = None
        self._stay.set()

    def _once(
        self,
        cells: Sequence[tuple[int, str]],
        environment: dict[str, str],
        answers: str,
        limits: Limits,
        cwd: str,
        on_cell: Callable[[int], None] | None,
    ) -> tuple[Done, bool]:
        """Run the job; how it ended, and whether the worker was lost under it."""
        with self._lock:
            if self._process is None or self._process.poll() is not None or self._gone:
                self.close()
                self.start()
            self._jobs += 1
            job, start = self._jobs, self._starts
            ours, theirs = socket.socketpair()
            asked = {
                "job": job,
                "limits": {**asdict(limits), "confined": self.confined},
            }
            done = Done()
            try:
                socket.send_fds(
                    self._control, [json.dumps(asked).encode()], [theirs.fileno()]
                )
            except OSError:
                self._gone = True
                done.reason = t("the worker that ran it ended")
                ours.close()
                return done, True
            finally:
                theirs.close()
        message = wire.frame(
            {
                "cells": list(cells),
                "environment": environment,
                "answers": answers,
                "cwd": cwd,
                "cell_seconds": limits.cell_seconds,
                "output_bytes": limits.output_bytes,
                "all_output_bytes": limits.all_output_bytes,
            }
        )
        try:
            self._converse(
                ours, message, [index for index, _ in cells], limits, done, on_cell
            )
        except wire.Breach as breach:
            done.ended, done.reason = "stopped", str(breach)
        finally:
            ours.close()
        lost = not self._closed(job, start, done)
        return done, lost and done.ended == "died"

    def _converse(
        self,
        sock: socket.socket,
        message: bytes,
        order: list[int],
        limits: Limits,
        done: Done,
        on_cell: Callable[[int], None] | None,
    ) -> None:
        """Send the cells and hear the job, until it ends, dies, or breaks a rule."""
        reader = wire.Reader(
            limits.sent_bytes, limits.frame_bytes, limits.sent_messages
        )
        begun = cell_begun = time.monotonic()
        unsent = memoryview(message)
        sock.setblocking(False)
        while True:
            now = time.monotonic()
            left = min(
                begun + limits.seconds - now,
                cell_begun + limits.cell_seconds + 2 - now,
            )
            if left <= 0:
                raise wire.Breach(t("the time was over"))
            readable, writable, _ = select.select(
                [sock], [sock] if unsent else [], [], left
            )
            if writable:
                try:
                    unsent = unsent[sock.send(unsent[: 1 << 18]) :]
                except BlockingIOError:
                    pass
                except OSError:
                    unsent = unsent[:0]
            if not readable:
                continue
            try:
                data = sock.recv(1 << 18)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                data = b""
            if not data:
                return
            for heard in reader.feed(data):
                kind, cell = heard.get("kind"), heard.get("cell")
                if kind == "start":
                    # In their order, so that nobody wins time by beginning a cell twice.
                    if not order or cell != order.pop(0):
                        raise wire.Breach(t("its cells came out of order"))
                    done.at, cell_begun = cell, time.monotonic()
                elif kind == "cell" and cell == done.at and cell not in done.outputs:
                    keep(heard, cell, done)
                    if on_cell is not None:
                        on_cell(cell)
                elif kind == "end" and not order:
                    done.ended = "well"
                elif kind == "crash":
                    done.reason = str(heard.get("error"))[:500]
                else:
                    raise wire.Breach(t("it sent what no notebook sends"))

    def _closed(self, job: int, start: int, done: Done) -> bool:
        """Wait for the report of the job's supervisor, ending the job if it lingers; whether it came."""
        report = None
        if done.ended != "stopped":
            report = self._report(job, start, 3)
        if report is None:
            self._stop(job)
            report = self._report(job, start, 10)
        if report is None:
            with self._lock:
                # It hangs or is gone: the next job gets a new worker, if no other thread has started one.
                if start == self._starts:
                    self.close()
            done.reason = done.reason or t("the worker that ran it ended")
        elif done.ended == "died":
            done.reason = done.reason or _reason(report)
        return report is not None

    def _stop(self, job: int) -> None:
        with contextlib.suppress(OSError, AttributeError):
            self._control.send(json.dumps({"stop": job}).encode())

    def _report(self, job: int, start: int, seconds: float) -> dict[str, Any] | None:
        until = time.monotonic() + seconds
        with self._told:
            while job not in self._ended and not self._gone and start == self._starts:
                if (left := until - time.monotonic()) <= 0:
                    return None
                self._told.wait(left)
            return self._ended.pop(job, None)

    def _listen(self, control: socket.socket) -> None:
        while True:
            try:
                data = control.recv(65536)
            except OSError:
                data = b""
            with self._told:
                if not data:
                    self._gone = self._gone or control is self._control
                else:
                    report = json.loads(data)
                    self._ended[report["job"]] = report
                self._told.notify_all()
            if not data:
                return

    def _said(self) -> str:
        if self._process is None or self._process.stderr is None:
            return ""
        self._process.kill()
        return self._process.stderr.read().decode(errors="replace").strip()[-2000:]


def _reason(report: dict[str, Any]) -> str:
    if report.get("why") == "memory":
        return t("it took more memory than it may")
    if report.get("why") == "time":
        return t("the time was over")
    if report.get("why"):
        return t("it no longer answered")
    return t("its Python ended (status {status})", status=report.get("status"))
