"""How words of a city's tables become Markdown: escaped, in tables, or as a blank that nobody can overlook."""

from __future__ import annotations

import re
from collections.abc import Sequence

from safelearn.language import t

#: What stands around a blank; word processors show it on a coloured ground.
MARK = "=="
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~^$#]|==)")


class Written(str):
    """Markdown that is ready and must not be escaped again."""

    __slots__ = ()


def plain(value: object) -> Written:
    """A value as a reader should see it, whatever signs it holds.

    Examples
    --------
    >>> plain("Lamps | *paint*")
    'Lamps \\\\| \\\\*paint\\\\*'
    """
    if isinstance(value, Written):
        return value
    text = " ".join(str(value).split())
    return Written(_SPECIAL.sub(lambda sign: "\\" + "\\".join(sign[1]), text))


def blank(what: str = "") -> Written:
    """A marked blank: what somebody still has to write.

    Examples
    --------
    >>> blank("the date")
    '==fill in: the date=='
    """
    words = t("fill in: {what}", what=plain(what)) if what else t("fill in")
    return Written(f"{MARK}{words}{MARK}")


def table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> Written:
    """A table with a line of headings."""
    lines = [head, ["---"] * len(head), *rows]
    cells = [[c if c == "---" else plain(c) for c in line] for line in lines]
    return Written(
        "\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in cells) + "\n"
    )


def form(head: Sequence[object], lines: int = 4, first: Sequence[str] = ()) -> Written:
    """A table to be filled in by hand; `first` gives the words of the first column."""
    start = [plain(word) for word in first] or [blank()] * lines
    return table(head, [[word, *[" "] * (len(head) - 1)] for word in start])
