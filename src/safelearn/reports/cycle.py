"""Is this diagnosis still the newest that the city promised? Its last day and its cycle go in, the day it is due out.

A safety diagnosis is made at regular intervals (draft:25(d).0). The city says the interval in its settings; a report
says until when it holds, and one whose data are older than that says so first.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from safelearn.language import day, number, t


@dataclass(frozen=True)
class Cycle:
    """When the next diagnosis is due.

    Attributes
    ----------
    last : date
        The last day that the records cover.
    months : int
        The city's interval.
    """

    last: date
    months: int

    @property
    def due(self) -> date:
        """The day by which a newer diagnosis should be there.

        Examples
        --------
        >>> Cycle(date(2024, 2, 29), 12).due
        datetime.date(2025, 2, 28)
        >>> Cycle(date(2024, 12, 31), 2).due
        datetime.date(2025, 2, 28)
        """
        return after(self.last, self.months)

    def stale(self, today: date) -> bool:
        """Whether that day has passed."""
        return today > self.due

    def sentence(self, today: date) -> str:
        """What the report says of it."""
        values = {
            "last": day(self.last),
            "due": day(self.due),
            "months": number(self.months),
        }
        if self.stale(today):
            return t(
                "These data are old: they end on {last}, and the city makes a diagnosis every {months} months. "
                "A newer one was due by {due}.",
                **values,
            )
        return t(
            "The data end on {last}, and the city makes a diagnosis every {months} months: after {due}, ask for "
            "a newer one.",
            **values,
        )


def after(start: date, months: int) -> date:
    """The same day some months later, or the last day of that month; the end of a month stays one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    ends = start.day == calendar.monthrange(start.year, start.month)[1]
    return date(year, month + 1, longest if ends else min(start.day, longest))


def cycle_of(last_month: str, months: int | None) -> Cycle | None:
    """The cycle of a diagnosis whose records end in a month (``2024-12``) or year (``2024``)."""
    if not months or not last_month:
        return None
    year, month = int(last_month[:4]), int(last_month[5:7] or 12)
    return Cycle(date(year, month, calendar.monthrange(year, month)[1]), months)
