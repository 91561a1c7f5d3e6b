"""What is still to be confirmed, one question at a time, for those who would rather not open a workbook.

The questions are the rows of the workbooks in ``review/``, and the answers go into a copy of the same workbook: what
a person says here and what they say in a spreadsheet take the same way in, through `importing.import_file`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from safelearn.city.files.workbook_files import read_sheets
from safelearn.city.review.lists import AREAS, OFFENCES
from safelearn.city.review.sheets import read_list

#: Where the columns of each list stand: value, rows, the two most like it, the answer.
_COLUMNS = {AREAS: (0, 3, 4, 6, 7), OFFENCES: (0, 1, 2, 4, 5)}


@dataclass(frozen=True)
class Question:
    """One word that a person may settle.

    Attributes
    ----------
    line : int
        Its row in the workbook.
    value : str
        The word, as published.
    rows : str
        How many rows of the city's files carry it.
    near : tuple of str
        The choices most like it, the nearest first.
    """

    line: int
    value: str
    rows: str
    near: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """The open questions of one workbook, the most frequent first, and the choices for an answer."""

    workbook: Path
    questions: tuple[Question, ...]
    choices: tuple[str, ...]


def open_questions(folder: Path) -> list[Questions]:
    """What the workbooks in ``review/`` ask and nobody has answered yet; none where all is settled."""
    found = []
    for name in (AREAS, OFFENCES):
        path = folder / name
        if path.is_file() and (asked := _asked(path, *_COLUMNS[name])):
            choices = list(read_sheets(path, name=path.name).values())[-1]
            listed = tuple(row[0] for row in choices if row and row[0])
            found.append(Questions(path, asked, listed))
    return found


def write_answers(asked: Questions, answers: Mapping[int, str], folder: Path) -> Path:
    """Write a copy of a workbook with these answers, to be imported.

    Parameters
    ----------
    answers : mapping of int to str
        Line of the question -> one of the choices.
    folder : Path
        Where to write the copy, under the workbook's own name.
    """
    from openpyxl import load_workbook

    book = load_workbook(asked.workbook)
    column = 1 + next(
        _COLUMNS[name][-1] for name in _COLUMNS if name.endswith(asked.workbook.name)
    )
    for line, answer in answers.items():
        book.worksheets[0].cell(line, column, answer)
    target = folder / asked.workbook.name
    book.save(target)
    return target


def _asked(
    path: Path, value: int, rows: int, first: int, second: int, answer: int
) -> tuple[Question, ...]:
    found = []
    for line, cells in read_list(path):
        padded = [*cells, *[""] * 9]
        if padded[answer]:
            continue
        near = tuple(c for c in (padded[first], padded[second]) if c)
        found.append(Question(line, padded[value], padded[rows], near))
    return tuple(found)
