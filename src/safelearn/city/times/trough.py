"""Are these hours local time? In: local hours of many events. Out: the quietest hour of the day.

Street crime everywhere falls to its lowest in the hours before and around dawn. Where a file's quietest hour
lies elsewhere, its stamps are in another time zone, whatever the letter behind them says: of published files
that end their stamps in Z, some are true UTC and some are local.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: The quietest hour is expected between these, local time.
EARLIEST, LATEST = 4, 9
#: Fewer events than this show no daily rhythm.
LEAST = 300
#: So many standard deviations below the mean; the quietest of 24 hours lies two below it by chance alone.
_CHANCE = 4.0


@dataclass(frozen=True)
class Trough:
    """The quietest hour of the day.

    Attributes
    ----------
    hour : int
        Middle of the three quietest hours in a row, 0 to 23.
    n : int
        Events it rests on.
    plausible : bool
        Whether it lies where local time puts it.
    """

    hour: int
    n: int
    plausible: bool


def find_trough(occurred: pd.Series | pd.DatetimeIndex) -> Trough | None:
    """The quietest hour, or None where there are too few events or too flat a day.

    Parameters
    ----------
    occurred : datetime64
        Moments known to the hour. Exact midnights are left out: many of them only mean "time unknown".

    Notes
    -----
    Three-hour circular means; the day is flat if the quietest three hours are not at least a quarter below
    the daily mean, and by more than chance makes the quietest of a flat day.
    """
    moments = pd.DatetimeIndex(occurred.dropna())
    minutes = moments.hour.to_numpy() * 60 + moments.minute.to_numpy()
    hours = minutes[minutes != 0] // 60
    if len(hours) < LEAST:
        return None
    counts = np.bincount(hours, minlength=24).astype(float)
    # Leaving out exact midnights makes the first hour look too quiet: it borrows from its neighbours.
    counts[0] = max(counts[0], min(counts[23], counts[1]))
    smooth = (np.roll(counts, 1) + counts + np.roll(counts, -1)) / 3
    hour = int(smooth.argmin())
    if smooth[hour] > 0.75 * counts.mean():
        return None
    there, usual = 3 * smooth[hour], 3 * counts.mean()
    if there + _CHANCE * np.sqrt(usual) > usual:
        return None
    return Trough(hour, len(hours), EARLIEST <= hour <= LATEST)
