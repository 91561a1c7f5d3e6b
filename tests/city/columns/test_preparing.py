"""What a profile says of a file's text is done to it, row by row."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.columns.preparing import prepare
from safelearn.city.columns.profiles import parse_profile


def profile(text):
    return parse_profile(f'name = "ours"\n{text}', where="ours.toml")


def table(**columns):
    return pd.DataFrame(columns, dtype="str")


def test_a_word_for_missing_is_missing_in_any_case_and_with_blanks():
    frame = table(barrio=["Centro", " (NULL)", "-", "San Luis - Norte"])
    said = profile(
        '[columns]\narea_name = ["barrio"]\n[missing]\nwords = ["(null)", "-"]\n'
    )
    assert prepare(frame, said)["barrio"].tolist() == [
        "Centro",
        "",
        "",
        "San Luis - Norte",
    ]


def test_a_word_may_mean_missing_in_one_column_only():
    frame = table(sexo=["D", "F"], barrio=["D", "E"])
    said = profile(
        '[columns]\nvictim_sex = ["sexo"]\narea_name = ["barrio"]\n[missing]\nvictim_sex = ["D"]\n'
    )
    prepared = prepare(frame, said)
    assert prepared["sexo"].tolist() == ["", "F"]
    assert prepared["barrio"].tolist() == ["D", "E"]


def test_an_identifier_of_several_columns_needs_all_of_them():
    frame = table(NUM_BO=["12", "12", ""], ANO_BO=["2023", "2024", "2024"])
    said = profile('[compose]\nincident_id = ["num bo", ["ano bo", "year"]]\n')
    column = said.assign(frame.columns)["incident_id"]
    prepared = prepare(frame, said)
    assert prepared[column].tolist() == ["12/2023", "12/2024", ""]
    assert said.assign(prepared.columns) == said.assign(frame.columns)


def test_where_a_part_of_an_identifier_is_not_in_the_file_the_plain_column_serves():
    said = profile(
        '[columns]\nincident_id = ["folio"]\n[compose]\nincident_id = ["num bo", "ano bo"]\n'
    )
    assert said.assign(["FOLIO", "NUM_BO"]) == {"incident_id": "FOLIO"}


def test_a_label_carries_its_detail_only_where_it_is_asked_for():
    frame = table(
        tipo=["HOMICIDIO", "ROBO", "Homicidio"],
        detalle=["Culposo", "A mano armada", ""],
    )
    said = profile(
        '[columns]\noffence_label = ["tipo"]\n[offence]\ndetail = ["detalle"]\ndetail_of = ["homicidio"]\n'
    )
    once = prepare(frame, said)
    assert once["tipo"].tolist() == ["HOMICIDIO › Culposo", "ROBO", "Homicidio"]
    assert prepare(once, said)["tipo"].tolist() == once["tipo"].tolist()


def test_a_field_may_be_read_from_a_column_that_serves_another():
    frame = table(delito=["VIOLENCIA FAMILIAR", "ROBO"], notas=["0416 2000", "12000 1"])
    said = profile(
        '[columns]\noffence_label = ["delito"]\n'
        '[[derive]]\nfield = "domestic"\ncolumn = ["delito"]\n'
        '[derive.values]\n"violencia familiar" = "yes"\n'
    )
    prepared = prepare(frame, said)
    assert prepared[said.assign(frame.columns)["domestic"]].tolist() == ["yes", ""]
    within = profile(
        '[[derive]]\nfield = "domestic"\ncolumn = ["notas"]\nwithin = true\n[derive.values]\n"2000" = "yes"\n'
    )
    assert prepare(frame, within)["notas: domestic"].tolist() == ["yes", ""]


@pytest.mark.parametrize(
    "written",
    [
        "POINT (-87.6 41.8)",
        "(41.8, -87.6)",
        "{'type': 'Point', 'coordinates': [-87.6, 41.8]}",
        "1 Main St\nChicago\n(41.8, -87.6)",
        "41.8, -87.6",
        "41.8 -87.6",
    ],
)
def test_a_point_written_as_text_is_longitude_and_latitude(written):
    said = profile('[columns]\npoint = ["location"]\n')
    frame = table(Location=[written, ""])
    columns = said.assign(frame.columns)
    prepared = prepare(frame, said)
    assert prepared[columns["longitude"]].tolist() == ["-87.6", ""]
    assert prepared[columns["latitude"]].tolist() == ["41.8", ""]


def test_a_point_with_decimal_commas_is_parted_by_a_semicolon():
    said = profile('[columns]\npoint = ["location"]\n')
    prepared = prepare(table(Location=["(41,8; -87,6)", "Calle 5 10"]), said)
    assert prepared["Location: longitude"].tolist() == ["-87,6", ""]


def test_a_file_in_pieces_is_prepared_as_it_is_as_a_whole():
    frame = table(
        tipo=["A", "B", "A", "NULL"],
        detalle=["x", "y", "", "z"],
        p=["(1.5, 2.5)", "", "NULL", "(3.5, 4.5)"],
    )
    said = profile(
        '[columns]\noffence_label = ["tipo"]\npoint = ["p"]\n[offence]\ndetail = ["detalle"]\n'
        '[missing]\nwords = ["NULL"]\n'
    )
    pieces = pd.concat([prepare(frame[i : i + 1], said) for i in range(4)])
    pd.testing.assert_frame_equal(pieces, prepare(frame, said))
