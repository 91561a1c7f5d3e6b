"""Show that a module marks as it says, for many trainees.

For each trainee: the solution earns everything and the untouched notebook nothing; each declared mistake costs
points, in its own task and in no other, and is among those recognised. Between trainees: at most 1 % of pairs
share the answers of a task, and no pair shares those of two. And of the mutants of its solutions, at most 5 %
give the same answers on the data of twenty trainees; every other one loses points.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from safelearn.course.authoring.survivors import survivors
from safelearn.course.comparison import recognise, score
from safelearn.course.key import Answers, Key, answers, assignment_of, key_for
from safelearn.course.modules import Module, Task, find_module
from safelearn.language import listing, number, t

#: Of these, every run is made in full; of the others, only what the key needs.
IN_FULL = ("ana", "ben", "chi")
#: Largest share of pairs of trainees whose answers to one task may coincide.
ALIKE = 0.01
#: On whose data a mutant must be told from the solution, by one of them at least.
TWENTY = (*IN_FULL, *(f"trainee{n:03d}" for n in range(3, 20)))
#: Largest share of a module's mutants that may be equivalent: no answer can tell them.
EQUIVALENT = 0.05


@dataclass
class Proof:
    """What was tried in one module, and what did not hold.

    Attributes
    ----------
    tasks, manual : int
        Tasks marked automatically, and by a person.
    mistakes : int
        Declared ones.
    trainees, pairs : int
        How many were tried, and how many pairs were compared.
    alike : dict of str to int
        Pairs with the same answers, by task.
    mutants, killed : int
        Changed solutions that were tried, and those that lose points.
    equivalent : list of str
        The others: their task, the kind of the change and its line.
    failures : list of str
        A sentence for each thing that does not hold.
    """

    module: str
    tasks: int
    manual: int
    points: float
    mistakes: int
    trainees: int = 0
    pairs: int = 0
    alike: dict[str, int] = field(default_factory=dict)
    mutants: int = 0
    killed: int = 0
    equivalent: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    minutes: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def row(self) -> dict[str, object]:
        """As ``safelearn course prove --json`` prints it."""
        return {
            "module": self.module,
            "tasks": self.tasks,
            "manual": self.manual,
            "points": self.points,
            "mistakes": self.mistakes,
            "mutants": self.mutants,
            "killed": self.killed,
            "equivalent": len(self.equivalent),
            "trainees": self.trainees,
            "alike": self.alike,
            "failures": self.failures,
            "minutes": round(self.minutes, 2),
        }


def prove(
    name: str,
    trainees: Sequence[str] = IN_FULL,
    *,
    in_full: Sequence[str] = IN_FULL,
    mutants_on: Sequence[str] = TWENTY,
    on_trainee: Callable[[int, int, str], None] | None = None,
) -> Proof:
    """Prove one module.

    Parameters
    ----------
    name : str
        Such as ``m05`` or ``05_rates``.
    trainees : sequence of str
        Whose data are tried.
    in_full : sequence of str
        Of these, each mistake is also put into a whole notebook, to see that it costs nothing elsewhere.
    mutants_on : sequence of str
        On whose data mutants are tried; none to try no mutant.
    on_trainee : callable, optional
        Called as ``on_trainee(done, total, trainee)``.

    Raises
    ------
    SafelearnError
        If the module cannot be read, or the author's own code does not run.
    """
    begun = time.monotonic()
    module = find_module(name)
    assignment = assignment_of(module.id)
    automatic = [task for task in module.tasks.values() if task.automatic]
    proof = Proof(
        module=module.name,
        tasks=len(automatic),
        manual=len(module.tasks) - len(automatic),
        points=module.points,
        mistakes=sum(len(found) for found in assignment.mistakes.values()),
        trainees=len(trainees),
    )
    rights = {}
    for done, trainee in enumerate(trainees):
        if on_trainee:
            on_trainee(done, len(trainees), trainee)
        key = key_for(module.id, trainee)
        rights[trainee] = key.right
        _mistakes_are_known(automatic, trainee, key, proof)
        if trainee in in_full:
            _notebooks_score(module, trainee, key, proof)
    _variants_differ(automatic, rights, proof)
    if mutants_on:
        _mutants_are_told(module, mutants_on, proof)
    proof.minutes = (time.monotonic() - begun) / 60
    return proof


def _mistakes_are_known(
    tasks: list[Task], trainee: str, key: Key, proof: Proof
) -> None:
    for task in tasks:
        if set(key.right[task.id]) != set(task.answers):
            proof.failures.append(
                t(
                    "{who} {task}: the solution fails its own form.",
                    who=trainee,
                    task=task.id,
                )
            )
            continue
        for name, given in key.wrong.get(task.id, {}).items():
            where = {"who": trainee, "task": task.id, "name": name}
            if set(given) != set(task.answers):
                proof.failures.append(
                    t("{who} {task}: “{name}” is stopped by the form.", **where)
                )
            if score(given, key.right[task.id], task) >= task.points:
                proof.failures.append(
                    t("{who} {task}: “{name}” loses nothing.", **where)
                )
            said = recognise(given, key.right[task.id], key.wrong[task.id], task)
            if name not in said:
                proof.failures.append(
                    t("{who} {task}: “{name}” is taken for {said}.", **where, said=said)
                )


def _notebooks_score(module: Module, trainee: str, key: Key, proof: Proof) -> None:
    """Whole notebooks: solved, untouched, and with mistakes in every second task.

    A mistake must give what it gives alone, and the tasks between must stay right: nothing reaches across.
    """
    assignment = assignment_of(module.id)
    full = {task.id: task.points for task in module.tasks.values() if task.automatic}

    def points(given: Answers) -> dict[str, float]:
        return {
            task: score(given.get(task, {}), key.right[task], module.tasks[task])
            for task in full
        }

    if points(answers(assignment, trainee)) != full:
        proof.failures.append(t("{who}: the solution does not earn all.", who=trainee))
    if any(points(answers(assignment, trainee, unsolved=True)).values()):
        proof.failures.append(
            t("{who}: the untouched notebook earns points.", who=trainee)
        )
    declared = list(assignment.mistakes.items())
    rounds = max((len(mistakes) for _, mistakes in declared), default=0)
    for turn, half in itertools.product(range(rounds), (0, 1)):
        made = {
            task: mistakes[turn % len(mistakes)] for task, mistakes in declared[half::2]
        }
        given = answers(
            assignment, trainee, instead={task: one.code for task, one in made.items()}
        )
        found = points(given)
        moved = [
            task
            for task in full
            if (
                given.get(task, {}) != key.wrong[task][made[task].name]
                if task in made
                else found[task] < full[task]
            )
        ]
        if moved:
            proof.failures.append(
                t(
                    "{who}: the answers to {tasks} change when other tasks are answered otherwise ({names}).",
                    who=trainee,
                    tasks=listing(moved),
                    names=listing([f"“{one.name}”" for one in made.values()]),
                )
            )


def _mutants_are_told(module: Module, trainees: Sequence[str], proof: Proof) -> None:
    for task in survivors(module.id, trainees):
        proof.mutants += task.tried
        proof.killed += task.killed
        proof.equivalent += [
            t(
                "{task}, line {line}: {kind}",
                task=task.task,
                line=mutant.line,
                kind=mutant.kind,
            )
            for mutant in task.survivors
        ]
    if len(proof.equivalent) > EQUIVALENT * proof.mutants:
        proof.failures.append(
            t(
                "{n} of {all} changed solutions earn full marks: {which}.",
                n=number(len(proof.equivalent)),
                all=number(proof.mutants),
                which="; ".join(proof.equivalent),
            )
        )


def _variants_differ(
    tasks: list[Task], rights: dict[str, Answers], proof: Proof
) -> None:
    proof.alike = {task.id: 0 for task in tasks}
    for one, other in itertools.combinations(rights, 2):
        proof.pairs += 1
        same = [
            task.id
            for task in tasks
            if score(rights[one][task.id], rights[other][task.id], task) == task.points
        ]
        for task in same:
            proof.alike[task] += 1
        if len(same) > 1:
            proof.failures.append(
                t(
                    "{one} and {other} have the same answers in {tasks}.",
                    one=one,
                    other=other,
                    tasks=", ".join(same),
                )
            )
    for task, pairs in proof.alike.items():
        if pairs > ALIKE * proof.pairs:
            proof.failures.append(
                t(
                    "{task}: {n} of {all} pairs of trainees have the same answers.",
                    task=task,
                    n=number(pairs),
                    all=number(proof.pairs),
                )
            )
