"""No exercise says anything that was not given to the translators."""

from __future__ import annotations

import re

import pytest

from safelearn import language
from safelearn.reports import widgets
from safelearn.reports.widgets.budget import BY_HAND
from safelearn.reports.widgets.disclosure_attack import SAFE
from safelearn.reports.widgets.sample_planner import USED


def forgotten(page: str) -> list[str]:
    """Words between tags that stand in no translated sentence."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", "\n", page)
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        if shorter == text:
            break
        text = shorter
    return [line for line in text.split("\n") if re.search(r"[A-Za-z]{2}", line)]


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("disclosure_attack", {"way": SAFE, "elsewhere": True}),
        ("smoothing", {"area": 1}),
        *(("sample_planner", {"question": question}) for question in USED),
        ("ballot", {"first": "light"}),
        ("budget", {"rule": BY_HAND, "guards": False}),
    ],
)
def test_every_word_of_an_answer_is_a_sentence_that_can_be_translated(name, setting):
    with language.use("qps"):
        made = getattr(widgets, name)()
        page = made.static(**setting)
        labels = [control.description for control in made.controls.values()]
    assert forgotten(page) == []
    assert all(label.startswith("⟦") for label in labels)


def test_every_word_about_the_grid_can_be_translated(office):
    with language.use("qps"):
        made = widgets.stakeholder_grid(office)
        inside = made.static(audience="internal", organisation="S01")
        public = made.static()
    named = {f"S0{k} " for k in range(1, 8)}
    left = [line for line in forgotten(inside) if not any(n in line for n in named)]
    assert [line for line in left if "Office of the Mayor" not in line] == []
    assert forgotten(public) == []
