"""Can the container of an old workbook be walked to its end? In: the bytes of an .xls. Out: yes or no.

Such a file is a small file system: a table says which sector follows which. Where a copy went wrong it may say
that a sector follows itself, and whoever follows it never comes back. So it is walked here first.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: From this number on, an entry is no sector but a mark: free, end of chain, part of the table itself.
_MARKS = 0xFFFFFFFA


def is_sound(data: bytes) -> bool:
    """Whether every chain of sectors in the container comes to an end."""
    if len(data) < 512 or data[:8] != _SIGN:
        return False
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        return False
    size = 1 << shift
    small_start, _, more_start = struct.unpack_from("<3I", data, 60)
    lists = [n for n in struct.unpack_from("<109I", data, 76) if n < _MARKS]
    seen: set[int] = set()
    while more_start < _MARKS:
        if more_start in seen:
            return False
        seen.add(more_start)
        sector = _sector(data, more_start, size)
        if sector is None:
            return False
        *ids, more_start = struct.unpack(f"<{size // 4}I", sector)
        lists += [n for n in ids if n < _MARKS]
    following: list[int] = []
    for number in lists:
        sector = _sector(data, number, size)
        if sector is None:
            return False
        following += struct.unpack(f"<{size // 4}I", sector)
    if not _ends(following):
        return False
    small: list[int] = []
    while small_start < _MARKS:
        sector = _sector(data, small_start, size)
        if sector is None or small_start >= len(following):
            return False
        small += struct.unpack(f"<{size // 4}I", sector)
        small_start = following[small_start]
    return _ends(small)


def _sector(data: bytes, number: int, size: int) -> bytes | None:
    at = (number + 1) * size
    return data[at : at + size] if at + size <= len(data) else None


def _ends(following: Sequence[int]) -> bool:
    """Whether no chain comes back to where it was."""
    state = bytearray(len(following))
    for start in range(len(following)):
        path, at = [], start
        while at < len(following) and not state[at]:
            state[at] = 1
            path.append(at)
            at = following[at]
        if at < len(following) and state[at] == 1:
            return False
        for at in path:
            state[at] = 2
    return True
