"""One file with the traps of many portals: each becomes a problem, with shares by hand and lines, and no cell."""

from __future__ import annotations

import csv
import json

import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.quality import check
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.resources import bundled_city

#: Line, then the cells: 10 rows, 6 robberies and 4 assaults, 5 rows of each year.
HEADER = ["date ", "offence", "area_id", "longitude", "latitude", "sex", "age"]
ROWS = [
    ["2022-03-01T21:15:00Z", "robbery", "01", "-75,51", "6,21", "F", "21"],
    ["2022-03-02T22:15:00Z", "robbery", "01", "-75,52", "6,22", "M", "-1"],
    ["2022-03-03T20:15:00Z", "robbery", "01", "0", "0", "F", "1022"],
    ["2022-03-04T19:15:00Z", "assault", "01", "0", "0", "NULL", "40"],
    ["2022-03-05T19:25:00Z", "assault", "01", "-75,53", "6,23", "(null)", "41"],
    ["2023-03-01T21:15:00Z", "robbery", "01", "-75,54", "6,24", "F", "22"],
    ["2023-03-02T22:15:00Z", "robbery", "01", "-75,55", "6,25", "F", "23"],
    ["2023-03-03T20:15:00Z", "robbery", "01", "-75,56", "6,26", "M", "24"],
    ["2023-03-04T19:15:00Z", "assault", "01", "-75,57", "6,27", "M", "25"],
    ["2023-03-05T19:25:00Z", "assault", "01", "-75,58", "6,28", "M", "26"],
]


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)
    return path


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cities") / "villa"
    new_city(folder, name="Villa")
    update_settings(folder, {"timezone": "America/Bogota"})
    areas = write(
        folder.parent / "areas.csv", [["area_id", "area_name"], ["01", "Alto"]]
    )
    import_file(folder, areas)
    import_file(folder, write(folder.parent / "portal.csv", [HEADER, *ROWS]))
    return City.open(folder)


@pytest.fixture(scope="module")
def found(city):
    return {p.code: p for p in check(city).problems if p.table == "incidents"}


def test_zero_coordinates(found):
    problem = found["zero coordinates"]
    assert problem.n == 2
    # 1 of 6 robberies, 1 of 4 assaults; 2 of the 5 rows of 2022.
    assert problem.by_offence == {"robbery": 0.1667, "assault": 0.25}
    assert problem.by_year == {"2022": 0.4}


def test_impossible_ages(found):
    problem = found["impossible ages"]
    assert problem.n == 2
    assert problem.by_offence == {"robbery": 0.3333}
    assert problem.by_year == {"2022": 0.4}
    assert problem.fails == ("victim:age",)


def test_words_for_missing(found):
    problem = found["words for missing"]
    assert (problem.n, problem.by_offence) == (2, {"assault": 0.5})


def test_decimal_commas(found):
    problem = found["decimal commas"]
    assert problem.n == 8
    assert problem.by_offence == {"robbery": 0.8333, "assault": 0.75}


def test_stamps_that_end_in_z_are_not_trusted(found):
    problem = found["zone letter"]
    assert (problem.n, problem.severity) == (10, "warning")
    assert problem.fails == ("time:hour",)


def test_a_header_with_a_space_at_its_end(found):
    assert found["spaces in headers"].n == 1


def test_the_first_lines_of_each_problem_wait_in_review_and_no_cell_does(city):
    path = city.folder / "review" / "problems.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = {}
    for row in rows:
        assert set(row) == {"file", "line", "problem"} and row["file"] == "portal.csv"
        lines.setdefault(row["problem"], []).append(int(row["line"]))
    # The header is line 1.
    assert lines["zero coordinates"] == [4, 5]
    assert lines["impossible ages"] == [3, 4]
    assert lines["words for missing"] == [5, 6]
    assert "1022" not in path.read_text(encoding="utf-8")


def test_no_sentence_for_everybody_holds_a_value_of_a_row(found):
    for problem in found.values():
        for text in (problem.sentence, problem.remedy):
            assert "1022" not in text and "-75" not in text and "(null)" not in text


def test_the_same_file_as_its_portal_should_send_it_has_none_of_these(tmp_path):
    folder = tmp_path / "villa"
    new_city(folder, name="Villa")
    update_settings(folder, {"timezone": "America/Bogota"})
    write(tmp_path / "areas.csv", [["area_id", "area_name"], ["01", "Alto"]])
    import_file(folder, tmp_path / "areas.csv")
    clean = [
        [
            date.replace("T", " ").removesuffix("Z"),
            offence,
            area,
            f"-75.{50 + i}",
            f"6.{20 + i}",
            "F",
            str(20 + i),
        ]
        for i, (date, offence, area, *_) in enumerate(ROWS)
    ]
    header = [name.strip() for name in HEADER]
    import_file(folder, write(tmp_path / "portal.csv", [header, *clean]))
    checked = check(City.open(folder))
    assert [p.code for p in checked.problems if p.table == "incidents"] == []
    assert not (folder / "review" / "problems.csv").exists()


def test_the_bundled_city_has_the_problems_that_were_put_into_it_and_no_other():
    checked = check(City.open(bundled_city("puerto-sereno")))
    assert {p.code for p in checked.problems if p.table == "incidents"} == {
        "masked offences",
        "zero coordinates",
        "outside",
        "decimal commas",
        "impossible ages",
        "unclassified",
    }


def test_shares_and_cards_are_plain_json(city):
    said = json.loads(json.dumps(check(city).to_json()))
    problems = said["tables"]["incidents"]["problems"]
    zero = next(p for p in problems if p["code"] == "zero coordinates")
    assert zero["by_year"] == {"2022": 0.4} and zero["fails"] == ["place:exact"]
