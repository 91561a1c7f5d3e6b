"""What is there to say about the times of a file's rows? In: counts. Out: sentences."""

from __future__ import annotations

from collections.abc import Mapping

from safelearn.language import tn

#: What `Times.figures` counts.
FIGURES = (
    "other_order",
    "from_parts",
    "unread_clocks",
    "ends_of_day",
    "unknown_hours",
    "masked_hours",
    "repeated_hours",
    "skipped_hours",
    "backward_ends",
)


def time_notes(figures: Mapping[str, int]) -> tuple[str, ...]:
    """Sentences about the rows read.

    Parameters
    ----------
    figures : mapping
        `Times.figures`, added up over the chunks of a file.
    """
    return tuple(_say(name, figures[name]) for name in FIGURES if figures.get(name))


def _say(name: str, n: int) -> str:
    if name == "other_order":
        return tn(
            "{n} date contradicts the order of day and month of its column: it is not read.",
            "{n} dates contradict the order of day and month of their column: they are not read.",
            n,
        )
    if name == "from_parts":
        return tn(
            "{n} row has no readable date, but a year: its time was read from the columns of years and months.",
            "{n} rows have no readable date, but a year: their time was read from the columns of years and months.",
            n,
        )
    if name == "unread_clocks":
        return tn(
            "The time of day of {n} row cannot be read: it is known to the day.",
            "The times of day of {n} rows cannot be read: they are known to the day.",
            n,
        )
    if name == "ends_of_day":
        return tn(
            "{n} row happened at 24:00: that is 00:00 of the next day.",
            "{n} rows happened at 24:00: that is 00:00 of the next day.",
            n,
        )
    if name == "unknown_hours":
        return tn(
            'The hour of {n} row is one that the source writes for "not known": it is known to the day.',
            'The hours of {n} rows are those that the source writes for "not known": they are known to the day.',
            n,
        )
    if name == "masked_hours":
        return tn(
            "The hour of {n} row is masked by the source: it is known to the day.",
            "The hour of {n} rows is masked by the source: they are known to the day.",
            n,
        )
    if name == "repeated_hours":
        return tn(
            "{n} row happened in an hour that clocks showed twice, when daylight saving ended; it counts as the first.",
            "{n} rows happened in an hour that clocks showed twice, when daylight saving ended; they count as the "
            "first.",
            n,
        )
    if name == "skipped_hours":
        return tn(
            "{n} row happened in an hour that clocks skipped, when daylight saving began: that clock was not put "
            "forward.",
            "{n} rows happened in an hour that clocks skipped, when daylight saving began: those clocks were not put "
            "forward.",
            n,
        )
    return tn(
        "{n} row ends before it begins: its end is not used.",
        "{n} rows end before they begin: their ends are not used.",
        n,
    )
