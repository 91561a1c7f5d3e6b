"""What a person is told about a row that does not fit."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from safelearn.city.contracts import canonical, contract, validate
from safelearn.city.tables.validation import ROW, convert, summary


def population(**changes):
    row = {
        "area_id": "01",
        "sex": "female",
        "age_group": "15-19",
        "population": "412",
        "year": "2024",
    }
    return pd.DataFrame([row, row | {"sex": "male"} | changes])


def test_a_good_table_has_no_problem_and_its_types():
    frame, problems = canonical(population(), "population")
    assert problems == []
    assert frame["population"].dtype == "float64" and frame["year"].dtype == "int64"
    assert frame["area_id"].tolist() == ["01", "01"]


def test_a_problem_names_the_row_as_the_spreadsheet_counts_it():
    (problem,) = validate(population(year="2o24"), "population")
    assert (problem.row, problem.column, problem.code) == (3, "year", "type")
    assert "2o24" in problem.sentence and "2024" in problem.remedy


def test_each_kind_of_mistake_is_told_apart():
    def codes(**changes):
        return [p.code for p in validate(population(**changes), "population")]

    assert codes(sex="woman") == ["value"]
    assert codes(age_group="15 to 19") == ["pattern"]
    assert codes(population="-3") == ["range"]
    assert codes(population="") == ["required"]
    assert codes(population=None) == ["required"]
    assert codes(population="12,5") == ["type"]
    assert codes(year="2024.5") == ["type"]
    assert codes(sex="female") == ["unique"]


def test_a_value_that_does_not_fit_is_left_empty_and_the_row_kept():
    frame, _ = canonical(population(population="many"), "population")
    assert len(frame) == 2
    assert frame["population"].isna().tolist() == [False, True]


def test_a_missing_column_is_one_problem_and_not_one_a_row():
    problems = validate(population().drop(columns="year"), "population")
    assert [(p.code, p.column, p.row) for p in problems] == [
        ("missing column", "year", None)
    ]


def test_a_misspelt_column_is_answered_with_the_right_name():
    frame = population().assign(housholds="3")
    (problem,) = validate(frame, "population")
    assert problem.code == "unknown column" and "`households`" in problem.remedy


def test_a_code_that_another_table_does_not_have_is_found():
    problems = validate(population(area_id="99"), "population", known={"areas": {"01"}})
    assert [(p.code, p.row) for p in problems] == [("reference", 3)]
    assert "99" in problems[0].sentence


def test_an_empty_code_refers_to_nothing_and_is_no_mistake():
    row = {field["name"]: field["example"] for field in contract("demands")["fields"]}
    frame = pd.DataFrame([row | {"area_id": None}])
    assert validate(frame, "demands", known={"areas": {"0101"}}) == []


def test_a_sheet_with_blank_rows_between_keeps_its_own_numbers():
    frame = population(year="soon")
    frame.index = pd.Index([2, 9], name=ROW)
    result, (problem,) = canonical(frame, "population")
    assert problem.row == 9
    assert result.index.tolist() == [0, 1]


def test_codes_that_a_spreadsheet_made_numbers_are_text_again():
    frame = population()
    frame["area_id"] = [101.0, 101.0]
    result, _ = canonical(frame, "population")
    assert result["area_id"].tolist() == ["101", "101"]


def test_a_day_before_the_calendar_is_a_problem_and_no_crash():
    row = {field["name"]: field["example"] for field in contract("demands")["fields"]}
    frame = pd.DataFrame([row | {"received_on": "31/12/2024"}])
    assert [p.code for p in validate(frame, "demands")] == ["type"]


def test_one_error_speaks_for_a_file_with_many_mistakes(tmp_path):
    problems = validate(population(year="x", sex="y"), "population")
    error = summary(problems, tmp_path / "population.csv")
    assert "row 3" in error.where and "one more problem" in error.remedy


@given(
    st.lists(
        st.tuples(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6)),
        max_size=8,
    )
)
def test_any_text_gives_the_types_of_the_contract_or_a_problem(rows):
    columns = ["area_id", "population", "year"]
    frame = pd.DataFrame(rows, columns=columns, dtype="str")
    result, _ = convert(frame, contract("population"))
    assert len(result) == len(frame)
    assert result["population"].dtype == "float64"
    assert str(result["area_id"].dtype) == "str"
    assert str(result["year"].dtype) in ("int64", "Int64")
