"""Whole ways through the product: from files to the opened report, from the start page to a mark, from the wheel alone.

They are tests like the others (``tests/end_to_end/``), and too long to stand among them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Run them `size` times."""
    tried, not_tried, failed = 0, 0, []
    for done in range(size):
        for test, outcome in _run().items():
            tried += outcome != "skipped"
            not_tried += outcome == "skipped"
            if outcome not in ("passed", "skipped"):
                failed.append(f"{test}: {outcome}")
        progress(done + 1, size)
    return {"tried": tried, "not_tried_here": not_tried, "failed": failed}


def _run() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        command = [sys.executable, "-m", "pytest", "tests/end_to_end", "-q", "-n", "2"]
        command += ["--dist", "loadfile", f"--junitxml={told}"]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if not told.is_file():
            raise RuntimeError(done.stdout[-300:] + done.stderr[-300:])
        return {
            f"{case.get('classname')}::{case.get('name')}": _outcome(case)
            for case in ElementTree.parse(told).iter("testcase")
        }


def _outcome(case: ElementTree.Element) -> str:
    for kind in ("failure", "error", "skipped"):
        found = case.find(kind)
        if found is not None:
            said = (found.get("message") or kind).strip().splitlines()[0]
            return "skipped" if kind == "skipped" else said
    return "passed"
