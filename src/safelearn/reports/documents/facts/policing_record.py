"""Stops and their results by group, force, complaints and mediation by year (draft:26(f)(ii).7)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.estimates.intervals import wilson_interval
from safelearn.language import NONE, number
from safelearn.reports.documents.facts.wording import with_limits, word, words
from safelearn.reports.documents.registers import CHILDREN, Registers

OVERSIGHT = (
    "force_used",
    "complaints",
    "complaints_upheld",
    "mediations",
    "mediations_settled",
)
#: What has to be known by group.
SPLIT = ("stops", "force_used", "complaints", "mediations")
WEAKER, STRONGER, ALIKE = "weaker", "stronger", "alike"


def facts(registers: Registers) -> dict[str, Any]:
    rows = yearly(registers.frame("justice"))
    period, groups = stops(rows, registers)
    years = sorted(set(rows.loc[rows["measure"].isin(OVERSIGHT), "period"]))[-5:]
    return {
        "period": period,
        "stops": groups,
        "years": years,
        "oversight": _oversight(rows, years, registers),
        "not_split": words("justice", "measure", _not_split(rows)),
        "threshold": number(registers.settings.disclosure.threshold),
    }


def yearly(justice: pd.DataFrame) -> pd.DataFrame:
    """Totals of the city by year, measure, group and sex: the row of the whole city, or else its areas together."""
    rows = justice[justice["period"].astype("str").str.fullmatch(r"\d{4}")].copy()
    for column in ("period", "measure", "group", "sex"):
        rows[column] = rows[column].astype("str").where(rows[column].notna(), "")
    rows["group"] = rows["group"].replace("", "everyone")
    rows["sex"] = rows["sex"].replace("", "all")
    keys = ["period", "measure", "group", "sex"]
    whole = rows[rows["area_id"].isna()].groupby(keys)["value"].sum(min_count=1)
    parts = rows[rows["area_id"].notna()].groupby(keys)["value"].sum(min_count=1)
    return whole.combine_first(parts).rename("value").reset_index()


def pairs(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Stops and stops with a result of each group and sex in one year: `group`, `stops`, `results`."""
    here = rows[
        (rows["period"] == period)
        & rows["measure"].isin(["stops", "stops_with_result"])
    ]
    sexes = {"female": "women", "male": "men"}
    name = here["group"].where(
        (here["sex"] == "all") | (here["group"] != "everyone"), here["sex"].map(sexes)
    )
    here = here.assign(name=name)[(here["sex"] == "all") | name.isin(sexes.values())]
    table = here.pivot_table(
        index="name", columns="measure", values="value", aggfunc="sum", sort=False
    ).reindex(columns=["stops", "stops_with_result"])
    out = table.rename(columns={"stops_with_result": "results"}).rename_axis("group")
    out.columns.name = None
    return out.reset_index().dropna(subset=["stops"])


def stops(rows: pd.DataFrame, registers: Registers) -> tuple[str, list[dict[str, Any]]]:
    """The last year with stops, and a line for each group: counts, results for each 100, against everybody else."""
    years = sorted(set(rows.loc[rows["measure"] == "stops", "period"]))
    if not years:
        return "", []
    table = pairs(rows, years[-1])
    strict = [g in CHILDREN for g in table["group"]]
    shown = registers.protected(table[["stops", "results"]].round(), strict)
    everyone = table[table["group"] == "everyone"]
    lines = []
    for row, said in zip(
        table.to_dict("records"), shown.to_dict("records"), strict=True
    ):
        open_ = pd.notna(row["results"]) and said["results"] == number(row["results"])
        line = {
            "group": word("justice", "group", row["group"]),
            "stops": said["stops"],
            "results": said["results"],
            "hits": NONE,
            "others": NONE,
            "found": "",
        }
        if open_ and row["stops"] > 0:
            line["hits"] = _hits(row["results"], row["stops"])
            if row["group"] != "everyone" and len(everyone):
                line |= _against(row, everyone.iloc[0])
        lines.append(line)
    return years[-1], lines


def _hits(results: float, stopped: float) -> str:
    found = wilson_interval(results, stopped)
    return with_limits(
        *(100 * float(x) for x in (found.share, found.lower, found.upper))
    )


def _against(row: dict[str, Any], everyone: pd.Series) -> dict[str, str]:
    """A group against everybody else: those in it are not on both sides."""
    stopped = everyone["stops"] - row["stops"]
    results = everyone["results"] - row["results"]
    if not stopped > 0 or not 0 <= results <= stopped:
        return {}
    mine, theirs = (
        wilson_interval(r, s)
        for r, s in ((row["results"], row["stops"]), (results, stopped))
    )
    found = ALIKE
    if mine.upper < theirs.lower:
        found = WEAKER
    elif mine.lower > theirs.upper:
        found = STRONGER
    return {"others": _hits(results, stopped), "found": found}


def _oversight(
    rows: pd.DataFrame, years: list[str], registers: Registers
) -> list[list[str]]:
    here = rows[(rows["group"] == "everyone") & (rows["sex"] == "all")]
    lines = []
    for measure in OVERSIGHT:
        values = here[here["measure"] == measure].set_index("period")["value"]
        if len(values):
            counts = values.reindex(years).round().to_frame("n").reset_index(drop=True)
            shown = registers.protected(counts)["n"]
            lines.append([word("justice", "measure", measure), *shown])
    return lines


def _not_split(rows: pd.DataFrame) -> list[str]:
    """Figures that are there for everybody only."""
    out = []
    for measure in SPLIT:
        here = rows[rows["measure"] == measure]
        if (
            len(here)
            and (here["group"] == "everyone").all()
            and (here["sex"] == "all").all()
        ):
            out.append(measure)
    return out
