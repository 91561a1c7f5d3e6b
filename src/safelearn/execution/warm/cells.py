"""Run the cells of a notebook in this process, one after the other, and keep what each shows.

This side runs a stranger's code: nothing that it says is believed by whoever asked. It is IPython's own shell
without a kernel, made once and inherited by each fork, so that a notebook runs as it does in JupyterLab.
"""

from __future__ import annotations

import io
import json
import signal
from typing import Any

from safelearn.execution.warm.jobs import OUTPUTS

CUT = "\n[cut: more output than is kept]\n"


class CellTimeout(KeyboardInterrupt):
    """The cell took longer than a cell may."""


class Outputs:
    """The outputs of the cell that runs now, up to a number of bytes."""

    def __init__(self) -> None:
        self.begin(1 << 20)

    def begin(self, most: int) -> None:
        """Forget the last cell's, and keep at most so many bytes of this one's, as they are sent."""
        self.items: list[dict[str, Any]] = []
        self._most = self._left = most
        self._cut = self._clear = False

    def stream(self, name: str, text: str) -> None:
        """Add to what was printed."""
        self._clear_now()
        # Each character takes a byte at least, and six at most.
        part = text[: self._left]
        while part and (size := _size(part)) > self._left:
            part = part[: len(part) * self._left // size]
        self._cut = self._cut or len(part) < len(text)
        if not part:
            return
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["text"].append(part)
            self._left -= size
        else:
            item = {"output_type": "stream", "name": name, "text": [part]}
            self._add(item, size)

    def rich(self, item: dict[str, Any]) -> None:
        """Add a table, a picture, an error."""
        self._clear_now()
        size = _size(item)
        if size > self._left:
            self._cut = True
        else:
            self._add(item, size)

    def used(self) -> int:
        """Bytes of what is kept."""
        return self._most - self._left

    def _add(self, item: dict[str, Any], size: int) -> None:
        if len(self.items) >= OUTPUTS:
            self._cut = True
        else:
            self._left -= size
            self.items.append(item)

    def clear(self, wait: bool) -> None:
        """Take back what was shown, at once or when the next comes."""
        self._clear = True
        if not wait:
            self._clear_now()

    def finished(self) -> list[dict[str, Any]]:
        """All of it, as a notebook keeps it."""
        for item in self.items:
            if item["output_type"] == "stream":
                item["text"] = "".join(item["text"])
        if self._cut:
            self.items.append({"output_type": "stream", "name": "stdout", "text": CUT})
        return self.items

    def _clear_now(self) -> None:
        if self._clear:
            self.begin(self._most)


def _size(value: Any) -> int:
    """Bytes that it takes in a message."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


SHOWN = Outputs()


class Printed(io.TextIOBase):
    """Standard output or error of the cells."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self._name = name

    def write(self, text: str) -> int:
        SHOWN.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return 1 if self._name == "stdout" else 2

    @property
    def buffer(self) -> io.RawIOBase:
        """For those who write bytes."""
        outer = self

        class Bytes(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: Any) -> int:
                outer.write(bytes(data).decode("utf-8", "replace"))
                return len(data)

        return Bytes()


def make_shell() -> Any:
    """IPython's shell, which shows what it has to show to `SHOWN`."""
    from ipykernel.compiler import XCachingCompiler
    from ipykernel.jsonutil import encode_images, json_clean
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    def shown(kind: str, data: dict, metadata: dict | None, **more: Any) -> None:
        SHOWN.rich(
            {
                "output_type": kind,
                **more,
                "data": json_clean(encode_images(data)),
                "metadata": json_clean(metadata or {}),
            }
        )

    class Hook(DisplayHook):
        def __call__(self, result: Any = None) -> None:
            if result is None or self.quiet():
                return
            data, metadata = self.shell.display_formatter.format(result)
            self.update_user_ns(result)
            if data:
                count = self.shell.execution_count
                shown("execute_result", data, metadata, execution_count=count)

    class Publisher(DisplayPublisher):
        def publish(self, data: dict, metadata: dict | None = None, **_: Any) -> None:
            shown("display_data", data, metadata)

        def clear_output(self, wait: bool = False) -> None:
            SHOWN.clear(wait)

    class Shell(InteractiveShell):
        displayhook_class, display_pub_class = Hook, Publisher
        compiler_class = XCachingCompiler  # names a cell as a kernel does

        def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
            SHOWN.rich(
                {
                    "output_type": "error",
                    "ename": etype.__name__,
                    "evalue": str(evalue)[:2000],
                    "traceback": [str(line)[:8000] for line in stb][:60],
                }
            )

        def enable_gui(self, gui: Any = None) -> None:
            pass

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    from matplotlib_inline.backend_inline import configure_inline_support

    configure_inline_support(shell, "inline")
    return shell


def run_cell(shell: Any, source: str, seconds: float, most: int) -> bool:
    """Run one cell; gives whether it was stopped for its time. Its outputs stand in `SHOWN`."""
    SHOWN.begin(most)
    stopped = False

    def late(*_: Any) -> None:
        nonlocal stopped
        stopped = True
        raise CellTimeout(f"This cell was stopped after {seconds:g} seconds.")

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        shell.run_cell(source, store_history=True)
    except BaseException as error:  # one that came outside the shell's own handler
        SHOWN.rich(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": str(error)[:500],
                "traceback": [],
            }
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return stopped
