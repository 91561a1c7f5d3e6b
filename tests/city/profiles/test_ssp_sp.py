"""São Paulo publishes workbooks of the whole state: a dictionary first, then two halves of a year."""

from __future__ import annotations

import datetime as dt

import pytest

HEADER = (  # noqa: SIM905
    "ID_DELEGACIA NOME_DEPARTAMENTO NOME_SECCIONAL NOME_DELEGACIA CIDADE NUM_BO ANO_BO DATA_REGISTRO "
    "DATA_OCORRENCIA_BO HORA_OCORRENCIA_BO DESCR_PERIODO DESCR_SUBTIPOLOCAL BAIRRO LOGRADOURO NUMERO_LOGRADOURO "
    "LATITUDE LONGITUDE NOME_DELEGACIA_CIRCUNSCRIÇÃO NOME_MUNICIPIO_CIRCUNSCRIÇÃO RUBRICA DESCR_CONDUTA "
    "NATUREZA_APURADA MES_ESTATISTICA ANO_ESTATISTICA"
).split()
DICTIONARY = [
    ["CAMPO", "DESCRIÇÃO"],
    ["NUM_BO", "Número do boletim de ocorrência"],
    ["ANO_BO", "Ano do boletim"],
]


def row(number, station="01º D.P. SÉ", city="S.PAULO           ", **other):
    """One report; what a test does not name is as most reports are."""
    cells = {
        "ID_DELEGACIA": 10101 if station.startswith("01") else 10102,
        "NOME_DEPARTAMENTO": "DECAP",
        "NOME_SECCIONAL": "1ª SECCIONAL",
        "NOME_DELEGACIA": station,
        "CIDADE": "S.PAULO",
        "NUM_BO": number,
        "ANO_BO": 2024,
        "DATA_REGISTRO": dt.date(2024, 3, 2),
        "DATA_OCORRENCIA_BO": dt.date(2024, 3, 1),
        "HORA_OCORRENCIA_BO": dt.time(21, 30),
        "DESCR_PERIODO": "NULL",
        "DESCR_SUBTIPOLOCAL": "Via Pública",
        "BAIRRO": "SÉ",
        "LOGRADOURO": "RUA A",
        "NUMERO_LOGRADOURO": 10,
        "LATITUDE": "-23.55",
        "LONGITUDE": "-46.635",
        "NOME_DELEGACIA_CIRCUNSCRIÇÃO": station,
        "NOME_MUNICIPIO_CIRCUNSCRIÇÃO": city,
        "RUBRICA": "Roubo (art. 157)",
        "DESCR_CONDUTA": "Transeunte",
        "NATUREZA_APURADA": "ROUBO - OUTROS",
        "MES_ESTATISTICA": 3,
        "ANO_ESTATISTICA": 2024,
    }
    return [(cells | other)[name] for name in HEADER]


FIRST_HALF = [
    row("AB1"),
    # The same number in another station is another report.
    row("AB1", station="02º D.P. BOM RETIRO", NATUREZA_APURADA="FURTO - OUTROS"),
    # A day count and the fraction of a day, as a number cell keeps them: 2 March 2024, 6:36.
    row("AB2", DATA_OCORRENCIA_BO=45353, HORA_OCORRENCIA_BO=0.275),
    row("AB3", LATITUDE="0", LONGITUDE="0", HORA_OCORRENCIA_BO="NULL"),
    row("AB4", LATITUDE="NULL", LONGITUDE="NULL", BAIRRO="BOM RETIRO"),
    # Two vehicles of one report.
    row("AB5", NATUREZA_APURADA="FURTO DE VEÍCULO", DESCR_CONDUTA="Veículo"),
    row("AB5", NATUREZA_APURADA="FURTO DE VEÍCULO", DESCR_CONDUTA="Veículo"),
    row("AB6", city="GUARULHOS"),
]
SECOND_HALF = [
    row("AB7", DATA_OCORRENCIA_BO="NULL"),
    row(
        "AB8",
        NATUREZA_APURADA="ESTUPRO DE VULNERÁVEL",
        DATA_OCORRENCIA_BO=dt.date(2024, 8, 9),
    ),
    row("AB9", NATUREZA_APURADA="LATROCÍNIO", DATA_OCORRENCIA_BO=dt.date(2024, 9, 9)),
]
DISTRICTS = {"d1": "Sé", "d2": "Bom Retiro"}
BOXES = {"d1": (-46.65, -23.56, -46.62, -23.54), "d2": (-46.65, -23.54, -46.62, -23.52)}


@pytest.fixture
def book(workbook):
    def write(
        header=HEADER, first=None, second=None, name="SPDadosCriminais_2024.xlsx"
    ):
        sheets = {
            "Campos da Tabela_SPDADOS": DICTIONARY,
            "JAN-JUN_2024": [header, *(FIRST_HALF if first is None else first)],
            "JUL-DEZ_2024": [header, *(SECOND_HALF if second is None else second)],
        }
        return workbook(name, sheets)

    return write


@pytest.fixture
def sao_paulo(city):
    return city("São Paulo", areas=DISTRICTS, boxes=BOXES)


def test_both_halves_of_the_year_are_read_and_the_dictionary_is_not(sao_paulo, book):
    result, _ = sao_paulo.take(book())
    assert result.profile == "ssp-sp"
    assert result.rows_read == len(FIRST_HALF) + len(SECOND_HALF)


def test_every_row_is_accounted_for(sao_paulo, book):
    result, _ = sao_paulo.take(book())
    assert result.set_aside == {"no readable date": 1, "another place": 1}
    assert result.rows_used == 9


def test_a_number_counts_only_with_its_year_and_station(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    assert list(rows["incident_id"])[:2] == ["2024/10101/AB1", "2024/10102/AB1"]


def test_two_vehicles_of_one_report_are_one_event(sao_paulo, book):
    result, rows = sao_paulo.take(book())
    assert (rows["incident_id"] == "2024/10101/AB5").sum() == 2
    assert result.events == result.rows_used - 1


def test_dates_and_hours_that_a_workbook_keeps_as_numbers_are_read(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    third = rows[rows["incident_id"] == "2024/10101/AB2"].iloc[0]
    assert str(third["occurred_from"]) == "2024-03-02 06:36:00"


def test_an_hour_that_says_null_leaves_the_day(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    assert list(rows["time_precision"])[3] == "day"


def test_coordinates_as_text_are_points_and_zero_and_null_are_none(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    assert rows["latitude"].iloc[0] == pytest.approx(-23.55)
    assert list(rows["longitude"].isna())[2:5] == [False, True, True]


def test_a_row_without_a_point_lies_in_the_district_that_it_names(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    assert list(rows["area_id"])[3:5] == ["d1", "d2"]


def test_offences_have_their_codes(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    codes = dict(zip(rows["offence_label"], rows["offence"], strict=True))
    assert codes == {
        "ROUBO - OUTROS": "0401",
        "FURTO - OUTROS": "0502",
        "FURTO DE VEÍCULO": "050211",
        "ESTUPRO DE VULNERÁVEL": "03011",
        "LATROCÍNIO": "0101",
    }


def test_the_place_is_a_street(sao_paulo, book):
    _, rows = sao_paulo.take(book())
    assert set(rows["place_type"]) == {"street"}


def renamed(**names):
    return [names.get(name, name) for name in HEADER]


@pytest.mark.parametrize(
    "header",
    [
        renamed(
            NOME_MUNICIPIO_CIRCUNSCRIÇÃO="NOME_MUNICIPIO_CIRC",
            NOME_DELEGACIA_CIRCUNSCRIÇÃO="NOME_DELEGACIA_CIRC",
            HORA_OCORRENCIA_BO="HORA_OCORRENCIA",
        ),
        renamed(
            NOME_MUNICIPIO_CIRCUNSCRIÇÃO="NOME_MUNICIPIO_CIRCUNCRIÇÃO",
            CIDADE="NOME_MUNICIPIO",
            DESCR_PERIODO="DESC_PERIODO",
        ),
        renamed(
            NOME_MUNICIPIO_CIRCUNSCRIÇÃO="NOME_MUNICIPIO_CIRCUNSCRICAO",
            DATA_OCORRENCIA_BO="DATA_OCORRENCIA",
        ),
    ],
)
def test_the_names_of_other_years_give_the_same(sao_paulo, book, header):
    result, _ = sao_paulo.take(book(header=header))
    assert result.profile == "ssp-sp"
    assert result.set_aside == {"no readable date": 1, "another place": 1}


def test_a_file_of_stolen_phones_has_only_the_heading_of_the_law(sao_paulo, book):
    drop = HEADER.index("NATUREZA_APURADA")
    header = [*HEADER[:drop], *HEADER[drop + 1 :], "MARCA_OBJETO"]
    first = [[*r[:drop], *r[drop + 1 :], "MARCA"] for r in FIRST_HALF]
    second = [[*r[:drop], *r[drop + 1 :], "MARCA"] for r in SECOND_HALF]
    path = book(header, first, second, "CelularesSubtraidos_2024.xlsx")
    result, rows = sao_paulo.take(path)
    assert result.profile == "ssp-sp" and set(rows["offence"]) == {"0401"}


HOMICIDES = (  # noqa: SIM905
    "DEPARTAMENTO_CIRCUNSCRICAO SECCIONAL_CIRCUNSCRICAO MUNICIPIO_CIRCUNSCRICAO DP_CIRCUNSCRICAO HD ID_DELEGACIA "
    "DATAHORA_REGISTRO_BO NUM_BO ANO_BO MUNICIPIO_ELABORACAO DP_ELABORACAO DATA_FATO HORA_FATO DESC_TIPOLOCAL "
    "LOGRADOURO LATITUDE LONGITUDE NATUREZA_APURADA TIPO_PESSOA SEXO_PESSOA IDADE_PESSOA COR_PELE"
).split()


def victim(number, sex, age):
    return [
        "DECAP", "1ª SEC", "S.PAULO", "01º D.P. SÉ", 1, 10101, dt.datetime(2024, 5, 2, 8, 30), number, 2024,
        "S.PAULO", "DHPP", dt.date(2024, 5, 1), dt.time(23, 50), "Via pública", "RUA A", "-23.55", "-46.635",
        "HOMICÍDIO DOLOSO", "Vítima", sex, age, "PARDA",
    ]  # fmt: skip


def test_two_victims_of_one_report_are_two_victims_and_one_event(sao_paulo, workbook):
    rows = [
        victim("X1", "Masculino", 21),
        victim("X1", "Feminino", "NULL"),
        victim("X2", "Masculino", 40),
    ]
    path = workbook("HomicidioDoloso_2024.xlsx", {"DADOS": [HOMICIDES, *rows]})
    result, found = sao_paulo.take(path)
    assert result.profile == "ssp-sp-homicides"
    assert list(found["victim_sex"]) == ["male", "female", "male"]
    assert list(found["victim_age"]) == [21, None, 40]
    assert result.rows_used == 3 and result.events == 2
    assert str(found["occurred_from"].iloc[0]) == "2024-05-01 23:50:00"
