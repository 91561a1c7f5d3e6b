"""Everybody has data of their own, the same on every machine, and nobody has data by default."""

from __future__ import annotations

import pytest

from safelearn.course import variants
from safelearn.course.forms import Hint
from safelearn.errors import SafelearnError


def test_without_an_id_there_are_no_data(tiny):
    with pytest.raises(Hint, match="not known who you are") as caught:
        variants.my_city("m98")
    assert "safelearn lab --trainee" in caught.value.remedy


def test_the_hub_knows_best_then_the_variable_then_what_was_saved(monkeypatch):
    variants.remember("saved")
    assert variants.trainee() == "saved"
    monkeypatch.setenv("SAFELEARN_TRAINEE", "ana")
    assert variants.trainee() == "ana"
    monkeypatch.setenv("JUPYTERHUB_USER", "hub")
    assert variants.trainee() == "hub"
    with variants.as_trainee("ben"):
        assert variants.trainee() == "ben"


@pytest.mark.parametrize("name", ["../ana", "", "a b", "ana/ben", "x" * 65, "-ana"])
def test_an_id_must_be_able_to_name_a_folder(name):
    with pytest.raises(Hint):
        variants.checked(name)


def test_the_same_person_gets_the_same_data_and_others_get_others(tiny):
    ana = variants.variant("98_tiny", "ana")
    variants.variant.cache_clear()
    again, ben = variants.variant("98_tiny", "ana"), variants.variant("98_tiny", "ben")
    assert ana.shops.equals(again.shops) and ana.fingerprint == again.fingerprint
    assert not ana.shops.equals(ben.shops) and ana.fingerprint != ben.fingerprint


def test_seeds_are_tried_in_order_until_the_lesson_can_be_seen(tiny):
    found = [variants.variant("98_tiny", f"trainee{i}") for i in range(20)]
    assert all(v.shops["n"].min() >= 10 for v in found)
    assert max(v.tries for v in found) > 1


def test_data_that_never_show_the_lesson_are_an_error_and_not_a_loop(tiny, monkeypatch):
    monkeypatch.setattr(variants, "MOST_TRIES", 0)
    with pytest.raises(SafelearnError, match="98_tiny"):
        variants.variant("98_tiny", "ana")


def test_a_trainee_who_changes_a_table_does_not_change_the_data(tiny):
    city = variants.variant("98_tiny", "ana")
    shops = city.shops
    shops["n"] = 0
    assert city.shops["n"].min() >= 10
    with pytest.raises(AttributeError, match="shops"):
        _ = city.shop
    assert "ana" in repr(city) and city.fingerprint in repr(city)
