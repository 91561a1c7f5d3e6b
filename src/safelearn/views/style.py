"""The look of every chart and page: one set of colours and sizes for matplotlib and for the style sheet.

The values are those of the report's design; a test holds their contrast and their distances under
colour-vision deficiency, and that ``report.css`` uses the same ones. Drawing happens inside `context`,
so that a figure looks the same whoever draws it, and no backend is chosen when this is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from safelearn import language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, INK2 = "#1B2730", "#4A5965"
RULE, GRID, PANEL, PAPER = "#C9D2D8", "#DDE3E7", "#F3F6F8", "#FFFFFF"
BLUE, ORANGE, ORANGE_TEXT = "#085B87", "#CC572A", "#A8431B"
WARNING = "#FBF0E6"
CONTEXT = "#7F8D97"
#: In this order; two series are blue and orange, more than four become small multiples.
CATEGORICAL = (
    "#085B87",
    "#CC572A",
    "#6E93CF",
    "#7D460B",
    "#7862CD",
    "#AD7787",
    "#4D3440",
)
#: Rates, low to high. Labels are ink on the first three classes and white on the last two.
SEQUENTIAL = ("#E2EEF3", "#A2C6D6", "#609EBC", "#2B7499", "#0E4A6C")
#: Change, more to less; the middle class is "no clear change", not "about zero".
DIVERGING = (
    "#9A4210",
    "#D98A5B",
    "#F2D9C9",
    "#F3F3F1",
    "#CBDDE8",
    "#6FA3C4",
    "#1C5D8A",
)
NO_DATA, NO_DATA_HATCH = "#ECEAE4", "#A39E92"
HIDDEN, HIDDEN_HATCH = PANEL, CONTEXT
UNSTABLE_HATCH = "#33566A"

#: Inches: 720 px on a page and 326 px on a phone, so that 9 pt of chart text is 12 px on both.
WIDE, NARROW = 7.5, 3.4
SIZE = 9


def rc(language_code: str = "en") -> dict[str, Any]:
    """matplotlib's settings for a report in this language (registers its fonts)."""
    from cycler import cycler

    from safelearn.views import fonts

    return {
        "font.family": "sans-serif",
        "font.sans-serif": [fonts.register(language_code), "DejaVu Sans"],
        "font.size": SIZE,
        "axes.titlesize": 9.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 8,
        "axes.labelsize": SIZE,
        "xtick.labelsize": SIZE,
        "ytick.labelsize": SIZE,
        "text.color": INK,
        "axes.labelcolor": INK2,
        "xtick.color": INK2,
        "ytick.color": INK2,
        "axes.edgecolor": INK2,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "axes.axisbelow": True,
        "xtick.major.size": 4,
        "xtick.major.width": 0.8,
        "ytick.major.size": 0,
        "lines.linewidth": 2,
        "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.7,
        "axes.prop_cycle": cycler(color=CATEGORICAL),
        "axes.unicode_minus": True,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "figure.constrained_layout.use": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "safelearn",
        "savefig.dpi": 200,
    }


def apply(language_code: str | None = None) -> None:
    """Give matplotlib this look from now on (a notebook's first cell)."""
    import matplotlib as mpl

    mpl.rcParams.update(rc(language_code or language.current()))


@contextmanager
def context(language_code: str | None = None) -> Iterator[None]:
    """Draw in this look inside the block, and leave matplotlib as it was."""
    import matplotlib as mpl

    with mpl.rc_context(rc(language_code or language.current())):
        yield


def sheet(narrow: bool, height: float, narrow_height: float | None = None) -> Figure:
    """An empty figure of the page's or the phone's width; heights in inches.

    It is made without pyplot: nothing to close, no backend to choose.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    tall = (narrow_height or height) if narrow else height
    figure = Figure(figsize=(NARROW if narrow else WIDE, tall))
    FigureCanvasAgg(figure)
    return figure


def frame(
    narrow: bool, height: float, narrow_height: float | None = None, **subplots: Any
) -> tuple[Figure, Any]:
    """A `sheet` with its axes (``Figure.subplots``)."""
    figure = sheet(narrow, height, narrow_height)
    return figure, figure.subplots(**subplots)


def halo(colour: str = "white", width: float = 3) -> list[Any]:
    """A line around letters that lets them be read on top of what is drawn."""
    from matplotlib import patheffects

    return [patheffects.withStroke(linewidth=width, foreground=colour)]


def watermark(figure: Figure, word: str) -> None:
    """Write `word` across the figure, faint, so that a screenshot still says what it is."""
    wide = figure.get_figwidth() > 5
    size = (36 if wide else 20) * min(1.0, 12 / max(len(word), 1))
    # Ink shows on white and on light classes, white on the dark ones.
    for colour, alpha in ((INK, 0.085), ("white", 0.16)):
        figure.text(
            0.5,
            0.5,
            word,
            rotation=24,
            ha="center",
            va="center",
            fontsize=size,
            color=colour,
            alpha=alpha,
            weight="bold",
            zorder=50,
        ).set_in_layout(False)
