"""What each trainee has practised and what was examined, by competency and level, beside what a role asks for.

The marks of a class go in; a tidy table comes out, a row for each trainee, competency and level that the course's
tasks teach. Public tasks are practice, whoever solved them; only the private tasks of an exam examine. It says what
was done in tasks with a template: it is no measure of a person, and there is no sum over competencies, so that nobody
can be put in an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safelearn.course.reporting.marks import MARKED, WAITING, Marks
from safelearn.guidelines.competencies import competencies, role

if TYPE_CHECKING:
    import pandas as pd

#: Share of a level's points from which on it counts as practised, and as examined.
ENOUGH = 0.5
#: What can be said of a level: from the most to the least.
PRACTISED, BEGUN, UNREAD, NOT_YET = "practised", "begun", "to be read", "not yet"
#: In place of the first, where the tasks were those of an exam.
EXAMINED = "examined"


@dataclass(frozen=True)
class Levels:
    """How far one trainee has come: the highest level by competency, such as ``{"C5": 3}``.

    Attributes
    ----------
    practised : dict of str to int
        In the public tasks of the course, whose solutions are public too.
    examined : dict of str to int
        In the private tasks of an exam.
    """

    practised: dict[str, int]
    examined: dict[str, int]


def practised(marks: Marks) -> pd.DataFrame:
    """What was practised and what was examined, by trainee, competency and level.

    Returns
    -------
    DataFrame
        ``student, competency, level, tasks, marked, points, most, state, exam_points, exam_most, exam_state``.
        `points` and `most` are of the marked tasks. The state is ``practised`` where at least half of the points of the
        marked tasks were earned, ``begun`` where fewer were, ``to be read`` where a person has all of them still to
        mark, else ``not yet``. The last three say the same of the tasks of exams, with ``examined`` for the first
        state, and are empty where no exam has a task of that level.
    """
    import pandas as pd

    order = {c.id: i for i, c in enumerate(competencies())}
    rows = []
    # Tables of thousands of tasks: one pass over plain tuples.
    groups: dict[tuple[str, str, int], tuple[list, list]] = {}
    columns = ["student", "competency", "level", "exam", "points", "most", "state"]
    for student, competency, level, exam, *rest in marks.tasks[columns].itertuples(
        index=False
    ):
        of_level = groups.setdefault((student, competency, int(level)), ([], []))
        of_level[bool(exam)].append(rest)
    for (student, competency, level), (practice, exams) in groups.items():
        marked, points, most, state = _counted(practice, PRACTISED)
        row = {
            "student": student,
            "competency": competency,
            "level": level,
            "tasks": len(practice),
            "marked": marked,
            "points": points,
            "most": most,
            "state": state,
            "exam_state": "",
        }
        if exams:
            _, row["exam_points"], row["exam_most"], row["exam_state"] = _counted(
                exams, EXAMINED
            )
        rows.append(row)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["_order"] = frame["competency"].map(order)
    frame = frame.sort_values(["student", "_order", "level"], kind="stable")
    return frame.drop(columns="_order").reset_index(drop=True)


_COLUMNS = [
    "student", "competency", "level", "tasks", "marked", "points", "most", "state", "exam_points", "exam_most",
    "exam_state",
]  # fmt: skip


def levels(reached: pd.DataFrame) -> dict[str, Levels]:
    """By trainee, the highest levels practised and examined, from the table of `practised`."""
    return {
        student: Levels(
            _highest(of_one, "state", PRACTISED),
            _highest(of_one, "exam_state", EXAMINED),
        )
        for student, of_one in reached.groupby("student", sort=False)
    }


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
    """The highest level in each competency that was practised, or examined, which takes no less."""
    found = _highest(of_one, "state", PRACTISED)
    for competency, level in _highest(of_one, "exam_state", EXAMINED).items():
        found[competency] = max(level, found.get(competency, 0))
    return found


def _highest(of_one: pd.DataFrame, column: str, state: str) -> dict[str, int]:
    done = of_one[of_one[column] == state]
    return done.groupby("competency")["level"].max().astype(int).to_dict()


def _counted(tasks: list[list], enough: str) -> tuple[int, float, float, str]:
    """Of some tasks: how many are marked, their points, the most there were to get, and the state."""
    done = [(points, most) for points, most, state in tasks if state == MARKED]
    earned, most = sum(p for p, _ in done), sum(m for _, m in done)
    if most:
        state = enough if earned >= ENOUGH * most else BEGUN
    else:
        state = UNREAD if WAITING in [s for *_, s in tasks] else NOT_YET
    return len(done), round(earned, 2), most, state
