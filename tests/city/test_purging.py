"""After the day until which records may be kept, rows and files go; counts and what was published stay."""

from __future__ import annotations

import json
import shutil
from datetime import date

import numpy as np
import pandas as pd
import pytest

from safelearn.city.cube import count_cube
from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.purging import planned, purge
from safelearn.city.quality import check
from safelearn.errors import SafelearnError
from safelearn.resources import bundled_city

DAY = date(2023, 7, 15)


@pytest.fixture
def town(tmp_path):
    city = shutil.copytree(bundled_city("rio-manso"), tmp_path / "rio-manso")
    for path in city.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (city / "review").mkdir(exist_ok=True)
    (city / "review" / "set_aside.csv").write_text("file,line\n", encoding="utf-8")
    (city / "import.log").write_text("done\n", encoding="utf-8")
    (city / "releases" / "2024-03-01").mkdir(parents=True)
    (city / "releases" / "2024-03-01" / "release.json").write_text("{}\n", "utf-8")
    return city


def cube(city):
    opened = City.open(city)
    return count_cube(opened.incidents(), opened.table("areas")["area_id"])


@pytest.mark.clause("draft:26(f)(ii).10")
def test_everything_about_people_goes_and_the_counts_stay(town):
    before = cube(town)
    done = purge(town)
    left = {p.relative_to(town).as_posix() for p in town.rglob("*") if p.is_file()}
    sources = {p for p in left if p.startswith("source/")}
    assert sources <= {
        "source/imports.json",
        "source/purged.json",
        "source/retired.json",
    }
    assert not any(p.startswith("review/") or p.endswith(".log") for p in left)
    assert "releases/2024-03-01/release.json" in left
    rows = City.open(town).incidents()
    for column in (
        "incident_id",
        "longitude",
        "victim_sex",
        "victim_age",
        "occurred_to",
    ):
        assert rows[column].isna().all(), column
    assert done.rows["incidents"] > 1000
    after = cube(town)
    assert after.total == before.total
    ordinary = {"sensitive": "none"}
    pd.testing.assert_frame_equal(
        after.by("area_id", "offence", "month", zeros=False, **ordinary),
        before.by("area_id", "offence", "month", zeros=False, **ordinary),
    )
    pd.testing.assert_frame_equal(
        after.by("offence", "month", zeros=False),
        before.by("offence", "month", zeros=False),
    )


def test_sexual_and_domestic_violence_loses_its_area_with_its_rows(town):
    before = cube(town)
    assert (
        before.by("area_id", sensitive=["sexual", "domestic"])["n"].iloc[1:].sum() > 0
    )
    purge(town)
    after = cube(town).by("area_id", "sensitive")
    guarded = after[after["sensitive"] != "none"]
    assert guarded.loc[guarded["area_id"] != "", "n"].sum() == 0
    assert (
        guarded["n"].sum()
        == before.by("sensitive", sensitive=["sexual", "domestic"])["n"].sum()
    )


def test_only_what_is_older_goes_where_a_day_is_given(town):
    rows = City.open(town).incidents()
    old = rows["occurred_from"] < pd.Timestamp(DAY)
    done = purge(town, DAY)
    assert done.rows["incidents"] == old.sum()
    left = City.open(town).incidents()
    kept = left[left["occurred_from"] >= pd.Timestamp(DAY)]
    assert len(kept) == (~old).sum()
    assert (
        kept["victim_sex"].notna().sum() == rows.loc[~old, "victim_sex"].notna().sum()
    )
    gone = left[left["occurred_from"] < pd.Timestamp("2023-07-01")]
    assert gone["incident_id"].isna().all() and gone["victim_age"].isna().all()
    assert purge(town, DAY).empty


def test_the_folder_remembers_what_went_by_name_and_checksum_only(town):
    names = {p.name for p in (town / "source").iterdir()} - {"imports.json"}
    purge(town)
    (entry,) = json.loads((town / "source" / "purged.json").read_text("utf-8"))
    assert {n.removeprefix("source/") for n in entry["files"]} == names
    assert all(len(checksum) == 64 for checksum in entry["files"].values())
    assert entry["purged_on"] == date.today().isoformat()


def test_looking_first_changes_nothing(town):
    before = {p: p.read_bytes() for p in town.rglob("*") if p.is_file()}
    plan = planned(town)
    assert not plan.empty and any("incidents" in line for line in plan.sentences())
    assert {p: p.read_bytes() for p in town.rglob("*") if p.is_file()} == before


def test_a_purged_city_is_still_read_and_still_takes_files(town, tmp_path):
    purge(town)
    result = check(City.open(town))
    assert "time:month" in {n for n, m in result.met.items() if m.met}
    assert not result.met["time:hour"].met
    more = tmp_path / "population_2026.csv"
    people = City.open(town).table("population")
    people.assign(year=2026).to_csv(more, index=False)
    assert import_file(town, more, table="population").rows_used == len(people)


@pytest.mark.clause("draft:25(b)")
def test_what_raters_thought_of_organisations_goes_and_their_names_stay(tmp_path):
    for name in ("city.toml", "areas.csv", "stakeholders.csv", "ties.csv"):
        shutil.copyfile(bundled_city("puerto-sereno") / name, tmp_path / name)
    before = City.open(tmp_path).table("stakeholders")
    done = purge(tmp_path)
    after = City.open(tmp_path).table("stakeholders")
    opinions = [
        "power",
        "stance",
        "conflict_of_interest",
        "engagement_goal",
        "assessed_on",
    ]
    kept = ["stakeholder_id", "name", "type", "level", "group", "contribution"]
    assert before[opinions].notna().any(axis=None)
    # A table without a value in a column may lose the column.
    assert after.reindex(columns=opinions).isna().all(axis=None)
    pd.testing.assert_frame_equal(after[kept], before[kept])
    assert City.open(tmp_path).table("ties") is None
    assert any("raters" in said for said in done.sentences())
    assert purge(tmp_path).empty


def test_a_purge_cannot_be_undone(town):
    from safelearn.city.importing import undo

    purge(town)
    with pytest.raises(SafelearnError, match="too far back"):
        undo(town)


@pytest.mark.parametrize("weights", [1, 7])
def test_rows_that_are_weights_keep_their_sum(town, weights):
    opened = City.open(town)
    rows = opened.incidents()
    rows["count"] = np.int32(weights)
    from safelearn.city.purging import aggregated

    total = count_cube(rows, opened.table("areas")["area_id"]).total
    assert aggregated(rows)["count"].sum() == total
