"""A drawing is small, and the same on every run."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest

from safelearn.views import style, svg


def drawn(words="Homicides", halo=True):
    with style.context():
        figure, axes = style.frame(False, 2)
        axes.plot(np.arange(50), np.sin(np.arange(50)))
        effects = style.halo() if halo else []
        axes.annotate(words, (10, 0), path_effects=effects)
        return svg.picture(figure)


def test_the_same_figure_gives_the_same_bytes():
    assert drawn().svg == drawn().svg


def test_another_process_gives_the_same_bytes(tmp_path):
    code = (
        "from safelearn.views import style, svg\n"
        "with style.context():\n"
        "    f, a = style.frame(True, 2)\n"
        "    a.fill_between([0, 1], [0, 1], hatch='xxx')\n"
        "    print(hash(0), svg.picture(f).svg)"
    )
    out = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert out[0] == out[1]


def test_it_names_no_date_program_or_address():
    text = drawn().svg
    addresses = set(re.findall(r"https?://[^\"' ]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<metadata" not in text and "<!--" not in text and "matplotlib" not in text


def test_its_size_is_that_of_the_page():
    assert (drawn().width, drawn().height) == (720, 192)


def test_points_move_by_less_than_a_tenth():
    path = ' d="M10.04 20.06 L11.111 22.222 L9.999 30 z"'
    numbers = [float(v) for v in re.findall(r"-?[\d.]+", svg._polyline(path))]
    x, y = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0).T
    assert np.allclose(x, [10.04, 11.111, 9.999], atol=0.051)
    assert np.allclose(y, [20.06, 22.222, 30], atol=0.051)


@pytest.mark.parametrize("words", ["one line", "two\nlines", "three\nshort\nlines"])
def test_a_halo_lies_under_the_same_glyphs(words):
    plain, haloed = drawn(words, halo=False).svg, drawn(words).svg
    strokes = haloed.count("stroke:#ffffff;stroke-linejoin:round")
    assert strokes == len(words.split("\n"))
    assert len(haloed) < 1.35 * len(plain)
    assert not re.search(r'id="halo', haloed)


def test_every_glyph_that_is_used_is_defined():
    text = drawn("two\nlines").svg
    used = set(re.findall(r'xlink:href="#([^"]+)"', text))
    assert used <= set(re.findall(r' id="([^"]+)"', text))


def test_a_png_has_no_date():
    with style.context():
        figure, _ = style.frame(False, 1)
        data = svg.png(figure)
    assert (
        data.startswith(b"\x89PNG") and b"Software" not in data and b"tIME" not in data
    )
