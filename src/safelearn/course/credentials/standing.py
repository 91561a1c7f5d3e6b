"""What may be said of a trainee today? What was practised, what was examined, and what still stands in the way.

The marks of a class go in. What was practised and what was examined are kept apart all the way: public
tasks, whose solutions anybody can find, are practice; only the private tasks of an exam, handed in on time,
were examined. While a person has work of this trainee still to read, or it waits to be graded, nothing is
said at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.course.classroom.roster import Person
from safelearn.course.credentials import FOLDER
from safelearn.course.modules import course as curriculum
from safelearn.course.reporting.competencies import (
    Levels,
    levels,
    practised,
    still_to_practise,
)
from safelearn.course.reporting.marks import (
    ABSENT,
    ASIDE,
    MARKED,
    UNGRADED,
    WAITING,
    Marks,
)
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

if TYPE_CHECKING:
    import pandas as pd

#: Says, in a course that is a renewal, of which year and for whose path.
RENEWAL = f"{FOLDER}/renewal.json"


@dataclass(frozen=True)
class Standing:
    """What may be said of one trainee.

    Attributes
    ----------
    practised, examined : dict
        The highest level by competency; the two have nothing to do with each other.
    modules : tuple of str
        Titles of the assignments of which something was marked.
    lacking : tuple of (str, int)
        Competencies and levels that the role's path asks for and that were not practised.
    missing : tuple of str
        Modules of the role's path in which nothing was handed in; of a renewal, its own.
    open : tuple of str
        Why nothing can be said yet, in sentences.
    together : bool
        Whether work was handed in with somebody else.
    year : int
        Of a renewal; 0 in a course that is none.
    """

    person: Person
    role: str
    practised: dict[str, int]
    examined: dict[str, int]
    modules: tuple[str, ...]
    lacking: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    open: tuple[str, ...]
    together: bool
    year: int = 0

    @property
    def complete(self) -> bool:
        """Whether the whole path, or the whole renewal, was practised."""
        return bool(self.role) and not (self.lacking or self.missing)


def standing(course: Path, marks: Marks, student: str) -> Standing:
    """What may be said of this trainee.

    Raises
    ------
    SafelearnError
        If nobody of this id is in the class.
    """
    person = next((p for p in marks.people if p.id == student), None)
    if person is None:
        raise SafelearnError(t("{id} is not in the class.", id=student))
    renewal = read_renewal(course)
    year, role = int(renewal.get("year", 0)), renewal.get("role", person.role)
    own = marks.tasks[marks.tasks["student"] == student]
    # What was handed in after an exam's end was not examined: there was more time for it.
    handed_in = marks.submissions[marks.submissions["student"] == student]
    late = handed_in.loc[handed_in["late"].notna(), "assignment"]
    own = own[~(own["exam"].astype(bool) & own["assignment"].isin(late))]
    reached = practised(replace(marks, tasks=own))
    highest = levels(reached).get(student, Levels({}, {}))
    handed = own[own["state"] != ABSENT]
    done = set(handed.loc[handed["state"] == MARKED, "assignment"])
    if year:
        # Which levels a renewal asks for are those of its own tasks.
        asked = reached.groupby("competency")["level"].max().astype(int)
        lacking = [(c, n) for c, n in asked.items() if highest.practised.get(c, 0) < n]
        path = [module.name for module in marks.modules if not module.exam]
    else:
        lacking = still_to_practise(reached, role)
        path = curriculum()["paths"].get(role, [])
    return Standing(
        person,
        role,
        highest.practised,
        highest.examined,
        tuple(m.title for m in marks.modules if m.name in done),
        tuple(lacking),
        tuple(name for name in path if name not in done),
        tuple(_open(handed)),
        marks.roster.hands_in(student) != student
        or any(student in pair for pair in marks.roster.pairs),
        year,
    )


def read_renewal(course: Path) -> dict[str, str]:
    """What a course renews; empty if it is no renewal."""
    path = Path(course) / RENEWAL
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _open(handed: pd.DataFrame) -> list[str]:
    """What still waits, by assignment."""
    said = []
    if not (handed["state"] == MARKED).any():
        said.append(t("Nothing of it was marked."))
    waiting = handed[handed["state"] == WAITING]
    for assignment, tasks in waiting.groupby("assignment"):
        said.append(
            tn(
                "{assignment}: {n} task still waits for a person to read it ({names}).",
                "{assignment}: {n} tasks still wait for a person to read them ({names}).",
                len(tasks),
                assignment=assignment,
                names=listing(list(tasks["task"])),
            )
        )
    for assignment in handed.loc[handed["state"] == UNGRADED, "assignment"].unique():
        said.append(
            t(
                "{assignment}: it was handed in and is not graded yet.",
                assignment=assignment,
            )
        )
    for assignment in handed.loc[handed["state"] == ASIDE, "assignment"].unique():
        said.append(t("{assignment}: it was set aside.", assignment=assignment))
    return said
