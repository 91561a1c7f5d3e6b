"""The pictures of module 14. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.views.style import BLUE, CONTEXT, INK, INK2, ORANGE, ORANGE_TEXT

PALE = "#A2C6D6"


def road(steps):
    """The hours of the capstone as one bar, each step with its length."""
    total = sum(hours for _, hours in steps)
    with drawing(1.9) as (figure, ax):
        left = 0.0
        for number, (name, hours) in enumerate(steps):
            colour = ORANGE if "gates" in name else PALE
            ax.barh(0, hours, 0.5, left=left, color=colour, edgecolor="white", lw=2)
            up = number % 2 == 0
            ax.text(
                left + hours / 2,
                0.36 if up else -0.36,
                f"{name}\n{hours:g} h",
                ha="center",
                va="bottom" if up else "top",
            )
            left += hours
        ax.set_xlim(-0.4, total + 0.4)
        ax.set_ylim(-1.05, 1.05)
        ax.set_axis_off()
        told = ", ".join(f"{name} {hours:g} hours" for name, hours in steps)
        show(figure, f"The {total:g} hours of the capstone in order: {told}.")


def account(table):
    """For each table, rows read as one bar: used, set aside, and lost."""
    with drawing(0.42 * len(table) + 0.9) as (figure, ax):
        y = np.arange(len(table))[::-1]
        for height, row in zip(y, table.itertuples(), strict=True):
            parts = np.array([row.used, row.aside, row.lost]) / row.read
            left = 0.0
            for part, colour in zip(parts, (PALE, CONTEXT, ORANGE), strict=True):
                ax.barh(height, part, 0.6, left=left, color=colour)
                left += part
            if row.lost:
                ax.text(
                    1.01, height, f"{row.lost} lost", va="center", color=ORANGE_TEXT
                )
        ax.set_yticks(y, table["table"])
        ax.set_xlim(0, 1.16)
        ax.set_xticks([0, 0.5, 1], ["0", "half", "all rows read"])
        ax.grid(visible=False)
        for x, word, colour in ((0.01, "used", PALE), (0.16, "set aside", CONTEXT)):
            ax.scatter(x, len(table) - 0.3, marker="s", s=60, color=colour)
            ax.text(x + 0.02, len(table) - 0.3, word, color=INK2, va="center")
        ax.set_ylim(-0.5, len(table) + 0.1)
        told = "; ".join(
            f"{r.table}: {r.used} used, {r.aside} set aside, {r.lost} lost of {r.read}"
            for r in table.itertuples()
        )
        show(figure, f"Rows of five tables. {told}.")


def subtraction(table):
    """Two releases of a few areas, and what lies between them."""
    with drawing(0.45 * len(table) + 0.9) as (figure, ax):
        y = np.arange(len(table))[::-1]
        for height, row in zip(y, table.itertuples(), strict=True):
            few = 0 < row.difference < 5
            colour = ORANGE if few else CONTEXT
            ax.plot(
                [row.october, row.january], [height, height], color=colour, lw=5, alpha=0.7
            )  # fmt: skip
            ax.scatter([row.october, row.january], [height] * 2, s=42, color=INK, zorder=3)  # fmt: skip
            ax.text(
                row.january + 0.5,
                height,
                f"{row.difference} more" if row.difference else "none",
                va="center",
                color=ORANGE_TEXT if few else INK2,
            )
        ax.axvline(5, color=INK2, lw=1)
        ax.text(5, len(table) - 0.4, "shown from 5 on", color=INK2, ha="center")
        ax.set_yticks(y, table["area"])
        ax.set_xlim(0, 1.18 * table["january"].max())
        ax.set_ylim(-0.5, len(table))
        ax.set_xlabel("vehicles stolen: until September, and until December")
        told = "; ".join(
            f"{r.area} {r.october}, then {r.january}: {r.difference} between"
            for r in table.itertuples()
        )
        show(figure, f"Two releases, and what lies between: {told}.")


def reach(baseline, lower, upper, targets):
    """A baseline with its interval, and targets inside and outside of it."""
    with drawing(0.55 * len(targets) + 1.1) as (figure, ax):
        top = len(targets)
        ax.axvspan(lower, upper, color=PALE, alpha=0.5, lw=0)
        ax.hlines(top, lower, upper, color=BLUE, lw=4)
        ax.scatter(baseline, top, s=60, color=BLUE, zorder=3)
        ax.text(upper + 1, top, "today, with its interval", va="center", color=BLUE)
        for height, (name, value) in zip(range(top - 1, -1, -1), targets, strict=True):
            inside = lower <= value <= upper
            ax.scatter(value, height, marker="D", s=56, zorder=3, color=ORANGE if inside else INK)  # fmt: skip
            ax.text(
                upper + 1 if inside else value + 1.2,
                height,
                f"{name}: {'nobody could tell' if inside else 'could be seen'}",
                va="center",
                color=ORANGE_TEXT if inside else INK,
            )
        ax.set_xlim(lower - 4, max(v for _, v in targets) + 22)
        ax.set_ylim(-0.6, top + 0.6)
        ax.set_yticks([])
        ax.set_xlabel("of 100 adults, feel safe after dark")
        ax.spines["left"].set_visible(False)
        told = ", ".join(f"{name} {value:.0f}" for name, value in targets)
        show(
            figure,
            f"Today {baseline:.0f} of 100 ({lower:.0f} to {upper:.0f}). Targets: {told}.",
        )


def two_cities(found, here, there):
    """Differences between two cities with their intervals; what cannot be compared is named."""
    with drawing(0.5 * len(found) + 0.9) as (figure, ax):
        y = np.arange(len(found))[::-1]
        ax.axvline(0, color=INK, lw=1)
        for height, row in zip(y, found.itertuples(), strict=True):
            if row.lower != row.lower:
                ax.text(0.6, height, row.verdict, va="center", color=INK2, style="italic")  # fmt: skip
                continue
            clear = row.verdict != "no clear difference"
            colour = BLUE if clear else CONTEXT
            ax.hlines(height, row.lower, row.upper, color=colour, lw=4)
            ax.scatter(row.difference, height, s=54, color=colour, zorder=3)
        ax.set_yticks(y, found["name"])
        ax.set_ylim(-0.6, len(found) - 0.4)
        ax.set_xlabel(f"{there} less {here} (0: no difference)")
        ax.grid(axis="x")
        told = "; ".join(
            f"{r.name}: {r.verdict}"
            if r.lower != r.lower
            else f"{r.name}: {r.difference:.1f} ({r.lower:.1f} to {r.upper:.1f})"
            for r in found.itertuples()
        )
        show(figure, f"Differences between two cities: {told}.")
