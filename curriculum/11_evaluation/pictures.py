"""The pictures of module 11. The lesson calls them by name, so that its cells stay short."""

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

PALE_BLUE, PALE_ORANGE = "#A2C6D6", "#EDBEA6"
#: By role: colour, and what a picture calls it.
LOOK = {
    "treated": (ORANGE, "with lamps"),
    "treated_buffer": (PALE_ORANGE, "next door"),
    "control": (BLUE, "to compare with"),
    "control_buffer": (PALE_BLUE, "next door to those"),
}


def where(boundaries, roles):
    """The city with the four roles of its neighbourhoods."""
    from matplotlib.patches import Patch, PathPatch
    from matplotlib.path import Path

    with drawing(4.2) as (figure, ax):
        for area in boundaries.itertuples():
            colour = LOOK.get(roles.get(area.area_id, ""), ("#F1F3F4", ""))[0]
            shape = area.geometry
            for part in getattr(shape, "geoms", [shape]):
                ring = Path(np.asarray(part.exterior.coords)[:, :2])
                ax.add_patch(
                    PathPatch(ring, facecolor=colour, edgecolor="white", lw=0.8)
                )
        ax.autoscale_view()
        ax.set_aspect(1 / np.cos(np.radians(boundaries.total_bounds[1])))
        ax.axis("off")
        handles = [
            Patch(facecolor=colour, label=f"{name} ({(roles == role).sum()})")
            for role, (colour, name) in LOOK.items()
        ]
        handles.append(Patch(facecolor="#F1F3F4", edgecolor=GRID, label="elsewhere"))
        ax.legend(
            handles=handles, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False
        )
        counted = ", ".join(
            f"{(roles == role).sum()} {name}" for role, (_, name) in LOOK.items()
        )
        show(
            figure, f"Map of the city's neighbourhoods: {counted}; the others are grey."
        )


def three_answers(five):
    """Before and after, as three people look at it."""
    both = five.loc["treated"] + five.loc["treated_buffer"]
    rows = [
        ("the deputy mayor:", "where the lamps are", five.loc["treated"]),
        ("the neighbours' council:", "next door", five.loc["treated_buffer"]),
        ("the treasurer:", "both together", both),
    ]
    said = []
    with drawing(3.3, 3) as (figure, panels):
        for ax, (who, where_, counts) in zip(panels, rows, strict=True):
            rise = 100 * (counts["after"] / counts["before"] - 1)
            colour = CONTEXT if abs(rise) < 5 else (ORANGE if rise > 0 else BLUE)
            ax.plot([0, 1], counts, color=colour, lw=3, marker="o", ms=8)
            for x, side in ((0, "before"), (1, "after")):
                ax.text(
                    x,
                    counts[side] + 0.07 * counts.max(),
                    f"{counts[side]:.0f}",
                    ha="center",
                )
            ax.set_xlim(-0.45, 1.45)
            ax.set_ylim(0, 1.3 * counts.max())
            ax.set_xticks([0, 1], ["2022 and\n2023", "2024 and\n2025"])
            ax.set_yticks([])
            ax.grid(visible=False)
            ax.set_title(f"{who}\n{where_}", fontsize=10.5)
            ax.text(
                0.5, 0.16 * counts.max(), f"{rise:+.0f} %", ha="center", weight="bold",
                fontsize=14, color=ORANGE_TEXT if colour == ORANGE else colour,
            )  # fmt: skip
            said.append(
                f"{who} {where_} {counts['before']:.0f} to {counts['after']:.0f}"
            )
        show(figure, "Three pairs of counts. " + "; ".join(said) + ".")


def thrown(changes, seen):
    """How far two throws of the dice lie apart when nothing changes, and how far the counts do."""
    with drawing(2.9) as (figure, ax):
        ax.hist(
            changes, bins=np.arange(-45, 61, 2.5), color=PALE_BLUE, edgecolor="white"
        )
        ax.axvline(seen, color=ORANGE, lw=2.5)
        top = ax.get_ylim()[1]
        ax.text(
            seen - 1, 0.9 * top, "seen where\nthe lamps are", color=ORANGE_TEXT,
            ha="right", va="top",
        )  # fmt: skip
        ax.set_xlabel("change from the first throw to the second, per cent")
        ax.set_ylabel("throws")
        ax.set_xlim(-50, 60)
        show(
            figure,
            f"Ten thousand changes by chance alone, most between minus 20 and plus 20 per cent. The change seen, {seen:.0f} per cent, lies at the edge.",
        )


def expected(before, after, without):
    """What was, what came, and what would have come the way of the control areas."""
    bars = [
        ("before", before, CONTEXT),
        ("expected after,\nas in the control areas", without, "white"),
        ("seen after", after, ORANGE),
    ]
    with drawing(2.5) as (figure, ax):
        for y, (_, value, colour) in enumerate(reversed(bars)):
            dashed = colour == "white"
            ax.barh(
                y, value, 0.56, color=colour, edgecolor=INK2 if dashed else colour,
                linestyle="--" if dashed else "-", linewidth=1.2,
            )  # fmt: skip
            ax.text(value + 3, y, f"{value:.0f}", va="center")
        ax.set_yticks([2, 1, 0], [name for name, _, _ in bars])
        ax.annotate(
            "", (after, 0.38), (without, 0.38),
            arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.4},
        )  # fmt: skip
        ax.text(
            without + 3,
            0.36,
            f"{without - after:.0f} fewer",
            va="center",
            weight="bold",
        )
        ax.set_xlim(0, 1.16 * before)
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        show(
            figure,
            f"Bars where the lamps are: {before:.0f} before, {without:.0f} expected after, {after:.0f} seen.",
        )


def displacement(found, unit="cases, two years after by two years before"):
    """Where the lamps are, next door, and both."""
    rows = [
        ("where the lamps are", found.local, found.local_lower, found.local_upper),
        ("next door", found.displaced, found.displaced_lower, found.displaced_upper),
        ("both together", found.estimate, found.lower, found.upper),
    ]
    form = "{:+.1f}" if abs(rows[0][1]) < 10 else "{:+.0f}"
    reach = 1.08 * max(abs(end) for row in rows for end in row[2:])
    with drawing(2.4) as (figure, ax):
        ax.axvline(0, color=INK, lw=1)
        for y, (_, value, low, high) in enumerate(reversed(rows)):
            clear = low > 0 or high < 0
            colour = CONTEXT if not clear else (ORANGE if value > 0 else BLUE)
            ax.hlines(y, low, high, color=colour, lw=3.4)
            ax.scatter(value, y, s=52, color=colour, zorder=3)
            ax.text(
                value,
                y + 0.2,
                form.format(value),
                ha="center",
                va="bottom",
                path_effects=halo(),
            )
        ax.set_yticks([2, 1, 0], [name for name, *_ in rows])
        ax.set_ylim(-0.5, 2.7)
        ax.set_xlim(-reach, reach)
        ax.set_xlabel(f"fewer        {unit}        more")
        ax.grid(axis="x")
        told = "; ".join(
            " ".join([name, *map(form.format, (value, low, high))])
            for name, value, low, high in rows
        )
        show(figure, f"Three values with the ends of their intervals: {told}.")


def more_than_dice(counts):
    """Months of a year beside the lines between which dice would stay."""
    mean = counts.mean()
    low, high = mean - 1.96 * mean**0.5, mean + 1.96 * mean**0.5
    outside = (counts < low) | (counts > high)
    x = np.arange(len(counts))
    with drawing(2.9) as (figure, ax):
        ax.axhspan(low, high, color=PALE_BLUE, alpha=0.4, lw=0)
        ax.axhline(mean, color=BLUE, lw=1.2)
        ax.scatter(x[~outside], counts[~outside], s=28, color=CONTEXT, zorder=3)
        ax.scatter(x[outside], counts[outside], s=36, color=ORANGE, zorder=3)
        ax.set_xticks(x[::12], [m[:4] for m in counts.index[::12]])
        ax.set_ylim(0, 1.12 * counts.max())
        ax.set_ylabel("burglaries a month")
        ax.text(
            len(counts) - 0.5, 0.5 * low, "inside the band dice would stay", ha="right",
            va="center", color=BLUE,
        )  # fmt: skip
        show(
            figure,
            f"Sixty monthly counts of burglary; {outside.sum()} lie outside the band in which chance alone would keep 57 of them.",
        )


def ratios(found):
    """Ratios with their intervals, and the line that says: as in the control areas."""
    with drawing(0.55 * len(found) + 0.9) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        told = []
        for y, (name, one) in enumerate(reversed(found.items())):
            value = one.estimate if hasattr(one, "estimate") else one.ratio
            clear = one.lower > 1 or one.upper < 1
            colour = BLUE if clear else CONTEXT
            ax.hlines(y, one.lower, one.upper, color=colour, lw=3.4)
            ax.scatter(value, y, s=48, color=colour, zorder=3)
            told.append(f"{name} {value:.2f}, {one.lower:.2f} to {one.upper:.2f}")
        ax.set_yticks(range(len(found)), list(found)[::-1])
        ax.set_xscale("log")
        ticks = [0.4, 0.5, 0.6, 0.8, 1, 1.25]
        words = [
            "0.4",
            "half",
            "0.6",
            "0.8",
            "as in the\ncontrol areas",
            "a quarter more",
        ]
        ax.set_xticks(ticks, words)
        ax.minorticks_off()
        ax.set_xlim(0.38, 1.45)
        ax.set_ylim(-0.6, len(found) - 0.4)
        ax.grid(axis="x")
        show(figure, "Ratios with their intervals: " + "; ".join(told[::-1]) + ".")


def each_area(six):
    """How each of the six neighbourhoods changed."""
    with drawing(2.5) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        told = []
        for y, role in enumerate(("control", "treated")):
            part = six[six["role"] == role]
            colour, name = LOOK[role]
            ax.scatter(
                part["ratio"],
                [y] * len(part),
                s=110,
                color=colour,
                zorder=3,
                alpha=0.85,
            )
            told.append(f"{name} " + ", ".join(f"{r:.2f}" for r in part["ratio"]))
        ax.set_yticks([0, 1], [LOOK["control"][1], LOOK["treated"][1]])
        ax.set_ylim(-0.6, 1.6)
        ax.set_xlim(0.35, 1.35)
        ax.set_xticks(
            [0.5, 0.75, 1, 1.25],
            ["half", "three quarters", "as before", "a quarter more"],
        )
        ax.grid(axis="x")
        show(
            figure, "Ratio of after to before, an area a dot: " + "; ".join(told) + "."
        )


def before_the_start(quarters, role):
    """The two groups quarter by quarter before anything was begun, each by its own mean."""
    with drawing(2.7) as (figure, ax):
        x = np.arange(len(quarters))
        for name in ("control", "treated"):
            n = quarters.loc[:, role[role == name].index].sum(axis=1)
            colour, word = LOOK[name]
            ax.plot(x, 100 * n / n.mean(), color=colour, lw=2.4, marker="o", ms=5)
            ax.text(
                x[-1] + 0.2, 100 * n.iloc[-1] / n.mean(), word,
                color=ORANGE_TEXT if name == "treated" else colour, va="center",
            )  # fmt: skip
        ax.axhline(100, color=GRID, lw=1)
        ax.set_xticks([0, 4, 8], ["2021", "2022", "2023"])
        ax.set_xlim(-0.4, len(x) + 1.6)
        ax.set_ylim(0, 165)
        ax.set_ylabel("own mean = 100")
        show(
            figure,
            "Two lines over twelve quarters before the start, up and down around their own means, without a lasting drift apart.",
        )


def peak(one, two, chosen):
    """Sixty places of one risk, thrown twice; those that were highest in the first throw."""
    jitter = np.random.default_rng(2).uniform(-0.16, 0.16, len(one))
    with drawing(3.2) as (figure, ax):
        for k in np.flatnonzero(~chosen):
            ax.plot(
                [jitter[k], 1 + jitter[k]],
                [one[k], two[k]],
                color=GRID,
                lw=0.8,
                zorder=1,
            )
        for k in np.flatnonzero(chosen):
            ax.plot(
                [jitter[k], 1 + jitter[k]],
                [one[k], two[k]],
                color=ORANGE,
                lw=1.8,
                zorder=3,
            )
        for side, n in ((0, one), (1, two)):
            ax.scatter(
                side + jitter[~chosen], n[~chosen], s=26, color=CONTEXT, zorder=2
            )
            ax.scatter(side + jitter[chosen], n[chosen], s=50, color=ORANGE, zorder=4)
        ax.axhline(10, color=INK, lw=1)
        ax.text(1.24, 10, "the risk of\nall sixty", va="center", color=INK)
        ax.set_xticks([0, 1], ["first throw", "second throw"])
        ax.set_xlim(-0.3, 1.55)
        ax.set_ylim(0, 1.1 * max(one.max(), two.max()))
        ax.set_yticks(range(0, 21, 5))
        ax.set_ylabel("break-ins")
        show(
            figure,
            f"Sixty places thrown twice with the same risk of 10. The six highest had {one[chosen].mean():.0f} on average in the first throw and {two[chosen].mean():.0f} in the second.",
        )
