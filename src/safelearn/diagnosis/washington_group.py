"""Who lives with a disability, by what people can do and not by a label?

The answers to the Washington Group's six questions on seeing, hearing, walking, remembering, self-care and
communicating go in; for each respondent how severe the greatest difficulty is, and whether it counts as a
disability, come out (draft:26(c).3). Nobody is asked whether they "have a disability": many who do would say no.
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import listing, t

NEEDS = frozenset({"survey"})

#: Columns of the survey, one a domain.
DOMAINS = (
    "wg_seeing",
    "wg_hearing",
    "wg_walking",
    "wg_remembering",
    "wg_self_care",
    "wg_communicating",
)
#: Answers from the mildest on. Any other, such as "no_answer", is not known.
LEVELS = ("no_difficulty", "some_difficulty", "a_lot_of_difficulty", "cannot_do")
#: The level from which on a difficulty counts as a disability.
CUT_OFF = "a_lot_of_difficulty"


def short_set(answers: pd.DataFrame) -> pd.DataFrame:
    """The greatest difficulty of each respondent, and whether it counts as a disability.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent, with the columns `DOMAINS`; others are left alone.

    Returns
    -------
    DataFrame
        On the same index: ``severity``, an ordered category of `LEVELS`, the greatest in any domain, and
        ``disability``, a nullable boolean. Both are missing for who answered none of the six.

    Raises
    ------
    Refused
        If one of the six was not asked: with fewer, people with a disability would count as people without one.

    Notes
    -----
    A person has a disability who has at least one domain with "a lot of difficulty" or "cannot do at all", the
    cut-off that the Washington Group recommends for comparisons; a domain without an answer does not count, and
    who answered none is left out: Washington Group on Disability Statistics (2020), Analytic guidelines: creating
    disability identifiers using the Washington Group Short Set on Functioning. The milder and the stricter cut-off
    follow from ``severity``. The six questions miss some people, above all those with psychosocial conditions, and
    are meant for ages from five on.

    Examples
    --------
    >>> six = pd.DataFrame({name: ["no_difficulty", "some_difficulty"] for name in DOMAINS})
    >>> six.loc[0, "wg_walking"] = "cannot_do"
    >>> short_set(six)["disability"].tolist()
    [True, False]
    """
    missing = [d for d in DOMAINS if d not in answers or answers[d].isna().all()]
    if missing:
        raise Refused(
            t("The six questions of the Washington Group were not all asked."),
            where=listing(missing),
            remedy=t("Ask all six with their wording: fewer would miss people."),
        )
    codes = {level: code for code, level in enumerate(LEVELS)}
    greatest = answers[list(DOMAINS)].apply(lambda d: d.map(codes)).max(axis=1)
    known = greatest.notna()
    greatest = greatest.fillna(-1).astype(int)
    disability = pd.Series(greatest >= LEVELS.index(CUT_OFF), dtype="boolean")
    return pd.DataFrame(
        {
            "severity": pd.Categorical.from_codes(greatest, LEVELS, ordered=True),
            "disability": disability.where(known),
        },
        index=answers.index,
    )
