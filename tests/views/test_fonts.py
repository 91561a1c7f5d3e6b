"""A report has its letters on any machine: with Noto Sans, without it, and without a home to write in."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from safelearn.views import cutting, fonts, style


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def fresh(monkeypatch, cache):
    """A cache of these tests' own, and nothing remembered."""
    monkeypatch.setattr(fonts.resources, "cache", lambda: cache)
    fonts._letters.cache_clear()
    yield cache
    fonts._letters.cache_clear()


@pytest.fixture
def bare(fresh, monkeypatch):
    """A machine without any font of its own."""
    monkeypatch.setattr(fonts, "_system_fonts", dict)
    return fresh


def characters(letters, weight=400):
    return set(TTFont(letters.ttf[weight]).getBestCmap())


NEEDED = "Aéñçßőğż ĄỆ Ωλ Жя 0123456789 −–—…‰€ ←↑→↓ ≤≥≈≠ “”‘’ × ·"


def test_every_sign_of_a_report_is_there(fresh):
    missing = set(map(ord, NEEDED)) - {0x20} - characters(fonts.letters())
    assert not missing, [chr(c) for c in missing]


@pytest.mark.parametrize(("language", "words"), [("ar", "سلامة، ١"), ("he", "שלום")])
def test_a_script_comes_with_its_language(fresh, language, words):
    found = fonts.letters(language)
    assert set(map(ord, words + NEEDED)) - {0x20} <= characters(found)
    assert found.family != fonts.letters("en").family


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_noto_the_letters_are_dejavu(bare, language):
    found = fonts.letters(language)
    assert found.source == "DejaVu Sans"
    assert set(map(ord, NEEDED)) - {0x20} <= characters(found)
    assert fonts.css(language).count("@font-face") == 2


def test_a_damaged_system_font_does_not_cost_a_city_its_report(fresh, monkeypatch):
    broken = fresh / "NotoSans-Regular.ttf"
    broken.write_bytes(b"not a font")
    monkeypatch.setattr(fonts, "_noto", lambda script: {400: [broken], 700: [broken]})
    assert fonts.letters().source == "DejaVu Sans"


def test_a_home_that_cannot_be_written_to_does_not_matter(fresh, monkeypatch):
    def refuse():
        raise PermissionError("read-only")

    monkeypatch.setattr(fonts.resources, "cache", refuse)
    assert all(path.is_file() for path in fonts.letters().ttf.values())


def test_the_same_letters_have_the_same_bytes(bare):
    first = {w: p.read_bytes() for w, p in fonts.letters().ttf.items()}
    for path in fonts.letters().ttf.values():
        path.unlink()
    fonts._letters.cache_clear()
    assert {w: p.read_bytes() for w, p in fonts.letters().ttf.items()} == first


def test_letters_are_cut_once(fresh, monkeypatch):
    fonts.letters()
    fonts._letters.cache_clear()
    monkeypatch.setattr(cutting, "merged", None)
    assert fonts.letters().ttf[400].is_file()


def test_a_woff_is_written_where_brotli_is_missing(bare, monkeypatch):
    monkeypatch.setattr(fonts, "_has_brotli", lambda: False)
    css = fonts.css()
    assert "font/woff;" in css and 'format("woff")' in css and "woff2" not in css


def test_the_family_cannot_be_mistaken_for_a_system_font(fresh):
    names = TTFont(fonts.letters().ttf[700])["name"]
    said = " ".join(record.toUnicode() for record in names.names)
    assert "Safelearn Sans" in said and "Noto" not in said and "DejaVu" not in said


def test_charts_use_it_without_falling_back():
    from matplotlib.font_manager import FontProperties, findfont, get_font

    with style.context():
        used = findfont(FontProperties(family=["sans-serif"]))
    assert get_font(used).family_name == fonts.FAMILY


def test_the_page_carries_its_letters(fresh):
    css = fonts.css()
    assert "http" not in css
    assert len(css) < 150_000


def test_lines_are_as_high_in_every_script(fresh):
    """Or names drift away from their rows: Arabic letters stand taller."""
    heights = set()
    for language in ("en", "ar", "he"):
        for path in fonts.letters(language).ttf.values():
            font = TTFont(path)
            em = font["head"].unitsPerEm
            heights.add((font["hhea"].ascent / em, font["hhea"].descent / em))
    assert heights == {(0.93, -0.24)}
