"""Rank what matters, hand the paper in, and see how the count comes about.

Papers are counted by `strategy.priorities`, group by group, as in a report: a group with few papers is not shown, and
what cannot be told apart is said to be so. Papers stay in the notebook's memory; nothing is written.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from safelearn.city.folder import City
from safelearn.disclosure.approval import approve
from safelearn.errors import Refused, SafelearnError
from safelearn.language import listing, number, t, tn
from safelearn.reports import priority_findings
from safelearn.reports.codes import group_name
from safelearn.reports.measuring.priorities import showable
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice
from safelearn.strategy.ballots import KIND, read_papers
from safelearn.strategy.priorities import FEWEST_PAPERS, Priorities, prioritise
from safelearn.views.marks import SYNTHETIC

#: Groups of the exercise; all of them voices that draft:26(c) names.
GROUPS = ("women", "men", "youth", "older_persons")
#: An invented first round: group, how many papers, and what each ranks first to third.
_ROUND = (
    ("women", 4, "light", "survivors", "transport"), ("women", 3, "survivors", "light", "youth"),
    ("men", 4, "guards", "repairs", "light"), ("men", 2, "repairs", "guards", "youth"),
    ("older_persons", 4, "repairs", "guards", "transport"), ("older_persons", 2, "guards", "light", "repairs"),
    ("youth", 3, "youth", "transport", "light"),
)  # fmt: skip
NOTHING = ""


def ballot(city: str | Path | None = None) -> BallotBox:
    """Rank three of several options as a member of a group, and count (draft:25(f)).

    Parameters
    ----------
    city : path, optional
        A city whose table ``ballots`` gives options and first papers; an invented round unless given.

    Returns
    -------
    BallotBox
        Controls `group`, `first`, `second`, `third`; buttons `hand_in` and `take_back`.

    Raises
    ------
    Refused
        If the city's table holds no ranking.
    """
    if city is None:
        return BallotBox(_invented(), FEWEST_PAPERS, invented=True)
    opened = City.open(city)
    table = opened.table("ballots")
    if table is None:
        raise Refused(
            t("The city has no ballots."),
            remedy=t("Write the votes into the table ballots, a row an option and group."),
        )  # fmt: skip
    settings, least = opened.settings, opened.settings.disclosure.threshold
    papers = read_papers(table)
    rows = table[table["ballot_id"].astype(str) == papers.ballot_id]
    # Whoever adds papers of their own to a group that is too small to be shown would see what the others said.
    shown = papers.only(showable(papers, settings))
    groups, n = np.unique(shown.group.astype(str), return_counts=True)
    rows = rows[rows["group"].astype(str).isin(groups[n >= least])]
    if rows.empty:
        raise Refused(t("No group of the ballot has papers enough to be shown."))
    return BallotBox(rows, least, invented=settings.synthetic)


class BallotBox(Board):
    """A ballot with its papers.

    Attributes
    ----------
    papers : DataFrame
        Rows of the table ``ballots``, those that were handed in here last.
    hand_in, take_back : Button
    """

    def __init__(self, papers: pd.DataFrame, fewest: int, *, invented: bool) -> None:
        self.papers = papers.reset_index(drop=True)
        self._fewest, self._invented = fewest, invented
        self._given = 0
        options = papers.drop_duplicates("option_id").sort_values("option_id")
        self._options = dict(
            zip(options["option_id"].astype(str), options["option"].astype(str), strict=True)
        )  # fmt: skip
        groups = sorted({*papers["group"].astype(str), *GROUPS}, key=group_name)
        named = [(name, code) for code, name in self._options.items()]
        none = (t("nothing"), NOTHING)
        self.hand_in = pieces.button(t("Hand the paper in"), "primary")
        self.take_back = pieces.button(t("Take the last paper back"))
        super().__init__(
            self._counted,
            {
                "group": choice(t("I vote as one of"), [(group_name(g), g) for g in groups]),
                "first": choice(t("First"), [none, *named], NOTHING),
                "second": choice(t("Second"), [none, *named], NOTHING),
                "third": choice(t("Third"), [none, *named], NOTHING),
            },
            buttons=[self.hand_in, self.take_back],
        )  # fmt: skip
        self.does(self.hand_in, self._hand_in)
        self.does(self.take_back, self._take_back)

    def _counted(self, group: str, first: str, second: str, third: str) -> str:
        """The count with the paper that is on the table, if there is one."""
        from safelearn.views import charts, tables

        ranks = [o for o in (first, second, third) if o != NOTHING]
        table = self.papers
        if ranks:
            table = pd.concat([table, self._paper(group, ranks)], ignore_index=True)
        every = read_papers(table)
        found = prioritise(every, fewest=self._fewest)
        shown = found.by_group.assign(
            group_name=found.by_group["group"].map(group_name),
            first=np.where(found.by_group["first"], "yes", "no"),
        )
        measures = ["n", "points", "lower", "upper", "place", "first"]
        approved = approve(
            "ballot",
            shown[["group_name", "option", *measures]],
            keys=["group_name", "option"],
            measures=measures,
            police=False,
            least=self._fewest,
        )
        columns = [
            tables.Column(t("Group"), "group_name"),
            tables.Column(t("Option"), "option"),
            tables.Column(t("Papers"), "n", "count"),
            tables.Column(t("Points, 0 to 1"), "points", "ratio"),
            tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
            tables.Column(t("Place"), "place", "count"),
        ]
        finding = _finding(found)
        return "".join(
            [
                pieces.finding(finding),
                pieces.lines(_together(found)),
                pieces.picture(
                    charts.ranking(approved), finding, SYNTHETIC if self._invented else None
                ),
                pieces.note(self._note(table, bool(ranks), len(every), found)),
                pieces.folded(t("Numbers behind this figure"), pieces.cells(approved, columns)),
            ]
        )  # fmt: skip

    def _note(
        self, table: pd.DataFrame, on_table: bool, papers: int, found: Priorities
    ) -> str:
        said = []
        if on_table:
            said.append(
                t("Your paper is counted already, and stays when you hand it in.")
            )
        if papers > found.papers:
            said.append(
                tn(
                    "Groups with fewer than {least} papers are not shown: {n} paper waits.",
                    "Groups with fewer than {least} papers are not shown: {n} papers wait.",
                    papers - found.papers,
                    least=number(self._fewest),
                )
            )
        said.append(
            t("Place by points: an option has as many points on a paper as there are options behind it. "
              "Ringed: cannot be told apart from the group's first.")
        )  # fmt: skip
        return " ".join(said)

    def _paper(self, group: str, ranks: list[str]) -> pd.DataFrame:
        if len(set(ranks)) < len(ranks):
            raise SafelearnError(
                t("The paper names an option twice."),
                remedy=t("Choose another second or third."),
            )
        return pd.DataFrame(
            {
                "ballot_id": self.papers["ballot_id"].iloc[0],
                "kind": KIND,
                "held_on": self.papers["held_on"].iloc[0],
                "area_id": None,
                "group": group,
                "paper_id": f"here-{self._given + 1}",
                "option_id": ranks,
                "option": [self._options[o] for o in ranks],
                "rank": range(1, len(ranks) + 1),
            }
        )

    def _hand_in(self) -> list[str]:
        setting = self.setting
        ranks = [setting[k] for k in ("first", "second", "third") if setting[k] != NOTHING]  # fmt: skip
        if not ranks:
            raise SafelearnError(
                t("The paper is empty."), remedy=t("Choose at least what comes first.")
            )
        paper = self._paper(setting["group"], ranks)
        self.papers = pd.concat([self.papers, paper], ignore_index=True)
        self._given += 1
        self.move(first=NOTHING, second=NOTHING, third=NOTHING)
        return self._told_how_many()

    def _take_back(self) -> list[str]:
        if not self._given:
            raise SafelearnError(t("No paper was handed in here."))
        last = self.papers["paper_id"].astype(str) == f"here-{self._given}"
        self.papers = self.papers[~last].reset_index(drop=True)
        self._given -= 1
        self.refresh()
        return self._told_how_many()

    def _told_how_many(self) -> list[str]:
        return [
            tn(
                "{n} paper was handed in here.",
                "{n} papers were handed in here.",
                self._given,
            )
        ]


def _finding(found: Priorities) -> str:
    chosen = found.by_group[found.by_group["first"]]
    sets = [frozenset(part["option_id"]) for _, part in chosen.groupby("group")]
    return f"{priority_findings.first_choices(sets)}."


def _together(found: Priorities) -> list[str]:
    """What everybody together puts first, which may be nobody's, and whether groups differ beyond chance."""
    whole = found.together
    first = whole.loc[whole["place"] == 1, "option"].astype(str)
    said = [
        t(
            "Most points of all {n} papers together: {names}.",
            n=number(found.papers),
            names=listing(list(first)),
        )
    ]
    if found.groups is not None:
        said.append(
            priority_findings.agreement(
                found.groups.clear, found.groups.distance, len(found.groups.groups)
            )
            + "."
        )
    return said


def _invented() -> pd.DataFrame:
    names = {
        "light": t("Light on the way home"), "guards": t("More guards in the centre"),
        "survivors": t("One door for survivors"), "youth": t("Fields and trainers for the young"),
        "repairs": t("Repairs within a week"), "transport": t("Safe stops and buses"),
    }  # fmt: skip
    rows = []
    for group, many, *ranks in _ROUND:
        for _ in range(many):
            paper = f"p{len({r[1] for r in rows}) + 1}"
            rows += [(group, paper, o, names[o], k) for k, o in enumerate(ranks, 1)]
    table = pd.DataFrame(rows, columns=["group", "paper_id", "option_id", "option", "rank"])  # fmt: skip
    return table.assign(
        ballot_id="exercise", kind=KIND, held_on="2025-05-10", area_id=None
    )
