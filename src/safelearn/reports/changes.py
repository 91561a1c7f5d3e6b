"""Where recording changed: which comparisons fall away, and what is said and drawn on every trend.

The city marks a day from which an offence is recorded in another way. Numbers before and after it do not compare, so
no verdict reaches across it, and every figure over time shows the day and says what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safelearn.guidelines import offences
from safelearn.language import day, lower_first, t

if TYPE_CHECKING:
    from datetime import date

    from safelearn.city.settings import RecordingChange, Settings


@dataclass(frozen=True)
class Marked:
    """A change in recording that falls into a figure.

    Attributes
    ----------
    date : date
    offence : str
        ICCS code; empty for every offence.
    note : str
        What changed, in the city's words.
    """

    date: date
    offence: str
    note: str

    @property
    def month(self) -> str:
        """The month it falls in, as charts name months."""
        return f"{self.date:%Y-%m}"

    @property
    def sentence(self) -> str:
        """What a reader must know of it."""
        note = self.note.rstrip(". ")
        if not self.offence:
            return t(
                "From {day} on, every offence is recorded in another way ({note}): before and after do not compare.",
                day=day(self.date),
                note=note,
            )
        known = self.offence in offences.codes()
        name = offences.name(self.offence) if known else self.offence
        return t(
            "From {day} on, {offence} is recorded in another way ({note}): before and after do not compare.",
            day=day(self.date),
            offence=lower_first(name),
            note=note,
        )


def changes_between(
    settings: Settings, first: str, last: str, codes: Iterable[str] | None = None
) -> list[Marked]:
    """The changes after the first and up to the last of these months, in their order.

    Parameters
    ----------
    first, last : str
        Months, as ``2024-01``.
    codes : iterable of str, optional
        Only changes that concern one of these offences.
    """
    wanted = None if codes is None else list(codes)
    found = [
        Marked(c.date, c.offence, c.note)
        for c in settings.recording_changes
        if f"{first}-01" < c.date.isoformat() <= f"{last}-31"
        and (wanted is None or any(concerns(c, code) for code in wanted))
    ]
    return sorted(found, key=lambda m: (m.date, m.offence))


def concerns(change: RecordingChange | Marked, code: str) -> bool:
    """Whether a change concerns an offence: its own code, one above it or one below it."""
    return code.startswith(change.offence) or change.offence.startswith(code)


def recording_changed(code: str, settings: Settings, first: str, last: str) -> bool:
    """Whether an offence was recorded in another way from some day between two months: then they do not compare."""
    return bool(changes_between(settings, first, last, [code]))


def said(changes: Iterable[Marked]) -> str:
    """All changes of a figure, for its caption and its alt text."""
    return " ".join(change.sentence for change in changes)
