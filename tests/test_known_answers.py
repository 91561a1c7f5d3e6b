"""Results that were published, or worked out by hand, before this library existed (known_answers.toml)."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

FILE = Path(__file__).with_name("known_answers.toml")
ANSWERS = tomllib.loads(FILE.read_text(encoding="utf-8"))["answer"]


def _name(answer):
    return f"{answer['call'].partition(':')[2]}-{answer['source'][:30]}"


def _call(answer):
    module, _, function = answer["call"].partition(":")
    return getattr(import_module(module), function)(**answer["args"])


@pytest.mark.parametrize("answer", ANSWERS, ids=_name)
def test_a_published_result_is_reproduced(answer):
    found = _call(answer)
    if isinstance(answer["expect"], dict):
        for attribute, value in answer["expect"].items():
            got = getattr(found, attribute)
            assert np.allclose(got, value, rtol=0, atol=answer["tol"]), attribute
    else:
        assert np.allclose(found, answer["expect"], rtol=0, atol=answer["tol"])


@pytest.mark.parametrize("answer", [a for a in ANSWERS if "not" in a], ids=_name)
def test_a_wrong_figure_that_circulates_is_not_returned(answer):
    assert abs(_call(answer) - answer["not"]) > 100 * answer["tol"]
