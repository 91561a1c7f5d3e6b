"""From inside: what a job's own processes do to shut themselves in before the first cell runs.

The supervisor makes the namespaces; the runner, which is process 1 in them, covers what is shared, takes limits
upon itself, drops every privilege and puts the filter of calls in force. There is no way back from any of it. If a
step fails, the job fails: nothing runs half shut in.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
from pathlib import Path
from typing import Any

from safelearn.execution.sandbox import seccomp

#: The only place where a job can write; it is gone with the job.
BOX = "/box"
#: Where the worker may write while it gets ready: shared by all jobs, and so covered in each.
SCRATCH = "/scratch"
_NEWNS, _NEWUTS, _NEWIPC = 0x20000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC = 1, 2, 4, 8
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 24, 38
_CAPABILITIES = 0x20080522  # version 3 of the kernel's structure


def enter_namespaces() -> None:
    """Leave the worker's users, processes, network and names. The next fork is process 1."""
    uid, gid = os.getuid(), os.getgid()
    _unshare(_NEWUSER | _NEWPID | _NEWIPC | _NEWUTS | _NEWNET)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def shut(limits: dict[str, Any], pages: int) -> None:
    """Cover, limit, drop, filter: in process 1 of the job, before anything of the trainee's is read.

    Parameters
    ----------
    limits : dict
        ``disk``, ``files``, ``memory``, ``processes``, ``seconds``.
    pages : int
        Pages of memory that the worker has mapped, which the fork inherits.
    """
    _unshare(_NEWNS)
    Path("/proc/self/oom_score_adj").write_text("1000")  # jobs go first
    size = f"size={limits['disk']},nr_inodes={limits['files']},mode=0700"
    _mount("safelearn", BOX, "tmpfs", _NOSUID | _NODEV, size)
    covered = _NOSUID | _NODEV | _NOEXEC
    _mount("none", "/dev/shm", "tmpfs", covered, "size=16m,nr_inodes=256")
    for name in ("work", "home", "tmp"):
        Path(BOX, name).mkdir()
    _mount("none", SCRATCH, "tmpfs", covered | _RDONLY, "size=4k")
    try:
        _mount("proc", "/proc", "proc", covered)
    except OSError:
        # Where bubblewrap was started by root it covers parts of /proc, and the kernel allows no second one.
        _mount("none", "/proc", "tmpfs", covered | _RDONLY, "size=4k")
    with Path(os.devnull).open("r+b", buffering=0) as nothing:
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
    os.chdir(f"{BOX}/work")
    bounds = {
        resource.RLIMIT_AS: pages * resource.getpagesize() + limits["memory"],
        # Counted for the user of this job alone, because it is set inside its namespace.
        resource.RLIMIT_NPROC: limits["processes"],
        resource.RLIMIT_FSIZE: limits["disk"],
        resource.RLIMIT_CPU: limits["seconds"],
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }
    for what, most in bounds.items():
        resource.setrlimit(what, (int(most), int(most)))
    _drop_privileges()
    seccomp.refuse(_libc())


def memory_of(process: int) -> int:
    """Bytes that a process and its descendants really use; what is shared counts in proportion."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                text = (entry / "stat").read_text()
                parent = int(text.rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    total, left = 0, [process]
    while left:
        one = left.pop()
        left += children.get(one, [])
        with contextlib.suppress(OSError):
            lines = Path("/proc", str(one), "smaps_rollup").read_text().splitlines()
            total += sum(int(x.split()[1]) for x in lines if x.startswith("Pss:"))
    return total * 1024


def _drop_privileges() -> None:
    libc = _libc()
    for capability in range(64):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    none = (ctypes.c_uint32 * 6)(*[0] * 6)
    _require(libc.capset(header, none), "drop privileges")
    _require(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "keep privileges away")


def _unshare(flags: int) -> None:
    _require(_libc().unshare(ctypes.c_int(flags)), "unshare")


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    arguments = (source.encode(), target.encode(), kind.encode())
    found = _libc().mount(*arguments, ctypes.c_ulong(flags), data.encode())
    _require(found, f"mount {target}")


def _require(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno() or errno.EPERM
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
