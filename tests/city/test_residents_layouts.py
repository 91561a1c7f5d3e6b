"""Population tables in every layout that offices publish: nobody twice, nobody lost, no year invented."""

from __future__ import annotations

import pandas as pd

from safelearn.city.files.formats import Source, read_source
from safelearn.city.places.matching import KnownAreas
from safelearn.city.population import population_by
from safelearn.city.tables.residents import looks_like_population, read_population

AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])


def read(columns, areas=AREAS, name="p.csv"):
    source = Source(frame=pd.DataFrame(columns, dtype="str"), kind="text", name=name)
    return read_population(source, areas, year=2023)


def figures(reading):
    columns = ["area_id", "sex", "age_group", "year", "population"]
    return {tuple(r[:4]): r[4] for r in reading.frame[columns].itertuples(index=False)}


def people(reading, *by, year=None):
    found = population_by(reading.frame, ("area_id", *by), year)
    return dict(zip(found["area_id"], found["population"], strict=True))


# -- wide ---------------------------------------------------------------------------------------------------


def test_columns_of_men_and_women_by_age_become_rows():
    reading = read(
        {
            "codigo": ["01"],
            "H 0-4": ["10"],
            "H 80+": ["2"],
            "M 0-4": ["11"],
            "M 80+": ["5"],
        }
    )
    assert figures(reading) == {
        ("01", "male", "0-4", 2023): 10,
        ("01", "male", "80+", 2023): 2,
        ("01", "female", "0-4", 2023): 11,
        ("01", "female", "80+", 2023): 5,
    }


def test_years_in_columns_are_years_and_the_rows_are_used():
    reading = read({"codigo": ["01", "02"], "2018": ["1.200", "900"], "2019": ["1.250", "910"]})  # fmt: skip
    assert figures(reading) == {
        ("01", "all", "all", 2018): 1200,
        ("02", "all", "all", 2018): 900,
        ("01", "all", "all", 2019): 1250,
        ("02", "all", "all", 2019): 910,
    }
    assert reading.accounting.rows_used == 2 and "population_year_assumed" not in reading.figures  # fmt: skip


def test_single_years_of_age_are_added_up_to_groups_of_five():
    ages = {str(a): ["1", "2"] for a in range(100)} | {"100+": ["3", "4"]}
    reading = read({"codigo": ["01", "02"], **ages})
    found = figures(reading)
    assert found["01", "all", "0-4", 2023] == 5 and found["02", "all", "10-14", 2023] == 10  # fmt: skip
    assert found["01", "all", "85+", 2023] == 15 + 3
    assert people(reading) == {"01": 103, "02": 204}


def test_totals_beside_their_parts_are_never_added_to_them():
    reading = read(
        {
            "codigo": ["01"],
            "Total": ["100"],
            "Hombres": ["48"],
            "Mujeres": ["52"],
            "0-14": ["30"],
            "15-64": ["60"],
            "65+": ["10"],
        }
    )
    assert people(reading) == {"01": 100}
    assert population_by(reading.frame, ("sex",))["population"].tolist() == [52, 48]
    assert population_by(reading.frame, ("age_group",))["population"].sum() == 100


def test_broad_age_groups_beside_fine_ones_are_left_out():
    reading = read(
        {
            "codigo": ["01"],
            "0-4": ["10"],
            "5-9": ["10"],
            "10-14": ["10"],
            "0-14": ["30"],
            "15+": ["70"],
            "18+": ["64"],
        }
    )
    assert people(reading) == {"01": 100}
    assert any("0-14 and 18+" in note for note in reading.notes)


def test_a_percentage_and_a_density_are_no_people():
    reading = read(
        {"codigo": ["01"], "0-14": ["30"], "15+": ["70"], "% 0-14": ["30"], "Densidad": ["5000"]}
    )  # fmt: skip
    assert people(reading) == {"01": 100}


def test_a_missing_group_does_not_make_its_area_smaller():
    reading = read(
        {
            "codigo": ["01", "02"],
            "Total": ["100", "50"],
            "Hombres": ["48", "*"],
            "Mujeres": ["52", "26"],
        }
    )
    assert people(reading) == {"01": 100, "02": 50}
    assert reading.accounting.rows_used == 2
    assert ("02", "female", "all", 2023) not in figures(reading)
    assert any("lacks some figures" in note for note in reading.notes)


def test_parts_that_do_not_add_up_to_their_total_are_said():
    reading = read(
        {"codigo": ["01", "02"], "Total": ["100", "50"], "Hombres": ["48", "20"], "Mujeres": ["52", "20"]}
    )  # fmt: skip
    assert any("In 1 area the groups do not add up" in note for note in reading.notes)


def test_households_and_dwellings_stand_beside_the_people():
    reading = read({"codigo": ["01"], "Población": ["100"], "Hogares": ["31"], "Viviendas": ["35"]})  # fmt: skip
    row = reading.frame.iloc[0]
    assert (row["population"], row["households"], row["dwellings"]) == (100, 31, 35)


# -- long ---------------------------------------------------------------------------------------------------


def test_rows_for_both_sexes_are_totals_and_not_a_third_sex():
    reading = read(
        {
            "codigo": ["01"] * 3,
            "sexo": ["Ambos sexos", "Hombres", "Mujeres"],
            "población": ["100", "48", "52"],
        }
    )
    assert people(reading) == {"01": 100}
    assert figures(reading)["01", "all", "all", 2023] == 100


def test_h_and_m_in_a_column_are_man_and_woman():
    reading = read(
        {"codigo": ["01", "01"], "sexo": ["H", "M"], "personas": ["48", "52"]}
    )
    assert figures(reading)["01", "female", "all", 2023] == 52


def test_an_area_named_once_above_its_rows():
    reading = read(
        {
            "barrio": ["Alto", "", "Bajo", ""],
            "sexo": ["Hombres", "Mujeres"] * 2,
            "valor": ["48", "52", "20", "21"],
        },
        name="población 2018.xlsx",
    )
    assert people(reading) == {"01": 100, "02": 41}
    assert any("2 rows name no area" in note for note in reading.notes)


def test_of_a_census_and_a_projection_for_one_year_the_census_is_taken():
    reading = read(
        {
            "codigo": ["01"] * 3,
            "fuente": ["Proyección", "Censo", "Proyección"],
            "año": ["2018", "2018", "2020"],
            "población": ["990", "1000", "1050"],
        }
    )
    assert figures(reading) == {
        ("01", "all", "all", 2018): 1000,
        ("01", "all", "all", 2020): 1050,
    }
    assert reading.accounting.set_aside == {"repeated row": 1}
    assert any("the census was taken" in note for note in reading.notes)


def test_several_years_in_rows_stay_apart():
    reading = read({"codigo": ["01", "01"], "year": ["2018", "2020.0"], "population": ["90", "95"]})  # fmt: skip
    assert people(reading, year=2018) == {"01": 90} and people(reading) == {"01": 95}


def test_a_row_without_a_year_among_rows_with_one_is_set_aside():
    reading = read({"codigo": ["01", "02"], "year": ["2018", ""], "population": ["90", "95"]})  # fmt: skip
    assert reading.accounting.set_aside == {"breaks the contract": 1}


def test_single_years_in_rows_are_all_used():
    ages = [str(a) for a in range(20)] + ["20 y más"]
    reading = read(
        {"codigo": ["01"] * 21, "edad": ages, "población": ["2"] * 20 + ["60"]}
    )
    assert people(reading) == {"01": 100} and reading.accounting.rows_used == 21
    assert figures(reading)["01", "all", "15-19", 2023] == 10


# -- rows that add others up ----------------------------------------------------------------------------------


def test_districts_among_their_neighbourhoods_and_the_city_below_are_sums():
    areas = KnownAreas(["0101", "0102", "0201", "0202"], ["A", "B", "C", "D"])
    reading = read(
        {
            "codigo": ["01", "0101", "0102", "02", "0201", "0202", ""],
            "nombre": ["Norte", "A", "B", "Sur", "C", "D", "Total ciudad"],
            "población": ["30", "10", "20", "70", "30", "40", "100"],
        },
        areas,
    )
    assert reading.accounting.set_aside == {"total row": 3}
    assert people(reading) == {"0101": 10, "0102": 20, "0201": 30, "0202": 40}


def test_a_strange_area_that_adds_nothing_up_is_reported_and_not_called_a_sum():
    reading = read({"codigo": ["01", "02", "77"], "población": ["10", "20", "55"]})
    assert reading.accounting.set_aside == {"unknown area": 1}
    assert any("77" in note for note in reading.notes)


def test_the_word_total_in_the_column_of_sexes_is_no_sum_of_areas():
    reading = read({"codigo": ["01", "02"], "sexo": ["Total", "Total"], "población": ["10", "20"]})  # fmt: skip
    assert reading.accounting.rows_used == 2


# -- codes, names, marks --------------------------------------------------------------------------------------


def test_codes_whose_zeros_a_spreadsheet_ate_are_known_again():
    reading = read({"codigo": ["1", "2"], "población": ["10", "20"]})
    assert people(reading) == {"01": 10, "02": 20}
    assert any("leading zeros: 1 was read as 01" in note for note in reading.notes)


def test_thousands_marks_of_several_countries():
    for written in ("1.234.567", "1,234,567", "1 234 567", "1'234'567", "1\u202f234\u202f567"):  # fmt: skip
        assert people(read({"codigo": ["01"], "población": [written]})) == {
            "01": 1234567
        }


# -- the year ---------------------------------------------------------------------------------------------------


def test_the_year_is_taken_from_the_files_name_with_its_words():
    reading = read({"codigo": ["01"], "población": ["10"]}, name="censo_2017.xlsx")
    assert figures(reading) == {("01", "all", "all", 2017): 10}
    assert any("2017" in n and "censo_2017.xlsx" in n for n in reading.notes)


def test_the_year_is_taken_from_the_sheet_before_the_files_name():
    reading = read({"codigo": ["01"], "población": ["10"]}, name="export 2024.xlsx: Censo 2017")  # fmt: skip
    assert figures(reading) == {("01", "all", "all", 2017): 10}


def test_the_line_above_the_table_says_the_year(tmp_path):
    path = tmp_path / "export 2024.csv"
    path.write_text(
        "Población por barrio. Censo 2017\n\ncodigo,barrio,población\n01,Alto,10\n02,Bajo,20\n"
    )
    reading = read_population(read_source(path), AREAS, year=2023)
    assert figures(reading) == {
        ("01", "all", "all", 2017): 10,
        ("02", "all", "all", 2017): 20,
    }


def test_a_sheet_with_sexes_over_ages_and_a_title(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Población proyectada 2021"])
    sheet.append([])
    sheet.append(["Código", "Barrio", "Hombres", None, "Mujeres", None, "Total"])
    sheet.append([None, None, "0-14", "15 y más", "0-14", "15 y más", None])
    sheet.append(["01", "Alto", 5, 6, 7, 8, 26])
    sheet.append(["02", "Bajo", 1, 2, 3, 4, 10])
    sheet.append(["Total", None, 6, 8, 10, 12, 36])
    sheet.merge_cells("C3:D3")
    book.save(tmp_path / "p.xlsx")
    reading = read_population(read_source(tmp_path / "p.xlsx"), AREAS, year=2023)
    assert figures(reading)["02", "female", "15+", 2021] == 4
    assert people(reading) == {"01": 26, "02": 10}


def test_single_years_of_age_as_titles_are_no_first_record(tmp_path):
    ages = ",".join(map(str, range(101)))
    path = tmp_path / "edades_2020.csv"
    rows = [f"0{i}," + ",".join(["1"] * 101) for i in (1, 2)]
    path.write_text("\n".join([f"codigo,{ages}", *rows]))
    reading = read_population(read_source(path), AREAS, year=2023)
    assert people(reading) == {"01": 101, "02": 101}


def test_two_years_in_a_name_are_no_evidence():
    reading = read({"codigo": ["01"], "población": ["10"]}, name="pob_2015-2020.xlsx")
    assert reading.figures["population_year_assumed"] == 1


def test_a_year_that_nobody_states_is_marked_as_assumed():
    reading = read({"codigo": ["01"], "población": ["10"]})
    assert reading.figures["population_year_assumed"] == 1
    assert any("2023 was assumed" in note for note in reading.notes)


# -- which table it is --------------------------------------------------------------------------------------------


def test_years_as_columns_are_people_only_if_something_says_so():
    headers = ["codigo", "barrio", "2018", "2019"]
    assert looks_like_population(headers, "poblacion.csv")
    assert not looks_like_population(headers, "homicidios.csv")
    assert not looks_like_population(["estación", "delito", "2018", "2019"], "censo")
