"""The first page: what records say, how people feel and what police never hear stand before where and for whom."""

from __future__ import annotations

from safelearn.reports.conclusions import MOST, findings, priorities


def test_a_city_with_a_survey_opens_with_change_fear_and_silence_and_then_where_help_is_needed(
    found,
):
    links = [row.link for row in findings(found)]
    assert links == ["offences", "perception", "reporting", "where", "priorities"]
    asked = [row.what for row in priorities(found)]
    assert "Where services are needed first" in asked
    change = findings(found)[0]
    assert "of victims of violence told the police" in change.reason


def test_of_a_city_without_a_survey_the_first_page_says_that_fear_and_silence_are_not_known(
    measured,
):
    found = measured("northmoor")
    rows = findings(found)
    assert len(rows) <= MOST
    gaps = [row for row in rows if row.level == 0]
    assert [row.value for row in gaps] == ["Not known", "Not known"]
    assert gaps[0].sentence == "How safe people feel is not known"
    assert gaps[1].sentence == "How much harm is never reported is not known"
    # One survey would close both: it is asked for once.
    asked = [row.evidence for row in priorities(found) if row.level == 0]
    assert asked == ["Findings 2 and 3"]
