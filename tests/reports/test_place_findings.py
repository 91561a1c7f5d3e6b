"""Every sentence on places and causes, printed for a reader and held to what its numbers allow.

Run with ``pytest -s`` to read them all.
"""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.diagnosis.public_space import Upkeep
from safelearn.disclosure.wording import check
from safelearn.estimates.survey import SurveyEstimate
from safelearn.reports import place_findings as findings


def apart(value: float, lower: float, upper: float) -> SurveyEstimate:
    return SurveyEstimate(value, 0.1, lower, upper, 100, 1.0, 12)


def form(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"value": values})


SENTENCES = {
    "darker": findings.darkness(apart(-0.15, -0.2, -0.1)),
    "lighter": findings.darkness(apart(0.1, 0.02, 0.18)),
    "as dark": findings.darkness(apart(-0.05, -0.1, 0.01)),
    "one light": findings.darkness(None),
    "lamps": findings.lamps(0.94, 0, 2, 50),
    "lamps alike": findings.lamps(0.94, 0, 0, 50),
    "lamps of no area": findings.lamps(0.94, 0, 0, 0),
    "pavement": findings.streets(form(pavement=0.65, junctions=3)),
    "junctions": findings.streets(form(junctions=2.9)),
    "streets": findings.streets(form(gated=0.1)),
    "upkeep": findings.upkeep(Upkeep(181, 149, 131, 320, 181)),
    "one repair": findings.upkeep(Upkeep(3, 2, 1, 1, 3)),
    "no repairs": findings.upkeep(Upkeep(3, 3, 0, 0, 3)),
    "even": findings.open_space(9.0, 0.1),
    "somewhat": findings.open_space(9.0, 0.3),
    "uneven": findings.open_space(1.8, 0.55),
    "walk": findings.access({"open_space": 0.49, "police": 0.2}),
    "walk to services": findings.access({"police": 0.2, "help": 0.3}),
    "apart": findings.segregation(0.37, 0.01),
    "somewhat apart": findings.segregation(0.2, 0.02),
    "mixed": findings.segregation(0.1, 0.05),
    "women": findings.harassment(0.09, 0.02, 0.08),
    "men": findings.harassment(0.09, -0.08, -0.02),
    "alike": findings.harassment(0.09, -0.02, 0.03),
    "clear": findings.conditions(1, 2, 9),
    "more clear": findings.conditions(3, 0, 12),
    "hint": findings.conditions(0, 4, 9),
    "one hint": findings.conditions(0, 1, 9),
    "none": findings.conditions(0, 0, 9),
    "gave up": findings.consequences(0.77),
}


def test_sentences_can_be_read():
    for name, sentence in SENTENCES.items():
        print(f"{name:18} {sentence}")
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert not sentence.endswith("."), "titles end without a full stop"
        assert "{" not in sentence, "a value was not filled in"


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_ranks_or_blames(name):
    assert not check(SENTENCES[name])


def test_darkness_makes_a_difference_only_where_its_interval_says_so():
    assert "15 in 100 items fewer after dark" in SENTENCES["darker"]
    assert "cannot be told apart" in SENTENCES["as dark"]


def test_an_association_is_called_clear_only_where_one_is():
    assert "clearly" in SENTENCES["clear"]
    assert "none is clear" in SENTENCES["hint"]
    assert "chance" in SENTENCES["none"]
    for name in ("clear", "more clear", "hint", "one hint", "none"):
        assert "cause" not in SENTENCES[name].lower()


def test_what_chance_alone_would_give_is_no_segregation():
    assert "live among" in findings.segregation(0.28, 0.25)
