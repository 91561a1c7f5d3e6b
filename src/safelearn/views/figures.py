"""A figure of the report: the picture, and around it everything that is not a picture.

The image holds only what must be drawn. Number, title, unit line, stamp, source line and the table of its
numbers are HTML: they reflow, translate, are read aloud and found by search. `draw(narrow)` is called
twice, for a page and for a phone. A figure without its numbers is a defect and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from safelearn.language import number as as_number
from safelearn.language import t
from safelearn.views import marks, style, svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Draw = Callable[[bool], "Figure"]


def figure(
    draw: Draw,
    *,
    number: int,
    title: str,
    unit: str,
    alt: str,
    source: str,
    period: str,
    n: str,
    denominator: str,
    numbers: str,
    stamp: marks.Stamp | None = None,
    extra: str = "",
    keep_table: bool = False,
    how_to_read: str = "",
) -> Markup:
    """One figure as HTML, with two pictures inside.

    Parameters
    ----------
    draw : callable
        ``draw(narrow) -> Figure``, as made by `safelearn.views.charts` and `maps`.
    number : int
        Its number in the report; the id is ``figure-NUMBER``.
    title, unit : str
        The finding as a sentence; what is drawn and how its marks are read.
    alt : str
        The message in one or two sentences.
    source, period, n, denominator : str
        The source line. "none: counts, not rates" is a denominator too.
    numbers : str
        The table behind the figure (`safelearn.views.tables.table`).
    stamp : Stamp, optional
        For synthetic or illustrative data: a tag over the figure and a word across it.
    extra : str
        HTML after the numbers, such as an interactive map.
    keep_table : bool
        Print the numbers too: they follow the figure and may run over a page's end.
    how_to_read : str
        A sentence or two under the picture.
    """
    if not numbers:
        raise ValueError(
            t("Figure {number} has no table of its numbers.", number=number)
        )
    wide, narrow = (picture(draw, small, stamp) for small in (False, True))
    foot = Markup().join(
        Markup("<span><b>{}</b> {}</span> ").format(name, text)
        for name, text in (
            (t("Source"), source),
            (t("Period"), period),
            (t("n"), n),
            (t("Denominator"), denominator),
        )
        if text
    )
    reading = (
        Markup('<p class="fig-read">{}</p>').format(how_to_read) if how_to_read else ""
    )
    table = Markup(
        '<details class="numbers{}"><summary>{}</summary>{}</details>'
    ).format(
        " print-keep" if keep_table else "",
        t("Numbers behind this figure"),
        Markup(numbers),
    )
    # A table that prints stands beside its figure, not in it: else heading and picture are torn apart.
    inside, after = ("", table) if keep_table else (table, "")
    return Markup(
        '<figure class="fig" id="figure-{k}"><figcaption><p class="fig-no">{label}</p>'
        '<h3 class="fig-title">{title}</h3><p class="fig-sub">{unit}</p></figcaption>{stamp}'
        '<picture><source media="(max-width: 40rem)" srcset="{narrow.uri}" '
        'width="{narrow.width}" height="{narrow.height}">'
        '<img src="{wide.uri}" alt="{alt}" width="{wide.width}" height="{wide.height}"></picture>'
        '{reading}<p class="fig-src">{foot}</p>{inside}{extra}</figure>{after}'
    ).format(
        k=number,
        label=t("Figure {number}", number=as_number(number)),
        title=title,
        unit=unit,
        stamp=marks.stamp(stamp),
        narrow=narrow,
        wide=wide,
        alt=alt,
        reading=reading,
        foot=foot,
        inside=inside,
        extra=Markup(extra),
        after=after,
    )


def picture(draw: Draw, narrow: bool, stamp: marks.Stamp | None = None) -> svg.Picture:
    """Draw once, in the report's look, with the stamp's word across it."""
    with style.context():
        drawn = draw(narrow)
        if stamp is not None:
            style.watermark(drawn, t(stamp.across))
        return svg.picture(drawn)


def png(
    draw: Draw,
    *,
    title: str,
    unit: str,
    source: str,
    stamp: marks.Stamp | None = None,
) -> bytes:
    """The same figure for a slide: title, unit and source set around it, on white, 200 dpi."""
    from textwrap import wrap

    with style.context():
        drawn = draw(False)
        if stamp is not None:
            style.watermark(drawn, t(stamp.across))
            title = f"{title} ({t(stamp.words)})"
        heads, units = wrap(title, 78), wrap(unit, 104)
        feet = wrap(source, 120)
        width, height = drawn.get_size_inches()
        above, below = (
            0.2 + 0.21 * len(heads) + 0.17 * len(units),
            0.1 + 0.15 * len(feet),
        )
        _make_room(drawn, width, height, above, below)
        top = 1 - 0.08 / (height + above + below)
        line = 0.21 / (height + above + below)
        common = {"x": 0.012, "ha": "left", "va": "top", "linespacing": 1.3}
        drawn.text(y=top, s="\n".join(heads), fontsize=12, weight="bold", **common)
        drawn.text(
            y=top - line * len(heads) - 0.02 / height,
            s="\n".join(units),
            fontsize=9,
            color=style.INK2,
            **common,
        )
        common["va"] = "bottom"
        drawn.text(y=0.01, s="\n".join(feet), fontsize=8, color=style.INK2, **common)
        return svg.png(drawn)


def _make_room(
    drawn: Figure, width: float, height: float, above: float, below: float
) -> None:
    total = height + above + below
    drawn.set_size_inches(width, total)
    engine = drawn.get_layout_engine()
    if engine is not None:
        engine.set(rect=(0, below / total, 1, height / total))
        return
    for axes in drawn.axes:
        box = axes.get_position(original=True)
        axes.set_position(
            [
                box.x0,
                (box.y0 * height + below) / total,
                box.width,
                box.height * height / total,
            ]
        )
