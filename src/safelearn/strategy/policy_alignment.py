"""Which national goals does the city's strategy serve, and which does it leave alone? (draft:23(c))

National goals go in, each with the indicators or topics that it is about, and the city's measures; out comes the matrix
of goals by measures, goals that no measure serves, and measures that serve no goal. Without a list of its own country a
city can start from the global goals, to which the catalogue of indicators is tied.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.guidelines.catalogue import by_goal

NEEDS = frozenset({"table:measures"})
#: How a measure was joined to a goal.
BY_INDICATOR, BY_TOPIC, STATED = "indicator", "topic", "stated"


@dataclass(frozen=True)
class Alignment:
    """Goals and measures joined.

    Attributes
    ----------
    links : DataFrame
        `goal_id`, `measure_id`, `by` (the strongest of ``stated``, ``indicator``, ``topic``).
    matrix : DataFrame
        Goals in rows (`goal_id`, `goal`), a column a measure holding how it was joined, or an empty string.
    goals_without_measure, measures_without_goal : tuple of str
    """

    links: pd.DataFrame
    matrix: pd.DataFrame
    goals_without_measure: tuple[str, ...]
    measures_without_goal: tuple[str, ...]


def alignment(goals: pd.DataFrame, measures: pd.DataFrame) -> Alignment:
    """Join national goals and measures. Serves draft:23(c).

    Parameters
    ----------
    goals : DataFrame
        `goal_id`, `goal`, and any of `indicator_ids`, `topics`, `measure_ids`: codes with spaces between, as a city's
        planning office fills them in. `global_goals` gives such a table for the goals of draft:26(a).
    measures : DataFrame
        `measure_id`, `indicator_id`, `topic`.

    Notes
    -----
    Sharing an indicator is a strong link, sharing a topic a weak one; neither says that the two pull the same way. A
    person must look for contradictions: a national goal of more arrests and a city's goal of fewer stops share a topic.

    Examples
    --------
    >>> goals = pd.DataFrame({"goal_id": ["N1"], "goal": ["Light"], "topics": ["lighting"]})
    >>> plan = pd.DataFrame({"measure_id": ["M1", "M2"], "topic": ["lighting", "housing"]})
    >>> found = alignment(goals, plan)
    >>> found.links.values.tolist(), found.measures_without_goal
    ([['N1', 'M1', 'topic']], ('M2',))
    """
    plan = measures.reindex(columns=["measure_id", "indicator_id", "topic"])
    plan = plan.astype(object).where(plan.notna(), "")
    listed = goals.reindex(
        columns=["goal_id", "goal", "indicator_ids", "topics", "measure_ids"]
    )
    listed = listed.astype(object).where(listed.notna(), "")
    lines = []
    for goal in listed.to_dict("records"):
        named = {
            STATED: set(str(goal["measure_ids"]).split()),
            BY_INDICATOR: set(str(goal["indicator_ids"]).split()),
            BY_TOPIC: set(str(goal["topics"]).split()),
        }
        for row in plan.to_dict("records"):
            by = _joined(row, named)
            if by:
                lines.append(
                    {
                        "goal_id": str(goal["goal_id"]),
                        "measure_id": row["measure_id"],
                        "by": by,
                    }
                )
    links = pd.DataFrame(lines, columns=["goal_id", "measure_id", "by"])
    return Alignment(
        links,
        _matrix(listed, plan, links),
        tuple(
            g for g in listed["goal_id"].astype(str) if g not in set(links["goal_id"])
        ),
        tuple(m for m in plan["measure_id"] if m not in set(links["measure_id"])),
    )


def global_goals() -> pd.DataFrame:
    """The global goals that draft:26(a) names, with their indicators in the catalogue, as a table of goals."""
    return pd.DataFrame(
        [
            {
                "goal_id": f"SDG {goal}",
                "goal": f"SDG {goal}",
                "indicator_ids": " ".join(ids),
            }
            for goal, ids in by_goal().items()
        ]
    )


def _joined(row: dict, named: dict[str, set[str]]) -> str:
    if row["measure_id"] in named[STATED]:
        return STATED
    if row["indicator_id"] and row["indicator_id"] in named[BY_INDICATOR]:
        return BY_INDICATOR
    return BY_TOPIC if row["topic"] and row["topic"] in named[BY_TOPIC] else ""


def _matrix(
    goals: pd.DataFrame, plan: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    by = {(g, m): how for g, m, how in links.itertuples(index=False)}
    rows = [
        {
            "goal_id": str(goal["goal_id"]),
            "goal": str(goal["goal"]),
            **{m: by.get((str(goal["goal_id"]), m), "") for m in plan["measure_id"]},
        }
        for goal in goals.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["goal_id", "goal", *plan["measure_id"]])
