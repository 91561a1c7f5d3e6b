"""The sections of the class report, from the tables that stand behind it.

Marks, competencies, items, slips and look-alikes go in; HTML comes out, a piece a section. Whoever reads it
teaches: first what waits for them, then what the class found hard, then each trainee in the order of ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safelearn.course.modules import Task
from safelearn.course.reporting.cells import (
    css,
    heat_legend,
    heat_map,
)
from safelearn.course.reporting.items import LEAST
from safelearn.course.reporting.marks import ABSENT, UNGRADED, Marks
from safelearn.course.reporting.parts import head, name_of, prose
from safelearn.course.reporting.similarity import Alike
from safelearn.course.reporting.trainees import trainees
from safelearn.language import NONE, listing, number, percent, t, tn
from safelearn.views.tables import text_table

if TYPE_CHECKING:
    from datetime import timedelta

    import pandas as pd

#: Of tasks and of slips so many stand in the page; the rest is in the tables beside it.
_MOST_ITEMS, _MOST_SLIPS = 12, 15


def sections(
    marks: Marks,
    reached: pd.DataFrame,
    hard: pd.DataFrame,
    slips: pd.DataFrame,
    alike: list[Alike],
) -> list[Markup]:
    """All sections in the order of the page."""
    return [
        _to_do(marks),
        css(),
        _class_by_task(marks),
        _hard(marks, hard),
        _slips(marks, slips),
        trainees(marks, reached),
        _alike(marks, alike),
        _reading(),
    ]


def _to_do(marks: Marks) -> Markup:
    """What waits for the instructor: work to read, work set aside, runs that hit a limit, late work."""
    # What people hand in together is one piece of work.
    handed = _handed_in(marks).drop_duplicates(["assignment", "handed_in_by"])
    waiting = handed[handed["waiting"] > 0]
    lines = []
    if n := int(waiting["waiting"].sum()):
        lines.append(
            tn(
                "{n} answer waits for you to read it, in nbgrader's formgrader.",
                "{n} answers wait for you to read them, in nbgrader's formgrader.",
                n,
            )
        )
    tasks = marks.tasks[marks.tasks["state"] == UNGRADED]
    if names := sorted(set(tasks["assignment"])):
        lines.append(
            t(
                "Not all of this is graded: {names}. Run the command safelearn course grade.",
                names=listing(names),
            )
        )
    unlisted = [p.id for p in marks.people if p.id not in marks.roster.people]
    if unlisted and marks.roster.people:
        lines.append(
            t(
                "Handed in without being in the list of the class: {names}. Perhaps an id is misspelt; then the "
                "data were another person's.",
                names=listing(unlisted),
            )
        )
    out = head("to-do", t("What waits for you"))
    aside = handed[handed["set_aside"] != ""]
    noted = handed[handed["note"] != ""]
    late = handed[handed["late"].notna()]
    bare = handed[(handed["set_aside"] == "") & ~handed["sandboxed"]]
    bare = bare[bare["points"].notna()]
    if len(bare):
        lines.append(
            t(
                "Some submissions were run without a sandbox, with your files and your network."
            )
        )
    if not (lines or len(aside) or len(noted) or len(late)):
        lines.append(t("Nothing: all that was handed in is marked."))
    out += prose(*lines)
    if len(aside):
        out += text_table(
            [t("Trainee"), t("Assignment"), t("Set aside because"), t("What to do")],
            [
                [name_of(marks, r.handed_in_by), r.assignment, r.set_aside, r.remedy]
                for r in aside.itertuples(index=False)
            ],
            caption=t("Not graded yet"),
        )
    if len(noted):
        out += text_table(
            [t("Trainee"), t("Assignment"), t("What happened")],
            [
                [name_of(marks, r.handed_in_by), r.assignment, r.note]
                for r in noted.itertuples(index=False)
            ],
            caption=t("Worth a look, even where the marks are full"),
        )
    if len(late):
        out += text_table(
            [t("Trainee"), t("Assignment"), t("Late by")],
            [
                [name_of(marks, r.handed_in_by), r.assignment, _late(r.late)]
                for r in late.itertuples(index=False)
            ],
            caption=t("Handed in after the deadline, extensions counted"),
            note=t("Being late takes no points unless you have told nbgrader so."),
        )
    return out


def _class_by_task(marks: Marks) -> Markup:
    out = head(
        "tasks",
        t("The class, task by task"),
        t(
            "A pale column is a task to talk about with everybody. A row says nothing of a person: "
            "it says where a conversation can begin."
        ),
    )
    out += heat_legend()
    graded = set(_handed_in(marks)["assignment"])
    shown = [module for module in marks.modules if module.name in graded]
    if not shown:
        return out + prose(t("Nothing has been handed in yet."))
    return out + Markup().join(heat_map(marks, module) for module in shown)


def _hard(marks: Marks, hard: pd.DataFrame) -> Markup:
    known = _known(marks)
    done = hard[hard["n"] > 0].sort_values(["share", "task"])
    out = head(
        "hard",
        t("The hardest tasks"),
        t(
            "The share of points that the class earned, the lowest first. A task that tells little about who "
            "understood the rest may be worded badly: read it again before you teach it again."
        ),
    )
    if done.empty:
        return out + prose(t("No task is marked yet."))
    heads = [
        t("Task"),
        t("Competency"),
        t("Marked"),
        t("Points earned"),
        t("Nothing earned"),
        t("Agreement with the other tasks"),
    ]
    rows = [
        [
            _task(known[r.task]),
            t("{competency}, level {level}", competency=r.competency, level=r.level),
            number(r.n),
            percent(r.share),
            percent(r.nothing),
            _agreement(r.discrimination, r.n),
        ]
        for r in done.head(_MOST_ITEMS).itertuples(index=False)
    ]
    note = t(
        "Agreement is the correlation of a task's points with those of the other tasks in the same assignment, "
        "from {n} marked answers on: near 0 or below, the task tells something else than the others.",
        n=number(LEAST),
    )
    if len(done) > _MOST_ITEMS:
        note += " " + t("All tasks are in items.csv.")
    return out + text_table(
        heads,
        rows,
        caption=t("Tasks by the share of points earned"),
        numeric=heads[2:],
        note=note,
    )


def _slips(marks: Marks, slips: pd.DataFrame) -> Markup:
    out = head(
        "slips",
        t("The most common mistakes"),
        t(
            "Answers that equal what a known mistake gives on that trainee's own data. An answer that agrees with "
            "two of them counts for both."
        ),
    )
    if slips.empty:
        return out + prose(t("No known mistake was recognised."))
    known = _known(marks)
    heads = [t("Mistake"), t("Task"), t("How often")]
    rows = [
        [
            r.mistake,
            _task(known[r.task]),
            t("{n} of {all}", n=number(r.n), all=number(r.of)),
        ]
        for r in slips.head(_MOST_SLIPS).itertuples(index=False)
    ]
    note = t("All of them are in mistakes.csv.") if len(slips) > _MOST_SLIPS else ""
    return out + text_table(
        heads, rows, caption=t("Recognised mistakes"), numeric=heads[2:], note=note
    )


def _alike(marks: Marks, alike: list[Alike]) -> Markup:
    out = head(
        "alike",
        t("Work that looks alike"),
        t(
            "These are flags for a person to look at, never a proof. People who learned together write alike, the "
            "solutions of this course are public, and a good way of doing something is found by many. Read both, "
            "ask both to explain their work, and do not take points for a flag."
        ),
    )
    if not alike:
        return out + prose(
            t("No two submissions share much that others have not written too.")
        )
    heads = [t("Assignment"), t("Both"), t("Rare parts shared"), t("Most in")]
    rows = [
        [
            a.assignment,
            listing([name_of(marks, a.first), name_of(marks, a.second)]),
            percent(a.share),
            ", ".join(a.cells),
        ]
        for a in alike
    ]
    return out + text_table(
        heads, rows, caption=t("To be read by a person"), numeric=heads[2:3]
    )


def _reading() -> Markup:
    return head("reading", t("How to use this report")) + prose(
        t(
            "It holds personal data. Keep it where the gradebook is kept, show a trainee only their own part, and "
            "delete it with the command safelearn course purge when the course is over."
        ),
        t(
            "Trainees stand in the order of their ids, and there is no total over assignments: marks of tasks that "
            "differ do not add up to a person. What may be told outside the class is in cohort.csv, from ten "
            "trainees on."
        ),
    )


def _handed_in(marks: Marks) -> pd.DataFrame:
    """The submissions that are there, whatever became of them."""
    tasks = marks.tasks
    there = tasks.loc[tasks["state"] != ABSENT, ["student", "assignment"]]
    return marks.submissions.merge(
        there.drop_duplicates(), on=["student", "assignment"]
    )


def _agreement(value: Any, n: int) -> str:
    if n < LEAST:
        return t("too few")
    return NONE if value is None or value != value else number(value, 2)


def _late(by: timedelta) -> str:
    minutes = int(by.total_seconds() // 60)
    if minutes < 60:
        return tn("{n} minute", "{n} minutes", max(minutes, 1))
    if minutes < 48 * 60:
        return tn("{n} hour", "{n} hours", minutes // 60)
    return tn("{n} day", "{n} days", minutes // (24 * 60))


def _known(marks: Marks) -> dict[str, Task]:
    return {name: task for m in marks.modules for name, task in m.tasks.items()}


def _task(task: Task) -> str:
    return f"{task.title} ({task.id})"
