"""What is to be reached, by what, how will anybody know, and what could come between? (draft:24(c), draft:25(m))

Measures, targets and the register of harms go in; out comes a logical framework with its three levels: the goal, the
outcomes (aims with an indicator, from where to where, until when, read from which source) and the outputs (measures,
with the office, the date and the money). A cell that nobody has filled in stays empty and is named.
"""

from __future__ import annotations

import pandas as pd

from safelearn.guidelines.catalogue import indicators
from safelearn.strategy.theory_of_change import theory

NEEDS = frozenset({"table:measures", "table:targets"})
GOAL, OUTCOME, OUTPUT = "goal", "outcome", "output"
COLUMNS = (
    "level", "code", "of", "what", "indicator_id", "baseline", "target", "unit", "due_on", "owner", "verification",
    "risk", "cost", "funded", "missing",
)  # fmt: skip
#: What each level must have.
ASKED = {
    GOAL: ("what",),
    OUTCOME: (
        "indicator_id",
        "baseline",
        "target",
        "due_on",
        "owner",
        "verification",
    ),
    OUTPUT: ("of", "due_on", "owner", "cost", "funded"),
}


def logframe(
    measures: pd.DataFrame,
    targets: pd.DataFrame,
    harms: pd.DataFrame | None = None,
    *,
    goal: str = "",
) -> pd.DataFrame:
    """The logical framework of a strategy. Serves draft:24(c).

    Parameters
    ----------
    measures, targets, harms : DataFrame
        The tables of these names.
    goal : str
        What the strategy is for, in the city's own words (its vision); empty is named as missing.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, one row for the goal, then each aim followed by the measures that serve it, then the measures
        that serve none: `level`, `code`, `of` (code of the aim that a measure serves), `what`, `indicator_id`,
        `baseline`, `target`, `unit`, `due_on`, `owner`, `verification` (sources of the indicator in the catalogue),
        `risk` (the gravest harm in the register that is not closed), `cost`, `funded`, `missing` (tuple of columns).

    Notes
    -----
    A logical framework reads upwards: if the outputs are delivered and the risks do not come true, the outcome should
    follow. That it does is a claim, which only an evaluation can test.
    """
    way = theory(measures, targets)
    by_code = {str(r["measure_id"]): r for r in measures.to_dict("records")}
    risks = _risks(harms)
    lines = [_line(GOAL, "", what=goal)]
    for row in targets.to_dict("records"):
        lines.append(_outcome(row))
        served = way.steps[way.steps["target_id"] == str(row["target_id"])]
        lines += [_output(by_code[c], row, risks) for c in served["measure_id"]]
    rest = way.steps[way.steps["target_id"] == ""]
    lines += [_output(by_code[c], None, risks) for c in rest["measure_id"]]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _outcome(row: dict) -> dict[str, object]:
    sources = {i.id: i.source for i in indicators()}
    return _line(
        OUTCOME,
        str(row["target_id"]),
        what=_text(row.get("objective")),
        indicator_id=_text(row.get("indicator_id")),
        baseline=row.get("baseline"),
        target=row.get("target"),
        unit=_text(row.get("unit")),
        due_on=_day(row.get("due_on")),
        owner=_text(row.get("owner")),
        verification=", ".join(sources.get(str(row.get("indicator_id")), ())),
    )


def _output(row: dict, aim: dict | None, risks: dict[str, str]) -> dict[str, object]:
    code = str(row["measure_id"])
    return _line(
        OUTPUT,
        code,
        of="" if aim is None else str(aim["target_id"]),
        what=_text(row.get("name")),
        indicator_id=_text(row.get("indicator_id")),
        due_on=_day(row.get("ends_on")),
        owner=_text(row.get("department")),
        risk=risks.get(code, ""),
        cost=row.get("cost"),
        funded=row.get("funded"),
    )


def _line(level: str, code: str, **cells: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "")
    row |= dict.fromkeys(("baseline", "target", "cost", "funded"))
    row |= {"level": level, "code": code} | cells
    row["missing"] = tuple(c for c in ASKED[level] if _empty(row[c]))
    return row


def _risks(harms: pd.DataFrame | None) -> dict[str, str]:
    """The gravest harm of each measure: likelihood times severity."""
    if harms is None:
        return {}
    rows = harms[(harms["subject"] == "measure") & (harms["status"] != "closed")]
    weight = rows["likelihood"] * rows["severity"]
    rows = rows.iloc[(-weight).argsort(kind="stable")]
    rows = rows.drop_duplicates("subject_id")
    return dict(zip(rows["subject_id"].astype(str), rows["harm"], strict=True))


def _empty(value: object) -> bool:
    return value is None or value == "" or bool(pd.isna(value))


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _day(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)[:10]
