"""Which walls can this machine put around a notebook, and do they hold?

`open_sandbox` starts the worker in bubblewrap and, before anything of a trainee's runs, tries from inside what must
not succeed: reading this machine's files, writing outside the box, reaching a network, seeing another process,
being root. A wall that does not hold is an error, and nothing is graded behind it.
"""

from __future__ import annotations

import contextvars
import json
import os
import platform
import shutil
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.execution.sandbox import seccomp
from safelearn.execution.sandbox.command import bubblewrap
from safelearn.execution.sandbox.jail import BOX
from safelearn.execution.warm.client import PRELOAD, Worker
from safelearn.execution.warm.jobs import Limits
from safelearn.language import listing, t

#: What trainees' notebooks need besides: their data are drawn, and part of it is the same for all.
AT_HAND = (*PRELOAD, "safelearn.course.grading.at_hand")
#: Where a job of the sandbox hands in.
ANSWERS = f"{BOX}/answers.jsonl"
_TRIED = """
import errno, json, os, socket
from pathlib import Path

def fails(what):
    try:
        what()
    except OSError:
        return True
    return False

held = {
    "network": fails(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
    "files": not any(os.path.exists(name) for name in OUTSIDE),
    "writing": all(fails(lambda: Path(name, "mark").write_text("x")) for name in ("/", "/tmp", "/usr", LIBRARY)),
    "user": os.getuid() != 0 and os.geteuid() != 0,
    "processes": len([name for name in os.listdir("/proc") if name.isdigit()]) <= 1,
    "box": not fails(lambda: Path("mark").write_text("x")),
}
Path(os.environ["SAFELEARN_ANSWERS"]).open("a").write(json.dumps(held) + "\\n")
"""


def missing() -> list[str]:
    """What this machine lacks for a sandbox, in sentences; none if it can be tried."""
    if platform.system() != "Linux":
        return [t("Sandboxes need Linux; here, use WSL or the container of the guide.")]
    lacks = []
    if shutil.which("bwrap") is None:
        lacks.append(t("The program bubblewrap (bwrap) is not installed."))
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        lacks.append(t("The program setpriv, of util-linux, is not installed."))
    if not seccomp.known():
        lacks.append(t("The processor {name} is not known.", name=platform.machine()))
    return lacks


#: Sandboxes that are being opened, by what is shown in them and what must not be.
_AHEAD: dict[tuple[tuple[Path, ...], ...], Future[Worker]] = {}


def open_ahead(more: Iterable[Path] = (), *, outside: Iterable[Path] = ()) -> None:
    """Begin to open a sandbox, for `open_sandbox` to give: meanwhile this process can import what it needs.

    Parameters
    ----------
    more, outside : iterable of Path
        As `open_sandbox` will be asked.
    """
    asked = (tuple(more), tuple(outside))
    found = _AHEAD[asked] = Future()

    def begin() -> None:
        try:
            found.set_result(_open(*asked))
        except Exception as error:  # whoever asks for the sandbox is told
            found.set_exception(error)

    # The language, too, is that of whoever begins.
    run = contextvars.copy_context().run
    threading.Thread(target=run, args=(begin,), daemon=True).start()


def open_sandbox(more: Iterable[Path] = (), *, outside: Iterable[Path] = ()) -> Worker:
    """Start a worker behind walls, and see that they hold.

    Parameters
    ----------
    more : iterable of Path
        Folders of an instructor's own modules, or of one of them.
    outside : iterable of Path
        Files and folders that must not be seen inside, besides those that never are.

    Raises
    ------
    SafelearnError
        If there is no bubblewrap, the system does not allow it, or a wall does not hold.
    """
    asked = (tuple(more), tuple(outside))
    begun = _AHEAD.pop(asked, None)
    return begun.result() if begun else _open(*asked)


def _open(more: tuple[Path, ...], outside: tuple[Path, ...]) -> Worker:
    if lacks := missing():
        raise _none(" ".join(lacks))
    worker = Worker(bubblewrap(more), confined=True, preload=AT_HAND)
    try:
        worker.start()
        held = _tried(worker, [*outside, *_secret()])
    except SafelearnError as error:
        worker.close()
        raise _none(error.where or error.what) from error
    broken = [name for name, holds in held.items() if not holds]
    if broken or not held:
        worker.close()
        raise _none(t("these walls do not hold: {names}", names=listing(broken)))
    return worker


def _secret() -> list[Path]:
    """What no notebook may see on any machine, where it exists."""
    here = Path(__file__).resolve()
    names = ["/etc/passwd", "/etc/shadow", "/home", "/var"]
    checkout = here.parents[4]
    # Where Python stands in one of them, all that lies beside it.
    shown = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)]
    around = [path for name in names for path in _beside(Path(name), shown)]
    return [*around, checkout / "pyproject.toml", checkout / "curriculum"]


def _beside(path: Path, shown: list[Path]) -> list[Path]:
    if path in shown:
        return []
    if not any(path in one.parents for one in shown):
        return [path]
    return [found for child in path.iterdir() for found in _beside(child, shown)]


def _tried(worker: Worker, outside: list[Path]) -> dict[str, bool]:
    library = "/opt/safelearn/safelearn"
    code = f"OUTSIDE = {[str(path) for path in outside]!r}\nLIBRARY = {library!r}\n"
    done = worker.run(
        [(0, code + _TRIED)],
        environment={"SAFELEARN_ANSWERS": ANSWERS},
        answers=ANSWERS,
        limits=Limits(cell_seconds=20, seconds=30),
    )
    try:
        return {
            name: held is True for name, held in json.loads(done.lines[0][0]).items()
        }
    except (LookupError, ValueError):
        said = done.outputs.get(0) or [done.reason]
        raise SafelearnError(
            t("The self-test did not run."), where=str(said)[:500]
        ) from None


def _none(why: str) -> SafelearnError:
    return SafelearnError(
        t("Notebooks of trainees cannot be shut in on this machine, so none is run."),
        where=why,
        remedy=t(
            "Run `.ci/system-tools` or install bubblewrap; in a container, allow user namespaces. "
            "With trainees whom you trust you can say --no-sandbox: it runs as you, and each record says so."
        ),
    )
