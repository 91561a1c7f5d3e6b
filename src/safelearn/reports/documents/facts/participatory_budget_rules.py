"""The last vote on money, in totals, and what each district would get (draft:26(f)(iii).2)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.evaluation.participatory_budget import EVERYONE, KIND, tally
from safelearn.language import NONE, listing, percent
from safelearn.reports.documents.facts.residents import by_area
from safelearn.reports.documents.facts.wording import amount, date_of, text, word
from safelearn.reports.documents.registers import CHILDREN, Registers

_NOTHING = {
    "vote": [], "held": "", "votes": "", "turnout": [], "no_groups": False, "unlike": "", "currency": "", "spent": "",
    "funded": [], "districts": [], "half": "",
}  # fmt: skip


def facts(registers: Registers) -> dict[str, Any]:
    ballots = registers.frame("ballots")
    if not (ballots["kind"].astype("str") == KIND).any():
        return _NOTHING
    found = tally(ballots)
    options = found.options
    counts = registers.protected(options[["votes"]].round())["votes"]
    won = options[options["funded"].astype("object") == "yes"]
    return {
        "vote": [
            [
                text(row["option"]),
                said,
                percent(row["share"]) if said == amount(row["votes"]) else NONE,
                amount(row["cost"]),
                word("ballots", "funded", row["funded"]),
            ]
            for row, said in zip(options.to_dict("records"), counts, strict=True)
        ],
        "held": date_of(found.held_on),
        "votes": amount(found.votes),
        "turnout": _turnout(found.turnout, registers),
        "no_groups": set(found.turnout["group"]) <= {EVERYONE},
        "unlike": listing([text(option) for option in found.unlike]),
        "currency": found.currency,
        "spent": amount(found.money),
        "funded": [
            [text(r["option"]), amount(r["cost"])] for r in won.to_dict("records")
        ],
        "half": amount(found.money / 2),
        "districts": _districts(registers, found.money / 2),
    }


def _turnout(turnout: pd.DataFrame, registers: Registers) -> list[list[str]]:
    known = turnout[turnout["eligible"].gt(0)].reset_index(drop=True)
    if not len(known):
        return []
    strict = [group in CHILDREN for group in known["group"]]
    shown = registers.protected(known[["voters", "eligible"]].round(), strict)
    lines = []
    for row, said in zip(
        known.to_dict("records"), shown.to_dict("records"), strict=True
    ):
        plain = said["voters"] == amount(row["voters"])
        share = percent(row["turnout"], 1) if plain else NONE
        lines.append([word("ballots", "group", row["group"]), *said.values(), share])
    return lines


def _districts(registers: Registers, money: float) -> list[list[str]]:
    """Each district's part of a sum that is shared by residents."""
    areas = registers.frame("areas").dropna(subset=["parent"])
    people = by_area(registers)
    if not len(people) or not len(areas):
        return []
    codes, parents = areas["area_id"].astype("str"), areas["parent"].astype("str")
    parent = dict(zip(codes, parents, strict=True))
    n = people.groupby(people.index.map(parent), sort=False).sum()
    return [[name, amount(x), amount(money * x / n.sum())] for name, x in n.items()]
