"""How sure, and why not: always bars, a word and a reason."""

from __future__ import annotations

import pytest

from safelearn import language
from safelearn.views import marks


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (3, "Strong evidence"),
        (2, "Fair evidence"),
        (1, "Thin evidence"),
        (0, "Cannot say"),
    ],
)
def test_a_level_has_its_bars_and_its_word(level, word):
    html = marks.certainty(level, "all 593 located")
    assert word in html and "all 593 located" in html
    assert html.count('fill="#1B2730"') == level
    assert html.count("<rect") == 3


def test_sentences_cannot_bring_html_along():
    bad = "<script>alert(1)</script>"
    finding = marks.Finding(bad, bad, bad, bad, 1, bad, "figure-1")
    parts = [
        marks.findings([finding]),
        marks.refusal(bad, bad),
        marks.not_measured(bad, bad, bad, bad, bad, bad),
        marks.comes_later(bad, bad, bad),
        marks.certainty(1, bad),
    ]
    for html in parts:
        assert "<script" not in html and "&lt;script" in html


def test_a_finding_links_to_what_shows_it():
    row = marks.Finding(
        "It fell", "+20%", "deaths", "+6% to +35%", 3, "why", "figure-1"
    )
    html = marks.findings([row])
    assert '<a href="#figure-1">It fell</a>' in html
    assert "95% interval" in html


def test_a_remark_is_not_called_an_interval():
    row = marks.Finding(
        "x", "10 of 20", "areas", "See figure 4", interval_is_remark=True
    )
    assert "95% interval" not in marks.findings([row])


def test_what_is_synthetic_is_stamped_and_what_is_not_is_not():
    assert "Synthetic data: do not cite" in marks.stamp(marks.SYNTHETIC)
    assert marks.stamp(None) == ""


def test_the_key_explains_every_mark():
    html = marks.key()
    for word in ("Strong evidence", "Fair evidence", "Thin evidence", "Cannot say"):
        assert word in html


def test_the_joint_test_is_said_either_way():
    assert "(p < 0.001)" in marks.joint_test(1e-9, True)
    assert "(p = 0.412)" in marks.joint_test(0.412, False)
    assert "no month is marked" in marks.joint_test(0.412, False)


def test_every_word_is_translated():
    with language.use(language.PSEUDO):
        html = str(
            marks.certainty(2)
            + marks.key()
            + marks.not_measured("x", "x", "x", "x")
            + marks.comes_later("x", "x", "x")
            + marks.stamp(marks.ILLUSTRATIVE)
        )
    for word in (
        "evidence",
        "Cannot",
        "measured",
        "matters",
        "collect",
        "later",
        "cite",
    ):
        assert word not in html
