"""What must hold across the modules of a course, which no module can see alone?

Modules go in; a sentence for each breach comes out. Two tasks that set the same method against the same trap are
one task. A task on violence may be left for another of equal points. Nothing that trainees read ranks areas,
blames people or sends the police. Each task says in which part of the lesson to look again, and the part is there.
A path leads a role to the level that the role needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from safelearn.course.modules import Module, course, find_module
from safelearn.course.source import read_assignment
from safelearn.disclosure import wording
from safelearn.guidelines.competencies import roles
from safelearn.language import listing, t

#: Words by which a task on violence is known.
VIOLENCE = re.compile(
    r"\b(violen\w*|assault\w*|homicid\w*|rap(e|ed|ist)|sexual\w*|harass\w*|murder\w*|killed|killing|abused?"
    r"|beaten|stabb\w*|shootings?|shot dead)\b",
    re.IGNORECASE,
)


def breaches(modules: Iterable[Module]) -> list[str]:
    """Sentences for the author; none if the course keeps its rules.

    Parameters
    ----------
    modules : iterable of Module
        All modules of a course, in its order.
    """
    modules = list(modules)
    found = _same_twice(modules)
    for module in modules:
        found += _violence(module) + _words(module) + _pointers(module)
    return found + _paths({module.name for module in modules})


def _same_twice(modules: list[Module]) -> list[str]:
    seen: dict[tuple[str, str], str] = {}
    found = []
    for module in modules:
        for task in module.tasks.values():
            if not task.automatic:
                continue
            pair = (task.method.casefold(), task.trap.casefold())
            if not all(pair):
                found.append(t("{task} names no method or no trap.", task=task.id))
            elif pair in seen:
                found.append(
                    t(
                        "{task} teaches what {other} teaches: {method} against “{trap}”.",
                        task=task.id,
                        other=seen[pair],
                        method=task.method,
                        trap=task.trap,
                    )
                )
            seen.setdefault(pair, task.id)
    return found


def _violence(module: Module) -> list[str]:
    """Tasks on violence from which there is no way out."""
    heard: dict[str, str] = {}
    for cell in read_assignment(module.folder).cells:
        word = VIOLENCE.search(cell.source)
        if word and cell.task and re.match(r"## Task \d+$", cell.source.split("\n")[0]):
            heard[cell.task] = word[0]
    return [
        t(
            "{task} speaks of “{word}” and has no alternative: add a task of equal points "
            "with instead_of, or ask about something else.",
            task=name,
            word=word,
        )
        for name, word in heard.items()
        if module.tasks[name].automatic
        and not (module.tasks[name].instead_of or module.alternative(name))
    ]


def _words(module: Module) -> list[str]:
    """Sentences in what trainees read that should not be published."""
    import jupytext

    texts = {
        "assignment.py": "\n\n".join(
            cell.source
            for cell in read_assignment(module.folder).cells
            if cell.role == "prose"
        )
    }
    lesson = module.folder / "lesson.py"
    if lesson.is_file():
        cells = jupytext.reads(lesson.read_text(encoding="utf-8"), fmt="py:percent")
        texts["lesson.py"] = "\n\n".join(
            cell.source for cell in cells.cells if cell.cell_type == "markdown"
        )
    return [
        f"{module.name}/{name}: {problem.sentence} “{problem.where}”"
        for name, text in texts.items()
        for problem in wording.check(text, quoted=False)
    ]


def _pointers(module: Module) -> list[str]:
    """Tasks that send a trainee to a part of the lesson that is not there, or to none."""
    lesson = module.folder / "lesson.py"
    if not lesson.is_file():
        return []
    heads = re.findall(r"^# ##+ (.+)$", lesson.read_text("utf-8"), re.MULTILINE)
    wrong = [
        task
        for task in module.tasks.values()
        if task.lesson not in heads and (task.automatic or task.lesson)
    ]
    return [
        t(
            "{task}: the lesson has no part “{part}”. Write one of its headings behind lesson = in module.toml.",
            task=task.id,
            part=task.lesson,
        )
        for task in wrong
    ]


def _paths(names: set[str]) -> list[str]:
    """Roles whose path leaves out what it needs, or does not practise what the role needs."""
    found = []
    for role in roles():
        path = [find_module(n) for n in course()["paths"][role.id] if n in names]
        taken = {module.id for module in path}
        found += [
            t(
                "The path of {role} has {name} without {needs}, which it needs.",
                role=role.id,
                name=module.name,
                needs=listing(lacking),
            )
            for module in path
            if (lacking := [need for need in module.needs if need not in taken])
        ]
        reached: dict[str, int] = {}
        for task in (task for module in path for task in module.tasks.values()):
            reached[task.competency] = max(reached.get(task.competency, 0), task.level)
        short = [
            f"{competency} {level}"
            for competency, level in role.minimum.items()
            if reached.get(competency, 0) < level
        ]
        if short:
            found.append(
                t(
                    "The path of {role} does not reach {levels}.",
                    role=role.id,
                    levels=listing(short),
                )
            )
    return found
