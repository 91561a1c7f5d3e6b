"""The wheel, built once from this checkout, and a Python that has it and nothing else of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the source distribution of this checkout; nothing is downloaded for them."""
    folder = tmp_path_factory.mktemp("dist")
    hatchling = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    _run(*hatchling, "-t", "wheel", "-t", "sdist", cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(built) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="session")
def sdist(built) -> Path:
    return next(built.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def contents(wheel) -> dict[str, bytes]:
    """What the wheel holds, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Installed:
    """A new environment with the wheel; dependencies are those that the tests run with."""
    folder = tmp_path_factory.mktemp("fresh")
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
