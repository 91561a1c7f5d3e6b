"""Words for offences become codes, and only when they are the whole word."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pandas as pd
import pytest

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.errors import SafelearnError

NAMES = sorted(
    f.name.removesuffix(".toml")
    for f in (files("safelearn.city") / "crosswalks").iterdir()
)


@pytest.mark.parametrize(
    "label", ["Homicide", "HOMICIDIO", "homicídio doloso", "Meurtre"]
)
def test_homicide_is_one_offence_in_every_language(label):
    assert read_crosswalk("generic").code(label) == "0101"


def test_a_word_inside_a_longer_label_does_not_count():
    known = read_crosswalk("generic")
    assert known.code("Attempted homicide") == "0102"
    assert known.code("Homicide investigation closed") is None


def test_labels_become_codes_and_the_unknown_stay_open():
    labels = pd.Series(["Mischief", "Zzz", "Homicide", "Mischief"], dtype="category")
    codes = read_crosswalk("vancouver").classify(labels)
    assert codes.astype("object").where(codes.notna(), None).tolist() == [
        "0504",
        None,
        "0101",
        "0504",
    ]


def test_a_source_that_mixes_offences_says_so():
    assert read_crosswalk("vancouver").mixed["offence against a person"] == (
        "02",
        "03",
        "04",
    )


def test_the_nearest_label_is_only_a_suggestion():
    known = read_crosswalk("generic")
    assert known.code("Robery") is None
    best = known.suggest("Robery")[0]
    assert best.code == "0401"
    assert best.score > 90


def test_the_official_name_of_an_offence_is_suggested_too():
    assert read_crosswalk("generic").suggest("Euthanasias")[0].code == "0105"


def test_what_a_person_says_goes_before_the_crosswalk():
    told = read_crosswalk("generic").confirm(
        {"robbery": "0502", "lost property": "exclude", "theft": "-"}
    )
    assert told.code("ROBBERY") == "0502"
    assert told.code("theft") is None
    assert told.excluded == {"lost property"}


@pytest.mark.parametrize("name", NAMES)
def test_every_code_stands_in_the_classification(name):
    text = (files("safelearn.guidelines") / "offences.toml").read_text(encoding="utf-8")
    iccs = set(tomllib.loads(text)["offence"])
    known = read_crosswalk(name)
    used = set(known.codes.values()) | {
        c for codes in known.mixed.values() for c in codes
    }
    assert used <= iccs


def test_an_unknown_crosswalk_is_an_error():
    with pytest.raises(SafelearnError, match="no offence crosswalk called mars"):
        read_crosswalk("mars")
