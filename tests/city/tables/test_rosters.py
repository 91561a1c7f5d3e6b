"""Lists of people are counted; no name, telephone or paper number reaches a table."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.files.formats import Source
from safelearn.city.places.matching import KnownAreas
from safelearn.city.tables.other_tables import guess_other, read_other
from safelearn.errors import SafelearnError

AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"])
SIGNED = {
    "Nombre y apellido": ["Ana Ruiz", "Luis Paz", "Eva Mar", "Ana Ruiz", "Iris Sol"],
    "Cédula": ["1020304", "1020305", "1020306", "1020304", "1020307"],
    "Teléfono": ["300 111 2222"] * 5,
    "Sexo": ["F", "M", "F", "F", "F"],
    "Edad": ["34", "41", "16", "34", "60"],
    "Actividad": ["Taller de luces"] * 5,
    "Fecha": ["13/05/2024"] * 5,
    "Fase": ["Diagnóstico"] * 5,
}


def read(table, columns, titles=()):
    source = Source(frame=pd.DataFrame(columns, dtype="str"), name="lista.xlsx", titles=titles)  # fmt: skip
    return read_other(source, table, {"areas": {"01", "02"}}, AREAS)


def said(reading, *words):
    return any(all(w in note for w in words) for note in reading.notes)


def test_people_are_counted_by_group_and_no_name_is_kept():
    reading = read("participation", SIGNED)
    counts = dict(
        zip(reading.frame["group"], reading.frame["participants"], strict=True)
    )
    assert counts == {"women": 2, "men": 1, "children": 1}
    text = reading.frame.to_csv()
    assert not any(word in text for word in ("Ana", "1020304", "300 111"))
    assert list(reading.frame["kind"].unique()) == ["workshop"]
    assert said(reading, "single people", "Cédula", "source/")


def test_a_person_who_signed_twice_is_one_person():
    reading = read("participation", SIGNED)
    assert reading.accounting.rows_read == 5
    assert reading.accounting.set_aside == {"repeated row": 1}


def test_two_activities_are_counted_apart_and_a_person_in_each():
    columns = SIGNED | {"Actividad": ["Taller A"] * 3 + ["Taller B"] * 2}
    reading = read("participation", columns)
    assert reading.accounting.rows_used == 5
    assert reading.frame["activity_id"].nunique() == 2


def test_the_activity_may_stand_above_the_list():
    columns = {k: v for k, v in SIGNED.items() if k != "Actividad"}
    reading = read("participation", columns, titles=("Asamblea de la comuna 4",))
    assert list(reading.frame["activity"].unique()) == ["Asamblea de la comuna 4"]
    assert list(reading.frame["kind"].unique()) == ["assembly"]


def test_a_list_that_does_not_say_its_phase_is_refused_and_nothing_is_made_up():
    columns = {k: v for k, v in SIGNED.items() if k != "Fase"}
    with pytest.raises(SafelearnError, match="`phase`"):
        read("participation", columns)


def test_where_people_live_is_not_where_the_activity_was():
    reading = read("participation", SIGNED | {"Barrio": ["Alto", "Bajo", "Alto", "Alto", "Bajo"]})  # fmt: skip
    assert reading.frame["area_id"].isna().all()
    assert said(reading, "where people live")
    same = read("participation", SIGNED | {"Barrio": ["Alto"] * 5})
    assert list(same.frame["area_id"].unique()) == ["01"]


def test_votes_of_people_become_votes_by_option():
    reading = read(
        "ballots",
        {
            "Nombre completo": ["A B", "C D", "E F"],
            "DNI": ["40111222", "40111223", "40111224"],
            "Fecha": ["2024-06-08"] * 3,
            "Tipo": ["Presupuesto participativo"] * 3,
            "Proyecto": ["Luces", "Luces", "Cancha"],
        },
    )
    votes = dict(zip(reading.frame["option"], reading.frame["votes"], strict=True))
    assert votes == {"Luces": 2, "Cancha": 1}
    assert "40111222" not in reading.frame.to_csv()


def test_a_register_keeps_the_organisation_and_not_who_answers_its_telephone():
    reading = read(
        "stakeholders",
        {
            "Nombre": ["Ana Ruiz"],
            "Organización": ["Colectivo Luz"],
            "Tipo": ["ONG"],
            "Teléfono": ["300 111 2222"],
        },
    )
    assert list(reading.frame["name"]) == ["Colectivo Luz"]
    assert list(reading.frame["type"]) == ["ngo"]
    assert said(reading, "single people", "Nombre", "Teléfono")


def test_a_list_of_people_is_no_register_of_organisations():
    with pytest.raises(SafelearnError, match="lists people"):
        read("stakeholders", {"Nombre": ["Ana Ruiz"], "Cédula": ["1020304"]})


def test_a_table_of_counts_is_read_as_it_is():
    reading = read(
        "participation",
        {
            "activity_id": ["T1"],
            "Actividad": ["Caminata nocturna"],
            "Tipo": ["Caminata exploratoria"],
            "Fase": ["diagnosis"],
            "Fecha": ["2024-05-14"],
            "Grupo": ["Mujeres"],
            "Asistentes": ["12"],
        },
    )
    row = reading.frame.iloc[0]
    assert (row["kind"], row["group"], row["participants"]) == (
        "safety_walk",
        "women",
        12,
    )


def test_other_tables_are_known_by_their_columns():
    assert guess_other(["_id", "_uuid", "__version__", "safety/walk_dark"]) == "survey"
    assert guess_other(["Rubro", "Aprobado", "Devengado"]) == "budget"
    assert guess_other(["fecha", "delito", "barrio"]) is None
