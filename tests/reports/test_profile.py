"""Verdicts on records are withheld where the records themselves changed."""

from __future__ import annotations

import pytest

from safelearn.city.settings import RecordingChange, Settings
from safelearn.reports.profile import recording_changed


def city(offence: str, date: str = "2023-07-01") -> Settings:
    change = RecordingChange(
        date=date, offence=offence, note="Reports can be made online."
    )
    return Settings(name="Aldea", timezone="UTC", recording_changes=(change,))


@pytest.mark.parametrize(
    ("offence", "code", "changed"),
    [
        ("0701", "0701", True),
        ("07", "0701", True),
        ("070111", "0701", True),
        ("", "0401", True),
        ("0701", "0401", False),
    ],
)
def test_a_change_concerns_its_own_offence_and_what_lies_under_or_over_it(
    offence, code, changed
):
    assert recording_changed(code, city(offence), "2023-01", "2024-12") is changed


@pytest.mark.parametrize(
    ("first", "last", "changed"),
    [
        ("2023-01", "2024-12", True),
        ("2023-07", "2024-12", False),
        ("2024-01", "2025-12", False),
        ("2022-01", "2023-06", False),
        ("2022-01", "2023-07", True),
    ],
)
def test_only_a_change_between_the_two_periods_matters(first, last, changed):
    assert recording_changed("0701", city("0701"), first, last) is changed


def test_the_bundled_city_does_not_call_its_online_reports_a_rise(found):
    # Records of fraud rise by half from July 2023, because they can be made online; no other kind rises.
    assert "fell clearly" in found.sentences["courses"]
    assert "rose" not in found.sentences["courses"]
