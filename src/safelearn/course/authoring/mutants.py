"""Would the marks notice a slip that nobody thought of? Small changes to a solution, made by rule.

The code of a solution goes in, changed copies come out, by the rules of `mutations`. `prove` demands that each
loses points or is shown to be the same answer. The same code gives the same copies, in the same order; changes
of many kinds come before many changes of one kind, because of a task only so many are tried.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safelearn.course.authoring.mutations import Change, changes

#: As many of a task's are tried.
MOST = 10


@dataclass(frozen=True)
class Mutant:
    """A solution with one change.

    Attributes
    ----------
    kind : str
        What was changed, such as ``comparison``.
    line : int
        Where, counted from the first line of the solution.
    code : str
        The whole solution with the change.
    """

    kind: str
    line: int
    code: str


def mutants(solution: str, forms: Mapping[str, Mapping[str, Any]]) -> list[Mutant]:
    """Changed copies of a solution, the most telling first.

    Parameters
    ----------
    solution : str
        Code that assigns the answers.
    forms : mapping
        The form of each answer, as in module.toml: another letter is a change to a choice.

    Returns
    -------
    list of Mutant
        Without two alike, kinds in turn. Whether each runs is not known here.

    Examples
    --------
    >>> for mutant in mutants("n = (table['n'] < 16).sum()", {}):
    ...     print(mutant.kind, "|", mutant.code)
    summary | n = (table['n'] < 16).mean()
    comparison | n = (table['n'] > 16).sum()
    border | n = (table['n'] <= 16).sum()
    number | n = (table['n'] < 17).sum()
    """
    tree = ast.parse(solution)
    plain = ast.unparse(tree)
    by_kind: dict[str, list[Mutant]] = {}
    seen = {plain}
    for change in changes(tree, forms):
        code = _changed(tree, change)
        if code is None or code in seen:
            continue
        seen.add(code)
        line = getattr(change.node, "lineno", 1)
        by_kind.setdefault(change.kind, []).append(Mutant(change.kind, line, code))
    rounds = itertools.zip_longest(*by_kind.values())
    return [mutant for each in rounds for mutant in each if mutant is not None]


def _changed(tree: ast.Module, change: Change) -> str | None:
    """The code of the whole with one node replaced; None if that makes no sense."""
    place = list(ast.walk(tree)).index(change.node)
    other = copy.deepcopy(tree)
    node = list(ast.walk(other))[place]
    new = change.make(node)
    if new is node:
        return ast.unparse(ast.fix_missing_locations(other))
    for parent in ast.walk(other):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(item is node for item in value):
                kept = [new if item is node else item for item in value]
                setattr(parent, name, [item for item in kept if item is not None])
    try:
        code = ast.unparse(ast.fix_missing_locations(other))
        compile(code, "<mutant>", "exec")
    except (SyntaxError, ValueError, AttributeError):
        return None
    return code
