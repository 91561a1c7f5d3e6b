"""safelearn where there is no checkout: a fresh environment, an empty home, and once no network either."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: How to take the network away; only root may do it without a user namespace of its own.
NO_NETWORK = (
    ("unshare", "-n") if getattr(os, "geteuid", int)() == 0 else ("unshare", "-rn")
)

WHERE = """
import json
from safelearn import resources
from safelearn.course.modules import find_module
print(json.dumps({
    "checkout": resources.is_checkout(),
    "city": str(resources.bundled_city("puerto-sereno")),
    "template": (resources.templates() / "notebooks" / "diagnosis.ipynb").is_file(),
    "module": find_module("m05").title,
}))
"""


@dataclass(frozen=True)
class Installed:
    """A fresh environment in which the wheel alone is installed."""

    bin: Path
    home: Path

    def run(self, *command: str, prefix: tuple[str, ...] = ()):
        """Run a program of the environment in an empty home, far from any checkout."""
        inherited = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LANG")
        env = {name: os.environ[name] for name in inherited if name in os.environ}
        env |= {"HOME": str(self.home), "USERPROFILE": str(self.home)}
        # Packages put templates and kernels beside the environment they were installed in.
        env["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
        return subprocess.run(
            [*prefix, str(self.bin / command[0]), *command[1:]],
            cwd=self.home,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    """A new environment with the wheel; dependencies are those that the tests run with."""
    folder = tmp_path_factory.mktemp("fresh")
    hatchling = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    _run(*hatchling, "-t", "wheel", cwd=ROOT)
    wheel = next(folder.glob("*.whl"))
    home = folder / "home"
    home.mkdir()
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"))
    bin_ = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    _run(*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel))
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    theirs = Path(_run(str(python), "-c", ask).strip())
    ours = _run(sys.executable, "-c", ask).strip()
    # A path in a .pth file is searched, but the .pth files there are not read: the editable safelearn is not seen.
    (theirs / "dependencies.pth").write_text(ours + "\n", encoding="utf-8")
    return Installed(bin_, home)


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_an_installed_safelearn_finds_its_city_its_templates_and_its_course(installed):
    done = installed.run("python", "-c", WHERE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["checkout"] is False
    assert str(installed.bin.parent) in found["city"]
    assert found["template"]
    assert found["module"]


def test_an_installed_safelearn_has_no_solutions_and_says_where_they_are(installed):
    ask = (
        "from safelearn.course.modules import find_module\n"
        "from safelearn.course.source import read_assignment\n"
        "read_assignment(find_module('m05').folder)\n"
    )
    done = installed.run("python", "-c", ask)
    assert done.returncode != 0
    assert "Instructors work from a checkout" in done.stderr


@pytest.mark.needs("unshare")
def test_the_demo_runs_from_the_wheel_alone_and_without_a_network(installed, tmp_path):
    out = tmp_path / "report"
    done = installed.run("safelearn", "demo", "--out", str(out), prefix=NO_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(out / "diagnosis.html") in done.stdout.replace("\n", "")
    assert (out / "manifest.json").is_file()
    html = (out / "diagnosis.html").read_text(encoding="utf-8")
    assert "Puerto Sereno" in html
    assert str(installed.home) not in html


def test_a_demo_writes_nothing_into_the_installed_package(installed):
    resources = next(installed.bin.parent.rglob("_resources"))
    before = sorted((p, p.stat().st_mtime_ns) for p in resources.rglob("*"))
    done = installed.run(
        "safelearn", "city", "check", str(resources / "datasets" / "puerto-sereno")
    )
    assert done.returncode in (0, 1), done.stderr
    assert sorted((p, p.stat().st_mtime_ns) for p in resources.rglob("*")) == before
