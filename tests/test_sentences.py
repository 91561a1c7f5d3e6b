"""Every sentence for a reader passes through the translators: read from the code itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "safelearn"
MODULES = sorted(PACKAGE.rglob("*.py"))
#: Calls whose texts a reader sees.
SHOWN = {"SafelearnError", "Refused", "say", "Hint", "Form"}
WORDS = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")


def plain_sentences(tree: ast.AST) -> list[tuple[int, str]]:
    """Texts of several words that go to a reader without `t` or `tn` around them."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in SHOWN:
            continue
        for value in [
            *node.args,
            *(k.value for k in node.keywords if k.arg != "where"),
        ]:
            found += [
                (node.lineno, text) for text in _texts(value) if WORDS.search(text)
            ]
    return found


def _texts(value: ast.AST) -> list[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        # A command to be typed is the same in every language.
        return [] if value.value.lstrip().startswith("safelearn ") else [value.value]
    if isinstance(value, ast.JoinedStr):
        text = "".join(
            str(v.value) for v in value.values if isinstance(v, ast.Constant)
        )
        return [] if text.lstrip().startswith("safelearn ") else [text]
    if isinstance(value, ast.IfExp):
        return _texts(value.body) + _texts(value.orelse)
    if isinstance(value, ast.BinOp):
        return _texts(value.left) + _texts(value.right)
    return []


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_sentence_for_a_reader_is_left_untranslated(module):
    assert plain_sentences(ast.parse(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_translated_when_a_module_is_imported(module):
    """A sentence translated at import would stay in the language of that moment."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            continue
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and not isinstance(node, ast.If):
                assert getattr(call.func, "id", "") not in ("t", "tn"), (
                    f"line {call.lineno}"
                )


def test_the_test_sees_what_was_forgotten():
    tree = ast.parse(
        'raise SafelearnError("The file is missing.", remedy=t("Import it."))'
    )
    assert plain_sentences(tree) == [(1, "The file is missing.")]
    assert plain_sentences(ast.parse('say(t("All is well."))')) == []
    assert plain_sentences(ast.parse('say(f"The folder {x} is new.")')) != []
