"""Everything round a picture that is not a picture."""

from __future__ import annotations

import base64
import re

import pytest

from safelearn.views import figures, marks, style


def draw(narrow):
    figure, axes = style.frame(narrow, 2)
    axes.plot([0, 1], [0, 1])
    return figure


WORDS = {
    "number": 3,
    "title": "Homicide <fell> by 75%",
    "unit": "Homicides a month",
    "alt": 'A line that "falls"',
    "source": "MEData",
    "period": "2010 to 2019",
    "n": "9,357 deaths",
    "denominator": "none: counts, not rates",
    "numbers": "<table></table>",
}


def test_a_figure_without_its_numbers_is_refused():
    with pytest.raises(ValueError, match="Figure 3 has no table"):
        figures.figure(draw, **WORDS | {"numbers": ""})


def test_it_has_a_picture_for_the_page_and_one_for_the_phone():
    html = figures.figure(draw, **WORDS)
    sizes = re.findall(r'width="(\d+)" height="(\d+)"', html)
    assert sizes == [("326", "192"), ("720", "192")]
    pictures = re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", html)
    assert all(base64.b64decode(p).startswith(b"<svg") for p in pictures)
    assert len(set(pictures)) == 2


def test_its_words_are_text_and_not_picture():
    html = figures.figure(draw, **WORDS)
    assert 'id="figure-3"' in html and "Figure 3" in html
    assert "Homicide &lt;fell&gt; by 75%" in html
    assert 'alt="A line that &#34;falls&#34;"' in html
    for name in ("Source", "Period", "n", "Denominator"):
        assert f"<b>{name}</b>" in html


def test_a_table_that_prints_stands_beside_the_figure():
    inside = figures.figure(draw, **WORDS)
    assert inside.endswith("</figure>") and "print-keep" not in inside
    beside = figures.figure(draw, **WORDS, keep_table=True)
    assert '</figure><details class="numbers print-keep">' in beside


def test_what_is_synthetic_is_stamped_in_words_and_in_the_picture():
    plain = figures.figure(draw, **WORDS)
    stamped = figures.figure(draw, **WORDS, stamp=marks.SYNTHETIC)
    assert "Synthetic data: do not cite" in stamped
    assert "Synthetic data" not in plain
    before, after = (
        base64.b64decode(re.findall(r"base64,([\w+/=]+)", h)[-1])
        for h in (plain, stamped)
    )
    assert b"opacity:0.085" in after and b"opacity:0.085" not in before


def test_the_same_figure_gives_the_same_page():
    assert figures.figure(draw, **WORDS) == figures.figure(draw, **WORDS)


def test_a_slide_carries_title_and_source():
    data = figures.png(
        draw,
        title="Homicide fell by 75% from 2010 to 2015, then rose by 20% to 2019 " * 2,
        unit="Homicides a month. Line: mean of twelve months.",
        source="MEData, 2010 to 2019",
        stamp=marks.SYNTHETIC,
    )
    from io import BytesIO

    from PIL import Image

    image = Image.open(BytesIO(data))
    assert image.width == 1500 and image.height > 400
    assert image.getpixel((2, 2))[:3] == (255, 255, 255)
