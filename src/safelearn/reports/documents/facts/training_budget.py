"""What was set aside for learning, and which competencies are short (draft:26(f)(iii).5).

Posts are never shown: where one person holds a post, its gaps are that person's.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.evaluation.budget import TRAINING, currency_of, training
from safelearn.guidelines.competencies import competencies
from safelearn.language import NONE, percent
from safelearn.reports.documents.facts.wording import amount
from safelearn.reports.documents.registers import Registers
from safelearn.strategy.skills import gaps

_LASTING = ("own_revenue",)
#: Fewer people than these, and a figure for each would speak of persons.
FEWEST = 10


def facts(registers: Registers) -> dict[str, Any]:
    budget = registers.frame("budget")
    lines = budget[budget["purpose"].astype("str") == TRAINING]
    years = lines.groupby("year")[["required", "approved", "spent"]].sum(min_count=1)
    return {
        "currency": currency_of(lines) if len(lines) else "",
        "years": [_year(int(y), row) for y, row in years.iterrows()],
        "only_outside": bool(len(lines)) and not lines["funding"].isin(_LASTING).any(),
        "last_years": [
            [str(int(y)), amount(row["spent"])] for y, row in years.tail(3).iterrows()
        ],
        "gaps": _short(registers),
    } | _cost(registers, lines)


def _cost(registers: Registers, lines: pd.DataFrame) -> dict[str, str]:
    """What the last year's money was for each person who works without help, where enough do."""
    nothing = dict.fromkeys(("competent", "staff", "year", "each", "by_self"), "")
    skills = registers.frame("skills")
    if not len(skills) or not lines["spent"].notna().any():
        return nothing
    found = training(lines, skills)
    if min(found.competent, found.staff - found.competent) < FEWEST:
        return nothing
    return {
        "competent": amount(found.competent),
        "staff": amount(found.staff),
        "year": str(found.year),
        "each": amount(found.cost),
        "by_self": percent(found.by_self),
    }


def _year(year: int, row: pd.Series) -> list[str]:
    done = row["spent"] / row["approved"] if row["approved"] > 0 else float("nan")
    return [
        str(year),
        *(amount(row[column]) for column in ("required", "approved", "spent")),
        NONE if pd.isna(done) else percent(done),
    ]


def _short(registers: Registers) -> list[list[str]]:
    """For each competency: staff who need it, and of them below the level needed."""
    skills = registers.frame("skills")
    if not len(skills):
        return []
    held = skills.drop_duplicates("post_id").set_index("post_id")["staff"].fillna(1)
    found = gaps(skills)
    found = found[found["required"] > 0]
    staff = found["post_id"].map({str(k): float(v) for k, v in held.items()})
    short = staff.where(found["gap"] > 0, 0.0)
    counts = (
        pd.DataFrame({"need": staff, "short": short}).groupby(found["competency"]).sum()
    )
    lines = []
    for one in competencies():
        if one.id not in counts.index:
            continue
        row = counts.loc[[one.id]].reset_index(drop=True)
        said = registers.protected(row).iloc[0]
        lines.append([f"{one.id} {one.name}", said["need"], said["short"]])
    return lines
