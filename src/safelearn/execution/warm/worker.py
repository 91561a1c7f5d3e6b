"""The warm process: it imports the library once, and forks for each notebook that it is sent.

Started by `client` as ``python -m safelearn.execution.warm.worker``, with the number of the control socket.
For each job come, on that socket, the limits and the job's own socket. Where several jobs begin with the same work of
the library's, a fork does it once and serves them like the worker itself. Of the three processes of a job only the
last runs a stranger's code::

    worker       warm; never runs a cell
      supervisor one a job: makes the namespaces, watches memory and time, says how the job ended
        runner   runs the cells; in a sandbox it is process 1 of its own world, and its end is the end of all in it
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import itertools
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from safelearn.execution.sandbox import jail
from safelearn.execution.warm import cells, wire

MESSAGE = 65536
#: Most bytes that a cell can hand in.
HANDED_IN = 512 << 10


def main() -> None:
    """Get ready, say so, and serve jobs until the control socket is closed."""
    begun = time.monotonic()
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(control.recv(MESSAGE))
    shell = _warm(settings["preload"])
    _serve(control, shell, begun)


def _serve(control: socket.socket, shell: Any, begun: float) -> None:
    """Fork for whatever is asked along this line; never comes back."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[0]) if status.exists() else 0
    seconds = time.monotonic() - begun
    control.send(json.dumps({"ready": True, "seconds": seconds}).encode())
    supervisors: dict[int, int] = {}
    reports: dict[int, tuple[int, int]] = {}
    forks: dict[int, int] = {}
    while True:
        readable, _, _ = select.select([control, *reports, *forks], [], [])
        for found in readable:
            if found in forks:
                os.waitpid(forks.pop(found), 0)
                os.close(found)
                continue
            if found is not control:
                job, pid = reports.pop(found)
                control.send(json.dumps({"job": job, **_report(found, pid)}).encode())
                supervisors.pop(job, None)
                continue
            data, descriptors, _, _ = socket.recv_fds(control, MESSAGE, 1)
            if not data:
                os._exit(0)  # whoever started us is gone
            asked = json.loads(data)
            if "stop" in asked:
                if pid := supervisors.get(asked["stop"]):
                    os.kill(pid, signal.SIGTERM)
                continue
            if "first" in asked:
                pid = os.fork()
                if pid == 0:
                    _be_ready(descriptors[0], asked["first"], shell)
                forks[os.pidfd_open(pid)] = pid
                os.close(descriptors[0])
                continue
            reading, writing = os.pipe()
            pid = os.fork()
            if pid == 0:
                _be_supervisor(descriptors[0], writing, asked["limits"], pages, shell)
            os.close(writing)
            os.close(descriptors[0])
            supervisors[asked["job"]] = pid
            reports[reading] = (asked["job"], pid)


def _be_ready(line: int, first: dict[str, Any], shell: Any) -> None:
    """Call a function of the library's in the fork, then serve from there; never comes back.

    No stranger's code runs in this process, as none runs in the worker: only its forks run cells.
    """
    begun = time.monotonic()
    try:
        _close_all_but(line)
        signal.setitimer(signal.ITIMER_REAL, first["seconds"])  # and it is ended
        os.environ.update(first["environment"])
        module = importlib.import_module(first["module"])
        # What fails here fails again in the cells that ask for it, and is told there.
        with contextlib.suppress(Exception):
            getattr(module, first["function"])(*first["arguments"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        _same_beginning()
        _serve(socket.socket(fileno=line), shell, begun)
    finally:
        os._exit(70)


def _warm(preload: list[str]) -> Any:
    """Import, and walk once through what would otherwise be made in every fork."""
    for name in preload:
        importlib.import_module(name)
    import matplotlib.pyplot as plt
    import pandas as pd

    plt.ion()  # else the inline backend shows no figure
    shell = cells.make_shell()
    table = pd.DataFrame({"a": [1], "b": ["x"]})
    table.groupby("a").size()
    table._repr_html_()
    table.plot()
    plt.savefig(io.BytesIO())
    plt.close("all")
    shell.run_cell("1 / 0", store_history=False)
    shell.reset(new_session=True)
    shell.execution_count = 1
    sys.stdout, sys.stderr = cells.Printed("stdout"), cells.Printed("stderr")
    _same_beginning()
    return shell


def _same_beginning() -> None:
    """Every notebook begins in the same state, so that two runs of one give the same."""
    import numpy as np

    np.random.seed(0)
    gc.collect()
    gc.freeze()  # what is shared stays shared


def _be_supervisor(
    job: int, report: int, limits: dict[str, Any], pages: int, shell: Any
) -> None:
    """Run in the fork; never comes back."""
    try:
        ended = _supervise(socket.socket(fileno=job), report, limits, pages, shell)
    except BaseException as error:
        ended = {"status": 71, "error": f"{type(error).__name__}: {error}"[:500]}
    os.write(report, json.dumps(ended).encode())
    os._exit(0)


def _supervise(
    job: socket.socket, report: int, limits: dict[str, Any], pages: int, shell: Any
) -> dict[str, Any]:
    # In particular neither the control socket nor another job's pipe stays open.
    _close_all_but(job.fileno(), report)
    if limits["confined"]:
        jail.enter_namespaces()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid == 0:
        os.close(report)  # a runner must not write its own report
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _be_runner(job, limits, pages, shell)
    job.close()
    handle = os.pidfd_open(pid)  # a number could be another process's by then
    why: list[str] = []

    def end(reason: str) -> None:
        why.append(reason)
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)

    signal.signal(signal.SIGTERM, lambda *_: end("stopped"))
    signal.signal(signal.SIGALRM, lambda *_: end("time"))
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"] + 5)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    peak = 0
    while not select.select([handle], [], [], 0.25)[0]:
        # The limit of the system is for one process; this one is for all of the job's.
        peak = max(peak, used := jail.memory_of(pid))
        if used > limits["memory"]:
            end("memory")
            break
    _, status = os.waitpid(pid, 0)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "peak": peak,
        "why": why[0] if why else "",
    }


def _be_runner(
    job: socket.socket, limits: dict[str, Any], pages: int, shell: Any
) -> None:
    """Run the cells in the last fork; never comes back."""
    code = 70
    try:
        if limits["confined"]:
            jail.shut(limits, pages)
        _run(job, wire.receive(job), shell)
        code = 0
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"[:500]
        with contextlib.suppress(BaseException):
            job.sendall(wire.frame({"kind": "crash", "error": said}))
    finally:
        os._exit(code)


def _run(job: socket.socket, asked: dict[str, Any], shell: Any) -> None:
    os.environ.update(asked["environment"])
    if folder := asked.get("cwd"):
        os.chdir(folder)
    answers = Path(asked["answers"])
    answers.touch()
    # Open all along: a cell that puts another file in its place does not reach the lines that count.
    left = asked["all_output_bytes"]
    with answers.open("rb") as lines:
        for index, source in asked["cells"]:
            lines.read()
            job.sendall(wire.frame({"kind": "start", "cell": index}))
            most = min(asked["output_bytes"], left)
            late = cells.run_cell(shell, source, asked["cell_seconds"], most)
            left -= cells.SHOWN.used()
            handed_in = lines.read(HANDED_IN).decode("utf-8", "replace").splitlines()
            message = {
                "kind": "cell",
                "cell": index,
                "count": shell.execution_count - 1,
                "outputs": cells.SHOWN.finished(),
                "lines": handed_in,
                "late": late,
            }
            job.sendall(wire.frame(message))
    job.sendall(wire.frame({"kind": "end"}))


def _close_all_but(*kept: int) -> None:
    for low, high in itertools.pairwise((2, *sorted(kept), 1 << 20)):
        os.closerange(low + 1, high)


def _report(reading: int, pid: int) -> dict[str, Any]:
    try:
        ended = json.loads(os.read(reading, 4096) or b'{"status": 72}')
    except ValueError:
        ended = {"status": 72}
    os.close(reading)
    os.waitpid(pid, 0)
    return ended


if __name__ == "__main__":
    main()
