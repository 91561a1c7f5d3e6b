"""The colours hold what the design promises: contrast to read by, and apart for every kind of colour vision."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations, pairwise

import numpy as np
import pytest

from safelearn.resources import templates
from safelearn.views import style

WHITE = "#FFFFFF"
# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour):
    rgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, two):
    """WCAG 2 contrast ratio."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    light, dark = sorted((linear(c) @ weights for c in (one, two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def oklab(rgb):
    """Ottosson's OKLab of linear RGB."""
    lms = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ rgb
    )
    return (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ lms
    )


def seen(colour, vision):
    return oklab(np.clip(np.array(VISION[vision]) @ linear(colour), 0, 1))


def distance(one, two, vision):
    return float(np.linalg.norm(seen(one, vision) - seen(two, vision)))


@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        (style.INK, WHITE, 15),
        (style.INK2, WHITE, 7),
        (style.INK2, style.PANEL, 6.5),
        (style.BLUE, WHITE, 7),
        (style.ORANGE_TEXT, WHITE, 5.9),
        (style.ORANGE_TEXT, style.WARNING, 5.3),
        (style.INK, style.WARNING, 4.5),
        ("#D5E4EC", style.INK, 4.5),
        ("#E8EFF3", style.INK, 4.5),
        ("#B8CBD6", style.INK, 4.5),
    ],
)
def test_words_can_be_read_on_their_ground(words, ground, least):
    assert contrast(words, ground) >= least


@pytest.mark.parametrize("colour", [style.ORANGE, style.CONTEXT, *style.CATEGORICAL])
def test_marks_stand_out_from_white(colour):
    assert contrast(colour, WHITE) >= 3


def test_codes_can_be_read_on_every_class():
    for k, colour in enumerate(style.SEQUENTIAL):
        assert contrast(WHITE if k >= 3 else style.INK, colour) >= 5.15


@pytest.mark.parametrize(
    ("vision", "least"),
    [("normal", 0.118), ("protan", 0.110), ("deutan", 0.108), ("tritan", 0.109)],
)
def test_series_stay_apart_for_every_kind_of_colour_vision(vision, least):
    pairs = combinations(style.CATEGORICAL, 2)
    assert min(distance(a, b, vision) for a, b in pairs) >= least


def test_the_two_sexes_differ_most():
    for vision in VISION:
        assert distance(style.BLUE, style.ORANGE, vision) > 0.12


def test_classes_darken_in_equal_steps():
    light = [seen(colour, "normal")[0] for colour in style.SEQUENTIAL]
    steps = [a - b for a, b in pairwise(light)]
    assert np.allclose(light, [0.94, 0.81, 0.67, 0.53, 0.39], atol=0.01)
    assert min(steps) > 0.12 and max(steps) < 0.16


def test_no_class_is_red():
    for colour in style.SEQUENTIAL:
        red, green, blue = linear(colour)
        assert red < green < blue


@pytest.mark.parametrize("vision", VISION)
def test_more_and_less_never_look_alike(vision):
    for k in range(3):
        more, less = style.DIVERGING[k], style.DIVERGING[-1 - k]
        assert distance(more, less, vision) > (0.15, 0.1, 0.02)[k]


def test_the_style_sheet_has_the_same_colours():
    css = (templates() / "report" / "safereport" / "report.css").read_text("utf-8")
    named = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", css))
    assert named == {
        "ink": style.INK,
        "ink2": style.INK2,
        "rule": style.RULE,
        "panel": style.PANEL,
        "paper": style.PAPER,
        "blue": style.BLUE,
        "orange": style.ORANGE,
        "orange-text": style.ORANGE_TEXT,
        "warning": style.WARNING,
    }


def test_drawing_leaves_matplotlib_as_it_was():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with style.context():
        assert mpl.rcParams["svg.hashsalt"] == "safelearn"
    assert dict(mpl.rcParams) == before


def test_importing_the_views_neither_draws_nor_chooses_a_backend():
    code = (
        "import sys, safelearn.views.charts, safelearn.views.maps, safelearn.views.figures;"
        "heavy = {'matplotlib', 'folium', 'geopandas', 'shapely'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_figure_belongs_to_nobody():
    import matplotlib.pyplot as plt

    with style.context():
        style.frame(False, 2)
    assert plt.get_fignums() == []
