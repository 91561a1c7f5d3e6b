"""Would the marks notice a slip that nobody thought of? Small changes to a solution, made by rule.

The code of a solution goes in, changed copies come out: another comparison, a filter left out, a column or two
arguments exchanged, a number off by one, a mean where there was a sum. `prove` demands that each loses points
or is shown to be the same answer. The same code gives the same copies, in the same order; changes of many
kinds come before many changes of one kind, because a task keeps only so many.
"""

from __future__ import annotations

import ast
import copy
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: As many of a task's are tried.
MOST = 10

_COMPARED: dict[type, type] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.Gt,
    ast.Gt: ast.Lt,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
#: Only where a whole number stands on the other side: between measured values nothing lies on the border.
_BORDER: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_CALCULATED: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
#: What a name after a dot is exchanged with; each pair works both ways.
_SUMMARIES = {
    "sum": "mean",
    "mean": "sum",
    "median": "mean",
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "first": "last",
    "last": "first",
    "idxmax": "idxmin",
    "idxmin": "idxmax",
    "argmax": "argmin",
    "argmin": "argmax",
    "head": "tail",
    "tail": "head",
    "nlargest": "nsmallest",
    "nsmallest": "nlargest",
    "nunique": "count",
    "count": "nunique",
    "std": "var",
    "var": "std",
    "lower": "upper",
    "upper": "lower",
}
#: Methods that a beginner may leave out without an error.
_LEFT_OUT = ("abs", "cumsum", "dropna", "drop_duplicates", "fillna", "query", "unique")
#: After these the order of the rows matters, so that leaving out a sort is a change.
_BY_POSITION = ("iloc", "head", "tail", "shift", "diff", "cumsum", "first", "last")


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


@dataclass(frozen=True)
class _Change:
    kind: str
    node: ast.AST
    make: Callable[[ast.AST], ast.AST | None]


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
    for change in _changes(tree, forms):
        code = _changed(tree, change)
        if code is None or code in seen:
            continue
        seen.add(code)
        line = getattr(change.node, "lineno", 1)
        by_kind.setdefault(change.kind, []).append(Mutant(change.kind, line, code))
    rounds = itertools.zip_longest(*by_kind.values())
    return [mutant for each in rounds for mutant in each if mutant is not None]


def _changed(tree: ast.Module, change: _Change) -> str | None:
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


def _changes(
    tree: ast.Module, forms: Mapping[str, Mapping[str, Any]]
) -> Iterator[_Change]:
    columns = _columns(tree)
    skipped = {
        id(inner)
        for loop in ast.walk(tree)
        if isinstance(loop, ast.While)  # a changed loop may never end
        for inner in ast.walk(loop)
    }
    by_position = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _BY_POSITION
        for inner in ast.walk(node)
    }
    nodes = [n for n in ast.walk(tree) if id(n) not in skipped]
    nodes.sort(key=lambda n: (getattr(n, "lineno", 0), getattr(n, "col_offset", 0)))
    for node in nodes:
        if isinstance(node, ast.Compare):
            yield from _comparisons(node)
        elif isinstance(node, ast.BinOp) and type(node.op) in _CALCULATED:
            bits = isinstance(node.op, ast.BitAnd | ast.BitOr)
            kind = "logic" if bits else "arithmetic"
            yield _Change(kind, node, _other_operator)
        elif isinstance(node, ast.BoolOp | ast.UnaryOp):
            yield from _logic(node)
        elif isinstance(node, ast.Constant):
            yield from _constants(node)
        elif isinstance(node, ast.Subscript):
            yield from _subscripts(node, columns)
        elif isinstance(node, ast.Attribute) and node.attr in _SUMMARIES:
            yield _Change("summary", node, _other_summary)
        elif isinstance(node, ast.Call):
            yield from _calls(node, id(node) in by_position)
        elif isinstance(node, ast.List) and _names_only(node):
            yield _Change("entry left out", node, _shorter)
        elif isinstance(node, ast.Assign):
            yield from _choices(node, forms)
    yield from _steps(tree)


def _columns(tree: ast.Module) -> list[str]:
    """The names that stand alone in square brackets: columns, in the order of their first use."""
    found = [
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    ]
    return list(dict.fromkeys(found))


def _comparisons(node: ast.Compare) -> Iterator[_Change]:
    if type(node.ops[0]) in _COMPARED:

        def turn(copied: Any) -> ast.AST:
            copied.ops[0] = _COMPARED[type(copied.ops[0])]()
            return copied

        yield _Change("comparison", node, turn)
    whole = any(
        isinstance(side, ast.Constant) and type(side.value) is int
        for side in (node.left, *node.comparators)
    )
    if whole and type(node.ops[0]) in _BORDER:

        def shift(copied: Any) -> ast.AST:
            copied.ops[0] = _BORDER[type(copied.ops[0])]()
            return copied

        yield _Change("border", node, shift)


def _other_operator(node: Any) -> ast.AST:
    node.op = _CALCULATED[type(node.op)]()
    return node


def _logic(node: ast.BoolOp | ast.UnaryOp) -> Iterator[_Change]:
    if isinstance(node, ast.BoolOp):

        def turn(copied: Any) -> ast.AST:
            copied.op = ast.Or() if isinstance(copied.op, ast.And) else ast.And()
            return copied

        yield _Change("logic", node, turn)
    elif isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        yield _Change("sign", node, lambda copied: copied.operand)


def _constants(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield _Change("switch", node, lambda _: ast.Constant(not value))
    elif isinstance(value, int):
        # Off by one, or by a digit where one more would hardly be seen.
        other = value + 1 if abs(value) < 100 or 1900 <= value < 2100 else value // 10
        yield _Change("number", node, lambda _: ast.Constant(other))
    elif isinstance(value, float):
        other = 1 - value if 0 < value < 1 and value != 0.5 else value * 1.5
        yield _Change("number", node, lambda _: ast.Constant(other))
    elif isinstance(value, str) and value in _SUMMARIES:
        yield _Change("summary", node, lambda _: ast.Constant(_SUMMARIES[value]))
    elif isinstance(value, str) and (
        found := re.fullmatch(r"((?:19|20)\d\d)-.+", value)
    ):
        earlier = f"{int(found[1]) - 1}{value[4:]}"
        yield _Change("date", node, lambda _: ast.Constant(earlier))


def _subscripts(node: ast.Subscript, columns: list[str]) -> Iterator[_Change]:
    inner = node.slice
    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
        others = [name for name in columns if name != inner.value]
        if others and isinstance(node.ctx, ast.Load):
            at = columns.index(inner.value)
            other = [*columns[at + 1 :], *columns[:at]][0]

            def swap(copied: Any) -> ast.AST:
                copied.slice = ast.Constant(other)
                return copied

            yield _Change("column", node, swap)
    mask = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
    if not isinstance(mask, ast.Compare | ast.BinOp | ast.UnaryOp) and not (
        isinstance(mask, ast.Call)
        and isinstance(mask.func, ast.Attribute)
        and mask.func.attr.startswith(("isin", "between", "notna", "isna", "str"))
    ):
        return
    if isinstance(mask, ast.UnaryOp) and isinstance(mask.op, ast.USub):
        return
    if isinstance(inner, ast.Tuple):

        def every_row(copied: Any) -> ast.AST:
            copied.slice.elts[0] = ast.Slice()
            return copied

        yield _Change("filter left out", node, every_row)
    elif isinstance(node.value, ast.Attribute) and node.value.attr == "loc":
        yield _Change("filter left out", node, lambda copied: copied.value.value)
    else:
        yield _Change("filter left out", node, lambda copied: copied.value)


def _other_summary(node: Any) -> ast.AST:
    node.attr = _SUMMARIES[node.attr]
    return node


def _calls(node: ast.Call, order_matters: bool) -> Iterator[_Change]:
    plain = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
    if len(plain) > 1 and len(plain) == len(node.args):

        def swap(copied: Any) -> ast.AST:
            copied.args[0], copied.args[1] = copied.args[1], copied.args[0]
            return copied

        yield _Change("arguments exchanged", node, swap)
    named = [word for word in node.keywords if word.arg]
    for number, word in enumerate(node.keywords):
        if word.arg:

            def leave(copied: Any, number: int = number) -> ast.AST:
                del copied.keywords[number]
                return copied

            yield _Change("argument left out", node, leave)
    if len(named) > 1 and len(named) == len(node.keywords):

        def turn(copied: Any) -> ast.AST:
            one, other = copied.keywords[:2]
            one.value, other.value = other.value, one.value
            return copied

        yield _Change("arguments exchanged", node, turn)
    if isinstance(node.func, ast.Attribute) and (
        node.func.attr in _LEFT_OUT
        or (node.func.attr == "sort_values" and order_matters)
    ):
        yield _Change("step left out", node, lambda copied: copied.func.value)


def _names_only(node: ast.List) -> bool:
    return len(node.elts) > 1 and all(
        isinstance(item, ast.Constant) and isinstance(item.value, str)
        for item in node.elts
    )


def _shorter(node: Any) -> ast.AST:
    del node.elts[-1]
    return node


def _choices(
    node: ast.Assign, forms: Mapping[str, Mapping[str, Any]]
) -> Iterator[_Change]:
    """Another letter of a choice, and a ranking with its first two exchanged."""
    name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    form = forms.get(name, {})
    if form.get("kind") == "choice" and isinstance(node.value, ast.Constant):
        options = [str(option) for option in form["options"]]
        given = str(node.value.value).strip().upper()
        if given in options and len(options) > 1:
            other = options[(options.index(given) + 1) % len(options)]
            choice = node.value
            yield _Change("choice", choice, lambda _: ast.Constant(other))
    if form.get("kind") == "ranking" and isinstance(node.value, ast.List):

        def swap(copied: Any) -> ast.AST:
            copied.elts[:2] = copied.elts[1::-1]
            return copied

        yield _Change("order", node.value, swap)


def _steps(tree: ast.Module) -> Iterator[_Change]:
    """Whole lines left out that only change what is already there."""
    known: set[str] = set()
    for line in tree.body:
        names = {
            node.id
            for target in getattr(line, "targets", [getattr(line, "target", None)])
            if target is not None
            for node in ast.walk(target)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        changes = isinstance(line, ast.Assign) and (
            names & known
            or not any(isinstance(t, ast.Name | ast.Tuple) for t in line.targets)
        )
        if changes or isinstance(line, ast.AugAssign | ast.Expr):
            yield _Change("step left out", line, lambda _: None)
        known |= names
