"""Which tasks were hard, which tell who has understood, and which slips were made most: what to teach again.

The marks of a class go in; two tables come out, of tasks and of slips. They judge tasks, not people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelearn.course.reporting.marks import MARKED, Marks

if TYPE_CHECKING:
    import pandas as pd

#: With fewer marked answers, a correlation says nothing.
LEAST = 10


def items(marks: Marks) -> pd.DataFrame:
    """Difficulty and discrimination of each task.

    Returns
    -------
    DataFrame
        ``assignment, task, competency, level, most, n`` (marked answers), ``share`` (mean share of the points, the
        item's facility), ``full`` and ``nothing`` (shares of answers with all and with no points),
        ``discrimination``.

    Notes
    -----
    Discrimination is the item-rest correlation (Henrysson 1963): the Pearson correlation of a task's share of
    points with the share of points in the *other* marked tasks of the same assignment, so that no task is
    correlated with itself. It is missing with fewer than ten answers or where either does not vary.
    """
    import pandas as pd

    done = marks.tasks[marks.tasks["state"] == MARKED].copy()
    done["points"] = done["points"].astype(float)
    whole = done.groupby(["student", "assignment"])[["points", "most"]].transform("sum")
    other = whole - done[["points", "most"]]
    done["share"] = done["points"] / done["most"]
    done["rest"] = other["points"] / other["most"].where(other["most"] > 0)
    rows = []
    first = marks.tasks.drop_duplicates("task")
    by_task = dict(iter(done.groupby("task", sort=False)))
    for task in first.itertuples(index=False):
        group = by_task.get(task.task, done.iloc[:0])
        rows.append(
            {
                "assignment": task.assignment,
                "task": task.task,
                "competency": task.competency,
                "level": task.level,
                "most": task.most,
                "n": len(group),
                "share": group["share"].mean() if len(group) else None,
                "full": (group["share"] >= 1).mean() if len(group) else None,
                "nothing": (group["share"] <= 0).mean() if len(group) else None,
                "discrimination": _discrimination(group),
            }
        )
    return pd.DataFrame(
        rows,
        columns=[
            "assignment", "task", "competency", "level", "most", "n", "share", "full", "nothing", "discrimination",
        ],
    )  # fmt: skip


def mistakes(marks: Marks) -> pd.DataFrame:
    """The declared mistakes that were recognised, the most common first.

    Returns
    -------
    DataFrame
        ``assignment, task, mistake, n`` and ``of``, how many answers to the task were marked. An answer that agrees
        with two mistakes counts for both, because either may have been made.
    """
    import pandas as pd

    done = marks.tasks[marks.tasks["state"] == MARKED]
    found = done.explode("mistakes").dropna(subset="mistakes")
    counted = found.groupby(["assignment", "task", "mistakes"]).size()
    frame = counted.rename("n").reset_index().rename(columns={"mistakes": "mistake"})
    frame["of"] = frame["task"].map(done.groupby("task").size()).astype("int64")
    assert isinstance(frame, pd.DataFrame)
    return frame.sort_values(
        ["n", "task", "mistake"], ascending=[False, True, True]
    ).reset_index(drop=True)


def _discrimination(group: pd.DataFrame) -> float | None:
    known = group.dropna(subset="rest")
    if (
        len(known) < LEAST
        or known["share"].nunique() < 2
        or known["rest"].nunique() < 2
    ):
        return None
    return float(known["share"].corr(known["rest"]))
