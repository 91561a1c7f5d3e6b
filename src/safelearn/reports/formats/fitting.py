"""How tall the pictures of a printed report are, so that no page is left mostly white.

A figure is never torn apart. Where one does not fit under what stands on a page, it would go to the next and leave the
rest white. This module reads one layout, walks through it as a printer's apprentice would, and makes the pictures of
such a page a little smaller, so that the figure comes up, or, where that would make them too small to read, a little
larger. Then the page is laid out again, and the best of a few layouts is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

#: CSS pixels for a millimetre.
MM = 96 / 25.4
#: White space that nobody minds at the end of a page, and what is left between two estimates (px).
ENOUGH, SLACK = 30 * MM, 5 * MM
#: Two places that are as near as this are the same; rows of a table leave about so much at the end of a page (px).
NEAR = 2.5 * MM
#: Three lines, which stay together at the end of a page (px).
FEW = 14 * MM
#: How small a picture may become, as a share of its first height.
SMALLEST = 0.72
#: A heading and the sentence under it stay with what follows.
_HEADS = ("h2", "h3")
#: Further layouts that are tried: each takes as long as the first.
PASSES = 2


@dataclass
class Block:
    """A part of the report that follows another.

    Attributes
    ----------
    height, gap : float
        Its height on paper and the space before it, in pixels.
    whole : bool
        It cannot run over a page's end.
    stays : bool
        The next block begins on the same page.
    figure : str
        The id of the figure in it, if there is one.
    picture, room : float
        How tall its picture is, and how much taller it could be drawn before it is too wide.
    start, tail : float
        Where it began on its page when it was measured, and, if it ran over, what of it stood on the last page.
    head : float
        What comes again on each page that it runs over to: the head of a table.
    """

    height: float
    gap: float
    whole: bool = False
    stays: bool = False
    figure: str = ""
    picture: float = 0
    room: float = 0
    start: float = 0
    tail: float = 0
    head: float = 0


@dataclass
class Layout:
    """What one layout tells: its blocks, the height of a page, and how much is white."""

    blocks: list[Block] = field(default_factory=list)
    page: float = 0
    white: float = 0


def fitted(html: str, lay_out: Callable[[str], Any]) -> Any:
    """The best of a few layouts of a page.

    Parameters
    ----------
    html : str
        The page to print.
    lay_out : callable
        Lays it out with the PDF maker: HTML -> document.
    """
    best = lay_out(html)
    try:
        found = first = read(best)
        least, tried = first.white, {}
        for _ in range(PASSES):
            heights = plan(_with_first_pictures(found, first), found.page)
            if not least or _alike(heights, tried):
                break
            document, tried = lay_out(_with_heights(html, heights)), heights
            found = read(document)
            if found.white < least:
                best, least = document, found.white
    except AttributeError:  # another version of the PDF maker keeps its boxes elsewhere
        return best
    return best


def _alike(heights: dict[str, float], tried: dict[str, float]) -> bool:
    """Whether a layout with these heights would be the one that was seen."""
    return heights.keys() == tried.keys() and all(
        abs(heights[name] - tried[name]) < NEAR for name in heights
    )


def plan(blocks: Sequence[Block], page: float) -> dict[str, float]:
    """New heights of pictures, by figure.

    Parameters
    ----------
    blocks : sequence of Block
        In order.
    page : float
        The height of a page's text.

    Examples
    --------
    Three figures, of which two and a half would fit: all three become smaller and share the page.

    >>> three = [Block(380, 0, True, False, f"figure-{k}", 300) for k in (1, 2, 3)]
    >>> {name: round(height / 10) * 10 for name, height in plan(three, 1000).items()}
    {'figure-1': 250, 'figure-2': 250, 'figure-3': 250}
    """
    heights: dict[str, float] = {}
    here: list[Block] = []
    y = 0.0
    for unit in _units(blocks):
        tall = sum(b.height + b.gap for b in unit) - (unit[0].gap if y == 0 else 0)
        if not unit[-1].whole:
            as_measured = abs(y + (unit[0].gap if y else 0) - unit[0].start) < NEAR
            if as_measured and unit[-1].tail:
                here, y = [], unit[-1].tail
                continue
            if y + tall > page and page - y - (unit[0].gap if y else 0) < _least(unit):
                here, y, tall = [], 0.0, tall - unit[0].gap
            y += tall
            if y > page:
                here, y = [], y % page + unit[-1].head + NEAR
            continue
        pictured = [b for b in unit if b.figure]
        if y + tall > page:
            left = page - y
            smaller = _shares([*here, *pictured], tall - left + SLACK)
            if left > ENOUGH and smaller:
                heights |= smaller
                here, y = [], page
                continue
            if left > ENOUGH:
                heights |= _larger(here, left - SLACK)
            here, y = [], 0.0
            tall -= unit[0].gap
        here += pictured
        y += tall
    return heights


def _least(unit: list[Block]) -> float:
    """What must fit at the end of a page for a text or a table to begin there: some lines, or its first row."""
    last = unit[-1]
    before = sum(b.height for b in unit[:-1]) + sum(b.gap for b in unit[1:])
    if last.head:
        return before + 2 * last.head + FEW / 2
    # Three lines stay together on either side, so that a short text is not torn.
    return before + (FEW if last.height > 2 * FEW else last.height)


def _shares(pictures: list[Block], missing: float) -> dict[str, float]:
    """Make pictures smaller by `missing` pixels together; nothing if one would become too small."""
    total = sum(b.picture for b in pictures)
    if total <= 0 or missing >= total:
        return {}
    share = 1 - missing / total
    return {b.figure: b.picture * share for b in pictures} if share >= SMALLEST else {}


def _larger(pictures: list[Block], left: float) -> dict[str, float]:
    """Let pictures that were held back take up to `left` pixels."""
    room = sum(b.room for b in pictures)
    if room <= 0:
        return {}
    share = min(1.0, left / room)
    return {b.figure: b.picture + b.room * share for b in pictures if b.room > 0}


def _units(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stay together: a heading with what follows it."""
    unit: list[Block] = []
    for block in blocks:
        unit.append(block)
        if not block.stays:
            yield unit
            unit = []
    if unit:
        yield unit


def _with_first_pictures(found: Layout, first: Layout) -> list[Block]:
    """The blocks as now measured, with the pictures as tall as they were at first."""
    at_first = {b.figure: b for b in first.blocks if b.figure}
    blocks = []
    for b in found.blocks:
        was = at_first.get(b.figure)
        if was is None:
            blocks.append(b)
            continue
        height = b.height - b.picture + was.picture
        blocks.append(replace(b, height=height, picture=was.picture, room=was.room))
    return blocks


def _with_heights(html: str, heights: dict[str, float]) -> str:
    rules = "".join(
        f"#{name} img{{max-height:{height / MM:.2f}mm!important}}"
        for name, height in heights.items()
    )
    return html.replace("</head>", f"<style>@media print{{{rules}}}</style></head>", 1)


def read(document: Any) -> Layout:
    """What a layout of the PDF maker holds, block by block."""
    layout = Layout()
    seen: dict[int, Block] = {}
    last: tuple[float, int] | None = None
    below = 0.0
    for number, page in enumerate(document.pages):
        box = page._page_box
        top = box.content_box_y()
        layout.page, used = box.height, top
        for part, stays in _parts(box):
            bottom = part.position_y + part.margin_top + part.border_height()
            used = max(used, bottom)
            known = seen.get(id(part.element))
            if known is not None:  # it runs on from the page before
                known.tail = part.border_height()
                known.height += known.tail - known.head
            else:
                start = part.position_y + part.margin_top
                same = last is not None and last[1] == number
                # At the head of a page margins are dropped; further up they would be there.
                gap = start - last[0] if same else max(below, _margin(part, "top"))
                known = seen[id(part.element)] = _block(part, max(gap, 0.0), stays)
                known.start = start - top
                layout.blocks.append(known)
            last, below = (bottom, number), _margin(part, "bottom")
        if number < len(document.pages) - 1:
            layout.white += max(0.0, top + box.height - used - ENOUGH)
    return layout


def _margin(box: Any, side: str) -> float:
    return float(getattr(box.style[f"margin_{side}"], "value", 0) or 0)


def _parts(page: Any) -> Iterator[tuple[Any, bool]]:
    """The blocks of the report on a page, in order: what stands in its main part, else what stands on the page."""
    for box in page.children:
        if type(box).__name__ == "MarginBox":
            continue
        yield from _inside(box)


def _inside(box: Any) -> Iterator[tuple[Any, bool]]:
    for child in getattr(box, "children", ()):
        if not hasattr(child, "border_height") or not child.is_in_normal_flow():
            continue
        opened = child.element is not None and (
            child.element_tag in ("body", "main", "div", "details", "article")
            and "fig" not in _classes(child)
            and "key" not in _classes(child)
            and "toc-print" not in _classes(child)
            and child.style["break_inside"] not in ("avoid", "avoid-page")
            and any(hasattr(c, "border_height") for c in child.children)
        )
        if opened and not _is_line(child):
            inner = list(_inside(child))
            # What keeps a group with the next block keeps its last part with it.
            *others, (last, stays) = inner or [(child, False)]
            yield from others
            yield last, stays or _stays(child)
        else:
            yield child, _stays(child)


def _stays(box: Any) -> bool:
    return (
        box.style["break_after"] in ("avoid", "avoid-page") or box.element_tag in _HEADS
    )


def _is_line(box: Any) -> bool:
    return any(type(c).__name__ == "LineBox" for c in getattr(box, "children", ()))


def _classes(box: Any) -> list[str]:
    return (box.element.get("class") or "").split() if box.element is not None else []


def _block(box: Any, gap: float, stays: bool) -> Block:
    kinds = _classes(box)
    whole = box.style["break_inside"] in ("avoid", "avoid-page")
    block = Block(box.border_height(), gap, whole, stays)
    heads = (b.height for b in box.descendants() if b.element_tag == "thead")
    block.head = 0 if whole else next(heads, 0)
    if "fig" in kinds:
        picture = next((b for b in box.descendants() if b.element_tag == "img"), None)
        if picture is not None:
            block.figure = box.element.get("id") or ""
            block.picture = picture.height
            block.room = picture.height * (box.width / picture.width - 1)
    return block
