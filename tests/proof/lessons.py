"""Every lesson runs, from its text, claims included; so does the diagnosis notebook.

No other target executes a lesson: ``make docs`` shows what this leaves in build/executed/.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXECUTED = ROOT / "build" / "executed"
#: Tables and maps are given names by chance in the page: no content.
_ELEMENT = re.compile(r"\b(T|[a-z_]+)_(?:[0-9a-f]{32}|[0-9a-f]{5})(?=[^0-9a-f])")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
WIDGET = "application/vnd.jupyter.widget-view+json"


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Run each notebook `size` times; keep the first run, and compare the others with it."""
    from safelearn.resources import bundled_city, curriculum

    lessons = sorted(curriculum().glob("*/lesson.py"))
    failed: list[str] = []
    tried = {"lessons": 0, "claims": 0, "diagnoses": 0}
    total, done = size * (len(lessons) + 1), 0
    shutil.rmtree(EXECUTED, ignore_errors=True)
    for lesson in lessons:
        shown: list[Any] = []
        for _ in range(size):
            tried["lessons"] += 1
            outputs, claims = _run_lesson(lesson, failed)
            tried["claims"] += claims
            shown.append(outputs)
            progress(done := done + 1, total)
        if any(again != shown[0] for again in shown[1:]):
            failed.append(f"{lesson.parent.name}: a second run shows something else")
    first: dict[str, bytes] = {}
    for _ in range(size):
        tried["diagnoses"] += 1
        tables = _run_diagnosis(bundled_city("puerto-sereno"), failed)
        if first and tables != first:
            failed.append("The diagnosis of the same city gave other tables.")
        first = first or tables
        progress(done := done + 1, total)
    return {"tried": tried, "failed": failed}


def _run_lesson(lesson: Path, failed: list[str]) -> tuple[Any, int]:
    """Execute a lesson with its claims; keep it without them, as it is shown to people."""
    import jupytext
    import nbformat

    from safelearn.course.authoring.build import KERNEL
    from safelearn.errors import SafelearnError
    from safelearn.execution.notebook import run

    name = lesson.parent.name
    notebook = jupytext.read(lesson, fmt="py:percent")
    notebook.metadata["kernelspec"] = KERNEL
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"lesson-{number}"
    claims = sum("claim" in c.metadata.get("tags", []) for c in notebook.cells)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "lesson.ipynb", Path(folder) / "done.ipynb"
        nbformat.write(nbformat.from_dict(notebook), source)
        try:
            run(source, target, cwd=lesson.parent)
        except SafelearnError as error:
            failed.append(f"{name}: {error}".replace("\n", " "))
            return None, claims
        done = nbformat.read(target, as_version=4)
    done.cells = [c for c in done.cells if "claim" not in c.metadata.get("tags", [])]
    done.metadata.pop("papermill", None)
    done.metadata.pop("widgets", None)
    for cell in done.cells:
        # When each cell ran is nobody's business, and never the same; nor is the number of a control.
        for key in ("papermill", "execution", "tags"):
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
    kept = EXECUTED / name / "lesson.ipynb"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(done, kept)
    shown = json.dumps([cell.get("outputs") for cell in done.cells])
    return _ELEMENT.sub(r"\1", _ADDRESS.sub("", shown)), claims


def _run_diagnosis(city: Path, failed: list[str]) -> dict[str, bytes]:
    """Diagnose the bundled city; the tables, by name."""
    from safelearn.errors import SafelearnError
    from safelearn.reports.diagnose import diagnose

    with tempfile.TemporaryDirectory() as folder:
        try:
            made = diagnose(city, Path(folder) / "diagnosis")
        except SafelearnError as error:
            failed.append(f"diagnosis: {error}".replace("\n", " "))
            return {}
        tables = sorted((made.folder / "tables").glob("*.csv"))
        return {path.name: path.read_bytes() for path in tables}
