"""An address leads as far as an area, if a person or a profile says so, and goes nowhere itself."""

from __future__ import annotations

import pandas as pd

from safelearn.city.columns.profiles import Profile, parse_profile
from safelearn.city.places.addresses import AddressReader
from safelearn.city.places.matching import NONE_OF_THEM, KnownAreas, confirmation_key
from safelearn.city.places.reading import settle_places

NAMES = ["Belén", "Belén Rincón", "Buenos Aires", "Oro"]


def city(**confirmed):
    given = {
        confirmation_key(name.replace("_", " "), kind="address"): code
        for name, code in confirmed.items()
    }
    codes = ["01", "02", "03", "04"]
    return KnownAreas(codes, NAMES, confirmed=given, strict=False)


def named(address):
    position = AddressReader("address", city()).named(address)
    return NAMES[position] if position >= 0 else None


def place(addresses, areas=None, profile=None):
    frame = pd.DataFrame({"address": addresses}, dtype="str")
    profile = profile or Profile("p", "P")
    reader = settle_places(frame, {"address": "address"}, profile, areas or city())
    return reader.read(frame)


def test_the_longest_name_within_an_address_counts():
    assert named("Cra 80 # 30-12, BELEN") == "Belén"
    assert named("Calle 2, Barrio Belén Rincón") == "Belén Rincón"


def test_a_name_within_a_word_or_two_areas_or_a_tiny_name_name_nothing():
    assert named("Calle Belencito 5") is None
    assert named("Belén con Oro") == "Belén"
    assert named("Calle Oro 5") is None


def test_two_names_as_long_name_neither():
    assert named("Buenos Aires, Belén Rincón") is None


def test_an_address_is_used_only_once_its_name_is_confirmed():
    addresses = ["Calle 1, Belén", "Calle 2, Belén", "Calle 3"]
    assert place(addresses).area.tolist() == [-1, -1, -1]
    assert place(addresses, city(Belén="01")).area.tolist() == [0, 0, -1]
    assert place(addresses, city(Belén=NONE_OF_THEM)).area.tolist() == [-1, -1, -1]


def test_a_profile_may_say_that_addresses_name_their_areas():
    text = 'name = "p"\n[place]\naddresses_name_areas = true\n'
    told = parse_profile(text, where="p")
    places = place(["Calle 1, Belén", "Calle 3"], profile=told)
    assert places.area.tolist() == [0, -1]
    assert list(places.precision) == ["area", "none"]


def test_what_waits_for_a_person_is_the_name_and_never_the_address():
    strange = place(["Calle 1 # 2-34, Belén", "Calle 9 # 8-76, Belén"]).strange
    assert strange.to_numpy().tolist() == [["Belén", "", "address", "01", 2]]


def test_a_name_beside_the_address_goes_before_it():
    frame = pd.DataFrame(
        {"address": ["Calle 1, Belén"], "area_name": ["Buenos Aires"]}, dtype="str"
    )
    columns = {c: c for c in frame}
    reader = settle_places(frame, columns, Profile("p", "P"), city(Belén="01"))
    assert reader.read(frame).area.tolist() == [2]
