"""The pictures of module 13. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.views.style import (
    BLUE,
    CONTEXT,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    RULE,
    halo,
)

PALE = "#A2C6D6"
LEVELS = {
    "national": (BLUE, "the State"),
    "regional": ("#4F8CA8", "the region"),
    "city": (PALE, "the city"),
    "district": ("#D5E5EC", "its districts"),
}


def three_answers(by_level, by_district, lines):
    """The same accounts, as three people look at them."""
    heads = by_level.set_index("level")["a_head"]
    approved, spent = lines["approved"].sum() / 1e6, lines["spent"].sum() / 1e6
    with drawing(3.5, 3, width_ratios=[1, 1.25, 1]) as (figure, panels):
        mayor, hills, treasurer = panels
        start = 0.0
        for level, (colour, name) in LEVELS.items():
            mayor.bar(0, heads[level], 0.5, bottom=start, color=colour)
            mayor.text(0.31, start + heads[level] / 2, name, va="center")
            start += heads[level]
        mayor.text(
            0, start + 1, f"{start:.0f} XTS", ha="center", va="bottom", weight="bold"
        )
        mayor.set_xlim(-0.4, 1)
        mayor.set_ylim(0, 1.15 * start)
        mayor.set_title("the mayor:\nspent a head", fontsize=10.5)
        places = by_district["a_head"].sort_index()
        y = np.arange(len(places))[::-1]
        own = places.index == "Las Lomas"
        hills.barh(y, places, 0.62, color=[ORANGE if o else CONTEXT for o in own])
        for at, value in zip(y, places, strict=True):
            hills.text(value + 0.2, at, f"{value:.0f}", va="center")
        hills.set_yticks(y, places.index)
        hills.set_xlim(0, 1.2 * places.max())
        hills.set_title(
            "the councillor: a head,\nneighbourhoods' own lines", fontsize=10.5
        )
        for x, (word, value, colour) in enumerate(
            [("approved", approved, PALE), ("spent", spent, BLUE)]
        ):
            treasurer.bar(x, value, 0.55, color=colour)
            treasurer.text(x, value + 0.4, f"{value:.1f}", ha="center", va="bottom")
            treasurer.text(x, -0.8, word, ha="center", va="top")
        treasurer.set_ylim(0, 1.15 * approved)
        treasurer.set_title("the treasurer:\nmillions of XTS", fontsize=10.5)
        for ax in panels:
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
            ax.set_xticks([])
        for ax in (mayor, treasurer):
            ax.set_yticks([])
        told = ", ".join(f"{name} {value:.0f}" for name, value in places.items())
        show(
            figure,
            f"Three panels. {start:.0f} XTS a head in all. Neighbourhoods' own lines a head: {told}. {approved:.1f} million approved, {spent:.1f} million spent.",
        )


def need(by_area, fifths):
    """Money a head against need, neighbourhood by neighbourhood and by fifths of residents."""
    a_head = by_area["amount"] / by_area["residents"]
    mean = by_area["amount"].sum() / by_area["residents"].sum()
    with drawing(3.3, 2, width_ratios=[1.5, 1]) as (figure, (left, right)):
        left.axhline(mean, color=INK2, lw=1)
        left.scatter(
            100 * by_area["need"], a_head, s=by_area["residents"] / 110, color=BLUE,
            alpha=0.75, edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        left.text(
            69, mean + 0.15, "the average", ha="right", va="bottom", color=INK2,
            path_effects=halo(),
        )  # fmt: skip
        left.set_ylim(0, 1.08 * a_head.max())
        left.set_xlim(0, 70)
        left.set_xlabel("inadequate homes, of 100")
        left.set_ylabel("XTS a head")
        left.set_title("neighbourhoods")
        right.axhline(mean, color=INK2, lw=1)
        right.bar(fifths["fifth"], fifths["a_head"], 0.62, color=BLUE)
        for row in fifths.itertuples():
            right.text(
                row.fifth, row.a_head + 0.15, f"{row.a_head:.1f}", ha="center",
                va="bottom", path_effects=halo(),
            )  # fmt: skip
        right.set_xticks(
            range(1, 6), ["1\nleast\nneed", "2", "3", "4", "5\nmost\nneed"]
        )
        right.set_ylim(0, 1.15 * fifths["a_head"].max())
        right.set_title("fifths of the residents")
        told = ", ".join(f"{v:.1f}" for v in fifths["a_head"])
        show(
            figure,
            f"Sixty neighbourhoods: the more inadequate homes, the less money a head. Fifths from least to most need: {told} XTS a head; the average is {mean:.1f}.",
        )


def ledger(options, money):
    """Down the list in order of votes: what is funded, and what is left each time."""
    left, told = money, []
    with drawing(0.46 * len(options) + 0.75) as (figure, ax):
        for k, row in enumerate(options.itertuples()):
            y = len(options) - 1 - k
            before, fits = left, row.cost <= left
            left -= row.cost if fits else 0
            ax.barh(
                y, row.cost, 0.6, color=BLUE if fits else "white",
                edgecolor=BLUE if fits else CONTEXT, linestyle="-" if fits else "--",
            )  # fmt: skip
            ax.text(
                -12_000,
                y,
                f"{row.option}  ({row.votes:,} votes)",
                ha="right",
                va="center",
            )
            word = (
                f"funded, {left:,.0f} left"
                if fits
                else f"passed over: {before:,.0f} left"
            )
            ax.text(
                row.cost + 9_000,
                y,
                f"{row.cost:,.0f}: {word}",
                va="center",
                color=INK if fits else INK2,
            )
            told.append(f"{row.option} costs {row.cost:,.0f}, {word}")
        ax.set_xlim(0, 1_120_000)
        ax.set_yticks([])
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        ax.set_title(f"{money:,} XTS, in order of votes")
        show(figure, f"With {money:,} XTS: " + "; ".join(told) + ".")


def turnout(table):
    """Turnout of each group with its interval."""
    rows = table.sort_values("group").reset_index(drop=True)
    with drawing(0.42 * len(rows) + 0.9) as (figure, ax):
        told = []
        for k, row in enumerate(rows.itertuples()):
            y = len(rows) - 1 - k
            colour = INK2 if row.group == "everyone" else BLUE
            ax.hlines(
                y, 100 * row.lower, 100 * row.upper, color=colour, lw=5, alpha=0.45
            )
            ax.scatter(100 * row.turnout, y, s=44, color=colour, zorder=3)
            told.append(f"{row.group} {100 * row.turnout:.1f}")
        ax.set_yticks(range(len(rows))[::-1], rows["group"])
        ax.set_xlim(0, 17)
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.set_xlabel("of 100 who could have voted")
        ax.grid(axis="x")
        show(figure, "Turnout in per cent: " + ", ".join(told) + ".")


def present(plan, rate):
    """Amounts as they stand, and what they are worth today."""
    t = np.arange(len(plan))
    rows = [
        ("paid, at the start of each year", plan["paid"] / 1000, t, ORANGE, "#EDBEA6"),
        ("gained, by the end of each year", plan["gained"] / 1000, t + 1, BLUE, PALE),
    ]
    with drawing(2.9, 2, sharey=True) as (figure, panels):
        told = []
        for ax, (title, flow, wait, dark, pale) in zip(panels, rows, strict=True):
            today = flow / (1 + rate) ** wait
            ax.bar(t, flow, 0.74, color=pale)
            ax.bar(t, today, 0.42, color=dark)
            for x, value in zip(t, today, strict=True):
                ax.text(x, flow[x] + 1.5, f"{value:.1f}", ha="center", va="bottom")
            ax.set_xticks(t, plan["year"])
            ax.set_title(title)
            told.append(
                f"{title}: {flow.sum():.0f} as they stand, {today.sum():.1f} today"
            )
        panels[0].set_ylim(0, 112)
        panels[0].set_ylabel("thousand XTS")
        show(figure, "Bars of five years, in thousands. " + "; ".join(told) + ".")


def quotient(found, averted, cost):
    """An interval that lies evenly, and the cost of a case that does not."""
    rows = [
        ("thefts averted", *averted, BLUE),
        ("cost of one, XTS", found.cost, found.lower, found.upper, ORANGE),
    ]
    with drawing(2.1, 2) as (figure, panels):
        told = []
        for ax, (title, value, low, high, colour) in zip(panels, rows, strict=True):
            ax.hlines(0, low, high, color=colour, lw=5, alpha=0.45)
            ax.scatter(value, 0, s=60, color=colour, zorder=3)
            for at in (low, value, high):
                ax.text(
                    at,
                    0.12,
                    f"{at:,.0f}",
                    ha="center",
                    va="bottom",
                    path_effects=halo(),
                )
            for a, b in ((low, value), (value, high)):
                ax.annotate(
                    "", (a, -0.16), (b, -0.16),
                    arrowprops={"arrowstyle": "<->", "color": INK2, "lw": 1},
                )  # fmt: skip
                ax.text(
                    (a + b) / 2,
                    -0.21,
                    f"{b - a:,.0f}",
                    ha="center",
                    va="top",
                    color=INK2,
                )
            ax.set_xlim(0, 1.12 * high)
            ax.set_ylim(-0.5, 0.5)
            ax.set_yticks([])
            ax.set_title(title)
            told.append(f"{title} {value:,.0f}, from {low:,.0f} to {high:,.0f}")
        show(figure, f"For {cost:,.0f} XTS a year: " + "; ".join(told) + ".")


def draws(ratios, best):
    """Ten thousand ratios, and the line above which the measure pays."""
    shown = ratios[(ratios > -0.5) & (ratios < 4)]
    edges = np.arange(-0.5, 4.01, 0.1)
    with drawing(2.9) as (figure, ax):
        for part, colour in ((shown[shown < 1], CONTEXT), (shown[shown >= 1], BLUE)):
            ax.hist(part, bins=edges, color=colour, edgecolor="white", linewidth=0.5)
        top = ax.get_ylim()[1]
        ax.axvline(1, color=INK, lw=1.4)
        ax.axvline(best, color=ORANGE, lw=2)
        ax.text(0.96, 0.97 * top, "does not pay", ha="right", va="top", color=INK2)
        ax.text(
            best + 0.04,
            1.02 * top,
            f"best guess {best:.2f}",
            va="bottom",
            color=ORANGE_TEXT,
        )
        ax.set_ylim(0, 1.12 * top)
        ax.set_xlabel("benefits by costs")
        ax.set_ylabel("draws")
        ax.set_xlim(-0.5, 4)
        low, high = np.quantile(ratios, [0.025, 0.975])
        show(
            figure,
            f"Ten thousand ratios round a best guess of {best:.2f}; 95 of 100 lie between {low:.2f} and {high:.2f}, and {100 * (ratios > 1).mean():.0f} of 100 above 1.",
        )


def gains(by_group):
    """What each group has of it a head, and in all with the weights of income."""
    y = np.arange(len(by_group))[::-1]
    with drawing(2.7, 2, sharey=True) as (figure, panels):
        told = []
        for ax, (column, title) in zip(
            panels,
            [
                ("gain", "thousand XTS"),
                ("weighted_gain", "weighted by income"),
            ],
            strict=True,
        ):
            values = by_group[column] / 1000
            ax.barh(y, values, 0.6, color=[BLUE if v > 0 else ORANGE for v in values])
            ax.axvline(0, color=INK, lw=1)
            for at, value in zip(y, values, strict=True):
                ax.text(
                    value + (1.2 if value > 0 else -1.2), at, f"{value:+.1f}",
                    ha="left" if value > 0 else "right", va="center",
                )  # fmt: skip
            ax.set_xlim(-66, 48)
            ax.set_xticks([])
            ax.set_title(f"{title}: {values.sum():+.1f} in all")
            ax.grid(visible=False)
            ax.spines["bottom"].set_color(RULE)
            told.append(title + " " + ", ".join(f"{v:+.1f}" for v in values))
        panels[0].set_yticks(y, by_group["group"])
        show(figure, "Gains and losses of four groups. " + "; ".join(told) + ".")
