"""Which folders a city inherits from, and what happens where the chain is broken."""

from __future__ import annotations

from safelearn.city.inheritance import folders_above


def folder(path, inherits="", file="city.toml"):
    path.mkdir()
    text = f'inherits = "{inherits}"\n' if inherits else 'name = "x"\n'
    (path / file).write_text(text, encoding="utf-8")
    return path


def test_a_city_inherits_from_its_region_and_then_from_the_country(tmp_path):
    country = folder(tmp_path / "country", file="country.toml")
    region = folder(tmp_path / "region", "../country")
    city = folder(tmp_path / "city", "../region")
    assert folders_above(city) == (region.resolve(), country.resolve())


def test_a_circle_ends_and_a_missing_folder_is_left_to_the_settings(tmp_path):
    first = folder(tmp_path / "first", "../second")
    second = folder(tmp_path / "second", "../first")
    assert folders_above(first) == (second.resolve(),)
    assert folders_above(folder(tmp_path / "lost", "../nowhere")) == ()
    assert folders_above(None) == ()
