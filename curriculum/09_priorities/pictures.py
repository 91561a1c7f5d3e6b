"""The pictures of module 9. The lesson calls them by name, so that its cells stay short."""

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
)

PALE_BLUE, PALE_ORANGE = "#A2C6D6", "#EDBEA6"
GROUPS = {
    "women": "women",
    "men": "men",
    "youth": "youth",
    "older_persons": "older persons",
    "informal_residents": "residents of the\ninformal settlements",
}


def three_counts(five):
    """The same papers, counted in three ways; each count names another option."""
    ways = [
        ("first places", "the mayor's office\ncounts first places", "{:.0f}"),
        ("points", "the observatory\ncounts points", "{:.2f}"),
        ("points of women", "the women's federation\ncounts women's points", "{:.2f}"),
    ]
    said = []
    with drawing(3.1, 3, sharey=True) as (figure, panels):
        for ax, (column, title, form) in zip(panels, ways, strict=True):
            values = five[column]
            top = values.idxmax()
            colours = [ORANGE if o == top else PALE_BLUE for o in values.index]
            y = np.arange(len(values))[::-1]
            ax.barh(y, values, 0.66, color=colours)
            for at, value in zip(y, values, strict=True):
                ax.text(value * 1.03, at, form.format(value), va="center", fontsize=9.5)
            ax.set_xlim(0, 1.28 * values.max())
            ax.set_yticks(y, [str(o) for o in values.index])
            ax.set_xticks([])
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
            ax.set_title(title, fontsize=10, loc="left")
            said.append(f"by {column}, {top}")
        show(
            figure, "Three bar charts of six options; longest: " + "; ".join(said) + "."
        )


def groups(by_group):
    """Points of every option in every group; what cannot be told apart from the first is marked."""
    points = by_group.pivot(index="group", columns="option", values="points")
    first = by_group.pivot(index="group", columns="option", values="first")
    order = [g for g in GROUPS if g in points.index]
    told = []
    with drawing(3.5) as (figure, ax):
        for y, group in enumerate(order[::-1]):
            for x, option in enumerate(points.columns):
                value, on = points.loc[group, option], first.loc[group, option]
                look = (
                    {"color": PALE_ORANGE, "edgecolor": ORANGE}
                    if on
                    else {"color": "#E3EEF3"}
                )
                ax.scatter(x, y, s=300 + 1500 * value**2, lw=1.6 if on else 0, **look)
                ax.text(x, y, f"{value:.2f}", ha="center", va="center", fontsize=9.5,
                        weight="bold" if on else "normal", color=INK)  # fmt: skip
            names = ", ".join(o for o in points.columns if first.loc[group, o])
            told.append(f"{GROUPS[group]}: {names}".replace("\n", " "))
        ax.set_xticks(range(len(points.columns)), [_two_lines(o) for o in points.columns], fontsize=9)  # fmt: skip
        ax.xaxis.tick_top()
        ax.set_yticks(range(len(order)), [GROUPS[g] for g in order[::-1]])
        ax.set_xlim(-0.5, len(points.columns) - 0.4)
        ax.set_ylim(-0.6, len(order) - 0.4)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        for side in ax.spines.values():
            side.set_visible(False)
        show(
            figure,
            "Points of six options in each group. What may be first (orange): "
            + "; ".join(told)
            + ".",
        )


def agreement(all_papers, within, by_lot):
    """W of all papers and of each group, on its whole scale, beside papers filled in by lot."""
    rows = [("all papers", all_papers.w, ORANGE)]
    rows += [(GROUPS[g], within[g].w, BLUE) for g in GROUPS if g in within]
    with drawing(3.1) as (figure, ax):
        ax.axvspan(0, by_lot.max(), color=GRID, lw=0)
        for y, (_, w, colour) in enumerate(rows[::-1]):
            ax.hlines(y, 0, w, color=colour, lw=3)
            ax.scatter(w, y, s=60, color=colour, zorder=3)
            ax.text(w + 0.02, y, f"{w:.2f}", va="center")
        ax.set_yticks(range(len(rows)), [name for name, *_ in rows[::-1]])
        ax.set_xlim(0, 1)
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0\nno common\norder", "0.25", "0.5", "0.75", "1\nall the\nsame order"])  # fmt: skip
        ax.grid(axis="x")
        said = ", ".join(f"{name} {w:.2f}".replace("\n", " ") for name, w, _ in rows)
        show(
            figure,
            f"Kendall's W on a scale from 0 to 1: {said}. Papers filled in by lot stay below {by_lot.max():.2f}.",
        )


def by_lot(distances, seen):
    """How far apart groups lie that are put together by lot, and how far the real ones do."""
    with drawing(2.5) as (figure, ax):
        ax.hist(distances, bins=30, color=PALE_BLUE, edgecolor="white")
        ax.axvline(seen, color=ORANGE, lw=2.5)
        top = ax.get_ylim()[1]
        ax.text(seen, 0.92 * top, "the real groups  ", color=ORANGE_TEXT, ha="right", va="top")  # fmt: skip
        ax.set_xlabel("how far the groups' mean places lie apart (sum of squares)")
        ax.set_ylabel("times of 500")
        ax.set_xlim(0, 1.08 * seen)
        show(
            figure,
            f"Five hundred times with groups put together by lot, all below {distances.max():.0f}; the real groups lie {seen:.0f} apart.",
        )


def first_by_area(cells):
    """For every district and group: the option with most points, and how many others may be first."""
    areas = sorted(cells["area"].unique())
    order = [g for g in GROUPS if g in set(cells["group"])]
    silent = 0
    with drawing(3.7) as (figure, ax):
        for x, area in enumerate(areas):
            for y, group in enumerate(order[::-1]):
                here = cells[(cells["area"] == area) & (cells["group"] == group)]
                top = here[here["place"] == 1]["option"].iloc[0]
                others = int(here["first"].sum()) - 1
                silent += others == 5
                ax.add_patch(_box(x, y, "#F1F3F4" if others == 5 else PALE_BLUE))
                ax.text(x, y + 0.12, _two_lines(top), ha="center", va="center", fontsize=7.6, linespacing=0.95)  # fmt: skip
                ax.text(x, y - 0.3, f"or {others} others", ha="center", va="center", fontsize=8, weight="bold")  # fmt: skip
        ax.set_xticks(range(len(areas)), areas)
        ax.xaxis.tick_top()
        ax.set_yticks(range(len(order)), [GROUPS[g] for g in order[::-1]])
        ax.set_xlim(-0.5, len(areas) - 0.5)
        ax.set_ylim(-0.5, len(order) - 0.5)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        for side in ax.spines.values():
            side.set_visible(False)
        show(
            figure,
            f"A table of {len(areas)} districts and {len(order)} groups with the option that has most points, and how many others may be first. In {silent} of {len(areas) * len(order)} cells all six may be.",
        )


def chain():
    """From money to what people live through, with the question that each step answers."""
    steps = [
        ("money", "640,000\nfor lamps", "did we pay?", "input"),
        ("work", "400 lamps\nmended", "were we busy?", "output"),
        ("change", "paths are\nlit at night", "is it as\nplanned?", "output"),
        ("life", "women walk home\nwithout fear", "is anybody\nbetter off?", "outcome"),
    ]
    with drawing(2.3) as (figure, ax):
        for x, (_, what, question, kind) in enumerate(steps):
            colour = PALE_ORANGE if kind == "outcome" else PALE_BLUE
            ax.add_patch(_box(x, 0, colour, 0.8, 0.62))
            ax.text(x, 0, what, ha="center", va="center", fontsize=10)
            ax.text(x, 0.5, kind, ha="center", va="center", weight="bold", fontsize=10, color=ORANGE_TEXT if kind == "outcome" else INK2)  # fmt: skip
            ax.text(x, -0.53, question, ha="center", va="center", fontsize=9.5, color=INK2)  # fmt: skip
            if x:
                ax.annotate("", (x - 0.41, 0), (x - 0.59, 0), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.3})  # fmt: skip
        ax.set_xlim(-0.5, len(steps) - 0.5)
        ax.set_ylim(-0.75, 0.65)
        ax.axis("off")
        show(
            figure,
            "Four boxes in a row: money is an input; lamps mended and lit paths are outputs; women who walk home without fear are the outcome.",
        )


def goals(catalogue, chosen):
    """How many indicators speak to each of the eight goals: in the catalogue, and among the city's targets."""
    names = {
        1: "poverty",
        3: "health",
        4: "education",
        5: "gender",
        8: "work",
        10: "inequality",
        11: "cities",
        16: "peace and\njustice",
    }
    with drawing(2.3) as (figure, ax):
        for y, (rows, colour) in enumerate(
            ((chosen, PALE_ORANGE), (catalogue, PALE_BLUE))
        ):
            for x, goal in enumerate(names):
                n = len(rows[goal])
                ax.scatter(x, y, s=700, color=colour if n else "white", edgecolor=GRID if not n else colour, lw=1.4)  # fmt: skip
                ax.text(x, y, str(n), ha="center", va="center", weight="bold" if n else "normal", color=INK if n else INK2)  # fmt: skip
        ax.set_xticks(range(len(names)), [f"{g}\n{name}" for g, name in names.items()], fontsize=9)  # fmt: skip
        ax.xaxis.tick_top()
        ax.set_yticks([0, 1], ["the city's 12 targets", "the catalogue"])
        ax.set_xlim(-0.6, len(names) - 0.4)
        ax.set_ylim(-0.6, 1.6)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        for side in ax.spines.values():
            side.set_visible(False)
        empty = [str(g) for g in names if not chosen[g]]
        show(
            figure,
            f"Indicators by global goal. The catalogue has some for all eight; the city's targets have none for the goals {', '.join(empty)}.",
        )


def letters(judged):
    """Twelve targets and five letters: earned, not earned, cannot be told."""
    columns = ["specific", "measurable", "achievable", "relevant", "time_bound"]
    colours = {"yes": BLUE, "no": PALE_ORANGE, "cannot be told": "#F1F3F4"}
    signs = {"yes": "yes", "no": "no", "cannot be told": "?"}
    with drawing(4.4) as (figure, ax):
        for y, row in enumerate(judged.iloc[::-1].itertuples()):
            for x, column in enumerate(columns):
                verdict = getattr(row, column)
                ax.add_patch(_box(x, y, colours[verdict], 0.92, 0.84))
                ax.text(x, y, signs[verdict], ha="center", va="center", fontsize=9.5, color="white" if verdict == "yes" else INK)  # fmt: skip
        ax.set_xticks(range(5), ["Specific", "Measurable", "Achievable", "Relevant", "Time-bound"])  # fmt: skip
        ax.xaxis.tick_top()
        ax.set_yticks(range(len(judged)), judged["objective"][::-1], fontsize=9.5)
        ax.set_xlim(-0.5, 4.5)
        ax.set_ylim(-0.5, len(judged) - 0.5)
        ax.tick_params(length=0)
        ax.grid(visible=False)
        for side in ax.spines.values():
            side.set_visible(False)
        full = list(judged[judged["score"] == 5]["objective"])
        show(
            figure,
            f"A table of {len(judged)} targets by five letters. All five letters: {', '.join(full) or 'none'}.",
        )


def progress(found):
    """A target's straight way, and one later figure with its interval."""
    years = [2025, 2028]
    with drawing(2.9) as (figure, ax):
        ax.plot(years, [found.baseline, found.target], color=INK2, lw=1.6, ls="--")
        ax.scatter(years, [found.baseline, found.target], s=46, color=INK2, zorder=3)
        ax.vlines(2026, found.lower, found.upper, color=ORANGE, lw=3.4)
        ax.scatter(2026, found.value, s=60, color=ORANGE, zorder=4)
        ax.scatter(2026, found.expected, s=60, facecolor="white", edgecolor=INK2, zorder=5)  # fmt: skip
        ax.text(2025.94, found.expected + 0.8, "asked for by now", color=INK2, va="bottom", ha="right")  # fmt: skip
        ax.text(2026.06, found.value - 0.2, "found", color=ORANGE_TEXT, va="top")
        ax.text(2025, found.baseline - 1.2, "baseline", color=INK2, ha="center", va="top")  # fmt: skip
        ax.text(2028, found.target + 1, "target", color=INK2, ha="center")
        ax.set_xticks([2025, 2026, 2027, 2028])
        ax.set_xlim(2024.7, 2028.3)
        ax.set_ylim(38, 63)
        ax.set_ylabel("feel safe, per cent of women")
        show(
            figure,
            f"A straight way from {found.baseline:.0f} in 2025 to {found.target:.0f} in 2028. In 2026 it asks for {found.expected:.1f}; found are {found.value:.1f}, interval {found.lower:.1f} to {found.upper:.1f}.",
        )


def two_ways(told, fewer):
    """A hundred robberies and how many are told, now and in two ways to reach the same target."""
    ways = [
        ("today", 100.0, told),
        ("fewer\nhappen", 100 * (1 - fewer), told * (1 - fewer)),
        ("fewer\nare told", 100.0, told * (1 - fewer)),
    ]
    with drawing(3.1) as (figure, ax):
        for x, (_, happened, known) in enumerate(ways):
            ax.bar(x, happened, 0.56, color=PALE_BLUE)
            ax.bar(x, known, 0.56, color=PALE_ORANGE)
            ax.text(x, happened + 1.5, f"{happened:.0f} happen", ha="center")
            ax.text(x, known / 2, f"{known:.0f} recorded", ha="center", va="center", weight="bold")  # fmt: skip
        line = ways[1][2]
        ax.hlines(line, 0.6, 2.4, color=INK, lw=1.2, ls="--")
        ax.text(2.45, line, "the target", va="center")
        ax.set_xticks(range(3), [name for name, *_ in ways])
        ax.set_xlim(-0.5, 3.0)
        ax.set_ylim(0, 112)
        ax.set_yticks([])
        ax.grid(visible=False)
        show(
            figure,
            f"Three bars. Today 100 robberies, {told:.0f} recorded. The target is reached with {ways[1][1]:.0f} robberies, or with 100 of which {line:.0f} are recorded.",
        )


def stations(five):
    """Calls and records of five stations, before and after the target."""
    with drawing(2.9) as (figure, ax):
        for x, row in enumerate(five.itertuples()):
            for shift, calls, records in (
                (-0.2, row.calls_before, row.records_before),
                (0.2, row.calls_after, row.records_after),
            ):
                ax.bar(x + shift, calls, 0.34, color=PALE_BLUE)
                ax.bar(x + shift, records, 0.34, color=PALE_ORANGE)
                ax.text(x + shift, records / 2, str(records), ha="center", va="center", fontsize=9)  # fmt: skip
                ax.text(x + shift, calls + 10, str(calls), ha="center", fontsize=9, color=INK2)  # fmt: skip
        ax.set_xticks(range(len(five)), five.index)
        ax.set_yticks([])
        ax.grid(visible=False)
        ax.set_ylim(0, 1.15 * max(five["calls_before"].max(), five["calls_after"].max()))  # fmt: skip
        ax.set_ylabel("calls, and of them recorded")
        told = "; ".join(
            f"{r.Index} calls {r.calls_before} to {r.calls_after}, records {r.records_before} to {r.records_after}"
            for r in five.itertuples()
        )
        show(figure, f"Pairs of bars for five stations, before and after: {told}.")


def baselines(years, areas):
    """Yearly counts of a few neighbourhoods that stood out in one year, and of all together."""
    with drawing(3.1, 2, width_ratios=[1.5, 1]) as (figure, (left, right)):
        for area in areas.index:
            left.plot(areas.columns, areas.loc[area], color=CONTEXT, lw=1.6, marker="o", ms=4)  # fmt: skip
        mean = areas.mean()
        left.plot(mean.index, mean, color=ORANGE, lw=3, marker="o", ms=7)
        left.set_title("six that stood out in 2023 (orange: their mean)", fontsize=10, loc="left")  # fmt: skip
        right.plot(years.index, years, color=BLUE, lw=3, marker="o", ms=7)
        right.set_title("the whole city", fontsize=10, loc="left")
        left.set_ylabel("stolen vehicles a year")
        for ax, top in ((left, areas.max().max()), (right, years.max())):
            ax.set_ylim(0, 1.15 * top)
            ax.set_xticks(list(years.index))
        show(
            figure,
            f"Left, six neighbourhoods with a peak in 2023: mean {mean[2022]:.0f} in 2022, {mean[2023]:.0f} in 2023, {mean[2024]:.0f} in 2024, {mean[2025]:.0f} in 2025. Right, the city hardly moves, from {years.iloc[0]} to {years.iloc[-1]}.",
        )


def reached(shares, places):
    """How many neighbourhoods reach the same target, by the baseline that is taken."""
    with drawing(0.6 * len(shares) + 0.7) as (figure, ax):
        y = np.arange(len(shares))[::-1]
        ax.barh(y, places, 0.6, color="#F1F3F4")
        colours = [ORANGE, PALE_ORANGE, BLUE][: len(shares)]
        ax.barh(y, list(shares.values()), 0.6, color=colours)
        for at, n in zip(y, shares.values(), strict=True):
            ax.text(n + 0.7, at, f"{n} of {places}", va="center")
        ax.set_yticks(y, list(shares))
        ax.set_xlim(0, places)
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        said = "; ".join(f"{name}: {n}" for name, n in shares.items())
        show(
            figure, f"Of {places} neighbourhoods reach the target, by baseline: {said}."
        )


def _box(x, y, colour, width=0.94, height=0.9):
    from matplotlib.patches import FancyBboxPatch

    return FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, facecolor=colour, edgecolor="white",
        boxstyle="round,pad=0,rounding_size=0.05", lw=1,
    )  # fmt: skip


def _two_lines(words):
    """Break a name near its middle."""
    parts = str(words).split()
    cut = min(range(1, len(parts)), key=lambda k: abs(len(" ".join(parts[:k])) - len(words) / 2), default=0)  # fmt: skip
    return " ".join(parts[:cut]) + "\n" + " ".join(parts[cut:]) if cut else str(words)
