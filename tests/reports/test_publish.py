"""A diagnosis is a draft until it is published, and what was published is remembered."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pandas as pd
import pytest

from safelearn.city.settings import update_settings
from safelearn.errors import SafelearnError
from safelearn.reports.diagnose import diagnose
from safelearn.reports.previous import earlier, read_earlier, releases
from safelearn.reports.publish import publish
from safelearn.resources import bundled_city


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    """A small city and its diagnosis, in folders of their own."""
    room = tmp_path_factory.mktemp("publish")
    city = shutil.copytree(bundled_city("kharwell"), room / "kharwell")
    for path in city.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    answers = {"redress": "Ombudsman", "processing": {"controller": "Safety office"}}
    update_settings(city, answers)
    diagnose(city, room / "report")
    return city, room / "report"


@pytest.fixture
def both(draft, tmp_path):
    """The same for one test, which may change them."""
    return tuple(shutil.copytree(folder, tmp_path / folder.name) for folder in draft)


def page(out) -> str:
    return (out / "diagnosis.html").read_text(encoding="utf-8")


def test_a_report_that_nobody_published_says_so_on_every_page(draft):
    _, out = draft
    assert '<p class="marking">Draft, not published</p>' in page(out)
    assert json.loads((out / "manifest.json").read_text("utf-8"))["status"] == "draft"
    assert releases(draft[0]) == []


@pytest.mark.clause("draft:25(d).7")
def test_publishing_takes_the_mark_off_and_records_who_and_when(both):
    city, out = both
    made = publish(city, out, by="Safety office")
    assert "Draft" not in page(out) and "Published by Safety office" in page(out)
    record = json.loads((made.folder / "release.json").read_text("utf-8"))
    assert record["by"] == "Safety office"
    assert record["date"] == date.today().isoformat()
    for path in (out / "tables").iterdir():
        assert (made.folder / "tables" / path.name).read_bytes() == path.read_bytes()
    for name in ("manifest.json", "indicators.csv", "processing_record.json"):
        assert (made.folder / name).is_file()
    found = earlier(city, "Kharwell")
    assert found.published == date.today()
    assert found.manifest["status"] == "published"


def test_publishing_twice_does_nothing_the_second_time(both):
    city, out = both
    publish(city, out, by="Safety office")
    before = {p: p.read_bytes() for p in city.rglob("*") if p.is_file()}
    again = publish(city, out, by="Another office")
    assert not again.new and "nothing was done" in again.sentences()[0]
    assert {p: p.read_bytes() for p in city.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("name", ["tables/counts_by_area.csv", "diagnosis.ipynb"])
def test_what_was_changed_by_hand_is_not_published(both, name):
    city, out = both
    with (out / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(SafelearnError, match="were changed") as caught:
        publish(city, out, by="Safety office")
    assert name in caught.value.what and releases(city) == []


def test_somebody_must_answer_for_a_release(both):
    city, out = both
    update_settings(city, {"processing": {"controller": ""}})
    with pytest.raises(SafelearnError, match="Nobody is named") as caught:
        publish(city, out)
    assert "--by" in caught.value.remedy
    update_settings(city, {"processing": {"controller": "Department of health"}})
    publish(city, out)
    assert "Published by Department of health" in page(out)


def test_a_telephone_in_the_place_of_an_office_is_refused(both):
    with pytest.raises(SafelearnError, match="telephone"):
        publish(*both, by="Ana +57 300 123 4567")


def test_an_internal_report_is_not_published(both):
    city, out = both
    path = out / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["disclosure"]["audience"] = "internal"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SafelearnError, match="internal use"):
        publish(city, out, by="Safety office")


def test_a_model_for_which_nobody_answers_is_not_published(both):
    city, out = both
    path = out / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["models"] = {"hot_spots": {"title": "Small places", "complete": False}}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SafelearnError, match="No office answers") as caught:
        publish(city, out, by="Safety office")
    assert "Small places" in caught.value.what


def test_nothing_is_published_after_the_data_should_be_gone(both):
    city, out = both
    update_settings(city, {"retention": date(2001, 1, 1)})
    with pytest.raises(SafelearnError, match="should have been deleted"):
        publish(city, out, by="Safety office")


def test_a_diagnosis_of_another_city_is_not_published_here(both):
    with pytest.raises(SafelearnError, match="Kharwell"):
        publish(bundled_city("rio-manso"), both[1], by="Safety office")


def test_a_folder_without_a_diagnosis_is_named(both, tmp_path):
    with pytest.raises(SafelearnError, match="no diagnosis") as caught:
        publish(both[0], tmp_path / "nothing")
    assert "safelearn diagnose" in caught.value.remedy


def test_a_former_diagnosis_is_read_as_any_reader_reads_it(draft):
    found = read_earlier(draft[1])
    rates = found.tables["rates_by_area"]
    assert rates["area_id"].map(type).eq(str).all()
    assert pd.api.types.is_numeric_dtype(rates["rate"])
    hidden = found.hidden["rates_by_area"]["n"]
    assert hidden.any() and rates.loc[hidden, "n"].isna().all()
    assert found.published is None and found.focus[0] <= found.focus[1]
    assert not found.indicators["indicator_id"].str.startswith("#").any()


def test_a_former_diagnosis_of_another_city_is_refused(draft, tmp_path):
    with pytest.raises(SafelearnError, match="of Kharwell and not of"):
        earlier(tmp_path, "Puerto Sereno", draft[1])
