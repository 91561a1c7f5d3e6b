"""Does the plan answer many causes in many ways, or the same one again and again? (draft:7, draft:7.2, draft:26(d))

The measures of a strategy go in, and the programmes that run already if there are any. Out comes each kind of answer
that the Guidelines name, with how many measures give it and what share of the money; a kind that nobody gives is a
finding and not a fault: the audit asks why, it does not ask for one of each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

NEEDS = frozenset({"table:measures"})
PREVENTION, LEVER, RESPONSE, CULTURE = "prevention", "lever", "response", "culture"
#: What is asked after, by family, each with the clause that names it.
ASKED = {
    PREVENTION: {
        "social": "draft:26(d).1",
        "situational": "draft:26(d).2",
        "community": "draft:26(d).3",
    },
    LEVER: {"planning": "draft:9", "law": "draft:9", "finance": "draft:9"},
    RESPONSE: {
        "gender_based_violence": "draft:7",
        "victim_support": "draft:7.2",
        "policing": "draft:26(e).3",
        "restorative_justice": "draft:26(e).2",
        "reintegration": "draft:26(e).2",
        "place_making": "draft:7.2",
        "behaviour_change": "draft:7.2",
        "outreach": "draft:7.2",
        "technology": "draft:7",
    },
    CULTURE: {
        "gender_norms": "draft:11.2",
        "violence": "draft:10.2",
        "intolerance": "draft:10.2",
        "corruption": "draft:10.2",
        "solidarity": "draft:10.2",
    },
}
#: Topics that are violence against women whatever a measure works on.
AGAINST_WOMEN = frozenset({"domestic_violence", "harassment"})
#: Beginnings of words, without accents, in the languages of the library: no column of the table holds these two kinds.
WORDS = {
    "restorative_justice": ("restorat", "restaurat", "mediat", "mediac", "reconcil"),
    "reintegration": (
        "reintegr", "reinser", "resettle", "ressocial", "resocial", "after prison", "leave prison",
        "left prison", "tras la carcel", "apres la prison", "depois da prisao",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """What kinds of answers a plan holds.

    Attributes
    ----------
    kinds : DataFrame
        One row a kind of `ASKED`: `family`, `kind`, `clause`, `measures` (how many), `measure_ids` (tuple),
        `programmes` (how many that run already), `share` (of the cost of all measures, NaN without costs), `by_words`
        (found by words in its text, because the table has no code for it).
    measures : int
    largest : str
        The kind of prevention with most of the money (most measures, where costs are missing).
    largest_share : float
    """

    kinds: pd.DataFrame
    measures: int
    largest: str
    largest_share: float

    def missing(self, family: str | None = None, *, running: bool = True) -> list[str]:
        """Kinds that no measure gives; with `running`, those that no running programme gives either."""
        rows = self.kinds[self.kinds["measures"] == 0]
        if running:
            rows = rows[rows["programmes"] == 0]
        if family is not None:
            rows = rows[rows["family"] == family]
        return list(rows["kind"])


def audit(
    measures: pd.DataFrame,
    programmes: pd.DataFrame | None = None,
    also: Mapping[str, Collection[str]] | None = None,
) -> Mix:
    """Which kinds of answers a plan gives.

    Serves draft:7, draft:7.2, draft:26(d).1, draft:26(d).2, draft:26(d).3 and draft:26(e).3; the tags of draft:10.2 and
    draft:11.2 are among the kinds.

    Parameters
    ----------
    measures : DataFrame
        The table ``measures``; stopped measures are left out.
    programmes : DataFrame, optional
        The table ``programmes``; those with an `ended_on` do not run any more.
    also : mapping of kind to codes of measures, optional
        What somebody who knows the measures adds to what the table says.

    Notes
    -----
    A measure has one code for what it works on, so a kind counts measures whose main answer it is; violence against
    women also counts measures on that topic. Restorative justice and reintegration have no code and are looked for by
    the beginnings of words in name, cause and mechanism (English, Spanish, French, Portuguese): look at what was found.
    """
    plan = measures
    if "status" in plan:
        plan = plan[plan["status"].fillna("") != "stopped"]
    plan = plan.reset_index(drop=True)
    running = _running(programmes)
    cost = (
        plan["cost"].astype(float).to_numpy()
        if "cost" in plan
        else np.full(len(plan), np.nan)
    )
    total = np.nansum(cost)
    ids = plan["measure_id"].astype(str).to_numpy()
    lines = []
    for family, kinds in ASKED.items():
        for kind, clause in kinds.items():
            gives = _gives(family, kind)
            has = gives(plan) | np.isin(ids, list((also or {}).get(kind, ())))
            lines.append(
                {
                    "family": family,
                    "kind": kind,
                    "clause": clause,
                    "measures": int(has.sum()),
                    "measure_ids": tuple(ids[has]),
                    "programmes": 0 if running is None else int(gives(running).sum()),
                    "share": float(np.nansum(cost[has]) / total)
                    if total > 0
                    else np.nan,
                    "by_words": kind in WORDS,
                }
            )
    largest, share = _largest(plan, cost)
    return Mix(pd.DataFrame(lines), len(plan), largest, share)


def _running(programmes: pd.DataFrame | None) -> pd.DataFrame | None:
    if programmes is None:
        return None
    if "ended_on" in programmes:
        programmes = programmes[programmes["ended_on"].isna()]
    return programmes.reset_index(drop=True)


def _gives(family: str, kind: str) -> Callable[[pd.DataFrame], np.ndarray]:
    """A test of each row of a table for one kind of answer."""

    def has(frame: pd.DataFrame) -> np.ndarray:
        if kind in WORDS:
            pattern = re.compile("|".join(rf"\b{w}" for w in WORDS[kind]))
            said = frame.reindex(columns=["name", "cause", "mechanism"])
            said = said.astype(object).where(said.notna(), "")
            return np.array(
                [bool(pattern.search(_plain(" ".join(row)))) for row in said.to_numpy()]
                or np.zeros(0),
                dtype=bool,
            )
        column = {PREVENTION: "prevention", LEVER: "lever", CULTURE: "culture"}.get(
            family, "dimension"
        )
        held = _one_of(frame, column, {kind})
        if kind == "gender_based_violence":
            held = held | _one_of(frame, "topic", AGAINST_WOMEN)
        return held

    return has


def _one_of(frame: pd.DataFrame, column: str, codes: Collection[str]) -> np.ndarray:
    """Which rows hold one of the codes; none where the table lacks the column."""
    if column not in frame:
        return np.zeros(len(frame), dtype=bool)
    return frame[column].isin(list(codes)).to_numpy(dtype=bool)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", str(text).lower())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _largest(plan: pd.DataFrame, cost: np.ndarray) -> tuple[str, float]:
    if plan.empty:
        return "", float("nan")
    weight = cost if np.isfinite(cost).all() and cost.sum() > 0 else np.ones(len(plan))
    by_kind = pd.Series(weight).groupby(plan["prevention"].astype(str)).sum()
    return str(by_kind.idxmax()), float(by_kind.max() / by_kind.sum())
