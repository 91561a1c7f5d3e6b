"""A file comes into a city whole, accounted for and undoable, or not at all."""

from __future__ import annotations

import errno
import json

import geopandas
import pandas as pd
import pytest
from shapely import box

from safelearn.city.folder import City
from safelearn.city.importing import import_file, undo
from safelearn.city.imports import parts
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.errors import SafelearnError

INCIDENTS = (
    "incident_id,date,longitude,latitude,offence,sex\n"
    "A1,2024-03-01 21:30,-74.51,6.51,Robbery,F\n"
    "A2,2024-03-02 22:10,-73.52,6.52,Theft,M\n"
    "A3,2024-03-03 23:05,,,Homicide,M\n"
)
MORE = (
    "incident_id,date,longitude,latitude,offence,sex\n"
    "A2,2024-03-02 22:10,-73.52,6.52,Robbery,M\n"
    "A3,2024-03-03 23:05,,,Homicide,M\n"
    "A4,2024-04-01 20:00,-74.53,6.53,Theft,F\n"
    "A5,someday,-74.53,6.53,Theft,F\n"
)


@pytest.fixture
def folder(tmp_path):
    new_city(tmp_path / "villa", name="Villa")
    update_settings(tmp_path / "villa", {"timezone": "America/Bogota"})
    return tmp_path / "villa"


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture
def boundaries(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"area_id": ["01", "02"], "area_name": ["Alto", "Bajo"]},
        geometry=[box(-75, 6, -74, 7), box(-74, 6, -73, 7)],
        crs=4326,
    )
    frame.to_file(tmp_path / "areas.gpkg")
    return tmp_path / "areas.gpkg"


def tables(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "former" not in p.parts
    }


def located(folder):
    rows = City.open(folder).incidents().set_index("incident_id")["area_id"]
    return {k: None if pd.isna(v) else v for k, v in rows.items()}


def test_a_file_is_copied_read_and_recorded(folder, file, boundaries):
    import_file(folder, boundaries)
    result = import_file(folder, file("crimes.csv", INCIDENTS))
    assert (result.table, result.rows_read, result.rows_used) == ("incidents", 3, 3)
    assert (result.located, result.timed, result.events) == (2, 3, 3)
    assert located(folder) == {"A1": "01", "A2": "02", "A3": None}
    record = json.loads(
        (folder / "source" / "imports.json").read_text(encoding="utf-8")
    )[-1]
    assert (
        record["file"] == "crimes.csv"
        and record["rows_used"] == 3
        and record["assumptions"]
    )
    assert (folder / "source" / "crimes.csv").read_text(encoding="utf-8") == INCIDENTS


def test_what_is_written_keeps_its_contract(folder, file, boundaries):
    from safelearn.city import contracts

    import_file(folder, boundaries)
    import_file(folder, file("crimes.csv", INCIDENTS))
    rows = pd.read_parquet(folder / "incidents.parquet")
    assert contracts.validate(rows, "incidents", known={"areas": {"01", "02"}}) == []
    assert list(rows.columns) == list(contracts.columns("incidents"))


def test_the_same_file_again_does_nothing_and_says_so(folder, file):
    path = file("crimes.csv", INCIDENTS)
    import_file(folder, path)
    before = tables(folder)
    again = import_file(folder, path)
    assert again.unchanged and "imported before" in again.sentences()[0]
    assert tables(folder) == before


def test_another_file_adds_and_its_overlaps_are_reported(folder, file):
    import_file(folder, file("march.csv", INCIDENTS))
    result = import_file(folder, file("april.csv", MORE))
    rows = City.open(folder).incidents()
    assert sorted(rows["incident_id"]) == ["A1", "A2", "A3", "A4"]
    assert rows.set_index("incident_id").loc["A2", "offence_label"] == "Robbery"
    assert result.set_aside == {"no readable date": 1, "already imported": 1}
    assert any("revised" in note for note in result.assumptions)
    assert (result.rows_read, result.rows_used) == (4, 2)


def test_the_account_of_the_table_holds_over_several_files(folder, file):
    from safelearn.city.quality import check

    import_file(folder, file("march.csv", INCIDENTS))
    import_file(folder, file("april.csv", MORE))
    part = check(City.open(folder)).tables["incidents"]
    assert part["rows_read"] == 7 == part["rows_used"] + sum(part["set_aside"].values())
    assert part["rows_used"] == len(City.open(folder).incidents()) == 4
    assert part["set_aside"]["revised later"] == 1


def test_replace_retires_the_old_file(folder, file):
    import_file(folder, file("march.csv", INCIDENTS))
    import_file(folder, file("april.csv", MORE), replace=True)
    assert sorted(City.open(folder).incidents()["incident_id"]) == ["A2", "A3", "A4"]
    assert [r["file"] for r in City.open(folder).imports()] == ["april.csv"]
    assert (folder / "source" / "march.csv").is_file()


def test_undo_restores_every_byte(folder, file, boundaries):
    import_file(folder, boundaries)
    import_file(folder, file("march.csv", INCIDENTS))
    before = tables(folder)
    import_file(folder, file("april.csv", MORE))
    assert tables(folder) != before
    assert "april.csv" in undo(folder).sentences()[0]
    assert tables(folder) == before
    undo(folder), undo(folder)
    assert (
        not (folder / "areas.csv").exists()
        and not (folder / "incidents.parquet").exists()
    )


def test_rows_set_aside_are_listed_for_a_person(folder, file):
    import_file(folder, file("april.csv", MORE))
    listed = pd.read_csv(folder / "review" / "set_aside.csv", encoding="utf-8-sig")
    assert listed[["file", "line"]].to_numpy().tolist() == [["april.csv", 5]]
    assert "date" in listed.loc[0, "reason"] and listed.loc[0, "remedy"]


def test_areas_that_come_later_take_the_incidents_in(folder, file, boundaries):
    import_file(folder, file("march.csv", INCIDENTS))
    assert set(located(folder).values()) == {None}
    result = import_file(folder, boundaries)
    assert located(folder) == {"A1": "01", "A2": "02", "A3": None}
    assert any("placed in the new areas: 2 of 3" in note for note in result.assumptions)
    undo(folder)
    assert set(located(folder).values()) == {None}


def test_incidents_whose_file_is_gone_are_placed_by_their_points(
    folder, file, boundaries
):
    import_file(folder, file("march.csv", INCIDENTS))
    (folder / "source" / "march.csv").unlink()
    import_file(folder, boundaries)
    assert located(folder) == {"A1": "01", "A2": "02", "A3": None}


def test_a_list_of_areas_is_drafted_from_the_names_in_a_file(folder, file, boundaries):
    rows = (
        "date,barrio,delito\n" + "2024-03-01,Alto,hurto\n2024-03-02,Bajo,hurto\n" * 30
    )
    result = import_file(folder, file("denuncias.csv", rows))
    assert City.open(folder).table("areas")["area_name"].tolist() == ["Alto", "Bajo"]
    assert result.located == 60
    assert any("drafted" in note for note in result.assumptions)
    # A real list takes the draft's place, and the incidents follow it.
    import_file(folder, boundaries)
    assert City.open(folder).table("areas")["area_id"].tolist() == ["01", "02"]
    assert set(City.open(folder).incidents()["area_id"]) == {"01", "02"}


def test_an_unnamed_offence_can_be_named(folder, file):
    rows = "date,longitude,latitude\n2024-03-01,-74.51,6.51\n"
    import_file(folder, file("a.csv", rows))
    assert City.open(folder).incidents()["offence_label"].tolist() == ["not stated"]
    import_file(
        folder,
        file("b.csv", rows + " \n"),
        offence="Anti-social behaviour",
        replace=True,
    )
    assert City.open(folder).incidents()["offence"].tolist() == ["0801"]


def test_names_that_are_no_area_wait_for_a_person_and_are_then_used(
    folder, file, boundaries
):
    from openpyxl import load_workbook

    import_file(folder, boundaries)
    rows = "date,neighbourhood,offence\n2024-03-01,Alto,theft\n2024-03-02,Bajjo,theft\n"
    path = file("a.csv", rows)
    assert import_file(folder, path).located == 1
    review = folder / "review" / "areas.xlsx"
    book = load_workbook(review)
    assert [c.value for c in book.worksheets[0][4]][3:5] == [1, "02 - Bajo"]
    book.worksheets[0]["H4"] = "02"
    book.save(review)
    assert import_file(folder, path, replace=True).located == 2


def test_importing_the_review_itself_reads_the_files_again_and_says_what_changed(
    folder, file, boundaries
):
    from openpyxl import load_workbook

    import_file(folder, boundaries)
    rows = "date,neighbourhood,offence\n2024-03-01,Alto,theft\n" + (
        "2024-03-02,Bajjo,robbo\n" * 3
    )
    import_file(folder, file("a.csv", rows))
    for name, cell, value, said in (
        ("areas", "H4", "02 - Bajo", "3 rows now have an area."),
        (
            "offences",
            "F4",
            "0502",
            "3 rows now have a code of the international classification.",
        ),
    ):
        workbook = folder / "review" / f"{name}.xlsx"
        book = load_workbook(workbook)
        book.worksheets[0][cell] = value
        book.save(workbook)
        assert said in import_file(folder, workbook).assumptions
    incidents = City.open(folder).incidents()
    assert incidents["area_id"].tolist() == ["01", "02", "02", "02"]
    assert incidents["offence"].tolist() == ["0502"] * 4
    undo(folder)
    undo(folder)
    assert City.open(folder).incidents()["area_id"].notna().sum() == 1


def test_what_is_no_offence_stays_and_is_said(folder, file):
    from openpyxl import load_workbook

    rows = "date,neighbourhood,offence\n" + "2024-03-01,Alto,Lost passport\n" * 2
    import_file(folder, file("a.csv", rows))
    workbook = folder / "review" / "offences.xlsx"
    book = load_workbook(workbook)
    book.worksheets[0]["F4"] = "exclude: not an offence"
    book.save(workbook)
    import_file(folder, workbook)
    assert len(City.open(folder).incidents()) == 2
    assert City.open(folder).incidents()["offence"].isna().all()
    notes = [n for r in City.open(folder).imports() for n in r["assumptions"]]
    assert any("no offence" in n and "lost passport" in n for n in notes)


def test_aliases_of_areas_outlive_the_outlines_that_come_later(
    folder, file, boundaries
):
    rows = "area_id,area_name,aliases\n01,Alto,High Town; Oben\n02,Bajo,\n"
    import_file(folder, file("areas.csv", rows))
    import_file(folder, boundaries)
    rows = "date,neighbourhood,offence\n2024-03-01,HIGH TOWN,theft\n"
    assert import_file(folder, file("a.csv", rows)).located == 1


def test_a_list_drafted_from_names_grows_by_what_a_person_says_is_none_of_them(
    folder, file
):
    from openpyxl import load_workbook

    names = ["Villa Nueva"] * 60 + ["Villa Nueve"] * 4
    rows = "date,neighbourhood,offence\n" + "".join(
        f"2024-03-01,{name},theft\n" for name in names
    )
    assert import_file(folder, file("a.csv", rows)).located == 60
    workbook = folder / "review" / "areas.xlsx"
    book = load_workbook(workbook)
    book.worksheets[0]["H4"] = "none of them"
    book.save(workbook)
    assert "4 rows now have an area." in import_file(folder, workbook).assumptions
    areas = City.open(folder).table("areas")
    assert areas["area_name"].tolist() == ["Villa Nueva", "Villa Nueve"]
    undo(folder)
    assert len(City.open(folder).table("areas")) == 1


def test_population_follows_areas_of_another_year(folder, file, boundaries):
    import_file(folder, file("pop.csv", "area_id,population\n01,100\n99,50\n"))
    assert len(City.open(folder).table("population")) == 2
    import_file(folder, boundaries)
    assert City.open(folder).table("population")["area_id"].tolist() == ["01"]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (KeyboardInterrupt(), "You stopped the import."),
    ],
)
def test_a_full_disk_and_ctrl_c_leave_nothing_half_written(
    folder, file, monkeypatch, fault, sentence
):
    import_file(folder, file("march.csv", INCIDENTS))
    before = tables(folder)

    def add(writer, frame):
        writer.path.write_bytes(b"half of it")
        raise fault

    monkeypatch.setattr(parts.PartWriter, "add", add)
    with pytest.raises(SafelearnError, match=sentence) as raised:
        import_file(folder, file("april.csv", MORE))
    assert raised.value.exit_status == 2
    assert tables(folder) == before and not list(folder.glob(".importing-*"))


def test_a_file_of_another_city_changes_nothing(folder, file, boundaries):
    import_file(folder, boundaries)
    before = tables(folder)
    elsewhere = (
        INCIDENTS.replace("-74.", "2.").replace("-73.", "2.").replace("6.5", "48.8")
    )
    with pytest.raises(SafelearnError, match="No row of the file lies in an area"):
        import_file(folder, file("paris.csv", elsewhere))
    assert tables(folder) == before


def test_the_offices_workbook_brings_settings_and_every_filled_sheet(folder, office):
    path = office(
        ("areas", 2, "area_id", "0101"),
        ("areas", 2, "area_name", "Alto"),
        ("population", 2, "area_id", "0101"),
        ("population", 2, "sex", "all"),
        ("population", 2, "age_group", "all"),
        ("population", 2, "population", 1200),
        ("population", 2, "year", 2024),
        settings={"name": "Villa Nueva"},
    )
    result = import_file(folder, path)
    city = City.open(folder)
    assert result.table == "areas, population"
    assert city.settings.name == "Villa Nueva"
    assert city.table("population")["population"].tolist() == [1200.0]
    undo(folder)
    assert City.open(folder).settings.name == "Villa" and not City.open(folder).has(
        "areas"
    )


def test_a_wrong_setting_in_the_workbook_changes_nothing(folder, office):
    before = tables(folder)
    with pytest.raises(SafelearnError):
        import_file(folder, office(settings={"timezone": "Mars/Olympus"}))
    assert tables(folder) == before


def test_a_later_state_of_the_workbook_takes_the_place_of_the_earlier(folder, office):
    one = [("areas", 2, "area_id", "01"), ("areas", 2, "area_name", "Alto")]
    import_file(folder, office(*one))
    import_file(
        folder, office(("areas", 2, "area_id", "02"), ("areas", 2, "area_name", "Bajo"))
    )
    assert City.open(folder).table("areas")["area_id"].tolist() == ["02"]


def test_an_unknown_table_names_the_known_ones(folder, file):
    with pytest.raises(SafelearnError, match="no table called crimes") as raised:
        import_file(folder, file("a.csv", INCIDENTS), table="crimes")
    assert "incidents" in raised.value.remedy


def test_the_same_files_give_the_same_bytes(tmp_path, file, boundaries):
    made = []
    for name in ("one", "two"):
        new_city(tmp_path / name, name="Villa")
        import_file(tmp_path / name, boundaries)
        import_file(tmp_path / name, file("march.csv", INCIDENTS))
        made.append(
            [
                (tmp_path / name / f).read_bytes()
                for f in ("incidents.parquet", "areas.csv", "areas.geojson")
            ]
        )
    assert made[0] == made[1]


def test_every_sentence_of_an_import_and_a_check_is_translated(
    folder, file, boundaries
):
    from safelearn.city.quality import check, needs_met
    from safelearn.language import use

    with use("qps"):
        said = import_file(folder, boundaries).sentences()
        said += import_file(folder, file("april.csv", MORE)).sentences()
        said += import_file(
            folder, file("pop.csv", "area_id,population\n01,100\n99,50\n")
        ).sentences()
        city = City.open(folder)
        said += [text for p in check(city).problems for text in (p.sentence, p.remedy)]
        said += [met.reason for met in needs_met(city).values()]
        said += undo(folder).sentences()
    plain = [line for line in said if not line.removeprefix("- ").startswith("⟦")]
    assert plain == []


def test_a_file_of_one_row_is_a_file(folder, file):
    header, row, *_ = INCIDENTS.splitlines(keepends=True)
    result = import_file(folder, file("one.csv", header + row))
    assert (result.rows_read, result.rows_used, result.events) == (1, 1, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (INCIDENTS.splitlines()[0] + "\n", "holds no record"),
        (
            INCIDENTS.splitlines()[0] + "\nA5,someday,-74.53,6.53,Theft,F\n",
            "No (row of the file can be used|column with the date)",
        ),
    ],
)
def test_a_file_of_nothing_usable_is_refused_and_leaves_nothing(
    folder, file, content, sentence
):
    before = tables(folder)
    with pytest.raises(SafelearnError, match=sentence):
        import_file(folder, file("none.csv", content))
    assert tables(folder) == before


def test_two_imports_at_once_are_refused_and_the_first_goes_on(folder, file):
    from safelearn.city.imports.history import change

    with change(folder), pytest.raises(SafelearnError, match="Another import"):
        import_file(folder, file("march.csv", INCIDENTS))
    assert import_file(folder, file("march.csv", INCIDENTS)).rows_used == 3


def test_a_new_quarter_says_what_is_new_revised_and_gone(folder, file):
    import_file(folder, file("march.csv", INCIDENTS))
    later = INCIDENTS.replace("Theft", "Robbery").replace(
        "A1,2024-03-01 21:30", "A9,2024-04-01 21:30"
    )
    result = import_file(folder, file("april.csv", later))
    assert result.changes == {
        "new": {"2024-04": 1},
        "revised": {"2024-03": 1},
        "already": {"2024-03": 1},
    }
    assert "1 row is new (2024-04)." in result.assumptions
    assert City.open(folder).imports()[-1]["months"] == result.changes


def test_a_file_read_in_pieces_gives_the_same_table(folder, file, monkeypatch):
    from safelearn.city.files import sources

    import_file(folder, file("april.csv", MORE))
    whole = City.open(folder).incidents()
    undo(folder)
    monkeypatch.setattr(sources, "SAMPLED", 2)
    monkeypatch.setattr(sources.Source.chunks, "__defaults__", (1,))
    result = import_file(folder, file("april.csv", MORE))
    pd.testing.assert_frame_equal(City.open(folder).incidents(), whole)
    assert (result.rows_read, result.rows_used) == (4, 3)
    listed = pd.read_csv(folder / "review" / "set_aside.csv", encoding="utf-8-sig")
    assert listed["line"].tolist() == [5]
