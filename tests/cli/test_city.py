"""The commands that a city's analyst types, from an empty folder to a checked city, and every way they can go wrong."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from safelearn.city.folder import City
from safelearn.cli import main

SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": f"0{i}", "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[i, 0], [i + 1, 0], [i + 1, 1], [i, 1], [i, 0]]],
            },
        }
        for i, name in enumerate(("Norte", "Sur"))
    ],
}
CRIMES = "date,offence,longitude,latitude\n" + "\n".join(
    f"2024-0{1 + i % 9}-1{i % 9} 20:15,Robbery,{i % 2}.5,0.5" for i in range(60)
)


def run(capsys, *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(w) for w in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(ended.value.code or 0), out, err


@pytest.fixture
def folder(tmp_path, capsys) -> Path:
    """A city with two areas."""
    city = tmp_path / "dos-barrios"
    assert run(capsys, "city", "new", city, "--name", "Dos Barrios")[0] == 0
    areas = tmp_path / "areas.geojson"
    areas.write_text(json.dumps(SQUARES), encoding="utf-8")
    status, _, err = run(capsys, "city", "import", city, areas)
    assert status == 0, err
    return city


@pytest.fixture
def crimes(tmp_path) -> Path:
    file = tmp_path / "crimes.csv"
    file.write_text(CRIMES, encoding="utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_a_new_city_inherits_from_its_country(capsys, tmp_path):
    country = tmp_path / "andina"
    country.mkdir()
    (country / "country.toml").write_text(
        'timezone = "America/Bogota"\n', encoding="utf-8"
    )
    city = tmp_path / "villa"
    assert run(capsys, "city", "new", city, "--country", country)[0] == 0
    assert 'inherits = "../andina"' in (city / "city.toml").read_text(encoding="utf-8")
    assert City.open(city).settings.timezone == "America/Bogota"


def test_a_new_folder_says_what_to_do_next(tmp_path, capsys):
    status, out, _ = run(capsys, "city", "new", tmp_path / "aldea")
    assert status == 0
    assert "city.xlsx" in out
    assert "safelearn city import" in out


def test_import_says_what_it_read_and_assumed(folder, crimes, capsys):
    status, out, _ = run(capsys, "city", "import", folder, crimes)
    assert status == 0
    assert "60 rows read, 60 used, 0 set aside" in out


def test_check_answers_in_json_with_the_accounting(folder, crimes, capsys):
    run(capsys, "city", "import", folder, crimes)
    status, out, _ = run(capsys, "city", "check", folder, "--json")
    answer = json.loads(out)
    incidents = answer["tables"]["incidents"]
    assert status == answer["fit"]
    assert (incidents["rows_read"], incidents["rows_used"]) == (60, 60)
    assert {"events", "located", "timed", "problems", "profile", "set_aside"} <= set(
        incidents
    )


def test_check_shows_what_the_data_can_and_cannot_say(folder, crimes, capsys):
    run(capsys, "city", "import", folder, crimes)
    status, out, _ = run(capsys, "city", "check", folder)
    assert status in (0, 1)
    assert "What these data can and cannot say" in out
    assert "Rates by area" in out


def test_undo_takes_the_import_back_to_the_byte(folder, crimes, capsys):
    before = contents(folder)
    run(capsys, "city", "import", folder, crimes)
    assert contents(folder) != before
    assert run(capsys, "city", "undo", folder)[0] == 0
    after = contents(folder)
    kept = {name for name in after if "former" not in name and "retired" not in name}
    assert {n: after[n] for n in kept} == {n: v for n, v in before.items() if n in kept}
    assert set(before) <= set(after)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.pages", b"abc", "pages"),
        ("empty.csv", b"", "empty"),
        ("noise.csv", b"\xff\xfe\x00\xd8\x00\xd8", "crimes"),
        ("broken.geojson", b'{"type": "FeatureCollection", "features": [', "geojson"),
        ("broken.xlsx", b"no workbook", "xlsx"),
        ("broken.zip", b"no archive", "zip"),
        ("strange.csv", b"colour,shape\nred,round\nblue,flat\n", "column"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_folder_as_it_was(
    folder, tmp_path, capsys, name, content, said
):
    file = tmp_path / name
    file.write_bytes(content)
    before = contents(folder)
    status, _, err = run(capsys, "city", "import", folder, file)
    assert status == 2
    assert err.startswith("✗ ")
    assert len(err.strip().splitlines()) >= 2, "an error says what to do"
    assert contents(folder) == before


def test_a_missing_file_is_one_sentence(folder, capsys):
    status, _, err = run(capsys, "city", "import", folder, "nowhere.csv")
    assert status == 2
    assert "nowhere.csv" in err


def test_a_typo_in_the_settings_names_the_line_and_the_nearest_word(folder, capsys):
    settings = folder / "city.toml"
    text = settings.read_text(encoding="utf-8").replace("timezone", "timezome", 1)
    settings.write_text(text, encoding="utf-8")
    status, _, err = run(capsys, "city", "check", folder)
    assert status == 2
    assert "timezome" in err
    assert "timezone" in err
    assert "line" in err


def test_ctrl_c_during_an_import_leaves_nothing_half_written(
    folder, crimes, capsys, monkeypatch
):
    from safelearn.city.imports.parts import PartWriter

    def stopped(*_, **__):
        raise KeyboardInterrupt

    before = contents(folder)
    monkeypatch.setattr(PartWriter, "add", stopped)
    status, _, err = run(capsys, "city", "import", folder, crimes)
    assert status == 2
    assert "stopped" in err.lower()
    assert contents(folder) == before


def test_a_full_disk_is_said_plainly_and_leaves_nothing_half_written(
    folder, crimes, capsys, monkeypatch
):
    from safelearn.city.imports.parts import PartWriter

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", "incidents.parquet")

    before = contents(folder)
    monkeypatch.setattr(PartWriter, "add", full)
    status, _, err = run(capsys, "city", "import", folder, crimes)
    assert status == 2
    assert "disk is full" in err.lower()
    assert contents(folder) == before


def test_a_new_profile_is_drafted_to_look_over_and_nothing_is_imported(
    folder, crimes, capsys
):
    status, _, _ = run(
        capsys, "city", "import", folder, crimes, "--new-profile", "ours"
    )
    assert status == 0
    assert list((folder / "profiles").glob("ours*"))
    assert not (folder / "incidents.parquet").exists()


def test_an_unknown_option_is_one_sentence(capsys):
    status, _, err = run(capsys, "city", "check", ".", "--jason")
    assert status == 2
    assert "--jason" in err
    assert "--help" in err


def test_an_unexpected_defect_is_no_traceback_unless_asked_for(
    folder, capsys, monkeypatch
):
    from safelearn.city import quality

    def broken(_):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(quality, "check", broken)
    status, _, err = run(capsys, "city", "check", folder)
    assert status == 1
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "city", "check", str(folder)])


@pytest.fixture
def checked(folder, crimes, capsys, monkeypatch):
    """What `city check` prints on a terminal of eighty columns."""
    run(capsys, "city", "import", folder, crimes)
    monkeypatch.setenv("COLUMNS", "80")

    def check(*options):
        return run(capsys, "city", "check", folder, *options)[1]

    return check


def test_check_can_be_read_on_a_terminal_of_eighty_columns(checked):
    told = checked().partition("to know:")[2]
    commands = ("  safelearn",)
    assert told
    for line in told.splitlines():
        assert len(line) <= 80 or line.startswith(commands), line


def test_check_says_yes_with_care_or_no_with_the_reason_and_what_helps(checked):
    said = checked().partition("What these data can and cannot say:")[2]
    assert "\n  Yes\n" in said and "\n  No\n" in said
    no = said.partition("\n  No\n")[2]
    assert "What helps:" in no and "There is no table of residents by area." in no


def test_check_shows_the_data_card_of_a_table(checked):
    said = checked("--table", "incidents")
    for head in ("Source", "Licence", "Rows", "Not known", "Good for", "Not for"):
        assert f"\n  {head}\n" in said, head
    assert "60 read (1 file), 60 used, 0 set aside" in said


def test_the_card_of_a_table_that_is_not_there_names_those_that_are(
    folder, crimes, capsys
):
    run(capsys, "city", "import", folder, crimes)
    status, _, err = run(capsys, "city", "check", folder, "--table", "crimes")
    assert status == 2
    assert "crimes" in err and "incidents" in err


def test_check_answers_in_json_with_cards_shares_and_parts(checked):
    answer = json.loads(checked("--json"))
    incidents = answer["tables"]["incidents"]
    assert {"source", "licence", "missing", "may", "may_not"} <= set(incidents["card"])
    for problem in incidents["problems"]:
        assert {"code", "severity", "n", "by_offence", "by_year", "fails"} <= set(
            problem
        )
    parts = {part["measure"]: part["answer"] for part in answer["parts"]}
    assert parts["rates_by_area"] == "no" and set(parts.values()) <= {
        "yes",
        "care",
        "no",
    }
