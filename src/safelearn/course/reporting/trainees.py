"""The part of the class report on each trainee: what was practised, what the role asks for, what was handed in.

The marks of a class and what was practised go in, HTML comes out. Trainees stand in the order of their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from safelearn.course.points import in_words
from safelearn.course.reporting.cells import (
    competency_legend,
    competency_picture,
)
from safelearn.course.reporting.competencies import still_to_practise
from safelearn.course.reporting.marks import ABSENT, UNGRADED, Marks
from safelearn.course.reporting.parts import head, name_of, prose
from safelearn.guidelines.competencies import competency, role
from safelearn.language import NONE, listing, t, tn
from safelearn.views.tables import text_table

if TYPE_CHECKING:
    import pandas as pd


def trainees(marks: Marks, reached: pd.DataFrame) -> Markup:
    """One folded part a trainee, with the legend before them."""
    examined = bool(marks.tasks["exam"].any())
    out = head(
        "trainees",
        t("What each trainee has practised, and what was examined")
        if examined
        else t("What each trainee has practised"),
        t(
            "A level counts as practised from half of the points of its marked tasks on. It says what was done in "
            "this course with its templates, and not what a person can or cannot do."
        ),
    )
    if examined:
        out += prose(
            t(
                "The tasks of the course and their solutions are public, so they are practice. A star says that half "
                "of the points were earned in private tasks, in an exam."
            )
        )
    out += competency_legend(any(person.role for person in marks.people), examined)
    nobody = reached.iloc[:0]
    own = dict(iter(reached.groupby("student", sort=False)))
    work = dict(iter(marks.submissions.groupby("student", sort=False)))
    found = dict(iter(marks.tasks.groupby("student", sort=False)))
    for person in marks.people:
        of_one = own.get(person.id, nobody)
        summary = person.name if person.name == person.id else f"{person.name} ({person.id})"  # fmt: skip
        out += Markup(
            '<details class="trainee print-keep"><summary>{}{}</summary>{}{}{}</details>'
        ).format(
            summary,
            Markup(" <span>· {}</span>").format(role(person.role).name)
            if person.role
            else "",
            competency_picture(of_one, person.role),
            _next(of_one, person.role),
            _work(work[person.id], found[person.id], marks, person.id),
        )
    return out


def _next(of_one: pd.DataFrame, role_id: str) -> Markup:
    if not role_id:
        return Markup()
    lacking = still_to_practise(of_one, role_id)
    if not lacking:
        return prose(t("Everything that the role asks for was practised."))
    return prose(
        t(
            "Still to practise for this role: {names}.",
            names=listing(
                [
                    t(
                        "{competency}, level {level}",
                        competency=competency(name).name,
                        level=level,
                    )
                    for name, level in lacking
                ]
            ),
        )
    )


def _work(own: pd.DataFrame, tasks: pd.DataFrame, marks: Marks, person: str) -> Markup:
    titles = {module.name: module.title for module in marks.modules}
    absent = tasks.groupby("assignment")["state"].agg(lambda s: set(s) == {ABSENT})
    slips = tasks.groupby("assignment")["mistakes"].sum()
    ungraded = set(tasks.loc[tasks["state"] == UNGRADED, "assignment"])
    rows = []
    for r in own.itertuples(index=False):
        if absent[r.assignment]:
            continue
        said = [t("set aside")] if r.set_aside else []
        if r.assignment in ungraded:
            said.append(t("not graded yet"))
        if r.waiting:
            said.append(tn("{n} to be read", "{n} to be read", r.waiting))
        if r.late == r.late and r.late is not None:
            said.append(t("late"))
        if r.handed_in_by != person:
            said.append(t("with {name}", name=name_of(marks, r.handed_in_by)))
        points = None if r.points != r.points else r.points
        rows.append(
            [
                titles[r.assignment],
                NONE
                if points is None
                else t(
                    "{points} of {most}",
                    points=in_words(points),
                    most=in_words(r.most),
                ),
                "; ".join(dict.fromkeys(slips[r.assignment])) or NONE,
                "; ".join(said) or NONE,
            ]
        )
    if not rows:
        return prose(t("Nothing was handed in yet."))
    heads = [t("Assignment"), t("Points so far"), t("Mistakes recognised"), t("Notes")]
    return text_table(heads, rows, caption=t("What was handed in"), numeric=heads[1:2])
