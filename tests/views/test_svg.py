"""A drawing is small, and the same on every run."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import uniform_filter

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


def test_every_glyph_and_clip_that_is_used_is_defined():
    root = ElementTree.fromstring(drawn("two\nlines").svg)
    defined = {one.get("id") for one in root.iter()} - {None}
    used = {one.get("href", "#")[1:] for one in root.iter()} - {""}
    used |= set(re.findall(r"url\(#([^)]+)\)", ElementTree.tostring(root, "unicode")))
    assert used and used <= defined


def test_what_is_left_out_cannot_be_seen(tmp_path):
    """The short SVG and matplotlib's own give the same picture."""
    weasyprint = pytest.importorskip("weasyprint")
    if not shutil.which("pdftoppm"):
        pytest.skip("needs pdftoppm")

    def pixels(name, text):
        (tmp_path / f"{name}.svg").write_text(text, encoding="utf-8")
        page = f"<style>@page{{size:720px 300px;margin:0}}</style><img src={name}.svg>"
        pdf = tmp_path / f"{name}.pdf"
        weasyprint.HTML(string=page, base_url=str(tmp_path)).write_pdf(pdf)
        command = [
            "pdftoppm",
            "-r",
            "96",
            "-png",
            "-singlefile",
            str(pdf),
            str(tmp_path / name),
        ]
        subprocess.run(command, check=True)
        grey = np.asarray(Image.open(tmp_path / f"{name}.png").convert("L"), float)
        # A hairline may snap to the next row of pixels: look as an eye does, a little blurred.
        return uniform_filter(grey, 3)

    with style.context():
        figure, axes = style.frame(False, 3)
        axes.plot(np.arange(300), np.random.default_rng(1).normal(size=300).cumsum())
        axes.fill_between([0, 300], [-5, 5], hatch="////", facecolor=style.PANEL)
        axes.set_title("What is left out, and 1,234 − 56%")
        whole = io.StringIO()
        figure.savefig(whole, format="svg")
        short = svg.picture(figure).svg
    assert len(short) < 0.6 * len(whole.getvalue())
    difference = np.abs(pixels("whole", whole.getvalue()) - pixels("short", short))
    assert difference.mean() < 1 and (difference > 100).mean() < 0.001


def test_a_png_has_no_date():
    with style.context():
        figure, _ = style.frame(False, 1)
        data = svg.png(figure)
    assert (
        data.startswith(b"\x89PNG") and b"Software" not in data and b"tIME" not in data
    )
