"""Exports of KoboToolbox: questions found by name or label, and nobody's words, place or name kept."""

from __future__ import annotations

import geopandas
import pandas as pd
import pytest
from shapely import box

from safelearn.city.files.formats import Source
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.kobo import read_kobo, table_of
from safelearn.city.tables.kobo_sheets import is_kobo, is_repeat
from safelearn.errors import SafelearnError

AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])
#: Three interviews as the server exports them, with what the sampling office joined to them.
SERVER = {
    "start": ["2024-12-30T10:02:11.000-05:00"] * 3,
    "_id": ["881", "882", "883"],
    "_uuid": ["u-1", "u-2", "u-3"],
    "_submission_time": ["2025-01-04T03:00:00"] * 3,
    "__version__": ["v1", "v1", "v2"],
    "_submitted_by": ["enumerator_7"] * 3,
    "stratum": ["North", "North", "South"],
    "psu": ["N1", "N2", "S1"],
    "weight": ["112,5", "90", "101,25"],
    "person/sex": ["female", "male", "female"],
}


def read(table="survey", areas=AREAS, drop=(), **columns):
    whole = {k: v for k, v in SERVER.items() if k not in drop} | columns
    source = Source(frame=pd.DataFrame(whole, dtype="str"), name="export.xlsx")
    return read_kobo(source, table, {"areas": {"01", "02"}}, areas)


def answers(reading, column):
    return [None if pd.isna(v) else v for v in reading.frame[column]]


def said(reading, *words):
    return any(all(w in note for w in words) for note in reading.notes)


def test_an_export_is_known_by_the_columns_that_only_the_server_adds():
    assert is_kobo(SERVER) and not is_kobo(["_id", "name"])
    assert table_of([*SERVER, "safety/walk_dark"]) == "survey"
    assert table_of(["_id", "_uuid", "visit/place_id", "visit/lamps", "visit/light"]) == "audits"  # fmt: skip


def test_questions_are_found_behind_the_names_of_their_groups():
    reading = read(**{"safety/feelings/walk_dark": ["unsafe", "safe", "very_safe"]})
    assert answers(reading, "walk_dark") == ["unsafe", "safe", "very_safe"]
    assert list(reading.frame["weight"]) == [112.5, 90.0, 101.25]


def test_questions_and_answers_are_found_by_their_labels_in_english_and_spanish():
    question = "How safe do you feel walking alone in your neighbourhood after dark?"
    reading = read(
        **{
            f"Safety/{question}": ["A bit unsafe", "Very safe", "Don't know"],
            "Seguridad/Confianza en la policía": ["Mucha", "Poca", "No sabe"],
        }
    )
    assert answers(reading, "walk_dark") == ["unsafe", "very_safe", "dont_know"]
    assert answers(reading, "trust_police") == ["a_lot", "little", "dont_know"]


def test_the_year_is_that_of_the_interview_and_not_of_the_upload():
    reading = read()
    assert answers(reading, "year") == [2024, 2024, 2024]
    assert said(reading, "year was taken from start")


def test_the_number_of_a_form_on_the_server_is_not_kept():
    reading = read()
    assert reading.frame["respondent_id"].is_unique
    assert not reading.frame.to_csv().count("u-1") and "881" not in list(reading.frame["respondent_id"])  # fmt: skip
    again = read()
    assert answers(reading, "respondent_id") == answers(again, "respondent_id")


def test_one_choice_in_columns_of_0_and_1_is_put_together():
    reading = read(
        **{
            "safety/unsafe_reason/crime": ["1", "0", "0"],
            "safety/unsafe_reason/lighting": ["0", "True", "0"],
            "safety/unsafe_reason/other": ["0", "0", "0"],
        }
    )
    assert answers(reading, "unsafe_reason") == ["crime", "lighting", None]


def test_several_choices_where_one_is_kept_count_as_none_and_are_counted():
    reading = read(**{"unsafe_reason": ["crime lighting", "crime", ""]})
    assert answers(reading, "unsafe_reason") == [None, "crime", None]
    assert said(reading, "unsafe_reason: 1 person chose several")


def test_a_column_of_choices_beside_its_columns_of_0_and_1_says_the_same_once():
    reading = read(
        **{
            "unsafe_reason": ["crime lighting", "crime", ""],
            "unsafe_reason/crime": ["1", "1", ""],
            "unsafe_reason/lighting": ["1", "0", ""],
        }
    )
    assert answers(reading, "unsafe_reason") == [None, "crime", None]
    assert said(reading, "unsafe_reason: 1 person chose several")


def test_a_question_that_moved_between_versions_is_joined():
    reading = read(
        **{"a/walk_dark": ["safe", "unsafe", ""], "b/walk_dark": ["", "safe", "unsafe"]}
    )
    assert answers(reading, "walk_dark") == ["safe", None, "unsafe"]
    assert said(reading, "several versions", "walk_dark")
    assert said(reading, "walk_dark: in 1 form two versions")


def test_codes_for_refused_are_no_ages():
    reading = read(**{"person/age": ["34", "-99", "-98"]})
    assert answers(reading, "age") == [34, None, None]
    assert said(reading, "2 answers were codes")


def test_codes_and_words_for_no_answer_become_the_contracts_own():
    reading = read(
        **{
            "assault": ["-99", "refused", "never"],
            "walk_dark": ["98", "dk", "refused"],
        }
    )
    assert answers(reading, "assault") == ["no_answer", "no_answer", "never"]
    # Who refused was asked, and stays below the line of the share.
    assert answers(reading, "walk_dark") == ["dont_know", "dont_know", "dont_know"]


def test_free_texts_are_never_taken_and_are_named():
    reading = read(
        **{
            "safety/unsafe_reason_other": ["my neighbour Juan", "", ""],
            "comentario final": ["", "vive en la casa azul", ""],
            "Otro, ¿cuál?": ["", "", "x"],
        }
    )
    assert "Juan" not in reading.frame.to_csv()
    assert said(
        reading, "free texts", "unsafe_reason_other", "comentario final", "cuál"
    )


def test_names_and_telephones_are_never_taken():
    reading = read(**{"person/telefono": ["300", "301", ""], "full_name": ["A B", "C D", ""]})  # fmt: skip
    assert said(reading, "single people", "person/telefono")


def test_coordinates_place_a_form_and_are_not_kept():
    shapes = geopandas.GeoDataFrame(
        {"area_id": ["01", "02"]},
        geometry=[box(-75, 6, -74, 7), box(-74, 6, -73, 7)],
        crs=4326,
    )
    areas = KnownAreas(["01", "02"], ["Alto", "Bajo"], shapes)
    reading = read(
        areas=areas,
        **{
            "_gps_latitude": ["6.5", "6.5", ""],
            "_gps_longitude": ["-74.5", "-73.5", ""],
            "gps": ["6.5 -74.5 0 5", "6.5 -73.5 0 5", ""],
        },
    )
    assert answers(reading, "area_id") == ["01", "02", None]
    assert "74.5" not in reading.frame.to_csv()
    assert said(reading, "2 forms were placed") and said(reading, "Coordinates are not kept")  # fmt: skip


def test_an_area_may_be_answered_by_its_name():
    assert answers(read(**{"barrio": ["Alto", "BAJO", ""]}), "area_id") == ["01", "02", None]  # fmt: skip


def test_who_did_not_agree_and_what_was_rejected_stays_out():
    reading = read(
        **{
            "consent": ["yes", "no", "yes"],
            "_validation_status": ["", "", "validation_status_not_approved"],
        }
    )
    assert reading.accounting.set_aside == {"no consent": 1, "not approved": 1}
    assert len(reading.frame) == 1


def test_a_survey_without_its_sampling_is_refused_with_what_is_missing():
    with pytest.raises(SafelearnError, match="`stratum`, `psu`, and `weight`"):
        read(drop=("stratum", "psu", "weight"))


def test_the_sheet_of_a_repeated_group_is_refused():
    assert is_repeat(["crime", "_index", "_parent_table_name", "_parent_index"])
    source = Source(
        frame=pd.DataFrame({"crime": ["x"], "_parent_index": ["1"], "_parent_table_name": ["f"]}),
        name="export.xlsx: crimes",
    )  # fmt: skip
    with pytest.raises(SafelearnError, match="repeated within the forms"):
        read_kobo(source, "survey", {})


def test_the_forms_are_read_even_where_a_repeated_group_has_more_rows(tmp_path):
    from openpyxl import Workbook

    from safelearn.city.files.formats import read_source

    book = Workbook()
    forms, crimes = book.active, book.create_sheet("crimes")
    forms.append(list(SERVER))
    for row in zip(*SERVER.values(), strict=True):
        forms.append(list(row))
    crimes.append(["crime", "place", "_index", "_parent_table_name", "_parent_index"])
    for i in range(60):
        crimes.append(["theft", "market", i + 1, "forms", i % 3 + 1])
    book.save(tmp_path / "export.xlsx")
    source = read_source(tmp_path / "export.xlsx")
    reading = read_kobo(source, "survey", {}, AREAS)
    assert reading.accounting.rows_read == 3
    assert any("crimes" in note for note in source.notes)


def test_an_audit_keeps_its_scores_and_not_the_raters_name():
    reading = read(
        "audits",
        drop=("stratum", "psu", "weight", "person/sex"),
        **{
            "visit/place_id": ["P1", "P1", "P2"],
            "visit/barrio": ["Alto", "Alto", "Bajo"],
            "visit/light": ["Noche", "Día", "dark"],
            "visit/rater": ["María Pérez", "María Pérez", "B"],
            "visit/score_lighting": ["0", "3", "1"],
            "visit/note": ["frente a la casa de Juan", "", ""],
        },
    )
    assert answers(reading, "light") == ["dark", "day", "dark"]
    assert [str(d.date()) for d in reading.frame["visited_on"]] == ["2024-12-30"] * 3
    raters = answers(reading, "rater")
    assert raters[0] == raters[1] != "María Pérez" and raters[2] == "B"
    assert answers(reading, "note") == [None, None, None]
    assert said(reading, "free text", "visit/note")
