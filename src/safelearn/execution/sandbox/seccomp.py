"""Which calls to the kernel a trainee's process may not make: a filter written as the kernel wants it.

A list of what is refused, because scientific libraries use nearly everything else. Sockets go first (there is no
network inside, but two jobs could talk to each other by name), then everything that makes namespaces, mounts,
reads another process, or holds memory that no limit counts. Numbers are those of x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
#: By name, the number on x86_64 and on aarch64.
_REFUSED = {
    "socket": (41, 198),
    "bind": (49, 200),
    "connect": (42, 203),
    "setsockopt": (54, 208),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "mount_setattr": (442, 442),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "personality": (135, 92),
    "fanotify_init": (300, 262),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
#: Any of the flags by which clone makes a namespace.
_NEW = 0x7E020000
_LOAD, _EQUAL, _ATLEAST, _ANYBIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x50000
_NUMBER, _ARCH, _FIRST = 0, 4, 16  # offsets in what the kernel shows the filter
_X32 = 0x40000000
_PR_SET_SECCOMP, _FILTER = 22, 2


def known() -> bool:
    """Whether there are numbers for this kind of processor."""
    return platform.machine() in _ARCHITECTURE


def refuse(libc: ctypes.CDLL) -> None:
    """Put the filter in force for this process and all its children; it cannot be taken off.

    Raises
    ------
    OSError
        If the processor is not known or the kernel has no such filters.
    """
    machine = platform.machine()
    if not known():
        raise OSError(errno.ENOSYS, f"no list of calls for {machine}")
    column = 0 if machine == "x86_64" else 1
    program = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if column == 0:
        program += [(_ATLEAST, 0, 1, _X32), (_RETURN, 0, 0, _ERROR | errno.EPERM)]
    # clone is how a process forks: refused only where it would make a namespace.
    program += [
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST),
        (_ANYBIT, 0, 1, _NEW),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
        # clone3 hides its flags behind a pointer: without it the C library takes clone.
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _ERROR | errno.ENOSYS),
    ]
    for numbers in _REFUSED.values():
        program += [
            (_EQUAL, 0, 1, numbers[column]),
            (_RETURN, 0, 0, _ERROR | errno.EPERM),
        ]
    program.append((_RETURN, 0, 0, _ALLOW))
    data = b"".join(struct.pack("HBBI", op, yes, no, k) for op, yes, no, k in program)
    buffer = ctypes.create_string_buffer(data, len(data))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    made = Program(len(program), ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(made), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel has no filters of calls")
