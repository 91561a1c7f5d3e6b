"""The command that starts the worker inside bubblewrap: what it sees, and as whom it runs.

It sees the system's programs, this Python with its packages, and the library without the solutions of the course:
of the curriculum only what a trainee has too. All of that is read-only. It sees no home, no checkout, no gradebook,
no network and no other process. An ordinary user runs it in a user namespace; root starts it as root, so that
folders which only root may read can be bound, and becomes nobody inside.
"""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from safelearn import resources
from safelearn.execution.sandbox.jail import BOX, SCRATCH

NOBODY = 65534
#: Where the library stands inside.
LIBRARY = Path("/opt/safelearn")
#: Of a module, what its trainee may see; the solutions stand in other files.
_OF_A_MODULE = ("module.toml", "variant.py", "pictures.py")
_OF_ETC = ("ld.so.cache", "localtime", "fonts", "mime.types", "alternatives")


def bubblewrap(more: Iterable[Path] = ()) -> list[str]:
    """The command, up to and with the Python that is to run.

    Parameters
    ----------
    more : iterable of Path
        Folders of an instructor's own modules, or of one of them, whose trainees' part is shown.
    """
    root = os.geteuid() == 0
    view = _View()
    view.add("--die-with-parent", "--new-session", "--unshare-pid", "--unshare-ipc")
    view.add("--unshare-uts", "--unshare-cgroup-try", "--unshare-net", "--clearenv")
    if root:
        # A user namespace made by root would only rename root: its files could still be read.
        for capability in ("SETUID", "SETGID", "SETPCAP"):
            view.add("--cap-add", f"CAP_{capability}")
    else:
        view.add("--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY))
    _system(view)
    _library(view, more)
    view.add("--dir", BOX, "--proc", "/proc", "--dev", "/dev")
    view.add("--perms", "1777", "--size", str(64 << 20), "--tmpfs", SCRATCH)
    view.add("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/")
    for name, value in _environment(bool(tuple(more))).items():
        view.add("--setenv", name, value)
    command = ["bwrap", *(["--cap-drop", "ALL"] if root else []), *view.arguments, "--"]
    if root:
        command += [
            shutil.which("setpriv") or "setpriv",
            *("--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"),
            *("--no-new-privs", "--inh-caps", "-all", "--bounding-set", "-all", "--"),
        ]
    return [*command, str(Path(sys.prefix, "bin", "python")), "-P", "-s"]


class _View:
    """Arguments of bubblewrap, with the folders above each binding made first and open to all.

    Left to itself bubblewrap makes them for its own user alone, who is another one inside.
    """

    def __init__(self) -> None:
        self.arguments: list[str] = []
        self._made = {Path("/")}

    def add(self, *arguments: str) -> None:
        self.arguments += arguments

    def folder(self, path: Path) -> None:
        if path not in self._made:
            self.folder(path.parent)
            self._made.add(path)
            self.add("--perms", "0755", "--dir", str(path))

    def bind(self, source: Path, target: Path) -> None:
        self.folder(target.parent)
        self.add("--ro-bind", str(source), str(target))


def _system(view: _View) -> None:
    view.add("--ro-bind", "/usr", "/usr")
    for name in ("/bin", "/sbin", "/lib", "/lib64", "/lib32"):
        path = Path(name)
        if path.is_symlink():
            view.add("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            view.add("--ro-bind", name, name)
    view.folder(Path("/etc"))
    for name in _OF_ETC:  # never all of it: secrets lie there
        view.add("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for prefix in dict.fromkeys((sys.prefix, sys.base_prefix)):
        path = Path(prefix).resolve()
        if path != Path("/usr") and Path("/usr") not in path.parents:
            view.bind(path, path)


def _library(view: _View, more: Iterable[Path]) -> None:
    package = Path(resources.__file__).resolve().parent
    inside = LIBRARY / "safelearn"
    for child in sorted(package.iterdir()):
        if child.name != "_resources":
            view.bind(child, inside / child.name)
    kept = inside / "_resources"
    view.bind(resources.datasets(), kept / "datasets")
    view.bind(resources.templates(), kept / "templates")
    view.bind(
        resources.curriculum() / "course.toml", kept / "curriculum" / "course.toml"
    )
    _modules(view, resources.curriculum(), kept / "curriculum")
    for folder in more:
        _modules(view, folder, LIBRARY / "more")


def _modules(view: _View, source: Path, target: Path) -> None:
    one = source / "module.toml"
    many = (path for path in sorted(source.glob("*/module.toml")) if not _exam(path))
    for described in [one] if one.is_file() else many:
        for name in _OF_A_MODULE:
            if (described.parent / name).is_file():
                view.bind(
                    described.parent / name, target / described.parent.name / name
                )


def _exam(described: Path) -> bool:
    """Whether it is an exam, which is shown only where it was asked for by itself: it may not have begun yet."""
    try:
        return tomllib.loads(described.read_text(encoding="utf-8")).get("exam") is True
    except (ValueError, OSError):
        return False


def _environment(more: bool) -> dict[str, str]:
    one = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "PYTHONPATH": str(LIBRARY),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": f"{BOX}/home",
        "TMPDIR": f"{BOX}/tmp",
        "USER": "trainee",
        "LOGNAME": "trainee",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": SCRATCH,
        "IPYTHONDIR": f"{SCRATCH}/ipython",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "NBGRADER_EXECUTION": "autograde",
        **dict.fromkeys(one, "1"),
        **({"SAFELEARN_CURRICULUM": str(LIBRARY / "more")} if more else {}),
    }
