"""What is measured of a job: the answer it gives, as a checksum, and the most memory its process ever held."""

from __future__ import annotations

import hashlib
import sys


def digest(frame, columns=("area_id", "offence", "month", "victim_sex")) -> str:
    """Of a table of counts, whatever made it."""
    columns = list(columns)
    table = frame.set_axis([*columns, "n"], axis=1).astype(
        dict.fromkeys(columns, "str")
    )
    table = table.sort_values(columns)
    text = table.to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows
        import ctypes
        from ctypes import wintypes

        counters = (ctypes.c_size_t * 10)()
        process = wintypes.HANDLE(ctypes.windll.kernel32.GetCurrentProcess())
        size = ctypes.sizeof(counters)
        ctypes.windll.psapi.GetProcessMemoryInfo(process, counters, size)
        return counters[1] / 2**20
    who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    peak = max(resource.getrusage(one).ru_maxrss for one in who)
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
