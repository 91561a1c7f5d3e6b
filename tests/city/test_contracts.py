"""The contracts of all tables: what they say, and that a wrong row is found, by us and by Frictionless."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.city import contracts
from safelearn.city.datapackage import datapackage
from safelearn.city.folder import City
from safelearn.errors import SafelearnError
from safelearn.guidelines.catalogue import indicators
from safelearn.guidelines.clauses import clauses
from safelearn.guidelines.offences import level
from safelearn.language import t, use

TABLES = contracts.table_names()
CITY = 'name = "Villa"\ntimezone = "America/Lima"\n'


def examples(name: str) -> dict[str, object]:
    """A row made of the examples in the contract: `Excel` users will begin with it."""
    return {
        field["name"]: field["example"] for field in contracts.contract(name)["fields"]
    }


def package(folder, name: str, row: dict[str, object]):
    """A data package that holds one table with one row, as plain CSV."""
    frictionless = pytest.importorskip("frictionless")
    schema = contracts.contract(name)
    schema.pop("foreignKeys", None)
    pd.DataFrame([row]).to_csv(folder / f"{name}.csv", index=False)
    resource = {"name": name.replace("_", "-"), "path": f"{name}.csv", "schema": schema}
    text = json.dumps({"name": "city", "resources": [resource]})
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return frictionless.Package(str(folder / "datapackage.json"))


@pytest.mark.parametrize("name", TABLES)
def test_the_examples_of_a_table_keep_its_contract(name):
    row = examples(name)
    assert contracts.validate(pd.DataFrame([row]), name) == []
    as_text = pd.DataFrame([{column: str(value) for column, value in row.items()}])
    assert contracts.validate(as_text, name) == []


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_to_the_person_who_fills_it_in(name):
    contract = contracts.contract(name)
    assert contract["description"].endswith(".")
    assert contract["how_to_collect"][-1] in ".?"
    assert all(clause.startswith("draft:") for clause in contract["clauses"])
    for field in contract["fields"]:
        assert field["title"] and field["description"][-1] in ".?", field["name"]
        assert "example" in field, field["name"]
        offered = [c["value"] for c in field.get("categories", [])]
        assert offered == field.get("constraints", {}).get("enum", []), field["name"]
        shown = [c["label"] for c in field.get("categories", [])]
        assert len(set(shown)) == len(shown), field["name"]


@pytest.mark.needs("python:frictionless")
@pytest.mark.parametrize("name", TABLES)
def test_frictionless_accepts_a_good_row_and_finds_a_wrong_one(name, tmp_path):
    row = examples(name)
    assert package(tmp_path, name, row).validate().valid
    required = next(
        field["name"]
        for field in contracts.contract(name)["fields"]
        if field.get("constraints", {}).get("required")
    )
    report = package(tmp_path, name, row | {required: None}).validate()
    wrong = [e for e in report.task.errors if getattr(e, "field_name", "") == required]
    assert [(e.type, e.row_number) for e in wrong] == [("constraint-error", 2)]


@pytest.mark.parametrize("name", TABLES)
def test_codes_that_refer_to_another_table_refer_to_a_column_that_exists(name):
    for link in contracts.contract(name).get("foreignKeys", []):
        other = link["reference"]
        assert set(link["fields"]) <= set(contracts.columns(name))
        assert set(other["fields"]) <= set(contracts.columns(other["resource"]))


def test_no_table_has_a_column_for_a_persons_name_number_or_address():
    personal = {
        "phone",
        "email",
        "birthdate",
        "surname",
        "address",
        "plate",
        "id_number",
    }
    for name in TABLES:
        for column in contracts.columns(name):
            assert not set(column.split("_")) & personal, (name, column)


def test_the_survey_holds_what_the_sdg_indicators_ask_for():
    walk = contracts.labels("survey", "walk_dark")
    # SDG 16.1.4: the two answers above the line, and all that belong below it.
    assert list(walk) == [
        "very_safe", "safe", "unsafe", "very_unsafe", "never_goes_out", "dont_know",
    ]  # fmt: skip
    columns = set(contracts.columns("survey"))
    assert {"stratum", "psu", "weight"} <= columns
    assert len([c for c in columns if c.startswith("wg_")]) == 6
    for event in ("assault", "robbery", "threat", "sexual_violence"):
        assert {event, f"{event}_told"} <= columns
    for kind in ("harassed_sexual", "harassed_other"):
        assert {kind, f"{kind}_type", f"{kind}_place"} <= columns


def test_the_words_of_a_contract_can_be_shown_in_another_language():
    with use("qps"):
        assert t(contracts.contract("areas")["title"]).startswith("⟦")


def test_every_table_serves_clauses_that_exist():
    known = {clause.id for clause in clauses()}
    for name in TABLES:
        assert set(contracts.contract(name)["clauses"]) <= known, name


def test_the_indicators_and_offences_in_the_examples_exist():
    known = {indicator.id for indicator in indicators()}
    for name in TABLES:
        row = examples(name)
        if "indicator_id" in row:
            assert row["indicator_id"] in known, name
        if row.get("offence"):
            assert level(row["offence"]), name


def test_a_need_is_named_for_each_table_that_measures_ask_for():
    named = {need.removeprefix("table:") for need in contracts.NEEDS if ":" in need}
    rest = {"areas", "population", "incidents", "survey"}
    assert set(TABLES) - rest <= named
    for need in ("time:hour", "place:exact", "boundaries", "identifier", "survey"):
        assert contracts.NEEDS[need].endswith(".")


def test_zeros_in_front_and_the_word_na_survive_a_round_trip(tmp_path):
    areas = pd.DataFrame(
        {
            "area_id": ["007", "0101"],
            "area_name": ["NA", "Nuñoa"],
            "settlement": ["formal", "informal"],
        }
    )
    contracts.write_table(areas, tmp_path / "areas.csv", "areas")
    read = contracts.read_table(tmp_path / "areas.csv", "areas")
    assert read["area_id"].tolist() == ["007", "0101"]
    assert read["area_name"].tolist() == ["NA", "Nuñoa"]
    assert read["parent"].isna().all()


def test_a_table_is_written_the_same_on_every_machine(tmp_path):
    row = pd.DataFrame([examples("budget")])
    contracts.write_table(row, tmp_path / "a.csv", "budget")
    contracts.write_table(row, tmp_path / "b.csv", "budget")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert b"\r" not in (tmp_path / "a.csv").read_bytes()


def test_incidents_come_back_from_parquet_with_their_types(tmp_path):
    rows = pd.DataFrame([examples("incidents"), examples("incidents")])
    rows["incident_id"] = ["1", "2"]
    rows.loc[1, ["area_id", "victim_age", "occurred_to"]] = None
    contracts.write_table(rows, tmp_path / "incidents.parquet", "incidents")
    contracts.write_table(rows, tmp_path / "again.parquet", "incidents")
    first, again = (tmp_path / f"{n}.parquet" for n in ("incidents", "again"))
    assert first.read_bytes() == again.read_bytes()
    read = contracts.read_table(tmp_path / "incidents.parquet", "incidents")
    expected = contracts.empty("incidents").dtypes.astype(str)
    assert read.dtypes.astype(str).to_dict() == expected.to_dict()
    assert read["occurred_from"].dtype == "datetime64[s]"
    assert read["count"].dtype == "int32" and read["victim_age"].dtype == "Int16"
    assert read["area_id"].isna().tolist() == [False, True]


def test_a_table_that_breaks_its_contract_is_not_written(tmp_path):
    row = pd.DataFrame([examples("areas") | {"settlement": "slum"}])
    with pytest.raises(SafelearnError, match="slum"):
        contracts.write_table(row, tmp_path / "areas.csv", "areas")
    assert list(tmp_path.iterdir()) == []


def test_a_file_saved_by_a_spreadsheet_with_semicolons_is_named(tmp_path):
    text = "area_id;area_name\n01;Uno\n"
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SafelearnError, match="semicolons"):
        contracts.read_table(tmp_path / "areas.csv", "areas")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("area_id,area_name\n01,Peñón\n".encode("latin-1"), "UTF-8"),
        (b"area_id,area_name\n01,Uno,2,3\n", "more values"),
    ],
)
def test_a_damaged_table_is_named_with_its_file(tmp_path, content, said):
    (tmp_path / "areas.csv").write_bytes(content)
    with pytest.raises(SafelearnError, match=said) as error:
        contracts.read_table(tmp_path / "areas.csv", "areas")
    assert "areas.csv" in error.value.where


def test_a_damaged_parquet_file_is_named(tmp_path):
    (tmp_path / "incidents.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(SafelearnError, match="damaged"):
        contracts.read_table(tmp_path / "incidents.parquet", "incidents")


def test_an_unknown_table_is_answered_with_the_nearest():
    with pytest.raises(SafelearnError) as error:
        contracts.contract("incident")
    assert "incidents" in error.value.remedy


@pytest.mark.needs("python:frictionless")
def test_a_city_describes_its_tables_and_frictionless_agrees(tmp_path):
    from frictionless import Package

    (tmp_path / "city.toml").write_text(
        CITY + '[tables.areas]\nsource = "Planning"\nlicence = "CC BY 4.0"\n',
        encoding="utf-8",
    )
    areas = pd.DataFrame([examples("areas")])
    contracts.write_table(areas, tmp_path / "areas.csv", "areas")
    for name in ("population", "incidents", "audits"):
        row = pd.DataFrame([examples(name)])
        contracts.write_table(row, tmp_path / contracts.file_name(name), name)
    written = datapackage(City.open(tmp_path))
    names = [resource["name"] for resource in written["resources"]]
    assert names == ["areas", "population", "incidents", "audits"]
    assert written["resources"][0]["sources"] == [{"title": "Planning"}]
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
    text = (tmp_path / "population.csv").read_text(encoding="utf-8")
    wrong = text.replace("0101", "9999")
    (tmp_path / "population.csv").write_text(wrong, encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [task.name for task in report.tasks if not task.valid] == ["population"]
