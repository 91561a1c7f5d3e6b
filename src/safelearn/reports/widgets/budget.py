"""Give money out as people voted, or otherwise, and see whom it reaches.

The votes of a participatory budget are counted by `evaluation.participatory_budget`; where options belong to areas
whose need is known, `evaluation.allocation` says whether the money goes where need is. (draft:26(f)(iii).2)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from safelearn.city.folder import City
from safelearn.city.settings import Disclosure
from safelearn.errors import Refused
from safelearn.evaluation.allocation import LESS, MORE, Allocation, allocation, fifths
from safelearn.evaluation.participatory_budget import KIND, Tally, money_by_area, tally
from safelearn.language import NONE, listing, number, percent, span, t
from safelearn.reports.codes import group_name
from safelearn.reports.measuring.accounts import holds_small_votes, turnout_to_show
from safelearn.reports.response_findings import slope
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice, tick, whole_number
from safelearn.views.released import hidden_words

#: Who decides: the order of votes, or the person at the controls.
BY_VOTES, BY_HAND = "by_votes", "by_hand"
#: Invented: option, area it is for, votes, cost.
_OPTIONS = (
    ("light", "04", 910, 380_000), ("guards", "01", 1_720, 520_000), ("survivors", "", 840, 410_000),
    ("youth", "09", 660, 260_000), ("repairs", "10", 310, 150_000), ("transport", "08", 430, 300_000),
)  # fmt: skip
#: Invented areas: residents and need (share of homes without a sound roof or water).
_AREAS = (
    ("01", 9_000, 4), ("02", 7_500, 6), ("03", 8_200, 9), ("04", 6_400, 14), ("05", 7_900, 17), ("06", 8_800, 22),
    ("07", 9_600, 26), ("08", 10_400, 31), ("09", 11_200, 38), ("10", 8_100, 45),
)  # fmt: skip
#: Who voted and who could have: turnout of one group says nothing of the other.
_VOTERS = (("women", 2_030, 44_000), ("men", 2_840, 43_100))


def budget(
    city: str | Path | None = None,
    *,
    need: pd.DataFrame | None = None,
    places: dict[str, str] | None = None,
) -> BudgetBoard:
    """Fund options of a participatory budget (draft:26(f)(iii).2).

    Parameters
    ----------
    city : path, optional
        A city whose table ``ballots`` holds a participatory budget; an invented one unless given.
    need : DataFrame, optional
        `area_id`, `residents` and `need` of at least ten areas, to see whether money goes where need is.
    places : dict of str to str, optional
        The area that an option is for.

    Returns
    -------
    BudgetBoard
        Controls `money`, `rule` (`BY_VOTES` or `BY_HAND`), and one tick an option.

    Raises
    ------
    Refused
        If the city's table holds no such ballot.
    """
    if city is None:
        return BudgetBoard(_invented(), *_invented_areas(), Disclosure(), invented=True)
    opened = City.open(city)
    table = opened.table("ballots")
    if table is None:
        table = pd.DataFrame({"kind": []})
    settings = opened.settings
    return BudgetBoard(
        table, need, places or {}, settings.disclosure, invented=settings.synthetic
    )


class BudgetBoard(Board):
    """Options with their votes and prices."""

    def __init__(
        self,
        ballots: pd.DataFrame,
        need: pd.DataFrame | None,
        places: dict[str, str],
        disclosure: Disclosure,
        *,
        invented: bool,
    ) -> None:
        self._ballots, self._need, self._places = ballots, need, places
        self._disclosure, self._invented = disclosure, invented
        counted = tally(ballots)
        self._hides = holds_small_votes(counted, disclosure.threshold)
        whole = float(counted.options["cost"].astype(float).sum())
        if not whole > 0:
            raise Refused(
                t("The options of the ballot have no costs."),
                remedy=t("Fill in the column cost."),
            )
        self._options = counted.options["option_id"].astype(str).tolist()
        step = 10 ** max(0, len(str(int(whole))) - 2)
        start = counted.money or round(whole / 2 / step) * step
        controls: dict[str, ipywidgets.ValueWidget] = {
            "money": whole_number(
                t("Money to give out"), round(start), 0, round(whole * 2), step
            ),
            "rule": choice(
                t("Who decides"),
                [(t("the order of votes"), BY_VOTES), (t("you, option by option"), BY_HAND)],
            ),
        }  # fmt: skip
        for row in tally(ballots, money=start).options.itertuples():
            controls[str(row.option_id)] = tick(str(row.option), bool(row.by_votes))
        super().__init__(self._told_of, controls, used=self._in_use)

    def _in_use(self, setting: Any) -> tuple[str, ...]:
        ticks = self._options if setting["rule"] == BY_HAND else []
        return ("money", "rule", *ticks)

    def _told_of(self, money: float, rule: str, **ticks: bool) -> str:
        found = tally(self._ballots, money=money)
        options = found.options.copy()
        by_votes = options["by_votes"].to_numpy(dtype=bool)
        chosen = options["option_id"].astype(str).map(ticks) if rule == BY_HAND else by_votes  # fmt: skip
        options["funded"] = pd.Series(chosen, index=options.index).map({True: "yes", False: "no"})  # fmt: skip
        got = options["funded"] == "yes"
        spent = float(options.loc[got, "cost"].astype(float).sum())
        votes = options.loc[got, "votes"].sum() / max(found.votes, 1)
        hidden = hidden_words() if self._hides else ""
        rows = [
            (
                str(o.option),
                hidden or number(o.votes),
                hidden or percent(o.share, 0),
                number(float(o.cost)),
                hidden or number(o.votes_per_cost, 1),
                t("yes") if o.by_votes else t("no"),
                t("yes") if o.funded == "yes" else t("no"),
            )
            for o in options.itertuples()
        ]
        head = (
            t("Option"),
            t("Votes"),
            t("Share of votes"),
            t("Cost"),
            t("Votes per 1,000"),
            t("Money reaches to it"),
            t("Got the money"),
        )
        parts = [
            pieces.finding(_finding(money, spent, None if self._hides else votes)),
            pieces.table(head, rows, numeric=(1, 2, 3, 4)),
            *self._unlike(options, rule),
            *self._equity(options),
            *_turnout(self._turnout(found)),
        ]
        if self._invented:
            parts.append(pieces.note(t("Invented figures.")))
        return "".join(parts)

    def _turnout(self, found: Tally) -> pd.DataFrame:
        limits = self._disclosure
        return turnout_to_show(found, limits.threshold, limits.sensitive_threshold)

    def _unlike(self, options: pd.DataFrame, rule: str) -> list[str]:
        unlike = options.loc[(options["funded"] == "yes") != options["by_votes"], "option"]  # fmt: skip
        if rule == BY_VOTES or unlike.empty:
            return []
        said = t(
            "What got money does not follow the votes: {names}. Say why.",
            names=listing(unlike.astype(str).tolist()),
        )
        return [pieces.lines([said])]

    def _equity(self, options: pd.DataFrame) -> list[str]:
        """Whether the money goes where need is, with its interval; silent where areas or need are not known."""
        if self._need is None or not self._places:
            return []
        given = money_by_area(options, self._places)
        table = self._need.merge(given, on="area_id", how="left").fillna({"amount": 0.0})  # fmt: skip
        try:
            told = _reaches(allocation(table))
        except Refused as refused:
            told = refused.what
        known = table.dropna(subset=["need"])
        parts = fifths(*(known[c].to_numpy(float) for c in ("amount", "residents", "need")))  # fmt: skip
        rows = [
            (number(f.fifth), number(f.areas), number(f.residents), number(f.a_head, 1))
            for f in parts.itertuples()
        ]
        head = (t("Fifth of residents, by need"), t("Areas"), t("Residents"), t("Money a head"))  # fmt: skip
        return [
            pieces.title(told),
            pieces.table(head, rows, numeric=(0, 1, 2, 3)),
            pieces.note(t("Fifth 1 needs least, fifth 5 most. Options for the whole city are left out.")),
        ]  # fmt: skip


def _finding(money: float, spent: float, votes: float | None) -> str:
    if spent > money:
        return t(
            "That costs {over} more than there is.", over=number(spent - money)
        )  # fmt: skip
    if votes is None:
        return t("{spent} of {money} is given out.", spent=number(spent), money=number(money))  # fmt: skip
    return t(
        "{spent} of {money} is given out; {share} of all votes went to options that get money.",
        spent=number(spent),
        money=number(money),
        share=percent(votes, 0),
    )


def _reaches(found: Allocation) -> str:
    words = {
        LESS: t("Less money a head goes where need is greater."),
        MORE: t("More money a head goes where need is greater."),
    }
    said = words.get(found.verdict, t("Money a head follows need in no clear way."))
    return f"{said} {slope(found.ratio, found.lower, found.upper)}"


def _turnout(turnout: pd.DataFrame) -> list[str]:
    """Who voted: a budget that few of a group vote on is not that group's."""
    if turnout.empty:
        return []
    rows = [
        (
            group_name(str(r.group)),
            number(r.voters),
            number(r.eligible),
            percent(r.turnout, 1) if pd.notna(r.turnout) else NONE,
            span(percent(r.lower, 1), percent(r.upper, 1)),
        )
        for r in turnout.itertuples()
    ]
    head = (t("Group"), t("Voters"), t("Could have voted"), t("Turnout"), t("95% interval"))  # fmt: skip
    return [
        pieces.title(t("Who voted on the money")),
        pieces.table(head, rows, numeric=(1, 2, 3, 4)),
    ]


def _invented() -> pd.DataFrame:
    names = {
        "light": t("Light on the way home"), "guards": t("More guards in the centre"),
        "survivors": t("One door for survivors"), "youth": t("Fields and trainers for the young"),
        "repairs": t("Repairs within a week"), "transport": t("Safe stops and buses"),
    }  # fmt: skip
    total = sum(votes for *_, votes, _ in _OPTIONS)
    rows = []
    for group, voters, eligible in _VOTERS:
        left = voters
        for k, (option, _, votes, cost) in enumerate(_OPTIONS):
            share = round(voters * votes / total) if k < len(_OPTIONS) - 1 else left
            left -= share
            rows.append((group, option, names[option], share, eligible, cost))
    columns = ["group", "option_id", "option", "votes", "eligible", "cost"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        ballot_id="exercise", kind=KIND, held_on="2025-08-31", funded=None,
        area_id=None, paper_id=None, currency=None,
    )  # fmt: skip


def _invented_areas() -> tuple[pd.DataFrame, dict[str, str]]:
    need = pd.DataFrame(_AREAS, columns=["area_id", "residents", "need"])
    return need, {option: area for option, area, *_ in _OPTIONS if area}
