"""One line to a warm process: jobs go in, and what each showed and handed in comes back, with how it ended.

The trusted side, for the worker itself and for a fork of it in which something is ready. Nothing that a sandboxed job
sends is believed: it is bounded, parsed as strict JSON, and can only ever describe that job's own cells. Several
threads may ask at once.
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from safelearn.execution.warm import wire
from safelearn.execution.warm.jobs import Done, Limits, keep
from safelearn.language import t

_MESSAGE = 65536


@dataclass(frozen=True)
class Job:
    """What is to be run: cells by their position, for whom, and where they hand in.

    Attributes
    ----------
    cells : sequence of (int, str)
        Position in the notebook and source.
    environment : dict
        Variables for the job.
    answers : str
        A file to which cells append what they hand in, as the job sees it.
    limits : Limits
        What the job may take.
    cwd : str
        Where the cells run; in a sandbox always the job's own empty folder.
    """

    cells: Sequence[tuple[int, str]]
    environment: dict[str, str]
    answers: str
    limits: Limits
    cwd: str = ""

    def message(self) -> bytes:
        """What the runner is told, when nothing holds it back any more."""
        return wire.frame(
            {
                "cells": list(self.cells),
                "environment": self.environment,
                "answers": self.answers,
                "cwd": self.cwd,
                "cell_seconds": self.limits.cell_seconds,
                "output_bytes": self.limits.output_bytes,
                "all_output_bytes": self.limits.all_output_bytes,
            }
        )


class Line:
    """A control socket, and the jobs that were sent along it.

    Parameters
    ----------
    control : socket
        Of a process that serves jobs.
    confined : bool
        Whether jobs shut themselves in.
    """

    def __init__(self, control: socket.socket, *, confined: bool) -> None:
        self._control, self._confined = control, confined
        self._lock, self._told = threading.Lock(), threading.Condition()
        self._ended: dict[int, dict[str, Any]] = {}
        self._jobs = 0
        #: Whether the process at the other end ended, or no longer answers.
        self.gone = False

    def ready(self, seconds: float) -> bool:
        """Wait until the process says that it is ready; from then on its reports are heard."""
        said = b""
        if select.select([self._control], [], [], seconds)[0]:
            with contextlib.suppress(ConnectionResetError):
                said = self._control.recv(_MESSAGE)
        if said:
            threading.Thread(target=self._listen, daemon=True).start()
        else:
            self.gone = True
        return bool(said)

    def tell(self, message: dict[str, Any], *descriptors: int) -> bool:
        """Send a message with open files; whether somebody was there."""
        try:
            with self._lock:
                socket.send_fds(
                    self._control, [json.dumps(message).encode()], list(descriptors)
                )
        except OSError:
            self.gone = True
            return False
        return True

    def close(self) -> None:
        """Hang up: the process ends, once it looks."""
        with self._told:
            self.gone = True
            self._told.notify_all()
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # wakes the thread that listens
        self._control.close()

    def run(self, job: Job) -> tuple[Done, bool]:
        """Run a job; how it ended, and whether the process was lost under it."""
        done = Done()
        with self._told:
            self._jobs += 1
            number = self._jobs
        ours, theirs = socket.socketpair()
        limits = {**asdict(job.limits), "confined": self._confined}
        try:
            if not self.tell({"job": number, "limits": limits}, theirs.fileno()):
                done.reason = t("the worker that ran it ended")
                ours.close()
                return done, True
        finally:
            theirs.close()
        try:
            _converse(ours, job, done)
        except wire.Breach as breach:
            done.ended, done.reason = "stopped", str(breach)
        finally:
            ours.close()
        lost = not self._closed(number, done)
        return done, lost and done.ended == "died"

    def _closed(self, job: int, done: Done) -> bool:
        """Wait for the report of the job's supervisor, ending the job if it lingers; whether it came."""
        report = None
        if done.ended != "stopped":
            report = self._report(job, 3)
        if report is None:
            self.tell({"stop": job})
            report = self._report(job, 10)
        if report is None:
            self.gone = True  # it hangs: nothing more is asked of it
            done.reason = done.reason or t("the worker that ran it ended")
        elif done.ended == "died":
            done.reason = done.reason or _reason(report)
        return report is not None

    def _report(self, job: int, seconds: float) -> dict[str, Any] | None:
        until = time.monotonic() + seconds
        with self._told:
            while job not in self._ended and not self.gone:
                if (left := until - time.monotonic()) <= 0:
                    return None
                self._told.wait(left)
            return self._ended.pop(job, None)

    def _listen(self) -> None:
        while True:
            try:
                data = self._control.recv(_MESSAGE)
            except OSError:
                data = b""
            with self._told:
                if data:
                    report = json.loads(data)
                    self._ended[report["job"]] = report
                else:
                    self.gone = True
                self._told.notify_all()
            if not data:
                return


def _converse(sock: socket.socket, job: Job, done: Done) -> None:
    """Send the cells and hear the job, until it ends, dies, or breaks a rule."""
    limits, order = job.limits, [index for index, _ in job.cells]
    reader = wire.Reader(limits.sent_bytes, limits.frame_bytes, limits.sent_messages)
    begun = cell_begun = time.monotonic()
    unsent = memoryview(job.message())
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
            elif kind == "end" and not order:
                done.ended = "well"
            elif kind == "crash":
                done.reason = str(heard.get("error"))[:500]
            else:
                raise wire.Breach(t("it sent what no notebook sends"))


def _reason(report: dict[str, Any]) -> str:
    if report.get("why") == "memory":
        return t("it took more memory than it may")
    if report.get("why") == "time":
        return t("the time was over")
    if report.get("why"):
        return t("it no longer answered")
    return t("its Python ended (status {status})", status=report.get("status"))
