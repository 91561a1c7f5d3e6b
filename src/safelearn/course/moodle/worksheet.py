"""Moodle's grading worksheet: who has which number, when they handed in, and where the grades go.

The csv file that *Download grading worksheet* gives goes in. Columns are known by their names in English, Spanish,
French and Portuguese. On the way back only the column of grades is filled; everything else stays as Moodle wrote it,
because Moodle compares it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from safelearn.city.files.headers import normalise
from safelearn.course.classroom.roster_files import EMAIL, IDS, WHOLE, column
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

_NUMBER = ("Identifier", "Identificador", "Identifiant")
_GRADE = ("Grade", "Calificación", "Note", "Nota", "Avaliação")
_MOST = (
    "Maximum Grade",
    "Calificación máxima",
    "Note maximale",
    "Nota máxima",
    "Avaliação máxima",
)
_HANDED_IN = (
    "Last modified (submission)",
    "Última modificación (entrega)",
    "Fecha de entrega",
    "Dernière modification (travail remis)",
    "Dernière modification (remise)",
    "Última modificação (envio)",
    "Última modificação (submissão)",
    "Última modificação (trabalho)",
)
_LANGUAGES = ("en", "es", "fr", "pt", "pt_PT")
_CLOCK = re.compile(r"(\d{1,2})\s?[:.h]\s?(\d{2})(?:\s?([ap])\.?\s?m)?", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One participant.

    Attributes
    ----------
    name, email : str
        As Moodle has them.
    ids : frozenset of str
        All by which the participant may be known: user name, ID number, e-mail address; in small letters.
    handed_in : str
        When, in the words of Moodle.
    most : float or None
        The highest grade that Moodle takes.
    """

    number: str
    name: str
    email: str
    ids: frozenset[str]
    handed_in: str
    most: float | None


@dataclass(frozen=True)
class Worksheet:
    """The file: its rows by number, and what is needed to write it again."""

    path: Path
    rows: dict[str, Row]
    lines: list[list[str]]
    delimiter: str
    number_at: int
    grade_at: int

    def filled(self, grades: dict[str, float]) -> bytes:
        """The file with these grades, by number; others stay as they are."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(self.lines[0])
        for line in self.lines[1:]:
            number = _digits(line[self.number_at]) if line else ""
            if number in grades:
                line = [*line]
                # Moodle reads a point in every language.
                line[self.grade_at] = f"{grades[number]:.2f}"
            writer.writerow(line)
        return out.getvalue().encode("utf-8")


def read_worksheet(path: Path) -> Worksheet:
    """Read a grading worksheet.

    Raises
    ------
    SafelearnError
        If it is none, or its columns have names that are not known.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SafelearnError(
            t("The grading worksheet cannot be read."),
            where=str(path),
            remedy=t(
                "Download it from Moodle once more, and do not save it in between."
            ),
        ) from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    lines = [
        line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if line
    ]
    columns = {
        normalise(name): str(i) for i, name in enumerate(lines[0] if lines else [])
    }
    number, grade = column(columns, _NUMBER), column(columns, _GRADE)
    if number is None or grade is None:
        raise SafelearnError(
            t(
                "This is no grading worksheet of Moodle, or it is in a language that is not known here."
            ),
            where=f"{path.name}: {listing(lines[0]) if lines else t('it is empty')}",
            remedy=t(
                "Allow “Offline grading worksheet” in the assignment's settings, set your language in Moodle to "
                "English, and choose “Download grading worksheet” in its list of submissions."
            ),
        )
    ids = [int(c) for names in IDS if (c := column(columns, names)) is not None]
    name, email, time, most = (
        int(c) if (c := column(columns, names)) is not None else None
        for names in (WHOLE, EMAIL, _HANDED_IN, _MOST)
    )
    rows = {}
    for line in lines[1:]:
        cells = [cell.strip() for cell in line] + [""] * (len(lines[0]) - len(line))
        one = _digits(cells[int(number)])
        rows[one] = Row(
            one,
            "" if name is None else cells[name],
            "" if email is None else cells[email].lower(),
            frozenset(cells[i].lower() for i in ids if cells[i]),
            "" if time is None else cells[time],
            None if most is None else _points(cells[most]),
        )
    return Worksheet(path, rows, lines, delimiter, int(number), int(grade))


def moment(text: str, zone: str) -> datetime | None:
    """The time that Moodle means by such words as ``Monday, 23 November 2026, 3:34 PM``; None if it says none.

    Parameters
    ----------
    zone : str
        The time zone in which whoever downloaded the worksheet sees times.
    """
    words = normalise(text).split()
    months = _months()
    month = next((months[word] for word in words if word in months), None)
    clock = _CLOCK.search(text)
    rest = text[: clock.start()] if clock else text
    numbers = [int(n) for n in re.findall(r"\d+", rest)]
    year = next((n for n in numbers if n > 1999), None)
    day = next((n for n in numbers if 1 <= n <= 31), None)
    if None in (month, year, day, clock):
        return None
    hour, minute, half = int(clock[1]), int(clock[2]), (clock[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        local = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return local.astimezone(UTC)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    from babel import Locale

    return {
        normalise(name): number
        for language in _LANGUAGES
        for kind in ("wide", "abbreviated")
        for number, name in Locale.parse(language).months["format"][kind].items()
    }


def _digits(text: str) -> str:
    """The number at the end of ``Participant 12345``."""
    found = re.search(r"\d+\s*$", text)
    return found[0].strip() if found else ""


def _points(text: str) -> float | None:
    try:
        return float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return None
