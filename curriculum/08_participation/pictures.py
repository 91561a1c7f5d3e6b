"""The pictures of module 8. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.diagnosis.audits import SCORE_NAMES, STRATEGY_NAMES
from safelearn.views.style import BLUE, CONTEXT, GRID, INK, INK2, ORANGE, ORANGE_TEXT

PALE_BLUE = "#A2C6D6"


def two_forms(one, two):
    """The nine scores that two walkers gave to one place in the same minute."""
    names = list(SCORE_NAMES)
    told = []
    with drawing(4) as (figure, ax):
        for y, name in enumerate(reversed(names)):
            a, b = int(one[f"score_{name}"]), int(two[f"score_{name}"])
            told.append(f"{SCORE_NAMES[name]} {a} and {b}")
            if a != b:
                ax.hlines(y, min(a, b), max(a, b), color=GRID, lw=5, zorder=1)
            together = a == b
            ax.scatter(a, y, s=130, color=BLUE, zorder=3)
            ax.scatter(
                b, y, s=50 if together else 130, color=ORANGE, zorder=4,
                label="_nolegend_",
            )  # fmt: skip
        ax.scatter([], [], s=130, color=BLUE, label="she")
        ax.scatter([], [], s=130, color=ORANGE, label="he")
        ax.set_yticks(range(len(names)), [SCORE_NAMES[n] for n in reversed(names)])
        ax.set_xticks(range(4), ["0\nbad", "1", "2", "3\ngood"])
        ax.set_xlim(-0.35, 3.35)
        ax.grid(axis="x")
        ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
        show(
            figure,
            "Nine scores of one place by two walkers. " + "; ".join(told[::-1]) + ".",
        )


def intervals(rows, xlabel):
    """A few values in per cent, each with its interval: name -> (value, lower, upper)."""
    with drawing(0.9 + 0.5 * len(rows)) as (figure, ax):
        told = []
        for y, (name, (value, low, high)) in enumerate(reversed(rows.items())):
            last = y == 0
            colour = ORANGE if last else BLUE
            if high > low:
                ax.hlines(y, low, high, color=colour, lw=3.4)
            ax.scatter(value, y, s=52, color=colour, zorder=3)
            ax.text(value, y + 0.18, f"{value:.0f}", ha="center", va="bottom")
            told.append(f"{name}: {value:.0f}, from {low:.0f} to {high:.0f}")
        ax.set_yticks(range(len(rows)), list(rows)[::-1])
        ax.set_ylim(-0.5, len(rows) - 0.3)
        ax.xaxis.get_major_locator().set_params(integer=True, nbins=8)
        ax.set_xlabel(xlabel)
        ax.grid(axis="x")
        show(figure, "; ".join(told[::-1]) + ".")


def strategies(found):
    """Each strategy by day and after dark."""
    wide = found.pivot(index="strategy", columns="light", values="value") * 100
    names = [name for name in STRATEGY_NAMES if name in wide.index]
    told = []
    with drawing(4.2) as (figure, ax):
        for y, name in enumerate(reversed(names)):
            day, dark = wide.loc[name, ["day", "dark"]]
            ax.hlines(y, dark, day, color=GRID, lw=4, zorder=1)
            ax.scatter(day, y, s=80, facecolor="white", edgecolor=BLUE, lw=2, zorder=3)
            ax.scatter(dark, y, s=80, color=BLUE, zorder=3)
            told.append(f"{STRATEGY_NAMES[name]} {day:.0f} and {dark:.0f}")
        ax.scatter([], [], s=80, facecolor="white", edgecolor=BLUE, lw=2, label="day")
        ax.scatter([], [], s=80, color=BLUE, label="dark")
        ax.set_yticks(range(len(names)), [STRATEGY_NAMES[n] for n in reversed(names)])
        ax.set_xlim(0, 65)
        ax.set_xlabel("per cent of places in which it is met")
        ax.grid(axis="x")
        ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
        show(
            figure,
            "Per cent met by day and after dark: " + "; ".join(told[::-1]) + ".",
        )


def day_and_dark(share, back):
    """Each place a line from day to dark; those that would have been turned away from have no end."""
    with drawing(3.4, 2, sharey=True) as (figure, panels):
        for ax, gone, title in (
            (panels[0], np.zeros(len(share), dtype=bool), "all 64, in both lights"),
            (panels[1], back.to_numpy(), "had they turned back"),
        ):
            for day, dark in share.loc[~gone, ["day", "dark"]].to_numpy():
                ax.plot([0, 1], [day, dark], color=PALE_BLUE, lw=0.9, zorder=1)
            ax.scatter(np.zeros(gone.sum()), share.loc[gone, "day"], s=20, color=ORANGE)
            means = [share["day"].mean(), share.loc[~gone, "dark"].mean()]
            ax.plot([0, 1], means, color=BLUE, lw=3.4, marker="o", ms=8, zorder=4)
            for x, mean in enumerate(means):
                ax.text(
                    x + (-0.07 if x == 0 else 0.07), mean, f"{mean:.0f}", va="center",
                    ha="right" if x == 0 else "left", weight="bold",
                )  # fmt: skip
            ax.set_xticks([0, 1], ["day", "dark"])
            ax.set_xlim(-0.3, 1.3)
            ax.set_title(title)
        panels[0].set_ylabel("per cent met")
        show(
            figure,
            f"Lines from day to dark. Left the mean of all places falls from {share['day'].mean():.0f} to {share['dark'].mean():.0f}. "
            f"Right {back.sum()} places, orange, have no dark end, and the mean ends at {share.loc[~back, 'dark'].mean():.0f}.",
        )


def by_chance():
    """How often two people agree who tick without looking."""
    yes = np.linspace(0, 1, 101)
    agree = 100 * (yes**2 + (1 - yes) ** 2)
    with drawing(2.7) as (figure, ax):
        ax.plot(100 * yes, agree, color=BLUE, lw=3)
        for x, side in ((50, "center"), (90, "right")):
            y = 100 * ((x / 100) ** 2 + (1 - x / 100) ** 2)
            ax.scatter(x, y, s=60, color=ORANGE, zorder=3)
            text = f"yes in {x} of 100: they agree in {y:.0f}"
            ax.text(
                x - (2 if x > 50 else 0), y + (1 if x > 50 else -6), text, ha=side,
                va="center", color=ORANGE_TEXT,
            )  # fmt: skip
        ax.set_xlabel("how often each of them ticks yes, per cent")
        ax.set_ylabel("they agree, per cent")
        ax.set_ylim(40, 102)
        show(
            figure,
            "A curve like a bowl: agreement by chance is 50 per cent where yes is as frequent as no, 82 where yes is ticked in 90 of 100, and 100 at either end.",
        )


def apart(each, found):
    """How much lower or higher the second group scored, a visit a dot, and the mean with its interval."""
    order = np.sort(each)
    with drawing(2.7) as (figure, ax):
        y = np.arange(len(order))
        ax.axvline(0, color=INK, lw=1)
        ax.scatter(order, y, s=26, color=CONTEXT)
        ax.hlines(-6, found.lower, found.upper, color=ORANGE, lw=4)
        ax.scatter(found.value, -6, s=60, color=ORANGE, zorder=3)
        ax.text(
            found.upper + 0.04, -6, "mean, with its interval", va="center",
            color=ORANGE_TEXT,
        )  # fmt: skip
        ax.set_yticks([])
        ax.set_ylim(-10, len(order) + 1)
        ax.set_xlabel("young people's score less the women's, same place, same minute")
        below, level = (order < 0).sum(), (order == 0).sum()
        show(
            figure,
            f"{len(order)} visits: in {below} the young people's score is lower, in {level} alike. The mean is {found.value:.2f}, from {found.lower:.2f} to {found.upper:.2f}.",
        )


def heard(curve, groups):
    """Different themes heard so far, quote by quote: all together, and in some groups."""
    with drawing(3.1) as (figure, ax):
        ax.plot(range(1, len(curve) + 1), curve, color=BLUE, lw=3)
        ax.text(len(curve) + 0.4, curve[-1], "all", va="center", color=BLUE)
        told = [f"all together {curve[-1]} after {len(curve)}"]
        for name, line in groups.items():
            x = np.arange(1, len(line) + 1)
            ax.plot(x, line, color=ORANGE, lw=2, marker="o", ms=4)
            ax.text(x[-1], line[-1] + 1, name, ha="center", color=ORANGE_TEXT)
            told.append(f"{name} {line[-1]} after {len(line)}")
        ax.set_xlim(0, len(curve) + 3)
        ax.set_ylim(0, curve[-1] + 1.5)
        ax.set_xlabel("quotes, in the order of the days")
        ax.set_yticks(range(0, curve[-1] + 1, 4))
        ax.set_ylabel("different themes so far")
        show(figure, "Rising lines of themes heard so far: " + "; ".join(told) + ".")


def lamps(asked, lit):
    """What is asked for, and what works, in two kinds of settlement."""
    kinds = ["formal", "informal"]
    with drawing(2.2, 2) as (figure, panels):
        values = (
            [asked.loc[k, "per_1000"] for k in kinds],
            [100 * (1 - lit.loc[k, "value"]) for k in kinds],
        )
        titles = (
            "demands for 1,000 residents,\nall topics",
            "of 100 lamps,\nthis many are dark",
        )
        for ax, value, title, form in zip(
            panels, values, titles, ("{:.2f}", "{:.0f}"), strict=True
        ):
            bars = ax.barh([1, 0], value, 0.55, color=[CONTEXT, ORANGE])
            ax.bar_label(bars, [form.format(v) for v in value], padding=4)
            ax.set_yticks([1, 0], ["planned", "unplanned"])
            ax.set_xlim(0, 1.25 * max(value))
            ax.set_xticks([])
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
            ax.set_title(title, fontsize=10.5, color=INK2)
        asked_, dark = values
        show(
            figure,
            f"Demands for 1,000 residents: {asked_[0]:.2f} in planned areas, {asked_[1]:.2f} in unplanned ones. Dark lamps of 100: {dark[0]:.0f} and {dark[1]:.0f}.",
        )
