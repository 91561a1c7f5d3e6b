"""The pictures of module 5. The lesson calls them by name, so that its cells stay short."""

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
#: The four ages of this module, by the five-year groups of a census.
AGES = {
    **{f"{a}-{a + 4}": "0-14" for a in range(0, 15, 5)},
    **{f"{a}-{a + 4}": "15-29" for a in range(15, 30, 5)},
    **{f"{a}-{a + 4}": "30-59" for a in range(30, 60, 5)},
    **{f"{a}-{a + 4}": "60+" for a in range(60, 85, 5)},
    "85+": "60+",
}
MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def three_answers(table):
    """All neighbourhoods three times, as three people look at them; each names the one farthest right."""
    known = table[table["n_2022"] > 0]
    rows = [
        (
            "by the number of thefts",
            table,
            table["n_2023"],
            "{:.0f}",
            "the deputy mayor",
        ),
        (
            "by thefts per 100,000 people",
            table,
            table["rate"],
            "{:.0f}",
            "the newspaper",
        ),
        (
            "by change since 2022",
            known,
            100 * (known["n_2023"] / known["n_2022"] - 1),
            "{:+.0f} %",
            "the radio",
        ),
    ]
    said = []
    with drawing(3.5, 3) as (figure, panels):
        for ax, (title, rows_of, values, form, who) in zip(panels, rows, strict=True):
            jitter = np.random.default_rng(1).uniform(-0.28, 0.28, len(values))
            ax.scatter(
                jitter, values, s=34, color=PALE, edgecolor="white", linewidth=0.6
            )
            top = values.idxmax()
            ax.scatter(
                jitter[values.index.get_loc(top)],
                values[top],
                s=70,
                color=ORANGE,
                zorder=3,
            )
            name = rows_of["area_name"][top]
            ax.set_xlim(-0.75, 0.75)
            ax.set_xticks([])
            span = values.max() - values.min()
            ax.set_ylim(values.min() - 0.05 * span, values.max() + 0.34 * span)
            ax.text(
                0,
                values.max() + 0.29 * span,
                f"{who} says:",
                ha="center",
                va="center",
                color=INK2,
            )
            ax.text(
                0,
                values.max() + 0.19 * span,
                name,
                ha="center",
                va="center",
                weight="bold",
            )
            ax.text(
                0,
                values.max() + 0.09 * span,
                form.format(values[top]),
                ha="center",
                va="center",
                color=ORANGE_TEXT,
            )
            ax.set_xlabel(title)
            ax.set_ylabel("")
            ax.grid(axis="y")
            said.append(f"{title}: {name}, {form.format(values[top])}")
        show(
            figure,
            "Three panels of sixty dots, a neighbourhood each. Highest "
            + "; ".join(said)
            + ".",
        )


def count_and_rate(five):
    """The same five neighbourhoods by count and by rate."""
    with drawing(2.9, 2, sharey=True) as (figure, panels):
        y = np.arange(len(five))[::-1]
        texts = [
            ("n_2023", "thefts in 2023", "{:.0f}"),
            ("rate", "thefts per 100,000 residents", "{:.0f}"),
        ]
        for ax, (column, title, form) in zip(panels, texts, strict=True):
            ax.barh(y, five[column], 0.62, color=BLUE if column == "n_2023" else PALE)
            for yi, value in zip(y, five[column], strict=True):
                ax.text(value, yi, " " + form.format(value), va="center")
            ax.set_title(title)
            ax.set_xlim(0, five[column].max() * 1.16)
            ax.set_xticks([])
            ax.grid(visible=False)
            ax.spines["bottom"].set_visible(False)
        panels[0].set_yticks(y, five["area_name"])
        rows = "; ".join(
            f"{r.area_name} {r.n_2023:.0f} thefts, rate {r.rate:.0f}"
            for r in five.itertuples()
        )
        show(figure, f"Two bar charts of five neighbourhoods: {rows}.")


def two_cities(population, one, other):
    """Two clouds of neighbourhoods; in one of them everybody runs the same risk."""
    top = 100_000 * max((one / population).max(), (other / population).max())
    with drawing(3.3, 2, sharey=True) as (figure, panels):
        for ax, n, title in zip(panels, (one, other), "AB", strict=True):
            rate = 100_000 * n / population
            city = 100_000 * n.sum() / population.sum()
            ax.axhline(city, color=INK2, lw=1)
            ax.scatter(
                population, rate, s=36, color=BLUE, edgecolor="white", linewidth=0.6
            )
            ax.set_title(f"City {title}")
            ax.set_xlabel("residents of the neighbourhood")
            ax.set_ylim(-0.03 * top, 1.06 * top)
            ax.set_xlim(0, 26_500)
            ax.set_xticks([0, 10_000, 20_000], ["0", "10,000", "20,000"])
        panels[0].set_ylabel("thefts per 100,000")
        panels[1].text(
            26_300,
            city,
            "the whole city",
            ha="right",
            va="bottom",
            color=INK2,
            path_effects=halo(),
        )
        show(
            figure,
            "Two clouds of sixty dots, rate against residents. Both are wide on the left, where few people live, and narrow on the right.",
        )


def intervals(table, city):
    """Every neighbourhood with its interval, in the order of the codes."""
    above, below = table["lower"] > city, table["upper"] < city
    x = np.arange(len(table))
    with drawing(3.9) as (figure, ax):
        ax.axhline(city, color=INK, lw=1)
        for rows, colour, label in [
            (above, ORANGE, f"{above.sum()} clearly above the city"),
            (
                ~above & ~below,
                CONTEXT,
                f"{(~above & ~below).sum()}: these records cannot tell",
            ),
            (below, BLUE, f"{below.sum()} clearly below"),
        ]:
            part = table[rows]
            ax.vlines(
                x[rows], part["lower"], part["upper"], color=colour, lw=2.4, label=label
            )
            stable = part["n_2023"] >= 16
            ax.scatter(
                x[rows][stable], part["rate"][stable], s=20, color=colour, zorder=3
            )
            ax.scatter(
                x[rows][~stable],
                part["rate"][~stable],
                s=20,
                color="white",
                edgecolor=colour,
                zorder=3,
            )
        starts = table.groupby("parent", sort=False).head(1)["parent"]
        for i, (position, name) in enumerate(
            zip(table.index.get_indexer(starts.index), starts, strict=True)
        ):
            if position:
                ax.axvline(position - 0.5, color=RULE, lw=0.8)
            ax.text(
                position,
                -90 if i % 2 == 0 else -190,
                name,
                fontsize=9,
                color=INK2,
                va="top",
            )
        ax.set_ylim(0, 1.04 * table["upper"].max())
        ax.set_xlim(-1, len(table))
        ax.set_xticks([])
        ax.set_ylabel("thefts per 100,000")
        ax.legend(loc="upper right", frameon=False, fontsize=9.5, handlelength=1.2)
        ax.text(
            len(table) - 0.6,
            city + 18,
            f"city {city:.0f}",
            ha="right",
            color=INK,
            path_effects=halo(),
        )
        show(
            figure,
            f"Sixty intervals in the order of the area codes: {above.sum()} lie wholly above the city's rate of {city:.0f}, {below.sum()} wholly below, the others across it. Hollow points rest on fewer than 16 thefts.",
        )


def shrink(table, city):
    """From the raw rate to the smoothed one, by number of residents."""
    with drawing(3.5) as (figure, ax):
        ax.axhline(city, color=INK2, lw=1)
        for row in table.itertuples():
            ax.annotate(
                "", (row.population, row.smoothed), (row.population, row.rate),
                arrowprops={"arrowstyle": "-|>,head_width=.16,head_length=.32", "color": PALE, "lw": 1.6, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        ax.scatter(
            table["population"],
            table["rate"],
            s=24,
            color="white",
            edgecolor=CONTEXT,
            zorder=3,
            label="the neighbourhood's own rate",
        )
        ax.scatter(
            table["population"],
            table["smoothed"],
            s=26,
            color=BLUE,
            zorder=4,
            label="smoothed",
        )
        ax.set_xlabel("residents of the neighbourhood")
        ax.set_ylabel("thefts per 100,000")
        ax.set_xlim(0, 26_500)
        ax.set_xticks([0, 10_000, 20_000], ["0", "10,000", "20,000"])
        ax.text(
            26_300,
            city,
            "the whole city",
            ha="right",
            va="bottom",
            color=INK2,
            path_effects=halo(),
        )
        ax.legend(frameon=False, fontsize=9.5)
        show(
            figure,
            "Arrows from each neighbourhood's own rate towards the city's: long where few people live, hardly visible where many do.",
        )


def years(series):
    """One line a year, so that the calendar shows."""
    labels = series["month"].str.slice(0, 4)
    with drawing(3.1) as (figure, ax):
        last = labels.max()
        for year, part in series.groupby(labels):
            colour = BLUE if year == last else PALE
            ax.plot(
                range(12),
                part["n"],
                color=colour,
                lw=2.6 if year == last else 1.5,
                zorder=3 if year == last else 2,
            )
        ax.text(
            11.15, series["n"].iloc[-1], last, color=BLUE, va="center", weight="bold"
        )
        quiet = series["n"].iloc[-48:-12].to_numpy().reshape(3, 12).min(axis=0)
        ax.text(6, quiet[5:8].min() - 22, "earlier years", color="#4F8CA8", ha="center")
        ax.set_xticks(range(12), MONTHS)
        ax.set_xlim(-0.3, 12.4)
        ax.set_ylim(0, series["n"].max() * 1.1)
        ax.set_ylabel("thefts a month")
        show(
            figure,
            "Five lines over the calendar, one a year. All are high from December to March and low from June to September.",
        )


def season(found):
    """The index of each month with its interval."""
    with drawing(2.9) as (figure, ax):
        ax.axhline(1, color=INK, lw=1)
        x = np.arange(12)
        ax.vlines(
            x,
            found.lower,
            found.upper,
            color=[ORANGE if d else CONTEXT for d in found.different],
            lw=2.6,
        )
        ax.scatter(
            x,
            found.index,
            s=30,
            color=[ORANGE if d else CONTEXT for d in found.different],
            zorder=3,
        )
        ax.set_xticks(x, MONTHS)
        ax.set_yticks([0.8, 1, 1.2], ["a fifth fewer", "usual", "a fifth more"])
        ax.set_xlim(-0.5, 11.5)
        values = ", ".join(
            f"{m} {v:.2f}" for m, v in zip(MONTHS, found.index, strict=True)
        )
        show(
            figure,
            f"Twelve months against an average one: {values}. Orange: clearly different.",
        )


def trend(adjusted, mean):
    """Raw counts, counts without the season, and the mean of twelve months."""
    x = np.arange(len(adjusted))
    with drawing(3.2) as (figure, ax):
        ax.plot(x, adjusted["n"], color=PALE, lw=1.4)
        ax.scatter(x, adjusted["adjusted"], s=14, color=CONTEXT, zorder=2)
        xm = x[-len(mean) :]
        ax.fill_between(xm, mean["lower"], mean["upper"], color=BLUE, alpha=0.16, lw=0)
        ax.plot(xm, mean["mean"], color=BLUE, lw=2.6)
        ax.set_xticks(x[::12], [m[:4] for m in adjusted["month"][::12]])
        ax.set_ylim(0, adjusted["n"].max() * 1.1)
        ax.set_xlim(-1, len(x) + 9)
        ax.set_ylabel("thefts a month")
        ends = [
            (adjusted["n"].iloc[-6:].max() + 18, "as recorded", "#4F8CA8"),
            (mean["mean"].iloc[-1], "mean of 12 months", BLUE),
            (mean["mean"].iloc[-1] - 36, "dots: without\nthe season", INK2),
        ]
        for y, text, colour in ends:
            ax.text(len(x) + 0.3, y, text, color=colour, va="center", fontsize=9.5)
        show(
            figure,
            "Sixty months: a line that swings with the season, dots without it, and a nearly level mean of twelve months with its band.",
        )


def changes(rows):
    """Ratios with their intervals, and the line that says: as before."""
    with drawing(0.55 * len(rows) + 0.9) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        for y, (name, found) in enumerate(reversed(rows.items())):
            clear = found.lower > 1 or found.upper < 1
            colour = ORANGE if clear else CONTEXT
            ax.hlines(y, found.lower, min(found.upper, 44), color=colour, lw=3)
            ax.scatter(found.ratio, y, s=44, color=colour, zorder=3)
            ax.text(
                0.048,
                y,
                f"{name}\n{found.before:.0f} to {found.after:.0f}",
                va="center",
                fontsize=9.5,
            )
        ax.set_xscale("log")
        ax.set_xlim(0.045, 46)
        ax.set_xticks(
            [0.25, 0.5, 1, 2, 4, 8, 16],
            [
                "a quarter",
                "half",
                "as before",
                "twice",
                "4 times",
                "8 times",
                "16 times",
            ],
        )
        ax.minorticks_off()
        ax.set_yticks([])
        ax.set_ylim(-0.7, len(rows) - 0.3)
        ax.grid(axis="x")
        told = "; ".join(
            f"{name} ratio {f.ratio:.2f}, {f.lower:.2f} to {f.upper:.2f}"
            for name, f in rows.items()
        )
        show(figure, f"Changes with their intervals: {told}.")


def groups(table):
    """Victims as counts and as rates, women and men, by age."""
    ages = list(dict.fromkeys(table["age"]))
    with drawing(3.2, 2) as (figure, panels):
        for ax, column, title in zip(
            panels,
            ["n", "rate"],
            ["victims in five years", "victims per 100,000 of the group, a year"],
            strict=True,
        ):
            for sex, colour, shift in [("female", ORANGE, -0.13), ("male", BLUE, 0.13)]:
                part = table[table["sex"] == sex].set_index("age").loc[ages]
                x = np.arange(len(ages)) + shift
                if column == "n":
                    ax.bar(x, part["n"], 0.24, color=colour)
                else:
                    ax.vlines(x, part["lower"], part["upper"], color=colour, lw=3)
                    ax.scatter(x, part["rate"], s=34, color=colour, zorder=3)
            ax.set_xticks(range(len(ages)), ages)
            ax.set_title(title)
            ax.set_ylim(0, 1.1 * table["n" if column == "n" else "upper"].max())
        panels[0].text(
            0.35,
            table["n"].max() * 0.95,
            "women",
            color=ORANGE_TEXT,
            ha="right",
            weight="bold",
        )
        panels[0].text(
            0.35, table["n"].max() * 0.84, "men", color=BLUE, ha="right", weight="bold"
        )
        told = "; ".join(
            f"{r.sex} {r.age} {r.n:.0f} victims, rate {r.rate:.0f}"
            for r in table.itertuples()
        )
        show(figure, f"Left bars of counts, right rates with intervals: {told}.")


def two_districts(risk, people):
    """Two made-up districts: the same risks, other ages."""
    with drawing(2.7, 2, width_ratios=[1, 1.5]) as (figure, (left, right)):
        left.bar(range(len(risk)), risk, 0.5, color=ORANGE)
        left.set_xticks(range(len(risk)), risk.index)
        for x, value in enumerate(risk):
            left.text(x, value, f"{value:.0f}", ha="center", va="bottom")
        left.set_title("risk per 1,000, the same in both")
        left.set_ylim(0, 1.18 * risk.max())
        left.set_yticks([])
        left.grid(visible=False)
        start = np.zeros(len(people.columns))
        for age, colour in zip(people.index, [BLUE, PALE], strict=True):
            right.barh(
                range(len(people.columns)),
                people.loc[age],
                0.5,
                left=start,
                color=colour,
            )
            for y, (value, begin) in enumerate(
                zip(people.loc[age], start, strict=True)
            ):
                right.text(
                    begin + value / 2,
                    y,
                    f"{age}\n{value:,.0f}",
                    ha="center",
                    va="center",
                    color="white" if colour == BLUE else INK,
                    fontsize=9,
                )
            start = start + people.loc[age].to_numpy()
        right.set_yticks(range(len(people.columns)), people.columns)
        right.invert_yaxis()
        right.set_xticks([])
        right.grid(visible=False)
        right.spines["bottom"].set_visible(False)
        right.set_title("residents")
        show(
            figure,
            f"Risk is {risk.iloc[0]:.0f} per 1,000 for the {risk.index[0]} and {risk.iloc[1]:.0f} for the {risk.index[1]} in both districts; one has many young people, the other many old.",
        )


def standardised(names, found):
    """From the crude rate to the standardised one, district by district."""
    y = np.arange(len(names))[::-1]
    with drawing(3.3) as (figure, ax):
        ax.hlines(y, found.lower, found.upper, color=BLUE, lw=3, alpha=0.35)
        ax.scatter(
            found.crude,
            y,
            s=60,
            color="white",
            edgecolor=CONTEXT,
            linewidth=1.6,
            zorder=3,
        )
        ax.scatter(found.rate, y, s=52, color=BLUE, zorder=4)
        ax.text(
            found.crude[0],
            y[0] + 0.36,
            "with its own ages",
            ha="left",
            color=INK2,
            fontsize=9.5,
        )
        ax.text(
            found.rate[0],
            y[0] + 0.36,
            "with the city's ages  ",
            ha="right",
            color=BLUE,
            fontsize=9.5,
        )
        ax.set_yticks(y, names)
        ax.set_ylim(-0.6, len(names) - 0.2)
        ax.set_xlim(0)
        ax.set_xlabel("reported frauds per 100,000 residents, a year")
        ax.grid(axis="x")
        told = "; ".join(
            f"{n} {c:.0f} to {r:.0f}"
            for n, c, r in zip(names, found.crude, found.rate, strict=True)
        )
        show(figure, f"From the crude to the standardised rate: {told}.")
