"""The pictures of module 3. The lesson calls them by name, so that its cells stay short."""

from __future__ import annotations

import numpy as np

from safelearn.course.pictures import drawing, show
from safelearn.stakeholders.network import CONFLICT, working_ties
from safelearn.views.style import (  # fmt: skip
    BLUE,
    CONTEXT,
    INK,
    INK2,
    ORANGE,
    ORANGE_TEXT,
    PANEL,
    RULE,
    halo,
)

PALE = "#A2C6D6"
LEVELS = ("none", "inform", "consult", "involve", "collaborate", "empower")
PHASES = ("diagnosis", "design", "implementation", "evaluation")
KINDS = {
    "school": "schools",
    "nursery": "nurseries",
    "community_centre": "community halls",
    "youth_centre": "youth houses",
    "women_centre": "women's houses",
    "library": "libraries",
    "sports": "sports courts",
    "association": "associations",
    "health": "health posts",
    "market": "markets",
}


def _words(group):
    return str(group).replace("_", " ")


def three_lists(known, lists):
    """A row for each organisation that somebody would invite, a dot for each list on which it is."""
    codes = [c for c in known["stakeholder_id"] if any(c in set(x) for x in lists.values())]  # fmt: skip
    order = sorted(codes, key=lambda c: [c not in set(x) for x in lists.values()])
    names = known.set_index("stakeholder_id")["name"]
    with drawing(0.27 * len(order) + 0.7) as (figure, ax):
        y = np.arange(len(order))[::-1]
        for x, (who, chosen) in enumerate(lists.items()):
            on = np.array([c in set(chosen) for c in order])
            ax.scatter(np.full(on.sum(), x), y[on], s=90, color=BLUE, zorder=3)
            ax.scatter(np.full((~on).sum(), x), y[~on], s=10, color=RULE, zorder=2)
            ax.text(x, len(order) + 0.1, who.replace(": ", "\n"), ha="center", va="bottom", fontsize=9.5)  # fmt: skip
        ax.set_yticks(y, [names[c] for c in order])
        ax.set_xticks([])
        ax.set_xlim(-0.6, len(lists) - 0.4)
        ax.set_ylim(-0.7, len(order) + 1.6)
        ax.grid(axis="y")
        ax.spines["bottom"].set_visible(False)
        twice = [names[c] for c in order if sum(c in set(x) for x in lists.values()) == 2]  # fmt: skip
        show(figure, f"{len(order)} organisations and three lists of eight. Nobody is on all three; on two are {', '.join(twice)}.")  # fmt: skip


def five_raters(scores):
    """The same mean from people who agree and from people who do not."""
    with drawing(1.9) as (figure, ax):
        for y, name in enumerate(reversed(list(scores))):
            values = scores[name]
            ax.hlines(y, values.min(), values.max(), color=PALE, lw=3)
            for value, n in values.value_counts().items():
                for k in range(n):
                    ax.scatter(value, y + 0.14 * (k - (n - 1) / 2), s=70, color=BLUE, zorder=3)  # fmt: skip
            ax.plot(values.mean(), y - 0.42, "^", ms=9, color=ORANGE)
        ax.set_yticks(range(len(scores.columns)), list(reversed(list(scores))))
        ax.set_ylim(-0.75, len(scores.columns) - 0.4)
        ax.set_xlim(0.6, 5.4)
        ax.set_xticks(range(1, 6), ["1\nlittle", "2", "3", "4", "5\nmuch"])
        ax.text(3.12, -0.42, "the mean of both", color=ORANGE_TEXT, va="center", fontsize=9.5)  # fmt: skip
        ax.grid(axis="x")
        show(figure, "Scores of five raters as dots: for the street committee five dots on 3, for the bus company two on 1, one on 3, two on 5. The mean of both is 3.")  # fmt: skip


def grid_with_spans(found):
    """The grid of power and interest in the report's own drawing."""
    from safelearn.disclosure.approval import approve
    from safelearn.stakeholders.position import FIELD_NAMES
    from safelearn.views import style
    from safelearn.views.charts import power_interest

    frame = found.actors.assign(sure=found.actors["sure"].map({True: "yes", False: "no"}))  # fmt: skip
    measures = [c for c in frame if c != "stakeholder_id"]
    table = approve("positions", frame, keys=["stakeholder_id"], measures=measures, derived={}, police=False, audience="internal")  # fmt: skip
    fields = [str(FIELD_NAMES[k]) for k in ("win_over", "work_closely", "look_again", "keep_informed")]  # fmt: skip
    draw = power_interest(table, cut=found.cut, fields=tuple(fields), axes_words=("interest, 1 to 5", "power, 1 to 5"))  # fmt: skip
    counts = found.actors["field"].value_counts()
    with style.context():
        show(
            draw(False),
            "The grid of power and interest. " + "; ".join(f"{_words(k)}: {n}" for k, n in counts.items())
            + f". For {found.unsure} of {len(frame)} the span of the raters' scores crosses a line.",
        )  # fmt: skip


def three_circles(kinds):
    """How many organisations are of each kind, where three circles overlap."""
    n = kinds["salience"].value_counts()
    at = {
        "power": (0, 1.15),
        "power_and_legitimacy": (-0.62, 0.28),
        "power_and_urgency": (0.62, 0.28),
        "all_three": (0, 0),
        "legitimacy": (-1.1, -0.72),
        "urgency": (1.1, -0.72),
        "legitimacy_and_urgency": (0, -0.72),
    }
    circles = {"can make others act": (0, 0.52), "its part is rightful": (-0.55, -0.4), "its concern is urgent": (0.55, -0.4)}  # fmt: skip
    with drawing(4.1) as (figure, ax):
        from matplotlib.patches import Circle

        for name, centre in circles.items():
            ax.add_patch(Circle(centre, 1.0, facecolor=BLUE, alpha=0.13, edgecolor="none"))  # fmt: skip
            ax.add_patch(Circle(centre, 1.0, facecolor="none", edgecolor=BLUE, lw=1.4))
            x, y = centre
            side = {0: 1.05}.get(x, 1.1 * np.sign(x)) if y < 0 else 0.78
            where = (side + x if y < 0 else side, y - 0.35 if y < 0 else y + 0.75)
            ax.text(*where, name, ha="right" if x < 0 else "left", va="center", color=BLUE, weight="bold")  # fmt: skip
        for kind, (x, y) in at.items():
            ally = kind == "legitimacy_and_urgency"
            ax.text(x, y, str(n.get(kind, 0)), ha="center", va="center", fontsize=17 if ally else 13,
                    color=ORANGE_TEXT if ally else INK, weight="bold" if ally else "normal")  # fmt: skip
        ax.annotate("need an ally\nwho can act", (0.06, -0.8), (0, -1.75), ha="center", va="top", color=ORANGE_TEXT,
                    arrowprops={"arrowstyle": "-", "color": ORANGE, "shrinkB": 8})  # fmt: skip
        ax.text(-2.5, 1.4, f"outside all three: {n.get('none', 0)}", color=INK2)
        ax.set_aspect("equal")
        ax.set_xlim(-2.9, 2.9)
        ax.set_ylim(-2.25, 1.6)
        ax.set_axis_off()
        told = "; ".join(f"{_words(kind)} {n.get(kind, 0)}" for kind in at)
        show(figure, f"Three overlapping circles, power, legitimacy and urgency, with the number of organisations in each part: {told}.")  # fmt: skip


def path_and_star():
    """Four in a row, and four around one."""
    with drawing(1.9, 2, width_ratios=[1.4, 1]) as (figure, (left, right)):
        row = {"Ines": (0, 0), "Jon": (1, 0), "Kim": (2, 0), "Lea": (3, 0)}
        left.plot([0, 3], [0, 0], color=CONTEXT, lw=2, zorder=1)
        for name, (x, y) in row.items():
            _person(left, x, y, name)
        turn = np.deg2rad([35, 145, 215, 325])
        for k, angle in enumerate(turn):
            x, y = 1.25 * np.cos(angle), np.sin(angle)
            right.plot([0, x], [0, y], color=CONTEXT, lw=2, zorder=1)
            _person(right, x, y, "EFGH"[k])
        _person(right, 0, 0, "middle")
        left.set_xlim(-0.5, 3.5)
        left.set_ylim(-1.1, 1.1)
        right.set_xlim(-1.9, 1.9)
        right.set_ylim(-1.1, 1.1)
        for ax in (left, right):
            ax.set_axis_off()
        show(figure, "Left a path of four: Ines, Jon, Kim, Lea, each tied to the next. Right a star: four people, each tied only to one in the middle.")  # fmt: skip


def _person(ax, x, y, name):
    ax.scatter(x, y, s=900, color="white", edgecolor=BLUE, linewidth=2, zorder=2)
    ax.text(x, y, name, ha="center", va="center", fontsize=9, zorder=3)


def net(register, ties, bold):
    """The net of the whole city in the report's own drawing, without ties of conflict."""
    from safelearn.disclosure.approval import approve
    from safelearn.views import style
    from safelearn.views.charts import ties as ties_chart

    peaceful = ties[ties["tie"] != CONFLICT].reset_index(drop=True)
    edges = approve("ties", peaceful[["from_id", "to_id", "tie"]].assign(n=1), keys=["from_id", "to_id", "tie"], measures=["n"], derived={}, police=False, audience="internal")  # fmt: skip
    actors = approve("actors", register[["stakeholder_id"]].assign(n=1), keys=["stakeholder_id"], measures=["n"], derived={}, police=False, audience="internal")  # fmt: skip
    words = ("information, referral, cooperation", "orders and money", "conflict")
    draw = ties_chart(edges, actors, words=words, alone="without any tie:", bold=list(bold))  # fmt: skip
    with style.context():
        show(draw(False), f"A net of {len(register)} organisations and {len(peaceful)} ties. {' and '.join(bold)} are drawn large; one organisation has no tie.")  # fmt: skip


def silence(register, ties, talk):
    """Every pair of departments: do they work together, or is there only money and orders, or nothing?"""
    codes = list(talk.departments["stakeholder_id"])
    names = register.set_index("stakeholder_id")["name"]
    spoken = {frozenset(pair) for pair in working_ties(ties).itertuples(index=False)}
    means = ties[ties["tie"].isin(["command", "money"])]
    ordered = {frozenset(pair) for pair in means[["from_id", "to_id"]].itertuples(index=False)}  # fmt: skip
    with drawing(3.7) as (figure, ax):
        for i, a in enumerate(codes):
            for j, b in enumerate(codes[:i]):
                pair = frozenset((a, b))
                face = BLUE if pair in spoken else "white"
                edge = CONTEXT if pair in ordered and pair not in spoken else RULE
                ax.add_patch(_square(j, len(codes) - i, face, BLUE if pair in spoken else edge))  # fmt: skip
                if pair in ordered and pair not in spoken:
                    ax.text(j + 0.5, len(codes) - i + 0.5, "–", ha="center", va="center", color=INK2, fontsize=13)  # fmt: skip
        for i, code in enumerate(codes):
            y = len(codes) - i + 0.5
            ax.text(i + 0.2, y, names[code], ha="left", va="center", fontsize=9)
        notes = "filled: they work together\n–  only orders or money\nempty: nothing"
        ax.text(len(codes) + 6, len(codes) + 0.9, notes, fontsize=9.5, color=INK2, ha="right", va="top")  # fmt: skip
        ax.set_xlim(-0.2, len(codes) + 6)
        ax.set_ylim(0.8, len(codes) + 1)
        ax.set_aspect("equal")
        ax.set_axis_off()
        show(figure, f"A triangle of {talk.pairs} squares, a pair of departments each. {talk.pairs - len(talk.silent_pairs)} are filled: these pairs work together. The others hold a dash for orders or money, or nothing.")  # fmt: skip


def _square(x, y, face, edge):
    from matplotlib.patches import Rectangle

    return Rectangle((x + 0.06, y + 0.06), 0.88, 0.88, facecolor=face, edgecolor=edge, lw=1.1)  # fmt: skip


def ratios(audit):
    """Who came over who lives here, with intervals, and those of whom nobody is on record."""
    shown = audit[audit["ratio"].notna()]
    unknown = audit[audit["found"] == "no_share"]
    nobody = audit[audit["found"] == "no_record"]
    rows = len(shown) + len(unknown) + len(nobody)
    with drawing(0.28 * rows + 1.0) as (figure, ax):
        y = np.arange(rows)[::-1]
        ax.axvspan(0.15, 0.8, color=PANEL, zorder=0)
        ax.axvline(1, color=INK, lw=1)
        for height, row in zip(y, shown.itertuples(), strict=False):
            ax.hlines(height, row.lower, row.upper, color=BLUE, lw=3)
            ax.scatter(row.ratio, height, s=44, color=BLUE, zorder=3)
        for height, row in zip(y[len(shown) :], unknown.itertuples(), strict=False):
            ax.text(0.17, height, f"{row.n:.0f} came; nobody knows how many live here", va="center", color=INK2, fontsize=9.5, path_effects=halo())  # fmt: skip
        for height in y[len(shown) + len(unknown) :]:
            ax.text(0.17, height, "nobody on record", va="center", color=ORANGE_TEXT, fontsize=9.5, path_effects=halo())  # fmt: skip
        ax.axhline(len(nobody) - 0.5, color=RULE, lw=1)
        names = [*shown["group"], *unknown["group"], *nobody["group"]]
        ax.set_yticks(y, [_words(name) for name in names])
        ax.set_xscale("log")
        ax.set_xlim(0.15, 8)
        ax.set_xticks([0.25, 0.5, 1, 2, 4], ["a quarter", "half", "as many as\nlive here", "twice", "4 times"])  # fmt: skip
        ax.minorticks_off()
        ax.set_ylim(-0.6, rows - 0.4)
        told = "; ".join(f"{_words(r.group)} {r.ratio:.2f} ({r.lower:.2f} to {r.upper:.2f})" for r in shown.itertuples())  # fmt: skip
        show(figure, f"Ratio of the share among those who came to the share in the city: {told}. Nobody on record: {', '.join(map(_words, nobody['group']))}.")  # fmt: skip


def promised(kept):
    """In how many activities the promise was kept, by group; and what youth was promised and had, by phase."""
    groups = kept.groups
    with drawing(2.9, 2, width_ratios=[1, 1.15]) as (figure, (left, right)):
        y = np.arange(len(groups))[::-1]
        left.barh(y, groups["activities"], 0.55, color="white", edgecolor=CONTEXT)
        left.barh(y, groups["kept"], 0.55, color=[ORANGE if g == "youth" else BLUE for g in groups["group"]])  # fmt: skip
        left.set_yticks(y, [_words(g) for g in groups["group"]])
        left.set_xticks([])
        left.spines["bottom"].set_visible(False)
        left.grid(visible=False)
        for height, row in zip(y, groups.itertuples(), strict=True):
            left.text(row.activities + 0.3, height, f"{row.kept:.0f} of {row.activities:.0f}", va="center", fontsize=9.5)  # fmt: skip
        left.set_xlim(0, groups["activities"].max() * 1.35)
        left.set_title("promises kept")
        young = kept.phases[kept.phases["group"] == "youth"].set_index("phase")
        x = np.arange(len(PHASES))
        wanted, had = ([LEVELS.index(young[c][p]) for p in PHASES] for c in ("promised", "borne_out"))  # fmt: skip
        for k in x:
            right.annotate("", (k, had[k]), (k, wanted[k]), arrowprops={"arrowstyle": "-|>", "color": ORANGE, "lw": 1.6}) if had[k] != wanted[k] else None  # fmt: skip
        right.scatter(x, wanted, s=60, color="white", edgecolor=INK2, linewidth=1.6, zorder=3)  # fmt: skip
        right.scatter(x, had, s=60, color=ORANGE, zorder=4)
        right.set_xticks(x, ["diagnosis", "design", "doing", "judging"])
        right.set_yticks(range(len(LEVELS)), LEVELS)
        right.set_ylim(-0.4, 5.3)
        right.set_xlim(-0.5, len(PHASES) + 0.35)
        right.set_title("young people, by phase")
        right.text(3.25, wanted[-1], "promised", va="center", fontsize=9.5, color=INK2)
        right.text(
            3.25, had[-1], "borne out", va="center", fontsize=9.5, color=ORANGE_TEXT
        )
        told = "; ".join(f"{_words(r.group)} {r.kept:.0f} of {r.activities:.0f}" for r in groups.itertuples())  # fmt: skip
        steps = "; ".join(f"{p}: {LEVELS[a]} promised, {LEVELS[b]} borne out" for p, a, b in zip(PHASES, wanted, had, strict=True))  # fmt: skip
        show(figure, f"Promises kept by group: {told}. Youth by phase: {steps}.")


def hours(table):
    """Hours in a week in which places could be used and are, by kind, those that may be listed."""
    from safelearn.stakeholders.assets import listed

    rows = listed(table).dropna(subset=["hours_available", "hours_used"])
    by = rows.groupby(rows["type"].astype("str"))[["hours_available", "hours_used"]].mean()  # fmt: skip
    by = by.loc[[k for k in KINDS if k in by.index]]
    with drawing(0.3 * len(by) + 0.9) as (figure, ax):
        y = np.arange(len(by))[::-1]
        ax.barh(y, by["hours_available"], 0.62, color=PALE)
        ax.barh(y, by["hours_used"], 0.62, color=BLUE)
        ax.set_yticks(y, [KINDS[k] for k in by.index])
        ax.set_xlabel("hours a week, a mean of each kind")
        ax.grid(axis="x")
        top = by["hours_available"].max()
        ax.set_xlim(0, 1.05 * top)
        ax.text(by["hours_used"].iloc[0] / 2, y[0], "used", ha="center", va="center", color="white", fontsize=9.5)  # fmt: skip
        ax.text((by["hours_used"].iloc[0] + by["hours_available"].iloc[0]) / 2, y[0], "free", ha="center", va="center", fontsize=9.5)  # fmt: skip
        told = "; ".join(f"{KINDS[k]} {r.hours_used:.0f} of {r.hours_available:.0f}" for k, r in zip(by.index, by.itertuples(), strict=True))  # fmt: skip
        show(figure, f"Hours a week used of hours available, by kind of place: {told}.")


def chairs(known, lists, needs_ally, brokers):
    """The three lists again, with what is known by now of each organisation on them."""
    names = known.set_index("stakeholder_id")["name"]
    with drawing(2.9, len(lists)) as (figure, panels):
        for ax, (who, codes) in zip(panels, lists.items(), strict=True):
            for k, code in enumerate(codes):
                y = len(codes) - k
                ally, between = code in set(needs_ally), code in brokers
                colour = ORANGE_TEXT if ally else INK
                ax.text(0.02, y, _short(names[code]), fontsize=9, va="center", color=colour, weight="bold" if between else "normal")  # fmt: skip
            ax.set_ylim(0.3, len(codes) + 0.7)
            ax.set_xlim(0, 1)
            ax.set_axis_off()
            ax.set_title(who.split(":")[0], fontsize=10.5)
        figure.supxlabel("orange: needs an ally who can act     bold: may stand between others", fontsize=9.5, color=INK2)  # fmt: skip
        counts = "; ".join(f"{who.split(':')[0]}: {sum(c in set(needs_ally) for c in codes)} need an ally" for who, codes in lists.items())  # fmt: skip
        show(figure, f"The three lists of eight names. {counts}.")


def _short(name):
    return name.removeprefix("Department of ").removeprefix("Municipal ")
