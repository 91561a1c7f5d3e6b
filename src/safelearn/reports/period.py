"""Which months does a report speak of?

In go the months that the records cover; out come the year that the report looks at, the year before it, and the
span of complete years that small groups are added up over. A month that the records only begin or end in is not a
quiet month, so years with such a month are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safelearn.errors import Refused
from safelearn.language import t

#: Years that are added up where one year has too few events, such as victims by sex and age.
LONGEST_SPAN = 5
#: An outermost month with less than this part of the median month is taken as not wholly covered.
PARTIAL = 0.25


@dataclass(frozen=True)
class Period:
    """The months of a report, as ``2024-01``; or its years, as ``2024``, where no record has a month.

    Attributes
    ----------
    months : tuple of str
        All wholly covered months.
    focus : tuple of str
        The months that counts and rates are about: the last complete calendar year, or, where there is none, the
        last twelve covered months or fewer.
    before : tuple of str
        The same number of months just before, or none.
    span : tuple of str
        Up to five complete years that end with `focus`.
    partial : tuple of str
        Months left out because the records begin or end in them.
    """

    months: tuple[str, ...]
    focus: tuple[str, ...]
    before: tuple[str, ...]
    span: tuple[str, ...]
    partial: tuple[str, ...]

    @property
    def yearly(self) -> bool:
        """Whether the records are known to the year only: there is no series of months."""
        return len(self.focus[0]) == 4

    @property
    def years(self) -> float:
        """Length of `focus` in years."""
        return self._years_of(self.focus)

    @property
    def span_years(self) -> float:
        """Length of `span` in years."""
        return self._years_of(self.span)

    def _years_of(self, labels: Sequence[str]) -> float:
        return float(len(labels)) if self.yearly else len(labels) / 12

    def name(self, part: str = "focus") -> str:
        """A part of the period in words: "2024", "2020 to 2024", "March 2024 to February 2025"."""
        return in_words(getattr(self, part))


def period_of(
    months: Sequence[str],
    counts: Sequence[float],
    *,
    year: int | None = None,
    bounds: tuple[date, date] | None = None,
) -> Period:
    """Choose the months of a report.

    Parameters
    ----------
    months : sequence of str
        Consecutive months from the first to the last with a record; years of records without a month.
    counts : sequence of float
        All events in each.
    year : int, optional
        The calendar year to look at; by default the last complete one.
    bounds : pair of date, optional
        The first and last day that the records cover, where the city says so.

    Raises
    ------
    Refused
        If no month is wholly covered, or the records do not cover `year`.
    """
    covered, partial = _covered(list(months), list(counts), bounds)
    by_year = [(m, n) for m, n in zip(months, counts, strict=True) if len(m) == 4 and n]
    if not covered and by_year:
        return _yearly(sorted(by_year), year)
    if not covered:
        raise Refused(
            t("The records do not cover a whole month."),
            remedy=t("Import records of at least one month, better of three years."),
        )
    complete = [
        y for y in sorted({m[:4] for m in covered}) if _months_of(y) <= set(covered)
    ]
    if year is not None:
        if str(year) not in complete:
            raise Refused(
                t("The records do not cover every month of {year}.", year=year),
                remedy=t(
                    "Complete years: {years}.", years=", ".join(complete) or t("none")
                ),
            )
        complete = [y for y in complete if y <= str(year)]
    focus = tuple(sorted(_months_of(complete[-1])) if complete else covered[-12:])
    at = covered.index(focus[0])
    size = len(focus)
    before = tuple(covered[at - size : at]) if at >= size else ()
    run = _run_of_years(complete)
    span = tuple(m for y in run for m in sorted(_months_of(y))) if run else focus
    return Period(tuple(covered), focus, before, span, tuple(partial))


def _yearly(pairs: list[tuple[str, float]], year: int | None) -> Period:
    """Records that are known to the year only: whether a year is complete, its number of records tells."""
    partial = _without_scraps(pairs)
    years = [y for y, _ in pairs]
    if year is not None:
        if str(year) not in years:
            raise Refused(
                t("The records do not cover {year}.", year=year),
                remedy=t("Complete years: {years}.", years=", ".join(years)),
            )
        years = [y for y in years if y <= str(year)]
    run = _run_of_years(years)
    before = (run[-2],) if len(run) > 1 else ()
    return Period(tuple(years), (run[-1],), before, tuple(run), tuple(partial))


def in_words(months: Sequence[str]) -> str:
    """Months as a reader would say them."""
    from babel.dates import format_skeleton

    from safelearn.language import between, locale

    if not months:
        return t("none")
    first, last = months[0], months[-1]
    if first.endswith("-01") and last.endswith("-12"):
        return first[:4] if first[:4] == last[:4] else between(first[:4], last[:4])

    def one(month: str) -> str:
        if len(month) == 4:
            return month
        day = date(int(month[:4]), int(month[5:]), 1)
        return format_skeleton("yMMMM", day, locale=locale())

    return one(first) if first == last else between(one(first), one(last))


def _covered(
    months: list[str], counts: list[float], bounds: tuple[date, date] | None
) -> tuple[list[str], list[str]]:
    pairs = [(m, n) for m, n in zip(months, counts, strict=True) if len(m) == 7]
    partial: list[str] = []
    if bounds is not None:
        first, last = (f"{d.year:04d}-{d.month:02d}" for d in bounds)
        partial += [m for m, n in pairs if n and not first <= m <= last]
        pairs = [(m, n) for m, n in pairs if first <= m <= last]
    partial += _without_scraps(pairs)
    return [m for m, _ in pairs], sorted(partial)


def _without_scraps(pairs: list[tuple[str, float]]) -> list[str]:
    """Take from both ends what holds a handful of late or early entries, and say what it was."""
    scraps = []
    while len(pairs) > 2 and _is_scrap(pairs, 0):
        scraps.append(pairs.pop(0)[0])
    while len(pairs) > 2 and _is_scrap(pairs, -1):
        scraps.append(pairs.pop()[0])
    return scraps


def _is_scrap(pairs: list[tuple[str, float]], end: int) -> bool:
    ordered = sorted(n for _, n in pairs)
    median = ordered[len(ordered) // 2]
    return median >= 8 and pairs[end][1] < PARTIAL * median


def _months_of(year: str) -> set[str]:
    return {f"{year}-{m:02d}" for m in range(1, 13)}


def _run_of_years(complete: list[str]) -> list[str]:
    """The last complete years without a gap, five at most."""
    run: list[str] = []
    for year in reversed(complete):
        if run and int(run[0]) - int(year) != 1:
            break
        run.insert(0, year)
        if len(run) == LONGEST_SPAN:
            break
    return run
