"""A lesson's picture carries its description, and the same drawing is the same bytes."""

from __future__ import annotations

import pytest

from safelearn.course.pictures import drawing, show


@pytest.fixture
def shown(monkeypatch):
    seen = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: seen.append(data))
    return seen


def draw():
    with drawing(2.0, 2) as (figure, (left, _)):
        left.bar([0, 1], [3, 4])
        show(figure, 'Two bars: 3 and 4, "as said"')


def test_who_cannot_see_the_picture_hears_what_it_says(shown):
    draw()
    (data,) = shown
    assert data["text/plain"] == 'Two bars: 3 and 4, "as said"'
    assert 'alt="Two bars: 3 and 4, &quot;as said&quot;"' in data["text/html"]


def test_the_same_drawing_is_the_same_bytes(shown):
    draw()
    draw()
    assert shown[0] == shown[1]
