"""What did the city's clocks show? In: moments in one time zone. Out: the same moments in another.

Twice a year daylight saving moves clocks. The hour that it repeats is taken as the first of the two; a time in
the hour that it skips is what a clock shows that was not put forward. Both are counted, never dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from safelearn.errors import SafelearnError
from safelearn.language import t

_DAY = 86_400


def zone_named(name: str, city: ZoneInfo) -> ZoneInfo:
    """A time zone by its name; ``local`` is the city's.

    Raises
    ------
    SafelearnError
        If there is none of that name.
    """
    if name.casefold() in ("local", "city"):
        return city
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SafelearnError(
            t("There is no time zone called {name}.", name=name),
            remedy=t("Use a name such as UTC, America/Bogota, or local."),
        ) from error


def to_zone(moments: np.ndarray, source: ZoneInfo, zone: ZoneInfo) -> np.ndarray:
    """Wall clock of `source` as wall clock of `zone`.

    Parameters
    ----------
    moments : ndarray of datetime64[s]
    """
    if source.key == zone.key or not len(moments):
        return moments
    known = ~np.isnat(moments)
    seconds = np.where(known, moments, np.datetime64(0, "s")).astype(np.int64)
    if source.key != "UTC":
        at, shift = _changes(source.key, *_years(seconds))
        # From the later of the two readings of its moment on, a change holds for wall clocks.
        wall = at[1:] + np.maximum(shift[1:], shift[:-1])
        seconds = seconds - shift[np.searchsorted(wall, seconds, side="right")]
    if zone.key != "UTC":
        at, shift = _changes(zone.key, *_years(seconds))
        seconds = seconds + shift[np.searchsorted(at[1:], seconds, side="right")]
    return np.where(known, seconds.astype("datetime64[s]"), np.datetime64("NaT", "s"))


def odd_hours(moments: np.ndarray, zone: ZoneInfo) -> tuple[np.ndarray, np.ndarray]:
    """Which wall clock times daylight saving repeats, and which it skips.

    Returns
    -------
    repeated, skipped : ndarray of bool
    """
    known = ~np.isnat(moments)
    seconds = np.where(known, moments, np.datetime64(0, "s")).astype(np.int64)
    repeated, skipped = np.zeros((2, len(moments)), dtype=bool)
    if not known.any():
        return repeated, skipped
    at, shift = _changes(zone.key, *_years(seconds[known]))
    before, after = at[1:] + shift[:-1], at[1:] + shift[1:]
    low, high = np.minimum(before, after), np.maximum(before, after)
    if not len(low):
        return repeated, skipped
    place = np.searchsorted(low, seconds, side="right") - 1
    inside = known & (place >= 0) & (seconds < high[place])
    forward = after[place] > before[place]
    return inside & ~forward, inside & forward


def _years(seconds: np.ndarray) -> tuple[int, int]:
    ends = np.array([seconds.min(), seconds.max()]).astype("datetime64[s]")
    first, last = ends.astype("datetime64[Y]").astype(int) + 1970
    # One table serves all chunks of a file.
    return int(first) - int(first) % 10 - 1, int(last) + 10 - int(last) % 10


@lru_cache(maxsize=64)
def _changes(key: str, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Moments in UTC from which each offset holds, in seconds; the first one is the beginning of time."""
    zone = ZoneInfo(key)

    def offset(second: int) -> int:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
        return int(moment.astimezone(zone).utcoffset().total_seconds())

    begin = (first - 1970) * 365 * _DAY + ((first - 1969) // 4) * _DAY
    end = (last + 1 - 1970) * 366 * _DAY
    at, shift = [np.iinfo(np.int64).min // 2], [offset(begin)]
    for day in range(begin, end, _DAY):
        old, new = shift[-1], offset(day + _DAY)
        if new == old:
            continue
        low, high = day, day + _DAY
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == old else (low, middle)
        at.append(high)
        shift.append(new)
    return np.array(at, dtype=np.int64), np.array(shift, dtype=np.int64)
