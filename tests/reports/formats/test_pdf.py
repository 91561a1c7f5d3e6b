"""The report on paper: read aloud in order, in its language, with words for every picture, and no page mostly white."""

from __future__ import annotations

import builtins
import io
import re
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from safelearn.errors import SafelearnError
from safelearn.reports.formats import fitting
from safelearn.reports.formats.pdf import to_pdf


@pytest.fixture(scope="module")
def printed(html) -> bytes:
    return to_pdf(html)


@pytest.fixture(scope="module")
def pdf(printed):
    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as opened:
        yield opened


def tags(pdf) -> list:
    """The elements of the structure tree in the order in which they are read aloud."""
    import pikepdf

    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        if "/S" in element:
            found.append(element)
        kids = element.get("/K", [])
        kids = [kids] if isinstance(kids, pikepdf.Dictionary) else list(kids)
        waiting = [k for k in kids if isinstance(k, pikepdf.Dictionary)] + waiting
    return found


@pytest.mark.needs("python:weasyprint", "python:pikepdf")
def test_it_is_tagged_and_says_its_title_and_its_language(pdf, html):
    assert bool(pdf.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo["/Title"]) == re.search("<title>(.*?)</title>", html)[1]
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as about:
        assert about.get("pdfuaid:part") == "1"


@pytest.mark.needs("python:weasyprint", "python:pikepdf")
def test_every_picture_has_words(pdf, html):
    figures = [tag for tag in tags(pdf) if tag.S == "/Figure"]
    said = [str(tag.get("/Alt", "")) for tag in figures]
    assert len(said) >= html.count('<figure class="fig"')
    assert all(len(text) > 10 for text in said)


@pytest.mark.needs("python:weasyprint", "python:pikepdf")
def test_headings_come_in_order_and_skip_no_level(pdf):
    levels = [
        int(str(tag.S)[2:]) for tag in tags(pdf) if re.fullmatch(r"/H\d", str(tag.S))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.needs("python:weasyprint", "python:pikepdf")
def test_tables_have_heads_and_rows(pdf):
    kinds = {str(tag.S) for tag in tags(pdf)}
    assert {"/Table", "/TR", "/TH", "/TD"} <= kinds


@pytest.mark.needs("python:weasyprint", "python:pikepdf", "pdftotext")
def test_each_page_says_what_it_is_part_of_and_that_the_city_is_invented(
    printed, pdf, tmp_path
):
    (tmp_path / "report.pdf").write_bytes(printed)
    command = [shutil.which("pdftotext"), "-layout", str(tmp_path / "report.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    sheets = text.decode("utf-8").split("\f")[:-1]
    assert len(sheets) == len(pdf.pages)
    for number, sheet in enumerate(sheets, start=1):
        assert "Synthetic data. Do not cite." in sheet
        assert "Safety diagnosis: Northmoor" in sheet
        assert f"{number} / {len(sheets)}" in sheet
    assert "What is not known" in sheets[0]
    assert "Contents" in sheets[1]


@pytest.mark.needs("python:weasyprint", "pdftoppm")
def test_no_page_but_the_last_is_mostly_white(printed, tmp_path):
    import numpy as np
    from PIL import Image

    (tmp_path / "report.pdf").write_bytes(printed)
    command = [shutil.which("pdftoppm"), "-r", "30", "-png"]
    command += [str(tmp_path / "report.pdf"), str(tmp_path / "p")]
    subprocess.run(command, check=True)
    sheets = [
        np.asarray(Image.open(p).convert("L")) for p in sorted(tmp_path.glob("p-*.png"))
    ]
    for number, sheet in enumerate(sheets[:-1], start=1):
        inside = sheet[round(sheet.shape[0] * 0.075) : round(sheet.shape[0] * 0.93)]
        inked = np.flatnonzero((inside < 200).any(axis=1))
        assert inked.max() > 0.5 * len(inside), f"page {number} is mostly white"


@pytest.mark.needs("python:weasyprint")
def test_a_workbook_that_is_written_after_a_pdf_can_still_be_opened(found):
    from openpyxl import load_workbook

    from safelearn.reports.formats.workbook import Cover, workbook

    to_pdf(
        "<html lang='en'><head><title>One</title></head><body><p>One.</p></body></html>"
    )
    name = "population_by_area"
    made = workbook({name: found.tables[name]}, Cover("Tables"))
    assert load_workbook(io.BytesIO(made)).sheetnames[1:] == [name]


def figures(*heights: float, picture: float = 100) -> list[fitting.Block]:
    return [
        fitting.Block(h, 0, whole=True, figure=f"figure-{i}", picture=picture)
        for i, h in enumerate(heights, start=1)
    ]


def test_figures_that_fit_are_left_alone():
    assert fitting.plan(figures(400, 500), 1000) == {}


def test_a_figure_that_nearly_fits_and_those_beside_it_become_smaller():
    found = fitting.plan(figures(600, 450, picture=400), 1000)
    assert found.keys() == {"figure-1", "figure-2"}
    assert sum(found.values()) == pytest.approx(800 - 50 - fitting.SLACK)


def test_no_picture_becomes_too_small_to_read():
    assert fitting.plan(figures(600, 700, picture=400), 1000) == {}


def test_a_picture_that_was_held_back_takes_what_is_left():
    first, second = figures(600, 700, picture=400)
    first.room = 100
    assert fitting.plan([first, second], 1000) == {"figure-1": 500}


def test_a_heading_goes_with_its_figure():
    head = fitting.Block(50, 0, whole=True, stays=True)
    # Without its heading the second figure would fit.
    first, second = figures(540, 440, picture=400)
    assert fitting.plan([first, second], 1000) == {}
    assert fitting.plan([first, head, second], 1000).keys() == {
        "figure-1",
        "figure-2",
    }


@pytest.fixture
def without(monkeypatch):
    """Make importing a package fail, with the given error."""

    def set_up(package: str, error: Exception) -> None:
        real = builtins.__import__

        def fails(name, *args, **kwargs):
            if name.split(".")[0] == package:
                raise error
            return real(name, *args, **kwargs)

        for name in [n for n in sys.modules if n.split(".")[0] == package]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setattr(builtins, "__import__", fails)

    return set_up


def test_without_pango_the_sentence_names_it_and_says_what_to_do(without):
    without("weasyprint", OSError("cannot load library 'libpango-1.0-0'"))
    with pytest.raises(SafelearnError) as caught:
        to_pdf("<html></html>")
    assert "pango" in caught.value.what
    assert "libpango" in caught.value.where
    assert "browser" in caught.value.remedy


def test_without_weasyprint_the_sentence_names_it(without):
    without("weasyprint", ImportError("No module named 'weasyprint'"))
    with pytest.raises(SafelearnError) as caught:
        to_pdf("<html></html>")
    assert "weasyprint" in caught.value.what
    assert "safelearn[report]" in caught.value.remedy
