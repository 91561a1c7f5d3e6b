"""What the data can and cannot say: yes, with care or no, because of which problem, and what would help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safelearn.city.checks.needs import Met
from safelearn.city.checks.problems import Problem
from safelearn.city.contracts import NEEDS
from safelearn.city.folder import City
from safelearn.reports import sections
from safelearn.reports.sections import PARTS, refusals, sayable
from safelearn.resources import bundled_city

ALL_MET = dict.fromkeys(NEEDS, Met(True, "It is there."))


@pytest.fixture
def judge():
    """The answer for each measure, from needs that are not met and problems."""
    city = City.open(bundled_city("puerto-sereno"))

    def answers(*problems, **unmet):
        met = ALL_MET | {n.replace("_", ":"): m for n, m in unmet.items()}
        return {line.measure: line for line in sayable(city, met, problems)}

    return answers


def problem(code, severity="warning"):
    return Problem(code, severity, "incidents", 9, f"{code} is there.", f"Mend {code}.")


def test_data_without_a_problem_can_say_everything(judge):
    found = judge()
    assert {line.verdict for line in found.values()} <= {"Yes", "Later"}
    assert all(line.can and not line.care for line in found.values())


def test_a_warning_makes_what_rests_on_it_a_matter_of_care_and_nothing_else(judge):
    found = judge(problem("silent areas"))
    careful = {name for name, line in found.items() if line.care}
    # Silent areas touch the month and the area of events.
    touched = {p.measure for p in PARTS if p.needs & {"time:month", "place:area"}}
    assert careful == touched
    assert found["map"].verdict == "With care"
    assert found["map"].reason == "silent areas is there."
    assert found["map"].remedy == "Mend silent areas."
    assert found["map"].problems == ("silent areas",)
    assert found["victims"].verdict == "Yes"


def test_a_note_changes_no_answer(judge):
    assert judge(problem("silent areas", "note"))["map"].verdict == "Yes"


def test_a_need_that_is_not_met_is_a_no_with_its_reason_and_remedy(judge):
    found = judge(
        problem("month only"),
        time_hour=Met(False, "No hour is known.", "Ask for hours."),
    )
    line = found["timing"]
    assert (line.verdict, line.can) == ("No", False)
    assert line.why == "No hour is known. Ask for hours."
    assert line.problems == ("month only",)
    assert refusals(list(found.values())) == {"timing": "No hour is known."}


def test_what_a_later_version_brings_is_told_with_what_stands_against_it(
    judge, monkeypatch
):
    later = [replace(p, later=True) for p in PARTS if p.measure == "hotspots"]
    monkeypatch.setattr(sections, "PARTS", later)
    line = judge(problem("masked offences"))["hotspots"]
    assert line.verdict == "Later" and line.care
    assert "masked offences is there." in line.reason
