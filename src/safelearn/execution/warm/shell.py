"""A warm process for notebooks of our own: it imports the library once, and forks a shell for each notebook.

Started by `safelearn.execution.fork` with the number of the control socket. For each notebook comes a socket of its
own; the fork takes cells from it and says on it what a kernel would say, a line of JSON for each message. It is the
kernel's own shell, so it shows what a kernel shows, without the kernel's start and without zmq. What needs somebody
who answers, such as a widget, it leaves to a kernel. Nothing is fenced off: for strangers' notebooks see `worker`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

#: What the templates use, and what that imports when it is first called.
PRELOAD = (
    *("safelearn.reports.chapters", "safelearn.reports.evidence"),
    *("safelearn.reports.export", "safelearn.reports.front", "safelearn.city.quality"),
    *("ipykernel.ipkernel", "matplotlib.pyplot", "geopandas", "scipy.stats"),
    *("babel.dates", "chardet", "folium", "lxml.etree", "openpyxl", "statsmodels.api"),
)


def main() -> None:
    """Import, then fork for each notebook until the control socket is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for name in PRELOAD:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is shared stays shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks leave no zombies
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not data:
            # Whoever started us is gone: so is everybody who waits for a fork.
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            control.close()
            _serve(socket.socket(fileno=descriptors[0]))
        os.close(descriptors[0])


def _serve(sock: socket.socket) -> None:
    """Be a shell until the other side closes the socket; never comes back."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        line = sock.makefile("rwb")
        asked = json.loads(line.readline())
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["cwd"])
        # As in a kernel: what lies beside the notebook can be imported.
        sys.path.insert(0, "")
        caught = [_catch(1, asked["printed"]), _catch(2, asked["said"])]
        told = Told(line)
        shell = _shell(told)
        told.message("ready", {"pid": os.getpid(), "language_info": _language()})
        while asked := line.readline():
            _execute(shell, told, caught, **json.loads(asked))
    except BaseException as error:
        # What was printed before the end stands in the file that says why it ended.
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(0)


def _execute(
    shell: Any, told: Told, caught: list[Caught], code: str, store_history: bool
) -> None:
    told.message("execute_input", {"execution_count": shell.execution_count})
    result = shell.run_cell(code, store_history=store_history)
    for name, file in zip(("stdout", "stderr"), caught, strict=True):
        if text := file.new():
            told.printed(name, text)
    content: dict[str, Any] = {"status": "ok"}
    if not result.success or getattr(shell, "_last_traceback_during_displayhook", 0):
        error = result.error_before_exec or result.error_in_exec
        content = {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": getattr(shell, "_last_traceback", None) or [],
        }
    content["execution_count"] = shell.execution_count - 1
    told.message("execute_reply", content)


class Told:
    """What is said to the other side; what is printed in pieces is said as one."""

    def __init__(self, line: BinaryIO) -> None:
        self._line, self._lock = line, threading.Lock()
        self._name, self._parts = "", []

    def printed(self, name: str, text: str) -> None:
        """Keep what is printed until something else is said."""
        with self._lock:
            if name != self._name:
                self._say_printed()
                self._name = name
            self._parts.append(text)

    def message(self, kind: str, content: dict[str, Any]) -> None:
        """Say what a kernel says in a message of this kind."""
        with self._lock:
            self._say_printed()
            self._say(kind, content)

    def _say_printed(self) -> None:
        if text := "".join(self._parts):
            self._parts.clear()
            self._say("stream", {"name": self._name, "text": text})

    def _say(self, kind: str, content: dict[str, Any]) -> None:
        message = {"msg_type": kind, "content": content}
        text = json.dumps(message, ensure_ascii=False) + "\n"
        self._line.write(text.encode("utf-8", "replace"))
        self._line.flush()


class Caught:
    """What was written past Python, by a library in C or a command, into a file in place of the screen."""

    def __init__(self, path: str) -> None:
        self._path, self._seen = Path(path), 0

    def new(self) -> str:
        """What was added since it was last asked for."""
        size = self._path.stat().st_size
        if size == self._seen:
            return ""
        with self._path.open("rb") as file:
            file.seek(self._seen)
            self._seen = size
            return file.read().decode("utf-8", "replace")


def _catch(descriptor: int, path: str) -> Caught:
    with Path(path).open("ab") as file:
        os.dup2(file.fileno(), descriptor)
    return Caught(path)


def _shell(told: Told) -> Any:
    """The shell of a kernel, whose messages go to `told`."""
    import comm
    import numpy as np
    from ipykernel.compiler import XCachingCompiler
    from ipykernel.zmqshell import ZMQInteractiveShell
    from jupyter_client.session import Session
    from traitlets.config import Config

    class Line(Session):
        def send(self, stream: Any, kind: Any, content: Any = None, *_: Any, **__: Any):
            if isinstance(kind, dict):
                kind, content = kind["msg_type"], kind["content"]
            told.message(kind, content)

    class Printed(io.TextIOBase):
        encoding = "utf-8"

        def __init__(self, name: str, descriptor: int) -> None:
            self.name, self._descriptor = name, descriptor

        def write(self, text: str) -> int:
            told.printed(self.name, str(text))
            return len(text)

        def writable(self) -> bool:
            return True

        def fileno(self) -> int:
            return self._descriptor

    def leave(*_: Any, **__: Any) -> None:
        told.message("needs_kernel", {})
        os._exit(0)

    comm.create_comm = leave
    np.random.seed()  # the state that every fork inherits would be the same
    sys.stdout, sys.stderr = Printed("stdout", 1), Printed("stderr", 2)
    config = Config()
    config.HistoryManager.enabled = False
    shell = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    line = Line()
    shell.displayhook.session = shell.display_pub.session = line
    shell.displayhook.topic = b"execute_result"
    return shell


def _language() -> dict[str, Any]:
    from ipykernel.ipkernel import IPythonKernel

    return IPythonKernel.language_info


if __name__ == "__main__":
    main()
