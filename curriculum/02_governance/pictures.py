"""The pictures of module 2. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle

from safelearn.course.pictures import drawing, show
from safelearn.strategy.roles import LEVELS
from safelearn.views.style import (
    BLUE,
    CONTEXT,
    GRID,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    RULE,
    SEQUENTIAL,
)

PALE = "#A2C6D6"
PARTS = {"accountable": "A", "responsible": "R", "consulted": "C", "informed": "I"}
CARRIES = ("accountable", "responsible")
ITEMS = {
    "tasks_answered_for": "tasks for which one office answers",
    "decisions_with_people": "decisions on which a group was asked",
    "decisions_with_change": "decisions that say what changed",
    "residents_answered": "residents' letters that got an answer",
    "money_accounted_for": "budget lines with what was spent",
    "systems_with_redress": "systems about which one can complain",
    "reviews_on_time": "reviews done by the day they were due",
    "targets_with_owner": "targets that somebody answers for",
}


def letters(mandates, name):
    """Tasks by offices, with the letter of each part."""
    tasks = mandates.drop_duplicates("task_id").set_index("task_id")["task"]
    codes = list(dict.fromkeys(mandates["stakeholder_id"]))
    with drawing(4.9) as (figure, ax):
        for y, task in enumerate(tasks.index):
            here = mandates[mandates["task_id"] == task]
            answers = (here["part"] == "accountable").any()
            does = (here["part"] == "responsible").any()
            if not (answers and does):
                ax.add_patch(Rectangle((-0.5, y - 0.5), len(codes), 1, color="#FBF0E6"))
            for x, code in enumerate(codes):
                parts = here.loc[here["stakeholder_id"] == code, "part"]
                text = "".join(PARTS[p] for p in PARTS if p in set(parts))
                strong = "A" in text or "R" in text
                ax.text(x, y, text, ha="center", va="center", weight="bold" if strong else "normal",
                        color=BLUE if "A" in text else INK if strong else INK2, fontsize=10.5)  # fmt: skip
        ax.set_xticks(range(len(codes)), [_short(name[c]) for c in codes], rotation=60, ha="left", rotation_mode="anchor", fontsize=8)  # fmt: skip
        ax.xaxis.tick_top()
        ax.set_yticks(range(len(tasks)), [_wrapped(task, 34) for task in tasks], fontsize=8.5)  # fmt: skip
        ax.set_xlim(-0.5, len(codes) - 0.5)
        ax.set_ylim(len(tasks) - 0.5, -0.5)
        ax.grid(visible=False)
        for y in range(len(tasks) + 1):
            ax.axhline(y - 0.5, color=GRID, lw=0.7, zorder=0)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(length=0)
        lacking = [tasks[t] for t in tasks.index if not {"accountable", "responsible"} <= set(mandates.loc[mandates["task_id"] == t, "part"])]  # fmt: skip
        show(figure, f"A table of {len(tasks)} tasks and {len(codes)} offices with the letters A, R, C and I. Shaded, because A or R is missing: {'; '.join(lacking)}.")  # fmt: skip


def law_and_money(mandates, name):
    """For each office that carries a task: is there a law, and is there money?"""
    rows = mandates[mandates["part"].isin(CARRIES)].drop_duplicates(["task_id", "stakeholder_id"])  # fmt: skip
    fill = {"yes": BLUE, "partly": PALE, "no": "white", "unknown": "white"}
    with drawing(0.27 * len(rows) + 0.7) as (figure, ax):
        for y, row in enumerate(rows.itertuples()):
            law = isinstance(row.legal_basis, str)
            ax.scatter(0, y, s=95, marker="s", color=BLUE if law else "white", edgecolor=BLUE)  # fmt: skip
            edge = ORANGE if row.funded == "no" else BLUE
            ax.scatter(1, y, s=95, marker="s", color=fill[row.funded], edgecolor=edge, linewidth=1.6)  # fmt: skip
            text = {"yes": "", "partly": "a part", "no": "none"}.get(row.funded, "?")
            ax.text(1.25, y, text, va="center", fontsize=9, color=ORANGE_TEXT if row.funded == "no" else INK2)  # fmt: skip
        labels = [f"{_short(name[r.stakeholder_id])}: {_cut(r.task, 42)}" for r in rows.itertuples()]  # fmt: skip
        ax.set_yticks(range(len(rows)), labels, fontsize=8.5)
        ax.set_xticks([0, 1], ["law", "money"])
        ax.xaxis.tick_top()
        ax.set_xlim(-0.6, 3)
        ax.set_ylim(len(rows) - 0.4, -0.7)
        ax.grid(visible=False)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        counts = rows["funded"].value_counts()
        show(figure, f"{len(rows)} pairs of office and task. A law stands behind {rows['legal_basis'].notna().sum()}; money: {counts.get('yes', 0)} yes, {counts.get('partly', 0)} a part, {counts.get('no', 0)} none.")  # fmt: skip


def money_twice(mandates, matrix):
    """What the column adds up to, and what there is, by level."""
    column = mandates.groupby("level")["budget"].sum()
    once = matrix.groupby("level")["budget"].sum()
    found = [level for level in LEVELS if column.get(level, 0) > 0]
    with drawing(0.6 * len(found) + 1.0) as (figure, ax):
        for y, level in enumerate(reversed(found)):
            ax.barh(y, column[level] / 1e6, 0.62, color=PALE)
            ax.barh(y, once[level] / 1e6, 0.34, color=BLUE)
            ax.text(column[level] / 1e6, y, f"  {column[level] / 1e6:.1f} by the column,  {once[level] / 1e6:.1f} in truth", va="center", fontsize=9.5)  # fmt: skip
        ax.set_yticks(range(len(found)), reversed(found))
        ax.set_xlim(0, 1.75 * column.max() / 1e6)
        ax.set_xlabel("millions a year")
        ax.grid(axis="x")
        told = "; ".join(f"{x} {column[x] / 1e6:.1f} and {once[x] / 1e6:.1f}" for x in found)  # fmt: skip
        show(figure, f"Money by level in millions, as the column adds up and as it is: {told}.")  # fmt: skip


def levels(matrix, table):
    """Each task on the levels of government: who answers, who does, who is asked or told."""
    tasks = table.set_index("task_id")["task"]
    kept = [level for level in LEVELS if level in set(matrix["level"])]
    with drawing(4.1) as (figure, ax):
        for y, task in enumerate(tasks.index):
            here = matrix[matrix["task_id"] == task].set_index("level")["function"]
            span = [x for x, level in enumerate(kept) if level in here and set(here[level]) & set(CARRIES)]  # fmt: skip
            if len(span) > 1:
                ax.plot([min(span), max(span)], [y, y], color=RULE, lw=2, zorder=1)
            for x, level in enumerate(kept):
                parts = set(here.get(level, ()))
                if "responsible" in parts:
                    ax.scatter(x, y, s=190, facecolor="white", edgecolor=BLUE, linewidth=2, zorder=2)  # fmt: skip
                if "accountable" in parts:
                    ax.scatter(x, y, s=60, marker="s", color=BLUE, zorder=3)
                if parts and not parts & set(CARRIES):
                    ax.scatter(x, y, s=14, color=CONTEXT, zorder=2)
        ax.set_yticks(range(len(tasks)), [_wrapped(t, 34) for t in tasks], fontsize=8.5)
        ax.set_xticks(range(len(kept)), kept)
        ax.xaxis.tick_top()
        ax.set_ylim(len(tasks) - 0.4, -0.6)
        ax.set_xlim(-0.5, len(kept) - 0.5)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        several = [tasks[t] for t, n in zip(table["task_id"], table["levels"], strict=True) if len(n) > 1]  # fmt: skip
        show(figure, f"Ten tasks on {len(kept)} levels of government. Carried at more than one level: {'; '.join(several)}. Districts are asked and carry nothing.")  # fmt: skip


def team(skills):
    """Posts by competencies: the level, and where it is below what the post needs."""
    posts = skills.drop_duplicates("post_id").set_index("post_id")
    names = list(dict.fromkeys(skills["competency"]))
    level = skills.pivot_table(index="post_id", columns="competency", values="level", sort=False)  # fmt: skip
    needed = skills.pivot_table(index="post_id", columns="competency", values="required_level", sort=False)  # fmt: skip
    with drawing(0.32 * len(posts) + 0.9) as (figure, ax):
        shades = ("#FFFFFF", *SEQUENTIAL[:4])
        for y, post in enumerate(posts.index):
            for x, name in enumerate(names):
                shade = shades[int(level.loc[post, name])]
                ax.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, facecolor=shade, edgecolor=GRID))  # fmt: skip
                if level.loc[post, name] < needed.loc[post, name]:
                    ax.scatter(x, y, s=60, facecolor="none", edgecolor=ORANGE, linewidth=1.6)  # fmt: skip
        labels = [f"{row.post} ({row.staff})" for row in posts.itertuples()]
        ax.set_yticks(range(len(posts)), labels, fontsize=8.5)
        ax.set_xticks(range(len(names)), names)
        ax.xaxis.tick_top()
        ax.set_xlim(-0.6, len(names) + 1.5)
        ax.set_ylim(len(posts) - 0.4, -0.6)
        ax.grid(visible=False)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        for k, shade in enumerate(shades):
            ax.add_patch(Rectangle((len(names) + 0.1, 1.5 + k), 0.5, 0.8, facecolor=shade, edgecolor=RULE))  # fmt: skip
            ax.text(len(names) + 0.8, 1.9 + k, str(k), va="center", fontsize=9, color=INK2)  # fmt: skip
        ax.text(len(names) + 0.1, 0.9, "level", fontsize=9, color=INK2, va="center")
        below = int((level < needed).sum().sum())
        show(figure, f"{len(posts)} posts and {len(names)} competencies, shaded by level from 0 to 4. {below} of {len(posts) * len(names)} squares are ringed, below what the post needs. In C9 no square is above 1.")  # fmt: skip


def shares(card):
    """Each item of the scorecard: how many of how many."""
    rows = card[card["of"] > 0]
    with drawing(0.36 * len(rows) + 0.6) as (figure, ax):
        y = np.arange(len(rows))[::-1]
        ax.barh(y, np.ones(len(rows)), 0.5, color="white", edgecolor=CONTEXT)
        ax.barh(y, rows["share"], 0.5, color=BLUE)
        for height, row in zip(y, rows.itertuples(), strict=True):
            ax.text(1.02, height, f"{row.n} of {row.of}", va="center", fontsize=9.5)
        ax.set_yticks(y, [ITEMS[item] for item in rows["item"]])
        ax.set_xticks([])
        ax.set_xlim(0, 1.2)
        ax.grid(visible=False)
        ax.spines["bottom"].set_visible(False)
        told = "; ".join(f"{ITEMS[r.item]}: {r.n} of {r.of}" for r in rows.itertuples())
        show(figure, f"Bars, not added up. {told}.")


def coverage(parts):
    """Each clause of the Guidelines as a square, by part: met, partly, not started, not looked at."""
    rows = parts[parts["part"] != "all"]
    wide = 30
    with drawing(2.6) as (figure, ax):
        y, ticks = 0, []
        for row in rows.itertuples():
            ticks.append((y, row.part))
            states = [BLUE] * row.met + [PALE] * row.partly + [ORANGE] * row.not_started
            states += ["white"] * (row.clauses - len(states))
            for k, colour in enumerate(states):
                edge = RULE if colour == "white" else colour
                ax.add_patch(Rectangle((k % wide, y + k // wide), 0.8, 0.78, facecolor=colour, edgecolor=edge, lw=0.8))  # fmt: skip
            y += (row.clauses - 1) // wide + 1.35
        ax.set_yticks([t + 0.4 for t, _ in ticks], [p for _, p in ticks])
        ax.set_xticks([])
        ax.set_xlim(-0.3, wide + 6.5)
        ax.set_ylim(y, -0.4)
        ax.grid(visible=False)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        for k, (colour, text) in enumerate([(BLUE, "met"), (PALE, "partly"), (ORANGE, "not started"), ("white", "not looked at")]):  # fmt: skip
            ax.add_patch(Rectangle((wide + 0.8, 1.1 * k), 0.8, 0.78, facecolor=colour, edgecolor=RULE if colour == "white" else colour, lw=0.8))  # fmt: skip
            ax.text(wide + 2, 1.1 * k + 0.4, text, va="center", fontsize=9.5)
        whole = parts[parts["part"] == "all"].iloc[0]
        show(figure, f"{whole.clauses} squares, a clause each: {whole.met} met, {whole.partly} partly, {whole.not_started} not started, {whole.clauses - whole.assessed} not looked at.")  # fmt: skip


def _short(name):
    for word in ("Department of ", "Municipal ", "Regional "):
        name = name.removeprefix(word)
    return name.partition(",")[0]


def _cut(text, most):
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text, width):
    from textwrap import fill

    return fill(text, width)
