"""May an extract of answers be handed to researchers? Only if each respondent is one of many alike.

An extract goes in, with the columns by which somebody could be recognised and those that nobody should learn; the
size of the smallest group of alike respondents comes out, the groups that are too small, and how many different
answers each group gives. An extract with a group below the number asked for is refused: coarsen or drop columns, or
withhold rows, and try again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from safelearn.disclosure.personal_data import check as check_people
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, t, tn

#: Respondents alike, and different answers among them, that an extract needs at least.
K, L = 5, 2
#: No extract with fewer alike leaves, whatever is asked for.
FEWEST = 3


@dataclass(frozen=True)
class Anonymity:
    """How well respondents of an extract are hidden among each other.

    Attributes
    ----------
    rows : int
        Respondents.
    smallest : int
        The size of the smallest group of alike respondents (k); 0 without rows.
    below : int
        Groups smaller than asked for.
    at_risk : int
        Respondents in them.
    diversity : dict of str to int
        For each sensitive column, the fewest different answers that a group gives (l).
    """

    rows: int
    smallest: int
    below: int
    at_risk: int
    diversity: dict[str, int]

    @property
    def sentence(self) -> str:
        """What goes along with the extract."""
        return tn(
            "One respondent cannot be told from {others} others at least, by what people know of each other.",
            "{n} respondents; each cannot be told from {others} others at least, by what people know of each other.",
            self.rows,
            others=number(max(self.smallest - 1, 0)),
        )


def anonymity(
    frame: pd.DataFrame,
    known_by: Sequence[str],
    sensitive: Sequence[str] = (),
    *,
    k: int = K,
) -> Anonymity:
    """Count respondents who are alike.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent.
    known_by : sequence of str
        Columns that others may know of somebody: area, sex, age group, household, occupation ...
    sensitive : sequence of str
        Columns that nobody should learn of somebody.
    k : int
        Group size asked for.

    Returns
    -------
    Anonymity

    Notes
    -----
    k-anonymity: Sweeney, L. (2002), International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems
    10:557. l-diversity: Machanavajjhala, A. et al. (2007), ACM Transactions on Knowledge Discovery from Data 1:3.
    A missing value is a value of its own: it can be known that somebody did not answer.

    Examples
    --------
    >>> answers = pd.DataFrame({"sex": list("ffmm"), "afraid": ["yes", "no", "yes", "yes"]})
    >>> found = anonymity(answers, ["sex"], ["afraid"], k=2)
    >>> found.smallest, found.below, found.diversity
    (2, 0, {'afraid': 1})
    """
    missing = [c for c in (*known_by, *sensitive) if c not in frame]
    if missing:
        raise SafelearnError(
            t("The extract has no column `{name}`.", name=missing[0]),
            remedy=t("It has: {names}.", names=listing([str(c) for c in frame])),
        )
    if not len(frame):
        return Anonymity(0, 0, 0, 0, dict.fromkeys(sensitive, 0))
    if known_by:
        groups = frame.groupby(list(known_by), dropna=False, observed=True, sort=False)
    else:
        groups = frame.groupby(pd.Series(0, index=frame.index))
    sizes = groups.size()
    small = sizes[sizes < k]
    return Anonymity(
        rows=len(frame),
        smallest=int(sizes.min()),
        below=len(small),
        at_risk=int(small.sum()),
        diversity={c: int(groups[c].nunique(dropna=False).min()) for c in sensitive},
    )


def extract(
    frame: pd.DataFrame,
    known_by: Sequence[str],
    sensitive: Sequence[str] = (),
    *,
    k: int = K,
    diversity: int = L,
) -> tuple[pd.DataFrame, Anonymity]:
    """An extract that may be handed to researchers, under an agreement (serves draft:25(d).6).

    Parameters
    ----------
    frame : DataFrame
        One row a respondent; every column is listed in `known_by` or `sensitive`, or it stays here.
    known_by, sensitive
        As for `anonymity`.
    k : int
        Fewest respondents alike, 5 unless told and never under 3.
    diversity : int
        Fewest different answers in a group for each sensitive column.

    Returns
    -------
    DataFrame, Anonymity
        The columns asked for, in an order that says nothing about the respondents.

    Raises
    ------
    SafelearnError
        If respondents are too few alike or answer too alike, or a column looks like personal data.
    """
    if k < FEWEST:
        raise SafelearnError(
            t("Groups of fewer than {n} hide nobody.", n=number(FEWEST)),
            where=f"k = {k}",
            remedy=t("Ask for {n} or more.", n=number(FEWEST)),
        )
    columns = [*known_by, *sensitive]
    found = anonymity(frame, known_by, sensitive, k=k)
    out = frame[columns]
    for problem in check_people(out):
        raise SafelearnError(
            problem.sentence, where=problem.where, remedy=problem.remedy
        )
    if found.below:
        raise SafelearnError(
            tn(
                "One group of alike respondents is smaller than {k}, with {people} in it.",
                "{n} groups of alike respondents are smaller than {k}, with {people} in them.",
                found.below,
                k=number(k),
                people=number(found.at_risk),
            ),
            where=listing([str(c) for c in known_by]),
            remedy=t(
                "Join areas into districts and ages into wider groups, leave a column out, or withhold these rows."
            ),
        )
    alike = [c for c, answers in found.diversity.items() if answers < diversity]
    if len(out) and alike:
        raise SafelearnError(
            t(
                "In a group of alike respondents all gave the same answer, so it is known of each of them."
            ),
            where=alike[0],
            remedy=t("Coarsen the columns that people know of each other."),
        )
    order = sorted(columns)
    return out.sort_values(
        order, key=lambda c: c.astype("str"), ignore_index=True
    ), found
