"""The pictures of module 1. The lesson calls them by name, so that its cells stay short."""

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
    halo,
)

PALE = "#A2C6D6"
REASONS = {
    "crime": "crime",
    "harassment": "harassment",
    "lighting": "no light",
    "people_loitering": "people standing about",
    "empty_streets": "empty streets",
    "alcohol_or_drugs": "alcohol or drugs",
    "animals": "animals",
    "traffic": "traffic",
    "police": "the police",
    "other": "something else",
}


def two_lists(five):
    """Five neighbourhoods in two orders, with a line from one to the other."""
    with drawing(2.9) as (figure, ax):
        for row in five.itertuples():
            crosses = abs(row.fear_rank - row.harm_rank) > 1
            colour = (
                (ORANGE if row.harm_rank < row.fear_rank else BLUE)
                if crosses
                else CONTEXT
            )
            ax.plot(
                [0, 1],
                [row.fear_rank, row.harm_rank],
                color=colour,
                lw=2.6 if crosses else 1.6,
            )
            ax.scatter(
                [0, 1], [row.fear_rank, row.harm_rank], s=44, color=colour, zorder=3
            )
            ax.text(
                -0.04,
                row.fear_rank,
                f"{row.name}  {row.fear:.0f} of 100",
                ha="right",
                va="center",
            )
            ax.text(
                1.04,
                row.harm_rank,
                f"{row.harm:.0f} per 1,000  {row.name}",
                ha="left",
                va="center",
            )
        ax.text(-0.04, 0.25, "afraid", ha="right", weight="bold")
        ax.text(1.04, 0.25, "harmed", ha="left", weight="bold")
        ax.set_xlim(-0.9, 1.9)
        ax.set_ylim(5.5, -0.1)
        ax.set_axis_off()
        told = "; ".join(
            f"{r.name} is {r.fear_rank} by fear and {r.harm_rank} by harm"
            for r in five.itertuples()
        )
        show(figure, f"Five neighbourhoods in two orders, joined by lines: {told}.")


def quadrants(table, city_fear, city_risk):
    """Every neighbourhood by recorded harm and by fear; coloured where both intervals allow it."""
    colours = {
        "feared more than harmed": BLUE,
        "harmed more than feared": ORANGE,
        "feared and harmed": INK,
        "neither feared nor harmed": "#4F8CA8",
    }
    known = table.dropna(subset=["fear", "risk"])
    known = known[known["risk"] > 0]
    with drawing(4.4) as (figure, ax):
        ax.axhline(100 * city_fear, color=INK2, lw=1)
        ax.axvline(city_risk, color=INK2, lw=1)
        for row in known.itertuples():
            colour = colours.get(row.quadrant, CONTEXT)
            clear = row.quadrant in colours
            if clear:
                ax.hlines(
                    100 * row.fear,
                    row.risk_lower,
                    row.risk_upper,
                    color=colour,
                    lw=1.2,
                    alpha=0.5,
                )
                ax.vlines(
                    row.risk,
                    100 * row.fear_lower,
                    100 * row.fear_upper,
                    color=colour,
                    lw=1.2,
                    alpha=0.5,
                )
            ax.scatter(
                row.risk,
                100 * row.fear,
                s=46 if clear else 26,
                color=colour,
                zorder=3 if clear else 2,
            )
        for name, side in (("Las Acacias", "right"), ("El Olivar", "left")):
            row = known[known["name"] == name].iloc[0]
            gap = 1.07 if side == "left" else 1 / 1.07
            ax.text(
                row["risk"] * gap, 100 * row["fear"] + 3, name, ha=side, weight="bold",
                color=colours[row["quadrant"]], path_effects=halo(), zorder=5,
            )  # fmt: skip
        ax.set_xscale("log")
        ax.set_xticks([2, 5, 10, 20, 40], ["2", "5", "10", "20", "40"])
        ax.minorticks_off()
        ax.set_xlim(1.1, 75)
        ax.set_ylim(0, 100)
        ax.set_xlabel("recorded assaults and robberies for 1,000 residents, a year")
        ax.set_ylabel("of 100 adults, feel unsafe")
        for x, y, text, ha in (
            (1.15, 96, "feared more than harmed", "left"),
            (72, 96, "feared and harmed", "right"),
            (1.15, 2, "neither", "left"),
            (72, 2, "harmed more than feared", "right"),
        ):
            ax.text(x, y, text, color=INK2, ha=ha, fontsize=9.5)
        counts = table["quadrant"].value_counts()
        told = "; ".join(f"{name}: {n}" for name, n in counts.items())
        show(
            figure,
            f"Neighbourhoods by recorded harm and by fear, with the city's values as lines. {told}.",
        )


def reasons(counts):
    """Why people feel unsafe, by the main reason they gave."""
    share = 100 * counts / counts.sum()
    with drawing(3.0) as (figure, ax):
        y = np.arange(len(share))[::-1]
        ax.barh(
            y,
            share,
            0.66,
            color=[ORANGE if name == "crime" else PALE for name in share.index],
        )
        for height, value in zip(y, share, strict=True):
            ax.text(value, height, f" {value:.0f}", va="center")
        ax.set_yticks(y, [REASONS.get(name, name) for name in share.index])
        ax.set_title("main reason, of 100 who feel unsafe")
        ax.set_xticks([])
        ax.set_xlim(0, 1.1 * share.max())
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = ", ".join(f"{REASONS.get(k, k)} {v:.0f}" for k, v in share.items())
        show(figure, f"Of 100 who feel unsafe, the main reason is: {told}.")


def groups(table, average):
    """Shares who feel safe, women and men, by age, beside the average."""
    ages = sorted(set(table["age"]))
    with drawing(3.0) as (figure, ax):
        ax.axhline(100 * average, color=INK, lw=1)
        for sex, word, colour, shift in (
            ("female", "women", ORANGE, -0.09),
            ("male", "men", BLUE, 0.09),
        ):
            part = table[table["sex"] == sex].set_index("age").loc[ages]
            x = np.arange(len(ages)) + shift
            ax.vlines(x, 100 * part["lower"], 100 * part["upper"], color=colour, lw=3)
            ax.scatter(x, 100 * part["value"], s=44, color=colour, zorder=3)
            ax.text(
                x[0] - 0.12, 100 * part["value"].iloc[0], word, ha="right", va="center",
                color=ORANGE_TEXT if sex == "female" else BLUE, weight="bold",
            )  # fmt: skip
        ax.text(-0.73, 100 * average + 1, "average", color=INK, path_effects=halo())
        ax.set_xticks(range(len(ages)), [f"{a} years" for a in ages])
        ax.set_xlim(-0.75, len(ages) - 0.5)
        ax.set_ylim(20, 80)
        ax.set_ylabel("of 100, feel safe after dark")
        told = "; ".join(
            f"{r.sex} {r.age} {100 * r.value:.0f} ({100 * r.lower:.0f} to {100 * r.upper:.0f})"
            for r in table.itertuples()
        )
        show(
            figure,
            f"Of 100 who feel safe after dark, average {100 * average:.0f}: {told}.",
        )


def homes(table):
    """Five streets of ten homes: newcomers and others, burgled or not."""
    with drawing(2.9) as (figure, ax):
        y = np.arange(len(table))[::-1]
        for height, row in zip(y, table.itertuples(), strict=True):
            x = 0
            for many, burgled, marker in (
                (row.newcomers, row.newcomers_burgled, "s"),
                (row.others, row.others_burgled, "o"),
            ):
                for home in range(many):
                    hit = home < burgled
                    ax.scatter(
                        x, height, s=130, marker=marker, linewidth=1.4,
                        color=ORANGE if hit else "white", edgecolor=ORANGE if hit else CONTEXT,
                    )  # fmt: skip
                    x += 1
                x += 0.6
            ax.text(11, height, f"{row.burgled} burgled", va="center", color=INK2)
        ax.set_yticks(y, [f"Street {name}" for name in table["street"]])
        ax.set_xlim(-0.6, 13.2)
        ax.set_ylim(-1.25, len(table) - 0.5)
        ax.set_xticks([])
        ax.grid(visible=False)
        for side in ("bottom", "left"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0)
        for x, marker, word, colour in (
            (0, "s", "a newcomer's home", "white"),
            (4.4, "o", "another home", "white"),
            (7.8, "o", "burgled", ORANGE),
        ):
            ax.scatter(
                x, -1, s=90, marker=marker, color=colour, linewidth=1.4,
                edgecolor=CONTEXT if colour == "white" else ORANGE,
            )  # fmt: skip
            ax.text(x + 0.4, -1, word, color=INK2, va="center", fontsize=9.5)
        told = "; ".join(
            f"street {r.street}: {r.newcomers_burgled} of {r.newcomers} newcomers, {r.others_burgled} of {r.others} others"
            for r in table.itertuples()
        )
        show(
            figure,
            f"Fifty homes as squares (newcomers) and circles (others), filled where burgled. {told}.",
        )


def ranks(table):
    """Where every neighbourhood stands in the list of three years; the first five of the first year marked."""
    years = list(table.columns)
    with drawing(3.6) as (figure, ax):
        first = table[table[years[0]] <= 5]
        for _, row in table.drop(first.index).iterrows():
            ax.plot(range(len(years)), row, color="#DDDDDD", lw=1)
        for _, row in first.iterrows():
            ax.plot(range(len(years)), row, color=ORANGE, lw=2)
            ax.scatter(range(len(years)), row, s=26, color=ORANGE, zorder=3)
        ax.set_ylim(len(table) + 1, 0)
        ax.set_yticks([1, 20, 40, 60])
        ax.set_ylabel("place in the list")
        ax.set_xticks(range(len(years)), years)
        ax.set_xlim(-0.1, len(years) - 0.9)
        ax.grid(visible=False)
        told = "; ".join(", ".join(str(v) for v in row) for _, row in first.iterrows())
        show(
            figure,
            f"Lines of sixty neighbourhoods through the lists of {years[0]} to {years[-1]} cross everywhere. "
            f"The first five of {years[0]} went: {told}.",
        )


def agreement(found):
    """Shares who agree, with their intervals."""
    with drawing(0.5 * len(found) + 0.8) as (figure, ax):
        y = np.arange(len(found))[::-1]
        for height, one in zip(y, found.values(), strict=True):
            ax.hlines(height, 100 * one.lower, 100 * one.upper, color=BLUE, lw=4)
            ax.scatter(100 * one.value, height, s=50, color=BLUE, zorder=3)
        ax.set_yticks(y, list(found))
        ax.set_xlim(0, 100)
        ax.set_ylim(-0.6, len(found) - 0.4)
        ax.set_xlabel("of 100 adults, agree")
        ax.grid(axis="x")
        told = "; ".join(
            f"{text}: {100 * one.value:.0f}" for text, one in found.items()
        )
        show(figure, f"Of 100 adults, so many agree: {told}.")
