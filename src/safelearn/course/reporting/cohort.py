"""How many people a course has trained in what: figures that protect persons, for clause draft:23(a).

The marks of a class go in; a small table comes out that may leave the class. Of fewer than ten trainees there is
none. A count near nothing or near everybody would say something of single persons, so it is said as a limit only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelearn.course.reporting.competencies import PRACTISED, practised
from safelearn.course.reporting.marks import Marks
from safelearn.errors import SafelearnError
from safelearn.guidelines.competencies import competency
from safelearn.language import number, t

if TYPE_CHECKING:
    import pandas as pd

#: The smallest class that figures are given of, and the smallest group within it.
LEAST_TRAINEES, LEAST_GROUP = 10, 5


def cohort_figures(marks: Marks) -> pd.DataFrame:
    """Of how many trainees a level was practised, by competency.

    Returns
    -------
    DataFrame
        ``competency, name, level, trainees, practised``. `practised` is text: a number, or ``under 5`` or
        ``over N-5`` where fewer than five would stand apart from the others.

    Raises
    ------
    SafelearnError
        With fewer than ten trainees who had at least one task marked.
    """
    import pandas as pd

    reached = practised(marks)
    trained = reached.loc[reached["marked"] > 0, "student"].nunique()
    if trained < LEAST_TRAINEES:
        raise SafelearnError(
            t(
                "Figures of a class are given from {n} trainees on.",
                n=number(LEAST_TRAINEES),
            ),
            where=t("{n} had a task marked.", n=number(trained)),
            remedy=t("Put classes together before you publish anything of them."),
        )
    rows = []
    for (name, level), group in reached.groupby(["competency", "level"], sort=False):
        n = int((group["state"] == PRACTISED).sum())
        rows.append(
            {
                "competency": name,
                "name": competency(name).english,
                "level": int(level),
                "trainees": trained,
                "practised": _safe(n, trained),
            }
        )
    frame = pd.DataFrame(
        rows, columns=["competency", "name", "level", "trainees", "practised"]
    )
    key = frame["competency"].str.removeprefix("C").astype(int)
    return (
        frame.assign(_key=key)
        .sort_values(["_key", "level"])
        .drop(columns="_key")
        .reset_index(drop=True)
    )


def _safe(n: int, trained: int) -> str:
    if n < LEAST_GROUP:
        return f"under {LEAST_GROUP}"
    if trained - n < LEAST_GROUP:
        return f"over {trained - LEAST_GROUP}"
    return str(n)
