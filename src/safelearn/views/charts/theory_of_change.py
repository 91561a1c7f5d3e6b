"""A theory of change as boxes and arrows: why, what, how, what for; measures of one aim lead into the same box.

On a page each step has its column; on a phone the steps of a measure stand under each other beside a bar. Where a way
breaks off the box or bar is dashed and words say what is missing, so that nothing depends on colour. The table behind
the figure holds the same words, uncut: it is the text for those who do not see the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from safelearn.views import style
from safelearn.views.labels import wrapped
from safelearn.views.released import released, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: Inches: between columns, between rows, height of a line, margin in a box, head.
_GUTTER, _GAP, _LINE, _PAD, _HEAD = 0.24, 0.09, 0.155, 0.07, 0.34
#: Letters to an inch at the size of a chart's words, and most lines of a box.
_LETTERS, _MOST = 15.0, 3
_SIZE = 8.5
#: How far the lines of a phone stand in.
_INDENT = 0.14


def theory_of_change(
    table: Approved,
    *,
    steps: Mapping[str, str],
    absent: Mapping[str, str],
    strong: str = "name",
) -> Callable[[bool], Figure]:
    """Draw the ways from causes to aims.

    Parameters
    ----------
    table : Approved
        One row a measure, those of one aim below each other.
    steps : mapping of column to heading
        The columns to draw from first to last, with their headings, translated. The last is shared by rows that agree.
    absent : mapping of column to words
        What an empty box says, translated.
    strong : str
        The column that holds the measure itself.
    """
    table = released(table)
    columns = list(steps)
    rows = list(zip(*(texts(table, c) for c in columns), strict=True))

    def draw(narrow: bool) -> Figure:
        if narrow:
            return _stacked(rows, columns, steps, absent, strong)
        return _side_by_side(rows, columns, steps, absent, strong)

    return draw


def _side_by_side(
    rows: Sequence[tuple[str, ...]],
    columns: Sequence[str],
    steps: Mapping[str, str],
    absent: Mapping[str, str],
    strong: str,
) -> Figure:
    wide = (style.WIDE - _GUTTER * (len(columns) - 1)) / len(columns)
    letters = int((wide - 2 * _PAD) * _LETTERS)
    said = [[_words(t, absent[c], letters) for c, t in zip(columns, row, strict=True)] for row in rows]  # fmt: skip
    heights = [max(_tall(words) for words in row) for row in said]
    tall = _HEAD + sum(heights) + _GAP * (len(rows) - 1) + 0.02
    figure, axes = _canvas(False, tall)
    left = [k * (wide + _GUTTER) for k in range(len(columns))]
    for x, column in zip(left, columns, strict=True):
        axes.text(x, 0.13, steps[column], weight="bold", va="center", color=style.INK2)
    tops, y = [], _HEAD
    for height in heights:
        tops.append(y)
        y += height + _GAP
    last = len(columns) - 1
    for row, words, top, height in zip(rows, said, tops, heights, strict=True):
        for k in range(last):
            _box(axes, left[k], top, wide, height, words[k], not row[k], columns[k] == strong)  # fmt: skip
            if k + 1 < last:
                _arrow(axes, left[k] + wide, top + height / 2, left[k + 1], top + height / 2)  # fmt: skip
    for _, group in groupby(range(len(rows)), key=lambda i: (rows[i][last], 0 if rows[i][last] else i)):  # fmt: skip
        members = list(group)
        first, end = members[0], members[-1]
        top, bottom = tops[first], tops[end] + heights[end]
        _box(axes, left[last], top, wide, bottom - top, said[first][last], not rows[first][last], False)  # fmt: skip
        for i in members:
            at = tops[i] + heights[i] / 2
            _arrow(axes, left[last - 1] + wide, at, left[last], at, bool(rows[i][last]))
    return figure


def _stacked(
    rows: Sequence[tuple[str, ...]],
    columns: Sequence[str],
    steps: Mapping[str, str],
    absent: Mapping[str, str],
    strong: str,
) -> Figure:
    letters = int((style.NARROW - _INDENT - 2 * _PAD) * _LETTERS)
    at = columns.index(strong)
    order = [at, *[k for k in range(len(columns)) if k != at]]
    said = []
    for row in rows:
        lines = []
        for k in order:
            head = "" if k == at else f"{steps[columns[k]]}: "
            words = head + (row[k] or absent[columns[k]])
            lines.append((wrapped(words, letters, _MOST), not row[k], k == at))
        said.append(lines)
    each = [sum(_tall(w) - 2 * _PAD for w, *_ in lines) + 2 * _PAD for lines in said]
    figure, axes = _canvas(True, sum(each) + _GAP * (len(rows) - 1) + 0.02)
    y = 0.01
    for lines, tall in zip(said, each, strict=True):
        broken = any(missing for _, missing, _ in lines)
        axes.plot(
            [0.04, 0.04],
            [y, y + tall],
            color=style.ORANGE if broken else style.BLUE,
            lw=2.4,
            ls=(0, (2, 1.2)) if broken else "-",
        )
        top = y + _PAD
        for words, missing, bold in lines:
            high = _tall(words) - 2 * _PAD
            _write(axes, _INDENT, top + high / 2, words, missing, bold)
            top += high
        y += tall + _GAP
    return figure


def _canvas(narrow: bool, tall: float) -> tuple[Figure, Axes]:
    figure = style.sheet(narrow, tall)
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, figure.get_figwidth())
    axes.set_ylim(tall, 0)
    return figure, axes


def _words(text: str, absent: str, letters: int) -> str:
    return wrapped(text or absent, letters, _MOST)


def _tall(words: str) -> float:
    return (words.count("\n") + 1) * _LINE + 2 * _PAD


def _box(
    axes: Axes,
    x: float,
    y: float,
    wide: float,
    tall: float,
    words: str,
    missing: bool,
    strong: bool,
) -> None:
    from matplotlib.patches import Rectangle

    edge = style.BLUE if strong else style.RULE
    look = {"fc": style.PANEL if strong else "white", "ec": edge, "lw": 1.0, "ls": "-"}
    if missing:
        look |= {"fc": "white", "ec": style.ORANGE, "lw": 1.1, "ls": (0, (3, 2))}
    # Half the line lies outside the box: at the sheet's edge it would be cut.
    axes.add_patch(Rectangle((x + 0.01, y), wide - 0.02, tall, **look))
    _write(axes, x + _PAD, y + tall / 2, words, missing, strong)


def _write(
    axes: Axes, x: float, y: float, words: str, missing: bool, strong: bool
) -> None:
    axes.text(
        x,
        y,
        words,
        va="center",
        fontsize=_SIZE,
        linespacing=1.22,
        color=style.ORANGE_TEXT if missing else style.INK,
        weight="bold" if strong else "normal",
    )


def _arrow(
    axes: Axes, x: float, y: float, to_x: float, to_y: float, whole: bool = True
) -> None:
    axes.annotate(
        "",
        (to_x, to_y),
        xytext=(x, y),
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "-|>,head_width=.16,head_length=.28",
            "color": style.INK2 if whole else style.ORANGE,
            "lw": 1.0,
            "ls": "-" if whole else (0, (3, 2)),
            "shrinkA": 1,
            "shrinkB": 1,
        },
    )
