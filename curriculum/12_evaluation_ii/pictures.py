"""The pictures of module 12. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.views.style import (
    BLUE,
    CONTEXT,
    GRID,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    halo,
)

PALE_BLUE = "#A2C6D6"


def _years(ax, months):
    at = [k for k, month in enumerate(months) if month.endswith("-01")]
    ax.set_xticks(at, [months[k][:4] for k in at])
    ax.set_xlim(-1, len(months))


def _moment(ax, place, words, *, side="left", high=0.97):
    ax.axvline(place - 0.5, color=INK, lw=1, ls="--")
    top = ax.get_ylim()[1]
    ax.text(
        place - 0.5 + (0.6 if side == "right" else -0.6), high * top, words,
        ha="left" if side == "right" else "right", va="top", fontsize=9.5, path_effects=halo(),
    )  # fmt: skip


def series(months, n):
    """Thefts of cable by month."""
    with drawing(2.9) as (figure, ax):
        ax.scatter(np.arange(len(n)), n, s=26, color=CONTEXT, zorder=3)
        ax.set_ylim(0, 1.12 * n.max())
        _years(ax, months)
        ax.set_ylabel("cables a month")
        _moment(ax, 36, "the law is passed")
        _moment(ax, 39, "dealers keep the book", side="right")
        show(
            figure,
            f"Sixty monthly counts of stolen cable, falling from about {n[:12].mean():.0f} a month in the first year to about {n[-12:].mean():.0f} in the last, with a wave in each year. Two lines mark January and April 2024.",
        )


def carried_on(years, expected):
    """Five years as bars, and the last two as the earlier way carried on would have had them."""
    with drawing(2.7) as (figure, ax):
        x = np.arange(len(years))
        ax.bar(x, years, 0.6, color=[CONTEXT] * 3 + [ORANGE] * 2)
        for k, value in expected.items():
            at = list(years.index).index(k)
            ax.hlines(value, at - 0.38, at + 0.38, color=INK, lw=1.6, ls="--")
            ax.text(at + 0.4, value, f"{value:.0f}", va="center", color=INK)
        for k, value in zip(x, years, strict=True):
            ax.text(k, value - 40, f"{value}", ha="center", va="top", color="white", weight="bold")  # fmt: skip
        ax.set_xticks(x, years.index)
        ax.set_xlim(-0.6, len(x) - 0.1)
        ax.set_yticks([])
        ax.grid(visible=False)
        told = ", ".join(f"{k} {v}" for k, v in years.items())
        more = ", ".join(f"{k} {v:.0f}" for k, v in expected.items())
        show(
            figure,
            f"Cables a year: {told}. Expected if they had fallen on as before: {more}.",
        )


def fitted(months, n, found, start):
    """Counts, the model's line, and where it would have run."""
    x = np.arange(len(n))
    after = x >= start
    with drawing(3.3) as (figure, ax):
        ax.fill_between(
            x[after], found.expected_lower[after], found.expected_upper[after],
            color=PALE_BLUE, alpha=0.5, lw=0,
        )  # fmt: skip
        ax.plot(x, found.expected, color=BLUE, lw=2)
        ax.plot(x[after], found.fitted[after], color=ORANGE, lw=2.4)
        ax.scatter(x, n, s=20, color=CONTEXT, zorder=3)
        ax.set_ylim(0, 1.12 * n.max())
        _years(ax, months)
        ax.set_ylabel("cables a month")
        ax.text(
            start + 5, 1.28 * found.expected[after].mean(), "as it would have gone on", color=BLUE, path_effects=halo(),
        )  # fmt: skip
        ax.text(
            start + 5, 0.42 * found.fitted[after].mean(), "as it went", color=ORANGE_TEXT, path_effects=halo(),
        )  # fmt: skip
        _moment(ax, start, "")
        show(
            figure,
            f"Monthly counts with two lines. From April 2024 on the line of what would have gone on runs above the line of what went on; in all it expects {found.expected[after].sum():.0f} cables, and {n[after].sum()} were stolen.",
        )


def leftovers(months, residuals):
    """By how much each month lay above or below its line."""
    with drawing(2.5) as (figure, ax):
        x = np.arange(len(residuals))
        ax.bar(x, residuals, 0.8, color=np.where(residuals > 0, ORANGE, BLUE))
        ax.axhline(0, color=INK, lw=1)
        _years(ax, months)
        ax.set_ylabel("cables above or\nbelow the line")
        same = int((residuals[1:] * residuals[:-1] > 0).sum())
        show(
            figure,
            f"Sixty bars above or below a line. In {same} of 59 cases a month lies on the same side as the one before it.",
        )


def intervals(found, unit="as without"):
    """Ratios with their intervals."""
    with drawing(0.5 * len(found) + 0.9) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        told = []
        for y, (name, (value, low, high)) in enumerate(reversed(found.items())):
            clear = low > 1 or high < 1
            colour = BLUE if clear else CONTEXT
            ax.hlines(y, low, high, color=colour, lw=3.4)
            ax.scatter(value, y, s=48, color=colour, zorder=3)
            told.append(f"{name}: {value:.2f}, {low:.2f} to {high:.2f}")
        ax.set_yticks(range(len(found)), list(found)[::-1])
        ax.set_xscale("log")
        ax.set_xticks([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2], ["half", "0.6", "0.7", "0.8", "0.9", unit, "1.2"])  # fmt: skip
        ax.minorticks_off()
        ax.set_xlim(0.46, 1.3)
        ax.set_ylim(-0.6, len(found) - 0.4)
        ax.grid(axis="x")
        show(figure, "Ratios with their intervals. " + "; ".join(told[::-1]) + ".")


def starts(months, places, steps):
    """The step at every place that somebody might call the start."""
    with drawing(2.9) as (figure, ax):
        ax.axhline(1, color=INK, lw=1)
        clear = 0
        for place, one in zip(places, steps, strict=True):
            fewer = one.upper < 1
            clear += fewer
            colour = ORANGE if fewer else CONTEXT
            ax.vlines(place, one.lower, one.upper, color=colour, lw=2)
            ax.scatter(place, one.ratio, s=22, color=colour, zorder=3)
        at = [p for p in places if months[p].endswith(("-01", "-07"))]
        ax.set_xticks(at, [months[p] for p in at])
        ax.set_yscale("log")
        ax.set_yticks([0.6, 0.8, 1, 1.25, 1.6], ["0.6", "0.8", "as before", "1.25", "1.6"])  # fmt: skip
        ax.minorticks_off()
        ax.set_ylabel("step")
        ax.set_xlabel("month that is called the start")
        show(
            figure,
            f"Steps with their intervals for {len(steps)} months that somebody might call the start, in a series in which nothing was done. At {clear} of them the interval lies wholly below 1.",
        )


def border(months, here, there):
    """Two series, each by its own mean before."""
    with drawing(3.0) as (figure, ax):
        x = np.arange(len(here))
        for n, colour, word in ((here, ORANGE, "here, with the law"), (there, BLUE, "over the border, without")):  # fmt: skip
            smooth = np.convolve(n, np.ones(3) / 3, mode="valid")
            index = 100 * smooth / n[:39].mean()
            ax.plot(x[1:-1], index, color=colour, lw=2.2)
            ax.text(
                len(x) - 1, 100 if n is there else 22, word, ha="right",
                color=ORANGE_TEXT if colour == ORANGE else BLUE, path_effects=halo(),
            )  # fmt: skip
        ax.set_ylim(0, 185)
        _years(ax, months)
        ax.set_ylabel("own mean before = 100")
        _moment(ax, 39, "April 2024", side="right")
        show(
            figure,
            f"Two lines that fall together for five years, smoothed over three months. After April 2024 both lie lower; the last year's mean is {100 * here[-12:].mean() / here[:39].mean():.0f} here and {100 * there[-12:].mean() / there[:39].mean():.0f} over the border.",
        )


def apart(parts):
    """What the fall that was announced is made of."""
    with drawing(2.7) as (figure, ax):
        names = list(parts)
        for y, name in enumerate(reversed(names)):
            value = parts[name]
            colour = ORANGE if y == len(names) - 1 else (BLUE if y == 0 else CONTEXT)
            ax.barh(y, value, 0.6, color=colour)
            ax.text(value + 0.7, y, f"{value:.0f} %", va="center")
        ax.set_yticks(range(len(names)), names[::-1])
        ax.set_xlim(0, 1.15 * max(parts.values()))
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = "; ".join(f"{k} {v:.0f} per cent" for k, v in parts.items())
        show(figure, f"Falls as bars: {told}.".replace("\n", " "))


def choices(table, claimed):
    """Every reasonable analysis, in order of what it finds."""
    rows = table.sort_values("ratio").reset_index(drop=True)
    with drawing(3.0) as (figure, ax):
        ax.axhline(1, color=INK, lw=1)
        clear = rows["upper"] < 1
        colours = np.where(clear, BLUE, CONTEXT)
        ax.vlines(rows.index, rows["lower"], rows["upper"], color=colours, lw=2.4)
        ax.scatter(rows.index, rows["ratio"], s=28, color=colours, zorder=3)
        ax.axhline(claimed, color=ORANGE, lw=1.6, ls="--")
        ax.text(
            0,
            claimed * 0.985,
            "the ministry's number",
            color=ORANGE_TEXT,
            va="top",
            path_effects=halo(),
        )
        ax.set_yscale("log")
        ax.set_yticks([0.5, 0.6, 0.7, 0.8, 1, 1.25], ["half", "0.6", "0.7", "0.8", "as over\nthe border", "1.25"])  # fmt: skip
        ax.minorticks_off()
        ax.set_xticks([])
        ax.set_xlabel("analyses, in order of what they find")
        ax.set_ylim(0.46, 1.4)
        show(
            figure,
            f"{len(rows)} analyses with their intervals, ratios from {rows['ratio'].min():.2f} to {rows['ratio'].max():.2f}; {clear.sum()} intervals lie below 1. The ministry's number, {claimed:.2f}, lies below all of them.",
        )


def mix(found, start, names):
    """The treated areas and the mix that ran like them before."""
    x = np.arange(len(found.observed))
    with drawing(3.0) as (figure, ax):
        ax.plot(x, found.synthetic, color=BLUE, lw=2.2)
        ax.plot(x, found.observed, color=ORANGE, lw=2.2)
        ax.set_ylim(0, 1.2 * max(found.observed.max(), found.synthetic.max()))
        ax.set_xticks(range(0, len(x), 4), names[::4])
        ax.set_ylabel("robberies and assaults\na quarter")
        ax.text(x[-1] + 0.2, found.synthetic[-1], "the mix", color=BLUE, va="center")
        ax.text(
            x[-1] + 0.2,
            found.observed[-1],
            "with lamps",
            color=ORANGE_TEXT,
            va="center",
        )
        ax.set_xlim(-0.5, x[-1] + 3)
        _moment(ax, start, "")
        ax.text(start - 0.3, 4, "lamps", ha="left", va="bottom", path_effects=halo())
        show(
            figure,
            f"Two lines that run together for three years. From January 2024 on the line with lamps lies lower: {found.observed[start:].sum():.0f} cases in two years against {found.synthetic[start:].sum():.0f} of the mix.",
        )


def sides(numbers, falls, here, hoped):
    """The weakest fall that would be seen, by how many areas there are."""
    with drawing(2.9) as (figure, ax):
        ax.plot(numbers, falls, color=BLUE, lw=2.4)
        ax.axhline(hoped, color=ORANGE, lw=1.6, ls="--")
        ax.text(
            numbers[-1],
            hoped + 1,
            "what is hoped for",
            color=ORANGE_TEXT,
            ha="right",
            va="bottom",
        )
        at = falls[list(numbers).index(here)]
        ax.scatter(here, at, s=60, color=INK, zorder=3)
        ax.text(here + 0.7, at + 0.5, f"{here} and {here} areas: {at:.0f} %", va="bottom")  # fmt: skip
        ax.set_ylim(0, 90)
        ax.set_xlim(1, numbers[-1] + 0.5)
        ax.set_xlabel("areas with the measure, and as many without")
        ax.set_ylabel("weakest fall seen\nin 8 of 10 cases, %")
        first = next(n for n, f in zip(numbers, falls, strict=True) if f <= hoped)
        show(
            figure,
            f"A curve that falls steeply and then slowly. With {here} areas on each side only a fall by {at:.0f} per cent would be seen; a fall by {hoped:.0f} per cent takes {first} on each side.",
        )


def small_studies(ratios, seen, true):
    """What a thousand equal evaluations of the same true effect would find."""
    bins = np.geomspace(0.3, 2.2, 45)
    with drawing(2.9) as (figure, ax):
        ax.hist(ratios[~seen], bins=bins, color=GRID, edgecolor="white")
        ax.hist(ratios[seen], bins=bins, color=ORANGE, edgecolor="white")
        ax.axvline(true, color=INK, lw=1.6)
        top = ax.get_ylim()[1]
        ax.text(true * 1.02, 0.97 * top, "the truth", va="top", path_effects=halo())
        ax.text(0.42, 0.45 * top, "“clear result”", color=ORANGE_TEXT, ha="center")
        ax.set_xscale("log")
        ax.set_xticks([0.4, 0.5, 0.65, 0.8, 1, 1.5], ["0.4", "half", "0.65", "0.8", "no effect", "1.5"])  # fmt: skip
        ax.minorticks_off()
        ax.set_xlim(0.3, 2.2)
        ax.set_ylabel("evaluations")
        show(
            figure,
            f"Ratios found by {len(ratios)} small evaluations of one true ratio of {true:.2f}. {seen.sum()} of them called it a clear result, and on average these found {ratios[seen].mean():.2f}.",
        )


def delivered(areas, share):
    """What came of what was planned, by area."""
    with drawing(1.9) as (figure, ax):
        y = np.arange(len(areas))[::-1]
        ax.barh(y, 100, 0.5, color="white", edgecolor=INK2, linestyle="--")
        ax.barh(y, share, 0.5, color=[BLUE if s >= 90 else ORANGE for s in share])
        for k, s in zip(y, share, strict=True):
            ax.text(102, k, f"{s:.0f} % of what was planned", va="center")
        ax.set_yticks(y, areas)
        ax.set_xticks([])
        ax.set_xlim(0, 160)
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = ", ".join(f"{a} {s:.0f} per cent" for a, s in zip(areas, share, strict=True))  # fmt: skip
        show(figure, f"Lamps that came, by area: {told}.")


def users(changes):
    """Who uses the street more, who less, against the other street."""
    with drawing(2.5) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        ax.axvline(0.85, color=ORANGE, lw=1.4, ls="--")
        told = []
        for y, row in enumerate(reversed(list(changes.itertuples()))):
            colour = ORANGE if row.lower < 0.85 else BLUE
            ax.hlines(y, row.lower, row.upper, color=colour, lw=3.4)
            ax.scatter(row.ratio, y, s=48, color=colour, zorder=3)
            told.append(f"{row.seen} {row.ratio:.2f}, {row.lower:.2f} to {row.upper:.2f}")  # fmt: skip
        ax.set_yticks(range(len(changes)), list(changes["seen"])[::-1])
        ax.set_xscale("log")
        ax.set_xticks([0.7, 0.85, 1, 1.25, 1.6], ["0.7", "15 in a\nhundred fewer", "as in the\nother street", "1.25", "1.6"])  # fmt: skip
        ax.minorticks_off()
        ax.set_xlim(0.6, 1.9)
        ax.set_ylim(-0.6, len(changes) - 0.4)
        show(figure, "Ratios with their intervals: " + "; ".join(told[::-1]) + ".")
