"""A class on JupyterHub, from the first login to the feedback that a trainee reads, in a real browser.

`safelearn course hub` writes the hub; it runs on a machine of its own within this one (see hub_machine.py), with
accounts, passwords and no network. Trainees log in, fetch, work, validate and submit; one of them also tries what
must not succeed (hub_attacks.py); the instructor releases, collects, grades and gives back in formgrader.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "build" / "hub"


def prove(size: int) -> dict[str, Any]:
    """Teach one class of `size` trainees."""
    if reason := _lacking():
        return {"tried": 0, "failed": [], "skipped": reason}
    from hub_machine import UNSHARE

    with tempfile.TemporaryDirectory() as folder:
        # Trainees' Python is reached through it.
        Path(folder).chmod(0o755)
        command = [
            *UNSHARE,
            sys.executable,
            str(HERE / "hub_class.py"),
            folder,
            str(size),
        ]
        log = Path(folder, "log.txt")
        with log.open("wb") as said:
            subprocess.run(
                command,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=1800,
            )
        result = Path(folder, "result.json")
        _keep(Path(folder))
        if not result.is_file():
            last = (
                log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            )
            return {"tried": 1, "failed": [f"The class broke off: {last[-1:]}"]}
        return json.loads(result.read_text(encoding="utf-8"))


def _lacking() -> str:
    """Why it cannot be tried here."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "accounts need root"
    for name in (
        "unshare",
        "useradd",
        "runuser",
        "prlimit",
        "bwrap",
        "chromium",
        "caddy",
    ):
        if shutil.which(name) is None:
            return f"{name} is not installed"
    return ""


def _keep(folder: Path) -> None:
    """Pictures of the steps, and the logs, for whoever wants to look."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for path in (*folder.glob("*.png"), *folder.glob("*.txt")):
        shutil.copy(path, PICTURES)
