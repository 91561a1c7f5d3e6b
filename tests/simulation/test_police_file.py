"""The police's export: the import finds every mess that the office made, to the row."""

from __future__ import annotations

import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.simulation import police_file, words
from safelearn.simulation.sources import sent_files


@pytest.fixture(scope="module")
def imported(town, tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    (folder / "city.toml").write_text(words.settings(town, "Test"), encoding="utf-8")
    for kind, text in (
        ("profiles", police_file.profile()),
        ("crosswalks", police_file.crosswalk(tables["incidents"])),
    ):
        (folder / kind).mkdir()
        path = folder / kind / "puerto-sereno-police.toml"
        path.write_text(text, encoding="utf-8")
    files, mess = sent_files(town, tables)
    results = {}
    for file in files:
        if file.table in ("areas", "incidents"):
            path = tmp_path_factory.mktemp("sent") / file.name
            path.write_bytes(file.content)
            # No table and no profile is named: the file must be known by itself.
            results[file.table] = import_file(folder, path)
    return City.open(folder).incidents(), results["incidents"], mess


def test_the_file_is_known_by_its_columns(imported):
    _, result, _ = imported
    assert (result.table, result.profile) == ("incidents", "puerto-sereno-police")


def test_every_row_is_accounted_for(imported, town):
    frame, result, mess = imported
    assert result.rows_read == mess["rows"]
    assert result.set_aside == {
        "no readable date": mess["unreadable dates"],
        "repeated identifier": mess["rows sent twice"],
    }
    assert result.rows_used == len(frame)
    assert len(frame) == len(town.told) - mess["unreadable dates"]


def test_rows_without_a_place_stay_in_the_totals(imported):
    frame, _, mess = imported
    nowhere = mess["rows without a place"]
    outside = mess["rows at the default point outside the city"]
    unreadable = mess["unreadable dates"]
    assert 0 <= nowhere + outside - frame["area_id"].isna().sum() <= unreadable
    masked = frame["offence"] == "0301"
    assert frame.loc[masked, "longitude"].isna().all()
    assert frame.loc[masked, "area_id"].notna().mean() > 0.98


def test_points_lie_in_the_neighbourhood_where_it_happened(imported, tables):
    frame, _, _ = imported
    both = frame.merge(tables["incidents"], on="incident_id", suffixes=("", "_true"))
    known = both["area_id"].notna()
    right = both["area_id"].astype("str") == both["area_id_true"].astype("str")
    assert right[known].mean() > 0.9999


def test_words_come_back_as_codes(imported, tables):
    frame, _, mess = imported
    both = frame.merge(tables["incidents"], on="incident_id", suffixes=("", "_true"))
    for column in ("relation", "mechanism", "place_type", "domestic", "victim_sex"):
        ours, theirs = (
            both[c].astype("object").where(both[c].notna(), "")
            for c in (column, f"{column}_true")
        )
        assert (ours == theirs).all(), column
    unclassified = frame["offence"].isna().sum()
    planted = mess["misspelt offences"] + mess["rows without an offence"]
    assert 0 <= planted - unclassified <= mess["unreadable dates"]


def test_moments_come_back_to_the_minute(imported, tables):
    frame, _, mess = imported
    both = frame.merge(tables["incidents"], on="incident_id", suffixes=("", "_true"))
    assert (both["occurred_from"] == both["occurred_from_true"]).all()
    untimed = ~both["time_precision"].isin(["minute", "hour"])
    assert 0 <= mess["rows without an hour"] - untimed.sum() <= mess["unreadable dates"]
    ends = both["occurred_to"].notna()
    assert (both["occurred_to"] == both["occurred_to_true"])[ends].all()
    assert ends.sum() > 15_000


def test_the_same_door_has_the_same_key(imported, tables):
    frame, _, _ = imported
    both = frame.merge(tables["incidents"], on="incident_id", suffixes=("", "_true"))
    pairs = both[["place_key", "place_key_true"]].drop_duplicates()
    assert pairs["place_key"].is_unique
    assert pairs["place_key_true"].is_unique
