"""What the Guidelines ask of a city, clause by clause, and what in this library answers it.

`clauses` gives the 118 rows of ``clauses.toml`` in the order of the draft: 103 from a first reading, 15 from
a second. A row that names a product is served by it today; its plan is what is still to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from safelearn.errors import SafelearnError
from safelearn.guidelines.reading import read, unknown
from safelearn.language import t

#: The parts of the draft, by the last of its paragraphs that each holds.
PARTS = {
    22: "principles",
    24: "organisation",
    25: "method",
    26: "approach",
    30: "cooperation",
}


@dataclass(frozen=True)
class Clause:
    """One clause of the draft Guidelines.

    Attributes
    ----------
    id : str
        Its place in the draft, such as ``draft:25(d).2``.
    text, plan : str
        What it asks, and what is still to come, in English; `paraphrase` and `planned` translate them.
    users : tuple of str
        ``trainee``, ``instructor``, ``city``.
    served_by : tuple of str
        Modules, ``module:function``, commands and template paths that answer it today.
    form_only : bool
        The product is a form to fill in; nothing is computed.
    added : bool
        Found on a second reading of the draft.
    adopted_ref : str
        Its place in the adopted edition; empty until someone has read that edition.
    """

    id: str
    text: str
    users: tuple[str, ...]
    served_by: tuple[str, ...] = ()
    plan: str = ""
    form_only: bool = False
    added: bool = False
    adopted_ref: str = ""

    @property
    def paraphrase(self) -> str:
        """What the clause asks, in the reader's language."""
        return t(self.text)

    @property
    def planned(self) -> str:
        """What is still to come, in the reader's language; empty if nothing is."""
        return t(self.plan) if self.plan else ""

    @property
    def part(self) -> str:
        """The part of the draft: principles, organisation, method, approach or cooperation."""
        paragraph = int(re.match(r"draft:(\d+)", self.id).group(1))
        return next(name for last, name in PARTS.items() if paragraph <= last)


@cache
def clauses() -> tuple[Clause, ...]:
    """All clauses, in the order of the draft."""
    return tuple(
        Clause(
            id=row["id"],
            text=row["text"],
            users=tuple(row["users"]),
            served_by=tuple(row.get("served_by", ())),
            plan=row.get("planned", ""),
            form_only=row.get("form_only", False),
            added=row.get("added", False),
            adopted_ref=row.get("adopted_ref", ""),
        )
        for row in read("clauses")["clause"]
    )


def clause(clause_id: str) -> Clause:
    """The clause of this id.

    Raises
    ------
    SafelearnError
        If there is none; the remedy names the nearest.
    """
    if clause_id not in _by_id():
        raise _no_clause(clause_id)
    return _by_id()[clause_id]


def clauses_under(clause_id: str) -> tuple[Clause, ...]:
    """The clause of this id and all that lie under it: ``draft:26(c)`` holds ``draft:26(c).1`` and so on."""
    # Paragraph 2 must not hold 25(a): an id is followed by a dot, a bracket or an added row's letter.
    pattern = re.compile(re.escape(clause_id) + r"(?![0-9])(b$|[.(]|$)")
    found = tuple(c for c in clauses() if pattern.match(c.id))
    if not found:
        raise _no_clause(clause_id)
    return found


@cache
def _by_id() -> dict[str, Clause]:
    return {c.id: c for c in clauses()}


def _no_clause(clause_id: str) -> SafelearnError:
    what = t("There is no clause {id}.", id=clause_id)
    return unknown(what, clause_id, list(_by_id()))
