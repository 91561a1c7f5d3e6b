"""By which way is each measure meant to reach an aim, and where does the way break off? (draft:25(m), draft:9)

Measures and targets go in. Out comes a theory of change: for each measure the cause it takes hold of, how it works, the
indicator that would show it and the aim it serves, with measures of one aim together; and the breaks: a measure that no
indicator would show, one whose indicator has no target, and aims that nothing works towards.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

NEEDS = frozenset({"table:measures"})
#: Where the way of a measure breaks off.
NO_CAUSE, NO_MECHANISM = "no cause", "no mechanism"
NO_INDICATOR, NO_TARGET = "no indicator", "no target"
#: The columns of a drawing, in the order of reasoning.
STAGES = ("cause", "name", "mechanism", "objective")


@dataclass(frozen=True)
class Theory:
    """A theory of change.

    Attributes
    ----------
    steps : DataFrame
        One row a measure, those of one aim together, aims in the order of the table of targets: `measure_id`, `cause`,
        `name`, `mechanism`, `indicator_id`, `target_id`, `objective` (empty strings where there is nothing), `breaks`
        (tuple of words).
    aims_without_measure : tuple of str
        Codes of targets that no measure works towards.
    """

    steps: pd.DataFrame
    aims_without_measure: tuple[str, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """Codes of the measures whose way breaks off somewhere."""
        return tuple(self.steps.loc[self.steps["breaks"].map(bool), "measure_id"])


def theory(measures: pd.DataFrame, targets: pd.DataFrame | None = None) -> Theory:
    """Join measures to aims by their indicators. Serves draft:25(m).

    Parameters
    ----------
    measures : DataFrame
        `measure_id`, `name`, `cause`, `mechanism`, `indicator_id`, `target_group`, `status`.
    targets : DataFrame, optional
        `target_id`, `objective`, `indicator_id`, `group`.

    Notes
    -----
    A measure serves the target with its indicator. Where one indicator has targets for several groups, that of the
    measure's own group counts, else the one for everyone, else the first. A measure that was stopped is left out.

    Examples
    --------
    >>> plan = pd.DataFrame({"measure_id": ["M1"], "name": ["Lamps"], "cause": ["Dark"], "indicator_id": ["light"]})
    >>> aims = pd.DataFrame({"target_id": ["X1", "X2"], "objective": ["Lamps work", "Calm"],
    ...                      "indicator_id": ["light", "calm"]})
    >>> found = theory(plan, aims)
    >>> found.steps[["target_id", "breaks"]].values.tolist(), found.aims_without_measure
    ([['X1', ('no mechanism',)]], ('X2',))
    """
    columns = [
        "measure_id",
        "name",
        "cause",
        "mechanism",
        "indicator_id",
        "target_group",
        "status",
    ]
    plan = _plain(measures, columns)
    plan = plan[plan["status"] != "stopped"]
    aims = _plain(targets, ["target_id", "objective", "indicator_id", "group"])
    order = {code: i for i, code in enumerate(aims["target_id"])}
    by_indicator: dict[str, list[dict[str, str]]] = {}
    for aim in aims.to_dict("records"):
        by_indicator.setdefault(aim["indicator_id"], []).append(aim)
    lines = []
    for row in plan.to_dict("records"):
        aim = _aim(row, by_indicator.get(row["indicator_id"], []))
        lines.append(
            {
                **{c: row[c] for c in ("measure_id", "cause", "name", "mechanism")},
                "indicator_id": row["indicator_id"],
                "target_id": aim["target_id"],
                "objective": aim["objective"],
                "breaks": tuple(_breaks(row, aim)),
            }
        )
    names = [
        "measure_id", "cause", "name", "mechanism", "indicator_id", "target_id", "objective", "breaks",
    ]  # fmt: skip
    steps = pd.DataFrame(lines, columns=names)
    # Measures without an aim come last, those without an indicator at the very end.
    last = steps["target_id"].map(order).fillna(len(order))
    last = last + steps["indicator_id"].eq("") * 1
    steps = steps.iloc[last.argsort(kind="stable")].reset_index(drop=True)
    served = set(steps["indicator_id"]) - {""}
    idle = aims[~aims["indicator_id"].isin(served)]
    return Theory(steps, tuple(idle["target_id"]))


def _aim(row: dict[str, str], same: list[dict[str, str]]) -> dict[str, str]:
    """Which of the aims with the measure's indicator it serves."""
    if row["indicator_id"] == "" or not same:
        return {"target_id": "", "objective": ""}
    for group in (row["target_group"], "everyone"):
        for aim in same:
            if group != "" and aim["group"] == group:
                return aim
    return same[0]


def _breaks(row: dict[str, str], aim: dict[str, str]) -> list[str]:
    checks = (
        (row["cause"] == "", NO_CAUSE),
        (row["mechanism"] == "", NO_MECHANISM),
        (row["indicator_id"] == "", NO_INDICATOR),
        (row["indicator_id"] != "" and aim["target_id"] == "", NO_TARGET),
    )
    return [word for broken, word in checks if broken]


def _plain(frame: pd.DataFrame | None, columns: list[str]) -> pd.DataFrame:
    """These columns as text, empty where there is nothing."""
    if frame is None:
        return pd.DataFrame(columns=columns, dtype="str")
    held = frame.reindex(columns=columns).astype(object)
    return held.where(held.notna(), "").astype("str").reset_index(drop=True)
