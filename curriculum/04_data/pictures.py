"""The pictures of module 4. The lesson calls them by name, so that its cells stay short."""

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
#: How exactly a time is known, from the most exact to the least.
EXACT = {"minute": BLUE, "hour": "#4F8CA8", "day": PALE, "month": ORANGE}


def account(read, used, set_aside):
    """Every row of the file as a strip, and the few that were set aside enlarged below it."""
    with drawing(2.3) as (figure, ax):
        ax.barh(1, used, 0.34, color=BLUE)
        ax.barh(1, read - used, 0.34, left=used, color=ORANGE)
        ax.text(used / 2, 1, f"{used:,} rows used", color="white", ha="center", va="center", weight="bold")  # fmt: skip
        scale = read / sum(set_aside.values())
        left = 0
        for n, (reason, rows) in enumerate(set_aside.items()):
            ax.barh(
                0,
                rows * scale,
                0.34,
                left=left,
                color=[ORANGE, "#F0B58C"][n % 2],
                edgecolor="white",
            )
            ax.text(
                left + rows * scale / 2,
                0,
                f"{rows} {reason}",
                ha="center",
                va="center",
                color=INK,
            )
            left += rows * scale
        ax.plot([used, 0], [0.83, 0.17], color=RULE, lw=1)
        ax.plot([read, read], [0.83, 0.17], color=RULE, lw=1)
        ax.text(0, 1.3, f"{read:,} rows read", color=INK2)
        ax.set_ylim(-0.35, 1.55)
        ax.set_xlim(0, read * 1.001)
        ax.axis("off")
        told = ", ".join(f"{n} {reason}" for reason, n in set_aside.items())
        show(
            figure,
            f"A strip of {read:,} rows, of which {used:,} are used; enlarged, those set aside: {told}.",
        )


def missing(table):
    """The share of each offence that has no point."""
    table = table.sort_values("share")
    y = np.arange(len(table))
    high = table["share"] > 50
    with drawing(0.27 * len(table) + 0.7) as (figure, ax):
        ax.barh(y, table["share"], 0.62, color=[ORANGE if h else CONTEXT for h in high])
        ax.set_yticks(y, table["offence"])
        ax.set_xlim(0, 112)
        ax.set_xticks([0, 25, 50, 75, 100], ["0", "25 %", "50 %", "75 %", "100 %"])
        for at, value in zip(y, table["share"], strict=True):
            ax.text(value + 1, at, f"{value:.0f} %", va="center", fontsize=9.5)
        ax.set_title("of its records, without a point", loc="left")
        told = "; ".join(
            f"{r.offence} {r.share:.0f} %" for r in table[::-1].itertuples()
        )
        show(figure, f"Bars, one an offence: {told}.")


def points(outlines, places, lost):
    """The city, the points of one year, and the one point outside where many rows lie."""
    with drawing(4.1) as (figure, ax):
        outlines.boundary.plot(ax=ax, color=RULE, linewidth=0.6)
        ax.scatter(
            places["longitude"],
            places["latitude"],
            s=1.5,
            color=BLUE,
            alpha=0.25,
            linewidths=0,
        )
        x, y = lost
        ax.scatter(x, y, s=70, color=ORANGE, zorder=4)
        ax.text(
            x,
            y - 0.008,
            "one point,\nwith many rows",
            color=ORANGE_TEXT,
            ha="center",
            va="top",
            weight="bold",
        )
        ax.text(
            places["longitude"].median(),
            outlines.total_bounds[1] - 0.012,
            "the city",
            ha="center",
            va="top",
            color=INK2,
        )
        ax.annotate(
            "0 / 0 is far away,\nin the sea off Africa",
            (-77.42, -13.19),
            (-77.50, -13.23),
            color=ORANGE_TEXT,
            ha="center",
            va="top",
            arrowprops={"arrowstyle": "->", "color": ORANGE},
        )
        ax.set_xlim(-77.96, -77.40)
        ax.set_aspect("equal")
        ax.axis("off")
        show(
            figure,
            "A map: the points of a year fill the city; far to the north-west lies one single point, and an arrow points away to 0/0.",
        )


def hours(right, wrong):
    """The same records by hour of the day, by the city's clocks and by universal time."""
    with drawing(3.1) as (figure, ax):
        for values, colour, name, at in (
            (right, BLUE, "by the city's clocks", 9.3),
            (wrong, ORANGE, "by universal time", 2.5),
        ):
            n = np.bincount(values.dt.hour, minlength=24)
            ax.plot(range(24), n, color=colour, lw=2.6)
            low = int(n.argmin())
            ax.scatter(low, n[low], s=44, color=colour, zorder=3)
            ax.text(
                at,
                n.max() * (0.98 if at < 5 else 0.86),
                f"{name}: quiet at {low}:00",
                color=ORANGE_TEXT if colour == ORANGE else BLUE,
                path_effects=halo(),
            )
        ax.set_xlim(-0.5, 23.5)
        ax.set_ylim(0)
        ax.set_xticks(range(0, 24, 3), [f"{h}:00" for h in range(0, 24, 3)])
        ax.set_ylabel("records")
        show(
            figure,
            "Two lines of the same shape over 24 hours, one moved five hours to the right of the other.",
        )


def exactness(shares):
    """How exactly the times of each city are known."""
    y = np.arange(len(shares))[::-1]
    with drawing(2.4) as (figure, ax):
        left = np.zeros(len(shares))
        for kind, colour in EXACT.items():
            values = 100 * shares[kind].to_numpy()
            ax.barh(y, values, 0.5, left=left, color=colour)
            for at, begin, value in zip(y, left, values, strict=True):
                if value > 20:
                    ax.text(
                        begin + value / 2,
                        at,
                        f"to the {kind}",
                        ha="center",
                        va="center",
                        color="white" if kind in ("minute", "hour") else INK,
                    )
            left += values
        ax.set_yticks(y, shares.index)
        ax.set_xlim(0, 100)
        ax.set_xticks([0, 50, 100], ["0", "half of the records", "100 %"])
        told = "; ".join(
            f"{name}: "
            + ", ".join(f"{100 * v:.0f} % to the {k}" for k, v in row.items() if v)
            for name, row in shares.iterrows()
        )
        show(figure, f"One bar a city. {told}.")


def circles(edges, addresses):
    """Two places on one scale: how wide the ring is in town and in the country."""
    rng = np.random.default_rng(5)
    inner, outer = edges
    side = 1.18 * outer.max()
    titles = ["in the centre", "on a hillside with few homes"]
    with drawing(3.9, 2) as (figure, panels):
        for ax, a, b, density, title in zip(
            panels, inner, outer, addresses, titles, strict=True
        ):
            n = rng.poisson(density * (2 * side / 1000) ** 2)
            ax.scatter(*rng.uniform(-side, side, (2, n)), s=3, color=PALE)
            turn = np.linspace(0, 2 * np.pi, 200)
            for radius in (a, b):
                ax.plot(
                    radius * np.cos(turn), radius * np.sin(turn), color=ORANGE, lw=1.6
                )
            ax.scatter(0, 0, s=30, color=INK, zorder=3)
            ax.set_title(f"{title}: {a:,.0f} to {b:,.0f} m")
            ax.set_aspect("equal")
            ax.set_xlim(-side, side)
            ax.set_ylim(-side, side)
            ax.axis("off")
        told = "; ".join(
            f"{t}: from {a:,.0f} to {b:,.0f} metres"
            for t, a, b in zip(titles, inner, outer, strict=True)
        )
        show(
            figure,
            f"Two rings around a point, with addresses as dots. {told}.",
        )
