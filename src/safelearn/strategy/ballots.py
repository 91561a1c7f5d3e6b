"""What did each person put first? The papers of one ranking exercise, made comparable.

The table `ballots` goes in, with one row a paper and option; a place of every option on every paper comes out. People
are often asked for their first three of ten, and some write two options side by side: both are read as ties, so that no
paper counts more than another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.language import t

NEEDS = frozenset({"table:ballots"})
#: The kind of exercise in which people rank problems or answers to them.
KIND = "priorities"


@dataclass(frozen=True)
class Papers:
    """Rankings on paper, one row a paper and one column an option.

    Attributes
    ----------
    ballot_id, held_on : str
        The exercise and its last day.
    options : tuple of str
        Codes, in code order.
    names : dict of str to str
        What each option says.
    places : ndarray of float, shape (papers, options)
        1 is first. Options that a paper ties share the mean of their places; options that it leaves out share the
        mean of the places that are left.
    group, area : ndarray of str, shape (papers,)
        Who voted, and the area that it concerns; "" is the whole city.
    spoilt : int
        Papers set aside: one option twice, or several groups or areas on one paper.
    totals : int
        Rows of the exercise without a paper or a rank, which this cannot read.
    """

    ballot_id: str
    held_on: str
    options: tuple[str, ...]
    names: Mapping[str, str]
    places: NDArray[np.float64]
    group: NDArray[np.object_]
    area: NDArray[np.object_]
    spoilt: int = 0
    totals: int = 0

    def __len__(self) -> int:
        return len(self.places)

    @property
    def points(self) -> NDArray[np.float64]:
        """Borda points of every option on every paper, from 0 (last) to 1 (first)."""
        k = len(self.options)
        return (k - self.places) / (k - 1)

    def only(self, rows: NDArray[np.bool_]) -> Papers:
        """Some of the papers."""
        return replace(
            self,
            places=self.places[rows],
            group=self.group[rows],
            area=self.area[rows],
        )

    def within(self, parents: Mapping[str, str]) -> Papers:
        """The same papers with each area replaced by the larger unit that it belongs to."""
        area = [parents.get(a, a) for a in self.area]
        return replace(self, area=np.array(area, dtype=object))


def read_papers(ballots: pd.DataFrame, ballot_id: str | None = None) -> Papers:
    """Read the papers of one exercise.

    Parameters
    ----------
    ballots : DataFrame
        The city's table: ballot_id, kind, held_on, area_id, group, paper_id, option_id, option, rank.
    ballot_id : str, optional
        Which exercise; the latest in which priorities were ranked, unless given.

    Returns
    -------
    Papers

    Raises
    ------
    Refused
        If no paper ranks at least one of two options.

    Notes
    -----
    A paper that ranks 3 of 10 options says that these 3 come before the other 7, and nothing about the 7: they share
    the place (4 + ... + 10) / 7 = 7. Each paper then gives away the same sum of points. This is the Borda count for
    weak orders of Gärdenfors (1973), Theory and Decision 4:1, and the only one for partial ballots that treats all
    options alike (Cullinan, Hsiao and Polett 2014, Social Choice and Welfare 42:913).

    Examples
    --------
    >>> rows = [("p1", "a", 1), ("p1", "b", 2), ("p2", "b", 1), ("p2", "c", 1)]
    >>> table = pd.DataFrame(rows, columns=["paper_id", "option_id", "rank"])
    >>> table = table.assign(
    ...     ballot_id="x", kind="priorities", held_on="2025-05-01", area_id="01", group="women", option="o"
    ... )
    >>> read_papers(table).places.tolist()
    [[1.0, 2.0, 3.0], [3.0, 1.5, 1.5]]
    """
    rows = _exercise(ballots, ballot_id)
    on_paper = rows["paper_id"].notna() & rows["rank"].notna()
    totals = int((~on_paper).sum())
    rows = rows[on_paper]
    names = rows.groupby(rows["option_id"].astype(str))["option"].first()
    if rows.empty or len(names) < 2:
        raise Refused(
            t("No paper ranks several options, so priorities cannot be compared."),
            remedy=t(
                "Write each paper into `ballots`: a row an option, with its rank."
            ).replace("`", ""),
        )
    paper = rows["paper_id"].astype(str)
    option = rows["option_id"].astype(str)
    group = rows["group"].astype(str)
    area = rows["area_id"].astype("str").fillna("")
    twice = pd.DataFrame({"paper": paper, "option": option}).duplicated().to_numpy()
    mixed = (group.groupby(paper).nunique() > 1) | (area.groupby(paper).nunique() > 1)
    spoilt = set(paper[twice]) | set(mixed.index[mixed])
    good = ~paper.isin(spoilt)
    given = rows[good].pivot(index="paper_id", columns="option_id", values="rank")
    given = given.reindex(columns=sorted(names.index)).astype(float)
    one = (
        pd.DataFrame({"group": group, "area": area})[good].groupby(paper[good]).first()
    )
    one = one.reindex(given.index.astype(str))
    if given.empty:
        raise Refused(
            t(
                "Every paper ranks an option twice or names two groups, so none can be counted."
            ),
            remedy=t(
                "Look at the column paper_id: each paper needs a number of its own."
            ),
        )
    return Papers(
        ballot_id=str(rows["ballot_id"].iloc[0]),
        held_on=str(rows["held_on"].astype(str).max())[:10],
        options=tuple(given.columns),
        names=names.astype(str).to_dict(),
        places=places(given.to_numpy()),
        group=one["group"].to_numpy(dtype=object),
        area=one["area"].to_numpy(dtype=object),
        spoilt=len(spoilt),
        totals=totals,
    )


def places(ranks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks as written, NaN for options left out, as places that each paper's options share fairly.

    Examples
    --------
    >>> places(np.array([[10, np.nan, 20, np.nan]])).tolist()
    [[1.0, 3.5, 2.0, 3.5]]
    """
    filled = np.where(np.isnan(ranks), np.inf, ranks)
    before = (filled[:, None, :] < filled[:, :, None]).sum(axis=2)
    same = (filled[:, None, :] == filled[:, :, None]).sum(axis=2)
    return before + (same + 1) / 2


def _exercise(ballots: pd.DataFrame, ballot_id: str | None) -> pd.DataFrame:
    rows = ballots[ballots["kind"].astype(str) == KIND]
    if ballot_id is None and len(rows):
        latest = rows.groupby(rows["ballot_id"].astype(str))["held_on"].max()
        # Of two exercises on one day, the later code.
        ballot_id = (
            latest.astype(str)
            .reset_index()
            .sort_values(["held_on", "ballot_id"])["ballot_id"]
            .iloc[-1]
        )
    return rows[rows["ballot_id"].astype(str) == ballot_id]
