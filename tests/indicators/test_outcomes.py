"""Every priority needs an indicator of what people live through."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.contracts import contract
from safelearn.errors import SafelearnError
from safelearn.guidelines.catalogue import indicators
from safelearn.indicators import outcomes, themes


def _topics(table: str) -> set[str]:
    fields = {f["name"]: f for f in contract(table)["fields"]}
    return set(fields["topic"]["constraints"]["enum"])


@pytest.mark.clause("draft:25(g)")
def test_every_topic_of_the_city_s_tables_has_an_outcome():
    for table in ("demands", "measures"):
        for topic in _topics(table) - {"other"}:
            assert outcomes.indicators_for(topic), topic


def test_outcomes_are_never_means_or_activities():
    means = {"police_officers", "safety_investment", "street_lighting"}
    means |= {"safety_budget_execution", "clearance_rate", "response_time"}
    for topic, ids in outcomes.topics().items():
        assert not means & set(ids), topic


def test_the_catalogue_is_whole_in_tables_and_themes():
    known = {i.id for i in indicators()}
    assert set(outcomes.tables()) == known
    assert {i for theme in themes.THEMES for i in theme.indicators} == known
    assert sum(len(theme.indicators) for theme in themes.THEMES) == len(known)
    for ids in outcomes.topics().values():
        assert set(ids) <= known
    for table in set(outcomes.tables().values()):
        assert contract(table)["title"]


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Light on the way home", "lighting"),
        ("Más alumbrado en las escaleras", "lighting"),
        ("Des bus plus sûrs le soir", "transport"),
        ("Menos roubos no centro", "robbery"),
        ("Fewer break-ins", "burglary"),
        ("Something else", ""),
    ],
)
def test_the_words_of_an_option_name_its_topic(words, topic):
    assert outcomes.topic_of(words) == topic


@pytest.mark.clause("draft:25(g)")
def test_a_priority_without_a_measured_outcome_is_named():
    found = outcomes.covered(
        ["Safe crossings", "Papers for the hillside", "Beautify the town"],
        measured=["secure_tenure"],
        measures=pd.DataFrame(
            {"name": ["Papers for the hillside"], "topic": ["housing"]}
        ),
    )
    assert [o.topic for o in found] == ["traffic", "housing", ""]
    assert found[1].measured == ("secure_tenure",)
    named = [o.option for o in outcomes.without_outcome(found)]
    assert named == ["Safe crossings", "Beautify the town"]


def test_an_unknown_topic_says_which_are_near():
    with pytest.raises(SafelearnError, match="lightning"):
        outcomes.indicators_for("lightning")
