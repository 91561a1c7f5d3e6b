"""The pictures of the class report: what a class earned task by task, and what one trainee has practised.

Both are tables whose cells are coloured and say in words or signs what the colour says, so that they can be read
without colour, by a screen reader and on paper. Colours are those of the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safelearn.course.modules import Module
from safelearn.course.points import in_words
from safelearn.course.reporting.competencies import (
    BEGUN,
    EXAMINED,
    NOT_YET,
    PRACTISED,
    UNREAD,
)
from safelearn.course.reporting.marks import (
    ABSENT,
    ASIDE,
    MARKED,
    UNGRADED,
    WAITING,
    Marks,
)
from safelearn.guidelines.competencies import competencies, levels, role
from safelearn.language import mark, number, t
from safelearn.views import style

if TYPE_CHECKING:
    import pandas as pd

#: Signs in cells without points.
SIGNS = {WAITING: "…", ASIDE: "×", UNGRADED: "·", ABSENT: "–"}
_LEVEL_SIGNS = {PRACTISED: "✓", BEGUN: "◐", UNREAD: "…", NOT_YET: "○"}
_LEVEL_WORDS = {
    PRACTISED: mark("practised"),
    BEGUN: mark("begun"),
    UNREAD: mark("to be read by a person"),
    NOT_YET: mark("not yet"),
}
_EXAM_SIGN = "★"


def css() -> Markup:
    """The style of both pictures."""
    shades = "".join(
        f".c{i}{{background:{colour};color:{'#fff' if i > 2 else style.INK}}}"
        for i, colour in enumerate(style.SEQUENTIAL)
    )
    return Markup(
        "<style>"
        "table.cells{inline-size:auto;margin:0}"
        "table.cells :is(tbody td,thead th.task){text-align:center;padding:.3rem .5rem;min-inline-size:2.6rem;"
        f"border:1px solid {style.PAPER};vertical-align:middle}}"
        "table.cells tbody th{padding:.3rem .75rem .3rem 0;font-weight:400;vertical-align:middle;min-inline-size:9rem}"
        f"table.cells :is(tbody th,thead td){{position:sticky;inset-inline-start:0;background:{style.PAPER}}}"
        "table.levels thead th.task{inline-size:6.5rem;font-weight:400}"
        "table.levels th b{display:block}"
        ".cells-title{font-weight:700;font-size:1.0625rem;line-height:1.3;margin-block:var(--s4) var(--s2)}"
        "@media(max-width:40rem){table.levels th span{display:none}table.levels thead th.task{inline-size:auto}}"
        f"table.cells td.none{{background:{style.PANEL};color:{style.INK2}}}"
        "table.cells td.off{background:none}"
        f"table.cells td.asked{{box-shadow:inset 0 0 0 3px {style.ORANGE}}}"
        f"{shades}"
        ".legend{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;font-size:.875rem;margin-block:.5rem 1rem;padding:0;"
        "list-style:none}"
        ".legend span.box{display:inline-block;min-inline-size:1.9rem;text-align:center;margin-inline-end:.4rem;"
        "padding:.05rem .3rem}"
        f".legend span.none{{background:{style.PANEL}}}"
        f".legend span.asked{{box-shadow:inset 0 0 0 3px {style.ORANGE}}}"
        "details.trainee{border-block-end:1px solid var(--rule);margin:0}"
        "details.trainee>summary{padding-block:.5rem;cursor:pointer;font-weight:700}"
        "details.trainee>summary span{font-weight:400;color:var(--ink2)}"
        "</style>"
    )


def heat_map(marks: Marks, module: Module) -> Markup:
    """The points of one assignment, a row a trainee and a column a task."""
    rows = marks.tasks[marks.tasks["assignment"] == module.name]
    tasks = [task for task in module.tasks.values() if not task.instead_of]
    head = Markup().join(
        Markup('<th class="task" scope="col"><abbr title="{}">{}</abbr></th>').format(
            task.title, _short(task.id)
        )
        for task in tasks
    )
    found = {
        (r.student, r.task): _points(r.points, r.most, r.state)
        for r in rows.itertuples(index=False)
    }
    body = Markup().join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            person.name, Markup().join(found[person.id, task.id] for task in tasks)
        )
        for person in marks.people
    )
    caption = t("Points by task: {title}", title=module.title)
    return _table(caption, Markup("<td></td>") + head, body)


def heat_legend() -> Markup:
    """What the colours and signs of `heat_map` mean."""
    named = [
        ("c0", "0", t("nothing")),
        *[(f"c{i}", "", words) for i, words in enumerate(_shares(), start=1)],
        ("none", SIGNS[WAITING], t("to be read by a person")),
        ("none", SIGNS[ASIDE], t("set aside")),
        ("none", SIGNS[UNGRADED], t("not graded yet")),
        ("none", SIGNS[ABSENT], t("not handed in")),
    ]
    return _legend(named)


def competency_picture(of_one: pd.DataFrame, role_id: str) -> Markup:
    """What one trainee has practised: a row a competency, a column a level; what the role asks for has a frame."""
    states = {(r.competency, int(r.level)): r for r in of_one.itertuples(index=False)}
    asked = role(role_id).minimum if role_id else {}
    head = Markup("<td></td>") + Markup().join(
        Markup('<th class="task" scope="col"><b>{}</b> <span>{}</span></th>').format(
            number(level.number), level.name
        )
        for level in levels()
    )
    body = Markup()
    for one in competencies():
        cells = Markup().join(
            _level(
                states.get((one.id, level.number)), asked.get(one.id) == level.number
            )
            for level in levels()
        )
        body += Markup('<tr><th scope="row">{} {}</th>{}</tr>').format(
            one.id, one.name, cells
        )
    caption = (
        t("Practised, beside what the role asks for: {role}", role=role(role_id).name)
        if role_id
        else t("Practised, by competency and level")
    )
    return _table(caption, head, body, "levels")


def competency_legend(framed: bool, examined: bool) -> Markup:
    """What the signs of `competency_picture` mean."""
    named = [
        (_LEVEL_CLASS[state], _LEVEL_SIGNS[state], t(_LEVEL_WORDS[state]))
        for state in _LEVEL_SIGNS
    ]
    if examined:
        named.insert(0, ("c4", _EXAM_SIGN, t("examined, in private tasks")))
    named.append(("", "", t("empty: the course has no task for it")))
    if framed:
        named.append(("asked", "", t("the least that the role asks for")))
    return _legend(named)


_LEVEL_CLASS = {PRACTISED: "c4", BEGUN: "c1", UNREAD: "none", NOT_YET: "none"}


def _level(row: Any, asked: bool) -> Markup:
    frame = " asked" if asked else ""
    if row is None:
        words = t("asked for; the course has no task for it") if asked else ""
        return Markup(
            '<td class="off{}" title="{words}" aria-label="{words}"></td>'
        ).format(frame, words=words)
    sign, kind, said = "", "", []
    if row.tasks:
        sign, kind = _LEVEL_SIGNS[row.state], _LEVEL_CLASS[row.state]
        said.append(
            t(
                "{state}: {points} of {most} points in {n} marked tasks of {all}",
                state=t(_LEVEL_WORDS[row.state]),
                points=in_words(row.points),
                most=in_words(row.most),
                n=number(row.marked),
                all=number(row.tasks),
            )
        )
    if row.exam_state:
        said.append(_exam_words(row))
        if row.exam_state == EXAMINED:
            sign, kind = _EXAM_SIGN, _LEVEL_CLASS[PRACTISED]
        elif not row.tasks:
            sign, kind = _LEVEL_SIGNS[row.exam_state], _LEVEL_CLASS[row.exam_state]
    return Markup(
        '<td class="{}{}" title="{words}" aria-label="{words}">{}</td>'
    ).format(kind, frame, sign, words="; ".join(said))


def _exam_words(row: Any) -> str:
    if row.exam_state not in (EXAMINED, BEGUN):
        return t("not examined yet")
    facts = {
        "points": in_words(row.exam_points),
        "most": in_words(row.exam_most),
    }
    if row.exam_state == EXAMINED:
        return t("examined: {points} of {most} points in an exam", **facts)
    return t("{points} of {most} points in an exam", **facts)


def _points(points: float, most: float, state: str) -> Markup:
    if state != MARKED:
        return Markup('<td class="none">{}</td>').format(SIGNS[state])
    return Markup('<td class="c{}">{}</td>').format(
        _class(points / most), in_words(points)
    )


def _class(share: float) -> int:
    """Nothing, up to a third, up to two thirds, more, and everything."""
    if share <= 0:
        return 0
    return 4 if share >= 1 else 1 if share <= 1 / 3 else 2 if share <= 2 / 3 else 3


def _shares() -> list[str]:
    return [
        t("up to a third of the points"),
        t("up to two thirds"),
        t("more"),
        t("all"),
    ]


def _legend(named: Sequence[tuple[str, str, str]]) -> Markup:
    return Markup('<ul class="legend">{}</ul>').format(
        Markup().join(
            Markup(
                '<li><span class="box {}" aria-hidden="true">{}</span>{}</li>'
            ).format(kind, sign or Markup("&nbsp;"), words)
            for kind, sign, words in named
        )
    )


def _table(caption: str, head: Markup, body: Markup, kind: str = "") -> Markup:
    # The title stands outside the frame that scrolls on a phone, where a caption would be cut off.
    return Markup(
        '<p class="cells-title" aria-hidden="true">{caption}</p>'
        '<div class="scroll" role="group" tabindex="0" aria-label="{caption}"><table class="cells {}" '
        'aria-label="{caption}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(kind, head, body, caption=caption)


def _short(task: str) -> str:
    return task.rpartition("-t")[2]
