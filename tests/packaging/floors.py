"""Do the oldest versions that pyproject.toml allows still do? Run it when a floor or a dependency changes.

    python tests/packaging/floors.py [TESTS...]

Makes build/floors/, an environment with the lowest version of each direct dependency (``uv pip compile
--resolution lowest-direct``), and runs there the tests of everything a city's diagnosis needs. Needs uv and a
network; is no part of ``make test``. If a floor is too low, raise it in pyproject.toml to the first version that
passes, and make requirements.lock anew with the command in its first lines.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "build" / "floors"
#: Test tools only; the outside judges (esda, libpysal, frictionless) bring newer versions of what is tested.
TOOLS = ("hatchling", "hypothesis", "pytest", "pytest-xdist")
TESTS = (
    "tests/city",
    "tests/cli",
    "tests/course",
    "tests/diagnosis",
    "tests/disclosure",
    "tests/estimates",
    "tests/execution",
    "tests/guidelines",
    "tests/indicators",
    "tests/reports",
    "tests/simulation",
    "tests/views",
    "tests/test_known_answers.py",
)


def main(tests: list[str]) -> int:
    FLOORS.mkdir(parents=True, exist_ok=True)
    lowest, env = FLOORS / "lowest.txt", FLOORS / "env"
    python = env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    compile_ = ["uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct"]
    compile_ += ["--python-version", "3.11", "--extra", "report", "pyproject.toml"]
    _do(*compile_, "--no-header", "--no-emit-index-url", "-o", str(lowest))
    _do("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(env))
    install = ["uv", "pip", "install", "--quiet", "--python", str(python)]
    _do(*install, "-r", str(lowest), "-c", str(lowest), *_tools())
    _do(*install, "--no-deps", "--no-build-isolation", "-e", ".")
    chosen = tests or [name for name in TESTS if (ROOT / name).exists()]
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _tools() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pinned = project["dependency-groups"]["dev"]
    chosen = [pin for pin in pinned if pin.partition("==")[0] in TOOLS]
    return [*chosen, *(pin for pin in pinned if pin.startswith("editables"))]


def _do(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"This failed: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
