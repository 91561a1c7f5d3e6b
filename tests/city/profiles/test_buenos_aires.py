"""Buenos Aires publishes points with an hour and a weight; what it could not place says NULL, SD or 0."""

from __future__ import annotations

import pytest

from safelearn.city.columns.profiles import match_profile

NAMES = "id-mapa anio mes dia fecha franja tipo subtipo uso_arma uso_moto barrio comuna latitud longitud cantidad"
HEADER = NAMES.split()
ROWS = [
    "1 2022 ENERO LUNES 2022-01-03 0 Robo,Robo total SI NO BOCA 4 -34.635 -58.363 1",
    "2 2022 ENERO LUNES 2022-01-03 23 Hurto,Hurto automotor NO NO PALERMO 14 -34.580 -58.425 2",
    "3 2022 ENERO MARTES 2022-01-04 NULL Homicidios,Femicidios NO NO PALERMO 14 NULL NULL 1",
    "4 2022 ENERO MARTES 2022-01-04 12 Amenazas,Amenazas NO NO NULL NULL NULL NULL 1",
    "5 2022 ENERO MARTES 2022-01-04 7 Vialidad,Muertes_por_siniestros_viales NO SI SD 0 0 0 1",
    "6 2022 ENERO VIERNES 2022-01-07 SD Lesiones,Lesiones_Dolosas NO NO BOCA 4 -34.635 -58.363 1",
]
COMUNAS = {"4": "Comuna 4", "14": "Comuna 14"}


@pytest.fixture
def file(csv):
    def write(header=HEADER, rows=ROWS):
        return csv(
            "delitos_2022.csv", ",".join(header), *(",".join(_fixed(r)) for r in rows)
        )

    return write


def _fixed(row):
    if not isinstance(row, str):
        return row
    before, after = row.split(",")
    subtype, rest = _subtype(after)
    return [*before.split(" "), subtype, *rest]


def _subtype(text):
    words = text.split(" ")
    at = next(i for i, w in enumerate(words) if w in ("SI", "NO"))
    return " ".join(words[:at]).replace("_", " "), words[at:]


@pytest.fixture
def buenos_aires(city):
    return city("Buenos Aires", areas=COMUNAS)


def test_every_row_is_used_and_weights_are_events(buenos_aires, file):
    result, rows = buenos_aires.take(file())
    assert result.profile == "buenos-aires" and result.set_aside == {}
    assert len(rows) == 6 and result.events == 7


def test_the_band_is_the_hour_and_null_or_sd_is_none(buenos_aires, file):
    result, rows = buenos_aires.take(file())
    assert list(rows["time_precision"]) == [
        "hour",
        "hour",
        "day",
        "hour",
        "hour",
        "day",
    ]
    assert str(rows["occurred_from"].iloc[1]) == "2022-01-03 23:00:00"
    assert result.timed == 4


def test_band_zero_is_midnight_and_not_unknown(buenos_aires, file):
    _, rows = buenos_aires.take(file())
    assert rows["time_precision"].iloc[0] == "hour"
    assert str(rows["occurred_from"].iloc[0]) == "2022-01-03 00:00:00"


def test_the_kind_says_more_than_the_type(buenos_aires, file):
    _, rows = buenos_aires.take(file())
    assert list(rows["offence"]) == [
        "0401",
        "050211",
        "0101",
        "02012",
        "010321",
        "02011",
    ]


def test_a_city_of_comunas_places_rows_without_a_point_by_their_comuna(
    buenos_aires, file
):
    _, rows = buenos_aires.take(file())
    assert list(rows["area_id"]) == ["4", "14", "14", None, None, "4"]


def test_a_city_of_barrios_places_them_by_barrio(city, file):
    barrios = city("Buenos Aires", areas={"b1": "Boca", "b2": "Palermo"})
    _, rows = barrios.take(file())
    assert list(rows["area_id"]) == ["b1", "b2", "b2", None, None, "b1"]


def test_points_of_zero_and_null_are_no_points(buenos_aires, file):
    _, rows = buenos_aires.take(file())
    assert list(rows["longitude"].isna()) == [False, False, True, True, True, False]


def test_the_identifier_with_an_underscore_is_the_same(buenos_aires, file):
    header = ["id_mapa" if name == "id-mapa" else name for name in HEADER]
    result, rows = buenos_aires.take(file(header=header))
    assert result.profile == "buenos-aires" and rows["incident_id"].iloc[0] == "1"


def test_a_file_from_a_spanish_spreadsheet_with_semicolons_and_commas_is_the_same(
    buenos_aires, csv
):
    rows = [
        ";".join(_fixed(r)).replace("-34.", "-34,").replace("-58.", "-58,")
        for r in ROWS
    ]
    path = csv("delitos.csv", ";".join(HEADER), *rows, encoding="cp1252")
    result, found = buenos_aires.take(path)
    assert result.events == 7 and found["longitude"].iloc[0] == pytest.approx(-58.363)


def test_columns_in_another_order_and_without_weapons_give_the_same(buenos_aires, file):
    keep = [i for i, name in enumerate(HEADER) if not name.startswith("uso_")][::-1]
    result, rows = buenos_aires.take(
        file(
            header=[HEADER[i] for i in keep],
            rows=[[_fixed(r)[i] for i in keep] for r in ROWS],
        )
    )
    assert result.events == 7 and rows["offence"].iloc[0] == "0401"


def test_an_empty_kind_leaves_the_type(buenos_aires, file):
    first = _fixed(ROWS[0])
    first[HEADER.index("subtipo")] = ""
    _, rows = buenos_aires.take(file(rows=[first, *ROWS[1:]]))
    assert rows["offence_label"].iloc[0] == "Robo" and rows["offence"].iloc[0] == "0401"


def test_the_portals_headers_are_known():
    assert match_profile(HEADER)[0].name == "buenos-aires"
