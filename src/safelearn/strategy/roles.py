"""Who answers for which task, at which level of government, with what law and what money?

The table ``mandates`` goes in: one row a task, organisation and part (RACI). Out come, for each task, what is wrong
with it: nobody answers for it, or several do; nobody does it; no law or no money stands behind it (draft:13,
draft:14); tasks by level with overlaps and gaps (draft:26(f)(ii).3); and organisations that are asked or told about
everything.
"""

from __future__ import annotations

import pandas as pd

NEEDS = frozenset({"table:mandates"})
LEVELS = ("national", "regional", "metropolitan", "city", "district", "neighbourhood")
ACCOUNTABLE, RESPONSIBLE = "accountable", "responsible"
CONSULTED, INFORMED = "consulted", "informed"
CARRIES = (ACCOUNTABLE, RESPONSIBLE)
#: What a task can lack.
NOBODY_ANSWERS, SEVERAL_ANSWER = "nobody answers", "several answer"
NOBODY_DOES, NO_LAW = "nobody does it", "no legal basis"
UNFUNDED = "unfunded mandate"
PASSED_DOWN = "passed down without money"
SEVERAL_LEVELS = "done at several levels"
TOO_MANY_ASKED = "too many asked or told"
#: More than so many are asked or told: then nobody reads what is sent. A rule of thumb of this library.
MOST_ASKED = 5


def raci(
    mandates: pd.DataFrame, *, expected: dict[str, str] | None = None
) -> pd.DataFrame:
    """Each task with who carries it and what is wrong. Serves draft:13.

    Parameters
    ----------
    mandates : DataFrame
        `task_id`, `task`, `stakeholder_id`, `level`, `part`; `legal_basis`, `funded`, `budget` if there are.
    expected : dict of task code to words, optional
        Tasks that the law or the strategy names; those that no row carries are added with nobody in them.

    Returns
    -------
    DataFrame
        One row a task in code order: `task_id`, `task`, the number of organisations in each part (`accountable`,
        `responsible`, `consulted`, `informed`), `levels` (that carry it, from the top), `faults` (tuple).

    Notes
    -----
    Exactly one organisation is accountable for a task and at least one is responsible; the same may be both. A task is
    an unfunded mandate if nobody who carries it has money for it, or who answers for it has none (draft:14); it is
    passed down without money if a higher level answers and a lower one that does the work has none or only part of it.

    Examples
    --------
    >>> rows = pd.DataFrame({"task_id": "T1", "task": "Lamps", "stakeholder_id": ["A", "B"], "level": "city",
    ...                      "part": ["responsible", "consulted"], "funded": ["yes", "no"]})
    >>> raci(rows)["faults"].iloc[0]
    ('nobody answers', 'no legal basis')
    """
    carried = _carried(mandates)
    lines = [
        _task(str(task_id), rows, carried[carried["task_id"] == task_id])
        for task_id, rows in mandates.groupby("task_id", sort=True)
    ]
    there = {line["task_id"] for line in lines}
    for task_id, task in (expected or {}).items():
        if task_id not in there:
            lines.append(_nobody(task_id, task))
    columns = [
        "task_id",
        "task",
        ACCOUNTABLE,
        RESPONSIBLE,
        CONSULTED,
        INFORMED,
        "levels",
        "faults",
    ]
    frame = pd.DataFrame(lines, columns=columns)
    return frame.sort_values("task_id", ignore_index=True)


def unanswered(mandates: pd.DataFrame) -> list[str]:
    """Codes of the tasks for which nobody answers."""
    found = raci(mandates)
    return list(found.loc[found[ACCOUNTABLE] == 0, "task_id"])


def unfunded(mandates: pd.DataFrame) -> pd.DataFrame:
    """Organisations that must do something without the money for it. Serves draft:14.

    Returns
    -------
    DataFrame
        `task_id`, `task`, `stakeholder_id`, `level`, `parts` (tuple), `legal_basis`, `funded` (``no`` or ``partly``),
        `budget`: one row a task and organisation that is accountable or responsible, by task and level.
    """
    carried = _carried(mandates)
    short = carried[carried["funded"].isin(["no", "partly"])]
    order = short["level"].map({level: i for i, level in enumerate(LEVELS)})
    return (
        short.assign(_order=order)
        .sort_values(["task_id", "_order", "stakeholder_id"])
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def by_level(mandates: pd.DataFrame) -> pd.DataFrame:
    """The matrix of function, mandate and budget by level of government. Serves draft:14 and draft:26(f)(ii).3.

    Returns
    -------
    DataFrame
        One row a task and level that has any part in it: `task_id`, `task`, `level`, `function` (the parts, in the
        order of RACI), `mandate` (``yes`` if each organisation that carries the task there names a law, ``partly``,
        ``no``, or empty where the level is only asked or told), `funded` (likewise), `budget` (of those who carry it,
        each organisation once).
    """
    rank = {level: i for i, level in enumerate(LEVELS)}
    carried = _carried(mandates)
    lines = []
    for (task_id, level), rows in mandates.groupby(["task_id", "level"], sort=False):
        parts = set(rows["part"])
        here = carried[(carried["task_id"] == task_id) & (carried["level"] == level)]
        law = here["legal_basis"].ne("")
        lines.append(
            {
                "task_id": str(task_id),
                "task": str(rows["task"].iloc[0]),
                "level": str(level),
                "function": tuple(
                    p
                    for p in (ACCOUNTABLE, RESPONSIBLE, CONSULTED, INFORMED)
                    if p in parts
                ),
                "mandate": _together(["yes" if known else "no" for known in law]),
                "funded": _together(list(here["funded"])),
                "budget": here["budget"].sum(min_count=1),
            }
        )
    frame = pd.DataFrame(lines)
    if frame.empty:
        return frame
    return (
        frame.assign(_rank=frame["level"].map(rank))
        .sort_values(["task_id", "_rank"])
        .drop(columns="_rank")
        .reset_index(drop=True)
    )


def overload(mandates: pd.DataFrame) -> pd.DataFrame:
    """How often each organisation carries, is asked, is told; sorted by how much it is asked or told.

    An organisation that is only asked and told has work without a say: look whether it asked for that.
    """
    parts = [ACCOUNTABLE, RESPONSIBLE, CONSULTED, INFORMED]
    counted = (
        mandates.drop_duplicates(["task_id", "stakeholder_id", "part"])
        .groupby(["stakeholder_id", "part"])
        .size()
        .unstack("part")
        .reindex(columns=parts)
        .fillna(0)
        .astype(int)
        .rename_axis(columns=None)
        .reset_index()
    )
    counted["asked"] = counted[CONSULTED] + counted[INFORMED]
    return counted.sort_values(
        ["asked", "stakeholder_id"], ascending=[False, True], ignore_index=True
    )


def _carried(mandates: pd.DataFrame) -> pd.DataFrame:
    """Who carries what, one row a task and organisation: the same money stands on the rows of both parts."""
    frame = mandates.reindex(
        columns=[
            "task_id", "task", "stakeholder_id", "level", "part", "legal_basis", "funded", "budget",
        ]
    )  # fmt: skip
    frame = frame[frame["part"].isin(CARRIES)].copy()
    frame["legal_basis"] = (
        frame["legal_basis"].astype("str").where(frame["legal_basis"].notna(), "")
    )
    frame["funded"] = (
        frame["funded"].astype("str").where(frame["funded"].notna(), "unknown")
    )
    if frame.empty:
        return frame.rename(columns={"part": "parts"})
    worst = {"no": 0, "partly": 1, "unknown": 2, "yes": 3}
    grouped = frame.groupby(["task_id", "stakeholder_id"], sort=False)
    out = grouped.agg(
        task=("task", "first"),
        level=("level", "first"),
        parts=("part", lambda p: tuple(x for x in CARRIES if x in set(p))),
        legal_basis=("legal_basis", "max"),
        funded=("funded", lambda f: min(f, key=lambda x: worst.get(x, 2))),
        budget=("budget", "max"),
    ).reset_index()
    columns = ["task_id", "task", "stakeholder_id", "level", "parts"]
    return out[[*columns, "legal_basis", "funded", "budget"]]


def _task(task_id: str, rows: pd.DataFrame, carried: pd.DataFrame) -> dict[str, object]:
    counts = {
        part: rows.loc[rows["part"] == part, "stakeholder_id"].nunique()
        for part in (ACCOUNTABLE, RESPONSIBLE, CONSULTED, INFORMED)
    }
    levels = tuple(level for level in LEVELS if level in set(carried["level"]))
    return {
        "task_id": task_id,
        "task": str(rows["task"].iloc[0]),
        **counts,
        "levels": levels,
        "faults": tuple(_faults(counts, carried)),
    }


def _faults(counts: dict[str, int], carried: pd.DataFrame) -> list[str]:
    found = []
    if counts[ACCOUNTABLE] != 1:
        found.append(SEVERAL_ANSWER if counts[ACCOUNTABLE] else NOBODY_ANSWERS)
    if counts[RESPONSIBLE] == 0:
        found.append(NOBODY_DOES)
    answers = carried[carried["parts"].map(lambda p: ACCOUNTABLE in p).astype(bool)]
    does = carried[carried["parts"].map(lambda p: RESPONSIBLE in p).astype(bool)]
    if len(carried) and not carried["legal_basis"].ne("").any():
        found.append(NO_LAW)
    if len(carried) and (
        carried["funded"].eq("no").all() or answers["funded"].eq("no").any()
    ):
        found.append(UNFUNDED)
    if _passed_down(answers, does):
        found.append(PASSED_DOWN)
    if does["level"].nunique() > 1:
        found.append(SEVERAL_LEVELS)
    if counts[CONSULTED] + counts[INFORMED] > MOST_ASKED:
        found.append(TOO_MANY_ASKED)
    return found


def _passed_down(answers: pd.DataFrame, does: pd.DataFrame) -> bool:
    rank = {level: i for i, level in enumerate(LEVELS)}
    if answers.empty or does.empty:
        return False
    top = answers["level"].map(rank).min()
    below = does[does["level"].map(rank) > top]
    return bool(below["funded"].isin(["no", "partly"]).any())


def _nobody(task_id: str, task: str) -> dict[str, object]:
    counts = dict.fromkeys((ACCOUNTABLE, RESPONSIBLE, CONSULTED, INFORMED), 0)
    faults = (NOBODY_ANSWERS, NOBODY_DOES)
    return {
        "task_id": task_id,
        "task": task,
        **counts,
        "levels": (),
        "faults": faults,
    }


def _together(values: list[str]) -> str:
    """One word for several organisations: what all of them say, or partly."""
    if not values:
        return ""
    said = set(values)
    return said.pop() if len(said) == 1 else "partly"
