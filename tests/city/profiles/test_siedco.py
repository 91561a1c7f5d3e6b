"""Colombia's police publishes one workbook an offence, for the whole country, made to be looked at."""

from __future__ import annotations

import datetime as dt

import pytest

from safelearn.city.columns.profiles import match_profile

HEADER = [
    "DEPARTAMENTO ",
    "MUNICIPIO",
    "CODIGO DANE",
    "ARMAS MEDIOS",
    "FECHA ",
    "GENERO ",
    "*AGRUPA_EDAD_PERSONA",
    "CANTIDAD ",
]
ADULT, MINOR = "ADULTOS", "MENORES"
#: A spreadsheet made 5001000 of Medellín's 05001000.
MEDELLIN = ["ANTIOQUIA", "MEDELLÍN (CT)", 5001000]
ROWS = [
    [*MEDELLIN, "ARMA DE FUEGO", dt.date(2023, 1, 4), "MASCULINO", ADULT, 3],
    [*MEDELLIN, "NO REPORTA", dt.date(2023, 1, 5), "NO REPORTA", "NO RESPORTADO", 2],
    [*MEDELLIN, "-", dt.date(2023, 2, 11), "FEMENINO", MINOR, 1],
    [*MEDELLIN, "ARMA BLANCA / CORTOPUNZANTE", dt.date(2023, 2, 11), "-", ADULT, 1],
    ["ANTIOQUIA", "BELLO", 5088000, "CONTUNDENTES", dt.date(2023, 3, 1), "-", ADULT, 4],
    [
        "CUNDINAMARCA",
        "BOGOTÁ D.C. (CT)",
        11001000,
        "-",
        dt.date(2023, 3, 1),
        "-",
        "-",
        7,
    ],
]
NOTES = [
    ["TOTAL", None, None, None, None, None, None, 18],
    ["Fuente: SIJIN-DIJIN, Policía Nacional. Cifras sujetas a variación."],
]


def titles(offence="HURTO A PERSONAS AÑO 2023"):
    lines = ["MINISTERIO DE DEFENSA NACIONAL", "POLICÍA NACIONAL", offence]
    return [[None], *([line] for line in lines), [None]]


@pytest.fixture
def book(workbook):
    def write(
        name="hurto_2023.xlsx", header=HEADER, rows=ROWS, above=None, below=NOTES
    ):
        above = titles() if above is None else above
        return workbook(name, {"Hoja1": [*above, header, *rows, *below]})

    return write


@pytest.fixture
def medellin(city):
    return city("Medellín", areas={"05001": "Medellín"})


def test_the_header_below_the_titles_is_found_and_known_by_its_columns(medellin, book):
    result, _ = medellin.take(book())
    assert result.profile == "siedco"


def test_rows_are_weights_and_not_events(medellin, book):
    result, rows = medellin.take(book())
    assert result.events == 7 and len(rows) == 4


def test_other_municipalities_the_total_and_the_source_below_are_set_aside(
    medellin, book
):
    result, _ = medellin.take(book())
    assert result.set_aside == {
        "another place": 2,
        "total row": 1,
        "note below the table": 1,
    }
    assert result.rows_read == 8 and result.rows_used == 4


def test_other_municipalities_are_no_strange_names_to_look_at(medellin, book):
    medellin.take(book())
    assert not (medellin.folder / "review" / "areas.xlsx").is_file()


def test_a_code_whose_zero_was_eaten_is_the_municipality(medellin, book):
    _, rows = medellin.take(book())
    assert set(rows["area_id"]) == {"05001"}


def test_the_offence_is_the_one_that_the_title_names(medellin, book):
    result, rows = medellin.take(book())
    assert set(rows["offence_label"]) == {"Hurto a personas"}
    assert set(rows["offence"]) == {"0502"}
    assert any("several kinds (04 and 05)" in said for said in result.assumptions)


def test_without_a_title_the_name_of_the_file_says_the_offence(medellin, book):
    path = book("homicidio_intencional_2023.xlsx", above=[])
    _, rows = medellin.take(path)
    assert set(rows["offence"]) == {"0101"}


def test_what_a_person_says_of_the_offence_stands_above_the_title(medellin, book):
    _, rows = medellin.take(book(), offence="Extorsión")
    assert set(rows["offence_label"]) == {"Extorsión"}
    assert set(rows["offence"]) == {"02051"}


def test_not_reported_in_every_spelling_is_not_known(medellin, book):
    _, rows = medellin.take(book())
    assert list(rows["victim_sex"]) == ["male", None, "female", None]
    assert list(rows["mechanism"]) == ["firearm", None, None, "sharp_object"]


def test_adult_is_no_age(medellin, book):
    _, rows = medellin.take(book())
    assert rows["victim_age"].isna().all()


def test_days_are_days_in_bogota(medellin, book):
    result, rows = medellin.take(book())
    assert set(rows["time_precision"]) == {"day"}
    assert str(rows["occurred_from"].min()) == "2023-01-04 00:00:00"
    assert any("America/Bogota" in said for said in result.assumptions)


@pytest.mark.parametrize(
    "header",
    [
        # Releases of different years, as published.
        ["DEPARTAMENTO", "MUNICIPIO", "CODIGO DANE", "ARMAS MEDIOS", "FECHA HECHO",
         "GENERO", "AGRUPA EDAD PERSONA", "CANTIDAD"],
        ["DEPARTAMENTO", "MUNICICPIO", "CODIGO_DANE", "ARMA MEDIO ", "FECHA  HECHO",
         "GENERO", "*AGRUPA EDAD PERSONA*", "CANTIDAD"],
        ["Departamento", "Municipio", "CODIGO DANE", "ARMAS_MEDIOS", "FECHA HECHO ",
         "GÉNERO", "GRUPO ETARIO", "CANTIDAD"],
    ],
)  # fmt: skip
def test_headers_of_other_years_give_the_same(medellin, book, header):
    result, rows = medellin.take(book(header=header))
    assert result.profile == "siedco" and result.events == 7
    assert list(rows["count"]) == [3, 2, 1, 1]


def test_a_column_that_is_called_by_its_period_holds_the_numbers(medellin, book):
    header = [*HEADER[:7], "DEL 01/01/2023 AL 31/12/2023"]
    result, _ = medellin.take(book(header=header))
    assert result.events == 7


def test_columns_in_another_order_give_the_same(medellin, book):
    turn = [7, 4, 6, 5, 3, 2, 1, 0]
    result, rows = medellin.take(
        book(
            header=[HEADER[i] for i in turn],
            rows=[[row[i] for i in turn] for row in ROWS],
            below=[],
        )
    )
    assert result.events == 7 and set(rows["area_id"]) == {"05001"}


def test_a_release_without_means_or_sex_loses_only_these(medellin, book):
    keep = [0, 1, 2, 4, 6, 7]
    result, rows = medellin.take(
        book(
            header=[HEADER[i] for i in keep],
            rows=[[row[i] for i in keep] for row in ROWS],
            below=[],
        )
    )
    assert result.events == 7 and rows["mechanism"].isna().all()


def test_the_articles_of_the_penal_code_have_their_codes(medellin, book):
    header = [*HEADER, "DESCRIPCION CONDUCTA"]
    said = [
        "ARTÍCULO 205. ACCESO CARNAL VIOLENTO",
        "ARTÍCULO 206. ACTO SEXUAL VIOLENTO",
    ]
    rows = [[*ROWS[0], said[0]], [*ROWS[2], said[1]]]
    _, found = medellin.take(book(header=header, rows=rows, below=[]))
    assert list(found["offence"]) == ["03011", "03012"]


def test_a_city_of_neighbourhoods_counts_the_public_table_as_not_located(city, book):
    medellin = city("Medellín", areas={"01": "Popular", "02": "Santa Cruz"})
    result, rows = medellin.take(book())
    assert result.events == 7 and result.located == 0
    assert set(rows["place_precision"]) == {"none"}


def test_a_department_of_municipalities_reads_all_of_its_own(city, book):
    areas = {"05001": "Medellín", "05088": "Bello"}
    result, rows = city("Antioquia", areas=areas).take(book())
    assert result.events == 11 and result.set_aside["another place"] == 1
    assert list(rows["area_id"])[-1] == "05088"


def test_a_city_of_neighbourhoods_reads_the_fuller_table_by_neighbourhood(city, book):
    header = [
        "DEPARTAMENTO", "Hechos.MUNICIPIO", "CODIGO_DANE", "ZONA", "BARRIOS_HECHO", "FECHA_HECHO",
        "HORA_HECHO", "DESCRIPCION_CONDUCTA", "ARMAS_MEDIOS", "GENERO", "EDAD", "CLASE_SITIO", "CANTIDAD",
    ]  # fmt: skip
    place = ["VALLE", "CALI (CT)", 76001000, "URBANA"]
    tail = ["HURTO PERSONAS", "ARMA DE FUEGO", "FEMENINO"]
    rows = [
        [
            *place,
            "SAN ANTONIO",
            dt.date(2024, 5, 2),
            dt.time(21, 15),
            *tail,
            17,
            "VIAS PUBLICAS",
            1,
        ],
        [
            *place,
            "EL PEÑÓN",
            dt.date(2024, 5, 3),
            dt.time(6, 40),
            *tail,
            "-",
            "PARQUES",
            1,
        ],
        [*place, "-", dt.date(2024, 5, 4), dt.time(7, 5), *tail, 44, "-", 1],
    ]
    cali = city("Cali", areas={"b1": "San Antonio", "b2": "El Peñón"})
    result, found = cali.take(book(header=header, rows=rows, above=[], below=[]))
    assert list(found["area_id"]) == ["b1", "b2", None]
    assert list(found["victim_age"]) == [17, None, 44]
    assert set(found["time_precision"]) == {"minute"} and result.timed == 3
    assert list(found["place_type"])[:2] == ["street", "open_space"]


@pytest.mark.needs("soffice")
def test_the_old_xls_is_read_like_the_new_xlsx(medellin, book, saved_as):
    result, rows = medellin.take(saved_as(book(), "xls"))
    assert result.events == 7 and set(rows["area_id"]) == {"05001"}


def test_the_fuller_table_is_known_without_its_count_of_events():
    header = [
        "DESCRIPCION_CONDUCTA", "HECHOS_ID", "AÑO", "MES", "FECHA_HECHO", "DIA_SEMANA", "INTERVALOS_HORA",
        "GENERO", "Hechos.MUNICIPIO", "MUNICIPIO_HECHO", "BARRIOS_HECHO", "MODALIDAD", "ARMAS_MEDIOS", "ZONA",
        "MOVIL_AGRESOR", "MOVIL_VICTIMA", "EDAD", "CLASE_SITIO", "HORA24",
    ]  # fmt: skip
    assert match_profile(header)[0].name == "siedco"
