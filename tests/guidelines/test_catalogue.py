"""Sixty-two indicators whose definitions hold together, traps of the field included."""

from __future__ import annotations

import re

import pytest

from safelearn import language
from safelearn.errors import SafelearnError
from safelearn.guidelines.catalogue import (
    Direction,
    by_goal,
    indicator,
    indicators,
)
from safelearn.guidelines.clauses import clauses
from safelearn.guidelines.offences import codes


@pytest.mark.clause("draft:25(g)")
def test_a_city_can_draw_its_list_of_indicators_from_the_catalogue():
    assert [i.number for i in indicators()] == list(range(1, 63))
    assert len({i.id for i in indicators()}) == 62
    # A list made from priorities must say, for each, what is counted over what, how often and from where.
    for i in indicators():
        assert all((i.name, i.numerator, i.denominator, i.unit, i.caveat)), i.id
        assert all((i.version, i.age_base, i.reference_period, i.source)), i.id
        assert i.disaggregation and i.multiplier > 0 and i.minimum_n > 0, i.id


@pytest.mark.clause("draft:26(a)")
def test_every_goal_that_the_clause_links_is_reached_and_a_gap_shows():
    assert set(by_goal()) == {1, 3, 4, 5, 8, 10, 11, 16}
    assert all(by_goal().values())
    only_robbery = by_goal((indicator("robbery_rate"),))
    assert set(only_robbery) == set(by_goal()) and not any(only_robbery.values())
    assert by_goal((indicator("neet"),))[8] == ("neet",)


def test_goal_1_does_not_swallow_goals_10_to_16():
    assert by_goal()[1] == ("secure_tenure", "basic_services")


def test_directions_follow_the_field():
    by_direction = {
        d: {i.number for i in indicators() if i.direction is d} for d in Direction
    }
    # A rise in these may be better reporting, so no verdict is drawn from them alone.
    assert by_direction[Direction.NEEDS_SURVEY] == {26, 27, 40, 41}
    assert by_direction[Direction.TOWARDS_ONE] == {42, 49}
    assert by_direction[Direction.NEITHER] == {16, 31, 32, 33, 39, 60}
    assert {6, 7, 8, 9, 35, 51} <= by_direction[Direction.MORE_IS_BETTER]
    assert {1, 3, 18, 30, 43, 55} <= by_direction[Direction.LESS_IS_BETTER]


def test_those_who_never_go_out_stay_in_the_denominator_of_safety_after_dark():
    after_dark = indicator("feels_safe_after_dark")
    assert after_dark.sdg == ("16.1.4",) and after_dark.checked
    assert after_dark.denominator.startswith("All respondents, those who never go out")


def test_the_renamed_harassment_indicator_says_which_version_it_is():
    harassment = [i for i in indicators() if "11.7.2" in i.sdg]
    assert len(harassment) == 3
    for i in harassment:
        assert "renamed 2024: non-sexual or sexual harassment" in i.version


def test_a_count_below_16_is_not_stable_enough():
    # Relative standard error of a Poisson count: 1 / sqrt(16) = 25 %.
    recorded = [i for i in indicators() if i.minimum_of == "events"]
    assert recorded and {i.minimum_n for i in recorded} == {16}


def test_every_code_exists_in_its_own_classification():
    served = {c.id for c in clauses()}
    for i in indicators():
        assert set(i.iccs) <= set(codes()), i.id
        assert i.clause in served, i.id
        for code in i.sdg:
            assert re.fullmatch(r"\d{1,2}\.[0-9a-z]{1,2}(\.\d)?", code), (i.id, code)


def test_what_is_checked_says_where_it_was_read():
    checked = [i for i in indicators() if i.checked]
    assert 0 < len(checked) < 62, "nothing checked, or a claim that all is"
    for i in checked:
        assert any(code in i.checked_in for code in i.sdg), i.id
        assert "metadata" in i.version or "renamed" in i.version, i.id


def test_iso_standards_are_never_called_checked_on_their_own():
    for i in indicators():
        assert not (i.iso and i.checked and not i.sdg), i.id


def test_names_and_cautions_speak_the_readers_language():
    with language.use("qps"):
        assert indicator("neet").name.startswith("⟦")
        assert indicator("neet").caveat.startswith("⟦")


def test_a_mistyped_indicator_is_answered_with_the_nearest():
    with pytest.raises(SafelearnError) as caught:
        indicator("feels_safe_at_dark")
    assert "feels_safe_after_dark" in caught.value.remedy
