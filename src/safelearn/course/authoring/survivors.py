"""Which changed solutions would still earn full marks?

A module goes in; out comes, for each task, how many mutants of its solution were tried and which of them no
trainee's data tell from the solution. What is told apart on one trainee's data is not tried on the next one's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from safelearn.course.authoring.mutants import MOST, Mutant, mutants
from safelearn.course.comparison import score
from safelearn.course.key import alternatives, assignment_of, key_for
from safelearn.course.modules import find_module
from safelearn.course.source import SOLUTION

INSIDE = re.compile(
    r"^ *### BEGIN SOLUTION$\n(.*?)^ *### END SOLUTION$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Tried:
    """The mutants of one task.

    Attributes
    ----------
    tried : int
        How many.
    killed : int
        How many lose points on the data of one trainee or more.
    survivors : tuple of Mutant
        The others: the same answers on the data of all.
    """

    task: str
    tried: int
    killed: int
    survivors: tuple[Mutant, ...]


def survivors(name: str, trainees: Sequence[str]) -> list[Tried]:
    """Try the mutants of each automatic task of a module on the data of these trainees, in this order."""
    module = find_module(name)
    assignment = assignment_of(module.id)
    made: dict[str, list[Mutant]] = {}
    left: dict[str, list[tuple[Mutant, str]]] = {}
    for cell in assignment.cells:
        if cell.role != "answer":
            continue
        solution = "\n".join(INSIDE.findall(cell.source))
        stub = SOLUTION.sub("", cell.source)
        found = mutants(solution, module.tasks[cell.task].answers)[:MOST]
        made[cell.task] = found
        left[cell.task] = [(mutant, f"{stub}\n{mutant.code}") for mutant in found]
    for trainee in trainees:
        if not any(left.values()):
            break
        right = key_for(module.id, trainee).right
        codes = {task: [code for _, code in some] for task, some in left.items()}
        for task, given in alternatives(assignment, trainee, codes).items():
            asked = module.tasks[task]
            left[task] = [
                mutant
                for mutant, answers in zip(left[task], given, strict=True)
                if score(answers, right[task], asked) >= asked.points
            ]
    return [
        Tried(
            task,
            len(found),
            len(found) - len(left[task]),
            tuple(mutant for mutant, _ in left[task]),
        )
        for task, found in made.items()
    ]
