"""A fork of a warm process in the place of a kernel: nbclient runs a notebook on it as on any other.

The first call starts the process, which imports the library once (`safelearn.execution.warm.shell`). Where there is
no such fork, `NeedsKernel` says so, and the notebook runs in a kernel.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

#: Seconds until a fork must answer, the imports of the first included.
_PATIENCE = 120
_ID = {"msg_id": "cell"}


class NeedsKernel(Exception):
    """The notebook, or this machine, needs a kernel."""


class Fork:
    """A fork as nbclient sees it: kernel, client and channels in one. Use it in a ``with`` block.

    Parameters
    ----------
    folder : Path
        A folder for what is printed past Python; its file ``said`` tells why a fork ended.
    cwd : Path
        Where the cells run.

    Raises
    ------
    NeedsKernel
        If there is no warm process.
    """

    has_kernel, allow_stdin = True, False

    def __init__(self, folder: Path, cwd: Path) -> None:
        self._sock = WARM.fork()
        self._buffer = bytearray()
        self._replies: asyncio.Queue[Any] = asyncio.Queue()
        self._pid = 0
        self.shell_channel = SimpleNamespace(get_msg=self._reply)
        self.iopub_channel = SimpleNamespace(get_msg=self._shown)
        environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython")}
        self._send(
            environment=environment,
            cwd=str(cwd),
            printed=str(folder / "printed"),
            said=str(folder / "said"),
        )
        while (ready := self._whole()) is None:
            data = b""
            if select.select([self._sock], [], [], _PATIENCE)[0]:
                with suppress(ConnectionResetError):
                    data = self._sock.recv(65536)
            if not data:
                self._sock.close()
                raise NeedsKernel
            self._buffer += data
        self._pid = ready["content"]["pid"]
        self._info = ready
        self._sock.setblocking(False)

    def __enter__(self) -> Fork:
        return self

    def __exit__(self, *_: object) -> None:
        # A cell may still run, if it was not waited for.
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._sock.close()

    def client(self) -> Fork:
        return self

    def start_channels(self) -> None: ...

    def wait_for_ready(self, timeout: float) -> None: ...

    def is_alive(self) -> bool:
        return True  # its end is seen where its messages are read

    def interrupt_kernel(self) -> None:
        os.kill(self._pid, signal.SIGINT)

    def kernel_info(self) -> str:
        self._replies = asyncio.Queue()
        self._replies.put_nowait(self._info)
        return _ID["msg_id"]

    def execute(self, code: str, store_history: bool = True, **_: Any) -> str:
        """Send a cell; what it shows and how it ended comes by the channels."""
        self._replies = asyncio.Queue()
        self._sock.setblocking(True)
        with suppress(BrokenPipeError):
            self._send(code=code, store_history=store_history)
        self._sock.setblocking(False)
        return _ID["msg_id"]

    def _send(self, **message: Any) -> None:
        self._sock.sendall(json.dumps(message).encode() + b"\n")

    async def _reply(self, timeout: float | None = None) -> dict[str, Any]:
        """How the cell ended."""
        try:
            found = await asyncio.wait_for(self._replies.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None
        if isinstance(found, Exception):
            raise found
        return found

    async def _shown(self, timeout: float | None = None) -> dict[str, Any]:
        """The next thing that the cell shows, then that it is idle."""
        from nbclient.exceptions import DeadKernelError

        while (message := self._whole()) is None:
            loop, data = asyncio.get_running_loop(), b""
            with suppress(ConnectionResetError):
                data = await loop.sock_recv(self._sock, 1 << 18)
            if not data:
                self._replies.put_nowait(DeadKernelError("Kernel died"))
                await asyncio.Event().wait()
            self._buffer += data
        if message["msg_type"] == "needs_kernel":
            self._replies.put_nowait(NeedsKernel())
            await asyncio.Event().wait()
        if message["msg_type"] == "execute_reply":
            self._replies.put_nowait(message)
            return _message("status", {"execution_state": "idle"})
        return message

    def _whole(self) -> dict[str, Any] | None:
        """The next message, if all of it is there."""
        end = self._buffer.find(b"\n")
        if end < 0:
            return None
        found = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        return _message(found["msg_type"], found["content"])


def _message(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "msg_type": kind,
        "header": {"msg_type": kind},
        "parent_header": _ID,
        "content": content,
    }


class Warm:
    """The warm process of this one: started when it is first asked for, and again if it has ended."""

    #: Elsewhere what comes with the system does not survive a fork.
    possible = sys.platform.startswith("linux")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: Our end of the line to it; several processes may hold it, and it ends with the last.
        self.control: socket.socket | None = None

    def start(self) -> None:
        """Start it, if there is none and it can be had, without waiting until it is warm."""
        with self._lock:
            if self.control is None and self.possible:
                self.control = _start()

    def fork(self) -> socket.socket:
        """Our end of the line to a new fork.

        Raises
        ------
        NeedsKernel
            If there is none on this system, or the process does not stay alive.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            for _ in range(2):
                self.start()
                if self.control is None:
                    break
                try:
                    socket.send_fds(self.control, [b"."], [theirs.fileno()])
                    return ours
                except OSError:
                    self.control.close()
                    self.control = None
        ours.close()
        raise NeedsKernel


def _start() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = dict(os.environ)
    # As in a kernel: figures are shown where they are made.
    environment.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    number, module = theirs.fileno(), "safelearn.execution.warm.shell"
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(number)],
        pass_fds=(number,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    theirs.close()
    # It ends when the line is closed; nobody has to wait for it.
    threading.Thread(target=process.wait, daemon=True).start()
    return ours


WARM = Warm()


def adopt(control: socket.socket | None) -> None:
    """Take over the line of another process to its warm one."""
    WARM.control = control
