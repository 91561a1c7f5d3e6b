"""What each trainee has practised, by competency and level, beside what a role asks for.

The marks of a class go in; a tidy table comes out, a row for each trainee, competency and level that the course's
tasks teach. It says what was practised in tasks with a template: it is no measure of a person, and there is no
sum over competencies, so that nobody can be put in an order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelearn.course.reporting.marks import MARKED, WAITING, Marks
from safelearn.guidelines.competencies import competencies, role

if TYPE_CHECKING:
    import pandas as pd

#: Share of a level's points from which on it counts as practised.
ENOUGH = 0.5
#: What can be said of a level: from the most to the least.
PRACTISED, BEGUN, UNREAD, NOT_YET = "practised", "begun", "to be read", "not yet"


def practised(marks: Marks) -> pd.DataFrame:
    """What was practised, by trainee, competency and level.

    Returns
    -------
    DataFrame
        ``student, competency, level, tasks, marked, points, most, state``. `points` and `most` are of the marked
        tasks. The state is ``practised`` where at least half of the points of the marked tasks were earned,
        ``begun`` where fewer were, ``to be read`` where a person has all of them still to mark, else ``not yet``.
    """
    import pandas as pd

    order = {c.id: i for i, c in enumerate(competencies())}
    rows = []
    # Tables of thousands of tasks: one pass over plain tuples.
    groups: dict[tuple[str, str, int], list] = {}
    columns = ["student", "competency", "level", "points", "most", "state"]
    for student, competency, level, *rest in marks.tasks[columns].itertuples(
        index=False
    ):
        groups.setdefault((student, competency, int(level)), []).append(rest)
    for (student, competency, level), tasks in groups.items():
        done = [(points, most) for points, most, state in tasks if state == MARKED]
        earned, most = sum(p for p, _ in done), sum(m for _, m in done)
        rows.append(
            {
                "student": student,
                "competency": competency,
                "level": level,
                "tasks": len(tasks),
                "marked": len(done),
                "points": round(earned, 2),
                "most": most,
                "state": _state([s for *_, s in tasks], earned, most),
            }
        )
    frame = pd.DataFrame(
        rows,
        columns=["student", "competency", "level", "tasks", "marked", "points", "most", "state"],
    )  # fmt: skip
    frame["_order"] = frame["competency"].map(order)
    frame = frame.sort_values(["student", "_order", "level"], kind="stable")
    return frame.drop(columns="_order").reset_index(drop=True)


def still_to_practise(of_one: pd.DataFrame, role_id: str) -> list[tuple[str, int]]:
    """Competencies and levels that a role needs and that this trainee has not practised yet.

    Parameters
    ----------
    of_one : DataFrame
        The rows of one trainee from `practised`.
    role_id : str
        Such as ``planner``; none, and nothing is asked for.
    """
    if not role_id:
        return []
    reached = highest(of_one)
    return [
        (competency, level)
        for competency, level in role(role_id).minimum.items()
        if reached.get(competency, 0) < level
    ]


def highest(of_one: pd.DataFrame) -> dict[str, int]:
    """The highest level practised in each competency."""
    done = of_one[of_one["state"] == PRACTISED]
    return done.groupby("competency")["level"].max().astype(int).to_dict()


def _state(states: list[str], earned: float, most: float) -> str:
    if most:
        return PRACTISED if earned >= ENOUGH * most else BEGUN
    if WAITING in states:
        return UNREAD
    return NOT_YET
