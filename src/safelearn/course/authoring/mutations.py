"""By which rules is a solution changed, to see whether the marks notice?

The tree of a solution goes in, single changes come out, each with its kind: another comparison, a filter left
out, a column or two arguments exchanged, a number off by one, a mean where there was a sum. They are the slips
of a beginner as far as a rule can know them. `mutants` makes code of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
class Change:
    """One change: what `make` gives takes the place of `node`; None leaves it out."""

    kind: str
    node: ast.AST
    make: Callable[[Any], ast.AST | None]


def changes(
    tree: ast.Module, forms: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    """All changes to a solution, in the order of its lines; `forms` are those of its answers."""
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
            yield Change(kind, node, _other_operator)
        elif isinstance(node, ast.BoolOp | ast.UnaryOp):
            yield from _logic(node)
        elif isinstance(node, ast.Constant):
            yield from _constants(node)
        elif isinstance(node, ast.Subscript):
            yield from _subscripts(node, columns)
        elif isinstance(node, ast.Attribute) and node.attr in _SUMMARIES:
            yield Change("summary", node, _other_summary)
        elif isinstance(node, ast.Call):
            yield from _calls(node, id(node) in by_position)
        elif isinstance(node, ast.List) and _names_only(node):
            yield Change("entry left out", node, _shorter)
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


def _comparisons(node: ast.Compare) -> Iterator[Change]:
    if type(node.ops[0]) in _COMPARED:

        def turn(copied: Any) -> ast.AST:
            copied.ops[0] = _COMPARED[type(copied.ops[0])]()
            return copied

        yield Change("comparison", node, turn)
    whole = any(
        isinstance(side, ast.Constant) and type(side.value) is int
        for side in (node.left, *node.comparators)
    )
    if whole and type(node.ops[0]) in _BORDER:

        def shift(copied: Any) -> ast.AST:
            copied.ops[0] = _BORDER[type(copied.ops[0])]()
            return copied

        yield Change("border", node, shift)


def _other_operator(node: Any) -> ast.AST:
    node.op = _CALCULATED[type(node.op)]()
    return node


def _logic(node: ast.BoolOp | ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node, ast.BoolOp):

        def turn(copied: Any) -> ast.AST:
            copied.op = ast.Or() if isinstance(copied.op, ast.And) else ast.And()
            return copied

        yield Change("logic", node, turn)
    elif isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        yield Change("sign", node, lambda copied: copied.operand)


def _constants(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield Change("switch", node, lambda _: ast.Constant(not value))
    elif isinstance(value, int):
        # Off by one, or by a digit where one more would hardly be seen.
        other = value + 1 if abs(value) < 100 or 1900 <= value < 2100 else value // 10
        yield Change("number", node, lambda _: ast.Constant(other))
    elif isinstance(value, float):
        other = 1 - value if 0 < value < 1 and value != 0.5 else value * 1.5
        yield Change("number", node, lambda _: ast.Constant(other))
    elif isinstance(value, str) and value in _SUMMARIES:
        yield Change("summary", node, lambda _: ast.Constant(_SUMMARIES[value]))
    elif isinstance(value, str) and (
        found := re.fullmatch(r"((?:19|20)\d\d)-.+", value)
    ):
        earlier = f"{int(found[1]) - 1}{value[4:]}"
        yield Change("date", node, lambda _: ast.Constant(earlier))


def _subscripts(node: ast.Subscript, columns: list[str]) -> Iterator[Change]:
    inner = node.slice
    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
        others = [name for name in columns if name != inner.value]
        if others and isinstance(node.ctx, ast.Load):
            at = columns.index(inner.value)
            other = [*columns[at + 1 :], *columns[:at]][0]

            def swap(copied: Any) -> ast.AST:
                copied.slice = ast.Constant(other)
                return copied

            yield Change("column", node, swap)
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

        yield Change("filter left out", node, every_row)
    elif isinstance(node.value, ast.Attribute) and node.value.attr == "loc":
        yield Change("filter left out", node, lambda copied: copied.value.value)
    else:
        yield Change("filter left out", node, lambda copied: copied.value)


def _other_summary(node: Any) -> ast.AST:
    node.attr = _SUMMARIES[node.attr]
    return node


def _calls(node: ast.Call, order_matters: bool) -> Iterator[Change]:
    plain = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
    if len(plain) > 1 and len(plain) == len(node.args):

        def swap(copied: Any) -> ast.AST:
            copied.args[0], copied.args[1] = copied.args[1], copied.args[0]
            return copied

        yield Change("arguments exchanged", node, swap)
    named = [word for word in node.keywords if word.arg]
    for number, word in enumerate(node.keywords):
        if word.arg:

            def leave(copied: Any, number: int = number) -> ast.AST:
                del copied.keywords[number]
                return copied

            yield Change("argument left out", node, leave)
    if len(named) > 1 and len(named) == len(node.keywords):

        def turn(copied: Any) -> ast.AST:
            one, other = copied.keywords[:2]
            one.value, other.value = other.value, one.value
            return copied

        yield Change("arguments exchanged", node, turn)
    if isinstance(node.func, ast.Attribute) and (
        node.func.attr in _LEFT_OUT
        or (node.func.attr == "sort_values" and order_matters)
    ):
        yield Change("step left out", node, lambda copied: copied.func.value)


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
) -> Iterator[Change]:
    """Another letter of a choice, and a ranking with its first two exchanged."""
    name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    form = forms.get(name, {})
    if form.get("kind") == "choice" and isinstance(node.value, ast.Constant):
        options = [str(option) for option in form["options"]]
        given = str(node.value.value).strip().upper()
        if given in options and len(options) > 1:
            other = options[(options.index(given) + 1) % len(options)]
            choice = node.value
            yield Change("choice", choice, lambda _: ast.Constant(other))
    if form.get("kind") == "ranking" and isinstance(node.value, ast.List):

        def swap(copied: Any) -> ast.AST:
            copied.elts[:2] = copied.elts[1::-1]
            return copied

        yield Change("order", node.value, swap)


def _steps(tree: ast.Module) -> Iterator[Change]:
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
            yield Change("step left out", line, lambda _: None)
        known |= names
