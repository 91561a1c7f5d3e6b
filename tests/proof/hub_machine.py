"""A machine of its own for the proof of the hub: accounts, homes, passwords and a network that end with the process.

Called inside ``unshare --mount --pid --net``: what it mounts nobody else sees, and no network is there but this
machine with itself. Needs root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where a municipality would install safelearn for everybody: from the wheel, so without solutions.
INSTALLED = Path("/opt/safelearn")
INSTRUCTOR, SECRET = "maria", "Instructor-7-proof"
#: Start a command in it.
UNSHARE = (
    "unshare", "--mount", "--pid", "--net", "--ipc", "--fork", "--kill-child", "--mount-proc",
)  # fmt: skip


def furnish(room: Path) -> None:
    """Make the machine: `room` is a folder of the caller's, for what must be kept."""
    run("ip", "link", "set", "lo", "up")
    etc = room / "etc"
    run("cp", "-a", "/etc", str(etc))
    run("mount", "--bind", str(etc), "/etc")
    with Path("/etc/hosts").open("a", encoding="utf-8") as hosts:
        hosts.write("127.0.0.1 localhost teach.localhost\n")
    python = Path(sys.base_prefix).resolve()
    kept = room / "python"
    kept.mkdir()
    run("mount", "--bind", str(python), str(kept))
    for folder in ("/home", "/srv", "/opt"):
        run("mount", "-t", "tmpfs", "-o", "mode=755", "none", folder)
    if Path("/root") in python.parents:
        # Of root's home the others see this Python, and nothing else.
        run("mount", "-t", "tmpfs", "-o", "mode=755", "none", "/root")
        python.mkdir(parents=True)
        run("mount", "--bind", str(kept), str(python))
    run(
        "useradd",
        "--create-home",
        "--key",
        "HOME_MODE=0700",
        "--shell",
        "/bin/bash",
        INSTRUCTOR,
    )
    run("chpasswd", text=f"{INSTRUCTOR}:{SECRET}\n")
    # The checkout is the instructor's own, solutions and all; the others have what is installed.
    curriculum = room / "curriculum"
    run("cp", "-a", str(ROOT / "curriculum"), str(curriculum))
    run("chown", "-R", INSTRUCTOR, str(curriculum))
    curriculum.chmod(0o700)
    run("mount", "--bind", str(curriculum), str(ROOT / "curriculum"))
    install()


def install() -> None:
    """Install the wheel for everybody, with the packages of this environment."""
    with tempfile.TemporaryDirectory() as folder:
        run(
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "-t",
            "wheel",
            "-d",
            folder,
            at=ROOT,
        )
        (wheel,) = Path(folder).glob("*.whl")
        run(sys.executable, "-m", "venv", "--without-pip", str(INSTALLED))
        (site,) = INSTALLED.glob("lib/python*/site-packages")
        shutil.unpack_archive(wheel, site, "zip")
    (packages,) = Path(sys.prefix).glob("lib/python*/site-packages")
    # Only a line of a path: what is installed there as a link to the checkout stays unknown.
    (site / "packages.pth").write_text(f"{packages}\n", encoding="utf-8")
    for folder in ("etc", "share"):
        shutil.copytree(Path(sys.prefix) / folder, INSTALLED / folder, symlinks=True)


def run(*command: str, text: str = "", at: Path | None = None, who: str = "") -> str:
    """Run a command to its end, as `who` if somebody is named; what it printed.

    Raises
    ------
    RuntimeError
        If it fails, with its last words.
    """
    environment = dict(os.environ)
    if who:
        command = ("runuser", "-u", who, "--", *command)
        environment |= {"HOME": f"/home/{who}", "USER": who}
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        cwd=at or "/",
        env=environment,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-12:]
        raise RuntimeError(f"{' '.join(command[:6])}: {' / '.join(said)}")
    return done.stdout
