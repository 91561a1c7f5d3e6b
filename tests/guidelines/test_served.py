"""A clause counts as served only if its product exists, names the clause, and a test exercises it.

`served_by` in ``clauses.toml`` holds four kinds of name: ``package.module``, ``package.module:function``,
``safelearn command`` and ``path/of/a/template``. To claim a clause: name the product there, write the id of
the clause in the product's own text, and mark the test that exercises it with
``@pytest.mark.clause("draft:...")``.
"""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from safelearn.guidelines.clauses import clauses, clauses_under

ROOT = Path(__file__).resolve().parents[2]
SERVED = [c for c in clauses() if c.served_by]
CLAIMS = [(c.id, product) for c in SERVED for product in c.served_by]


def source_of(product: str) -> str:
    """The text of a product; an error if there is no such product."""
    if product.startswith("safelearn "):
        import typer

        from safelearn.cli import app

        command = typer.main.get_command(app)
        for word in product.split()[1:]:
            command = command.commands[word]
        function = inspect.unwrap(command.callback)
        return Path(inspect.getsourcefile(function)).read_text(encoding="utf-8")
    if "/" in product:
        return (ROOT / product).read_text(encoding="utf-8")
    module, _, name = product.partition(":")
    loaded = import_module(module)
    return (
        inspect.getsource(getattr(loaded, name)) if name else inspect.getsource(loaded)
    )


def cites(text: str, clause_id: str) -> bool:
    """Whether `text` names this clause, and not only one whose id begins alike."""
    return re.search(re.escape(clause_id) + r"(?![\w(]|\.\d)", text) is not None


@cache
def clauses_tested() -> dict[str, list[str]]:
    """Clause id -> the tests that are marked with it, anywhere under tests/."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith(
                "test_"
            ):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith(
                    "mark.clause"
                ):
                    for argument in mark.args:
                        found.setdefault(ast.literal_eval(argument), []).append(
                            node.name
                        )
    return found


@pytest.mark.parametrize(("clause_id", "product"), CLAIMS, ids=" by ".join)
def test_the_product_exists_and_names_its_clause(clause_id, product):
    assert cites(source_of(product), clause_id), (
        f"{product} is said to serve {clause_id} but does not name it in its own text"
    )


@pytest.mark.parametrize("clause_id", [c.id for c in SERVED])
def test_a_named_test_exercises_what_serves_the_clause(clause_id):
    assert clause_id in clauses_tested(), (
        f'mark the test that exercises it: @pytest.mark.clause("{clause_id}")'
    )


def test_no_test_claims_a_clause_that_is_not_served():
    served = {c.id for c in SERVED}
    for clause_id, tests in clauses_tested().items():
        assert clause_id in served, f"{tests} name {clause_id}, which nothing serves"


def test_every_clause_that_the_library_names_exists():
    files = [
        file
        for folder in ("src", "templates", "curriculum")
        for kind in ("py", "json", "toml", "md")
        for file in sorted((ROOT / folder).rglob(f"*.{kind}"))
    ]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        for named in re.findall(r"draft:\d+(?:\([a-z]+\))*(?:\.\d+)?b?", text):
            assert clauses_under(named), (file.name, named)


def test_a_clause_is_told_apart_from_one_whose_id_begins_alike():
    assert cites("Serves draft:25(d).2.", "draft:25(d).2")
    assert not cites("Serves draft:25(d).2b.", "draft:25(d).2")
    assert not cites("Serves draft:26(f)(ii).10.", "draft:26(f)(ii).1")


@pytest.mark.parametrize(
    "product",
    [
        "safelearn.nowhere",
        "safelearn.guidelines.clauses:nothing",
        "templates/nothing.py",
    ],
)
def test_a_product_that_is_not_there_is_found_out(product):
    with pytest.raises((ImportError, AttributeError, OSError)):
        source_of(product)
