"""A name means an area only if no other area can be meant; the rest is suggested, and a person decides."""

from __future__ import annotations

import pytest

from safelearn.city.places.matching import NONE_OF_THEM, KnownAreas, confirmation_key


def city(*names, parents=(), aliases=(), confirmed=None):
    codes = [f"{i + 1:02d}" for i in range(len(names))]
    return KnownAreas(
        codes,
        list(names),
        confirmed=confirmed or {},
        parents=parents,
        aliases=aliases,
    )


def meant(known, name, parent=""):
    """The name of the area that a name means, or None."""
    match = known.find(name, parent)
    return known.names[match.position] if match.position >= 0 else None


@pytest.mark.parametrize(
    ("published", "area"),
    [
        ("  SAN JOSE ", "San José"),
        ("Bº San José", "San José"),
        ("Bo. San Jose", "San José"),
        ("San José", "Barrio San José"),
        ("Urb. Sta. Mónica", "Urbanización Santa Mónica"),
        ("Col. Sto. Domingo Nte.", "Colonia Santo Domingo Norte"),
        ("Sta. Bárbara Ote", "Santa Bárbara Oriente"),
        ("Fracc. Gral. Lázaro Cárdenas", "Fraccionamiento General Lázaro Cárdenas"),
        ("12 - Robledo", "Robledo"),
        ("Comuna 7 - Robledo", "Robledo"),
        ("1º de Mayo", "Primero de Mayo"),
        ("Bairro do Limão", "Limão"),
        ("Jd. S. Paulo", "Jardim São Paulo"),
        ("Vl. Mariana", "Vila Mariana"),
        ("Pq. Novo Mundo", "Parque Novo Mundo"),
        ("St Johns", "Saint Johns"),
        ("5th Ave", "5th Avenue"),
        ("Qtier. Belleville", "Quartier Belleville"),
        ("Stadtteil Altona", "Altona"),
        ("Orlando Ext. II", "Orlando Extension 2"),
        ("Orlando Uitbr. 2", "Orlando Ext 2"),
        ("Orlando Oos", "Orlando East"),
        ("Wyk 5", "Ward 5"),
        ("Isigceme 5", "Ward 05"),
        ("Juan XXIII", "Juan 23"),
    ],
)
def test_a_short_name_means_the_only_area_that_it_can_be_short_for(published, area):
    assert meant(city("Elsewhere", area), published) == area


def test_a_short_name_that_two_areas_can_bear_means_neither():
    known = city("Puente Alto", "Presidente Alto")
    assert meant(known, "Pte. Alto") is None
    assert meant(city("Puente Alto"), "Pte. Alto") == "Puente Alto"


def test_the_colonia_of_a_name_is_not_the_barrio_of_that_name():
    assert meant(city("Barrio Centro"), "Colonia Centro") is None
    assert meant(city("Barrio Centro", "Colonia Centro"), "Centro") is None
    assert meant(city("Barrio Centro", "Colonia Centro"), "Col. Centro") == (
        "Colonia Centro"
    )


def test_a_number_alone_is_no_name_of_a_ward():
    assert meant(city("Ward 5", "Ward 6"), "5") is None


def test_a_number_before_a_name_that_is_another_areas_code_joins_nothing():
    known = city("Robledo", "Castilla")
    assert meant(known, "01 - Robledo") == "Robledo"
    assert meant(known, "02 - Robledo") is None


def test_an_official_alias_is_as_good_as_the_name():
    known = city("Gqeberha", "Uitenhage", aliases=["Port Elizabeth; PE", ""])
    assert meant(known, "PORT ELIZABETH") == "Gqeberha"
    assert known.by_name()["pe"] == 0


def test_the_district_beside_them_tells_namesakes_apart():
    known = city("Centro", "Centro", "Alto", parents=["Norte", "Comuna 5", "Norte"])
    assert meant(known, "Centro") is None
    assert known.find("Centro", "NORTE").position == 0
    assert known.find("Centro", "5").position == 1
    assert meant(known, "Alto", "Comuna 5") is None


def test_two_areas_of_one_name_are_no_ones_even_written_short():
    known = city("San José", "San José")
    assert meant(known, "San José") is None
    assert meant(known, "Bº San José") is None


def test_what_a_person_confirmed_goes_before_what_was_guessed():
    given = {
        confirmation_key("Bº San José"): NONE_OF_THEM,
        confirmation_key("Pueblo Nuevo", "Sur"): "02",
    }
    known = city("San José", "Nuevo", parents=["Sur", "Sur"], confirmed=given)
    assert meant(known, "Bº SAN JOSE") is None
    assert meant(known, "Pueblo Nuevo") is None
    assert meant(known, "Pueblo Nuevo", "Sur") == "Nuevo"


def test_what_is_only_alike_is_suggested_and_never_used():
    known = city("Santa Elena", "Santa Helena Alta", "Buenos Aires")
    assert meant(known, "Santa Helena") is None
    best, second = known.like("Santa Helena")
    assert [known.names[s.position] for s in (best, second)] == [
        "Santa Elena",
        "Santa Helena Alta",
    ]
    assert 100 > best.score > second.score > 70
    assert known.like("Altavista") == []


def test_names_that_differ_in_a_number_or_a_direction_are_not_alike():
    known = city("Robledo 2", "Soacha Norte")
    assert known.like("Robledo 3") == []
    assert known.like("Soacha Sur") == []
    assert known.like("Soachha Nte")[0].position == 1


def test_a_district_in_brackets_tells_two_areas_of_one_name_apart():
    areas = ("San José", "San José", "La Loma")
    known = city(*areas, parents=("Norte", "Sur", "Sur"))
    assert known.find("San Jose (Sur)").position == 1
    assert known.find("SAN JOSÉ [norte]").position == 0
    assert known.find("La Loma (Sur)", "Sur").position == 2
    assert known.find("San José").position == -1
    # The row says two districts, or one that the area is not in.
    assert known.find("San José (Sur)", "Norte").position == -1
    assert known.find("La Loma (Norte)").position == -1
    assert known.find("San José (mercado)").position == -1
