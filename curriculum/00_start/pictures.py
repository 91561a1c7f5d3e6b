"""The pictures of module 0. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.views.style import BLUE, CONTEXT, INK, INK2, ORANGE, ORANGE_TEXT

PALE = "#A2C6D6"


def remembers():
    """What stands on the page beside what the kernel holds, when a cell above was changed and not run on."""
    rows = [
        ("1", "lamps = 9", ""),
        ("4", "working = 6", "changed, and run again"),
        ("3", "dark = lamps - working", "not run again"),
    ]
    with drawing(2.7) as (figure, ax):
        ax.set_axis_off()
        ax.set_xlim(0, 10)
        ax.set_ylim(-0.3, 3.7)
        for i, (ran, code, note) in enumerate(rows):
            y = 2.5 - i
            ax.text(0.1, y, f"[{ran}]", va="center", color=INK2, family="monospace")
            ax.text(
                0.9, y, code, va="center", family="monospace", color=INK,
                bbox={"boxstyle": "round,pad=0.4", "facecolor": "#F3F3F0", "edgecolor": "#DDDDDD"},
            )  # fmt: skip
            ax.text(4.4, y, note, va="center", color=ORANGE_TEXT if note else INK2)
        ax.text(0.1, 3.4, "What you see", weight="bold", va="center")
        ax.text(7.2, 3.4, "What the computer knows", weight="bold", va="center")
        for y, line, colour in (
            (2.5, "lamps is 9", INK),
            (1.5, "working is 6", INK),
            (0.5, "dark is 2", ORANGE_TEXT),
        ):
            ax.text(7.2, y, line, va="center", color=colour)
        ax.text(
            7.2,
            -0.05,
            "from the time when 7 worked",
            va="center",
            color=INK2,
            fontsize=9.5,
        )
        show(
            figure,
            "Three cells with the numbers 1, 4 and 3 in their brackets: lamps = 9; working = 6, changed and run again; "
            "dark = lamps - working, not run again. The computer still knows dark as 2, from the time when 7 lamps worked.",
        )


def empty_is_not_zero(table):
    """Five streets, lamp by lamp: lit, dark, and not seen."""
    with drawing(2.6) as (figure, ax):
        y = np.arange(len(table))[::-1]
        for row, height in zip(table.itertuples(), y, strict=True):
            known = row.working == row.working
            for lamp in range(row.lamps):
                if not known:
                    ax.text(
                        lamp,
                        height,
                        "?",
                        ha="center",
                        va="center",
                        color=ORANGE_TEXT,
                        weight="bold",
                    )
                    continue
                lit = lamp < row.working
                ax.scatter(
                    lamp, height, s=110, color=BLUE if lit else "white",
                    edgecolor=BLUE if lit else CONTEXT, linewidth=1.4,
                )  # fmt: skip
            text = (
                f"{row.working:.0f} of {row.lamps} work"
                if known
                else "nobody has looked"
            )
            ax.text(
                9.4, height, text, va="center", color=INK2 if known else ORANGE_TEXT
            )
        ax.set_yticks(y, table["street"])
        ax.set_xlim(-0.6, 13)
        ax.set_ylim(-0.6, len(table) - 0.4)
        ax.set_xticks([])
        ax.grid(visible=False)
        for side in ("bottom", "left"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0)
        show(
            figure,
            "The lamps of five streets as dots, full where lit and hollow where dark. "
            "The three lamps of Mill Lane are question marks: nobody has looked.",
        )


def two_questions(table):
    """The same districts by the number of dark lamps and by the share of lamps that are dark."""
    columns = [
        ("dark", "dark lamps", "{:.0f}"),
        ("dark_of_100", "of 100 lamps, dark", "{:.0f}"),
    ]
    with drawing(2.9, 2, sharey=True) as (figure, panels):
        y = np.arange(len(table))[::-1]
        for ax, (column, title, form) in zip(panels, columns, strict=True):
            most = table[column].to_numpy() == table[column].max()
            ax.barh(y, table[column], 0.62, color=np.where(most, ORANGE, PALE))
            for height, value in zip(y, table[column], strict=True):
                ax.text(value, height, " " + form.format(value), va="center")
            ax.set_title(title)
            ax.set_xlim(0, 1.16 * table[column].max())
            ax.set_xticks([])
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
        panels[0].set_yticks(y, table.index)
        told = "; ".join(
            f"{name} {row.dark:.0f} dark, {row.dark_of_100:.0f} of 100"
            for name, row in table.iterrows()
        )
        show(figure, f"Two bar charts of the six districts: {told}.")
