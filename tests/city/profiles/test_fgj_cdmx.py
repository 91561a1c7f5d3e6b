"""Mexico City's prosecutor renames its columns from release to release, and writes NA where it knows nothing."""

from __future__ import annotations

import pytest

from safelearn.city.columns.profiles import match_profile

OLD = (
    "ao_hechos,mes_hechos,fecha_hechos,hora_hechos,ao_inicio,mes_inicio,fecha_inicio,delito,categoria_delito,"
    "fiscalia,calle_hechos,colonia_hechos,alcaldia_hechos,longitud,latitud"
)
NEW = (
    "anio_inicio,mes_inicio,fecha_inicio,hora_inicio,anio_hecho,mes_hecho,fecha_hecho,hora_hecho,delito,"
    "categoria_delito,sexo,edad,tipo_persona,calidad_juridica,competencia,fiscalia,agencia,unidad_investigacion,"
    "colonia_hecho,colonia_catalogo,alcaldia_hecho,alcaldia_catalogo,municipio_hecho,latitud,longitud"
)
ROBBERY = "ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA"
HIGH = '"ROBO A TRANSEUNTE EN VÍA PÚBLICA CON Y SIN VIOLENCIA"'
LOW, NONE = "DELITO DE BAJO IMPACTO", "HECHO NO DELICTIVO"
OLD_ROWS = [
    f"2019,Junio,2019-06-14,21:30:00,2019,Junio,2019-06-15,{ROBBERY},{HIGH},F,X,CENTRO,IZTAPALAPA,-99.05,19.35",
    f"2019,Junio,2019-06-16,03:10:00,2019,Junio,2019-06-16,VIOLENCIA FAMILIAR,{LOW},F,X,DEL CARMEN,COYOACAN,NA,NA",
    f"2019,Junio,2019-06-17,12:00:00,2019,Julio,2019-07-01,FRAUDE,{LOW},F,X,NA,CDMX (indeterminada),NA,NA",
    f"2019,Junio,2019-06-18,08:45:00,2019,Junio,2019-06-18,DENUNCIA DE HECHOS,{NONE},F,X,NA,COYOACAN,-99.15,19.34",
    f"2019,Junio,2019-06-18,23:05:00,2019,Junio,2019-06-19,ROBO DE OBJETOS,{LOW},F,X,NA,TOLUCA,-99.65,19.29",
    f"NA,NA,NA,NA,2019,Junio,2019-06-20,AMENAZAS,{LOW},F,X,NA,COYOACAN,NA,NA",
]
TAIL = "FISICA,VICTIMA,FUERO COMUN,F,A,U"
NOWHERE = "CDMX (indeterminada)"
NEW_ROWS = [
    f"2024,Enero,2024-01-03,10:00:00,2024,Enero,2024-01-02,22:15:00,{ROBBERY},{HIGH},Femenino,31,{TAIL},"
    "CENTRO,Centro,IZTAPALAPA,Iztapalapa,NA,19.35,-99.05",
    "2024,Enero,2024-01-05,10:00:00,2024,Enero,2024-01-05,00:00:00,HOMICIDIO POR ARMA DE FUEGO,HOMICIDIO DOLOSO,"
    f"Masculino,NA,{TAIL},NA,NA,COYOACAN,Coyoacán,NA,NA,NA",
    "2024,Enero,2024-01-06,10:00:00,2023,Diciembre,2023-12-30,17:40:00,VIOLACION,VIOLACIÓN,NA,0,"
    f"{TAIL},NA,NA,{NOWHERE},{NOWHERE},NA,NA,NA",
]
BOROUGHS = {"09003": "Coyoacán", "09007": "Iztapalapa"}
BOXES = {
    "09003": (-99.20, 19.30, -99.12, 19.36),
    "09007": (-99.12, 19.30, -98.96, 19.40),
}


@pytest.fixture
def mexico(city):
    return city("Ciudad de México", areas=BOROUGHS, boxes=BOXES)


def test_the_old_plural_headers_with_the_broken_letter_are_known():
    assert match_profile(OLD.split(","))[0].name == "fgj-cdmx"


def test_the_new_singular_headers_are_known():
    assert match_profile(NEW.split(","))[0].name == "fgj-cdmx"


def test_every_row_of_the_old_file_is_accounted_for(mexico, csv):
    result, _ = mexico.take(csv("carpetas_2019.csv", OLD, *OLD_ROWS))
    assert result.rows_read == 6 and result.rows_used == 4
    assert result.set_aside == {"no readable date": 1, "not an event": 1}


def test_a_file_that_was_opened_for_no_offence_is_no_event(mexico, csv):
    _, rows = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS))
    assert "DENUNCIA DE HECHOS" not in set(rows["offence_label"])


def test_na_is_nothing_and_the_borough_named_takes_its_place(mexico, csv):
    result, rows = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS))
    assert list(rows["area_id"]) == ["09007", "09003", None, None]
    assert list(rows["place_precision"]) == ["exact", "area", "none", "exact"]
    assert result.located == 2


def test_a_point_in_the_next_state_is_not_in_the_city(mexico, csv):
    _, rows = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS))
    toluca = rows[rows["offence_label"] == "ROBO DE OBJETOS"]
    assert list(toluca["area_id"]) == [None]


def test_it_is_the_day_of_the_event_and_not_of_the_report(mexico, csv):
    _, rows = mexico.take(csv("victimas.csv", NEW, *NEW_ROWS))
    assert [str(t)[:10] for t in rows["occurred_from"]] == [
        "2024-01-02", "2024-01-05", "2023-12-30",
    ]  # fmt: skip


def test_victims_have_a_sex_and_an_age_where_the_file_says_so(mexico, csv):
    _, rows = mexico.take(csv("victimas.csv", NEW, *NEW_ROWS))
    assert list(rows["victim_sex"]) == ["female", "male", None]
    assert list(rows["victim_age"]) == [31, None, 0]


def test_what_happened_outside_the_city_is_not_the_citys(mexico, csv):
    outside = OLD_ROWS[1].replace("DEL CARMEN,COYOACAN", "NA,FUERA DE CDMX")
    result, _ = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS, outside))
    assert result.set_aside["another place"] == 1 and result.rows_used == 4


def test_an_undetermined_borough_is_no_area(mexico, csv):
    _, rows = mexico.take(csv("victimas.csv", NEW, *NEW_ROWS))
    assert list(rows["area_id"]) == ["09007", "09003", None]


def test_taking_with_violence_is_robbery_and_without_it_theft(mexico, csv):
    _, rows = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS))
    codes = dict(zip(rows["offence_label"], rows["offence"], strict=True))
    assert codes[ROBBERY] == "04011"
    assert codes["ROBO DE OBJETOS"] == "0502"
    assert codes["VIOLENCIA FAMILIAR"] == "0201"


def test_times_are_of_mexico_city(mexico, csv):
    result, rows = mexico.take(csv("carpetas.csv", OLD, *OLD_ROWS))
    assert str(rows["occurred_from"].iloc[0]) == "2019-06-14 21:30:00"
    assert any("America/Mexico_City" in said for said in result.assumptions)


def test_a_city_of_colonias_reads_colonias(city, csv):
    colonias = {"c1": "Centro", "c2": "Del Carmen"}
    _, rows = city("Ciudad de México", areas=colonias).take(
        csv("c.csv", OLD, *OLD_ROWS)
    )
    assert list(rows["area_id"])[:2] == ["c1", "c2"]


def test_the_names_between_two_releases_are_known_too(mexico, csv):
    header = OLD.replace("categoria_delito", "categoria").replace(
        "colonia_hechos", "colonia_datos"
    )
    result, _ = mexico.take(csv("carpetas_2023.csv", header, *OLD_ROWS))
    assert result.profile == "fgj-cdmx" and result.set_aside["not an event"] == 1


def test_a_category_of_both_kinds_says_so_where_only_it_is_published(mexico, csv):
    header = OLD.replace(",delito,", ",")
    rows = [
        ",".join(v for i, v in enumerate(r.split(",")) if i != 7) for r in OLD_ROWS[:2]
    ]
    result, found = mexico.take(csv("c.csv", header, *rows), profile="fgj-cdmx")
    assert found["offence"].iloc[0] == "0401"
    assert any("several kinds" in said for said in result.assumptions)
