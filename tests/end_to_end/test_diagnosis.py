"""The bundled city from its folder to its report: complete, repeatable, and nothing private in it."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from safelearn.disclosure.approval import HIDDEN
from safelearn.reports.evidence import gather
from safelearn.resources import bundled_city, templates


@pytest.fixture(scope="module")
def town() -> Path:
    return bundled_city("puerto-sereno")


TABLES = {
    "access",
    "access_by_area",
    "agreement_within_groups",
    "areas_heard",
    "avoided_places",
    "concentration",
    "conditions_by_area",
    "consequences",
    "consequences_by_area",
    "counts_by_area",
    "counts_by_month",
    "counts_by_offence",
    "days_of_the_week",
    "decisions",
    "demands_by_channel",
    "demands_by_district",
    "demands_by_factor",
    "demands_by_group",
    "demands_by_need",
    "demands_by_topic",
    "density_by_area",
    "departments",
    "design_scores",
    "design_scores_by_place",
    "disagreement_by_area",
    "evaluation_plan",
    "evidence_gaps",
    "fear_and_risk",
    "feedback",
    "first_choices_by_area",
    "functioning",
    "group_differences",
    "group_intersections",
    "group_sizes",
    "groups",
    "groups_of_areas",
    "harassment_by_place",
    "harm_register",
    "hot_spot_accuracy",
    "hot_spot_cells",
    "hot_spot_patterns",
    "hot_spots",
    "hours",
    "hours_of_the_day",
    "inclusion",
    "indicators",
    "kinds_of_areas",
    "lamps_working",
    "lamps_working_by_area",
    "logframe",
    "missingness_by_offence",
    "near_repeat",
    "near_repeat_reach",
    "need_by_area",
    "norms",
    "not_told_reasons",
    "open_space_by_area",
    "organisations",
    "papers_by_group",
    "participation_by_phase",
    "partner_kinds",
    "perception_differences",
    "perceptions",
    "population_by_area",
    "population_by_sex_and_age",
    "priorities_by_group",
    "priorities_together",
    "programmes",
    "public_spaces",
    "quotes",
    "quotes_by_theme",
    "rates_by_area",
    "recorded_and_estimated",
    "repeat_places",
    "repeat_victims",
    "reported_by_form",
    "response_mix",
    "reviews",
    "rights_screen",
    "risk_and_protective_factors",
    "roles",
    "safety_audit_scores",
    "safety_spending_by_area",
    "safety_spending_by_level",
    "safety_spending_by_need",
    "sdg_strip",
    "season",
    "seat_shares",
    "segregation",
    "sensitive_by_district",
    "settlements",
    "smart_targets",
    "smoothed_rates_by_area",
    "spread_of_conditions",
    "streets",
    "survey_indicators",
    "targets",
    "tasks",
    "technology_register",
    "theory_of_change",
    "told_police",
    "told_police_differences",
    "trend",
    "unsafe_reasons",
    "victims_by_sex_and_age",
    "walks_by_group",
    "youth_by_phase",
}


@pytest.fixture(scope="module")
def found(town):
    return gather(town)


@pytest.fixture(scope="module")
def made(diagnosed) -> Path:
    return diagnosed("puerto-sereno")


@pytest.mark.clause("draft:18")
def test_everything_that_was_promised_lies_there(made):
    names = {p.name for p in made.iterdir()}
    assert names == {
        "areas.gpkg",
        "diagnosis.html",
        "diagnosis.ipynb",
        "indicators.csv",
        "manifest.json",
        "processing_record.html",
        "processing_record.json",
        "tables",
        "workbook.xlsx",
    }
    assert {p.stem for p in (made / "tables").iterdir()} == TABLES


def test_rates_by_area_has_the_promised_columns_and_every_area(made, found):
    rates = pd.read_csv(made / "tables" / "rates_by_area.csv", dtype=str)
    promised = "area_id,area_name,offence,n,population,rate,lower,upper,eb,mark"
    assert ",".join(rates.columns) == promised
    assert rates.loc[rates["offence"] == "all", "area_id"].nunique() == len(
        found.boundaries
    )


def test_a_hidden_cell_says_so_in_every_derived_column(made):
    rates = pd.read_csv(made / "tables" / "rates_by_area.csv", dtype=str)
    hidden = rates[rates["n"] == HIDDEN]
    assert len(hidden) > 0
    for column in ("rate", "lower", "upper", "eb", "mark"):
        assert (hidden[column] == HIDDEN).all()


def test_indicators_carry_their_tags_in_the_second_row(made):
    rows = list(csv.reader((made / "indicators.csv").open(encoding="utf-8")))
    assert rows[0][0] == "indicator_id"
    assert all(tag.startswith("#") for tag in rows[1])
    ids = {row[0] for row in rows[2:]}
    assert "robbery_rate" in ids


@pytest.mark.clause("draft:25(o).1")
def test_the_manifest_accounts_for_every_row_and_says_what_was_refused(made, found):
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    for part in manifest["accounting"].values():
        assert part["rows_read"] == part["rows_used"] + sum(part["set_aside"].values())
    assert manifest["synthetic"] is True
    assert manifest["disclosure"]["audience"] == "public"
    assert all(len(entry["sha256"]) == 64 for entry in manifest["inputs"])
    assert manifest["refusals"] == found.refusals


def test_the_page_is_whole_in_itself(made):
    page = (made / "diagnosis.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)
    assert "Content-Security-Policy" in page
    assert page.count("<h2 id=") >= 9
    assert "Synthetic data: do not cite" in page
    assert "could not be produced" not in page


def test_no_machine_path_and_no_user_name_leaves_the_city(made, town):
    private = {
        str(town.parent),
        str(made.parent),
        str(Path.home()),
        os.environ.get("USER", ""),
    }
    private -= {"", "/", "root"}
    for path in made.rglob("*"):
        if path.suffix in (".html", ".ipynb", ".json", ".csv"):
            text = path.read_text(encoding="utf-8")
            for word in private:
                assert word not in text, f"{path.name} holds {word}"


def test_the_same_inputs_give_the_same_bytes_under_plain_papermill(diagnosed, tmp_path):
    made, town = diagnosed("kharwell"), bundled_city("kharwell")
    notebook = templates() / "notebooks" / "diagnosis.ipynb"
    command = [sys.executable, "-m", "papermill", str(notebook), "out.ipynb"]
    command += ["-p", "city", str(town), "-p", "out", "again", "--no-progress-bar"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=600)
    for path in sorted((made / "tables").iterdir()):
        again = tmp_path / "again" / "tables" / path.name
        assert again.read_bytes() == path.read_bytes(), path.name
    # papermill took a kernel, and `diagnose` a fork of a warm process.
    theirs, ours = (
        nbformat.read(path, as_version=4).cells[2:-1]
        for path in (tmp_path / "out.ipynb", made / "diagnosis.ipynb")
    )
    assert [cell.outputs for cell in theirs] == [cell.outputs for cell in ours]
