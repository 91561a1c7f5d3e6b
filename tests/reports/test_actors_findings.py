"""Every sentence on who acts and who is missing, printed for a reader and held to what its registers allow.

Run with ``pytest -s`` to read them all.
"""

from __future__ import annotations

import pytest

from safelearn.disclosure.wording import check
from safelearn.reports import actors_findings as findings
from safelearn.stakeholders.position import FIELD_NAMES, SALIENCE_NAMES

SENTENCES = {
    "missing": findings.inclusion(["Persons with disabilities"], ["Youth"]),
    "fewer": findings.inclusion([], ["Youth", "Migrants"]),
    "uncounted": findings.inclusion([], [], 8),
    "nobody fewer": findings.inclusion([], []),
    "no seat": findings.seats(["Migrants"]),
    "every seat": findings.seats([]),
    "no partner": findings.partners(["media", "youth"]),
    "all partners": findings.partners([]),
    "broker": findings.broker(["Bridge House", "Mayor"], 0.82),
    "brokers": findings.broker(["Bridge House", "Mayor"], 0.4),
    "no broker": findings.broker([], 0),
    "alone": findings.alone(["Parks"]),
    "none alone": findings.alone([]),
    "silent": findings.departments(32, 36, ["Parks", "Finance"]),
    "talking": findings.departments(0, 36, []),
    "no security": findings.security(0.0, 0.0, 0.28, 10),
    "security": findings.security(0.4, 0.17, 0.69, 10),
    "young": findings.young([], 26, 2),
    "young gone": findings.young(["Evaluation"], 0, 0),
    "borne out": findings.promises(0, 84),
    "not borne out": findings.promises(17, 84),
    "decisions": findings.decisions(11, 0.45, 0.21, 0.72),
    "assets": findings.assets(3, 9, 0),
    "no assets": findings.assets(0, 9, 2),
    "grants": findings.grants(0.32, 0.19, 0.49),
    "no grants": findings.grants(float("nan"), float("nan"), float("nan")),
    **FIELD_NAMES,
    **SALIENCE_NAMES,
}


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_ranks_or_blames(name):
    print(f"{name}: {SENTENCES[name]}")
    assert not check(SENTENCES[name])


def test_a_group_that_lives_here_and_is_on_no_record_comes_before_one_that_came_less():
    assert "persons with disabilities" in SENTENCES["missing"]
    assert "outh" not in SENTENCES["missing"]
    assert SENTENCES["fewer"].endswith("youth and migrants")


def test_one_organisation_is_said_to_stand_in_the_middle_only_where_the_draws_agree():
    assert "Mayor" not in SENTENCES["broker"]
    assert "82%" in SENTENCES["broker"]
    assert "cannot be told" in SENTENCES["brokers"]


def test_no_partner_at_all_still_has_an_upper_limit():
    assert "to 28%" in SENTENCES["no security"]
