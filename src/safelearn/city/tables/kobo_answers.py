"""What did each person answer to one question? In: the columns of an export that hold it. Out: one answer a form.

A question may stand in several columns: one a version of the form, or one a choice with 0 and 1. Codes such as -99
and words such as "refused" are no values: they become the contract's "don't know" or "no answer", or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.files.headers import normalise
from safelearn.city.tables.contract_words import meaning_of

#: Codes that surveys use for "don't know", "refused" and "not asked"; none is an age or a count.
_CODES = frozenset(
    (
        "-99", "-98", "-97", "-96", "-95", "-88", "-77", "-66", "-999", "-998", "-997", "-888", "-777", "-9999",
    )
)  # fmt: skip
#: The same without the sign: only where the question has no such answer.
_BARE = frozenset(c.lstrip("-") for c in _CODES)
_UNSAID = frozenset(
    (  # noqa: SIM905
        "dk|don t know|do not know|dont know|no sabe|ns|nao sabe|ne sait pas|refused|refusal|ref|rf|no responde|nr|"
        "no contesta|nc|ns nr|ns nc|no sabe no responde|prefer not to say|prefer not to answer|prefiere no responder|"
        "prefiere no contestar|declined|dk ref|n a|na|not asked|skip|skipped"
    ).split("|")
)
#: What the library's own forms write where an answer was refused or not known.
_OWN_FORMS = frozenset({"refused", "dont_know"})
_CHOSEN = frozenset({"1", "true", "yes", "si", "sim", "oui", "x"})


@dataclass(frozen=True)
class Answers:
    """The answers to one question.

    Attributes
    ----------
    question : str
        The contract's name of it.
    cells : Series of str
        ``""`` where there is none.
    several, differ, coded : int
        Forms with several choices where one is kept; with two versions that differ; answers that were codes.
    versions : int
        In how many columns it was asked.
    """

    question: str
    cells: pd.Series
    several: int = 0
    differ: int = 0
    coded: int = 0
    versions: int = 1


def answers_to(
    columns: pd.DataFrame, choices: pd.DataFrame, field: Mapping[str, Any]
) -> Answers:
    """Join the columns that hold one question.

    Parameters
    ----------
    columns : DataFrame of str
        One column a version of the question.
    choices : DataFrame of str
        One column a choice, titled ``path/choice``, with 1 or True where it was made.
    field : mapping
        Of the contract.
    """
    read: list[pd.Series] = []
    several = pd.Series(False, index=columns.index)
    for column in columns:
        cells, many = _one_choice(columns[column], field)
        read.append(cells)
        several |= many
    if len(choices.columns):
        made, many = _chosen(choices, field)
        joined = read[0] if read else pd.Series("", index=columns.index, dtype="str")
        read = [joined.where((joined != "") | several, made), *read[1:]]
        several |= many & (read[0] == "")
    cells, differ = _joined(read)
    cells, coded = _without_codes(cells, field)
    return Answers(
        field["name"],
        cells.where(~several, ""),
        several=int(several.sum()),
        differ=differ,
        coded=coded,
        versions=len(columns.columns),
    )


def _joined(versions: list[pd.Series]) -> tuple[pd.Series, int]:
    """The answer of whichever version has one; none where two differ."""
    cells = versions[0]
    differ = pd.Series(False, index=cells.index)
    for other in versions[1:]:
        differ |= (cells != "") & (other != "") & (cells != other)
        cells = cells.where(cells != "", other)
    return cells.where(~differ, ""), int(differ.sum())


def _one_choice(
    cells: pd.Series, field: Mapping[str, Any]
) -> tuple[pd.Series, pd.Series]:
    """Cells with the contract's words, several choices in a cell as none; and where there were several."""
    nobody = pd.Series(False, index=cells.index)
    if "categories" not in field:
        return cells, nobody
    kinds = [v for v in cells.unique() if v]
    known = meaning_of(kinds, field)
    many = set()
    for kind in kinds:
        parts = kind.split()
        meant = meaning_of(parts, field)
        if kind in known or len(parts) < 2 or len(meant) < len(set(parts)):
            continue
        values = set(meant.values())
        if len(values) > 1:
            many.add(kind)
        else:
            known[kind] = values.pop()
    several = cells.isin(many)
    return cells.map(lambda v: known.get(v, v)).where(~several, "").astype(
        "str"
    ), several


def _chosen(
    choices: pd.DataFrame, field: Mapping[str, Any]
) -> tuple[pd.Series, pd.Series]:
    """From one column a choice to the choice; and where several were made."""
    values = [meaning_of([c.rsplit("/", 1)[-1].strip()], field) for c in choices]
    names = [next(iter(v.values())) for v in values]
    made = np.column_stack([choices[c].map(normalise).isin(_CHOSEN) for c in choices])
    n = made.sum(axis=1)
    first = np.array([*names, ""], dtype=object)[
        np.where(n == 1, made.argmax(axis=1), len(names))
    ]
    return pd.Series(first, index=choices.index, dtype="str"), pd.Series(
        n > 1, index=choices.index
    )


def _without_codes(cells: pd.Series, field: Mapping[str, Any]) -> tuple[pd.Series, int]:
    """Codes and words for "don't know" and "refused" as the contract's own, or as nothing."""
    allowed = field.get("constraints", {}).get("enum")
    unsaid = cells.isin(_CODES)
    words = cells.map(normalise)
    if allowed is None:
        if field["type"] in ("integer", "number"):
            unsaid |= words.isin(_UNSAID)
    else:
        unsaid |= (cells.isin(_BARE) | words.isin(_UNSAID)) & ~cells.isin(allowed)
    if not unsaid.any():
        return cells, 0
    # In words, "refused" is no "don't know": where the contract has only the other, or both, nothing is put in its
    # place. Codes, and the library's own forms, say that the question was asked, so the person stays in its base.
    own = [v for v in ("dont_know", "no_answer") if v in (allowed or ())]
    named = cells.isin(_CODES | _BARE | _OWN_FORMS) & unsaid
    put = own[0] if len(own) == 1 else ""
    result = cells.where(~unsaid, "").where(~named, put)
    return result.astype("str"), int(unsaid.sum())
