"""Several cities: each has its own end, and what has not changed is not made again."""

from __future__ import annotations

import shutil

import pytest

from safelearn.city.scaffold import new_city
from safelearn.reports.diagnose import diagnose
from safelearn.reports.fingerprint import fingerprint, is_finished
from safelearn.reports.many import diagnose_many
from safelearn.resources import bundled_city

OPTIONS = {"template": "diagnosis", "again": False}


@pytest.fixture
def finished(diagnosed, tmp_path):
    """A copy of a city and of its finished report."""
    city = shutil.copytree(bundled_city("northmoor"), tmp_path / "northmoor")
    return city, shutil.copytree(diagnosed("northmoor"), tmp_path / "report")


def test_a_report_for_which_nothing_has_changed_is_left_as_it_is(finished):
    city, report = finished
    before = {p: p.stat().st_mtime_ns for p in report.rglob("*") if p.is_file()}
    found = diagnose(city, report, again=False)
    assert found.unchanged and "Nothing has changed" in found.sentences()[0]
    assert before == {p: p.stat().st_mtime_ns for p in report.rglob("*") if p.is_file()}


def test_what_a_report_is_made_of_makes_another_fingerprint(finished):
    city, _ = finished
    first = fingerprint(city, {"language": "en"})
    assert fingerprint(city, {"language": "en"}) == first
    assert fingerprint(city, {"language": "es"}) != first
    (city / "source" / "note.txt").write_text("kept for the record", encoding="utf-8")
    assert fingerprint(city, {"language": "en"}) == first
    areas = city / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(city, {"language": "en"}) != first


def test_a_report_that_somebody_touched_is_not_finished(finished):
    city, report = finished
    import json

    wanted = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert is_finished(report, wanted["fingerprint"])
    assert not is_finished(report, "another")
    page = report / "diagnosis.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert not is_finished(report, wanted["fingerprint"])
    assert not is_finished(city, wanted["fingerprint"])


def test_one_citys_failure_stops_no_other(finished, tmp_path):
    city, report = finished
    empty = new_city(tmp_path / "empty", name="Empty").folder
    targets = {
        empty: tmp_path / "empty-report",
        tmp_path / "nowhere": None,
        city: report,
    }
    seen = []
    outcomes = diagnose_many(
        targets, OPTIONS, jobs=2, on_city=lambda *step: seen.append(step)
    )
    assert [outcome.city for outcome in outcomes] == list(targets)
    assert "no folder called" in str(outcomes[1].error)
    assert outcomes[0].error is not None and not (tmp_path / "empty-report").exists()
    assert outcomes[2].diagnosis.unchanged and outcomes[2].error is None
    assert [step[:2] for step in seen] == [(0, 3), (1, 3), (2, 3), (3, 3)]
