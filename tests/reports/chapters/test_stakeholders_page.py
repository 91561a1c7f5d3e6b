"""The section on actors and the page on stakeholders: they say who is missing, and grow with what the folder holds."""

from __future__ import annotations

import re
import shutil

import pytest

from safelearn.reports.chapters.actors import actors
from safelearn.reports.chapters.stakeholders_page import SAYS, stakeholders
from safelearn.reports.evidence import gather
from safelearn.resources import bundled_city

TABLES = ("areas", "population", *SAYS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A city that holds registers and nothing else."""
    made = tmp_path_factory.mktemp("page") / "city"
    made.mkdir()
    for name in ("city.toml", "areas.geojson", *(f"{t}.csv" for t in TABLES)):
        shutil.copy(bundled_city("puerto-sereno") / name, made / name)
    return made


def page_of(folder, **options) -> str:
    return str(stakeholders(gather(folder, template="stakeholders", **options)))


@pytest.fixture(scope="module")
def evidence(folder):
    return gather(folder, template="stakeholders")


@pytest.fixture(scope="module")
def public(evidence):
    return str(stakeholders(evidence))


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.clause("draft:25(b)", "draft:24(e)")
def test_the_page_has_its_four_sections_and_what_was_planted(public):
    assert re.findall(r'<h2 id="(\w+)"', public) == ["registered", "tied", "heard", "strong"]  # fmt: skip
    said = words(public)
    assert "lead through one: Fundación Puente" in said
    assert "this organisation: Department of Parks and Public Space" in said
    assert "Nobody is on record in any meeting who counts as one of these" in said
    # Nobody asked residents here, so nobody knows how many live with a disability: they are named all the same.
    assert "persons with disabilities" in said.split("nobody knows how many")[1]


def test_nothing_that_raters_thought_stands_on_a_public_page(public):
    said = words(public)
    assert "Opposes" not in said and "Win its support" not in said
    assert "conflict" not in said.replace("without conflict", "").lower()


@pytest.mark.clause("draft:15", "draft:26(e).0")
def test_the_office_sees_the_grid_the_net_and_the_plan(folder, tmp_path):
    for name in ("city.toml", "areas.csv", "stakeholders.csv", "ties.csv"):
        shutil.copy(folder / name, tmp_path / name)
    page = page_of(tmp_path, audience="internal", recipient="Safety office")
    said = words(page)
    for part in ("The engagement plan", "The net of ties", "how far raters agree", "Ties of conflict"):  # fmt: skip
        assert part in said


@pytest.mark.clause("draft:26(c).5b")
def test_every_area_has_a_card_that_begins_with_what_works_there(public, folder):
    codes = re.findall(r'class="gap-tag">(\d{4})<', public)
    areas = (folder / "areas.csv").read_text("utf-8").splitlines()[1:]
    assert codes == sorted(line.split(",")[0] for line in areas)
    assert "hours free a week" in public


def test_a_folder_with_a_register_alone_says_what_would_say_more(folder, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    for name in ("city.toml", "areas.csv", "stakeholders.csv"):
        shutil.copy(folder / name, small / name)
    page = page_of(small)
    assert re.findall(r'<h2 id="(\w+)"', page) == ["registered", "missing"]
    assert page.count("Not measured yet</p>") == len(SAYS) - 1


@pytest.mark.clause("draft:26(f)(ii).4", "draft:20")
def test_the_section_of_the_diagnosis_is_short_and_says_who_is_missing(
    evidence,
):
    section = str(actors(evidence))
    assert section.count("<figure") == 1
    assert section.count('class="tbl-no">Table') == 2
    said = words(section)
    assert "On the committee nobody sits" in said
    assert "Young people were there in every phase." in said
