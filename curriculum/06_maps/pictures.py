"""The pictures of module 6. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.views.style import (
    BLUE,
    CONTEXT,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    PANEL,
    RULE,
    SEQUENTIAL,
    UNSTABLE_HATCH,
    halo,
)

PALE = SEQUENTIAL[1]


def three_maps(table):
    """The same records as a count, and as a rate in two kinds of classes."""
    count, rate = table["n"], table["rate"]
    maps = [
        ("the parks office", "thefts", _steps(count)),
        ("the health office", "per 100,000 residents", _steps(rate)),
        ("the newspaper", "per 100,000 residents", _groups(rate)),
    ]
    with drawing(3.3, 3) as (figure, panels):
        for ax, (who, unit, at) in zip(panels, maps, strict=True):
            _areas(ax, table, [SEQUENTIAL[k] for k in at])
            ax.set_title(who)
            ax.text(0.5, -0.04, unit, transform=ax.transAxes, ha="center", color=INK2)
        dark = ", ".join(
            f"{who} paints {(at == 4).sum()} neighbourhoods darkest"
            for who, _, at in maps
        )
        show(figure, f"Three maps of the same sixty neighbourhoods: {dark}.")


def counts_and_people(table):
    """Thefts against residents."""
    with drawing(3.2) as (figure, ax):
        ax.scatter(
            table["population"],
            table["n"],
            s=34,
            color=BLUE,
            edgecolor="white",
            linewidth=0.6,
        )
        market = table.loc[table["n"].idxmax()]
        ax.annotate(
            f"{market['area_name']}, with the market hall",
            (market["population"], market["n"]),
            (market["population"] + 900, market["n"]),
            va="center",
            color=ORANGE_TEXT,
        )
        ax.set_xlabel("residents of the neighbourhood")
        ax.set_ylabel("thefts in 2024")
        ax.set_xlim(0)
        ax.set_ylim(0)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        r = np.corrcoef(table["population"], table["n"])[0, 1]
        show(
            figure,
            f"Sixty dots, thefts against residents. The two hardly go together (correlation {r:.1f}): the largest neighbourhoods have few thefts, {market['area_name']} has the most and few residents.",
        )


def raw_and_smoothed(table):
    """Raw and smoothed rates in the same classes; places with few records hatched."""
    from safelearn.views.maps.classes import breaks

    limits = breaks(table["smoothed"])
    colours = [SEQUENTIAL[0], SEQUENTIAL[1], SEQUENTIAL[2], SEQUENTIAL[3]]
    few = (table["mark"] == "unstable").to_numpy()
    with drawing(4.2, 2) as (figure, panels):
        for ax, column, title in zip(
            panels, ["rate", "smoothed"], ["raw rate", "smoothed"], strict=True
        ):
            at = np.digitize(table[column], limits)
            _areas(ax, table, [colours[k] for k in at], few)
            ax.set_title(title)
        _key(figure, limits, colours, "damage per 100,000 residents, 2024")
        told = ", ".join(f"{v:.0f}" for v in limits)
        show(
            figure,
            f"Two maps with limits at {told}: on the raw one {(table['rate'] >= limits[-1]).sum()} neighbourhoods are darkest, on the smoothed one {(table['smoothed'] >= limits[-1]).sum()}. {few.sum()} rest on fewer than 16 records.",
        )


def three_ways(table, limits):
    """One set of rates, three ways to cut it."""
    rates = table["smoothed"]
    ways = [
        ("steps of the same width", _steps(rates)),
        ("groups of the same number", _groups(rates)),
        ("round limits", np.digitize(rates, limits)),
    ]
    with drawing(4.4, 3) as (figure, panels):
        for ax, (title, at) in zip(panels, ways, strict=True):
            fill = [SEQUENTIAL[k] for k in at]
            _areas(ax, table, fill)
            ax.set_title(title)
            strip = ax.inset_axes((0.0, -0.24, 1.0, 0.16))
            jitter = np.random.default_rng(1).uniform(-1, 1, len(rates))
            strip.scatter(
                np.maximum(rates, 1), jitter, s=16, color=fill, edgecolor=INK2, lw=0.4
            )
            edges = [
                (rates[at == k].max() + rates[at == k + 1].min()) / 2
                for k in range(4)
                if (at == k).any() and (at == k + 1).any()
            ]
            strip.vlines(edges, -1.6, 1.6, color=INK, lw=0.8)
            strip.set_xscale("log")
            strip.set_xlim(25, 6000)
            strip.set_ylim(-1.7, 1.7)
            strip.set_yticks([])
            strip.set_xticks([50, 500, 5000], ["50", "500", "5,000"])
            strip.minorticks_off()
            strip.grid(visible=False)
        told = "; ".join(
            f"{title}: {', '.join(str(int((at == k).sum())) for k in range(5))}"
            for title, at in ways
        )
        show(
            figure,
            f"Three maps of the same rates. Neighbourhoods in each class from light to dark, {told}. Below each, the rates as dots on a line.",
        )


def lorenz(kinds):
    """Lorenz curves, and the straight line of equal shares."""
    colours = [BLUE, ORANGE, CONTEXT]
    with drawing(3.6) as (figure, ax):
        ax.plot([0, 1], [0, 1], color=INK2, lw=1)
        for (name, counts), colour in zip(kinds.items(), colours, strict=False):
            x = np.sort(np.asarray(counts, dtype=float))
            places = np.arange(len(x) + 1) / len(x)
            events = np.concatenate([[0], x.cumsum() / x.sum()])
            few = len(x) < 10
            ax.plot(places, events, color=colour, lw=2.4, marker="o" if few else "")
            at = np.searchsorted(events, 0.25 + 0.2 * list(kinds).index(name))
            ax.text(
                places[at] - 0.02,
                events[at],
                name,
                ha="right",
                va="bottom",
                color=ORANGE_TEXT if colour == ORANGE else colour,
                weight="bold",
                path_effects=halo(),
            )
        ax.text(0.45, 0.5, "every place has its share", color=INK2, ha="right")
        ax.set_xlabel("share of places, the quiet ones first")
        ax.set_ylabel("share of events")
        ax.set_xticks([0, 0.5, 1], ["0", "half", "all"])
        ax.set_yticks([0, 0.5, 1], ["0", "half", "all"])
        told = "; ".join(
            f"{name}: the half with fewest holds {100 * _lower_half(c):.0f} %"
            for name, c in kinds.items()
        )
        show(figure, f"Curves below the straight line of equal shares. {told}.")


def two_grids(grid, one, other):
    """Counts in squares: dice, and thefts."""
    with drawing(4.0, 2) as (figure, panels):
        for ax, values, name in zip(panels, (one, other), "AB", strict=True):
            _squares(ax, grid, np.minimum(values, 6), SEQUENTIAL, 6)
            ax.set_title(f"Map {name}")
        show(
            figure,
            f"Two grids of squares with {one.sum():.0f} and {other.sum():.0f} events. In map A no square has more than {one.max():.0f}, in map B one has {other.max():.0f}. Both look uneven.",
        )


def hot(grid, found, boundaries):
    """Hot squares on the outlines of the neighbourhoods."""
    with drawing(4.8) as (figure, ax):
        lines = boundaries.to_crs(grid.crs)
        lines.plot(ax=ax, color=PANEL, edgecolor=RULE, linewidth=0.5)
        for level, colour, words in [(2, ORANGE, "very clear"), (1, PALE, "clear")]:
            boxes = grid.boxes(np.flatnonzero((found.level == level).ravel()))
            for box in boxes:
                x, y = box.exterior.xy
                ax.fill(x, y, color=colour, ec=INK, lw=0.4, zorder=3)
            ax.scatter([], [], marker="s", s=50, color=colour, edgecolor=INK, lw=0.4, label=words)  # fmt: skip
        ax.legend(frameon=False, loc="lower left")
        ax.set_axis_off()
        show(
            figure,
            f"Outlines of the neighbourhoods with {(found.level > 0).sum()} squares in {found.spot.max()} hot spots, most of them in the old centre and by the coast.",
        )


def forecasts(tests):
    """PAI of two maps on the year they were drawn from, and on the next."""
    with drawing(2.6) as (figure, ax):
        y = np.arange(len(tests))[::-1] + np.repeat([0.35, 0], 2)
        for at, ((_, when), found) in zip(y, tests.items(), strict=True):
            new = "not seen" in when
            ax.barh(at, found.pai, 0.7, color=BLUE if new else PALE)
            said = "2025, not seen before" if new else "2024, drawn from it"
            ax.text(found.pai + 0.15, at, f"{found.pai:.1f}   {said}", va="center")
        ax.vlines(1, -0.4, y[0] + 0.4, color=INK, lw=1)
        names = list(dict.fromkeys(name for name, _ in tests))
        ax.set_yticks([(y[0] + y[1]) / 2, (y[2] + y[3]) / 2], names)
        ax.text(1, -0.45, "dice", ha="center", va="top", color=INK2)
        ax.set_ylim(-0.85)
        ax.set_xlim(0, 21)
        ax.set_xticks([])
        ax.set_title("times as many as dice would catch (PAI)")
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = "; ".join(f"{a} {b}: {f.pai:.1f}" for (a, b), f in tests.items())
        show(figure, f"Prediction accuracy index. {told}. Dice have 1.")


def bands(table):
    """Observed over expected pairs, by distance and time."""
    inner = table[np.isfinite(table["metres_to"]) & np.isfinite(table["days_to"])]
    ratio = inner.pivot(index="metres_to", columns="days_to", values="ratio")
    clear = inner.pivot(index="metres_to", columns="days_to", values="q") <= 0.05
    with drawing(3.4) as (figure, ax):
        steps = np.digitize(ratio, [1.2, 1.5, 3, 10])
        from matplotlib.colors import ListedColormap

        ax.imshow(steps, cmap=ListedColormap(SEQUENTIAL), vmin=0, vmax=4, aspect="auto")
        for i, far in enumerate(ratio.index):
            for j, long in enumerate(ratio.columns):
                ax.text(
                    j,
                    i,
                    f"{ratio.loc[far, long]:.1f}",
                    ha="center",
                    va="center",
                    color="white" if steps[i, j] >= 3 else INK,
                    weight="bold" if clear.loc[far, long] else "normal",
                )
        rows = ["the same home"] + [f"up to {far:.0f} m" for far in ratio.index[1:]]
        ax.set_yticks(range(len(rows)), rows)
        ax.set_xticks(
            range(len(ratio.columns)), [f"below {d:.0f}" for d in ratio.columns]
        )
        ax.set_xlabel("days between the two burglaries, each column from where the last one ends")  # fmt: skip
        ax.grid(visible=False)
        ax.set_title("pairs of burglaries: times as many as chance gives (bold: clear)")
        told = "; ".join(
            f"{row}: {', '.join(f'{v:.1f}' for v in ratio.loc[far])}"
            for row, far in zip(rows, ratio.index, strict=True)
        )
        show(figure, f"Table of ratios by distance and time. {told}.")


def loops(cities):
    """Alta's share of the records, week by week, in cities that are the same in truth."""
    with drawing(3.1) as (figure, ax):
        ax.hlines(50, 0, 300, color=INK, lw=1)
        for one in cities:
            ax.plot(100 * np.asarray(one), color=BLUE, lw=1.3, alpha=0.8)
        ax.text(302, 50, "the truth", va="center", color=INK)
        ax.set_ylim(0, 100)
        ax.set_xlim(0, 335)
        ax.set_xlabel("weeks")
        ax.set_ylabel("of 100 records, in Alta")
        ends = [100 * one[-1] for one in cities]
        show(
            figure,
            f"Twelve lines that begin at 50 and drift apart; after 300 weeks they lie between {min(ends):.0f} and {max(ends):.0f}, and hardly move any more.",
        )


def _steps(values):
    """Five classes of the same width."""
    edges = np.linspace(values.min(), values.max(), 6)[1:-1]
    return np.digitize(values, edges)


def _groups(values):
    """Five classes of the same number of places."""
    return (values.rank(method="first") - 1).to_numpy().astype(int) * 5 // len(values)


def _areas(ax, table, colours, hatched=None, line="white"):
    table.plot(ax=ax, color=colours, edgecolor=line, linewidth=0.5)
    if hatched is not None and hatched.any():
        table[hatched].plot(
            ax=ax,
            facecolor="none",
            edgecolor=UNSTABLE_HATCH,
            hatch="////",
            linewidth=0.3,
        )
    ax.set_axis_off()


def _key(figure, limits, colours, title):
    """Swatches with the limits between them, below all maps."""
    from matplotlib.patches import Patch

    words = [f"below {limits[0]:.0f}"]
    words += [f"{a:.0f} to {b:.0f}" for a, b in pairwise(limits)]
    words += [f"{limits[-1]:.0f} and more"]
    swatches = [
        Patch(color=c, label=w)
        for c, w in zip(colours[: len(words)], words, strict=True)
    ]
    few = Patch(
        facecolor="white",
        edgecolor=UNSTABLE_HATCH,
        hatch="////",
        label="fewer than 16 records",
    )
    figure.legend(
        handles=[*swatches, few],
        loc="outside lower left",
        ncols=5,
        frameon=False,
        title=title,
        alignment="left",
        fontsize=9.5,
        columnspacing=1.2,
        handlelength=1.4,
    )


def _squares(ax, grid, values, colours, top):
    from matplotlib.colors import ListedColormap

    shown = np.where(grid.inside, values, np.nan)
    ax.imshow(
        shown,
        origin="lower",
        cmap=ListedColormap(colours),
        vmin=0,
        vmax=top,
        interpolation="nearest",
    )
    ax.set_axis_off()


def _lower_half(counts):
    x = np.sort(np.asarray(counts, dtype=float))
    return x[: len(x) // 2].sum() / x.sum()
