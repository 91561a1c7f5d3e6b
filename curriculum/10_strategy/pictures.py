"""The pictures of module 10, and two small invented tables. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.patches import FancyBboxPatch, Rectangle

from safelearn.course.pictures import drawing, show
from safelearn.views.style import (
    BLUE,
    CONTEXT,
    GRID,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    PANEL,
    RULE,
)

PALE, PALE_ORANGE = "#A2C6D6", "#F2D9C9"
KINDS = ("social", "situational", "community", "justice")
STATES = {
    "known here": (BLUE, "white"),
    "known elsewhere": (PALE, INK),
    "tried, not known": (PALE_ORANGE, INK),
    "nothing": ("white", INK2),
}
#: Five figures of six cities. The five others are invented like Puerto Sereno: city, figure, value, unit, version, year.
PROFILES = tuple(
    (city, figure, value, None, None, unit, version, year)
    for city, values in {
        "Puerto Sereno": (610, 5400, 38, 21, 47),
        "Bahía Clara": (540, 4900, 36, 24, 44),
        "Kelderburg": (230, 2100, 24, 1, 83),
        "Santa Rita": (1900, 7800, 41, 30, 52),
        "Lumavale": (480, 3900, 44, 35, 31),
        "Northwick": (350, 3000, 27, 2, 75),
    }.items()
    for (figure, unit, version, year), value in zip(
        (
            ("residents in thousands", "thousands", "1", 2025),
            ("residents per km2", "per km2", "1", 2025),
            ("under 25", "%", "1", 2024),
            ("informal homes", "%", "2" if city == "Santa Rita" else "1", 2024),
            ("near a stop", "%", "1", 2014 if city == "Kelderburg" else 2024),
        ),
        values,
        strict=True,
    )
)
PROFILE_COLUMNS = ["city", "figure", "value", "lower", "upper", "unit", "version", "year"]  # fmt: skip
#: Five invented practices against one problem: code, city, level of evidence.
CARDS = (
    ("K1", "Bahía Clara", "1"),
    ("K2", "Kelderburg", "3"),
    ("K3", "Lumavale", "4"),
    ("K4", "Northwick", "5"),
    ("K5", "Bahía Clara", "3"),
)
#: A workshop that never took place: group, town, votes.
VOTES = (
    ("women", "A", 6), ("women", "B", 14), ("women", "C", 4), ("women", "D", 8),
    ("men", "A", 61), ("men", "B", 20), ("men", "C", 12), ("men", "D", 15),
    ("youth", "A", 3), ("youth", "B", 17), ("youth", "C", 2), ("youth", "D", 5),
)  # fmt: skip


def on_the_table(measures):
    """Each measure of the draft with what it costs and what is secured."""
    rows = measures.sort_values("cost").reset_index(drop=True)
    with drawing(0.27 * len(rows) + 0.7) as (figure, ax):
        ax.barh(rows.index, rows["cost"] / 1000, 0.64, color=PALE)
        ax.barh(rows.index, rows["funded"] / 1000, 0.64, color=BLUE)
        ax.set_yticks(rows.index, rows["name"], fontsize=9)
        ax.set_xlabel("cost in thousands of XTS; dark: secured")
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.grid(axis="x")
        ax.grid(visible=False, axis="y")
        told = "; ".join(f"{r.name} {r.cost / 1000:,.0f}, of which {r.funded / 1000:,.0f} secured" for r in rows[::-1].itertuples(index=False))  # fmt: skip
        show(figure, f"Bars of cost in thousands: {told}.")


def ladder(found):
    """Programmes on the steps of the scale of evidence."""
    names = {
        0: "nobody looked",
        1: "looked at once",
        2: "before and after",
        3: "… with a comparable place",
        4: "… several, others allowed for",
        5: "drawn by lot",
    }
    with drawing(3.9) as (figure, ax):
        ax.axhspan(2.5, 5.6, color="#EAF3F7", lw=0)
        ax.text(11.9, 5.32, "can carry a result", color=BLUE, ha="right", va="center")
        for level in range(6):
            here = found[found["level"] == level]
            ax.plot([0, 12], [level - 0.5] * 2, color=GRID, lw=0.8)
            for k, row in enumerate(here.itertuples()):
                x = 0.15 + (k % 3) * 4
                y = level if len(here) <= 3 else level + 0.2 - 0.4 * (k // 3)
                told = row.result != "unknown"
                ax.scatter(x, y, s=34, color=BLUE if told else "white", edgecolor=BLUE)
                ax.text(x + 0.2, y, _cut(row.name, 27), va="center", fontsize=8.6)
        ax.set_yticks(range(6), [f"{k}  {names[k]}" for k in range(6)])
        ax.set_ylim(-0.6, 5.6)
        ax.set_xlim(-0.1, 12)
        ax.set_xticks([])
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = "; ".join(f"{r.name} on step {r.level}" for r in found.itertuples())
        show(figure, f"A ladder with six steps. Only steps 3 to 5 can carry a result. Filled: a result is told. {told}.")  # fmt: skip


def gap_map(gaps):
    """Dimension by kind of prevention: what was tried, and what is known."""
    topics = list(dict.fromkeys(gaps["topic"]))
    with drawing(3.7) as (figure, ax):
        for row in gaps.itertuples():
            x, y = KINDS.index(row.prevention), topics.index(row.topic)
            colour, ink = STATES[row.state]
            ax.add_patch(Rectangle((x - 0.48, y - 0.45), 0.96, 0.9, facecolor=colour, edgecolor=RULE, lw=0.7))  # fmt: skip
            text = f"{row.programmes} tried here, {row.practices} known"
            if not row.programmes + row.practices:
                text = "" if row.state == "nothing" else "only told of"
            ax.text(x, y, text, ha="center", va="center", color=ink, fontsize=8)
        ax.set_xticks(range(4), KINDS)
        ax.xaxis.tick_top()
        ax.set_yticks(range(len(topics)), [t.replace("_", " ") for t in topics])
        ax.set_xlim(-0.5, 3.5)
        ax.set_ylim(len(topics) - 0.4, -0.5)
        ax.grid(visible=False)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        handles = [Rectangle((0, 0), 1, 1, facecolor=c, edgecolor=RULE) for c, _ in STATES.values()]  # fmt: skip
        ax.legend(handles, STATES, loc="upper center", bbox_to_anchor=(0.45, 0), ncols=4, frameon=False, fontsize=9)  # fmt: skip
        n = gaps["state"].value_counts()
        told = ", ".join(f"{n.get(state, 0)} {state}" for state in STATES)
        show(figure, f"A grid of {len(topics)} dimensions and four kinds of prevention with {len(gaps)} cells: {told}.")  # fmt: skip


def effects(rows):
    """Effects of practices as ratios with their intervals, in the order of their codes."""
    rows = rows[rows["effect_scale"] == "ratio"].dropna(subset=["effect_lower"])
    rows = rows.sort_values("practice_id", ascending=False).reset_index(drop=True)
    with drawing(0.42 * len(rows) + 0.9) as (figure, ax):
        ax.axvline(1, color=INK, lw=1)
        for y, row in enumerate(rows.itertuples()):
            clear = row.effect_upper < 1 or row.effect_lower > 1
            colour = (BLUE if row.effect < 1 else ORANGE) if clear else CONTEXT
            strong = float(row.sms_level) >= 3
            ax.hlines(y, row.effect_lower, row.effect_upper, color=colour, lw=3)
            ax.scatter(row.effect, y, s=50, zorder=3, color=colour if strong else "white", edgecolor=colour, linewidth=1.8)  # fmt: skip
        ax.set_yticks(range(len(rows)), [_cut(n, 40) for n in rows["name"]], fontsize=9)
        ax.set_xticks([0.25, 0.5, 0.75, 1, 1.25], ["a quarter", "half", "three quarters", "as before", "a quarter more"])  # fmt: skip
        ax.set_xlim(0.1, 1.45)
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.grid(axis="x")
        ax.grid(visible=False, axis="y")
        told = "; ".join(f"{r.name} {r.effect:.2f}, {r.effect_lower:.2f} to {r.effect_upper:.2f}, level {r.sms_level}" for r in rows[::-1].itertuples())  # fmt: skip
        show(figure, f"Ratios with intervals; below 1 is less harm, and hollow points come from a weak design: {told}.")  # fmt: skip


def alike(cities):
    """How far each city is from ours, with the range that its figures allow."""
    rows = cities.iloc[::-1].reset_index(drop=True)
    with drawing(0.4 * len(rows) + 0.9) as (figure, ax):
        ax.axvspan(0, 1, color="#EAF3F7", lw=0)
        ax.text(0.03, len(rows) - 0.48, "alike", color=BLUE, va="center")
        for y, row in enumerate(rows.itertuples()):
            ax.hlines(y, 0, row.distance, color=PALE, lw=2)
            ax.scatter(row.distance, y, s=54, color=BLUE, zorder=3)
            ax.text(row.distance + 0.06, y, f"{row.distance:.2f}  ({row.shared} figures)", va="center", fontsize=9)  # fmt: skip
        ax.set_yticks(range(len(rows)), rows["city"])
        ax.set_xlim(0, rows["distance"].max() + 0.7)
        ax.set_ylim(-0.5, len(rows) - 0.2)
        ax.set_xlabel("distance from Puerto Sereno, in standard deviations of a typical figure")  # fmt: skip
        ax.grid(visible=False)
        told = "; ".join(f"{r.city} {r.distance:.2f}" for r in cities.itertuples())
        show(figure, f"Distance of five cities from Puerto Sereno: {told}. Below 1 counts as alike.")  # fmt: skip


def triangle(sheet):
    """The problem triangle with what the records know at each side, and who could look after it."""
    facts = sheet.facts
    told = {side: [_fact(r) for r in facts[facts["side"] == side].itertuples()] for side in ("place", "victim", "offender")}  # fmt: skip
    told["place"] = [line for line in told["place"] if not line.startswith("market")]
    corners = {"place": (5, 4.2), "victim": (0.9, 0.4), "offender": (9.1, 0.4)}
    by = {"place": "manager", "victim": "guardian", "offender": "handler"}
    box = {"place": (6.3, 4.2, "left"), "victim": (1.75, -0.62, "center"), "offender": (8.25, -0.62, "center")}  # fmt: skip
    with drawing(3.9) as (figure, ax):
        x, y = zip(*[*corners.values(), corners["place"]], strict=True)
        ax.plot(x, y, color=PALE, lw=10, solid_joinstyle="round")
        ax.text(5, 1.75, f"{sheet.n:,}\nthefts from a person\nin the market", ha="center", va="center", weight="bold")  # fmt: skip
        for side, (cx, cy) in corners.items():
            ax.scatter(cx, cy, s=2600, color="white", edgecolor=BLUE, linewidth=2, zorder=3)  # fmt: skip
            ax.text(cx, cy, f"{side}\n+ {by[side]}", ha="center", va="center", fontsize=8.5, zorder=4)  # fmt: skip
            bx, top, align = box[side]
            lines = told[side] or ["nothing known"]
            ax.text(bx, top, "\n".join(lines), ha=align, va="center", fontsize=8.8, color=INK if told[side] else ORANGE_TEXT)  # fmt: skip
        ax.set_xlim(-0.3, 10.3)
        ax.set_ylim(-1.0, 5.1)
        ax.axis("off")
        said = ". ".join(f"{side} and {by[side]}: {', '.join(told[side]) or 'nothing known'}" for side in corners)  # fmt: skip
        show(figure, f"A triangle around {sheet.n:,} thefts in the market. {said}.")


def chain(row):
    """One measure from its problem to its indicator, link by link."""
    links = (
        ("problem", "what is wrong"),
        ("cause", "why"),
        ("protective_factor", "what helps already"),
        ("mechanism", "how it should work"),
        ("lever", "what the city pulls"),
        ("indicator_id", "what will show it"),
    )
    with drawing(1.75) as (figure, ax):
        for k, (link, asks) in enumerate(links):
            held = str(row[link]).replace("_", " ")
            ax.add_patch(FancyBboxPatch((k + 0.06, 0.12), 0.82, 0.62, boxstyle="round,pad=0.02", facecolor=PANEL, edgecolor=BLUE))  # fmt: skip
            ax.text(k + 0.47, 0.43, fill(held, 14), ha="center", va="center", fontsize=8.2)  # fmt: skip
            ax.text(k + 0.47, 0.9, asks, ha="center", va="center", fontsize=8.2, color=INK2)  # fmt: skip
            if k:
                ax.annotate("", (k + 0.02, 0.43), (k - 0.08, 0.43), arrowprops={"arrowstyle": "-|>", "color": BLUE})  # fmt: skip
        ax.set_xlim(-0.05, len(links))
        ax.set_ylim(0, 1)
        ax.axis("off")
        told = "; ".join(f"{asks}: {str(row[link]).replace('_', ' ')}" for link, asks in links)  # fmt: skip
        show(figure, f"The chain of the measure {row['name']}. {told}.")


def way(found, targets):
    """Measures on the left, aims on the right, and a line where the way is whole."""
    steps = found.steps
    aims = targets.set_index("target_id")["objective"]
    height = max(len(steps), len(aims))
    left = {code: height - 1 - k for k, code in enumerate(steps["measure_id"])}
    right = {code: height - 1 - k * (height - 1) / (len(aims) - 1) for k, code in enumerate(aims.index)}  # fmt: skip
    with drawing(4.4) as (figure, ax):
        for row in steps.itertuples():
            whole = not row.breaks
            ax.text(0.36, left[row.measure_id], _cut(row.name, 40), ha="right", va="center", fontsize=8.6, color=INK if whole else ORANGE_TEXT)  # fmt: skip
            if whole:
                ax.plot([0.37, 0.63], [left[row.measure_id], right[row.target_id]], color=BLUE, lw=1.8)  # fmt: skip
            else:
                ax.plot([0.37, 0.42], [left[row.measure_id]] * 2, color=ORANGE, lw=1.8)
                ax.text(0.425, left[row.measure_id], ", ".join(row.breaks), va="center", fontsize=7.8, color=ORANGE_TEXT, zorder=5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
        for code, name in aims.items():
            idle = code in found.aims_without_measure
            ax.text(0.64, right[code], name, va="center", fontsize=8.6, color=ORANGE_TEXT if idle else INK)  # fmt: skip
        ax.text(0.36, height - 0.1, "measure", ha="right", color=INK2)
        ax.text(0.64, height - 0.1, "aim", color=INK2)
        ax.set_xlim(-0.02, 1.03)
        ax.set_ylim(-0.6, height + 0.4)
        ax.axis("off")
        joined = "; ".join(f"{r.name} to {r.objective}" for r in steps.itertuples() if not r.breaks)  # fmt: skip
        show(figure, f"Lines from measures to aims: {joined}. {len(found.broken)} measures break off, {len(found.aims_without_measure)} aims have no measure.")  # fmt: skip


def done_and_reached(five):
    """Work done beside the way to the aim."""
    with drawing(0.5 * len(five) + 0.9) as (figure, ax):
        for y, row in enumerate(five.iloc[::-1].itertuples()):
            ax.hlines(y, row.reached, row.done, color=GRID, lw=3)
            ax.scatter(row.done, y, s=60, color="white", edgecolor=CONTEXT, linewidth=1.8, zorder=3)  # fmt: skip
            ax.scatter(row.reached, y, s=54, color=BLUE, zorder=4)
        ax.axvline(0, color=INK, lw=1)
        ax.set_yticks(range(len(five)), five["aim"].iloc[::-1])
        ax.set_xticks([0, 25, 50, 75, 100], ["baseline", "25 %", "50 %", "75 %", "target"])  # fmt: skip
        ax.set_xlim(-34, 108)
        ax.set_ylim(-0.6, len(five) - 0.4)
        ax.grid(axis="x")
        row = five.iloc[-1]
        ax.text(row["done"], 0.22, "work done", ha="center", fontsize=9, color=INK2)
        ax.text(
            row["reached"], 0.22, "aim reached", ha="center", fontsize=9, color=BLUE
        )
        told = "; ".join(f"{r.aim}: {r.done:.0f} % of the work, {r.reached:.0f} % of the way" for r in five.itertuples())  # fmt: skip
        show(figure, f"For five aims the share of work done and of the way to the target: {told}.")  # fmt: skip


def mix(measures):
    """The kinds of prevention by number of measures and by money."""
    n = measures["prevention"].value_counts(normalize=True).reindex(KINDS, fill_value=0)
    money = measures.groupby("prevention")["cost"].sum().reindex(KINDS, fill_value=0)
    money = money / money.sum()
    colours = dict(zip(KINDS, (BLUE, PALE, ORANGE, "#BFC8CE"), strict=True))
    with drawing(1.9) as (figure, ax):
        for y, shares in enumerate((money, n)):
            start = 0.0
            for kind, share in shares.items():
                ax.barh(y, share, 0.62, left=start, color=colours[kind], edgecolor="white")  # fmt: skip
                light = kind in ("social", "community")
                ax.text(start + share / 2, y, f"{kind}\n{100 * share:.0f} %", ha="center", va="center", fontsize=8.8, color="white" if light else INK)  # fmt: skip
                start += share
        ax.set_yticks([0, 1], ["of the money", "of the measures"])
        ax.set_xticks([])
        ax.set_xlim(0, 1)
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = "; ".join(f"{k} {100 * n[k]:.0f} % of the measures and {100 * money[k]:.0f} % of the money" for k in KINDS)  # fmt: skip
        show(figure, f"Kinds of prevention: {told}.")


def ahead(yearly, found):
    """Yearly counts with the range of a later year, for two drivers."""
    with drawing(2.9, 2) as (figure, panels):
        told = []
        for ax, (name, rows) in zip(panels, yearly.items(), strict=True):
            driver = found[name]
            last = driver.years[1]
            x = np.arange(last, driver.horizon + 1)
            ax.plot(rows["year"], rows["n"], color=INK, lw=1.6, marker="o", ms=5)
            middle = driver.now * driver.pace ** (x - last)
            ax.plot(x, middle, color=BLUE, lw=1.4, ls=(0, (3, 2)))
            ax.fill_between(
                [last, driver.horizon],
                [driver.now, driver.low],
                [driver.now, driver.high],
                color=BLUE,
                alpha=0.15,
                lw=0,
            )
            ax.vlines(driver.horizon, driver.low, driver.high, color=BLUE, lw=5)
            for end, va in ((driver.high, "bottom"), (driver.low, "top")):
                ax.text(driver.horizon + 0.1, end, f"{end:,.0f}", va=va, ha="right", color=BLUE)  # fmt: skip
            ax.set_ylim(0, 1.25 * max(driver.high, rows["n"].max()))
            ax.set_xlim(rows["year"].min() - 0.3, driver.horizon + 0.5)
            ax.set_xticks([rows["year"].min(), last, driver.horizon])
            ax.set_title(f"{name}, a year")
            told.append(f"{name}: {rows['n'].iloc[-1]:,.0f} in {last}, {driver.low:,.0f} to {driver.high:,.0f} in {driver.horizon}")  # fmt: skip
        show(figure, f"Two lines with a range that opens towards the future. {'; '.join(told)}.")  # fmt: skip


def four_towns(towns, names):
    """The four scenarios on two axes."""
    texts = {"A": "much of both", "B": "much of the first", "C": "much of the second", "D": "little of both"}  # fmt: skip
    with drawing(3.0) as (figure, ax):
        for row in towns.itertuples():
            x = 1 if row.second_end == "high" else 0
            y = 1 if row.first_end == "high" else 0
            ax.add_patch(Rectangle((x, y), 0.98, 0.96, facecolor=PANEL, edgecolor=RULE))
            ax.text(x + 0.07, y + 0.72, row.scenario, fontsize=16, weight="bold", color=BLUE, va="center")  # fmt: skip
            ax.text(x + 0.17, y + 0.72, texts[row.scenario], va="center", color=INK2)
            ax.text(x + 0.07, y + 0.3, f"{names[0]} {row.first_value:,.0f}\n{names[1]} {row.second_value:,.0f}", va="center", fontsize=9.5)  # fmt: skip
        ax.set_xlim(-0.02, 2.02)
        ax.set_ylim(-0.02, 2.02)
        ax.axis("off")
        told = "; ".join(f"{r.scenario}: {names[0]} {r.first_value:,.0f}, {names[1]} {r.second_value:,.0f}" for r in towns.itertuples())  # fmt: skip
        show(figure, f"Four fields, a town each. {told}.")


def _fact(row):
    return f"{str(row.fact).replace('_', ' ')} {100 * row.share:.0f} % ({100 * row.lower:.0f} to {100 * row.upper:.0f})"


def _cut(text, most):
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
