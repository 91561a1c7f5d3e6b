"""Every sentence that the chapter on groups can carry, printed for a reader: run with ``pytest -s``."""

from __future__ import annotations

import pytest

from safelearn.disclosure.wording import check
from safelearn.reports import findings, group_findings
from safelearn.reports.group_findings import Line
from safelearn.reports.group_items import ITEMS

NAN = float("nan")


def line(item, share=0.41, others=0.19, clear=True):
    return Line(item, share, others, share - others, clear)


TITLES = {
    **{item.key: group_findings.apart("women", line(item.key)) for item in ITEMS},
    "nothing clear": group_findings.title("women", [line("told", clear=False)]),
    "too few": group_findings.title("women", []),
    "norms": group_findings.norms(0.84, 0.82, 0.85, None),
    "norms, women": group_findings.norms(0.84, 0.82, 0.85, True),
    "norms, men": group_findings.norms(0.84, 0.82, 0.85, False),
    "overlap": group_findings.overlaps(["women under 25", "women of minorities"], 6, 2),
    "no overlap": group_findings.overlaps([], 6, 2),
    "overlaps too small": group_findings.overlaps([], 0, 8),
    "repeats": findings.repeats(0.06, 0.28),
    "repeats alike": findings.repeats(0.12, 0.12),
    "repeats hidden": findings.repeats(NAN, NAN),
}
SENTENCES = {
    "also": group_findings.also(
        "women", [line("harassed"), line("told"), line("has_say", clear=False)]
    ),
    "size": group_findings.size("people under 25", 0.14, 0.12, 0.15),
    "functioning": group_findings.functioning(0.36, 0.06, 0.05, 0.07),
    "walks": group_findings.walks(60, 30, 1.2, -0.2, -0.3, -0.1),
    "walks higher": group_findings.walks(60, 30, 1.2, 0.2, 0.1, 0.3),
    "walks alike": group_findings.walks(60, 30, 1.2, 0.0, -0.1, 0.1),
    "few walks": group_findings.walks(1, 1, NAN, NAN, NAN, NAN),
    "bribery": group_findings.bribery(0.14, 0.13, 0.16),
    "agreement": group_findings.agreement(0.46, 0.26, 0.67, 0.5, 26),
    "strong agreement": group_findings.agreement(0.8, 0.65, 0.95, 0.9, 60),
    "no agreement": group_findings.agreement(0.1, -0.2, 0.4, 0.3, 12),
    "repeat victims": findings.repeat_victims(0.08, 0.04, 0.15),
}


@pytest.mark.parametrize("name", [*TITLES, *SENTENCES])
def test_every_sentence_can_be_read_and_neither_ranks_nor_blames(name):
    text = (TITLES | SENTENCES)[name]
    print(f"{name:20} {text}")
    assert text[0].isupper() or text[0].isdigit()
    assert "{" not in text and "nan" not in text
    assert text.endswith(".") == (name in SENTENCES)
    assert check(text) == []


def test_the_title_is_the_largest_clear_difference_and_the_rest_follows():
    lines = [
        line("took_part", 0.5, 0.1, clear=False),
        line("has_say", 0.30, 0.40),
        line("harassed", 0.41, 0.19),
    ]
    assert "were harassed" in group_findings.title("women", lines)
    rest = group_findings.also("women", lines)
    assert "have a say" in rest and "were harassed" not in rest
    assert "took part" not in rest and "On the other figure no difference" in rest


def test_a_difference_that_is_not_clear_is_never_a_title():
    title = group_findings.title("women", [line("harassed", 0.9, 0.1, clear=False)])
    assert title == "Women and everyone else: no clear difference in what was asked"


def test_a_stricter_eye_is_knowledge_and_the_interval_has_no_sign():
    text = SENTENCES["walks"]
    assert "0.2 (0.1 to 0.3)" in text
    assert "they see there what others do not" in text
