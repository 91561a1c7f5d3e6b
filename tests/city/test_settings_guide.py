"""Each setting is explained once, in words that the file, the workbook and the errors share."""

from __future__ import annotations

import tomlkit

from safelearn.city.settings import (
    Consent,
    Disclosure,
    Processing,
    RecordingChange,
    Settings,
    TableNote,
)
from safelearn.city.settings_guide import GUIDES, guide


def test_every_setting_has_an_explanation_and_no_other_has_one():
    rooms = {
        "disclosure": Disclosure,
        "processing": Processing,
        "consent": Consent,
        "recording_changes": RecordingChange,
        "tables": TableNote,
    }
    expected = {name for name in Settings.model_fields if name not in rooms}
    for room, model in rooms.items():
        expected |= {f"{room}.{name}" for name in model.model_fields}
    assert {one.name for one in GUIDES} == expected - {"format"}


def test_every_example_is_a_line_that_works():
    for one in GUIDES:
        assert tomlkit.parse(one.line), one.name
        assert one.words.endswith(".")


def test_the_guide_of_a_tables_setting_is_found_whatever_the_table():
    assert guide("tables.incidents.licence").example == '"CC BY 4.0"'
    assert guide("disclosure.threshold").line == "threshold = 5"
    assert guide("weather") is None
