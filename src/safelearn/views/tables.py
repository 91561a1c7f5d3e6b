"""Numbers as a reader's table: rows with a header, units in the head, hidden values in words.

`table` takes what disclosure control has released; `text_table` takes sentences that a report has written
(priorities, the inventory of sources) and no measure. On a phone a table of few columns turns into cards
and a wide one scrolls inside its own frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from safelearn.disclosure.samples import FEW, TOO_FEW
from safelearn.language import NONE, number, percent, span, t
from safelearn.views.released import (
    hidden,
    hidden_row_words,
    hidden_words,
    released,
)

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved

#: How a kind of value is written.
_WRITE = {
    "count": number,
    "rate": lambda x: number(x, 1),
    "ratio": lambda x: number(x, 2),
    "index": lambda x: number(x, 3),
    "share": percent,
    "change": lambda x: percent(x, sign=True),
}
_MOST_CARDS = 6
#: From here on a table is set in smaller letters on paper.
_WIDE = 8


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    title : str
        Its head, with the unit.
    source : str or tuple of str
        The column of the frame; two of them (lower, upper) are written as an interval.
    kind : str
        ``text``, ``count``, ``rate`` (1 decimal), ``ratio`` (2), ``index`` (3), ``share`` (a part of
        one, as a percentage), ``change`` (the same with its sign) or ``mixed`` (values of several units in one
        column: decimals by size).
    words : dict, optional
        For text: what to write for a code, already translated.
    """

    title: str
    source: str | tuple[str, str]
    kind: str = "text"
    words: dict[str, str] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of the frame that it shows."""
        return (self.source,) if isinstance(self.source, str) else self.source


def table(
    approved: Approved,
    columns: Sequence[Column],
    *,
    caption: str,
    label: int | None = None,
    note: str = "",
    stack: bool | None = None,
    anchor: str = "",
) -> Markup:
    """A released table as HTML.

    Parameters
    ----------
    approved : Approved
        What disclosure control has released.
    columns : sequence of Column
        The first is the header of the rows.
    caption : str
        What it holds.
    label : int, optional
        Its number in the report; the tables behind figures have none.
    note : str
        A line below.
    stack : bool, optional
        Turn rows into cards on a phone; by default for up to six columns and thirty rows.
    anchor : str
        Its id in the page, for links.
    """
    approved = released(approved)
    by_column = [_cells(approved, column) for column in columns]
    rows = list(zip(*by_column, strict=True))
    if stack is None:
        stack = len(columns) <= _MOST_CARDS and len(rows) <= 30
    heads = [column.title for column in columns]
    numeric = [column.kind != "text" for column in columns]
    return _html(heads, rows, numeric, caption, label, note, stack, anchor)


def text_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Markup]],
    *,
    caption: str,
    label: int | None = None,
    note: str = "",
    stack: bool | None = None,
    numeric: Sequence[str] = (),
    anchor: str = "",
) -> Markup:
    """A table of sentences; cells that are `Markup` (certainty marks, links) stay as they are.

    It is for words that the report's author or its rules have written, and for numbers about the files
    themselves, never for a measure of people: those are released as `Approved` first.
    """
    if stack is None:
        stack = len(heads) <= _MOST_CARDS and len(rows) <= 30
    is_number = [head in set(numeric) for head in heads]
    return _html(heads, rows, is_number, caption, label, note, stack, anchor)


def mark_words() -> dict[str, str]:
    """What a table says for the marks of `safelearn.estimates` ("unstable" and so on)."""
    return {
        "": "",
        "unstable": t("unstable"),
        "no population": t("no population"),
        "hidden": hidden_words(),
        FEW: t(FEW),
        TOO_FEW: t(TOO_FEW),
    }


def column_text(approved: Approved, column: Column) -> list[str]:
    """What a column says, row by row, in plain words (tooltips, names for screen readers)."""
    approved = released(approved)
    frame = approved.frame[list(column.sources)].astype(object)
    covered = hidden(approved, *column.sources)
    words = hidden_row_words(approved)
    return [
        words[row] if is_hidden else _written(column, found)
        for row, (found, is_hidden) in enumerate(
            zip(frame.to_numpy(), covered, strict=True)
        )
    ]


def _cells(approved: Approved, column: Column) -> list[str | Markup]:
    covered = hidden(approved, *column.sources)
    return [
        Markup('<span class="hid">{}</span>').format(words) if is_hidden else words
        for words, is_hidden in zip(column_text(approved, column), covered, strict=True)
    ]


def _written(column: Column, found: Sequence[object]) -> str:
    if any(pd.isna(value) for value in found):
        return NONE
    if column.kind == "text":
        text = str(found[0])
        return (column.words or {}).get(text, text)
    if column.kind == "mixed":
        size = max(abs(float(value)) for value in found)
        places = 0 if size >= 100 else 1 if round(size, 1) >= 1 else 2
        written = [number(float(value), places) for value in found]
        return written[0] if len(written) == 1 else span(*written)
    written = [_WRITE[column.kind](float(value)) for value in found]
    return written[0] if len(written) == 1 else span(*written)


def _html(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | Markup]],
    numeric: Sequence[bool],
    caption: str,
    label: int | None,
    note: str,
    stack: bool,
    anchor: str,
) -> Markup:
    # Roles are written out because cards are display:block, which takes a table's meaning away.
    cls = [Markup(' class="num"') if right else "" for right in numeric]
    head = Markup().join(
        Markup('<th scope="col" role="columnheader"{}>{}</th>').format(c, text)
        for text, c in zip(heads, cls, strict=True)
    )
    body = Markup().join(_row(heads, row, cls) for row in rows)
    numbered = t("Table {number}.", number=number(label)) + " " if label else ""
    whole = Markup(
        '<table class="{}" role="table"{}><caption><span class="tbl-no">{}</span>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(
        f"{'stack' if stack else 'plain'}{' wide' if len(heads) > _WIDE else ''}",
        Markup(' id="{}"').format(anchor) if anchor else "",
        numbered,
        caption,
        head,
        body,
    )
    if not stack:
        whole = Markup(
            '<div class="scroll" role="group" tabindex="0" aria-label="{}">{}</div>'
        ).format(caption, whole)
    if note:
        whole += Markup('<p class="fig-src">{}</p>').format(note)
    return whole


def _row(
    heads: Sequence[str], row: Sequence[str | Markup], cls: Sequence[str]
) -> Markup:
    cells = []
    for i, (head, text, c) in enumerate(zip(heads, row, cls, strict=True)):
        form = (
            '<th scope="row" role="rowheader"{}><span>{}</span></th>'
            if i == 0
            else '<td role="cell" data-label="{label}"{}><span>{}</span></td>'
        )
        cells.append(Markup(form).format(c, escape(text), label=head))
    return Markup('<tr role="row">{}</tr>').format(Markup().join(cells))
