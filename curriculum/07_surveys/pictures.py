"""The pictures of module 7. The lesson calls them by name, so that its cells stay short."""

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

PALE, PALE_ORANGE, FAINT = "#A2C6D6", "#EDBEA6", "#E4E9EC"
#: The six answers to the question on walking alone after dark: colour, and words.
ANSWERS = {
    "very_safe": (BLUE, "very safe"),
    "safe": ("#4C8DAF", "safe"),
    "unsafe": (PALE_ORANGE, "unsafe"),
    "very_unsafe": (ORANGE, "very\nunsafe"),
    "never_goes_out": (CONTEXT, "never\ngoes out"),
    "dont_know": (RULE, ""),
}


def two_sources(table):
    """What the police recorded in each district, beside how many of its people do not feel safe."""
    y = np.arange(len(table))[::-1]
    with drawing(2.9, 2, sharey=True) as (figure, (left, right)):
        for ax, column, colour, form in [
            (left, "recorded", BLUE, "{:.0f}"),
            (right, "afraid", ORANGE, "{:.0f} %"),
        ]:
            ax.barh(y, table[column], 0.56, color=colour)
            for at, value in zip(y, table[column], strict=True):
                ax.text(value, at, " " + form.format(value), va="center")
            ax.set_xlim(0, 1.2 * table[column].max())
            ax.set_xticks([])
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
        left.set_title(
            "the police: robberies and assaults\nin the street, per 1,000 residents"
        )
        right.set_title("the survey: adults who do not\nfeel safe after dark")
        left.set_yticks(y, table.index)
        told = "; ".join(
            f"{r.Index}: {r.recorded:.0f} recorded per 1,000, {r.afraid:.0f} % not safe"
            for r in table.itertuples()
        )
        show(figure, f"Two sets of bars for six districts. {told}.")


def five_people(five):
    """Each person as a circle whose area is the number of adults they speak for."""
    with drawing(2.4) as (figure, ax):
        for x, row in enumerate(five.itertuples()):
            colour = ANSWERS[row.walk_dark][0]
            ax.scatter(x, 0, s=26 * row.weight, color=colour, linewidths=0)
            dark = row.walk_dark not in ("unsafe", "dont_know")
            ax.text(x, 0, row.weight, ha="center", va="center", weight="bold",
                    color="white" if dark else INK)  # fmt: skip
            said = row.walk_dark.replace("_", " ")
            ax.text(x, -0.75, f"{row.name}\n{said}", ha="center", va="top")
        ax.set_xlim(-0.6, len(five) - 0.4)
        ax.set_ylim(-1.4, 0.75)
        ax.axis("off")
        told = "; ".join(
            f"{r.name}, {r.walk_dark.replace('_', ' ')}, speaks for {r.weight}"
            for r in five.itertuples()
        )
        show(figure, f"Five circles, as large as their weights. {told}.")


def answers(shares):
    """All adults by their answer, and the two lines that people draw below it."""
    with drawing(2.5) as (figure, ax):
        start = 0.0
        for answer, (colour, words) in ANSWERS.items():
            width = 100 * shares[answer]
            ax.barh(0, width, 0.5, left=start, color=colour, edgecolor="white")
            if words:
                light = answer in ("unsafe", "dont_know")
                ax.text(start + width / 2, 0, f"{words}\n{width:.0f} %", ha="center",
                        va="center", color=INK if light else "white", fontsize=9.5)  # fmt: skip
            start += width
        safe = 100 * (shares["very_safe"] + shares["safe"])
        named = safe + 100 * (shares["unsafe"] + shares["very_unsafe"])
        for end, y, colour, words in [
            (
                named,
                0.55,
                INK2,
                f"those who named a feeling: {100 * safe / named:.0f} % feel safe",
            ),
            (100, 0.95, BLUE, f"everybody who was asked: {safe:.0f} % feel safe"),
        ]:
            ax.annotate(
                "",
                (0, y),
                (end, y),
                arrowprops={"arrowstyle": "|-|,widthA=.3,widthB=.3", "color": colour},
            )
            ax.text(
                end / 2,
                y + 0.06,
                words,
                ha="center",
                va="bottom",
                color=colour,
                weight="bold",
                fontsize=9.5,
            )
        ax.text(
            0,
            -0.42,
            "the blue part stands above the line, both times",
            color=INK2,
            fontsize=9.5,
            va="center",
        )
        ax.set_xlim(-0.5, 100.5)
        ax.set_ylim(-0.6, 1.3)
        ax.axis("off")
        told = ", ".join(
            f"{a.replace('_', ' ')} {100 * shares[a]:.0f} %" for a in ANSWERS
        )
        show(figure, f"One bar of all adults by their answer: {told}. Of everybody {safe:.0f} % feel safe; "
             f"of those who named a feeling {100 * safe / named:.0f} %.")  # fmt: skip


def weights(table):
    """Shares as heights; each district as wide as its interviews, and as wide as its adults."""
    with drawing(3.6, 2, sharey=True) as (figure, panels):
        for ax, column, title in zip(
            panels,
            ["interviews", "adults"],
            ["each district as wide as its interviews", "each district as wide as its adults"],
            strict=True,
        ):  # fmt: skip
            width = 100 * table[column] / table[column].sum()
            start = width.cumsum() - width
            ax.bar(
                start, 100, width, align="edge", color=FAINT, edgecolor="white", lw=1.5
            )
            ax.bar(
                start,
                table["safe"],
                width,
                align="edge",
                color=BLUE,
                edgecolor="white",
                lw=1.5,
            )
            for x, w, value, name in zip(
                start, width, table["safe"], table.index, strict=True
            ):
                ax.text(
                    x + w / 2,
                    value - 3,
                    f"{value:.0f}",
                    ha="center",
                    va="top",
                    color="white",
                    fontsize=9,
                )
                ax.text(
                    x + w / 2,
                    97,
                    name,
                    ha="center",
                    va="top",
                    rotation=90,
                    fontsize=9,
                    color=INK2,
                )
            together = (table["safe"] * width).sum() / 100
            ax.hlines(together, 0, 100, color=ORANGE, lw=2)
            ax.text(
                100.5,
                together,
                f" {together:.1f}",
                color=ORANGE_TEXT,
                weight="bold",
                va="center",
            )
            ax.set_xlim(0, 114)
            ax.set_ylim(0, 100)
            ax.set_xticks([])
            ax.set_title(title)
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
        panels[0].set_ylabel("% who feel safe after dark")
        told = "; ".join(
            f"{r.Index} {r.safe:.0f} %, {r.interviews} interviews, {r.adults:,.0f} adults"
            for r in table.itertuples()
        )
        show(figure, f"The same heights with two sets of widths. {told}.")


def blocks(table):
    """One row of circles a block; a filled circle feels safe."""
    asked = int(table["asked"].iloc[0])
    with drawing(2.4) as (figure, ax):
        for y, row in enumerate(table[::-1].itertuples()):
            filled = np.arange(asked) < row.safe
            ax.scatter(
                range(asked),
                [y] * asked,
                s=150,
                c=np.where(filled, BLUE, "white"),
                edgecolors=BLUE,
            )
            ax.text(-0.7, y, row.block, ha="right", va="center")
            ax.text(asked - 0.3, y, f"{row.safe} of {asked}", va="center")
        ax.set_xlim(-2.5, asked + 3)
        ax.set_ylim(-0.7, len(table) - 0.3)
        ax.axis("off")
        told = "; ".join(f"{r.block}: {r.safe} of {asked}" for r in table.itertuples())
        show(
            figure,
            f"A row of circles for each block, filled for those who feel safe. {told}.",
        )


def repeated(estimates, honest, strangers):
    """What other draws of blocks would have brought home, and two intervals that one survey could print."""
    with drawing(3.2) as (figure, ax):
        tops, edges, _ = ax.hist(
            estimates, np.arange(45, 58.1, 0.5), color=PALE, edgecolor="white"
        )
        for height, found, colour, words in [
            (1.3, honest, BLUE, "the blocks counted"),
            (1.14, strangers, ORANGE_TEXT, "everybody a stranger"),
        ]:
            y = tops.max() * height
            ax.plot(
                [100 * found.lower, 100 * found.upper],
                [y, y],
                color=colour,
                lw=4,
                solid_capstyle="butt",
            )
            ax.plot(100 * found.value, y, "o", color=colour, ms=8)
            ax.text(100 * found.upper + 0.25, y, words, color=colour, va="center")
        ax.set_ylim(0, 1.45 * tops.max())
        ax.set_xlim(edges[0], edges[-1] + 2)
        ax.set_xlabel("% who feel safe after dark, as each survey would have found it")
        ax.set_ylabel("surveys")
        low, high = np.percentile(estimates, [2.5, 97.5])
        show(figure, f"Histogram of {len(estimates)} surveys; 95 of 100 lie between {low:.1f} and {high:.1f}. Above it two "
             f"intervals: {100 * honest.lower:.1f} to {100 * honest.upper:.1f} with blocks, "
             f"{100 * strangers.lower:.1f} to {100 * strangers.upper:.1f} with strangers.")  # fmt: skip


def groups(table, city):
    """Shares of groups with their intervals; who is too few is named and not shown."""
    with drawing(0.34 * len(table) + 0.9) as (figure, ax):
        ax.axvline(100 * city, color=RULE, lw=1.4)
        y = np.arange(len(table))[::-1]
        for at, row in zip(y, table.itertuples(), strict=True):
            if np.isnan(row.value):
                ax.text(
                    1,
                    at,
                    "fewer than 30 were asked: not shown",
                    va="center",
                    color=INK2,
                    style="italic",
                    fontsize=9.5,
                )
                continue
            ax.hlines(at, 100 * row.lower, 100 * row.upper, color=BLUE, lw=3)
            ax.scatter(100 * row.value, at, s=44, color=BLUE, zorder=3)
            ax.text(
                101, at, f"{row.n:,}", va="center", ha="right", color=INK2, fontsize=9.5
            )
        ax.text(
            101,
            len(table) - 0.35,
            "asked",
            ha="right",
            va="bottom",
            color=INK2,
            fontsize=9.5,
        )
        ax.text(
            100 * city,
            len(table) - 0.35,
            "the whole city",
            ha="center",
            va="bottom",
            color=INK2,
            fontsize=9.5,
        )
        ax.set_yticks(y, table["name"])
        ax.set_xlim(0, 102)
        ax.set_ylim(-0.6, len(table) - 0.2)
        ax.set_xlabel("% who feel safe after dark")
        ax.grid(axis="x")
        told = "; ".join(
            f"{r.name} {100 * r.value:.0f} %, {100 * r.lower:.0f} to {100 * r.upper:.0f}"
            if not np.isnan(r.value)
            else f"{r.name} not shown"
            for r in table.itertuples()
        )
        show(figure, f"Points with intervals. {told}.")


def overlap(one, both, other):
    """Two forms of harassment as one bar in which nobody stands twice."""
    either = one + both + other
    with drawing(2.5) as (figure, ax):
        start = 0
        for width, colour, words in [
            (one, BLUE, "sexual\nonly"),
            (both, ORANGE, "both"),
            (other, PALE, "other\nonly"),
        ]:
            ax.barh(0, width, 0.5, left=start, color=colour, edgecolor="white", lw=2)
            ax.text(start + width / 2, 0, f"{words}\n{width:.1f} %", ha="center", va="center", fontsize=9.5,
                    color=INK if colour == PALE else "white")  # fmt: skip
            start += width
        for low, high, y, words in [
            (0, one + both, 0.42, "sexual form"),
            (one, either, 0.76, "other form"),
            (0, either, -0.46, "one or the other, each person once"),
        ]:
            ax.annotate(
                "",
                (low, y),
                (high, y),
                arrowprops={"arrowstyle": "|-|,widthA=.3,widthB=.3", "color": INK},
            )
            ax.text(
                (low + high) / 2,
                y + 0.05,
                f"{words}: {high - low:.1f} %",
                ha="center",
                va="bottom",
                fontsize=9.5,
            )
        ax.set_xlim(-0.3, either + 0.3)
        ax.set_ylim(-0.6, 1.1)
        ax.axis("off")
        show(
            figure,
            f"One bar in three parts: sexual form only {one:.1f} %, both {both:.1f} %, other form only {other:.1f} %.",
        )


def difference(pair, contrast):
    """Two intervals that overlap, and the interval of their difference, which does not hold zero."""
    one, other = pair["name"]
    with drawing(2.0, 2, width_ratios=[1.25, 1]) as (figure, (left, right)):
        stripe = 100 * pair["lower"].max(), 100 * pair["upper"].min()
        left.axvspan(*stripe, color=PALE_ORANGE, alpha=0.6, lw=0)
        for y, row in enumerate(pair[::-1].itertuples()):
            left.hlines(y, 100 * row.lower, 100 * row.upper, color=BLUE, lw=3)
            left.scatter(100 * row.value, y, s=44, color=BLUE, zorder=3)
        left.set_yticks([1, 0], [one, other])
        left.set_ylim(-0.6, 1.6)
        left.set_xlabel("% who feel safe after dark")
        left.set_title("each on its own")
        right.axvline(0, color=INK, lw=1)
        right.hlines(0, 100 * contrast.lower, 100 * contrast.upper, color=ORANGE, lw=3)
        right.scatter(100 * contrast.value, 0, s=44, color=ORANGE, zorder=3)
        right.set_yticks([])
        right.set_ylim(-0.6, 0.6)
        right.set_xlabel("percentage points")
        right.set_title("the younger less the older")
        for ax in (left, right):
            ax.grid(axis="x")
        told = "; ".join(
            f"{r.name} {100 * r.lower:.0f} to {100 * r.upper:.0f} %"
            for r in pair.itertuples()
        )
        show(
            figure,
            f"Left {told}, which overlap. Right their difference, {100 * contrast.lower:.1f} to "
            f"{100 * contrast.upper:.1f} percentage points, which does not hold zero.",
        )


def hundred(percent):
    """One hundred people to whom it happened; the filled ones told an authority."""
    told = np.arange(100) < round(percent)
    with drawing(2.0) as (figure, ax):
        ax.scatter(np.tile(np.arange(20), 5), np.repeat(np.arange(5)[::-1], 20), s=110,
                   c=np.where(told, BLUE, "white"), edgecolors=np.where(told, BLUE, CONTEXT))  # fmt: skip
        ax.set_xlim(-0.8, 19.8)
        ax.set_ylim(-0.7, 4.7)
        ax.axis("off")
        show(figure, f"One hundred circles, {told.sum()} of them filled.")


def recorded(gap):
    """Events that the survey finds, and the part of them that stands in the records."""
    words = {"theft_from_person": "theft from\nthe person"}
    gap = gap.sort_values("harm", ascending=False)
    with drawing(2.5) as (figure, ax):
        y = np.arange(len(gap))[::-1]
        ax.barh(y, gap["estimated"], 0.5, color=FAINT)
        ax.barh(y, gap["recorded"], 0.5, color=BLUE)
        ax.hlines(y, gap["estimated_lower"], gap["estimated_upper"], color=INK2, lw=1.6)
        for at, row in zip(y, gap.itertuples(), strict=True):
            share = 100 * row.recorded / row.estimated
            text = f"  {share:.0f} of 100 recorded"
            ax.text(row.estimated_upper, at, text, va="center", weight="bold")
        first = gap.iloc[0]
        notes = {"va": "bottom", "ha": "center", "fontsize": 9.5}
        ax.text(first["recorded"] / 2, y[0] + 0.29, "recorded", color=BLUE, **notes)
        middle = (first["recorded"] + first["estimated"]) / 2
        text = "found by the survey, with interval"
        ax.text(middle, y[0] + 0.29, text, color=INK2, **notes)
        ax.set_yticks(y, [words.get(h, h) for h in gap["harm"]])
        ax.set_ylim(-0.5, len(gap) - 0.15)
        ax.set_xlim(0, 1.3 * gap["estimated_upper"].max())
        ax.set_xlabel("events in one year")
        ax.grid(axis="x")
        ax.xaxis.set_major_formatter("{x:,.0f}")
        told = "; ".join(
            f"{r.harm.replace('_', ' ')}: {r.recorded:,.0f} of about {r.estimated:,.0f}"
            for r in gap.itertuples()
        )
        show(figure, f"Bars of events with the recorded part. {told}.")


def women_and_men(records, by_sex):
    """The same question to both sources: recorded victims, and victims by the survey."""
    names = {"female": "women", "male": "men"}
    y = [1, 0]
    with drawing(2.0, 2, sharey=True) as (figure, (left, right)):
        left.barh(y, [records[s] for s in names], 0.5, color=BLUE)
        for at, sex in zip(y, names, strict=True):
            left.text(records[sex], at, f" {records[sex]:.1f}", va="center")
        left.set_title("recorded by the police")
        rows = by_sex.set_index("sex")
        for at, sex in zip(y, names, strict=True):
            row = 1000 * rows.loc[sex]
            right.hlines(at, row["lower"], row["upper"], color=ORANGE, lw=3)
            right.scatter(row["value"], at, s=44, color=ORANGE, zorder=3)
            right.text(row["upper"], at, f"  {row['value']:.0f}", va="center")
        right.set_title("told to the interviewers")
        left.set_yticks(y, names.values())
        left.set_xlim(0, 9.8)
        right.set_xlim(0, 72)
        for ax in (left, right):
            ax.set_ylim(-0.6, 1.6)
            ax.set_xlabel("assaulted in 12 months, per 1,000 adults")
            ax.grid(axis="x")
        told = "; ".join(
            f"{names[s]} {records[s]:.1f} recorded, {1000 * rows.loc[s, 'value']:.0f} by the survey"
            for s in names
        )
        show(figure, f"Per 1,000 adults: {told}.")


def same_harm(happened, told):
    """Two years with the same harm, of which the police hear more in the second."""
    with drawing(1.9) as (figure, ax):
        y = np.arange(len(told))[::-1]
        ax.barh(y, happened, 0.5, color=FAINT)
        ax.barh(y, told, 0.5, color=BLUE)
        for at, n in zip(y, told, strict=True):
            ax.text(n, at, f" {n} recorded", va="center", color=BLUE, weight="bold")
            ax.text(
                happened,
                at,
                f"{happened:,} happened ",
                va="center",
                ha="right",
                color=INK2,
            )
        ax.set_yticks(y, ["last year", "this year"])
        ax.set_xticks([])
        ax.set_xlim(0, happened * 1.02)
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        show(
            figure,
            f"Two bars of {happened} events; {told[0]} are recorded in the first year and {told[1]} in the second.",
        )


def place_and_people(table):
    """Recorded in the district, beside what happened to the people who live there."""
    y = np.arange(len(table))[::-1]
    with drawing(2.9, 2, sharey=True) as (figure, (left, right)):
        left.barh(y, table["recorded"], 0.56, color=BLUE)
        left.set_title("recorded in the district,\nper 1,000 residents")
        right.hlines(y, 100 * table["lower"], 100 * table["upper"], color=ORANGE, lw=3)
        right.scatter(100 * table["value"], y, s=44, color=ORANGE, zorder=3)
        right.set_title("% of its adults assaulted or robbed,\nanywhere, told or not")
        right.set_xlim(0, 11)
        left.set_xticks([0, 5, 10, 15])
        left.set_yticks(y, table.index)
        for ax in (left, right):
            ax.grid(axis="x")
        told = "; ".join(
            f"{r.Index}: {r.recorded:.0f} recorded per 1,000, {100 * r.lower:.0f} to {100 * r.upper:.0f} % of adults"
            for r in table.itertuples()
        )
        show(
            figure,
            f"Left bars, right points with wide intervals. {told}.",
        )


def quadrants(found, fear, risk):
    """Perceived and recorded, each district with both of its intervals."""
    below = {"Ribera Norte", "La Costanera"}
    with drawing(4.2) as (figure, ax):
        ax.axvline(risk, color=RULE, lw=1.4)
        ax.axhline(100 * fear, color=RULE, lw=1.4)
        for row in found.itertuples():
            clear = row.quadrant != "cannot be told apart"
            colour = BLUE if clear else CONTEXT
            low, high = 100 * row.fear_lower, 100 * row.fear_upper
            ax.hlines(
                100 * row.fear, row.risk_lower, row.risk_upper, color=colour, lw=3
            )
            ax.vlines(row.risk, low, high, color=colour, lw=3)
            under = row.Index in below
            ax.text(
                row.risk if under else row.risk_upper + 0.2,
                low - 0.6 if under else 100 * row.fear,
                row.Index,
                color=colour,
                weight="bold",
                va="top" if under else "center",
                ha="center" if under else "left",
                path_effects=halo(),
                zorder=4,
            )
        small = {"fontsize": 9.5, "color": INK2}
        ax.text(risk + 0.15, 22.6, "the whole city", va="bottom", **small)
        ax.text(8, 100 * fear + 0.5, "the whole city", va="bottom", **small)
        small["color"] = ORANGE_TEXT
        ax.text(1.2, 73, "feared more\nthan recorded", va="top", **small)
        ax.text(21.8, 73, "feared and recorded", va="top", ha="right", **small)
        ax.text(
            21.8, 22.6, "recorded more than feared", ha="right", va="bottom", **small
        )
        ax.text(1.2, 22.6, "neither", va="bottom", **small)
        ax.set_xlim(1, 22)
        ax.set_xticks([5, 10, 15, 20])
        ax.set_ylim(22, 74)
        ax.set_xlabel(
            "recorded: robberies and assaults in the street, per 1,000 residents"
        )
        ax.set_ylabel("perceived: % who do not\nfeel safe after dark")
        ax.grid(visible=False)
        told = "; ".join(f"{r.Index}: {r.quadrant}" for r in found.itertuples())
        show(figure, f"Six crosses in four fields. {told}.")


def heard(steps):
    """How many residents are left after each step of a survey."""
    with drawing(0.42 * len(steps) + 0.3) as (figure, ax):
        y = np.arange(len(steps))[::-1]
        ax.barh(y, steps, 0.56, color=[BLUE, *["#4C8DAF"] * (len(steps) - 1)])
        for at, n in zip(y, steps, strict=True):
            ax.text(n, at, f" {n:,.0f}", va="center")
        ax.set_yticks(y, steps.index)
        ax.set_xticks([])
        ax.set_xlim(0, 1.16 * steps.max())
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        show(
            figure,
            "Bars that become shorter. "
            + "; ".join(f"{k}: {v:,.0f}" for k, v in steps.items())
            + ".",
        )
