"""What a job may take, what it gave until it ended, and in what form its outputs are kept.

A message of a job goes in; what it may say of its own cells is kept, in the form that a notebook has, and the rest is
dropped: no script, no widget, no unknown kind of output.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

#: Kinds of output that are kept: none that runs in a browser.
SHOWN = (
    *("text/plain", "text/html", "text/markdown", "text/latex"),
    *("image/png", "image/jpeg"),
)
_KINDS = ("stream", "display_data", "execute_result", "error")
#: Most outputs of a cell, lines of an error, and lines that a cell hands in (the last count).
OUTPUTS, TRACEBACK, LINES = 500, 100, 100
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


@dataclass(frozen=True)
class Limits:
    """What one job may take.

    Attributes
    ----------
    cell_seconds, seconds : float
        For a cell, after which it is interrupted, and for all, after which the job is ended.
    memory, disk : int
        Bytes; of memory for all processes of the job together.
    files, processes : int
    output_bytes, all_output_bytes : int
        Of one cell and of all, as they are sent; what is more is cut.
    frame_bytes, sent_bytes, sent_messages : int
        Of one message and of all that the job sends; what is more ends it. A job that keeps its outputs within
        their limits cannot reach these.
    """

    cell_seconds: float = 60
    seconds: float = 300
    memory: int = 2 << 30
    disk: int = 64 << 20
    files: int = 4096
    processes: int = 32
    output_bytes: int = 2 << 20
    all_output_bytes: int = 24 << 20
    frame_bytes: int = 6 << 20
    sent_bytes: int = 40 << 20
    sent_messages: int = 5000


@dataclass
class Done:
    """How a job ended, and what its cells gave until then.

    Attributes
    ----------
    ended : {"well", "stopped", "died"}
    reason : str
        Why it did not end well, in words for an instructor.
    outputs : dict of int to list
        By position of the cell; a cell that is not here was not finished.
    counts : dict of int to int
        The number beside each cell.
    lines : dict of int to list of str
        What each cell handed in.
    late : tuple of int
        Cells that were interrupted at their time.
    at : int or None
        The cell that ran last.
    """

    ended: str = "died"
    reason: str = ""
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[int, int | None] = field(default_factory=dict)
    lines: dict[int, list[str]] = field(default_factory=dict)
    late: tuple[int, ...] = ()
    at: int | None = None


def keep(heard: dict[str, Any], cell: int, done: Done) -> None:
    """Take from a message what a cell may say, in the form that a notebook has."""
    count = heard.get("count")
    # True is an int for Python, but not for the schema of notebooks.
    done.counts[cell] = count if type(count) is int and 0 <= count < 10**6 else None
    done.outputs[cell] = [
        clean
        for output in _listed(heard.get("outputs"))[:OUTPUTS]
        if (clean := _output(output, done.counts[cell]))
    ]
    lines = [x for x in _listed(heard.get("lines")) if isinstance(x, str)]
    done.lines[cell] = [_text(line) for line in lines[-LINES:]]
    if heard.get("late") is True:
        done.late += (cell,)


def _output(output: Any, count: int | None) -> dict[str, Any] | None:
    if not isinstance(output, dict) or output.get("output_type") not in _KINDS:
        return None
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        lines = [_text(line) for line in _listed(output.get("traceback"))[:TRACEBACK]]
        told = {key: _text(output.get(key)) for key in ("ename", "evalue")}
        return {"output_type": kind, **told, "traceback": lines}
    data, about = output.get("data"), output.get("metadata")
    shown = {
        name: _text(value)
        for name, value in (data.items() if isinstance(data, dict) else ())
        if name in SHOWN and isinstance(value, str)
        # What is no picture could say anything, in the middle of a page.
        if not name.startswith("image/") or _BASE64.fullmatch(value)
    }
    sizes = {
        name: {
            key: size
            for key in ("width", "height")
            if type(size := about[name].get(key)) is int
        }
        for name in shown
        if name.startswith("image/")
        and isinstance(about, dict)
        and isinstance(about.get(name), dict)
    }
    clean = {"output_type": kind, "data": shown, "metadata": sizes}
    return clean | ({"execution_count": count} if kind == "execute_result" else {})


def _text(value: Any) -> str:
    """A string that can be written as UTF-8: half a pair of surrogates cannot."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
