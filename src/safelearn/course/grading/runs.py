"""Run each submission once, and keep what came of it: so a batch that was stopped goes on where it was.

Two things take time, and both are kept in the course's folder ``runs/``, each in a file of its own that is there whole
or not at all: what a trainee's notebook handed in, and the key that the author's solution gives on that trainee's data.
The name of a file is a fingerprint of all that it depends on, so nothing old is ever taken for new. Several threads
may ask at once; the notebooks run in the one warm worker.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from safelearn.course.answers import COLLECT
from safelearn.course.exams.register import secret_of
from safelearn.course.grading.records import put
from safelearn.course.key import Answers, Key, assignment_of, key_for, source_text
from safelearn.course.modules import Module
from safelearn.course.variants import SECRET
from safelearn.errors import SafelearnError
from safelearn.execution import submission
from safelearn.execution.sandbox.walls import ANSWERS
from safelearn.execution.warm.client import Prepared, Worker
from safelearn.execution.warm.jobs import Limits
from safelearn.language import number, t

FOLDER = "runs"
#: What the author's code may take.
_AUTHOR = Limits(cell_seconds=120, seconds=150)
#: In this process only one thread at a time runs the author's code: it catches what is printed.
_AUTHORS_TURN = threading.Lock()
#: The error that stands in a cell which was never finished.
NOT_RUN = "NotRun"
_KEY_CELL = """
import json, os
from safelearn.course.key import key_text

with open(os.environ["{collect}"], "a", encoding="utf-8") as file:
    file.write(key_text({text!r}, {trainee!r}) + "\\n")
"""


@dataclass
class Ran:
    """What a submission handed in, and what an instructor should know of its run.

    Attributes
    ----------
    given : dict
        Answers by task: the last that the locked cell of the task collected.
    note : str
        Limits that it hit; empty if none.
    outputs : dict of str to list
        By position of the cell, what it showed.
    counts : dict of str to int
        The number beside each cell.
    data : list of str
        Fingerprints of the data on which the answers say that they were made.
    """

    given: Answers
    note: str
    outputs: dict[str, list[Any]] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)

    def show(self, notebook: Any) -> None:
        """Give the notebook the outputs of this run."""
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and str(index) in self.outputs:
                cell.outputs = [
                    nbformat.from_dict(output) for output in self.outputs[str(index)]
                ]
                cell.execution_count = self.counts.get(str(index))


@dataclass(frozen=True)
class Desk:
    """Where submissions of an assignment are run.

    Attributes
    ----------
    course : Path
        The course's folder.
    module : Module
        Of the assignment.
    limits : Limits
        For each notebook.
    worker : callable or None
        Gives the sandbox when it is needed; None to run without.
    again : bool
        Run even what was run before.
    used : dict
        By student, the files that were read or written.
    prepared : dict
        By student, where the data are drawn already; filled by `drawn`.
    """

    course: Path
    module: Module
    limits: Limits
    worker: Callable[[], Worker] | None
    again: bool = False
    used: dict[str, set[Path]] = field(default_factory=dict)
    prepared: dict[str, Prepared] = field(default_factory=dict)

    @contextmanager
    def drawn(self, student: str) -> Iterator[None]:
        """Inside the block this trainee's data are drawn once, for the key and for the run.

        Both run in forks of one process that has the data and nothing else: the key never comes near the run.
        """
        if self.worker is None:
            yield
            return
        who, city = self._who(student), ("safelearn.course.variants", "my_city")
        with Prepared(self.worker, *city, [self.module.id], environment=who) as place:
            self.prepared[student] = place
            try:
                yield
            finally:
                del self.prepared[student]

    def key(self, student: str) -> Key:
        """The right answers and the declared mistakes, on this trainee's data.

        Raises
        ------
        SafelearnError
            If the author's own code does not run.
        """
        about = (source(self.module), code(), self._secret(student))
        path = self._path(student, "key", *about)
        if found := _read(path):
            return Key(**found)
        key = self._key(student)
        put(path, json.dumps(asdict(key)))
        return key

    def ran(self, notebook: Any, student: str, key: Key) -> Ran:
        """What the notebook hands in when it is run from top to bottom as this trainee."""
        cells = [
            [index, _graded(cell), cell.source]
            for index, cell in enumerate(notebook.cells)
            if cell.cell_type == "code"
        ]
        described = (self.module.folder / "module.toml").read_bytes()
        about = [cells, key.fingerprint, asdict(self.limits), self.worker is None]
        path = self._path(student, "run", json.dumps(about), described, code())
        if not self.again and (found := _read(path)):
            return Ran(**found)
        run = self._run(notebook, student)
        _require_begun(notebook, run)
        ran = _kept(notebook, run)
        put(path, json.dumps(vars(ran)))
        return ran

    def forget(self, student: str) -> None:
        """Drop what was kept of this trainee's earlier submissions and is not of the last."""
        used = self.used.get(student, set())
        for path in (self.course / FOLDER / self.module.name / student).glob("*.json"):
            if used and path not in used:
                path.unlink(missing_ok=True)

    def _path(self, student: str, kind: str, *about: str | bytes) -> Path:
        digest = hashlib.sha256()
        for part in about:
            digest.update(part.encode() if isinstance(part, str) else part)
            digest.update(b"\0")
        folder = self.course / FOLDER
        # Right answers lie here: on a machine of many users they are for the instructor alone.
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / self.module.name / student
        path /= f"{kind}-{digest.hexdigest()[:24]}.json"
        self.used.setdefault(student, set()).add(path)
        return path

    def _key(self, student: str) -> Key:
        if self.worker is None:
            with _AUTHORS_TURN:
                return key_for(self.module.id, student, self._secret(student))
        text = source_text(assignment_of(self.module.id))
        done = self._place(student).run(
            [(0, _KEY_CELL.format(collect=COLLECT, text=text, trainee=student))],
            environment={**self._who(student), COLLECT: ANSWERS},
            answers=ANSWERS,
            limits=_AUTHOR,
        )
        try:
            return Key(**json.loads(done.lines[0][0]))
        except (LookupError, ValueError, TypeError):
            # Here the error of the author's code is told as it is.
            with _AUTHORS_TURN:
                return key_for(self.module.id, student, self._secret(student))

    def _run(self, notebook: Any, student: str) -> submission.Run:
        if self.worker is not None:
            return submission.shut_in(
                notebook,
                self._place(student),
                environment={**self._who(student), COLLECT: ANSWERS},
                limits=self.limits,
            )
        with tempfile.TemporaryDirectory(prefix="sl-") as folder:
            lines = Path(folder) / "answers.jsonl"
            return submission.execute(
                notebook,
                lines,
                environment={**self._who(student), COLLECT: str(lines)},
                cwd=Path(folder),
                seconds=int(self.limits.cell_seconds),
            )

    def _secret(self, student: str) -> str:
        return secret_of(self.course, self.module, student)

    def _who(self, student: str) -> dict[str, str]:
        """What tells a notebook whose it is; in an exam that includes this trainee's own secret, and no other."""
        who = {"SAFELEARN_TRAINEE": student, "JUPYTERHUB_USER": student}
        secret = self._secret(student)
        return {**who, SECRET: secret} if secret else who

    def _place(self, student: str) -> Prepared | Worker:
        return self.prepared.get(student) or self.worker()


def source(module: Module) -> str:
    """Fingerprint of all that an author writes for an assignment."""
    digest = hashlib.sha256()
    for name in ("assignment.py", "module.toml", "variant.py"):
        path = module.folder / name
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def code() -> str:
    """Fingerprint of safelearn and of what it computes with: another version may give other data."""
    import numpy
    import pandas

    import safelearn

    folder = Path(safelearn.__file__).parent
    digest = hashlib.sha256(f"{numpy.__version__} {pandas.__version__}".encode())
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _require_begun(notebook: Any, run: submission.Run) -> None:
    """A notebook of which not even the author's first cell ran was stopped by us, and that is no 0."""
    first = next((c for c in notebook.cells if c.cell_type == "code"), None)
    shown = first.outputs if first is not None else []
    if run.stopped_at is not None and any(o.get("ename") == NOT_RUN for o in shown):
        raise SafelearnError(
            t("The notebook could not be run: {reason}.", reason=run.reason),
            remedy=t("Grade once more; if it stays so, look at the notebook by hand."),
        )


def _kept(notebook: Any, run: submission.Run) -> Ran:
    given: Answers = {}
    data: set[str] = set()
    for index, cell in enumerate(notebook.cells):
        name = _graded(cell)
        for line in run.written.get(index, []):
            # Only what the locked cell of a task collected counts, and of that the last.
            entry = _entry(line)
            if (
                name
                and entry.get("task") == name
                and isinstance(entry.get("answers"), dict)
            ):
                given[name] = entry["answers"]
                if isinstance(entry.get("data"), str):
                    data.add(entry["data"])
    code_cells = [
        (str(index), cell)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    ]
    return Ran(
        given,
        _note(run),
        {index: list(cell.outputs) for index, cell in code_cells},
        {index: cell.execution_count for index, cell in code_cells},
        sorted(data),
    )


def _note(run: submission.Run) -> str:
    """What an instructor should know of a run, even where marks are full."""
    told = []
    if run.stopped_at is not None:
        told.append(
            t(
                "The run ended early, at cell {n}: {reason}",
                n=number(run.stopped_at + 1),
                reason=run.reason,
            )
        )
    told += [
        t("Cell {n} was stopped because it took too long.", n=number(cell + 1))
        for cell in run.late
    ]
    return " ".join(told)


def _graded(cell: Any) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or ""


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
