"""What a job may take, what it gave until it ended, and in what form its outputs are kept.

A message of a job goes in; what it may say of its own cells is kept, in the form that a notebook has, and the rest is
dropped: no script, no widget, no unknown kind of output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: Kinds of output that are kept: none that runs in a browser.
SHOWN = (
    *("text/plain", "text/html", "text/markdown", "text/latex"),
    *("image/png", "image/jpeg"),
)
_KINDS = ("stream", "display_data", "execute_result", "error")


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
    output_bytes : int
        Of one cell; what is more is cut.
    sent_bytes, sent_messages : int
        Of all that the job sends.
    """

    cell_seconds: float = 60
    seconds: float = 300
    memory: int = 2 << 30
    disk: int = 64 << 20
    files: int = 4096
    processes: int = 64
    output_bytes: int = 2 << 20
    sent_bytes: int = 64 << 20
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
    done.counts[cell] = count if isinstance(count, int) and 0 <= count < 10**6 else None
    done.outputs[cell] = [
        clean
        for output in _listed(heard.get("outputs"))
        if (clean := _output(output, done.counts[cell]))
    ]
    done.lines[cell] = [
        line for line in _listed(heard.get("lines")) if isinstance(line, str)
    ]
    if heard.get("late") is True:
        done.late += (cell,)


def _output(output: Any, count: int | None) -> dict[str, Any] | None:
    if not isinstance(output, dict) or output.get("output_type") not in _KINDS:
        return None
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": str(output.get("text", ""))}
    if kind == "error":
        lines = [str(line) for line in _listed(output.get("traceback"))]
        told = {key: str(output.get(key, "")) for key in ("ename", "evalue")}
        return {"output_type": kind, **told, "traceback": lines}
    data = output.get("data")
    shown = {
        name: value
        for name, value in (data.items() if isinstance(data, dict) else ())
        if name in SHOWN and isinstance(value, str)
    }
    metadata = output.get("metadata")
    clean = {
        "output_type": kind,
        "data": shown,
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    return clean | ({"execution_count": count} if kind == "execute_result" else {})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
